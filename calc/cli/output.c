#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"

static int write_all(int file, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t put = write(file, data, size);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return errno;
        data += put;
        size -= (size_t)put;
    }
    return 0;
}

np_diag *np_run_cannot_write(np_run *run, const char *path, int error)
{
    const char *why = np_say(run->args.lang, strerror(error));
    if (!path)
        return np_report(&run->diags, NP_CODE_CANNOT_WRITE, np_span_none(), "cannot write to standard output: %s", why);
    np_diag *diag = np_report(&run->diags, NP_CODE_CANNOT_WRITE, np_span_none(), "cannot write '%s': %s", path, why);
    if (error == EISDIR) np_diag_hint(&run->diags, diag, "name a file in it");
    if (error == ENOENT) np_diag_hint(&run->diags, diag, "its folder must be there already");
    return diag;
}

static bool complain(np_run *run, const char *path, int error)
{
    np_run_cannot_write(run, path, error);
    return false;
}

static int fill_temporary(const np_text *text, int file)
{
    int error = write_all(file, text->data, text->length);
    if (!error && fchmod(file, 0644) != 0) error = errno;
    if (!error && fsync(file) != 0) error = errno;
    if (close(file) != 0 && !error) error = errno;
    return error;
}

/* A temporary file beside the target, then a rename: a reader sees the old file or the new one, never a part. */
static bool replace_file(np_run *run, const char *path)
{
    struct stat info;
    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode)) return complain(run, path, EISDIR);
    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode)) { /* a pipe or a device cannot be replaced */
        int device = open(path, O_WRONLY | O_CLOEXEC);
        int error = device < 0 ? errno : write_all(device, run->out.data, run->out.length);
        if (device >= 0) close(device);
        return error ? complain(run, path, error) : true;
    }
    char *temporary = np_arena_format(run->arena, "%s.XXXXXX", path);
    int file = mkstemp(temporary);
    if (file < 0) return complain(run, path, errno);
    int error = fill_temporary(&run->out, file);
    if (!error && rename(temporary, path) != 0) error = errno;
    if (error) unlink(temporary);
    return error ? complain(run, path, error) : true;
}

bool np_write_output(np_run *run)
{
    if (run->out.failed) {
        np_report(&run->diags, NP_CODE_NO_MEMORY, np_span_none(), "the output did not fit into memory");
        return false;
    }
    const char *path = run->args.value[NP_OPT_OUTPUT].text;
    if (path) return replace_file(run, path);
    int error = write_all(STDOUT_FILENO, run->out.data, run->out.length);
    if (error == EPIPE) return true; /* the reader has seen enough */
    return error ? complain(run, NULL, error) : true;
}
