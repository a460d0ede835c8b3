#include "natopay/plan/engine.h"

#include <stdlib.h>
#include <string.h>

#include "engine_parts.h"

enum { ARENA_LIMIT = 1 << 26 };

/* ---- making one ---- */

typedef struct making {
    np_engine *engine;
    const np_plan_book *books;
    bool made;
} making;

static void prepare_formulas(np_worker *w, np_arena *arena)
{
    const np_book *book = w->lane.book;
    for (size_t i = 0; i < book->input_count; i++) np_loom_prepare(&w->loom, arena, &book->inputs[i].fallback);
    for (size_t i = 0; i < w->lane.knot_count; i++) {
        const np_rule *rule = w->lane.knots[i].rule;
        const np_formula *formulas[] = {&rule->when, &rule->amount, &rule->date};
        for (size_t k = 0; k < 3; k++) np_loom_prepare(&w->loom, arena, formulas[k]);
    }
    np_loom_prepare(&w->loom, arena, w->lane.when);
}

static bool make_worker(np_engine *e, np_worker *w, const np_plan_book *own, const np_book *baseline)
{
    np_lane_read(&w->lane, e->arena, &e->window, own, baseline);
    w->situation = np_situation_new(own->book, e->arena);
    w->payslip = np_payslip_new(own->book, e->arena, false);
    w->payslip->arena = e->scratch;
    w->woven = calloc(NP_WOVEN_MAX + 1, sizeof *w->woven);
    if (!w->woven || !np_loom_init(&w->loom, &e->window, own->book)) return false;
    w->loom.eval.situation = w->situation;
    w->loom.eval.slots = w->payslip->slots;
    w->loom.eval.diags = &e->quiet;
    w->loom.eval.arena = e->arena; /* what stands, stands there */
    w->paid = np_arena_array(e->arena, w->lane.line_count + 1, sizeof *w->paid);
    w->counted = np_arena_array(e->arena, w->lane.line_count + 1, sizeof *w->counted);
    for (size_t i = 0; i < w->lane.line_count; i++)
        w->paid[i].years = np_arena_array(e->arena, e->window.years, sizeof(int64_t));
    if (w->lane.possible) prepare_formulas(w, e->arena);
    w->loom.eval.arena = e->scratch;
    return true;
}

static void build(void *context)
{
    making *m = context;
    np_engine *e = m->engine;
    e->workers = np_arena_array(e->arena, e->count, sizeof *e->workers);
    e->place = np_file_new(e->arena, "row", "", 0);
    np_diags_init(&e->quiet, e->arena);
    np_lane *lanes[NP_PLAN_BOOKS_MAX];
    m->made = true;
    for (size_t i = 0; i < e->count && m->made; i++) {
        m->made = make_worker(e, &e->workers[i], &m->books[i], i ? m->books[0].book : NULL);
        lanes[i] = &e->workers[i].lane;
    }
    if (m->made) np_lanes_find_leaves(lanes, e->count);
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
    making m = {e, books, false};
    if (e->arena && e->scratch && np_arena_guard(e->arena, build, &m) && m.made) return e;
    np_engine_free(e);
    return NULL;
}

void np_engine_free(np_engine *e)
{
    if (!e) return;
    for (size_t i = 0; e->workers && i < e->count; i++) {
        np_loom_free(&e->workers[i].loom);
        free(e->workers[i].woven);
    }
    np_arena_free(e->scratch);
    np_arena_free(e->arena);
    free(e);
}

bool np_engine_guard(np_engine *engine, void (*work)(void *context), void *context)
{
    return np_arena_guard(engine->scratch, work, context);
}

/* ---- beginning ---- */

void np_engine_begin(np_engine *e)
{
    e->counts.staff++;
    np_arena_reset(e->scratch);
    np_diags_init(&e->quiet, e->scratch);
    for (size_t i = 0; i < e->count; i++) {
        np_worker *w = &e->workers[i];
        memset(w->situation->given, 0, w->lane.book->slot_count * sizeof *w->situation->given);
        np_loom_trim(&w->loom);
    }
    for (size_t i = 0; i < e->workers[0].lane.book->slot_count; i++) e->given[i].text = NULL;
}

bool np_engine_give(np_engine *e, uint16_t slot, const char *text, size_t length, np_diags *diags)
{
    np_situation *s = e->workers[0].situation;
    const np_input *input = &s->book->inputs[s->book->slots[slot].index];
    np_value *value = &e->given[slot].value;
    e->given[slot].text = text;
    if (!np_book_read_plain(s->book, e->scratch, input, text, length, value)) {
        np_span place = {e->place, slot, 0};
        if (!np_situation_set_text(s, diags, input->name, text, place, place)) return false;
        *value = s->values[slot];
    }
    np_situation_set_value(s, slot, *value);
    return true;
}

/* ---- one member of staff under one book ---- */

