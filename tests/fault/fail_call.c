/* Put before the C library with LD_PRELOAD: of the calls of one kind that the program and the libraries it uses make
 * to the system, the one with the number FAIL_AT (from 0) fails; with FAIL_ON all that follow, too. FAIL_KIND is one of
 * the kinds below, FAIL_WITH the error's number; 0 lets a read or a write do half of what it should, and EINTR is for
 * these alone; -1 kills the program before the call. Without FAIL_KIND none fails. How many calls of each kind there
 * were goes to the file FAIL_COUNT, in the order of the kinds. Only allocations count that the program makes itself,
 * and not those of a library. */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

static const char *const KINDS[] = {"open", "read", "write", "close", "name", "look", "start", "memory"};
enum { OPEN, READ, WRITE, CLOSE, NAME, LOOK, START, MEMORY, KIND_COUNT };

static atomic_long counts[KIND_COUNT];
static int failing = -1, with;
static long failing_at;
static bool all_that_follow;
static const char *count_path;
static uintptr_t program, program_end; /* addresses of natopay's own code: from, and up to */

/* The first object is the program. */
static int find_program(struct dl_phdr_info *info, size_t size, void *context)
{
    (void)size;
    (void)context;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        if (part->p_type != PT_LOAD || !(part->p_flags & PF_X)) continue;
        program = info->dlpi_addr + part->p_vaddr;
        program_end = program + part->p_memsz;
    }
    return 1;
}

__attribute__((constructor)) static void begin(void)
{
    const char *kind = getenv("FAIL_KIND"), *at = getenv("FAIL_AT"), *error = getenv("FAIL_WITH");
    for (int i = 0; kind && i < KIND_COUNT; i++)
        if (strcmp(kind, KINDS[i]) == 0) failing = i;
    failing_at = at ? strtol(at, NULL, 10) : -1;
    with = error ? atoi(error) : EIO;
    all_that_follow = getenv("FAIL_ON") != NULL;
    const char *path = getenv("FAIL_COUNT");
    count_path = path ? strdup(path) : NULL;
    unsetenv("LD_PRELOAD"); /* other programs that are run from here are not what is tested */
    dl_iterate_phdr(find_program, NULL);
}

__attribute__((destructor)) static void end(void)
{
    long all[KIND_COUNT];
    for (int i = 0; i < KIND_COUNT; i++) all[i] = counts[i];
    FILE *file = count_path ? fopen(count_path, "w") : NULL;
    for (int i = 0; file && i < KIND_COUNT; i++) fprintf(file, "%ld\n", all[i]);
    if (file) fclose(file);
}

static bool fails(int kind)
{
    long at = atomic_fetch_add(&counts[kind], 1);
    if (kind != failing || (all_that_follow ? at < failing_at : at != failing_at)) return false;
    if (with < 0) raise(SIGKILL);
    if (with) errno = with;
    return true;
}

/* Whether a call fails that moves no bytes. */
static bool fails_whole(int kind)
{
    return fails(kind) && with && with != EINTR;
}

/* The function of the C library that is called so. */
#define USUAL(name) __extension__ __typeof__(&name) usual = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

/* TYPE NAME(PARAMETERS) of a kind; what it gives when it fails. */
#define CALL(kind, failure, type, name, parameters, ...)           \
    type name parameters                                           \
    {                                                              \
        USUAL(name);                                               \
        return fails_whole(kind) ? (failure) : usual(__VA_ARGS__); \
    }

/* One that has done its work before it reports an error, as close does. */
#define DONE_CALL(kind, failure, type, name, parameters, ...) \
    type name parameters                                      \
    {                                                         \
        USUAL(name);                                          \
        type result = usual(__VA_ARGS__);                     \
        return fails_whole(kind) ? (failure) : result;        \
    }

/* One that moves `size` bytes, and fewer when it was told so. */
#define MOVING_CALL(kind, name, parameters, size, ...) \
    ssize_t name parameters                            \
    {                                                  \
        USUAL(name);                                   \
        bool bad = fails(kind);                        \
        if (bad && with) return -1;                    \
        if (bad && size > 1) size /= 2;                \
        return usual(__VA_ARGS__);                     \
    }

