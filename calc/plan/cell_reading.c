/* Reading the cells of a column as its habits say, into values as natopay writes them. */
#include "natopay/plan/cell_reading.h"

#include <string.h>
#include <strings.h>

#include "cell_internal.h"
#include "natopay/base/text.h"
#include "natopay/plan/list_map.h"

enum { NUMBER_MOST = 60, DATE_LENGTH = 10 };

np_cell_reading np_cell_reading_of(const np_input *input)
{
    np_cell_reading reading = {.kind = NP_CELL_WORD};
    bool share = input->type == NP_NUMBER && input->has_max && input->max.percent && !input->whole;
    if (input->type == NP_DATE) reading.kind = NP_CELL_DATE;
    if (input->type == NP_DATES) reading.kind = NP_CELL_DATES;
    if (input->type == NP_NUMBER) reading.kind = share ? NP_CELL_SHARE : NP_CELL_NUMBER;
    if (input->type == NP_MONEY) reading.kind = NP_CELL_MONEY;
    reading.thousands = np_input_may_be_thousands(input);
    return reading;
}

/* Without the blanks around it. */
static void trim(const char **text, size_t *length)
{
    while (*length && (unsigned char)**text <= ' ') ++*text, --*length;
    while (*length && (unsigned char)(*text)[*length - 1] <= ' ') --*length;
    while (*length > 1 && memcmp(*text, "\xC2\xA0", 2) == 0) *text += 2, *length -= 2;
    while (*length > 1 && memcmp(*text + *length - 2, "\xC2\xA0", 2) == 0) *length -= 2;
}

static bool is_plain_date(const char *text, size_t length)
{
    return length == 10 && text[4] == '-' && text[7] == '-';
}

/* Digits alone, of which none leads as a zero. */
static bool is_plain_whole(const char *text, size_t length)
{
    if (length == 0 || length > 9 || (text[0] == '0' && length > 1)) return false;
    for (size_t i = 0; i < length; i++)
        if (!np_is_digit(text[i])) return false;
    return true;
}

/* ---- noting ---- */

static void note_date(np_cell_counts *c, const char *text, size_t length)
{
    np_written_day day = np_day_read(text, length);
    c->plain += day.form == NP_DAY_PLAIN;
    c->serial += day.form == NP_DAY_SERIAL;
    c->no_day += day.form == NP_DAY_NONE;
    if (day.form != NP_DAY_FIRST_TWO) return;
    c->day_first += day.a > 12 && day.b <= 12;
    c->month_first += day.b > 12 && day.a <= 12;
    c->either_first += day.a <= 12 && day.b <= 12 && day.a != day.b;
}

/* The next date of a list of them; false at the end. */
static bool next_of_list(const char **text, size_t *left, const char **item, size_t *length)
{
    static const char BETWEEN[] = ",;|\r\n";
    while (*left && (strchr(BETWEEN, **text) || **text == ' ')) ++*text, --*left;
    *item = *text;
    *length = 0;
    while (*length < *left && !strchr(BETWEEN, (*text)[*length])) ++*length;
    *text += *length;
    *left -= *length;
    trim(item, length);
    return *length > 0;
}

/* Whether a sign may be one of thousands as well as one of decimals. */
static bool is_unclear(const np_written_number *n)
{
    return n->points + n->commas == 1 && n->behind == 3 && n->before <= 3 && !n->zero_before && !n->grouped;
}

static void note_money(np_cell_counts *c, const np_written_number *n)
{
    char decimal = 0;
    if (n->points && n->commas)
        decimal = n->last;
    else if (n->points > 1 || n->commas > 1)
        decimal = n->points ? ',' : '.'; /* several of one kind are of thousands */
    else if (n->last && !is_unclear(n))
        decimal = n->last;
    c->comma += decimal == ',';
    c->point += decimal == '.';
    c->unclear += n->last && !decimal;
}

/* Whether the number, of which a single sign is one of decimals, is more than 1. */
static bool is_above_one(const char *text, const np_written_number *n)
{
    bool more = false;
    size_t whole = 0;
    const char *end = text + n->start + n->length, *c = text + n->start;
    for (; c < end && *c != '.' && *c != ','; c++)
        if (np_is_digit(*c)) whole = whole > 1 ? whole : 10 * whole + (size_t)(*c - '0');
    for (; c < end; c++) more = more || (np_is_digit(*c) && *c != '0');
    return whole > 1 || (whole == 1 && more);
}

static void note_number(np_cell_reading *reading, const char *text, size_t length)
{
    np_cell_counts *c = &reading->counts;
    if (reading->kind == NP_CELL_MONEY && reading->book) (void)np_number_currency(reading->book, &text, &length);
    np_written_number n = np_number_read(text, length);
    if (!n.good) return;
    if (reading->thousands) note_money(c, &n);
    if (reading->kind != NP_CELL_SHARE) return;
    c->with_percent += n.percent;
    c->above_one += !n.percent && is_above_one(text, &n);
}

