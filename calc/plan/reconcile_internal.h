/* Private to reconcile.c and reconcile_votes.c. */
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
typedef struct np_vote {
    np_num low, high;
} np_vote;

/* ---- reconcile.c ---- */

/* What is compared, of a payslip. */
np_num np_measured(const np_reconcile *r, const np_payslip *p);

/* ---- reconcile_votes.c ---- */

np_num np_reconcile_unit(const np_reconcile *r, uint16_t currency);
/* Between which values the figure would explain the difference; false when it does not matter here. */
bool np_vote_of(np_reconcile *r, np_computed *c, const np_reconciled_figure *figure, np_num difference, np_vote *v);
/* The stretch in which most votes lie over one another; returns how many do. */
size_t np_most_votes(np_arena *arena, const np_vote *votes, size_t count, np_vote *best);
/* The number with the fewest decimals within a stretch; of those the lowest. */
np_num np_plainest_vote(np_arena *arena, const np_vote *v);

#endif
