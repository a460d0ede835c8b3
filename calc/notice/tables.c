/* Tables, whose values may stand beneath their headings or above their labels: put so that the notice reads as if
 * it were written in one column. */
#include <string.h>

#include "notice_internal.h"

enum {
    HEADS_LEAST = 3, /* headings of a line */
    WIDE_LEAST = 5,  /* headings */
    ROWS_MOST = 3,   /* of a list of posts: it is no notice of one */
    LIST_LEAST = 4   /* its columns */
};

/* Cut the line of values where the headings above it begin; false: a value does not begin there. */
static bool split_beneath(const np_notice_text *t, const np_cells *heads, np_cells *values)
{
    size_t at = heads->end + 1;
    values->count = 0;
    for (size_t i = 0; i < heads->count; i++) {
        size_t column = np_notice_column(t, heads->from[i]), from = at;
        while (at < values->end && (np_notice_column(t, at) < column || strchr(" \t", t->text[at]))) at++;
        if (at == values->end || np_notice_column(t, at) != column || (i && !strchr(" \t", t->text[at - 1])))
            return false;
        if (i) values->to[i - 1] = at - 1;
        values->from[values->count++] = i ? at : from;
        values->to[i] = values->end;
    }
    return true;
}

/* Where the row beneath the one that ends at `end` begins. An empty line may stand between, as in web pages. */
static size_t row_beneath(const np_notice_text *t, size_t end)
{
    return end + 1 < t->length && t->text[end + 1] == '\n' ? end + 2 : end + 1;
}

/* Two headings at least, and as many values beneath. Of five and more a few may be called as nobody knows. */
static bool is_table(const np_reading *reading, size_t at, np_cells *heads, np_cells *values)
{
    const np_notice_text *t = &reading->text;
    if (!np_notice_cells(t, at, heads) || heads->count < 2) return false;
    size_t below = row_beneath(t, heads->end);
    if (below >= t->length) return false;
    bool same = np_notice_cells(t, below, values) && values->count == heads->count;
    bool cut = !same && heads->count > 2 && below == heads->end + 1 && split_beneath(t, heads, values);
    if (!same && !cut) return false;
    size_t others = 0;
    for (size_t i = 0; i < heads->count; i++)
        others += !np_notice_is_heading(reading, heads->from[i], heads->to[i]) ||
                  np_notice_is_heading(reading, values->from[i], values->to[i]);
    return others == 0 || (heads->count >= WIDE_LEAST && others <= heads->count / 3);
}

static bool all_fit(np_reading *reading, const np_cells *heads, const np_cells *values)
{
    for (size_t i = 0; i < heads->count; i++) {
        const np_pattern *label = np_notice_label_of(reading, heads->from[i], heads->to[i]);
        if (label && !np_notice_fits(reading, label, values->from[i], values->to[i])) return false;
    }
    return true;
}

/* Another row of the table whose values ended at `end`: a list of posts has one for each. */
static bool is_next_row(np_reading *reading, const np_cells *heads, size_t end, np_cells *values)
{
    const np_notice_text *t = &reading->text;
    size_t below = row_beneath(t, end);
    if (heads->count < LIST_LEAST || below >= t->length || t->text[below] == '\n') return false;
    return np_notice_cells(t, below, values) && values->count == heads->count && all_fit(reading, heads, values);
}

/* Collects consecutive lines from `at` on that are labels (or, without `labels`, values), at most `most`. `spaced`: an
 * empty line stands behind each. Gives back where the next line begins. */
static size_t take_lines(const np_reading *reading, size_t at, bool labels, bool spaced, size_t most, np_cells *lines)
{
    const np_notice_text *t = &reading->text;
    for (lines->count = 0; at < t->length && lines->count < most; lines->count++) {
        size_t end = np_notice_next_line(t, at) - 1;
        if (end <= at || np_notice_is_heading(reading, at, end) != labels) break;
        lines->from[lines->count] = at;
        lines->to[lines->count] = lines->end = end;
        at = end + 1;
        if (spaced && at < t->length && t->text[at] == '\n') at++;
    }
    return at;
}

/* Labels of one line of the file, which their colons have parted, and as many values in the line beneath. */
static bool is_parted_table(np_reading *reading, size_t at, np_cells *heads, np_cells *values)
{
    const np_notice_text *t = &reading->text;
    at = take_lines(reading, at, true, false, NP_CELLS_MAX, heads);
    if (heads->count < 2 || at >= t->length || t->text[at] == '\n') return false;
    for (size_t i = 1; i < heads->count; i++)
        if (np_notice_begins_line(t, heads->from[i])) return false;
    return np_notice_cells(t, at, values) && values->count == heads->count && all_fit(reading, heads, values);
}

