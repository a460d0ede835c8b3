/* Charts as inline SVG: private to calc/render. Every coordinate is an integer or an integer of thousandths of a
 * percent, computed exactly: charts stretch with the page while their text keeps its size. Each has a title and
 * a description. */
#ifndef NATOPAY_RENDER_SVG_INTERNAL_H
#define NATOPAY_RENDER_SVG_INTERNAL_H

#include "html_internal.h"

/* Where a value lies between low and high, from 0 to size. */
int64_t np_svg_place(np_arena *arena, np_num value, np_num low, np_num high, int64_t size);

/* "12.345%" from 12345. */
void np_svg_percent(np_text *out, int64_t thousandths);

/* ---- an axis of amounts, and the names of lines at their ends ---- */

enum { NP_SVG_HEIGHT = 240, NP_SVG_FINE = 1000 }; /* of the plot: in pixels, and inside its stretched box */

typedef struct np_svg_axis {
    np_num low, high, step;
    int ticks;
} np_svg_axis;

/* Round limits around the amounts, with three to six round steps between them. */
np_svg_axis np_svg_axis_of(np_arena *arena, np_num low, np_num high);
const char *np_svg_tick_words(np_html *html, const np_svg_axis *axis, int tick);
void np_svg_draw_axis(np_html *html, const np_svg_axis *axis);
/* From the top, of NP_SVG_FINE. */
int64_t np_svg_height_of(np_html *html, const np_svg_axis *axis, np_num value);
/* Take a value, when it is valid, into the limits (both invalid: none so far). */
void np_svg_widen(np_num value, np_num *low, np_num *high);

/* What each line is called, at its end; names that would overlap move apart. `points`: how many values a line has. */
void np_svg_name_series(np_html *html, const np_svg_axis *axis, const np_doc_chart *chart, size_t points);

/* ---- all charts ---- */

/* The chart's element, with its title and description. `room`: the class that leaves room around it for text. */
void np_svg_open(np_html *html, const char *room, const np_doc_chart *chart, int64_t height);
/* One in the page's flow, in words that fit its place. */
void np_svg_steps(np_html *html, const np_doc_chart *chart);
void np_svg_curves(np_html *html, const np_doc_chart *chart);
void np_svg_bars(np_html *html, const np_doc_chart *chart);
void np_svg_period_rows(np_html *html, const np_doc_chart *chart);
void np_svg_ranges(np_html *html, const np_doc_chart *chart);

#endif
