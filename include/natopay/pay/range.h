/* How far the net may lie from what a payslip says: by figures that are uncertain, and by what was not answered. */
#ifndef NATOPAY_PAY_RANGE_H
#define NATOPAY_PAY_RANGE_H

#include "natopay/pay/payslip.h"

enum { NP_OPEN_VALUES = 8 };

/* What may turn out in several ways: an uncertain figure (low, high) or an unanswered input (its answers). */
typedef struct np_open_point {
    bool is_input;
    uint16_t index; /* of the uncertain figure, or slot of the input */
    bool asked;     /* an input that the payslip itself, without any answer, looks at */
    size_t count;
    np_value values[NP_OPEN_VALUES]; /* of an input */
    size_t base;                     /* the value that gives the net of no answer */
    bool based;                      /* there is such a value */
    size_t stride;                   /* how far apart combinations lie that differ in this one alone */
    size_t least, most;              /* the values at which the month pays the least, and the most */
} np_open_point;

/* A month whose points are known. */
typedef struct np_open_month np_open_month;

/* All that the net of a month and what comes once in it may turn on; `least` and `most` are not found yet. NULL after
 * reporting. Must run under np_arena_guard of the arena; arena and diags must outlive the month. */
np_open_month *np_open_points(const np_situation *situation, np_arena *arena, np_diags *diags, np_open_point **points,
                              size_t *count);
/* Find at which values of its points the month pays least and most, net and what comes once together, by up to 4,096
 * payslips. *count is how many points there are then: several together may bring in others. False after reporting. */
bool np_extreme_points(np_open_month *month, size_t *count);

/* An input that nobody answered, and how far the net moves at most, from what it is without an answer, when it is. */
typedef struct np_unanswered {
    uint16_t slot;
    np_num rise, fall; /* at least 0; at most 0 */
} np_unanswered;

typedef struct np_range {
    np_num low, high;                 /* of the net, over all that follows */
    np_num figures_low, figures_high; /* over the uncertain figures alone, answers as they are */
    bool *figures;                    /* [uncertain]: which figures took part */
    uint16_t *moving;                 /* those that move the net, the farthest first */
    size_t moving_count;
    np_unanswered *unanswered; /* those that move the net, the farthest first */
    size_t unanswered_count;
    uint16_t *kept; /* slots of inputs without bounds that nobody answered: their default stands in every case */
    size_t kept_count;
    uint16_t *not_known; /* rules whose amount exists and is not known, in some case */
    size_t not_known_count;
    size_t payslips; /* computed */
    bool exact;      /* every combination was computed; else the ends were sought one figure or answer at a time */
    bool complete;   /* exact, with nothing kept and nothing not known: the net cannot lie outside */
} np_range;

typedef struct np_sensitivity {
    uint16_t uncertain;       /* position in np_book.uncertain */
    np_num net_low, net_high; /* net with this one at its low and its high, the others in the middle */
    np_num spread;            /* |net_high - net_low| */
} np_sensitivity;

/* The range of the net. Every combination of ends and answers is computed while there are at most 4,096 of them. */
bool np_net_range(const np_situation *situation, np_arena *arena, np_diags *diags, np_range *range);

/* One row for each uncertain figure that moves the net, largest spread first. */
bool np_net_sensitivity(const np_situation *situation, np_arena *arena, np_diags *diags, np_sensitivity **rows,
                        size_t *count);

#endif
