/* What is paid, period by period: whole numbers of the currency's minor unit. */
#include <string.h>

#include "engine_internal.h"

bool np_book_state_read_currency(np_book_state *w)
{
    const np_book *book = w->book_plan.book;
    w->row->currency = book->countries[w->row->payslip->slots[book->country_slot].as.country].currency;
    np_num unit = book->currencies[w->row->currency].minor_unit;
    w->row->unit = unit.den;
    return unit.den > 0 && unit.den < INT32_MAX && unit.of.small == 1;
}

/* ---- one line ---- */

/* An amount as a whole number of minor units; false when it must be computed month by month. */
static inline bool units_of(const np_book_state *w, const np_value *value, int64_t *units)
{
    np_num n = value->as.number;
    *units = n.of.small;
    if (value->currency != w->row->currency) return n.den > 0 && n.of.small == 0; /* zero in any currency */
    if (n.den == w->row->unit) return true;
    return n.den > 0 && w->row->unit % n.den == 0 && !__builtin_mul_overflow(n.of.small, w->row->unit / n.den, units);
}

static void add_due(np_book_state *w, np_paid *paid, const np_value *value, uint16_t from, uint16_t until)
{
    int64_t units;
    if (!units_of(w, value, &units)) w->ts.eval.failed = true;
    np_book_state_add_units(w, paid, units, value->status, from, until);
}

/* What comes once, in the month that holds its day; open when that is not known. */
static void add_once(np_book_state *w, const np_rule_plan *rule_plan, np_paid *paid, const np_value *value,
                     uint8_t state, uint16_t from, uint16_t until)
{
    const np_window *window = w->ts.window;
    size_t mark = w->ts.used;
    np_series days = np_ts_of(&w->ts, &rule_plan->rule->date, from, until);
    int64_t units;
    paid->due = true;
    if (state == NP_LINE_DUE && !units_of(w, value, &units)) w->ts.eval.failed = true; /* on whatever day */
    for (size_t i = 0; i < days.count && !w->ts.eval.failed; i++) {
        const np_value *day = &days.segments[i].value;
        uint16_t start = i ? days.segments[i].from : from, end = i + 1 < days.count ? days.segments[i + 1].from : until;
        if (day->moving) w->ts.eval.failed = true;
        paid->open = paid->open || day->unknown;
        if (day->moving || day->unknown || day->as.date < window->start[start] || day->as.date >= window->start[end])
            continue;
        uint16_t month = np_window_month(window, day->as.date);
        if (state == NP_LINE_OPEN)
            paid->open = true;
        else
            add_due(w, paid, value, month, (uint16_t)(month + 1));
    }
    w->ts.used = mark;
}

void np_book_state_add_pay(np_book_state *w, const np_rule_plan *rule_plan, const np_value *value, uint8_t state,
                           uint16_t from, uint16_t until)
{
    np_paid *paid = &w->paid[rule_plan->line][w->ts.row];
    if (rule_plan->rule->kind == NP_ONCE && rule_plan->rule->date.root) {
        add_once(w, rule_plan, paid, value, state, from, until);
    } else if (state == NP_LINE_DUE) {
        add_due(w, paid, value, from, until);
    } else {
        paid->open = true;
        if (rule_plan->rule->kind == NP_SALARY) w->ts.eval.failed = true; /* a payslip without its salary is none */
    }
}

/* ---- all lines ---- */

/* Sums of each kind, and of adjustments that the employer's cost does not hold. */
enum { NET_ALONE = NP_KIND_COUNT, SUMS };

/* Add a line's pay_changes to those of its kind; what is paid ends where it does not go on. */
static inline void add_line(const np_window *window, np_pay_change *restrict sums, const np_paid *paid)
{
    const np_pay_change *restrict pay_changes = paid->pay_changes;
    for (unsigned y = 0, periods = window->periods; y < periods; y++) {
        sums[y].rest += pay_changes[y].rest;
        sums[y].month += pay_changes[y].month;
    }
    if (paid->until < window->months) np_pay_change_add(window, sums, paid->until, -paid->units);
}

static void add_lines(const np_book_state *w, np_pay_change (*sums)[NP_PLAN_PERIODS_MAX], np_outcome *outcome)
{
    const np_window *window = w->ts.window;
    unsigned row = w->ts.row;
    for (size_t i = 0; i < w->book_plan.line_count; i++) {
        const np_paid *paid = w->counted[i][row];
        if (!paid->due && !paid->open) continue;
        const np_rule_plan *rule_plan = &w->book_plan.rule_plans[w->book_plan.lines[i]];
        if (paid->open) outcome->open[rule_plan->slot / 64] |= (uint64_t)1 << (rule_plan->slot % 64);
        if (paid->status > outcome->status) outcome->status = paid->status;
        const np_rule *rule = rule_plan->rule;
        if (paid->paid)
            add_line(window, sums[rule->kind == NP_ADJUSTMENT && !rule->costs ? NET_ALONE : rule->kind], paid);
    }
}

