/* What vacancy notices state, as a document and as a table for programs. */
#include <string.h>

#include "natopay/report/notice_report.h"

#include "report_internal.h"

enum { OTHERS_MOST = 3 };

static const char *others(const np_doc *doc, const np_field *field, const np_notice_entry *e)
{
    const char *list = "";
    for (size_t i = 0; i < e->alternative_count && i < OTHERS_MOST; i++)
        list = np_arena_format(doc->arena, "%s%s%s (%u)", list, *list ? ", " : "",
                               np_field_words(field, e->alternatives[i].value, doc->lang, doc->arena),
                               e->alternatives[i].line);
    return list;
}

static const char *sure_words(np_confidence confidence, const np_lang *lang)
{
    const char *const words[] = {np_say_as(lang, "certainty", "low"), np_say_as(lang, "certainty", "medium"),
                                 np_say_as(lang, "certainty", "high")};
    return words[confidence];
}

static void fields(np_doc *doc, np_doc_node *in, const np_notice *notice)
{
    np_doc_table *table = np_doc_table_of(doc, in, "fields");
    table->gap = 1;
    np_doc_column_add(table, "field", np_say(doc->lang, "Field"), NP_DOC_WORDS);
    np_doc_column_add(table, "value", np_say(doc->lang, "Value"), NP_DOC_WORDS)->wrap = true;
    np_doc_column_add(table, "line", np_say(doc->lang, "Line"), NP_DOC_NUMBER);
    np_doc_column_add(table, "sure", np_say(doc->lang, "Sure"), NP_DOC_WORDS);
    np_doc_column *column = np_doc_column_add(table, "others", np_say(doc->lang, "Others"), NP_DOC_WORDS);
    column->least = 1;
    column->wrap = true;
    for (size_t i = 0; i < notice->book->field_count; i++) {
        const np_field *field = &notice->book->fields[i];
        const np_notice_entry *e = np_notice_entry_at(notice, i);
        if (!e->found && !field->expected) continue;
        np_doc_value *cells = np_doc_row_add(table, NP_DOC_LINE)->cells;
        cells[0] = np_doc_words(np_label_text(&field->label, doc->lang, field->name));
        cells[1] = np_doc_words(e->found ? np_field_words(field, e->best.value, doc->lang, doc->arena) : "-");
        if (!e->found) continue;
        cells[2] = np_count_value(doc->arena, e->best.line);
        cells[3] = np_doc_words(sure_words(e->best.confidence, doc->lang));
        cells[4] = np_doc_words(others(doc, field, e));
    }
}

/* Grades whose figures lie within the quoted salary. */
static void grades(np_doc *doc, np_doc_node *in, const np_notice *notice)
{
    const np_notice_check *check = &notice->check;
    if (!check->grade_count) return;
    np_doc_table *table = np_doc_table_of(doc, in, "grades");
    np_doc_column_add(table, "grade", np_say(doc->lang, "Grade"), NP_DOC_WORDS);
    np_doc_column_add(table, "scale", np_currency_words(notice->book, check->currency), NP_DOC_MONEY);
    np_doc_column_add(table, "status", np_say(doc->lang, "Status"), NP_DOC_STATUS);
    np_doc_column_add(table, "certain", np_say(doc->lang, "Certain"), NP_DOC_WORDS);
    for (size_t i = 0; i < check->grade_count; i++) {
        const np_notice_grade *g = &check->grades[i];
        np_doc_value *cells = np_doc_row_add(table, NP_DOC_LINE)->cells;
        cells[0] = np_doc_words(notice->book->grades[g->grade].name);
        cells[1] = np_amount_value(notice->book, g->figure, check->currency);
        cells[2] = np_status_value((np_status)g->status, doc->lang);
        cells[3] = np_doc_words(g->certain ? np_say(doc->lang, "yes") : np_say(doc->lang, "no"));
    }
}

