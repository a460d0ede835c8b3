/* The columns by which totals are grouped. Private to calc/plan. */
#ifndef NATOPAY_PLAN_GROUP_COLUMNS_H
#define NATOPAY_PLAN_GROUP_COLUMNS_H

#include "natopay/plan/staff_columns.h"

/* Find what asked->by lists, which is not NULL, among the columns of the list and the inputs. What is not there, stands
 * twice or is too much is reported. */
void np_columns_read_groups(np_columns *columns, np_arena *arena, np_diags *diags, const np_columns_asked *asked);

#endif
