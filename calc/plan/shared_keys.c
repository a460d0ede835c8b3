/* Sorted lists of key hashes outside memory, and how many keys two of them share. */
#include "natopay/plan/shared_keys.h"

#include <stdlib.h>

/* While lists are merged, ROOM keys are held in memory for all of them together: 1 MB. Each has room for some, which
 * counts only with thousands of lists. */
enum { ROOM = 1 << 16, LEAST_ROOM = 8 };

void np_key_lists_init(np_key_lists *lists, np_scratch scratch)
{
    *lists = (np_key_lists){.scratch = scratch};
}

void np_key_lists_free(np_key_lists *lists)
{
    free(lists->lists);
    np_key_lists_init(lists, lists->scratch);
}

bool np_key_lists_put(np_key_lists *lists, uint32_t part, const np_key_hash *keys, size_t count)
{
    uint64_t at;
    if (count == 0) return true;
    if (lists->count == lists->capacity) {
        size_t larger = lists->capacity ? 2 * lists->capacity : 16;
        np_key_list *moved = realloc(lists->lists, larger * sizeof *moved);
        if (!moved) return false;
        lists->lists = moved;
        lists->capacity = larger;
    }
    if (!lists->scratch.write || !lists->scratch.write(lists->scratch.context, keys, count * sizeof *keys, &at))
        return false;
    lists->lists[lists->count++] = (np_key_list){{at, count}, part};
    lists->keys += count;
    return true;
}

/* ---- all of them, in order ---- */

/* Where the merging of one list stands. */
typedef struct head {
    const np_key_list *list;
    np_key_hash *keys; /* the next of them */
    uint64_t read;     /* of the list */
    size_t at, count;
} head;

typedef struct merging {
    const np_key_lists *lists;
    head *heads;
    np_key_hash *room;
    size_t each;  /* keys that a head has room for */
    size_t count; /* heads that are not done: a heap, the least key first */
} merging;

static bool comes_first(const head *a, const head *b)
{
    int order = np_key_compare(a->keys[a->at], b->keys[b->at]);
    return order ? order < 0 : a->list->part < b->list->part;
}

static bool refill(const merging *m, head *h)
{
    const np_scratch *scratch = &m->lists->scratch;
    uint64_t left = h->list->run.count - h->read;
    h->count = left < m->each ? (size_t)left : m->each;
    h->at = 0;
    bool ok = h->count == 0 || scratch->read(scratch->context, h->keys, h->count * sizeof *h->keys,
                                             h->list->run.at + h->read * sizeof *h->keys);
    h->read += h->count;
    return ok;
}

static void sink(merging *m, size_t at)
{
    for (;;) {
        size_t least = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < m->count; child++)
            if (comes_first(&m->heads[child], &m->heads[least])) least = child;
        if (least == at) return;
        head moved = m->heads[at];
        m->heads[at] = m->heads[least];
        m->heads[least] = moved;
        at = least;
    }
}

static bool begin(merging *m)
{
    const np_key_lists *lists = m->lists;
    m->each = ROOM / (lists->count + 1) > LEAST_ROOM ? ROOM / (lists->count + 1) : LEAST_ROOM;
    m->heads = calloc(lists->count + 1, sizeof *m->heads);
    m->room = malloc((lists->count + 1) * m->each * sizeof *m->room);
    if (!m->heads || !m->room) return false;
    for (size_t i = 0; i < lists->count; i++) {
        head *h = &m->heads[m->count++];
        *h = (head){.list = &lists->lists[i], .keys = m->room + i * m->each};
        if (!refill(m, h)) return false;
    }
    for (size_t i = m->count / 2; i-- > 0;) sink(m, i);
    return true;
}

bool np_key_lists_each(const np_key_lists *lists, bool (*take)(void *context, np_key_hash key, uint32_t part),
                       void *context)
{
    merging m = {.lists = lists};
    bool ok = begin(&m);
    while (ok && m.count > 0) {
        head *first = &m.heads[0];
        ok = take(context, first->keys[first->at++], first->list->part);
        if (ok && first->at == first->count) ok = refill(&m, first);
        if (first->count == 0) *first = m.heads[--m.count];
        sink(&m, 0);
    }
    free(m.heads);
    free(m.room);
    return ok;
}

/* ---- what parts share ---- */

typedef struct sharing {
    np_shared_keys *shared;
    np_key_hash key;
    uint32_t first; /* part that holds the key */
    bool counted;
} sharing;

/* Pairs are kept in their order; the last one gives way. It can never come back, since those before it stay. */
static void count_pair(np_shared_keys *shared, uint32_t a, uint32_t b)
{
    size_t at = shared->pair_count;
    while (at > 0 && (shared->pairs[at - 1].a > a || (shared->pairs[at - 1].a == a && shared->pairs[at - 1].b > b)))
        at--;
    if (at > 0 && shared->pairs[at - 1].a == a && shared->pairs[at - 1].b == b) {
        shared->pairs[at - 1].keys++;
        return;
    }
    if (at == NP_SHARED_PAIRS) return;
    if (shared->pair_count < NP_SHARED_PAIRS) shared->pair_count++;
    for (size_t i = shared->pair_count - 1; i > at; i--) shared->pairs[i] = shared->pairs[i - 1];
    shared->pairs[at] = (np_shared_pair){a, b, 1};
}

static bool look(void *context, np_key_hash key, uint32_t part)
{
    sharing *s = context;
    if (np_key_compare(key, s->key) != 0) {
        s->key = key;
        s->first = part;
        s->counted = false;
    } else {
        s->shared->keys += !s->counted;
        s->counted = true;
        count_pair(s->shared, s->first, part);
    }
    return true;
}

bool np_key_lists_shared(const np_key_lists *lists, np_shared_keys *shared)
{
    sharing s = {.shared = shared};
    *shared = (np_shared_keys){0};
    return np_key_lists_each(lists, look, &s);
}
