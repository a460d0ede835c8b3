/* Exact rational numbers: rounding, reading, printing. */
#include "unit/support.h"

#include "natopay/base/num.h"

static const np_rounding all_modes[] = {NP_ROUND_HALF_UP, NP_ROUND_HALF_EVEN, NP_ROUND_HALF_DOWN, NP_ROUND_UP,
                                        NP_ROUND_DOWN,    NP_ROUND_CEILING,   NP_ROUND_FLOOR};
_Static_assert(sizeof all_modes / sizeof all_modes[0] == NP_ROUNDING_COUNT, "every mode is tested");

/* quarters / 4, and what each mode makes of it, in the order of all_modes. */
typedef struct rounding_case {
    int quarters;
    int to[NP_ROUNDING_COUNT];
} rounding_case;

static const rounding_case rounding_cases[] = {
    /*      half_up even down  up down ceiling floor */
    {-10, {-3, -2, -2, -3, -2, -2, -3}},                             /* -2.5 */
    {-7, {-2, -2, -2, -2, -1, -1, -2}},                              /* -1.75 */
    {-6, {-2, -2, -1, -2, -1, -1, -2}},                              /* -1.5 */
    {-5, {-1, -1, -1, -2, -1, -1, -2}},                              /* -1.25 */
    {-4, {-1, -1, -1, -1, -1, -1, -1}},                              /* -1 */
    {-3, {-1, -1, -1, -1, 0, 0, -1}},                                /* -0.75 */
    {-2, {-1, 0, 0, -1, 0, 0, -1}},                                  /* -0.5 */
    {-1, {0, 0, 0, -1, 0, 0, -1}},                                   /* -0.25 */
    {0, {0, 0, 0, 0, 0, 0, 0}},          {1, {0, 0, 0, 1, 0, 1, 0}}, /* 0.25 */
    {2, {1, 0, 0, 1, 0, 1, 0}},                                      /* 0.5 */
    {3, {1, 1, 1, 1, 0, 1, 0}},                                      /* 0.75 */
    {4, {1, 1, 1, 1, 1, 1, 1}},                                      /* 1 */
    {5, {1, 1, 1, 2, 1, 2, 1}},                                      /* 1.25 */
    {6, {2, 2, 1, 2, 1, 2, 1}},                                      /* 1.5 */
    {7, {2, 2, 2, 2, 1, 2, 1}},                                      /* 1.75 */
    {10, {3, 2, 2, 3, 2, 3, 2}},                                     /* 2.5 */
};

static void every_mode_rounds_to_every_unit(void **state)
{
    np_arena *arena = *state;
    static const char *const units[] = {"1",
                                        "0.01",
                                        "0.05",
                                        "5",
                                        "1/3",
                                        "12/7",
                                        "100",
                                        "1/9223372036854775807",
                                        "9223372036854775807",
                                        "123456789012345678901234567890",
                                        "1/10000000000000000000000"};
    for (size_t u = 0; u < sizeof units / sizeof units[0]; u++) {
        np_num unit = number(arena, units[u]);
        for (size_t i = 0; i < sizeof rounding_cases / sizeof rounding_cases[0]; i++) {
            const rounding_case *c = &rounding_cases[i];
            np_num value = np_num_mul(arena, np_num_ratio(c->quarters, 4), unit);
            for (int m = 0; m < NP_ROUNDING_COUNT; m++) {
                np_num rounded = np_num_round(arena, value, unit, all_modes[m]);
                assert_true(np_num_valid(rounded));
                assert_int_equal(np_num_compare(rounded, np_num_mul(arena, np_num_int(c->to[m]), unit)), 0);
            }
        }
    }
}

