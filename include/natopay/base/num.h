/* Exact rational numbers.
 *
 * A value type of 16 bytes: a fraction of two 64-bit integers while that suffices, GMP beneath when it does not.
 * Copy it freely; what GMP needs lives in the arena that the operation was given and is never changed afterwards. GMP
 * itself is never let ask for memory: a lack of it comes back as a result (np_arena_guard) whatever the program does
 * with GMP besides.
 * A small fraction need not be in lowest terms: reducing is put off until it is printed or would overflow.
 *
 * A result that cannot be given (division by zero, more than NP_NUM_MAX_BITS bits) is invalid, and every
 * operation on an invalid number is invalid: check once, at the end, with np_num_valid. */
#ifndef NATOPAY_BASE_NUM_H
#define NATOPAY_BASE_NUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "natopay/base/arena.h"
#include "natopay/base/lang.h"
#include "natopay/base/text.h"

struct np_big;

typedef struct np_num {
    union {
        int64_t small;
        const struct np_big *big;
    } of;
    int64_t den; /* > 0: of.small / den; 0: of.big; < 0: invalid */
} np_num;

enum { NP_NUM_MAX_BITS = 4096 }; /* of numerator or denominator: far beyond any pay, small enough to stay quick */

typedef enum np_rounding {
    NP_ROUND_HALF_UP, /* halves away from zero, as money is commonly rounded */
    NP_ROUND_HALF_EVEN,
    NP_ROUND_HALF_DOWN, /* halves towards zero */
    NP_ROUND_UP,        /* away from zero */
    NP_ROUND_DOWN,      /* towards zero */
    NP_ROUND_CEILING,
    NP_ROUND_FLOOR,
    NP_ROUNDING_COUNT
} np_rounding;

/* "half_up", "half_even", ...; false when the name is none of them. */
const char *np_rounding_name(np_rounding mode);
bool np_rounding_parse(const char *name, np_rounding *mode);

/* The operations whose fast path is written out below; the _slow ones take every case. Call the plain names. */
int np_num_compare_slow(np_num a, np_num b);
np_num np_num_add_slow(np_arena *arena, np_num a, np_num b);
np_num np_num_sub_slow(np_arena *arena, np_num a, np_num b);
np_num np_num_mul_slow(np_arena *arena, np_num a, np_num b);

static inline np_num np_num_small(int64_t numerator, int64_t denominator)
{
    np_num a;
    a.of.small = numerator;
    a.den = denominator;
    return a;
}

static inline np_num np_num_int(int64_t value)
{
    return np_num_small(value, 1);
}

/* Any signs. Invalid when denominator is 0, or when -2^63 / denominator (or / -2^63) does not reduce to a small one. */
np_num np_num_ratio(int64_t numerator, int64_t denominator);

static inline bool np_num_valid(np_num a)
{
    return a.den >= 0;
}

int np_num_sign(np_num a); /* -1, 0, 1 */

/* -1, 0, 1; both must be valid (else the answer is 0 and means nothing). */
static inline int np_num_compare(np_num a, np_num b)
{
    if (a.den == b.den && a.den > 0) {
        return (a.of.small > b.of.small) - (a.of.small < b.of.small);
    }
    return np_num_compare_slow(a, b);
}

/* The same number in another arena (a small one is only copied). */
np_num np_num_copy(np_arena *arena, np_num a);

bool np_num_is_integer(np_num a);
bool np_num_to_int(np_num a, int64_t *value); /* false when no integer or out of range */

static inline np_num np_num_add(np_arena *arena, np_num a, np_num b)
{
    int64_t sum;
    if (a.den == b.den && a.den > 0 && !__builtin_add_overflow(a.of.small, b.of.small, &sum)) {
        return np_num_small(sum, a.den);
    }
    if (a.of.small == 0 && a.den > 0 && b.den > 0) {
        return b; /* totals begin with zero; a large number is left to the slow way, which copies it into the arena */
    }
    return np_num_add_slow(arena, a, b);
}

