/* Calendar dates: the calendar's edges, month ends, birthdays on 29 February. */
#include "unit/support.h"

#include "natopay/base/date.h"

static np_date day(const char *text)
{
    np_date date;
    assert_null(np_date_parse(text, strlen(text), &date));
    return date;
}

static void expect_date_at(np_date date, const char *expected, const char *file, int line)
{
    np_text text;
    np_text_init(&text, 100);
    np_date_print(&text, date);
    support_expect(&text, expected, file, line);
}
#define expect_date(date, expected) expect_date_at(date, expected, __FILE__, __LINE__)

static void days_are_counted_from_1970(void **state)
{
    (void)state;
    assert_int_equal(np_date_of(1970, 1, 1), 0);
    assert_int_equal(np_date_of(1969, 12, 31), -1);
    assert_int_equal(np_date_of(1970, 3, 1), 59);
    assert_int_equal(np_date_of(2000, 1, 1), 10957);
    assert_int_equal(np_date_of(2000, 3, 1), 11017);
    assert_int_equal(np_date_of(1900, 1, 1), -25567);
    assert_int_equal(np_date_of(2200, 12, 31), 84370);
    assert_int_equal(np_date_of(2026, 3, 1), 20513);
}

static void what_does_not_exist_is_none(void **state)
{
    (void)state;
    static const int none[][3] = {
        {1899, 12, 31},       {2201, 1, 1},         {2026, 0, 1},      {2026, 13, 1},        {2026, 1, 0},
        {2026, 1, 32},        {2026, 2, 29},        {1900, 2, 29},     {2100, 2, 29},        {2200, 2, 29},
        {2000, 2, 30},        {2026, 4, 31},        {2026, 6, 31},     {2026, 9, 31},        {2026, 11, 31},
        {2026, 12, 32},       {INT32_MIN, 1, 1},    {INT32_MAX, 1, 1}, {2026, INT32_MIN, 1}, {2026, INT32_MAX, 1},
        {2026, 1, INT32_MIN}, {2026, 1, INT32_MAX}, {0, 0, 0},         {2026, -1, 1},
    };
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        assert_int_equal(np_date_of(none[i][0], none[i][1], none[i][2]), NP_DATE_NONE);
    }
    assert_int_not_equal(np_date_of(2000, 2, 29), NP_DATE_NONE);
    assert_int_not_equal(np_date_of(2024, 2, 29), NP_DATE_NONE);
}

static void months_have_their_days(void **state)
{
    (void)state;
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int month = 1; month <= 12; month++) {
        assert_int_equal(np_date_days_in_month(2026, month), days[month - 1]);
        assert_int_equal(np_date_days_in_month(2024, month), days[month - 1] + (month == 2));
    }
    assert_int_equal(np_date_days_in_month(1900, 2), 28);
    assert_int_equal(np_date_days_in_month(2000, 2), 29);
    assert_int_equal(np_date_days_in_month(2100, 2), 28);
    assert_int_equal(np_date_days_in_month(2026, 0), 0);
    assert_int_equal(np_date_days_in_month(2026, 13), 0);
}

static void dates_split(void **state)
{
    (void)state;
    np_ymd ymd = np_date_split(np_date_of(2024, 2, 29));
    assert_true(ymd.year == 2024 && ymd.month == 2 && ymd.day == 29);
    static const np_date none[] = {NP_DATE_NONE, INT32_MAX, -25568, 84371};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        ymd = np_date_split(none[i]);
        assert_true(ymd.year == 0 && ymd.month == 0 && ymd.day == 0);
        expect_date(none[i], "none");
        assert_int_equal(np_date_month_start(none[i]), NP_DATE_NONE);
        assert_int_equal(np_date_month_end(none[i]), NP_DATE_NONE);
    }
    expect_date(-25567, "1900-01-01");
    expect_date(84370, "2200-12-31");
}

static void dates_are_read(void **state)
{
    (void)state;
    expect_date(day("2026-03-01"), "2026-03-01");
    expect_date(day("1900-01-01"), "1900-01-01");
    expect_date(day("2200-12-31"), "2200-12-31");
    expect_date(day("2024-02-29"), "2024-02-29");
    np_date date;
    assert_null(np_date_parse("2026-03-01 and more", 10, &date));
    assert_int_equal(date, day("2026-03-01"));
}

