/* Compiling the formulas of inputs and rules, each after those that it depends on, and then of checks. */
#include <string.h>

#include "build.h"
#include "natopay/book/scale.h"

enum { UNSEEN, OPEN, DONE };

typedef struct compiler {
    np_build *build;
    uint8_t state[NP_SLOTS_MAX];
    uint16_t path[NP_SLOTS_MAX]; /* slots being compiled, outermost first */
    size_t depth;
} compiler;

static const char *slot_name(const np_book *book, uint16_t slot)
{
    const np_slot *s = &book->slots[slot];
    return s->kind == NP_SLOT_INPUT ? book->inputs[s->index].name : book->rules[s->index].name;
}

static np_span slot_place(const np_book *book, uint16_t slot)
{
    const np_slot *s = &book->slots[slot];
    return s->kind == NP_SLOT_INPUT ? book->inputs[s->index].at : book->rules[s->index].at;
}

static void report_circle(compiler *c, uint16_t slot, np_span at)
{
    const np_book *book = c->build->book;
    size_t from = c->depth;
    while (from > 0 && c->path[from - 1] != slot) from--;
    const char *path = slot_name(book, slot);
    for (size_t i = from; i < c->depth; i++)
        path = np_arena_format(c->build->arena, "%s -> %s", path, slot_name(book, c->path[i]));
    path = np_arena_format(c->build->arena, "%s -> %s", path, slot_name(book, slot));
    np_diag *diag = np_report(c->build->diags, NP_CODE_CIRCLE, at, "these depend on one another in a circle: %s", path);
    for (size_t i = from > 0 ? from - 1 : 0; i < c->depth; i++)
        np_diag_note(c->build->diags, diag, slot_place(book, c->path[i]), "%s", slot_name(book, c->path[i]));
}

static void compile(compiler *c, uint16_t slot);

static int compiled_slot(np_checker *checker, const char *name, np_span at)
{
    int slot = np_book_slot(checker->book, name);
    if (slot < 0)
        np_report(checker->diags, NP_CODE_UNKNOWN_INPUT, at, "this needs an [input %s], which is not defined", name);
    return slot;
}

np_formula np_formula_compile(np_book *book, np_diags *diags, const np_ini_key *key, np_type wanted, const char *what)
{
    np_formula formula = np_formula_parse(book, diags, key);
    if (!formula.root) return formula;
    np_checker checker = {book, diags, &formula, compiled_slot, NULL};
    np_formula_check(&checker, formula.root);
    if (!np_formula_expect(&checker, formula.root, wanted, what)) formula.root = NULL;
    return formula;
}

/* A rule that a formula names is in use. -1: what is wrong with the slot was reported. */
static int used_slot(np_book *book, int slot)
{
    const np_slot *s = &book->slots[slot];
    if (s->kind == NP_SLOT_RULE) book->rules[s->index].used = true;
    return s->type == NP_NONE ? -1 : slot;
}

static int slot_of(np_checker *checker, const char *name, np_span at)
{
    compiler *c = checker->context;
    int slot = compiled_slot(checker, name, at);
    if (slot < 0) return -1;
    if (c->state[slot] == OPEN) {
        report_circle(c, (uint16_t)slot, at);
        return -1;
    }
    if (c->state[slot] == UNSEEN) compile(c, (uint16_t)slot);
    return used_slot(checker->book, slot);
}

/* The same once all slots are compiled. */
static int slot_of_compiled(np_checker *checker, const char *name, np_span at)
{
    int slot = compiled_slot(checker, name, at);
    return slot < 0 ? -1 : used_slot(checker->book, slot);
}

static np_type check(compiler *c, const np_formula *formula)
{
    np_checker checker = {c->build->book, c->build->diags, formula, slot_of, c};
    return formula->root ? np_formula_check(&checker, formula->root) : NP_NONE;
}

