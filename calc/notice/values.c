/* Reading values from folded text: counts and dates. */
#include <string.h>
#include <strings.h>

#include "notice_internal.h"

/* ---- counts ---- */

/* Text[0..length) is the word that ends at "=", but for case, hyphens and blanks. */
static bool is_count(const char *word, const char *text, size_t length)
{
    size_t i = 0;
    for (;; word++, i++) {
        while (*word == '-') word++;
        while (i < length && !np_is_letter(text[i])) i++;
        if (i >= length || *word == '=') return i >= length && *word == '=';
        if ((text[i] | 0x20) != *word) return false;
    }
}

int np_read_count(const char *words, const char *text, size_t length)
{
    int value = 0;
    const char *digits = text;
    if (length && np_is_digit(text[0])) words = NULL;
    for (; words; words = strchr(words, '|') ? strchr(words, '|') + 1 : NULL)
        if (is_count(words, text, length)) break;
    if (words) {
        digits = words + strcspn(words, "=") + 1;
        length = strcspn(digits, "|");
    }
    if (!length || !np_is_digit(digits[0])) return -1;
    for (size_t i = 0; i < length && i < 5 && np_is_digit(digits[i]); i++) value = value * 10 + (digits[i] - '0');
    return value;
}

/* ---- dates ---- */

/* The list of months, "jan/uary=1|feb/ruary=2": who shortens a name writes at least what stands before the slash. */
void np_month_names_compile(np_patterns *patterns)
{
    const char *list = np_pattern_words(patterns, "month_names", 11);
    size_t room = 1;
    for (const char *c = list; *c; c++) room += *c == '|';
    patterns->month_names = np_arena_array(patterns->arena, room, sizeof *patterns->month_names);
    for (np_word word; np_next_word(&list, &word);) {
        int month = np_read_count(NULL, word.value, word.value_length);
        if (month < 1 || month > 12) continue;
        const char *slash = memchr(word.text, '/', word.length);
        size_t least = slash ? (size_t)(slash - word.text) : word.length, rest = slash ? word.length - least - 1 : 0;
        const char *name = np_arena_format(patterns->arena, "%.*s%.*s", (int)least, word.text, (int)rest,
                                           word.text + word.length - rest);
        patterns->month_names[patterns->month_name_count++] = (np_month_name){name, least, least + rest, month};
    }
}

/* A month's name at text[at..end), whole or shortened ("Sept.", "Jan"); its length, or 0. */
static size_t month_name(const np_patterns *patterns, const char *text, size_t at, size_t end, int *month)
{
    size_t length = 0;
    while (at + length < end && np_is_letter(text[at + length])) length++;
    for (size_t i = 0; length >= 3 && i < patterns->month_name_count; i++) {
        const np_month_name *name = &patterns->month_names[i];
        if (length < name->least || length > name->length) continue;
        if (strncasecmp(name->text, text + at, length) != 0) continue;
        *month = name->month;
        return length;
    }
    return 0;
}

static size_t digits_at(const char *text, size_t at, size_t end, int *value)
{
    size_t length = 0;
    *value = 0;
    while (at + length < end && length < 6 && np_is_digit(text[at + length])) {
        *value = *value * 10 + (text[at + length] - '0');
        length++;
    }
    return length;
}

static bool full_year(size_t digits, int *year)
{
    if (digits == 2) *year += 2000;
    return (digits == 2 || digits == 4) && *year >= NP_YEAR_FIRST && *year <= NP_YEAR_LAST;
}

static size_t skip(const char *text, size_t at, size_t end, const char *bytes)
{
    while (at < end && strchr(bytes, text[at]) && text[at]) at++;
    return at;
}

static bool word_at(const char *text, size_t at, size_t end, const char *word)
{
    size_t length = strlen(word);
    return end - at >= length && strncasecmp(text + at, word, length) == 0 &&
           (at + length == end || !np_is_letter(text[at + length]));
}

/* "1st", "2nd", "3rd", "4th", "1er", "2e": where the mark ends. */
static size_t skip_ordinal(const char *text, size_t at, size_t end)
{
    static const char *const MARKS[] = {"st", "nd", "rd", "th", "er", "eme", "e"};
    size_t from = at < end && text[at] == ' ' ? at + 1 : at;
    for (size_t i = 0; i < sizeof MARKS / sizeof MARKS[0]; i++)
        if (word_at(text, from, end, MARKS[i])) return from + strlen(MARKS[i]);
    return at;
}

