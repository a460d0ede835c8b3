/* From bytes of any encoding to UTF-8 with LF line ends; and what is no text at all. */
#include <string.h>

#include "notice_internal.h"

/* What is sure to be something else than text, by its first bytes. */
static const struct {
    const char *magic, *what, *hint;
} FORMATS[] = {
    {"%PDF-", NP_MARK("a PDF file"), NP_MARK("turn it into text first, for example with pdftotext -layout")},
    {"PK\x03\x04", NP_MARK("a Word file or another archive"), NP_MARK("save the notice as plain text first")},
    {"\xD0\xCF\x11\xE0", NP_MARK("an old Word file"), NP_MARK("save the notice as plain text first")},
    {"{\\rtf", NP_MARK("a rich text file"), NP_MARK("save the notice as plain text first")},
    {"http://", NP_MARK("the address of a page"), NP_MARK("save the page and give the file")},
    {"https://", NP_MARK("the address of a page"), NP_MARK("save the page and give the file")},
};

/* 0x80 to 0x9F of Windows-1252; 0: not assigned. */
static const uint16_t WINDOWS[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                     0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                     0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                     0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

/* Where Latin-9 differs from Latin-1: above all the sign of the euro. */
static const struct {
    unsigned char byte;
    uint16_t point;
} LATIN_9[] = {{0xA4, 0x20AC}, {0xA6, 0x160}, {0xA8, 0x161}, {0xB4, 0x17D},
               {0xB8, 0x17E},  {0xBC, 0x152}, {0xBD, 0x153}, {0xBE, 0x178}};

typedef enum encoding_kind { UTF_8, WINDOWS_1252, LATIN_NINE } encoding_kind;

typedef struct census {
    size_t zeros, controls;
    size_t euros;   /* 0xA4: a sign that nobody uses in Latin-1, and the euro's in Latin-9 */
    size_t good;    /* well-formed characters of more than one byte */
    size_t stray;   /* bytes above 0x7F that belong to none */
    size_t windows; /* of them, those that Latin-1 has no letter for */
    size_t first_bad;
} census;

static census count_bytes(const char *bytes, size_t size)
{
    census c = {.first_bad = size};
    for (size_t i = 0; i < size;) {
        unsigned char byte = (unsigned char)bytes[i];
        size_t length = 1;
        if (byte >= 0x80) {
            uint32_t point;
            length = np_utf8_next(bytes + i, size - i, &point);
            c.good += point != NP_UTF8_BAD;
            c.stray += point == NP_UTF8_BAD;
            c.windows += point == NP_UTF8_BAD && byte < 0xA0;
            c.euros += point == NP_UTF8_BAD && (byte == 0xA4 || byte == 0xBD);
        } else if (byte < 0x20 && !strchr("\t\n\v\f\r\x1A", byte)) {
            c.controls++;
            if (c.first_bad == size) c.first_bad = i;
        } else if (byte == 0) {
            c.zeros++;
            if (c.first_bad == size) c.first_bad = i;
        }
        i += length;
    }
    return c;
}

static uint32_t of_byte(unsigned char byte, encoding_kind e)
{
    for (size_t i = 0; e == LATIN_NINE && i < sizeof LATIN_9 / sizeof LATIN_9[0]; i++)
        if (LATIN_9[i].byte == byte) return LATIN_9[i].point;
    return byte >= 0x80 && byte < 0xA0 && WINDOWS[byte - 0x80] ? WINDOWS[byte - 0x80] : byte;
}

/* One character of the original at bytes[i]. */
static uint32_t next_character(const char *bytes, size_t size, size_t *i, encoding_kind e)
{
    unsigned char byte = (unsigned char)bytes[*i];
    uint32_t point = byte;
    size_t length = 1;
    if (byte >= 0x80) {
        if (e == UTF_8) length = np_utf8_next(bytes + *i, size - *i, &point);
        if (e != UTF_8 || point == NP_UTF8_BAD) point = of_byte(byte, e);
    }
    *i += length;
    if (point == '\r') {
        if (*i < size && bytes[*i] == '\n') ++*i;
        return '\n';
    }
    return point < 0x20 && point != '\n' && point != '\t' && point != '\f' ? ' ' : point;
}

static uint32_t next_utf16(const unsigned char *bytes, size_t size, size_t *i, bool little)
{
    uint32_t unit = little ? bytes[*i] | (uint32_t)bytes[*i + 1] << 8 : bytes[*i + 1] | (uint32_t)bytes[*i] << 8;
    *i += 2;
    if (unit >= 0xD800 && unit < 0xDC00 && *i + 1 < size) {
        uint32_t low = little ? bytes[*i] | (uint32_t)bytes[*i + 1] << 8 : bytes[*i + 1] | (uint32_t)bytes[*i] << 8;
        if (low >= 0xDC00 && low < 0xE000) {
            *i += 2;
            return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        }
    }
    return unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : unit;
}

/* UTF-16 into UTF-8 with LF ends. */
static char *from_utf16(np_arena *arena, const char *bytes, size_t size, bool little, size_t *length)
{
    char *text = np_arena_alloc(arena, size / 2 * 3 + 4);
    size_t first = memcmp(bytes, little ? "\xFF\xFE" : "\xFE\xFF", 2) == 0 ? 2 : 0;
    for (size_t i = first; i + 1 < size;) {
        uint32_t point = next_utf16((const unsigned char *)bytes, size, &i, little);
        if (point == '\n' && *length && text[*length - 1] == '\n' && i >= 4) {
            size_t before = i - 4;
            if (next_utf16((const unsigned char *)bytes, size, &before, little) == '\r') continue;
        }
        if (point == '\r') point = '\n';
        if (point < 0x20 && point != '\n' && point != '\t' && point != '\f') point = ' ';
        *length += np_utf8_put(text + *length, point);
    }
    return text;
}

/* Nothing but one word and blanks behind it. */
static bool is_one_word(const char *text, size_t size)
{
    while (size && strchr(" \t\r\n", text[size - 1])) size--;
    for (size_t i = 0; i < size; i++)
        if (strchr(" \t\r\n", text[i])) return false;
    return true;
}

static bool refuse_format(np_diags *diags, const np_file *file)
{
    for (size_t i = 0; i < sizeof FORMATS / sizeof FORMATS[0]; i++) {
        size_t length = strlen(FORMATS[i].magic);
        if (file->size < length || memcmp(file->text, FORMATS[i].magic, length) != 0) continue;
        if (FORMATS[i].magic[0] == 'h' && !is_one_word(file->text, file->size)) continue;
        np_diag *diag = np_report(diags, NP_CODE_BINARY_FILE, np_span_none(), "'%s' is %s, not a text", file->name,
                                  np_say(diags->lang, FORMATS[i].what));
        np_diag_hint(diags, diag, "%s", np_say(diags->lang, FORMATS[i].hint));
        return true;
    }
    return false;
}

static bool only_blanks(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!strchr(" \t\n\r\f\v\x1A", text[i]) || text[i] == '\0') return false;
    return true;
}

