/* Explanations as JSON. */
#include "natopay/pay/format_value.h"
#include "report_internal.h"

static void optional(np_json *json, const char *key, const char *value)
{
    if (!value || !*value) return;
    np_json_member(json, key, value);
}

static void json_value(np_json *json, const np_book *book, const np_step *step)
{
    if (!step->has_value) return;
    np_text text;
    np_text_init(&text, 16384);
    np_print_value(&text, book, &step->value, NULL);
    np_json_member(json, "value", step->value.unknown ? NULL : np_text_string(&text));
    np_text_lost(json->out, &text);
    np_text_free(&text);
    if (step->value.unknown || (step->value.type != NP_MONEY && step->value.type != NP_NUMBER)) return;
    np_json_member_fraction(json, "exact", step->value.as.number);
}

static void json_sources(np_json *json, const np_step *step)
{
    if (!step->source_count) return;
    np_json_member_array(json, "sources");
    for (size_t i = 0; i < step->source_count; i++) {
        np_json_object(json);
        np_json_member(json, "name", step->sources[i]->name);
        np_json_member(json, "title", step->sources[i]->title);
        optional(json, "date", step->sources[i]->date);
        optional(json, "locator", step->sources[i]->locator.text);
        np_json_end_object(json);
    }
    np_json_end_array(json);
}

static void json_step(np_json *json, const np_book *book, const np_step *step);

/* The members of a step, within its object. */
static void json_members(np_json *json, const np_book *book, const np_step *step)
{
    np_json_member(json, "kind", np_step_kind_name(step->kind));
    optional(json, "name", step->name);
    optional(json, "label", step->label);
    optional(json, "formula", step->formula);
    optional(json, "filled", step->filled);
    json_value(json, book, step);
    optional(json, "answer", step->answer);
    optional(json, "detail", step->detail);
    if (step->effective != NP_DATE_NONE) {
        np_json_member_date(json, "from", step->effective);
    }
    if (step->has_status) optional(json, "status", np_status_name(step->status));
    json_sources(json, step);
    if (step->at.file) {
        np_position at = np_span_position(step->at);
        optional(json, "file", step->at.file->name);
        np_json_member_count(json, "line", at.line);
    }
    if (step->first) {
        np_json_member_array(json, "steps");
        for (const np_step *child = step->first; child; child = child->next) json_step(json, book, child);
        np_json_end_array(json);
    }
}

static void json_step(np_json *json, const np_book *book, const np_step *step)
{
    np_json_object(json);
    json_members(json, book, step);
    np_json_end_object(json);
}

void np_json_explanation(np_json *json, const np_book *book, const np_step *step)
{
    json_step(json, book, step);
}

bool np_explanations_json(np_json *json, np_arena *arena, const void *result)
{
    const np_explanations *e = result;
    np_json_array(json);
    for (size_t i = 0; i < e->count; i++) {
        np_json_object(json);
        /* who could be appointed is told nothing of it here: estimate has the conditions */
        if (np_appointment(e->conditions, e->condition_count) == NP_APPOINTMENT_IMPOSSIBLE)
            np_json_appointment(json, e->book, e->conditions, e->condition_count, arena, e->lang);
        json_members(json, e->book, e->steps[i]);
        np_json_end_object(json);
    }
    np_json_end_array(json);
    return true;
}
