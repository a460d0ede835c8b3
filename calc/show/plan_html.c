/* Totals of a plan as an HTML page, and as a workbook. */
#include <string.h>

#include "natopay/show/estimate.h"
#include "natopay/show/plan.h"
#include "natopay/show/svg.h"
#include "html_parts.h"
#include "xlsx.h"

enum { GROUP_ROWS_MAX = 4000 }; /* of the page; the workbook and the records have all */

/* ---- tables ---- */

static void table_head(np_html *html, const np_table *table)
{
    np_text_puts(html->out, "<div class=\"scroll\" tabindex=\"0\"><table class=\"many\"><thead><tr>");
    for (size_t c = 0; c < table->column_count; c++)
        np_html_put(html, table->columns[c].right ? "<th class=\"n\">$</th>" : "<th>$</th>", table->columns[c].title);
    np_text_puts(html->out, "</tr></thead><tbody>\n");
}

static void put_table(np_html *html, const np_table *table)
{
    size_t rows = table->row_count < GROUP_ROWS_MAX ? table->row_count : GROUP_ROWS_MAX;
    table_head(html, table);
    for (size_t r = 0; r < rows; r++) {
        const np_row *row = &table->rows[r];
        bool total = false;
        for (size_t c = 0; c < table->column_count; c++)
            total = total || (strcmp(table->columns[c].key, "year") == 0 && strcmp(row->cells[c], "total") == 0);
        np_text_puts(html->out, total ? "<tr class=\"sum\">" : "<tr>");
        for (size_t c = 0; c < table->column_count; c++)
            np_html_put(html, table->columns[c].right ? "<td class=\"n\">$</td>" : "<td>$</td>",
                        row->cells[c] ? row->cells[c] : "");
        np_text_puts(html->out, "</tr>\n");
    }
    np_text_puts(html->out, "</tbody></table></div>\n");
    if (rows < table->row_count)
        np_html_put(html, "<p class=\"soft\">$</p>\n",
                    np_html_say(html, "The other rows are in the records and the workbook."));
}

/* ---- charts ---- */

static bool first_of_currency(const np_totals *totals, size_t group)
{
    return group == 0 || strcmp(totals->groups[group].currency, totals->groups[group - 1].currency) != 0;
}

/* What the employer pays in each year, under each book: what staff receive, and the rest. */
static void chart(np_html *html, const np_plan_head *head, const np_totals *totals, const char *currency)
{
    size_t count = (size_t)head->window.years * head->books;
    np_svg_bar *bars = np_arena_array(html->arena, count + 1, sizeof *bars);
    np_svg_part *parts = np_arena_array(html->arena, 2 * count + 1, sizeof *parts);
    int found = np_book_currency(head->book, currency);
    uint16_t index = found < 0 ? 0 : (uint16_t)found;
    size_t at = 0;
    for (int y = 0; y < head->window.years; y++)
        for (size_t b = 0; b < head->books; b++, at++) {
            np_num net = np_plan_sum_all(html->arena, head, totals, currency, b, y, 1);
            np_num employer = np_plan_sum_all(html->arena, head, totals, currency, b, y, 2);
            np_num rest = np_num_sub(html->arena, employer, net);
            unsigned color = (unsigned)(b % NP_HTML_COLORS);
            if (np_num_sign(net) < 0) net = np_num_int(0);
            if (np_num_sign(rest) < 0) rest = np_num_int(0);
            parts[2 * at] = (np_svg_part){np_html_say(html, "received by staff"), color, net, false};
            parts[2 * at + 1] = (np_svg_part){np_html_say(html, "the rest"), color, rest, true};
            bars[at] = (np_svg_bar){
                .label = np_arena_format(html->arena, "%d \xC2\xB7 %s", head->window.first_year + y, head->names[b]),
                .figure = np_html_amount(html, head->book, employer, index),
                .parts = &parts[2 * at],
                .part_count = 2};
        }
    np_html_put(html, "<h3>$</h3>\n", currency);
    np_svg_stacked_bars(html, np_html_say(html, "Cost by year"),
                        np_html_say(html, "What the employer pays in each year; the strong part is received by staff."),
                        bars, count);
}

