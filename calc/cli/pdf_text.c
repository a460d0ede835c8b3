/* The text of a PDF file, by pdftotext where that is installed; it is run without a shell. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli.h"
#include "natopay/notice/notice.h"

enum { SECONDS_MAX = 20 };

/* In the child: never returns. A file that keeps it busy ends it. */
static _Noreturn void run_pdftotext(int from, int to)
{
    struct rlimit seconds = {SECONDS_MAX, SECONDS_MAX};
    setrlimit(RLIMIT_CPU, &seconds);
    int quiet = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (dup2(from, STDIN_FILENO) < 0 || dup2(to, STDOUT_FILENO) < 0) _exit(127);
    if (quiet >= 0) dup2(quiet, STDERR_FILENO);
    execlp("pdftotext", "pdftotext", "-layout", "-enc", "UTF-8", "-", "-", (char *)NULL);
    _exit(127);
}

/* All that comes from `from`, at most the bytes that a notice may have. */
static void read_all(int from, np_text *text)
{
    char part[16384];
    for (;;) {
        ssize_t got = read(from, part, sizeof part);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0 || text->failed) return;
        np_text_add(text, part, (size_t)got);
    }
}

/* The bytes in a file without a name, from whose start they are read. */
static FILE *as_file(const char *bytes, size_t size)
{
    FILE *file = tmpfile();
    if (file && fwrite(bytes, 1, size, file) == size && fflush(file) == 0 && lseek(fileno(file), 0, SEEK_SET) == 0)
        return file;
    if (file) fclose(file);
    return NULL;
}

static bool convert(FILE *file, np_text *text)
{
    int ends[2], status = -1;
    if (pipe(ends) != 0) return false;
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        run_pdftotext(fileno(file), ends[1]);
    }
    close(ends[1]);
    if (child > 0) read_all(ends[0], text);
    close(ends[0]);
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0 && text->length && !text->failed;
}

void np_pdf_to_text(np_arena *arena, char **bytes, size_t *size)
{
    if (*size < 5 || memcmp(*bytes, "%PDF-", 5) != 0) return;
    FILE *file = as_file(*bytes, *size);
    if (!file) return;
    np_text text;
    np_text_init(&text, NP_NOTICE_LIMIT);
    bool done = convert(file, &text);
    fclose(file);
    char *copy = done ? np_arena_try(arena, text.length + 1) : NULL;
    if (copy) {
        memcpy(copy, np_text_string(&text), text.length + 1);
        *bytes = copy;
        *size = text.length;
    }
    np_text_free(&text);
}