/* 2026-01-29, 2026/01/29, 2026.01.29 */
static bool year_first(const char *text, size_t at, size_t end, np_read_date *found)
{
    int year, month, day;
    if (digits_at(text, at, end, &year) != 4 || at + 5 > end || !strchr("-/.", text[at + 4])) return false;
    size_t m = digits_at(text, at + 5, end, &month), next = at + 5 + m;
    if (m < 1 || m > 2 || next >= end || text[next] != text[at + 4]) return false;
    size_t d = digits_at(text, next + 1, end, &day);
    if (d < 1 || d > 2) return false;
    found->date = np_date_of(year, month, day);
    found->to = next + 1 + d;
    return found->date != NP_DATE_NONE;
}

/* 29/01/2026, 29.01.26, 1-4-2026; day first, and whether it might be the other way round. Who writes points writes the
 * day first: so another date of the text may be taken. */
static bool all_digits(const char *text, size_t at, size_t end, np_read_date *found)
{
    int a, b, year;
    size_t first = digits_at(text, at, end, &a), next = at + first;
    if (first < 1 || first > 2 || next >= end || !strchr("/.-", text[next])) return false;
    char mark = text[next];
    next = skip(text, next + 1, end, " ");
    size_t second = digits_at(text, next, end, &b);
    next += second;
    if (second < 1 || second > 2 || next >= end || text[next] != mark) return false;
    next = skip(text, next + 1, end, " ");
    size_t third = digits_at(text, next, end, &year);
    if (!full_year(third, &year)) return false;
    np_date day_first = np_date_of(year, b, a), month_first = np_date_of(year, a, b);
    found->to = next + third;
    found->date = day_first != NP_DATE_NONE ? day_first : month_first;
    found->day_first = day_first != NP_DATE_NONE && (month_first == NP_DATE_NONE || mark == '.');
    found->month_first = day_first == NP_DATE_NONE;
    found->other = day_first != NP_DATE_NONE && month_first != day_first ? month_first : NP_DATE_NONE;
    return found->date != NP_DATE_NONE;
}

/* Behind " and 18" or "-18", where text[at] is behind the first day of several: "17 and 18 March 2026" begins on the
 * 17th. `at`: there is one day only. */
static size_t skip_last_day(const np_patterns *patterns, const char *text, size_t at, size_t end)
{
    static const char *const JOINERS[] = {"-", "/", "&", "and", "to", "or", "et", "au", "ou"};
    size_t next = skip(text, at, end, " ");
    for (size_t i = 0; i < sizeof JOINERS / sizeof JOINERS[0]; i++) {
        size_t length = strlen(JOINERS[i]), days, month;
        int day, which;
        if (end - next < length || strncasecmp(text + next, JOINERS[i], length) != 0) continue;
        size_t from = skip(text, next + length, end, " ");
        days = digits_at(text, from, end, &day);
        if (days < 1 || days > 2 || day < 1 || day > 31) continue;
        size_t to = skip_ordinal(text, from + days, end);
        month = skip(text, to, end, " ");
        if (month_name(patterns, text, month, end, &which)) return to;
    }
    return at;
}

/* "1st of April", "15 de septiembre de 2030" */
static size_t skip_of(const char *text, size_t at, size_t end)
{
    static const char *const WORDS[] = {"of", "day of", "de"};
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (word_at(text, at, end, WORDS[i])) return skip(text, at + strlen(WORDS[i]), end, " ");
    return at;
}

/* Behind a month's name at `at`, and behind the same month in another language: "15 March / mars 2032". */
static size_t skip_same_month(const np_patterns *patterns, const char *text, size_t at, size_t end, int month)
{
    size_t next = skip(text, at, end, " -./,\t\n'");
    int other;
    size_t name = month_name(patterns, text, next, end, &other);
    return name && other == month ? skip(text, next + name, end, " -./,\t\n'") : next;
}

/* A word of a list that counts ("first=1", "ix=9"), at text[at..end) as a whole word; its length, or 0. A blank stands
 * for a hyphen too. */
static size_t counting_word(const char *list, const char *text, size_t at, size_t end, int *number)
{
    size_t longest = 0;
    for (np_word word; np_next_word(&list, &word);) {
        size_t i = 0, to = at + word.length;
        if (word.length > end - at || (to < end && np_is_letter(text[to]))) continue;
        while (i < word.length &&
               ((text[at + i] | 0x20) == word.text[i] || (word.text[i] == '-' && text[at + i] == ' ')))
            i++;
        if (i < word.length || word.length <= longest) continue;
        longest = word.length;
        *number = np_read_count(NULL, word.value, word.value_length);
    }
    return longest;
}

