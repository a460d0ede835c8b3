/* Which inputs and rules the formulas of a book name. */
#include "formula_references.h"

bool np_names_inputs_only(const np_book *book, const np_node *node)
{
    if (!node) return true;
    if (node->op == NP_OP_SLOT && book->slots[node->index].kind == NP_SLOT_RULE) return false;
    for (size_t i = 0; i < node->argc; i++)
        if (!np_names_inputs_only(book, node->args[i])) return false;
    return true;
}

static bool asks_presence(const np_names *n, const np_node *node)
{
    if (node->op != NP_OP_CALL || (node->index != NP_FN_GIVEN && node->index != NP_FN_KNOWN)) return false;
    const np_slot *slot = &n->book->slots[node->args[0]->index];
    if (slot->kind != NP_SLOT_INPUT) return false;
    return node->index == NP_FN_GIVEN || !n->book->inputs[slot->index].fallback.root;
}

/* Figures and some functions go by the duty country. */
static bool goes_by_country(const np_names *n, const np_node *node)
{
    if (node->op == NP_OP_PARAMETER) return n->book->parameters[node->index].by_country;
    return node->op == NP_OP_CALL &&
           (node->index == NP_FN_SCALE || node->index == NP_FN_SCALE_DATE || node->index == NP_FN_NEWEST_SCALE_DATE ||
            node->index == NP_FN_UNADJUSTED_YEARS || node->index == NP_FN_LOCAL);
}

void np_names_formula(np_names *n, const np_node *node)
{
    if (!node) return;
    if (asks_presence(n, node)) {
        n->presence[node->args[0]->index] = true;
        return;
    }
    if (node->op == NP_OP_SLOT && node->index != n->book->date_slot) n->value[node->index] = true;
    if (goes_by_country(n, node)) n->value[n->book->country_slot] = true;
    for (size_t i = 0; i < node->argc; i++) np_names_formula(n, node->args[i]);
}

void np_names_rule(np_names *n, const np_rule *rule)
{
    np_names_formula(n, rule->when.root);
    np_names_formula(n, rule->amount.root);
    np_names_formula(n, rule->date.root);
}

bool np_is_named(const np_names *n, uint16_t slot)
{
    return n->value[slot] || n->presence[slot];
}

uint16_t np_asked_first(const np_book *book, const np_node *node)
{
    while (node->op == NP_OP_AND) node = node->args[0];
    np_names n = {.book = book};
    return asks_presence(&n, node) ? node->args[0]->index : UINT16_MAX;
}

bool np_is_batchable(const np_book *book, const np_node *node)
{
    if (node->op == NP_OP_SLOT && node->index == book->date_slot) return false;
    if (node->op == NP_OP_PARAMETER || node->op == NP_OP_NEG || node->op == NP_OP_IN) return false;
    if (node->op == NP_OP_CALL) return node->index == NP_FN_GIVEN || node->index == NP_FN_KNOWN;
    for (size_t i = 0; i < node->argc; i++)
        if (!np_is_batchable(book, node->args[i])) return false;
    return true;
}
