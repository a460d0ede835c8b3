/* Exact sums, gains and losses, and keys: against a plain computation, in memory and beyond it. */
#include <stdio.h>

#include "unit/scratch_support.h"
#include "unit/support.h"

#include "natopay/plan/exact_sum.h"
#include "natopay/plan/seen_keys.h"
#include "natopay/plan/totals.h"

static const np_window *ten_years(void)
{
    static np_window window;
    assert_true(np_window_set(&window, np_date_of(2026, 1, 1), 120));
    return &window;
}

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 20;
}

/* ---- sums ---- */

static void sums_are_exact(void **state)
{
    (void)state;
    np_exact_sum sum = {0};
    np_text out;
    assert_true(np_exact_sum_add(&sum, np_num_ratio(1, 100)));
    assert_true(np_exact_sum_add(&sum, np_num_int(2)));
    assert_true(np_exact_sum_add(&sum, np_num_ratio(1, 2)));
    np_text_init(&out, 1000);
    np_exact_sum_print(&out, &sum);
    expect_text(&out, "251/100");
    assert_true(np_exact_sum_add(&sum, np_num_ratio(1, 7)));
    np_text_init(&out, 1000);
    np_exact_sum_print(&out, &sum);
    expect_text(&out, "1857/700");
    np_exact_sum_free(&sum);
}

static void sums_leave_64_bits(void **state)
{
    (void)state;
    np_exact_sum sum = {0}, half = {0}, back = {0};
    np_text out;
    for (int i = 0; i < 4; i++) assert_true(np_exact_sum_add(&sum, np_num_small(INT64_MAX, 1)));
    assert_true(np_exact_sum_add(&half, np_num_ratio(1, 3)));
    assert_true(np_exact_sum_add_sum(&sum, &half));
    np_text_init(&out, 1000);
    np_exact_sum_print(&out, &sum);
    assert_true(np_exact_sum_parse(&back, np_text_string(&out)));
    expect_text(&out, "110680464442257309685/3");
    np_text_init(&out, 1000);
    np_exact_sum_print(&out, &back);
    expect_text(&out, "110680464442257309685/3");
    assert_false(np_exact_sum_parse(&half, "1/0"));
    assert_false(np_exact_sum_parse(&half, "1.5"));
    assert_false(np_exact_sum_parse(&half, ""));
    assert_false(np_exact_sum_add(&back, np_num_ratio(1, 0)));
    np_exact_sum_free(&sum);
    np_exact_sum_free(&back);
}

/* ---- gains and losses ---- */

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

typedef struct collected {
    const int64_t *sorted;
    uint64_t at;
} collected;

static bool check_value(void *context, int64_t value, uint64_t count)
{
    collected *c = context;
    for (; count > 0; count--) assert_int_equal(c->sorted[c->at++], value);
    return true;
}

static void fill(np_totals *totals, np_gain_loss *s, int64_t *values, size_t count, uint64_t seed)
{
    for (size_t i = 0; i < count; i++) {
        values[i] = (int64_t)(next_random(&seed) % 2000001) - 1000000;
        s->winners++;
        assert_true(np_gain_loss_extreme(s, values[i], "x"));
        assert_true(np_gain_loss_put(totals, s, values[i], 1));
    }
    qsort(values, count, sizeof *values, by_value);
}

static void gain_loss_of(size_t count)
{
    memory m = {0};
    np_totals totals;
    np_totals_init(&totals, 2, 1, scratch_of(&m));
    np_gain_loss *s = np_totals_gain_loss(&totals, 1, "EUR", 100);
    int64_t *values = malloc((count + 1) * sizeof *values), middle[2], value;
    assert_non_null(values);
    fill(&totals, s, values, count, count);
    assert_true(np_gain_loss_median(&totals, s, middle));
    assert_int_equal(middle[0], values[(count - 1) / 2]);
    assert_int_equal(middle[1], values[count / 2]);
    assert_true(np_gain_loss_rank(&totals, s, count / 5, &value));
    assert_int_equal(value, values[count / 5]);
    collected c = {values, 0};
    assert_true(np_gain_loss_each(&totals, s, check_value, &c));
    assert_int_equal(c.at, count);
    assert_int_equal(s->low, values[0]);
    assert_int_equal(s->high, values[count - 1]);
    free(values);
    np_totals_free(&totals);
    free(m.bytes);
}

