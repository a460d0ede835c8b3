/* One notice from its bytes to the reading; and what makes it unusable. */
#include <string.h>

#include "parts.h"

/* Limits on what one match may cost, whatever the text. */
enum { MATCH_LIMIT = 200000, DEPTH_LIMIT = 5000, HEAP_LIMIT_KIB = 4096, GROUPS_MAX = 32 };

const char *np_confidence_name(np_confidence confidence)
{
    static const char *const NAMES[] = {"low", "medium", "high"};
    return (unsigned)confidence < 3 ? NAMES[confidence] : NULL;
}

/* ---- what is no notice, or more than one ---- */

static bool is_notice(const np_reading *reading)
{
    static const np_notice_field KEYS[] = {NP_NOTICE_TITLE,     NP_NOTICE_GRADE,        NP_NOTICE_CLOSING,
                                           NP_NOTICE_REFERENCE, NP_NOTICE_CONTRACT,     NP_NOTICE_CLEARANCE,
                                           NP_NOTICE_LANGUAGES, NP_NOTICE_SLP,          NP_NOTICE_EXPERIENCE_YEARS,
                                           NP_NOTICE_START,     NP_NOTICE_SALARY_AMOUNT};
    unsigned found = 0;
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++) {
        const np_notice_entry *entry = &reading->notice->fields[KEYS[i]];
        found += entry->found && entry->best.confidence >= NP_FAIRLY_SURE;
    }
    return (found >= 2 && reading->evidence >= 2) || (found >= 1 && reading->evidence >= 4) || found >= 4;
}

typedef struct pair_of_places {
    const np_candidate *first, *second; /* headings of a field with different values */
} pair_of_places;

static bool surely_headed(const np_candidate *c)
{
    return c->headed && c->score >= 70 && !c->kept;
}

static pair_of_places two_headings(const np_reading *reading, np_notice_field field)
{
    pair_of_places pair = {NULL, NULL};
    for (size_t i = 0; i < reading->candidate_count; i++) {
        const np_candidate *c = &reading->candidates[i];
        if (c->field == field && surely_headed(c) && (!pair.first || c->from < pair.first->from)) pair.first = c;
    }
    for (size_t i = 0; i < reading->candidate_count && pair.first; i++) {
        const np_candidate *c = &reading->candidates[i];
        if (c->field != field || !surely_headed(c) || strcmp(c->value, pair.first->value) == 0) continue;
        if (c->from <= pair.first->to || (pair.second && c->from >= pair.second->from)) continue;
        pair.second = c;
    }
    return pair;
}

/* Two fields or more are headed a second time with other values, and all second headings follow all first ones. */
static const np_candidate *second_notice(const np_reading *reading)
{
    static const np_notice_field KEYS[] = {NP_NOTICE_TITLE, NP_NOTICE_REFERENCE, NP_NOTICE_GRADE, NP_NOTICE_CLOSING};
    const np_candidate *latest_first = NULL, *earliest_second = NULL;
    unsigned doubled = 0;
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++) {
        pair_of_places pair = two_headings(reading, KEYS[i]);
        if (!pair.second) continue;
        doubled++;
        if (!latest_first || pair.first->from > latest_first->from) latest_first = pair.first;
        if (!earliest_second || pair.second->from < earliest_second->from) earliest_second = pair.second;
    }
    return doubled >= 2 && latest_first->from < earliest_second->from ? earliest_second : NULL;
}

static np_span span_of(const np_reading *reading, const np_candidate *c)
{
    return np_notice_span(&reading->text, c->from, c->to);
}

/* Two places that state the grade state different ones, which are no pair. */
static void check_grades(np_reading *reading)
{
    const np_notice *notice = reading->notice;
    const char *grade = np_notice_value(notice, NP_NOTICE_GRADE), *twin = np_notice_value(notice, NP_NOTICE_TWIN_GRADE);
    const np_candidate *best = NULL, *other = NULL;
    for (size_t i = 0; i < reading->candidate_count && grade; i++) {
        const np_candidate *c = &reading->candidates[i];
        if (c->field != NP_NOTICE_GRADE || !c->pattern->grave || c->score < 60) continue;
        if (strcmp(c->value, grade) == 0)
            best = best ? best : c;
        else if (!(twin && strcmp(c->value, twin) == 0) && !other)
            other = c;
    }
    if (!best || !other) return;
    np_diag *diag = np_report(reading->diags, NP_CODE_CONTRADICTORY_GRADES, span_of(reading, other),
                              "the notice gives the grade %s here and %s elsewhere", other->value, grade);
    np_diag_note(reading->diags, diag, span_of(reading, best), "here it is %s", grade);
    np_diag_hint(reading->diags, diag, "ask which one holds, and take the other out of the text");
}

