/* Computing each month of a plan for itself, payslip by payslip: slow, but for every rule and input. */
#include <string.h>

#include "formula_references.h"
#include "scenario_impact.h"
#include "natopay/career/month.h"

/* ---- checks ---- */

/* Those that stop and ask inputs only: a plan has no payslip of the first month of service. */
size_t np_plan_list_checks(const np_book *book, const np_check **checks)
{
    size_t count = 0;
    for (size_t i = 0; i < book->check_count; i++)
        if (book->checks[i].stops && np_names_inputs_only(book, book->checks[i].when.root))
            checks[count++] = &book->checks[i];
    return count;
}

bool np_plan_checks(const np_check *const *checks, size_t count, const np_situation *situation, np_payslip *payslip,
                    np_diags *diags)
{
    np_eval eval = {.book = situation->book,
                    .situation = situation,
                    .arena = payslip->arena,
                    .diags = diags,
                    .slots = payslip->slots};
    bool ok = true, stops;
    for (size_t i = 0; i < count; i++) {
        if (!np_check_apply(&eval, checks[i], &stops)) return false;
        ok = ok && !stops;
    }
    return ok;
}

/* ---- what is missing ---- */

bool np_plan_has_basics(const np_situation *situation, np_diags *diags)
{
    const np_career_slots *at = &situation->book->career->slots;
    const uint16_t needed[] = {at->start, at->grade};
    static const char *const NAMES[] = {"start", "grade"};
    bool ok = true;
    for (size_t i = 0; i < 2; i++) {
        if (needed[i] != UINT16_MAX && situation->given[needed[i]]) continue;
        np_report(diags, NP_CODE_MISSING_INPUT, np_span_none(), "the input %s is not given", NAMES[i]);
        ok = false;
    }
    return ok;
}

/* ---- months ---- */

bool np_plan_falls(np_eval *eval, const np_formula *date, np_date month)
{
    np_value day = np_eval_formula(eval, date);
    return day.unknown || np_date_month_start(day.as.date) == month;
}

static void take_month(np_outcome *outcome, np_payslip *p, const np_situation *situation, uint8_t period)
{
    np_diags quiet;
    np_diags_init(&quiet, p->arena);
    np_eval eval = np_payslip_eval(p, situation, &quiet, NULL);
    np_arena *arena = p->arena;
    np_plan_period *y = &outcome->periods[period];
    uint16_t slot = p->book->working_time_slot;
    const np_value *share = slot != UINT16_MAX ? &p->slots[slot] : NULL;
    y->worked = np_num_add(arena, y->worked, share && !share->unknown ? share->as.number : np_num_int(1));
    np_num net = np_num_add(arena, p->net.amount, p->once.amount);
    np_num employer = np_num_add(arena, p->employer.amount, p->once.amount);
    y->gross = np_num_add(arena, y->gross, p->gross.amount);
    y->net = np_num_add(arena, y->net, net);
    y->employer = np_num_add(arena, y->employer, employer);
    for (size_t i = 0; i < p->book->rule_count; i++) {
        const np_rule *rule = &p->book->rules[i];
        const np_line *line = &p->lines[i];
        bool open = rule->kind != NP_FACT && line->state == NP_LINE_OPEN;
        if (open && rule->kind == NP_ONCE && rule->date.root)
            open = np_plan_falls(&eval, &rule->date, np_date_month_start(p->date));
        if (open) outcome->open[rule->slot / 64] |= (uint64_t)1 << (rule->slot % 64);
    }
    const np_total *totals[] = {&p->net, &p->employer, &p->once};
    for (size_t i = 0; i < 3; i++)
        if (totals[i]->status > outcome->status) outcome->status = totals[i]->status;
}

void np_outcome_clear(np_outcome *outcome)
{
    *outcome = (np_outcome){.applies = true, .service_end = NP_DATE_NONE};
    for (size_t i = 0; i < NP_PLAN_PERIODS_MAX; i++)
        outcome->periods[i] = (np_plan_period){np_num_int(0), np_num_int(0), np_num_int(0), np_num_int(0)};
}

