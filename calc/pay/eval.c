/* The evaluator: one recursive walk over a formula's tree. Unknown values carry the reason why they are unknown;
 * `and`, `or` and `if` look at it only when it matters. */
#include "natopay/pay/eval.h"

#include <string.h>

#include "eval_internal.h"
#include "natopay/pay/operate.h"

/* ---- arithmetic ---- */

static bool same_currency(np_eval *eval, const np_node *node, const np_value *a, const np_value *b, uint16_t *currency)
{
    *currency = a->currency == NP_CURRENCY_ANY ? b->currency : a->currency;
    if (a->currency == b->currency || a->currency == NP_CURRENCY_ANY || b->currency == NP_CURRENCY_ANY) return true;
    if (np_num_sign(b->as.number) == 0) return true;
    if (np_num_sign(a->as.number) == 0) {
        *currency = b->currency;
        return true;
    }
    np_eval_error(eval, node, NP_CODE_CURRENCY_MISMATCH, "%s and %s meet without an exchange rate: use local(...)",
                  np_eval_words(eval, a), np_eval_words(eval, b));
    return false;
}

/* The value of a part of a formula; the two commonest kinds need no call. */
static inline const np_value *part(np_eval *eval, const np_node *node, np_value *room)
{
    if (!eval->trace && node->op == NP_OP_SLOT) return &eval->slots[node->index];
    if (!eval->trace && node->op == NP_OP_LITERAL) return &node->literal;
    return np_eval_node(eval, node, room);
}

/* Results are written into `room` field by field, every field of them, and read where they stand: copying a value that
 * was just written costs more than most operations. */
static np_value *begin(np_value *room, const np_node *node, const np_value *a, const np_value *b)
{
    room->type = node->type;
    room->status = np_weaker(a->status, b->status);
    room->moving = NP_FIXED;
    room->unknown = room->percent = false;
    room->currency = 0;
    return room;
}

static const np_value *fail(np_value *room, np_value failure)
{
    *room = failure;
    return room;
}

static const np_value *bounded(np_eval *eval, const np_node *node, np_value *room)
{
    return np_num_valid(room->as.number) ? room : fail(room, np_eval_checked(eval, node, *room));
}

static const np_value *move_date(np_eval *eval, const np_node *node, const np_value *a, const np_value *b,
                                 np_value *room)
{
    np_duration step = b->as.duration;
    if (node->op == NP_OP_SUB) step = (np_duration){-step.months, -step.days};
    room->as.date = np_date_add(a->as.date, step);
    room->moving = a->moving ? NP_MOVING : NP_FIXED;
    if (room->as.date != NP_DATE_NONE) return room;
    return fail(room, np_eval_error(eval, node, NP_CODE_DATE_RANGE, "this date lies outside 1900 to 2200"));
}

static const np_value *add(np_eval *eval, const np_node *node, const np_value *a, const np_value *b, np_value *room)
{
    bool minus = node->op == NP_OP_SUB;
    begin(room, node, a, b);
    if (node->type == NP_DATE) return move_date(eval, node, a, b, room);
    if (node->type == NP_DURATION) {
        int sign = minus ? -1 : 1;
        np_duration x = a->as.duration, y = b->as.duration;
        if (__builtin_add_overflow(x.months, sign * y.months, &room->as.duration.months) ||
            __builtin_add_overflow(x.days, sign * y.days, &room->as.duration.days))
            return fail(room, np_eval_error(eval, node, NP_CODE_DATE_RANGE, "this duration is too long"));
        return room;
    }
    if (node->type == NP_MONEY && !same_currency(eval, node, a, b, &room->currency))
        return fail(room, np_failed(NP_MONEY));
    room->as.number = minus ? np_num_sub(eval->arena, a->as.number, b->as.number)
                            : np_num_add(eval->arena, a->as.number, b->as.number);
    return bounded(eval, node, room);
}

static const np_value *multiply(np_eval *eval, const np_node *node, const np_value *a, const np_value *b,
                                np_value *room)
{
    begin(room, node, a, b)->currency = a->type == NP_MONEY ? a->currency : b->currency;
    room->as.number = np_num_mul(eval->arena, a->as.number, b->as.number);
    return bounded(eval, node, room);
}

static const np_value *divide(np_eval *eval, const np_node *node, const np_value *a, const np_value *b, np_value *room)
{
    if (np_num_sign(b->as.number) == 0)
        return fail(room, np_eval_error(eval, node, NP_CODE_DIVISION_BY_ZERO, "%s is divided by zero here",
                                        np_eval_words(eval, a)));
    uint16_t currency;
    if (a->type == NP_MONEY && b->type == NP_MONEY && !same_currency(eval, node, a, b, &currency))
        return fail(room, np_failed(NP_NUMBER));
    begin(room, node, a, b)->currency = a->currency;
    room->as.number = np_num_div(eval->arena, a->as.number, b->as.number);
    return bounded(eval, node, room);
}

/* ---- comparison ---- */

