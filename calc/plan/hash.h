/* Hashes of keys and names. Private to calc/plan. */
#ifndef NATOPAY_PLAN_HASH_H
#define NATOPAY_PLAN_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t np_mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

static inline uint64_t np_hash_bytes(const char *bytes, size_t length)
{
    uint64_t hash = length, word;
    for (; length >= 8; bytes += 8, length -= 8) {
        memcpy(&word, bytes, 8);
        hash = np_mix(hash, word);
    }
    word = 0;
    memcpy(&word, bytes, length);
    return np_mix(hash, word);
}

#endif
