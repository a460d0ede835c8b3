/* From one currency to another by the euro rates of the book. */
#include <string.h>

#include "natopay/compare/compare.h"

static const np_rate *rate_on(const np_book *book, uint16_t currency, np_date date)
{
    const np_exchange *exchange = np_book_exchange(book, currency);
    if (!exchange || exchange->rate_count == 0) return NULL;
    const np_rate *found = &exchange->rates[0]; /* before the first rate, the first: as in the payslip */
    for (size_t i = 1; i < exchange->rate_count; i++)
        if (exchange->rates[i].from <= date) found = &exchange->rates[i];
    return found;
}

/* The rate of a currency by the first of the books that has one. */
static const np_rate *rate_among(const np_book *const *books, size_t count, const np_currency *currency, np_date date)
{
    for (size_t i = 0; i < count; i++) {
        int found = np_book_currency(books[i], currency->name);
        const np_rate *rate = found < 0 ? NULL : rate_on(books[i], (uint16_t)found, date);
        if (rate && np_num_sign(rate->figure.value) > 0) return rate;
    }
    return NULL;
}

np_conversion np_conversion_among(const np_book *const *books, size_t count, np_arena *arena, const np_currency *own,
                                  const np_currency *common, np_date date)
{
    np_conversion c = {.factor = np_num_int(1), .currencies = {own, common}, .status = NP_PUBLISHED};
    c.known = c.same = strcmp(own->name, common->name) == 0;
    if (c.same) return c;
    np_num per_euro[2];
    for (size_t i = 0; i < 2; i++) {
        const np_currency *currency = c.currencies[i];
        per_euro[i] = np_num_int(1);
        if (strcmp(currency->name, "EUR") == 0) continue; /* rates are units per euro */
        c.rates[i] = rate_among(books, count, currency, date);
        if (!c.rates[i]) {
            c.missing = currency->name;
            return c;
        }
        per_euro[i] = c.rates[i]->figure.value;
        if (c.rates[i]->figure.status > c.status) c.status = (uint8_t)c.rates[i]->figure.status;
    }
    c.factor = np_num_div(arena, per_euro[1], per_euro[0]);
    c.known = np_num_valid(c.factor);
    return c;
}

np_conversion np_conversion_of(const np_book *book, np_arena *arena, uint16_t own, uint16_t common, np_date date)
{
    return np_conversion_among(&book, 1, arena, &book->currencies[own], &book->currencies[common], date);
}

np_num np_convert(np_arena *arena, const np_conversion *conversion, np_num amount, bool exact)
{
    if (!conversion->known) return np_num_small(0, -1);
    if (conversion->same) return amount;
    np_num converted = np_num_mul(arena, amount, conversion->factor);
    if (exact) return converted;
    return np_num_round(arena, converted, conversion->currencies[1]->minor_unit, NP_ROUND_HALF_UP);
}

bool np_book_set_rate(np_book *book, const char *currency, np_num per_euro)
{
    int found = np_book_currency(book, currency);
    if (found < 0 || strcmp(currency, "EUR") == 0) return false;
    np_rate *rate = np_arena_alloc(book->arena, sizeof *rate);
    *rate = (np_rate){.from = np_date_of(NP_YEAR_FIRST, 1, 1), .key = ""};
    rate->figure = (np_figure){.given = true, .value = np_num_copy(book->arena, per_euro), .status = NP_USER};
    for (size_t i = 0; i < book->exchange_count; i++) {
        if (book->exchanges[i].currency != found) continue;
        book->exchanges[i].rates = rate;
        book->exchanges[i].rate_count = 1;
        return true;
    }
    np_exchange *all = np_arena_array(book->arena, book->exchange_count + 1, sizeof *all);
    if (book->exchange_count) memcpy(all, book->exchanges, book->exchange_count * sizeof *all);
    all[book->exchange_count] =
        (np_exchange){.currency = (uint16_t)found, .rates = rate, .rate_count = 1, .uncertain = UINT16_MAX};
    book->exchanges = all;
    book->exchange_count++;
    return true;
}
