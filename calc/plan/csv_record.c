/* One record of a list: its fields, plain or between quotes, and what is wrong with it. */
#include <string.h>

#include "csv_internal.h"
#include "natopay/base/lang.h"
#include "natopay/base/text.h"

/* The byte at `at`, or -1 at the end of the source. */
static int byte_at(np_csv_scan *s)
{
    if (s->csv->start + s->at < s->csv->end || np_csv_more(s->csv))
        return (unsigned char)s->csv->bytes[s->csv->start + s->at];
    return -1;
}

static void broken(np_csv_scan *s, const char *reason)
{
    if (s->row.reason) return;
    s->row.reason = reason;
    s->row.bad_line = s->lines;
    s->row.bad_field = s->row.field_count ? s->row.field_count - 1 : 0;
}

static bool put(np_csv_scan *s, const char *bytes, size_t length)
{
    np_csv_batch *batch = s->batch;
    if (!np_csv_room(&batch->text, &batch->capacity, batch->length + length + 1, 1)) {
        s->csv->failed = s->csv->no_memory = true;
        return false;
    }
    memcpy(batch->text + batch->length, bytes, length);
    batch->length += length;
    return true;
}

static bool open_field(np_csv_scan *s)
{
    np_csv_batch *batch = s->batch;
    if (s->row.field_count == NP_CSV_COLUMNS_MAX) {
        broken(s, NP_MARK("it has more than 1,000 fields"));
        return true;
    }
    if (!np_csv_room(&batch->fields, &batch->field_capacity, batch->field_count + 1, sizeof *batch->fields)) {
        s->csv->failed = s->csv->no_memory = true;
        return false;
    }
    batch->fields[batch->field_count++] = (np_csv_cell){(uint32_t)batch->length, 0, s->lines};
    s->row.field_count++;
    return true;
}

static bool close_field(np_csv_scan *s)
{
    np_csv_batch *batch = s->batch;
    np_csv_cell *field = &batch->fields[batch->field_count - 1];
    if (!put(s, "", 1)) return false;
    if (!s->row.reason) field->length = (uint32_t)(batch->length - 1 - field->start);
    return true;
}

static bool too_long(np_csv_scan *s)
{
    if (s->at <= NP_CSV_RECORD_MAX) return false;
    broken(s, NP_MARK("it is longer than 1 MB"));
    return true;
}

/* The plain bytes from `at` on that need no second look. */
static bool plain_run(np_csv_scan *s, const char *stops, size_t stop_count)
{
    const char *from = s->csv->bytes + s->csv->start + s->at;
    size_t limit = s->csv->end - s->csv->start - s->at, length = 0;
    unsigned char foreign = 0;
    for (; length < limit; length++) {
        char c = from[length];
        bool stop = c == '\0';
        for (size_t i = 0; i < stop_count; i++) stop |= c == stops[i];
        if (stop) break;
        foreign |= (unsigned char)c;
    }
    s->foreign = s->foreign || foreign > 127;
    s->at += length;
    return put(s, from, length);
}

/* Inside quotes, up to the closing one; false when the field, or memory, breaks. */
static bool quoted_field(np_csv_scan *s)
{
    for (;;) {
        int c = byte_at(s);
        if (c < 0) {
            broken(s, NP_MARK("a quote is never closed"));
            s->quote_trouble = true;
            return false;
        }
        if (too_long(s)) {
            s->quote_trouble = s->lines > 0;
            return false;
        }
        if (c == '"') {
            s->at++;
            if (byte_at(s) != '"') return true;
            if (!put(s, "\"", 1)) return false;
            s->at++;
        } else if (c == '\n') {
            s->lines++;
            s->at++;
            if (!s->first_line) s->first_line = s->at;
            if (s->quote_trouble)
                return false; /* it opened no field: to look for its end could take all that follows */
            if (!put(s, "\n", 1)) return false;
        } else if (c == '\0') {
            broken(s, NP_MARK("it holds a zero byte"));
            s->at++;
        } else if (!plain_run(s, "\"\n", 2)) {
            return false;
        }
    }
}

