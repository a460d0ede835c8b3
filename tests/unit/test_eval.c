/* Evaluation: unknown values, every function, and what goes wrong only when a situation is there. */
#include "unit/book_support.h"

static const char BASE[] =
    "[organisation o]\nname = o\n"
    "[currency EUR]\n[currency USD]\n[currency GBP]\n"
    "[exchange USD]\nstatus = assumed\n2024-01-01 = 1.25\n2026-01-01 = 1.5\nlow = 1.4\nhigh = 1.6\n"
    "[country FR]\ncurrency = EUR\nmember = yes\n[country US]\ncurrency = USD\n[country GB]\ncurrency = GBP\n"
    "[station paris]\ntown = Paris\ncountry = FR\n"
    "[grade G10]\nrank = 10\ncategory = technical\n[grade G11]\nrank = 11\n"
    "[scale FR 2025-07-01]\nstatus = published\ng10 = 100\n[scale FR 2026-07-01]\nstatus = published\ng10 = 110\n"
    "[input date]\ntype = date\n[input duty_country]\ntype = country\n[input grade]\ntype = grade\n"
    "[input a]\ntype = truth\n[input b]\ntype = truth\n[input n]\ntype = number\n[input m]\ntype = number\n"
    "[input usd]\ntype = money\n[input births]\ntype = dates\n[input day]\ntype = date\n"
    "[input place]\ntype = text\n[input with_default]\ntype = number\ndefault = n + 1\n"
    "[input own]\ntype = money\nstatus = user\n"
    "[parameter weak]\nstatus = assumed\n2020-01-01 = 2\n[parameter sister_rate]\nstatus = sister\n2020-01-01 = 10%\n"
    "[parameter list]\nstatus = published\n2020-01-01 = 5, 6, 7\n[parameter none]\ntype = money\n"
    "[parameter late]\nstatus = published\n2027-01-01 = 1\n"
    "[parameter local_amount]\ntype = money\nstatus = published\nfr 2020-01-01 = 50\n2020-01-01 = 7 EUR\n"
    "[rule basic]\nkind = salary\namount = 0 EUR\n";

/* A book with a fact x of this formula, a situation with the date 2026-03-01 and the duty country FR. */
static void load_fact(fixture *w, const char *formula)
{
    char overlay[1200];
    snprintf(overlay, sizeof overlay, "[rule x]\nkind = fact\namount = %s\n", formula);
    texts_init(&w->texts);
    texts_add(&w->texts, "pack/base.ini", BASE);
    texts_add(&w->texts, "over.ini", np_arena_format(w->arena, "%s", overlay));
    fixture_load(w, "pack");
    if (w->diags.errors) print_diags(&w->diags);
    assert_int_equal(w->diags.errors, 0);
    np_diags_init(&w->diags, w->arena);
    w->situation = np_situation_new(w->book, w->arena);
    w->payslip = np_payslip_new(w->book, w->arena, true);
    set(w, "date=2026-03-01 duty_country=FR");
}

static void expect_result(fixture *w, const char *inputs, const char *formula, const char *value, const char *file,
                          int line)
{
    load_fact(w, formula);
    set(w, inputs);
    compute(w);
    support_value_reads(w, "x", value, file, line);
}
#define gives(inputs, formula, value) expect_result(*state, inputs, formula, value, __FILE__, __LINE__)

/* Which inputs are missing, by name. */
static void expect_missing(fixture *w, const char *inputs, const char *formula, const char *names, const char *file,
                           int line)
{
    expect_result(w, inputs, formula, "unknown", file, line);
    const np_value *x = value_of(w, "x");
    _assert_string_equal(np_missing_names(w->book, w->arena, x->as.missing), names, file, line);
    _assert_int_equal(line_of(w, "x")->state, NP_LINE_OPEN, file, line);
}
#define needs(inputs, formula, names) expect_missing(*state, inputs, formula, names, __FILE__, __LINE__)

