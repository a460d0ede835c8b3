/* Reading CSV: what is read, what is broken, and that reading goes on; whatever the size of the pieces it comes in. */
#include <stdio.h>

#include "unit/support.h"

#include "natopay/plan/csv.h"

typedef struct pieces {
    const char *text;
    size_t left, size;
    bool fail;
} pieces;

static ptrdiff_t read_piece(void *context, char *bytes, size_t size)
{
    pieces *p = context;
    size_t count = p->left < size ? p->left : size;
    if (count > p->size) count = p->size;
    if (count == 0 && p->fail) return -1;
    memcpy(bytes, p->text, count);
    p->text += count;
    p->left -= count;
    return (ptrdiff_t)count;
}

/* All rows as "[a|b] " or, broken, "<line field reason> ". */
static void show(np_text *out, const char *text, size_t length, size_t piece, char delimiter)
{
    pieces p = {text, length, piece, false};
    np_csv csv;
    np_csv_batch batch;
    np_csv_init(&csv, (np_byte_source){&p, read_piece}, delimiter);
    np_csv_batch_init(&batch);
    np_csv_result result;
    while ((result = np_csv_read(&csv, &batch)) == NP_CSV_ROW) continue;
    assert_int_equal(result, NP_CSV_END);
    for (size_t r = 0; r < batch.row_count; r++) {
        const np_csv_row *row = &batch.rows[r];
        assert_int_equal(row->number, r + 1);
        if (row->reason) {
            np_text_printf(out, "<%llu %u %s> ", (unsigned long long)(row->line + row->bad_line), row->bad_field,
                           row->reason);
            continue;
        }
        np_text_puts(out, "[");
        for (size_t f = 0; f < row->field_count; f++) {
            if (f) np_text_puts(out, "|");
            np_text_puts(out, np_csv_text(&batch, row, f));
            assert_int_equal(strlen(np_csv_text(&batch, row, f)), batch.fields[row->first_field + f].length);
        }
        np_text_puts(out, "] ");
    }
    np_csv_batch_free(&batch);
    np_csv_free(&csv);
}

static void reads(const char *text, size_t length, const char *expected)
{
    static const size_t PIECES[] = {1, 2, 3, 7, 1 << 20};
    for (size_t i = 0; i < sizeof PIECES / sizeof PIECES[0]; i++) {
        np_text out;
        np_text_init(&out, 1 << 20);
        show(&out, text, length, PIECES[i], 0);
        expect_text(&out, expected);
    }
}
#define READS(text, expected) reads(text, sizeof text - 1, expected)

static void plain_rows(void **state)
{
    (void)state;
    READS("", "");
    READS("a,b\n1,2\n", "[a|b] [1|2] ");
    READS("a,b\r\n1,2\r\n", "[a|b] [1|2] ");
    READS("a,b\n1,2", "[a|b] [1|2] ");
    READS("a,b\n\n\r\n1,\n,2\n", "[a|b] [1|] [|2] ");
    READS("a,b\n,\n \t, \n\"\",\"\"\n,1\n,", "[a|b] [|1] "); /* blank rows */
    READS("sep=;\na,b;c\n", "[a,b|c] ");
    READS("SEP=\t\r\n\na;b\tc\n", "[a;b|c] ");
    READS("sep=x\n1,2\n", "[sep=x] [1|2] ");
    READS("\xEF\xBB\xBF"
          "a,b\n",
          "[a|b] ");
    READS("\xC3\xA9,\xE2\x82\xAC\n", "[\xC3\xA9|\xE2\x82\xAC] ");
}

static void quotes(void **state)
{
    (void)state;
    READS("\"a\",\"b\"\n", "[a|b] ");
    READS("\"a,b\",\"say \"\"yes\"\"\"\n", "[a,b|say \"yes\"] ");
    READS("\"two\nlines\",x\n1,2\n", "[two\nlines|x] [1|2] ");
    READS("\"two\r\nlines\",\"\"\n", "[two\r\nlines|] ");
}

