/* Reading the command line. All that is wrong with it is reported in one run. */
#include <string.h>

#include "natopay/ask/run.h"

static const char *option_name(int option)
{
    return np_option_describe((np_option)option)->name;
}

/* The arguments joined by blanks, and where each begins in them. */
static const np_file *join(np_arena *arena, int argc, char *const *argv, np_arg *args)
{
    size_t size = 0;
    for (int i = 0; i < argc; i++) size += strlen(argv[i]) + 1;
    char *text = np_arena_alloc(arena, size + 1);
    size_t at = 0;
    np_file *file = np_file_new(arena, NP_MARK("command line"), text, size ? size - 1 : 0);
    for (int i = 0; i < argc; i++) {
        size_t length = strlen(argv[i]);
        memcpy(text + at, argv[i], length);
        args[i] = (np_arg){argv[i], np_span_of(file, at, length)};
        at += length;
        if (i + 1 < argc) text[at++] = ' ';
    }
    return file;
}

static int option_named(const char *name, size_t length)
{
    for (int i = 0; i < NP_OPTION_COUNT; i++)
        if (strlen(option_name(i)) == length && memcmp(option_name(i), name, length) == 0) return i;
    if (length == 1) { /* the short forms that everybody tries */
        if (name[0] == 'h') return NP_OPT_HELP;
        if (name[0] == 'V') return NP_OPT_VERSION;
        if (name[0] == 'o') return NP_OPT_OUTPUT;
    }
    return -1;
}

static void unknown_option(np_run *run, np_arg arg, const char *name, size_t length)
{
    char *word = np_arena_copy(run->arena, name, length);
    size_t shown = (size_t)(name - arg.text) + length;
    np_diag *diag =
        np_report(&run->diags, NP_CODE_UNKNOWN_OPTION, arg.at, "no option is called '%.*s'", (int)shown, arg.text);
    const char *near = NULL;
    unsigned best = length < 4 ? 2 : length < 6 ? 3 : 4; /* allow one edit, two or three */
    for (int i = 0; i < NP_OPTION_COUNT; i++) {
        unsigned distance = np_edit_distance(word, option_name(i), best - 1);
        if (distance >= best) continue;
        best = distance;
        near = option_name(i);
    }
    if (near)
        np_diag_hint(&run->diags, diag, "did you mean --%s?", near);
    else if (length > 1)
        np_diag_hint(&run->diags, diag,
                     "natopay help lists the options; an input is given by --set, for example --set step=2");
    else
        np_diag_hint(&run->diags, diag, "natopay help lists the options");
}

static void keep(np_run *run, np_arg *list, size_t *count, size_t most, np_arg arg)
{
    if (*count < most)
        list[(*count)++] = arg;
    else
        np_report(&run->diags, NP_CODE_TOO_MANY, arg.at, "there are more than %zu %s", most,
                  list == run->args.files       ? np_say(run->args.lang, "files and names")
                  : list == run->args.sets      ? "--set"
                  : list == run->args.scenarios ? "--scenario"
                                                : "--with");
}

static void second_book(np_run *run, np_arg arg)
{
    np_diag *diag = np_run_usage(run, arg, "--data is given twice: a command has one rule book");
    np_diag_hint(&run->diags, diag,
                 "posts of several are compared by --post data=eu,grade=..., or data = eu in the section of a post");
}

/* Somebody may add an option to a command line that has it already: the last one counts, with a warning. */
static void replaces(np_run *run, int option, np_arg arg)
{
    np_diag *diag = np_report(&run->diags, NP_CODE_GIVEN_TWICE, arg.at, "--%s is given twice: this one counts",
                              option_name(option));
    np_diag_note(&run->diags, diag, run->args.value[option].at, "given here");
    run->args.value[option] = arg;
}

bool np_next_input(np_arena *arena, np_arg list, size_t *at, np_arg *input)
{
    *at += strspn(list.text + *at, " ");
    const char *begin = list.text + *at, *end = begin + strlen(begin);
    for (const char *comma = strchr(begin, ','); comma && !*end; comma = strchr(comma + 1, ',')) {
        const char *name = comma + 1 + strspn(comma + 1, " ");
        size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz_0123456789");
        if (length > 0 && name[length] == '=') end = comma;
    }
    size_t length = (size_t)(end - begin);
    *input = (np_arg){np_arena_copy(arena, begin, length), np_span_of(list.at.file, list.at.offset + *at, length)};
    *at += length + (*end != '\0');
    return length > 0;
}

static void keep_sets(np_run *run, np_arg arg)
{
    np_arg input;
    size_t at = 0, before = run->args.set_count;
    while (np_next_input(run->arena, arg, &at, &input))
        keep(run, run->args.sets, &run->args.set_count, NP_ARGS_MAX, input);
    if (run->args.set_count == before) keep(run, run->args.sets, &run->args.set_count, NP_ARGS_MAX, arg);
}

