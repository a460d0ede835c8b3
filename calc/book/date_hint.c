/* Remedies for what is written where a date belongs. */
#include <stdio.h>
#include <string.h>

#include "build.h"

enum { AGE_MOST = 120 };

static bool number_at(const char **at, size_t most, int *number)
{
    size_t digits = strspn(*at, "0123456789");
    if (digits == 0 || digits > most) return false;
    *number = 0;
    for (size_t i = 0; i < digits; i++) *number = *number * 10 + ((*at)[i] - '0');
    *at += digits;
    return true;
}

static bool is_day(int year, int month, int day)
{
    return year >= NP_YEAR_FIRST && year <= NP_YEAR_LAST && month >= 1 && month <= 12 && day >= 1 &&
           day <= np_date_days_in_month(year, month);
}

/* "01/03/2026", "1.3.2026": day or month first. */
static bool three_numbers(const char *at, int *first, int *second, int *year)
{
    if (!number_at(&at, 2, first) || !*at || !strchr("/.-", *at)) return false;
    char mark = *at++;
    if (!number_at(&at, 2, second) || *at++ != mark) return false;
    const char *before = at;
    return number_at(&at, 4, year) && at - before == 4 && !*at;
}

static bool hint_order(np_build *build, np_diag *diag, const char *text)
{
    int first = 0, second = 0, year = 0;
    if (!three_numbers(text, &first, &second, &year)) return false;
    bool day_first = is_day(year, second, first), month_first = is_day(year, first, second) && first != second;
    if (day_first && month_first)
        np_diag_hint(build->diags, diag,
                     "write %04d-%02d-%02d if the day stands first, or %04d-%02d-%02d if the month does", year, second,
                     first, year, first, second);
    else if (day_first || month_first)
        np_diag_hint(build->diags, diag, "did you mean %04d-%02d-%02d?", year, day_first ? second : first,
                     day_first ? first : second);
    return day_first || month_first;
}

/* "31/02/2030": why there is no such day. */
static bool hint_no_such_day(np_build *build, np_diag *diag, const char *text)
{
    int first = 0, second = 0, year = 0;
    if (!three_numbers(text, &first, &second, &year) || (first > 12 && second > 12)) return false;
    bool day_first = second <= 12;
    const char *day =
        np_arena_format(build->arena, "%04d-%02d-%02d", year, day_first ? second : first, day_first ? first : second);
    const char *why = np_date_why(build->arena, build->diags->lang, day, strlen(day));
    if (why) np_diag_hint(build->diags, diag, "%s", why);
    return why != NULL;
}

/* The year of the newest scale: the year in which people ask, as far as the book can tell. */
static int newest_year(const np_book *book)
{
    np_date newest = NP_DATE_NONE;
    for (size_t i = 0; i < book->scale_count; i++)
        if (newest == NP_DATE_NONE || book->scales[i].from > newest) newest = book->scales[i].from;
    return newest == NP_DATE_NONE ? 0 : np_date_split(newest).year;
}

void np_hint_date(np_build *build, np_diag *diag, np_item item)
{
    const char *at = item.text;
    int age, year = newest_year(build->book);
    if (hint_order(build, diag, item.text) || hint_no_such_day(build, diag, item.text)) return;
    if (!number_at(&at, 3, &age) || *at || age > AGE_MOST || year == 0) return;
    np_diag_hint(build->diags, diag,
                 "a date is wanted, not an age: of somebody aged %d the date of birth, such as %d-06-15", age,
                 year - age);
}
