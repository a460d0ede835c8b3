/* Charts: what all of them share, and steps over months.
 *
 * The outer drawing has no view box, so that text keeps its size at every width; positions across are percentages in
 * thousandths. Lines are drawn in an inner view box that stretches, with strokes that do not. */
#include "svg_internal.h"

#include <stdlib.h>
#include <string.h>

int64_t np_svg_place(np_arena *arena, np_num value, np_num low, np_num high, int64_t size)
{
    np_num width = np_num_sub(arena, high, low);
    if (np_num_sign(width) <= 0) return 0;
    np_num share = np_num_div(arena, np_num_sub(arena, value, low), width);
    np_num place = np_num_round(arena, np_num_mul(arena, share, np_num_int(size)), np_num_int(1), NP_ROUND_HALF_UP);
    int64_t result = 0;
    if (!np_num_valid(place) || !np_num_to_int(place, &result)) return 0;
    return result < 0 ? 0 : result > size ? size : result;
}

void np_svg_percent(np_text *out, int64_t thousandths)
{
    np_text_printf(out, "%lld.%03lld%%", (long long)(thousandths / 1000), (long long)(thousandths % 1000));
}

void np_svg_open(np_html *html, const char *room, const np_doc_chart *chart, int64_t height)
{
    unsigned id = ++html->charts;
    np_text_printf(html->out,
                   "<svg class=\"%s\" role=\"img\" aria-labelledby=\"t%u d%u\" height=\"%lld\">\n<title id=\"t%u\">",
                   room, id, id, (long long)height, id);
    np_html_escape(html->out, chart->title);
    np_text_printf(html->out, "</title>\n<desc id=\"d%u\">", id);
    np_html_escape(html->out, chart->about);
    np_text_puts(html->out, "</desc>\n");
}

/* ---- the axis of amounts ---- */

static np_num whole(np_arena *arena, np_num value, np_num unit, np_rounding mode)
{
    return np_num_round(arena, value, unit, mode);
}

np_svg_axis np_svg_axis_of(np_arena *arena, np_num low, np_num high)
{
    static const int64_t FACTORS[] = {1, 2, 5};
    int64_t power = 1;
    for (int i = 0; i < 45; i++) {
        np_num step = np_num_int(FACTORS[i % 3] * power);
        np_svg_axis a = {whole(arena, low, step, NP_ROUND_FLOOR), whole(arena, high, step, NP_ROUND_CEILING), step, 0};
        if (np_num_compare(a.low, a.high) == 0) a.high = np_num_add(arena, a.high, step);
        np_num count = np_num_div(arena, np_num_sub(arena, a.high, a.low), step);
        int64_t ticks;
        if (np_num_to_int(count, &ticks) && ticks <= 6) {
            a.ticks = (int)ticks;
            return a;
        }
        if (i % 3 == 2) power *= 10;
    }
    return (np_svg_axis){low, high, np_num_sub(arena, high, low), 1};
}

const char *np_svg_tick_words(np_html *html, const np_svg_axis *a, int tick)
{
    np_num value = np_num_add(html->arena, a->low, np_num_mul(html->arena, a->step, np_num_int(tick)));
    np_text text;
    np_text_init(&text, 256);
    np_num_print(&text, value, 0, NP_ROUND_HALF_UP);
    return np_page_amount(html->arena, html->lang, np_text_move(&text, html->arena));
}

void np_svg_draw_axis(np_html *html, const np_svg_axis *a)
{
    for (int i = 0; i <= a->ticks; i++) {
        np_num value = np_num_add(html->arena, a->low, np_num_mul(html->arena, a->step, np_num_int(i)));
        int64_t y = NP_SVG_HEIGHT - NP_SVG_HEIGHT * i / a->ticks;
        np_text_printf(html->out,
                       "<line class=\"grid%s\" x1=\"0\" x2=\"100%%\" y1=\"%lld\" y2=\"%lld\"/><text class=\"t e\" "
                       "x=\"-8\" y=\"%lld\">",
                       np_num_sign(value) == 0 ? " zero" : "", (long long)y, (long long)y, (long long)y + 4);
        np_html_put(html, "$</text>\n", np_svg_tick_words(html, a, i));
    }
}

void np_svg_widen(np_num value, np_num *low, np_num *high)
{
    if (!np_num_valid(value)) return;
    if (!np_num_valid(*low) || np_num_compare(value, *low) < 0) *low = value;
    if (!np_num_valid(*high) || np_num_compare(value, *high) > 0) *high = value;
}

/* A line and its year at each January; where there are many, every second one. */
static void draw_years(np_html *html, const np_doc_chart *chart)
{
    np_ymd first = np_date_split(chart->first);
    int skip = chart->months > 144 ? 5 : chart->months > 84 ? 2 : 1;
    for (size_t m = 0; m < chart->months; m++) {
        int month = (first.month - 1 + (int)m) % 12, year = first.year + (first.month - 1 + (int)m) / 12;
        if (month != 0 || year % skip) continue;
        int64_t x = (int64_t)m * 100000 / (int64_t)chart->months;
        np_text_puts(html->out, "<line class=\"grid\" x1=\"");
        np_svg_percent(html->out, x);
        np_text_puts(html->out, "\" x2=\"");
        np_svg_percent(html->out, x);
        np_text_printf(html->out, "\" y1=\"0\" y2=\"%d\"/><text class=\"t\" x=\"", NP_SVG_HEIGHT + 6);
        np_svg_percent(html->out, x);
        np_text_printf(html->out, "\" dx=\"2\" y=\"%d\">%d</text>\n", NP_SVG_HEIGHT + 18, year);
    }
}

