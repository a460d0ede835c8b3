/* A timeline as a table for programs, and as days of a calendar; a projection. */
#include <string.h>

#include "natopay/pay/format_value.h"
#include "timeline_report_internal.h"

/* That the person cannot be appointed, in one sentence; NULL: nothing bars it, or it is not known. */
static const char *impossible(const np_timeline *t, np_arena *arena)
{
    return np_appointment_words(t->career->book, t->conditions, t->condition_count, NP_APPOINTMENT_IMPOSSIBLE, arena,
                                t->lang);
}

/* ---- the table: a row for each milestone, for each stretch of each path, and for its total ---- */

static void milestone_row(np_doc_table *table, const np_timeline *t, const np_dated *dated)
{
    np_doc_value *cells = np_doc_row_add(table, NP_DOC_LINE)->cells;
    cells[0] = np_doc_words("milestone");
    cells[1] = np_doc_words(dated->milestone->about.name);
    cells[2] = np_doc_day(dated->date);
    cells[10] = np_doc_words(np_status_name((np_status)dated->status));
    cells[11] = np_doc_words(np_dated_words(dated, table->arena, t->lang));
}

static void stretch_row(np_doc_table *table, const np_timeline *t, const np_projection *path, const np_stretch *s)
{
    const np_book *book = t->career->book;
    np_doc_value *cells = np_doc_row_add(table, NP_DOC_LINE)->cells;
    cells[0] = np_doc_words("stretch");
    cells[1] = np_doc_words(np_path_name(path));
    cells[2] = np_doc_day(s->from);
    cells[3] = np_doc_day(s->to);
    cells[4] = np_count_value(table->arena, s->months);
    cells[5] = np_doc_words(book->grades[s->grade].name);
    cells[6] = np_count_value(table->arena, (long long)s->step);
    cells[7] = np_amount_value(book, s->net.amount, s->currency);
    cells[8] = np_amount_value(book, s->once.amount, s->currency);
    cells[9] = np_amount_value(book, s->gross.amount, s->currency);
    cells[10] = np_doc_words(np_status_name((np_status)s->net.status));
    cells[11] = np_doc_words(np_causes_words(path, table->arena, t->lang, s));
}

/* What a path pays in all, and the least and the most of it. */
static void total_rows(np_doc_table *table, const np_timeline *t, size_t i)
{
    const np_projection *path = t->paths[i];
    const np_total_range *range = &t->ranges[i];
    const struct {
        const char *kind;
        np_num net;
    } ROWS[] = {{"total", path->total.net}, {"total_low", range->net_low}, {"total_high", range->net_high}};
    for (size_t k = 0; k < sizeof ROWS / sizeof ROWS[0]; k++) {
        np_doc_value *cells = np_doc_row_add(table, NP_DOC_LINE)->cells;
        cells[0] = np_doc_words(ROWS[k].kind);
        cells[1] = np_doc_words(np_path_name(path));
        cells[2] = np_doc_day(path->from);
        cells[3] = np_doc_day(path->last);
        cells[4] = np_count_value(table->arena, path->total.months);
        cells[7] = np_amount_value(t->career->book, ROWS[k].net, path->stretches[0].currency);
        if (k == 0) cells[8] = np_amount_value(t->career->book, path->total.once, path->stretches[0].currency);
        cells[10] = np_doc_words(np_status_name((np_status)path->total.status));
        if (k == 0)
            cells[11] = np_doc_words(
                np_money_year_words(table->arena, t->career->book, t->career->first_slots, path->last, t->lang));
        else if (!range->exact)
            cells[11] = np_doc_words(np_say(t->lang, "about"));
    }
}

void np_timeline_records(np_doc_table *table, const void *result)
{
    static const char *const COLUMNS[] = {"kind", "path", "from", "to",    "months", "grade",
                                          "step", "net",  "once", "gross", "status", "text"};
    const np_timeline *t = result;
    np_doc_columns_add(table, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0]);
    const char *barred = impossible(t, table->arena);
    if (barred) {
        np_doc_value *cells = np_doc_row_add(table, NP_DOC_LINE)->cells;
        cells[0] = np_doc_words("appointment");
        cells[1] = np_doc_words(np_appointment_name(NP_APPOINTMENT_IMPOSSIBLE));
        cells[11] = np_doc_words(barred);
    }
    for (size_t i = 0; i < t->milestone_count; i++) milestone_row(table, t, &t->milestones[i]);
    for (size_t i = 0; i < t->path_count; i++) {
        for (size_t k = 0; k < t->paths[i]->stretch_count; k++)
            stretch_row(table, t, t->paths[i], &t->paths[i]->stretches[k]);
        total_rows(table, t, i);
    }
}

/* ---- days of a calendar ---- */

/* What a name may hold in a UID. */
static const char *plain(np_arena *arena, const char *name)
{
    char *copy = np_arena_format(arena, "%s", name ? name : "career");
    for (char *at = copy; *at; at++) {
        bool letter = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z');
        if (!letter && !(*at >= '0' && *at <= '9')) *at = '-';
    }
    return copy;
}

