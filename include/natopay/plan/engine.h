/* What each member of staff costs under each rule book, year by year.
 *
 * An engine walks each formula once for all months of the plan: an operation is done once for each stretch in which
 * what it operates on stands. Figures of scales and parameters are found once and serve everybody; a scenario computes
 * again only what its overlay can change. Nothing is approximated: the evaluator's own operations compute, only less
 * often, and what the engine cannot do so it asks of np_plan_compute_monthly, which computes every month anew.
 *
 * One engine belongs to one thread; the books are shared. Its memory does not grow with the number of staff. */
#ifndef NATOPAY_PLAN_ENGINE_H
#define NATOPAY_PLAN_ENGINE_H

#include "natopay/pay/payslip.h"
#include "natopay/pay/timeseries.h"
#include "natopay/plan/scenario_changes.h"

enum { NP_PLAN_BOOKS_MAX = 16 };

/* A book and the staff it is for. */
typedef struct np_plan_book {
    const np_book *book;
    np_formula when;                /* truth, compiled against the book; root NULL: all staff */
    const np_staff_change *changes; /* of a scenario: what it changes about staff whom it is for */
    size_t change_count;
} np_plan_book;

/* Of one period, a calendar year unless the window says else: gross is salary and allowances; net is gross less
 * deductions, and what comes once (np_sum of a career keeps that apart); employer is what the employer pays: gross,
 * what it pays on top, and what comes once; worked is the months paid, each counted by the share of full working
 * time. */
typedef struct np_plan_period {
    np_num gross, net, employer, worked;
} np_plan_period;

typedef struct np_outcome {
    bool applies;      /* the scenario is for this member of staff; else the amounts are the baseline's */
    bool beyond;       /* some month is paid after the day on which the contract ends */
    bool beyond_age;   /* ... after the birthday up to which anything is known of service */
    bool step_assumed; /* it is assumed on which day the step was held, which is not the start */
    bool unsure;       /* a rule that the scenario changes is open, here or under the baseline */
    bool converted;    /* after a change some months are paid in another currency: here in the baseline's */
    uint16_t currency;
    uint16_t from, until;             /* months of the window in service: from <= month < until */
    np_date service_end;              /* the last day of service; NP_DATE_NONE: it goes on */
    uint64_t changes;                 /* of a scenario's, by their number: those that were for this member of staff */
    bool left;                        /* by a change */
    uint8_t status;                   /* np_status: the weakest figure in what is paid */
    uint64_t open[NP_SLOTS_MAX / 64]; /* rules whose lines are open in some month, by their slot */
    np_plan_period periods[NP_PLAN_PERIODS_MAX];
} np_outcome;

typedef struct np_engine np_engine;

typedef struct np_engine_options {
    bool reference;    /* compute every month anew: slower, the same result */
    bool stops_at_end; /* nobody is paid after the end of the contract */
} np_engine_options;

/* books[0] is the baseline. NULL without memory. */
np_engine *np_engine_new(const np_window *window, const np_plan_book *books, size_t count,
                         const np_engine_options *options);
void np_engine_free(np_engine *engine);

/* Run work(context) with this engine's memory guarded; false when memory ran out. All calls below belong inside. */
bool np_engine_guard(np_engine *engine, void (*work)(void *context), void *context);

/* A member of staff takes a row: nothing is given yet. Row 0 begins anew: all that was on any row is gone. */
void np_engine_begin_row(np_engine *engine, unsigned row);

/* Give an input its value as text (see np_situation_set_text), which must stay until the run; false after reporting. */
bool np_engine_set_input(np_engine *engine, unsigned row, uint16_t slot, const char *text, size_t length,
                         np_diags *diags);

/* The periods of the same person before this one, under each book. */
typedef struct np_engine_period {
    uint16_t until[NP_PLAN_BOOKS_MAX];   /* months of the window that are paid */
    bool left[NP_PLAN_BOOKS_MAX];        /* under the scenario they have left, for good */
    uint64_t changes[NP_PLAN_BOOKS_MAX]; /* see np_outcome: they hold from their day on, in this period too */
} np_engine_period;

/* What becomes of a row. */
typedef struct np_engine_row {
    np_diags *diags;
    np_outcome *outcomes;           /* [book] */
    bool done;                      /* set: compute it. Afterwards: it was; else diags say why it cannot be */
    const char *key;                /* of the member of staff, by which changes for a share are drawn; NULL: "" */
    const np_engine_period *before; /* NULL: this is the first period of the person */
    const np_date *next;            /* the day on which the next one begins; NULL: none does */
} np_engine_row;

/* Rows of one person are run one after the other. A period is paid up to the month that the next one takes over: the
 * first that begins with it, since a change within a month counts from the next. */
void np_engine_run(np_engine *engine, np_engine_row *rows, unsigned count);

/* After a run: an input as it was given, or its default under the baseline. */
np_value np_engine_input(np_engine *engine, unsigned row, uint16_t slot);

/* Whether an input was given to a row. */
bool np_engine_is_given(const np_engine *engine, unsigned row, uint16_t slot);

/* The baseline's slot of the input that a diagnostic of this engine is about; -1: none. */
int np_engine_slot_at(const np_engine *engine, np_span at);

typedef struct np_engine_count {
    uint64_t staff, slow; /* slow: computed by np_plan_compute_monthly, under each book anew */
} np_engine_count;

np_engine_count np_engine_counts(const np_engine *engine);

/* ---- month by month ---- */

/* Which months of service a plan pays. */
typedef struct np_plan_span {
    uint16_t from, until; /* months of the window: from <= month < until */
    bool stops_at_end;    /* see np_engine_options */
    bool goes_on;         /* another period of the same person begins on `next` */
    np_date next;
} np_plan_span;

/* One member of staff under one book, month by month, each payslip computed whole; lines of kind once that are
 * payslip->falling only in the month of their day. `situation` is changed: date, grade and step go with the months.
 * False after reporting. The fast way gives what this gives. */
bool np_plan_compute_monthly(np_situation *situation, np_payslip *payslip, const np_window *window, np_plan_span span,
                             const np_formula *when, np_outcome *outcome, np_diags *diags);

#endif
