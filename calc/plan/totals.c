/* Adding up what staff cost, by group, scenario and year, and who gains or loses. */
#include "natopay/plan/totals.h"

#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "totals_internal.h"

const char NP_TOTALS_NO_MEMORY[] = "memory ran out";

void np_totals_init(np_totals *totals, uint16_t books, uint16_t periods, np_scratch scratch)
{
    *totals = (np_totals){.books = books, .periods = periods, .scratch = scratch};
}

static size_t sum_count(const np_totals *totals)
{
    return (size_t)totals->books * totals->periods * NP_SUMS;
}

static size_t head_count(const np_totals *totals)
{
    return (size_t)totals->books * (totals->periods + 1u);
}

static void free_group(const np_totals *totals, np_group *group)
{
    for (size_t i = 0; group->sums && i < sum_count(totals); i++) np_exact_sum_free(&group->sums[i]);
    free(group->sums);
    free(group->heads);
    free(group->key);
}

static void free_gain_loss(np_gain_loss *s)
{
    np_exact_sum_free(&s->won);
    np_exact_sum_free(&s->lost);
    np_exact_sum_free(&s->employer);
    free(s->low_id);
    free(s->high_id);
    free(s->buffer);
    free(s->runs);
}

void np_totals_free(np_totals *totals)
{
    for (size_t i = 0; i < totals->group_count; i++) free_group(totals, &totals->groups[i]);
    for (size_t i = 0; i < totals->gain_loss_count; i++) free_gain_loss(&totals->gain_losses[i]);
    for (size_t i = 0; i < totals->gap_count; i++) free(totals->gaps[i].rule);
    for (size_t i = 0; i < totals->again_count; i++) free(totals->again[i].heads);
    free(totals->again);
    free(totals->in_other_currencies);
    free(totals->groups);
    free(totals->index);
    free(totals->gain_losses);
    free(totals->gaps);
    free(totals->gap_of);
    np_totals_init(totals, totals->books, totals->periods, totals->scratch);
}

bool np_totals_fail(np_totals *totals, const char *why)
{
    if (!totals->failure) totals->failure = why;
    return false;
}

/* ---- groups ---- */

static uint32_t hash_group(const char *key, size_t length, const char *currency)
{
    uint64_t hash = np_mix(np_hash_bytes(key, length), np_hash_bytes(currency, strlen(currency)));
    return (uint32_t)(hash ^ hash >> 32);
}

static bool rehash(np_totals *totals)
{
    uint32_t slots = totals->slots ? totals->slots * 2 : 64, *index = calloc(slots, sizeof *index);
    if (!index) return false;
    for (size_t i = 0; i < totals->group_count; i++) {
        const np_group *group = &totals->groups[i];
        uint32_t at = hash_group(group->key, group->length, group->currency) & (slots - 1);
        while (index[at]) at = (at + 1) & (slots - 1);
        index[at] = (uint32_t)i + 1;
    }
    free(totals->index);
    totals->index = index;
    totals->slots = slots;
    return true;
}

static np_group *new_group(np_totals *totals, const char *key, size_t length, const char *currency)
{
    if (totals->group_count == NP_GROUPS_MAX) {
        np_totals_fail(totals, NP_MARK("there are more than 20,000 groups: group by fewer columns"));
        return NULL;
    }
    if (totals->group_count == totals->group_capacity) {
        size_t larger = totals->group_capacity ? 2 * totals->group_capacity : 16;
        np_group *moved = realloc(totals->groups, larger * sizeof *moved);
        if (!moved) return NULL;
        totals->groups = moved;
        totals->group_capacity = larger;
    }
    np_group *group = &totals->groups[totals->group_count];
    *group = (np_group){.length = length};
    group->key = malloc(length + 1);
    group->sums = calloc(sum_count(totals), sizeof *group->sums);
    group->heads = calloc(head_count(totals), sizeof *group->heads);
    if (!group->key || !group->sums || !group->heads) {
        free_group(totals, group);
        return NULL;
    }
    memcpy(group->key, key, length);
    group->key[length] = '\0';
    size_t name = strlen(currency);
    memcpy(group->currency, currency, name < sizeof group->currency ? name : sizeof group->currency - 1);
    totals->group_count++;
    return group;
}

np_group *np_totals_group(np_totals *totals, const char *key, size_t length, const char *currency)
{
    if ((totals->group_count + 1) * 2 > totals->slots && !rehash(totals)) return NULL;
    uint32_t at = hash_group(key, length, currency) & (totals->slots - 1);
    for (; totals->index[at]; at = (at + 1) & (totals->slots - 1)) {
        np_group *group = &totals->groups[totals->index[at] - 1];
        if (group->length == length && memcmp(group->key, key, length) == 0 && strcmp(group->currency, currency) == 0)
            return group;
    }
    np_group *group = new_group(totals, key, length, currency);
    if (group) totals->index[at] = (uint32_t)totals->group_count;
    return group;
}

