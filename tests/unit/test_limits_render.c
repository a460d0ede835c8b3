/* Limits of the formats: the line that just fits, the year that just begins, the first number. Documents are made by
 * hand here. */
#include "unit/support.h"

#include "natopay/render/render.h"

static void write_document(np_arena *arena, np_format format, void (*document)(np_doc *doc, const void *result),
                           const void *result, np_text *text)
{
    np_output output = {.result = result, .document = document};
    np_text_init(text, 1 << 20);
    assert_true(np_render(text, format, &output, arena));
    assert_false(text->failed);
}

/* ---- calendars ---- */

static void one_event(np_doc *doc, const void *summary)
{
    doc->owner = "post";
    doc->date = np_date_of(2026, 3, 1);
    np_doc_event_add(doc, np_date_of(2026, 9, 1), "uid", summary, "");
}

/* Lines have at most 75 bytes; what is left of a longer one follows after a blank, which counts. */
static void lines_of_a_calendar(void **state)
{
    static const struct {
        size_t length; /* of a line, with "SUMMARY:" */
        size_t folds;
    } LIST[] = {{74, 0}, {75, 0}, {76, 1}, {149, 1}, {150, 2}};
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        char summary[200] = "";
        memset(summary, 'x', LIST[i].length - strlen("SUMMARY:"));
        np_text text;
        write_document(*state, NP_FORMAT_ICS, one_event, summary, &text);
        size_t folds = 0, longest = 0;
        for (const char *at = np_text_string(&text), *end; (end = strstr(at, "\r\n")); at = end + 2) {
            folds += *at == ' ';
            if ((size_t)(end - at) > longest) longest = (size_t)(end - at);
        }
        assert_int_equal(folds, LIST[i].folds);
        assert_int_equal(longest, LIST[i].length < 75 ? LIST[i].length : 75);
        np_text_free(&text);
    }
}

/* ---- charts over time ---- */

typedef struct days {
    np_ymd first, last;
    const char *years;
} days;

static void one_chart(np_doc *doc, const void *result)
{
    static const np_doc_period_row ROW = {.name = "post", .label = "post"};
    const days *d = result;
    np_doc_chart *chart = np_doc_chart_of(doc, NULL, NP_DOC_PERIOD_ROWS, "chart", "about");
    chart->of.period_rows = &ROW;
    chart->count = 1;
    chart->first = np_date_of(d->first.year, d->first.month, d->first.day);
    chart->last = np_date_of(d->last.year, d->last.month, d->last.day);
}

/* A year is named where its first day lies in the chart, at either end as well. */
static void years_of_a_chart(void **state)
{
    static const days LIST[] = {
        {{2025, 12, 31}, {2027, 12, 31}, "2026 2027 "}, {{2026, 1, 1}, {2027, 12, 31}, "2026 2027 "},
        {{2026, 1, 2}, {2027, 12, 31}, "2027 "},        {{2026, 1, 1}, {2026, 12, 31}, "2026 "},
        {{2026, 1, 1}, {2027, 1, 1}, "2026 2027 "},     {{2026, 1, 1}, {2027, 1, 2}, "2026 2027 "},
    };
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        np_text text, found;
        write_document(*state, NP_FORMAT_HTML, one_chart, &LIST[i], &text);
        np_text_init(&found, 100);
        for (int year = 2024; year <= 2029; year++)
            if (strstr(np_text_string(&text), np_arena_format(*state, ">%d</text>", year)))
                np_text_printf(&found, "%d ", year);
        expect_text(&found, LIST[i].years);
        np_text_free(&text);
    }
}

/* ---- sources ---- */

static void two_sources(np_doc *doc, const void *result)
{
    (void)result;
    np_doc_mention(doc, (np_doc_source){.name = "a", .title = "First"});
    np_doc_mention(doc, (np_doc_source){.name = "b", .title = "Second"});
    np_doc_sources(doc, NULL);
}

/* Sources are numbered from 1 on, as they are referred to. */
static void numbers_of_sources(void **state)
{
    np_text text;
    write_document(*state, NP_FORMAT_MARKDOWN, two_sources, NULL, &text);
    assert_non_null(strstr(np_text_string(&text), "1. First"));
    assert_non_null(strstr(np_text_string(&text), "2. Second"));
    assert_null(strstr(np_text_string(&text), "0. "));
    np_text_free(&text);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        arena_test(lines_of_a_calendar),
        arena_test(years_of_a_chart),
        arena_test(numbers_of_sources),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
