#include <string.h>

#include "build.h"

typedef struct entry {
    const char *name;
    int value;
} entry;

struct np_names {
    entry *entries;
    size_t capacity; /* a power of two */
    size_t count;
};

static size_t place(const np_names *names, const char *name)
{
    uint64_t hash = 1469598103934665603u; /* FNV-1a */
    for (const char *c = name; *c; c++) hash = (hash ^ (unsigned char)*c) * 1099511628211u;
    size_t at = (size_t)hash & (names->capacity - 1);
    while (names->entries[at].name && strcmp(names->entries[at].name, name) != 0) at = (at + 1) & (names->capacity - 1);
    return at;
}

np_names *np_names_new(np_arena *arena)
{
    np_names *names = np_arena_alloc(arena, sizeof *names);
    names->capacity = 256;
    names->entries = np_arena_array(arena, names->capacity, sizeof *names->entries);
    return names;
}

int np_names_get(const np_names *names, const char *name)
{
    const entry *found = &names->entries[place(names, name)];
    return found->name ? found->value : -1;
}

void np_names_put(np_arena *arena, np_names *names, const char *name, int value)
{
    if ((names->count + 1) * 2 > names->capacity) {
        np_names larger = {np_arena_array(arena, names->capacity * 2, sizeof(entry)), names->capacity * 2,
                           names->count};
        for (size_t i = 0; i < names->capacity; i++)
            if (names->entries[i].name) larger.entries[place(&larger, names->entries[i].name)] = names->entries[i];
        *names = larger;
    }
    entry *found = &names->entries[place(names, name)];
    if (!found->name) names->count++;
    *found = (entry){name, value};
}
