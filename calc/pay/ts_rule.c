/* A rule over months: what np_payslip_slot gives for each of them (see payslip.c), in segments. */
#include "natopay/pay/ts_rule.h"

#include <string.h>

/* ---- what is kept ---- */

static inline bool same_number(const np_num *a, const np_num *b)
{
    return (a->den == b->den && a->den > 0 && a->of.small == b->of.small) || np_num_compare(*a, *b) == 0;
}

bool np_value_same(const np_value *a, const np_value *b)
{
    if (a->unknown || b->unknown) return a->unknown && b->unknown;
    if (a->status != b->status || a->moving != b->moving || a->type != b->type) return false;
    switch ((np_type)a->type) {
    case NP_NUMBER:
        return same_number(&a->as.number, &b->as.number);
    case NP_MONEY:
        return a->currency == b->currency && same_number(&a->as.number, &b->as.number);
    case NP_TEXT: /* two texts of one content may lie in two places */
        return strcmp(a->as.text, b->as.text) == 0;
    case NP_DATE:
        return a->moving || a->as.date == b->as.date;
    case NP_DATES:
        return a->as.dates.items == b->as.dates.items && a->as.dates.count == b->as.dates.count;
    default:
        return np_value_same_rest(a, b);
    }
}

bool np_line_same(const np_line *a, const np_line *b)
{
    return a->state == b->state && a->status == b->status && a->date == b->date && a->currency == b->currency &&
           same_number(&a->amount, &b->amount) && same_number(&a->exact, &b->exact);
}

void np_rule_store_init(np_rule_store *store, np_arena *arena, size_t capacity)
{
    store->segments = np_arena_array(arena, capacity + 1, sizeof *store->segments);
    store->lines = np_arena_array(arena, capacity + 1, sizeof *store->lines);
    store->capacity = capacity;
    store->count = 0;
}

/* A date that is another one each month is kept for each. */
static bool goes_on(const np_segment *before, const np_value *value)
{
    return value->moving != NP_MOVING && np_value_same(&before->value, value);
}

bool np_rule_store_value(np_rule_store *store, size_t first, const np_value *value, uint16_t from)
{
    if (store->count > first && goes_on(&store->segments[store->count - 1], value)) return true;
    store->segments[store->count] = (np_segment){.value = *value, .from = from};
    if (store->count == store->capacity) return false;
    store->count++;
    return true;
}

/* ---- one rule ---- */

/* A rule while it is computed, from month to month. */
typedef struct run {
    np_ts_eval *ts;
    np_rule_store *store;
    const np_rule *rule;
    size_t first; /* of its segments */
} run;

/* Where the next segment and its line are written, before `keep` takes them. */
static np_value *next_value(const run *r)
{
    return &r->store->segments[r->store->count].value;
}

static np_line *next_line(const run *r)
{
    return &r->store->lines[r->store->count];
}

static void write_nothing(np_line *line, uint8_t state, uint8_t status)
{
    line->state = state;
    line->status = status;
    line->currency = 0;
    line->exact = line->amount = np_num_small(0, 1);
    line->date = NP_DATE_NONE;
    line->missing = NULL;
}

/* What was written stands from a month on. */
static inline void keep(const run *r, uint16_t from)
{
    np_rule_store *store = r->store;
    np_segment *segment = &store->segments[store->count];
    const np_line *line = &store->lines[store->count];
    if (store->count > r->first && goes_on(segment - 1, &segment->value) && np_line_same(line - 1, line)) return;
    segment->from = from;
    segment->state = line->state;
    if (store->count == store->capacity)
        r->ts->eval.failed = true;
    else
        store->count++;
}

/* Neither in force nor due: zero, or no. */
static inline void keep_nothing(const run *r, uint8_t state, uint8_t status, uint16_t from)
{
    np_type type = r->rule->type;
    np_value *value = next_value(r);
    np_value_begin(value, (uint8_t)type, status, type == NP_MONEY ? NP_CURRENCY_ANY : 0);
    value->as.number = np_num_small(0, type == NP_MONEY || type == NP_NUMBER);
    write_nothing(next_line(r), state, status);
    keep(r, from);
}

static void keep_open(const run *r, uint8_t status, uint16_t from)
{
    *next_value(r) = np_ts_unknown((uint8_t)r->rule->type);
    write_nothing(next_line(r), NP_LINE_OPEN, status);
    next_line(r)->missing = next_value(r)->as.missing;
    keep(r, from);
}

/* The amount as it is, then rounded, which is what others see. */
static inline void round_line(const run *r, np_line *line, np_value *amount)
{
    np_ts_eval *ts = r->ts;
    line->currency = amount->currency;
    line->exact = line->amount = amount->as.number;
    if (!r->rule->rounds || amount->currency >= ts->eval.book->currency_count) return;
    np_num unit = ts->eval.book->currencies[amount->currency].minor_unit;
    bool simple = r->rule->rounding == NP_ROUND_HALF_UP && unit.den > 0 && unit.den < INT32_MAX && unit.of.small == 1;
    if (!simple || !np_num_round_small(line->exact, unit.den, &amount->as.number))
        amount->as.number = np_num_round(ts->eval.arena, line->exact, unit, r->rule->rounding);
    if (!np_num_valid(amount->as.number)) ts->eval.failed = true;
    line->amount = amount->as.number;
}

