/* How long a result stands. A projection pays the first of a month and asks when to look again: every operation that
 * depends on the month says from which month on its result may differ, given that all inputs but `date` stay as they
 * are. What is not one of the forms known here stands for one month, so that a new kind of rule is slower, never
 * wrong. */
#include "eval_internal.h"

static np_date today(const np_eval *eval)
{
    return eval->slots[eval->book->date_slot].as.date; /* the first day in service of a month */
}

static np_date next_month(const np_eval *eval)
{
    return np_date_month_end(today(eval)) + 1;
}

void np_horizon_at(np_eval *eval, const np_node *node, np_date month)
{
    if (!eval->projecting || month <= today(eval) || month >= eval->horizon) return;
    eval->horizon = month;
    eval->horizon_node = node;
    eval->horizon_formula = node ? eval->formula : NULL;
}

void np_horizon_from(np_eval *eval, const np_node *node, np_date date)
{
    if (eval->projecting && date != NP_DATE_NONE) np_horizon_at(eval, node, np_date_month_from(date));
}

void np_horizon_of_moving(np_eval *eval, const np_node *node, const np_value *const *args, size_t count)
{
    if (!eval->projecting) return;
    for (size_t i = 0; i < count; i++)
        if (args[i]->moving) np_horizon_at(eval, node, next_month(eval));
}

void np_horizon_of_crossing(np_eval *eval, const np_node *node, const np_value *a, const np_value *b)
{
    if (!eval->projecting || (!a->moving && !b->moving)) return;
    const np_value *moving = a->moving ? a : b, *fixed = a->moving ? b : a;
    if (fixed->moving || moving->moving == NP_MOVING) {
        np_horizon_at(eval, node, next_month(eval));
    } else if (moving->moving == NP_MONTH_START) {
        np_horizon_from(eval, node, fixed->as.date);     /* it reaches the date */
        np_horizon_from(eval, node, fixed->as.date + 1); /* it has passed it */
    } else {
        np_horizon_at(eval, node, np_date_month_start(fixed->as.date));
        np_horizon_at(eval, node, np_date_month_start(fixed->as.date + 1));
    }
}

static void next_anniversary(np_eval *eval, const np_node *node, const np_value *const *args, const np_value *years)
{
    int64_t passed = 0;
    bool known_form = !args[0]->moving && args[1]->moving == NP_MONTH_START && np_num_to_int(years->as.number, &passed);
    if (!known_form || passed < 0) {
        np_horizon_of_moving(eval, node, args, 2);
        return;
    }
    np_date next = np_date_add_months(args[0]->as.date, (int32_t)(passed + 1) * 12);
    np_horizon_from(eval, node, next);
}

void np_horizon_of_date_function(np_eval *eval, const np_node *node, const np_value *const *args, np_value *result)
{
    uint8_t moving = args[0]->moving;
    if (!eval->projecting) return;
    switch ((np_function)node->index) {
    case NP_FN_YEARS_BETWEEN:
        next_anniversary(eval, node, args, result);
        break;
    case NP_FN_YEAR:
        if (moving == NP_MONTH_START || moving == NP_MONTH_LAST)
            np_horizon_at(eval, node, np_date_of(np_date_split(args[0]->as.date).year + 1, 1, 1));
        else
            np_horizon_of_moving(eval, node, args, 1);
        break;
    case NP_FN_DAY:
        if (moving != NP_MONTH_START) np_horizon_of_moving(eval, node, args, 1); /* the first of a month is always 1 */
        break;
    case NP_FN_MONTH_START:
        if (moving == NP_MOVING) np_horizon_of_moving(eval, node, args, 1);
        result->moving = moving == NP_MOVING ? NP_FIXED : moving ? NP_MONTH_START : NP_FIXED;
        break;
    case NP_FN_MONTH_END:
        if (moving == NP_MOVING) np_horizon_of_moving(eval, node, args, 1);
        result->moving = moving == NP_MOVING ? NP_FIXED : moving ? NP_MONTH_LAST : NP_FIXED;
        break;
    default:
        np_horizon_of_moving(eval, node, args, node->argc);
        break;
    }
}
