/* Reading files: from disk and from memory, and what is no text. */
#include "unit/book_support.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct folder {
    np_arena *arena;
    np_diags diags;
    char path[64];
} folder;

static int open_folder(void **state)
{
    folder *f = calloc(1, sizeof *f);
    if (f == NULL) return -1;
    f->arena = np_arena_new(0);
    np_diags_init(&f->diags, f->arena);
    strcpy(f->path, "/tmp/natopay-test-XXXXXX");
    *state = f;
    return f->arena && mkdtemp(f->path) ? 0 : -1;
}

static const char *inside(folder *f, const char *name)
{
    return np_arena_format(f->arena, "%s/%s", f->path, name);
}

static int close_folder(void **state)
{
    folder *f = *state;
    const char **names = NULL;
    size_t count = 0;
    np_reader disk = np_reader_disk();
    np_diags_init(&f->diags, f->arena);
    disk.list(NULL, f->arena, f->path, "", &names, &count);
    for (size_t i = 0; i < count; i++)
        if (unlink(inside(f, names[i])) != 0) rmdir(inside(f, names[i]));
    unlink(inside(f, ".hidden.ini"));
    int result = rmdir(f->path);
    np_arena_free(f->arena);
    free(f);
    return result;
}

static void put_file(folder *f, const char *name, const char *bytes, size_t size)
{
    int file = open(inside(f, name), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, size), size);
    close(file);
}

static np_file *read_file(folder *f, const char *name, size_t limit)
{
    np_diags_init(&f->diags, f->arena);
    return np_read_text(np_reader_disk(), &f->diags, inside(f, name), limit);
}

/* The only diagnostic, placed in (or, without a place, naming) the file. */
static void expect_refused(folder *f, const char *name, np_code code, const char *message)
{
    assert_null(read_file(f, name, 1000));
    assert_int_equal(f->diags.errors, 1);
    const np_diag *diag = find_diag(&f->diags, code, message);
    if (!diag) print_diags(&f->diags);
    assert_non_null(diag);
    assert_true(diag->at.file ? strcmp(diag->at.file->name, inside(f, name)) == 0
                              : strstr(diag->message, inside(f, name)) != NULL);
}

static void files_are_read_whole(void **state)
{
    folder *f = *state;
    static const size_t SIZES[] = {1, 2, 4095, 4096, 4097, 8191, 8192, 100000};
    for (size_t i = 0; i < sizeof SIZES / sizeof SIZES[0]; i++) {
        char *text = malloc(SIZES[i]);
        assert_non_null(text);
        for (size_t k = 0; k < SIZES[i]; k++) text[k] = (char)('a' + k % 26);
        put_file(f, "a.ini", text, SIZES[i]);
        np_file *file = read_file(f, "a.ini", SIZES[i]);
        expect_clean(&f->diags);
        assert_non_null(file);
        assert_int_equal(file->size, SIZES[i]);
        assert_memory_equal(file->text, text, SIZES[i]);
        assert_null(read_file(f, "a.ini", SIZES[i] - 1));
        assert_non_null(find_diag(&f->diags, NP_CODE_FILE_TOO_LARGE, "larger"));
        free(text);
    }
}

static void what_is_no_text_is_refused(void **state)
{
    folder *f = *state;
    expect_refused(f, "absent.ini", NP_CODE_CANNOT_READ, "No such file");
    put_file(f, "empty.ini", "", 0);
    expect_refused(f, "empty.ini", NP_CODE_EMPTY_FILE, "empty");
    put_file(f, "zero.ini", "abc\0def", 7);
    expect_refused(f, "zero.ini", NP_CODE_BINARY_FILE, "a zero byte");
    put_file(f, "escape.ini", "\x1b[31m", 5);
    expect_refused(f, "escape.ini", NP_CODE_BINARY_FILE, "byte 0x1b");
    put_file(f, "elf.ini",
             "\x7f"
             "ELF\x02\x01\x01",
             7);
    expect_refused(f, "elf.ini", NP_CODE_BINARY_FILE, "0x02");
    assert_int_equal(mkdir(inside(f, "folder.ini"), 0700), 0);
    expect_refused(f, "folder.ini", NP_CODE_CANNOT_READ, "it is a folder");
    put_file(f, "secret.ini", "x", 1);
    assert_int_equal(chmod(inside(f, "secret.ini"), 0), 0);
    if (geteuid() != 0) expect_refused(f, "secret.ini", NP_CODE_CANNOT_READ, "Permission denied");
    assert_null(np_read_text(np_reader_disk(), &f->diags, "/dev/zero", 1000)); /* endless */
    assert_non_null(find_diag(&f->diags, NP_CODE_FILE_TOO_LARGE, "larger than 1000"));
}

