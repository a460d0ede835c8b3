/* Choices of a form, with boxes to tick: what nobody ticked, where something else is, is not said. */
#include <stdlib.h>
#include <string.h>

#include "notice_internal.h"

enum { BOXES_MOST = 24 }; /* of one question */

static const struct {
    const char *mark;
    bool ticked;
} MARKS[] = {{"( )", false},          {"[ ]", false},          {"[]", false},         {"[_]", false},  {"(_)", false},
             {"\xE2\x98\x90", false}, {"\xE2\x96\xA1", false}, {"(x)", true},         {"(X)", true},   {"[x]", true},
             {"[X]", true},           {"[ x ]", true},         {"[ X ]", true},       {"[x ]", true},  {"[X ]", true},
             {"[ x]", true},          {"[ X]", true},          {"( x )", true},       {"( X )", true}, {"[*]", true},
             {"\xE2\x98\x91", true},  {"\xE2\x98\x92", true},  {"\xE2\x96\xA0", true}};

typedef struct box {
    size_t from, to; /* its mark */
    bool ticked;
} box;

typedef struct question {
    box boxes[BOXES_MOST];
    size_t count, ticked;
    size_t line, end; /* where its first line begins, and its last one ends */
    bool one_line;
} question;

/* The box at text[at]; a bracket right behind a letter is none: "f(x)". */
static bool box_at(const char *text, size_t size, size_t at, box *found)
{
    if (at && (np_is_letter(text[at - 1]) || np_is_digit(text[at - 1]))) return false;
    for (size_t i = 0; i < sizeof MARKS / sizeof MARKS[0]; i++) {
        size_t length = strlen(MARKS[i].mark);
        if (size - at < length || memcmp(text + at, MARKS[i].mark, length) != 0) continue;
        *found = (box){at, at + length, MARKS[i].ticked};
        return true;
    }
    return false;
}

/* A form as the file has it: of a web page some tags end a line. */
typedef struct form {
    const np_file *file;
    const np_hidden *tags;
    size_t tag_count;
    size_t newline; /* the next line end, kept between calls; SIZE_MAX: not looked for yet */
} form;

static size_t line_end(form *f, size_t at)
{
    if (f->newline == SIZE_MAX || f->newline < at) {
        const char *end = memchr(f->file->text + at, '\n', f->file->size - at);
        f->newline = end ? (size_t)(end - f->file->text) : f->file->size;
    }
    size_t low = 0, high = f->tag_count;
    while (low < high) { /* the first tag behind `at` */
        size_t middle = low + (high - low) / 2;
        if (f->tags[middle].from < at)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < f->tag_count && f->tags[low].from < f->newline; low++)
        if (f->tags[low].as == '\n') return f->tags[low].from;
    return f->newline;
}

/* The boxes of text[at..end) are added to the question's; false: there are more than it holds. */
static bool add_boxes(const char *text, size_t at, size_t end, question *q)
{
    for (box found; at < end; at++) {
        if ((text[at] != '(' && text[at] != '[' && text[at] != '\xE2') || !box_at(text, end, at, &found)) continue;
        if (q->count == BOXES_MOST) return false;
        q->boxes[q->count++] = found;
        q->ticked += found.ticked;
        at = found.to - 1;
    }
    return true;
}

/* The line beneath begins with a box and has no other: it is one more choice. */
static bool add_choice_beneath(form *f, question *q)
{
    const np_file *file = f->file;
    size_t at = q->end + 1, before = q->count, ticked = q->ticked;
    while (at < file->size && strchr(" \t-*\r\n", file->text[at])) at++;
    box first;
    if (at >= file->size || !box_at(file->text, file->size, at, &first)) return false;
    size_t end = line_end(f, at);
    if (add_boxes(file->text, at, end, q) && q->count == before + 1) {
        q->end = end;
        return true;
    }
    q->count = before;
    q->ticked = ticked;
    return false;
}

