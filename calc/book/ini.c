/* Reading INI: every section, key and value with its place, and a diagnostic for each thing that iniparser would
 * misread. */
#include "natopay/book/ini.h"

#include <stdio.h>
#include <string.h>

#include "build.h"

typedef struct scan {
    np_diags *diags;
    const np_file *file;
    np_ini *ini;
    size_t section_capacity, key_capacity;
    np_ini_key *keys; /* of the section being read; when it ends it gets as many as it has */
    np_names *names;  /* of the section's keys, once they are many */
    size_t at;        /* start of the line being read */
    bool ok;          /* nothing reported as an error */
    bool skipping;    /* in a section whose header was bad: its keys are read past */
    bool told_order;  /* "key before the first section" was said */
} scan;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f';
}

static bool is_name_byte(char c)
{
    return np_is_letter(c) || np_is_digit(c) || c == '_' || c == '-' || c == '.';
}

static np_diag *complain(scan *s, np_code code, size_t at, size_t length, const char *message)
{
    s->ok = false;
    if (s->ini->section_count) s->ini->sections[s->ini->section_count - 1].damaged = true;
    return np_report(s->diags, code, np_span_of(s->file, at, length), "%s", np_say(s->diags->lang, message));
}

/* A slice without blanks at its ends. */
static void trim(const char *text, size_t *start, size_t *end)
{
    while (*start < *end && is_blank(text[*start])) ++*start;
    while (*end > *start && is_blank(text[*end - 1])) --*end;
}

/* Whether a line ends at text[at] by a backslash; *next: where the next one begins. */
static bool is_joint(const char *text, size_t at, size_t end, size_t *next)
{
    if (at >= end || text[at] != '\\') return false;
    do at++;
    while (at < end && is_blank(text[at]));
    if (at >= end || text[at] != '\n') return false;
    *next = at + 1;
    return true;
}

/* A joined value without blanks and joints at its ends. */
static void trim_joined(const char *text, size_t *start, size_t *end)
{
    size_t next;
    trim(text, start, end);
    while (is_joint(text, *start, *end, &next)) {
        *start = next;
        trim(text, start, end);
    }
    while (*end > *start && text[*end - 1] == '\n') { /* the last line was empty */
        --*end;
        trim(text, start, end);
        if (*end > *start) --*end; /* the backslash */
        trim(text, start, end);
    }
}

/* ---- sections ---- */

static void end_section(scan *s)
{
    if (s->ini->section_count == 0) return;
    np_ini_section *section = &s->ini->sections[s->ini->section_count - 1];
    section->keys = np_arena_array(s->diags->arena, section->key_count, sizeof *section->keys);
    if (section->key_count) memcpy(section->keys, s->keys, section->key_count * sizeof *section->keys);
}

static np_ini_section *new_section(scan *s, size_t start, size_t end)
{
    end_section(s);
    const char *text = s->file->text;
    np_ini *ini = s->ini;
    np_arena *arena = s->diags->arena;
    ini->sections =
        np_arena_grow(arena, ini->sections, &s->section_capacity, ini->section_count + 1, sizeof *ini->sections);
    np_ini_section *section = &ini->sections[ini->section_count++];
    memset(section, 0, sizeof *section);
    s->names = NULL;
    size_t word = start;
    while (word < end && !is_blank(text[word])) word++;
    section->type = np_arena_copy(arena, text + start, word - start);
    section->at = np_span_of(s->file, start, end - start);
    while (word < end && is_blank(text[word])) word++;
    /* blanks inside the name count as one: [scale FR  2026-01-01] is [scale FR 2026-01-01] */
    char *name = np_arena_alloc(arena, end - word + 1);
    size_t length = 0;
    for (size_t i = word; i < end; i++)
        if (!is_blank(text[i]))
            name[length++] = text[i];
        else if (!is_blank(text[i - 1]))
            name[length++] = ' ';
    section->name = name;
    section->name_at = word < end ? np_span_of(s->file, word, end - word) : section->at;
    return section;
}

