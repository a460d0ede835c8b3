/* Private to the pages of comparisons. */
#ifndef NATOPAY_SHOW_COMPARE_PARTS_H
#define NATOPAY_SHOW_COMPARE_PARTS_H

#include "html_parts.h"
#include "natopay/show/compare.h"

typedef struct np_compare_page {
    np_html html;
    const np_shown_comparison *shown;
    const np_comparison *c;
} np_compare_page;

/* "A · Senior Technician" */
const char *np_post_short(np_compare_page *page, const np_post_column *column, size_t characters);
/* Bring a bar's amounts to the common currency, so that bars have one scale. */
void np_compare_scale_bar(np_compare_page *page, const np_post_column *column, np_svg_bar *bar);

/* Sections: net month by month, contracts over time, break-even. */
void np_compare_months(np_compare_page *page);
void np_compare_contracts(np_compare_page *page);
void np_compare_break_even(np_compare_page *page);
/* Within it, the comparison over a range of one input. */
void np_compare_variation(np_compare_page *page);

#endif
