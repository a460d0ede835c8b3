/* The file of a staff list: its bytes in whichever encoding, read once or twice. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plan_run.h"

enum { HEAD_SIZE = 1 << 18 };

/* By which bytes of Windows-1252 are told from broken UTF-8: nobody writes these. */
static bool has_strange_bytes(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)bytes[i] >= 0xFE || bytes[i] == '\0') return true;
    return false;
}

/* What the first bytes show: a mark, zeros between letters, or letters that are not UTF-8. */
static void find_encoding(np_list_file *list)
{
    const char *bytes = list->head;
    size_t size = list->head_size;
    if (list->encoding_told) return;
    if (np_utf16_find(bytes, size, &list->encoding)) return;
    for (int i = 0; i < 3 && size && (unsigned char)bytes[size - 1] > 127; i++) size--; /* a character may go on */
    np_byte_counts counts = np_bytes_count(bytes, size);
    list->encoding = has_strange_bytes(bytes, size) ? NP_UTF_8 : np_encoding_guess(&counts);
}

static bool read_head(np_run *run, np_list_file *list)
{
    list->head = np_arena_alloc(run->arena, HEAD_SIZE);
    while (!list->error && list->head_size < HEAD_SIZE) {
        ssize_t got = read(list->file, list->head + list->head_size, HEAD_SIZE - list->head_size);
        if (got < 0 && errno == EINTR && !np_signals_came()) continue;
        if (got < 0) list->error = errno;
        if (got <= 0) break;
        list->head_size += (size_t)got;
        if (!list->size) break; /* what comes piece by piece is not waited for */
    }
    return !list->error;
}

/* A workbook becomes CSV. */
static bool open_workbook(np_run *run, np_list_file *list, np_arg path)
{
    struct stat info;
    if (list->head_size < 4 || memcmp(list->head, "PK\x03\x04", 4) != 0) return true;
    int file = np_workbook_to_csv(run, list->file, list->head, list->head_size, path);
    if (file < 0 || fstat(file, &info) != 0) return false;
    if (list->file > STDIN_FILENO) close(list->file);
    list->file = file;
    list->size = (uint64_t)info.st_size;
    list->head_size = 0;
    list->converted = true;
    list->encoding_told = false;
    return read_head(run, list);
}

bool np_list_open(np_run *run, np_list_file *list, np_arg path)
{
    struct stat info;
    *list = (np_list_file){.file = STDIN_FILENO,
                           .sum = NP_PART_SUM_OF_NOTHING,
                           .encoding = list->encoding,
                           .encoding_told = list->encoding_told};
    list->summed = run->args.value[NP_OPT_RESUME].text != NULL;
    if (strcmp(path.text, "-") != 0) list->file = open(path.text, O_RDONLY | O_CLOEXEC);
    bool ok = list->file >= 0 && fstat(list->file, &info) == 0;
    if (!ok) list->error = errno;
    if (ok && S_ISDIR(info.st_mode)) list->error = EISDIR;
    if (ok && S_ISREG(info.st_mode)) list->size = (uint64_t)info.st_size;
    if (ok) np_input_opened(run, list->file, path.text);
    if (ok && !list->error) read_head(run, list);
    if (!list->error) {
        if (!open_workbook(run, list, path)) return false;
        find_encoding(list);
        return true;
    }
    np_diag *diag = np_report(&run->diags, NP_CODE_CANNOT_READ, path.at, "cannot read '%s': %s", path.text,
                              np_say(run->args.lang, strerror(list->error)));
    if (list->error == ENOENT) np_hint_at_file(np_run_reader(run), &run->diags, diag, path.text);
    np_list_close(list);
    return false;
}

void np_list_close(np_list_file *list)
{
    if (list->file > STDIN_FILENO) close(list->file);
    list->file = -1;
}

static void note_read(np_list_file *list, const char *bytes, size_t size)
{
    list->read += size;
    if (list->summed) list->sum = np_partial_totals_sum(list->sum, bytes, size);
    list->changed = list->known && list->read == list->known && list->sum != list->known_sum;
}

/* First what was read before, then on from there. */
static ssize_t read_some(np_list_file *list, char *bytes, size_t size)
{
    size_t left = list->head_size - list->head_used, take = left < size ? left : size;
    if (!left) return read(list->file, bytes, size);
    memcpy(bytes, list->head + list->head_used, take);
    list->head_used += take;
    return (ssize_t)take;
}

/* A read that a signal broke off ends the list: the run stops then. */
static ptrdiff_t list_read(void *context, char *bytes, size_t size)
{
    np_list_file *list = context;
    for (;;) {
        if (list->read < list->known && list->known - list->read < size) size = (size_t)(list->known - list->read);
        ssize_t got = np_signals_came() ? -1 : read_some(list, bytes, size);
        if (got < 0 && errno == EINTR && !np_signals_came()) continue;
        if (got < 0) list->error = errno;
        if (got > 0) note_read(list, bytes, (size_t)got);
        if (list->changed) return -1;
        return got;
    }
}

np_byte_source np_list_source(np_list_file *list)
{
    np_byte_source source = {list, list_read};
    return list->encoding == NP_UTF_8 ? source : np_recode_source(&list->recode, source, list->encoding);
}

/* All that was read of a list and all that is still to come, as UTF-8, in a file without a name. -1: np_list_unread
 * tells. */
static int spool(const np_list_file *list, const np_csv *csv, uint64_t *size)
{
    int file = list->error ? -1 : np_scratch_file_new();
    char bytes[16384];
    ptrdiff_t got = 0;
    np_byte_source source = csv->source;
    bool ok = file >= 0 && np_write_all(file, csv->bytes, csv->end);
    *size = csv->end;
    while (ok && (got = source.read(source.context, bytes, sizeof bytes)) > 0) {
        ok = np_write_all(file, bytes, (size_t)got);
        *size += (size_t)got;
    }
    ok = ok && got == 0 && lseek(file, 0, SEEK_SET) == 0;
    if (ok) return file;
    if (file >= 0) close(file);
    return -1;
}

bool np_list_unread(np_run *run, const np_list_file *list)
{
    if (list->error)
        np_report(&run->diags, NP_CODE_CANNOT_READ, np_span_none(), "cannot read '%s' to its end: %s",
                  run->args.files[0].text, np_say(run->args.lang, strerror(list->error)));
    else
        np_no_scratch(run);
    return false;
}

bool np_list_rewind(np_run *run, np_list_file *list, const np_csv *csv)
{
    if (!list->size || lseek(list->file, 0, SEEK_SET) != 0) {
        uint64_t size;
        int file = spool(list, csv, &size);
        if (file < 0) return np_list_unread(run, list);
        np_list_close(list);
        list->file = file;
        list->size = size;
        list->encoding = NP_UTF_8;
    }
    list->head_size = list->head_used = 0;
    list->read = 0;
    list->sum = NP_PART_SUM_OF_NOTHING;
    return true;
}
