/* The months of a plan or projection, and which of them holds a day. */
#include "natopay/pay/month_window.h"

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
        if (i < months) window->year_of[i] = (uint8_t)(np_date_split(window->start[i]).year - window->first_year);
    }
    for (int i = 0; i < months; i++) window->year_end[window->year_of[i]] = (uint16_t)(i + 1);
    window->years = (uint16_t)(window->year_of[months - 1] + 1);
    return true;
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
