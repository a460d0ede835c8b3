/* Scenarios: an overlay of the rule book, with a title and whom it is for. */
#ifndef NATOPAY_PLAN_SCENARIO_H
#define NATOPAY_PLAN_SCENARIO_H

#include "natopay/plan/changes.h"

#define NP_BASELINE "baseline" /* the rule book without a scenario */

typedef struct np_scenario {
    const char *name; /* of [scenario NAME]; of the file when it has no such section */
    np_label label;
    np_formula when; /* truth; root NULL: all staff */
    const np_staff_change *changes;
    size_t change_count;
} np_scenario;

/* The scenario that the layers above `base` define, its condition compiled against the book. False after reporting. */
bool np_scenario_read(np_book *book, np_diags *diags, unsigned base, np_scenario *scenario);

#endif
