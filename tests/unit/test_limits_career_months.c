/* Comparisons of dates and limits in calc/career, of months, periods, milestones and reasons: the day before, the day
 * itself, the day after; the limit less one, the limit, the limit and one. */
#include "unit/career_support.h"

#include "natopay/career/milestones.h"

/* ---- what a projection covers ---- */

static void months_of_a_projection(void **state)
{
    fixture *w = *state;
    np_career *career = open_career(w, NULL, "");
    static const struct {
        int32_t months;
        const char *last; /* "": refused */
    } LIST[] = {
        {-1, ""}, {0, ""}, {1, "2026-09-30"}, {2, "2026-10-31"}, {599, "2076-07-31"}, {600, "2076-08-31"}, {601, ""},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        np_projection *p = np_career_project(career, &(np_project_options){.months = LIST[i].months});
        assert_int_equal(p != NULL, *LIST[i].last != '\0');
        if (p) assert_int_equal(p->last, day(LIST[i].last));
    }
}

/* "2026-09-15 16, 2026-10-01 31, ...": from which day on, how many days are paid in the month (of its basic salary). */
static void days_paid(void **state)
{
    fixture *w = *state;
    static const struct {
        const char *inputs;
        const char *days; /* per stretch: from, to, months */
    } LIST[] = {
        {"", "2026-09-01 2026-11-30 3; "},
        {"start=2026-09-02", "2026-09-02 2026-09-30 1; 2026-10-01 2026-11-30 2; 2026-12-01 2026-12-01 1; "},
        {"start=2026-08-31", "2026-08-31 2026-08-31 1; 2026-09-01 2026-11-30 3; "},
        {"end=2026-10-30", "2026-09-01 2026-09-30 1; 2026-10-01 2026-10-30 1; "},
        {"end=2026-10-31", "2026-09-01 2026-10-31 2; "},
        {"end=2026-11-01", "2026-09-01 2026-10-31 2; 2026-11-01 2026-11-01 1; "},
        {"end=2026-11-30", "2026-09-01 2026-11-30 3; "},
        {"end=2026-12-01", "2026-09-01 2026-11-30 3; "},
        {"end=2026-09-01", "2026-09-01 2026-09-01 1; "},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        np_projection *p = project(w, NULL, LIST[i].inputs, 3);
        np_text text;
        np_text_init(&text, 1000);
        for (size_t s = 0; s < p->stretch_count; s++) {
            put_date(&text, p->stretches[s].from);
            put_date(&text, p->stretches[s].to);
            np_text_printf(&text, "%d; ", p->stretches[s].months);
        }
        if (strcmp(np_text_string(&text), LIST[i].days) != 0) print_error("%s\n", LIST[i].inputs);
        expect_text(&text, LIST[i].days);
    }
}

/* A projection that stops on the last day of a month does not end service; one that stops within a month pays it as
 * when service ended. */
static void projections_that_stop(void **state)
{
    fixture *w = *state;
    static const char TELLS[] = "[rule bonus]\nkind = allowance\nstatus = user\nsource = natopay_assumption\n"
                                "amount = if known(end) then 1 EUR else 2 EUR\n";
    static const char *const LIST[][2] = {
        {"", "2"}, {"start=2026-09-02", "1"}, {"end=2026-09-29", "1"}, {"end=2026-09-30", "1"}, {"end=2026-10-01", "1"},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        np_projection *p = project(w, TELLS, LIST[i][0], 1);
        const np_stretch *last = &p->stretches[p->stretch_count - 1];
        expect_plain(np_stretch_line(w->book, last, np_book_rule(w->book, "bonus"))->amount, LIST[i][1]);
    }
}

