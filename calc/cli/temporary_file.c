/* Temporary files beside an output: opened, remembered, removed when the program is ended. */
#include "temporary_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const char MARK[] = ".natopay-";
enum { PATTERN = 6, PATH_MOST = 4096, REMEMBERED_MOST = 8, NAME_MOST = 255 };

static const char *folder_of(np_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    return !slash ? "." : slash == path ? "/" : np_arena_copy(arena, path, (size_t)(slash - path));
}

int np_nameless_file(np_arena *arena, const char *target)
{
    if (access("/proc/self/fd", X_OK) != 0) return -1;
    int file = open(folder_of(arena, target), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0) flock(file, LOCK_EX | LOCK_NB); /* see is_left_over: it will have a name in the end */
    return file;
}

/* ".NAME.natopay-", NAME cut off where the whole would be too long a name. */
static const char *prefix_of(np_arena *arena, const char *target)
{
    const char *slash = strrchr(target, '/'), *name = slash ? slash + 1 : target;
    int most = NAME_MOST - 1 - (int)strlen(MARK) - PATTERN;
    return np_arena_format(arena, ".%.*s%s", most, name, MARK);
}

char *np_temporary_name(np_arena *arena, const char *target)
{
    const char *slash = strrchr(target, '/');
    int folder = slash ? (int)(slash - target) + 1 : 0;
    return np_arena_format(arena, "%.*s%sXXXXXX", folder, target, prefix_of(arena, target));
}

/* ---- files that a killed run left ---- */

/* A run holds a lock on its own file as long as it lives. */
static bool is_left_over(int folder, const char *name)
{
    struct stat info;
    int file = openat(folder, name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0) return false;
    bool left = fstat(file, &info) == 0 && S_ISREG(info.st_mode) && info.st_uid == geteuid() && info.st_nlink == 1 &&
                flock(file, LOCK_EX | LOCK_NB) == 0;
    close(file);
    return left;
}

static void remove_left_over(const char *path, const char *prefix)
{
    DIR *folder = opendir(path);
    size_t length = strlen(prefix);
    struct dirent *entry;
    while (folder && (entry = readdir(folder))) {
        const char *name = entry->d_name;
        if (strncmp(name, prefix, length) != 0 || strlen(name) != length + PATTERN) continue;
        if (is_left_over(dirfd(folder), name)) unlinkat(dirfd(folder), name, 0);
    }
    if (folder) closedir(folder);
}

void np_temporary_clear(np_arena *arena, const char *target)
{
    remove_left_over(folder_of(arena, target), prefix_of(arena, target));
}

int np_temporary_open(char *name)
{
    int file = mkostemp(name, O_CLOEXEC);
    if (file < 0) return -1;
    np_temporary_remember(name);
    flock(file, LOCK_EX | LOCK_NB); /* where there are no locks, nothing is left over either */
    return file;
}

/* ---- signals ---- */

static char remembered[REMEMBERED_MOST][PATH_MOST];

static void remove_and_end(int number)
{
    for (size_t i = 0; i < REMEMBERED_MOST; i++)
        if (remembered[i][0]) unlink(remembered[i]);
    signal(number, SIG_DFL);
    raise(number);
}

/* A command that stops in order has its own handler, and removes its files itself. */
static void watch_signals(void)
{
    static const int SIGNALS[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction now, action = {.sa_handler = remove_and_end};
    for (size_t i = 0; i < sizeof SIGNALS / sizeof SIGNALS[0]; i++)
        if (sigaction(SIGNALS[i], NULL, &now) == 0 && now.sa_handler == SIG_DFL) sigaction(SIGNALS[i], &action, NULL);
}

void np_temporary_remember(const char *name)
{
    watch_signals();
    for (size_t i = 0; i < REMEMBERED_MOST; i++) {
        if (remembered[i][0] || strlen(name) >= PATH_MOST) continue;
        memcpy(remembered[i] + 1, name + 1, strlen(name));
        remembered[i][0] = name[0]; /* last: a signal may come between */
        return;
    }
}

void np_temporary_forget(const char *name)
{
    for (size_t i = 0; i < REMEMBERED_MOST; i++)
        if (strcmp(remembered[i], name) == 0) remembered[i][0] = '\0';
}
