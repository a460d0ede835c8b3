/* Why rows were rejected, counted by kind: a list that another program wrote has one mistake a thousand times. */
#ifndef NATOPAY_PLAN_REJECTION_REASONS_H
#define NATOPAY_PLAN_REJECTION_REASONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "natopay/base/diag.h"

enum { NP_PROBLEMS_MAX = 64, NP_PROBLEM_TEXT = 200, NP_PROBLEM_COLUMN = 80 };

typedef struct np_problem {
    char column[NP_PROBLEM_COLUMN]; /* "": of the row */
    char text[NP_PROBLEM_TEXT];     /* English, to be translated by np_say */
    uint64_t rows;
    uint64_t line; /* the first that has it */
} np_problem;

typedef struct np_problems {
    np_problem *all; /* NP_PROBLEMS_MAX; NULL: none yet */
    size_t count;
    uint64_t others; /* of kinds for which there was no room */
    bool failed;     /* no memory */
} np_problems;

/* What kind of problem a diagnostic of a row is: what its code means; of an input that is missing, and of inputs that
 * contradict one another, which they are. English, to be translated by np_say, or in its language already. */
const char *np_problem_kind(const np_diag *diag);

void np_problems_free(np_problems *problems);
void np_problems_add(np_problems *problems, const char *column, const char *text, uint64_t line);
void np_problems_merge(np_problems *problems, const np_problems *others);
/* The most frequent first. */
void np_problems_sort(np_problems *problems);

#endif
