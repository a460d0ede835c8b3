/* Whether a key was seen before: recent keys in a table, older ones in sorted runs. */
#include "natopay/plan/seen_keys.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1024, FILTER_BITS = 1 << 25 };

void np_keys_init(np_keys *keys, np_scratch scratch)
{
    *keys = (np_keys){0};
    np_key_lists_init(&keys->older, scratch);
}

void np_keys_free(np_keys *keys)
{
    free(keys->table);
    free(keys->filter);
    np_key_lists_free(&keys->older);
    np_keys_init(keys, keys->older.scratch);
}

/* ---- the table ---- */

/* By its first bits, so that the table lies nearly in the order of its keys. */
static inline size_t slot_of(size_t slots, np_key_hash hash)
{
    return (size_t)(hash.high >> (__builtin_clzll(slots) + 1));
}

static np_key_hash *place(np_key_hash *table, size_t slots, np_key_hash hash)
{
    for (size_t at = slot_of(slots, hash);; at = (at + 1) & (slots - 1))
        if ((!table[at].high && !table[at].low) || np_key_compare(table[at], hash) == 0) return &table[at];
}

static bool grow(np_keys *keys)
{
    size_t slots = keys->slots ? keys->slots * 2 : FIRST_SLOTS;
    np_key_hash *table = calloc(slots, sizeof *table);
    if (!table) return false;
    for (size_t i = 0; i < keys->slots; i++)
        if (keys->table[i].high || keys->table[i].low) *place(table, slots, keys->table[i]) = keys->table[i];
    free(keys->table);
    keys->table = table;
    keys->slots = slots;
    return true;
}

/* ---- older keys ---- */

static uint32_t filter_bit(np_key_hash hash, int which)
{
    return (uint32_t)(hash.low >> (which * 20)) & (FILTER_BITS - 1);
}

static bool may_be_old(const np_keys *keys, np_key_hash hash)
{
    for (int i = 0; i < 3; i++) {
        uint32_t bit = filter_bit(hash, i);
        if (!(keys->filter[bit / 64] >> (bit % 64) & 1)) return false;
    }
    return true;
}

/* In place; keys that are nearly in their order take little more than a look at each. */
static void sort_nearly_sorted(np_key_hash *keys, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        np_key_hash key = keys[i];
        size_t at = i;
        for (; at > 0 && np_key_compare(keys[at - 1], key) > 0; at--) keys[at] = keys[at - 1];
        keys[at] = key;
    }
}

/* The table becomes a sorted list outside memory. */
static bool put_aside(np_keys *keys)
{
    size_t count = 0;
    for (size_t i = 0; i < keys->slots; i++)
        if (keys->table[i].high || keys->table[i].low) keys->table[count++] = keys->table[i];
    sort_nearly_sorted(keys->table, count);
    return np_key_lists_put(&keys->older, 0, keys->table, count);
}

static bool spill(np_keys *keys)
{
    if (!keys->filter) keys->filter = calloc(FILTER_BITS / 64, sizeof *keys->filter);
    if (!keys->filter || !put_aside(keys)) return false;
    for (size_t i = 0; i < keys->count; i++)
        for (int k = 0; k < 3; k++) {
            uint32_t bit = filter_bit(keys->table[i], k);
            keys->filter[bit / 64] |= (uint64_t)1 << (bit % 64);
        }
    memset(keys->table, 0, keys->slots * sizeof *keys->table);
    keys->count = 0;
    return true;
}

static np_key_answer ask_list(const np_key_lists *older, const np_sorted_run *run, np_key_hash hash)
{
    uint64_t low = 0, high = run->count;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        np_key_hash here;
        if (!older->scratch.read(older->scratch.context, &here, sizeof here, run->at + middle * sizeof here))
            return NP_KEY_FAILED;
        int order = np_key_compare(here, hash);
        if (order == 0) return NP_KEY_SEEN;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NP_KEY_NEW;
}

np_key_hash np_keys_expect(const np_keys *keys, const char *key, size_t length)
{
    np_key_hash hash = np_key_hash_of(key, length);
    if (keys->slots) __builtin_prefetch(&keys->table[slot_of(keys->slots, hash)], 1);
    for (int i = 0; keys->older.count && i < 3; i++) __builtin_prefetch(&keys->filter[filter_bit(hash, i) / 64]);
    return hash;
}

np_key_answer np_keys_add(np_keys *keys, const char *key, size_t length)
{
    return np_keys_take(keys, np_key_hash_of(key, length));
}

np_key_answer np_keys_take(np_keys *keys, np_key_hash hash)
{
    if (keys->older.count && may_be_old(keys, hash))
        for (size_t i = 0; i < keys->older.count; i++) {
            np_key_answer answer = ask_list(&keys->older, &keys->older.lists[i].run, hash);
            if (answer != NP_KEY_NEW) return answer;
        }
    if (keys->count == NP_KEYS_RECENT && !spill(keys)) return NP_KEY_FAILED;
    if ((keys->count + 1) * 2 > keys->slots && !grow(keys)) return NP_KEY_NO_MEMORY;
    np_key_hash *at = place(keys->table, keys->slots, hash);
    if (at->high || at->low) return NP_KEY_SEEN;
    *at = hash;
    keys->count++;
    return NP_KEY_NEW;
}

bool np_keys_hand_over(np_keys *keys, np_key_lists *lists)
{
    bool ok = put_aside(keys);
    *lists = keys->older;
    np_key_lists_init(&keys->older, lists->scratch);
    np_keys_free(keys);
    return ok;
}
