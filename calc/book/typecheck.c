/* Formulas: names resolved, every operation's types checked. */
#include "typecheck.h"

#include "natopay/book/spelling.h"

/* Of two operands that stand side by side each may be a literal that takes the type of the other. */
static void adapt_both(np_checker *c, np_node *a, np_node *b)
{
    np_adapt(c, a, (np_type)b->type);
    np_adapt(c, b, (np_type)a->type);
    np_adapt_zero(a, (np_type)b->type);
    np_adapt_zero(b, (np_type)a->type);
}

/* ---- operators ---- */

static np_type check_sum(np_checker *c, np_node *node)
{
    np_node *a = node->args[0], *b = node->args[1];
    adapt_both(c, a, b);
    if (a->type == NP_NONE || b->type == NP_NONE) return NP_NONE;
    if (a->type == NP_DATE && b->type == NP_DURATION) return NP_DATE;
    if (a->type == b->type && (is_amount((np_type)a->type) || a->type == NP_DURATION)) return (np_type)a->type;
    bool sum = node->op == NP_OP_ADD, dates = a->type == NP_DATE && b->type == NP_DATE;
    bool bare = is_amount((np_type)a->type) && is_amount((np_type)b->type);
    const char *hint = dates && !sum        ? NP_MARK("use days_between, months_between or years_between")
                       : a->type == NP_DATE ? NP_MARK("to a date one adds a duration, for example 6 months")
                       : bare               ? NP_MARK("write the currency of the number, for example 12 EUR")
                                            : NULL;
    return np_mismatch(c, node,
                       sum ? FORMAT(c, "%s and %s cannot be added", (np_type)a->type, (np_type)b->type)
                           : FORMAT(c, "%s cannot be subtracted from %s", (np_type)b->type, (np_type)a->type),
                       hint);
}

static np_type check_product(np_checker *c, np_node *node)
{
    np_type a = (np_type)node->args[0]->type, b = (np_type)node->args[1]->type;
    if (a == NP_NONE || b == NP_NONE) return NP_NONE;
    if (a == NP_NUMBER && b == NP_NUMBER) return NP_NUMBER;
    if ((a == NP_MONEY && b == NP_NUMBER) || (a == NP_NUMBER && b == NP_MONEY)) return NP_MONEY;
    return np_mismatch(c, node, FORMAT(c, "%s times %s has no meaning", a, b),
                       a == b && a == NP_MONEY ? NP_MARK("one of the two should be a number or a rate") : NULL);
}

static np_type check_quotient(np_checker *c, np_node *node)
{
    np_type a = (np_type)node->args[0]->type, b = (np_type)node->args[1]->type;
    if (a == NP_NONE || b == NP_NONE) return NP_NONE;
    if (is_amount(a) && b == NP_NUMBER) return a;
    if (a == NP_MONEY && b == NP_MONEY) return NP_NUMBER;
    return np_mismatch(c, node, FORMAT(c, "%s cannot be divided by %s", a, b), NULL);
}

static np_type check_comparison(np_checker *c, np_node *node)
{
    np_node *a = node->args[0], *b = node->args[1];
    adapt_both(c, a, b);
    if (a->type == NP_NONE || b->type == NP_NONE) return NP_NONE;
    bool ordered = is_amount((np_type)a->type) || a->type == NP_DATE || a->type == NP_DURATION || a->type == NP_GRADE;
    bool equality = node->op == NP_OP_EQ || node->op == NP_OP_NE;
    if (a->type == b->type && a->type != NP_DATES && (ordered || equality)) return NP_TRUTH;
    bool alike = a->type == b->type && a->type != NP_DATES;
    return np_mismatch(c, node,
                       alike ? np_arena_format(c->book->arena,
                                               np_say(c->diags->lang, "one %s is neither above nor below another"),
                                               np_type_name((np_type)a->type))
                             : FORMAT(c, "%s and %s cannot be compared", (np_type)a->type, (np_type)b->type),
                       alike                 ? NP_MARK("ask with =, != or in (...)")
                       : a->type == NP_DATES ? NP_MARK("count(...) and number_before(...) say how many dates there are")
                                             : NULL);
}

