/* A correction's table, with what was and what is now beside each other: what was is left out. */
#include <string.h>
#include <strings.h>

#include "notice_internal.h"

enum { CELLS_MAX = 3 };

/* The cells of the line at `at`; 0: they are more than three. */
static size_t split(const np_notice_text *t, size_t at, np_piece cells[CELLS_MAX])
{
    size_t end = np_notice_line_end(t, at), count = 0;
    while (count < CELLS_MAX) {
        const char *tab = memchr(t->text + at, '\t', end - at);
        cells[count++] = (np_piece){at, tab ? (size_t)(tab - t->text) : end};
        if (!tab) return count;
        at = (size_t)(tab - t->text) + 1;
    }
    return 0;
}

static bool is_word_of(const char *list, const np_notice_text *t, np_piece cell)
{
    while (cell.to > cell.from && strchr(":. ", t->text[cell.to - 1])) cell.to--;
    for (np_word word; np_next_word(&list, &word);)
        if (word.length == cell.to - cell.from && strncasecmp(word.text, t->text + cell.from, word.length) == 0)
            return true;
    return false;
}

/* The line heads such a table: which cell of the lines beneath, 1 or 2, says what was; 0: it does not. */
static size_t former_cell(const np_reading *reading, size_t at)
{
    const np_patterns *patterns = reading->patterns;
    const np_notice_text *t = &reading->text;
    np_piece cells[CELLS_MAX];
    size_t count = split(t, at, cells);
    if (count < 2) return 0;
    for (size_t former = 1; former <= 2; former++)
        if (is_word_of(patterns->former_columns, t, cells[count - 3 + former]) &&
            is_word_of(patterns->present_columns, t, cells[count - former]))
            return former;
    return 0;
}

void np_notice_correct(np_reading *reading)
{
    const np_notice_text *t = &reading->text;
    np_copying c = {NULL, *t};
    size_t done = 0, former = 0;
    for (size_t at = 0, next; at < t->length; at = next) {
        np_piece cells[CELLS_MAX];
        next = np_notice_next_line(t, at);
        if (t->text[at] == '\n' || !memchr(t->text + at, '\t', next - at)) {
            former = 0;
        } else if (!former) {
            former = former_cell(reading, at);
        } else if (split(t, at, cells) == CELLS_MAX) {
            if (!c.reading) np_copy_start(&c, reading, t->length);
            np_copy(&c, done, cells[former].from - 1);
            done = cells[former].to;
        }
    }
    if (!c.reading) return;
    np_copy(&c, done, t->length);
    np_copy_end(&c);
}