static void what_is_no_date_is_refused(void **state)
{
    (void)state;
    static const char form[] = "a date is written YYYY-MM-DD, such as 2026-03-01";
    static const char month[] = "a month is 01 to 12: a date is written YYYY-MM-DD, such as 2026-03-01";
    static const char *const cases[][2] = {
        {"", form},
        {"2026", form},
        {"2026-3-1", form},
        {"2026-03-1", form},
        {"2026-03-011", form},
        {"2026/03/01", form},
        {"01/03/2026", form},
        {"20260301", form},
        {"2026-03 01", form},
        {"2026-0x-01", form},
        {"2O26-03-01", form},
        {"2026-03--1", form},
        {"+026-03-01", form},
        {" 2026-03-0", form},
        {"2026-00-01", month},
        {"2026-13-01", month},
        {"2026-03-00", "the first day of a month is 01"},
        {"1899-12-31", "only the years 1900 to 2200 are known"},
        {"2201-01-01", "only the years 1900 to 2200 are known"},
        {"0000-00-00", "only the years 1900 to 2200 are known"},
        {"2026-02-30", "February 2026 has 28 days"},
        {"2026-02-29", "February 2026 has 28 days"},
        {"1900-02-29", "February 1900 has 28 days"},
        {"2100-02-29", "February 2100 has 28 days"},
        {"2200-02-29", "February 2200 has 28 days"},
        {"2199-02-31", "February 2199 has 28 days"},
        {"2024-02-30", "February has 29 days in a leap year"},
        {"2026-04-31", "April has 30 days"},
        {"2026-06-31", "June has 30 days"},
        {"2026-09-99", "September has 30 days"},
        {"2026-11-31", "November has 30 days"},
        {"2026-01-32", "January has 31 days"},
        {"2026-12-32", "December has 31 days"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        np_date date = 5;
        const char *message = np_date_parse(cases[i][0], strlen(cases[i][0]), &date);
        assert_non_null(message);
        assert_string_equal(message, cases[i][1]);
        assert_int_equal(date, NP_DATE_NONE);
        np_arena *arena = np_arena_new(0);
        assert_non_null(arena);
        assert_string_equal(np_date_why(arena, NULL, cases[i][0], strlen(cases[i][0])), cases[i][1]);
        assert_null(np_date_why(arena, NULL, "2024-02-29", 10));
        np_arena_free(arena);
    }
}

typedef struct month_case {
    const char *from;
    int32_t months;
    const char *to;
} month_case;

static void a_day_that_a_month_lacks_is_its_last(void **state)
{
    (void)state;
    static const month_case cases[] = {
        {"2026-01-15", 1, "2026-02-15"},   {"2026-01-31", 1, "2026-02-28"},    {"2024-01-31", 1, "2024-02-29"},
        {"2024-01-30", 1, "2024-02-29"},   {"2024-01-29", 1, "2024-02-29"},    {"2026-03-31", 1, "2026-04-30"},
        {"2026-03-31", 2, "2026-05-31"},   {"2026-03-31", -1, "2026-02-28"},   {"2024-02-29", 12, "2025-02-28"},
        {"2024-02-29", 48, "2028-02-29"},  {"2024-02-29", -12, "2023-02-28"},  {"2096-02-29", 48, "2100-02-28"},
        {"2026-11-30", 3, "2027-02-28"},   {"2026-12-31", 0, "2026-12-31"},    {"2026-12-31", -12, "2025-12-31"},
        {"2026-01-01", -1, "2025-12-01"},  {"1900-01-01", 3611, "2200-12-01"}, {"1900-01-01", 3612, "none"},
        {"1900-01-31", -1, "none"},        {"2200-12-31", 1, "none"},          {"2200-12-31", -3611, "1900-01-31"},
        {"2026-01-01", INT32_MAX, "none"}, {"2026-01-01", INT32_MIN, "none"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        expect_date(np_date_add_months(day(cases[i].from), cases[i].months), cases[i].to);
    assert_int_equal(np_date_add_months(NP_DATE_NONE, 1), NP_DATE_NONE);
    assert_int_equal(np_date_add_months(INT32_MAX, 1), NP_DATE_NONE);
}

static void durations_add_months_first(void **state)
{
    (void)state;
    expect_date(np_date_add(day("2026-01-31"), (np_duration){1, 1}), "2026-03-01");
    expect_date(np_date_add(day("2026-01-31"), (np_duration){0, -31}), "2025-12-31");
    expect_date(np_date_add(day("2026-01-01"), (np_duration){36, -1}), "2028-12-31");
    expect_date(np_date_add(day("2200-12-31"), (np_duration){0, 0}), "2200-12-31");
    expect_date(np_date_add(day("2200-12-31"), (np_duration){0, 1}), "none");
    expect_date(np_date_add(day("1900-01-01"), (np_duration){0, -1}), "none");
    expect_date(np_date_add(day("2026-01-01"), (np_duration){0, INT32_MAX}), "none");
    expect_date(np_date_add(day("1950-01-01"), (np_duration){0, INT32_MIN}), "none");
    expect_date(np_date_add(day("2200-12-01"), (np_duration){1, -31}), "none"); /* the way there is out of range */
    expect_date(np_date_add(day("2200-12-01"), (np_duration){1, INT32_MAX}), "none");
    expect_date(np_date_add(NP_DATE_NONE, (np_duration){0, 5}), "none");
}

/* The day before, the day itself and the day after those that short months lack. */
static void spans_end_the_day_before(void **state)
{
    (void)state;
    static const month_case cases[] = {
        {"2026-01-01", 1, "2026-01-31"},  {"2026-01-02", 1, "2026-02-01"},  {"2026-01-28", 1, "2026-02-27"},
        {"2026-01-29", 1, "2026-02-28"},  {"2026-01-30", 1, "2026-02-28"},  {"2026-01-31", 1, "2026-02-28"},
        {"2026-02-01", 1, "2026-02-28"},  {"2024-01-29", 1, "2024-02-28"},  {"2024-01-30", 1, "2024-02-29"},
        {"2024-01-31", 1, "2024-02-29"},  {"2024-02-28", 36, "2027-02-27"}, {"2024-02-29", 36, "2027-02-28"},
        {"2024-03-01", 36, "2027-02-28"}, {"2024-02-29", 48, "2028-02-28"}, {"2025-08-30", 6, "2026-02-28"},
        {"2025-08-31", 6, "2026-02-28"},  {"2025-09-01", 6, "2026-02-28"},  {"2025-08-29", 6, "2026-02-28"},
        {"2025-08-28", 6, "2026-02-27"},  {"2026-01-31", 2, "2026-03-30"},  {"2026-03-31", 1, "2026-04-30"},
        {"2026-01-31", 12, "2027-01-30"}, {"2200-12-31", 1, "none"},        {"2026-01-01", INT32_MAX, "none"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        expect_date(np_date_span_end(day(cases[i].from), (np_duration){cases[i].months, 0}), cases[i].to);
    expect_date(np_date_span_end(day("2026-01-31"), (np_duration){1, 10}), "2026-03-10");
    expect_date(np_date_span_end(day("2026-01-31"), (np_duration){0, 30}), "2026-03-01");
    expect_date(np_date_span_end(day("2026-01-31"), (np_duration){0, INT32_MAX}), "none");
}

static void months_begin_and_end(void **state)
{
    (void)state;
    expect_date(np_date_month_start(day("2024-02-29")), "2024-02-01");
    expect_date(np_date_month_end(day("2024-02-01")), "2024-02-29");
    expect_date(np_date_month_end(day("2026-02-28")), "2026-02-28");
    expect_date(np_date_month_start(day("2026-12-01")), "2026-12-01");
    expect_date(np_date_month_end(day("2200-12-01")), "2200-12-31");
    /* the first day of the first month that begins on or after a day */
    expect_date(np_date_month_from(day("2026-03-31")), "2026-04-01");
    expect_date(np_date_month_from(day("2026-04-01")), "2026-04-01");
    expect_date(np_date_month_from(day("2026-04-02")), "2026-05-01");
    expect_date(np_date_month_from(day("2026-12-31")), "2027-01-01");
}

typedef struct between_case {
    const char *from, *to;
    int32_t months, years;
} between_case;

static void completed_months_are_counted(void **state)
{
    (void)state;
    static const between_case cases[] = {
        {"2026-01-15", "2026-02-14", 0, 0},      {"2026-01-15", "2026-02-15", 1, 0},
        {"2026-01-31", "2026-02-27", 0, 0},      {"2026-01-31", "2026-02-28", 1, 0},
        {"2026-01-31", "2026-03-01", 1, 0},      {"2026-01-31", "2026-03-30", 1, 0},
        {"2026-01-31", "2026-03-31", 2, 0},      {"2024-01-31", "2024-02-28", 0, 0},
        {"2024-01-31", "2024-02-29", 1, 0},      {"2024-02-29", "2025-02-27", 11, 0},
        {"2024-02-29", "2025-02-28", 12, 1}, /* the birthday in a common year */
        {"2024-02-29", "2025-03-01", 12, 1},     {"2024-02-29", "2028-02-28", 47, 3},
        {"2024-02-29", "2028-02-29", 48, 4},     {"2000-02-29", "2100-02-28", 1200, 100},
        {"2026-03-01", "2029-02-28", 35, 2},     {"2026-03-01", "2029-03-01", 36, 3},
        {"1900-01-01", "2200-12-31", 3611, 300}, {"2026-05-05", "2026-05-05", 0, 0},
        {"2026-01-31", "2030-02-28", 49, 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        np_date a = day(cases[i].from), b = day(cases[i].to);
        assert_int_equal(np_date_months_between(a, b), cases[i].months);
        assert_int_equal(np_date_months_between(b, a), -cases[i].months);
        assert_int_equal(np_date_years_between(a, b), cases[i].years);
        assert_int_equal(np_date_years_between(b, a), -cases[i].years);
    }
    assert_int_equal(np_date_months_between(NP_DATE_NONE, 0), NP_DATE_NONE);
    assert_int_equal(np_date_years_between(0, NP_DATE_NONE), NP_DATE_NONE);
    assert_int_equal(np_date_years_between(INT32_MAX, 0), NP_DATE_NONE);
}

static void months_apart_are_those_of_the_calendar(void **state)
{
    static const struct {
        np_ymd from, to;
        int32_t months;
    } CASES[] = {
        {{2026, 1, 31}, {2026, 1, 1}, 0},  {{2026, 1, 31}, {2026, 2, 1}, 1},   {{2026, 1, 1}, {2026, 2, 28}, 1},
        {{2025, 12, 31}, {2026, 1, 1}, 1}, {{2026, 3, 1}, {2025, 3, 31}, -12}, {{1900, 1, 1}, {2200, 12, 31}, 3611},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        np_ymd a = CASES[i].from, b = CASES[i].to;
        np_date from = np_date_of(a.year, a.month, a.day), to = np_date_of(b.year, b.month, b.day);
        assert_int_equal(np_date_months_apart(from, to), CASES[i].months);
    }
    assert_string_equal(np_date_text(*state, np_date_of(2026, 3, 1)), "2026-03-01");
    assert_string_equal(np_date_text(*state, NP_DATE_NONE), "none");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_counted_from_1970),
        cmocka_unit_test(what_does_not_exist_is_none),
        cmocka_unit_test(months_have_their_days),
        cmocka_unit_test(dates_split),
        cmocka_unit_test(dates_are_read),
        cmocka_unit_test(what_is_no_date_is_refused),
        cmocka_unit_test(a_day_that_a_month_lacks_is_its_last),
        cmocka_unit_test(durations_add_months_first),
        cmocka_unit_test(spans_end_the_day_before),
        cmocka_unit_test(months_begin_and_end),
        cmocka_unit_test(completed_months_are_counted),
        arena_test(months_apart_are_those_of_the_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
