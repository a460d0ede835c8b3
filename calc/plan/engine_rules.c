/* What rules give over the months in service. */
#include "engine_parts.h"

/* ---- what is kept ---- */

static inline np_segment *next_segment(np_worker *w)
{
    if (w->woven_count == NP_WOVEN_MAX) w->ts.failed = true; /* the place behind the last is for what is lost */
    return &w->woven[w->woven_count];
}

static inline void keep(np_worker *w, size_t first, uint16_t from, uint8_t state)
{
    np_segment *segment = &w->woven[w->woven_count];
    segment->from = from;
    segment->state = state;
    if (w->woven_count > first && np_segment_same(segment - 1, segment)) return;
    w->woven_count += w->woven_count < NP_WOVEN_MAX;
}

void np_worker_weave(np_worker *w, size_t first, const np_value *value, uint16_t from, uint8_t state)
{
    next_segment(w)->value = *value;
    keep(w, first, from, state);
}

np_series np_worker_woven(const np_worker *w, size_t first)
{
    size_t count = w->woven_count - first;
    return (np_series){w->woven + first, count ? count : 1};
}

/* ---- one rule ---- */

/* A rule while it is computed, for one seat after the other, from month to month. */
typedef struct weaving {
    np_worker *w;
    const np_knot *knot;
    bool monthly;  /* what is due comes every month */
    bool at_once;  /* ... and nothing names it, and it is rounded to the minor unit of its currency, halves up */
    np_paid *paid; /* of the seat whose turn it is; NULL: the rule is a fact */
    size_t first;  /* of its segments */
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
    next_segment(v->w)->value = nothing(v->knot->rule->type, status);
    keep(v->w, v->first, from, state);
}

static void weave_open(const weaving *v, uint16_t from, uint16_t until)
{
    np_value *value = &next_segment(v->w)->value;
    *value = np_ts_unknown((uint8_t)v->knot->rule->type);
    if (v->paid) np_worker_pay(v->w, v->knot, value, NP_LINE_OPEN, from, until);
    if (!v->knot->leaf) keep(v->w, v->first, from, NP_LINE_OPEN);
}

/* Any currency, any rounding, any fraction. */
static void round_anyhow(np_worker *w, const np_rule *rule, np_value *value)
{
    const np_book *book = w->lane.book;
    if (value->currency >= book->currency_count) return;
    const np_num unit = book->currencies[value->currency].minor_unit;
    value->as.number = np_num_round(w->ts.eval.arena, value->as.number, unit, rule->rounding);
    if (!np_num_valid(value->as.number)) w->ts.failed = true;
}

static inline void round_money(np_worker *w, const np_rule *rule, np_value *value)
{
    const np_seat *seat = w->seat;
    if (value->currency == seat->currency) {
        if (value->as.number.den == seat->unit) return;
        if (rule->rounding == NP_ROUND_HALF_UP && np_num_round_small(value->as.number, seat->unit, &value->as.number))
            return;
    }
    round_anyhow(w, rule, value);
}

/* The weakest of a condition and of what its rule is said to be. */
static inline uint8_t rule_status(const np_rule *rule, uint8_t status)
{
    return rule->has_status ? np_weaker(status, (uint8_t)rule->status) : status;
}

/* What is due comes to the value that lies in the next segment's place; `status`: the weakest of condition and
 * rule. */
static inline void weave_placed(const weaving *v, uint8_t status, uint16_t from, uint16_t until)
{
    np_worker *w = v->w;
    const np_rule *rule = v->knot->rule;
    np_value *value = &w->woven[w->woven_count].value;
    value->status = np_weaker(value->status, status);
    if (value->type == NP_MONEY && rule->rounds) round_money(w, rule, value);
    if (v->paid && v->monthly && value->currency == w->seat->currency && value->as.number.den == w->seat->unit)
        np_worker_pay_units(w, v->paid, value->as.number.of.small, value->status, from, until);
    else if (v->paid)
        np_worker_pay(w, v->knot, value, NP_LINE_DUE, from, until);
    if (!v->knot->leaf) keep(w, v->first, from, NP_LINE_DUE);
}

