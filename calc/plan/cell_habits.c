/* How the cells of each column of a list are written: by all that is seen of it. */
#include "natopay/plan/staff_columns.h"

void np_columns_note(np_columns *columns, const np_csv_batch *batch)
{
    for (size_t i = 0; i < batch->row_count; i++) {
        const np_csv_row *row = &batch->rows[i];
        if (row->reason || row->field_count != columns->count) continue;
        for (size_t c = 0; c < columns->count; c++) {
            const np_csv_cell *field = &batch->fields[row->first_field + c];
            np_staff_column *column = &columns->columns[c];
            if (column->reading.kind != NP_CELL_WORD)
                np_cell_note(&column->reading, batch->text + field->start, field->length);
        }
    }
}

bool np_columns_ask_all(const np_columns *columns)
{
    bool all = false;
    for (size_t c = 0; c < columns->count && !all; c++)
        all = columns->columns[c].kind == NP_COLUMN_INPUT && np_cell_asks_column(&columns->columns[c].reading);
    return all;
}

void np_columns_settle(np_columns *columns)
{
    for (size_t c = 0; c < columns->count; c++)
        if (columns->columns[c].kind == NP_COLUMN_INPUT) np_cell_settle(&columns->columns[c].reading);
}

void np_columns_forget(np_columns *columns)
{
    for (size_t c = 0; c < columns->count; c++) columns->columns[c].reading.counts = (np_cell_counts){0};
}