/* Into which period the months fall: its number, first and last day, months. */
static void periods_on_the_day(void **state)
{
    fixture *w = *state;
    static const struct {
        const char *inputs;
        np_by by;
        const char *periods;
    } LIST[] = {
        {"", NP_BY_YEAR, "2026 2026-09-01 2026-12-31 4; 2027 2027-01-01 2027-12-31 12; 2028 2028-01-01 2028-08-31 8; "},
        {"start=2026-12-01", NP_BY_YEAR,
         "2026 2026-12-01 2026-12-31 1; 2027 2027-01-01 2027-12-31 12; 2028 2028-01-01 2028-11-30 11; "},
        {"start=2026-12-31", NP_BY_YEAR,
         "2026 2026-12-31 2026-12-31 1; 2027 2027-01-01 2027-12-31 12; 2028 2028-01-01 2028-12-30 12; "},
        {"start=2027-01-01", NP_BY_YEAR, "2027 2027-01-01 2027-12-31 12; 2028 2028-01-01 2028-12-31 12; "},
        {"", NP_BY_CONTRACT_YEAR, "1 2026-09-01 2027-08-31 12; 2 2027-09-01 2028-08-31 12; "},
        {"start=2026-09-02", NP_BY_CONTRACT_YEAR, "1 2026-09-02 2027-09-30 13; 2 2027-10-01 2028-09-01 12; "},
        {"start=2026-08-31", NP_BY_CONTRACT_YEAR, "1 2026-08-31 2027-08-31 13; 2 2027-09-01 2028-08-30 12; "},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        np_projection *p = project(w, NULL, LIST[i].inputs, 24);
        size_t count;
        np_period *periods = np_projection_periods(p, LIST[i].by, w->arena, &count);
        np_text text;
        np_text_init(&text, 10000);
        for (size_t k = 0; k < count; k++) {
            np_text_printf(&text, "%d ", periods[k].number);
            put_date(&text, periods[k].from);
            put_date(&text, periods[k].to);
            np_text_printf(&text, "%d; ", periods[k].sum.months);
        }
        if (strcmp(np_text_string(&text), LIST[i].periods) != 0) print_error("%s\n", LIST[i].inputs);
        expect_text(&text, LIST[i].periods);
    }
    size_t count;
    np_projection *p = project(w, NULL, "", 24);
    np_period *months = np_projection_periods(p, NP_BY_MONTH, w->arena, &count);
    assert_int_equal(count, 24);
    for (size_t i = 0; i < count; i++) assert_int_equal(months[i].sum.months, 1);
    assert_int_equal(months[1].from, day("2026-10-01"));
    assert_int_equal(months[1].to, day("2026-10-31"));
}

/* ---- milestones ---- */

/* Milestones of the same name, by their dates; the projection runs from 2026-09-01 to 2029-08-31. */
static void milestones_on_the_day(void **state)
{
    fixture *w = *state;
    static const struct {
        const char *keys, *dates;
    } LIST[] = {
        /* what happens once may also fall on the day after the last */
        {"date = 2026-08-31", ""},
        {"date = 2026-09-01", "2026-09-01 "},
        {"date = 2026-09-02", "2026-09-02 "},
        {"date = 2029-08-30", "2029-08-30 "},
        {"date = 2029-08-31", "2029-08-31 "},
        {"date = 2029-09-01", "2029-09-01 "},
        {"date = 2029-09-02", ""},
        /* what repeats, not */
        {"date = 2026-08-31\nevery = 1 year", "2027-08-31 2028-08-31 2029-08-31 "},
        {"date = 2026-09-01\nevery = 1 year", "2026-09-01 2027-09-01 2028-09-01 "},
        {"date = 2026-09-01\nevery = 1 year\nuntil = 2027-08-31", "2026-09-01 "},
        {"date = 2026-09-01\nevery = 1 year\nuntil = 2027-09-01", "2026-09-01 2027-09-01 "},
        {"date = 2026-09-01\nevery = 1 year\nuntil = 2027-09-02", "2026-09-01 2027-09-01 "},
        {"date = 2026-09-01\nevery = 500 days", "2026-09-01 2028-01-14 2029-05-28 "},
        {"each = child_births\nafter = 1 year", "2026-09-01 2029-08-31 "},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        const char *overlay =
            np_arena_format(w->arena, "[milestone mine]\nsource = natopay_assumption\n%s\n", LIST[i].keys);
        np_projection *p = project(w, overlay, "child_births=2025-08-31,2025-09-01,2028-08-31,2028-09-01", 36);
        size_t count;
        const np_dated *list = np_career_milestones(p, &count);
        np_text text;
        np_text_init(&text, 1000);
        for (size_t k = 0; k < count; k++)
            if (strcmp(list[k].milestone->about.name, "mine") == 0) put_date(&text, list[k].date);
        if (strcmp(np_text_string(&text), LIST[i].dates) != 0) print_error("%s\n", LIST[i].keys);
        expect_text(&text, LIST[i].dates);
    }
}

/* A line begins to fall in the first whole month that pays less than the whole month before. */
static void lines_that_fall(void **state)
{
    fixture *w = *state;
    static const struct {
        const char *amount, *inputs, *date;
    } LIST[] = {
        {"if date >= 2027-03-01 then 9.99 EUR else 10 EUR", "", "2027-03-01 "},
        {"if date >= 2027-03-01 then 10 EUR else 10 EUR * month_share", "", ""},
        {"if date >= 2027-03-01 then 10.01 EUR else 10 EUR", "", ""},
        {"10 EUR * month_share", "start=2026-09-15", ""}, /* the last month, of fewer days, is not whole */
        {"10 EUR * month_share", "end=2027-08-30", ""},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        const char *overlay =
            np_arena_format(w->arena,
                            "[milestone mine]\nsource = natopay_assumption\nfalls = bonus\n"
                            "[rule bonus]\nkind = allowance\nstatus = user\nsource = natopay_assumption\namount = %s\n",
                            LIST[i].amount);
        np_projection *p = project(w, overlay, LIST[i].inputs, 36);
        size_t count;
        const np_dated *list = np_career_milestones(p, &count);
        np_text text;
        np_text_init(&text, 1000);
        for (size_t k = 0; k < count; k++)
            if (strcmp(list[k].milestone->about.name, "mine") == 0) put_date(&text, list[k].date);
        if (strcmp(np_text_string(&text), LIST[i].date) != 0) print_error("%s\n", LIST[i].amount);
        expect_text(&text, LIST[i].date);
    }
}

