/* What the reports of a plan share: tables of its totals. Private to calc/report. */
#ifndef NATOPAY_REPORT_PLAN_INTERNAL_H
#define NATOPAY_REPORT_PLAN_INTERNAL_H

#include "natopay/report/plan_report.h"
#include "report_internal.h"

extern const char *const NP_PLAN_MEASURES[NP_MEASURES];

/* One row for each group, book and year, the last year "total". `exact`: fractions beside the amounts. */
void np_plan_table_of_groups(np_doc_table *table, const np_plan_head *head, const np_totals *totals, bool exact);
/* All staff of a currency together: one row for each book and year. */
void np_plan_table_of_years(np_doc_table *table, const np_plan_head *head, const np_totals *totals);
/* Winners and losers, one row for each scenario and currency. False: scratch space cannot be read. */
bool np_plan_table_of_spreads(np_doc_table *table, const np_plan_head *head, np_totals *totals);
/* For whom a line is not counted: a row for each line, a column for each book. Totals must be sorted. */
void np_plan_table_of_gaps(np_doc_table *table, const np_plan_head *head, const np_totals *totals);
/* Staff by the weakest status of their figures: a row for each book. */
void np_plan_table_of_certainty(np_doc_table *table, const np_plan_head *head, const np_totals *totals);

unsigned np_plan_decimals(const np_plan_head *head, const char *currency);
const char *np_plan_year_name(np_arena *arena, const np_plan_head *head, int year); /* after the last: "total" */
/* The value of the column that groups go by, counted from 0. */
const char *np_plan_by_value(const np_group *group, size_t number);
/* Groups are in order, by currency first. */
bool np_plan_first_of_currency(const np_totals *totals, size_t group);

/* The section with which the document begins; none without scenarios. */
void np_plan_overview(np_doc *doc, const np_plan_head *head, const np_totals *totals);

bool np_plan_json(np_json *json, np_arena *arena, const void *totals);

#endif
