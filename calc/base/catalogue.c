/* The .mo file: two tables of lengths and places, of the originals in their order and of their translations. */
#include "natopay/base/catalogue.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "natopay/base/text.h"

enum { MAGIC_BYTES = 4, HEADER_BYTES = 28, ENTRY_BYTES = 8, KEY_MAX = 1024, RULE_MAX = 500 };

typedef struct text {
    const char *bytes; /* with a zero byte after them, and one between the forms of a plural */
    size_t length;
} text;

struct np_catalogue {
    const char *bytes;
    size_t size;
    bool big_endian;
    uint32_t count, originals, translations;
    unsigned forms; /* of plurals */
    const char *rule;
    size_t rule_length;
};

/* ---- the file ---- */

static uint32_t number(const np_catalogue *c, size_t at)
{
    uint32_t value = 0;
    for (size_t i = 0; i < 4; i++) value = value << 8 | (unsigned char)c->bytes[at + (c->big_endian ? i : 3 - i)];
    return value;
}

static text entry(const np_catalogue *c, uint32_t table, size_t i)
{
    size_t at = table + i * ENTRY_BYTES;
    return (text){c->bytes + number(c, at + 4), number(c, at)};
}

/* Whether a text lies in the file. None overlap: all that were *taken are together no longer than the file. */
static bool is_inside(const np_catalogue *c, uint32_t table, size_t i, size_t *taken)
{
    size_t at = table + i * ENTRY_BYTES, length = number(c, at), offset = number(c, at + 4);
    *taken += length;
    return offset < c->size && length < c->size - offset && c->bytes[offset + length] == '\0' && *taken <= c->size;
}

static bool read_tables(np_catalogue *c)
{
    static const char MAGIC[] = "\xDE\x12\x04\x95", SWAPPED[] = "\x95\x04\x12\xDE";
    if (c->size < HEADER_BYTES || c->size > NP_CATALOGUE_LIMIT) return false;
    c->big_endian = memcmp(c->bytes, SWAPPED, MAGIC_BYTES) == 0;
    if (!c->big_endian && memcmp(c->bytes, MAGIC, MAGIC_BYTES) != 0) return false;
    if (number(c, 4) >> 16 > 1) return false; /* another format */
    c->count = number(c, 8);
    c->originals = number(c, 12);
    c->translations = number(c, 16);
    size_t most = c->size / ENTRY_BYTES;
    if (c->count > most || c->originals > c->size - c->count * ENTRY_BYTES ||
        c->translations > c->size - c->count * ENTRY_BYTES)
        return false;
    size_t taken = 0;
    for (size_t i = 0; i < c->count; i++) {
        if (!is_inside(c, c->originals, i, &taken) || !is_inside(c, c->translations, i, &taken)) return false;
        if (i && strcmp(entry(c, c->originals, i - 1).bytes, entry(c, c->originals, i).bytes) >= 0) return false;
    }
    return true;
}

/* ---- its header: the translation of the empty text ---- */

/* The value of a line "NAME: value" */
static text header_line(const np_catalogue *c, const char *name)
{
    text header = c->count ? entry(c, c->translations, 0) : (text){"", 0};
    bool any = c->count && entry(c, c->originals, 0).length == 0;
    const char *at = any ? strstr(header.bytes, name) : NULL;
    if (!at || (at > header.bytes && at[-1] != '\n')) return (text){"", 0};
    at += strlen(name);
    return (text){at, strcspn(at, "\n")};
}

static bool is_utf8(const np_catalogue *c)
{
    text line = header_line(c, "Content-Type:");
    static const char CHARSET[] = "charset=UTF-8";
    const char *charset = strstr(line.bytes, "charset=");
    return charset && charset + strlen(CHARSET) == line.bytes + line.length &&
           strncasecmp(charset, CHARSET, strlen(CHARSET)) == 0;
}

