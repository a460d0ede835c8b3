/* Contracts, milestones, paths and conditions of the live rule book, data/nato: the day before, the day itself, the day
 * after; the limit less one, the limit, the limit and one. */
#define NATO_PACK "data/nato"
#include "unit/nato_support.h"

#include "natopay/career/milestones.h"

/* ---- what a post and the Regulations ask ---- */

typedef struct asked {
    const char *name, *inputs, *verdict; /* "": does not apply */
} asked;

static void conditions(void **state)
{
    fixture *w = *state;
    static const asked LIST[] = {
        {"age_minimum", "birth_date=2005-02-28", "met"},
        {"age_minimum", "birth_date=2005-03-01", "met"},
        {"age_minimum", "birth_date=2005-03-02", "not_met"},
        {"age_end", "birth_date=1966-03-02", "met"}, /* 59 */
        {"age_end", "birth_date=1966-03-01", "met"}, /* 60, and the contract ends before 65 */
        {"age_end", "birth_date=1964-03-01", "met"},
        {"age_end", "birth_date=1964-02-28", "met"}, /* on the birthday */
        {"age_end", "birth_date=1964-02-27", "not_met"},
        {"age_end", "birth_date=1966-03-02 contract=indefinite", "met"},
        {"age_end", "birth_date=1966-03-01 contract=indefinite", "not_met"},
        {"experience", "", ""},
        {"experience", "experience_years=4 experience_years_held=3.99", "not_met"},
        {"experience", "experience_years=4 experience_years_held=4", "met"},
        {"experience", "experience_years=4 experience_years_held=4.01", "met"},
        {"clearance", "clearance=none clearance_held=none", "met"},
        {"languages", "languages=V/II languages_held=V/II", "met"},
        {"languages", "languages=V/II languages_held=V/I", "not_met"},
        {"languages", "languages=V/II languages_held=VI/III", "met"},
        {"slp", "slp=3322 slp_held=3322", "met"},
        {"slp", "slp=3322 slp_held=3321", "not_met"},
        {"seconded_length", "contract_months=73", ""},
        {"seconded_length", "contract=seconded contract_months=71", "met"},
        {"seconded_length", "contract=seconded contract_months=72", "met"},
        {"seconded_length", "contract=seconded contract_months=73", "not_met"},
        {"twin_reduction", "twin_grade=G12 twin_reduction_months=0", ""},
        {"twin_reduction", "twin_grade=G12 twin_reduction_months=1", "met"},
        {"twin_reduction", "twin_grade=G12 twin_reduction_months=24", "met"},
        {"twin_reduction", "twin_reduction_months=1", "not_met"},
    };
    static const char *const CLEARANCES[] = {"none", "NATO RESTRICTED", "NATO CONFIDENTIAL", "NATO SECRET",
                                             "COSMIC TOP SECRET"};
    fixture_nato(w, NULL);
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0] + 25; i++) {
        size_t pair = i - sizeof LIST / sizeof LIST[0];
        asked a = {"clearance", "", pair % 5 >= pair / 5 ? "met" : "not_met"}; /* held: as high as asked for */
        if (i < sizeof LIST / sizeof LIST[0]) a = LIST[i];
        begin(w, a.inputs);
        if (i >= sizeof LIST / sizeof LIST[0])
            assert_true(try_set(w, "clearance", CLEARANCES[pair / 5]) &&
                        try_set(w, "clearance_held", CLEARANCES[pair % 5]));
        size_t count;
        const char *verdict = "";
        const np_eligible *rows = np_eligibility(w->situation, w->arena, NULL, &count);
        for (size_t k = 0; k < count; k++)
            if (strcmp(rows[k].condition->about.name, a.name) == 0) verdict = np_meets_name(rows[k].meets);
        if (strcmp(verdict, a.verdict) != 0) print_error("%s: %s\n", a.name, a.inputs);
        assert_string_equal(verdict, a.verdict);
    }
}

/* ---- careers ---- */

static np_projection *project(fixture *w, const char *inputs, const char *path)
{
    begin(w, inputs);
    np_career *career = np_career_new(w->situation, w->arena, &w->diags);
    np_project_options options = {.months = 120, .lines = true};
    if (path) options.path = &w->book->career->paths[np_book_path(w->book, path)];
    np_projection *p = career ? np_career_project(career, &options) : NULL;
    if (!p) print_diags(&w->diags);
    assert_non_null(p);
    return p;
}