static void expect_failure(fixture *w, const char *inputs, const char *formula, np_code code, int column,
                           const char *message, const char *hint, const char *file, int line)
{
    char place[40];
    snprintf(place, sizeof place, "over.ini:3:%d", column + 9);
    load_fact(w, formula);
    set(w, inputs);
    if (try_compute(w)) fail_msg("%s has a value", formula);
    _assert_int_equal(w->diags.errors, 1, file, line);
    support_diag(&w->diags, code, place, message, hint, file, line);
}
#define fails(inputs, formula, code, column, message, hint) \
    expect_failure(*state, inputs, formula, NP_CODE_##code, column, message, hint, __FILE__, __LINE__)

static void three_valued_logic(void **state)
{
    static const char *const GIVEN[] = {"a=no ", "a=yes ", ""}, *const OTHER[] = {"b=no", "b=yes", ""};
    static const char *const AND[3][3] = {{"no", "no", "no"}, {"no", "yes", NULL}, {"no", NULL, NULL}};
    static const char *const OR[3][3] = {{"no", "yes", NULL}, {"yes", "yes", "yes"}, {NULL, "yes", NULL}};
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++) {
            char inputs[40];
            snprintf(inputs, sizeof inputs, "%s%s", GIVEN[i], OTHER[k]);
            const char *names = i == 2 && k == 2 ? "a, b" : i == 2 ? "a" : "b";
            if (AND[i][k])
                gives(inputs, "a and b", AND[i][k]);
            else
                needs(inputs, "a and b", names);
            if (OR[i][k])
                gives(inputs, "a or b", OR[i][k]);
            else
                needs(inputs, "a or b", names);
        }
    needs("", "not a", "a");
    gives("a=no", "not a", "yes");
    gives("a=yes b=no", "not (a and b) and (a or b)", "yes");
}

static void unknown_values(void **state)
{
    needs("", "n + m", "n, m");
    needs("n=1", "n + m", "m");
    needs("", "-n", "n");
    needs("", "n < 3", "n");
    needs("", "if a then 1 else 2", "a");
    needs("a=yes", "if a then n else 2", "n");
    gives("a=no", "if a then n else 2", "2");
    gives("n=2", "n in (1, 2, m)", "yes"); /* settled before the unknown one */
    needs("n=2", "n in (1, m, 3)", "m");
    gives("n=2", "n in (m, 2)", "yes"); /* and after it */
    needs("", "n in (1, 2)", "n");
    needs("", "max(n, m, 3)", "n, m");
    needs("", "list(n)", "n");
    needs("", "year(day)", "day");
    gives("", "known(n)", "no");
    gives("n=1", "known(n)", "yes");
    gives("", "given(n)", "no");
    gives("n=3", "with_default", "4");
    gives("n=3", "given(with_default)", "no");
    gives("n=3", "known(with_default)", "yes");
    gives("with_default=9", "with_default", "9");
    needs("", "with_default", "n"); /* what its default needs */
}

static void figures_that_are_missing(void **state)
{
    fixture *w = *state;
    load_fact(w, "none");
    compute(w);
    const np_gap *gap = value_of(w, "x")->as.missing->gap;
    assert_int_equal(gap->code, NP_CODE_MISSING_PARAMETER);
    assert_string_equal(gap->message, "its amount is not published (none has no figure)");
    assert_string_equal(gap->hint, "add 2026-03-01 = ... to [parameter none] in an overlay (--with)");
    load_fact(w, "late");
    compute(w);
    assert_non_null(value_of(w, "x")->as.missing->gap);
    set(w, "date=2027-01-01");
    compute(w);
    value_reads(w, "x", "1");
    load_fact(w, "if n > 0 then none else 0");
    set(w, "n=0");
    compute(w);
    value_reads(w, "x", "0"); /* nobody asked for it */
    load_fact(w, "scale(G11, 1) + none");
    compute(w);
    assert_int_equal(value_of(w, "x")->as.missing->gap->code, NP_CODE_MISSING_FIGURE); /* the first one */
    load_fact(w, "local(1 GBP)");
    compute(w);
    assert_int_equal(value_of(w, "x")->as.missing->gap->code, NP_CODE_MISSING_RATE);
}