static void read_section(scan *s, size_t start, size_t end)
{
    const char *text = s->file->text;
    const char *close = memchr(text + start, ']', end - start);
    s->skipping = true;
    if (!close) {
        np_diag *diag = complain(s, NP_CODE_BAD_SECTION, start, end - start, "a section header does not end in ]");
        np_diag_hint(s->diags, diag, "write [TYPE NAME], for example [source notice_260295]");
        return;
    }
    size_t inner = start + 1, inner_end = (size_t)(close - text);
    size_t rest = inner_end + 1, rest_end = end;
    trim(text, &rest, &rest_end);
    trim(text, &inner, &inner_end);
    if (rest < rest_end) {
        np_diag *diag = complain(s, NP_CODE_BAD_SECTION, rest, rest_end - rest, "something follows the section header");
        np_diag_hint(s->diags, diag, "put comments on a line of their own");
    }
    if (inner == inner_end) {
        np_diag *diag = complain(s, NP_CODE_BAD_SECTION, start, 2, "the section header is empty");
        np_diag_hint(s->diags, diag, "write [TYPE NAME], for example [source notice_260295]");
        return;
    }
    for (size_t i = inner; i < inner_end; i++)
        if (!is_name_byte(text[i]) && !is_blank(text[i]) && !((unsigned char)text[i] & 0x80)) {
            complain(s, NP_CODE_BAD_SECTION, i, 1, "a section header holds only letters, digits, _ - . and blanks");
            return;
        }
    if (s->ini->section_count >= NP_INI_SECTIONS_LIMIT) {
        complain(s, NP_CODE_TOO_MANY, inner, inner_end - inner, "there are more than 5000 sections in this file");
        return;
    }
    new_section(s, inner, inner_end);
    s->skipping = false;
}

/* ---- keys ---- */

/* A quoted value's inside; false when its quote is not closed or something other than a comment follows. */
static bool unquote(scan *s, size_t *start, size_t *end)
{
    const char *text = s->file->text;
    const char *close = memchr(text + *start + 1, '"', *end - *start - 1);
    if (!close) {
        np_diag *diag = complain(s, NP_CODE_MISSING_QUOTE, *start, 1, "this quote is never closed");
        np_diag_hint(s->diags, diag, "end the value with \" on the same line");
        return false;
    }
    size_t after = (size_t)(close - text) + 1, stop = *end;
    trim(text, &after, &stop);
    if (after < stop && text[after] != ';' && text[after] != '#') {
        np_diag *diag = complain(s, NP_CODE_MISSING_QUOTE, after, stop - after, "something follows the closing quote");
        np_diag_hint(s->diags, diag, "end the value at its quote, or leave the quotes out: it cannot hold \" itself");
        return false;
    }
    ++*start;
    *end = (size_t)(close - text);
    return true;
}

/* Where the first ; or # stands, or the end. */
static size_t first_mark(const char *text, size_t start, size_t end)
{
    const char *mark = memchr(text + start, ';', end - start);
    if (mark) end = (size_t)(mark - text);
    mark = memchr(text + start, '#', end - start);
    return mark ? (size_t)(mark - text) : end;
}

/* Cut a comment from an unquoted value. A comment needs a blank before its mark; a mark inside a word is an error,
 * because iniparser would silently drop the rest. */
static bool cut_comment(scan *s, size_t *start, size_t *end)
{
    const char *text = s->file->text;
    size_t mark = first_mark(text, *start, *end);
    if (mark == *end) return true;
    if (memchr(text + mark, '\n', *end - mark)) {
        np_diag *diag = complain(s, NP_CODE_COMMENT_CUTS_VALUE, mark, 1, "this comment would swallow the next line");
        np_diag_hint(s->diags, diag, "a comment on a line that ends in a backslash goes on: end the line before it");
        return false;
    }
    if (mark == *start || is_blank(text[mark - 1])) {
        *end = mark;
        trim_joined(text, start, end);
        return true;
    }
    np_diag *diag =
        complain(s, NP_CODE_COMMENT_CUTS_VALUE, mark, 1, "this mark would begin a comment and cut the value");
    np_diag_hint(s->diags, diag, "put the value in double quotes, or a blank before a comment");
    return false;
}

enum { MANY_KEYS = 64 };

