/* Memory that runs out, in SQLite's manner: the n-th allocation fails, for every n, once or from then on. Loading the
 * book, an estimate and a plan must each say so and leave nothing behind; with enough memory they end as always. And
 * staff lists whose reading fails, or comes short, at every byte. The linker puts the functions below in the place of
 * malloc, calloc and realloc. */
#include <stdatomic.h>

#include "unit/book_support.h"
#include "unit/scratch_support.h"

#include "natopay/book/load.h"
#include "natopay/plan/partial_totals.h"
#include "natopay/plan/plan_rows.h"
#include "natopay/report/estimate.h"

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

static atomic_long left = -1;   /* allocations that succeed; -1: all */
static atomic_bool once;        /* only one fails */
static atomic_bool failed_once; /* one has */

static bool fails(void)
{
    if (left < 0) return false;
    long before = atomic_fetch_sub(&left, 1);
    if (before > 0) return false;
    atomic_store(&left, once ? -1 : 0);
    failed_once = true;
    return true;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails() ? NULL : __real_realloc(old, size);
}

/* Do work(context) with the n-th allocation failing, until it needs no more: true when it ended well, false when it
 * said that memory ran out. Every `step`-th n is tried. */
static void at_every_allocation(bool (*work)(void *context), void *context, long step)
{
    for (int mode = 0; mode < 2; mode++)
        for (long n = 0;; n += step) {
            once = mode == 1;
            failed_once = false;
            left = n;
            bool done = work(context);
            left = -1;
            assert_true(done || failed_once);
            if (!failed_once) break;
            assert_true(!done || once); /* what goes on without memory has lost something */
        }
}

/* ---- the book ---- */

typedef struct loading {
    np_arena *arena;
    np_diags diags;
    np_book *book;
} loading;

static bool load_book(void *context)
{
    loading *l = context;
    *l = (loading){.arena = np_arena_new(0)};
    if (!l->arena) return false;
    np_diags_init(&l->diags, l->arena);
    static const char *const OVERLAY[] = {"tests/book/scenarios/expatriation-8.ini"};
    l->book = np_book_load(np_reader_disk(), &l->diags, l->arena, NATO_PACK, OVERLAY, 1);
    bool done = l->book != NULL;
    assert_true(!done || l->diags.errors == 0);
    return done;
}

static bool load_and_free(void *context)
{
    bool done = load_book(context);
    np_arena_free(((loading *)context)->arena);
    return done;
}

static void books(void **state)
{
    (void)state;
    loading l;
    at_every_allocation(load_and_free, &l, 1);
    np_arena *arena = np_arena_new(0);
    assert_non_null(arena);
    /* within the arena there are many: from one place to the next by a step that meets all kinds */
    for (long successes = 0;; successes += 499) {
        np_arena_reset(arena);
        np_diags_init(&l.diags, arena);
        np_arena_fail_after(arena, successes);
        l.book = np_book_load(np_reader_disk(), &l.diags, arena, NATO_PACK, NULL, 0);
        np_arena_fail_after(arena, -1);
        if (l.book) break;
    }
    assert_int_equal(l.diags.errors, 0);
    np_arena_free(arena);
}

/* ---- an estimate ---- */

typedef struct estimate {
    const np_book *book;
    np_arena *arena;
    bool computed;
} estimate;

static void compute_payslip(void *context)
{
    estimate *e = context;
    np_diags diags;
    np_diags_init(&diags, e->arena);
    np_situation *situation = np_situation_new(e->book, e->arena);
    np_payslip *payslip = np_payslip_new(e->book, e->arena, true);
    static const char *const GIVEN[][2] = {
        {"grade", "G15"}, {"duty_country", "FR"}, {"start", "2026-03-01"}, {"nationality", "DE"}, {"spouse", "yes"}};
    const np_span none = np_span_none();
    for (size_t i = 0; i < sizeof GIVEN / sizeof GIVEN[0]; i++)
        assert_true(np_situation_set_text(situation, &diags, GIVEN[i][0], GIVEN[i][1], none, none));
    e->computed = np_payslip_compute(payslip, situation, &diags, NULL);
    assert_true(e->computed && np_num_valid(payslip->net.amount));
}

