/* What a comparison is put together from: columns, rows, currencies, months. Private to calc/compare. */
#ifndef NATOPAY_COMPARE_COMPARE_INTERNAL_H
#define NATOPAY_COMPARE_COMPARE_INTERNAL_H

#include "natopay/compare/compare.h"

static inline np_num np_no_number(void)
{
    return np_num_small(0, -1);
}

/* All rows, from the columns. */
void np_compare_rows(np_comparison *comparison);

/* The job that somebody has: its column; and, once all columns stand, what it pays from the earliest start on. */
void np_present_job_column(np_comparison *comparison, const np_compare_post *post);
void np_present_jobs_begin(np_comparison *comparison);

/* From which month one post has paid more in all than the first. */
void np_compare_lead_changes(np_comparison *comparison);

#endif
