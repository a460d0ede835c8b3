/* What pages of a comparison show of time, and of what pay is made of. */
#include <stdlib.h>
#include <string.h>

#include "compare_report_internal.h"

static np_num factor_of(const np_post_column *column)
{
    return column->conversion.known ? column->conversion.factor : np_num_int(1);
}

/* ---- net month by month ---- */

static const char *path_mark(size_t order)
{
    static const char *const SIGNS[] = {"", "\xE2\x80\xB2", "\xE2\x80\xB3", "\xE2\x80\xB4"}; /* primes */
    return SIGNS[order < 4 ? order : 3];
}

/* Partial first and last months would draw the eye away: the chart shows whole months. */
static np_num *months_of(np_doc *doc, const np_comparison *c, const np_post_column *column,
                         const np_compared_path *path)
{
    np_num *values = np_arena_array(doc->arena, c->months + 1, sizeof *values);
    for (size_t m = 0; m < c->months; m++) {
        np_date month = np_date_add_months(c->first, (int32_t)m);
        np_path_month(c, path, m, &values[m], doc->arena);
        if (np_num_valid(values[m])) values[m] = np_num_mul(doc->arena, values[m], factor_of(column));
        if (month < path->full->from || np_date_month_end(month) > path->full->last) values[m] = np_num_small(0, -1);
    }
    return values;
}

static void net_chart(np_doc *doc, np_doc_node *in, const np_comparison *c)
{
    np_doc_series *series = np_arena_array(doc->arena, c->count * NP_COMPARED_PATHS_MOST, sizeof *series);
    size_t count = 0;
    for (size_t i = 0; i < c->count; i++)
        for (size_t t = 0; t < c->columns[i].path_count; t++) {
            const np_compared_path *path = &c->columns[i].paths[t];
            series[count++] = (np_doc_series){np_arena_format(doc->arena, "%s%s", c->columns[i].mark, path_mark(t)),
                                              *path->name ? path->label : c->columns[i].label, (unsigned)i,
                                              t < 2 ? (unsigned)t : 2, months_of(doc, c, &c->columns[i], path)};
        }
    np_doc_chart *chart = np_doc_chart_of(
        doc, in, NP_DOC_STEPS, np_say(doc->lang, "Net pay month by month"),
        np_say(doc->lang, "A line for each post and each path through a twin-graded post; a step where the net "
                          "changes."));
    chart->of.series = series;
    chart->count = count;
    chart->first = c->first;
    chart->months = c->months;
}

/* What each path of each post pays, net and once, in its own currency, with its sum. */
static void month_table(np_doc *doc, np_doc_node *in, const np_comparison *c)
{
    np_doc_node *section = np_doc_section(doc, in, "months", np_say(doc->lang, "Net and once"), NULL);
    np_doc_table *table = np_doc_table_of(doc, section, "months");
    np_num sums[NP_COMPARE_MOST * NP_COMPARED_PATHS_MOST], net;
    section->of.section.folded = true;
    np_doc_column_add(table, "month", np_say(doc->lang, "Month"), NP_DOC_WORDS);
    for (size_t i = 0; i < c->count; i++)
        for (size_t t = 0; t < c->columns[i].path_count; t++) {
            const np_compared_path *path = &c->columns[i].paths[t];
            sums[table->column_count - 1] = np_num_int(0);
            np_doc_column_add(table, c->columns[i].mark,
                              np_arena_format(doc->arena, "%s %s%s%s", c->columns[i].mark,
                                              np_column_unit(&c->columns[i]), *path->label ? ", " : "", path->label),
                              NP_DOC_MONEY);
        }
    for (size_t m = 0; m <= c->months; m++) {
        bool total = m == c->months;
        np_doc_row *row = np_doc_row_add(table, total ? NP_DOC_TOTAL : NP_DOC_LINE);
        size_t at = 0;
        row->sums = total;
        row->cells[0] = np_doc_words(total ? np_say(doc->lang, "In all")
                                           : np_month_words(doc->arena, np_date_add_months(c->first, (int32_t)m)));
        for (size_t i = 0; i < c->count; i++)
            for (size_t t = 0; t < c->columns[i].path_count; t++, at++) {
                const np_post_column *post = &c->columns[i];
                np_num paid = total ? sums[at] : np_path_month(c, &post->paths[t], m, &net, doc->arena);
                row->cells[1 + at] = np_amount_value(post->book, paid, post->payslip->currency);
                if (!total) sums[at] = np_num_add(doc->arena, sums[at], paid);
            }
    }
}

