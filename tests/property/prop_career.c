/* Projections in stretches against month-by-month evaluation, over random situations and rules that random overlays
 * add; and the laws that stretches, totals and paths of twin-graded posts keep. */
#include "unit/support.h"

#include <stdio.h>

#include "natopay/book/load.h"
#include "natopay/career/projector.h"

enum { BOOKS = 12, ROUNDS = 60 };

#define PICK(random, list) ((list)[random_below(random, (unsigned)(sizeof(list) / sizeof(list)[0]))])

/* ---- a rule book with rules of its own ---- */

typedef struct fixture {
    np_arena *book_arena, *arena;
    np_diags book_diags, diags;
    np_book *book;
    char overlay[8192];
    random_source random;
    np_situation *situation;
    np_projector *projector; /* one for all persons under a book */
    long at_ends;            /* projections that were compared with uncertain figures at their ends */
} fixture;

/* Formulas that move with the month in every way the language has. */
static const char *const AMOUNTS[] = {
    "100 EUR * months_between(start, date)",
    "local(3 EUR) * day(month_end(date))",
    "basic_salary * service_year / 100",
    "if month(date) = 12 then 500 EUR else 0 EUR",
    "10 EUR * number_aged(child_births, 3, 19)",
    "10 EUR * number_before(child_births, month_start(date))",
    "10 EUR * number_before(child_births, month_end(date))",
    "1 EUR * days_between(start, max(date, start))",
    "2 EUR * (year(date) - 2000)",
    "7 EUR * years_between(birth_date, date)",
    "7 EUR * years_between(birth_date, month_end(date))",
    "scale(G10, step, BE, date) / 50",
    "if start + 17 months <= date then 40 EUR else 20 EUR",
    "if date in (2027-03-01, 2028-06-01) then 90 EUR else 30 EUR",
    "local(5500 EUR) / 100 * share_of_month(start)",
    "4 EUR * number_aged(child_births, 0, min(20, service_year + 10))",
    "3 EUR * day(date + 10 days)",
    "if known(end) and month_end(date) >= end then 77 EUR else 11 EUR",
    "random_rate * scale(grade, 1)",
    "if clamp(date, 2027-05-10, 2029-02-03) = date then 5 EUR else 6 EUR",
    "1 EUR * years_between(date, 2035-07-07)",
    "if month_end(date) = 2028-02-29 then 29 EUR else 28 EUR",
    "5 EUR * random_input",
};

static const char *const CONDITIONS[] = {
    "yes",
    "date >= 2028-02-01",
    "month_end(date) < 2029-05-15",
    "dependent_children > 0",
    "years_between(recruited, date) in (1, 3)",
    "step >= 2 and service_year < 5",
    "max(date, start) > 2027-11-30",
    "month_start(date) + 3 months > 2029-01-01",
    "month(date) in (3, 6, 9)",
    "random_fact > 2",
    "random_input > 2",
};

/* Defaults of an input that nobody gives: of the grade, of figures, of ages and of the month. */
static const char *const DEFAULTS[] = {
    "rank(grade)",
    "if category(grade) = 'B' then step else 2",
    "number_aged(child_births, 0, 18)",
    "100 * random_rate",
    "year(date) - 2024",
    "if rank(grade) > 3 then years_between(birth_date, date) - 30 else 3",
    "3 * share_of_month(start)",
    "max(1, months_between(start, date) / 10)",
};

static void add(char *text, size_t size, const char *format, ...)
{
    size_t length = strlen(text);
    va_list args;
    va_start(args, format);
    vsnprintf(text + length, size - length, format, args);
    va_end(args);
}

