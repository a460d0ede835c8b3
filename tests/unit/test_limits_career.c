/* Comparisons of dates and limits in calc/career, of grades, steps and contracts: the day before, the day itself, the
 * day after; the limit less one, the limit, the limit and one. What happens on a limit stands in tables, so that a
 * change of meaning is a change of a line. */
#include "unit/career_support.h"

#include "natopay/career/grade_history.h"

/* One step a month would hide what a day does: steps come every year, as in the book, but for three alone. */
static const char THREE_STEPS[] = "[parameter steps]\n1900-01-01 = 3\nstatus = user\n";

#define EVERY(interval) \
    "[parameter step_interval]\n1900-01-01 = " interval "\nlow = " interval "\nhigh = " interval "\n"

/* "2026-09 1/G10; 2027-09 2/G10": from which month on which step and grade. */
static void put_point(np_text *text, const fixture *w, np_date month, int64_t step, uint16_t grade)
{
    np_ymd ymd = np_date_split(month);
    np_text_printf(text, "%s%04d-%02d %lld/%s", text->length ? "; " : "", ymd.year, ymd.month, (long long)step,
                   w->book->grades[grade].name);
}

typedef struct history_case {
    const char *overlay, *inputs;
    const char *points; /* over 36 months */
} history_case;

/* The grade and step history, as projections have it and as lists have it. */
static void check_history(fixture *w, const history_case *h)
{
    np_projection *p = project(w, h->overlay, h->inputs, 36);
    np_text text;
    np_text_init(&text, 10000);
    for (size_t i = 0; i < p->stretch_count; i++) {
        const np_stretch *s = &p->stretches[i], *before = i ? s - 1 : NULL;
        if (!before || before->grade != s->grade || before->step != s->step)
            put_point(&text, w, s->month, s->step, s->grade);
    }
    if (strcmp(np_text_string(&text), h->points) != 0) print_error("project: %s\n", h->inputs);
    expect_text(&text, h->points);

    np_grade_history history;
    np_situation *situation = np_situation_copy(w->situation, w->arena);
    np_payslip *payslip = np_payslip_new(w->book, w->arena, false);
    assert_true(np_grade_history_possible(w->book));
    assert_true(
        np_grade_history_read(situation, payslip, &w->diags, NP_DATE_NONE, np_date_month_start(p->last), &history));
    np_text_init(&text, 10000);
    for (size_t i = 0; i < history.count; i++)
        if (!i || history.points[i].step != history.points[i - 1].step ||
            history.points[i].grade != history.points[i - 1].grade)
            put_point(&text, w, history.points[i].month, history.points[i].step, history.points[i].grade);
    if (strcmp(np_text_string(&text), h->points) != 0) print_error("list: %s\n", h->inputs);
    expect_text(&text, h->points);
}

