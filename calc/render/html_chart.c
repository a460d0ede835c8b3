/* Charts in HTML: the drawing, and the key to its colours. */
#include <string.h>

#include "svg_internal.h"

enum { NAMES_MOST = 256, KEY_LABEL = 60 };

static void color_item(np_html *html, const np_doc_part *part)
{
    np_text_printf(html->out,
                   "<li><svg width=\"12\" height=\"12\" aria-hidden=\"true\"><rect width=\"12\" height=\"12\" "
                   "class=\"f%u%s\"/></svg>",
                   part->color % NP_HTML_COLORS, part->faint ? " faint" : "");
    np_html_put(html, "<bdi>$</bdi></li>\n", np_short_label(html->arena, part->name, KEY_LABEL));
}

/* Each name once. */
static size_t color_items(np_html *html, const np_doc_part *parts, size_t count, const char **named, size_t names)
{
    for (size_t i = 0; i < count; i++) {
        bool seen = names == NAMES_MOST;
        for (size_t n = 0; n < names; n++) seen = seen || strcmp(named[n], parts[i].name) == 0;
        if (seen) continue;
        named[names++] = parts[i].name;
        color_item(html, &parts[i]);
    }
    return names;
}

static void bar_key(np_html *html, const np_doc_chart *chart)
{
    const char *named[NAMES_MOST];
    size_t names = 0;
    for (size_t i = 0; i < chart->count; i++)
        names = color_items(html, chart->of.bars[i].parts, chart->of.bars[i].part_count, named, names);
    for (size_t i = 0; i < chart->count; i++)
        names = color_items(html, chart->of.bars[i].below, chart->of.bars[i].below_count, named, names);
}

static void line_key(np_html *html, const np_doc_chart *chart)
{
    for (size_t i = 0; i < chart->count; i++) {
        const np_doc_series *series = &chart->of.series[i];
        np_text_printf(html->out,
                       "<li><svg width=\"26\" height=\"10\" aria-hidden=\"true\"><path class=\"step k%u d%u\" "
                       "d=\"M0 5H26\"/></svg>",
                       series->color % NP_HTML_COLORS, series->dash % 3);
        np_html_put(html, "$ <bdi>$</bdi></li>\n", series->mark, np_short_label(html->arena, series->label, KEY_LABEL));
    }
}

void np_html_chart(np_html *html, const np_doc_chart *chart)
{
    static void (*const DRAW[])(np_html *, const np_doc_chart *) = {[NP_DOC_BARS] = np_svg_bars,
                                                                    [NP_DOC_STEPS] = np_svg_steps,
                                                                    [NP_DOC_CURVES] = np_svg_curves,
                                                                    [NP_DOC_PERIOD_ROWS] = np_svg_period_rows,
                                                                    [NP_DOC_RANGES] = np_svg_ranges};
    static void (*const KEY[])(np_html *, const np_doc_chart *) = {
        [NP_DOC_BARS] = bar_key, [NP_DOC_STEPS] = line_key, [NP_DOC_CURVES] = line_key, [NP_DOC_RANGES] = NULL};
    np_text_puts(html->out, "<figure>\n");
    DRAW[chart->kind](html, chart);
    if (KEY[chart->kind] && !(chart->kind == NP_DOC_BARS && chart->count == 1)) {
        np_text_puts(html->out, "<ul class=\"key\">\n");
        KEY[chart->kind](html, chart);
        np_text_puts(html->out, "</ul>\n");
    }
    np_text_puts(html->out, "</figure>\n");
}
