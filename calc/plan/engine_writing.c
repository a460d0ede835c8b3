/* What one rule comes to over the months in service of one member of staff, written stretch by stretch. */
#include "engine_writing.h"

/* ---- what is kept ---- */

static inline void end_segment(np_book_state *w, size_t first, uint16_t from, uint8_t state)
{
    np_segment *segment = &w->segments[w->segment_count];
    segment->from = from;
    segment->state = state;
    if (w->segment_count > first && np_segment_same(segment - 1, segment)) return;
    w->segment_count += w->segment_count < NP_SEGMENTS_MAX;
}

void np_book_state_append(np_book_state *w, size_t first, const np_value *value, uint16_t from, uint8_t state)
{
    np_next_segment(w)->value = *value;
    end_segment(w, first, from, state);
}

np_series np_book_state_series(const np_book_state *w, size_t first)
{
    size_t count = w->segment_count - first;
    return (np_series){w->segments + first, count ? count : 1};
}

/* ---- one rule ---- */

/* What a rule's slot holds when it is not due: zero, or no. */
static np_value zero_or_no(np_type type, uint8_t status)
{
    np_value value = {.type = (uint8_t)type, .status = status};
    if (type == NP_MONEY) value.currency = NP_CURRENCY_ANY;
    value.as.number = np_num_small(0, type == NP_MONEY || type == NP_NUMBER);
    return value;
}

/* Neither in force nor due. */
static void append_not_due(const np_rule_writing *v, uint8_t status, uint8_t state, uint16_t from)
{
    if (v->rule_plan->leaf) return;
    np_next_segment(v->w)->value = zero_or_no(v->rule_plan->rule->type, status);
    end_segment(v->w, v->first, from, state);
}

static void append_open(const np_rule_writing *v, uint16_t from, uint16_t until)
{
    np_value *value = &np_next_segment(v->w)->value;
    *value = np_ts_unknown((uint8_t)v->rule_plan->rule->type);
    if (v->paid) np_book_state_add_pay(v->w, v->rule_plan, value, NP_LINE_OPEN, from, until);
    if (!v->rule_plan->leaf) end_segment(v->w, v->first, from, NP_LINE_OPEN);
}

/* Any currency, any rounding, any fraction. */
static void round_exactly(np_book_state *w, const np_rule *rule, np_value *value)
{
    const np_book *book = w->book_plan.book;
    if (value->currency >= book->currency_count) return;
    const np_num unit = book->currencies[value->currency].minor_unit;
    value->as.number = np_num_round(w->ts.eval.arena, value->as.number, unit, rule->rounding);
    if (!np_num_valid(value->as.number)) w->ts.eval.failed = true;
}

static inline void round_money(np_book_state *w, const np_rule *rule, np_value *value)
{
    const np_batch_row *row = w->row;
    if (value->currency == row->currency) {
        if (value->as.number.den == row->unit) return;
        if (rule->rounding == NP_ROUND_HALF_UP && np_num_round_small(value->as.number, row->unit, &value->as.number))
            return;
    }
    round_exactly(w, rule, value);
}

/* What is due comes to the value that lies in the next segment's place; `status`: the weakest of condition and
 * rule. */
static inline void append_placed(const np_rule_writing *v, uint8_t status, uint16_t from, uint16_t until)
{
    np_book_state *w = v->w;
    const np_rule *rule = v->rule_plan->rule;
    np_value *value = &w->segments[w->segment_count].value;
    value->status = np_weaker(value->status, status);
    if (value->type == NP_MONEY && rule->rounds) round_money(w, rule, value);
    if (v->paid && v->monthly && value->currency == w->row->currency && value->as.number.den == w->row->unit)
        np_book_state_add_units(w, v->paid, value->as.number.of.small, value->status, from, until);
    else if (v->paid)
        np_book_state_add_pay(w, v->rule_plan, value, NP_LINE_DUE, from, until);
    if (!v->rule_plan->leaf) end_segment(w, v->first, from, NP_LINE_DUE);
}

