/* What a scenario can change in a plan: rules in the order of evaluation, and which of them go by what it changes. */
#include "scenario_impact.h"

#include <string.h>

#include "formula_references.h"
#include "scenario_differences.h"

/* ---- reading a book ---- */

/* The months of the window in which a rule is in force. */
static void read_months_in_force(np_rule_plan *rule_plan, const np_window *window, const np_rule *rule)
{
    uint16_t *month = &rule_plan->from;
    rule_plan->until = window->months;
    while (rule->from != NP_DATE_NONE && *month < window->months && window->start[*month] < rule->from) ++*month;
    if (rule->until == NP_DATE_NONE) return;
    while (rule_plan->until > 0 && window->start[rule_plan->until - 1] > rule->until) rule_plan->until--;
    if (rule_plan->until < rule_plan->from) rule_plan->until = rule_plan->from;
}

/* Lines are numbered in the order of the book, which is every book's; the order of evaluation may not be. */
static uint16_t line_of(const np_book *book, size_t rule)
{
    uint16_t line = 0;
    for (size_t k = 0; k < rule; k++) line = (uint16_t)(line + (book->rules[k].kind != NP_FACT));
    return line;
}

static void read_rule_plans(np_book_plan *book_plan, np_arena *arena, const np_window *window, const np_differences *c)
{
    const np_book *book = book_plan->book;
    book_plan->rule_plans = np_arena_array(arena, book->rule_count + 1, sizeof *book_plan->rule_plans);
    for (size_t i = 0; i < book->order_count; i++) {
        const np_slot *slot = &book->slots[book->order[i]];
        if (slot->kind != NP_SLOT_RULE) continue;
        const np_rule *rule = &book->rules[slot->index];
        np_rule_plan *rule_plan = &book_plan->rule_plans[book_plan->rule_plan_count++];
        *rule_plan = (np_rule_plan){.rule = rule, .slot = rule->slot, .barred_by = UINT16_MAX};
        rule_plan->other_when =
            c->slot[rule->slot] || np_formula_differs(c, rule->when.root) ||
            np_formula_differs(c, rule->date.root); /* on another day it may be due where it was not */
        rule_plan->other_amount = rule_plan->other_when || np_formula_differs(c, rule->amount.root);
        read_months_in_force(rule_plan, window, rule);
        rule_plan->always = rule_plan->from == 0 && rule_plan->until == window->months;
        rule_plan->line = NP_NO_LINE;
        if (rule->kind == NP_FACT) continue;
        rule_plan->line = line_of(book, slot->index);
        book_plan->lines[rule_plan->line] = (uint16_t)(book_plan->rule_plan_count - 1);
        book_plan->line_count++;
    }
}

static uint64_t marks_of(const uint64_t *marks, const np_slot_set *slots)
{
    uint64_t all = 0;
    for (size_t s = 0; s < NP_SLOTS_MAX; s++)
        if (slots->bits[s / 64] >> (s % 64) & 1) all |= marks[s];
    return all;
}

/* Whom a change reaches. */
static void propagate_changes(np_book_plan *book_plan)
{
    const np_book *book = book_plan->book;
    uint64_t marks[NP_SLOTS_MAX] = {0};
    unsigned used = 0;
    for (size_t i = 0; i < book_plan->rule_plan_count; i++) { /* those that it names come before it */
        np_rule_plan *rule_plan = &book_plan->rule_plans[i];
        rule_plan->goes_by_when = marks_of(marks, &book->depends_when[rule_plan->slot]);
        rule_plan->goes_by = marks_of(marks, &book->depends[rule_plan->slot]);
        rule_plan->other = rule_plan->other_when || rule_plan->other_amount || rule_plan->goes_by;
        if (rule_plan->other) rule_plan->mark = marks[rule_plan->slot] = (uint64_t)1 << (used++ % 64);
    }
}

/* Rules of which a formula, a figure or what they go by is the scenario's own. What it only puts into another place is
 * none of it: slots of their own make every rule be computed again, but change none. */
static void find_touched(np_book_plan *book_plan, const np_book *baseline)
{
    const np_book *book = book_plan->book;
    for (size_t i = 0; i < book_plan->rule_plan_count; i++) {
        const np_rule_plan *rule_plan = &book_plan->rule_plans[i];
        bool touched = rule_plan->other_when || rule_plan->other_amount;
        for (size_t k = 0; k < NP_SLOTS_MAX / 64; k++)
            touched = touched || (book_plan->touched[k] & book->depends[rule_plan->slot].bits[k]);
        if (!touched) continue;
        book_plan->touched[rule_plan->slot / 64] |= (uint64_t)1 << (rule_plan->slot % 64);
        const np_rule *there = np_book_rule(baseline, rule_plan->rule->name);
        if (there) book_plan->touched_there[there->slot / 64] |= (uint64_t)1 << (there->slot % 64);
    }
}