static void only_utf8_is_text(void **state)
{
    folder *f = *state;
    static const char *const GOOD[] = {"\xC2\x80",         "\xDF\xBF",         "\xE0\xA0\x80",
                                       "\xED\x9F\xBF",     "\xEE\x80\x80",     "\xEF\xBF\xBF",
                                       "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "a\tb\r\nc\f"};
    static const char *const BAD[] = {"\x80",
                                      "\xC0\x80",
                                      "\xC1\xBF",
                                      "\xC2",
                                      "\xC2\x61",
                                      "\xE0\x9F\xBF",
                                      "\xED\xA0\x80",
                                      "\xE2\x82",
                                      "\xF0\x8F\xBF\xBF",
                                      "\xF4\x90\x80\x80",
                                      "\xF5\x80\x80\x80",
                                      "\xF0\x9F\x98",
                                      "\xFF",
                                      "\xFE",
                                      "\xE9t\xE9"};
    for (size_t i = 0; i < sizeof GOOD / sizeof GOOD[0]; i++) {
        put_file(f, "good.ini", GOOD[i], strlen(GOOD[i]));
        assert_non_null(read_file(f, "good.ini", 100));
        expect_clean(&f->diags);
    }
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        char text[20];
        snprintf(text, sizeof text, "ab%s", BAD[i]);
        put_file(f, "bad.ini", text, strlen(text));
        assert_null(read_file(f, "bad.ini", 100));
        const np_diag *diag = find_diag(&f->diags, NP_CODE_BAD_UTF8, "not UTF-8");
        assert_non_null(diag);
        assert_int_equal(diag->at.offset, 2);
    }
}

static void a_byte_order_mark_is_skipped(void **state)
{
    folder *f = *state;
    put_file(f, "bom.ini",
             "\xEF\xBB\xBF"
             "abc",
             6);
    np_file *file = read_file(f, "bom.ini", 100);
    assert_non_null(file);
    assert_int_equal(file->size, 3);
    assert_memory_equal(file->text, "abc", 3);
    assert_int_equal(f->diags.errors, 0);
    assert_int_equal(f->diags.warnings, 1);
    assert_non_null(find_diag(&f->diags, NP_CODE_BYTE_ORDER_MARK, "skipped"));
}

static void folders_are_listed_in_order(void **state)
{
    folder *f = *state;
    np_reader disk = np_reader_disk();
    static const char *const FILES[] = {"b.ini", "a.ini", "c.txt", ".hidden.ini", "Z.ini", "x.ini~", ".ini"};
    for (size_t i = 0; i < sizeof FILES / sizeof FILES[0] - 1; i++) put_file(f, FILES[i], "x", 1);
    const char **names = NULL;
    size_t count = 0;
    assert_null(disk.list(NULL, f->arena, f->path, ".ini", &names, &count));
    assert_int_equal(count, 3);
    assert_string_equal(names[0], "Z.ini");
    assert_string_equal(names[1], "a.ini");
    assert_string_equal(names[2], "b.ini");
    assert_string_equal(disk.list(NULL, f->arena, inside(f, "nowhere"), ".ini", &names, &count),
                        "No such file or directory");
}

static void too_many_files(void **state)
{
    folder *f = *state;
    np_reader disk = np_reader_disk();
    for (int i = 0; i <= NP_FOLDER_FILES_LIMIT; i++) {
        char name[20];
        snprintf(name, sizeof name, "%04d.ini", i);
        put_file(f, name, "x", 1);
    }
    const char **names = NULL;
    size_t count = 0;
    assert_non_null(strstr(disk.list(NULL, f->arena, f->path, ".ini", &names, &count), "more than 1000"));
    for (int i = 0; i <= NP_FOLDER_FILES_LIMIT; i++) unlink(inside(f, np_arena_format(f->arena, "%04d.ini", i)));
}

static void memory_reads_as_disk_does(void **state)
{
    folder *f = *state;
    const np_memory_file FILES[] = {{"pack/b.ini", "bb", 2},  {"pack/a.ini", "a", 1}, {"pack/deep/c.ini", "c", 1},
                                    {"packed/d.ini", "d", 1}, {"pack/e.txt", "e", 1}, {"empty.ini", "", 0}};
    np_memory_files list = {FILES, sizeof FILES / sizeof FILES[0]};
    np_reader memory = np_reader_memory(&list);
    const char **names = NULL;
    size_t count = 0;
    assert_null(memory.list(memory.context, f->arena, "pack", ".ini", &names, &count));
    assert_int_equal(count, 2);
    assert_string_equal(names[0], "a.ini");
    assert_string_equal(names[1], "b.ini");
    assert_string_equal(memory.list(memory.context, f->arena, "pac", ".ini", &names, &count), "no such folder");
    np_file *file = np_read_text(memory, &f->diags, "pack/b.ini", 2);
    assert_non_null(file);
    assert_string_equal(file->name, "pack/b.ini");
    assert_int_equal(file->size, 2);
    assert_null(np_read_text(memory, &f->diags, "pack/b.ini", 1));
    assert_non_null(find_diag(&f->diags, NP_CODE_FILE_TOO_LARGE, "larger than 1 bytes"));
    assert_null(np_read_text(memory, &f->diags, "pack/x.ini", 9));
    assert_non_null(find_diag(&f->diags, NP_CODE_CANNOT_READ, "no such file"));
    assert_null(np_read_text(memory, &f->diags, "empty.ini", 9));
    assert_non_null(find_diag(&f->diags, NP_CODE_EMPTY_FILE, "empty"));
}

