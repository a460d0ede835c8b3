/* Every date and limit of the live rule book, data/nato, that a payslip goes by: the day before, the day itself, the
 * day after; the limit less one, the limit, the limit and one. Only whether something holds is looked at, never an
 * amount that comes with a scale, so that a new year's figures change nothing here. */
#define NATO_PACK "data/nato"
#include "unit/nato_support.h"

typedef struct example {
    const char *name, *inputs;
    bool holds;
} example;

static void say(const example *e, bool holds)
{
    if (holds != e->holds) print_error("%s: %s\n", e->name, e->inputs);
    assert_int_equal(holds, e->holds);
}

/* ---- lines of the payslip ---- */

/* Whether a line is due, also where its figure is not known. */
static void check_lines(fixture *w, const example *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        begin(w, list[i].inputs);
        compute(w);
        np_line_state state = line_of(w, list[i].name)->state;
        say(&list[i], state == NP_LINE_DUE || state == NP_LINE_OPEN);
    }
}
#define LINES(list) check_lines(*state, list, sizeof(list) / sizeof(list)[0])

static void lines_by_recruitment(void **state)
{
    static const example LIST[] = {
        {"expatriation_allowance", "recruited=2011-12-31", false},
        {"expatriation_allowance", "recruited=2012-01-01", true},
        {"expatriation_allowance", "recruited=2012-01-02", true},
        {"pension_contribution", "recruited=2005-06-30", false},
        {"pension_contribution", "recruited=2005-07-01", true},
        {"pension_contribution", "recruited=2005-07-02", true},
        {"pension_employer", "recruited=2005-06-30", false},
        {"pension_employer", "recruited=2005-07-01", true},
        {"pension_voluntary", "voluntary_pension_rate=1% recruited=2005-06-30", false},
        {"pension_voluntary", "voluntary_pension_rate=1% recruited=2005-07-01", true},
        {"household_allowance", "spouse=yes recruited=2016-12-31", true},
        {"household_allowance", "spouse=yes recruited=2017-01-01", false},
        {"household_allowance", "spouse=yes recruited=2017-01-02", false},
        {"child_allowance", "children=1 recruited=2016-12-31", true},
        {"child_allowance", "children=1 recruited=2017-01-01", false},
        {"basic_family_allowance", "spouse=yes recruited=2016-12-31", false},
        {"basic_family_allowance", "spouse=yes recruited=2019-01-01", true},
        {"dependent_child_allowance", "children=1 recruited=2016-12-31", false},
        {"dependent_child_allowance", "children=1 recruited=2017-01-01", true},
        {"single_parent_supplement", "children=1 recruited=2016-12-31", false},
        {"single_parent_supplement", "children=1 recruited=2017-01-01", true},
        {"installation_allowance", "recruited=2015-06-30", false},
        {"installation_allowance", "recruited=2015-07-01", true},
        {"installation_allowance", "recruited=2015-07-02", true},
        {"installation_allowance_local", "nationality=BE recruited=2015-06-30", false},
        {"installation_allowance_local", "nationality=BE recruited=2015-07-01", true},
    };
    fixture_nato(*state, NULL);
    LINES(LIST);
}

