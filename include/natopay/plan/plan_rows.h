/* Running a plan: rows in, one record for each row out, in the same order, whatever the number of threads. */
#ifndef NATOPAY_PLAN_PLAN_ROWS_H
#define NATOPAY_PLAN_PLAN_ROWS_H

#include "natopay/plan/staff_columns.h"
#include "natopay/plan/seen_keys.h"
#include "natopay/plan/rejection_reasons.h"
#include "natopay/plan/totals.h"

enum { NP_JOBS_MAX = 64 };

/* One row of the list, and what became of it. */
typedef struct np_staff {
    const np_columns *columns;
    const np_csv_batch *batch;
    const np_csv_row *row;
    const char *key;    /* "" when the row has none */
    const char *reason; /* why it was rejected; NULL: it was not */
    const char *column; /* of which column the reason speaks; "": of the row */
    uint64_t line;      /* on which it stands */
    const np_outcome *outcomes;
    np_arena *arena; /* for the time of this row */
} np_staff;

/* Writes a record; called by several threads at once. */
typedef struct np_printer {
    const void *context;
    void (*record)(const void *context, np_text *out, const np_staff *staff); /* NULL: none are wanted */
    void (*reject)(const void *context, np_text *out, const np_staff *staff); /* of rejected rows; NULL: not wanted */
} np_printer;

/* Takes what was written, in order; called by the thread that runs the plan. False stops the run. */
typedef struct np_sink {
    void *context;
    bool (*records)(void *context, const char *bytes, size_t size);
    bool (*rejects)(void *context, const char *bytes, size_t size);
    /* After each block: rows so far, input bytes so far; false stops the run. Totals are complete up to here only when
     * `settled`, which comes about when it was asked for by returning NP_SETTLE. */
    int (*progress)(void *context, uint64_t rows, bool settled, np_totals *totals);
} np_sink;

enum { NP_STOP, NP_GO_ON, NP_SETTLE };

typedef struct np_plan {
    np_window window;
    np_plan_book books[NP_PLAN_BOOKS_MAX];
    size_t book_count;
    const np_columns *columns;
    int jobs;
    bool fail_fast, reference;
    bool stops_at_end;   /* see np_engine_options */
    const np_lang *lang; /* of the reasons */
    uint64_t skip;       /* rows that an earlier run has done: their keys are taken, and no more */
    np_scratch scratch;
    np_key_lists *keys;    /* takes the keys of all rows when the run is done; NULL: not wanted */
    np_problems *problems; /* takes what was wrong with rejected rows; NULL: not wanted */
    np_printer printer;
    np_sink sink;
} np_plan;

typedef enum np_plan_end {
    NP_PLAN_DONE,
    NP_PLAN_STOPPED,     /* by the sink */
    NP_PLAN_FAILED_FAST, /* at the first rejected row */
    NP_PLAN_FAULTY_RULE, /* at the first row for which a formula adds amounts of two currencies */
    NP_PLAN_READ_FAILED,
    NP_PLAN_TOTALS_FAILED, /* see their failure */
    NP_PLAN_NO_SCRATCH,
    NP_PLAN_NO_MEMORY
} np_plan_end;

/* A formula that adds amounts of two currencies. */
typedef struct np_plan_fault {
    np_span at;    /* where it stands */
    uint64_t line; /* of the row that showed it */
} np_plan_fault;

typedef struct np_plan_result {
    np_plan_end end;
    np_engine_count counts;
    np_plan_fault fault; /* NP_PLAN_FAULTY_RULE */
    char why[400];       /* NP_PLAN_FAILED_FAST: the row, in words; NP_PLAN_FAULTY_RULE: what is wrong */
} np_plan_result;

/* Whether some change is for exactly so many members of staff: then np_plan_select goes through the list before
 * np_plan_run does, from its first row on. Rows are rejected and computed as in the run, and nothing is kept of them
 * but who is selected. */
bool np_plan_selects(const np_plan *plan);
np_plan_result np_plan_select(const np_plan *plan, np_csv *csv);

/* Go through all rows. `totals` must be initialized for the plan's books and periods; what it holds is added to. */
np_plan_result np_plan_run(const np_plan *plan, np_csv *csv, np_totals *totals);

#endif
