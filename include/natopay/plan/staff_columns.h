/* What the columns of a staff list are. */
#ifndef NATOPAY_PLAN_STAFF_COLUMNS_H
#define NATOPAY_PLAN_STAFF_COLUMNS_H

#include "natopay/plan/csv.h"
#include "natopay/plan/engine.h"
#include "natopay/plan/list_map.h"

enum { NP_BY_MAX = 6 }; /* columns that totals may be grouped by */

/* Nameless: of an empty name in the header, as spreadsheets leave them behind the last column, with nothing below. */
typedef enum np_column_kind { NP_COLUMN_KEY, NP_COLUMN_INPUT, NP_COLUMN_CARRY, NP_COLUMN_NAMELESS } np_column_kind;

typedef struct np_staff_column {
    const char *name;
    np_column_kind kind;
    uint16_t slot;           /* of an input */
    np_cell_reading reading; /* of an input: how its cells are written */
    const np_input *like;    /* carried, though its heading is like this input's, which another column gives */
    const np_input *near;    /* carried, though its heading is nearly this input's, which no column gives */
    bool asked;              /* carried because --carry or the mapping says so */
    bool kept;               /* an input that is kept beside the results, since it is of the list alone */
    bool recognised;         /* by its heading, which is not the input's own name */
} np_staff_column;

/* Whether it stands beside the results. */
static inline bool np_column_is_kept(const np_staff_column *column)
{
    return column->kind == NP_COLUMN_CARRY || column->kept;
}

/* What totals are grouped by: an input's value as given or by default, or the text of a carried column. */
typedef struct np_by_column {
    const char *name;
    bool input;
    uint16_t index; /* slot, or column */
} np_by_column;

/* The same in all rows where no column gives it. */
typedef struct np_list_constant {
    uint16_t slot;
    const char *value;
} np_list_constant;

typedef struct np_columns {
    const np_book *book;
    np_staff_column *columns;
    size_t count;
    size_t key;
    np_by_column by[NP_BY_MAX];
    size_t by_count;
    np_list_constant *constants;
    size_t constant_count;
} np_columns;

typedef struct np_columns_asked {
    const char *key;   /* name of the key column; NULL: id, or what else the book says that lists call it */
    const char *carry; /* names, with commas between; NULL: none */
    const char *by;
    const np_list_map *map; /* NULL: none */
    np_date_order order;    /* of all dates, and the decimal sign of all amounts, where they are told */
    char decimal;
    bool header;              /* the names come from the list itself */
    const np_span *places;    /* of each name, for diagnostics; NULL: all at the same place */
    const np_span *by_places; /* of each name in `by`; NULL: none */
} np_columns_asked;

/* The names of all columns, from a header or from --columns. False after reporting all that is wrong with them; `place`
 * is where diagnostics of the header as a whole point to. */
bool np_columns_read(np_columns *columns, np_arena *arena, np_diags *diags, const np_book *book,
                     const np_columns_asked *asked, const char *const *names, size_t count, np_span place);

/* Note the cells of some rows, and whether a column must be seen as a whole for some of them. */
void np_columns_note(np_columns *columns, const np_csv_batch *batch);
bool np_columns_ask_all(const np_columns *columns);
void np_columns_settle(np_columns *columns);
/* Forget what was noted. */
void np_columns_forget(np_columns *columns);

/* The names in a list "a,b,c", without blanks around them. */
const char **np_names_split(np_arena *arena, const char *list, size_t *count);

/* Whether a column or the mapping gives an input. */
static inline bool np_columns_give(const np_columns *columns, uint16_t slot)
{
    for (size_t i = 0; i < columns->constant_count; i++)
        if (columns->constants[i].slot == slot) return true;
    for (size_t i = 0; i < columns->count; i++)
        if (columns->columns[i].kind == NP_COLUMN_INPUT && columns->columns[i].slot == slot) return true;
    return false;
}

#endif
