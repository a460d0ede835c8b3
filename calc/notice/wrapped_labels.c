/* Narrow columns of a PDF break a label over several lines, each with a part of the value beside it, in one pair of
 * columns or in two:
 *
 *     Basic monthly      EUR 6,305.40      Closing       4 July
 *     salary             (step 1)          date          2031
 *
 * becomes "Basic monthly salary" and "Closing date", each with its value in one piece, a line each. */
#include <string.h>

#include "notice_internal.h"

enum { LABEL_MOST = 60, PART_MOST = 30, LINES_MOST = 4, COLUMNS = 4 };

/* A row of a form: labels stand in the first and third column, their values in the second and fourth. */
typedef struct form_row {
    np_piece parts[COLUMNS][LINES_MOST]; /* from == to: nothing stands in this column of the line */
    size_t column[COLUMNS];              /* where they begin */
    size_t columns, lines;
    size_t end[LINES_MOST]; /* of the line */
} form_row;

static bool near(size_t a, size_t b)
{
    return a <= b + 1 && b <= a + 1;
}

/* The row's column that begins at this character of a line; COLUMNS: none does. The first line says where columns
 * begin; the last value may begin in a later line. */
static size_t column_at(form_row *row, size_t line, size_t after, size_t column)
{
    for (size_t i = after; line > 0 && i < row->columns; i++)
        if (near(row->column[i], column)) return i;
    bool next = line == 0 || (row->columns == 3 && column > row->column[2]);
    if (!next || row->columns == COLUMNS) return COLUMNS;
    row->column[row->columns] = column;
    return row->columns++;
}

/* Put the line at `at` below the row's others; false: it is no line of a form, or of another row. */
static bool add_line(const np_notice_text *t, size_t at, form_row *row)
{
    size_t line = row->lines;
    if (at >= t->length || t->text[at] == '\n') return false;
    row->end[line] = np_notice_line_end(t, at);
    for (size_t i = 0; i < COLUMNS; i++) row->parts[i][line] = (np_piece){at, at};
    for (size_t next = 0; at < row->end[line]; at++) {
        const char *tab = memchr(t->text + at, '\t', row->end[line] - at);
        np_piece p = {at, tab ? (size_t)(tab - t->text) : row->end[line]};
        size_t column = column_at(row, line, next, np_notice_column(t, at));
        if (column == COLUMNS || (column % 2 == 0 && p.to - p.from > PART_MOST)) return false;
        row->parts[column][line] = p;
        next = column + 1;
        at = p.to;
    }
    row->lines++;
    return true;
}

/* The word goes on in the part below: "Clear-", "ance". */
static bool is_cut(const np_notice_text *t, np_piece p, np_piece below)
{
    return p.to > p.from + 1 && below.from < below.to && t->text[p.to - 1] == '-' && np_is_lower(t->text[p.to - 2]) &&
           np_is_lower(t->text[below.from]);
}

/* The next line, from `line` on, in which something stands in the column; row->lines: there is none. */
static size_t next_part(const form_row *row, size_t column, size_t line)
{
    while (line < row->lines && row->parts[column][line].from == row->parts[column][line].to) line++;
    return line;
}

/* What stands in one column's first `lines` lines is a label when put together; "Salary (EUR, monthly)" is "Salary". */
static bool is_label(const np_reading *reading, const form_row *row, size_t column, size_t lines)
{
    const np_notice_text *t = &reading->text;
    char label[LABEL_MOST];
    size_t length = 0;
    for (size_t i = 0; i < lines; i++) {
        np_piece p = row->parts[column][i], below = {0, 0};
        if (p.from == p.to) continue;
        if (i + 1 < lines) below = row->parts[column][i + 1];
        bool cut = is_cut(t, p, below);
        if (length + (p.to - p.from) + 1 > LABEL_MOST) return false;
        memcpy(label + length, t->text + p.from, p.to - p.from - cut);
        length += p.to - p.from - cut;
        if (!cut) label[length++] = ' ';
    }
    while (length && strchr(": ", label[length - 1])) length--;
    const char *open = length && label[length - 1] == ')' ? memchr(label, '(', length) : NULL;
    if (open && open > label + 1) length = (size_t)(open - label) - 1;
    return length && np_is_label(reading->patterns, label, length);
}

/* The label's first part is a label by itself, with a whole value beside it: "Closing  15 February" is not one. */
static bool is_whole(np_reading *reading, const form_row *row, size_t column)
{
    np_piece first = row->parts[column][0], value = row->parts[column + 1][0];
    const np_pattern *label = np_notice_label_of(reading, first.from, first.to);
    return label && np_notice_fits(reading, label, value.from, value.to);
}

/* What stands in the row's last line goes on with what is above it, and is no row of its own. */
static bool goes_on(np_reading *reading, const form_row *row)
{
    const np_notice_text *t = &reading->text;
    size_t last = row->lines - 1;
    bool any = false;
    for (size_t column = 0; column < row->columns; column += 2) {
        np_piece label = row->parts[column][last], value = {0, 0};
        if (column + 1 < row->columns) value = row->parts[column + 1][last];
        any = any || label.from < label.to;
        if (label.from == label.to || np_is_lower(t->text[label.from])) continue;
        if (value.from < value.to && is_whole(reading, row, column)) return false;
    }
    for (size_t column = 1; !any && column < row->columns; column += 2) {
        np_piece first = row->parts[column][0], value = row->parts[column][last];
        if (value.from < value.to && !np_notice_is_continued(t, first.from, first.to, first.to, value.from))
            return false;
    }
    return true;
}

/* How many lines from `at` on, two at least, are one row of which a label goes over several; 0: none. */
static size_t wrapped(np_reading *reading, size_t at, form_row *row)
{
    size_t found = 0;
    *row = (form_row){.columns = 0};
    if (!add_line(&reading->text, at, row) || row->columns < 2) return 0;
    while (row->lines < LINES_MOST && add_line(&reading->text, row->end[row->lines - 1] + 1, row)) {
        bool labels = goes_on(reading, row), over = false;
        if (!labels) break;
        for (size_t column = 0; column < row->columns; column += 2) {
            labels = labels && is_label(reading, row, column, row->lines);
            over = over || next_part(row, column, 1) < row->lines;
        }
        if (labels && over) found = row->lines;
    }
    row->lines = found;
    return found;
}

static void copy_column(np_copying *c, const np_notice_text *t, const form_row *row, size_t column)
{
    for (size_t i = next_part(row, column, 0), next; i < row->lines; i = next) {
        np_piece p = row->parts[column][i];
        next = next_part(row, column, i + 1);
        bool cut = next < row->lines && is_cut(t, p, row->parts[column][next]);
        np_copy(c, p.from, p.to - cut);
        if (next < row->lines && !cut) np_copy_add(c, " ", p.to);
    }
}

void np_notice_join_labels(np_reading *reading)
{
    const np_notice_text *t = &reading->text;
    np_copying c = {NULL, *t};
    size_t done = 0;
    for (size_t at = 0; at < t->length;) {
        form_row row;
        size_t lines = wrapped(reading, at, &row);
        if (lines) {
            if (!c.reading) np_copy_start(&c, reading, t->length);
            np_copy(&c, done, at);
            for (size_t column = 0; column < row.columns; column++) {
                if (column) np_copy_add(&c, column % 2 ? "\t" : "\n", row.parts[column][0].from);
                copy_column(&c, t, &row, column);
            }
            at = done = row.end[lines - 1];
        }
        at = np_notice_next_line(t, at);
    }
    if (!c.reading) return;
    np_copy(&c, done, t->length);
    np_copy_end(&c);
}
