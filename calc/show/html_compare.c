/* A comparison as one HTML page. */
#include <string.h>

#include "compare_parts.h"
#include "natopay/show/estimate.h"

static __attribute__((format_arg(2))) const char *say(const np_compare_page *p, const char *english)
{
    return np_say(p->c->lang, english);
}

static const char *own(np_compare_page *p, const np_post_column *column, np_num amount)
{
    return np_html_amount(&p->html, column->book, amount, column->payslip->currency);
}

static const char *unit(const np_post_column *column)
{
    return column->book->currencies[column->payslip->currency].name;
}

const char *np_post_short(np_compare_page *p, const np_post_column *column, size_t characters)
{
    return np_arena_format(p->html.arena, "%s \xC2\xB7 %s", column->mark,
                           np_short_label(p->html.arena, column->label, characters));
}

/* ---- heading: the posts ---- */

static void difference(np_compare_page *p, np_num amount, bool block)
{
    if (!np_num_valid(amount)) return;
    int sign = np_num_sign(amount);
    np_html_put(&p->html, block ? "<span class=\"d $\">$<b></b></span>" : "<span class=\"$\">$</span>",
                sign > 0   ? "up"
                : sign < 0 ? "down"
                           : "soft",
                np_html_signed(&p->html, p->c->columns[0].book, amount, p->c->common));
}

static void post_card(np_compare_page *p, size_t i)
{
    np_html *html = &p->html;
    const np_post_column *column = &p->c->columns[i];
    const np_compared *net = np_comparison_row(p->c, "net");
    np_ymd day = np_date_split(column->payslip->date);
    np_html_put(html,
                "<div><dt><svg width=\"11\" height=\"11\" aria-hidden=\"true\"><rect width=\"11\" height=\"11\" "
                "class=\"f$\"/></svg> <b>$</b> <bdi>$</bdi></dt><dd>$ $<small>",
                np_arena_format(html->arena, "%zu", i), column->mark,
                np_short_label(html->arena, column->label, NP_HTML_LABEL), own(p, column, column->payslip->net.amount),
                unit(column));
    np_html_put(html, "$. $</small>", np_arena_format(html->arena, say(p, "net,  %04d-%02d"), day.year, day.month),
                np_html_place(html, column->payslip));
    if (i && np_num_valid(net->cells[i].difference)) {
        np_text_puts(html->out, "<small>");
        difference(p, net->cells[i].difference, false);
        np_html_put(html, " $</small>", np_arena_format(html->arena, say(p, "%s from A"), p->c->common_name));
    }
    np_text_puts(html->out, "</dd></div>\n");
}

static void heading(np_compare_page *p)
{
    np_html *html = &p->html;
    const char *person = p->c->columns[0].situation->person;
    np_html_put(html, "<header>\n<h1>$</h1>\n<p>",
                np_arena_format(html->arena, say(p, "%zu posts side by side"), p->c->count));
    if (person) np_html_put(html, "$ <bdi>$</bdi>. ", say(p, "Person:"), np_short_label(html->arena, person, 60));
    np_html_put(html, "$</p>\n<p class=\"soft\">$</p>\n</header>\n<main>\n<dl class=\"keys\">\n",
                say(p, "Differences are from post A."), np_label_text(&p->c->columns[0].book->terms, p->c->lang, ""));
    for (size_t i = 0; i < p->c->count; i++) post_card(p, i);
    np_text_puts(html->out, "</dl>\n");
}

/* ---- rows ---- */

static void explain(np_compare_page *p, const np_compared *row)
{
    np_html *html = &p->html;
    const char *before = NULL;
    np_html_put(html, "<details><summary><bdi>$</bdi></summary>\n<ul class=\"why\">\n",
                np_short_label(html->arena, row->label, NP_HTML_LABEL));
    for (size_t i = 0; i < p->c->count; i++) {
        const np_post_column *column = &p->c->columns[i];
        const np_rule *rule = row->cells[i].rule;
        if (!rule || row->cells[i].state != NP_CELL_AMOUNT) continue;
        np_text words;
        np_html part = *html;
        np_text_init(&words, 65536);
        part.out = &words;
        np_html_short_explanation(&part, column->book,
                                  np_explain_rule(column->payslip, column->situation, rule, p->c->lang));
        /* what is the same as for the post before is not said again */
        bool same = before && strcmp(before, np_text_string(&words)) == 0;
        if (!same && words.length) {
            np_html_put(html, "<li><b>$</b> ", column->mark);
            np_text_add(html->out, words.data, words.length);
            np_basis *basis = np_basis_new(column->book, html->arena);
            np_basis_add_line(basis, column->payslip, rule);
            np_text_puts(html->out, " [");
            np_html_references(html, basis);
            np_text_puts(html->out, "]</li>\n");
        }
        before = np_text_move(&words, html->arena);
    }
    np_text_puts(html->out, "</ul>\n</details>");
}

