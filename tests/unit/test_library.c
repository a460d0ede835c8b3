/* The library's interface: what it opens, what it answers, and its limits. */
#include "support.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "natopay.h"

static const char BOOK[] = "[organisation shop]\nname = Shop\n[currency EUR]\n[country FR]\ncurrency = EUR\n"
                           "[input duty_country]\ntype = country\ndefault = FR\n"
                           "[input date]\ntype = date\ndefault = 2026-01-01\n"
                           "[input hours]\ntype = number\ndefault = 100\n"
                           "[rule wage]\nkind = salary\namount = hours * 10 EUR\n";
static const natopay_file FILES[] = {{"nato/shop.ini", BOOK, sizeof BOOK - 1}};

static natopay_session *shop(void)
{
    natopay_session *session = natopay_open_files(FILES, 1);
    assert_non_null(session);
    return session;
}

static const natopay_answer *ask(natopay_session *session, const char *const *arguments, size_t count,
                                 const natopay_file *files, size_t file_count)
{
    natopay_request request = {arguments, count, files, file_count, NULL};
    const natopay_answer *answer = natopay_ask(session, &request);
    assert_non_null(answer);
    assert_int_equal(strlen(answer->bytes), answer->size);
    return answer;
}

static void version(void **state)
{
    (void)state;
    char parts[40];
    snprintf(parts, sizeof parts, "%d.%d.%d", NATOPAY_VERSION_MAJOR, NATOPAY_VERSION_MINOR, NATOPAY_VERSION_PATCH);
    assert_string_equal(natopay_version(), NATOPAY_VERSION);
    assert_string_equal(parts, NATOPAY_VERSION);
}

static void answers(void **state)
{
    (void)state;
    natopay_session *session = shop();
    const char *const arguments[] = {"estimate", "--set", "hours=151.67", "--format", "json"};
    const natopay_answer *answer = ask(session, arguments, 5, NULL, 0);
    assert_int_equal(answer->exit, 0);
    assert_string_equal(answer->media_type, "application/json");
    assert_non_null(strstr(answer->bytes, "\"net\":\"1516.70\""));
    assert_non_null(strstr(answer->diagnostics, "\"errors\":0"));
    natopay_close(session);
}

/* The first request leaves nothing to the second, and a wrong one is an answer. */
static void one_after_another(void **state)
{
    (void)state;
    natopay_session *session = shop();
    const char *const good[] = {"estimate", "--set", "hours=10"}, *const bad[] = {"estimate", "--set", "hour=10"};
    assert_int_equal(ask(session, bad, 3, NULL, 0)->exit, 3);
    assert_non_null(strstr(ask(session, bad, 3, NULL, 0)->diagnostics, "\"code\":\"unknown-input\""));
    assert_non_null(strstr(ask(session, good, 3, NULL, 0)->bytes, " 100.00"));
    assert_non_null(strstr(ask(session, good, 1, NULL, 0)->bytes, " 1000.00"));
    natopay_close(session);
}

static void files_of_a_request(void **state)
{
    (void)state;
    static const char POST[] = "[post p]\nhours = 20\n";
    natopay_session *session = shop();
    natopay_file post = {"p.ini", POST, sizeof POST - 1};
    const char *const arguments[] = {"estimate", "p.ini"};
    assert_non_null(strstr(ask(session, arguments, 2, &post, 1)->bytes, " 200.00"));
    assert_int_equal(ask(session, arguments, 2, NULL, 0)->exit, 3); /* it went with its request */
    natopay_close(session);
}

/* One less than the limit, the limit, one more. */
static void limits(void **state)
{
    (void)state;
    const char *arguments[NATOPAY_ARGUMENTS_MAX + 1];
    natopay_file files[NATOPAY_FILES_MAX + 1];
    natopay_session *session = shop();
    arguments[0] = "estimate";
    for (size_t i = 1; i <= NATOPAY_ARGUMENTS_MAX; i++) arguments[i] = "--explain";
    for (size_t i = 0; i <= NATOPAY_FILES_MAX; i++) files[i] = (natopay_file){"x.ini", "", 0};
    for (size_t more = 0; more < 3; more++) {
        bool fits = more < 2;
        size_t argument_count = NATOPAY_ARGUMENTS_MAX - 1 + more, file_count = NATOPAY_FILES_MAX - 1 + more;
        assert_int_equal(ask(session, arguments, argument_count, NULL, 0)->exit, fits ? 0 : 2);
        assert_int_equal(ask(session, arguments, 1, files, file_count)->exit, fits ? 0 : 2);
        if (!fits) assert_non_null(strstr(ask(session, arguments, argument_count, NULL, 0)->diagnostics, "too-many"));
    }
    natopay_close(session);
}

static void opening(void **state)
{
    (void)state;
    const char *why = NULL;
    assert_null(natopay_open("no/such/folder", NULL, &why));
    assert_string_equal(why, "No such file or directory");
    assert_null(natopay_open("no/such/folder", NULL, NULL));
    natopay_session *session = natopay_open("tests/book/nato", "no/such/folder", &why);
    assert_non_null(session);
    assert_null(why);
    const char *const arguments[] = {"estimate", "--set", "grade=G20", "--set", "duty_country=BE"};
    assert_int_equal(ask(session, arguments, 5, NULL, 0)->exit, 0);
    natopay_close(session);
    natopay_close(NULL);
}

/* A book that is wrong, or none, is told by the first request. */
static void wrong_books(void **state)
{
    (void)state;
    static const char WRONG[] = "[rule wage]\nkind = salary\namount = hours * 10 EUR\n";
    const char *const arguments[] = {"estimate"};
    natopay_file file = {"nato/wrong.ini", WRONG, sizeof WRONG - 1};
    for (size_t count = 0; count < 2; count++) {
        natopay_session *session = natopay_open_files(&file, count);
        assert_non_null(session);
        const natopay_answer *answer = ask(session, arguments, 1, NULL, 0);
        assert_int_equal(answer->exit, 3);
        assert_null(strstr(answer->diagnostics, "\"errors\":0"));
        natopay_close(session);
    }
}

static void *many_times(void *context)
{
    const char *const arguments[] = {"estimate", "--set", context};
    char wanted[32];
    snprintf(wanted, sizeof wanted, " %s0.00", strchr(context, '=') + 1);
    natopay_session *session = natopay_open_files(FILES, 1);
    for (int i = 0; session && i < 50; i++) {
        natopay_request request = {arguments, 3, NULL, 0, NULL};
        if (!strstr(natopay_ask(session, &request)->bytes, wanted)) context = NULL;
    }
    natopay_close(session);
    return session ? context : NULL;
}

static void sessions_at_once(void **state)
{
    (void)state;
    static char inputs[][12] = {"hours=11", "hours=22", "hours=33", "hours=44"};
    pthread_t threads[4];
    for (size_t i = 0; i < 4; i++) assert_int_equal(pthread_create(&threads[i], NULL, many_times, inputs[i]), 0);
    for (size_t i = 0; i < 4; i++) {
        void *done = NULL;
        pthread_join(threads[i], &done);
        assert_ptr_equal(done, inputs[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(version),
        cmocka_unit_test(answers),
        cmocka_unit_test(one_after_another),
        cmocka_unit_test(limits),
        cmocka_unit_test(files_of_a_request),
        cmocka_unit_test(opening),
        cmocka_unit_test(wrong_books),
        cmocka_unit_test(sessions_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