static void take_option(np_run *run, int option, np_arg arg)
{
    np_args *args = &run->args;
    if (option == NP_OPT_SET)
        keep_sets(run, arg);
    else if (option == NP_OPT_POST)
        keep(run, args->posts, &args->post_count, NP_ARGS_MAX, arg);
    else if (option == NP_OPT_SCENARIO)
        keep(run, args->scenarios, &args->scenario_count, NP_ARGS_MAX, arg);
    else if (option == NP_OPT_WITH)
        keep(run, args->with, &args->with_count, NP_ARGS_MAX, arg);
    else if (option == NP_OPT_DATA && args->value[option].text)
        second_book(run, arg);
    else if (args->value[option].text && np_option_describe((np_option)option)->value)
        replaces(run, option, arg);
    else
        args->value[option] = arg;
}

static void needs_value(np_run *run, int option, np_arg arg)
{
    const np_option_info *info = np_option_describe((np_option)option);
    const np_command *command = run->args.command.text ? np_command_named(run->args.command.text) : NULL;
    np_diag *diag = np_run_usage(run, arg, "--%s needs a value", info->name);
    np_text help;
    np_text_init(&help, 4096);
    np_put_option_help(&help, (np_option)option, command ? command->bit : NP_CMD_ANY, run->args.lang);
    np_diag_hint(&run->diags, diag, "write --%s %s: %s", info->name, info->value, np_text_move(&help, run->arena));
}

/* One option; gives back how many arguments it took. */
static int read_option(np_run *run, np_arg *all, int count)
{
    np_arg arg = all[0];
    const char *name = arg.text + (arg.text[1] == '-' ? 2 : 1);
    const char *equals = strchr(name, '=');
    size_t length = equals ? (size_t)(equals - name) : strlen(name);
    int option = option_named(name, length);
    if (option < 0) {
        unknown_option(run, arg, name, length);
        return 1;
    }
    const np_option_info *info = np_option_describe((np_option)option);
    if (!info->value) {
        if (equals) {
            np_diag *diag = np_run_usage(run, arg, "--%s takes no value", info->name);
            np_diag_hint(&run->diags, diag, "write --%s alone, or leave it out", info->name);
        }
        take_option(run, option, arg);
        return 1;
    }
    if (equals) {
        size_t skip = (size_t)(equals + 1 - arg.text);
        take_option(run, option,
                    (np_arg){equals + 1, np_span_of(arg.at.file, arg.at.offset + skip, strlen(equals + 1))});
        return 1;
    }
    if (count < 2 || (all[1].text[0] == '-' && all[1].text[1] == '-')) {
        needs_value(run, option, arg);
        return 1;
    }
    take_option(run, option, all[1]);
    return 2;
}

/* ---- what values mean ---- */

/* One bit for each format. */
static unsigned formats_of(const np_command *command)
{
    return command ? command->formats : ~0U;
}

static const char *list_of(np_run *run, const char *const *choices, int count, unsigned among)
{
    const char *list = "";
    for (int i = 0; i < count; i++)
        if (among >> i & 1) list = np_arena_format(run->arena, "%s%s%s", list, *list ? ", " : "", choices[i]);
    return list;
}

/* `among`: one bit for each choice that is offered to somebody who made none of them. */
static int read_choice(np_run *run, np_option option, const char *const *choices, int count, unsigned among)
{
    np_arg arg = run->args.value[option];
    if (!arg.text) return 0;
    for (int i = 0; i < count; i++)
        if (strcmp(arg.text, choices[i]) == 0) return i;
    np_diag *diag = np_run_usage(run, arg, "'%s' is no choice for --%s", arg.text, option_name((int)option));
    np_diag_hint(&run->diags, diag, "choose one of %s", list_of(run, choices, count, among));
    return 0;
}

static const char *const *format_names(const char **names)
{
    for (int i = 0; i < NP_FORMAT_COUNT; i++) names[i] = np_format_name((np_format)i);
    return names;
}

/* "-" is standard output, as it is standard input among the files. */
static void read_outputs(np_run *run)
{
    static const np_option OTHERS[] = {NP_OPT_REJECT, NP_OPT_PART};
    np_arg *value = run->args.value;
    if (value[NP_OPT_OUTPUT].text && strcmp(value[NP_OPT_OUTPUT].text, "-") == 0) value[NP_OPT_OUTPUT].text = NULL;
    for (size_t i = 0; i < sizeof OTHERS / sizeof OTHERS[0]; i++) {
        np_arg arg = value[OTHERS[i]];
        if (!arg.text || strcmp(arg.text, "-") != 0) continue;
        np_diag *diag = np_run_usage(run, arg, "--%s needs the name of a file", option_name((int)OTHERS[i]));
        np_diag_hint(&run->diags, diag, "standard output is for --output");
    }
}

