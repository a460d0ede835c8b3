/* What the path of an output means: a file, a link, a device, a descriptor of the program. */
#include "output_path.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { LINKS_MOST = 40 };

static const char *folder_of(np_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    return !slash ? "." : slash == path ? "/" : np_arena_copy(arena, path, (size_t)(slash - path));
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool all_digits(const char *text, size_t length)
{
    return length > 0 && length < 10 && strspn(text, "0123456789") >= length;
}

/* Whether this is the folder of this program's own descriptors, /proc/PID/fd or /proc/PID/task/TID/fd. */
static bool is_own_descriptors(const char *folder)
{
    char own[64];
    int length = snprintf(own, sizeof own, "/proc/%ld/", (long)getpid());
    if (strncmp(folder, own, (size_t)length) != 0) return false;
    const char *rest = folder + length;
    if (strcmp(rest, "fd") == 0) return true;
    if (strncmp(rest, "task/", 5) != 0) return false;
    size_t digits = strspn(rest + 5, "0123456789");
    return digits > 0 && strcmp(rest + 5 + digits, "/fd") == 0;
}

/* A descriptor that the program was started with: those that it opens itself are closed on exec. */
static void find_descriptor(np_target *target, int descriptor)
{
    int flags = fcntl(descriptor, F_GETFD);
    target->exists = flags >= 0 && !(flags & FD_CLOEXEC) && fstat(descriptor, &target->info) == 0;
    if (target->exists)
        target->descriptor = descriptor;
    else
        target->error = EBADF;
}

/* Links in /proc lead to what is open there, whatever their text says. */
static bool is_in_proc(np_arena *arena, const char *path, np_target *target)
{
    struct statfs system;
    const char *folder = folder_of(arena, path), *name = name_of(path);
    if (statfs(folder, &system) != 0 || system.f_type != PROC_SUPER_MAGIC) return false;
    char *real = realpath(folder, NULL);
    bool own = real && is_own_descriptors(real) && all_digits(name, strlen(name));
    free(real);
    if (own) {
        find_descriptor(target, atoi(name));
    } else {
        target->special = true;
        target->exists = stat(path, &target->info) == 0;
    }
    return true;
}

/* One link further; NULL: it is none, or with errno. */
static const char *follow(np_arena *arena, const char *path)
{
    char text[4096];
    ssize_t length = readlink(path, text, sizeof text - 1);
    if (length < 0) return NULL;
    text[length] = '\0';
    if (text[0] == '/' || !strchr(path, '/')) return np_arena_copy(arena, text, (size_t)length);
    return np_arena_format(arena, "%s/%s", folder_of(arena, path), text);
}

void np_target_find(np_arena *arena, const char *path, bool exact, np_target *target)
{
    *target = (np_target){.path = path, .descriptor = -1};
    if (!path) {
        target->descriptor = STDOUT_FILENO;
        target->exists = fstat(STDOUT_FILENO, &target->info) == 0;
        return;
    }
    for (int links = 0;; links++) {
        if (is_in_proc(arena, target->path, target)) return;
        target->exists = lstat(target->path, &target->info) == 0;
        if (!target->exists && errno != ENOENT) target->error = errno;
        if (exact || !target->exists || !S_ISLNK(target->info.st_mode)) break;
        const char *next = follow(arena, target->path);
        if (!next || links == LINKS_MOST) {
            target->error = next ? ELOOP : errno;
            return;
        }
        target->path = next;
    }
    if (!*target->path) target->error = ENOENT;
    target->name = name_of(target->path);
    target->has_folder = stat(folder_of(arena, target->path), &target->folder) == 0;
}
