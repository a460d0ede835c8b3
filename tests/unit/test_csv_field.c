/* Fields of CSV: quoted where they must be, and never run by a spreadsheet. */
#include "natopay/base/csv_field.h"

#include "support.h"

static void expect(const char *value, const char *field)
{
    np_text out;
    np_text_init(&out, 1000);
    np_csv_field(&out, value);
    assert_string_equal(np_text_string(&out), field);
    np_text_free(&out);
}

static void plain_values_stay(void **state)
{
    (void)state;
    expect("", "");
    expect("G10", "G10");
    expect("-12.50", "-12.50");
    expect("+12", "+12");
    expect("it's", "it's");
    expect("'a", "'a");
    expect("a=b", "a=b");
}

static void what_would_break_a_row_is_quoted(void **state)
{
    (void)state;
    expect("a,b", "\"a,b\"");
    expect("say \"yes\"", "\"say \"\"yes\"\"\"");
    expect("two\nlines", "\"two\nlines\"");
    expect(" a", "\" a\"");
}

static void no_cell_is_a_formula(void **state)
{
    (void)state;
    expect("=1+1", "\"'=1+1\"");
    expect("=12", "\"'=12\"");
    expect("+1+1", "\"'+1+1\"");
    expect("-1+1", "\"'-1+1\"");
    expect("-", "\"'-\"");
    expect("@sum(a1)", "\"'@sum(a1)\"");
    expect("\t=1+1", "\"'\t=1+1\"");
    expect("\r=1+1", "\"'\r=1+1\"");
    expect("\n=1+1", "\"'\n=1+1\"");
    expect("  =1+1", "\"'  =1+1\"");
}

static void full_width_signs_begin_a_formula_too(void **state)
{
    (void)state;
    expect("\uFF1D1+1", "\"'\uFF1D1+1\"");
    expect("\uFF0B1+1", "\"'\uFF0B1+1\"");
    expect("\uFF0D1+1", "\"'\uFF0D1+1\"");
    expect("\uFF20sum(a1)", "\"'\uFF20sum(a1)\"");
}

static void a_guarded_value_and_one_that_looks_so_stay_apart(void **state)
{
    (void)state;
    expect("=a", "\"'=a\"");
    expect("'=a", "\"''=a\"");
    expect("''=a", "\"'''=a\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_values_stay),
        cmocka_unit_test(what_would_break_a_row_is_quoted),
        cmocka_unit_test(no_cell_is_a_formula),
        cmocka_unit_test(full_width_signs_begin_a_formula_too),
        cmocka_unit_test(a_guarded_value_and_one_that_looks_so_stay_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
