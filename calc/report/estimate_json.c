/* An estimate as JSON. */
#include "natopay/base/json.h"
#include "natopay/pay/format_value.h"
#include "report_internal.h"

static void json_sources(np_json *json, const np_estimate *e, np_arena *arena, const np_rule *rule)
{
    np_provenance *basis = np_line_provenance(e->payslip, rule, arena);
    np_json_member_array(json, "sources");
    for (size_t i = 0; i < basis->source_count; i++) np_json_string(json, basis->sources[i]->name);
    np_json_end_array(json);
}

static void json_line(np_json *json, const np_estimate *e, np_arena *arena, const np_rule *rule)
{
    const np_line *line = &e->payslip->lines[rule - e->book->rules];
    unsigned decimals = e->book->currencies[e->payslip->currency].decimals;
    np_json_object(json);
    np_json_member(json, "rule", rule->name);
    np_json_member(json, "kind", np_kind_name(rule->kind));
    np_json_member(json, "label", np_label_text(&rule->label, e->lang, rule->name));
    np_json_member_money(json, "amount", line->amount, decimals);
    np_json_member_fraction(json, "exact", line->exact);
    np_json_member(json, "status", np_status_name((np_status)line->status));
    json_sources(json, e, arena, rule);
    np_json_member(json, "formula", rule->amount.key->value);
    if (rule->kind == NP_ONCE) {
        np_json_member_date(json, "date", line->date);
    }
    if (e->explain) {
        np_json_key(json, "explanation");
        np_json_explanation(json, e->book, np_explain_rule(e->payslip, e->situation, rule, e->lang));
    }
    np_json_end_object(json);
}

static void json_left_out(np_json *json, const char *name, const char *label, const char *needs, const char *missing)
{
    np_json_object(json);
    np_json_member(json, "rule", name);
    np_json_member(json, "label", label);
    np_json_member(json, "needs", needs);
    np_json_member(json, "missing", missing);
    np_json_end_object(json);
}

/* Lines that cannot be counted, inputs that only their default answers, and what pay leaves out altogether. */
static void json_not_included(np_json *json, const np_estimate *e, np_arena *arena)
{
    np_json_member_array(json, "not_included");
    for (size_t i = 0; i < e->book->rule_count; i++) {
        const np_rule *rule = &e->book->rules[i];
        const np_line *line = &e->payslip->lines[i];
        if (rule->kind == NP_FACT || line->state != NP_LINE_OPEN) continue;
        json_left_out(json, rule->name, np_label_text(&rule->label, e->lang, rule->name),
                      np_missing_names(e->book, arena, line->missing),
                      line->missing->gap ? line->missing->gap->message : NULL);
    }
    for (size_t i = 0; i < e->range.kept_count; i++) {
        uint16_t slot = e->range.kept[i];
        json_left_out(json, np_slot_name(e->book, slot), np_slot_label(e->book, slot, e->lang),
                      np_slot_name(e->book, slot), NULL);
    }
    for (size_t i = 0; i < e->book->exclusion_count; i++)
        if (np_could_concern(e, arena, &e->book->exclusions[i]))
            json_left_out(json, e->book->exclusions[i].name,
                          np_label_text(&e->book->exclusions[i].message, e->lang, e->book->exclusions[i].name), "",
                          NULL);
    np_json_end_array(json);
}

static void json_not_due(np_json *json, const np_estimate *e, np_arena *arena)
{
    np_json_member_array(json, "not_due");
    for (size_t i = 0; i < e->book->exclusion_count; i++) {
        const np_check *exclusion = &e->book->exclusions[i];
        if (!np_is_not_due(e, arena, exclusion)) continue;
        np_json_object(json);
        np_json_member(json, "name", exclusion->name);
        np_json_member(json, "label", np_label_text(&exclusion->message, e->lang, exclusion->name));
        np_json_end_object(json);
    }
    np_json_end_array(json);
}

static void json_assumed(np_json *json, const np_estimate *e, np_arena *arena)
{
    np_provenance *basis = np_provenance_new(e->book, arena);
    np_provenance_add_all(basis, e->payslip);
    np_json_member_object(json, "assumed");
    for (size_t i = 0; i < e->book->input_count; i++) {
        const np_input *input = &e->book->inputs[i];
        const np_value *value = np_payslip_input(e->payslip, input->slot);
        bool assumed = basis->inputs[input->slot] && !np_situation_was_given(e->situation, input->slot);
        if (!assumed || value->unknown || !input->question.text) continue;
        np_json_member(json, input->name, np_value_words(arena, e->book, value, NULL));
    }
    np_json_end_object(json);
}

static void json_total(np_json *json, const np_estimate *e, const char *key, np_num amount)
{
    np_json_member_money(json, key, amount, e->book->currencies[e->payslip->currency].decimals);
}

