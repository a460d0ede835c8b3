/* Whether two ways of computing a plan come to the same for a member of staff, to the last digit. */
#ifndef TESTS_SAME_OUTCOME_H
#define TESTS_SAME_OUTCOME_H

#include <string.h>

#include "natopay/plan/engine.h"

static inline bool same_outcome(const np_window *window, const np_outcome *a, const np_outcome *b)
{
    if (a->applies != b->applies || a->currency != b->currency || a->from != b->from || a->until != b->until ||
        a->status != b->status || a->beyond != b->beyond || a->beyond_age != b->beyond_age ||
        a->step_assumed != b->step_assumed || a->left != b->left || a->changes != b->changes ||
        a->unsure != b->unsure || a->converted != b->converted || memcmp(a->open, b->open, sizeof a->open) != 0)
        return false;
    for (uint16_t i = 0; i < window->periods; i++) {
        const np_plan_period *x = &a->periods[i], *y = &b->periods[i];
        if (np_num_compare(x->gross, y->gross) != 0 || np_num_compare(x->net, y->net) != 0 ||
            np_num_compare(x->employer, y->employer) != 0 || np_num_compare(x->worked, y->worked) != 0)
            return false;
    }
    return true;
}

#endif
