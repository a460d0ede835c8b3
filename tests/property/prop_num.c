/* Exact rational numbers against GMP: the same random operations on both, checked digit by digit. */
#include <gmp.h>

#include "unit/support.h"

#include "natopay/base/num.h"

enum { ROUNDS = 120000, RESET_EVERY = 500, TEXT_MAX = 4000 };

/* A number, and the same value held by GMP. */
typedef struct pair {
    np_num num;
    mpq_t exact;
} pair;

typedef struct bench {
    np_arena *arena;
    np_text text;
    random_source random;
    pair a, b;
    mpq_t expected, got;
    mpz_t whole, rest, twice;
} bench;

static int open_bench(void **state)
{
    bench *w = calloc(1, sizeof *w);
    if (w == NULL) {
        return -1;
    }
    w->arena = np_arena_new(0);
    np_text_init(&w->text, TEXT_MAX);
    w->random = random_start();
    mpq_inits(w->a.exact, w->b.exact, w->expected, w->got, NULL);
    mpz_inits(w->whole, w->rest, w->twice, NULL);
    *state = w;
    return 0;
}

static int close_bench(void **state)
{
    bench *w = *state;
    np_arena_free(w->arena);
    np_text_free(&w->text);
    mpq_clears(w->a.exact, w->b.exact, w->expected, w->got, NULL);
    mpz_clears(w->whole, w->rest, w->twice, NULL);
    free(w);
    return 0;
}

static void set_int64(mpz_t z, int64_t value)
{
    uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;
    mpz_import(z, 1, 1, sizeof size, 0, 0, &size);
    if (value < 0) {
        mpz_neg(z, z);
    }
}

static bool fits_int64(const mpz_t z)
{
    return mpz_sizeinbase(z, 2) <= 63 || (mpz_sgn(z) < 0 && mpz_sizeinbase(z, 2) == 64 && mpz_scan1(z, 0) == 63);
}

/* Any integer, often one at an edge. */
static int64_t random_int(random_source *random)
{
    static const int64_t edges[] = {0,
                                    1,
                                    -1,
                                    2,
                                    10,
                                    100,
                                    -100,
                                    1000,
                                    INT64_MAX,
                                    INT64_MIN,
                                    INT64_MAX - 1,
                                    INT64_MIN + 1,
                                    INT32_MAX,
                                    INT32_MIN,
                                    (int64_t)1 << 32,
                                    (int64_t)1 << 62,
                                    -((int64_t)1 << 62),
                                    3037000499,
                                    3037000500,
                                    -3037000500};
    if (random_below(random, 3) == 0) {
        return edges[random_below(random, sizeof edges / sizeof edges[0])];
    }
    uint64_t bits = random_bits(random) >> random_below(random, 64);
    int64_t value = (int64_t)(bits >> 1);
    return bits & 1 ? -value : value;
}

static void random_ratio(bench *w, pair *p)
{
    int64_t numerator = random_int(&w->random), denominator = random_int(&w->random);
    unsigned kind = random_below(&w->random, 4);
    denominator = kind == 0 ? 1 : kind == 1 ? 100 : denominator == INT64_MIN || denominator == 0 ? 7 : denominator;
    if (denominator < 0 && numerator == INT64_MIN) {
        denominator = -denominator;
    }
    p->num = np_num_ratio(numerator, denominator);
    set_int64(mpq_numref(p->exact), numerator);
    set_int64(mpq_denref(p->exact), denominator);
    mpq_canonicalize(p->exact);
}

/* A small number, or one that grew large by a few operations on such. */
static void random_number(bench *w, pair *p)
{
    random_ratio(w, p);
    if (random_below(&w->random, 4) != 0) {
        return;
    }
    for (unsigned more = 1 + random_below(&w->random, 4); more > 0; more--) {
        pair other;
        mpq_init(other.exact);
        random_ratio(w, &other);
        if (random_below(&w->random, 2) == 0) {
            p->num = np_num_mul(w->arena, p->num, other.num);
            mpq_mul(p->exact, p->exact, other.exact);
        } else {
            p->num = np_num_add(w->arena, p->num, other.num);
            mpq_add(p->exact, p->exact, other.exact);
        }
        mpq_clear(other.exact);
    }
}

