/* Rule books asked: the input is an overlay of a small book, then a book of its own. An estimate, its explanation, a
 * projection and a timeline of it are what answers.h says, in each format. */
#include "answers.h"
#include "small_book.h"

const long fuzz_mutations = 250;

typedef struct asking {
    np_session *session;
    np_memory_file overlay;
} asking;

static int ask(const asking *a, const char *const *command, const char *format)
{
    const char *arguments[32];
    size_t count = 0;
    for (; command[count]; count++) arguments[count] = command[count];
    const char *const post[] = {"--set", "grade=G10",         "--set",    "twin_grade=G11",
                                "--set", "duty_country=FR",   "--set",    "start=2026-02-10",
                                "--set", "births=2010-01-01", "--set",    "spouse=yes",
                                "--set", "income=0",          "--format", format};
    for (size_t i = 0; i < sizeof post / sizeof *post; i++) arguments[count++] = post[i];
    if (a->overlay.text) {
        arguments[count++] = "--with";
        arguments[count++] = a->overlay.path;
    }
    np_request request = {arguments, count, &a->overlay, a->overlay.text ? 1 : 0, NULL};
    np_answer answer = np_ask(a->session, &request);
    check_answer(&answer);
    return answer.exit;
}

/* How many of six could be answered. */
static int ask_all(const asking *a)
{
    static const char *const ESTIMATE[] = {"estimate", NULL}, *const EXPLAIN[] = {"explain", "basic", NULL},
                             *const PROJECT[] = {"project", "--months", "40", NULL},
                             *const TIMELINE[] = {"timeline", "--months", "40", NULL};
    REQUIRE(a->session);
    return (ask(a, ESTIMATE, "json") == 0) + (ask(a, ESTIMATE, "html") == 0) + (ask(a, EXPLAIN, "text") == 0) +
           (ask(a, PROJECT, "json") == 0) + (ask(a, TIMELINE, "html") == 0) + (ask(a, TIMELINE, "ics") == 0);
}

/* Without an overlay everything is answered, or nothing would be tried. */
static void check_small_book(const np_memory_files *files)
{
    asking plain = {np_session_new(files), {NULL, NULL, 0}};
    REQUIRE(ask_all(&plain) == 6);
    np_session_free(plain.session);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_alloc(size);
    if (size) memcpy(text, data, size);
    np_memory_file file = {"nato/small.ini", SMALL_BOOK, sizeof SMALL_BOOK - 1};
    np_memory_files files = {&file, 1};
    if (size == 0) check_small_book(&files);
    asking overlay = {np_session_new(&files), {"over.ini", text, size}};
    ask_all(&overlay);
    np_session_free(overlay.session);
    file = (np_memory_file){"nato/own.ini", text, size};
    asking own = {np_session_new(&files), {NULL, NULL, 0}};
    ask_all(&own);
    np_session_free(own.session);
    free(text);
    return 0;
}
