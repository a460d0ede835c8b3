/* Every comparison of dates and limits in calc/plan: the day before, the day itself, the day after. A scenario adds a
 * line of one euro under some condition; the difference of the gross counts the months in which it is due. Each example
 * is computed by the engine all months at once, and month by month. */
#include "unit/book_support.h"
#include "unit/scratch_support.h"

#include "natopay/plan/csv.h"
#include "natopay/plan/engine.h"

static const np_window *ten_years(void)
{
    static np_window window;
    assert_true(np_window_set(&window, np_date_of(2026, 1, 1), 120));
    return &window;
}

static const char PERSON[] = "grade=G10 duty_country=BE nationality=FR birth_date=1990-05-05 start=2025-01-01";

typedef struct job {
    fixture *w;
    np_engine *engine;
    const char *inputs;
    np_outcome *outcomes;
    const np_plan_book *books;
} job;

static void run_job(void *context)
{
    job *j = context;
    np_engine_begin_row(j->engine, 0);
    const char *const lists[] = {PERSON, j->inputs};
    for (size_t l = 0; l < 2; l++)
        for (const char *at = lists[l]; *at;) {
            size_t length = strcspn(at, " ");
            const char *word = np_arena_copy(j->w->arena, at, length), *equals = strchr(word, '=');
            const char *name = np_arena_copy(j->w->arena, word, (size_t)(equals - word));
            const np_input *input = np_book_input(j->books[0].book, name);
            assert_non_null(input);
            assert_true(np_engine_set_input(j->engine, 0, input->slot, equals + 1, strlen(equals + 1), &j->w->diags));
            at += length + strspn(at + length, " ");
        }
    np_engine_row row = {.diags = &j->w->diags, .outcomes = j->outcomes, .done = true};
    np_engine_run(j->engine, &row, 1);
    if (!row.done) print_diags(&j->w->diags);
    assert_true(row.done);
}

static np_book *load(fixture *w, const char *overlay)
{
    texts_init(&w->texts);
    if (overlay) texts_add(&w->texts, "overlay.ini", overlay);
    fixture_load(w, NATO_PACK);
    if (w->diags.errors) print_diags(&w->diags);
    assert_int_equal(w->diags.errors, 0);
    return w->book;
}

typedef struct example {
    const char *overlay, *inputs;
    const char *months; /* "4 12": months of each year in which the line is due */
} example;

/* The years 2026 and 2027 of a baseline and of a scenario, by both ways; `take` puts into words what is looked at. */
static void check(fixture *w, const example *e,
                  void (*take)(np_text *text, np_arena *arena, const np_window *window, const np_outcome *o))
{
    np_window window;
    np_plan_book books[2] = {{.book = load(w, NULL)}, {.book = load(w, e->overlay)}};
    assert_true(np_window_set(&window, np_date_of(2026, 1, 1), 24));
    for (int plain = 0; plain < 2; plain++) {
        static np_outcome outcomes[2];
        np_engine *engine = np_engine_new(&window, books, 2, &(np_engine_options){.reference = plain});
        job j = {w, engine, e->inputs, outcomes, books};
        np_diags_init(&w->diags, w->arena);
        assert_non_null(engine);
        assert_true(np_engine_guard(engine, run_job, &j));
        np_text text;
        np_text_init(&text, 1000);
        take(&text, w->arena, &window, outcomes);
        if (strcmp(np_text_string(&text), e->months) != 0)
            print_error("%s: %s%s\n", plain ? "plain" : "fast", e->overlay, e->inputs);
        expect_text(&text, e->months);
        np_engine_free(engine);
    }
}

/* "4 12": the difference of the gross in each year, which is a number of months. */
static void take_months(np_text *text, np_arena *arena, const np_window *window, const np_outcome *o)
{
    for (uint16_t y = 0; y < window->periods; y++) {
        if (y) np_text_putc(text, ' ');
        np_num_print_plain(text, np_num_sub(arena, o[1].periods[y].gross, o[0].periods[y].gross));
    }
}

/* The same of the net: what comes once is no part of the gross. */
static void take_net(np_text *text, np_arena *arena, const np_window *window, const np_outcome *o)
{
    for (uint16_t y = 0; y < window->periods; y++) {
        if (y) np_text_putc(text, ' ');
        np_num_print_plain(text, np_num_sub(arena, o[1].periods[y].net, o[0].periods[y].net));
    }
}