/* The number must be exactly `expected`, and held by GMP only when it must be. */
static void check(bench *w, np_num num, mpq_srcptr expected)
{
    assert_true(np_num_valid(num));
    if (num.den > 0) {
        set_int64(mpq_numref(w->got), num.of.small);
        set_int64(mpq_denref(w->got), num.den);
        mpq_canonicalize(w->got);
    } else {
        assert_false(fits_int64(mpq_numref(expected)) && fits_int64(mpq_denref(expected)));
        np_text_clear(&w->text);
        np_num_print_fraction(&w->text, num);
        assert_int_equal(mpq_set_str(w->got, np_text_string(&w->text), 10), 0);
    }
    assert_true(mpq_equal(w->got, expected));
    assert_int_equal(np_num_sign(num), mpq_sgn(expected));
}

static void operations_agree_with_gmp(void **state)
{
    bench *w = *state;
    for (long round = random_rounds(ROUNDS); round > 0; round--) {
        random_number(w, &w->a);
        random_number(w, &w->b);
        check(w, w->a.num, w->a.exact);
        mpq_add(w->expected, w->a.exact, w->b.exact);
        check(w, np_num_add(w->arena, w->a.num, w->b.num), w->expected);
        mpq_sub(w->expected, w->a.exact, w->b.exact);
        check(w, np_num_sub(w->arena, w->a.num, w->b.num), w->expected);
        mpq_mul(w->expected, w->a.exact, w->b.exact);
        check(w, np_num_mul(w->arena, w->a.num, w->b.num), w->expected);
        mpq_neg(w->expected, w->a.exact);
        check(w, np_num_neg(w->arena, w->a.num), w->expected);
        check(w, np_num_copy(w->arena, w->a.num), w->a.exact);
        if (mpq_sgn(w->b.exact) == 0) {
            assert_false(np_num_valid(np_num_div(w->arena, w->a.num, w->b.num)));
        } else {
            mpq_div(w->expected, w->a.exact, w->b.exact);
            check(w, np_num_div(w->arena, w->a.num, w->b.num), w->expected);
        }
        int order = mpq_cmp(w->a.exact, w->b.exact);
        assert_int_equal(np_num_compare(w->a.num, w->b.num), (order > 0) - (order < 0));
        assert_int_equal(np_num_compare(w->b.num, w->a.num), (order < 0) - (order > 0));
        assert_int_equal(np_num_is_integer(w->a.num), mpz_cmp_ui(mpq_denref(w->a.exact), 1) == 0);
        if (round % RESET_EVERY == 0) {
            np_arena_reset(w->arena);
        }
    }
}

static void powers_agree_with_gmp(void **state)
{
    bench *w = *state;
    for (long round = random_rounds(ROUNDS / 20); round > 0; round--) {
        random_ratio(w, &w->a);
        unsigned exponent =
            random_below(&w->random, 2) == 0 ? random_below(&w->random, 5) : random_below(&w->random, 120);
        mpz_pow_ui(mpq_numref(w->expected), mpq_numref(w->a.exact), exponent);
        mpz_pow_ui(mpq_denref(w->expected), mpq_denref(w->a.exact), exponent);
        np_num power = np_num_power(w->arena, w->a.num, exponent);
        if (mpz_sizeinbase(mpq_numref(w->expected), 2) > NP_NUM_MAX_BITS ||
            mpz_sizeinbase(mpq_denref(w->expected), 2) > NP_NUM_MAX_BITS) {
            assert_false(np_num_valid(power));
        } else {
            check(w, power, w->expected);
        }
        if (round % RESET_EVERY == 0) {
            np_arena_reset(w->arena);
        }
    }
}

/* What `mode` makes of value, by sizes: towards zero first, then one further away when the mode says so. The library
 * goes by the floor instead. */
static void round_by_size(bench *w, mpz_t result, mpq_srcptr value, np_rounding mode)
{
    bool negative = mpq_sgn(value) < 0;
    mpz_abs(w->whole, mpq_numref(value));
    mpz_tdiv_qr(result, w->rest, w->whole, mpq_denref(value));
    mpz_add(w->twice, w->rest, w->rest);
    int half = mpz_cmp(w->twice, mpq_denref(value));
    bool further = false;
    if (mpz_sgn(w->rest) != 0) {
        further =
            mode == NP_ROUND_UP || (mode == NP_ROUND_CEILING && !negative) || (mode == NP_ROUND_FLOOR && negative);
        if (mode == NP_ROUND_HALF_UP || mode == NP_ROUND_HALF_DOWN || mode == NP_ROUND_HALF_EVEN) {
            bool tie_further = mode == NP_ROUND_HALF_UP || (mode == NP_ROUND_HALF_EVEN && mpz_tstbit(result, 0) == 1);
            further = half > 0 || (half == 0 && tie_further);
        }
    }
    if (further) {
        mpz_add_ui(result, result, 1);
    }
    if (negative) {
        mpz_neg(result, result);
    }
}

