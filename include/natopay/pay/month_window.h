/* The months that a plan or a projection covers, numbered from 0. */
#ifndef NATOPAY_PAY_MONTH_WINDOW_H
#define NATOPAY_PAY_MONTH_WINDOW_H

#include <stdbool.h>
#include <stdint.h>

#include "natopay/base/date.h"

enum { NP_PLAN_MONTHS_MAX = 600, NP_PLAN_PERIODS_MAX = 120, NP_PERIOD_NAME = 16 };

/* What a plan's amounts are summed over. */
typedef enum np_period_kind { NP_PERIOD_YEAR, NP_PERIOD_QUARTER, NP_PERIOD_MONTH } np_period_kind;

/* The months over which formulas are evaluated. */
typedef struct np_window {
    np_date first;    /* the first of a month */
    uint16_t months;  /* 1 to NP_PLAN_MONTHS_MAX */
    uint16_t periods; /* calendar years that it touches, unless np_window_divide said else */
    np_period_kind kind;
    int year_starts;                          /* the month with which a year begins: 1, or that of a fiscal year */
    int first_year, first_month;              /* of the first month: the year, and 1 to 12 */
    np_date start[NP_PLAN_MONTHS_MAX + 1];    /* of each month, and of the one after */
    uint8_t period_of[NP_PLAN_MONTHS_MAX];    /* from 0 */
    uint16_t period_end[NP_PLAN_PERIODS_MAX]; /* the month after the last of each period */
} np_window;

/* False when the months are too many or leave the calendar. */
bool np_window_set(np_window *window, np_date first, int months);
/* Sum by other periods than calendar years. False when they are more than NP_PLAN_PERIODS_MAX. */
bool np_window_divide(np_window *window, np_period_kind kind, int year_starts);
/* "2026"; "2026/27" of a year that begins in another month than January; "2026-Q1"; "2026-01". */
void np_window_period_name(const np_window *window, uint16_t period, char name[NP_PERIOD_NAME]);
/* The month of the window that holds a date: 0 before it, `months` after it. */
uint16_t np_window_month(const np_window *window, np_date date);

#endif
