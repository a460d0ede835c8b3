/* The bytes of a list, read on as they are needed, and the room for the rows made of them. */
#include <stdlib.h>
#include <string.h>

#include "csv_internal.h"

enum { FIRST_ROOM = 1 << 18 };

void np_csv_batch_init(np_csv_batch *batch)
{
    *batch = (np_csv_batch){0};
}

void np_csv_batch_clear(np_csv_batch *batch)
{
    batch->length = batch->field_count = batch->row_count = 0;
}

void np_csv_batch_free(np_csv_batch *batch)
{
    free(batch->text);
    free(batch->fields);
    free(batch->rows);
    np_csv_batch_init(batch);
}

bool np_csv_room(void *items, size_t *capacity, size_t needed, size_t size)
{
    if (needed <= *capacity) return true;
    void *array;
    memcpy(&array, items, sizeof array); /* items points to a pointer of whichever type */
    size_t larger = *capacity ? 2 * *capacity : 64;
    while (larger < needed) larger *= 2;
    void *moved = realloc(array, larger * size);
    if (!moved) return false;
    memcpy(items, &moved, sizeof moved);
    *capacity = larger;
    return true;
}

void np_csv_init(np_csv *csv, np_byte_source source, char delimiter)
{
    *csv = (np_csv){.source = source, .delimiter = delimiter, .line = 1};
}

void np_csv_free(np_csv *csv)
{
    free(csv->bytes);
    csv->bytes = NULL;
}

bool np_csv_more(np_csv *csv)
{
    if (csv->ended || csv->failed) return false;
    if (csv->end == csv->capacity && csv->start > csv->capacity / 2) {
        memmove(csv->bytes, csv->bytes + csv->start, csv->end - csv->start);
        csv->end -= csv->start;
        csv->start = 0;
    }
    if (csv->end == csv->capacity) {
        size_t larger = csv->capacity ? 2 * csv->capacity : FIRST_ROOM;
        char *moved = realloc(csv->bytes, larger);
        if (!moved) {
            csv->failed = true;
            return false;
        }
        csv->bytes = moved;
        csv->capacity = larger;
    }
    ptrdiff_t got = csv->source.read(csv->source.context, csv->bytes + csv->end, csv->capacity - csv->end);
    if (got <= 0) csv->ended = true;
    if (got < 0) csv->failed = true;
    if (got > 0) csv->end += (size_t)got;
    return got > 0;
}

static ptrdiff_t read_memory(void *context, char *bytes, size_t size)
{
    np_csv_bytes *memory = context;
    size_t left = memory->size - memory->at, take = left < size ? left : size;
    if (take) memcpy(bytes, memory->bytes + memory->at, take);
    memory->at += take;
    return (ptrdiff_t)take;
}

np_byte_source np_csv_from_memory(np_csv_bytes *bytes)
{
    return (np_byte_source){bytes, read_memory};
}
