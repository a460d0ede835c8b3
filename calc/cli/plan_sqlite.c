#include "plan_sqlite.h"

void *np_sqlite_open(np_run *run, const np_plan_head *head, const np_columns *columns)
{
    (void)head;
    (void)columns;
    np_run_usage(run, run->args.value[NP_OPT_FORMAT], "sqlite is not there yet");
    return NULL;
}
void np_sqlite_record(const void *records, np_text *out, const np_staff *staff)
{
    (void)records;
    (void)out;
    (void)staff;
}
bool np_sqlite_records(void *sqlite, const char *bytes, size_t size)
{
    (void)sqlite;
    (void)bytes;
    return size > 0;
}
bool np_sqlite_totals(void *sqlite, const np_totals *totals)
{
    (void)sqlite;
    return totals->rows > 0;
}
bool np_sqlite_close(void *sqlite, bool good)
{
    (void)sqlite;
    return good;
}
