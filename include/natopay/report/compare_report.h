/* A comparison as people and programs read it. */
#ifndef NATOPAY_REPORT_COMPARE_REPORT_H
#define NATOPAY_REPORT_COMPARE_REPORT_H

#include "natopay/compare/solve.h"
#include "natopay/report/output.h"

typedef struct np_shown_comparison {
    const np_comparison *comparison;
    const np_solution *solutions; /* NULL: not asked for; else one for each column but the first */
    size_t solution_count;
    const np_variation *variation; /* NULL: not asked for */
    const np_diags *diags;         /* its warnings are part of the result */
} np_shown_comparison;

np_output np_comparison_output(const np_shown_comparison *shown);

#endif
