/* Diagnostics: collecting them, and finding their line and column. */
#include "natopay/base/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { TEXT_MAX = 1000, NOTES_MAX = 8, PLACE_HASHES = 1024 };

void np_diags_init(np_diags *diags, np_arena *arena)
{
    *diags = (np_diags){.arena = arena};
}

np_file *np_file_new(np_arena *arena, const char *name, const char *text, size_t size)
{
    np_file *file = np_arena_alloc(arena, sizeof *file);
    file->name = np_arena_copy(arena, name, strlen(name));
    file->text = text;
    file->size = size < UINT32_MAX ? size : UINT32_MAX;
    return file;
}

np_span np_span_of(const np_file *file, size_t offset, size_t length)
{
    if (file == NULL) {
        return np_span_none();
    }
    size_t start = offset < file->size ? offset : file->size;
    size_t most = file->size - start;
    return (np_span){file, (uint32_t)start, (uint32_t)(length < most ? length : most)};
}

np_span np_span_none(void)
{
    return (np_span){NULL, 0, 0};
}

np_position np_span_position(np_span at)
{
    if (at.file == NULL) {
        return (np_position){0, 0};
    }
    const char *line = at.file->text, *place = line + at.offset;
    np_position position = {1, 1};
    if (at.offset >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0) {
        line += 3; /* editors do not count a byte order mark */
    }
    while (line < place) {
        const char *end = memchr(line, '\n', (size_t)(place - line));
        if (end == NULL) {
            break;
        }
        line = end + 1;
        position.line++;
    }
    for (; line < place; line++) {
        position.column += ((unsigned char)*line & 0xC0) != 0x80; /* bytes that begin a character */
    }
    return position;
}

/* The printed text, cut between two characters when it is longer than TEXT_MAX. */
static void print_bounded(char text[TEXT_MAX + 4], const char *format, va_list arguments)
{
    int length = vsnprintf(text, TEXT_MAX + 1, format, arguments);
    if (length < 0) {
        text[0] = '\0';
    } else if (length > TEXT_MAX) {
        size_t end = TEXT_MAX; /* drop the last character, which may be cut */
        while (end > TEXT_MAX - 3 && ((unsigned char)text[end - 1] & 0xC0) == 0x80) {
            end--;
        }
        end--;
        memcpy(text + end, "...", 4);
    }
}

/* A file that was read twice, as for two rule books that stand side by side, is one place. */
static bool same_file(const np_file *a, const np_file *b)
{
    return a == b || (a != NULL && b != NULL && a->size == b->size && strcmp(a->name, b->name) == 0);
}

static bool same_place(np_span a, np_span b)
{
    return same_file(a.file, b.file) && a.offset == b.offset && a.length == b.length;
}

/* A file with millions of wrong lines makes millions of reports: each must find its like at once. */
static size_t place_hash(np_code code, np_span at)
{
    return (at.offset * 31u + at.length * 7u + (unsigned)code) % PLACE_HASHES;
}

/* Put a diagnostic behind those of its file that do not stand after it. */
static void insert(np_diags *diags, np_diag *fresh)
{
    np_diag *behind = NULL; /* the one that fresh follows */
    bool seen = false;      /* one of its file */
    for (np_diag *d = diags->first, *before = NULL; d != NULL; before = d, d = d->next) {
        if (d->at.file != fresh->at.file) {
            continue;
        }
        if (d->at.offset <= fresh->at.offset) {
            behind = d;
        } else if (!seen) {
            behind = before;
        }
        seen = true;
    }
    if (!seen) {
        behind = diags->last;
    }
    np_diag **link = behind == NULL ? &diags->first : &behind->next;
    fresh->next = *link;
    *link = fresh;
    if (fresh->next == NULL) {
        diags->last = fresh;
    }
}

static void count(np_diags *diags, np_code code)
{
    const np_code_info *info = np_code_describe(code);
    if (info->severity == NP_WARNING) {
        diags->warnings++;
        return;
    }
    diags->errors++;
    if (info->exit > diags->exit) {
        diags->exit = info->exit;
    }
}

np_diag *np_report(np_diags *diags, np_code code, np_span at, const char *format, ...)
{
    char message[TEXT_MAX + 4];
    va_list arguments;
    va_start(arguments, format);
    print_bounded(message, np_say(diags->lang, format), arguments);
    va_end(arguments);
    if (diags->by_place == NULL) {
        diags->by_place = np_arena_array(diags->arena, PLACE_HASHES, sizeof(np_diag *));
    }
    np_diag **alike = &diags->by_place[place_hash(code, at)];
    for (np_diag *d = *alike; d != NULL; d = d->same_place) {
        if (d->code == code && same_place(d->at, at) && strcmp(d->message, message) == 0) {
            return d;
        }
    }
    bool full = diags->errors + diags->warnings - diags->dropped >= NP_DIAGS_MAX;
    np_diag *fresh = full && diags->spare != NULL ? diags->spare : np_arena_alloc(diags->arena, sizeof *fresh);
    if (full) {
        diags->spare = fresh;
        diags->dropped++;
    } else {
        fresh->code = code;
        fresh->at = at;
        fresh->message = np_arena_copy(diags->arena, message, strlen(message));
        fresh->same_place = *alike;
        *alike = fresh;
        insert(diags, fresh);
    }
    count(diags, code);
    return fresh;
}

void np_diag_hint(np_diags *diags, np_diag *diag, const char *format, ...)
{
    if (diag == diags->spare || diag->hint != NULL) {
        return;
    }
    char hint[TEXT_MAX + 4];
    va_list arguments;
    va_start(arguments, format);
    print_bounded(hint, np_say(diags->lang, format), arguments);
    va_end(arguments);
    diag->hint = np_arena_copy(diags->arena, hint, strlen(hint));
}

void np_diag_note(np_diags *diags, np_diag *diag, np_span at, const char *format, ...)
{
    if (diag == diags->spare) {
        return;
    }
    char text[TEXT_MAX + 4];
    va_list arguments;
    va_start(arguments, format);
    print_bounded(text, np_say(diags->lang, format), arguments);
    va_end(arguments);
    np_note **end = &diag->notes;
    for (int notes = 0; *end != NULL; end = &(*end)->next, notes++) {
        if (notes + 1 >= NOTES_MAX || (same_place((*end)->at, at) && strcmp((*end)->text, text) == 0)) {
            return;
        }
    }
    np_note *note = np_arena_alloc(diags->arena, sizeof *note);
    note->at = at;
    note->text = np_arena_copy(diags->arena, text, strlen(text));
    *end = note;
}

np_diag *np_diag_copy(np_diags *diags, const np_diag *from, np_span at, const char *before)
{
    np_diag *copy = np_report(diags, from->code, at, "%s%s", before, from->message);
    if (from->hint) np_diag_hint(diags, copy, "%s", from->hint);
    for (const np_note *note = from->notes; note != NULL; note = note->next)
        np_diag_note(diags, copy, note->at, "%s", note->text);
    return copy;
}

int np_diags_exit(const np_diags *diags)
{
    return diags->exit;
}
