/* A run from its arguments to what it has to show and to say. */
#include <string.h>

#include "natopay.h"
#include "natopay/ask/run.h"

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
    if (near)
        np_diag_hint(&run->diags, diag, "did you mean natopay %s?", near);
    else if (np_ends_in(arg.text, ".ini"))
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
        np_help_overview(&run->out, args->lang, np_run_columns(run));
        return;
    }
    const np_command *command = np_command_named(about.text);
    if (strcmp(about.text, "manual") == 0)
        np_help_manual(&run->out);
    else if (strcmp(about.text, "completion") == 0)
        np_help_completion(&run->out);
    else if (command)
        np_help_command(&run->out, command, args->lang, np_run_columns(run));
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

void np_run_do(np_run *run, int argc, char *const *argv)
{
    np_language_choose(run, argc, argv);
    np_args_parse(run, argc, argv);
    if (run->diags.errors == 0 && run->host->outputs_named) run->host->outputs_named(run);
    dispatch(run);
    np_language_settle(run);
    np_run_name_inputs(run);
}

bool np_run_shows(const np_run *run)
{
    return !run->written && !run->refused && (run->diags.errors == 0 || run->exit == 1);
}

int np_run_exit(const np_run *run)
{
    if (run->refused) return np_code_describe(NP_CODE_USAGE)->exit;
    return run->exit ? run->exit : np_diags_exit(&run->diags);
}