/* ---- what comes once ---- */

static bool same_words(const np_formula *a, const np_formula *b)
{
    return a->key && b->key && strcmp(a->key->value, b->key->value) == 0;
}

static bool goes_with_state(const np_book_plan *book_plan, const np_node *node);

/* Whether a part of a formula is the same in all months: it np_names inputs that stand still, and neither the month nor
 * figures. */
static bool stands_still(const np_book_plan *book_plan, const np_node *node)
{
    const np_book *book = book_plan->book;
    if (node->op == NP_OP_PARAMETER) return false;
    if (node->op == NP_OP_SLOT && node->index == book->date_slot) return false;
    if (node->op == NP_OP_CALL &&
        (node->index == NP_FN_SCALE || node->index == NP_FN_SCALE_DATE || node->index == NP_FN_UNADJUSTED_YEARS ||
         node->index == NP_FN_LOCAL || node->index == NP_FN_CHOICE))
        return false;
    bool still = true;
    for (size_t i = 0; i < node->argc && still; i++) still = stands_still(book_plan, node->args[i]);
    return still;
}

/* A line of kind once matters in the month alone in which it falls, when its day goes by inputs that stand still, and
 * whoever np_names it (all of them come after it) is of kind once too and falls on the same day. */
static bool may_fall(const np_book_plan *book_plan, size_t number)
{
    const np_book *book = book_plan->book;
    const np_rule_plan *rule_plan = &book_plan->rule_plans[number];
    const np_rule *rule = rule_plan->rule;
    if (rule->kind != NP_ONCE || !rule->date.root || !np_names_inputs_only(book, rule->date.root)) return false;
    if (!stands_still(book_plan, rule->date.root) || goes_with_state(book_plan, rule->date.root)) return false;
    np_names n = {.book = book};
    if (book_plan->when) np_names_formula(&n, book_plan->when->root);
    bool alone = !np_is_named(&n, rule_plan->slot);
    for (size_t k = number + 1; k < book_plan->rule_plan_count && alone; k++) {
        const np_rule_plan *other = &book_plan->rule_plans[k];
        np_names its = {.book = book};
        np_names_rule(&its, other->rule);
        if (np_is_named(&its, rule_plan->slot)) alone = other->falls && same_words(&other->rule->date, &rule->date);
    }
    return alone;
}

/* ---- what all books must agree in ---- */

/* Inputs that only a scenario asks for are read under the baseline too, for it takes series over from there. With slots
 * of its own it reads all inputs itself. They have no default that could move: such inputs are always read. */
static void share_inputs(np_book_plan *const *book_plans, size_t count)
{
    np_book_plan *baseline = book_plans[0];
    const np_book *book = baseline->book;
    bool wanted[NP_SLOTS_MAX] = {false};
    for (size_t k = 0; k < baseline->input_count; k++) wanted[baseline->inputs[k]] = true;
    for (size_t i = 1; i < count; i++)
        for (size_t k = 0; k < book_plans[i]->asked_count && !book_plans[i]->other_slots; k++)
            wanted[book_plans[i]->asked[k]] = true;
    baseline->input_count = 0;
    for (size_t i = 0; i < book->order_count && baseline->possible; i++)
        if (book->slots[book->order[i]].kind == NP_SLOT_INPUT && wanted[book->order[i]])
            baseline->inputs[baseline->input_count++] = book->order[i];
}

/* What a scenario np_names is kept under every book, for it takes series over from the baseline. */
static void find_named(np_book_plan *const *book_plans, size_t count, bool *named)
{
    for (size_t i = 0; i < count; i++) {
        np_names n = {.book = book_plans[i]->book};
        if (book_plans[i]->when) np_names_formula(&n, book_plans[i]->when->root);
        for (size_t k = 0; k < book_plans[i]->rule_plan_count; k++)
            np_names_rule(&n, book_plans[i]->rule_plans[k].rule);
        for (uint16_t s = 0; s < book_plans[i]->book->slot_count; s++) named[s] = named[s] || np_is_named(&n, s);
    }
}

/* True when a line more turned out to last, which may make others last that it names. A book with slots of its own
 * takes nothing over from the baseline, and is for itself. */
static bool find_falling(np_book_plan *const *book_plans, size_t count, bool all_last[][NP_SLOTS_MAX])
{
    bool more = false;
    for (size_t i = 0; i < count; i++) {
        bool *lasts = all_last[book_plans[i]->other_slots ? i : 0];
        for (size_t k = book_plans[i]->rule_plan_count; k-- > 0;) {
            np_rule_plan *rule_plan = &book_plans[i]->rule_plans[k];
            rule_plan->falls = !lasts[rule_plan->slot] && may_fall(book_plans[i], k);
            more = more || (!rule_plan->falls && !lasts[rule_plan->slot]);
            lasts[rule_plan->slot] = lasts[rule_plan->slot] || !rule_plan->falls;
        }
    }
    return more;
}

