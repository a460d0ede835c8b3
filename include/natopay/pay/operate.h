/* One operation of a formula at a time, on values that are there: for plans, which walk formulas over many months at
 * once. What an operation gives, and how long it stands (see np_eval.horizon), is what the evaluator itself gives. */
#ifndef NATOPAY_PAY_OPERATE_H
#define NATOPAY_PAY_OPERATE_H

#include "natopay/pay/eval.h"

/* Whether a comparison holds when its left side is less than (< 0), as large as (0) or greater than (> 0) its right. */
static inline bool np_order_holds(np_op comparison, int order)
{
    enum { LESS = 1, EQUAL = 2, GREATER = 4 };
    static const uint8_t HOLDS[] = {[NP_OP_EQ - NP_OP_EQ] = EQUAL,   [NP_OP_NE - NP_OP_EQ] = LESS | GREATER,
                                    [NP_OP_LT - NP_OP_EQ] = LESS,    [NP_OP_LE - NP_OP_EQ] = LESS | EQUAL,
                                    [NP_OP_GT - NP_OP_EQ] = GREATER, [NP_OP_GE - NP_OP_EQ] = GREATER | EQUAL};
    return HOLDS[comparison - NP_OP_EQ] >> ((order > 0) - (order < 0) + 1) & 1;
}

/* + - * / and comparisons of two known values. The result is written into `room`; after an error it is unknown. */
const np_value *np_eval_operate(np_eval *eval, const np_node *node, const np_value *a, const np_value *b,
                                np_value *room);

/* A parameter or a function (but known and given) of known arguments. */
np_value np_eval_apply(np_eval *eval, const np_node *node, const np_value *const *args);

/* A whole part of a formula, of what stands in the slots. */
np_value np_eval_part(np_eval *eval, const np_node *node);

#endif
