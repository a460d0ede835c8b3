/* Explanations as trees of a document, and as a table for programs. */
#include <string.h>

#include "natopay/pay/format_value.h"
#include "report_internal.h"

static const char FILLER[] = "\u2007"; /* a blank as wide as a digit, not printed */

typedef struct writer {
    np_doc *doc;
    np_arena *arena;
    const np_book *book;
    const np_lang *lang;
    np_doc_tree *step; /* being written */
    np_doc_line *line;
} writer;

static __attribute__((format_arg(2))) const char *say(const writer *w, const char *english)
{
    return np_say(w->lang, english);
}

static void new_line(writer *w)
{
    w->line = np_doc_line_add(w->doc, w->step);
}

static void put(writer *w, np_doc_style style, const char *text)
{
    if (*text) np_doc_run_add(w->doc, w->line, style, "%s", text);
}

/* ---- values ---- */

static const char *about_words(writer *w, const np_value *value)
{
    np_text text;
    np_text_init(&text, 16384);
    np_print_about(&text, w->book, value, w->lang);
    return np_text_move(&text, w->arena);
}

static bool is_amount(const np_value *value)
{
    return !value->unknown && (value->type == NP_MONEY || (value->type == NP_NUMBER && !value->percent));
}

/* With the exact fraction where it is no decimal, or where it is what gets rounded. */
static void put_value(writer *w, const np_value *value, bool exactly)
{
    put(w, NP_DOC_STRONG, about_words(w, value));
    if (!is_amount(value) || np_num_is_integer(value->as.number)) return;
    np_text about;
    np_text_init(&about, 8192);
    np_num_print_about(&about, value->as.number);
    if (strstr(np_text_move(&about, w->arena), "...")) exactly = true;
    if (exactly) np_doc_run_add(w->doc, w->line, NP_DOC_PLAIN, " (%s)", np_fraction_words(w->arena, value->as.number));
}

/* ---- the first line of a step ---- */

/* What is not a figure's own: the beginning of the calendar stands for "always". */
static bool has_begun(np_date date)
{
    np_ymd day = np_date_split(date);
    return date != NP_DATE_NONE && !(day.year == NP_YEAR_FIRST && day.month == 1 && day.day == 1);
}

/* Files of the rule book by its folder's own name, "nato/rules.ini": where the book lies says nothing here. */
static const char *short_name(const np_book *book, const np_step *step)
{
    const char *name = step->at.file->name, *folder = book->layer_name[0];
    size_t length = strlen(folder);
    if (strncmp(name, folder, length) != 0 || name[length] != '/') return name;
    while (length > 0 && folder[length - 1] != '/') length--;
    return name + length;
}

/* Numbers of lines are made equally long while words are wrapped: lines break the same wherever a rule moves to. */
static void put_place(writer *w, const np_step *step)
{
    unsigned line = np_span_position(step->at).line;
    const char *filler = "";
    for (unsigned least = 1000; least > line && least > 1 && !w->doc->page; least /= 10)
        filler = np_arena_format(w->arena, "%s%s", filler, FILLER);
    np_doc_run_add(w->doc, w->line, NP_DOC_SOFT, "  [%s:%s%u]", np_say(w->lang, short_name(w->book, step)), filler,
                   line);
}

static void put_tail(writer *w, const np_step *step)
{
    if (step->kind == NP_STEP_INPUT && step->detail) np_doc_run_add(w->doc, w->line, NP_DOC_SOFT, ", %s", step->detail);
    if (step->has_status) np_doc_run_add(w->doc, w->line, NP_DOC_SOFT, ", %s", np_status_word(step->status, w->lang));
    if (has_begun(step->effective))
        np_doc_run_add(w->doc, w->line, NP_DOC_PLAIN, "%s%s", say(w, ", from "),
                       np_day_words(w->arena, step->effective));
    if (step->at.file) put_place(w, step);
}

static void put_change(writer *w, const np_step *step)
{
    if (!*step->name) {
        put(w, NP_DOC_PLAIN, step->detail);
        return;
    }
    np_doc_run_add(w->doc, w->line, NP_DOC_PLAIN, say(w, "it would be due with %s = "), step->name);
    put_value(w, &step->value, false);
    if (step->detail) np_doc_run_add(w->doc, w->line, NP_DOC_PLAIN, " %s", step->detail);
}

