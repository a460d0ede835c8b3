/* Tables for a terminal: columns as wide as what they hold, long words broken within their columns. */
#include <string.h>

#include "render_internal.h"

enum { GAP = 2, LEAST_WRAPPED = 12, HANG = 2 };

typedef struct column {
    const np_doc_column *about;
    size_t position;   /* in the table */
    const char *title; /* its lines */
    size_t width, gap;
    size_t content; /* the widest of its cells */
    bool wrap;
} column;

/* What a terminal sees of a table: its columns, and its cells as texts. */
typedef struct view {
    const np_doc_table *table;
    np_arena *arena;
    const char **cells; /* [row * columns + column of the table] */
    column *columns;
    size_t count;
    size_t notes; /* the column that notes of rows stand in */
    size_t over;  /* so many first columns stand over the rows that share them */
} view;

static size_t columns_of(const char *text)
{
    return np_text_columns(text, strlen(text));
}

/* What would change the terminal's state, or the order of what it shows, becomes question marks: cells hold keys and
 * names of whoever wrote a list. */
static const char *made_safe(np_arena *arena, const char *text)
{
    if (np_text_is_safe(text, strlen(text))) return text;
    np_text safe;
    np_text_init(&safe, strlen(text) + 1);
    np_text_puts(&safe, text);
    np_text_make_safe(&safe);
    return np_text_move(&safe, arena);
}

static const char *cell_words(np_arena *arena, const np_doc_column *about, const np_doc_value *value)
{
    if (about->tight && value->type == NP_DOC_STATUS) return np_arena_format(arena, "%c", value->name[0]);
    return made_safe(arena, np_value_plain(arena, value));
}

static const char *cell(const view *v, size_t row, const column *c)
{
    return v->cells[row * v->table->column_count + c->position];
}

static const char *title_of(const view *v, const np_doc_column *about)
{
    if (v->table->as_written) return about->title;
    np_text text;
    np_text_init(&text, 4096);
    np_put_capitals(&text, about->title);
    return np_text_move(&text, v->arena);
}

static size_t notes_width(const np_doc_row *row)
{
    size_t width = 0;
    for (size_t n = 0; n < row->note_count; n++)
        if (columns_of(row->notes[n]) + HANG > width) width = columns_of(row->notes[n]) + HANG;
    return width;
}

/* A column as wide as its widest cell; whether it is shown. */
static column measured(const view *v, size_t position, bool *any)
{
    const np_doc_column *about = &v->table->columns[position];
    column c = {.about = about, .position = position, .wrap = about->wrap, .content = about->least};
    c.title = v->table->bare ? "" : title_of(v, about);
    c.gap = about->tight ? 1 : v->table->gap ? v->table->gap : GAP;
    *any = position == v->over || about->least;
    for (size_t r = 0; r < v->table->row_count; r++) {
        size_t own = columns_of(cell(v, r, &c));
        if (position == v->notes && notes_width(&v->table->rows[r]) > own) own = notes_width(&v->table->rows[r]);
        *any = *any || own > 0;
        if (own > c.content) c.content = own;
    }
    c.width = columns_of(c.title) > c.content ? columns_of(c.title) : c.content;
    return c;
}

/* Columns without content are left out, but for the first. */
static void choose_columns(view *v)
{
    for (size_t i = v->over; i < v->table->column_count; i++) {
        bool any;
        if (v->table->columns[i].extra && !v->table->records) continue;
        column c = measured(v, i, &any);
        if (any) v->columns[v->count++] = c;
    }
}

static size_t columns_width(const view *v)
{
    size_t width = 0;
    for (size_t i = 0; i < v->count; i++) width += v->columns[i].width + (i ? v->columns[i].gap : 0);
    return width;
}

static size_t longest_line(const char *text, size_t length)
{
    size_t longest = 0;
    for (size_t at = 0; at < length;) {
        const char *end = memchr(text + at, '\n', length - at);
        size_t line = end ? (size_t)(end - text) - at : length - at, columns = np_text_columns(text + at, line);
        if (columns > longest) longest = columns;
        at += line + 1;
    }
    return longest;
}

/* How narrow a column's title lets it be. */
static size_t least_of_title(const column *c)
{
    size_t least = c->content;
    for (const char *word = c->title; *word; word += strcspn(word, " "), word += strspn(word, " "))
        if (np_text_columns(word, strcspn(word, " ")) > least) least = np_text_columns(word, strcspn(word, " "));
    return least;
}

static void wrap_title(const view *v, column *c, size_t width)
{
    np_text lines;
    np_text_init(&lines, 4096);
    np_wrap_words(&lines, c->title, 0, 0, width);
    c->title = np_text_move(&lines, v->arena);
}

/* Titles that are wider than what stands beneath them take several lines, the one that spares most first, until
 * `excess` columns of the terminal are spared. */