static void lines_by_amounts(void **state)
{
    static const example LIST[] = {
        {"expatriation_allowance", "resident_years_in_host_country=0.99", true},
        {"expatriation_allowance", "resident_years_in_host_country=1", false},
        {"expatriation_allowance", "resident_years_in_host_country=1.01", false},
        {"expatriation_allowance_outside_nato", "duty_country=UA resident_years_in_host_country=0.99", true},
        {"expatriation_allowance_outside_nato", "duty_country=UA resident_years_in_host_country=1", false},
        {"installation_allowance", "contract_months=11", false},
        {"installation_allowance", "contract_months=12", true},
        {"installation_allowance", "contract_months=13", true},
        {"installation_allowance", "residence_distance_km=99.99", false},
        {"installation_allowance", "residence_distance_km=100", false},
        {"installation_allowance", "residence_distance_km=100.01", true},
        {"installation_allowance_local", "nationality=BE contract_months=11", false},
        {"installation_allowance_local", "nationality=BE contract_months=12", true},
        {"installation_allowance_local", "nationality=BE residence_distance_km=100", false},
        {"installation_allowance_local", "nationality=BE residence_distance_km=100.01", true},
        {"installation_family_supplement", "children=0", false},
        {"installation_family_supplement", "children=1", true},
        {"installation_family_supplement", "spouse=yes", true},
        {"installation_family_supplement", "spouse=yes contract_months=11", false},
        {"installation_mobility_supplement", "mobility_supplement=yes", true},
        {"installation_mobility_supplement", "mobility_supplement=yes contract_months=11", false},
        {"installation_zone_supplement", "zone_supplement=yes", true},
        {"installation_zone_supplement", "zone_supplement=yes contract_months=11", false},
        {"household_allowance", "recruited=2014-01-01 children=0", false},
        {"household_allowance", "recruited=2014-01-01 children=1", true},
        {"child_allowance", "recruited=2014-01-01 children=0", false},
        {"dependent_child_allowance", "children=0", false},
        {"dependent_child_allowance", "children=1", true},
        {"single_parent_supplement", "children=0", false},
        {"single_parent_supplement", "spouse=yes children=1", false},
        {"disabled_child_supplement", "disabled_children=0", false},
        {"disabled_child_supplement", "disabled_children=1", true},
        {"child_expatriation_supplement", "children=2 education_children=1", true},
        {"child_expatriation_supplement", "children=2 education_children=2", false},
        {"child_expatriation_supplement", "children=2 education_children=3", false},
        {"education_allowance", "children=1 education_costs_year=0", false},
        {"education_allowance", "children=1 education_costs_year=0.01", true},
        {"education_allowance", "children=0 education_costs_year=0.01", false},
        {"similar_allowances_deduction", "similar_allowances=0", false},
        {"similar_allowances_deduction", "similar_allowances=0.01", true},
        {"pension_voluntary", "voluntary_pension_rate=0%", false},
        {"pension_voluntary", "voluntary_pension_rate=0.01%", true},
        {"rent_difference_borne", "rent_difference=-0.01", true},
        {"rent_difference_borne", "rent_difference=0", false},
        {"rent_difference_borne", "rent_difference=0.01", true},
    };
    fixture_nato(*state, NULL);
    LINES(LIST);
}

/* In March 2026: the whole month of the birth counts, and that of the birthday that ends an allowance. */
static void lines_by_age(void **state)
{
    static const example LIST[] = {
        {"dependent_child_allowance", "child_births=2026-03-31", true},
        {"dependent_child_allowance", "child_births=2026-04-01", false},
        {"dependent_child_allowance", "child_births=2008-02-29", false},
        {"dependent_child_allowance", "child_births=2008-03-01", true},
        {"dependent_child_allowance", "child_births=2008-03-31", true},
        {"dependent_child_allowance", "child_births=2008-02-29 children_in_education=1", true},
        {"dependent_child_allowance", "child_births=2008-03-01 children_in_education=1", true},
        {"dependent_child_allowance", "child_births=2004-02-29 children_in_education=1", false},
        {"dependent_child_allowance", "child_births=2004-03-01 children_in_education=1", true},
        {"dependent_child_allowance", "child_births=2004-03-02 children_in_education=1", true},
        {"dependent_child_allowance", "child_births=2004-03-02 disabled_children=1", true},
        {"child_allowance", "recruited=2016-12-31 child_births=2008-02-29", false},
        {"child_allowance", "recruited=2016-12-31 child_births=2008-03-01", true},
        {"child_allowance", "recruited=2016-12-31 child_births=2002-02-28 children_in_education=1", false},
        {"child_allowance", "recruited=2016-12-31 child_births=2002-03-01 children_in_education=1", true},
        {"dependent_child_allowance", "recruited=2017-01-01 child_births=2002-03-02 children_in_education=1", false},
    };
    fixture_nato(*state, NULL);
    LINES(LIST);
}

