/* Adding somebody to totals, step by step: for those with one period of service and for those with several. Private to
 * calc/plan. */
#ifndef NATOPAY_PLAN_TOTALS_INTERNAL_H
#define NATOPAY_PLAN_TOTALS_INTERNAL_H

#include "natopay/plan/totals.h"

/* ---- totals.c ---- */

/* In service under some book: a scenario may change how long service lasts. */
bool np_totals_is_present(const np_totals *totals, const np_outcome *outcomes);
/* Count the lines that are open. `counted`: a bit for each gap that was counted for the same person before; NULL: none
 * was. False without memory. */
bool np_totals_add_gaps(np_totals *totals, const np_plan_book *books, const np_outcome *outcomes, uint64_t *counted);
/* What is paid. False: see failure. */
bool np_totals_add_sums(np_totals *totals, np_group *group, const np_outcome *outcomes);

/* ---- gain_loss.c ---- */

/* What a scenario changes for somebody over the whole plan. */
typedef struct np_pay_difference {
    bool applies; /* the scenario is for them */
    bool coarse;  /* it is no whole number of minor units; net and employer mean nothing */
    bool moved;   /* they are in service for other months */
    bool unsure;  /* see np_outcome */
    int64_t net, employer;
} np_pay_difference;

np_pay_difference np_pay_difference_of(const np_totals *totals, const np_outcome *under, const np_outcome *baseline,
                                       int64_t unit);
/* The difference of one more period of the same person. */
void np_pay_difference_add(np_pay_difference *to, const np_pay_difference *more);
/* Where somebody is counted: NP_LOSERS and so on. */
int np_pay_difference_kind(const np_pay_difference *difference);
/* False: see failure. */
bool np_gain_loss_add(np_totals *totals, uint16_t book, const char *currency, int64_t unit, const char *id,
                      const np_pay_difference *difference);

#endif
