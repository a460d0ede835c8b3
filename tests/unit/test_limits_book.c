/* Every comparison of dates and limits in calc/book: what is refused and what just passes, what is advised against, and
 * which figure is in force on the day before, the day itself, the day after. */
#include "unit/book_support.h"

#include "natopay/book/lint.h"
#include "natopay/book/scale.h"

static const char BASE[] =
    "[currency EUR]\n[currency USD]\n[country AA]\ncurrency = EUR\n[country BB]\ncurrency = EUR\n"
    "[grade G1]\nrank = 1\n[grade G2]\nrank = 2\n[source a]\ntitle = a\n"
    "[input date]\ntype = date\n[input duty_country]\ntype = country\n[input grade]\ntype = grade\n"
    "[input n]\ntype = number\nmin = 5\nmax = 9\n[input m]\ntype = number\n"
    "[rule basic]\nkind = salary\nsource = a\namount = scale(grade, 1)\n";

static void load(fixture *w, const char *text)
{
    texts_init(&w->texts);
    texts_add(&w->texts, "pack/a.ini", BASE);
    texts_add(&w->texts, "pack/b.ini", np_arena_format(w->arena, "%s", text));
    fixture_load(w, "pack");
}

typedef struct example {
    const char *text;
    int code; /* np_code; -1: nothing is wrong */
} example;

static void check_example(const fixture *w, const example *e)
{
    size_t found = w->diags.errors + w->diags.warnings;
    bool as_expected = e->code < 0 ? found == 0 : found == 1 && find_diag(&w->diags, (np_code)e->code, "") != NULL;
    if (as_expected) return;
    print_error("%s", e->text);
    print_diags(&w->diags);
    fail();
}

/* ---- what is refused ---- */

static void what_is_refused(void **state)
{
    fixture *w = *state;
    static const example LIST[] = {
        {"[rule r]\nkind = fact\namount = 1\nfrom = 2026-03-15\nuntil = 2026-03-14\n", NP_CODE_BAD_RANGE},
        {"[rule r]\nkind = fact\namount = 1\nfrom = 2026-03-15\nuntil = 2026-03-15\n", -1},
        {"[rule r]\nkind = fact\namount = 1\nfrom = 2026-03-15\nuntil = 2026-03-16\n", -1},
        {"[scale AA 2026-01-01]\ng1 = -0.01\n", NP_CODE_OUT_OF_BOUNDS},
        {"[scale AA 2026-01-01]\ng1 = 0\n", NP_CODE_OUT_OF_BOUNDS},
        {"[scale AA 2026-01-01]\ng1 = 0.01\n", -1},
        {"[scale AA 2026-01-01]\ng1 = 0.005\n", NP_CODE_OUT_OF_BOUNDS},
        {"[scale AA 2026-01-01]\ng1 = 10, 9.99\n", NP_CODE_OUT_OF_BOUNDS},
        {"[scale AA 2026-01-01]\ng1 = 10, 10\n", -1},
        {"[scale AA 2026-01-01]\ng1 = 10, 10.01\n", -1},
        {"[scale AA 2026-01-01]\ng1 = 10\n[scale AA 2027-01-01]\nindex = -0.1\n", NP_CODE_BAD_INDEX},
        {"[scale AA 2026-01-01]\ng1 = 10\n[scale AA 2027-01-01]\nindex = 0\n", NP_CODE_BAD_INDEX},
        {"[scale AA 2026-01-01]\ng1 = 10\n[scale AA 2027-01-01]\nindex = 0.01\n", -1},
        {"[scale AA 2026-01-01]\ng1 = 10\n[scale aa 2026-01-02]\nindex = 1\n", -1},
        {"[scale AA 2026-01-01]\ng1 = 10\n[scale aa 2026-01-01]\nindex = 1\n", NP_CODE_DUPLICATE_DEFINITION},
        {"[scale AA 2026-01-02]\ng1 = 10\n[scale AA 2026-01-01]\nindex = 1\n", NP_CODE_SCALE_ORDER},
        {"[parameter p]\n2026-01-01 = 5\nlow = 4.99\nhigh = 6\n", -1},
        {"[parameter p]\n2026-01-01 = 5\nlow = 5\nhigh = 6\n", -1},
        {"[parameter p]\n2026-01-01 = 5\nlow = 5.01\nhigh = 6\n", NP_CODE_BAD_RANGE},
        {"[parameter p]\n2026-01-01 = 5\nlow = 4\nhigh = 5.01\n", -1},
        {"[parameter p]\n2026-01-01 = 5\nlow = 4\nhigh = 5\n", -1},
        {"[parameter p]\n2026-01-01 = 5\nlow = 4\nhigh = 4.99\n", NP_CODE_BAD_RANGE},
        {"[parameter p]\n2026-01-01 = 5 months\nlow = 5 months\nhigh = 5 months\n", -1},
        {"[parameter p]\n2026-01-01 = 5 months\nlow = 6 months\nhigh = 7 months\n", NP_CODE_BAD_RANGE},
        {"[parameter p]\n2026-01-01 = 5 months\nlow = 3 months\nhigh = 4 months\n", NP_CODE_BAD_RANGE},
        {"[parameter p]\n2026-01-01 = 5 days\nlow = 4 days\nhigh = 5 days\n", -1},
        {"[parameter p]\n2026-01-01 = 5 days\nlow = 4 days\nhigh = 4 days\n", NP_CODE_BAD_RANGE},
        {"[exchange USD]\n2026-01-01 = -0.01\n", NP_CODE_OUT_OF_BOUNDS},
        {"[exchange USD]\n2026-01-01 = 0\n", NP_CODE_OUT_OF_BOUNDS},
        {"[exchange USD]\n2026-01-01 = 0.01\n", -1},
        {"[exchange USD]\n2026-01-01 = 2\nlow = 2\nhigh = 2\n", -1},
        {"[exchange USD]\n2026-01-01 = 2\nlow = 2.01\nhigh = 3\n", NP_CODE_BAD_RANGE},
        {"[exchange USD]\n2026-01-01 = 2\nlow = 1\nhigh = 1.99\n", NP_CODE_BAD_RANGE},
        {"[grade G3]\nrank = -1\n", NP_CODE_OUT_OF_BOUNDS},
        {"[grade G3]\nrank = 0\n", -1},
        {"[grade G3]\nrank = 1000\n", -1},
        {"[grade G3]\nrank = 1001\n", NP_CODE_OUT_OF_BOUNDS},
        {"[rule r]\nkind = fact\namount = 9999 days\n", -1},
        {"[rule r]\nkind = fact\namount = 10000 days\n", -1},
        {"[rule r]\nkind = fact\namount = 10001 days\n", NP_CODE_BAD_FORMULA},
        {"[rule r]\nkind = fact\namount = 1\norder = -1\n", NP_CODE_OUT_OF_BOUNDS},
        {"[rule r]\nkind = fact\namount = 1\norder = 0\n", -1},
        {"[rule r]\nkind = fact\namount = 1\norder = 10000\n", -1},
        {"[rule r]\nkind = fact\namount = 1\norder = 10001\n", NP_CODE_OUT_OF_BOUNDS},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        load(w, LIST[i].text);
        check_example(w, &LIST[i]);
    }
}