static int open_files(void)
{
    int count = 0;
    for (int file = 0; file < 256; file++) count += fcntl(file, F_GETFD) >= 0;
    return count;
}

static void read_twice(void *context)
{
    folder *f = context;
    np_diags *diags = np_arena_alloc(f->arena, sizeof *diags);
    np_diags_init(diags, f->arena);
    np_reader disk = np_reader_disk();
    const char **names;
    size_t count;
    disk.list(NULL, f->arena, f->path, ".ini", &names, &count);
    char path[200];
    snprintf(path, sizeof path, "%s/a.ini", f->path);
    np_read_text(disk, diags, path, 100000);
}

static void no_file_stays_open_without_memory(void **state)
{
    folder *f = *state;
    char text[20000];
    memset(text, 'x', sizeof text);
    put_file(f, "a.ini", text, sizeof text);
    put_file(f, "b.ini", text, 1);
    int before = open_files();
    assert_true(run_out_of_memory(f->arena, read_twice, f) > 5);
    assert_int_equal(open_files(), before);
}

/* ---- who is told of what is read ---- */

typedef struct seen {
    int files, folders;
    uint64_t device, inode; /* of the last */
} seen;

static void note(void *context, const char *path, uint64_t device, uint64_t inode, bool is_folder)
{
    seen *s = context;
    assert_non_null(path);
    s->files += !is_folder;
    s->folders += is_folder;
    s->device = device;
    s->inode = inode;
}

static void a_watch_is_told_of_what_is_read(void **state)
{
    folder *f = *state;
    seen s = {0};
    np_reader_watch watch = {&s, note};
    np_reader disk = np_reader_disk_watched(&watch);
    struct stat info;
    char *bytes;
    size_t size, count;
    const char **names;
    put_file(f, "a.ini", "x", 1);
    assert_int_equal(symlink("a.ini", inside(f, "link.ini")), 0);
    assert_int_equal(stat(inside(f, "a.ini"), &info), 0);
    assert_null(disk.read(disk.context, f->arena, inside(f, "link.ini"), 10, &bytes, &size));
    assert_int_equal(s.files, 1);
    assert_true(s.device == info.st_dev && s.inode == info.st_ino);
    assert_non_null(disk.read(disk.context, f->arena, inside(f, "none.ini"), 10, &bytes, &size));
    assert_non_null(disk.read(disk.context, f->arena, f->path, 10, &bytes, &size));
    assert_int_equal(s.files, 1);
    assert_int_equal(s.folders, 0);
    assert_null(disk.list(disk.context, f->arena, f->path, ".ini", &names, &count));
    assert_int_equal(stat(f->path, &info), 0);
    assert_int_equal(s.folders, 1);
    assert_true(s.device == info.st_dev && s.inode == info.st_ino);
}

static void pipes_and_devices_are_not_inspected_by_reading(void **state)
{
    folder *f = *state;
    np_reader disk = np_reader_disk();
    put_file(f, "a.ini", "x", 1);
    assert_int_equal(mkfifo(inside(f, "pipe.ini"), 0600), 0);
    assert_int_equal(symlink("/dev/zero", inside(f, "zero.ini")), 0);
    assert_null(disk.inspect(disk.context, inside(f, "a.ini")));
    assert_null(disk.inspect(disk.context, inside(f, "none.ini"))); /* reading it tells */
    assert_string_equal(disk.inspect(disk.context, inside(f, "pipe.ini")), "it is no regular file");
    assert_string_equal(disk.inspect(disk.context, inside(f, "zero.ini")), "it is no regular file");
}

#define folder_test(name) cmocka_unit_test_setup_teardown(name, open_folder, close_folder)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        folder_test(files_are_read_whole),
        folder_test(what_is_no_text_is_refused),
        folder_test(only_utf8_is_text),
        folder_test(a_byte_order_mark_is_skipped),
        folder_test(folders_are_listed_in_order),
        folder_test(too_many_files),
        folder_test(memory_reads_as_disk_does),
        folder_test(no_file_stays_open_without_memory),
        folder_test(a_watch_is_told_of_what_is_read),
        folder_test(pipes_and_devices_are_not_inspected_by_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
