/* The state of an engine: a batch of rows under each book, and what each of its files does with it. Private to
 * calc/plan. */
#ifndef NATOPAY_PLAN_ENGINE_INTERNAL_H
#define NATOPAY_PLAN_ENGINE_INTERNAL_H

#include <string.h>

#include "scenario_impact.h"
#include "natopay/pay/timeseries.h"

enum { NP_SEGMENTS_MAX = 1 << 17 }; /* segments of all rows; on overflow, compute month by month */

/* What is paid a month from some month of a period on: it adds `rest` to that period and `month` to each month of all
 * later ones. In minor units of the payslip's currency. */
typedef struct np_pay_change {
    int64_t rest, month;
} np_pay_change;

/* What a line comes to over the plan. */
typedef struct np_paid {
    np_pay_change *pay_changes; /* [period]; there when it is `paid` */
    int64_t units;              /* what is paid a month up to `until`, where it ends, unless it goes on */
    uint16_t until;
    uint8_t status; /* the weakest of what is due */
    bool due, open; /* in some month */
    bool paid;      /* some amount is */
} np_paid;

/* How a rule's condition came out when it is the same in all months. */
typedef struct np_condition_result {
    uint8_t is; /* NP_HELD_... */
    uint8_t status;
} np_condition_result;

enum { NP_CONDITION_VARIES, NP_CONDITION_UNKNOWN, NP_CONDITION_NO, NP_CONDITION_YES };

/* A member of staff under one book. */
typedef struct np_batch_row {
    np_situation *situation, *own_situation; /* the baseline's own where both have one history */
    np_payslip *payslip, *own_payslip; /* its slots hold the inputs as they are in the first month of the career */
    uint16_t from, until;              /* months in service */
    np_date end, contract_end;         /* NP_DATE_NONE: none */
    np_date known_until;               /* see np_terms */
    bool step_assumed;                 /* see np_outcome */
    uint16_t currency;                 /* of the payslip */
    int64_t unit;                      /* minor units in one unit of it */
    bool same_history;                 /* as the baseline's */
    bool fast;                         /* so far it was computed the fast way */
    uint64_t different;                /* marks of rules that came out otherwise than under the baseline */
} np_batch_row;

/* An input that is not what the list says. */
typedef struct np_given {
    uint16_t slot;
    np_value value; /* of no type: it is not given any more */
} np_given;

/* Months through which a member of staff has the same inputs. */
typedef struct np_piece {
    np_plan_span span;
    bool left; /* service ends with it, by a change */
    const np_given *given;
    size_t given_count;
} np_piece;

/* One book at work, for all rows. */
typedef struct np_book_state {
    np_book_plan book_plan;
    np_ts_eval ts;
    np_arena *figures;   /* of the timeseries evaluator */
    np_situation *plain; /* computed month by month: changes from month to month */
    np_batch_row rows[NP_BATCH];
    np_batch_row *row; /* whose turn it is */
    np_rows full_rows,
        reusing_rows; /* in service: computed in full; with the baseline's history, whose results they reuse */
    uint16_t from[NP_BATCH], until[NP_BATCH];  /* months in service */
    np_segment inputs[NP_SLOTS_MAX][NP_BATCH]; /* inputs that stand still */
    uint64_t by_default[NP_SLOTS_MAX];         /* rows whose input is its literal default, as it was before */
    np_segment *segments;                      /* series of grade, step and rules */
    size_t segment_count;
    np_paid (*paid)[NP_BATCH];           /* [line] */
    const np_paid *(*counted)[NP_BATCH]; /* [line]: its own, or the baseline's */
    np_pay_change *pay_changes;          /* of all lines and rows: side by side, as they come to be paid */
    size_t pay_change_count;
    np_condition_result (*conditions)[NP_BATCH]; /* [slot of a rule] */
    const np_piece *piece[NP_BATCH];             /* NULL: all months, with the inputs of the list */
    size_t number;                               /* of the book */
} np_book_state;

/* A day on which a scenario changes something. */
typedef struct np_change_day {
    const np_staff_change *change;
    np_date on;
    uint16_t month;      /* the first that is paid as things stand after it */
    uint32_t occurrence; /* of a change that repeats: from 0 */
} np_change_day;

/* The changes of a scenario's book at work. */
typedef struct np_changes_state {
    np_plan_book plan_book; /* the same book, for all staff */
    np_book_state state;
    np_change_day *days; /* by their dates */
    size_t day_count;
    np_situation *listed, *now; /* as the list says; as things stand on a day */
    np_payslip *payslip;        /* of that day */
    np_piece *pieces[NP_BATCH];
    size_t piece_count[NP_BATCH]; /* 0: nothing changes */
    uint64_t changes[NP_BATCH];   /* those that were for the row, by their number */
    bool left[NP_BATCH];          /* by one of them */
    np_outcome *sums;             /* [NP_BATCH] */
} np_changes_state;

