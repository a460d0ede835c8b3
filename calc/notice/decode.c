/* From bytes of any encoding to UTF-8 with LF line ends; and what is no text at all. */
#include <string.h>

#include "natopay/base/encoding.h"
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

/* One character of the original at bytes[i]. */
static uint32_t next_character(const char *bytes, size_t size, size_t *i, np_encoding e)
{
    unsigned char byte = (unsigned char)bytes[*i];
    uint32_t point = byte;
    size_t length = 1;
    if (byte >= 0x80) {
        if (e == NP_UTF_8) length = np_utf8_next(bytes + *i, size - *i, &point);
        if (e != NP_UTF_8 || point == NP_UTF8_BAD) point = np_encoding_point(byte, e);
    }
    *i += length;
    if (point == '\r') {
        if (*i < size && bytes[*i] == '\n') ++*i;
        return '\n';
    }
    return point < 0x20 && point != '\n' && point != '\t' && point != '\f' ? ' ' : point;
}

/* UTF-16 into UTF-8 with LF ends. */
static char *from_utf16(np_arena *arena, const char *bytes, size_t size, bool little, size_t *length)
{
    char *text = np_arena_alloc(arena, size / 2 * 3 + 4);
    size_t first = memcmp(bytes, little ? "\xFF\xFE" : "\xFE\xFF", 2) == 0 ? 2 : 0;
    for (size_t i = first; i + 1 < size;) {
        uint32_t point = np_utf16_next((const unsigned char *)bytes, size, &i, little);
        if (point == '\n' && *length && text[*length - 1] == '\n' && i >= 4) {
            size_t before = i - 4;
            if (np_utf16_next((const unsigned char *)bytes, size, &before, little) == '\r') continue;
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

static bool refuse(np_diags *diags, const np_file *file, const np_byte_counts *c)
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
    np_byte_counts c = np_bytes_count(bytes + i, size - i);
    if (refuse(diags, np_file_new(diags->arena, name, bytes + i, size - i), &c)) return NULL;
    np_encoding e = np_encoding_guess(&c);
    bool utf8 = e == NP_UTF_8, nine = e == NP_LATIN_9;
    if (utf8)
        *encoding = c.stray ? "UTF-8 with stray bytes" : "UTF-8";
    else
        *encoding = nine ? "Latin-9" : c.windows ? "Windows-1252" : "Latin-1";
    char *text = np_arena_alloc(diags->arena, (c.stray + (utf8 ? 0 : c.good * 4)) * 3 + size + 1);
    while (i < size) {
        size_t from = i;
        while (i < size && (unsigned char)(bytes[i] - ' ') < 0x60) i++; /* ASCII as it is */
        memcpy(text + *length, bytes + from, i - from);
        *length += i - from;
        if (i < size) *length += np_utf8_put(text + *length, next_character(bytes, size, &i, e));
    }
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

const np_file *np_notice_decode(np_diags *diags, const char *name, const char *bytes, size_t size,
                                const char **encoding)
{
    if (!right_size(diags, name, size)) return NULL;
    char *text;
    size_t length = 0;
    np_encoding wide;
    bool utf16 = np_utf16_find(bytes, size, &wide);
    *encoding = "UTF-16";
    if (utf16)
        text = from_utf16(diags->arena, bytes, size, wide == NP_UTF_16_LITTLE, &length);
    else
        text = from_bytes(diags, name, bytes, size, encoding, &length);
    return text ? np_file_new(diags->arena, name, text, length) : NULL;
}
