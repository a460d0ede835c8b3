/* What the two halves of the numbers (num.c, num_text.c) share; no part of the library's interface. */
#ifndef NATOPAY_CALC_BASE_NUM_PARTS_H
#define NATOPAY_CALC_BASE_NUM_PARTS_H

#include <gmp.h>

#include "natopay/base/num.h"

__extension__ typedef __int128 np_i128;
__extension__ typedef unsigned __int128 np_u128;

enum { NP_WIDE_LIMBS = 128 / GMP_NUMB_BITS };

/* A number as GMP sees it, without a copy: `q` reads `limbs` or the big number's own. Never clear or change q. */
typedef struct np_view {
    mpq_t q;
    mp_limb_t numerator[NP_WIDE_LIMBS], denominator[NP_WIDE_LIMBS];
} np_view;

/* `a` must be valid; a small one is brought to lowest terms. */
void np_view_open(np_view *view, np_num a);

/* A small number in lowest terms (den > 0). */
np_num np_num_reduce_small(np_num a);

/* numerator / denominator (> 0), any terms. */
np_num np_num_from_wide(np_arena *arena, np_i128 numerator, np_i128 denominator);

/* The canonical q as a number; clears q, leaves to the guard when memory runs out. */
np_num np_num_finish(np_arena *arena, mpq_t q);

/* Of numerator / denominator (> 0), the integer that `mode` names. */
np_i128 np_round_wide(np_i128 numerator, np_i128 denominator, np_rounding mode);
void np_round_mpz(mpz_t quotient, const mpz_t numerator, const mpz_t denominator, np_rounding mode);

static inline np_num np_num_invalid(void)
{
    return np_num_small(0, -1);
}

#endif