/* The value of an input that is a known date; NP_DATE_NONE when there is none. */
static np_date date_of(const np_estimate *e, const char *name)
{
    const np_input *input = np_book_input(e->book, name);
    const np_value *value = input && input->type == NP_DATE ? &e->payslip->slots[input->slot] : NULL;
    return value && !value->unknown ? value->as.date : NP_DATE_NONE;
}

bool np_estimate_is_whole_month(const np_estimate *e)
{
    np_date start = date_of(e, "start"), end = date_of(e, "end");
    return (start == NP_DATE_NONE || start <= np_date_month_start(e->payslip->date)) &&
           (end == NP_DATE_NONE || end >= np_date_month_end(e->payslip->date));
}

static void json_sensitivity(np_json *json, const np_estimate *e, np_arena *arena)
{
    if (!e->sensitivity) return;
    np_json_member_array(json, "sensitivity");
    for (size_t i = 0; i < e->sensitivity_count; i++) {
        const np_sensitivity *row = &e->sensitivity[i];
        np_json_object(json);
        np_json_member(json, np_uncertain_kind_name(e->book, row->uncertain),
                       np_uncertain_name(e->book, arena, row->uncertain));
        json_total(json, e, "net_low", row->net_low);
        json_total(json, e, "net_high", row->net_high);
        json_total(json, e, "spread", row->spread);
        np_json_end_object(json);
    }
    np_json_end_array(json);
}

static void json_answer(np_json *json, const np_estimate *e, np_arena *arena, const char *key, const np_value *value)
{
    np_json_member(json, key, value->type == NP_NONE ? NULL : np_value_words(arena, e->book, value, NULL));
}

static void json_questions(np_json *json, const np_estimate *e, np_arena *arena)
{
    if (!e->questions) return;
    np_json_member_array(json, "questions");
    for (size_t i = 0; i < e->question_count; i++) {
        const np_effect *row = &e->questions[i];
        np_json_object(json);
        np_json_member(json, "input", e->book->inputs[e->book->slots[row->slot].index].name);
        json_total(json, e, "fall", row->fall);
        json_total(json, e, "rise", row->rise);
        json_total(json, e, "once_fall", row->once_fall);
        json_total(json, e, "once_rise", row->once_rise);
        json_answer(json, e, arena, "fall_at", &row->fall_at);
        json_answer(json, e, arena, "rise_at", &row->rise_at);
        np_json_end_object(json);
    }
    np_json_end_array(json);
}

bool np_estimate_json(np_json *json, np_arena *arena, const void *result)
{
    const np_estimate *e = result;
    const np_payslip *slip = e->payslip;
    np_json_object(json);
    np_json_member(json, "post", e->situation->post);
    np_json_member(json, "person", e->situation->person);
    np_json_member_date(json, "date", slip->date);
    np_json_member(json, "currency", e->book->currencies[slip->currency].name);
    np_json_member_array(json, "lines");
    for (size_t i = 0; i < e->book->rule_count; i++)
        if (e->book->rules[i].kind != NP_FACT && slip->lines[i].state == NP_LINE_DUE)
            json_line(json, e, arena, &e->book->rules[i]);
    np_json_end_array(json);
    json_not_included(json, e, arena);
    json_not_due(json, e, arena);
    if (e->situation->book_salary.how != NP_NOT_DERIVED)
        json_total(json, e, "scale_salary", e->situation->book_salary.value);
    json_total(json, e, "gross", slip->gross.amount);
    json_total(json, e, "deductions", slip->deductions.amount);
    if (np_has_adjustments(e->book)) json_total(json, e, "adjustments", slip->adjustments.amount);
    json_total(json, e, "net", slip->net.amount);
    json_total(json, e, "net_low", e->range.low);
    json_total(json, e, "net_high", e->range.high);
    np_json_member(json, "net_bound", np_net_bound_name(slip->bound));
    np_json_key(json, "net_range_complete");
    np_json_bool(json, e->range.complete);
    np_json_key(json, "net_year");
    if (np_estimate_is_whole_month(e))
        np_json_money(json, np_num_mul(arena, slip->net.amount, np_num_int(12)),
                      e->book->currencies[slip->currency].decimals);
    else
        np_json_null(json);
    int year = np_money_year(e->book, slip->slots, slip->date);
    np_json_key(json, "money_year");
    if (year)
        np_json_count(json, year);
    else
        np_json_null(json);
    json_total(json, e, "employer_cost", slip->employer.amount);
    json_total(json, e, "once", slip->once.amount);
    np_json_member(json, "status", np_status_name((np_status)slip->net.status));
    np_json_appointment(json, e->book, e->conditions, e->condition_count, arena, e->lang);
    json_assumed(json, e, arena);
    json_sensitivity(json, e, arena);
    json_questions(json, e, arena);
    np_json_warnings(json, e->diags);
    np_json_book(json, arena, e->book);
    np_json_end_object(json);
    return true;
}
