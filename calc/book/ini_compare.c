/* Whether iniparser 4.1 reads a file as natopay does. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <iniparser/iniparser.h>

#include "natopay/book/ini.h"

/* iniparser's time grows with the square of the keys. */
enum { COMPARED_KEYS_MAX = 20000 };

static int keep_quiet(const char *format, ...)
{
    (void)format;
    return 0;
}

static size_t key_count(const np_ini *ini)
{
    size_t count = 0;
    for (size_t i = 0; i < ini->section_count; i++) count += ini->sections[i].key_count;
    return count;
}

/* A file that is still as it was read: no pipe, and of the same size. */
static bool is_on_disk(const np_file *file)
{
    struct stat info;
    return stat(file->name, &info) == 0 && S_ISREG(info.st_mode) && (size_t)info.st_size == file->size;
}

/* NULL when iniparser cannot read the file: it takes no line of more than 1,022 bytes, joined ones counted together. */
static dictionary *load(const np_file *file)
{
    void *volatile room = malloc(4 * file->size + (64 << 10)); /* it does not look everywhere whether it got memory */
    free(room);
    if (!room) return NULL;
    iniparser_set_error_callback(keep_quiet); /* or it prints */
    dictionary *loaded = iniparser_load(file->name);
    iniparser_set_error_callback(NULL);
    return loaded;
}

/* iniparser takes single quotes at a value's beginning for its own, and drops them with what follows: in a formula they
 * belong to a text. */
static bool same_value(const np_ini_key *key, const char *theirs)
{
    const char *ours = key->value;
    bool quoted = key->value_at.offset && key->value_at.file->text[key->value_at.offset - 1] == '"';
    if (quoted || ours[0] != '\'' || !strcmp(ours, theirs)) return strcmp(ours, theirs) == 0;
    size_t length = strcspn(ours + 1, "'");
    return strncmp(ours + 1, theirs, length) == 0 && !theirs[length];
}

static void compare_key(np_diags *diags, dictionary *loaded, const np_ini_section *section, const np_ini_key *key)
{
    const char *text = key->name_at.file->text;
    const char *name = np_arena_format(diags->arena, "%.*s:%.*s", (int)section->at.length, text + section->at.offset,
                                       (int)key->name_at.length, text + key->name_at.offset);
    const char *theirs = iniparser_getstring(loaded, name, NULL);
    if (theirs && same_value(key, theirs)) return;
    np_diag *diag;
    if (theirs) {
        diag = np_report(diags, NP_CODE_INI_DIFFERS, key->value_at, "iniparser reads '%s' here", theirs);
        np_diag_hint(diags, diag,
                     "give each section a name of its own but for capitals, and put a value that begins "
                     "with ' in double quotes");
    } else {
        diag = np_report(diags, NP_CODE_INI_DIFFERS, key->name_at, "iniparser does not find this key");
        np_diag_hint(diags, diag, "end no comment and no file in a backslash");
    }
}

typedef struct comparison {
    np_diags *diags;
    const np_ini *ini;
    dictionary *loaded;
} comparison;

static void compare_all(void *context)
{
    comparison *c = context;
    for (size_t i = 0; i < c->ini->section_count; i++)
        for (size_t k = 0; k < c->ini->sections[i].key_count; k++)
            compare_key(c->diags, c->loaded, &c->ini->sections[i], &c->ini->sections[i].keys[k]);
}

size_t np_ini_compare(np_diags *diags, const np_ini *ini)
{
    size_t count = key_count(ini);
    if (count > COMPARED_KEYS_MAX || !is_on_disk(ini->file)) return 0;
    comparison c = {diags, ini, load(ini->file)};
    if (!c.loaded) return 0;
    bool enough = np_arena_guard(diags->arena, compare_all, &c);
    iniparser_freedict(c.loaded);
    if (!enough) np_arena_give_up(diags->arena);
    return count;
}
