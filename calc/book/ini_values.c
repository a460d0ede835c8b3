#include "ini_values.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <iniparser/iniparser.h>

/* What iniparser does with a line takes as long for a short value as for a long one, and its list of keys is linear,
 * with room for 128 to begin with. So a line carries as many values as it has room for, with a control byte between
 * them (the scan lets none through), and lines are given in portions. */
enum { LINES_AT_ONCE = 40, VALUES_AT_ONCE = 1024, NAME_MAX_BYTES = 16, SEPARATOR = '\x1f' };

/* What is open while values are read. iniparser 4.1 loads from a path only: the text is put into an anonymous file of
 * memory, the same one for every portion. */
typedef struct portions {
    np_arena *arena;
    int file;
    char path[64];
    np_text text;
    const char **values[VALUES_AT_ONCE]; /* where each is to go */
    size_t count;
    size_t ends[LINES_AT_ONCE]; /* of each line: how many values stand in it and those before it */
    size_t line_count;
    size_t room; /* bytes that the last line still takes */
    bool quoted; /* it is in quotes */
    bool ok;     /* memory has not run out */
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

static void end_line(portions *p)
{
    if (p->line_count) np_text_puts(&p->text, p->quoted ? "\"\n" : "\n");
}

/* A line that iniparser cannot misread: the name is a number, the value is quoted unless it holds a quote (the scan has
 * made sure that it then does not begin with one, and has no comment mark). */
static void begin_line(portions *p, bool quoted)
{
    char name[NAME_MAX_BYTES];
    np_text_puts(&p->text, numbered(name, "k", p->line_count++));
    np_text_puts(&p->text, quoted ? " = \"" : " = ");
    p->quoted = quoted;
    p->room = quoted ? NP_INI_VALUE_LIMIT : 0;
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
    if (!is_room_for(&p->text)) return NULL;
    while (written < p->text.length) {
        ssize_t put = pwrite(p->file, p->text.data + written, p->text.length - written, (off_t)written);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return NULL;
        written += (size_t)put;
    }
    /* cut off what a longer portion has left; not before, so that the memory is used again */
    return ftruncate(p->file, (off_t)written) == 0 ? iniparser_load(p->path) : NULL;
}

/* A line's text into its values. False when memory ran out, or when they are not as many as were put in. */
static bool split(portions *p, const char *line, size_t first, size_t end)
{
    size_t length = strlen(line);
    char *copy = np_arena_try(p->arena, length + 1);
    if (!copy) return false;
    memcpy(copy, line, length + 1);
    for (size_t i = first; i < end; i++) {
        *p->values[i] = copy;
        char *separator = strchr(copy, SEPARATOR);
        if (!separator) return i + 1 == end;
        *separator = '\0';
        copy = separator + 1;
    }
    return false;
}

static void empty(portions *p)
{
    p->count = p->line_count = p->room = 0;
    np_text_clear(&p->text);
    np_text_puts(&p->text, "[s]\n");
}

static void read_portion(portions *p)
{
    end_line(p);
    dictionary *lines = p->ok && !p->text.failed ? load(p) : NULL;
    p->ok = lines != NULL;
    for (size_t i = 0, first = 0; i < p->line_count && p->ok; first = p->ends[i++]) {
        char name[NAME_MAX_BYTES];
        const char *line = iniparser_getstring(lines, numbered(name, "s:k", i), NULL);
        p->ok = line && split(p, line, first, p->ends[i]);
    }
    if (lines) iniparser_freedict(lines);
    empty(p);
}

static void open_portions(portions *p, np_arena *arena)
{
    p->arena = arena;
    p->file = memfd_create("natopay", MFD_CLOEXEC);
    p->ok = p->file >= 0;
    snprintf(p->path, sizeof p->path, "/proc/self/fd/%d", p->file);
    np_text_init(&p->text, (size_t)LINES_AT_ONCE * (NP_INI_VALUE_LIMIT + NP_INI_LINE_LIMIT) * 4);
    empty(p);
}

/* *value is there once the portions are closed. */
static void ask(portions *p, const np_ini_key *key, const char **value)
{
    const char *text = key->value_at.file->text + key->value_at.offset;
    size_t length = key->value_at.length;
    bool quoted = !memchr(text, '"', length);
    if (quoted && length < p->room) {
        np_text_putc(&p->text, SEPARATOR);
    } else {
        if (p->line_count == LINES_AT_ONCE) read_portion(p);
        end_line(p);
        begin_line(p, quoted);
    }
    np_text_add(&p->text, text, length);
    p->room -= length < p->room ? length + 1 : p->room;
    p->values[p->count++] = value;
    p->ends[p->line_count - 1] = p->count;
    if (p->count == VALUES_AT_ONCE) read_portion(p);
}

static void close_portions(portions *p)
{
    if (p->count) read_portion(p);
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

void np_ini_fill(np_arena *arena, const np_ini *inis, size_t count, bool (*later)(const char *type))
{
    portions p;
    open_portions(&p, arena);
    for (size_t i = 0; i < count; i++)
        for (size_t s = 0; s < inis[i].section_count; s++) {
            const np_ini_section *section = &inis[i].sections[s];
            if (later && later(section->type)) continue;
            for (size_t k = 0; k < section->key_count; k++) ask(&p, &section->keys[k], &section->keys[k].value);
        }
    close_portions(&p);
}