/* Behind the day at `at`: a month's name or roman numeral, and the year. */
static bool month_and_year(const np_patterns *patterns, const char *text, size_t at, size_t end, int day,
                           np_read_date *found)
{
    int month, year, other;
    size_t next = skip_of(text, skip(text, at, end, " -./\t\n"), end);
    size_t name = month_name(patterns, text, next, end, &month);
    size_t numeral = name ? 0 : counting_word(patterns->month_numerals, text, next, end, &month);
    if (!name && !numeral) return false;
    next = skip_of(text, skip_same_month(patterns, text, next + name + numeral, end, month), end);
    size_t y = digits_at(text, next, end, &year);
    /* "14 November / 14 novembre 2031": another day, and no year */
    if (y < 4 && month_name(patterns, text, skip(text, skip_ordinal(text, next + y, end), end, " "), end, &other))
        return false;
    if (!full_year(y, &year) || (numeral && y != 4)) return false;
    found->date = np_date_of(year, month, day);
    found->to = next + y;
    return found->date != NP_DATE_NONE;
}

/* A day's number at text[at..end), its two digits apart as scans have it: "2 8 January"; its length, or 0. */
static size_t day_at(const char *text, size_t at, size_t end, int *day)
{
    int second;
    size_t d = digits_at(text, at, end, day);
    bool apart = d == 1 && *day <= 3 && end - at > 3 && text[at + 1] == ' ' && text[at + 3] == ' ';
    if (apart && digits_at(text, at + 2, end, &second) == 1) {
        *day = 10 * *day + second;
        return 3;
    }
    return d <= 2 ? d : 0;
}

/* 01 April 2026, 1st of April, 2026, 1er avril 2026, 29-Jan-2026, 29JAN26, 29 I 2026 */
static bool day_and_name(const np_patterns *patterns, const char *text, size_t at, size_t end, np_read_date *found)
{
    int day;
    size_t d = day_at(text, at, end, &day);
    if (d < 1) return false;
    size_t next = skip_last_day(patterns, text, skip_ordinal(text, at + d, end), end);
    return month_and_year(patterns, text, next, end, day, found);
}

/* the twenty-ninth of February 2026, premier avril 2026 */
static bool day_in_words(const np_patterns *patterns, const char *text, size_t at, size_t end, np_read_date *found)
{
    int day;
    size_t word = counting_word(patterns->ordinal_days, text, at, end, &day);
    return word && month_and_year(patterns, text, at + word, end, day, found);
}

/* April 1, 2026; Apr-01-2026; May 2026, mid-May 2026 (the month only) */
static bool name_first(const np_patterns *patterns, const char *text, size_t at, size_t end, np_read_date *found)
{
    int day, month, year;
    size_t name = month_name(patterns, text, at, end, &month);
    if (!name) return false;
    size_t next = skip(text, at + name, end, " -./,\t\n");
    size_t d = digits_at(text, next, end, &day);
    if (d == 4) {
        /* behind a day it is what is left of a date that does not exist */
        if (at >= 2 && strchr(" -./", text[at - 1]) && np_is_digit(text[at - 2])) return false;
        year = day;
        found->date = np_date_of(year, month, 1);
        found->month_only = true;
        found->to = next + 4;
        return found->date != NP_DATE_NONE;
    }
    if (d < 1 || d > 2) return false;
    next = skip(text, skip_ordinal(text, next + d, end), end, " -./,\t\n");
    size_t y = digits_at(text, next, end, &year);
    if (y != 4 || !full_year(y, &year)) return false;
    found->date = np_date_of(year, month, day);
    found->to = next + y;
    return found->date != NP_DATE_NONE;
}

bool np_find_date(const np_patterns *patterns, const char *text, size_t from, size_t to, np_read_date *found)
{
    for (size_t at = from; at < to; at++) {
        /* behind a letter too: in "l5 March" a scan took a digit for it */
        if (at > from && (np_is_digit(text[at - 1]) || np_is_letter(text[at - 1]))) continue;
        if (!np_is_digit(text[at]) && !np_is_letter(text[at])) continue;
        *found = (np_read_date){.from = at, .date = NP_DATE_NONE, .other = NP_DATE_NONE};
        bool read = np_is_digit(text[at])
                        ? year_first(text, at, to, found) || day_and_name(patterns, text, at, to, found) ||
                              all_digits(text, at, to, found)
                        : name_first(patterns, text, at, to, found) || day_in_words(patterns, text, at, to, found);
        if (read && !np_is_digit(text[found->to])) return true; /* also where the reach ends inside a year */
    }
    return false;
}