/* The first day of a milestone; "none" without one. */
static void milestones(void **state)
{
    fixture *w = *state;
    static const asked LIST[] = {
        {"start", "", "2026-03-01"},
        {"probation_end", "", "2026-08-31"},
        {"probation_end", "start=2026-03-02", "2026-09-01"},
        {"probation_end", "start=2026-02-28", "2026-08-27"},
        {"first_full_month", "", "none"},
        {"first_full_month", "start=2026-03-02", "2026-04-01"},
        {"first_full_month", "start=2026-03-31", "2026-04-01"},
        {"service_anniversary", "", "2027-03-01"},
        {"service_anniversary", "recruited=2025-02-28", "2027-02-28"},
        {"service_anniversary", "recruited=2025-03-01", "2026-03-01"},
        {"service_anniversary", "recruited=2025-03-02", "2026-03-02"},
        {"step", "", "2027-03-01"},
        {"step", "last_step=2025-03-02", "2026-03-02"},
        {"step", "step=10", "2027-03-01"},
        {"step", "step=11", "none"},
        {"twin_window", "twin_grade=G12", "2027-03-01"},
        {"twin_window", "twin_grade=G12 start=2026-03-02", "2027-03-02"},
        {"twin_window", "twin_grade=G12 contract=serving", "none"},
        {"twin_normal", "twin_grade=G12", "2029-03-01"},
        {"twin_normal", "twin_grade=G12 start=2026-02-28", "2029-02-28"},
        {"expatriation_taper", "", "2031-03-01"},
        {"expatriation_taper", "start=2026-02-28", "2031-03-01"},
        {"expatriation_taper", "start=2026-03-02", "2031-04-01"},
        {"family_taper", "spouse=yes", "2031-03-01"},
        {"family_taper", "spouse=yes start=2026-03-02", "2031-04-01"},
        {"child_age_limit", "child_births=2010-05-05", "2028-05-05"},
        {"child_student_limit", "child_births=2010-05-05", "none"},
        {"child_student_limit", "child_births=2010-05-05 children_in_education=1", "2032-05-05"},
        {"child_student_limit", "child_births=2010-05-05 children_in_education=1 recruited=2016-12-31", "2034-05-05"},
        {"child_student_limit", "child_births=2010-05-05 children_in_education=1 recruited=2017-01-01", "2032-05-05"},
        {"child_birth", "child_births=2026-02-28", "none"},
        {"child_birth", "child_births=2026-03-01", "2026-03-01"},
        {"non_renewal_notice", "", "2028-08-28"},
        {"non_renewal_notice", "contract_months=12", "2026-08-28"},
        {"renewal_decision", "start=2026-03-02", "2028-09-01"},
        {"contract_end", "", "2029-02-28"},
        {"contract_end", "start=2026-03-02", "2029-03-01"},
        {"contract_end", "contract_months=1", "2026-03-31"},
        {"indefinite_possible", "", "2029-03-01"},
        {"renewal_begins", "contract=seconded contract_months=70", "2032-01-01"},
        {"renewal_begins", "contract=seconded contract_months=71", "2032-02-01"},
        {"renewal_begins", "contract=seconded contract_months=72", "none"},
        {"renewal_begins", "contract=seconded end=2032-02-28", "2032-02-29"},
        {"renewal_begins", "contract=seconded end=2032-02-29", "none"},
        {"seconded_end", "contract=seconded", "2032-02-29"},
        {"seconded_end", "contract=seconded start=2026-03-02", "2032-03-01"},
        {"age_60", "birth_date=1970-05-05", "2030-05-05"},
        {"age_65", "birth_date=1966-02-28", "2031-02-28"},
        {"age_65", "birth_date=1966-03-01", "2031-03-01"},
        {"age_65", "birth_date=1966-03-02", "none"},
        {"home_leave", "", "2028-03-01"},
        {"home_leave", "resident_years_in_host_country=1", "none"},
        {"annual_leave", "", "2027-02-28"},
        {"annual_leave", "start=2026-03-02", "2027-03-01"},
    };
    fixture_nato(w, NULL);
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        size_t count;
        const np_dated *list = np_career_milestones(project(w, LIST[i].inputs, NULL), &count);
        np_date first = NP_DATE_NONE;
        for (size_t k = count; k-- > 0;)
            if (strcmp(list[k].milestone->about.name, LIST[i].name) == 0) first = list[k].date;
        np_text text;
        np_text_init(&text, 100);
        np_date_print(&text, first);
        if (strcmp(np_text_string(&text), LIST[i].verdict) != 0) print_error("%s: %s\n", LIST[i].name, LIST[i].inputs);
        expect_text(&text, LIST[i].verdict);
    }
}

