/* Functions of the book's own: [function X], a formula over arguments. A call is replaced by the formula with what it
 * is given in place of the arguments, before names and types are looked at. */
#include <string.h>

#include "typecheck.h"

static const char *const CALL_ME = NP_MARK("write for example args = amount, share");

static int function_named(const np_book *book, const char *name)
{
    for (size_t i = 0; i < book->function_count; i++)
        if (np_same(book->functions[i].name, name)) return (int)i;
    return -1;
}

/* ---- reading ---- */

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

/* ---- calls ---- */

typedef struct expansion {
    np_build build;
    const np_formula *formula;
    const np_node *call; /* the call being replaced, in the formula's own text: mistakes are reported there */
    size_t open[NP_FUNCTION_NESTED]; /* functions being put in, the outermost first: none may come again */
    size_t depth;
    unsigned nodes; /* of the whole formula */
    bool failed;
} expansion;

static void fail(expansion *x, np_code code, const char *message, const char *name, const char *hint)
{
    if (x->failed) return;
    x->failed = true;
    const np_lang *lang = x->build.diags->lang;
    np_diag *diag = np_report(x->build.diags, code, np_node_span(x->formula, x->call), np_say(lang, message), name);
    np_diag_hint(x->build.diags, diag, "%s", np_say(lang, hint));
}

/* `at_call`: the copy is of a function's formula, and its place in the text becomes that of the call. */
static np_node *copy(expansion *x, const np_node *node, bool at_call)
{
    if (++x->nodes > NP_FORMULA_NODES)
        fail(x, NP_CODE_DEEP_FORMULA,
             NP_MARK("with the functions that it calls ('%s') this formula has over 2000 parts"), x->call->name,
             NP_MARK("give a part of it a name of its own: a rule of kind fact"));
    np_node *fresh = np_arena_alloc(x->build.arena, sizeof *fresh);
    *fresh = *node;
    fresh->id = x->build.book->node_count++;
    if (at_call) {
        fresh->start = x->call->start;
        fresh->end = x->call->end;
    }
    fresh->args = np_arena_array(x->build.arena, (size_t)node->argc + 1, sizeof *fresh->args);
    return fresh;
}

static np_node *copy_all(expansion *x, const np_node *node)
{
    np_node *fresh = copy(x, node, false);
    for (size_t i = 0; i < node->argc; i++) fresh->args[i] = x->failed ? NULL : copy_all(x, node->args[i]);
    return fresh;
}

static np_node *expand(expansion *x, np_node *node);

/* The function's formula with the call's arguments in it. */
static np_node *filled(expansion *x, const np_book_function *function, const np_node *body, const np_node *call)
{
    for (size_t i = 0; i < function->arg_count && body->op == NP_OP_NAME; i++)
        if (strcmp(function->args[i], body->name) == 0) return copy_all(x, call->args[i]);
    np_node *fresh = copy(x, body, true);
    for (size_t i = 0; i < body->argc && !x->failed; i++) fresh->args[i] = filled(x, function, body->args[i], call);
    return fresh;
}

static np_node *replace(expansion *x, size_t index, const np_node *call)
{
    np_book_function *function = &x->build.book->functions[index];
    function->used = true;
    if (!function->body.root) { /* its own mistake was told */
        x->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < x->depth; i++)
        if (x->open[i] == index)
            fail(x, NP_CODE_CIRCLE, NP_MARK("the function %s calls itself"), function->name,
                 NP_MARK("a function may call others, but not itself in the end"));
    if (x->depth == NP_FUNCTION_NESTED)
        fail(x, NP_CODE_DEEP_FORMULA, NP_MARK("functions call one another more than 16 deep at %s"), function->name,
             NP_MARK("give a part of it a name of its own: a rule of kind fact"));
    if (call->argc != function->arg_count && !x->failed)
        fail(x, NP_CODE_BAD_ARGUMENTS, NP_MARK("%s is called with another number of arguments than it takes"),
             function->name,
             np_arena_format(x->build.arena, np_say(x->build.diags->lang, "it takes %zu"), function->arg_count));
    if (x->failed) return NULL;
    x->open[x->depth++] = index;
    np_node *result = filled(x, function, function->body.root, call);
    if (!x->failed) result = expand(x, result);
    x->depth--;
    return result;
}

/* In a function's formula the sum stands where the function is called. */
static np_node *summed(expansion *x, const np_node *node)
{
    uint32_t before = x->build.book->node_count;
    np_node *sum = np_sum_of_rules(&x->build, x->formula, x->depth ? x->call : node, node);
    x->nodes += x->build.book->node_count - before;
    x->failed = x->failed || !sum;
    return sum;
}

static np_node *expand(expansion *x, np_node *node)
{
    if (node->op == NP_OP_CALL && np_same(node->name, "sum")) return summed(x, node);
    int index = node->op == NP_OP_CALL ? function_named(x->build.book, node->name) : -1;
    if (index >= 0) {
        bool outermost = x->depth == 0;
        if (outermost) x->call = node;
        for (size_t i = 0; i < node->argc && !x->failed && outermost; i++) {
            node->args[i] = expand(x, node->args[i]);
            x->call = node;
        }
        return x->failed ? node : replace(x, (size_t)index, node);
    }
    for (size_t i = 0; i < node->argc && !x->failed; i++) node->args[i] = expand(x, node->args[i]);
    return node;
}

static unsigned depth_of(const np_node *node)
{
    unsigned most = 0;
    for (size_t i = 0; i < node->argc; i++) {
        unsigned depth = depth_of(node->args[i]);
        if (depth > most) most = depth;
    }
    return most + 1;
}

void np_formula_expand(np_book *book, np_diags *diags, np_formula *formula)
{
    if (!formula->root) return;
    uint32_t before = book->node_count;
    expansion x = {.build = {book, diags, book->arena}, .formula = formula, .call = formula->root};
    np_node *root = expand(&x, formula->root);
    if (!x.failed && book->node_count != before && depth_of(root) > NP_FORMULA_DEPTH)
        fail(&x, NP_CODE_DEEP_FORMULA, NP_MARK("with the function %s this formula is nested more than 100 deep"),
             x.call->name, NP_MARK("give a part of it a name of its own: a rule of kind fact"));
    formula->root = x.failed ? NULL : root;
}
