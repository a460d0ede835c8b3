/* Dates worth knowing, and what a post asks of a person. */
#ifndef NATOPAY_CAREER_MILESTONES_H
#define NATOPAY_CAREER_MILESTONES_H

#include "natopay/career/career.h"

enum { NP_DATED_MAX = 2000 };

/* A milestone on its day. */
typedef struct np_dated {
    const np_milestone *milestone;
    np_date date;  /* NP_DATE_NONE: open, see missing */
    bool numbered; /* number holds: how many, or which step */
    np_num number;
    const char *grade; /* of a step of a twin-graded post; NULL: the post has one grade, or it is no step */
    np_date about;     /* the date in a list that it is about; NP_DATE_NONE: none */
    uint8_t status;    /* np_status: the weakest figure in the date */
    const np_missing *missing;
} np_dated;

/* The milestones of a projection by date, then those that are open because inputs are missing. The projection must have
 * kept its lines. */
np_dated *np_career_milestones(const np_projection *projection, size_t *count);

/* ---- eligibility: advice, never a refusal ---- */

typedef enum np_meets { NP_MEETS, NP_MEETS_NOT, NP_MEETS_OPEN } np_meets;

typedef struct np_eligible {
    const np_condition *condition;
    np_meets meets;
    uint8_t status;
    const np_missing *missing; /* when open: which inputs, or why it cannot be told */
} np_eligible;

/* Every condition that applies. Needs no more of the situation than what each condition asks. Must run under
 * np_arena_guard of the arena. */
np_eligible *np_eligibility(const np_situation *situation, np_arena *arena, const np_lang *lang, size_t *count);

/* The conditions by name; "met", "not_met", "unknown". */
const char *np_meets_name(np_meets meets);

#endif
