/* Where a match stands, and what that says: the heading before it, the line, the sentence, the passage. */
#include <string.h>

#include "parts.h"

enum { LETTERHEAD = 160, CODE_MAX = 30 };

/* ---- where a match stands ---- */

/* A line that is a heading itself, "Job type:" or "Job type: x", holds no value for the one before. */
static bool is_label(const char *text, size_t from, size_t to)
{
    size_t i = from;
    while (i < to && i - from < 40 && text[i] != ':') {
        bool gap = text[i] == '\t' && i + 1 < to && text[i + 1] == ':';
        if ((strchr(".,;\t\"", text[i]) && !gap) || (text[i] >= '0' && text[i] <= '9')) return false;
        i++;
    }
    return i < to && text[i] == ':';
}

/* The paragraph around a match, at most 160 bytes to either side, at bounds of characters. */
static void surroundings(const np_notice_text *t, size_t from, size_t to, size_t *start, size_t *end)
{
    *start = from;
    while (*start > 0 && from - *start < 160 && !(t->text[*start] == '\n' && t->text[*start - 1] == '\n')) --*start;
    while (*start < from && ((unsigned char)t->text[*start] & 0xC0) == 0x80) ++*start;
    *end = to;
    while (*end < t->length && *end - to < 160 && !(t->text[*end] == '\n' && t->text[*end + 1] == '\n')) ++*end;
    while (*end < t->length && ((unsigned char)t->text[*end] & 0xC0) == 0x80) ++*end;
}

static size_t line_end(const np_notice_text *t, size_t at);

/* The end of a sentence, or of a line before "Label: value". */
static bool is_stop(const np_notice_text *t, size_t at)
{
    if (t->text[at] == '\n') return is_label(t->text, at + 1, line_end(t, at + 1));
    return (t->text[at] == '.' || t->text[at] == ';') && at + 1 < t->length && strchr(" \t\n", t->text[at + 1]);
}

/* Of these surroundings the sentence. */
static void sentence(const np_notice_text *t, size_t from, size_t to, size_t *start, size_t *end)
{
    for (size_t i = from; i > *start; i--)
        if (is_stop(t, i - 1)) *start = i;
    for (size_t i = to; i < *end; i++)
        if (is_stop(t, i)) *end = i;
}

static size_t line_end(const np_notice_text *t, size_t at)
{
    while (at < t->length && t->text[at] != '\n') at++;
    return at;
}

/* In the line of the match, or the short one above it. */
static bool in_line(np_reading *reading, const np_pattern *p, size_t from, size_t to)
{
    size_t line = from, start;
    while (line > 0 && reading->text.text[line - 1] != '\n') line--;
    for (start = line; start > 0 && (start == line || reading->text.text[start - 1] != '\n');) start--;
    if (line - start > 40) start = line; /* a short line above is a heading, perhaps */
    return np_notice_match(reading, p->line, reading->text.lower, line_end(&reading->text, to), start);
}

static int around_score(np_reading *reading, const np_pattern *p, size_t from, size_t to)
{
    int score = 0;
    size_t start, end;
    surroundings(&reading->text, from, to, &start, &end);
    if (p->near && np_notice_match(reading, p->near, reading->text.lower, end, start)) score += 15;
    sentence(&reading->text, from, to, &start, &end);
    if (p->against && np_notice_match(reading, p->against, reading->text.lower, end, start)) score -= 40;
    return score;
}

int np_hit_score(np_reading *reading, const np_pattern *p, size_t from, size_t to)
{
    int score = p->weight + (from < NP_START_PART ? 5 : 0);
    if (p->field == NP_NOTICE_BODY && p->role == NP_ROLE_FIELD && from < LETTERHEAD) score += 10;
    if (p->near || p->against) score += around_score(reading, p, from, to);
    if (p->line && in_line(reading, p, from, to)) score += 25;
    for (size_t i = 0; i < reading->region_count; i++) {
        const struct np_region *r = &reading->regions[i];
        if (from >= r->from && from < r->to && (r->pattern->fields >> p->field & 1)) score += r->pattern->weight;
    }
    return score;
}

/* ---- headings ---- */

/* The first byte of a heading's value, behind it or in the next line; what the separator adds to the score goes into
 * *bonus. `length`: it has none. */
static size_t value_start(const np_notice_text *t, size_t at, int *bonus)
{
    char last = t->text[at - 1];
    bool colon = last == ':' || last == '=' || last == '-';
    *bonus = colon ? 30 : t->text[at] == '\t' ? 20 : 0;
    while (at < t->length && strchr(" \t:=-\"", t->text[at])) at++;
    if (at >= t->length || t->text[at] != '\n') return at;
    *bonus = colon ? 28 : 10;
    at++;
    if (at < t->length && t->text[at] == '\n') at++;
    return is_label(t->text, at, line_end(t, at)) ? t->length : at;
}

/* Where the value ends: at a column's or the line's end. 0: it is too long for one. */
static size_t value_end(const np_notice_text *t, const np_pattern *p, size_t begin)
{
    size_t end = line_end(t, begin), limit = p->kind == NP_READS_TEXT ? NP_VALUE_MAX : p->reach * 2;
    const char *tab = p->kind == NP_READS_TEXT ? memchr(t->text + begin, '\t', end - begin) : NULL;
    if (tab && tab > t->text + begin) end = (size_t)(tab - t->text);
    if (end - begin <= limit) return end;
    return p->kind == NP_READS_TEXT ? 0 : begin + limit;
}

/* Words without a separator are a heading only before something short that is no sentence. */
static bool is_bare_heading(const np_notice_text *t, const np_hit *h)
{
    return h->pattern->weight >= 50 && !is_label(t->text, h->begin, h->end) && h->end - h->begin <= 80 &&
           t->text[h->end - 1] != '.';
}

static bool has_digit(const np_notice_text *t, size_t from, size_t to)
{
    while (from < to && !(t->text[from] >= '0' && t->text[from] <= '9')) from++;
    return from < to;
}

static bool headed_value(const np_notice_text *t, np_hit *h, int *bonus)
{
    h->begin = value_start(t, h->to, bonus);
    h->end = value_end(t, h->pattern, h->begin);
    if (h->end <= h->begin) return false;
    if (h->pattern->field == NP_NOTICE_REFERENCE && !has_digit(t, h->begin, h->end)) return false;
    if (*bonus || h->pattern->kind != NP_READS_TEXT) return true;
    *bonus = h->pattern->field == NP_NOTICE_REFERENCE && h->end - h->begin <= CODE_MAX ? 15 : -20;
    return is_bare_heading(t, h);
}

bool np_hit_range(np_reading *reading, np_hit *h)
{
    const np_notice_text *t = &reading->text;
    int bonus = 0;
    if (h->pattern->headed) {
        if (!headed_value(t, h, &bonus)) return false;
    } else {
        h->begin = h->from;
        h->end = h->to;
        while (h->end < t->length && h->end - h->to < h->pattern->reach &&
               !(t->text[h->end] == '\n' && t->text[h->end + 1] == '\n'))
            h->end++;
        while (h->end < t->length && ((unsigned char)t->text[h->end] & 0xC0) == 0x80) h->end++;
    }
    h->score += bonus;
    return true;
}
