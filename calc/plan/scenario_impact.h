/* The books of a plan side by side: what each rule names, and what a scenario can change. Private to calc/plan. */
#ifndef NATOPAY_PLAN_SCENARIO_IMPACT_H
#define NATOPAY_PLAN_SCENARIO_IMPACT_H

#include "natopay/career/grade_history.h"
#include "natopay/pay/slot.h"
#include "natopay/plan/engine.h"

enum { NP_NO_LINE = UINT16_MAX };

/* A rule as the engine computes it. */
typedef struct np_rule_plan {
    const np_rule *rule;
    uint16_t slot;
    uint16_t line;                 /* which line of the payslip it is; NP_NO_LINE: a fact */
    uint16_t from, until;          /* months of the window in which it is in force */
    bool always;                   /* ... which are all of them, and it does not fall on a day */
    bool leaf;                     /* a line that nothing names: what it adds up to is all that matters */
    bool other_when, other_amount; /* the scenario changes the formula, or a figure that it names */
    bool other;                    /* ... or one of those that it goes by */
    uint64_t mark; /* of one that the scenario can change; two rules with one mark are only computed again */
    uint64_t goes_by_when, goes_by; /* marks of those that its condition, and all its formulas, name */
    uint16_t barred_by;    /* an input whose literal default settles its condition with a no; UINT16_MAX: none */
    uint8_t barred_status; /* how sure that is */
    bool falls;            /* of kind once: nothing matters but the month in which its day falls, which inputs say */
} np_rule_plan;

typedef struct np_book_plan {
    const np_book *book;
    const np_formula *when;
    np_rule_plan *rule_plans; /* in the order of evaluation */
    size_t rule_plan_count;
    uint16_t lines[NP_SLOTS_MAX]; /* [line]: its rule */
    size_t line_count;
    const np_check **checks;      /* those that stop, and ask inputs only */
    uint16_t *check_guards;       /* [check]: an input without which it cannot hold; UINT16_MAX: none */
    bool *check_asks_inputs_only; /* [check]: it asks inputs alone, whatever the month */
    size_t check_count;
    uint16_t inputs[NP_SLOTS_MAX]; /* those that anything names, in the order of evaluation */
    size_t input_count;
    uint16_t asked[NP_SLOTS_MAX]; /* ... and those of them that anything names which the scenario can change */
    size_t asked_count;
    uint16_t moving[NP_SLOTS_MAX]; /* those whose default goes with grade, step or the month */
    size_t moving_count;
    bool inputs_changed, terms_changed, twins_changed, checks_changed;
    np_date *mid_month; /* days within a month from which a figure or rule counts */
    size_t mid_month_count;
    bool names_day;      /* a formula goes by the day of the date, not by its month alone */
    bool possible;       /* inputs and terms stand still; else np_plan_compute_monthly computes all */
    bool other_tables;   /* its grades, countries or currencies are not the baseline's: values must be read anew */
    bool other_slots;    /* its slots are not the baseline's: rules or inputs were added */
    np_slot_set falling; /* rules that fall: see np_rule_plan */
    uint64_t touched[NP_SLOTS_MAX / 64];       /* rules that the scenario changes, by their slots */
    uint64_t touched_there[NP_SLOTS_MAX / 64]; /* ... by their slots in the baseline */
    uint16_t slot_of[NP_SLOTS_MAX];            /* of an input of the baseline; UINT16_MAX: none */
} np_book_plan;

/* Look at a book beside the baseline (NULL: it is the baseline). The arena must have a guard in force. */
void np_book_plan_read(np_book_plan *book_plan, np_arena *arena, const np_window *window, const np_plan_book *plan_book,
                       const np_book *baseline);

/* Which days within a month matter to a book: first_month.c. */
void np_book_plan_find_days(np_book_plan *book_plan, np_arena *arena);

/* What a book may only do when all do: lines that neither a rule nor the condition of any scenario names become leaves,
 * and what comes once is computed for its month alone when it does so under every book. */
void np_book_plans_agree(np_book_plan *const *book_plans, size_t count);

/* ---- shared with the month by month evaluation: monthly.c ---- */

/* Contradictions that stop; the payslip's slots are those of the first month's inputs. */
bool np_plan_checks(const np_check *const *checks, size_t count, const np_situation *situation, np_payslip *payslip,
                    np_diags *diags);
size_t np_plan_list_checks(const np_book *book, const np_check **checks);
bool np_plan_has_basics(const np_situation *situation, np_diags *diags);
bool np_plan_applies(const np_situation *situation, np_payslip *payslip, np_diags *diags, const np_formula *when,
                     bool *applies);
/* The months in service within the span. With stops_at_end the terms' service ends with the contract at the latest. */
void np_plan_service(const np_window *window, np_terms *terms, np_plan_span span, uint16_t *from, uint16_t *until);
/* Whether a day in the months from <= month < until is paid after the contract's end (NP_DATE_NONE: it has none). The
 * last day paid is that of the last month, or of service (NP_DATE_NONE: without end) when it ends before. */
bool np_plan_goes_beyond(const np_window *window, np_date contract_end, np_date service_end, uint16_t from,
                         uint16_t until);
void np_outcome_clear(np_outcome *outcome);
/* Whether a line of kind once falls into the month; one whose day is not known may fall into any. */
bool np_plan_falls(np_eval *eval, const np_formula *date, np_date month);

#endif