/* Whether the scenario is for this member of staff, in the state of a month. */
bool np_plan_applies(const np_situation *situation, np_payslip *payslip, np_diags *diags, const np_formula *when,
                     bool *applies)
{
    *applies = true;
    if (!when || !when->root) return true;
    np_eval eval = {.book = payslip->book,
                    .situation = situation,
                    .arena = payslip->arena,
                    .diags = diags,
                    .slots = payslip->slots};
    np_value value = np_eval_formula(&eval, when);
    if (value.unknown && !eval.failed) {
        const char *missing = np_missing_names(payslip->book, payslip->arena, value.as.missing);
        np_report(diags, NP_CODE_MISSING_INPUT, np_span_none(), "whom the scenario is for cannot be told without %s",
                  *missing ? missing : "a figure");
        return false;
    }
    *applies = !eval.failed && value.as.truth;
    return !eval.failed;
}

bool np_plan_compute_monthly(np_situation *situation, np_payslip *payslip, const np_window *window, np_plan_span span,
                             const np_formula *when, np_outcome *outcome, np_diags *diags)
{
    const np_book *book = situation->book;
    np_grade_history history;
    const np_check **checks = np_arena_array(payslip->arena, book->check_count + 1, sizeof *checks);
    size_t check_count = np_plan_list_checks(book, checks);
    np_outcome_clear(outcome);
    if (!np_plan_has_basics(situation, diags) || !np_grade_history_inputs(situation, payslip, diags) ||
        !np_plan_checks(checks, check_count, situation, payslip, diags) ||
        !np_grade_history_read(situation, payslip, diags, window->first, window->start[window->months] - 1, &history)) {
        if (diags->errors == 0)
            np_report(diags, NP_CODE_MISSING_INPUT, np_span_none(),
                      "the duty country is not given, or the rule book has no pay there");
        return false;
    }
    outcome->currency = book->countries[payslip->slots[book->country_slot].as.country].currency;
    np_plan_service(window, &history.terms, span, &outcome->from, &outcome->until);
    outcome->beyond = np_plan_goes_beyond(window, history.terms.contract_end, history.terms.service_end, outcome->from,
                                          outcome->until);
    outcome->service_end = history.terms.service_end;
    outcome->step_assumed = np_step_date_is_assumed(situation, &history.terms);
    outcome->beyond_age = np_plan_goes_beyond(window, history.terms.known_until, history.terms.service_end,
                                              outcome->from, outcome->until);
    size_t point = 0;
    for (uint16_t month = outcome->from; month < outcome->until; month++) {
        while (point + 1 < history.count && history.points[point + 1].month <= window->start[month]) point++;
        np_situation_at(situation, &history.terms, window->start[month], history.points[point].grade,
                        history.points[point].step);
        if (!np_payslip_compute(payslip, situation, diags, NULL)) return false;
        if (month == outcome->from && !np_plan_applies(situation, payslip, diags, when, &outcome->applies))
            return false;
        take_month(outcome, payslip, situation, window->period_of[month]);
    }
    return true;
}

bool np_plan_goes_beyond(const np_window *window, np_date contract_end, np_date service_end, uint16_t from,
                         uint16_t until)
{
    np_date last = window->start[until] - 1; /* day paid, unless service ends within the month */
    if (service_end != NP_DATE_NONE && service_end < last) last = service_end;
    return from < until && contract_end != NP_DATE_NONE && contract_end < last;
}

void np_plan_service(const np_window *window, np_terms *terms, np_plan_span span, uint16_t *from, uint16_t *until)
{
    np_date contract_end = terms->contract_end;
    if (span.stops_at_end && contract_end != NP_DATE_NONE &&
        (terms->service_end == NP_DATE_NONE || contract_end < terms->service_end)) {
        terms->service_end = contract_end;
        terms->service_ends_by = NP_ENDS_CONTRACT;
    }
    /* who goes on the next day has no last day here: a change within a month counts from the next */
    if (span.goes_on && terms->service_end != NP_DATE_NONE && terms->service_end >= span.next - 1)
        terms->service_end = NP_DATE_NONE;
    *from = np_window_month(window, terms->start);
    *until = window->months;
    if (terms->service_end != NP_DATE_NONE)
        *until = terms->service_end < window->first ? 0 : (uint16_t)(np_window_month(window, terms->service_end) + 1);
    if (*until > span.until) *until = span.until;
    if (*from < span.from) *from = span.from;
    if (*until < *from) *until = *from;
}