static np_type check_membership(np_checker *c, np_node *node)
{
    np_type type = NP_TRUTH;
    for (size_t i = 1; i < node->argc; i++) {
        np_node *a = node->args[0], *b = node->args[i];
        adapt_both(c, a, b);
        if (a->type == NP_NONE || b->type == NP_NONE)
            type = NP_NONE;
        else if (a->type != b->type || a->type == NP_DATES)
            type = np_mismatch(
                c, b, FORMAT(c, "%s is looked for in a list that holds %s", (np_type)a->type, (np_type)b->type), NULL);
    }
    return type;
}

static np_type check_truths(np_checker *c, np_node *node)
{
    bool ok = true;
    const char *what = node->op == NP_OP_AND ? "'and'" : node->op == NP_OP_OR ? "'or'" : "'not'";
    for (size_t i = 0; i < node->argc; i++) ok = np_formula_expect(c, node->args[i], NP_TRUTH, what) && ok;
    return ok ? NP_TRUTH : NP_NONE;
}

static np_type check_if(np_checker *c, np_node *node)
{
    bool ok = np_formula_expect(c, node->args[0], NP_TRUTH, "'if'");
    np_node *a = node->args[1], *b = node->args[2];
    adapt_both(c, a, b);
    if (!ok || a->type == NP_NONE || b->type == NP_NONE) return NP_NONE;
    if (a->type == b->type) return (np_type)a->type;
    return np_mismatch(c, node, FORMAT(c, "'then' gives %s, but 'else' gives %s", (np_type)a->type, (np_type)b->type),
                       NULL);
}

/* ---- names ---- */

static np_type literal(np_node *node, np_type type, int found)
{
    node->op = NP_OP_LITERAL;
    node->literal = (np_value){.type = (uint8_t)type};
    if (type == NP_GRADE)
        node->literal.as.grade = (uint16_t)found;
    else
        node->literal.as.country = (uint16_t)found;
    return type;
}

/* "G99", which is written like a grade, of one that there is not. */
static bool is_like_grade(const np_book *book, const char *name)
{
    size_t letters = strcspn(name, "0123456789");
    if (!name[letters] || name[letters + strspn(name + letters, "0123456789")]) return false;
    for (size_t i = 0; i < book->grade_count; i++) {
        const char *grade = book->grades[i].name;
        if (strcspn(grade, "0123456789") == letters && strncmp(grade, name, letters) == 0) return true;
    }
    return false;
}

/* A name that a formula would know by another: by a country's name in words its code. */
static const char *nearest_name(const np_book *book, const char *name, bool call)
{
    const char *near = np_book_suggest(book, call ? "call" : "name", name);
    if (near || call) return near;
    int country = np_spelled_country(book, name);
    if (country >= 0) return book->countries[country].name;
    near = np_book_suggest(book, "grade", name);
    return near || strlen(name) < 4 ? near : np_book_suggest(book, "country", name);
}

/* Whether a formula stands in a file that is laid over the rule book, as scenarios are. */
static bool is_in_overlay(const np_checker *c, np_span at)
{
    bool found = false;
    for (unsigned layer = 1; layer <= c->book->layers && at.file; layer++)
        found = found || strcmp(c->book->layer_name[layer], at.file->name) == 0;
    return found;
}

/* What a name that nothing has may have been meant as. */
static void hint_at_name(np_checker *c, np_diag *diag, const char *name, const char *near, bool call, np_span at)
{
    bool capital = name[0] >= 'A' && name[0] <= 'Z' && !call;
    if (near)
        np_diag_hint(c->diags, diag, "did you mean %s?", near);
    else if (capital && is_like_grade(c->book, name))
        np_diag_hint(c->diags, diag, "%s", np_grade_range(c->book, c->book->arena, c->diags->lang));
    else if (capital && strlen(name) == 2)
        np_diag_hint(c->diags, diag, "natopay show country lists the countries that there are");
    else if (capital)
        np_diag_hint(c->diags, diag, "a text stands in single quotes: '%s'", name);
    else if (!call && is_in_overlay(c, at))
        np_diag_hint(c->diags, diag,
                     "natopay show input, show rule, show parameter and show function list the names; [input %s] "
                     "declares a column of a staff list",
                     name);
    else
        np_diag_hint(c->diags, diag, "natopay show input, show rule, show parameter and show function list the names");
}