void np_cell_note(np_cell_reading *reading, const char *text, size_t length)
{
    np_cell_counts *c = &reading->counts;
    trim(&text, &length);
    if (!length) return;
    c->cells++;
    if (reading->kind == NP_CELL_DATE) note_date(c, text, length);
    const char *item;
    size_t size;
    while (reading->kind == NP_CELL_DATES && next_of_list(&text, &length, &item, &size)) note_date(c, item, size);
    if (reading->kind >= NP_CELL_SHARE) note_number(reading, text, length);
}

/* Which of two things was seen, and not the other: 1 or 2; 0: neither, or both. */
static int only(uint64_t first, uint64_t second)
{
    return first && !second ? 1 : second && !first ? 2 : 0;
}

void np_cell_settle(np_cell_reading *reading)
{
    static const np_date_order ORDERS[] = {NP_ORDER_OPEN, NP_DAY_FIRST, NP_MONTH_FIRST};
    static const char SIGNS[] = {0, ',', '.'};
    const np_cell_counts *c = &reading->counts;
    if (reading->order == NP_ORDER_OPEN) reading->order = ORDERS[only(c->day_first, c->month_first)];
    if (reading->unit == NP_SHARE_OPEN && c->cells) reading->unit = c->above_one ? NP_PER_CENT : NP_FRACTION;
    if (!reading->decimal) reading->decimal = SIGNS[only(c->comma, c->point)];
}

bool np_cell_asks_column(const np_cell_reading *reading)
{
    const np_cell_counts *c = &reading->counts;
    return c->day_first || c->month_first || c->either_first || c->above_one || c->unclear || c->comma;
}

/* ---- converting ---- */

/* Writes YYYY-MM-DD into *text, also of a day that does not exist: np_cell_question tells from it what is wrong. */
static np_cell_trouble give_date(np_arena *arena, int year, int month, int day, const char **text, size_t *length)
{
    const int parts[] = {year / 100, year % 100, month, day};
    if (year > 9999 || month > 99 || day > 99) return NP_CELL_FINE;
    char *plain = np_arena_alloc(arena, DATE_LENGTH + 1), *to = plain;
    for (int i = 0; i < 4; i++) {
        if (i > 1) *to++ = '-';
        *to++ = (char)('0' + parts[i] / 10);
        *to++ = (char)('0' + parts[i] % 10);
    }
    np_date date;
    *text = plain;
    *length = DATE_LENGTH;
    return np_date_parse(plain, DATE_LENGTH, &date) ? NP_CELL_NO_DAY : NP_CELL_FINE;
}

static np_cell_trouble convert_date(const np_cell_reading *reading, np_arena *arena, const char **text, size_t *length)
{
    np_written_day day = np_day_read(*text, *length);
    np_date_order order = reading->order;
    np_ymd serial = np_date_split(day.date); /* meant for NP_DAY_SERIAL alone */
    switch (day.form) {
    case NP_DAY_CLEAR:
        return give_date(arena, day.year, day.a, day.b, text, length);
    case NP_DAY_SERIAL:
        return give_date(arena, serial.year, serial.month, serial.day, text, length);
    case NP_DAY_NONE:
        *length = 0;
        return NP_CELL_FINE;
    case NP_DAY_SHORT_YEAR:
        return NP_CELL_WHICH_YEAR;
    case NP_DAY_FIRST_TWO:
        if (order == NP_ORDER_OPEN && day.a == day.b) order = NP_DAY_FIRST;
        if (order == NP_ORDER_OPEN && day.a > 12) order = NP_DAY_FIRST;
        if (order == NP_ORDER_OPEN && day.b > 12) order = NP_MONTH_FIRST;
        if (order == NP_ORDER_OPEN) return NP_CELL_WHICH_ORDER;
        if (order == NP_DAY_FIRST) return give_date(arena, day.year, day.b, day.a, text, length);
        return give_date(arena, day.year, day.a, day.b, text, length);
    default:
        return NP_CELL_FINE;
    }
}

static np_cell_trouble convert_dates(const np_cell_reading *reading, np_arena *arena, const char **text, size_t *length)
{
    const char *from = *text, *item, *list = "";
    size_t left = *length, size;
    while (next_of_list(&from, &left, &item, &size)) {
        np_cell_trouble trouble = convert_date(reading, arena, &item, &size);
        if (trouble) *text = item, *length = size;
        if (trouble) return trouble;
        if (size) list = np_arena_format(arena, "%s%s%.*s", list, *list ? ", " : "", (int)size, item);
    }
    *text = list;
    *length = strlen(list);
    return NP_CELL_FINE;
}

