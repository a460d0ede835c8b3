/* A timeline as a document: the contract over time, milestones, what each path pays and why that changes. */
#include <string.h>

#include "timeline_report_internal.h"
#include "natopay/pay/format_value.h"

enum { PATHS_ABREAST = 4 }; /* on a terminal */

static uint16_t currency_of(const np_timeline *t)
{
    return t->paths[0]->stretches[0].currency;
}

static const char *amount(np_doc *doc, const np_timeline *t, np_num value)
{
    return np_amount_words(doc, t->career->book, value, currency_of(t));
}

/* ---- heading ---- */

static const char *contract_words(np_doc *doc, const np_terms *terms)
{
    const char *kind = terms->contract
                           ? np_label_text(&terms->contract->about.label, doc->lang, terms->contract->about.name)
                           : np_say(doc->lang, "Contract");
    const char *start = np_day_words(doc->arena, terms->start);
    if (terms->contract_end == NP_DATE_NONE)
        return np_arena_format(doc->arena, np_say(doc->lang, "%s, from %s on, without end"), kind, start);
    return np_arena_format(doc->arena, np_say(doc->lang, "%s, %s to %s"), kind, start,
                           np_day_words(doc->arena, terms->contract_end));
}

static void heading(np_doc *doc, const np_timeline *t)
{
    const np_terms *terms = &t->career->terms;
    const np_situation *given = t->career->given;
    const np_projection *first = t->paths[0];
    const char *title = np_situation_title(given, doc->lang), *post = np_career_post_words(doc, t->career);
    const char *ends = np_ends_words(terms, doc->arena, doc->lang);
    doc->width = 80;
    doc->date = terms->start;
    doc->name = given->post ? given->post : np_say(doc->lang, "Timeline");
    doc->title = np_career_title(doc, t->career);
    doc->lead = contract_words(doc, terms);
    np_impossible_first(doc, t->career->book, t->conditions, t->condition_count);
    if (doc->page && title) {
        doc->title = title;
        np_doc_text(doc, NULL, post);
    }
    if (ends && terms->service_end <= first->until) np_doc_text(doc, NULL, ends);
    if (terms->contract_end != NP_DATE_NONE && first->last > terms->contract_end)
        np_doc_text(doc, NULL, np_say(doc->lang, "What follows the contract is assumed: it is not automatic."));
}

static void key_figures(np_doc *doc, const np_timeline *t)
{
    np_doc_node *figures = np_doc_figures(doc, NULL);
    for (size_t i = 0; i < t->path_count; i++) {
        const np_projection *path = t->paths[i];
        np_num all = np_num_add(doc->arena, path->total.net, path->total.once);
        np_doc_figure *figure = np_doc_figure_add(doc, figures, np_path_words(path, doc->lang),
                                                  np_amount_value(t->career->book, all, currency_of(t)));
        figure->main = i == 0;
        figure->unit = np_currency_words(t->career->book, currency_of(t));
        figure->note = np_arena_format(doc->arena, np_say(doc->lang, "net and once, %s to %s"),
                                       np_day_words(doc->arena, path->from), np_day_words(doc->arena, path->last));
    }
}

/* ---- charts ---- */

static size_t months_of(const np_projection *path)
{
    np_ymd a = np_date_split(path->from), b = np_date_split(path->until);
    return (size_t)((b.year - a.year) * 12 + b.month - a.month + 1);
}

/* Whole months only: a part of a month would draw the eye away. */
static np_num *values_of(np_doc *doc, const np_projection *path, size_t months)
{
    np_num *values = np_arena_array(doc->arena, months + 1, sizeof *values);
    np_date month = np_date_month_start(path->from);
    size_t s = 0;
    for (size_t m = 0; m < months; m++, month = np_date_month_end(month) + 1) {
        values[m] = np_num_small(0, -1);
        while (s + 1 < path->stretch_count && path->stretches[s + 1].month <= month) s++;
        if (month < path->from || np_date_month_end(month) > path->last) continue;
        values[m] = path->stretches[s].net.amount;
    }
    return values;
}

