#include "natopay/show/table.h"

#include <stdlib.h>
#include <string.h>

#include <libsmartcols/libsmartcols.h>

#include "natopay/base/json.h"

void np_table_init(np_table *table, np_arena *arena)
{
    *table = (np_table){.arena = arena};
}

void np_table_column(np_table *table, const char *key, const char *title, bool right, bool wrap)
{
    if (table->column_count < NP_TABLE_COLUMNS)
        table->columns[table->column_count++] = (np_column){key, title, right, wrap, false};
}

void np_table_data_column(np_table *table, const char *key, const char *title)
{
    np_table_column(table, key, title, false, true);
    table->columns[table->column_count - 1].data_only = true;
}

np_row *np_table_row(np_table *table)
{
    table->rows =
        np_arena_grow(table->arena, table->rows, &table->row_capacity, table->row_count + 1, sizeof *table->rows);
    np_row *row = &table->rows[table->row_count++];
    *row = (np_row){0};
    return row;
}

/* ---- words ---- */

static size_t columns_of(const char *text)
{
    return np_text_columns(text, strlen(text));
}

void np_wrap_words(np_text *out, const char *text, size_t at, size_t indent, size_t width)
{
    size_t gap = 0; /* blanks before the word; at a line's end they go */
    while (*text) {
        size_t word = strcspn(text, " "), columns = np_text_columns(text, word);
        if (gap && at + gap + columns > width) {
            np_text_putc(out, '\n');
            np_text_repeat(out, ' ', indent);
            at = indent;
        } else {
            np_text_repeat(out, ' ', gap);
            at += gap;
        }
        np_text_add(out, text, word);
        at += columns;
        text += word;
        gap = strspn(text, " ");
        text += gap;
    }
}

static const char *wrapped(np_arena *arena, const char *text, size_t width)
{
    np_text lines;
    np_text_init(&lines, 65536);
    np_wrap_words(&lines, text, 0, 0, width);
    return np_text_move(&lines, arena);
}

/* ---- text ---- */

/* What the terminal sees of a table: its columns, and its cells broken into lines. */
typedef struct view {
    const np_table *table;
    size_t columns[NP_TABLE_COLUMNS];
    size_t count;
    size_t width[NP_TABLE_COLUMNS];
    size_t *lines; /* [row]: its lines */
} view;

/* ---- cells for the terminal ---- */

static const char *made_safe(np_arena *arena, const char *text)
{
    np_text safe;
    np_text_init(&safe, strlen(text) + 1);
    np_text_puts(&safe, text);
    np_text_make_safe(&safe);
    return np_text_move(&safe, arena);
}

/* The table with what would change the terminal's state, or the order of what it shows, as question marks: cells hold
 * keys and names of whoever wrote a list. In CSV and JSON they stand as they are. */
static np_table for_terminal(const np_table *table)
{
    np_table shown = *table;
    shown.rows = np_arena_array(table->arena, table->row_count + 1, sizeof *shown.rows);
    for (size_t r = 0; r < table->row_count; r++) {
        shown.rows[r] = table->rows[r];
        for (size_t c = 0; c < table->column_count; c++) {
            const char *cell = table->rows[r].cells[c];
            if (cell && !np_text_is_safe(cell, strlen(cell))) shown.rows[r].cells[c] = made_safe(table->arena, cell);
        }
    }
    return shown;
}

static bool has_content(const np_table *table, size_t column)
{
    for (size_t r = 0; r < table->row_count; r++)
        if (table->rows[r].cells[column] && *table->rows[r].cells[column]) return true;
    return false;
}

static void choose_columns(view *v)
{
    const np_table *table = v->table;
    for (size_t c = 0; c < table->column_count; c++) {
        if (table->columns[c].data_only || (c > 0 && !has_content(table, c))) continue;
        size_t widest = columns_of(table->columns[c].title);
        for (size_t r = 0; r < table->row_count; r++) {
            size_t own = table->rows[r].cells[c] ? columns_of(table->rows[r].cells[c]) : 0;
            if (own > widest) widest = own;
        }
        v->width[v->count] = widest;
        v->columns[v->count++] = c;
    }
}

/* Columns that wrap share what the others leave: those that need less than their share take what they need. */
static void share_width(view *v, size_t width)
{
    enum { LEAST = 12 };
    size_t left = width > 2 * (v->count - 1) ? width - 2 * (v->count - 1) : 0, open = 0;
    bool settled[NP_TABLE_COLUMNS] = {false};
    for (size_t i = 0; i < v->count; i++) {
        settled[i] = !v->table->columns[v->columns[i]].wrap;
        if (settled[i])
            left = left > v->width[i] ? left - v->width[i] : 0;
        else
            open++;
    }
    bool again = true;
    while (open && again) {
        again = false;
        size_t share = left / open;
        for (size_t i = 0; i < v->count; i++) {
            if (settled[i] || v->width[i] > share) continue;
            settled[i] = again = true;
            left -= v->width[i];
            open--;
            if (open) share = left / open;
        }
    }
    for (size_t i = 0; i < v->count; i++)
        if (!settled[i]) v->width[i] = left / open > LEAST ? left / open : LEAST;
}

static size_t line_count(const char *text)
{
    size_t count = 1;
    for (; *text; text++) count += *text == '\n';
    return count;
}

