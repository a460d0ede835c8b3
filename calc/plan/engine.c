#include "natopay/plan/engine.h"

#include <stdlib.h>
#include <string.h>

#include "engine_parts.h"

enum { ARENA_LIMIT = 1 << 28, FIGURES_LIMIT = 1 << 26 };

/* ---- making one ---- */

typedef struct making {
    np_engine *engine;
    const np_plan_book *books;
    bool made;
} making;

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
static void find_bar(np_worker *w, np_knot *knot)
{
    const np_book *book = w->lane.book;
    np_node *first = knot->rule->when.root;
    uint16_t input = UINT16_MAX;
    while (first && first->op == NP_OP_AND) first = first->args[0];
    if (!first || !np_stands_alone(book, first) || !find_only_input(book, first, &input) || input == UINT16_MAX) return;
    const np_node *fallback = book->inputs[book->slots[input].index].fallback.root;
    if (!fallback || fallback->op != NP_OP_LITERAL) return;
    const np_segment segment = {.value = fallback->literal};
    const np_rows seats = {1, {0}};
    const uint16_t from[] = {0}, until[] = {1};
    np_formula part = knot->rule->when;
    np_value room[NP_BATCH];
    const np_value *holds[NP_BATCH];
    part.root = first;
    w->ts.slots[input][0] = (np_series){&segment, 1};
    w->ts.from = from;
    w->ts.until = until;
    np_ts_of_batch(&w->ts, &part, &seats, room, holds);
    w->ts.slots[input][0] = (np_series){NULL, 0};
    w->ts.fallen = 0;
    if (!holds[0] || holds[0]->unknown || holds[0]->as.truth) return;
    knot->barred_by = input;
    knot->barred_status = holds[0]->status;
}

static void prepare_formulas(np_worker *w, np_arena *arena)
{
    const np_book *book = w->lane.book;
    for (size_t i = 0; i < book->input_count; i++) np_ts_prepare(&w->ts, arena, &book->inputs[i].fallback);
    for (size_t i = 0; i < w->lane.knot_count; i++) {
        const np_rule *rule = w->lane.knots[i].rule;
        const np_formula *formulas[] = {&rule->when, &rule->amount, &rule->date};
        for (size_t k = 0; k < 3; k++) np_ts_prepare(&w->ts, arena, formulas[k]);
    }
    for (size_t i = 0; i < w->lane.check_count; i++)
        if (w->lane.check_stands[i]) np_ts_prepare(&w->ts, arena, &w->lane.checks[i]->when);
    np_ts_prepare(&w->ts, arena, w->lane.when);
    for (size_t i = 0; i < w->lane.knot_count; i++) find_bar(w, &w->lane.knots[i]);
}

static void seat_on(np_worker *w, size_t seat, np_situation *situation, np_payslip *payslip)
{
    w->seats[seat].situation = situation;
    w->seats[seat].payslip = payslip;
    w->ts.situations[seat] = situation;
    w->ts.values[seat] = payslip->slots;
}

static bool make_worker(np_engine *e, np_worker *w, const np_plan_book *own, const np_book *baseline)
{
    np_lane_read(&w->lane, e->arena, &e->window, own, baseline);
    for (size_t i = 0; i < NP_BATCH; i++) {
        np_seat *seat = &w->seats[i];
        seat->own_situation = np_situation_new(own->book, e->arena);
        seat->own_payslip = np_payslip_new(own->book, e->arena, false);
        seat->own_payslip->arena = e->scratch;
        seat_on(w, i, seat->own_situation, seat->own_payslip);
    }
    w->plain = np_situation_new(own->book, e->arena);
    w->woven = calloc(NP_WOVEN_MAX + 1, sizeof *w->woven);
    w->figures = np_arena_new(FIGURES_LIMIT);
    if (!w->woven || !w->figures) return false;
    np_ts_init(&w->ts, &e->window, own->book, e->arena, w->figures);
    np_worker_turn(w, 0);
    w->ts.eval.diags = &e->quiet;
    w->ts.eval.arena = e->arena; /* what stands, stands there */
    w->paid = np_arena_array(e->arena, w->lane.line_count + 1, sizeof *w->paid);
    w->counted = np_arena_array(e->arena, w->lane.line_count + 1, sizeof *w->counted);
    w->rises = np_arena_array(e->arena, (w->lane.line_count + 1) * NP_BATCH * e->window.years, sizeof *w->rises);
    w->held = np_arena_array(e->arena, own->book->slot_count + 1, sizeof *w->held);
    if (w->lane.possible) prepare_formulas(w, e->arena);
    w->ts.eval.arena = e->scratch;
    return true;
}