static bool check_and_expect(np_checker *checker, np_type wanted)
{
    np_node *root = checker->formula->root;
    if (!root) return true;
    np_formula_check(checker, root);
    return np_formula_expect(checker, root, wanted,
                             np_arena_format(checker->book->arena, "'%s'", checker->formula->key->name));
}

np_type np_compile_type(np_build *build, const np_formula *formula)
{
    np_checker checker = {build->book, build->diags, formula, slot_of_compiled, NULL};
    return np_formula_check(&checker, formula->root);
}

bool np_compile_expect(np_build *build, const np_formula *formula, np_type wanted)
{
    np_checker checker = {build->book, build->diags, formula, slot_of_compiled, NULL};
    return check_and_expect(&checker, wanted);
}

static void expect(compiler *c, const np_formula *formula, np_type wanted)
{
    np_checker checker = {c->build->book, c->build->diags, formula, slot_of, c};
    check_and_expect(&checker, wanted);
}

static void compile_rule(compiler *c, np_rule *rule, np_slot *slot)
{
    expect(c, &rule->when, NP_TRUTH);
    if (rule->kind == NP_FACT) {
        slot->type = check(c, &rule->amount);
        bool closes = !rule->when.key || slot->type == NP_NUMBER || slot->type == NP_MONEY || slot->type == NP_TRUTH ||
                      slot->type == NP_NONE;
        if (!closes) {
            np_diag *diag = np_report(c->build->diags, NP_CODE_TYPE_MISMATCH, rule->when.key->name_at,
                                      "a fact that is %s has no value when its condition does not hold",
                                      np_say(c->build->diags->lang, np_type_phrase(slot->type)));
            np_diag_hint(c->build->diags, diag, "use if ... then ... else ... in its amount");
        }
        if (rule->rounds && slot->type != NP_MONEY && slot->type != NP_NONE)
            np_diag_hint(c->build->diags,
                         np_report(c->build->diags, NP_CODE_TYPE_MISMATCH, rule->at,
                                   "the fact %s is %s, and only amounts of money have a rounding", rule->name,
                                   np_say(c->build->diags->lang, np_type_phrase(slot->type))),
                         "use round(number, unit) in its amount");
    } else {
        expect(c, &rule->amount, NP_MONEY);
        slot->type = rule->amount.root && rule->amount.root->type == NP_MONEY ? NP_MONEY : NP_NONE;
    }
    if (rule->date.root) expect(c, &rule->date, NP_DATE);
    rule->type = slot->type;
}

/* Slots that a formula names and nobody has looked at. */
typedef struct named {
    uint16_t slots[NP_SLOTS_MAX];
    size_t count;
} named;

static void add_named(const compiler *c, const np_node *node, named *found)
{
    for (size_t i = 0; i < node->argc; i++) add_named(c, node->args[i], found);
    int slot = node->op == NP_OP_NAME ? np_book_slot(c->build->book, node->name) : -1;
    if (slot < 0 || c->state[slot] != UNSEEN) return;
    for (size_t i = 0; i < found->count; i++)
        if (found->slots[i] == slot) return;
    found->slots[found->count++] = (uint16_t)slot;
}

/* What a slot needs goes first, from here: from within a deep formula a long chain of rules would fill the stack. */
static void compile_needed(compiler *c, const np_slot *slot)
{
    const np_book *book = c->build->book;
    named found = {.count = 0};
    if (slot->kind == NP_SLOT_RULE) {
        const np_rule *rule = &book->rules[slot->index];
        const np_formula *formulas[] = {&rule->when, &rule->amount, &rule->date};
        for (size_t i = 0; i < 3; i++)
            if (formulas[i]->root) add_named(c, formulas[i]->root, &found);
    } else if (book->inputs[slot->index].fallback.root) {
        add_named(c, book->inputs[slot->index].fallback.root, &found);
    }
    for (size_t i = 0; i < found.count; i++)
        if (c->state[found.slots[i]] == UNSEEN) compile(c, found.slots[i]);
}

