/* A plan as it is asked for, wherever its list comes from and its records go. */
#ifndef NATOPAY_ASK_PLAN_REQUEST_H
#define NATOPAY_ASK_PLAN_REQUEST_H

#include "natopay/ask/run.h"
#include "natopay/plan/partial_totals.h"
#include "natopay/plan/plan_rows.h"
#include "natopay/plan/scenario.h"
#include "natopay/report/plan_report.h"

typedef struct np_plan_asked {
    np_run *run;
    np_plan plan;
    np_plan_head head;
    np_partial_totals_head part_head;
    np_columns columns;
    const char *by;     /* the columns that --by names; NULL: none */
    np_span *by_places; /* of each of them */
    const char **names; /* of the list's columns */
    size_t name_count;
    np_span *name_places;
    const np_list_map *map; /* NULL: none, or not yet */
    size_t records_above;   /* the header, after the first record of the list */
    uint64_t header_line;
    bool read_anew; /* the rule book was, with columns of the list laid over it */
    char delimiter; /* 0: to be found out */
    np_csv csv;
} np_plan_asked;

/* Read the options and load the rule book; false after reporting. */
bool np_plan_ask(np_plan_asked *ask, np_run *run);

/* The names of the columns, from --columns or the list's first record, once ask->csv is set up, and then the rule book
 * of each scenario, whose formulas may name them; `read_error` holds why the list cannot be read (errno), should that
 * happen; NULL: it cannot fail. False after reporting. */
bool np_plan_ask_names(np_plan_asked *ask, const int *read_error);
/* The names in the header, which may stand below a title; sets their number and their places. NULL after reporting. */
const char **np_plan_read_header(np_plan_asked *ask, const int *read_error);
/* What the columns are. `asked` holds how their cells are written, where that is told, and takes what the options ask
 * of them. False after reporting. */
bool np_plan_ask_columns(np_plan_asked *ask, np_columns_asked *asked);

/* Read the list anew, from the first row behind its header. */
void np_plan_begin_again(np_plan_asked *ask, np_byte_source source);

/* "a.ini+b.ini" is one scenario on top of another, unless a file is called so. */
np_arg *np_plan_scenario_files(np_run *run, const np_arg *scenario, size_t *count);
/* Columns of the list that are no inputs, but that a scenario names, become inputs of words: laid over the rule book as
 * one more overlay. True when there are any. */
bool np_plan_lay_columns(np_plan_asked *ask);

/* Whether --currency is one of the book, that of the overview; false after reporting. */
bool np_plan_has_currency(np_run *run, const np_book *book);

/* Set up the printing of a record for each row, where the format has records; false: it shows totals alone. */
bool np_plan_print_records(np_plan_asked *ask, np_plan_records *records);

/* Tell of a rule that ended the plan, once. Returns false. */
bool np_plan_faulty_rule(np_run *run, const np_plan_result *result);

/* Whoever asks what a scenario costs does not ask for nothing: a name or a date in it may be wrong. Nor for changes
 * that bring rows into contradiction. */
void np_plan_warn_of_scenarios(const np_plan_asked *ask, const np_totals *totals);

#endif