static void random_overlay(fixture *w)
{
    static const char *const KINDS[] = {"salary", "allowance", "deduction", "employer", "once"};
    random_source *r = &w->random;
    char *text = w->overlay;
    text[0] = '\0';
    add(text, sizeof w->overlay, "[parameter random_rate]\ntype = number\n2000-01-01 = 1%%\n20%02d-%02d-%02d = 2%%\n",
        26 + (int)random_below(r, 6), 1 + (int)random_below(r, 12), 1 + (int)random_below(r, 28));
    add(text, sizeof w->overlay, "[rule random_fact]\nkind = fact\namount = %s\n",
        random_below(r, 2) ? "count(child_births) + year(date) - 2026" : "months_between(start, month_end(date)) / 12");
    add(text, sizeof w->overlay, "[input random_input]\ntype = number\ndefault = %s\n", PICK(r, DEFAULTS));
    if (random_below(r, 2))
        add(text, sizeof w->overlay, "[scale BE 20%02d-%02d-01]\nindex = 1.02\n", 27 + (int)random_below(r, 4),
            1 + (int)random_below(r, 12));
    int rules = 1 + (int)random_below(r, 5);
    for (int i = 0; i < rules; i++) {
        const char *kind = PICK(r, KINDS);
        add(text, sizeof w->overlay, "[rule random_%d]\nkind = %s\nwhen = %s\namount = %s\n", i, kind,
            PICK(r, CONDITIONS), PICK(r, AMOUNTS));
        if (strcmp(kind, "once") == 0)
            add(text, sizeof w->overlay, "date = %s\n",
                random_below(r, 2) ? "start + 14 months" : "month_end(date) + 20 days");
        if (random_below(r, 4) == 0) add(text, sizeof w->overlay, "from = 2027-0%d-15\n", 1 + (int)random_below(r, 9));
        if (random_below(r, 4) == 0) add(text, sizeof w->overlay, "until = 2030-0%d-15\n", 1 + (int)random_below(r, 9));
    }
}

/* The pack's files from the disk, the overlay from memory. */
typedef struct two_readers {
    np_reader disk, memory;
} two_readers;

static const char *read_either(void *context, np_arena *arena, const char *path, size_t limit, char **bytes,
                               size_t *size)
{
    two_readers *both = context;
    const np_reader *reader = strcmp(path, "overlay.ini") == 0 ? &both->memory : &both->disk;
    return reader->read(reader->context, arena, path, limit, bytes, size);
}

static const char *list_disk(void *context, np_arena *arena, const char *folder, const char *ending,
                             const char ***names, size_t *count)
{
    two_readers *both = context;
    return both->disk.list(both->disk.context, arena, folder, ending, names, count);
}

static void load_book(void *context)
{
    fixture *w = context;
    random_overlay(w);
    np_memory_file file = {"overlay.ini", w->overlay, strlen(w->overlay)};
    np_memory_files files = {&file, 1};
    two_readers both = {np_reader_disk(), np_reader_memory(&files)};
    np_reader reader = {.context = &both, .read = read_either, .list = list_disk};
    static const char *const OVERLAYS[] = {"overlay.ini"};
    np_diags_init(&w->book_diags, w->book_arena);
    w->book = np_book_load(reader, &w->book_diags, w->book_arena, "tests/book/nato", OVERLAYS, 1);
}

static void say(const np_diags *diags, const char *overlay)
{
    np_text text;
    np_text_init(&text, 100000);
    np_diags_print(&text, diags, false);
    fprintf(stderr, "%s\n%s\n", np_text_string(&text), overlay);
    np_text_free(&text);
}

/* ---- a situation ---- */

static void set(fixture *w, const char *name, const char *value)
{
    assert_true(np_situation_set_text(w->situation, &w->diags, name, value, np_span_none(), np_span_none()));
}

static const char *random_day(fixture *w, int first_year, int years)
{
    static const int DAYS[] = {1, 1, 1, 2, 15, 28, 29, 30, 31};
    random_source *r = &w->random;
    int year = first_year + (int)random_below(r, (unsigned)years), month = 1 + (int)random_below(r, 12);
    int day = PICK(r, DAYS), most = np_date_days_in_month(year, month);
    return np_arena_format(w->arena, "%04d-%02d-%02d", year, month, day > most ? most : day);
}

