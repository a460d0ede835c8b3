/* Help, made from the tables of commands and options. */
#include <stdint.h>
#include <string.h>

#include "natopay/ask/run.h"
#include "natopay/render/render.h"

/* The columns where descriptions begin, on narrow terminals too; and names. */
enum { DESCRIPTIONS = 30, DESCRIPTIONS_IN_LITTLE_ROOM = 6, ROOM = 72, NAMES = 15 };

/* What an option does stands beside it, or in the next line where the option is too long. */
static void options_of(np_text *out, unsigned commands, const np_lang *lang, size_t columns)
{
    size_t indent = columns < ROOM ? DESCRIPTIONS_IN_LITTLE_ROOM : DESCRIPTIONS;
    np_text help;
    np_text_init(&help, 4096);
    for (int i = 0; i < NP_OPTION_COUNT; i++) {
        const np_option_info *info = np_option_describe((np_option)i);
        if (!(info->commands & commands)) continue;
        size_t start = out->length;
        np_text_printf(out, "  --%s%s%s", info->name, info->value ? " " : "", info->value ? info->value : "");
        size_t width = out->length - start;
        if (width >= indent) np_text_putc(out, '\n');
        np_text_repeat(out, ' ', width < indent ? indent - width : indent);
        np_text_clear(&help);
        np_put_option_help(&help, (np_option)i, commands, lang);
        np_wrap_words(out, np_text_string(&help), indent, indent, columns);
        np_text_putc(out, '\n');
    }
    np_text_lost(out, &help);
    np_text_free(&help);
}

/* Lines that begin with blanks are commands, and stay as they are; those of a paragraph are filled anew. */
static void paragraphs(np_text *out, const char *text, size_t columns)
{
    np_text paragraph;
    np_text_init(&paragraph, 1 << 16);
    for (; *text; text += *text == '\n') {
        size_t length = strcspn(text, "\n");
        const char *next = text[length] ? text + length + 1 : "";
        bool prose = length && *text != ' ', over = !*next || *next == '\n' || *next == ' ';
        np_text *to = prose && columns < SIZE_MAX ? &paragraph : out;
        np_text_add(to, text, length);
        if (to == out) {
            if (text[length]) np_text_putc(out, '\n');
        } else if (!over) {
            np_text_putc(to, ' ');
        } else {
            np_wrap_words(out, np_text_string(to), 0, 0, columns);
            np_text_putc(out, '\n');
            np_text_clear(to);
        }
        text += length;
    }
    np_text_lost(out, &paragraph);
    np_text_free(&paragraph);
}

void np_help_overview(np_text *out, const np_lang *lang, size_t columns)
{
    if (!columns) columns = SIZE_MAX;
    paragraphs(out,
               np_say(lang, "natopay: what a civilian post pays, exactly and with sources\n\nUsage: natopay "
                            "COMMAND [OPTIONS] [FILES]\n\nCommands:\n"),
               columns);
    for (size_t i = 0; i < NP_COMMAND_TOTAL; i++) {
        np_text_printf(out, "  %-12s ", NP_COMMANDS[i].name);
        np_wrap_words(out, np_say(lang, NP_COMMANDS[i].purpose), NAMES, NAMES, columns);
        np_text_putc(out, '\n');
    }
    np_text_puts(out, np_say(lang, "  help         help on a command: natopay help COMMAND\n\nOptions:\n"));
    options_of(out, NP_CMD_ANY, lang, columns);
    paragraphs(out,
               np_say(lang, "\nExit codes: 0 done; 1 done, with rows rejected or errors found by check; 2 wrong "
                            "usage;\n3 bad rule book or input; 4 the system failed.\n"),
               columns);
}

void np_help_command(np_text *out, const np_command *command, const np_lang *lang, size_t columns)
{
    np_text text;
    np_text_init(&text, 1 << 16);
    np_text_printf(&text, np_say(lang, "natopay %s: %s\n\nUsage: natopay %s [OPTIONS] %s\n\n%s\nOptions:\n"),
                   command->name, np_say(lang, command->purpose), command->name, command->usage,
                   np_say(lang, command->help));
    if (!columns) columns = SIZE_MAX;
    paragraphs(out, np_text_string(&text), columns);
    options_of(out, command->bit, lang, columns);
    np_text_lost(out, &text);
    np_text_free(&text);
}
