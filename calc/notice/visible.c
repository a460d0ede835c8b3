/* What of a web page nobody sees: tags, comments, scripts; and the characters that its entities stand for. */
#include <string.h>
#include <strings.h>

#include "notice_internal.h"

enum { TAG_NAME_MAX = 24, UNCLOSED_MAX = 20 };

/* Tags inside a line, and those of a table's cells; all others end a line. */
static const char *const INLINE[] = {"a",    "abbr", "acronym", "b",    "bdi",   "big",  "cite",   "code",
                                     "dfn",  "em",   "font",    "i",    "img",   "ins",  "kbd",    "label",
                                     "mark", "o:p",  "q",       "samp", "small", "span", "strong", "sub",
                                     "sup",  "time", "tt",      "u",    "var",   "wbr",  NULL};
static const char *const CELLS[] = {"td", "th", NULL};
/* With all that they hold; what is struck out holds no more. */
static const char *const UNSEEN[] = {"script", "style", "head", "noscript", "template",
                                     "svg",    "s",     "del",  "strike",   NULL};
/* One of these says that the text is a web page, in which "<x>" is a tag whatever x. */
static const char *const SURE[] = {"p",  "br", "div",  "li",   "td",   "tr",     "table", "h1",
                                   "h2", "h3", "html", "body", "span", "strong", "b",     NULL};

static bool among(const char *const *names, const char *name, size_t length)
{
    for (; *names; names++)
        if (strlen(*names) == length && strncasecmp(*names, name, length) == 0) return true;
    return false;
}

typedef struct tag {
    const char *name;
    size_t length, end; /* behind the ">" */
    bool closing;
} tag;

/* Where the tag ends whose attributes begin at text[at]: at its ">", which is not inside quotes. 0: another tag begins
 * before. `size`: there is no end. */
static size_t tag_end(const char *text, size_t size, size_t at)
{
    char quote = 0;
    for (; at < size; at++) {
        char c = text[at];
        if (quote) {
            if (c == quote) quote = 0;
        } else if (c == '>') {
            return at;
        } else if (c == '<') {
            return 0;
        } else if ((c == '"' || c == '\'') && text[at - 1] == '=') {
            quote = c;
        }
    }
    return size;
}

static bool is_name(char c, bool first)
{
    return np_is_letter(c) || (!first && (np_is_digit(c) || c == '-' || c == ':'));
}

/* The tag at text[at], which is '<'; false: it is none. *stuck: up to where no other can begin, behind one without
 * end. */
static bool read_tag(const char *text, size_t size, size_t at, size_t *stuck, tag *t)
{
    size_t i = at + 1;
    t->closing = i < size && text[i] == '/';
    i += t->closing;
    t->name = text + i;
    while (i < size && is_name(text[i], text + i == t->name) && i - at < TAG_NAME_MAX) i++;
    t->length = (size_t)(text + i - t->name);
    if (!t->length || i >= size || !text[i] || !strchr(" \t\n/>", text[i])) return false;
    size_t end = tag_end(text, size, i);
    if (end == size) *stuck = size;
    t->end = end + 1;
    return end > 0 && end < size;
}

static bool is_page(const char *text, size_t size)
{
    size_t stuck = 0;
    tag t;
    for (size_t at = 0; at < size; at++) {
        const char *next = memchr(text + at, '<', size - at);
        if (!next || (size_t)(next - text) < stuck) return false;
        at = (size_t)(next - text);
        if (read_tag(text, size, at, &stuck, &t) && among(SURE, t.name, t.length)) return true;
    }
    return false;
}

void np_notice_hide_range(np_reading *reading, size_t from, size_t to, char as)
{
    np_notice_text *t = &reading->text;
    t->hidden = np_arena_grow(reading->arena, t->hidden, &t->hidden_capacity, t->hidden_count + 1, sizeof *t->hidden);
    t->hidden[t->hidden_count++] = (np_hidden){(uint32_t)from, (uint32_t)to, as};
}

/* The place behind the closing tag of an element that was opened, past elements of the same name inside it; 0: it is
 * never closed. */
