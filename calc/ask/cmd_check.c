/* natopay check: mistakes in posts, persons, overlays, scenarios and the rule book, and whether a person may have a
 * post. */
#include <string.h>
#include <strings.h>

#include "natopay/ask/run.h"
#include "natopay/notice/patterns.h"
#include "natopay/pay/payslip.h"
#include "natopay/plan/list_map.h"
#include "natopay/plan/scenario.h"
#include "natopay/report/check.h"

/* Posts and persons are read against the inputs, each for itself. */
static void check_cases(np_run *run)
{
    for (size_t i = 0; i < run->book->definition_count; i++) {
        const np_definition *definition = run->book->definitions[i];
        if (strcmp(definition->type, "post") != 0 && strcmp(definition->type, "person") != 0) continue;
        np_situation *situation = np_situation_new(run->book, run->arena);
        np_situation_take(situation, &run->diags, definition);
    }
}

/* A rule book may do without: then it reads no notices. */
static bool has_patterns(const np_book *book)
{
    for (size_t i = 0; i < book->definition_count; i++)
        if (strcmp(book->definitions[i]->type, "pattern") == 0) return true;
    return false;
}

/* Other programs read such files with iniparser: they should see the same values. */
static void compare_with_iniparser(np_run *run)
{
    for (size_t i = 0; i < run->book->file_count; i++) {
        const np_file *file = run->book->files[i].file;
        np_diags discarded;
        np_ini ini;
        np_diags_init(&discarded, run->arena);
        if (np_run_asks_about(run, file->name) && np_ini_read(&discarded, file, &ini))
            np_ini_compare(&run->diags, &ini);
    }
}

/* Files that are laid over the rule book together. */
static void check_files(np_run *run, const np_arg *files, size_t count)
{
    np_scenario scenario;
    if (np_run_load(run, files, count)) {
        np_scenario_read(run->book, &run->diags, (unsigned)run->args.with_count, &scenario);
        np_run_lint(run, NULL); /* what only a [change] uses is used */
        compare_with_iniparser(run);
    }
    if (!np_run_is_sound(run)) return;
    if (has_patterns(run->book)) np_patterns_free(np_patterns_new(run->book, &run->diags, run->arena));
    check_cases(run);
}

/* What decides by which rule book, and with which others, a file is checked. */
typedef struct contents {
    bool scenario, post, mapping;
    const char *data; /* of its posts: "" is the run's own rule book */
} contents;

static contents look_into(np_run *run, const char *path)
{
    contents seen = {.data = ""};
    np_ini ini;
    np_diags discarded;
    np_diags_init(&discarded, run->arena);
    const np_file *file = np_read_text(np_run_reader(run), &discarded, path, NP_INI_FILE_LIMIT);
    if (!file) return seen;
    np_ini_read(&discarded, file, &ini);
    for (size_t i = 0; i < ini.section_count; i++) {
        const char *type = ini.sections[i].type;
        if (strcmp(type, "list") == 0) seen.mapping = true;
        if (strcmp(type, "scenario") == 0 || strcmp(type, "change") == 0) seen.scenario = true;
        if (strcmp(type, "post") != 0) continue;
        seen.post = true;
        np_arg data = np_post_data(&ini.sections[i]);
        if (data.text && !*seen.data) seen.data = data.text;
    }
    return seen;
}

/* A plan lays each scenario over the rule book alone, and posts of two rule books are never laid over one: what such
 * files say together matters to nobody. */
static void check_alone(np_run *run, const np_arg *file)
{
    np_diags others = run->diags;
    np_diags_init(&run->diags, run->arena);
    run->diags.lang = others.lang;
    check_files(run, file, 1);
    np_diags found = run->diags;
    run->diags = others;
    for (const np_diag *diag = found.first; diag; diag = diag->next) np_diag_copy(&run->diags, diag, diag->at, "");
}

/* A mapping says how a staff list is read, and is no part of the rule book. */
static void check_mapping(np_run *run, const np_arg *arg)
{
    np_list_map map;
    np_ini ini;
    const np_file *file = np_read_text(np_run_reader(run), &run->diags, arg->text, NP_INI_FILE_LIMIT);
    if (!file || !np_ini_read(&run->diags, file, &ini)) return;
    np_list_map_read(&map, run->arena, &run->diags, run->book, &ini);
    np_ini_compare(&run->diags, &ini);
}

typedef enum checked_how { TOGETHER, ALONE, AS_MAPPING } checked_how;

