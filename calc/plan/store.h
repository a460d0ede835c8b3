/* What a plan has computed already, kept once. Private to calc/plan.
 *
 * A course is what one input or rule is worth from month to month over the plan's window: a few segments, each a value
 * that stands until the next. Equal values and equal courses are kept once and have one number, so that comparing
 * courses is comparing numbers, and a rule whose courses of what it names are known needs no computing again. Courses
 * are exact: they hold the very values that the evaluator gave. */
#ifndef NATOPAY_PLAN_STORE_H
#define NATOPAY_PLAN_STORE_H

#include "natopay/plan/engine.h"

typedef struct np_segment {
    uint16_t from; /* month of the window */
    uint8_t state; /* of a rule: np_line_state; NP_LINE_OPEN when the value is unknown */
    uint8_t status;
    uint32_t cell; /* the value */
    bool counts;   /* of a line: its amount is paid in these months */
} np_segment;

typedef struct np_plan_course {
    uint32_t segments; /* the first of them */
    uint16_t count, end;
    uint32_t sums;     /* of a line: [year] in minor units of its currency; UINT32_MAX: no line, or nothing paid */
    uint16_t currency; /* of what is paid */
    uint8_t status;    /* the weakest of what is paid */
    bool open;         /* open in some month */
    bool never;        /* a truth that holds in no month */
    bool awkward;      /* paid in fractions of the minor unit, in two currencies, or beyond 64 bits */
} np_plan_course;

/* Values that hardly ever come twice are not kept: the first numbers belong to slots, a value of the moment for each.
 * What is computed from them must not be looked up by these numbers. */
enum { NP_PASSING = NP_SLOTS_MAX };

/* What leaves add up to, in minor units of one currency. */
typedef struct np_leaf {
    uint32_t sums; /* [year][gross, net, employer]; UINT32_MAX: nothing is paid */
    uint32_t open; /* a bit for each knot of the bundle that is open in some month */
    uint16_t currency;
    uint8_t status;
    bool awkward; /* see np_plan_course */
} np_leaf;

typedef struct np_store {
    const np_window *window;
    np_arena *arena; /* texts, lists and large numbers */
    np_value *cells;
    uint32_t *cell_course; /* [cell]: the course in which it stands throughout; 0: not made yet */
    uint32_t cell_count, cell_capacity, *cell_index, cell_slots;
    np_plan_course *courses;
    uint32_t course_count, course_capacity, *course_index, course_slots;
    np_segment *segments;
    uint32_t segment_count, segment_capacity;
    np_leaf *leaves;
    uint32_t leaf_count, leaf_capacity;
    int64_t *sums;
    uint32_t sum_count, sum_capacity;
    bool failed; /* memory ran out */
} np_store;

/* The arena must have a guard in force whenever the store is used. Numbers begin at 1; 0 is none. */
bool np_store_init(np_store *store, const np_window *window);
void np_store_free(np_store *store);
void np_store_clear(np_store *store);
size_t np_store_size(const np_store *store);

/* The number of a value, and of the course in which it stands throughout. */
uint32_t np_store_cell(np_store *store, const np_value *value);
uint32_t np_store_constant(np_store *store, const np_value *value);

/* The passing number of a slot, from now on with this value; what it points at is not copied. */
uint32_t np_store_passing(np_store *store, uint16_t slot, const np_value *value);

static inline bool np_is_passing(uint32_t course)
{
    return course > 0 && course <= NP_PASSING;
}

/* The number of a course given by its segments; `line`: the amounts that count are added up by year, in units of
 * minor_unit[currency]. */
uint32_t np_store_course(np_store *store, const np_segment *segments, size_t count, uint16_t end, bool line,
                         const np_book *book);

/* The number of a leaf, kept with sums[years * 3]. */
uint32_t np_store_leaf(np_store *store, const np_leaf *leaf, const int64_t *sums);

/* Of an amount, the whole number of minor units; false when it is none. */
bool np_store_units(const np_book *book, const np_value *value, int64_t *units);

/* A course's value in a month; a date that goes with the month is that month's. */
np_value np_store_value(const np_store *store, uint32_t course, uint16_t month);
/* The first month after `month` in which the course has another value; its end when there is none. */
uint16_t np_store_next(const np_store *store, uint32_t course, uint16_t month);
const np_segment *np_store_segment(const np_store *store, uint32_t course, uint16_t month);

static inline uint64_t np_mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

uint64_t np_hash_bytes(const char *bytes, size_t length);

#endif