static void take_from_baseline(const np_engine *e, np_worker *w)
{
    const np_book *book = e->workers[0].lane.book;
    for (uint16_t slot = 0; slot < book->slot_count; slot++) {
        uint16_t here = w->lane.slot_of[slot];
        if (here != UINT16_MAX && e->given[slot].text) np_situation_set_value(w->situation, here, e->given[slot].value);
    }
}

/* Inputs, checks and track computed anew. */
static bool prepare_anew(np_engine *e, np_worker *w, bool first)
{
    const np_lane *lane = &w->lane;
    if (!np_worker_inputs(e, w)) return false;
    bool checks = first || lane->checks_changed || lane->inputs_changed;
    if (checks && !np_plan_checks(lane->checks, lane->check_count, w->situation, w->payslip, &e->quiet)) return false;
    if (!np_worker_track(e, w)) return false;
    w->same_track = !first && !lane->inputs_changed && !lane->own && np_worker_same_track(w, &e->workers[0]);
    return true;
}

static void prepare_as_baseline(np_worker *w, const np_worker *baseline)
{
    size_t slots = w->lane.book->slot_count;
    memcpy(w->loom.slots, baseline->loom.slots, slots * sizeof *w->loom.slots);
    memcpy(w->situation->given, baseline->situation->given, slots * sizeof *w->situation->given);
    memcpy(w->payslip->slots, baseline->payslip->slots, slots * sizeof *w->payslip->slots);
    w->from = baseline->from;
    w->until = baseline->until;
    w->end = baseline->end;
    w->contract_end = baseline->contract_end;
    w->same_track = true;
}

static bool prepare(np_engine *e, np_worker *w)
{
    const np_lane *lane = &w->lane;
    bool first = w == &e->workers[0];
    bool differs = first || lane->inputs_changed || lane->terms_changed ||
                   (lane->twins_changed && np_worker_is_twin(&e->workers[0]));
    if (!differs) {
        prepare_as_baseline(w, &e->workers[0]);
        return !lane->checks_changed ||
               np_plan_checks(lane->checks, lane->check_count, w->situation, w->payslip, &e->quiet);
    }
    if (!first) take_from_baseline(e, w);
    return prepare_anew(e, w, first);
}

static bool fast(np_engine *e, np_worker *w, np_outcome *outcome)
{
    if (e->options.reference || !w->lane.possible || w->lane.apart || !e->workers[0].lane.possible) return false;
    bool for_all = false;
    w->woven_count = w->loom.used = 0;
    w->loom.failed = w->loom.eval.failed = false;
    if (!prepare(e, w) || !np_worker_currency(w)) return false;
    if (w->from < w->until && !np_worker_rules(w, &e->workers[0])) return false;
    if (!np_worker_applies(w, &for_all)) return false;
    np_worker_outcome(w, outcome);
    outcome->applies = for_all;
    return true;
}

/* What was given, as it was given; then the plain way. */
static bool slow(np_engine *e, np_worker *w, np_outcome *outcome, np_diags *diags)
{
    const np_book *book = e->workers[0].lane.book;
    np_situation *s = w->situation;
    e->counts.slow++;
    memset(s->given, 0, s->book->slot_count * sizeof *s->given);
    for (uint16_t slot = 0; slot < book->slot_count; slot++) {
        if (!e->given[slot].text) continue;
        const char *name = book->inputs[book->slots[slot].index].name;
        np_span place = {e->place, slot, 0};
        if (!np_situation_set_text(s, diags, name, e->given[slot].text, place, place)) return false;
    }
    return np_plan_reference(s, w->payslip, &e->window, w->lane.when, outcome, diags);
}

bool np_engine_run(np_engine *e, np_outcome *outcomes, np_diags *diags)
{
    bool baseline_fast = false;
    for (size_t i = 0; i < e->count; i++) {
        np_worker *w = &e->workers[i];
        bool done = (i == 0 || baseline_fast) && fast(e, w, &outcomes[i]);
        if (i == 0) baseline_fast = done;
        if (!done && !slow(e, w, &outcomes[i], diags)) return false;
        if (i == 0 || outcomes[i].applies) continue;
        outcomes[i] = outcomes[0];
        outcomes[i].applies = false;
    }
    return true;
}

np_value np_engine_input(np_engine *e, uint16_t slot)
{
    np_worker *w = &e->workers[0];
    const np_book *book = w->lane.book;
    const np_formula *fallback = &book->inputs[book->slots[slot].index].fallback;
    if (e->given[slot].text) return e->given[slot].value;
    if (!fallback->root) return np_series_unknown((uint8_t)book->slots[slot].type);
    for (uint16_t s = 0; s < book->slot_count; s++) /* as they were before months went by */
        if (e->given[s].text) w->payslip->slots[s] = e->given[s].value;
    np_eval eval = np_payslip_eval(w->payslip, w->situation, &e->quiet, NULL);
    return np_eval_formula(&eval, fallback);
}

np_engine_count np_engine_counts(const np_engine *e)
{
    return e->counts;
}

int np_engine_slot_at(const np_engine *e, np_span at)
{
    return at.file == e->place ? (int)at.offset : -1;
}
