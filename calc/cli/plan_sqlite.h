/* A plan as an SQLite file: private to calc/cli. */
#ifndef NATOPAY_CLI_PLAN_SQLITE_H
#define NATOPAY_CLI_PLAN_SQLITE_H

#include "plan_run.h"

/* Whether there is an --output; false after reporting. */
bool np_sqlite_fits(np_run *run);
/* The tables staff, scenario, result, total and source, in `file`, which is open and stays its owner's. NULL after
 * reporting. */
void *np_sqlite_open(np_run *run, const np_plan_head *head, const np_atomic_file *file);

/* Writes a record as np_sqlite_records takes it. */
void np_sqlite_record(const void *records, np_text *out, const np_staff *staff);
bool np_sqlite_records(void *sqlite, const char *bytes, size_t size);

bool np_sqlite_totals(void *sqlite, const np_totals *totals);
/* All is written when `good`; false after reporting. */
bool np_sqlite_close(void *sqlite, bool good);

#endif
