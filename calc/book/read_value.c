/* Reading values: numbers, dates, amounts, names, lists. */
#include <string.h>
#include <strings.h>

#include "build.h"
#include "natopay/book/spelling.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static np_item trimmed(np_build *build, const np_ini_key *key, size_t start, size_t end)
{
    while (start < end && is_blank(key->value[start])) start++;
    while (end > start && is_blank(key->value[end - 1])) end--;
    return (np_item){np_arena_copy(build->arena, key->value + start, end - start), start, end - start};
}

np_item np_whole(np_build *build, const np_ini_key *key)
{
    return trimmed(build, key, 0, strlen(key->value));
}

np_item *np_split(np_build *build, const np_ini_key *key, size_t *count)
{
    size_t commas = 1;
    for (const char *c = key->value; *c; c++) commas += *c == ',';
    *count = 0;
    if (key->value[strspn(key->value, " \t")] == '\0') return NULL;
    if (commas > NP_LIST_MAX) {
        np_report(build->diags, NP_CODE_TOO_MANY, np_ini_value_span(key, 0, 1), "a list holds at most %d values",
                  NP_LIST_MAX);
        commas = NP_LIST_MAX;
    }
    np_item *items = np_arena_array(build->arena, commas, sizeof *items);
    size_t start = 0;
    while (*count < commas) {
        size_t length = strcspn(key->value + start, ",");
        items[(*count)++] = trimmed(build, key, start, start + length);
        start += length + 1;
    }
    return items;
}