struct np_engine {
    np_engine_options options;
    np_window window;
    np_arena *arena, *scratch; /* scratch: of the rows at work */
    np_arena *months;          /* of one member of staff under one book, month by month */
    np_book_state *states;
    np_changes_state **changing; /* [book]; NULL: it changes nothing about staff */
    size_t count;
    const char **text[NP_BATCH];              /* [slot of the baseline]: as given; NULL: not given */
    size_t inputs_end;                        /* the slot after the last input of the baseline */
    const np_engine_period *before[NP_BATCH]; /* the earlier periods of the same person; NULL: none */
    const np_date *next[NP_BATCH];            /* when the person's next row begins; NULL: there is none */
    uint16_t takeover[NP_BATCH];              /* the month from which that is paid */
    np_diags quiet; /* what goes wrong on the fast way is reported when it is computed month by month */
    np_engine_count counts;
    np_file *place; /* see np_engine_slot_at */
};

/* From now on, what is computed is of this row. */
static inline void np_book_state_set_row(np_book_state *w, unsigned row)
{
    w->row = &w->rows[row];
    np_ts_take_row(&w->ts, row);
}

/* The situation and payslip that a row is computed with: its own, or the baseline's. */
static inline void np_book_state_set_situation(np_book_state *w, size_t row, np_situation *situation,
                                               np_payslip *payslip)
{
    w->rows[row].situation = situation;
    w->rows[row].payslip = payslip;
    w->ts.situations[row] = situation;
    w->ts.values[row] = payslip->slots;
}

/* ---- engine_rows.c ---- */

/* After each step: what failed goes month by month. */
void np_book_state_end_step(np_book_state *w, bool ok);
/* Give an input its value as text: what is wrong with it is said of its slot. False after reporting. */
bool np_engine_set_text(np_engine *e, np_situation *s, uint16_t slot, const char *name, const char *text,
                        np_diags *diags);
/* What a piece says over what the list does. */
void np_piece_apply(np_situation *situation, const np_piece *piece);

/* ---- engine_batch.c ---- */

/* Nothing is left of the batch before. */
void np_book_state_empty(np_book_state *w);
/* All rows of the batch through the book of a number, the fast way; w->rows[].fast says for whom it could be done. */
void np_engine_compute_batch(np_engine *e, size_t number, const np_engine_row *rows, unsigned count);
/* The same for these rows through their pieces, w->piece. */
void np_engine_compute_pieces(np_engine *e, np_book_state *w, const np_rows *rows, np_outcome *outcomes);

/* ---- engine_monthly.c ---- */

/* Forget which inputs of a row were found by default: they are to be found anew. */
void np_engine_forget_defaults(np_book_state *w, unsigned row);
/* Give a situation what the list says, as text. False after reporting. */
bool np_engine_apply_list(np_engine *e, np_situation *situation, unsigned row, np_diags *diags);
/* One row month by month, through its piece if it has one. False after reporting. */
bool np_engine_monthly(np_engine *e, np_book_state *w, unsigned row, np_outcome *outcome, np_diags *diags);

/* The months that a row may be paid under a book: between its person's periods before and after, and of its piece. */
static inline np_plan_span np_engine_span(const np_engine *e, size_t book, unsigned row, const np_piece *piece)
{
    np_plan_span span =
        piece ? piece->span : (np_plan_span){.until = e->window.months, .stops_at_end = e->options.stops_at_end};
    const np_engine_period *before = e->before[row];
    span.goes_on = e->next[row] && !(piece && piece->left);
    if (span.goes_on) span.next = *e->next[row];
    if (span.until > e->takeover[row]) span.until = e->takeover[row];
    if (before && before->left[book]) span.until = 0;
    if (before && span.from < before->until[book]) span.from = before->until[book];
    return span;
}

/* ---- engine_changes.c ---- */

/* The first month of the window that is paid as things stand after a day: a change within a month counts from the
 * next. */
static inline uint16_t np_first_month_after(const np_window *window, np_date on)
{
    uint16_t month = np_window_month(window, on);
    return month < window->months && window->start[month] < on ? (uint16_t)(month + 1) : month;
}

/* The days of a scenario's changes within the window. */
void np_changes_state_find_days(np_changes_state *changing, np_arena *arena, const np_window *window);
/* The pieces of a row; none when nothing changes. False after reporting. */
bool np_changes_state_find_pieces(np_engine *e, np_changes_state *changing, unsigned row, const np_engine_row *of);

