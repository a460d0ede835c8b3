/* What computing a career shares: terms, the state that steps and advancement change, the projector. Private to
 * calc/career. */
#ifndef NATOPAY_CAREER_CAREER_INTERNAL_H
#define NATOPAY_CAREER_CAREER_INTERNAL_H

#include "natopay/career/career.h"
#include "natopay/career/projector.h"

static inline uint8_t np_weakest(unsigned a, unsigned b)
{
    return (uint8_t)(a > b ? a : b);
}

/* ---- contract_dates.c ---- */

/* False after reporting. */
bool np_terms_read(np_career *career);
/* Give the situation what the terms say: contract_end and end. */
void np_terms_apply(np_career *career);

/* ---- career_values.c ---- */

/* Formulas of paths see the dates that the terms set. */
void np_show_terms(np_payslip *payslip, const np_terms *terms, const np_career_slots *at);

void np_set_date(np_situation *situation, uint16_t slot, np_date date);
void np_set_number(np_situation *situation, uint16_t slot, int64_t number);
void np_set_grade(np_situation *situation, uint16_t slot, uint16_t grade);
/* The same, noted as set by the career and not given; UINT16_MAX: nothing. */
void np_set_by_career(np_situation *situation, uint16_t slot, np_value value);
/* The input that says on which day the step was held; UINT16_MAX: none. */
uint16_t np_step_date_slot(const np_book *book);

/* ---- career.c ---- */

/* Grades and steps as they are at the start, from the first slots. */
void np_career_read_state(np_career *career);
/* The path asked for, else the one that twin_advancement names; NULL without a twin grade. */
const np_path *np_career_chosen_path(np_career *career, const np_path *asked);

/* ---- progress.c: steps and advancement while a projection runs ---- */

typedef struct np_career_state {
    np_career *career;
    np_projection *projection;
    bool silent; /* what happens is not noted */
    uint16_t grade;
    int64_t step;
    bool grade_changed, step_changed;        /* this month */
    np_date advancement;                     /* INT32_MAX: none, or done */
    np_date next_step;                       /* INT32_MAX: none */
    np_date advancement_counts, step_counts; /* the first month in which each counts */
    np_date steps_from;                      /* the day from which time in a step is counted */
    np_ymd steps_from_day;                   /* the same */
    int32_t intervals;                       /* between steps, counted so far */
} np_career_state;

bool np_career_state_start(np_career_state *run);
/* Whether nothing can happen but steps, on one day that every month has. */
bool np_career_state_is_plain(const np_career_state *run);
/* Let happen what happens by the first day of a month. False after reporting. */
bool np_career_state_month(np_career_state *run, np_date month);
/* The next month in which something happens; INT32_MAX: none. */
np_date np_career_state_next(const np_career_state *run);
/* All that happens up to and including the month `last`, after np_career_state_start: see grade_history.c. False after
 * reporting. */
bool np_career_state_points(np_career_state *run, np_date last, np_grade_history *history);

/* ---- projector.c ---- */

struct np_projector {
    const np_book *book;
    np_arena *arena, *figures;
    bool owns;                     /* its arenas; else it lives in those of a career */
    const uint8_t *ends;           /* [uncertain]: see np_career */
    uint8_t *own_ends;             /* its copy of them, where it owns its arenas */
    uint8_t *middle;               /* all figures in the middle, to compare with */
    bool possible;                 /* careers of the book ask inputs only, which stand still */
    uint16_t place[NP_SLOTS_MAX];  /* [slot]: in the order of evaluation */
    bool by_date[NP_SLOTS_MAX];    /* [slot]: it may change by itself in any month */
    bool by_figures[NP_SLOTS_MAX]; /* ... or when a figure of the book begins */
    np_window window;
    bool begins[NP_PLAN_MONTHS_MAX + 1]; /* [month]: a figure of the book counts from it on */
    np_ts_eval *ts;                      /* NULL: not made for any window yet */
    np_value *slots;                     /* of its eval */
    np_segment *inputs;                  /* [slot]: those that stand still */
    bool by_default[NP_SLOTS_MAX];       /* [slot]: `inputs` and the evaluator have its default already */
    np_rule_months *rules;               /* in the order of evaluation */
    size_t rule_count;
    uint16_t moving[NP_SLOTS_MAX]; /* inputs whose default goes with grade or step */
    size_t moving_count;
    np_rule_store store;
    np_diags quiet; /* what goes wrong is reported when it is computed month by month */
};

/* One that lives in an arena, for a single career. */
np_projector *np_projector_in(np_arena *arena, const np_book *book, const uint8_t *ends);

/* Every rule in the months from `first` to `last` (first days of months), which the history covers; afterwards the
 * series of all slots stand in the timeseries evaluator, with lines beside those of rules. False when it must be
 * computed month by month. */
bool np_projector_run(np_projector *projector, const np_career *career, const np_grade_history *history, np_date first,
                      np_date last);

/* ---- own_changes.c ---- */

void np_projector_read_slots(np_projector *projector);
/* For the window. */
void np_projector_find_beginnings(np_projector *projector);
/* Whether a slot may change in a month though nothing that it names does. */
bool np_projector_may_change(const np_projector *projector, uint16_t slot, np_date month);

/* ---- project.c ---- */

/* A projection on its way: the payslip of a month, and of the month before it. */
typedef struct np_states {
    np_career_state career_state;
    const np_project_options *options;
    np_payslip *now, *before; /* before: NULL until it is needed */
    np_slot_set changed;      /* slots that differ between the two, by their place in the order of evaluation */
    bool line_changed;        /* one of them is a line that comes every month */
} np_states;

/* ---- pay_change_reasons.c ---- */

/* Why the payslip of this month differs from the one before. */
void np_causes_find(np_states *states, np_stretch *stretch, const np_stretch *before);

/* ---- sums.c ---- */

void np_sum_zero(np_sum *sum);
void np_sum_add(np_arena *arena, np_sum *sum, const np_stretch *stretch, int32_t months);
/* Of the months up to `last`, the last day of a month. */
np_sum np_sum_until(np_arena *arena, const np_projection *projection, np_date last);

#endif