/* Each value is as sure as the weakest that went into it. */
static void statuses(void **state)
{
    static const struct {
        const char *formula;
        np_status status;
    } CASES[] = {{"1 + 1", NP_PUBLISHED},
                 {"list(1)", NP_PUBLISHED},
                 {"weak * 2", NP_ASSUMED},
                 {"sister_rate + list(2)", NP_SISTER},
                 {"sister_rate + weak", NP_ASSUMED},
                 {"max(1, weak)", NP_ASSUMED},
                 {"max(9, weak)", NP_ASSUMED}, /* what it was chosen among counts */
                 {"if weak > 1 then 1 else 2", NP_ASSUMED},
                 {"if list(1) > 1 then sister_rate else weak", NP_SISTER},
                 {"sister_rate > 0 and list(1) > 0", NP_SISTER},
                 {"list(1) > 0 or weak > 0", NP_PUBLISHED}, /* settled without the weak one */
                 {"list(1) < 0 or weak > 0", NP_ASSUMED},
                 {"weak < 0 and list(1) > 0", NP_ASSUMED},
                 {"list(1) in (1, weak, 5)", NP_ASSUMED},
                 {"-weak", NP_ASSUMED},
                 {"not (weak > 1)", NP_ASSUMED},
                 {"round(weak, 1)", NP_ASSUMED},
                 {"own", NP_USER},
                 {"scale(G10, 1)", NP_PUBLISHED},
                 {"local(usd)", NP_ASSUMED}};
    fixture *w = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        load_fact(w, CASES[i].formula);
        assert_true(try_set(w, "own", "5 EUR") && try_set(w, "usd", "3 USD"));
        compute(w);
        if (value_of(w, "x")->status != CASES[i].status) print_error("%s\n", CASES[i].formula);
        assert_int_equal(value_of(w, "x")->status, CASES[i].status);
    }
}

static void functions_of_numbers(void **state)
{
    gives("", "min(3, 1, 2)", "1");
    gives("", "max(3 EUR, 1 EUR)", "3 EUR");
    gives("", "max(2026-01-01, 2025-01-01)", "2026-01-01");
    gives("", "clamp(5, 1, 3)", "3");
    gives("", "clamp(-5, 1, 3)", "1");
    gives("", "clamp(2, 1, 3)", "2");
    gives("", "clamp(2, 3, 1)", "3"); /* the lower bound goes first */
    gives("", "round(2.5, 1)", "3");
    gives("", "round(2.5, 1, 'half_even')", "2");
    gives("", "round(-2.5, 1)", "-3");
    gives("", "round(-2.5, 1, 'half_down')", "-2");
    gives("", "round(2.1, 1, 'up')", "3");
    gives("", "round(2.9, 1, 'down')", "2");
    gives("", "round(-2.1, 1, 'ceiling')", "-2");
    gives("", "round(-2.1, 1, 'floor')", "-3");
    gives("", "round(10 EUR / 3, 0.01)", "3.33 EUR");
    gives("", "round(10 EUR / 3, 5 EUR)", "5 EUR");
    gives("", "round(7, 2.5)", "7.5");
    gives("", "floor(2.9)", "2");
    gives("", "floor(-2.1)", "-3");
    gives("", "power(1.1, 3)", "1.331");
    gives("", "power(0, 0)", "1");
    gives("", "power(-2, 3)", "-8");
    fails("", "round(1, 0)", OUT_OF_BOUNDS, 1, "a unit above zero", "computed for x");
    fails("n=-1", "round(1, n)", OUT_OF_BOUNDS, 1, "a unit above zero", "n = -1");
    fails("", "power(2, 101)", OUT_OF_BOUNDS, 1, "from 0 to 100, not 101", NULL);
    fails("", "power(2, 0.5)", OUT_OF_BOUNDS, 1, "from 0 to 100, not 0.5", NULL);
    fails("", "power(2, -1)", OUT_OF_BOUNDS, 1, "not -1", NULL);
}

