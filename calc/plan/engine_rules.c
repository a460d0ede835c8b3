/* What rules give over the months in service. */
#include "engine_parts.h"

/* ---- what is kept ---- */

static np_piece *next_piece(np_worker *w)
{
    if (w->woven_count == NP_WOVEN_MAX) w->loom.failed = true; /* the place behind the last is for what is lost */
    return &w->woven[w->woven_count];
}

static void keep(np_worker *w, size_t first, uint16_t from, uint8_t state)
{
    np_piece *piece = &w->woven[w->woven_count];
    piece->from = from;
    piece->state = state;
    bool new = w->woven_count == first || !np_piece_same(piece - 1, piece);
    w->woven_count += new && w->woven_count < NP_WOVEN_MAX;
}

void np_worker_weave(np_worker *w, size_t first, const np_value *value, uint16_t from, uint8_t state)
{
    next_piece(w)->value = *value;
    keep(w, first, from, state);
}

np_series np_worker_woven(const np_worker *w, size_t first)
{
    size_t count = w->woven_count - first;
    return (np_series){w->woven + first, count ? count : 1};
}

/* ---- one rule ---- */

/* A rule while it is computed, from month to month. */
typedef struct weaving {
    np_worker *w;
    const np_knot *knot;
    size_t first; /* of its pieces */
} weaving;

/* What a rule's slot holds when it is not due: zero, or no. */
static np_value nothing(np_type type, uint8_t status)
{
    np_value value = {.type = (uint8_t)type, .status = status};
    if (type == NP_MONEY) value.currency = NP_CURRENCY_ANY;
    value.as.number = np_num_small(0, type == NP_MONEY || type == NP_NUMBER);
    return value;
}

/* Neither in force nor due. */
static void weave_nothing(const weaving *v, uint8_t status, uint8_t state, uint16_t from)
{
    if (v->knot->leaf) return;
    next_piece(v->w)->value = nothing(v->knot->rule->type, status);
    keep(v->w, v->first, from, state);
}

static void weave_open(const weaving *v, uint16_t from, uint16_t until)
{
    np_value *value = &next_piece(v->w)->value;
    *value = np_series_unknown((uint8_t)v->knot->rule->type);
    if (v->knot->line != NP_NO_LINE) np_worker_pay(v->w, v->knot, value, NP_LINE_OPEN, from, until);
    if (!v->knot->leaf) keep(v->w, v->first, from, NP_LINE_OPEN);
}

/* The amount as the payslip has it: no surer than its condition and its rule, and rounded. */
static void finish(np_worker *w, const np_rule *rule, uint8_t status, np_value *value)
{
    const np_book *book = w->lane.book;
    if (value->status < status) value->status = status;
    if (rule->has_status && value->status < rule->status) value->status = (uint8_t)rule->status;
    if (value->type != NP_MONEY || !rule->rounds || value->currency >= book->currency_count) return;
    const np_num unit = book->currencies[value->currency].minor_unit;
    if (unit.of.small == 1 && unit.den == value->as.number.den) return;
    if (rule->rounding == NP_ROUND_HALF_UP && unit.of.small == 1 && unit.den < INT32_MAX &&
        np_num_round_small(value->as.number, unit.den, &value->as.number))
        return;
    value->as.number = np_num_round(w->loom.eval.arena, value->as.number, unit, rule->rounding);
    if (!np_num_valid(value->as.number)) w->loom.failed = true;
}

/* A line that nothing names, paid in the usual way: rounded to the minor unit of the payslip's currency, halves up. */
static inline bool pay_at_once(const weaving *v, uint8_t status, const np_value *amount, uint16_t from, uint16_t until)
{
    np_worker *w = v->w;
    const np_rule *rule = v->knot->rule;
    np_num rounded;
    if (!v->knot->leaf || rule->kind == NP_ONCE || amount->type != NP_MONEY || amount->currency != w->seat->currency ||
        !rule->rounds || rule->rounding != NP_ROUND_HALF_UP ||
        !np_num_round_small(amount->as.number, w->seat->unit, &rounded))
        return false;
    if (amount->status > status) status = amount->status;
    if (rule->has_status && rule->status > status) status = (uint8_t)rule->status;
    np_worker_pay_units(w, &w->paid[v->knot->line][w->loom.seat], rounded.of.small, status, from, until);
    return true;
}

static void weave_value(const weaving *v, uint8_t status, const np_value *amount, uint16_t from, uint16_t until)
{
    if (amount->unknown) {
        weave_open(v, from, until);
        return;
    }
    if (pay_at_once(v, status, amount, from, until)) return;
    np_value *value = &next_piece(v->w)->value;
    *value = *amount;
    finish(v->w, v->knot->rule, status, value);
    if (v->knot->line != NP_NO_LINE) np_worker_pay(v->w, v->knot, value, NP_LINE_DUE, from, until);
    if (!v->knot->leaf) keep(v->w, v->first, from, NP_LINE_DUE);
}

