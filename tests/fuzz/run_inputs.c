/* Runs a fuzzer over the files and folders named, then over mutations of them, always the same ones. An input that
 * fails is left in the file "failed-input". */
#include <dirent.h>
#include <signal.h>
#include <sys/stat.h>

#include "fuzz.h"

enum { INPUTS_MAX = 1000, SIZE_MAX_OF_MUTANT = 1 << 16, EDITS_MAX = 8 };

typedef struct input {
    uint8_t *bytes;
    size_t size;
} input;

static input seeds[INPUTS_MAX], current;
static size_t seed_count;
static uint64_t dice = 1;

static size_t roll(size_t count)
{
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return count ? (size_t)(dice >> 16) % count : 0;
}

static void keep_input(void)
{
    FILE *file = fopen("failed-input", "wb");
    if (!file) return;
    fwrite(current.bytes, 1, current.size, file);
    fclose(file);
}

static void note_abort(int number)
{
    (void)number;
    keep_input();
}

/* There when a sanitizer is. */
void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

/* The bytes are given without a byte behind them, so that reading on shows. */
static void run(const uint8_t *bytes, size_t size)
{
    current = (input){fuzz_alloc(size), size};
    if (size) memcpy(current.bytes, bytes, size);
    LLVMFuzzerTestOneInput(current.bytes, size);
    free(current.bytes);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool load(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file || seed_count == INPUTS_MAX) return false;
    input *seed = &seeds[seed_count++];
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    *seed = (input){fuzz_alloc((size_t)size), (size_t)size};
    bool ok = size >= 0 && fread(seed->bytes, 1, seed->size, file) == seed->size;
    fclose(file);
    return ok;
}

static bool load_folder(const char *path)
{
    char *names[INPUTS_MAX];
    size_t count = 0;
    DIR *folder = opendir(path);
    bool ok = folder != NULL;
    for (struct dirent *entry; ok && (entry = readdir(folder));) {
        if (entry->d_name[0] == '.' || count == INPUTS_MAX) continue;
        names[count] = fuzz_alloc(strlen(path) + strlen(entry->d_name) + 2);
        sprintf(names[count++], "%s/%s", path, entry->d_name);
    }
    if (folder) closedir(folder);
    qsort(names, count, sizeof *names, by_name);
    for (size_t i = 0; i < count; i++) {
        ok = ok && load(names[i]);
        free(names[i]);
    }
    return ok && count > 0;
}

/* Put `count` bytes of `from` over `over` bytes at `at`. */
static size_t splice(uint8_t *bytes, size_t size, size_t at, size_t over, const uint8_t *from, size_t count)
{
    if (size - over + count > SIZE_MAX_OF_MUTANT) return size;
    uint8_t *copy = fuzz_alloc(count); /* from may lie in bytes */
    memcpy(copy, from, count);
    memmove(bytes + at + count, bytes + at + over, size - at - over);
    memcpy(bytes + at, copy, count);
    free(copy);
    return size - over + count;
}

static size_t edit(uint8_t *bytes, size_t size)
{
    static const char ODD[] = "\"',;\t\r\n[]=()+-*/%.0123456789 \\\0\x7F\xC3\xA9\xEF\xBB\xBF\xFF";
    size_t at = roll(size + 1), over = roll(size - at + 1), short_over = over < 8 ? over : roll(8);
    const input *other = &seeds[roll(seed_count)];
    size_t from = roll(other->size + 1), count = roll(other->size - from + 1);
    switch (roll(6)) {
    case 0:
        if (at < size) bytes[at] ^= (uint8_t)(1u << roll(8));
        return size;
    case 1:
        return splice(bytes, size, at, 0, (const uint8_t *)ODD + roll(sizeof ODD - 1), 1);
    case 2:
        return splice(bytes, size, at, at < size, (const uint8_t *)ODD + roll(sizeof ODD - 1), 1);
    case 3:
        return splice(bytes, size, at, short_over, bytes, 0);
    case 4:
        return splice(bytes, size, at, 0, bytes + at, short_over);
    default:
        return splice(bytes, size, at, roll(2) ? over : 0, other->bytes + from, count < 64 ? count : roll(64));
    }
}

static void mutate(void)
{
    uint8_t *bytes = fuzz_alloc(2 * SIZE_MAX_OF_MUTANT);
    for (long i = 0; i < fuzz_mutations; i++) {
        const input *seed = &seeds[roll(seed_count)];
        size_t size = seed->size < SIZE_MAX_OF_MUTANT ? seed->size : SIZE_MAX_OF_MUTANT;
        memcpy(bytes, seed->bytes, size);
        for (size_t edits = 1 + roll(EDITS_MAX); edits > 0; edits--) size = edit(bytes, size);
        run(bytes, size);
    }
    free(bytes);
}

int main(int argc, char **argv)
{
    signal(SIGABRT, note_abort);
    if (__sanitizer_set_death_callback) __sanitizer_set_death_callback(keep_input);
    for (int i = 1; i < argc; i++) {
        struct stat info;
        bool folder = stat(argv[i], &info) == 0 && S_ISDIR(info.st_mode);
        if (folder ? load_folder(argv[i]) : load(argv[i])) continue;
        fprintf(stderr, "cannot read %s\n", argv[i]);
        return 1;
    }
    run(NULL, 0);
    for (size_t i = 0; i < seed_count; i++) run(seeds[i].bytes, seeds[i].size);
    if (seed_count > 0) mutate();
    printf("%zu inputs and %ld mutations of them\n", seed_count, seed_count > 0 ? fuzz_mutations : 0);
    for (size_t i = 0; i < seed_count; i++) free(seeds[i].bytes);
    return 0;
}
