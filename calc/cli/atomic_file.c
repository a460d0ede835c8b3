/* Output files: written whole or not at all. A regular file is written beside its name and then takes the name's place;
 * what is no regular file (a pipe, a device, a descriptor such as /dev/stdout) is written to. */
#include "atomic_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "natopay/plan/partial_totals.h"
#include "output_path.h"
#include "temporary_file.h"

np_diag *np_run_cannot_write(np_run *run, const char *path, int error)
{
    if (error == ENOMEM) return np_report(&run->diags, NP_CODE_NO_MEMORY, np_span_none(), "memory ran out");
    const char *why = np_say(run->args.lang, strerror(error));
    if (!path)
        return np_report(&run->diags, NP_CODE_CANNOT_WRITE, np_span_none(), "cannot write to standard output: %s", why);
    np_diag *diag = np_report(&run->diags, NP_CODE_CANNOT_WRITE, np_span_none(), "cannot write '%s': %s", path, why);
    if (error == EISDIR) np_diag_hint(&run->diags, diag, "name a file in it");
    if (error == ENOENT) np_diag_hint(&run->diags, diag, "its folder must be there already");
    return diag;
}

static bool complain(np_run *run, const np_atomic_file *f)
{
    np_diag *diag = np_run_cannot_write(run, f->path, f->error);
    if (f->read_only)
        np_diag_hint(&run->diags, diag, "the file is there and read-only: allow writing (chmod u+w), or name another");
    return false;
}

/* Who may use the file: whoever may use the one that it replaces; if there is none, whom the umask lets. */
static bool copy_mode(const np_atomic_file *f)
{
    struct stat old, new;
    mode_t mask = umask(0);
    umask(mask);
    if (f->private) return fchmod(f->file, 0600) == 0;
    if (stat(f->target, &old) != 0) return fchmod(f->file, 0666 & ~mask) == 0;
    if (fstat(f->file, &new) != 0) return false;
    bool ours = old.st_uid == new.st_uid &&old.st_gid == new.st_gid;
    if (!ours && fchown(f->file, old.st_uid, old.st_gid) != 0) errno = 0; /* only root may: then it stays the user's */
    return fchmod(f->file, old.st_mode & 0777) == 0;
}

/* ---- what --resume keeps ---- */

/* One run at a time writes what is kept. Another one may have given it its name since it was opened here. */
static bool lock(np_run *run, int file, const char *path)
{
    struct stat here, there;
    bool ours = flock(file, LOCK_EX | LOCK_NB) == 0 && fstat(file, &here) == 0 && lstat(path, &there) == 0 &&
                here.st_ino == there.st_ino && here.st_dev == there.st_dev;
    if (ours) return true;
    np_diag *diag = np_report(&run->diags, NP_CODE_CANNOT_WRITE, np_span_none(), "another run is writing '%s'", path);
    np_diag_hint(&run->diags, diag, "let it end, or write to another file");
    return false;
}

/* The sum of the first bytes of what is kept; false with errno. */
static bool add_up(np_atomic_file *f, uint64_t size)
{
    enum { PIECE = 1 << 16 };
    char bytes[PIECE];
    f->sum = NP_PART_SUM_OF_NOTHING;
    for (uint64_t at = 0; at < size;) {
        ssize_t got = pread(f->file, bytes, size - at < PIECE ? (size_t)(size - at) : PIECE, (off_t)at);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        f->sum = np_partial_totals_sum(f->sum, bytes, (size_t)got);
        at += (uint64_t)got;
    }
    return true;
}

bool np_not_ours(np_run *run, const char *path)
{
    np_diag *diag = np_report(&run->diags, NP_CODE_CANNOT_WRITE, np_span_none(),
                              "'%s' is there already, and no earlier run with --resume made it", path);
    np_diag_hint(&run->diags, diag, "rename or remove it, or write to another file");
    return false;
}

/* A regular file of this user's; what is opened through a link is not. */
static bool is_own_file(int file, struct stat *info)
{
    return fstat(file, info) == 0 && S_ISREG(info->st_mode) && info->st_uid == geteuid();
}

