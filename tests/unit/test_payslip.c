/* Payslips of the NATO book, by figures worked out by hand; overlays; rounding; contradictions and advice. */
#include "unit/book_support.h"

#define NEUILLY "grade=G10 duty_country=FR start=2026-03-01 nationality=DE spouse=yes children=2"

/* The Neuilly notice for a German with a spouse without income and two children:
 *   basic salary                 5335.54   printed
 *   expatriation allowance        533.55   10 % of 5335.54 = 533.554
 *   basic family allowance        437.26   the A.2 (G15) of 7558.35 times 358.54 / 6197.55 = 437.264...
 *   dependent child supplement    874.53   twice that: 874.529...
 *   gross                        7180.88
 *   pension contribution          426.84    8 % of 5335.54 = 426.8432
 *   group insurance               160.07    3 % of 5335.54 = 160.0662
 *   deductions                    586.91
 *   net                          6593.97
 *   employer's pension            640.26   12 % of 5335.54 = 640.2648; in all 7821.14 */
static void a_german_in_neuilly(void **state)
{
    fixture *w = *state;
    fixture_nato(w, NULL);
    set(w, NEUILLY);
    compute(w);
    value_reads(w, "date", "2026-03-01");
    expect_due(w, "basic_salary", "5335.54");
    expect_due(w, "expatriation_allowance", "533.55");
    expect_plain(line_of(w, "expatriation_allowance")->exact, "533.554");
    expect_due(w, "basic_family_allowance", "437.26");
    expect_due(w, "dependent_child_allowance", "874.53");
    expect_due(w, "pension_contribution", "426.84");
    expect_plain(line_of(w, "pension_contribution")->exact, "426.8432");
    expect_due(w, "group_insurance", "160.07");
    expect_due(w, "pension_employer", "640.26");
    expect_plain(w->payslip->gross.amount, "7180.88");
    expect_plain(w->payslip->deductions.amount, "586.91");
    expect_plain(w->payslip->net.amount, "6593.97");
    expect_plain(w->payslip->employer.amount, "7821.14");
    assert_int_equal(line_of(w, "basic_salary")->status, NP_PUBLISHED);
    assert_int_equal(line_of(w, "dependent_child_allowance")->status, NP_ESTIMATED);
    assert_int_equal(w->payslip->gross.status, NP_ESTIMATED);
    assert_int_equal(w->payslip->net.status, NP_ASSUMED);           /* the insurance's rate */
    expect_state(w, "child_expatriation_supplement", NP_LINE_OPEN); /* it exists, its amount was not found */
    expect_state(w, "household_allowance", NP_LINE_NOT_DUE);
    expect_state(w, "single_parent_supplement", NP_LINE_NOT_DUE);
    expect_state(w, "hardship_allowance", NP_LINE_NOT_DUE);
    expect_state(w, "installation_allowance", NP_LINE_OPEN); /* nobody said how far away the home is */
    assert_true(np_payslip_check(w->payslip, w->situation, &w->diags));
    expect_clean(&w->diags);
    assert_string_equal(w->book->currencies[w->payslip->currency].name, "EUR");
}

static void a_french_national_in_neuilly(void **state)
{
    fixture *w = *state;
    fixture_nato(w, NULL);
    set(w, NEUILLY " nationality=FR");
    compute(w);
    expect_state(w, "expatriation_allowance", NP_LINE_NOT_DUE);
    expect_due(w, "basic_family_allowance", "437.26"); /* for local staff, 5 years */
    expect_plain(w->payslip->gross.amount, "6647.33"); /* 7180.88 less 533.55 */
    expect_plain(w->payslip->net.amount, "6060.42");
    set(w, "nationality=DE second_nationality=FR");
    compute(w);
    expect_state(w, "expatriation_allowance", NP_LINE_NOT_DUE);
    forget(w, "second_nationality");
    set(w, "resident_years_in_host_country=1");
    compute(w);
    expect_state(w, "expatriation_allowance", NP_LINE_NOT_DUE);
    set(w, "resident_years_in_host_country=0.99");
    compute(w);
    expect_due(w, "expatriation_allowance", "533.55");
    forget(w, "nationality");
    compute(w);
    expect_state(w, "expatriation_allowance", NP_LINE_OPEN);
}