/* `data`: by which rule book the first post is; NULL: there was none yet. A file that is alone anyway is checked as one
 * of several is together. */
static checked_how how_to_check(const contents *seen, const char **data, bool several)
{
    if (seen->mapping) return AS_MAPPING;
    if (!several) return TOGETHER;
    if (seen->post && !*data) *data = seen->data;
    return seen->scenario || (seen->post && strcmp(seen->data, *data) != 0) ? ALONE : TOGETHER;
}

static void check_each(np_run *run, np_checked *checked)
{
    const np_args *args = &run->args;
    np_arg *together = np_arena_array(run->arena, args->file_count + 1, sizeof *together);
    checked_how *how = np_arena_array(run->arena, args->file_count + 1, sizeof *how);
    const char *data = NULL; /* of the first post: other posts by the same rule book are checked with it */
    size_t count = 0;
    for (size_t i = 0; i < args->file_count; i++) {
        contents seen = look_into(run, args->files[i].text);
        how[i] = how_to_check(&seen, &data, args->file_count > 1);
        if (how[i] == TOGETHER) together[count++] = args->files[i];
    }
    check_files(run, together, count);
    bool sound = np_run_is_sound(run);
    if (sound) checked->conditions = np_run_eligibility(run, &checked->condition_count);
    for (size_t i = 0; i < args->file_count; i++)
        if (how[i] == AS_MAPPING && sound) check_mapping(run, &args->files[i]);
    for (size_t i = 0; i < args->file_count; i++)
        if (how[i] == ALONE) check_alone(run, &args->files[i]);
}

static bool ends_in(const char *name, const char *ending)
{
    size_t length = strlen(name), size = strlen(ending);
    return length > size && strcasecmp(name + length - size, ending) == 0;
}

static bool is_called_list(const char *path)
{
    static const char *const ENDINGS[] = {".csv", ".tsv", ".tab", ".xlsx"};
    bool called = false;
    for (size_t i = 0; i < sizeof ENDINGS / sizeof ENDINGS[0]; i++) called = called || ends_in(path, ENDINGS[i]);
    return called;
}

/* Which of the files is taken for a staff list: one that is called so, or, by options that are about lists, the first;
 * none: their number. */
static size_t list_among(const np_run *run)
{
    static const np_option OPTIONS[] = {NP_OPT_LIST,    NP_OPT_DATES, NP_OPT_DECIMAL,   NP_OPT_ENCODING,
                                        NP_OPT_COLUMNS, NP_OPT_CARRY, NP_OPT_DELIMITER, NP_OPT_KEY};
    for (size_t i = 0; i < run->args.file_count; i++)
        if (is_called_list(run->args.files[i].text)) return i;
    for (size_t i = 0; i < sizeof OPTIONS / sizeof OPTIONS[0]; i++)
        if (run->args.value[OPTIONS[i]].text) return 0;
    return run->args.file_count;
}

/* Whatever stands beside a list is a scenario for it, as in a plan. */
static void check_with_list(np_run *run, size_t at)
{
    np_args *args = &run->args;
    np_arg list = args->files[at];
    for (size_t i = 0; i < args->file_count; i++) {
        np_arg file = args->files[i];
        if (i == at) continue;
        if (is_called_list(file.text) || args->scenario_count == NP_ARGS_MAX) {
            np_diag *diag = np_run_usage(run, file, "natopay check takes one staff list at a time");
            np_diag_hint(&run->diags, diag, "what may stand beside it are scenarios");
            return;
        }
        args->scenarios[args->scenario_count++] = file;
    }
    args->files[0] = list;
    args->file_count = 1;
    run->host->check_list(run);
}

void np_cmd_check(np_run *run)
{
    if (!np_inputs_named(run, run->args.files, run->args.file_count)) return;
    size_t list = list_among(run);
    if (run->host->check_list && list < run->args.file_count) {
        check_with_list(run, list);
        return;
    }
    np_checked checked = {.files = run->args.file_count + run->args.with_count, .lang = run->args.lang};
    check_each(run, &checked);
    checked.book = run->book;
    checked.diags = &run->diags;
    np_run_show(run, np_checked_output(&checked));
    if (run->diags.errors) run->exit = 1;
    for (const np_diag *diag = run->diags.first; diag; diag = diag->next)
        if (diag->code == NP_CODE_CANNOT_READ) run->exit = np_code_describe(diag->code)->exit;
}