void np_compare_months(np_doc *doc, const np_comparison *c)
{
    np_doc_node *section = np_doc_section(doc, NULL, "months", np_say(doc->lang, "Net, month by month"), NULL);
    const char *words =
        c->convertible
            ? np_say(doc->lang, "In %s, whole months, without what comes once. The axis does not begin at zero.")
            : np_say(doc->lang, "Each in its own currency: a rate to %s is missing.");
    np_doc_soft_text(doc, section, np_arena_format(doc->arena, words, c->common_name));
    net_chart(doc, section, c);
    np_doc_list *list = np_doc_list_of(doc, section, "passings");
    for (size_t i = 0; i < c->lead_change_count; i++)
        np_doc_item_add(doc, list, np_lead_change_sentence(doc->arena, c, &c->lead_changes[i]));
    month_table(doc, section, c);
}

/* ---- what pay consists of ---- */

void np_compare_composition(np_doc *doc, const np_comparison *c)
{
    np_doc_bar *bars = np_arena_array(doc->arena, c->count, sizeof *bars);
    size_t count = 0;
    for (size_t i = 0; i < c->count; i++) {
        const np_post_column *column = &c->columns[i];
        if (!column->present) /* what that consists of is not known */
            bars[count++] = np_pay_bar(doc, column->payslip, np_post_short(doc, column, 30), factor_of(column));
    }
    np_doc_node *section =
        np_doc_section(doc, NULL, "composition", np_say(doc->lang, "What the pay consists of"), NULL);
    np_doc_chart *chart = np_doc_chart_of(
        doc, section, NP_DOC_BARS, np_say(doc->lang, "Pay of each post by line"),
        np_say(doc->lang, "For each post a thick bar, its gross pay by line, and a thin one, its net and what is taken "
                          "off."));
    chart->of.bars = bars;
    chart->count = count;
}

/* ---- contracts ---- */

static const char *change_words(np_doc *doc, const np_post_column *column, const np_stretch *stretch)
{
    return np_arena_format(doc->arena, np_say(doc->lang, "%s step %lld, net %s"),
                           column->book->grades[stretch->grade].name, (long long)stretch->step,
                           np_amount_words(doc, column->book, stretch->net.amount, column->payslip->currency));
}

/* Of two on one day the milestone first: it is why the pay changes. */
static int by_day(const void *a, const void *b)
{
    const np_doc_mark *x = a, *y = b;
    int order = (x->date > y->date) - (x->date < y->date);
    if (!order) order = y->square - x->square;
    return order ? order : strcmp(x->label, y->label);
}

/* Milestones and changes of the net on the path taken, numbered by date. */
static np_doc_mark *marks_of(np_doc *doc, const np_post_column *column, size_t *count)
{
    const np_projection *projection = column->paths[0].full;
    size_t dated_count;
    *count = 0;
    if (column->present) return NULL;
    const np_dated *dated = np_career_milestones(projection, &dated_count);
    np_doc_mark *marks = np_arena_array(doc->arena, projection->stretch_count + dated_count + 1, sizeof *marks);
    for (size_t i = 0; i < dated_count; i++)
        if (dated[i].date != NP_DATE_NONE)
            marks[(*count)++] =
                (np_doc_mark){dated[i].date, np_dated_words(&dated[i], doc->arena, doc->lang), NULL, true};
    for (size_t s = 1; s < projection->stretch_count; s++) {
        const np_stretch *stretch = &projection->stretches[s];
        if (np_num_compare(stretch->net.amount, projection->stretches[s - 1].net.amount) == 0) continue;
        marks[(*count)++] = (np_doc_mark){stretch->from, change_words(doc, column, stretch), NULL, false};
    }
    if (*count > 1) qsort(marks, *count, sizeof *marks, by_day);
    for (size_t i = 0; i < *count; i++) marks[i].sign = np_arena_format(doc->arena, "%zu", i + 1);
    return marks;
}

