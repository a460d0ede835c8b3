/* The comparison over a range of one input, in the page of a comparison: a chart, and its figures. */
#include "compare_parts.h"
#include "natopay/show/estimate.h"

static __attribute__((format_arg(2))) const char *say(const np_compare_page *p, const char *english)
{
    return np_say(p->c->lang, english);
}

/* ---- where two posts pay the same ---- */

typedef struct crossings {
    np_svg_crossing *list;
    size_t count, capacity;
} crossings;

static np_num total_of(const np_compare_page *p, size_t point, size_t column)
{
    return p->shown->variation->totals[point * p->c->count + column];
}

static np_num lead_of(np_compare_page *p, size_t point, size_t a, size_t b)
{
    return np_num_sub(p->html.arena, total_of(p, point, a), total_of(p, point, b));
}

static const char *at_words(np_compare_page *p, size_t point)
{
    const np_variation *v = p->shown->variation;
    return np_scan_words(p->html.arena, p->c, &v->scan, v->at[point]);
}

/* The two lines meet on a point of the chart, alone: where they run together there is nothing to mark. */
static bool meet_at(np_compare_page *p, size_t point, size_t a, size_t b)
{
    if (np_num_sign(lead_of(p, point, a, b)) != 0) return false;
    bool before = point > 0 && np_num_sign(lead_of(p, point - 1, a, b)) == 0;
    bool after = point + 1 < p->shown->variation->points && np_num_sign(lead_of(p, point + 1, a, b)) == 0;
    return !before && !after;
}

static bool is_known(np_compare_page *p, size_t point, size_t a, size_t b)
{
    return np_num_valid(total_of(p, point, a)) && np_num_valid(total_of(p, point, b));
}

static void find_between(np_compare_page *p, size_t a, size_t b, crossings *found)
{
    np_arena *arena = p->html.arena;
    const char *first = p->c->columns[a].mark, *second = p->c->columns[b].mark;
    for (size_t point = 0; point < p->shown->variation->points; point++) {
        np_svg_crossing here = {.at = point, .share = np_num_int(0)};
        if (!is_known(p, point, a, b)) continue;
        np_num lead = lead_of(p, point, a, b), total = total_of(p, point, a);
        bool last = point + 1 == p->shown->variation->points || !is_known(p, point + 1, a, b);
        np_num next = last ? lead : lead_of(p, point + 1, a, b);
        if (meet_at(p, point, a, b)) {
            here.value = total;
            here.label =
                np_arena_format(arena, say(p, "%s: %s and %s pay the same"), at_words(p, point), first, second);
        } else if (np_num_sign(lead) * np_num_sign(next) < 0) {
            here.share = np_num_div(arena, lead, np_num_sub(arena, lead, next));
            np_num rise = np_num_sub(arena, total_of(p, point + 1, a), total);
            here.value = np_num_add(arena, total, np_num_mul(arena, here.share, rise));
            here.label = np_arena_format(arena, say(p, "between %s and %s: %s and %s pass each other"),
                                         at_words(p, point), at_words(p, point + 1), first, second);
        } else {
            continue;
        }
        found->list = np_arena_grow(arena, found->list, &found->capacity, found->count + 1, sizeof *found->list);
        found->list[found->count++] = here;
    }
}

/* ---- the chart ---- */

static void chart(np_compare_page *p, const char *title)
{
    np_html *html = &p->html;
    const np_variation *v = p->shown->variation;
    crossings found = {0};
    np_svg_curve *curves = np_arena_array(html->arena, p->c->count, sizeof *curves);
    const char **words = np_arena_array(html->arena, v->points, sizeof *words);
    if (v->points < 2) return;
    for (size_t i = 0; i < p->c->count; i++) {
        np_num *values = np_arena_array(html->arena, v->points, sizeof *values);
        for (size_t point = 0; point < v->points; point++) values[point] = total_of(p, point, i);
        curves[i] = (np_svg_curve){p->c->columns[i].mark, (unsigned)i, values};
        for (size_t k = i + 1; k < p->c->count; k++) find_between(p, i, k, &found);
    }
    for (size_t point = 0; point < v->points; point++) words[point] = at_words(p, point);
    np_svg_curve_chart drawn = {
        .title = title,
        .about = np_arena_format(
            html->arena,
            say(p, "A line for each post: what it pays in all as %s goes from %s to %s; a ring where two lines meet. "
                   "The axis need not begin at zero."),
            v->scan.input->name, words[0], words[v->points - 1]),
        .at = v->at,
        .words = words,
        .points = v->points,
        .curves = curves,
        .curve_count = p->c->count,
        .crossings = found.list,
        .crossing_count = found.count,
    };
    np_html_put(html, "<p class=\"soft small\">$</p>\n<figure>\n", drawn.about);
    np_svg_curves(html, &drawn);
    np_text_puts(html->out, "</figure>\n");
    if (found.count) np_text_puts(html->out, "<ul class=\"small\">\n");
    for (size_t i = 0; i < found.count; i++) np_html_put(html, "<li>$</li>\n", found.list[i].label);
    if (found.count) np_text_puts(html->out, "</ul>\n");
}

/* ---- the figures ---- */

static void table(np_compare_page *p, const char *title)
{
    np_html *html = &p->html;
    const np_variation *v = p->shown->variation;
    np_html_put(html,
                "<div class=\"scroll\"><table$>\n<caption>$</caption>\n<thead><tr><th scope=\"col\" class=\"n\">$</th>",
                "", title, v->scan.input->name);
    for (size_t i = 0; i < p->c->count; i++)
        np_html_put(html, "<th scope=\"col\" class=\"n\">$</th>", p->c->columns[i].mark);
    np_text_puts(html->out, "</tr></thead>\n<tbody>\n");
    for (size_t k = 0; k < v->points; k++) {
        np_html_put(html, "<tr><th scope=\"row\" class=\"n\">$</th>",
                    np_scan_words(html->arena, p->c, &v->scan, v->at[k]));
        for (size_t i = 0; i < p->c->count; i++) {
            np_num total = v->totals[k * p->c->count + i];
            np_html_put(html, "<td class=\"n\">$</td>",
                        np_num_valid(total) ? np_html_amount(html, p->c->columns[0].book, total, p->c->common) : "");
        }
        np_text_puts(html->out, "</tr>\n");
    }
    np_text_puts(html->out, "</tbody>\n</table></div>\n");
}

void np_compare_variation(np_compare_page *p)
{
    const char *title = np_arena_format(p->html.arena, say(p, "Paid in %zu months, in %s"), p->shown->variation->months,
                                        p->c->common_name);
    np_html_put(&p->html, "<h3>$</h3>\n", title);
    chart(p, title);
    table(p, title);
}
