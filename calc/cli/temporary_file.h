/* Files before they have their name: private to calc/cli. */
#ifndef NATOPAY_CLI_TEMPORARY_FILE_H
#define NATOPAY_CLI_TEMPORARY_FILE_H

#include "cli.h"

/* A file in the folder of `target` that has no name: however the run ends, nothing of it stays. -1 where the file
 * system has no such files, or where they cannot be given a name. */
int np_nameless_file(np_arena *arena, const char *target);

/* The name of a temporary file beside `target`; its end, XXXXXX, is to be filled in. */
char *np_temporary_name(np_arena *arena, const char *target);
/* Remove the files of such names that runs which were killed left beside `target`. */
void np_temporary_clear(np_arena *arena, const char *target);
/* Open a new file of such a name. -1: errno tells. */
int np_temporary_open(char *name);

/* Signals that end the program (SIGINT, SIGTERM, SIGHUP) remove the files that are remembered. */
void np_temporary_remember(const char *name);
void np_temporary_forget(const char *name);

#endif
