/* Careers by hand: steps, advancement, months in part, the ends of service, milestones, language levels. */
#include "unit/book_support.h"

#include "natopay/book/load.h"
#include "natopay/career/milestones.h"
#include "natopay/report/timeline.h"

static void say(fixture *w)
{
    np_text text;
    np_text_init(&text, 100000);
    np_diags_print(&text, &w->diags, false);
    fprintf(stderr, "%s", np_text_string(&text));
    np_text_free(&text);
}

typedef struct run {
    const char *overlay;     /* NULL: none */
    const char *const *sets; /* name, value, ..., NULL */
    int32_t months;
    const char *path;
} run;

static const char *const BASE[][2] = {
    {"grade", "G10"},        {"duty_country", "BE"}, {"nationality", "FR"}, {"birth_date", "1990-05-05"},
    {"start", "2026-09-01"},
};

static void give(fixture *w, const char *name, const char *value)
{
    assert_true(np_situation_set_text(w->situation, &w->diags, name, value, np_span_none(), np_span_none()));
}

static np_career *open_career(fixture *w, const run *r)
{
    static const char *const OVERLAYS[] = {"overlay.ini"};
    texts_init(&w->texts);
    if (r->overlay) texts_add(&w->texts, "overlay.ini", r->overlay);
    np_diags_init(&w->diags, w->arena);
    w->book = np_book_load(texts_reader(&w->texts), &w->diags, w->arena, NATO_PACK, OVERLAYS, r->overlay ? 1 : 0);
    if (w->diags.errors) say(w);
    assert_int_equal(w->diags.errors, 0);
    w->situation = np_situation_new(w->book, w->arena);
    for (size_t i = 0; i < sizeof BASE / sizeof BASE[0]; i++) give(w, BASE[i][0], BASE[i][1]);
    for (const char *const *set = r->sets; set && *set; set += 2) give(w, set[0], set[1]);
    return np_career_new(w->situation, w->arena, &w->diags);
}

static np_projection *project(fixture *w, const run *r)
{
    np_career *career = open_career(w, r);
    if (!career) say(w);
    assert_non_null(career);
    np_project_options options = {.months = r->months, .lines = true, .causes = true};
    if (r->path) options.path = &w->book->career->paths[np_book_path(w->book, r->path)];
    np_projection *p = np_career_project(career, &options);
    if (!p) say(w);
    assert_non_null(p);
    return p;
}

/* "2026-09-01 2027-08-31 12 G10/1 4738.84; ...": stretches by their basic salaries. */
static void expect_stretches(fixture *w, const np_projection *p, const char *expected)
{
    np_text text;
    np_text_init(&text, 10000);
    const np_rule *salary = np_book_rule(w->book, "basic_salary");
    for (size_t i = 0; i < p->stretch_count; i++) {
        const np_stretch *s = &p->stretches[i];
        if (i) np_text_puts(&text, "; ");
        np_date_print(&text, s->from);
        np_text_putc(&text, ' ');
        np_date_print(&text, s->to);
        np_text_printf(&text, " %d %s/%lld ", s->months, w->book->grades[s->grade].name, (long long)s->step);
        np_num_print(&text, np_stretch_line(w->book, s, salary)->amount, 2, NP_ROUND_HALF_UP);
    }
    expect_text(&text, expected);
}

static void expect_causes(fixture *w, const np_projection *p, size_t stretch, const char *expected)
{
    np_text text;
    np_text_init(&text, 10000);
    for (size_t i = 0; i < p->stretches[stretch].cause_count; i++)
        np_text_printf(&text, "%s%s", i ? "; " : "",
                       np_cause_words(p, w->arena, NULL, &p->stretches[stretch].causes[i]));
    expect_text(&text, expected);
}

#define SETS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void a_step_a_year(void **state)
{
    fixture *w = *state;
    /* G10 in 2026: 4565.36 x 1.038 = 4738.84 (rounded); step 2 is 3 % of step 1 more: 4881.01 */
    np_projection *p = project(w, &(run){NULL, NULL, 24, NULL});
    expect_stretches(w, p, "2026-09-01 2027-08-31 12 G10/1 4738.84; 2027-09-01 2028-08-31 12 G10/2 4881.01");
    expect_causes(w, p, 0, "service begins");
    expect_causes(w, p, 1, "step 2");
    p = project(w, &(run){NULL, SETS("last_step", "2025-12-10"), 12, NULL});
    expect_stretches(w, p, "2026-09-01 2026-12-31 4 G10/1 4738.84; 2027-01-01 2027-08-31 8 G10/2 4881.01");
    p = project(w, &(run){NULL, SETS("step", "11"), 24, NULL});
    assert_int_equal(p->stretch_count, 1); /* there is no twelfth */
}

