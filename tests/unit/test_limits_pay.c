/* Every comparison of dates and limits in calc/pay: the day before, the day itself, the day after; the limit less one,
 * the limit, the limit and one. Meanings at a limit stand in tables here, so that a change of one is a change of a
 * line. */
#include "unit/book_support.h"

#include "natopay/pay/range.h"

static const char BASE[] =
    "[organisation o]\nname = o\nsteps = most\nstep_value = rise\n"
    "[currency EUR]\n[currency USD]\n"
    "[exchange USD]\nstatus = assumed\n2024-01-01 = 2\n2026-03-15 = 4\n"
    "[country FR]\ncurrency = EUR\nmember = yes\n[country US]\ncurrency = USD\n[country LU]\ncurrency = EUR\n"
    "[grade G10]\nrank = 10\n[grade G11]\nrank = 11\n"
    "[scale FR 2025-07-01]\nstatus = published\ng10 = 100, 200\n"
    "[scale FR 2026-03-15]\nstatus = published\nindex = 1.1\ng10 = 110, 220, 330\n"
    "[scale LU 2026-03-15]\nstatus = published\ng10 = 50\nreference = FR\n"
    "[input date]\ntype = date\n[input start]\ntype = date\n[input duty_country]\ntype = country\n[input grade]\ntype "
    "= grade\n"
    "[input step]\ntype = number\ndefault = 1\n[input n]\ntype = number\n[input births]\ntype = dates\n"
    "[input day]\ntype = date\n[input other]\ntype = date\n"
    "[input bounded]\ntype = number\nmin = 5\nmax = 9\n[input whole]\ntype = number\nwhole = yes\nmin = -1\n"
    "[input paid]\ntype = money\nmin = 0\nmax = 10\n"
    "[input dated]\ntype = date\nmin = 2026-03-10\nmax = 2026-03-20\n"
    "[parameter rise]\nstatus = assumed\n2000-01-01 = 3%\n[parameter most]\nstatus = published\n2000-01-01 = 8\n"
    "[parameter rate]\nstatus = published\n2020-01-01 = 1, 2\n"
    "[parameter level]\nstatus = published\n2020-01-01 = 1\n2026-03-15 = 5\n"
    "[parameter late]\nstatus = published\n2026-03-15 = 1\n"
    "[parameter amount]\ntype = money\nreference = FR\nstatus = published\nfr 2020-01-01 = 100\nfr 2026-03-15 = 300\n"
    "[rule basic]\nkind = salary\namount = 0 EUR\n";

/* A book with these rules besides, and a situation in France. */
static void load_rules(fixture *w, const char *rules)
{
    texts_init(&w->texts);
    texts_add(&w->texts, "pack/base.ini", BASE);
    texts_add(&w->texts, "over.ini", np_arena_format(w->arena, "%s", rules));
    fixture_load(w, "pack");
    if (w->diags.errors) print_diags(&w->diags);
    assert_int_equal(w->diags.errors, 0);
    np_diags_init(&w->diags, w->arena);
    w->situation = np_situation_new(w->book, w->arena);
    w->payslip = np_payslip_new(w->book, w->arena, false);
    set(w, "date=2026-03-01 duty_country=FR grade=G10");
}

static void load_fact(fixture *w, const char *formula)
{
    load_rules(w, np_arena_format(w->arena, "[rule x]\nkind = fact\namount = %s\n", formula));
}

typedef struct example {
    const char *inputs, *formula, *value;
} example;

/* Each formula has its value, or fails with this code. */
static void check_examples(fixture *w, const example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const example *e = &examples[i];
        load_fact(w, e->formula);
        set(w, e->inputs);
        bool computed = try_compute(w);
        np_text text;
        np_text_init(&text, 1000);
        if (!computed)
            np_text_puts(&text, np_code_describe(w->diags.last->code)->name);
        else
            np_print_value(&text, w->book, value_of(w, "x"), NULL);
        if (strcmp(np_text_string(&text), e->value) != 0) print_error("%s, %s\n", e->inputs, e->formula);
        expect_text(&text, e->value);
    }
}
#define EXAMPLES(list) check_examples(*state, list, sizeof(list) / sizeof(list)[0])

