/* Exact rational numbers: arithmetic at its limits, and what an invalid number does. */
#include "unit/support.h"

#include "natopay/base/num.h"

static const char two_to_63[] = "9223372036854775808";

static np_num ratio(int64_t numerator, int64_t denominator)
{
    return np_num_ratio(numerator, denominator);
}

static void ratios_take_any_signs(void **state)
{
    (void)state;
    expect_num(np_num_int(7), "7");
    expect_num(np_num_int(INT64_MIN), "-9223372036854775808");
    expect_num(ratio(1, 3), "1/3");
    expect_num(ratio(1, -3), "-1/3");
    expect_num(ratio(-1, -3), "1/3");
    expect_num(ratio(6, 4), "3/2");
    expect_num(ratio(0, -5), "0");
    expect_num(ratio(0, INT64_MIN), "0");
    expect_num(ratio(1, 0), "invalid");
    expect_num(ratio(0, 0), "invalid");
    expect_num(ratio(INT64_MIN, 1), "-9223372036854775808");
    expect_num(ratio(INT64_MIN, INT64_MIN), "1");
    expect_num(ratio(INT64_MIN, -2), "4611686018427387904");
    expect_num(ratio(2, INT64_MIN), "-1/4611686018427387904");
    expect_num(ratio(INT64_MIN, 2), "-4611686018427387904");
    expect_num(ratio(INT64_MAX, INT64_MAX), "1");
    expect_num(ratio(INT64_MIN, -1), "invalid"); /* 2^63 needs memory that this function is not given */
    expect_num(ratio(1, INT64_MIN), "invalid");
    expect_num(ratio(INT64_MIN, INT64_MAX), "-9223372036854775808/9223372036854775807");
}

static void signs_and_integers_are_told(void **state)
{
    np_arena *arena = *state;
    np_num big = np_num_add(arena, np_num_int(INT64_MAX), np_num_int(1));
    assert_int_equal(np_num_sign(np_num_int(0)), 0);
    assert_int_equal(np_num_sign(ratio(0, 7)), 0);
    assert_int_equal(np_num_sign(ratio(-1, 7)), -1);
    assert_int_equal(np_num_sign(ratio(1, 7)), 1);
    assert_int_equal(np_num_sign(np_num_int(INT64_MIN)), -1);
    assert_int_equal(np_num_sign(big), 1);
    assert_int_equal(np_num_sign(np_num_neg(arena, np_num_mul(arena, big, big))), -1);
    assert_int_equal(np_num_sign(ratio(1, 0)), 0);

    assert_true(np_num_is_integer(ratio(6, 3)));
    assert_false(np_num_is_integer(ratio(7, 3)));
    assert_true(np_num_is_integer(big));
    assert_false(np_num_is_integer(np_num_div(arena, np_num_int(1), big)));
    assert_false(np_num_is_integer(ratio(1, 0)));

    int64_t value = 99;
    assert_true(np_num_to_int(ratio(-6, 3), &value));
    assert_int_equal(value, -2);
    assert_true(np_num_to_int(np_num_int(INT64_MIN), &value));
    assert_true(value == INT64_MIN);
    value = 99;
    assert_false(np_num_to_int(ratio(7, 3), &value));
    assert_false(np_num_to_int(big, &value));
    assert_false(np_num_to_int(ratio(1, 0), &value));
    assert_int_equal(value, 99);
}

