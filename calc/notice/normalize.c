/* The notice as patterns see it, line by line, and the way back to the file. */
#include <string.h>

#include "notice_internal.h"

enum {
    SEPARATED_LEAST = 5, /* cells of a line */
    SEPARATED_LINES = 4, /* of two cells or more */
    RUN_MAX = 60,        /* less than what a text has left behind its limit */
    JOINED_MOST = 2000   /* bytes of a line to which the next one is joined: what goes on for ever is no prose */
};

typedef struct state {
    np_reading *reading;
    np_notice_text *text;
    size_t line;     /* start of the current line in text */
    unsigned blanks; /* columns of blanks not yet written */
    bool tab;        /* one of them is a tab or a table's bar */
    size_t joined;   /* the text's length right behind a cut word's first part */
    bool page_break; /* between the last line that was kept and this one */
    int64_t delta;   /* file minus match */
    bool separated;  /* a list that a spreadsheet wrote: semicolons, or commas with quotes, stand between cells */
    bool is_feed;    /* some of it stands in "<![CDATA[ ... ]]>" */
} state;

static void emit(state *s, const char *bytes, size_t length, size_t file_offset)
{
    np_notice_text *t = s->text;
    int64_t delta = (int64_t)file_offset - (int64_t)t->length;
    if (delta != s->delta || t->segment_count == 0) {
        t->segments = np_arena_grow(s->reading->arena, t->segments, &t->segment_capacity, t->segment_count + 1,
                                    sizeof *t->segments);
        t->segments[t->segment_count++] = (np_text_origin){(uint32_t)t->length, (uint32_t)file_offset};
        s->delta = delta;
    }
    memcpy(t->text + t->length, bytes, length);
    t->length += length;
}

static void take_back(state *s, size_t length)
{
    np_notice_text *t = s->text;
    t->length = length;
    while (t->segment_count && t->segments[t->segment_count - 1].match >= length) t->segment_count--;
    s->delta = INT64_MIN; /* the next byte begins a segment */
}

np_span np_notice_span(const np_notice_text *text, size_t from, size_t to)
{
    size_t start = np_notice_offset(text, from), end = start;
    if (to > from) {
        end = np_notice_offset(text, to - 1);
        uint32_t point;
        if (end < text->file->size) end += np_notice_next(text->file->text + end, text->file->size - end, &point);
    }
    return np_span_of(text->file, start, end > start ? end - start : 0);
}

/* ---- lines ---- */

/* "Label:" begins at text: so what stands before it is another column. */
static bool begins_label(const char *text, size_t length)
{
    size_t i = 0;
    if (length == 0 || text[0] < 'A' || text[0] > 'Z') return false;
    while (i < length && i < 40 && (strchr(" /'().-", text[i]) || np_is_letter(text[i]))) {
        if (text[i] == ' ' && i + 1 < length && text[i + 1] == ' ') return false; /* that is another column */
        i++;
    }
    return i > 2 && i < length && text[i] == ':';
}

/* Strip bullets, markdown's marks and list letters without meaning from the start of the line being written. */
static bool is_ornament(const state *s, char c)
{
    size_t at = s->text->length;
    if (at != s->line) return false;
    return c == '*' || c == '#' || c == '>' || c == '|' || c == '_' || c == '~' || (c == '"' && s->separated);
}

static bool ends_sentence(const np_notice_text *t, size_t end)
{
    while (end && strchr(" \t\n", t->text[end - 1])) end--;
    return end == 0 || strchr(".:;!?", t->text[end - 1]) != NULL;
}

static bool is_debris(state *s)
{
    const np_patterns *patterns = s->reading->patterns;
    size_t length = s->text->length - s->line;
    char line[100];
    if (length > sizeof line) return false;
    for (size_t i = 0; i < length; i++) {
        char c = s->text->text[s->line + i];
        line[i] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    }
    for (size_t i = patterns->debris_from; i < patterns->count && patterns->items[i].role == NP_ROLE_DEBRIS; i++)
        if (np_notice_match(s->reading, patterns->items[i].code, line, length, 0)) return true;
    return false;
}

/* A sentence that a page break cut goes on in the next line. */
static void mend_page_break(state *s)
{
    np_notice_text *t = s->text;
    size_t end = s->line;
    while (end && t->text[end - 1] == '\n') end--;
    if (!s->page_break || end + 1 >= s->line || ends_sentence(t, end) || !np_is_lower(t->text[s->line])) return;
    for (size_t i = end + 1; i < s->line; i++) t->text[i] = ' ';
}

/* The line of the file at `at` has two columns at least. */
static bool has_columns(const np_file *file, size_t at)
{
    for (; at < file->size && file->text[at] != '\n'; at++)
        if (file->text[at] == '\t' || (file->size - at > 3 && memcmp(file->text + at, "   ", 3) == 0)) break;
    while (at < file->size && (file->text[at] == ' ' || file->text[at] == '\t')) at++;
    return at < file->size && file->text[at] != '\n';
}