static void dates_compared(void **state)
{
    static const example LIST[] = {
        {"day=2026-03-14", "day < 2026-03-15", "yes"},
        {"day=2026-03-15", "day < 2026-03-15", "no"},
        {"day=2026-03-14", "day <= 2026-03-15", "yes"},
        {"day=2026-03-15", "day <= 2026-03-15", "yes"},
        {"day=2026-03-16", "day <= 2026-03-15", "no"},
        {"day=2026-03-14", "day = 2026-03-15", "no"},
        {"day=2026-03-15", "day = 2026-03-15", "yes"},
        {"day=2026-03-16", "day = 2026-03-15", "no"},
        {"day=2026-03-14", "day >= 2026-03-15", "no"},
        {"day=2026-03-15", "day >= 2026-03-15", "yes"},
        {"day=2026-03-15", "day > 2026-03-15", "no"},
        {"day=2026-03-16", "day > 2026-03-15", "yes"},
        {"n=4", "n < 5", "yes"},
        {"n=5", "n < 5", "no"},
        {"n=5", "n <= 5", "yes"},
        {"n=6", "n <= 5", "no"},
        {"n=4", "n >= 5", "no"},
        {"n=5", "n >= 5", "yes"},
        {"n=5", "n > 5", "no"},
        {"n=6", "n > 5", "yes"},
        {"grade=G10", "grade >= G11", "no"},
        {"grade=G11", "grade >= G11", "yes"},
        {"grade=G11", "grade > G11", "no"},
        {"grade=G10", "grade <= G10", "yes"},
    };
    EXAMPLES(LIST);
}

/* The day before a month's first day in service, that day, the day after: `start` makes it the first. */
static void figures_from_their_day_on(void **state)
{
    static const example LIST[] = {
        {"start=2026-03-14 date=2026-03-14", "level", "1"},
        {"start=2026-03-15 date=2026-03-15", "level", "5"},
        {"start=2026-03-16 date=2026-03-16", "level", "5"},
        /* a month stands as on its first day in service, whatever date of it is asked for */
        {"start=2026-03-14 date=2026-03-31", "level", "1"},
        {"start=2026-03-15 date=2026-03-01", "level", "5"},
        {"date=2026-03-15", "level", "1"},
        {"date=2026-03-31", "level", "1"},
        {"date=2026-04-01", "level", "5"},
        {"start=2026-02-15 date=2026-03-31", "level", "1"},
        {"start=2026-02-15 date=2026-04-30", "level", "5"},
        {"date=2026-03-31", "scale(grade, 1)", "100.00 EUR"},
        {"date=2026-04-01", "scale(grade, 1)", "110.00 EUR"},
        {"date=2026-03-31", "local(8 USD)", "4.00 EUR"},
        {"date=2026-04-01", "local(8 USD)", "2.00 EUR"},
        {"date=2026-03-31", "amount", "100.00 EUR"},
        {"date=2026-04-01", "amount", "300.00 EUR"},
        {"start=2026-03-14 date=2026-03-14", "late", "unknown"},
        {"start=2026-03-15 date=2026-03-15", "late", "1"},
        {"start=2026-03-14 date=2026-03-14", "amount", "100.00 EUR"},
        {"start=2026-03-15 date=2026-03-15", "amount", "300.00 EUR"},
        /* by the ratio of the two scales: 50 to 110 */
        {"start=2026-03-15 date=2026-03-15 duty_country=LU", "round(amount, 0.01 EUR)", "136.36 EUR"},
        {"start=2026-03-14 date=2026-03-14", "scale(grade, 1)", "100.00 EUR"},
        {"start=2026-03-15 date=2026-03-15", "scale(grade, 1)", "110.00 EUR"},
        {"start=2026-03-16 date=2026-03-16", "scale(grade, 1)", "110.00 EUR"},
        {"start=2026-03-14 date=2026-03-14 duty_country=LU", "scale(grade, 1)", "45.45 EUR"},
        {"start=2026-03-15 date=2026-03-15 duty_country=LU", "scale(grade, 1)", "50.00 EUR"},
        {"start=2026-03-14 date=2026-03-14", "scale_date()", "2025-07-01"},
        {"start=2026-03-15 date=2026-03-15", "scale_date()", "2026-03-15"},
        {"date=2025-06-30", "scale_date()", "2025-07-01"}, /* before the first, the first */
        {"start=2026-03-14 date=2026-03-14 duty_country=US", "scale_date(FR)", "2025-07-01"},
        {"start=2026-03-15 date=2026-03-15 duty_country=US", "scale_date(FR)", "2026-03-15"},
        {"duty_country=US", "scale_date(FR, 2026-03-14)", "2025-07-01"},
        {"duty_country=US", "scale_date(FR, 2026-03-15)", "2026-03-15"},
        {"duty_country=US", "scale(grade, 1, FR, 2026-03-14)", "100.00 EUR"},
        {"duty_country=US", "scale(grade, 1, FR, 2026-03-15)", "110.00 EUR"},
        {"start=2026-03-14 date=2026-03-14", "local(8 USD)", "4.00 EUR"},
        {"start=2026-03-15 date=2026-03-15", "local(8 USD)", "2.00 EUR"},
        {"start=2026-03-16 date=2026-03-16", "local(8 USD)", "2.00 EUR"},
        {"date=2023-12-31", "local(8 USD)", "4.00 EUR"}, /* before the first rate, the first */
        {"date=2024-01-01", "local(8 USD)", "4.00 EUR"},
        {"start=2026-03-14 date=2026-03-14 duty_country=US", "local(8 EUR)", "16.00 USD"},
        {"start=2026-03-15 date=2026-03-15 duty_country=US", "local(8 EUR)", "32.00 USD"},
    };
    EXAMPLES(LIST);
}