/* The date is the first day in service of its month, so that it goes by the start. */
static void compile_start(compiler *c)
{
    const np_book *book = c->build->book;
    uint16_t start = book->start_slot;
    if (start == UINT16_MAX) return;
    if (c->state[start] == OPEN) report_circle(c, start, slot_place(book, start));
    if (c->state[start] == UNSEEN) compile(c, start);
}

static void compile(compiler *c, uint16_t slot)
{
    np_book *book = c->build->book;
    c->state[slot] = OPEN;
    c->path[c->depth++] = slot;
    if (slot == book->date_slot) compile_start(c);
    np_slot *s = &book->slots[slot];
    compile_needed(c, s);
    if (s->kind == NP_SLOT_RULE)
        compile_rule(c, &book->rules[s->index], s);
    else
        expect(c, &book->inputs[s->index].fallback, s->type);
    c->depth--;
    c->state[slot] = DONE;
    book->order[book->order_count++] = slot;
}

/* The slot of an input that the program itself reads; UINT16_MAX when the book has none. */
static uint16_t own_slot(np_build *build, const char *name, np_type type)
{
    const np_input *input = np_book_input(build->book, name);
    if (!input) return UINT16_MAX;
    if (input->type == type) return input->slot;
    np_report(build->diags, NP_CODE_TYPE_MISMATCH, input->at, "the input %s is of type %s", name, np_type_name(type));
    return UINT16_MAX;
}

/* The slot of an input that a key names; UINT16_MAX after reporting that there is none of the type. */
static uint16_t slot_named(np_build *build, const np_ini_key *key, np_type type)
{
    const np_input *input = np_book_input(build->book, key->value);
    if (input && input->type == type) return input->slot;
    const char *near = input ? NULL : np_book_suggest(build->book, "input", key->value);
    np_diag *diag = np_report(build->diags, NP_CODE_UNKNOWN_NAME, key->value_at, "'%s' is no input of type %s",
                              key->value, np_type_name(type));
    if (near) np_diag_hint(build->diags, diag, "did you mean %s?", near);
    return UINT16_MAX;
}

/* The organisation names the input that says the share of full working time. */
static uint16_t working_time_slot(np_build *build)
{
    size_t cursor = 0;
    np_definition *organisation = np_next_definition(build->book, "organisation", &cursor);
    const np_ini_key *key = organisation ? np_take(organisation, "working_time") : NULL;
    if (!key) return UINT16_MAX;
    return slot_named(build, key, NP_NUMBER);
}

/* Inputs that name the one of which they are the former value. */
static void find_former(np_build *build)
{
    np_definition *definition;
    for (size_t cursor = 0; (definition = np_next_definition(build->book, "input", &cursor));) {
        const np_ini_key *key = np_take(definition, "former");
        for (size_t i = 0; key && i < build->book->input_count; i++) {
            np_input *input = &build->book->inputs[i];
            if (strcmp(input->name, definition->name) == 0) input->former = slot_named(build, key, input->type);
        }
    }
}

static void index_slots(np_build *build)
{
    build->book->date_slot = own_slot(build, "date", NP_DATE);
    build->book->country_slot = own_slot(build, "duty_country", NP_COUNTRY);
    build->book->station_slot = own_slot(build, "station", NP_TEXT);
    build->book->grade_slot = own_slot(build, "grade", NP_GRADE);
    build->book->twin_slot = own_slot(build, "twin_grade", NP_GRADE);
    build->book->working_time_slot = working_time_slot(build);
    find_former(build);
    const np_input *start = np_book_input(build->book, "start");
    build->book->start_slot = start && start->type == NP_DATE ? start->slot : UINT16_MAX;
}

