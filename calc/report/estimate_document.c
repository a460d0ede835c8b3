/* An estimate as a document, and as a table for programs. */
#include <string.h>

#include "natopay/pay/format_value.h"
#include "report_internal.h"

/* ---- heading ---- */

/* Grade, step and place of the post, and the month that is paid. */
static const char *lead_words(np_doc *doc, const np_estimate *e)
{
    np_arena *arena = doc->arena;
    const np_value *slots = e->payslip->slots;
    const char *grade = np_input_words(arena, e->book, slots, "grade", doc->lang);
    const char *twin = np_input_words(arena, e->book, slots, "twin_grade", doc->lang);
    if (grade && twin && strcmp(grade, twin) == 0) twin = NULL; /* advanced by then */
    const char *step = np_input_words(arena, e->book, slots, "step", doc->lang);
    const char *town = np_town_words(arena, e->book, slots, doc->lang);
    const np_value *country = np_known_input(e->book, slots, "duty_country");
    np_ymd day = np_date_split(e->payslip->date);
    np_text lead;
    np_text_init(&lead, 65536);
    if (grade) np_text_printf(&lead, np_say(doc->lang, "Grade %s%s%s, "), grade, twin ? "-" : "", twin ? twin : "");
    if (step) np_text_printf(&lead, np_say(doc->lang, "step %s, "), step);
    if (town) np_text_printf(&lead, "%s, ", doc->page ? np_short_label(arena, town, 60) : town);
    if (country) {
        const np_country *place = &e->book->countries[country->as.country];
        np_text_puts(&lead, np_label_text(&place->label, doc->lang, place->name));
    }
    np_text_printf(&lead, np_say(doc->lang, ". Pay of the month %04d-%02d."), day.year, day.month);
    return np_text_move(&lead, arena);
}

static void heading(np_doc *doc, const np_estimate *e)
{
    np_arena *arena = doc->arena;
    const char *title = np_situation_title(e->situation, doc->lang);
    const char *body = np_input_words(arena, e->book, e->payslip->slots, "body", doc->lang);
    doc->lead = lead_words(doc, e);
    doc->date = e->payslip->date;
    doc->title = title;
    if (!doc->page && title && body) doc->title = np_arena_format(arena, "%s, %s", title, body);
    if (!doc->page) return;
    if (!title) doc->title = e->situation->post ? e->situation->post : np_place_words(arena, e->payslip, doc->lang);
    if (body) np_doc_text(doc, NULL, np_short_label(arena, body, NP_DOC_LABEL));
    np_doc_soft_text(doc, NULL, np_label_text(&e->book->terms, doc->lang, ""));
}

static np_num net_a_year(np_arena *arena, const np_estimate *e)
{
    return np_num_mul(arena, e->payslip->net.amount, np_num_int(12));
}

static bool has_range(const np_estimate *e)
{
    return np_num_compare(e->range.low, e->range.high) != 0;
}

static const char *money(np_doc *doc, const np_estimate *e, np_num amount)
{
    return np_amount_words(doc, e->book, amount, e->payslip->currency);
}

static void key_figures(np_doc *doc, const np_estimate *e)
{
    const np_payslip *slip = e->payslip;
    np_doc_node *figures = np_doc_figures(doc, NULL);
    const struct {
        const char *label;
        np_num amount;
        const char *note;
        bool shown;
    } ROWS[] = {
        {slip->bound ? np_net_label(slip->bound, doc->lang) : np_say(doc->lang, "Net a month"), slip->net.amount,
         has_range(e) ? np_arena_format(doc->arena, np_say(doc->lang, "between %s and %s"), money(doc, e, e->range.low),
                                        money(doc, e, e->range.high))
                      : NULL,
         true},
        {np_say(doc->lang, "Net a year"), net_a_year(doc->arena, e), NULL, np_estimate_is_whole_month(e)},
        {np_say(doc->lang, "Gross a month"), slip->gross.amount, NULL, true},
        {np_say(doc->lang, "Once, this month"), slip->once.amount, NULL, np_num_sign(slip->once.amount) != 0},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        if (!ROWS[i].shown) continue;
        np_doc_figure *figure =
            np_doc_figure_add(doc, figures, ROWS[i].label, np_amount_value(e->book, ROWS[i].amount, slip->currency));
        figure->unit = np_currency_words(e->book, slip->currency);
        figure->note = ROWS[i].note;
        figure->main = i == 0;
    }
}

