/* Files, streams and languages as the command line has them. Private to calc/cli. */
#ifndef NATOPAY_CLI_CLI_H
#define NATOPAY_CLI_CLI_H

#include "natopay/ask/run.h"

/* ---- disk.c ---- */
/* What the command line can do for a run: read the disk and the standard streams, and write. */
extern const np_host NP_DISK;

/* ---- executable_dir.c ---- */
/* The folder that the program lies in; NULL: not known. */
const char *np_executable_dir(np_run *run);

/* ---- disk_languages.c ---- */
const char *np_disk_catalogue(np_run *run, const char *language, char **bytes, size_t *size);
const char *np_disk_languages(np_run *run);

/* ---- pdf_text.c ---- */
/* A PDF file's bytes become its text where pdftotext is installed; others stay as they are. */
const char *np_pdf_to_text(np_arena *arena, char **bytes, size_t *size);

/* ---- write_output.c ---- */
/* Report that a file could not be written, or, path NULL, standard output. */
np_diag *np_run_cannot_write(np_run *run, const char *path, int error);
/* Write the text to standard output or --output, whole or not at all; false after reporting. */
bool np_write_output(np_run *run);

/* ---- protect_inputs.c ---- */
/* The reader for all commands: what it reads is never written over. */
np_reader np_disk_reader(np_run *run);
/* The same for a file that was opened for reading without it. */
void np_input_opened(np_run *run, int file, const char *path);
/* The same for what will be read, so that it is refused before anything is computed; "-": standard input. False when
 * an output was refused. */
bool np_input_named(np_run *run, const char *path);
bool np_disk_inputs_named(np_run *run, const np_arg *files, size_t count);
/* Take note of all outputs of the command line (the options whose value is called FILE), and refuse those that are the
 * same file. */
void np_outputs_named(np_run *run);
/* What --resume keeps beside --output: its name with ".rows" and the like behind it. */
const char *np_kept_path(np_run *run, const char *what);
/* Whether an output, as it is now, is none of what was read; false after reporting. */
typedef struct np_target np_target;
bool np_output_allowed(np_run *run, const char *path, const np_target *target);

/* ---- commands that read and write streams ---- */
void np_disk_plan(np_run *run);
void np_disk_sample_staff(np_run *run);
void np_disk_check_list(np_run *run);

/* ---- cmd_page.c ---- */
void np_disk_page(np_run *run);

#endif
