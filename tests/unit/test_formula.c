/* Formulas: how they are read, what each type error says and where, names, circles, and bounds. */
#include "unit/book_support.h"

static const char BASE[] = "[currency EUR]\n[currency USD]\n"
                           "[country FR]\nlabel = France\ncurrency = EUR\n"
                           "[country BE]\ncurrency = EUR\n"
                           "[grade G10]\nrank = 10\ncategory = technical\n"
                           "[grade G11]\nrank = 11\n"
                           "[input date]\ntype = date\ndefault = 2026-03-01\n"
                           "[input duty_country]\ntype = country\ndefault = FR\n"
                           "[input grade]\ntype = grade\ndefault = G10\n"
                           "[input count]\ntype = number\ndefault = 3\n"
                           "[input pay]\ntype = money\ndefault = 100 EUR\n"
                           "[input sure]\ntype = truth\ndefault = yes\n"
                           "[input word]\ntype = text\ndefault = 'abc'\n"
                           "[input births]\ntype = dates\n"
                           "[input start]\ntype = date\n"
                           "[parameter rate]\n2020-01-01 = 10%\n"
                           "[parameter rates]\n2020-01-01 = 1, 2, 3\n"
                           "[parameter amount_of]\nfr 2020-01-01 = 5\nbe 2020-01-01 = 6\ntype = money\n"
                           "[parameter length_of]\n2020-01-01 = 6 months\ntype = duration\n"
                           "[rule basic]\nkind = salary\namount = 1000 EUR\n";

/* Load BASE with one rule x of kind fact, whose amount stands at over.ini:3:10. */
static void load_fact(fixture *w, const char *formula)
{
    np_text text;
    np_text_init(&text, 1 << 20);
    np_text_printf(&text, "[rule x]\nkind = fact\namount = %s\n", formula);
    char *overlay = np_text_move(&text, w->arena);
    texts_init(&w->texts);
    texts_add(&w->texts, "pack/base.ini", BASE);
    texts_add(&w->texts, "over.ini", overlay);
    fixture_load(w, "pack");
}

static void expect_result(fixture *w, const char *formula, const char *value, const char *file, int line)
{
    load_fact(w, formula);
    if (w->diags.errors) print_diags(&w->diags);
    _assert_int_equal(w->diags.errors, 0, file, line);
    w->situation = np_situation_new(w->book, w->arena);
    w->payslip = np_payslip_new(w->book, w->arena, true);
    compute(w);
    support_value_reads(w, "x", value, file, line);
}
#define gives(formula, value) expect_result(*state, formula, value, __FILE__, __LINE__)

