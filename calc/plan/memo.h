/* Tables from a few numbers to one number, for what was computed before. Private to calc/plan. */
#ifndef NATOPAY_PLAN_MEMO_H
#define NATOPAY_PLAN_MEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "natopay/book/value.h"

typedef struct np_memo {
    uint32_t *entries; /* each: the key's words, then the answer (0: free) */
    uint32_t slots, count, words;
    uint32_t hits, misses; /* since it last grew: one that seldom knows the answer is emptied instead */
} np_memo;

void np_memo_free(np_memo *memo);
void np_memo_clear(np_memo *memo);
size_t np_memo_size(const np_memo *memo);

/* The answer under a key of `words` words (always as many for one table); 0: none yet. */
uint32_t np_memo_get(np_memo *memo, const uint32_t *key, uint32_t words);
/* False without memory: then it is not kept, which costs time and nothing else. */
bool np_memo_put(np_memo *memo, const uint32_t *key, uint32_t words, uint32_t answer);

enum { NP_CELL_TEXT_MAX = 33 }; /* longer ones are not kept */

/* The text of a cell that was read before, and what it was: one line of the processor's memory. */
typedef struct np_cell_text {
    np_value value;
    uint32_t course; /* 0: free */
    uint16_t slot;
    uint8_t length;
    char text[NP_CELL_TEXT_MAX];
} np_cell_text;

typedef struct np_cell_memo {
    np_cell_text *entries;
    uint32_t slots, count;
    uint32_t asked[NP_SLOTS_MAX], known[NP_SLOTS_MAX]; /* of each slot: a column of values that differ is not kept */
} np_cell_memo;

void np_cell_memo_free(np_cell_memo *memo);
void np_cell_memo_clear(np_cell_memo *memo);
size_t np_cell_memo_size(const np_cell_memo *memo);
/* NULL: not known. */
const np_cell_text *np_cell_memo_get(np_cell_memo *memo, uint16_t slot, const char *text, size_t length);
void np_cell_memo_put(np_cell_memo *memo, uint16_t slot, const char *text, size_t length, uint32_t course,
                      const np_value *value);
/* Whether the values of a slot hardly ever come twice. */
bool np_cell_memo_is_passing(const np_cell_memo *memo, uint16_t slot);

#endif
