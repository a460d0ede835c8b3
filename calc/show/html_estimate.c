/* An estimate as one HTML page. */
#include "html_parts.h"
#include "natopay/show/estimate.h"

typedef struct page {
    np_html html;
    const np_estimate *e;
    const np_book *book;
    const np_payslip *slip;
} page;

static __attribute__((format_arg(2))) const char *say(const page *p, const char *english)
{
    return np_say(p->e->lang, english);
}

static const char *amount(page *p, np_num value)
{
    return np_html_amount(&p->html, p->book, value, p->slip->currency);
}

static const char *unit(const page *p)
{
    return p->book->currencies[p->slip->currency].name;
}

/* ---- heading ---- */

static void key(page *p, const char *kind, const char *label, np_num value, const char *more)
{
    np_html_put(&p->html, "<div class=\"$\"><dt>$</dt><dd>$ $", kind, label, amount(p, value), unit(p));
    if (more) np_html_put(&p->html, "<small>$</small>", more);
    np_text_puts(p->html.out, "</dd></div>\n");
}

static void keys(page *p)
{
    const np_range *range = &p->e->range;
    const char *between = NULL;
    if (np_num_compare(range->low, range->high) != 0)
        between =
            np_arena_format(p->html.arena, say(p, "between %s and %s"), amount(p, range->low), amount(p, range->high));
    np_text_puts(p->html.out, "<dl class=\"keys\">\n");
    key(p, "main", say(p, "Net a month"), p->slip->net.amount, between);
    key(p, "k", say(p, "Net a year"), np_num_mul(p->html.arena, p->slip->net.amount, np_num_int(12)), NULL);
    key(p, "k", say(p, "Gross a month"), p->slip->gross.amount, NULL);
    if (np_num_sign(p->slip->once.amount) != 0) key(p, "k", say(p, "Once, this month"), p->slip->once.amount, NULL);
    key(p, "k", say(p, "Cost to the employer"), p->slip->employer.amount, say(p, "a month, with gross"));
    np_text_puts(p->html.out, "</dl>\n");
}

static void heading(page *p)
{
    np_html *html = &p->html;
    np_ymd day = np_date_split(p->slip->date);
    const char *body = np_html_input_words(html, p->slip, "body"), *step = np_html_input_words(html, p->slip, "step");
    np_html_put(html, "<header>\n<h1><bdi>$</bdi></h1>\n<p>", np_html_post_title(html, p->slip, p->e->situation));
    if (body) np_html_put(html, "<bdi>$</bdi>. ", np_short_label(html->arena, body, NP_HTML_LABEL));
    np_html_put(html, "$</p>\n",
                np_arena_format(html->arena, say(p, "%s, step %s. Pay of the month %04d-%02d."),
                                np_html_place(html, p->slip), step ? step : "", day.year, day.month));
    np_html_put(html, "<p class=\"soft\">$</p>\n</header>\n<main>\n", np_label_text(&p->book->terms, p->e->lang, ""));
    keys(p);
}

/* ---- tables ---- */

static void line(page *p, const np_rule *rule)
{
    np_html *html = &p->html;
    const np_line *l = &p->slip->lines[rule - p->book->rules];
    np_basis *basis = np_basis_new(p->book, html->arena);
    np_basis_add_line(basis, p->slip, rule);
    np_html_put(html, "<tr><th scope=\"row\"><details><summary><bdi>$</bdi>",
                np_label_text(&rule->label, p->e->lang, rule->name));
    if (l->date != NP_DATE_NONE) np_html_put(html, " <span class=\"soft\">$</span>", np_html_date(html, l->date));
    np_text_puts(html->out, "</summary>\n");
    const char *note = np_label_text(&rule->note, p->e->lang, NULL);
    if (note) np_html_put(html, "<p class=\"soft\">$</p>\n", note);
    np_html_explanation(html, p->book, np_explain_rule(p->slip, p->e->situation, rule, p->e->lang));
    np_num value = rule->kind == NP_DEDUCTION ? np_num_neg(html->arena, l->amount) : l->amount;
    np_html_put(html, "</details></th><td class=\"n\">$", amount(p, value));
    np_html_status(html, (np_status)l->status);
    np_text_puts(html->out, "</td><td class=\"refs\">");
    np_html_references(html, basis);
    np_text_puts(html->out, "</td></tr>\n");
}

static size_t lines(page *p, np_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < p->book->rule_count; i++)
        if (p->book->rules[i].kind == kind && np_html_line_shown(p->slip, &p->book->rules[i])) {
            line(p, &p->book->rules[i]);
            count++;
        }
    return count;
}

