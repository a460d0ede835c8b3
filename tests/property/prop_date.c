/* Calendar dates against a calendar that is walked day by day, and the laws of month arithmetic. */
#include "unit/support.h"

#include "natopay/base/date.h"

enum { ROUNDS = 200000, MONTHS = (NP_YEAR_LAST - NP_YEAR_FIRST + 1) * 12 };

/* Days of a month, by the rule as people learn it. */
static int days_of(int year, int month)
{
    if (month == 2) {
        if (year % 400 == 0) {
            return 29;
        }
        if (year % 100 == 0) {
            return 28;
        }
        return year % 4 == 0 ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static void every_day_is_where_a_walk_finds_it(void **state)
{
    (void)state;
    np_date date = -25567; /* 1900-01-01: 70 years with 17 leap days before 1970 */
    np_text text;
    np_text_init(&text, 100);
    long days = 0;
    for (int year = NP_YEAR_FIRST; year <= NP_YEAR_LAST; year++) {
        for (int month = 1; month <= 12; month++) {
            np_date first = date, last = date + days_of(year, month) - 1;
            assert_int_equal(np_date_days_in_month(year, month), days_of(year, month));
            assert_int_equal(np_date_of(year, month, days_of(year, month) + 1), NP_DATE_NONE);
            for (int day = 1; day <= days_of(year, month); day++, date++, days++) {
                assert_int_equal(np_date_of(year, month, day), date);
                np_ymd ymd = np_date_split(date);
                assert_true(ymd.year == year && ymd.month == month && ymd.day == day);
                assert_int_equal(np_date_month_start(date), first);
                assert_int_equal(np_date_month_end(date), last);
                np_text_clear(&text);
                np_date_print(&text, date);
                np_date read;
                assert_int_equal(text.length, 10);
                assert_null(np_date_parse(text.data, text.length, &read));
                assert_int_equal(read, date);
            }
        }
    }
    assert_int_equal(days, 109938); /* 301 years with 73 leap days */
    assert_int_equal(np_date_split(date).year, 0);
    np_text_free(&text);
}

static np_date random_date(random_source *random)
{
    if (random_below(random, 3) == 0) { /* a month's end: where the rules differ */
        int year = NP_YEAR_FIRST + (int)random_below(random, NP_YEAR_LAST - NP_YEAR_FIRST + 1);
        int month = random_below(random, 2) == 0 ? 2 : 1 + (int)random_below(random, 12);
        return np_date_of(year, month, days_of(year, month) - (int)random_below(random, 3));
    }
    return -25567 + (np_date)random_below(random, 109938);
}

/* The months from 1900 to a date. */
static int month_index(np_date date)
{
    np_ymd ymd = np_date_split(date);
    return (ymd.year - NP_YEAR_FIRST) * 12 + ymd.month - 1;
}

static void adding_months_keeps_its_laws(void **state)
{
    (void)state;
    random_source random = random_start();
    for (long round = random_rounds(ROUNDS); round > 0; round--) {
        np_date from = random_date(&random);
        int32_t months = (int32_t)random_below(&random, 900) - 450;
        int target = month_index(from) + months, day = np_date_split(from).day;
        np_date later = np_date_add_months(from, months);
        if (target < 0 || target >= MONTHS) {
            assert_true(later == NP_DATE_NONE);
            assert_true(np_date_span_end(from, (np_duration){months, 0}) == NP_DATE_NONE);
            continue;
        }
        int most = days_of(NP_YEAR_FIRST + target / 12, target % 12 + 1);
        assert_int_equal(month_index(later), target);
        assert_int_equal(np_date_split(later).day, day <= most ? day : most);
        /* Days follow the months. */
        np_duration duration = {months, (int32_t)random_below(&random, 2000) - 1000};
        int64_t sum = (int64_t)later + duration.days;
        assert_int_equal(np_date_add(from, duration), sum < -25567 || sum > 84370 ? NP_DATE_NONE : sum);
        /* A later start never ends earlier. */
        np_date next = from == 84370 ? NP_DATE_NONE : np_date_add_months(from + 1, months);
        assert_true(next == NP_DATE_NONE || next >= later);
        /* The last day: that of the month before, or the day before in the month itself, as far as it has it. */
        np_date last = np_date_span_end(from, (np_duration){months, 0});
        if (later == -25567) continue;
        assert_int_equal(last,
                         day == 1 ? later - 1 : np_date_month_start(later) + (day - 1 < most ? day - 1 : most) - 1);
    }
}

/* `count` stretches of `step` months are completed by b, and no more: by adding them. Out of range counts as later. */
static void check_completed(np_date a, np_date b, int32_t count, int32_t step)
{
    np_date done = np_date_add_months(a, count * step), more = np_date_add_months(a, (count + 1) * step);
    assert_true(count >= 0 && done != NP_DATE_NONE && done <= b);
    assert_true(more == NP_DATE_NONE || more > b);
}

static void months_between_inverts_adding(void **state)
{
    (void)state;
    random_source random = random_start();
    for (long round = random_rounds(ROUNDS); round > 0; round--) {
        np_date a = random_date(&random), b = random_date(&random);
        if (random_below(&random, 3) == 0) { /* at a month's or year's end from a, or a day beside it */
            int32_t months = (int32_t)random_below(&random, 50) * (random_below(&random, 2) == 0 ? 1 : 12);
            b = np_date_add(a, (np_duration){months, (int32_t)random_below(&random, 3) - 1});
        }
        if (b == NP_DATE_NONE) {
            continue;
        }
        if (b < a) {
            np_date later = a;
            a = b;
            b = later;
        }
        int32_t months = np_date_months_between(a, b), years = np_date_years_between(a, b);
        assert_int_equal(np_date_months_between(b, a), -months);
        assert_int_equal(np_date_years_between(b, a), -years);
        check_completed(a, b, months, 1);
        check_completed(a, b, years, 12);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_is_where_a_walk_finds_it),
        cmocka_unit_test(adding_months_keeps_its_laws),
        cmocka_unit_test(months_between_inverts_adding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