/* ---- the page ---- */

static void key(np_html *html, const char *term, const char *value)
{
    np_html_put(html, "<div><dt>$</dt><dd>$</dd></div>\n", term, value);
}

static void heading(np_html *html, const np_plan_head *head, const np_totals *totals)
{
    np_text account;
    np_text_init(&account, 1000);
    np_plan_account(&account, totals, html->lang);
    np_html_put(html, "<header>\n<h1>$</h1>\n<p>$ $.</p>\n<p class=\"soft\">$</p>\n</header>\n<main>\n",
                np_html_say(html, "What a change of rules costs"),
                np_arena_format(html->arena, np_html_say(html, "From %s, %d months."),
                                np_html_date(html, head->window.first), head->window.months),
                np_text_string(&account),
                np_html_say(html,
                            "gross: salary and allowances; net: what staff receive, with what comes once; employer: "
                            "all that the employer pays. Amounts of two currencies are never added."));
    np_text_lost(html->out, &account);
    np_text_free(&account);
    np_text_puts(html->out, "<dl class=\"keys\">\n");
    for (size_t b = 1; b < head->books; b++) key(html, head->names[b], head->titles[b]);
    np_text_puts(html->out, "</dl>\n");
}

static void put_certainty(np_html *html, const np_plan_head *head, const np_totals *totals)
{
    np_table table;
    const char *notes[NP_PLAN_NOTES];
    size_t count = np_plan_notes(totals, html->arena, html->lang, notes);
    np_html_section(html, np_html_say(html, "What is not known"));
    for (size_t i = 0; i < count; i++) np_html_put(html, "<p>$</p>\n", notes[i]);
    np_html_put(html, "<p>$</p>\n", np_plan_certainty_title(html->lang));
    np_table_init(&table, html->arena);
    np_plan_table_of_certainty(&table, head, totals);
    put_table(html, &table);
    if (totals->gap_count) {
        np_html_put(html, "<p>$</p>\n", np_plan_gaps_title(html->lang));
        np_table_init(&table, html->arena);
        np_plan_table_of_gaps(&table, head, totals);
        put_table(html, &table);
    }
    np_html_end_section(html);
}

bool np_plan_html(np_text *out, np_arena *arena, const np_plan_head *head, np_totals *totals, const np_lang *lang)
{
    np_html html;
    np_table table;
    np_html_start(&html, out, arena, lang, head->book, np_say(lang, "Plan"));
    heading(&html, head, totals);
    np_html_section(&html, np_say(lang, "Cost by calendar year"));
    for (size_t g = 0; g < totals->group_count; g++)
        if (first_of_currency(totals, g)) chart(&html, head, totals, totals->groups[g].currency);
    np_table_init(&table, arena);
    np_plan_table_of_years(&table, head, totals);
    put_table(&html, &table);
    np_html_end_section(&html);
    if (head->books > 1) {
        np_html_section(&html, np_say(lang, "Winners and losers"));
        np_table_init(&table, arena);
        if (!np_plan_table_of_spreads(&table, head, totals)) return false;
        put_table(&html, &table);
        np_html_put(&html, "<p class=\"soft\">$</p>\n", np_plan_legend(lang));
        np_html_end_section(&html);
    }
    put_certainty(&html, head, totals);
    if (head->by_count) {
        np_html_section(&html, np_say(lang, "By group"));
        np_table_init(&table, arena);
        np_plan_table_of_groups(&table, head, totals, false);
        put_table(&html, &table);
        np_html_end_section(&html);
    }
    np_html_footer(&html, head->book);
    return true;
}

/* ---- the workbook ---- */