/* The income of the spouse at its limit, with figures that are not the book's: 40 % of 2500, and 300, not indexed. */
static void family_allowance_by_income(void **state)
{
    static const char FIGURES[] = "[scale BE 2026-01-01]\ng1 = 2500\ng1.status = user\n"
                                  "[parameter family_allowance_income_share]\n2017-01-01 = 40%\nstatus = user\n"
                                  "[parameter dependent_child_supplement_2017]\nbe 2017-01-01 = 300\nstatus = user\n"
                                  "[parameter dependent_child_supplement_indexation]\n1900-01-01 = 0%\n"
                                  "status = user\n";
    static const example LIST[] = {
        {"basic_family_allowance", "spouse=yes spouse_monthly_income=0", true},
        {"basic_family_allowance", "spouse=yes spouse_monthly_income=1299.99", true},
        {"basic_family_allowance", "spouse=yes spouse_monthly_income=1300", false},
        {"basic_family_allowance", "spouse=yes spouse_monthly_income=1300.01", false},
        {"basic_family_allowance", "spouse=no", false},
    };
    fixture_nato(*state, FIGURES);
    LINES(LIST);
}

/* The year of service on the day before an anniversary and on it, with what goes by it: shares in per cent. */
static void years_of_service(void **state)
{
    fixture *w = *state;
    static const struct {
        const char *recruited, *year, *expatriation, *family, *family_local;
    } LIST[] = {
        {"2026-03-01", "1", "10", "100", "100"}, {"2025-03-02", "1", "10", "100", "100"},
        {"2025-03-01", "2", "10", "100", "100"}, {"2021-03-02", "5", "10", "100", "100"},
        {"2021-03-01", "6", "8", "80", "0"},     {"2020-03-02", "6", "8", "80", "0"},
        {"2020-03-01", "7", "6", "60", "0"},     {"2019-03-01", "8", "4", "40", "0"},
        {"2018-03-01", "9", "2", "20", "0"},     {"2017-03-02", "9", "2", "20", "0"},
        {"2017-03-01", "10", "0", "0", "0"},     {"2017-01-01", "10", "0", "0", "0"},
    };
    fixture_nato(w, NULL);
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        begin(w, np_arena_format(w->arena, "spouse=yes recruited=%s", LIST[i].recruited));
        compute(w);
        value_reads(w, "service_year", LIST[i].year);
        np_num hundred = np_num_int(100), salary = line_of(w, "basic_salary")->exact;
        np_num share = np_num_div(w->arena, line_of(w, "expatriation_allowance")->exact, salary);
        expect_plain(np_num_mul(w->arena, share, hundred), LIST[i].expatriation);
        expect_plain(np_num_mul(w->arena, value_of(w, "family_allowance_share")->as.number, hundred), LIST[i].family);
        set(w, "nationality=BE");
        compute(w);
        expect_plain(np_num_mul(w->arena, value_of(w, "family_allowance_share")->as.number, hundred),
                     LIST[i].family_local);
    }
}

/* Shares of the installation allowance for the family: 20 % for the spouse, 10 % for each other, all at the most. */
static void family_supplement_at_its_most(void **state)
{
    fixture *w = *state;
    static const char *const LIST[][2] = {
        {"spouse=yes children=1", "30"}, {"spouse=no children=1", "20"},   {"spouse=no children=2", "30"},
        {"spouse=yes children=7", "90"}, {"spouse=yes children=8", "100"}, {"spouse=yes children=9", "100"},
    };
    fixture_nato(w, NULL);
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        begin(w, LIST[i][0]);
        compute(w);
        np_num share = np_num_div(w->arena, line_of(w, "installation_family_supplement")->exact,
                                  line_of(w, "installation_allowance")->amount);
        expect_plain(np_num_mul(w->arena, share, np_num_int(100)), LIST[i][1]);
    }
}

/* Pay of a month in part, in days of its 31; the month of the pay date unless given. */
static void months_in_part(void **state)
{
    fixture *w = *state;
    static const char *const LIST[][3] = {
        {"", "2026-03-01", "31"},
        {"start=2026-03-02", "2026-04-01", "30"},
        {"start=2026-03-31", "2026-04-01", "30"},
        {"start=2026-02-28", "2026-03-01", "31"},
        {"start=2026-03-02 date=2026-03-31", "2026-03-02", "30"},
        {"start=2026-03-31 date=2026-03-31", "2026-03-31", "1"},
        {"end=2026-03-30", "2026-03-01", "30"},
        {"end=2026-03-31", "2026-03-01", "31"},
        {"end=2026-04-01", "2026-03-01", "31"},
        {"end=2026-03-01", "2026-03-01", "1"},
    };
    fixture_nato(w, NULL);
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        begin(w, LIST[i][0]);
        compute(w);
        value_reads(w, "date", LIST[i][1]);
        np_ymd month = np_date_split(w->payslip->date);
        int64_t days = np_date_days_in_month(month.year, month.month);
        expect_plain(np_num_mul(w->arena, value_of(w, "month_share")->as.number, np_num_int(days)), LIST[i][2]);
    }
}

