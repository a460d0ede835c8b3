/* By which inputs, columns and periods the totals of a plan are grouped: what --by lists. */
#include "group_columns.h"

#include <string.h>

#include "natopay/base/text.h"
#include "natopay/book/spelling.h"

static bool is_named_before(const char *const *names, size_t number)
{
    for (size_t i = 0; i < number; i++)
        if (strcmp(names[i], names[number]) == 0) return true;
    return false;
}

/* A carried column, an input by the heading that the list has for it, or one by its own name. */
static bool find_group(const np_columns *columns, const char *name, np_by_column *by)
{
    const np_input *input = np_book_input(columns->book, name);
    *by = (np_by_column){.name = name};
    for (size_t c = 0; c < columns->count; c++) {
        const np_staff_column *column = &columns->columns[c];
        bool same = strcmp(column->name, name) == 0 || (!input && np_same_heading(column->name, name));
        if (!same || (column->kind != NP_COLUMN_CARRY && column->kind != NP_COLUMN_INPUT)) continue;
        by->input = column->kind == NP_COLUMN_INPUT;
        by->index = by->input ? column->slot : (uint16_t)c;
        return true;
    }
    if (!input) return false;
    by->input = true;
    by->index = input->slot;
    return true;
}

static const char *nearest_group(const np_columns *columns, const char *name)
{
    static const char *const PERIODS[] = {"year", "quarter", "month"};
    for (size_t i = 0; i < 3 + columns->count; i++) {
        const char *one = i < 3 ? PERIODS[i] : columns->columns[i - 3].name;
        if (np_edit_distance(name, one, 3) < 3) return one;
    }
    return np_book_suggest(columns->book, "input", name);
}

void np_columns_read_groups(np_columns *columns, const char *const *names, size_t count, np_diags *diags,
                            const np_span *places)
{
    for (size_t i = 0; i < count; i++) {
        np_by_column by;
        np_span place = places ? places[i] : np_span_none();
        if (!find_group(columns, names[i], &by)) {
            np_diag *diag = np_report(
                diags, NP_CODE_UNKNOWN_INPUT, place,
                "totals cannot be grouped by '%.200s': no input and no carried column is called so", names[i]);
            const char *near = nearest_group(columns, names[i]);
            if (near) np_diag_hint(diags, diag, "did you mean %s?", near);
        } else if (is_named_before(names, i)) {
            np_report(diags, NP_CODE_DUPLICATE_KEY, place, "totals are grouped by '%.200s' twice", names[i]);
        } else if (columns->by_count == NP_BY_MAX) {
            np_report(diags, NP_CODE_TOO_MANY, place, "totals are grouped by %d columns at most", NP_BY_MAX);
            return;
        } else {
            columns->by[columns->by_count++] = by;
        }
    }
}