static void steps_and_positions(void **state)
{
    static const example LIST[] = {
        {"step=0", "scale(grade, step)", "bad-position"},
        {"step=1", "scale(grade, step)", "100.00 EUR"},
        {"step=2", "scale(grade, step)", "200.00 EUR"}, /* printed */
        {"step=3", "scale(grade, step)", "300.00 EUR"}, /* carried back: 330 / 1.1 */
        {"step=4", "scale(grade, step)", "109.00 EUR"}, /* three rises of 3 % */
        {"step=7", "scale(grade, step)", "118.00 EUR"},
        {"step=8", "scale(grade, step)", "121.00 EUR"},
        {"step=9", "scale(grade, step)", "bad-position"},
        {"step=2 start=2026-03-14 date=2026-03-14", "scale(grade, step)", "200.00 EUR"},
        {"step=2 start=2026-03-15 date=2026-03-15", "scale(grade, step)",
         "220.00 EUR"}, /* printed, on the first day as well */
        {"step=2 duty_country=LU start=2026-03-15 date=2026-03-15", "scale(grade, step)", "51.50 EUR"},
        {"n=0", "rate(n)", "bad-position"},
        {"n=1", "rate(n)", "1"},
        {"n=2", "rate(n)", "2"},
        {"n=3", "rate(n)", "2"}, /* the last value holds on */
    };
    EXAMPLES(LIST);
}

