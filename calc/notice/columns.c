/* The columns of a line, and values of several lines in one column, which are put together. */
#include <string.h>

#include "notice_internal.h"

enum {
    CELL_MAX = 60,
    LINE_MOST = 400,
    MORE_MAX = 3, /* lines */
    WORD_MOST = 12,
    INDENT_LEAST = 6
};

bool np_notice_cells(const np_notice_text *t, size_t at, np_cells *c)
{
    const char *tab;
    c->end = np_notice_line_end(t, at);
    for (c->count = 0; c->count < NP_CELLS_MAX; at = (size_t)(tab - t->text) + 1) {
        tab = memchr(t->text + at, '\t', c->end - at);
        c->from[c->count] = at;
        c->to[c->count++] = tab ? (size_t)(tab - t->text) : c->end;
        if (!tab) return true;
    }
    return false;
}

const np_pattern *np_notice_label_of(const np_reading *reading, size_t from, size_t to)
{
    const char *text = reading->text.text;
    if (to - from > CELL_MAX) return NULL;
    while (to > from && strchr(":. ", text[to - 1])) to--;
    const char *open = to > from && text[to - 1] == ')' ? memchr(text + from, '(', to - from) : NULL;
    if (open && open > text + from + 1 && open[-1] == ' ') to = (size_t)(open - text) - 1;
    const np_pattern *p = np_notice_word_of(reading, from, to);
    return p && p->headed ? p : NULL;
}

size_t np_notice_column(const np_notice_text *t, size_t at)
{
    size_t end = np_notice_offset(t, at), from = end, column = 0;
    while (from > 0 && t->file->text[from - 1] != '\n' && end - from < LINE_MOST) from--;
    for (; from < end; from++)
        if (t->file->text[from] == '\t')
            column += 8 - column % 8;
        else
            column += ((unsigned char)t->file->text[from] & 0xC0) != 0x80;
    return column;
}

bool np_notice_begins_line(const np_notice_text *t, size_t at)
{
    size_t offset = np_notice_offset(t, at);
    while (offset > 0 && strchr(" \t>", t->file->text[offset - 1])) offset--;
    return offset == 0 || t->file->text[offset - 1] == '\n';
}

/* ---- values that go on beneath themselves ---- */

/* The values of a row of "Label  value  Label  value", and what goes on beneath each. */
typedef struct row {
    struct row_value {
        size_t from, end, column;
        np_piece more[MORE_MAX];
        size_t more_count;
    } values[NP_CELLS_MAX];
    size_t count;
    size_t column;        /* where its line begins */
    size_t below, behind; /* the lines that go on: from, to */
} row;

/* Note the line's values: the cells behind headings, and what stands behind a colon. */
static void note_values(const np_reading *reading, const np_cells *c, row *r)
{
    const np_notice_text *t = &reading->text;
    if (r->count == 0) r->column = np_notice_column(t, c->from[0]);
    for (size_t i = 0; i < c->count && r->count < NP_CELLS_MAX; i++) {
        const char *colon = c->to[i] > c->from[i] ? memchr(t->text + c->from[i], ':', c->to[i] - c->from[i] - 1) : NULL;
        size_t from = colon ? (size_t)(colon - t->text) + 1 : c->from[i];
        bool headed =
            i && (t->text[c->to[i - 1] - 1] == ':' || np_notice_is_heading(reading, c->from[i - 1], c->to[i - 1]));
        while (colon && t->text[from] == ' ') from++;
        if ((colon || headed) && from < c->to[i])
            r->values[r->count++] =
                (struct row_value){.from = from, .end = c->to[i], .column = np_notice_column(t, from)};
    }
}

/* "NATO", "SECRET": one short word in capitals. */
static bool is_capitals(const np_notice_text *t, size_t from, size_t to)
{
    if (from >= to || to - from > WORD_MOST) return false;
    while (from < to && np_is_upper(t->text[from])) from++;
    return from == to;
}

/* The text before `last` ends in a word or mark that asks for more. */
static bool asks_for_more(const np_notice_text *t, size_t from, size_t last)
{
    static const char *const WORDS[] = {" of", " and", " for", " the", " to", " in",
                                        " et", " de",  " du",  " des", " la"};
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        size_t length = strlen(WORDS[i]);
        if (last > from + length && memcmp(t->text + last - length, WORDS[i], length) == 0) return true;
    }
    return strchr(",&/-", t->text[last - 1]) != NULL;
}

bool np_notice_is_continued(const np_notice_text *t, size_t from, size_t to, size_t last, size_t next)
{
    int open = 0;
    for (size_t i = from; i < to; i++) open += t->text[i] == '(' ? 1 : t->text[i] == ')' ? -1 : 0;
    if (open > 0 || t->text[next] == '(' || np_is_lower(t->text[next]) || asks_for_more(t, from, last)) return true;
    if (is_capitals(t, from, to) && is_capitals(t, next, np_notice_line_end(t, next))) return true;
    /* "19 September", "2027" */
    bool year = strspn(t->text + next, "0123456789") == 4 && np_is_letter(t->text[last - 1]);
    return year && strcspn(t->text + from, "0123456789") < last - from;
}