static bool refuse(np_diags *diags, const np_file *file, const census *c)
{
    if (refuse_format(diags, file)) return true;
    if (only_blanks(file->text, file->size)) {
        np_report(diags, NP_CODE_EMPTY_FILE, np_span_none(), "'%s' has nothing in it but blanks", file->name);
        return true;
    }
    if (!c->zeros && c->controls <= 4 + file->size / 200) return false;
    np_diag *diag =
        np_report(diags, NP_CODE_BINARY_FILE, np_span_none(), "'%s' is no text: byte 0x%02x at position %zu",
                  file->name, (unsigned char)file->text[c->first_bad], c->first_bad);
    np_diag_hint(diags, diag, "give the notice as plain text");
    return true;
}

/* Neither UTF-16 nor anything else that is no text; NULL after reporting. */
static char *from_bytes(np_diags *diags, const char *name, const char *bytes, size_t size, const char **encoding,
                        size_t *length)
{
    size_t i = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    census c = count_bytes(bytes + i, size - i);
    if (refuse(diags, np_file_new(diags->arena, name, bytes + i, size - i), &c)) return NULL;
    bool utf8 = c.stray == 0 || c.good > c.stray, nine = c.euros && !c.windows;
    encoding_kind e = utf8 ? UTF_8 : nine ? LATIN_NINE : WINDOWS_1252;
    if (utf8)
        *encoding = c.stray ? "UTF-8 with stray bytes" : "UTF-8";
    else
        *encoding = nine ? "Latin-9" : c.windows ? "Windows-1252" : "Latin-1";
    char *text = np_arena_alloc(diags->arena, (c.stray + (utf8 ? 0 : c.good * 4)) * 3 + size + 1);
    while (i < size) *length += np_utf8_put(text + *length, next_character(bytes, size, &i, e));
    return text;
}

static bool right_size(np_diags *diags, const char *name, size_t size)
{
    if (size > 0 && size <= NP_NOTICE_LIMIT) return true;
    if (size == 0) {
        np_report(diags, NP_CODE_EMPTY_FILE, np_span_none(), "'%s' is empty", name);
        return false;
    }
    np_diag *diag = np_report(diags, NP_CODE_FILE_TOO_LARGE, np_span_none(),
                              "'%s' is larger than the %d bytes that a notice may have", name, NP_NOTICE_LIMIT);
    np_diag_hint(diags, diag, "give the text of one notice");
    return false;
}

/* How many of the bytes at even and at odd places are zero: in UTF-16 without a mark nearly all of one kind are. */
static bool is_utf16(const char *bytes, size_t size, bool little)
{
    size_t pairs = size < 4096 ? size / 2 : 2048, high = 0, low = 0;
    for (size_t i = 0; i < pairs; i++) {
        high += bytes[2 * i + little] == 0;
        low += bytes[2 * i + !little] == 0;
    }
    return pairs >= 8 && high * 10 >= pairs * 8 && low * 20 < pairs;
}

const np_file *np_notice_decode(np_diags *diags, const char *name, const char *bytes, size_t size,
                                const char **encoding)
{
    if (!right_size(diags, name, size)) return NULL;
    char *text;
    size_t length = 0;
    bool little = size > 3 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || is_utf16(bytes, size, true));
    bool big = size > 3 && !little && (memcmp(bytes, "\xFE\xFF", 2) == 0 || is_utf16(bytes, size, false));
    *encoding = "UTF-16";
    if (little || big)
        text = from_utf16(diags->arena, bytes, size, little, &length);
    else
        text = from_bytes(diags, name, bytes, size, encoding, &length);
    return text ? np_file_new(diags->arena, name, text, length) : NULL;
}
