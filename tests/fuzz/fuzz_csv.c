/* CSV: every byte of the input belongs to a row, in order; rows are numbered without gaps; pieces make no difference.
 * The first byte chooses the delimiter and the sizes of pieces. */
#include "fuzz.h"

#include <strings.h>

#include "natopay/base/text.h"
#include "natopay/plan/csv.h"

const long fuzz_mutations = 20000;

typedef struct pieces {
    const char *text;
    size_t left;
    uint32_t dice; /* 0: all at once */
} pieces;

static ptrdiff_t read_piece(void *context, char *bytes, size_t size)
{
    pieces *p = context;
    size_t count = p->left < size ? p->left : size;
    if (p->dice) {
        p->dice = p->dice * 1664525u + 1013904223u;
        size_t most = p->dice >> 28 ? 1 + (p->dice >> 8) % 13 : 1 + (p->dice >> 8) % 4000;
        if (count > most) count = most;
    }
    memcpy(bytes, p->text, count);
    p->text += count;
    p->left -= count;
    return (ptrdiff_t)count;
}

static char read_all(const char *text, size_t size, char delimiter, uint32_t seed, np_csv_batch *batch)
{
    pieces p = {text, size, seed};
    np_csv csv;
    np_csv_result result;
    np_csv_init(&csv, (np_byte_source){&p, read_piece}, delimiter);
    np_csv_batch_init(batch);
    while ((result = np_csv_read(&csv, batch)) == NP_CSV_ROW) continue;
    REQUIRE(result == NP_CSV_END && p.left == 0);
    REQUIRE(np_csv_read(&csv, batch) == NP_CSV_END); /* an end is an end */
    delimiter = csv.delimiter;
    np_csv_free(&csv);
    return delimiter;
}

static void same_rows(const np_csv_batch *a, const np_csv_batch *b)
{
    REQUIRE(a->row_count == b->row_count && a->field_count == b->field_count);
    for (size_t i = 0; i < a->row_count; i++) {
        const np_csv_row *x = &a->rows[i], *y = &b->rows[i];
        REQUIRE(x->number == y->number && x->line == y->line && x->reason == y->reason);
        REQUIRE(x->field_count == y->field_count && x->bad_line == y->bad_line && x->bad_field == y->bad_field);
    }
    for (size_t i = 0; i < a->field_count; i++) {
        const np_csv_cell *x = &a->fields[i], *y = &b->fields[i];
        REQUIRE(x->length == y->length && x->line == y->line);
        REQUIRE(memcmp(a->text + x->start, b->text + y->start, x->length) == 0);
    }
}

/* ---- the rows put back over the input ---- */

typedef struct cursor {
    const char *text;
    size_t size, at;
    uint64_t line;
    char delimiter;
} cursor;

static int next(const cursor *c)
{
    return c->at < c->size ? (unsigned char)c->text[c->at] : -1;
}

static void pass(cursor *c, char byte)
{
    REQUIRE(next(c) == (unsigned char)byte);
    c->line += byte == '\n';
    c->at++;
}

static void pass_empty_lines(cursor *c)
{
    for (;;) {
        bool both = next(c) == '\r' && c->at + 1 < c->size && c->text[c->at + 1] == '\n';
        if (next(c) != '\n' && !both) return;
        if (both) pass(c, '\r');
        pass(c, '\n');
    }
}

static bool passes(cursor *c, char byte)
{
    if (next(c) != (unsigned char)byte) return false;
    c->at++;
    return true;
}

/* A row of two or more fields in which nothing but blanks stands: it is passed over. */
static bool pass_blank_row(cursor *c)
{
    cursor row = *c;
    size_t delimiters = 0;
    do {
        bool quoted = passes(&row, '"');
        while (next(&row) == ' ' || (next(&row) == '\t' && (quoted || row.delimiter != '\t'))) row.at++;
        if (quoted && !passes(&row, '"')) return false;
    } while (passes(&row, row.delimiter) && ++delimiters);
    bool ended = next(&row) < 0;
    if (!ended) {
        (void)passes(&row, '\r');
        ended = next(&row) < 0 || passes(&row, '\n');
    }
    if (!ended || delimiters == 0) return false;
    row.line += row.text[row.at - 1] == '\n';
    *c = row;
    return true;
}

