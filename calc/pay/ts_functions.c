/* Functions of formulas over months, the commonest of them without asking each month. */
#include "natopay/pay/timeseries.h"

static void read_arguments(np_ts_eval *ts, const np_node *node, uint16_t from, uint16_t until, np_arguments *a)
{
    a->count = node->argc < NP_ARGS ? node->argc : NP_ARGS;
    for (size_t i = 0; i < a->count; i++) a->of[i] = np_ts_node(ts, node->args[i], from, until);
}

static np_value *put_number(np_ts_eval *ts, int64_t number, uint8_t status, uint16_t from)
{
    np_value *value = np_ts_place(ts);
    np_value_begin(value, NP_NUMBER, status, 0);
    value->as.number = np_num_int(number);
    np_ts_add(ts, from);
    return value;
}

static const np_value *alone(np_series s)
{
    return s.count == 1 && !s.segments->value.unknown ? &s.segments->value : NULL;
}

/* The first month that begins on a date or after it, from the first of the window = 0 on. */
static int month_from(const np_window *window, np_ymd date)
{
    return (date.year - window->first_year) * 12 + date.month - window->first_month + (date.day > 1);
}

/* Years from a date that stands to the first of each month: they change every twelve months. A first of the month comes
 * before any day that a shorter month lacks, so that it does not matter what becomes of such a day. */
static bool anniversaries(np_ts_eval *ts, const np_arguments *a, uint16_t from, uint16_t until)
{
    const np_value *since = alone(a->of[0]), *now = alone(a->of[1]);
    if (!since || !now || since->moving || now->moving != NP_MONTH_START || since->as.date > ts->window->start[from])
        return false;
    int begun = month_from(ts->window, np_date_split(since->as.date));
    int years = (from - begun) / 12;
    uint8_t status = np_weaker(since->status, now->status);
    for (int month = from; month < until; month = begun + 12 * ++years) put_number(ts, years, status, (uint16_t)month);
    return true;
}

/* The smallest or largest of two numbers. */
static bool extremes(np_ts_eval *ts, const np_node *node, np_arguments *a, uint16_t from, uint16_t until)
{
    bool largest = node->index == NP_FN_MAX;
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < a->of[i].count; k++)
            if (a->of[i].segments[k].value.unknown) return false;
    for (uint16_t month = from, next; month < until; month = next) {
        next = np_series_go(&a->of[1], month, np_series_go(&a->of[0], month, until));
        const np_value *x = &a->of[0].segments->value, *y = &a->of[1].segments->value;
        int order = np_num_compare(y->as.number, x->as.number);
        np_value *value = np_ts_place(ts);
        *value = largest ? *(order > 0 ? y : x) : *(order < 0 ? y : x);
        value->status = np_weaker(x->status, y->status);
        np_ts_add(ts, month);
    }
    return true;
}

/* The later of the month's first day and a date that lies before it all along. */
static bool month_goes_on(np_ts_eval *ts, const np_arguments *a, uint16_t from)
{
    const np_value *month = alone(a->of[0]), *date = alone(a->of[1]);
    if (!month || !date || month->moving != NP_MONTH_START || date->moving || date->as.date > ts->window->start[from])
        return false;
    np_value *value = np_ts_place(ts);
    *value = *month;
    if (date->status > value->status) value->status = date->status;
    np_ts_add(ts, from);
    return true;
}

/* The share of each month's days when all of them lie between the dates. */
static bool whole_months(np_ts_eval *ts, const np_arguments *a, uint16_t from, uint16_t until)
{
    const np_value *first = alone(a->of[0]), *last = a->count > 1 ? alone(a->of[1]) : first;
    if (!first || !last || first->moving || last->moving || first->as.date > ts->window->start[from]) return false;
    if (a->count > 1 && last->as.date < ts->window->start[until] - 1) return false;
    put_number(ts, 1, np_weaker(first->status, last->status), from);
    return true;
}

enum { CHILDREN = 8 };

/* Months in which each of some dates counts: begin <= month < end. */
typedef struct counting {
    uint16_t begin[CHILDREN], end[CHILDREN];
    size_t count;
} counting;

/* Ages in whole years as number_aged takes them; false when they are none. */
static bool read_ages(const np_value *lower, const np_value *upper, int64_t *low, int64_t *high)
{
    return np_num_to_int(lower->as.number, low) && np_num_to_int(upper->as.number, high) && *low >= 0 && *high <= 200 &&
           *low <= *high;
}

static uint16_t inside(const np_window *window, int month)
{
    return (uint16_t)(month < 0 ? 0 : month > window->months ? window->months : month);
}

/* From the month that holds the one birthday to the end of that which holds the other. A birthday is in the same month
 * each year, whatever becomes of leap days. */
static bool read_counting(const np_ts_eval *ts, const np_dates *births, int64_t low, int64_t high, counting *c)
{
    const np_window *window = ts->window;
    c->count = births->count;
    for (size_t i = 0; i < births->count; i++) {
        np_ymd birth = np_date_split(births->items[i]);
        if (birth.year + high > NP_YEAR_LAST) return false;
        int born = month_from(window, birth) - (birth.day > 1);
        c->begin[i] = inside(window, born + (int)low * 12);
        c->end[i] = inside(window, born + (int)high * 12 + 1);
    }
    return true;
}