static void limits_of_functions(void **state)
{
    static const example LIST[] = {
        {"n=-1", "power(1, n)", "out-of-bounds"},
        {"n=0", "power(2, n)", "1"},
        {"n=1", "power(2, n)", "2"},
        {"n=100", "power(1, n)", "1"},
        {"n=101", "power(1, n)", "out-of-bounds"},
        {"n=10000", "2000-01-01 + months(n) - months(n)",
         "date-range"}, /* beyond the year 2200, but no longer than allowed */
        {"n=10001", "months(n) = 0 months", "out-of-bounds"},
        {"n=10000", "months(n) = 0 months", "no"},
        {"n=-10000", "months(n) = 0 months", "no"},
        {"n=-10001", "months(n) = 0 months", "out-of-bounds"},
        {"n=-1 births=2010-05-05", "number_aged(births, n, 18)", "out-of-bounds"},
        {"n=0 births=2010-05-05", "number_aged(births, n, 18)", "1"},
        {"n=199 births=2010-05-05", "number_aged(births, 0, n)", "1"},
        {"n=200 births=2010-05-05", "number_aged(births, 0, n)", "1"},
        {"n=201 births=2010-05-05", "number_aged(births, 0, n)", "out-of-bounds"},
        {"n=17 births=2010-05-05", "number_aged(births, 18, n)", "out-of-bounds"},
        {"n=18 births=2010-05-05", "number_aged(births, 18, n)", "0"},
        {"n=19 births=2008-03-01", "number_aged(births, 18, n)", "1"},
        {"n=0", "round(1, n)", "out-of-bounds"},
        {"n=0.01", "round(1.005, n)", "1.01"},
        {"n=4", "clamp(n, 5, 7)", "5"},
        {"n=5", "clamp(n, 5, 7)", "5"},
        {"n=7", "clamp(n, 5, 7)", "7"},
        {"n=8", "clamp(n, 5, 7)", "7"},
        {"day=2026-03-14", "max(day, 2026-03-15)", "2026-03-15"},
        {"day=2026-03-16", "max(day, 2026-03-15)", "2026-03-16"},
        {"day=2026-03-14", "min(day, 2026-03-15)", "2026-03-14"},
        {"day=2026-03-16", "min(day, 2026-03-15)", "2026-03-15"},
        {"day=2026-03-14", "day in (2026-03-15)", "no"},
        {"day=2026-03-15", "day in (2026-03-15)", "yes"},
        {"day=2025-05-04 other=1990-05-05", "years_between(other, day)", "34"},
        {"day=2025-05-05 other=1990-05-05", "years_between(other, day)", "35"},
        {"day=2025-05-06 other=1990-05-05", "years_between(other, day)", "35"},
        {"day=2025-05-04 other=2025-04-05", "months_between(other, day)", "0"},
        {"day=2025-05-05 other=2025-04-05", "months_between(other, day)", "1"},
    };
    EXAMPLES(LIST);
}

/* Which days of birth count in March 2026, from one age to another: the whole month of the one birthday counts, and the
 * whole month of the other. */
static void children_by_their_birthdays(void **state)
{
    static const example LIST[] = {
        {"births=2026-02-28", "number_aged(births, 0, 18)", "1"},
        {"births=2026-03-01", "number_aged(births, 0, 18)", "1"},
        {"births=2026-03-02", "number_aged(births, 0, 18)", "1"},
        {"births=2026-03-30", "number_aged(births, 0, 18)", "1"},
        {"births=2026-03-31", "number_aged(births, 0, 18)", "1"},
        {"births=2026-04-01", "number_aged(births, 0, 18)", "0"},
        {"births=2008-02-28", "number_aged(births, 0, 18)", "0"},
        {"births=2008-02-29", "number_aged(births, 0, 18)", "0"},
        {"births=2008-03-01", "number_aged(births, 0, 18)", "1"},
        {"births=2008-03-02", "number_aged(births, 0, 18)", "1"},
        {"births=2008-03-31", "number_aged(births, 0, 18)", "1"},
        {"births=2008-04-01", "number_aged(births, 0, 18)", "1"},
        {"births=2008-03-31", "number_aged(births, 18, 22)", "1"},
        {"births=2008-04-01", "number_aged(births, 18, 22)", "0"},
        {"births=2004-02-29", "number_aged(births, 18, 22)", "0"},
        {"births=2004-03-01", "number_aged(births, 18, 22)", "1"},
        {"births=2004-03-02", "number_aged(births, 18, 22)", "1"},
        {"births=2026-03-14", "number_before(births, 2026-03-15)", "1"},
        {"births=2026-03-15", "number_before(births, 2026-03-15)", "1"},
        {"births=2026-03-16", "number_before(births, 2026-03-15)", "0"},
    };
    EXAMPLES(LIST);
}

