/* The kit for HTML reports: one self-contained page, no script, no network, light and dark, good in print. */
#ifndef NATOPAY_SHOW_HTML_H
#define NATOPAY_SHOW_HTML_H

#include "natopay/pay/explain.h"

enum {
    NP_HTML_COLORS = 12, /* series that can be told apart */
    NP_HTML_LABEL = 90   /* characters of a label in headings, legends and charts; the rest becomes an ellipsis */
};

typedef struct np_html {
    np_text *out;
    np_arena *arena;
    const np_lang *lang;
    unsigned charts;   /* so far: gives each its own ids */
    np_basis *sources; /* those mentioned so far; their position + 1 is the number readers see. NULL: none yet */
} np_html;

/* Text for HTML and XML: & < > " ' are escaped, control bytes and malformed UTF-8 become U+FFFD. */
void np_html_escape(np_text *out, const char *text);

/* Markup in which each $ stands for the next argument, a `const char *`, escaped ("" for NULL). */
void np_html_put(np_html *html, const char *markup, ...);

/* The page up to and including its <main>, and from its end on. `footer` goes at the very end. */
void np_html_start(np_html *html, np_text *out, np_arena *arena, const np_lang *lang, const np_book *book,
                   const char *title);
void np_html_end(np_html *html, const char *footer);

/* A section with its heading; end it with np_html_end_section. */
void np_html_section(np_html *html, const char *heading);
void np_html_end_section(np_html *html);

/* In the language of the page. */
const char *np_html_say(const np_html *html, const char *english) __attribute__((format_arg(2)));

/* At most `characters` of a text, the rest replaced by an ellipsis; line ends become blanks. */
const char *np_short_label(np_arena *arena, const char *text, size_t characters);

/* "6 264.92", "6 264,92" in French: groups of three set off by narrow blanks. */
const char *np_html_amount(np_html *html, const np_book *book, np_num amount, uint16_t currency);
/* The same with the sign always there (a true minus, and a plus). */
const char *np_html_signed(np_html *html, const np_book *book, np_num amount, uint16_t currency);
const char *np_html_date(np_html *html, np_date date);
const char *np_html_value(np_html *html, const np_book *book, const np_value *value);

/* The mark of a status: a disc the fuller the surer. */
void np_html_status(np_html *html, np_status status);
/* What the marks mean. */
void np_html_legend(np_html *html);

/* References to what a line rests on, as links to the list of sources, which numbers them in the order of mention. */
void np_html_references(np_html *html, const np_basis *basis);
/* One source: its number, from 1. */
size_t np_html_source_number(np_html *html, const np_source *source);
void np_html_sources(np_html *html);

/* The whole tree of an explanation, as nested lists. */
void np_html_explanation(np_html *html, const np_book *book, const np_step *step);
/* Only its formulas, with values filled in: what fits when many posts stand side by side. */
void np_html_short_explanation(np_html *html, const np_book *book, const np_step *step);

#endif
