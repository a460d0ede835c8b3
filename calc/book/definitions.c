/* Definitions of all files: layers laid over one another, keys taken one by one. */
#include <string.h>

#include "definitions.h"
#include "natopay/book/schema.h"
#include "suggest.h"

static bool is_kind_of_rule(const char *word)
{
    for (int i = 0; i < NP_KIND_COUNT; i++)
        if (strcmp(np_kind_name((np_kind)i), word) == 0) return true;
    return false;
}

/* ---- layers ---- */

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

static void lay_key(np_build *build, np_definition *definition, const np_ini_key *ini, unsigned layer)
{
    if (layer > 0) drop_attributes(definition, ini->name, layer);
    for (size_t i = 0; i < definition->key_count; i++) {
        np_key *key = &definition->keys[i];
        if (strcmp(key->ini->name, ini->name) != 0) continue;
        np_key *below = np_arena_alloc(build->arena, sizeof *below);
        *below = *key;
        if (layer > 0 && !describes(ini->name) && strcmp(below->ini->value, ini->value) == 0) {
            np_diag *diag = np_report(build->diags, NP_CODE_SHADOWED, ini->name_at,
                                      "this replaces the key '%s' by the value it has already", ini->name);
            np_diag_note(build->diags, diag, below->ini->name_at, "given here");
            np_diag_hint(build->diags, diag, "leave the line out");
        }
        *key = (np_key){ini, below, layer, false};
        return;
    }
    definition->keys = np_arena_grow(build->arena, definition->keys, &definition->key_capacity,
                                     definition->key_count + 1, sizeof *definition->keys);
    definition->keys[definition->key_count++] = (np_key){ini, NULL, layer, false};
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
        if (near)
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
            definition->keys[definition->key_count++] = (np_key){&section->keys[i], NULL, layer, false};
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

/* Of the definitions of a type, the one whose name is nearest. */
static const np_definition *nearest_definition(const np_book *book, const char *type, const char *name)
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
        const np_definition *near = nearest_definition(book, section->type, section->name);
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
        if (np_same(definition->type, type)) return definition;
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
        if (np_same(definition->keys[i].ini->name, name)) return &definition->keys[i];
    return NULL;
}

/* ---- taking keys ---- */

const np_ini_key *np_take(np_definition *definition, const char *name)
{
    for (size_t i = 0; i < definition->key_count; i++)
        if (np_same(definition->keys[i].ini->name, name)) {
            definition->keys[i].used = true;
            return definition->keys[i].ini;
        }
    return NULL;
}

const np_ini_key *np_take_attribute(np_definition *definition, const char *key, const char *attribute)
{
    size_t length = strlen(key);
    for (size_t i = 0; i < definition->key_count; i++) {
        const char *name = definition->keys[i].ini->name;
        if (strncmp(name, key, length) != 0 || name[length] != '.' || strcmp(name + length + 1, attribute) != 0)
            continue;
        definition->keys[i].used = true;
        return definition->keys[i].ini;
    }
    return NULL;
}

const np_ini_key *np_need(np_build *build, np_definition *definition, const char *name)
{
    const np_ini_key *key = np_take(definition, name);
    if (key && key->value[0]) return key;
    if (definition->damaged) return NULL; /* its line may be one that was refused */
    np_diag *diag = np_report(build->diags, NP_CODE_MISSING_KEY, definition->at, "[%s %s] has no %s", definition->type,
                              definition->name, name);
    np_diag_hint(build->diags, diag, "add a line %s = ...", name);
    return NULL;
}

np_label np_definition_label(np_arena *arena, const np_definition *definition, const char *name)
{
    const np_key *english = np_definition_key(definition, name);
    np_label label = {english ? english->ini->value : NULL, NULL};
    size_t length = strlen(name);
    for (size_t i = 0; i < definition->key_count; i++) {
        const np_ini_key *key = definition->keys[i].ini;
        if (strncmp(key->name, name, length) != 0 || !np_names_language(key->name + length)) continue;
        np_translation *translation = np_arena_alloc(arena, sizeof *translation);
        *translation = (np_translation){key->name + length + 1, key->value, label.others};
        label.others = translation;
    }
    return label;
}

np_label np_take_label(np_build *build, np_definition *definition, const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < definition->key_count; i++) {
        const char *key = definition->keys[i].ini->name;
        bool own = strncmp(key, name, length) == 0 && (key[length] == '\0' || np_names_language(key + length));
        if (own) definition->keys[i].used = true;
    }
    return np_definition_label(build->arena, definition, name);
}

bool np_take_truth(np_build *build, np_definition *definition, const char *name, bool fallback)
{
    const np_ini_key *key = np_take(definition, name);
    bool truth = fallback;
    if (key) np_item_truth(build, key, np_whole(build, key), &truth);
    return truth;
}

static void refuse_key(np_diags *diags, const np_definition *definition, const np_ini_key *key)
{
    np_diag *diag = np_report(diags, NP_CODE_UNKNOWN_KEY, key->name_at, "'%s' is no key of [%s %s]", key->name,
                              definition->type, definition->name);
    const char *near = np_suggest_key(diags->arena, definition->type, key->name);
    if (near)
        np_diag_hint(diags, diag, "did you mean %s?", near);
    else
        np_diag_hint(diags, diag, "the keys of a %s are label, note, %s", definition->type,
                     np_list_keys(diags->arena, definition->type));
}

void np_refuse_other_keys(np_build *build, np_definition *definition)
{
    np_take_label(build, definition, "label");
    np_take_label(build, definition, "note");
    for (size_t i = 0; i < definition->key_count; i++)
        if (!definition->keys[i].used) refuse_key(build->diags, definition, definition->keys[i].ini);
}

bool np_is_label_or_note(const char *key)
{
    size_t length = strlen(key);
    if (length > 3 && np_names_language(key + length - 3)) length -= 3;
    return (length == 5 && strncmp(key, "label", 5) == 0) || (length == 4 && strncmp(key, "note", 4) == 0);
}

bool np_book_refuse_unknown_keys(np_diags *diags, const np_definition *definition)
{
    const np_section_schema *section = np_section_schema_of(definition->type);
    size_t errors = diags->errors;
    for (size_t i = 0; i < definition->key_count; i++) {
        const np_ini_key *key = definition->keys[i].ini;
        bool known = np_is_label_or_note(key->name);
        for (size_t k = 0; section && k < section->key_count && !known; k++)
            known = np_same(section->keys[k].name, key->name);
        if (!known) refuse_key(diags, definition, key);
    }
    return diags->errors == errors;
}

const char *np_label_text(const np_label *label, const np_lang *lang, const char *name)
{
    for (const np_translation *t = label->others; t && lang; t = t->next)
        if (strcmp(t->language, lang->language) == 0) return t->text;
    return label->text ? label->text : name;
}

bool np_book_speaks(const np_book *book, const char *language)
{
    for (size_t i = 0; i < book->definition_count; i++)
        for (size_t k = 0; k < book->definitions[i]->key_count; k++) {
            const char *ending = strrchr(book->definitions[i]->keys[k].ini->name, '.');
            if (ending && np_names_language(ending) && strcmp(ending + 1, language) == 0) return true;
        }
    return false;
}
