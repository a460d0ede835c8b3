/* Formulas that stand: most conditions and facts are what they are through all months of the plan. They are walked as a
 * payslip's are, by the same operations; whatever does not stand, or goes with the month, is left to series. */
#include "series.h"

enum { PATIENCE = 4, RETRY = 64 }; /* in a row that a formula did not stand, before it is tried now and then only */

/* Any part; most are names and literals, and need no call. */
static inline const np_value *part(np_loom *loom, const np_node *node, uint16_t from, uint16_t until, np_value *room)
{
    np_series s = node->op == NP_OP_SLOT ? loom->slots[node->index][loom->seat] : loom->standing[node->id];
    return s.count == 1 ? &s.pieces->value : np_flat_node(loom, node, from, until, room);
}

/* The same value, no surer than `status`. */
static const np_value *weakened(const np_value *value, uint8_t status, np_value *room)
{
    if (!value || value->unknown || value->status >= status) return value;
    if (value != room) *room = *value;
    room->status = status;
    return room;
}

static const np_value *unknown(const np_node *node, np_value *room)
{
    *room = np_series_unknown(node->type);
    return room;
}

static const np_value *settle(np_loom *loom, const np_node *node, uint16_t from, uint16_t until, np_value *room)
{
    bool stop = node->op == NP_OP_OR;
    np_value left;
    const np_value *a = part(loom, node->args[0], from, until, &left);
    if (!a || (!a->unknown && a->as.truth == stop)) {
        if (a == &left) *room = left;
        return a == &left ? room : a;
    }
    const np_value *b = part(loom, node->args[1], from, until, room);
    if (!b || !a->unknown) return weakened(b, a->status, room);
    return !b->unknown && b->as.truth == stop ? b : unknown(node, room); /* it may settle the question all the same */
}

static const np_value *choose(np_loom *loom, const np_node *node, uint16_t from, uint16_t until, np_value *room)
{
    np_value left;
    const np_value *condition = part(loom, node->args[0], from, until, &left);
    if (!condition) return NULL;
    if (condition->unknown) return unknown(node, room);
    const np_value *result = part(loom, node->args[condition->as.truth ? 1 : 2], from, until, room);
    return weakened(result, condition->status, room);
}

static const np_value *binary(np_loom *loom, const np_node *node, uint16_t from, uint16_t until, np_value *room)
{
    np_value left, right;
    const np_value *a = part(loom, node->args[0], from, until, &left);
    const np_value *b = a ? part(loom, node->args[1], from, until, &right) : NULL;
    if (!b || a->moving || b->moving) return NULL;
    return a->unknown || b->unknown ? unknown(node, room) : np_eval_operate(&loom->eval, node, a, b, room);
}

static const np_value *unary(np_loom *loom, const np_node *node, uint16_t from, uint16_t until, np_value *room)
{
    const np_value *a = part(loom, node->args[0], from, until, room);
    if (!a || a->unknown || node->op == NP_OP_NEG) return a && a->unknown ? a : NULL;
    if (a != room) *room = *a;
    room->as.truth = !room->as.truth;
    return room;
}

static const np_value *figure(np_loom *loom, const np_node *node, uint16_t from, uint16_t until, np_value *room)
{
    np_value values[3];
    const np_value *args[3];
    if (node->argc > 3) return NULL;
    for (size_t i = 0; i < node->argc; i++) {
        args[i] = part(loom, node->args[i], from, until, &values[i]);
        if (!args[i] || args[i]->moving) return NULL;
        if (args[i]->unknown) return unknown(node, room);
    }
    uint8_t status;
    const np_series *found = np_loom_figure(loom, node, args, &status);
    if (!found) return NULL;
    np_series here = np_series_cut(*found, from, until);
    return here.count == 1 ? weakened(&here.pieces->value, status, room) : NULL;
}

static const np_value *call(np_loom *loom, const np_node *node, uint16_t from, uint16_t until, np_value *room)
{
    if (np_is_figure(node)) return figure(loom, node, from, until, room);
    bool given = node->index == NP_FN_GIVEN;
    if (!given && node->index != NP_FN_KNOWN) return NULL;
    uint16_t slot = node->args[0]->index;
    np_series s = np_series_cut(loom->slots[slot][loom->seat], from, until);
    if (!given && s.count > 1) return NULL;
    *room = (np_value){.type = NP_TRUTH};
    room->as.truth = given ? loom->eval.situation->given[slot] : !s.pieces->value.unknown;
    return room;
}

const np_value *np_flat_node(np_loom *loom, const np_node *node, uint16_t from, uint16_t until, np_value *room)
{
    np_series s = node->op == NP_OP_SLOT ? loom->slots[node->index][loom->seat] : loom->standing[node->id];
    if (s.count) {
        if (s.count > 1) s = np_series_cut(s, from, until);
        return s.count == 1 ? &s.pieces->value : NULL;
    }
    switch ((np_op)node->op) {
    case NP_OP_AND:
    case NP_OP_OR:
        return settle(loom, node, from, until, room);
    case NP_OP_IF:
        return choose(loom, node, from, until, room);
    case NP_OP_NEG:
    case NP_OP_NOT:
        return unary(loom, node, from, until, room);
    case NP_OP_PARAMETER:
    case NP_OP_CALL:
        return call(loom, node, from, until, room);
    case NP_OP_IN:
        return NULL;
    default:
        return binary(loom, node, from, until, room);
    }
}

const np_value *np_series_flat(np_loom *loom, const np_formula *formula, uint16_t from, uint16_t until, np_value *room)
{
    uint8_t *changing = &loom->changing[formula->root->id];
    if (*changing >= PATIENCE && ++*changing % RETRY) return NULL;
    loom->eval.formula = formula;
    const np_value *value = np_flat_node(loom, formula->root, from, until, room);
    loom->failed = loom->failed || loom->eval.failed;
    if (value)
        *changing = 0;
    else if (*changing < PATIENCE)
        ++*changing;
    return value;
}