/* "NAME, LABEL = VALUE", or words of a derivation and what they give. */
static void put_named(writer *w, const np_step *step)
{
    const char *label = step->label ? step->label : "";
    const char *name = step->formula && step->kind != NP_STEP_INPUT ? step->formula : step->name;
    bool worded = !*name && !*label && step->detail;
    put(w, NP_DOC_CODE, name);
    put(w, NP_DOC_PLAIN, *name && *label ? ", " : "");
    put(w, NP_DOC_PLAIN, worded ? step->detail : label);
    if (!step->has_value) return;
    put(w, NP_DOC_PLAIN, w->line->first ? " = " : "");
    put_value(w, &step->value, false);
}

static void put_formula(writer *w, const char *word, const np_step *step)
{
    np_doc_run_add(w->doc, w->line, NP_DOC_PLAIN, "%s ", word);
    put(w, NP_DOC_CODE, step->formula);
}

static void first_line(writer *w, const np_step *step)
{
    new_line(w);
    switch (step->kind) {
    case NP_STEP_WHEN:
        put_formula(w, say(w, "when"), step);
        break;
    case NP_STEP_AMOUNT:
        put_formula(w, say(w, "amount"), step);
        break;
    case NP_STEP_ROUNDING:
        np_doc_run_add(w->doc, w->line, NP_DOC_PLAIN, say(w, "rounded %s: %s"), step->name, step->detail);
        break;
    case NP_STEP_CHANGE:
        put_change(w, step);
        break;
    case NP_STEP_MISSING:
        np_doc_run_add(w->doc, w->line, NP_DOC_PLAIN, "%s %s%s%s", say(w, "missing:"), step->name,
                       *step->name ? say(w, ": ") : "", step->detail);
        break;
    default:
        put_named(w, step);
        break;
    }
    put_tail(w, step);
}

/* ---- further lines ---- */

/* A formula with its values, and what it gives. */
static void formula_lines(writer *w, const np_step *step)
{
    if (!step->has_value) return;
    bool filled = step->filled && strcmp(step->filled, step->formula) != 0 &&
                  strcmp(step->filled, about_words(w, &step->value)) != 0;
    if (filled) {
        new_line(w);
        put(w, NP_DOC_PLAIN, "= ");
        put(w, NP_DOC_CODE, step->filled);
    }
    new_line(w);
    put(w, NP_DOC_PLAIN, "= ");
    put_value(w, &step->value, step->kind == NP_STEP_AMOUNT);
}

static void source_lines(writer *w, const np_step *step)
{
    for (size_t i = 0; i < step->source_count; i++) {
        const np_source *source = step->sources[i];
        const char *locator = np_label_text(&source->locator, w->lang, NULL);
        new_line(w);
        np_doc_run_add(w->doc, w->line, NP_DOC_PLAIN, say(w, "source: %s"),
                       np_label_text(&source->label, w->lang, source->title));
        if (locator) np_doc_run_add(w->doc, w->line, NP_DOC_PLAIN, ", %s", locator);
        if (source->date) np_doc_run_add(w->doc, w->line, NP_DOC_PLAIN, ", %s", source->date);
    }
}

/* What was said already on the first line is not said again. */
static bool detail_is_extra(const np_step *step)
{
    if (!step->detail || step->kind == NP_STEP_ROUNDING || step->kind == NP_STEP_MISSING) return false;
    if (step->kind == NP_STEP_CHANGE || step->kind == NP_STEP_INPUT) return false;
    return *step->name || step->formula;
}

static void further_lines(writer *w, const np_step *step)
{
    if (step->kind == NP_STEP_WHEN || step->kind == NP_STEP_AMOUNT) formula_lines(w, step);
    if (detail_is_extra(step)) {
        new_line(w);
        put(w, NP_DOC_PLAIN, step->detail);
    }
    if (step->kind == NP_STEP_INPUT && step->formula && step->first) {
        new_line(w);
        put(w, NP_DOC_PLAIN, "= ");
        put(w, NP_DOC_CODE, step->formula);
    }
    if (w->doc->page)
        w->step->first_line->references = np_references(w->doc, step->sources, step->source_count);
    else
        source_lines(w, step);
}

