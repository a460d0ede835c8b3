/* What rules count in: sum('NAME') is the sum of the rules that say counts_in = NAME, or of a kind of lines. A call is
 * replaced by that sum before names and types are looked at, so that what holds of + holds of it. */
#include <string.h>

#include "suggest.h"
#include "typecheck.h"

enum { SIDE_BY_SIDE = 32 }; /* a longer sum is added half by half, because formulas may be nested only 100 deep */

typedef struct members {
    const char *names[NP_SLOTS_MAX];
    size_t count;
} members;

static bool is_kind(const char *name)
{
    for (int i = 0; i < NP_KIND_COUNT; i++)
        if (np_same(np_kind_name((np_kind)i), name)) return true;
    return false;
}

static bool counts_in(np_build *build, const np_definition *rule, const char *name)
{
    const np_key *kind = np_definition_key(rule, "kind"), *key = np_definition_key(rule, "counts_in");
    if (kind && np_same(kind->ini->value, name)) return true;
    size_t count = 0;
    np_item *items = key ? np_split(build, key->ini, &count) : NULL;
    for (size_t i = 0; i < count; i++)
        if (np_same(items[i].text, name)) return true;
    return false;
}

static members find_members(np_build *build, const char *name)
{
    members found = {.count = 0};
    size_t cursor = 0;
    np_definition *rule;
    while (found.count < NP_SLOTS_MAX && (rule = np_next_definition(build->book, "rule", &cursor)))
        if (counts_in(build, rule, name)) found.names[found.count++] = rule->name;
    return found;
}

/* ---- the sum in place of a call ---- */

static np_node *node_at(np_build *build, const np_node *call, np_op op, size_t argc)
{
    np_node *node = np_arena_alloc(build->arena, sizeof *node);
    *node = (np_node){.op = (uint8_t)op, .id = build->book->node_count++, .start = call->start, .end = call->end};
    node->argc = (uint16_t)argc;
    node->args = np_arena_array(build->arena, argc + 1, sizeof *node->args);
    return node;
}

static np_node *added(np_build *build, const np_node *call, np_node *a, np_node *b)
{
    np_node *sum = node_at(build, call, NP_OP_ADD, 2);
    sum->args[0] = a;
    sum->args[1] = b;
    return sum;
}

static np_node *sum_of(np_build *build, const np_node *call, const char *const *names, size_t count)
{
    np_node *sum = NULL;
    if (count > SIDE_BY_SIDE)
        return added(build, call, sum_of(build, call, names, count / 2),
                     sum_of(build, call, names + count / 2, count - count / 2));
    for (size_t i = 0; i < count; i++) {
        np_node *line = node_at(build, call, NP_OP_NAME, 0);
        line->name = names[i];
        sum = sum ? added(build, call, sum, line) : line;
    }
    return sum;
}

static void note_sum(np_build *build, const char *name)
{
    for (const np_summed *s = build->book->summed; s; s = s->next)
        if (np_same(s->name, name)) return;
    np_summed *summed = np_arena_alloc(build->arena, sizeof *summed);
    *summed = (np_summed){name, build->book->summed};
    build->book->summed = summed;
}

/* What of the rules' totals somebody may have meant. */
static const char *near_total(np_build *build, const char *word)
{
    np_nearest near = np_nearest_start(word);
    size_t cursor = 0;
    np_definition *rule;
    for (int i = 0; i < NP_KIND_COUNT; i++) np_nearest_try(&near, np_kind_name((np_kind)i));
    while ((rule = np_next_definition(build->book, "rule", &cursor))) {
        const np_key *key = np_definition_key(rule, "counts_in");
        size_t count = 0;
        np_item *items = key ? np_split(build, key->ini, &count) : NULL;
        for (size_t i = 0; i < count; i++) np_nearest_try(&near, items[i].text);
    }
    return near.best;
}

np_node *np_sum_of_rules(np_build *build, const np_formula *formula, const np_node *at, const np_node *call)
{
    const np_node *arg = call->argc == 1 ? call->args[0] : NULL;
    bool text = arg && arg->op == NP_OP_LITERAL && arg->literal.type == NP_TEXT;
    np_span span = np_node_span(formula, at);
    if (!text) {
        np_diag *diag = np_report(build->diags, NP_CODE_BAD_ARGUMENTS, span, "sum takes one name, in quotes");
        np_diag_hint(build->diags, diag, "write for example sum('taxable'), for the rules with counts_in = taxable");
        return NULL;
    }
    const char *name = arg->literal.as.text;
    members found = find_members(build, name);
    if (found.count) {
        note_sum(build, name);
        return sum_of(build, at, found.names, found.count);
    }
    np_diag *diag = np_report(build->diags, NP_CODE_UNKNOWN_NAME, span, "no rule counts in '%s'", name);
    const char *near = near_total(build, name);
    if (near)
        np_diag_hint(build->diags, diag, "did you mean %s?", near);
    else
        np_diag_hint(build->diags, diag, "a rule says so by counts_in = %s", name);
    return NULL;
}

/* ---- the key counts_in ---- */

/* What a rule counts in must be a name, of no kind, that a formula adds up. */
static void check_total(np_build *build, const np_ini_key *key, np_item item)
{
    np_span at = np_ini_value_span(key, item.index, item.length ? item.length : 1);
    if (is_kind(item.text)) {
        np_diag *diag = np_report(build->diags, NP_CODE_NAME_TAKEN, at, "'%s' is a kind of lines", item.text);
        np_diag_hint(build->diags, diag, "each rule of a kind counts in it already: choose another name");
        return;
    }
    np_nearest near = np_nearest_start(item.text);
    for (const np_summed *s = build->book->summed; s; s = s->next) {
        if (np_same(s->name, item.text)) return;
        if (!is_kind(s->name)) np_nearest_try(&near, s->name);
    }
    np_diag *diag =
        np_report(build->diags, NP_CODE_UNKNOWN_NAME, at, "no formula adds up what counts in '%s'", item.text);
    if (near.best)
        np_diag_hint(build->diags, diag, "did you mean %s?", near.best);
    else
        np_diag_hint(build->diags, diag, "a formula does so by sum('%s')", item.text);
}

void np_check_counts_in(np_build *build)
{
    size_t cursor = 0;
    np_definition *rule;
    while ((rule = np_next_definition(build->book, "rule", &cursor))) {
        const np_ini_key *key = np_take(rule, "counts_in");
        size_t count = 0;
        np_item *items = key ? np_split(build, key, &count) : NULL;
        for (size_t i = 0; i < count; i++) check_total(build, key, items[i]);
    }
}