/* Units as they occur, and any other. */
static void random_unit(bench *w, pair *p)
{
    static const char *const units[] = {"1/100", "1", "1/20", "5", "1/1000", "10", "1/3"};
    if (random_below(&w->random, 3) != 0) {
        const char *unit = units[random_below(&w->random, sizeof units / sizeof units[0])];
        p->num = number(w->arena, unit);
        mpq_set_str(p->exact, unit, 10);
        return;
    }
    do {
        random_number(w, p);
    } while (mpq_sgn(p->exact) == 0);
    if (mpq_sgn(p->exact) < 0) {
        p->num = np_num_neg(w->arena, p->num);
        mpq_neg(p->exact, p->exact);
    }
}

static void rounding_agrees_with_integers(void **state)
{
    bench *w = *state;
    mpz_t multiple;
    mpz_init(multiple);
    for (long round = random_rounds(ROUNDS); round > 0; round--) {
        random_number(w, &w->a);
        random_unit(w, &w->b);
        if (random_below(&w->random, 2) == 0) { /* a tie, or next to one */
            int64_t halves = (int64_t)random_below(&w->random, 2001) - 1000;
            w->a.num = np_num_mul(w->arena, np_num_ratio(halves, 2), w->b.num);
            set_int64(mpq_numref(w->expected), halves);
            mpz_set_ui(mpq_denref(w->expected), 2);
            mpq_canonicalize(w->expected);
            mpq_mul(w->a.exact, w->expected, w->b.exact);
        }
        np_rounding mode = (np_rounding)random_below(&w->random, NP_ROUNDING_COUNT);
        mpq_div(w->expected, w->a.exact, w->b.exact);
        round_by_size(w, multiple, w->expected, mode);
        mpq_set_z(w->expected, multiple);
        mpq_mul(w->expected, w->expected, w->b.exact);
        np_num rounded = np_num_round(w->arena, w->a.num, w->b.num, mode);
        check(w, rounded, w->expected);
        assert_int_equal(np_num_compare(np_num_round(w->arena, rounded, w->b.num, mode), rounded), 0);
        if (round % RESET_EVERY == 0) {
            np_arena_reset(w->arena);
        }
    }
    mpz_clear(multiple);
}

/* A number of any size, many of them near the bounds of 64 bits. */
static int64_t any_int64(bench *w)
{
    uint64_t bits = (uint64_t)random_below(&w->random, 1u << 31) << 33 ^ (uint64_t)random_below(&w->random, 1u << 31)
                                                                             << 8;
    bits ^= random_below(&w->random, 1u << 8);
    int64_t value = (int64_t)(bits >> random_below(&w->random, 63));
    return random_below(&w->random, 2) ? value : -value;
}

/* Short cuts for small numbers give what rounding gives, or nothing. */
static void small_numbers_are_rounded_alike(void **state)
{
    bench *w = *state;
    long done = 0, rounds = random_rounds(ROUNDS);
    for (long round = 0; round < rounds; round++) {
        int64_t numerator = any_int64(w), denominator = any_int64(w), parts = 1 + random_below(&w->random, 1000), whole;
        if (denominator < 0) denominator = -denominator;
        if (denominator == 0) continue;
        np_num a = np_num_small(numerator, denominator), rounded;
        np_num slowly = np_num_round(w->arena, a, np_num_int(1), NP_ROUND_HALF_UP);
        if (np_num_whole_small(numerator, denominator, &whole)) {
            assert_int_equal(np_num_compare(np_num_int(whole), slowly), 0);
            done++;
        }
        slowly = np_num_round(w->arena, a, np_num_small(1, parts), NP_ROUND_HALF_UP);
        if (np_num_round_small(a, parts, &rounded)) {
            assert_int_equal(np_num_compare(rounded, slowly), 0);
            done++;
        }
        if (round % RESET_EVERY == 0) np_arena_reset(w->arena);
    }
    assert_true(done > rounds / 2);
}