static void days_in_service(void **state)
{
    static const example LIST[] = {
        {"day=2026-02-28", "share_of_month(day) * 31", "31"},
        {"day=2026-03-01", "share_of_month(day) * 31", "31"},
        {"day=2026-03-02", "share_of_month(day) * 31", "30"},
        {"day=2026-03-30", "share_of_month(day) * 31", "2"},
        {"day=2026-03-31", "share_of_month(day) * 31", "1"},
        {"day=2026-04-01", "share_of_month(day) * 31", "0"},
        {"day=2026-03-01 other=2026-02-28", "share_of_month(day, other) * 31", "0"},
        {"day=2026-03-01 other=2026-03-01", "share_of_month(day, other) * 31", "1"},
        {"day=2026-03-01 other=2026-03-02", "share_of_month(day, other) * 31", "2"},
        {"day=2026-03-01 other=2026-03-30", "share_of_month(day, other) * 31", "30"},
        {"day=2026-03-01 other=2026-03-31", "share_of_month(day, other) * 31", "31"},
        {"day=2026-03-01 other=2026-04-01", "share_of_month(day, other) * 31", "31"},
        {"day=2026-03-15 other=2026-03-14", "share_of_month(day, other) * 31", "0"},
        {"day=2026-03-15 other=2026-03-15", "share_of_month(day, other) * 31", "1"},
        {"day=2026-03-15 other=2026-03-16", "share_of_month(day, other) * 31", "2"},
    };
    EXAMPLES(LIST);
}

/* ---- rules ---- */

/* A rule is in force from its first to its last day, both included, in a month that begins on such a day: here service
 * begins on it. Another date of that month changes nothing. */
static void rules_from_and_until(void **state)
{
    fixture *w = *state;
    static const struct {
        const char *day;
        np_line_state state;
    } DAYS[] = {
        {"2026-03-09", NP_LINE_NOT_IN_FORCE}, {"2026-03-10", NP_LINE_DUE}, {"2026-03-11", NP_LINE_DUE},
        {"2026-03-19", NP_LINE_DUE},          {"2026-03-20", NP_LINE_DUE}, {"2026-03-21", NP_LINE_NOT_IN_FORCE},
    };
    static const char *const DATES[] = {"2026-03-01", "2026-03-15", "2026-03-31"};
    load_rules(w, "[rule bonus]\nkind = allowance\nfrom = 2026-03-10\nuntil = 2026-03-20\namount = 7 EUR\n");
    for (size_t i = 0; i < sizeof DAYS / sizeof DAYS[0]; i++) {
        assert_true(try_set(w, "start", DAYS[i].day));
        for (size_t d = 0; d < sizeof DATES / sizeof DATES[0]; d++) {
            assert_true(try_set(w, "date", DATES[d]));
            compute(w);
            expect_state(w, "bonus", DAYS[i].state);
        }
    }
}

/* What comes once counts in the month that holds its day. */
static void once_in_the_month_of_its_day(void **state)
{
    fixture *w = *state;
    static const char *const DAYS[][2] = {
        {"2026-02-28", "0"}, {"2026-03-01", "7"}, {"2026-03-02", "7"}, {"2026-03-31", "7"}, {"2026-04-01", "0"},
    };
    load_rules(w, "[rule gift]\nkind = once\ndate = day\namount = 7 EUR\n");
    for (size_t i = 0; i < sizeof DAYS / sizeof DAYS[0]; i++) {
        assert_true(try_set(w, "day", DAYS[i][0]));
        compute(w);
        expect_plain(w->payslip->once.amount, DAYS[i][1]);
    }
}

/* ---- bounds of inputs ---- */

static void bounds_of_inputs(void **state)
{
    fixture *w = *state;
    static const struct {
        const char *name, *value;
        bool taken;
    } VALUES[] = {
        {"bounded", "4", false},        {"bounded", "4.99", false},    {"bounded", "5", true},
        {"bounded", "5.01", true},      {"bounded", "8.99", true},     {"bounded", "9", true},
        {"bounded", "9.01", false},     {"bounded", "10", false},      {"whole", "-1", true},
        {"whole", "-2", false},         {"whole", "0.5", false},       {"whole", "7", true},
        {"paid", "-0.01 EUR", false},   {"paid", "0 EUR", true},       {"paid", "0.01 EUR", true},
        {"paid", "9.99 EUR", true},     {"paid", "10 EUR", true},      {"paid", "10.01 EUR", false},
        {"dated", "2026-03-09", false}, {"dated", "2026-03-10", true}, {"dated", "2026-03-11", true},
        {"dated", "2026-03-19", true},  {"dated", "2026-03-20", true}, {"dated", "2026-03-21", false},
    };
    load_fact(w, "1");
    for (size_t i = 0; i < sizeof VALUES / sizeof VALUES[0]; i++) {
        const char *name = VALUES[i].name, *text = VALUES[i].value;
        bool taken = try_set(w, name, text);
        if (taken != VALUES[i].taken) print_error("%s = %s\n", name, text);
        assert_int_equal(taken, VALUES[i].taken);
        /* lists read values in a way of their own, which leaves to the other what it does not take */
        np_value value;
        bool plain = np_book_read_plain(w->book, w->arena, np_book_input(w->book, name), text, strlen(text), &value);
        if (plain) assert_true(VALUES[i].taken);
        if (!strchr(text, ' ') && VALUES[i].taken) assert_true(plain);
    }
}

