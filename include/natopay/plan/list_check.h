/* How a staff list is read, column by column, and what in it cannot be. */
#ifndef NATOPAY_PLAN_LIST_CHECK_H
#define NATOPAY_PLAN_LIST_CHECK_H

#include "natopay/plan/staff_columns.h"

enum { NP_CHECK_WORDS = 20, NP_CHECK_REASONS = 6 };

/* Cells of a column that cannot be read for one kind of reason. */
typedef struct np_unread_cells {
    const char *kind; /* as np_problems has it */
    const char *why;  /* of the first, with its value */
    uint64_t cells, line;
} np_unread_cells;

typedef struct np_column_check {
    const char *sample; /* the first cell that is not empty; NULL: none */
    uint64_t filled;    /* cells that are not empty */
    uint64_t bad;       /* of them, those that cannot be read */
    np_unread_cells reasons[NP_CHECK_REASONS];
    size_t reason_count;               /* kinds for which there is no room stand with the last one */
    const char *words[NP_CHECK_WORDS]; /* different ones that stand for nothing, as far as there is room */
    size_t word_count;
} np_column_check;

typedef struct np_list_check {
    const np_columns *columns;
    np_column_check *checks; /* [column] */
    uint64_t rows, broken;   /* broken: rows that are no records of the list */
    uint64_t blank_rows;
    np_encoding encoding;
    char delimiter;
    const char *missing[3]; /* inputs that every row needs, and that no column gives */
    size_t missing_count;
} np_list_check;

void np_list_check_begin(np_list_check *check, np_arena *arena, const np_columns *columns);
/* Read the cells of some rows. `arena` keeps what is told; `row` is reset for each row. */
void np_list_check_rows(np_list_check *check, np_arena *arena, np_arena *row, const np_lang *lang,
                        const np_csv_batch *batch);

#endif
