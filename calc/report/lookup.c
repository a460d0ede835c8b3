/* What natopay show prints: one table of the rule book, in every format. */
#include "natopay/report/book_tables.h"

#include "report_internal.h"

static bool json_of(np_json *json, np_arena *arena, const void *result)
{
    const np_doc_table *table = ((const np_lookup *)result)->table;
    np_json_array(json);
    for (size_t r = 0; r < table->row_count; r++) {
        np_json_object(json);
        for (size_t c = 0; c < table->column_count; c++) {
            const np_doc_value *cell = &table->rows[r].cells[c];
            np_json_member(json, table->columns[c].key, cell->type ? np_value_for_programs(arena, cell) : NULL);
        }
        np_json_end_object(json);
    }
    np_json_end_array(json);
    return true;
}

static void records(np_doc_table *table, const void *result)
{
    *table = *((const np_lookup *)result)->table;
}

static void document(np_doc *doc, const void *result)
{
    const np_lookup *lookup = result;
    doc->title = doc->page ? lookup->title : NULL;
    np_doc_node *section = np_doc_section(doc, NULL, lookup->title, NULL, NULL);
    np_doc_table *table = np_doc_table_of(doc, section, "lookup");
    *table = *lookup->table;
    table->records = lookup->each_alone;
    np_book_footer(doc, lookup->book);
}

np_output np_lookup_output(const np_lookup *lookup)
{
    return (np_output){lookup, lookup->lang, lookup->inputs ? np_inputs_json : json_of, records, document, 0};
}