np_type np_unknown_name(np_checker *c, const np_node *node, const char *near)
{
    bool call = node->op == NP_OP_CALL;
    np_span at = span_of(c, node);
    at.length = (uint32_t)strlen(node->name);
    np_diag *diag = np_report(c->diags, NP_CODE_UNKNOWN_NAME, at,
                              call ? NP_MARK("no function or parameter is called '%s'")
                                   : NP_MARK("no input, rule, parameter, grade or country is called '%s'"),
                              node->name);
    if (!near) near = nearest_name(c->book, node->name, call);
    hint_at_name(c, diag, node->name, near, call, at);
    return NP_NONE;
}

static np_type resolve_name(np_checker *c, np_node *node)
{
    np_book *book = c->book;
    bool call = node->op == NP_OP_CALL;
    int found = np_book_parameter(book, node->name);
    /* a parameter with the name of an input, rule or function was reported: one error is enough */
    bool taken = call ? np_function_named(node->name) >= 0 : np_book_slot(book, node->name) >= 0;
    if (found >= 0 && !taken) {
        node->op = NP_OP_PARAMETER;
        node->index = (uint16_t)found;
        return np_check_parameter(c, node);
    }
    if (call) {
        found = np_function_named(node->name);
        if (found < 0) return np_unknown_name(c, node, NULL);
        node->index = (uint16_t)found;
        return np_check_call(c, node);
    }
    if (np_book_input(book, node->name) || np_book_rule(book, node->name)) {
        found = c->slot_of(c, node->name, span_of(c, node));
        if (found < 0) return NP_NONE;
        node->op = NP_OP_SLOT;
        node->index = (uint16_t)found;
        return book->slots[found].type;
    }
    if ((found = np_book_grade(book, node->name)) >= 0) return literal(node, NP_GRADE, found);
    if ((found = np_book_country(book, node->name)) >= 0) return literal(node, NP_COUNTRY, found);
    return np_unknown_name(c, node, NULL);
}

/* Each argument is a formula, or a list whose position and country are formulas. */
static void check_arguments(np_checker *c, const np_node *node)
{
    for (size_t i = 0; i < node->argc; i++) {
        np_node *arg = node->args[i];
        if (!np_takes_list(node, i)) {
            np_formula_check(c, arg);
            continue;
        }
        for (size_t k = 0; k < arg->argc && arg->op != NP_OP_PARAMETER; k++) np_formula_check(c, arg->args[k]);
        np_check_list(c, node, arg);
    }
}

np_type np_formula_check(np_checker *c, np_node *node)
{
    check_arguments(c, node);
    np_type type = NP_NONE;
    switch ((np_op)node->op) {
    case NP_OP_LITERAL:
        type = (np_type)node->literal.type;
        break;
    case NP_OP_NAME:
    case NP_OP_CALL:
        type = resolve_name(c, node);
        break;
    case NP_OP_SLOT:
    case NP_OP_PARAMETER:
        type = (np_type)node->type;
        break; /* resolved already */
    case NP_OP_ADD:
    case NP_OP_SUB:
        type = check_sum(c, node);
        break;
    case NP_OP_MUL:
        type = check_product(c, node);
        break;
    case NP_OP_DIV:
        type = check_quotient(c, node);
        break;
    case NP_OP_NEG:
        type = (np_type)node->args[0]->type;
        if (type != NP_NONE && !is_amount(type))
            type = np_mismatch(
                c, node, np_arena_format(c->book->arena, np_say(c->diags->lang, "%s has no negative"), phrase(c, type)),
                NULL);
        break;
    case NP_OP_EQ:
    case NP_OP_NE:
    case NP_OP_LT:
    case NP_OP_LE:
    case NP_OP_GT:
    case NP_OP_GE:
        type = check_comparison(c, node);
        break;
    case NP_OP_AND:
    case NP_OP_OR:
    case NP_OP_NOT:
        type = check_truths(c, node);
        break;
    case NP_OP_IN:
        type = check_membership(c, node);
        break;
    case NP_OP_IF:
        type = check_if(c, node);
        break;
    }
    node->type = (uint8_t)type;
    return type;
}
