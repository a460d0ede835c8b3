/* The tree of an explanation, as text and as JSON. */
#include <stdio.h>
#include <string.h>

#include "natopay/base/json.h"
#include "natopay/pay/words.h"
#include "natopay/show/estimate.h"
#include "natopay/show/table.h"

/* ---- text ---- */

enum { WIDTH = 100, LEAST_ROOM = 40 };

static const char FILLER[] = "\u2007"; /* a blank as wide as a digit, not printed */

typedef struct tree {
    np_text *out;
    const np_book *book;
    const np_lang *lang;
    np_text line; /* being put together */
    char indent[1024];
} tree;

static __attribute__((format_arg(2))) const char *say(const tree *t, const char *english)
{
    return np_say(t->lang, english);
}

/* The line, broken between words: `lead` goes before its first line, `rest` before the others. */
static void emit(tree *t, const char *lead, const char *rest)
{
    size_t before = np_text_columns(t->indent, strlen(t->indent)), room = LEAST_ROOM;
    size_t deep = before + np_text_columns(rest, strlen(rest));
    if (deep + LEAST_ROOM < WIDTH) room = WIDTH - deep;
    np_text lines;
    np_text_init(&lines, 65536);
    np_wrap_words(&lines, np_text_string(&t->line), 0, 0, room);
    np_text_printf(t->out, "%s%s", t->indent, lead);
    for (const char *at = np_text_string(&lines); *at; at++) {
        while (strncmp(at, FILLER, strlen(FILLER)) == 0) at += strlen(FILLER);
        np_text_putc(t->out, *at);
        if (*at == '\n') np_text_printf(t->out, "%s%s", t->indent, rest);
    }
    np_text_putc(t->out, '\n');
    np_text_lost(t->out, &lines);
    np_text_lost(t->out, &t->line);
    np_text_free(&lines);
    np_text_clear(&t->line);
}

static bool is_amount(const np_value *value)
{
    return !value->unknown && (value->type == NP_MONEY || (value->type == NP_NUMBER && !value->percent));
}

/* With the exact fraction where it is no decimal, or where it is what gets rounded. */
static void value_text(tree *t, const np_value *value, bool exactly)
{
    np_print_about(&t->line, t->book, value, t->lang);
    if (!is_amount(value) || np_num_is_integer(value->as.number)) return;
    np_text about, fraction;
    np_text_init(&about, 8192);
    np_text_init(&fraction, 8192);
    np_num_print_about(&about, value->as.number);
    np_num_print_fraction(&fraction, value->as.number);
    if (exactly || strstr(np_text_string(&about), "...")) np_text_printf(&t->line, " (%s)", np_text_string(&fraction));
    np_text_lost(&t->line, &about);
    np_text_lost(&t->line, &fraction);
    np_text_free(&about);
    np_text_free(&fraction);
}

/* What is not a figure's own: the beginning of the calendar stands for "always". */
static bool has_begun(np_date date)
{
    np_ymd day = np_date_split(date);
    return date != NP_DATE_NONE && !(day.year == NP_YEAR_FIRST && day.month == 1 && day.day == 1);
}

/* Files of the rule book by its folder's own name, "nato/rules.ini": where the book lies says nothing here. */
static const char *short_name(const tree *t, const np_step *step)
{
    const char *name = step->at.file->name, *folder = t->book->layer_name[0];
    size_t length = strlen(folder);
    if (strncmp(name, folder, length) != 0 || name[length] != '/') return name;
    while (length > 0 && folder[length - 1] != '/') length--;
    return name + length;
}

/* Numbers of lines are made equally long while words are wrapped: lines break the same wherever a rule moves to. */
static void place(tree *t, const np_step *step)
{
    unsigned line = np_span_position(step->at).line;
    np_text_printf(&t->line, "  [%s:", np_say(t->lang, short_name(t, step))); /* "command line" */
    for (unsigned least = 1000; least > line && least > 1; least /= 10) np_text_puts(&t->line, FILLER);
    np_text_printf(&t->line, "%u]", line);
}

