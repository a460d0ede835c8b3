/* Grade and step from month to month, without payslips. */
#include "natopay/career/grade_history.h"

#include <string.h>

#include "career_internal.h"

/* ---- what the book asks ---- */

/* Whether a part of a formula names a slot. */
static bool names(const np_node *node, uint16_t slot)
{
    if (!node || slot == UINT16_MAX) return false;
    bool found = node->op == NP_OP_SLOT && node->index == slot;
    for (size_t i = 0; i < node->argc && !found; i++) found = names(node->args[i], slot);
    return found;
}

/* The month, and what goes with it by itself: figures, ages. */
static bool goes_by_month(const np_book *book, const np_node *node)
{
    static const np_function MONTHLY[] = {NP_FN_SCALE, NP_FN_SCALE_DATE,  NP_FN_UNADJUSTED_YEARS,
                                          NP_FN_LOCAL, NP_FN_NUMBER_AGED, NP_FN_SHARE_OF_MONTH,
                                          NP_FN_CHOICE};
    bool found = node->op == NP_OP_PARAMETER || (node->op == NP_OP_SLOT && node->index == book->date_slot);
    for (size_t i = 0; i < sizeof MONTHLY / sizeof MONTHLY[0]; i++)
        found = found || (node->op == NP_OP_CALL && node->index == MONTHLY[i]);
    for (size_t i = 0; i < node->argc && !found; i++) found = goes_by_month(book, node->args[i]);
    return found;
}

size_t np_moving_inputs(const np_book *book, uint16_t *moving)
{
    const np_career_slots *at = &book->career->slots;
    size_t count = 0;
    for (size_t i = 0; i < book->order_count; i++) {
        const np_slot *slot = &book->slots[book->order[i]];
        /* the grade of recruitment is set when the career begins, the day of service when its months are counted */
        if (slot->kind != NP_SLOT_INPUT || book->order[i] == at->grade_at_recruitment) continue;
        if (book->order[i] == at->start || book->order[i] == book->date_slot) continue;
        const np_node *fallback = book->inputs[slot->index].fallback.root;
        if (!fallback) continue;
        bool moves = names(fallback, at->grade) || names(fallback, at->step) || goes_by_month(book, fallback);
        for (size_t k = 0; k < count && !moves; k++) moves = names(fallback, moving[k]);
        if (moves) moving[count++] = book->order[i];
    }
    return count;
}

static bool asks_inputs_only(const np_book *book, const np_node *node)
{
    if (!node) return true;
    if (node->op == NP_OP_SLOT) {
        const np_slot *slot = &book->slots[node->index];
        if (slot->kind == NP_SLOT_RULE) return false;
    }
    for (size_t i = 0; i < node->argc; i++)
        if (!asks_inputs_only(book, node->args[i])) return false;
    return true;
}

static bool has_slots(const np_book *book)
{
    const np_career_book *career = book->career;
    const uint16_t none = UINT16_MAX;
    return career && career->slots.start != none && career->slots.grade != none && book->date_slot != none &&
           book->country_slot != none;
}

/* The first of these that asks more than inputs; NULL: none. */
static const np_formula *asks_more(const np_book *book, const np_formula *const *formulas, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!asks_inputs_only(book, formulas[i]->root)) return formulas[i];
    return NULL;
}

/* A default that names a rule, or the end of service, which is known once the inputs are. */
static const np_formula *default_that_asks_more(const np_book *book)
{
    const np_career_slots *at = &book->career->slots;
    for (size_t i = 0; i < book->input_count; i++) {
        const np_formula *fallback = &book->inputs[i].fallback;
        bool ends = names(fallback->root, at->end) || names(fallback->root, at->contract_end);
        if (ends || !asks_inputs_only(book, fallback->root)) return fallback;
    }
    return NULL;
}

