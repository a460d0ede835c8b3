/* Adding up a person with several periods of service, who stand in rows of their own: the person counts once in the
 * totals, however often they change their post. */
#ifndef NATOPAY_PLAN_PERSON_TOTALS_H
#define NATOPAY_PLAN_PERSON_TOTALS_H

#include "natopay/plan/totals.h"

enum { NP_PERSON_PERIODS_MAX = 64 };

typedef struct np_person_period {
    uint32_t group;
    uint16_t currency;               /* of those of the person */
    int16_t last[NP_PLAN_BOOKS_MAX]; /* the last period of the plan in which it is paid; -1: in none */
} np_person_period;

typedef struct np_person_currency np_person_currency;

typedef struct np_person_totals {
    size_t rows; /* done */
    np_person_period periods[NP_PERSON_PERIODS_MAX];
    size_t period_count; /* of them in service in the plan */
    np_person_currency *currencies;
    size_t currency_count;
    bool beyond, beyond_age, step_assumed, converted;
    int16_t status[NP_PLAN_BOOKS_MAX];                    /* the weakest; -1: in service in no month */
    uint64_t gaps[NP_PLAN_BOOKS_MAX * NP_SLOTS_MAX / 64]; /* those in which the person was counted */
} np_person_totals;

/* NULL without memory. */
np_person_totals *np_person_totals_new(void);
void np_person_totals_free(np_person_totals *person);

/* A new person. */
void np_person_begin(np_person_totals *person);
/* One more period, which begins when the one before has ended; at most NP_PERSON_PERIODS_MAX. The other arguments are
 * those of np_totals_add. False: see the failure of the totals. */
bool np_person_add(np_totals *totals, np_person_totals *person, const np_window *window, const np_plan_book *books,
                   const char *key, size_t length, const char *currency, int64_t unit, const np_outcome *outcomes);
/* All periods were added: who gains or loses, and how sure it is. False: see the failure of the totals. */
bool np_person_end(np_totals *totals, np_person_totals *person, const char *id);

#endif
