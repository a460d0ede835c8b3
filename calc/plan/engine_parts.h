/* The engine's inside. Private to calc/plan. */
#ifndef NATOPAY_PLAN_ENGINE_PARTS_H
#define NATOPAY_PLAN_ENGINE_PARTS_H

#include "lane.h"
#include "memo.h"
#include "store.h"

/* A track as it was found before: courses and months. */
typedef struct np_found_track {
    uint16_t from, until;
    uint32_t grade, step, end, contract_end; /* courses; grade 0: the input's own; end, contract_end 0: not given */
} np_found_track;

/* What was asked last, and its answer. */
typedef struct np_last_asked {
    uint32_t answer; /* 0: nothing was asked */
    uint32_t *key;
} np_last_asked;

typedef struct np_knot_now {
    np_memo conditions, courses;
    np_last_asked last_condition, last;
} np_knot_now;

typedef struct np_bundle_now {
    np_memo memo; /* to a leaf, plus 1 */
    np_last_asked last;
} np_bundle_now;

typedef struct np_atom_now {
    np_memo memo;
    uint32_t key[NP_ATOM_NAMES + 1], answer;
} np_atom_now;

/* One book at work. */
typedef struct np_worker {
    np_lane lane;
    np_situation *situation;
    np_payslip *payslip;
    np_knot_now *knots; /* [knot] */
    np_atom_now *atoms; /* [atom] */
    np_bundle_now *bundles;
    uint32_t fixed[NP_SLOTS_MAX];  /* courses of defaults that are literals; 0: not made yet */
    uint32_t *leaf;                /* [bundle]: of this member of staff */
    bool same_bundles;             /* as the baseline's */
    np_memo tracks, twin_tracks;   /* to a place in found, plus 1 */
    uint32_t course[NP_SLOTS_MAX]; /* of this member of staff */
    np_found_track track;
    bool same_track;
    const np_formula *falls; /* asked last of what comes once, and whether it falls outside */
    bool outside;
} np_worker;

struct np_engine {
    np_engine_options options;
    np_window window;
    np_arena *arena, *scratch;
    np_store store;
    np_cell_memo cells;
    np_worker *workers;
    size_t count;
    np_found_track *found;
    uint32_t found_count, found_capacity;
    const char *text[NP_SLOTS_MAX]; /* as given, [slot of the baseline] */
    uint32_t given[NP_SLOTS_MAX];   /* the course of each */
    np_diags quiet;                 /* what goes wrong on the fast way is said by the plain way */
    np_engine_count counts;
    np_file *place; /* see np_engine_slot_at */
};

/* ---- engine_track.c ---- */

/* The inputs that anything names, as they are in the first month of the career: they do not change but for grade, step
 * and date. False when the plain way must be asked. */
bool np_worker_inputs(np_engine *e, np_worker *w);
/* The months in service, grades and steps. */
bool np_worker_track(np_engine *e, np_worker *w);
bool np_worker_is_twin(const np_worker *w);

/* ---- engine_rules.c ---- */

/* All rules; of a scenario on the baseline's track those alone that it can change. */
bool np_worker_rules(np_engine *e, np_worker *w);
/* Whether nothing of a line need be computed, as it comes once and outside the months in service. */
bool np_worker_outside(np_engine *e, np_worker *w, const np_knot *knot);
/* The date of a month, where rules look for it. */
void np_worker_date(const np_engine *e, np_worker *w, uint16_t month);

/* ---- engine_sums.c ---- */

/* The leaves of a bundle. False when the plain way must be asked. */
bool np_worker_bundle(np_engine *e, np_worker *w, size_t bundle);
bool np_worker_outcome(np_engine *e, np_worker *w, np_outcome *outcome);

/* What engine_rules.c lends to engine_sums.c. */
uint32_t np_worker_condition(np_engine *e, np_worker *w, size_t knot);
bool np_worker_never(const np_engine *e, uint32_t condition);
/* Adds the words of the parts to a key; 0: an error. *passing is set when the key cannot be looked up. */
uint32_t np_worker_words(np_engine *e, np_worker *w, const np_parts *parts, uint32_t *key, uint32_t words,
                         bool *passing);

/* Going through the months of what a formula names. */
typedef struct np_showing {
    const np_segment *at[NP_NAMES_MAX], *last[NP_NAMES_MAX];
    bool begun;
} np_showing;

/* Let formulas see what they name in a month; the month in which something of it changes next. */
uint16_t np_worker_show(np_engine *e, np_worker *w, const np_parts *parts, np_showing *showing, uint16_t month);
uint16_t np_worker_again(const np_engine *e, np_date horizon, const np_value *value, uint16_t month, uint16_t next);
bool np_last_was(const np_last_asked *last, const uint32_t *key, uint32_t words);
void np_last_is(np_last_asked *last, const uint32_t *key, uint32_t words, uint32_t answer);

#endif
