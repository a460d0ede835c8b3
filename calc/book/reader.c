/* Files from the disk or from memory, and whether they are text. */
#include "natopay/book/reader.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "suggest.h"

/* ---- disk ---- */

static const char A_FOLDER[] = NP_MARK("it is a folder: name one of its files");

/* What is open while the arena may give up: closed before that goes on. */
typedef struct reading {
    np_arena *arena;
    int file;
    DIR *dir;
    const char *ending;
    size_t limit, expected; /* bytes of the file: at most, and by what the system says */
    char *bytes;
    const char **names;
    size_t size; /* bytes, or names */
    const char *why;
} reading;

static void read_all(void *context)
{
    reading *r = context;
    size_t capacity = (r->expected < r->limit ? r->expected : r->limit) + 2; /* one more shows that it has ended */
    r->bytes = np_arena_alloc(r->arena, capacity);
    for (;;) {
        if (capacity < r->size + 2) r->bytes = np_arena_grow(r->arena, r->bytes, &capacity, r->size + 4096, 1);
        size_t room = capacity - r->size - 1;
        if (room > r->limit + 1 - r->size) room = r->limit + 1 - r->size;
        if (room == 0) break;
        ssize_t got = read(r->file, r->bytes + r->size, room);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) r->why = strerror(errno);
        if (got <= 0) break;
        r->size += (size_t)got;
    }
    r->bytes[r->size] = '\0';
}

static void tell(const np_reader_watch *watch, const char *path, const struct stat *info)
{
    if (watch) watch->saw(watch->context, path, info->st_dev, info->st_ino, S_ISDIR(info->st_mode));
}

static const char *disk_read(void *context, np_arena *arena, const char *path, size_t limit, char **bytes, size_t *size)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (file < 0) return strerror(errno);
    struct stat info;
    reading r = {.arena = arena, .file = file, .limit = limit};
    bool enough = true, known = fstat(file, &info) == 0;
    if (!known) {
        r.why = strerror(errno);
    } else if (S_ISDIR(info.st_mode)) {
        r.why = A_FOLDER;
    } else {
        if (S_ISREG(info.st_mode)) r.expected = (size_t)info.st_size;
        enough = np_arena_guard(arena, read_all, &r);
    }
    close(file);
    if (!enough) np_arena_give_up(arena);
    if (known && !S_ISDIR(info.st_mode)) tell(context, path, &info);
    *bytes = r.bytes;
    *size = r.size;
    return r.why;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Whether a file of a folder is read: hidden ones are not. */
static bool is_listed(const char *name, const char *ending)
{
    return np_ends_in(name, ending) && name[0] != '.';
}

static const char TOO_MANY_FILES[] = NP_MARK("it holds more than 1000 files");

static void list_all(void *context)
{
    reading *r = context;
    size_t capacity = 0;
    struct dirent *entry;
    while (!r->why && (errno = 0, (entry = readdir(r->dir)) || errno == EINTR)) {
        if (!entry || !is_listed(entry->d_name, r->ending)) continue;
        if (r->size == NP_FOLDER_FILES_LIMIT) r->why = TOO_MANY_FILES;
        r->names = np_arena_grow(r->arena, r->names, &capacity, r->size + 1, sizeof *r->names);
        r->names[r->size++] = np_arena_copy(r->arena, entry->d_name, strlen(entry->d_name));
    }
    if (!r->why && errno) r->why = strerror(errno);
}

static const char *disk_list(void *context, np_arena *arena, const char *folder, const char *ending,
                             const char ***names, size_t *count)
{
    struct stat info;
    reading r = {.arena = arena, .dir = opendir(folder), .ending = ending};
    if (!r.dir && errno == ENOMEM) np_arena_give_up(arena);
    if (!r.dir) return strerror(errno);
    bool enough = np_arena_guard(arena, list_all, &r), known = fstat(dirfd(r.dir), &info) == 0;
    closedir(r.dir);
    if (!enough) np_arena_give_up(arena);
    if (known) tell(context, folder, &info);
    if (r.size) qsort(r.names, r.size, sizeof *r.names, by_name);
    *names = r.names;
    *count = r.size;
    return r.why;
}

static const char *disk_inspect(void *context, const char *path)
{
    (void)context;
    struct stat info;
    if (stat(path, &info) != 0 || S_ISREG(info.st_mode) || S_ISDIR(info.st_mode)) return NULL; /* reading tells */
    return NP_MARK("it is no regular file");
}