/* ---- checks ---- */

static void check_checks(fixture *w, const example *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const np_check *check = NULL;
        for (size_t k = 0; k < w->book->check_count; k++)
            if (strcmp(w->book->checks[k].name, list[i].name) == 0) check = &w->book->checks[k];
        if (!check) fail_msg("no check %s", list[i].name);
        begin(w, list[i].inputs);
        compute(w);
        np_payslip_check(w->payslip, w->situation, &w->diags);
        const char *message = np_label_text(&check->message, NULL, "");
        say(&list[i], find_diag(&w->diags, check->stops ? NP_CODE_CONTRADICTION : NP_CODE_ADVICE, message) != NULL);
    }
}
#define CHECKS(list) check_checks(*state, list, sizeof(list) / sizeof(list)[0])

static void contradictions_and_advice(void **state)
{
    static const example LIST[] = {
        {"twin_grade_above", "twin_grade=G9", true},
        {"twin_grade_above", "twin_grade=G10", true},
        {"twin_grade_above", "twin_grade=G11", false},
        {"end_after_start", "end=2026-02-28", true},
        {"end_after_start", "end=2026-03-01", false},
        {"end_after_start", "end=2026-03-02", false},
        {"date_in_service", "start=2026-03-15 date=2026-02-28", true},
        {"date_in_service", "start=2026-03-15 date=2026-03-01", false},
        {"date_in_service", "start=2026-03-31 date=2026-03-01", false},
        {"date_in_service", "start=2026-04-01 date=2026-03-31", true},
        {"date_in_service", "end=2026-06-01 date=2026-05-31", false},
        {"date_in_service", "end=2026-06-01 date=2026-06-30", false},
        {"date_in_service", "end=2026-06-01 date=2026-07-01", true},
        {"date_in_service", "end=2026-05-31 date=2026-06-30", true},
        {"recruited_by_start", "recruited=2026-02-28", false},
        {"recruited_by_start", "recruited=2026-03-01", false},
        {"recruited_by_start", "recruited=2026-03-02", true},
        {"born_before_start", "birth_date=2026-02-28", false},
        {"born_before_start", "birth_date=2026-03-01", true},
        {"born_before_start", "birth_date=2026-03-02", true},
        {"income_needs_spouse", "spouse_monthly_income=0", false},
        {"income_needs_spouse", "spouse_monthly_income=0.01", true},
        {"income_needs_spouse", "spouse_monthly_income=0.01 spouse=yes", false},
        {"children_agree", "children=1 child_births=2020-01-01,2021-01-01", true},
        {"children_agree", "children=2 child_births=2020-01-01,2021-01-01", false},
        {"children_agree", "children=3 child_births=2020-01-01,2021-01-01", true},
        {"voluntary_within_maximum", "voluntary_pension_rate=4.99%", false},
        {"voluntary_within_maximum", "voluntary_pension_rate=5%", false},
        {"voluntary_within_maximum", "voluntary_pension_rate=5.01%", true},
        {"recruited_before_2012", "recruited=2011-12-31", true},
        {"recruited_before_2012", "recruited=2012-01-01", false},
        {"recruited_before_2012", "recruited=2012-01-02", false},
        {"recruited_before_2005", "recruited=2005-06-30", true},
        {"recruited_before_2005", "recruited=2005-07-01", false},
        {"recruited_before_2005", "recruited=2005-07-02", false},
        {"partial_month", "", false},
        {"partial_month", "start=2026-03-02 date=2026-03-02", true},
        {"partial_month", "end=2026-03-30", true},
        {"partial_month", "end=2026-03-31", false},
        {"special_adjustment_2022", "start=2020-01-01 date=2022-06-30", false},
        {"special_adjustment_2022", "start=2020-01-01 date=2022-07-01", true},
        {"special_adjustment_2022", "start=2020-01-01 date=2022-12-31", true},
        {"special_adjustment_2022", "start=2020-01-01 date=2023-01-01", false},
        {"special_adjustment_2022", "start=2020-01-01 date=2022-12-31 duty_country=FR nationality=BE", false},
    };
    fixture_nato(*state, NULL);
    CHECKS(LIST);
}