/* What an earlier run kept, cut off where that run had counted to. False after reporting. */
static bool open_again(np_run *run, np_atomic_file *f, uint64_t size)
{
    struct stat info = {0};
    f->file = open(f->temporary, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (f->file < 0 && errno != ENOENT && errno != ELOOP) {
        f->error = errno;
        return complain(run, f);
    }
    bool none = f->file < 0 && errno == ENOENT;
    if (!none && (f->file < 0 || !is_own_file(f->file, &info))) return np_not_ours(run, f->temporary);
    if (!none && !lock(run, f->file, f->temporary)) return false;
    if (none || (uint64_t)info.st_size < size) {
        np_diag *diag =
            np_report(&run->diags, NP_CODE_CONTRADICTION, np_span_none(),
                      "'%s' does not hold all that the run that was broken off wrote into it", f->temporary);
        np_diag_hint(&run->diags, diag, "remove the .resume file beside it to begin anew");
        return false;
    }
    if (add_up(f, size) && ftruncate(f->file, (off_t)size) == 0 && lseek(f->file, 0, SEEK_END) >= 0) return true;
    f->error = errno;
    return complain(run, f);
}

bool np_atomic_forget_kept(np_run *run, const char *path)
{
    struct stat info = {0};
    int file = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0 && errno == ENOENT) return true;
    bool ours = file >= 0 && is_own_file(file, &info);
    bool free = ours ? lock(run, file, path) : np_not_ours(run, path), done = free && unlink(path) == 0;
    if (free && !done) np_run_cannot_write(run, path, errno);
    if (file >= 0) close(file);
    return done;
}

