/* Where a match stands, and what that says: the heading before it, the line, the sentence, the passage. */
#include <string.h>

#include "notice_internal.h"

enum { LETTERHEAD = 160, LINE_MAX_READ = 400 };

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

static size_t line_end(const np_notice_text *t, size_t at)
{
    size_t end = at + LINE_MAX_READ < t->length ? at + LINE_MAX_READ : t->length;
    while (at < end && t->text[at] != '\n') at++;
    return at;
}

static bool begins_slot(const np_reading *reading, size_t at)
{
    size_t low = 0, high = reading->slot_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (reading->slots[middle].label_from < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < reading->slot_count && reading->slots[low].label_from == at;
}

/* The end of a sentence, or of a line before "Label: value". */
static bool is_stop(const np_reading *reading, size_t at)
{
    const np_notice_text *t = &reading->text;
    if (t->text[at] == '\n') return begins_slot(reading, at + 1) || is_label(t->text, at + 1, line_end(t, at + 1));
    return (t->text[at] == '.' || t->text[at] == ';') && at + 1 < t->length && strchr(" \t\n", t->text[at + 1]);
}

/* Of these surroundings the sentence. */
static void sentence(const np_reading *reading, size_t from, size_t to, size_t *start, size_t *end)
{
    for (size_t i = from; i > *start; i--)
        if (is_stop(reading, i - 1)) *start = i;
    for (size_t i = to; i < *end; i++)
        if (is_stop(reading, i)) *end = i;
}

void np_clause(const np_reading *reading, size_t from, size_t to, size_t *start, size_t *end)
{
    surroundings(&reading->text, from, to, start, end);
    sentence(reading, from, to, start, end);
}

/* In the line of the match, or the short one above it. */
static bool in_line(np_reading *reading, const np_pattern *p, size_t from, size_t to)
{
    size_t line = from, start;
    while (line > 0 && from - line < LINE_MAX_READ && reading->text.text[line - 1] != '\n') line--;
    for (start = line; start > 0 && line - start < 50 && (start == line || reading->text.text[start - 1] != '\n');)
        start--;
    if (line - start > 40) start = line; /* a short line above is a heading, perhaps */
    return np_notice_match(reading, p->line, reading->text.lower, line_end(&reading->text, to), start);
}

static int around_score(np_reading *reading, const np_pattern *p, size_t from, size_t to)
{
    int score = 0;
    size_t start, end;
    surroundings(&reading->text, from, to, &start, &end);
    if (p->near && np_notice_match(reading, p->near, reading->text.lower, end, start)) score += 15;
    sentence(reading, from, to, &start, &end);
    if (p->against && np_notice_match(reading, p->against, reading->text.lower, end, start)) score -= 40;
    return score;
}

int np_region_weight(const np_reading *reading, np_notice_field field, size_t at)
{
    int weight = 0;
    for (size_t i = 0; i < reading->region_count; i++) {
        const struct np_region *r = &reading->regions[i];
        if (r->pattern->role == NP_ROLE_REGION && at >= r->from && at < r->to && (r->pattern->fields >> field & 1))
            weight += r->pattern->weight;
    }
    return weight;
}

int np_hit_score(np_reading *reading, const np_pattern *p, size_t from, size_t to)
{
    int score = p->weight + (from < NP_START_PART ? 5 : 0);
    if (p->field == NP_NOTICE_BODY && p->role == NP_ROLE_FIELD && from < LETTERHEAD) score += 10;
    if (p->near || p->against) score += around_score(reading, p, from, to);
    if (p->line && in_line(reading, p, from, to)) score += 25;
    return p->role == NP_ROLE_FIELD ? score : score + np_region_weight(reading, p->field, from);
}

void np_hit_range(np_reading *reading, np_hit *h)
{
    const np_notice_text *t = &reading->text;
    h->begin = h->from;
    h->end = h->to;
    while (h->end < t->length && h->end - h->to < h->pattern->reach &&
           !(t->text[h->end] == '\n' && t->text[h->end + 1] == '\n'))
        h->end++;
    while (h->end < t->length && ((unsigned char)t->text[h->end] & 0xC0) == 0x80) h->end++;
}