static bool estimate_once(void *context)
{
    estimate *e = context;
    e->computed = false;
    e->arena = np_arena_new(0);
    bool done = e->arena && np_arena_guard(e->arena, compute_payslip, e);
    np_arena_free(e->arena);
    assert_true(!done || e->computed);
    return done;
}

static void estimates(void **state)
{
    (void)state;
    loading l;
    assert_true(load_book(&l));
    estimate e = {.book = l.book, .arena = np_arena_new(0)};
    assert_non_null(e.arena);
    assert_true(run_out_of_memory(e.arena, compute_payslip, &e) > 5);
    np_arena_free(e.arena);
    at_every_allocation(estimate_once, &e, 1);
    np_arena_free(l.arena);
}

/* ---- a plan ---- */

static const char LIST[] = "id,grade,start,duty_country,unit,children,child_births\n"
                           "anna,G15,2024-03-01,BE,\"one, two\",2,\n"
                           "bert,G99,2026-01-01,FR,\"say \"\"three\"\"\",,\n"
                           "anna,G12,2025-02-15,FR,four,,\n"
                           "clara,G12,2025-02-15,GB,\"five\nsix\",,\"2015-08-27, 2019-04-26\"\n"
                           "dora,G20,2020-01-01,BE,\xC3\xA9,,\n";

typedef struct source {
    const char *text;
    size_t left, fail_at, most; /* bytes at a time; fails when so many are left; SIZE_MAX: never */
} source;

static ptrdiff_t read_list(void *context, char *bytes, size_t size)
{
    source *s = context;
    size_t count = s->left < size ? s->left : size;
    if (count > s->most) count = s->most;
    if (s->fail_at != SIZE_MAX && s->left - count < s->fail_at) count = s->left - s->fail_at;
    if (count == 0 && s->left == s->fail_at) return -1;
    memcpy(bytes, s->text, count);
    s->text += count;
    s->left -= count;
    return (ptrdiff_t)count;
}

static bool take_bytes(void *context, const char *bytes, size_t size)
{
    np_text_add(context, bytes, size);
    return !((np_text *)context)->failed;
}

static void put_row(const void *context, np_text *out, const np_staff *staff)
{
    (void)context;
    np_text_printf(out, "%s:%s;", staff->key, staff->reason ? "rejected" : "done");
}

typedef struct planning {
    np_book *book;
    np_columns columns;
    np_arena *arena;
    int jobs;
    source list;
    np_plan_end end;
    np_text records;
    uint64_t rows;
} planning;

static np_csv_result pass_header(np_csv *csv)
{
    np_csv_batch batch;
    np_csv_batch_init(&batch);
    np_csv_result result = np_csv_read(csv, &batch);
    np_csv_batch_free(&batch);
    csv->rows = 0;
    return result;
}

static void run_plan(planning *p, np_csv *csv, np_totals *totals, np_scratch scratch)
{
    np_key_lists keys;
    np_plan plan = {.books = {{.book = p->book}},
                    .book_count = 1,
                    .columns = &p->columns,
                    .jobs = p->jobs,
                    .scratch = scratch,
                    .keys = &keys,
                    .printer = {.record = put_row},
                    .sink = {.context = &p->records, .records = take_bytes, .rejects = take_bytes}};
    np_key_lists_init(&keys, scratch);
    assert_true(np_window_set(&plan.window, np_date_of(2026, 1, 1), 24));
    np_totals_init(totals, 1, plan.window.periods, scratch);
    p->end = np_plan_run(&plan, csv, totals).end;
    if (p->end == NP_PLAN_TOTALS_FAILED && totals->failure == NP_TOTALS_NO_MEMORY) p->end = NP_PLAN_NO_MEMORY;
    p->rows = totals->rows;
    if (p->end == NP_PLAN_DONE) assert_int_equal(totals->rows, totals->done + totals->rejected);
    np_partial_totals_head head = {
        .hash = "", .first = plan.window.first, .months = 24, .books = 1, .names = {"a"}, .titles = {"b"}};
    np_text part;
    np_text_init(&part, 1 << 20);
    if (p->end == NP_PLAN_DONE &&
        !np_partial_totals_write((np_partial_totals_writer){&part, take_bytes}, &head, totals, &keys))
        p->end = NP_PLAN_NO_MEMORY;
    np_text_free(&part);
    np_key_lists_free(&keys);
}

