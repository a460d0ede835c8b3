/* Help, made from the tables of commands and options. */
#include "natopay/ask/run.h"

static void options_of(np_text *out, unsigned commands, const np_lang *lang)
{
    for (int i = 0; i < NP_OPTION_COUNT; i++) {
        const np_option_info *info = np_option_describe((np_option)i);
        if (!(info->commands & commands)) continue;
        size_t start = out->length;
        np_text_printf(out, "  --%s%s%s", info->name, info->value ? " " : "", info->value ? info->value : "");
        size_t width = out->length - start;
        np_text_repeat(out, ' ', width < 30 ? 30 - width : 1);
        np_text_printf(out, "%s\n", np_say(lang, info->help));
    }
}

void np_help_overview(np_text *out, const np_lang *lang)
{
    np_text_puts(out, np_say(lang, "natopay: what a civilian post pays, exactly and with sources\n\nUsage: natopay "
                                   "COMMAND [OPTIONS] [FILES]\n\nCommands:\n"));
    for (size_t i = 0; i < NP_COMMAND_TOTAL; i++)
        np_text_printf(out, "  %-12s %s\n", NP_COMMANDS[i].name, np_say(lang, NP_COMMANDS[i].purpose));
    np_text_puts(out, np_say(lang, "  help         help on a command: natopay help COMMAND\n\nOptions:\n"));
    options_of(out, NP_CMD_ANY, lang);
    np_text_puts(out, np_say(lang, "\nExit codes: 0 done; 1 done, with rows rejected or errors found by check; 2 wrong "
                                   "usage;\n3 bad rule book or input; 4 the system failed.\n"));
}

void np_help_command(np_text *out, const np_command *command, const np_lang *lang)
{
    np_text_printf(out, np_say(lang, "natopay %s: %s\n\nUsage: natopay %s [OPTIONS] %s\n\n%s\nOptions:\n"),
                   command->name, np_say(lang, command->purpose), command->name, command->usage,
                   np_say(lang, command->help));
    options_of(out, command->bit, lang);
}