static void break_titles(view *v, size_t excess)
{
    while (excess) {
        column *widest = NULL;
        size_t spared = 0;
        for (size_t i = 0; i < v->count; i++) {
            column *c = &v->columns[i];
            size_t most = strchr(c->title, '\n') ? 0 : c->width - least_of_title(c);
            if (most <= spared) continue;
            widest = c;
            spared = most;
        }
        if (!widest) return;
        if (spared > excess) spared = excess;
        wrap_title(v, widest, widest->width - spared);
        size_t width = longest_line(widest->title, strlen(widest->title)), before = widest->width;
        widest->width = width > widest->content ? width : widest->content;
        excess -= before - widest->width < excess ? before - widest->width : excess;
    }
}

/* Where no column wraps of itself, the widest one of words does. */
static void let_wrap(view *v)
{
    column *widest = NULL;
    for (size_t i = 0; i < v->count; i++) {
        column *c = &v->columns[i];
        if (c->wrap) return;
        if (!np_column_is_figures(c->about) && (!widest || c->width > widest->width)) widest = c;
    }
    if (widest) widest->wrap = true;
}

/* How wide the table is at least, when columns that wrap are as narrow as they may be. */
static size_t least_width(const view *v)
{
    size_t width = columns_width(v);
    for (size_t i = 0; i < v->count; i++)
        if (v->columns[i].wrap && v->columns[i].width > LEAST_WRAPPED) width -= v->columns[i].width - LEAST_WRAPPED;
    return width;
}

static void fit(view *v, size_t width)
{
    if (width && least_width(v) > width) break_titles(v, least_width(v) - width);
    if (width && least_width(v) > width) let_wrap(v);
}

/* Columns that wrap share what the others leave: those that need less than their share take what they need. */
static void share_width(view *v, size_t width)
{
    size_t left = width, open = 0;
    bool *settled = np_arena_array(v->arena, v->count + 1, sizeof *settled);
    for (size_t i = 0; i < v->count; i++) {
        size_t taken = i ? v->columns[i].gap : 0;
        settled[i] = !v->columns[i].wrap;
        if (settled[i])
            taken += v->columns[i].width;
        else
            open++;
        left = left > taken ? left - taken : 0;
    }
    for (bool again = true; open && again;) {
        again = false;
        for (size_t i = 0; open && i < v->count; i++) {
            if (settled[i] || v->columns[i].width > left / open) continue;
            settled[i] = again = true;
            left -= v->columns[i].width;
            open--;
        }
    }
    for (size_t i = 0; i < v->count; i++)
        if (!settled[i]) v->columns[i].width = left / open > LEAST_WRAPPED ? left / open : LEAST_WRAPPED;
}

/* ---- lines ---- */

/* The piece of a cell that stands on one of its lines; moves on to the next. */
static size_t next_line(const char **text)
{
    size_t length = strcspn(*text, "\n");
    *text += length + ((*text)[length] == '\n');
    return length;
}

static void put_line(np_text *out, const view *v, const char **pieces)
{
    size_t pending = 0; /* blanks, written only when something follows */
    for (size_t i = 0; i < v->count; i++) {
        const column *c = &v->columns[i];
        const char *text = pieces[i];
        size_t length = next_line(&pieces[i]), columns = np_text_columns(text, length);
        size_t blanks = columns < c->width ? c->width - columns : 0;
        bool right = np_column_is_figures(c->about);
        while (length && text[length - 1] == ' ') length--, blanks++;
        pending += (i ? c->gap : 0) + (right ? blanks : 0);
        if (length) {
            np_text_repeat(out, ' ', pending);
            np_text_add(out, text, length);
            pending = 0;
        }
        if (!right) pending += blanks;
    }
    np_text_putc(out, '\n');
}

static bool any_left(const view *v, const char *const *pieces)
{
    for (size_t i = 0; i < v->count; i++)
        if (*pieces[i]) return true;
    return false;
}

static void add_notes(const view *v, np_text *lines, const np_doc_row *row, const column *c)
{
    for (size_t n = 0; n < row->note_count; n++) {
        np_text note;
        np_text_init(&note, 65536);
        np_wrap_words(&note, made_safe(v->arena, row->notes[n]), 0, 0, c->width - HANG);
        np_text_putc(lines, '\n');
        for (const char *at = np_text_string(&note); *at; at++) {
            np_text_putc(lines, *at);
            if (*at == '\n') np_text_repeat(lines, ' ', HANG);
        }
        np_text_lost(lines, &note);
        np_text_free(&note);
    }
}

/* The cells of columns that wrap become lines; a column is as wide as the longest of them. */
static void wrap_cells(view *v)
{
    for (size_t i = 0; i < v->count; i++) {
        column *c = &v->columns[i];
        if (!c->wrap && c->position != v->notes) continue;
        if (c->wrap && columns_of(c->title) > c->width && !strchr(c->title, '\n')) wrap_title(v, c, c->width);
        size_t width = longest_line(c->title, strlen(c->title));
        if (width < c->about->least) width = c->about->least;
        for (size_t r = 0; r < v->table->row_count; r++) {
            const char **words = &v->cells[r * v->table->column_count + c->position];
            np_text lines;
            np_text_init(&lines, 1 << 20);
            np_wrap_words(&lines, *words, 0, 0, c->width);
            if (c->position == v->notes) add_notes(v, &lines, &v->table->rows[r], c);
            *words = np_text_move(&lines, v->arena);
            size_t longest = longest_line(*words, strlen(*words));
            if (longest > width) width = longest;
        }
        c->width = width;
    }
}