/* ---- engine_pieces.c ---- */

/* What a scenario's changes make of rows that were computed without them. */
void np_engine_apply_changes(np_engine *e, size_t number, np_engine_row *rows, unsigned count);

/* ---- engine_inputs.c ---- */

/* The inputs that anything names, in the first month of the career. Rows that must be computed month by month are
 * taken out. */
void np_book_state_read_inputs(np_engine *e, np_book_state *w, np_rows *rows);
/* Inputs as they are under the baseline. */
void np_book_state_copy_inputs(np_book_state *w, const np_book_state *baseline, const np_rows *rows);
/* The months in service, with grade and step in each. */
bool np_book_state_read_history(np_engine *e, np_book_state *w);
/* Whether the month in which service begins is paid by another day's state than that of its first: computing month
 * by month tells what it comes to. */
bool np_book_state_starts_mid_month(const np_engine *e, const np_book_state *w);
bool np_book_state_is_twin(const np_book_state *w, unsigned row);
bool np_book_state_has_same_history(const np_book_state *w, const np_book_state *baseline);

/* ---- engine_writing.c ---- */

/* Keep segments for as long as this member of staff is computed. A segment like the one before it is not kept. */
void np_book_state_append(np_book_state *w, size_t first, const np_value *value, uint16_t from, uint8_t state);
np_series np_book_state_series(const np_book_state *w, size_t first);

/* ---- engine_rules.c ---- */

/* One rule for the first `count` rows; of a scenario with the baseline's history only where it can differ from the
 * baseline's. */
void np_book_state_compute_rule(np_book_state *w, const np_book_state *baseline, const np_rule_plan *rule_plan,
                                unsigned count);
/* Whether the scenario is for this member of staff, by the first month in service. */
bool np_book_state_applies(np_book_state *w, bool *applies);

/* ---- engine_sums.c ---- */

/* The payslip's currency. False when it must be computed month by month. */
bool np_book_state_read_currency(np_book_state *w);
/* Add to what a line comes to: it is due or open (np_line_state) with this value in the months from <= month <
 * until. */
void np_book_state_add_pay(np_book_state *w, const np_rule_plan *rule_plan, const np_value *value, uint8_t state,
                           uint16_t from, uint16_t until);

static inline void np_paid_clear(np_paid *paid)
{
    paid->status = NP_PUBLISHED;
    paid->due = paid->open = paid->paid = false;
}

/* So many units a month more, from a month of the window on. */
static inline void np_pay_change_add(const np_window *window, np_pay_change *pay_changes, uint16_t month, int64_t units)
{
    uint8_t period = window->period_of[month];
    pay_changes[period].rest += units * (window->period_end[period] - month);
    pay_changes[period].month += units;
}

/* Amounts of more than 45 bits, which are far beyond any, go month by month: 600 months of 256 lines fit 64 bits. */
static inline bool np_units_fit(int64_t units)
{
    return units >> 45 == units >> 63;
}

/* A line goes on with what it comes to from some month on; false when nothing was paid before and nothing is now. */
static inline bool np_paid_continue(np_book_state *w, np_paid *paid, int64_t units, uint16_t from)
{
    const np_window *window = w->ts.window;
    if (paid->paid && paid->until == from) return true;
    if (!paid->paid) {
        if (units == 0) return false;
        paid->pay_changes = w->pay_changes + w->pay_change_count;
        w->pay_change_count += window->periods;
        memset(paid->pay_changes, 0, window->periods * sizeof *paid->pay_changes);
        paid->paid = true;
    } else {
        np_pay_change_add(window, paid->pay_changes, paid->until, -paid->units);
    }
    paid->units = 0;
    return true;
}

/* Add to what a line comes to that comes every month: so many minor units of the payslip's currency in each month.
 * Later months come later. */
static inline void np_book_state_add_units(np_book_state *w, np_paid *paid, int64_t units, uint8_t status,
                                           uint16_t from, uint16_t until)
{
    const np_window *window = w->ts.window;
    paid->due = true;
    if (status > paid->status) paid->status = status;
    if (!np_units_fit(units)) {
        w->ts.eval.failed = true;
        return;
    }
    if (!np_paid_continue(w, paid, units, from)) return;
    np_pay_change_add(window, paid->pay_changes, from, units - paid->units);
    paid->units = units;
    paid->until = until;
}

/* What is paid in all, period by period. */
void np_book_state_sum_outcome(const np_book_state *w, np_outcome *outcome);

#endif
