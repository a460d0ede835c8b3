/* Evaluating the book for a situation. */
#ifndef NATOPAY_PAY_EVAL_H
#define NATOPAY_PAY_EVAL_H

#include "natopay/pay/situation.h"

/* Which end of an uncertain figure's range to compute with. */
typedef enum np_end { NP_MIDDLE, NP_LOW, NP_HIGH } np_end;

typedef struct np_eval {
    const np_book *book;
    const np_situation *situation;
    np_arena *arena;
    np_diags *diags;
    np_value *slots;     /* [slot]: what has been evaluated so far */
    np_value *trace;     /* [node id]: value of every node evaluated (type NP_NONE: not), or NULL */
    const uint8_t *ends; /* [uncertain]: np_end of each; NULL: all in the middle */
    bool *took_part;     /* [uncertain]: set when it was used; NULL: not asked for */
    bool projecting;     /* find the horizon; `date` must be the first of a month */
    np_date horizon;     /* first month (its first day) in which a result may differ, all inputs but `date` equal */
    const np_node *horizon_node; /* what sets the horizon, in horizon_formula; NULL: a rule's own from or until */
    const np_formula *horizon_formula;
    const np_formula *formula; /* being evaluated */
    bool failed;               /* an error was reported: */
    np_diag *failure;
} np_eval;

/* The value of a formula. Unknown values come back as such; after an error `failed` is set and the value is unknown. */
np_value np_eval_formula(np_eval *eval, const np_formula *formula);
/* Report one of the book's checks where it holds; *stops: it does, and nothing is paid. False: its formula failed. */
bool np_check_apply(np_eval *eval, const np_check *check, bool *stops);

/* The value of an input: as given, or its default. It is written where it will be read, `value`, which no formula names
 * yet: a copy of what was just written costs more than most operations. */
void np_eval_input(np_eval *eval, const np_input *input, np_value *value);

/* How a step beyond the last one is told, in either place where it is found: %s the step, %lld the last one; `assumed`:
 * no text says how many there are. */
#define NP_NO_SUCH_STEP(assumed)                                                                   \
    ((assumed) ? NP_MARK("step %s does not exist as far as is known: steps 1 to %lld are assumed") \
               : NP_MARK("step %s does not exist: this grade has steps 1 to %lld"))

#endif
