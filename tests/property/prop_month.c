/* One month of one person has one amount: as an estimate has it, in a projection, in a comparison's months and in a
 * plan, whichever way the plan is computed. */
#include "unit/support.h"

#include <stdio.h>

#include "natopay/book/load.h"
#include "natopay/book/reader.h"
#include "natopay/career/month.h"
#include "natopay/compare/compare.h"
#include "natopay/plan/engine.h"

enum { ROUNDS = 150, MONTHS = 40 };

#define PICK(random, list) ((list)[random_below(random, (unsigned)(sizeof(list) / sizeof(list)[0]))])

typedef struct fixture {
    np_arena *book_arena, *arena;
    np_diags diags;
    np_book *book;
    random_source random;
    np_situation *situation;
    const char *text[NP_SLOTS_MAX]; /* as given */
    long agreed, twins, late; /* months that were compared; after an advancement; in which the start lies within */
} fixture;

/* What the tables of the pack do not have: days within a month. */
static const char OVERLAY[] = "[scale BE 2026-07-15]\nindex = 1.10\nsource = natopay_assumption\n"
                              "[parameter group_insurance_rate]\n2027-02-10 = 2%\n"
                              "2027-02-10.source = natopay_assumption\n"
                              "[rule from_march]\nkind = allowance\nlabel = x\namount = 100 EUR * month_share\n"
                              "from = 2027-03-15\nuntil = 2028-05-20\nsource = natopay_assumption\n"
                              "[rule gift]\nkind = once\nlabel = x\namount = basic_salary / 7\n"
                              "date = start + 20 months\nsource = natopay_assumption\n";

static const char *read_either(void *context, np_arena *arena, const char *path, size_t limit, char **bytes,
                               size_t *size)
{
    np_reader *disk = context;
    if (strcmp(path, "overlay.ini") != 0) return disk->read(disk->context, arena, path, limit, bytes, size);
    *size = strlen(OVERLAY);
    *bytes = np_arena_copy(arena, OVERLAY, *size);
    return NULL;
}

static const char *list_disk(void *context, np_arena *arena, const char *folder, const char *ending,
                             const char ***names, size_t *count)
{
    np_reader *disk = context;
    return disk->list(disk->context, arena, folder, ending, names, count);
}

static void load(void *context)
{
    fixture *w = context;
    static const char *const OVERLAYS[] = {"overlay.ini"};
    np_reader disk = np_reader_disk();
    np_diags_init(&w->diags, w->book_arena);
    w->book = np_book_load((np_reader){.context = &disk, .read = read_either, .list = list_disk}, &w->diags,
                           w->book_arena, "data/nato", OVERLAYS, 1);
    for (const np_diag *diag = w->diags.first; diag; diag = diag->next) fprintf(stderr, "%s\n", diag->message);
    assert_int_equal(w->diags.errors, 0);
}

/* ---- somebody ---- */

static void set(fixture *w, const char *name, const char *value)
{
    assert_true(np_situation_set_text(w->situation, &w->diags, name, value, np_span_none(), np_span_none()));
    w->text[np_book_slot(w->book, name)] = value;
}

static const char *day(fixture *w, int first_year, int years)
{
    static const int DAYS[] = {1, 1, 2, 14, 15, 16, 28, 30, 31};
    int year = first_year + (int)random_below(&w->random, (unsigned)years),
        month = 1 + (int)random_below(&w->random, 12);
    int number = PICK(&w->random, DAYS), most = np_date_days_in_month(year, month);
    return np_arena_format(w->arena, "%04d-%02d-%02d", year, month, number < most ? number : most);
}

