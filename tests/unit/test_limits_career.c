/* Every comparison of dates and limits in calc/career: the day before, the day itself, the day after; the limit less
 * one, the limit, the limit and one. What happens on a limit stands in tables, so that a change of meaning is a change
 * of a line. */
#include "unit/book_support.h"

#include "natopay/career/milestones.h"
#include "natopay/career/track.h"

static const char PERSON[] = "grade=G10 duty_country=BE nationality=FR birth_date=1990-05-05 start=2026-09-01";

/* One step a month would hide what a day does: steps come every year, as in the book, but for three alone. */
static const char THREE_STEPS[] = "[parameter steps]\n1900-01-01 = 3\nstatus = user\n";

static np_career *open_career(world *w, const char *overlay, const char *inputs)
{
    world_nato(w, overlay);
    set(w, PERSON);
    set(w, inputs);
    return np_career_new(w->situation, w->arena, &w->diags);
}

static np_projection *project(world *w, const char *overlay, const char *inputs, int32_t months)
{
    np_career *career = open_career(w, overlay, inputs);
    np_project_options options = {.months = months, .lines = true, .causes = true};
    np_projection *p = career ? np_career_project(career, &options) : NULL;
    if (!p) print_diags(&w->diags);
    assert_non_null(p);
    return p;
}

static np_date day(const char *text)
{
    np_date date;
    assert_null(np_date_parse(text, strlen(text), &date));
    return date;
}

static void put_date(np_text *text, np_date date)
{
    np_date_print(text, date);
    np_text_putc(text, ' ');
}

/* "2026-09 1/G10; 2027-09 2/G10": from which month on which step and grade. */
static void put_point(np_text *text, const world *w, np_date month, int64_t step, uint16_t grade)
{
    np_ymd ymd = np_date_split(month);
    np_text_printf(text, "%s%04d-%02d %lld/%s", text->length ? "; " : "", ymd.year, ymd.month, (long long)step,
                   w->book->grades[grade].name);
}

typedef struct history {
    const char *overlay, *inputs;
    const char *points; /* over 36 months */
} history;

/* The grade and step history, as projections have it and as lists have it. */
static void check_history(world *w, const history *h)
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

    np_track track;
    np_situation *situation = np_situation_copy(w->situation, w->arena);
    np_payslip *payslip = np_payslip_new(w->book, w->arena, false);
    assert_true(np_track_possible(w->book));
    assert_true(np_track_read(situation, payslip, &w->diags, np_date_month_start(p->last), &track));
    np_text_init(&text, 10000);
    for (size_t i = 0; i < track.count; i++)
        if (!i || track.points[i].step != track.points[i - 1].step ||
            track.points[i].grade != track.points[i - 1].grade)
            put_point(&text, w, track.points[i].month, track.points[i].step, track.points[i].grade);
    if (strcmp(np_text_string(&text), h->points) != 0) print_error("list: %s\n", h->inputs);
    expect_text(&text, h->points);
}