static void composition(np_doc *doc, const np_estimate *e)
{
    np_doc_bar *bar = np_arena_alloc(doc->arena, sizeof *bar);
    const char *label =
        np_arena_format(doc->arena, np_say(doc->lang, "gross %s %s"), money(doc, e, e->payslip->gross.amount),
                        np_currency_words(e->book, e->payslip->currency));
    *bar = np_pay_bar(doc, e->payslip, label, np_num_int(1));
    np_doc_node *section =
        np_doc_section(doc, NULL, "consists_of", np_say(doc->lang, "From basic salary to net"), NULL);
    np_doc_chart *chart =
        np_doc_chart_of(doc, section, NP_DOC_BARS, np_say(doc->lang, "What the pay consists of"),
                        np_say(doc->lang, "Each line adds to gross pay or is taken off it; what is left is the net."));
    chart->of.bars = bar;
    chart->count = 1;
}

/* ---- tables of lines ---- */

enum { LABEL, AMOUNT, STATUS, REFERENCES }; /* columns */

static np_doc_table *table_of(np_doc *doc, np_doc_node *in, const np_estimate *e, const char *title)
{
    np_doc_table *table = np_doc_table_of(doc, in, "lines");
    np_doc_column_add(table, "line", title, NP_DOC_WORDS);
    np_doc_column_add(table, "amount", np_currency_words(e->book, e->payslip->currency), NP_DOC_MONEY);
    np_doc_column_add(table, "status", np_say(doc->lang, "Status"), NP_DOC_STATUS);
    np_doc_column_add(table, "sources", np_say(doc->lang, "Sources"), NP_DOC_REFERENCES);
    return table;
}

static void line_row(np_doc *doc, np_doc_table *table, const np_estimate *e, const np_rule *rule)
{
    const np_line *line = &e->payslip->lines[rule - e->book->rules];
    np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
    np_provenance *basis = np_line_provenance(e->payslip, rule, doc->arena);
    np_num amount = rule->kind == NP_DEDUCTION ? np_num_neg(doc->arena, line->amount) : line->amount;
    const char *label = np_label_text(&rule->label, doc->lang, rule->name);
    if (line->date != NP_DATE_NONE)
        label = np_arena_format(doc->arena, "%s (%s)", label, np_day_words(doc->arena, line->date));
    row->cells[LABEL] = np_doc_words(label);
    row->cells[AMOUNT] = np_amount_value(e->book, amount, e->payslip->currency);
    row->cells[STATUS] = np_status_value((np_status)line->status, doc->lang);
    row->cells[REFERENCES] = np_references(doc, basis->sources, basis->source_count);
    if (!doc->page) return;
    const char *note = np_label_text(&rule->note, doc->lang, NULL);
    row->detail = np_explanation(doc, e->book, np_explain_rule(e->payslip, e->situation, rule, doc->lang));
    if (note) np_doc_run_add(doc, np_doc_line_add(doc, row->detail), NP_DOC_SOFT, "%s", note);
}

static void rows_of(np_doc *doc, np_doc_table *table, const np_estimate *e, np_kind kind)
{
    for (size_t i = 0; i < e->book->rule_count; i++)
        if (e->book->rules[i].kind == kind && np_line_shown(e->payslip, &e->book->rules[i]))
            line_row(doc, table, e, &e->book->rules[i]);
}

