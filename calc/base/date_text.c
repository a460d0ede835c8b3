/* Calendar dates: reading and printing. */
#include "natopay/base/date.h"

/* One message for every February that has 28 days, made by the preprocessor: np_date_parse has no memory to print into.
 * Leap years have a row too, which is not used. */
/* clang-format off */
#define YEAR(year) "February " #year " has 28 days",
#define TEN(decade) \
    YEAR(decade##0) YEAR(decade##1) YEAR(decade##2) YEAR(decade##3) YEAR(decade##4) \
    YEAR(decade##5) YEAR(decade##6) YEAR(decade##7) YEAR(decade##8) YEAR(decade##9)
#define HUNDRED(century) \
    TEN(century##0) TEN(century##1) TEN(century##2) TEN(century##3) TEN(century##4) \
    TEN(century##5) TEN(century##6) TEN(century##7) TEN(century##8) TEN(century##9)

static const char february[NP_YEAR_LAST - NP_YEAR_FIRST + 1][sizeof "February 1900 has 28 days"] = {
    HUNDRED(19) HUNDRED(20) HUNDRED(21) YEAR(2200)
};
/* clang-format on */

static const char *const last_days[] = {
    NP_MARK("January has 31 days"),   NP_MARK("February has 29 days in a leap year"),
    NP_MARK("March has 31 days"),     NP_MARK("April has 30 days"),
    NP_MARK("May has 31 days"),       NP_MARK("June has 30 days"),
    NP_MARK("July has 31 days"),      NP_MARK("August has 31 days"),
    NP_MARK("September has 30 days"), NP_MARK("October has 31 days"),
    NP_MARK("November has 30 days"),  NP_MARK("December has 31 days"),
};

/* The digits of text[from..to) as a number, -1 when others are among them. */
static int digits(const char *text, size_t from, size_t to)
{
    int value = 0;
    for (size_t i = from; i < to; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

const char *np_date_parse(const char *text, size_t length, np_date *date)
{
    *date = NP_DATE_NONE;
    static const char *const form = NP_MARK("a date is written YYYY-MM-DD, such as 2026-03-01");
    if (length != 10 || text[4] != '-' || text[7] != '-') {
        return form;
    }
    int year = digits(text, 0, 4), month = digits(text, 5, 7), day = digits(text, 8, 10);
    if (year < 0 || month < 0 || day < 0) {
        return form;
    }
    if (year < NP_YEAR_FIRST || year > NP_YEAR_LAST) {
        return NP_MARK("only the years 1900 to 2200 are known");
    }
    if (month < 1 || month > 12) {
        return NP_MARK("a month is 01 to 12: a date is written YYYY-MM-DD, such as 2026-03-01");
    }
    if (day < 1) {
        return NP_MARK("the first day of a month is 01");
    }
    int last = np_date_days_in_month(year, month);
    if (day > last) {
        return last == 28 ? february[year - NP_YEAR_FIRST] : last_days[month - 1];
    }
    *date = np_date_of(year, month, day);
    return NULL;
}

const char *np_date_why(np_arena *arena, const np_lang *lang, const char *text, size_t length)
{
    np_date date;
    const char *why = np_date_parse(text, length, &date);
    int year = length == 10 ? digits(text, 0, 4) : -1;
    if (year >= NP_YEAR_FIRST && year <= NP_YEAR_LAST && why == february[year - NP_YEAR_FIRST]) {
        return np_arena_format(arena, np_say(lang, "February %d has 28 days"), year);
    }
    return why != NULL ? np_say(lang, why) : NULL;
}

void np_date_print(np_text *out, np_date date)
{
    np_ymd ymd = np_date_split(date);
    if (ymd.year == 0) {
        np_text_puts(out, "none");
        return;
    }
    np_text_printf(out, "%04d-%02d-%02d", ymd.year, ymd.month, ymd.day);
}

const char *np_date_text(np_arena *arena, np_date date)
{
    np_text text;
    np_text_init(&text, 20);
    np_date_print(&text, date);
    return np_text_move(&text, arena);
}