static size_t closing(const char *text, size_t size, size_t at, const tag *opened)
{
    for (unsigned open = 1; at < size;) {
        const char *next = memchr(text + at, '<', size - at);
        if (!next) return 0;
        at = (size_t)(next - text) + 1;
        bool closes = text[at] == '/';
        if (size - at < opened->length + 2 || strncasecmp(text + at + closes, opened->name, opened->length) != 0)
            continue;
        if (!strchr(" \t\n>", text[at + closes + opened->length])) continue;
        open += closes ? -1u : 1;
        const char *end = open ? NULL : memchr(text + at, '>', size - at);
        if (!open) return end ? (size_t)(end - text) + 1 : 0;
    }
    return 0;
}

/* With all that it holds: by its name, or by an attribute, <p hidden> or style="display: none". */
static bool is_unseen(const tag *t, const char *text)
{
    if (t->closing) return false;
    if (among(UNSEEN, t->name, t->length)) return true;
    const char *end = text + t->end;
    for (const char *c = t->name + t->length; (c = memchr(c, ' ', (size_t)(end - c))) != NULL; c++)
        if (strncasecmp(c + 1, "hidden", 6) == 0 && strchr(" =>/", c[7])) return true;
    for (const char *c = t->name + t->length; (c = memchr(c, ':', (size_t)(end - c))) != NULL; c++)
        if (end - c > 5 && c - t->name > 7 && strncasecmp(c - 7, "display", 7) == 0 &&
            strncasecmp(c + 1 + (c[1] == ' '), "none", 4) == 0)
            return true;
    return false;
}

/* "<!-- ... -->", "<!doctype ...>", "<?xml ... ?>"; 0: none. */
static size_t declaration(const char *text, size_t size, size_t at, bool *no_end)
{
    if (at + 3 >= size || (text[at + 1] != '!' && text[at + 1] != '?')) return 0;
    if (text[at + 2] != '-' || text[at + 3] != '-') {
        const char *end = memchr(text + at, '>', size - at > 400 ? 400 : size - at);
        return end && (np_is_letter(text[at + 2]) || text[at + 2] == '[') ? (size_t)(end - text) + 1 : 0;
    }
    if (*no_end) return 0;
    for (const char *c = text + at + 4; (c = memchr(c, '-', (size_t)(text + size - c))) != NULL; c++)
        if ((size_t)(text + size - c) >= 3 && c[1] == '-' && c[2] == '>') return (size_t)(c - text) + 3;
    *no_end = true;
    return 0;
}

/* Behind what is no tag and never seen; of "<![CDATA[" what it holds is seen. 0: none. */
static size_t no_tag(const char *text, size_t size, size_t at, bool *no_end)
{
    static const char SEEN[] = "<![CDATA[";
    const size_t length = sizeof SEEN - 1;
    if (size - at >= length && memcmp(text + at, SEEN, length) == 0) return at + length;
    return declaration(text, size, at, no_end);
}

/* The element that begins at text[at] is a cell of its own: it does not go on with what stands before, as " - ". */
static bool begins_cell(const char *text, size_t size, size_t at)
{
    if (at + 1 >= size || text[at] != '<' || !np_is_letter(text[at + 1])) return false;
    const char *end = memchr(text + at, '>', size - at);
    return !end || end + 1 == text + size || !(strchr(" -(),.;", end[1]) || strncmp(end + 1, "&nbsp;", 6) == 0);
}

/* What stands for a tag: a line's end, a tab, or nothing. Of two inline elements side by side each is a cell. */
static char stands_for(const char *text, size_t size, const tag *t)
{
    if (among(INLINE, t->name, t->length)) return t->closing && begins_cell(text, size, t->end) ? '\t' : 0;
    return among(CELLS, t->name, t->length) ? '\t' : '\n';
}

void np_notice_hide(np_reading *reading)
{
    const np_file *file = reading->text.file;
    const char *text = file->text;
    size_t size = file->size, stuck = 0;
    bool no_comment_end = false;
    unsigned unclosed = 0;
    if (!memchr(text, '<', size)) return;
    bool page = is_page(text, size);
    for (size_t at = 0; at < size; at++) {
        const char *next = memchr(text + at, '<', size - at);
        if (!next) return;
        at = (size_t)(next - text);
        tag t;
        size_t end = no_tag(text, size, at, &no_comment_end);
        char as = 0;
        if (!end) {
            if (!page || at < stuck || !read_tag(text, size, at, &stuck, &t)) continue;
            end = t.end;
            as = stands_for(text, size, &t);
            if (unclosed < UNCLOSED_MAX && is_unseen(&t, text)) {
                size_t behind = closing(text, size, end, &t);
                unclosed += !behind;
                end = behind ? behind : end;
            }
        }
        np_notice_hide_range(reading, at, end, as);
        at = end - 1;
    }
}