/* "nplurals=2; plural=(n > 1);", or as in English when there is none. */
static bool read_plural(np_catalogue *c)
{
    text line = header_line(c, "Plural-Forms:");
    if (line.length == 0) line = (text){"nplurals=2; plural=n != 1;", strlen("nplurals=2; plural=n != 1;")};
    const char *end = line.bytes + line.length, *forms = strstr(line.bytes, "nplurals="),
               *rule = strstr(line.bytes, "plural=");
    if (!forms || !rule || forms > end || rule > end) return false;
    char digit = forms[strlen("nplurals=")];
    if (digit < '1' || digit > '0' + NP_CATALOGUE_FORMS) return false;
    c->forms = (unsigned)(digit - '0');
    c->rule = rule + strlen("plural=");
    c->rule_length = strcspn(c->rule, ";\n");
    if (c->rule_length > RULE_MAX) return false;
    for (unsigned n = 0; n <= 200; n++)
        if (np_plural_form(c->rule, c->rule_length, c->forms, n) == c->forms) return false;
    return true;
}

/* ---- its texts ---- */

/* The form after this one; NULL: it is the last. */
static const char *next_form(text t, const char *form)
{
    form += strlen(form) + 1;
    return form < t.bytes + t.length ? form : NULL;
}

/* A plural's forms may leave out the number, as English does in "one month". */
static const char *wrong_with(const np_catalogue *c, text original, text translation)
{
    const char *many = next_form(original, original.bytes);
    unsigned count = 0;
    for (const char *form = translation.bytes; form; form = next_form(translation, form), count++) {
        if (!np_text_is_safe(form, strlen(form))) return "it is not in UTF-8, or holds control characters";
        if (!np_format_fits(many ? many : original.bytes, form) && !(many && np_format_fits(original.bytes, form)))
            return "a translation takes other values than its text";
    }
    bool whole = count == (many ? c->forms : 1) && (!many || !next_form(original, many));
    return whole ? NULL : "a text has another number of forms than it should";
}

np_catalogue *np_catalogue_read(np_arena *arena, const char *bytes, size_t size, const char **why)
{
    np_catalogue *c = np_arena_alloc(arena, sizeof *c);
    *c = (np_catalogue){.bytes = bytes, .size = size};
    *why = NULL;
    if (!read_tables(c))
        *why = "it is no catalogue of translations, or is damaged";
    else if (!is_utf8(c))
        *why = "it is not in UTF-8, or holds control characters";
    else if (!read_plural(c))
        *why = "its rule for plural forms cannot be read";
    for (size_t i = 1; !*why && i < c->count; i++)
        *why = wrong_with(c, entry(c, c->originals, i), entry(c, c->translations, i));
    return *why ? NULL : c;
}

/* ---- asking ---- */

/* Where the original with this beginning (a plural's first form) stands; c->count: nowhere. */
static size_t find(const np_catalogue *c, const char *original)
{
    size_t low = 1, high = c->count; /* the first is the header */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(entry(c, c->originals, middle).bytes, original);
        if (order == 0) return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return c->count;
}

static const char *translate(void *context, const char *sense, const char *english)
{
    const np_catalogue *c = context;
    char key[KEY_MAX];
    if (sense) { /* as msgctxt is kept */
        int length = snprintf(key, sizeof key, "%s\004%s", sense, english);
        if (length < 0 || length >= KEY_MAX) return english;
    }
    size_t at = find(c, sense ? key : english);
    if (at == c->count) return english;
    const char *found = entry(c, c->translations, at).bytes;
    bool plural =
        next_form(entry(c, c->originals, at), entry(c, c->originals, at).bytes); /* checked by the other form */
    return *found && (!plural || np_format_fits(english, found)) ? found : english;
}

static const char *translate_plural(void *context, const char *one, const char *many, unsigned long long n)
{
    const np_catalogue *c = context;
    size_t at = find(c, one);
    const char *other = at < c->count ? next_form(entry(c, c->originals, at), entry(c, c->originals, at).bytes) : NULL;
    if (!other || strcmp(other, many) != 0) return n == 1 ? one : many;
    text forms = entry(c, c->translations, at);
    unsigned form = np_plural_form(c->rule, c->rule_length, c->forms, n);
    const char *found = forms.bytes;
    for (; form && form < c->forms; form--) found = next_form(forms, found);
    return found;
}

np_lang np_catalogue_lang(np_catalogue *catalogue, const char *language)
{
    return (np_lang){language, translate, translate_plural, catalogue};
}