static void put_row(np_text *out, const view *v, size_t r)
{
    const char **pieces = np_arena_array(v->arena, v->count + 1, sizeof *pieces);
    for (size_t i = 0; i < v->count; i++) pieces[i] = cell(v, r, &v->columns[i]);
    do put_line(out, v, pieces);
    while (any_left(v, pieces));
}

/* ---- tables ---- */

/* Whether a row shares the cells that stand over it with the one before. */
static bool shares_over(const view *v, size_t r)
{
    const char *const *here = v->cells + r * v->table->column_count;
    for (size_t i = 0; i < v->over && r > 0; i++)
        if (strcmp(here[i], (here - v->table->column_count)[i]) != 0) return false;
    return r > 0;
}

/* "CC1, EUR, baseline" */
static void put_over(np_text *out, const view *v, size_t r)
{
    const char *const *here = v->cells + r * v->table->column_count;
    if (!v->over || shares_over(v, r)) return;
    if (r && !v->table->rows[r].rule_above) np_text_putc(out, '\n');
    bool any = false;
    for (size_t i = 0; i < v->over; i++) {
        if (!*here[i]) continue;
        np_text_printf(out, "%s%s", any ? ", " : "", here[i]);
        any = true;
    }
    np_text_putc(out, '\n');
}

/* Each row as a record: a line for each of its columns that has something to say. */
static void put_records(np_text *out, const view *v, size_t width)
{
    size_t widest = 0;
    for (size_t i = 0; i < v->count; i++) {
        size_t columns = columns_of(v->columns[i].about->key);
        if (columns > widest) widest = columns;
    }
    for (size_t r = 0; r < v->table->row_count; r++) {
        if (r) np_text_putc(out, '\n');
        for (size_t i = 0; i < v->count; i++) {
            const char *words = cell(v, r, &v->columns[i]), *key = v->columns[i].about->key;
            if (!*words) continue;
            np_text_puts(out, key);
            np_text_repeat(out, ' ', widest + 2 - columns_of(key));
            np_wrap_words(out, words, widest + 2, widest + 2, width);
            np_text_putc(out, '\n');
        }
    }
}

static void put_table(np_text *out, const view *v)
{
    np_text heading, rows;
    np_text_init(&heading, 1 << 16);
    np_text_init(&rows, out->limit);
    const char **titles = np_arena_array(v->arena, v->count + 1, sizeof *titles);
    size_t *starts = np_arena_array(v->arena, v->table->row_count + 1, sizeof *starts);
    for (size_t i = 0; i < v->count; i++) titles[i] = v->columns[i].title;
    if (!v->table->bare) do
            put_line(&heading, v, titles);
        while (any_left(v, titles));
    for (size_t r = 0; r < v->table->row_count; r++) {
        starts[r] = rows.length;
        put_row(&rows, v, r);
    }
    size_t width = longest_line(np_text_string(&rows), rows.length);
    size_t above = longest_line(np_text_string(&heading), heading.length);
    np_text_add(out, np_text_string(&heading), heading.length);
    for (size_t r = 0; r < v->table->row_count; r++) {
        size_t end = r + 1 < v->table->row_count ? starts[r + 1] : rows.length;
        if (v->table->rows[r].rule_above) {
            np_text_repeat(out, '-', width > above ? width : above);
            np_text_putc(out, '\n');
        }
        put_over(out, v, r);
        np_text_add(out, np_text_string(&rows) + starts[r], end - starts[r]);
    }
    np_text_lost(out, &heading);
    np_text_lost(out, &rows);
    np_text_free(&heading);
    np_text_free(&rows);
}

void np_text_table(np_text *out, const np_doc_table *table, size_t width, size_t room)
{
    view v = {.table = table, .arena = table->arena, .notes = np_notes_column(table)};
    if (table->row_count == 0) return;
    v.cells = np_arena_array(v.arena, table->row_count * table->column_count + 1, sizeof *v.cells);
    v.columns = np_arena_array(v.arena, table->column_count + 1, sizeof *v.columns);
    for (size_t r = 0; r < table->row_count; r++)
        for (size_t c = 0; c < table->column_count; c++)
            v.cells[r * table->column_count + c] = cell_words(v.arena, &table->columns[c], &table->rows[r].cells[c]);
    choose_columns(&v);
    if (table->over && !table->records && width && columns_width(&v) > width) {
        v.over = table->over;
        v.count = 0;
        choose_columns(&v);
    }
    if (table->records) {
        put_records(out, &v, width);
        return;
    }
    fit(&v, room > width ? room : width);
    share_width(&v, width);
    wrap_cells(&v);
    put_table(out, &v);
}