static void halves_are_exact(void **state)
{
    np_arena *arena = *state;
    np_num cent = number(arena, "0.01");
    /* Binary fractions would round this one down: 1.005 is a half. */
    expect_num(np_num_round(arena, number(arena, "1.005"), cent, NP_ROUND_HALF_UP), "101/100");
    expect_num(np_num_round(arena, number(arena, "1.0049999999999999999999999"), cent, NP_ROUND_HALF_UP), "1");
    expect_num(np_num_round(arena, number(arena, "-1.005"), cent, NP_ROUND_HALF_UP), "-101/100");
    expect_num(np_num_round(arena, number(arena, "5335.545"), cent, NP_ROUND_HALF_EVEN), "266777/50");
    expect_num(np_num_round(arena, np_num_int(INT64_MIN), np_num_int(10), NP_ROUND_HALF_UP), "-9223372036854775810");
    expect_num(np_num_round(arena, np_num_int(INT64_MIN), np_num_int(10), NP_ROUND_DOWN), "-9223372036854775800");
    expect_num(np_num_round(arena, np_num_int(INT64_MAX), np_num_int(INT64_MAX - 1), NP_ROUND_UP),
               "18446744073709551612");
    expect_num(np_num_round(arena, np_num_int(INT64_MIN), np_num_ratio(1, INT64_MAX), NP_ROUND_FLOOR),
               "-9223372036854775808");
}

static void units_must_be_above_zero(void **state)
{
    np_arena *arena = *state;
    expect_num(np_num_round(arena, np_num_int(3), np_num_int(0), NP_ROUND_UP), "invalid");
    expect_num(np_num_round(arena, np_num_int(3), np_num_ratio(-1, 100), NP_ROUND_UP), "invalid");
    expect_num(np_num_round(arena, np_num_int(3), np_num_int(1), NP_ROUNDING_COUNT), "invalid");
}

static void modes_have_names(void **state)
{
    (void)state;
    static const char *const names[] = {"half_up", "half_even", "half_down", "up", "down", "ceiling", "floor"};
    np_rounding mode;
    for (int m = 0; m < NP_ROUNDING_COUNT; m++) {
        assert_string_equal(np_rounding_name(all_modes[m]), names[m]);
        assert_true(np_rounding_parse(names[m], &mode));
        assert_int_equal(mode, all_modes[m]);
    }
    mode = NP_ROUND_FLOOR;
    assert_false(np_rounding_parse("", &mode));
    assert_false(np_rounding_parse("Half_up", &mode));
    assert_false(np_rounding_parse("half", &mode));
    assert_int_equal(mode, NP_ROUND_FLOOR);
    assert_string_equal(np_rounding_name(NP_ROUNDING_COUNT), "?");
}

