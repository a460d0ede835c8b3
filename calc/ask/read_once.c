/* A run reads each file once and lists each folder once, however often it needs them: a comparison lays each of its
 * posts over the rule book, and a notice is read by the book over which its values are laid then. */
#include <string.h>

#include "natopay/ask/run.h"

typedef struct kept {
    const char *path; /* of a file, or of a folder that was listed */
    char *bytes;
    const char **names; /* of a folder */
    size_t size;        /* bytes, or names; with `why`, the most bytes that were asked for */
    const char *why;    /* why the file could not be read; NULL: it was */
    struct kept *next;
} kept;

typedef struct scanned {
    const np_ini *files;
    size_t count;
    struct scanned *next;
} scanned;

typedef struct np_read_once {
    np_reader disk;
    np_arena *arena;
    kept *files, *folders;
    scanned *scanned;
} np_read_once;

static const kept *find(const kept *list, const char *path)
{
    while (list && strcmp(list->path, path) != 0) list = list->next;
    return list;
}

static const char *own(np_read_once *once, const char *path)
{
    return np_arena_copy(once->arena, path, strlen(path));
}

static const char *read_once(void *context, np_arena *arena, const char *path, size_t limit, char **bytes, size_t *size)
{
    np_read_once *once = context;
    const kept *file = find(once->files, path);
    if (file && file->why && limit <= file->size)
        return file->why; /* reading it again could succeed, after a caller took it for another kind of file */
    if (!file || file->why || file->size > limit) {
        const char *why = once->disk.read(once->disk.context, arena, path, limit, bytes, size);
        if (arena != once->arena || (!why && *size > limit)) return why;
        kept *more = np_arena_alloc(once->arena, sizeof *more);
        *more = (kept){.path = own(once, path), .next = once->files};
        if (why)
            more->why = own(once, why), more->size = limit;
        else
            more->bytes = *bytes, more->size = *size;
        once->files = more;
        return why;
    }
    *bytes = file->bytes;
    *size = file->size;
    return NULL;
}

static const char *list_once(void *context, np_arena *arena, const char *folder, const char *ending,
                             const char ***names, size_t *count)
{
    np_read_once *once = context;
    const kept *there = strcmp(ending, ".ini") == 0 ? find(once->folders, folder) : NULL;
    if (!there) {
        const char *why = once->disk.list(once->disk.context, arena, folder, ending, names, count);
        if (why || arena != once->arena || strcmp(ending, ".ini") != 0) return why;
        kept *more = np_arena_alloc(once->arena, sizeof *more);
        *more = (kept){.path = own(once, folder), .names = *names, .size = *count, .next = once->folders};
        once->folders = more;
        return NULL;
    }
    *names = there->names;
    *count = there->size;
    return NULL;
}

static const char *inspect(void *context, const char *path)
{
    const np_read_once *once = context;
    return once->disk.inspect ? once->disk.inspect(once->disk.context, path) : NULL;
}

static const np_ini *sections(void *context, const char *path)
{
    const np_read_once *once = context;
    for (const scanned *s = once->scanned; s; s = s->next)
        for (size_t i = 0; i < s->count; i++)
            if (strcmp(s->files[i].file->name, path) == 0) return &s->files[i];
    return NULL;
}

static np_read_once *once_of(np_run *run)
{
    if (!run->once) {
        run->once = np_arena_alloc(run->arena, sizeof *run->once);
        *run->once = (np_read_once){.disk = run->host->reader(run), .arena = run->arena};
    }
    return run->once;
}

np_reader np_run_reader(np_run *run)
{
    return (np_reader){once_of(run), read_once, list_once, inspect, sections};
}

void np_run_keep_text(np_run *run, const char *path, const char *text)
{
    np_read_once *once = once_of(run);
    kept *more = np_arena_alloc(run->arena, sizeof *more);
    char *bytes = np_arena_copy(run->arena, text, strlen(text));
    *more = (kept){.path = own(once, path), .bytes = bytes, .size = strlen(bytes), .next = once->files};
    once->files = more;
}

void np_run_keep_sections(np_run *run, const np_ini *files, size_t count)
{
    np_read_once *once = once_of(run);
    scanned *more = np_arena_alloc(run->arena, sizeof *more);
    *more = (scanned){files, count, once->scanned};
    once->scanned = more;
}