/* The formula for which careers have to be computed month by month; NULL: none. */
static const np_formula *obstacle(const np_book *book)
{
    const np_career_book *career = book->career;
    const np_formula *found = default_that_asks_more(book);
    for (size_t i = 0; i < career->contract_count && !found; i++) {
        const np_contract *contract = &career->contracts[i];
        const np_formula *formulas[] = {&contract->length, &contract->maximum, &contract->probation};
        found = asks_more(book, formulas, 3);
    }
    for (size_t i = 0; i < career->path_count && !found; i++)
        found = asks_more(book, (const np_formula *const[]){&career->paths[i].date}, 1);
    const np_progress *p = career->progress;
    if (found || !p) return found;
    const np_formula *formulas[] = {&p->steps_from, &p->step_interval, &p->steps,        &p->salary,
                                    &p->must_end,   &p->must_end_when, &p->step_held_on, &p->known_until};
    return asks_more(book, formulas, sizeof formulas / sizeof formulas[0]);
}

bool np_grade_history_possible(const np_book *book)
{
    return has_slots(book) && !obstacle(book);
}

void np_report_month_by_month(const np_book *book, np_diags *diags)
{
    const np_formula *formula = has_slots(book) ? obstacle(book) : NULL;
    if (!formula) return;
    np_diag *diag = np_report(diags, NP_CODE_MONTH_BY_MONTH, formula->key ? formula->key->value_at : np_span_none(),
                              "plans and projections are computed month by month because of this formula");
    np_diag_hint(diags, diag, "that takes far longer: name no rule here, and no end of service in a default");
}

/* ---- the first month ---- */

bool np_grade_history_inputs(np_situation *situation, np_payslip *payslip, np_diags *diags)
{
    const np_book *book = situation->book;
    const np_career_slots *at = &book->career->slots;
    if (!situation->given[at->start] || !situation->given[at->grade]) return false;
    np_set_date(situation, book->date_slot, situation->values[at->start].as.date);
    if (at->grade_at_recruitment != UINT16_MAX && !situation->given[at->grade_at_recruitment])
        np_set_grade(situation, at->grade_at_recruitment, situation->values[at->grade].as.grade);
    return np_inputs_read(situation, payslip, diags, NULL) && !payslip->slots[book->country_slot].unknown;
}

/* ---- the run ---- */

static void add_point(np_arena *arena, np_grade_history *history, np_date month, const np_career_state *run)
{
    if (history->count == history->capacity)
        history->points =
            np_arena_grow(arena, history->points, &history->capacity, history->count + 1, sizeof *history->points);
    history->points[history->count++] = (np_grade_point){month, run->grade, run->step};
}

/* Months from the year 0 on. */
static int64_t month_number(np_ymd day)
{
    return (int64_t)day.year * 12 + day.month - 1;
}

/* The month in which a step counts that falls in the month before: that one, where it is the month of the start, and
 * the step's day is no later. */
static int64_t counts_in(const np_career_state *run, int64_t month)
{
    np_ymd start = np_date_split(run->career->terms.start);
    bool at_start =
        run->steps_from_day.day > 1 && run->steps_from_day.day <= start.day && month - 1 == month_number(start);
    return at_start ? month - 1 : month;
}

/* A course of nothing but steps goes by months alone: those that count up to `first` are taken at once. */
static void follow_steps(np_career_state *run, np_date first, np_date last, np_grade_history *history)
{
    const np_career *career = run->career;
    np_arena *arena = career->arena;
    np_ymd from = run->steps_from_day;
    int64_t highest = career->steps < NP_STEPS_MAX ? career->steps : NP_STEPS_MAX, interval = career->interval.months;
    /* the month in which the next step counts */
    int64_t month = month_number(from) + (from.day > 1) + interval * run->intervals;
    int64_t until = month_number(np_date_split(first));
    int64_t taken = month <= until ? (until - month) / interval + 1 : 0;
    month += taken * interval;
    if (counts_in(run, month) < month && month - 1 <= until) { /* on a day before the start, in its month */
        taken++;
        month += interval;
    }
    if (run->step < highest) run->step = run->step + taken < highest ? run->step + taken : highest;
    add_point(arena, history, np_date_month_start(career->terms.start), run);
    for (; run->step < highest; month += interval) {
        int64_t counts = counts_in(run, month);
        np_date on = np_date_of((int)(counts / 12), (int)(counts % 12) + 1, 1);
        if (on == NP_DATE_NONE || on > last) return;
        run->step++;
        add_point(arena, history, on, run);
    }
}

