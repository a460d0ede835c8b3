/* Tables whose headings stand above their values: each heading is put before its own value, so that the lines below
 * read as if the notice were written in one column. */
#include <string.h>

#include "notice_internal.h"

enum {
    COLUMNS_MAX = 8,
    CELL_MAX = 60,
    SIDES_MAX = 150, /* lines of a page */
    GUTTER_SLACK = 2,
    LINE_MOST = 400
};

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

/* ---- prose in two columns ---- */

/* A line of two columns: what stands left ends at `middle`, what stands right begins behind it. */
typedef struct two_sides {
    size_t from, middle, right, to;
} two_sides;

/* How many characters stand before text[at] in its line of the file. */
static size_t column_of(const np_notice_text *t, size_t at)
{
    size_t offset = np_notice_offset(t, at), column = 0;
    for (; offset > 0 && t->file->text[offset - 1] != '\n' && column < LINE_MOST; offset--)
        column += ((unsigned char)t->file->text[offset - 1] & 0xC0) != 0x80;
    return column;
}

static bool is_near(size_t column, size_t gutter)
{
    return column + GUTTER_SLACK >= gutter && column <= gutter + GUTTER_SLACK;
}

/* The line's two sides, either of which may be empty; false: it is none of two columns whose second begins at
 * `gutter`. */
static bool sides_of(const np_notice_text *t, size_t at, size_t gutter, two_sides *s)
{
    size_t end = next_line(t, at) - 1;
    *s = (two_sides){at, end, end, end};
    if (end <= at) return true;
    if (column_of(t, at) + GUTTER_SLACK >= gutter) {
        s->middle = s->right = at;
        return is_near(column_of(t, at), gutter);
    }
    for (size_t i = at; i < end; i++) {
        if (t->text[i] != '\t') continue;
        s->middle = i;
        s->right = i + 1;
        return is_near(column_of(t, i + 1), gutter) && !memchr(t->text + i + 1, '\t', end - i - 1);
    }
    return column_of(t, end - 1) < gutter;
}

/* The lines from `at` on that are prose in two columns: most begin in small letters on either side. 0: none. */
static size_t two_columns(const np_notice_text *t, size_t at, two_sides *lines)
{
    const char *tab = memchr(t->text + at, '\t', next_line(t, at) - at);
    size_t count = 0, both = 0, low_left = 0, low_right = 0;
    if (!tab) return 0;
    size_t gutter = column_of(t, (size_t)(tab - t->text) + 1);
    if (gutter < NP_GUTTER_LEAST) return 0;
    for (; count < SIDES_MAX && at < t->length && sides_of(t, at, gutter, &lines[count]); at = next_line(t, at)) {
        const two_sides *s = &lines[count++];
        if (s->middle == s->from || s->right == s->to) continue;
        both++;
        low_left += np_is_lower(t->text[s->from]);
        low_right += np_is_lower(t->text[s->right]);
    }
    return both >= 6 && low_left * 3 >= both && low_right * 3 >= both ? count : 0;
}

/* One side of the lines; a word cut at a line's end is put together. */
static void copy_side(np_copying *c, const np_notice_text *t, const two_sides *lines, size_t count, bool right)
{
    bool empty = false;
    for (size_t i = 0; i < count; i++) {
        size_t from = right ? lines[i].right : lines[i].from, to = right ? lines[i].to : lines[i].middle;
        size_t next = i + 1 == count ? to : right ? lines[i + 1].right : lines[i + 1].from;
        bool cut =
            to > from + 1 && t->text[to - 1] == '-' && np_is_lower(t->text[to - 2]) && np_is_lower(t->text[next]);
        np_copy(c, from, to - cut);
        if (!cut && !(empty && from == to)) np_copy_add(c, "\n", to);
        empty = from == to;
    }
}

void np_notice_untable(np_reading *reading)
{
    np_notice_text *t = &reading->text;
    np_copying c = {NULL, *t};
    two_sides *lines = np_arena_array(reading->arena, SIDES_MAX, sizeof *lines);
    size_t done = 0;
    for (size_t at = 0; at < t->length; at = next_line(t, at)) {
        cells heads, values;
        size_t end = next_line(t, at);
        if (at < done) continue;
        size_t sides = two_columns(t, at, lines);
        if (sides) {
            if (!c.reading) np_copy_start(&c, reading, t->length);
            np_copy(&c, done, at);
            copy_side(&c, t, lines, sides, false);
            copy_side(&c, t, lines, sides, true);
            done = lines[sides - 1].to + 1;
            continue;
        }
        bool table = memchr(t->text + at, '\t', end - at) && is_table(reading, at, &heads, &values);
        if (!table && !stacked(reading, at, &heads, &values)) continue;
        if (!c.reading) np_copy_start(&c, reading, t->length);
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
