/* What the commands' reports share: private to calc/report. */
#ifndef NATOPAY_REPORT_INTERNAL_H
#define NATOPAY_REPORT_INTERNAL_H

#include "natopay/book/contracts.h"
#include "natopay/book/load.h"
#include "natopay/pay/range.h"
#include "natopay/report/estimate.h"

/* ---- words ---- */

const char *np_day_words(np_arena *arena, np_date date);                                            /* "2026-09-01" */
const char *np_month_words(np_arena *arena, np_date date);                                          /* "2026-09" */
const char *np_money_words(np_arena *arena, const np_book *book, np_num amount, uint16_t currency); /* "5335.54" */
/* The same within the sentences of a document: on pages "5 335.54". */
const char *np_amount_words(np_doc *doc, const np_book *book, np_num amount, uint16_t currency);
const char *np_fraction_words(np_arena *arena, np_num amount); /* "266777/50" */
const char *np_value_words(np_arena *arena, const np_book *book, const np_value *value, const np_lang *lang);
const char *np_currency_words(const np_book *book, uint16_t currency); /* "EUR" */
/* A choice of an input as people call it: "administratif et technique"; without such a name the choice itself. */
const char *np_choice_label(np_arena *arena, const np_book *book, const np_input *input, const char *choice,
                            const np_lang *lang);

/* ---- values of documents ---- */

np_doc_value np_status_value(np_status status, const np_lang *lang);
np_doc_value np_amount_value(const np_book *book, np_num amount, uint16_t currency);
/* In a table for programs: status by its name, amount in plain digits. */
np_doc_value np_count_value(np_arena *arena, long long count);
np_doc_value np_number_value(np_arena *arena, np_num number, unsigned decimals); /* rounded half up */

/* ---- sources ---- */

size_t np_mention(np_doc *doc, const np_source *source);
np_doc_value np_references(np_doc *doc, const np_source *const *sources, size_t count);
const char *np_source_names(np_arena *arena, const np_source *const *sources, size_t count, const char *between);

/* ---- payslips ---- */

/* Whether a line is worth showing: due, and more than nothing. */
bool np_line_shown(const np_payslip *payslip, const np_rule *rule);
/* The value of an input, or NULL when it is not known; the same in words. */
const np_value *np_known_input(const np_book *book, const np_value *slots, const char *name);
const char *np_input_words(np_arena *arena, const np_book *book, const np_value *slots, const char *name,
                           const np_lang *lang);
/* The duty town, in the report's language where the rule book has a duty station of that name: "Bruxelles" for
 * Brussels. NULL when no town is given. */
const char *np_town_words(np_arena *arena, const np_book *book, const np_value *slots, const np_lang *lang);
/* "G8-G10, Brussels, Belgium" */
const char *np_place_words(np_arena *arena, const np_payslip *payslip, const np_lang *lang);
/* Whether the book has lines behind the deductions: what shows totals shows theirs then. */
bool np_has_adjustments(const np_book *book);
/* What a line rests on. */
np_provenance *np_line_provenance(const np_payslip *payslip, const np_rule *rule, np_arena *arena);

/* A payslip as a bar of its lines. `factor`: what its amounts are multiplied by, for bars of one scale. */
np_doc_bar np_pay_bar(np_doc *doc, const np_payslip *payslip, const char *label, np_num factor);
/* How far each uncertain figure moves the net: a chart, when one does; a table, or that none does. */
void np_sensitivity_chart(np_doc *doc, np_doc_node *in, const np_payslip *payslip, const np_sensitivity *rows,
                          size_t count, const char *title, unsigned color);

void np_sensitivity_table(np_doc *doc, np_doc_node *in, const np_payslip *payslip, const np_sensitivity *rows,
                          size_t count);

/* Lists with their titles; nothing when they would be empty. */
/* The net as a row or a figure is called, and a sentence; NULL: nothing that is required is missing. */
const char *np_net_label(np_net_bound bound, const np_lang *lang);
const char *np_net_bound_words(np_net_bound bound, const np_lang *lang);
np_net_bound np_path_bound(const np_projection *path);
void np_open_lines(np_doc *doc, np_doc_node *in, const np_payslip *payslip);
void np_inputs(np_doc *doc, np_doc_node *in, const np_payslip *payslip, const np_situation *situation, bool given);
void np_to_note(np_doc *doc, np_doc_node *in, const np_diags *diags);
/* What the marks of statuses mean. */
void np_status_legend(np_doc *doc, np_doc_node *in);
/* The sources that were mentioned, as the last section. */
void np_sources_section(np_doc *doc);
/* The end of a page. */
void np_book_footer(np_doc *doc, const np_book *book);

/* ---- JSON ---- */

/* Warnings, and the hash of the rule book, as members. */
void np_json_warnings(np_json *json, const np_diags *diags);
void np_json_book(np_json *json, np_arena *arena, const np_book *book);

bool np_estimate_json(np_json *json, np_arena *arena, const void *estimate);
bool np_explanations_json(np_json *json, np_arena *arena, const void *explanations);

/* ---- explanations ---- */

np_doc_tree *np_explanation(np_doc *doc, const np_book *book, const np_step *step);

/* What a line that is open lacks. */
const char *np_open_words(np_doc *doc, const np_book *book, const np_missing *missing);
/* The year whose money amounts up to a day are in, when no later scale is known and no adjustment assumed; 0: the
 * day's own. */
int np_money_year(const np_book *book, const np_value *slots, np_date until);
/* A sentence that says so, for sums over years; NULL: there is nothing to say. */
const char *np_money_year_words(np_arena *arena, const np_book *book, const np_value *slots, np_date until,
                                const np_lang *lang);

/* The answer in a few sentences: about how much, what that depends on, what is not included, and whether the person can
 * be appointed. */
void np_answer(np_doc *doc, const np_estimate *estimate);
/* All that is not included, with what it would need. */
void np_not_included(np_doc *doc, np_doc_node *in, const np_estimate *estimate);
/* What one could expect and is not due, in a line each; nothing when there is none. */
void np_not_due(np_doc *doc, np_doc_node *in, const np_estimate *estimate);
/* Whether that holds for an exclusion of this kind, for certain. */
bool np_is_not_due(const np_estimate *estimate, np_arena *arena, const np_check *exclusion);
/* Whether something that pay leaves out holds for this person, or cannot be told. */
bool np_could_concern(const np_estimate *estimate, np_arena *arena, const np_check *exclusion);
/* One sentence with the reasons, where the verdict is the one asked about; NULL: another. */
const char *np_appointment_words(const np_book *book, const np_eligible *conditions, size_t count,
                                 np_appointment_verdict about, np_arena *arena, const np_lang *lang);
/* That the person cannot be appointed, as a document's first sentence. */
void np_impossible_first(np_doc *doc, const np_book *book, const np_eligible *conditions, size_t count);
void np_json_appointment(np_json *json, const np_book *book, const np_eligible *conditions, size_t count,
                         np_arena *arena, const np_lang *lang);
/* Why a condition is not met, or what it needs: "National of a member state: the nationality of ...". */
const char *np_condition_words(const np_book *book, np_arena *arena, const np_eligible *row, const np_lang *lang);

/* natopay show input --format json. */
bool np_inputs_json(np_json *json, np_arena *arena, const void *result);

#endif
