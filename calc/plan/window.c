#include "natopay/plan/engine.h"

bool np_window_set(np_window *window, np_date first, int months)
{
    if (first == NP_DATE_NONE || months < 1 || months > NP_PLAN_MONTHS_MAX) return false;
    *window = (np_window){.first = np_date_month_start(first), .months = (uint16_t)months};
    window->first_year = np_date_split(window->first).year;
    for (int i = 0; i <= months; i++) {
        window->start[i] = np_date_add_months(window->first, i, NP_MONTH_END_LAST);
        if (window->start[i] == NP_DATE_NONE) return false;
        if (i < months) window->year_of[i] = (uint8_t)(np_date_split(window->start[i]).year - window->first_year);
    }
    for (int i = 0; i < months; i++) window->year_end[window->year_of[i]] = (uint16_t)(i + 1);
    window->years = (uint16_t)(window->year_of[months - 1] + 1);
    return true;
}

uint16_t np_window_month(const np_window *window, np_date date)
{
    uint16_t low = 0, high = window->months; /* the last month that begins on or before the date, plus one */
    if (date < window->first) return 0;
    if (date >= window->start[window->months]) return window->months;
    while (high - low > 1) {
        uint16_t middle = (uint16_t)((low + high) / 2);
        if (window->start[middle] <= date)
            low = middle;
        else
            high = middle;
    }
    return low;
}