static const char *stamp(np_arena *arena, np_date date)
{
    np_ymd day = np_date_split(date);
    return np_arena_format(arena, "%04d%02d%02d", day.year, day.month, day.day);
}

/* A milestone keeps its UID when its date moves: it is known by its name and what it is about, or its turn. */
static void milestone_event(np_doc *doc, const np_timeline *t, size_t i)
{
    const np_dated *dated = &t->milestones[i];
    const np_about *about = &dated->milestone->about;
    size_t turn = 1;
    if (dated->date == NP_DATE_NONE) return;
    for (size_t k = 0; k < i; k++) turn += t->milestones[k].milestone == dated->milestone;
    const char *which = dated->about != NP_DATE_NONE
                            ? np_arena_format(doc->arena, "born-%s-%zu", stamp(doc->arena, dated->about), turn)
                            : np_arena_format(doc->arena, "%zu", turn);
    const char *sources = np_source_names(doc->arena, about->sources, about->source_count, ", ");
    const char *note = np_label_text(&about->note, doc->lang, NULL);
    const char *text =
        np_arena_format(doc->arena, "%s%s%s%s%s%s", np_status_word((np_status)dated->status, doc->lang),
                        *sources ? " (" : "", sources, *sources ? ")" : "", note ? "\n" : "", note ? note : "");
    np_doc_event_add(doc, dated->date, np_arena_format(doc->arena, "%s-%s", plain(doc->arena, about->name), which),
                     np_dated_words(dated, doc->arena, doc->lang), text);
}

static void pay_event(np_doc *doc, const np_timeline *t, const np_stretch *s)
{
    const np_book *book = t->career->book;
    const char *summary = np_arena_format(doc->arena, np_say(doc->lang, "Pay changes: net a month %s, %s"),
                                          np_money_words(doc->arena, book, s->net.amount, s->currency),
                                          np_currency_words(book, s->currency));
    np_doc_event_add(doc, s->from, np_arena_format(doc->arena, "pay-%s", stamp(doc->arena, s->from)), summary,
                     np_causes_words(t->paths[0], doc->arena, doc->lang, s));
}

/* Whose calendar it is, in one number: that of another person, or another post, has other days of the same names.
 * Amounts and counts do not matter, so that a calendar that is made anew replaces the one before. */
static unsigned long long identity_of(np_arena *arena, const np_situation *given)
{
    const np_book *book = given->book;
    np_text text;
    np_text_init(&text, 1 << 16);
    for (size_t i = 0; i < book->input_count; i++) {
        const np_input *input = &book->inputs[i];
        bool counts = input->type == NP_NUMBER || input->type == NP_MONEY || input->slot == book->date_slot;
        if (counts || !given->given[input->slot]) continue;
        np_text_printf(&text, "%s=", input->name);
        np_print_value(&text, book, &given->values[input->slot], NULL);
        np_text_putc(&text, '\n');
    }
    unsigned long long hash = 0xcbf29ce484222325ULL; /* FNV-1a */
    for (const char *c = np_text_move(&text, arena); *c; c++) hash = (hash ^ (unsigned char)*c) * 0x100000001b3ULL;
    return hash;
}

void np_timeline_events(np_doc *doc, const np_timeline *t)
{
    const np_situation *given = t->career->given;
    doc->owner = np_arena_format(doc->arena, "%s-%s-%016llx", plain(doc->arena, given->post),
                                 plain(doc->arena, given->person), identity_of(doc->arena, given));
    const char *barred = impossible(t, doc->arena);
    if (barred) np_doc_event_add(doc, t->career->terms.start, "appointment", barred, "");
    for (size_t i = 0; i < t->milestone_count; i++) milestone_event(doc, t, i);
    for (size_t i = 1; i < t->paths[0]->stretch_count; i++) pay_event(doc, t, &t->paths[0]->stretches[i]);
}

/* ---- the sums of a projection ---- */

static void period_rows(np_doc_table *table, const np_timeline *t, const char *total, bool for_programs)
{
    const np_projection *p = t->paths[0];
    const np_book *book = t->career->book;
    uint16_t currency = p->stretches[0].currency;
    size_t count;
    np_period *periods = np_projection_periods(p, t->by, table->arena, &count);
    size_t more = np_has_adjustments(book);
    for (size_t i = 0; i <= count; i++) {
        const np_sum *sum = i < count ? &periods[i].sum : &p->total;
        const np_num amounts[] = {sum->gross, sum->deductions, more ? np_sum_adjustments(table->arena, sum) : sum->net,
                                  more ? sum->net : sum->once, sum->once};
        np_doc_row *row = np_doc_row_add(table, i < count ? NP_DOC_LINE : NP_DOC_TOTAL);
        row->sums = i == count && count > 0;
        row->cells[0] = i < count ? np_doc_day(periods[i].from) : np_doc_words(total);
        if (i < count) row->cells[1] = np_doc_day(periods[i].to);
        row->cells[2] = np_count_value(table->arena, sum->months);
        for (size_t k = 0; k < 4 + more; k++) row->cells[3 + k] = np_amount_value(book, amounts[k], currency);
        row->cells[7 + more] = np_status_value((np_status)sum->status, for_programs ? NULL : t->lang);
        if (for_programs && i == count)
            row->cells[8 + more] = np_doc_words(np_net_bound_words(np_path_bound(p), t->lang));
    }
}

