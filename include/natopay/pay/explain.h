/* Why a line is what it is, or why it is not there: a tree from the line down to inputs, parameters and scale
 * figures. */
#ifndef NATOPAY_PAY_EXPLAIN_H
#define NATOPAY_PAY_EXPLAIN_H

#include "natopay/pay/payslip.h"

typedef enum np_step_kind {
    NP_STEP_LINE,     /* a rule */
    NP_STEP_WHEN,     /* its condition */
    NP_STEP_AMOUNT,   /* its amount */
    NP_STEP_ROUNDING, /* before and after */
    NP_STEP_INPUT,
    NP_STEP_PARAMETER,
    NP_STEP_SCALE,   /* a scale figure, its derivation below it */
    NP_STEP_RATE,    /* an exchange rate */
    NP_STEP_MISSING, /* what is not known */
    NP_STEP_CHANGE,  /* what would turn an absent line on */
    NP_STEP_TOTAL,   /* a sum of lines, which stand below it */
    NP_STEP_SLICE    /* progressive(...), and below it each slice that the value reaches */
} np_step_kind;

const char *np_step_kind_name(np_step_kind kind);

typedef struct np_step {
    np_step_kind kind;
    const char *name;    /* of the rule, input, parameter ...; "" when it has none */
    const char *label;   /* in the language asked for; NULL: none */
    const char *formula; /* as the book writes it; NULL: none */
    const char *filled;  /* the same with values in place of names; NULL: nothing to fill in */
    bool has_value;
    np_value value;
    const char *detail; /* the rest in words; NULL: none */
    const char *answer; /* of a root: one sentence that says it all; NULL: none */
    np_date effective;  /* NP_DATE_NONE: does not apply */
    bool has_status;
    np_status status;
    const np_source **sources;
    size_t source_count;
    np_span at;
    struct np_step *first, *last, *next;
} np_step;

/* The whole explanation of a rule's line. The payslip must have been computed with a trace; the tree lives in its
 * arena. */
np_step *np_explain_rule(const np_payslip *payslip, const np_situation *situation, const np_rule *rule,
                         const np_lang *lang);

/* The same with the one sentence that answers: "Pension contribution 426.84 EUR = 8% * 5335.54 EUR, rounded", or why
 * it is not due. */
np_step *np_answer_rule(const np_payslip *payslip, const np_situation *situation, const np_rule *rule,
                        const np_lang *lang);

typedef enum np_total_kind {
    NP_TOTAL_GROSS,
    NP_TOTAL_DEDUCTIONS,
    NP_TOTAL_NET,
    NP_TOTAL_EMPLOYER,
    NP_TOTAL_ONCE, /* all that comes once, in whichever month */
    NP_TOTAL_COUNT
} np_total_kind;

/* By name: gross, deductions, net, employer_cost, once. */
const char *np_total_name(np_total_kind kind);

/* By its name, or as a payslip in English or the given language has it: "Net a month". */
bool np_total_parse(const char *name, const np_lang *lang, np_total_kind *kind);

/* A total with its sentence ("Net 4748.63 EUR = gross 5335.54 - ...") and its lines below it, each with its whole
 * explanation. */
np_step *np_explain_total(const np_payslip *payslip, const np_situation *situation, np_total_kind kind,
                          const np_lang *lang);

/* The smallest change of inputs that would make a line due: one row for each single input (with the number of values
 * of it that would do), else for each pair of inputs; empty when none was found among the values tried. */
typedef struct np_change {
    uint16_t slot[2];
    np_value value[2];
    size_t inputs;       /* 1 or 2 */
    size_t alternatives; /* further values of the (first) input that would do as well */
} np_change;

size_t np_find_changes(const np_payslip *payslip, const np_situation *situation, const np_rule *rule,
                       np_change **changes);

#endif