#define OPENING(name)                                                           \
    int name(const char *path, int flags, ...)                                  \
    {                                                                           \
        USUAL(name);                                                            \
        va_list rest;                                                           \
        va_start(rest, flags);                                                  \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest);                                                           \
        return fails_whole(OPEN) ? -1 : usual(path, flags, mode);               \
    }

int __open_2(const char *path, int flags);
int __openat_2(int folder, const char *path, int flags);
ssize_t __read_chk(int file, void *bytes, size_t size, size_t room);
ssize_t __pread_chk(int file, void *bytes, size_t size, off_t at, size_t room);
ssize_t __pread64_chk(int file, void *bytes, size_t size, off64_t at, size_t room);
ssize_t __readlink_chk(const char *path, char *text, size_t size, size_t room);
char *__realpath_chk(const char *path, char *real, size_t room);
char *__getcwd_chk(char *path, size_t size, size_t room);

OPENING(open)
OPENING(open64)
CALL(OPEN, -1, int, __open_2, (const char *path, int flags), path, flags)
CALL(OPEN, -1, int, __openat_2, (int folder, const char *path, int flags), folder, path, flags)
CALL(OPEN, -1, int, openat, (int folder, const char *path, int flags, ...), folder, path, flags)
CALL(OPEN, -1, int, mkostemp, (char *path, int flags), path, flags)
CALL(OPEN, -1, int, mkstemp, (char *path), path)
CALL(OPEN, NULL, FILE *, tmpfile, (void), )
CALL(OPEN, NULL, FILE *, tmpfile64, (void), )
CALL(OPEN, NULL, FILE *, fopen, (const char *path, const char *how), path, how)
CALL(OPEN, NULL, FILE *, fopen64, (const char *path, const char *how), path, how)
CALL(OPEN, NULL, FILE *, fdopen, (int file, const char *how), file, how)
CALL(OPEN, NULL, DIR *, opendir, (const char *path), path)
CALL(OPEN, -1, int, pipe, (int ends[2]), ends)
CALL(OPEN, -1, int, dup, (int file), file)
CALL(OPEN, -1, int, dup2, (int from, int to), from, to)

MOVING_CALL(READ, read, (int file, void *bytes, size_t size), size, file, bytes, size)
MOVING_CALL(READ, __read_chk, (int file, void *bytes, size_t size, size_t room), size, file, bytes, size, room)
MOVING_CALL(READ, pread, (int file, void *bytes, size_t size, off_t at), size, file, bytes, size, at)
MOVING_CALL(READ, pread64, (int file, void *bytes, size_t size, off64_t at), size, file, bytes, size, at)
MOVING_CALL(READ, __pread_chk, (int file, void *bytes, size_t size, off_t at, size_t room), size, file, bytes, size, at,
            room)
MOVING_CALL(READ, __pread64_chk, (int file, void *bytes, size_t size, off64_t at, size_t room), size, file, bytes, size,
            at, room)
CALL(READ, NULL, struct dirent *, readdir, (DIR * folder), folder)
CALL(READ, NULL, struct dirent64 *, readdir64, (DIR * folder), folder)

MOVING_CALL(WRITE, write, (int file, const void *bytes, size_t size), size, file, bytes, size)
MOVING_CALL(WRITE, pwrite, (int file, const void *bytes, size_t size, off_t at), size, file, bytes, size, at)
MOVING_CALL(WRITE, pwrite64, (int file, const void *bytes, size_t size, off64_t at), size, file, bytes, size, at)

/* libxlsxwriter does not look what becomes of its own temporary files; natopay sees before that there is room. What is
 * said on standard error is no output. */
static bool is_of_no_use(FILE *file, void *caller)
{
    Dl_info info;
    return file == stderr || (dladdr(caller, &info) && strstr(info.dli_fname, "libxlsxwriter"));
}

size_t fwrite(const void *bytes, size_t size, size_t count, FILE *file)
{
    USUAL(fwrite);
    bool counts_not = is_of_no_use(file, __builtin_return_address(0));
    return !counts_not && fails_whole(WRITE) ? 0 : usual(bytes, size, count, file);
}