/* ---- how long a result stands ---- */

/* In which month a formula must be looked at again, from which month on. */
static void results_stand_until(void **state)
{
    fixture *w = *state;
    static const struct {
        const char *month, *formula, *until;
    } LIST[] = {
        {"2026-03-01", "level", "2026-04-01"}, /* from the 15th: counts from the next month */
        {"2026-04-01", "level", "none"},
        {"2026-03-01", "scale(grade, 1) / 1 EUR", "2026-04-01"},
        {"2026-03-01", "local(8 USD) / 1 EUR", "2026-04-01"},
        {"2026-01-01", "if date >= 2026-03-01 then 1 else 0", "2026-03-01"},
        {"2026-03-01", "if date > 2026-03-01 then 1 else 0", "2026-04-01"},
        {"2026-02-01", "if date > 2026-03-31 then 1 else 0", "2026-04-01"},
        {"2026-01-01", "if month_end(date) >= 2026-03-31 then 1 else 0", "2026-03-01"},
        {"2026-01-01", "if month_end(date) > 2026-03-30 then 1 else 0", "2026-03-01"},
        {"2026-02-01", "if month_end(date) > 2026-03-31 then 1 else 0", "2026-03-01"},
        {"2026-03-01", "if month_end(date) > 2026-03-31 then 1 else 0", "2026-04-01"},
        {"2026-01-01", "years_between(2020-03-01, date)", "2026-03-01"},
        {"2026-01-01", "years_between(2020-03-02, date)", "2026-04-01"},
        {"2026-03-01", "years_between(2020-03-01, date)", "2027-03-01"},
        {"2026-03-01", "year(date)", "2027-01-01"},
        {"2026-01-01", "year(date)", "2027-01-01"},
        {"2026-12-01", "year(date)", "2027-01-01"},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        np_pay_options options = {.projecting = true};
        load_fact(w, LIST[i].formula);
        assert_true(try_set(w, "date", LIST[i].month));
        assert_true(try_compute_with(w, &options));
        np_text text;
        np_text_init(&text, 100);
        np_date_print(&text, w->payslip->horizon);
        if (strcmp(np_text_string(&text), LIST[i].until) != 0) print_error("%s: %s\n", LIST[i].month, LIST[i].formula);
        expect_text(&text, LIST[i].until);
    }
}

/* Rules that begin and end, on the first of a month and on the day after it. */
static void months_of_rules(void **state)
{
    fixture *w = *state;
    static const char *const MONTHS[] = {"2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01", "2026-06-01"};
    static const char *const AMOUNTS[] = {"0", "5", "12", "7", "0"};
    load_rules(w, "[rule one]\nkind = allowance\nfrom = 2026-03-01\nuntil = 2026-04-01\namount = 5 EUR\n"
                  "[rule two]\nkind = allowance\nfrom = 2026-03-02\nuntil = 2026-05-31\namount = 7 EUR\n");
    for (size_t i = 0; i < 5; i++) {
        np_pay_options options = {.projecting = true};
        assert_true(try_set(w, "date", MONTHS[i]));
        assert_true(try_compute_with(w, &options));
        expect_plain(w->payslip->gross.amount, AMOUNTS[i]);
    }
}

/* ---- what is said of a failure ---- */

