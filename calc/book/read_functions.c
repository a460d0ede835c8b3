/* Reading [function X]: a formula over arguments, which expand_functions.c puts in place of a call. */
#include <string.h>

#include "typecheck.h"

static const char *const CALL_ME = NP_MARK("write for example args = amount, share");

/* False after reporting. */
static bool read_args(np_build *build, np_definition *definition, np_book_function *function)
{
    const np_ini_key *key = np_need(build, definition, "args");
    if (!key) return false;
    size_t count = 0;
    np_item *items = np_split(build, key, &count);
    for (size_t i = 0; i < count; i++) {
        np_span at = np_ini_value_span(key, items[i].index, items[i].length);
        np_check_name(build, items[i].text, at);
        bool twice = false;
        for (size_t k = 0; k < function->arg_count; k++) twice = twice || strcmp(function->args[k], items[i].text) == 0;
        if (twice || function->arg_count == NP_FUNCTION_ARGS) {
            np_diag *diag = np_report(build->diags, NP_CODE_BAD_ARGUMENTS, at,
                                      twice ? NP_MARK("two arguments are called '%s'")
                                            : NP_MARK("a function takes at most 16 arguments: '%s' is too many"),
                                      items[i].text);
            np_diag_hint(build->diags, diag, "%s", np_say(build->diags->lang, CALL_ME));
            return false;
        }
        function->args[function->arg_count++] = items[i].text;
    }
    return true;
}

static bool is_arg(const np_book_function *function, const char *name)
{
    for (size_t i = 0; i < function->arg_count; i++)
        if (strcmp(function->args[i], name) == 0) return true;
    return false;
}

static const char *nearest_arg(const np_book_function *function, const np_node *node)
{
    const char *near = NULL;
    unsigned best = 3;
    for (size_t i = 0; i < function->arg_count && node->op == NP_OP_NAME; i++) {
        unsigned distance = np_edit_distance(node->name, function->args[i], best);
        if (distance >= best || distance >= strlen(function->args[i])) continue;
        best = distance;
        near = function->args[i];
    }
    return near;
}

/* Whether something has the name, of whatever type it is: types are checked where the function is called. */
static bool is_defined(const np_book *book, const np_node *node)
{
    const char *name = node->name;
    if (np_book_parameter(book, name) >= 0) return true;
    if (node->op == NP_OP_CALL) return np_function_named(name) >= 0 || np_book_definition(book, "function", name);
    return np_book_definition(book, "input", name) || np_book_definition(book, "rule", name) ||
           np_book_grade(book, name) >= 0 || np_book_country(book, name) >= 0;
}

/* A name that nothing has is a mistake of the function, told here once, and not at each of its calls. */
static bool check_names(np_checker *checker, const np_book_function *function, const np_node *node)
{
    bool ok = true;
    for (size_t i = 0; i < node->argc; i++) ok = check_names(checker, function, node->args[i]) && ok;
    bool named = node->op == NP_OP_NAME || node->op == NP_OP_CALL;
    bool arg = node->op == NP_OP_NAME && is_arg(function, node->name);
    if (!named || arg || is_defined(checker->book, node)) return ok;
    np_unknown_name(checker, node, nearest_arg(function, node));
    return false;
}

static void read_body(np_build *build, np_definition *definition, np_book_function *function, bool args_known)
{
    const np_ini_key *amount = np_need(build, definition, "amount");
    if (!amount) return;
    np_formula body = np_formula_read(build->book, build->diags, amount);
    np_checker checker = {.book = build->book, .diags = build->diags, .formula = &body};
    if (args_known && body.root && check_names(&checker, function, body.root)) function->body = body;
}

static void check_taken(np_build *build, const np_book_function *function)
{
    const np_book *book = build->book;
    const char *what = NULL;
    if (np_function_named(function->name) >= 0) what = NP_MARK("a function of the formula language");
    if (np_book_parameter(book, function->name) >= 0) what = NP_MARK("a parameter");
    if (np_book_definition(book, "input", function->name)) what = NP_MARK("an input");
    if (np_book_definition(book, "rule", function->name)) what = NP_MARK("a rule");
    if (!what) return;
    np_diag *diag = np_report(build->diags, NP_CODE_NAME_TAKEN, function->at, "'%s' is the name of %s already",
                              function->name, np_say(build->diags->lang, what));
    np_diag_hint(build->diags, diag, "choose another name for the function");
}

void np_build_functions(np_build *build)
{
    np_book *book = build->book;
    size_t cursor = 0;
    np_definition *definition;
    book->functions = np_arena_array(build->arena, np_count_definitions(book, "function") + 1, sizeof *book->functions);
    while ((definition = np_next_definition(book, "function", &cursor))) {
        np_book_function *function = &book->functions[book->function_count++];
        *function = (np_book_function){.name = definition->name, .at = definition->at};
        np_check_name(build, function->name, function->at);
        check_taken(build, function);
        function->label = np_take_label(build, definition, "label");
        function->note = np_take_label(build, definition, "note");
        bool args_known = read_args(build, definition, function);
        read_body(build, definition, function, args_known);
        size_t sources;
        np_read_sources(build, np_take(definition, "source"), &sources);
        np_refuse_other_keys(build, definition);
    }
}