/* Two labels with two values beneath: the first value must not suit the second label, or the order would be a guess. */
static bool are_told_apart(np_reading *reading, const np_cells *heads, const np_cells *values)
{
    const np_pattern *second = np_notice_label_of(reading, heads->from[1], heads->to[1]);
    return !np_notice_fits(reading, second, values->from[0], values->to[0]);
}

/* Labels beneath each other and their values beneath them, as copies of a table have it, with an empty line behind
 * each or behind none: how many; 0. */
static size_t stacked(np_reading *reading, size_t at, np_cells *heads, np_cells *values)
{
    const np_notice_text *t = &reading->text;
    size_t second = np_notice_next_line(t, at);
    bool spaced = second < t->length && t->text[second] == '\n';
    at = take_lines(reading, at, true, spaced, NP_CELLS_MAX, heads);
    if (!spaced && at < t->length && t->text[at] == '\n') at++; /* an empty line between */
    at = take_lines(reading, at, false, spaced, heads->count, values);
    if (heads->count < (spaced ? 2 : 3) || heads->count != values->count) return 0;
    if (heads->count == 2 && !are_told_apart(reading, heads, values)) return 0;
    bool over = spaced ? all_fit(reading, heads, values) : at >= t->length || t->text[at] == '\n';
    return over ? heads->count : 0;
}

bool np_notice_fits(np_reading *reading, const np_pattern *label, size_t from, size_t to)
{
    const char *text = reading->text.text;
    size_t at, length;
    np_read_date date;
    np_read_grades grades;
    switch (label->kind) {
    case NP_READS_DATE:
        return np_find_date(reading->patterns, text, from, to, &date);
    case NP_READS_GRADE:
        return np_find_grades(reading->patterns, reading->arena, text, from, to, false, &grades);
    case NP_READS_MONEY:
        return strcspn(text + from, "0123456789") < to - from;
    case NP_READS_PLACE:
        return np_find_place(reading, from, to, &at, &length) != NULL;
    default:
        return true;
    }
}

/* A value at `at`, with its label in the line beneath it, as the next of a table. */
static bool take_value_above(np_reading *reading, size_t at, np_cells *heads, np_cells *values)
{
    const np_notice_text *t = &reading->text;
    size_t i = heads->count;
    if (i == NP_CELLS_MAX || at >= t->length || t->text[at] == '\n') return false;
    size_t head = np_notice_next_line(t, at), end = np_notice_next_line(t, head) - 1;
    const np_pattern *label = head < t->length && end > head ? np_notice_label_of(reading, head, end) : NULL;
    if (!label || np_notice_is_heading(reading, at, head - 1) || !np_notice_fits(reading, label, at, head - 1))
        return false;
    values->from[i] = at;
    values->to[i] = head - 1;
    heads->from[i] = head;
    heads->to[i] = values->end = end;
    heads->count++;
    return true;
}

/* Values that stand above their labels, three or more in lines of their own, perhaps with an empty line behind each
 * label, up to an empty one. */
static bool values_above(np_reading *reading, size_t at, np_cells *heads, np_cells *values)
{
    const np_notice_text *t = &reading->text;
    heads->count = 0;
    for (bool taken = true; taken;) {
        bool parted = heads->count && at + 1 < t->length && t->text[at] == '\n';
        taken = take_value_above(reading, at + parted, heads, values);
        if (taken) at = values->end + 1;
    }
    values->count = heads->count;
    return heads->count >= 3 && (at >= t->length || t->text[at] == '\n');
}

/* Values with their labels as captions beneath, "G.10" over "(Grade)", as printed forms have it. */
static bool captioned(const np_reading *reading, size_t at, np_cells *heads, np_cells *values)
{
    const np_notice_text *t = &reading->text;
    if (!np_notice_cells(t, at, values)) return false;
    size_t below = values->end + 1;
    if (below < t->length && t->text[below] == '\n') below++; /* an empty line, where the form had a rule */
    if (below >= t->length || !np_notice_cells(t, below, heads) || heads->count != values->count) return false;
    for (size_t i = 0; i < heads->count; i++) {
        if (heads->to[i] - heads->from[i] < 3 || t->text[heads->from[i]] != '(' || t->text[heads->to[i] - 1] != ')')
            return false;
        heads->from[i]++;
        heads->to[i]--;
        if (!np_notice_is_heading(reading, heads->from[i], heads->to[i])) return false;
    }
    values->end = heads->end;
    return true;
}

/* The next line, where each of its cells goes on with the value above it: `more`, from == to where a value ends as it
 * is. Otherwise nothing. */
