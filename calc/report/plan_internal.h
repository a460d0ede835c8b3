/* What the reports of a plan share: tables of its totals. Private to calc/report. */
#ifndef NATOPAY_REPORT_PLAN_INTERNAL_H
#define NATOPAY_REPORT_PLAN_INTERNAL_H

#include "natopay/report/plan_report.h"
#include "report_internal.h"

typedef enum np_plan_gain_loss_columns {
    NP_GAIN_LOSS_COUNTS = 1,
    NP_GAIN_LOSS_AMOUNTS = 2,
    NP_GAIN_LOSS_ALL = 3
} np_plan_gain_loss_columns;

/* Sums of all staff in one currency. */
typedef struct np_plan_common {
    np_arena *arena;
    const np_plan_head *head;
    const np_totals *totals;
    const char *currency;
    bool known;     /* every currency has a rate */
    bool converted; /* there is another currency than this one */
    bool several;   /* staff are paid in more than one */
    np_num *sums;   /* [book][period, and after the last of all][measure] */
} np_plan_common;

/* Totals must be sorted. */
np_plan_common *np_plan_common_of(np_arena *arena, const np_plan_head *head, const np_totals *totals);
np_num np_plan_common_sum(const np_plan_common *common, size_t book, int period, int measure);
/* The rates that were used, with their days and sources; nothing where none was. */
void np_plan_say_rates(np_doc *doc, np_doc_node *in, const np_plan_common *common);

extern const char *const NP_PLAN_MEASURES[NP_MEASURES];

/* One row for each group, book and period, the last "total". `exact`: fractions beside the amounts. */
void np_plan_table_of_groups(np_doc_table *table, const np_plan_head *head, const np_totals *totals, bool exact);
/* All staff of a currency together, and before them all staff in one: one row for each book and period. `staff`:
 * with headcount and full-time equivalents. */
void np_plan_table_of_periods(np_doc_table *table, const np_plan_common *common, bool staff);
/* Winners and losers, one row for each scenario and currency: how many, how much, or both (np_plan_gain_loss_columns).
 * False: scratch space cannot be read. */
bool np_plan_table_of_gain_losses(np_doc_table *table, const np_plan_head *head, np_totals *totals,
                                  np_plan_gain_loss_columns which);
/* For whom a line is not counted: a row for each line, a column for each book. Totals must be sorted. */
void np_plan_table_of_gaps(np_doc_table *table, const np_plan_head *head, const np_totals *totals);
/* Staff by the weakest status of their figures: a row for each book. */
void np_plan_table_of_certainty(np_doc_table *table, const np_plan_head *head, const np_totals *totals);

/* What people call a rule of the baseline; one of a scenario alone by its name. */
const char *np_plan_rule_label(const np_plan_head *head, const char *name);
unsigned np_plan_decimals(const np_plan_head *head, const char *currency);
const char *np_plan_period_name(np_arena *arena, const np_plan_head *head, int period); /* after the last: "total" */
const char *np_plan_period_word(const np_plan_head *head);                              /* "year", "quarter", "month" */
/* Headcount and full-time equivalents of one member of staff, in the header and the records of CSV. */
void np_plan_csv_staff_header(np_text *out, const np_plan_head *head);
void np_plan_csv_staff(np_text *out, np_arena *arena, const np_plan_head *head, const np_outcome *outcome);
/* What the two are. */
const char *np_plan_about_staff(const np_plan_head *head, const np_lang *lang);
/* The value of the column that groups go by, counted from 0. */
const char *np_plan_by_value(const np_group *group, size_t number);
/* Groups are in order, by currency first. */
bool np_plan_first_of_currency(const np_totals *totals, size_t group);

/* The section with which the document begins; none without scenarios. */
void np_plan_overview(np_doc *doc, const np_plan_common *common);

bool np_plan_json(np_json *json, np_arena *arena, const void *totals);

#endif