/* The question whose first line begins at `line`; false: there is none, or more than are read. */
static bool read_question(form *f, size_t line, question *q)
{
    *q = (question){.line = line, .end = line_end(f, line), .one_line = true};
    if (!add_boxes(f->file->text, line, q->end, q) || !q->count) return false;
    while (q->count < BOXES_MOST && add_choice_beneath(f, q)) q->one_line = false;
    return true;
}

/* Where the words of a choice end that begin at `at`: at the next box, a line's end, a wide gap, a tag, or the end of a
 * sentence. Before a colon they are a label of their own, which stays: `at`. */
static size_t words_end(const char *text, size_t at, size_t limit)
{
    size_t begin = at;
    for (; at < limit && !strchr("\n\t<", text[at]); at++) {
        if (text[at] == ':') return begin;
        bool blank = at + 1 < limit && text[at + 1] == ' ';
        if (blank && (text[at] == '.' || (text[at] == ' ' && at > begin + 1))) break;
    }
    return at;
}

/* "G8 [ ] G10 [x] G12 [ ]": the boxes stand behind their words, the last one at the line's end. */
static bool stand_behind(const char *text, const question *q)
{
    size_t at = q->boxes[0].from, after = q->boxes[q->count - 1].to;
    while (at > q->line && text[at - 1] == ' ') at--;
    while (after < q->end && strchr(" \t\r", text[after])) after++;
    return q->one_line && after == q->end && at > q->line && !strchr(":.\t-*", text[at - 1]);
}

/* Where the words before the first box begin: behind a colon, a wide gap, or at the line's start. */
static size_t first_words(const char *text, const question *q)
{
    size_t at = q->boxes[0].from;
    while (at > q->line && text[at - 1] == ' ') at--;
    while (at > q->line && !strchr(":\t>", text[at - 1]) &&
           !(at > q->line + 1 && text[at - 1] == ' ' && text[at - 2] == ' '))
        at--;
    return at;
}

static void hide_boxes(np_reading *reading, const question *q)
{
    const char *text = reading->text.file->text;
    bool behind = stand_behind(text, q);
    size_t words = behind ? first_words(text, q) : 0;
    for (size_t i = 0; i < q->count; i++) {
        const box *b = &q->boxes[i];
        size_t next = i + 1 < q->count ? q->boxes[i + 1].from : q->end;
        size_t from = behind && !b->ticked ? words : b->from;
        size_t to = behind || b->ticked ? b->to : words_end(text, b->to, next);
        np_notice_hide_range(reading, from, to, '\t');
        words = b->to;
    }
}

/* One box is ticked, or none of several in a line (a form not filled in). Two ticked boxes leave the answer open, and a
 * list of things to do, one a line, is no question. */
static bool is_answered(const question *q)
{
    return q->ticked == 1 || (q->ticked == 0 && q->one_line && q->count > 1);
}

static int by_place(const void *a, const void *b)
{
    const np_hidden *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

/* Sort what is hidden by its place in the text, and drop boxes inside what is hidden already, such as a script. */
static void put_in_order(np_notice_text *t)
{
    size_t kept = 0;
    qsort(t->hidden, t->hidden_count, sizeof *t->hidden, by_place);
    for (size_t i = 0; i < t->hidden_count; i++)
        if (!kept || t->hidden[i].from >= t->hidden[kept - 1].to) t->hidden[kept++] = t->hidden[i];
    t->hidden_count = kept;
}

void np_notice_hide_choices(np_reading *reading)
{
    np_notice_text *t = &reading->text;
    size_t before = t->hidden_count;
    form f = {t->file, np_arena_duplicate(reading->arena, t->hidden, before, sizeof *t->hidden), before, SIZE_MAX};
    question q;
    for (size_t line = 0; line < t->file->size; line = q.end + 1)
        if (read_question(&f, line, &q) && is_answered(&q)) hide_boxes(reading, &q);
    if (before && t->hidden_count > before) put_in_order(t);
}
