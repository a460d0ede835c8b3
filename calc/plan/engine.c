/* What staff cost under each book: a batch of rows, through all of its books. */
#include "natopay/plan/engine.h"

#include <string.h>

#include "engine_internal.h"

bool np_engine_guard(np_engine *engine, void (*work)(void *context), void *context)
{
    return np_arena_guard(engine->scratch, work, context);
}

/* ---- beginning ---- */

static void empty_state(np_book_state *w)
{
    w->segment_count = w->pay_change_count = 0;
    np_ts_trim(&w->ts);
}

static void reset_for_batch(np_engine *e)
{
    np_arena_reset(e->scratch);
    np_diags_init(&e->quiet, e->scratch);
    for (size_t i = 0; i < e->count; i++) {
        empty_state(&e->states[i]);
        if (e->changing[i]) empty_state(&e->changing[i]->state);
    }
}

void np_engine_begin_row(np_engine *e, unsigned row)
{
    e->counts.staff++;
    if (row == 0) reset_for_batch(e);
    memset(e->states[0].rows[row].situation->given, 0, e->inputs_end * sizeof(bool));
    memset(e->text[row], 0, e->inputs_end * sizeof *e->text[row]);
}

bool np_engine_set_input(np_engine *e, unsigned row, uint16_t slot, const char *text, size_t length, np_diags *diags)
{
    np_situation *s = e->states[0].rows[row].situation;
    const np_input *input = &s->book->inputs[s->book->slots[slot].index];
    e->text[row][slot] = text;
    if (np_book_read_plain(s->book, e->scratch, input, text, length, &s->values[slot])) {
        s->given[slot] = true;
        return true;
    }
    if (!np_engine_set_text(e, s, slot, input->name, text, diags)) return false;
    uint16_t twin = s->book->twin_slot; /* "G8-G10" gives two inputs */
    if (slot == s->book->grade_slot && twin != UINT16_MAX && s->given[twin])
        e->text[row][twin] = s->book->grades[s->values[twin].as.grade].name;
    return true;
}

/* ---- all months of a formula at once, under one book for all rows ---- */

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

