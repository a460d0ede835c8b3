/* Charts of amounts over a range of values. */
#include "svg_internal.h"

enum { WHOLE = 100000, ACROSS = 10000, LABELS = 4 };

static int64_t across(const np_doc_chart *chart, np_arena *arena, np_num at, int64_t size)
{
    return np_svg_place(arena, at, np_num_int(chart->at[0]), np_num_int(chart->at[chart->points - 1]), size);
}

/* A few of the values below the axis; where the page is narrow only the ends. */
static void draw_values(np_html *html, const np_doc_chart *chart)
{
    size_t last = chart->points - 1, labels = last < LABELS ? last : LABELS;
    for (size_t i = 0; i <= labels; i++) {
        size_t point = labels ? i * last / labels : 0;
        int64_t x = labels ? across(chart, html->arena, np_num_int(chart->at[point]), WHOLE) : 0;
        const char *kind = point == 0 ? "t" : point == last ? "t e" : "t m wide";
        np_text_puts(html->out, "<line class=\"grid\" x1=\"");
        np_svg_percent(html->out, x);
        np_text_puts(html->out, "\" x2=\"");
        np_svg_percent(html->out, x);
        np_text_printf(html->out, "\" y1=\"0\" y2=\"%d\"/><text class=\"%s\" x=\"", NP_SVG_HEIGHT + 6, kind);
        np_svg_percent(html->out, x);
        np_text_printf(html->out, "\" y=\"%d\">", NP_SVG_HEIGHT + 20);
        np_html_put(html, "$</text>\n", np_short_label(html->arena, chart->words[point], 20));
    }
}

/* Whether a point lies on the line from the one before it to the next. */
static bool is_straight(np_html *html, const np_doc_chart *chart, const np_doc_series *curve, size_t p)
{
    if (p == 0 || p + 1 >= chart->points) return false;
    np_num before = curve->values[p - 1], here = curve->values[p], after = curve->values[p + 1];
    if (!np_num_valid(before) || !np_num_valid(after)) return false;
    if (chart->at[p] - chart->at[p - 1] != chart->at[p + 1] - chart->at[p]) return false;
    np_num up = np_num_sub(html->arena, here, before), on = np_num_sub(html->arena, after, here);
    return np_num_compare(up, on) == 0;
}

static void draw_curve(np_html *html, const np_svg_axis *a, const np_doc_chart *chart, const np_doc_series *curve)
{
    bool drawing = false;
    np_text_printf(html->out, "<path class=\"step k%u\" d=\"", curve->color % NP_HTML_COLORS);
    for (size_t p = 0; p < chart->points; p++) {
        bool valid = np_num_valid(curve->values[p]);
        if (valid && !is_straight(html, chart, curve, p))
            np_text_printf(html->out, "%c%lld %lld", drawing ? 'L' : 'M',
                           (long long)across(chart, html->arena, np_num_int(chart->at[p]), ACROSS),
                           (long long)np_svg_height_of(html, a, curve->values[p]));
        drawing = valid;
    }
    np_text_puts(html->out, "\"/>\n");
}

static void draw_crossing(np_html *html, const np_svg_axis *a, const np_doc_chart *chart,
                          const np_doc_crossing *crossing)
{
    np_num from = np_num_int(chart->at[crossing->at]), width = np_num_int(0);
    if (crossing->at + 1 < chart->points) width = np_num_int(chart->at[crossing->at + 1] - chart->at[crossing->at]);
    np_num at = np_num_add(html->arena, from, np_num_mul(html->arena, crossing->share, width));
    np_text_puts(html->out, "<circle class=\"mark\" r=\"5\" cx=\"");
    np_svg_percent(html->out, across(chart, html->arena, at, WHOLE));
    np_text_printf(html->out, "\" cy=\"%lld\">",
                   (long long)(np_svg_height_of(html, a, crossing->value) * NP_SVG_HEIGHT / NP_SVG_FINE));
    np_html_put(html, "<title>$</title></circle>\n", crossing->label);
}

void np_svg_curves(np_html *html, const np_doc_chart *chart)
{
    np_num low = np_num_small(0, -1), high = low;
    for (size_t c = 0; c < chart->count; c++)
        for (size_t p = 0; p < chart->points; p++) np_svg_widen(chart->of.series[c].values[p], &low, &high);
    if (!np_num_valid(low) || chart->points < 2) return; /* a line needs two points */
    np_svg_axis a = np_svg_axis_of(html->arena, low, high);
    np_svg_open(html, "plot", chart, NP_SVG_HEIGHT);
    np_svg_draw_axis(html, &a);
    draw_values(html, chart);
    np_text_printf(html->out,
                   "<svg viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" width=\"100%%\" height=\"%d\">\n", ACROSS,
                   NP_SVG_FINE, NP_SVG_HEIGHT);
    for (size_t c = 0; c < chart->count; c++) draw_curve(html, &a, chart, &chart->of.series[c]);
    np_text_puts(html->out, "</svg>\n");
    for (size_t i = 0; i < chart->crossing_count; i++) draw_crossing(html, &a, chart, &chart->crossings[i]);
    np_svg_name_series(html, &a, chart, chart->points);
    np_text_puts(html->out, "</svg>\n");
}
