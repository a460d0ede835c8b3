/* Private to calc/show. */
#ifndef NATOPAY_SHOW_HTML_PARTS_H
#define NATOPAY_SHOW_HTML_PARTS_H

#include "natopay/pay/range.h"
#include "natopay/show/html.h"
#include "natopay/show/svg.h"

void np_html_style(np_text *out);

/* Whether a line is worth showing: due, and more than nothing. */
bool np_html_line_shown(const np_payslip *payslip, const np_rule *rule);

/* The value of an input, or NULL when it is not known; in words; and what the post is called. */
const np_value *np_html_input(const np_payslip *payslip, const char *name);
const char *np_html_input_words(np_html *html, const np_payslip *payslip, const char *name);
const char *np_html_post_title(np_html *html, const np_payslip *payslip, const np_situation *situation);
/* "G8-G10, Brussels, Belgium" */
const char *np_html_place(np_html *html, const np_payslip *payslip);

/* A payslip as a stacked bar, and the colours of its parts. */
void np_html_pay_bar(np_html *html, const np_payslip *payslip, const char *label, np_svg_bar *bar);
void np_html_pay_key(np_html *html, const np_payslip *const *payslips, size_t count);

void np_html_sensitivity(np_html *html, const np_payslip *payslip, const np_sensitivity *rows, size_t count,
                         const char *title, unsigned color);

void np_html_open_lines(np_html *html, const np_payslip *payslip);
void np_html_inputs(np_html *html, const np_payslip *payslip, const np_situation *situation, bool given,
                    const char *heading);
/* The end of the page. */
void np_html_footer(np_html *html, const np_book *book);

#endif
