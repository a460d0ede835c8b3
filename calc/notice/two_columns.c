/* Prose in two columns, as copies of a PDF have it: put so that one column follows the other. */
#include <string.h>

#include "notice_internal.h"

enum {
    GUTTER_SLACK = 2,
    GUTTER_INDENT = 4,
    HEADED_LEAST = 6 /* lines beneath two headings: fewer are a table's row */
};

/* At the second column, or a list's indent behind it. */
static bool is_near(size_t column, size_t gutter)
{
    return column + GUTTER_SLACK >= gutter && column <= gutter + GUTTER_INDENT;
}

/* The line's two sides, either of which may be empty; false: it is none of two columns whose second begins at
 * `gutter`. */
static bool sides_of(const np_notice_text *t, size_t at, size_t gutter, np_two_sides *s)
{
    size_t end = np_notice_next_line(t, at) - 1;
    *s = (np_two_sides){at, end, end, end};
    if (end <= at) return true;
    if (np_notice_column(t, at) + GUTTER_SLACK >= gutter) {
        s->middle = s->right = at;
        return is_near(np_notice_column(t, at), gutter);
    }
    for (size_t i = at; i < end; i++) {
        if (t->text[i] != '\t') continue;
        s->middle = i;
        s->right = i + 1;
        return is_near(np_notice_column(t, i + 1), gutter) && !memchr(t->text + i + 1, '\t', end - i - 1);
    }
    return np_notice_column(t, end - 1) < gutter;
}

/* A line of prose goes on here: in small letters, or as the next of a list. */
static bool goes_on(const char *text)
{
    return np_is_lower(text[0]) || (text[0] == '-' && text[1] == ' ');
}

/* Two headings beside each other: "Essential   Desirable". */
static bool are_headings(const np_reading *reading, const np_two_sides *s)
{
    return s->middle > s->from && s->to > s->right && np_notice_label_of(reading, s->from, s->middle) &&
           np_notice_label_of(reading, s->right, s->to);
}

/* Two headings stand above both columns, and no others further down, as they do in a form. */
static bool is_headed(const np_reading *reading, const np_two_sides *lines, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (are_headings(reading, &lines[i])) return false;
    return are_headings(reading, lines);
}

size_t np_notice_two_columns(const np_reading *reading, size_t at, np_two_sides *lines)
{
    const np_notice_text *t = &reading->text;
    const char *tab = memchr(t->text + at, '\t', np_notice_next_line(t, at) - at);
    size_t count = 0, both = 0, low_left = 0, low_right = 0;
    if (!tab) return 0;
    size_t gutter = np_notice_column(t, (size_t)(tab - t->text) + 1);
    if (gutter < NP_GUTTER_LEAST) return 0;
    for (; count < NP_SIDES_MAX && at < t->length && sides_of(t, at, gutter, &lines[count]);
         at = np_notice_next_line(t, at)) {
        const np_two_sides *s = &lines[count++];
        if (s->middle == s->from || s->right == s->to) continue;
        both++;
        low_left += goes_on(t->text + s->from);
        low_right += goes_on(t->text + s->right);
    }
    if (both >= 3 && count >= HEADED_LEAST && is_headed(reading, lines, count)) return count;
    size_t least = both < 6 ? 2 : 3;
    return both >= 3 && low_left * least >= both && low_right * least >= both ? count : 0;
}

static np_piece side_of(const np_two_sides *line, bool right)
{
    return right ? (np_piece){line->right, line->to} : (np_piece){line->from, line->middle};
}

/* The next line's first word had no room in this one. */
static bool is_full(const np_notice_text *t, np_piece line, np_piece next, size_t width)
{
    size_t word = 0;
    while (next.from + word < next.to && t->text[next.from + word] != ' ') word++;
    return word && t->text[next.from] != '-' && line.to - line.from + 1 + word > width;
}

/* One side of the lines; its sentences and the words cut at a line's end are put together. */
static void copy_side(np_copying *c, const np_notice_text *t, const np_two_sides *lines, size_t count, bool right)
{
    size_t width = 0;
    bool empty = false;
    for (size_t i = 0; i < count; i++) {
        np_piece line = side_of(&lines[i], right);
        if (line.to - line.from > width) width = line.to - line.from;
    }
    for (size_t i = 0; i < count; i++) {
        np_piece line = side_of(&lines[i], right), next = side_of(&lines[i + (i + 1 < count)], right);
        bool cut = line.to > line.from + 1 && t->text[line.to - 1] == '-' && np_is_lower(t->text[line.to - 2]) &&
                   i + 1 < count && np_is_lower(t->text[next.from]);
        bool full = i + 1 < count && line.to > line.from && is_full(t, line, next, width);
        np_copy(c, line.from, line.to - cut);
        if (!cut && !(empty && line.from == line.to)) np_copy_add(c, full ? " " : "\n", line.to);
        empty = line.from == line.to;
    }
}

void np_notice_copy_sides(np_copying *c, const np_notice_text *t, const np_two_sides *lines, size_t count)
{
    copy_side(c, t, lines, count, false);
    copy_side(c, t, lines, count, true);
}
