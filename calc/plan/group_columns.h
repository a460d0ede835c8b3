/* The columns by which totals are grouped. Private to calc/plan. */
#ifndef NATOPAY_PLAN_GROUP_COLUMNS_H
#define NATOPAY_PLAN_GROUP_COLUMNS_H

#include "natopay/plan/staff_columns.h"

/* Find the names that --by lists among the columns of the list and the inputs; `places`: where each stands, or NULL.
 * What is not there, stands twice or is too much is reported. */
void np_columns_read_groups(np_columns *columns, const char *const *names, size_t count, np_diags *diags,
                            const np_span *places);

#endif
