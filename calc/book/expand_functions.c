/* Calls of the rule book's own functions are replaced by the function's formula, with the values of the call in place
 * of its arguments, before names and types are checked. */
#include <string.h>

#include "build.h"

static int function_named(const np_book *book, const char *name)
{
    for (size_t i = 0; i < book->function_count; i++)
        if (np_same(book->functions[i].name, name)) return (int)i;
    return -1;
}

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

/* A parameter that goes by something is looked up by it: "rate" is rate(contract), where `by = contract`. */
static np_node *looked_up(expansion *x, np_node *node, const np_parameter *parameter)
{
    bool outermost = x->depth == 0;
    if (x->depth == NP_FUNCTION_NESTED || !parameter->by.root) {
        fail(x, NP_CODE_DEEP_FORMULA, NP_MARK("functions call one another more than 16 deep at %s"), parameter->name,
             NP_MARK("give a part of it a name of its own: a rule of kind fact"));
        return node;
    }
    if (outermost) x->call = node;
    x->open[x->depth++] = SIZE_MAX;
    np_node *call = copy(x, node, false);
    call->op = NP_OP_CALL;
    call->argc = 1;
    call->args = np_arena_array(x->build.arena, 2, sizeof *call->args);
    const np_book_function of = {.name = parameter->name};
    call->args[0] = filled(x, &of, parameter->by.root, node);
    if (!x->failed) call->args[0] = expand(x, call->args[0]);
    x->depth--;
    return call;
}

static np_node *expand(expansion *x, np_node *node)
{
    int by = node->op == NP_OP_NAME ? np_book_parameter(x->build.book, node->name) : -1;
    if (by >= 0 && x->build.book->parameters[by].by.key) return looked_up(x, node, &x->build.book->parameters[by]);
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

static void expand_calls(np_book *book, np_diags *diags, np_formula *formula)
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

np_formula np_formula_parse(np_book *book, np_diags *diags, const np_ini_key *key)
{
    np_formula formula = np_formula_read(book, diags, key);
    expand_calls(book, diags, &formula);
    return formula;
}