/* A figure that stands times what another rule comes to, as most lines are: paid piece by piece. False when the amount
 * is no such product. */
static bool pay_product(const weaving *v, uint8_t status, uint16_t from, uint16_t until)
{
    np_loom *loom = &v->w->loom;
    const np_node *root = v->knot->rule->amount.root;
    if (!v->knot->leaf || root->op != NP_OP_MUL || root->args[1]->op != NP_OP_SLOT) return false;
    np_series rate = loom->standing[root->args[0]->id];
    if (rate.count != 1 || rate.pieces->value.unknown) return false;
    np_series of = np_series_cut(loom->slots[root->args[1]->index][loom->seat], from, until);
    for (size_t i = 0; i < of.count; i++) {
        uint16_t start = i ? of.pieces[i].from : from, end = i + 1 < of.count ? of.pieces[i + 1].from : until;
        np_value amount;
        if (of.pieces[i].value.unknown)
            weave_open(v, start, end);
        else if (np_value_multiply(&rate.pieces->value, &of.pieces[i].value, root->type, &amount))
            weave_value(v, status, &amount, start, end);
        else
            loom->failed = true; /* large numbers go the plain way */
    }
    return true;
}

static void weave_amount(const weaving *v, uint8_t status, uint16_t from, uint16_t until)
{
    np_loom *loom = &v->w->loom;
    const np_formula *formula = &v->knot->rule->amount;
    np_value room;
    if (pay_product(v, status, from, until)) return;
    const np_value *flat = np_series_flat(loom, formula, from, until, &room);
    if (flat) {
        weave_value(v, status, flat, from, until);
        return;
    }
    size_t mark = loom->used;
    np_series amount = np_series_of(loom, formula, from, until);
    for (size_t i = 0; i < amount.count && !loom->failed; i++)
        weave_value(v, status, &amount.pieces[i].value, i ? amount.pieces[i].from : from,
                    i + 1 < amount.count ? amount.pieces[i + 1].from : until);
    loom->used = mark;
}

/* The months through which a condition is what it is. */
static void weave_holding(const weaving *v, const np_value *holds, uint16_t from, uint16_t until)
{
    if (holds->unknown)
        weave_open(v, from, until);
    else if (holds->as.truth)
        weave_amount(v, holds->status, from, until);
    else
        weave_nothing(v, holds->status, NP_LINE_NOT_DUE, from);
}

static void weave_condition(const weaving *v, uint16_t from, uint16_t until)
{
    np_loom *loom = &v->w->loom;
    const np_formula *formula = &v->knot->rule->when;
    if (!formula->root) {
        weave_amount(v, NP_PUBLISHED, from, until);
        return;
    }
    np_value room;
    const np_value *flat = np_series_flat(loom, formula, from, until, &room);
    if (flat) {
        weave_holding(v, flat, from, until);
        return;
    }
    np_series when = np_series_of(loom, formula, from, until);
    for (size_t i = 0; i < when.count && !loom->failed; i++)
        weave_holding(v, &when.pieces[i].value, i ? when.pieces[i].from : from,
                      i + 1 < when.count ? when.pieces[i + 1].from : until);
}

static void begin_line(np_worker *w, uint16_t line)
{
    np_paid *paid = &w->paid[line][w->loom.seat];
    *paid = (np_paid){.years = paid->years};
    w->counted[line][w->loom.seat] = paid;
}

/* A rule that is in force in the months begin <= month < end, if any. */
static void weave_rule(np_worker *w, const np_knot *knot, uint16_t begin, uint16_t end)
{
    weaving v = {w, knot, w->woven_count};
    if (knot->line != NP_NO_LINE) begin_line(w, knot->line);
    if (begin > w->seat->from || begin >= end) weave_nothing(&v, NP_PUBLISHED, NP_LINE_NOT_IN_FORCE, w->seat->from);
    if (begin < end) {
        weave_condition(&v, begin, end);
        if (end < w->seat->until) weave_nothing(&v, NP_PUBLISHED, NP_LINE_NOT_IN_FORCE, end);
    }
    if (!knot->leaf) w->loom.slots[knot->slot][w->loom.seat] = np_worker_woven(w, v.first);
    w->loom.used = 0;
}

