/* The engine's inside. Private to calc/plan. */
#ifndef NATOPAY_PLAN_ENGINE_PARTS_H
#define NATOPAY_PLAN_ENGINE_PARTS_H

#include <string.h>

#include "lane.h"
#include "natopay/pay/timeseries.h"

enum { NP_WOVEN_MAX = 1 << 17 }; /* segments of all seats; who finds no room is computed the plain way */

/* What is paid a month from some month of a year on: it adds `rest` to that year and `month` to each month of all later
 * years. In minor units of the payslip's currency. */
typedef struct np_rise {
    int64_t rest, month;
} np_rise;

/* What a line comes to over the plan. */
typedef struct np_paid {
    np_rise *rises; /* [year]; there when it is `paid` */
    int64_t units;  /* what is paid a month up to `until`, where it ends, unless it goes on */
    uint16_t until;
    uint8_t status; /* the weakest of what is due */
    bool due, open; /* in some month */
    bool paid;      /* some amount is */
} np_paid;

/* How a rule's condition came out when it is the same in all months. */
typedef struct np_held {
    uint8_t is; /* NP_HELD_... */
    uint8_t status;
} np_held;

enum { NP_HELD_ASK, NP_HELD_UNKNOWN, NP_HELD_NO, NP_HELD_YES };

/* A member of staff under one book. */
typedef struct np_seat {
    np_situation *situation, *own_situation; /* beside the baseline on its track: the baseline's */
    np_payslip *payslip, *own_payslip; /* its slots hold the inputs as they are in the first month of the career */
    uint16_t from, until;              /* months in service */
    np_date end, contract_end;         /* NP_DATE_NONE: none */
    np_date known_until;               /* see np_terms */
    bool step_assumed;                 /* see np_outcome */
    uint16_t currency;                 /* of the payslip */
    int64_t unit;                      /* minor units in one unit of it */
    bool same_track;                   /* as the baseline's */
    bool fast;                         /* so far it was computed the fast way */
    uint64_t different;                /* marks of knots that came out otherwise than under the baseline */
} np_seat;

/* One book at work, for all seats. */
typedef struct np_worker {
    np_lane lane;
    np_ts_eval ts;
    np_arena *figures;   /* of the timeseries evaluator */
    np_situation *plain; /* for the plain way, which changes it from month to month */
    np_seat seats[NP_BATCH];
    np_seat *seat;         /* whose turn it is */
    np_rows alone, beside; /* in service: on a track of their own (or of the baseline), on the baseline's */
    uint16_t from[NP_BATCH], until[NP_BATCH];  /* months in service */
    np_segment inputs[NP_SLOTS_MAX][NP_BATCH]; /* inputs that stand still */
    uint64_t by_default[NP_SLOTS_MAX];         /* seats whose input is its literal default, as it was before */
    np_segment *woven;                         /* series of grade, step and rules */
    size_t woven_count;
    np_paid (*paid)[NP_BATCH];           /* [line] */
    const np_paid *(*counted)[NP_BATCH]; /* [line]: its own, or the baseline's */
    np_rise *rises;                      /* of all lines and seats: side by side, as they come to be paid */
    size_t rise_count;
    np_held (*held)[NP_BATCH]; /* [slot of a rule] */
} np_worker;

struct np_engine {
    np_engine_options options;
    np_window window;
    np_arena *arena, *scratch; /* scratch: of the seats at work */
    np_arena *months;          /* of one member of staff under one book, the plain way */
    np_worker *workers;
    size_t count;
    const char **text[NP_BATCH]; /* [slot of the baseline]: as given; NULL: not given */
    size_t inputs_end;           /* the slot after the last input of the baseline */
    np_diags quiet;              /* what goes wrong on the fast way is said by the plain way */
    np_engine_count counts;
    np_file *place; /* see np_engine_slot_at */
};

/* It is this seat's turn. */
static inline void np_worker_turn(np_worker *w, unsigned seat)
{
    w->seat = &w->seats[seat];
    np_ts_take_row(&w->ts, seat);
}

