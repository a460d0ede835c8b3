/* What changes with time in the page of a comparison: net month by month, contracts, break-even. */
#include <stdlib.h>
#include <string.h>

#include "compare_parts.h"
#include "natopay/show/estimate.h"
#include "natopay/show/timeline.h"

static __attribute__((format_arg(2))) const char *say(const np_compare_page *p, const char *english)
{
    return np_say(p->c->lang, english);
}

static np_num scaled(np_compare_page *p, const np_post_column *column, np_num amount)
{
    const np_conversion *conversion = &column->conversion;
    return conversion->known ? np_num_mul(p->html.arena, amount, conversion->factor) : amount;
}

void np_compare_scale_bar(np_compare_page *page, const np_post_column *column, np_svg_bar *bar)
{
    np_svg_part *parts = np_arena_array(page->html.arena, bar->part_count + 1, sizeof *parts);
    np_svg_part *below = np_arena_array(page->html.arena, bar->below_count + 1, sizeof *below);
    for (size_t i = 0; i < bar->part_count; i++) {
        parts[i] = bar->parts[i];
        parts[i].value = scaled(page, column, parts[i].value);
    }
    for (size_t i = 0; i < bar->below_count; i++) {
        below[i] = bar->below[i];
        below[i].value = scaled(page, column, below[i].value);
    }
    bar->parts = parts;
    bar->below = below;
}

/* ---- net month by month ---- */

static const char *path_mark(const np_track *track, size_t order)
{
    (void)track;
    static const char *const SIGNS[] = {"", "\xE2\x80\xB2", "\xE2\x80\xB3", "\xE2\x80\xB4"}; /* primes */
    return SIGNS[order < 4 ? order : 3];
}

static void draw_key(np_compare_page *p)
{
    np_html *html = &p->html;
    np_text_puts(html->out, "<ul class=\"key\">\n");
    for (size_t i = 0; i < p->c->count; i++)
        for (size_t t = 0; t < p->c->columns[i].track_count; t++) {
            const np_track *track = &p->c->columns[i].tracks[t];
            np_text_printf(html->out,
                           "<li><svg width=\"26\" height=\"10\" aria-hidden=\"true\"><path class=\"step k%zu d%zu\" "
                           "d=\"M0 5H26\"/></svg>",
                           i, t < 2 ? t : (size_t)2);
            np_html_put(html, "$$ <bdi>$</bdi></li>\n", p->c->columns[i].mark, path_mark(track, t),
                        *track->name ? np_short_label(html->arena, track->label, 60)
                                     : np_short_label(html->arena, p->c->columns[i].label, 60));
        }
    np_text_puts(html->out, "</ul>\n");
}

static np_num *months_of(np_compare_page *p, const np_post_column *column, const np_track *track)
{
    np_num *values = np_arena_array(p->html.arena, p->c->months + 1, sizeof *values);
    for (size_t m = 0; m < p->c->months; m++) {
        np_track_month(p->c, track, m, &values[m], p->html.arena);
        if (np_num_valid(values[m])) values[m] = scaled(p, column, values[m]);
    }
    return values;
}

/* Partial first and last months would draw the eye away: the chart shows whole months. */
static void drop_parts(np_compare_page *p, const np_track *track, np_num *values)
{
    const np_projection *projection = track->full;
    for (size_t m = 0; m < p->c->months; m++) {
        np_date month = np_date_add_months(p->c->first, (int32_t)m);
        if (month < projection->from || np_date_month_end(month) > projection->last) values[m] = np_num_small(0, -1);
    }
}

void np_compare_months(np_compare_page *p)
{
    np_html *html = &p->html;
    np_svg_steps *series = np_arena_array(html->arena, p->c->count * NP_TRACKS_MOST, sizeof *series);
    size_t count = 0;
    for (size_t i = 0; i < p->c->count; i++)
        for (size_t t = 0; t < p->c->columns[i].track_count; t++) {
            const np_track *track = &p->c->columns[i].tracks[t];
            np_num *values = months_of(p, &p->c->columns[i], track);
            drop_parts(p, track, values);
            const char *mark = np_arena_format(html->arena, "%s%s", p->c->columns[i].mark, path_mark(track, t));
            series[count++] = (np_svg_steps){mark, (unsigned)i, t < 2 ? (unsigned)t : 2, values};
        }
    np_html_section(html, say(p, "Net, month by month"));
    np_html_put(
        html, "<p class=\"soft small\">$</p>\n<figure>\n",
        np_arena_format(html->arena,
                        p->c->convertible
                            ? say(p, "In %s, whole months, without what comes once. The axis does not begin at zero.")
                            : say(p, "Each in its own currency: a rate to %s is missing."),
                        p->c->common_name));
    np_svg_step_chart chart = {
        .title = say(p, "Net pay month by month"),
        .about = say(p, "A line for each post and each path through a twin-graded post; a step where the net changes."),
        .first = p->c->first,
        .months = p->c->months,
        .series = series,
        .series_count = count,
        .book = p->c->columns[0].book,
        .currency = p->c->common,
    };
    np_svg_step_lines(html, &chart);
    draw_key(p);
    np_text_puts(html->out, "</figure>\n");
    if (p->c->passing_count) np_text_puts(html->out, "<ul>\n");
    for (size_t i = 0; i < p->c->passing_count; i++)
        np_html_put(html, "<li>$</li>\n", np_passing_sentence(html->arena, p->c, &p->c->passings[i]));
    if (p->c->passing_count) np_text_puts(html->out, "</ul>\n");
    np_html_end_section(html);
}

