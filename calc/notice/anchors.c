/* Finding the anchors of all patterns in one pass over the text: an automaton after Aho and Corasick, whose states are
 * the beginnings of words, each with a next state for every letter. */
#include <string.h>

#include "notice_internal.h"

enum { SYMBOLS = 48, STATES_MAX = NP_ANCHOR_STATES_MAX, NONE = UINT16_MAX };

struct np_anchors {
    uint8_t symbols[256];
    uint16_t (*next)[SYMBOLS];
    uint16_t *word;  /* that ends in the state; NONE */
    uint16_t *other; /* the next state behind it in which a word ends; 0: none */
    uint16_t *ends;  /* the state itself if a word ends in it, else `other` */
    uint16_t *fallback;
    uint8_t *depth; /* how many letters lead to the state */
    size_t state_count, state_capacity, word_capacity, other_capacity, fallback_capacity, depth_capacity;
    const char **words;
    uint16_t *lengths;
    size_t word_count, words_capacity, lengths_capacity;
    bool full;
};

/* Letters, digits and a few marks; all blanks are one, so that a phrase may go over a line's end. */
static uint8_t symbol_of(char c)
{
    if (c >= 'a' && c <= 'z') return (uint8_t)(c - 'a' + 1);
    if (c >= 'A' && c <= 'Z') return (uint8_t)(c - 'A' + 1);
    if (c >= '0' && c <= '9') return (uint8_t)(c - '0' + 27);
    switch (c) {
    case ' ':
    case '\n':
    case '\t':
    case '_':
        return 37;
    case '-':
        return 38;
    case '\'':
        return 39;
    case '/':
        return 40;
    case '.':
        return 41;
    default:
        return 0;
    }
}

static inline unsigned symbol(const np_anchors *a, char c)
{
    return a->symbols[(unsigned char)c];
}

static uint16_t new_state(np_anchors *a, np_arena *arena)
{
    a->next = np_arena_grow(arena, a->next, &a->state_capacity, a->state_count + 1, sizeof *a->next);
    a->word = np_arena_grow(arena, a->word, &a->word_capacity, a->state_count + 1, sizeof *a->word);
    a->other = np_arena_grow(arena, a->other, &a->other_capacity, a->state_count + 1, sizeof *a->other);
    a->fallback = np_arena_grow(arena, a->fallback, &a->fallback_capacity, a->state_count + 1, sizeof *a->fallback);
    a->depth = np_arena_grow(arena, a->depth, &a->depth_capacity, a->state_count + 1, sizeof *a->depth);
    a->word[a->state_count] = NONE;
    return (uint16_t)a->state_count++;
}

np_anchors *np_anchors_new(np_arena *arena)
{
    np_anchors *a = np_arena_alloc(arena, sizeof *a);
    for (int c = 0; c < 256; c++) a->symbols[c] = symbol_of((char)c);
    new_state(a, arena);
    return a;
}

uint16_t np_anchors_add(np_anchors *a, np_arena *arena, const char *word)
{
    uint16_t state = 0;
    for (const char *c = word; *c; c++) {
        unsigned s = symbol(a, *c);
        if (!a->next[state][s]) {
            a->full = a->full || a->state_count == STATES_MAX;
            if (a->full) return 0;
            uint16_t fresh = new_state(a, arena);
            a->next[state][s] = fresh;
            a->depth[fresh] = (uint8_t)(a->depth[state] + 1);
        }
        state = a->next[state][s];
    }
    if (a->word[state] == NONE) {
        a->words = np_arena_grow(arena, a->words, &a->words_capacity, a->word_count + 1, sizeof *a->words);
        a->lengths = np_arena_grow(arena, a->lengths, &a->lengths_capacity, a->word_count + 1, sizeof *a->lengths);
        a->words[a->word_count] = word;
        a->lengths[a->word_count] = (uint16_t)strlen(word);
        a->word[state] = (uint16_t)a->word_count++;
    }
    return a->word[state];
}

/* Give each state a next state for every letter, by way of the longest other beginning that it ends in. */
void np_anchors_finish(np_anchors *a, np_arena *arena)
{
    uint16_t *queue = np_arena_array(arena, a->state_count, sizeof *queue);
    a->ends = np_arena_array(arena, a->state_count, sizeof *a->ends);
    size_t first = 0, last = 0;
    for (unsigned s = 0; s < SYMBOLS; s++)
        if (a->next[0][s]) queue[last++] = a->next[0][s];
    while (first < last) {
        uint16_t state = queue[first++], back = a->fallback[state];
        a->other[state] = a->ends[back];
        a->ends[state] = a->word[state] != NONE ? state : a->other[state];
        for (unsigned s = 0; s < SYMBOLS; s++) {
            uint16_t to = a->next[state][s];
            if (!to) {
                a->next[state][s] = a->next[back][s];
                continue;
            }
            a->fallback[to] = a->next[back][s];
            queue[last++] = to;
        }
    }
}

static void add_place(np_anchor_places *places, np_arena *arena, size_t end, uint16_t word)
{
    places->items = np_arena_grow(arena, places->items, &places->capacity, places->count + 1, sizeof *places->items);
    places->items[places->count++] = (np_anchor_place){(uint32_t)end, 0, word};
}

void np_anchors_find(const np_anchors *a, np_arena *arena, const char *text, size_t length, np_anchor_places *places)
{
    const uint16_t(*next)[SYMBOLS] = (const uint16_t(*)[SYMBOLS])a->next, *ends = a->ends;
    const uint8_t *symbols = a->symbols;
    *places = (np_anchor_places){.first = np_arena_array(arena, a->word_count + 1, sizeof *places->first)};
    add_place(places, arena, 0, 0); /* 0 ends a list */
    uint16_t state = 0;
    for (size_t i = 0; i < length; i++) {
        state = next[state][symbols[(unsigned char)text[i]]];
        for (uint16_t s = ends[state]; s; s = a->other[s]) add_place(places, arena, i + 1, a->word[s]);
    }
    for (size_t i = places->count; --i > 0;) { /* from the last on, so that each list begins with the first place */
        np_anchor_place *p = &places->items[i];
        p->next = places->first[p->word];
        places->first[p->word] = (uint32_t)i;
    }
}

const char *np_anchors_word(const np_anchors *a, uint16_t word)
{
    return a->words[word];
}

size_t np_anchors_length(const np_anchors *a, uint16_t word)
{
    return a->lengths[word];
}

bool np_anchors_full(const np_anchors *a)
{
    return a->full;
}

size_t np_anchors_count(const np_anchors *a)
{
    return a->word_count;
}

uint16_t np_anchors_whole(const np_anchors *a, const char *text, size_t length)
{
    uint16_t state = 0;
    for (size_t i = 0; i < length; i++) {
        state = a->next[state][symbol(a, text[i])];
        if (a->depth[state] != i + 1) return NONE; /* no word begins so */
    }
    return a->word[state] != NONE && a->lengths[a->word[state]] == length ? a->word[state] : NONE;
}
