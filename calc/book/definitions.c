/* The sections of all files become definitions: layers are laid over one another, translations beside. */
#include <string.h>

#include "definitions.h"
#include "natopay/book/load.h"
#include "natopay/book/schema.h"
#include "suggest.h"

static bool is_kind_of_rule(const char *word)
{
    for (int i = 0; i < NP_KIND_COUNT; i++)
        if (strcmp(np_kind_name((np_kind)i), word) == 0) return true;
    return false;
}

/* "rule basic_salary": what a definition is found by. */
static const char *full_name(np_arena *arena, const np_ini_section *section)
{
    size_t type_length = strlen(section->type), name_length = strlen(section->name);
    char *full = np_arena_alloc(arena, type_length + name_length + 2);
    memcpy(full, section->type, type_length);
    full[type_length] = ' ';
    memcpy(full + type_length + 1, section->name, name_length);
    return full;
}

static np_definition *definition_for(np_build *build, const np_ini_section *section, unsigned layer, bool *fresh)
{
    np_book *book = build->book;
    const char *full = full_name(build->arena, section);
    int at = np_names_get(book->definition_index, full);
    *fresh = at < 0;
    if (at >= 0) return book->definitions[at];
    np_definition *definition = np_arena_alloc(build->arena, sizeof *definition);
    definition->type = section->type;
    definition->name = section->name;
    definition->at = section->at;
    definition->layer = layer;
    definition->order = book->definition_count;
    definition->key_capacity = section->key_count;
    definition->keys = np_arena_array(build->arena, section->key_count, sizeof *definition->keys);
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
            !np_names_language(key->ini->name + length))
            definition->keys[i] = definition->keys[--definition->key_count];
        else
            i++;
    }
}

/* A new figure may well have the old one's source, status or label. */
static bool describes(const char *name)
{
    static const char *const WORDS[] = {"source", "status", "type", "label", "note", "reference"};
    size_t length = strlen(name);
    if (length > 3 && np_names_language(name + length - 3)) length -= 3;
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (strlen(WORDS[i]) == length && strncmp(WORDS[i], name, length) == 0) return true;
    return false;
}

/* Whether a file of an overlay says once more what another file does. */
static bool repeats(const np_key *below, const np_ini_key *ini, unsigned layer)
{
    const np_file *file = below->ini->name_at.file;
    return layer > 0 && !describes(ini->name) && strcmp(below->ini->value, ini->value) == 0 && file &&
           strcmp(file->name, NP_LIST_COLUMNS) != 0;
}

static void lay_key(np_build *build, np_definition *definition, const np_ini_key *ini, unsigned layer)
{
    if (layer > 0) drop_attributes(definition, ini->name, layer);
    for (size_t i = 0; i < definition->key_count; i++) {
        np_key *key = &definition->keys[i];
        if (strcmp(key->ini->name, ini->name) != 0) continue;
        np_key *below = np_arena_alloc(build->arena, sizeof *below);
        *below = *key;
        if (repeats(below, ini, layer)) {
            np_diag *diag = np_report(build->diags, NP_CODE_SHADOWED, ini->name_at,
                                      "this replaces the key '%s' by the value it has already", ini->name);
            np_diag_note(build->diags, diag, below->ini->name_at, "given here");
            np_diag_hint(build->diags, diag, "leave the line out");
        }
        *key = (np_key){ini, below, layer, false, false};
        return;
    }
    definition->keys = np_arena_grow(build->arena, definition->keys, &definition->key_capacity,
                                     definition->key_count + 1, sizeof *definition->keys);
    definition->keys[definition->key_count++] = (np_key){ini, NULL, layer, false, false};
}

/* Whether a section is one that a rule book can have; reported when it is not. */
static bool can_be_laid(np_build *build, const np_ini_section *section)
{
    if (!np_section_schema_of(section->type)) {
        np_span at = section->at;
        at.length = (uint32_t)strlen(section->type);
        np_diag *diag =
            np_report(build->diags, NP_CODE_UNKNOWN_TYPE, at, "no type of section is called '%s'", section->type);
        const char *near = np_suggest_type(section->type);
        if (strcmp(section->type, "list") == 0)
            np_diag_hint(build->diags, diag,
                         "a mapping says how a staff list is read: natopay plan STAFF.csv --list %s", at.file->name);
        else if (near)
            np_diag_hint(build->diags, diag, "did you mean [%s %s]?", near, section->name);
        else if (is_kind_of_rule(section->type))
            np_diag_hint(build->diags, diag, "write [rule %s] with kind = %s", section->name, section->type);
        else
            np_diag_hint(build->diags, diag, "the types are %s", np_list_types(build->arena));
        return false;
    }
    if (section->name[0] == '\0' && strcmp(section->type, "scenario") != 0) {
        np_diag *diag = np_report(build->diags, NP_CODE_BAD_SECTION, section->at, "the section header names nothing");
        np_diag_hint(build->diags, diag, "write [%s NAME]", section->type);
        return false;
    }
    return true;
}

void np_lay_section(np_build *build, const np_ini_section *section, unsigned layer)
{
    if (!can_be_laid(build, section)) return;
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
    definition->damaged = definition->damaged || section->damaged;
    for (size_t i = 0; i < section->key_count; i++)
        if (fresh) /* of its keys no two have one name */
            definition->keys[definition->key_count++] = (np_key){&section->keys[i], NULL, layer, false, false};
        else
            lay_key(build, definition, &section->keys[i], layer);
}

bool np_is_translation(const np_ini_section *section)
{
    for (size_t i = 0; i < section->key_count; i++) {
        const char *ending = strrchr(section->keys[i].name, '.');
        if (!ending || !np_names_language(ending)) return false;
    }
    return section->key_count > 0;
}

const np_definition *np_nearest_definition(const np_book *book, const char *type, const char *name)
{
    const np_definition *best = NULL, *definition;
    unsigned distance = 4;
    size_t cursor = 0;
    while ((definition = np_next_definition(book, type, &cursor))) {
        unsigned now = np_edit_distance(name, definition->name, distance);
        if (now >= distance) continue;
        distance = now;
        best = definition;
    }
    return best;
}

void np_lay_translation(np_build *build, const np_ini_section *section, unsigned layer)
{
    np_book *book = build->book;
    if (!can_be_laid(build, section)) return;
    int found = np_names_get(book->definition_index, full_name(build->arena, section));
    if (found < 0) {
        np_diag *diag =
            np_report(build->diags, NP_CODE_UNKNOWN_NAME, section->at,
                      "nothing defines the %s '%s', of which this is a translation", section->type, section->name);
        const np_definition *near = np_nearest_definition(book, section->type, section->name);
        if (near) np_diag_hint(build->diags, diag, "did you mean [%s %s]?", near->type, near->name);
        return;
    }
    np_definition *definition = book->definitions[found];
    definition->damaged = definition->damaged || section->damaged;
    for (size_t i = 0; i < section->key_count; i++) {
        const np_ini_key *ini = &section->keys[i];
        const np_key *there = np_definition_key(definition, ini->name);
        if (!there || there->layer != layer) {
            lay_key(build, definition, ini, layer);
            continue;
        }
        np_diag *diag = np_report(build->diags, NP_CODE_DUPLICATE_KEY, ini->name_at, "[%s %s] has the key '%s' already",
                                  definition->type, definition->name, ini->name);
        np_diag_note(build->diags, diag, there->ini->name_at, "first given here");
        np_diag_hint(build->diags, diag, "keep one of the two");
    }
}