static bool is_continued(const np_notice_text *t, const struct row_value *value, size_t next)
{
    size_t last = value->more_count ? value->more[value->more_count - 1].to : value->end;
    return np_notice_is_continued(t, value->from, value->end, last, next);
}

/* A row of the table begins at `at`, or behind an empty line there: in the column of the row before, with a label and
 * its colon, or a label in a cell of its own. */
static bool begins_row(const np_reading *reading, const row *r, size_t at)
{
    const np_notice_text *t = &reading->text;
    if (at < t->length && t->text[at] == '\n') at++;
    if (at >= t->length || np_notice_column(t, at) != r->column) return false;
    size_t length = strcspn(t->text + at, ":\t\n");
    return t->text[at + length] != '\n' && np_notice_is_heading(reading, at, at + length);
}

/* Whether the line goes on with a value: it is indented beneath a label and its value, and the next label is not. */
static bool hangs(const np_reading *reading, const np_cells *c, const row *r)
{
    size_t column = np_notice_column(&reading->text, c->from[0]);
    if (c->count != 1 || r->count != 1 || r->values[0].more_count) return false;
    return column >= r->column + 2 && column < r->values[0].column && begins_row(reading, r, c->end + 1);
}

/* The line stands in the columns of values, with nothing in those of labels, and the next row or an empty line follows:
 * it goes on with the values whatever its words are. */
static bool fills_columns(const np_reading *reading, const np_cells *c, const row *r)
{
    const np_notice_text *t = &reading->text;
    size_t next = c->end + 1;
    if (np_notice_column(t, c->from[0]) <= r->column) return false;
    if (r->count > 1 && (next >= t->length || t->text[next] == '\n')) return true;
    return begins_row(reading, r, next);
}

/* The row's value that begins in this column; NULL. */
static struct row_value *value_above(row *r, size_t column)
{
    struct row_value *found = NULL;
    for (size_t v = 0; v < r->count; v++)
        if (column + 1 >= r->values[v].column && column <= r->values[v].column + 1) found = &r->values[v];
    return found;
}

/* The line stands beneath values of the row, and goes on with them; false: it is another. */
static bool goes_beneath(const np_reading *reading, const np_cells *c, row *r)
{
    const np_notice_text *t = &reading->text;
    struct row_value *at[NP_CELLS_MAX];
    bool filled = fills_columns(reading, c, r);
    for (size_t i = 0; i < c->count; i++) {
        size_t column = np_notice_column(t, c->from[i]);
        at[i] = column >= INDENT_LEAST ? value_above(r, column) : NULL;
        bool hanging = !at[i] && hangs(reading, c, r);
        if (hanging) at[i] = &r->values[0];
        if (!at[i] || at[i]->more_count == MORE_MAX || np_notice_is_heading(reading, c->from[i], c->to[i]))
            return false;
        if (memchr(t->text + c->from[i], ':', c->to[i] - c->from[i])) return false;
        if (!hanging && !filled && !is_continued(t, at[i], c->from[i])) return false;
    }
    for (size_t i = 0; i < c->count; i++) at[i]->more[at[i]->more_count++] = (np_piece){c->from[i], c->to[i]};
    return true;
}

/* Put what goes on beneath values behind them. */
static void write_row(np_copying *c, np_reading *reading, row *r, size_t *done)
{
    if (r->behind) {
        if (!c->reading) np_copy_start(c, reading, reading->text.length);
        for (size_t v = 0; v < r->count; v++) {
            np_copy(c, *done, r->values[v].end);
            *done = r->values[v].end;
            for (size_t i = 0; i < r->values[v].more_count; i++) {
                np_copy_add(c, " ", r->values[v].more[i].from - 1);
                np_copy(c, r->values[v].more[i].from, r->values[v].more[i].to);
            }
        }
        np_copy(c, *done, r->below);
        *done = r->behind;
    }
    *r = (row){.count = 0};
}

void np_notice_join_values(np_reading *reading)
{
    np_notice_text *t = &reading->text;
    np_copying c = {NULL, *t};
    row r = {.count = 0};
    size_t done = 0;
    for (size_t at = 0, end; at < t->length; at = end) {
        np_cells line;
        end = np_notice_next_line(t, at);
        bool empty = t->text[at] == '\n', read = !empty && np_notice_cells(t, at, &line),
             first = np_notice_begins_line(t, at);
        if (read && first && r.count && goes_beneath(reading, &line, &r)) {
            if (!r.behind) r.below = at;
            r.behind = end;
            continue;
        }
        if (first || r.behind || !read) write_row(&c, reading, &r, &done);
        if (read) note_values(reading, &line, &r);
    }
    write_row(&c, reading, &r, &done);
    if (!c.reading) return;
    np_copy(&c, done, t->length);
    np_copy_end(&c);
}
