/* A staff list column by column: what it is read as, and what in it cannot be read. */
#include "natopay/report/list_check_report.h"

#include <string.h>

#include "report_internal.h"

enum { LINE_WIDTH = 100 };

static const char *date_manner(const np_cell_reading *reading, const np_lang *lang)
{
    const np_cell_counts *c = &reading->counts;
    bool asks = c->day_first || c->month_first || c->either_first;
    if (!asks && c->serial) return np_say(lang, "date, a number of days");
    if (!asks) return np_say(lang, "date");
    if (reading->order == NP_DAY_FIRST) return np_say(lang, "date, the day first");
    if (reading->order == NP_MONTH_FIRST) return np_say(lang, "date, the month first");
    return np_say(lang, "date: day or month first?");
}

static const char *amount_manner(const np_cell_reading *reading, const np_lang *lang)
{
    const np_cell_counts *c = &reading->counts;
    if (!c->comma && !c->point && !c->unclear) return np_say(lang, "amount");
    if (reading->decimal == ',') return np_say(lang, "amount, decimal comma");
    if (reading->decimal == '.') return np_say(lang, "amount, decimal point");
    return np_say(lang, "amount: which sign is decimal?");
}

/* How the cells of a column are read, in words. */
static const char *manner_of(const np_staff_column *column, const np_lang *lang)
{
    const np_cell_reading *reading = &column->reading;
    switch (reading->kind) {
    case NP_CELL_DATE:
        return date_manner(reading, lang);
    case NP_CELL_DATES:
        return np_say(lang, "dates");
    case NP_CELL_SHARE:
        return reading->unit == NP_PER_CENT ? np_say(lang, "share, per cent")
                                            : np_say(lang, "share, a fraction or with %");
    case NP_CELL_NUMBER:
        return np_say(lang, "number");
    case NP_CELL_MONEY:
        return amount_manner(reading, lang);
    default:
        return np_say(lang, "name or word");
    }
}

static const char *target_of(const np_book *book, const np_staff_column *column)
{
    if (column->kind == NP_COLUMN_KEY) return "id";
    if (column->kind == NP_COLUMN_INPUT) return book->inputs[book->slots[column->slot].index].name;
    return NULL;
}

static const char *reason_of(np_arena *arena, const np_unread_cells *reason, const np_lang *lang)
{
    unsigned long long cells = reason->cells, line = reason->line;
    const char *rows = np_arena_format(arena, np_say_number(lang, "%llu row: ", "%llu rows: ", cells), cells);
    return np_arena_format(arena, np_say(lang, "%s%s (first in line %llu)"), rows, reason->why, line);
}

static const char *problem_of(np_arena *arena, const np_column_check *check, const np_lang *lang)
{
    const char *all = NULL;
    for (size_t i = 0; i < check->reason_count; i++) {
        const char *one = reason_of(arena, &check->reasons[i], lang);
        all = all ? np_arena_format(arena, "%s; %s", all, one) : one;
    }
    return all;
}

/* Those that count, then, where all are wanted, those that are carried along. */
static void rows_of(np_doc_table *table, const np_list_check *check, const np_lang *lang, bool all)
{
    np_arena *arena = table->arena;
    const np_columns *columns = check->columns;
    np_doc_column_add(table, "column", np_say(lang, "Column"), NP_DOC_NUMBER);
    np_doc_column_add(table, "heading", np_say(lang, "Heading"), NP_DOC_WORDS);
    np_doc_column_add(table, "input", np_say(lang, "Input"), NP_DOC_WORDS);
    np_doc_column_add(table, "sample", np_say(lang, "For example"), NP_DOC_WORDS);
    np_doc_column_add(table, "manner", np_say(lang, "Read as"), NP_DOC_WORDS);
    np_doc_column_add(table, "filled", np_say(lang, "Filled"), NP_DOC_NUMBER);
    if (all) np_doc_column_add(table, "problem", np_say(lang, "What cannot be read"), NP_DOC_WORDS)->wrap = true;
    for (size_t i = 0; i < columns->count; i++) {
        const np_staff_column *column = &columns->columns[i];
        const np_column_check *c = &check->checks[i];
        const char *target = target_of(columns->book, column);
        if (!target && !all) continue;
        np_doc_value *cells = np_doc_row_add(table, NP_DOC_LINE)->cells;
        cells[0] = np_count_value(arena, (long long)i + 1);
        cells[1] = np_doc_words(column->name);
        cells[2] = np_doc_words(target);
        cells[3] = np_doc_words(c->sample);
        if (column->kind == NP_COLUMN_INPUT) cells[4] = np_doc_words(manner_of(column, lang));
        if (column->kind == NP_COLUMN_KEY) cells[4] = np_doc_words(np_say(lang, "tells staff apart"));
        if (column->like) cells[4] = np_doc_words(np_say(lang, "kept: another column is surer"));
        cells[5] = np_count_value(arena, (long long)c->filled);
        if (all) cells[6] = np_doc_words(problem_of(arena, c, lang));
    }
}