/* The newest section of each country that the pack itself has: an overlay says what would be, not what is. */
static void find_newest_scales(np_book *book)
{
    for (size_t i = 0; i < np_scale_places_of(book).end; i++) book->countries[i].newest_in_pack = NP_DATE_NONE;
    for (size_t i = 0; i < book->scale_count; i++) {
        const np_scale *scale = &book->scales[i];
        np_country *country = &book->countries[scale->country];
        bool in_pack = false;
        for (size_t d = 0; d < book->definition_count && !in_pack; d++) {
            const np_definition *definition = book->definitions[d];
            in_pack = definition->layer == 0 && definition->at.file == scale->at.file &&
                      definition->at.offset == scale->at.offset;
        }
        if (in_pack && scale->from > country->newest_in_pack) country->newest_in_pack = scale->from;
    }
}

static void pack_slot(np_build *build, const np_slot *slot)
{
    np_book *book = build->book;
    if (slot->kind == NP_SLOT_INPUT) {
        np_formula_pack(build->arena, &book->inputs[slot->index].fallback);
        return;
    }
    np_rule *rule = &book->rules[slot->index];
    np_formula_pack(build->arena, &rule->when);
    np_formula_pack(build->arena, &rule->amount);
    np_formula_pack(build->arena, &rule->date);
}

/* What each input is where nobody gives it. Most defaults are literals, or there is none: that is known beforehand. */
static void find_defaults(np_build *build)
{
    np_book *book = build->book;
    size_t count = 0;
    book->defaults = np_arena_array(build->arena, book->input_count + 1, sizeof *book->defaults);
    for (size_t i = 0; i < book->order_count; i++) {
        const np_slot *slot = &book->slots[book->order[i]];
        if (slot->kind != NP_SLOT_INPUT) continue;
        const np_input *input = &book->inputs[slot->index];
        const np_node *fallback = input->fallback.root;
        np_default *is = &book->defaults[count++];
        *is = (np_default){.slot = input->slot, .value = {.type = (uint8_t)input->type, .unknown = true}};
        is->value.as.missing = &book->missing_input[input->slot];
        is->stands = input->slot != book->date_slot && (!fallback || fallback->op == NP_OP_LITERAL);
        if (fallback && is->stands) is->value = fallback->literal;
    }
}

bool np_build_formulas(np_build *build)
{
    np_book *book = build->book;
    np_read_inputs(build);
    if (!np_read_rules(build)) return false;
    find_newest_scales(book);
    index_slots(build);
    np_read_checks(build);
    np_read_exclusions(build);
    book->missing_input = np_arena_array(build->arena, book->slot_count + 1, sizeof *book->missing_input);
    for (size_t slot = 0; slot < book->slot_count; slot++)
        book->missing_input[slot].bits[slot / 64] = (uint64_t)1 << (slot % 64);
    compiler c = {.build = build};
    /* first what other inputs are read by: an amount without a currency is in that of the duty country */
    if (book->country_slot != UINT16_MAX) compile(&c, book->country_slot);
    if (book->date_slot != UINT16_MAX && c.state[book->date_slot] == UNSEEN) compile(&c, book->date_slot);
    for (uint16_t slot = 0; slot < book->slot_count; slot++)
        if (c.state[slot] == UNSEEN) compile(&c, slot);
    for (size_t i = 0; i < book->check_count; i++) expect(&c, &book->checks[i].when, NP_TRUTH);
    for (size_t i = 0; i < book->exclusion_count; i++) expect(&c, &book->exclusions[i].when, NP_TRUTH);
    for (size_t i = 0; i < book->rule_count; i++) {
        const np_rule *rule = &book->rules[i];
        if (rule->kind == NP_ONCE && rule->date.root)
            book->once.bits[rule->slot / 64] |= (uint64_t)1 << (rule->slot % 64);
    }
    for (size_t i = 0; i < book->input_count; i++) {
        expect(&c, &book->inputs[i].range_low, book->inputs[i].type);
        expect(&c, &book->inputs[i].range_high, book->inputs[i].type);
    }
    np_build_dependencies(build);
    for (size_t i = 0; i < book->order_count; i++) pack_slot(build, &book->slots[book->order[i]]);
    find_defaults(build);
    return true;
}