/* A byte that a plain field cannot hold: a quote, which is kept as it is, or a zero byte. */
static bool wrong_byte(np_csv_scan *s, int c)
{
    broken(s,
           c ? NP_MARK("a quote stands inside a field that does not begin with one") : NP_MARK("it holds a zero byte"));
    s->quote_trouble = s->quote_trouble || c;
    s->at++;
    return !c || put(s, "\"", 1);
}

static bool plain_field(np_csv_scan *s)
{
    const char stops[] = {s->csv->delimiter, '\n', '\r', '"'};
    for (;;) {
        int c = byte_at(s);
        if (too_long(s)) return false;
        if (c < 0 || c == s->csv->delimiter || c == '\n') return true;
        if (c == '\0' || c == '"') {
            if (!wrong_byte(s, c)) return false;
        } else if (c == '\r') {
            s->at++;
            int next = byte_at(s);
            if (next == '\n' || next < 0) return true;
            broken(s, NP_MARK("a carriage return stands alone"));
        } else if (!plain_run(s, stops, sizeof stops)) {
            return false;
        }
    }
}

/* Pass over the rest of a record that is too long, without keeping it. */
static void skip_line(np_csv_scan *s)
{
    np_csv *csv = s->csv;
    for (;;) {
        const char *from = csv->bytes + csv->start + s->at;
        size_t length = csv->end - csv->start - s->at;
        const char *end = length ? memchr(from, '\n', length) : NULL;
        if (end) {
            s->at += (size_t)(end - from) + 1;
            s->lines++;
            return;
        }
        csv->start = csv->end; /* nothing before this matters any more */
        s->at = 0;
        if (!np_csv_more(csv)) return;
    }
}

/* What may follow a closing quote: the next field, or the record's end. */
static bool after_quote(np_csv_scan *s)
{
    int c = byte_at(s);
    bool at_end = c == '\r';
    if (at_end) {
        s->at++;
        c = byte_at(s);
    }
    if (c < 0 || c == '\n' || (c == s->csv->delimiter && !at_end)) return true;
    broken(s, NP_MARK("something follows a closing quote"));
    s->quote_trouble = true;
    return false;
}

/* All fields; true when the record ended where a record may end. */
static bool fields(np_csv_scan *s)
{
    for (;;) {
        if (!open_field(s)) return false;
        if (byte_at(s) == '"') {
            s->at++;
            if (!quoted_field(s)) return false;
            if (!after_quote(s)) return false;
        } else if (!plain_field(s)) {
            return false;
        }
        if (!close_field(s)) return false;
        int c = byte_at(s);
        if (c >= 0) s->at++;
        if (c == '\n') s->lines++;
        if (c < 0 || c == '\n') return true;
    }
}

static bool is_utf8(const np_csv_batch *batch, const np_csv_row *row, uint32_t *field)
{
    for (*field = 0; *field < row->field_count; ++*field) {
        const np_csv_cell *f = &batch->fields[row->first_field + *field];
        uint32_t point;
        for (size_t i = 0; i < f->length;) {
            i += np_utf8_next(batch->text + f->start + i, f->length - i, &point);
            if (point == NP_UTF8_BAD) return false;
        }
    }
    return true;
}

/* A field that broke is shown up to where it would have ended without quotes. */
static void cut_last_field(np_csv_scan *s)
{
    np_csv_batch *batch = s->batch;
    if (!s->row.field_count || !put(s, "", 1)) return;
    np_csv_cell *field = &batch->fields[batch->field_count - 1];
    const char end[] = {s->csv->delimiter, '\r', '\n', '\0'};
    field->length = (uint32_t)strcspn(batch->text + field->start, end);
    batch->text[field->start + field->length] = '\0';
}

/* ---- a record on one line ---- */

/* What a byte means in a record that needs no second look. */
enum { PLAIN_BYTE, FIELD_END, FOREIGN_BYTE, TROUBLE };