static void medians(void **state)
{
    (void)state;
    static const size_t COUNTS[] = {
        1, 2, 3, 100, NP_GAIN_LOSS_BUFFER, NP_GAIN_LOSS_BUFFER + 1, 5 * NP_GAIN_LOSS_BUFFER + 17};
    for (size_t i = 0; i < sizeof COUNTS / sizeof COUNTS[0]; i++) gain_loss_of(COUNTS[i]);
}

static void merged_totals(void **state)
{
    (void)state;
    memory m = {0};
    np_totals whole, part;
    np_totals_init(&whole, 2, 1, scratch_of(&m));
    np_totals_init(&part, 2, 1, scratch_of(&m));
    np_outcome outcomes[2] = {{.applies = true, .until = 1}, {.applies = true, .until = 1}};
    for (int i = 0; i < 1000; i++) {
        for (int b = 0; b < 2; b++) {
            outcomes[b].periods[0] = (np_plan_period){
                np_num_ratio(100 + i, 100), np_num_ratio(i * (b + 1) - 300 * b, 100), np_num_int(i), np_num_int(12)};
        }
        const char *id = i % 2 ? "b" : "a";
        assert_true(
            np_totals_add(i % 3 ? &whole : &part, ten_years(), NULL, "k", 2, i % 5 ? "EUR" : "GBP", 100, id, outcomes));
    }
    assert_true(np_totals_merge(&whole, &part));
    np_totals_sort(&whole);
    assert_int_equal(whole.group_count, 2);
    assert_string_equal(whole.groups[0].currency, "EUR");
    assert_int_equal(whole.groups[0].staff, 800);
    assert_int_equal(whole.gain_loss_count, 2);
    np_gain_loss *s = &whole.gain_losses[0];
    assert_int_equal(s->winners + s->losers + s->even, 800); /* differences: i - 300 */
    assert_int_equal(s->losers, 240);
    assert_int_equal(s->even, 0); /* 300 is paid in GBP */
    assert_int_equal(s->low, 1 - 300);
    assert_int_equal(s->high, 999 - 300);
    assert_string_equal(s->low_id, "b");
    np_text out;
    np_text_init(&out, 100);
    np_exact_sum_print(&out, &whole.groups[0].sums[2]); /* employer: all i but multiples of five */
    expect_text(&out, "400000");
    np_totals_free(&whole);
    free(m.bytes);
}

static void full_scratch(void **state)
{
    (void)state;
    memory m = {0};
    np_totals totals;
    np_totals_init(&totals, 2, 1, scratch_of(&m));
    m.writes_left = 0;
    np_gain_loss *s = np_totals_gain_loss(&totals, 1, "EUR", 100);
    assert_true(np_gain_loss_put(&totals, s, 1, NP_GAIN_LOSS_BUFFER));
    assert_false(np_gain_loss_put(&totals, s, 1, 1));
    assert_non_null(totals.failure);
    np_totals_free(&totals);
}

/* ---- keys ---- */

static void keys_beyond_memory(void **state)
{
    (void)state;
    memory m = {0};
    np_keys keys;
    np_keys_init(&keys, scratch_of(&m));
    const long count = 2L * NP_KEYS_RECENT + 1000;
    for (long i = 0; i < count; i++) {
        char key[32];
        int length = snprintf(key, sizeof key, "key-%ld", i);
        assert_int_equal(np_keys_add(&keys, key, (size_t)length), NP_KEY_NEW);
    }
    assert_true(keys.older.count >= 1);
    for (long i = 0; i < count; i += 997) {
        char key[32];
        int length = snprintf(key, sizeof key, "key-%ld", i);
        assert_int_equal(np_keys_add(&keys, key, (size_t)length), NP_KEY_SEEN);
    }
    assert_int_equal(np_keys_add(&keys, "other", 5), NP_KEY_NEW);
    assert_int_equal(np_keys_add(&keys, "other", 5), NP_KEY_SEEN);
    np_keys_free(&keys);
    free(m.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_exact), cmocka_unit_test(sums_leave_64_bits), cmocka_unit_test(medians),
        cmocka_unit_test(merged_totals),  cmocka_unit_test(full_scratch),       cmocka_unit_test(keys_beyond_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
