/* In what a scenario's book differs from the baseline: definitions, figures, formulas. */
#include "scenario_differences.h"

#include <string.h>

#include "formula_references.h"

static bool is_changed(const np_differences *c, const np_definition *definition)
{
    if (definition->layer > c->base) return true;
    for (size_t i = 0; i < definition->key_count; i++)
        if (definition->keys[i].layer > c->base) return true;
    return false;
}

/* What may be said of an input beside its default: another word of it, and what a list holds must be read anew. */
static bool reads_otherwise(const np_differences *c, const np_definition *definition)
{
    static const char *const OTHERS[] = {"default", "label", "note", "source", "question"};
    bool otherwise = definition->layer > c->base;
    for (size_t i = 0; i < definition->key_count && !otherwise; i++) {
        const char *name = definition->keys[i].ini->name;
        bool other = false;
        for (size_t k = 0; k < sizeof OTHERS / sizeof OTHERS[0]; k++)
            other = other || strncmp(name, OTHERS[k], strlen(OTHERS[k])) == 0;
        otherwise = definition->keys[i].layer > c->base && !other;
    }
    return otherwise;
}

/* What no longer counts in a sum is not found in that sum's formula: nothing of the baseline can be taken over. */
static bool leaves_sums(const np_differences *c, const np_definition *rule)
{
    if (rule->layer > c->base) return false; /* a new one leaves none */
    for (size_t i = 0; i < rule->key_count; i++) {
        const char *name = rule->keys[i].ini->name;
        bool counts = strcmp(name, "counts_in") == 0 || strcmp(name, "kind") == 0;
        if (counts && rule->keys[i].layer > c->base) return true;
    }
    return false;
}

static void note_change(np_differences *c, const np_definition *definition)
{
    static const char *const HARMLESS[] = {"scenario",  "source",    "post",      "person", "pattern",
                                           "parameter", "milestone", "condition", "change"};
    static const char *const CAREERS[] = {"contract", "path", "career"};
    const char *type = definition->type;
    if (!is_changed(c, definition)) return;
    for (size_t i = 0; i < sizeof HARMLESS / sizeof HARMLESS[0]; i++)
        if (strcmp(type, HARMLESS[i]) == 0) return; /* of parameters, each formula is asked */
    for (size_t i = 0; i < sizeof CAREERS / sizeof CAREERS[0]; i++)
        if (strcmp(type, CAREERS[i]) == 0) {
            c->careers = true;
            return;
        }
    int slot = np_book_slot(c->book, definition->name);
    if (strcmp(type, "scale") == 0)
        c->scales = true;
    else if (strcmp(type, "exchange") == 0)
        c->rates = true;
    else if (strcmp(type, "check") == 0)
        c->checks = true;
    else if ((strcmp(type, "rule") == 0 || strcmp(type, "input") == 0) && slot >= 0) {
        c->slot[slot] = true;
        c->tables = c->tables || (*type == 'r' ? leaves_sums : reads_otherwise)(c, definition);
    } else
        c->tables = true;
}

static bool parameter_changed(const np_differences *c, uint16_t index)
{
    if (index == UINT16_MAX) return false;
    const np_parameter *parameter = &c->book->parameters[index];
    const np_definition *definition = np_book_definition(c->book, "parameter", parameter->name);
    return !definition || is_changed(c, definition) ||
           (c->scales && (parameter->indexed || parameter->reference != UINT16_MAX));
}

static bool call_changed(const np_differences *c, const np_node *node)
{
    bool scale = node->index == NP_FN_SCALE;
    if (node->index == NP_FN_LOCAL) return c->rates;
    bool dates = node->index == NP_FN_SCALE_DATE || node->index == NP_FN_UNADJUSTED_YEARS;
    if ((scale || dates) && c->scales) return true;
    return scale && (parameter_changed(c, c->book->step_value) || parameter_changed(c, c->book->steps));
}

bool np_formula_differs(const np_differences *c, const np_node *node)
{
    if (!node) return false;
    if (node->op == NP_OP_PARAMETER && parameter_changed(c, node->index)) return true;
    if (node->op == NP_OP_SLOT && c->book->slots[node->index].kind == NP_SLOT_INPUT && c->slot[node->index])
        return true;
    if (node->op == NP_OP_CALL && call_changed(c, node)) return true;
    for (size_t i = 0; i < node->argc; i++)
        if (np_formula_differs(c, node->args[i])) return true;
    return false;
}

/* The same grades, countries and currencies under the same numbers. */
static bool same_tables(const np_book *a, const np_book *b)
{
    if (a->grade_count != b->grade_count || a->country_count != b->country_count ||
        a->currency_count != b->currency_count)
        return false;
    bool same = true;
    for (size_t i = 0; i < a->grade_count; i++) same = same && strcmp(a->grades[i].name, b->grades[i].name) == 0;
    for (size_t i = 0; i < a->country_count; i++)
        same = same && strcmp(a->countries[i].name, b->countries[i].name) == 0 &&
               a->countries[i].currency == b->countries[i].currency;
    for (size_t i = 0; i < a->currency_count; i++)
        same = same && strcmp(a->currencies[i].name, b->currencies[i].name) == 0;
    return same;
}

/* The same inputs and rules in the same slots. */
static bool same_slots(const np_book *a, const np_book *b)
{
    if (a->slot_count != b->slot_count || a->rule_count != b->rule_count || a->input_count != b->input_count)
        return false;
    bool same = true;
    for (size_t i = 0; i < a->slot_count; i++)
        same = same && a->slots[i].kind == b->slots[i].kind && a->slots[i].index == b->slots[i].index &&
               a->slots[i].type == b->slots[i].type;
    for (size_t i = 0; i < a->input_count; i++) same = same && strcmp(a->inputs[i].name, b->inputs[i].name) == 0;
    for (size_t i = 0; i < a->rule_count; i++)
        same = same && strcmp(a->rules[i].name, b->rules[i].name) == 0 && a->rules[i].kind == b->rules[i].kind;
    return same;
}

void np_find_differences(np_differences *c, np_book_plan *book_plan, const np_book *baseline)
{
    const np_book *book = c->book;
    for (size_t i = 0; i < book->definition_count; i++) note_change(c, book->definitions[i]);
    book_plan->other_tables = c->tables || !same_tables(book, baseline);
    book_plan->other_slots = !same_slots(book, baseline);
    for (size_t i = 0; i < book->order_count; i++) {
        uint16_t number = book->order[i];
        const np_slot *slot = &book->slots[number];
        if (slot->kind != NP_SLOT_INPUT) continue;
        c->slot[number] = c->slot[number] || np_formula_differs(c, book->inputs[slot->index].fallback.root);
        book_plan->inputs_changed = book_plan->inputs_changed || c->slot[number];
    }
    book_plan->checks_changed = c->checks;
    for (size_t i = 0; i < book->check_count; i++) {
        const np_node *when = book->checks[i].when.root;
        bool asked = book->checks[i].stops && np_names_inputs_only(book, when);
        book_plan->checks_changed = book_plan->checks_changed || (asked && np_formula_differs(c, when));
    }
}
