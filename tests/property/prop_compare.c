/* Laws of comparisons, over random posts and persons: a post differs from itself by nothing, swapping two posts negates
 * every difference, and what the search for equal pay finds is what trying every value finds. */
#include "unit/support.h"

#include <stdio.h>

#include "natopay/book/load.h"
#include "natopay/compare/solve.h"

enum { ROUNDS = 25, SEARCHES = 60 };

#define PICK(random, list) ((list)[random_below(random, (unsigned)(sizeof(list) / sizeof(list)[0]))])

typedef struct fixture {
    np_arena *book_arena, *arena;
    np_diags book_diags, diags;
    np_book *book;
    random_source random;
    np_situation *person;
} fixture;

static void set(fixture *w, np_situation *situation, const char *name, const char *value)
{
    assert_true(np_situation_set_text(situation, &w->diags, name, value, np_span_none(), np_span_none()));
}

static const char *day(fixture *w, int first_year, int years)
{
    static const int DAYS[] = {1, 1, 1, 2, 15, 28};
    return np_arena_format(w->arena, "%04d-%02d-%02d", first_year + (int)random_below(&w->random, (unsigned)years),
                           1 + (int)random_below(&w->random, 12), PICK(&w->random, DAYS));
}

static void random_person(fixture *w)
{
    static const char *const NATIONS[] = {"FR", "BE", "DE", "US"}, *const INCOMES[] = {"0 EUR", "900 EUR", "5000 EUR"};
    np_diags_init(&w->diags, w->arena);
    w->person = np_situation_new(w->book, w->arena);
    set(w, w->person, "nationality", PICK(&w->random, NATIONS));
    set(w, w->person, "birth_date", day(w, 1975, 20));
    bool spouse = random_below(&w->random, 3) > 0;
    set(w, w->person, "spouse", spouse ? "yes" : "no");
    if (spouse) set(w, w->person, "spouse_monthly_income", PICK(&w->random, INCOMES));
    set(w, w->person, "child_births", random_below(&w->random, 2) ? day(w, 2006, 20) : "2015-05-05, 2024-02-29");
    set(w, w->person, "residence_distance_km", random_below(&w->random, 2) ? "400" : "20");
}

static const np_situation *random_post(fixture *w)
{
    static const char *const GRADES[] = {"G8", "G10", "G11", "G12", "G15"}, *const COUNTRIES[] = {"BE", "FR", "LU",
                                                                                                  "US", "GB"};
    np_situation *post = np_situation_copy(w->person, w->arena);
    set(w, post, "grade", PICK(&w->random, GRADES));
    if (random_below(&w->random, 3) == 0) set(w, post, "twin_grade", random_below(&w->random, 2) ? "G17" : "G20");
    set(w, post, "duty_country", PICK(&w->random, COUNTRIES));
    set(w, post, "start", day(w, 2026, 2));
    if (random_below(&w->random, 4) == 0) set(w, post, "part_time", "80%");
    return post;
}

static np_comparison *compare(fixture *w, const np_situation *a, const np_situation *b)
{
    np_compare_post posts[] = {{.name = "a", .situation = a}, {.name = "b", .situation = b}};
    np_compare_options options = {.posts = posts, .count = 2, .currency = "EUR"};
    np_diags_init(&w->diags, w->arena);
    np_comparison *c = np_comparison_new(&options, w->arena, &w->diags);
    for (const np_diag *diag = c ? NULL : w->diags.first; diag; diag = diag->next) {
        /* a grade that a country's scale cannot give is no matter of comparisons */
        bool warns = np_code_describe(diag->code)->severity == NP_WARNING;
        if (warns || diag->code == NP_CODE_MISSING_FIGURE || diag->code == NP_CODE_MISSING_SCALE) continue;
        fprintf(stderr, "%s\n", diag->message);
        fail();
    }
    return c;
}

static void round_of(fixture *w, void (*body)(fixture *), long rounds)
{
    for (long i = 0; i < rounds; i++) {
        np_arena_reset(w->arena);
        body(w);
    }
}

