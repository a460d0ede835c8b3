/* How many 72-month projections of one person a second, in stretches and month by month with the same engine. Each
 * begins from the situation: it reads the terms of the contract, computes every payslip that differs, and adds up. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "natopay/book/load.h"
#include "natopay/career/projector.h"

enum { MONTHS = 72 };

static const char *const SITUATION[][2] = {
    {"grade", "G10"},         {"twin_grade", "G12"},
    {"duty_country", "BE"},   {"start", "2026-09-01"},
    {"nationality", "FR"},    {"birth_date", "1991-05-04"},
    {"spouse", "yes"},        {"child_births", "2010-05-02, 2023-05-02"},
    {"contract", "definite"}, {"residence_distance_km", "400"},
};

typedef struct bench {
    np_arena *book_arena, *arena;
    np_diags diags, run_diags;
    np_book *book;
    np_projector *projector;
    np_situation *situation;
    bool monthly, causes, failed;
    size_t stretches;
    np_num net;
} bench;

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void load(void *context)
{
    bench *b = context;
    np_diags_init(&b->diags, b->book_arena);
    b->book = np_book_load(np_reader_disk(), &b->diags, b->book_arena, "data/nato", NULL, 0);
    b->situation = np_situation_new(b->book, b->book_arena);
    for (size_t i = 0; i < sizeof SITUATION / sizeof SITUATION[0]; i++)
        np_situation_set_text(b->situation, &b->diags, SITUATION[i][0], SITUATION[i][1], np_span_none(),
                              np_span_none());
}

static void once(void *context)
{
    bench *b = context;
    np_diags_init(&b->run_diags, b->arena);
    np_career *career = np_career_open(b->projector, b->situation, b->arena, &b->run_diags, NULL, NULL);
    np_project_options options = {.months = MONTHS, .monthly = b->monthly, .causes = b->causes, .lines = b->causes};
    const np_projection *projection = career ? np_career_project(career, &options) : NULL;
    b->failed = !projection;
    if (!projection) return;
    b->stretches = projection->stretch_count;
    b->net = projection->total.net;
}

/* Projections a second, the best of five tries of about `milliseconds` each. */
static int64_t speed(bench *b, int64_t milliseconds)
{
    int64_t best = 0;
    for (int round = 0; round < 5; round++) {
        int64_t start = now(), count = 0, spent;
        do {
            for (int i = 0; i < 50; i++, count++) {
                np_arena_reset(b->arena);
                if (!np_arena_guard(b->arena, once, b) || b->failed) return 0;
            }
            spent = now() - start;
        } while (spent < milliseconds * 1000000);
        int64_t here = count * 1000000000 / spent;
        if (here > best) best = here;
    }
    return best;
}

int main(void)
{
    bench b = {.book_arena = np_arena_new(0), .arena = np_arena_new(0)};
    if (!b.book_arena || !b.arena || !np_arena_guard(b.book_arena, load, &b) || b.diags.errors) {
        fprintf(stderr, "the rule book does not load\n");
        return EXIT_FAILURE;
    }
    b.projector = np_projector_new(b.book);
    int64_t fast = b.projector ? speed(&b, 200) : 0;
    np_num net = b.net;
    size_t stretches = b.stretches;
    b.causes = true;
    int64_t with_causes = speed(&b, 200);
    b.causes = false;
    b.monthly = true;
    int64_t monthly = speed(&b, 200);
    if (!fast || !monthly || np_num_compare(net, b.net) != 0) {
        fprintf(stderr, "the two disagree, or one of them failed\n");
        return EXIT_FAILURE;
    }
    printf("72-month projections: %" PRId64 " a second in %zu stretches, %" PRId64 " with lines and causes, "
           "%" PRId64 " month by month; ratio %" PRId64 ".%" PRId64 "\n",
           fast, stretches, with_causes, monthly, fast / monthly, fast * 10 / monthly % 10);
    np_projector_free(b.projector);
    np_arena_free(b.arena);
    np_arena_free(b.book_arena);
    return EXIT_SUCCESS;
}
