/* The books of a plan side by side: what each rule names, and what a scenario can change. Private to calc/plan. */
#ifndef NATOPAY_PLAN_LANE_H
#define NATOPAY_PLAN_LANE_H

#include "natopay/career/track.h"
#include "natopay/pay/slot.h"
#include "natopay/plan/engine.h"

enum { NP_NAMES_MAX = 24, NP_ATOMS_MAX = 400, NP_ATOM_NAMES = 4, NP_BUNDLE_MAX = 16 };

/* A part of a formula that names few slots, as `recruited >= 2012-01-01` does: what it gives says better than the slots
 * themselves who can share a result. */
typedef struct np_atom {
    np_formula formula; /* its root is the part */
    uint16_t count;
    uint16_t names[NP_ATOM_NAMES];
} np_atom;

/* What a formula goes by. */
typedef enum np_part_kind { NP_PART_SLOT, NP_PART_GIVEN, NP_PART_ATOM } np_part_kind;

typedef struct np_part {
    uint8_t kind;
    uint16_t index; /* slot, or atom */
} np_part;

typedef struct np_parts {
    uint16_t count, name_count;
    np_part *parts;
    uint16_t *names; /* all slots that it reads */
} np_parts;

/* A rule as the engine computes it. */
typedef struct np_knot {
    uint16_t slot;
    uint8_t kind; /* np_kind */
    bool changed; /* the scenario can give it another value than the baseline does */
    const np_formula *when;
    np_parts condition, whole; /* of `when`; of all but `when`, with the names of all */
    bool leaf;                 /* a line that no formula names: only its sums matter */
    const np_formula
        *falls; /* of kind once: its day, when nothing matters but the month in which that falls; else NULL */
} np_knot;

/* Leaves that go by the same parts: they are looked up together. */
typedef struct np_bundle {
    uint16_t knots[NP_BUNDLE_MAX];
    size_t count;
    bool changed;
} np_bundle;

typedef struct np_lane {
    const np_book *book;
    const np_formula *when;
    np_knot *knots; /* in the order of evaluation */
    size_t knot_count;
    np_bundle *bundles;
    size_t bundle_count;
    const np_check **checks; /* those that stop, and ask inputs only */
    size_t check_count;
    np_atom atoms[NP_ATOMS_MAX];
    size_t atom_count;
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

/* Contradictions that stop; the payslip's slots are those of the first month's inputs. */
bool np_plan_checks(const np_check *const *checks, size_t count, const np_situation *situation, np_payslip *payslip,
                    np_diags *diags);
size_t np_plan_list_checks(const np_book *book, const np_check **checks);
bool np_plan_has_basics(const np_situation *situation, np_diags *diags);
bool np_plan_applies(const np_situation *situation, np_payslip *payslip, np_diags *diags, const np_formula *when,
                     bool *applies);
void np_plan_service(const np_window *window, const np_terms *terms, uint16_t *from, uint16_t *until);
void np_outcome_clear(np_outcome *outcome);
/* Whether a line of kind once falls into the month; one whose day is not known may fall into any. */
bool np_plan_falls(np_eval *eval, const np_formula *date, np_date month);

#endif
