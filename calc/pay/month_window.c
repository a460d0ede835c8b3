/* The months of a plan or projection, and which of them holds a day. */
#include "natopay/pay/month_window.h"

#include <stdio.h>

bool np_window_set(np_window *window, np_date first, int months)
{
    if (first == NP_DATE_NONE || months < 1 || months > NP_PLAN_MONTHS_MAX) return false;
    *window = (np_window){.first = np_date_month_start(first), .months = (uint16_t)months};
    np_ymd begin = np_date_split(window->first);
    window->first_year = begin.year;
    window->first_month = begin.month;
    for (int i = 0; i <= months; i++) {
        window->start[i] = np_date_add_months(window->first, i);
        if (window->start[i] == NP_DATE_NONE) return false;
    }
    return np_window_divide(window, NP_PERIOD_YEAR, 1);
}

/* Months since the year 0, as if a year began with the month that it begins with. */
static int month_number(const np_window *window, int month)
{
    return window->first_year * 12 + window->first_month - 1 + month - (window->year_starts - 1);
}

bool np_window_divide(np_window *window, np_period_kind kind, int year_starts)
{
    static const int MONTHS[] = {[NP_PERIOD_YEAR] = 12, [NP_PERIOD_QUARTER] = 3, [NP_PERIOD_MONTH] = 1};
    window->kind = kind;
    window->year_starts = year_starts;
    int length = MONTHS[kind], first = month_number(window, 0) / length;
    int last = month_number(window, window->months - 1) / length;
    if (last - first >= NP_PLAN_PERIODS_MAX) return false;
    window->periods = (uint16_t)(last - first + 1);
    for (int i = 0; i < window->months; i++) {
        window->period_of[i] = (uint8_t)(month_number(window, i) / length - first);
        window->period_end[window->period_of[i]] = (uint16_t)(i + 1);
    }
    return true;
}

void np_window_period_name(const np_window *window, uint16_t period, char name[NP_PERIOD_NAME])
{
    int month = period ? window->period_end[period - 1] : 0, number = month_number(window, month);
    int year = number / 12, calendar = number + window->year_starts - 1;
    bool fiscal = window->year_starts != 1;
    if (window->kind == NP_PERIOD_MONTH) {
        snprintf(name, NP_PERIOD_NAME, "%04d-%02d", calendar / 12, calendar % 12 + 1);
        return;
    }
    int length = snprintf(name, NP_PERIOD_NAME, "%04d", year);
    if (fiscal) length += snprintf(name + length, NP_PERIOD_NAME - (size_t)length, "/%02d", (year + 1) % 100);
    if (window->kind == NP_PERIOD_QUARTER)
        snprintf(name + length, NP_PERIOD_NAME - (size_t)length, "-Q%d", number % 12 / 3 + 1);
}

uint16_t np_window_month(const np_window *window, np_date date)
{
    enum { DAYS_IN_400_YEARS = 146097, MONTHS_IN_400_YEARS = 4800 };
    if (date < window->first) return 0;
    if (date >= window->start[window->months]) return window->months;
    /* months of mean length give the month or a neighbour of it */
    uint32_t month = (uint32_t)(date - window->first) * MONTHS_IN_400_YEARS / DAYS_IN_400_YEARS;
    while (window->start[month] > date) month--;
    while (window->start[month + 1] <= date) month++;
    return (uint16_t)month;
}
