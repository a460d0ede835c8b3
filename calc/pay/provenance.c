/* What a payslip's lines rest on: walks the formulas that were evaluated. */
#include <string.h>

#include "natopay/book/scale.h"
#include "natopay/pay/payslip.h"
#include "natopay/pay/format_value.h"

np_provenance *np_provenance_new(const np_book *book, np_arena *arena)
{
    np_provenance *basis = np_arena_alloc(arena, sizeof *basis);
    basis->inputs = np_arena_array(arena, book->slot_count + 1, sizeof *basis->inputs);
    basis->parameters = np_arena_array(arena, book->parameter_count + 1, sizeof *basis->parameters);
    basis->rules = np_arena_array(arena, book->rule_count + 1, sizeof *basis->rules);
    return basis;
}

static void add_source(np_provenance *basis, np_arena *arena, const np_source *source)
{
    if (!source) return;
    for (size_t i = 0; i < basis->source_count; i++)
        if (basis->sources[i] == source) return;
    basis->sources =
        np_arena_grow(arena, basis->sources, &basis->source_capacity, basis->source_count + 1, sizeof *basis->sources);
    basis->sources[basis->source_count++] = source;
}

static void walk_formula(np_provenance *basis, const np_payslip *payslip, const np_formula *formula);

static void walk_slot(np_provenance *basis, const np_payslip *payslip, uint16_t slot)
{
    const np_book *book = payslip->book;
    const np_slot *s = &book->slots[slot];
    if (s->kind == NP_SLOT_RULE) {
        np_provenance_add_line(basis, payslip, &book->rules[s->index]);
        return;
    }
    if (basis->inputs[slot]) return;
    basis->inputs[slot] = true;
    walk_formula(basis, payslip, &book->inputs[s->index].fallback);
}

/* The date and country that a look-up took: an argument, or the inputs of those names. */
static const np_value *argument(const np_payslip *payslip, const np_node *node, np_type type, uint16_t slot)
{
    for (size_t i = 0; i < node->argc; i++)
        if (node->args[i]->type == type) return &payslip->trace[node->args[i]->id];
    return &payslip->slots[slot];
}

static void mark(np_provenance *basis, uint16_t uncertain)
{
    if (uncertain != UINT16_MAX) basis->figures[uncertain] = true;
}

static void mark_figures(np_provenance *basis, const np_payslip *payslip, const np_node *node, const np_value *country)
{
    const np_book *book = payslip->book;
    if (node->op == NP_OP_PARAMETER) {
        mark(basis, book->parameters[node->index].uncertain);
    } else if (node->index == NP_FN_SCALE) {
        const np_value *grade = &payslip->trace[node->args[0]->id];
        if (!country->unknown && !grade->unknown)
            mark(basis, book->countries[country->as.country].uncertain[grade->as.grade]);
        if (book->step_value != UINT16_MAX) mark(basis, book->parameters[book->step_value].uncertain);
    } else {
        for (size_t i = 0; i < book->exchange_count; i++) mark(basis, book->exchanges[i].uncertain);
    }
}

static void walk_parameter(np_provenance *basis, const np_payslip *payslip, const np_node *node, uint16_t country,
                           np_date date)
{
    const np_parameter *parameter = &payslip->book->parameters[node->index];
    basis->parameters[node->index] = true;
    const np_entry *entry =
        np_parameter_on(parameter, np_parameter_asked(payslip->book, node, payslip->trace, country), date);
    if (!entry && parameter->reference != UINT16_MAX) entry = np_parameter_on(parameter, parameter->reference, date);
    if (entry) add_source(basis, payslip->arena, entry->source);
}

static void walk_scale(np_provenance *basis, const np_payslip *payslip, const np_node *node, uint16_t country,
                       np_date date)
{
    const np_book *book = payslip->book;
    const np_value *grade = &payslip->trace[node->args[0]->id], *step = &payslip->trace[node->args[1]->id];
    int64_t number = 1;
    np_num_to_int(step->as.number, &number);
    np_scale_trail *trail =
        np_scale_explain(book, payslip->arena, country, grade->as.grade, (unsigned)number, date, NULL);
    for (; trail; trail = trail->next) add_source(basis, payslip->arena, trail->source);
    if (number <= 1 || book->step_value == UINT16_MAX) return;
    const np_entry *entry = np_parameter_on(&book->parameters[book->step_value], UINT16_MAX, date);
    basis->parameters[book->step_value] = true;
    if (entry) add_source(basis, payslip->arena, entry->source);
}