static const np_ini_key *find_key(const scan *s, const np_ini_section *section, const char *name)
{
    if (s->names) {
        int found = np_names_get(s->names, name);
        return found < 0 ? NULL : &s->keys[found];
    }
    for (size_t i = 0; i < section->key_count; i++)
        if (np_same(s->keys[i].name, name)) return &s->keys[i];
    return NULL;
}

/* The key's name in lower case, with single blanks; NULL after reporting. */
static const char *key_name(scan *s, size_t start, size_t end)
{
    const char *text = s->file->text;
    char *name = np_arena_alloc(s->diags->arena, end - start + 1);
    size_t length = 0;
    for (size_t i = start; i < end; i++) {
        char c = text[i];
        if (is_blank(c)) {
            if (!is_blank(text[i - 1])) name[length++] = ' ';
        } else if (is_name_byte(c)) {
            name[length++] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
        } else {
            complain(s, NP_CODE_BAD_LINE, i, 1, "a key holds only letters, digits, _ - . and blanks");
            return NULL;
        }
    }
    return name;
}

/* The bytes of a value; of joined lines without the backslashes and line ends between them. */
static const char *value_text(const scan *s, size_t start, size_t end, unsigned continuations)
{
    const char *text = s->file->text;
    if (!continuations) return np_arena_copy(s->diags->arena, text + start, end - start);
    char *value = np_arena_alloc(s->diags->arena, end - start + 1);
    size_t length = 0;
    for (size_t at = start; at < end;)
        if (!is_joint(text, at, end, &at)) value[length++] = text[at++];
    return value;
}

static void add_key(scan *s, size_t name_start, size_t name_end, size_t start, size_t end, unsigned continuations)
{
    np_ini_section *section = &s->ini->sections[s->ini->section_count - 1];
    const char *name = key_name(s, name_start, name_end);
    if (!name) return;
    np_span name_at = np_span_of(s->file, name_start, name_end - name_start);
    const np_ini_key *twin = find_key(s, section, name);
    if (twin) {
        np_diag *diag = complain(s, NP_CODE_DUPLICATE_KEY, name_start, name_end - name_start,
                                 "this key is given twice in one section");
        np_diag_note(s->diags, diag, twin->name_at, "first given here");
        return;
    }
    if (section->key_count >= NP_INI_KEYS_LIMIT) {
        np_report(s->diags, NP_CODE_TOO_MANY, section->at, "this section has more than 5000 keys");
        s->ok = false;
        s->skipping = true;
        return;
    }
    s->keys = np_arena_grow(s->diags->arena, s->keys, &s->key_capacity, section->key_count + 1, sizeof *s->keys);
    s->keys[section->key_count++] = (np_ini_key){name, value_text(s, start, end, continuations), name_at,
                                                 np_span_of(s->file, start, end - start), continuations};
    if (section->key_count == MANY_KEYS) {
        s->names = np_names_new(s->diags->arena, 4 * (size_t)MANY_KEYS);
        for (size_t i = 0; i + 1 < MANY_KEYS; i++) np_names_put(s->diags->arena, s->names, s->keys[i].name, (int)i);
    }
    if (s->names) np_names_put(s->diags->arena, s->names, name, (int)section->key_count - 1);
}

/* Where the last line of a value ends when lines end in a backslash; *stop: the same without blanks at its end. */
static size_t join_lines(const np_file *file, size_t start, size_t *stop, size_t end, unsigned *continuations)
{
    const char *text = file->text;
    while (*stop > start && text[*stop - 1] == '\\' && end < file->size) {
        size_t next = end + 1;
        const char *newline = memchr(text + next, '\n', file->size - next);
        end = newline ? (size_t)(newline - text) : file->size;
        ++*continuations;
        *stop = end;
        while (*stop > next && is_blank(text[*stop - 1])) --*stop;
    }
    return end;
}

