/* What a value is over the months of a plan: pieces, each of which stands until the next one begins. Private to
 * calc/plan.
 *
 * A formula is walked once for all months: each operation is done once for each stretch in which its operands stand,
 * by the evaluator's own operations (natopay/pay/operate.h), which also say how long a result stands that goes with the
 * month. What a series holds is therefore what month-by-month evaluation gives, to the last digit. */
#ifndef NATOPAY_PLAN_SERIES_H
#define NATOPAY_PLAN_SERIES_H

#include "natopay/pay/operate.h"
#include "natopay/plan/engine.h"

typedef struct np_piece {
    np_value value; /* a moving date (see np_moving) has no date of its own */
    uint16_t from;  /* month of the window */
    uint8_t state;  /* of a rule: np_line_state */
} np_piece;

/* Covers the months that were asked for, and may cover more: the first piece may begin before them. */
typedef struct np_series {
    const np_piece *pieces;
    size_t count; /* at least 1 */
} np_series;

/* Series of figures, found once: a scale's, or a parameter's for a country and position. */
typedef struct np_lookup {
    uint64_t key; /* 0: free */
    np_series series;
} np_lookup;

typedef struct np_lookups {
    np_arena *arena;
    np_lookup *entries;
    uint32_t count;
    /* ladders: series by step or position, of which those with count 0 are not made yet */
    np_series **scales; /* [grade * countries + country]; NULL: not made yet */
    np_series **lists;  /* [parameter * (countries + 1) + country]; the last for those that go by none */
} np_lookups;

/* Some of the seats. */
typedef struct np_seats {
    uint8_t count;
    uint8_t of[NP_SEATS];
} np_seats;

static inline void np_seats_add(np_seats *seats, unsigned seat)
{
    seats->of[seats->count++] = (uint8_t)seat;
}

/* Where formulas of one book are walked, for one of several members of staff at a time. Series that it hands out live
 * until `used` is set back, but those of standing parts and figures. */
typedef struct np_loom {
    const np_window *window;
    np_eval eval;  /* its slots hold the duty country, and whatever was looked at last */
    unsigned seat; /* whose formulas are walked */
    const np_situation *situations[NP_SEATS];
    np_value *values[NP_SEATS];              /* the slots of each one's eval */
    const uint16_t *from, *until;            /* [seat]: the months that formulas are asked for, of several at a time */
    uint64_t fallen;                         /* seats for which that failed, a bit each */
    np_series slots[NP_SLOTS_MAX][NP_SEATS]; /* what formulas name; those of one slot lie side by side */
    np_series *standing; /* [node id]: of parts that name nothing but the month; count 0: of others */
    np_lookups lookups;
    np_piece *room;
    size_t used;
    np_piece lost; /* the result of what failed */
    bool failed;   /* an error, or no room: what was handed out means nothing, and the plain way must be asked */
} np_loom;

/* False without memory. */
bool np_lookups_init(np_lookups *lookups, const np_book *book);
void np_lookups_free(np_lookups *lookups);

/* False without memory. The eval's arena must have a guard in force whenever series are made. */
bool np_loom_init(np_loom *loom, const np_window *window, const np_book *book);
void np_loom_free(np_loom *loom);

/* Find the parts of a formula that name nothing but the month, once and for all. */
void np_loom_prepare(np_loom *loom, np_arena *arena, const np_formula *formula);
/* Forget figures when there are very many. Between two members of staff only. */
void np_loom_trim(np_loom *loom);

/* A formula over the months from <= month < until; from < until. */
np_series np_series_of(np_loom *loom, const np_formula *formula, uint16_t from, uint16_t until);

/* The same for several seats, each over its months loom->from <= month < loom->until, where it can be told quickly that
 * it stands through all of these; elsewhere out is NULL, and the series must be asked. [seat]; values may be written
 * into `room`. For whom it failed is noted in loom->fallen. */
void np_series_flat(np_loom *loom, const np_formula *formula, const np_seats *seats, np_value *room,
                    const np_value **out);

/* Formulas are walked for this seat. */
static inline void np_loom_sit(np_loom *loom, unsigned seat)
{
    loom->seat = seat;
    loom->eval.situation = loom->situations[seat];
    loom->eval.slots = loom->values[seat];
}

/* Whether something went wrong, which concerns this seat alone. */
static inline bool np_loom_fell(np_loom *loom, unsigned seat)
{
    if (!loom->failed && !loom->eval.failed) return false;
    loom->fallen |= (uint64_t)1 << seat;
    loom->failed = loom->eval.failed = false;
    return true;
}

/* ---- inside ---- */

/* The arguments of a call, each over the months asked for. */
enum { NP_ARGS = 16 };

typedef struct np_arguments {
    np_series of[NP_ARGS];
    size_t count;
} np_arguments;

void np_arguments_read(np_loom *loom, const np_node *node, uint16_t from, uint16_t until, np_arguments *a);
/* The arguments as they are in a month; false when one of them is unknown. *next: until when they stand. `moved` has
 * room for those that go with the month. */