/* Before its first day a scale is missing, from then on the figure. */
static void figures_that_are_missing(void **state)
{
    fixture *w = *state;
    static const struct {
        const char *date;
        np_code code;
    } LIST[] = {{"2025-06-30", NP_CODE_MISSING_SCALE},
                {"2025-07-01", NP_CODE_MISSING_FIGURE},
                {"2025-07-02", NP_CODE_MISSING_FIGURE}};
    load_fact(w, "scale(grade, 1)");
    for (size_t i = 0; i < 3; i++) {
        assert_true(try_set(w, "grade", "G11") && try_set(w, "date", LIST[i].date));
        compute(w);
        assert_true(value_of(w, "x")->unknown);
        assert_int_equal(value_of(w, "x")->as.missing->gap->code, LIST[i].code);
    }
}

/* Of the values that a failing formula was given eight are named, each with sixty characters at the most. */
static void values_of_a_failure(void **state)
{
    fixture *w = *state;
    for (unsigned count = 7; count <= 9; count++) {
        np_text rules, formula;
        np_text_init(&rules, 10000);
        np_text_init(&formula, 1000);
        for (unsigned i = 0; i < count; i++) {
            np_text_printf(&rules, "[input i%u]\ntype = number\ndefault = 1\n", i);
            np_text_printf(&formula, " + 0 * i%u", i);
        }
        np_text_printf(&rules, "[rule x]\nkind = fact\namount = 1 / (0%s)\n", np_text_string(&formula));
        load_rules(w, np_text_string(&rules));
        np_text_free(&rules);
        np_text_free(&formula);
        assert_false(try_compute(w));
        const char *hint = find_diag(&w->diags, NP_CODE_DIVISION_BY_ZERO, "")->hint;
        unsigned named = 0;
        for (const char *at = hint; (at = strstr(at, " = 1")) != NULL; at++) named++;
        assert_int_equal(named, count < 8 ? count : 8);
    }
    for (unsigned length = 59; length <= 61; length++) {
        load_rules(w, "[input word]\ntype = text\n[rule x]\nkind = fact\namount = if word = 'a' then 1 else 1 / 0\n");
        char word[62] = "";
        memset(word, 'b', length);
        assert_true(try_set(w, "word", word));
        assert_false(try_compute(w));
        const char *hint = find_diag(&w->diags, NP_CODE_DIVISION_BY_ZERO, "")->hint;
        assert_int_equal(strstr(hint, "...") != NULL, length > 60);
    }
}

/* ---- ranges ---- */

/* A range over twelve uncertain figures is exact; over thirteen it is not, and says so. */
static void twelve_uncertain_figures(void **state)
{
    fixture *w = *state;
    for (unsigned figures = 11; figures <= 13; figures++) {
        np_text rules, formula;
        np_text_init(&rules, 10000);
        np_text_init(&formula, 1000);
        for (unsigned i = 0; i < figures; i++) {
            np_text_printf(&rules, "[parameter u%u]\nstatus = assumed\n2000-01-01 = 2\nlow = 1\nhigh = 3\n", i);
            np_text_printf(&formula, "%su%u", i ? " + " : "", i);
        }
        np_text_printf(&rules, "[rule x]\nkind = allowance\namount = (%s) * 1 EUR\n", np_text_string(&formula));
        load_rules(w, np_text_string(&rules));
        np_text_free(&rules);
        np_text_free(&formula);
        np_range range;
        assert_true(np_net_range(w->situation, w->arena, &w->diags, &range));
        assert_int_equal(range.exact, figures <= 12);
        assert_int_equal(range.complete, figures <= 12);
        /* besides those that find out which figures take part */
        assert_int_equal(range.payslips - (1 + 2 * figures), figures <= 12 ? 1u << figures : 2 * figures + 4);
        expect_plain(range.low, np_arena_format(w->arena, "%u", figures));
        expect_plain(range.high, np_arena_format(w->arena, "%u", 3 * figures));
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        fixture_test(dates_compared),
        fixture_test(figures_from_their_day_on),
        fixture_test(steps_and_positions),
        fixture_test(limits_of_functions),
        fixture_test(children_by_their_birthdays),
        fixture_test(days_in_service),
        fixture_test(rules_from_and_until),
        fixture_test(once_in_the_month_of_its_day),
        fixture_test(bounds_of_inputs),
        fixture_test(results_stand_until),
        fixture_test(months_of_rules),
        fixture_test(twelve_uncertain_figures),
        fixture_test(figures_that_are_missing),
        fixture_test(values_of_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