static void build(void *context)
{
    making *m = context;
    np_engine *e = m->engine;
    e->workers = np_arena_array(e->arena, e->count, sizeof *e->workers);
    e->place = np_file_new(e->arena, "row", "", 0);
    for (size_t i = 0; i < NP_BATCH; i++)
        e->text[i] = np_arena_array(e->arena, m->books[0].book->slot_count + 1, sizeof *e->text[i]);
    for (size_t i = 0; i < m->books[0].book->input_count; i++)
        if (m->books[0].book->inputs[i].slot >= e->inputs_end) e->inputs_end = m->books[0].book->inputs[i].slot + 1u;
    np_diags_init(&e->quiet, e->arena);
    np_lane *lanes[NP_PLAN_BOOKS_MAX];
    m->made = true;
    for (size_t i = 0; i < e->count && m->made; i++) {
        m->made = make_worker(e, &e->workers[i], &m->books[i], i ? m->books[0].book : NULL);
        lanes[i] = &e->workers[i].lane;
    }
    if (!m->made) return;
    np_lanes_agree(lanes, e->count);
    for (size_t i = 0; i < e->count; i++)
        for (size_t s = 0; s < NP_BATCH; s++) e->workers[i].seats[s].own_payslip->falling = &e->workers[i].lane.falling;
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
    making m = {e, books, false};
    if (e->arena && e->scratch && e->months && np_arena_guard(e->arena, build, &m) && m.made) return e;
    np_engine_free(e);
    return NULL;
}

void np_engine_free(np_engine *e)
{
    if (!e) return;
    for (size_t i = 0; e->workers && i < e->count; i++) {
        np_arena_free(e->workers[i].figures);
        free(e->workers[i].woven);
    }
    np_arena_free(e->months);
    np_arena_free(e->scratch);
    np_arena_free(e->arena);
    free(e);
}

bool np_engine_guard(np_engine *engine, void (*work)(void *context), void *context)
{
    return np_arena_guard(engine->scratch, work, context);
}

/* ---- beginning ---- */

static void begin_anew(np_engine *e)
{
    np_arena_reset(e->scratch);
    np_diags_init(&e->quiet, e->scratch);
    for (size_t i = 0; i < e->count; i++) {
        e->workers[i].woven_count = e->workers[i].rise_count = 0;
        np_ts_trim(&e->workers[i].ts);
    }
}

void np_engine_begin(np_engine *e, unsigned seat)
{
    e->counts.staff++;
    if (seat == 0) begin_anew(e);
    memset(e->workers[0].seats[seat].situation->given, 0, e->inputs_end * sizeof(bool));
    memset(e->text[seat], 0, e->inputs_end * sizeof *e->text[seat]);
}

/* What is wrong with an input is said of its slot, wherever in its text it is. */
static bool set_text(np_engine *e, np_situation *s, uint16_t slot, const char *name, const char *text, np_diags *diags)
{
    np_span place = {e->place, slot, 0};
    np_diags found;
    np_diags_init(&found, diags->arena);
    found.lang = diags->lang;
    bool ok = np_situation_set_text(s, &found, name, text, place, place);
    for (const np_diag *d = found.first; d; d = d->next) np_diag_copy(diags, d, place, "");
    return ok;
}

bool np_engine_give(np_engine *e, unsigned seat, uint16_t slot, const char *text, size_t length, np_diags *diags)
{
    np_situation *s = e->workers[0].seats[seat].situation;
    const np_input *input = &s->book->inputs[s->book->slots[slot].index];
    e->text[seat][slot] = text;
    if (np_book_read_plain(s->book, e->scratch, input, text, length, &s->values[slot])) {
        s->given[slot] = true;
        return true;
    }
    if (!set_text(e, s, slot, input->name, text, diags)) return false;
    uint16_t twin = s->book->twin_slot; /* "G8-G10" gives two inputs */
    if (slot == s->book->grade_slot && twin != UINT16_MAX && s->given[twin])
        e->text[seat][twin] = s->book->grades[s->values[twin].as.grade].name;
    return true;
}

/* ---- the fast way: one book for all seats ---- */

static void take_from_baseline(const np_engine *e, np_worker *w)
{
    const np_book *book = e->workers[0].lane.book;
    unsigned seat = w->ts.row;
    memset(w->seat->situation->given, 0, w->lane.book->slot_count * sizeof(bool));
    for (uint16_t slot = 0; slot < book->slot_count; slot++) {
        uint16_t here = w->lane.slot_of[slot];
        if (here != UINT16_MAX && e->text[seat][slot])
            np_situation_set_value(w->seat->situation, here, e->workers[0].seats[seat].situation->values[slot]);
    }
}

