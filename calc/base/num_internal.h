/* What the files of the numbers (num.c, num_round.c, num_text.c) share; no part of the library's interface. */
#ifndef NATOPAY_BASE_NUM_INTERNAL_H
#define NATOPAY_BASE_NUM_INTERNAL_H

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

/* GMP ends the program when memory runs out, and has no other way. So it is never let ask for any: results go into
 * these, whose limbs are as many as any operation on numbers of NP_NUM_MAX_BITS needs (the product of three of them is
 * the most), and what GMP takes for itself meanwhile is on the stack as long as it is less than 64 KiB. The fields of
 * mpz_t are as GMP's manual gives them ("Integer Internals"). tests/unit/test_num_memory.c sees to it. */
enum { NP_RESULT_LIMBS = 4 * NP_NUM_MAX_BITS / GMP_NUMB_BITS };

typedef struct np_integer {
    mpz_t z;
    mp_limb_t limbs[NP_RESULT_LIMBS];
} np_integer;

typedef struct np_fraction {
    mpq_t q;
    mp_limb_t numerator[NP_RESULT_LIMBS], denominator[NP_RESULT_LIMBS];
} np_fraction;

/* 0, to be changed by GMP; there is nothing to clear. */
void np_integer_open(np_integer *integer);
void np_fraction_open(np_fraction *fraction);

/* A small number in lowest terms (den > 0). */
np_num np_num_reduce_small(np_num a);

/* numerator / denominator (> 0), any terms. */
np_num np_num_from_wide(np_arena *arena, np_i128 numerator, np_i128 denominator);

/* The canonical q as a number. */
np_num np_num_of_gmp(np_arena *arena, const mpq_t q);

/* Of numerator / denominator (> 0), the integer that `mode` names. */
np_i128 np_round_wide(np_i128 numerator, np_i128 denominator, np_rounding mode);
void np_round_mpz(mpz_t quotient, const mpz_t numerator, const mpz_t denominator, np_rounding mode);

static inline np_num np_num_invalid(void)
{
    return np_num_small(0, -1);
}

#endif
