/* Formulas in words: as written, and with values in place of names. */
#include <string.h>

#include "explain_internal.h"
#include "natopay/pay/format_value.h"

/* How tightly an operator binds, for brackets. */
static int binding(const np_node *node)
{
    switch ((np_op)node->op) {
    case NP_OP_IF:
        return 0;
    case NP_OP_OR:
        return 1;
    case NP_OP_AND:
        return 2;
    case NP_OP_NOT:
        return 3;
    case NP_OP_EQ:
    case NP_OP_NE:
    case NP_OP_LT:
    case NP_OP_LE:
    case NP_OP_GT:
    case NP_OP_GE:
    case NP_OP_IN:
        return 4;
    case NP_OP_ADD:
    case NP_OP_SUB:
        return 5;
    case NP_OP_MUL:
    case NP_OP_DIV:
        return 6;
    case NP_OP_NEG:
        return 7;
    default:
        return 8;
    }
}

static const char *sign_of(const np_node *node)
{
    static const char *const SIGNS[] = {
        [NP_OP_ADD] = " + ", [NP_OP_SUB] = " - ", [NP_OP_MUL] = " * ",   [NP_OP_DIV] = " / ",
        [NP_OP_EQ] = " = ",  [NP_OP_NE] = " != ", [NP_OP_LT] = " < ",    [NP_OP_LE] = " <= ",
        [NP_OP_GT] = " > ",  [NP_OP_GE] = " >= ", [NP_OP_AND] = " and ", [NP_OP_OR] = " or "};
    return SIGNS[node->op];
}

typedef struct filling {
    np_text *out;
    const np_payslip *payslip;
    const np_lang *lang;
} filling;

static void fill(filling *f, const np_node *node, int around);

static void fill_list(filling *f, const np_node *node, size_t from)
{
    np_text_puts(f->out, "(");
    for (size_t i = from; i < node->argc; i++) {
        if (i > from) np_text_puts(f->out, ", ");
        fill(f, node->args[i], 0);
    }
    np_text_puts(f->out, ")");
}

/* Leaves are what has a name in the book: their values are what the reader looks for. */
static bool is_leaf(const np_node *node)
{
    bool looks_up = node->op == NP_OP_CALL && (node->index == NP_FN_SCALE || node->index == NP_FN_LOCAL ||
                                               node->index == NP_FN_NUMBER_AGED || node->index == NP_FN_SHARE_OF_MONTH);
    return node->op == NP_OP_LITERAL || node->op == NP_OP_SLOT || node->op == NP_OP_PARAMETER || looks_up;
}

static void fill_operation(filling *f, const np_node *node)
{
    int own = binding(node);
    switch ((np_op)node->op) {
    case NP_OP_NOT:
        np_text_puts(f->out, "not ");
        fill(f, node->args[0], own);
        break;
    case NP_OP_NEG:
        np_text_puts(f->out, "-");
        fill(f, node->args[0], own);
        break;
    case NP_OP_IN:
        fill(f, node->args[0], own);
        np_text_puts(f->out, " in ");
        fill_list(f, node, 1);
        break;
    case NP_OP_CALL:
        np_text_puts(f->out, node->name);
        fill_list(f, node, 0);
        break;
    default:
        fill(f, node->args[0], own);
        np_text_puts(f->out, sign_of(node));
        fill(f, node->args[1], own + 1);
        break;
    }
}

static void fill(filling *f, const np_node *node, int around)
{
    const np_value *value = &f->payslip->trace[node->id];
    bool by_name = node->op == NP_OP_CALL && (node->index == NP_FN_KNOWN || node->index == NP_FN_GIVEN);
    if (value->type == NP_NONE && node->op != NP_OP_LITERAL) {
        np_text_puts(f->out, "..."); /* not needed: the rest settled it */
    } else if (node->type == NP_LIST && !value->unknown) {
        np_text_puts(f->out, node->name); /* its slices are told one by one */
    } else if (is_leaf(node) || value->unknown || by_name) {
        np_print_about(f->out, f->payslip->book, node->op == NP_OP_LITERAL ? &node->literal : value, f->lang);
    } else if (node->op == NP_OP_IF) { /* the branch taken is what counts */
        fill(f, node->args[f->payslip->trace[node->args[0]->id].as.truth ? 1 : 2], around);
    } else {
        bool brackets = binding(node) < around;
        if (brackets) np_text_putc(f->out, '(');
        fill_operation(f, node);
        if (brackets) np_text_putc(f->out, ')');
    }
}

const char *np_formula_filled(const np_payslip *payslip, const np_node *node, const np_lang *lang)
{
    np_text text;
    np_text_init(&text, 16384);
    fill(&(filling){&text, payslip, lang}, node, 0);
    return np_text_move(&text, payslip->arena);
}

const char *np_formula_text(np_arena *arena, const np_formula *formula, const np_node *node)
{
    return np_arena_copy(arena, formula->key->value + node->start, node->end - node->start);
}