static void remarks(np_doc *doc, np_doc_node *in, const np_notice *notice)
{
    const char *open = "";
    if (notice->check.text && notice->check.verdict > NP_SALARY_NOT_COMPARED)
        np_doc_text(doc, in,
                    np_arena_format(doc->arena, np_say(doc->lang, "Salary: %s [%s]"), notice->check.text,
                                    np_status_word((np_status)notice->check.status, doc->lang)));
    else if (notice->check.text)
        np_doc_text(doc, in, np_arena_format(doc->arena, np_say(doc->lang, "Salary: %s"), notice->check.text));
    if (doc->page) grades(doc, in, notice);
    for (size_t i = 0; i < notice->warning_count; i++) {
        const char *text = notice->warnings[i].text;
        if (notice->check.text && strcmp(text, notice->check.text) == 0) continue; /* said as what the salary is */
        np_doc_text(doc, in, np_arena_format(doc->arena, np_say(doc->lang, "Note: %s"), text));
    }
    for (size_t i = 0; i < notice->open_count; i++)
        open = np_arena_format(doc->arena, "%s%s %s", open, i ? "," : "", notice->open[i]);
    if (!notice->open_count) open = np_say(doc->lang, " nothing");
    np_doc_text(doc, in, np_arena_format(doc->arena, "%s%s", np_say(doc->lang, "Still to be given:"), open));
}

static void document(np_doc *doc, const void *result)
{
    const np_readings *r = result;
    doc->width = 0;
    if (doc->page) doc->title = np_say(doc->lang, "What the notice states");
    for (size_t i = 0; i < r->count; i++) {
        const np_notice *notice = r->notices[i];
        const char *name = notice->file->name;
        np_doc_node *section = np_doc_section(doc, NULL, "notice", doc->page ? name : NULL, NULL);
        if (!doc->page && r->named) np_doc_text(doc, section, name);
        if (!doc->page && r->named) section = np_doc_section(doc, NULL, "fields", NULL, NULL);
        fields(doc, section, notice);
        remarks(doc, doc->page ? section : np_doc_section(doc, NULL, "remarks", NULL, NULL), notice);
    }
    if (doc->page && r->count) np_book_footer(doc, r->notices[0]->book);
}

static void record(np_doc_table *table, const np_notice *notice, size_t field, const np_finding *f, const char *rank)
{
    np_doc_value *cells = np_doc_row_add(table, NP_DOC_LINE)->cells;
    cells[0] = np_doc_words(notice->file->name);
    cells[1] = np_doc_words(notice->book->fields[field].name);
    cells[2] = np_doc_words(rank);
    if (!f) return;
    cells[3] = np_doc_words(f->value);
    cells[4] = np_count_value(table->arena, f->line);
    cells[5] = np_count_value(table->arena, f->column);
    cells[6] = np_doc_words(np_confidence_name(f->confidence));
    cells[7] = np_doc_words(f->pattern);
    cells[8] = np_count_value(table->arena, f->mentions);
}

static void records(np_doc_table *table, const void *result)
{
    static const char *const COLUMNS[] = {"file",   "field",      "rank",    "value",   "line",
                                          "column", "confidence", "pattern", "mentions"};
    const np_readings *r = result;
    np_doc_columns_add(table, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0]);
    for (size_t n = 0; n < r->count; n++)
        for (size_t i = 0; i < r->notices[n]->book->field_count; i++) {
            const np_notice_entry *e = np_notice_entry_at(r->notices[n], i);
            record(table, r->notices[n], i, e->found ? &e->best : NULL, e->found ? "best" : "none");
            for (size_t k = 0; k < e->alternative_count; k++)
                record(table, r->notices[n], i, &e->alternatives[k], "other");
        }
}

static bool json_of(np_json *json, np_arena *arena, const void *result)
{
    const np_readings *r = result;
    (void)arena;
    for (size_t i = 0; i < r->count; i++) {
        if (i) np_text_putc(json->out, '\n');
        np_notice_json(json->out, r->notices[i]);
    }
    return true;
}

np_output np_readings_output(const np_readings *readings)
{
    return (np_output){readings, readings->lang, json_of, records, document, 0};
}
