/* One notice from its bytes to the reading; and what makes it unusable. */
#include <string.h>

#include "notice_internal.h"

/* Limits on what one match may cost, whatever the text. */
enum { MATCH_LIMIT = 200000, DEPTH_LIMIT = 5000, HEAP_LIMIT_KIB = 4096, GROUPS_MAX = 32 };

const char *np_confidence_name(np_confidence confidence)
{
    static const char *const NAMES[] = {"low", "medium", "high"};
    return (unsigned)confidence < 3 ? NAMES[confidence] : NULL;
}

/* ---- reading ---- */

static void read_all(void *context)
{
    np_reading *reading = context;
    if (!np_notice_normalise(reading)) {
        np_notice_judge(reading);
        return;
    }
    np_notice_label(reading);
    np_notice_collect(reading);
    np_notice_choose(reading);
    np_notice_judge(reading);
    np_notice_compare(reading);
    np_notice_open(reading);
    if (reading->text.cut)
        np_notice_warn(reading, NP_NOTICE_FIELDS_MAX, (np_span){.file = NULL},
                       "the text is longer than a notice: only its first %d bytes were read", NP_NOTICE_TEXT_LIMIT);
    if (reading->gave_up)
        np_notice_warn(reading, NP_NOTICE_FIELDS_MAX, (np_span){.file = NULL},
                       "a search was given up at its limit; fields may be missing: break long lines");
}

static void start(np_reading *reading, const char *name, const char *bytes, size_t size)
{
    np_notice *notice = np_arena_alloc(reading->arena, sizeof *notice);
    const np_patterns *patterns = reading->patterns;
    np_notice_field *stated = np_arena_array(reading->arena, reading->book->field_count + 1, sizeof *stated);
    memcpy(stated, patterns->stated, reading->book->field_count * sizeof *stated);
    notice->book = reading->book;
    notice->fields = np_arena_array(reading->arena, patterns->field_count, sizeof *notice->fields);
    notice->stated = stated;
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

bool np_may_be_notice(const char *name, const char *bytes, size_t size)
{
    size_t i = first_line(bytes, size);
    if (np_ends_in(name, ".ini")) return false;
    if (i == size || bytes[i] != '[') return true;
    const char *end = memchr(bytes + i, '\n', size - i), *close = memchr(bytes + i, ']', size - i);
    return !close || (end && close > end);
}
