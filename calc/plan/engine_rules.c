/* What rules give over the months in service. */
#include "engine_internal.h"

/* ---- what is kept ---- */

static inline np_segment *next_segment(np_book_state *w)
{
    if (w->segment_count == NP_SEGMENTS_MAX) w->ts.failed = true; /* the place behind the last is for what is lost */
    return &w->segments[w->segment_count];
}

static inline void keep(np_book_state *w, size_t first, uint16_t from, uint8_t state)
{
    np_segment *segment = &w->segments[w->segment_count];
    segment->from = from;
    segment->state = state;
    if (w->segment_count > first && np_segment_same(segment - 1, segment)) return;
    w->segment_count += w->segment_count < NP_SEGMENTS_MAX;
}

void np_book_state_append(np_book_state *w, size_t first, const np_value *value, uint16_t from, uint8_t state)
{
    next_segment(w)->value = *value;
    keep(w, first, from, state);
}

np_series np_book_state_series(const np_book_state *w, size_t first)
{
    size_t count = w->segment_count - first;
    return (np_series){w->segments + first, count ? count : 1};
}

/* ---- one rule ---- */

/* A rule while it is computed, for one row after the other, from month to month. */
typedef struct rule_writing {
    np_book_state *w;
    const np_rule_plan *rule_plan;
    bool monthly;  /* what is due comes every month */
    bool at_once;  /* ... and nothing names it, and it is rounded to the minor unit of its currency, halves up */
    np_paid *paid; /* of the row whose turn it is; NULL: the rule is a fact */
    size_t first;  /* of its segments */
} rule_writing;

/* What a rule's slot holds when it is not due: zero, or no. */
static np_value nothing(np_type type, uint8_t status)
{
    np_value value = {.type = (uint8_t)type, .status = status};
    if (type == NP_MONEY) value.currency = NP_CURRENCY_ANY;
    value.as.number = np_num_small(0, type == NP_MONEY || type == NP_NUMBER);
    return value;
}

/* Neither in force nor due. */
static void append_nothing(const rule_writing *v, uint8_t status, uint8_t state, uint16_t from)
{
    if (v->rule_plan->leaf) return;
    next_segment(v->w)->value = nothing(v->rule_plan->rule->type, status);
    keep(v->w, v->first, from, state);
}

static void append_open(const rule_writing *v, uint16_t from, uint16_t until)
{
    np_value *value = &next_segment(v->w)->value;
    *value = np_ts_unknown((uint8_t)v->rule_plan->rule->type);
    if (v->paid) np_book_state_pay(v->w, v->rule_plan, value, NP_LINE_OPEN, from, until);
    if (!v->rule_plan->leaf) keep(v->w, v->first, from, NP_LINE_OPEN);
}

/* Any currency, any rounding, any fraction. */
static void round_anyhow(np_book_state *w, const np_rule *rule, np_value *value)
{
    const np_book *book = w->book_plan.book;
    if (value->currency >= book->currency_count) return;
    const np_num unit = book->currencies[value->currency].minor_unit;
    value->as.number = np_num_round(w->ts.eval.arena, value->as.number, unit, rule->rounding);
    if (!np_num_valid(value->as.number)) w->ts.failed = true;
}

