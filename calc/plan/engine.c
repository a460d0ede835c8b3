#include "natopay/plan/engine.h"

#include <stdlib.h>
#include <string.h>

#include "engine_parts.h"

enum { SCRATCH_LIMIT = 1 << 26 };

/* ---- making one ---- */

typedef struct making {
    np_engine *engine;
    const np_plan_book *books;
} making;

static bool same_bundles(const np_lane *a, const np_lane *b)
{
    bool same = a->bundle_count == b->bundle_count && a->knot_count == b->knot_count;
    for (size_t i = 0; same && i < a->bundle_count; i++)
        same = a->bundles[i].count == b->bundles[i].count &&
               memcmp(a->bundles[i].knots, b->bundles[i].knots, a->bundles[i].count * sizeof *a->bundles[i].knots) == 0;
    for (size_t i = 0; same && i < a->knot_count; i++)
        same = a->knots[i].leaf == b->knots[i].leaf && a->knots[i].slot == b->knots[i].slot;
    return same;
}

/* Keys side by side, in the order in which they are asked. */
static void make_keys(np_worker *w, np_arena *arena)
{
    for (size_t k = 0; k < w->lane.knot_count; k++) {
        const np_knot *knot = &w->lane.knots[k];
        w->knots[k].last_condition.key = np_arena_array(arena, knot->condition.count + 1U, sizeof(uint32_t));
        w->knots[k].last.key = np_arena_array(arena, knot->whole.count + 2U, sizeof(uint32_t));
    }
    for (size_t k = 0; k < w->lane.bundle_count; k++) {
        const np_bundle *bundle = &w->lane.bundles[k];
        size_t words = bundle->count + w->lane.knots[bundle->knots[0]].whole.count + 1;
        w->bundles[k].last.key = np_arena_array(arena, words, sizeof(uint32_t));
    }
}