static void years_of_service(void **state)
{
    static const struct {
        const char *date, *expatriation, *family;
    } YEARS[] = {{"2026-03-01", "533.55", "437.26"}, {"2031-02-01", "533.55", "437.26"},
                 {"2031-03-01", "426.84", "349.81"}, /* the 6th year: 8 %, 80 % of 437.2648... */
                 {"2032-03-01", "320.13", "262.36"}, /* 320.1324; 262.3589 */
                 {"2033-03-01", "213.42", "174.91"}, /* 213.4216; 174.9059 */
                 {"2034-03-01", "106.71", "87.45"},  /* 106.7108; 87.4529 */
                 {"2035-03-01", "0", NULL}};         /* nothing from the 10th */
    fixture *w = *state;
    fixture_nato(w, NULL);
    set(w, NEUILLY);
    for (size_t i = 0; i < sizeof YEARS / sizeof YEARS[0]; i++) {
        assert_true(try_set(w, "date", YEARS[i].date));
        compute(w);
        expect_due(w, "expatriation_allowance", YEARS[i].expatriation);
        if (YEARS[i].family)
            expect_due(w, "basic_family_allowance", YEARS[i].family);
        else
            expect_state(w, "basic_family_allowance", NP_LINE_NOT_DUE);
    }
}

static void parts_of_months(void **state)
{
    fixture *w = *state;
    fixture_nato(w, NULL);
    set(w, "grade=G10 duty_country=FR nationality=DE start=2026-03-17 date=2026-03-20");
    compute(w);
    expect_due(w, "basic_salary", "2581.71"); /* 15 of 31 days: 2581.7129... */
    expect_num(line_of(w, "basic_salary")->exact, "800331/310");
    expect_due(w, "expatriation_allowance", "258.17"); /* of the whole 533.554: 258.171290... */
    expect_due(w, "pension_contribution", "206.54");   /* of the rounded 2581.71: 206.5368 */
    forget(w, "date");
    compute(w);
    value_reads(w, "date", "2026-04-01"); /* unless told, the first whole month */
    expect_due(w, "basic_salary", "5335.54");
    set(w, "end=2026-04-10");
    compute(w);
    expect_due(w, "basic_salary", "1778.51"); /* 10 of 30 days: 1778.5133... */
    set(w, "part_time=50%");
    compute(w);
    expect_due(w, "basic_salary", "889.26"); /* 889.2566... */
}

static void before_2017(void **state)
{
    fixture *w = *state;
    fixture_nato(w, NULL);
    set(w, "grade=G20 duty_country=BE start=2022-03-01 recruited=2016-06-01 nationality=DE spouse=yes children=1");
    compute(w);
    expect_due(w, "basic_salary", "8206.4");
    expect_due(w, "household_allowance", "492.38"); /* 6 %: 492.384 */
    expect_due(w, "child_allowance", "331.82");     /* the A.2 of 5735.66 times 358.54 / 6197.55 = 331.818... */
    expect_state(w, "basic_family_allowance", NP_LINE_NOT_DUE);
    expect_state(w, "dependent_child_allowance", NP_LINE_NOT_DUE);
    expect_due(w, "expatriation_allowance", "656.51"); /* the 6th year, 8 %: 656.512 */
    set(w, "recruited=2005-06-30");
    compute(w);
    expect_state(w, "pension_contribution", NP_LINE_NOT_DUE);
    expect_state(w, "pension_employer", NP_LINE_NOT_DUE);
    expect_state(w, "expatriation_allowance", NP_LINE_NOT_DUE);
    np_payslip_check(w->payslip, w->situation, &w->diags);
    expect_diag(&w->diags, ADVICE, "", "before 2012", NULL);
    expect_diag(&w->diags, ADVICE, "", "before July 2005", NULL);
}

static void outside_nato(void **state)
{
    fixture *w = *state;
    fixture_nato(w, NULL);
    set(w, "grade=G23 duty_country=UA start=2026-03-01 nationality=FR lodging_provided=yes");
    compute(w);
    expect_due(w, "basic_salary", "13392.14");
    expect_due(w, "expatriation_allowance_outside_nato", "4285.48"); /* 32 %: 4285.4848 */
    expect_due(w, "lodging_deduction", "2678.43");                   /* 20 %: 2678.428 */
    expect_state(w, "expatriation_allowance", NP_LINE_NOT_DUE);
    expect_state(w, "hardship_allowance", NP_LINE_OPEN);
    set(w, "spouse=yes");
    compute(w);
    expect_due(w, "expatriation_allowance_outside_nato", "5356.86"); /* 40 %: 5356.856 */
    np_payslip_check(w->payslip, w->situation, &w->diags);
    expect_diag(&w->diags, ADVICE, "", "may have been superseded", NULL);
}

