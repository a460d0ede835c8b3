/* Exactly so many members of staff for a change: those of all for whom it would be whose draws are the lowest. They are
 * found by going through the list once before it is planned. */
#ifndef NATOPAY_PLAN_CHANGE_SELECTION_H
#define NATOPAY_PLAN_CHANGE_SELECTION_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "natopay/base/arena.h"

enum { NP_SELECTION_MAX = 100000 };

typedef struct np_selection {
    size_t wanted;
    bool collecting; /* the list is gone through before */
    uint64_t *draws; /* room for 2 * wanted */
    size_t held;     /* when all are collected: how many were selected */
    uint64_t limit;  /* the highest draw that may still be, or is, among them */
    pthread_mutex_t lock;
} np_selection;

/* wanted: 1 to NP_SELECTION_MAX. */
np_selection *np_selection_new(np_arena *arena, size_t wanted);

void np_selection_begin(np_selection *selection);
/* The draw of somebody for whom the change would be; of the same person any number of times, by any thread. */
void np_selection_add(np_selection *selection, uint64_t draw);
/* All were added. */
void np_selection_end(np_selection *selection);

static inline bool np_selection_has(const np_selection *selection, uint64_t draw)
{
    return selection->held > 0 && draw <= selection->limit;
}

#endif
