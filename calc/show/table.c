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
        table->columns[table->column_count++] = (np_column){key, title, right, wrap};
}

np_row *np_table_row(np_table *table)
{
    table->rows =
        np_arena_grow(table->arena, table->rows, &table->row_capacity, table->row_count + 1, sizeof *table->rows);
    np_row *row = &table->rows[table->row_count++];
    *row = (np_row){0};
    return row;
}

/* ---- text ---- */

static bool fill(struct libscols_table *view, const np_table *table)
{
    for (size_t c = 0; c < table->column_count; c++) {
        int flags = (table->columns[c].right ? SCOLS_FL_RIGHT : 0) | (table->columns[c].wrap ? SCOLS_FL_WRAP : 0);
        if (!scols_table_new_column(view, table->columns[c].title, 0, flags)) return false;
    }
    for (size_t r = 0; r < table->row_count; r++) {
        struct libscols_line *line = scols_table_new_line(view, NULL);
        if (!line) return false;
        for (size_t c = 0; c < table->column_count; c++)
            if (table->rows[r].cells[c] && scols_line_set_data(line, c, table->rows[r].cells[c]) != 0) return false;
    }
    return true;
}

/* Without the blanks that padding leaves at the ends of lines. */
static void add_trimmed(np_text *out, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n"), end = length;
        while (end > 0 && text[end - 1] == ' ') end--;
        np_text_add(out, text, end);
        np_text_putc(out, '\n');
        text += length + (text[length] == '\n');
    }
}

/* Where a row asks for a line above it: as wide as the widest line. */
static void add_with_rules(np_text *out, const np_table *table, const char *text)
{
    size_t width = 0;
    for (const char *at = text; *at;) {
        size_t length = strcspn(at, "\n"), end = length;
        while (end > 0 && at[end - 1] == ' ') end--;
        size_t columns = np_text_columns(at, end);
        if (columns > width) width = columns;
        at += length + (at[length] == '\n');
    }
    /* rows are found again by counting, which needs every row to take one line: tables with wrapped columns draw
     * none */
    const char *at = text;
    for (size_t line = 0; *at; line++) {
        size_t length = strcspn(at, "\n"), end = length;
        if (line > 0 && line - 1 < table->row_count && table->rows[line - 1].rule_above) {
            np_text_repeat(out, '-', width);
            np_text_putc(out, '\n');
        }
        while (end > 0 && at[end - 1] == ' ') end--;
        np_text_add(out, at, end);
        np_text_putc(out, '\n');
        at += length + (at[length] == '\n');
    }
}

void np_table_text(np_text *out, const np_table *table, size_t width)
{
    struct libscols_table *view = scols_new_table();
    char *text = NULL;
    bool wraps = false;
    for (size_t c = 0; c < table->column_count; c++) wraps = wraps || table->columns[c].wrap;
    if (view) {
        scols_table_enable_noencoding(view, 1); /* bytes as they are: the texts were checked when they were read */
        scols_table_set_termforce(view, SCOLS_TERMFORCE_ALWAYS);
        scols_table_set_termwidth(view, width);
        scols_table_set_column_separator(view, "  ");
        if (fill(view, table)) scols_print_table_to_string(view, &text);
    }
    if (!text)
        out->failed = true;
    else if (wraps)
        add_trimmed(out, text);
    else
        add_with_rules(out, table, text);
    free(text);
    scols_unref_table(view);
}

/* ---- CSV ---- */

void np_csv_field(np_text *out, const char *value)
{
    /* spreadsheets run a cell that begins so; a plain negative number is none */
    bool formula = value[0] && strchr("=+-@\t\r", value[0]) && strspn(value + 1, "0123456789.") != strlen(value + 1);
    bool quote = formula || strpbrk(value, ",\"\r\n") || value[0] == ' ';
    if (quote) np_text_putc(out, '"');
    if (formula) np_text_putc(out, '\'');
    for (const char *c = value; *c; c++) {
        if (*c == '"') np_text_putc(out, '"');
        np_text_putc(out, *c);
    }
    if (quote) np_text_putc(out, '"');
}

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