static void small_sums_are_exact(void **state)
{
    np_arena *arena = *state;
    expect_num(np_num_add(arena, number(arena, "0.1"), number(arena, "0.2")), "3/10");
    expect_num(np_num_add(arena, ratio(1, 6), ratio(1, 10)), "4/15");
    expect_num(np_num_sub(arena, ratio(1, 6), ratio(1, 10)), "1/15");
    expect_num(np_num_sub(arena, number(arena, "5335.54"), number(arena, "5335.54")), "0");
    expect_num(np_num_mul(arena, number(arena, "5335.54"), number(arena, "10%")), "266777/500");
    expect_num(np_num_mul(arena, ratio(-2, 3), ratio(3, 4)), "-1/2");
    expect_num(np_num_div(arena, np_num_int(1), np_num_int(-3)), "-1/3");
    expect_num(np_num_div(arena, ratio(-5, 7), ratio(-10, 21)), "3/2");
    expect_num(np_num_neg(arena, ratio(5, 7)), "-5/7");
    /* A denominator that grows step by step is reduced, not lost. */
    np_num sum = np_num_int(0);
    for (int i = 1; i <= 40; i++) {
        sum = np_num_add(arena, sum,
                         np_num_div(arena, np_num_int(1), np_num_mul(arena, np_num_int(i), np_num_int(i + 1))));
    }
    expect_num(sum, "40/41");
}

static void overflow_goes_to_gmp_and_back(void **state)
{
    np_arena *arena = *state;
    np_num max = np_num_int(INT64_MAX), min = np_num_int(INT64_MIN), one = np_num_int(1);
    np_num above = np_num_add(arena, max, one);
    expect_num(above, two_to_63);
    assert_int_equal(above.den, 0); /* held by GMP */
    np_num back = np_num_sub(arena, above, one);
    expect_num(back, "9223372036854775807");
    assert_int_equal(back.den, 1); /* small again */
    expect_num(np_num_neg(arena, min), two_to_63);
    back = np_num_neg(arena, np_num_neg(arena, min));
    assert_true(back.den == 1 && back.of.small == INT64_MIN);
    expect_num(np_num_sub(arena, np_num_int(0), min), two_to_63);
    expect_num(np_num_sub(arena, np_num_int(-1), min), "9223372036854775807");
    expect_num(np_num_sub(arena, min, one), "-9223372036854775809");
    expect_num(np_num_add(arena, min, min), "-18446744073709551616");
    expect_num(np_num_mul(arena, min, min), "85070591730234615865843651857942052864");
    expect_num(np_num_mul(arena, min, np_num_int(-1)), two_to_63);
    expect_num(np_num_div(arena, min, np_num_int(-1)), two_to_63);
    expect_num(np_num_div(arena, one, min), "-1/9223372036854775808");
    expect_num(np_num_div(arena, min, min), "1");
    expect_num(np_num_div(arena, np_num_int(-1), min), "1/9223372036854775808");
    expect_num(np_num_div(arena, np_num_mul(arena, max, max), max), "9223372036854775807");
    np_num tiny = np_num_div(arena, ratio(1, INT64_MAX), max);
    expect_num(tiny, "1/85070591730234615847396907784232501249");
    expect_num(np_num_mul(arena, np_num_mul(arena, tiny, max), max), "1");
    expect_num(np_num_sub(arena, tiny, tiny), "0");
    expect_num(np_num_add(arena, ratio(INT64_MAX, INT64_MAX - 1), ratio(INT64_MAX, INT64_MAX - 2)),
               "170141183460469231667123699457900675077/85070591730234615819726791673668173830");
}

static void unreduced_products_do_not_overflow_for_good(void **state)
{
    np_arena *arena = *state;
    np_num product = np_num_int(1);
    for (int i = 0; i < 200; i++) {
        product = np_num_mul(arena, product, ratio(1000, 1001));
        product = np_num_mul(arena, product, ratio(1001, 1000));
        assert_true(product.den > 0);
    }
    expect_num(product, "1");
}