static const struct {
    const char *name;
    uint32_t point;
} ENTITIES[] = {
    {"nbsp", ' '},     {"amp", '&'},      {"lt", '<'},       {"gt", '>'},       {"quot", '"'},     {"apos", '\''},
    {"euro", 0x20AC},  {"pound", 0xA3},   {"eacute", 0xE9},  {"Eacute", 0xC9},  {"egrave", 0xE8},  {"ecirc", 0xEA},
    {"agrave", 0xE0},  {"acirc", 0xE2},   {"ccedil", 0xE7},  {"ocirc", 0xF4},   {"ucirc", 0xFB},   {"ugrave", 0xF9},
    {"icirc", 0xEE},   {"iuml", 0xEF},    {"rsquo", 0x2019}, {"lsquo", 0x2018}, {"rdquo", 0x201D}, {"ldquo", 0x201C},
    {"laquo", 0xAB},   {"raquo", 0xBB},   {"ndash", 0x2013}, {"mdash", 0x2014}, {"bull", 0x2022},  {"hellip", 0x2026},
    {"middot", 0xB7},  {"uuml", 0xFC},    {"ouml", 0xF6},    {"auml", 0xE4},    {"euml", 0xEB},    {"oelig", 0x153},
    {"shy", 0xAD},     {"zwnj", 0x200C},  {"deg", 0xB0},     {"Agrave", 0xC0},  {"thinsp", ' '},   {"ensp", ' '},
    {"emsp", ' '},     {"hairsp", ' '},   {"numsp", ' '},    {"puncsp", ' '},   {"Egrave", 0xC8},  {"Ccedil", 0xC7},
    {"Ecirc", 0xCA},   {"Ocirc", 0xD4},   {"aacute", 0xE1},  {"iacute", 0xED},  {"oacute", 0xF3},  {"uacute", 0xFA},
    {"ntilde", 0xF1},  {"szlig", 0xDF},   {"Uuml", 0xDC},    {"Ouml", 0xD6},    {"Auml", 0xC4},    {"aring", 0xE5},
    {"Aring", 0xC5},   {"oslash", 0xF8},  {"Oslash", 0xD8},  {"aelig", 0xE6},   {"scaron", 0x161}, {"sbquo", 0x201A},
    {"bdquo", 0x201E}, {"trade", 0x2122}, {"copy", 0xA9},    {"reg", 0xAE},     {"sect", 0xA7},    {"ordm", 0xBA},
    {"ordf", 0xAA},    {"times", 0xD7},   {"minus", '-'},    {"lrm", 0x200E},   {"rlm", 0x200F},   {"zwj", 0x200D},
    {"num", '#'},      {"colon", ':'},    {"comma", ','},    {"period", '.'},   {"lpar", '('},     {"rpar", ')'},
    {"sol", '/'},      {"hyphen", '-'},   {"dash", '-'},     {"commat", '@'},   {"percnt", '%'},   {"plus", '+'}};

/* A digit's value, 16: none. */
static uint32_t digit_of(char c)
{
    if (np_is_digit(c)) return (uint32_t)(c - '0');
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10 : 16;
}

/* "#39;" or "#xE9;" at text[0]. */
static size_t numeric(const char *text, size_t left, uint32_t *point)
{
    uint32_t base = left > 1 && (text[1] | 0x20) == 'x' ? 16 : 10, value = 0;
    size_t first = base == 16 ? 2 : 1, i = first;
    for (; i < left && i - first < 6 && digit_of(text[i]) < base; i++) value = value * base + digit_of(text[i]);
    if (i == first || i >= left || text[i] != ';') return 0;
    if (value < 0x20 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return 0;
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
    size_t length = text[0] == '&' ? entity(text, left, point) : 0;
    return length ? length : np_utf8_next(text, left, point);
}
