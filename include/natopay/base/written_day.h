/* Dates as people and programs write them. */
#ifndef NATOPAY_BASE_WRITTEN_DAY_H
#define NATOPAY_BASE_WRITTEN_DAY_H

#include <stdbool.h>
#include <stddef.h>

#include "natopay/base/date.h"

typedef enum np_day_form {
    NP_DAY_UNKNOWN,    /* no date that is known here */
    NP_DAY_PLAIN,      /* YYYY-MM-DD */
    NP_DAY_CLEAR,      /* the year first, or the month as a word */
    NP_DAY_SERIAL,     /* a spreadsheet's number */
    NP_DAY_NONE,       /* 00.00.0000 or a day of the year 9999 */
    NP_DAY_FIRST_TWO,  /* two numbers and the year: `a` and `b` are the numbers */
    NP_DAY_SHORT_YEAR, /* the same with a year of two digits */
    NP_DAY_NO_DAY      /* a year and, as `a`, a month alone; in np_nearly_day_read only */
} np_day_form;

typedef struct np_written_day {
    np_day_form form;
    int year, a, b; /* clear: month and day */
    np_date date;   /* serial */
    bool named;     /* of a short year: the month is a word, `a`, and `b` the day */
} np_written_day;

/* A text that is a date and nothing else, but for midnight behind it. */
np_written_day np_day_read(const char *text, size_t length);

/* The same of what is no date in a list, but would be one with little: "September 5, 2031", "September 2031",
 * "2031-09", "09/2031". */
np_written_day np_nearly_day_read(const char *text, size_t length);

#endif