static void random_situation(fixture *w)
{
    static const char *const GRADES[] = {"G8", "G10", "G11", "G12", "G15"}, *const TWINS[] = {"G17", "G20"},
                             *const CONTRACTS[] = {"definite", "definite", "seconded", "serving", "indefinite"},
                             *const ADVANCEMENT[] = {"normal", "earliest", "never", "direct"};
    random_source *r = &w->random;
    w->situation = np_situation_new(w->book, w->arena);
    set(w, "grade", PICK(r, GRADES));
    if (random_below(r, 2)) set(w, "twin_grade", PICK(r, TWINS));
    set(w, "twin_advancement", PICK(r, ADVANCEMENT));
    if (random_below(r, 2)) set(w, "twin_reduction_months", np_arena_format(w->arena, "%d", (int)random_below(r, 25)));
    set(w, "duty_country", random_below(r, 4) ? "BE" : "LU");
    set(w, "start", random_day(w, 2026, 3));
    set(w, "contract", PICK(r, CONTRACTS));
    if (random_below(r, 3) == 0)
        set(w, "contract_months", np_arena_format(w->arena, "%d", 1 + (int)random_below(r, 90)));
    set(w, "nationality", random_below(r, 2) ? "FR" : "BE");
    set(w, "birth_date", random_day(w, 1966, 36));
    set(w, "step", np_arena_format(w->arena, "%d", 1 + (int)random_below(r, 11)));
    if (random_below(r, 3) == 0) set(w, "last_step", random_day(w, 2023, 3));
    set(w, "spouse", random_below(r, 2) ? "yes" : "no");
    const char *births = random_day(w, 2004, 28);
    for (uint64_t more = random_below(r, 4); more > 0; more--)
        births = np_arena_format(w->arena, "%s, %s", births, random_day(w, 2004, 28));
    set(w, "child_births", births);
    if (random_below(r, 4) == 0) set(w, "annual_adjustment", "2%");
    if (random_below(r, 4) == 0) set(w, "part_time", "80%");
    if (random_below(r, 6) == 0) set(w, "end", random_day(w, 2029, 4));
    set(w, "residence_distance_km", "400");
}

/* ---- what must agree ---- */

static void expect_same(np_num a, np_num b)
{
    assert_true(np_num_valid(a) && np_num_compare(a, b) == 0);
}

static void expect_same_total(const np_total *a, const np_total *b)
{
    expect_same(a->amount, b->amount);
    assert_int_equal(a->status, b->status);
}

static void expect_same_lines(const fixture *w, const np_line *a, const np_line *b)
{
    for (size_t i = 0; i < w->book->rule_count - np_first_line(w->book); i++) {
        bool once = w->book->rules[np_first_line(w->book) + i].kind == NP_ONCE;
        if (once && a[i].state != NP_LINE_DUE && b[i].state != NP_LINE_DUE) continue; /* not in this month */
        assert_int_equal(a[i].state, b[i].state);
        assert_int_equal(a[i].status, b[i].status);
        assert_int_equal(a[i].date, b[i].date);
        expect_same(a[i].amount, b[i].amount);
        expect_same(a[i].exact, b[i].exact);
    }
}

/* Each month of the monthly projection against the stretch that holds it. */
static void expect_agreement(const fixture *w, const np_projection *fast, const np_projection *monthly)
{
    size_t at = 0;
    for (size_t i = 0; i < monthly->stretch_count; i++) {
        const np_stretch *month = &monthly->stretches[i];
        while (np_date_add_months(fast->stretches[at].month, fast->stretches[at].months) <= month->month) at++;
        assert_true(at < fast->stretch_count);
        const np_stretch *stretch = &fast->stretches[at];
        assert_int_equal(stretch->grade, month->grade);
        assert_int_equal(stretch->step, month->step);
        expect_same_total(&stretch->net, &month->net);
        expect_same_total(&stretch->gross, &month->gross);
        expect_same_total(&stretch->deductions, &month->deductions);
        expect_same_total(&stretch->employer, &month->employer);
        expect_same_total(&stretch->once, &month->once);
        expect_same_lines(w, stretch->lines, month->lines);
    }
    expect_same(fast->total.net, monthly->total.net);
    expect_same(fast->total.once, monthly->total.once);
}

