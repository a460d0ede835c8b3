/* What a batch of rows costs under one book: inputs and checks of each row, then one rule after the other for all. */
#include <string.h>

#include "engine_internal.h"

void np_book_state_empty(np_book_state *w)
{
    w->segment_count = w->pay_change_count = 0;
    np_ts_trim(&w->ts);
}

static void copy_inputs_from_baseline(const np_engine *e, np_book_state *w)
{
    const np_book *book = e->states[0].book_plan.book;
    unsigned row = w->ts.row;
    memset(w->row->situation->given, 0, w->book_plan.book->slot_count * sizeof(bool));
    for (uint16_t slot = 0; slot < book->slot_count; slot++) {
        uint16_t here = w->book_plan.slot_of[slot];
        if (here != UINT16_MAX && e->text[row][slot])
            np_situation_set_value(w->row->situation, here, e->states[0].rows[row].situation->values[slot]);
    }
    if (w->piece[row]) np_piece_apply(w->row->situation, w->piece[row]);
}

static bool check_concerns_row(const np_book_state *w, size_t check, unsigned row)
{
    uint16_t guard = w->book_plan.check_guards[check];
    return guard == UINT16_MAX || w->ts.situations[row]->given[guard];
}

/* Whether none of the checks that ask more than inputs finds a contradiction. */
static bool checks_hold(np_engine *e, const np_book_state *w)
{
    bool ok = true;
    for (size_t i = 0; i < w->book_plan.check_count; i++)
        if (!w->book_plan.check_asks_inputs_only[i] && check_concerns_row(w, i, w->ts.row))
            ok = np_plan_checks(&w->book_plan.checks[i], 1, w->row->situation, w->row->payslip, &e->quiet) && ok;
    return ok;
}

/* Checks that ask nothing but inputs, while these are as in the first month. Who contradicts is taken out. */
static void check_inputs(np_book_state *w, np_rows *rows)
{
    np_value room[NP_BATCH];
    const np_value *holds[NP_BATCH];
    w->ts.failed_rows = 0;
    w->ts.from = w->from;
    w->ts.until = w->until;
    for (size_t i = 0; i < w->book_plan.check_count; i++) {
        np_rows asked = {0};
        for (unsigned k = 0; w->book_plan.check_asks_inputs_only[i] && k < rows->count; k++)
            if (check_concerns_row(w, i, rows->of[k])) np_rows_add(&asked, rows->of[k]);
        if (asked.count) np_ts_of_batch(&w->ts, &w->book_plan.checks[i]->when, &asked, room, holds);
        for (unsigned k = 0; k < asked.count; k++) {
            const np_value *value = holds[asked.of[k]];
            bool fine = value && (value->unknown || !value->as.truth);
            w->ts.failed_rows |= (uint64_t)!fine << asked.of[k];
        }
    }
    np_rows before = *rows;
    rows->count = 0;
    for (unsigned k = 0; k < before.count; k++)
        if (!(w->ts.failed_rows >> before.of[k] & 1)) np_rows_add(rows, before.of[k]);
}

static bool must_check(const np_engine *e, const np_book_state *w)
{
    return w == &e->states[0] || w->piece[w->ts.row] || w->book_plan.checks_changed || w->book_plan.inputs_changed;
}

/* Checks and the history of grades, computed in full. */
static bool prepare_in_full(np_engine *e, np_book_state *w)
{
    const np_book_plan *book_plan = &w->book_plan;
    bool first = w == &e->states[0];
    if (must_check(e, w) && !checks_hold(e, w)) return false;
    if (!np_book_state_read_history(e, w)) return false;
    w->row->same_history = !first && !w->piece[w->ts.row] && !book_plan->inputs_changed && !book_plan->other_slots &&
                           np_book_state_has_same_history(w, &e->states[0]);
    return np_book_state_read_currency(w);
}

static bool prepare_as_baseline(np_engine *e, np_book_state *w)
{
    unsigned row = w->ts.row;
    np_batch_row *to = w->row;
    const np_batch_row *from = &e->states[0].rows[row];
    np_book_state_set_situation(w, row, from->situation, from->payslip);
    np_book_state_set_row(w, row);
    to->from = from->from;
    to->until = from->until;
    to->end = from->end;
    to->contract_end = from->contract_end;
    to->known_until = from->known_until;
    to->step_assumed = from->step_assumed;
    to->same_history = true;
    return !np_book_state_starts_mid_month(e, w) && np_book_state_read_currency(w);
}

/* Whether the period before this one ends otherwise than under the baseline. */
static bool follows_otherwise(const np_engine *e, const np_book_state *w, unsigned row)
{
    const np_engine_period *before = e->before[row];
    return before && (before->left[w->number] || before->until[w->number] != before->until[0]);
}