static bool is_asked(const np_worker *w, size_t check, unsigned seat)
{
    uint16_t guard = w->lane.check_guards[check];
    return guard == UINT16_MAX || w->ts.situations[seat]->given[guard];
}

/* Whether none of the checks that do not stand finds a contradiction. */
static bool checks_hold(np_engine *e, const np_worker *w)
{
    bool ok = true;
    for (size_t i = 0; i < w->lane.check_count; i++)
        if (!w->lane.check_stands[i] && is_asked(w, i, w->ts.row))
            ok = np_plan_checks(&w->lane.checks[i], 1, w->seat->situation, w->seat->payslip, &e->quiet) && ok;
    return ok;
}

/* Checks that ask nothing but inputs, while these are as in the first month. Who contradicts is taken out. */
static void check_inputs(np_worker *w, np_rows *seats)
{
    np_value room[NP_BATCH];
    const np_value *holds[NP_BATCH];
    w->ts.fallen = 0;
    w->ts.from = w->from;
    w->ts.until = w->until;
    for (size_t i = 0; i < w->lane.check_count; i++) {
        np_rows asked = {0};
        for (unsigned k = 0; w->lane.check_stands[i] && k < seats->count; k++)
            if (is_asked(w, i, seats->of[k])) np_rows_add(&asked, seats->of[k]);
        if (asked.count) np_ts_of_batch(&w->ts, &w->lane.checks[i]->when, &asked, room, holds);
        for (unsigned k = 0; k < asked.count; k++) {
            const np_value *value = holds[asked.of[k]];
            bool fine = value && (value->unknown || !value->as.truth);
            w->ts.fallen |= (uint64_t)!fine << asked.of[k];
        }
    }
    np_rows before = *seats;
    seats->count = 0;
    for (unsigned k = 0; k < before.count; k++)
        if (!(w->ts.fallen >> before.of[k] & 1)) np_rows_add(seats, before.of[k]);
}

static bool checks_again(const np_engine *e, const np_worker *w)
{
    return w == &e->workers[0] || w->lane.checks_changed || w->lane.inputs_changed;
}

/* Checks and track computed anew. */
static bool prepare_anew(np_engine *e, np_worker *w)
{
    const np_lane *lane = &w->lane;
    bool first = w == &e->workers[0];
    if (checks_again(e, w) && !checks_hold(e, w)) return false;
    if (!np_worker_track(e, w)) return false;
    w->seat->same_track = !first && !lane->inputs_changed && !lane->own && np_worker_same_track(w, &e->workers[0]);
    return np_worker_currency(w);
}

static bool prepare_as_baseline(np_engine *e, np_worker *w)
{
    unsigned seat = w->ts.row;
    np_seat *to = w->seat;
    const np_seat *from = &e->workers[0].seats[seat];
    seat_on(w, seat, from->situation, from->payslip);
    np_worker_turn(w, seat);
    to->from = from->from;
    to->until = from->until;
    to->end = from->end;
    to->contract_end = from->contract_end;
    to->known_until = from->known_until;
    to->step_assumed = from->step_assumed;
    to->same_track = true;
    return !np_worker_begins_apart(e, w) && np_worker_currency(w);
}

static bool goes_on_as_baseline(const np_engine *e, const np_worker *w, unsigned seat)
{
    const np_lane *lane = &w->lane;
    return w != &e->workers[0] && !lane->inputs_changed && !lane->terms_changed && !lane->checks_changed &&
           !(lane->twins_changed && np_worker_is_twin(&e->workers[0], seat));
}

/* Inputs, checks and track of these seats, which are fast so far. */
static void prepare(np_engine *e, np_worker *w, const np_rows *seats)
{
    np_rows anew = {0}, alike = {0};
    for (unsigned i = 0; i < seats->count; i++) {
        unsigned s = seats->of[i];
        w->seats[s].different = 0;
        w->seats[s].fast = false;
        if (goes_on_as_baseline(e, w, s)) {
            np_rows_add(&alike, s);
            continue;
        }
        seat_on(w, s, w->seats[s].own_situation, w->seats[s].own_payslip);
        np_worker_turn(w, s);
        if (w != &e->workers[0]) take_from_baseline(e, w);
        np_rows_add(&anew, s);
    }
    np_worker_inputs(e, w, &anew);
    if (checks_again(e, w)) check_inputs(w, &anew);
    for (unsigned i = 0; i < anew.count; i++) {
        np_worker_turn(w, anew.of[i]);
        np_worker_settle(w, prepare_anew(e, w));
    }
    np_worker_inputs_of(w, &e->workers[0], &alike);
    for (unsigned i = 0; i < alike.count; i++) {
        np_worker_turn(w, alike.of[i]);
        np_worker_settle(w, prepare_as_baseline(e, w));
    }
}