static void expect_tiling(const np_projection *p)
{
    np_date day = p->from;
    for (size_t i = 0; i < p->stretch_count; i++) {
        assert_int_equal(p->stretches[i].from, day);
        assert_true(p->stretches[i].to >= day && p->stretches[i].months > 0);
        day = p->stretches[i].to + 1;
        assert_true(p->stretches[i].cause_count > 0);
    }
    assert_int_equal(day, p->last + 1);
    assert_true(p->last <= p->until);
}

static void expect_totals(const np_projection *p, np_arena *arena)
{
    for (int by = NP_BY_MONTH; by <= NP_BY_STRETCH; by++) {
        size_t count;
        np_period *periods = np_projection_periods(p, (np_by)by, arena, &count);
        np_num net = np_num_int(0), gross = net, once = net, employer = net;
        int32_t months = 0;
        np_date day = p->from;
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(periods[i].from, day);
            day = periods[i].to + 1;
            net = np_num_add(arena, net, periods[i].sum.net);
            gross = np_num_add(arena, gross, periods[i].sum.gross);
            once = np_num_add(arena, once, periods[i].sum.once);
            employer = np_num_add(arena, employer, periods[i].sum.employer);
            months += periods[i].sum.months;
        }
        assert_int_equal(day, p->last + 1);
        assert_int_equal(months, p->total.months);
        expect_same(net, p->total.net);
        expect_same(gross, p->total.gross);
        expect_same(once, p->total.once);
        expect_same(employer, p->total.employer);
    }
}

/* The shorter projection is how the longer one begins; only a month in which it stops short is paid in part. */
static void expect_prefix(const fixture *w, const np_projection *shorter, const np_projection *longer)
{
    for (size_t i = 0; i < shorter->stretch_count; i++) {
        const np_stretch *a = &shorter->stretches[i], *b = &longer->stretches[i];
        bool cut = shorter->last != longer->last && np_date_month_end(shorter->last) > shorter->last;
        bool last = i + 1 == shorter->stretch_count;
        if (last && cut) break;
        assert_int_equal(a->from, b->from);
        if (!last && !(cut && i + 2 == shorter->stretch_count)) assert_int_equal(a->to, b->to);
        expect_same_total(&a->net, &b->net);
        expect_same_lines(w, a->lines, b->lines);
    }
}

/* By the projector that all persons under a book share. */
static void expect_shared(fixture *w, const np_projection *monthly, int32_t months)
{
    np_career *career = np_career_open(w->projector, w->situation, w->arena, &w->diags, NULL, NULL);
    np_project_options options = {.months = months, .lines = true, .causes = true};
    assert_non_null(career);
    const np_projection *shared = np_career_project(career, &options);
    assert_non_null(shared);
    expect_agreement(w, shared, monthly);
    expect_tiling(shared);
}

/* With uncertain figures low, high or in the middle, each as it comes. */
static void expect_ends(fixture *w, int32_t months)
{
    uint8_t *ends = np_arena_array(w->arena, w->book->uncertain_count + 1, sizeof *ends);
    bool *took_part = np_arena_array(w->arena, w->book->uncertain_count + 1, sizeof *took_part);
    for (size_t i = 0; i < w->book->uncertain_count; i++) ends[i] = (uint8_t)random_below(&w->random, 3);
    np_career *career = np_career_new_at(w->situation, w->arena, &w->diags, ends, took_part);
    if (!career) return;                                               /* where the ends leave no contract */
    if (random_below(&w->random, 2)) career->projector = w->projector; /* which has seen other ends */
    np_project_options options = {.months = months, .lines = true};
    np_projection *fast = np_career_project(career, &options);
    options.monthly = true;
    np_projection *monthly = np_career_project(career, &options);
    assert_true(fast && monthly);
    expect_agreement(w, fast, monthly);
    w->at_ends++;
}

