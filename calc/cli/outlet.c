/* Output that is written bit by bit, whole or not at all in the end. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"
#include "natopay/plan/part.h"

static bool complain(np_run *run, const np_outlet *outlet)
{
    np_run_cannot_write(run, outlet->path, outlet->error);
    return false;
}

bool np_outlet_permit(int file, const char *path)
{
    struct stat info;
    mode_t mask = umask(0);
    umask(mask);
    mode_t mode = stat(path, &info) == 0 ? info.st_mode & 0777 : 0666 & ~mask;
    return fchmod(file, mode) == 0;
}

/* One run at a time writes what is kept. Another one may have given it its name since it was opened here. */
static bool lock(np_run *run, const np_outlet *outlet)
{
    struct stat here, there;
    bool ours = flock(outlet->file, LOCK_EX | LOCK_NB) == 0 && fstat(outlet->file, &here) == 0 &&
                stat(outlet->temporary, &there) == 0 && here.st_ino == there.st_ino && here.st_dev == there.st_dev;
    if (ours) return true;
    np_diag *diag =
        np_report(&run->diags, NP_CODE_CANNOT_WRITE, np_span_none(), "another run is writing '%s'", outlet->temporary);
    np_diag_hint(&run->diags, diag, "let it end, or write to another file");
    return false;
}

/* The sum of the first bytes of what is kept; false with errno. */
static bool add_up(np_outlet *outlet, uint64_t size)
{
    enum { PIECE = 1 << 16 };
    char bytes[PIECE];
    outlet->sum = NP_PART_SUM_OF_NOTHING;
    for (uint64_t at = 0; at < size;) {
        ssize_t got = pread(outlet->file, bytes, size - at < PIECE ? (size_t)(size - at) : PIECE, (off_t)at);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        outlet->sum = np_part_sum(outlet->sum, bytes, (size_t)got);
        at += (uint64_t)got;
    }
    return true;
}