static void tail(tree *t, const np_step *step)
{
    if (step->kind == NP_STEP_INPUT && step->detail) np_text_printf(&t->line, ", %s", step->detail);
    if (step->has_status) np_text_printf(&t->line, ", %s", np_status_word(step->status, t->lang));
    if (has_begun(step->effective)) {
        np_text_puts(&t->line, say(t, ", from "));
        np_date_print(&t->line, step->effective);
    }
    if (step->at.file) place(t, step);
}

static void change_line(tree *t, const np_step *step)
{
    if (!*step->name) {
        np_text_puts(&t->line, step->detail);
        return;
    }
    np_text_printf(&t->line, say(t, "it would be due with %s = "), step->name);
    value_text(t, &step->value, false);
    if (step->detail) np_text_printf(&t->line, " %s", step->detail);
}

/* "NAME, LABEL = VALUE", or words of a derivation and what they give. */
static void named_line(tree *t, const np_step *step)
{
    const char *label = step->label ? step->label : "";
    const char *name = step->formula && step->kind != NP_STEP_INPUT ? step->formula : step->name;
    bool worded = !*name && !*label && step->detail;
    np_text_printf(&t->line, "%s%s%s%s", name, *name && *label ? ", " : "", label, worded ? step->detail : "");
    if (!step->has_value) return;
    if (t->line.length) np_text_puts(&t->line, " = ");
    value_text(t, &step->value, false);
}

static void first_line(tree *t, const np_step *step)
{
    switch (step->kind) {
    case NP_STEP_WHEN:
        np_text_printf(&t->line, "%s %s", say(t, "when"), step->formula);
        break;
    case NP_STEP_AMOUNT:
        np_text_printf(&t->line, "%s %s", say(t, "amount"), step->formula);
        break;
    case NP_STEP_ROUNDING:
        np_text_printf(&t->line, say(t, "rounded %s: %s"), step->name, step->detail);
        break;
    case NP_STEP_CHANGE:
        change_line(t, step);
        break;
    case NP_STEP_MISSING:
        np_text_printf(&t->line, "%s %s%s%s", say(t, "missing:"), step->name, *step->name ? say(t, ": ") : "",
                       step->detail);
        break;
    default:
        named_line(t, step);
        break;
    }
    tail(t, step);
}

static bool is_formula(const np_step *step)
{
    return step->kind == NP_STEP_WHEN || step->kind == NP_STEP_AMOUNT;
}

/* A formula with its values, and what it gives. */
static void formula_lines(tree *t, const np_step *step, const char *lead, const char *rest)
{
    if (!step->has_value) return;
    np_text value;
    np_text_init(&value, 16384);
    np_print_about(&value, t->book, &step->value, t->lang);
    bool filled =
        step->filled && strcmp(step->filled, step->formula) != 0 && strcmp(step->filled, np_text_string(&value)) != 0;
    np_text_lost(&t->line, &value);
    np_text_free(&value);
    if (filled) {
        np_text_printf(&t->line, "= %s", step->filled);
        emit(t, lead, rest);
    }
    np_text_puts(&t->line, "= ");
    value_text(t, &step->value, step->kind == NP_STEP_AMOUNT);
    emit(t, lead, rest);
}

static void source_lines(tree *t, const np_step *step, const char *lead, const char *rest)
{
    for (size_t i = 0; i < step->source_count; i++) {
        const np_source *source = step->sources[i];
        np_text_printf(&t->line, say(t, "source: %s"), np_label_text(&source->label, t->lang, source->title));
        const char *locator = np_label_text(&source->locator, t->lang, NULL);
        if (locator) np_text_printf(&t->line, ", %s", locator);
        if (source->date) np_text_printf(&t->line, ", %s", source->date);
        emit(t, lead, rest);
    }
}

/* What was said already on the first line is not said again. */
static bool detail_is_extra(const np_step *step)
{
    if (!step->detail || step->kind == NP_STEP_ROUNDING || step->kind == NP_STEP_MISSING) return false;
    if (step->kind == NP_STEP_CHANGE || step->kind == NP_STEP_INPUT) return false;
    return *step->name || step->formula;
}

