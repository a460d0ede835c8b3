/* Charts made of bars: what pay consists of, contracts over time, ranges. */
#include <string.h>

#include "svg_internal.h"

enum { WHOLE = 100000 }; /* thousandths of a percent in 100 % */

static void block(np_html *html, int64_t x, int64_t width, int64_t y, int64_t height, const char *kind,
                  const char *label)
{
    np_text_puts(html->out, "<rect x=\"");
    np_svg_percent(html->out, x);
    np_text_puts(html->out, "\" width=\"");
    np_svg_percent(html->out, width);
    np_text_printf(html->out, "\" y=\"%lld\" height=\"%lld\" class=\"%s\">", (long long)y, (long long)height, kind);
    np_html_put(html, "<title>$</title></rect>\n", np_short_label(html->arena, label, NP_DOC_LABEL));
}

static void rectangle(np_html *html, int64_t x, int64_t width, int64_t y, int64_t height, unsigned color, bool faint,
                      const char *label)
{
    block(html, x, width, y, height,
          np_arena_format(html->arena, "f%u%s", color % NP_HTML_COLORS, faint ? " faint" : ""), label);
}

static void text_at(np_html *html, const char *kind, int64_t x, int dx, int64_t y, const char *text)
{
    np_html_put(html, "<text class=\"$\" x=\"", kind);
    np_svg_percent(html->out, x);
    np_text_printf(html->out, "\" dx=\"%d\" y=\"%lld\">", dx, (long long)y);
    np_html_put(html, "$</text>\n", text);
}

static void upright(np_html *html, int64_t x, int64_t from, int64_t to, const char *kind)
{
    np_html_put(html, "<line class=\"$\" x1=\"", kind);
    np_svg_percent(html->out, x);
    np_text_puts(html->out, "\" x2=\"");
    np_svg_percent(html->out, x);
    np_text_printf(html->out, "\" y1=\"%lld\" y2=\"%lld\"/>\n", (long long)from, (long long)to);
}

/* ---- stacked ---- */

static np_num sum_of(np_arena *arena, const np_doc_part *parts, size_t count)
{
    np_num sum = np_num_int(0);
    for (size_t i = 0; i < count; i++) sum = np_num_add(arena, sum, parts[i].value);
    return sum;
}

/* Ends are placed, not widths, so that the parts meet and the whole has its true length. */
static void stack(np_html *html, const np_doc_part *parts, size_t count, np_num most, int64_t y, int64_t height)
{
    np_num sum = np_num_int(0);
    int64_t from = 0;
    for (size_t i = 0; i < count; i++) {
        sum = np_num_add(html->arena, sum, parts[i].value);
        int64_t to = np_svg_place(html->arena, sum, np_num_int(0), most, WHOLE);
        if (to > from) rectangle(html, from, to - from, y, height, parts[i].color, parts[i].faint, parts[i].label);
        from = to;
    }
}

/* ---- one bar alone: a row for each of its parts, from where the sum stood to where it then stands ---- */

enum { FALL_ROW = 38 };

static void fall_row(np_html *html, size_t row, const char *label, const char *kind, int64_t from, int64_t to)
{
    int64_t y = (int64_t)row * FALL_ROW;
    text_at(html, "b", 0, 0, y + 13, np_short_label(html->arena, label, 60));
    block(html, from < to ? from : to, from < to ? to - from : from - to, y + 18, 14, kind, label);
}

static void fall(np_html *html, const np_doc_chart *chart)
{
    const np_doc_bar *bar = chart->of.bars;
    np_num whole = sum_of(html->arena, bar->parts, bar->part_count), sum = np_num_int(0);
    size_t row = 0;
    int64_t at = 0;
    np_svg_open(html, "bars", chart, (int64_t)(bar->part_count + bar->below_count + 2) * FALL_ROW);
    for (size_t i = 0; i < bar->part_count; i++, row++) {
        sum = np_num_add(html->arena, sum, bar->parts[i].value);
        int64_t to = np_svg_place(html->arena, sum, np_num_int(0), whole, WHOLE);
        fall_row(html, row, bar->parts[i].label, "f0", at, to);
        at = to;
    }
    fall_row(html, row++, bar->label, "sum", 0, at);
    for (size_t i = 0; i < bar->below_count; i++) {
        if (!bar->below[i].faint) continue; /* what is left */
        sum = np_num_sub(html->arena, sum, bar->below[i].value);
        int64_t to = np_svg_place(html->arena, sum, np_num_int(0), whole, WHOLE);
        fall_row(html, row++, bar->below[i].label, "less", at, to);
        at = to;
    }
    fall_row(html, row, bar->figure, "sum", 0, at);
    np_text_puts(html->out, "</svg>\n");
}