/* "1, 2, ..., count": so many values or steps of one key. */
static const char *numbers(fixture *w, const char *before, unsigned count)
{
    np_text text;
    np_text_init(&text, 100000);
    np_text_puts(&text, before);
    for (unsigned i = 1; i <= count; i++) np_text_printf(&text, "%s%u", i > 1 ? ", " : "", i);
    np_text_putc(&text, '\n');
    return np_text_move(&text, w->arena);
}

static void how_many_there_may_be(void **state)
{
    fixture *w = *state;
    for (unsigned more = 0; more < 3; more++) { /* one less than the limit, the limit, one more */
        int refused = more == 2 ? NP_CODE_TOO_MANY : -1;
        example steps = {numbers(w, "[scale AA 2026-01-01]\ng1 = ", NP_STEPS_MAX - 1 + more), refused};
        load(w, steps.text);
        check_example(w, &steps);
        example list = {numbers(w, "[parameter p]\n2026-01-01 = ", NP_LIST_MAX - 1 + more), refused};
        load(w, list.text);
        check_example(w, &list);
    }
    for (unsigned more = 0; more < 3; more++) {
        np_text text;
        np_text_init(&text, 100000);
        for (unsigned i = 3; i <= NP_GRADES_MAX - 1 + more; i++)
            np_text_printf(&text, "[grade G%u]\nrank = %u\n", i, i);
        load(w, np_text_string(&text));
        np_text_free(&text);
        assert_int_equal(find_diag(&w->diags, NP_CODE_TOO_MANY, "grades") != NULL, more == 2);
    }
}

/* ---- what is advised against ---- */

#define SCALES "[scale AA 2026-01-01]\nstatus = user\ng1 = 10\n[scale AA 2027-01-01]\nstatus = user\n"
#define USED "[rule r]\nkind = fact\namount = p\n"
#define WHEN "[rule r]\nkind = allowance\nsource = a\namount = 1 EUR\nwhen = "

