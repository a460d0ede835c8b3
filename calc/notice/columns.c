/* Tables whose headings stand above their values: each heading is put before its own value, so that the lines below
 * read as if the notice were written in one column. */
#include <string.h>

#include "notice_internal.h"

enum { COLUMNS_MAX = 8, CELL_MAX = 60 };

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

static bool is_heading(const np_reading *reading, size_t from, size_t to)
{
    const np_pattern *p = to - from <= CELL_MAX ? np_notice_word_of(reading, from, to) : NULL;
    return p && p->headed;
}

/* Two headings at least, and as many values beneath. */
static bool is_table(const np_reading *reading, size_t at, cells *heads, cells *values)
{
    const np_notice_text *t = &reading->text;
    if (!split(t, at, heads) || heads->count < 2 || heads->end + 1 >= t->length) return false;
    if (!split(t, heads->end + 1, values) || values->count != heads->count) return false;
    for (size_t i = 0; i < heads->count; i++)
        if (!is_heading(reading, heads->from[i], heads->to[i]) || is_heading(reading, values->from[i], values->to[i]))
            return false;
    return true;
}

static size_t next_line(const np_notice_text *t, size_t at)
{
    const char *newline = at < t->length ? memchr(t->text + at, '\n', t->length - at) : NULL;
    return newline ? (size_t)(newline - t->text) + 1 : t->length;
}

/* Labels beneath each other and their values beneath them, as copies of a table have it: how many; 0. */
static size_t stacked(const np_reading *reading, size_t at, cells *heads, cells *values)
{
    const np_notice_text *t = &reading->text;
    cells *sides[2] = {heads, values};
    for (int side = 0; side < 2; side++) {
        sides[side]->count = 0;
        while (at < t->length && sides[side]->count < COLUMNS_MAX) {
            size_t end = next_line(t, at) - 1;
            if (end <= at || is_heading(reading, at, end) != (side == 0)) break;
            sides[side]->from[sides[side]->count] = at;
            sides[side]->to[sides[side]->count++] = end;
            at = end + 1;
        }
    }
    bool over = at >= t->length || t->text[at] == '\n';
    values->end = values->count ? values->to[values->count - 1] : 0;
    return heads->count >= 3 && heads->count == values->count && over ? heads->count : 0;
}

void np_notice_untable(np_reading *reading)
{
    np_notice_text *t = &reading->text;
    np_copying c = {NULL, *t};
    size_t done = 0;
    for (size_t at = 0; at < t->length; at = next_line(t, at)) {
        cells heads, values;
        size_t end = next_line(t, at);
        if (at < done) continue;
        bool table = memchr(t->text + at, '\t', end - at) && is_table(reading, at, &heads, &values);
        if (!table && !stacked(reading, at, &heads, &values)) continue;
        if (!c.reading) np_copy_start(&c, reading, 0);
        np_copy(&c, done, at);
        for (size_t i = 0; i < heads.count; i++) {
            /* the tab behind a heading becomes its line's end, as does the one behind a value */
            np_copy(&c, heads.from[i], heads.to[i]);
            np_copy_add(&c, "\n", heads.to[i]);
            np_copy(&c, values.from[i], values.to[i]);
            np_copy_add(&c, "\n", values.to[i]);
        }
        done = values.end + 1;
    }
    if (!c.reading) return;
    np_copy(&c, done < t->length ? done : t->length, t->length);
    np_copy_end(&c);
}
