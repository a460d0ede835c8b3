/* Reading a scenario: its file over the rule book, its title and whom it is for. */
#include "natopay/plan/scenario.h"

#include <string.h>

#include "natopay/book/schema.h"

static const char *text_of(const np_definition *definition, const char *name)
{
    const np_key *key = np_definition_key(definition, name);
    return key ? key->ini->value : NULL;
}

/* A file without the section is a scenario all the same: its name is the file's. */
static const char *name_of_file(np_book *book, unsigned layer)
{
    const char *path = book->layer_name[layer], *slash = strrchr(path, '/');
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

/* The section [scenario] of a layer; NULL: it has none, or too many, which is reported. */
static const np_definition *section_of(const np_book *book, np_diags *diags, unsigned layer)
{
    const np_definition *found = NULL;
    for (size_t i = 0; i < book->definition_count; i++) {
        const np_definition *definition = book->definitions[i];
        if (strcmp(definition->type, "scenario") != 0 || definition->layer != layer) continue;
        if (found) {
            np_diag *diag =
                np_report(diags, NP_CODE_TOO_MANY, definition->at, "there is more than one [scenario] in this file");
            np_diag_note(diags, diag, found->at, "the first");
            np_diag_hint(diags, diag, "give each scenario a file of its own, and --scenario for each");
            return NULL;
        }
        found = definition;
    }
    return found;
}

static const np_ini_key *when_of(const np_definition *definition)
{
    const np_key *when = definition ? np_definition_key(definition, "when") : NULL;
    return when ? when->ini : NULL;
}

/* The files are laid over one copy of the rules: a rule of one file would also hold for the staff of the other. */
static void refuse_other_staff(np_diags *diags, const np_ini_key *a, const np_ini_key *b)
{
    if (!a && !b) return;
    if (a && b && strcmp(a->value, b->value) == 0) return;
    np_diag *diag =
        np_report(diags, NP_CODE_SCENARIOS_APART, b ? b->name_at : a->name_at,
                  "scenarios on top of one another are for the same staff: only one of them has this 'when'");
    np_diag_hint(diags, diag, "give both the same condition, or put it into the rules and changes themselves");
}

/* What a layer adds to the scenario. */
static void add_layer(np_book *book, np_diags *diags, unsigned layer, np_scenario *scenario)
{
    const np_definition *found = section_of(book, diags, layer);
    const char *name = found && found->name[0] ? found->name : name_of_file(book, layer);
    np_label label = {0};
    const np_ini_key *when = when_of(found);
    if (found) {
        np_book_refuse_unknown_keys(diags, found);
        label = np_definition_label(book->arena, found, "label");
        if (!label.text) label.text = text_of(found, "title");
    }
    if (scenario->file_count == NP_SCENARIO_FILES_MAX) {
        np_report(diags, NP_CODE_TOO_MANY, found ? found->at : np_span_none(), "a scenario is made of %d files at most",
                  NP_SCENARIO_FILES_MAX);
        return;
    }
    if (scenario->file_count) {
        scenario->name = np_arena_format(book->arena, "%s+%s", scenario->name, name);
        refuse_other_staff(diags, scenario->when.key, when);
    } else {
        scenario->name = name;
        if (when) scenario->when = np_formula_compile(book, diags, when, NP_TRUTH, "'when'");
    }
    scenario->names[scenario->file_count] = name;
    scenario->labels[scenario->file_count++] = label;
    if (found) refuse_baseline(diags, scenario, found->at);
}

bool np_scenario_read(np_book *book, np_diags *diags, unsigned base, np_scenario *scenario)
{
    size_t errors = diags->errors;
    *scenario = (np_scenario){.name = ""};
    np_changes_read(book, diags, base, &scenario->changes, &scenario->change_count);
    for (unsigned layer = base + 1; layer <= book->layers; layer++) add_layer(book, diags, layer, scenario);
    return diags->errors == errors;
}

/* The first section of a file with nothing but posts and persons; NULL: the file is another one. */
static const np_ini_section *first_case(const np_ini *ini)
{
    for (size_t i = 0; i < ini->section_count; i++)
        if (strcmp(ini->sections[i].type, "post") != 0 && strcmp(ini->sections[i].type, "person") != 0) return NULL;
    return ini->section_count ? &ini->sections[0] : NULL;
}

bool np_scenario_refuse_cases(const np_book *book, np_diags *diags, unsigned base)
{
    size_t errors = diags->errors;
    for (unsigned layer = base + 1; layer <= book->layers; layer++)
        for (size_t i = 0; i < book->file_count; i++) {
            if (strcmp(book->files[i].file->name, book->layer_name[layer]) != 0) continue;
            const np_ini_section *found = first_case(&book->files[i]);
            if (!found) continue;
            np_diag *diag =
                np_report(diags, NP_CODE_UNKNOWN_TYPE, found->at, "[%s %s] is no scenario", found->type, found->name);
            np_diag_hint(diags, diag,
                         "a scenario changes rules, figures or staff: [rule NAME], [parameter NAME], [change NAME]; "
                         "posts are compared by natopay compare");
        }
    return diags->errors == errors;
}

const char *np_scenario_title(const np_scenario *scenario, np_arena *arena, const np_lang *lang)
{
    const char *title = "";
    for (size_t i = 0; i < scenario->file_count; i++)
        title = np_arena_format(arena, "%s%s%s", title, i ? " + " : "",
                                np_label_text(&scenario->labels[i], lang, scenario->names[i]));
    return title;
}