static void somebody(fixture *w)
{
    static const char *const GRADES[] = {"G8", "G10", "G11", "G15"}, *const TWINS[] = {"G17", "G20"},
                             *const CONTRACTS[] = {"definite", "seconded", "serving", "indefinite"},
                             *const PATHS[] = {"normal", "earliest", "never", "direct"};
    random_source *r = &w->random;
    w->situation = np_situation_new(w->book, w->arena);
    memset(w->text, 0, sizeof w->text);
    set(w, "grade", PICK(r, GRADES));
    if (random_below(r, 2)) set(w, "twin_grade", PICK(r, TWINS));
    set(w, "twin_advancement", PICK(r, PATHS));
    set(w, "duty_country", random_below(r, 3) ? "BE" : "FR");
    set(w, "start", random_below(r, 4) ? day(w, 2026, 2) : day(w, 2022, 4));
    set(w, "contract", PICK(r, CONTRACTS));
    set(w, "nationality", random_below(r, 2) ? "DE" : "BE");
    set(w, "birth_date", day(w, 1955, 40));
    if (random_below(r, 2)) set(w, "step", np_arena_format(w->arena, "%d", 1 + (int)random_below(r, 11)));
    if (random_below(r, 4) == 0) set(w, "step_date", day(w, 2026, 2));
    if (random_below(r, 4) == 0) set(w, "last_step", day(w, 2023, 3));
    set(w, "spouse", random_below(r, 2) ? "yes" : "no");
    set(w, "child_births", np_arena_format(w->arena, "%s, %s", day(w, 2006, 6), day(w, 2008, 22)));
    if (random_below(r, 4) == 0) set(w, "annual_adjustment", "2%");
    set(w, "residence_distance_km", "400");
}

/* ---- the ways to a month ---- */

static void expect_same(np_num a, np_num b)
{
    assert_true(np_num_valid(a) && np_num_valid(b) && np_num_compare(a, b) == 0);
}

static const np_stretch *stretch_of(const np_projection *p, np_date month)
{
    for (size_t i = 0; i < p->stretch_count; i++)
        if (month >= p->stretches[i].month && month < np_date_add_months(p->stretches[i].month, p->stretches[i].months))
            return &p->stretches[i];
    return NULL;
}

typedef struct planning {
    fixture *w;
    np_engine *engine;
    np_outcome outcome;
    bool done;
} planning;

static void plan(void *context)
{
    planning *p = context;
    np_engine_begin_row(p->engine, 0);
    for (uint16_t slot = 0; slot < p->w->book->slot_count; slot++)
        if (p->w->text[slot])
            assert_true(
                np_engine_set_input(p->engine, 0, slot, p->w->text[slot], strlen(p->w->text[slot]), &p->w->diags));
    np_engine_row row = {.diags = &p->w->diags, .outcomes = &p->outcome, .done = true};
    np_engine_run(p->engine, &row, 1);
    p->done = row.done;
}

/* A plan of one month. */
static void expect_plan(fixture *w, np_date month, const np_payslip *slip, bool reference)
{
    np_window window;
    assert_true(np_window_set(&window, month, 1));
    np_plan_book book = {.book = w->book};
    np_engine_options options = {.reference = reference};
    planning p = {.w = w, .engine = np_engine_new(&window, &book, 1, &options)};
    assert_true(np_engine_guard(p.engine, plan, &p));
    assert_true(p.done);
    expect_same(p.outcome.periods[0].gross, slip->gross.amount);
    expect_same(p.outcome.periods[0].net, np_num_add(w->arena, slip->net.amount, slip->once.amount));
    expect_same(p.outcome.periods[0].employer, np_num_add(w->arena, slip->employer.amount, slip->once.amount));
    np_engine_free(p.engine);
}

static void expect_lines(const np_book *book, const np_stretch *stretch, const np_payslip *slip)
{
    for (size_t i = np_first_line(book); i < book->rule_count; i++) {
        const np_rule *rule = &book->rules[i];
        const np_line *there = np_stretch_line(book, stretch, rule), *here = &slip->lines[i];
        if (rule->kind == NP_ONCE) continue; /* each for its own day, in whatever month an estimate is made */
        assert_int_equal(there->state, here->state);
        expect_same(there->amount, here->amount);
    }
}