np_reader np_reader_disk(void)
{
    return np_reader_disk_watched(NULL);
}

np_reader np_reader_disk_watched(np_reader_watch *watch)
{
    return (np_reader){watch, disk_read, disk_list, disk_inspect, NULL};
}

/* ---- memory ---- */

static const char *memory_read(void *context, np_arena *arena, const char *path, size_t limit, char **bytes,
                               size_t *size)
{
    const np_memory_files *files = context;
    for (size_t i = 0; i < files->count; i++) {
        if (strcmp(files->files[i].path, path) != 0) continue;
        *size = files->files[i].size <= limit ? files->files[i].size : limit + 1;
        *bytes = np_arena_copy(arena, files->files[i].text, *size);
        return NULL;
    }
    return NP_MARK("no such file");
}

static const char *memory_list(void *context, np_arena *arena, const char *folder, const char *ending,
                               const char ***names, size_t *count)
{
    const np_memory_files *files = context;
    const char **found = np_arena_array(arena, files->count + 1, sizeof *found);
    size_t prefix = strlen(folder), length = 0;
    for (size_t i = 0; i < files->count; i++) {
        const char *path = files->files[i].path;
        if (strncmp(path, folder, prefix) == 0 && path[prefix] == '/' && !strchr(path + prefix + 1, '/') &&
            is_listed(path + prefix + 1, ending))
            found[length++] = path + prefix + 1;
    }
    if (length == 0) return NP_MARK("no such folder");
    if (length > NP_FOLDER_FILES_LIMIT) return TOO_MANY_FILES;
    qsort(found, length, sizeof *found, by_name);
    *names = found;
    *count = length;
    return NULL;
}

np_reader np_reader_memory(np_memory_files *files)
{
    return (np_reader){files, memory_read, memory_list, NULL, NULL};
}

/* ---- text ---- */

/* Bytes of the UTF-8 character at text, 0 when malformed (overlong, surrogate, beyond U+10FFFF). */
static size_t utf8_character(const unsigned char *text, size_t left)
{
    unsigned char first = text[0];
    if (first < 0x80) return 1;
    size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || length > left) return 0;
    for (size_t i = 1; i < length; i++)
        if ((text[i] & 0xC0) != 0x80) return 0;
    static const unsigned char NARROW[][3] = {
        {0xE0, 0xA0, 0xBF}, {0xED, 0x80, 0x9F}, {0xF0, 0x90, 0xBF}, {0xF4, 0x80, 0x8F}};
    for (size_t i = 0; i < sizeof NARROW / sizeof NARROW[0]; i++)
        if (first == NARROW[i][0] && (text[1] < NARROW[i][1] || text[1] > NARROW[i][2])) return 0;
    return length;
}

/* What programs and pictures hold, and texts do not. */
static bool has_zero_bytes(np_diags *diags, const np_file *file)
{
    const char *zero = memchr(file->text, '\0', file->size);
    if (!zero) return false;
    bool wide = memcmp(file->text, "\xFF\xFE", 2) == 0 || memcmp(file->text, "\xFE\xFF", 2) == 0;
    np_diag *diag = np_report(diags, NP_CODE_BINARY_FILE, np_span_of(file, (size_t)(zero - file->text), 1),
                              wide ? NP_MARK("this text is UTF-16, not UTF-8")
                                   : NP_MARK("this is no text file: it holds a zero byte"));
    np_diag_hint(diags, diag,
                 wide ? NP_MARK("save the file as UTF-8 (iconv -f utf-16 -t utf-8)")
                      : NP_MARK("give a plain text file in UTF-8"));
    return true;
}

/* Whether eight bytes are all plain: neither control bytes nor beyond ASCII. */
static bool are_plain(const unsigned char *text)
{
    static const uint64_t HIGH = 0x8080808080808080u, SPACES = 0x2020202020202020u;
    uint64_t bytes;
    memcpy(&bytes, text, sizeof bytes);
    return ((bytes | (bytes - SPACES)) & HIGH) == 0; /* what is below a blank borrows: a high bit is set */
}