bool np_career_state_points(np_career_state *run, np_date last, np_grade_history *history)
{
    np_date month = np_date_month_start(run->career->terms.start);
    do {
        if (!np_career_state_month(run, month)) return false;
        add_point(run->career->arena, history, month, run);
        month = np_career_state_next(run);
    } while (month <= last);
    return true;
}

static bool follow(np_career *career, np_date first, np_date last, np_grade_history *history)
{
    np_date end = career->terms.service_end;
    if (end != NP_DATE_NONE && last > end) last = end; /* nothing happens to somebody who has left */
    np_projection projection = {.career = career};
    projection.path = np_career_chosen_path(career, NULL);
    np_career_state run = {.career = career, .projection = &projection, .silent = true};
    if (!np_career_state_start(&run)) return false;
    if (first != NP_DATE_NONE && run.next_step != INT32_MAX && np_career_state_is_plain(&run)) {
        follow_steps(&run, first, last, history);
        return true;
    }
    return np_career_state_points(&run, last, history);
}

bool np_grade_history_of_career(np_career *career, np_date last, np_grade_history *history)
{
    *history = (np_grade_history){0};
    memcpy(career->payslip->slots, career->first_slots, career->book->slot_count * sizeof *career->first_slots);
    if (!follow(career, NP_DATE_NONE, last, history)) return false;
    history->terms = career->terms;
    return true;
}

/* Whether the step that is given exists, also where no month is paid in it. */
static bool has_step(const np_career *career)
{
    uint16_t slot = career->book->career->slots.step;
    if (slot == UINT16_MAX || !career->given->given[slot] || career->step <= career->steps) return true;
    np_report(career->diags, NP_CODE_BAD_POSITION, career->given->at[slot], NP_NO_SUCH_STEP(career->steps_assumed),
              np_arena_format(career->arena, "%lld", (long long)career->step), (long long)career->steps);
    return false;
}

/* `all`: every point is kept; else those before the day `first` may have been put together into one. */
static bool read_points(np_situation *situation, np_payslip *payslip, np_diags *diags, np_date first, bool all,
                        np_date last, np_grade_history *history)
{
    const np_book *book = situation->book;
    *history = (np_grade_history){0};
    np_career career = {.book = book,
                        .arena = payslip->arena,
                        .diags = diags,
                        .given = situation,
                        .situation = situation,
                        .payslip = payslip,
                        .first_slots = payslip->slots,
                        .silent = true};
    career.terms.start = situation->values[book->career->slots.start].as.date;
    if (!np_terms_read(&career)) return false;
    np_show_terms(payslip, &career.terms, &book->career->slots);
    history->terms = career.terms;
    bool gone = first != NP_DATE_NONE && career.terms.service_end != NP_DATE_NONE && career.terms.service_end < first;
    if (gone) return true; /* what had happened by then counts in no month */
    np_career_read_state(&career);
    if (!has_step(&career) || !follow(&career, all ? NP_DATE_NONE : first, last, history)) return false;
    history->terms = career.terms;
    return true;
}

bool np_grade_history_follow(np_situation *situation, np_payslip *payslip, np_diags *diags, np_date first, np_date last,
                             np_grade_history *history)
{
    return read_points(situation, payslip, diags, first, false, last, history);
}

bool np_grade_history_read(np_situation *situation, np_payslip *payslip, np_diags *diags, np_date first, np_date last,
                           np_grade_history *history)
{
    return np_grade_history_inputs(situation, payslip, diags) &&
           read_points(situation, payslip, diags, first, true, last, history);
}