/* After each step: what failed goes the plain way. */
void np_worker_settle(np_worker *w, bool ok);

/* ---- engine_inputs.c ---- */

/* The inputs that anything names, in the first month of the career. Seats for which the plain way must be asked are
 * taken out. */
void np_worker_inputs(np_engine *e, np_worker *w, np_rows *seats);
/* Inputs as they are under the baseline. */
void np_worker_inputs_of(np_worker *w, const np_worker *baseline, const np_rows *seats);
/* The months in service, with grade and step in each. */
bool np_worker_track(np_engine *e, np_worker *w);
/* Whether the month in which service begins is paid by another day's state than that of its first: the plain way tells
 * what it comes to. */
bool np_worker_begins_apart(const np_engine *e, const np_worker *w);
bool np_worker_is_twin(const np_worker *w, unsigned seat);
bool np_worker_same_track(const np_worker *w, const np_worker *baseline);

/* ---- engine_rules.c ---- */

/* Keep segments for as long as this member of staff is computed. A segment like the one before it is not kept. */
void np_worker_weave(np_worker *w, size_t first, const np_value *value, uint16_t from, uint8_t state);
np_series np_worker_woven(const np_worker *w, size_t first);

/* One rule for the first `count` seats; of a scenario on the baseline's track only where it can differ from the
 * baseline's. */
void np_worker_rule(np_worker *w, const np_worker *baseline, const np_knot *knot, unsigned count);
/* Whether the scenario is for this member of staff, by the first month in service. */
bool np_worker_applies(np_worker *w, bool *applies);

/* ---- engine_sums.c ---- */

/* The payslip's currency. False when the plain way must be asked. */
bool np_worker_currency(np_worker *w);
/* Add to what a line comes to: it is due or open (np_line_state) with this value in the months from <= month <
 * until. */
void np_worker_pay(np_worker *w, const np_knot *knot, const np_value *value, uint8_t state, uint16_t from,
                   uint16_t until);

static inline void np_paid_clear(np_paid *paid)
{
    paid->status = NP_PUBLISHED;
    paid->due = paid->open = paid->paid = false;
}

/* So many units a month more, from a month of the window on. */
static inline void np_rise_add(const np_window *window, np_rise *rises, uint16_t month, int64_t units)
{
    uint8_t year = window->year_of[month];
    rises[year].rest += units * (window->year_end[year] - month);
    rises[year].month += units;
}

/* Amounts of more than 45 bits, which are far beyond any, go the plain way: 600 months of 256 lines fit 64 bits. */
static inline bool np_units_fit(int64_t units)
{
    return units >> 45 == units >> 63;
}

/* A line goes on with what it comes to from some month on; false when nothing was paid before and nothing is now. */
static inline bool np_paid_go_on(np_worker *w, np_paid *paid, int64_t units, uint16_t from)
{
    const np_window *window = w->ts.window;
    if (paid->paid && paid->until == from) return true;
    if (!paid->paid) {
        if (units == 0) return false;
        paid->rises = w->rises + w->rise_count;
        w->rise_count += window->years;
        memset(paid->rises, 0, window->years * sizeof *paid->rises);
        paid->paid = true;
    } else {
        np_rise_add(window, paid->rises, paid->until, -paid->units);
    }
    paid->units = 0;
    return true;
}

/* Add to what a line comes to that comes every month: so many minor units of the payslip's currency in each month.
 * Later months come later. */
static inline void np_worker_pay_units(np_worker *w, np_paid *paid, int64_t units, uint8_t status, uint16_t from,
                                       uint16_t until)
{
    const np_window *window = w->ts.window;
    paid->due = true;
    if (status > paid->status) paid->status = status;
    if (!np_units_fit(units)) {
        w->ts.failed = true;
        return;
    }
    if (!np_paid_go_on(w, paid, units, from)) return;
    np_rise_add(window, paid->rises, from, units - paid->units);
    paid->units = units;
    paid->until = until;
}

/* What is paid in all, year by year. */
void np_worker_outcome(const np_worker *w, np_outcome *outcome);

#endif