static bool fill_column(struct libscols_table *shown, view *v, size_t i)
{
    const np_column *column = &v->table->columns[v->columns[i]];
    struct libscols_column *made =
        scols_table_new_column(shown, column->title, 0, column->right ? SCOLS_FL_RIGHT : SCOLS_FL_WRAP);
    if (!made) return false;
    return scols_column_set_wrapfunc(made, scols_wrapnl_chunksize, scols_wrapnl_nextchunk, NULL) == 0;
}

static bool fill(struct libscols_table *shown, view *v)
{
    const np_table *table = v->table;
    for (size_t i = 0; i < v->count; i++)
        if (!fill_column(shown, v, i)) return false;
    for (size_t r = 0; r < table->row_count; r++) {
        struct libscols_line *line = scols_table_new_line(shown, NULL);
        if (!line) return false;
        v->lines[r] = 1;
        for (size_t i = 0; i < v->count; i++) {
            const char *cell = table->rows[r].cells[v->columns[i]];
            if (!cell) continue;
            if (table->columns[v->columns[i]].wrap) cell = wrapped(table->arena, cell, v->width[i]);
            if (line_count(cell) > v->lines[r]) v->lines[r] = line_count(cell);
            if (scols_line_set_data(line, i, cell) != 0) return false;
        }
    }
    return true;
}

/* Without the blanks that padding leaves at the ends of lines; with a rule above the rows that ask for one. */
static void add_lines(np_text *out, const view *v, const char *text)
{
    size_t width = 0, row = 0, left = 1; /* the heading's line first */
    for (const char *at = text; *at; at += strcspn(at, "\n"), at += *at == '\n') {
        size_t end = strcspn(at, "\n");
        while (end > 0 && at[end - 1] == ' ') end--;
        size_t columns = np_text_columns(at, end);
        if (columns > width) width = columns;
    }
    for (const char *at = text; *at; at += strcspn(at, "\n"), at += *at == '\n') {
        size_t end = strcspn(at, "\n");
        while (end > 0 && at[end - 1] == ' ') end--;
        if (left == 0 && row < v->table->row_count) {
            if (v->table->rows[row].rule_above) {
                np_text_repeat(out, '-', width);
                np_text_putc(out, '\n');
            }
            left = v->lines[row++];
        }
        np_text_add(out, at, end);
        np_text_putc(out, '\n');
        left -= left > 0;
    }
}

void np_table_text(np_text *out, const np_table *given, size_t width)
{
    const np_table safe = for_terminal(given), *table = &safe;
    view v = {.table = table};
    v.lines = np_arena_array(table->arena, table->row_count + 1, sizeof *v.lines);
    choose_columns(&v);
    if (v.count) share_width(&v, width);
    struct libscols_table *shown = scols_new_table();
    char *text = NULL;
    if (shown) {
        scols_table_enable_noencoding(shown, 1); /* bytes as they are: cells are safe already */
        scols_table_set_termforce(shown, SCOLS_TERMFORCE_ALWAYS);
        scols_table_set_termwidth(shown, 10000); /* cells are wrapped already */
        scols_table_set_column_separator(shown, "  ");
        if (fill(shown, &v)) scols_print_table_to_string(shown, &text);
    }
    if (text)
        add_lines(out, &v, text);
    else
        out->failed = true;
    free(text);
    scols_unref_table(shown);
}

void np_table_records(np_text *out, const np_table *given, size_t width)
{
    const np_table safe = for_terminal(given), *table = &safe;
    size_t widest = 0;
    for (size_t c = 0; c < table->column_count; c++) {
        size_t columns = columns_of(table->columns[c].key);
        if (columns > widest && has_content(table, c)) widest = columns;
    }
    for (size_t r = 0; r < table->row_count; r++) {
        if (r) np_text_putc(out, '\n');
        for (size_t c = 0; c < table->column_count; c++) {
            const char *cell = table->rows[r].cells[c], *key = table->columns[c].key;
            if (!cell || !*cell) continue;
            np_text_puts(out, key);
            np_text_repeat(out, ' ', widest + 2 - columns_of(key));
            np_wrap_words(out, cell, widest + 2, widest + 2, width);
            np_text_putc(out, '\n');
        }
    }
}

/* ---- CSV ---- */

void np_table_csv(np_text *out, const np_table *table)
{
    for (size_t c = 0; c < table->column_count; c++) {
        if (c) np_text_putc(out, ',');
        np_csv_field(out, table->columns[c].key);
    }
    np_text_puts(out, "\r\n");
    for (size_t r = 0; r < table->row_count; r++) {
        for (size_t c = 0; c < table->column_count; c++) {
            if (c) np_text_putc(out, ',');
            if (table->rows[r].cells[c]) np_csv_field(out, table->rows[r].cells[c]);
        }
        np_text_puts(out, "\r\n");
    }
}

/* ---- JSON ---- */

void np_table_json(np_text *out, const np_table *table)
{
    np_json json;
    np_json_start(&json, out);
    np_json_array(&json);
    for (size_t r = 0; r < table->row_count; r++) {
        np_json_object(&json);
        for (size_t c = 0; c < table->column_count; c++) {
            np_json_key(&json, table->columns[c].key);
            np_json_string(&json, table->rows[r].cells[c]);
        }
        np_json_end_object(&json);
    }
    np_json_end_array(&json);
    np_text_putc(out, '\n');
}
