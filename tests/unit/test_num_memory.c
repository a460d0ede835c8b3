/* GMP is never let ask for memory, so that it never ends a program that uses the library: every operation on numbers as
 * large as they may be, with functions in the place of GMP's own that fail the test. */
#include <gmp.h>

#include "unit/support.h"

#include "natopay/plan/exact_sum.h"

static long asked;

static void *allocate(size_t size)
{
    asked++;
    return malloc(size);
}

static void *reallocate(void *old, size_t old_size, size_t size)
{
    (void)old_size;
    asked++;
    return realloc(old, size);
}

static void release(void *memory, size_t size)
{
    (void)size;
    free(memory);
}

enum { NUMBERS = 6 };

/* Numbers whose numerator or denominator, or both, have NP_NUM_MAX_BITS bits or nearly as many, and smaller ones. */
static void make_numbers(np_arena *arena, np_num numbers[NUMBERS])
{
    np_num two = np_num_int(2), most = np_num_power(arena, two, NP_NUM_MAX_BITS - 1), one = np_num_int(1);
    np_num odd = np_num_add(arena, most, np_num_int(1));
    numbers[0] = np_num_sub(arena, np_num_add(arena, most, np_num_sub(arena, most, one)), np_num_int(0)); /* all ones */
    numbers[1] = np_num_div(arena, one, odd);
    numbers[2] = np_num_div(arena, np_num_neg(arena, numbers[0]), odd);
    numbers[3] = np_num_power(arena, np_num_ratio(-10, 3), 1000);
    numbers[4] = np_num_ratio(INT64_MAX, 7);
    numbers[5] = np_num_power(arena, np_num_ratio(7, 2), 60);
    for (int i = 0; i < NUMBERS; i++) assert_true(np_num_valid(numbers[i]));
}

static void use_pair(np_arena *arena, np_num a, np_num b)
{
    np_num results[] = {np_num_add(arena, a, b), np_num_sub(arena, a, b), np_num_mul(arena, a, b),
                        np_num_div(arena, a, b)};
    for (size_t i = 0; i < sizeof results / sizeof results[0]; i++)
        for (int mode = 0; np_num_valid(results[i]) && mode < NP_ROUNDING_COUNT; mode++) {
            np_num_round(arena, results[i], np_num_ratio(1, 100), (np_rounding)mode);
            np_num_round(arena, a, np_num_sign(b) < 0 ? np_num_neg(arena, b) : b, (np_rounding)mode);
        }
    np_num_compare(a, b);
}

static void print_and_read(np_arena *arena, np_num a)
{
    np_text text;
    np_num again;
    np_text_init(&text, 10000);
    np_num_print_fraction(&text, a);
    assert_true(np_num_parse_fraction(arena, np_text_string(&text), text.length, &again));
    assert_int_equal(np_num_compare(a, again), 0);
    np_num_print(&text, a, 100, NP_ROUND_HALF_EVEN);
    np_num_print_plain(&text, a);
    np_num_print_about(&text, a);
    assert_false(text.failed);
    np_text_free(&text);
    assert_int_equal(np_num_is_integer(a), np_num_is_integer(np_num_copy(arena, a)));
}

static void read_decimals(np_arena *arena)
{
    char digits[1001], longest[1400];
    np_num value;
    size_t at;
    memset(longest, '9', sizeof longest);
    assert_false(np_num_parse_fraction(arena, longest, sizeof longest, &value)); /* has more bits than a number may */
    memset(digits, '9', 1000);
    digits[1000] = '\0';
    assert_null(np_num_parse(arena, digits, 1000, &value, &at));
    digits[1] = '.';
    assert_null(np_num_parse(arena, digits, 1000, &value, &at));
    digits[999] = '%';
    assert_null(np_num_parse(arena, digits, 1000, &value, &at));
    digits[1] = digits[999] = '7';
    digits[500] = '/';
    assert_null(np_num_parse(arena, digits, 1000, &value, &at));
}

static void add_up(np_num a)
{
    np_exact_sum sum = {0}, back;
    np_text text;
    np_text_init(&text, 10000);
    for (int i = 0; i < 3; i++) np_exact_sum_add(&sum, a);
    np_exact_sum_print(&text, &sum);
    assert_true(np_exact_sum_parse(&back, np_text_string(&text)));
    assert_true(np_exact_sum_add_sum(&back, &sum) || a.den == 0);
    np_exact_sum_free(&sum);
    np_exact_sum_free(&back);
    np_text_free(&text);
}

static void gmp_asks_for_no_memory(void **state)
{
    np_arena *arena = *state;
    np_num numbers[NUMBERS];
    make_numbers(arena, numbers);
    for (int i = 0; i < NUMBERS; i++) {
        for (int k = 0; k < NUMBERS; k++) use_pair(arena, numbers[i], numbers[k]);
        print_and_read(arena, numbers[i]);
        add_up(numbers[i]);
    }
    read_decimals(arena);
    assert_int_equal(asked, 0);
    mpz_t own; /* the functions are in force */
    mpz_init_set_ui(own, 1);
    mpz_clear(own);
    assert_true(asked > 0);
}

static void compute(void *context)
{
    np_num numbers[NUMBERS];
    make_numbers(context, numbers);
    for (int i = 0; i < NUMBERS; i++)
        for (int k = 0; k < NUMBERS; k++) use_pair(context, numbers[i], numbers[k]);
}

static void lack_of_memory_is_a_result(void **state)
{
    assert_true(run_out_of_memory(*state, compute, *state) > 50);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        arena_test(gmp_asks_for_no_memory),
        arena_test(lack_of_memory_is_a_result),
    };
    mp_set_memory_functions(allocate, reallocate, release);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
