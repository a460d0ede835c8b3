/* Real payslips beside computed ones, as a document, as JSON and as a table for programs. */
#include "natopay/report/reconcile_report.h"

#include <string.h>

#include "natopay/pay/format_value.h"
#include "report_internal.h"

enum { LINE_WIDTH = 100, VALUE_MOST = 200 };

/* ---- words ---- */

static const char *measure_words(const np_reconcile *r, const np_lang *lang)
{
    if (r->measure.rule) return np_label_text(&r->measure.rule->label, lang, r->measure.rule->name);
    return np_total_name(r->measure.total);
}

/* A value of a figure as rule books write it. */
static const char *value_words(np_arena *arena, const np_reconcile *r, const np_reconciled_figure *figure,
                               np_num number, const np_lang *lang)
{
    np_text text;
    np_value value = *figure->entry->values;
    value.as.number = number;
    np_text_init(&text, VALUE_MOST);
    np_print_value(&text, r->book, &value, lang);
    return np_text_move(&text, arena);
}

static const char *figure_words(np_arena *arena, const np_reconcile *r, const np_reconciled_figure *figure,
                                const np_lang *lang)
{
    const np_parameter *parameter = &r->book->parameters[figure->parameter];
    const char *label = np_label_text(&parameter->label, lang, parameter->name);
    const char *place = np_entry_place(r->book, parameter, figure->entry);
    return place ? np_arena_format(arena, "%s (%s)", label, place) : label;
}

static const char *cause_words(np_arena *arena, const np_reconcile *r, const np_reconciled_cause *c,
                               const np_lang *lang)
{
    const np_rule *rule = c->cause == NP_FROM_LINE ? &r->book->rules[c->index] : NULL;
    switch (c->cause) {
    case NP_AGREES:
        return np_say(lang, "agrees as the rule book has it");
    case NP_FROM_FIGURE:
        return figure_words(arena, r, &r->figures[c->index], lang);
    case NP_FROM_ROUNDING:
        return np_say(lang, "a cent, by rounding");
    case NP_FROM_LINE:
        return np_arena_format(arena, np_say(lang, "paid without: %s"), np_label_text(&rule->label, lang, rule->name));
    case NP_FROM_STEP:
        return np_arena_format(arena, np_say(lang, "paid as step %d"), (int)c->index);
    case NP_NOT_COMPUTED:
        return np_say(lang, "cannot be computed");
    default:
        return np_say(lang, "not explained");
    }
}

static const char *cause_name(np_cause_of cause)
{
    static const char *const NAMES[] = {"agrees", "figure",        "rounding",    "line",
                                        "step",   "not_explained", "not_computed"};
    return NAMES[cause];
}

static const char *cause_about(const np_reconcile *r, np_cause_of cause, uint16_t index)
{
    if (cause == NP_FROM_FIGURE) return r->book->parameters[r->figures[index].parameter].name;
    if (cause == NP_FROM_LINE) return r->book->rules[index].name;
    return NULL;
}

static np_doc_value number_of(const char *text)
{
    np_doc_value value = np_doc_words(text);
    value.type = NP_DOC_NUMBER;
    return value;
}

static unsigned decimals_of(const np_reconcile *r, uint16_t currency)
{
    unsigned decimals = 0;
    for (int64_t unit = r->book->currencies[currency].minor_unit.den; unit > 1; unit /= 10) decimals++;
    return decimals;
}

/* ---- tables ---- */

static void causes_into(np_doc_table *table, const np_reconcile *r, const np_lang *lang)
{
    np_doc_column_add(table, "cause", np_say(lang, NP_MARK("Difference explained by")), NP_DOC_WORDS)->wrap = true;
    np_doc_column_add(table, "currency", np_say(lang, NP_MARK("Currency")), NP_DOC_WORDS);
    np_doc_column_add(table, "rows", np_say(lang, NP_MARK("Payslips")), NP_DOC_NUMBER);
    np_doc_column_add(table, "sum", np_say(lang, NP_MARK("In all")), NP_DOC_MONEY);
    np_doc_column_add(table, "least", np_say(lang, NP_MARK("Least")), NP_DOC_MONEY);
    np_doc_column_add(table, "most", np_say(lang, NP_MARK("Most")), NP_DOC_MONEY);
    np_doc_column_add(table, "first_line", np_say(lang, NP_MARK("First in line")), NP_DOC_NUMBER);
    for (size_t i = 0; i < r->cause_count; i++) {
        const np_reconciled_cause *c = &r->causes[i];
        np_doc_value *cells = np_doc_row_add(table, NP_DOC_LINE)->cells;
        cells[0] = np_doc_words(cause_words(table->arena, r, c, lang));
        cells[2] = np_count_value(table->arena, (long long)c->rows);
        cells[6] = np_count_value(table->arena, (long long)c->first_line);
        if (c->cause == NP_NOT_COMPUTED) continue;
        cells[1] = np_doc_words(r->book->currencies[c->currency].name);
        const np_num amounts[] = {c->sum, c->least, c->most};
        for (size_t k = 0; k < 3; k++) {
            cells[3 + k] = np_doc_money(amounts[k], decimals_of(r, c->currency));
            cells[3 + k].with_sign = true;
        }
    }
}