/* False after reporting. */
static bool open_fixed(np_run *run, np_outlet *outlet, const char *fixed, uint64_t size)
{
    struct stat info;
    outlet->temporary = np_arena_format(run->arena, "%s", fixed);
    outlet->file = open(fixed, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (outlet->file >= 0 && !lock(run, outlet)) return false;
    if (outlet->file >= 0 && fstat(outlet->file, &info) == 0 && (uint64_t)info.st_size < size) {
        np_diag *diag = np_report(&run->diags, NP_CODE_CONTRADICTION, np_span_none(),
                                  "'%s' does not hold all that the run that was broken off wrote into it", fixed);
        np_diag_hint(&run->diags, diag, "remove the .resume file beside it to begin anew");
        return false;
    }
    bool ok = outlet->file >= 0 && add_up(outlet, size) && ftruncate(outlet->file, (off_t)size) == 0 &&
              lseek(outlet->file, 0, SEEK_END) >= 0;
    if (ok) return true;
    outlet->error = errno;
    return complain(run, outlet);
}

/* In the folder of the target, without a name until it is complete: however the run ends before, nothing of it stays.
 * -1 where the file system has no such files, or where they cannot be given a name. */
static int open_nameless(np_run *run, const char *path)
{
    if (access("/proc/self/fd", X_OK) != 0) return -1;
    const char *slash = strrchr(path, '/');
    const char *folder = !slash          ? "."
                         : slash == path ? "/"
                                         : np_arena_format(run->arena, "%.*s", (int)(slash - path), path);
    return open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
}

static void open_temporary(np_run *run, np_outlet *outlet)
{
    outlet->temporary = np_arena_format(run->arena, "%s.XXXXXX", outlet->path);
    outlet->file = open_nameless(run, outlet->path);
    outlet->nameless = outlet->file >= 0;
    if (!outlet->nameless) outlet->file = mkostemp(outlet->temporary, O_CLOEXEC);
    if (outlet->file < 0) outlet->temporary = NULL;
}

/* False: errno tells. */
static bool give_name(np_outlet *outlet)
{
    enum { ATTEMPTS = 100 };
    char self[64];
    snprintf(self, sizeof self, "/proc/self/fd/%d", outlet->file);
    char *end = outlet->temporary + strlen(outlet->temporary) - strlen("XXXXXX");
    for (unsigned i = 0; i < ATTEMPTS; i++) {
        snprintf(end, sizeof "XXXXXX", "%04x%02u", (unsigned)getpid() & 0xffff, i);
        outlet->nameless = linkat(AT_FDCWD, self, AT_FDCWD, outlet->temporary, AT_SYMLINK_FOLLOW) != 0;
        if (!outlet->nameless || errno != EEXIST) break;
    }
    return !outlet->nameless;
}

bool np_outlet_open(np_run *run, np_outlet *outlet, const char *path, const char *fixed, uint64_t size)
{
    struct stat info;
    *outlet = (np_outlet){.path = path, .file = STDOUT_FILENO, .keep = fixed != NULL};
    if (!path) return true;
    bool exists = stat(path, &info) == 0;
    if (exists && S_ISDIR(info.st_mode)) {
        outlet->error = EISDIR;
        outlet->file = -1;
        return complain(run, outlet);
    }
    if (exists && !S_ISREG(info.st_mode)) { /* a pipe or a device cannot be replaced */
        outlet->file = open(path, O_WRONLY | O_CLOEXEC);
    } else if (fixed) {
        return open_fixed(run, outlet, fixed, size);
    } else {
        open_temporary(run, outlet);
    }
    if (outlet->file >= 0) return true;
    outlet->error = errno;
    return complain(run, outlet);
}

bool np_outlet_write(np_outlet *outlet, const char *bytes, size_t size)
{
    while (size > 0 && !outlet->error && !outlet->gone) {
        ssize_t put = write(outlet->file, bytes, size);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0 && errno == EPIPE && !outlet->path) {
            outlet->gone = true;
            break;
        }
        if (put < 0) {
            outlet->error = errno;
            break;
        }
        if (outlet->keep) outlet->sum = np_part_sum(outlet->sum, bytes, (size_t)put);
        bytes += put;
        size -= (size_t)put;
    }
    return !outlet->error && !outlet->gone;
}

/* False: errno tells. */
static bool complete(np_outlet *outlet)
{
    return np_outlet_permit(outlet->file, outlet->path) && fsync(outlet->file) == 0 &&
           (!outlet->nameless || give_name(outlet));
}

bool np_outlet_settle(np_run *run, np_outlet *outlet)
{
    if (outlet->temporary && !outlet->error && !complete(outlet)) outlet->error = errno;
    if (outlet->keep && !outlet->error) return true; /* it stays this run's until it has its name */
    if (outlet->path && outlet->file >= 0 && close(outlet->file) != 0 && !outlet->error) outlet->error = errno;
    outlet->file = -1;
    if (!outlet->error) return true;
    complain(run, outlet);
    np_outlet_drop(outlet);
    return false;
}

bool np_outlet_place(np_run *run, np_outlet *outlet)
{
    if (outlet->temporary && rename(outlet->temporary, outlet->path) != 0) outlet->error = errno;
    if (!outlet->error) {
        if (outlet->keep && outlet->path && outlet->file >= 0) close(outlet->file);
        outlet->temporary = NULL;
        return true;
    }
    complain(run, outlet);
    np_outlet_drop(outlet);
    return false;
}

bool np_outlet_finish(np_run *run, np_outlet *outlet)
{
    return np_outlet_settle(run, outlet) && np_outlet_place(run, outlet);
}

void np_outlet_drop(np_outlet *outlet)
{
    if (outlet->path && outlet->file >= 0) close(outlet->file);
    if (outlet->temporary && !outlet->nameless && !outlet->keep) unlink(outlet->temporary);
    outlet->file = -1;
    outlet->temporary = NULL;
}