static void numbers_are_read(void **state)
{
    np_arena *arena = *state;
    static const char *const cases[][2] = {
        {"5335.54", "266777/50"},
        {"-12", "-12"},
        {"10%", "1/10"},
        {"1/37", "1/37"},
        {"1.038", "519/500"},
        {"+7", "7"},
        {"0", "0"},
        {"-0", "0"},
        {"-0.00", "0"},
        {"007.50", "15/2"},
        {"+2.5%", "1/40"},
        {"-3/6", "-1/2"},
        {"0/5", "0"},
        {"006/004", "3/2"},
        {"0.000000000000000001", "1/1000000000000000000"},
        {"999999999999999999", "999999999999999999"},
        {"1000000000000000000", "1000000000000000000"},
        {"-9223372036854775808", "-9223372036854775808"},
        {"9223372036854775807", "9223372036854775807"},
        {"9223372036854775808", "9223372036854775808"},
        {"-9223372036854775808/9223372036854775808", "-1"},
        {"0.00000000000000000001%", "1/10000000000000000000000"},
        {"12345678901234567890.5", "24691357802469135781/2"},
        {"99999999999999999%", "99999999999999999/100"},
        {"999999999999999999%", "999999999999999999/100"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        expect_num(number(arena, cases[i][0]), cases[i][1]);
    }
    assert_true(number(arena, "9223372036854775807").den == 1);
    assert_true(number(arena, "-9223372036854775808").of.small == INT64_MIN);
}

typedef struct refusal {
    const char *text;
    size_t at;
    const char *message;
} refusal;

#define NOT_A_NUMBER "this is not a number; numbers look like 5335.54, -12, 10% or 1/37"
#define NO_MARKS " is not allowed in numbers: write them without group marks, with a decimal point, such as 5335.54"
#define FRACTION "a fraction is one whole number over another, such as 1/37"
#define PERCENT "a percent sign stands once, at the end of a decimal number, such as 10%"

static const refusal refusals[] = {
    {"", 0, "a number is missing"},
    {"-", 1, "a digit is missing after the sign"},
    {"+", 1, "a digit is missing after the sign"},
    {".5", 0, "a digit is missing before the point: write 0.5"},
    {"-.5", 1, "a digit is missing before the point: write 0.5"},
    {"5.", 1, "a digit is missing after the point"},
    {"5.%", 1, "a digit is missing after the point"},
    {"5,335.54", 1, "a comma is not allowed in numbers: write 5335.54"},
    {"-5,335.54", 2, "a comma is not allowed in numbers: write -5335.54"},
    {"5335,54", 4, "a comma is not allowed in numbers: write 5335.54"},
    {"5.335,54", 5, "a comma is not allowed in numbers: write 5335.54"},
    {"1.234.567,89", 5, "a second point is not allowed in numbers: write 1234567.89"},
    {"1,234,567", 1, "a comma is not allowed in numbers: write 1234567"},
    {"1,234,567.89", 1, "a comma is not allowed in numbers: write 1234567.89"},
    {"0,125", 1, "a comma is not allowed in numbers: write 0.125"},
    {"1 234,567", 1, "a space or group mark is not allowed in numbers: write 1234.567"},
    {"1.234,567", 5, "a comma is not allowed in numbers: write 1234.567"},
    {"1,5%", 1, "a comma is not allowed in numbers: write 1.5%"},
    {"5,335", 1, "a comma" NO_MARKS}, /* 5335 or 5.335? */
    {"5,335,54 EUR", 1, "a comma" NO_MARKS},
    {"1.234.567", 5, "a second point is not allowed in numbers: write 1234567"},
    {"1.000.00", 5, "a second point is not allowed in numbers: write 1000.00"},
    {"1,000,5", 1, "a comma is not allowed in numbers: write 1000.5"},
    {"1.00.00", 4, "a second point" NO_MARKS},
    {"1,2,3", 1, "a comma" NO_MARKS},
    {"1,000,0000", 1, "a comma" NO_MARKS},
    {"5 335,54", 1, "a space or group mark is not allowed in numbers: write 5335.54"},
    {"5 335", 1, "a space or group mark is not allowed in numbers: write 5335"},
    {"5'335.54", 1, "a space or group mark is not allowed in numbers: write 5335.54"},
    {"5_335", 1, "a space or group mark is not allowed in numbers: write 5335"},
    {"5\xC2\xA0"
     "335",
     1, "a space or group mark is not allowed in numbers: write 5335"},
    {"5\xE2\x80\xAF"
     "335,5",
     1, "a space or group mark is not allowed in numbers: write 5335.5"},
    {" 5", 0, "a space or group mark is not allowed in numbers: write 5"},
    {"5 ", 1, "a space or group mark is not allowed in numbers: write 5"},
    {"10 %", 2, "a space or group mark is not allowed in numbers: write 10%"},
    {",", 0, "a comma" NO_MARKS},
    {",5", 0, "a comma" NO_MARKS},
    {"1e5", 1, "a number has no exponent: write all its digits"},
    {"1.5E5", 3, "a number has no exponent: write all its digits"},
    {"10%%", 3, PERCENT},
    {"%", 0, PERCENT},
    {"1/3%", 3, PERCENT},
    {"1/", 1, FRACTION},
    {"/3", 0, FRACTION},
    {"1/2/3", 3, FRACTION},
    {"1.5/2", 3, FRACTION},
    {"10%/2", 3, FRACTION},
    {"1/0", 2, "a fraction cannot have 0 below"},
    {"0/000", 2, "a fraction cannot have 0 below"},
    {"1/-3", 1, FRACTION},
    {"--5", 1, NOT_A_NUMBER},
    {"+-5", 1, NOT_A_NUMBER},
    {"12abc", 2, NOT_A_NUMBER},
    {"abc", 0, NOT_A_NUMBER},
    {"0x10", 1, NOT_A_NUMBER},
    {"nan", 0, NOT_A_NUMBER},
    {"\xFF", 0, NOT_A_NUMBER},
    {"5\n", 1, NOT_A_NUMBER},
};

static void what_is_no_number_is_refused(void **state)
{
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        np_num value = np_num_int(3);
        size_t at = 99;
        const char *message = np_num_parse(*state, refusals[i].text, strlen(refusals[i].text), &value, &at);
        assert_non_null(message);
        assert_string_equal(message, refusals[i].message);
        assert_int_equal(at, refusals[i].at);
        assert_false(np_num_valid(value));
    }
    np_num value;
    size_t at;
    assert_string_equal(np_num_parse(*state, "1\0", 2, &value, &at), NOT_A_NUMBER); /* a zero byte is no end */
    assert_int_equal(at, 1);
}

