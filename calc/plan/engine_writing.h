/* What a rule comes to is written for one row after the other, from month to month. Private to calc/plan. */
#ifndef NATOPAY_PLAN_ENGINE_WRITING_H
#define NATOPAY_PLAN_ENGINE_WRITING_H

#include "engine_internal.h"

/* A rule while it is computed. */
typedef struct np_rule_writing {
    np_book_state *w;
    const np_rule_plan *rule_plan;
    bool monthly;  /* what is due comes every month */
    bool at_once;  /* ... and nothing names it, and it is rounded to the minor unit of its currency, halves up */
    np_paid *paid; /* of the row whose turn it is; NULL: the rule is a fact */
    size_t first;  /* of its segments */
} np_rule_writing;

static inline np_segment *np_next_segment(np_book_state *w)
{
    if (w->segment_count == NP_SEGMENTS_MAX)
        w->ts.eval.failed = true; /* the place behind the last is for what is lost */
    return &w->segments[w->segment_count];
}

/* The weakest of a condition and of what its rule is said to be. */
static inline uint8_t np_rule_status(const np_rule *rule, uint8_t status)
{
    return rule->has_status ? np_weaker(status, (uint8_t)rule->status) : status;
}

/* All months in service: those in which the rule is in force, begin <= month < end, and those around them. `holds` and
 * `amount`: when they are known to stand; else NULL. */
void np_rule_write(const np_rule_writing *v, const np_value *holds, const np_value *amount, uint16_t begin,
                   uint16_t end);

#endif
