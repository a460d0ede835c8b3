/* Reading CSV as a stream (RFC 4180): quotes, line ends inside quotes, CRLF or LF, a byte order mark.
 *
 * What comes in is hostile: a record is at most NP_CSV_RECORD_MAX bytes and NP_CSV_COLUMNS_MAX fields. A record that
 * breaks a rule is handed out as a broken row with its reason, and reading goes on with the next one. A record whose
 * quotes do not work out is taken to end with its first line, so that one stray quote costs one row and no more. */
#ifndef NATOPAY_PLAN_CSV_H
#define NATOPAY_PLAN_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NP_CSV_RECORD_MAX = 1 << 20, NP_CSV_COLUMNS_MAX = 1000 };

/* Where bytes come from: at most `size` of them; 0 at the end, -1 when reading failed. */
typedef struct np_byte_source {
    void *context;
    ptrdiff_t (*read)(void *context, char *bytes, size_t size);
} np_byte_source;

typedef struct np_csv_cell {
    uint32_t start, length; /* in the batch's text; a zero byte follows */
    uint32_t line;          /* of its first byte, from the record's first line = 0 */
} np_csv_cell;

typedef struct np_csv_row {
    uint64_t number; /* of the record, from 1; the header is not counted */
    uint64_t line;   /* from 1 */
    uint32_t first_field, field_count;
    const char *reason; /* NULL: a good row; else why it is broken, a constant text */
    uint32_t bad_line;  /* where, from the record's first line = 0 */
    uint32_t bad_field; /* in which field, from 0 */
    bool several_lines; /* it holds line ends */
    bool same_key;      /* as the row above it has: another period of the same person; set by the plan */
} np_csv_row;

/* Rows read together. The reader appends; clear it to use its room again. */
typedef struct np_csv_batch {
    char *text;
    size_t length, capacity;
    np_csv_cell *fields;
    size_t field_count, field_capacity;
    np_csv_row *rows;
    size_t row_count, row_capacity;
} np_csv_batch;

void np_csv_batch_init(np_csv_batch *batch);
void np_csv_batch_clear(np_csv_batch *batch);
void np_csv_batch_free(np_csv_batch *batch);
/* Append a row of another batch. False without memory. */
bool np_csv_batch_add(np_csv_batch *batch, const np_csv_batch *from, size_t row);

static inline const char *np_csv_text(const np_csv_batch *batch, const np_csv_row *row, size_t field)
{
    return batch->text + batch->fields[row->first_field + field].start;
}

typedef enum np_csv_result {
    NP_CSV_ROW, /* a row was appended, good or broken */
    NP_CSV_END,
    NP_CSV_READ_FAILED,
    NP_CSV_NO_MEMORY
} np_csv_result;

typedef struct np_csv {
    np_byte_source source;
    char delimiter;    /* 0: not known yet */
    uint8_t kind[256]; /* what a byte means, once the delimiter is known */
    char *bytes;
    size_t start, end, capacity; /* bytes[start..end) is read and not yet used */
    bool ended;                  /* the source is */
    bool failed, no_memory;      /* nothing more can be read; no_memory: because memory ran out */
    bool begun;                  /* past a byte order mark */
    bool header; /* the next record is one: when it is broken nothing more is read, not even the rest of its line */
    uint64_t line, rows;
    uint64_t blank_rows; /* of delimiters and blanks alone: passed over */
    size_t record;       /* bytes of the last record, which ends at `start` */
} np_csv;

/* delimiter: ',', ';', '\t', or 0 to find out from the first line. */
void np_csv_init(np_csv *csv, np_byte_source source, char delimiter);
void np_csv_free(np_csv *csv);

/* Append the next record to the batch. Lines with nothing on them are passed over, and so are rows of empty fields,
 * which are counted; "sep=;" before the first record names the delimiter. */
np_csv_result np_csv_read(np_csv *csv, np_csv_batch *batch);

/* Bytes in memory, from which a list is read. */
typedef struct np_csv_bytes {
    const char *bytes;
    size_t size, at;
} np_csv_bytes;

np_byte_source np_csv_from_memory(np_csv_bytes *bytes);

/* The whole rows that are in memory already, read from `copy` without taking them from `csv`, which must not be read
 * meanwhile. */
void np_csv_look_ahead(const np_csv *csv, np_csv_bytes *ahead, np_csv *copy);

#endif
