/* Documents in every format: what renderers make of nodes, put together in a way that no command does. Nothing of
 * payslips is in them. */
#include "unit/support.h"

#include "natopay/render/render.h"

enum { MOST = 1 << 20 };

static const char *const HOSTILE = "<b>|\"&'=1+1\x1b[31m`*_\xE2\x80\xAE";

/* ---- a document of each kind of node ---- */

static void fill_table(np_doc *doc, np_doc_table *table)
{
    np_doc_column_add(table, "line", "What it is", NP_DOC_WORDS);
    np_doc_column_add(table, "amount", "EUR", NP_DOC_MONEY);
    np_doc_column_add(table, "status", "Status", NP_DOC_STATUS);
    np_doc_column_add(table, "words", "\xC3\xA9tat", NP_DOC_WORDS)->wrap = true;
    np_doc_column_add(table, "nothing", "Nothing", NP_DOC_WORDS);
    np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
    row->cells[0] = np_doc_words("first");
    row->cells[1] = np_doc_money(np_num_ratio(-123456, 100), 2);
    row->cells[2] = (np_doc_value){.type = NP_DOC_STATUS, .level = 4, .text = "assumed", .name = "assumed"};
    row->cells[3] = np_doc_words("many words that do not stand on one line of so narrow a text");
    np_doc_note(table, row, "a note");
    row = np_doc_row_add(table, NP_DOC_TOTAL);
    row->sums = true;
    row->cells[0] = np_doc_words("all");
    row->cells[1] = np_doc_money(np_num_ratio(-123456, 100), 2);
    (void)doc;
}

static void document(np_doc *doc, const void *result)
{
    const char *title = result;
    doc->width = 60;
    doc->title = title;
    np_doc_node *section = np_doc_section(doc, NULL, "table", "Amounts", ", as they are");
    fill_table(doc, np_doc_table_of(doc, section, "table"));
    np_doc_section(doc, NULL, "empty", "Nothing is said of it", NULL);
    section = np_doc_section(doc, NULL, "list", "\xC3\x89t\xC3\xA9", NULL);
    np_doc_list *list = np_doc_list_of(doc, section, "list");
    np_doc_item_add(doc, list, "what is said")->label = "label";
    section = np_doc_section(doc, NULL, "tree", "Why", NULL);
    np_doc_tree *root = np_doc_step(doc, NULL), *child = np_doc_step(doc, root);
    np_doc_run_add(doc, np_doc_line_add(doc, root), NP_DOC_CODE, "%s", title);
    np_doc_run_add(doc, np_doc_line_add(doc, child), NP_DOC_PLAIN, "%s", "a step");
    np_doc_tree_of(doc, section, root);
    np_doc_mention(doc, (np_doc_source){.name = "one", .title = "A text"});
    np_doc_mention(doc, (np_doc_source){.name = "two", .title = "Another", .date = "2026"});
    np_doc_mention(doc, (np_doc_source){.name = "one", .title = "A text"});
    np_doc_sources(doc, np_doc_section(doc, NULL, "sources", "Sources", NULL));
    np_doc_event_add(doc, np_date_of(2026, 3, 1), "day", title, "");
    doc->owner = "test";
    doc->date = np_date_of(2026, 3, 1);
}

static void records(np_doc_table *table, const void *result)
{
    np_doc_column_add(table, "text", "Text", NP_DOC_WORDS);
    np_doc_column_add(table, "status", "Status", NP_DOC_STATUS);
    np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
    row->cells[0] = np_doc_words(result);
    row->cells[1] = (np_doc_value){.type = NP_DOC_STATUS,
                                   .level = 1,
                                   .text = "en fran\xC3\xA7"
                                           "ais",
                                   .name = "chained"};
}

static bool json_of(np_json *json, np_arena *arena, const void *result)
{
    (void)arena;
    np_json_string(json, result);
    return true;
}

typedef struct writing {
    np_arena *arena;
    np_text out;
    np_format format;
    const char *title;
    bool done;
} writing;

static void write_it(void *context)
{
    writing *w = context;
    np_output output = {.result = w->title, .json = json_of, .records = records, .document = document};
    w->done = np_render(&w->out, w->format, &output, w->arena);
}

static writing written(np_format format, const char *title)
{
    writing w = {.arena = np_arena_new(0), .format = format, .title = title};
    np_text_init(&w.out, MOST);
    assert_true(np_arena_guard(w.arena, write_it, &w));
    assert_true(w.done && !w.out.failed);
    return w;
}

static void forget(writing *w)
{
    np_text_free(&w->out);
    np_arena_free(w->arena);
}

/* ---- tests ---- */