static void once_only(void **state)
{
    fixture *w = *state;
    fixture_nato(w, NULL);
    set(w, NEUILLY " residence_distance_km=450 mobility_supplement=yes");
    compute(w);
    expect_due(w, "installation_allowance", "5335.54");           /* below the cap, which is 5500 in Belgium */
    expect_due(w, "installation_family_supplement", "2134.22");   /* 20 % and twice 10 %: 2134.216 */
    expect_due(w, "installation_mobility_supplement", "4001.66"); /* 75 %: 4001.655, a half */
    expect_state(w, "installation_allowance_local", NP_LINE_NOT_DUE);
    expect_plain(w->payslip->once.amount, "11471.42");
    expect_plain(w->payslip->net.amount, "6593.97"); /* the month's net is without */
    set(w, "date=2026-04-01");
    compute(w);
    expect_due(w, "installation_allowance", "5335.54"); /* still shown, with its date */
    assert_int_equal(line_of(w, "installation_allowance")->date, np_date_of(2026, 3, 1));
    expect_plain(w->payslip->once.amount, "0");
    set(w, "residence_distance_km=100");
    compute(w);
    expect_state(w, "installation_allowance", NP_LINE_NOT_DUE); /* more than 100 km */
}

/* A line that comes once on a day that nobody knows is open, and in no month's total. */
static void once_on_an_unknown_day(void **state)
{
    fixture *w = *state;
    fixture_nato(w, "[rule farewell]\nkind = once\ndate = end\namount = 100 EUR\n");
    set(w, NEUILLY);
    compute(w);
    expect_state(w, "farewell", NP_LINE_OPEN);
    assert_string_equal(np_missing_names(w->book, w->arena, line_of(w, "farewell")->missing), "end");
    set(w, "end=2026-03-31");
    compute(w);
    expect_due(w, "farewell", "100");
    expect_plain(w->payslip->once.amount, "100");
}

static void similar_allowances(void **state)
{
    fixture *w = *state;
    fixture_nato(w, NULL);
    set(w, NEUILLY " similar_allowances=500");
    compute(w);
    expect_due(w, "similar_allowances_deduction", "500");
    set(w, "similar_allowances=5000EUR");
    compute(w);
    expect_due(w, "similar_allowances_deduction", "1311.79"); /* never more than 437.26 + 874.53 */
    set(w, "similar_allowances=519.45USD");
    compute(w);
    expect_due(w, "similar_allowances_deduction", "500"); /* at 1.0389 dollars a euro */
    assert_int_equal(line_of(w, "similar_allowances_deduction")->status, NP_USER);
    set(w, "similar_allowances=5000EUR recruited=2016-12-31");
    compute(w);
    expect_due(w, "similar_allowances_deduction", "1194.66"); /* 6 % of 5335.54, and 874.53 for the children */
}

/* Below half of G1, 3338.78, and the supplement: 1669.39 + 437.2648... = 2106.6548... */
static void a_spouse_with_an_income(void **state)
{
    fixture *w = *state;
    fixture_nato(w, NULL);
    set(w, NEUILLY " spouse_monthly_income=1");
    compute(w);
    expect_due(w, "basic_family_allowance", "437.26");
    set(w, "spouse_monthly_income=2106.65");
    compute(w);
    expect_due(w, "basic_family_allowance", "437.26");
    set(w, "spouse_monthly_income=2106.66");
    compute(w);
    expect_state(w, "basic_family_allowance", NP_LINE_NOT_DUE);
}

/* ---- rounding ---- */

static void half_up_and_half_even_differ(void **state)
{
    fixture *w = *state;
    fixture_nato(w, "[rule up]\nkind = allowance\norder = 90\namount = 0.125 EUR\n"
                    "[rule even]\nkind = allowance\norder = 91\namount = 0.125 EUR\nrounding = half_even\n"
                    "[rule minus]\nkind = allowance\norder = 92\namount = -0.125 EUR\n"
                    "[rule fact_of]\nkind = fact\namount = 0.125 EUR\n"
                    "[rule rounded_fact]\nkind = fact\namount = 0.125 EUR\nrounding = ceiling\n"
                    "[rule sum_of]\nkind = allowance\norder = 93\namount = fact_of + rounded_fact + even\n");
    set(w, NEUILLY);
    compute(w);
    expect_due(w, "up", "0.13");
    expect_due(w, "even", "0.12");
    expect_due(w, "minus", "-0.13");
    expect_plain(line_of(w, "up")->exact, "0.125");
    expect_plain(line_of(w, "even")->exact, "0.125");
    value_reads(w, "fact_of", "0.125 EUR");
    value_reads(w, "rounded_fact", "0.13 EUR");
    expect_due(w, "sum_of", "0.38"); /* others see a line as it was rounded: 0.125 + 0.13 + 0.12 = 0.375 */
    fixture_nato(w, "[organisation nato]\nrounding = half_even\n[rule x]\nkind = allowance\namount = 0.125 EUR\n");
    set(w, NEUILLY);
    compute(w);
    expect_due(w, "x", "0.12");
}