/* A word cut by a hyphen at the end of the line is put together: "con-" "tract". Compounds lose their hyphen so, which
 * patterns allow for; before a capital ("Neuilly-sur-" "Seine") it stays. `at`: the next line's first character. */
static bool join_hyphen(state *s, size_t at)
{
    np_notice_text *t = s->text;
    char next = at < t->file->size ? t->file->text[at] : '\n';
    if (t->length < s->line + 2 || t->text[t->length - 1] != '-' || !np_is_letter(t->text[t->length - 2])) return false;
    if (!np_is_letter(next) || t->length - s->line > JOINED_MOST) return false;
    /* of two columns of prose the next line's first is another text */
    size_t first = s->line + NP_GUTTER_LEAST < t->length ? s->line + NP_GUTTER_LEAST : t->length;
    if (memchr(t->text + first, '\t', t->length - first)) return false;
    if (memchr(t->text + s->line, '\t', t->length - s->line) && has_columns(t->file, at)) return false;
    if (np_is_lower(next)) take_back(s, t->length - 1);
    s->joined = t->length;
    return true;
}

static void end_line(state *s, size_t file_offset, size_t next)
{
    np_notice_text *t = s->text;
    s->blanks = 0;
    s->tab = false;
    if (t->length > s->line && is_debris(s)) {
        take_back(s, s->line);
        s->page_break = true;
        return;
    }
    if (t->length > s->line) {
        mend_page_break(s);
        s->page_break = false;
        if (join_hyphen(s, next)) return;
    } else if (t->length < 2 || t->text[t->length - 2] == '\n')
        return; /* one empty line is enough */
    emit(s, "\n", 1, file_offset);
    s->line = t->length;
}

static void write_blanks(state *s, size_t file_offset)
{
    const np_notice_text *t = s->text;
    bool wide = s->tab || s->blanks > 3;
    if (t->length > s->line && s->blanks) {
        wide = wide || (s->blanks == 3 && !strchr(".:;!?,", t->text[t->length - 1]));
        const char *rest = t->file->text + file_offset;
        size_t left = t->file->size - file_offset;
        bool gap = wide || s->blanks == 3 || (s->blanks == 2 && !strchr(".:;!?", t->text[t->length - 1]));
        if (gap && begins_label(rest, left < 60 ? left : 60)) {
            emit(s, "\n", 1, file_offset - 1);
            s->line = t->length;
        } else {
            emit(s, wide ? "\t" : " ", 1, file_offset - 1);
        }
    }
    s->blanks = 0;
    s->tab = false;
}

/* "- ", "o ", "-- " at the start of a line. */
static bool is_list_mark(const state *s, const char *at, size_t left)
{
    if (s->text->length != s->line || left < 2) return false;
    return (at[0] == '-' || at[0] == 'o') && (at[1] == ' ' || at[1] == '\t');
}

/* One of the two asterisks of markdown's bold. */
static bool is_bold_mark(const np_file *file, size_t offset)
{
    if (file->text[offset] != '*') return false;
    return (offset + 1 < file->size && file->text[offset + 1] == '*') || (offset && file->text[offset - 1] == '*');
}

static void take_line_end(state *s, size_t offset, size_t length, bool page)
{
    const np_file *file = s->text->file;
    s->page_break = s->page_break || page;
    size_t next = offset + length;
    while (next < file->size && (file->text[next] == ' ' || file->text[next] == '\t')) next++;
    end_line(s, offset, next);
}

static void take_character(state *s, size_t offset, size_t length, const char *folded, size_t size)
{
    const np_file *file = s->text->file;
    char c = size == 1 ? folded[0] : 'x';
    if (size == 0) return;
    if (c == '\n' || c == '\f') {
        take_line_end(s, offset, length, c == '\f');
    } else if (c == ' ' || c == '\t' || c == '|') {
        if (s->joined && s->joined == s->text->length) return; /* the rest of a cut word is indented */
        s->blanks++;
        s->tab = s->tab || c != ' ';
    } else if (!is_ornament(s, c) && !is_list_mark(s, file->text + offset, file->size - offset) &&
               !is_bold_mark(file, offset)) {
        write_blanks(s, offset);
        emit(s, folded, size, offset);
    }
}

/* Go on behind what nobody sees; where that is. */
static size_t take_hidden(state *s, const np_hidden *hidden)
{
    char as = hidden->as;
    if (as == '\n')
        take_line_end(s, hidden->from, hidden->to - hidden->from, false);
    else if (as)
        take_character(s, hidden->from, hidden->to - hidden->from, &as, 1);
    return hidden->to;
}

static bool is_plain(char c)
{
    return np_is_letter(c) || np_is_digit(c);
}

/* How many letters and digits, with single blanks between, stand at `at` inside a line: they are taken as they are, and
 * make most of a text. */
static size_t plain_run(const state *s, const np_file *file, size_t at)
{
    size_t end = at;
    if (s->blanks || s->text->length == s->line) return 0;
    size_t most = file->size - at < RUN_MAX ? file->size : at + RUN_MAX;
    while (end < most && (is_plain(file->text[end]) ||
                          (file->text[end] == ' ' && end > at && end + 1 < most && is_plain(file->text[end + 1]))))
        end++;
    return end - at;
}