static void take_continued(const np_reading *reading, np_cells *values, np_cells *more)
{
    const np_notice_text *t = &reading->text;
    np_cells line, found = *values;
    size_t next = values->end + 1;
    for (size_t i = 0; i < values->count; i++) found.from[i] = found.to[i];
    *more = found;
    if (next >= t->length || t->text[next] == '\n' || !np_notice_cells(t, next, &line)) return;
    for (size_t i = 0; i < line.count; i++) {
        size_t k = 0, column = np_notice_column(t, line.from[i]);
        while (k < values->count && np_notice_column(t, values->from[k]) != column) k++;
        if (k == values->count || np_notice_is_heading(reading, line.from[i], line.to[i]) ||
            !np_notice_is_continued(t, values->from[k], values->to[k], values->to[k], line.from[i]))
            return;
        found.from[k] = line.from[i];
        found.to[k] = line.to[i];
    }
    *more = found;
    values->end = line.end;
}

/* Whether a table begins at this line, in any of its layouts: as many values as labels. */
static bool is_any_table(np_reading *reading, size_t at, size_t end, np_cells *heads, np_cells *values)
{
    const char *line = reading->text.text + at;
    if (memchr(line, '\t', end - at) && is_table(reading, at, heads, values)) return true;
    return is_parted_table(reading, at, heads, values) || stacked(reading, at, heads, values) ||
           values_above(reading, at, heads, values) || captioned(reading, at, heads, values);
}

/* A line of headings with fewer or more values beneath it, as where a cell is empty: which is whose is not known. */
static bool heads_strangers(const np_reading *reading, size_t at)
{
    const np_notice_text *t = &reading->text;
    np_cells heads, values;
    if (!np_notice_cells(t, at, &heads) || heads.count < HEADS_LEAST) return false;
    size_t below = row_beneath(t, heads.end);
    if (below >= t->length || !np_notice_cells(t, below, &values)) return false;
    if (values.count < 2 || values.count == heads.count) return false;
    for (size_t i = 0; i < heads.count; i++)
        if (!np_notice_is_heading(reading, heads.from[i], heads.to[i])) return false;
    for (size_t i = 0; i < values.count; i++)
        if (np_notice_is_heading(reading, values.from[i], values.to[i])) return false;
    return true;
}

/* Each heading with its value: the tab behind a heading becomes its line's end, as does the one behind a value. */
static void copy_row(np_copying *c, const np_cells *heads, const np_cells *values, const np_cells *more)
{
    for (size_t i = 0; i < heads->count; i++) {
        np_copy(c, heads->from[i], heads->to[i]);
        np_copy_add(c, "\n", heads->to[i]);
        np_copy(c, values->from[i], values->to[i]);
        if (more->from[i] < more->to[i]) np_copy_add(c, " ", more->from[i] - 1);
        np_copy(c, more->from[i], more->to[i]);
        np_copy_add(c, "\n", more->to[i]);
    }
}

void np_notice_untable(np_reading *reading)
{
    np_notice_join_labels(reading);
    np_notice_join_values(reading);
    np_notice_text *t = &reading->text;
    np_copying c = {NULL, *t};
    np_two_sides *lines = np_arena_array(reading->arena, NP_SIDES_MAX, sizeof *lines);
    size_t done = 0;
    for (size_t at = 0; at < t->length; at = np_notice_next_line(t, at)) {
        np_cells heads, values, more;
        size_t end = np_notice_next_line(t, at);
        if (at < done) continue;
        size_t sides = np_notice_two_columns(reading, at, lines);
        if (sides) {
            if (!c.reading) np_copy_start(&c, reading, ROWS_MOST * t->length);
            np_copy(&c, done, at);
            np_notice_copy_sides(&c, t, lines, sides);
            done = lines[sides - 1].to + 1;
            continue;
        }
        if (!is_any_table(reading, at, end, &heads, &values)) {
            if (!heads_strangers(reading, at)) continue;
            if (!c.reading) np_copy_start(&c, reading, ROWS_MOST * t->length);
            np_copy(&c, done, at);
            done = end;
            continue;
        }
        take_continued(reading, &values, &more);
        if (!c.reading) np_copy_start(&c, reading, ROWS_MOST * t->length);
        np_copy(&c, done, at);
        copy_row(&c, &heads, &values, &more);
        done = values.end + 1;
        for (size_t nth = 1; nth < ROWS_MOST && is_next_row(reading, &heads, done - 1, &values); nth++) {
            for (size_t i = 0; i < values.count; i++) more.from[i] = more.to[i] = values.to[i];
            copy_row(&c, &heads, &values, &more);
            done = values.end + 1;
        }
    }
    if (!c.reading) return;
    np_copy(&c, done < t->length ? done : t->length, t->length);
    np_copy_end(&c);
}