static inline void round_money(np_book_state *w, const np_rule *rule, np_value *value)
{
    const np_batch_row *row = w->row;
    if (value->currency == row->currency) {
        if (value->as.number.den == row->unit) return;
        if (rule->rounding == NP_ROUND_HALF_UP && np_num_round_small(value->as.number, row->unit, &value->as.number))
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
static inline void append_placed(const rule_writing *v, uint8_t status, uint16_t from, uint16_t until)
{
    np_book_state *w = v->w;
    const np_rule *rule = v->rule_plan->rule;
    np_value *value = &w->segments[w->segment_count].value;
    value->status = np_weaker(value->status, status);
    if (value->type == NP_MONEY && rule->rounds) round_money(w, rule, value);
    if (v->paid && v->monthly && value->currency == w->row->currency && value->as.number.den == w->row->unit)
        np_book_state_pay_units(w, v->paid, value->as.number.of.small, value->status, from, until);
    else if (v->paid)
        np_book_state_pay(w, v->rule_plan, value, NP_LINE_DUE, from, until);
    if (!v->rule_plan->leaf) keep(w, v->first, from, NP_LINE_DUE);
}

static void append_value(const rule_writing *v, uint8_t status, const np_value *amount, uint16_t from, uint16_t until)
{
    np_book_state *w = v->w;
    np_num rounded;
    if (amount->unknown) {
        append_open(v, from, until);
    } else if (v->at_once && amount->type == NP_MONEY && amount->currency == w->row->currency &&
               np_num_round_small(amount->as.number, w->row->unit, &rounded)) {
        status = np_weaker(amount->status, rule_status(v->rule_plan->rule, status));
        np_book_state_pay_units(w, v->paid, rounded.of.small, status, from, until);
    } else {
        next_segment(w)->value = *amount;
        append_placed(v, rule_status(v->rule_plan->rule, status), from, until);
    }
}

/* ---- products, as most amounts are: they need no series of their own ---- */

static void append_product(const rule_writing *v, uint8_t status, const np_value *a, const np_value *b, uint16_t from,
                           uint16_t until)
{
    np_book_state *w = v->w;
    const np_node *root = v->rule_plan->rule->amount.root;
    if (a->unknown || b->unknown) {
        append_open(v, from, until);
        return;
    }
    np_value *value = &next_segment(w)->value;
    if (!np_value_multiply(a, b, root->type, value)) {
        const np_value *result = np_eval_operate(&w->ts.eval, root, a, b, value);
        if (result != value) *value = *result;
    }
    append_placed(v, status, from, until);
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
static void pay_share(const rule_writing *v, uint8_t status, const np_value *share, np_series of, bool swap,
                      uint16_t from, uint16_t until)
{
    np_book_state *w = v->w;
    const np_num by = share->as.number;
    const uint16_t currency = w->row->currency;
    const int64_t unit = w->row->unit;
    status = np_weaker(status, share->status);
    for (size_t i = 0; i < of.count; i++) {
        const np_value *amount = &of.segments[i].value;
        uint16_t start = i ? of.segments[i].from : from, end = i + 1 < of.count ? of.segments[i + 1].from : until;
        int64_t units;
        if (scaled_units(amount, by, currency, unit, &units))
            np_book_state_pay_units(w, v->paid, units, np_weaker(amount->status, status), start, end);
        else if (swap)
            append_product(v, status, share, amount, start, end);
        else
            append_product(v, status, amount, share, start, end);
    }
}

static bool is_share(np_series s)
{
    const np_value *value = &s.segments->value;
    return s.count == 1 && !value->unknown && value->type == NP_NUMBER && value->as.number.den > 0;
}

static void append_products(const rule_writing *v, uint8_t status, uint16_t from, uint16_t until)
{
    np_ts_eval *ts = &v->w->ts;
    const np_rule *rule = v->rule_plan->rule;
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
            append_product(v, status, &a.segments[i].value, &b.segments->value, i ? a.segments[i].from : from,
                           i + 1 < a.count ? a.segments[i + 1].from : until);
    } else {
        for (uint16_t month = from, next; month < until; month = next) {
            next = np_series_go(&b, month, np_series_go(&a, month, until));
            append_product(v, status, &a.segments->value, &b.segments->value, month, next);
        }
    }
}

/* ---- condition and amount of one row ---- */

/* An amount that need not stand through these months. */
static void append_amount(const rule_writing *v, uint8_t status, uint16_t from, uint16_t until)
{
    np_ts_eval *ts = &v->w->ts;
    const np_formula *formula = &v->rule_plan->rule->amount;
    size_t mark = ts->used;
    if (formula->root->op == NP_OP_MUL) {
        append_products(v, status, from, until);
    } else {
        np_series amount = np_ts_of(ts, formula, from, until);
        for (size_t i = 0; i < amount.count && !ts->failed; i++)
            append_value(v, status, &amount.segments[i].value, i ? amount.segments[i].from : from,
                         i + 1 < amount.count ? amount.segments[i + 1].from : until);
    }
    ts->used = mark;
}

/* The months through which a condition is what it is. `amount`: when it is known to stand through them; else NULL. */
static void append_holding(const rule_writing *v, const np_value *holds, const np_value *amount, uint16_t from,
                           uint16_t until)
{
    if (holds->unknown)
        append_open(v, from, until);
    else if (!holds->as.truth)
        append_nothing(v, holds->status, NP_LINE_NOT_DUE, from);
    else if (amount)
        append_value(v, holds->status, amount, from, until);
    else
        append_amount(v, holds->status, from, until);
}

/* A condition that need not stand. */
static void append_condition(const rule_writing *v, uint16_t from, uint16_t until)
{
    np_ts_eval *ts = &v->w->ts;
    np_series when = np_ts_of(ts, &v->rule_plan->rule->when, from, until);
    for (size_t i = 0; i < when.count && !ts->failed; i++)
        append_holding(v, &when.segments[i].value, NULL, i ? when.segments[i].from : from,
                       i + 1 < when.count ? when.segments[i + 1].from : until);
}

/* All months in service: those in which the rule is in force, begin <= month < end, and those around them. `holds` and
 * `amount`: when they are known to stand; else NULL. */
static inline void append_service(const rule_writing *v, const np_value *holds, const np_value *amount, uint16_t begin,
                                  uint16_t end)
{
    uint16_t from = v->w->row->from, until = v->w->row->until;
    if (begin > from || begin >= end) append_nothing(v, NP_PUBLISHED, NP_LINE_NOT_IN_FORCE, from);
    if (begin >= end) return;
    if (holds)
        append_holding(v, holds, amount, begin, end);
    else
        append_condition(v, begin, end);
    if (end < until) append_nothing(v, NP_PUBLISHED, NP_LINE_NOT_IN_FORCE, end);
}

/* What comes once matters in the month alone in which it falls: elsewhere it is as good as not in force. */
static void clip_to_day(np_book_state *w, const np_rule_plan *rule_plan, unsigned s, uint16_t *begin, uint16_t *end)
{
    const np_window *window = w->ts.window;
    const np_node *root = rule_plan->rule->date.root;
    np_ts_take_row(&w->ts, s);
    np_series days = root->op == NP_OP_SLOT ? w->ts.slots[root->index][s]
                                            : np_ts_of(&w->ts, &rule_plan->rule->date, w->from[s], w->until[s]);
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

/* ---- one rule for all rows ---- */

/* A rule for several rows at a time. */
typedef struct round {
    rule_writing v;
    np_rows rows;  /* for whom it is computed */
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
static bool is_idle(const np_book_state *baseline, const np_rule_plan *rule_plan, unsigned row)
{
    if (rule_plan->line != NP_NO_LINE) {
        const np_paid *paid = baseline->counted[rule_plan->line][row];
        return !paid->due && !paid->open;
    }
    np_series s = baseline->ts.slots[rule_plan->slot][row];
    for (size_t i = 0; i < s.count; i++)
        if (s.segments[i].state == NP_LINE_DUE || s.segments[i].state == NP_LINE_OPEN) return false;
    return true;
}

/* Beside the baseline, on its track, a rule has to be computed when the scenario changes what it says, or when
 * something that it names came out differently for this member of staff. */
static void take_beside(round *r, const np_book_state *baseline, unsigned s)
{
    np_book_state *w = r->v.w;
    const np_rule_plan *rule_plan = r->v.rule_plan;
    uint64_t different = w->rows[s].different;
    bool when = rule_plan->other_when || (rule_plan->goes_by_when & different);
    bool amount = when || rule_plan->other_amount || (rule_plan->goes_by & different);
    if (!when && (!amount || is_idle(baseline, rule_plan, s))) {
        w->ts.slots[rule_plan->slot][s] = baseline->ts.slots[rule_plan->slot][s];
        if (rule_plan->line != NP_NO_LINE) w->counted[rule_plan->line][s] = baseline->counted[rule_plan->line][s];
        return;
    }
    np_rows_add(&r->rows, s);
    const np_held *held = &baseline->held[rule_plan->slot][s];
    if (when || held->is == NP_HELD_ASK)
        np_rows_add(&r->asked, s);
    else
        r->holds[s] = recall(held, &r->condition[s]);
}

/* The months in which it is in force, of each row. */
static void take_months(round *r)
{
    np_book_state *w = r->v.w;
    np_ts_eval *ts = &w->ts;
    const np_rule_plan *rule_plan = r->v.rule_plan;
    ts->from = w->from;
    ts->until = w->until;
    if (rule_plan->always) return;
    np_rows asked = r->asked;
    r->asked.count = 0;
    for (unsigned i = 0; i < r->rows.count; i++) {
        unsigned s = r->rows.of[i];
        r->from[s] = rule_plan->from > w->from[s] ? rule_plan->from : w->from[s];
        r->until[s] = rule_plan->until < w->until[s] ? rule_plan->until : w->until[s];
        if (rule_plan->falls && r->from[s] < r->until[s]) clip_to_day(w, rule_plan, s, &r->from[s], &r->until[s]);
    }
    for (unsigned i = 0; i < asked.count; i++) {
        unsigned s = asked.of[i];
        r->holds[s] = NULL;
        if (r->from[s] < r->until[s]) np_rows_add(&r->asked, s);
    }
    ts->from = r->from;
    ts->until = r->until;
}

static void take_rows(round *r, const np_book_state *baseline, unsigned count)
{
    np_book_state *w = r->v.w;
    const np_rule_plan *rule_plan = r->v.rule_plan;
    r->rows = r->asked = w->alone;
    if (w != baseline && !rule_plan->other) { /* on the baseline's track it is what it is there */
        memcpy(w->ts.slots[rule_plan->slot], baseline->ts.slots[rule_plan->slot], count * sizeof(np_series));
        if (rule_plan->line != NP_NO_LINE)
            memcpy(w->counted[rule_plan->line], baseline->counted[rule_plan->line], count * sizeof(np_paid *));
    } else {
        for (unsigned i = 0; i < w->beside.count; i++) take_beside(r, baseline, w->beside.of[i]);
    }
    if (r->rows.count == 0) return;
    take_months(r);
    for (unsigned i = 0; rule_plan->line != NP_NO_LINE && i < r->rows.count; i++) {
        unsigned s = r->rows.of[i];
        np_paid_clear(&w->paid[rule_plan->line][s]);
        w->counted[rule_plan->line][s] = &w->paid[rule_plan->line][s];
    }
}

/* Of whom it is known beforehand that the condition does not hold. */
static void bar(round *r)
{
    np_book_state *w = r->v.w;
    const np_rule_plan *rule_plan = r->v.rule_plan;
    np_held *held = w->held[rule_plan->slot];
    np_rows asked = r->asked;
    r->asked.count = 0;
    for (unsigned i = 0; i < asked.count; i++) {
        unsigned s = asked.of[i];
        if (!(w->by_default[rule_plan->barred_by] >> s & 1)) {
            np_rows_add(&r->asked, s);
            continue;
        }
        held[s] = (np_held){NP_HELD_NO, rule_plan->barred_status};
        r->holds[s] = recall(&held[s], &r->condition[s]);
    }
}

static void look_at_conditions(round *r)
{
    np_held *held = r->v.w->held[r->v.rule_plan->slot];
    if (r->v.rule_plan->barred_by != UINT16_MAX) bar(r);
    if (r->asked.count) np_ts_of_batch(&r->v.w->ts, &r->v.rule_plan->rule->when, &r->asked, r->condition, r->holds);
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
    const np_rule *rule = r->v.rule_plan->rule;
    const np_rows *due = &r->asked;
    np_rows some = {0};
    memset(r->amounts, 0, sizeof r->amounts);
    if (rule->amount.root->op == NP_OP_MUL) return; /* products are made segment by segment */
    for (unsigned i = 0; rule->when.root && i < r->rows.count; i++) {
        unsigned s = r->rows.of[i];
        const np_value *holds = r->v.w->ts.from[s] < r->v.w->ts.until[s] ? r->holds[s] : NULL;
        if (holds && !holds->unknown && holds->as.truth) np_rows_add(&some, s);
    }
    if (rule->when.root) due = &some;
    if (due->count) np_ts_of_batch(&r->v.w->ts, &rule->amount, due, r->amount, r->amounts);
}

/* A fact, no amount of money, that is one value in all months, as most are. False when it is not that simple. */
static inline bool append_fact(round *r, const np_value *holds, unsigned s)
{
    np_book_state *w = r->v.w;
    const np_rule_plan *rule_plan = r->v.rule_plan;
    const np_value *amount = r->amounts[s];
    if (!amount || amount->unknown || amount->type == NP_MONEY || rule_plan->line != NP_NO_LINE || !rule_plan->always ||
        w->ts.failed_rows)
        return false;
    np_segment *segment = next_segment(w);
    segment->value = *amount;
    segment->value.status = np_weaker(amount->status, rule_status(rule_plan->rule, holds->status));
    segment->from = w->from[s];
    segment->state = NP_LINE_DUE;
    w->segment_count += w->segment_count < NP_SEGMENTS_MAX;
    w->ts.slots[rule_plan->slot][s] = (np_series){segment, 1};
    return !w->ts.failed;
}

/* A condition that stands; NULL: it does not. */
static inline const np_value *condition_of(const round *r, unsigned s)
{
    static const np_value ALWAYS = {.type = NP_TRUTH, .status = NP_PUBLISHED, .as.truth = true};
    return r->v.rule_plan->rule->when.root ? r->holds[s] : &ALWAYS;
}

/* A line that nothing names, and that is not due in any month, needs nothing done. */
static inline bool comes_to_nothing(const round *r, const np_value *holds, unsigned s)
{
    const np_ts_eval *ts = &r->v.w->ts;
    if (!r->v.rule_plan->leaf || ts->failed_rows) return false;
    return ts->from[s] >= ts->until[s] || (holds && !holds->unknown && !holds->as.truth);
}

/* What a rule that is named comes to; whether it is something else than under the baseline. */
static void hand_out(round *r, const np_book_state *baseline, unsigned s)
{
    np_book_state *w = r->v.w;
    const np_rule_plan *rule_plan = r->v.rule_plan;
    np_series *series = &w->ts.slots[rule_plan->slot][s];
    *series = np_book_state_series(w, r->v.first);
    if (w == baseline || !w->row->same_track) return;
    if (!np_series_same(*series, baseline->ts.slots[rule_plan->slot][s])) w->row->different |= rule_plan->mark;
}

static void append_row(round *r, const np_book_state *baseline, unsigned s)
{
    rule_writing *v = &r->v;
    np_book_state *w = v->w;
    np_ts_eval *ts = &w->ts;
    const np_rule_plan *rule_plan = v->rule_plan;
    const np_value *holds = condition_of(r, s);
    if (comes_to_nothing(r, holds, s) || (w == baseline && append_fact(r, holds, s))) return;
    np_book_state_turn(w, s);
    v->first = w->segment_count;
    v->paid = rule_plan->line != NP_NO_LINE ? &w->paid[rule_plan->line][s] : NULL;
    append_service(v, holds, r->amounts[s], ts->from[s], ts->until[s]);
    ts->used = 0;
    if (ts->failed || ts->eval.failed || ts->failed_rows >> s & 1)
        np_book_state_settle(w, false);
    else if (!rule_plan->leaf)
        hand_out(r, baseline, s);
}

void np_book_state_rule(np_book_state *w, const np_book_state *baseline, const np_rule_plan *rule_plan, unsigned count)
{
    const np_rule *rule = rule_plan->rule;
    bool monthly = rule->kind != NP_ONCE, usual = rule->rounds && rule->rounding == NP_ROUND_HALF_UP;
    round r;
    r.v = (rule_writing){
        .w = w, .rule_plan = rule_plan, .monthly = monthly, .at_once = monthly && rule_plan->leaf && usual};
    w->ts.failed_rows = 0;
    take_rows(&r, baseline, count);
    if (r.rows.count == 0) return;
    if (rule->when.root) look_at_conditions(&r);
    look_at_amounts(&r);
    for (unsigned i = 0; i < r.rows.count; i++) append_row(&r, baseline, r.rows.of[i]);
}

bool np_book_state_applies(np_book_state *w, bool *applies)
{
    const np_formula *when = w->book_plan.when;
    *applies = true;
    if (!when->root || w->row->from >= w->row->until) return true;
    np_series holds = np_ts_of(&w->ts, when, w->row->from, (uint16_t)(w->row->from + 1));
    const np_value *value = &holds.segments->value;
    w->ts.used = 0;
    if (w->ts.failed || value->unknown) return false;
    *applies = value->as.truth;
    return true;
}
