/* Definitions of all files: layers laid over one another, keys taken one by one, suggestions. */
#include <string.h>

#include "build.h"
#include "definitions.h"

/* The keys that each type of section knows, for suggestions; and whether other forms of keys (dates, grades, inputs)
 * are read by the type's own builder. */
static const struct {
    const char *type, *keys;
} TYPES[] = {
    {"organisation", "name members languages rounding month_end step_value steps terms"},
    {"source", "title publisher date locator url"},
    {"currency", "symbol minor_unit"},
    {"exchange", "status source low high"},
    {"country", "currency member aliases status source"},
    {"station", "country town body aliases source"},
    {"grade", "rank category legacy draws_expatriation status source"},
    {"scale", "index reference floor status source"},
    {"parameter", "type reference status source low high"},
    {"input", "type default min max choices question about whole status"},
    {"rule", "kind when amount date rounding from until order status source"},
    {"check", "when message hint about severity source"},
    {"contract", "length probation renewal maximum then status source"},
    {"milestone", "contract when date every until each after number event falls status source"},
    {"path", "when date status source"},
    {"condition", "when holds missing status source"},
    {"career", "steps_from step_interval steps salary must_end must_end_when step_on_advancement step_clock status "
               "source"},
    {"pattern", ""},
    {"post", ""},
    {"person", ""},
    {"scenario", ""},
};

enum { TYPE_COUNT = sizeof TYPES / sizeof TYPES[0] };

static const char *known_keys(const char *type)
{
    for (size_t i = 0; i < TYPE_COUNT; i++)
        if (strcmp(TYPES[i].type, type) == 0) return TYPES[i].keys;
    return NULL;
}

/* ---- "did you mean" ---- */

typedef struct nearest {
    const char *word;
    const char *best;
    unsigned distance;
} nearest;

static nearest nearest_start(const char *word)
{
    size_t length = strlen(word);
    return (nearest){word, NULL, length <= 3 ? 2 : length <= 7 ? 3 : 4}; /* allow 1, 2 or 3 edits */
}

static void nearest_try(nearest *n, const char *candidate)
{
    unsigned distance = np_edit_distance(n->word, candidate, n->distance);
    if (distance >= n->distance) return;
    n->distance = distance;
    n->best = candidate;
}

static const char *suggest_key(np_arena *arena, const char *type, const char *word)
{
    nearest n = nearest_start(word);
    const char *list[2] = {known_keys(type), "label label.fr note"};
    for (size_t l = 0; l < 2; l++)
        for (const char *at = list[l]; at && *at;) {
            size_t length = strcspn(at, " ");
            nearest_try(&n, np_arena_copy(arena, at, length));
            at += length + strspn(at + length, " ");
        }
    return n.best;
}

static const char *suggest_type(const char *word)
{
    nearest n = nearest_start(word);
    for (size_t i = 0; i < TYPE_COUNT; i++) nearest_try(&n, TYPES[i].type);
    return n.best;
}

#define TRY_ALL(items, count)            \
    for (size_t i = 0; i < (count); i++) \
        if ((items)[i].name) nearest_try(&n, (items)[i].name)

/* A country's name in words suggests its code. */
static void try_countries(const np_book *book, nearest *near)
{
    nearest n = *near;
    TRY_ALL(book->countries, book->country_count);
    for (size_t i = 0; i < book->country_count; i++) {
        const np_country *country = &book->countries[i];
        unsigned before = n.distance;
        for (int lang = 0; lang < NP_LANG_COUNT; lang++)
            if (country->label.by[lang]) nearest_try(&n, country->label.by[lang]);
        for (size_t a = 0; a < country->alias_count; a++) nearest_try(&n, country->aliases[a]);
        if (n.distance < before) n.best = country->name;
    }
    *near = n;
}