/* "3-18": months in service, from and until; with a plus when the contract ends before. */
static void take_service(np_text *text, np_arena *arena, const np_window *window, const np_outcome *o)
{
    (void)arena;
    (void)window;
    np_text_printf(text, "%d-%d%s", o->from, o->until, o->beyond ? "+" : "");
}

#define EXAMPLES(list, take) \
    for (size_t i = 0; i < sizeof(list) / sizeof(list)[0]; i++) check(*state, &(list)[i], take)

#define LINE "[rule bonus]\nkind = allowance\nsource = natopay_assumption\namount = 1 EUR\n"
#define FIGURE "[parameter p]\ntype = number\nstatus = user\n2000-01-01 = 0\n"
#define BY_FIGURE "[rule bonus]\nkind = allowance\nsource = natopay_assumption\namount = 1 EUR * p\n"

static void rules_in_a_plan(void **state)
{
    static const example LIST[] = {
        {LINE "from = 2026-03-31\n", "", "9 12"},   {LINE "from = 2026-04-01\n", "", "9 12"},
        {LINE "from = 2026-04-02\n", "", "8 12"},   {LINE "from = 2025-12-31\n", "", "12 12"},
        {LINE "from = 2026-01-01\n", "", "12 12"},  {LINE "from = 2026-01-02\n", "", "11 12"},
        {LINE "from = 2027-12-01\n", "", "0 1"},    {LINE "from = 2027-12-02\n", "", "0 0"},
        {LINE "until = 2026-03-31\n", "", "3 0"},   {LINE "until = 2026-04-01\n", "", "4 0"},
        {LINE "until = 2026-04-02\n", "", "4 0"},   {LINE "until = 2025-12-31\n", "", "0 0"},
        {LINE "until = 2026-01-01\n", "", "1 0"},   {LINE "until = 2027-11-30\n", "", "12 11"},
        {LINE "until = 2027-12-01\n", "", "12 12"},
    };
    EXAMPLES(LIST, take_months);
}

static void figures_in_a_plan(void **state)
{
    static const example LIST[] = {
        {BY_FIGURE FIGURE "2026-03-31 = 1\n", "", "9 12"},
        {BY_FIGURE FIGURE "2026-04-01 = 1\n", "", "9 12"},
        {BY_FIGURE FIGURE "2026-04-02 = 1\n", "", "8 12"},
        {BY_FIGURE FIGURE "2026-01-01 = 1\n2026-01-02 = 0\n", "", "1 0"},
        {LINE "when = date >= 2026-03-31\n", "", "9 12"},
        {LINE "when = date >= 2026-04-01\n", "", "9 12"},
        {LINE "when = date >= 2026-04-02\n", "", "8 12"},
        {LINE "when = date > 2026-04-01\n", "", "8 12"},
        {LINE "when = date <= 2026-04-01\n", "", "4 0"},
        {LINE "when = date < 2026-04-01\n", "", "3 0"},
        {LINE "when = month_end(date) >= 2026-03-31\n", "", "10 12"},
        {LINE "when = month_end(date) >= 2026-04-01\n", "", "9 12"},
        {LINE "when = scale_date() >= 2026-04-01\n[scale BE 2026-03-31]\nindex = 1\nstatus = user\n", "", "0 0"},
        {LINE "when = scale_date() >= 2026-04-01\n[scale BE 2026-04-01]\nindex = 1\nstatus = user\n", "", "9 12"},
        {LINE "when = scale_date() >= 2026-04-01\n[scale BE 2026-04-02]\nindex = 1\nstatus = user\n", "", "8 12"},
    };
    EXAMPLES(LIST, take_months);
}

/* Anniversaries and steps within a month count from the next; a child counts for the whole month of its birth, and of
 * each birthday. */