/* A change within a month counts from the next; one on or before the start, at the start. */
static void steps_on_the_day(void **state)
{
    static const history_case LIST[] = {
        /* a year after the last step: the start itself, the days beside it */
        {NULL, "last_step=2025-08-31", "2026-09 1/G10; 2027-09 2/G10; 2028-09 3/G10"},
        {NULL, "last_step=2025-09-01", "2026-09 1/G10; 2027-09 2/G10; 2028-09 3/G10"},
        {NULL, "last_step=2025-09-02", "2026-09 1/G10; 2026-10 2/G10; 2027-10 3/G10; 2028-10 4/G10"},
        {NULL, "last_step=2025-09-30", "2026-09 1/G10; 2026-10 2/G10; 2027-10 3/G10; 2028-10 4/G10"},
        {NULL, "last_step=2025-10-01", "2026-09 1/G10; 2026-10 2/G10; 2027-10 3/G10; 2028-10 4/G10"},
        {NULL, "last_step=2025-10-02", "2026-09 1/G10; 2026-11 2/G10; 2027-11 3/G10; 2028-11 4/G10"},
        {NULL, "last_step=2025-12-31", "2026-09 1/G10; 2027-01 2/G10; 2028-01 3/G10; 2029-01 4/G10"},
        {NULL, "start=2026-09-15", "2026-09 1/G10; 2027-10 2/G10; 2028-10 3/G10"},
        {NULL, "start=2026-08-31", "2026-08 1/G10; 2027-09 2/G10; 2028-09 3/G10"},
        {NULL, "start=2026-09-02", "2026-09 1/G10; 2027-10 2/G10; 2028-10 3/G10"},
        {NULL, "start=2026-09-15 last_step=2025-09-14", "2026-09 1/G10; 2027-10 2/G10; 2028-10 3/G10"},
        {NULL, "start=2026-09-15 last_step=2025-09-15", "2026-09 1/G10; 2027-10 2/G10; 2028-10 3/G10"},
        {NULL, "start=2026-09-15 last_step=2025-09-16", "2026-09 1/G10; 2026-10 2/G10; 2027-10 3/G10; 2028-10 4/G10"},
        {NULL, "start=2026-10-31 last_step=2025-10-30", "2026-10 1/G10; 2027-11 2/G10; 2028-11 3/G10"},
        {NULL, "start=2026-10-31 last_step=2025-10-31", "2026-10 1/G10; 2027-11 2/G10; 2028-11 3/G10"},
        {NULL, "start=2026-10-30 last_step=2025-10-31", "2026-10 1/G10; 2026-11 2/G10; 2027-11 3/G10; 2028-11 4/G10"},
        /* the highest step */
        {NULL, "step=9", "2026-09 9/G10; 2027-09 10/G10; 2028-09 11/G10"},
        {NULL, "step=10", "2026-09 10/G10; 2027-09 11/G10"},
        {NULL, "step=11", "2026-09 11/G10"},
        {THREE_STEPS, "step=2", "2026-09 2/G10; 2027-09 3/G10"},
        {THREE_STEPS, "step=3", "2026-09 3/G10"},
        {"[parameter steps]\n1900-01-01 = 40\nstatus = user\n", "step=29", "2026-09 29/G10; 2027-09 30/G10"},
        /* how often there are steps: never, every month, in days, on days that some months lack */
        {EVERY("0 months"), "", "2026-09 1/G10"},
        {EVERY("0 days"), "", "2026-09 1/G10"},
        {EVERY("1 month") "[parameter steps]\n1900-01-01 = 3\n", "", "2026-09 1/G10; 2026-10 2/G10; 2026-11 3/G10"},
        {EVERY("400 days"), "", "2026-09 1/G10; 2027-11 2/G10; 2028-12 3/G10"},
        {EVERY("6 months") "[parameter steps]\n1900-01-01 = 3\n", "last_step=2026-08-28",
         "2026-09 1/G10; 2027-03 2/G10; 2027-09 3/G10"},
        {EVERY("6 months") "[parameter steps]\n1900-01-01 = 3\n", "last_step=2026-08-31",
         "2026-09 1/G10; 2027-03 2/G10; 2027-09 3/G10"},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) check_history(*state, &LIST[i]);
}

/* Salaries in which each step of G12 pays what G10's step two higher pays; the advancement comes a year after the start
 * unless a case says otherwise. */
#define PAY "[scale BE 2026-01-01]\nstatus = user\nsource = natopay_assumption\ng10 = 1000\n"
#define ONE_YEAR "[parameter twin_years]\n1900-01-01 = 1 year\nstatus = user\n"