static void what_is_advised_against(void **state)
{
    fixture *w = *state;
    static const example LIST[] = {
        {SCALES "index = 1.99\n", -1},
        {SCALES "index = 2\n", -1},
        {SCALES "index = 2.01\n", NP_CODE_STRANGE_FIGURE},
        {SCALES "index = 2.99\n", NP_CODE_STRANGE_FIGURE},
        {SCALES "index = 0.51\n", -1},
        {SCALES "index = 0.5\n", -1},
        {SCALES "index = 0.49\n", NP_CODE_STRANGE_FIGURE},
        {USED "[parameter p]\nstatus = user\n2026-01-01 = 1\n2027-01-01 = 9.99\n", -1},
        {USED "[parameter p]\nstatus = user\n2026-01-01 = 1\n2027-01-01 = 10\n", -1},
        {USED "[parameter p]\nstatus = user\n2026-01-01 = 1\n2027-01-01 = 10.01\n", NP_CODE_STRANGE_FIGURE},
        {USED "[parameter p]\nstatus = user\n2026-01-01 = 1\n2027-01-01 = 0.1\n", -1},
        {USED "[parameter p]\nstatus = user\n2026-01-01 = 1\n2027-01-01 = 0.09\n", NP_CODE_STRANGE_FIGURE},
        {USED "from = 2026-03-14\n[parameter p]\nstatus = user\n2026-03-15 = 1\n", NP_CODE_DATE_GAP},
        {USED "from = 2026-03-15\n[parameter p]\nstatus = user\n2026-03-15 = 1\n", -1},
        {USED "from = 2026-03-16\n[parameter p]\nstatus = user\n2026-03-15 = 1\n", -1},
        /* n is 5 to 9 */
        {WHEN "n < 4\n", NP_CODE_NEVER},
        {WHEN "n < 5\n", NP_CODE_NEVER},
        {WHEN "n < 6\n", -1},
        {WHEN "n <= 4\n", NP_CODE_NEVER},
        {WHEN "n <= 5\n", -1},
        {WHEN "n > 8\n", -1},
        {WHEN "n > 9\n", NP_CODE_NEVER},
        {WHEN "n >= 9\n", -1},
        {WHEN "n >= 10\n", NP_CODE_NEVER},
        {WHEN "n = 4\n", NP_CODE_NEVER},
        {WHEN "n = 5\n", -1},
        {WHEN "n = 9\n", -1},
        {WHEN "n = 10\n", NP_CODE_NEVER},
        {WHEN "not n >= 5\n", NP_CODE_NEVER},
        {WHEN "not n > 5\n", -1},
        {WHEN "not n <= 9\n", NP_CODE_NEVER},
        {WHEN "not n < 9\n", -1},
        /* two bounds on one input */
        {WHEN "m > 5 and m < 4\n", NP_CODE_NEVER},
        {WHEN "m > 5 and m < 5\n", NP_CODE_NEVER},
        {WHEN "m >= 5 and m < 5\n", NP_CODE_NEVER},
        {WHEN "m > 5 and m <= 5\n", NP_CODE_NEVER},
        {WHEN "m >= 5 and m <= 5\n", -1},
        {WHEN "m <= 5 and m >= 5\n", -1},
        {WHEN "m <= 5 and m > 5\n", NP_CODE_NEVER},
        {WHEN "m > 5 and m < 6\n", -1},
        /* dates that stand */
        {WHEN "2026-03-15 < 2026-03-15\n", NP_CODE_NEVER},
        {WHEN "2026-03-14 < 2026-03-15\n", -1},
        {WHEN "2026-03-15 <= 2026-03-15\n", -1},
        {WHEN "2026-03-16 <= 2026-03-15\n", NP_CODE_NEVER},
        {WHEN "2026-03-15 > 2026-03-15\n", NP_CODE_NEVER},
        {WHEN "2026-03-16 > 2026-03-15\n", -1},
        {WHEN "2026-03-15 >= 2026-03-15\n", -1},
        {WHEN "2026-03-14 >= 2026-03-15\n", NP_CODE_NEVER},
        {WHEN "2026-03-15 = 2026-03-15\n", -1},
        {WHEN "2026-03-15 != 2026-03-15\n", NP_CODE_NEVER},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        load(w, LIST[i].text);
        if (w->diags.errors) print_diags(&w->diags);
        assert_int_equal(w->diags.errors, 0);
        np_book_lint(w->book, &w->diags, NULL);
        check_example(w, &LIST[i]);
    }
}

/* ---- what is in force ---- */

