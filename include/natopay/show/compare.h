/* A comparison as people and programs read it. */
#ifndef NATOPAY_SHOW_COMPARE_H
#define NATOPAY_SHOW_COMPARE_H

#include "natopay/compare/solve.h"

typedef struct np_shown_comparison {
    const np_comparison *comparison;
    const np_solution *solutions; /* NULL: not asked for; else one for each column but the first */
    size_t solution_count;
    const np_variation *variation; /* NULL: not asked for */
    const np_diags *diags;         /* its warnings are part of the result */
} np_shown_comparison;

/* At most 100 columns wide. */
void np_show_comparison_text(np_text *out, const np_shown_comparison *shown, np_arena *arena);
/* {"currency","posts":[...],"rows":[...],"passings":[...],"break_even":[...],"vary":{...},"warnings"}; money is a
 * string. */
void np_show_comparison_json(np_text *out, const np_shown_comparison *shown, np_arena *arena);
/* A row for each cell. */
void np_show_comparison_csv(np_text *out, const np_shown_comparison *shown, np_arena *arena);
void np_show_comparison_html(np_text *out, const np_shown_comparison *shown, np_arena *arena);
/* A workbook; false when the system gave no room for it. */
bool np_show_comparison_xlsx(np_text *out, const np_shown_comparison *shown, np_arena *arena);

/* ---- shared by the formats ---- */

/* A value of a scan in words: "1234.50 EUR", "2026-03-01". */
const char *np_scan_words(np_arena *arena, const np_comparison *comparison, const np_scan *scan, int64_t at);
/* A plain amount in a column's own currency, or in the common one; NULL for an invalid one. */
const char *np_own_amount(np_arena *arena, const np_post_column *column, np_num amount);
const char *np_common_amount(np_arena *arena, const np_comparison *comparison, np_num amount);
/* One sentence on what was found, in the language of the comparison. */
const char *np_solution_sentence(np_arena *arena, const np_comparison *comparison, const np_solution *solution);
const char *np_found_sentence(np_arena *arena, const np_comparison *comparison, const np_solution *solution,
                              const np_found *found);
const char *np_passing_sentence(np_arena *arena, const np_comparison *comparison, const np_passing *passing);
/* What the rate of a column is, with date, source and status; NULL when none is needed. */
const char *np_rate_sentence(np_arena *arena, const np_comparison *comparison, const np_post_column *column);

#endif