static bool text_is_clean(np_diags *diags, np_file *file)
{
    const unsigned char *text = (const unsigned char *)file->text;
    if (file->size > 2 && has_zero_bytes(diags, file)) return false;
    for (size_t i = 0; i < file->size;) {
        if (file->size - i >= 8 && are_plain(text + i)) {
            i += 8;
            continue;
        }
        if (text[i] < 0x20 && !memchr("\t\n\r\f", text[i], 4)) {
            np_diag *diag = np_report(diags, NP_CODE_BINARY_FILE, np_span_of(file, i, 1),
                                      "this is no text file: it holds the control byte 0x%02x", text[i]);
            np_diag_hint(diags, diag, "give a plain text file in UTF-8");
            return false;
        }
        size_t length = utf8_character(text + i, file->size - i);
        if (length == 0) {
            np_diag *diag = np_report(diags, NP_CODE_BAD_UTF8, np_span_of(file, i, 1),
                                      "the byte 0x%02x here is not UTF-8", text[i]);
            np_diag_hint(diags, diag, "save the file as UTF-8 (iconv -f latin1 -t utf-8, when it is an old text)");
            return false;
        }
        i += length;
    }
    return true;
}

np_file *np_check_text(np_diags *diags, const char *name, const char *bytes, size_t size, size_t limit)
{
    np_file *file = np_file_new(diags->arena, name, bytes, size);
    if (size == 0) {
        np_diag *diag = np_report(diags, NP_CODE_EMPTY_FILE, np_span_none(), "'%s' is empty", name);
        np_diag_hint(diags, diag, "a file holds sections such as [post my_post] with key = value lines");
        return NULL;
    }
    if (size > limit) {
        np_diag *diag =
            np_report(diags, NP_CODE_FILE_TOO_LARGE, np_span_none(), "'%s' is larger than %zu bytes", name, limit);
        np_diag_hint(diags, diag, "no text that natopay reads is as large: is it the right file?");
        return NULL;
    }
    if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        file = np_file_new(diags->arena, name, bytes + 3, size - 3);
        np_diag *diag = np_report(diags, NP_CODE_BYTE_ORDER_MARK, np_span_of(file, 0, 0),
                                  "the file begins with a byte order mark; it is skipped");
        np_diag_hint(diags, diag, "save the file as UTF-8 without a byte order mark");
    }
    return text_is_clean(diags, file) ? file : NULL;
}

/* What lies in the same folder under the nearest name; NULL: nothing is near. */
static const char *nearest_file(np_reader reader, np_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path, **names;
    const char *folder = !slash ? "." : slash == path ? "/" : np_arena_copy(arena, path, (size_t)(slash - path));
    size_t count = 0;
    if (reader.list(reader.context, arena, folder, "", &names, &count)) return NULL;
    np_nearest near = np_nearest_start(base);
    for (size_t i = 0; i < count; i++) np_nearest_try(&near, names[i]);
    return near.best ? np_arena_format(arena, "%.*s%s", (int)(base - path), path, near.best) : NULL;
}

/* A folder with INI files is a rule book, in all likelihood. */
static void hint_at_folder(np_reader reader, np_diags *diags, np_diag *diag, const char *path)
{
    const char **names;
    size_t count = 0;
    if (!reader.list(reader.context, diags->arena, path, ".ini", &names, &count) && count)
        np_diag_hint(diags, diag, "where it is a rule book, --data %s takes all of it", path);
}

void np_hint_at_file(np_reader reader, np_diags *diags, np_diag *diag, const char *path)
{
    const char *near = nearest_file(reader, diags->arena, path);
    if (strchr(path, '=') && !strchr(path, '/'))
        np_diag_hint(diags, diag, "an input is given by --set %s", path);
    else if (near)
        np_diag_hint(diags, diag, "did you mean %s?", near);
    else if (path[0] != '/')
        np_diag_hint(diags, diag, "a path counts from the folder in which natopay was started");
}

np_file *np_read_text(np_reader reader, np_diags *diags, const char *path, size_t limit)
{
    char *bytes = NULL;
    size_t size = 0;
    const char *why = reader.read(reader.context, diags->arena, path, limit, &bytes, &size);
    if (why) {
        np_diag *diag = np_report(diags, NP_CODE_CANNOT_READ, np_span_none(), "cannot read '%s': %s", path,
                                  np_say(diags->lang, why));
        if (strcmp(why, A_FOLDER) == 0) hint_at_folder(reader, diags, diag, path);
        if (strcmp(why, strerror(ENOENT)) == 0) np_hint_at_file(reader, diags, diag, path);
        return NULL;
    }
    return np_check_text(diags, path, bytes, size, limit);
}
