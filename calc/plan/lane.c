#include "lane.h"

#include <string.h>

/* ---- what a formula names ---- */

bool np_names_inputs_only(const np_book *book, const np_node *node)
{
    if (!node) return true;
    if (node->op == NP_OP_SLOT && book->slots[node->index].kind == NP_SLOT_RULE) return false;
    for (size_t i = 0; i < node->argc; i++)
        if (!np_names_inputs_only(book, node->args[i])) return false;
    return true;
}

/* A set of slots, with those of which only the presence matters apart. */
typedef struct names {
    const np_book *book;
    bool value[NP_SLOTS_MAX], presence[NP_SLOTS_MAX];
} names;

static bool asks_presence(const names *n, const np_node *node)
{
    if (node->op != NP_OP_CALL || (node->index != NP_FN_GIVEN && node->index != NP_FN_KNOWN)) return false;
    const np_slot *slot = &n->book->slots[node->args[0]->index];
    if (slot->kind != NP_SLOT_INPUT) return false;
    return node->index == NP_FN_GIVEN || !n->book->inputs[slot->index].fallback.root;
}

/* Figures and some functions go by the duty country. */
static bool goes_by_country(const names *n, const np_node *node)
{
    if (node->op == NP_OP_PARAMETER) return n->book->parameters[node->index].by_country;
    return node->op == NP_OP_CALL &&
           (node->index == NP_FN_SCALE || node->index == NP_FN_SCALE_DATE || node->index == NP_FN_LOCAL);
}

static void collect(names *n, const np_node *node)
{
    if (!node) return;
    if (asks_presence(n, node)) {
        n->presence[node->args[0]->index] = true;
        return;
    }
    if (node->op == NP_OP_SLOT && node->index != n->book->date_slot) n->value[node->index] = true;
    if (goes_by_country(n, node)) n->value[n->book->country_slot] = true;
    for (size_t i = 0; i < node->argc; i++) collect(n, node->args[i]);
}

/* ---- what a scenario changes ---- */

typedef struct changes {
    const np_book *book;
    unsigned base; /* layers of the baseline */
    bool any, scales, rates, tables, careers, checks;
    bool slot[NP_SLOTS_MAX];
} changes;

static bool is_changed(const changes *c, const np_definition *definition)
{
    if (definition->layer > c->base) return true;
    for (size_t i = 0; i < definition->key_count; i++)
        if (definition->keys[i].layer > c->base) return true;
    return false;
}

static void note_change(changes *c, const np_definition *definition)
{
    static const char *const HARMLESS[] = {"scenario", "source",    "post",      "person",
                                           "pattern",  "parameter", "milestone", "condition"};
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
    else if ((strcmp(type, "rule") == 0 || strcmp(type, "input") == 0) && slot >= 0)
        c->slot[slot] = true;
    else
        c->tables = true;
}

static bool parameter_changed(const changes *c, uint16_t index)
{
    if (index == UINT16_MAX) return false;
    const np_parameter *parameter = &c->book->parameters[index];
    const np_definition *definition = np_book_definition(c->book, "parameter", parameter->name);
    return !definition || is_changed(c, definition) || (c->scales && parameter->reference != UINT16_MAX);
}

static bool call_changed(const changes *c, const np_node *node)
{
    bool scale = node->index == NP_FN_SCALE;
    if (node->index == NP_FN_LOCAL) return c->rates;
    if ((scale || node->index == NP_FN_SCALE_DATE) && c->scales) return true;
    return scale && (parameter_changed(c, c->book->step_value) || parameter_changed(c, c->book->steps));
}