void np_svg_bars(np_html *html, const np_doc_chart *chart)
{
    if (chart->count == 1) {
        fall(html, chart);
        return;
    }
    enum { ROW = 58 };
    const np_doc_bar *bars = chart->of.bars;
    size_t count = chart->count;
    np_num most = np_num_int(0);
    for (size_t i = 0; i < count; i++) {
        np_num above = sum_of(html->arena, bars[i].parts, bars[i].part_count);
        np_num below = sum_of(html->arena, bars[i].below, bars[i].below_count);
        if (np_num_compare(above, most) > 0) most = above;
        if (np_num_compare(below, most) > 0) most = below;
    }
    np_svg_open(html, "bars", chart, (int64_t)count * ROW);
    for (size_t i = 0; i < count; i++) {
        int64_t y = (int64_t)i * ROW;
        text_at(html, "b", 0, 0, y + 13, np_short_label(html->arena, bars[i].label, 36));
        text_at(html, "e", WHOLE, 0, y + 13, bars[i].figure);
        stack(html, bars[i].parts, bars[i].part_count, most, y + 19, 18);
        stack(html, bars[i].below, bars[i].below_count, most, y + 39, 8);
    }
    np_text_puts(html->out, "</svg>\n");
}

/* ---- over time ---- */

static int64_t when(np_html *html, np_date date, np_date first, np_date last)
{
    return np_svg_place(html->arena, np_num_int(date), np_num_int(first), np_num_int((int64_t)last + 1), WHOLE);
}

static void years(np_html *html, np_date first, np_date last, int64_t height)
{
    int from = np_date_split(first).year, to = np_date_split(last).year;
    int skip = to - from > 14 ? 5 : to - from > 8 ? 2 : 1;
    for (int year = from; year <= to; year++) {
        np_date day = np_date_of(year, 1, 1);
        if (day < first || day > last || year % skip) continue;
        int64_t x = when(html, day, first, last);
        upright(html, x, 16, height, "grid");
        text_at(html, "t", x, 2, 12, np_arena_format(html->arena, "%d", year));
    }
}

/* A disc, or a diamond: a nested drawing stands at the place, so that its points need no percentages. */
static void draw_mark(np_html *html, const np_doc_mark *mark, int64_t x, int64_t y)
{
    np_text_puts(html->out, mark->square ? "<svg x=\"" : "<circle class=\"mark\" r=\"4\" cx=\"");
    np_svg_percent(html->out, x);
    np_text_printf(html->out,
                   mark->square ? "\" y=\"%lld\"><path class=\"mark\" d=\"M0 -5L5 0L0 5L-5 0Z\">" : "\" cy=\"%lld\">",
                   (long long)y);
    np_html_put(html, mark->square ? "<title>$ $</title></path></svg>\n" : "<title>$ $</title></circle>\n",
                np_html_date(html, mark->date), np_short_label(html->arena, mark->label, NP_DOC_LABEL));
}

static void row_marks(np_html *html, const np_doc_period_row *period_row, np_date first, np_date last, int64_t y)
{
    int64_t before = -WHOLE;
    for (size_t m = 0; m < period_row->mark_count; m++) {
        const np_doc_mark *mark = &period_row->marks[m];
        if (mark->date < first || mark->date > last) continue;
        int64_t x = when(html, mark->date, first, last);
        draw_mark(html, mark, x, mark->square ? y + 17 : y + 8); /* two on one day stand apart */
        /* a sign that would stand on the one before it is left to the list below the chart */
        if (mark->sign && x - before >= 5500) {
            text_at(html, "t m", x, 0, y + 33, mark->sign);
            before = x;
        }
    }
}

/* How far a period's name may reach: over those that follow without one and look the same. */
static np_date end_of_name(const np_doc_period_row *period_row, size_t s)
{
    const np_doc_period *period = &period_row->periods[s];
    np_date to = period->to;
    while (++s < period_row->period_count && !period_row->periods[s].name &&
           period_row->periods[s].faint == period->faint)
        to = period_row->periods[s].to;
    return to;
}

