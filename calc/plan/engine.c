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
    for (size_t i = 0; i < NP_SEATS; i++) {
        np_seat *seat = &w->seats[i];
        seat->situation = seat->own_situation = np_situation_new(own->book, e->arena);
        seat->payslip = seat->own_payslip = np_payslip_new(own->book, e->arena, false);
        seat->payslip->arena = e->scratch;
    }
    w->plain = np_situation_new(own->book, e->arena);
    w->woven = calloc(NP_WOVEN_MAX + 1, sizeof *w->woven);
    if (!w->woven || !np_loom_init(&w->loom, &e->window, own->book)) return false;
    np_worker_turn(w, 0);
    w->loom.eval.diags = &e->quiet;
    w->loom.eval.arena = e->arena; /* what stands, stands there */
    w->paid = np_arena_array(e->arena, w->lane.line_count + 1, sizeof *w->paid);
    w->counted = np_arena_array(e->arena, w->lane.line_count + 1, sizeof *w->counted);
    for (size_t i = 0; i < w->lane.line_count * NP_SEATS; i++)
        w->paid[i / NP_SEATS][i % NP_SEATS].years = np_arena_array(e->arena, e->window.years, sizeof(int64_t));
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
    e->text = np_arena_array(e->arena, m->books[0].book->slot_count + 1, sizeof *e->text);
    np_diags_init(&e->quiet, e->arena);
    np_lane *lanes[NP_PLAN_BOOKS_MAX];
    m->made = true;
    for (size_t i = 0; i < e->count && m->made; i++) {
        m->made = make_worker(e, &e->workers[i], &m->books[i], i ? m->books[0].book : NULL);
        lanes[i] = &e->workers[i].lane;
    }
    if (m->made) np_lanes_agree(lanes, e->count);
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

void np_worker_turn(np_worker *w, unsigned seat)
{
    w->seat = &w->seats[seat];
    w->loom.seat = seat;
    w->loom.eval.situation = w->seat->situation;
    w->loom.eval.slots = w->seat->payslip->slots;
}

static void begin_anew(np_engine *e)
{
    np_arena_reset(e->scratch);
    np_diags_init(&e->quiet, e->scratch);
    for (size_t i = 0; i < e->count; i++) {
        e->workers[i].woven_count = 0;
        np_loom_trim(&e->workers[i].loom);
    }
}

void np_engine_begin(np_engine *e, unsigned seat)
{
    e->counts.staff++;
    if (seat == 0) begin_anew(e);
    const np_book *book = e->workers[0].lane.book;
    memset(e->workers[0].seats[seat].situation->given, 0, book->slot_count * sizeof(bool));
    for (size_t i = 0; i < book->slot_count; i++) e->text[i][seat] = NULL;
}

bool np_engine_give(np_engine *e, unsigned seat, uint16_t slot, const char *text, size_t length, np_diags *diags)
{
    np_situation *s = e->workers[0].seats[seat].situation;
    const np_input *input = &s->book->inputs[s->book->slots[slot].index];
    e->text[slot][seat] = text;
    if (np_book_read_plain(s->book, e->scratch, input, text, length, &s->values[slot])) {
        s->given[slot] = true;
        return true;
    }
    np_span place = {e->place, slot, 0};
    return np_situation_set_text(s, diags, input->name, text, place, place);
}

/* ---- the fast way: one book for all seats ---- */

static void take_from_baseline(const np_engine *e, np_worker *w)
{
    const np_book *book = e->workers[0].lane.book;
    unsigned seat = w->loom.seat;
    memset(w->seat->situation->given, 0, w->lane.book->slot_count * sizeof(bool));
    for (uint16_t slot = 0; slot < book->slot_count; slot++) {
        uint16_t here = w->lane.slot_of[slot];
        if (here != UINT16_MAX && e->text[slot][seat])
            np_situation_set_value(w->seat->situation, here, e->workers[0].seats[seat].situation->values[slot]);
    }
}

static bool checks_hold(np_engine *e, const np_worker *w)
{
    bool ok = true;
    for (size_t i = 0; i < w->lane.check_count; i++) {
        uint16_t guard = w->lane.check_guards[i];
        if (guard != UINT16_MAX && !w->seat->situation->given[guard]) continue;
        ok = np_plan_checks(&w->lane.checks[i], 1, w->seat->situation, w->seat->payslip, &e->quiet) && ok;
    }
    return ok;
}

/* Inputs, checks and track computed anew. */
static bool prepare_anew(np_engine *e, np_worker *w, bool first)
{
    const np_lane *lane = &w->lane;
    if (!np_worker_inputs(e, w)) return false;
    bool checks = first || lane->checks_changed || lane->inputs_changed;
    if (checks && !checks_hold(e, w)) return false;
    if (!np_worker_track(e, w)) return false;
    w->seat->same_track = !first && !lane->inputs_changed && !lane->own && np_worker_same_track(w, &e->workers[0]);
    return true;
}

static void prepare_as_baseline(np_worker *w, const np_worker *baseline)
{
    unsigned seat = w->loom.seat;
    np_seat *to = w->seat;
    const np_seat *from = &baseline->seats[seat];
    for (size_t i = 0; i < w->lane.input_count; i++) {
        uint16_t slot = w->lane.inputs[i];
        w->loom.slots[slot][seat] = baseline->loom.slots[slot][seat];
    }
    to->situation = from->situation;
    to->payslip = from->payslip;
    memset(to->by_default, 0, sizeof to->by_default);
    np_worker_turn(w, seat);
    to->from = from->from;
    to->until = from->until;
    to->end = from->end;
    to->contract_end = from->contract_end;
    to->same_track = true;
}

