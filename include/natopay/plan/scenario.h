/* Scenarios: an overlay of the rule book, with a title and whom it is for. */
#ifndef NATOPAY_PLAN_SCENARIO_H
#define NATOPAY_PLAN_SCENARIO_H

#include "natopay/plan/scenario_changes.h"

#define NP_BASELINE "baseline" /* the rule book without a scenario */

enum { NP_SCENARIO_FILES_MAX = 16 };

typedef struct np_scenario {
    const char *name; /* of [scenario NAME]; of the file when it has no such section; "A+B" of one on top of another */
    const char *names[NP_SCENARIO_FILES_MAX]; /* of each */
    np_label labels[NP_SCENARIO_FILES_MAX];
    size_t file_count;
    np_formula when; /* truth; root NULL: all staff */
    const np_staff_change *changes;
    size_t change_count;
} np_scenario;

/* What people call it: the labels of its files, or their names. */
const char *np_scenario_title(const np_scenario *scenario, np_arena *arena, const np_lang *lang);

/* The scenario that the layers above `base` define, one on top of another, its condition compiled against the book.
 * False after reporting. */
bool np_scenario_read(np_book *book, np_diags *diags, unsigned base, np_scenario *scenario);

/* Say of files among the layers above `base` that hold nothing but posts and persons that they are no scenarios; false
 * when there are any. */
bool np_scenario_refuse_cases(const np_book *book, np_diags *diags, unsigned base);

#endif
