/* A timeline as one HTML page: the contract over time, every path's net month by month, milestones, stretches. */
#include "career_parts.h"
#include "html_parts.h"

typedef struct page {
    np_html html;
    const np_timeline *t;
    const np_book *book;
    uint16_t currency;
} page;

static __attribute__((format_arg(2))) const char *say(const page *p, const char *english)
{
    return np_say(p->t->lang, english);
}

static const char *amount(page *p, np_num value)
{
    return np_html_amount(&p->html, p->book, value, p->currency);
}

static const char *input_words(page *p, const char *name)
{
    const np_input *input = np_book_input(p->book, name);
    const np_value *value = input ? &p->t->career->first_slots[input->slot] : NULL;
    return value && !value->unknown ? np_html_value(&p->html, p->book, value) : NULL;
}

static void heading(page *p)
{
    np_html *html = &p->html;
    const char *title = np_situation_title(p->t->career->given, p->t->lang), *town = input_words(p, "town"),
               *twin = input_words(p, "twin_grade");
    const np_terms *terms = &p->t->career->terms;
    np_html_put(html, "<header>\n<h1><bdi>$</bdi></h1>\n<p>$$$$$. $</p>\n</header>\n<main>\n<dl class=\"keys\">\n",
                np_short_label(html->arena, title ? title : say(p, "Timeline"), NP_HTML_LABEL), input_words(p, "grade"),
                twin ? "\xE2\x80\x93" : "", twin, town ? ", " : "", town ? np_short_label(html->arena, town, 40) : "",
                np_ends_words(terms, html->arena, p->t->lang));
    for (size_t i = 0; i < p->t->path_count; i++) {
        const np_projection *path = p->t->paths[i];
        np_num all = np_num_add(html->arena, path->total.net, path->total.once);
        np_html_put(html,
                    i ? "<div><dt>$</dt><dd>$ $<small>$</small></dd></div>\n"
                      : "<div class=\"main\"><dt>$</dt><dd>$ $<small>$</small></dd></div>\n",
                    np_path_words(path, p->t->lang), amount(p, all), p->book->currencies[p->currency].name,
                    np_arena_format(html->arena, say(p, "net and once, %s to %s"), np_html_date(html, path->from),
                                    np_html_date(html, path->last)));
    }
    np_text_puts(html->out, "</dl>\n");
}

/* ---- charts ---- */

static size_t months_of(const np_projection *path)
{
    np_ymd a = np_date_split(path->from), b = np_date_split(path->until);
    return (size_t)((b.year - a.year) * 12 + b.month - a.month + 1);
}

/* Whole months only: a part of a month would draw the eye away. */
static np_num *values_of(page *p, const np_projection *path, size_t months)
{
    np_num *values = np_arena_array(p->html.arena, months + 1, sizeof *values);
    np_date month = np_date_month_start(path->from);
    size_t s = 0;
    for (size_t m = 0; m < months; m++, month = np_date_month_end(month) + 1) {
        values[m] = np_num_small(0, -1);
        while (s + 1 < path->stretch_count && path->stretches[s + 1].month <= month) s++;
        if (month < path->from || np_date_month_end(month) > path->last || !path->stretch_count) continue;
        values[m] = path->stretches[s].net.amount;
    }
    return values;
}

static void lines_chart(page *p)
{
    np_html *html = &p->html;
    size_t months = months_of(p->t->paths[0]);
    np_svg_steps series[NP_TIMELINE_PATHS];
    for (size_t i = 0; i < p->t->path_count; i++)
        series[i] = (np_svg_steps){np_arena_format(html->arena, "%c", (char)('a' + i)), (unsigned)i,
                                   i < 2 ? (unsigned)i : 2, values_of(p, p->t->paths[i], months)};
    np_svg_step_chart chart = {.title = say(p, "Net pay month by month"),
                               .about = say(p, "A line for each path; a step where the net changes."),
                               .first = np_date_month_start(p->t->paths[0]->from),
                               .months = months,
                               .series = series,
                               .series_count = p->t->path_count,
                               .book = p->book,
                               .currency = p->currency};
    np_html_section(html, say(p, "Net, month by month"));
    np_html_put(html, "<p class=\"soft small\">$ $</p>\n<figure>\n", p->book->currencies[p->currency].name,
                say(p, "a month, whole months. The axis does not begin at zero."));
    np_svg_step_lines(html, &chart);
    np_text_puts(html->out, "<ul class=\"key\">\n");
    for (size_t i = 0; i < p->t->path_count; i++) {
        np_text_printf(html->out,
                       "<li><svg width=\"26\" height=\"10\" aria-hidden=\"true\"><path class=\"step k%zu d%zu\" "
                       "d=\"M0 5H26\"/></svg>",
                       i, i < 2 ? i : (size_t)2);
        np_html_put(html, "$ $</li>\n", series[i].mark, np_path_words(p->t->paths[i], p->t->lang));
    }
    np_text_puts(html->out, "</ul>\n</figure>\n");
    np_html_end_section(html);
}

