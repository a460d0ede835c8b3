/* Calendar dates: days since 1970-01-01, between 1900 and 2200. */
#include "natopay/base/date.h"

enum { MONTHS = 12, DAYS_IN_400_YEARS = 146097, EPOCH = 1970 };

static const int16_t days_before_month[MONTHS + 1] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Leap days from year 1 to the end of `year` (> 0). */
static int leap_days_until(int year)
{
    return year / 4 - year / 100 + year / 400;
}

/* Days from 1970-01-01 to 1 January of `year`. */
static int32_t year_start(int year)
{
    return 365 * (year - EPOCH) + leap_days_until(year - 1) - leap_days_until(EPOCH - 1);
}

/* Days of the year before the first of `month`. */
static int before_month(int year, int month)
{
    return days_before_month[month - 1] + (month > 2 && is_leap(year));
}

static inline int days_in_month(int year, int month)
{
    if (month < 1 || month > MONTHS) {
        return 0;
    }
    return days_before_month[month] - days_before_month[month - 1] + (month == 2 && is_leap(year));
}

int np_date_days_in_month(int year, int month)
{
    return days_in_month(year, month);
}

static inline np_date date_of(int year, int month, int day)
{
    if (year < NP_YEAR_FIRST || year > NP_YEAR_LAST || day < 1 || day > days_in_month(year, month)) {
        return NP_DATE_NONE;
    }
    return year_start(year) + before_month(year, month) + day - 1;
}

np_date np_date_of(int year, int month, int day)
{
    return date_of(year, month, day);
}

static bool in_range(int64_t date)
{
    return date >= year_start(NP_YEAR_FIRST) && date < year_start(NP_YEAR_LAST + 1);
}

/* Years are counted from March here, so that a leap day is the last of its year and the months before it have lengths
 * that repeat: 31 30 31 30 31, twice, and 31 28 or 29. All quotients are of positive numbers. */
static inline np_ymd split(np_date date)
{
    if (!in_range(date)) {
        return (np_ymd){0, 0, 0};
    }
    enum { MARCH_1600 = -135080, FOUR_YEARS = 1461, FIVE_MONTHS = 153 };
    uint32_t days = (uint32_t)(date - MARCH_1600);
    uint32_t leaps = 4 * days + 3; /* in quarters of days, a century of them is 146097 long */
    uint32_t century = leaps / DAYS_IN_400_YEARS;
    uint32_t in_century = days - century * DAYS_IN_400_YEARS / 4;
    uint32_t year = (4 * in_century + 3) / FOUR_YEARS;
    uint32_t in_year = in_century - year * FOUR_YEARS / 4;
    uint32_t month = (5 * in_year + 2) / FIVE_MONTHS; /* from March = 0 */
    uint32_t day = in_year - (FIVE_MONTHS * month + 2) / 5;
    bool next = month >= 10; /* January and February of the year after */
    return (np_ymd){(int)(1600 + 100 * century + year + next), (int)(next ? month - 9 : month + 3), (int)day + 1};
}

np_ymd np_date_split(np_date date)
{
    return split(date);
}

np_date np_date_month_start(np_date date)
{
    np_ymd ymd = split(date);
    return ymd.day ? date - ymd.day + 1 : NP_DATE_NONE;
}

bool np_date_same_month(np_date a, np_date b)
{
    int64_t apart = (int64_t)a - b;
    return apart > -31 && apart < 31 && np_date_month_start(a) == np_date_month_start(b);
}

np_date np_date_month_end(np_date date)
{
    np_ymd ymd = split(date);
    return ymd.day ? date - ymd.day + days_in_month(ymd.year, ymd.month) : NP_DATE_NONE;
}

np_date np_date_month_from(np_date date)
{
    np_ymd ymd = split(date);
    if (ymd.day <= 1) {
        return ymd.day ? date : NP_DATE_NONE;
    }
    return date - ymd.day + days_in_month(ymd.year, ymd.month) + 1;
}

/* Year and month so many months later; false when they are out of range. */
static bool month_after(np_ymd from, int32_t months, np_ymd *to)
{
    int64_t month = (int64_t)from.year * MONTHS + from.month - 1 + months;
    if (month < NP_YEAR_FIRST * MONTHS || month >= (NP_YEAR_LAST + 1) * MONTHS) {
        return false;
    }
    *to = (np_ymd){(int)(month / MONTHS), (int)(month % MONTHS) + 1, from.day};
    return true;
}

np_date np_date_add_months(np_date date, int32_t months)
{
    np_ymd from = split(date), to;
    if (from.day == 0 || !month_after(from, months, &to)) {
        return NP_DATE_NONE;
    }
    int last = days_in_month(to.year, to.month);
    return date_of(to.year, to.month, to.day <= last ? to.day : last);
}

bool np_duration_times(np_duration duration, int32_t n, np_duration *whole)
{
    return !__builtin_mul_overflow(duration.months, n, &whole->months) &&
           !__builtin_mul_overflow(duration.days, n, &whole->days);
}

np_date np_date_add(np_date date, np_duration duration)
{
    np_date moved = np_date_add_months(date, duration.months);
    int64_t result = (int64_t)moved + duration.days;
    return moved != NP_DATE_NONE && in_range(result) ? (np_date)result : NP_DATE_NONE;
}

np_date np_date_span_end(np_date from, np_duration length)
{
    np_ymd first = split(from), last;
    if (first.day == 0 || !month_after(first, length.months, &last)) {
        return NP_DATE_NONE;
    }
    /* where the month lacks the day itself, its last day is the one before, or lacks that too */
    bool lacks = first.day > days_in_month(last.year, last.month);
    last.day = lacks ? days_in_month(last.year, last.month) : first.day;
    int64_t day = (int64_t)date_of(last.year, last.month, last.day) - !lacks + length.days;
    return in_range(day) ? (np_date)day : NP_DATE_NONE;
}

/* Months from a to b, a <= b: a month is completed on the day on which it began, or on the last day of a month that
 * lacks that day. */
static int32_t months_completed(np_ymd a, np_ymd b)
{
    int day = a.day, last = days_in_month(b.year, b.month);
    if (day > last) {
        day = last;
    }
    return (b.year - a.year) * MONTHS + b.month - a.month - (b.day < day);
}

/* Whole stretches of `months` months from a to b. */
static int32_t stretches(np_date a, np_date b, int32_t months)
{
    if (!in_range(a) || !in_range(b)) {
        return NP_DATE_NONE;
    }
    if (b < a) {
        return -stretches(b, a, months);
    }
    return months_completed(split(a), split(b)) / months;
}

int32_t np_date_months_between(np_date a, np_date b)
{
    return stretches(a, b, 1);
}

int32_t np_date_years_between(np_date a, np_date b)
{
    return stretches(a, b, MONTHS);
}

int32_t np_date_months_apart(np_date from, np_date to)
{
    np_ymd a = split(from), b = split(to);
    return (b.year - a.year) * 12 + b.month - a.month;
}
