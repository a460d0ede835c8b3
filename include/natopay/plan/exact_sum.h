/* Exact sums of many amounts, in memory that does not grow with their number.
 *
 * Amounts are np_num; a sum is a 64-bit count of one small unit while that suffices, a large np_num when it does not.
 * Adding is associative and commutative to the last digit, so that sums of parts can be added in any order. */
#ifndef NATOPAY_PLAN_EXACT_SUM_H
#define NATOPAY_PLAN_EXACT_SUM_H

#include "natopay/base/num.h"

struct np_exact_sum_big;

typedef struct np_exact_sum {
    int64_t count, unit; /* count / unit while big is NULL; all zero: the sum 0 */
    struct np_exact_sum_big *big;
} np_exact_sum;

void np_exact_sum_free(np_exact_sum *sum);
/* Whatever is not as simple as nearly every amount. */
bool np_exact_sum_add_any(np_exact_sum *sum, np_num amount);

/* False: the amount is invalid, the sum takes more than NP_NUM_MAX_BITS bits, or memory ran out. */
static inline bool np_exact_sum_add(np_exact_sum *sum, np_num amount)
{
    int64_t total;
    if (sum->big || amount.den != sum->unit || amount.den <= 0 ||
        __builtin_add_overflow(sum->count, amount.of.small, &total))
        return np_exact_sum_add_any(sum, amount);
    sum->count = total;
    return true;
}

bool np_exact_sum_add_sum(np_exact_sum *sum, const np_exact_sum *other);
/* The sum as a number; the arena must have a guard in force. */
np_num np_exact_sum_value(np_arena *arena, const np_exact_sum *sum);
/* "266777/50". */
void np_exact_sum_print(np_text *out, const np_exact_sum *sum);
/* The same back; false when text is no fraction, or, with errno ENOMEM, without memory. */
bool np_exact_sum_parse(np_exact_sum *sum, const char *text);

#endif