int fflush(FILE *file)
{
    USUAL(fflush);
    bool counts_not = is_of_no_use(file, __builtin_return_address(0));
    return !counts_not && fails_whole(WRITE) ? EOF : usual(file);
}

/* It gives the error's number. */
int posix_fallocate(int file, off_t at, off_t size)
{
    USUAL(posix_fallocate);
    return fails_whole(WRITE) ? with : usual(file, at, size);
}

CALL(WRITE, -1, int, ftruncate, (int file, off_t size), file, size)
CALL(WRITE, -1, int, ftruncate64, (int file, off64_t size), file, size)

DONE_CALL(CLOSE, -1, int, close, (int file), file)
DONE_CALL(CLOSE, EOF, int, fclose, (FILE * file), file)
CALL(CLOSE, -1, int, fsync, (int file), file)
CALL(CLOSE, -1, int, fdatasync, (int file), file)

CALL(NAME, -1, int, rename, (const char *from, const char *to), from, to)
CALL(NAME, -1, int, linkat, (int a, const char *from, int b, const char *to, int flags), a, from, b, to, flags)
CALL(NAME, -1, int, unlink, (const char *path), path)
CALL(NAME, -1, int, unlinkat, (int folder, const char *path, int flags), folder, path, flags)
CALL(NAME, -1, int, fchmod, (int file, mode_t mode), file, mode)
CALL(NAME, -1, int, fchown, (int file, uid_t user, gid_t group), file, user, group)
CALL(NAME, -1, int, flock, (int file, int how), file, how)

CALL(LOOK, -1, int, stat, (const char *path, struct stat *info), path, info)
CALL(LOOK, -1, int, lstat, (const char *path, struct stat *info), path, info)
CALL(LOOK, -1, int, fstat, (int file, struct stat *info), file, info)
CALL(LOOK, -1, int, stat64, (const char *path, struct stat64 *info), path, info)
CALL(LOOK, -1, int, lstat64, (const char *path, struct stat64 *info), path, info)
CALL(LOOK, -1, int, fstat64, (int file, struct stat64 *info), file, info)
CALL(LOOK, -1, int, statfs, (const char *path, struct statfs *info), path, info)
CALL(LOOK, -1, int, access, (const char *path, int how), path, how)
CALL(LOOK, -1, int, faccessat, (int folder, const char *path, int how, int flags), folder, path, how, flags)
CALL(LOOK, -1, ssize_t, readlink, (const char *path, char *text, size_t size), path, text, size)
CALL(LOOK, -1, ssize_t, __readlink_chk, (const char *path, char *text, size_t size, size_t room), path, text, size,
     room)
CALL(LOOK, NULL, char *, realpath, (const char *path, char *real), path, real)
CALL(LOOK, NULL, char *, __realpath_chk, (const char *path, char *real, size_t room), path, real, room)
CALL(LOOK, NULL, char *, getcwd, (char *path, size_t size), path, size)
CALL(LOOK, NULL, char *, __getcwd_chk, (char *path, size_t size, size_t room), path, size, room)
CALL(LOOK, -1, off_t, lseek, (int file, off_t at, int whence), file, at, whence)
CALL(LOOK, -1, off64_t, lseek64, (int file, off64_t at, int whence), file, at, whence)

CALL(START, -1, pid_t, fork, (void), )
CALL(START, NULL, void *, dlopen, (const char *path, int how), path, how)

/* It gives the error's number. */
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *context)
{
    USUAL(pthread_create);
    return fails_whole(START) ? with : usual(thread, attributes, run, context);
}

/* What is counted is a descriptor that is made. */
int fcntl(int file, int command, ...)
{
    USUAL(fcntl);
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *); /* as wide as all that there are */
    va_end(rest);
    bool makes = command == F_DUPFD || command == F_DUPFD_CLOEXEC;
    return makes && fails_whole(OPEN) ? -1 : usual(file, command, argument);
}

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static bool allocation_fails(const void *caller)
{
    uintptr_t from = (uintptr_t)caller;
    return from >= program && from < program_end && fails(MEMORY);
}

void *malloc(size_t size)
{
    return allocation_fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return allocation_fails(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return allocation_fails(__builtin_return_address(0)) ? NULL : __libc_realloc(old, size);
}
