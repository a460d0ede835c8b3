/* An estimate as people and programs read it. */
#ifndef NATOPAY_SHOW_ESTIMATE_H
#define NATOPAY_SHOW_ESTIMATE_H

#include "natopay/base/json.h"
#include "natopay/pay/explain.h"
#include "natopay/pay/range.h"

/* All that an estimate shows. */
typedef struct np_estimate {
    const np_book *book;
    const np_situation *situation;
    const np_payslip *payslip; /* traced */
    np_range range;
    const np_sensitivity *sensitivity; /* NULL: not asked for */
    size_t sensitivity_count;
    const np_diags *diags; /* its warnings are part of the result */
    const np_lang *lang;
    bool explain; /* text: every line's explanation follows */
} np_estimate;

void np_show_estimate_text(np_text *out, const np_estimate *estimate, np_arena *arena);
/* {"post","date","currency","lines":[...],"gross",...}: see DESIGN.md, "JSON". */
void np_show_estimate_json(np_text *out, const np_estimate *estimate, np_arena *arena);
void np_show_estimate_csv(np_text *out, const np_estimate *estimate, np_arena *arena);
/* One self-contained page; shows the sensitivity when it is there. */
void np_show_estimate_html(np_text *out, const np_estimate *estimate, np_arena *arena);
/* A workbook; false when the system gave no room for it. */
bool np_show_estimate_xlsx(np_text *out, const np_estimate *estimate, np_arena *arena);

/* The tree of an explanation. */
void np_show_explanation_text(np_text *out, const np_book *book, const np_step *step, const np_lang *lang);
void np_json_explanation(np_json *json, const np_book *book, const np_step *step); /* one, as an object */
void np_show_explanation_json(np_text *out, const np_book *book, const np_step *const *steps, size_t count);

/* Whether the whole month is paid: its net times twelve is a year's. */
bool np_estimate_is_whole_month(const np_estimate *estimate);

/* A status's name, and a rule kind's heading. */
const char *np_status_word(np_status status, const np_lang *lang);

#endif
