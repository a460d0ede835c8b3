/* The books of a plan side by side: what each rule names, and what a scenario can change. Private to calc/plan. */
#ifndef NATOPAY_PLAN_LANE_H
#define NATOPAY_PLAN_LANE_H

#include "natopay/career/track.h"
#include "natopay/pay/slot.h"
#include "natopay/plan/engine.h"

enum { NP_NAMES_MAX = 24 };

/* A rule as the engine computes it. */
typedef struct np_knot {
    uint16_t slot;
    uint8_t kind;     /* np_kind */
    bool changed;     /* the scenario can give it another value than the baseline does */
    uint16_t count;
    uint16_t names[NP_NAMES_MAX]; /* slots that it names; of some only whether they are given */
    bool presence[NP_NAMES_MAX];
} np_knot;

typedef struct np_lane {
    const np_book *book;
    const np_formula *when;
    np_knot *knots; /* in the order of evaluation */
    size_t knot_count;
    uint16_t inputs[NP_SLOTS_MAX]; /* those that anything names, in the order of evaluation */
    size_t input_count;
    uint16_t terms[NP_SLOTS_MAX]; /* inputs that the terms of a contract go by */
    size_t term_count;
    uint16_t twins[NP_SLOTS_MAX]; /* further ones that matter in a twin-graded post */
    size_t twin_count;
    bool inputs_changed, terms_changed, twins_changed, checks_changed;
    bool possible; /* every rule can be looked up; else np_plan_reference computes all */
    bool apart;    /* its grades, countries or currencies are not the baseline's: values must be read anew */
    bool own;      /* its slots are not the baseline's: rules or inputs were added */
    uint16_t slot_of[NP_SLOTS_MAX]; /* of an input of the baseline; UINT16_MAX: none */
} np_lane;

/* Whether a formula names inputs, and no rules. */
bool np_names_inputs_only(const np_book *book, const np_node *node);

/* Look at a book beside the baseline (NULL: it is the baseline). The arena must have a guard in force. */
void np_lane_read(np_lane *lane, np_arena *arena, const np_plan_book *own, const np_book *baseline);

/* ---- shared by the fast and the plain way: reference.c ---- */

bool np_plan_checks(const np_situation *situation, np_payslip *payslip, np_diags *diags);
bool np_plan_has_basics(const np_situation *situation, np_diags *diags);
bool np_plan_applies(const np_situation *situation, np_payslip *payslip, np_diags *diags, const np_formula *when,
                     bool *applies);
void np_plan_service(const np_window *window, const np_terms *terms, uint16_t *from, uint16_t *until);
void np_outcome_clear(np_outcome *outcome);

#endif
