/* An engine is made and freed: its books read, room taken for all rows, formulas prepared. */
#include <stdlib.h>
#include <string.h>

#include "engine_internal.h"
#include "formula_references.h"

enum { ARENA_LIMIT = 1 << 28, FIGURES_LIMIT = 1 << 26 };

typedef struct engine_request {
    np_engine *engine;
    const np_plan_book *books;
    bool made;
} engine_request;

/* The one input that a part of a formula names; UINT16_MAX: none, or several. */
static bool find_only_input(const np_book *book, const np_node *node, uint16_t *input)
{
    if (node->op == NP_OP_SLOT) {
        if (book->slots[node->index].kind != NP_SLOT_INPUT || (*input != UINT16_MAX && *input != node->index))
            return false;
        *input = node->index;
    }
    for (size_t i = 0; i < node->argc; i++)
        if (!find_only_input(book, node->args[i], input)) return false;
    return true;
}

/* The condition of a rare line mostly begins with an input that hardly anybody gives, and its literal default settles
 * the condition with a no. */
static void find_barring_input(np_book_state *w, np_rule_plan *rule_plan)
{
    const np_book *book = w->book_plan.book;
    np_node *first = rule_plan->rule->when.root;
    uint16_t input = UINT16_MAX;
    while (first && first->op == NP_OP_AND) first = first->args[0];
    if (!first || !np_is_batchable(book, first) || !find_only_input(book, first, &input) || input == UINT16_MAX) return;
    const np_node *fallback = book->inputs[book->slots[input].index].fallback.root;
    if (!fallback || fallback->op != NP_OP_LITERAL) return;
    const np_segment segment = {.value = fallback->literal};
    const np_rows rows = {1, {0}};
    const uint16_t from[] = {0}, until[] = {1};
    np_formula part = rule_plan->rule->when;
    np_value room[NP_BATCH];
    const np_value *holds[NP_BATCH];
    part.root = first;
    w->ts.slots[input][0] = (np_series){&segment, 1};
    w->ts.from = from;
    w->ts.until = until;
    np_ts_of_batch(&w->ts, &part, &rows, room, holds);
    w->ts.slots[input][0] = (np_series){NULL, 0};
    w->ts.failed_rows = 0;
    if (!holds[0] || holds[0]->unknown || holds[0]->as.truth) return;
    rule_plan->barred_by = input;
    rule_plan->barred_status = holds[0]->status;
}

static void prepare_formulas(np_book_state *w, np_arena *arena)
{
    const np_book *book = w->book_plan.book;
    for (size_t i = 0; i < book->input_count; i++) np_ts_prepare(&w->ts, arena, &book->inputs[i].fallback);
    for (size_t i = 0; i < w->book_plan.rule_plan_count; i++) {
        const np_rule *rule = w->book_plan.rule_plans[i].rule;
        const np_formula *formulas[] = {&rule->when, &rule->amount, &rule->date};
        for (size_t k = 0; k < 3; k++) np_ts_prepare(&w->ts, arena, formulas[k]);
    }
    for (size_t i = 0; i < w->book_plan.check_count; i++)
        if (w->book_plan.check_asks_inputs_only[i]) np_ts_prepare(&w->ts, arena, &w->book_plan.checks[i]->when);
    np_ts_prepare(&w->ts, arena, w->book_plan.when);
    for (size_t i = 0; i < w->book_plan.rule_plan_count; i++) find_barring_input(w, &w->book_plan.rule_plans[i]);
}

static bool make_state(np_engine *e, np_book_state *w, const np_plan_book *plan_book, const np_book *baseline)
{
    np_book_plan_read(&w->book_plan, e->arena, &e->window, plan_book, baseline);
    for (size_t i = 0; i < NP_BATCH; i++) {
        np_batch_row *row = &w->rows[i];
        row->own_situation = np_situation_new(plan_book->book, e->arena);
        row->own_payslip = np_payslip_new(plan_book->book, e->arena, false);
        row->own_payslip->arena = e->scratch;
        np_book_state_set_situation(w, i, row->own_situation, row->own_payslip);
    }
    w->plain = np_situation_new(plan_book->book, e->arena);
    w->segments = calloc(NP_SEGMENTS_MAX + 1, sizeof *w->segments);
    w->figures = np_arena_new(FIGURES_LIMIT);
    if (!w->segments || !w->figures) return false;
    np_ts_init(&w->ts, &e->window, plan_book->book, e->arena, w->figures);
    np_book_state_set_row(w, 0);
    w->ts.eval.diags = &e->quiet;
    w->ts.eval.arena = e->arena; /* what stands, stands there */
    w->paid = np_arena_array(e->arena, w->book_plan.line_count + 1, sizeof *w->paid);
    w->counted = np_arena_array(e->arena, w->book_plan.line_count + 1, sizeof *w->counted);
    w->pay_changes =
        np_arena_array(e->arena, (w->book_plan.line_count + 1) * NP_BATCH * e->window.periods, sizeof *w->pay_changes);
    w->conditions = np_arena_array(e->arena, plan_book->book->slot_count + 1, sizeof *w->conditions);
    if (w->book_plan.possible) prepare_formulas(w, e->arena);
    w->ts.eval.arena = e->scratch;
    return true;
}