static void months_in_part(void **state)
{
    fixture *w = *state;
    /* 16 of 30 days of September, 14 of 30 at the end: 4738.84 x 16/30 = 2527.38, x 14/30 = 2211.46 */
    np_projection *p = project(w, &(run){NULL, SETS("start", "2026-09-15"), 12, NULL});
    expect_stretches(w, p,
                     "2026-09-15 2026-09-30 1 G10/1 2527.38; 2026-10-01 2027-08-31 11 G10/1 4738.84; "
                     "2027-09-01 2027-09-14 1 G10/1 2211.46");
    expect_causes(w, p, 0, "first month, 16 days");
    expect_causes(w, p, 1, "first full month");
    expect_causes(w, p, 2, "last month, 14 days");
    p = project(w, &(run){NULL, SETS("start", "2026-09-10", "end", "2026-09-12"), 12, NULL});
    expect_stretches(w, p, "2026-09-10 2026-09-12 1 G10/1 473.88");
}

static void step_on_advancement(void **state)
{
    fixture *w = *state;
    static const char SAME_PAY[] = "[scale BE 2026-01-01]\nstatus = user\nsource = natopay_assumption\n"
                                   "g10 = 1000\ng12 = 970\n";
    /* G10/2 pays 1030; G12/3 pays 970 + 2 x 29.10 = 1028.20, less than that, and G12/4 1057.30 */
    np_projection *p =
        project(w, &(run){SAME_PAY, SETS("twin_grade", "G12", "twin_reduction_months", "24"), 24, "earliest"});
    expect_stretches(w, p, "2026-09-01 2027-08-31 12 G10/1 1000.00; 2027-09-01 2028-08-31 12 G12/4 1057.30");
    expect_causes(w, p, 1, "step 2 of G10; advancement to G12");
    static const char EQUAL[] = "[scale BE 2026-01-01]\nstatus = user\nsource = natopay_assumption\n"
                                "g10 = 1000\ng12 = 1030\n";
    p = project(w, &(run){EQUAL, SETS("twin_grade", "G12", "twin_reduction_months", "24"), 24, "earliest"});
    expect_stretches(w, p, "2026-09-01 2027-08-31 12 G10/1 1000.00; 2027-09-01 2028-08-31 12 G12/1 1030.00");
    p = project(w, &(run){NULL, SETS("twin_grade", "G12"), 12, "never"});
    assert_int_equal(p->stretches[0].grade, np_book_grade(w->book, "G10"));
    p = project(w, &(run){NULL, SETS("twin_grade", "G12", "contract", "serving"), 12, "direct"});
    expect_causes(w, p, 0, "service begins; advancement to G12");
}

static void rules_of_steps_are_data(void **state)
{
    fixture *w = *state;
    static const char FIRST[] = "[career nato]\nstep_on_advancement = first\nstep_clock = restarts\n";
    const char *const *sets = SETS("twin_grade", "G12", "twin_reduction_months", "18", "step", "5");
    np_projection *p = project(w, &(run){FIRST, sets, 36, "earliest"});
    expect_stretches(w, p,
                     "2026-09-01 2027-08-31 12 G10/5 5307.50; 2027-09-01 2028-02-29 6 G10/6 5449.67; "
                     "2028-03-01 2029-02-28 12 G12/1 5393.24; 2029-03-01 2029-08-31 6 G12/2 5555.04");
    static const char SLOW[] = "[parameter step_interval]\n1900-01-01 = 24 months\nstatus = user\n";
    p = project(w, &(run){SLOW, NULL, 36, NULL});
    expect_stretches(w, p, "2026-09-01 2028-08-31 24 G10/1 4738.84; 2028-09-01 2029-08-31 12 G10/2 4881.01");
}

