#include "ini_values.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <iniparser/iniparser.h>

/* iniparser keeps a linear list of keys: it is given them in portions, so that loading stays linear. Its list begins
 * with room for 128. */
enum { KEYS_AT_ONCE = 120, NAME_MAX_BYTES = 16 };

/* What is open while values are read. iniparser 4.1 loads from a path only: the text is put into an anonymous file of
 * memory, the same one for every portion. */
typedef struct portions {
    np_arena *arena;
    int file;
    char path[64];
    np_text text;
    const np_ini_key *keys[KEYS_AT_ONCE];
    const char **values[KEYS_AT_ONCE]; /* where each is to go */
    size_t count;
    bool ok; /* memory has not run out */
} portions;

/* "k17" behind a beginning; formatting would take longer than all else here. */
static const char *numbered(char name[NAME_MAX_BYTES], const char *beginning, size_t number)
{
    char *end = name + NAME_MAX_BYTES - 1, *at = end;
    *at = '\0';
    do *--at = (char)('0' + number % 10);
    while (number /= 10);
    size_t length = strlen(beginning);
    at -= length;
    memcpy(at, beginning, length);
    return at;
}

/* One key as a line that iniparser cannot misread: the name is a number, the value is quoted unless it holds a quote
 * (the scan has made sure that it then does not begin with one, and has no comment mark). */
static void write_line(np_text *out, size_t number, const np_ini_key *key)
{
    const char *text = key->value_at.file->text + key->value_at.offset;
    size_t length = key->value_at.length;
    bool quote = !memchr(text, '"', length);
    char name[NAME_MAX_BYTES];
    np_text_puts(out, numbered(name, "k", number));
    np_text_puts(out, quote ? " = \"" : " = ");
    np_text_add(out, text, length);
    np_text_puts(out, quote ? "\"\n" : "\n");
}

static dictionary *load(const portions *p)
{
    size_t written = 0;
    while (written < p->text.length) {
        ssize_t put = pwrite(p->file, p->text.data + written, p->text.length - written, (off_t)written);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return NULL;
        written += (size_t)put;
    }
    /* cut off what a longer portion has left; not before, so that the memory is used again */
    return ftruncate(p->file, (off_t)written) == 0 ? iniparser_load(p->path) : NULL;
}

static void read_portion(portions *p)
{
    if (p->count == 0 || !p->ok) return;
    np_text_clear(&p->text);
    np_text_puts(&p->text, "[s]\n");
    for (size_t i = 0; i < p->count; i++) write_line(&p->text, i, p->keys[i]);
    dictionary *values = p->text.failed ? NULL : load(p);
    p->ok = values != NULL;
    for (size_t i = 0; i < p->count && p->ok; i++) {
        char name[NAME_MAX_BYTES];
        const char *value = iniparser_getstring(values, numbered(name, "s:k", i), NULL);
        size_t length = value ? strlen(value) : 0;
        char *copy = value ? np_arena_try(p->arena, length + 1) : NULL;
        if (copy) memcpy(copy, value, length + 1);
        *p->values[i] = copy;
        p->ok = copy != NULL;
    }
    if (values) iniparser_freedict(values);
    p->count = 0;
}

static void open_portions(portions *p, np_arena *arena)
{
    p->arena = arena;
    p->count = 0;
    p->file = memfd_create("natopay", MFD_CLOEXEC);
    p->ok = p->file >= 0;
    snprintf(p->path, sizeof p->path, "/proc/self/fd/%d", p->file);
    np_text_init(&p->text, (size_t)KEYS_AT_ONCE * (NP_INI_VALUE_LIMIT + NP_INI_LINE_LIMIT) * 4);
}

/* *value is there once the portions are closed. */
static void ask(portions *p, const np_ini_key *key, const char **value)
{
    p->keys[p->count] = key;
    p->values[p->count++] = value;
    if (p->count == KEYS_AT_ONCE) read_portion(p);
}

static void close_portions(portions *p)
{
    read_portion(p);
    np_text_free(&p->text);
    if (p->file >= 0) close(p->file);
    if (!p->ok) np_arena_give_up(p->arena);
}

const char **np_ini_values(np_arena *arena, const np_ini_key *const *keys, size_t count)
{
    const char **values = np_arena_array(arena, count, sizeof *values);
    portions p;
    open_portions(&p, arena);
    for (size_t i = 0; i < count; i++) ask(&p, keys[i], &values[i]);
    close_portions(&p);
    return values;
}

void np_ini_fill(np_arena *arena, np_ini *ini, bool (*later)(const char *type))
{
    portions p;
    open_portions(&p, arena);
    for (size_t i = 0; i < ini->section_count; i++) {
        const np_ini_section *section = &ini->sections[i];
        if (later && later(section->type)) continue;
        for (size_t k = 0; k < section->key_count; k++) ask(&p, &section->keys[k], &section->keys[k].value);
    }
    close_portions(&p);
}