static np_doc_tree *tree_of(writer *w, np_doc_tree *under, const np_step *step)
{
    np_doc_tree *tree = w->step = np_doc_step(w->doc, under);
    first_line(w, step);
    further_lines(w, step);
    for (const np_step *child = step->first; child; child = child->next) tree_of(w, tree, child);
    return tree;
}

np_doc_tree *np_explanation(np_doc *doc, const np_book *book, const np_step *step)
{
    writer w = {.doc = doc, .arena = doc->arena, .book = book, .lang = doc->lang};
    return tree_of(&w, NULL, step);
}

/* ---- the command ---- */

static void document(np_doc *doc, const void *result)
{
    const np_explanations *e = result;
    doc->date = e->date;
    if (doc->page) doc->title = np_say(doc->lang, "Why this amount");
    np_impossible_first(doc, e->book, e->conditions, e->condition_count);
    for (size_t i = 0; i < e->count; i++) {
        const np_step *step = e->steps[i];
        np_doc_node *section = NULL;
        if (doc->page) section = np_doc_section(doc, NULL, step->name, step->label ? step->label : step->name, NULL);
        if (step->answer) np_doc_text(doc, section, step->answer);
        np_doc_tree_of(doc, section, np_explanation(doc, e->book, step));
    }
    if (doc->page) np_sources_section(doc);
    np_book_footer(doc, e->book);
}

static const char *const COLUMNS[] = {"line",  "depth", "kind",   "name", "label",  "formula", "filled",
                                      "value", "exact", "detail", "from", "status", "sources", "place"};

static void record(np_doc_table *table, const np_book *book, const char *line, const np_step *step, int depth)
{
    np_arena *arena = table->arena;
    np_doc_value *cells = np_doc_row_add(table, NP_DOC_LINE)->cells;
    const char *value = step->has_value ? np_value_words(arena, book, &step->value, NULL) : NULL;
    bool exact = step->has_value && is_amount(&step->value);
    const char *const words[] = {line,
                                 np_arena_format(arena, "%d", depth),
                                 np_step_kind_name(step->kind),
                                 step->name,
                                 step->label,
                                 step->formula,
                                 step->filled,
                                 value,
                                 exact ? np_fraction_words(arena, step->value.as.number) : NULL,
                                 step->detail};
    for (size_t i = 0; i < 10; i++) cells[i] = np_doc_words(words[i]);
    cells[10] = np_doc_day(step->effective);
    if (step->has_status) cells[11] = np_doc_words(np_status_name(step->status));
    cells[12] = np_doc_words(np_source_names(arena, step->sources, step->source_count, " "));
    if (step->at.file)
        cells[13] =
            np_doc_words(np_arena_format(arena, "%s:%u", short_name(book, step), np_span_position(step->at).line));
    for (const np_step *child = step->first; child; child = child->next) record(table, book, line, child, depth + 1);
}

static void records(np_doc_table *table, const void *result)
{
    const np_explanations *e = result;
    np_doc_columns_add(table, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0]);
    const char *barred = np_appointment_words(e->book, e->conditions, e->condition_count, NP_APPOINTMENT_IMPOSSIBLE,
                                              table->arena, e->lang);
    if (barred) {
        np_doc_value *cells = np_doc_row_add(table, NP_DOC_LINE)->cells;
        cells[0] = cells[2] = np_doc_words("appointment");
        cells[4] = np_doc_words(barred);
        cells[7] = np_doc_words(np_appointment_name(NP_APPOINTMENT_IMPOSSIBLE));
    }
    for (size_t i = 0; i < e->count; i++) record(table, e->book, e->steps[i]->name, e->steps[i], 0);
}

np_output np_explanations_output(const np_explanations *explanations)
{
    return (np_output){explanations, explanations->lang, np_explanations_json, records, document, 0};
}
