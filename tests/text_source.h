/* Lists of staff that are read from memory. */
#ifndef TESTS_TEXT_SOURCE_H
#define TESTS_TEXT_SOURCE_H

#include <string.h>

#include "natopay/plan/csv.h"

typedef struct text_source {
    const char *text;
    size_t left;
} text_source;

static ptrdiff_t read_text(void *context, char *bytes, size_t size)
{
    text_source *s = context;
    size_t count = s->left < size ? s->left : size;
    memcpy(bytes, s->text, count);
    s->text += count;
    s->left -= count;
    return (ptrdiff_t)count;
}

#endif