static void decimals_agree_with_integers(void **state)
{
    bench *w = *state;
    mpz_t scaled;
    mpz_init(scaled);
    char expected[TEXT_MAX];
    for (long round = random_rounds(ROUNDS / 2); round > 0; round--) {
        random_number(w, &w->a);
        unsigned decimals = random_below(&w->random, random_below(&w->random, 4) == 0 ? 101 : 5);
        np_rounding mode = (np_rounding)random_below(&w->random, NP_ROUNDING_COUNT);
        mpz_ui_pow_ui(w->whole, 10, decimals);
        mpq_set_z(w->expected, w->whole);
        mpq_mul(w->expected, w->expected, w->a.exact);
        round_by_size(w, scaled, w->expected, mode);
        const char *sign = mpz_sgn(scaled) < 0 ? "-" : "";
        mpz_abs(scaled, scaled);
        mpz_ui_pow_ui(w->twice, 10, decimals);
        mpz_tdiv_qr(w->whole, w->rest, scaled, w->twice);
        if (decimals == 0) {
            gmp_snprintf(expected, sizeof expected, "%s%Zd", sign, w->whole);
        } else {
            gmp_snprintf(expected, sizeof expected, "%s%Zd.%0*Zd", sign, w->whole, (int)decimals, w->rest);
        }
        np_text_clear(&w->text);
        np_num_print(&w->text, w->a.num, decimals, mode);
        assert_string_equal(np_text_string(&w->text), expected);
        if (round % RESET_EVERY == 0) {
            np_arena_reset(w->arena);
        }
    }
    mpz_clear(scaled);
}

static void what_is_printed_reads_the_same(void **state)
{
    bench *w = *state;
    for (long round = random_rounds(ROUNDS / 2); round > 0; round--) {
        random_number(w, &w->a);
        np_text_clear(&w->text);
        np_num_print_fraction(&w->text, w->a.num);
        assert_true(mpq_set_str(w->got, np_text_string(&w->text), 10) == 0 && mpq_equal(w->got, w->a.exact));
        check(w, number(w->arena, np_text_string(&w->text)), w->a.exact);
        np_text_clear(&w->text);
        np_num_print_plain(&w->text, w->a.num);
        check(w, number(w->arena, np_text_string(&w->text)), w->a.exact);

        unsigned decimals = random_below(&w->random, 30);
        np_text_clear(&w->text);
        np_num_print(&w->text, w->a.num, decimals, NP_ROUND_HALF_EVEN);
        np_num printed = number(w->arena, np_text_string(&w->text));
        np_num unit = np_num_power(w->arena, np_num_ratio(1, 10), decimals);
        assert_int_equal(np_num_compare(printed, np_num_round(w->arena, w->a.num, unit, NP_ROUND_HALF_EVEN)), 0);
        np_text_putc(&w->text, '%');
        np_num percent = number(w->arena, np_text_string(&w->text));
        assert_int_equal(np_num_compare(np_num_mul(w->arena, percent, np_num_int(100)), printed), 0);
        if (round % RESET_EVERY == 0) {
            np_arena_reset(w->arena);
        }
    }
}

/* Bytes at random, of those that numbers are made of: refused with a message and a place, or read. */
static void any_bytes_are_read_or_refused(void **state)
{
    bench *w = *state;
    static const char bytes[] = "0123456789012345678900000+-..,,//%% '_eE\xC2\xA0\xE2\x80\xAF\xFF";
    long read = 0;
    for (long round = random_rounds(ROUNDS); round > 0; round--) {
        size_t length = random_below(&w->random, 12);
        char *text = malloc(length + 1); /* exact, so that the sanitizers see a read past the end */
        assert_non_null(text);
        for (size_t i = 0; i < length; i++) {
            text[i] = bytes[random_below(&w->random, sizeof bytes - 1)];
        }
        char *exact = realloc(text, length == 0 ? 1 : length);
        assert_non_null(exact);
        np_num value;
        size_t at = SIZE_MAX;
        const char *message = np_num_parse(w->arena, exact, length, &value, &at);
        assert_int_equal(np_num_valid(value), message == NULL);
        assert_true(message == NULL || (message[0] != '\0' && at <= length));
        read += message == NULL;
        const char *write = message == NULL ? NULL : strstr(message, " numbers: write ");
        if (write != NULL && write[strlen(" numbers: write ")] != 't') { /* not "write them without ..." */
            number(w->arena, write + strlen(" numbers: write "));        /* what is proposed can be read */
        }
        free(exact);
        if (round % RESET_EVERY == 0) {
            np_arena_reset(w->arena);
        }
    }
    assert_true(read > 1000);
}

#define bench_test(name) cmocka_unit_test_setup_teardown(name, open_bench, close_bench)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        bench_test(operations_agree_with_gmp),     bench_test(powers_agree_with_gmp),
        bench_test(rounding_agrees_with_integers), bench_test(small_numbers_are_rounded_alike),
        bench_test(decimals_agree_with_integers),  bench_test(what_is_printed_reads_the_same),
        bench_test(any_bytes_are_read_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