void np_csv_classify(np_csv *csv)
{
    for (int c = 0; c < 256; c++)
        csv->kind[c] = c > 127 ? FOREIGN_BYTE : c == 0 || c == '"' || c == '\r' ? TROUBLE : PLAIN_BYTE;
    csv->kind[(unsigned char)csv->delimiter] = csv->kind['\n'] = FIELD_END;
}

/* A delimiter, or a line's end, of one byte or two. */
static bool ends_field(const np_csv *csv, const char *at)
{
    return csv->kind[(unsigned char)*at] == FIELD_END || (at[0] == '\r' && at[1] == '\n');
}

/* Copy one field from `from`, which ends before its line does; where it ended, NULL when it is not plain. */
static const char *plain_copy(const np_csv *csv, const char *from, char **to, bool *foreign)
{
    bool quoted = *from == '"';
    char *out = *to;
    for (from += quoted;; from++) {
        uint8_t kind = csv->kind[(unsigned char)*from];
        if (kind == PLAIN_BYTE) {
            *out++ = *from;
        } else if (kind == FOREIGN_BYTE) {
            *out++ = *from;
            *foreign = true;
        } else if (!quoted) {
            if (!ends_field(csv, from)) return NULL;
            break;
        } else if (*from == '"') {
            if (!ends_field(csv, ++from)) return NULL;
            break;
        } else if (kind == TROUBLE || *from == '\n') {
            return NULL;
        } else {
            *out++ = *from; /* the delimiter, between quotes */
        }
    }
    *out++ = '\0';
    *to = out;
    return from;
}

/* A record that is all plain bytes on one line, quotes around whole fields aside, as nearly all are. False when it is
 * not, or is not in memory as a whole: nothing was taken then. */
static bool plain_record(np_csv_scan *s)
{
    np_csv *csv = s->csv;
    np_csv_batch *batch = s->batch;
    const char *from = csv->bytes + csv->start, *at = from;
    const char *end = memchr(from, '\n', csv->end - csv->start);
    size_t length = end ? (size_t)(end - from) + 1 : 0, first = batch->field_count;
    if (!end || length > NP_CSV_RECORD_MAX ||
        !np_csv_room(&batch->text, &batch->capacity, batch->length + length + 1, 1) ||
        !np_csv_room(&batch->fields, &batch->field_capacity, first + NP_CSV_COLUMNS_MAX, sizeof *batch->fields))
        return false;
    char *out = batch->text + batch->length;
    for (size_t count = 0; count < NP_CSV_COLUMNS_MAX; count++, at++) {
        uint32_t start = (uint32_t)(out - batch->text);
        at = plain_copy(csv, at, &out, &s->foreign);
        if (!at) return false;
        batch->fields[first + count] = (np_csv_cell){start, (uint32_t)(out - batch->text) - start - 1, 0};
        if (*at == '\r') at++;
        if (*at != '\n') continue;
        batch->field_count = first + count + 1;
        batch->length = (size_t)(out - batch->text);
        s->row.field_count = (uint32_t)count + 1;
        s->lines = 1;
        s->at = length;
        return true;
    }
    return false;
}

void np_csv_read_record(np_csv_scan *s)
{
    if (!plain_record(s) && !fields(s) && !s->csv->no_memory) {
        cut_last_field(s);
        if (s->quote_trouble && s->first_line) { /* it ends with its first line; the rest is read anew */
            s->at = s->first_line;
            s->lines = 1;
            s->row.bad_line = 0;
        } else if (!s->csv->header) {
            skip_line(s);
        }
    }
    uint32_t field;
    if (!s->row.reason && s->foreign && !is_utf8(s->batch, &s->row, &field)) {
        s->row.reason = NP_MARK("it is not UTF-8: save the list as CSV in UTF-8");
        s->row.bad_field = field;
        s->row.bad_line = s->batch->fields[s->row.first_field + field].line;
    }
}