np_gain_loss *np_totals_gain_loss(np_totals *totals, uint16_t book, const char *currency, int64_t unit)
{
    for (size_t i = 0; i < totals->gain_loss_count; i++) {
        np_gain_loss *s = &totals->gain_losses[i];
        if (s->book == book && strcmp(s->currency, currency) == 0) return s;
    }
    np_gain_loss *moved = realloc(totals->gain_losses, (totals->gain_loss_count + 1) * sizeof *moved);
    if (!moved) return NULL;
    totals->gain_losses = moved;
    np_gain_loss *s = &moved[totals->gain_loss_count++];
    *s = (np_gain_loss){.book = book, .unit = unit};
    size_t name = strlen(currency);
    memcpy(s->currency, currency, name < sizeof s->currency ? name : sizeof s->currency - 1);
    return s;
}

uint64_t *np_totals_in_other_currencies(np_totals *totals, uint16_t book)
{
    if (!totals->in_other_currencies)
        totals->in_other_currencies = calloc(totals->books, sizeof *totals->in_other_currencies);
    return totals->in_other_currencies ? totals->in_other_currencies[book] : NULL;
}

np_counted_again *np_totals_again(np_totals *totals, const char *currency)
{
    for (size_t i = 0; i < totals->again_count; i++)
        if (strcmp(totals->again[i].currency, currency) == 0) return &totals->again[i];
    np_counted_again *moved = realloc(totals->again, (totals->again_count + 1) * sizeof *moved);
    if (!moved) return NULL;
    totals->again = moved;
    np_counted_again *again = &moved[totals->again_count];
    *again = (np_counted_again){.heads = calloc(head_count(totals), sizeof *again->heads)};
    if (!again->heads) return NULL;
    size_t name = strlen(currency);
    memcpy(again->currency, currency, name < sizeof again->currency ? name : sizeof again->currency - 1);
    totals->again_count++;
    return again;
}

/* ---- what is not known ---- */

np_plan_gap *np_totals_gap(np_totals *totals, uint16_t book, const char *rule)
{
    for (size_t i = 0; i < totals->gap_count; i++)
        if (totals->gaps[i].book == book && strcmp(totals->gaps[i].rule, rule) == 0) return &totals->gaps[i];
    if (totals->gap_count == (size_t)totals->books * NP_SLOTS_MAX) return NULL;
    np_plan_gap *moved = realloc(totals->gaps, (totals->gap_count + 1) * sizeof *moved);
    if (!moved) return NULL;
    totals->gaps = moved;
    np_plan_gap *gap = &moved[totals->gap_count];
    *gap = (np_plan_gap){.book = book, .rule = strdup(rule)};
    if (!gap->rule) return NULL;
    totals->gap_count++;
    return gap;
}

/* A line of a book that is open, by its slot there. */
static np_plan_gap *gap_here(np_totals *totals, const np_book *book, uint16_t number, uint16_t slot)
{
    if (!totals->gap_of) totals->gap_of = calloc((size_t)totals->books * NP_SLOTS_MAX, sizeof *totals->gap_of);
    if (!totals->gap_of) return NULL;
    uint16_t *at = &totals->gap_of[(size_t)number * NP_SLOTS_MAX + slot];
    if (*at == 0) {
        np_plan_gap *gap = np_totals_gap(totals, number, book->rules[book->slots[slot].index].name);
        if (!gap) return NULL;
        *at = (uint16_t)(gap - totals->gaps + 1);
    }
    return &totals->gaps[*at - 1];
}

/* The same of a scenario that is not for this member of staff: what is open is the baseline's. */
static np_plan_gap *gap_apart(np_totals *totals, const np_book *baseline, uint16_t number, uint16_t slot)
{
    return np_totals_gap(totals, number, baseline->rules[baseline->slots[slot].index].name);
}

bool np_totals_add_gaps(np_totals *totals, const np_plan_book *books, const np_outcome *outcomes, uint64_t *counted)
{
    for (uint16_t b = 0; b < totals->books; b++)
        for (unsigned i = 0; i < NP_SLOTS_MAX / 64; i++)
            for (uint64_t open = outcomes[b].open[i]; open; open &= open - 1) {
                uint16_t slot = (uint16_t)(64 * i + (unsigned)__builtin_ctzll(open));
                np_plan_gap *gap = outcomes[b].applies ? gap_here(totals, books[b].book, b, slot)
                                                       : gap_apart(totals, books[0].book, b, slot);
                if (!gap) return false;
                size_t number = (size_t)(gap - totals->gaps);
                bool again = counted && counted[number / 64] >> (number % 64) & 1;
                if (counted) counted[number / 64] |= (uint64_t)1 << (number % 64);
                gap->staff += !again;
            }
    return true;
}