static bool prepare(np_engine *e, np_worker *w)
{
    const np_lane *lane = &w->lane;
    np_worker *baseline = &e->workers[0];
    bool first = w == baseline;
    np_worker_turn(baseline, w->loom.seat);
    bool differs =
        first || lane->inputs_changed || lane->terms_changed || (lane->twins_changed && np_worker_is_twin(baseline));
    w->seat->different = (np_slot_set){{0}};
    w->seat->situation = w->seat->own_situation;
    w->seat->payslip = w->seat->own_payslip;
    np_worker_turn(w, w->loom.seat);
    if (!differs) {
        prepare_as_baseline(w, baseline);
        return !lane->checks_changed || checks_hold(e, w);
    }
    if (!first) take_from_baseline(e, w);
    return prepare_anew(e, w, first);
}

/* After each step: what failed goes the plain way. */
static void settle(np_worker *w, bool ok)
{
    w->seat->fast = ok && !w->loom.failed && !w->loom.eval.failed;
    w->loom.failed = w->loom.eval.failed = false;
    w->loom.used = 0;
}

static void finish(np_worker *w, np_outcome *outcome)
{
    bool applies;
    settle(w, np_worker_applies(w, &applies));
    if (!w->seat->fast) return;
    np_worker_outcome(w, outcome);
    outcome->applies = applies;
}

/* One rule for all seats. */
static void run_rule(np_worker *w, np_worker *baseline, const np_knot *knot, unsigned count)
{
    bool same = w != baseline && !knot->other; /* on the baseline's track it is what it is there */
    if (same) {
        memcpy(w->loom.slots[knot->slot], baseline->loom.slots[knot->slot], count * sizeof(np_series));
        if (knot->line != NP_NO_LINE)
            memcpy(w->counted[knot->line], baseline->counted[knot->line], count * sizeof(np_paid *));
    }
    for (unsigned s = 0; s < count; s++) {
        const np_seat *seat = &w->seats[s];
        if (!seat->fast || seat->from >= seat->until || (same && seat->same_track)) continue;
        np_worker_turn(w, s);
        np_worker_rule(w, baseline, knot);
        if (w->loom.failed || w->loom.eval.failed) settle(w, false);
    }
}

/* Each rule for all seats, one rule after the other. */
static void run_fast(np_engine *e, size_t number, const np_engine_seat *seats, unsigned count)
{
    np_worker *w = &e->workers[number], *baseline = &e->workers[0];
    bool possible = !e->options.reference && w->lane.possible && !w->lane.apart && baseline->lane.possible;
    for (unsigned s = 0; s < count; s++) {
        np_worker_turn(w, s);
        w->seat->fast = possible && seats[s].done && (number == 0 || baseline->seats[s].fast);
        if (w->seat->fast) settle(w, prepare(e, w) && np_worker_currency(w));
    }
    for (size_t i = 0; possible && i < w->lane.knot_count; i++) run_rule(w, baseline, &w->lane.knots[i], count);
    for (unsigned s = 0; s < count; s++) {
        if (!w->seats[s].fast) continue;
        np_worker_turn(w, s);
        finish(w, &seats[s].outcomes[number]);
    }
}

/* ---- the plain way: one member of staff under one book ---- */

/* What was given, as it was given. */
static bool run_plain(np_engine *e, size_t number, unsigned seat, const np_engine_seat *result)
{
    const np_book *book = e->workers[0].lane.book;
    np_worker *w = &e->workers[number];
    np_situation *s = w->plain;
    e->counts.slow++;
    memset(s->given, 0, s->book->slot_count * sizeof *s->given);
    memset(w->seats[seat].by_default, 0, sizeof w->seats[seat].by_default);
    for (uint16_t slot = 0; slot < book->slot_count; slot++) {
        const char *text = e->text[slot][seat];
        if (!text) continue;
        np_span place = {e->place, slot, 0};
        const char *name = book->inputs[book->slots[slot].index].name;
        if (!np_situation_set_text(s, result->diags, name, text, place, place)) return false;
    }
    return np_plan_reference(s, w->seats[seat].own_payslip, &e->window, w->lane.when, &result->outcomes[number],
                             result->diags);
}

void np_engine_run(np_engine *e, np_engine_seat *seats, unsigned count)
{
    for (size_t i = 0; i < e->count; i++) run_fast(e, i, seats, count);
    for (unsigned s = 0; s < count; s++) {
        np_outcome *outcomes = seats[s].outcomes;
        for (size_t i = 0; i < e->count && seats[s].done; i++) {
            if (!e->workers[i].seats[s].fast) seats[s].done = run_plain(e, i, s, &seats[s]);
            if (i == 0 || !seats[s].done || outcomes[i].applies) continue;
            outcomes[i] = outcomes[0];
            outcomes[i].applies = false;
        }
    }
}

np_value np_engine_input(np_engine *e, unsigned seat, uint16_t slot)
{
    np_worker *w = &e->workers[0];
    const np_book *book = w->lane.book;
    const np_formula *fallback = &book->inputs[book->slots[slot].index].fallback;
    np_worker_turn(w, seat);
    const np_value *values = w->seat->situation->values;
    if (e->text[slot][seat]) return values[slot];
    if (!fallback->root) return np_series_unknown((uint8_t)book->slots[slot].type);
    for (uint16_t s = 0; s < book->slot_count; s++) /* as they were before months went by */
        if (e->text[s][seat]) w->seat->payslip->slots[s] = values[s];
    np_eval eval = np_payslip_eval(w->seat->payslip, w->seat->situation, &e->quiet, NULL);
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