static inline np_num np_num_sub(np_arena *arena, np_num a, np_num b)
{
    int64_t difference;
    if (a.den == b.den && a.den > 0 && !__builtin_sub_overflow(a.of.small, b.of.small, &difference)) {
        return np_num_small(difference, a.den);
    }
    return np_num_sub_slow(arena, a, b);
}

static inline np_num np_num_mul(np_arena *arena, np_num a, np_num b)
{
    int64_t numerator, denominator;
    if (a.den > 0 && b.den > 0 && !__builtin_mul_overflow(a.of.small, b.of.small, &numerator) &&
        !__builtin_mul_overflow(a.den, b.den, &denominator)) {
        return np_num_small(numerator, denominator);
    }
    return np_num_mul_slow(arena, a, b);
}

np_num np_num_div(np_arena *arena, np_num a, np_num b); /* invalid when b is 0 */
np_num np_num_neg(np_arena *arena, np_num a);
np_num np_num_power(np_arena *arena, np_num a, unsigned exponent); /* to the power 0: 1 */

/* The multiple of `unit` that `mode` names; invalid when unit is not > 0. */
np_num np_num_round(np_arena *arena, np_num a, np_num unit, np_rounding mode);

/* numerator / denominator (> 0), to a whole number, halves away from zero; false when it takes more than 64 bits. */
static inline bool np_num_whole_small(int64_t numerator, int64_t denominator, int64_t *whole)
{
    int64_t twice;
    if (denominator > INT64_MAX / 4 || __builtin_mul_overflow(numerator, 2, &twice) ||
        __builtin_add_overflow(twice, twice < 0 ? -denominator : denominator, &twice)) {
        return false;
    }
    *whole = twice / (2 * denominator); /* division goes towards zero */
    return true;
}

/* The same for a small number and a unit of 1/parts, halves away from zero, which is nearly every amount of money;
 * false when it takes more than 64 bits. */
static inline bool np_num_round_small(np_num a, int64_t parts, np_num *rounded)
{
    int64_t twice, whole;
    if (a.den <= 0 || a.den > INT64_MAX / 4 || __builtin_mul_overflow(a.of.small, 2 * parts, &twice) ||
        __builtin_add_overflow(twice, twice < 0 ? -a.den : a.den, &whole)) {
        return false;
    }
    *rounded = np_num_small(whole / (2 * a.den), parts); /* division goes towards zero */
    return true;
}

/* Read a number that fills all of text[0..length): "5335.54", "-12", "10%", "1/37", "1.038", "+7".
 * Returns NULL and sets *value, or says what is wrong, with *at the offending byte's index.
 * A group mark or decimal comma ("5,335.54", "5 335,54") is refused, and the message says so. At most 1,000 bytes. */
const char *np_num_parse(np_arena *arena, const char *text, size_t length, np_num *value, size_t *at);
/* What is wrong, in a language. */
const char *np_num_why(np_arena *arena, const np_lang *lang, const char *text, size_t length);

/* A fraction as np_num_print_fraction writes it, of any size that a number may have; false when it is none. */
/* Whether the point of a number may part thousands or decimals: 7.412, but neither 0.412 nor 7.41. */
bool np_num_is_unclear(const char *text, size_t length);
/* A number that was written with group marks or a decimal comma as it is to be written, "" where that is not clear. */
const char *np_num_suggestion(np_arena *arena, const char *text, size_t length);
bool np_num_parse_fraction(np_arena *arena, const char *text, size_t length, np_num *value);

/* With `decimals` (0 to 100) digits after the point, rounded by `mode`, by integer arithmetic: "5335.54". A value that
 * rounds to zero has no sign. All three print an invalid number as "invalid". */
void np_num_print(np_text *out, np_num a, unsigned decimals, np_rounding mode);

/* Exactly: "266777/50", "12"; lowest terms. */
void np_num_print_fraction(np_text *out, np_num a);

/* Exactly and as a person writes it: a decimal when it ends within 12 digits ("1.038", "5335.54"), else the
 * fraction. */
void np_num_print_plain(np_text *out, np_num a);

/* The same for readers who want its size: a fraction that is no decimal as its first digits and dots
 * ("7558.3476..."). */
void np_num_print_about(np_text *out, np_num a);

#endif
