/* The bar that shows on a terminal how far a plan is. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plan_run.h"

static long long milliseconds(const struct timespec *from, const struct timespec *to)
{
    return (long long)(to->tv_sec - from->tv_sec) * 1000 + (to->tv_nsec - from->tv_nsec) / 1000000;
}

void np_bar_begin(np_plan_job *job)
{
    const char *term = getenv("TERM");
    job->bar = isatty(STDERR_FILENO) && !(term && strcmp(term, "dumb") == 0);
    clock_gettime(CLOCK_MONOTONIC, &job->started);
    job->drawn = job->started;
}

void np_bar_draw(np_plan_job *job, uint64_t rows)
{
    struct timespec now;
    const np_lang *lang = job->run->args.lang;
    if (!job->bar) return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (milliseconds(&job->drawn, &now) < 200) return;
    job->drawn = now;
    long long passed = milliseconds(&job->started, &now);
    uint64_t rate = passed > 0 ? rows * 1000 / (uint64_t)passed : 0;
    uint64_t part = job->list.size ? job->list.read * 1000 / job->list.size : 0;
    fputc('\r', stderr);
    if (part > 0 && part <= 1000) {
        long long left = passed * (long long)(1000 - part) / (long long)part / 1000;
        char bar[21];
        for (uint64_t i = 0; i < 20; i++) bar[i] = i < part / 50 ? '#' : '.';
        bar[20] = '\0';
        fprintf(stderr, np_say(lang, "[%s] %3llu %%  %llu rows, %llu a second, %lld s left   "), bar,
                (unsigned long long)part / 10, (unsigned long long)rows, (unsigned long long)rate, left);
    } else {
        fprintf(stderr, np_say(lang, "%llu rows, %llu a second   "), (unsigned long long)rows,
                (unsigned long long)rate);
    }
    fflush(stderr);
}

void np_bar_end(np_plan_job *job)
{
    if (job->bar) fputs("\r\033[K", stderr);
}