static void track_names(np_html *html, const np_doc_period_row *period_row, np_date first, np_date last, int64_t y)
{
    enum { LETTER = 1000 }; /* as wide as one may be */
    for (size_t s = 0; s < period_row->period_count; s++) {
        const np_doc_period *period = &period_row->periods[s];
        if (!period->name || period->from < first || period->from > last) continue;
        int64_t x = when(html, period->from, first, last),
                end = when(html, end_of_name(period_row, s) + 1, first, last);
        if (end - x > LETTER * (int64_t)strlen(period->name))
            text_at(html, period->faint ? "b" : "in", x, 9, y, period->name);
    }
}

void np_svg_period_rows(np_html *html, const np_doc_chart *chart)
{
    enum { ROW = 62, HEAD = 20 };
    np_date first = chart->first, last = chart->last;
    const np_doc_period_row *period_rows = chart->of.period_rows;
    size_t count = chart->count;
    int64_t height = HEAD + (int64_t)count * ROW;
    if (last <= first) return;
    np_svg_open(html, "inset", chart, height + 4);
    years(html, first, last, height);
    for (size_t i = 0; i < count; i++) {
        int64_t y = HEAD + (int64_t)i * ROW;
        text_at(html, "b", 0, 0, y + 12, np_short_label(html->arena, period_rows[i].label, 46));
        for (size_t s = 0; s < period_rows[i].period_count; s++) {
            const np_doc_period *period = &period_rows[i].periods[s];
            np_date from = period->from < first ? first : period->from;
            np_date to = period->to > last ? last : period->to;
            if (to < from) continue;
            int64_t x = when(html, from, first, last), end = when(html, to + 1, first, last);
            rectangle(html, x, end - x, y + 18, 18, period->color, period->faint, period->label);
        }
        track_names(html, &period_rows[i], first, last, y + 31);
        row_marks(html, &period_rows[i], first, last, y + 18);
    }
    np_text_puts(html->out, "</svg>\n");
}

/* ---- ranges ---- */

void np_svg_ranges(np_html *html, const np_doc_chart *chart)
{
    enum { ROW = 52, HEAD = 20, FOOT = 18 };
    const np_doc_range *ranges = chart->of.ranges;
    size_t count = chart->count;
    np_num middle = chart->middle;
    np_num low = middle, high = middle;
    for (size_t i = 0; i < count; i++) {
        const np_num ends[] = {ranges[i].low, ranges[i].high};
        for (size_t e = 0; e < 2; e++) {
            if (np_num_compare(ends[e], low) < 0) low = ends[e];
            if (np_num_compare(ends[e], high) > 0) high = ends[e];
        }
    }
    np_svg_axis axis = np_svg_axis_of(html->arena, low, high);
    int64_t bottom = HEAD + (int64_t)count * ROW, at;
    low = axis.low;
    high = axis.high;
    np_svg_open(html, "inset", chart, bottom + FOOT);
    for (int i = 0; i <= axis.ticks; i++) {
        at = (int64_t)WHOLE * i / axis.ticks;
        upright(html, at, HEAD, bottom, "grid");
        text_at(html,
                i == 0            ? "t"
                : i == axis.ticks ? "t e"
                                  : "t m",
                at, 0, bottom + 14, np_svg_tick_words(html, &axis, i));
    }
    at = np_svg_place(html->arena, middle, low, high, WHOLE);
    text_at(html, at < 15000 ? "b" : at > 85000 ? "b e" : "b m", at, 0, 13, chart->title_of_middle);
    upright(html, at, 17, bottom, "grid zero");
    for (size_t i = 0; i < count; i++) {
        int64_t y = HEAD + (int64_t)i * ROW;
        bool falls = np_num_compare(ranges[i].low, ranges[i].high) > 0;
        int64_t x = np_svg_place(html->arena, falls ? ranges[i].high : ranges[i].low, low, high, WHOLE);
        int64_t end = np_svg_place(html->arena, falls ? ranges[i].low : ranges[i].high, low, high, WHOLE);
        text_at(html, "b", 0, 0, y + 13, np_short_label(html->arena, ranges[i].label, 44));
        rectangle(html, x, end - x, y + 19, 12, chart->color, false, ranges[i].label);
        text_at(html, "t", 0, 0, y + 44, ranges[i].figures);
    }
    np_text_puts(html->out, "</svg>\n");
}
