/* How far what a career pays in all may lie from its projection, by figures worked out by hand. */
#include "unit/career_support.h"

#include "natopay/career/total_range.h"

#define LOCAL \
    "grade=G11 nationality=BE residence_country=BE residence_since=2000-01-01 residence_distance_km=5 spouse=no "

static np_total_range range_over(fixture *w, const char *inputs, int32_t months)
{
    np_total_range range;
    const np_projection *projection = project(w, NULL, inputs, months);
    np_total_ranges_of(&projection, 1, w->arena, &range);
    return range;
}

/* 5234.63 in step 1, 418.77 of it for the pension; insurance of 2.4 %, 125.63, to 5 %, 261.73: 4690.23 to 4554.13. */
static void a_year_in_one_step(void **state)
{
    fixture *w = *state;
    np_total_range range = range_over(w, LOCAL, 12);
    assert_true(range.exact);
    expect_plain(range.net_low, "54649.56");
    expect_plain(range.net_high, "56282.76");
    expect_plain(range.paid_low, "54649.56");
    expect_plain(range.paid_high, "56282.76");
}

/* The second year at the least: no step before the third, 24 months of 4554.13 in all. At the most: a step of 5 %,
 * 5496.36 (5496.3615), less 439.71 and 131.91: 4924.74. */
static void the_step_comes_late_or_is_high(void **state)
{
    fixture *w = *state;
    np_total_range range = range_over(w, LOCAL, 24);
    assert_true(range.exact);
    expect_plain(range.net_low, "109299.12");
    expect_plain(range.net_high, "115379.64"); /* 56282.76 + 12 * 4924.74 */
}

/* The spouse's allowance, 388.36 a month, comes on top; the answer that was not given widens the range alone. */
static void what_was_not_answered(void **state)
{
    fixture *w = *state;
    np_total_range given = range_over(w, LOCAL, 12);
    fixture_nato(w, NULL);
    np_total_range range = range_over(w,
                                      "grade=G11 nationality=BE residence_country=BE residence_since=2000-01-01 "
                                      "residence_distance_km=5",
                                      12);
    assert_int_equal(np_num_compare(range.net_low, given.net_low), 0);
    expect_plain(range.net_high, "60943.08"); /* 56282.76 + 12 * 388.36 */
}

/* Who can be both married and from abroad gains by both together, though where they live turns on the nationality. */
static void answers_that_need_each_other(void **state)
{
    fixture *w = *state;
    fixture_nato(w, NULL);
    set(w, "grade=G11 duty_country=BE start=2026-09-01 children=0");
    np_career *career = np_career_new(w->situation, w->arena, &w->diags);
    np_project_options options = {.months = 12};
    const np_projection *p = np_career_project(career, &options);
    np_total_range range;
    np_total_ranges_of(&p, 1, w->arena, &range);
    assert_false(range.exact);
    expect_plain(range.net_low, "54649.56");
    expect_plain(range.net_high, "67224.6"); /* 60943.08 + 12 * 523.46 */
}

/* Whatever ends the figures have, the total lies within an exact range: each of its ends is reached. */
static void both_ends_are_reached(void **state)
{
    static const char *const OVERLAYS[] = {
        "[parameter group_insurance_rate]\n1900-01-01 = 5%\n[parameter step_interval]\n1900-01-01 = 24 months\n"
        "[parameter step_value]\n1900-01-01 = 2%\n",
        "[parameter group_insurance_rate]\n1900-01-01 = 2.4%\n[parameter step_value]\n1900-01-01 = 5%\n"};
    fixture *w = *state;
    np_total_range range = range_over(w, LOCAL, 40);
    assert_true(range.exact);
    np_num low = project(w, OVERLAYS[0], LOCAL, 40)->total.net;
    np_num high = project(w, OVERLAYS[1], LOCAL, 40)->total.net;
    assert_int_equal(np_num_compare(range.net_low, low), 0);
    assert_int_equal(np_num_compare(range.net_high, high), 0);
}

static void same_range(const np_total_range *a, const np_total_range *b)
{
    assert_int_equal(a->exact, b->exact);
    assert_int_equal(np_num_compare(a->net_low, b->net_low), 0);
    assert_int_equal(np_num_compare(a->net_high, b->net_high), 0);
    assert_int_equal(np_num_compare(a->paid_low, b->paid_low), 0);
    assert_int_equal(np_num_compare(a->paid_high, b->paid_high), 0);
}

/* A shorter and a longer time of one career are searched together; each is what it is alone, also where the shorter
 * one ends within a month, or where too much is open for all of it to be tried. */
static void two_times_together(void **state)
{
    static const char *const INPUTS[] = {LOCAL "start=2026-09-01", LOCAL "start=2026-09-30", LOCAL "start=2026-08-31",
                                         LOCAL "start=2026-09-01 end=2028-02-10",
                                         "grade=G11 start=2026-09-01 children=0"};
    fixture *w = *state;
    for (size_t i = 0; i < sizeof INPUTS / sizeof INPUTS[0]; i++) {
        fixture_nato(w, NULL);
        set(w, "duty_country=BE");
        set(w, INPUTS[i]);
        np_career *career = np_career_new(w->situation, w->arena, &w->diags);
        np_project_options brief = {.months = 12}, full = {.months = 30};
        const np_projection *both[] = {np_career_project(career, &brief), np_career_project(career, &full)};
        np_total_range together[2], alone;
        np_total_ranges_of(both, 2, w->arena, together);
        for (size_t k = 0; k < 2; k++) {
            np_total_ranges_of(&both[k], 1, w->arena, &alone);
            same_range(&together[k], &alone);
        }
        assert_true(np_num_compare(together[0].net_high, together[1].net_low) < 0);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        fixture_test(a_year_in_one_step),    fixture_test(the_step_comes_late_or_is_high),
        fixture_test(what_was_not_answered), fixture_test(answers_that_need_each_other),
        fixture_test(both_ends_are_reached), fixture_test(two_times_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