static np_date day(const char *text)
{
    np_date date;
    assert_null(np_date_parse(text, strlen(text), &date));
    return date;
}

static void scales_in_force(void **state)
{
    fixture *w = *state;
    static const char *const DAYS[][2] = {
        {"2025-03-14", "none"},       {"2025-03-15", "2025-03-15"}, {"2025-03-16", "2025-03-15"},
        {"2026-03-14", "2025-03-15"}, {"2026-03-15", "2026-03-15"}, {"2026-03-16", "2026-03-15"},
    };
    load(w, "[scale AA 2025-03-15]\ng1 = 100\n[scale AA 2026-03-15]\nindex = 2\n");
    for (size_t i = 0; i < sizeof DAYS / sizeof DAYS[0]; i++) {
        const np_scale *scale = np_scale_on(w->book, 0, day(DAYS[i][0]));
        np_text text;
        np_text_init(&text, 100);
        np_date_print(&text, scale ? scale->from : NP_DATE_NONE);
        expect_text(&text, DAYS[i][1]);
    }
}

/* A country's own figure goes before the general one, whichever is newer. */
static void parameters_in_force(void **state)
{
    fixture *w = *state;
    static const struct {
        uint16_t country;
        const char *day, *value; /* "": none */
    } LIST[] = {
        {0, "2025-03-14", ""},  {0, "2025-03-15", "1"}, {0, "2025-03-16", "1"}, {0, "2026-03-14", "1"},
        {0, "2026-03-15", "2"}, {0, "2026-03-16", "2"}, {0, "2026-06-14", "2"}, {0, "2026-06-15", "3"},
        {0, "2027-01-01", "3"}, {1, "2026-06-15", "2"}, {1, "2027-01-01", "4"},
    };
    load(w, "[parameter p]\n2025-03-15 = 1\n2026-03-15 = 2\naa 2026-06-15 = 3\n2026-12-15 = 4\n");
    assert_int_equal(w->diags.errors, 0);
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        const np_entry *entry = np_parameter_on(&w->book->parameters[0], LIST[i].country, day(LIST[i].day));
        assert_int_equal(entry != NULL, *LIST[i].value != '\0');
        if (entry) expect_plain(entry->values[0].as.number, LIST[i].value);
    }
}

/* A country's figure by ratio, beside the floor that another country's is. */
static void floors_of_scales(void **state)
{
    fixture *w = *state;
    static const struct {
        const char *g1, *figure;
        np_derivation how;
    } LIST[] = {
        {"99.99", "200", NP_AT_FLOOR},
        {"100", "200", NP_BY_RATIO},
        {"100.01", "200.02", NP_BY_RATIO},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        load(w, np_arena_format(w->arena,
                                "[scale AA 2026-01-01]\ng1 = %s\nreference = BB\nfloor = BB\n"
                                "[scale BB 2026-01-01]\ng1 = 100\ng2 = 200\n",
                                LIST[i].g1));
        const np_scale *scale;
        np_resolved found = np_scale_first_step(w->book, w->arena, 0, 1, day("2026-01-01"), &scale);
        assert_int_equal(found.how, LIST[i].how);
        expect_plain(found.value, LIST[i].figure);
    }
}

/* Before a country's first scale its figure follows the reference's of the day, from which day on. */
static void before_the_first_scale(void **state)
{
    fixture *w = *state;
    static const char *const DAYS[][2] = {
        {"2024-12-31", ""},   {"2025-01-01", "50"}, {"2025-06-30", "50"},
        {"2025-07-01", "55"}, {"2025-12-31", "55"}, {"2026-01-01", "60"},
    };
    load(w, "[scale AA 2026-01-01]\ng1 = 60\nreference = BB\n[scale BB 2025-01-01]\ng1 = 100\n"
            "[scale BB 2025-07-01]\ng1 = 110\n[scale BB 2026-01-01]\ng1 = 120\n");
    for (size_t i = 0; i < sizeof DAYS / sizeof DAYS[0]; i++) {
        const np_scale *scale;
        np_resolved found = np_scale_first_step(w->book, w->arena, 0, 0, day(DAYS[i][0]), &scale);
        assert_int_equal(found.how != NP_NOT_DERIVED, *DAYS[i][1] != '\0');
        if (found.how != NP_NOT_DERIVED) expect_plain(found.value, DAYS[i][1]);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        fixture_test(what_is_refused),         fixture_test(how_many_there_may_be),
        fixture_test(what_is_advised_against), fixture_test(scales_in_force),
        fixture_test(parameters_in_force),     fixture_test(floors_of_scales),
        fixture_test(before_the_first_scale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
