/* Arena memory: a list of blocks, handed out from the front to the back. */
#include "natopay/base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 16, FIRST_BLOCK = 64 * 1024, LARGEST_BLOCK = 1024 * 1024, FIRST_ITEMS = 8 };

/* malloc's memory is aligned for any type; so is what follows this header. */
typedef struct block {
    struct block *next;
    size_t size; /* bytes after this header */
    size_t used;
    size_t touched; /* bytes from here on were never handed out: they are still zero, as the system gave them */
} block;

_Static_assert(sizeof(block) % ALIGNMENT == 0, "a block's bytes begin aligned");
_Static_assert(_Alignof(max_align_t) <= ALIGNMENT, "16 bytes suit any type");

typedef struct guard {
    jmp_buf point;
    struct guard *outer;
} guard;

struct np_arena {
    block *current; /* where the next bytes come from; the others follow it */
    block *first;   /* the one that reset keeps */
    guard *guard;
    size_t limit; /* of `held` */
    size_t held;  /* bytes in all blocks */
    size_t next_size;
    long fail_after;
};

static unsigned char *block_bytes(block *b)
{
    return (unsigned char *)(b + 1);
}

static block *block_new(np_arena *arena, size_t size)
{
    if (size > arena->limit - arena->held || size > PTRDIFF_MAX - sizeof(block)) {
        return NULL;
    }
    block *fresh = calloc(1, sizeof(block) + size);
    if (fresh != NULL) {
        fresh->size = size;
        arena->held += size;
    }
    return fresh;
}

np_arena *np_arena_new(size_t limit)
{
    np_arena *arena = calloc(1, sizeof *arena);
    if (arena == NULL) {
        return NULL;
    }
    arena->limit = limit == 0 ? SIZE_MAX : limit;
    arena->next_size = 2 * FIRST_BLOCK;
    arena->fail_after = -1;
    arena->first = block_new(arena, arena->limit < FIRST_BLOCK ? arena->limit : FIRST_BLOCK);
    arena->current = arena->first;
    if (arena->first == NULL) {
        free(arena);
        return NULL;
    }
    return arena;
}

/* Free every block of the list but `kept`. */
static void free_blocks(block *list, const block *kept)
{
    while (list != NULL) {
        block *next = list->next;
        if (list != kept) {
            free(list);
        }
        list = next;
    }
}

void np_arena_free(np_arena *arena)
{
    if (arena != NULL) {
        free_blocks(arena->current, NULL);
        free(arena);
    }
}

void np_arena_reset(np_arena *arena)
{
    free_blocks(arena->current, arena->first);
    arena->current = arena->first;
    arena->first->next = NULL;
    arena->first->used = 0;
    arena->held = arena->first->size;
    arena->next_size = 2 * FIRST_BLOCK;
}

/* A block with room for `size` bytes. A large request gets a block of its own behind the current one, so that the
 * rest of the current one is still used. */
static block *block_for(np_arena *arena, size_t size)
{
    size_t left = arena->limit - arena->held;
    bool own = size > arena->next_size / 4;
    size_t wanted = own ? size : arena->next_size;
    block *fresh = block_new(arena, wanted > left && left >= size ? left : wanted);
    if (fresh == NULL) {
        return NULL;
    }
    if (own) {
        fresh->next = arena->current->next;
        arena->current->next = fresh;
    } else {
        fresh->next = arena->current;
        arena->current = fresh;
        arena->next_size = arena->next_size < LARGEST_BLOCK ? 2 * arena->next_size : LARGEST_BLOCK;
    }
    return fresh;
}