/* The year after the newest scale is not known yet; the last day of its own is. */
static void year_after_the_newest_scale(void **state)
{
    fixture *w = *state;
    fixture_nato(w, NULL);
    const np_country *belgium = &w->book->countries[np_book_country(w->book, "BE")];
    int year = np_date_split(belgium->scales[belgium->scale_count - 1]->from).year;
    const example LIST[] = {
        {"scale_not_known_yet", np_arena_format(w->arena, "date=%d-12-31", year), false},
        {"scale_not_known_yet", np_arena_format(w->arena, "date=%d-01-01", year + 1), true},
        {"scale_not_known_yet", np_arena_format(w->arena, "date=%d-12-31", year + 1), true},
    };
    CHECKS(LIST);
    /* an adjustment that is assumed counts from then on, and once for each year */
    static const int YEARS[][2] = {{0, 0}, {1, 1}, {2, 2}, {99, 99}, {100, 100}, {101, 100}};
    for (size_t i = 0; i < sizeof YEARS / sizeof YEARS[0]; i++) {
        begin(w, np_arena_format(w->arena, "annual_adjustment=3%% date=%d-12-31", year + YEARS[i][0]));
        compute(w);
        np_num factor = np_num_power(w->arena, np_num_ratio(103, 100), (unsigned)YEARS[i][1]);
        assert_int_equal(np_num_compare(value_of(w, "adjustment_factor")->as.number, factor), 0);
    }
}

/* ---- inputs ---- */

static void bounds_of_inputs(void **state)
{
    fixture *w = *state;
    static const struct {
        const char *name, *below, *least, *most, *above;
    } LIST[] = {
        {"step", "0", "1", "30", "31"},
        {"contract_months", "0", "1", "600", "601"},
        {"part_time", "0.99%", "1%", "100%", "100.01%"},
        {"experience_years", "-0.01", "0", "60", "60.01"},
        {"experience_years_held", "-0.01", "0", "60", "60.01"},
        {"resident_years_in_host_country", "-0.01", "0", "100", "100.01"},
        {"residence_distance_km", "-0.01", "0", "20100", "20100.01"},
        {"spouse_monthly_income", "-0.01", "0", NULL, NULL},
        {"education_costs_year", "-0.01", "0", NULL, NULL},
        {"similar_allowances", "-0.01", "0", NULL, NULL},
        {"children", "-1", "0", "30", "31"},
        {"children_in_education", "-1", "0", "30", "31"},
        {"disabled_children", "-1", "0", "30", "31"},
        {"education_children", "-1", "0", "30", "31"},
        {"voluntary_pension_rate", "-0.01%", "0%", "100%", "100.01%"},
        {"twin_reduction_months", "-1", "0", "24", "25"},
        {"annual_adjustment", "-50.01%", "-50%", "100%", "100.01%"},
        {"annual_adjustment_low", "-50.01%", "-50%", "100%", "100.01%"},
        {"annual_adjustment_high", "-50.01%", "-50%", "100%", "100.01%"},
    };
    fixture_nato(w, NULL);
    begin(w, "");
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        const char *const values[] = {LIST[i].below, LIST[i].least, LIST[i].most, LIST[i].above};
        for (size_t v = 0; v < 4 && values[v]; v++) {
            bool taken = try_set(w, LIST[i].name, values[v]);
            if (taken != (v == 1 || v == 2)) print_error("%s = %s\n", LIST[i].name, values[v]);
            assert_int_equal(taken, v == 1 || v == 2);
        }
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        fixture_test(lines_by_recruitment),
        fixture_test(lines_by_amounts),
        fixture_test(lines_by_age),
        fixture_test(family_allowance_by_income),
        fixture_test(years_of_service),
        fixture_test(family_supplement_at_its_most),
        fixture_test(months_in_part),
        fixture_test(contradictions_and_advice),
        fixture_test(year_after_the_newest_scale),
        fixture_test(bounds_of_inputs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