/* ---- a post beside itself, and two posts beside each other both ways ---- */

static void with_itself(fixture *w)
{
    random_person(w);
    const np_situation *post = random_post(w);
    np_comparison *c = compare(w, post, np_situation_copy(post, w->arena));
    if (!c) return;
    assert_int_equal(c->columns[1].same_as, 0);
    assert_int_equal(c->lead_change_count, 0);
    for (size_t r = 0; r < c->row_count; r++) {
        const np_compared *row = &c->rows[r];
        if (!row->money || row->cells[1].state == NP_CELL_OPEN || !np_num_valid(row->cells[1].difference)) continue;
        assert_int_equal(np_num_sign(row->cells[1].difference), 0);
        assert_int_equal(np_num_compare(row->cells[0].amount, row->cells[1].amount), 0);
    }
    for (size_t m = 0; m < c->months; m++) {
        np_num net;
        np_num a = np_path_month(c, &c->columns[0].paths[0], m, &net, w->arena);
        np_num b = np_path_month(c, &c->columns[1].paths[0], m, &net, w->arena);
        assert_int_equal(np_num_compare(a, b), 0);
    }
}

static void swapped(fixture *w)
{
    random_person(w);
    const np_situation *a = random_post(w), *b = random_post(w);
    np_comparison *one = compare(w, a, b), *other = compare(w, b, a);
    if (!one || !other) return;
    assert_int_equal(one->row_count, other->row_count);
    size_t compared = 0;
    for (size_t r = 0; r < one->row_count; r++) {
        const np_compared *row = &one->rows[r], *back = np_comparison_row(other, row->name);
        assert_non_null(back);
        if (!row->money) continue;
        np_num there = row->cells[1].difference, here = back->cells[1].difference;
        assert_int_equal(np_num_valid(there), np_num_valid(here));
        if (!np_num_valid(there)) continue;
        assert_int_equal(np_num_sign(np_num_add(w->arena, there, here)), 0);
        compared++;
    }
    assert_true(compared >= 8);
    assert_int_equal(one->lead_change_count, other->lead_change_count);
    for (size_t i = 0; i < one->lead_change_count; i++) {
        assert_int_equal(one->lead_changes[i].number, other->lead_changes[i].number);
        assert_int_equal(one->lead_changes[i].ahead, -other->lead_changes[i].ahead);
        assert_int_equal(np_num_sign(np_num_add(w->arena, one->lead_changes[i].lead, other->lead_changes[i].lead)), 0);
    }
}

/* ---- equal pay: the search against every value ---- */

static np_num brute(fixture *w, const np_comparison *c, const np_scan *scan, int64_t at, size_t months,
                    np_arena *scratch)
{
    bool both = scan->input->about != NP_ABOUT_POST;
    np_num b = np_window_total(c, &c->columns[1], NULL, scan, at, months, scratch);
    np_num a = np_window_total(c, &c->columns[0], NULL, both ? scan : NULL, at, months, scratch);
    return np_num_sub(w->arena, b, a);
}

/* The total of the break-even is that of the table, whenever posts begin. */
static void total_is_the_projections(fixture *w, const np_comparison *c)
{
    np_arena *scratch = np_arena_new(0);
    for (size_t i = 0; i < 2; i++) {
        const np_post_column *column = &c->columns[i];
        const np_sum *sum = &column->paths[0].brief->total;
        np_num whole = np_num_mul(w->arena, np_num_add(w->arena, sum->net, sum->once), column->conversion.factor);
        np_num total = np_window_total(c, column, NULL, NULL, 0, (size_t)c->compared_months[0], scratch);
        assert_int_equal(np_num_compare(whole, total), 0);
    }
    np_arena_free(scratch);
}

static bool has(const np_solution *s, np_found_kind kind, int64_t low, int64_t high)
{
    for (size_t i = 0; i < s->found_count; i++)
        if (s->found[i].kind == kind && s->found[i].low <= low && s->found[i].high >= high) return true;
    return false;
}

static size_t searched, met;

