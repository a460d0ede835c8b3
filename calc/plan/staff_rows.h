/* The rows of a block. Private to calc/plan. */
#ifndef NATOPAY_PLAN_STAFF_ROWS_H
#define NATOPAY_PLAN_STAFF_ROWS_H

#include "natopay/plan/person_totals.h"
#include "natopay/plan/plan_rows.h"

enum { NP_BLOCK_ROWS = 8 * NP_BATCH, NP_BLOCK_TEXT = 1 << 18, NP_BLOCK_OUTPUT_MAX = 1 << 28 };

/* Rows that are read, computed and written together, by one worker. */
typedef struct np_block {
    np_csv_batch batch;
    np_text records, rejects; /* row after row */
    uint64_t done, rejected;
    bool failed; /* memory ran out */
    bool faulty; /* a formula adds amounts of two currencies: the rows from here on are not done */
    np_plan_fault fault;
    char why[400]; /* the first rejected row, in words; faulty: what is wrong */
} np_block;

void np_block_init(np_block *block);
void np_block_free(np_block *block);

/* Something that a cell leaves open. */
typedef struct np_question {
    const char *column, *problem, *text;
    struct np_question *next;
} np_question;

enum { NP_LASTING_MAX = 16, NP_LASTING_TEXT = 40 };

/* An input that a further row has from the row above: from the same input, which must be the same where it is given,
 * or from the one of which it is the former value. */
typedef struct np_lasting {
    uint16_t slot, from;
    bool same;
} np_lasting;

/* A person with several periods of service, of which each has a row. */
typedef struct np_person {
    bool goes_on;  /* the row at work is not the first */
    bool rejected; /* an earlier row was */
    np_date start; /* of the last period */
    np_engine_period before;
    np_date service_end[NP_PLAN_BOOKS_MAX];        /* of the last period, under each book */
    char lasting[NP_LASTING_MAX][NP_LASTING_TEXT]; /* what the next row has from this one, as text; "": not known */
    np_person_totals *totals;
} np_person;

/* What one thread works with. */
typedef struct np_worker {
    const np_plan *plan;
    np_engine *engine;
    np_arena *arena; /* of one row's diagnostics */
    np_totals totals;
    np_text by; /* values that totals are grouped by */
    np_staff staff[NP_BATCH];
    np_diags diags[NP_BATCH];
    np_question *questions[NP_BATCH];
    np_problems problems; /* of the rows that were rejected */
    np_outcome *outcomes; /* [row * books + book] */
    np_person person;
    np_lasting lasting[NP_LASTING_MAX];
    size_t lasting_count;
} np_worker;

bool np_worker_init(np_worker *worker, const np_plan *plan);
void np_worker_free(np_worker *worker);

/* Do the rows of a block; with fail_fast, up to the first rejected one. */
void np_worker_do(np_worker *worker, np_block *block);

#endif
