/* The smallest change that would make an absent line due: tried, not guessed. Each input that can reach the rule's
 * condition is given other values, singly and then in pairs, and the payslip is computed. */
#include <stdlib.h>
#include <string.h>

#include "natopay/pay/explain.h"

enum { VALUES_MAX = 400, PAIR_VALUES = 12, PAIR_INPUTS = 14, CHANGES_MAX = 24 };

typedef struct values {
    np_value items[VALUES_MAX];
    size_t count;
} values;

typedef struct change_search {
    const np_book *book;
    const np_rule *rule;
    np_situation *trial;
    np_payslip *payslip;
    np_diags *diags;     /* of the trials: thrown away */
    bool *reached;       /* [slot] */
    const np_value *now; /* [slot] */
    values found[PAIR_INPUTS];
    uint16_t inputs[PAIR_INPUTS];
    size_t input_count;
} change_search;

/* ---- which inputs can matter ---- */

static void reach_node(change_search *s, const np_node *node);

static void reach_slot(change_search *s, uint16_t slot)
{
    if (s->reached[slot]) return;
    s->reached[slot] = true;
    const np_slot *at = &s->book->slots[slot];
    if (at->kind == NP_SLOT_INPUT) {
        const np_input *input = &s->book->inputs[at->index];
        if (input->fallback.root) reach_node(s, input->fallback.root);
        return;
    }
    const np_rule *rule = &s->book->rules[at->index];
    if (rule->when.root) reach_node(s, rule->when.root);
    if (rule->amount.root) reach_node(s, rule->amount.root);
}

static void reach_node(change_search *s, const np_node *node)
{
    if (node->op == NP_OP_SLOT) reach_slot(s, node->index);
    for (size_t i = 0; i < node->argc; i++) reach_node(s, node->args[i]);
}

/* ---- which values to try ---- */

static void add(values *list, np_value value)
{
    if (list->count < VALUES_MAX) list->items[list->count++] = value;
}

static void add_number(change_search *s, values *list, np_type type, np_num number)
{
    np_value value = {.type = (uint8_t)type};
    if (type == NP_MONEY) value.currency = NP_CURRENCY_LOCAL;
    value.as.number = np_num_copy(s->payslip->arena, number);
    add(list, value);
}

/* A figure at which something turns, and its neighbours. */
static void add_around(change_search *s, values *list, np_type type, const np_value *figure)
{
    for (int step = -1; step <= 1; step++) {
        if (type != NP_DATE) {
            add_number(s, list, type, np_num_add(s->payslip->arena, figure->as.number, np_num_int(step)));
            continue;
        }
        np_value date = {.type = NP_DATE};
        date.as.date = figure->as.date + step;
        add(list, date);
    }
}

/* Numbers and dates turn at the figures that formulas and parameters name. */
static void add_literals(change_search *s, values *list, np_type type, const np_node *node)
{
    bool literal = node->op == NP_OP_LITERAL && node->type == type;
    if (literal && (type == NP_DATE || type == NP_NUMBER || type == NP_MONEY))
        add_around(s, list, type, &node->literal);
    if (node->op == NP_OP_PARAMETER && type == NP_NUMBER && s->book->parameters[node->index].type == NP_NUMBER) {
        const np_parameter *parameter = &s->book->parameters[node->index];
        for (size_t i = 0; i < parameter->entry_count; i++)
            if (!parameter->entries[i].values->unknown) add_around(s, list, type, parameter->entries[i].values);
    }
    for (size_t i = 0; i < node->argc; i++) add_literals(s, list, type, node->args[i]);
}

static void add_all_literals(change_search *s, values *list, np_type type)
{
    if (s->rule->when.root) add_literals(s, list, type, s->rule->when.root);
    for (size_t slot = 0; slot < s->book->slot_count; slot++) {
        const np_slot *at = &s->book->slots[slot];
        if (!s->reached[slot] || at->kind != NP_SLOT_RULE) continue;
        const np_rule *rule = &s->book->rules[at->index];
        if (rule->amount.root) add_literals(s, list, type, rule->amount.root);
        if (rule->when.root) add_literals(s, list, type, rule->when.root);
    }
}