/* What is paid in a period, of which `monthly` already is when it begins. */
static inline int64_t sum_of(np_pay_change pay_change, int64_t months, int64_t *monthly)
{
    int64_t sum = pay_change.rest + *monthly * months;
    *monthly += pay_change.month;
    return sum;
}

static inline np_pay_change add_pay_changes(np_pay_change a, np_pay_change b)
{
    return (np_pay_change){a.rest + b.rest, a.month + b.month};
}

static inline np_pay_change subtract_pay_changes(np_pay_change a, np_pay_change b)
{
    return (np_pay_change){a.rest - b.rest, a.month - b.month};
}

/* A share in hundredths where it goes, for sums add up fastest in one unit. */
static inline np_num in_hundredths(np_num share)
{
    bool fits = share.den > 0 && 100 % share.den == 0 && share.of.small <= INT32_MAX && share.of.small >= -INT32_MAX;
    return fits ? np_num_small(share.of.small * (100 / share.den), 100) : share;
}

static inline np_num times(np_arena *arena, np_num share, int months)
{
    bool fits = share.den == 100 && share.of.small / 100 <= INT32_MAX && share.of.small / 100 >= -INT32_MAX;
    return fits ? np_num_small(share.of.small * months, 100) : np_num_mul(arena, share, np_num_int(months));
}

/* The months paid in each period, by the share of full working time that holds in them. */
static void add_worked(const np_book_state *w, np_outcome *outcome)
{
    const np_window *window = w->ts.window;
    np_arena *arena = w->ts.eval.arena;
    uint16_t slot = w->book_plan.book->working_time_slot, month = w->row->from;
    const np_segment full = {.value = {.type = NP_NUMBER, .as.number = np_num_int(1)}};
    np_series series = slot == UINT16_MAX ? (np_series){&full, 1} : w->ts.slots[slot][w->ts.row];
    for (size_t i = 0; i < series.count; i++) {
        const np_value *value = &series.segments[i].value;
        np_num share = value->unknown ? np_num_small(100, 100) : in_hundredths(value->as.number);
        uint16_t until = i + 1 < series.count && series.segments[i + 1].from < w->row->until
                             ? series.segments[i + 1].from
                             : w->row->until;
        for (uint16_t end; month < until; month = end) {
            unsigned y = window->period_of[month];
            end = window->period_end[y] < until ? window->period_end[y] : until;
            np_num worked = times(arena, share, end - month), *sum = &outcome->periods[y].worked;
            *sum = np_num_sign(*sum) ? np_num_add(arena, *sum, worked) : worked;
        }
    }
}

void np_book_state_sum_outcome(const np_book_state *w, np_outcome *outcome)
{
    const np_window *window = w->ts.window;
    np_pay_change sums[SUMS][NP_PLAN_PERIODS_MAX];
    int64_t gross = 0, net = 0, employer = 0, unit = w->row->unit;
    outcome->applies = true;
    outcome->converted = outcome->left = false;
    outcome->changes = 0;
    outcome->currency = w->row->currency;
    outcome->from = w->row->from;
    outcome->until = w->row->until;
    outcome->status = NP_PUBLISHED;
    memset(outcome->open, 0, sizeof outcome->open);
    for (size_t kind = NP_SALARY; kind < SUMS; kind++) memset(sums[kind], 0, window->periods * sizeof sums[kind][0]);
    if (w->row->from < w->row->until) add_lines(w, sums, outcome);
    for (unsigned y = 0, begin = 0; y < window->periods; begin = window->period_end[y++]) {
        int64_t months = window->period_end[y] - (int64_t)begin;
        np_pay_change pay = add_pay_changes(sums[NP_SALARY][y], sums[NP_ALLOWANCE][y]), once = sums[NP_ONCE][y];
        np_pay_change behind = add_pay_changes(sums[NP_ADJUSTMENT][y], sums[NET_ALONE][y]);
        np_plan_period *period = &outcome->periods[y];
        period->gross = np_num_small(sum_of(pay, months, &gross), unit);
        period->net = np_num_small(
            sum_of(add_pay_changes(subtract_pay_changes(add_pay_changes(pay, behind), sums[NP_DEDUCTION][y]), once),
                   months, &net),
            unit);
        period->employer = np_num_small(
            sum_of(add_pay_changes(add_pay_changes(add_pay_changes(pay, sums[NP_ADJUSTMENT][y]), sums[NP_EMPLOYER][y]),
                                   once),
                   months, &employer),
            unit);
        period->worked = np_num_small(0, 100);
    }
    add_worked(w, outcome);
}
