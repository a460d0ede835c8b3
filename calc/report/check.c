/* What a check found: how many errors and warnings, each with its place, and what a post asks of a person. */
#include "natopay/report/check.h"

#include "report_internal.h"

enum { CONDITIONS_WIDTH = 80 };

static const char *counts_words(np_arena *arena, const np_lang *lang, size_t errors, size_t warnings)
{
    const char *first = np_arena_format(arena, np_say_number(lang, "%zu error, ", "%zu errors, ", errors), errors);
    const char *second = np_arena_format(arena, np_say_number(lang, "%zu warning", "%zu warnings", warnings), warnings);
    return np_arena_format(arena, "%s%s", first, second);
}

static const char *severity_of(const np_diag *diag)
{
    return np_code_describe(diag->code)->severity == NP_ERROR ? "error" : "warning";
}

static const char *place_of(np_arena *arena, const np_diag *diag)
{
    if (!diag->at.file) return NULL;
    np_position at = np_span_position(diag->at);
    return np_arena_format(arena, "%s:%u:%u", diag->at.file->name, at.line, at.column);
}

/* A terminal has them on standard error. */
static void findings(np_doc_table *table, const np_diags *diags, const np_lang *lang)
{
    np_doc_column_add(table, "severity", np_say(lang, "Severity"), NP_DOC_WORDS);
    np_doc_column_add(table, "code", np_say(lang, "Code"), NP_DOC_WORDS);
    np_doc_column_add(table, "place", np_say(lang, "Place"), NP_DOC_WORDS);
    np_doc_column_add(table, "message", np_say(lang, "Message"), NP_DOC_WORDS);
    np_doc_column_add(table, "hint", np_say(lang, "Hint"), NP_DOC_WORDS);
    for (const np_diag *diag = diags->first; diag; diag = diag->next) {
        np_doc_value *cells = np_doc_row_add(table, NP_DOC_LINE)->cells;
        cells[0] = np_doc_words(severity_of(diag));
        cells[1] = np_doc_words(np_code_describe(diag->code)->name);
        cells[2] = np_doc_words(place_of(table->arena, diag));
        cells[3] = np_doc_words(diag->message);
        cells[4] = np_doc_words(diag->hint);
    }
}

static void document(np_doc *doc, const void *result)
{
    const np_checked *c = result;
    const np_book *book = c->book;
    const char *counts = counts_words(doc->arena, doc->lang, c->diags->errors, c->diags->warnings);
    doc->width = 0;
    if (doc->page) doc->title = np_say(doc->lang, "Check");
    if (c->conditions) {
        np_eligibility_section(doc, book, c->conditions, c->condition_count);
        doc->last->of.section.first->of.table.width = CONDITIONS_WIDTH;
    }
    np_doc_node *section =
        np_doc_section(doc, NULL, "findings", doc->page ? np_say(doc->lang, "Findings") : NULL, NULL);
    if (c->files) {
        const char *files = np_arena_format(doc->arena,
                                            np_say_number(doc->lang, "%zu file checked against the rule book: ",
                                                          "%zu files checked against the rule book: ", c->files),
                                            c->files);
        np_doc_text(doc, section, np_arena_format(doc->arena, "%s%s", files, counts));
    } else {
        np_doc_text(doc, section,
                    np_arena_format(doc->arena,
                                    np_say(doc->lang, "%zu files, %zu definitions: %zu scales, %zu parameters, %zu "
                                                      "rules, %zu inputs, %zu sources"),
                                    book->file_count, book->definition_count, book->scale_count, book->parameter_count,
                                    book->rule_count, book->input_count, book->source_count));
        np_doc_text(doc, section, counts);
    }
    if (!doc->page) return;
    if (c->diags->first) findings(np_doc_table_of(doc, section, "findings"), c->diags, doc->lang);
    np_sources_section(doc);
    np_book_footer(doc, book);
}

static void records(np_doc_table *table, const void *result)
{
    const np_checked *c = result;
    findings(table, c->diags, NULL);
}

static bool json_of(np_json *json, np_arena *arena, const void *result)
{
    const np_checked *c = result;
    const np_book *book = c->book;
    np_json_object(json);
    np_json_member_count(json, "checked", (long long)c->files);
    np_json_member_object(json, "rule_book");
    np_json_member_count(json, "files", (long long)book->file_count);
    np_json_member_count(json, "definitions", (long long)book->definition_count);
    np_json_member_count(json, "scales", (long long)book->scale_count);
    np_json_member_count(json, "parameters", (long long)book->parameter_count);
    np_json_member_count(json, "rules", (long long)book->rule_count);
    np_json_member_count(json, "inputs", (long long)book->input_count);
    np_json_member_count(json, "sources", (long long)book->source_count);
    np_json_end_object(json);
    np_json_member_count(json, "errors", (long long)c->diags->errors);
    np_json_member_count(json, "warnings", (long long)c->diags->warnings);
    np_json_member_array(json, "findings");
    for (const np_diag *diag = c->diags->first; diag; diag = diag->next) {
        np_json_object(json);
        np_json_member(json, "severity", severity_of(diag));
        np_json_member(json, "code", np_code_describe(diag->code)->name);
        np_json_member(json, "place", place_of(arena, diag));
        np_json_member(json, "message", diag->message);
        np_json_member(json, "hint", diag->hint);
        np_json_end_object(json);
    }
    np_json_end_array(json);
    if (c->conditions) np_json_eligibility(json, arena, book, c->conditions, c->condition_count, c->lang);
    np_json_book(json, arena, book);
    np_json_end_object(json);
    return true;
}

np_output np_checked_output(const np_checked *checked)
{
    return (np_output){checked, checked->lang, json_of, records, document, 0};
}