static void net_chart(np_doc *doc, const np_timeline *t)
{
    size_t months = months_of(t->paths[0]);
    np_doc_series *series = np_arena_array(doc->arena, t->path_count, sizeof *series);
    for (size_t i = 0; i < t->path_count; i++)
        series[i] =
            (np_doc_series){np_arena_format(doc->arena, "%c", (char)('a' + i)), np_path_words(t->paths[i], doc->lang),
                            (unsigned)i, i < 2 ? (unsigned)i : 2, values_of(doc, t->paths[i], months)};
    np_doc_node *section = np_doc_section(doc, NULL, "net", np_say(doc->lang, "Net, month by month"), NULL);
    np_doc_soft_text(doc, section,
                     np_arena_format(doc->arena, "%s %s", np_currency_words(t->career->book, currency_of(t)),
                                     np_say(doc->lang, "a month, whole months. The axis does not begin at zero.")));
    np_doc_chart *chart = np_doc_chart_of(doc, section, NP_DOC_STEPS, np_say(doc->lang, "Net pay month by month"),
                                          np_say(doc->lang, "A line for each path; a step where the net changes."));
    chart->of.series = series;
    chart->count = t->path_count;
    chart->first = np_date_month_start(t->paths[0]->from);
    chart->months = months;
}

/* The contract: probation, the rest of it, and what is assumed to follow. */
static np_doc_period_row contract_row(np_doc *doc, const np_timeline *t)
{
    enum { MOST = 3 };
    const np_terms *terms = &t->career->terms;
    const np_projection *first = t->paths[0];
    np_doc_period *periods = np_arena_array(doc->arena, MOST, sizeof *periods);
    np_date end =
        terms->contract_end == NP_DATE_NONE || terms->contract_end > first->last ? first->last : terms->contract_end;
    np_date from = first->from;
    size_t count = 0;
    if (terms->probation_end != NP_DATE_NONE) {
        periods[count++] = (np_doc_period){.from = from,
                                           .to = terms->probation_end,
                                           .label = np_say(doc->lang, "probation"),
                                           .fill = 'p',
                                           .color = 10};
        from = terms->probation_end + 1;
    }
    if (end >= from)
        periods[count++] =
            (np_doc_period){.from = from, .to = end, .label = np_say(doc->lang, "contract"), .fill = '=', .color = 2};
    if (first->last > end && first->last >= from)
        periods[count++] = (np_doc_period){.from = end >= from ? end + 1 : from,
                                           .to = first->last,
                                           .label = np_say(doc->lang, "what may follow"),
                                           .fill = '~',
                                           .color = 2,
                                           .faint = true};
    for (size_t i = 0; i < count && doc->page; i++) periods[i].name = periods[i].label;
    return (np_doc_period_row){np_say(doc->lang, "Contract"), np_say(doc->lang, "Contract"), periods, count, NULL, 0};
}

static void add_stretch(np_doc *doc, const np_timeline *t, const np_projection *path, size_t s, np_doc_period *periods,
                        size_t *count)
{
    const np_stretch *stretch = &path->stretches[s];
    const np_book *book = t->career->book;
    np_date contract = t->career->terms.contract_end;
    const char *grade = book->grades[stretch->grade].name;
    bool named = s == 0 || stretch->grade != path->stretches[s - 1].grade;
    bool parted = contract != NP_DATE_NONE && contract >= stretch->from && contract < stretch->to;
    np_doc_period *whole = &periods[(*count)++];
    *whole = (np_doc_period){.from = stretch->from,
                             .to = stretch->to,
                             .label = np_arena_format(doc->arena, "%s, %s", grade, amount(doc, t, stretch->net.amount)),
                             .name = named ? grade : NULL,
                             .fill = '-',
                             .begins = true,
                             .color = stretch->grade == t->career->grade ? 0 : 1,
                             .faint = contract != NP_DATE_NONE && stretch->from > contract};
    if (!parted) return;
    periods[*count] = *whole;
    whole->to = contract;
    periods[*count].from = contract + 1;
    periods[*count].name = NULL;
    periods[*count].begins = false;
    periods[(*count)++].faint = true;
}

