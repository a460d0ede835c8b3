/* Tables in HTML. Statuses stand as marks beside the amounts that they are of; columns that belong beneath another one
 * share its cells. Where a table has many columns, or columns with names of their own (posts side by side), each cell
 * bears that of its column: narrow pages turn rows into blocks of cells. */
#include <string.h>

#include "html_internal.h"

enum { ROWS_MOST = 4000, MANY = 8 };

/* A status after an amount or a date is its mark. */
static bool is_mark(const np_doc_table *table, size_t c)
{
    if (c == 0 || table->columns[c].type != NP_DOC_STATUS) return false;
    return table->columns[c - 1].type == NP_DOC_MONEY || table->columns[c - 1].type == NP_DOC_DATE;
}

/* Whether a column's cells stand within those of a column before it. */
static bool is_inside(const np_doc_table *table, size_t c)
{
    return table->columns[c].beneath || is_mark(table, c);
}

static bool has_names(const np_doc_table *table)
{
    for (size_t c = 0; c < table->column_count; c++)
        if (table->columns[c].mark) return true;
    return false;
}

static size_t count_columns(const np_doc_table *table)
{
    size_t count = 0;
    for (size_t c = table->over; c < table->column_count; c++) count += !is_inside(table, c);
    return count;
}

static void head(np_html *html, const np_doc_table *table)
{
    if (table->caption) np_html_put(html, "<caption>$</caption>\n", table->caption);
    np_text_puts(html->out, "<thead><tr>");
    for (size_t c = table->over; c < table->column_count; c++) {
        const np_doc_column *column = &table->columns[c];
        if (is_inside(table, c)) continue;
        bool marked = c + 1 < table->column_count && is_mark(table, c + 1);
        const char *kind = np_column_is_figures(column) || marked ? " class=\"n\""
                           : column->type == NP_DOC_REFERENCES    ? " class=\"refs\""
                                                                  : "";
        np_text_printf(html->out, "<%s%s%s>", *column->title ? "th" : "td", *column->title ? " scope=\"col\"" : "",
                       kind);
        np_html_put(html, marked ? "<span>$<b></b></span>" : "$", column->title);
        np_text_puts(html->out, *column->title ? "</th>" : "</td>");
    }
    np_text_puts(html->out, "</tr></thead>\n<tbody>\n");
}

static void value(np_html *html, const np_doc_value *v, bool marked)
{
    if (v->type == NP_DOC_REFERENCES)
        np_html_references(html, v);
    else
        np_html_put(html, v->type == NP_DOC_WORDS ? "<bdi>$</bdi>" : "$", np_html_value(html, v));
    if (marked && v->type == NP_DOC_WORDS) np_text_puts(html->out, "<b></b>");
}

static void value_beneath(np_html *html, const np_doc_value *v)
{
    int sign = v->type == NP_DOC_MONEY ? np_num_sign(v->amount) : 0;
    const char *kind = !v->with_sign || sign == 0 ? "soft" : sign > 0 ? "up" : "down";
    np_html_put(html, v->with_sign ? "<span class=\"d $\">$<b></b></span>" : "<span class=\"d $\">= $<b></b></span>",
                kind, np_html_value(html, v));
}

/* The columns whose cells stand in that of `c`, it included. */
static void cell_group(np_html *html, const np_doc_table *table, const np_doc_row *row, size_t c)
{
    bool marked = c + 1 < table->column_count && is_mark(table, c + 1);
    if (row->cells[c].type) value(html, &row->cells[c], marked);
    for (size_t i = c + 1; i < table->column_count && is_inside(table, i); i++) {
        if (row->cells[i].type == NP_DOC_NOTHING) continue;
        if (is_mark(table, i))
            np_html_status(html, &row->cells[i]);
        else
            value_beneath(html, &row->cells[i]);
    }
}

/* Figures stand at the right, a date keeps on one line. */
static const char *kind_of(const np_doc_column *column)
{
    if (np_column_is_figures(column)) return " class=\"n\"";
    if (column->type == NP_DOC_DATE) return " class=\"w\"";
    return column->type == NP_DOC_REFERENCES ? " class=\"refs\"" : "";
}

