/* Which members of staff a change for exactly so many is for: the lowest draws of all, kept in a buffer that is cut
 * when it is full. */
#include "natopay/plan/change_selection.h"

#include <stdlib.h>

np_selection *np_selection_new(np_arena *arena, size_t wanted)
{
    np_selection *selection = np_arena_alloc(arena, sizeof *selection);
    *selection = (np_selection){.wanted = wanted, .draws = np_arena_array(arena, 2 * wanted, sizeof(uint64_t))};
    pthread_mutex_init(&selection->lock, NULL);
    return selection;
}

void np_selection_begin(np_selection *selection)
{
    selection->collecting = true;
    selection->held = 0;
    selection->limit = UINT64_MAX;
}

static int by_draw(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Whoever is there twice is there once, and of more than are wanted the lowest stay. */
static void cut(np_selection *selection)
{
    size_t kept = 0;
    qsort(selection->draws, selection->held, sizeof *selection->draws, by_draw);
    for (size_t i = 0; i < selection->held; i++)
        if (kept == 0 || selection->draws[i] != selection->draws[kept - 1])
            selection->draws[kept++] = selection->draws[i];
    selection->held = kept < selection->wanted ? kept : selection->wanted;
    if (selection->held == selection->wanted) selection->limit = selection->draws[selection->held - 1];
}

void np_selection_add(np_selection *selection, uint64_t draw)
{
    pthread_mutex_lock(&selection->lock);
    if (draw <= selection->limit) {
        selection->draws[selection->held++] = draw;
        if (selection->held == 2 * selection->wanted) cut(selection);
    }
    pthread_mutex_unlock(&selection->lock);
}

void np_selection_end(np_selection *selection)
{
    cut(selection);
    selection->collecting = false;
}
