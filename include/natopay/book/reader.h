/* The one way in which the library reads files. A caller may hand over texts from memory instead. */
#ifndef NATOPAY_BOOK_READER_H
#define NATOPAY_BOOK_READER_H

#include "natopay/base/diag.h"

/* Bounds on what is read from outside. */
enum { NP_INI_FILE_LIMIT = 4 * 1024 * 1024, NP_FOLDER_FILES_LIMIT = 1000 };

typedef struct np_reader {
    void *context;
    /* All bytes of `path`, at most limit + 1 of them (so that a larger file shows). NULL, or why it cannot be read. */
    const char *(*read)(void *context, np_arena *arena, const char *path, size_t limit, char **bytes, size_t *size);
    /* The file names in `folder` that end in `ending`, sorted, without the folder. NULL, or why it cannot be listed. */
    const char *(*list)(void *context, np_arena *arena, const char *folder, const char *ending, const char ***names,
                        size_t *count);
    /* NULL, or why a file that `list` found is not to be read: opening a pipe could wait forever. May be NULL. */
    const char *(*inspect)(void *context, const char *path);
    /* The sections of `path` where they are there already (those of a vacancy notice); NULL: they are in the file. May
     * be NULL. */
    const struct np_ini *(*sections)(void *context, const char *path);
} np_reader;

/* Told of every file that was read and every folder that was listed, by its identity: whatever its path was. */
typedef struct np_reader_watch {
    void *context;
    void (*saw)(void *context, const char *path, uint64_t device, uint64_t inode, bool folder);
} np_reader_watch;

/* Files of this machine. */
np_reader np_reader_disk(void);
/* The same, and `watch`, which must outlive the reader, is told of them. */
np_reader np_reader_disk_watched(np_reader_watch *watch);

typedef struct np_memory_file {
    const char *path;
    const char *text;
    size_t size;
} np_memory_file;

typedef struct np_memory_files {
    const np_memory_file *files;
    size_t count;
} np_memory_files;

/* Texts in memory; `files` must outlive the reader. */
np_reader np_reader_memory(np_memory_files *files);

/* Hint at a file of another name where there is none of this one. */
void np_hint_at_file(np_reader reader, np_diags *diags, np_diag *diag, const char *path);

/* A text file that is neither empty, binary, too large nor something else than UTF-8; NULL after reporting why.
 * A byte order mark is skipped with a warning. */
np_file *np_read_text(np_reader reader, np_diags *diags, const char *path, size_t limit);

/* The same checks on bytes that were read already. */
np_file *np_check_text(np_diags *diags, const char *name, const char *bytes, size_t size, size_t limit);

#endif