static void functions_of_dates(void **state)
{
    gives("", "years_between(2024-02-29, 2025-02-28)", "1");
    gives("", "years_between(2024-02-29, 2025-02-27)", "0");
    gives("", "months_between(2026-01-31, 2026-02-28)", "1");
    gives("", "days_between(2026-01-31, 2026-03-01)", "29");
    gives("", "days_between(2026-03-01, 2026-01-31)", "-29");
    gives("", "year(2026-12-31)", "2026");
    gives("", "month(2026-12-31)", "12");
    gives("", "day(2026-12-31)", "31");
    gives("", "month_start(2026-02-17)", "2026-02-01");
    gives("", "month_end(2024-02-17)", "2024-02-29");
    gives("", "share_of_month(2026-03-16)", "16/31");
    gives("", "share_of_month(2026-03-01)", "1");
    gives("", "share_of_month(2025-03-16)", "1");
    gives("", "share_of_month(2026-04-01)", "0");
    gives("", "share_of_month(2026-03-10, 2026-03-19)", "10/31");
    gives("", "share_of_month(2025-01-01, 2026-03-01)", "1/31");
    gives("", "share_of_month(2025-01-01, 2026-02-28)", "0");
    gives("", "scale_date()", "2025-07-01");
    gives("date=2026-07-01", "scale_date()", "2026-07-01");
    gives("", "newest_scale_date(FR)", "2026-07-01");
    gives("", "newest_scale_date(GB)", "1900-01-01");
    gives("", "unadjusted_years()", "0"); /* the scale of July is announced for 2026 */
    gives("date=2026-12-31", "unadjusted_years(FR)", "0");
    gives("date=2027-01-01", "unadjusted_years(FR)", "1");
    gives("", "unadjusted_years(FR, 2030-06-30)", "4");
    gives("", "unadjusted_years(FR, 2020-01-01)", "0"); /* before the first */
    gives("", "unadjusted_years(GB, 2030-01-01)", "0"); /* no scale */
    gives("", "last_day(2026-01-31, 1 month)", "2026-02-28");
    gives("", "last_day(2024-02-29, 3 years)", "2027-02-28");
    gives("", "last_day(2024-03-01, 3 years)", "2027-02-28");
    needs("", "last_day(day, 1 month)", "day");
    fails("", "last_day(2200-12-31, 1 month)", DATE_RANGE, 1, "outside 1900 to 2200", NULL);
    gives("", "scale_date(FR, 2020-01-01)", "2025-07-01"); /* before the first: the first */
    needs("", "share_of_month(day)", "day");
    fails("", "2200-12-31 + 1 day", DATE_RANGE, 1, "outside 1900 to 2200", NULL);
    fails("", "1900-01-01 - 1 month", DATE_RANGE, 1, "outside 1900 to 2200", NULL);
    fails("n=3", "years_between(day, 2200-06-01 + 10000 months)", DATE_RANGE, 20, "outside", NULL);
}

static void functions_of_births(void **state)
{
    static const char BIRTHS[] = "births=2008-03-01,2008-03-31,2008-02-29,2026-03-31,2026-04-01";
    /* in March 2026: turns 18 on the 1st or the 31st (counts to the end), turned 18 on 28 February (gone) */
    gives(BIRTHS, "number_aged(births, 0, 18)", "3");
    gives("births=2008-03-01 date=2026-02-01", "number_aged(births, 0, 18)", "1");
    gives("births=2008-03-01 date=2026-03-01", "number_aged(births, 0, 18)", "1");
    gives("births=2008-03-01 date=2026-04-01", "number_aged(births, 0, 18)", "0");
    gives(BIRTHS, "number_aged(births, 18, 25)", "3");
    gives(BIRTHS, "number_aged(births, 0, 0)", "1");
    gives(BIRTHS, "count(births)", "5");
    gives(BIRTHS, "number_before(births, 2026-03-31)", "4");
    gives("births=", "count(births)", "0");
    gives("births=", "number_aged(births, 0, 18)", "0");
    needs("", "number_aged(births, 0, 18)", "births");
    fails(BIRTHS, "number_aged(births, 18, 17)", OUT_OF_BOUNDS, 1, "whole ages", NULL);
    fails(BIRTHS, "number_aged(births, 0.5, 17)", OUT_OF_BOUNDS, 1, "whole ages", NULL);
    fails(BIRTHS, "number_aged(births, 0, 201)", OUT_OF_BOUNDS, 1, "whole ages", NULL);
}

static void functions_of_grades_and_places(void **state)
{
    gives("", "rank(G10)", "10");
    gives("", "category(G10)", "technical");
    gives("", "category(G11)", "");
    gives("", "member(FR)", "yes");
    gives("", "member(US)", "no");
    gives("place=paris", "station_country(place)", "FR");
    fails("place=rome", "station_country(place)", UNKNOWN_NAME, 17, "no duty station is called 'rome'", NULL);
    needs("", "grade", "grade");
    gives("", "scale(G10, 1)", "100 EUR");
    gives("", "scale(G10, 1, FR, 2026-08-01)", "110 EUR");
    gives("", "list(3)", "7");
    gives("", "list(100)", "7");
    gives("", "local_amount", "50 EUR");
    gives("", "local_amount(GB)", "7 EUR"); /* the general one */
    fails("n=0", "list(n)", BAD_POSITION, 1, "list is asked for position 0", "n = 0");
    fails("", "list(1.5)", BAD_POSITION, 1, "position 1.5", NULL);
    fails("", "list(-1)", BAD_POSITION, 1, "position -1", NULL);
}

