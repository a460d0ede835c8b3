/* The tree of an explanation, as text and as JSON. */
#include <string.h>

#include "natopay/base/json.h"
#include "natopay/pay/words.h"
#include "natopay/show/estimate.h"

/* ---- text ---- */

typedef struct tree {
    np_text *out;
    const np_book *book;
    np_lang lang;
    char indent[1024];
} tree;

static void value_text(np_text *out, const np_book *book, const np_value *value)
{
    np_print_value(out, book, value);
    bool amount = value->type == NP_MONEY || value->type == NP_NUMBER;
    if (value->unknown || !amount) return;
    np_text plain, fraction;
    np_text_init(&plain, 8192);
    np_text_init(&fraction, 8192);
    np_num_print_plain(&plain, value->as.number);
    np_num_print_fraction(&fraction, value->as.number);
    /* the exact fraction, where the decimal form hides it or there is none */
    if (!np_num_is_integer(value->as.number) && strcmp(np_text_string(&plain), np_text_string(&fraction)) != 0)
        np_text_printf(out, " (%s)", np_text_string(&fraction));
    np_text_free(&plain);
    np_text_free(&fraction);
}

static void place(tree *t, const np_step *step)
{
    if (!step->at.file) return;
    np_position at = np_span_position(step->at);
    np_text_printf(t->out, "  [%s:%u]", step->at.file->name, at.line);
}

static void tail(tree *t, const np_step *step)
{
    if (step->has_status) np_text_printf(t->out, "  %s", np_status_word(step->status, t->lang));
    if (step->effective != NP_DATE_NONE) {
        np_text_printf(t->out, "  %s ", np_say(t->lang, "from", "dès le"));
        np_date_print(t->out, step->effective);
    }
    place(t, step);
    np_text_putc(t->out, '\n');
}

static void below(tree *t, const char *lead, const char *text)
{
    np_text_printf(t->out, "%s%s%s\n", t->indent, lead, text);
}

static void source_lines(tree *t, const np_step *step, const char *lead)
{
    for (size_t i = 0; i < step->source_count; i++) {
        const np_source *source = step->sources[i];
        np_text_printf(t->out, "%s%s%s: %s", t->indent, lead, np_say(t->lang, "source", "source"),
                       np_label_text(&source->label, t->lang, source->title));
        if (source->locator) np_text_printf(t->out, ", %s", source->locator);
        if (source->date) np_text_printf(t->out, ", %s", source->date);
        np_text_putc(t->out, '\n');
    }
}

static void first_line(tree *t, const np_step *step)
{
    const char *label = step->label && *step->label ? step->label : "";
    switch (step->kind) {
    case NP_STEP_WHEN:
        np_text_printf(t->out, "%s %s", np_say(t->lang, "when", "si"), step->formula);
        break;
    case NP_STEP_AMOUNT:
        np_text_printf(t->out, "%s %s", np_say(t->lang, "amount", "montant"), step->formula);
        break;
    case NP_STEP_ROUNDING:
        np_text_printf(t->out, "%s %s: %s", np_say(t->lang, "rounded", "arrondi"), step->name, step->detail);
        break;
    case NP_STEP_CHANGE:
        if (*step->name)
            np_text_printf(t->out, "%s %s = ", np_say(t->lang, "it would be due with", "serait dû avec"), step->name);
        else
            np_text_puts(t->out, step->detail);
        break;
    case NP_STEP_MISSING:
        np_text_printf(t->out, "%s %s%s%s", np_say(t->lang, "missing:", "manque :"), step->name,
                       *step->name ? ": " : "", step->detail);
        break;
    default: {
        const char *name = step->formula && step->kind != NP_STEP_INPUT ? step->formula : step->name;
        np_text_printf(t->out, "%s%s%s%s", name, *name && *label ? ", " : "", label,
                       step->has_value && (*name || *label) ? " = " : "");
        if (!*name && !*label && step->detail) np_text_printf(t->out, "%s = ", step->detail);
        break;
    }
    }
    bool inline_value = step->kind != NP_STEP_WHEN && step->kind != NP_STEP_AMOUNT && step->kind != NP_STEP_ROUNDING;
    if (inline_value && step->has_value) value_text(t->out, t->book, &step->value);
    if (step->kind == NP_STEP_CHANGE && *step->name && step->detail) np_text_printf(t->out, " %s", step->detail);
}

static void more_lines(tree *t, const np_step *step, const char *lead)
{
    bool formula = step->kind == NP_STEP_WHEN || step->kind == NP_STEP_AMOUNT;
    if (formula && step->filled && strcmp(step->filled, step->formula) != 0)
        np_text_printf(t->out, "%s%s= %s\n", t->indent, lead, step->filled);
    if (formula && step->has_value) {
        np_text_printf(t->out, "%s%s= ", t->indent, lead);
        value_text(t->out, t->book, &step->value);
        np_text_putc(t->out, '\n');
    }
    bool said = step->kind == NP_STEP_ROUNDING || step->kind == NP_STEP_MISSING || step->kind == NP_STEP_CHANGE ||
                (!*step->name && !step->formula);
    if (step->detail && !said) below(t, lead, step->detail);
    if (step->kind == NP_STEP_INPUT && step->formula) {
        np_text_printf(t->out, "%s%s%s %s\n", t->indent, lead, np_say(t->lang, "default", "défaut"), step->formula);
    }
    source_lines(t, step, lead);
}

static void print_step(tree *t, const np_step *step, bool root, bool last)
{
    np_text_printf(t->out, "%s%s", t->indent, root ? "" : last ? "└─ " : "├─ ");
    first_line(t, step);
    tail(t, step);
    size_t length = strlen(t->indent);
    const char *deeper = root ? "" : last ? "   " : "│  ";
    if (length + strlen(deeper) + 8 < sizeof t->indent) memcpy(t->indent + length, deeper, strlen(deeper) + 1);
    more_lines(t, step, step->first ? "│  " : "   ");
    for (const np_step *child = step->first; child; child = child->next) print_step(t, child, false, !child->next);
    t->indent[length] = '\0';
}

void np_show_explanation_text(np_text *out, const np_book *book, const np_step *step, np_lang lang)
{
    tree t = {.out = out, .book = book, .lang = lang};
    print_step(&t, step, true, true);
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
    np_print_value(&text, book, &step->value);
    np_json_key(json, "value");
    np_json_string(json, step->value.unknown ? NULL : np_text_string(&text));
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
        optional(json, "locator", step->sources[i]->locator);
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

void np_show_explanation_json(np_text *out, const np_book *book, const np_step *const *steps, size_t count)
{
    np_json json;
    np_json_start(&json, out);
    np_json_array(&json);
    for (size_t i = 0; i < count; i++) json_step(&json, book, steps[i]);
    np_json_end_array(&json);
    np_text_putc(out, '\n');
}