static bool plan_once(void *context)
{
    planning *p = context;
    memory m = {0};
    np_csv csv;
    np_totals totals = {0};
    source list = p->list;
    list.text = LIST;
    list.left = sizeof LIST - 1;
    np_text_init(&p->records, 1 << 20);
    np_csv_init(&csv, (np_byte_source){&list, read_list}, ',');
    np_csv_result header = pass_header(&csv);
    p->end = header == NP_CSV_READ_FAILED ? NP_PLAN_READ_FAILED : NP_PLAN_NO_MEMORY;
    if (header == NP_CSV_ROW) run_plan(p, &csv, &totals, scratch_of(&m));
    np_csv_free(&csv);
    np_totals_free(&totals);
    free(m.bytes);
    bool done = p->end == NP_PLAN_DONE;
    if (done) assert_int_equal(p->rows, 5);
    if (done)
        assert_string_equal(np_text_string(&p->records), "anna:done;bert:rejected;anna:rejected;clara:done;dora:done;");
    np_text_free(&p->records);
    return done;
}

static bool plan_without_memory(void *context)
{
    planning *p = context;
    bool done = plan_once(p);
    if (!done && p->end != NP_PLAN_NO_MEMORY && p->end != NP_PLAN_STOPPED && p->end != NP_PLAN_NO_SCRATCH)
        fail_msg("the plan ended with %d", p->end);
    return done;
}

static void open_plan(planning *p, loading *l, int jobs)
{
    static const char *const NAMES[] = {"id", "grade", "start", "duty_country", "unit", "children", "child_births"};
    np_columns_asked asked = {.key = "id", .carry = "unit"};
    *p = (planning){.jobs = jobs, .list = {.fail_at = SIZE_MAX, .most = SIZE_MAX}};
    assert_true(load_book(l));
    p->book = l->book;
    assert_true(np_columns_read(&p->columns, l->arena, &l->diags, l->book, &asked, NAMES, 7, np_span_none()));
}

static void plans(void **state)
{
    (void)state;
    loading l;
    planning p;
    open_plan(&p, &l, 1);
    at_every_allocation(plan_without_memory, &p, 1);
    np_arena_free(l.arena);
}

static void plans_of_threads(void **state)
{
    (void)state;
    loading l;
    planning p;
    open_plan(&p, &l, 2);
    at_every_allocation(plan_without_memory, &p, 3);
    np_arena_free(l.arena);
}

/* ---- lists that cannot be read to their end ---- */

static void lists_that_break_off(void **state)
{
    (void)state;
    loading l;
    planning p;
    open_plan(&p, &l, 1);
    for (size_t fail_at = 0; fail_at < sizeof LIST; fail_at++) {
        p.list.fail_at = fail_at;
        p.list.most = 1 + fail_at % 7;
        assert_false(plan_once(&p));
        assert_int_equal(p.end, NP_PLAN_READ_FAILED);
    }
    p.list.fail_at = SIZE_MAX;
    for (p.list.most = 1; p.list.most < 40; p.list.most++) assert_true(plan_once(&p));
    np_arena_free(l.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(books),
        cmocka_unit_test(estimates),
        cmocka_unit_test(plans),
        cmocka_unit_test(plans_of_threads),
        cmocka_unit_test(lists_that_break_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