/* Whether a mapping can say what some word of the list stands for. */
static bool finds_words(const np_list_check *check)
{
    for (size_t i = 0; i < check->columns->count; i++)
        if (check->checks[i].word_count) return true;
    return false;
}

static const char *delimiter_words(char delimiter, const np_lang *lang)
{
    return delimiter == ';'    ? np_say(lang, "semicolons")
           : delimiter == '\t' ? np_say(lang, "tabs")
                               : np_say(lang, "commas");
}

/* A terminal has no room for them in the table. */
static void problems(np_doc *doc, np_doc_node *section, const np_list_check *check)
{
    const np_columns *columns = check->columns;
    np_doc_list *list = NULL;
    for (size_t i = 0; i < columns->count; i++)
        for (size_t k = 0; k < check->checks[i].reason_count; k++) {
            const char *problem = reason_of(doc->arena, &check->checks[i].reasons[k], doc->lang);
            if (!list) {
                np_doc_text(doc, section, np_say(doc->lang, "What cannot be read:"));
                list = np_doc_list_of(doc, section, "problems");
                list->lead = "  - ";
                list->hang = 6;
            }
            np_doc_item_add(
                doc, list,
                np_arena_format(doc->arena, "%s%s%s", columns->columns[i].name, np_say(doc->lang, ": "), problem));
        }
}

/* Whether the same problem stands in the list of unreadable cells already: same column, same kind. */
static bool is_told(const np_list_check *check, const np_problem *problem)
{
    for (size_t i = 0; i < check->columns->count; i++) {
        const np_column_check *column = &check->checks[i];
        if (strcmp(check->columns->columns[i].name, problem->column) != 0) continue;
        for (size_t k = 0; k < column->reason_count; k++)
            if (strcmp(column->reasons[k].kind, problem->text) == 0) return true;
        if (column->reason_count == NP_CHECK_REASONS) return true; /* the last one may stand for others */
    }
    return false;
}

static const char *reason_words(np_arena *arena, const np_problem *problem, const np_lang *lang)
{
    unsigned long long rows = problem->rows, line = problem->line;
    return np_arena_format(arena, np_say(lang, "%s%s%s%s (first in line %llu)"),
                           np_arena_format(arena, np_say_number(lang, "%llu row: ", "%llu rows: ", rows), rows),
                           problem->column, *problem->column ? np_say(lang, ": ") : "", np_say(lang, problem->text),
                           line);
}

/* How many rows a plan would reject, and why; problems listed as unreadable cells are not repeated. */
static void rejected(np_doc *doc, np_doc_node *section, const np_checked_list *c)
{
    unsigned long long count = c->rejected;
    np_doc_list *list = NULL;
    if (!count) return;
    np_doc_text(doc, section,
                np_arena_format(doc->arena,
                                np_say_number(doc->lang, "A plan of this list would reject %llu row.",
                                              "A plan of this list would reject %llu rows.", count),
                                count));
    for (size_t i = 0; i < c->problems->count; i++) {
        const np_problem *problem = &c->problems->all[i];
        if (!doc->page && is_told(c->check, problem)) continue;
        if (!list) {
            np_doc_text(doc, section, np_say(doc->lang, "What else stands in its way:"));
            list = np_doc_list_of(doc, section, "rejected");
            list->lead = "  - ";
            list->hang = 6;
        }
        np_doc_item_add(doc, list, reason_words(doc->arena, problem, doc->lang));
    }
}

static void carried(np_doc *doc, np_doc_node *section, const np_columns *columns)
{
    const char *list = "";
    for (size_t i = 0; i < columns->count; i++) {
        if (columns->columns[i].kind != NP_COLUMN_CARRY) continue;
        const np_input *near = columns->columns[i].near;
        list = np_arena_format(doc->arena, "%s%s%s", list, *list ? ", " : "", columns->columns[i].name);
        if (near) list = np_arena_format(doc->arena, np_say(doc->lang, "%s (is it %s?)"), list, near->name);
    }
    if (*list)
        np_doc_text(doc, section,
                    np_arena_format(doc->arena, np_say(doc->lang, "No inputs, and kept beside the results: %s"), list));
}

/* An input that every row needs, and that no column gives; one may be misspelt. */
static void missing(np_doc *doc, np_doc_node *section, const np_list_check *check, const char *input)
{
    const np_columns *columns = check->columns;
    const char *near = NULL;
    for (size_t i = 0; i < columns->count && !near; i++)
        if (columns->columns[i].near && strcmp(columns->columns[i].near->name, input) == 0)
            near = columns->columns[i].name;
    np_doc_text(doc, section,
                near ? np_arena_format(doc->arena,
                                       np_say(doc->lang, "No column gives %s, which every row needs: is '%s' it? Write "
                                                         "%s = %s in a mapping, or change the heading."),
                                       input, near, near, input)
                     : np_arena_format(doc->arena,
                                       np_say(doc->lang, "No column gives %s, which every row needs: name the column "
                                                         "in a mapping, or give constant.%s."),
                                       input, input));
}