static void build(void *context)
{
    np_engine *e = ((making *)context)->engine;
    const np_plan_book *books = ((making *)context)->books;
    np_arena *arena = e->arena;
    e->workers = np_arena_array(arena, e->count, sizeof *e->workers);
    e->place = np_file_new(arena, "row", "", 0);
    for (size_t i = 0; i < e->count; i++) {
        np_worker *w = &e->workers[i];
        np_lane_read(&w->lane, arena, &books[i], i ? books[0].book : NULL);
        w->situation = np_situation_new(books[i].book, arena);
        w->payslip = np_payslip_new(books[i].book, arena, false);
        w->payslip->arena = e->scratch;
        w->knots = np_arena_array(arena, w->lane.knot_count + 1, sizeof *w->knots);
        w->atoms = np_arena_array(arena, w->lane.atom_count + 1, sizeof *w->atoms);
        w->bundles = np_arena_array(arena, w->lane.bundle_count + 1, sizeof *w->bundles);
        w->leaf = np_arena_array(arena, w->lane.bundle_count + 1, sizeof *w->leaf);
        make_keys(w, arena);
        w->same_bundles = same_bundles(&w->lane, &e->workers[0].lane);
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
    e->arena = np_arena_new(SCRATCH_LIMIT);
    e->scratch = np_arena_new(SCRATCH_LIMIT);
    making m = {e, books};
    bool made = np_store_init(&e->store, &e->window) && e->arena && e->scratch && np_arena_guard(e->arena, build, &m);
    if (made) return e;
    np_engine_free(e);
    return NULL;
}

static void forget(np_worker *w)
{
    for (size_t k = 0; w->knots && k < w->lane.knot_count; k++) {
        np_memo_free(&w->knots[k].conditions);
        np_memo_free(&w->knots[k].courses);
        w->knots[k].last.answer = w->knots[k].last_condition.answer = 0;
    }
    for (size_t k = 0; w->atoms && k < w->lane.atom_count; k++) {
        np_memo_free(&w->atoms[k].memo);
        w->atoms[k].answer = 0;
    }
    for (size_t k = 0; w->bundles && k < w->lane.bundle_count; k++) {
        np_memo_free(&w->bundles[k].memo);
        w->bundles[k].last.answer = 0;
    }
    np_memo_free(&w->tracks);
    np_memo_free(&w->twin_tracks);
    memset(w->fixed, 0, sizeof w->fixed);
}

void np_engine_free(np_engine *e)
{
    if (!e) return;
    for (size_t i = 0; e->workers && i < e->count; i++) forget(&e->workers[i]);
    np_store_free(&e->store);
    np_cell_memo_free(&e->cells);
    free(e->found);
    np_arena_free(e->scratch);
    np_arena_free(e->arena);
    free(e);
}

typedef struct guarded {
    np_engine *engine;
    void (*work)(void *);
    void *context;
    bool done;
} guarded;

static void inner(void *context)
{
    guarded *g = context;
    g->done = np_arena_guard(g->engine->scratch, g->work, g->context);
}

bool np_engine_guard(np_engine *engine, void (*work)(void *context), void *context)
{
    guarded g = {engine, work, context, false};
    return np_arena_guard(engine->store.arena, inner, &g) && g.done;
}

/* ---- beginning ---- */

static void forget_all(np_engine *e)
{
    e->counts.forgotten++;
    np_store_clear(&e->store);
    np_cell_memo_clear(&e->cells);
    e->found_count = 0;
    for (size_t i = 0; i < e->count; i++) forget(&e->workers[i]);
}

static size_t memory_in_use(const np_engine *e)
{
    size_t size = np_store_size(&e->store) + np_cell_memo_size(&e->cells) + e->found_capacity * sizeof *e->found;
    for (size_t i = 0; i < e->count; i++) {
        const np_worker *w = &e->workers[i];
        size += np_memo_size(&w->tracks) + np_memo_size(&w->twin_tracks);
        for (size_t k = 0; k < w->lane.knot_count; k++)
            size += np_memo_size(&w->knots[k].conditions) + np_memo_size(&w->knots[k].courses);
        for (size_t k = 0; k < w->lane.atom_count; k++) size += np_memo_size(&w->atoms[k].memo);
        for (size_t k = 0; k < w->lane.bundle_count; k++) size += np_memo_size(&w->bundles[k].memo);
    }
    return size;
}

void np_engine_begin(np_engine *e)
{
    if (e->counts.staff % 256 == 0 && memory_in_use(e) > e->options.memory) forget_all(e);
    e->counts.staff++;
    np_arena_reset(e->scratch);
    np_diags_init(&e->quiet, e->scratch);
    for (size_t i = 0; i < e->count; i++) {
        np_situation *s = e->workers[i].situation;
        memset(s->given, 0, s->book->slot_count * sizeof *s->given);
    }
    memset(e->text, 0, sizeof e->text);
}

bool np_engine_give(np_engine *e, uint16_t slot, const char *text, size_t length, np_diags *diags)
{
    np_worker *w = &e->workers[0];
    const np_book *book = w->lane.book;
    e->text[slot] = text;
    const np_cell_text *known = np_cell_memo_get(&e->cells, slot, text, length);
    uint32_t course = known ? known->course : 0;
    if (known) {
        np_situation_set_value(w->situation, slot, known->value);
    } else {
        const char *name = book->inputs[book->slots[slot].index].name;
        np_span place = np_span_none();
        if (!np_situation_set_text(w->situation, diags, name, text, place, place)) return false;
        if (np_cell_memo_is_passing(&e->cells, slot)) {
            course = np_store_passing(&e->store, slot, &w->situation->values[slot]);
        } else {
            course = np_store_constant(&e->store, &w->situation->values[slot]);
            np_value value = np_store_value(&e->store, course, 0);
            np_situation_set_value(w->situation, slot, value);
            np_cell_memo_put(&e->cells, slot, text, length, course, &value);
        }
    }
    w->situation->at[slot] = (np_span){e->place, slot, 0};
    w->course[slot] = e->given[slot] = course;
    return true;
}

/* ---- one member of staff under one book ---- */

static void take_from_baseline(const np_engine *e, np_worker *w)
{
    const np_situation *from = e->workers[0].situation;
    const np_book *book = from->book;
    for (uint16_t slot = 0; slot < book->slot_count; slot++) {
        uint16_t here = w->lane.slot_of[slot];
        if (here == UINT16_MAX || !e->text[slot]) continue;
        np_situation_set_value(w->situation, here, np_store_value(&e->store, e->given[slot], 0));
        w->situation->at[here] = from->at[slot];
        w->course[here] = e->given[slot];
    }
}

static bool applies(np_engine *e, np_worker *w, bool *answer)
{
    *answer = true;
    if (!w->lane.when->root || w->track.from >= w->track.until) return true;
    for (uint16_t slot = 0; slot < w->lane.book->slot_count; slot++)
        if (w->course[slot]) w->payslip->slots[slot] = np_store_value(&e->store, w->course[slot], w->track.from);
    np_worker_date(e, w, w->track.from);
    return np_plan_applies(w->situation, w->payslip, &e->quiet, w->lane.when, answer);
}

/* Inputs, checks and track computed anew. */
static bool prepare_anew(np_engine *e, np_worker *w, bool first)
{
    const np_lane *lane = &w->lane;
    if (!np_worker_inputs(e, w)) return false;
    bool checks = first || lane->checks_changed || lane->inputs_changed;
    if (checks && !np_plan_checks(lane->checks, lane->check_count, w->situation, w->payslip, &e->quiet)) return false;
    if (!np_worker_track(e, w)) return false;
    w->same_track =
        !first && !lane->inputs_changed && !lane->own && memcmp(&w->track, &e->workers[0].track, sizeof w->track) == 0;
    return true;
}

static void prepare_as_baseline(np_worker *w, const np_worker *baseline)
{
    size_t slots = w->lane.book->slot_count;
    memcpy(w->course, baseline->course, sizeof w->course);
    memcpy(w->situation->given, baseline->situation->given, slots * sizeof *w->situation->given);
    memcpy(w->situation->values, baseline->situation->values, slots * sizeof *w->situation->values);
    memcpy(w->payslip->slots, baseline->payslip->slots, slots * sizeof *w->payslip->slots);
    w->track = baseline->track;
    w->same_track = true;
}

static bool prepare(np_engine *e, np_worker *w)
{
    const np_lane *lane = &w->lane;
    bool first = w == &e->workers[0];
    if (!first) take_from_baseline(e, w);
    bool differs = lane->inputs_changed || lane->checks_changed || lane->terms_changed;
    if (first || differs || (lane->twins_changed && np_worker_is_twin(w))) return prepare_anew(e, w, first);
    prepare_as_baseline(w, &e->workers[0]);
    return true;
}

static bool fast(np_engine *e, np_worker *w, np_outcome *outcome)
{
    if (e->options.reference || !w->lane.possible || w->lane.apart || !e->workers[0].lane.possible) return false;
    bool for_all = false;
    if (!prepare(e, w)) return false;
    if (w->track.from < w->track.until && !np_worker_rules(e, w)) return false;
    if (!applies(e, w, &for_all)) return false;
    if (!np_worker_outcome(e, w, outcome)) return false;
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
        if (!e->text[slot]) continue;
        const char *name = book->inputs[book->slots[slot].index].name;
        np_span place = {e->place, slot, 0};
        if (!np_situation_set_text(s, diags, name, e->text[slot], place, place)) return false;
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
    if (e->text[slot]) return np_store_value(&e->store, e->given[slot], 0);
    static const np_missing NOTHING;
    np_value none = {.type = (uint8_t)book->slots[slot].type, .unknown = true};
    none.as.missing = &NOTHING;
    if (!fallback->root) return none;
    for (uint16_t s = 0; s < book->slot_count; s++) /* as they were before months went by */
        if (e->text[s]) w->payslip->slots[s] = np_store_value(&e->store, e->given[s], 0);
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