static void weave_value(const weaving *v, uint8_t status, const np_value *amount, uint16_t from, uint16_t until)
{
    np_worker *w = v->w;
    np_num rounded;
    if (amount->unknown) {
        weave_open(v, from, until);
    } else if (v->at_once && amount->type == NP_MONEY && amount->currency == w->seat->currency &&
               np_num_round_small(amount->as.number, w->seat->unit, &rounded)) {
        status = np_weaker(amount->status, rule_status(v->knot->rule, status));
        np_worker_pay_units(w, v->paid, rounded.of.small, status, from, until);
    } else {
        next_segment(w)->value = *amount;
        weave_placed(v, rule_status(v->knot->rule, status), from, until);
    }
}

/* ---- products, as most amounts are: they need no series of their own ---- */

static void weave_product(const weaving *v, uint8_t status, const np_value *a, const np_value *b, uint16_t from,
                          uint16_t until)
{
    np_worker *w = v->w;
    const np_node *root = v->knot->rule->amount.root;
    if (a->unknown || b->unknown) {
        weave_open(v, from, until);
        return;
    }
    np_value *value = &next_segment(w)->value;
    if (!np_value_multiply(a, b, root->type, value)) {
        const np_value *result = np_eval_operate(&w->ts.eval, root, a, b, value);
        if (result != value) *value = *result;
    }
    weave_placed(v, status, from, until);
}

/* An amount in the payslip's currency times a fraction, in whole minor units; false when it is not that simple. */
static inline bool scaled_units(const np_value *amount, np_num by, uint16_t currency, int64_t unit, int64_t *units)
{
    np_num n = amount->as.number, rounded;
    if (amount->unknown || amount->type != NP_MONEY || amount->currency != currency || n.den <= 0 ||
        __builtin_mul_overflow(n.of.small, by.of.small, &n.of.small))
        return false;
    /* of whole minor units, the unit cancels out */
    if (n.den == unit) return np_num_whole_small(n.of.small, by.den, units);
    if (__builtin_mul_overflow(n.den, by.den, &n.den) || !np_num_round_small(n, unit, &rounded)) return false;
    *units = rounded.of.small;
    return true;
}

/* A line that nothing names, which is a fraction that stands of some amount; the other way round when `swap`. */
static void pay_share(const weaving *v, uint8_t status, const np_value *share, np_series of, bool swap, uint16_t from,
                      uint16_t until)
{
    np_worker *w = v->w;
    const np_num by = share->as.number;
    const uint16_t currency = w->seat->currency;
    const int64_t unit = w->seat->unit;
    status = np_weaker(status, share->status);
    for (size_t i = 0; i < of.count; i++) {
        const np_value *amount = &of.segments[i].value;
        uint16_t start = i ? of.segments[i].from : from, end = i + 1 < of.count ? of.segments[i + 1].from : until;
        int64_t units;
        if (scaled_units(amount, by, currency, unit, &units))
            np_worker_pay_units(w, v->paid, units, np_weaker(amount->status, status), start, end);
        else if (swap)
            weave_product(v, status, share, amount, start, end);
        else
            weave_product(v, status, amount, share, start, end);
    }
}

static bool is_share(np_series s)
{
    const np_value *value = &s.segments->value;
    return s.count == 1 && !value->unknown && value->type == NP_NUMBER && value->as.number.den > 0;
}

