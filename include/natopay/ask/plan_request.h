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
    char delimiter; /* 0: to be found out */
    np_csv csv;
} np_plan_asked;

/* Read the options and load the rule book of each scenario; false after reporting. */
bool np_plan_ask(np_plan_asked *ask, np_run *run);

/* The columns, from --columns or the list's first record, once ask->csv is set up; `read_error` holds why the list
 * cannot be read (errno), should that happen; NULL: it cannot fail. `asked` holds how its cells are written, where
 * that is told, and takes what the options ask of columns. False after reporting. */
bool np_plan_ask_columns(np_plan_asked *ask, const int *read_error, np_columns_asked *asked);

/* Whether --currency is one of the book, that of the overview; false after reporting. */
bool np_plan_has_currency(np_run *run, const np_book *book);

/* Whoever asks what a scenario costs does not ask for nothing: a name or a date in it may be wrong. */
void np_plan_warn_of_no_effect(const np_plan_asked *ask, const np_totals *totals);

#endif