/* Whether none of the checks that do not stand finds a contradiction. */
static bool checks_hold(np_engine *e, const np_book_state *w)
{
    bool ok = true;
    for (size_t i = 0; i < w->book_plan.check_count; i++)
        if (!w->book_plan.check_stands[i] && check_concerns_row(w, i, w->ts.row))
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
        for (unsigned k = 0; w->book_plan.check_stands[i] && k < rows->count; k++)
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

static bool has_inputs_of_baseline(const np_engine *e, const np_book_state *w, unsigned row)
{
    const np_book_plan *book_plan = &w->book_plan;
    return w != &e->states[0] && !w->piece[row] && !book_plan->inputs_changed && !book_plan->terms_changed &&
           !book_plan->checks_changed && !(book_plan->twins_changed && np_book_state_is_twin(&e->states[0], row));
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
    empty_state(w);
    prepare_rows(e, w, &fast);
    list_rows(w, &e->states[0], NP_BATCH);
    for (size_t i = 0; i < w->book_plan.rule_plan_count; i++)
        np_book_state_compute_rule(w, &e->states[0], &w->book_plan.rule_plans[i], NP_BATCH);
    for (unsigned i = 0; i < rows->count; i++) {
        np_book_state_set_row(w, rows->of[i]);
        if (w->row->fast) finish(e, w, &outcomes[rows->of[i]]);
    }
}

/* Each rule for all rows, one rule after the other. */
static void run_fast(np_engine *e, size_t number, const np_engine_row *rows, unsigned count)
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

/* ---- all books ---- */

/* Whether the difference from the baseline may be another one, because something is not known. */
static bool is_unsure(const np_book_plan *book_plan, const np_outcome *outcome, const np_outcome *baseline)
{
    uint64_t open = 0;
    for (size_t i = 0; i < NP_SLOTS_MAX / 64; i++)
        open |= (outcome->open[i] & book_plan->touched[i]) | (baseline->open[i] & book_plan->touched_there[i]);
    return open != 0;
}

/* What the fast way could not do; whether the scenario is for this member of staff. */
static void finish_row(np_engine *e, unsigned s, np_engine_row *row)
{
    np_outcome *outcomes = row->outcomes;
    for (size_t i = 0; i < e->count && row->done; i++) {
        if (!e->states[i].rows[s].fast) row->done = np_engine_monthly(e, &e->states[i], s, &outcomes[i], row->diags);
        if (!row->done) break;
        outcomes[i].unsure = i > 0 && is_unsure(&e->states[i].book_plan, &outcomes[i], &outcomes[0]);
        if (i == 0 || outcomes[i].applies) continue;
        outcomes[i] = outcomes[0];
        outcomes[i].applies = false;
    }
}

static void forget_defaults(np_engine *e, unsigned s)
{
    for (size_t i = 0; i < e->count; i++) {
        np_engine_forget_defaults(&e->states[i], s);
        if (e->changing[i]) np_engine_forget_defaults(&e->changing[i]->state, s);
    }
}

void np_engine_run(np_engine *e, np_engine_row *rows, unsigned count)
{
    for (size_t i = 0; i < e->count; i++) run_fast(e, i, rows, count);
    for (unsigned s = 0; s < count; s++) finish_row(e, s, &rows[s]);
    for (size_t i = 1; i < e->count; i++)
        if (e->changing[i]) np_engine_apply_changes(e, i, rows, count);
    for (unsigned s = 0; s < count; s++)
        if (!rows[s].done) forget_defaults(e, s);
}

/* Inputs as they are when the career begins, before months go by: as given, or by their defaults, which come after what
 * they name. */
static void restore_inputs(np_engine *e, np_book_state *w, unsigned row)
{
    const np_book *book = w->book_plan.book;
    const np_career_slots *at = &book->career->slots;
    np_payslip *payslip = w->row->payslip;
    const np_value *values = w->row->situation->values;
    np_eval eval = np_payslip_eval(payslip, w->row->situation, &e->quiet, NULL);
    np_engine_forget_defaults(w, row);
    for (uint16_t slot = 0; slot < e->inputs_end; slot++) /* the career has given some since */
        w->row->situation->given[slot] = e->text[row][slot] != NULL;
    for (size_t i = 0; i < book->order_count; i++) {
        uint16_t slot = book->order[i];
        if (book->slots[slot].kind != NP_SLOT_INPUT) continue;
        const np_formula *fallback = &book->inputs[book->slots[slot].index].fallback;
        np_value *value = &payslip->slots[slot];
        if (e->text[row][slot])
            *value = values[slot];
        else if (slot == book->date_slot && e->text[row][at->start])
            *value = (np_value){.type = NP_DATE, .as.date = values[at->start].as.date};
        else if (slot == at->grade_at_recruitment && e->text[row][at->grade])
            *value = values[at->grade];
        else
            *value = fallback->root ? np_eval_formula(&eval, fallback) : np_ts_unknown((uint8_t)book->slots[slot].type);
    }
}

np_value np_engine_input(np_engine *e, unsigned row, uint16_t slot)
{
    np_book_state *w = &e->states[0];
    const np_book *book = w->book_plan.book;
    const np_node *fallback = book->inputs[book->slots[slot].index].fallback.root;
    np_book_state_set_row(w, row);
    if (e->text[row][slot]) return w->row->situation->values[slot];
    if (!fallback) return np_ts_unknown((uint8_t)book->slots[slot].type);
    if (fallback->op == NP_OP_LITERAL) return fallback->literal;
    restore_inputs(e, w, row);
    return w->row->payslip->slots[slot];
}

np_engine_count np_engine_counts(const np_engine *e)
{
    return e->counts;
}

int np_engine_slot_at(const np_engine *e, np_span at)
{
    return at.file == e->place ? (int)at.offset : -1;
}
