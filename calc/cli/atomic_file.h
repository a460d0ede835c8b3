/* Output files, written whole or not at all: private to calc/cli. */
#ifndef NATOPAY_CLI_ATOMIC_FILE_H
#define NATOPAY_CLI_ATOMIC_FILE_H

#include "cli.h"

typedef struct np_atomic_file {
    const char *path;   /* as it was named; NULL: standard output */
    const char *target; /* the file that is replaced: links followed */
    char *temporary;    /* the name before; NULL: written to directly */
    int file;           /* -1: not open */
    bool nameless;      /* it has not even the temporary name yet */
    const char *kept;   /* with --resume: its name while the run goes on, FILE.rows; NULL: not kept */
    bool keep;          /* it bears that name by now: a run that is broken off leaves it */
    bool private;       /* nobody else may read it */
    bool pipe;          /* a reader that leaves early is no error */
    bool broken_pipe;   /* the reader has closed the pipe */
    bool read_only;     /* why it cannot be written */
    int error;          /* errno; 0: none so far */
    uint64_t sum;       /* of what is to be kept: see np_partial_totals_sum */
} np_atomic_file;

typedef struct np_atomic_how {
    const char *kept; /* for --resume: the temporary file is called so. NULL: any name */
    bool again;       /* an earlier run made it: what it holds beyond `size` bytes is cut off */
    uint64_t size;
    bool private; /* mode 0600, and a link in its place is replaced, not followed */
} np_atomic_how;

/* Open what --output and the like name, or standard output (path NULL). False after reporting. */
bool np_atomic_open(np_run *run, np_atomic_file *f, const char *path, np_atomic_how how);
/* False: see f->error and f->broken_pipe. */
bool np_atomic_write(np_atomic_file *f, const char *bytes, size_t size);
bool np_atomic_write_text(np_atomic_file *f, const np_text *text);
/* All of it is on the disk, but not yet under its name; then it gets its name; both at once. False after reporting;
 * then nothing of it is left, unless it is kept. */
bool np_atomic_sync(np_run *run, np_atomic_file *f);
bool np_atomic_commit(np_run *run, np_atomic_file *f);
bool np_atomic_finish(np_run *run, np_atomic_file *f);
/* Write to the disk what --resume is to keep; then give it the name under which the next run finds it. False after
 * reporting. */
bool np_atomic_save(np_run *run, np_atomic_file *f);
bool np_atomic_keep(np_run *run, np_atomic_file *f);
/* Remove a file that an earlier run kept, because that run cannot be gone on with; false after reporting. */
bool np_atomic_forget_kept(np_run *run, const char *path);
void np_atomic_drop(np_atomic_file *f);

/* Report that a file is in the place of one that --resume keeps; false. */
bool np_not_ours(np_run *run, const char *path);

#endif
