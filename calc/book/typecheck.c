/* Formulas: names resolved, every operation's types checked. */
#include <string.h>

#include "build.h"

static np_span span_of(const np_checker *c, const np_node *node)
{
    return np_node_span(c->formula, node);
}

/* The message is in the language already; the hint is only marked. */
static np_type mismatch(np_checker *c, const np_node *node, const char *message, const char *hint)
{
    np_diag *diag = np_report(c->diags, NP_CODE_TYPE_MISMATCH, span_of(c, node), "%s", message);
    if (hint) np_diag_hint(c->diags, diag, "%s", np_say(c->diags->lang, hint));
    return NP_NONE;
}

static const char *phrase(const np_checker *c, unsigned type)
{
    return np_say(c->diags->lang, np_type_phrase((np_type)type));
}

/* A pattern's two %s filled with the words for two types. */
#define FORMAT(c, pattern, a, b) \
    np_arena_format((c)->book->arena, np_say((c)->diags->lang, pattern), phrase(c, a), phrase(c, b))

/* ---- literals that take the type of their neighbour: 'FR' is a country beside a country ---- */

static void adapt(np_checker *c, np_node *node, np_type wanted)
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

/* A zero without a currency is zero in any: `x > 0` may be asked of an amount. */
static void adapt_zero(np_node *node, np_type wanted)
{
    if (wanted != NP_MONEY || node->op != NP_OP_LITERAL || node->type != NP_NUMBER ||
        np_num_sign(node->literal.as.number))
        return;
    node->type = node->literal.type = NP_MONEY;
    node->literal.currency = NP_CURRENCY_ANY;
}

static void adapt_both(np_checker *c, np_node *a, np_node *b)
{
    adapt(c, a, (np_type)b->type);
    adapt(c, b, (np_type)a->type);
    adapt_zero(a, (np_type)b->type);
    adapt_zero(b, (np_type)a->type);
}

bool np_formula_expect(np_checker *c, np_node *node, np_type wanted, const char *what)
{
    adapt(c, node, wanted);
    adapt_zero(node, wanted);
    if (node->type == wanted || node->type == NP_NONE) return node->type == wanted;
    bool countable = node->type == NP_NUMBER || node->type == NP_MONEY;
    const char *hint = wanted == NP_TRUTH && countable ? NP_MARK("compare it with something, for example ... > 0")
                       : wanted == NP_MONEY && node->type == NP_NUMBER
                           ? NP_MARK("multiply it by an amount, or write its currency, for example 100 EUR")
                       : wanted == NP_DATE && node->type == NP_NUMBER ? NP_MARK("a date is written 2026-03-01")
                                                                      : NULL;
    mismatch(c, node,
             np_arena_format(c->book->arena, np_say(c->diags->lang, "%s takes %s, not %s"), what, phrase(c, wanted),
                             phrase(c, node->type)),
             hint);
    return false;
}

/* ---- operators ---- */

static bool is_amount(np_type type)
{
    return type == NP_NUMBER || type == NP_MONEY;
}

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
    return mismatch(c, node,
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
    return mismatch(c, node, FORMAT(c, "%s times %s has no meaning", a, b),
                    a == b && a == NP_MONEY ? NP_MARK("one of the two should be a number or a rate") : NULL);
}

