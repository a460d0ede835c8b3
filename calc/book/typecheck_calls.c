/* Formulas: the arguments of functions and parameters, and the types of what these give. */
#include "typecheck.h"

/* What a function takes, a letter an argument: n number, m money, t truth, x text, d date, D dates, g grade, c
 * country, u duration, i an input's name, l the name of a parameter that is a list, s numbers, amounts or dates of
 * one type; and what it gives ('s': the same). */
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
    [NP_FN_PROGRESSIVE] = {"slln", 's'}, /* see typecheck_progressive.c */
    [NP_FN_SUM] = {"t", 'm'},            /* never called: see counts_in.c */
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
    [NP_FN_LEVELS_MET] = {"xxx", 't'},
    [NP_FN_RANK] = {"g", 'n'},
    [NP_FN_CATEGORY] = {"g", 'x'},
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
    np_adapt_zero(arg, *same);
    if (arg->type == NP_NONE) return false;
    if (!is_amount((np_type)arg->type) && arg->type != NP_DATE) {
        np_mismatch(c, arg,
                    np_arena_format(c->book->arena,
                                    np_say(c->diags->lang, "%s takes numbers, amounts or dates, not %s"), node->name,
                                    phrase(c, arg->type)),
                    NULL);
        if (*same == arg->type) *same = NP_NONE; /* the others need not have this wrong type */
        return false;
    }
    /* round(amount, 0.01): the unit of an amount is a plain number, or one in its currency */
    if (node->index == NP_FN_ROUND && arg == node->args[1] && arg->type == NP_NUMBER) return true;
    if (node->index == NP_FN_ROUND && arg->type == NP_DATE)
        np_mismatch(c, arg, np_say(c->diags->lang, "round takes numbers or amounts, not a date"), NULL);
    else if (arg->type == *same)
        return true;
    else
        np_mismatch(c, arg, FORMAT(c, "%s stands beside %s", (np_type)arg->type, *same), NULL);
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

/* Whether a function goes by the duty country: where one scale holds for all, those of scales do not. */
static bool is_placed(const np_checker *c, const np_node *node)
{
    switch (node->index) {
    case NP_FN_LOCAL:
        return true;
    case NP_FN_SCALE:
        return node->argc < 3 && !c->book->scale_of_all;
    case NP_FN_SCALE_DATE:
    case NP_FN_UNADJUSTED_YEARS:
    case NP_FN_NEWEST_SCALE_DATE:
        return node->argc < 1 && !c->book->scale_of_all;
    default:
        return false;
    }
}

