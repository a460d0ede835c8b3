/* Dates as people and programs write them: the parts of a text, and which of them is what. */
#include "natopay/base/written_day.h"

#include <string.h>

#include "natopay/base/text.h"

enum { SERIAL_OF_1970 = 25569, SERIAL_FIRST = 10000, SERIAL_LAST = 109939 }; /* 18 May 1927 to 31 December 2200 */

/* The first letters of months in English, French and German, without accents. */
static const struct {
    char letters[5];
    int month;
} MONTHS[] = {{"jan", 1},  {"feb", 2},  {"fev", 2},  {"fé", 2},   {"mar", 3}, {"maer", 3}, {"mär", 3},
              {"mrz", 3},  {"apr", 4},  {"avr", 4},  {"may", 5},  {"mai", 5}, {"jun", 6},  {"juin", 6},
              {"jul", 7},  {"juil", 7}, {"aug", 8},  {"aou", 8},  {"aoû", 8}, {"sep", 9},  {"oct", 10},
              {"okt", 10}, {"nov", 11}, {"dec", 12}, {"déc", 12}, {"dez", 12}};

static int month_of(const char *word, size_t length)
{
    char small[5] = "";
    for (size_t i = 0; i < length && i < sizeof small - 1; i++)
        small[i] = (char)(word[i] >= 'A' && word[i] <= 'Z' ? word[i] + ('a' - 'A') : word[i]);
    for (size_t i = 0; i < sizeof MONTHS / sizeof MONTHS[0]; i++)
        if (strncmp(small, MONTHS[i].letters, strlen(MONTHS[i].letters)) == 0) return MONTHS[i].month;
    return 0;
}

typedef struct scan {
    const char *text;
    size_t length, at;
} scan;

static bool take_number(scan *s, int *number, size_t *digits)
{
    *number = 0;
    size_t from = s->at;
    while (s->at < s->length && np_is_digit(s->text[s->at]) && s->at - from < 8)
        *number = 10 * *number + (s->text[s->at++] - '0');
    *digits = s->at - from;
    return *digits > 0;
}

/* Signs between the parts of a date, one kind of them with blanks around. */
static bool take_joint(scan *s)
{
    size_t from = s->at;
    while (s->at < s->length && strchr("/.- ", s->text[s->at])) s->at++;
    return s->at > from && s->at - from <= 3;
}

/* A time of day behind the date is passed over where it is midnight. */
static bool at_end(const scan *s)
{
    size_t at = s->at;
    if (at < s->length && (s->text[at] == ' ' || s->text[at] == 'T')) at++;
    while (at < s->length && at > s->at && strchr("0:.Z", s->text[at])) at++;
    return at == s->length;
}

static np_written_day serial_or_joined(const char *text, size_t length, int number)
{
    np_written_day day = {.form = NP_DAY_UNKNOWN};
    if (length == 8) {
        day = (np_written_day){NP_DAY_CLEAR, number / 10000, number / 100 % 100, number % 100, NP_DATE_NONE, false};
        bool none = number == 0 || day.year == 9999;
        bool known = day.year >= NP_YEAR_FIRST && day.year <= NP_YEAR_LAST && day.a >= 1 && day.a <= 12;
        day.form = none ? NP_DAY_NONE : known ? NP_DAY_CLEAR : NP_DAY_UNKNOWN;
    } else if (number >= SERIAL_FIRST && number <= SERIAL_LAST && text[0] != '0') {
        day = (np_written_day){.form = NP_DAY_SERIAL, .date = number - SERIAL_OF_1970};
    }
    return day;
}

/* "04-Feb-1987", "4 février 1987", from behind the day. */
static bool take_month_word(scan *s, int *month)
{
    size_t from = s->at;
    while (s->at < s->length && (np_is_letter(s->text[s->at]) || (unsigned char)s->text[s->at] > 127)) s->at++;
    *month = month_of(s->text + from, s->at - from);
    if (s->at < s->length && s->text[s->at] == '.') s->at++;
    return *month > 0;
}

typedef struct part {
    int value;
    size_t digits; /* 0: the month as a word */
} part;

/* "1er", "1re", "2nd": what follows the number of a day, in front of the month's name. */
static void pass_ordinal(scan *s)
{
    static const char *const ENDINGS[] = {"er", "re", "st", "nd", "rd", "th"};
    for (size_t i = 0; i < sizeof ENDINGS / sizeof ENDINGS[0]; i++) {
        bool there = s->at + 2 < s->length && strncmp(s->text + s->at, ENDINGS[i], 2) == 0;
        if (!there || s->text[s->at + 2] != ' ') continue;
        s->at += 2;
        return;
    }
}

