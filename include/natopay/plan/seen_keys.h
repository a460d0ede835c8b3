/* Which keys were seen: exact but for the chance that two keys share a hash of 128 bits.
 *
 * Memory is bounded whatever the number of keys: the last NP_KEYS_RECENT are held in a table; older ones go to scratch
 * space in sorted runs, which a filter of fixed size keeps from being asked for nearly every new key. */
#ifndef NATOPAY_PLAN_SEEN_KEYS_H
#define NATOPAY_PLAN_SEEN_KEYS_H

#include "natopay/plan/shared_keys.h"

enum { NP_KEYS_RECENT = 1 << 18 };

typedef struct np_keys {
    np_key_hash *table; /* both zero: free */
    size_t count, slots;
    uint64_t *filter;
    np_key_lists older;
} np_keys;

/* FAILED: scratch space did. */
typedef enum np_key_answer { NP_KEY_NEW, NP_KEY_SEEN, NP_KEY_FAILED, NP_KEY_NO_MEMORY } np_key_answer;

void np_keys_init(np_keys *keys, np_scratch scratch);
void np_keys_free(np_keys *keys);
np_key_answer np_keys_add(np_keys *keys, const char *key, size_t length);

/* The same in two steps, of which the first begins to fetch what the second looks at: for many keys, first the one for
 * all of them, then the other. */
np_key_hash np_keys_expect(const np_keys *keys, const char *key, size_t length);
np_key_answer np_keys_take(np_keys *keys, np_key_hash hash);

/* Hand over all keys that were added, as lists of part 0; none are left. False: no memory, or no scratch space. */
bool np_keys_hand_over(np_keys *keys, np_key_lists *lists);

#endif