/* A path as a bar: a colour for each grade, paler after the first contract. */
static np_doc_period_row path_row(np_doc *doc, const np_timeline *t, size_t i)
{
    const np_projection *path = t->paths[i];
    np_doc_period *periods = np_arena_array(doc->arena, 2 * path->stretch_count + 1, sizeof *periods);
    np_doc_mark *marks = np_arena_array(doc->arena, t->milestone_count + 1, sizeof *marks);
    size_t count = 0, mark_count = 0;
    for (size_t s = 0; s < path->stretch_count; s++) add_stretch(doc, t, path, s, periods, &count);
    for (size_t m = 0; i == 0 && m < t->milestone_count; m++)
        if (t->milestones[m].date != NP_DATE_NONE)
            marks[mark_count++] =
                (np_doc_mark){t->milestones[m].date, np_dated_words(&t->milestones[m], doc->arena, doc->lang),
                              np_arena_format(doc->arena, "%zu", m + 1), false};
    return (np_doc_period_row){
        path->path ? path->path->about.name : "", np_path_words(path, doc->lang), periods, count, marks, mark_count};
}

static void contract_chart(np_doc *doc, const np_timeline *t)
{
    np_doc_period_row *period_rows = np_arena_array(doc->arena, t->path_count + 1, sizeof *period_rows);
    const char *title = np_say(doc->lang, "The contract over time");
    np_doc_node *section = np_doc_section(doc, NULL, "contract", doc->page ? title : NULL, NULL);
    period_rows[0] = contract_row(doc, t);
    for (size_t i = 0; i < t->path_count; i++) period_rows[1 + i] = path_row(doc, t, i);
    if (doc->page)
        np_doc_soft_text(doc, section,
                         np_say(doc->lang, "A colour for each grade, paler after the first contract. Numbers: the "
                                           "milestones below."));
    np_doc_chart *chart = np_doc_chart_of(doc, section, NP_DOC_PERIOD_ROWS, title,
                                          np_say(doc->lang, "A bar for each path, with the milestones as dots."));
    chart->of.period_rows = period_rows;
    chart->count = t->path_count + 1;
    chart->first = t->paths[0]->from;
    chart->last = t->paths[0]->until;
    chart->legend = np_say(doc->lang, "p probation   = contract   ~ assumed to follow   | pay changes");
}

/* ---- milestones ---- */

static void milestone_row(np_doc *doc, np_doc_table *table, const np_dated *dated, size_t number)
{
    const np_about *about = &dated->milestone->about;
    np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
    np_doc_value *cells = row->cells;
    const char *note = np_label_text(&about->note, doc->lang, NULL);
    if (doc->page) *cells++ = np_count_value(doc->arena, (long long)number);
    cells[0] = np_doc_day(dated->date);
    cells[1] = np_status_value((np_status)dated->status, doc->lang);
    cells[2] = np_doc_words(np_dated_words(dated, doc->arena, doc->lang));
    if (!doc->page) return;
    cells[3] = np_references(doc, about->sources, about->source_count);
    if (note) np_doc_note(table, row, note);
}