/* The month that a comparison shows, and the months that it adds up. */
static void expect_comparison(fixture *w, const np_situation *asked, const np_payslip *slip, np_date month)
{
    /* beside a job that somebody has: one more post would take as long as all the rest */
    np_compare_post posts[] = {{.name = "a", .situation = asked},
                               {.name = "b",
                                .situation = np_situation_new(w->book, w->arena),
                                .present = true,
                                .net = np_num_small(1, 1),
                                .currency = slip->currency}};
    np_compare_options options = {.posts = posts, .count = 2};
    np_comparison *c = np_comparison_new(&options, w->arena, &w->diags);
    assert_non_null(c);
    expect_same(c->columns[0].payslip->net.amount, slip->net.amount);
    expect_same(c->columns[0].payslip->gross.amount, slip->gross.amount);
    np_ymd first = np_date_split(c->first), here = np_date_split(month);
    size_t n = (size_t)((here.year - first.year) * 12 + here.month - first.month);
    np_num net, paid = np_path_month(c, &c->columns[0].paths[0], n, &net, w->arena);
    expect_same(net, slip->net.amount);
    expect_same(paid, np_num_add(w->arena, slip->net.amount, slip->once.amount));
}

static void one_month(fixture *w, const np_projection *p, np_date month)
{
    np_situation *asked = np_situation_copy(w->situation, w->arena);
    int length = np_date_days_in_month(np_date_split(month).year, np_date_split(month).month);
    np_value date = {.type = NP_DATE};
    date.as.date = month + (np_date)random_below(&w->random, (unsigned)length); /* any day of it */
    np_situation_set_value(asked, w->book->date_slot, date);
    np_month m;
    assert_true(np_month_open(&m, asked, w->arena, &w->diags) && np_month_compute(&m, &w->diags));
    const np_stretch *stretch = stretch_of(p, month);
    assert_non_null(stretch);
    assert_int_equal(m.payslip->slots[w->book->career->slots.grade].as.grade, stretch->grade);
    expect_same(m.payslip->gross.amount, stretch->gross.amount);
    expect_same(m.payslip->net.amount, stretch->net.amount);
    expect_same(m.payslip->employer.amount, stretch->employer.amount);
    expect_same(m.payslip->once.amount, stretch->once.amount);
    assert_int_equal(m.payslip->net.status, stretch->net.status);
    expect_lines(w->book, stretch, m.payslip);
    expect_plan(w, month, m.payslip, false);
    expect_plan(w, month, m.payslip, true);
    expect_comparison(w, asked, m.payslip, month);
    w->agreed++;
    w->twins += stretch->grade != w->situation->values[w->book->career->slots.grade].as.grade;
    w->late += month < p->from;
}

static void one_round(void *context)
{
    fixture *w = context;
    np_diags_init(&w->diags, w->arena);
    somebody(w);
    np_career *career = np_career_new(w->situation, w->arena, &w->diags);
    if (!career) { /* the age rule left no day */
        assert_int_equal(w->diags.first->code, NP_CODE_NO_CONTRACT_FITS);
        return;
    }
    np_project_options options = {.months = 72, .lines = true};
    const np_projection *p = np_career_project(career, &options);
    assert_non_null(p);
    np_date first = np_date_month_start(p->from),
            last = p->last < p->until ? p->last : np_date_month_start(p->until) - 1;
    int months = 0;
    while (np_date_add_months(first, months) <= last) months++;
    for (int i = 0; i < 3 && months; i++)
        one_month(w, p, np_date_add_months(first, i ? (int32_t)random_below(&w->random, (unsigned)months) : 0));
}

static void a_month_has_one_amount(void **state)
{
    (void)state;
    fixture w = {.book_arena = np_arena_new(0), .arena = np_arena_new(0), .random = random_start()};
    assert_true(np_arena_guard(w.book_arena, load, &w));
    long all = slow_rounds(ROUNDS);
    for (long rounds = all; rounds > 0; rounds--) {
        np_arena_reset(w.arena);
        assert_true(np_arena_guard(w.arena, one_round, &w));
    }
    assert_true(w.agreed > all && w.twins > 10 && w.late > 10);
    np_arena_free(w.arena);
    np_arena_free(w.book_arena);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(a_month_has_one_amount)};
    return cmocka_run_group_tests_name("prop_month", tests, NULL, NULL);
}
