/* Text and values in HTML. */
#include <stdarg.h>
#include <string.h>

#include "html_internal.h"

void np_html_escape(np_text *out, const char *text)
{
    for (size_t left = strlen(text); left > 0;) {
        uint32_t point;
        size_t size = np_utf8_next(text, left, &point);
        bool control = (point < 0x20 && point != '\n' && point != '\t') || (point >= 0x7F && point < 0xA0);
        bool nothing = point == NP_UTF8_BAD || (point & 0xFFFE) == 0xFFFE; /* no characters of XML */
        const char *entity = point == '&'    ? "&amp;"
                             : point == '<'  ? "&lt;"
                             : point == '>'  ? "&gt;"
                             : point == '"'  ? "&quot;"
                             : point == '\'' ? "&#39;"
                                             : NULL;
        if (entity)
            np_text_puts(out, entity);
        else if (control || nothing)
            np_text_puts(out, "\xEF\xBF\xBD");
        else
            np_text_add(out, text, size);
        text += size;
        left -= size;
    }
}

void np_html_put(np_html *html, const char *markup, ...)
{
    va_list args;
    va_start(args, markup);
    for (;;) {
        size_t plain = strcspn(markup, "$");
        np_text_add(html->out, markup, plain);
        if (!markup[plain]) break;
        const char *text = va_arg(args, const char *);
        if (text) np_html_escape(html->out, text);
        markup += plain + 1;
    }
    va_end(args);
}

const char *np_html_value(np_html *html, const np_doc_value *value)
{
    const char *plain = np_value_plain(html->arena, value);
    return value->type == NP_DOC_MONEY ? np_page_amount(html->arena, html->lang, plain) : plain;
}

const char *np_html_date(np_html *html, np_date date)
{
    np_doc_value value = np_doc_day(date);
    return np_value_plain(html->arena, &value);
}

void np_html_status(np_html *html, const np_doc_value *status)
{
    np_html_put(html, "<i class=\"s s$\" role=\"img\" aria-label=\"$\" title=\"$\"></i>",
                np_arena_format(html->arena, "%d", status->level), status->text, status->text);
}

void np_html_references(np_html *html, const np_doc_value *value)
{
    for (size_t i = 0; i < value->reference_count; i++) {
        const char *number = np_arena_format(html->arena, "%zu", value->references[i] + 1);
        np_html_put(html, i ? " <a href=\"#s$\">$</a>" : "<a href=\"#s$\">$</a>", number, number);
    }
}

/* ---- explanations ---- */

static void line(np_html *html, const np_doc_line *line)
{
    static const char *const MARKUP[] = {[NP_DOC_PLAIN] = "$",
                                         [NP_DOC_CODE] = "<code>$</code>",
                                         [NP_DOC_STRONG] = "<b>$</b>",
                                         [NP_DOC_SOFT] = "<span class=\"soft\">$</span>"};
    for (const np_doc_run *run = line->first; run; run = run->next) np_html_put(html, MARKUP[run->style], run->text);
    if (!line->references.reference_count) return;
    np_text_puts(html->out, " [");
    np_html_references(html, &line->references);
    np_text_puts(html->out, "]");
}

static void step(np_html *html, const np_doc_tree *tree)
{
    np_text_puts(html->out, "<li>");
    for (const np_doc_line *l = tree->first_line; l; l = l->next) {
        if (l != tree->first_line) np_text_puts(html->out, "<br>");
        line(html, l);
    }
    if (tree->first) {
        np_text_puts(html->out, "\n<ul>\n");
        for (const np_doc_tree *child = tree->first; child; child = child->next) step(html, child);
        np_text_puts(html->out, "</ul>\n");
    }
    np_text_puts(html->out, "</li>\n");
}

void np_html_tree(np_html *html, const np_doc_tree *tree)
{
    np_text_puts(html->out, "<ul class=\"why\">\n");
    if (tree->first_line) step(html, tree);
    for (const np_doc_tree *child = tree->first_line ? NULL : tree->first; child; child = child->next)
        step(html, child);
    np_text_puts(html->out, "</ul>\n");
}
