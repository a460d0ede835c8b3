#include "memo.h"

#include <stdlib.h>
#include <string.h>

#include "store.h"

enum { FIRST = 64, SMALL = 4096 };

/* ---- numbers ---- */

void np_memo_free(np_memo *memo)
{
    free(memo->entries);
    *memo = (np_memo){0};
}

void np_memo_clear(np_memo *memo)
{
    np_memo_free(memo);
}

size_t np_memo_size(const np_memo *memo)
{
    return (size_t)memo->slots * (memo->words + 1) * sizeof *memo->entries;
}

static uint32_t hash_key(const uint32_t *key, uint32_t words)
{
    uint64_t hash = words;
    for (uint32_t i = 0; i < words; i++) hash = np_mix(hash, key[i]);
    return (uint32_t)(hash ^ hash >> 32);
}

/* The entry under a key, or the free one where it belongs. */
static uint32_t *entry(const np_memo *memo, const uint32_t *key, uint32_t words)
{
    uint32_t mask = memo->slots - 1, at = hash_key(key, words) & mask;
    for (;; at = (at + 1) & mask) {
        uint32_t *e = memo->entries + (size_t)at * (words + 1);
        if (e[words] == 0) return e;
        uint32_t same = 0;
        while (same < words && e[same] == key[same]) same++;
        if (same == words) return e;
    }
}

uint32_t np_memo_get(np_memo *memo, const uint32_t *key, uint32_t words)
{
    uint32_t answer = memo->slots ? entry(memo, key, words)[words] : 0;
    memo->hits += answer != 0;
    memo->misses += answer == 0;
    return answer;
}

static bool grow(np_memo *memo, uint32_t words)
{
    np_memo larger = {.slots = memo->slots ? memo->slots * 2 : FIRST, .words = words, .count = memo->count};
    larger.hits = larger.misses = 0;
    larger.entries = calloc((size_t)larger.slots * (words + 1), sizeof *larger.entries);
    if (!larger.entries) return false;
    for (uint32_t i = 0; i < memo->slots; i++) {
        const uint32_t *e = memo->entries + (size_t)i * (words + 1);
        if (e[words]) memcpy(entry(&larger, e, words), e, (words + 1) * sizeof *e);
    }
    free(memo->entries);
    *memo = larger;
    return true;
}

bool np_memo_put(np_memo *memo, const uint32_t *key, uint32_t words, uint32_t answer)
{
    if (memo->count + 1 > memo->slots / 4 * 3) {
        bool useful = memo->slots < SMALL || memo->hits > memo->misses / 8;
        if (!useful) {
            memset(memo->entries, 0, np_memo_size(memo));
            memo->count = 0;
        } else if (!grow(memo, words)) {
            return false;
        }
        memo->hits = memo->misses = 0;
    }
    uint32_t *e = entry(memo, key, words);
    if (e[words] == 0) memo->count++;
    memcpy(e, key, words * sizeof *key);
    e[words] = answer;
    return true;
}

/* ---- texts ---- */

enum { PATIENCE = 4096 }; /* asked so often before a column is given up */

void np_cell_memo_free(np_cell_memo *memo)
{
    free(memo->entries);
    *memo = (np_cell_memo){0};
}

void np_cell_memo_clear(np_cell_memo *memo)
{
    free(memo->entries);
    memo->entries = NULL;
    memo->slots = memo->count = 0;
}

size_t np_cell_memo_size(const np_cell_memo *memo)
{
    return memo->slots * sizeof *memo->entries;
}

bool np_cell_memo_is_passing(const np_cell_memo *memo, uint16_t slot)
{
    return memo->asked[slot] >= PATIENCE && memo->known[slot] < memo->asked[slot] / 8;
}

static np_cell_text *cell(const np_cell_memo *memo, uint16_t slot, const char *text, size_t length)
{
    uint32_t mask = memo->slots - 1;
    uint64_t hash = np_mix(np_hash_bytes(text, length), slot);
    for (uint32_t at = (uint32_t)(hash ^ hash >> 32) & mask;; at = (at + 1) & mask) {
        np_cell_text *e = &memo->entries[at];
        if (e->course == 0) return e;
        if (e->slot == slot && e->length == length && memcmp(e->text, text, length) == 0) return e;
    }
}

const np_cell_text *np_cell_memo_get(np_cell_memo *memo, uint16_t slot, const char *text, size_t length)
{
    if (np_cell_memo_is_passing(memo, slot)) return NULL;
    if (memo->asked[slot] == UINT32_MAX) memo->asked[slot] /= 2, memo->known[slot] /= 2;
    memo->asked[slot]++;
    if (!memo->slots || length > NP_CELL_TEXT_MAX) return NULL;
    const np_cell_text *e = cell(memo, slot, text, length);
    if (e->course == 0) return NULL;
    memo->known[slot]++;
    return e;
}

static bool grow_cells(np_cell_memo *memo)
{
    np_cell_memo larger = *memo;
    larger.slots = memo->slots ? memo->slots * 2 : FIRST;
    larger.entries = aligned_alloc(64, larger.slots * sizeof *larger.entries);
    if (!larger.entries) return false;
    memset(larger.entries, 0, larger.slots * sizeof *larger.entries);
    for (uint32_t i = 0; i < memo->slots; i++) {
        const np_cell_text *e = &memo->entries[i];
        if (e->course) *cell(&larger, e->slot, e->text, e->length) = *e;
    }
    free(memo->entries);
    *memo = larger;
    return true;
}

void np_cell_memo_put(np_cell_memo *memo, uint16_t slot, const char *text, size_t length, uint32_t course,
                      const np_value *value)
{
    if (length > NP_CELL_TEXT_MAX || np_cell_memo_is_passing(memo, slot)) return;
    if (memo->count + 1 > memo->slots / 3 * 2 && !grow_cells(memo)) return;
    np_cell_text *e = cell(memo, slot, text, length);
    *e = (np_cell_text){.value = *value, .course = course, .slot = slot, .length = (uint8_t)length};
    memcpy(e->text, text, length);
    memo->count++;
}