static void exchange(void **state)
{
    gives("", "local(3 USD)", "2 EUR");
    gives("date=2025-01-01", "local(3 USD)", "2.4 EUR");
    gives("date=2020-01-01", "local(3 USD)", "2.4 EUR"); /* before the first rate: the first */
    gives("duty_country=US", "local(3 EUR)", "4.5 USD");
    gives("", "local(3 EUR)", "3 EUR");
    gives("", "local(0 GBP)", "0");
    gives("usd=5", "usd", "5 EUR"); /* without a currency: that of the duty country */
    gives("duty_country=US usd=5", "usd", "5 USD");
    fails("", "1 USD + 1 EUR", CURRENCY_MISMATCH, 1, "1 USD and 1 EUR meet without an exchange rate", "computed for x");
    fails("", "1 USD < 1 EUR", CURRENCY_MISMATCH, 1, "meet without", NULL);
    fails("", "1 USD / 1 EUR", CURRENCY_MISMATCH, 1, "meet without", NULL);
    fails("", "max(1 USD, 2 EUR)", CURRENCY_MISMATCH, 1, "max compares amounts of two currencies", NULL);
    fails("", "clamp(1 USD, 2 EUR, 3 EUR)", CURRENCY_MISMATCH, 1, "two currencies", NULL);
    fails("", "1 USD in (2 EUR)", CURRENCY_MISMATCH, 1, "meet without", NULL);
    fails("", "round(5 EUR, 1 USD)", CURRENCY_MISMATCH, 1, "amount's currency", NULL);
    gives("", "0 USD + 1 EUR", "1 EUR");
    gives("", "max(0 USD, 2 EUR)", "2 EUR");
}

static void division_by_zero(void **state)
{
    fails("n=3 m=3", "1 + 5 EUR / (n - m) / 1 EUR", DIVISION_BY_ZERO, 5, "5 EUR is divided by zero",
          "computed for x, with n = 3, m = 3");
    fails("n=0", "n / n", DIVISION_BY_ZERO, 1, "0 is divided by zero", "n = 0");
    gives("n=0", "if n = 0 then 0 else 1 / n", "0");
    gives("n=0", "n != 0 and 1 / n > 2", "no");
}

static void fractions_that_explode(void **state)
{
    fails("", "power(power(1.000000000001, 100), 100)", TOO_PRECISE, 1, "beyond 4096 bits", NULL);
    fails("", "power(power(7, 100), 40)", TOO_PRECISE, 1, "beyond 4096 bits", NULL);
    fails("", "power(7, 100) * power(7, 100) * power(power(7, 100), 12) * power(7, 100) * power(7, 100)", TOO_PRECISE,
          1, "beyond 4096 bits", NULL);
    fixture *w = *state;
    load_fact(w, "power(power(7, 100), 12) / power(power(3, 100), 12)"); /* long, and within the bound */
    compute(w);
    assert_false(value_of(w, "x")->unknown);
    /* a figure and a rate of many digits, through a look-up */
    char digits[280];
    memset(digits, '9', sizeof digits - 1);
    digits[sizeof digits - 1] = '\0';
    load_fact(w, "local(local_amount(FR) * power(n, 4)) * power(m, 4)");
    assert_true(try_set(w, "n", digits) && try_set(w, "m", digits));
    assert_false(try_compute(w));
    expect_only(&w->diags, TOO_PRECISE, "over.ini:3:10", "beyond 4096 bits", NULL);
}

static void a_payslip_needs_its_month_and_place(void **state)
{
    fixture *w = *state;
    load_fact(w, "1");
    forget(w, "duty_country");
    assert_false(try_compute(w)); /* though the salary of this book does not ask for it */
    expect_only(&w->diags, MISSING_INPUT, "", "duty_country is not given", "--set duty_country=");
    np_diags_init(&w->diags, w->arena);
    forget(w, "date");
    assert_false(try_compute(w));
    expect_diag(&w->diags, MISSING_INPUT, "", "the input date is not given", NULL);
    expect_diag(&w->diags, MISSING_INPUT, "", "the input duty_country is not given", NULL);
}