void np_book_plans_agree(np_book_plan *const *book_plans, size_t count)
{
    bool named[NP_SLOTS_MAX] = {false}, lasts[NP_PLAN_BOOKS_MAX][NP_SLOTS_MAX] = {{false}};
    share_inputs(book_plans, count);
    find_named(book_plans, count, named);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < book_plans[i]->rule_plan_count; k++) {
            np_rule_plan *rule_plan = &book_plans[i]->rule_plans[k];
            rule_plan->leaf = rule_plan->line != NP_NO_LINE && !named[rule_plan->slot];
        }
    while (find_falling(book_plans, count, lasts)) continue;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < book_plans[i]->rule_plan_count; k++) {
            np_rule_plan *rule_plan = &book_plans[i]->rule_plans[k];
            rule_plan->always = rule_plan->always && !rule_plan->falls;
            if (rule_plan->falls)
                book_plans[i]->falling.bits[rule_plan->slot / 64] |= (uint64_t)1 << (rule_plan->slot % 64);
        }
}

/* ---- inputs ---- */

static void add_inputs(np_names *n, bool *wanted)
{
    for (size_t i = 0; i < n->book->slot_count; i++) wanted[i] = wanted[i] || n->value[i] || n->presence[i];
}

/* What these formulas name goes into n; whether the overlay changed one of them, into *changed. */
static void add_formulas(np_names *n, const np_differences *c, const np_formula *const *formulas, size_t count,
                         bool *changed)
{
    for (size_t i = 0; i < count; i++) {
        np_names_formula(n, formulas[i]->root);
        *changed = *changed || np_formula_differs(c, formulas[i]->root);
    }
}

static void add_slots(np_names *n, const uint16_t *slots, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (slots[i] != UINT16_MAX) n->value[slots[i]] = true;
}

static void read_terms(np_book_plan *book_plan, const np_differences *c, bool *wanted)
{
    const np_book *book = book_plan->book;
    const np_career_book *career = book->career;
    const np_career_slots *at = &career->slots;
    np_names n = {.book = book};
    const np_progress *p = career->progress;
    for (size_t i = 0; i < career->contract_count; i++) {
        const np_formula *formulas[] = {&career->contracts[i].length, &career->contracts[i].maximum};
        add_formulas(&n, c, formulas, 2, &book_plan->terms_changed);
    }
    for (size_t i = 0; i < career->path_count; i++) {
        const np_formula *date = &career->paths[i].date;
        add_formulas(&n, c, &date, 1, &book_plan->twins_changed);
    }
    if (p) {
        const np_formula *steps[] = {&p->steps_from, &p->step_interval, &p->steps, &p->step_held_on};
        const np_formula *ends[] = {&p->must_end, &p->must_end_when, &p->known_until}, *salary = &p->salary;
        add_formulas(&n, c, steps, 4, &book_plan->terms_changed);
        add_formulas(&n, c, ends, 3, &book_plan->terms_changed);
        add_formulas(&n, c, &salary, 1, &book_plan->twins_changed);
    }
    book_plan->terms_changed = book_plan->terms_changed || c->careers;
    const uint16_t state[] = {at->start, at->end,   at->contract,   at->contract_months,  at->contract_end,
                              at->step,  at->grade, at->twin_grade, at->twin_advancement, book->country_slot};
    add_slots(&n, state, sizeof state / sizeof state[0]);
    add_inputs(&n, wanted);
}

/* Inputs that anything names; those with a default that could fail are always computed. */
static void read_inputs(np_book_plan *book_plan, bool *wanted)
{
    const np_book *book = book_plan->book;
    np_names n = {.book = book};
    for (size_t i = 0; i < book_plan->rule_plan_count; i++) np_names_rule(&n, book_plan->rule_plans[i].rule);
    for (size_t i = 0; i < book->check_count; i++)
        if (book->checks[i].stops) np_names_formula(&n, book->checks[i].when.root);
    if (book_plan->when) np_names_formula(&n, book_plan->when->root);
    for (size_t i = 0; i < book->input_count; i++) {
        const np_node *fallback = book->inputs[i].fallback.root;
        np_names_formula(&n, fallback);
        if (fallback && fallback->op != NP_OP_LITERAL) wanted[book->inputs[i].slot] = true;
    }
    add_inputs(&n, wanted);
    wanted[book->date_slot] = wanted[book->country_slot] = true;
    if (book->working_time_slot != UINT16_MAX) wanted[book->working_time_slot] = true;
    for (size_t i = 0; i < book->order_count; i++)
        if (book->slots[book->order[i]].kind == NP_SLOT_INPUT && wanted[book->order[i]])
            book_plan->inputs[book_plan->input_count++] = book->order[i];
}

