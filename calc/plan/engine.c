/* What staff cost under each book: a batch of rows, through all of its books. */
#include "natopay/plan/engine.h"

#include <string.h>

#include "engine_internal.h"

bool np_engine_guard(np_engine *engine, void (*work)(void *context), void *context)
{
    return np_arena_guard(engine->scratch, work, context);
}

/* ---- beginning ---- */

static void reset_for_batch(np_engine *e)
{
    np_arena_reset(e->scratch);
    np_diags_init(&e->quiet, e->scratch);
    for (size_t i = 0; i < e->count; i++) {
        np_book_state_empty(&e->states[i]);
        if (e->changing[i]) np_book_state_empty(&e->changing[i]->state);
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

bool np_engine_is_given(const np_engine *e, unsigned row, uint16_t slot)
{
    return e->text[row][slot] != NULL;
}

/* Who goes on with the next period the day after the last one, or sooner, has no last day here. */
static void forget_end(np_engine *e, unsigned row)
{
    np_situation *s = e->states[0].rows[row].situation;
    uint16_t end = s->book->career ? s->book->career->slots.end : UINT16_MAX;
    if (!e->next[row] || end == UINT16_MAX || !e->text[row][end] || s->values[end].as.date < *e->next[row] - 1) return;
    e->text[row][end] = NULL;
    s->given[end] = false;
}

void np_engine_run(np_engine *e, np_engine_row *rows, unsigned count)
{
    for (unsigned s = 0; s < count; s++) {
        e->before[s] = rows[s].before;
        e->next[s] = rows[s].next;
        e->takeover[s] = rows[s].next ? np_first_month_after(&e->window, *rows[s].next) : (uint16_t)e->window.months;
        forget_end(e, s);
    }
    for (size_t i = 0; i < e->count; i++) np_engine_compute_batch(e, i, rows, count);
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
