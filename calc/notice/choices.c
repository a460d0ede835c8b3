/* Choices of a form: boxes to tick, of which those that nobody ticked say nothing. */
#include <string.h>

#include "notice_internal.h"

static const struct {
    const char *mark;
    bool ticked;
} BOXES[] = {{"( )", false}, {"[ ]", false}, {"\xE2\x98\x90", false}, {"(x)", true},          {"(X)", true},
             {"[x]", true},  {"[X]", true},  {"[*]", true},           {"\xE2\x98\x91", true}, {"\xE2\x98\x92", true}};

/* The box at text[at]: how long it is; 0: none. */
static size_t box_at(const char *text, size_t size, size_t at, bool *ticked)
{
    for (size_t i = 0; i < sizeof BOXES / sizeof BOXES[0]; i++) {
        size_t length = strlen(BOXES[i].mark);
        if (size - at < length || memcmp(text + at, BOXES[i].mark, length) != 0) continue;
        *ticked = BOXES[i].ticked;
        return length;
    }
    return 0;
}

static size_t next_box(const char *text, size_t at, size_t end, size_t *length, bool *ticked)
{
    for (; at < end; at++)
        if (strchr("([\xE2", text[at]) && text[at] && (*length = box_at(text, end, at, ticked)) > 0) return at;
    return end;
}

static size_t line_end(const np_file *file, size_t at)
{
    const char *end = memchr(file->text + at, '\n', file->size - at);
    return end ? (size_t)(end - file->text) : file->size;
}

/* The end of the lines that are choices of one question: this one, and those beneath it that begin with a box. */
static size_t question_end(const np_file *file, size_t at)
{
    size_t end = line_end(file, at), length;
    bool ticked;
    while (end < file->size) {
        size_t next = end + 1;
        while (next < file->size && strchr(" \t-*", file->text[next])) next++;
        if (next >= file->size || !box_at(file->text, file->size, next, &ticked)) return end;
        size_t below = line_end(file, next);
        if (next_box(file->text, next + 1, below, &length, &ticked) < below) return end;
        end = below;
    }
    return end;
}

static bool any_ticked(const char *text, size_t at, size_t end)
{
    size_t length;
    bool ticked;
    for (; (at = next_box(text, at, end, &length, &ticked)) < end; at += length)
        if (ticked) return true;
    return false;
}

void np_notice_hide_choices(np_reading *reading)
{
    const np_file *file = reading->text.file;
    const char *text = file->text;
    size_t length, at = 0;
    bool ticked;
    while ((at = next_box(text, at, file->size, &length, &ticked)) < file->size) {
        size_t end = question_end(file, at);
        if (!any_ticked(text, at, end)) {
            at = end;
            continue;
        }
        while (at < end) {
            size_t behind = at + length, next_length, line = line_end(file, at);
            bool next_ticked;
            size_t next = next_box(text, behind, end, &next_length, &next_ticked);
            /* a line's end stays, so that the next choice begins a line of its own */
            np_notice_hide_range(reading, at, ticked ? behind : next < line ? next : line, '\t');
            at = next, length = next_length, ticked = next_ticked;
        }
    }
}
