/* The text of a notice and where the file has each of its bytes; copies of it with something put in. */
#include <string.h>

#include "notice_internal.h"

void np_notice_emit(np_arena *arena, np_notice_text *t, char byte, size_t file_offset)
{
    const np_text_origin *last = t->segment_count ? &t->segments[t->segment_count - 1] : NULL;
    if (!last || last->file + (t->length - last->match) != file_offset) {
        t->segments =
            np_arena_grow(arena, t->segments, &t->segment_capacity, t->segment_count + 1, sizeof *t->segments);
        t->segments[t->segment_count++] = (np_text_origin){(uint32_t)t->length, (uint32_t)file_offset};
    }
    t->text[t->length++] = byte;
}

/* The number of the segment that holds a byte of the text; 0 where there are none. */
static size_t segment_of(const np_notice_text *text, size_t match)
{
    size_t low = 0, high = text->segment_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (text->segments[middle].match <= match)
            low = middle;
        else
            high = middle;
    }
    return low;
}

size_t np_notice_offset(const np_notice_text *text, size_t match)
{
    size_t low = segment_of(text, match);
    if (!text->segment_count) return 0;
    size_t offset = text->segments[low].file + (match - text->segments[low].match);
    return offset > text->file->size ? text->file->size : offset;
}

/* Eight bytes at once: in each that is "A" to "Z" the bit is set that makes it small. */
static uint64_t lower_eight(uint64_t bytes)
{
    const uint64_t each = 0x0101010101010101, seven = bytes & (each * 0x7F);
    const uint64_t from_a = seven + each * (0x80 - 'A'), behind_z = seven + each * (0x7F - 'Z');
    return bytes | ((from_a & ~behind_z & ~bytes & (each * 0x80)) >> 2);
}

void np_notice_lower(np_reading *reading)
{
    np_notice_text *t = &reading->text;
    t->lower = np_arena_alloc(reading->arena, t->length + sizeof(uint64_t));
    for (size_t i = 0; i < t->length; i += sizeof(uint64_t)) {
        uint64_t bytes; /* what a text has left behind its end is more than this reads */
        memcpy(&bytes, t->text + i, sizeof bytes);
        bytes = lower_eight(bytes);
        memcpy(t->lower + i, &bytes, sizeof bytes);
    }
}

/* ---- copies with something put in ---- */

void np_copy_start(np_copying *copying, np_reading *reading, size_t more)
{
    *copying = (np_copying){reading, reading->text};
    copying->text.text = np_arena_alloc(reading->arena, reading->text.length + more + 16);
    copying->text.length = copying->text.segment_count = copying->text.segment_capacity = 0;
    copying->text.segments = NULL;
}

void np_copy(np_copying *copying, size_t from, size_t to)
{
    const np_notice_text *old = &copying->reading->text;
    while (from < to) {
        size_t high = segment_of(old, from) + 1;
        size_t end = high < old->segment_count && old->segments[high].match < to ? old->segments[high].match : to;
        np_notice_emit(copying->reading->arena, &copying->text, old->text[from], np_notice_offset(old, from));
        memcpy(copying->text.text + copying->text.length, old->text + from + 1, end - from - 1);
        copying->text.length += end - from - 1;
        from = end;
    }
}

void np_copy_add(np_copying *copying, const char *bytes, size_t place)
{
    for (; *bytes; bytes++)
        np_notice_emit(copying->reading->arena, &copying->text, *bytes,
                       np_notice_offset(&copying->reading->text, place));
}

void np_copy_end(np_copying *copying)
{
    copying->text.text[copying->text.length] = '\0';
    copying->reading->text = copying->text;
}
