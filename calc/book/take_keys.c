/* Finding the definitions of a type, taking their keys one by one, and refusing the keys that nobody took. */
#include <string.h>

#include "build.h"
#include "natopay/book/schema.h"
#include "suggest.h"

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

/* Another definition of the type that has the key, and whose name is nearly this one's: of a section that lacks what it
 * needs, the one that was to be changed. Short names, as of countries, are near one another without a mistake. */
static const char *nearly_named(const np_build *build, const np_definition *definition, const char *key)
{
    np_nearest near = np_nearest_start(definition->name);
    near.distance = 3;
    if (strlen(definition->name) < 8) return NULL;
    for (size_t i = 0; i < build->book->definition_count; i++) {
        const np_definition *other = build->book->definitions[i];
        if (strcmp(other->type, definition->type) == 0 && strcmp(other->name, definition->name) != 0 &&
            np_definition_key(other, key))
            np_nearest_try(&near, other->name);
    }
    return near.best;
}

const np_ini_key *np_need(np_build *build, np_definition *definition, const char *name)
{
    const np_ini_key *key = np_take(definition, name);
    if (key && key->value[0]) return key;
    if (definition->damaged) return NULL; /* its line may be one that was refused */
    np_diag *diag = np_report(build->diags, NP_CODE_MISSING_KEY, definition->at, "[%s %s] has no %s", definition->type,
                              definition->name, name);
    const char *near = nearly_named(build, definition, name);
    if (near)
        np_diag_hint(build->diags, diag, "did you mean [%s %s]? Otherwise add a line %s = ...", definition->type, near,
                     name);
    else
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

/* "01.01.2026" or "be 1.1.2026" where a key begins with a day. */
static bool hint_day_of_key(np_build *build, np_diag *diag, const np_ini_key *key)
{
    const char *blank = strrchr(key->name, ' '), *day = blank ? blank + 1 : key->name;
    return build->book && np_is_digit(*day) && np_hint_day(build, diag, day);
}

static void refuse_key(np_build *build, const np_definition *definition, const np_ini_key *key)
{
    np_diags *diags = build->diags;
    np_diag *diag = np_report(diags, NP_CODE_UNKNOWN_KEY, key->name_at, "'%s' is no key of [%s %s]", key->name,
                              definition->type, definition->name);
    if (hint_day_of_key(build, diag, key)) return;
    const char *near = np_suggest_key(diags->arena, definition->type, key->name);
    if (near)
        np_diag_hint(diags, diag, "did you mean %s?", near);
    else
        np_diag_hint(diags, diag, "[%s ...] takes the keys label, note, %s", definition->type,
                     np_list_keys(diags->arena, definition->type));
}

void np_refuse_other_keys(np_build *build, np_definition *definition)
{
    np_take_label(build, definition, "label");
    np_take_label(build, definition, "note");
    for (size_t i = 0; i < definition->key_count; i++)
        if (!definition->keys[i].used && !definition->keys[i].taken)
            refuse_key(build, definition, definition->keys[i].ini);
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
    np_build build = {NULL, diags, diags->arena};
    size_t errors = diags->errors;
    for (size_t i = 0; i < definition->key_count; i++) {
        const np_ini_key *key = definition->keys[i].ini;
        bool known = np_is_label_or_note(key->name);
        for (size_t k = 0; section && k < section->key_count && !known; k++)
            known = np_same(section->keys[k].name, key->name);
        if (!known) refuse_key(&build, definition, key);
    }
    return diags->errors == errors;
}