/* Digits without leading zeros, with a point where `decimal` stands; no other sign. */
static size_t put_digits(char *plain, const char *digits, size_t length, char decimal)
{
    size_t to = 0;
    bool leading = true;
    for (size_t i = 0; i < length; i++) {
        bool sign = decimal && digits[i] == decimal, more = i + 1 < length && np_is_digit(digits[i + 1]);
        if (digits[i] == '-' && i == 0) plain[to++] = '-';
        if ((!sign && !np_is_digit(digits[i])) || (digits[i] == '0' && leading && more)) continue;
        if (sign && leading) plain[to++] = '0';
        leading = false;
        plain[to++] = sign ? '.' : digits[i];
    }
    return to;
}

/* The number with a point before the decimals, without signs of thousands: `decimal` is the sign kept. */
static void give_number(np_arena *arena, const np_written_number *n, char decimal, bool percent, const char **text,
                        size_t *length)
{
    char plain[NUMBER_MOST];
    if (n->length + 2 >= sizeof plain) return;
    size_t to = put_digits(plain, *text + n->start, n->length, decimal);
    const char *unit = n->unit_length ? " " : "";
    *text =
        np_arena_format(arena, "%.*s%s%s%.*s", (int)to, plain, percent ? "%" : "", unit, (int)n->unit_length, n->unit);
    *length = strlen(*text);
}

static np_cell_trouble convert_share(const np_cell_reading *reading, np_arena *arena, const char **text, size_t *length)
{
    np_written_number n = np_number_read(*text, *length);
    if (!n.good || n.unit_length || n.points + n.commas > 1) return NP_CELL_FINE;
    bool percent = n.percent || reading->unit == NP_PER_CENT;
    bool above_one = is_above_one(*text, &n);
    if (!percent && above_one) return NP_CELL_WHICH_SHARE;
    bool bare = percent && !n.percent && !above_one && !reading->unit_told;
    if (bare && strcspn(*text + n.start, "123456789") < n.length) return NP_CELL_WHICH_PERCENT;
    give_number(arena, &n, n.last, percent, text, length);
    return NP_CELL_FINE;
}

/* The sign before the decimals; false: nobody can know. 0: there are none. */
static bool decimal_of(const np_cell_reading *reading, const np_written_number *n, char *decimal)
{
    bool once = n->points + n->commas == 1;
    *decimal = 0;
    if (n->points && n->commas) *decimal = n->last;
    if (!once) return true;
    if (reading->decimal == n->last || n->behind != 3 || n->zero_before || n->grouped) *decimal = n->last;
    return *decimal || reading->decimal;
}

/* A whole number may have decimals that are all zero. */
static np_cell_trouble convert_number(const np_cell_reading *reading, np_arena *arena, const char **text,
                                      size_t *length)
{
    np_written_number n = np_number_read(*text, *length);
    char decimal = n.last;
    if (!n.good || n.unit_length || (!reading->thousands && n.points + n.commas > 1)) return NP_CELL_FINE;
    if (reading->thousands && !decimal_of(reading, &n, &decimal)) return NP_CELL_WHICH_SIGN;
    size_t zeros = 0;
    while (zeros < n.behind && (*text)[n.start + n.length - 1 - zeros] == '0') zeros++;
    if (decimal && zeros == n.behind) n.length -= n.behind + 1;
    give_number(arena, &n, decimal, n.percent, text, length);
    return NP_CELL_FINE;
}

static np_cell_trouble convert_money(const np_cell_reading *reading, np_arena *arena, const char **text, size_t *length)
{
    const np_currency *currency = reading->book ? np_number_currency(reading->book, text, length) : NULL;
    np_written_number n = np_number_read(*text, *length);
    char decimal;
    if (currency) n.unit = currency->name, n.unit_length = strlen(currency->name);
    if (!n.good || n.percent || (n.unit_length && !np_is_letter(*n.unit))) return NP_CELL_FINE;
    if (!decimal_of(reading, &n, &decimal)) return NP_CELL_WHICH_SIGN;
    if (decimal && n.behind > 2 && !reading->told) return NP_CELL_WHICH_SIGN;
    give_number(arena, &n, decimal, false, text, length);
    return NP_CELL_FINE;
}

/* A key of a mapping has no accents and few signs: it stands for words with other ones too. */
static bool is_written_as(const char *word, const char *cell)
{
    return np_same_heading(word, cell) && !np_same_heading(word, "");
}

