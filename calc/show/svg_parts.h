/* Private to the charts of calc/show. */
#ifndef NATOPAY_SHOW_SVG_PARTS_H
#define NATOPAY_SHOW_SVG_PARTS_H

#include "natopay/show/svg.h"

/* Where a value lies between low and high, from 0 to size. */
int64_t np_svg_place(np_arena *arena, np_num value, np_num low, np_num high, int64_t size);

/* "12.345%" from 12345. */
void np_svg_percent(np_text *out, int64_t thousandths);

/* The chart's element, with its title and description. `room`: the class that leaves room around it for text. */
void np_svg_open(np_html *html, const char *room, const char *title, const char *about, int64_t height);

#endif
