/* The evaluator: one recursive walk over a formula's tree. Unknown values carry the reason why they are unknown;
 * `and`, `or` and `if` look at it only when it matters. */
#include "natopay/pay/eval.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "eval_parts.h"

enum { WORDS_MAX = 200 }; /* bytes of a number in a message */

/* ---- unknown values and errors ---- */

static np_value unknown(np_type type, const np_missing *missing)
{
    np_value value = {.type = (uint8_t)type, .unknown = true};
    value.as.missing = missing;
    return value;
}

np_value np_unknown_input(np_eval *eval, np_type type, uint16_t slot)
{
    np_missing *missing = np_arena_alloc(eval->arena, sizeof *missing);
    missing->bits[slot / 64] |= (uint64_t)1 << (slot % 64);
    return unknown(type, missing);
}

np_value np_unknown_gap(np_eval *eval, np_type type, np_code code, np_span at, const char *message, const char *hint)
{
    np_missing *missing = np_arena_alloc(eval->arena, sizeof *missing);
    np_gap *gap = np_arena_alloc(eval->arena, sizeof *gap);
    *gap = (np_gap){code, at, message, hint};
    missing->gap = gap;
    return unknown(type, missing);
}

np_value np_unknown_both(np_eval *eval, np_type type, const np_value *a, const np_value *b)
{
    if (!b->unknown || a->as.missing == b->as.missing) return unknown(type, a->as.missing);
    if (!a->unknown) return unknown(type, b->as.missing);
    np_missing *both = np_arena_alloc(eval->arena, sizeof *both);
    for (size_t i = 0; i < NP_SLOTS_MAX / 64; i++) both->bits[i] = a->as.missing->bits[i] | b->as.missing->bits[i];
    both->gap = a->as.missing->gap ? a->as.missing->gap : b->as.missing->gap;
    return unknown(type, both);
}

np_value np_failed(np_type type)
{
    static const np_missing NOTHING;
    return unknown(type, &NOTHING);
}

np_value np_eval_error(np_eval *eval, const np_node *node, np_code code, const char *format, ...)
{
    char message[512];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    if (!eval->failed) np_report(eval->diags, code, np_node_span(eval->formula, node), "%s", message);
    eval->failed = true;
    return np_failed((np_type)node->type);
}

const char *np_eval_words(np_eval *eval, const np_value *value)
{
    np_text text;
    np_text_init(&text, 8192);
    np_num_print_plain(&text, value->as.number);
    if (value->type == NP_MONEY && value->currency < eval->book->currency_count)
        np_text_printf(&text, " %s", eval->book->currencies[value->currency].name);
    char *words = np_text_move(&text, eval->arena);
    if (strlen(words) > WORDS_MAX) words[WORDS_MAX] = '\0';
    return words;
}

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

np_value np_eval_checked(np_eval *eval, const np_node *node, np_value result)
{
    if (np_num_valid(result.as.number)) return result;
    return np_eval_error(eval, node, NP_CODE_TOO_PRECISE, "a fraction grows beyond %d bits here", NP_NUM_MAX_BITS);
}

static np_value add(np_eval *eval, const np_node *node, const np_value *a, const np_value *b)
{
    np_value result = {.type = node->type, .status = np_weaker(a->status, b->status)};
    bool minus = node->op == NP_OP_SUB;
    if (node->type == NP_DATE) {
        np_duration step = b->as.duration;
        if (minus) step = (np_duration){-step.months, -step.days};
        result.as.date = np_date_add(a->as.date, step, eval->book->month_end);
        result.moving = a->moving ? NP_MOVING : NP_FIXED;
        if (result.as.date != NP_DATE_NONE) return result;
        return np_eval_error(eval, node, NP_CODE_DATE_RANGE, "this date lies outside 1900 to 2200");
    }
    if (node->type == NP_DURATION) {
        int sign = minus ? -1 : 1;
        np_duration x = a->as.duration, y = b->as.duration;
        if (__builtin_add_overflow(x.months, sign * y.months, &result.as.duration.months) ||
            __builtin_add_overflow(x.days, sign * y.days, &result.as.duration.days))
            return np_eval_error(eval, node, NP_CODE_DATE_RANGE, "this duration is too long");
        return result;
    }
    if (node->type == NP_MONEY && !same_currency(eval, node, a, b, &result.currency)) return np_failed(NP_MONEY);
    result.as.number = minus ? np_num_sub(eval->arena, a->as.number, b->as.number)
                             : np_num_add(eval->arena, a->as.number, b->as.number);
    return np_eval_checked(eval, node, result);
}

