/* Names and what they stand for: a hash table. */
#include <string.h>

#include "build.h"

typedef struct entry {
    const char *name;
    int value;
    uint32_t hash;
} entry;

struct np_names {
    entry *entries;
    size_t capacity; /* a power of two */
    size_t count;
};

static uint32_t hash_of(const char *name)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (const char *c = name; *c; c++) hash = (hash ^ (unsigned char)*c) * 16777619u;
    return hash;
}

static entry *place(const np_names *names, const char *name, uint32_t hash)
{
    size_t at = hash & (names->capacity - 1);
    while (names->entries[at].name && (names->entries[at].hash != hash || strcmp(names->entries[at].name, name) != 0))
        at = (at + 1) & (names->capacity - 1);
    return &names->entries[at];
}

np_names *np_names_new(np_arena *arena, size_t expected)
{
    np_names *names = np_arena_alloc(arena, sizeof *names);
    for (names->capacity = 16; names->capacity < 2 * expected;) names->capacity *= 2;
    names->entries = np_arena_array(arena, names->capacity, sizeof *names->entries);
    return names;
}

int np_names_get(const np_names *names, const char *name)
{
    const entry *found = place(names, name, hash_of(name));
    return found->name ? found->value : -1;
}

const char *np_names_next(const np_names *names, size_t *cursor, int *value)
{
    while (*cursor < names->capacity) {
        const entry *found = &names->entries[(*cursor)++];
        if (!found->name) continue;
        *value = found->value;
        return found->name;
    }
    return NULL;
}

static void grow(np_arena *arena, np_names *names)
{
    np_names larger = {np_arena_array(arena, names->capacity * 2, sizeof(entry)), names->capacity * 2, names->count};
    for (size_t i = 0; i < names->capacity; i++) {
        const entry *old = &names->entries[i];
        if (old->name) *place(&larger, old->name, old->hash) = *old;
    }
    *names = larger;
}

void np_names_put(np_arena *arena, np_names *names, const char *name, int value)
{
    if ((names->count + 1) * 2 > names->capacity) grow(arena, names);
    uint32_t hash = hash_of(name);
    entry *found = place(names, name, hash);
    if (!found->name) names->count++;
    *found = (entry){name, value, hash};
}