static void comparing_is_exact(void **state)
{
    np_arena *arena = *state;
    np_num big = np_num_mul(arena, np_num_int(INT64_MAX), np_num_int(INT64_MAX));
    const np_num rising[] = {
        np_num_neg(arena, big),
        np_num_int(INT64_MIN),
        ratio(-INT64_MAX, INT64_MAX - 1),
        ratio(INT64_MIN, INT64_MAX),
        np_num_int(-1),
        ratio(-1, 2),
        np_num_neg(arena, np_num_div(arena, np_num_int(1), big)),
        np_num_int(0),
        np_num_div(arena, np_num_int(1), big),
        ratio(1, INT64_MAX),
        ratio(1, INT64_MAX - 1),
        ratio(1, 3),
        ratio(INT64_MAX - 2, INT64_MAX - 1),
        ratio(INT64_MAX - 1, INT64_MAX),
        np_num_int(1),
        np_num_int(INT64_MAX),
        np_num_add(arena, np_num_int(INT64_MAX), ratio(1, 2)),
        big,
        np_num_add(arena, big, ratio(1, 3)),
    };
    for (int i = 0; i < (int)(sizeof rising / sizeof rising[0]); i++) {
        for (int j = 0; j < (int)(sizeof rising / sizeof rising[0]); j++) {
            assert_int_equal(np_num_compare(rising[i], rising[j]), (i > j) - (i < j));
        }
    }
    assert_int_equal(np_num_compare(ratio(2, 4), ratio(1, 2)), 0);
    assert_int_equal(np_num_compare(ratio(0, 4), ratio(0, 9)), 0);
    assert_int_equal(np_num_compare(big, ratio(1, 0)), 0);
}

static void invalid_stays_invalid(void **state)
{
    np_arena *arena = *state;
    np_num big = np_num_mul(arena, np_num_int(INT64_MAX), np_num_int(INT64_MAX)), bad = ratio(1, 0);
    const np_num others[] = {np_num_int(3), np_num_int(0), big, bad};
    assert_false(np_num_valid(bad));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_false(np_num_valid(np_num_add(arena, bad, others[i])));
        assert_false(np_num_valid(np_num_add(arena, others[i], bad)));
        assert_false(np_num_valid(np_num_sub(arena, bad, others[i])));
        assert_false(np_num_valid(np_num_sub(arena, others[i], bad)));
        assert_false(np_num_valid(np_num_mul(arena, bad, others[i])));
        assert_false(np_num_valid(np_num_mul(arena, others[i], bad)));
        assert_false(np_num_valid(np_num_div(arena, bad, others[i])));
        assert_false(np_num_valid(np_num_div(arena, others[i], bad)));
        assert_false(np_num_valid(np_num_round(arena, bad, others[i], NP_ROUND_UP)));
        assert_false(np_num_valid(np_num_round(arena, others[i], bad, NP_ROUND_UP)));
    }
    assert_false(np_num_valid(np_num_neg(arena, bad)));
    assert_false(np_num_valid(np_num_power(arena, bad, 0)));
    assert_false(np_num_valid(np_num_power(arena, bad, 3)));
    assert_false(np_num_valid(np_num_copy(arena, bad)));
    assert_false(np_num_valid(np_num_div(arena, big, np_num_int(0))));
    assert_false(np_num_valid(np_num_div(arena, np_num_int(0), ratio(0, 5))));
}

static void powers_are_exact(void **state)
{
    np_arena *arena = *state;
    expect_num(np_num_power(arena, np_num_int(0), 0), "1");
    expect_num(np_num_power(arena, np_num_int(0), 5), "0");
    expect_num(np_num_power(arena, ratio(-2, 3), 0), "1");
    expect_num(np_num_power(arena, ratio(-2, 3), 1), "-2/3");
    expect_num(np_num_power(arena, ratio(-2, 3), 3), "-8/27");
    expect_num(np_num_power(arena, ratio(-4, 6), 4), "16/81");
    expect_num(np_num_power(arena, number(arena, "1.038"), 3), "139798359/125000000");
    expect_num(np_num_power(arena, np_num_int(2), 63), two_to_63);
    expect_num(np_num_power(arena, np_num_int(-2), 63), "-9223372036854775808");
    expect_num(np_num_power(arena, np_num_int(3), 80), "147808829414345923316083210206383297601");
    expect_num(np_num_power(arena, np_num_int(-1), UINT32_MAX), "-1");
    expect_num(np_num_power(arena, ratio(7, 7), UINT32_MAX), "1");
}