/* ---- the lines ---- */

int64_t np_svg_height_of(np_html *html, const np_svg_axis *a, np_num value)
{
    return NP_SVG_FINE - np_svg_place(html->arena, value, a->low, a->high, NP_SVG_FINE);
}

static void draw_line(np_html *html, const np_svg_axis *a, const np_doc_series *series, size_t months)
{
    np_text_printf(html->out, "<path class=\"step k%u d%u\" d=\"", series->color % NP_HTML_COLORS, series->dash % 3);
    int64_t last = -1;
    for (size_t m = 0; m < months; m++) {
        if (!np_num_valid(series->values[m])) {
            if (last >= 0) np_text_printf(html->out, "H%zu", m * 10);
            last = -1;
            continue;
        }
        int64_t y = np_svg_height_of(html, a, series->values[m]);
        if (last < 0)
            np_text_printf(html->out, "M%zu %lld", m * 10, (long long)y);
        else if (y != last)
            np_text_printf(html->out, "H%zuV%lld", m * 10, (long long)y);
        last = y;
    }
    if (last >= 0) np_text_printf(html->out, "H%zu", months * 10);
    np_text_puts(html->out, "\"/>\n");
}

/* What a line is called, at its end. */
typedef struct ending {
    int64_t y; /* in pixels */
    unsigned color;
    const char *text, *name; /* on a narrow page, where the key says more; on a wide one */
} ending;

static int by_height(const void *a, const void *b)
{
    const ending *x = a, *y = b;
    int order = (x->y > y->y) - (x->y < y->y);
    return order ? order : strcmp(x->text, y->text);
}

/* From the top; lines that end together share a place. */
static size_t merge_endings(np_html *html, ending *endings, size_t count)
{
    size_t places = 0;
    if (count > 1) qsort(endings, count, sizeof *endings, by_height);
    for (size_t i = 0; i < count; i++) {
        ending *last = places ? &endings[places - 1] : NULL;
        if (last && last->y == endings[i].y) {
            last->text = np_arena_format(html->arena, "%s %s", last->text, endings[i].text);
            last->name = np_arena_format(html->arena, "%s, %s", last->name, endings[i].name);
        } else {
            endings[places++] = endings[i];
        }
    }
    return places;
}

static void draw_endings(np_html *html, ending *endings, size_t count)
{
    enum { APART = 13 };
    size_t places = merge_endings(html, endings, count);
    for (size_t i = 1; i < places; i++)
        if (endings[i].y < endings[i - 1].y + APART) endings[i].y = endings[i - 1].y + APART;
    for (size_t i = places; i-- > 0;) {
        int64_t most = i + 1 == places ? NP_SVG_HEIGHT + 4 : endings[i + 1].y - APART;
        if (endings[i].y > most) endings[i].y = most;
    }
    for (size_t i = 0; i < places; i++) {
        np_text_printf(html->out, "<text class=\"f%u\" x=\"100%%\" dx=\"7\" y=\"%lld\">",
                       endings[i].color % NP_HTML_COLORS, (long long)endings[i].y + 4);
        np_html_put(html, "<tspan class=\"mk\">$</tspan><tspan class=\"nm\">$</tspan></text>\n",
                    np_short_label(html->arena, endings[i].text, 9), np_short_label(html->arena, endings[i].name, 40));
    }
}

void np_svg_name_series(np_html *html, const np_svg_axis *a, const np_doc_chart *chart, size_t points)
{
    ending *endings = np_arena_array(html->arena, chart->count + 1, sizeof *endings);
    size_t count = 0;
    for (size_t s = 0; s < chart->count; s++) {
        const np_doc_series *series = &chart->of.series[s];
        size_t p = points;
        while (p > 0 && !np_num_valid(series->values[p - 1])) p--;
        if (p == 0 || !series->mark || !*series->mark) continue;
        int64_t y = np_svg_height_of(html, a, series->values[p - 1]) * NP_SVG_HEIGHT / NP_SVG_FINE;
        endings[count++] = (ending){y, series->color, series->mark, np_short_label(html->arena, series->label, 30)};
    }
    draw_endings(html, endings, count);
}

void np_svg_steps(np_html *html, const np_doc_chart *chart)
{
    np_num low = np_num_small(0, -1), high = low;
    for (size_t s = 0; s < chart->count; s++)
        for (size_t m = 0; m < chart->months; m++) np_svg_widen(chart->of.series[s].values[m], &low, &high);
    if (!np_num_valid(low) || chart->months == 0) return;
    if (chart->from_zero) np_svg_widen(np_num_int(0), &low, &high);
    np_svg_axis a = np_svg_axis_of(html->arena, low, high);
    np_svg_open(html, "plot", chart, NP_SVG_HEIGHT);
    np_svg_draw_axis(html, &a);
    draw_years(html, chart);
    np_text_printf(html->out,
                   "<svg viewBox=\"0 0 %zu %d\" preserveAspectRatio=\"none\" width=\"100%%\" height=\"%d\">\n",
                   chart->months * 10, NP_SVG_FINE, NP_SVG_HEIGHT);
    for (size_t s = 0; s < chart->count; s++) draw_line(html, &a, &chart->of.series[s], chart->months);
    np_text_puts(html->out, "</svg>\n");
    np_svg_name_series(html, &a, chart, chart->months);
    np_text_puts(html->out, "</svg>\n");
}