/* Whom rules are computed for. */
static void list_seats(np_worker *w, const np_worker *baseline, unsigned count)
{
    w->alone.count = w->beside.count = 0;
    for (unsigned s = 0; s < count; s++) {
        const np_seat *seat = &w->seats[s];
        w->from[s] = seat->from;
        w->until[s] = seat->until;
        if (seat->fast && seat->from < seat->until)
            np_rows_add(w != baseline && seat->same_track ? &w->beside : &w->alone, s);
    }
}

static void drop(np_rows *seats, unsigned seat)
{
    np_rows before = *seats;
    seats->count = 0;
    for (unsigned i = 0; i < before.count; i++)
        if (before.of[i] != seat) np_rows_add(seats, before.of[i]);
}

void np_worker_settle(np_worker *w, bool ok)
{
    w->seat->fast = ok && !w->ts.failed && !w->ts.eval.failed;
    if (!w->seat->fast) {
        drop(&w->alone, w->ts.row);
        drop(&w->beside, w->ts.row);
    }
    w->ts.failed = w->ts.eval.failed = false;
    w->ts.used = 0;
}

static void finish(const np_engine *e, np_worker *w, np_outcome *outcome)
{
    bool applies;
    np_worker_settle(w, np_worker_applies(w, &applies));
    if (!w->seat->fast) return;
    np_worker_outcome(w, outcome);
    outcome->applies = applies;
    outcome->beyond =
        np_plan_goes_beyond(&e->window, w->seat->contract_end, w->seat->end, w->seat->from, w->seat->until);
    outcome->beyond_age =
        np_plan_goes_beyond(&e->window, w->seat->known_until, w->seat->end, w->seat->from, w->seat->until);
    outcome->step_assumed = w->seat->step_assumed;
}

/* Each rule for all seats, one rule after the other. */
static void run_fast(np_engine *e, size_t number, const np_engine_seat *seats, unsigned count)
{
    np_worker *w = &e->workers[number], *baseline = &e->workers[0];
    bool possible = !e->options.reference && w->lane.possible && !w->lane.apart && baseline->lane.possible;
    np_rows fast = {0};
    for (unsigned s = 0; s < count; s++) {
        if (possible && seats[s].done && (number == 0 || baseline->seats[s].fast))
            np_rows_add(&fast, s);
        else
            w->seats[s].fast = false;
    }
    if (fast.count == 0) return;
    prepare(e, w, &fast);
    list_seats(w, baseline, count);
    for (size_t i = 0; i < w->lane.knot_count; i++) np_worker_rule(w, baseline, &w->lane.knots[i], count);
    for (unsigned s = 0; s < count; s++) {
        if (!w->seats[s].fast) continue;
        np_worker_turn(w, s);
        finish(e, w, &seats[s].outcomes[number]);
    }
}

/* ---- the plain way: one member of staff under one book ---- */

/* Nothing that was found for a seat is taken to be there still. */
static void forget_defaults(np_worker *w, unsigned seat)
{
    for (size_t i = 0; i < w->lane.book->slot_count; i++) w->by_default[i] &= ~((uint64_t)1 << seat);
}

/* A run of np_plan_reference, which takes memory for each month. */
typedef struct plain_run {
    np_engine *engine;
    np_worker *worker;
    np_payslip *payslip;
    np_outcome *outcome;
    np_diags *diags;
    bool done;
} plain_run;

static void compute_months(void *context)
{
    plain_run *p = context;
    p->done =
        np_plan_reference(p->worker->plain, p->payslip, &p->engine->window, p->worker->lane.when, p->outcome, p->diags);
}

/* In memory of its own, which is free again afterwards: amounts move to that of the seats. */
static bool run_months(plain_run *p)
{
    np_engine *e = p->engine;
    np_arena_reset(e->months);
    p->payslip->arena = e->months;
    bool room = np_arena_guard(e->months, compute_months, p);
    p->payslip->arena = e->scratch;
    if (!room) np_arena_give_up(e->scratch);
    for (uint16_t y = 0; p->done && y < e->window.years; y++) {
        np_num *amounts[] = {&p->outcome->years[y].gross, &p->outcome->years[y].net, &p->outcome->years[y].employer};
        for (size_t i = 0; i < 3; i++) *amounts[i] = np_num_copy(e->scratch, *amounts[i]);
    }
    return p->done;
}