static void search(fixture *w)
{
    static const char *const INPUTS[] = {"rent_difference", "spouse_monthly_income", "part_time",
                                         "voluntary_pension_rate", "similar_allowances"};
    random_person(w);
    np_comparison *c = compare(w, random_post(w), random_post(w));
    if (!c) return;
    total_is_the_projections(w, c);
    np_scan scan;
    const char *name = PICK(&w->random, INPUTS);
    if (!np_scan_read(&scan, c, &w->diags, name, np_span_none(), false, (size_t)c->compared_months[0])) fail();
    np_solution whole, part;
    assert_true(np_solve(&whole, c, &scan, 1, (size_t)c->compared_months[0], 0, &w->diags));
    if (!whole.possible) return;
    /* around something that was found, so that the sweep below has something to find */
    int64_t middle = scan.low + (int64_t)random_below(&w->random, (unsigned)(scan.high - scan.low));
    if (whole.found_count) middle = whole.found[random_below(&w->random, (unsigned)whole.found_count)].low;
    scan.low = middle - 300 < scan.low ? scan.low : middle - 300;
    scan.high = middle + 300 > scan.high ? scan.high : middle + 300;
    assert_true(np_solve(&part, c, &scan, 1, (size_t)c->compared_months[0], 0, &w->diags));
    assert_true(part.possible && part.complete);
    np_arena *scratch = np_arena_new(0);
    np_num before = np_num_small(0, -1);
    size_t passes = 0;
    for (int64_t at = scan.low; at <= scan.high; at++) {
        np_num now = brute(w, c, &scan, at, (size_t)c->compared_months[0], scratch);
        assert_true(np_num_valid(now));
        bool crosses = np_num_valid(before) && np_num_sign(before) * np_num_sign(now) < 0;
        if (crosses != has(&part, NP_FOUND_PASSES, at - 1, at) ||
            (np_num_sign(now) == 0) != has(&part, NP_FOUND_EQUAL, at, at)) {
            fprintf(stderr, "%s: %lld of %lld..%lld: sign %d, %zu found\n", name, (long long)at, (long long)scan.low,
                    (long long)scan.high, np_num_sign(now), part.found_count);
            fail();
        }
        passes += crosses || np_num_sign(now) == 0;
        before = now;
    }
    np_arena_free(scratch);
    searched++;
    met += passes > 0;
}

/* ---- running ---- */

typedef struct guarded {
    fixture *w;
    void (*body)(fixture *);
    long rounds;
} guarded;

static void load(void *context)
{
    fixture *w = context;
    np_diags_init(&w->book_diags, w->book_arena);
    w->book = np_book_load(np_reader_disk(), &w->book_diags, w->book_arena, "tests/book/nato", NULL, 0);
}

static void run_guarded(void *context)
{
    guarded *g = context;
    round_of(g->w, g->body, g->rounds);
}

static void run(void (*body)(fixture *), long rounds)
{
    fixture w = {.book_arena = np_arena_new(0), .arena = np_arena_new(0), .random = random_start()};
    assert_non_null(w.book_arena);
    assert_non_null(w.arena);
    assert_true(np_arena_guard(w.book_arena, load, &w));
    assert_int_equal(w.book_diags.errors, 0);
    guarded g = {&w, body, rounds};
    assert_true(np_arena_guard(w.arena, run_guarded, &g));
    np_arena_free(w.arena);
    np_arena_free(w.book_arena);
}

static void test_a_post_beside_itself(void **state)
{
    (void)state;
    run(with_itself, slow_rounds(ROUNDS));
}

static void test_two_posts_both_ways(void **state)
{
    (void)state;
    run(swapped, slow_rounds(ROUNDS));
}

static void test_search_against_every_value(void **state)
{
    (void)state;
    run(search, random_rounds(SEARCHES));
    assert_true(searched >= 4 && met >= 2); /* or the test tests nothing */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_post_beside_itself),
        cmocka_unit_test(test_two_posts_both_ways),
        cmocka_unit_test(test_search_against_every_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