/* ---- contracts ---- */

static const char *change_words(np_compare_page *p, const np_post_column *column, const np_stretch *stretch)
{
    return np_arena_format(p->html.arena, say(p, "%s step %lld, net %s"), column->book->grades[stretch->grade].name,
                           (long long)stretch->step,
                           np_html_amount(&p->html, column->book, stretch->net.amount, column->payslip->currency));
}

/* Of two on one day the milestone first: it is why the pay changes. */
static int by_day(const void *a, const void *b)
{
    const np_svg_mark *x = a, *y = b;
    int order = (x->date > y->date) - (x->date < y->date);
    if (!order) order = y->square - x->square;
    return order ? order : strcmp(x->label, y->label);
}

/* Milestones and changes of the net on the path taken, numbered by date. */
static np_svg_mark *marks_of(np_compare_page *p, const np_post_column *column, size_t *count)
{
    const np_projection *projection = column->tracks[0].full;
    size_t dated_count;
    const np_dated *dated = np_career_milestones(projection, &dated_count);
    np_svg_mark *marks = np_arena_array(p->html.arena, projection->stretch_count + dated_count + 1, sizeof *marks);
    *count = 0;
    for (size_t i = 0; i < dated_count; i++)
        if (dated[i].date != NP_DATE_NONE)
            marks[(*count)++] =
                (np_svg_mark){dated[i].date, np_dated_words(&dated[i], p->html.arena, p->c->lang), NULL, true};
    for (size_t s = 1; s < projection->stretch_count; s++) {
        const np_stretch *stretch = &projection->stretches[s];
        if (np_num_compare(stretch->net.amount, projection->stretches[s - 1].net.amount) == 0) continue;
        marks[(*count)++] = (np_svg_mark){stretch->from, change_words(p, column, stretch), NULL, false};
    }
    if (*count > 1) qsort(marks, *count, sizeof *marks, by_day);
    for (size_t i = 0; i < *count; i++) marks[i].sign = np_arena_format(p->html.arena, "%zu", i + 1);
    return marks;
}

/* A contract as it stands, then, faint, what may follow it. */
static void lane_of(np_compare_page *p, size_t i, np_svg_lane *lane)
{
    const np_post_column *column = &p->c->columns[i];
    const np_projection *projection = column->tracks[0].full;
    np_svg_stretch *bars = np_arena_array(p->html.arena, 2, sizeof *bars);
    np_date end = column->terms.contract_end;
    size_t count = 0, marked;
    if (end == NP_DATE_NONE || end > projection->last) end = projection->last;
    bars[count++] = (np_svg_stretch){projection->from, end, say(p, "contract"), (unsigned)i, false};
    if (projection->last > end)
        bars[count++] = (np_svg_stretch){end + 1, projection->last, say(p, "what may follow"), (unsigned)i, true};
    const np_svg_mark *marks = marks_of(p, column, &marked);
    *lane = (np_svg_lane){np_post_short(p, column, 42), bars, count, marks, marked};
}

void np_compare_contracts(np_compare_page *p)
{
    np_html *html = &p->html;
    np_svg_lane *lanes = np_arena_array(html->arena, p->c->count, sizeof *lanes);
    np_date last = np_date_add_months(p->c->first, (int32_t)p->c->months) - 1;
    np_html_section(html, say(p, "Contracts over time"));
    for (size_t i = 0; i < p->c->count; i++) lane_of(p, i, &lanes[i]);
    np_html_put(
        html, "<p class=\"soft small\">$</p>\n<figure>\n",
        say(p, "The first contract, then, paler, what may follow it; a dot where the net changes, a diamond at each "
               "milestone."));
    np_svg_timeline(html, say(p, "Contracts over time"),
                    say(p, "A bar for each post from its start; the dots and diamonds are listed below."), p->c->first,
                    last, lanes, p->c->count);
    np_text_puts(html->out, "</figure>\n");
    for (size_t i = 0; i < p->c->count; i++) {
        np_html_put(html, "<details><summary>$</summary>\n<ol class=\"small\">\n", lanes[i].label);
        for (size_t m = 0; m < lanes[i].mark_count; m++)
            np_html_put(html, "<li>$</li>\n",
                        np_arena_format(html->arena, say(p, "%s: %s"), np_html_date(html, lanes[i].marks[m].date),
                                        lanes[i].marks[m].label));
        if (lanes[i].mark_count == 0) np_html_put(html, "<li>$</li>\n", say(p, "The net stays the same."));
        np_text_puts(html->out, "</ol>\n</details>\n");
    }
    np_html_end_section(html);
}

/* ---- break-even and ranges: see html_compare_vary.c for those ---- */

void np_compare_break_even(np_compare_page *p)
{
    np_html *html = &p->html;
    if (!p->shown->solution_count && !p->shown->variation) return;
    np_html_section(html, say(p, "Break-even"));
    for (size_t i = 0; i < p->shown->solution_count; i++) {
        const np_solution *s = &p->shown->solutions[i];
        np_html_put(html, "<p>$</p>\n", np_solution_sentence(html->arena, p->c, s));
        if (s->found_count) np_text_puts(html->out, "<ul>\n");
        for (size_t k = 0; k < s->found_count; k++)
            np_html_put(html, "<li>$</li>\n", np_found_sentence(html->arena, p->c, s, &s->found[k]));
        if (s->found_count) np_text_puts(html->out, "</ul>\n");
    }
    if (p->shown->variation) np_compare_variation(p);
    np_html_end_section(html);
}
