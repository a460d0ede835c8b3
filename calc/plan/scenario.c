#include "natopay/plan/scenario.h"

#include <string.h>

static int slot_of(np_checker *checker, const char *name, np_span at)
{
    int slot = np_book_slot(checker->book, name);
    if (slot >= 0) return slot;
    np_diag *diag = np_report(checker->diags, NP_CODE_UNKNOWN_NAME, at, "no input or rule is called '%s'", name);
    const char *near = np_book_suggest(checker->book, "input", name);
    if (near) np_diag_hint(checker->diags, diag, "did you mean %s?", near);
    return -1;
}

static const char *text_of(const np_definition *definition, const char *name)
{
    const np_key *key = np_definition_key(definition, name);
    return key ? key->ini->value : NULL;
}

static void refuse_unknown(const np_definition *definition, np_diags *diags)
{
    static const char *const KNOWN[] = {"title", "label", "label.fr", "when", "note", "note.fr", "source"};
    for (size_t i = 0; i < definition->key_count; i++) {
        const np_ini_key *key = definition->keys[i].ini;
        bool known = false;
        for (size_t k = 0; k < sizeof KNOWN / sizeof KNOWN[0]; k++) known = known || strcmp(key->name, KNOWN[k]) == 0;
        if (known) continue;
        np_diag *diag = np_report(diags, NP_CODE_UNKNOWN_KEY, key->name_at, "[scenario] knows no key '%s'", key->name);
        np_diag_hint(diags, diag,
                     "it has label, label.fr, title, when and note; rules and figures are sections of "
                     "their own");
    }
}

/* A file without the section is a scenario all the same: its name is the file's. */
static const char *name_of_file(np_book *book)
{
    const char *path = book->layer_name[book->layers], *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    return np_arena_copy(book->arena, name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

/* What every scenario is compared with has its name already. */
static void refuse_baseline(np_diags *diags, const np_scenario *scenario, np_span at)
{
    if (strcmp(scenario->name, NP_BASELINE) != 0) return;
    np_diag *diag = np_report(diags, NP_CODE_NAME_TAKEN, at,
                              "a scenario cannot be called '%s': the rule book as it is has this name", scenario->name);
    np_diag_hint(diags, diag, "give it another name: [scenario NAME]");
}

bool np_scenario_read(np_book *book, np_diags *diags, unsigned base, np_scenario *scenario)
{
    const np_definition *found = NULL;
    size_t errors = diags->errors;
    *scenario = (np_scenario){.name = name_of_file(book)};
    np_changes_read(book, diags, base, &scenario->changes, &scenario->change_count);
    for (size_t i = 0; i < book->definition_count; i++) {
        const np_definition *definition = book->definitions[i];
        if (strcmp(definition->type, "scenario") != 0 || definition->layer <= base) continue;
        if (found) {
            np_diag *diag =
                np_report(diags, NP_CODE_TOO_MANY, definition->at, "there is more than one [scenario] in this file");
            np_diag_note(diags, diag, found->at, "the first");
            np_diag_hint(diags, diag, "give each scenario a file of its own, and --scenario for each");
            return false;
        }
        found = definition;
    }
    if (!found) return diags->errors == errors;
    refuse_unknown(found, diags);
    if (found->name[0]) scenario->name = found->name;
    refuse_baseline(diags, scenario, found->at);
    scenario->label = np_definition_label(book->arena, found, "label");
    if (!scenario->label.text) scenario->label.text = text_of(found, "title");
    const np_key *when = np_definition_key(found, "when");
    if (!when) return diags->errors == errors;
    scenario->when = np_formula_parse(book, diags, when->ini);
    if (scenario->when.root) {
        np_checker checker = {book, diags, &scenario->when, slot_of, NULL};
        np_formula_check(&checker, scenario->when.root);
        np_formula_expect(&checker, scenario->when.root, NP_TRUTH, "'when'");
    }
    return diags->errors == errors;
}