/* ---- overlays ---- */

static void five_lines_add_an_allowance(void **state)
{
    fixture *w = *state;
    fixture_nato(w, "[rule bicycle_allowance]\nkind = allowance\nlabel = Bicycle allowance\nwhen = duty_country = FR\n"
                    "amount = 25 EUR * month_share\n");
    set(w, NEUILLY);
    compute(w);
    expect_due(w, "bicycle_allowance", "25");
    expect_plain(w->payslip->gross.amount, "7205.88");
    expect_plain(w->payslip->net.amount, "6618.97");
    set(w, "duty_country=BE start=2025-03-01");
    compute(w);
    expect_state(w, "bicycle_allowance", NP_LINE_NOT_DUE);
}

/* A changed rate changes the lines that depend on it, and no other. */
static void a_rate_changes_what_depends_on_it(void **state)
{
    static const struct {
        const char *overlay, *changed[7];
    } CASES[] = {
        {"[parameter pension_staff_rate]\n2005-07-01 = 9%\n", {"pension_contribution"}},
        {"[parameter pension_employer_rate]\n2005-07-01 = 13%\n", {"pension_employer"}},
        {"[parameter group_insurance_rate]\n1900-01-01 = 4%\n", {"group_insurance"}},
        {"[parameter expatriation_rate]\n2012-01-01 = 11%\n", {"expatriation_allowance"}},
        {"[parameter dependent_child_supplement_share]\n1900-01-01 = 6%\n",
         {"basic_family_allowance", "dependent_child_allowance"}},
        {"[parameter dependent_child_supplement_indexation]\n1900-01-01 = 0%\n",
         {"basic_family_allowance", "dependent_child_allowance"}},
        {"[scale FR 2026-01-01]\ng10 = 5400\n", /* G15, whose share the family allowances are, follows by ratio */
         {"basic_salary", "expatriation_allowance", "basic_family_allowance", "dependent_child_allowance",
          "pension_contribution", "group_insurance", "pension_employer"}},
        {"[parameter lodging_deduction_outside_nato]\n1900-01-01 = 21%\n", {NULL}},
    };
    fixture *w = *state;
    fixture_nato(w, NULL);
    set(w, NEUILLY);
    compute(w);
    np_payslip *before = w->payslip;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        fixture_nato(w, CASES[i].overlay);
        set(w, NEUILLY);
        compute(w);
        for (size_t r = 0; r < w->book->rule_count; r++) {
            if (w->book->rules[r].kind == NP_FACT) continue;
            bool wanted = false;
            for (size_t k = 0; k < 7 && CASES[i].changed[k]; k++)
                wanted = wanted || strcmp(w->book->rules[r].name, CASES[i].changed[k]) == 0;
            bool changed = np_num_compare(before->lines[r].amount, w->payslip->lines[r].amount) != 0;
            if (changed != wanted) fail_msg("%s: %s %d", CASES[i].overlay, w->book->rules[r].name, changed);
            if (changed) assert_int_equal(w->payslip->lines[r].status, NP_USER);
        }
    }
}

static void rules_in_their_time(void **state)
{
    fixture *w = *state;
    fixture_nato(w, "[rule x]\nkind = allowance\namount = 5 EUR\nfrom = 2026-04-01\nuntil = 2026-05-31\n");
    set(w, NEUILLY);
    static const char *const MONTHS[] = {"2026-03-01", "2026-04-01", "2026-05-01", "2026-06-01"};
    for (int i = 0; i < 4; i++) {
        assert_true(try_set(w, "date", MONTHS[i]));
        compute(w);
        expect_state(w, "x", i == 1 || i == 2 ? NP_LINE_DUE : NP_LINE_NOT_IN_FORCE);
    }
}

