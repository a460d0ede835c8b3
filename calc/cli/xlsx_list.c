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

/* How it ended: 0 done, NOT_THERE when the tool is not installed, -1 with errno when it could not be started. */
static int convert(int from, int to)
{
    char path[64];
    int status = 0, inherited = dup(from); /* without close-on-exec, so that the child can open it by number */
    if (inherited < 0) return -1;
    snprintf(path, sizeof path, "/dev/fd/%d", inherited);
    pid_t child = fork();
    if (child == 0) run_xlsx2csv(path, to);
    close(inherited);
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    return child < 0 ? -1 : WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

/* What comes from a pipe, in a file: the tool looks up and down in a workbook. -1 after reporting. */
static int as_file(np_run *run, int from, const char *head, size_t size, const char *path)
{
    char bytes[16384];
    ssize_t got = 0;
    int file = np_scratch_file_new();
    bool ok = file >= 0 && np_write_all(file, head, size);
    while (ok && ((got = read(from, bytes, sizeof bytes)) > 0 || (got < 0 && errno == EINTR && !np_signals_came())))
        ok = got < 0 || np_write_all(file, bytes, (size_t)got);
    if (ok && got == 0) return file;
    if (file >= 0) close(file);
    if (ok)
        np_report(&run->diags, NP_CODE_CANNOT_READ, np_span_none(), "cannot read '%s' to its end: %s", path,
                  np_say(run->args.lang, strerror(errno)));
    else
        np_no_scratch(run);
    return -1;
}

int np_workbook_to_csv(np_run *run, int file, const char *head, size_t size, np_arg path)
{
    int from = lseek(file, 0, SEEK_CUR) < 0 ? as_file(run, file, head, size, path.text) : file;
    if (from < 0) return -1;
    int to = np_scratch_file_new(), ended = to >= 0 ? convert(from, to) : -1;
    const char *why = strerror(errno);
    if (from != file) close(from);
    if (ended == 0 && lseek(to, 0, SEEK_END) > 0 && lseek(to, 0, SEEK_SET) == 0) return to;
    if (to < 0) {
        np_no_scratch(run);
        return -1;
    }
    close(to);
    np_diag *diag =
        ended < 0 ? np_report(&run->diags, NP_CODE_CANNOT_READ, path.at, "cannot read '%s': %s", path.text,
                              np_say(run->args.lang, why))
        : ended == NOT_THERE
            ? np_report(&run->diags, NP_CODE_BINARY_FILE, path.at,
                        "'%s' is a workbook, and xlsx2csv, which turns it into CSV, is not installed", path.text)
            : np_report(&run->diags, NP_CODE_BINARY_FILE, path.at, "'%s' is no workbook that xlsx2csv can read",
                        path.text);
    np_diag_hint(&run->diags, diag, "save the sheet in the spreadsheet program as CSV UTF-8, and give that file");
    return -1;
}
