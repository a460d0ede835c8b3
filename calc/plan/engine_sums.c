/* What is paid, year by year: whole numbers of the currency's minor unit. */
#include <string.h>

#include "engine_parts.h"

/* Far beyond any amount; 600 months of 256 such lines still fit 64 bits. Larger ones go the plain way. */
enum { UNITS_BITS = 45 };

typedef struct adding {
    np_outcome *outcome;
    int64_t unit; /* minor units in one unit of the currency */
    int64_t sums[NP_PLAN_YEARS_MAX][NP_KIND_COUNT];
} adding;

/* An amount a month from one month until another. */
static void add_months(const np_window *window, adding *a, np_kind kind, int64_t units, uint16_t from, uint16_t until)
{
    for (uint8_t year = window->year_of[from]; from < until; year++) {
        uint16_t end = window->year_end[year] < until ? window->year_end[year] : until;
        a->sums[year][kind] += units * (end - from);
        from = end;
    }
}

/* An amount as a whole number of minor units; false when the plain way must be asked. */
static inline bool units_of(const adding *a, const np_value *value, int64_t *units)
{
    np_num n = value->as.number;
    *units = n.of.small;
    if (value->currency != a->outcome->currency) return n.den > 0 && n.of.small == 0; /* zero in any currency */
    if (n.den != a->unit) {
        if (n.den <= 0 || a->unit % n.den != 0) return false;
        if (__builtin_mul_overflow(n.of.small, a->unit / n.den, units)) return false;
    }
    return *units >> UNITS_BITS == *units >> 63;
}

static inline bool add_due(np_worker *w, adding *a, np_kind kind, const np_value *value, uint16_t from, uint16_t until)
{
    int64_t units;
    if (value->status > a->outcome->status) a->outcome->status = value->status;
    if (!units_of(a, value, &units)) return false;
    if (units) add_months(w->loom.window, a, kind, units, from, until);
    return true;
}

static void set_open(np_outcome *outcome, uint16_t slot)
{
    outcome->open[slot / 64] |= (uint64_t)1 << (slot % 64);
}

/* What comes once, in the month that holds its day; open when that is not known. */
static bool add_once(np_worker *w, adding *a, const np_knot *knot, const np_piece *piece, uint16_t from, uint16_t until)
{
    size_t mark = w->loom.used;
    np_series days = np_series_of(&w->loom, &knot->rule->date, from, until);
    if (w->loom.failed) return false;
    for (size_t i = 0; i < days.count; i++) {
        const np_value *day = &days.pieces[i].value;
        uint16_t start = i ? days.pieces[i].from : from, end = i + 1 < days.count ? days.pieces[i + 1].from : until;
        if (day->moving) return false;
        if (day->unknown) {
            set_open(a->outcome, knot->slot);
            continue;
        }
        const np_window *window = w->loom.window;
        if (day->as.date < window->start[start] || day->as.date >= window->start[end]) continue;
        uint16_t month = np_window_month(window, day->as.date);
        if (piece->state == NP_LINE_OPEN)
            set_open(a->outcome, knot->slot);
        else if (!add_due(w, a, NP_ONCE, &piece->value, month, (uint16_t)(month + 1)))
            return false;
    }
    w->loom.used = mark;
    return true;
}

static bool add_piece(np_worker *w, adding *a, const np_knot *knot, const np_piece *piece, uint16_t from, uint16_t until)
{
    const np_rule *rule = knot->rule;
    if (piece->state != NP_LINE_OPEN && piece->state != NP_LINE_DUE) return true;
    if (rule->kind == NP_ONCE && rule->date.root) return add_once(w, a, knot, piece, from, until);
    if (piece->state == NP_LINE_DUE) return add_due(w, a, rule->kind, &piece->value, from, until);
    set_open(a->outcome, knot->slot);
    return rule->kind != NP_SALARY; /* a payslip without its salary is none */
}

static bool add_line(np_worker *w, adding *a, const np_knot *knot)
{
    np_series line = w->loom.slots[knot->slot];
    for (size_t i = 0; i < line.count; i++) {
        uint16_t from = line.pieces[i].from, until = i + 1 < line.count ? line.pieces[i + 1].from : w->until;
        if (!add_piece(w, a, knot, &line.pieces[i], from, until)) return false;
    }
    return true;
}

static void take_years(const np_window *window, const adding *a)
{
    for (uint16_t y = 0; y < window->years; y++) {
        const int64_t *sums = a->sums[y];
        np_plan_year *year = &a->outcome->years[y];
        int64_t gross = sums[NP_SALARY] + sums[NP_ALLOWANCE];
        year->gross = np_num_small(gross, a->unit);
        year->net = np_num_small(gross - sums[NP_DEDUCTION] + sums[NP_ONCE], a->unit);
        year->employer = np_num_small(gross + sums[NP_EMPLOYER] + sums[NP_ONCE], a->unit);
    }
}

bool np_worker_outcome(np_worker *w, np_outcome *outcome)
{
    const np_book *book = w->lane.book;
    const np_window *window = w->loom.window;
    adding a;
    a.outcome = outcome;
    memset(a.sums, 0, window->years * sizeof *a.sums);
    outcome->applies = true;
    outcome->currency = book->countries[w->payslip->slots[book->country_slot].as.country].currency;
    outcome->from = w->from;
    outcome->until = w->until;
    outcome->status = NP_PUBLISHED;
    memset(outcome->open, 0, sizeof outcome->open);
    np_num unit = book->currencies[outcome->currency].minor_unit;
    if (unit.den <= 0 || unit.of.small != 1) return false;
    a.unit = unit.den;
    for (size_t i = 0; i < w->lane.line_count && w->from < w->until; i++)
        if (!add_line(w, &a, &w->lane.knots[w->lane.lines[i]])) return false;
    take_years(window, &a);
    return true;
}