static void expect_error(fixture *w, const char *formula, np_code code, const char *place, const char *message,
                         const char *hint, const char *file, int line)
{
    load_fact(w, formula);
    if (w->diags.errors != 1) {
        print_error("%s\n", formula);
        print_diags(&w->diags);
    }
    _assert_int_equal(w->diags.errors, 1, file, line);
    support_diag(&w->diags, code, place, message, hint, file, line);
}
/* Wrong at a column of the formula (from 1). */
#define wrong(formula, code, column, message, hint)                                               \
    do {                                                                                          \
        char place_[40];                                                                          \
        snprintf(place_, sizeof place_, "over.ini:3:%d", (column) + 9);                           \
        expect_error(*state, formula, NP_CODE_##code, place_, message, hint, __FILE__, __LINE__); \
    } while (0)

static void literals(void **state)
{
    gives("12", "12");
    gives("0.5", "0.5");
    gives("10%", "0.1");
    gives("12.5%", "0.125");
    gives("5500 EUR", "5500 EUR");
    gives("5500EUR", "5500 EUR");
    gives("0.005 USD", "0.005 USD");
    gives("2012-01-01", "2012-01-01");
    gives("6 months", "6 months");
    gives("3 years", "36 months");
    gives("1 day", "1 day");
    gives("'FR'", "FR");
    gives("''", "");
    gives("\"'a b; c'\"", "a b; c");
    gives("yes", "yes");
    gives("no", "no");
    gives("FR", "FR");
    gives("G11", "G11");
    gives("1/3", "1/3"); /* a quotient, and exact */
}

static void precedence(void **state)
{
    gives("2 + 3 * 4", "14");
    gives("(2 + 3) * 4", "20");
    gives("10 - 4 - 3", "3");
    gives("100 / 10 / 5", "2");
    gives("2 * -3", "-6");
    gives("--3", "3");
    gives("-2 + 5", "3");
    gives("-(2 + 5)", "-7");
    gives("1 + 2 = 3 and 2 < 3", "yes");
    gives("yes or no and no", "yes");
    gives("(yes or no) and no", "no");
    gives("not no and no", "no");
    gives("not (no and no)", "yes");
    gives("not 1 = 2", "yes");
    gives("not not yes", "yes");
    gives("if 1 < 2 then 3 else 4 + 5", "3");
    gives("(if 1 > 2 then 3 else 4) + 5", "9");
    gives("if no then 1 else if no then 2 else 3", "3");
    gives("1 + (if yes then 1 else 2) * 2", "3");
    gives("2 in (1, 2) and yes", "yes");
    gives("1 + 1 in (2, 3)", "yes");
    gives("2012-01-01 = 2012-01-01", "yes");
    gives("2012 - 1 - 1", "2010"); /* with blanks it is a difference */
    gives("2 == 2 and 2 <> 3 and 2 != 3 and 2 <= 2 and 2 >= 2", "yes");
    gives("1<2", "yes");
    gives("max(1,2,3)*2", "6");
    gives("  ( 1\t+ 2 )  ", "3");
}

static void types_meet(void **state)
{
    gives("pay + 1 EUR", "101 EUR");
    gives("pay * 2", "200 EUR");
    gives("2 * pay", "200 EUR");
    gives("pay / 3", "100/3 EUR");
    gives("pay / 50 EUR", "2");
    gives("-pay", "-100 EUR");
    gives("2026-01-31 + 1 month", "2026-02-28");
    gives("2024-02-29 + 1 year", "2025-02-28");
    gives("2026-01-01 - 1 day", "2025-12-31");
    gives("6 months + 10 days", "6 months and 10 days");
    gives("1 year - 6 months", "6 months");
    gives("G10 < G11", "yes");
    gives("12 months = 1 year", "yes");
    gives("count > 0", "yes");
}

static void literals_take_the_type_beside_them(void **state)
{
    gives("duty_country = 'FR'", "yes");
    gives("'BE' = duty_country", "no");
    gives("duty_country in ('BE', 'FR')", "yes");
    gives("grade = 'G10'", "yes");
    gives("grade in ('G11')", "no");
    gives("member('FR')", "no");
    gives("rank('G11')", "11");
    gives("amount_of('BE')", "6 EUR");
    gives("if sure then 'FR' else duty_country", "FR");
    gives("pay > 0", "yes");
    gives("0 < pay", "yes");
    gives("max(0, pay)", "100 EUR");
    gives("pay + 0", "100 EUR");
    gives("if no then pay else 0", "0");
    gives("0 EUR = 0 USD", "yes");
    gives("pay + 0 USD", "100 EUR");
    gives("word = 'abc'", "yes");
    wrong("duty_country = 'FX'", UNKNOWN_COUNTRY, 16, "'FX'", "natopay show country");
    wrong("grade in (G10, 'G12')", UNKNOWN_GRADE, 16, "'G12'", "G1");
    wrong("pay > 1", TYPE_MISMATCH, 1, "", NULL);
    wrong("count = '3'", TYPE_MISMATCH, 1, "", NULL);
}

static void what_is_not_well_formed(void **state)
{
    wrong("", BAD_FORMULA, 0, "a value is missing", NULL);
    wrong("1 +", BAD_FORMULA, 4, "a value is missing", NULL);
    wrong("* 2", BAD_FORMULA, 1, "a value is missing", NULL);
    wrong("(1 + 2", BAD_FORMULA, 7, "closing bracket", NULL);
    wrong("1 + 2)", BAD_FORMULA, 6, "never opened", NULL);
    wrong("1 2", BAD_FORMULA, 3, "", NULL);
    wrong("1 apples", BAD_FORMULA, 3, "", NULL);
    wrong("max(1, 2", BAD_FORMULA, 9, "closing bracket", NULL);
    wrong("max(1,)", BAD_FORMULA, 7, "a value is missing", NULL);
    wrong("'abc", BAD_FORMULA, 1, "never closed", NULL);
    wrong("1 & 2", BAD_FORMULA, 3, "", NULL);
    wrong("& 2", BAD_FORMULA, 1, "no meaning", NULL);
    wrong("\xC3\xA9", BAD_FORMULA, 1, "no meaning", NULL);
    wrong("if yes then 1", BAD_FORMULA, 14, "'else' is missing", NULL);
    wrong("if yes 1 else 2", BAD_FORMULA, 8, "'then' is missing", NULL);
    wrong("1 < 2 < 3", BAD_FORMULA, 7, "do not chain", NULL);
    wrong("2 in 3", BAD_FORMULA, 6, "list in brackets", NULL);
    wrong("2 in (3", BAD_FORMULA, 8, "closing bracket", NULL);
    wrong("and 2", BAD_FORMULA, 1, "a value is missing", NULL);
    wrong("1.2.3", BAD_NUMBER, 1, "second point", NULL);
    wrong("1.", BAD_NUMBER, 1, "after the point", NULL);
    wrong("2026-02-30", BAD_DATE, 1, "February 2026 has 28 days", NULL);
    wrong("1.5 months", BAD_FORMULA, 1, "whole number", NULL);
    wrong("99999 days", BAD_FORMULA, 1, "up to 10000", NULL);
    wrong("count =! 3", BAD_FORMULA, 8, "a value is missing", NULL);
}

static void type_errors(void **state)
{
    wrong("pay * pay", TYPE_MISMATCH, 1, "", "a number or a rate");
    wrong("count + pay", TYPE_MISMATCH, 1, "", NULL);
    wrong("start - date", TYPE_MISMATCH, 1, "", "days_between");
    wrong("start + 1", TYPE_MISMATCH, 1, "", NULL);
    wrong("1 month + start", TYPE_MISMATCH, 1, "", NULL);
    wrong("3 / pay", TYPE_MISMATCH, 1, "", NULL);
    wrong("sure + 1", TYPE_MISMATCH, 1, "", NULL);
    wrong("1 and sure", TYPE_MISMATCH, 1, "", NULL);
    wrong("sure or 'x'", TYPE_MISMATCH, 9, "", NULL);
    wrong("not count", TYPE_MISMATCH, 5, "", NULL);
    wrong("if count then 1 else 2", TYPE_MISMATCH, 4, "", NULL);
    wrong("if sure then 1 else pay", TYPE_MISMATCH, 1, "", NULL);
    wrong("-sure", TYPE_MISMATCH, 1, "", NULL);
    wrong("word < 'b'", TYPE_MISMATCH, 1, "", NULL);
    wrong("duty_country < FR", TYPE_MISMATCH, 1, "", NULL);
    wrong("births = births", TYPE_MISMATCH, 1, "", NULL);
    wrong("count in (1, pay)", TYPE_MISMATCH, 14, "", NULL);
    wrong("max(1, start)", TYPE_MISMATCH, 8, "", NULL);
    wrong("max(1, sure)", TYPE_MISMATCH, 8, "", NULL);
    wrong("round(start, 1)", TYPE_MISMATCH, 7, "", NULL);
    wrong("round(5, 1 EUR)", TYPE_MISMATCH, 7, "", NULL);
    wrong("round(pay, 1, 'halfway')", BAD_ARGUMENTS, 15, "rounding mode", "half_even");
    wrong("round(pay, 1, word)", BAD_ARGUMENTS, 15, "rounding mode", NULL);
    wrong("year(3)", TYPE_MISMATCH, 6, "", NULL);
    wrong("scale(3, 1)", TYPE_MISMATCH, 7, "", NULL);
    wrong("scale(G10, 1, 2)", TYPE_MISMATCH, 15, "", NULL);
    wrong("number_aged(start, 0, 18)", TYPE_MISMATCH, 13, "", NULL);
}

static void arguments(void **state)
{
    wrong("year()", BAD_ARGUMENTS, 1, "year takes 1 argument, not 0", "the calendar year");
    wrong("clamp(1, 2)", BAD_ARGUMENTS, 1, "clamp takes 3", NULL);
    wrong("max(1)", BAD_ARGUMENTS, 1, "max takes 2 to 16", NULL);
    wrong("max(1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17)", BAD_ARGUMENTS, 44, "at most 16", NULL);
    wrong("known(3)", BAD_ARGUMENTS, 7, "the name of an input", NULL);
    wrong("given(basic)", BAD_ARGUMENTS, 7, "the name of an input", NULL);
    wrong("rate(1)", BAD_ARGUMENTS, 6, "does not take this argument", NULL);
    wrong("rates", BAD_ARGUMENTS, 1, "is a list and needs a position", "rates(service_year)");
    wrong("rates(1, 2)", BAD_ARGUMENTS, 10, "does not take this argument", NULL);
    wrong("rates(FR)", BAD_ARGUMENTS, 7, "does not take this argument", NULL);
    wrong("amount_of(1)", BAD_ARGUMENTS, 11, "does not take this argument", NULL);
    gives("rates(2)", "2");
    gives("rates(9)", "3");
    gives("amount_of", "5 EUR");
    gives("amount_of(BE)", "6 EUR");
    gives("rate()", "0.1");
}

static void unknown_names(void **state)
{
    wrong("coumt + 1", UNKNOWN_NAME, 1, "'coumt'", "did you mean count?");
    wrong("1 + ratee", UNKNOWN_NAME, 5, "'ratee'", "did you mean rate?");
    wrong("bsic * 2", UNKNOWN_NAME, 1, "'bsic'", "did you mean basic?");
    wrong("yeer(date)", UNKNOWN_NAME, 1, "no function or parameter", "did you mean year?");
    wrong("ratess(1)", UNKNOWN_NAME, 1, "no function or parameter", "did you mean rates?");
    wrong("G12 > G10", UNKNOWN_NAME, 1, "'G12'", NULL);
    wrong("entirely_else", UNKNOWN_NAME, 1, "'entirely_else'", NULL);
    wrong("count(1)", TYPE_MISMATCH, 7, "", NULL); /* the function, not the input */
    load_fact(*state, "coumt + bsic");             /* both at once */
    fixture *w = *state;
    assert_int_equal(w->diags.errors, 2);
}

static void places_across_joined_lines(void **state)
{
    fixture *w = *state;
    load_fact(w, "count + \\\n   2 * \\\n coumt");
    expect_only(&w->diags, UNKNOWN_NAME, "over.ini:5:2", "'coumt'", NULL);
    load_fact(w, "count + \\\r\n   pay * 2");
    expect_only(&w->diags, TYPE_MISMATCH, "over.ini:3:10", "cannot be added", NULL);
    load_fact(w, "\"count + coumt\"");
    expect_only(&w->diags, UNKNOWN_NAME, "over.ini:3:19", "'coumt'", NULL);
}

/* ---- circles ---- */

static void circles_with_their_whole_path(void **state)
{
    fixture *w = *state;
    load_fact(w, "x + 1");
    expect_only(&w->diags, CIRCLE, "over.ini:3:10", "x -> x", NULL);
    load_fact(w, "1 + y\n[rule y]\nkind = fact\namount = 2 * z\n[rule z]\nkind = fact\nwhen = x > 2\namount = 3");
    const np_diag *diag = find_diag(&w->diags, NP_CODE_CIRCLE, "");
    assert_non_null(diag);
    assert_non_null(strstr(diag->message, "x -> y -> z -> x"));
    assert_int_equal(w->diags.errors, 1);
    load_fact(w, "start + 1 day\n[input start2]\ntype = date\ndefault = x2\n[rule x2]\nkind = fact\namount = start2");
    assert_non_null(find_diag(&w->diags, NP_CODE_CIRCLE, "start2 -> x2 -> start2"));
    load_fact(w, "y\n[rule y]\nkind = fact\namount = y"); /* beside the circle, not on it */
    expect_only(&w->diags, CIRCLE, "over.ini:6:10", "y -> y", NULL);
}

/* ---- bounds ---- */

/* A formula longer than INI allows, as another caller may hand it over. */
static np_formula parse(fixture *w, const char *text)
{
    np_ini_key *key = np_arena_alloc(w->arena, sizeof *key);
    np_diags_init(&w->diags, w->arena);
    np_file *file = np_file_new(w->arena, "f", text, strlen(text));
    *key = (np_ini_key){"amount", text, np_span_none(), np_span_of(file, 0, strlen(text)), 0};
    return np_formula_parse(w->book, &w->diags, key);
}

static char *nested(fixture *w, const char *before, const char *middle, const char *after, size_t depth)
{
    np_text text;
    np_text_init(&text, 1 << 20);
    for (size_t i = 0; i < depth; i++) np_text_puts(&text, before);
    np_text_puts(&text, middle);
    for (size_t i = 0; i < depth; i++) np_text_puts(&text, after);
    assert_false(text.failed);
    return np_text_move(&text, w->arena);
}

static void deep_formulas(void **state)
{
    static const char *const NESTS[][3] = {{"(", "1", ")"},
                                           {"-", "1", ""},
                                           {"not ", "yes", ""},
                                           {"max(1, ", "2", ")"},
                                           {"1 + (", "1", ")"},
                                           {"if yes then ", "1", " else 2"},
                                           {"if no then 1 else ", "1", ""},
                                           {"- (", "1", ")"},
                                           {"((", "1", "))"}};
    fixture *w = *state;
    load_fact(w, "1");
    for (size_t i = 0; i < sizeof NESTS / sizeof NESTS[0]; i++) {
        np_formula formula = parse(w, nested(w, NESTS[i][0], NESTS[i][1], NESTS[i][2], 30));
        if (w->diags.errors) print_diags(&w->diags);
        assert_non_null(formula.root);
        formula = parse(w, nested(w, NESTS[i][0], NESTS[i][1], NESTS[i][2], 10000));
        assert_null(formula.root);
        assert_int_equal(w->diags.errors, 1);
        assert_non_null(find_diag(&w->diags, NP_CODE_DEEP_FORMULA, "nested more than 100 deep"));
    }
    load_fact(w, nested(w, "(", "1", ")", 10000)); /* in a file a value of this length is refused before */
    expect_diag(&w->diags, LONG_LINE, "over.ini:3:1", "", NULL);
}

static void large_formulas(void **state)
{
    fixture *w = *state;
    load_fact(w, "1");
    np_formula formula = parse(w, nested(w, "1 + ", "1", "", 990));
    assert_non_null(formula.root);
    formula = parse(w, nested(w, "1 + ", "1", "", 5000));
    assert_null(formula.root);
    expect_only(&w->diags, DEEP_FORMULA, "f:1:1", "more than 2000 parts", NULL);
    formula = parse(w, nested(w, "1 in (1", "", ", 2", 200));
    assert_null(formula.root);
    formula = parse(w, nested(w, "", "1 in (1, 2, 3, 4)", "", 1));
    assert_non_null(formula.root);
    np_text text;
    np_text_init(&text, 1 << 20);
    np_text_puts(&text, "1 in (1");
    for (int i = 0; i < 150; i++) np_text_puts(&text, ", 2");
    np_text_puts(&text, ")");
    formula = parse(w, np_text_string(&text));
    assert_null(formula.root);
    assert_non_null(find_diag(&w->diags, NP_CODE_TOO_MANY, "at most 100"));
    np_text_free(&text);
}

/* Any pieces in any order: understood or refused with one place inside the formula. */
static void random_formulas(void **state)
{
    static const char *const PIECES[] = {
        "1",      "10%",      "2026-01-01", "5 EUR",  "'FR'",   "yes",   "count", "pay",  "sure",  "start",  "grade",
        "max(",   "year(",    "if ",        " then ", " else ", " and ", " or ",  "not ", " in (", "(",      ")",
        ")",      ",",        "+",          "-",      "*",      "/",     "<",     "=",    " ",     "rates(", "date",
        "births", "6 months", "scale(",     "known(", "'",      "!",     "x",     "G10"};
    fixture *w = *state;
    random_source random = random_start();
    np_arena *outer = w->arena;
    long good = 0;
    for (long round = random_rounds(1500); round > 0; round--) {
        char formula[400] = "";
        for (unsigned i = 1 + random_below(&random, 9); i > 0; i--)
            strcat(formula, PIECES[random_below(&random, sizeof PIECES / sizeof PIECES[0])]);
        w->arena = np_arena_new(0);
        load_fact(w, formula);
        for (const np_diag *d = w->diags.first; d; d = d->next) {
            if (np_code_describe(d->code)->severity != NP_ERROR) continue;
            assert_non_null(d->at.file);
            assert_string_equal(d->at.file->name, "over.ini");
            assert_true(np_span_position(d->at).line <= 3);
        }
        if (w->diags.errors == 0) {
            good++;
            w->situation = np_situation_new(w->book, w->arena);
            w->payslip = np_payslip_new(w->book, w->arena, true);
            try_compute(w);
        }
        np_arena_free(w->arena);
    }
    w->arena = outer;
    assert_true(good > 50);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        fixture_test(literals),
        fixture_test(precedence),
        fixture_test(types_meet),
        fixture_test(literals_take_the_type_beside_them),
        fixture_test(what_is_not_well_formed),
        fixture_test(type_errors),
        fixture_test(arguments),
        fixture_test(unknown_names),
        fixture_test(places_across_joined_lines),
        fixture_test(circles_with_their_whole_path),
        fixture_test(deep_formulas),
        fixture_test(large_formulas),
        fixture_test(random_formulas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
