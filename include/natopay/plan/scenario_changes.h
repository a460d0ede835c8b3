/* What a scenario changes about members of staff on a day: a section [change X]. */
#ifndef NATOPAY_PLAN_SCENARIO_CHANGES_H
#define NATOPAY_PLAN_SCENARIO_CHANGES_H

#include <stdatomic.h>

#include "natopay/book/model.h"
#include "natopay/plan/change_selection.h"

enum { NP_CHANGES_MAX = 64, NP_CHANGE_INPUTS_MAX = 16 };

/* What became of a change in a plan, counted by all its threads. */
typedef struct np_change_count {
    atomic_bool made;              /* for somebody */
    atomic_uint_fast64_t rejected; /* rows that it was made for, and that would not be rejected without the scenario */
} np_change_count;

/* What an input becomes. */
typedef struct np_change_input {
    uint16_t slot;
    np_value value;     /* when the formula has no root */
    np_formula formula; /* of the input's type, in the state before the change */
} np_change_input;

typedef struct np_staff_change {
    const char *name;
    np_span at;
    np_change_count *count;
    np_formula when; /* truth, in the state of the day; root NULL: all staff */
    np_change_input inputs[NP_CHANGE_INPUTS_MAX];
    size_t input_count;
    np_date from;            /* NP_DATE_NONE: the plan's first month */
    bool repeats;            /* `every` so often from then on */
    np_duration every;       /* at least a month */
    bool drawn;              /* for a share of those for whom `when` holds, drawn by their keys */
    np_num share;            /* from 0 to 1, of a denominator below 2^31 */
    np_selection *selection; /* for exactly so many of them, drawn likewise; NULL: it is not */
    const char *seed;        /* another seed draws others; "" unless told */
    bool leave;              /* who is in service on the day leaves: the day before is the last in service */
    bool stay_out;           /* who would begin on the day or later does not come */
    bool moves_career;       /* it sets grade or step, or when steps count: the career goes on from where it stands */
    bool asks_rules;         /* a formula names a rule */
} np_staff_change;

static inline void np_change_count_begin(np_change_count *count)
{
    atomic_init(&count->made, false);
    atomic_init(&count->rejected, 0);
}

/* The changes that the layers above `base` define, in the order of their files, compiled against the book. False after
 * reporting. */
bool np_changes_read(np_book *book, np_diags *diags, unsigned base, const np_staff_change **changes, size_t *count);

/* Say of a book that is no scenario's that its changes have no effect; false when it has any. */
bool np_changes_refuse(const np_book *book, np_diags *diags);

#endif