static void weave_products(const weaving *v, uint8_t status, uint16_t from, uint16_t until)
{
    np_ts_eval *ts = &v->w->ts;
    const np_rule *rule = v->knot->rule;
    const np_node *root = rule->amount.root;
    status = rule_status(rule, status);
    ts->eval.formula = &rule->amount;
    np_series a = np_ts_node(ts, root->args[0], from, until);
    np_series b = np_ts_node(ts, root->args[1], from, until);
    ts->failed = ts->failed || ts->eval.failed;
    if (ts->failed) return;
    if (v->at_once && is_share(a)) {
        pay_share(v, status, &a.segments->value, b, true, from, until);
    } else if (v->at_once && is_share(b)) {
        pay_share(v, status, &b.segments->value, a, false, from, until);
    } else if (b.count == 1) {
        for (size_t i = 0; i < a.count; i++)
            weave_product(v, status, &a.segments[i].value, &b.segments->value, i ? a.segments[i].from : from,
                          i + 1 < a.count ? a.segments[i + 1].from : until);
    } else {
        for (uint16_t month = from, next; month < until; month = next) {
            next = np_series_go(&b, month, np_series_go(&a, month, until));
            weave_product(v, status, &a.segments->value, &b.segments->value, month, next);
        }
    }
}

/* ---- condition and amount of one seat ---- */

/* An amount that need not stand through these months. */
static void weave_amount(const weaving *v, uint8_t status, uint16_t from, uint16_t until)
{
    np_ts_eval *ts = &v->w->ts;
    const np_formula *formula = &v->knot->rule->amount;
    size_t mark = ts->used;
    if (formula->root->op == NP_OP_MUL) {
        weave_products(v, status, from, until);
    } else {
        np_series amount = np_ts_of(ts, formula, from, until);
        for (size_t i = 0; i < amount.count && !ts->failed; i++)
            weave_value(v, status, &amount.segments[i].value, i ? amount.segments[i].from : from,
                        i + 1 < amount.count ? amount.segments[i + 1].from : until);
    }
    ts->used = mark;
}

/* The months through which a condition is what it is. `amount`: when it is known to stand through them; else NULL. */
static void weave_holding(const weaving *v, const np_value *holds, const np_value *amount, uint16_t from,
                          uint16_t until)
{
    if (holds->unknown)
        weave_open(v, from, until);
    else if (!holds->as.truth)
        weave_nothing(v, holds->status, NP_LINE_NOT_DUE, from);
    else if (amount)
        weave_value(v, holds->status, amount, from, until);
    else
        weave_amount(v, holds->status, from, until);
}

/* A condition that need not stand. */
static void weave_condition(const weaving *v, uint16_t from, uint16_t until)
{
    np_ts_eval *ts = &v->w->ts;
    np_series when = np_ts_of(ts, &v->knot->rule->when, from, until);
    for (size_t i = 0; i < when.count && !ts->failed; i++)
        weave_holding(v, &when.segments[i].value, NULL, i ? when.segments[i].from : from,
                      i + 1 < when.count ? when.segments[i + 1].from : until);
}

/* All months in service: those in which the rule is in force, begin <= month < end, and those around them. `holds` and
 * `amount`: when they are known to stand; else NULL. */
static inline void weave_service(const weaving *v, const np_value *holds, const np_value *amount, uint16_t begin,
                                 uint16_t end)
{
    uint16_t from = v->w->seat->from, until = v->w->seat->until;
    if (begin > from || begin >= end) weave_nothing(v, NP_PUBLISHED, NP_LINE_NOT_IN_FORCE, from);
    if (begin >= end) return;
    if (holds)
        weave_holding(v, holds, amount, begin, end);
    else
        weave_condition(v, begin, end);
    if (end < until) weave_nothing(v, NP_PUBLISHED, NP_LINE_NOT_IN_FORCE, end);
}

