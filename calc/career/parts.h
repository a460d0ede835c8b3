/* Private to calc/career. */
#ifndef NATOPAY_CAREER_PARTS_H
#define NATOPAY_CAREER_PARTS_H

#include "natopay/career/career.h"

static inline uint8_t np_weakest(unsigned a, unsigned b)
{
    return (uint8_t)(a > b ? a : b);
}

/* ---- terms.c ---- */

/* False after reporting. */
bool np_terms_read(np_career *career);
/* Give the situation what the terms say: contract_end and end. */
void np_terms_apply(np_career *career);

void np_set_date(np_situation *situation, uint16_t slot, np_date date);
void np_set_number(np_situation *situation, uint16_t slot, int64_t number);
void np_set_grade(np_situation *situation, uint16_t slot, uint16_t grade);

/* ---- career.c, project.c ---- */

/* Grades and steps as they are at the start, from the first slots. */
bool np_career_read_state(np_career *career);
/* The path asked for, else the one that twin_advancement names; NULL without a twin grade. */
const np_path *np_career_chosen_path(np_career *career, const np_path *asked);

/* ---- progress.c: steps and advancement while a projection runs ---- */

typedef struct np_course {
    np_career *career;
    np_projection *projection;
    bool silent; /* what happens is not noted */
    const np_project_options *options;
    uint16_t grade;
    int64_t step;
    bool grade_changed, step_changed;        /* this month */
    np_date advancement;                     /* INT32_MAX: none, or done */
    np_date next_step;                       /* INT32_MAX: none */
    np_date advancement_counts, step_counts; /* the first month in which each counts */
    np_date clock;                           /* from which steps are counted */
    np_ymd clock_day;                        /* the same */
    int32_t ticks;                           /* steps counted so far */
} np_course;

bool np_course_start(np_course *run);
/* Whether nothing can happen but steps, on one day that every month has. */
bool np_course_is_plain(const np_course *run);
/* Let happen what happens by the first day of a month. False after reporting. */
bool np_course_month(np_course *run, np_date month);
/* The next month in which something happens; INT32_MAX: none. */
np_date np_course_next(const np_course *run);

/* ---- causes.c ---- */

/* Why the payslip of this month differs from the one before. */
void np_causes_find(np_course *run, np_stretch *stretch, const np_stretch *before);

/* ---- sums.c ---- */

void np_sum_zero(np_sum *sum);
void np_sum_add(np_arena *arena, np_sum *sum, const np_stretch *stretch, int32_t months);

#endif
