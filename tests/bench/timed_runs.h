/* Runs a piece of work many times and times it, in processor time. */
#ifndef NATOPAY_BENCH_TIMED_RUNS_H
#define NATOPAY_BENCH_TIMED_RUNS_H

#include <time.h>

#include "natopay/base/arena.h"

/* Nanoseconds that the work takes with an empty arena for its results; *done is false where memory runs out. */
static inline long timed_run(np_arena *results, void (*work)(void *context), void *context, bool *done)
{
    struct timespec begin, end;
    np_arena_reset(results);
    *done = false;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
    if (!np_arena_guard(results, work, context)) *done = false;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    return (long)((end.tv_sec - begin.tv_sec) * 1000000000LL + end.tv_nsec - begin.tv_nsec);
}

/* For qsort. */
static inline int timed_shorter_first(const void *a, const void *b)
{
    const long *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

#endif