void np_notice_verify(np_reading *reading)
{
    const np_file *file = reading->notice->file;
    if (!is_notice(reading)) {
        np_diag *diag = np_report(reading->diags, NP_CODE_NOT_A_NOTICE, np_span_of(file, 0, 0),
                                  "this text does not read like a vacancy notice");
        np_diag_hint(reading->diags, diag,
                     "a notice says for example: Post title: ..., Grade: G15, Location: Brussels, Closing date: ...");
        return;
    }
    const np_candidate *second = second_notice(reading);
    if (second) {
        np_diag *diag = np_report(reading->diags, NP_CODE_TWO_NOTICES, span_of(reading, second),
                                  "a second notice seems to begin near this line");
        np_diag_hint(reading->diags, diag, "put each notice into a file of its own");
        return;
    }
    check_grades(reading);
}

/* ---- reading ---- */

static void read_all(void *context)
{
    np_reading *reading = context;
    if (!np_notice_normalise(reading)) return;
    np_notice_collect(reading);
    np_notice_choose(reading);
    np_notice_verify(reading);
    np_notice_compare(reading);
    np_notice_open(reading);
    if (reading->gave_up)
        np_notice_warn(reading, "a search was given up at its limit; fields may be missing: break long lines");
}

static void start(np_reading *reading, const char *name, const char *bytes, size_t size)
{
    np_notice *notice = np_arena_alloc(reading->arena, sizeof *notice);
    notice->book = reading->book;
    notice->check.verdict = NP_SALARY_NOT_QUOTED;
    notice->file = np_notice_decode(reading->diags, name, bytes, size, &notice->encoding);
    reading->text.file = notice->file;
    reading->notice = notice->file ? notice : NULL;
}

typedef struct beginning {
    np_reading *reading;
    const char *name, *bytes;
    size_t size;
} beginning;

static void guarded(void *context)
{
    beginning *b = context;
    start(b->reading, b->name, b->bytes, b->size);
    if (b->reading->notice) read_all(b->reading);
}

np_notice *np_notice_read(const np_patterns *patterns, np_diags *diags, const char *name, const char *bytes,
                          size_t size)
{
    np_reading reading = {.patterns = patterns, .book = patterns->book, .diags = diags, .arena = diags->arena};
    reading.match = pcre2_match_data_create(GROUPS_MAX, NULL);
    reading.limits = pcre2_match_context_create(NULL);
    bool ok = reading.match && reading.limits;
    if (ok) {
        pcre2_set_match_limit(reading.limits, MATCH_LIMIT);
        pcre2_set_depth_limit(reading.limits, DEPTH_LIMIT);
        pcre2_set_heap_limit(reading.limits, HEAP_LIMIT_KIB);
        beginning b = {&reading, name, bytes, size};
        ok = np_arena_guard(diags->arena, guarded, &b);
    }
    pcre2_match_data_free(reading.match);
    pcre2_match_context_free(reading.limits);
    return ok ? reading.notice : NULL;
}

/* Where the first line begins that is neither blank nor a comment; `size`: there is none. */
static size_t first_line(const char *bytes, size_t size)
{
    size_t i = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (i < size) {
        if (memchr(" \t\r\n\f", bytes[i], 5)) {
            i++;
            continue;
        }
        if (bytes[i] != ';' && bytes[i] != '#') break;
        const char *newline = memchr(bytes + i, '\n', size - i);
        i = newline ? (size_t)(newline - bytes) : size;
    }
    return i;
}

bool np_notice_sniff(const char *name, const char *bytes, size_t size)
{
    size_t length = strlen(name), i = first_line(bytes, size);
    if (length > 4 && strcmp(name + length - 4, ".ini") == 0) return false;
    if (i == size || bytes[i] != '[') return true;
    const char *end = memchr(bytes + i, '\n', size - i), *close = memchr(bytes + i, ']', size - i);
    return !close || (end && close > end);
}