static void careers_in_a_plan(void **state)
{
    static const example LIST[] = {
        {LINE "when = service_year >= 3\n", "recruited=2024-03-31", "9 12"},
        {LINE "when = service_year >= 3\n", "recruited=2024-04-01", "9 12"},
        {LINE "when = service_year >= 3\n", "recruited=2024-04-02", "8 12"},
        {LINE "when = service_year >= 3\n", "recruited=2024-01-01", "12 12"},
        {LINE "when = service_year >= 3\n", "recruited=2024-01-02", "11 12"},
        {LINE "when = number_aged(child_births, 0, 18) = 1\n", "child_births=2026-03-31", "10 12"},
        {LINE "when = number_aged(child_births, 0, 18) = 1\n", "child_births=2026-04-01", "9 12"},
        {LINE "when = number_aged(child_births, 0, 18) = 1\n", "child_births=2026-04-30", "9 12"},
        {LINE "when = number_aged(child_births, 0, 18) = 1\n", "child_births=2008-03-31", "3 0"},
        {LINE "when = number_aged(child_births, 0, 18) = 1\n", "child_births=2008-04-01", "4 0"},
        {LINE "when = number_aged(child_births, 0, 18) = 1\n", "child_births=2008-04-30", "4 0"},
        {LINE "when = number_aged(child_births, 0, 18) = 1\n", "child_births=2008-05-01", "5 0"},
        {LINE "when = number_aged(child_births, 18, 22) = 1\n", "child_births=2008-03-31", "10 12"},
        {LINE "when = number_aged(child_births, 18, 22) = 1\n", "child_births=2008-04-01", "9 12"},
        {LINE "when = step >= 2\n", "last_step=2025-03-31", "9 12"},
        {LINE "when = step >= 2\n", "last_step=2025-04-01", "9 12"},
        {LINE "when = step >= 2\n", "last_step=2025-04-02", "8 12"},
        {LINE "when = step >= 2\n", "start=2025-02-01 last_step=2025-01-01", "12 12"},
        {LINE "when = step >= 2\n", "start=2025-02-01 last_step=2025-01-02", "11 12"},
        {LINE "when = step = 1\n", "start=2025-02-01 last_step=2024-12-31", "0 0"},
        {LINE "when = grade = G12\n", "twin_grade=G12 start=2023-03-31", "9 12"},
        {LINE "when = grade = G12\n", "twin_grade=G12 start=2023-04-01", "9 12"},
        {LINE "when = grade = G12\n", "twin_grade=G12 start=2023-04-02", "8 12"},
        {LINE "when = grade = G12\n", "twin_grade=G12 start=2023-01-01", "12 12"},
        {LINE "when = grade = G12\n", "twin_grade=G12 start=2023-01-02", "11 12"},
    };
    EXAMPLES(LIST, take_months);
}

#define BY_DAYS                                                                                    \
    "[rule bonus]\nkind = allowance\nsource = natopay_assumption\namount = 1 EUR * month_share * " \
    "day(month_end(date))\n"

/* Days paid in the first and the last month: 365 a year. */
static void days_in_a_plan(void **state)
{
    static const example LIST[] = {
        {BY_DAYS, "", "365 365"},
        {BY_DAYS, "start=2026-01-01", "365 365"},
        {BY_DAYS, "start=2026-01-02", "364 365"},
        {BY_DAYS, "start=2026-12-31", "1 365"},
        {BY_DAYS, "start=2027-01-01", "0 365"},
        {BY_DAYS, "end=2027-12-29", "365 363"},
        {BY_DAYS, "end=2027-12-30", "365 364"},
        {BY_DAYS, "end=2027-12-31", "365 365"},
        {BY_DAYS, "end=2028-01-01", "365 365"},
        {BY_DAYS, "end=2026-06-29", "180 0"},
        {BY_DAYS, "end=2026-06-30", "181 0"},
        {BY_DAYS, "end=2026-07-01", "182 0"},
        {BY_DAYS, "end=2025-12-31", "0 0"},
        {BY_DAYS, "end=2026-01-01", "1 0"},
    };
    EXAMPLES(LIST, take_months);
}

static void service_in_a_plan(void **state)
{
    static const example LIST[] = {
        {LINE, "contract=indefinite", "0-24"},
        {LINE, "start=2026-01-31 contract=indefinite", "0-24"},
        {LINE, "start=2026-02-01 contract=indefinite", "1-24"},
        {LINE, "start=2027-12-31 contract=indefinite", "23-24"},
        {LINE, "start=2028-01-01 contract=indefinite", "24-24"},
        {LINE, "end=2025-12-31", "0-0"},
        {LINE, "end=2026-01-01", "0-1"},
        {LINE, "end=2026-01-31", "0-1"},
        {LINE, "end=2026-02-01", "0-2"},
        {LINE, "start=2026-01-01 contract_months=1 end=2026-01-31", "0-1"},
        {LINE, "contract=seconded start=2020-12-01", "0-11+"},
        {LINE, "end=2027-11-30", "0-23"},
        {LINE, "end=2027-12-01", "0-24"},
        {LINE, "end=2027-12-31", "0-24"},
        {LINE, "end=2028-01-01", "0-24"},
        /* the contract ends before the plan does, but service may go on */
        {LINE, "start=2026-01-01 contract_months=23", "0-24+"},
        {LINE, "start=2026-01-01 contract_months=24", "0-24"},
        {LINE, "start=2026-01-01 contract_months=25", "0-24"},
        {LINE, "start=2025-12-31 contract_months=24", "0-24+"},
        {LINE, "start=2026-01-02 contract_months=24", "0-24"},
    };
    EXAMPLES(LIST, take_service);
}