static bool make_changing(np_engine *e, size_t number, const np_plan_book *plan_book, const np_book *baseline)
{
    np_changes_state *c = e->changing[number] = np_arena_alloc(e->arena, sizeof *c);
    *c = (np_changes_state){.plan_book = {plan_book->book, {0}, plan_book->changes, plan_book->change_count}};
    c->listed = np_situation_new(plan_book->book, e->arena);
    c->now = np_situation_new(plan_book->book, e->arena);
    c->payslip = np_payslip_new(plan_book->book, e->arena, false);
    c->sums = np_arena_array(e->arena, NP_BATCH, sizeof *c->sums);
    np_changes_state_find_days(c, e->arena, &e->window);
    bool made = make_state(e, &c->state, &c->plan_book, baseline);
    c->state.number = number;
    return made;
}

/* What comes once is computed in the month of its day alone. */
static void skip_other_months(np_book_state *w)
{
    for (size_t s = 0; s < NP_BATCH; s++) w->rows[s].own_payslip->falling = &w->book_plan.falling;
}

static void build_engine(void *context)
{
    engine_request *m = context;
    np_engine *e = m->engine;
    e->states = np_arena_array(e->arena, e->count, sizeof *e->states);
    e->changing = np_arena_array(e->arena, e->count, sizeof *e->changing);
    e->place = np_file_new(e->arena, "row", "", 0);
    for (size_t i = 0; i < NP_BATCH; i++)
        e->text[i] = np_arena_array(e->arena, m->books[0].book->slot_count + 1, sizeof *e->text[i]);
    for (size_t i = 0; i < m->books[0].book->input_count; i++)
        if (m->books[0].book->inputs[i].slot >= e->inputs_end) e->inputs_end = m->books[0].book->inputs[i].slot + 1u;
    np_diags_init(&e->quiet, e->arena);
    np_book_plan *book_plans[2 * NP_PLAN_BOOKS_MAX];
    m->made = true;
    size_t states = 0;
    for (size_t i = 0; i < e->count && m->made; i++) {
        m->made = make_state(e, &e->states[i], &m->books[i], i ? m->books[0].book : NULL);
        e->states[i].number = i;
        book_plans[states++] = &e->states[i].book_plan;
    }
    for (size_t i = 1; i < e->count && m->made; i++) {
        if (!m->books[i].change_count) continue;
        m->made = make_changing(e, i, &m->books[i], m->books[0].book);
        book_plans[states++] = &e->changing[i]->state.book_plan;
    }
    if (!m->made) return;
    np_book_plans_agree(book_plans, states);
    for (size_t i = 0; i < e->count; i++) {
        skip_other_months(&e->states[i]);
        if (e->changing[i]) skip_other_months(&e->changing[i]->state);
    }
}

np_engine *np_engine_new(const np_window *window, const np_plan_book *books, size_t count,
                         const np_engine_options *options)
{
    np_engine *e = count && count <= NP_PLAN_BOOKS_MAX ? calloc(1, sizeof *e) : NULL;
    if (!e) return NULL;
    e->options = *options;
    e->window = *window;
    e->count = count;
    e->arena = np_arena_new(ARENA_LIMIT);
    e->scratch = np_arena_new(ARENA_LIMIT);
    e->months = np_arena_new(ARENA_LIMIT);
    engine_request m = {e, books, false};
    if (e->arena && e->scratch && e->months && np_arena_guard(e->arena, build_engine, &m) && m.made) return e;
    np_engine_free(e);
    return NULL;
}

static void free_state(np_book_state *w)
{
    np_arena_free(w->figures);
    free(w->segments);
}

void np_engine_free(np_engine *e)
{
    if (!e) return;
    for (size_t i = 0; e->states && i < e->count; i++) {
        free_state(&e->states[i]);
        if (e->changing && e->changing[i]) free_state(&e->changing[i]->state);
    }
    np_arena_free(e->months);
    np_arena_free(e->scratch);
    np_arena_free(e->arena);
    free(e);
}