/* A change within a month counts from the next; one on or before the start, at the start. */
static void steps_on_the_day(void **state)
{
    static const history LIST[] = {
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
    static const char FIRST[] = PAY "g12 = 1030\n" ONE_YEAR "[career nato]\nstep_on_advancement = first\n";
    static const char ABOVE[] = PAY "g12 = 1030.01\n" ONE_YEAR;
    static const char RESTARTS[] = PAY "g12 = 1030\n[path normal]\ndate = 2026-09-15\n[career nato]\nstep_clock = "
                                       "restarts\n";
    static const history LIST[] = {
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
    world *w = *state;
    static const struct {
        const char *inputs, *terms; /* "none": service would end before it begins */
    } LIST[] = {
        {"", "2029-08-31 2027-02-28 none not"},
        {"start=2026-09-02", "2029-09-01 2027-03-01 none not"},
        {"start=2026-08-30", "2029-08-29 2027-02-27 none not"},
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
            np_text_puts(&text, ENDS[career->terms.ends]);
        } else {
            expect_diag(&w->diags, NO_CONTRACT_FITS, "", "before it begins", "no contract fits");
            np_text_puts(&text, "none");
        }
        if (strcmp(np_text_string(&text), LIST[i].terms) != 0) print_error("%s\n", LIST[i].inputs);
        expect_text(&text, LIST[i].terms);
    }
}

/* A contract beyond the age rule or the longest service is warned about, with the length that fits. */
static void contracts_beyond_a_limit(void **state)
{
    world *w = *state;
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

/* From which days of the month on dates fall on days that some months lack. */
static void starts_at_the_end_of_a_month(void **state)
{
    world *w = *state;
    static const struct {
        const char *inputs;
        bool said;
    } LIST[] = {
        {"start=2026-08-27", false}, {"start=2026-08-28", false}, {"start=2026-08-29", true},
        {"start=2026-09-29", false}, {"start=2026-09-30", false}, {"start=2026-07-31", false},
        {"start=2026-08-30", true},  {"start=2026-08-31", true},  {"start=2026-09-01", false},
        {"start=2028-02-28", false}, {"start=2028-02-29", true},  {"start=2028-03-01", false},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        np_career *career = open_career(w, NULL, LIST[i].inputs);
        assert_non_null(career);
        assert_true(np_career_check(career));
        bool said = find_diag(&w->diags, NP_CODE_MONTH_END, "") != NULL;
        if (said != LIST[i].said) print_error("%s\n", LIST[i].inputs);
        assert_int_equal(said, LIST[i].said);
    }
}

/* ---- what a projection covers ---- */

static void months_of_a_projection(void **state)
{
    world *w = *state;
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
    world *w = *state;
    static const struct {
        const char *inputs;
        const char *days; /* per stretch: from, to, months */
    } LIST[] = {
        {"", "2026-09-01 2026-11-30 3; "},
        {"start=2026-09-02", "2026-09-02 2026-09-30 1; 2026-10-01 2026-11-30 2; 2026-12-01 2026-12-01 1; "},
        {"start=2026-08-31", "2026-08-31 2026-08-31 1; 2026-09-01 2026-10-31 2; 2026-11-01 2026-11-29 1; "},
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
    world *w = *state;
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
    world *w = *state;
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
    world *w = *state;
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
    world *w = *state;
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
    world *w = *state;
    static const struct {
        const char *inputs;
        np_cause_kind kind;
        const char *month;
    } LIST[] = {
        {"child_births=2009-03-31", NP_CAUSE_CHILD_AGED, "2027-04-01"},
        {"child_births=2009-04-01", NP_CAUSE_CHILD_AGED, "2027-04-01"},
        {"child_births=2009-04-02", NP_CAUSE_CHILD_AGED, "2027-05-01"},
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
    world *w = *state;
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

/* ---- lists: the history from a month on ---- */

/* Which step is held in the first month of a plan, of which only the last point before it may be there. */
static void steps_in_a_list(void **state)
{
    world *w = *state;
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
        world_nato(w, NULL);
        set(w, PERSON);
        set(w, LIST[i].inputs);
        np_track track;
        assert_true(np_track_inputs(w->situation, w->payslip, &w->diags));
        assert_true(
            np_track_follow(w->situation, w->payslip, &w->diags, day(LIST[i].first), day(LIST[i].last), &track));
        np_text text;
        np_text_init(&text, 1000);
        for (size_t k = 0; k < track.count; k++)
            put_point(&text, w, track.points[k].month, track.points[k].step, track.points[k].grade);
        if (strcmp(np_text_string(&text), LIST[i].points) != 0) print_error("%s %s\n", LIST[i].inputs, LIST[i].first);
        expect_text(&text, LIST[i].points);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        world_test(steps_on_the_day),
        world_test(advancement_on_the_day),
        world_test(terms_on_the_day),
        world_test(contracts_beyond_a_limit),
        world_test(starts_at_the_end_of_a_month),
        world_test(months_of_a_projection),
        world_test(days_paid),
        world_test(projections_that_stop),
        world_test(periods_on_the_day),
        world_test(milestones_on_the_day),
        world_test(lines_that_fall),
        world_test(reasons_on_the_day),
        world_test(rules_as_reasons),
        world_test(steps_in_a_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
