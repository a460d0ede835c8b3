/* What a value is over the months of a plan or projection: segments, each of which stands until the next one begins.
 *
 * A formula is walked once for all months: each operation is done once for each stretch in which its operands stand,
 * by the evaluator's own operations (natopay/pay/operate.h), which also say how long a result stands that goes with the
 * month. What a series holds is therefore what month-by-month evaluation gives, to the last digit. */
#ifndef NATOPAY_PAY_TIMESERIES_H
#define NATOPAY_PAY_TIMESERIES_H

#include "natopay/pay/operate.h"
#include "natopay/pay/payslip.h"
#include "natopay/pay/month_window.h"

/* Members of staff are computed a few at a time: what one formula needs is at hand for all of them. */
enum { NP_BATCH = 48 };

typedef struct np_segment {
    np_value value; /* a moving date (see np_moving) has no date of its own */
    uint16_t from;  /* month of the window */
    uint8_t state;  /* of a rule: np_line_state */
} np_segment;

/* Covers the months that were asked for, and may cover more: the first segment may begin before them. */
typedef struct np_series {
    const np_segment *segments;
    size_t count; /* at least 1 */
} np_series;

/* Series of figures, found once: a scale's, or a parameter's for a country and position. */
typedef struct np_ts_figure_entry {
    uint64_t key; /* 0: free */
    np_series series;
} np_ts_figure_entry;

typedef struct np_ts_cache {
    np_arena *arena;
    np_ts_figure_entry *entries;
    uint32_t count;
    /* series by step or position, of which those with count 0 are not made yet */
    np_series **scales; /* [grade * countries + country]; NULL: not made yet */
    np_series **lists;  /* [parameter * (countries + 1) + country]; the last for those that go by none */
    np_series **places; /* [country][node id]: of parts that name nothing but the month, and go by the duty country */
} np_ts_cache;

/* Some of the rows. */
typedef struct np_rows {
    uint8_t count;
    uint8_t of[NP_BATCH];
} np_rows;

static inline void np_rows_add(np_rows *rows, unsigned row)
{
    rows->of[rows->count++] = (uint8_t)row;
}

/* Where formulas of one book are walked, for one of several members of staff at a time. Series that it works out live
 * until `used` is set back, but those of parts that name only the month, and of figures. */
typedef struct np_ts_eval {
    const np_window *window;
    /* Its slots hold the duty country, and whatever was looked at last. `failed`: there was an error, or no room;
     * series handed out since mean nothing, and each month must be computed by itself, which says what is wrong. */
    np_eval eval;
    unsigned row; /* whose formulas are walked */
    const np_situation *situations[NP_BATCH];
    np_value *values[NP_BATCH];              /* the slots of each one's eval */
    const uint16_t *from, *until;            /* [row]: the months that formulas are asked for, of several at a time */
    uint64_t failed_rows;                    /* rows for which that failed, a bit each */
    np_series slots[NP_SLOTS_MAX][NP_BATCH]; /* what formulas name; those of one slot lie side by side */
    np_series *month_only; /* [node id]: of parts that name nothing but the month; count 0: of others */
    bool *placed;          /* [node id]: it names nothing but the month, and goes by the duty country */
    np_ts_cache cache;
    np_segment *room;
    size_t used;
    np_segment lost; /* the result of what failed */
} np_ts_eval;

/* What an evaluator writes into is taken from `arena`; figures that are found once from `figures`, which np_ts_trim
 * empties (it may be the same arena when np_ts_trim is not called). Both live as long as it does; the guard of `arena`
 * must be in force. The eval's own arena must have a guard in force whenever series are made. */
void np_ts_init(np_ts_eval *ts, const np_window *window, const np_book *book, np_arena *arena, np_arena *figures);
void np_ts_cache_init(np_ts_cache *cache, const np_book *book, np_arena *arena, np_arena *figures);

/* Compute beforehand, for everybody, the parts of a formula that go by nothing but the month; again after the figures
 * of the book were put at other ends of their ranges. */
void np_ts_prepare(np_ts_eval *ts, np_arena *arena, const np_formula *formula);
/* Forget figures, or forget them when there are very many. Between two members of staff only. */
void np_ts_forget(np_ts_eval *ts);
void np_ts_trim(np_ts_eval *ts);

