/* Tables from a few numbers to one number, for what was computed before. Private to calc/plan. */
#ifndef NATOPAY_PLAN_MEMO_H
#define NATOPAY_PLAN_MEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

/* Texts of cells that were read before. */
typedef struct np_cell_text {
    uint32_t start, course;
    uint16_t slot, length;
} np_cell_text;

typedef struct np_cell_memo {
    char *bytes;
    size_t byte_count, byte_capacity;
    np_cell_text *entries; /* course 0: free */
    uint32_t slots, count;
} np_cell_memo;

enum { NP_CELL_TEXT_MAX = 64 }; /* longer ones are not kept */

void np_cell_memo_free(np_cell_memo *memo);
void np_cell_memo_clear(np_cell_memo *memo);
size_t np_cell_memo_size(const np_cell_memo *memo);
uint32_t np_cell_memo_get(const np_cell_memo *memo, uint16_t slot, const char *text, size_t length);
bool np_cell_memo_put(np_cell_memo *memo, uint16_t slot, const char *text, size_t length, uint32_t course);

#endif
