/* A narrow left column of a PDF breaks a label over several lines, each with a part of the value beside it:
 *
 *     Basic monthly      EUR 6,305.40
 *     salary             (step 1)
 *
 * becomes "Basic monthly salary", and the value in one piece. */
#include <string.h>

#include "notice_internal.h"

enum { LABEL_MOST = 60, PART_MOST = 30, LINES_MOST = 3 };

/* A line with a part of a label at the left, and perhaps a part of the value at the right. */
typedef struct line {
    size_t from, label_to, value, end; /* value == end: the line has no part of it */
    size_t column, value_column;
} line;

static bool read_line(const np_notice_text *t, size_t at, line *l)
{
    const char *newline = at < t->length ? memchr(t->text + at, '\n', t->length - at) : NULL;
    if (at >= t->length) return false;
    l->from = at;
    l->end = newline ? (size_t)(newline - t->text) : t->length;
    const char *tab = memchr(t->text + at, '\t', l->end - at);
    l->label_to = tab ? (size_t)(tab - t->text) : l->end;
    l->value = tab ? l->label_to + 1 : l->end;
    if (l->label_to == at || l->label_to - at > PART_MOST) return false;
    if (tab && memchr(t->text + l->value, '\t', l->end - l->value)) return false;
    l->column = np_notice_column(t, at);
    l->value_column = tab ? np_notice_column(t, l->value) : 0;
    return true;
}

static bool near(size_t a, size_t b)
{
    return a <= b + 1 && b <= a + 1;
}

/* How many lines from `at` on, two or three, together make one label; 0: none. */
static size_t wrapped(const np_reading *reading, size_t at, line *lines)
{
    const np_notice_text *t = &reading->text;
    char label[LABEL_MOST];
    size_t length = 0;
    for (size_t i = 0; i < LINES_MOST && read_line(t, at, &lines[i]); i++) {
        const line *l = &lines[i];
        size_t part = l->label_to - l->from;
        bool first = i == 0, valued = l->value < l->end;
        if (first ? !valued : !np_is_lower(t->text[l->from]) || !near(l->column, lines[0].column)) return 0;
        if (!first && valued && !near(l->value_column, lines[0].value_column)) return 0;
        if (length + part + 2 > LABEL_MOST) return 0;
        if (!first) label[length++] = ' ';
        memcpy(label + length, t->text + l->from, part);
        length += part;
        if (!first && np_is_label(reading->patterns, label, length)) return i + 1;
        at = l->end + 1;
    }
    return 0;
}

static void copy_joined(np_copying *c, const line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i) np_copy_add(c, " ", lines[i].from - 1);
        np_copy(c, lines[i].from, lines[i].label_to);
    }
    for (size_t i = 0; i < count; i++) {
        if (lines[i].value == lines[i].end) continue;
        np_copy_add(c, i ? " " : "\t", lines[i].value - 1);
        np_copy(c, lines[i].value, lines[i].end);
    }
}

void np_notice_join_labels(np_reading *reading)
{
    const np_notice_text *t = &reading->text;
    np_copying c = {NULL, *t};
    size_t done = 0;
    for (size_t at = 0; at < t->length;) {
        line lines[LINES_MOST];
        size_t count = wrapped(reading, at, lines);
        if (count) {
            if (!c.reading) np_copy_start(&c, reading, t->length);
            np_copy(&c, done, at);
            copy_joined(&c, lines, count);
            at = done = lines[count - 1].end;
        }
        const char *newline = memchr(t->text + at, '\n', t->length - at);
        at = newline ? (size_t)(newline - t->text) + 1 : t->length;
    }
    if (!c.reading) return;
    np_copy(&c, done, t->length);
    np_copy_end(&c);
}
