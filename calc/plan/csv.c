/* A list as a stream of rows: its delimiter, blank rows, and a look ahead. */
#include "csv_internal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "natopay/base/text.h"

/* A line end alone is no record. */
static void skip_empty_lines(np_csv *csv)
{
    for (;;) {
        if (csv->start == csv->end && !np_csv_more(csv)) return;
        char c = csv->bytes[csv->start];
        if (c == '\r' && csv->start + 1 == csv->end) np_csv_more(csv);
        size_t length = c == '\n' ? 1 : 0;
        if (c == '\r' && csv->start + 1 < csv->end && csv->bytes[csv->start + 1] == '\n') length = 2;
        if (!length) return;
        csv->start += length;
        csv->line++;
    }
}

static const char MARKS[] = ",;\t";

/* Whether the list goes on up to there, reading more of it where needed; no further than a record may be long. */
static bool is_within(np_csv *csv, size_t at)
{
    return at < NP_CSV_RECORD_MAX && (csv->start + at < csv->end || np_csv_more(csv));
}

/* How often each may-be delimiter stands in the record at *at, outside quotes. Its end may lie beyond what was read. */
static void count_marks(np_csv *csv, size_t *at, size_t counts[3])
{
    bool quoted = false;
    memset(counts, 0, 3 * sizeof *counts);
    for (; is_within(csv, *at); ++*at) {
        char c = csv->bytes[csv->start + *at];
        if (!quoted && (c == '\n' || c == '\r')) break;
        if (c == '"') quoted = !quoted;
        const char *mark = quoted || c == '\0' ? NULL : strchr(MARKS, c);
        if (mark) counts[mark - MARKS]++;
    }
}

static int most_of(const size_t counts[3])
{
    if (counts[2] > counts[0] && counts[2] > counts[1]) return 2;
    return counts[1] > counts[0];
}

/* The delimiter that stands most often in the first record. That may be a title, which has few or none: then in the
 * first of the following that has many. */
static char detect(np_csv *csv)
{
    enum { TITLE = 2, MANY = 5, LINES = 20 };
    size_t counts[3], at = 0;
    count_marks(csv, &at, counts);
    int first = most_of(counts), most = first;
    bool title = counts[first] <= TITLE;
    for (int i = 0; i < LINES && title && counts[most] < MANY; i++) {
        while (is_within(csv, at) && (csv->bytes[csv->start + at] == '\r' || csv->bytes[csv->start + at] == '\n')) at++;
        if (!is_within(csv, at)) break;
        count_marks(csv, &at, counts);
        most = most_of(counts);
    }
    return MARKS[counts[most] >= MANY ? most : first];
}

/* "sep=;" on a line of its own, by which spreadsheets are told the delimiter. */
static void take_separator_line(np_csv *csv)
{
    enum { LINE = 7 }; /* with CR and LF */
    while (csv->end - csv->start < LINE && np_csv_more(csv)) continue;
    size_t there = csv->end - csv->start;
    if (there < 6) return; /* an empty list has no bytes to point to */
    const char *line = csv->bytes + csv->start;
    if (strncasecmp(line, "sep=", 4) != 0 || !memchr(",;\t|", line[4], 4)) return;
    size_t length = line[5] == '\n' ? 6 : line[5] == '\r' && there >= LINE && line[6] == '\n' ? LINE : 0;
    if (!length) return;
    if (!csv->delimiter) csv->delimiter = line[4];
    csv->start += length;
    csv->line++;
}

static void begin(np_csv *csv)
{
    csv->begun = true;
    while (csv->end - csv->start < 3 && np_csv_more(csv)) continue;
    if (csv->end - csv->start >= 3 && memcmp(csv->bytes + csv->start, "\xEF\xBB\xBF", 3) == 0) csv->start += 3;
    skip_empty_lines(csv); /* the first record says which delimiter it is */
    take_separator_line(csv);
    skip_empty_lines(csv);
    if (!csv->delimiter) csv->delimiter = detect(csv);
}

/* ";;;": spreadsheets leave such rows behind the last one. */
static bool is_blank_row(const np_csv_batch *batch, const np_csv_row *row)
{
    if (row->reason || row->field_count < 2) return false;
    for (uint32_t i = 0; i < row->field_count; i++) {
        const np_csv_cell *field = &batch->fields[row->first_field + i];
        const char *text = batch->text + field->start;
        if (field->length && text[strspn(text, " \t")] != '\0') return false;
    }
    return true;
}

/* One record; blank rows count as read. */
static np_csv_result read_one(np_csv *csv, np_csv_batch *batch, bool *blank)
{
    size_t text = batch->length, field_count = batch->field_count;
    skip_empty_lines(csv);
    np_csv_scan s = {.csv = csv, .batch = batch};
    s.row.first_field = (uint32_t)batch->field_count;
    s.row.line = csv->line;
    if (csv->start < csv->end) {
        if (np_csv_room(&batch->rows, &batch->row_capacity, batch->row_count + 1, sizeof *batch->rows))
            np_csv_read_record(&s);
        else
            csv->failed = csv->no_memory = true;
    }
    if (csv->failed) return csv->no_memory ? NP_CSV_NO_MEMORY : NP_CSV_READ_FAILED;
    if (s.row.field_count == 0 && !s.row.reason) return NP_CSV_END;
    csv->start += s.at;
    csv->record = s.at;
    csv->line += s.lines;
    *blank = is_blank_row(batch, &s.row);
    if (*blank) {
        batch->length = text;
        batch->field_count = field_count;
        csv->blank_rows++;
        return NP_CSV_ROW;
    }
    s.row.several_lines = s.lines > 1;
    s.row.number = ++csv->rows;
    batch->rows[batch->row_count++] = s.row;
    return NP_CSV_ROW;
}

np_csv_result np_csv_read(np_csv *csv, np_csv_batch *batch)
{
    if (!csv->begun) {
        begin(csv);
        np_csv_classify(csv);
    }
    bool blank = false;
    np_csv_result result;
    do {
        result = read_one(csv, batch, &blank);
    } while (result == NP_CSV_ROW && blank);
    return result;
}

void np_csv_look_ahead(const np_csv *csv, np_csv_bytes *ahead, np_csv *copy)
{
    const char *bytes = csv->bytes ? csv->bytes + csv->start : ""; /* nothing was read yet */
    size_t size = csv->end - csv->start;
    while (!csv->ended && size && bytes[size - 1] != '\n') size--; /* the last row may go on */
    *ahead = (np_csv_bytes){bytes, size, 0};
    np_csv_init(copy, np_csv_from_memory(ahead), csv->delimiter);
    copy->begun = true;
    copy->line = csv->line;
    memcpy(copy->kind, csv->kind, sizeof copy->kind);
}
