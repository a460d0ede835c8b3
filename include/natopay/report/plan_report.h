/* A plan as people and programs read it: records of staff, and totals. */
#ifndef NATOPAY_REPORT_PLAN_REPORT_H
#define NATOPAY_REPORT_PLAN_REPORT_H

#include "natopay/base/json.h"
#include "natopay/plan/plan_rows.h"
#include "natopay/plan/plan_rates.h"
#include "natopay/report/output.h"

/* What stands over a plan's results. */
typedef struct np_plan_head {
    size_t books;                         /* the baseline is the first */
    const char *names[NP_PLAN_BOOKS_MAX]; /* "baseline", then the scenarios' */
    const char *titles[NP_PLAN_BOOKS_MAX];
    const np_book *book; /* the baseline's */
    const char *hash;    /* of all rule books, in hex */
    np_window window;
    np_plan_rates rates[NP_PLAN_BOOKS_MAX];
    bool stops_at_end; /* nobody is paid after the end of the contract */
    size_t by_count;
    const char *by[NP_BY_MAX];
    const char *currency; /* of the overview; NULL: that of all staff, or of the reference country */
    const np_lang *lang;  /* of the titles of columns */
} np_plan_head;

/* ---- records: one for each row of the list, see natopay/plan/plan_rows.h ---- */

typedef struct np_plan_records {
    const np_plan_head *head;
    const np_book *book;
    const np_plan_book *books; /* [head->books] */
} np_plan_records;

/* The names of the lines that are open under the baseline or a scenario, each once. */
void np_plan_put_open(np_text *out, const np_plan_records *records, const np_staff *staff);
/* The least sure status among the figures of all books. */
np_status np_plan_weakest(const np_plan_head *head, const np_staff *staff);

/* CSV: id, carried columns, status, reason, currency, weakest, open, then amounts by book and year, then headcount
 * (1 or 0) and full-time equivalents by book and year. */
void np_plan_csv_header(np_text *out, const np_plan_head *head, const np_columns *columns);
void np_plan_csv_record(const void *records, np_text *out, const np_staff *staff);
/* Of one member of staff: whether some month of a period is paid; the months paid, by the share of full working time.
 * After the last period: of the whole plan. */
bool np_plan_is_paid(const np_plan_head *head, const np_outcome *outcome, int period);
np_num np_plan_worked(np_arena *arena, const np_plan_head *head, const np_outcome *outcome, int period);
/* "0.8": full-time equivalents of one, whose months are `worked` out of so many; to four decimals. */
void np_plan_put_full_time(np_text *out, np_arena *arena, np_num worked, int months);
/* JSON lines: one object a line. */
void np_plan_json_record(const void *records, np_text *out, const np_staff *staff);
/* row,line,column,reason */
void np_plan_reject_header(np_text *out);
void np_plan_reject_record(const void *records, np_text *out, const np_staff *staff);

/* ---- totals ---- */

/* The sum of a group; year = periods: of all. */
np_num np_plan_sum(np_arena *arena, const np_plan_head *head, const np_group *group, size_t book, int year,
                   int measure);
/* The same over all groups of a currency. */
np_num np_plan_sum_all(np_arena *arena, const np_plan_head *head, const np_totals *totals, const char *currency,
                       size_t book, int year, int measure);
/* How many members of staff are paid in some month of the plan under some book, each of them once: in a currency, or,
 * where that is NULL, all. */
uint64_t np_plan_staff(const np_totals *totals, const char *currency);
/* How many are paid in some month of a period under a book, and their full-time equivalents: of a group; where that is
 * NULL of a currency; where that is NULL too of all staff. After the last period: of the whole plan. */
uint64_t np_plan_heads(const np_totals *totals, const np_group *group, const char *currency, size_t book, int period);
np_num np_plan_full_time(np_arena *arena, const np_plan_head *head, const np_totals *totals, const np_group *group,
                         const char *currency, size_t book, int period);
/* The months of a period that the plan covers; after the last period: all. */
int np_plan_months(const np_plan_head *head, int period);
const char *np_plan_amount(np_arena *arena, const np_plan_head *head, const char *currency, np_num amount);

/* Totals as the output of a command. */
typedef struct np_plan_totals {
    const np_plan_head *head;
    np_totals *totals; /* sorted */
    const np_lang *lang;
} np_plan_totals;

np_output np_plan_output(const np_plan_totals *totals);

/* "3 rows are further periods of the person in the row above, who counts once." */
const char *np_plan_about_further(const np_totals *totals, np_arena *arena, const np_lang *lang);
/* "1000 rows in = 990 rows out + 10 rejected" */
void np_plan_account(np_text *out, const np_totals *totals, const np_lang *lang);

#endif