static void figures_into(np_doc_table *table, const np_reconcile *r, const np_lang *lang)
{
    np_doc_column_add(table, "figure", np_say(lang, NP_MARK("Figure")), NP_DOC_WORDS)->wrap = true;
    np_doc_column_add(table, "before", np_say(lang, NP_MARK("In the book")), NP_DOC_NUMBER);
    np_doc_column_add(table, "found", np_say(lang, NP_MARK("Would explain")), NP_DOC_NUMBER);
    np_doc_column_add(table, "explained", np_say(lang, NP_MARK("Agree by it")), NP_DOC_NUMBER);
    np_doc_column_add(table, "asked", np_say(lang, NP_MARK("Depend on it")), NP_DOC_NUMBER);
    for (size_t i = 0; i < r->found_count; i++) {
        const np_reconciled_figure *figure = &r->figures[r->order[i]];
        np_doc_value *cells = np_doc_row_add(table, NP_DOC_LINE)->cells;
        cells[0] = np_doc_words(figure_words(table->arena, r, figure, lang));
        cells[1] = number_of(value_words(table->arena, r, figure, figure->before, lang));
        cells[2] = number_of(value_words(table->arena, r, figure, figure->found, lang));
        cells[3] = np_count_value(table->arena, (long long)figure->explained);
        cells[4] = np_count_value(table->arena, (long long)figure->asked);
    }
}

static void document(np_doc *doc, const void *result)
{
    const np_reconciled *p = result;
    const np_reconcile *r = p->of;
    uint64_t agree = 0, now = 0;
    for (size_t i = 0; i < r->cause_count; i++) {
        if (r->causes[i].cause == NP_AGREES) agree += r->causes[i].rows;
        if (r->causes[i].cause <= NP_FROM_FIGURE) now += r->causes[i].rows;
    }
    doc->width = LINE_WIDTH;
    doc->title = p->list;
    np_doc_node *section =
        np_doc_section(doc, NULL, "payslips", doc->page ? np_say(doc->lang, "Payslips") : NULL, NULL);
    np_doc_text(
        doc, section,
        np_arena_format(doc->arena,
                        np_say(doc->lang, "%s in the column %s, beside what is computed for %s: of %llu payslips "
                                          "%llu agree to the cent."),
                        measure_words(r, doc->lang), p->column, np_day_words(doc->arena, r->date),
                        (unsigned long long)r->row_count, (unsigned long long)agree));
    if (r->found_count)
        np_doc_text(doc, section,
                    np_arena_format(doc->arena, np_say(doc->lang, "With these figures %llu would agree:"),
                                    (unsigned long long)now));
    if (r->unread)
        np_doc_text(doc, section,
                    np_arena_format(doc->arena,
                                    np_say_number(doc->lang, "%llu row has no amount, or cannot be read.",
                                                  "%llu rows have no amount, or cannot be read.", r->unread),
                                    (unsigned long long)r->unread));
    if (r->unread_why)
        np_doc_text(doc, section,
                    np_arena_format(doc->arena, np_say(doc->lang, "The first that cannot be read, in line %llu: %s"),
                                    (unsigned long long)r->unread_line, r->unread_why));
    if (r->reason)
        np_doc_text(doc, section, np_arena_format(doc->arena, np_say(doc->lang, "Cannot be computed: %s"), r->reason));
    if (r->found_count) figures_into(np_doc_table_of(doc, section, "figures"), r, doc->lang);
    if (r->cause_count) causes_into(np_doc_table_of(doc, section, "causes"), r, doc->lang);
    if (r->cause_count)
        np_doc_soft_text(doc, section,
                         np_say(doc->lang, "Differences: what is paid less what the rule book as it is gives. Where "
                                           "several figures had to change, the payslip stands under the last."));
}

static void records(np_doc_table *table, const void *result)
{
    causes_into(table, ((const np_reconciled *)result)->of, NULL);
}

