/* What is left of a web page in a text: its tags are no words, and its entities are characters. */
#include <string.h>
#include <strings.h>

#include "parts.h"

enum { TAG_MAX = 300, NOTHING = 0x200B };

/* `as`: what the tag stands for in a text: a line's end, a gap between columns, or nothing. */
static const struct {
    const char *name;
    uint32_t as;
} TAGS[] = {{"p", '\n'},         {"br", '\n'},     {"div", '\n'},     {"li", '\n'},      {"ul", '\n'},
            {"ol", '\n'},        {"h1", '\n'},     {"h2", '\n'},      {"h3", '\n'},      {"h4", '\n'},
            {"h5", '\n'},        {"h6", '\n'},     {"tr", '\n'},      {"table", '\n'},   {"tbody", '\n'},
            {"thead", '\n'},     {"dl", '\n'},     {"dt", '\n'},      {"dd", '\n'},      {"hr", '\n'},
            {"html", '\n'},      {"head", '\n'},   {"body", '\n'},    {"title", '\n'},   {"main", '\n'},
            {"section", '\n'},   {"header", '\n'}, {"article", '\n'}, {"td", '\t'},      {"th", '\t'},
            {"b", NOTHING},      {"i", NOTHING},   {"u", NOTHING},    {"em", NOTHING},   {"a", NOTHING},
            {"strong", NOTHING}, {"sup", NOTHING}, {"sub", NOTHING},  {"font", NOTHING}, {"span", NOTHING}};

static const struct {
    const char *name;
    uint32_t point;
} ENTITIES[] = {{"nbsp", ' '},     {"amp", '&'},      {"lt", '<'},       {"gt", '>'},       {"quot", '"'},
                {"apos", '\''},    {"euro", 0x20AC},  {"pound", 0xA3},   {"eacute", 0xE9},  {"Eacute", 0xC9},
                {"egrave", 0xE8},  {"ecirc", 0xEA},   {"agrave", 0xE0},  {"acirc", 0xE2},   {"ccedil", 0xE7},
                {"ocirc", 0xF4},   {"ucirc", 0xFB},   {"ugrave", 0xF9},  {"icirc", 0xEE},   {"iuml", 0xEF},
                {"rsquo", 0x2019}, {"lsquo", 0x2018}, {"rdquo", 0x201D}, {"ldquo", 0x201C}, {"laquo", 0xAB},
                {"raquo", 0xBB},   {"ndash", 0x2013}, {"mdash", 0x2014}, {"bull", 0x2022},  {"hellip", 0x2026},
                {"middot", 0xB7}};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Where the tag's name that begins at text[from] ends; 0: it is none. */
static size_t name_end(const char *text, size_t left, size_t from)
{
    size_t end = from;
    while (end < left && end - from < 10 && (is_letter(text[end]) || is_digit(text[end]))) end++;
    return end > from && end < left && text[end] && strchr(" >/\t\n", text[end]) ? end : 0;
}

/* The tag at text[0], which is '<'; 0: it is none that a web page has. */
static size_t tag(const char *text, size_t left, uint32_t *point)
{
    size_t name = left > 1 && text[1] == '/' ? 2 : 1, end = name_end(text, left, name), close = end;
    while (close && close < left && close < TAG_MAX && text[close] != '>' && text[close] != '<') close++;
    if (!close || close >= left || text[close] != '>') return 0;
    for (size_t i = 0; i < sizeof TAGS / sizeof TAGS[0]; i++) {
        if (strlen(TAGS[i].name) != end - name || strncasecmp(TAGS[i].name, text + name, end - name) != 0) continue;
        *point = TAGS[i].as;
        return close + 1;
    }
    return 0;
}

/* "#39;" or "#xE9;" at text[0]. */
static size_t numeric(const char *text, size_t left, uint32_t *point)
{
    bool hex = left > 1 && (text[1] | 0x20) == 'x';
    size_t i = hex ? 2 : 1, first = i;
    uint32_t value = 0;
    for (; i < left && i - first < 6; i++) {
        char c = (char)(text[i] | 0x20);
        if (is_digit(text[i]))
            value = value * (hex ? 16 : 10) + (uint32_t)(text[i] - '0');
        else if (hex && c >= 'a' && c <= 'f')
            value = value * 16 + (uint32_t)(c - 'a') + 10;
        else
            break;
    }
    if (i == first || i >= left || text[i] != ';' || value < 0x20 || value > 0x10FFFF) return 0;
    *point = value;
    return i + 1;
}

static size_t entity(const char *text, size_t left, uint32_t *point)
{
    if (left < 4) return 0;
    if (text[1] == '#') {
        size_t length = numeric(text + 1, left - 1, point);
        return length ? length + 1 : 0;
    }
    for (size_t i = 0; i < sizeof ENTITIES / sizeof ENTITIES[0]; i++) {
        size_t length = strlen(ENTITIES[i].name);
        if (left < length + 2 || text[length + 1] != ';') continue;
        if (memcmp(ENTITIES[i].name, text + 1, length) != 0) continue;
        *point = ENTITIES[i].point;
        return length + 2;
    }
    return 0;
}

size_t np_notice_next(const char *text, size_t left, uint32_t *point)
{
    size_t length = text[0] == '<' ? tag(text, left, point) : text[0] == '&' ? entity(text, left, point) : 0;
    return length ? length : np_utf8_next(text, left, point);
}