static void money_cell(np_compare_page *p, const np_compared *row, size_t i)
{
    np_html *html = &p->html;
    const np_post_column *column = &p->c->columns[i];
    const np_cell *cell = &row->cells[i];
    np_html_put(html, "<td class=\"n\" data-post=\"$\">", column->mark);
    np_text_puts(html->out, "<span>");
    if (cell->state == NP_CELL_OPEN) {
        np_html_put(html, "<abbr class=\"soft\" title=\"$\">$</abbr><b></b>",
                    np_short_label(html->arena, cell->text, NP_HTML_LABEL), say(p, "open"));
    } else if (cell->state == NP_CELL_AMOUNT) {
        np_html_put(html, "$",
                    row->only_common ? np_html_amount(html, p->c->columns[0].book, cell->amount, p->c->common)
                                     : own(p, column, cell->amount));
        np_html_status(html, (np_status)cell->status);
        if (!row->only_common && !column->conversion.same && np_num_valid(cell->common))
            np_html_put(html, "<span class=\"d soft\">= $<b></b></span>",
                        np_html_amount(html, p->c->columns[0].book, cell->common, p->c->common));
    }
    bool both_nothing = cell->state == NP_CELL_NOTHING && np_num_sign(cell->difference) == 0;
    if (i && !both_nothing) difference(p, cell->difference, true);
    np_text_puts(html->out, "</span></td>");
}

static void text_cell(np_compare_page *p, const np_compared *row, size_t i)
{
    np_html_put(&p->html, "<td data-post=\"$\"><span>", p->c->columns[i].mark);
    if (row->cells[i].text)
        np_html_put(&p->html, "<bdi>$</bdi>", np_short_label(p->html.arena, row->cells[i].text, NP_HTML_LABEL));
    np_text_puts(p->html.out, "</span></td>");
}

static void row_of(np_compare_page *p, const np_compared *row)
{
    np_html *html = &p->html;
    bool line = false;
    for (size_t i = 0; i < p->c->count; i++)
        line = line || (row->cells[i].rule && row->cells[i].state == NP_CELL_AMOUNT);
    np_html_put(html, row->sum ? "<tr class=\"sum\"><th scope=\"row\">" : "<tr><th scope=\"row\">");
    if (line)
        explain(p, row);
    else
        np_html_put(html, "<bdi>$</bdi>", np_short_label(html->arena, row->label, NP_HTML_LABEL));
    np_text_puts(html->out, "</th>");
    for (size_t i = 0; i < p->c->count; i++) {
        if (row->money)
            money_cell(p, row, i);
        else
            text_cell(p, row, i);
    }
    np_text_puts(html->out, "</tr>\n");
}

static void table_of(np_compare_page *p, np_group group, const char *heading, const char *caption)
{
    np_html *html = &p->html;
    size_t rows = 0;
    for (size_t r = 0; r < p->c->row_count; r++) rows += p->c->rows[r].group == group;
    if (rows == 0) return;
    bool many = p->c->count > 4;
    np_html_put(html, many ? "<section class=\"landscape\">\n<h2>$</h2>\n" : "<section>\n<h2>$</h2>\n", heading);
    np_html_put(html,
                "<div class=\"scroll\"><table class=\"$\">\n<caption>$</caption>\n<thead><tr><th "
                "scope=\"col\">$</th>",
                many ? "many" : "few", caption, say(p, "Line"));
    for (size_t i = 0; i < p->c->count; i++) {
        const np_post_column *column = &p->c->columns[i];
        bool money = group != NP_GROUP_CONTRACT;
        np_html_put(html,
                    money ? "<th scope=\"col\" class=\"n\"><span>$<b></b></span></th>" : "<th scope=\"col\">$</th>",
                    money ? np_arena_format(html->arena, "%s %s", column->mark, unit(column)) : column->mark);
    }
    np_text_puts(html->out, "</tr></thead>\n<tbody>\n");
    for (size_t r = 0; r < p->c->row_count; r++)
        if (p->c->rows[r].group == group) row_of(p, &p->c->rows[r]);
    np_text_puts(html->out, "</tbody>\n</table></div>\n");
    if (group == NP_GROUP_MONTH) np_html_legend(html);
    np_html_end_section(html);
}

static void tables(np_compare_page *p)
{
    const char *below =
        np_arena_format(p->html.arena, say(p, "Below each amount: the difference from A, in %s."), p->c->common_name);
    table_of(p, NP_GROUP_MONTH, say(p, "A month, line by line"), below);
    table_of(p, NP_GROUP_TOTALS, say(p, "In all: net, and what comes once"), below);
    table_of(p, NP_GROUP_ONCE, say(p, "Once"), below);
    table_of(p, NP_GROUP_EMPLOYER, say(p, "What the employer pays on top"), below);
    table_of(p, NP_GROUP_CONTRACT, say(p, "Contract"), say(p, "How long it lasts, and what it brings besides pay."));
}