static void json_figure(np_json *json, np_arena *arena, const np_reconcile *r, const np_reconciled_figure *figure)
{
    const np_parameter *parameter = &r->book->parameters[figure->parameter];
    np_json_object(json);
    np_json_member(json, "parameter", parameter->name);
    np_json_member(json, "entry", figure->entry->key ? figure->entry->key->name : NULL);
    np_json_member(json, "before", value_words(arena, r, figure, figure->before, NULL));
    np_json_member(json, "found", value_words(arena, r, figure, figure->found, NULL));
    np_json_member_fraction(json, "least", figure->least);
    np_json_member_fraction(json, "most", figure->most);
    np_json_member_count(json, "explained", (long long)figure->explained);
    np_json_member_count(json, "depend", (long long)figure->asked);
    np_json_end_object(json);
}

static void json_cause(np_json *json, const np_reconcile *r, const np_reconciled_cause *c)
{
    np_json_object(json);
    np_json_member(json, "cause", cause_name(c->cause));
    np_json_member(json, "about", cause_about(r, c->cause, c->index));
    np_json_member_count(json, "step", c->cause == NP_FROM_STEP ? c->index : 0);
    np_json_member(json, "currency", c->cause == NP_NOT_COMPUTED ? NULL : r->book->currencies[c->currency].name);
    np_json_member_count(json, "rows", (long long)c->rows);
    np_json_member_fraction(json, "sum", c->sum);
    np_json_member_fraction(json, "least", c->least);
    np_json_member_fraction(json, "most", c->most);
    np_json_member_count(json, "first_line", (long long)c->first_line);
    np_json_end_object(json);
}

static bool json_of(np_json *json, np_arena *arena, const void *result)
{
    const np_reconciled *p = result;
    const np_reconcile *r = p->of;
    np_json_object(json);
    np_json_member(json, "list", p->list);
    np_json_member(json, "column", p->column);
    np_json_member(json, "measure", r->measure.rule ? r->measure.rule->name : np_total_name(r->measure.total));
    np_json_member_date(json, "date", r->date);
    np_json_member_count(json, "payslips", (long long)r->row_count);
    np_json_member_count(json, "unread", (long long)r->unread);
    np_json_member_array(json, "figures");
    for (size_t i = 0; i < r->found_count; i++) json_figure(json, arena, r, &r->figures[r->order[i]]);
    np_json_end_array(json);
    np_json_member_array(json, "causes");
    for (size_t i = 0; i < r->cause_count; i++) json_cause(json, r, &r->causes[i]);
    np_json_end_array(json);
    np_json_end_object(json);
    return true;
}

np_output np_reconciled_output(const np_reconciled *reconciled)
{
    return (np_output){reconciled, reconciled->lang, json_of, records, document, 0};
}

/* ---- as an overlay ---- */

/* Low and high are those of the figure itself: what payslips say is no range. */
bool np_reconciled_ini(np_text *out, const np_reconciled *p)
{
    const np_reconcile *r = p->of;
    np_ymd date = np_date_split(r->date);
    np_text_printf(out, np_say(p->lang, "; Figures by which payslips of %04d-%02d agree: give it by --with.\n"),
                   date.year, date.month);
    for (size_t i = 0; i < r->found_count; i++) {
        const np_reconciled_figure *figure = &r->figures[r->order[i]];
        const char *value = value_words(r->arena, r, figure, figure->found, NULL);
        np_text_printf(out, "\n[parameter %s]\n", r->book->parameters[figure->parameter].name);
        const char *key = figure->entry->key ? figure->entry->key->name : "";
        bool keyed = r->book->parameters[figure->parameter].by.key; /* each of its keys has ends of its own */
        const char *of = keyed ? np_arena_format(r->arena, "%s.", key) : "";
        np_text_printf(out, "%s = %s\n%slow = %s\n%shigh = %s\n", key, value, of, value, of, value);
        np_text_printf(out, "status = user\nsource = natopay_assumption\nnote = ");
        np_text_printf(
            out, np_say_number(p->lang, "%llu payslip agrees by it.", "%llu payslips agree by it.", figure->explained),
            (unsigned long long)figure->explained);
        np_text_putc(out, '\n');
    }
    return r->found_count > 0;
}

/* ---- one payslip ---- */

static const char *one_words(np_arena *arena, const np_one_reconciled *one, const np_one_explanation *e)
{
    const np_reconcile *r = one->of;
    np_reconciled_cause cause = {.cause = e->cause, .index = e->index};
    return cause_words(arena, r, &cause, one->lang);
}