static void project_records(np_doc_table *table, const void *result)
{
    static const char *const KEYS[] = {"from", "to", "months", "gross", "deductions", "net", "once", "status", "text"};
    static const char *const MORE_KEYS[] = {"from",        "to",  "months", "gross",  "deductions",
                                            "adjustments", "net", "once",   "status", "text"};
    const np_timeline *t = result;
    size_t more = np_has_adjustments(t->career->book);
    np_doc_columns_add(table, more ? MORE_KEYS : KEYS, sizeof KEYS / sizeof KEYS[0] + more);
    const np_projection *path = t->paths[0];
    const np_total_range *range = &t->ranges[0];
    int year = np_money_year(t->career->book, t->career->first_slots, path->last);
    const char *barred = impossible(t, table->arena);
    if (barred) {
        np_doc_value *cells = np_doc_row_add(table, NP_DOC_LINE)->cells;
        cells[0] = np_doc_words("appointment");
        cells[7 + more] = np_doc_words(np_appointment_name(NP_APPOINTMENT_IMPOSSIBLE));
        cells[8 + more] = np_doc_words(barred);
    }
    period_rows(table, t, "total", true);
    const np_num ends[] = {range->net_low, range->net_high};
    for (size_t i = 0; i < 2; i++) {
        np_doc_value *cells = np_doc_row_add(table, NP_DOC_LINE)->cells;
        cells[0] = np_doc_words(i ? "total_high" : "total_low");
        cells[2] = np_count_value(table->arena, path->total.months);
        cells[5 + more] = np_amount_value(t->career->book, ends[i], path->stretches[0].currency);
        cells[7 + more] = np_doc_words(np_status_name((np_status)path->total.status));
        if (!range->exact) cells[8 + more] = np_doc_words(np_say(t->lang, "about"));
    }
    if (!year) return;
    np_doc_value *cells = np_doc_row_add(table, NP_DOC_LINE)->cells;
    cells[0] = np_doc_words("money_year");
    cells[5 + more] = np_count_value(table->arena, year);
}

static void project_document(np_doc *doc, const void *result)
{
    const np_timeline *t = result;
    const np_projection *p = t->paths[0];
    const np_lang *lang = doc->lang;
    const char *ends = np_ends_words(&t->career->terms, doc->arena, lang), *adjustment = np_adjustment_words(doc, t);
    doc->width = 80;
    doc->date = t->career->terms.start;
    doc->title = np_career_title(doc, t->career);
    np_impossible_first(doc, t->career->book, t->conditions, t->condition_count);
    const char *path = np_arena_format(doc->arena, "%s (%s)", np_path_words(p, lang),
                                       np_currency_words(t->career->book, p->stretches[0].currency));
    np_doc_node *section = np_doc_section(doc, NULL, "periods", path, NULL);
    np_doc_table *table = np_doc_table_of(doc, section, "periods");
    np_doc_column_add(table, "from", np_say_as(lang, "first day", "From"), NP_DOC_DATE);
    np_doc_column_add(table, "to", np_say_as(lang, "last day", "To"), NP_DOC_DATE);
    np_doc_column_add(table, "months", np_say(lang, "Mo."), NP_DOC_NUMBER);
    np_doc_column_add(table, "gross", np_say(lang, "Gross"), NP_DOC_MONEY);
    np_doc_column_add(table, "deductions", np_say(lang, "Deductions"), NP_DOC_MONEY);
    if (np_has_adjustments(t->career->book))
        np_doc_column_add(table, "adjustments", np_say(lang, "Adjustments"), NP_DOC_MONEY);
    np_doc_column_add(table, "net", np_say(lang, "Net"), NP_DOC_MONEY);
    np_doc_column_add(table, "once", np_say(lang, "Once"), NP_DOC_MONEY);
    np_doc_column_add(table, "status", np_say(lang, "Status"), NP_DOC_STATUS);
    period_rows(table, t, np_say(lang, "Total"), false);
    if (ends && t->career->terms.service_end <= p->until) np_doc_text(doc, section, ends);
    if (adjustment) np_doc_text(doc, section, adjustment);
    const char *range = np_total_range_words(doc, t, &t->ranges[0]);
    if (range) np_doc_text(doc, section, range);
    const char *rests = np_money_year_words(doc->arena, t->career->book, t->career->first_slots, p->last, lang);
    if (rests) np_doc_text(doc, section, rests);
    const char *bound = np_net_bound_words(np_path_bound(p), lang);
    if (bound) np_doc_text(doc, section, bound);
    if (doc->page) {
        np_status_legend(doc, section);
        np_to_note(doc, NULL, t->diags);
    }
    np_book_footer(doc, t->career->book);
}

np_output np_project_output(const np_timeline *timeline)
{
    return (np_output){timeline, timeline->lang, np_project_json, project_records, project_document, 0};
}