static void total(page *p, const char *label, const np_total *sum)
{
    np_html_put(&p->html, "<tr class=\"sum\"><th scope=\"row\">$</th><td class=\"n\">$", label, amount(p, sum->amount));
    np_html_status(&p->html, (np_status)sum->status);
    np_text_puts(p->html.out, "</td><td class=\"refs\"></td></tr>\n");
}

static void table_head(page *p, const char *caption)
{
    np_html_put(&p->html,
                "<table>\n<caption>$</caption>\n<thead><tr><th scope=\"col\">$</th><th scope=\"col\" class=\"n\">$ "
                "<b></b></th><th scope=\"col\" class=\"refs\">$</th></tr></thead>\n<tbody>\n",
                caption, say(p, "Line"), unit(p), say(p, "Sources"));
}

static void month(page *p)
{
    np_html *html = &p->html;
    np_html_section(html, say(p, "A month, line by line"));
    table_head(p, say(p, "Open a line to see how it came about."));
    lines(p, NP_SALARY);
    lines(p, NP_ALLOWANCE);
    total(p, say(p, "Gross"), &p->slip->gross);
    lines(p, NP_DEDUCTION);
    total(p, say(p, "Net"), &p->slip->net);
    np_text_puts(html->out, "</tbody>\n</table>\n");
    np_html_legend(html);
    np_html_end_section(html);
}

static bool any_line(const page *p, np_kind kind)
{
    for (size_t i = 0; i < p->book->rule_count; i++)
        if (p->book->rules[i].kind == kind && np_html_line_shown(p->slip, &p->book->rules[i])) return true;
    return false;
}

static void others(page *p)
{
    np_html *html = &p->html;
    if (any_line(p, NP_ONCE)) {
        np_html_section(html, say(p, "Once"));
        table_head(p, say(p, "Each with the day on which it falls due."));
        lines(p, NP_ONCE);
        np_text_puts(html->out, "</tbody>\n</table>\n");
        np_html_end_section(html);
    }
    if (any_line(p, NP_EMPLOYER)) {
        np_html_section(html, say(p, "What the employer pays on top"));
        table_head(p, say(p, "A month"));
        lines(p, NP_EMPLOYER);
        total(p, say(p, "Cost to the employer, with gross"), &p->slip->employer);
        np_text_puts(html->out, "</tbody>\n</table>\n");
        np_html_end_section(html);
    }
}

/* ---- charts ---- */

static void composition(page *p)
{
    np_html *html = &p->html;
    np_svg_bar bar;
    np_html_pay_bar(html, p->slip, say(p, "Gross"), &bar);
    bar.label = np_arena_format(html->arena, say(p, "gross %s %s"), amount(p, p->slip->gross.amount), unit(p));
    np_text_puts(html->out, "<figure>\n");
    np_svg_stacked_bars(html, say(p, "What the pay consists of"),
                        say(p, "The thick bar is gross pay by line; the thin one is net and what is taken off."), &bar,
                        1);
    np_html_pay_key(html, &p->slip, 1);
    np_text_puts(html->out, "</figure>\n");
}

static void uncertain(page *p)
{
    if (!p->e->sensitivity) return;
    np_html_section(&p->html, say(p, "What is uncertain, and how far it moves the net"));
    np_html_sensitivity(&p->html, p->slip, p->e->sensitivity, p->e->sensitivity_count,
                        say(p, "Net with each uncertain figure at its low and high"), 1);
    np_html_end_section(&p->html);
}

static void known(page *p)
{
    np_html_section(&p->html, say(p, "What it rests on"));
    np_html_open_lines(&p->html, p->slip);
    np_html_inputs(&p->html, p->slip, p->e->situation, false, say(p, "Assumed, because not given"));
    np_html_inputs(&p->html, p->slip, p->e->situation, true, say(p, "Given"));
    bool any = false;
    for (const np_diag *diag = p->e->diags->first; diag; diag = diag->next) {
        if (!any) np_html_put(&p->html, "<h3>$</h3>\n<ul>\n", say(p, "To note"));
        any = true;
        np_html_put(&p->html, "<li>$</li>\n", diag->message);
    }
    if (any) np_text_puts(p->html.out, "</ul>\n");
    np_html_end_section(&p->html);
}

void np_show_estimate_html(np_text *out, const np_estimate *estimate, np_arena *arena)
{
    page p = {.e = estimate, .book = estimate->book, .slip = estimate->payslip};
    np_html naming = {.arena = arena, .lang = estimate->lang};
    np_html_start(&p.html, out, arena, estimate->lang, estimate->book,
                  np_html_post_title(&naming, p.slip, estimate->situation));
    heading(&p);
    composition(&p);
    month(&p);
    others(&p);
    uncertain(&p);
    known(&p);
    np_html_sources(&p.html);
    np_html_footer(&p.html, estimate->book);
}