/* ---- reasons ---- */

static bool has_cause(const np_stretch *s, np_cause_kind kind)
{
    for (size_t i = 0; i < s->cause_count; i++)
        if (s->causes[i].kind == kind) return true;
    return false;
}

/* In which month a child that reaches an age is given as the reason why pay changes, over 36 months. */
static void reasons_on_the_day(void **state)
{
    fixture *w = *state;
    static const struct {
        const char *inputs;
        np_cause_kind kind;
        const char *month;
    } LIST[] = {
        {"child_births=2009-03-31", NP_CAUSE_CHILD_AGED, "2027-04-01"},
        {"child_births=2009-04-01", NP_CAUSE_CHILD_AGED, "2027-05-01"},
        {"child_births=2009-04-30", NP_CAUSE_CHILD_AGED, "2027-05-01"},
        {"child_births=2009-05-01", NP_CAUSE_CHILD_AGED, "2027-06-01"},
        {"child_births=2027-03-31", NP_CAUSE_CHILD_BORN, "2027-03-01"},
        {"child_births=2027-04-01", NP_CAUSE_CHILD_BORN, "2027-04-01"},
        {"child_births=2027-04-02", NP_CAUSE_CHILD_BORN, "2027-04-01"},
        {"last_step=2026-03-31", NP_CAUSE_STEP, "2027-04-01"},
        {"last_step=2026-04-01", NP_CAUSE_STEP, "2027-04-01"},
        {"last_step=2026-04-02", NP_CAUSE_STEP, "2027-05-01"},
        {"start=2026-09-15 last_step=2025-09-16", NP_CAUSE_STEP, "2026-10-01"},
        {"start=2026-09-15 contract=serving twin_grade=G12 twin_advancement=direct", NP_CAUSE_ADVANCEMENT,
         "2026-09-01"},
        {"start=2026-09-02", NP_CAUSE_FULL_MONTH, "2026-10-01"},
        {"recruited=2022-03-31", NP_CAUSE_YEARS, "2027-04-01"},
        {"recruited=2022-04-01", NP_CAUSE_YEARS, "2027-04-01"},
        {"recruited=2022-04-02", NP_CAUSE_YEARS, "2027-05-01"},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        np_projection *p = project(w, NULL, LIST[i].inputs, 36);
        np_text text;
        np_text_init(&text, 1000);
        for (size_t s = 0; s < p->stretch_count && !text.length; s++)
            if (has_cause(&p->stretches[s], LIST[i].kind)) np_date_print(&text, p->stretches[s].month);
        if (strcmp(np_text_string(&text), LIST[i].month) != 0) print_error("%s\n", LIST[i].inputs);
        expect_text(&text, LIST[i].month);
    }
}

/* A rule that begins or ends, as the reason, in the month from which it counts. */
static void rules_as_reasons(void **state)
{
    fixture *w = *state;
    static const struct {
        const char *key;
        np_cause_kind kind;
        const char *month;
    } LIST[] = {
        {"from = 2027-03-31", NP_CAUSE_RULE_BEGINS, "2027-04-01"},
        {"from = 2027-04-01", NP_CAUSE_RULE_BEGINS, "2027-04-01"},
        {"from = 2027-04-02", NP_CAUSE_RULE_BEGINS, "2027-05-01"},
        {"until = 2027-03-31", NP_CAUSE_RULE_ENDS, "2027-04-01"},
        {"until = 2027-04-01", NP_CAUSE_RULE_ENDS, "2027-05-01"},
        {"until = 2027-04-30", NP_CAUSE_RULE_ENDS, "2027-05-01"},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        const char *overlay = np_arena_format(
            w->arena, "[rule bonus]\nkind = allowance\nsource = natopay_assumption\namount = 10 EUR\n%s\n",
            LIST[i].key);
        np_projection *p = project(w, overlay, "", 36);
        np_text text;
        np_text_init(&text, 1000);
        for (size_t s = 0; s < p->stretch_count && !text.length; s++)
            if (has_cause(&p->stretches[s], LIST[i].kind)) np_date_print(&text, p->stretches[s].month);
        if (strcmp(np_text_string(&text), LIST[i].month) != 0) print_error("%s\n", LIST[i].key);
        expect_text(&text, LIST[i].month);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        fixture_test(months_of_a_projection), fixture_test(days_paid),
        fixture_test(projections_that_stop),  fixture_test(periods_on_the_day),
        fixture_test(milestones_on_the_day),  fixture_test(lines_that_fall),
        fixture_test(reasons_on_the_day),     fixture_test(rules_as_reasons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