static void heading_cell(np_html *html, const np_doc_table *table, const np_doc_row *row)
{
    np_text_printf(html->out, "<th scope=\"row\"%s>", kind_of(&table->columns[table->over]));
    if (row->detail) np_text_puts(html->out, "<details><summary>");
    cell_group(html, table, row, table->over);
    if (row->detail) {
        np_text_puts(html->out, "</summary>\n");
        np_html_tree(html, row->detail);
        np_text_puts(html->out, "</details>");
    }
    np_text_puts(html->out, "</th>");
}

static void notes(np_html *html, const np_doc_row *row)
{
    for (size_t i = 0; i < row->note_count; i++)
        np_html_put(html, "<br><span class=\"soft small\">$</span>", row->notes[i]);
}

/* "CC1, EUR, baseline" over the rows that share them. */
static void row_over(np_html *html, const np_doc_table *table, size_t r)
{
    bool same = r > 0, any = false;
    const np_doc_value *cells = table->rows[r].cells;
    for (size_t c = 0; same && c < table->over; c++)
        same = strcmp(np_html_value(html, &cells[c]), np_html_value(html, &table->rows[r - 1].cells[c])) == 0;
    if (same || !table->over) return;
    np_text_printf(html->out, "<tr class=\"group\"><th scope=\"colgroup\" colspan=\"%zu\">", count_columns(table));
    for (size_t c = 0; c < table->over; c++) {
        const char *words = np_html_value(html, &cells[c]);
        if (*words) np_html_put(html, any ? ", <bdi>$</bdi>" : "<bdi>$</bdi>", words);
        any = any || *words;
    }
    np_text_puts(html->out, "</th></tr>\n");
}

static void row_of(np_html *html, const np_doc_table *table, const np_doc_row *row, bool names, size_t noted)
{
    np_text_puts(html->out, row->kind == NP_DOC_TOTAL ? "<tr class=\"sum\">" : "<tr>");
    heading_cell(html, table, row);
    for (size_t c = table->over + 1; c < table->column_count; c++) {
        const np_doc_column *column = &table->columns[c];
        if (is_inside(table, c)) continue;
        bool marked = c + 1 < table->column_count && is_mark(table, c + 1);
        np_text_printf(html->out, "<td%s", marked ? " class=\"n\"" : kind_of(column));
        if (names) np_html_put(html, " data-post=\"$\"", column->mark ? column->mark : column->title);
        np_text_puts(html->out, names ? "><span>" : ">");
        cell_group(html, table, row, c);
        if (c == noted) notes(html, row);
        np_text_puts(html->out, names ? "</span></td>" : "</td>");
    }
    np_text_puts(html->out, "</tr>\n");
}

/* Each row for itself: a line for each of its columns that has something to say. */
static void records(np_html *html, const np_doc_table *table)
{
    for (size_t r = 0; r < table->row_count; r++) {
        np_text_puts(html->out, "<table>\n<tbody>\n");
        for (size_t c = 0; c < table->column_count; c++) {
            const np_doc_value *v = &table->rows[r].cells[c];
            if (v->type == NP_DOC_NOTHING) continue;
            np_html_put(html, "<tr><th scope=\"row\">$</th><td>", table->columns[c].title);
            value(html, v, false);
            np_text_puts(html->out, "</td></tr>\n");
        }
        np_text_puts(html->out, "</tbody>\n</table>\n");
    }
}

void np_html_table(np_html *html, const np_doc_table *table)
{
    if (table->records) {
        records(html, table);
        return;
    }
    bool names = has_names(table), many = count_columns(table) > (names ? 5 : MANY);
    size_t noted = np_notes_column(table);
    size_t rows = table->row_count < ROWS_MOST ? table->row_count : ROWS_MOST;
    if (table->row_count == 0) return;
    np_html_put(html, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"$\"><table class=\"$\">\n",
                table->caption                       ? table->caption
                : *table->columns[table->over].title ? table->columns[table->over].title
                                                     : np_say(html->lang, "Table"),
                names && !many ? "few"
                : many         ? "many"
                               : "plain");
    head(html, table);
    for (size_t r = 0; r < rows; r++) {
        row_over(html, table, r);
        row_of(html, table, &table->rows[r], names || many, noted);
    }
    np_text_puts(html->out, "</tbody>\n</table></div>\n");
    if (rows < table->row_count)
        np_html_put(html, "<p class=\"soft\">$</p>\n",
                    np_say(html->lang, "The other rows are in the records and the workbook."));
}
