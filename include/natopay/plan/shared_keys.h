/* Keys of rows as hashes, in sorted lists outside memory: to tell which keys two parts of a plan share.
 *
 * The hash is SipHash-2-4 of 128 bits under the key 00 01 .. 0f: fixed, since parts hold hashes and are read on other
 * machines. Two different keys share one with a chance that no list of staff comes near. */
#ifndef NATOPAY_PLAN_SHARED_KEYS_H
#define NATOPAY_PLAN_SHARED_KEYS_H

#include "natopay/plan/totals.h"

typedef struct np_key_hash {
    uint64_t high, low;
} np_key_hash;

/* Never both zero, which stands for no key. */
np_key_hash np_key_hash_of(const char *key, size_t length);
int np_key_compare(np_key_hash a, np_key_hash b);

/* A key as text in a sorted list: how much it is above the one before it (both zero before the first), to the base 64
 * with the digits - 0 .. 9 A .. Z _ a .. z. */
enum { NP_KEY_DIGITS = 22 };
void np_key_print(np_text *out, np_key_hash before, np_key_hash key);
/* False when text is no such number, or the key is not above the one before it. */
bool np_key_parse(const char *text, np_key_hash before, np_key_hash *key);

/* Keys of one part, ascending. A part may have several lists. */
typedef struct np_key_list {
    np_sorted_run run;
    uint32_t part;
} np_key_list;

typedef struct np_key_lists {
    np_scratch scratch;
    np_key_list *lists;
    size_t count, capacity;
    uint64_t keys; /* in all lists */
} np_key_lists;

void np_key_lists_init(np_key_lists *lists, np_scratch scratch);
void np_key_lists_free(np_key_lists *lists);

/* Add a list of keys that ascend. False: no memory, or scratch space cannot be written. */
bool np_key_lists_put(np_key_lists *lists, uint32_t part, const np_key_hash *keys, size_t count);

/* Hand out the keys of all lists in order; equal ones by their parts. Memory is bounded whatever the number of keys.
 * False: no memory, scratch space cannot be read, or `take` said so. */
bool np_key_lists_each(const np_key_lists *lists, bool (*take)(void *context, np_key_hash key, uint32_t part),
                       void *context);

/* Two parts, the first one of those with a key, and how many keys both hold. */
typedef struct np_shared_pair {
    uint32_t a, b;
    uint64_t keys;
} np_shared_pair;

enum { NP_SHARED_PAIRS = 8 };

typedef struct np_shared_keys {
    uint64_t keys;                         /* that more than one part holds */
    np_shared_pair pairs[NP_SHARED_PAIRS]; /* the first of them in the order of the parts */
    size_t pair_count;
} np_shared_keys;

/* False as above. */
bool np_key_lists_shared(const np_key_lists *lists, np_shared_keys *shared);

#endif