static np_span item_span(const np_ini_key *key, np_item item)
{
    return np_ini_value_span(key, item.index, item.length ? item.length : 1);
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static const struct {
    const char *word;
    int months;
} SPANS[] = {{"month", 1},   {"months", 1}, {"mois", 1},    {"monat", 1}, {"monate", 1},
             {"year", 12},   {"years", 12}, {"an", 12},     {"ans", 12},  {"annee", 12},
             {"annees", 12}, {"année", 12}, {"années", 12}, {"jahr", 12}, {"jahre", 12}};

/* The unit that ends the name of an input: residence_distance_km. NULL: none. */
static const char *unit_of(const char *name)
{
    static const char *const UNITS[] = {"km", "months", "years", "days", "hours"};
    const char *end = strrchr(name, '_');
    for (size_t i = 0; end && i < sizeof UNITS / sizeof UNITS[0]; i++)
        if (strcmp(end + 1, UNITS[i]) == 0) return UNITS[i];
    return NULL;
}

/* How often a unit is in what a word says; 0: that is another one. */
static int times_unit(const char *unit, const char *word)
{
    if (!unit) return 0;
    if (strcasecmp(unit, word) == 0) return 1;
    for (size_t i = 0; i < sizeof SPANS / sizeof SPANS[0]; i++)
        if (strcmp(unit, "months") == 0 && strcasecmp(SPANS[i].word, word) == 0) return SPANS[i].months;
    return 0;
}

/* "450 km", "3 years": a number alone is asked for. False: it is something else. */
static bool refuse_unit(np_build *build, const np_ini_key *key, np_item item)
{
    size_t digits = strspn(item.text, "0123456789."), at;
    const char *word = item.text + digits + strspn(item.text + digits, " ");
    np_num number;
    if (!*word || (!np_is_letter(*word) && (unsigned char)*word < 128)) return false;
    for (const char *c = word; *c; c++)
        if (np_is_digit(*c)) return false;
    if (np_num_parse(build->arena, item.text, digits, &number, &at)) return false;
    np_diag *diag =
        np_report(build->diags, NP_CODE_BAD_NUMBER, item_span(key, item), "'%s' is not a number", item.text);
    const char *unit = unit_of(key->name);
    int times = times_unit(unit, word);
    np_text text;
    np_text_init(&text, 200);
    np_num_print_plain(&text, np_num_mul(build->arena, number, np_num_int(times)));
    const char *shown = np_text_move(&text, build->arena);
    if (times)
        np_diag_hint(build->diags, diag, "write %s", shown);
    else if (strncasecmp(word, "per", 3) == 0 || strncasecmp(word, "pour", 4) == 0 || strncasecmp(word, "pro", 3) == 0)
        np_diag_hint(build->diags, diag, "write %.*s%%", (int)digits, item.text);
    else if (unit)
        np_diag_hint(build->diags, diag, "a number alone is asked for here, in %s", unit);
    else
        np_diag_hint(build->diags, diag, "leave %s out: a number alone is asked for here", word);
    return true;
}

bool np_item_number(np_build *build, const np_ini_key *key, np_item item, np_num *number)
{
    size_t at = 0, end = item.length;
    const char *why = np_num_parse(build->arena, item.text, item.length, number, &at);
    if (!why) return true;
    if (refuse_unit(build, key, item)) return false;
    while (end > 0 && is_capital(item.text[end - 1])) end--;
    bool currency = end > 0 && item.length - end == 3;
    bool general = strstr(why, "numbers look like ") != NULL; /* nothing more can be said: that is the hint, then */
    np_diag *diag;
    if (currency || general)
        diag = np_report(build->diags, NP_CODE_BAD_NUMBER, item_span(key, item), "'%s' is not a number", item.text);
    else
        diag = np_report(build->diags, NP_CODE_BAD_NUMBER, item_span(key, item), "'%s' is not a number: %s", item.text,
                         np_num_why(build->arena, build->diags->lang, item.text, item.length));
    if (currency)
        np_diag_hint(build->diags, diag, "leave %s out: a number alone is asked for here", item.text + end);
    else if (general)
        np_diag_hint(build->diags, diag, "numbers look like 5335.54, -12, 10%% or 1/37");
    return false;
}

bool np_list_is_clear(np_build *build, const np_ini_key *key)
{
    const char *text = key->value;
    for (const char *comma = strchr(text, ','); comma; comma = strchr(comma + 1, ',')) {
        bool joined = comma > text && np_is_digit(comma[-1]) && np_is_digit(comma[1]);
        if (!joined) continue;
        np_diag *diag = np_report(build->diags, NP_CODE_BAD_NUMBER, np_ini_value_span(key, (size_t)(comma - text), 1),
                                  "'%s' may be one number or several: this comma stands between two digits", text);
        np_diag_hint(build->diags, diag,
                     "write a number with a point and no group marks (5335.54), and a list with a blank after each "
                     "comma (5335.54, 5495.61)");
        return false;
    }
    return true;
}

bool np_item_date(np_build *build, const np_ini_key *key, np_item item, np_date *date)
{
    const char *why = np_date_parse(item.text, item.length, date);
    if (!why) return true;
    np_diag *diag = np_report(build->diags, NP_CODE_BAD_DATE, item_span(key, item), "'%s' is not a date: %s", item.text,
                              np_date_why(build->arena, build->diags->lang, item.text, item.length));
    np_hint_date(build, diag, item);
    return false;
}

bool np_item_truth(np_build *build, const np_ini_key *key, np_item item, bool *truth)
{
    int spelled = np_spelled_truth(item.text);
    *truth = spelled == 1;
    if (spelled >= 0) return true;
    np_diag *diag =
        np_report(build->diags, NP_CODE_BAD_VALUE, item_span(key, item), "'%s' is neither yes nor no", item.text);
    np_diag_hint(build->diags, diag, "write yes or no");
    return false;
}

bool np_take_truth(np_build *build, np_definition *definition, const char *name, bool fallback)
{
    const np_ini_key *key = np_take(definition, name);
    bool truth = fallback;
    if (key) np_item_truth(build, key, np_whole(build, key), &truth);
    return truth;
}

static bool duration_unit(const char *word, np_duration *unit)
{
    static const struct {
        const char *word;
        np_duration unit;
    } UNITS[] = {{"month", {1, 0}},  {"months", {1, 0}}, {"year", {12, 0}},
                 {"years", {12, 0}}, {"day", {0, 1}},    {"days", {0, 1}}};
    for (size_t i = 0; i < sizeof UNITS / sizeof UNITS[0]; i++)
        if (strcmp(word, UNITS[i].word) == 0) {
            *unit = UNITS[i].unit;
            return true;
        }
    return false;
}

bool np_item_duration(np_build *build, const np_ini_key *key, np_item item, np_duration *duration)
{
    size_t digits = strspn(item.text, "0123456789");
    const char *word = item.text + digits + strspn(item.text + digits, " \t");
    np_duration unit;
    if (digits == 0 || digits > 5 || !duration_unit(word, &unit)) {
        np_diag *diag =
            np_report(build->diags, NP_CODE_BAD_VALUE, item_span(key, item), "'%s' is not a duration", item.text);
        np_diag_hint(build->diags, diag, "write for example 6 months, 3 years or 30 days");
        return false;
    }
    int32_t count = 0;
    for (size_t i = 0; i < digits; i++) count = count * 10 + (item.text[i] - '0');
    *duration = (np_duration){unit.months * count, unit.days * count};
    return true;
}

/* The currency whose symbol begins or ends the text; NULL: none does. */
static const np_currency *by_symbol(const np_book *book, np_item item)
{
    for (size_t i = 0; i < book->currency_count; i++) {
        const char *symbol = book->currencies[i].symbol;
        size_t length = symbol ? strlen(symbol) : 0;
        if (!length || length >= item.length || np_is_letter(symbol[0])) continue;
        if (memcmp(item.text, symbol, length) == 0 || memcmp(item.text + item.length - length, symbol, length) == 0)
            return &book->currencies[i];
    }
    return NULL;
}

/* `number`: as it is to be written, "" where that is not clear; `words`: more stands behind the currency. */
static void hint_amount(np_build *build, np_diag *diag, const char *number, const char *currency, bool words)
{
    if (words)
        np_diag_hint(build->diags, diag, "write an amount alone, of the time that the input asks for, such as 1500 %s",
                     currency);
    else if (*number && !np_num_is_unclear(number, strlen(number)))
        np_diag_hint(build->diags, diag, "write %s %s", number, currency);
    else
        np_diag_hint(build->diags, diag, "write the number without group marks, and %s behind it", currency);
}

/* A currency that stands before the number, or is no code: "EUR 75.00", "75.00 Euro", "75.00 $". False: there is
 * none. */
static bool hint_currency(np_build *build, np_diag *diag, np_item item)
{
    size_t first = 0, digits = strcspn(item.text, "0123456789"), end = item.length;
    char code[4] = "";
    while (end > 0 && !np_is_digit(item.text[end - 1])) end--;
    const char *word = digits ? item.text : item.text + end;
    while (is_blank(word[first])) first++;
    for (size_t i = 0; i < 3 && np_is_letter(word[first + i]); i++) code[i] = (char)(word[first + i] & ~0x20);
    const np_currency *symbol = by_symbol(build->book, item);
    if (end <= digits || (!symbol && np_book_currency(build->book, code) < 0)) return false;
    bool words = digits == 0 && !symbol && item.length > end + first + 3 && !np_is_letter(word[first + 3]);
    hint_amount(build, diag, np_num_suggestion(build->arena, item.text + digits, end - digits),
                symbol ? symbol->name : code, words);
    return true;
}

static bool has_letter(const char *text)
{
    while (*text && !np_is_letter(*text)) text++;
    return *text != '\0';
}

static bool is_number_alone(const np_book *book, np_item item)
{
    return item.length > 0 && !has_letter(item.text) && !by_symbol(book, item);
}

bool np_item_money(np_build *build, const np_ini_key *key, np_item item, uint16_t currency, np_value *value)
{
    size_t end = item.length;
    while (end > 0 && is_capital(item.text[end - 1])) end--;
    np_item number = item;
    if (end < item.length && item.length - end == 3) {
        int found = np_find_currency(build, item.text + end, np_ini_value_span(key, item.index + end, 3));
        if (found < 0) return false;
        currency = (uint16_t)found;
        while (end > 0 && is_blank(item.text[end - 1])) end--;
        number.length = end;
        number.text = np_arena_copy(build->arena, item.text, end);
    }
    if (!is_number_alone(build->book, number)) {
        np_diag *diag =
            np_report(build->diags, NP_CODE_BAD_VALUE, item_span(key, item),
                      number.length ? NP_MARK("'%s' is no amount: a number is followed by its currency's code")
                                    : NP_MARK("'%s' is no amount: a number is missing"),
                      item.text);
        if (!hint_currency(build, diag, item)) np_diag_hint(build->diags, diag, "write for example 1500 EUR");
        return false;
    }
    *value = (np_value){.type = NP_MONEY, .currency = currency};
    if (!np_item_number(build, key, number, &value->as.number)) return false;
    if (np_num_sign(value->as.number) == 0) {
        value->currency = NP_CURRENCY_ANY;
        return true;
    }
    if (currency != NP_CURRENCY_ANY) return true;
    np_diag *diag = np_report(build->diags, NP_CODE_BAD_VALUE, item_span(key, item),
                              "'%s' is an amount without a currency", item.text);
    np_diag_hint(build->diags, diag, "write for example %s EUR", item.text);
    return false;
}

static bool item_dates(np_build *build, const np_ini_key *key, np_item item, np_value *value)
{
    np_ini_key part = *key;
    size_t count = 0;
    part.value = item.text;
    np_item *items = np_split(build, &part, &count);
    np_date *dates = np_arena_array(build->arena, count + 1, sizeof *dates);
    bool ok = true;
    for (size_t i = 0; i < count; i++) {
        items[i].index += item.index;
        ok = np_item_date(build, key, items[i], &dates[i]) && ok;
    }
    value->as.dates = (np_dates){dates, count};
    return ok;
}

bool np_item_value(np_build *build, const np_ini_key *key, np_item item, np_type type, uint16_t currency,
                   np_value *value)
{
    *value = (np_value){.type = (uint8_t)type};
    int found;
    switch (type) {
    case NP_NUMBER:
        value->percent = item.length && item.text[item.length - 1] == '%';
        return np_item_number(build, key, item, &value->as.number);
    case NP_MONEY:
        return np_item_money(build, key, item, currency, value);
    case NP_TRUTH:
        return np_item_truth(build, key, item, &value->as.truth);
    case NP_TEXT:
        value->as.text = item.text;
        return true;
    case NP_DATE:
        return np_item_date(build, key, item, &value->as.date);
    case NP_DATES:
        return item_dates(build, key, item, value);
    case NP_DURATION:
        return np_item_duration(build, key, item, &value->as.duration);
    case NP_GRADE:
        found = np_find_grade(build, item.text, item_span(key, item));
        value->as.grade = (uint16_t)found;
        return found >= 0;
    case NP_COUNTRY:
        found = np_find_country(build, item.text, item_span(key, item));
        value->as.country = (uint16_t)found;
        return found >= 0;
    default:
        return false;
    }
}

/* A grade or country as people write it; a grade's former name is taken, and said to be one. */
static bool read_spelled(const np_book *book, np_diags *diags, const np_ini_key *key, np_value *value)
{
    bool former = false, grade = value->type == NP_GRADE;
    int found = grade ? np_spelled_grade(book, key->value, &former) : np_spelled_country(book, key->value);
    if (found < 0) return false;
    if (grade)
        value->as.grade = (uint16_t)found;
    else
        value->as.country = (uint16_t)found;
    if (former)
        np_report(diags, NP_CODE_FORMER_GRADE, key->value_at, "%s is %s today", book->grades[found].legacy,
                  book->grades[found].name);
    return true;
}

bool np_input_may_be_thousands(const np_input *input)
{
    if (input->type == NP_MONEY) return true;
    if (input->type != NP_NUMBER || input->whole || (input->has_max && input->max.percent)) return false;
    return !input->has_max || np_num_compare(input->max.as.number, np_num_int(1000)) >= 0;
}

void np_hint_unclear(np_diags *diags, np_diag *diag, const char *text)
{
    const char *point = strchr(text, '.');
    int before = (int)(point - text);
    np_diag_hint(diags, diag, "write %.*s%.3s for thousands, or %.*s.%.3s0 for the fraction", before, text, point + 1,
                 before, text, point + 1);
}

bool np_book_refuse_unclear(np_diags *diags, const np_ini_key *key)
{
    if (!np_num_is_unclear(key->value, strlen(key->value))) return false;
    np_diag *diag = np_report(diags, NP_CODE_BAD_NUMBER, key->value_at,
                              "'%s' may be thousands or a fraction: a number has no group marks", key->value);
    np_hint_unclear(diags, diag, key->value);
    return true;
}

bool np_book_read_value(const np_book *book, np_diags *diags, const np_ini_key *key, np_type type, np_value *value)
{
    np_build build = {(np_book *)(uintptr_t)book, diags, diags->arena}; /* only looked at */
    *value = (np_value){.type = (uint8_t)type};
    if ((type == NP_GRADE || type == NP_COUNTRY) && read_spelled(book, diags, key, value)) return true;
    if (type == NP_MONEY && np_book_refuse_unclear(diags, key)) return false;
    return np_item_value(&build, key, np_whole(&build, key), type, NP_CURRENCY_LOCAL, value);
}