/* Memory that holds whatever was there before; the first `*touched` bytes of it may be other than zero. */
static void *take(np_arena *arena, size_t size, size_t *touched)
{
    if (arena->fail_after >= 0 && arena->fail_after-- == 0) {
        arena->fail_after = 0;
        return NULL;
    }
    if (size > PTRDIFF_MAX) {
        return NULL;
    }
    block *from = arena->current;
    if (from->size - from->used < size) {
        from = block_for(arena, size);
        if (from == NULL) {
            return NULL;
        }
    }
    unsigned char *bytes = block_bytes(from) + from->used;
    size_t written = from->used < from->touched ? from->touched - from->used : 0;
    *touched = size < written ? size : written;
    /* Zero bytes take a place as well: two objects never share an address. */
    size_t taken = size == 0 ? ALIGNMENT : (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    from->used = taken < from->size - from->used ? from->used + taken : from->size;
    if (from->touched < from->used) {
        from->touched = from->used;
    }
    return bytes;
}

void *np_arena_try(np_arena *arena, size_t size)
{
    size_t touched = 0;
    void *bytes = take(arena, size, &touched);
    if (bytes != NULL && touched > 0) {
        memset(bytes, 0, touched);
    }
    return bytes;
}

_Noreturn void np_arena_give_up(np_arena *arena)
{
    if (arena->guard == NULL) {
        abort(); /* a caller's mistake: the contract asks for a guard */
    }
    longjmp(arena->guard->point, 1);
}

void *np_arena_alloc(np_arena *arena, size_t size)
{
    void *bytes = np_arena_try(arena, size);
    if (bytes == NULL) {
        np_arena_give_up(arena);
    }
    return bytes;
}

void *np_arena_array(np_arena *arena, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        np_arena_give_up(arena);
    }
    return np_arena_alloc(arena, bytes);
}

void *np_arena_grow(np_arena *arena, void *items, size_t *capacity, size_t needed, size_t size)
{
    if (needed <= *capacity) {
        return items;
    }
    size_t count = *capacity > SIZE_MAX / 2 ? needed : 2 * *capacity;
    if (count < FIRST_ITEMS) {
        count = FIRST_ITEMS;
    }
    if (count < needed) {
        count = needed;
    }
    void *larger = np_arena_array(arena, count, size);
    if (*capacity > 0) {
        memcpy(larger, items, *capacity * size);
    }
    *capacity = count;
    return larger;
}

void *np_arena_duplicate(np_arena *arena, const void *items, size_t count, size_t size)
{
    size_t bytes, touched;
    void *copy = __builtin_mul_overflow(count, size, &bytes) ? NULL : take(arena, bytes, &touched);
    if (copy == NULL) {
        np_arena_give_up(arena);
    }
    if (bytes > 0) {
        memcpy(copy, items, bytes);
    }
    return copy;
}

char *np_arena_copy(np_arena *arena, const char *text, size_t length)
{
    if (length == SIZE_MAX) {
        np_arena_give_up(arena);
    }
    char *copy = np_arena_alloc(arena, length + 1);
    if (length > 0) {
        memcpy(copy, text, length);
    }
    return copy;
}

char *np_arena_format(np_arena *arena, const char *format, ...)
{
    char shortest[256];
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(shortest, sizeof shortest, format, arguments);
    va_end(arguments);
    char *text = NULL;
    if (length >= 0) {
        size_t size = (size_t)length + 1;
        text = np_arena_try(arena, size);
        if (text != NULL && size <= sizeof shortest) {
            memcpy(text, shortest, size);
        } else if (text != NULL && vsnprintf(text, size, format, again) != length) {
            text = NULL;
        }
    }
    va_end(again);
    if (text == NULL) {
        np_arena_give_up(arena);
    }
    return text;
}

bool np_arena_guard(np_arena *arena, void (*work)(void *context), void *context)
{
    guard here;
    here.outer = arena->guard;
    arena->guard = &here;
    if (setjmp(here.point) != 0) {
        arena->guard = here.outer;
        return false;
    }
    work(context);
    arena->guard = here.outer;
    return true;
}

void np_arena_fail_after(np_arena *arena, long successes)
{
    arena->fail_after = successes < 0 ? -1 : successes;
}