static bool formula_changed(const changes *c, const np_node *node)
{
    if (!node) return false;
    if (node->op == NP_OP_PARAMETER && parameter_changed(c, node->index)) return true;
    if (node->op == NP_OP_SLOT && c->slot[node->index]) return true;
    if (node->op == NP_OP_CALL && call_changed(c, node)) return true;
    for (size_t i = 0; i < node->argc; i++)
        if (formula_changed(c, node->args[i])) return true;
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

static void find_changes(changes *c, np_lane *lane, const np_book *baseline)
{
    const np_book *book = c->book;
    for (size_t i = 0; i < book->definition_count; i++) note_change(c, book->definitions[i]);
    lane->apart = c->tables || !same_tables(book, baseline);
    lane->own = !same_slots(book, baseline);
    for (size_t i = 0; i < book->order_count; i++) {
        uint16_t number = book->order[i];
        const np_slot *slot = &book->slots[number];
        if (slot->kind == NP_SLOT_INPUT) {
            c->slot[number] = c->slot[number] || formula_changed(c, book->inputs[slot->index].fallback.root);
            lane->inputs_changed = lane->inputs_changed || c->slot[number];
        } else {
            const np_rule *rule = &book->rules[slot->index];
            c->slot[number] = c->slot[number] || formula_changed(c, rule->when.root) ||
                              formula_changed(c, rule->amount.root) || formula_changed(c, rule->date.root);
        }
    }
    lane->checks_changed = c->checks;
    for (size_t i = 0; i < book->check_count; i++)
        lane->checks_changed = lane->checks_changed || formula_changed(c, book->checks[i].when.root);
}

/* ---- reading a lane ---- */

/* The slots that a node names, besides the month; more than NP_ATOM_NAMES when there are many, or when presence
 * matters. */
static size_t few_names(const np_book *book, const np_node *node, uint16_t *found)
{
    names n = {.book = book};
    size_t count = 0;
    collect(&n, node);
    for (uint16_t s = 0; s < book->slot_count; s++) {
        if (n.presence[s]) return NP_ATOM_NAMES + 1;
        if (n.value[s] && count++ < NP_ATOM_NAMES) found[count - 1] = s;
    }
    return count;
}

static const char *words_of(const np_formula *formula, const np_node *node, size_t *length)
{
    *length = node->end - node->start;
    return formula->key->value + node->start;
}

/* The number of an atom; the same words are one atom, wherever they stand. NP_ATOMS_MAX: there are too many. */
static size_t atom_of(np_lane *lane, const np_formula *formula, np_node *node, const uint16_t *found, size_t count)
{
    size_t length, other;
    const char *words = words_of(formula, node, &length);
    for (size_t i = 0; i < lane->atom_count; i++) {
        const np_atom *atom = &lane->atoms[i];
        const char *known = words_of(&atom->formula, atom->formula.root, &other);
        if (length == other && memcmp(words, known, length) == 0) return i;
    }
    if (lane->atom_count == NP_ATOMS_MAX) return NP_ATOMS_MAX;
    np_atom *atom = &lane->atoms[lane->atom_count];
    *atom = (np_atom){{node, formula->key}, (uint16_t)count, {0}};
    memcpy(atom->names, found, count * sizeof *found);
    return lane->atom_count++;
}

/* Worth looking up for itself: a condition about few slots, or anything else about one. */
static bool is_atom(const np_book *book, const np_node *node, const uint16_t *found, size_t count)
{
    if (node->op == NP_OP_SLOT || count == 0 || count > NP_ATOM_NAMES) return false;
    if (count == 1) return book->slots[found[0]].type != NP_TRUTH;
    return node->type == NP_TRUTH && node->op != NP_OP_AND && node->op != NP_OP_OR && node->op != NP_OP_NOT;
}

static void add_part(np_lane *lane, np_parts *parts, np_part_kind kind, size_t index)
{
    for (size_t i = 0; i < parts->count; i++)
        if (parts->parts[i].kind == kind && parts->parts[i].index == index) return;
    if (parts->count == NP_NAMES_MAX)
        lane->possible = false;
    else
        parts->parts[parts->count++] = (np_part){(uint8_t)kind, (uint16_t)index};
}

static void add_parts(np_lane *lane, np_parts *parts, const np_formula *formula, np_node *node)
{
    const np_book *book = lane->book;
    names n = {.book = book};
    if (!node) return;
    if (asks_presence(&n, node)) {
        add_part(lane, parts, NP_PART_GIVEN, node->args[0]->index);
        return;
    }
    uint16_t found[NP_ATOM_NAMES];
    size_t count = few_names(book, node, found);
    if (is_atom(book, node, found, count)) {
        size_t atom = atom_of(lane, formula, node, found, count);
        if (atom < NP_ATOMS_MAX) {
            add_part(lane, parts, NP_PART_ATOM, atom);
            return;
        }
    }
    if (node->op == NP_OP_SLOT && node->index != book->date_slot) add_part(lane, parts, NP_PART_SLOT, node->index);
    if (goes_by_country(&n, node)) add_part(lane, parts, NP_PART_SLOT, book->country_slot);
    for (size_t i = 0; i < node->argc; i++) add_parts(lane, parts, formula, node->args[i]);
}

/* A formula that would be one atom goes by the slots that it names: an atom would be the same work twice. */
static void read_parts(np_lane *lane, np_parts *parts, const np_formula *formula)
{
    uint16_t found[NP_ATOM_NAMES];
    if (!formula->root) return;
    size_t count = few_names(lane->book, formula->root, found);
    if (!is_atom(lane->book, formula->root, found, count)) {
        add_parts(lane, parts, formula, formula->root);
        return;
    }
    for (size_t i = 0; i < count; i++) add_part(lane, parts, NP_PART_SLOT, found[i]);
}

static void read_names(np_lane *lane, np_parts *parts, const np_formula *const *formulas, size_t count)
{
    names n = {.book = lane->book};
    for (size_t i = 0; i < count; i++) collect(&n, formulas[i]->root);
    for (uint16_t s = 0; s < lane->book->slot_count; s++) {
        if (!n.value[s] && !n.presence[s]) continue;
        if (parts->name_count == NP_NAMES_MAX)
            lane->possible = false;
        else
            parts->names[parts->name_count++] = s;
    }
}

/* Room to read into; what is kept afterwards is no larger than need be, so that all of it stays near. */
typedef struct draft {
    np_part parts[NP_NAMES_MAX];
    uint16_t names[NP_NAMES_MAX];
} draft;

static np_parts empty_parts(draft *d)
{
    return (np_parts){0, 0, d->parts, d->names};
}

static np_parts kept_parts(np_arena *arena, const np_parts *from)
{
    np_parts parts = *from;
    parts.parts = np_arena_array(arena, (size_t)from->count + 1, sizeof *parts.parts);
    parts.names = np_arena_array(arena, (size_t)from->name_count + 1, sizeof *parts.names);
    memcpy(parts.parts, from->parts, from->count * sizeof *parts.parts);
    memcpy(parts.names, from->names, from->name_count * sizeof *parts.names);
    return parts;
}

static void read_knots(np_lane *lane, np_arena *arena, const changes *c)
{
    const np_book *book = lane->book;
    lane->knots = np_arena_array(arena, book->rule_count + 1, sizeof *lane->knots);
    for (size_t i = 0; i < book->order_count; i++) {
        const np_slot *slot = &book->slots[book->order[i]];
        if (slot->kind != NP_SLOT_RULE) continue;
        const np_rule *rule = &book->rules[slot->index];
        np_knot *knot = &lane->knots[lane->knot_count++];
        *knot = (np_knot){.slot = rule->slot, .kind = (uint8_t)rule->kind, .changed = c->slot[rule->slot]};
        knot->when = &rule->when;
        const np_formula *formulas[] = {&rule->when, &rule->amount, &rule->date};
        draft a, b;
        np_parts condition = empty_parts(&a), whole = empty_parts(&b);
        read_parts(lane, &condition, &rule->when);
        read_names(lane, &condition, formulas, 1);
        for (size_t k = 1; k < 3; k++) read_parts(lane, &whole, formulas[k]);
        read_names(lane, &whole, formulas, 3);
        knot->condition = kept_parts(arena, &condition);
        knot->whole = kept_parts(arena, &whole);
    }
}

/* ---- what comes once ---- */

static bool same_words(const np_formula *a, const np_formula *b)
{
    return a->key && b->key && strcmp(a->key->value, b->key->value) == 0;
}

/* A line of kind once matters in the month alone in which it falls, when its day goes by inputs that stand still, and
 * whoever names it is of kind once too and falls on the same day. */
static void find_once(np_lane *lane)
{
    const np_book *book = lane->book;
    for (size_t i = lane->knot_count; i-- > 0;) { /* those that name a slot come after it */
        np_knot *knot = &lane->knots[i];
        const np_rule *rule = &book->rules[book->slots[knot->slot].index];
        if (rule->kind != NP_ONCE || !rule->date.root || !np_names_inputs_only(book, rule->date.root)) continue;
        bool alone = true;
        for (size_t k = 0; k < lane->knot_count; k++) {
            const np_knot *other = &lane->knots[k];
            for (size_t n = 0; n < other->whole.name_count; n++)
                if (other->whole.names[n] == knot->slot)
                    alone = alone && other->falls && same_words(other->falls, &rule->date);
        }
        names n = {.book = book};
        if (lane->when) collect(&n, lane->when->root);
        if (alone && !n.value[knot->slot]) knot->falls = &rule->date;
    }
}

/* ---- leaves ---- */

static bool same_parts(const np_parts *a, const np_parts *b)
{
    return a->count == b->count && memcmp(a->parts, b->parts, a->count * sizeof *a->parts) == 0;
}

static void bundle_up(np_lane *lane, uint16_t number)
{
    np_knot *knot = &lane->knots[number];
    for (size_t i = 0; i < lane->bundle_count; i++) {
        np_bundle *bundle = &lane->bundles[i];
        const np_knot *first = &lane->knots[bundle->knots[0]];
        if (bundle->count == NP_BUNDLE_MAX || !same_parts(&first->whole, &knot->whole)) continue;
        if (first->falls != knot->falls && !(first->falls && knot->falls && same_words(first->falls, knot->falls)))
            continue;
        bundle->knots[bundle->count++] = number;
        bundle->changed = bundle->changed || knot->changed;
        return;
    }
    lane->bundles[lane->bundle_count++] = (np_bundle){{number}, 1, knot->changed};
}

/* Lines that neither a rule nor the scenario's condition names. */
static void find_leaves(np_lane *lane, np_arena *arena)
{
    names n = {.book = lane->book};
    if (lane->when) collect(&n, lane->when->root);
    for (size_t i = 0; i < lane->knot_count; i++)
        for (size_t k = 0; k < lane->knots[i].whole.name_count; k++) n.value[lane->knots[i].whole.names[k]] = true;
    lane->bundles = np_arena_array(arena, lane->knot_count + 1, sizeof *lane->bundles);
    for (uint16_t i = 0; i < lane->knot_count; i++) {
        np_knot *knot = &lane->knots[i];
        knot->leaf =
            knot->kind != NP_FACT && knot->kind != NP_SALARY && !n.value[knot->slot] && !n.presence[knot->slot];
        if (knot->leaf) bundle_up(lane, i);
    }
}

static void add_inputs(names *n, bool *wanted)
{
    for (size_t i = 0; i < n->book->slot_count; i++) wanted[i] = wanted[i] || n->value[i] || n->presence[i];
}

/* What these formulas name goes into n; whether the overlay changed one of them, into *changed. */
static void take_formulas(names *n, const changes *c, const np_formula *const *formulas, size_t count, bool *changed)
{
    for (size_t i = 0; i < count; i++) {
        collect(n, formulas[i]->root);
        *changed = *changed || formula_changed(c, formulas[i]->root);
    }
}

static void take_slots(names *n, const uint16_t *slots, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (slots[i] != UINT16_MAX) n->value[slots[i]] = true;
}

static void sort_terms(np_lane *lane, const names *terms, const names *twins)
{
    for (uint16_t s = 0; s < lane->book->slot_count; s++) {
        if (terms->value[s] || terms->presence[s])
            lane->terms[lane->term_count++] = s;
        else if (twins->value[s] || twins->presence[s])
            lane->twins[lane->twin_count++] = s;
    }
}

static void read_terms(np_lane *lane, const changes *c, bool *wanted)
{
    const np_book *book = lane->book;
    const np_career_book *career = book->career;
    const np_career_slots *at = &career->slots;
    names terms = {.book = book}, twins = {.book = book}, ages = {.book = book};
    const np_progress *p = career->progress;
    for (size_t i = 0; i < career->contract_count; i++) {
        const np_formula *formulas[] = {&career->contracts[i].length, &career->contracts[i].maximum};
        take_formulas(&terms, c, formulas, 2, &lane->terms_changed);
    }
    for (size_t i = 0; i < career->path_count; i++) {
        const np_formula *date = &career->paths[i].date;
        take_formulas(&twins, c, &date, 1, &lane->twins_changed);
    }
    if (p) {
        const np_formula *steps[] = {&p->steps_from, &p->step_interval, &p->steps};
        const np_formula *ends[] = {&p->must_end, &p->must_end_when}, *salary = &p->salary;
        take_formulas(&terms, c, steps, 3, &lane->terms_changed);
        take_formulas(&ages, c, ends, 2, &lane->terms_changed);
        take_formulas(&twins, c, &salary, 1, &lane->twins_changed);
    }
    lane->terms_changed = lane->terms_changed || c->careers;
    const uint16_t state[] = {at->start, at->end, at->contract, at->contract_months, at->contract_end, at->step};
    const uint16_t twin[] = {at->grade, at->twin_grade, at->twin_advancement, book->country_slot};
    take_slots(&terms, state, sizeof state / sizeof state[0]);
    take_slots(&twins, twin, sizeof twin / sizeof twin[0]);
    sort_terms(lane, &terms, &twins);
    add_inputs(&terms, wanted);
    add_inputs(&twins, wanted);
    add_inputs(&ages, wanted);
}

/* Inputs that anything names; those with a default that could fail are always computed. */
static void read_inputs(np_lane *lane, bool *wanted)
{
    const np_book *book = lane->book;
    names n = {.book = book};
    for (size_t i = 0; i < lane->knot_count; i++)
        for (size_t k = 0; k < lane->knots[i].whole.name_count; k++) wanted[lane->knots[i].whole.names[k]] = true;
    for (size_t i = 0; i < book->check_count; i++)
        if (book->checks[i].stops) collect(&n, book->checks[i].when.root);
    if (lane->when) collect(&n, lane->when->root);
    for (size_t i = 0; i < book->input_count; i++) {
        const np_node *fallback = book->inputs[i].fallback.root;
        collect(&n, fallback);
        if (fallback && fallback->op != NP_OP_LITERAL) wanted[book->inputs[i].slot] = true;
    }
    add_inputs(&n, wanted);
    wanted[book->date_slot] = wanted[book->country_slot] = true;
    for (size_t i = 0; i < book->order_count; i++)
        if (book->slots[book->order[i]].kind == NP_SLOT_INPUT && wanted[book->order[i]])
            lane->inputs[lane->input_count++] = book->order[i];
}

static void change_all(np_lane *lane)
{
    lane->inputs_changed = lane->terms_changed = lane->twins_changed = lane->checks_changed = true;
    for (size_t i = 0; i < lane->knot_count; i++) lane->knots[i].changed = true;
}

/* Inputs of the baseline, by name. */
static void map_slots(np_lane *lane, const np_book *baseline)
{
    for (size_t i = 0; i < NP_SLOTS_MAX; i++) lane->slot_of[i] = UINT16_MAX;
    for (size_t i = 0; i < baseline->input_count; i++) {
        const np_input *here = np_book_input(lane->book, baseline->inputs[i].name);
        if (here && here->type == baseline->inputs[i].type) lane->slot_of[baseline->inputs[i].slot] = here->slot;
    }
}

void np_lane_read(np_lane *lane, np_arena *arena, const np_plan_book *own, const np_book *baseline)
{
    const np_book *book = own->book;
    changes c = {.book = book, .base = baseline ? baseline->layers : NP_LAYERS_MAX};
    bool wanted[NP_SLOTS_MAX] = {false};
    *lane = (np_lane){.book = book, .when = &own->when};
    lane->possible = np_track_possible(book);
    map_slots(lane, baseline ? baseline : book);
    if (!lane->possible) return;
    if (baseline) find_changes(&c, lane, baseline);
    read_knots(lane, arena, &c);
    read_terms(lane, &c, wanted);
    read_inputs(lane, wanted);
    if (lane->own) change_all(lane);
    find_once(lane);
    find_leaves(lane, arena);
    lane->checks = np_arena_array(arena, book->check_count + 1, sizeof *lane->checks);
    lane->check_count = np_plan_list_checks(book, lane->checks);
}