static bool check_builtins(np_checker *c, const np_node *node)
{
    bool ok = true, of_scale = node->index == NP_FN_SCALE_DATE || node->index == NP_FN_UNADJUSTED_YEARS;
    bool dated = node->index == NP_FN_NUMBER_AGED || node->index == NP_FN_SHARE_OF_MONTH ||
                 node->index == NP_FN_LOCAL || (node->index == NP_FN_SCALE && node->argc < 4) ||
                 (of_scale && node->argc < 2);
    if (dated) ok = needs_input(c, node, "date", NP_DATE);
    if (is_placed(c, node)) ok = needs_input(c, node, "duty_country", NP_COUNTRY) && ok;
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
    if (letter == 'l') return arg->type == NP_LIST; /* reported already if not */
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

np_type np_check_call(np_checker *c, np_node *node)
{
    if (!check_count(c, node)) return NP_NONE;
    bool same_type = SIGNATURES[node->index].takes[0] == 's', ok = true;
    np_type same = NP_NONE;
    /* the type of the first argument that is no bare zero decides for min(0, amount) */
    for (size_t i = 0; i < node->argc && same_type; i++)
        if (node->args[i]->type == NP_MONEY) same = NP_MONEY;
    for (size_t i = 0; i < node->argc; i++) ok = check_argument(c, node, i, &same) && ok;
    ok = check_builtins(c, node) && ok;
    if (node->index == NP_FN_PROGRESSIVE) ok = ok && np_check_progressive(c, node);
    char gives = SIGNATURES[node->index].gives;
    return !ok ? NP_NONE : gives == 's' ? same : type_of_letter(gives);
}

static void refuse_argument(np_checker *c, const np_parameter *parameter, const np_node *arg)
{
    np_diag *diag = np_report(c->diags, NP_CODE_BAD_ARGUMENTS, span_of(c, arg),
                              "the parameter %s does not take this argument", parameter->name);
    if (parameter->by.key)
        np_diag_hint(c->diags, diag, "it takes a grade or a text, as its by gives one");
    else if (!parameter->list && !parameter->by_country)
        np_diag_hint(c->diags, diag, "it is one value: write %s alone", parameter->name);
    else if (!parameter->by_country)
        np_diag_hint(c->diags, diag, "it takes a position");
    else if (!parameter->list)
        np_diag_hint(c->diags, diag, "it takes a country");
    else
        np_diag_hint(c->diags, diag, "it takes a position and a country");
}

/* Take an argument for the position (a number) or the country; false: the parameter has none, or has been given it. */
static bool take_argument(const np_parameter *parameter, const np_node *arg, bool *position, bool *country)
{
    bool *given = NULL;
    if (arg->type == NP_NUMBER && parameter->list) given = position;
    if (arg->type == NP_COUNTRY && parameter->by_country) given = country;
    if ((arg->type == NP_GRADE || arg->type == NP_TEXT) && parameter->by.key) given = country;
    if (!given || *given) return false;
    return *given = true;
}

static bool check_position(np_checker *c, const np_node *node, const np_parameter *parameter, bool position)
{
    if (!parameter->list || position) return true;
    np_diag *diag = np_report(c->diags, NP_CODE_BAD_ARGUMENTS, span_of(c, node),
                              "the parameter %s is a list and needs a position", parameter->name);
    np_diag_hint(c->diags, diag, "write for example %s(service_year)", parameter->name);
    return false;
}

/* A parameter, asked by position and country in any order; `whole`: all its values are. */
static np_type check_parameter(np_checker *c, np_node *node, bool whole)
{
    np_parameter *parameter = &c->book->parameters[node->index];
    parameter->used = true;
    bool position = false, country = false, ok = needs_input(c, node, "date", NP_DATE);
    for (size_t i = 0; i < node->argc; i++) {
        np_node *arg = node->args[i];
        if (parameter->by_country) np_adapt(c, arg, NP_COUNTRY);
        bool taken = take_argument(parameter, arg, &position, &country);
        if (!taken && arg->type != NP_NONE) refuse_argument(c, parameter, arg);
        ok = ok && taken;
    }
    if (ok && !whole) ok = check_position(c, node, parameter, position);
    bool placed = (parameter->by_country && !country) || parameter->reference != UINT16_MAX;
    if (placed) ok = needs_input(c, node, "duty_country", NP_COUNTRY) && ok;
    return !ok ? NP_NONE : whole && !position ? NP_LIST : parameter->type;
}

np_type np_check_parameter(np_checker *c, np_node *node)
{
    return check_parameter(c, node, false);
}

bool np_takes_list(const np_node *node, size_t i)
{
    return node->op == NP_OP_CALL && (i == 1 || i == 2) && strcmp(node->name, "progressive") == 0;
}

void np_check_list(np_checker *c, const np_node *call, np_node *arg)
{
    bool named = arg->op == NP_OP_NAME || arg->op == NP_OP_CALL;
    int found = named ? np_book_parameter(c->book, arg->name) : -1;
    if (arg->op == NP_OP_PARAMETER) return; /* resolved already */
    if (found >= 0) {
        arg->op = NP_OP_PARAMETER;
        arg->index = (uint16_t)found;
        arg->type = (uint8_t)check_parameter(c, arg, true);
        if (arg->type == NP_LIST || arg->type == NP_NONE) return;
    }
    arg->type = NP_NONE;
    np_diag *diag = np_report(c->diags, NP_CODE_BAD_ARGUMENTS, span_of(c, arg),
                              "%s takes the name of a parameter with a list of values here", call->name);
    const char *near = named && found < 0 ? np_book_suggest(c->book, "parameter", arg->name) : NULL;
    if (near)
        np_diag_hint(c->diags, diag, "did you mean %s?", near);
    else
        np_diag_hint(c->diags, diag, "write for example progressive(taxable, tax_limits, tax_rates)");
}
