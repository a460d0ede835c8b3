/* The rates by which totals in several currencies are added up: read from a book, looked up, compared. */
#include "natopay/plan/plan_rates.h"

#include <string.h>

static const char EURO[] = "EUR";

static uint16_t first_month(const np_window *window, uint16_t period)
{
    return period ? window->period_end[period - 1] : 0;
}

np_plan_rates np_plan_rates_of(np_arena *arena, const np_book *book, const np_window *window, const np_lang *lang)
{
    np_plan_rates rates = {np_arena_array(arena, book->currency_count + 1, sizeof *rates.list), 0};
    for (uint16_t c = 0; c < book->currency_count; c++) {
        const np_rate *rate = np_exchange_on(book, c, window->first);
        if (!rate || np_num_sign(rate->figure.value) <= 0 || strcmp(book->currencies[c].name, EURO) == 0) continue;
        np_plan_rate *to = &rates.list[rates.count++];
        const np_source *source = rate->figure.source;
        *to = (np_plan_rate){.currency = book->currencies[c].name,
                             .day = rate->key,
                             .status = np_status_name(rate->figure.status),
                             .source = source ? np_label_text(&source->label, lang, source->title) : ""};
        to->per_euro = np_arena_array(arena, window->periods, sizeof *to->per_euro);
        for (uint16_t y = 0; y < window->periods; y++)
            to->per_euro[y] = np_exchange_on(book, c, window->start[first_month(window, y)])->figure.value;
    }
    return rates;
}

const np_plan_rate *np_plan_rate_named(const np_plan_rates *rates, const char *currency)
{
    for (size_t i = 0; i < rates->count; i++)
        if (strcmp(rates->list[i].currency, currency) == 0) return &rates->list[i];
    return NULL;
}

np_num np_plan_per_euro(const np_plan_rates *rates, const char *currency, uint16_t period)
{
    if (strcmp(currency, EURO) == 0) return np_num_int(1);
    const np_plan_rate *rate = np_plan_rate_named(rates, currency);
    return rate && np_num_sign(rate->per_euro[period]) > 0 ? rate->per_euro[period] : np_num_small(0, -1);
}

bool np_plan_rates_agree(const np_plan_rates *a, const np_plan_rates *b, const char *currency, uint16_t periods)
{
    const np_plan_rate *x = np_plan_rate_named(a, currency), *y = np_plan_rate_named(b, currency);
    bool agree = !x == !y;
    for (uint16_t i = 0; x && agree && i < periods; i++) agree = np_num_compare(x->per_euro[i], y->per_euro[i]) == 0;
    return agree;
}
