/* What the search for equal pay asks of a post: which branches its formulas take. Private to calc/compare. */
#ifndef NATOPAY_COMPARE_SOLVE_INTERNAL_H
#define NATOPAY_COMPARE_SOLVE_INTERNAL_H

#include "natopay/compare/solve.h"
#include "compare_internal.h"

/* A number that stands for the branches evaluation took in every month of the window: which conditions held, which side
 * of each min and max counted. Between two values of an input with the same branches the total is smooth, but for
 * rounding. */
uint64_t np_window_signature(const np_comparison *comparison, const np_post_column *column, np_projector *projector,
                             const np_scan *scan, int64_t at, size_t months, np_arena *scratch);

#endif