/* Under some book: a scenario may change how long service lasts. */
bool np_totals_is_present(const np_totals *totals, const np_outcome *outcomes)
{
    bool present = false;
    for (uint16_t b = 0; b < totals->books; b++) present = present || outcomes[b].from < outcomes[b].until;
    return present;
}

static void count_heads(const np_totals *totals, np_group *group, const np_window *window, const np_outcome *outcomes)
{
    for (uint16_t b = 0; b < totals->books; b++) {
        const np_outcome *o = &outcomes[b];
        uint64_t *heads = group->heads + (size_t)b * (totals->periods + 1u);
        if (o->from >= o->until) continue;
        for (unsigned y = window->period_of[o->from]; y <= window->period_of[o->until - 1]; y++) heads[y]++;
        heads[totals->periods]++;
    }
}

static bool add_certainty(np_totals *totals, const np_plan_book *books, const np_outcome *outcomes)
{
    totals->beyond += outcomes[0].beyond;
    totals->beyond_age += outcomes[0].beyond_age;
    totals->steps_assumed += outcomes[0].step_assumed && outcomes[0].from < outcomes[0].until;
    bool converted = false;
    for (uint16_t b = 1; b < totals->books; b++)
        converted = converted || (outcomes[b].applies && outcomes[b].converted);
    totals->converted += converted;
    for (uint16_t b = 0; b < totals->books; b++)
        totals->sure[b][outcomes[b].status] += outcomes[b].from < outcomes[b].until;
    return np_totals_add_gaps(totals, books, outcomes, NULL);
}

static bool merge_certainty(np_totals *totals, const np_totals *from)
{
    totals->absent += from->absent;
    totals->beyond += from->beyond;
    totals->beyond_age += from->beyond_age;
    totals->steps_assumed += from->steps_assumed;
    totals->converted += from->converted;
    for (uint16_t b = 0; b < totals->books; b++)
        for (size_t i = 0; i < NP_STATUS_COUNT; i++) totals->sure[b][i] += from->sure[b][i];
    for (size_t i = 0; i < from->gap_count; i++) {
        np_plan_gap *gap = np_totals_gap(totals, from->gaps[i].book, from->gaps[i].rule);
        if (!gap) return false;
        gap->staff += from->gaps[i].staff;
    }
    return true;
}

/* ---- adding ---- */

bool np_totals_add_sums(np_totals *totals, np_group *group, const np_outcome *outcomes)
{
    np_exact_sum *sum = group->sums;
    bool ok = true;
    for (uint16_t b = 0; b < totals->books; b++)
        for (uint16_t y = 0; y < totals->periods; y++) {
            const np_plan_period *period = &outcomes[b].periods[y];
            ok = np_exact_sum_add(sum++, period->gross) && ok;
            ok = np_exact_sum_add(sum++, period->net) && ok;
            ok = np_exact_sum_add(sum++, period->employer) && ok;
            ok = np_exact_sum_add(sum++, period->worked) && ok;
        }
    return ok || np_totals_fail(totals, NP_TOTALS_NO_MEMORY);
}

bool np_totals_add(np_totals *totals, const np_window *window, const np_plan_book *books, const char *key,
                   size_t length, const char *currency, int64_t unit, const char *id, const np_outcome *outcomes)
{
    if (!np_totals_is_present(totals,
                              outcomes)) { /* who left before the plan begins is no staff of it, changed or unchanged */
        totals->absent++;
        return true;
    }
    np_group *group = np_totals_group(totals, key, length, currency);
    if (!group) return np_totals_fail(totals, NP_TOTALS_NO_MEMORY);
    group->staff++;
    if (!add_certainty(totals, books, outcomes)) return np_totals_fail(totals, NP_TOTALS_NO_MEMORY);
    count_heads(totals, group, window, outcomes);
    if (!np_totals_add_sums(totals, group, outcomes)) return false;
    for (uint16_t b = 1; b < totals->books; b++) {
        np_pay_difference difference = np_pay_difference_of(totals, &outcomes[b], &outcomes[0], unit);
        if (!np_gain_loss_add(totals, b, currency, unit, id, &difference)) return false;
    }
    return true;
}

/* ---- merging ---- */

static bool merge_runs(np_gain_loss *to, const np_gain_loss *from)
{
    size_t needed = to->run_count + from->run_count;
    if (needed > to->run_capacity) {
        np_sorted_run *moved = realloc(to->runs, needed * sizeof *moved);
        if (!moved) return false;
        to->runs = moved;
        to->run_capacity = needed;
    }
    if (from->run_count) memcpy(to->runs + to->run_count, from->runs, from->run_count * sizeof *from->runs);
    to->run_count = needed;
    return true;
}

