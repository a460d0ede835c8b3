#include "natopay/plan/keys.h"

#include <stdlib.h>
#include <string.h>

#include "hash.h"

enum { FIRST_SLOTS = 1024, FILTER_BITS = 1 << 25 };

void np_keys_init(np_keys *keys, np_scratch scratch)
{
    *keys = (np_keys){.scratch = scratch};
}

void np_keys_free(np_keys *keys)
{
    free(keys->table);
    free(keys->filter);
    free(keys->runs);
    np_keys_init(keys, keys->scratch);
}

static np_key_hash hash_of(const char *key, size_t length)
{
    uint64_t high = np_hash_bytes(key, length), low = 0x243F6A8885A308D3u;
    for (size_t i = 0; i < length; i++) low = np_mix(low, (unsigned char)key[i]);
    np_key_hash hash = {np_mix(high, low), np_mix(low, length)};
    if (!hash.high && !hash.low) hash.low = 1;
    return hash;
}

static bool same(np_key_hash a, np_key_hash b)
{
    return a.high == b.high && a.low == b.low;
}

static int by_hash(const void *a, const void *b)
{
    const np_key_hash *x = a, *y = b;
    if (x->high != y->high) return x->high < y->high ? -1 : 1;
    return x->low < y->low ? -1 : x->low > y->low;
}

/* ---- the table ---- */

static np_key_hash *place(np_key_hash *table, size_t slots, np_key_hash hash)
{
    for (size_t at = hash.high & (slots - 1);; at = (at + 1) & (slots - 1))
        if ((!table[at].high && !table[at].low) || same(table[at], hash)) return &table[at];
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

static bool spill(np_keys *keys)
{
    if (!keys->filter) keys->filter = calloc(FILTER_BITS / 64, sizeof *keys->filter);
    if (keys->run_count == keys->run_capacity) {
        size_t larger = keys->run_capacity ? 2 * keys->run_capacity : 16;
        np_sorted_run *moved = realloc(keys->runs, larger * sizeof *moved);
        if (!moved) return false;
        keys->runs = moved;
        keys->run_capacity = larger;
    }
    if (!keys->filter || !keys->scratch.write) return false;
    size_t count = 0;
    for (size_t i = 0; i < keys->slots; i++) {
        np_key_hash hash = keys->table[i];
        if (!hash.high && !hash.low) continue;
        for (int k = 0; k < 3; k++) keys->filter[filter_bit(hash, k) / 64] |= (uint64_t)1 << (filter_bit(hash, k) % 64);
        keys->table[count++] = hash;
    }
    qsort(keys->table, count, sizeof *keys->table, by_hash);
    uint64_t at;
    if (!keys->scratch.write(keys->scratch.context, keys->table, count * sizeof *keys->table, &at)) return false;
    keys->runs[keys->run_count++] = (np_sorted_run){at, count};
    memset(keys->table, 0, keys->slots * sizeof *keys->table);
    keys->count = 0;
    return true;
}

static np_key_answer ask_run(const np_keys *keys, const np_sorted_run *run, np_key_hash hash)
{
    uint64_t low = 0, high = run->count;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        np_key_hash here;
        if (!keys->scratch.read(keys->scratch.context, &here, sizeof here, run->at + middle * sizeof here))
            return NP_KEY_FAILED;
        int order = by_hash(&here, &hash);
        if (order == 0) return NP_KEY_SEEN;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NP_KEY_NEW;
}

np_key_answer np_keys_add(np_keys *keys, const char *key, size_t length)
{
    np_key_hash hash = hash_of(key, length);
    if (keys->run_count && may_be_old(keys, hash))
        for (size_t i = 0; i < keys->run_count; i++) {
            np_key_answer answer = ask_run(keys, &keys->runs[i], hash);
            if (answer != NP_KEY_NEW) return answer;
        }
    if (keys->count == NP_KEYS_RECENT && !spill(keys)) return NP_KEY_FAILED;
    if ((keys->count + 1) * 2 > keys->slots && !grow(keys)) return NP_KEY_FAILED;
    np_key_hash *at = place(keys->table, keys->slots, hash);
    if (at->high || at->low) return NP_KEY_SEEN;
    *at = hash;
    keys->count++;
    return NP_KEY_NEW;
}