static np_value multiply(np_eval *eval, const np_node *node, const np_value *a, const np_value *b)
{
    np_value result = {.type = node->type, .status = np_weaker(a->status, b->status)};
    result.currency = a->type == NP_MONEY ? a->currency : b->currency;
    result.as.number = np_num_mul(eval->arena, a->as.number, b->as.number);
    return np_eval_checked(eval, node, result);
}

static np_value divide(np_eval *eval, const np_node *node, const np_value *a, const np_value *b)
{
    np_value result = {.type = node->type, .status = np_weaker(a->status, b->status), .currency = a->currency};
    if (np_num_sign(b->as.number) == 0)
        return np_eval_error(eval, node, NP_CODE_DIVISION_BY_ZERO, "%s is divided by zero here",
                             np_eval_words(eval, a));
    uint16_t currency;
    if (a->type == NP_MONEY && b->type == NP_MONEY && !same_currency(eval, node, a, b, &currency))
        return np_failed(NP_NUMBER);
    result.as.number = np_num_div(eval->arena, a->as.number, b->as.number);
    return np_eval_checked(eval, node, result);
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

static bool holds(np_op op, int order)
{
    switch (op) {
    case NP_OP_EQ:
        return order == 0;
    case NP_OP_NE:
        return order != 0;
    case NP_OP_LT:
        return order < 0;
    case NP_OP_LE:
        return order <= 0;
    case NP_OP_GT:
        return order > 0;
    default:
        return order >= 0;
    }
}

static np_value compare(np_eval *eval, const np_node *node, const np_value *a, const np_value *b)
{
    uint16_t currency;
    if (a->type == NP_DATE) np_horizon_of_crossing(eval, node, a, b);
    if (a->type == NP_MONEY && !same_currency(eval, node, a, b, &currency)) return np_failed(NP_TRUTH);
    return np_truth_value(holds((np_op)node->op, order_of(eval, a, b)), np_weaker(a->status, b->status));
}

/* ---- three-valued logic ---- */

/* `and` is settled by a no, `or` by a yes, whatever the other side is. */
static np_value settle(np_eval *eval, const np_node *node)
{
    bool stop = node->op == NP_OP_OR;
    np_value a = np_eval_node(eval, node->args[0]);
    if (!a.unknown && a.as.truth == stop) return a;
    np_value b = np_eval_node(eval, node->args[1]);
    if (!b.unknown && b.as.truth == stop) {
        if (!a.unknown) b.status = np_weaker(a.status, b.status);
        return b;
    }
    if (a.unknown || b.unknown) return np_unknown_both(eval, NP_TRUTH, &a, &b);
    return np_truth_value(!stop, np_weaker(a.status, b.status));
}

static np_value choose(np_eval *eval, const np_node *node)
{
    np_value condition = np_eval_node(eval, node->args[0]);
    if (condition.unknown) return np_unknown_both(eval, (np_type)node->type, &condition, &condition);
    np_value result = np_eval_node(eval, node->args[condition.as.truth ? 1 : 2]);
    if (!result.unknown) result.status = np_weaker(result.status, condition.status);
    return result;
}

static np_value member(np_eval *eval, const np_node *node)
{
    np_value wanted = np_eval_node(eval, node->args[0]);
    if (wanted.unknown) return np_unknown_both(eval, NP_TRUTH, &wanted, &wanted);
    np_value result = np_truth_value(false, wanted.status);
    np_value open = result;
    for (size_t i = 1; i < node->argc; i++) {
        np_value item = np_eval_node(eval, node->args[i]);
        if (item.unknown) {
            open = open.unknown ? np_unknown_both(eval, NP_TRUTH, &open, &item)
                                : np_unknown_both(eval, NP_TRUTH, &item, &item);
            continue;
        }
        uint16_t currency;
        if (item.type == NP_MONEY && !same_currency(eval, node, &wanted, &item, &currency)) return np_failed(NP_TRUTH);
        result.status = np_weaker(result.status, item.status);
        if (item.type == NP_DATE) np_horizon_of_crossing(eval, node, &wanted, &item);
        if (order_of(eval, &wanted, &item) == 0) return np_truth_value(true, result.status);
    }
    return open.unknown ? open : result;
}

/* ---- the walk ---- */

static np_value strict_operation(np_eval *eval, const np_node *node)
{
    np_value args[16];
    np_value open = {0};
    for (size_t i = 0; i < node->argc; i++) {
        args[i] = np_eval_node(eval, node->args[i]);
        if (!args[i].unknown) continue;
        open = open.unknown ? np_unknown_both(eval, (np_type)node->type, &open, &args[i])
                            : np_unknown_both(eval, (np_type)node->type, &args[i], &args[i]);
    }
    if (open.unknown) return open;
    switch ((np_op)node->op) {
    case NP_OP_ADD:
    case NP_OP_SUB:
        return add(eval, node, &args[0], &args[1]);
    case NP_OP_MUL:
        return multiply(eval, node, &args[0], &args[1]);
    case NP_OP_DIV:
        return divide(eval, node, &args[0], &args[1]);
    case NP_OP_NEG:
        args[0].as.number = np_num_neg(eval->arena, args[0].as.number);
        return args[0];
    case NP_OP_NOT:
        args[0].as.truth = !args[0].as.truth;
        return args[0];
    case NP_OP_PARAMETER:
        return np_eval_parameter(eval, node, args);
    case NP_OP_CALL:
        return np_eval_call(eval, node, args);
    default:
        return compare(eval, node, &args[0], &args[1]);
    }
}

static np_value presence(const np_eval *eval, const np_node *node)
{
    uint16_t slot = node->args[0]->index;
    bool known = node->index == NP_FN_GIVEN ? eval->situation->given[slot] : !eval->slots[slot].unknown;
    return np_truth_value(known, NP_PUBLISHED);
}

np_value np_eval_node(np_eval *eval, const np_node *node)
{
    np_value result;
    switch ((np_op)node->op) {
    case NP_OP_LITERAL:
        result = node->literal;
        break;
    case NP_OP_SLOT:
        result = eval->slots[node->index];
        break;
    case NP_OP_AND:
    case NP_OP_OR:
        result = settle(eval, node);
        break;
    case NP_OP_IF:
        result = choose(eval, node);
        break;
    case NP_OP_IN:
        result = member(eval, node);
        break;
    case NP_OP_CALL:
        if (node->index == NP_FN_GIVEN || node->index == NP_FN_KNOWN) {
            result = presence(eval, node);
            break;
        }
        result = strict_operation(eval, node);
        break;
    default:
        result = strict_operation(eval, node);
        break;
    }
    if (eval->trace) eval->trace[node->id] = result;
    return result;
}

np_value np_eval_formula(np_eval *eval, const np_formula *formula)
{
    eval->formula = formula;
    return np_eval_node(eval, formula->root);
}

np_value np_eval_input(np_eval *eval, const np_input *input)
{
    if (eval->situation->given[input->slot]) {
        np_value value = eval->situation->values[input->slot];
        if (eval->projecting && input->slot == eval->book->date_slot) value.moving = NP_MONTH_START;
        if (value.type != NP_MONEY || value.currency != NP_CURRENCY_LOCAL) return value;
        const np_value *country = &eval->slots[eval->book->country_slot];
        if (country->unknown) return np_unknown_both(eval, NP_MONEY, country, country);
        value.currency = eval->book->countries[country->as.country].currency;
        return value;
    }
    if (!input->fallback.root) return np_unknown_input(eval, input->type, input->slot);
    np_value value = np_eval_formula(eval, &input->fallback);
    if (!value.unknown) return value;
    /* the default could not be had: it is this input that one would ask for, unless a figure is what is missing */
    return value.as.missing->gap ? value : np_unknown_input(eval, input->type, input->slot);
}