static void advancement_on_the_day(void **state)
{
    static const char AT_START[] = PAY "g12 = 1030\n[path normal]\ndate = 2026-09-15\n";
    static const char EQUAL[] = PAY "g12 = 1030\n" ONE_YEAR, BELOW[] = PAY "g12 = 1029.99\n" ONE_YEAR;
    static const char LESS[] = PAY "g12 = 100\n" ONE_YEAR;
    static const char FIRST[] = PAY "g12 = 1030\n" ONE_YEAR "[career nato]\nstep_on_advancement = first\n";
    static const char ABOVE[] = PAY "g12 = 1030.01\n" ONE_YEAR;
    static const char RESTARTS[] = PAY "g12 = 1030\n[path normal]\ndate = 2026-09-15\n[career nato]\nstep_clock = "
                                       "restarts\n";
    static const history_case LIST[] = {
        /* on the day of the start in mid-month, before it, after it */
        {AT_START, "twin_grade=G12 start=2026-09-15 last_step=2026-09-01",
         "2026-09 1/G12; 2027-09 2/G12; 2028-09 3/G12; 2029-09 4/G12"},
        {AT_START, "twin_grade=G12 start=2026-09-16 last_step=2026-09-01",
         "2026-09 1/G12; 2027-09 2/G12; 2028-09 3/G12; 2029-09 4/G12"},
        {AT_START, "twin_grade=G12 start=2026-09-14 last_step=2026-09-01",
         "2026-09 1/G10; 2026-10 1/G12; 2027-09 2/G12; 2028-09 3/G12; 2029-09 4/G12"},
        {AT_START, "twin_grade=G12 start=2026-09-01 last_step=2026-09-01",
         "2026-09 1/G10; 2026-10 1/G12; 2027-09 2/G12; 2028-09 3/G12"},
        {RESTARTS, "twin_grade=G12 start=2026-10-01 last_step=2026-01-01",
         "2026-10 1/G12; 2027-10 2/G12; 2028-10 3/G12"},
        {RESTARTS, "twin_grade=G12 start=2027-09-14 last_step=2027-01-01",
         "2027-09 1/G12; 2027-10 2/G12; 2028-10 3/G12; 2029-10 4/G12"},
        {RESTARTS, "twin_grade=G12 start=2027-09-15 last_step=2027-01-01",
         "2027-09 2/G12; 2028-10 3/G12; 2029-10 4/G12"},
        {RESTARTS, "twin_grade=G12 start=2027-09-16 last_step=2027-01-01",
         "2027-09 2/G12; 2028-10 3/G12; 2029-10 4/G12"},
        /* no step of the higher grade pays enough: the highest */
        {LESS, "twin_grade=G12", "2026-09 1/G10; 2027-09 11/G12"},
        /* on one day with the step, which comes first: step 2 of G10 pays 1030 */
        {EQUAL, "twin_grade=G12", "2026-09 1/G10; 2027-09 1/G12; 2028-09 2/G12"},
        {BELOW, "twin_grade=G12", "2026-09 1/G10; 2027-09 2/G12; 2028-09 3/G12"},
        {ABOVE, "twin_grade=G12", "2026-09 1/G10; 2027-09 1/G12; 2028-09 2/G12"},
        /* the step in the month after: first 1000 to 1030, then step 2 of G12 */
        {EQUAL, "twin_grade=G12 last_step=2025-09-02",
         "2026-09 1/G10; 2026-10 2/G10; 2027-09 1/G12; 2027-10 2/G12; 2028-10 3/G12"},
        {EQUAL, "twin_grade=G12 last_step=2026-08-31", "2026-09 1/G10; 2027-09 1/G12; 2028-09 2/G12"},
        /* a twin grade that is no higher is none */
        {FIRST, "twin_grade=G10", "2026-09 1/G10; 2027-09 2/G10; 2028-09 3/G10"},
        {FIRST, "twin_grade=G12", "2026-09 1/G10; 2027-09 1/G12; 2028-09 2/G12"},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) check_history(*state, &LIST[i]);
}

/* ---- the ends of contracts and of service ---- */

static const char *const ENDS[] = {"not", "given", "contract", "maximum", "age"};