static void append_value(const np_rule_writing *v, uint8_t status, const np_value *amount, uint16_t from,
                         uint16_t until)
{
    np_book_state *w = v->w;
    np_num rounded;
    if (amount->unknown) {
        append_open(v, from, until);
    } else if (v->at_once && amount->type == NP_MONEY && amount->currency == w->row->currency &&
               np_num_round_small(amount->as.number, w->row->unit, &rounded)) {
        status = np_weaker(amount->status, np_rule_status(v->rule_plan->rule, status));
        np_book_state_add_units(w, v->paid, rounded.of.small, status, from, until);
    } else {
        np_next_segment(w)->value = *amount;
        append_placed(v, np_rule_status(v->rule_plan->rule, status), from, until);
    }
}

/* ---- products, as most amounts are: they need no series of their own ---- */

static void append_product(const np_rule_writing *v, uint8_t status, const np_value *a, const np_value *b,
                           uint16_t from, uint16_t until)
{
    np_book_state *w = v->w;
    const np_node *root = v->rule_plan->rule->amount.root;
    if (a->unknown || b->unknown) {
        append_open(v, from, until);
        return;
    }
    np_value *value = &np_next_segment(w)->value;
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
static void pay_share(const np_rule_writing *v, uint8_t status, const np_value *share, np_series of, bool swap,
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
            np_book_state_add_units(w, v->paid, units, np_weaker(amount->status, status), start, end);
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

static void append_products(const np_rule_writing *v, uint8_t status, uint16_t from, uint16_t until)
{
    np_ts_eval *ts = &v->w->ts;
    const np_rule *rule = v->rule_plan->rule;
    const np_node *root = rule->amount.root;
    status = np_rule_status(rule, status);
    ts->eval.formula = &rule->amount;
    np_series a = np_ts_node(ts, root->args[0], from, until);
    np_series b = np_ts_node(ts, root->args[1], from, until);
    if (ts->eval.failed) return;
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
static void append_amount(const np_rule_writing *v, uint8_t status, uint16_t from, uint16_t until)
{
    np_ts_eval *ts = &v->w->ts;
    const np_formula *formula = &v->rule_plan->rule->amount;
    size_t mark = ts->used;
    if (formula->root->op == NP_OP_MUL) {
        append_products(v, status, from, until);
    } else {
        np_series amount = np_ts_of(ts, formula, from, until);
        for (size_t i = 0; i < amount.count && !ts->eval.failed; i++)
            append_value(v, status, &amount.segments[i].value, i ? amount.segments[i].from : from,
                         i + 1 < amount.count ? amount.segments[i + 1].from : until);
    }
    ts->used = mark;
}

/* The months through which a condition is what it is. `amount`: when it is known to stand through them; else NULL. */
static void append_holding(const np_rule_writing *v, const np_value *holds, const np_value *amount, uint16_t from,
                           uint16_t until)
{
    if (holds->unknown)
        append_open(v, from, until);
    else if (!holds->as.truth)
        append_not_due(v, holds->status, NP_LINE_NOT_DUE, from);
    else if (amount)
        append_value(v, holds->status, amount, from, until);
    else
        append_amount(v, holds->status, from, until);
}

/* A condition that need not stand. */
static void append_condition(const np_rule_writing *v, uint16_t from, uint16_t until)
{
    np_ts_eval *ts = &v->w->ts;
    np_series when = np_ts_of(ts, &v->rule_plan->rule->when, from, until);
    for (size_t i = 0; i < when.count && !ts->eval.failed; i++)
        append_holding(v, &when.segments[i].value, NULL, i ? when.segments[i].from : from,
                       i + 1 < when.count ? when.segments[i + 1].from : until);
}

void np_rule_write(const np_rule_writing *v, const np_value *holds, const np_value *amount, uint16_t begin,
                   uint16_t end)
{
    uint16_t from = v->w->row->from, until = v->w->row->until;
    if (begin > from || begin >= end) append_not_due(v, NP_PUBLISHED, NP_LINE_NOT_IN_FORCE, from);
    if (begin >= end) return;
    if (holds)
        append_holding(v, holds, amount, begin, end);
    else
        append_condition(v, begin, end);
    if (end < until) append_not_due(v, NP_PUBLISHED, NP_LINE_NOT_IN_FORCE, end);
}
