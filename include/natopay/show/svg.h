/* Charts as inline SVG. Every coordinate is an integer or an integer of thousandths of a percent, computed exactly:
 * charts stretch with the page while their text keeps its size. Each chart has a title and a description. */
#ifndef NATOPAY_SHOW_SVG_H
#define NATOPAY_SHOW_SVG_H

#include "natopay/show/html.h"

/* ---- amounts over months, as steps ---- */

typedef struct np_svg_steps {
    const char *mark;     /* what stands at the end of its line: "A" */
    unsigned color, dash; /* dash: 0 whole, 1 dashed, 2 dotted */
    const np_num *values; /* one for each month of the chart; an invalid one: no line there */
} np_svg_steps;

typedef struct np_svg_step_chart {
    const char *title, *about;
    np_date first; /* first day of the first month */
    size_t months;
    const np_svg_steps *series;
    size_t series_count;
    const np_book *book;
    uint16_t currency;
} np_svg_step_chart;

void np_svg_step_lines(np_html *html, const np_svg_step_chart *chart);

/* ---- amounts over a range of something else, as lines from point to point ---- */

typedef struct np_svg_curve {
    const char *mark;
    unsigned color;
    const np_num *values; /* one for each point; an invalid one: no line there */
} np_svg_curve;

/* Where two curves cross: between the points at `at` and the next, `share` of the way (0 to less than 1). */
typedef struct np_svg_crossing {
    size_t at;
    np_num share, value;
    const char *label; /* shown on pointing at it */
} np_svg_crossing;

typedef struct np_svg_curve_chart {
    const char *title, *about;
    const int64_t *at;        /* where the points lie, rising */
    const char *const *words; /* what each is called; a few stand below the axis */
    size_t points;
    const np_svg_curve *curves;
    size_t curve_count;
    const np_svg_crossing *crossings;
    size_t crossing_count;
} np_svg_curve_chart;

void np_svg_curves(np_html *html, const np_svg_curve_chart *chart);

/* ---- what an amount is made of ---- */

typedef struct np_svg_part {
    const char *label; /* shown on pointing at it */
    unsigned color;
    np_num value; /* 0 or more */
    bool faint;   /* what is taken off */
} np_svg_part;

typedef struct np_svg_bar {
    const char *label, *figure; /* above the bar: at its left and its right end */
    const np_svg_part *parts;   /* the thick bar */
    size_t part_count;
    const np_svg_part *below; /* the thin bar beneath */
    size_t below_count;
} np_svg_bar;

void np_svg_stacked_bars(np_html *html, const char *title, const char *about, const np_svg_bar *bars, size_t count);

/* ---- contracts over time ---- */

typedef struct np_svg_stretch {
    np_date from, to; /* both included */
    const char *label;
    unsigned color;
    bool faint;
} np_svg_stretch;

typedef struct np_svg_mark {
    np_date date;
    const char *label; /* shown on pointing at it */
    const char *sign;  /* the number or letter under the mark */
    bool square;       /* a diamond instead of a disc */
} np_svg_mark;

typedef struct np_svg_lane {
    const char *label;
    const np_svg_stretch *stretches;
    size_t stretch_count;
    const np_svg_mark *marks;
    size_t mark_count;
} np_svg_lane;

void np_svg_timeline(np_html *html, const char *title, const char *about, np_date first, np_date last,
                     const np_svg_lane *lanes, size_t count);

/* ---- how far each uncertain figure moves an amount ---- */

typedef struct np_svg_range {
    const char *label, *figures; /* above and below the bar */
    np_num low, high;            /* the amount with the figure at its low and at its high; either may be the smaller */
} np_svg_range;

void np_svg_ranges(np_html *html, const char *title, const char *about, np_num middle, const np_svg_range *ranges,
                   size_t count, unsigned color);

#endif