static void text_of_a_terminal(void **state)
{
    (void)state;
    writing w = written(NP_FORMAT_TEXT, "A document");
    static const char EXPECTED[] = "A document\n"
                                   "\n"
                                   "AMOUNTS, as they are\n"
                                   "WHAT IT IS       EUR  STATUS   \xC3\x89TAT\n"
                                   "first       -1234.56  assumed  many words that do not stand\n"
                                   "                               on one line of so narrow a\n"
                                   "                               text\n"
                                   "                               a note\n"
                                   "-----------------------------------------------------------\n"
                                   "all         -1234.56\n"
                                   "\n"
                                   "\xC3\x89T\xC3\x89\n"
                                   "  - label: what is said\n"
                                   "\n"
                                   "WHY\n"
                                   "A document\n"
                                   "\xE2\x94\x94\xE2\x94\x80 a step\n"
                                   "\n"
                                   "SOURCES\n"
                                   "  1  A text\n"
                                   "  2  Another, 2026\n";
    assert_string_equal(np_text_string(&w.out), EXPECTED);
    forget(&w);
}

static void a_column_of_programs_has_names(void **state)
{
    (void)state;
    writing w = written(NP_FORMAT_CSV, "=1+1");
    assert_string_equal(np_text_string(&w.out), "text,status\r\n\"'=1+1\",chained\r\n");
    forget(&w);
}

static void nothing_comes_through_as_markup(void **state)
{
    (void)state;
    writing page = written(NP_FORMAT_HTML, HOSTILE), plain = written(NP_FORMAT_MARKDOWN, HOSTILE);
    assert_null(strstr(np_text_string(&page.out), "<b>|"));
    assert_null(strchr(np_text_string(&page.out), '\x1b'));
    assert_non_null(strstr(np_text_string(&page.out), "&lt;b&gt;|&quot;&amp;&#39;=1+1"));
    assert_non_null(strstr(np_text_string(&plain.out), "\\<b\\>\\|\"\\&'=1+1 \\[31m\\`\\*\\_"));
    forget(&page);
    forget(&plain);
}

static void days_are_folded_and_escaped(void **state)
{
    (void)state;
    writing w =
        written(NP_FORMAT_ICS, "comma, semicolon; and a title that is longer than the seventy-five bytes of a line");
    assert_non_null(strstr(np_text_string(&w.out), "UID:test-day@natopay\r\nDTSTAMP:20260301T000000Z\r\n"));
    assert_non_null(strstr(np_text_string(&w.out),
                           "SUMMARY:comma\\, semicolon\\; and a title that is longer than the seventy-fiv\r\n"
                           " e bytes of a line\r\n"));
    forget(&w);
}

static void the_same_bytes_each_time(void **state)
{
    (void)state;
    for (int format = 0; format < NP_FORMAT_COUNT; format++) {
        if (format == NP_FORMAT_INI || format == NP_FORMAT_SQLITE) continue; /* written by their commands */
        writing a = written((np_format)format, HOSTILE), b = written((np_format)format, HOSTILE);
        assert_int_equal(a.out.length, b.out.length);
        assert_memory_equal(a.out.data, b.out.data, a.out.length);
        assert_true(a.out.length > 0);
        forget(&a);
        forget(&b);
    }
}

static void each_format_has_a_name_and_a_media_type(void **state)
{
    (void)state;
    for (int a = 0; a < NP_FORMAT_COUNT; a++) {
        assert_non_null(strchr(np_format_media((np_format)a), '/'));
        for (int b = 0; b < a; b++) assert_string_not_equal(np_format_name((np_format)a), np_format_name((np_format)b));
    }
    assert_int_equal(np_format_has(NP_FORMAT_MARKDOWN), NP_ROOM_FOR_CHARTS);
    assert_int_equal(np_format_has(NP_FORMAT_TEXT), NP_ROOM_FOR_ALL);
}

static void amounts_of_pages_are_grouped(void **state)
{
    (void)state;
    np_arena *arena = np_arena_new(0);
    assert_string_equal(np_page_amount(arena, NULL, "-1234567.89"), "\xE2\x88\x92"
                                                                    "1\xE2\x80\xAF"
                                                                    "234\xE2\x80\xAF"
                                                                    "567.89");
    assert_string_equal(np_page_amount(arena, NULL, "+999"), "+999");
    np_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_of_a_terminal),
        cmocka_unit_test(a_column_of_programs_has_names),
        cmocka_unit_test(nothing_comes_through_as_markup),
        cmocka_unit_test(days_are_folded_and_escaped),
        cmocka_unit_test(the_same_bytes_each_time),
        cmocka_unit_test(amounts_of_pages_are_grouped),
        cmocka_unit_test(each_format_has_a_name_and_a_media_type),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