static bool merge_gain_loss(np_totals *totals, const np_gain_loss *from)
{
    np_gain_loss *to = np_totals_gain_loss(totals, from->book, from->currency, from->unit);
    if (!to) return false;
    to->winners += from->winners;
    to->losers += from->losers;
    to->even += from->even;
    to->open += from->open;
    to->apart += from->apart;
    to->moved += from->moved;
    to->coarse = to->coarse || from->coarse;
    bool ok = np_exact_sum_add_sum(&to->won, &from->won) && np_exact_sum_add_sum(&to->lost, &from->lost) &&
              np_exact_sum_add_sum(&to->employer, &from->employer);
    if (from->low_id) ok = ok && np_gain_loss_extreme(to, from->low, from->low_id);
    if (from->high_id) ok = ok && np_gain_loss_extreme(to, from->high, from->high_id);
    for (size_t i = 0; ok && i < from->buffered; i++) ok = np_gain_loss_put(totals, to, from->buffer[i], 1);
    return ok && merge_runs(to, from);
}

static bool merge_in_other_currencies(np_totals *totals, const np_totals *from)
{
    for (uint16_t b = 0; from->in_other_currencies && b < totals->books; b++) {
        uint64_t *to = np_totals_in_other_currencies(totals, b);
        if (!to) return false;
        for (size_t k = 0; k < NP_GAIN_LOSS_KINDS; k++) to[k] += from->in_other_currencies[b][k];
    }
    return true;
}

static bool merge_again(np_totals *totals, const np_counted_again *from)
{
    np_counted_again *to = np_totals_again(totals, from->currency);
    if (!to) return false;
    to->staff += from->staff;
    for (size_t k = 0; k < head_count(totals); k++) to->heads[k] += from->heads[k];
    return true;
}

bool np_totals_merge(np_totals *totals, np_totals *other)
{
    bool ok = true;
    for (size_t i = 0; ok && i < other->group_count; i++) {
        const np_group *from = &other->groups[i];
        np_group *to = np_totals_group(totals, from->key, from->length, from->currency);
        ok = to != NULL;
        if (!ok) break;
        to->staff += from->staff;
        for (size_t k = 0; ok && k < sum_count(totals); k++) ok = np_exact_sum_add_sum(&to->sums[k], &from->sums[k]);
        for (size_t k = 0; k < head_count(totals); k++) to->heads[k] += from->heads[k];
    }
    for (size_t i = 0; ok && i < other->gain_loss_count; i++) ok = merge_gain_loss(totals, &other->gain_losses[i]);
    for (size_t i = 0; ok && i < other->again_count; i++) ok = merge_again(totals, &other->again[i]);
    ok = ok && merge_in_other_currencies(totals, other) && merge_certainty(totals, other);
    totals->rows += other->rows;
    totals->done += other->done;
    totals->rejected += other->rejected;
    totals->further += other->further;
    if (other->failure) np_totals_fail(totals, other->failure);
    np_totals_free(other);
    return ok || np_totals_fail(totals, NP_TOTALS_NO_MEMORY);
}

/* ---- order ---- */

static int by_key(const void *a, const void *b)
{
    const np_group *x = a, *y = b;
    int order = strcmp(x->currency, y->currency);
    size_t shorter = x->length < y->length ? x->length : y->length;
    if (order == 0) order = memcmp(x->key, y->key, shorter);
    return order ? order : (x->length > y->length) - (x->length < y->length);
}

static int by_book(const void *a, const void *b)
{
    const np_gain_loss *x = a, *y = b;
    return x->book != y->book ? x->book - y->book : strcmp(x->currency, y->currency);
}

static int by_rule(const void *a, const void *b)
{
    const np_plan_gap *x = a, *y = b;
    int order = strcmp(x->rule, y->rule);
    return order ? order : x->book - y->book;
}

static int by_currency(const void *a, const void *b)
{
    const np_counted_again *x = a, *y = b;
    return strcmp(x->currency, y->currency);
}

void np_totals_sort(np_totals *totals)
{
    if (totals->gap_count) qsort(totals->gaps, totals->gap_count, sizeof *totals->gaps, by_rule);
    free(totals->gap_of);
    totals->gap_of = NULL; /* they lie elsewhere now */
    if (totals->group_count) qsort(totals->groups, totals->group_count, sizeof *totals->groups, by_key);
    if (totals->again_count) qsort(totals->again, totals->again_count, sizeof *totals->again, by_currency);
    if (totals->gain_loss_count)
        qsort(totals->gain_losses, totals->gain_loss_count, sizeof *totals->gain_losses, by_book);
    if (totals->group_count) rehash(totals);
}