static void walk_exchange(np_provenance *basis, const np_payslip *payslip, const np_node *node)
{
    const np_book *book = payslip->book;
    for (size_t i = 0; i < book->exchange_count; i++)
        if (book->exchanges[i].currency == payslip->trace[node->args[0]->id].currency && book->exchanges[i].rate_count)
            add_source(basis, payslip->arena, book->exchanges[i].rates[0].figure.source);
}

static void walk_look_up(np_provenance *basis, const np_payslip *payslip, const np_node *node)
{
    const np_book *book = payslip->book;
    const np_value *date = argument(payslip, node, NP_DATE, book->date_slot);
    const np_value *country = argument(payslip, node, NP_COUNTRY, book->country_slot);
    if (node->index == NP_FN_SCALE && node->op == NP_OP_CALL) country = np_scale_country(book, country);
    if (basis->figures) mark_figures(basis, payslip, node, country);
    if (payslip->trace[node->id].unknown || basis->brief) return;
    if (node->op == NP_OP_PARAMETER)
        walk_parameter(basis, payslip, node, country->as.country, date->as.date);
    else if (node->index == NP_FN_SCALE)
        walk_scale(basis, payslip, node, country->as.country, date->as.date);
    else if (node->index == NP_FN_LOCAL)
        walk_exchange(basis, payslip, node);
}

/* Whether a call that reads the month goes by the duty country too. */
static bool is_placed(const np_book *book, const np_node *node)
{
    if (node->op != NP_OP_CALL || node->index == NP_FN_NUMBER_AGED) return false;
    return node->index != NP_FN_SCALE || !book->scale_of_all;
}

static void walk_node(np_provenance *basis, const np_payslip *payslip, const np_node *node)
{
    if (payslip->trace[node->id].type == NP_NONE) return; /* never evaluated */
    for (size_t i = 0; i < node->argc; i++) walk_node(basis, payslip, node->args[i]);
    if (node->op == NP_OP_SLOT) walk_slot(basis, payslip, node->index);
    bool asks = basis->brief && node->op == NP_OP_CALL && node->index == NP_FN_KNOWN;
    if (asks) walk_slot(basis, payslip, node->args[0]->index);
    bool reads = node->op == NP_OP_CALL &&
                 (node->index == NP_FN_SCALE || node->index == NP_FN_LOCAL || node->index == NP_FN_NUMBER_AGED);
    if (reads || node->op == NP_OP_PARAMETER) {
        walk_slot(basis, payslip, payslip->book->date_slot);
        if (is_placed(payslip->book, node)) walk_slot(basis, payslip, payslip->book->country_slot);
        walk_look_up(basis, payslip, node);
    }
}

static void walk_formula(np_provenance *basis, const np_payslip *payslip, const np_formula *formula)
{
    if (formula->root) walk_node(basis, payslip, formula->root);
}

void np_provenance_add_line(np_provenance *basis, const np_payslip *payslip, const np_rule *rule)
{
    const np_book *book = payslip->book;
    if (basis->rules[rule - book->rules]) return;
    basis->rules[rule - book->rules] = true;
    payslip = np_payslip_of_line(payslip, rule);
    if (payslip->lines[rule - book->rules].state == NP_LINE_NOT_IN_FORCE) return;
    walk_formula(basis, payslip, &rule->amount); /* figures first: they are what a reader looks for */
    walk_formula(basis, payslip, &rule->when);
    walk_formula(basis, payslip, &rule->date);
    for (size_t i = 0; i < rule->source_count; i++) add_source(basis, payslip->arena, rule->sources[i]);
}

void np_provenance_add_all(np_provenance *basis, const np_payslip *payslip)
{
    for (size_t i = 0; i < payslip->book->rule_count; i++)
        if (payslip->book->rules[i].kind != NP_FACT) np_provenance_add_line(basis, payslip, &payslip->book->rules[i]);
    if (payslip->rests_on != UINT16_MAX) basis->inputs[payslip->rests_on] = true;
}

const char *np_missing_names(const np_book *book, np_arena *arena, const np_missing *missing)
{
    const char *names = "";
    for (uint16_t slot = 0; slot < book->slot_count; slot++)
        if (missing->bits[slot / 64] >> (slot % 64) & 1)
            names = np_arena_format(arena, "%s%s%s", names, *names ? ", " : "", np_slot_name(book, slot));
    return names;
}