static void dates_without_a_month(void **state)
{
    fixture *w = *state;
    load_fact(w, "number_aged(births, 0, 18)");
    set(w, "births=2020-01-01");
    forget(w, "date");
    try_compute(w);
    assert_true(value_of(w, "x")->unknown);
    assert_string_equal(np_missing_names(w->book, w->arena, value_of(w, "x")->as.missing), "date");
}

/* ---- inputs ---- */

static const char INPUTS[] =
    "1\n[input small]\ntype = number\nmin = 1\nmax = 3\nwhole = yes\n[input coin]\ntype = money\n"
    "min = 0\nmax = 10\n[input moment]\ntype = date\nmin = 2020-01-01\n"
    "[input mood]\ntype = text\nchoices = good, better, best";

static void expect_refused(fixture *w, const char *name, const char *value, np_code code, const char *message,
                           const char *hint)
{
    np_diags_init(&w->diags, w->arena);
    if (try_set(w, name, value)) fail_msg("%s = %s is taken", name, value);
    assert_int_equal(w->diags.errors, 1);
    support_diag(&w->diags, code, "", message, hint, __FILE__, __LINE__);
}

static void inputs_are_checked(void **state)
{
    fixture *w = *state;
    load_fact(w, INPUTS);
    set(w, "small=1 small=3 coin=0 coin=10 coin=9.99EUR moment=2020-01-01 mood=best small=2.0 duty_country=FR");
    expect_refused(w, "small", "0", NP_CODE_OUT_OF_BOUNDS, "at least 1, not 0", "from 1 to 3");
    expect_refused(w, "small", "3.1", NP_CODE_OUT_OF_BOUNDS, "whole number, not 3.1", NULL);
    expect_refused(w, "small", "4", NP_CODE_OUT_OF_BOUNDS, "at most 3, not 4", NULL);
    expect_refused(w, "small", "1,5", NP_CODE_BAD_NUMBER, "one whole number, not several", NULL);
    expect_refused(w, "small", "", NP_CODE_BAD_VALUE, "without a value", "number");
    expect_refused(w, "coin", "-1", NP_CODE_OUT_OF_BOUNDS, "at least 0", NULL);
    expect_refused(w, "coin", "11 USD", NP_CODE_OUT_OF_BOUNDS, "at most 10", NULL);
    expect_refused(w, "coin", "5 EUX", NP_CODE_UNKNOWN_CURRENCY, "'EUX'", "EUR");
    expect_refused(w, "moment", "2019-12-31", NP_CODE_OUT_OF_BOUNDS, "at least 2020-01-01", NULL);
    expect_refused(w, "moment", "2026-02-30", NP_CODE_BAD_DATE, "28 days", NULL);
    expect_refused(w, "moment", "1/2/2026", NP_CODE_BAD_DATE, "1/2/2026", NULL);
    expect_refused(w, "mood", "bets", NP_CODE_BAD_VALUE, "no choice for mood", "did you mean best?");
    expect_refused(w, "mood", "wonderful", NP_CODE_BAD_VALUE, "no choice for mood", "good, better, best");
    expect_refused(w, "a", "maybe", NP_CODE_BAD_VALUE, "neither yes nor no", NULL);
    expect_refused(w, "births", "2020-01-01,2020-13-01", NP_CODE_BAD_DATE, "2020-13-01", NULL);
    expect_refused(w, "grade", "G12", NP_CODE_UNKNOWN_GRADE, "'G12'", "G1");
    expect_refused(w, "duty_country", "ZZ", NP_CODE_UNKNOWN_COUNTRY, "'ZZ'", NULL);
    expect_refused(w, "smal", "1", NP_CODE_UNKNOWN_INPUT, "no input is called 'smal'", "did you mean small?");
    compute(w);
    value_reads(w, "mood", "best");
    value_reads(w, "small", "2");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        fixture_test(three_valued_logic),
        fixture_test(unknown_values),
        fixture_test(figures_that_are_missing),
        fixture_test(statuses),
        fixture_test(functions_of_numbers),
        fixture_test(functions_of_dates),
        fixture_test(functions_of_births),
        fixture_test(functions_of_grades_and_places),
        fixture_test(exchange),
        fixture_test(division_by_zero),
        fixture_test(fractions_that_explode),
        fixture_test(a_payslip_needs_its_month_and_place),
        fixture_test(dates_without_a_month),
        fixture_test(inputs_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