static void one_round(void *context)
{
    fixture *w = context;
    np_diags_init(&w->diags, w->arena);
    random_situation(w);
    np_career *career = np_career_new(w->situation, w->arena, &w->diags);
    if (!career) { /* the age rule left no day */
        assert_int_equal(w->diags.first->code, NP_CODE_NO_CONTRACT_FITS);
        return;
    }
    int32_t months = 1 + (int32_t)random_below(&w->random, 90);
    np_project_options options = {.months = months, .lines = true, .causes = true};
    np_projection *fast = np_career_project(career, &options);
    options.monthly = true;
    options.causes = false;
    np_projection *monthly = np_career_project(career, &options);
    if (!fast || !monthly) say(&w->diags, w->overlay);
    assert_true(fast && monthly);
    expect_agreement(w, fast, monthly);
    expect_tiling(fast);
    expect_totals(fast, w->arena);
    expect_shared(w, monthly, months);
    expect_ends(w, months);
    options = (np_project_options){.months = months + 36, .lines = true};
    np_projection *longer = np_career_project(career, &options);
    assert_non_null(longer);
    expect_prefix(w, fast, longer);
}

static void run_rounds(fixture *w, long rounds, void (*round)(void *))
{
    for (; rounds > 0; rounds--) {
        np_arena_reset(w->arena);
        assert_true(np_arena_guard(w->arena, round, w));
    }
}

static void stretches_equal_monthly_evaluation(void **state)
{
    (void)state;
    fixture w = {.book_arena = np_arena_new(0), .arena = np_arena_new(0), .random = random_start()};
    for (long books = random_rounds(BOOKS); books > 0; books--) {
        np_arena_reset(w.book_arena);
        assert_true(np_arena_guard(w.book_arena, load_book, &w));
        if (w.book_diags.errors) say(&w.book_diags, w.overlay);
        assert_int_equal(w.book_diags.errors, 0);
        w.projector = np_projector_new(w.book);
        assert_non_null(w.projector);
        run_rounds(&w, ROUNDS, one_round);
        np_projector_free(w.projector);
    }
    assert_true(w.at_ends > ROUNDS);
    np_arena_free(w.arena);
    np_arena_free(w.book_arena);
}

/* With the pack's own rules: the later the advancement, the less is paid in all. */
static void one_pair_of_paths(void *context)
{
    fixture *w = context;
    np_num before = np_num_int(0);
    bool any = false;
    np_diags_init(&w->diags, w->arena);
    random_situation(w);
    set(w, "twin_grade", "G20");
    set(w, "contract", "definite");
    set(w, "birth_date", "1990-05-05");
    set(w, "twin_advancement", "earliest");
    np_situation_forget(w->situation, (uint16_t)np_book_slot(w->book, "end"));
    for (int reduction = 0; reduction <= 24; reduction += 1 + (int)random_below(&w->random, 6)) {
        set(w, "twin_reduction_months", np_arena_format(w->arena, "%d", reduction));
        np_career *career = np_career_new(w->situation, w->arena, &w->diags);
        np_project_options options = {.months = 72};
        np_projection *projection = career ? np_career_project(career, &options) : NULL;
        if (!projection) say(&w->diags, "");
        assert_non_null(projection);
        if (any) assert_true(np_num_compare(projection->total.net, before) >= 0);
        before = projection->total.net;
        any = true;
    }
}

static void earlier_advancement_never_pays_less(void **state)
{
    (void)state;
    fixture w = {.book_arena = np_arena_new(0), .arena = np_arena_new(0), .random = random_start()};
    np_diags_init(&w.book_diags, w.book_arena);
    w.book = np_book_load(np_reader_disk(), &w.book_diags, w.book_arena, "tests/book/nato", NULL, 0);
    assert_int_equal(w.book_diags.errors, 0);
    run_rounds(&w, random_rounds(ROUNDS), one_pair_of_paths);
    np_arena_free(w.arena);
    np_arena_free(w.book_arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stretches_equal_monthly_evaluation),
        cmocka_unit_test(earlier_advancement_never_pays_less),
    };
    return cmocka_run_group_tests_name("prop_career", tests, NULL, NULL);
}
