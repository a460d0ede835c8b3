/* Where a match stands, and what that says: the heading before it, the line, the sentence, the passage. */
#include <string.h>

#include "notice_internal.h"

enum { LETTERHEAD = 160, LINE_MAX_READ = 400, AROUND = 160 };

/* ---- where a match stands ---- */

/* A line that is a heading itself, "Job type:" or "Job type: x", holds no value for the one before. */
static bool is_label(const char *text)
{
    size_t i = 0;
    for (; i < 40 && text[i] != ':'; i++) {
        bool gap = text[i] == '\t' && text[i + 1] == ':';
        if ((strchr(".,;\t\n\"", text[i]) && !gap) || np_is_digit(text[i])) return false;
    }
    return text[i] == ':';
}

static size_t line_end(const np_notice_text *t, size_t at)
{
    size_t end = at + LINE_MAX_READ < t->length ? at + LINE_MAX_READ : t->length;
    while (at < end && t->text[at] != '\n') at++;
    return at;
}

static void add_mark(np_reading *reading, np_marks *marks, size_t at)
{
    marks->at = np_arena_grow(reading->arena, marks->at, &marks->capacity, marks->count + 1, sizeof *marks->at);
    marks->at[marks->count++] = (uint32_t)at;
}

/* The end of a sentence, or of a line before "Label: value". */
void np_notice_mark(np_reading *reading)
{
    const char *text = reading->text.text;
    const size_t length = reading->text.length;
    size_t slot = 0;
    for (size_t i = strcspn(text, "\n.;"); i < length; i += 1 + strcspn(text + i + 1, "\n.;")) {
        const char c = text[i];
        while (slot < reading->slot_count && reading->slots[slot].label_from <= i) slot++;
        const np_labelled *next = slot < reading->slot_count ? &reading->slots[slot] : NULL;
        bool stop = c == '\n'
                        ? (next && (next->label_from == i + 1 || next->line_from == i + 1)) || is_label(text + i + 1)
                        : i + 1 < length && strchr(" \t\n", text[i + 1]);
        if (stop) add_mark(reading, &reading->sentences, i);
        if (c == '\n' && text[i + 1] == '\n') add_mark(reading, &reading->paragraphs, i);
    }
}

size_t np_marks_before(const np_marks *marks, size_t at)
{
    size_t low = 0, high = marks->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (marks->at[middle] < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Widen or narrow *start and *end around text[from..to) to the marks next to it. */
static void keep_to_marks(const np_marks *marks, size_t from, size_t to, size_t *start, size_t *end)
{
    size_t low = np_marks_before(marks, from);
    if (low && marks->at[low - 1] >= *start) *start = marks->at[low - 1] + 1u;
    while (low < marks->count && marks->at[low] < to) low++;
    if (low < marks->count && marks->at[low] < *end) *end = marks->at[low];
}

/* The paragraph around a match, at most 160 bytes to either side, at bounds of characters. */
static void surroundings(const np_reading *reading, size_t from, size_t to, size_t *start, size_t *end)
{
    const np_notice_text *t = &reading->text;
    *start = from > AROUND ? from - AROUND : 0;
    *end = t->length - to > AROUND ? to + AROUND : t->length;
    keep_to_marks(&reading->paragraphs, from, to, start, end);
    while (*start < from && ((unsigned char)t->text[*start] & 0xC0) == 0x80) ++*start;
    while (*end < t->length && ((unsigned char)t->text[*end] & 0xC0) == 0x80) ++*end;
}

void np_clause(const np_reading *reading, size_t from, size_t to, size_t *start, size_t *end)
{
    surroundings(reading, from, to, start, end);
    keep_to_marks(&reading->sentences, from, to, start, end);
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
    surroundings(reading, from, to, &start, &end);
    if (p->near && np_notice_match(reading, p->near, reading->text.lower, end, start)) score += 15;
    keep_to_marks(&reading->sentences, from, to, &start, &end);
    if (p->against && np_notice_match(reading, p->against, reading->text.lower, end, start)) score -= 40;
    return score;
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
