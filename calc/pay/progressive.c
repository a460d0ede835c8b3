/* progressive(value, limits, rates[, factor]): a rate for each slice of a value, as income taxes have. */
#include "eval_internal.h"

/* What of the value lies in slice i, above its limit and up to the next one; zero: nothing. */
static np_num in_slice(np_arena *arena, const np_value *value, const np_list *limits, np_num factor, size_t i)
{
    np_num from = np_num_mul(arena, limits->items[i].as.number, factor), to = value->as.number;
    if (i + 1 < limits->count) {
        np_num next = np_num_mul(arena, limits->items[i + 1].as.number, factor);
        if (np_num_compare(next, to) < 0) to = next;
    }
    return np_num_compare(to, from) > 0 ? np_num_sub(arena, to, from) : np_num_int(0);
}

np_slice np_slice_of(np_arena *arena, const np_value *const *args, size_t argc, size_t i)
{
    const np_list *limits = &args[1]->as.list, *rates = &args[2]->as.list;
    np_slice slice = {.count = limits->count < rates->count ? limits->count : rates->count};
    if (i >= slice.count) return slice;
    np_num factor = argc > 3 ? args[3]->as.number : np_num_int(1);
    slice.from = np_num_mul(arena, limits->items[i].as.number, factor);
    slice.rate = &rates->items[i];
    slice.part = in_slice(arena, args[0], limits, factor, i);
    slice.amount = np_num_mul(arena, slice.part, slice.rate->as.number);
    return slice;
}

np_value np_eval_progressive(np_eval *eval, const np_node *node, const np_value *const *args)
{
    const np_list *limits = &args[1]->as.list;
    np_value value = *args[0];
    value.percent = false;
    for (size_t i = 1; i < node->argc; i++) value.status = np_weaker(value.status, args[i]->status);
    if (node->argc > 3 && np_num_sign(args[3]->as.number) < 0)
        return np_eval_error(eval, node, NP_CODE_OUT_OF_BOUNDS, "progressive takes a factor that is not negative");
    bool money =
        value.type == NP_MONEY && limits->count && value.currency != NP_CURRENCY_ANY && np_num_sign(value.as.number);
    for (size_t i = 0; money && i < limits->count; i++) {
        uint16_t currency = limits->items[i].currency;
        if (currency != value.currency && currency != NP_CURRENCY_ANY)
            return np_eval_error(eval, node, NP_CODE_CURRENCY_MISMATCH,
                                 "the limits are not in the currency of the value: use local(...)");
    }
    np_num sum = np_num_int(0);
    for (size_t i = 0;; i++) {
        np_slice slice = np_slice_of(eval->arena, args, node->argc, i);
        if (i >= slice.count || np_num_sign(slice.part) == 0) break;
        sum = np_num_add(eval->arena, sum, slice.amount);
        if (!np_num_valid(sum)) break;
    }
    value.as.number = sum;
    return np_eval_checked(eval, node, value);
}
