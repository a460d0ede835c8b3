/* Totals of a plan: exact sums by group and period, and who gains or loses. Totals of parts can be added, in any order,
 * with the same result to the last digit. Amounts of two currencies are never added.
 *
 * Memory does not grow with the number of staff: sums are kept by group, and the differences of which the median is
 * asked go to scratch space in sorted runs. */
#ifndef NATOPAY_PLAN_TOTALS_H
#define NATOPAY_PLAN_TOTALS_H

#include "natopay/plan/engine.h"
#include "natopay/plan/exact_sum.h"

enum { NP_GROUPS_MAX = 20000, NP_GAIN_LOSS_BUFFER = 16384 };

/* Room for what does not fit into memory, of which bytes are written once and read often; any thread may use it. */
typedef struct np_scratch {
    void *context;
    bool (*write)(void *context, const void *bytes, size_t size, uint64_t *at);
    bool (*read)(void *context, void *bytes, size_t size, uint64_t at);
} np_scratch;

/* What is summed: gross, net and employer, which are amounts, and months worked (see np_plan_period): over the months
 * of a period they are full-time equivalents. */
enum { NP_MEASURES = 3, NP_WORKED = 3, NP_SUMS = 4 };

typedef struct np_group {
    char *key; /* the values of the columns asked for, each ended by a zero byte; length bytes */
    size_t length;
    char currency[8];
    uint64_t staff;
    np_exact_sum *sums; /* [book][period][sum] */
    uint64_t *heads;    /* [book][period]: staff paid in some month of it; after the last period: of the whole plan */
} np_group;

/* People who are in several groups, because they have several periods of service: how often they are counted too much
 * when the groups of a currency, or all groups, are added up. */
typedef struct np_counted_again {
    char currency[8]; /* "": all groups */
    uint64_t staff, *heads;
} np_counted_again;

typedef struct np_sorted_run {
    uint64_t at, count;
} np_sorted_run;

/* Differences of the net over the whole plan between a scenario and the baseline, in one currency. */
typedef struct np_gain_loss {
    uint16_t book;
    char currency[8];
    uint64_t winners, losers, even;
    uint64_t open;  /* no difference is seen, but a line that the scenario changes is open */
    uint64_t apart; /* the scenario is not for them */
    uint64_t moved; /* under the scenario they are in service for other months: no difference of pay is told */
    np_exact_sum won, lost, employer; /* sums; of the difference that the employer pays */
    int64_t unit;                     /* units of the currency in one: 100 */
    int64_t low, high;                /* of winners, losers and even, in minor units */
    char *low_id, *high_id;           /* of whom; of several the first by name */
    int64_t *buffer;
    size_t buffered;
    np_sorted_run *runs;
    size_t run_count, run_capacity;
    bool coarse; /* some difference is no whole number of minor units: no median, no extremes */
} np_gain_loss;

/* Whoever is paid in several currencies is in the gains and losses of each: how often too much when those of a book are
 * added up. Who loses in some currency is one who loses, else who gains one who gains, and so on in this order. */
enum { NP_LOSERS, NP_WINNERS, NP_MOVED, NP_OPEN, NP_EVEN, NP_APART, NP_GAIN_LOSS_KINDS };

/* A line that is not counted under some book, because something is not known. */
typedef struct np_plan_gap {
    uint16_t book;
    char *rule;
    uint64_t staff; /* for whom it is open in some month */
} np_plan_gap;

typedef struct np_totals {
    uint16_t books, periods;
    np_scratch scratch;
    np_group *groups;
    size_t group_count, group_capacity;
    uint32_t *index, slots;
    np_gain_loss *gain_losses;
    size_t gain_loss_count;
    np_counted_again *again;
    size_t again_count;
    uint64_t rows, done, rejected;
    uint64_t (*in_other_currencies)[NP_GAIN_LOSS_KINDS]; /* [book]; NULL: nobody is */
    uint64_t further; /* rows done that add a period to a person of whom an earlier row was done */
    uint64_t absent;  /* who was done, but has no month in the plan under any book: in no group, in no gain or loss */
    uint64_t beyond_age,
        steps_assumed;  /* who is paid at an age of which nothing is known; whose step's day is assumed */
    uint64_t converted; /* of whom a scenario pays months in another currency, which were converted */
    uint64_t beyond;    /* who is paid after the day on which the contract ends */
    uint64_t sure[NP_PLAN_BOOKS_MAX][NP_STATUS_COUNT]; /* staff in service, by the weakest status of their figures */
    np_plan_gap *gaps;
    size_t gap_count;
    uint16_t *gap_of;    /* [book][slot]: one more than its gap; 0: not looked for yet */
    const char *failure; /* NULL: none; else what stopped the adding: one of these, or that there are too many groups */
} np_totals;

extern const char NP_TOTALS_NO_MEMORY[], NP_TOTALS_NO_SCRATCH[];

/* Note what stopped the adding, unless something did before; false, for the caller to return. */
bool np_totals_fail(np_totals *totals, const char *why);

void np_totals_init(np_totals *totals, uint16_t books, uint16_t periods, np_scratch scratch);
void np_totals_free(np_totals *totals);

/* Add one member of staff under these books. `unit`: minor units in one unit of the currency. False: see failure. */
bool np_totals_add(np_totals *totals, const np_window *window, const np_plan_book *books, const char *key,
                   size_t length, const char *currency, int64_t unit, const char *id, const np_outcome *outcomes);
/* Add other totals of the same plan over the same scratch; `other` is left empty. */
bool np_totals_merge(np_totals *totals, np_totals *other);

/* Groups by currency, then key; gains and losses by book, then currency; gaps by rule, then book. */
void np_totals_sort(np_totals *totals);

/* The difference of rank k (from 0). False: scratch cannot be read. */
bool np_gain_loss_rank(const np_totals *totals, np_gain_loss *gain_loss, uint64_t rank, int64_t *value);
/* The two in the middle, in minor units, of which the median is the mean; twice the same of an odd count. False when
 * there are none. */
bool np_gain_loss_median(const np_totals *totals, np_gain_loss *gain_loss, int64_t middle[2]);

/* Used by what reads parts back. NULL without memory. */
uint64_t *np_totals_in_other_currencies(np_totals *totals, uint16_t book);
np_counted_again *np_totals_again(np_totals *totals, const char *currency);
np_group *np_totals_group(np_totals *totals, const char *key, size_t length, const char *currency);
np_plan_gap *np_totals_gap(np_totals *totals, uint16_t book, const char *rule);
np_gain_loss *np_totals_gain_loss(np_totals *totals, uint16_t book, const char *currency, int64_t unit);
bool np_gain_loss_put(np_totals *totals, np_gain_loss *gain_loss, int64_t value, uint64_t count);
bool np_gain_loss_extreme(np_gain_loss *gain_loss, int64_t value, const char *id);
/* Hand out all differences in order, each with how often it occurs. */
bool np_gain_loss_each(const np_totals *totals, np_gain_loss *gain_loss,
                       bool (*take)(void *context, int64_t value, uint64_t count), void *context);

#endif
