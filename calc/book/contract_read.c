/* Contracts, milestones, paths, conditions and progress: read and compiled. */
#include "natopay/book/contracts.h"

#include <string.h>

#include "build.h"
#include "natopay/book/schema.h"

typedef struct reading {
    np_build *build;
    np_definition *definition;
    np_career_book *career;
} reading;

/* ---- what all have ---- */

/* Formulas are compiled at once, since inputs and rules are there; one of another type is set aside. */
static void read_keys(reading *r, void *into)
{
    const np_section_schema *section = np_section_schema_of(r->definition->type);
    np_read_keys(r->build, r->definition, into);
    for (size_t i = 0; section && i < section->key_count; i++) {
        const np_key_schema *key = &section->keys[i];
        np_type type = NP_NONE;
        if (key->kind != NP_KEY_FORMULA || !np_type_parse(key->values, &type)) continue;
        np_formula *formula = (void *)((char *)into + key->at);
        if (!np_compile_expect(r->build, formula, type)) formula->root = NULL;
    }
}

static np_about about(reading *r)
{
    np_build *build = r->build;
    np_about a = {.name = r->definition->name, .at = r->definition->at};
    const np_ini_key *status = np_take(r->definition, "status"), *source = np_take(r->definition, "source");
    a.label = np_take_label(build, r->definition, "label");
    a.note = np_take_label(r->build, r->definition, "note");
    bool users = r->definition->layer > 0; /* what an overlay adds is the user's own unless it says what it is */
    a.has_status = status || users;
    if (users) a.status = NP_USER;
    if (status) a.status = np_read_status(build, status, a.status);
    a.sources = np_read_sources(build, source, &a.source_count);
    return a;
}

/* ---- contracts ---- */

int np_book_contract(const np_book *book, const char *name)
{
    for (size_t i = 0; i < book->career->contract_count; i++)
        if (strcmp(book->career->contracts[i].about.name, name) == 0) return (int)i;
    return -1;
}

int np_book_path(const np_book *book, const char *name)
{
    for (size_t i = 0; i < book->career->path_count; i++)
        if (strcmp(book->career->paths[i].about.name, name) == 0) return (int)i;
    return -1;
}

static int contract_named(reading *r, const char *name, np_span at)
{
    int found = np_book_contract(r->build->book, name);
    if (found >= 0) return found;
    np_diag *diag = np_report(r->build->diags, NP_CODE_UNKNOWN_CONTRACT, at, "no [contract %s] is defined", name);
    const char *list = "";
    for (size_t i = 0; i < r->career->contract_count; i++)
        list = np_arena_format(r->build->arena, "%s%s%s", list, i ? ", " : "", r->career->contracts[i].about.name);
    np_diag_hint(r->build->diags, diag, "the kinds of contract are: %s", list);
    return -1;
}

static void read_contract(reading *r)
{
    np_contract *contract = &r->career->contracts[r->career->contract_count++];
    contract->about = about(r);
    read_keys(r, contract);
    contract->then = -1;
    np_take(r->definition, "then"); /* once all kinds are known */
    np_take_contract_sample(r->build, r->definition, contract);
    np_refuse_other_keys(r->build, r->definition);
}

static void follow_up(reading *r)
{
    size_t cursor = 0, at = 0;
    while ((r->definition = np_next_definition(r->build->book, "contract", &cursor))) {
        const np_ini_key *then = np_take(r->definition, "then");
        if (at == r->career->contract_count) return;
        if (then) r->career->contracts[at].then = contract_named(r, then->value, then->value_at);
        at++;
    }
}

/* ---- milestones ---- */

static void read_kinds(reading *r, np_milestone *milestone)
{
    const np_ini_key *key = np_take(r->definition, "contract");
    if (!key) return;
    size_t count = 0;
    np_item *items = np_split(r->build, key, &count);
    for (size_t i = 0; i < count; i++) {
        int found = contract_named(r, items[i].text, np_ini_value_span(key, items[i].index, items[i].length));
        if (found >= 0) milestone->contracts |= (uint64_t)1 << found;
    }
}

static void read_milestone(reading *r)
{
    np_milestone *m = &r->career->milestones[r->career->milestone_count++];
    m->about = about(r);
    m->falls = -1;
    read_kinds(r, m);
    read_keys(r, m);
    if (m->since.key && !m->every.key) np_need(r->build, r->definition, "every");
    const np_ini_key *falls = np_take(r->definition, "falls");
    const np_rule *rule = falls ? np_book_rule(r->build->book, falls->value) : NULL;
    if (rule) m->falls = (int)(rule - r->build->book->rules);
    if (falls && !rule)
        np_report(r->build->diags, NP_CODE_UNKNOWN_NAME, falls->value_at, "no rule is called '%s'", falls->value);
    int ways = (m->date.key != NULL) + (m->since.key != NULL) + (m->each.key != NULL) + (falls != NULL) +
               (m->event != NP_EVENT_NONE);
    if (ways != 1) {
        np_diag *diag =
            np_report(r->build->diags, NP_CODE_MISSING_KEY, m->about.at,
                      ways ? NP_MARK("[milestone %s] has more than one of date, since, each, event and falls")
                           : NP_MARK("[milestone %s] has none of date, since, each, event and falls"),
                      m->about.name);
        np_diag_hint(r->build->diags, diag, "a milestone's dates come from exactly one of them");
    }
    np_refuse_other_keys(r->build, r->definition);
}