#define GIFT "[rule gift]\nkind = once\nsource = natopay_assumption\namount = 1 EUR\n"

static void once_in_a_plan(void **state)
{
    static const example LIST[] = {
        {GIFT "date = start\n", "start=2025-12-31", "0 0"},
        {GIFT "date = start\n", "start=2026-01-01", "1 0"},
        {GIFT "date = start\n", "start=2026-01-02", "1 0"},
        {GIFT "date = start\n", "start=2026-12-31", "1 0"},
        {GIFT "date = start\n", "start=2027-01-01", "0 1"},
        {GIFT "date = start\n", "start=2027-12-31", "0 1"},
        {GIFT "date = start\n", "start=2028-01-01", "0 0"},
        {GIFT "date = 2026-01-01\n", "", "1 0"},
        {GIFT "date = 2025-12-31\n", "", "0 0"},
        {GIFT "date = 2027-12-31\n", "", "0 1"},
        {GIFT "date = 2028-01-01\n", "", "0 0"},
        {GIFT "date = 2026-04-01\nfrom = 2026-04-01\n", "", "1 0"},
        {GIFT "date = 2026-04-01\nfrom = 2026-04-02\n", "", "0 0"},
        {GIFT "date = 2026-04-30\nuntil = 2026-04-01\n", "", "1 0"},
        {GIFT "date = 2026-04-30\nuntil = 2026-03-31\n", "", "0 0"},
        {GIFT "date = if date >= 2026-04-01 then 2026-04-01 else 2026-03-31\n", "", "2 0"},
        {GIFT "date = if date >= 2026-04-01 then 2026-03-31 else 2026-04-01\n", "", "0 0"},
    };
    EXAMPLES(LIST, take_net);
}

/* ---- windows ---- */

static void windows(void **state)
{
    (void)state;
    np_window window;
    static const int MONTHS[][2] = {{-1, 0}, {0, 0}, {1, 1}, {2, 1}, {599, 1}, {600, 1}, {601, 0}};
    for (size_t i = 0; i < sizeof MONTHS / sizeof MONTHS[0]; i++)
        assert_int_equal(np_window_set(&window, np_date_of(2026, 1, 1), MONTHS[i][0]), MONTHS[i][1]);
    assert_true(np_window_set(&window, np_date_of(2200, 11, 1), 1));
    assert_false(np_window_set(&window, np_date_of(2200, 12, 1), 1)); /* the month after is not known */

    static const struct {
        int year, month, day, expected;
    } DAYS[] = {
        {2025, 12, 31, 0}, {2026, 3, 31, 0},   {2026, 4, 1, 0},  {2026, 4, 30, 0},  {2026, 5, 1, 1},  {2026, 12, 31, 8},
        {2027, 1, 1, 9},   {2027, 12, 31, 20}, {2028, 1, 1, 21}, {2028, 3, 31, 23}, {2028, 4, 1, 24}, {2100, 1, 1, 24},
    };
    assert_true(np_window_set(&window, np_date_of(2026, 4, 15), 24));
    for (size_t i = 0; i < sizeof DAYS / sizeof DAYS[0]; i++)
        assert_int_equal(np_window_month(&window, np_date_of(DAYS[i].year, DAYS[i].month, DAYS[i].day)),
                         DAYS[i].expected);
    assert_int_equal(window.periods, 3);
    assert_int_equal(window.period_end[0], 9);
    assert_int_equal(window.period_end[1], 21);
    assert_int_equal(window.period_end[2], 24);
    assert_int_equal(window.period_of[8], 0);
    assert_int_equal(window.period_of[9], 1);
    for (uint16_t m = 0; m < 24; m++) {
        assert_int_equal(np_window_month(&window, window.start[m] - 1), m ? m - 1 : 0);
        assert_int_equal(np_window_month(&window, window.start[m]), m);
        assert_int_equal(np_window_month(&window, window.start[m + 1] - 1), m);
    }
}

/* ---- totals ---- */

typedef struct member {
    const char *id;
    int net; /* difference, in cents */
    bool unsure, applies;
} member;

