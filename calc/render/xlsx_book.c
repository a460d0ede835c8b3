/* A document as a workbook: a sheet for each section, its tables one below the other, totals and differences as
 * formulas. Charts of a table are drawn from its cells; others
 * stay out: spreadsheets draw their own. */
#include <string.h>

#include "xlsx_internal.h"

typedef struct writer {
    np_xlsx x;
    const np_doc *doc;
    uint32_t heading;          /* the row of the first table's heading on this sheet */
    bool first_row;            /* nothing is on the sheet yet */
    const np_doc_chart *chart; /* of the table that comes next; NULL: none */
} writer;

static void next_row(writer *w)
{
    if (!w->first_row) w->x.row++;
    w->first_row = false;
}

/* Long sentences stand across the columns beside them. */
static void sentence(writer *w, const char *text)
{
    next_row(w);
    np_xlsx_sentence(&w->x, text);
}

/* ---- tables ---- */

static const char *sum_formula(writer *w, const np_doc_row *row, uint32_t first, uint16_t column)
{
    if (!row->sums || w->x.row <= first + row->sum_from) return NULL;
    return np_arena_format(w->x.arena, "=SUM(%s:%s)", np_xlsx_cell(&w->x, first + (uint32_t)row->sum_from, column),
                           np_xlsx_cell(&w->x, w->x.row - 1, column));
}

static void cell(writer *w, const np_doc_table *table, const np_doc_row *row, uint32_t first, uint16_t c)
{
    const np_doc_column *column = &table->columns[c];
    const np_doc_value *value = &row->cells[c];
    bool total = row->kind == NP_DOC_TOTAL;
    if (value->type != NP_DOC_MONEY && (value->type != NP_DOC_NUMBER || !np_num_valid(value->amount))) {
        if (value->type) np_xlsx_text(&w->x, c, np_value_plain(w->x.arena, value), total && c == 0);
        return;
    }
    const char *formula = value->type == NP_DOC_MONEY && !column->beneath ? sum_formula(w, row, first, c) : NULL;
    if (column->plus && column->minus && row->cells[column->plus - 1].type == NP_DOC_MONEY &&
        row->cells[column->minus - 1].type == NP_DOC_MONEY)
        formula = np_arena_format(w->x.arena, "=%s-%s", np_xlsx_cell(&w->x, w->x.row, (uint16_t)(column->plus - 1)),
                                  np_xlsx_cell(&w->x, w->x.row, (uint16_t)(column->minus - 1)));
    np_xlsx_amount(&w->x, c, value->amount, value->decimals, total, formula);
}

/* Rows before the first total. */
static uint32_t lines_in(const np_doc_table *table)
{
    uint32_t lines = 0;
    while (lines < table->row_count && table->rows[lines].kind == NP_DOC_LINE) lines++;
    return lines;
}

static void table_of(writer *w, const np_doc_table *table)
{
    if (table->row_count == 0) return;
    if (table->caption) sentence(w, table->caption);
    next_row(w);
    if (w->heading == 0) w->heading = w->x.row;
    for (size_t c = 0; c < table->column_count; c++)
        if (c && np_column_is_figures(&table->columns[c]))
            np_xlsx_over(&w->x, (uint16_t)c, table->columns[c].title);
        else
            np_xlsx_text(&w->x, (uint16_t)c, table->columns[c].title, true);
    uint32_t first = w->x.row + 1;
    for (size_t r = 0; r < table->row_count; r++) {
        const np_doc_row *row = &table->rows[r];
        w->x.row = first + (uint32_t)r;
        for (size_t c = 0; c < table->column_count; c++) cell(w, table, row, first, (uint16_t)c);
        for (size_t n = 0; n < row->note_count; n++)
            np_xlsx_text(&w->x, (uint16_t)(table->column_count + n), row->notes[n], false);
    }
    if (table->over && first - 1 == w->heading) np_xlsx_filter(&w->x, first - 1, (uint16_t)table->column_count);
    w->x.row++; /* a blank row apart from what follows */
    if (!w->chart) return;
    w->x.row++;
    np_xlsx_chart(&w->x, w->chart->title, first - 1, lines_in(table), (uint16_t)table->column_count);
    w->chart = NULL;
}

/* ---- other nodes ---- */

static void figures(writer *w, const np_doc_figure *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const np_doc_figure *f = &list[i];
        next_row(w);
        np_xlsx_text(&w->x, 0, f->label, true);
        if (f->value.type == NP_DOC_MONEY)
            np_xlsx_amount(&w->x, 1, f->value.amount, f->value.decimals, f->main, NULL);
        else
            np_xlsx_text(&w->x, 1, np_value_plain(w->x.arena, &f->value), false);
        if (f->unit) np_xlsx_text(&w->x, 2, f->unit, false);
        if (f->note) np_xlsx_text(&w->x, 3, f->note, false);
        if (f->difference.type) np_xlsx_amount(&w->x, 4, f->difference.amount, f->difference.decimals, false, NULL);
    }
    w->x.row++;
}

static void list(writer *w, const np_doc_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const np_doc_item *item = &list->items[i];
        next_row(w);
        if (item->value.type) np_xlsx_text(&w->x, 2, np_value_plain(w->x.arena, &item->value), false);
        if (!item->label) {
            np_xlsx_sentence(&w->x, item->text);
            continue;
        }
        np_xlsx_text(&w->x, 0, item->label, false);
        np_xlsx_text(&w->x, 1, item->text, false);
        if (item->key) np_xlsx_text(&w->x, 2, item->key, false);
    }
    w->x.row++;
}

