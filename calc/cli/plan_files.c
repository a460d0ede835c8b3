/* What a plan needs beside its outputs: scratch files, the lines of parts, signals that end it early. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plan_run.h"

/* ---- scratch ---- */

void np_scratch_open(np_scratch_file *scratch)
{
    pthread_mutex_init(&scratch->lock, NULL);
    scratch->file = -1;
    scratch->size = 0;
}

void np_scratch_close(np_scratch_file *scratch)
{
    if (scratch->file >= 0) close(scratch->file);
    pthread_mutex_destroy(&scratch->lock);
}

int np_scratch_file_new(void)
{
    const char *folder = getenv("TMPDIR");
    char path[4096];
    int length = snprintf(path, sizeof path, "%s/natopay.XXXXXX", folder && *folder ? folder : "/tmp");
    if (length < 0 || (size_t)length >= sizeof path) return -1;
    int file = mkostemp(path, O_CLOEXEC);
    if (file >= 0) unlink(path);
    return file;
}

static bool scratch_write(void *context, const void *bytes, size_t size, uint64_t *at)
{
    np_scratch_file *scratch = context;
    pthread_mutex_lock(&scratch->lock);
    if (scratch->file < 0) scratch->file = np_scratch_file_new();
    int file = scratch->file;
    *at = scratch->size;
    if (file >= 0) scratch->size += size;
    pthread_mutex_unlock(&scratch->lock);
    const char *from = bytes;
    for (size_t done = 0; file >= 0 && done < size;) {
        ssize_t put = pwrite(file, from + done, size - done, (off_t)(*at + done));
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return false;
        done += (size_t)put;
    }
    return file >= 0;
}

static bool scratch_read(void *context, void *bytes, size_t size, uint64_t at)
{
    const np_scratch_file *scratch = context;
    char *to = bytes;
    for (size_t done = 0; done < size;) {
        ssize_t got = pread(scratch->file, to + done, size - done, (off_t)(at + done));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        done += (size_t)got;
    }
    return true;
}

np_scratch np_scratch_of(np_scratch_file *scratch)
{
    return (np_scratch){scratch, scratch_write, scratch_read};
}

/* ---- lines ---- */

bool np_lines_open(np_run *run, np_line_file *lines, const char *path, bool own)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (own ? O_NOFOLLOW | O_NONBLOCK : 0));
    *lines = (np_line_file){.file = file >= 0 ? fdopen(file, "r") : NULL};
    if (lines->file && !own) np_input_opened(run, file, path);
    if (lines->file) return true;
    if (file >= 0) close(file);
    np_report(&run->diags, NP_CODE_CANNOT_READ, np_span_none(), "cannot read '%s': %s", path,
              np_say(run->args.lang, strerror(errno)));
    return false;
}

void np_lines_close(np_line_file *lines)
{
    if (lines->file) fclose(lines->file);
    free(lines->line);
}

/* A line with a zero byte in it ends there: the checksum then tells. */
static char *next_line(void *context)
{
    np_line_file *lines = context;
    if (np_signals_came()) return NULL;
    ssize_t length = getline(&lines->line, &lines->capacity, lines->file);
    if (length <= 0) return NULL;
    if (lines->line[length - 1] == '\n') lines->line[length - 1] = '\0';
    return lines->line;
}

np_partial_totals_reader np_lines_reader(np_line_file *lines)
{
    return (np_partial_totals_reader){.context = lines, .line = next_line};
}

/* ---- parts ---- */

static bool part_write(void *context, const char *bytes, size_t size)
{
    return np_atomic_write(context, bytes, size);
}

void np_partial_totals_put(np_atomic_file *file, const char *first_lines, const np_partial_totals_head *head,
                           np_totals *totals, const np_key_lists *keys)
{
    if (first_lines) np_atomic_write(file, first_lines, strlen(first_lines));
    bool written = np_partial_totals_write((np_partial_totals_writer){file, part_write}, head, totals, keys);
    if (!written && !file->error) file->error = EIO;
}

void np_totals_complain(np_run *run, const np_totals *totals)
{
    if (totals->failure == NP_TOTALS_NO_MEMORY)
        np_report(&run->diags, NP_CODE_NO_MEMORY, np_span_none(), "memory ran out");
    else if (totals->failure == NP_TOTALS_NO_SCRATCH)
        np_report(&run->diags, NP_CODE_CANNOT_WRITE, np_span_none(), "no temporary file can be written: see TMPDIR");
    else
        np_report(&run->diags, NP_CODE_TOO_MANY, np_span_none(), "the totals cannot be made: %s",
                  np_say(run->args.lang, totals->failure));
}

/* ---- signals ---- */

static volatile sig_atomic_t signal_came;

static void note_signal(int number)
{
    signal_came = number;
}

void np_signals_watch(void)
{
    struct sigaction action = {.sa_handler = note_signal}; /* reads are broken off: no SA_RESTART */
    static const int SIGNALS[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof SIGNALS / sizeof SIGNALS[0]; i++) sigaction(SIGNALS[i], &action, NULL);
}

bool np_signals_came(void)
{
    return signal_came != 0;
}
