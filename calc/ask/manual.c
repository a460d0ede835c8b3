/* The manual page and the completion for bash, made from the tables of commands and options. */
#include <ctype.h>
#include <string.h>

#include "natopay.h"
#include "natopay/ask/run.h"

/* ---- the manual page, in the macros of man(7) ---- */

#define LOOKED_OVER "2026-11-28" /* the day on which its words were last read against the program */

/* Text as troff takes it: backslashes and hyphens as they are, and nothing at a line's start that would be a macro. */
static void put(np_text *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bool line_start = out->length == 0 || out->data[out->length - 1] == '\n';
        if (line_start && (text[i] == '.' || text[i] == '\'')) np_text_puts(out, "\\&");
        if (text[i] == '\\')
            np_text_puts(out, "\\e");
        else if (text[i] == '-')
            np_text_puts(out, "\\-");
        else
            np_text_putc(out, text[i]);
    }
}

static void put_all(np_text *out, const char *text)
{
    put(out, text, strlen(text));
}

/* The text of a help page: paragraphs that are filled, and examples, which begin with two blanks and are not. */
static void put_help(np_text *out, const char *text)
{
    bool example = false;
    for (const char *line = text; *line;) {
        size_t length = strcspn(line, "\n");
        bool indented = strncmp(line, "  ", 2) == 0;
        if (length == 0)
            np_text_puts(out, example ? "" : ".IP\n");
        else if (indented != example)
            np_text_puts(out, indented ? ".EX\n" : ".EE\n.IP\n");
        if (length) {
            example = indented;
            put(out, line, length);
            np_text_putc(out, '\n');
        }
        line += length + (line[length] == '\n');
    }
    if (example) np_text_puts(out, ".EE\n");
}

static void put_commands(np_text *out)
{
    np_text_puts(out, ".SH COMMANDS\n");
    for (size_t i = 0; i < NP_COMMAND_TOTAL; i++) {
        const np_command *command = &NP_COMMANDS[i];
        np_text_puts(out, ".TP\n.B natopay ");
        put_all(out, command->name);
        np_text_puts(out, " \\fR");
        put_all(out, command->usage);
        np_text_puts(out, "\n");
        put_all(out, command->purpose);
        np_text_puts(out, ".\n.IP\n");
        put_help(out, command->help);
    }
    np_text_puts(out, ".TP\n.B natopay help \\fR[COMMAND]\nhelp on a command.\n");
}

static void put_options(np_text *out)
{
    np_text help;
    np_text_init(&help, 4096);
    np_text_puts(out, ".SH OPTIONS\n");
    for (int i = 0; i < NP_OPTION_COUNT; i++) {
        const np_option_info *info = np_option_describe((np_option)i);
        np_text_puts(out, ".TP\n.B \\-\\-");
        put_all(out, info->name);
        if (info->value) np_text_puts(out, " \\fI");
        if (info->value) put_all(out, info->value);
        np_text_puts(out, "\n");
        np_text_clear(&help);
        np_put_option_help(&help, (np_option)i, NP_CMD_ANY, NULL);
        put_all(out, np_text_string(&help));
        np_text_puts(out, "\n");
        if (info->commands == NP_CMD_ANY) continue;
        const char *between = ".br\nOf ";
        for (size_t c = 0; c < NP_COMMAND_TOTAL; c++) {
            if (!(NP_COMMANDS[c].bit & info->commands)) continue;
            np_text_puts(out, between);
            put_all(out, NP_COMMANDS[c].name);
            between = ", ";
        }
        np_text_puts(out, ".\n");
    }
    np_text_lost(out, &help);
    np_text_free(&help);
}

void np_help_manual(np_text *out)
{
    np_text_puts(out,
                 ".TH NATOPAY 1 " LOOKED_OVER " \"natopay " NATOPAY_VERSION "\" \"User Commands\"\n"
                 ".SH NAME\nnatopay \\- what a civilian post pays, exactly and with sources\n"
                 ".SH SYNOPSIS\n.B natopay\n.I COMMAND\n[\\fIOPTIONS\\fR] [\\fIFILES\\fR]\n"
                 ".SH DESCRIPTION\nnatopay reads a vacancy notice or a post, and what it must know of a person, and\n"
                 "prints the pay of a month line by line, the contract over time, posts side by side, or\n"
                 "what a change of rules would cost for many staff. Each figure has its source, and says\n"
                 "how sure it is. It is no official calculator, and no promise of pay.\n");
    put_commands(out);
    put_options(out);
    np_text_puts(out,
                 ".SH EXIT STATUS\n.TP\n.B 0\ndone\n.TP\n.B 1\ndone, but some rows were rejected, or errors were "
                 "found by check\n.TP\n.B 2\nwrong usage\n.TP\n.B 3\nbad rule book or input\n.TP\n.B 4\nthe system "
                 "failed: disk, memory\n"
                 ".SH ENVIRONMENT\n.TP\n.B NATOPAY_DATA\nfolder of the rule book, unless \\-\\-data names one\n.TP\n"
                 ".B NO_COLOR\nno colours in diagnostics, when it is set and not empty\n.SH FILES\n.TP\n.I "
                 "share/natopay/nato\nbeside the folder of the program: the rule book; posts, persons and scenarios\n"
                 "to try are next to it\n"
                 ".SH EXAMPLES\n.EX\nnatopay notice notice.txt \\-\\-format ini \\-\\-output post.ini\n"
                 "natopay estimate post.ini \\-\\-set nationality=DE\nnatopay explain net post.ini\n"
                 "natopay timeline post.ini \\-\\-format ics \\-\\-output post.ics\n.EE\n");
}