/* What comes once matters in the month alone in which it falls: elsewhere it is as good as not in force. */
static void clip_to_day(np_worker *w, const np_knot *knot, unsigned s, uint16_t *begin, uint16_t *end)
{
    const np_window *window = w->ts.window;
    const np_node *root = knot->rule->date.root;
    np_ts_take_row(&w->ts, s);
    np_series days = root->op == NP_OP_SLOT ? w->ts.slots[root->index][s]
                                            : np_ts_of(&w->ts, &knot->rule->date, w->from[s], w->until[s]);
    const np_value *day = &days.segments->value;
    w->ts.used = 0;
    if (np_ts_failed(&w->ts, s) || days.count != 1 || day->moving || day->unknown) return;
    bool inside = day->as.date >= window->start[w->from[s]] && day->as.date < window->start[w->until[s]];
    uint16_t month = inside ? np_window_month(window, day->as.date) : 0;
    if (!inside || month >= *end || month < *begin) {
        *end = *begin;
    } else {
        *begin = month;
        *end = (uint16_t)(month + 1);
    }
}

/* ---- one rule for all seats ---- */

/* A rule for several seats at a time. */
typedef struct round {
    weaving v;
    np_rows seats; /* for whom it is computed */
    np_rows asked; /* ... whose condition is not known yet; of these it is in force in some month */
    uint16_t from[NP_BATCH], until[NP_BATCH]; /* when it is not in force all along */
    np_value condition[NP_BATCH], amount[NP_BATCH];
    const np_value *holds[NP_BATCH], *amounts[NP_BATCH]; /* where they stand; else NULL */
} round;

/* A condition as it was kept. */
static const np_value *recall(const np_held *held, np_value *holds)
{
    *holds = (np_value){.type = NP_TRUTH, .status = held->status, .unknown = held->is == NP_HELD_UNKNOWN};
    if (!holds->unknown) holds->as.truth = held->is == NP_HELD_YES;
    return holds;
}

/* Whether a rule of the baseline is neither due nor open in any month, so that its amount does not matter. */
static bool is_idle(const np_worker *baseline, const np_knot *knot, unsigned seat)
{
    if (knot->line != NP_NO_LINE) {
        const np_paid *paid = baseline->counted[knot->line][seat];
        return !paid->due && !paid->open;
    }
    np_series s = baseline->ts.slots[knot->slot][seat];
    for (size_t i = 0; i < s.count; i++)
        if (s.segments[i].state == NP_LINE_DUE || s.segments[i].state == NP_LINE_OPEN) return false;
    return true;
}

/* Beside the baseline, on its track, a rule has to be computed when the scenario changes what it says, or when
 * something that it names came out differently for this member of staff. */
static void take_beside(round *r, const np_worker *baseline, unsigned s)
{
    np_worker *w = r->v.w;
    const np_knot *knot = r->v.knot;
    uint64_t different = w->seats[s].different;
    bool when = knot->other_when || (knot->goes_by_when & different);
    bool amount = when || knot->other_amount || (knot->goes_by & different);
    if (!when && (!amount || is_idle(baseline, knot, s))) {
        w->ts.slots[knot->slot][s] = baseline->ts.slots[knot->slot][s];
        if (knot->line != NP_NO_LINE) w->counted[knot->line][s] = baseline->counted[knot->line][s];
        return;
    }
    np_rows_add(&r->seats, s);
    const np_held *held = &baseline->held[knot->slot][s];
    if (when || held->is == NP_HELD_ASK)
        np_rows_add(&r->asked, s);
    else
        r->holds[s] = recall(held, &r->condition[s]);
}

/* The months in which it is in force, of each seat. */
static void take_months(round *r)
{
    np_worker *w = r->v.w;
    np_ts_eval *ts = &w->ts;
    const np_knot *knot = r->v.knot;
    ts->from = w->from;
    ts->until = w->until;
    if (knot->always) return;
    np_rows asked = r->asked;
    r->asked.count = 0;
    for (unsigned i = 0; i < r->seats.count; i++) {
        unsigned s = r->seats.of[i];
        r->from[s] = knot->from > w->from[s] ? knot->from : w->from[s];
        r->until[s] = knot->until < w->until[s] ? knot->until : w->until[s];
        if (knot->falls && r->from[s] < r->until[s]) clip_to_day(w, knot, s, &r->from[s], &r->until[s]);
    }
    for (unsigned i = 0; i < asked.count; i++) {
        unsigned s = asked.of[i];
        r->holds[s] = NULL;
        if (r->from[s] < r->until[s]) np_rows_add(&r->asked, s);
    }
    ts->from = r->from;
    ts->until = r->until;
}