static int order_of(const np_eval *eval, const np_value *a, const np_value *b)
{
    switch ((np_type)a->type) {
    case NP_NUMBER:
    case NP_MONEY:
        return np_num_compare(a->as.number, b->as.number);
    case NP_TRUTH:
        return a->as.truth - b->as.truth;
    case NP_TEXT:
        return strcmp(a->as.text, b->as.text);
    case NP_DATE:
        return (a->as.date > b->as.date) - (a->as.date < b->as.date);
    case NP_DURATION: {
        /* months and days have no common measure: a month counts as 30 days here */
        int64_t x = (int64_t)a->as.duration.months * 30 + a->as.duration.days;
        int64_t y = (int64_t)b->as.duration.months * 30 + b->as.duration.days;
        return (x > y) - (x < y);
    }
    case NP_GRADE:
        return eval->book->grades[a->as.grade].rank - eval->book->grades[b->as.grade].rank;
    case NP_COUNTRY:
        return a->as.country - b->as.country;
    default:
        return 0;
    }
}

static const np_value *compare(np_eval *eval, const np_node *node, const np_value *a, const np_value *b, np_value *room)
{
    uint16_t currency;
    if (a->type == NP_DATE) np_horizon_of_crossing(eval, node, a, b);
    if (a->type == NP_MONEY && !same_currency(eval, node, a, b, &currency)) return fail(room, np_failed(NP_TRUTH));
    begin(room, node, a, b)->as.truth = np_order_holds((np_op)node->op, order_of(eval, a, b));
    return room;
}

/* ---- three-valued logic ---- */

/* The same value, no surer than `status`. */
static const np_value *weakened(const np_value *value, uint8_t status, np_value *room)
{
    if (value->unknown || value->status >= status) return value;
    if (value != room) *room = *value;
    room->status = status;
    return room;
}

/* The first side is unknown: the second one may settle the question all the same. */
static const np_value *settle_unknown(np_eval *eval, const np_node *node, bool stop, np_value *a)
{
    np_value second;
    const np_value *b = part(eval, node->args[1], &second);
    *a = !b->unknown && b->as.truth == stop ? *b : np_unknown_both(eval, NP_TRUTH, a, b);
    return a;
}

/* `and` is settled by a no, `or` by a yes, whatever the other side is. */
static const np_value *settle(np_eval *eval, const np_node *node, np_value *room)
{
    bool stop = node->op == NP_OP_OR;
    const np_value *a = part(eval, node->args[0], room);
    if (a->unknown) {
        if (a != room) *room = *a;
        return settle_unknown(eval, node, stop, room);
    }
    if (a->as.truth == stop) return a;
    uint8_t status = a->status;
    const np_value *b = part(eval, node->args[1], room);
    return weakened(b, status, room);
}

static const np_value *choose(np_eval *eval, const np_node *node, np_value *room)
{
    const np_value *condition = part(eval, node->args[0], room);
    if (condition->unknown) {
        *room = np_unknown_both(eval, (np_type)node->type, condition, condition);
        return room;
    }
    uint8_t status = condition->status;
    const np_value *result = part(eval, node->args[condition->as.truth ? 1 : 2], room);
    return weakened(result, status, room);
}

static np_value member(np_eval *eval, const np_node *node)
{
    np_value left, right;
    const np_value *wanted = part(eval, node->args[0], &left);
    if (wanted->unknown) return np_unknown_both(eval, NP_TRUTH, wanted, wanted);
    np_value result = np_truth_value(false, wanted->status), open = result;
    for (size_t i = 1; i < node->argc; i++) {
        const np_value *item = part(eval, node->args[i], &right);
        if (item->unknown) {
            open = np_unknown_both(eval, NP_TRUTH, open.unknown ? &open : item, item);
            continue;
        }
        uint16_t currency;
        if (item->type == NP_MONEY && !same_currency(eval, node, wanted, item, &currency)) return np_failed(NP_TRUTH);
        result.status = np_weaker(result.status, item->status);
        if (item->type == NP_DATE) np_horizon_of_crossing(eval, node, wanted, item);
        if (order_of(eval, wanted, item) == 0) return np_truth_value(true, result.status);
    }
    return open.unknown ? open : result;
}

/* ---- the walk ---- */

const np_value *np_eval_operate(np_eval *eval, const np_node *node, const np_value *a, const np_value *b,
                                np_value *room)
{
    switch ((np_op)node->op) {
    case NP_OP_ADD:
    case NP_OP_SUB:
        return add(eval, node, a, b, room);
    case NP_OP_MUL:
        return multiply(eval, node, a, b, room);
    case NP_OP_DIV:
        return divide(eval, node, a, b, room);
    default:
        return compare(eval, node, a, b, room);
    }
}

static const np_value *binary(np_eval *eval, const np_node *node, np_value *room)
{
    np_value left, right;
    const np_value *a = part(eval, node->args[0], &left), *b = part(eval, node->args[1], &right);
    if (!a->unknown && !b->unknown) return np_eval_operate(eval, node, a, b, room);
    *room = np_unknown_both(eval, (np_type)node->type, a, b);
    return room;
}

