/* The payslip of one month of a career: whoever shows a month comes here, so that it is the same everywhere.
 *
 * Grade, step and the dates of the contract are those of the career in that month; what comes once is computed for the
 * month of its own day. */
#ifndef NATOPAY_CAREER_MONTH_H
#define NATOPAY_CAREER_MONTH_H

#include "natopay/career/career.h"

typedef struct np_month {
    const np_situation *given;
    np_situation *situation; /* as the career stands in the month: grade, step, ends */
    np_payslip *payslip;     /* traced; NULL until np_month_compute */
    const np_value *begins;  /* [slot]: inputs as the career begins with them; NULL: there is no career */
    np_terms terms;          /* when there is a career */
} np_month;

/* The state of the month that the situation's date names. Where the situation has no career (no start or grade is
 * given, or no contract fits) it stays as it was given. False after reporting. Must run under np_arena_guard of the
 * arena. */
bool np_month_open(np_month *month, const np_situation *given, np_arena *arena, np_diags *diags);

/* Its payslip, traced. False after reporting. */
bool np_month_compute(np_month *month, np_diags *diags);

/* Contradictions in what was given, and advice about the month. False when one of them stops. */
bool np_month_check(const np_month *month, np_diags *diags);

/* Give a situation the state of a career in a month. */
void np_situation_at(np_situation *situation, const np_terms *terms, np_date month, uint16_t grade, int64_t step);

/* Whether it is assumed on which day the step was held, which is not the start. */
bool np_step_date_is_assumed(const np_situation *given, const np_terms *terms);

/* Say that months up to a day are counted in which the book knows nothing of service at that age. */
void np_report_age(np_diags *diags, const np_terms *terms, np_date last);

#endif