static np_type check_quotient(np_checker *c, np_node *node)
{
    np_type a = (np_type)node->args[0]->type, b = (np_type)node->args[1]->type;
    if (a == NP_NONE || b == NP_NONE) return NP_NONE;
    if (is_amount(a) && b == NP_NUMBER) return a;
    if (a == NP_MONEY && b == NP_MONEY) return NP_NUMBER;
    return mismatch(c, node, FORMAT(c, "%s cannot be divided by %s", a, b), NULL);
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
    return mismatch(c, node,
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
            type = mismatch(
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
    return mismatch(c, node, FORMAT(c, "'then' gives %s, but 'else' gives %s", (np_type)a->type, (np_type)b->type),
                    NULL);
}

/* ---- functions ---- */

/* What a function takes, a letter an argument: n number, m money, t truth, x text, d date, D dates, g grade, c
 * country, u duration, i an input's name, s numbers, amounts or dates of one type; and what it gives ('s': the
 * same). */
static const struct {
    const char *takes;
    char gives;
} SIGNATURES[NP_FUNCTION_COUNT] = {
    [NP_FN_MIN] = {"ss", 's'},
    [NP_FN_MAX] = {"ss", 's'},
    [NP_FN_CLAMP] = {"sss", 's'},
    [NP_FN_ROUND] = {"ssx", 's'},
    [NP_FN_FLOOR] = {"n", 'n'},
    [NP_FN_POWER] = {"nn", 'n'},
    [NP_FN_SCALE] = {"gncd", 'm'},
    [NP_FN_SCALE_DATE] = {"cd", 'd'},
    [NP_FN_NEWEST_SCALE_DATE] = {"c", 'd'},
    [NP_FN_UNADJUSTED_YEARS] = {"cd", 'n'},
    [NP_FN_LOCAL] = {"m", 'm'},
    [NP_FN_NUMBER_AGED] = {"Dnn", 'n'},
    [NP_FN_COUNT] = {"D", 'n'},
    [NP_FN_NUMBER_BEFORE] = {"Dd", 'n'},
    [NP_FN_YEARS_BETWEEN] = {"dd", 'n'},
    [NP_FN_MONTHS_BETWEEN] = {"dd", 'n'},
    [NP_FN_DAYS_BETWEEN] = {"dd", 'n'},
    [NP_FN_SHARE_OF_MONTH] = {"dd", 'n'},
    [NP_FN_YEARS] = {"n", 'u'},
    [NP_FN_MONTHS] = {"n", 'u'},
    [NP_FN_YEAR] = {"d", 'n'},
    [NP_FN_MONTH] = {"d", 'n'},
    [NP_FN_DAY] = {"d", 'n'},
    [NP_FN_MONTH_START] = {"d", 'd'},
    [NP_FN_MONTH_END] = {"d", 'd'},
    [NP_FN_LAST_DAY] = {"du", 'd'},
    [NP_FN_KNOWN] = {"i", 't'},
    [NP_FN_GIVEN] = {"i", 't'},
    [NP_FN_CHOICE] = {"i", 'n'},
    [NP_FN_LEVELS_MET] = {"xx", 't'},
    [NP_FN_RANK] = {"g", 'n'},
    [NP_FN_CATEGORY] = {"g", 'x'},
    [NP_FN_GRADE_DRAWS_EXPATRIATION] = {"g", 't'},
    [NP_FN_MEMBER] = {"c", 't'},
    [NP_FN_STATION_COUNTRY] = {"x", 'c'},
};

static np_type type_of_letter(char letter)
{
    static const char LETTERS[] = "nmtxdDgcu";
    static const np_type TYPES[] = {NP_NUMBER, NP_MONEY, NP_TRUTH,   NP_TEXT,    NP_DATE,
                                    NP_DATES,  NP_GRADE, NP_COUNTRY, NP_DURATION};
    const char *at = strchr(LETTERS, letter);
    return at && letter ? TYPES[at - LETTERS] : NP_NONE;
}

static bool check_same(np_checker *c, np_node *node, np_node *arg, np_type *same)
{
    if (*same == NP_NONE) *same = (np_type)arg->type;
    adapt_zero(arg, *same);
    if (arg->type == NP_NONE) return false;
    if (!is_amount((np_type)arg->type) && arg->type != NP_DATE) {
        mismatch(c, arg,
                 np_arena_format(c->book->arena, np_say(c->diags->lang, "%s takes numbers, amounts or dates, not %s"),
                                 node->name, phrase(c, arg->type)),
                 NULL);
        if (*same == arg->type) *same = NP_NONE; /* it sets no example for the others */
        return false;
    }
    /* round(amount, 0.01): the unit of an amount is a plain number, or one in its currency */
    if (node->index == NP_FN_ROUND && arg == node->args[1] && arg->type == NP_NUMBER) return true;
    if (node->index == NP_FN_ROUND && arg->type == NP_DATE)
        mismatch(c, arg, np_say(c->diags->lang, "round takes numbers or amounts, not a date"), NULL);
    else if (arg->type == *same)
        return true;
    else
        mismatch(c, arg, FORMAT(c, "%s stands beside %s", (np_type)arg->type, *same), NULL);
    return false;
}

static bool check_mode(np_checker *c, const np_node *arg)
{
    np_rounding mode;
    if (arg->op == NP_OP_LITERAL && arg->type == NP_TEXT && np_rounding_parse(arg->literal.as.text, &mode)) return true;
    np_diag *diag =
        np_report(c->diags, NP_CODE_BAD_ARGUMENTS, span_of(c, arg), "the third argument of round is a rounding mode");
    np_diag_hint(c->diags, diag, "write 'half_up', 'half_even', 'half_down', 'up', 'down', 'ceiling' or 'floor'");
    return false;
}

/* The built-in inputs that a function reads besides its arguments; false after reporting. */
static bool needs_input(np_checker *c, const np_node *node, const char *name, np_type type)
{
    int slot = c->slot_of(c, name, span_of(c, node));
    if (slot < 0) return false;
    if (c->book->slots[slot].type == type) return true;
    np_report(c->diags, NP_CODE_TYPE_MISMATCH, span_of(c, node), "%s needs the input %s to be of type %s", node->name,
              name, np_type_name(type));
    return false;
}

static bool check_builtins(np_checker *c, const np_node *node)
{
    bool ok = true, of_scale = node->index == NP_FN_SCALE_DATE || node->index == NP_FN_UNADJUSTED_YEARS;
    bool dated = node->index == NP_FN_NUMBER_AGED || node->index == NP_FN_SHARE_OF_MONTH ||
                 node->index == NP_FN_LOCAL || (node->index == NP_FN_SCALE && node->argc < 4) ||
                 (of_scale && node->argc < 2);
    bool placed =
        node->index == NP_FN_LOCAL || (node->index == NP_FN_SCALE && node->argc < 3) || (of_scale && node->argc < 1);
    if (dated) ok = needs_input(c, node, "date", NP_DATE);
    if (placed) ok = needs_input(c, node, "duty_country", NP_COUNTRY) && ok;
    return ok;
}

static bool check_count(np_checker *c, const np_node *node)
{
    const np_function_info *function = np_function_describe((np_function)node->index);
    if (node->argc >= function->fewest && node->argc <= function->most) return true;
    np_span at = span_of(c, node);
    np_diag *diag;
    if (function->most > function->fewest)
        diag = np_report(c->diags, NP_CODE_BAD_ARGUMENTS, at, "%s takes %u to %u arguments, not %u", node->name,
                         function->fewest, function->most, node->argc);
    else if (function->most == 1)
        diag = np_report(c->diags, NP_CODE_BAD_ARGUMENTS, at, "%s takes 1 argument, not %u", node->name, node->argc);
    else
        diag = np_report(c->diags, NP_CODE_BAD_ARGUMENTS, at, "%s takes %u arguments, not %u", node->name,
                         function->most, node->argc);
    np_diag_hint(c->diags, diag, "%s: %s", function->name, np_say(c->diags->lang, function->text));
    return false;
}

static bool check_argument(np_checker *c, np_node *node, size_t i, np_type *same)
{
    const char *takes = SIGNATURES[node->index].takes;
    char letter = takes[i < strlen(takes) ? i : strlen(takes) - 1];
    np_node *arg = node->args[i];
    if (letter == 's') return check_same(c, node, arg, same);
    if (node->index == NP_FN_ROUND && i == 2) return check_mode(c, arg);
    if (letter != 'i') return np_formula_expect(c, arg, type_of_letter(letter), node->name);
    bool input = arg->op == NP_OP_SLOT && c->book->slots[arg->index].kind == NP_SLOT_INPUT;
    bool choices = node->index == NP_FN_CHOICE; /* only an input of type text has any */
    if (input && (!choices || arg->type == NP_TEXT)) return true;
    np_diag *diag = np_report(c->diags, NP_CODE_BAD_ARGUMENTS, span_of(c, arg),
                              choices ? NP_MARK("%s takes the name of an input with choices")
                                      : NP_MARK("%s takes the name of an input"),
                              node->name);
    np_diag_hint(c->diags, diag, "for example %s(%s): natopay show input lists them", node->name,
                 choices ? "contract" : "end");
    return false;
}

static np_type check_call(np_checker *c, np_node *node)
{
    if (!check_count(c, node)) return NP_NONE;
    bool same_type = SIGNATURES[node->index].takes[0] == 's', ok = true;
    np_type same = NP_NONE;
    /* the type of the first argument that is no bare zero decides for min(0, amount) */
    for (size_t i = 0; i < node->argc && same_type; i++)
        if (node->args[i]->type == NP_MONEY) same = NP_MONEY;
    for (size_t i = 0; i < node->argc; i++) ok = check_argument(c, node, i, &same) && ok;
    ok = check_builtins(c, node) && ok;
    char gives = SIGNATURES[node->index].gives;
    return !ok ? NP_NONE : gives == 's' ? same : type_of_letter(gives);
}

static void refuse_argument(np_checker *c, const np_parameter *parameter, const np_node *arg)
{
    np_diag *diag = np_report(c->diags, NP_CODE_BAD_ARGUMENTS, span_of(c, arg),
                              "the parameter %s does not take this argument", parameter->name);
    if (!parameter->list && !parameter->by_country)
        np_diag_hint(c->diags, diag, "it is one value: write %s alone", parameter->name);
    else if (!parameter->by_country)
        np_diag_hint(c->diags, diag, "it takes a position");
    else if (!parameter->list)
        np_diag_hint(c->diags, diag, "it takes a country");
    else
        np_diag_hint(c->diags, diag, "it takes a position and a country");
}

/* Which of the two an argument is; NULL when it is neither, or that one is there already. */
static bool *role_of(const np_parameter *parameter, const np_node *arg, bool *position, bool *country)
{
    bool *role = NULL;
    if (arg->type == NP_NUMBER && parameter->list) role = position;
    if (arg->type == NP_COUNTRY && parameter->by_country) role = country;
    return role && !*role ? role : NULL;
}

/* A parameter, asked by position and country in any order. */
static np_type check_parameter(np_checker *c, np_node *node)
{
    np_parameter *parameter = &c->book->parameters[node->index];
    parameter->used = true;
    bool position = false, country = false, ok = needs_input(c, node, "date", NP_DATE);
    for (size_t i = 0; i < node->argc; i++) {
        np_node *arg = node->args[i];
        if (parameter->by_country) adapt(c, arg, NP_COUNTRY);
        bool *role = role_of(parameter, arg, &position, &country);
        if (role)
            *role = true;
        else if (arg->type != NP_NONE)
            refuse_argument(c, parameter, arg);
        ok = ok && role;
    }
    if (parameter->list && !position && ok) {
        np_diag *diag = np_report(c->diags, NP_CODE_BAD_ARGUMENTS, span_of(c, node),
                                  "the parameter %s is a list and needs a position", parameter->name);
        np_diag_hint(c->diags, diag, "write for example %s(service_year)", parameter->name);
        ok = false;
    }
    bool placed = (parameter->by_country && !country) || parameter->reference != UINT16_MAX;
    if (placed) ok = needs_input(c, node, "duty_country", NP_COUNTRY) && ok;
    return ok ? parameter->type : NP_NONE;
}

/* ---- names ---- */

static int function_named(const char *name)
{
    for (int i = 0; i < NP_FUNCTION_COUNT; i++)
        if (strcmp(np_function_describe((np_function)i)->name, name) == 0) return i;
    return -1;
}

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

static np_type unknown_name(np_checker *c, np_node *node, bool call)
{
    np_span at = span_of(c, node);
    at.length = (uint32_t)strlen(node->name);
    np_diag *diag = np_report(c->diags, NP_CODE_UNKNOWN_NAME, at,
                              call ? NP_MARK("no function or parameter is called '%s'")
                                   : NP_MARK("no input, rule, parameter, grade or country is called '%s'"),
                              node->name);
    const char *near = np_book_suggest(c->book, call ? "parameter" : "name", node->name);
    if (!near && !call) near = np_book_suggest(c->book, "grade", node->name);
    unsigned best = 3;
    for (int i = 0; i < NP_FUNCTION_COUNT && call && !near; i++) {
        const char *function = np_function_describe((np_function)i)->name;
        if (np_edit_distance(node->name, function, best) < best) near = function;
    }
    if (near)
        np_diag_hint(c->diags, diag, "did you mean %s?", near);
    else if (node->name[0] >= 'A' && node->name[0] <= 'Z' && !call)
        np_diag_hint(c->diags, diag, "%s", np_grade_range(c->book, c->book->arena, c->diags->lang));
    else
        np_diag_hint(c->diags, diag, "natopay show input, show rule and show parameter list the names");
    return NP_NONE;
}

static np_type resolve_name(np_checker *c, np_node *node)
{
    np_book *book = c->book;
    bool call = node->op == NP_OP_CALL;
    int found = np_book_parameter(book, node->name);
    /* a parameter with the name of an input, rule or function was reported: one error is enough */
    bool taken = call ? function_named(node->name) >= 0 : np_book_slot(book, node->name) >= 0;
    if (found >= 0 && !taken) {
        node->op = NP_OP_PARAMETER;
        node->index = (uint16_t)found;
        return check_parameter(c, node);
    }
    if (call) {
        found = function_named(node->name);
        if (found < 0) return unknown_name(c, node, true);
        node->index = (uint16_t)found;
        return check_call(c, node);
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
    return unknown_name(c, node, false);
}

np_type np_formula_check(np_checker *c, np_node *node)
{
    for (size_t i = 0; i < node->argc; i++) np_formula_check(c, node->args[i]);
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
            type = mismatch(
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
