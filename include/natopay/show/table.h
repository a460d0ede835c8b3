/* A table of texts, printed for the terminal (libsmartcols), as CSV or as JSON from one model. */
#ifndef NATOPAY_SHOW_TABLE_H
#define NATOPAY_SHOW_TABLE_H

#include "natopay/base/arena.h"
#include "natopay/base/csv_field.h"
#include "natopay/base/text.h"

enum { NP_TABLE_COLUMNS = 16 };

typedef struct np_column {
    const char *key;   /* in CSV and JSON */
    const char *title; /* in text */
    bool right;        /* numbers */
    bool wrap;         /* long text */
    bool data_only;    /* in CSV and JSON alone */
} np_column;

typedef struct np_row {
    const char *cells[NP_TABLE_COLUMNS]; /* NULL: nothing there */
    bool rule_above;                     /* text: a line before it */
} np_row;

typedef struct np_table {
    np_arena *arena;
    np_column columns[NP_TABLE_COLUMNS];
    size_t column_count;
    np_row *rows;
    size_t row_count, row_capacity;
} np_table;

void np_table_init(np_table *table, np_arena *arena);
void np_table_column(np_table *table, const char *key, const char *title, bool right, bool wrap);
/* A column of CSV and JSON that would be too much for the terminal. */
void np_table_data_column(np_table *table, const char *key, const char *title);
np_row *np_table_row(np_table *table);

/* At most `width` columns wide as far as wrapped columns can give way: they break between words. */
void np_table_text(np_text *out, const np_table *table, size_t width);
/* Each row as a record: a line for each of its columns that has something to say. */
void np_table_records(np_text *out, const np_table *table, size_t width);

/* Text broken between words into lines of at most `width` columns; the lines after the first begin with `indent`
 * blanks, and the first is taken to begin at column `at`. A word that is too long stands on a line of its own. */
void np_wrap_words(np_text *out, const char *text, size_t at, size_t indent, size_t width);
/* RFC 4180 with a header; a cell that a spreadsheet would take for a formula gets a quote mark before it. */
void np_table_csv(np_text *out, const np_table *table);
/* An array of objects, one a row; all values are strings or null. */
void np_table_json(np_text *out, const np_table *table);


#endif
