/* A plan as people and programs read it: records of staff, and totals. */
#ifndef NATOPAY_SHOW_PLAN_H
#define NATOPAY_SHOW_PLAN_H

#include "natopay/plan/run.h"
#include "natopay/show/table.h"

/* What stands over a plan's results. */
typedef struct np_plan_head {
    size_t books; /* the baseline is the first */
    const char *names[NP_PLAN_BOOKS_MAX];  /* "baseline", then the scenarios' */
    const char *titles[NP_PLAN_BOOKS_MAX];
    const char *hash; /* of the rule books: sha256 of the baseline's, in hex */
    np_window window;
    size_t by_count;
    const char *by[16];
} np_plan_head;

/* ---- records: one for each row of the list, see natopay/plan/run.h ---- */

typedef struct np_plan_records {
    const np_plan_head *head;
    const np_book *book;
} np_plan_records;

/* CSV: id, carried columns, status, reason, currency, weakest, open, then amounts by book and year. */
void np_plan_csv_header(np_text *out, const np_plan_head *head, const np_columns *columns);
void np_plan_csv_record(const void *records, np_text *out, const np_staff *staff);
/* JSON lines: one object a line. */
void np_plan_json_record(const void *records, np_text *out, const np_staff *staff);
/* row,line,column,reason */
void np_plan_reject_header(np_text *out);
void np_plan_reject_record(const void *records, np_text *out, const np_staff *staff);

/* ---- totals ---- */

/* By group and year, one row for each book; each amount to the minor unit and as an exact fraction in JSON and CSV. */
void np_plan_table_of_totals(np_table *table, const np_plan_head *head, np_totals *totals);
/* Winners and losers, one row for each scenario and currency. False: scratch space cannot be read. */
bool np_plan_table_of_spreads(np_table *table, const np_plan_head *head, np_totals *totals);
/* All staff of a currency together: one row for each book and year. */
void np_plan_table_of_years(np_table *table, const np_plan_head *head, np_totals *totals);

void np_plan_text(np_text *out, np_arena *arena, const np_plan_head *head, np_totals *totals, np_lang lang);
void np_plan_json(np_text *out, np_arena *arena, const np_plan_head *head, np_totals *totals);

/* "1000 rows in = 990 rows out + 10 rejected" */
void np_plan_account(np_text *out, const np_totals *totals, np_lang lang);

#endif
