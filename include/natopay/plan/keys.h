/* Which keys were seen: exact but for the chance that two keys share a hash of 128 bits.
 *
 * Memory is bounded whatever the number of keys: the last NP_KEYS_RECENT are held in a table; older ones go to scratch
 * space in sorted runs, which a filter of fixed size keeps from being asked for nearly every new key. */
#ifndef NATOPAY_PLAN_KEYS_H
#define NATOPAY_PLAN_KEYS_H

#include "natopay/plan/totals.h"

enum { NP_KEYS_RECENT = 1 << 18 };

typedef struct np_key_hash {
    uint64_t high, low;
} np_key_hash;

typedef struct np_keys {
    np_scratch scratch;
    np_key_hash *table; /* both zero: free */
    size_t count, slots;
    uint64_t *filter;
    np_sorted_run *runs;
    size_t run_count, run_capacity;
} np_keys;

typedef enum np_key_answer { NP_KEY_NEW, NP_KEY_SEEN, NP_KEY_FAILED } np_key_answer;

void np_keys_init(np_keys *keys, np_scratch scratch);
void np_keys_free(np_keys *keys);
np_key_answer np_keys_add(np_keys *keys, const char *key, size_t length);

#endif
