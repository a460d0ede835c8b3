/* A document as one HTML page. */
#include "html_internal.h"

typedef struct page {
    np_html html;
    const np_doc *doc;
} page;

static void nodes(page *p, const np_doc_node *first, int level);

static void figures(np_html *html, const np_doc_figure *list, size_t count)
{
    np_text_puts(html->out, "<dl class=\"keys\">\n");
    for (size_t i = 0; i < count; i++) {
        const np_doc_figure *f = &list[i];
        np_text_puts(html->out, f->main ? "<div class=\"main\"><dt>" : "<div><dt>");
        if (f->colored)
            np_text_printf(html->out,
                           "<svg width=\"11\" height=\"11\" aria-hidden=\"true\"><rect width=\"11\" height=\"11\" "
                           "class=\"f%u\"/></svg> ",
                           f->color % NP_HTML_COLORS);
        np_html_put(html, "<bdi>$</bdi></dt><dd>$", f->label, np_html_value(html, &f->value));
        if (f->unit) np_html_put(html, " $", f->unit);
        if (f->note) np_html_put(html, "<small>$</small>", f->note);
        if (f->difference.type) {
            int sign = np_num_sign(f->difference.amount);
            np_html_put(html, "<small><span class=\"$\">$</span> $</small>",
                        sign > 0   ? "up"
                        : sign < 0 ? "down"
                                   : "soft",
                        np_html_value(html, &f->difference), f->from);
        }
        np_text_puts(html->out, "</dd></div>\n");
    }
    np_text_puts(html->out, "</dl>\n");
}

static void list(np_html *html, const np_doc_list *list)
{
    if (list->count == 0) return;
    const char *tag = list->numbered ? "ol" : "ul";
    bool legend = list->items[0].value.type == NP_DOC_STATUS;
    np_text_printf(html->out, "<%s%s>\n", tag, legend ? " class=\"marks\"" : list->small ? " class=\"small\"" : "");
    for (size_t i = 0; i < list->count; i++) {
        const np_doc_item *item = &list->items[i];
        np_text_puts(html->out, "<li>");
        if (item->value.type == NP_DOC_STATUS) np_text_printf(html->out, "<i class=\"s s%d\"></i>", item->value.level);
        if (item->label)
            np_html_put(html, legend ? "<b>$</b>$" : "<bdi>$</bdi>$", item->label, np_say(html->lang, ": "));
        np_html_put(html, item->label && item->key ? "<b>$</b>" : "$", item->text);
        if (item->key) np_html_put(html, " <code class=\"soft\">$</code>", item->key);
        np_text_puts(html->out, "</li>\n");
    }
    np_text_printf(html->out, "</%s>\n", tag);
}

static void sources(page *p)
{
    np_html *html = &p->html;
    np_text_puts(html->out, "<ol class=\"small\">\n");
    for (size_t i = 0; i < p->doc->source_count; i++)
        np_html_put(html, "<li id=\"s$\"><bdi>$</bdi></li>\n", np_arena_format(html->arena, "%zu", i + 1),
                    np_source_line(html->arena, &p->doc->sources[i]));
    np_text_puts(html->out, "</ol>\n");
}

static void section(page *p, const np_doc_node *node, int level)
{
    np_html *html = &p->html;
    const char *title = node->of.section.title, *more = node->of.section.more;
    if (!node->of.section.first) return;
    if (node->of.section.folded) {
        np_html_put(html, "<details><summary>$$</summary>\n", title, more);
        nodes(p, node->of.section.first, level); /* a summary is no heading */
        np_text_puts(html->out, "</details>\n");
        return;
    }
    if (level == 2) np_text_puts(html->out, "<section>\n");
    if (title) {
        np_text_printf(html->out, "<h%d>", level);
        np_html_put(html, "$$", title, more);
        np_text_printf(html->out, "</h%d>\n", level);
    }
    nodes(p, node->of.section.first, level + 1);
    if (level == 2) np_text_puts(html->out, "</section>\n");
}

static void node(page *p, const np_doc_node *n, int level)
{
    np_html *html = &p->html;
    switch (n->kind) {
    case NP_DOC_SECTION:
        section(p, n, level);
        break;
    case NP_DOC_TEXT:
        np_html_put(html, n->of.text.soft ? "<p class=\"soft\">$</p>\n" : "<p>$</p>\n", n->of.text.text);
        break;
    case NP_DOC_FIGURES:
        figures(html, n->of.figures.list, n->of.figures.count);
        break;
    case NP_DOC_TABLE:
        np_html_table(html, &n->of.table);
        break;
    case NP_DOC_LIST:
        list(html, &n->of.list);
        break;
    case NP_DOC_TREE:
        np_html_tree(html, n->of.tree);
        break;
    case NP_DOC_CHART:
        np_html_chart(html, &n->of.chart);
        break;
    case NP_DOC_SOURCES:
        sources(p);
        break;
    }
}

static void nodes(page *p, const np_doc_node *first, int level)
{
    for (const np_doc_node *n = first; n; n = n->next) node(p, n, level);
}

bool np_render_html(np_text *out, const np_output *output, np_arena *arena)
{
    const np_doc *doc = np_output_document(output, arena, true);
    if (!doc) return false;
    page p = {.html = {.out = out, .arena = arena, .lang = doc->lang}, .doc = doc};
    const char *title = doc->name ? doc->name : doc->title ? doc->title : "natopay";
    np_html_put(&p.html,
                "<!DOCTYPE html>\n<html lang=\"$\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>$</title>\n<style>\n",
                doc->lang ? doc->lang->language : "en", np_short_label(arena, title, 60));
    np_html_style(out);
    np_html_put(&p.html, "</style>\n</head>\n<body>\n<header>\n<h1><bdi>$</bdi></h1>\n",
                np_short_label(arena, doc->title ? doc->title : title, NP_DOC_LABEL));
    if (doc->lead) np_html_put(&p.html, "<p>$</p>\n", doc->lead);
    const np_doc_node *first = doc->first;
    for (; first && first->kind == NP_DOC_TEXT; first = first->next) node(&p, first, 2);
    np_text_puts(out, "</header>\n<main>\n");
    nodes(&p, first, 2);
    np_html_put(&p.html, "</main>\n<footer>\n<p>$</p>\n</footer>\n</body>\n</html>\n",
                doc->footer ? doc->footer : "natopay");
    return true;
}