const char *np_book_suggest(const np_book *book, const char *kind, const char *word)
{
    nearest n = nearest_start(word);
    bool any = strcmp(kind, "name") == 0; /* of what a formula may name */
    if (strcmp(kind, "grade") == 0) TRY_ALL(book->grades, book->grade_count);
    if (strcmp(kind, "country") == 0) try_countries(book, &n);
    if (strcmp(kind, "currency") == 0) TRY_ALL(book->currencies, book->currency_count);
    if (strcmp(kind, "source") == 0) TRY_ALL(book->sources, book->source_count);
    if (any || strcmp(kind, "input") == 0) TRY_ALL(book->inputs, book->input_count);
    if (any || strcmp(kind, "rule") == 0) TRY_ALL(book->rules, book->rule_count);
    if (any || strcmp(kind, "parameter") == 0) TRY_ALL(book->parameters, book->parameter_count);
    return n.best;
}

/* ---- layers ---- */

static np_definition *definition_for(np_build *build, const np_ini_section *section, unsigned layer, bool *fresh)
{
    np_book *book = build->book;
    const char *full = np_arena_format(build->arena, "%s %s", section->type, section->name);
    int at = np_names_get(book->definition_index, full);
    *fresh = at < 0;
    if (at >= 0) return book->definitions[at];
    np_definition *definition = np_arena_alloc(build->arena, sizeof *definition);
    definition->type = section->type;
    definition->name = section->name;
    definition->at = section->at;
    definition->layer = layer;
    definition->order = book->definition_count;
    book->definitions = np_arena_grow(build->arena, book->definitions, &book->definition_capacity,
                                      book->definition_count + 1, sizeof *book->definitions);
    book->definitions[book->definition_count] = definition;
    np_names_put(build->arena, book->definition_index, full, (int)book->definition_count++);
    return definition;
}

/* An overlay's key replaces the whole key beneath it, its attributes (KEY.source, KEY.low, ...) included: they spoke of
 * the figure that is gone. */
static void drop_attributes(np_definition *definition, const char *name, unsigned layer)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < definition->key_count;) {
        const np_key *key = &definition->keys[i];
        if (key->layer < layer && strncmp(key->ini->name, name, length) == 0 && key->ini->name[length] == '.' &&
            strncmp(key->ini->name + length, ".fr", 4) != 0)
            definition->keys[i] = definition->keys[--definition->key_count];
        else
            i++;
    }
}

static void lay_key(np_build *build, np_definition *definition, const np_ini_key *ini, unsigned layer)
{
    drop_attributes(definition, ini->name, layer);
    for (size_t i = 0; i < definition->key_count; i++) {
        np_key *key = &definition->keys[i];
        if (strcmp(key->ini->name, ini->name) != 0) continue;
        np_key *below = np_arena_alloc(build->arena, sizeof *below);
        *below = *key;
        if (strcmp(below->ini->value, ini->value) == 0 && layer > 0) {
            np_diag *diag = np_report(build->diags, NP_CODE_SHADOWED, ini->name_at,
                                      "this replaces the key '%s' by the value it has already", ini->name);
            np_diag_note(build->diags, diag, below->ini->name_at, "given here");
        }
        *key = (np_key){ini, layer, below, false};
        return;
    }
    definition->keys = np_arena_grow(build->arena, definition->keys, &definition->key_capacity,
                                     definition->key_count + 1, sizeof *definition->keys);
    definition->keys[definition->key_count++] = (np_key){ini, layer, NULL, false};
}

void np_lay_section(np_build *build, const np_ini_section *section, unsigned layer)
{
    if (!known_keys(section->type)) {
        np_span at = section->at;
        at.length = (uint32_t)strlen(section->type);
        np_diag *diag =
            np_report(build->diags, NP_CODE_UNKNOWN_TYPE, at, "no type of section is called '%s'", section->type);
        const char *near = suggest_type(section->type);
        if (near) np_diag_hint(build->diags, diag, "did you mean [%s %s]?", near, section->name);
        return;
    }
    if (section->name[0] == '\0' && strcmp(section->type, "scenario") != 0) {
        np_diag *diag = np_report(build->diags, NP_CODE_BAD_SECTION, section->at, "the section header names nothing");
        np_diag_hint(build->diags, diag, "write [%s NAME]", section->type);
        return;
    }
    bool fresh;
    np_definition *definition = definition_for(build, section, layer, &fresh);
    if (!fresh && definition->layers_seen == layer + 1) {
        np_diag *diag = np_report(build->diags, NP_CODE_DUPLICATE_DEFINITION, section->at, "[%s %s] is defined twice",
                                  section->type, section->name);
        np_diag_note(build->diags, diag, definition->at, "first defined here");
        np_diag_hint(build->diags, diag, "keep one, or put the second into an overlay (--with)");
        return;
    }
    definition->layers_seen = layer + 1;
    definition->at = section->at;
    for (size_t i = 0; i < section->key_count; i++)
        if (section->keys[i].value) lay_key(build, definition, &section->keys[i], layer);
}

