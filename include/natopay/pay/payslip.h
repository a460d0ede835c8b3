/* The payslip of one month: a line for each rule, and the totals. */
#ifndef NATOPAY_PAY_PAYSLIP_H
#define NATOPAY_PAY_PAYSLIP_H

#include "natopay/pay/eval.h"

typedef enum np_line_state {
    NP_LINE_NOT_IN_FORCE, /* outside the rule's from and until */
    NP_LINE_NOT_DUE,      /* its condition does not hold */
    NP_LINE_OPEN,         /* inputs or figures are missing: it is not counted, and said to be open */
    NP_LINE_DUE
} np_line_state;

typedef struct np_line {
    uint8_t state;  /* np_line_state */
    uint8_t status; /* np_status: of the amount, or of the condition that failed */
    uint16_t currency;
    np_num exact;              /* before rounding */
    np_num amount;             /* after */
    np_date date;              /* of kind once: when it falls due */
    const np_missing *missing; /* when open */
} np_line;

typedef struct np_total {
    np_num amount;
    uint8_t status; /* the weakest of its lines */
} np_total;

/* When projecting: how long the value of one slot stands while the slots it depends on stay as they are. */
typedef struct np_validity {
    np_date horizon;             /* first month in which it may differ; INT32_MAX: none */
    const np_node *horizon_node; /* what says so, in horizon_formula; NULL: a rule's or figure's own date */
    const np_formula *horizon_formula;
} np_validity;

/* What the net is worth while a required rule is open: nothing is missing; what is missing are deductions; or it is
 * something that may add to the net or take from it. */
typedef enum np_net_bound { NP_NET_WHOLE, NP_NET_AT_MOST, NP_NET_INCOMPLETE } np_net_bound;

/* "at_most", "incomplete"; NULL: the net is whole. */
const char *np_net_bound_name(np_net_bound bound);

typedef struct np_payslip {
    const np_book *book;
    np_arena *arena;
    const np_situation *situation; /* that it was computed for */
    np_date date;                  /* the `date` it was computed for */
    uint16_t currency;
    np_line *lines;        /* [rule] */
    np_value *slots;       /* [slot] */
    np_value *trace;       /* [node id], when asked for */
    np_validity *validity; /* [slot]; NULL until it was computed with projecting */
    np_total gross;        /* salary and allowances */
    np_total deductions;
    np_total adjustments; /* behind the deductions: they raise the net, or lower it below zero */
    np_total net;         /* gross less deductions, with the adjustments, a month */
    np_total employer;    /* gross, the adjustments that the employer bears, and what it pays on top */
    np_total once;        /* what comes once and falls due in this month */
    size_t open_lines;
    np_net_bound bound;
    /* of one month of a career: see natopay/career/month.h */
    const np_value *begins;            /* [slot]: inputs as the career begins with them; NULL: as they are here */
    uint16_t rests_on;                 /* an assumed input that the step goes by; UINT16_MAX: none */
    const struct np_payslip **line_of; /* [rule]: where its line was computed, of kind once; NULL: here */
    const np_slot_set *falling; /* lines of kind once that are computed in the month of their day alone; NULL: none */
    /* when projecting: the first month whose payslip may differ while all inputs but `date` stay (INT32_MAX: none),
     * and the part of a formula that says so (NULL: a rule's or figure's own date) */
    np_date horizon;
    const np_node *horizon_node;
    const np_formula *horizon_formula;
} np_payslip;

typedef struct np_pay_options {
    bool trace;          /* keep every value for explanations */
    const uint8_t *ends; /* see np_eval */
    bool *took_part;     /* see np_eval */
    bool projecting;     /* find the horizon; `date` must be given as the first of a month */
    bool lines_alone;    /* lines count, not the totals: the salary may be unknown, and totals are not added up */
} np_pay_options;

/* Room for a payslip, to be computed as often as one likes. */
np_payslip *np_payslip_new(const np_book *book, np_arena *arena, bool trace);

/* Compute it. False after reporting: a salary that cannot be given (which key is missing where), a division by zero,
 * ... Must run under np_arena_guard of the payslip's arena. */
bool np_payslip_compute(np_payslip *payslip, const np_situation *situation, np_diags *diags,
                        const np_pay_options *options);

/* Contradictions and advice of the book for this situation ([check X]); false when one of them stops. The
 * payslip must have been computed. */
bool np_payslip_check(const np_payslip *payslip, const np_situation *situation, np_diags *diags);

/* An input as it was given or assumed, whatever a career has made of it since. */
const np_value *np_payslip_input(const np_payslip *payslip, uint16_t slot);
/* The payslip in which a rule's line was computed: of kind once, that of the month of its day. */
const np_payslip *np_payslip_of_line(const np_payslip *payslip, const np_rule *rule);

/* A summary of what a value rests on, collected from a traced payslip. */
typedef struct np_provenance {
    const np_source **sources;
    size_t source_count, source_capacity;
    bool *inputs;     /* [slot]: inputs that took part */
    bool *parameters; /* [parameter] */
    bool *rules;      /* [rule]: visited, the line's own included */
    bool *figures;    /* [uncertain]: figures that have a range somewhere; NULL: not asked for */
    bool brief;       /* sources, which take most of the time, are not looked for; known(x) counts as looking at x */
} np_provenance;

np_provenance *np_provenance_new(const np_book *book, np_arena *arena);
/* Add what a line's amount (and condition) rests on. */
void np_provenance_add_line(np_provenance *basis, const np_payslip *payslip, const np_rule *rule);
/* Of every line of the payslip: for "what was assumed". */
void np_provenance_add_all(np_provenance *basis, const np_payslip *payslip);

/* "nationality, birth_date": the inputs in a set, by name. */
const char *np_missing_names(const np_book *book, np_arena *arena, const np_missing *missing);

#endif
