/* A growing text with a bound, and what is needed to lay text out: columns, nearness of words. */
#include "natopay/base/text.h"

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 128, NEAR_MAX = 64 };

bool np_ends_in(const char *name, const char *ending)
{
    size_t length = strlen(name), tail = strlen(ending);
    return length > tail && strcmp(name + length - tail, ending) == 0;
}

void np_text_init(np_text *text, size_t limit)
{
    *text = (np_text){.limit = limit};
}

void np_text_free(np_text *text)
{
    free(text->data);
    np_text_init(text, text->limit);
}

void np_text_clear(np_text *text)
{
    text->length = 0;
    text->failed = text->no_memory; /* what was lost stays told: its caller may have written out the rest already */
    if (text->data != NULL) {
        text->data[0] = '\0';
    }
}

/* Make room for `more` bytes and the zero byte; false (and failed) when that cannot be. */
static bool reserve(np_text *text, size_t more)
{
    if (text->failed) {
        return false;
    }
    if (more > text->limit - text->length || more > PTRDIFF_MAX - text->length - 1) {
        text->failed = true;
        return false;
    }
    size_t needed = text->length + more + 1;
    if (needed <= text->capacity) {
        return true;
    }
    size_t capacity = text->capacity > PTRDIFF_MAX / 2 ? needed : 2 * text->capacity;
    if (capacity < FIRST_CAPACITY) {
        capacity = FIRST_CAPACITY;
    }
    if (text->limit < capacity - 1) {
        capacity = text->limit + 1;
    }
    if (capacity < needed) {
        capacity = needed;
    }
    char *data = realloc(text->data, capacity);
    if (data == NULL) {
        text->failed = text->no_memory = true;
        return false;
    }
    text->data = data;
    text->capacity = capacity;
    return true;
}

char *np_text_room(np_text *text, size_t most)
{
    return reserve(text, most) ? text->data + text->length : NULL;
}

void np_text_took(np_text *text, size_t length)
{
    text->length += length;
    text->data[text->length] = '\0';
}

void np_text_add(np_text *text, const char *bytes, size_t length)
{
    if (reserve(text, length)) {
        if (length > 0) {
            memcpy(text->data + text->length, bytes, length);
        }
        text->length += length;
        text->data[text->length] = '\0';
    }
}

void np_text_puts(np_text *text, const char *string)
{
    np_text_add(text, string, strlen(string));
}

void np_text_putc(np_text *text, char byte)
{
    np_text_add(text, &byte, 1);
}

void np_text_repeat(np_text *text, char byte, size_t count)
{
    if (reserve(text, count)) {
        memset(text->data + text->length, byte, count);
        text->length += count;
        text->data[text->length] = '\0';
    }
}

void np_text_printf(np_text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    np_text_vprintf(text, format, arguments);
    va_end(arguments);
}

void np_text_vprintf(np_text *text, const char *format, va_list arguments)
{
    if (!reserve(text, 0)) {
        return;
    }
    size_t room = text->capacity - text->length;
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(text->data + text->length, room, format, arguments);
    if (length < 0) {
        text->failed = true;
    } else if (reserve(text, (size_t)length)) {
        if ((size_t)length >= room) {
            vsnprintf(text->data + text->length, (size_t)length + 1, format, again);
        }
        text->length += (size_t)length;
    }
    va_end(again);
    text->data[text->length] = '\0'; /* nothing half printed stays after a failure */
}

char *np_text_move(np_text *text, np_arena *arena)
{
    char *moved = text->no_memory ? NULL : np_arena_try(arena, text->length + 1);
    if (moved != NULL && text->length > 0) {
        memcpy(moved, text->data, text->length);
    }
    np_text_free(text);
    if (moved == NULL) {
        np_arena_give_up(arena);
    }
    return moved;
}

void np_text_lost(np_text *text, const np_text *part)
{
    if (part->no_memory) text->failed = text->no_memory = true;
}

const char *np_text_string(const np_text *text)
{
    return text->data == NULL ? "" : text->data;
}

/* Bytes of the character that `lead` begins; 1 when it begins none. */
static size_t size_by_lead(unsigned char lead)
{
    if (lead < 0xC2 || lead > 0xF4) {
        return 1;
    }
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* The smallest code point that needs so many bytes: an encoding longer than needed is malformed. */
static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};

size_t np_utf8_next(const char *bytes, size_t length, uint32_t *point)
{
    unsigned char lead = (unsigned char)bytes[0];
    size_t size = size_by_lead(lead);
    *point = lead < 0x80 ? lead : NP_UTF8_BAD;
    if (size == 1 || size > length) {
        return 1;
    }
    uint32_t value = lead & (0x7FU >> size);
    for (size_t i = 1; i < size; i++) {
        unsigned char next = (unsigned char)bytes[i];
        if ((next & 0xC0) != 0x80) {
            return 1;
        }
        value = value << 6 | (next & 0x3FU);
    }
    if (value < smallest[size] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
        return 1;
    }
    *point = value;
    return size;
}

typedef struct range {
    uint32_t from, to;
} range;

