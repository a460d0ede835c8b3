/* Notices: reading dates, counts and grades; the plain form of a text. */
#include "unit/support.h"

#include <stdio.h>

#include "natopay/notice/notice.h"
#include "../calc/notice/notice_internal.h"

/* As a book's list of months gives them. */
static np_month_name months[] = {{"january", 3, 7, 1}, {"february", 3, 8, 2}, {"april", 3, 5, 4}, {"avril", 3, 5, 4},
                                 {"fevrier", 3, 7, 2}, {"july", 3, 4, 7},     {"may", 3, 3, 5}};
static const np_patterns patterns = {.month_names = months,
                                     .month_name_count = sizeof months / sizeof months[0],
                                     .month_numerals = "i=1|iv=4|v=5|xi=11",
                                     .ordinal_days = "first=1|twentieth=20|twenty-ninth=29|premier=1"};

static void expect_date(const char *text, const char *date, const char *other)
{
    np_read_date found;
    assert_true(np_find_date(&patterns, text, 0, strlen(text), &found));
    np_text out;
    np_text_init(&out, 100);
    np_date_print(&out, found.date);
    np_text_putc(&out, ' ');
    np_date_print(&out, found.other);
    char expected[64];
    snprintf(expected, sizeof expected, "%s %s", date, other);
    expect_text(&out, expected);
}

static void dates_in_every_form(void **state)
{
    (void)state;
    expect_date("29/01/2026", "2026-01-29", "none");
    expect_date("01 April 2026", "2026-04-01", "none");
    expect_date("1er avril 2026", "2026-04-01", "none");
    expect_date("29-Jan-2026", "2026-01-29", "none");
    expect_date("2026-01-29", "2026-01-29", "none");
    expect_date("closes on Friday, 3rd of July, 2026", "2026-07-03", "none");
    expect_date("April 5th, 2026", "2026-04-05", "none");
    expect_date("le 14 fevrier 2026", "2026-02-14", "none"); /* accents are folded before */
    expect_date("29JAN26", "2026-01-29", "none");
    expect_date("the twenty-ninth of January, 2026", "2026-01-29", "none");
    expect_date("Twenty ninth January 2026", "2026-01-29", "none");
    expect_date("premier avril 2026", "2026-04-01", "none");
    expect_date("15 XI 2031", "2031-11-15", "none");
    expect_date("1.iv.2031", "2031-04-01", "none");
    expect_date("2 9 January 2026", "2026-01-29", "none"); /* a scan's */
    expect_date("4 9 July 2026", "2026-07-09", "none");    /* no day is the 49th */
}

static void dates_that_could_be_two(void **state)
{
    (void)state;
    expect_date("03/04/2026", "2026-04-03", "2026-03-04");
    expect_date("04/04/2026", "2026-04-04", "none");
    expect_date("12.03.26", "2026-03-12", "2026-12-03");
    expect_date("01/29/2026", "2026-01-29", "none");
}

static void what_is_no_date(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {
        "30 February 2026",       "32/13/2026", "2026", "STANAG 6001", "G15/G17", "May 20", "", "15 XI 31",
        "twentieth of the month", "first May"};
    np_read_date found;
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++)
        assert_false(np_find_date(&patterns, TEXTS[i], 0, strlen(TEXTS[i]), &found));
}

static void counts_in_words(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int value;
    } COUNTS[] = {{"36", 36},           {"three", 3},       {"Twenty-four", 24},
                  {"vingt-quatre", 24}, {"trente-six", 36}, {"six", 6},
                  {"soixante", 60},     {"many", -1},       {"", -1}};
    static const char WORDS[] =
        "twenty-four=24|three=3|six=6|vingt-quatre=24|vingt=20|trente-six=36|trente=30|soixante=60";
    for (size_t i = 0; i < sizeof COUNTS / sizeof COUNTS[0]; i++)
        assert_int_equal(np_read_count(WORDS, COUNTS[i].text, strlen(COUNTS[i].text)), COUNTS[i].value);
}

static void folding(void **state)
{
    np_arena *arena = *state;
    assert_string_equal(np_fold(arena, "Türkiye, Torrejón, cœur, ﬁn"), "Turkiye, Torrejon, coeur, fin");
    assert_string_equal(np_fold(arena, "“quoted” – dash\u00a0here\u00ad"), "\"quoted\" - dash here");
    assert_string_equal(np_fold(arena, "e\u0301te\u0301 € Київ"), "ete € ????");
}

static void expressions_are_expanded(void **state)
{
    np_arena *arena = *state;
    assert_string_equal(np_pattern_expand(arena, NULL, "a b", true), "a[ \\t\\n]{1,3}b");
    assert_string_equal(np_pattern_expand(arena, NULL, "a ?b", true), "a(?:[ \\t\\n]{1,3})?b");
    assert_string_equal(np_pattern_expand(arena, NULL, "[a b]\\ X\\B", true), "[a b]\\ x\\B");
    assert_string_equal(np_pattern_expand(arena, NULL, "NATO", false), "NATO");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_in_every_form),
        cmocka_unit_test(dates_that_could_be_two),
        cmocka_unit_test(what_is_no_date),
        cmocka_unit_test(counts_in_words),
        arena_test(folding),
        arena_test(expressions_are_expanded),
    };
    return cmocka_run_group_tests_name("notice values", tests, NULL, NULL);
}