/* A contract as it stands, then, faint, what may follow it; each grade bears its name where it begins. */
static np_doc_period_row period_row_of(np_doc *doc, const np_comparison *c, size_t i)
{
    const np_post_column *column = &c->columns[i];
    const np_projection *projection = column->paths[0].full;
    np_doc_period *periods = np_arena_array(doc->arena, 2 * projection->stretch_count + 1, sizeof *periods);
    np_date end = column->terms.contract_end;
    size_t count = 0, marked;
    if (end == NP_DATE_NONE || end > projection->last) end = projection->last;
    for (size_t s = 0; s < projection->stretch_count; s++) {
        const np_stretch *stretch = &projection->stretches[s];
        bool named = s == 0 || stretch->grade != projection->stretches[s - 1].grade;
        const char *grade = column->book->grades[stretch->grade].name;
        np_doc_period now = {.from = stretch->from,
                             .to = stretch->to,
                             .label = np_say(doc->lang, "contract"),
                             .name = named ? grade : NULL,
                             .color = (unsigned)i};
        if (stretch->from <= end) {
            periods[count++] = now;
            if (stretch->to <= end) continue;
            periods[count - 1].to = end;
            now.from = end + 1;
            now.name = NULL;
        }
        now.label = np_say(doc->lang, "what may follow");
        now.faint = true;
        periods[count++] = now;
    }
    const np_doc_mark *marks = marks_of(doc, column, &marked);
    return (np_doc_period_row){column->mark, np_post_short(doc, column, 42), periods, count, marks, marked};
}

void np_compare_contracts(np_doc *doc, const np_comparison *c)
{
    np_doc_period_row *rows = np_arena_array(doc->arena, c->count, sizeof *rows);
    const char *title = np_say(doc->lang, "Contracts over time");
    np_doc_node *section = np_doc_section(doc, NULL, "contracts", title, NULL);
    for (size_t i = 0; i < c->count; i++) rows[i] = period_row_of(doc, c, i);
    np_doc_soft_text(doc, section,
                     np_say(doc->lang, "The first contract, then, paler, what may follow it; a dot where the net "
                                       "changes, a diamond at each milestone."));
    np_doc_chart *chart = np_doc_chart_of(
        doc, section, NP_DOC_PERIOD_ROWS, title,
        np_say(doc->lang, "A bar for each post from its start; the dots and diamonds are listed below."));
    chart->of.period_rows = rows;
    chart->count = c->count;
    chart->first = c->first;
    chart->last = np_date_add_months(c->first, (int32_t)c->months) - 1;
    for (size_t i = 0; i < c->count; i++) {
        np_doc_node *post = np_doc_section(doc, section, c->columns[i].mark, rows[i].label, NULL);
        np_doc_list *list = np_doc_list_of(doc, post, "dates");
        post->of.section.folded = true;
        list->numbered = list->small = true;
        for (size_t m = 0; m < rows[i].mark_count; m++)
            np_doc_item_add(doc, list,
                            np_arena_format(doc->arena, np_say(doc->lang, "%s: %s"),
                                            np_day_words(doc->arena, rows[i].marks[m].date), rows[i].marks[m].label));
        if (rows[i].mark_count == 0) np_doc_item_add(doc, list, np_say(doc->lang, "The net stays the same."));
    }
}