static np_doc_row *total_row(np_doc *doc, np_doc_table *table, const np_estimate *e, const char *label,
                             const np_total *total)
{
    np_doc_row *row = np_doc_row_add(table, NP_DOC_TOTAL);
    row->sums = true;
    row->cells[LABEL] = np_doc_words(label);
    row->cells[AMOUNT] = np_amount_value(e->book, total->amount, e->payslip->currency);
    row->cells[STATUS] = np_status_value((np_status)total->status, doc->lang);
    return row;
}

static void sentence_below(np_doc *doc, np_doc_node *in, const np_estimate *e)
{
    const char *year = np_say(doc->lang, "A month paid in part");
    const char *terms = np_label_text(&e->book->terms, doc->lang, "");
    if (np_estimate_is_whole_month(e))
        year =
            np_arena_format(doc->arena, np_say(doc->lang, "%s net a year"), money(doc, e, net_a_year(doc->arena, e)));
    np_doc_text(doc, in, np_arena_format(doc->arena, "%s. %s", year, terms));
}

/* A salary that was given, where the book has another published figure for it. */
static void salary_beside_scale(np_doc *doc, np_doc_node *in, const np_estimate *e)
{
    const np_resolved *scale = &e->situation->book_salary;
    const np_input *input = np_book_input(e->book, "basic_salary");
    if (scale->how == NP_NOT_DERIVED || !input) return;
    np_doc_text(
        doc, in,
        np_arena_format(doc->arena,
                        np_say(doc->lang, "The basic salary that was given, %s, counts; the scale has %s for it, and "
                                          "other grades and steps are moved by as much."),
                        money(doc, e, e->situation->values[input->slot].as.number), money(doc, e, scale->value)));
}

static void month(np_doc *doc, const np_estimate *e)
{
    np_doc_node *section =
        np_doc_section(doc, NULL, "month", doc->page ? np_say(doc->lang, "A month, line by line") : NULL, NULL);
    np_doc_table *table = table_of(doc, section, e, np_say(doc->lang, "A month"));
    section->of.section.sheet = np_say(doc->lang, "Payslip");
    rows_of(doc, table, e, NP_SALARY);
    rows_of(doc, table, e, NP_ALLOWANCE);
    size_t gross = table->row_count;
    total_row(doc, table, e, np_say(doc->lang, "Gross"), &e->payslip->gross);
    rows_of(doc, table, e, NP_DEDUCTION);
    rows_of(doc, table, e, NP_ADJUSTMENT);
    total_row(doc, table, e, np_net_label(e->payslip->bound, doc->lang), &e->payslip->net)->sum_from = gross;
    salary_beside_scale(doc, section, e);
    if (!doc->page) {
        sentence_below(doc, section, e);
        return;
    }
    table->caption = np_say(doc->lang, "Open a line to see how it came about.");
    np_status_legend(doc, section);
}

static bool any_line(const np_estimate *e, np_kind kind)
{
    for (size_t i = 0; i < e->book->rule_count; i++)
        if (e->book->rules[i].kind == kind && np_line_shown(e->payslip, &e->book->rules[i])) return true;
    return false;
}

static void employer(np_doc *doc, const np_estimate *e)
{
    if (!any_line(e, NP_EMPLOYER)) return;
    np_doc_node *section = np_doc_section(doc, NULL, "employer",
                                          doc->page ? np_say(doc->lang, "What the employer pays on top") : NULL, NULL);
    np_doc_table *table = table_of(doc, section, e, np_say(doc->lang, "Employer, a month"));
    section->of.section.sheet = np_say(doc->lang, "Employer");
    if (doc->page) total_row(doc, table, e, np_say(doc->lang, "Gross"), &e->payslip->gross)->sums = false;
    for (size_t i = 0; i < e->book->rule_count; i++)
        if (e->book->rules[i].costs && np_line_shown(e->payslip, &e->book->rules[i]))
            line_row(doc, table, e, &e->book->rules[i]);
    rows_of(doc, table, e, NP_EMPLOYER);
    total_row(doc, table, e, np_say(doc->lang, "Cost to the employer, with gross"), &e->payslip->employer);
}

