/* Requests: a command line and the files it names, as somebody might type and write them, asked of the rule book of
 * NATOPAY_DATA, else data/nato. Every answer is what answers.h says, and what is asked in between leaves no trace.
 *
 * An input is a text: an argument to a line, then files, each begun by a line "== NAME". */
#include "answers.h"

const long fuzz_mutations = 400;

enum { ARGUMENTS = 64, FILES = 8, BOOK_FILES = 64 };

typedef struct asked {
    char *text;
    const char *arguments[ARGUMENTS];
    size_t argument_count;
    np_memory_file files[FILES];
    size_t file_count;
} asked;

/* The line that begins at *at, `length` bytes without its line end; *at becomes the line after it. */
static char *take_line(char **at, char *end, size_t *length)
{
    char *line = *at, *newline = memchr(line, '\n', (size_t)(end - line)), *stop = newline ? newline : end;
    *length = (size_t)(stop - line);
    *at = newline ? newline + 1 : end;
    return line;
}

static void take_apart(asked *a, const uint8_t *data, size_t size)
{
    a->text = fuzz_alloc(size + 1);
    if (size) memcpy(a->text, data, size);
    a->text[size] = '\0';
    char *at = a->text, *end = a->text + size;
    while (at < end) {
        size_t length;
        char *line = take_line(&at, end, &length);
        line[length] = '\0'; /* the line end, or the byte behind the text */
        bool names_file = strncmp(line, "== ", 3) == 0;
        if (names_file && a->file_count == FILES) return;
        if (!names_file && a->file_count == 0 && a->argument_count < ARGUMENTS)
            a->arguments[a->argument_count++] = line;
        else if (!names_file && a->file_count > 0) {
            line[length] = line + length == end ? '\0' : '\n';
            a->files[a->file_count - 1].size = (size_t)(at - a->files[a->file_count - 1].text);
        }
        if (names_file) a->files[a->file_count++] = (np_memory_file){line + 3, at, 0};
    }
}

static np_session *session;

static void open_session(void)
{
    static np_memory_file own[BOOK_FILES];
    static np_memory_files files = {own, 0};
    static np_arena *arena;
    if (session) return;
    const char *folder = getenv("NATOPAY_DATA"), **names = NULL, *book = folder ? folder : "data/nato";
    np_reader disk = np_reader_disk();
    size_t count = 0;
    arena = np_arena_new(0);
    REQUIRE(arena && !disk.list(disk.context, arena, book, ".ini", &names, &count) && count <= BOOK_FILES);
    for (size_t i = 0; i < count; i++) {
        char *bytes = NULL;
        size_t size = 0;
        REQUIRE(!disk.read(disk.context, arena, np_arena_format(arena, "%s/%s", book, names[i]), NP_INI_FILE_LIMIT,
                           &bytes, &size));
        own[files.count++] = (np_memory_file){np_arena_format(arena, "nato/%s", names[i]), bytes, size};
    }
    session = np_session_new(&files);
    REQUIRE(session);
}

static void ask_something_else(void)
{
    const char *const arguments[] = {"estimate", "--set", "grade=G10", "--set", "duty_country=FR", "--format", "json"};
    np_request request = {arguments, sizeof arguments / sizeof *arguments, NULL, 0, "fr"};
    np_answer answer = np_ask(session, &request);
    REQUIRE(answer.exit == 0);
    check_answer(&answer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    asked a = {0};
    open_session();
    take_apart(&a, data, size);
    np_request request = {a.arguments, a.argument_count, a.files, a.file_count, NULL};
    np_answer answer = np_ask(session, &request);
    check_answer(&answer);
    kept_answer kept = keep(&answer);
    ask_something_else();
    answer = np_ask(session, &request);
    check_same(&kept, &answer);
    free_kept(&kept);
    free(a.text);
    return 0;
}
