/* The table for programs as CSV: RFC 4180 with a header. */
#include "natopay/base/csv_field.h"
#include "render_internal.h"

bool np_render_csv(np_text *out, const np_output *output, np_arena *arena)
{
    np_doc_table *table = np_doc_table_alone(arena);
    output->records(table, output->result);
    for (size_t c = 0; c < table->column_count; c++) {
        if (c) np_text_putc(out, ',');
        np_csv_field(out, table->columns[c].key);
    }
    np_text_puts(out, "\r\n");
    for (size_t r = 0; r < table->row_count; r++) {
        for (size_t c = 0; c < table->column_count; c++) {
            if (c) np_text_putc(out, ',');
            np_csv_field(out, np_value_for_programs(arena, &table->rows[r].cells[c]));
        }
        np_text_puts(out, "\r\n");
    }
    return true;
}