static void a_line_in_another_currency(void **state)
{
    fixture *w = *state;
    fixture_nato(w, "[rule x]\nkind = allowance\namount = 5 USD\n");
    set(w, NEUILLY);
    assert_false(try_compute(w));
    expect_only(&w->diags, CURRENCY_MISMATCH, "overlay.ini:3:10", "x comes in USD, the payslip is in EUR", "local");
    fixture_nato(w, "[rule x]\nkind = allowance\namount = local(10.3890 USD)\n");
    set(w, NEUILLY);
    compute(w);
    expect_due(w, "x", "10");
}

static void what_is_missing_is_asked_for(void **state)
{
    fixture *w = *state;
    fixture_nato(w, NULL);
    set(w, "grade=G10");
    assert_false(try_compute(w));
    expect_diag(&w->diags, MISSING_INPUT, "", "duty_country is not given", "--set duty_country=");
    np_diags_init(&w->diags, w->arena);
    set(w, "station=neuilly start=2026-03-01");
    compute(w);
    expect_due(w, "basic_salary", "5335.54"); /* the station says the country */
    forget(w, "start");
    compute(w);
    value_reads(w, "start", "2026-01-01"); /* unless given, the day of the newest scale */
    set(w, "duty_country=NO start=2026-03-01");
    assert_false(try_compute(w));
    assert_non_null(find_diag(&w->diags, NP_CODE_MISSING_SCALE, "no salary is known for posts in Norway"));
    fixture_nato(w, "[scale NO 2026-01-01]\ng10 = 50000\n");
    set(w, "grade=G3 duty_country=NO start=2026-03-01");
    assert_false(try_compute(w));
    assert_non_null(find_diag(&w->diags, NP_CODE_MISSING_FIGURE, "no salary is known for grade G3"));
}

/* ---- contradictions and advice ---- */

static void contradictions(void **state)
{
    static const struct {
        const char *inputs, *message;
        bool stops;
    } CASES[] = {{"twin_grade=G8", "not above its grade", true},
                 {"twin_grade=G10", "not above its grade", true},
                 {"end=2026-02-28", "ends before it starts", true},
                 {"date=2026-02-01", "outside the contract", true},
                 {"end=2026-12-31 date=2027-01-01", "outside the contract", true},
                 {"recruited=2026-03-02", "after the date of taking up duty", true},
                 {"birth_date=2026-03-01", "date of birth lies after", true},
                 {"spouse=no spouse_monthly_income=1000", "but no spouse", true},
                 {"child_births=2020-01-01", "not the number of their dates", true},
                 {"station=mons", "not in the duty country", true},
                 {"nationality=US", "may owe United States income tax", false},
                 {"second_nationality=US", "may owe United States income tax", false},
                 {"nationality=JO", "member states only", false},
                 {"voluntary_pension_rate=6%", "assumed maximum", false}};
    fixture *w = *state;
    fixture_nato(w, NULL);
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        w->situation = np_situation_new(w->book, w->arena);
        np_diags_init(&w->diags, w->arena);
        set(w, NEUILLY);
        set(w, CASES[i].inputs);
        compute(w);
        assert_int_equal(np_payslip_check(w->payslip, w->situation, &w->diags), !CASES[i].stops);
        support_diag(&w->diags, CASES[i].stops ? NP_CODE_CONTRADICTION : NP_CODE_ADVICE, "", CASES[i].message, NULL,
                     __FILE__, __LINE__);
        np_diags_init(&w->diags, w->arena);
        w->diags.lang = &(np_lang){.language = "fr"};
        np_payslip_check(w->payslip, w->situation, &w->diags);
        w->diags.lang = NULL;
        assert_null(find_diag(&w->diags, CASES[i].stops ? NP_CODE_CONTRADICTION : NP_CODE_ADVICE, CASES[i].message));
        assert_true(w->diags.errors + w->diags.warnings > 0); /* the same in French */
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        fixture_test(a_german_in_neuilly),
        fixture_test(a_french_national_in_neuilly),
        fixture_test(years_of_service),
        fixture_test(parts_of_months),
        fixture_test(before_2017),
        fixture_test(outside_nato),
        fixture_test(once_only),
        fixture_test(once_on_an_unknown_day),
        fixture_test(similar_allowances),
        fixture_test(a_spouse_with_an_income),
        fixture_test(half_up_and_half_even_differ),
        fixture_test(five_lines_add_an_allowance),
        fixture_test(a_rate_changes_what_depends_on_it),
        fixture_test(rules_in_their_time),
        fixture_test(a_line_in_another_currency),
        fixture_test(what_is_missing_is_asked_for),
        fixture_test(contradictions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
