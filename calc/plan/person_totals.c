/* Adding up a person with several periods of service, once. Periods come in the order of time and do not overlap, so
 * two of them share no month (but for one with days between them), and of the periods of the plan (its years) only the
 * one in which the later begins. */
#include "natopay/plan/person_totals.h"

#include <stdlib.h>
#include <string.h>

#include "totals_internal.h"

/* What scenarios change for the person while they are paid in a currency. */
struct np_person_currency {
    char name[8];
    int64_t unit;
    np_pay_difference of[NP_PLAN_BOOKS_MAX];
};

np_person_totals *np_person_totals_new(void)
{
    np_person_totals *person = calloc(1, sizeof *person);
    if (person) person->currencies = calloc(NP_PERSON_PERIODS_MAX, sizeof *person->currencies);
    if (person && person->currencies) return person;
    free(person);
    return NULL;
}

void np_person_totals_free(np_person_totals *person)
{
    if (person) free(person->currencies);
    free(person);
}

void np_person_begin(np_person_totals *person)
{
    *person = (np_person_totals){.currencies = person->currencies};
    for (size_t b = 0; b < NP_PLAN_BOOKS_MAX; b++) person->status[b] = -1;
}

/* Of all, of those in the same currency, and in the same group: whether the person was counted there before. */
enum { ALL, CURRENCY, GROUP, SCOPES };

typedef struct counted_before {
    bool once[SCOPES], in_first[SCOPES]; /* in some period of the plan; in the one in which this period begins */
} counted_before;

/* What earlier periods count in the plan under a book, of which this one is paid from a period of the plan on. */
static counted_before find_counted(const np_person_totals *person, const np_person_period *here, int book, int first)
{
    counted_before before = {{false}, {false}};
    for (size_t i = 0; i < person->period_count; i++) {
        const np_person_period *there = &person->periods[i];
        int last = book < 0 ? 0 : there->last[book];
        if (last < 0) continue;
        const bool same[SCOPES] = {
            [ALL] = true, [CURRENCY] = there->currency == here->currency, [GROUP] = there->group == here->group};
        for (size_t s = 0; s < SCOPES; s++) {
            before.once[s] = before.once[s] || same[s];
            before.in_first[s] = before.in_first[s] || (same[s] && last == first);
        }
    }
    return before;
}

/* Headcount of a group under a book; who is counted in another group already is counted again. */
static void count_heads(const np_totals *totals, const np_person_totals *person, const np_person_period *here,
                        const np_window *window, const np_outcome *outcome, uint16_t book,
                        np_counted_again *const again[])
{
    if (outcome->from >= outcome->until) return;
    size_t at = (size_t)book * (totals->periods + 1u), all = at + totals->periods;
    uint64_t *heads = totals->groups[here->group].heads;
    int first = window->period_of[outcome->from], last = window->period_of[outcome->until - 1];
    counted_before before = find_counted(person, here, book, first);
    for (int y = first; y <= last; y++) heads[at + (size_t)y] += y > first || !before.in_first[GROUP];
    heads[all] += !before.once[GROUP];
    for (size_t s = 0; s < GROUP; s++) {
        again[s]->heads[at + (size_t)first] += !before.in_first[GROUP] && before.in_first[s];
        again[s]->heads[all] += !before.once[GROUP] && before.once[s];
    }
}

static np_person_currency *currency_of(np_person_totals *person, const char *name, int64_t unit)
{
    for (size_t i = 0; i < person->currency_count; i++)
        if (strcmp(person->currencies[i].name, name) == 0) return &person->currencies[i];
    np_person_currency *currency = &person->currencies[person->currency_count++];
    *currency = (np_person_currency){.unit = unit};
    size_t length = strlen(name);
    memcpy(currency->name, name, length < sizeof currency->name ? length : sizeof currency->name - 1);
    return currency;
}