static void one_into(np_doc_table *table, const np_one_reconciled *one, const np_lang *lang)
{
    const np_reconcile *r = one->of;
    np_doc_column_add(table, "cause", np_say(lang, NP_MARK("Alone it would explain it")), NP_DOC_WORDS)->wrap = true;
    np_doc_column_add(table, "before", np_say(lang, NP_MARK("Computed with")), NP_DOC_NUMBER);
    np_doc_column_add(table, "value", np_say(lang, NP_MARK("Would explain")), NP_DOC_NUMBER);
    np_doc_column_add(table, "within", np_say(lang, NP_MARK("In its range")), NP_DOC_WORDS);
    for (size_t i = 0; i < one->count; i++) {
        const np_one_explanation *e = &one->found[i];
        np_doc_value *cells = np_doc_row_add(table, NP_DOC_LINE)->cells;
        cells[0] = np_doc_words(one_words(table->arena, one, e));
        if (e->cause != NP_FROM_FIGURE) continue;
        const np_reconciled_figure *figure = &r->figures[e->index];
        cells[1] = number_of(value_words(table->arena, r, figure, e->before, lang));
        cells[2] = number_of(value_words(table->arena, r, figure, e->value, lang));
        cells[3] = np_doc_words(e->within ? np_say(lang, "yes") : np_say(lang, "no"));
    }
}

static const char *amount(np_arena *arena, const np_reconcile *r, np_num number)
{
    np_text text;
    np_text_init(&text, VALUE_MOST);
    np_num_print(&text, number, decimals_of(r, r->rows[0].currency), NP_ROUND_HALF_UP);
    np_text_printf(&text, " %s", r->book->currencies[r->rows[0].currency].name);
    return np_text_move(&text, arena);
}

static void one_document(np_doc *doc, const void *result)
{
    const np_one_reconciled *one = result;
    const np_reconcile *r = one->of;
    const np_payslip_row *row = &r->rows[0];
    np_num computed = np_num_sub(doc->arena, row->actual, row->difference);
    doc->width = LINE_WIDTH;
    doc->title = np_arena_format(doc->arena, np_say(doc->lang, "%s: %s computed, %s paid"), measure_words(r, doc->lang),
                                 amount(doc->arena, r, computed), amount(doc->arena, r, row->actual));
    np_doc_node *section = np_doc_section(doc, NULL, "explanations", NULL, NULL);
    if (np_num_sign(row->difference) == 0) {
        np_doc_text(doc, section, np_say(doc->lang, "They agree."));
        return;
    }
    np_doc_text(doc, section,
                np_arena_format(doc->arena, np_say(doc->lang, "The difference is %s."),
                                amount(doc->arena, r, row->difference)));
    if (one->count)
        one_into(np_doc_table_of(doc, section, "explanations"), one, doc->lang);
    else
        np_doc_text(doc, section,
                    np_say(doc->lang, "No figure that is not sure, no line and no step explains it alone."));
}

static void one_records(np_doc_table *table, const void *result)
{
    one_into(table, result, NULL);
}

static bool one_json(np_json *json, np_arena *arena, const void *result)
{
    const np_one_reconciled *one = result;
    const np_reconcile *r = one->of;
    const np_payslip_row *row = &r->rows[0];
    np_json_object(json);
    np_json_member(json, "measure", r->measure.rule ? r->measure.rule->name : np_total_name(r->measure.total));
    np_json_member(json, "currency", r->book->currencies[row->currency].name);
    np_json_member_fraction(json, "actual", row->actual);
    np_json_member_fraction(json, "difference", row->difference);
    np_json_member_array(json, "explanations");
    for (size_t i = 0; i < one->count; i++) {
        const np_one_explanation *e = &one->found[i];
        bool figure = e->cause == NP_FROM_FIGURE;
        np_json_object(json);
        np_json_member(json, "cause", cause_name(e->cause));
        np_json_member(json, "about", cause_about(r, e->cause, e->index));
        np_json_member(json, "before", figure ? value_words(arena, r, &r->figures[e->index], e->before, NULL) : NULL);
        np_json_member(json, "value", figure ? value_words(arena, r, &r->figures[e->index], e->value, NULL) : NULL);
        np_json_member_count(json, "step", e->cause == NP_FROM_STEP ? e->index : 0);
        np_json_end_object(json);
    }
    np_json_end_array(json);
    np_json_end_object(json);
    return true;
}

np_output np_one_reconciled_output(const np_one_reconciled *one)
{
    return (np_output){one, one->lang, one_json, one_records, one_document, 0};
}
