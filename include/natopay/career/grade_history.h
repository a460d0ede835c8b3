/* The history of a career alone: when service begins and ends, and grade and step from month to month, without a single
 * payslip, as staff plans take it. */
#ifndef NATOPAY_CAREER_GRADE_HISTORY_H
#define NATOPAY_CAREER_GRADE_HISTORY_H

#include "natopay/career/career.h"

typedef struct np_grade_point {
    np_date month; /* the first day of the first month that stands so */
    uint16_t grade;
    int64_t step;
} np_grade_point;

typedef struct np_grade_history {
    np_terms terms;
    np_grade_point *points; /* in the arena; none when service ended before the first month asked for */
    size_t count, capacity;
} np_grade_history;

/* Whether the book's careers ask inputs only, so that a history can be had without computing rules. */
bool np_grade_history_possible(const np_book *book);

/* Say which formula of the book is the reason when it cannot. */
void np_report_month_by_month(const np_book *book, np_diags *diags);

/* The history up to and including the month `last`, or its first point when service begins later; nothing but the terms
 * when service ended before the day `first` (NP_DATE_NONE: however long ago that was). `payslip` has room
 * for the slots; those of inputs are evaluated in it for the first month, and stay there. The situation gets that month
 * as its date, and the grade of recruitment. False when it cannot be had: the whole career (np_career_new,
 * np_career_project) then says why. */
bool np_grade_history_read(np_situation *situation, np_payslip *payslip, np_diags *diags, np_date first, np_date last,
                           np_grade_history *history);

/* The same, when the inputs stand in the payslip's slots already. Of the points up to the month `first` only the last
 * may be there, which then may begin at any time before; NP_DATE_NONE: all of them are. */
bool np_grade_history_follow(np_situation *situation, np_payslip *payslip, np_diags *diags, np_date first, np_date last,
                             np_grade_history *history);

/* The same, of a career that was opened. */
bool np_grade_history_of_career(np_career *career, np_date last, np_grade_history *history);

/* Inputs whose default goes with grade, step or the month, and which may therefore differ from month to month when they
 * are not given: their slots, in the order of evaluation. `moving` has room for all slots. */
size_t np_moving_inputs(const np_book *book, uint16_t *moving);

/* All inputs of a situation, as given or by default, into the payslip's slots; uncertain figures stand at `ends`,
 * [uncertain] (NULL: all in the middle). False after an error. */
bool np_inputs_read(const np_situation *situation, np_payslip *payslip, np_diags *diags, const uint8_t *ends);

/* The inputs alone, in the state of a career's first month. False when `start` or `grade` is not given. */
bool np_grade_history_inputs(np_situation *situation, np_payslip *payslip, np_diags *diags);

#endif