/* ---- completion ---- */

static void put_names(np_text *out, const char *separator)
{
    for (size_t i = 0; i < NP_COMMAND_TOTAL; i++) np_text_printf(out, "%s%s", i ? separator : "", NP_COMMANDS[i].name);
    np_text_printf(out, "%shelp", separator);
}

/* What stands for a value is one of several words: "auto|always|never". */
static bool is_choice(const char *value)
{
    if (!value || !strchr(value, '|')) return false;
    for (const char *c = value; *c; c++)
        if (isupper((unsigned char)*c)) return false;
    return true;
}

static void put_words(np_text *out, const char *words)
{
    for (; *words; words++)
        if (*words != ',') np_text_putc(out, *words == '|' ? ' ' : *words);
}

static void put_formats(np_text *out)
{
    np_text_puts(out, "    --format)\n        case $command in\n");
    for (size_t i = 0; i < NP_COMMAND_TOTAL; i++) {
        if (!(NP_COMMANDS[i].bit & np_option_describe(NP_OPT_FORMAT)->commands)) continue;
        np_text_printf(out, "        %s) words='", NP_COMMANDS[i].name);
        for (int f = 0; f < NP_FORMAT_COUNT; f++)
            if (NP_COMMANDS[i].formats >> f & 1) np_text_printf(out, " %s", np_format_name((np_format)f));
        np_text_puts(out, "' ;;\n");
    }
    np_text_puts(out, "        esac\n        ;;\n");
}

/* What may stand behind an option that was just typed; others take files. */
static void put_values(np_text *out)
{
    np_text_puts(out, "    case $before in\n"
                      "    --set | --vary | --break-even)\n"
                      "        words=$(\"$1\" show input --format csv 2>/dev/null | sed '1d; s/,.*//')\n"
                      "        COMPREPLY=($(compgen -S = -W \"$words\" -- \"$word\"))\n"
                      "        compopt -o nospace\n        return\n        ;;\n");
    put_formats(out);
    for (int i = 0; i < NP_OPTION_COUNT; i++) {
        const np_option_info *info = np_option_describe((np_option)i);
        if (!is_choice(info->value)) continue;
        np_text_printf(out, "    --%s) words='", info->name);
        put_words(out, info->value);
        np_text_puts(out, "' ;;\n");
    }
    np_text_puts(out, "    ");
    const char *between = "";
    for (int i = 0; i < NP_OPTION_COUNT; i++) {
        const np_option_info *info = np_option_describe((np_option)i);
        if (!info->value || is_choice(info->value)) continue;
        np_text_printf(out, "%s--%s", between, info->name);
        between = " | ";
    }
    np_text_puts(out, ") return ;;\n    show) words='");
    put_words(out, NP_SHOW_KINDS);
    np_text_puts(out, "' ;;\n    help) words='");
    put_names(out, " ");
    np_text_puts(out, "' ;;\n    esac\n");
}

static void put_options_of(np_text *out, const char *name, unsigned commands)
{
    np_text_printf(out, "        %s) words='", name);
    for (int i = 0; i < NP_OPTION_COUNT; i++) {
        const np_option_info *info = np_option_describe((np_option)i);
        if (info->commands & commands) np_text_printf(out, " --%s", info->name);
    }
    np_text_puts(out, "' ;;\n");
}

void np_help_completion(np_text *out)
{
    np_text_puts(out,
                 "# What bash completes behind natopay: made by natopay help completion.\n"
                 "_natopay() {\n"
                 "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command='' words='' i\n"
                 "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                 "        case ${COMP_WORDS[i]} in\n        ");
    put_names(out, " | ");
    np_text_puts(out,
                 ")\n            command=${COMP_WORDS[i]}\n            break\n            ;;\n        esac\n    done\n"
                 "    # bash takes --format=csv for three words\n"
                 "    if [ \"$word\" = = ]; then\n        word=''\n"
                 "    elif [ \"$before\" = = ] && [ \"$COMP_CWORD\" -gt 2 ]; then\n"
                 "        before=${COMP_WORDS[COMP_CWORD - 2]}\n    fi\n    COMPREPLY=()\n");
    put_values(out);
    np_text_puts(out, "    if [ -z \"$words\" ] && [[ $word == -* ]]; then\n        case $command in\n");
    for (size_t i = 0; i < NP_COMMAND_TOTAL; i++) put_options_of(out, NP_COMMANDS[i].name, NP_COMMANDS[i].bit);
    put_options_of(out, "*", NP_CMD_ANY);
    np_text_puts(out, "        esac\n    elif [ -z \"$words$command\" ]; then\n        words='");
    put_names(out, " ");
    np_text_puts(out, "'\n    fi\n"
                      "    # nothing of these: bash completes names of files\n"
                      "    [ -z \"$words\" ] || COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
                      "}\n"
                      "complete -o default -F _natopay natopay\n");
}