static void milestones(np_doc *doc, const np_timeline *t)
{
    np_doc_node *section = np_doc_section(doc, NULL, "milestones", np_milestones_title(doc, t), NULL);
    np_doc_table *table = np_doc_table_of(doc, section, "milestones");
    np_doc_list *open = NULL;
    table->bare = true;
    if (doc->page) np_doc_column_add(table, "number", np_say(doc->lang, "No."), NP_DOC_NUMBER);
    np_doc_column_add(table, "date", np_say(doc->lang, "Date"), NP_DOC_DATE);
    np_doc_column_add(table, "status", np_say(doc->lang, "Status"), NP_DOC_STATUS)->least = 9;
    np_doc_column_add(table, "what", np_say(doc->lang, "What"), NP_DOC_WORDS)->wrap = true;
    if (doc->page) np_doc_column_add(table, "sources", np_say(doc->lang, "Sources"), NP_DOC_REFERENCES);
    for (size_t i = 0; i < t->milestone_count; i++) {
        const np_dated *dated = &t->milestones[i];
        if (dated->date != NP_DATE_NONE) {
            milestone_row(doc, table, dated, i + 1);
            continue;
        }
        if (!open) {
            np_doc_text(doc, section,
                        doc->page ? np_say(doc->lang, "Open, for want of inputs")
                                  : np_say(doc->lang, "OPEN, for want of inputs"));
            open = np_doc_list_of(doc, section, "open");
            open->lead = "  ";
            open->hang = 4;
        }
        np_doc_item_add(doc, open,
                        np_arena_format(doc->arena, np_say(doc->lang, "%s: needs %s"),
                                        np_dated_words(dated, doc->arena, doc->lang),
                                        np_missing_names(t->career->book, doc->arena, dated->missing)));
    }
    if (doc->page) np_status_legend(doc, section);
}

/* ---- one path ---- */

static void stretch_row(np_doc *doc, np_doc_table *table, const np_timeline *t, const np_projection *path,
                        const np_stretch *s)
{
    const np_book *book = t->career->book;
    np_doc_value *cells = np_doc_row_add(table, NP_DOC_LINE)->cells;
    const char *why = np_causes_words(path, doc->arena, doc->lang, s);
    bool once = np_num_sign(s->once.amount) != 0;
    *cells++ = np_doc_day(s->from);
    *cells++ = np_doc_day(s->to);
    *cells++ = np_count_value(doc->arena, s->months);
    *cells++ = np_doc_words(np_arena_format(doc->arena, "%s/%lld", book->grades[s->grade].name, (long long)s->step));
    *cells++ = np_amount_value(book, s->net.amount, s->currency);
    if (doc->page) {
        *cells++ = np_status_value((np_status)s->net.status, doc->lang);
        *cells++ = once ? np_amount_value(book, s->once.amount, s->currency) : np_doc_nothing();
    } else if (once) {
        why = np_arena_format(doc->arena, "%s (+%s)", why, amount(doc, t, s->once.amount));
    }
    *cells = np_doc_words(why);
}

static const char *total_words(np_doc *doc, const np_timeline *t, const np_projection *path)
{
    np_num all = np_num_add(doc->arena, path->total.net, path->total.once);
    size_t open = 0;
    for (size_t i = 0; i < path->stretch_count; i++)
        if (path->stretches[i].open_lines > open) open = path->stretches[i].open_lines;
    const char *text = np_arena_format(
        doc->arena, np_say(doc->lang, "Net in all: %s, with what is paid once: %s (%s)."),
        amount(doc, t, path->total.net), amount(doc, t, all), np_status_word((np_status)path->total.status, doc->lang));
    if (!open) return text;
    const char *more = np_arena_format(
        doc->arena, np_say(doc->lang, "Open lines, not counted: %lld (natopay estimate names them)."), (long long)open);
    const char *bound = np_net_bound_words(np_path_bound(path), doc->lang);
    return np_arena_format(doc->arena, "%s %s%s%s", text, more, bound ? " " : "", bound ? bound : "");
}

