/* The range of a month's net with ten things open (uncertain figures, unanswered inputs), in process: the best of some
 * runs, in processor time. At most 5 ms. */
#include <stdio.h>
#include <time.h>

#include "natopay/book/load.h"
#include "natopay/pay/range.h"

enum { RUNS = 20, OPEN = 10, MOST_MICROSECONDS = 5000 };

/* Uncertain: the salary, the step's value, how far the family allowances are indexed, the insurance, the dollar's
 * rate, an age limit. Not answered: nationality, residence and since when, spouse. So 1,024 combinations. */
static const char *const INPUTS[][2] = {{"grade", "G9"},
                                        {"duty_country", "UA"},
                                        {"start", "2026-03-01"},
                                        {"date", "2026-03-01"},
                                        {"step", "3"},
                                        {"child_births", "2007-01-01"},
                                        {"children_in_education", "1"},
                                        {"similar_allowances", "50 USD"},
                                        {"lodging_provided", "no"},
                                        {"mobility_supplement", "no"},
                                        {"zone_supplement", "no"}};

typedef struct bench {
    np_arena *arena, *work;
    np_diags diags;
    np_book *book;
    np_situation *situation;
    np_range range;
    size_t open;
    bool failed;
} bench;

static void prepare(void *context)
{
    bench *b = context;
    np_diags_init(&b->diags, b->arena);
    b->book = np_book_load(np_reader_disk(), &b->diags, b->arena, "data/nato", NULL, 0);
    if (!b->book || b->diags.errors) return;
    b->situation = np_situation_new(b->book, b->arena);
    for (size_t i = 0; i < sizeof INPUTS / sizeof INPUTS[0]; i++)
        np_situation_set_text(b->situation, &b->diags, INPUTS[i][0], INPUTS[i][1], np_span_none(), np_span_none());
}

static void count_open(void *context)
{
    bench *b = context;
    np_open_point *points;
    b->failed = !np_open_points(b->situation, b->work, &b->diags, &points, &b->open) || b->failed;
}

static void find_range(void *context)
{
    bench *b = context;
    b->failed = !np_net_range(b->situation, b->work, &b->diags, &b->range) || b->failed;
}

int main(void)
{
    static bench b;
    b.arena = np_arena_new(0);
    b.work = np_arena_new(0);
    if (!b.arena || !b.work || !np_arena_guard(b.arena, prepare, &b) || !b.book || b.diags.errors) {
        fprintf(stderr, "data/nato cannot be loaded: run this in the project's folder\n");
        return 1;
    }
    long best = -1;
    for (int run = 0; run < RUNS; run++) {
        struct timespec begin, end;
        np_arena_reset(b.work);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
        if (!np_arena_guard(b.work, find_range, &b)) b.failed = true;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
        long taken = (end.tv_sec - begin.tv_sec) * 1000000L + (end.tv_nsec - begin.tv_nsec) / 1000;
        if (best < 0 || taken < best) best = taken;
    }
    size_t payslips = b.range.payslips;
    bool exact = b.range.exact;
    if (!np_arena_guard(b.work, count_open, &b)) b.failed = true;
    printf("range of the net, %zu open: %ld.%03ld ms, %zu payslips, %s\n", b.open, best / 1000, best % 1000, payslips,
           exact ? "exact" : "one at a time");
    bool slow = best > MOST_MICROSECONDS, few = b.open < OPEN;
    if (slow) printf("above the most, %d microseconds\n", MOST_MICROSECONDS);
    if (few) printf("fewer than %d are open\n", OPEN);
    np_arena_free(b.work);
    np_arena_free(b.arena);
    return b.failed || slow || few;
}