static void length_is_bounded(void **state)
{
    char text[1001];
    memset(text, '9', sizeof text);
    np_num value;
    size_t at;
    assert_string_equal(np_num_parse(*state, text, 1001, &value, &at), "a number has at most 1,000 characters");
    assert_int_equal(at, 1000);
    assert_null(np_num_parse(*state, text, 1000, &value, &at));
    np_text out;
    np_text_init(&out, 2000);
    np_num_print_fraction(&out, value);
    assert_int_equal(out.length, 1000);
    assert_memory_equal(np_text_string(&out), text, 1000);
    text[1] = '.';
    assert_null(np_num_parse(*state, text, 1000, &value, &at));
    np_text_clear(&out);
    np_num_print(&out, value, 100, NP_ROUND_DOWN);
    assert_int_equal(out.length, 102);
    assert_memory_equal(np_text_string(&out), text, 102);
    np_text_free(&out);
    memset(text, ' ', sizeof text); /* the proposal does not grow with what was given */
    assert_string_equal(np_num_parse(*state, text, 1000, &value, &at), "a space or group mark" NO_MARKS);
}

static void expect_print(np_num a, unsigned decimals, np_rounding mode, const char *expected)
{
    np_text text;
    np_text_init(&text, 5000);
    np_num_print(&text, a, decimals, mode);
    expect_text(&text, expected);
}

static void decimals_are_printed(void **state)
{
    np_arena *arena = *state;
    expect_print(number(arena, "5335.54"), 2, NP_ROUND_HALF_UP, "5335.54");
    expect_print(number(arena, "5335.54"), 0, NP_ROUND_HALF_UP, "5336");
    expect_print(number(arena, "5335.54"), 4, NP_ROUND_HALF_UP, "5335.5400");
    expect_print(number(arena, "-0.5"), 2, NP_ROUND_HALF_UP, "-0.50");
    expect_print(number(arena, "0.005"), 2, NP_ROUND_HALF_UP, "0.01");
    expect_print(number(arena, "0.005"), 2, NP_ROUND_HALF_EVEN, "0.00");
    expect_print(number(arena, "-0.004"), 2, NP_ROUND_HALF_UP, "0.00"); /* no -0.00 */
    expect_print(number(arena, "-0.001"), 2, NP_ROUND_FLOOR, "-0.01");
    expect_print(np_num_int(0), 2, NP_ROUND_UP, "0.00");
    expect_print(np_num_int(0), 0, NP_ROUND_UP, "0");
    expect_print(number(arena, "1/3"), 18, NP_ROUND_UP, "0.333333333333333334");
    expect_print(number(arena, "1/3"), 19, NP_ROUND_UP, "0.3333333333333333334");
    expect_print(number(arena, "-1/3"), 30, NP_ROUND_DOWN, "-0.333333333333333333333333333333");
    expect_print(np_num_int(INT64_MIN), 2, NP_ROUND_UP, "-9223372036854775808.00");
    expect_print(np_num_int(INT64_MIN), 18, NP_ROUND_UP, "-9223372036854775808.000000000000000000");
    expect_print(np_num_int(INT64_MAX), 20, NP_ROUND_UP, "9223372036854775807.00000000000000000000");
    expect_print(number(arena, "123456789012345678901234567890.125"), 2, NP_ROUND_HALF_EVEN,
                 "123456789012345678901234567890.12");
    expect_print(number(arena, "1/123456789012345678901234567890"), 3, NP_ROUND_HALF_UP, "0.000");
    expect_print(number(arena, "-1/123456789012345678901234567890"), 3, NP_ROUND_FLOOR, "-0.001");
    expect_print(np_num_ratio(1, 0), 2, NP_ROUND_HALF_UP, "invalid");
    expect_print(np_num_int(1), 2, NP_ROUNDING_COUNT, "invalid");
    expect_print(np_num_int(1), 0, NP_ROUND_UP, "1");
}