static const np_value *unary(np_eval *eval, const np_node *node, np_value *room)
{
    const np_value *a = part(eval, node->args[0], room);
    if (a->unknown) return a;
    if (a != room) *room = *a;
    if (node->op == NP_OP_NOT)
        room->as.truth = !room->as.truth;
    else
        room->as.number = np_num_neg(eval->arena, room->as.number);
    return room;
}

np_value np_eval_apply(np_eval *eval, const np_node *node, const np_value *const *args)
{
    return node->op == NP_OP_PARAMETER ? np_eval_parameter(eval, node, args) : np_eval_call(eval, node, args);
}

/* A parameter or a function: all its arguments must be known. */
static np_value call(np_eval *eval, const np_node *node)
{
    np_value rooms[16];
    const np_value *args[16];
    np_value open = {.unknown = false};
    for (size_t i = 0; i < node->argc; i++) {
        args[i] = part(eval, node->args[i], &rooms[i]);
        if (args[i]->unknown)
            open = np_unknown_both(eval, (np_type)node->type, open.unknown ? &open : args[i], args[i]);
    }
    return open.unknown ? open : np_eval_apply(eval, node, args);
}

static np_value presence(const np_eval *eval, const np_node *node)
{
    uint16_t slot = node->args[0]->index;
    bool known = node->index == NP_FN_GIVEN ? eval->situation->given[slot] : !eval->slots[slot].unknown;
    return np_truth_value(known, NP_PUBLISHED);
}

const np_value *np_eval_node(np_eval *eval, const np_node *node, np_value *room)
{
    const np_value *result = room;
    switch ((np_op)node->op) {
    case NP_OP_LITERAL:
        result = &node->literal;
        break;
    case NP_OP_SLOT:
        result = &eval->slots[node->index];
        break;
    case NP_OP_AND:
    case NP_OP_OR:
        result = settle(eval, node, room);
        break;
    case NP_OP_IF:
        result = choose(eval, node, room);
        break;
    case NP_OP_IN:
        *room = member(eval, node);
        break;
    case NP_OP_NEG:
    case NP_OP_NOT:
        result = unary(eval, node, room);
        break;
    case NP_OP_CALL:
    case NP_OP_PARAMETER: {
        bool asks = node->op == NP_OP_CALL && (node->index == NP_FN_GIVEN || node->index == NP_FN_KNOWN);
        *room = asks ? presence(eval, node) : call(eval, node);
        break;
    }
    default:
        result = binary(eval, node, room);
        break;
    }
    if (eval->trace) eval->trace[node->id] = *result;
    return result;
}

np_value np_eval_part(np_eval *eval, const np_node *node)
{
    np_value room;
    return *np_eval_node(eval, node, &room);
}

const np_value *np_eval_root(np_eval *eval, const np_formula *formula, np_value *room)
{
    eval->formula = formula;
    return np_eval_node(eval, formula->root, room);
}

np_value np_eval_formula(np_eval *eval, const np_formula *formula)
{
    np_value room;
    return *np_eval_root(eval, formula, &room);
}

/* A month is paid as things stand on its first day in service: whatever day of it is asked for, this is its date. */
static void to_first_day_in_service(const np_eval *eval, np_value *date)
{
    uint16_t slot = eval->book->start_slot;
    const np_value *start = slot == UINT16_MAX ? NULL : &eval->slots[slot];
    date->as.date = np_date_month_start(date->as.date);
    if (!start || start->unknown || start->as.date <= date->as.date) return;
    np_date begins = np_date_month_start(start->as.date);
    if (begins == start->as.date) return;
    if (date->moving) date->moving = NP_MOVING; /* the next month may not be a step from first to first */
    if (begins == date->as.date) date->as.date = start->as.date;
}

static void given_value(np_eval *eval, const np_input *input, np_value *value)
{
    *value = eval->situation->values[input->slot];
    if (eval->projecting && input->slot == eval->book->date_slot) value->moving = NP_MONTH_START;
    if (value->type != NP_MONEY || value->currency != NP_CURRENCY_LOCAL) return;
    const np_value *country = &eval->slots[eval->book->country_slot];
    if (country->unknown)
        *value = np_unknown_both(eval, NP_MONEY, country, country);
    else
        value->currency = eval->book->countries[country->as.country].currency;
}

static void default_value(np_eval *eval, const np_input *input, np_value *value)
{
    if (!input->fallback.root) {
        *value = np_unknown_input(eval, input->type, input->slot);
        return;
    }
    const np_value *result = np_eval_root(eval, &input->fallback, value);
    if (result != value) *value = *result;
    if (!value->unknown) return;
    /* the default could not be had: one would ask for this input, or, when nobody asks for it, for what it is made of;
     * a figure that is missing is said as it is */
    bool asked = input->question.text && !value->as.missing->gap;
    if (asked) *value = np_unknown_input(eval, input->type, input->slot);
}

void np_eval_input(np_eval *eval, const np_input *input, np_value *value)
{
    if (eval->situation->given[input->slot])
        given_value(eval, input, value);
    else
        default_value(eval, input, value);
    if (input->slot == eval->book->date_slot && !value->unknown) to_first_day_in_service(eval, value);
}