/* A path as a bar: a colour for each grade, paler after the first contract. */
static void lane_of(page *p, size_t i, np_svg_lane *lane)
{
    const np_projection *path = p->t->paths[i];
    np_date contract = p->t->career->terms.contract_end;
    np_svg_stretch *bars = np_arena_array(p->html.arena, 2 * path->stretch_count + 1, sizeof *bars);
    np_svg_mark *marks = np_arena_array(p->html.arena, p->t->milestone_count + 1, sizeof *marks);
    size_t count = 0, mark_count = 0;
    for (size_t s = 0; s < path->stretch_count; s++) {
        const np_stretch *stretch = &path->stretches[s];
        const char *label = np_arena_format(p->html.arena, "%s, %s", p->book->grades[stretch->grade].name,
                                            amount(p, stretch->net.amount));
        unsigned color = stretch->grade == p->t->career->grade ? 0 : 1;
        bool parted = contract != NP_DATE_NONE && contract >= stretch->from && contract < stretch->to;
        bool after = contract != NP_DATE_NONE && stretch->from > contract;
        bars[count++] = (np_svg_stretch){stretch->from, parted ? contract : stretch->to, label, color, after};
        if (parted) bars[count++] = (np_svg_stretch){contract + 1, stretch->to, label, color, true};
    }
    for (size_t m = 0; i == 0 && m < p->t->milestone_count; m++) {
        const np_dated *dated = &p->t->milestones[m];
        if (dated->date == NP_DATE_NONE) continue;
        marks[mark_count] = (np_svg_mark){dated->date, np_dated_words(dated, p->html.arena, p->t->lang),
                                          np_arena_format(p->html.arena, "%zu", m + 1), false};
        mark_count++;
    }
    *lane = (np_svg_lane){np_path_words(path, p->t->lang), bars, count, marks, mark_count};
}

static void bars_chart(page *p)
{
    np_html *html = &p->html;
    np_svg_lane lanes[NP_TIMELINE_PATHS];
    for (size_t i = 0; i < p->t->path_count; i++) lane_of(p, i, &lanes[i]);
    np_html_section(html, say(p, "The contract over time"));
    np_html_put(html, "<p class=\"soft small\">$</p>\n<figure>\n",
                say(p, "A colour for each grade, paler after the first contract. Numbers: the milestones below."));
    np_svg_timeline(html, say(p, "The contract over time"), say(p, "A bar for each path, with the milestones as dots."),
                    p->t->paths[0]->from, p->t->paths[0]->until, lanes, p->t->path_count);
    np_text_puts(html->out, "</figure>\n");
    np_html_end_section(html);
}

/* ---- tables ---- */

static void references(page *p, const np_about *about)
{
    for (size_t i = 0; i < about->source_count; i++) {
        const char *number = np_arena_format(p->html.arena, "%zu", np_html_source_number(&p->html, about->sources[i]));
        np_html_put(&p->html, i ? " <a href=\"#s$\">$</a>" : "<a href=\"#s$\">$</a>", number, number);
    }
}

static void milestones(page *p)
{
    np_html *html = &p->html;
    if (p->t->milestone_count == 0) return;
    np_html_section(html, say(p, "Milestones"));
    np_html_put(
        html,
        "<table>\n<thead><tr><th scope=\"col\" class=\"n\">$</th><th scope=\"col\">$</th><th scope=\"col\">$</th>"
        "<th scope=\"col\" class=\"refs\">$</th></tr></thead>\n<tbody>\n",
        say(p, "No."), say(p, "Date"), say(p, "What"), say(p, "Sources"));
    for (size_t m = 0; m < p->t->milestone_count; m++) {
        const np_dated *dated = &p->t->milestones[m];
        const np_about *about = &dated->milestone->about;
        const char *when = dated->date == NP_DATE_NONE ? say(p, "open") : np_html_date(html, dated->date);
        np_html_put(html, "<tr><td class=\"n\">$</td><td class=\"n\">$", np_arena_format(html->arena, "%zu", m + 1),
                    when);
        np_html_status(html, (np_status)dated->status);
        np_html_put(html, "</td><td><bdi>$</bdi>", np_dated_words(dated, html->arena, p->t->lang));
        const char *note = np_label_text(&about->note, p->t->lang, NULL);
        if (note) np_html_put(html, "<br><span class=\"soft small\">$</span>", note);
        np_text_puts(html->out, "</td><td class=\"refs\">");
        references(p, about);
        np_text_puts(html->out, "</td></tr>\n");
    }
    np_text_puts(html->out, "</tbody>\n</table>\n");
    np_html_legend(html);
    np_html_end_section(html);
}

