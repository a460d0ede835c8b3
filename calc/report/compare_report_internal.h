/* What the reports of a comparison share: its words, tables and charts. Private to calc/report. */
#ifndef NATOPAY_REPORT_COMPARE_REPORT_INTERNAL_H
#define NATOPAY_REPORT_COMPARE_REPORT_INTERNAL_H

#include "timeline_report_internal.h"
#include "natopay/report/compare_report.h"

/* ---- words ---- */

/* A value of a scan: "1234.50 EUR", "2026-03-01". */
const char *np_scan_words(np_arena *arena, const np_comparison *comparison, const np_scan *scan, int64_t at);
/* A plain amount in a column's own currency, or in the common one; NULL for an invalid one. */
const char *np_own_amount(np_arena *arena, const np_post_column *column, np_num amount);
const char *np_common_amount(np_arena *arena, const np_comparison *comparison, np_num amount);
/* One sentence on what was found, in the language of the comparison. */
const char *np_solution_sentence(np_arena *arena, const np_comparison *comparison, const np_solution *solution);
const char *np_found_sentence(np_arena *arena, const np_comparison *comparison, const np_solution *solution,
                              const np_found *found);
const char *np_lead_change_sentence(np_arena *arena, const np_comparison *comparison,
                                    const np_lead_change *lead_change);
/* What the rate of a column is, with date, source and status; NULL when none is needed. */
const char *np_rate_sentence(np_arena *arena, const np_comparison *comparison, const np_post_column *column);
/* The year whose money the sums over years are in, when no later scale is known; 0: each in its own year's. */
int np_compared_money_year(const np_post_column *column);
/* That the person cannot be appointed to a column's post, in one sentence; NULL: nothing bars it, or not known. */
const char *np_column_impossible(np_arena *arena, const np_post_column *column, const np_lang *lang);
/* The currency that a column is paid in. */
const char *np_column_unit(const np_post_column *column);
np_doc_value np_common_value(const np_comparison *comparison, np_num amount);

/* ---- parts of the document ---- */

/* "A \u00b7 Senior Technician" */
const char *np_post_short(np_doc *doc, const np_post_column *column, size_t characters);
/* Lines, totals and contract terms of the first post beside those from `from` to `to`. */
void np_compare_totals(np_doc *doc, const np_comparison *c); /* of pages, which begin with them */
void np_compare_tables(np_doc *doc, const np_comparison *c, size_t from, size_t to);
/* Charts of pages: net month by month, what pay is made of, contracts. */
void np_compare_months(np_doc *doc, const np_comparison *c);
void np_compare_composition(np_doc *doc, const np_comparison *c);
void np_compare_contracts(np_doc *doc, const np_comparison *c);
/* The comparison over a range of one input: on pages a chart, and its figures. */
void np_compare_variation(np_doc *doc, np_doc_node *in, const np_shown_comparison *shown);

void np_compare_records(np_doc_table *table, const void *result);
bool np_compare_json(np_json *json, np_arena *arena, const void *shown);

#endif