static void path_section(np_doc *doc, const np_timeline *t, size_t i)
{
    const np_projection *path = t->paths[i];
    const char *name = path->path ? path->path->about.name : "";
    np_doc_node *section = np_doc_section(doc, NULL, "path", np_say(doc->lang, "Path"),
                                          np_arena_format(doc->arena, np_say(doc->lang, "%s%s: %s (%s)"),
                                                          *name ? " " : "", name, np_path_words(path, doc->lang),
                                                          np_currency_words(t->career->book, currency_of(t))));
    np_doc_table *table = np_doc_table_of(doc, section, "stretches");
    np_doc_column_add(table, "from", np_say_as(doc->lang, "first day", "From"), NP_DOC_DATE);
    np_doc_column_add(table, "to", np_say_as(doc->lang, "last day", "To"), NP_DOC_DATE);
    np_doc_column_add(table, "months", np_say(doc->lang, "Mo."), NP_DOC_NUMBER);
    np_doc_column_add(table, "grade", np_say(doc->lang, "Grade"), NP_DOC_WORDS);
    np_doc_column_add(table, "net", np_say(doc->lang, "Net a month"), NP_DOC_MONEY);
    if (doc->page) {
        np_doc_column_add(table, "status", np_say(doc->lang, "Status"), NP_DOC_STATUS);
        np_doc_column_add(table, "once", np_say_as(doc->lang, "column", "Once"), NP_DOC_MONEY);
    }
    np_doc_column_add(table, "why", np_say(doc->lang, "Why"), NP_DOC_WORDS)->wrap = true;
    for (size_t s = 0; s < path->stretch_count; s++) stretch_row(doc, table, t, path, &path->stretches[s]);
    np_doc_text(doc, section, total_words(doc, t, path));
    const char *range = np_total_range_words(doc, t, &t->ranges[i]);
    if (range) np_doc_text(doc, section, range);
    const char *rests = np_money_year_words(doc->arena, t->career->book, t->career->first_slots, path->last, doc->lang);
    if (rests) np_doc_text(doc, section, rests);
}

/* ---- side by side ---- */

static void side_by_side_columns(np_doc *doc, np_doc_table *table, const np_timeline *t, size_t shown)
{
    const char *first = t->paths[0]->path->about.name;
    np_doc_column_add(table, "year", doc->page ? np_say(doc->lang, "Year") : np_say(doc->lang, "YEAR"), NP_DOC_WORDS);
    np_doc_column_add(table, first, first, NP_DOC_MONEY)->least = 12;
    for (size_t i = 1; i < shown; i++) {
        const char *name = t->paths[i]->path->about.name;
        np_doc_column_add(table, name, doc->page ? name : "", NP_DOC_MONEY)->least = 10;
        np_doc_column_add(table, "difference", doc->page ? np_arena_format(doc->arena, "%s - %s", name, first) : name,
                          NP_DOC_MONEY)
            ->least = 9;
    }
}

static void side_by_side(np_doc *doc, const np_timeline *t)
{
    size_t shown = doc->page || t->path_count < PATHS_ABREAST ? t->path_count : PATHS_ABREAST, years = 0;
    size_t counts[NP_TIMELINE_PATHS];
    np_period *periods[NP_TIMELINE_PATHS];
    np_num so_far[NP_TIMELINE_PATHS];
    if (t->path_count < 2) return;
    np_doc_node *section = np_doc_section(doc, NULL, "side_by_side", np_say(doc->lang, "Side by side"),
                                          np_say(doc->lang, ": net by contract year, and the difference so far"));
    np_doc_table *table = np_doc_table_of(doc, section, "side_by_side");
    table->as_written = true;
    side_by_side_columns(doc, table, t, shown);
    for (size_t i = 0; i < shown; i++) {
        periods[i] = np_projection_periods(t->paths[i], NP_BY_CONTRACT_YEAR, doc->arena, &counts[i]);
        so_far[i] = np_num_int(0);
        if (counts[i] > years) years = counts[i];
    }
    for (size_t year = 0; year < years; year++) {
        np_doc_value *cells = np_doc_row_add(table, NP_DOC_LINE)->cells;
        *cells++ = np_doc_words(np_arena_format(doc->arena, "%zu", year + 1));
        for (size_t i = 0; i < shown; i++) {
            np_num net = year < counts[i] ? periods[i][year].sum.net : np_num_int(0);
            so_far[i] = np_num_add(doc->arena, so_far[i], net);
            *cells++ = np_amount_value(t->career->book, net, currency_of(t));
            if (i == 0) continue;
            *cells = np_amount_value(t->career->book, np_num_sub(doc->arena, so_far[i], so_far[0]), currency_of(t));
            cells++->with_sign = true;
        }
    }
}