static np_gain_loss *add_members(np_totals *totals, const member *members, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        np_outcome outcomes[2] = {{.applies = true, .until = 1},
                                  {.applies = members[i].applies, .unsure = members[i].unsure, .until = 1}};
        for (int b = 0; b < 2; b++)
            outcomes[b].periods[0] =
                (np_plan_period){np_num_int(0), np_num_ratio(b * members[i].net, 100), np_num_int(0), np_num_int(12)};
        assert_true(np_totals_add(totals, ten_years(), NULL, "k", 2, "EUR", 100, members[i].id, outcomes));
    }
    return np_totals_gain_loss(totals, 1, "EUR", 100);
}

/* Who gains a cent wins, who loses one loses; no difference is open only when a line that the scenario changes is. */
static void winners_and_losers(void **state)
{
    (void)state;
    static const member MEMBERS[] = {
        {"a", -1, false, true}, {"b", 0, false, true}, {"c", 1, false, true},  {"d", -1, true, true},
        {"e", 0, true, true},   {"f", 1, true, true},  {"g", 7, false, false},
    };
    memory m = {0};
    np_totals totals;
    np_totals_init(&totals, 2, 1, scratch_of(&m));
    np_gain_loss *s = add_members(&totals, MEMBERS, sizeof MEMBERS / sizeof MEMBERS[0]);
    assert_int_equal(s->winners, 2);
    assert_int_equal(s->losers, 2);
    assert_int_equal(s->even, 1);
    assert_int_equal(s->open, 1);
    assert_int_equal(s->apart, 1);
    assert_string_equal(s->low_id, "a");
    assert_string_equal(s->high_id, "c");
    np_totals_free(&totals);
    free(m.bytes);
}

/* Of equal extremes the first by name, in whatever order they come; the median of few. */
static void extremes_and_medians(void **state)
{
    (void)state;
    static const member MEMBERS[] = {
        {"b", 5, false, true},  {"a", 5, false, true},  {"c", 5, false, true},
        {"e", -5, false, true}, {"d", -5, false, true}, {"f", -5, false, true},
        {"g", 4, false, true},  {"h", -4, false, true}, {"i", 2, false, true},
    };
    static const int64_t MEDIANS[][2] = {{5, 5}, {5, 5}, {5, 5}, {5, 5}, {5, 5}, {-5, 5}, {4, 4}, {-4, 4}, {2, 2}};
    for (size_t count = 1; count <= sizeof MEMBERS / sizeof MEMBERS[0]; count++) {
        memory m = {0};
        np_totals totals;
        int64_t middle[2];
        np_totals_init(&totals, 2, 1, scratch_of(&m));
        np_gain_loss *s = add_members(&totals, MEMBERS, count);
        assert_true(np_gain_loss_median(&totals, s, middle));
        assert_int_equal(middle[0], MEDIANS[count - 1][0]);
        assert_int_equal(middle[1], MEDIANS[count - 1][1]);
        assert_string_equal(s->high_id, count == 1 ? "b" : "a");
        assert_string_equal(s->low_id, count == 1 ? "b" : count < 4 ? "a" : count == 4 ? "e" : "d");
        np_totals_free(&totals);
        free(m.bytes);
    }
}

/* Who has no month of the plan in service is absent. */
static void absent_staff(void **state)
{
    (void)state;
    memory m = {0};
    np_totals totals;
    np_totals_init(&totals, 1, 1, scratch_of(&m));
    static const uint16_t SERVICE[][2] = {{0, 0}, {0, 1}, {3, 3}, {3, 4}, {24, 24}};
    for (size_t i = 0; i < sizeof SERVICE / sizeof SERVICE[0]; i++) {
        np_outcome outcome = {.applies = true, .from = SERVICE[i][0], .until = SERVICE[i][1]};
        outcome.periods[0] = (np_plan_period){np_num_int(0), np_num_int(0), np_num_int(0), np_num_int(0)};
        assert_true(np_totals_add(&totals, ten_years(), NULL, "k", 2, "EUR", 100, "x", &outcome));
    }
    assert_int_equal(totals.absent, 3);
    assert_int_equal(totals.sure[0][NP_PUBLISHED], 2);
    np_totals_free(&totals);
    free(m.bytes);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        fixture_test(rules_in_a_plan),  fixture_test(figures_in_a_plan),      fixture_test(careers_in_a_plan),
        fixture_test(days_in_a_plan),   fixture_test(service_in_a_plan),      fixture_test(once_in_a_plan),
        cmocka_unit_test(windows),      cmocka_unit_test(winners_and_losers), cmocka_unit_test(extremes_and_medians),
        cmocka_unit_test(absent_staff),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
