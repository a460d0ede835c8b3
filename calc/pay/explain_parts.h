/* Private to calc/pay. */
#ifndef NATOPAY_PAY_EXPLAIN_PARTS_H
#define NATOPAY_PAY_EXPLAIN_PARTS_H

#include "natopay/pay/explain.h"

/* A part of a traced formula with the values of its leaves; parts that were not evaluated show as "...". */
const char *np_formula_filled(const np_payslip *payslip, const np_node *node, const np_lang *lang);
const char *np_formula_text(np_arena *arena, const np_formula *formula, const np_node *node);

#endif