/* ---- paths, conditions, progress ---- */

static void read_path(reading *r)
{
    np_path *path = &r->career->paths[r->career->path_count++];
    path->about = about(r);
    read_keys(r, path);
    np_refuse_other_keys(r->build, r->definition);
}

static void read_condition(reading *r)
{
    np_condition *condition = &r->career->conditions[r->career->condition_count++];
    condition->about = about(r);
    read_keys(r, condition);
    np_refuse_other_keys(r->build, r->definition);
}

/* The comparison on advancement asks what another grade would pay: rules were computed for the grade held now. */
static void refuse_rules(reading *r, const np_formula *f, const np_node *node)
{
    if (!node) return;
    if (node->op == NP_OP_SLOT && r->build->book->slots[node->index].kind == NP_SLOT_RULE)
        np_report(r->build->diags, NP_CODE_BAD_FORMULA, np_node_span(f, node),
                  "this formula may name inputs, parameters and scales, but no rule");
    for (size_t i = 0; i < node->argc; i++) refuse_rules(r, f, node->args[i]);
}

static void read_progress(reading *r)
{
    np_progress *p = np_arena_alloc(r->build->arena, sizeof *p);
    p->about = about(r);
    read_keys(r, p);
    refuse_rules(r, &p->salary, p->salary.root);
    p->restarts = np_take_word(r->build, r->definition, "step_clock", 0) == 1;
    np_refuse_other_keys(r->build, r->definition);
    if (r->career->progress) {
        np_diag *diag = np_report(r->build->diags, NP_CODE_DUPLICATE_DEFINITION, p->about.at,
                                  "a pack has one [career ...] section");
        np_diag_note(r->build->diags, diag, r->career->progress->about.at, "the other one");
    }
    r->career->progress = p;
}

/* ---- all of it ---- */

static void read_all(reading *r, const char *type, void (*read)(reading *))
{
    size_t cursor = 0;
    while ((r->definition = np_next_definition(r->build->book, type, &cursor))) read(r);
}

static uint16_t slot_of(const np_book *book, const char *name, np_type type)
{
    const np_input *input = np_book_input(book, name);
    return input && input->type == type ? input->slot : UINT16_MAX;
}

static void find_slots(const np_book *book, np_career_slots *slots)
{
    slots->start = slot_of(book, "start", NP_DATE);
    slots->end = slot_of(book, "end", NP_DATE);
    slots->contract = slot_of(book, "contract", NP_TEXT);
    slots->contract_months = slot_of(book, "contract_months", NP_NUMBER);
    slots->contract_end = slot_of(book, "contract_end", NP_DATE);
    slots->grade = slot_of(book, "grade", NP_GRADE);
    slots->twin_grade = slot_of(book, "twin_grade", NP_GRADE);
    slots->step = slot_of(book, "step", NP_NUMBER);
    slots->twin_advancement = slot_of(book, "twin_advancement", NP_TEXT);
    slots->grade_at_recruitment = slot_of(book, "grade_at_recruitment", NP_GRADE);
}

void np_build_careers(np_build *build)
{
    np_book *book = build->book;
    np_arena *arena = build->arena;
    np_career_book *career = np_arena_alloc(arena, sizeof *career);
    reading r = {build, NULL, career};
    book->career = career;
    size_t contracts = np_count_definitions(book, "contract"), cursor = 0;
    if (contracts > NP_CONTRACTS_MAX) {
        np_report(build->diags, NP_CODE_TOO_MANY, np_next_definition(book, "contract", &cursor)->at,
                  "there are more than %d kinds of contract", NP_CONTRACTS_MAX);
        return;
    }
    career->contracts = np_arena_array(arena, contracts + 1, sizeof *career->contracts);
    career->milestones = np_arena_array(arena, np_count_definitions(book, "milestone") + 1, sizeof *career->milestones);
    career->paths = np_arena_array(arena, np_count_definitions(book, "path") + 1, sizeof *career->paths);
    career->conditions = np_arena_array(arena, np_count_definitions(book, "condition") + 1, sizeof *career->conditions);
    find_slots(book, &career->slots);
    read_all(&r, "contract", read_contract);
    follow_up(&r);
    np_check_contract_samples(build);
    read_all(&r, "milestone", read_milestone);
    read_all(&r, "path", read_path);
    read_all(&r, "condition", read_condition);
    read_all(&r, "career", read_progress);
}
