/* A comparison of six posts, in process, from the inputs as text to the rows, totals and months: the time of the whole,
 * in processor time. Their duty countries, grades and starts differ, and one is twin-graded, with a total for each
 * path. */
#include <stdio.h>
#include <stdlib.h>

#include "bench/timed_runs.h"
#include "natopay/book/load.h"
#include "natopay/compare/compare.h"

enum { RUNS = 100, TARGET_NS = 300000, POSTS = 6, OWN = 4 };

static const char *const SHARED[][2] = {
    {"nationality", "FR"},       {"birth_date", "1991-05-04"},      {"spouse", "no"},       {"children", "0"},
    {"residence_country", "FR"}, {"residence_since", "1996-11-30"}, {"date", "2026-06-01"}, {"lodging_provided", "no"}};

static const char *const POST[POSTS][OWN][2] = {
    {{"grade", "G10"}, {"duty_country", "BE"}, {"start", "2026-03-01"}, {"step", "1"}},
    {{"grade", "G12"}, {"duty_country", "LU"}, {"start", "2026-03-01"}, {"step", "2"}},
    {{"grade", "G15"}, {"duty_country", "NL"}, {"start", "2026-04-01"}, {"step", "1"}},
    {{"grade", "G10"}, {"duty_country", "DE"}, {"start", "2026-03-01"}, {"twin_grade", "G12"}},
    {{"grade", "G8"}, {"duty_country", "IT"}, {"start", "2026-05-01"}, {"step", "3"}},
    {{"grade", "G17"}, {"duty_country", "BE"}, {"start", "2026-06-01"}, {"step", "1"}}};

typedef struct bench {
    np_arena *arena, *results;
    np_book *book;
    size_t rows;
    bool done;
} bench;

static void load(void *context)
{
    bench *b = context;
    np_diags diags;
    np_diags_init(&diags, b->arena);
    b->book = np_book_load(np_reader_disk(), &diags, b->arena, "data/nato", NULL, 0);
    if (diags.errors) b->book = NULL;
}

static void give(np_situation *situation, np_diags *diags, const char *const (*inputs)[2], size_t count)
{
    for (size_t i = 0; i < count; i++)
        np_situation_set_text(situation, diags, inputs[i][0], inputs[i][1], np_span_none(), np_span_none());
}

static void compare(void *context)
{
    bench *b = context;
    np_diags diags;
    np_diags_init(&diags, b->results);
    np_compare_post posts[POSTS] = {{0}};
    for (size_t i = 0; i < POSTS; i++) {
        np_situation *situation = np_situation_new(b->book, b->results);
        give(situation, &diags, SHARED, sizeof SHARED / sizeof SHARED[0]);
        give(situation, &diags, POST[i], OWN);
        posts[i].situation = situation;
    }
    np_compare_options options = {.posts = posts, .count = POSTS};
    const np_comparison *comparison = np_comparison_new(&options, b->results, &diags);
    b->rows = comparison ? comparison->row_count : 0;
    b->done = comparison && diags.errors == 0;
}

int main(void)
{
    static long times[RUNS];
    bench b = {.arena = np_arena_new(0), .results = np_arena_new(0)};
    if (!b.arena || !b.results || !np_arena_guard(b.arena, load, &b) || !b.book) {
        fprintf(stderr, "data/nato cannot be loaded: run this in the project's folder\n");
        return 1;
    }
    bool done = true;
    for (int i = 0; i < RUNS; i++) {
        times[i] = timed_run(b.results, compare, &b, &b.done);
        done = done && b.done;
    }
    qsort(times, RUNS, sizeof *times, timed_shorter_first);
    printf("%-34s best %ld us, median %ld us (%zu rows)\n", "a comparison of six posts:", times[0] / 1000,
           times[RUNS / 2] / 1000, b.rows);
    if (times[RUNS / 2] > TARGET_NS) printf("above the target of %d us\n", TARGET_NS / 1000);
    np_arena_free(b.results);
    np_arena_free(b.arena);
    return !done; /* a shared machine may be slower than the target */
}
