/* Payslips and figures while real pay is explained: what reconcile_ranges.c does for reconcile.c. */
#ifndef NATOPAY_PLAN_RECONCILE_INTERNAL_H
#define NATOPAY_PLAN_RECONCILE_INTERNAL_H

#include "natopay/career/month.h"
#include "natopay/plan/reconcile.h"

/* A payslip computed. */
typedef struct np_computed {
    np_month month;
    np_payslip *payslip;
    np_diags diags;
    np_num value;
    bool ok;
} np_computed;

/* Between which values a figure would explain a difference. */
typedef struct np_figure_range {
    np_num low, high;
} np_figure_range;

/* What is compared, of a payslip. */
np_num np_measured(const np_reconcile *r, const np_payslip *p);
np_num np_reconcile_unit(const np_reconcile *r, uint16_t currency);
/* Between which values the figure would explain the difference; false when it does not matter here. */
bool np_explaining_range(np_reconcile *r, np_computed *c, const np_reconciled_figure *figure, np_num difference,
                         np_figure_range *range);
/* Where most ranges overlap; gives back how many do. */
size_t np_most_ranges(np_arena *arena, const np_figure_range *ranges, size_t count, np_figure_range *best);
/* The number with the fewest decimals within a range; of those the lowest. */
np_num np_plainest_number(np_arena *arena, const np_figure_range *range);

#endif