static void document(np_doc *doc, const void *result)
{
    const np_checked_list *c = result;
    const np_list_check *check = c->check;
    unsigned long long rows = check->rows, blank = check->blank_rows, broken = check->broken;
    doc->width = LINE_WIDTH;
    doc->title = c->list;
    np_doc_node *section = np_doc_section(doc, NULL, "columns", doc->page ? np_say(doc->lang, "Columns") : NULL, NULL);
    np_doc_text(doc, section,
                np_arena_format(doc->arena,
                                np_say_number(doc->lang, "%llu row of %zu columns, in %s, with %s between them.",
                                              "%llu rows of %zu columns, in %s, with %s between them.", rows),
                                rows, check->columns->count, np_encoding_name(check->encoding),
                                delimiter_words(check->delimiter, doc->lang)));
    if (blank)
        np_doc_text(doc, section,
                    np_arena_format(doc->arena,
                                    np_say_number(doc->lang, "%llu blank row is passed over.",
                                                  "%llu blank rows are passed over.", blank),
                                    blank));
    if (broken)
        np_doc_text(
            doc, section,
            np_arena_format(doc->arena,
                            np_say_number(doc->lang, "%llu row is no record: check its delimiters and quotes.",
                                          "%llu rows are no records: check their delimiters and quotes.", broken),
                            broken));
    np_doc_table *table = np_doc_table_of(doc, section, "columns");
    table->as_written = true;
    rows_of(table, check, doc->lang, doc->page);
    if (!doc->page) problems(doc, section, check);
    rejected(doc, section, c);
    if (!doc->page) carried(doc, section, check->columns);
    for (size_t i = 0; i < check->missing_count; i++) missing(doc, section, check, check->missing[i]);
    if (finds_words(check) || check->missing_count)
        np_doc_soft_text(doc, section,
                         np_say(doc->lang,
                                "With --output MAP.ini a mapping is written, with a line to fill in for each "
                                "of these; --list MAP.ini takes it."));
}

static void records(np_doc_table *table, const void *result)
{
    const np_checked_list *c = result;
    rows_of(table, c->check, NULL, true);
}

static bool json_of(np_json *json, np_arena *arena, const void *result)
{
    const np_checked_list *c = result;
    const np_list_check *check = c->check;
    const np_columns *columns = check->columns;
    np_json_object(json);
    np_json_member(json, "list", c->list);
    np_json_member_count(json, "rows", (long long)check->rows);
    np_json_member_count(json, "blank_rows", (long long)check->blank_rows);
    np_json_member_count(json, "broken_rows", (long long)check->broken);
    np_json_member(json, "encoding", np_encoding_name(check->encoding));
    np_json_member(json, "delimiter", np_arena_format(arena, "%c", check->delimiter));
    np_json_member_array(json, "columns");
    for (size_t i = 0; i < columns->count; i++) {
        const np_staff_column *column = &columns->columns[i];
        np_json_object(json);
        np_json_member_count(json, "column", (long long)i + 1);
        np_json_member(json, "heading", column->name);
        np_json_member(json, "input", target_of(columns->book, column));
        np_json_member(json, "sample", check->checks[i].sample);
        np_json_member(json, "manner", column->kind == NP_COLUMN_INPUT ? manner_of(column, NULL) : NULL);
        np_json_member_count(json, "filled", (long long)check->checks[i].filled);
        np_json_member_count(json, "unread", (long long)check->checks[i].bad);
        np_json_member(json, "problem", problem_of(arena, &check->checks[i], c->lang));
        np_json_end_object(json);
    }
    np_json_end_array(json);
    np_json_member_strings(json, "missing", check->missing, check->missing_count);
    if (c->tried) {
        np_json_member_count(json, "rejected", (long long)c->rejected);
        np_json_member_array(json, "reasons");
        for (size_t i = 0; i < c->problems->count; i++) {
            const np_problem *problem = &c->problems->all[i];
            np_json_object(json);
            np_json_member(json, "column", *problem->column ? problem->column : NULL);
            np_json_member(json, "reason", np_say(c->lang, problem->text));
            np_json_member_count(json, "rows", (long long)problem->rows);
            np_json_member_count(json, "first_line", (long long)problem->line);
            np_json_end_object(json);
        }
        np_json_end_array(json);
    }
    np_json_end_object(json);
    return true;
}

np_output np_checked_list_output(const np_checked_list *checked)
{
    return (np_output){checked, checked->lang, json_of, records, document, 0};
}
