#include "natopay/plan/exact.h"

#include <stdlib.h>
#include <string.h>

#include <gmp.h>

typedef struct np_exact_big {
    mpq_t value;
} np_exact_big;

void np_exact_free(np_exact *sum)
{
    if (sum->big) {
        mpq_clear(sum->big->value);
        free(sum->big);
    }
    *sum = (np_exact){0, 0, NULL};
}

static void set_small(mpq_t value, int64_t count, int64_t unit)
{
    mpz_set_si(mpq_numref(value), count);
    mpz_set_si(mpq_denref(value), unit);
    mpq_canonicalize(value);
}

static bool grow(np_exact *sum)
{
    if (sum->big) return true;
    np_exact_big *big = malloc(sizeof *big);
    if (!big) return false;
    mpq_init(big->value);
    if (sum->unit) set_small(big->value, sum->count, sum->unit);
    sum->big = big;
    return true;
}

/* A number of any size, by its text: this path is taken for amounts that no payslip has. */
static bool set_number(mpq_t value, np_num amount)
{
    np_text text;
    np_text_init(&text, 4 * NP_NUM_MAX_BITS);
    np_num_print_fraction(&text, amount);
    bool ok = !text.failed && mpq_set_str(value, np_text_string(&text), 10) == 0;
    np_text_free(&text);
    return ok;
}

static bool add_big(np_exact *sum, np_num amount)
{
    if (!grow(sum)) return false;
    mpq_t value;
    mpq_init(value);
    bool ok = true;
    if (amount.den > 0)
        set_small(value, amount.of.small, amount.den);
    else
        ok = set_number(value, amount);
    if (ok) mpq_add(sum->big->value, sum->big->value, value);
    mpq_clear(value);
    return ok;
}

/* Bring a sum to another unit when it goes without a remainder. */
static bool rescale(np_exact *sum, int64_t unit)
{
    int64_t scaled;
    if (unit % sum->unit != 0 || __builtin_mul_overflow(sum->count, unit / sum->unit, &scaled)) return false;
    sum->count = scaled;
    sum->unit = unit;
    return true;
}

bool np_exact_add_any(np_exact *sum, np_num amount)
{
    if (!np_num_valid(amount)) return false;
    if (sum->big || amount.den == 0) return add_big(sum, amount);
    if (sum->unit == 0) {
        *sum = (np_exact){amount.of.small, amount.den, NULL};
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

bool np_exact_add_sum(np_exact *sum, const np_exact *other)
{
    if (!other->big) return other->unit == 0 || np_exact_add(sum, np_num_small(other->count, other->unit));
    if (!grow(sum)) return false;
    mpq_add(sum->big->value, sum->big->value, other->big->value);
    return true;
}

void np_exact_print(np_text *out, const np_exact *sum)
{
    if (!sum->big) {
        np_num_print_fraction(out, sum->unit ? np_num_small(sum->count, sum->unit) : np_num_int(0));
        return;
    }
    size_t size = mpz_sizeinbase(mpq_numref(sum->big->value), 10) + mpz_sizeinbase(mpq_denref(sum->big->value), 10) + 3;
    char *digits = malloc(size);
    if (!digits) {
        out->failed = true;
        return;
    }
    mpq_get_str(digits, 10, sum->big->value);
    np_text_puts(out, digits);
    free(digits);
}

bool np_exact_parse(np_exact *sum, const char *text)
{
    size_t length = strspn(text, "-0123456789/");
    if (length == 0 || text[length] != '\0' || length > 4 * NP_NUM_MAX_BITS) return false;
    *sum = (np_exact){0, 0, NULL};
    if (!grow(sum)) return false;
    if (mpq_set_str(sum->big->value, text, 10) != 0 || mpz_sgn(mpq_denref(sum->big->value)) <= 0) {
        np_exact_free(sum);
        return false;
    }
    mpq_canonicalize(sum->big->value);
    if (!mpz_fits_slong_p(mpq_numref(sum->big->value)) || !mpz_fits_slong_p(mpq_denref(sum->big->value))) return true;
    int64_t count = mpz_get_si(mpq_numref(sum->big->value)), unit = mpz_get_si(mpq_denref(sum->big->value));
    np_exact_free(sum);
    *sum = (np_exact){count, unit, NULL};
    return true;
}

np_num np_exact_value(np_arena *arena, const np_exact *sum)
{
    if (!sum->big) return sum->unit ? np_num_small(sum->count, sum->unit) : np_num_int(0);
    np_text text;
    np_text_init(&text, 4 * NP_NUM_MAX_BITS);
    np_exact_print(&text, sum);
    const char *string = np_text_string(&text), *slash = strchr(string, '/');
    size_t at, top = slash ? (size_t)(slash - string) : text.length;
    np_num value = np_num_ratio(0, 0), under = np_num_int(1);
    bool whole = !text.failed, ok = whole && !np_num_parse(arena, string, top, &value, &at);
    if (ok && slash) ok = !np_num_parse(arena, slash + 1, text.length - top - 1, &under, &at);
    np_text_free(&text);
    if (!whole) np_arena_give_up(arena);
    return ok ? np_num_div(arena, value, under) : np_num_ratio(0, 0);
}
