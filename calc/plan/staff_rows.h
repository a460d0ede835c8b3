/* The rows of a block. Private to calc/plan. */
#ifndef NATOPAY_PLAN_STAFF_ROWS_H
#define NATOPAY_PLAN_STAFF_ROWS_H

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
} np_worker;

bool np_worker_init(np_worker *worker, const np_plan *plan);
void np_worker_free(np_worker *worker);

/* Do the rows of a block; with fail_fast, up to the first rejected one. */
void np_worker_do(np_worker *worker, np_block *block);

#endif
