/* Arena memory: everything that one computation makes lives in one arena and is freed with it.
 *
 * Ownership rule of the whole library, stated once: a pointer that a function returns belongs to the
 * arena that was passed in (or that the object was made with); nothing is freed alone. */
#ifndef NATOPAY_BASE_ARENA_H
#define NATOPAY_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

typedef struct np_arena np_arena;

/* A new arena that will hold at most `limit` bytes in all (0: no limit of its own). NULL: no memory. */
np_arena *np_arena_new(size_t limit);
void np_arena_free(np_arena *arena);

/* Forget what the arena holds, keep its first block for the next computation. */
void np_arena_reset(np_arena *arena);

/* Zeroed memory, aligned for any type. When memory or the limit runs out, control leaves to the
 * np_arena_guard in force; there must be one. Never returns NULL. */
void *np_arena_alloc(np_arena *arena, size_t size);
void *np_arena_array(np_arena *arena, size_t count, size_t size);

/* The same, but NULL when memory runs out: for code that has something to release first. */
void *np_arena_try(np_arena *arena, size_t size);

/* Leave to the guard in force, as a failed np_arena_alloc does. */
_Noreturn void np_arena_give_up(np_arena *arena);

/* A larger copy of an array: `*capacity` items become at least `needed`, doubling. New items are zeroed. */
void *np_arena_grow(np_arena *arena, void *items, size_t *capacity, size_t needed, size_t size);

/* A copy of an array, as large as it is. */
void *np_arena_duplicate(np_arena *arena, const void *items, size_t count, size_t size);

char *np_arena_copy(np_arena *arena, const char *text, size_t length);
char *np_arena_format(np_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Run work(context). True when it returned, false when memory ran out on the way (what it had made stays in
 * the arena until reset or free). Guards nest; the innermost one is left to. */
bool np_arena_guard(np_arena *arena, void (*work)(void *context), void *context);

/* For tests: let every allocation after `successes` more fail, until called again. -1: never (the default). */
void np_arena_fail_after(np_arena *arena, long successes);

#endif