/* Of kind once: on which day it falls due; open when that is not known. */
static void keep_on_day(const run *r, uint16_t from, uint16_t until)
{
    np_ts_eval *ts = r->ts;
    size_t mark = ts->used;
    const np_value value = *next_value(r);
    np_line line = *next_line(r);
    np_series days = np_ts_of(ts, &r->rule->date, from, until);
    for (size_t i = 0; i < days.count && !ts->eval.failed; i++) {
        const np_value *day = &days.segments[i].value;
        uint16_t month = i ? days.segments[i].from : from, end = i + 1 < days.count ? days.segments[i + 1].from : until;
        line.state = day->unknown ? NP_LINE_OPEN : NP_LINE_DUE;
        line.missing = day->unknown ? day->as.missing : NULL;
        line.date = day->unknown ? NP_DATE_NONE : day->as.date;
        for (; month < end; month++) {
            if (!day->unknown && day->moving) line.date = np_value_in(ts->window, day, month, &(np_value){0})->as.date;
            *next_value(r) = value;
            *next_line(r) = line;
            keep(r, month);
            if (!day->moving) break;
        }
    }
    ts->used = mark;
}

static inline void keep_due(const run *r, uint8_t status, const np_value *amount, uint16_t from, uint16_t until)
{
    if (amount->unknown) {
        keep_open(r, status, from);
        return;
    }
    np_value *value = next_value(r);
    np_line *line = next_line(r);
    *value = *amount;
    value->status = np_weaker(amount->status, status);
    if (r->rule->has_status) value->status = np_weaker(value->status, (uint8_t)r->rule->status);
    write_nothing(line, NP_LINE_DUE, value->status);
    if (amount->type == NP_MONEY) round_line(r, line, value);
    if (r->rule->date.root)
        keep_on_day(r, from, until);
    else
        keep(r, from);
}

static inline void holding(const run *r, uint8_t status, uint16_t from, uint16_t until)
{
    np_ts_eval *ts = r->ts;
    np_series amount = np_ts_of(ts, &r->rule->amount, from, until);
    for (size_t i = 0; i < amount.count && !ts->eval.failed; i++)
        keep_due(r, status, &amount.segments[i].value, i ? amount.segments[i].from : from,
                 i + 1 < amount.count ? amount.segments[i + 1].from : until);
}

/* Months in which it is in force. */
static inline void in_force(const run *r, uint16_t from, uint16_t until)
{
    np_ts_eval *ts = r->ts;
    if (!r->rule->when.root) {
        holding(r, NP_PUBLISHED, from, until);
        return;
    }
    np_series when = np_ts_of(ts, &r->rule->when, from, until);
    for (size_t i = 0; i < when.count && !ts->eval.failed; i++) {
        const np_value *holds = &when.segments[i].value;
        uint16_t begin = i ? when.segments[i].from : from, end = i + 1 < when.count ? when.segments[i + 1].from : until;
        if (holds->unknown)
            keep_open(r, NP_PUBLISHED, begin);
        else if (!holds->as.truth)
            keep_nothing(r, NP_LINE_NOT_DUE, holds->status, begin);
        else
            holding(r, holds->status, begin, end);
    }
}

/* The month that holds a day, if it is one of these: else `until`. */
static uint16_t month_of_day(const np_window *window, np_date day, uint16_t from, uint16_t until)
{
    if (day < window->start[from] || day >= window->start[until]) return until;
    return np_window_month(window, day);
}

/* What falls on a day is in force in its month alone, where it is known. */
static void on_its_day(const run *r, uint16_t from, uint16_t until)
{
    np_ts_eval *ts = r->ts;
    np_series days = np_ts_of(ts, &r->rule->date, from, until);
    for (size_t i = 0; i < days.count && !ts->eval.failed; i++) {
        const np_value *day = &days.segments[i].value;
        uint16_t begin = i ? days.segments[i].from : from, end = i + 1 < days.count ? days.segments[i + 1].from : until;
        if (day->unknown || day->moving == NP_MONTH_START || day->moving == NP_MONTH_LAST) {
            in_force(r, begin, end);
            continue;
        }
        uint16_t month = month_of_day(ts->window, day->as.date, begin, end);
        if (month > begin) keep_nothing(r, NP_LINE_NOT_IN_FORCE, NP_PUBLISHED, begin);
        if (month == end) continue;
        in_force(r, month, (uint16_t)(month + 1));
        if (month + 1 < end) keep_nothing(r, NP_LINE_NOT_IN_FORCE, NP_PUBLISHED, (uint16_t)(month + 1));
    }
}

void np_ts_rule(np_ts_eval *ts, np_rule_store *store, const np_rule_months *months, uint16_t from, uint16_t until)
{
    run r = {ts, store, months->rule, store->count};
    uint16_t begin = months->from > from ? months->from : from, end = months->until < until ? months->until : until;
    if (begin > from || begin >= end) keep_nothing(&r, NP_LINE_NOT_IN_FORCE, NP_PUBLISHED, from);
    if (begin < end && months->falls)
        on_its_day(&r, begin, end);
    else if (begin < end)
        in_force(&r, begin, end);
    if (begin < end && end < until) keep_nothing(&r, NP_LINE_NOT_IN_FORCE, NP_PUBLISHED, end);
    size_t count = store->count - r.first;
    ts->slots[months->rule->slot][0] = (np_series){store->segments + r.first, count ? count : 1};
    ts->used = 0;
}

np_rule_months np_rule_months_of(const np_rule *rule, const np_window *window, const np_slot_set *falling)
{
    np_rule_months m = {.rule = rule, .until = window->months};
    m.falls = falling->bits[rule->slot / 64] >> (rule->slot % 64) & 1;
    while (rule->from != NP_DATE_NONE && m.from < window->months && window->start[m.from] < rule->from) m.from++;
    if (rule->until == NP_DATE_NONE) return m;
    while (m.until > 0 && window->start[m.until - 1] > rule->until) m.until--;
    if (m.until < m.from) m.until = m.from;
    return m;
}