/* What is passed over before the row of a line; a row with too many fields is told of even when they are blank. */
static void pass_blank_rows(cursor *c, uint64_t line)
{
    size_t before;
    do {
        before = c->at;
        pass_empty_lines(c);
    } while (c->line < line && (pass_blank_row(c) || c->at != before));
}

static void pass_field(cursor *c, const char *text, size_t length)
{
    bool quoted = next(c) == '"';
    REQUIRE(strlen(text) == length);
    if (quoted) pass(c, '"');
    for (size_t i = 0; i < length; i++) {
        REQUIRE(quoted || (text[i] != '\n' && text[i] != '"' && text[i] != c->delimiter));
        if (text[i] == '"') pass(c, '"');
        pass(c, text[i]);
    }
    if (quoted) pass(c, '"');
}

static void pass_good_row(cursor *c, const np_csv_batch *batch, const np_csv_row *row)
{
    uint64_t first = c->line;
    REQUIRE(row->field_count > 0 && row->field_count <= NP_CSV_COLUMNS_MAX);
    for (size_t f = 0; f < row->field_count; f++) {
        const np_csv_cell *field = &batch->fields[row->first_field + f];
        if (f) pass(c, c->delimiter);
        REQUIRE(field->line == c->line - first);
        pass_field(c, np_csv_text(batch, row, f), field->length);
    }
    if (next(c) == '\r') pass(c, '\r');
    if (next(c) >= 0) pass(c, '\n');
}

/* A broken row is whole lines. */
static void pass_broken_row(cursor *c, const np_csv_row *row, const np_csv_row *after)
{
    REQUIRE(*row->reason && row->line + row->bad_line <= (after ? after->line : UINT64_MAX));
    REQUIRE(!after || after->line > row->line);
    while (next(c) >= 0 && (!after || c->line < after->line)) pass(c, (char)next(c));
    REQUIRE(!after || c->line == after->line);
}

/* "sep=;" in a line of its own, before the first row. */
static void pass_separator_line(cursor *c)
{
    static const char *const ENDS[] = {"\n", "\r\n"};
    const char *line = c->text + c->at;
    size_t left = c->size - c->at;
    if (left < 6 || strncasecmp(line, "sep=", 4) != 0 || !memchr(",;\t|", line[4], 4)) return;
    for (size_t i = 0; i < 2; i++) {
        size_t length = strlen(ENDS[i]);
        if (left < 5 + length || memcmp(line + 5, ENDS[i], length) != 0) continue;
        c->at += 5 + length;
        c->line++;
    }
}

static void put_back(cursor *c, const np_csv_batch *batch)
{
    if (c->size >= 3 && memcmp(c->text, "\xEF\xBB\xBF", 3) == 0) c->at = 3;
    pass_empty_lines(c);
    pass_separator_line(c);
    for (size_t i = 0; i < batch->row_count; i++) {
        const np_csv_row *row = &batch->rows[i];
        pass_blank_rows(c, row->line);
        REQUIRE(row->number == i + 1 && row->line == c->line);
        if (row->reason)
            pass_broken_row(c, row, i + 1 < batch->row_count ? row + 1 : NULL);
        else
            pass_good_row(c, batch, row);
    }
    pass_blank_rows(c, UINT64_MAX);
    REQUIRE(c->at == c->size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char DELIMITERS[] = {0, ',', ';', '\t'};
    np_csv_batch whole, split;
    if (size == 0) return 0;
    const char *text = (const char *)data + 1;
    char delimiter = DELIMITERS[data[0] & 3];
    cursor c = {.text = text, .size = size - 1, .line = 1};
    c.delimiter = read_all(text, size - 1, delimiter, 0, &whole);
    REQUIRE(read_all(text, size - 1, delimiter, data[0] + 1u, &split) == c.delimiter);
    same_rows(&whole, &split);
    put_back(&c, &whole);
    np_csv_batch_free(&whole);
    np_csv_batch_free(&split);
    return 0;
}