static void size_is_bounded(void **state)
{
    np_arena *arena = *state;
    assert_true(np_num_valid(np_num_power(arena, np_num_int(2), NP_NUM_MAX_BITS - 1)));
    assert_false(np_num_valid(np_num_power(arena, np_num_int(2), NP_NUM_MAX_BITS)));
    assert_true(np_num_valid(np_num_power(arena, ratio(1, 2), NP_NUM_MAX_BITS - 1)));
    assert_false(np_num_valid(np_num_power(arena, ratio(1, 2), NP_NUM_MAX_BITS)));
    assert_false(np_num_valid(np_num_power(arena, np_num_int(2), UINT32_MAX)));
    np_num largest = np_num_power(arena, np_num_int(2), NP_NUM_MAX_BITS - 1);
    largest = np_num_add(arena, largest, np_num_sub(arena, largest, np_num_int(1)));
    assert_true(np_num_valid(largest));
    assert_false(np_num_valid(np_num_add(arena, largest, np_num_int(1))));
    assert_true(np_num_valid(np_num_neg(arena, largest)));
    expect_num(np_num_div(arena, largest, largest), "1");
    assert_false(np_num_valid(np_num_div(arena, np_num_int(1), np_num_mul(arena, largest, np_num_int(2)))));
}

static void keeping_copies_to_another_arena(void **state)
{
    np_arena *other = np_arena_new(0);
    np_num big = np_num_neg(other, np_num_div(other, np_num_power(other, np_num_int(7), 50), np_num_int(1000)));
    np_num kept = np_num_copy(*state, big), small = np_num_copy(*state, ratio(1, 3));
    np_arena_free(other);
    expect_num(kept, "-1798465042647412146620280340569649349251249/1000");
    expect_num(small, "1/3");
}

typedef struct work {
    np_arena *arena;
    np_num result;
} work;

static void compute(void *context)
{
    work *w = context;
    np_arena *arena = w->arena;
    np_num big = np_num_power(arena, np_num_int(10), 40);
    np_num part = np_num_div(arena, np_num_sub(arena, big, np_num_int(1)), np_num_int(7));
    part = np_num_round(arena, np_num_neg(arena, part), number(arena, "1/3"), NP_ROUND_HALF_EVEN);
    part = np_num_add(arena, part, number(arena, "123456789012345678901234567890.5%"));
    part = np_num_add(arena, part, number(arena, "123456789012345678901234567890/7"));
    w->result = np_num_copy(arena, part);
}

/* A total begins with zero, and what is added first may be gone when it is printed. */
static void a_sum_with_zero_lives_in_its_own_arena(void **state)
{
    np_arena *other = np_arena_new(0);
    assert_non_null(other);
    np_num large = number(other, "123456789012345678901234567890.5");
    np_num sum = np_num_add(*state, np_num_int(0), large), turned = np_num_add(*state, large, np_num_int(0));
    np_arena_free(other);
    expect_num(sum, "246913578024691357802469135781/2");
    expect_num(turned, "246913578024691357802469135781/2");
}

static void memory_that_runs_out_is_reported(void **state)
{
    work w = {.arena = *state};
    assert_true(run_out_of_memory(*state, compute, &w) > 10);
    expect_num(w.result, "-857142857131534391636296296306486772487657/600");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(ratios_take_any_signs),
        arena_test(signs_and_integers_are_told),
        arena_test(small_sums_are_exact),
        arena_test(overflow_goes_to_gmp_and_back),
        arena_test(unreduced_products_do_not_overflow_for_good),
        arena_test(comparing_is_exact),
        arena_test(invalid_stays_invalid),
        arena_test(powers_are_exact),
        arena_test(size_is_bounded),
        arena_test(keeping_copies_to_another_arena),
        arena_test(a_sum_with_zero_lives_in_its_own_arena),
        arena_test(memory_that_runs_out_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
