/* What is paid, year by year: whole numbers of the currency's minor unit. */
#include <string.h>

#include "engine_parts.h"

bool np_worker_currency(np_worker *w)
{
    const np_book *book = w->lane.book;
    w->seat->currency = book->countries[w->seat->payslip->slots[book->country_slot].as.country].currency;
    np_num unit = book->currencies[w->seat->currency].minor_unit;
    w->seat->unit = unit.den;
    return unit.den > 0 && unit.den < INT32_MAX && unit.of.small == 1;
}

/* ---- one line ---- */

/* An amount as a whole number of minor units; false when the plain way must be asked. */
static inline bool units_of(const np_worker *w, const np_value *value, int64_t *units)
{
    np_num n = value->as.number;
    *units = n.of.small;
    if (value->currency != w->seat->currency) return n.den > 0 && n.of.small == 0; /* zero in any currency */
    if (n.den == w->seat->unit) return true;
    return n.den > 0 && w->seat->unit % n.den == 0 && !__builtin_mul_overflow(n.of.small, w->seat->unit / n.den, units);
}

static void add_due(np_worker *w, np_paid *paid, const np_value *value, uint16_t from, uint16_t until)
{
    int64_t units;
    if (!units_of(w, value, &units)) w->ts.failed = true;
    np_worker_pay_units(w, paid, units, value->status, from, until);
}

/* What comes once, in the month that holds its day; open when that is not known. */
static void add_once(np_worker *w, const np_knot *knot, np_paid *paid, const np_value *value, uint8_t state,
                     uint16_t from, uint16_t until)
{
    const np_window *window = w->ts.window;
    size_t mark = w->ts.used;
    np_series days = np_ts_of(&w->ts, &knot->rule->date, from, until);
    int64_t units;
    paid->due = true;
    if (state == NP_LINE_DUE && !units_of(w, value, &units)) w->ts.failed = true; /* on whatever day */
    for (size_t i = 0; i < days.count && !w->ts.failed; i++) {
        const np_value *day = &days.segments[i].value;
        uint16_t start = i ? days.segments[i].from : from, end = i + 1 < days.count ? days.segments[i + 1].from : until;
        if (day->moving) w->ts.failed = true;
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

void np_worker_pay(np_worker *w, const np_knot *knot, const np_value *value, uint8_t state, uint16_t from,
                   uint16_t until)
{
    np_paid *paid = &w->paid[knot->line][w->ts.row];
    if (knot->rule->kind == NP_ONCE && knot->rule->date.root) {
        add_once(w, knot, paid, value, state, from, until);
    } else if (state == NP_LINE_DUE) {
        add_due(w, paid, value, from, until);
    } else {
        paid->open = true;
        if (knot->rule->kind == NP_SALARY) w->ts.failed = true; /* a payslip without its salary is none */
    }
}

/* ---- all lines ---- */

/* Add a line's rises to those of its kind; what is paid ends where it does not go on. */
static inline void add_rises(const np_window *window, np_rise *restrict sums, const np_paid *paid)
{
    const np_rise *restrict rises = paid->rises;
    for (unsigned y = 0, years = window->years; y < years; y++) {
        sums[y].rest += rises[y].rest;
        sums[y].month += rises[y].month;
    }
    if (paid->until < window->months) np_rise_add(window, sums, paid->until, -paid->units);
}

static void add_lines(const np_worker *w, np_rise (*sums)[NP_PLAN_YEARS_MAX], np_outcome *outcome)
{
    const np_window *window = w->ts.window;
    unsigned seat = w->ts.row;
    for (size_t i = 0; i < w->lane.line_count; i++) {
        const np_paid *paid = w->counted[i][seat];
        if (!paid->due && !paid->open) continue;
        const np_knot *knot = &w->lane.knots[w->lane.lines[i]];
        if (paid->open) outcome->open[knot->slot / 64] |= (uint64_t)1 << (knot->slot % 64);
        if (paid->status > outcome->status) outcome->status = paid->status;
        if (paid->paid) add_rises(window, sums[knot->rule->kind], paid);
    }
}

/* What is paid in a year, of which `monthly` already is when it begins. */
static inline int64_t sum_of(np_rise rise, int64_t months, int64_t *monthly)
{
    int64_t sum = rise.rest + *monthly * months;
    *monthly += rise.month;
    return sum;
}

static inline np_rise both(np_rise a, np_rise b)
{
    return (np_rise){a.rest + b.rest, a.month + b.month};
}

static inline np_rise less(np_rise a, np_rise b)
{
    return (np_rise){a.rest - b.rest, a.month - b.month};
}

void np_worker_outcome(const np_worker *w, np_outcome *outcome)
{
    const np_window *window = w->ts.window;
    np_rise sums[NP_KIND_COUNT][NP_PLAN_YEARS_MAX];
    int64_t gross = 0, net = 0, employer = 0, unit = w->seat->unit;
    outcome->applies = true;
    outcome->currency = w->seat->currency;
    outcome->from = w->seat->from;
    outcome->until = w->seat->until;
    outcome->status = NP_PUBLISHED;
    memset(outcome->open, 0, sizeof outcome->open);
    for (size_t kind = NP_SALARY; kind < NP_KIND_COUNT; kind++)
        memset(sums[kind], 0, window->years * sizeof sums[kind][0]);
    if (w->seat->from < w->seat->until) add_lines(w, sums, outcome);
    for (unsigned y = 0, begin = 0; y < window->years; begin = window->year_end[y++]) {
        int64_t months = window->year_end[y] - (int64_t)begin;
        np_rise pay = both(sums[NP_SALARY][y], sums[NP_ALLOWANCE][y]), once = sums[NP_ONCE][y];
        np_plan_year *year = &outcome->years[y];
        year->gross = np_num_small(sum_of(pay, months, &gross), unit);
        year->net = np_num_small(sum_of(both(less(pay, sums[NP_DEDUCTION][y]), once), months, &net), unit);
        year->employer = np_num_small(sum_of(both(both(pay, sums[NP_EMPLOYER][y]), once), months, &employer), unit);
    }
}