static void more_lines(tree *t, const np_step *step)
{
    const char *lead = step->first ? "│  " : "   ", *rest = step->first ? "│    " : "     ";
    if (is_formula(step)) formula_lines(t, step, lead, rest);
    if (detail_is_extra(step)) {
        np_text_puts(&t->line, step->detail);
        emit(t, lead, rest);
    }
    if (step->kind == NP_STEP_INPUT && step->formula && step->first) {
        np_text_printf(&t->line, "= %s", step->formula);
        emit(t, lead, rest);
    }
    source_lines(t, step, lead, rest);
}

static void print_step(tree *t, const np_step *step, bool root, bool last)
{
    const char *deeper = root ? "" : last ? "   " : "│  ";
    char rest[32];
    snprintf(rest, sizeof rest, "%s%s", deeper, step->first ? "│    " : "     ");
    first_line(t, step);
    emit(t, root ? "" : last ? "└─ " : "├─ ", rest);
    size_t length = strlen(t->indent);
    if (length + strlen(deeper) + 8 < sizeof t->indent) memcpy(t->indent + length, deeper, strlen(deeper) + 1);
    more_lines(t, step);
    for (const np_step *child = step->first; child; child = child->next) print_step(t, child, false, !child->next);
    t->indent[length] = '\0';
}

void np_show_explanation_text(np_text *out, const np_book *book, const np_step *step, const np_lang *lang)
{
    tree t = {.out = out, .book = book, .lang = lang};
    np_text_init(&t.line, 65536);
    print_step(&t, step, true, true);
    np_text_free(&t.line);
}

/* ---- JSON ---- */

static void optional(np_json *json, const char *key, const char *value)
{
    if (!value || !*value) return;
    np_json_key(json, key);
    np_json_string(json, value);
}

static void json_value(np_json *json, const np_book *book, const np_step *step)
{
    if (!step->has_value) return;
    np_text text;
    np_text_init(&text, 16384);
    np_print_value(&text, book, &step->value, NULL);
    np_json_key(json, "value");
    np_json_string(json, step->value.unknown ? NULL : np_text_string(&text));
    np_text_lost(json->out, &text);
    np_text_free(&text);
    if (step->value.unknown || (step->value.type != NP_MONEY && step->value.type != NP_NUMBER)) return;
    np_json_key(json, "exact");
    np_json_fraction(json, step->value.as.number);
}

static void json_sources(np_json *json, const np_step *step)
{
    if (!step->source_count) return;
    np_json_key(json, "sources");
    np_json_array(json);
    for (size_t i = 0; i < step->source_count; i++) {
        np_json_object(json);
        np_json_key(json, "name");
        np_json_string(json, step->sources[i]->name);
        np_json_key(json, "title");
        np_json_string(json, step->sources[i]->title);
        optional(json, "date", step->sources[i]->date);
        optional(json, "locator", step->sources[i]->locator.text);
        np_json_end_object(json);
    }
    np_json_end_array(json);
}

static void json_step(np_json *json, const np_book *book, const np_step *step)
{
    np_json_object(json);
    np_json_key(json, "kind");
    np_json_string(json, np_step_kind_name(step->kind));
    optional(json, "name", step->name);
    optional(json, "label", step->label);
    optional(json, "formula", step->formula);
    optional(json, "filled", step->filled);
    json_value(json, book, step);
    optional(json, "detail", step->detail);
    if (step->effective != NP_DATE_NONE) {
        np_json_key(json, "from");
        np_json_date(json, step->effective);
    }
    if (step->has_status) optional(json, "status", np_status_name(step->status));
    json_sources(json, step);
    if (step->at.file) {
        np_position at = np_span_position(step->at);
        optional(json, "file", step->at.file->name);
        np_json_key(json, "line");
        np_json_count(json, at.line);
    }
    if (step->first) {
        np_json_key(json, "steps");
        np_json_array(json);
        for (const np_step *child = step->first; child; child = child->next) json_step(json, book, child);
        np_json_end_array(json);
    }
    np_json_end_object(json);
}

void np_json_explanation(np_json *json, const np_book *book, const np_step *step)
{
    json_step(json, book, step);
}

void np_show_explanation_json(np_text *out, const np_book *book, const np_step *const *steps, size_t count)
{
    np_json json;
    np_json_start(&json, out);
    np_json_array(&json);
    for (size_t i = 0; i < count; i++) json_step(&json, book, steps[i]);
    np_json_end_array(&json);
    np_text_putc(out, '\n');
}
