/* A workbook as CSV, by xlsx2csv where that is installed; it is run without a shell. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plan_run.h"

enum { SECONDS_MAX = 300, NOT_THERE = 127 };

/* In the child: never returns. Days come as dates of the calendar, whatever they look like in the workbook. */
static _Noreturn void run_xlsx2csv(const char *path, int to)
{
    struct rlimit seconds = {SECONDS_MAX, SECONDS_MAX};
    setrlimit(RLIMIT_CPU, &seconds);
    int quiet = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (quiet < 0 || dup2(quiet, STDIN_FILENO) < 0 || dup2(to, STDOUT_FILENO) < 0) _exit(NOT_THERE);
    dup2(quiet, STDERR_FILENO);
    execlp("xlsx2csv", "xlsx2csv", "--dateformat", "%Y-%m-%d", path, (char *)NULL);
    _exit(NOT_THERE);
}

/* How it ended: 0 done, NOT_THERE when the tool is not installed. */
static int convert(const char *path, int to)
{
    int status = -1;
    pid_t child = fork();
    if (child == 0) run_xlsx2csv(path, to);
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    return child > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* The tool looks up and down in a workbook: it needs a file with a name. */
static const char *as_path(int file, const char *head, size_t size, char path[64])
{
    if (lseek(file, 0, SEEK_CUR) < 0) { /* a pipe: what comes from it is kept */
        char bytes[16384];
        ssize_t got = 1;
        int copy = np_scratch_file_new();
        bool ok = copy >= 0 && write(copy, head, size) == (ssize_t)size;
        while (ok && (got = read(file, bytes, sizeof bytes)) > 0) ok = write(copy, bytes, (size_t)got) == got;
        if (!ok || got < 0) return NULL;
        file = copy;
    }
    int inherited = dup(file); /* without close-on-exec, so that the child can open it by number */
    if (inherited < 0) return NULL;
    snprintf(path, 64, "/dev/fd/%d", inherited);
    return path;
}

int np_workbook_to_csv(np_run *run, int file, const char *head, size_t size, np_arg path)
{
    char name[64];
    const char *from = as_path(file, head, size, name);
    int to = np_scratch_file_new();
    int ended = from && to >= 0 ? convert(from, to) : -1;
    if (ended == 0 && lseek(to, 0, SEEK_END) > 0 && lseek(to, 0, SEEK_SET) == 0) return to;
    if (to >= 0) close(to);
    np_diag *diag =
        ended == NOT_THERE
            ? np_report(&run->diags, NP_CODE_BINARY_FILE, path.at,
                        "'%s' is a workbook, and xlsx2csv, which turns it into CSV, is not installed", path.text)
            : np_report(&run->diags, NP_CODE_BINARY_FILE, path.at, "'%s' is no workbook that xlsx2csv can read",
                        path.text);
    np_diag_hint(&run->diags, diag, "save the sheet in the spreadsheet program as CSV UTF-8, and give that file");
    return -1;
}
