/* HTML pages: one self-contained file, no script, no network, light and dark, good in print. Private to calc/render. */
#ifndef NATOPAY_RENDER_HTML_INTERNAL_H
#define NATOPAY_RENDER_HTML_INTERNAL_H

#include "render_internal.h"

enum { NP_HTML_COLORS = 12 }; /* series that can be told apart */

typedef struct np_html {
    np_text *out;
    np_arena *arena;
    const np_lang *lang;
    unsigned charts; /* so far: gives each its own ids */
} np_html;

/* Text for HTML and XML: & < > " ' are escaped, control bytes and malformed UTF-8 become U+FFFD. */
void np_html_escape(np_text *out, const char *text);
/* Markup in which each $ stands for the next argument, a `const char *`, escaped ("" for NULL). */
void np_html_put(np_html *html, const char *markup, ...);
void np_html_style(np_text *out);

const char *np_html_value(np_html *html, const np_doc_value *value);
const char *np_html_date(np_html *html, np_date date);

/* ---- nodes ---- */

void np_html_references(np_html *html, const np_doc_value *value);
/* The mark of a status: a disc the fuller the surer. */
void np_html_status(np_html *html, const np_doc_value *status);
void np_html_tree(np_html *html, const np_doc_tree *tree);
void np_html_table(np_html *html, const np_doc_table *table);
void np_html_chart(np_html *html, const np_doc_chart *chart);

#endif
