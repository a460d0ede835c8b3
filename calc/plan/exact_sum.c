/* Exact sums of many amounts: a count of small units, and a large number beyond. */
#include "natopay/plan/exact_sum.h"

#include <stdlib.h>
#include <string.h>

/* A number lives in the arena that made it and is never changed: the next sum is made in the other one. */
typedef struct np_exact_sum_big {
    np_num value;
    np_arena *own, *next;
} np_exact_sum_big;

enum { BIG_BYTES = 16 * 1024 }; /* of an arena: several numbers of NP_NUM_MAX_BITS bits */

void np_exact_sum_free(np_exact_sum *sum)
{
    if (sum->big) {
        np_arena_free(sum->big->own);
        np_arena_free(sum->big->next);
        free(sum->big);
    }
    *sum = (np_exact_sum){0, 0, NULL};
}

static np_num small_sum(const np_exact_sum *sum)
{
    return sum->unit ? np_num_small(sum->count, sum->unit) : np_num_int(0);
}

static bool grow(np_exact_sum *sum)
{
    if (sum->big) return true;
    np_exact_sum grown = {0, 0, malloc(sizeof *grown.big)};
    if (!grown.big) return false;
    *grown.big = (np_exact_sum_big){small_sum(sum), np_arena_new(BIG_BYTES), np_arena_new(BIG_BYTES)};
    if (grown.big->own && grown.big->next)
        *sum = grown;
    else
        np_exact_sum_free(&grown);
    return sum->big != NULL;
}

typedef struct addition {
    np_arena *arena;
    np_num a, b, sum;
} addition;

static void add(void *context)
{
    addition *work = context;
    work->sum = np_num_add(work->arena, work->a, work->b);
}

static bool add_big(np_exact_sum *sum, np_num amount)
{
    if (!grow(sum)) return false;
    np_exact_sum_big *big = sum->big;
    np_arena_reset(big->next);
    addition work = {.arena = big->next, .a = big->value, .b = amount};
    if (!np_arena_guard(work.arena, add, &work) || !np_num_valid(work.sum)) return false;
    *big = (np_exact_sum_big){work.sum, big->next, big->own};
    return true;
}

/* Bring a sum to another unit when it goes without a remainder. */
static bool rescale(np_exact_sum *sum, int64_t unit)
{
    int64_t scaled;
    if (unit % sum->unit != 0 || __builtin_mul_overflow(sum->count, unit / sum->unit, &scaled)) return false;
    sum->count = scaled;
    sum->unit = unit;
    return true;
}

bool np_exact_sum_add_any(np_exact_sum *sum, np_num amount)
{
    if (!np_num_valid(amount)) return false;
    if (sum->big || amount.den == 0) return add_big(sum, amount);
    if (sum->unit == 0) {
        *sum = (np_exact_sum){amount.of.small, amount.den, NULL};
        return true;
    }
    int64_t scaled = amount.of.small, total;
    if (amount.den != sum->unit) {
        if (sum->unit % amount.den == 0) {
            if (__builtin_mul_overflow(scaled, sum->unit / amount.den, &scaled)) return add_big(sum, amount);
        } else if (!rescale(sum, amount.den)) {
            return add_big(sum, amount);
        }
    }
    if (__builtin_add_overflow(sum->count, scaled, &total)) return add_big(sum, amount);
    sum->count = total;
    return true;
}

bool np_exact_sum_add_sum(np_exact_sum *sum, const np_exact_sum *other)
{
    if (other->big) return add_big(sum, other->big->value);
    return other->unit == 0 || np_exact_sum_add(sum, small_sum(other));
}

void np_exact_sum_print(np_text *out, const np_exact_sum *sum)
{
    np_num_print_fraction(out, sum->big ? sum->big->value : small_sum(sum));
}

typedef struct reading {
    np_exact_sum_big *into;
    const char *text;
    bool ok;
} reading;

static void read_big(void *context)
{
    reading *r = context;
    r->ok = np_num_parse_fraction(r->into->own, r->text, strlen(r->text), &r->into->value);
}

bool np_exact_sum_parse(np_exact_sum *sum, const char *text)
{
    *sum = (np_exact_sum){0, 0, NULL};
    if (!grow(sum)) return false;
    reading r = {sum->big, text, false};
    if (!np_arena_guard(r.into->own, read_big, &r) || !r.ok) {
        np_exact_sum_free(sum);
        return false;
    }
    np_num value = sum->big->value;
    if (value.den > 0) {
        np_exact_sum_free(sum);
        *sum = (np_exact_sum){value.of.small, value.den, NULL};
    }
    return true;
}

np_num np_exact_sum_value(np_arena *arena, const np_exact_sum *sum)
{
    return sum->big ? np_num_copy(arena, sum->big->value) : small_sum(sum);
}