static void once(np_doc *doc, const np_estimate *e)
{
    if (!any_line(e, NP_ONCE)) return;
    np_doc_node *section = np_doc_section(doc, NULL, "once", doc->page ? np_say(doc->lang, "Once") : NULL, NULL);
    np_doc_table *table = table_of(doc, section, e, np_say(doc->lang, "Once"));
    if (doc->page) table->caption = np_say(doc->lang, "Each with the day on which it falls due.");
    rows_of(doc, table, e, NP_ONCE);
}

/* ---- what is uncertain ---- */

static void uncertain(np_doc *doc, const np_estimate *e)
{
    if (!e->sensitivity) return;
    const char *title = doc->page ? np_say(doc->lang, "What is uncertain, and how far it moves the net") : NULL;
    np_doc_node *section = np_doc_section(doc, NULL, "uncertain", title, NULL);
    section->of.section.sheet = np_say(doc->lang, "Uncertain");
    if (doc->page)
        np_sensitivity_chart(doc, section, e->payslip, e->sensitivity, e->sensitivity_count,
                             np_say(doc->lang, "Net with each uncertain figure at its low and high"), 1);
    np_sensitivity_table(doc, section, e->payslip, e->sensitivity, e->sensitivity_count);
}

static void rests_on(np_doc *doc, const np_estimate *e)
{
    np_doc_node *section =
        doc->page ? np_doc_section(doc, NULL, "basis", np_say(doc->lang, "What it rests on"), NULL) : NULL;
    if (!doc->page) np_not_included(doc, section, e);
    np_not_due(doc, section, e);
    np_inputs(doc, section, e->payslip, e->situation, false);
    if (!doc->page) return;
    np_inputs(doc, section, e->payslip, e->situation, true);
    np_to_note(doc, section, e->diags);
}

static void document(np_doc *doc, const void *result)
{
    const np_estimate *e = result;
    heading(doc, e);
    np_answer(doc, e);
    if (doc->page) {
        key_figures(doc, e);
        np_not_included(doc, NULL, e);
        composition(doc, e);
    }
    month(doc, e);
    employer(doc, e);
    once(doc, e);
    uncertain(doc, e);
    rests_on(doc, e);
    np_sources_section(doc);
    for (size_t i = 0; i < e->book->rule_count && e->explain && !doc->page; i++)
        if (np_line_shown(e->payslip, &e->book->rules[i]))
            np_doc_tree_of(
                doc, NULL,
                np_explanation(doc, e->book, np_explain_rule(e->payslip, e->situation, &e->book->rules[i], doc->lang)));
    np_book_footer(doc, e->book);
}

/* ---- CSV ---- */

static void csv_total(np_doc_table *table, const np_estimate *e, const char *name, np_num amount, uint8_t status)
{
    np_doc_row *row = np_doc_row_add(table, NP_DOC_TOTAL);
    row->cells[0] = np_doc_words(name);
    row->cells[1] = np_doc_words("total");
    row->cells[3] = np_doc_words("due");
    row->cells[4] = np_amount_value(e->book, amount, e->payslip->currency);
    row->cells[5] = np_doc_words(np_currency_words(e->book, e->payslip->currency));
    row->cells[7] = np_doc_words(np_status_name((np_status)status));
}

