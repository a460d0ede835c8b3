/* The rows of a person with several periods of service. Private to calc/plan.
 *
 * They stand below one another in a block, from the earliest to the latest. A period is paid until the next one takes
 * over; inputs of the whole service (lasting = yes) are given once. */
#ifndef NATOPAY_PLAN_PERSON_PERIODS_H
#define NATOPAY_PLAN_PERSON_PERIODS_H

#include "staff_rows.h"

/* Whether the row after this one is another period of the same person. */
static inline bool np_person_has_more(const np_block *block, size_t number)
{
    return number + 1 < block->batch.row_count && block->batch.rows[number + 1].same_key;
}

/* Note which inputs are of the whole service. */
void np_person_find_lasting(np_worker *worker);

/* The day on which the next period begins; false when there is none, or it cannot be told, or is no later day. */
bool np_person_next_start(const np_worker *worker, const np_block *block, size_t number, unsigned batch_row,
                          np_date *next);

/* A further row of the person, whose inputs were set: it gets what the row above said for the whole service. False with
 * a reason when it cannot be of the same person. */
bool np_person_continue(np_worker *worker, np_staff *staff, unsigned batch_row);

/* A row of a person that has more: what matters to the next one. */
void np_person_note(np_worker *worker, const np_staff *staff, unsigned batch_row);

#endif