/* The same for several rows, each over its months ts->from <= month < ts->until, where it can be told quickly that
 * it stands through all of these; elsewhere out is NULL, and the series must be asked. [row]; values may be written
 * into `room`. For whom it failed is noted in ts->failed_rows. */
void np_ts_of_batch(np_ts_eval *ts, const np_formula *formula, const np_rows *rows, np_value *room,
                    const np_value **out);

/* Formulas are walked for this row. */
static inline void np_ts_take_row(np_ts_eval *ts, unsigned row)
{
    ts->row = row;
    ts->eval.situation = ts->situations[row];
    ts->eval.slots = ts->values[row];
}

/* Whether something went wrong, which concerns this row alone. */
static inline bool np_ts_failed(np_ts_eval *ts, unsigned row)
{
    if (!ts->eval.failed) return false;
    ts->failed_rows |= (uint64_t)1 << row;
    ts->eval.failed = false;
    return true;
}

/* ---- inside ---- */

/* The arguments of a call, each over the months asked for. */
enum { NP_ARGS = 16 };

typedef struct np_arguments {
    np_series of[NP_ARGS];
    size_t count;
} np_arguments;

/* The arguments as they are in a month; false when one of them is unknown. *next: until when they stand. `moved` has
 * room for those that go with the month. */
bool np_arguments_see(np_ts_eval *ts, np_arguments *a, uint16_t month, uint16_t *next, np_value *moved,
                      const np_value **seen);

/* A function of these arguments that is neither a figure nor asks whether something is known: done once for each
 * stretch in which they stand. */
np_series np_ts_apply(np_ts_eval *ts, const np_node *node, np_arguments *a, uint16_t from, uint16_t until);

/* Figures of a scale, parameter, grade or country (np_is_figure), for arguments that may go with the month. */
np_series np_ts_figures(np_ts_eval *ts, const np_node *node, np_arguments *a, uint16_t from, uint16_t until);

/* A figure for arguments that are known, over the whole window, and the weakest status among these; NULL after a
 * failure, of which month by month says what it is. */
const np_series *np_ts_figure(np_ts_eval *ts, const np_node *node, const np_value *const *known, uint8_t *status);
/* Whether a call is such a figure: of a scale, a parameter, or of one grade or country. */
bool np_is_figure(const np_node *node);

/* A part that goes by the month and the duty country alone, over the whole window: worked out once for each country,
 * for everybody. NULL: that could not be done, and it must be worked out for the months asked for. */
const np_series *np_ts_placed(np_ts_eval *ts, const np_node *node);

/* A part of a formula that is neither a name nor in month_only. */
np_series np_ts_work(np_ts_eval *ts, const np_node *node, uint16_t from, uint16_t until);
np_series np_ts_call(np_ts_eval *ts, const np_node *node, uint16_t from, uint16_t until);

static inline np_value np_ts_unknown(uint8_t type)
{
    static const np_missing NOTHING; /* what is missing is said by month by month */
    np_value value = {.type = type, .unknown = true};
    value.as.missing = &NOTHING;
    return value;
}

static inline np_series np_series_cut(np_series s, uint16_t from, uint16_t until)
{
    while (s.count > 1 && s.segments[1].from <= from) s.segments++, s.count--;
    while (s.count > 1 && s.segments[s.count - 1].from >= until) s.count--;
    return s;
}

/* Any part of a formula; most are names and literals. */
static inline np_series np_ts_node(np_ts_eval *ts, const np_node *node, uint16_t from, uint16_t until)
{
    np_series s = node->op == NP_OP_SLOT ? ts->slots[node->index][ts->row] : ts->month_only[node->id];
    if (s.count == 1) return s;
    return s.count ? np_series_cut(s, from, until) : np_ts_work(ts, node, from, until);
}

/* A formula over the months from <= month < until; from < until. */
static inline np_series np_ts_of(np_ts_eval *ts, const np_formula *formula, uint16_t from, uint16_t until)
{
    ts->eval.formula = formula;
    return np_ts_node(ts, formula->root, from, until);
}

/* Going on to the segment that stands in a month; the month in which it ends, when that is before `next`. */
static inline uint16_t np_series_go(np_series *s, uint16_t month, uint16_t next)
{
    while (s->count > 1 && s->segments[1].from <= month) s->segments++, s->count--;
    return s->count > 1 && s->segments[1].from < next ? s->segments[1].from : next;
}

bool np_value_same_rest(const np_value *a, const np_value *b);