/* ---- finding ---- */

size_t np_count_definitions(const np_book *book, const char *type)
{
    size_t cursor = 0, count = 0;
    while (np_next_definition(book, type, &cursor)) count++;
    return count;
}

np_definition *np_next_definition(const np_book *book, const char *type, size_t *cursor)
{
    while (*cursor < book->definition_count) {
        np_definition *definition = book->definitions[(*cursor)++];
        if (strcmp(definition->type, type) == 0) return definition;
    }
    return NULL;
}

const np_definition *np_book_definition(const np_book *book, const char *type, const char *name)
{
    for (size_t i = 0; i < book->definition_count; i++)
        if (strcmp(book->definitions[i]->type, type) == 0 && strcmp(book->definitions[i]->name, name) == 0)
            return book->definitions[i];
    return NULL;
}

const np_key *np_definition_key(const np_definition *definition, const char *name)
{
    for (size_t i = 0; i < definition->key_count; i++)
        if (strcmp(definition->keys[i].ini->name, name) == 0) return &definition->keys[i];
    return NULL;
}

/* ---- taking keys ---- */

const np_ini_key *np_take(np_definition *definition, const char *name)
{
    for (size_t i = 0; i < definition->key_count; i++)
        if (strcmp(definition->keys[i].ini->name, name) == 0) {
            definition->keys[i].used = true;
            return definition->keys[i].ini;
        }
    return NULL;
}

const np_ini_key *np_take_attribute(np_build *build, np_definition *definition, const char *key, const char *attribute)
{
    return np_take(definition, np_arena_format(build->arena, "%s.%s", key, attribute));
}

const char *np_take_text(np_definition *definition, const char *name)
{
    const np_ini_key *key = np_take(definition, name);
    return key ? key->value : NULL;
}

const char *np_need_text(np_build *build, np_definition *definition, const char *name)
{
    const np_ini_key *key = np_take(definition, name);
    if (key && key->value[0]) return key->value;
    np_diag *diag = np_report(build->diags, NP_CODE_MISSING_KEY, definition->at, "[%s %s] has no %s", definition->type,
                              definition->name, name);
    np_diag_hint(build->diags, diag, "add a line %s = ...", name);
    return "";
}

np_label np_take_label(np_build *build, np_definition *definition, const char *name)
{
    np_label label;
    label.by[NP_EN] = np_take_text(definition, name);
    label.by[NP_FR] = np_take_text(definition, np_arena_format(build->arena, "%s.fr", name));
    return label;
}

bool np_take_truth(np_build *build, np_definition *definition, const char *name, bool fallback)
{
    const np_ini_key *key = np_take(definition, name);
    bool truth = fallback;
    if (key) np_item_truth(build, key, np_whole(build, key), &truth);
    return truth;
}

void np_refuse_other_keys(np_build *build, np_definition *definition)
{
    np_take_label(build, definition, "label");
    np_take_label(build, definition, "note");
    for (size_t i = 0; i < definition->key_count; i++) {
        if (definition->keys[i].used) continue;
        const np_ini_key *key = definition->keys[i].ini;
        np_diag *diag = np_report(build->diags, NP_CODE_UNKNOWN_KEY, key->name_at, "[%s %s] has no key '%s'",
                                  definition->type, definition->name, key->name);
        const char *near = suggest_key(build->arena, definition->type, key->name);
        if (near) np_diag_hint(build->diags, diag, "did you mean %s?", near);
    }
}

const char *np_label_text(const np_label *label, np_lang lang, const char *name)
{
    if (label->by[lang]) return label->by[lang];
    return label->by[NP_EN] ? label->by[NP_EN] : name;
}