/* How many count in a month; *next: until when. */
static int64_t count_in(const counting *c, uint16_t month, uint16_t *next)
{
    int64_t count = 0;
    for (size_t i = 0; i < c->count; i++) {
        count += c->begin[i] <= month && month < c->end[i];
        if (c->begin[i] > month && c->begin[i] < *next) *next = c->begin[i];
        if (c->end[i] > month && c->end[i] < *next) *next = c->end[i];
    }
    return count;
}

/* How many born on dates that stand are aged from one whole number of years and not yet another. */
static bool ages(np_ts_eval *ts, const np_arguments *a, uint16_t from, uint16_t until)
{
    const np_value *births = alone(a->of[0]), *lower = alone(a->of[1]), *upper = alone(a->of[2]);
    int64_t low, high;
    counting c;
    if (!births || !lower || !upper || births->as.dates.count > CHILDREN || !read_ages(lower, upper, &low, &high) ||
        !read_counting(ts, &births->as.dates, low, high, &c))
        return false;
    uint8_t status = np_weaker(births->status, lower->status);
    if (upper->status > status) status = upper->status;
    for (uint16_t month = from, next; month < until; month = next) {
        next = until;
        int64_t count = count_in(&c, month, &next);
        put_number(ts, count, status, month);
    }
    return true;
}

/* Functions whose course is known beforehand, for the arguments that are commonest; false: they must be asked from
 * stretch to stretch. */
static bool known_course(np_ts_eval *ts, const np_node *node, np_arguments *a, uint16_t from, uint16_t until)
{
    switch ((np_function)node->index) {
    case NP_FN_YEARS_BETWEEN:
        return anniversaries(ts, a, from, until);
    case NP_FN_MIN:
        return node->type == NP_NUMBER && a->count == 2 && extremes(ts, node, a, from, until);
    case NP_FN_MAX:
        if (a->count != 2) return false;
        if (node->type == NP_DATE) return month_goes_on(ts, a, from);
        return node->type == NP_NUMBER && extremes(ts, node, a, from, until);
    case NP_FN_SHARE_OF_MONTH:
        return whole_months(ts, a, from, until);
    case NP_FN_NUMBER_AGED:
        return ages(ts, a, from, until);
    default:
        return false;
    }
}

np_series np_ts_apply(np_ts_eval *ts, const np_node *node, np_arguments *a, uint16_t from, uint16_t until)
{
    const np_value *seen[NP_ARGS];
    np_value moved[NP_ARGS];
    size_t first = ts->used;
    if (known_course(ts, node, a, from, until)) return np_ts_since(ts, first);
    ts->used = first;
    for (uint16_t month = from, next; month < until; month = next) {
        next = until;
        np_value *value = np_ts_place(ts);
        if (!np_arguments_see(ts, a, month, &next, moved, seen)) {
            *value = np_ts_unknown(node->type);
        } else {
            np_ts_set_month(ts, month);
            *value = np_eval_apply(&ts->eval, node, seen);
            next = np_ts_valid_until(ts, value, month, next);
            if (value->unknown) *value = np_ts_unknown(node->type);
        }
        np_ts_keep(ts, first, month);
    }
    return np_ts_since(ts, first);
}

static np_series presence(np_ts_eval *ts, const np_node *node, uint16_t from, uint16_t until)
{
    uint16_t slot = node->args[0]->index;
    np_series s = np_series_cut(ts->slots[slot][ts->row], from, until);
    bool given = node->index == NP_FN_GIVEN;
    size_t first = ts->used;
    for (size_t i = 0; i < (given ? 1 : s.count); i++) {
        np_value *value = np_ts_place(ts);
        *value = (np_value){.type = NP_TRUTH, .status = NP_PUBLISHED};
        value->as.truth = given ? ts->eval.situation->given[slot] : !s.segments[i].value.unknown;
        np_ts_keep(ts, first, i ? s.segments[i].from : from);
    }
    return np_ts_since(ts, first);
}

/* Whether amounts are in the duty country's currency already, so that local(...) leaves them as they are. */
static bool is_local(const np_ts_eval *ts, np_series amounts)
{
    const np_book *book = ts->eval.book;
    const np_value *country = &ts->eval.slots[book->country_slot];
    for (size_t i = 0; i < amounts.count; i++) {
        const np_value *amount = &amounts.segments[i].value;
        if (amount->unknown || country->unknown || amount->currency != book->countries[country->as.country].currency)
            return false;
    }
    return true;
}

np_series np_ts_call(np_ts_eval *ts, const np_node *node, uint16_t from, uint16_t until)
{
    bool figure = np_is_figure(node);
    if (!figure && (node->index == NP_FN_GIVEN || node->index == NP_FN_KNOWN)) return presence(ts, node, from, until);
    np_arguments a;
    read_arguments(ts, node, from, until, &a);
    if (figure) return np_ts_figures(ts, node, &a, from, until);
    if (node->index == NP_FN_LOCAL && is_local(ts, a.of[0])) return a.of[0];
    return np_ts_apply(ts, node, &a, from, until);
}