/* Whether two segments are the same for whoever goes by them. When in doubt, no: a stretch more, and nothing else. */
static inline bool np_segment_same(const np_segment *p, const np_segment *q)
{
    const np_value *a = &p->value, *b = &q->value;
    if (a->type != b->type || a->status != b->status || p->state != q->state) return false;
    if (a->unknown || b->unknown) return a->unknown && b->unknown;
    if (a->moving != b->moving || a->percent != b->percent) return false;
    if (a->type == NP_NUMBER || a->type == NP_MONEY)
        return a->as.number.of.small == b->as.number.of.small && a->as.number.den == b->as.number.den &&
               a->as.number.den > 0 && a->currency == b->currency;
    return np_value_same_rest(a, b);
}

/* Whether two series over the same months are the same; when in doubt, no. */
bool np_series_same(np_series a, np_series b);

enum { NP_TS_ROOM = 1 << 14 }; /* segments under way at once; a formula that needs more is computed month by month */

/* The place for the next value, which np_ts_add takes into the series that is being made. */
static inline np_value *np_ts_place(np_ts_eval *ts)
{
    if (ts->used == NP_TS_ROOM) ts->eval.failed = true; /* the place behind the last is for what is lost */
    return &ts->room[ts->used].value;
}

static inline void np_ts_add(np_ts_eval *ts, uint16_t from)
{
    np_segment *segment = &ts->room[ts->used];
    segment->from = from;
    segment->state = 0;
    ts->used += ts->used < NP_TS_ROOM;
}

/* The same, unless it goes on with what stood before in the series that begins at `first`. */
static inline void np_ts_keep(np_ts_eval *ts, size_t first, uint16_t from)
{
    np_ts_add(ts, from);
    if (ts->used > first + 1 && np_segment_same(&ts->room[ts->used - 2], &ts->room[ts->used - 1])) ts->used--;
}

static inline np_series np_ts_since(const np_ts_eval *ts, size_t first)
{
    return (np_series){ts->room + first, ts->used > first ? ts->used - first : 1};
}

/* By far the commonest: a product of small fractions. */
static inline bool np_value_multiply(const np_value *a, const np_value *b, uint8_t type, np_value *room)
{
    int64_t numerator, denominator;
    if (a->as.number.den <= 0 || b->as.number.den <= 0 ||
        __builtin_mul_overflow(a->as.number.of.small, b->as.number.of.small, &numerator) ||
        __builtin_mul_overflow(a->as.number.den, b->as.number.den, &denominator))
        return false;
    np_value_begin(room, type, np_weaker(a->status, b->status), a->type == NP_MONEY ? a->currency : b->currency);
    room->as.number = np_num_small(numerator, denominator);
    return true;
}

/* A comparison of two fractions with one denominator, or of dates that stand, as nearly all are. */
static inline bool np_value_compare(const np_node *node, const np_value *a, const np_value *b, np_value *room)
{
    int64_t left, right;
    if (node->op < NP_OP_EQ || node->op > NP_OP_GE) return false;
    if (a->type == NP_NUMBER && a->as.number.den == b->as.number.den && a->as.number.den > 0) {
        left = a->as.number.of.small;
        right = b->as.number.of.small;
    } else if (a->type == NP_DATE && !a->moving && !b->moving) {
        left = a->as.date;
        right = b->as.date;
    } else {
        return false;
    }
    np_value_begin(room, NP_TRUTH, np_weaker(a->status, b->status), 0);
    room->as.truth = np_order_holds((np_op)node->op, (left > right) - (left < right));
    return true;
}

/* A value as it is in a month: itself, or written into `room` where it goes with the month. */
static inline const np_value *np_value_in(const np_window *window, const np_value *value, uint16_t month,
                                          np_value *room)
{
    if (value->moving != NP_MONTH_START && value->moving != NP_MONTH_LAST) return value;
    *room = *value;
    room->as.date = value->moving == NP_MONTH_START ? window->start[month] : window->start[month + 1] - 1;
    return room;
}

/* Let operations see a month, and begin to ask how long a result stands. */
void np_ts_set_month(np_ts_eval *ts, uint16_t month);
/* Until when a result of that month stands, `next` at the most. */
uint16_t np_ts_valid_until(const np_ts_eval *ts, const np_value *value, uint16_t month, uint16_t next);

#endif