/* ---- eligibility ---- */

static const char *meets_words(np_meets meets, const np_lang *lang)
{
    static const char *const WORDS[] = {NP_MARK("met"), NP_MARK("not met"), NP_MARK("unknown")};
    return np_say(lang, WORDS[meets]);
}

static void condition_row(np_doc *doc, np_doc_table *table, const np_book *book, const np_eligible *e)
{
    const np_about *about = &e->condition->about;
    np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
    const char *missing = NULL;
    if (e->meets == NP_MEETS_NOT) missing = np_label_text(&e->condition->missing, doc->lang, NULL);
    if (e->missing && e->missing->gap) missing = e->missing->gap->message;
    if (e->missing && !e->missing->gap) missing = np_missing_names(book, doc->arena, e->missing);
    row->cells[0] = np_doc_words(meets_words(e->meets, doc->lang));
    row->cells[1] = np_doc_words(np_label_text(&about->label, doc->lang, about->name));
    if (missing && *missing)
        np_doc_note(table, row, np_arena_format(doc->arena, np_say(doc->lang, "MISSING: %s"), missing));
    if (doc->page)
        row->cells[2] = np_references(doc, about->sources, about->source_count);
    else
        np_doc_note(table, row,
                    np_arena_format(doc->arena, "[%s]",
                                    np_source_names(doc->arena, about->sources, about->source_count, ", ")));
}

void np_eligibility_section(np_doc *doc, const np_book *book, const np_eligible *conditions, size_t count)
{
    np_doc_node *section = np_doc_section(doc, NULL, "eligibility", np_say(doc->lang, "Eligibility"),
                                          np_say(doc->lang, " (advice, not a decision)"));
    np_doc_table *table = np_doc_table_of(doc, section, "conditions");
    table->bare = true;
    np_doc_column_add(table, "state", np_say(doc->lang, "State"), NP_DOC_WORDS)->least = 11;
    np_doc_column_add(table, "condition", np_say(doc->lang, "Condition"), NP_DOC_WORDS)->wrap = true;
    if (doc->page) np_doc_column_add(table, "sources", np_say(doc->lang, "Sources"), NP_DOC_REFERENCES);
    for (size_t i = 0; i < count; i++) condition_row(doc, table, book, &conditions[i]);
}

static void document(np_doc *doc, const void *result)
{
    const np_timeline *t = result;
    const char *adjustment = np_adjustment_words(doc, t);
    heading(doc, t);
    if (doc->page) key_figures(doc, t);
    if (doc->page) net_chart(doc, t);
    contract_chart(doc, t);
    milestones(doc, t);
    for (size_t i = 0; i < t->path_count; i++) path_section(doc, t, i);
    side_by_side(doc, t);
    if (adjustment) np_doc_text(doc, np_doc_section(doc, NULL, "adjustment", NULL, NULL), adjustment);
    if (t->conditions) np_eligibility_section(doc, t->career->book, t->conditions, t->condition_count);
    np_timeline_events(doc, t);
    if (!doc->page) return;
    np_to_note(doc, NULL, t->diags);
    np_sources_section(doc);
    np_book_footer(doc, t->career->book);
}

np_output np_timeline_output(const np_timeline *timeline)
{
    return (np_output){timeline, timeline->lang, np_timeline_json, np_timeline_records, document, 0};
}
