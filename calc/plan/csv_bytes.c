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

bool np_csv_batch_add(np_csv_batch *batch, const np_csv_batch *from, size_t number)
{
    np_csv_row row = from->rows[number];
    const np_csv_cell *cells = from->fields + row.first_field;
    size_t first = row.field_count ? cells[0].start : 0, length = 0;
    for (size_t i = 0; i < row.field_count; i++) {
        if (cells[i].start < first) first = cells[i].start;
        if (cells[i].start + cells[i].length + 1 > length) length = cells[i].start + cells[i].length + 1;
    }
    length -= length ? first : 0;
    if (!np_csv_room(&batch->text, &batch->capacity, batch->length + length + 1, 1) ||
        !np_csv_room(&batch->fields, &batch->field_capacity, batch->field_count + row.field_count + 1,
                     sizeof *batch->fields) ||
        !np_csv_room(&batch->rows, &batch->row_capacity, batch->row_count + 1, sizeof *batch->rows))
        return false;
    if (length) memcpy(batch->text + batch->length, from->text + first, length);
    row.first_field = (uint32_t)batch->field_count;
    for (size_t i = 0; i < row.field_count; i++) {
        np_csv_cell cell = cells[i];
        cell.start = (uint32_t)(cell.start - first + batch->length);
        batch->fields[batch->field_count++] = cell;
    }
    batch->length += length;
    batch->rows[batch->row_count++] = row;
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
            csv->failed = csv->no_memory = true;
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
