/* Values in their plainest writing, as staff lists hold them by the million, read quickly. Those written otherwise, out
 * of bounds or wrong are left to np_book_read_value, which takes every writing and says what is wrong. */
#include <string.h>

#include "natopay/book/model.h"

enum { DATE_LENGTH = 10, SMALL_LENGTH = 9, NUMBER_LENGTH = 18 };

/* "3600", "50%"; false for any other number, and for a leading zero. */
static bool read_whole(const char *text, size_t length, np_num *number)
{
    int64_t whole = 0;
    bool percent = text[length - 1] == '%';
    length -= percent;
    if (length == 0 || length > SMALL_LENGTH || (text[0] == '0' && length > 1)) return false;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        whole = 10 * whole + (text[i] - '0');
    }
    *number = np_num_small(whole, percent ? 100 : 1);
    return true;
}

static bool read_number(np_arena *arena, const char *text, size_t length, np_value *value)
{
    size_t at;
    if (length > NUMBER_LENGTH) return false;
    if (!read_whole(text, length, &value->as.number) && np_num_parse(arena, text, length, &value->as.number, &at))
        return false;
    value->percent = value->type == NP_NUMBER && text[length - 1] == '%';
    if (value->type == NP_NUMBER) return true;
    value->currency = np_num_sign(value->as.number) == 0 ? NP_CURRENCY_ANY : NP_CURRENCY_LOCAL;
    return true;
}

/* Two digits; any other character is noted in `wrong`. */
static inline int read_two(const char *text, bool *wrong)
{
    unsigned tens = (unsigned)(unsigned char)text[0] - '0', ones = (unsigned)(unsigned char)text[1] - '0';
    *wrong |= tens > 9 || ones > 9;
    return (int)(10 * tens + ones);
}

/* "2019-04-26" */
static bool read_date(const char *text, np_date *date)
{
    bool wrong = text[4] != '-' || text[7] != '-';
    int century = read_two(text, &wrong), year = read_two(text + 2, &wrong);
    int month = read_two(text + 5, &wrong), day = read_two(text + 8, &wrong);
    if (wrong) return false;
    *date = np_date_of(100 * century + year, month, day);
    return *date != NP_DATE_NONE;
}

static bool read_truth(const char *text, np_value *value)
{
    value->as.truth = strcmp(text, "yes") == 0;
    return value->as.truth || strcmp(text, "no") == 0;
}

/* "2019-04-26, 2015-08-27" */
static bool read_dates(np_arena *arena, const char *text, size_t length, np_value *value)
{
    size_t count = (length + 2) / (DATE_LENGTH + 2);
    if (count == 0 || count > NP_LIST_MAX || count * (DATE_LENGTH + 2) != length + 2) return false;
    np_date *dates = np_arena_array(arena, count, sizeof *dates);
    for (size_t i = 0; i < count; i++) {
        const char *item = text + i * (DATE_LENGTH + 2);
        if (!read_date(item, &dates[i])) return false;
        if (i + 1 < count && (item[DATE_LENGTH] != ',' || item[DATE_LENGTH + 1] != ' ')) return false;
    }
    value->as.dates = (np_dates){dates, count};
    return true;
}

static bool read_choice(const np_input *input, const char *text, np_value *value)
{
    for (size_t i = 0; i < input->choice_count; i++)
        if (strcmp(input->choices[i], text) == 0) {
            value->as.text = input->choices[i];
            return true;
        }
    return false;
}

static bool within(const np_input *input, const np_value *value)
{
    if (value->type == NP_DATE)
        return (!input->has_min || value->as.date >= input->min.as.date) &&
               (!input->has_max || value->as.date <= input->max.as.date);
    return (!input->has_min || np_num_compare(value->as.number, input->min.as.number) >= 0) &&
           (!input->has_max || np_num_compare(value->as.number, input->max.as.number) <= 0) &&
           (!input->whole || np_num_is_integer(value->as.number));
}

bool np_book_read_plain(const np_book *book, np_arena *arena, const np_input *input, const char *text, size_t length,
                        np_value *value)
{
    int found;
    *value = (np_value){.type = (uint8_t)input->type, .status = input->is_figure ? NP_USER : NP_PUBLISHED};
    if (length == 0 || (input->choice_count > 0 && input->type != NP_TEXT)) return false;
    switch (input->type) {
    case NP_NUMBER:
    case NP_MONEY:
        return read_number(arena, text, length, value) && within(input, value);
    case NP_DATE:
        return length == DATE_LENGTH && read_date(text, &value->as.date) && within(input, value);
    case NP_TRUTH:
        return read_truth(text, value);
    case NP_TEXT:
        return read_choice(input, text, value);
    case NP_DATES:
        return read_dates(arena, text, length, value);
    case NP_GRADE:
        found = np_book_grade(book, text);
        value->as.grade = (uint16_t)found;
        return found >= 0;
    case NP_COUNTRY:
        found = np_book_country(book, text);
        value->as.country = (uint16_t)found;
        return found >= 0;
    default:
        return false;
    }
}