static void put_sheet(np_xlsx *x, const char *name, const np_table *table, unsigned decimals)
{
    np_xlsx_sheet(x, name);
    for (size_t c = 0; c < table->column_count; c++)
        if (c && table->columns[c].right)
            np_xlsx_over(x, (uint16_t)c, table->columns[c].title);
        else
            np_xlsx_text(x, (uint16_t)c, table->columns[c].title, true);
    for (size_t r = 0; r < table->row_count; r++) {
        x->row++;
        for (size_t c = 0; c < table->column_count; c++) {
            const char *cell = table->rows[r].cells[c];
            np_num amount;
            size_t at;
            if (!cell) continue;
            bool number = table->columns[c].right && *cell && !np_num_parse(x->arena, cell, strlen(cell), &amount, &at);
            if (number)
                np_xlsx_amount(x, (uint16_t)c, amount, strchr(cell, '.') ? decimals : 0, false, NULL);
            else
                np_xlsx_text(x, (uint16_t)c, cell, false);
        }
    }
    np_xlsx_fit(x);
}

/* What the workbook is about, and what must be known of it. */
static void table_of_plan(np_table *table, const np_plan_head *head, const np_totals *totals, const np_lang *lang)
{
    np_arena *arena = table->arena;
    np_text account, from;
    const char *notes[NP_PLAN_NOTES];
    size_t count = np_plan_notes(totals, arena, lang, notes);
    np_text_init(&account, 1000);
    np_text_init(&from, 100);
    np_plan_account(&account, totals, lang);
    np_date_print(&from, head->window.first);
    np_table_column(table, "plan", np_say(lang, "Plan"), false, false);
    np_table_column(table, "text", "", false, false);
    const char *cells[][2] = {
        {np_say(lang, "Months"),
         np_arena_format(arena, np_say(lang, "From %s, %d months."), np_text_move(&from, arena), head->window.months)},
        {np_say(lang, "Rows"), np_text_move(&account, arena)}};
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        np_row *row = np_table_row(table);
        row->cells[0] = cells[i][0];
        row->cells[1] = cells[i][1];
    }
    for (size_t b = 1; b < head->books; b++) {
        np_row *row = np_table_row(table);
        row->cells[0] = head->names[b];
        row->cells[1] = head->titles[b];
    }
    for (size_t i = 0; i < count; i++) {
        np_row *row = np_table_row(table);
        row->cells[0] = np_say(lang, "Note");
        row->cells[1] = notes[i];
    }
}

bool np_plan_xlsx(np_text *out, np_arena *arena, const np_plan_head *head, np_totals *totals, const np_lang *lang)
{
    np_xlsx x;
    np_table plan, years, spreads, certainty, gaps, groups;
    np_table_init(&plan, arena);
    np_table_init(&certainty, arena);
    np_table_init(&gaps, arena);
    np_table_init(&years, arena);
    np_table_init(&spreads, arena);
    np_table_init(&groups, arena);
    table_of_plan(&plan, head, totals, lang);
    np_plan_table_of_certainty(&certainty, head, totals);
    np_plan_table_of_gaps(&gaps, head, totals);
    np_plan_table_of_years(&years, head, totals);
    np_plan_table_of_groups(&groups, head, totals, false);
    if (!np_plan_table_of_spreads(&spreads, head, totals)) return false;
    if (!np_xlsx_open(&x, arena, lang, head->window.first)) return false;
    put_sheet(&x, np_say(lang, "Plan"), &plan, 2);
    put_sheet(&x, np_say(lang, "Years"), &years, 2);
    if (head->books > 1) put_sheet(&x, np_say(lang, "Winners and losers"), &spreads, 2);
    put_sheet(&x, np_say(lang, "Certainty"), &certainty, 2);
    if (totals->gap_count) put_sheet(&x, np_say(lang, "Not counted"), &gaps, 2);
    if (head->by_count) put_sheet(&x, np_say(lang, "Groups"), &groups, 2);
    return np_xlsx_close(&x, out);
}