/* The mapping's word for it; what is written alike goes before what only means the same. */
static bool convert_word(const np_cell_reading *reading, np_arena *arena, const char **text, size_t *length)
{
    const char *cell = np_arena_copy(arena, *text, *length);
    const np_cell_word *found = NULL;
    for (size_t i = 0; i < reading->word_count && !found; i++)
        if (strcasecmp(reading->words[i].word, cell) == 0) found = &reading->words[i];
    for (size_t i = 0; i < reading->word_count && !found; i++)
        if (is_written_as(reading->words[i].word, cell)) found = &reading->words[i];
    if (!found) return false;
    *text = found->value;
    *length = strlen(found->value);
    return true;
}

/* Two or three letters and digits: "G10", "BE", "yes". */
static bool is_short_word(const char *text, size_t length)
{
    bool plain = length == 2 || length == 3;
    for (size_t i = 0; i < length && plain; i++) plain = np_is_letter(text[i]) || np_is_digit(text[i]);
    return plain;
}

/* As it stands in most lists; a list of words of a mapping goes before. */
static bool is_plain(const np_cell_reading *reading, const char *text, size_t length)
{
    if (reading->word_count) return false;
    if (reading->kind == NP_CELL_WORD) return is_short_word(text, length);
    if (reading->kind == NP_CELL_DATE) return is_plain_date(text, length);
    return reading->kind >= NP_CELL_NUMBER && is_plain_whole(text, length);
}

static np_cell_trouble convert(const np_cell_reading *reading, np_arena *arena, const char **text, size_t *length)
{
    switch (reading->kind) {
    case NP_CELL_DATE:
        return convert_date(reading, arena, text, length);
    case NP_CELL_DATES:
        return convert_dates(reading, arena, text, length);
    case NP_CELL_SHARE:
        return convert_share(reading, arena, text, length);
    case NP_CELL_NUMBER:
        np_cell_drop_name(reading, text, length);
        return convert_number(reading, arena, text, length);
    case NP_CELL_MONEY:
        return convert_money(reading, arena, text, length);
    default:
        np_cell_drop_brackets(reading, arena, text, length);
        np_cell_read_letter(reading, text, length);
        return NP_CELL_FINE;
    }
}

np_cell_trouble np_cell_convert(const np_cell_reading *reading, np_arena *arena, const char **text, size_t *length)
{
    if (is_plain(reading, *text, *length)) return NP_CELL_FINE;
    const char *inner = *text;
    size_t size = *length;
    trim(&inner, &size);
    if (size != *length) {
        *text = np_arena_copy(arena, inner, size);
        *length = size;
    }
    if (size == 0 || (reading->word_count && convert_word(reading, arena, text, length))) return NP_CELL_FINE;
    /* an apostrophe keeps a spreadsheet from reading a number */
    if (size > 1 && **text == '\'' && (np_is_digit((*text)[1]) || (*text)[1] == '-')) ++*text, --*length;
    if (np_cell_is_nothing(reading, *text, *length)) *length = 0;
    return *length ? convert(reading, arena, text, length) : NP_CELL_FINE;
}

static const struct {
    const char *question, *problem;
} TROUBLES[] = {
    [NP_CELL_WHICH_ORDER] = {NP_MARK(
                                 "whether the day or the month stands first in '%.40s' is not known: say --dates dmy "
                                 "or --dates mdy"),
                             NP_MARK("whether the day or the month stands first is not known: say --dates dmy or "
                                     "--dates mdy")},
    [NP_CELL_WHICH_YEAR] = {NP_MARK("the year of '%.40s' has two digits: write all four"),
                            NP_MARK("the year has two digits: write all four")},
    [NP_CELL_NO_DAY] = {NULL, NP_MARK("not a date")},
    [NP_CELL_WHICH_SHARE] = {NP_MARK("'%.40s' is above 1 in a column that begins with fractions: write it with %%, or "
                                     "name the column in a mapping as per cent"),
                             NP_MARK("a share above 1 in a column that begins with fractions")},
    [NP_CELL_WHICH_PERCENT] = {NP_MARK("'%.40s' may be a fraction in a column of per cents: write it with %%, or name "
                                       "the column in a mapping as per cent"),
                               NP_MARK("a share of 1 or less in a column of per cents")},
    [NP_CELL_WHICH_SIGN] = {NP_MARK("what the sign in '%.40s' means is not known: say --decimal point or --decimal "
                                    "comma"),
                            NP_MARK("what the sign in an amount means is not known: say --decimal point or --decimal "
                                    "comma")},
};

const char *np_cell_question(np_arena *arena, const np_lang *lang, np_cell_trouble trouble, const char *written,
                             const char *converted)
{
    if (trouble != NP_CELL_NO_DAY) return np_arena_format(arena, np_say(lang, TROUBLES[trouble].question), written);
    return np_arena_format(arena, np_say(lang, "'%.40s' is not a date: %s"), written,
                           np_date_why(arena, lang, converted, DATE_LENGTH));
}

const char *np_cell_problem(np_cell_trouble trouble)
{
    return TROUBLES[trouble].problem;
}