/* Contract, probation and service end; why. */
static void terms_on_the_day(void **state)
{
    fixture *w = *state;
    static const struct {
        const char *inputs, *terms; /* "none": service would end before it begins */
    } LIST[] = {
        {"", "2029-08-31 2027-02-28 none not"},
        {"start=2026-09-02", "2029-09-01 2027-03-01 none not"},
        /* probation: to day d-1 of February, or to its last day */
        {"start=2026-08-28", "2029-08-27 2027-02-27 none not"},
        {"start=2026-08-29", "2029-08-28 2027-02-28 none not"},
        {"start=2026-08-30", "2029-08-29 2027-02-28 none not"},
        {"start=2026-08-31", "2029-08-30 2027-02-28 none not"},
        {"start=2028-02-28", "2031-02-27 2028-08-27 none not"},
        {"start=2028-02-29", "2031-02-28 2028-08-28 none not"},
        {"start=2028-03-01", "2031-02-28 2028-08-31 none not"},
        {"start=2027-01-31 contract_months=1", "2027-02-28 2027-07-30 none not"},
        {"contract_months=1", "2026-09-30 2027-02-28 none not"},
        {"contract=seconded", "2029-08-31 2027-02-28 2032-08-31 maximum"},
        {"contract=indefinite", "none 2027-02-28 none not"},
        {"contract=serving", "none none none not"},
        {"contract=serving contract_months=12", "2027-08-31 none 2027-08-31 contract"},
        {"end=2026-09-01", "2026-09-01 2027-02-28 2026-09-01 given"},
        {"end=2026-09-02", "2026-09-02 2027-02-28 2026-09-02 given"},
        {"end=2026-08-31", "none"},
        /* of two reasons on one day the first: as given, end of contract, longest service, age */
        {"contract=seconded end=2032-08-31", "2032-08-31 2027-02-28 2032-08-31 given"},
        {"contract=seconded end=2032-09-01", "2032-09-01 2027-02-28 2032-08-31 maximum"},
        {"contract=seconded end=2032-08-30", "2032-08-30 2027-02-28 2032-08-30 given"},
        /* sixty on the day of the start binds; a day less does not */
        {"birth_date=1966-08-31", "2029-08-31 2027-02-28 2031-08-31 age"},
        {"birth_date=1966-09-01", "2029-08-31 2027-02-28 2031-09-01 age"},
        {"birth_date=1966-09-02", "2029-08-31 2027-02-28 none not"},
        /* sixty-five on the first day: one day of service; the day before: none */
        {"birth_date=1961-09-02", "2029-08-31 2027-02-28 2026-09-02 age"},
        {"birth_date=1961-09-01", "2029-08-31 2027-02-28 2026-09-01 age"},
        {"birth_date=1961-08-31", "none"},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        np_career *career = open_career(w, NULL, LIST[i].inputs);
        np_text text;
        np_text_init(&text, 1000);
        if (career) {
            put_date(&text, career->terms.contract_end);
            put_date(&text, career->terms.probation_end);
            put_date(&text, career->terms.service_end);
            np_text_puts(&text, ENDS[career->terms.service_ends_by]);
        } else {
            expect_diag(&w->diags, NO_CONTRACT_FITS, "", "before it begins", "no contract fits");
            np_text_puts(&text, "none");
        }
        if (strcmp(np_text_string(&text), LIST[i].terms) != 0) print_error("%s\n", LIST[i].inputs);
        expect_text(&text, LIST[i].terms);
    }
}

/* Service goes on after a contract that another kind may follow, the first of the book's as well. */
static void contracts_that_are_followed(void **state)
{
    fixture *w = *state;
    static const char *const LIST[][2] = {{"", "2027-08-31"},
                                          {"then = definite\n", "none"},
                                          {"then = indefinite\n", "none"},
                                          {"renewal = 1 year\n", "none"}};
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        const char *overlay = np_arena_format(w->arena, "[contract serving]\n%s", LIST[i][0]);
        np_career *career = open_career(w, overlay, "contract=serving contract_months=12");
        assert_non_null(career);
        np_text text;
        np_text_init(&text, 100);
        np_date_print(&text, career->terms.service_end);
        expect_text(&text, LIST[i][1]);
    }
}