/* Where nothing else can differ, the baseline's inputs are asked for by these alone. */
static void find_asked(np_book_plan *book_plan)
{
    const np_book *book = book_plan->book;
    np_names n = {.book = book};
    for (size_t i = 0; i < book_plan->rule_plan_count; i++)
        if (book_plan->rule_plans[i].other) np_names_rule(&n, book_plan->rule_plans[i].rule);
    if (book_plan->when) np_names_formula(&n, book_plan->when->root);
    for (size_t i = 0; i < book_plan->input_count; i++)
        if (np_is_named(&n, book_plan->inputs[i]) || book_plan->inputs[i] == book->working_time_slot)
            book_plan->asked[book_plan->asked_count++] = book_plan->inputs[i];
}

/* Whether a default goes with grade or step, which change while other inputs stand still. */
static bool goes_with_state(const np_book_plan *book_plan, const np_node *node)
{
    const np_career_slots *at = &book_plan->book->career->slots;
    if (node->op == NP_OP_SLOT && (node->index == at->grade || node->index == at->step)) return true;
    for (size_t i = 0; i < book_plan->moving_count; i++)
        if (node->op == NP_OP_SLOT && node->index == book_plan->moving[i]) return true;
    for (size_t i = 0; i < node->argc; i++)
        if (goes_with_state(book_plan, node->args[i])) return true;
    return false;
}

static void change_all(np_book_plan *book_plan)
{
    book_plan->inputs_changed = book_plan->terms_changed = book_plan->twins_changed = book_plan->checks_changed = true;
    for (size_t i = 0; i < book_plan->rule_plan_count; i++)
        book_plan->rule_plans[i].other_when = book_plan->rule_plans[i].other_amount = true;
}

/* Inputs of the baseline, by name. */
static void map_slots(np_book_plan *book_plan, const np_book *baseline)
{
    for (size_t i = 0; i < NP_SLOTS_MAX; i++) book_plan->slot_of[i] = UINT16_MAX;
    for (size_t i = 0; i < baseline->input_count; i++) {
        const np_input *here = np_book_input(book_plan->book, baseline->inputs[i].name);
        if (here && here->type == baseline->inputs[i].type) book_plan->slot_of[baseline->inputs[i].slot] = here->slot;
    }
}

void np_book_plan_read(np_book_plan *book_plan, np_arena *arena, const np_window *window, const np_plan_book *plan_book,
                       const np_book *baseline)
{
    const np_book *book = plan_book->book;
    np_differences c = {.book = book, .base = baseline ? baseline->layers : NP_LAYERS_MAX};
    bool wanted[NP_SLOTS_MAX] = {false};
    *book_plan = (np_book_plan){.book = book, .when = &plan_book->when};
    book_plan->possible = np_grade_history_possible(book);
    map_slots(book_plan, baseline ? baseline : book);
    memset(book_plan->touched, baseline ? 0xFF : 0, sizeof book_plan->touched); /* until more is known */
    memset(book_plan->touched_there, baseline ? 0xFF : 0, sizeof book_plan->touched_there);
    if (!book_plan->possible) return;
    if (baseline) np_find_differences(&c, book_plan, baseline);
    read_rule_plans(book_plan, arena, window, &c);
    memset(book_plan->touched, 0, sizeof book_plan->touched);
    memset(book_plan->touched_there, 0, sizeof book_plan->touched_there);
    if (baseline) find_touched(book_plan, baseline);
    read_terms(book_plan, &c, wanted);
    read_inputs(book_plan, wanted);
    if (book_plan->other_slots) change_all(book_plan);
    np_book_plan_find_days(book_plan, arena);
    propagate_changes(book_plan);
    find_asked(book_plan);
    book_plan->moving_count = np_moving_inputs(book, book_plan->moving);
    book_plan->checks = np_arena_array(arena, book->check_count + 1, sizeof *book_plan->checks);
    book_plan->check_guards = np_arena_array(arena, book->check_count + 1, sizeof *book_plan->check_guards);
    book_plan->check_count = np_plan_list_checks(book, book_plan->checks);
    book_plan->check_asks_inputs_only =
        np_arena_array(arena, book->check_count + 1, sizeof *book_plan->check_asks_inputs_only);
    for (size_t i = 0; i < book_plan->check_count; i++) {
        book_plan->check_guards[i] = np_asked_first(book, book_plan->checks[i]->when.root);
        book_plan->check_asks_inputs_only[i] = np_is_batchable(book, book_plan->checks[i]->when.root);
    }
}
