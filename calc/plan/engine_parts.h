/* The engine's inside. Private to calc/plan. */
#ifndef NATOPAY_PLAN_ENGINE_PARTS_H
#define NATOPAY_PLAN_ENGINE_PARTS_H

#include <string.h>

#include "lane.h"
#include "series.h"

enum { NP_WOVEN_MAX = 1 << 15 }; /* pieces of all seats; who finds no room is computed the plain way */

/* What a line comes to over the plan. */
typedef struct np_paid {
    int64_t *years; /* in minor units of the payslip's currency; means nothing unless `paid` */
    uint8_t status; /* the weakest of what is due */
    bool due, open; /* in some month */
    bool paid;      /* some amount is */
} np_paid;

/* A member of staff under one book. */
typedef struct np_seat {
    np_situation *situation, *own_situation; /* beside the baseline on its track: the baseline's */
    np_payslip *payslip, *own_payslip; /* its slots hold the inputs as they are in the first month of the career */
    uint16_t from, until;              /* months in service */
    np_date end, contract_end;         /* NP_DATE_NONE: none */
    uint16_t currency;                 /* of the payslip */
    int64_t unit;                      /* minor units in one unit of it */
    bool same_track;                   /* as the baseline's */
    bool fast;                         /* so far it was computed the fast way */
    np_slot_set different;             /* slots that came out otherwise than under the baseline */
    bool by_default[NP_SLOTS_MAX]; /* inputs that still are the literals they are by default, as for the one before */
} np_seat;

/* One book at work, for all seats. */
typedef struct np_worker {
    np_lane lane;
    np_loom loom;
    np_situation *plain; /* for the plain way, which changes it from month to month */
    np_seat seats[NP_SEATS];
    np_seat *seat;                           /* whose turn it is */
    np_piece inputs[NP_SLOTS_MAX][NP_SEATS]; /* inputs that stand still */
    np_piece *woven;                         /* series of grade, step and rules */
    size_t woven_count;
    np_paid (*paid)[NP_SEATS];           /* [line] */
    const np_paid *(*counted)[NP_SEATS]; /* [line]: its own, or the baseline's */
} np_worker;

struct np_engine {
    np_engine_options options;
    np_window window;
    np_arena *arena, *scratch;
    np_worker *workers;
    size_t count;
    const char *(*text)[NP_SEATS]; /* [slot of the baseline]: as given; NULL: not given */
    np_diags quiet;                /* what goes wrong on the fast way is said by the plain way */
    np_engine_count counts;
    np_file *place; /* see np_engine_slot_at */
};

/* It is this seat's turn. */
void np_worker_turn(np_worker *w, unsigned seat);

/* ---- engine_inputs.c ---- */

/* The inputs that anything names, in the first month of the career. False when the plain way must be asked. */
bool np_worker_inputs(np_engine *e, np_worker *w);
/* The months in service, with grade and step in each. */
bool np_worker_track(np_engine *e, np_worker *w);
bool np_worker_is_twin(const np_worker *w);
bool np_worker_same_track(const np_worker *w, const np_worker *baseline);

/* ---- engine_rules.c ---- */

/* Keep pieces for as long as this member of staff is computed. A piece like the one before it is not kept. */
void np_worker_weave(np_worker *w, size_t first, const np_value *value, uint16_t from, uint8_t state);
np_series np_worker_woven(const np_worker *w, size_t first);

/* One rule; of a scenario on the baseline's track only where it can differ from the baseline's. */
void np_worker_rule(np_worker *w, const np_worker *baseline, const np_knot *knot);
/* Whether the scenario is for this member of staff, by the first month in service. */
bool np_worker_applies(np_worker *w, bool *applies);

/* ---- engine_sums.c ---- */

/* The payslip's currency. False when the plain way must be asked. */
bool np_worker_currency(np_worker *w);
/* Add to what a line comes to: it is due or open (np_line_state) with this value in the months from <= month <
 * until. */
void np_worker_pay(np_worker *w, const np_knot *knot, const np_value *value, uint8_t state, uint16_t from,
                   uint16_t until);
/* The same for a line that comes every month, in minor units of the payslip's currency. Amounts of more than 45 bits,
 * which are far beyond any, go the plain way: 600 months of 256 lines fit 64 bits. */
static inline void np_worker_pay_units(np_worker *w, np_paid *paid, int64_t units, uint8_t status, uint16_t from,
                                       uint16_t until)
{
    const np_window *window = w->loom.window;
    paid->due = true;
    if (status > paid->status) paid->status = status;
    if (units >> 45 != units >> 63) w->loom.failed = true;
    if (w->loom.failed || units == 0) return;
    if (!paid->paid) memset(paid->years, 0, window->years * sizeof *paid->years);
    paid->paid = true;
    for (uint8_t year = window->year_of[from]; from < until; year++) {
        uint16_t end = window->year_end[year] < until ? window->year_end[year] : until;
        paid->years[year] += units * (end - from);
        from = end;
    }
}

/* What is paid in all, year by year. */
void np_worker_outcome(const np_worker *w, np_outcome *outcome);

#endif
