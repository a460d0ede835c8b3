/* The rates by which totals in several currencies are added up. */
#ifndef NATOPAY_PLAN_PLAN_RATES_H
#define NATOPAY_PLAN_PLAN_RATES_H

#include "natopay/book/model.h"
#include "natopay/pay/month_window.h"

/* One currency of a book. */
typedef struct np_plan_rate {
    const char *currency;
    const char *day, *status, *source; /* of the first: as the book has it; a name of np_status; a title, or "" */
    np_num *per_euro;                  /* [period]: units for one euro on its first day */
} np_plan_rate;

typedef struct np_plan_rates {
    np_plan_rate *list;
    size_t count;
} np_plan_rates;

/* All that a book has; the euro, which needs none, aside. */
np_plan_rates np_plan_rates_of(np_arena *arena, const np_book *book, const np_window *window, const np_lang *lang);

const np_plan_rate *np_plan_rate_named(const np_plan_rates *rates, const char *currency); /* NULL: none */
/* Units of a currency for one euro in a period; invalid: there is no rate. */
np_num np_plan_per_euro(const np_plan_rates *rates, const char *currency, uint16_t period);
/* Whether a currency has the same rate in all periods under both. */
bool np_plan_rates_agree(const np_plan_rates *a, const np_plan_rates *b, const char *currency, uint16_t periods);

#endif
