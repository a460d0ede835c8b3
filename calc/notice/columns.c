/* Tables whose headings stand above their values: each heading is put before its own value, so that the lines below
 * read as if the notice were written in one column. */
#include <string.h>

#include "parts.h"

enum { COLUMNS_MAX = 6, CELL_MAX = 60 };

typedef struct cells {
    size_t from[COLUMNS_MAX], to[COLUMNS_MAX];
    size_t count;
    size_t end; /* of the line: its line end */
} cells;

/* The cells of the line at `at`; false: there are too many. */
static bool split(const np_notice_text *t, size_t at, cells *c)
{
    c->count = 0;
    for (size_t from = at;; at++) {
        if (at < t->length && t->text[at] != '\t' && t->text[at] != '\n') continue;
        if (c->count == COLUMNS_MAX) return false;
        c->from[c->count] = from;
        c->to[c->count++] = at;
        from = at + 1;
        if (at >= t->length || t->text[at] == '\n') break;
    }
    c->end = at;
    return true;
}

/* A heading of some field and nothing else. */
static bool is_heading(np_reading *reading, size_t from, size_t to)
{
    const np_patterns *patterns = reading->patterns;
    char cell[CELL_MAX + 2];
    size_t length = to - from;
    if (length < 3 || length > CELL_MAX || memchr(reading->text.text + from, ':', length)) return false;
    for (size_t i = 0; i < length; i++) {
        char c = reading->text.text[from + i];
        cell[i] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    }
    cell[length] = '\n';
    for (size_t i = 0; i < patterns->count; i++) {
        if (!patterns->items[i].headed || !np_notice_match(reading, patterns->items[i].code, cell, length + 1, 0))
            continue;
        if (pcre2_get_ovector_pointer(reading->match)[1] >= length) return true;
    }
    return false;
}

/* Two headings at least, and as many values beneath. */
static bool is_table(np_reading *reading, size_t at, cells *heads, cells *values)
{
    const np_notice_text *t = &reading->text;
    if (!split(t, at, heads) || heads->count < 2 || heads->end + 1 >= t->length) return false;
    if (!split(t, heads->end + 1, values) || values->count != heads->count) return false;
    for (size_t i = 0; i < heads->count; i++)
        if (!is_heading(reading, heads->from[i], heads->to[i]) || is_heading(reading, values->from[i], values->to[i]))
            return false;
    return true;
}

typedef struct copying {
    np_reading *reading;
    np_notice_text new;
} copying;

static void copy(copying *c, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        np_notice_emit(c->reading->arena, &c->new, c->reading->text.text[i], np_notice_offset(&c->reading->text, i));
}

static size_t next_line(const np_notice_text *t, size_t at)
{
    const char *newline = at < t->length ? memchr(t->text + at, '\n', t->length - at) : NULL;
    return newline ? (size_t)(newline - t->text) + 1 : t->length;
}

void np_notice_untable(np_reading *reading)
{
    np_notice_text *t = &reading->text;
    copying c = {.reading = reading, .new = {.file = t->file}};
    size_t done = 0;
    for (size_t at = 0; at < t->length; at = next_line(t, at)) {
        cells heads, values;
        size_t end = next_line(t, at);
        if (at < done || !memchr(t->text + at, '\t', end - at) || !is_table(reading, at, &heads, &values)) continue;
        if (!c.new.text) c.new.text = np_arena_alloc(reading->arena, t->length + 16);
        copy(&c, done, at);
        for (size_t i = 0; i < heads.count; i++) {
            /* the tab behind a heading becomes its line's end, as does the one behind a value */
            copy(&c, heads.from[i], heads.to[i]);
            np_notice_emit(reading->arena, &c.new, '\n', np_notice_offset(t, heads.to[i]));
            copy(&c, values.from[i], values.to[i]);
            np_notice_emit(reading->arena, &c.new, '\n', np_notice_offset(t, values.to[i]));
        }
        done = values.end + 1;
    }
    if (!c.new.text) return;
    copy(&c, done < t->length ? done : t->length, t->length);
    c.new.text[c.new.length] = '\0';
    *t = c.new;
}
