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
    const char *given = getenv("TMPDIR"), *folder = given && *given ? given : "/tmp";
    char path[4096];
    int file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0) return file;
    int length = snprintf(path, sizeof path, "%s/natopay.XXXXXX", folder);
    if (length < 0 || (size_t)length >= sizeof path) return -1;
    file = mkostemp(path, O_CLOEXEC);
    if (file >= 0) unlink(path);
    return file;
}

bool np_write_all(int file, const char *bytes, size_t size)
{
    while (size) {
        ssize_t put = write(file, bytes, size);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return false;
        bytes += put;
        size -= (size_t)put;
    }
    return true;
}

bool np_no_scratch(np_run *run)
{
    if (errno == ENOMEM) return np_run_no_memory(run);
    np_report(&run->diags, NP_CODE_CANNOT_WRITE, np_span_none(), "no temporary file can be written: see TMPDIR");
    return false;
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
    *lines = (np_line_file){.file = file};
    if (file >= 0 && !own) np_input_opened(run, file, path);
    if (file >= 0) return true;
    np_report(&run->diags, NP_CODE_CANNOT_READ, np_span_none(), "cannot read '%s': %s", path,
              np_say(run->args.lang, strerror(errno)));
    return false;
}

void np_lines_close(np_line_file *lines)
{
    close(lines->file);
    free(lines->bytes);
}

/* Read more of the file, making room for the line under way; false at the end, or with lines->error. A line longer than
 * LINE_MOST is an error: natopay writes none. */
static bool read_more(np_line_file *lines)
{
    enum { FIRST_ROOM = 1 << 16, LINE_MOST = 1 << 24 };
    ssize_t got = -1;
    if (lines->start) memmove(lines->bytes, lines->bytes + lines->start, lines->end - lines->start);
    lines->end -= lines->start;
    lines->start = 0;
    if (lines->end + 1 >= lines->capacity) { /* a zero byte goes behind the last line */
        size_t larger = lines->capacity ? 2 * lines->capacity : FIRST_ROOM;
        char *moved = larger <= LINE_MOST ? realloc(lines->bytes, larger) : NULL;
        if (!moved) {
            lines->error = larger <= LINE_MOST ? ENOMEM : EFBIG;
            return false;
        }
        lines->bytes = moved;
        lines->capacity = larger;
    }
    do got = read(lines->file, lines->bytes + lines->end, lines->capacity - lines->end - 1);
    while (got < 0 && errno == EINTR && !np_signals_came());
    if (got < 0) lines->error = errno;
    if (got > 0) lines->end += (size_t)got;
    return got > 0;
}

/* A line with a zero byte in it ends there: the checksum then tells. */
static char *next_line(void *context)
{
    np_line_file *lines = context;
    size_t seen = 0;
    char *end = NULL;
    if (np_signals_came()) return NULL;
    do {
        size_t unseen = lines->end - lines->start - seen;
        end = unseen ? memchr(lines->bytes + lines->start + seen, '\n', unseen) : NULL;
        seen += unseen;
    } while (!end && read_more(lines));
    if (!end && (lines->error || !seen)) return NULL;
    if (!end) end = lines->bytes + lines->end;
    char *line = lines->bytes + lines->start;
    lines->start = (size_t)(end - lines->bytes) + (end < lines->bytes + lines->end);
    *end = '\0';
    return line;
}

bool np_lines_whole(np_run *run, const np_line_file *lines, const char *path)
{
    if (!lines->error) return true;
    if (lines->error == ENOMEM) return np_run_no_memory(run);
    np_report(&run->diags, NP_CODE_CANNOT_READ, np_span_none(), "cannot read '%s' to its end: %s", path,
              np_say(run->args.lang, strerror(lines->error)));
    return false;
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
    errno = 0;
    bool written = np_partial_totals_write((np_partial_totals_writer){file, part_write}, head, totals, keys);
    if (!written && !file->error) file->error = errno ? errno : EIO;
}

void np_totals_complain(np_run *run, const np_totals *totals)
{
    if (totals->failure == NP_TOTALS_NO_MEMORY)
        np_run_no_memory(run);
    else if (totals->failure == NP_TOTALS_NO_SCRATCH)
        np_no_scratch(run);
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