/* What comes once matters in the month alone in which it falls: elsewhere it is as good as not in force. */
static void clip_to_day(np_worker *w, const np_knot *knot, uint16_t *begin, uint16_t *end)
{
    const np_window *window = w->loom.window;
    np_series days = np_series_of(&w->loom, &knot->rule->date, w->seat->from, w->seat->until);
    const np_value *day = &days.pieces->value;
    if (days.count != 1 || day->moving || day->unknown) return;
    uint16_t month = np_window_month(window, day->as.date);
    bool inside = day->as.date >= window->start[w->seat->from] && day->as.date < window->start[w->seat->until];
    if (!inside || month >= *end || month < *begin) {
        *end = *begin;
    } else {
        *begin = month;
        *end = (uint16_t)(month + 1);
    }
}

/* ---- all rules ---- */

/* Whether a rule's condition fails at its first word, in all months; *status: how sure that is. */
static bool is_barred(const np_worker *w, const np_knot *knot, uint8_t *status)
{
    if (knot->guard == UINT16_MAX) return false;
    np_series guard = w->loom.slots[knot->guard][w->loom.seat];
    const np_value *value = &guard.pieces->value;
    if (guard.count != 1 || value->unknown || value->as.truth != knot->guard_is_no) return false;
    *status = value->status;
    return true;
}

static void weave_barred(np_worker *w, const np_knot *knot, uint8_t status)
{
    weaving v = {w, knot, w->woven_count};
    if (knot->line != NP_NO_LINE) begin_line(w, knot->line);
    weave_nothing(&v, status, NP_LINE_NOT_DUE, w->seat->from);
    if (!knot->leaf) w->loom.slots[knot->slot][w->loom.seat] = np_worker_woven(w, v.first);
}

static void weave_knot(np_worker *w, const np_knot *knot)
{
    uint8_t status;
    if (knot->from == 0 && knot->until == w->loom.window->months && is_barred(w, knot, &status)) {
        weave_barred(w, knot, status);
        return;
    }
    uint16_t begin = knot->from > w->seat->from ? knot->from : w->seat->from;
    uint16_t end = knot->until < w->seat->until ? knot->until : w->seat->until;
    if (knot->falls && begin < end) clip_to_day(w, knot, &begin, &end);
    weave_rule(w, knot, begin, end);
}

static bool touches(const np_slot_set *a, const np_slot_set *b)
{
    uint64_t both = 0;
    for (size_t i = 0; i < NP_SLOTS_MAX / 64; i++) both |= a->bits[i] & b->bits[i];
    return both != 0;
}

/* Whether a rule of the baseline is neither due nor open in any month, so that its amount does not matter. */
static bool is_idle(const np_worker *baseline, const np_knot *knot, unsigned seat)
{
    if (knot->line != NP_NO_LINE) {
        const np_paid *paid = baseline->counted[knot->line][seat];
        return !paid->due && !paid->open;
    }
    np_series s = baseline->loom.slots[knot->slot][seat];
    for (size_t i = 0; i < s.count; i++)
        if (s.pieces[i].state == NP_LINE_DUE || s.pieces[i].state == NP_LINE_OPEN) return false;
    return true;
}

/* Beside the baseline a rule has to be computed when the scenario changes what it says, or when something that it names
 * came out differently for this member of staff. */
static bool may_differ(const np_worker *w, const np_worker *baseline, const np_knot *knot)
{
    const np_book *book = w->lane.book;
    const np_slot_set *different = &w->seat->different;
    if (knot->other_when || touches(&book->depends_when[knot->slot], different)) return true;
    bool amount = knot->other_amount || touches(&book->depends[knot->slot], different);
    return amount && !is_idle(baseline, knot, w->loom.seat);
}

void np_worker_rule(np_worker *w, const np_worker *baseline, const np_knot *knot)
{
    if (w == baseline || !w->seat->same_track) {
        weave_knot(w, knot);
        return;
    }
    unsigned seat = w->loom.seat;
    np_series before = baseline->loom.slots[knot->slot][seat];
    if (!may_differ(w, baseline, knot)) {
        w->loom.slots[knot->slot][seat] = before;
        if (knot->line != NP_NO_LINE) w->counted[knot->line][seat] = baseline->counted[knot->line][seat];
        return;
    }
    weave_knot(w, knot);
    if (!knot->leaf && !np_series_same(w->loom.slots[knot->slot][seat], before))
        w->seat->different.bits[knot->slot / 64] |= (uint64_t)1 << (knot->slot % 64);
}

bool np_worker_applies(np_worker *w, bool *applies)
{
    const np_formula *when = w->lane.when;
    *applies = true;
    if (!when->root || w->seat->from >= w->seat->until) return true;
    np_series holds = np_series_of(&w->loom, when, w->seat->from, (uint16_t)(w->seat->from + 1));
    const np_value *value = &holds.pieces->value;
    w->loom.used = 0;
    if (w->loom.failed || value->unknown) return false;
    *applies = value->as.truth;
    return true;
}
