/* A correction that lists old and new values, side by side or one beneath the other: the old ones are left out. */
#include <string.h>
#include <strings.h>

#include "notice_internal.h"

/* The line's cell is a word of the list. */
static bool is_word_of(const char *list, const np_notice_text *t, const np_cells *cells, size_t cell)
{
    size_t from = cells->from[cell], to = cells->to[cell];
    while (to > from && strchr(":. ", t->text[to - 1])) to--;
    for (np_word word; np_next_word(&list, &word);)
        if (word.length == to - from && strncasecmp(word.text, t->text + from, word.length) == 0) return true;
    return false;
}

/* The cell, 1 or 2, in which the old values stand in the lines beneath this heading of such a table; 0: it is none. */
static size_t former_cell(const np_reading *reading, size_t at)
{
    const np_patterns *patterns = reading->patterns;
    const np_notice_text *t = &reading->text;
    np_cells cells;
    if (!np_notice_cells(t, at, &cells) || cells.count < 2 || cells.count > 3) return 0;
    for (size_t former = 1; former <= 2; former++)
        if (is_word_of(patterns->former_columns, t, &cells, cells.count - 3 + former) &&
            is_word_of(patterns->present_columns, t, &cells, cells.count - former))
            return former;
    return 0;
}

/* Behind "read:", where "for: G17" stands at `at` and "read: G15" in the line beneath; 0: they do not. */
static size_t behind_former(const np_reading *reading, size_t at)
{
    const np_patterns *patterns = reading->patterns;
    const np_notice_text *t = &reading->text;
    size_t next = np_notice_next_line(t, at),
           colons[2] = {strcspn(t->text + at, ":\n"), strcspn(t->text + next, ":\n")};
    np_cells line = {.from = {at, next}, .to = {at + colons[0], next + colons[1]}};
    if (t->text[line.to[0]] != ':' || t->text[line.to[1]] != ':') return 0;
    bool both = is_word_of(patterns->former_columns, t, &line, 0) && is_word_of(patterns->present_columns, t, &line, 1);
    return both ? line.to[1] + 1 + strspn(t->text + line.to[1] + 1, " ") : 0;
}

void np_notice_correct(np_reading *reading)
{
    const np_notice_text *t = &reading->text;
    np_copying c = {NULL, *t};
    size_t done = 0, former = 0, behind;
    for (size_t at = 0, next; at < t->length; at = next) {
        np_cells cells;
        next = np_notice_next_line(t, at);
        if (next < t->length && (behind = behind_former(reading, at)) > 0) {
            if (!c.reading) np_copy_start(&c, reading, t->length);
            np_copy(&c, done, at);
            done = next = behind;
        } else if (t->text[at] == '\n' || !memchr(t->text + at, '\t', next - at)) {
            former = 0;
        } else if (!former) {
            former = former_cell(reading, at);
        } else if (np_notice_cells(t, at, &cells) && cells.count == 3) {
            if (!c.reading) np_copy_start(&c, reading, t->length);
            np_copy(&c, done, cells.from[former] - 1);
            done = cells.to[former];
        }
    }
    if (!c.reading) return;
    np_copy(&c, done, t->length);
    np_copy_end(&c);
}
