/* One operation of a formula at a time, on values that are there: for plans, which walk formulas over many months at
 * once. What an operation gives, and how long it stands (see np_eval.horizon), is what the evaluator itself gives. */
#ifndef NATOPAY_PAY_OPERATE_H
#define NATOPAY_PAY_OPERATE_H

#include "natopay/pay/eval.h"

/* + - * / and comparisons of two known values. The result is written into `room`; after an error it is unknown. */
const np_value *np_eval_operate(np_eval *eval, const np_node *node, const np_value *a, const np_value *b,
                                np_value *room);

/* A parameter or a function (but known and given) of known arguments. */
np_value np_eval_apply(np_eval *eval, const np_node *node, const np_value *const *args);

/* A whole part of a formula, of what stands in the slots. */
np_value np_eval_part(np_eval *eval, const np_node *node);

#endif
