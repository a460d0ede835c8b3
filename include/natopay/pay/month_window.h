/* The months that a plan or a projection covers, numbered from 0. */
#ifndef NATOPAY_PAY_MONTH_WINDOW_H
#define NATOPAY_PAY_MONTH_WINDOW_H

#include <stdbool.h>
#include <stdint.h>

#include "natopay/base/date.h"

enum { NP_PLAN_MONTHS_MAX = 600, NP_PLAN_YEARS_MAX = 51 };

/* The months over which formulas are evaluated. */
typedef struct np_window {
    np_date first;                         /* the first of a month */
    uint16_t months;                       /* 1 to NP_PLAN_MONTHS_MAX */
    uint16_t years;                        /* calendar years that it touches */
    int first_year, first_month;           /* of the first month: the year, and 1 to 12 */
    np_date start[NP_PLAN_MONTHS_MAX + 1]; /* of each month, and of the one after */
    uint8_t year_of[NP_PLAN_MONTHS_MAX];   /* from 0 */
    uint16_t year_end[NP_PLAN_YEARS_MAX];  /* the month after the last of each year */
} np_window;

/* False when the months are too many or leave the calendar. */
bool np_window_set(np_window *window, np_date first, int months);
/* The month of the window that holds a date: 0 before it, `months` after it. */
uint16_t np_window_month(const np_window *window, np_date date);

#endif
