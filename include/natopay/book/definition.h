/* Sections of the rule book's files as they were written, layers laid over one another, before they are understood. */
#ifndef NATOPAY_BOOK_DEFINITION_H
#define NATOPAY_BOOK_DEFINITION_H

#include <stdbool.h>
#include <stddef.h>

#include "natopay/book/ini.h"

typedef struct np_key {
    const np_ini_key *ini;
    const struct np_key *replaced; /* the same key of an earlier layer */
    unsigned layer;                /* 0: the pack; 1...: overlays in the order given */
    bool used, taken;              /* taken: it stands in another section, see same_as.c */
} np_key;

typedef struct np_definition {
    const char *type, *name;
    np_span at; /* the header */
    unsigned layer;
    unsigned layers_seen; /* in how many layers it was given */
    bool damaged;         /* one of its lines could not be read */
    np_key *keys;
    size_t key_count, key_capacity;
    size_t order; /* in which it was read */
} np_definition;

#endif
