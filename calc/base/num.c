/* Exact rational numbers: arithmetic.
 *
 * Three tiers: int64 (mostly in the header), 128-bit integers for what two small numbers can make, GMP for the rest.
 * A number is big only when its lowest terms do not fit int64. */
#include "num_internal.h"

#include <limits.h>
#include <string.h>

typedef struct np_big {
    int numerator_size; /* in limbs, negative for a negative number, as GMP counts */
    int denominator_size;
    mp_limb_t limbs[]; /* the numerator's, then the denominator's */
} np_big;

static np_u128 magnitude(np_i128 value)
{
    return value < 0 ? -(np_u128)value : (np_u128)value;
}

static uint64_t gcd_64(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static np_u128 gcd_wide(np_u128 a, np_u128 b)
{
    while (b > UINT64_MAX) {
        np_u128 rest = a % b;
        a = b;
        b = rest;
    }
    return b == 0 ? a : gcd_64((uint64_t)b, (uint64_t)(a % b));
}

np_num np_num_reduce_small(np_num a)
{
    if (a.den == 1) {
        return a;
    }
    /* den <= INT64_MAX and gcd <= den: all casts below are exact. */
    int64_t common = (int64_t)gcd_64((uint64_t)a.den, (uint64_t)magnitude(a.of.small));
    return np_num_small(a.of.small / common, a.den / common);
}

/* Limbs of a magnitude, least first; returns how many are needed. */
static int limbs_of(mp_limb_t *limbs, np_u128 value)
{
    int count = 0;
    while (value != 0) {
        limbs[count++] = (mp_limb_t)value;
        value = value >> (GMP_NUMB_BITS - 1) >> 1;
    }
    return count;
}

static void view_wide(np_view *view, np_i128 numerator, np_i128 denominator)
{
    int size = limbs_of(view->numerator, magnitude(numerator));
    mpz_roinit_n(mpq_numref(view->q), view->numerator, numerator < 0 ? -size : size);
    mpz_roinit_n(mpq_denref(view->q), view->denominator, limbs_of(view->denominator, magnitude(denominator)));
}

void np_view_open(np_view *view, np_num a)
{
    if (a.den > 0) {
        np_num reduced = np_num_reduce_small(a);
        view_wide(view, reduced.of.small, reduced.den);
        return;
    }
    const np_big *big = a.of.big;
    int numerator_limbs = big->numerator_size < 0 ? -big->numerator_size : big->numerator_size;
    mpz_roinit_n(mpq_numref(view->q), big->limbs, big->numerator_size);
    mpz_roinit_n(mpq_denref(view->q), big->limbs + numerator_limbs, big->denominator_size);
}

/* Whether z fits int64, and it. */
static bool to_int64(const mpz_t z, int64_t *value)
{
    if (mpz_sizeinbase(z, 2) > 64) {
        return false;
    }
    uint64_t size = 0;
    for (size_t i = mpz_size(z); i-- > 0;) {
        size = size << (GMP_NUMB_BITS - 1) << 1 | mpz_getlimbn(z, (mp_size_t)i);
    }
    bool negative = mpz_sgn(z) < 0;
    if (size > (uint64_t)INT64_MAX + (negative ? 1 : 0)) {
        return false;
    }
    *value = size > INT64_MAX ? INT64_MIN : negative ? -(int64_t)size : (int64_t)size;
    return true;
}

static void open_mpz(mpz_t z, mp_limb_t *limbs)
{
    z->_mp_alloc = NP_RESULT_LIMBS;
    z->_mp_size = 0;
    z->_mp_d = limbs;
}

void np_integer_open(np_integer *integer)
{
    open_mpz(integer->z, integer->limbs);
}

void np_fraction_open(np_fraction *fraction)
{
    open_mpz(mpq_numref(fraction->q), fraction->numerator);
    open_mpz(mpq_denref(fraction->q), fraction->denominator);
    mpz_set_ui(mpq_denref(fraction->q), 1);
}

np_num np_num_of_gmp(np_arena *arena, const mpq_t q)
{
    int64_t numerator, denominator;
    if (to_int64(mpq_numref(q), &numerator) && to_int64(mpq_denref(q), &denominator)) {
        return np_num_small(numerator, denominator);
    }
    if (mpz_sizeinbase(mpq_numref(q), 2) > NP_NUM_MAX_BITS || mpz_sizeinbase(mpq_denref(q), 2) > NP_NUM_MAX_BITS) {
        return np_num_invalid();
    }
    size_t numerator_limbs = mpz_size(mpq_numref(q)), denominator_limbs = mpz_size(mpq_denref(q));
    np_big *big = np_arena_alloc(arena, sizeof *big + (numerator_limbs + denominator_limbs) * sizeof(mp_limb_t));
    big->numerator_size = mpq_sgn(q) < 0 ? -(int)numerator_limbs : (int)numerator_limbs;
    big->denominator_size = (int)denominator_limbs;
    memcpy(big->limbs, mpz_limbs_read(mpq_numref(q)), numerator_limbs * sizeof(mp_limb_t));
    memcpy(big->limbs + numerator_limbs, mpz_limbs_read(mpq_denref(q)), denominator_limbs * sizeof(mp_limb_t));
    np_num result;
    result.of.big = big;
    result.den = 0;
    return result;
}

np_num np_num_copy(np_arena *arena, np_num a)
{
    if (a.den != 0) {
        return a;
    }
    np_view view;
    np_view_open(&view, a);
    return np_num_of_gmp(arena, view.q);
}

np_num np_num_from_wide(np_arena *arena, np_i128 numerator, np_i128 denominator)
{
    np_i128 common = (np_i128)gcd_wide(magnitude(numerator), (np_u128)denominator);
    numerator /= common;
    denominator /= common;
    if (numerator >= INT64_MIN && numerator <= INT64_MAX && denominator <= INT64_MAX) {
        return np_num_small((int64_t)numerator, (int64_t)denominator);
    }
    np_view view;
    view_wide(&view, numerator, denominator);
    return np_num_of_gmp(arena, view.q);
}

np_num np_num_ratio(int64_t numerator, int64_t denominator)
{
    if (denominator > 0) {
        return np_num_small(numerator, denominator);
    }
    if (denominator == 0) {
        return np_num_invalid();
    }
    np_i128 common = (np_i128)gcd_wide(magnitude(numerator), magnitude(denominator));
    np_i128 top = -(np_i128)numerator / common, bottom = -(np_i128)denominator / common;
    return top <= INT64_MAX && bottom <= INT64_MAX ? np_num_small((int64_t)top, (int64_t)bottom) : np_num_invalid();
}

int np_num_sign(np_num a)
{
    if (a.den == 0) {
        return a.of.big->numerator_size < 0 ? -1 : 1; /* zero is small */
    }
    return a.den < 0 ? 0 : (a.of.small > 0) - (a.of.small < 0);
}

int np_num_compare_slow(np_num a, np_num b)
{
    if (!np_num_valid(a) || !np_num_valid(b)) {
        return 0;
    }
    if (a.den > 0 && b.den > 0) {
        np_i128 left = (np_i128)a.of.small * b.den, right = (np_i128)b.of.small * a.den;
        return (left > right) - (left < right);
    }
    np_view left, right;
    np_view_open(&left, a);
    np_view_open(&right, b);
    int order = mpq_cmp(left.q, right.q);
    return (order > 0) - (order < 0);
}

bool np_num_is_integer(np_num a)
{
    if (a.den > 0) {
        return a.of.small % a.den == 0;
    }
    if (a.den < 0) {
        return false;
    }
    np_view view;
    np_view_open(&view, a);
    return mpz_cmp_ui(mpq_denref(view.q), 1) == 0;
}

bool np_num_to_int(np_num a, int64_t *value)
{
    if (a.den <= 0 || a.of.small % a.den != 0) {
        return false; /* a big number never fits: else it would be small */
    }
    *value = a.of.small / a.den;
    return true;
}

/* One of GMP's four operations on two valid numbers. */
static np_num by_gmp(np_arena *arena, np_num a, np_num b, void (*operation)(mpq_t, const mpq_t, const mpq_t))
{
    np_view left, right;
    np_view_open(&left, a);
    np_view_open(&right, b);
    np_fraction result;
    np_fraction_open(&result);
    operation(result.q, left.q, right.q);
    return np_num_of_gmp(arena, result.q);
}

np_num np_num_add_slow(np_arena *arena, np_num a, np_num b)
{
    if (!np_num_valid(a) || !np_num_valid(b)) {
        return np_num_invalid();
    }
    if (a.den == 0 || b.den == 0) {
        return by_gmp(arena, a, b, mpq_add);
    }
    if (a.den < b.den) {
        np_num larger = b;
        b = a;
        a = larger;
    }
    /* One denominator mostly divides the other (1, 10, 100, 1000): then it need not grow. */
    int64_t scaled, sum;
    if (a.den % b.den == 0 && !__builtin_mul_overflow(b.of.small, a.den / b.den, &scaled) &&
        !__builtin_add_overflow(a.of.small, scaled, &sum)) {
        return np_num_small(sum, a.den);
    }
    /* Each product is less than 2^126 in size: the sum fits. */
    np_i128 numerator = (np_i128)a.of.small * b.den + (np_i128)b.of.small * a.den;
    np_i128 denominator = (np_i128)a.den * b.den;
    if (numerator >= INT64_MIN && numerator <= INT64_MAX && denominator <= INT64_MAX) {
        return np_num_small((int64_t)numerator, (int64_t)denominator);
    }
    return np_num_from_wide(arena, numerator, denominator);
}

np_num np_num_sub_slow(np_arena *arena, np_num a, np_num b)
{
    if (!np_num_valid(a) || !np_num_valid(b)) {
        return np_num_invalid();
    }
    if (a.den == 0 || b.den == 0) {
        return by_gmp(arena, a, b, mpq_sub);
    }
    if (b.of.small != INT64_MIN) {
        return np_num_add(arena, a, np_num_small(-b.of.small, b.den));
    }
    np_i128 numerator = (np_i128)a.of.small * b.den - (np_i128)b.of.small * a.den;
    return np_num_from_wide(arena, numerator, (np_i128)a.den * b.den);
}

np_num np_num_mul_slow(np_arena *arena, np_num a, np_num b)
{
    if (!np_num_valid(a) || !np_num_valid(b)) {
        return np_num_invalid();
    }
    if (a.den == 0 || b.den == 0) {
        return by_gmp(arena, a, b, mpq_mul);
    }
    return np_num_from_wide(arena, (np_i128)a.of.small * b.of.small, (np_i128)a.den * b.den);
}

np_num np_num_div(np_arena *arena, np_num a, np_num b)
{
    if (!np_num_valid(a) || !np_num_valid(b) || np_num_sign(b) == 0) {
        return np_num_invalid();
    }
    if (a.den == 0 || b.den == 0) {
        return by_gmp(arena, a, b, mpq_div);
    }
    np_i128 numerator = (np_i128)a.of.small * b.den, denominator = (np_i128)a.den * b.of.small;
    if (denominator < 0) {
        numerator = -numerator;
        denominator = -denominator;
    }
    if (numerator >= INT64_MIN && numerator <= INT64_MAX && denominator <= INT64_MAX) {
        return np_num_small((int64_t)numerator, (int64_t)denominator);
    }
    return np_num_from_wide(arena, numerator, denominator);
}

np_num np_num_neg(np_arena *arena, np_num a)
{
    return np_num_sub(arena, np_num_int(0), a);
}

np_num np_num_power(np_arena *arena, np_num a, unsigned exponent)
{
    np_num result = np_num_valid(a) ? np_num_int(1) : a;
    /* The square is taken only while it is needed: it may have too many bits when the power has not. */
    while (exponent > 0 && np_num_valid(result)) {
        if (exponent & 1) {
            result = np_num_mul(arena, result, a);
        }
        exponent >>= 1;
        if (exponent > 0) {
            a = np_num_mul(arena, a, a);
        }
    }
    return result;
}
