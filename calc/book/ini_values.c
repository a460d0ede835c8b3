#include "ini_values.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <iniparser/iniparser.h>

/* iniparser keeps a linear list of keys: it is given the sections in portions, so that loading stays linear. */
enum { KEYS_AT_ONCE = 64 };

typedef struct portion {
    np_ini_key **keys;
    size_t count;
} portion;

/* One key as a line that iniparser cannot misread: the name is a number, the value is quoted unless it holds a quote
 * (the scan has made sure that it then does not begin with one, and has no comment mark). */
static void write_line(np_text *out, size_t number, const np_ini_key *key)
{
    const char *text = key->value_at.file->text + key->value_at.offset;
    size_t length = key->value_at.length;
    bool quote = !memchr(text, '"', length);
    np_text_printf(out, "k%zu = %s", number, quote ? "\"" : "");
    np_text_add(out, text, length);
    np_text_puts(out, quote ? "\"\n" : "\n");
}

/* iniparser 4.1 loads from a path only: the text is put into an anonymous file of memory. */
static dictionary *load(const np_text *text)
{
    int file = memfd_create("natopay", MFD_CLOEXEC);
    if (file < 0) return NULL;
    size_t written = 0;
    while (written < text->length) {
        ssize_t put = write(file, text->data + written, text->length - written);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) break;
        written += (size_t)put;
    }
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    dictionary *values = written == text->length ? iniparser_load(path) : NULL;
    close(file);
    return values;
}

static bool read_portion(np_diags *diags, const portion *part)
{
    np_text text;
    np_text_init(&text, (size_t)KEYS_AT_ONCE * (NP_INI_VALUE_LIMIT + NP_INI_LINE_LIMIT) * 4);
    np_text_puts(&text, "[s]\n");
    for (size_t i = 0; i < part->count; i++) write_line(&text, i, part->keys[i]);
    dictionary *values = text.failed ? NULL : load(&text);
    np_text_free(&text);
    if (!values) {
        np_report(diags, NP_CODE_NO_MEMORY, part->keys[0]->name_at, "the values of this file could not be read");
        return false;
    }
    bool ok = true;
    for (size_t i = 0; i < part->count && ok; i++) {
        char name[32];
        snprintf(name, sizeof name, "s:k%zu", i);
        const char *value = iniparser_getstring(values, name, NULL);
        size_t length = value ? strlen(value) : 0;
        char *copy = value ? np_arena_try(diags->arena, length + 1) : NULL;
        if (copy) memcpy(copy, value, length + 1);
        part->keys[i]->value = copy;
        ok = copy != NULL;
    }
    iniparser_freedict(values);
    if (!ok) np_arena_give_up(diags->arena);
    return true;
}

bool np_ini_values(np_diags *diags, np_ini *ini)
{
    np_ini_key *keys[KEYS_AT_ONCE];
    portion part = {keys, 0};
    bool ok = true;
    for (size_t i = 0; i < ini->section_count; i++) {
        np_ini_section *section = &ini->sections[i];
        for (size_t k = 0; k < section->key_count; k++) {
            keys[part.count++] = &section->keys[k];
            if (part.count < KEYS_AT_ONCE) continue;
            ok = read_portion(diags, &part) && ok;
            part.count = 0;
        }
    }
    if (part.count) ok = read_portion(diags, &part) && ok;
    return ok;
}
