/* A plan as people and programs read it: records of staff, and totals. */
#ifndef NATOPAY_SHOW_PLAN_H
#define NATOPAY_SHOW_PLAN_H

#include "natopay/base/json.h"
#include "natopay/plan/run.h"
#include "natopay/show/table.h"

/* What stands over a plan's results. */
typedef struct np_plan_head {
    size_t books;                         /* the baseline is the first */
    const char *names[NP_PLAN_BOOKS_MAX]; /* "baseline", then the scenarios' */
    const char *titles[NP_PLAN_BOOKS_MAX];
    const np_book *book; /* the baseline's */
    const char *hash;    /* of all rule books, in hex */
    np_window window;
    size_t by_count;
    const char *by[NP_BY_MAX];
    const np_lang *lang; /* of the titles of columns */
} np_plan_head;

/* ---- records: one for each row of the list, see natopay/plan/run.h ---- */

typedef struct np_plan_records {
    const np_plan_head *head;
    const np_book *book;
    const np_plan_book *books; /* [head->books] */
} np_plan_records;

/* The names of the lines that are open under the baseline or a scenario, each once. */
void np_plan_put_open(np_text *out, const np_plan_records *records, const np_staff *staff);
/* The least sure status among the figures of all books. */
np_status np_plan_weakest(const np_plan_head *head, const np_staff *staff);

/* CSV: id, carried columns, status, reason, currency, weakest, open, then amounts by book and year. */
void np_plan_csv_header(np_text *out, const np_plan_head *head, const np_columns *columns);
void np_plan_csv_record(const void *records, np_text *out, const np_staff *staff);
/* JSON lines: one object a line. */
void np_plan_json_record(const void *records, np_text *out, const np_staff *staff);
/* row,line,column,reason */
void np_plan_reject_header(np_text *out);
void np_plan_reject_record(const void *records, np_text *out, const np_staff *staff);

/* ---- totals ---- */

/* One row for each group, book and year, the last year "total". `exact`: fractions beside the amounts. */
void np_plan_table_of_groups(np_table *table, const np_plan_head *head, const np_totals *totals, bool exact);
/* All staff of a currency together: one row for each book and year. */
void np_plan_table_of_years(np_table *table, const np_plan_head *head, const np_totals *totals);
/* Winners and losers, one row for each scenario and currency. False: scratch space cannot be read. */
bool np_plan_table_of_spreads(np_table *table, const np_plan_head *head, np_totals *totals);

/* For whom a line is not counted: a row for each line, a column for each book. Totals must be sorted. */
void np_plan_table_of_gaps(np_table *table, const np_plan_head *head, const np_totals *totals);
/* Staff by the weakest status of their figures: a row for each book. */
void np_plan_table_of_certainty(np_table *table, const np_plan_head *head, const np_totals *totals);
/* What else must be known of the totals, in sentences; how many there are. */
enum { NP_PLAN_NOTES = 4 };
size_t np_plan_notes(const np_totals *totals, np_arena *arena, const np_lang *lang, const char *notes[NP_PLAN_NOTES]);
void np_plan_json_certainty(np_json *json, const np_plan_head *head, const np_totals *totals);

/* What the counts of winners and losers mean. */
const char *np_plan_legend(const np_lang *lang);
/* What the counts of lines that are not counted mean. */
const char *np_plan_gaps_title(const np_lang *lang);
const char *np_plan_certainty_title(const np_lang *lang);

/* The sum of a group; year = years: of all. */
np_num np_plan_sum(np_arena *arena, const np_plan_head *head, const np_group *group, size_t book, int year,
                   int measure);
/* The same over all groups of a currency. */
np_num np_plan_sum_all(np_arena *arena, const np_plan_head *head, const np_totals *totals, const char *currency,
                       size_t book, int year, int measure);
const char *np_plan_amount(np_arena *arena, const np_plan_head *head, const char *currency, np_num amount);

/* False: scratch space cannot be read. */
bool np_plan_text(np_text *out, np_arena *arena, const np_plan_head *head, np_totals *totals, const np_lang *lang);
bool np_plan_json(np_text *out, np_arena *arena, const np_plan_head *head, np_totals *totals);

bool np_plan_html(np_text *out, np_arena *arena, const np_plan_head *head, np_totals *totals, const np_lang *lang);
bool np_plan_xlsx(np_text *out, np_arena *arena, const np_plan_head *head, np_totals *totals, const np_lang *lang);

/* "1000 rows in = 990 rows out + 10 rejected" */
void np_plan_account(np_text *out, const np_totals *totals, const np_lang *lang);

#endif
