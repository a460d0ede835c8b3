/* Steps of an explanation, and formulas in words. Private to calc/pay. */
#ifndef NATOPAY_PAY_EXPLAIN_INTERNAL_H
#define NATOPAY_PAY_EXPLAIN_INTERNAL_H

#include "natopay/pay/explain.h"

/* A part of a traced formula with the values of its leaves; parts that were not evaluated show as "...". */
const char *np_formula_filled(const np_payslip *payslip, const np_node *node, const np_lang *lang);
const char *np_formula_text(np_arena *arena, const np_formula *formula, const np_node *node);

typedef struct np_explainer {
    const np_payslip *payslip;
    const np_situation *situation;
    const np_book *book;
    np_arena *arena;
    const np_lang *lang;
    bool *seen; /* [slot]: explained already, further up or down the tree */
} np_explainer;

/* A step at the end of its parent's; its parts. */
np_step *np_step_new(np_explainer *x, np_step *parent, np_step_kind kind, const char *name);
void np_step_status(np_step *step, unsigned status);
void np_step_value(np_step *step, const np_value *value);
void np_step_source(np_explainer *x, np_step *step, const np_source *source);
void np_explain_missing(np_explainer *x, np_step *parent, const np_missing *missing);

const char *np_explain_words(np_explainer *x, const np_value *value);
const char *np_explain_number(np_explainer *x, np_num value);

/* What a formula looks up: see explain_figures.c. */
void np_explain_parameter(np_explainer *x, np_step *parent, const np_formula *formula, const np_node *node);
void np_explain_scale(np_explainer *x, np_step *parent, const np_formula *formula, const np_node *node);
void np_explain_rate(np_explainer *x, np_step *parent, const np_node *node);
void np_explain_slices(np_explainer *x, np_step *parent, const np_formula *formula, const np_node *node);

#endif
