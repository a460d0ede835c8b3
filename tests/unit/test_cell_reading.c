/* Values as people write them, and what natopay makes of them. */
#include "natopay/plan/cell_reading.h"
#include "support.h"

/* Columns of the kinds there are. */
static np_cell_reading of_type(np_type type)
{
    np_input input = {.type = type};
    return np_cell_reading_of(&input);
}

static np_cell_reading shares(void)
{
    np_input input = {.type = NP_NUMBER, .has_max = true, .max = {.type = NP_NUMBER, .percent = true}};
    return np_cell_reading_of(&input);
}

static void note(np_cell_reading *reading, const char *const *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) np_cell_note(reading, cells[i], strlen(cells[i]));
    np_cell_settle(reading);
}
#define NOTE(reading, ...) \
    note(reading, (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* `expected` NULL: it is asked about, as `trouble` says. */
static void converts(const np_cell_reading *reading, const char *cell, const char *expected, np_cell_trouble trouble)
{
    np_arena *arena = np_arena_new(1 << 16);
    const char *text = cell;
    size_t length = strlen(cell);
    assert_int_equal(np_cell_convert(reading, arena, &text, &length), trouble);
    if (expected) {
        assert_int_equal(length, strlen(expected));
        assert_memory_equal(text, expected, length);
    }
    np_arena_free(arena);
}

static void gives(const np_cell_reading *reading, const char *cell, const char *expected)
{
    converts(reading, cell, expected, NP_CELL_FINE);
}

static void asks(const np_cell_reading *reading, const char *cell, np_cell_trouble trouble)
{
    converts(reading, cell, NULL, trouble);
}

/* ---- dates ---- */

static void dates_without_a_question(void **state)
{
    (void)state;
    np_cell_reading date = of_type(NP_DATE);
    gives(&date, "1987-02-04", "1987-02-04");
    gives(&date, " 1987-02-04 ", "1987-02-04");
    gives(&date, "1987/2/4", "1987-02-04");
    gives(&date, "1987-02-04T00:00:00Z", "1987-02-04");
    gives(&date, "1987-02-04 00:00:00", "1987-02-04");
    gives(&date, "19870204", "1987-02-04");
    gives(&date, "04-Feb-1987", "1987-02-04");
    gives(&date, "1er février 2024", "2024-02-01");
    gives(&date, "2nd March 2024", "2024-03-02");
    gives(&date, "4 f\xC3\xA9vrier 1987", "1987-02-04");
    gives(&date, "4. M\xC3\xA4rz 1987", "1987-03-04");
    gives(&date, "31 juillet 1987", "1987-07-31");
    gives(&date, "30 juin 1987", "1987-06-30");
    gives(&date, "4/4/1987", "1987-04-04");
    gives(&date, "13/02/1987", "1987-02-13");
    gives(&date, "02/13/1987", "1987-02-13");
    /* no day at all, as SAP writes it */
    gives(&date, "00.00.0000", "");
    gives(&date, "31.12.9999", "");
    gives(&date, "99991231", "");
    /* what reads it says what is wrong */
    converts(&date, "30/02/1987", "1987-02-30", NP_CELL_NO_DAY);
    gives(&date, "1987-02-04 12:30:00", "1987-02-04 12:30:00");
    gives(&date, "spring", "spring");
    asks(&date, "04/02/87", NP_CELL_WHICH_YEAR);
    asks(&date, "04/02/1987", NP_CELL_WHICH_ORDER);
    asks(&date, "12.11.1987", NP_CELL_WHICH_ORDER);
}

/* Spreadsheets count days from 1 January 1900 = 1, and a 29 February 1900: 25569 is 1 January 1970, 31812 is 6243 days
 * later. */
static void days_as_numbers(void **state)
{
    (void)state;
    np_cell_reading date = of_type(NP_DATE);
    gives(&date, "25568", "1969-12-31");
    gives(&date, "25569", "1970-01-01");
    gives(&date, "25570", "1970-01-02");
    gives(&date, "31812", "1987-02-04");
    gives(&date, "9999", "9999");
    gives(&date, "10000", "1927-05-18");
    gives(&date, "109939", "2200-12-31");
    gives(&date, "109940", "109940");
}

static void order_of_a_column(void **state)
{
    (void)state;
    np_cell_reading day = of_type(NP_DATE), month = of_type(NP_DATE), both = of_type(NP_DATE), none = of_type(NP_DATE);
    NOTE(&day, "04/02/1987", "13/02/1987");
    gives(&day, "04/02/1987", "1987-02-04");
    NOTE(&month, "04/02/1987", "02/13/1987");
    gives(&month, "04/02/1987", "1987-04-02");
    NOTE(&both, "13/02/1987", "02/13/1987");
    asks(&both, "04/02/1987", NP_CELL_WHICH_ORDER);
    gives(&both, "13/02/1987", "1987-02-13");
    NOTE(&none, "12/02/1987", "1987-12-13", "31812");
    asks(&none, "12/02/1987", NP_CELL_WHICH_ORDER);
    none.order = NP_MONTH_FIRST;
    gives(&none, "12/02/1987", "1987-12-02");
}

static void several_dates(void **state)
{
    (void)state;
    np_cell_reading dates = of_type(NP_DATES);
    gives(&dates, "2018-09-03, 2021-02-11", "2018-09-03, 2021-02-11");
    asks(&dates, "03.09.2018; 11.02.2021", NP_CELL_WHICH_ORDER);
    NOTE(&dates, "03.09.2018; 11.02.2021", "25.12.2019");
    gives(&dates, "03.09.2018; 11.02.2021", "2018-09-03, 2021-02-11");
    gives(&dates, "03.09.2018\n11.02.2021\n", "2018-09-03, 2021-02-11");
}

/* ---- shares ---- */

static void shares_as_fractions(void **state)
{
    (void)state;
    np_cell_reading share = shares();
    NOTE(&share, "0,8", "1", "1,00");
    gives(&share, "0,8", "0.8");
    gives(&share, "0.80", "0.80");
    gives(&share, ",5", "0.5");
    gives(&share, "80 %", "80%");
    gives(&share, "80\xC2\xA0%", "80%");
    gives(&share, "80%", "80%");
    gives(&share, "1", "1");
    gives(&share, "1,000", "1.000");
    asks(&share, "1,01", NP_CELL_WHICH_SHARE);
    asks(&share, "80", NP_CELL_WHICH_SHARE);
}

/* One value above 1 makes the column per cent throughout. */
static void shares_per_cent(void **state)
{
    (void)state;
    np_cell_reading share = shares(), edge = shares(), signs = shares(), told = shares();
    NOTE(&share, "80", "1", "62,50");
    gives(&share, "80", "80%");
    asks(&share, "1", NP_CELL_WHICH_PERCENT); /* the whole, or a hundredth */
    asks(&share, "0.8", NP_CELL_WHICH_PERCENT);
    gives(&share, "1%", "1%");
    gives(&share, "0", "0%");
    gives(&share, "1.01", "1.01%");
    told.unit = NP_PER_CENT;
    told.unit_told = true;
    NOTE(&told, "80", "1");
    gives(&told, "1", "1%");
    gives(&share, "62,50", "62.50%");
    gives(&share, "100.000", "100.000%");
    NOTE(&edge, "1,01", "0,5");
    gives(&edge, "1,01", "1.01%");
    NOTE(&signs, "80 %", "0.8");
    gives(&signs, "80 %", "80%");
    gives(&signs, "0.8", "0.8");
}

/* ---- amounts ---- */

static void amounts_without_a_question(void **state)
{
    (void)state;
    np_cell_reading money = of_type(NP_MONEY);
    gives(&money, "1500", "1500");
    gives(&money, "1234.50", "1234.50");
    gives(&money, "1234,5", "1234.5");
    gives(&money, "1.234,50", "1234.50");
    gives(&money, "1,234.50", "1234.50");
    gives(&money, "1 234,50", "1234.50");
    gives(&money,
          "1\xE2\x80\xAF"
          "234,50",
          "1234.50");
    gives(&money, "1'234.50", "1234.50");
    gives(&money, "1.234.567", "1234567");
    gives(&money, "-12,50", "-12.50");
    gives(&money, "1.234,50 EUR", "1234.50 EUR");
    gives(&money, "1500 EUR", "1500 EUR");
    gives(&money, "12/5", "12/5");
    gives(&money, "much", "much");
    /* a sign of thousands, or more decimals than a currency has */
    asks(&money, "12.500", NP_CELL_WHICH_SIGN);
    asks(&money, "12,500", NP_CELL_WHICH_SIGN);
    asks(&money, "0.125", NP_CELL_WHICH_SIGN);
    asks(&money, "12.5001", NP_CELL_WHICH_SIGN);
    asks(&money, "1,234.567", NP_CELL_WHICH_SIGN);
}

static void sign_of_a_column(void **state)
{
    (void)state;
    np_cell_reading comma = of_type(NP_MONEY), point = of_type(NP_MONEY), both = of_type(NP_MONEY);
    NOTE(&comma, "12.500", "812,25");
    gives(&comma, "12.500", "12500");
    asks(&comma, "12,500", NP_CELL_WHICH_SIGN);
    NOTE(&point, "12,500", "1.5");
    gives(&point, "12,500", "12500");
    asks(&point, "12.500", NP_CELL_WHICH_SIGN);
    point.told = true;
    gives(&point, "12.500", "12.500");
    NOTE(&both, "812,25", "812.25");
    asks(&both, "12.500", NP_CELL_WHICH_SIGN);
}

/* ---- the rest ---- */

static void whole_numbers(void **state)
{
    (void)state;
    np_cell_reading number = of_type(NP_NUMBER);
    gives(&number, "3", "3");
    gives(&number, "03", "3");
    gives(&number, "00", "0");
    gives(&number, "2,0", "2");
    gives(&number, "2.00", "2");
    gives(&number, "2,5", "2.5");
    gives(&number, "two", "two");
}

static void words_of_a_mapping(void **state)
{
    (void)state;
    np_cell_word words[] = {{"befr", "definite"}, {"01", "2026-01-01"}};
    np_cell_reading word = of_type(NP_TEXT), date = of_type(NP_DATE);
    word.words = date.words = words;
    word.word_count = date.word_count = 2;
    gives(&word, " Befr ", "definite");
    gives(&word, "unbefr", "unbefr");
    np_cell_word plain[] = {{"francaise", "FR"}, {"mariee", "yes"}, {"a", "first"}, {"a-", "second"}, {"-", "none"}};
    word.words = plain;
    word.word_count = 5;
    gives(&word, "Fran\303\247aise", "FR");
    gives(&word, "Mari\xc3\xa9(e)", "yes");
    gives(&word, "A", "first");
    gives(&word, "a-", "second");
    gives(&word, "-", "none");
    gives(&word, "?", "?");
    gives(&date, "01", "2026-01-01");
    gives(&date, "2026-02-01", "2026-02-01");
}

/* A list in natopay's own form is never read twice. */
static void what_asks_for_the_column(void **state)
{
    (void)state;
    np_cell_reading date = of_type(NP_DATE), share = shares(), money = of_type(NP_MONEY);
    NOTE(&date, "1987-02-04", "", "31812");
    NOTE(&share, "80%", "0.5", "1");
    NOTE(&money, "1500", "1500.25");
    assert_false(np_cell_asks_column(&date) || np_cell_asks_column(&share) || np_cell_asks_column(&money));
    NOTE(&date, "13.02.1987");
    NOTE(&share, "80");
    NOTE(&money, "12.500");
    assert_true(np_cell_asks_column(&date) && np_cell_asks_column(&share) && np_cell_asks_column(&money));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_without_a_question),
        cmocka_unit_test(days_as_numbers),
        cmocka_unit_test(order_of_a_column),
        cmocka_unit_test(several_dates),
        cmocka_unit_test(shares_as_fractions),
        cmocka_unit_test(shares_per_cent),
        cmocka_unit_test(amounts_without_a_question),
        cmocka_unit_test(sign_of_a_column),
        cmocka_unit_test(whole_numbers),
        cmocka_unit_test(words_of_a_mapping),
        cmocka_unit_test(what_asks_for_the_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
