/* The text of a PDF file, by pdftotext where that is installed; it is run without a shell. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
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

/* All that comes from `from`, at most the bytes that a notice may have; false: it broke off. */
static bool read_all(int from, np_text *text)
{
    char part[16384];
    for (;;) {
        ssize_t got = read(from, part, sizeof part);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0 || text->failed) return got == 0;
        np_text_add(text, part, (size_t)got);
    }
}

/* The bytes in a file in memory, from whose start they are read; -1 with errno. */
static int as_file(const char *bytes, size_t size)
{
    int file = memfd_create("notice", MFD_CLOEXEC);
    while (file >= 0 && size) {
        ssize_t put = write(file, bytes, size);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) {
            close(file);
            return -1;
        }
        bytes += put;
        size -= (size_t)put;
    }
    if (file >= 0 && lseek(file, 0, SEEK_SET) == 0) return file;
    if (file >= 0) close(file);
    return -1;
}

static bool convert(int file, np_text *text)
{
    int ends[2], status = -1;
    if (pipe(ends) != 0) return false;
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        run_pdftotext(file, ends[1]);
    }
    close(ends[1]);
    bool whole = child > 0 && read_all(ends[0], text);
    close(ends[0]);
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    return whole && WIFEXITED(status) && WEXITSTATUS(status) == 0 && text->length && !text->failed;
}

const char *np_pdf_to_text(np_arena *arena, char **bytes, size_t *size)
{
    if (*size < 5 || memcmp(*bytes, "%PDF-", 5) != 0) return NULL;
    int file = as_file(*bytes, *size);
    if (file < 0) return strerror(errno);
    np_text text;
    np_text_init(&text, NP_NOTICE_LIMIT);
    bool done = convert(file, &text);
    close(file);
    if (done || text.no_memory) {
        *size = text.length;
        *bytes = np_text_move(&text, arena);
    } else {
        np_text_free(&text);
    }
    return NULL;
}
