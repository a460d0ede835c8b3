/* Remedies for what is written where a date belongs. */
#include <stdio.h>
#include <string.h>

#include "build.h"
#include "natopay/base/written_day.h"

enum { AGE_MOST = 120, YEARS_AHEAD = 20 };

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

/* The year of the newest scale: the year in which people ask, as far as the book can tell. */
static int newest_year(const np_book *book)
{
    np_date newest = NP_DATE_NONE;
    for (size_t i = 0; i < book->scale_count; i++)
        if (newest == NP_DATE_NONE || book->scales[i].from > newest) newest = book->scales[i].from;
    return newest == NP_DATE_NONE ? 0 : np_date_split(newest).year;
}

/* A year of two digits lies at most twenty years ahead. */
static int whole_year(const np_book *book, int year)
{
    int now = newest_year(book);
    if (!now) now = 2000;
    year += now - now % 100;
    return year > now + YEARS_AHEAD ? year - 100 : year;
}

/* "01/03/2026", "1.3.2026", "17/05/90": day or month first. */
static bool three_numbers(const np_book *book, const char *text, int *first, int *second, int *year)
{
    np_written_day day = np_day_read(text, strlen(text));
    *first = day.a;
    *second = day.b;
    *year = day.year;
    if (day.form != NP_DAY_SHORT_YEAR || day.named) return day.form == NP_DAY_FIRST_TWO;
    *year = whole_year(book, day.year);
    return true;
}

static bool hint_order(np_build *build, np_diag *diag, const char *text)
{
    int first = 0, second = 0, year = 0;
    if (!three_numbers(build->book, text, &first, &second, &year)) return false;
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
    if (!three_numbers(build->book, text, &first, &second, &year) || (first > 12 && second > 12)) return false;
    bool day_first = second <= 12;
    const char *day =
        np_arena_format(build->arena, "%04d-%02d-%02d", year, day_first ? second : first, day_first ? first : second);
    const char *why = np_date_why(build->arena, build->diags->lang, day, strlen(day));
    if (why) np_diag_hint(build->diags, diag, "%s", why);
    return why != NULL;
}

/* "17 mai 1990", "September 5, 2031"; of "September 2031" the first day as an example. */
static bool hint_words(np_build *build, np_diag *diag, const char *text)
{
    np_written_day day = np_day_read(text, strlen(text));
    if (day.form == NP_DAY_UNKNOWN) day = np_nearly_day_read(text, strlen(text));
    if (day.form == NP_DAY_NO_DAY && is_day(day.year, day.a, 1)) {
        np_diag_hint(build->diags, diag, "a date has a day: write for example %04d-%02d-01", day.year, day.a);
        return true;
    }
    if (day.form == NP_DAY_SHORT_YEAR) day.year = whole_year(build->book, day.year);
    if (day.form != NP_DAY_CLEAR && !(day.form == NP_DAY_SHORT_YEAR && day.named)) return false;
    const char *meant = np_arena_format(build->arena, "%04d-%02d-%02d", day.year, day.a, day.b);
    const char *why = np_date_why(build->arena, build->diags->lang, meant, strlen(meant));
    if (why)
        np_diag_hint(build->diags, diag, "%s", why);
    else
        np_diag_hint(build->diags, diag, "did you mean %s?", meant);
    return true;
}

bool np_hint_day(np_build *build, np_diag *diag, const char *text)
{
    return hint_order(build, diag, text) || hint_no_such_day(build, diag, text) || hint_words(build, diag, text);
}

void np_hint_date(np_build *build, np_diag *diag, np_item item)
{
    const char *at = item.text;
    int age, year = newest_year(build->book);
    if (np_hint_day(build, diag, item.text)) return;
    if (!number_at(&at, 3, &age) || *at || age > AGE_MOST || year == 0) return;
    np_diag_hint(build->diags, diag,
                 "a date is wanted, not an age: of somebody aged %d the date of birth, such as %d-06-15", age,
                 year - age);
}
