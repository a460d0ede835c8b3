/* Exact rational numbers: rounding to a multiple of a unit. */
#include "num_internal.h"

#include <string.h>

static const char *const rounding_names[NP_ROUNDING_COUNT] = {
    [NP_ROUND_HALF_UP] = "half_up", [NP_ROUND_HALF_EVEN] = "half_even", [NP_ROUND_HALF_DOWN] = "half_down",
    [NP_ROUND_UP] = "up",           [NP_ROUND_DOWN] = "down",           [NP_ROUND_CEILING] = "ceiling",
    [NP_ROUND_FLOOR] = "floor",
};

const char *np_rounding_name(np_rounding mode)
{
    return (unsigned)mode < NP_ROUNDING_COUNT ? rounding_names[mode] : "?";
}

bool np_rounding_parse(const char *name, np_rounding *mode)
{
    for (unsigned i = 0; i < NP_ROUNDING_COUNT; i++) {
        if (strcmp(name, rounding_names[i]) == 0) {
            *mode = (np_rounding)i;
            return true;
        }
    }
    return false;
}

/* Whether a number between two integers goes to the upper one. `half`: how its part above the lower one compares with
 * one half; `odd`: whether the lower one is odd. */
static bool goes_up(np_rounding mode, bool negative, int half, bool odd)
{
    switch (mode) {
    case NP_ROUND_UP:
        return !negative;
    case NP_ROUND_DOWN:
        return negative;
    case NP_ROUND_CEILING:
        return true;
    case NP_ROUND_HALF_UP:
        return half > 0 || (half == 0 && !negative);
    case NP_ROUND_HALF_EVEN:
        return half > 0 || (half == 0 && odd);
    case NP_ROUND_HALF_DOWN:
        return half > 0 || (half == 0 && negative);
    default: /* floor */
        return false;
    }
}

np_i128 np_round_wide(np_i128 numerator, np_i128 denominator, np_rounding mode)
{
    np_i128 floor, rest;
    /* A 128-bit division costs several times a 64-bit one. */
    if (numerator >= INT64_MIN && numerator <= INT64_MAX && denominator <= INT64_MAX) {
        floor = (int64_t)numerator / (int64_t)denominator;
        rest = (int64_t)numerator % (int64_t)denominator;
    } else {
        floor = numerator / denominator;
        rest = numerator % denominator;
    }
    if (rest == 0) {
        return floor;
    }
    if (rest < 0) {
        rest += denominator;
        floor -= 1;
    }
    np_i128 above = denominator - rest;
    int half = (rest > above) - (rest < above);
    return goes_up(mode, numerator < 0, half, floor % 2 != 0) ? floor + 1 : floor;
}

void np_round_mpz(mpz_t quotient, const mpz_t numerator, const mpz_t denominator, np_rounding mode)
{
    bool negative = mpz_sgn(numerator) < 0; /* quotient may be the same as numerator */
    np_integer rest;
    np_integer_open(&rest);
    mpz_fdiv_qr(quotient, rest.z, numerator, denominator);
    if (mpz_sgn(rest.z) != 0) {
        mpz_mul_2exp(rest.z, rest.z, 1);
        if (goes_up(mode, negative, mpz_cmp(rest.z, denominator), mpz_odd_p(quotient))) {
            mpz_add_ui(quotient, quotient, 1);
        }
    }
}

static np_num round_big(np_arena *arena, np_num a, np_num unit, np_rounding mode)
{
    np_view value, step;
    np_view_open(&value, a);
    np_view_open(&step, unit);
    np_fraction result;
    np_integer numerator, denominator;
    np_fraction_open(&result);
    np_integer_open(&numerator);
    np_integer_open(&denominator);
    mpz_mul(numerator.z, mpq_numref(value.q), mpq_denref(step.q));
    mpz_mul(denominator.z, mpq_denref(value.q), mpq_numref(step.q));
    np_round_mpz(mpq_numref(result.q), numerator.z, denominator.z, mode);
    mpz_mul(mpq_numref(result.q), mpq_numref(result.q), mpq_numref(step.q));
    mpz_set(mpq_denref(result.q), mpq_denref(step.q));
    mpq_canonicalize(result.q);
    return np_num_of_gmp(arena, result.q);
}

np_num np_num_round(np_arena *arena, np_num a, np_num unit, np_rounding mode)
{
    if (!np_num_valid(a) || !np_num_valid(unit) || np_num_sign(unit) <= 0 || (unsigned)mode >= NP_ROUNDING_COUNT) {
        return np_num_invalid();
    }
    if (a.den == 0 || unit.den == 0) {
        return round_big(arena, a, unit, mode);
    }
    if (unit.of.small == 1 && a.den == unit.den) {
        return a;
    }
    np_num rounded;
    if (mode == NP_ROUND_HALF_UP && unit.of.small == 1 && unit.den <= INT64_MAX / 2 &&
        np_num_round_small(a, unit.den, &rounded)) {
        return rounded;
    }
    np_i128 count = np_round_wide((np_i128)a.of.small * unit.den, (np_i128)a.den * unit.of.small, mode);
    np_i128 numerator = count * unit.of.small; /* next to a * unit.den, which is less than 2^126 in size */
    if (numerator >= INT64_MIN && numerator <= INT64_MAX) {
        return np_num_small((int64_t)numerator, unit.den);
    }
    return np_num_from_wide(arena, numerator, unit.den);
}
