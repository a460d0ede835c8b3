/* Characters without their accents and ornaments, so that a pattern is written once, in plain letters. */
#include <string.h>

#include "notice_internal.h"

static const struct {
    uint32_t point;
    char text[4];
} SPECIAL[] = {
    {0x2026, "..."}, {0x2044, "/"}, {0xBA, "o"},   {0xAA, "a"},   {0xB0, "o"},
    {0x2116, "No"},  {0xFF0F, "/"}, {0xFF1A, ":"}, {0x2215, "/"},
};

static bool in(uint32_t point, uint32_t first, uint32_t last)
{
    return point >= first && point <= last;
}

static bool is_dash(uint32_t c)
{
    return in(c, 0x2010, 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFE63 || c == 0xFF0D || c == 0x2043;
}

static bool is_single_quote(uint32_t c)
{
    return in(c, 0x2018, 0x201B) || c == 0x2032 || c == 0xB4 || c == 0x2BC || c == 0x60;
}

static bool is_double_quote(uint32_t c)
{
    return in(c, 0x201C, 0x201F) || c == 0xAB || c == 0xBB || c == 0x2033;
}

static bool is_blank(uint32_t c)
{
    return c == 0xA0 || in(c, 0x2000, 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0x1680 || c == 0x85;
}

/* What has no width, and the small numbers that lead to a footnote. */
static bool is_nothing(uint32_t c)
{
    return c == 0xB9 || c == 0xB2 || c == 0xB3 || in(c, 0x2070, 0x2079) || c == 0xAD || in(c, 0x200B, 0x200F) ||
           in(c, 0x2060, 0x2064) || c == 0xFEFF || in(c, 0x300, 0x36F) || in(c, 0x202A, 0x202E) ||
           in(c, 0xFE00, 0xFE0F) || in(c, 0x20D0, 0x20FF);
}

static bool is_bullet(uint32_t c)
{
    return c == 0x2022 || c == 0xB7 || c == 0x2023 || c == 0x2219 || c == 0x204C || in(c, 0x25A0, 0x25FF) ||
           in(c, 0x2700, 0x27BF) || in(c, 0xE000, 0xF8FF) || in(c, 0x2190, 0x21FF) || in(c, 0x2B00, 0x2BFF) ||
           in(c, 0x2600, 0x26FF) || c == 0x2027 || in(c, 0x2300, 0x23FF) || in(c, 0x1F000, 0x1FAFF) || c == 0xA7;
}

static size_t put(char out[4], const char *text)
{
    size_t length = strlen(text);
    memcpy(out, text, length);
    return length;
}

/* Marks of all kinds by one each; 0: none of them. A bullet becomes '*', which is stripped at the start of a line. */
static char plain_mark(uint32_t c)
{
    if (is_blank(c)) return ' ';
    if (is_dash(c)) return '-';
    if (is_single_quote(c)) return '\'';
    if (is_double_quote(c)) return '"';
    if (is_bullet(c)) return '*';
    if (c == 0x2028 || c == 0x2029) return '\n';
    return in(c, 0xFF01, 0xFF5E) ? (char)(c - 0xFF01 + 0x21) : 0;
}

size_t np_fold_character(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = c == 0x60 ? '\'' : (char)c;
        return 1;
    }
    size_t letters = np_plain_letters(c, out);
    if (letters) return letters;
    for (size_t i = 0; i < sizeof SPECIAL / sizeof SPECIAL[0]; i++)
        if (SPECIAL[i].point == c) return put(out, SPECIAL[i].text);
    if (is_nothing(c)) return 0;
    out[0] = plain_mark(c);
    if (out[0]) return 1;
    return in(c, 0x20A0, 0x20CF) || in(c, 0xA2, 0xA5) ? np_utf8_put(out, c) : put(out, "?");
}

char *np_fold(np_arena *arena, const char *text)
{
    size_t size = strlen(text), length = 0;
    char *out = np_arena_alloc(arena, size * 2 + 5);
    for (size_t i = 0; i < size;) {
        uint32_t point;
        i += np_utf8_next(text + i, size - i, &point);
        if (point != NP_UTF8_BAD) length += np_fold_character(point, out + length);
    }
    out[length] = '\0';
    return out;
}

/* Inside words only what has no place in a line of output changes; accents stay. */
static size_t plain_character(uint32_t c, char out[4])
{
    if (in(c, 0x2013, 0x2014) || in(c, 0x2018, 0x201D) || in(c, 0xC0, 0x24F) || in(c, 0x370, 0x1FFF) || c == 0xB7 ||
        c == 0xAB || c == 0xBB)
        return np_utf8_put(out, c);
    if (c == '\t' || c == '\n' || c == '\f') return put(out, " ");
    return np_fold_character(c, out);
}

/* "Chief , Motor Pool": a blank that has no place before the mark. */
static bool is_blank_before(const char *out, size_t length, char mark)
{
    return strchr(",;)", mark) && length && out[length - 1] == ' ';
}

char *np_notice_words(const np_reading *reading, size_t from, size_t to)
{
    const np_file *file = reading->text.file;
    char *out = np_arena_alloc(reading->arena, (to - from) * 4 + 5);
    size_t length = 0, last = SIZE_MAX;
    for (size_t i = from; i < to; i++) {
        uint32_t point;
        char piece[4];
        size_t offset = np_notice_offset(&reading->text, i);
        char plain = reading->text.text[i];
        if (offset >= file->size || (offset == last && plain != ' ')) continue; /* one character, two letters: "oe" */
        last = offset;
        np_notice_next(file->text + offset, file->size - offset, &point);
        if (point == NP_UTF8_BAD) continue;
        size_t size = strchr(" \t\n", plain) ? put(piece, " ") : plain_character(point, piece);
        if (size == 1 && piece[0] == ' ' && (length == 0 || strchr(" (", out[length - 1]))) continue;
        length -= size == 1 && is_blank_before(out, length, piece[0]);
        memcpy(out + length, piece, size);
        length += size;
    }
    while (length && strchr(" ,;:-|*_", out[length - 1])) length--;
    out[length] = '\0';
    return out + strspn(out, " ,;:-|*_.");
}
