/* An estimate and explanations as people and programs read them. */
#ifndef NATOPAY_REPORT_ESTIMATE_H
#define NATOPAY_REPORT_ESTIMATE_H

#include "natopay/base/json.h"
#include "natopay/career/milestones.h"
#include "natopay/pay/effects.h"
#include "natopay/pay/explain.h"
#include "natopay/pay/range.h"
#include "natopay/report/output.h"

/* All that an estimate shows. */
typedef struct np_estimate {
    const np_book *book;
    const np_situation *situation;
    const np_payslip *payslip; /* traced */
    np_range range;
    const np_sensitivity *sensitivity; /* NULL: not asked for */
    size_t sensitivity_count;
    const np_effect *questions; /* JSON: NULL: not asked for */
    size_t question_count;
    const np_diags *diags; /* its warnings are part of the result */
    const np_lang *lang;
    bool explain;                  /* text and JSON: every line's explanation */
    const np_eligible *conditions; /* what an appointment asks; NULL: not asked for */
    size_t condition_count;
} np_estimate;

/* Whether somebody can be appointed at all, by the conditions that bar. */
typedef enum np_appointment_verdict {
    NP_APPOINTMENT_POSSIBLE,
    NP_APPOINTMENT_IMPOSSIBLE,
    NP_APPOINTMENT_UNKNOWN
} np_appointment_verdict;

np_appointment_verdict np_appointment(const np_eligible *conditions, size_t count);
const char *np_appointment_name(np_appointment_verdict verdict); /* possible, impossible, unknown */

np_output np_estimate_output(const np_estimate *estimate);

/* Whether the whole month is paid: its net times twelve is a year's. */
bool np_estimate_is_whole_month(const np_estimate *estimate);

/* A month of a post whose notice names no grade: what each grade would be paid. */
typedef struct np_grade_row {
    uint16_t grade;
    np_num basic_salary, net, low, high;
    uint8_t status; /* np_status: of the net */
    np_net_bound bound;
    bool fits; /* by what the notice says: of a twin-graded post, a lower grade of a pair; its category */
} np_grade_row;

typedef struct np_by_grade {
    const np_book *book;
    const np_situation *situation;
    np_date date;
    uint16_t currency;
    const np_grade_row *rows; /* those with a figure, by rank */
    size_t count;
    const uint16_t *hints; /* slots: what the post says that leaves only some grades */
    size_t hint_count;
    const bool *due;               /* [row * rules of the book + rule]: whether the line is due with the grade */
    const np_eligible *conditions; /* what an appointment asks; NULL: not asked for */
    size_t condition_count;
    const np_diags *diags;
    const np_lang *lang;
} np_by_grade;

np_output np_by_grade_output(const np_by_grade *by_grade);

/* Explanations of some lines. */
typedef struct np_explanations {
    const np_book *book;
    const np_step *const *steps;
    size_t count;
    np_date date;                  /* of the payslip */
    const np_eligible *conditions; /* what an appointment asks; NULL: not asked for */
    size_t condition_count;
    const np_lang *lang;
} np_explanations;

np_output np_explanations_output(const np_explanations *explanations);

/* One explanation as an object. */
void np_json_explanation(np_json *json, const np_book *book, const np_step *step);

/* A status in the language. */
const char *np_status_word(np_status status, const np_lang *lang);

#endif