static void tree(writer *w, const np_doc_tree *step, unsigned depth)
{
    for (const np_doc_line *line = step->first_line; line; line = line->next) {
        np_text text;
        np_text_init(&text, 65536);
        np_text_repeat(&text, ' ', 4 * (size_t)depth);
        for (const np_doc_run *run = line->first; run; run = run->next) np_text_puts(&text, run->text);
        sentence(w, np_text_move(&text, w->x.arena));
    }
    for (const np_doc_tree *child = step->first; child; child = child->next) tree(w, child, depth + 1);
}

static void sources(writer *w)
{
    const np_lang *lang = w->doc->lang;
    const char *const heads[] = {
        np_say(lang, "No."),       np_say(lang, "Name"), np_say_as(lang, "of a source", "Title"),
        np_say(lang, "Publisher"), np_say(lang, "Date"), np_say(lang, "Where")};
    next_row(w);
    w->heading = w->x.row;
    for (uint16_t i = 0; i < 6; i++) np_xlsx_text(&w->x, i, heads[i], true);
    for (size_t i = 0; i < w->doc->source_count; i++) {
        const np_doc_source *s = &w->doc->sources[i];
        const char *const cells[] = {
            np_arena_format(w->x.arena, "%zu", i + 1), s->name, s->title, s->publisher, s->date, s->locator};
        next_row(w);
        for (uint16_t c = 0; c < 6; c++) np_xlsx_text(&w->x, c, cells[c], false);
    }
}

static void node(writer *w, const np_doc_node *n)
{
    switch (n->kind) {
    case NP_DOC_SECTION:
        if (!n->of.section.first) break;
        w->x.row++;
        sentence(w, np_arena_format(w->x.arena, "%s%s", n->of.section.title ? n->of.section.title : "",
                                    n->of.section.more ? n->of.section.more : ""));
        for (const np_doc_node *child = n->of.section.first; child; child = child->next) node(w, child);
        break;
    case NP_DOC_TEXT:
        sentence(w, n->of.text.text);
        break;
    case NP_DOC_FIGURES:
        figures(w, n->of.figures.list, n->of.figures.count);
        break;
    case NP_DOC_TABLE:
        table_of(w, &n->of.table);
        break;
    case NP_DOC_LIST:
        list(w, &n->of.list);
        break;
    case NP_DOC_TREE:
        tree(w, n->of.tree, 0);
        break;
    case NP_DOC_SOURCES:
        sources(w);
        break;
    case NP_DOC_CHART:
        if (n->of.chart.of_table) w->chart = &n->of.chart;
        break;
    }
}

/* ---- sheets ---- */

static void sheet(writer *w, const char *name)
{
    np_xlsx_sheet(&w->x, name);
    w->heading = 0;
    w->first_row = true;
}

/* Nothing of a chart, and of what is said of it, would be on its sheet. */
static bool is_chart(const np_doc_node *first)
{
    bool chart = false;
    for (const np_doc_node *n = first; n; n = n->next) {
        if (n->kind != NP_DOC_CHART && n->kind != NP_DOC_TEXT) return false;
        chart = chart || n->kind == NP_DOC_CHART;
    }
    return chart || !first;
}

/* What stands outside of sections goes to a first sheet; each section has its own. */
static void sheets(writer *w)
{
    const np_doc *doc = w->doc;
    sheet(w, np_say(doc->lang, "Overview"));
    if (doc->title) sentence(w, doc->title);
    if (doc->lead) sentence(w, doc->lead);
    for (const np_doc_node *n = doc->first; n; n = n->next)
        if (n->kind != NP_DOC_SECTION) node(w, n);
    if (doc->footer) sentence(w, doc->footer);
    np_xlsx_fit(&w->x, 0);
    for (const np_doc_node *n = doc->first; n; n = n->next) {
        if (n->kind != NP_DOC_SECTION || is_chart(n->of.section.first)) continue;
        sheet(w, n->of.section.sheet ? n->of.section.sheet : n->of.section.title ? n->of.section.title : n->key);
        for (const np_doc_node *child = n->of.section.first; child; child = child->next) node(w, child);
        np_xlsx_fit(&w->x, w->heading);
    }
}

/* How the rows of tables came about has a sheet of its own: in the tables' it would part the figures. */
static void explanations(writer *w, const np_doc_node *first, bool *begun)
{
    for (const np_doc_node *n = first; n; n = n->next) {
        if (n->kind == NP_DOC_SECTION) explanations(w, n->of.section.first, begun);
        for (size_t r = 0; n->kind == NP_DOC_TABLE && r < n->of.table.row_count; r++) {
            const np_doc_tree *detail = n->of.table.rows[r].detail;
            if (!detail) continue;
            if (!*begun) sheet(w, np_say(w->doc->lang, "Explanations"));
            *begun = true;
            if (!detail->first_line) sentence(w, np_value_plain(w->x.arena, &n->of.table.rows[r].cells[0]));
            tree(w, detail, 0);
            w->x.row++;
        }
    }
}

static void write_book(void *context)
{
    writer *w = context;
    bool explained = false;
    sheets(w);
    explanations(w, w->doc->first, &explained);
    if (explained) np_xlsx_fit(&w->x, 0);
}

bool np_render_xlsx(np_text *out, const np_output *output, np_arena *arena)
{
    writer w = {.doc = np_output_document(output, arena, true)};
    if (!w.doc || !np_xlsx_open(&w.x, arena, w.doc->date)) return false;
    bool whole = np_arena_guard(arena, write_book, &w), closed = np_xlsx_close(&w.x, out);
    if (!whole) np_arena_give_up(arena); /* only after np_xlsx_close has removed the temporary file */
    return closed;
}