/* wcwidth itself answers for the process's locale only, which a library may not choose; these are the blocks that
 * matter in names and labels. */
static const range zero_width[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A},   {0x064B, 0x065F}, {0x1AB0, 0x1AFF},
    {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2064},   {0x2066, 0x206F}, {0x20D0, 0x20F0},
    {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF},
};
static const range double_width[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x4DBF},   {0x4E00, 0xA4CF},   {0xA960, 0xA97C},
    {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};

static bool in_ranges(uint32_t point, const range *ranges, size_t count)
{
    for (size_t i = 0; i < count && ranges[i].from <= point; i++) {
        if (point <= ranges[i].to) {
            return true;
        }
    }
    return false;
}

size_t np_text_columns(const char *bytes, size_t length)
{
    size_t columns = 0;
    for (size_t i = 0; i < length;) {
        uint32_t point;
        i += np_utf8_next(bytes + i, length - i, &point);
        if (point < 0x300 || point == NP_UTF8_BAD) {
            columns += 1;
        } else if (in_ranges(point, double_width, sizeof double_width / sizeof double_width[0])) {
            columns += 2;
        } else if (!in_ranges(point, zero_width, sizeof zero_width / sizeof zero_width[0])) {
            columns += 1;
        }
    }
    return columns;
}

size_t np_utf8_put(char *out, uint32_t point)
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (char)(0xC0 | point >> 6);
        out[1] = (char)(0x80 | (point & 63));
        return 2;
    }
    if (point < 0x10000) {
        out[0] = (char)(0xE0 | point >> 12);
        out[1] = (char)(0x80 | (point >> 6 & 63));
        out[2] = (char)(0x80 | (point & 63));
        return 3;
    }
    out[0] = (char)(0xF0 | point >> 18);
    out[1] = (char)(0x80 | (point >> 12 & 63));
    out[2] = (char)(0x80 | (point >> 6 & 63));
    out[3] = (char)(0x80 | (point & 63));
    return 4;
}

void np_text_add_utf8(np_text *text, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length;) {
        uint32_t point;
        size_t size = np_utf8_next(bytes + i, length - i, &point);
        np_text_add(text, point == NP_UTF8_BAD ? "\xEF\xBF\xBD" : bytes + i, point == NP_UTF8_BAD ? 3 : size);
        i += size;
    }
}

bool np_utf8_is_unsafe(uint32_t point)
{
    return point == NP_UTF8_BAD || point < 0x20 || (point >= 0x7F && point < 0xA0) ||
           (point >= 0x200E && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069);
}

size_t np_text_add_safe(np_text *text, const char *bytes, size_t length)
{
    size_t columns = 0;
    for (size_t i = 0; i < length;) {
        uint32_t point;
        size_t size = np_utf8_next(bytes + i, length - i, &point);
        if (np_utf8_is_unsafe(point)) {
            np_text_putc(text, point == '\t' ? ' ' : '?');
            columns++;
        } else {
            np_text_add(text, bytes + i, size);
            columns += np_text_columns(bytes + i, size);
        }
        i += size;
    }
    return columns;
}

bool np_text_is_safe(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length;) {
        uint32_t point;
        i += np_utf8_next(bytes + i, length - i, &point);
        if (point != '\n' && np_utf8_is_unsafe(point)) {
            return false;
        }
    }
    return true;
}

void np_text_make_safe(np_text *text)
{
    size_t kept = 0;
    for (size_t i = 0; i < text->length;) {
        uint32_t point;
        size_t size = np_utf8_next(text->data + i, text->length - i, &point);
        if (point == '\n' || !np_utf8_is_unsafe(point)) {
            memmove(text->data + kept, text->data + i, size);
            kept += size;
        } else {
            text->data[kept++] = point == '\t' ? ' ' : '?';
        }
        i += size;
    }
    text->length = kept;
    if (text->data) {
        text->data[kept] = '\0';
    }
}

static char fold(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

unsigned np_edit_distance(const char *a, const char *b, unsigned limit)
{
    unsigned far = limit == UINT_MAX ? limit : limit + 1;
    size_t length_a = strnlen(a, NEAR_MAX + 1), length_b = strnlen(b, NEAR_MAX + 1);
    if (length_a > NEAR_MAX || length_b > NEAR_MAX) {
        return far;
    }
    /* Three rows of the table: row i % 3 holds the distances from a's first i bytes to each beginning of b. */
    unsigned rows[3][NEAR_MAX + 1] = {{0}};
    for (size_t j = 0; j <= length_b; j++) {
        rows[0][j] = (unsigned)j;
    }
    for (size_t i = 1; i <= length_a; i++) {
        unsigned *row = rows[i % 3];
        const unsigned *above = rows[(i - 1) % 3];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= length_b; j++) {
            char from = fold(a[i - 1]), to = fold(b[j - 1]);
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (from != to));
            if (i > 1 && j > 1 && from == fold(b[j - 2]) && fold(a[i - 2]) == to) {
                row[j] = least(row[j], rows[(i - 2) % 3][j - 2] + 1);
            }
        }
    }
    return least(rows[length_a % 3][length_b], far);
}
