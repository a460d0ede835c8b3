/* "Did you mean ...?" for types of sections and their keys; np_book_suggest does it for names. */
#ifndef NATOPAY_BOOK_SUGGEST_H
#define NATOPAY_BOOK_SUGGEST_H

#include "natopay/base/arena.h"

/* The nearest of several candidates to a word; best is NULL while none is near. */
typedef struct np_nearest {
    const char *word;
    const char *best;
    unsigned distance;
} np_nearest;

np_nearest np_nearest_start(const char *word);
void np_nearest_try(np_nearest *nearest, const char *candidate);

/* The nearest type of section, or key of one; NULL: none is near. */
const char *np_suggest_type(const char *word);
const char *np_suggest_key(np_arena *arena, const char *type, const char *word);

/* "organisation, source and currency"; "kind, when, amount". */
const char *np_list_types(np_arena *arena);
const char *np_list_keys(np_arena *arena, const char *type);

#endif
