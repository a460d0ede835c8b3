#include "ini_values.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
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
    np_diags *diags;
    int file;
    char path[64];
    np_text text;
    np_ini_key *keys[KEYS_AT_ONCE];
    size_t count;
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

/* iniparser 4.1 does not look everywhere whether it was given memory: whether there is as much as it will take is asked
 * before. */
static bool is_room_for(const np_text *text)
{
    void *volatile room = malloc(4 * text->length + (64 << 10));
    free(room);
    return room != NULL;
}

static dictionary *load(const portions *p)
{
    size_t written = 0;
    if (p->text.failed || p->file < 0 || ftruncate(p->file, 0) != 0 || !is_room_for(&p->text)) return NULL;
    while (written < p->text.length) {
        ssize_t put = pwrite(p->file, p->text.data + written, p->text.length - written, (off_t)written);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return NULL;
        written += (size_t)put;
    }
    return iniparser_load(p->path);
}

/* False when memory ran out. */
static bool read_portion(portions *p)
{
    if (p->count == 0) return true;
    np_text_clear(&p->text);
    np_text_puts(&p->text, "[s]\n");
    for (size_t i = 0; i < p->count; i++) write_line(&p->text, i, p->keys[i]);
    dictionary *values = load(p);
    bool ok = values != NULL;
    for (size_t i = 0; i < p->count && ok; i++) {
        char name[NAME_MAX_BYTES];
        const char *value = iniparser_getstring(values, numbered(name, "s:k", i), NULL);
        size_t length = value ? strlen(value) : 0;
        char *copy = value ? np_arena_try(p->diags->arena, length + 1) : NULL;
        if (copy) memcpy(copy, value, length + 1);
        p->keys[i]->value = copy;
        ok = copy != NULL;
    }
    if (values) iniparser_freedict(values);
    p->count = 0;
    return ok;
}

static bool read_all(portions *p, np_ini *ini)
{
    for (size_t i = 0; i < ini->section_count; i++) {
        np_ini_section *section = &ini->sections[i];
        for (size_t k = 0; k < section->key_count; k++) {
            p->keys[p->count++] = &section->keys[k];
            if (p->count == KEYS_AT_ONCE && !read_portion(p)) return false;
        }
    }
    return read_portion(p);
}

bool np_ini_values(np_diags *diags, np_ini *ini)
{
    portions p = {.diags = diags, .file = memfd_create("natopay", MFD_CLOEXEC)};
    snprintf(p.path, sizeof p.path, "/proc/self/fd/%d", p.file);
    np_text_init(&p.text, (size_t)KEYS_AT_ONCE * (NP_INI_VALUE_LIMIT + NP_INI_LINE_LIMIT) * 4);
    bool ok = read_all(&p, ini);
    np_text_free(&p.text);
    if (p.file >= 0) close(p.file);
    if (!ok) np_arena_give_up(diags->arena);
    return true;
}