/* What was given, as it was given. */
static bool run_plain(np_engine *e, size_t number, unsigned seat, const np_engine_seat *result)
{
    const np_book *book = e->workers[0].lane.book;
    np_worker *w = &e->workers[number];
    np_situation *s = w->plain;
    e->counts.slow++;
    memset(s->given, 0, s->book->slot_count * sizeof *s->given);
    forget_defaults(w, seat);
    for (uint16_t slot = 0; slot < book->slot_count; slot++) {
        const char *text = e->text[seat][slot];
        if (!text) continue;
        const char *name = book->inputs[book->slots[slot].index].name;
        if (!set_text(e, s, slot, name, text, result->diags)) return false;
    }
    plain_run run = {e, w, w->seats[seat].own_payslip, &result->outcomes[number], result->diags, false};
    return run_months(&run);
}

/* Whether the difference from the baseline goes by what is not known. */
static bool is_unsure(const np_lane *lane, const np_outcome *outcome, const np_outcome *baseline)
{
    uint64_t open = 0;
    for (size_t i = 0; i < NP_SLOTS_MAX / 64; i++)
        open |= (outcome->open[i] & lane->touched[i]) | (baseline->open[i] & lane->touched_there[i]);
    return open != 0;
}

void np_engine_run(np_engine *e, np_engine_seat *seats, unsigned count)
{
    for (size_t i = 0; i < e->count; i++) run_fast(e, i, seats, count);
    for (unsigned s = 0; s < count; s++) {
        np_outcome *outcomes = seats[s].outcomes;
        for (size_t i = 0; i < e->count && seats[s].done; i++) {
            if (!e->workers[i].seats[s].fast) seats[s].done = run_plain(e, i, s, &seats[s]);
            if (!seats[s].done) break;
            outcomes[i].unsure = i > 0 && is_unsure(&e->workers[i].lane, &outcomes[i], &outcomes[0]);
            if (i == 0 || outcomes[i].applies) continue;
            outcomes[i] = outcomes[0];
            outcomes[i].applies = false;
        }
        for (size_t i = 0; i < e->count && !seats[s].done; i++) forget_defaults(&e->workers[i], s);
    }
}

/* Inputs as they are when the career begins, before months go by: as given, or by their defaults, which come after what
 * they name. */
static void restore_inputs(np_engine *e, np_worker *w, unsigned seat)
{
    const np_book *book = w->lane.book;
    const np_career_slots *at = &book->career->slots;
    np_payslip *payslip = w->seat->payslip;
    const np_value *values = w->seat->situation->values;
    np_eval eval = np_payslip_eval(payslip, w->seat->situation, &e->quiet, NULL);
    forget_defaults(w, seat);
    for (uint16_t slot = 0; slot < e->inputs_end; slot++) /* the career has given some since */
        w->seat->situation->given[slot] = e->text[seat][slot] != NULL;
    for (size_t i = 0; i < book->order_count; i++) {
        uint16_t slot = book->order[i];
        if (book->slots[slot].kind != NP_SLOT_INPUT) continue;
        const np_formula *fallback = &book->inputs[book->slots[slot].index].fallback;
        np_value *value = &payslip->slots[slot];
        if (e->text[seat][slot])
            *value = values[slot];
        else if (slot == book->date_slot && e->text[seat][at->start])
            *value = (np_value){.type = NP_DATE, .as.date = values[at->start].as.date};
        else if (slot == at->grade_at_recruitment && e->text[seat][at->grade])
            *value = values[at->grade];
        else
            *value = fallback->root ? np_eval_formula(&eval, fallback) : np_ts_unknown((uint8_t)book->slots[slot].type);
    }
}

np_value np_engine_input(np_engine *e, unsigned seat, uint16_t slot)
{
    np_worker *w = &e->workers[0];
    const np_book *book = w->lane.book;
    const np_node *fallback = book->inputs[book->slots[slot].index].fallback.root;
    np_worker_turn(w, seat);
    if (e->text[seat][slot]) return w->seat->situation->values[slot];
    if (!fallback) return np_ts_unknown((uint8_t)book->slots[slot].type);
    if (fallback->op == NP_OP_LITERAL) return fallback->literal;
    restore_inputs(e, w, seat);
    return w->seat->payslip->slots[slot];
}

np_engine_count np_engine_counts(const np_engine *e)
{
    return e->counts;
}

int np_engine_slot_at(const np_engine *e, np_span at)
{
    return at.file == e->place ? (int)at.offset : -1;
}