static void note_certainty(const np_totals *totals, np_person_totals *person, const np_outcome *outcomes)
{
    const np_outcome *baseline = &outcomes[0];
    person->beyond = person->beyond || baseline->beyond;
    person->beyond_age = person->beyond_age || baseline->beyond_age;
    person->step_assumed = person->step_assumed || (baseline->step_assumed && baseline->from < baseline->until);
    for (uint16_t b = 0; b < totals->books; b++) {
        const np_outcome *o = &outcomes[b];
        if (o->from < o->until && o->status > person->status[b]) person->status[b] = o->status;
        person->converted = person->converted || (b && o->applies && o->converted);
    }
}

bool np_person_add(np_totals *totals, np_person_totals *person, const np_window *window, const np_plan_book *books,
                   const char *key, size_t length, const char *currency, int64_t unit, const np_outcome *outcomes)
{
    totals->further += person->rows > 0;
    person->rows++;
    if (!np_totals_is_present(totals, outcomes)) return true;
    np_group *group = np_totals_group(totals, key, length, currency);
    np_person_currency *of = currency_of(person, currency, unit);
    bool room = np_totals_again(totals, "") && np_totals_again(totals, of->name);
    if (!group || !room || !np_totals_add_gaps(totals, books, outcomes, person->gaps))
        return np_totals_fail(totals, NP_TOTALS_NO_MEMORY);
    np_counted_again *const again[] = {np_totals_again(totals, ""), np_totals_again(totals, of->name)};
    np_person_period *here = &person->periods[person->period_count];
    *here = (np_person_period){.group = (uint32_t)(group - totals->groups),
                               .currency = (uint16_t)(of - person->currencies)};
    counted_before before = find_counted(person, here, -1, 0);
    group->staff += !before.once[GROUP];
    for (size_t s = 0; s < GROUP; s++) again[s]->staff += !before.once[GROUP] && before.once[s];
    for (uint16_t b = 0; b < totals->books; b++) {
        const np_outcome *o = &outcomes[b];
        count_heads(totals, person, here, window, o, b, again);
        here->last[b] = o->from < o->until ? (int16_t)window->period_of[o->until - 1] : -1;
        np_pay_difference difference = np_pay_difference_of(totals, o, &outcomes[0], unit);
        difference.moved = difference.moved && (o->from < o->until || outcomes[0].from < outcomes[0].until);
        np_pay_difference_add(&of->of[b], &difference);
    }
    person->period_count++;
    note_certainty(totals, person, outcomes);
    return np_totals_add_sums(totals, group, outcomes);
}

/* In sums over currencies the person counts in one of them: the first kind in order is theirs. */
static bool count_once(np_totals *totals, const np_person_totals *person, uint16_t book)
{
    int counted = NP_GAIN_LOSS_KINDS;
    if (person->currency_count < 2) return true;
    uint64_t *again = np_totals_in_other_currencies(totals, book);
    if (!again) return np_totals_fail(totals, NP_TOTALS_NO_MEMORY);
    for (size_t i = 0; i < person->currency_count; i++) {
        int kind = np_pay_difference_kind(&person->currencies[i].of[book]);
        if (counted < NP_GAIN_LOSS_KINDS) again[kind < counted ? counted : kind]++;
        if (kind < counted) counted = kind;
    }
    return true;
}

bool np_person_end(np_totals *totals, np_person_totals *person, const char *id)
{
    totals->absent += person->rows && !person->period_count;
    totals->beyond += person->beyond;
    totals->beyond_age += person->beyond_age;
    totals->steps_assumed += person->step_assumed;
    totals->converted += person->converted;
    for (uint16_t b = 0; b < totals->books; b++)
        if (person->status[b] >= 0) totals->sure[b][person->status[b]]++;
    for (uint16_t b = 1; b < totals->books; b++)
        if (!count_once(totals, person, b)) return false;
    for (size_t i = 0; i < person->currency_count; i++) {
        const np_person_currency *currency = &person->currencies[i];
        for (uint16_t b = 1; b < totals->books; b++)
            if (!np_gain_loss_add(totals, b, currency->name, currency->unit, id, &currency->of[b])) return false;
    }
    return true;
}