/* A contract beyond the age rule or the longest service is warned about, with the length that fits. */
static void contracts_beyond_a_limit(void **state)
{
    fixture *w = *state;
    static const struct {
        const char *inputs;
        np_code code;
        bool warned;
        const char *hint;
    } LIST[] = {
        {"birth_date=1963-12-31 end=2028-12-30", NP_CODE_AGE_LIMIT, false, NULL},
        {"birth_date=1963-12-31 end=2028-12-31", NP_CODE_AGE_LIMIT, false, NULL},
        {"birth_date=1963-12-31 end=2029-01-01", NP_CODE_AGE_LIMIT, true,
         "a contract of 28 months fits: from 2026-09-01 to 2028-12-31"},
        {"birth_date=1964-01-01 end=2029-01-02", NP_CODE_AGE_LIMIT, true,
         "a contract of 28 months and 1 day fits: from 2026-09-01 to 2029-01-01"},
        {"contract=seconded contract_months=71", NP_CODE_SERVICE_LIMIT, false, NULL},
        {"contract=seconded contract_months=72", NP_CODE_SERVICE_LIMIT, false, NULL},
        {"contract=seconded contract_months=73", NP_CODE_SERVICE_LIMIT, true,
         "a contract of 72 months fits: from 2026-09-01 to 2032-08-31"},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        np_career *career = open_career(w, NULL, LIST[i].inputs);
        assert_non_null(career);
        assert_true(np_career_check(career));
        const np_diag *found = find_diag(&w->diags, LIST[i].code, "");
        if ((found != NULL) != LIST[i].warned) print_error("%s\n", LIST[i].inputs);
        assert_int_equal(found != NULL, LIST[i].warned);
        if (found) assert_string_equal(found->hint, LIST[i].hint);
    }
}

/* ---- lists: the history from a month on ---- */

/* Which step is held in the first month of a plan, of which only the last point before it may be there. */
static void steps_in_a_list(void **state)
{
    fixture *w = *state;
    static const struct {
        const char *inputs, *first, *last, *points;
    } LIST[] = {
        {"", "2027-08-01", "2028-09-01", "2026-09 1/G10; 2027-09 2/G10; 2028-09 3/G10"},
        {"", "2027-09-01", "2028-08-01", "2026-09 2/G10"},
        {"", "2027-10-01", "2028-09-01", "2026-09 2/G10; 2028-09 3/G10"},
        {"start=2026-09-02", "2027-09-01", "2027-09-01", "2026-09 1/G10"},
        {"start=2026-09-02", "2027-09-01", "2027-10-01", "2026-09 1/G10; 2027-10 2/G10"},
        {"start=2026-09-02", "2027-10-01", "2027-10-01", "2026-09 2/G10"},
        {"step=10", "2027-09-01", "2029-09-01", "2026-09 11/G10"},
        {"step=10", "2028-09-01", "2029-09-01", "2026-09 11/G10"},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        fixture_nato(w, NULL);
        set(w, PERSON);
        set(w, LIST[i].inputs);
        np_grade_history history;
        assert_true(np_grade_history_inputs(w->situation, w->payslip, &w->diags));
        assert_true(np_grade_history_follow(w->situation, w->payslip, &w->diags, day(LIST[i].first), day(LIST[i].last),
                                            &history));
        np_text text;
        np_text_init(&text, 1000);
        for (size_t k = 0; k < history.count; k++)
            put_point(&text, w, history.points[k].month, history.points[k].step, history.points[k].grade);
        if (strcmp(np_text_string(&text), LIST[i].points) != 0) print_error("%s %s\n", LIST[i].inputs, LIST[i].first);
        expect_text(&text, LIST[i].points);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        fixture_test(steps_on_the_day),         fixture_test(advancement_on_the_day),
        fixture_test(terms_on_the_day),         fixture_test(contracts_that_are_followed),
        fixture_test(contracts_beyond_a_limit), fixture_test(steps_in_a_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