bool np_arguments_see(np_loom *loom, np_arguments *a, uint16_t month, uint16_t *next, np_value *moved,
                      const np_value **seen);

/* A function of these arguments that is neither a figure nor asks whether something is known: done once for each
 * stretch in which they stand. */
np_series np_series_apply(np_loom *loom, const np_node *node, np_arguments *a, uint16_t from, uint16_t until);

np_series np_series_figures(np_loom *loom, const np_node *node, uint16_t from, uint16_t until);

/* A figure for arguments that are known, over the whole window, and the weakest status among these; NULL after a
 * failure, of which the plain way says what it is. */
const np_series *np_loom_figure(np_loom *loom, const np_node *node, const np_value *const *known, uint8_t *status);
/* Whether a call is such a figure: of a scale, a parameter, or of one grade or country. */
bool np_is_figure(const np_node *node);

/* A part of a formula that is neither a name nor standing. */
np_series np_series_work(np_loom *loom, const np_node *node, uint16_t from, uint16_t until);
np_series np_series_call(np_loom *loom, const np_node *node, uint16_t from, uint16_t until);

static inline np_value np_series_unknown(uint8_t type)
{
    static const np_missing NOTHING; /* what is missing is said by the plain way */
    np_value value = {.type = type, .unknown = true};
    value.as.missing = &NOTHING;
    return value;
}

static inline np_series np_series_cut(np_series s, uint16_t from, uint16_t until)
{
    while (s.count > 1 && s.pieces[1].from <= from) s.pieces++, s.count--;
    while (s.count > 1 && s.pieces[s.count - 1].from >= until) s.count--;
    return s;
}

/* Any part of a formula; most are names and literals. */
static inline np_series np_series_node(np_loom *loom, const np_node *node, uint16_t from, uint16_t until)
{
    np_series s = node->op == NP_OP_SLOT ? loom->slots[node->index][loom->seat] : loom->standing[node->id];
    if (s.count == 1) return s;
    return s.count ? np_series_cut(s, from, until) : np_series_work(loom, node, from, until);
}

/* Going on to the piece that stands in a month; the month in which it ends, when that is before `next`. */
static inline uint16_t np_series_go(np_series *s, uint16_t month, uint16_t next)
{
    while (s->count > 1 && s->pieces[1].from <= month) s->pieces++, s->count--;
    return s->count > 1 && s->pieces[1].from < next ? s->pieces[1].from : next;
}

bool np_value_same_rest(const np_value *a, const np_value *b);

/* Whether two pieces are the same for whoever goes by them. When in doubt, no: a stretch more, and nothing else. */
static inline bool np_piece_same(const np_piece *p, const np_piece *q)
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

enum { NP_ROOM = 1 << 14 }; /* pieces under way at once; a formula that needs more is computed month by month */

/* The place for the next value, which np_series_add takes into the series that is being made. */
static inline np_value *np_series_place(np_loom *loom)
{
    if (loom->used == NP_ROOM) loom->failed = true; /* the place behind the last is for what is lost */
    return &loom->room[loom->used].value;
}

static inline void np_series_add(np_loom *loom, uint16_t from)
{
    np_piece *piece = &loom->room[loom->used];
    piece->from = from;
    piece->state = 0;
    loom->used += loom->used < NP_ROOM;
}

/* The same, unless it goes on with what stood before in the series that begins at `first`. */
static inline void np_series_keep(np_loom *loom, size_t first, uint16_t from)
{
    np_series_add(loom, from);
    if (loom->used > first + 1 && np_piece_same(&loom->room[loom->used - 2], &loom->room[loom->used - 1])) loom->used--;
}

static inline np_series np_series_since(const np_loom *loom, size_t first)
{
    return (np_series){loom->room + first, loom->used > first ? loom->used - first : 1};
}

/* By far the commonest: a product of small fractions. */
static inline bool np_value_multiply(const np_value *a, const np_value *b, uint8_t type, np_value *room)
{
    int64_t numerator, denominator;
    if (a->as.number.den <= 0 || b->as.number.den <= 0 ||
        __builtin_mul_overflow(a->as.number.of.small, b->as.number.of.small, &numerator) ||
        __builtin_mul_overflow(a->as.number.den, b->as.number.den, &denominator))
        return false;
    room->type = type;
    room->status = np_weaker(a->status, b->status);
    room->moving = NP_FIXED;
    room->unknown = room->percent = false;
    room->currency = a->type == NP_MONEY ? a->currency : b->currency;
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
    room->type = NP_TRUTH;
    room->status = np_weaker(a->status, b->status);
    room->moving = NP_FIXED;
    room->unknown = room->percent = false;
    room->currency = 0;
    room->as.truth = np_order_holds((np_op)node->op, (left > right) - (left < right));
    return true;
}

/* A value as it is in a month. */
np_value np_value_in(const np_window *window, const np_value *value, uint16_t month);
/* Let operations see a month, and begin to ask how long a result stands. */
void np_loom_turn(np_loom *loom, uint16_t month);
/* Until when a result of that month stands, `next` at the most. */
uint16_t np_loom_stands(const np_loom *loom, const np_value *value, uint16_t month, uint16_t next);

#endif