static void longest_numbers_are_printed(void **state)
{
    np_arena *arena = *state;
    np_num half = np_num_power(arena, np_num_int(2), NP_NUM_MAX_BITS - 1);
    np_num largest = np_num_neg(arena, np_num_add(arena, half, np_num_sub(arena, half, np_num_int(1))));
    np_text text;
    np_text_init(&text, 5000);
    np_num_print(&text, largest, 100, NP_ROUND_HALF_UP);
    assert_false(text.failed);
    assert_int_equal(text.length, 1 + 1234 + 1 + 100); /* sign, digits of 2^4096 - 1, point, decimals */
    np_text_clear(&text);
    np_num_print(&text, largest, 4000000, NP_ROUND_HALF_UP); /* taken as 100 */
    assert_int_equal(text.length, 1 + 1234 + 1 + 100);
    np_text_clear(&text);
    np_num_print_fraction(&text, np_num_div(arena, largest, np_num_sub(arena, half, np_num_int(1))));
    assert_int_equal(text.length, 1 + 1234 + 1 + 1233);
    np_text_clear(&text);
    np_num_print_plain(&text, largest);
    assert_int_equal(text.length, 1 + 1234);
    np_text_free(&text);
}

static void plain_numbers_read_as_written(void **state)
{
    np_arena *arena = *state;
    static const char *const cases[][2] = {
        {"1.038", "1.038"},
        {"5335.540", "5335.54"},
        {"10%", "0.1"},
        {"1/37", "1/37"},
        {"-3/4", "-0.75"},
        {"6/3", "2"},
        {"0", "0"},
        {"1/3", "1/3"},
        {"0.000000000001", "0.000000000001"},
        {"1/10000000000000", "1/10000000000000"},
        {"1/4096", "0.000244140625"},
        {"1/8192", "1/8192"},
        {"-9223372036854775808", "-9223372036854775808"},
        {"7/1000000", "0.000007"},
        {"123456789012345678901234567890.25", "123456789012345678901234567890.25"},
        {"123456789012345678901234567891/7", "123456789012345678901234567891/7"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        np_text text;
        np_text_init(&text, 1000);
        np_num_print_plain(&text, number(arena, cases[i][0]));
        expect_text(&text, cases[i][1]);
    }
    np_text text;
    np_text_init(&text, 1000);
    np_num_print_plain(&text, np_num_ratio(1, 0));
    expect_text(&text, "invalid");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        arena_test(every_mode_rounds_to_every_unit),
        arena_test(halves_are_exact),
        arena_test(units_must_be_above_zero),
        cmocka_unit_test(modes_have_names),
        arena_test(numbers_are_read),
        arena_test(what_is_no_number_is_refused),
        arena_test(length_is_bounded),
        arena_test(decimals_are_printed),
        arena_test(longest_numbers_are_printed),
        arena_test(plain_numbers_read_as_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
