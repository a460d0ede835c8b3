/* What the files of the evaluator share: nodes, calls, look-ups, errors. Private to calc/pay. */
#ifndef NATOPAY_PAY_EVAL_INTERNAL_H
#define NATOPAY_PAY_EVAL_INTERNAL_H

#include "natopay/pay/slot.h"

/* The value of a node: where it stands in the book, the slots or the trace's formula, else written into `room`. */
const np_value *np_eval_node(np_eval *eval, const np_node *node, np_value *room);
const np_value *np_eval_root(np_eval *eval, const np_formula *formula, np_value *room);

/* Functions, scale figures and parameters; their arguments are known values. */
np_value np_eval_call(np_eval *eval, const np_node *node, const np_value *const *args);
np_value np_eval_parameter(np_eval *eval, const np_node *node, const np_value *const *args);
np_value np_eval_scale(np_eval *eval, const np_node *node, const np_value *const *args);
np_value np_eval_local(np_eval *eval, const np_node *node, const np_value *amount);

/* Language levels held against those asked for; unknown when the two are of different kinds. See language_levels.c. */
np_value np_eval_levels(np_eval *eval, const np_node *node, const np_value *const *args);

/* A slice of progressive(value, limits, rates[, factor]), from 0. */
typedef struct np_slice {
    size_t count;         /* of all slices */
    np_num from;          /* its lower limit, times the factor */
    const np_value *rate; /* a number */
    np_num part, amount;  /* what of the value lies in it, and that times the rate */
} np_slice;

np_slice np_slice_of(np_arena *arena, const np_value *const *args, size_t argc, size_t i);
np_value np_eval_progressive(np_eval *eval, const np_node *node, const np_value *const *args);

/* The month in which the next scale of a country begins bounds the horizon. */
void np_eval_scale_horizon(np_eval *eval, const np_node *node, uint16_t country, np_date date);

/* An unknown value: inputs are missing, or a figure is. */
np_value np_unknown_input(const np_eval *eval, np_type type, uint16_t slot);
np_value np_unknown_gap(np_eval *eval, np_type type, np_code code, np_span at, const char *message, const char *hint);
np_value np_unknown_both(np_eval *eval, np_type type, const np_value *a, const np_value *b);

/* The value after an error was reported: unknown, and nothing is missing. */
np_value np_failed(np_type type);

/* Report an error at a node: the evaluation fails, and the value is unknown. */
np_value np_eval_error(np_eval *eval, const np_node *node, np_code code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* A number or amount as it is, or an error when it grew beyond its bound. */
np_value np_eval_checked(np_eval *eval, const np_node *node, np_value result);

/* ---- the horizon: see eval_horizon.c ---- */

/* The node's result stands until the month that begins on `month` (ignored unless later than the month paid). */
void np_horizon_at(np_eval *eval, const np_node *node, np_date month);
/* ... until the first month that begins on or after `date`. */
void np_horizon_from(np_eval *eval, const np_node *node, np_date date);
/* ... for this month only, when one of the arguments moves. */
void np_horizon_of_moving(np_eval *eval, const np_node *node, const np_value *const *args, size_t count);
/* ... until a moving date meets a fixed one. */
void np_horizon_of_crossing(np_eval *eval, const np_node *node, const np_value *a, const np_value *b);
void np_horizon_of_date_function(np_eval *eval, const np_node *node, const np_value *const *args, np_value *result);

/* A number or amount in words, for messages. */
const char *np_eval_words(np_eval *eval, const np_value *value);

static inline np_value np_number_value(np_num number, uint8_t status)
{
    np_value value = {.type = NP_NUMBER, .status = status};
    value.as.number = number;
    return value;
}

static inline np_value np_int_value(int64_t number, uint8_t status)
{
    return np_number_value(np_num_int(number), status);
}

static inline np_value np_truth_value(bool truth, uint8_t status)
{
    np_value value = {.type = NP_TRUTH, .status = status};
    value.as.truth = truth;
    return value;
}

static inline np_value np_date_value(np_date date, uint8_t status)
{
    np_value value = {.type = NP_DATE, .status = status};
    value.as.date = date;
    return value;
}

#endif
