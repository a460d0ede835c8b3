/* A document as Markdown (CommonMark with tables). */
#include <string.h>

#include "render_internal.h"

typedef struct page {
    np_text *out;
    const np_doc *doc;
} page;

/* What Markdown would take for markup is escaped; line ends become blanks, which keeps rows of tables whole. */
static void put(page *p, const char *text)
{
    for (const char *c = text; *c; c++) {
        if (strchr("\\`*_{}[]<>|#~&", *c)) np_text_putc(p->out, '\\');
        np_text_putc(p->out, (unsigned char)*c < 0x20 ? ' ' : *c);
    }
}

static void paragraph(page *p, const char *text)
{
    put(p, text);
    np_text_puts(p->out, "\n\n");
}

static void put_value(page *p, const np_doc_value *value)
{
    put(p, np_value_plain(p->doc->arena, value));
}

/* ---- tables ---- */

static void rule(page *p, const np_doc_table *table)
{
    for (size_t c = 0; c < table->column_count; c++)
        np_text_puts(p->out, np_column_is_figures(&table->columns[c]) ? "| ---: " : "| --- ");
    np_text_puts(p->out, "|\n");
}

static void cell(page *p, const np_doc_table *table, const np_doc_row *row, size_t c)
{
    const char *strong = row->kind == NP_DOC_TOTAL && row->cells[c].type != NP_DOC_NOTHING ? "**" : "";
    np_text_printf(p->out, "| %s", strong);
    put_value(p, &row->cells[c]);
    np_text_printf(p->out, "%s ", strong);
    if (c + 1 < table->column_count) return;
    for (size_t i = 0; i < row->note_count; i++) {
        np_text_puts(p->out, "<br>");
        put(p, row->notes[i]);
    }
    np_text_puts(p->out, "|\n");
}

static void records(page *p, const np_doc_table *table)
{
    for (size_t r = 0; r < table->row_count; r++) {
        for (size_t c = 0; c < table->column_count; c++) {
            const np_doc_value *value = &table->rows[r].cells[c];
            if (value->type == NP_DOC_NOTHING) continue;
            np_text_puts(p->out, "- **");
            put(p, table->columns[c].title);
            np_text_printf(p->out, "**%s", np_say(p->doc->lang, ": "));
            put_value(p, value);
            np_text_putc(p->out, '\n');
        }
        np_text_putc(p->out, '\n');
    }
}

static void table_of(page *p, const np_doc_table *table)
{
    if (table->row_count == 0) return;
    if (table->records) {
        records(p, table);
        return;
    }
    if (table->caption) paragraph(p, table->caption);
    for (size_t c = 0; c < table->column_count; c++) {
        np_text_puts(p->out, "| ");
        put(p, table->columns[c].title);
        np_text_putc(p->out, ' ');
    }
    np_text_puts(p->out, "|\n");
    rule(p, table);
    for (size_t r = 0; r < table->row_count; r++)
        for (size_t c = 0; c < table->column_count; c++) cell(p, table, &table->rows[r], c);
    np_text_putc(p->out, '\n');
}

/* ---- other nodes ---- */

static void tree(page *p, const np_doc_tree *step, size_t depth)
{
    for (const np_doc_line *line = step->first_line; line; line = line->next) {
        np_text_repeat(p->out, ' ', 2 * depth);
        np_text_puts(p->out, line == step->first_line ? "- " : "  ");
        for (const np_doc_run *run = line->first; run; run = run->next) put(p, run->text);
        for (size_t i = 0; i < line->references.reference_count; i++)
            np_text_printf(p->out, " \\[%zu\\]", line->references.references[i] + 1);
        np_text_puts(p->out, line->next ? "  \n" : "\n");
    }
    for (const np_doc_tree *child = step->first; child; child = child->next) tree(p, child, depth + 1);
}