static void add_grades(change_search *s, values *list)
{
    for (size_t i = 0; i < s->book->grade_count; i++) add(list, (np_value){.type = NP_GRADE, .as.grade = (uint16_t)i});
}

/* Those of which an example comes to mind first: members with a scale, other members, the rest. */
static void add_countries(change_search *s, values *list)
{
    for (int turn = 0; turn < 3; turn++)
        for (size_t i = 0; i < s->book->country_count; i++) {
            const np_country *country = &s->book->countries[i];
            int own = !country->member ? 2 : country->scale_count ? 0 : 1;
            if (own == turn) add(list, (np_value){.type = NP_COUNTRY, .as.country = (uint16_t)i});
        }
}

/* Numbers, dates and grades: the smaller change goes first. */
static bool is_nearer(change_search *s, const np_value *now, const np_value *a, const np_value *b)
{
    np_arena *arena = s->payslip->arena;
    if (a->type == NP_DATE) return labs((long)a->as.date - now->as.date) < labs((long)b->as.date - now->as.date);
    if (a->type == NP_GRADE) return abs(a->as.grade - now->as.grade) < abs(b->as.grade - now->as.grade);
    np_num x = np_num_sub(arena, a->as.number, now->as.number), y = np_num_sub(arena, b->as.number, now->as.number);
    if (np_num_sign(x) < 0) x = np_num_neg(arena, x);
    if (np_num_sign(y) < 0) y = np_num_neg(arena, y);
    return np_num_compare(x, y) < 0;
}

static void nearest_first(change_search *s, const np_value *now, values *list)
{
    if (now->unknown || now->type == NP_TRUTH || now->type == NP_TEXT || now->type == NP_COUNTRY) return;
    for (size_t i = 1; i < list->count; i++) {
        np_value value = list->items[i];
        size_t at = i;
        for (; at > 0 && is_nearer(s, now, &value, &list->items[at - 1]); at--) list->items[at] = list->items[at - 1];
        list->items[at] = value;
    }
}

static bool within(const np_input *input, const np_value *value)
{
    if (value->type != NP_NUMBER && value->type != NP_MONEY) return true;
    if (input->whole && !np_num_is_integer(value->as.number)) return false;
    if (input->has_min && np_num_compare(value->as.number, input->min.as.number) < 0) return false;
    return !input->has_max || np_num_compare(value->as.number, input->max.as.number) <= 0;
}

static bool same_value(const np_value *a, const np_value *b)
{
    if (a->type == NP_NUMBER || a->type == NP_MONEY) return np_num_compare(a->as.number, b->as.number) == 0;
    return a->type == NP_DATE && a->as.date == b->as.date;
}

static bool contains(const values *list, size_t count, const np_value *value)
{
    for (size_t i = 0; i < count; i++)
        if (same_value(&list->items[i], value)) return true;
    return false;
}

static void values_of(change_search *s, const np_input *input, values *list)
{
    list->count = 0;
    switch (input->type) {
    case NP_TRUTH:
        add(list, (np_value){.type = NP_TRUTH, .as.truth = true});
        add(list, (np_value){.type = NP_TRUTH, .as.truth = false});
        break;
    case NP_TEXT:
        for (size_t i = 0; i < input->choice_count; i++)
            add(list, (np_value){.type = NP_TEXT, .as.text = input->choices[i]});
        break;
    case NP_GRADE:
        add_grades(s, list);
        break;
    case NP_COUNTRY:
        add_countries(s, list);
        break;
    case NP_NUMBER:
    case NP_MONEY:
        add_number(s, list, input->type, np_num_int(0));
        add_number(s, list, input->type, np_num_int(1));
        add_all_literals(s, list, input->type);
        break;
    case NP_DATE:
        add_all_literals(s, list, NP_DATE);
        break;
    default:
        break;
    }
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (within(input, &list->items[i]) && !contains(list, kept, &list->items[i]))
            list->items[kept++] = list->items[i];
    list->count = kept;
    nearest_first(s, &s->now[input->slot], list);
}

/* ---- trying ---- */