/* Which of the three parts is what. */
static np_written_day of_parts(part first, part second, part third)
{
    np_written_day day = {.form = NP_DAY_UNKNOWN, .date = NP_DATE_NONE};
    bool word = second.digits == 0, short_first = first.digits <= 2;
    if (second.digits > 2) return day;
    if (first.digits == 4 && third.digits <= 2) {
        day = (np_written_day){NP_DAY_CLEAR, first.value, second.value, third.value, NP_DATE_NONE, false};
    } else if (short_first && third.digits == 4) {
        day = (np_written_day){NP_DAY_FIRST_TWO, third.value, first.value, second.value, NP_DATE_NONE, false};
        if (word) day = (np_written_day){NP_DAY_CLEAR, third.value, second.value, first.value, NP_DATE_NONE, false};
    } else if (short_first && third.digits == 2) {
        day = (np_written_day){NP_DAY_SHORT_YEAR, third.value, first.value, second.value, NP_DATE_NONE, false};
        if (word)
            day = (np_written_day){NP_DAY_SHORT_YEAR, third.value, second.value, first.value, NP_DATE_NONE, false};
        day.named = word;
    }
    return day;
}

static np_written_day in_parts(scan *s, part first)
{
    const np_written_day unknown = {.form = NP_DAY_UNKNOWN};
    part second = {0, 0}, third;
    bool word = s->at == s->length || !np_is_digit(s->text[s->at]);
    if (word ? !take_month_word(s, &second.value) : !take_number(s, &second.value, &second.digits)) return unknown;
    if ((!take_joint(s) && !word) || !take_number(s, &third.value, &third.digits) || !at_end(s)) return unknown;
    np_written_day day = of_parts(first, second, third);
    bool known = day.form == NP_DAY_CLEAR || day.form == NP_DAY_FIRST_TWO;
    if (known && (day.year == 9999 || day.year + day.a + day.b == 0)) day.form = NP_DAY_NONE;
    return day;
}

np_written_day np_day_read(const char *text, size_t length)
{
    scan s = {text, length, 0};
    part first;
    if (!take_number(&s, &first.value, &first.digits)) return (np_written_day){.form = NP_DAY_UNKNOWN};
    if (s.at == length) return serial_or_joined(text, length, first.value);
    if (first.digits <= 2) pass_ordinal(&s);
    if (!take_joint(&s) && np_is_digit(text[s.at])) return (np_written_day){.form = NP_DAY_UNKNOWN};
    np_written_day day = in_parts(&s, first);
    bool plain = day.form == NP_DAY_CLEAR && length == 10 && text[4] == '-' && text[7] == '-';
    if (plain) day.form = NP_DAY_PLAIN;
    return day;
}

/* "September 2031", "September 5, 2031" */
static np_written_day month_word_first(scan *s)
{
    np_written_day day = {.form = NP_DAY_UNKNOWN, .date = NP_DATE_NONE};
    part second, third = {0, 0};
    if (!take_month_word(s, &day.a) || !take_joint(s) || !take_number(s, &second.value, &second.digits)) return day;
    if (second.digits <= 2) {
        pass_ordinal(s);
        if (s->at < s->length && s->text[s->at] == ',') s->at++;
        if (!take_joint(s) || !take_number(s, &third.value, &third.digits)) return day;
    }
    day.year = third.digits ? third.value : second.value;
    day.b = second.value;
    if (s->at == s->length && (third.digits ? third.digits : second.digits) == 4)
        day.form = third.digits ? NP_DAY_CLEAR : NP_DAY_NO_DAY;
    return day;
}

np_written_day np_nearly_day_read(const char *text, size_t length)
{
    scan s = {text, length, 0};
    const np_written_day unknown = {.form = NP_DAY_UNKNOWN, .date = NP_DATE_NONE};
    part first, second;
    if (!length || !np_is_digit(text[0])) return month_word_first(&s);
    take_number(&s, &first.value, &first.digits);
    if (!take_joint(&s) || !take_number(&s, &second.value, &second.digits) || s.at < length) return unknown;
    np_written_day day = {.form = NP_DAY_NO_DAY, .date = NP_DATE_NONE, .year = first.value, .a = second.value};
    if (first.digits == 4 && second.digits <= 2) return day;
    day.year = second.value;
    day.a = first.value;
    return first.digits <= 2 && second.digits == 4 ? day : unknown;
}