static void expect_terms(const np_career *career, const char *expected)
{
    np_text text;
    np_text_init(&text, 1000);
    const np_date dates[] = {career->terms.contract_end, career->terms.probation_end, career->terms.service_end};
    for (size_t i = 0; i < 3; i++) {
        if (i) np_text_putc(&text, ' ');
        np_date_print(&text, dates[i]);
    }
    np_text_printf(&text, " %d", career->terms.service_ends_by);
    expect_text(&text, expected);
}

static void terms_of_contracts(void **state)
{
    fixture *w = *state;
    expect_terms(open_career(w, &(run){NULL, NULL, 0, NULL}), "2029-08-31 2027-02-28 none 0");
    expect_terms(open_career(w, &(run){NULL, SETS("contract", "seconded"), 0, NULL}),
                 "2029-08-31 2027-02-28 2032-08-31 3");
    expect_terms(open_career(w, &(run){NULL, SETS("contract", "indefinite"), 0, NULL}), "none 2027-02-28 none 0");
    expect_terms(open_career(w, &(run){NULL, SETS("contract_months", "12", "end", "2027-12-31"), 0, NULL}),
                 "2027-12-31 2027-02-28 2027-12-31 1");
    /* born on 29 February: the 65th birthday is 28 February; 60 on the day of the start binds, a day less does not */
    expect_terms(open_career(w, &(run){NULL, SETS("birth_date", "1964-02-29"), 0, NULL}),
                 "2029-08-31 2027-02-28 2029-02-28 4");
    expect_terms(open_career(w, &(run){NULL, SETS("birth_date", "1966-09-01"), 0, NULL}),
                 "2029-08-31 2027-02-28 2031-09-01 4");
    expect_terms(open_career(w, &(run){NULL, SETS("birth_date", "1966-09-02"), 0, NULL}),
                 "2029-08-31 2027-02-28 none 0");
    assert_null(open_career(w, &(run){NULL, SETS("birth_date", "1961-08-31"), 0, NULL}));
    assert_int_equal(w->diags.last->code, NP_CODE_NO_CONTRACT_FITS);
    assert_non_null(open_career(w, &(run){NULL, SETS("birth_date", "1961-09-01"), 0, NULL}));
}

static void horizons_have_bounds(void **state)
{
    fixture *w = *state;
    np_career *career = open_career(w, &(run){NULL, NULL, 0, NULL});
    static const int32_t BAD[] = {0, -1, 601, INT32_MAX};
    for (size_t i = 0; i < 4; i++) assert_null(np_career_project(career, &(np_project_options){.months = BAD[i]}));
    assert_int_equal(w->diags.first->code, NP_CODE_BAD_HORIZON);
    assert_non_null(np_career_project(career, &(np_project_options){.months = 600}));
}

static const np_dated *find(const np_dated *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].milestone->about.name, name) == 0) return &list[i];
    return NULL;
}

static void milestones_by_name(void **state)
{
    fixture *w = *state;
    np_projection *p = project(w, &(run){NULL, SETS("child_births", "2009-02-28, 2010-01-31"), 72, NULL});
    size_t count;
    const np_dated *list = np_career_milestones(p, &count);
    assert_int_equal(find(list, count, "start")->date, np_date_of(2026, 9, 1));
    assert_int_equal(find(list, count, "probation_end")->date, np_date_of(2027, 2, 28));
    assert_int_equal(find(list, count, "child_age_limit")->date, np_date_of(2027, 2, 28));
    assert_int_equal(find(list, count, "expatriation_taper")->date, np_date_of(2031, 9, 1));
    assert_int_equal(find(list, count, "non_renewal_notice")->date, np_date_of(2029, 2, 28));
    assert_int_equal(find(list, count, "indefinite_possible")->date, np_date_of(2029, 9, 1));
    assert_null(find(list, count, "seconded_end"));
    assert_null(find(list, count, "twin_window"));
    expect_num(find(list, count, "annual_leave")->number, "30");
    for (size_t i = 1; i < count; i++) assert_true(list[i - 1].date <= list[i].date || list[i].date == NP_DATE_NONE);
}