static void csv_line(np_doc_table *table, const np_estimate *e, const np_rule *rule)
{
    const np_line *line = &e->payslip->lines[rule - e->book->rules];
    np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
    row->cells[0] = np_doc_words(rule->name);
    row->cells[1] = np_doc_words(np_kind_name(rule->kind));
    row->cells[2] = np_doc_words(np_label_text(&rule->label, e->lang, rule->name));
    row->cells[3] = np_doc_words(line->state == NP_LINE_OPEN ? "open" : "due");
    if (line->state == NP_LINE_OPEN) {
        const char *names = np_missing_names(e->book, table->arena, line->missing);
        row->cells[9] = np_doc_words(*names || !line->missing->gap ? names : line->missing->gap->message);
        return;
    }
    np_provenance *basis = np_line_provenance(e->payslip, rule, table->arena);
    row->cells[4] = np_amount_value(e->book, line->amount, e->payslip->currency);
    row->cells[5] = np_doc_words(np_currency_words(e->book, e->payslip->currency));
    row->cells[6] = np_doc_words(np_fraction_words(table->arena, line->exact));
    row->cells[7] = np_doc_words(np_status_name((np_status)line->status));
    row->cells[8] = np_doc_words(np_source_names(table->arena, basis->sources, basis->source_count, " "));
}

/* That somebody cannot be appointed comes before what the post would pay. */
static void csv_appointment(np_doc_table *table, const np_estimate *e)
{
    const char *words = np_appointment_words(e->book, e->conditions, e->condition_count, NP_APPOINTMENT_IMPOSSIBLE,
                                             table->arena, e->lang);
    if (!words) return;
    np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
    row->cells[0] = row->cells[1] = np_doc_words("appointment");
    row->cells[2] = np_doc_words(words);
    row->cells[3] = np_doc_words(np_appointment_name(NP_APPOINTMENT_IMPOSSIBLE));
}

/* What one could expect and is not due. */
static void csv_not_due(np_doc_table *table, const np_estimate *e)
{
    for (size_t i = 0; i < e->book->exclusion_count; i++) {
        const np_check *exclusion = &e->book->exclusions[i];
        if (!np_is_not_due(e, table->arena, exclusion)) continue;
        np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
        row->cells[0] = np_doc_words(exclusion->name);
        row->cells[1] = np_doc_words("exclusion");
        row->cells[2] = np_doc_words(np_label_text(&exclusion->message, e->lang, exclusion->name));
        row->cells[3] = np_doc_words("not_due");
    }
}

static void records(np_doc_table *table, const void *result)
{
    static const char *const COLUMNS[] = {"rule",     "kind",  "label",  "state",   "amount",
                                          "currency", "exact", "status", "sources", "needs"};
    const np_estimate *e = result;
    const np_payslip *slip = e->payslip;
    np_doc_columns_add(table, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0]);
    csv_appointment(table, e);
    for (size_t i = 0; i < e->book->rule_count; i++)
        if (e->book->rules[i].kind != NP_FACT && slip->lines[i].state >= NP_LINE_OPEN)
            csv_line(table, e, &e->book->rules[i]);
    csv_not_due(table, e);
    csv_total(table, e, "gross", slip->gross.amount, slip->gross.status);
    csv_total(table, e, "deductions", slip->deductions.amount, slip->deductions.status);
    if (np_has_adjustments(e->book))
        csv_total(table, e, "adjustments", slip->adjustments.amount, slip->adjustments.status);
    csv_total(table, e, "net", slip->net.amount, slip->net.status);
    if (slip->bound) table->rows[table->row_count - 1].cells[3] = np_doc_words(np_net_bound_name(slip->bound));
    csv_total(table, e, "net_low", e->range.low, slip->net.status);
    csv_total(table, e, "net_high", e->range.high, slip->net.status);
    csv_total(table, e, "employer_cost", slip->employer.amount, slip->employer.status);
    int year = np_money_year(e->book, slip->slots, slip->date);
    if (!year) return;
    np_doc_value *cells = np_doc_row_add(table, NP_DOC_LINE)->cells;
    cells[0] = np_doc_words("money_year");
    cells[1] = np_doc_words("year");
    cells[2] = np_doc_words(np_say(e->lang, "Newest scale that is known: amounts are in money of this year"));
    cells[3] = np_doc_words("due");
    cells[4] = np_count_value(table->arena, year);
}

np_output np_estimate_output(const np_estimate *estimate)
{
    return (np_output){estimate, estimate->lang, np_estimate_json, records, document, 0};
}