static void read_values(np_run *run)
{
    static const char *const COLORS[] = {"auto", "always", "never"}, *const FORMS[] = {"text", "json"};
    const char *formats[NP_FORMAT_COUNT];
    np_args *args = &run->args;
    const np_command *command = args->command.text ? np_command_named(args->command.text) : NULL;
    args->diagnostics_json = read_choice(run, NP_OPT_DIAGNOSTICS, FORMS, 2, ~0U) == 1;
    args->format =
        (np_format)read_choice(run, NP_OPT_FORMAT, format_names(formats), NP_FORMAT_COUNT, formats_of(command));
    int color = read_choice(run, NP_OPT_COLOR, COLORS, 3, ~0U);
    args->color = color == 1 || (color == 0 && run->host->shows_color && run->host->shows_color());
    read_outputs(run);
    args->help = args->value[NP_OPT_HELP].text != NULL;
    args->version = args->value[NP_OPT_VERSION].text != NULL;
}

/* Each command writes what it can; the others say so instead of writing something else. */
static void check_format(np_run *run, const np_command *command)
{
    const char *names[NP_FORMAT_COUNT];
    np_arg arg = run->args.value[NP_OPT_FORMAT];
    unsigned formats = formats_of(command);
    if (!arg.text || (formats >> run->args.format & 1)) return;
    np_diag *diag = np_run_usage(run, arg, "natopay %s does not write %s", command->name, arg.text);
    np_diag_hint(&run->diags, diag, "choose one of %s", list_of(run, format_names(names), NP_FORMAT_COUNT, formats));
}

static void check_fit(np_run *run)
{
    const np_command *command = run->args.command.text ? np_command_named(run->args.command.text) : NULL;
    if (!command) return;
    check_format(run, command);
    for (int i = 0; i < NP_OPTION_COUNT; i++) {
        np_arg arg = i == NP_OPT_SET && run->args.set_count             ? run->args.sets[0]
                     : i == NP_OPT_POST && run->args.post_count         ? run->args.posts[0]
                     : i == NP_OPT_SCENARIO && run->args.scenario_count ? run->args.scenarios[0]
                                                                        : run->args.value[i];
        if (!arg.text || (np_option_describe((np_option)i)->commands & command->bit)) continue;
        np_diag *diag = np_run_usage(run, arg, "natopay %s takes no --%s", command->name, option_name(i));
        np_diag_hint(&run->diags, diag, "natopay help %s shows what it takes", command->name);
    }
}

/* Takes a file or name that is given twice only once, with a warning. Not for compare, whose posts may be alike, nor
 * for plan, which refuses a part that is given twice. */
static void drop_twins(np_run *run)
{
    np_args *args = &run->args;
    const np_command *command = args->command.text ? np_command_named(args->command.text) : NULL;
    size_t kept = 0;
    if (!command || (command->bit & (NP_CMD_COMPARE | NP_CMD_PLAN))) return;
    for (size_t i = 0; i < args->file_count; i++) {
        size_t before = 0;
        while (before < kept && strcmp(args->files[before].text, args->files[i].text) != 0) before++;
        if (before == kept) {
            args->files[kept++] = args->files[i];
            continue;
        }
        np_diag *diag = np_report(&run->diags, NP_CODE_GIVEN_TWICE, args->files[i].at,
                                  "%s is given twice: it is taken once", args->files[i].text);
        np_diag_note(&run->diags, diag, args->files[before].at, "given here");
    }
    args->file_count = kept;
}

/* Where --set gives this input in sets[from..to); `to`: nowhere. */
static size_t find_set(const np_args *args, size_t from, size_t to, const char *text, size_t name)
{
    while (from < to && (strncmp(args->sets[from].text, text, name) != 0 || args->sets[from].text[name] != '=')) from++;
    return from;
}

/* An input that --set gives twice, of which the last counts. In the files that it overrides it may stand too. */
static void check_sets(np_run *run)
{
    const np_args *args = &run->args;
    for (size_t i = 1; i < args->set_count; i++) {
        const char *text = args->sets[i].text;
        size_t name = strcspn(text, "="), before = find_set(args, 0, i, text, name);
        if (text[name] != '=' || before == i) continue;
        if (find_set(args, i + 1, args->set_count, text, name) < args->set_count) continue;
        np_diag *diag = np_report(&run->diags, NP_CODE_GIVEN_TWICE, args->sets[i].at,
                                  "--set gives %.*s twice: this one counts", (int)name, text);
        np_diag_note(&run->diags, diag, args->sets[before].at, "given here");
    }
}

void np_args_parse(np_run *run, int argc, char *const *argv)
{
    np_arg *all = np_arena_array(run->arena, (size_t)argc + 1, sizeof *all);
    np_args *args = &run->args;
    args->line = join(run->arena, argc, argv, all);
    bool options = true;
    for (int i = 1; i < argc;) {
        const char *text = all[i].text;
        if (options && strcmp(text, "--") == 0) {
            options = false;
            i++;
        } else if (options && text[0] == '-' && text[1]) {
            i += read_option(run, &all[i], argc - i);
        } else {
            if (!args->command.text)
                args->command = all[i];
            else
                keep(run, args->files, &args->file_count, NP_FILES_MAX, all[i]);
            i++;
        }
    }
    read_values(run);
    drop_twins(run);
    check_sets(run);
    check_fit(run);
}