/* ---- what pay consists of ---- */

static void composition(np_compare_page *p)
{
    np_html *html = &p->html;
    np_svg_bar *bars = np_arena_array(html->arena, p->c->count, sizeof *bars);
    const np_payslip **slips = np_arena_array(html->arena, p->c->count, sizeof *slips);
    np_html_section(html, say(p, "What the pay consists of"));
    np_text_puts(html->out, "<figure>\n");
    for (size_t i = 0; i < p->c->count; i++) {
        const np_post_column *column = &p->c->columns[i];
        slips[i] = column->payslip;
        np_html_pay_bar(html, column->payslip, np_post_short(p, column, 30), &bars[i]);
        /* bars share one scale: that of the common currency, where there is one */
        np_compare_scale_bar(p, column, &bars[i]);
    }
    np_svg_stacked_bars(
        html, say(p, "Pay of each post by line"),
        say(p, "For each post a thick bar, its gross pay by line, and a thin one, its net and what is taken off."),
        bars, p->c->count);
    np_html_pay_key(html, slips, p->c->count);
    np_text_puts(html->out, "</figure>\n");
    np_html_end_section(html);
}

/* ---- sensitivity, open lines, rates ---- */

static void uncertain(np_compare_page *p)
{
    np_html_section(&p->html, say(p, "What is uncertain, and how far it moves the net"));
    for (size_t i = 0; i < p->c->count; i++) {
        const np_post_column *column = &p->c->columns[i];
        np_html_put(&p->html, "<h3>$</h3>\n", np_post_short(p, column, 60));
        np_html_sensitivity(&p->html, column->payslip, column->sensitivity, column->sensitivity_count,
                            np_arena_format(p->html.arena,
                                            say(p, "%s: net with each uncertain figure at its low and high"),
                                            column->mark),
                            (unsigned)i);
    }
    np_html_end_section(&p->html);
}

static void rests_on(np_compare_page *p)
{
    np_html *html = &p->html;
    np_html_section(html, say(p, "What it rests on"));
    bool any = false;
    for (size_t i = 0; i < p->c->count; i++) {
        const char *words = np_rate_sentence(html->arena, p->c, &p->c->columns[i]);
        if (!words) continue;
        if (!any) np_html_put(html, "<h3>$</h3>\n<ul>\n", say(p, "Exchange rates"));
        any = true;
        np_html_put(html, "<li>$</li>\n", words);
        for (size_t r = 0; r < 2; r++) {
            const np_rate *rate = p->c->columns[i].conversion.rates[r];
            if (rate && rate->figure.source) np_html_source_number(html, rate->figure.source);
        }
    }
    if (any) np_text_puts(html->out, "</ul>\n");
    for (size_t i = 0; i < p->c->count; i++) {
        const np_post_column *column = &p->c->columns[i];
        np_html_put(html, "<details><summary>$</summary>\n", np_post_short(p, column, 60));
        np_html_open_lines(html, column->payslip);
        np_html_inputs(html, column->payslip, column->situation, false, say(p, "Assumed, because not given"));
        np_html_inputs(html, column->payslip, column->situation, true, say(p, "Given"));
        np_text_puts(html->out, "</details>\n");
    }
    any = false;
    for (const np_diag *diag = p->shown->diags->first; diag; diag = diag->next) {
        if (!any) np_html_put(html, "<h3>$</h3>\n<ul>\n", say(p, "To note"));
        any = true;
        np_html_put(html, "<li>$</li>\n", diag->message);
    }
    if (any) np_text_puts(html->out, "</ul>\n");
    np_html_end_section(html);
}

void np_show_comparison_html(np_text *out, const np_shown_comparison *shown, np_arena *arena)
{
    const np_comparison *c = shown->comparison;
    np_compare_page p = {.shown = shown, .c = c};
    const char *title = "";
    for (size_t i = 0; i < c->count && i < 3; i++)
        title = np_arena_format(arena, "%s%s%s", title, i ? " / " : "", np_short_label(arena, c->columns[i].label, 24));
    np_html_start(&p.html, out, arena, c->lang, c->columns[0].book, title);
    heading(&p);
    np_compare_months(&p);
    tables(&p);
    composition(&p);
    np_compare_contracts(&p);
    np_compare_break_even(&p);
    uncertain(&p);
    rests_on(&p);
    np_html_sources(&p.html);
    np_html_footer(&p.html, c->columns[0].book);
}
