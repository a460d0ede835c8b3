/* What a rule comes to, over months: its slot's value and its line of the payslip. */
#ifndef NATOPAY_PAY_TS_RULE_H
#define NATOPAY_PAY_TS_RULE_H

#include "natopay/pay/timeseries.h"

/* Where segments and lines are kept until one person is done. The place behind the last is for what is lost. */
typedef struct np_rule_store {
    np_segment *segments;
    np_line *lines; /* [segment]: of a rule. `missing` is not kept: an open line says nothing of what it lacks */
    size_t count, capacity;
} np_rule_store;

/* A rule, and the months of the window in which it is in force. */
typedef struct np_rule_months {
    const np_rule *rule;
    uint16_t from, until;
    bool falls; /* it is computed in the month of its day alone, see np_payslip.falling */
} np_rule_months;

void np_rule_store_init(np_rule_store *store, np_arena *arena, size_t capacity);

/* Keep a value; one like the value before it, since `first`, is not kept. False when there is no room. */
bool np_rule_store_value(np_rule_store *store, size_t first, const np_value *value, uint16_t from);

/* The months of the window in which a rule is in force. */
np_rule_months np_rule_months_of(const np_rule *rule, const np_window *window, const np_slot_set *falling);

/* The rule in the months from <= month < until: its segments are store->segments[first] and those after it, with
 * their lines beside them. It becomes the series of the rule's slot. After a failure (see np_ts_eval) it means nothing:
 * month by month evaluation says why. */
void np_ts_rule(np_ts_eval *ts, np_rule_store *store, const np_rule_months *months, uint16_t from, uint16_t until);

/* Whether two values, or lines, are the same. A date that goes with the month is the same in each month. */
bool np_value_same(const np_value *a, const np_value *b);
bool np_line_same(const np_line *a, const np_line *b);

#endif