/* The first three days of a milestone that repeats, with its numbers. */
static void milestones_that_repeat(void **state)
{
    fixture *w = *state;
    static const char *const LIST[][2] = {
        {"annual_leave", "2027-02-28 30, 2028-02-29 60, 2029-02-28 90, "},
        {"service_anniversary", "2027-03-01 1, 2028-03-01 2, 2029-03-01 3, "},
        {"home_leave", "2028-03-01 , 2030-03-01 , 2032-03-01 , "},
        {"step", "2027-03-01 2, 2028-03-01 3, 2029-03-01 4, "},
    };
    fixture_nato(w, NULL);
    size_t count;
    const np_dated *list = np_career_milestones(project(w, "", NULL), &count);
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        np_text text;
        np_text_init(&text, 1000);
        for (size_t k = 0, times = 0; k < count && times < 3; k++) {
            if (strcmp(list[k].milestone->about.name, LIST[i][0]) != 0) continue;
            times++;
            np_date_print(&text, list[k].date);
            np_text_putc(&text, ' ');
            if (list[k].numbered) np_num_print_plain(&text, list[k].number);
            np_text_puts(&text, ", ");
        }
        expect_text(&text, LIST[i][1]);
    }
}

/* "contract end, end of probation, last day of service". */
static void terms(void **state)
{
    fixture *w = *state;
    static const char *const LIST[][2] = {
        {"", "2029-02-28 2026-08-31 none"},
        {"start=2026-03-02", "2029-03-01 2026-09-01 none"},
        {"contract=seconded", "2029-02-28 2026-08-31 2032-02-29"},
        {"contract=seconded start=2026-03-02", "2029-03-01 2026-09-01 2032-03-01"},
        {"contract=indefinite", "none 2026-08-31 none"},
        {"contract=serving", "none none none"},
        {"contract=serving contract_months=12", "2027-02-28 none 2027-02-28"},
        {"birth_date=1966-02-28", "2029-02-28 2026-08-31 2031-02-28"},
        {"birth_date=1966-03-01", "2029-02-28 2026-08-31 2031-03-01"},
        {"birth_date=1966-03-02", "2029-02-28 2026-08-31 none"},
    };
    fixture_nato(w, NULL);
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        const np_terms *t = &project(w, LIST[i][0], NULL)->career->terms;
        np_text text;
        np_text_init(&text, 100);
        np_date_print(&text, t->contract_end);
        np_text_putc(&text, ' ');
        np_date_print(&text, t->probation_end);
        np_text_putc(&text, ' ');
        np_date_print(&text, t->service_end);
        if (strcmp(np_text_string(&text), LIST[i][1]) != 0) print_error("%s\n", LIST[i][0]);
        expect_text(&text, LIST[i][1]);
    }
}

/* On which day the higher grade of a twin-graded post is reached on each path; "none": never, "closed": not open. */
static void paths(void **state)
{
    fixture *w = *state;
    static const asked LIST[] = {
        {"normal", "", "2029-03-01"},
        {"normal", "start=2026-02-28", "2029-02-28"},
        {"earliest", "", "2027-03-01"},
        {"earliest", "twin_reduction_months=0", "2029-03-01"},
        {"earliest", "twin_reduction_months=1", "2029-02-01"},
        {"earliest", "twin_reduction_months=24", "2027-03-01"},
        {"earliest", "contract=serving", "closed"},
        {"direct", "contract=serving", "2026-03-01"},
        {"direct", "", "closed"},
        {"never", "", "none"},
    };
    fixture_nato(w, NULL);
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        const char *inputs = np_arena_format(w->arena, "twin_grade=G12 %s", LIST[i].inputs);
        np_projection *p = project(w, inputs, LIST[i].name);
        np_career *career = (np_career *)(uintptr_t)p->career;
        np_text text;
        np_text_init(&text, 100);
        np_date on = NP_DATE_NONE;
        for (size_t k = 0; k < p->event_count; k++)
            if (p->events[k].event == NP_EVENT_ADVANCEMENT) on = p->events[k].on;
        if (np_career_path_open(career, p->path))
            np_date_print(&text, on);
        else
            np_text_puts(&text, "closed");
        if (strcmp(np_text_string(&text), LIST[i].verdict) != 0) print_error("%s: %s\n", LIST[i].name, LIST[i].inputs);
        expect_text(&text, LIST[i].verdict);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        fixture_test(conditions), fixture_test(milestones), fixture_test(milestones_that_repeat),
        fixture_test(terms),      fixture_test(paths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
