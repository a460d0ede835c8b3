/* A document as text for a terminal. */
#include <string.h>

#include "render_internal.h"

enum {
    COLUMNS_LEAST = 40,      /* a terminal with fewer breaks our lines itself */
    COLUMNS_ELSEWHERE = 100, /* of tables that are shown on no terminal */
    HEADING_MOST = 10000     /* bytes */
};

typedef struct page {
    np_text *out;
    const np_doc *doc;
    size_t width, columns; /* of lines; of the terminal, 0: none */
    bool started;          /* something was written */
} page;

/* ---- words ---- */

/* `width`: 0, as wide as the lines are; `columns`: of the terminal, 0: there is none. */
static size_t fitting(size_t width, size_t columns)
{
    if (columns && columns < COLUMNS_LEAST) columns = COLUMNS_LEAST;
    if (!width) width = SIZE_MAX;
    return columns && columns < width ? columns : width;
}

static void paragraph(page *p, const char *lead, const char *text, size_t hang)
{
    np_text_puts(p->out, lead);
    np_wrap_words(p->out, text, np_text_columns(lead, strlen(lead)), hang, p->width);
    np_text_putc(p->out, '\n');
    p->started = true;
}

/* ---- nodes ---- */

static void nodes(page *p, const np_doc_node *first);

static void section(page *p, const np_doc_node *node)
{
    const char *title = node->of.section.title, *more = node->of.section.more;
    if (!node->of.section.first) return;
    if (p->started) np_text_putc(p->out, '\n');
    if (title) {
        np_text heading;
        np_text_init(&heading, HEADING_MOST);
        np_put_capitals(&heading, title);
        if (more) np_text_puts(&heading, more);
        paragraph(p, "", np_text_move(&heading, p->doc->arena), 0);
        if (p->doc->spaced) np_text_putc(p->out, '\n');
    }
    p->started = false; /* what comes first in a section is not set off again */
    nodes(p, node->of.section.first);
    p->started = true;
}

static void list(page *p, const np_doc_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const np_doc_item *item = &list->items[i];
        const char *text = item->text;
        if (item->label)
            text = np_arena_format(p->doc->arena, "%s%s%s", item->label, np_say(p->doc->lang, ": "), item->text);
        const char *lead = item->lead ? item->lead : list->lead;
        paragraph(p, lead, text, list->hang ? list->hang : np_text_columns(lead, strlen(lead)));
    }
}

static void sources(page *p)
{
    for (size_t i = 0; i < p->doc->source_count; i++)
        paragraph(p, np_arena_format(p->doc->arena, " %2zu  ", i + 1),
                  np_source_line(p->doc->arena, &p->doc->sources[i]), 6);
}

static void node(page *p, const np_doc_node *node)
{
    switch (node->kind) {
    case NP_DOC_SECTION:
        section(p, node);
        break;
    case NP_DOC_TEXT:
        paragraph(p, "", node->of.text.text, node->of.text.hang);
        break;
    case NP_DOC_TABLE:
        np_text_table(p->out, &node->of.table,
                      node->of.table.width ? fitting(node->of.table.width, p->columns) : p->width,
                      p->columns ? p->columns : COLUMNS_ELSEWHERE);
        p->started = true;
        break;
    case NP_DOC_LIST:
        list(p, &node->of.list);
        break;
    case NP_DOC_TREE:
        if (p->started) np_text_putc(p->out, '\n');
        np_text_tree(p->out, node->of.tree, p->width);
        p->started = true;
        break;
    case NP_DOC_SOURCES:
        sources(p);
        break;
    case NP_DOC_CHART:
        if (node->of.chart.kind == NP_DOC_PERIOD_ROWS) np_text_period_rows(p->out, &node->of.chart);
        break;
    case NP_DOC_FIGURES: /* of pages: tables and sentences say the same here */
        break;
    }
}

static void nodes(page *p, const np_doc_node *first)
{
    for (const np_doc_node *n = first; n; n = n->next) node(p, n);
}

bool np_render_text(np_text *out, const np_output *output, np_arena *arena)
{
    const np_doc *doc = np_output_document(output, arena, false);
    if (!doc) return false;
    page p = {out, doc, fitting(doc->width, output->columns), output->columns, false};
    if (doc->title) paragraph(&p, "", doc->title, 0);
    if (doc->lead) paragraph(&p, "", doc->lead, 0);
    nodes(&p, doc->first);
    return true;
}