static void a_milestone_without_its_input_is_open(void **state)
{
    fixture *w = *state;
    open_career(w, &(run){NULL, NULL, 0, NULL});
    np_situation_forget(w->situation, (uint16_t)np_book_slot(w->book, "birth_date"));
    np_career *career = np_career_new(w->situation, w->arena, &w->diags);
    assert_non_null(career);
    np_projection *p = np_career_project(career, &(np_project_options){.months = 36, .lines = true});
    size_t count;
    const np_dated *list = np_career_milestones(p, &count), *age = find(list, count, "age_60");
    assert_non_null(age);
    assert_int_equal(age->date, NP_DATE_NONE);
    assert_string_equal(np_missing_names(w->book, w->arena, age->missing), "birth_date");
}

static np_meets meets(fixture *w, const char *name, const char *const *sets)
{
    open_career(w, &(run){NULL, sets, 0, NULL});
    size_t count;
    const np_eligible *rows = np_eligibility(w->situation, w->arena, NULL, &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].condition->about.name, name) == 0) return rows[i].meets;
    fail_msg("the condition %s does not apply", name);
    return NP_MEETS_OPEN;
}

static void language_levels(void **state)
{
    fixture *w = *state;
    static const struct {
        const char *input, *held, *asked;
        np_meets meets;
    } CASES[] = {
        {"languages", "English V, French II", "V/II", NP_MEETS},
        {"languages", "English VI", "V/II", NP_MEETS_NOT},
        {"languages", "I, VI", "VI/I", NP_MEETS},
        {"languages", "English V, French I", "French II, English V", NP_MEETS_NOT},
        {"languages", "french III, ENGLISH V", "French II, English V", NP_MEETS},
        {"languages", "3322", "V", NP_MEETS_OPEN},
        {"languages", "fluent", "V", NP_MEETS_OPEN},
        {"slp", "3333/1111", "3322/2222", NP_MEETS_NOT},
        {"slp", "2222/3322", "3322/2222", NP_MEETS},
        {"slp", "3321/3333", "3322/2222", NP_MEETS_NOT},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        char held[32];
        snprintf(held, sizeof held, "%s_held", CASES[i].input);
        assert_int_equal(meets(w, CASES[i].input, SETS(held, CASES[i].held, CASES[i].input, CASES[i].asked)),
                         CASES[i].meets);
    }
    assert_int_equal(meets(w, "clearance", SETS("clearance", "NATO SECRET", "clearance_held", "COSMIC TOP SECRET")),
                     NP_MEETS);
    assert_int_equal(meets(w, "clearance", SETS("clearance", "NATO SECRET", "clearance_held", "none")), NP_MEETS_NOT);
    assert_int_equal(meets(w, "clearance", SETS("clearance", "NATO SECRET")), NP_MEETS_OPEN);
}

static void memory(void *context)
{
    fixture *w = context;
    np_career *career = np_career_new(w->situation, w->arena, &w->diags);
    np_projection *p = career ? np_career_project(career, &(np_project_options){.months = 72, .lines = true}) : NULL;
    size_t count;
    if (p) np_career_milestones(p, &count);
}

static void without_memory_it_leaves_to_the_guard(void **state)
{
    fixture *w = *state;
    open_career(w, &(run){NULL, SETS("twin_grade", "G12"), 0, NULL});
    np_arena *kept = w->arena;
    w->arena = np_arena_new(0);
    for (long successes = 0; successes < 4000; successes += 1 + successes / 8) {
        np_arena_reset(w->arena);
        np_diags_init(&w->diags, w->arena);
        np_arena_fail_after(w->arena, successes);
        np_arena_guard(w->arena, memory, w);
        np_arena_fail_after(w->arena, -1);
    }
    np_arena_reset(w->arena);
    np_diags_init(&w->diags, w->arena);
    assert_true(np_arena_guard(w->arena, memory, w));
    np_arena_free(w->arena);
    w->arena = kept;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        fixture_test(a_step_a_year),       fixture_test(months_in_part),
        fixture_test(step_on_advancement), fixture_test(rules_of_steps_are_data),
        fixture_test(terms_of_contracts),  fixture_test(horizons_have_bounds),
        fixture_test(milestones_by_name),  fixture_test(a_milestone_without_its_input_is_open),
        fixture_test(language_levels),     fixture_test(without_memory_it_leaves_to_the_guard),
    };
    return cmocka_run_group_tests_name("test_career", tests, NULL, NULL);
}