/* How long the mark between two cells at `at` is, of a list that a spreadsheet wrote; 0: none. */
static size_t separator(const np_file *file, size_t at)
{
    const char *text = file->text + at;
    size_t left = file->size - at;
    if (left > 2 && text[0] == '"' && (text[1] == ';' || text[1] == ',') && text[2] == '"') return 3;
    return left > 0 && text[0] == ';' && (left == 1 || text[1] != ' ') ? 1 : 0;
}

/* An empty cell gets a dash, so that those behind it stay in their columns. */
static void take_separator(state *s, size_t at, size_t length)
{
    const np_file *file = s->text->file;
    bool first = at == 0 || file->text[at - 1] == '\n', last = at + length == file->size;
    if (first || (s->blanks && s->tab)) take_character(s, at, 1, "-", 1);
    take_character(s, at, length, "\t", 1);
    if (last || strchr("\r\n", file->text[at + length])) take_character(s, at, 1, "-", 1);
}

/* The first line has several, or each of the first lines one: "title;Clerk". */
static bool is_separated(const np_file *file)
{
    size_t lines = 0, marks = 0, length;
    for (size_t at = 0; at < file->size && lines < SEPARATED_LINES; at++) {
        length = separator(file, at);
        marks += length > 0 && at + length < file->size && !strchr("\r\n", file->text[at + length]);
        if (length > 1) at += length - 1;
        if (file->text[at] != '\n') continue;
        if (marks + 1 >= SEPARATED_LEAST || !marks) return marks > 0;
        marks = 0;
        lines++;
    }
    return marks + 1 >= SEPARATED_LEAST || lines == SEPARATED_LINES;
}

/* A quote around a cell of such a list, or the second one of a quote within. */
static bool is_cell_quote(const state *s, size_t at)
{
    const np_file *file = s->text->file;
    if (!s->separated || file->text[at] != '"') return false;
    if (at + 1 == file->size || strchr("\r\n", file->text[at + 1])) return true;
    return file->text[at + 1] == '"' && at > 0 && file->text[at - 1] != '"';
}

/* Behind markdown's "~~struck out~~" of one line, or the "]]>" of a feed; 0: none begins here. */
static size_t passed_over(const state *s, size_t at)
{
    const np_file *file = s->text->file;
    if (is_cell_quote(s, at)) return at + 1;
    if (s->is_feed && file->size - at > 2 && memcmp(file->text + at, "]]>", 3) == 0) return at + 3;
    if (file->size - at < 5 || memcmp(file->text + at, "~~", 2) != 0 || file->text[at + 2] == '~') return 0;
    for (size_t end = at + 2; end + 1 < file->size && !strchr("\n<", file->text[end]); end++)
        if (memcmp(file->text + end, "~~", 2) == 0) return end + 2;
    return 0;
}

static void take_all(state *s)
{
    const np_file *file = s->text->file;
    size_t next_hidden = 0;
    for (size_t i = 0; i < file->size;) {
        if (next_hidden < s->text->hidden_count && i >= s->text->hidden[next_hidden].from) {
            i = take_hidden(s, &s->text->hidden[next_hidden++]);
            continue;
        }
        if (s->text->length >= NP_NOTICE_TEXT_LIMIT) {
            s->text->cut = true;
            break;
        }
        size_t run = plain_run(s, file, i);
        if (run) {
            emit(s, file->text + i, run, i);
            i += run;
            continue;
        }
        size_t mark = s->separated ? separator(file, i) : 0;
        if (mark) {
            take_separator(s, i, mark);
            i += mark;
            continue;
        }
        size_t passed = passed_over(s, i);
        if (passed) {
            i = passed;
            continue;
        }
        uint32_t point;
        char folded[4];
        size_t length = np_notice_next(file->text + i, file->size - i, &point);
        size_t size = point == NP_UTF8_BAD ? 0 : np_fold_character(point, folded);
        take_character(s, i, length, folded, size);
        i += length;
    }
    end_line(s, file->size ? file->size - 1 : 0, file->size);
}

bool np_notice_normalise(np_reading *reading)
{
    np_notice_text *t = &reading->text;
    size_t most = t->file->size * 2;
    np_notice_hide(reading);
    bool page = t->hidden_count > 0; /* of the web: "&eacute;" has a semicolon that parts no cells */
    np_notice_hide_choices(reading);
    t->text = np_arena_alloc(reading->arena, (most < NP_NOTICE_TEXT_LIMIT ? most : NP_NOTICE_TEXT_LIMIT) + 64);
    state s = {.reading = reading, .text = t, .delta = INT64_MIN, .separated = !page && is_separated(t->file)};
    s.is_feed = t->file->size && memmem(t->file->text, t->file->size, "<![CDATA[", 9);
    take_all(&s);
    t->text[t->length] = '\0';
    np_notice_correct(reading);
    np_notice_untable(reading);
    np_notice_lower(reading);
    return t->length > 0;
}
