/* Whether a notice writes the day or the month first. */
#include <string.h>

#include "notice_internal.h"

enum { DATES_MAX = 500 };

bool np_notice_month_first(const np_reading *reading)
{
    return !reading->day_first && (reading->month_first || reading->half_day_clock);
}

/* "11:55 PM" at text[at..), behind a date. */
static bool is_half_day_clock(const char *text, size_t at, size_t end)
{
    size_t i = at, digits = 0;
    while (i < end && i - at < 4 && strchr(" ,\t", text[i])) i++;
    for (; i < end && i - at < 14 && (np_is_digit(text[i]) || text[i] == ':'); i++) digits += text[i] != ':';
    if (i < end && text[i] == ' ') i++;
    return digits >= 3 && i + 1 < end && strchr("ap", text[i]) && text[i + 1] == 'm';
}

/* What the date tells whose digits begin at `from`, if one does. Where to go on. */
static size_t learn(np_reading *reading, size_t from, size_t end)
{
    const char *text = reading->text.lower;
    np_read_date found;
    if (!np_find_date(reading->patterns, text, from, end - from > 14 ? from + 14 : end, &found) || found.from != from)
        return from + 2;
    reading->day_first = reading->day_first || found.day_first;
    reading->month_first = reading->month_first || found.month_first;
    if (found.other != NP_DATE_NONE && memchr(text + from, '/', found.to - from) &&
        is_half_day_clock(text, found.to, end))
        reading->half_day_clock = true;
    return found.to;
}

void np_notice_date_order(np_reading *reading)
{
    const char *text = reading->text.lower;
    size_t end = reading->text.length;
    unsigned tries = 0;
    for (size_t i = 1; i + 1 < end && tries < DATES_MAX; i++) {
        while (i + 1 < end && (text[i] < '-' || text[i] > '/')) i++;
        if (i + 1 >= end || !np_is_digit(text[i - 1]) || !np_is_digit(text[i + 1])) continue;
        size_t next = learn(reading, i > 1 && np_is_digit(text[i - 2]) ? i - 2 : i - 1, end);
        i = next > i ? next : i;
        tries++;
    }
}
