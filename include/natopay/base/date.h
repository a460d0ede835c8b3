/* Calendar dates of the Gregorian calendar, 1900-01-01 to 2200-12-31, and month arithmetic. */
#ifndef NATOPAY_BASE_DATE_H
#define NATOPAY_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "natopay/base/lang.h"
#include "natopay/base/text.h"

typedef int32_t np_date; /* days since 1970-01-01 */

#define NP_DATE_NONE INT32_MIN
enum { NP_YEAR_FIRST = 1900, NP_YEAR_LAST = 2200 };

typedef struct np_ymd {
    int year;
    int month; /* 1 to 12 */
    int day;   /* 1 to 31 */
} np_ymd;

typedef struct np_duration {
    int32_t months;
    int32_t days;
} np_duration;

np_date np_date_of(int year, int month, int day); /* NP_DATE_NONE when there is no such day or it is out of range */
np_ymd np_date_split(np_date date);               /* {0, 0, 0} for NP_DATE_NONE and what is out of range */
int np_date_days_in_month(int year, int month);   /* 0 when there is no such month */

/* "2026-03-01", all of text[0..length). Returns NULL and sets *date, or says what is wrong
 * ("2026-02-30": "February 2026 has 28 days") and sets NP_DATE_NONE. */
const char *np_date_parse(const char *text, size_t length, np_date *date);
/* What is wrong, in a language. */
const char *np_date_why(np_arena *arena, const np_lang *lang, const char *text, size_t length);
void np_date_print(np_text *out, np_date date);          /* "2026-03-01"; "none" for NP_DATE_NONE */
const char *np_date_text(np_arena *arena, np_date date); /* the same as a string */

/* A day that the month does not have is the month's last day: 31 January + 1 month, and 29 February + 1 year, are
 * 28 February. NP_DATE_NONE when the result is out of range. */
np_date np_date_add_months(np_date date, int32_t months);
np_date np_date_add(np_date date, np_duration duration); /* months first, then days */
/* The duration n times; false: it is longer than any. */
bool np_duration_times(np_duration duration, int32_t n, np_duration *whole);

/* The last day of a span that begins on the day `from`. Of n months from day d of a month: day d - 1 of the n-th month
 * after it, or that month's last day when it has none; for d = 1 the last day of the month before. One month from
 * 31 January ends on 28 February, 36 months from 29 February 2024 end on 28 February 2027. Days are added to that. */
np_date np_date_span_end(np_date from, np_duration length);

np_date np_date_month_start(np_date date);
np_date np_date_month_end(np_date date);  /* last day of its month */
np_date np_date_month_from(np_date date); /* first day of the first month that begins on or after it */
bool np_date_same_month(np_date a, np_date b);

/* Whole months (years) completed from a to b; when b is before a, minus those from b to a. Someone born on 29 February
 * completes a year on 28 February of a common year. NP_DATE_NONE when a or b is none. */
int32_t np_date_months_between(np_date a, np_date b);
int32_t np_date_years_between(np_date a, np_date b);

/* From the month of one date to that of another, whatever their days: 1 from 31 January to 1 February. */
int32_t np_date_months_apart(np_date from, np_date to);

#endif
