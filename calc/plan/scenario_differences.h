/* In which formulas, figures and inputs a scenario's book differs from the baseline. Private to calc/plan. */
#ifndef NATOPAY_PLAN_SCENARIO_DIFFERENCES_H
#define NATOPAY_PLAN_SCENARIO_DIFFERENCES_H

#include "scenario_impact.h"

typedef struct np_differences {
    const np_book *book;
    unsigned base; /* layers of the baseline */
    bool scales, rates, tables, careers, checks;
    bool slot[NP_SLOTS_MAX]; /* inputs that can have another value, and rules of which the scenario changes a formula */
} np_differences;

/* Look through what the layers above c->base say; what this means for the plan as a whole goes into book_plan. */
void np_find_differences(np_differences *c, np_book_plan *book_plan, const np_book *baseline);
/* Whether a formula, or a part of one, may come to something else: it names a figure or an input that differs. */
bool np_formula_differs(const np_differences *c, const np_node *node);

#endif
