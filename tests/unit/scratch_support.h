/* Scratch space in memory, which can be made to fail. */
#ifndef NATOPAY_TESTS_UNIT_SCRATCH_SUPPORT_H
#define NATOPAY_TESTS_UNIT_SCRATCH_SUPPORT_H

#include <stdlib.h>
#include <string.h>

#include "natopay/plan/totals.h"

typedef struct memory {
    char *bytes;
    size_t size;
    long writes_left, reads_left; /* then they fail; -1: never */
} memory;

static inline bool memory_write(void *context, const void *bytes, size_t size, uint64_t *at)
{
    memory *m = context;
    if (m->writes_left >= 0 && m->writes_left-- == 0) return false;
    char *larger = realloc(m->bytes, m->size + size + 1);
    if (!larger) return false;
    memcpy(larger + m->size, bytes, size);
    *at = m->size;
    m->bytes = larger;
    m->size += size;
    return true;
}

static inline bool memory_read(void *context, void *bytes, size_t size, uint64_t at)
{
    memory *m = context;
    if (m->reads_left >= 0 && m->reads_left-- == 0) return false;
    if (at + size > m->size) return false;
    memcpy(bytes, m->bytes + at, size);
    return true;
}

static inline np_scratch scratch_of(memory *m)
{
    m->writes_left = m->reads_left = -1;
    return (np_scratch){m, memory_write, memory_read};
}

#endif