static bool link_to(np_atomic_file *f, const char *name)
{
    char self[64];
    snprintf(self, sizeof self, "/proc/self/fd/%d", f->file);
    return linkat(AT_FDCWD, f->nameless ? self : f->temporary, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0;
}

bool np_atomic_save(np_run *run, np_atomic_file *f)
{
    if (!f->kept || fsync(f->file) == 0) return true;
    f->error = errno;
    return complain(run, f);
}

bool np_atomic_keep(np_run *run, np_atomic_file *f)
{
    if (!f->kept || f->keep) return true;
    if (flock(f->file, LOCK_EX | LOCK_NB) != 0 || !link_to(f, f->kept)) {
        f->error = errno;
        return complain(run, f);
    }
    if (!f->nameless) {
        unlink(f->temporary);
        np_temporary_forget(f->temporary);
    }
    f->temporary = np_arena_format(run->arena, "%s", f->kept);
    f->nameless = false;
    f->keep = true;
    return true;
}

/* ---- opening ---- */

/* For --resume nothing may be in the place that it takes later. */
static bool is_free(np_run *run, const char *kept)
{
    struct stat info;
    if (!kept || lstat(kept, &info) != 0) return true;
    int file = open(kept, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    bool busy = file >= 0 && flock(file, LOCK_EX | LOCK_NB) != 0;
    if (busy)
        lock(run, file, kept); /* reports it */
    else
        np_not_ours(run, kept);
    if (file >= 0) close(file);
    return false;
}

static bool open_temporary(np_run *run, np_atomic_file *f)
{
    np_temporary_clear(run->arena, f->target);
    f->file = np_nameless_file(run->arena, f->target);
    f->nameless = f->file >= 0;
    f->temporary = np_temporary_name(run->arena, f->target);
    if (!f->nameless) f->file = np_temporary_open(f->temporary);
    if (f->file < 0) {
        f->error = errno;
        f->temporary = NULL;
    }
    return f->file >= 0;
}

/* Something that is written to and not replaced. */
static bool open_directly(np_atomic_file *f, const np_target *target)
{
    f->file = target->descriptor >= 0 ? fcntl(target->descriptor, F_DUPFD_CLOEXEC, 0)
                                      : open(target->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    f->pipe = target->descriptor >= 0;
    if (f->file < 0) f->error = errno;
    return f->file >= 0;
}

static bool may_replace(np_atomic_file *f, const np_target *target)
{
    if (!target->exists) return true;
    f->error = S_ISDIR(target->info.st_mode)                                                 ? EISDIR
               : !(target->info.st_mode & 0222)                                              ? EACCES
               : faccessat(AT_FDCWD, target->path, W_OK, AT_EACCESS) != 0 && errno != EINVAL ? errno
                                                                                             : 0;
    f->read_only = f->error == EACCES;
    return f->error == 0;
}

bool np_atomic_open(np_run *run, np_atomic_file *f, const char *path, np_atomic_how how)
{
    np_target target;
    *f = (np_atomic_file){.path = path, .file = -1, .private = how.private};
    np_target_find(run->arena, path, how.private, &target);
    f->target = target.path;
    if (!np_output_allowed(run, path, &target)) return false;
    f->file = STDOUT_FILENO;
    f->pipe = true;
    if (!path) return true;
    f->file = -1;
    f->pipe = false;
    f->error = target.error;
    if (f->error) return complain(run, f);
    bool directly = target.descriptor >= 0 || target.special ||
                    (target.exists && !S_ISREG(target.info.st_mode) && !S_ISDIR(target.info.st_mode));
    if (directly) return open_directly(f, &target) || complain(run, f);
    if (!may_replace(f, &target)) return complain(run, f);
    f->kept = how.kept;
    f->sum = NP_PART_SUM_OF_NOTHING;
    if (!how.again) return is_free(run, how.kept) && (open_temporary(run, f) || complain(run, f));
    f->keep = true;
    f->temporary = np_arena_format(run->arena, "%s", how.kept);
    return open_again(run, f, how.size);
}

/* ---- writing and closing ---- */

bool np_atomic_write(np_atomic_file *f, const char *bytes, size_t size)
{
    while (size > 0 && !f->error && !f->broken_pipe) {
        ssize_t put = write(f->file, bytes, size);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0 && errno == EPIPE && f->pipe) {
            f->broken_pipe = true;
            break;
        }
        if (put < 0) {
            f->error = errno;
            break;
        }
        if (f->kept) f->sum = np_partial_totals_sum(f->sum, bytes, (size_t)put);
        bytes += put;
        size -= (size_t)put;
    }
    return !f->error && !f->broken_pipe;
}

bool np_atomic_write_text(np_atomic_file *f, const np_text *text)
{
    if (text->failed && !f->error) f->error = text->no_memory ? ENOMEM : EFBIG;
    return np_atomic_write(f, np_text_string(text), text->length);
}

/* A nameless file gets the temporary name, any that is free; false: errno tells. */
static bool give_name(np_atomic_file *f)
{
    enum { ATTEMPTS = 100 };
    char *end = f->temporary + strlen(f->temporary) - strlen("XXXXXX");
    for (unsigned i = 0; i < ATTEMPTS; i++) {
        snprintf(end, sizeof "XXXXXX", "%04x%02u", (unsigned)getpid() & 0xffff, i);
        np_temporary_remember(f->temporary);
        f->nameless = !link_to(f, f->temporary);
        if (!f->nameless) break;
        np_temporary_forget(f->temporary);
        if (errno != EEXIST) break;
    }
    return !f->nameless;
}

/* What was written to directly: closing tells whether all of it went. Standard output stays: a copy is closed. */
static void close_direct(np_atomic_file *f)
{
    int file = f->path ? f->file : fcntl(f->file, F_DUPFD_CLOEXEC, 0);
    if (f->path) f->file = -1;
    if (file >= 0 && close(file) != 0 && !f->error && !f->broken_pipe) f->error = errno;
}

bool np_atomic_sync(np_run *run, np_atomic_file *f)
{
    if (f->temporary && !f->error && !(copy_mode(f) && fsync(f->file) == 0 && (!f->nameless || give_name(f))))
        f->error = errno;
    if (!f->temporary) close_direct(f);
    if (!f->error) return true;
    complain(run, f);
    np_atomic_drop(f);
    return false;
}

bool np_atomic_commit(np_run *run, np_atomic_file *f)
{
    if (!f->temporary) return true;
    np_target target; /* it may have become something else in the meantime */
    np_target_find(run->arena, f->target, true, &target);
    bool allowed = np_output_allowed(run, f->path, &target);
    if (allowed && rename(f->temporary, f->target) != 0) f->error = errno;
    if (allowed && !f->error) {
        np_temporary_forget(f->temporary);
        close(f->file); /* held till now: what is kept belongs to one run */
        f->file = -1;
        f->temporary = NULL;
        return true;
    }
    if (allowed) complain(run, f);
    np_atomic_drop(f);
    return false;
}

bool np_atomic_finish(np_run *run, np_atomic_file *f)
{
    return np_atomic_sync(run, f) && np_atomic_commit(run, f);
}

void np_atomic_drop(np_atomic_file *f)
{
    if (f->temporary && !f->nameless && !f->keep && f->file >= 0) {
        unlink(f->temporary);
        np_temporary_forget(f->temporary);
    }
    if (f->path && f->file >= 0) close(f->file);
    f->file = -1;
    f->temporary = NULL;
}
