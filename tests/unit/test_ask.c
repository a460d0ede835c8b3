/* Asking the library: requests in memory, their answers, and that one leaves nothing behind for the next. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "natopay/ask/ask.h"

enum { FILES_MAX = 64 };
static np_memory_file own[FILES_MAX];
static np_arena *kept;

/* The rule book of the tests, read once into memory. */
static np_memory_files book(void)
{
    static size_t count;
    np_reader disk = np_reader_disk();
    const char **names = NULL;
    size_t found = 0;
    if (count) return (np_memory_files){own, count};
    kept = np_arena_new(0);
    assert_null(disk.list(disk.context, kept, "data/nato", ".ini", &names, &found));
    for (size_t i = 0; i < found && i < FILES_MAX; i++) {
        char *bytes = NULL;
        size_t size = 0;
        const char *path = np_arena_format(kept, "data/nato/%s", names[i]);
        assert_null(disk.read(disk.context, kept, path, NP_INI_FILE_LIMIT, &bytes, &size));
        own[count++] = (np_memory_file){np_arena_format(kept, "nato/%s", names[i]), bytes, size};
    }
    return (np_memory_files){own, count};
}

static np_answer ask(np_session *session, const char *const *arguments, size_t count)
{
    np_request request = {.arguments = arguments, .argument_count = count};
    return np_ask(session, &request);
}

#define ASK(session, ...) \
    ask(session, (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static void answers_again_and_again(void **state)
{
    (void)state;
    np_memory_files files = book();
    np_session *session = np_session_new(&files);
    assert_non_null(session);
    char first[65536];
    for (int i = 0; i < 3; i++) {
        np_answer answer = ASK(session, "estimate", "--set", "grade=G10", "--set", "duty_country=FR", "--set",
                               "start=2026-03-01", "--set", "nationality=DE", "--format", "json");
        assert_int_equal(answer.exit, 0);
        assert_string_equal(answer.media_type, "application/json");
        assert_int_equal(answer.size, strlen(answer.bytes));
        assert_true(answer.size < sizeof first);
        if (i) assert_string_equal(answer.bytes, first);
        memcpy(first, answer.bytes, answer.size + 1);
        np_answer wrong = ASK(session, "estimate", "--set", "grade=G99", "--set", "duty_country=FR");
        assert_int_equal(wrong.exit, 3);
        assert_int_equal(wrong.size, 0);
        assert_non_null(strstr(wrong.diagnostics, "\"input\":\"grade\""));
    }
    np_session_free(session);
}

static void reads_files_of_the_request(void **state)
{
    (void)state;
    np_memory_files files = book();
    np_session *session = np_session_new(&files);
    static const char POST[] = "[post a]\ngrade = G10\nduty_country = FR\nstart = 2026-03-01\n";
    const np_memory_file given[] = {{"a.ini", POST, sizeof POST - 1}};
    const char *const arguments[] = {"estimate", "a.ini", "--format", "csv"};
    np_request request = {arguments, 4, given, 1, NULL};
    np_answer answer = np_ask(session, &request);
    assert_int_equal(answer.exit, 0);
    assert_non_null(strstr(answer.bytes, "5335.54"));
    request.file_count = 0; /* the next request does not see it */
    answer = np_ask(session, &request);
    assert_int_equal(answer.exit, 3);
    assert_non_null(strstr(answer.diagnostics, "cannot-read"));
    np_session_free(session);
}

static void takes_a_notice_for_a_post(void **state)
{
    (void)state;
    np_memory_files files = book();
    np_session *session = np_session_new(&files);
    static const char NOTICE[] = "Post title: Planner\nGrade: G10\nLocation: Neuilly-sur-Seine, France\n"
                                 "Closing date: 1 April 2026\nContract: definite duration, three years\n";
    const np_memory_file given[] = {{"notice.txt", NOTICE, sizeof NOTICE - 1}};
    const char *const arguments[] = {"estimate", "notice.txt", "--format", "csv"};
    np_request request = {arguments, 4, given, 1, NULL};
    np_answer answer = np_ask(session, &request);
    assert_int_equal(answer.exit, 0);
    assert_non_null(strstr(answer.bytes, "5335.54"));
    np_session_free(session);
}

typedef struct heard {
    int times;
    uint64_t rows; /* the last that was told */
} heard;

static void hear(void *context, uint64_t rows)
{
    heard *h = context;
    assert_true(rows >= h->rows);
    *h = (heard){h->times + 1, rows};
}

static void plans_in_memory(void **state)
{
    (void)state;
    np_memory_files files = book();
    np_session *session = np_session_new(&files);
    static const char LIST[] = "id,grade,duty_country,start\n1,G10,FR,2026-01-01\n2,G99,FR,2026-01-01\n";
    const np_memory_file given[] = {{"-", LIST, sizeof LIST - 1}};
    const char *const arguments[] = {"plan", "-", "--format", "csv", "--reject", "bad.csv"};
    np_request request = {arguments, 6, given, 1, NULL};
    heard h = {0};
    np_session_tell(session, hear, &h);
    np_answer answer = np_ask(session, &request);
    assert_int_equal(h.times, 1);
    assert_int_equal(h.rows, 2);
    np_session_tell(session, NULL, NULL);
    assert_int_equal(answer.exit, 1);
    assert_string_equal(answer.media_type, "text/csv; charset=utf-8");
    assert_non_null(strstr(answer.bytes, "\n1,"));
    assert_int_equal(answer.output_count, 1);
    assert_string_equal(answer.outputs[0].path, "bad.csv");
    assert_non_null(strstr(answer.outputs[0].text, "G99"));
    answer = ASK(session, "plan", "-", "--resume");
    assert_int_equal(answer.exit, 2);
    np_session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_again_and_again),
        cmocka_unit_test(reads_files_of_the_request),
        cmocka_unit_test(takes_a_notice_for_a_post),
        cmocka_unit_test(plans_in_memory),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    np_arena_free(kept);
    return failed;
}
