/* The steps of an explanation: a new one, its value, status and sources, and what is missing. */
#include <string.h>

#include "explain_internal.h"
#include "natopay/pay/format_value.h"

static const char *const KIND_NAMES[] = {"line",  "when", "amount",  "rounding", "input", "parameter",
                                         "scale", "rate", "missing", "change",   "total", "slice"};

const char *np_step_kind_name(np_step_kind kind)
{
    return KIND_NAMES[kind];
}

np_step *np_step_new(np_explainer *x, np_step *parent, np_step_kind kind, const char *name)
{
    np_step *step = np_arena_alloc(x->arena, sizeof *step);
    step->kind = kind;
    step->name = name;
    step->effective = NP_DATE_NONE;
    if (!parent) return step;
    if (parent->last)
        parent->last->next = step;
    else
        parent->first = step;
    parent->last = step;
    return step;
}

void np_step_status(np_step *step, unsigned status)
{
    step->has_status = true;
    step->status = (np_status)status;
}

void np_step_value(np_step *step, const np_value *value)
{
    step->has_value = true;
    step->value = *value;
}

void np_step_source(np_explainer *x, np_step *step, const np_source *source)
{
    if (!source) return;
    const np_source **sources = np_arena_array(x->arena, step->source_count + 1, sizeof *sources);
    if (step->source_count) memcpy(sources, step->sources, step->source_count * sizeof *sources);
    sources[step->source_count++] = source;
    step->sources = sources;
}

void np_explain_missing(np_explainer *x, np_step *parent, const np_missing *missing)
{
    for (uint16_t slot = 0; slot < x->book->slot_count; slot++) {
        if (!(missing->bits[slot / 64] >> (slot % 64) & 1)) continue;
        np_step *step = np_step_new(x, parent, NP_STEP_MISSING, np_slot_name(x->book, slot));
        step->label = np_slot_label(x->book, slot, x->lang);
        step->detail = np_arena_format(x->arena, np_say(x->lang, "give it with --set %s=..."), step->name);
    }
    if (!missing->gap) return;
    np_step *step = np_step_new(x, parent, NP_STEP_MISSING, "");
    step->detail = missing->gap->hint
                       ? np_arena_format(x->arena, np_say(x->lang, "%s: %s"), missing->gap->message, missing->gap->hint)
                       : missing->gap->message;
    step->at = missing->gap->at;
}

const char *np_explain_words(np_explainer *x, const np_value *value)
{
    np_text text;
    np_text_init(&text, 8192);
    np_print_value(&text, x->book, value, x->lang);
    return np_text_move(&text, x->arena);
}

const char *np_explain_number(np_explainer *x, np_num value)
{
    np_text text;
    np_text_init(&text, 4096);
    np_num_print_plain(&text, value);
    return np_text_move(&text, x->arena);
}
