/* same_as = NAME: the keys that a section does not give are those of the section NAME of its type. They stay where they
 * are written: their place, source and status are those of that section. */
#include <string.h>

#include "definitions.h"

typedef enum state { UNSEEN, BEING_TAKEN, TAKEN } state;

typedef struct taking {
    np_build *build;
    uint8_t *states; /* [definition] */
} taking;

/* The name of a key without what is behind its last dots: "ratio" of ratio.low.fr. */
static size_t base_length(const char *key)
{
    return strcspn(key, ".");
}

/* What is one section's alone: what it is called, what is said of it, and its place among the others. */
static bool is_its_own(const char *key)
{
    static const char *const OWN[] = {"label",    "note",     "same_as", "aliases", "people",
                                      "headings", "question", "rank",    "legacy",  "twin"};
    size_t length = base_length(key);
    for (size_t i = 0; i < sizeof OWN / sizeof OWN[0]; i++)
        if (strlen(OWN[i]) == length && strncmp(OWN[i], key, length) == 0) return true;
    return false;
}

/* Whether one of the first `count` keys is this one, or what it belongs to: who gives a ratio gives its ends too. */
static bool gives(const np_definition *definition, size_t count, const char *key)
{
    size_t length = base_length(key);
    for (size_t i = 0; i < count; i++) {
        const char *name = definition->keys[i].ini->name;
        if (strncmp(name, key, length) == 0 && (name[length] == '\0' || name[length] == '.')) return true;
    }
    return false;
}

static void add(const taking *t, np_definition *to, const np_ini_key *ini, const np_key *from)
{
    to->keys = np_arena_grow(t->build->arena, to->keys, &to->key_capacity, to->key_count + 1, sizeof *to->keys);
    to->keys[to->key_count++] = (np_key){ini, from->replaced, from->layer, false, true};
}

/* A section that says how sure its own figures are, or where they are from, does not say it of those that it takes. */
static void keep_origin(const taking *t, np_definition *to, size_t own, const np_definition *from, const char *key)
{
    static const char *const ORIGIN[] = {"status", "source"};
    for (size_t i = 0; i < sizeof ORIGIN / sizeof ORIGIN[0]; i++) {
        const np_key *there = np_definition_key(from, ORIGIN[i]);
        const char *name = np_arena_format(t->build->arena, "%s.%s", key, ORIGIN[i]);
        if (!there || !gives(to, own, ORIGIN[i]) || np_definition_key(from, name)) continue;
        np_ini_key *ini = np_arena_alloc(t->build->arena, sizeof *ini);
        *ini = *there->ini;
        ini->name = name;
        add(t, to, ini, there);
    }
}

static void take_keys(const taking *t, np_definition *to, const np_definition *from)
{
    size_t own = to->key_count;
    for (size_t i = 0; i < from->key_count; i++) {
        const char *name = from->keys[i].ini->name;
        if (is_its_own(name) || gives(to, own, name)) continue;
        add(t, to, from->keys[i].ini, &from->keys[i]);
        bool origin = strcmp(name, "status") == 0 || strcmp(name, "source") == 0;
        if (!origin && !strchr(name, '.')) keep_origin(t, to, own, from, name);
    }
}

/* The place of the section that is named; SIZE_MAX after reporting that there is none. */
static size_t find_named(const taking *t, const np_definition *definition, const np_ini_key *key)
{
    const np_book *book = t->build->book;
    for (size_t i = 0; i < book->definition_count; i++) {
        const np_definition *other = book->definitions[i];
        if (np_same(other->type, definition->type) && np_same(other->name, key->value)) return i;
    }
    np_diag *diag = np_report(t->build->diags, NP_CODE_UNKNOWN_NAME, key->value_at, "no [%s %s] is defined",
                              definition->type, key->value);
    const np_definition *near = np_nearest_definition(book, definition->type, key->value);
    if (near) np_diag_hint(t->build->diags, diag, "did you mean %s?", near->name);
    return SIZE_MAX;
}

static void take(const taking *t, size_t place)
{
    np_definition *definition = t->build->book->definitions[place];
    const np_ini_key *key = t->states[place] == UNSEEN ? np_take(definition, "same_as") : NULL;
    if (!key) return;
    t->states[place] = BEING_TAKEN;
    size_t other = find_named(t, definition, key);
    if (other != SIZE_MAX && t->states[other] == BEING_TAKEN) {
        np_diag *diag = np_report(t->build->diags, NP_CODE_CIRCLE, key->value_at, "same_as leads back to [%s %s]",
                                  definition->type, key->value);
        np_diag_hint(t->build->diags, diag, "one of these sections must give its keys itself");
    } else if (other != SIZE_MAX) {
        take(t, other);
        take_keys(t, definition, t->build->book->definitions[other]);
    }
    t->states[place] = TAKEN;
}

void np_take_same(np_build *build)
{
    size_t count = build->book->definition_count;
    taking t = {build, np_arena_array(build->arena, count + 1, sizeof *t.states)};
    for (size_t i = 0; i < count; i++) take(&t, i);
}
