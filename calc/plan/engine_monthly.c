/* One member of staff under one book month by month, where all months at once will not do. */
#include "engine_internal.h"

void np_engine_forget_defaults(np_book_state *w, unsigned row)
{
    for (size_t i = 0; i < w->book_plan.book->slot_count; i++) w->by_default[i] &= ~((uint64_t)1 << row);
}

/* A run of np_plan_compute_monthly, which takes memory for each month. */
typedef struct monthly_run {
    np_engine *engine;
    np_book_state *state;
    np_payslip *payslip;
    np_plan_span span;
    np_outcome *outcome;
    np_diags *diags;
    bool done;
} monthly_run;

static void compute_months(void *context)
{
    monthly_run *p = context;
    p->done = np_plan_compute_monthly(p->state->plain, p->payslip, &p->engine->window, p->span,
                                      p->state->book_plan.when, p->outcome, p->diags);
}

/* The months take much memory: they have an arena that is emptied for each row, and the sums are copied out of it. */
static bool run_months(monthly_run *p)
{
    np_engine *e = p->engine;
    np_arena_reset(e->months);
    p->payslip->arena = e->months;
    bool room = np_arena_guard(e->months, compute_months, p);
    p->payslip->arena = e->scratch;
    if (!room) np_arena_give_up(e->scratch);
    for (uint16_t y = 0; p->done && y < e->window.periods; y++) {
        np_num *amounts[] = {&p->outcome->periods[y].gross, &p->outcome->periods[y].net,
                             &p->outcome->periods[y].employer, &p->outcome->periods[y].worked};
        for (size_t i = 0; i < 4; i++) *amounts[i] = np_num_copy(e->scratch, *amounts[i]);
    }
    return p->done;
}

bool np_engine_apply_list(np_engine *e, np_situation *s, unsigned row, np_diags *diags)
{
    const np_book *book = e->states[0].book_plan.book;
    memset(s->given, 0, s->book->slot_count * sizeof *s->given);
    for (uint16_t slot = 0; slot < book->slot_count; slot++) {
        const char *text = e->text[row][slot];
        if (!text) continue;
        const char *name = book->inputs[book->slots[slot].index].name;
        if (!np_engine_set_text(e, s, slot, name, text, diags)) return false;
    }
    return true;
}

bool np_engine_monthly(np_engine *e, np_book_state *w, unsigned row, np_outcome *outcome, np_diags *diags)
{
    const np_piece *piece = w->piece[row];
    e->counts.slow++;
    np_engine_forget_defaults(w, row);
    if (!np_engine_apply_list(e, w->plain, row, diags)) return false;
    if (piece) np_piece_apply(w->plain, piece);
    monthly_run run = {e, w, w->rows[row].own_payslip, np_engine_span(e, w->number, row, piece), outcome, diags, false};
    return run_months(&run);
}
