/* The rows of a block. Private to calc/plan. */
#ifndef NATOPAY_PLAN_STAFF_H
#define NATOPAY_PLAN_STAFF_H

#include "natopay/plan/run.h"

enum { NP_BLOCK_ROWS = 256, NP_BLOCK_TEXT = 1 << 18, NP_BLOCK_OUTPUT_MAX = 1 << 28 };

typedef enum np_row_end { NP_ROW_OPEN, NP_ROW_DONE, NP_ROW_REJECTED } np_row_end;

/* What one hand made of its rows of a block. */
typedef struct np_share {
    np_text records, rejects; /* row after row */
    bool failed;              /* memory ran out */
    char why[400];            /* its first rejected row, in words */
} np_share;

/* Rows that are read and written together. Each row belongs to one hand, by what it says: staff who have much in common
 * go to the same hand, which has computed what they have in common. */
typedef struct np_block {
    np_csv_batch batch;
    uint8_t owner[NP_BLOCK_ROWS], end[NP_BLOCK_ROWS]; /* hand; np_row_end */
    uint32_t record_length[NP_BLOCK_ROWS], reject_length[NP_BLOCK_ROWS];
    np_share *shares; /* [hand] */
    np_text records, rejects;
    uint64_t done, rejected;
    bool failed;
    const char *why; /* of the first rejected row */
} np_block;

bool np_block_init(np_block *block, int hands);
void np_block_free(np_block *block, int hands);

/* Put the shares together in the order of the rows; with fail_fast, up to the first rejected one. */
void np_block_gather(np_block *block, int hands, bool fail_fast);

/* What one thread works with. */
typedef struct np_hand {
    const np_plan *plan;
    int number;
    np_engine *engine;
    np_arena *arena; /* of one row's diagnostics */
    np_totals totals;
    np_text by; /* values that totals are grouped by */
    np_outcome outcomes[NP_PLAN_BOOKS_MAX];
} np_hand;

bool np_hand_init(np_hand *hand, const np_plan *plan, int number, size_t memory);
void np_hand_free(np_hand *hand);

/* Do the rows of a block that are its own. */
void np_hand_do(np_hand *hand, np_block *block);

#endif