static void delimiters(void **state)
{
    (void)state;
    READS("a;b;c,d\n1;2;3,4\n", "[a|b|c,d] [1|2|3,4] ");
    READS("a;b;c\n1;2,3;4\n", "[a|b|c] [1|2,3|4] ");
    READS("a\tb\n1\t2;3\n", "[a|b] [1|2;3] ");
    READS("\"a;;;\",b\n1,2\n", "[a;;;|b] [1|2] ");
    READS("a;\"b\n,c,\";d;e,f\n", "[a|b\n,c,|d|e,f] "); /* the first record goes over two lines */
    np_text out;
    np_text_init(&out, 1000);
    show(&out, "a,b;c\n", 6, 100, ';');
    expect_text(&out, "[a,b|c] ");
}

static void broken_rows(void **state)
{
    (void)state;
    READS("a,b\n1,2\"3\nc,d\n", "[a|b] <2 1 a quote stands inside a field that does not begin with one> [c|d] ");
    READS("a,b\n\"1\"x,2\nc,d\n", "[a|b] <2 0 something follows a closing quote> [c|d] ");
    READS("a,b\n\"1\"\r,2\nc,d\n", "[a|b] <2 0 something follows a closing quote> [c|d] ");
    READS("a,b\n1\0,2\nc,d\n", "[a|b] <2 0 it holds a zero byte> [c|d] ");
    READS("a,b\n1,\"2\0\"\nc,d\n", "[a|b] <2 1 it holds a zero byte> [c|d] ");
    READS("a,b\n1,\xFF\nc,d\n", "[a|b] <2 1 it is not UTF-8: save the list as CSV in UTF-8> [c|d] ");
    READS("a,b\n1\r2,3\nc,d\n", "[a|b] <2 0 a carriage return stands alone> [c|d] ");
}

/* One stray quote costs one row: the record is taken to end with its first line. */
static void stray_quotes(void **state)
{
    (void)state;
    READS("a,b\n\"1,2\nc,d\ne,f\n", "[a|b] <2 0 a quote is never closed> [c|d] [e|f] ");
    READS("a,b\n\"1,2\nc,\"d\"\ne,f\n", "[a|b] <2 0 something follows a closing quote> [c|d] [e|f] ");
    READS("a,b\n1,\"2", "[a|b] <2 1 a quote is never closed> ");
}

static void bounds(void **state)
{
    (void)state;
    size_t size = NP_CSV_RECORD_MAX + 100;
    char *text = malloc(2 * size + 100);
    assert_non_null(text);
    int at = sprintf(text, "a,b\n1,");
    memset(text + at, 'x', size);
    at += (int)size;
    at += sprintf(text + at, "\nc,d\n1,\"");
    memset(text + at, 'y', size);
    at += (int)size;
    at += sprintf(text + at, "\"\ne,f\n");
    np_text out;
    np_text_init(&out, 4 << 20);
    show(&out, text, (size_t)at, 4096, 0);
    expect_text(&out, "[a|b] <2 1 it is longer than 1 MB> [c|d] <4 1 it is longer than 1 MB> [e|f] ");
    np_text_init(&out, 4 << 20);
    memset(text, ',', NP_CSV_COLUMNS_MAX);
    strcpy(text + NP_CSV_COLUMNS_MAX, "\na,b\n");
    show(&out, text, strlen(text), 4096, ',');
    expect_text(&out, "<1 999 it has more than 1,000 fields> [a|b] ");
    free(text);
}

static void failing_source(void **state)
{
    (void)state;
    pieces p = {"a,b\n1,2\n3", 9, 100, true};
    np_csv csv;
    np_csv_batch batch;
    np_csv_init(&csv, (np_byte_source){&p, read_piece}, ',');
    np_csv_batch_init(&batch);
    np_csv_result result = NP_CSV_ROW;
    for (int i = 0; i < 10 && result == NP_CSV_ROW; i++) result = np_csv_read(&csv, &batch);
    assert_int_equal(result, NP_CSV_READ_FAILED);
    np_csv_batch_free(&batch);
    np_csv_free(&csv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_rows),     cmocka_unit_test(quotes),       cmocka_unit_test(delimiters),
        cmocka_unit_test(broken_rows),    cmocka_unit_test(stray_quotes), cmocka_unit_test(bounds),
        cmocka_unit_test(failing_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
