/* Explanations and contracts over time, drawn with characters. */
#include <stdio.h>
#include <string.h>

#include "render_internal.h"

enum { LEAST_ROOM = 40 };

static const char FILLER[] = "\u2007"; /* a blank as wide as a digit: counted when words are broken, not printed */

/* ---- trees ---- */

typedef struct drawing {
    np_text *out;
    size_t width;
    char indent[1024];
} drawing;

/* A line, broken between words: `lead` goes before its first line, `rest` before the others. */
static void put_line(drawing *d, const np_doc_line *line, const char *lead, const char *rest)
{
    size_t deep = np_text_columns(d->indent, strlen(d->indent)) + np_text_columns(rest, strlen(rest));
    size_t room = deep + LEAST_ROOM < d->width ? d->width - deep : LEAST_ROOM;
    np_text words, lines;
    np_text_init(&words, 65536);
    np_text_init(&lines, 65536);
    for (const np_doc_run *run = line->first; run; run = run->next) np_text_puts(&words, run->text);
    np_wrap_words(&lines, np_text_string(&words), 0, 0, room);
    np_text_printf(d->out, "%s%s", d->indent, lead);
    for (const char *at = np_text_string(&lines); *at; at++) {
        while (strncmp(at, FILLER, strlen(FILLER)) == 0) at += strlen(FILLER);
        np_text_putc(d->out, *at);
        if (*at == '\n') np_text_printf(d->out, "%s%s", d->indent, rest);
    }
    np_text_putc(d->out, '\n');
    np_text_lost(d->out, &words);
    np_text_lost(d->out, &lines);
    np_text_free(&words);
    np_text_free(&lines);
}

static void put_step(drawing *d, const np_doc_tree *step, bool root, bool last)
{
    const char *deeper = root ? "" : last ? "   " : "│  ", *lead = step->first ? "│  " : "   ";
    const char *hang = step->first ? "│    " : "     ";
    size_t length = strlen(d->indent);
    char rest[32];
    snprintf(rest, sizeof rest, "%s%s", deeper, hang);
    put_line(d, step->first_line, root ? "" : last ? "└─ " : "├─ ", rest);
    if (length + strlen(deeper) + 8 < sizeof d->indent) memcpy(d->indent + length, deeper, strlen(deeper) + 1);
    for (const np_doc_line *line = step->first_line->next; line; line = line->next) put_line(d, line, lead, hang);
    for (const np_doc_tree *child = step->first; child; child = child->next) put_step(d, child, false, !child->next);
    d->indent[length] = '\0';
}

void np_text_tree(np_text *out, const np_doc_tree *tree, size_t width)
{
    drawing d = {.out = out, .width = width};
    put_step(&d, tree, true, true);
}

/* ---- contracts over time ---- */

enum { NAME = 10, BAR = 68 };

static size_t place(const np_doc_chart *chart, np_date date)
{
    int64_t span = (int64_t)chart->last - chart->first + 1, at = ((int64_t)date - chart->first) * BAR / span;
    return at < 0 ? 0 : at > BAR ? BAR : (size_t)at;
}

static void put_bar(np_text *out, const char *name, const char *bar)
{
    size_t length = BAR, columns = np_text_columns(name, strlen(name));
    while (length && bar[length - 1] == ' ') length--;
    np_text_puts(out, name);
    np_text_repeat(out, ' ', (columns < NAME ? NAME - columns : 0) + 2);
    np_text_add(out, bar, length);
    np_text_putc(out, '\n');
}

static void put_years(np_text *out, const np_doc_chart *chart)
{
    char bar[BAR];
    size_t free_from = 0;
    memset(bar, ' ', sizeof bar);
    for (int year = np_date_split(chart->first).year; year <= np_date_split(chart->last).year; year++) {
        np_date begins = np_date_of(year, 1, 1);
        size_t at = place(chart, begins < chart->first ? chart->first : begins);
        if (at < free_from || at + 4 > BAR) continue;
        for (int i = 3, left = year; i >= 0; i--, left /= 10) bar[at + (size_t)i] = (char)('0' + left % 10);
        free_from = at + 5;
    }
    put_bar(out, "", bar);
}

static void put_period_row(np_text *out, const np_doc_chart *chart, const np_doc_period_row *period_row)
{
    char bar[BAR];
    memset(bar, ' ', sizeof bar);
    for (size_t i = 0; i < period_row->period_count; i++) {
        const np_doc_period *period = &period_row->periods[i];
        size_t at = place(chart, period->from), end = place(chart, period->to + 1);
        if (end > at) memset(bar + at, period->fill, end - at);
    }
    for (size_t i = 0; i < period_row->period_count; i++) {
        size_t at = place(chart, period_row->periods[i].from);
        if (period_row->periods[i].begins && at < BAR) bar[at] = '|';
    }
    for (size_t i = 0; i < period_row->period_count; i++) {
        const char *name = period_row->periods[i].name;
        size_t at = place(chart, period_row->periods[i].from);
        if (name && at + 1 + strlen(name) < BAR) memcpy(bar + at + 1, name, strlen(name));
    }
    put_bar(out, period_row->name, bar);
}

void np_text_period_rows(np_text *out, const np_doc_chart *chart)
{
    put_years(out, chart);
    for (size_t i = 0; i < chart->count; i++) put_period_row(out, chart, &chart->of.period_rows[i]);
    if (!chart->legend) return;
    np_text_repeat(out, ' ', NAME + 2);
    np_text_printf(out, "%s\n", chart->legend);
}