static bool has_inputs_of_baseline(const np_engine *e, const np_book_state *w, unsigned row)
{
    const np_book_plan *book_plan = &w->book_plan;
    return w != &e->states[0] && !follows_otherwise(e, w, row) && !w->piece[row] && !book_plan->inputs_changed &&
           !book_plan->terms_changed && !book_plan->checks_changed &&
           !(book_plan->twins_changed && np_book_state_is_twin(&e->states[0], row));
}

/* Inputs, checks and the history of grades of these rows, none of which needs month by month yet. */
static void prepare_rows(np_engine *e, np_book_state *w, const np_rows *rows)
{
    np_rows in_full = {0}, as_baseline = {0};
    for (unsigned i = 0; i < rows->count; i++) {
        unsigned s = rows->of[i];
        w->rows[s].different = 0;
        w->rows[s].fast = false;
        if (has_inputs_of_baseline(e, w, s)) {
            np_rows_add(&as_baseline, s);
            continue;
        }
        np_book_state_set_situation(w, s, w->rows[s].own_situation, w->rows[s].own_payslip);
        np_book_state_set_row(w, s);
        if (w != &e->states[0]) copy_inputs_from_baseline(e, w);
        np_rows_add(&in_full, s);
    }
    np_book_state_read_inputs(e, w, &in_full);
    if (must_check(e, w)) check_inputs(w, &in_full);
    for (unsigned i = 0; i < in_full.count; i++) {
        np_book_state_set_row(w, in_full.of[i]);
        np_book_state_end_step(w, prepare_in_full(e, w));
    }
    np_book_state_copy_inputs(w, &e->states[0], &as_baseline);
    for (unsigned i = 0; i < as_baseline.count; i++) {
        np_book_state_set_row(w, as_baseline.of[i]);
        np_book_state_end_step(w, prepare_as_baseline(e, w));
    }
}

/* Whom rules are computed for. */
static void list_rows(np_book_state *w, const np_book_state *baseline, unsigned count)
{
    w->full_rows.count = w->reusing_rows.count = 0;
    for (unsigned s = 0; s < count; s++) {
        const np_batch_row *row = &w->rows[s];
        w->from[s] = row->from;
        w->until[s] = row->until;
        if (row->fast && row->from < row->until)
            np_rows_add(w != baseline && row->same_history ? &w->reusing_rows : &w->full_rows, s);
    }
}

static void finish(const np_engine *e, np_book_state *w, np_outcome *outcome)
{
    bool applies;
    np_book_state_end_step(w, np_book_state_applies(w, &applies));
    if (!w->row->fast) return;
    np_book_state_sum_outcome(w, outcome);
    outcome->applies = applies;
    outcome->beyond = np_plan_goes_beyond(&e->window, w->row->contract_end, w->row->end, w->row->from, w->row->until);
    outcome->beyond_age =
        np_plan_goes_beyond(&e->window, w->row->known_until, w->row->end, w->row->from, w->row->until);
    outcome->step_assumed = w->row->step_assumed;
    outcome->service_end = w->row->end;
}

static bool is_fast_possible(const np_engine *e, const np_book_state *w)
{
    return !e->options.reference && w->book_plan.possible && !w->book_plan.other_tables &&
           e->states[0].book_plan.possible;
}

void np_engine_compute_pieces(np_engine *e, np_book_state *w, const np_rows *rows, np_outcome *outcomes)
{
    np_rows fast = *rows;
    for (unsigned s = 0; s < NP_BATCH; s++) w->rows[s].fast = false;
    if (!is_fast_possible(e, w)) return;
    np_book_state_empty(w);
    prepare_rows(e, w, &fast);
    list_rows(w, &e->states[0], NP_BATCH);
    for (size_t i = 0; i < w->book_plan.rule_plan_count; i++)
        np_book_state_compute_rule(w, &e->states[0], &w->book_plan.rule_plans[i], NP_BATCH);
    for (unsigned i = 0; i < rows->count; i++) {
        np_book_state_set_row(w, rows->of[i]);
        if (w->row->fast) finish(e, w, &outcomes[rows->of[i]]);
    }
}

void np_engine_compute_batch(np_engine *e, size_t number, const np_engine_row *rows, unsigned count)
{
    np_book_state *w = &e->states[number], *baseline = &e->states[0];
    bool possible = is_fast_possible(e, w);
    np_rows fast = {0};
    for (unsigned s = 0; s < count; s++) {
        if (possible && rows[s].done && (number == 0 || baseline->rows[s].fast))
            np_rows_add(&fast, s);
        else
            w->rows[s].fast = false;
    }
    if (fast.count == 0) return;
    prepare_rows(e, w, &fast);
    list_rows(w, baseline, count);
    for (size_t i = 0; i < w->book_plan.rule_plan_count; i++)
        np_book_state_compute_rule(w, baseline, &w->book_plan.rule_plans[i], count);
    for (unsigned s = 0; s < count; s++) {
        if (!w->rows[s].fast) continue;
        np_book_state_set_row(w, s);
        finish(e, w, &rows[s].outcomes[number]);
    }
}