static void take_seats(round *r, const np_worker *baseline, unsigned count)
{
    np_worker *w = r->v.w;
    const np_knot *knot = r->v.knot;
    r->seats = r->asked = w->alone;
    if (w != baseline && !knot->other) { /* on the baseline's track it is what it is there */
        memcpy(w->ts.slots[knot->slot], baseline->ts.slots[knot->slot], count * sizeof(np_series));
        if (knot->line != NP_NO_LINE)
            memcpy(w->counted[knot->line], baseline->counted[knot->line], count * sizeof(np_paid *));
    } else {
        for (unsigned i = 0; i < w->beside.count; i++) take_beside(r, baseline, w->beside.of[i]);
    }
    if (r->seats.count == 0) return;
    take_months(r);
    for (unsigned i = 0; knot->line != NP_NO_LINE && i < r->seats.count; i++) {
        unsigned s = r->seats.of[i];
        np_paid_clear(&w->paid[knot->line][s]);
        w->counted[knot->line][s] = &w->paid[knot->line][s];
    }
}

/* Of whom it is known beforehand that the condition does not hold. */
static void bar(round *r)
{
    np_worker *w = r->v.w;
    const np_knot *knot = r->v.knot;
    np_held *held = w->held[knot->slot];
    np_rows asked = r->asked;
    r->asked.count = 0;
    for (unsigned i = 0; i < asked.count; i++) {
        unsigned s = asked.of[i];
        if (!(w->by_default[knot->barred_by] >> s & 1)) {
            np_rows_add(&r->asked, s);
            continue;
        }
        held[s] = (np_held){NP_HELD_NO, knot->barred_status};
        r->holds[s] = recall(&held[s], &r->condition[s]);
    }
}

static void look_at_conditions(round *r)
{
    np_held *held = r->v.w->held[r->v.knot->slot];
    if (r->v.knot->barred_by != UINT16_MAX) bar(r);
    if (r->asked.count) np_ts_of_batch(&r->v.w->ts, &r->v.knot->rule->when, &r->asked, r->condition, r->holds);
    for (unsigned i = 0; i < r->asked.count; i++) {
        unsigned s = r->asked.of[i];
        const np_value *holds = r->holds[s];
        held[s] = (np_held){NP_HELD_ASK, 0};
        if (!holds) continue;
        held[s].is = holds->unknown ? NP_HELD_UNKNOWN : holds->as.truth ? NP_HELD_YES : NP_HELD_NO;
        held[s].status = holds->status;
    }
}

/* Amounts, where conditions hold in all months. */
static void look_at_amounts(round *r)
{
    const np_rule *rule = r->v.knot->rule;
    const np_rows *due = &r->asked;
    np_rows some = {0};
    memset(r->amounts, 0, sizeof r->amounts);
    if (rule->amount.root->op == NP_OP_MUL) return; /* products are made segment by segment */
    for (unsigned i = 0; rule->when.root && i < r->seats.count; i++) {
        unsigned s = r->seats.of[i];
        const np_value *holds = r->v.w->ts.from[s] < r->v.w->ts.until[s] ? r->holds[s] : NULL;
        if (holds && !holds->unknown && holds->as.truth) np_rows_add(&some, s);
    }
    if (rule->when.root) due = &some;
    if (due->count) np_ts_of_batch(&r->v.w->ts, &rule->amount, due, r->amount, r->amounts);
}

