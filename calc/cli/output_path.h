/* What the path of an output means: private to calc/cli. */
#ifndef NATOPAY_CLI_OUTPUT_PATH_H
#define NATOPAY_CLI_OUTPUT_PATH_H

#include <sys/stat.h>

#include "cli.h"

struct np_target {
    const char *path; /* links followed; NULL: standard output */
    const char *name; /* in its folder; NULL: it has none */
    int descriptor;   /* one that the program was started with, such as 1 for /dev/stdout; -1: none */
    bool special;     /* reached through a link of /proc: written to, never replaced */
    bool exists;      /* then `info` tells of it */
    bool has_folder;  /* then `folder` tells of the one it lies in */
    int error;        /* errno: it cannot be written for this reason */
    struct stat info, folder;
};

/* `exact`: a link is taken for itself and not followed. */
void np_target_find(np_arena *arena, const char *path, bool exact, np_target *target);

#endif
