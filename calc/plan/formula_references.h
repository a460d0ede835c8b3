/* What the formulas of a book name: inputs, rules, the duty country. Private to calc/plan. */
#ifndef NATOPAY_PLAN_FORMULA_REFERENCES_H
#define NATOPAY_PLAN_FORMULA_REFERENCES_H

#include "natopay/pay/slot.h"
#include "natopay/plan/engine.h"

/* A set of slots, with those of which only the presence matters apart. */
typedef struct np_names {
    const np_book *book;
    bool value[NP_SLOTS_MAX], presence[NP_SLOTS_MAX];
} np_names;

/* Add what a formula, or a part of one, names; NULL: nothing. The date of the month is left out. */
void np_names_formula(np_names *n, const np_node *node);
/* Add what the condition, the amount and the day of a rule name. */
void np_names_rule(np_names *n, const np_rule *rule);
bool np_is_named(const np_names *n, uint16_t slot);

/* Whether a formula names inputs, and no rules. */
bool np_names_inputs_only(const np_book *book, const np_node *node);

/* Whether a formula asks neither the month nor figures, in operations that are done for several members of staff at a
 * time. */
bool np_is_batchable(const np_book *book, const np_node *node);

/* The input without a default that a condition begins by asking for, as known(x) and ... does; UINT16_MAX: none. */
uint16_t np_asked_first(const np_book *book, const np_node *node);

#endif
