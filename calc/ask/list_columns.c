/* Columns of a staff list that are no inputs, but that a scenario's formulas name: "cost_centre" for "Cost centre". */
#include <string.h>

#include "natopay/ask/plan_request.h"
#include "natopay/book/load.h"
#include "natopay/book/spelling.h"

enum { NAME_MOST = 64, OVERLAY_MOST = 1 << 20 };

/* Add a character of a heading to a name: letters and digits stay, in lower case; whatever else parts words. */
static void add_letter(char name[NAME_MOST], size_t *length, char c)
{
    bool parts = !np_is_letter(c) && !np_is_digit(c);
    if (*length + 1 >= NAME_MOST || (parts && (!*length || name[*length - 1] == '_'))) return;
    name[(*length)++] = parts ? '_' : np_is_lower(c) || np_is_digit(c) ? c : (char)(c - 'A' + 'a');
}

/* "Centre de coût (2026)" as a name of formulas, "centre_de_cout_2026"; "" when it is none. */
static void formula_name(char name[NAME_MOST], const char *heading)
{
    size_t length = 0;
    for (size_t left = strlen(heading), size; left > 0; heading += size, left -= size) {
        uint32_t point;
        char plain[4];
        size = np_utf8_next(heading, left, &point);
        size_t letters = np_plain_letters(point, plain);
        for (size_t i = 0; i < letters; i++) add_letter(name, &length, plain[i]);
        if (!letters) add_letter(name, &length, size == 1 ? *heading : ' ');
    }
    while (length && name[length - 1] == '_') length--;
    name[length] = '\0';
    if (!np_is_letter(name[0])) name[0] = '\0';
}

static bool is_part_of_word(char c)
{
    return np_is_letter(c) || np_is_digit(c) || c == '_';
}

/* Whether a word stands in a text. */
static bool holds_word(const char *text, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word))
        if ((at == text || !is_part_of_word(at[-1])) && !is_part_of_word(at[length])) return true;
    return false;
}

/* The texts of all scenarios, one after the other. What cannot be read is reported when it is loaded. */
static const char *scenario_texts(np_run *run)
{
    np_text all;
    np_diags discarded;
    np_diags_init(&discarded, run->arena);
    np_text_init(&all, (size_t)NP_INI_FILE_LIMIT * NP_PLAN_BOOKS_MAX);
    for (size_t i = 0; i < run->args.scenario_count; i++) {
        size_t count;
        const np_arg *files = np_plan_scenario_files(run, &run->args.scenarios[i], &count);
        for (size_t k = 0; k < count; k++) {
            const np_file *file = np_read_text(np_run_reader(run), &discarded, files[k].text, NP_INI_FILE_LIMIT);
            if (file) np_text_add(&all, file->text, file->size);
            np_text_putc(&all, '\n');
        }
    }
    return np_text_move(&all, run->arena);
}

/* Whether the rule book has another meaning for it. */
static bool is_taken(const np_book *book, const char *name, const char *heading)
{
    return np_spelled_heading(book, heading).kind != NP_HEADING_UNKNOWN || np_book_input(book, name) ||
           np_book_rule(book, name) || np_book_parameter(book, name) >= 0;
}

/* The heading as an overlay may write it: only letters and digits matter in one. */
static void put_heading(np_text *out, const char *heading)
{
    for (const char *c = heading; *c; c++)
        np_text_putc(out, np_is_letter(*c) || np_is_digit(*c) || (unsigned char)*c > 127 ? *c : ' ');
}

bool np_plan_lay_columns(np_plan_asked *ask)
{
    np_run *run = ask->run;
    np_text overlay;
    bool any = false;
    if (!run->args.scenario_count || run->args.with_count == NP_ARGS_MAX) return false;
    const char *texts = scenario_texts(run);
    np_text_init(&overlay, OVERLAY_MOST);
    for (size_t i = 0; i < ask->name_count; i++) {
        char name[NAME_MOST];
        formula_name(name, ask->names[i]);
        if (!name[0] || is_taken(ask->plan.books[0].book, name, ask->names[i]) || !holds_word(texts, name)) continue;
        if (any && holds_word(np_text_string(&overlay), name)) continue; /* two columns of that name */
        np_text_printf(&overlay, "[input %s]\nlabel = ", name);
        put_heading(&overlay, ask->names[i]);
        np_text_puts(&overlay, "\nheadings = ");
        put_heading(&overlay, ask->names[i]);
        np_text_puts(&overlay, "\ntype = text\ndefault = ''\n");
        any = true;
    }
    const char *text = np_text_move(&overlay, run->arena);
    if (!any) return false;
    np_run_keep_text(run, NP_LIST_COLUMNS, text);
    run->args.with[run->args.with_count++] = (np_arg){NP_LIST_COLUMNS, np_span_none()};
    return true;
}