static void stretch_row(page *p, const np_projection *path, const np_stretch *stretch)
{
    np_html *html = &p->html;
    np_html_put(html,
                "<tr><th scope=\"row\"><span class=\"w\">$ \xE2\x80\x93</span> <span class=\"w\">$</span></th>"
                "<td class=\"w\">$.$</td><td class=\"n\">$",
                np_html_date(html, stretch->from), np_html_date(html, stretch->to),
                p->book->grades[stretch->grade].name, np_arena_format(html->arena, "%lld", (long long)stretch->step),
                amount(p, stretch->net.amount));
    np_html_status(html, (np_status)stretch->net.status);
    np_html_put(html, "</td><td class=\"n\">$</td><td>",
                np_num_sign(stretch->once.amount) ? amount(p, stretch->once.amount) : "");
    np_html_put(html, "$", np_causes_words(path, html->arena, p->t->lang, stretch));
    np_text_puts(html->out, "</td></tr>\n");
}

static void stretches(page *p, const np_projection *path)
{
    np_html *html = &p->html;
    np_html_put(
        html,
        "<h3>$</h3>\n<table>\n<thead><tr><th scope=\"col\">$</th><th scope=\"col\">$</th><th scope=\"col\" "
        "class=\"n\">$<b></b></th><th scope=\"col\" class=\"n\">$</th><th scope=\"col\">$</th></tr></thead>\n<tbody>\n",
        np_path_words(path, p->t->lang), say(p, "Days"), say(p, "Grade"), say(p, "Net a month"),
        np_say_as(p->t->lang, "column", "Once"), say(p, "Why"));
    for (size_t s = 0; s < path->stretch_count; s++) stretch_row(p, path, &path->stretches[s]);
    np_text_puts(html->out, "</tbody>\n</table>\n");
}

static void conditions(page *p)
{
    np_html *html = &p->html;
    if (!p->t->condition_count) return;
    np_html_section(html, say(p, "Eligibility: advice, not a decision"));
    np_html_put(html,
                "<table>\n<thead><tr><th scope=\"col\">$</th><th scope=\"col\">$</th><th scope=\"col\" "
                "class=\"refs\">$</th></tr></thead>\n<tbody>\n",
                say(p, "Condition"), say(p, "State"), say(p, "Sources"));
    for (size_t i = 0; i < p->t->condition_count; i++) {
        const np_eligible *one = &p->t->conditions[i];
        const np_about *about = &one->condition->about;
        np_html_put(html, "<tr><th scope=\"row\"><bdi>$</bdi></th><td>$",
                    np_label_text(&about->label, p->t->lang, about->name), np_meets_words(one->meets, p->t->lang));
        const char *remedy = np_label_text(&one->condition->missing, p->t->lang, NULL);
        if (one->meets != NP_MEETS && remedy) np_html_put(html, "<br><span class=\"soft small\">$</span>", remedy);
        np_text_puts(html->out, "</td><td class=\"refs\">");
        references(p, about);
        np_text_puts(html->out, "</td></tr>\n");
    }
    np_text_puts(html->out, "</tbody>\n</table>\n");
    np_html_end_section(html);
}

static void to_note(page *p)
{
    bool any = false;
    for (const np_diag *diag = p->t->diags->first; diag; diag = diag->next) {
        if (!any) np_html_put(&p->html, "<section>\n<h2>$</h2>\n<ul>\n", say(p, "To note"));
        any = true;
        np_html_put(&p->html, "<li>$</li>\n", diag->message);
    }
    if (any) np_text_puts(p->html.out, "</ul>\n</section>\n");
}

void np_show_timeline_html(np_text *out, const np_timeline *timeline)
{
    page p = {.t = timeline, .book = timeline->career->book};
    const np_projection *first = timeline->paths[0];
    const np_situation *given = timeline->career->given;
    p.currency = first->stretch_count ? first->stretches[0].currency : 0;
    np_html_start(&p.html, out, timeline->arena, timeline->lang, p.book,
                  given->post ? given->post : say(&p, "Timeline"));
    heading(&p);
    lines_chart(&p);
    bars_chart(&p);
    milestones(&p);
    np_html_section(&p.html, say(&p, "What is paid, and why it changes"));
    for (size_t i = 0; i < timeline->path_count; i++) stretches(&p, timeline->paths[i]);
    np_html_end_section(&p.html);
    conditions(&p);
    to_note(&p);
    np_html_sources(&p.html);
    np_html_footer(&p.html, p.book);
}
