/* Formulas: what type is expected where, which literals take it, and how it is reported that types do not fit. */
#include "typecheck.h"

np_type np_mismatch(np_checker *c, const np_node *node, const char *message, const char *hint)
{
    np_diag *diag = np_report(c->diags, NP_CODE_TYPE_MISMATCH, span_of(c, node), "%s", message);
    if (hint) np_diag_hint(c->diags, diag, "%s", np_say(c->diags->lang, hint));
    return NP_NONE;
}

void np_adapt(np_checker *c, np_node *node, np_type wanted)
{
    if (node->op != NP_OP_LITERAL || node->type != NP_TEXT || (wanted != NP_COUNTRY && wanted != NP_GRADE)) return;
    np_build build = {c->book, c->diags, c->book->arena};
    const char *name = node->literal.as.text;
    int found = wanted == NP_COUNTRY ? np_find_country(&build, name, span_of(c, node))
                                     : np_find_grade(&build, name, span_of(c, node));
    node->type = found < 0 ? NP_NONE : (uint8_t)wanted;
    node->literal = (np_value){.type = (uint8_t)wanted};
    if (found < 0) return;
    if (wanted == NP_COUNTRY)
        node->literal.as.country = (uint16_t)found;
    else
        node->literal.as.grade = (uint16_t)found;
}

void np_adapt_zero(np_node *node, np_type wanted)
{
    if (wanted != NP_MONEY || node->op != NP_OP_LITERAL || node->type != NP_NUMBER ||
        np_num_sign(node->literal.as.number))
        return;
    node->type = node->literal.type = NP_MONEY;
    node->literal.currency = NP_CURRENCY_ANY;
}

bool np_formula_expect(np_checker *c, np_node *node, np_type wanted, const char *what)
{
    np_adapt(c, node, wanted);
    np_adapt_zero(node, wanted);
    if (node->type == wanted || node->type == NP_NONE) return node->type == wanted;
    bool countable = node->type == NP_NUMBER || node->type == NP_MONEY;
    const char *hint = wanted == NP_TRUTH && countable ? NP_MARK("compare it with something, for example ... > 0")
                       : wanted == NP_MONEY && node->type == NP_NUMBER
                           ? NP_MARK("multiply it by an amount, or write its currency, for example 100 EUR")
                       : wanted == NP_DATE && node->type == NP_NUMBER ? NP_MARK("a date is written 2026-03-01")
                                                                      : NULL;
    np_mismatch(c, node,
                np_arena_format(c->book->arena, np_say(c->diags->lang, "%s takes %s, not %s"), what, phrase(c, wanted),
                                phrase(c, node->type)),
                hint);
    return false;
}
