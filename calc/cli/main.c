#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

static _Noreturn void out_of_memory(void)
{
    static const char MESSAGE[] = "natopay: error: memory ran out [no-memory]\n";
    ssize_t ignored = write(STDERR_FILENO, MESSAGE, sizeof MESSAGE - 1);
    (void)ignored;
    _exit(4);
}

static void unknown_command(np_run *run, np_arg arg)
{
    np_diag *diag = np_report(&run->diags, NP_CODE_UNKNOWN_COMMAND, arg.at, "no command is called '%s'", arg.text);
    const char *near = NULL;
    unsigned best = 4;
    for (size_t i = 0; i < NP_COMMAND_TOTAL; i++) {
        unsigned distance = np_edit_distance(arg.text, NP_COMMANDS[i].name, best - 1);
        if (distance >= best) continue;
        best = distance;
        near = NP_COMMANDS[i].name;
    }
    size_t length = strlen(arg.text);
    if (near)
        np_diag_hint(&run->diags, diag, "did you mean natopay %s?", near);
    else if (length > 4 && strcmp(arg.text + length - 4, ".ini") == 0)
        np_diag_hint(&run->diags, diag, "did you mean natopay estimate %s?", arg.text);
    else
        np_diag_hint(&run->diags, diag, "natopay help lists the commands");
}

static void help(np_run *run)
{
    const np_args *args = &run->args;
    np_arg about = args->command;
    if (about.text && strcmp(about.text, "help") == 0) about = args->file_count ? args->files[0] : (np_arg){0};
    if (about.text && strcmp(about.text, "help") == 0) about = (np_arg){0};
    if (!about.text) {
        np_help_overview(&run->out, args->lang);
        return;
    }
    const np_command *command = np_command_named(about.text);
    if (strcmp(about.text, "manual") == 0)
        np_help_manual(&run->out);
    else if (strcmp(about.text, "completion") == 0)
        np_help_completion(&run->out);
    else if (command)
        np_help_command(&run->out, command, args->lang);
    else
        unknown_command(run, about);
}

static void dispatch(np_run *run)
{
    np_arg name = run->args.command;
    if (run->args.version) {
        np_text_puts(&run->out, "natopay " NATOPAY_VERSION "\n");
        return;
    }
    if (run->args.help || (name.text && strcmp(name.text, "help") == 0)) {
        help(run);
        return;
    }
    if (!name.text) {
        np_diag *diag = np_report(&run->diags, NP_CODE_USAGE, np_span_none(), "no command is given");
        np_diag_hint(&run->diags, diag, "natopay help lists the commands; natopay estimate is the first to try");
        return;
    }
    const np_command *command = np_command_named(name.text);
    if (!command)
        unknown_command(run, name);
    else if (run->diags.errors == 0)
        command->run(run);
}

typedef struct start {
    np_run *run;
    int argc;
    char **argv;
} start;

static void work(void *context)
{
    start *s = context;
    np_language_choose(s->run, s->argc, s->argv);
    np_args_parse(s->run, s->argc, s->argv);
    if (s->run->diags.errors == 0) np_outputs_named(s->run);
    dispatch(s->run);
    np_language_settle(s->run);
}

/* Warnings are part of a JSON estimate, and are said here as well. */
static void print_diagnostics(const np_run *run)
{
    np_text text;
    np_text_init(&text, NP_OUTPUT_LIMIT);
    if (!run->diags.first) return;
    if (run->args.diagnostics_json) {
        np_diags_json(&text, &run->diags);
        np_text_putc(&text, '\n');
    } else {
        np_diags_print(&text, &run->diags, run->args.color);
    }
    if (text.failed) out_of_memory();
    fputs(np_text_string(&text), stderr);
    np_text_free(&text);
}

/* One that is closed would be taken by the next file that is opened, and output or a list would go there or come from
 * there. This way using it fails. */
static void hold_standard_descriptors(void)
{
    static const int MODES[] = {O_WRONLY, O_RDONLY, O_RDWR};
    for (int i = STDIN_FILENO; i <= STDERR_FILENO; i++)
        if (fcntl(i, F_GETFD) < 0) open("/dev/null", MODES[i]);
}

int main(int argc, char **argv)
{
    /* texts are UTF-8 whatever the locale says */
    if (!setlocale(LC_CTYPE, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
    hold_standard_descriptors();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* writing more than a file may have then fails with EFBIG, and is reported */
    np_arena *arena = np_arena_new((size_t)1 << 30);
    np_run *run = arena ? np_arena_try(arena, sizeof *run) : NULL;
    if (!run) out_of_memory();
    run->arena = arena;
    run->program = argv[0];
    np_diags_init(&run->diags, arena);
    np_text_init(&run->out, NP_OUTPUT_LIMIT);
    start s = {run, argc, argv};
    if (!np_arena_guard(arena, work, &s)) out_of_memory();
    if (!run->written && !run->refused && (run->diags.errors == 0 || run->exit == 1) && !np_write_output(run))
        run->exit = 0; /* that nothing was written counts more than what it would have said */
    print_diagnostics(run);
    int code = run->refused ? np_code_describe(NP_CODE_USAGE)->exit
               : run->exit  ? run->exit
                            : np_diags_exit(&run->diags);
    np_text_free(&run->out);
    np_arena_free(arena);
    return code;
}
