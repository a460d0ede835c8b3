/* Finding the labels of a notice wherever they stand, and cutting the text into what belongs to each: at a line's
 * start, behind " - " or a sentence, in a table's cell, or glued to the value before: "17/31Post Title". */
#include <stdlib.h>
#include <string.h>

#include "notice_internal.h"

enum {
    LABELS_MAX = 3000,
    DECORATION_MAX = 60,
    BARE_MAX = 80,
    CELL_LABEL_MAX = 60,
    OTHER_LABEL_MAX = 28,
    LONG_LABEL = 5,
    PLACE_NEAR = 16,
    PLACE_FAR = 40,
    ROUNDS_MAX = 3,
    DAY_GAP = 24,  /* bytes between a day and the label behind it */
    DAY_LEAD = 12, /* before the day: that of the week */
    ADDRESS_LINES = 4,
    ADDRESS_LINE = 64
};

/* What stands before a label, the surest last. */
typedef enum left_side { LEFT_NONE, LEFT_BLANK, LEFT_CLAUSE, LEFT_GLUED, LEFT_LINE } left_side;

typedef struct label_hit {
    uint32_t from, to;
    uint16_t pattern;
    left_side left;
} label_hit;

static bool is_colon(char c)
{
    return c == ':' || c == '=' || c == '?';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_word(char c)
{
    return np_is_lower(c) || np_is_upper(c) || c == '\'' || c == ' ';
}

/* ---- what stands before ---- */

/* Only a number, a letter or a bullet between the line's or cell's start and text[at]. */
static bool begins_line(const char *text, size_t at)
{
    size_t from = at;
    while (from > 0 && at - from < 9 && text[from - 1] != '\n' && text[from - 1] != '\t') from--;
    if (from > 0 && text[from - 1] != '\n' && text[from - 1] != '\t') return false;
    if (at - from >= 2 && np_is_lower(text[from]) && strchr(".)", text[from + 1])) from += 2; /* "a) " */
    for (; from < at; from++)
        if (!strchr(" .()-*#>\"", text[from]) && !np_is_digit(text[from])) return false;
    return true;
}

/* Where the line or cell begins in which text[at] stands. */
static size_t cell_start(const char *text, size_t at)
{
    while (at > 0 && text[at - 1] != '\n' && text[at - 1] != '\t') at--;
    return at;
}

/* Behind " - ", behind a sentence or a comma, or behind a word. */
static left_side behind_blank(const char *text, size_t from)
{
    char last = from >= 2 ? text[from - 2] : '\n';
    if (last == '-' && from >= 3 && text[from - 3] == ' ') return LEFT_LINE;
    return strchr(".;,|)*", last) ? LEFT_CLAUSE : LEFT_BLANK;
}

/* In small letters: "... . closing date: 4 March", behind a sentence and before a colon. */
static bool is_in_sentence(const char *text, size_t from, size_t to)
{
    return from >= 2 && text[from - 1] == ' ' && strchr(".;|", text[from - 2]) && text[to] == ':';
}

/* "Stilling / Post": behind the label's name in another language, at a line's or cell's start. */
static bool is_behind_other_language(const char *text, size_t from)
{
    if (from < 4 || memcmp(text + from - 3, " / ", 3) != 0) return false;
    size_t at = from - 3;
    while (at > 0 && from - at < OTHER_LABEL_MAX && (is_word(text[at - 1]) || (text[at - 1] & 0x80))) at--;
    return at + 6 < from && np_is_upper(text[at]) && (at == 0 || text[at - 1] == '\n' || text[at - 1] == '\t');
}

static left_side left_of(const char *text, size_t from, size_t to)
{
    if (begins_line(text, from) || is_behind_other_language(text, from)) return LEFT_LINE;
    char before = text[from - 1];
    if (!np_is_upper(text[from])) return is_in_sentence(text, from, to) ? LEFT_CLAUSE : LEFT_NONE;
    if (np_is_lower(before) || np_is_digit(before) || before == ')') return LEFT_GLUED;
    if (np_is_upper(before)) return np_is_lower(text[from + 1]) ? LEFT_GLUED : LEFT_NONE;
    if (before != ' ') return strchr(".;:|", before) ? LEFT_GLUED : LEFT_NONE;
    return behind_blank(text, from);
}

/* ---- what stands behind ---- */

static size_t skip(const char *text, size_t at, const char *bytes)
{
    while (text[at] && strchr(bytes, text[at])) at++;
    return at;
}

/* Behind "(Pay Basis)", where that belongs to the label. */
static size_t skip_brackets(const char *text, size_t at)
{
    size_t open = text[at] == ' ' ? at + 1 : at;
    if (text[open] != '(') return at;
    size_t close = open + strcspn(text + open, ")\n");
    if (text[close] != ')' || close - open > DECORATION_MAX) return at;
    size_t next = skip(text, close + 1, " ");
    return strchr(":=\n\t", text[next]) || np_is_digit(text[close + 1]) ? close + 1 : at;
}

/* Behind a second language's label, or another word: "Grade / Grade :", "From / until". `at`: there is none. */
static size_t skip_second(const char *text, size_t at)
{
    size_t slash = skip(text, at, " ");
    if (text[slash] != '/') return at;
    size_t end = slash + 1;
    while (is_word(text[end])) end++;
    return strchr(":\t", text[end]) && text[end] && end - slash <= DECORATION_MAX ? end : at;
}

/* The colon behind words that go on with the label: "Closing date for the receipt of applications:". */
static size_t skip_words(const char *text, size_t at)
{
    size_t end = at;
    while (np_is_lower(text[end]) || text[end] == ' ' || text[end] == '\'') end++;
    return text[at] == ' ' && text[end] == ':' && end - at <= DECORATION_MAX ? end : skip_second(text, at);
}

/* Behind "(s)", a point, dots that lead to a colon, and the like. */
static size_t skip_decoration(const char *text, size_t at, const np_pattern *p)
{
    if (strncmp(text + at, "(s)", 3) == 0) at += 3;
    size_t next = skip(text, at, " .");
    if (text[next] == ':' && next - at <= DECORATION_MAX) return next;
    if (text[at] == '.') at++;
    at = skip_brackets(text, at);
    /* "Expected start of the new organisation:" is another label */
    return p->field == NP_NOTICE_START && p->role == NP_ROLE_FIELD ? skip_second(text, at) : skip_words(text, at);
}

/* A value of the label's kind begins at text[at], without a colon to say so. */
static bool begins_value(np_reading *reading, const np_pattern *p, size_t at)
{
    const np_notice_text *t = &reading->text;
    size_t end = np_notice_line_end(t, at), near = end - at > BARE_MAX ? at + BARE_MAX : end, found, length;
    np_read_date date;
    np_read_grades grades;
    switch (p->kind) {
    case NP_READS_DATE:
        return np_find_date(reading->patterns, t->text, at, near, &date) && date.from - at <= 14;
    case NP_READS_GRADE:
        return np_find_grades(reading->patterns, reading->arena, t->text, at, near, true, &grades) &&
               grades.from - at <= 2;
    case NP_READS_MONEY:
        return np_is_digit(t->text[skip(t->text, at, " EURUSDGBPNOKTYeuro\xE2\x82\xAC\xC2\xA3$")]);
    case NP_READS_PLACE:
        return np_find_place(reading, at, near, &found, &length) &&
               found - at <= (np_is_upper(t->text[at]) ? PLACE_FAR : PLACE_NEAR);
    default:
        if (p->strict || end - at > BARE_MAX || end - at < 2) return false;
        return (np_is_upper(t->text[at]) || np_is_digit(t->text[at]) || np_is_digit(t->text[at + 1])) &&
               t->text[end - 1] != '.';
    }
}

static bool begins_address(np_reading *reading, const np_pattern *p, const np_labelled *slot)
{
    size_t line_end = np_notice_line_end(&reading->text, slot->from);
    return p->kind == NP_READS_PLACE && np_address_end(reading, slot->from, line_end) > line_end;
}

/* Behind a colon, or in the line below. False: no value follows. */
static bool set_off_value(np_reading *reading, const np_pattern *p, size_t next, left_side left, np_labelled *slot)
{
    const char *text = reading->text.text;
    size_t value = text[next] == '\n' ? skip(text, next + 1, " \t\n") : next;
    bool colon = is_colon(text[value]);
    slot->from = skip(text, colon ? skip(text, value, ":=?") : value, " \t\"-");
    slot->bonus = colon ? 30 : 10;
    /* "Belgium-BrusselsNATO Body", and the body in the line beneath */
    bool glued = left == LEFT_GLUED && text[next] == '\n';
    if (text[slot->from] != '\n')
        return colon || glued || p->role == NP_ROLE_LABEL || begins_value(reading, p, slot->from) ||
               begins_address(reading, p, slot);
    size_t below = slot->from + 1; /* the value stands in the next line, an empty one between perhaps */
    if (text[below] == '\n') below++;
    slot->from = skip(text, below, " \t");
    slot->bonus = 28;
    return true;
}

/* Whether a label may end at text[at], where its value begins without a blank. */
static bool ends_glued(const char *text, size_t at, bool is_long)
{
    bool abbreviation = np_is_upper(text[at - 1]) && is_long && np_is_lower(text[at - 4]);
    /* "VACANCY NUMBER310129", "GRADENATO Grade G6" */
    bool capitals = is_long && (np_is_digit(text[at]) || strncmp(text + at, "NATO ", 5) == 0);
    return np_is_lower(text[at - 1]) || text[at - 1] == ')' || np_is_lower(text[at + 1]) || abbreviation || capitals;
}

/* Right behind the label, glued to it: "LocationBelgium", "Application Deadline12-Mar", "Job ID31-04". */
static bool glued_value(np_reading *reading, const np_pattern *p, size_t at, left_side left, np_labelled *slot)
{
    const char *text = reading->text.text;
    bool is_long = at >= slot->label_from + LONG_LABEL;
    slot->bonus = 24;
    slot->glued = ends_glued(text, at, is_long) &&
                  (np_is_upper(text[at]) || np_is_digit(text[at]) || text[at] == '$' || (text[at] & 0x80));
    /* of a name like "JobHarbour" at a line's start the first part is no label */
    bool text_fits = p->kind == NP_READS_TEXT && (is_long || !np_is_upper(text[at]) || left == LEFT_GLUED);
    return slot->glued && (text_fits || begins_value(reading, p, at));
}

/* Of several words, or in capitals: "17/31Post Title Clerk", "G12SUMMARY The holder". */
static bool stands_out(const char *text, const label_hit *hit)
{
    bool capitals = hit->to >= hit->from + LONG_LABEL;
    for (size_t i = hit->from; i < hit->to && capitals; i++) capitals = !np_is_lower(text[i]);
    return capitals || memchr(text + hit->from, ' ', hit->to - hit->from);
}

/* Behind a blank alone. */
static bool bare_value(np_reading *reading, const np_pattern *p, size_t next, const label_hit *hit, np_labelled *slot)
{
    const char *text = reading->text.text;
    bool words = p->kind == NP_READS_TEXT, at_line = hit->left == LEFT_LINE;
    bool glued = hit->left == LEFT_GLUED && stands_out(text, hit);
    slot->bonus = 10;
    if (p->role == NP_ROLE_LABEL) return glued || (at_line && np_is_digit(text[next])); /* "DURATION 2 years" */
    if (p->strict || (words && !at_line && !glued)) return false;
    bool several = memchr(text + hit->from, ' ', hit->to - hit->from); /* words: "Post title", and not "Position" */
    slot->bonus = !words || p->field == NP_NOTICE_REFERENCE ? 15 : p->slotted || several ? 10 : -20;
    return begins_value(reading, p, next);
}

/* Behind dots that lead to it: "Title . . . . Clerk". */
static bool dotted_value(const char *text, size_t at, np_labelled *slot)
{
    size_t end = skip(text, at, " .");
    slot->from = end;
    slot->bonus = 28;
    return end >= at + 5 && text[end - 2] == '.';
}

/* Behind " - ". */
static bool dashed_value(const char *text, size_t next, np_labelled *slot)
{
    if (text[next] != '-' || !(is_blank(text[next + 1]) || np_is_digit(text[next + 1]))) return false;
    slot->from = skip(text, next + 1, " \t");
    return true;
}

/* A day alone in the line below belongs to the label above it. */
static bool next_is_day(np_reading *reading, size_t line_end)
{
    const char *text = reading->text.text;
    size_t start = line_end + (text[line_end] == '\n'), end = np_notice_line_end(&reading->text, start);
    np_read_date date;
    return np_find_date(reading->patterns, text, start, end, &date) && end - date.to <= 2;
}

/* Whether text[from..to) is a day of a timetable: before it at most that of the week, behind it marks alone. "Mons, 3
 * January 2031" is that of a letter, and behind a full stop another sentence begins. */
static bool stands_alone(const char *text, size_t start, size_t from, size_t to, size_t label)
{
    for (size_t i = start; i + 2 < from; i++)
        if (strchr(",:;.", text[i])) return false;
    for (size_t i = to; i < label; i++)
        if (!strchr(" \t:-", text[i])) return false;
    return true;
}

/* "4 April 2032    closing date for applications": in a timetable the day stands before what happens on it. */
static bool day_before(np_reading *reading, const np_pattern *p, const label_hit *hit, size_t next, np_labelled *slot)
{
    const char *text = reading->text.text;
    size_t start = hit->from;
    np_read_date date;
    if (text[next] && text[next] != '\n') return false;
    while (start > 0 && text[start - 1] != '\n' && hit->from - start < BARE_MAX) start--;
    if (p->kind != NP_READS_DATE || !np_find_date(reading->patterns, text, start, hit->from, &date)) return false;
    if (hit->from - date.to > DAY_GAP || date.from - start > DAY_LEAD || next_is_day(reading, next)) return false;
    if (!stands_alone(text, start, date.from, date.to, hit->from)) return false;
    slot->from = slot->line_from = start;
    slot->bonus = 20;
    slot->at_line = true;
    return true;
}

/* In the label's line, without a colon. */
static bool value_in_line(np_reading *reading, const np_pattern *p, const label_hit *hit, size_t at, size_t next,
                          np_labelled *slot)
{
    const char *text = reading->text.text;
    bool at_line = hit->left == LEFT_LINE;
    if (at_line && dotted_value(text, hit->to, slot)) return true;
    slot->from = next;
    slot->bonus = 20;
    if (text[at] == '\t') return true;
    if (next > at && dashed_value(text, next, slot)) return at_line;
    return next == at ? glued_value(reading, p, at, hit->left, slot) : bare_value(reading, p, next, hit, slot);
}

/* Set where the value may begin and how well it is set off; false: what stands here is no label. */
static bool right_of(np_reading *reading, const np_pattern *p, const label_hit *hit, np_labelled *slot)
{
    const np_notice_text *t = &reading->text;
    const char *text = t->text;
    bool at_line = hit->left == LEFT_LINE, set_off = hit->left >= LEFT_CLAUSE;
    size_t at = skip_decoration(text, hit->to, p), next = skip(text, at, " \t");
    slot->glued = false;
    slot->label_to = at;
    if (day_before(reading, p, hit, next, slot)) return true;
    if (p->strict && !set_off) return false;
    bool ends_line = text[next] == '\n' && (at_line || hit->left == LEFT_GLUED);
    if (ends_line || is_colon(text[next])) return set_off_value(reading, p, next, hit->left, slot);
    return set_off && next < t->length && value_in_line(reading, p, hit, at, next, slot);
}

/* ---- all of them ---- */

static int by_place(const void *a, const void *b)
{
    const label_hit *x = a, *y = b;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    return x->to == y->to ? 0 : x->to > y->to ? -1 : 1;
}

static label_hit *all_hits(np_reading *reading, size_t *count)
{
    const np_patterns *patterns = reading->patterns;
    const char *text = reading->text.text;
    label_hit *hits = NULL;
    size_t capacity = 0;
    for (size_t i = 1; i < reading->anchors.count && *count < LABELS_MAX; i++) {
        uint16_t word = reading->anchors.items[i].word, pattern = patterns->of_word[word];
        if (pattern == UINT16_MAX || !patterns->items[pattern].headed) continue;
        size_t length = np_anchors_length(patterns->anchors, word);
        size_t to = reading->anchors.items[i].end, from = to - length;
        if (np_is_lower(text[to]) && !np_is_upper(text[to - 1])) continue;
        if (memchr(text + from, '\t', length)) continue; /* of two cells each has its own */
        left_side left = left_of(text, from, to);
        char behind = text[skip(text, to, " .")]; /* a day may stand before it */
        if (left == LEFT_NONE && (!behind || behind == '\n') && patterns->items[pattern].kind == NP_READS_DATE)
            left = LEFT_BLANK;
        if (left == LEFT_NONE) continue;
        hits = np_arena_grow(reading->arena, hits, &capacity, *count + 1, sizeof *hits);
        hits[(*count)++] = (label_hit){(uint32_t)from, (uint32_t)to, pattern, left};
    }
    if (*count) qsort(hits, *count, sizeof *hits, by_place);
    return hits;
}

static void find_slots(np_reading *reading)
{
    size_t count = 0, done = 0;
    label_hit *hits = all_hits(reading, &count);
    reading->slot_count = 0;
    for (size_t i = 0; i < count; i++) {
        const np_pattern *p = &reading->patterns->items[hits[i].pattern];
        const char *text = reading->text.text;
        bool begins = begins_line(text, hits[i].from);
        size_t start = begins ? cell_start(text, hits[i].from) : hits[i].from;
        np_labelled slot = {.label = p,
                            .label_from = hits[i].from,
                            .line_from = start,
                            .at_line = begins && (start == 0 || text[start - 1] == '\n')};
        if (hits[i].from < done || !right_of(reading, p, &hits[i], &slot)) continue;
        reading->slots = np_arena_grow(reading->arena, reading->slots, &reading->slot_capacity, reading->slot_count + 1,
                                       sizeof *reading->slots);
        reading->slots[reading->slot_count++] = slot;
        done = slot.label_to;
    }
    for (size_t i = 0; i < reading->slot_count; i++) {
        np_labelled *slot = &reading->slots[i];
        size_t next = i + 1 < reading->slot_count ? slot[1].label_from : reading->text.length;
        slot->to = np_notice_line_end(&reading->text, slot->from);
        if (slot->label->kind == NP_READS_PLACE && slot->from > slot->label_to &&
            memchr(reading->text.text + slot->label_to, '\n', slot->from - slot->label_to))
            slot->to = np_address_end(reading, slot->from, slot->to);
        if (slot->from > next) slot->from = next;
        if (slot->to > next) slot->to = next;
        if (slot->to < slot->from) slot->to = slot->from;
    }
}

/* Put every label at a line's start, and a colon behind one that is glued to its value. */
static bool break_lines(np_reading *reading)
{
    size_t more = 0, done = 0;
    for (size_t i = 0; i < reading->slot_count; i++)
        more += (size_t)!reading->slots[i].at_line + (reading->slots[i].glued ? 2 : 0);
    if (!more) return false;
    np_copying c;
    np_copy_start(&c, reading, more);
    for (size_t i = 0; i < reading->slot_count; i++) {
        const np_labelled *slot = &reading->slots[i];
        if (!slot->at_line) {
            size_t end = slot->line_from;
            while (end > done && strchr(" -|,\t", reading->text.text[end - 1])) end--;
            np_copy(&c, done, end);
            np_copy_add(&c, "\n", slot->line_from);
            done = slot->line_from;
        }
        if (!slot->glued) continue;
        np_copy(&c, done, slot->label_to);
        np_copy_add(&c, ": ", slot->label_to);
        done = slot->label_to;
    }
    np_copy(&c, done, reading->text.length);
    np_copy_end(&c);
    np_notice_lower(reading);
    return true;
}

void np_notice_label(np_reading *reading)
{
    /* once more behind each break: "MonthlyGrade G12Description" has a grade only when it ends before "Description" */
    for (unsigned rounds = 0; rounds < ROUNDS_MAX; rounds++) {
        np_anchors_find(reading->patterns->anchors, reading->arena, reading->text.lower, reading->text.length,
                        &reading->anchors);
        find_slots(reading);
        if (rounds + 1 == ROUNDS_MAX || !break_lines(reading)) return;
    }
}

static const np_pattern *word_of(const np_patterns *patterns, const char *text, size_t length)
{
    uint16_t word = np_anchors_whole(patterns->anchors, text, length);
    return word == UINT16_MAX || patterns->of_word[word] == UINT16_MAX ? NULL
                                                                       : &patterns->items[patterns->of_word[word]];
}

const np_pattern *np_notice_word_of(const np_reading *reading, size_t from, size_t to)
{
    if (to < from + 3 || to - from > CELL_LABEL_MAX) return NULL;
    return word_of(reading->patterns, reading->text.text + from, to - from);
}

bool np_is_label(const np_patterns *patterns, const char *text, size_t length)
{
    const np_pattern *p = word_of(patterns, text, length);
    return p && p->headed;
}