/* The value between its quotes or before its comment; false after reporting. */
static bool take_value(scan *s, size_t *value, size_t *end, unsigned continuations)
{
    const char *text = s->file->text;
    bool quoted = *value < *end && text[*value] == '"' && !continuations;
    if (quoted ? !unquote(s, value, end) : !cut_comment(s, value, end)) return false;
    if (*end - *value > NP_INI_VALUE_LIMIT) {
        np_diag *diag = complain(s, NP_CODE_LONG_LINE, *value, 1, "this value is longer than 1000 bytes");
        np_diag_hint(s->diags, diag,
                     "shorten it; a long formula gives one of its parts a name of its own, as a rule of kind fact");
        return false;
    }
    if (!quoted && *value < *end && strchr("\"'", text[*value]) && memchr(text + *value, '"', *end - *value)) {
        np_diag *diag =
            complain(s, NP_CODE_MISSING_QUOTE, *value, 1, "a value cannot begin with a quote and hold \" as well");
        np_diag_hint(s->diags, diag, "begin with something else, for example a bracket");
        return false;
    }
    if (!quoted && *value < *end && text[*end - 1] == '\\' && memchr(text + *value, '"', *end - *value)) {
        complain(s, NP_CODE_BAD_LINE, *end - 1, 1, "a value that holds \" cannot end in a backslash");
        return false;
    }
    return true;
}

/* One key line (its first one ends at `end`, without blanks at `stop`) with those joined to it; gives back where the
 * last one ends. */
static size_t read_key(scan *s, size_t start, size_t stop, size_t end)
{
    const char *text = s->file->text;
    const char *equals = memchr(text + start, '=', stop - start);
    if (!equals || (size_t)(equals - text) == start) {
        np_diag *diag =
            complain(s, NP_CODE_BAD_LINE, start, stop - start,
                     equals ? NP_MARK("there is no key before =") : NP_MARK("this line is no section, key or comment"));
        np_diag_hint(s->diags, diag, "write key = value, or begin a comment with ;");
        return end;
    }
    size_t value = (size_t)(equals - text) + 1, name_start = start, name_end = (size_t)(equals - text);
    trim(text, &name_start, &name_end);
    unsigned continuations = 0;
    size_t line_end = join_lines(s->file, value, &stop, end, &continuations), value_end = stop;
    trim_joined(text, &value, &value_end);
    if (s->skipping) return line_end;
    if (s->ini->section_count == 0) {
        if (!s->told_order)
            complain(s, NP_CODE_KEY_OUTSIDE_SECTION, start, name_end - start,
                     "this key stands before the first section");
        s->told_order = true;
        return line_end;
    }
    if (take_value(s, &value, &value_end, continuations))
        add_key(s, name_start, name_end, value, value_end, continuations);
    return line_end;
}

bool np_ini_read(np_diags *diags, const np_file *file, np_ini *ini)
{
    scan s = {.diags = diags, .file = file, .ini = ini, .ok = true};
    *ini = (np_ini){.file = file};
    const char *text = file->text;
    while (s.at < file->size) {
        const char *newline = memchr(text + s.at, '\n', file->size - s.at);
        size_t end = newline ? (size_t)(newline - text) : file->size;
        size_t start = s.at, stop = end;
        trim(text, &start, &stop);
        if (end - s.at > NP_INI_LINE_LIMIT)
            complain(&s, NP_CODE_LONG_LINE, start, 1, "this line is longer than 4096 bytes");
        else if (start < stop && text[start] == '[')
            read_section(&s, start, stop);
        else if (start < stop && text[start] != ';' && text[start] != '#')
            end = read_key(&s, start, stop, end);
        const char *next = end < file->size ? memchr(text + end, '\n', file->size - end) : NULL;
        s.at = next ? (size_t)(next - text) + 1 : file->size;
    }
    end_section(&s);
    return s.ok;
}

np_span np_ini_value_span(const np_ini_key *key, size_t index, size_t length)
{
    const np_file *file = key->value_at.file;
    size_t at = key->value_at.offset, end = at + key->value_at.length;
    if (!key->continuations) {
        if (index > key->value_at.length) index = key->value_at.length;
        if (length > key->value_at.length - index) length = key->value_at.length - index;
        return np_span_of(file, at + index, length);
    }
    /* each joined line lost its backslash, the blanks before the line's end, and the line's end */
    for (size_t seen = 0; seen < index && at < end; seen++) {
        at++;
        size_t next;
        while (is_joint(file->text, at, end, &next)) at = next;
    }
    if (length > end - at) length = end - at;
    return np_span_of(file, at, length);
}