static bool turns_on(change_search *s)
{
    np_diags_init(s->diags, s->payslip->arena);
    if (!np_payslip_compute(s->payslip, s->trial, s->diags, NULL)) return false;
    const np_line *line = &s->payslip->lines[s->rule - s->book->rules];
    bool on = line->state == NP_LINE_DUE || line->state == NP_LINE_OPEN;
    return on && np_payslip_check(s->payslip, s->trial, s->diags);
}

static bool try_value(change_search *s, uint16_t slot, np_value value)
{
    np_value before = s->trial->values[slot];
    bool given = s->trial->given[slot];
    np_situation_set_value(s->trial, slot, value);
    bool on = turns_on(s);
    s->trial->values[slot] = before;
    s->trial->given[slot] = given;
    return on;
}

static size_t try_singles(change_search *s, np_change *changes)
{
    size_t count = 0;
    values list;
    for (size_t i = 0; i < s->book->input_count && count < CHANGES_MAX; i++) {
        const np_input *input = &s->book->inputs[i];
        if (!s->reached[input->slot] || input->slot == s->book->date_slot) continue;
        values_of(s, input, &list);
        np_change change = {.slot = {input->slot}, .inputs = 0};
        for (size_t v = 0; v < list.count; v++) {
            if (!try_value(s, input->slot, list.items[v])) continue;
            if (change.inputs == 0) change.value[0] = list.items[v];
            change.alternatives += change.inputs;
            change.inputs = 1;
        }
        if (change.inputs) changes[count++] = change;
        if (s->input_count < PAIR_INPUTS && list.count) {
            s->inputs[s->input_count] = input->slot;
            s->found[s->input_count] = list;
            if (list.count > PAIR_VALUES) s->found[s->input_count].count = PAIR_VALUES;
            s->input_count++;
        }
    }
    return count;
}

static bool try_pair(change_search *s, size_t a, size_t b, np_change *change)
{
    uint16_t slot = s->inputs[a];
    np_value before = s->trial->values[slot];
    bool given = s->trial->given[slot], on = false;
    for (size_t i = 0; i < s->found[a].count && !on; i++) {
        np_situation_set_value(s->trial, slot, s->found[a].items[i]);
        for (size_t k = 0; k < s->found[b].count && !on; k++) {
            on = try_value(s, s->inputs[b], s->found[b].items[k]);
            if (on) *change = (np_change){{slot, s->inputs[b]}, {s->found[a].items[i], s->found[b].items[k]}, 2, 0};
        }
    }
    if (on) { /* how many other values of the first would do with the second as it is */
        values all;
        values_of(s, &s->book->inputs[s->book->slots[slot].index], &all);
        for (size_t i = 0; i < all.count; i++) {
            np_situation_set_value(s->trial, slot, all.items[i]);
            change->alternatives += try_value(s, s->inputs[b], change->value[1]);
        }
        change->alternatives -= change->alternatives > 0; /* the one that was found */
    }
    s->trial->values[slot] = before;
    s->trial->given[slot] = given;
    return on;
}

size_t np_find_changes(const np_payslip *payslip, const np_situation *situation, const np_rule *rule,
                       np_change **changes)
{
    np_arena *arena = payslip->arena;
    change_search *s = np_arena_alloc(arena, sizeof *s);
    np_diags *diags = np_arena_alloc(arena, sizeof *diags);
    s->book = payslip->book;
    s->rule = rule;
    s->diags = diags;
    s->trial = np_situation_copy(situation, arena);
    s->now = payslip->slots;
    s->payslip = np_payslip_new(payslip->book, arena, false);
    s->reached = np_arena_array(arena, s->book->slot_count + 1, sizeof *s->reached);
    *changes = np_arena_array(arena, CHANGES_MAX, sizeof **changes);
    if (!rule->when.root) return 0;
    reach_node(s, rule->when.root);
    size_t count = try_singles(s, *changes);
    for (size_t a = 0; a < s->input_count && (count == 0 || (*changes)[0].inputs == 2); a++)
        for (size_t b = a + 1; b < s->input_count && count < CHANGES_MAX; b++)
            if (try_pair(s, a, b, &(*changes)[count])) count++;
    return count;
}