static void figures(page *p, const np_doc_figure *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        np_text_puts(p->out, "- ");
        put(p, list[i].label);
        np_text_puts(p->out, np_say(p->doc->lang, ": "));
        np_text_puts(p->out, "**");
        put_value(p, &list[i].value);
        np_text_puts(p->out, "**");
        if (list[i].unit) np_text_printf(p->out, " %s", list[i].unit);
        if (list[i].note) {
            np_text_puts(p->out, " (");
            put(p, list[i].note);
            np_text_putc(p->out, ')');
        }
        if (list[i].difference.type) {
            np_text_puts(p->out, ", ");
            put_value(p, &list[i].difference);
            np_text_printf(p->out, " %s", list[i].from);
        }
        np_text_putc(p->out, '\n');
    }
    np_text_putc(p->out, '\n');
}

static void list(page *p, const np_doc_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const np_doc_item *item = &list->items[i];
        if (list->numbered)
            np_text_printf(p->out, "%zu. ", i + 1);
        else
            np_text_puts(p->out, "- ");
        if (item->label) {
            put(p, item->label);
            np_text_puts(p->out, np_say(p->doc->lang, ": "));
        }
        put(p, item->text);
        if (item->key) np_text_printf(p->out, " (`%s`)", item->key);
        np_text_putc(p->out, '\n');
    }
    np_text_putc(p->out, '\n');
}

static void sources(page *p)
{
    for (size_t i = 0; i < p->doc->source_count; i++) {
        np_text_printf(p->out, "%zu. ", i + 1);
        put(p, np_source_line(p->doc->arena, &p->doc->sources[i]));
        np_text_putc(p->out, '\n');
    }
    np_text_putc(p->out, '\n');
}

static void details(page *p, const np_doc_table *table)
{
    for (size_t r = 0; r < table->row_count; r++) {
        const np_doc_row *row = &table->rows[r];
        if (!row->detail) continue;
        if (!row->detail->first_line) {
            np_text_puts(p->out, "- ");
            put_value(p, &row->cells[0]);
            np_text_putc(p->out, '\n');
        }
        tree(p, row->detail, 0);
    }
    np_text_putc(p->out, '\n');
}

static bool has_details(const np_doc_table *table)
{
    for (size_t r = 0; r < table->row_count; r++)
        if (table->rows[r].detail) return true;
    return false;
}

static void nodes(page *p, const np_doc_node *first, size_t level);

static void section(page *p, const np_doc_node *n, size_t level)
{
    if (!n->of.section.first) return;
    if (n->of.section.title) {
        np_text_repeat(p->out, '#', level < 6 ? level : 6);
        np_text_putc(p->out, ' ');
        put(p, n->of.section.title);
        if (n->of.section.more) put(p, n->of.section.more);
        np_text_puts(p->out, "\n\n");
    }
    nodes(p, n->of.section.first, level + 1);
}

static void node(page *p, const np_doc_node *n, size_t level)
{
    switch (n->kind) {
    case NP_DOC_SECTION:
        section(p, n, level);
        break;
    case NP_DOC_TEXT:
        paragraph(p, n->of.text.text);
        break;
    case NP_DOC_FIGURES:
        figures(p, n->of.figures.list, n->of.figures.count);
        break;
    case NP_DOC_TABLE:
        table_of(p, &n->of.table);
        if (has_details(&n->of.table)) details(p, &n->of.table);
        break;
    case NP_DOC_LIST:
        list(p, &n->of.list);
        break;
    case NP_DOC_TREE:
        tree(p, n->of.tree, 0);
        np_text_putc(p->out, '\n');
        break;
    case NP_DOC_SOURCES:
        sources(p);
        break;
    case NP_DOC_CHART: /* tables and lists say the same */
        break;
    }
}

static void nodes(page *p, const np_doc_node *first, size_t level)
{
    for (const np_doc_node *n = first; n; n = n->next) node(p, n, level);
}

bool np_render_markdown(np_text *out, const np_output *output, np_arena *arena)
{
    page p = {out, np_output_document(output, arena, true)};
    if (!p.doc) return false;
    np_text_puts(out, "# ");
    paragraph(&p, p.doc->title ? p.doc->title : p.doc->name ? p.doc->name : "natopay");
    if (p.doc->lead) paragraph(&p, p.doc->lead);
    nodes(&p, p.doc->first, 2);
    if (p.doc->footer) paragraph(&p, p.doc->footer);
    return true;
}
