/* The value of one input at which two posts pay the same, and the same comparison over a range of one input.
 *
 * What is compared is all that a post pays, net and what comes once, in its first months of service, counted from its
 * own start, on the path taken unless told, in the common currency, exactly. An input about the post is changed in the
 * second post only; others, which both share, in both. */
#ifndef NATOPAY_COMPARE_SOLVE_H
#define NATOPAY_COMPARE_SOLVE_H

#include "natopay/career/projector.h"
#include "natopay/compare/compare.h"

enum { NP_VARY_POINTS = 500, NP_SOLVE_EXHAUSTIVE = 2500, NP_SOLVE_FOUND = 100 };

/* A range of values of an input as whole multiples of a unit: the minor unit of money, a day, one, or 0.0001. */
typedef struct np_scan {
    const np_input *input; /* in `book` */
    const np_book *book;   /* the first column's that has the input */
    np_num unit;           /* of dates: 1 */
    uint16_t currency;     /* of money, in `book` */
    int64_t low, high;     /* both included */
    int64_t step;          /* of --vary */
    bool percent;          /* of a number: shown as one */
} np_scan;

/* "NAME", "NAME=FROM..TO" or "NAME=FROM..TO/STEP". Without a range: the input's own bounds, for money 0 to 20,000, for
 * dates the window. False after reporting. `months`: length of the window. */
bool np_scan_read(np_scan *scan, const np_comparison *comparison, np_diags *diags, const char *text, np_span at,
                  bool stepped, size_t months);

np_value np_scan_value(const np_scan *scan, int64_t at);

/* Where the difference changes its sign, or how it goes on. */
typedef enum np_found_kind {
    NP_FOUND_EQUAL,    /* from `low` to `high` the two are equal to the cent */
    NP_FOUND_PASSES,   /* the sign changes between `low` and `high`, which are neighbours */
    NP_FOUND_THRESHOLD /* between `low` and `high`, which are neighbours, a condition or a bound begins to count */
} np_found_kind;

typedef struct np_found {
    np_found_kind kind;
    int64_t low, high;
    np_num difference_low, difference_high; /* second post less the first */
} np_found;

typedef struct np_solution {
    np_scan scan;
    size_t column; /* compared with the first */
    size_t months; /* of the window */
    bool possible; /* false: not comparable, or not computable at the ends of the range */
    np_num difference_low, difference_high;
    np_found *found; /* in order */
    size_t found_count;
    bool complete;   /* false: more than NP_SOLVE_FOUND */
    bool everywhere; /* every value was tried */
    bool moves;      /* of these, two differ in the difference; meaningless unless `everywhere` */
} np_solution;

/* `exhaustive`: try every value when there are at most so many; beyond, find the thresholds and search between them.
 * False after reporting. */
bool np_solve(np_solution *solution, const np_comparison *comparison, const np_scan *scan, size_t column, size_t months,
              int64_t exhaustive, np_diags *diags);

typedef struct np_variation {
    np_scan scan;
    size_t months, points;
    int64_t *at;    /* [point] */
    np_num *totals; /* [point * columns + column]: over the window, in the common currency; invalid: not computable */
} np_variation;

/* The input is set in every column. */
void np_vary(np_variation *variation, const np_comparison *comparison, const np_scan *scan, size_t months);

/* Set the input in a situation of a column; false when its book does not know the currency. */
bool np_scan_set(const np_scan *scan, const np_post_column *column, np_situation *situation, int64_t at);

/* The input in a column's book; NULL when it has none of that name and type. */
const np_input *np_scan_input(const np_scan *scan, const np_post_column *column);

/* What a column pays in the window with the input set to a value of the scan (scan NULL: as it is), in the common
 * currency, exactly; invalid when it cannot be computed. `projector`: of the column's book, for whoever asks for many
 * totals; else NULL. */
np_num np_window_total(const np_comparison *comparison, const np_post_column *column, np_projector *projector,
                       const np_scan *scan, int64_t at, size_t months, np_arena *scratch);

#endif