/* A fact, no amount of money, that is one value in all months, as most are. False when it is not that simple. */
static inline bool weave_fact(round *r, const np_value *holds, unsigned s)
{
    np_worker *w = r->v.w;
    const np_knot *knot = r->v.knot;
    const np_value *amount = r->amounts[s];
    if (!amount || amount->unknown || amount->type == NP_MONEY || knot->line != NP_NO_LINE || !knot->always ||
        w->ts.fallen)
        return false;
    np_segment *segment = next_segment(w);
    segment->value = *amount;
    segment->value.status = np_weaker(amount->status, rule_status(knot->rule, holds->status));
    segment->from = w->from[s];
    segment->state = NP_LINE_DUE;
    w->woven_count += w->woven_count < NP_WOVEN_MAX;
    w->ts.slots[knot->slot][s] = (np_series){segment, 1};
    return !w->ts.failed;
}

/* A condition that stands; NULL: it does not. */
static inline const np_value *condition_of(const round *r, unsigned s)
{
    static const np_value ALWAYS = {.type = NP_TRUTH, .status = NP_PUBLISHED, .as.truth = true};
    return r->v.knot->rule->when.root ? r->holds[s] : &ALWAYS;
}

/* A line that nothing names, and that is not due in any month, needs nothing done. */
static inline bool comes_to_nothing(const round *r, const np_value *holds, unsigned s)
{
    const np_ts_eval *ts = &r->v.w->ts;
    if (!r->v.knot->leaf || ts->fallen) return false;
    return ts->from[s] >= ts->until[s] || (holds && !holds->unknown && !holds->as.truth);
}

/* What a rule that is named comes to; whether it is something else than under the baseline. */
static void hand_out(round *r, const np_worker *baseline, unsigned s)
{
    np_worker *w = r->v.w;
    const np_knot *knot = r->v.knot;
    np_series *series = &w->ts.slots[knot->slot][s];
    *series = np_worker_woven(w, r->v.first);
    if (w == baseline || !w->seat->same_track) return;
    if (!np_series_same(*series, baseline->ts.slots[knot->slot][s])) w->seat->different |= knot->mark;
}

static void weave_seat(round *r, const np_worker *baseline, unsigned s)
{
    weaving *v = &r->v;
    np_worker *w = v->w;
    np_ts_eval *ts = &w->ts;
    const np_knot *knot = v->knot;
    const np_value *holds = condition_of(r, s);
    if (comes_to_nothing(r, holds, s) || (w == baseline && weave_fact(r, holds, s))) return;
    np_worker_turn(w, s);
    v->first = w->woven_count;
    v->paid = knot->line != NP_NO_LINE ? &w->paid[knot->line][s] : NULL;
    weave_service(v, holds, r->amounts[s], ts->from[s], ts->until[s]);
    ts->used = 0;
    if (ts->failed || ts->eval.failed || ts->fallen >> s & 1)
        np_worker_settle(w, false);
    else if (!knot->leaf)
        hand_out(r, baseline, s);
}

void np_worker_rule(np_worker *w, const np_worker *baseline, const np_knot *knot, unsigned count)
{
    const np_rule *rule = knot->rule;
    bool monthly = rule->kind != NP_ONCE, usual = rule->rounds && rule->rounding == NP_ROUND_HALF_UP;
    round r;
    r.v = (weaving){.w = w, .knot = knot, .monthly = monthly, .at_once = monthly && knot->leaf && usual};
    w->ts.fallen = 0;
    take_seats(&r, baseline, count);
    if (r.seats.count == 0) return;
    if (rule->when.root) look_at_conditions(&r);
    look_at_amounts(&r);
    for (unsigned i = 0; i < r.seats.count; i++) weave_seat(&r, baseline, r.seats.of[i]);
}

bool np_worker_applies(np_worker *w, bool *applies)
{
    const np_formula *when = w->lane.when;
    *applies = true;
    if (!when->root || w->seat->from >= w->seat->until) return true;
    np_series holds = np_ts_of(&w->ts, when, w->seat->from, (uint16_t)(w->seat->from + 1));
    const np_value *value = &holds.segments->value;
    w->ts.used = 0;
    if (w->ts.failed || value->unknown) return false;
    *applies = value->as.truth;
    return true;
}
