/* Differences of many staff: kept exactly, in sorted runs outside memory. */
#include <stdlib.h>
#include <string.h>

#include "totals_internal.h"

const char NP_TOTALS_NO_SCRATCH[] = "scratch space cannot be written";

enum { READ_AHEAD = 256 };

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The buffer becomes a sorted run in scratch space. */
static bool spill(np_totals *totals, np_gain_loss *s)
{
    if (s->buffered == 0) return true;
    if (s->run_count == s->run_capacity) {
        size_t larger = s->run_capacity ? 2 * s->run_capacity : 16;
        np_sorted_run *moved = realloc(s->runs, larger * sizeof *moved);
        if (!moved) return false;
        s->runs = moved;
        s->run_capacity = larger;
    }
    qsort(s->buffer, s->buffered, sizeof *s->buffer, by_value);
    uint64_t at;
    if (!totals->scratch.write ||
        !totals->scratch.write(totals->scratch.context, s->buffer, s->buffered * sizeof *s->buffer, &at))
        return false;
    s->runs[s->run_count++] = (np_sorted_run){at, s->buffered};
    s->buffered = 0;
    return true;
}

bool np_gain_loss_put(np_totals *totals, np_gain_loss *s, int64_t value, uint64_t count)
{
    if (!s->buffer) s->buffer = malloc(NP_GAIN_LOSS_BUFFER * sizeof *s->buffer);
    if (!s->buffer) return false;
    for (; count > 0; count--) {
        if (s->buffered == NP_GAIN_LOSS_BUFFER && !spill(totals, s)) {
            totals->failure = NP_TOTALS_NO_SCRATCH;
            return false;
        }
        s->buffer[s->buffered++] = value;
    }
    return true;
}

static bool replace(char **id, const char *with)
{
    char *copy = strdup(with);
    if (!copy) return false;
    free(*id);
    *id = copy;
    return true;
}

bool np_gain_loss_extreme(np_gain_loss *s, int64_t value, const char *id)
{
    if (!s->low_id || value < s->low || (value == s->low && strcmp(id, s->low_id) < 0)) {
        if (!replace(&s->low_id, id)) return false;
        s->low = value;
    }
    if (!s->high_id || value > s->high || (value == s->high && strcmp(id, s->high_id) < 0)) {
        if (!replace(&s->high_id, id)) return false;
        s->high = value;
    }
    return true;
}

/* ---- one member of staff ---- */

static inline bool in_units(np_num amount, int64_t unit, int64_t *units)
{
    *units = amount.of.small;
    if (amount.den == unit) return true;
    return amount.den > 0 && unit % amount.den == 0 &&
           !__builtin_mul_overflow(amount.of.small, unit / amount.den, units);
}

/* The whole plan's difference of a measure, in minor units; false when it is no whole number of them. */
static bool difference_of(const np_totals *totals, const np_outcome *a, const np_outcome *b, int64_t unit, bool net,
                          int64_t *result)
{
    *result = 0;
    for (uint16_t y = 0; y < totals->periods; y++) {
        np_num x = net ? a->periods[y].net : a->periods[y].employer,
               z = net ? b->periods[y].net : b->periods[y].employer;
        int64_t here, there, change;
        if (!in_units(x, unit, &here) || !in_units(z, unit, &there) || __builtin_sub_overflow(here, there, &change))
            return false;
        if (__builtin_add_overflow(*result, change, result)) return false;
    }
    return true;
}

np_pay_difference np_pay_difference_of(const np_totals *totals, const np_outcome *under, const np_outcome *baseline,
                                       int64_t unit)
{
    np_pay_difference d = {.applies = under->applies, .unsure = under->unsure};
    if (!d.applies) return d;
    d.moved = under->from != baseline->from || under->until != baseline->until;
    d.coarse = !difference_of(totals, under, baseline, unit, true, &d.net) ||
               !difference_of(totals, under, baseline, unit, false, &d.employer);
    return d;
}

void np_pay_difference_add(np_pay_difference *to, const np_pay_difference *more)
{
    to->applies = to->applies || more->applies;
    to->moved = to->moved || more->moved;
    to->unsure = to->unsure || more->unsure;
    to->coarse = to->coarse || more->coarse || __builtin_add_overflow(to->net, more->net, &to->net) ||
                 __builtin_add_overflow(to->employer, more->employer, &to->employer);
}

int np_pay_difference_kind(const np_pay_difference *d)
{
    if (!d->applies) return NP_APART;
    if (d->coarse) return NP_EVEN;
    if (d->moved) return NP_MOVED;
    if (d->net == 0) return d->unsure ? NP_OPEN : NP_EVEN;
    return d->net > 0 ? NP_WINNERS : NP_LOSERS;
}

bool np_gain_loss_add(np_totals *totals, uint16_t book, const char *currency, int64_t unit, const char *id,
                      const np_pay_difference *difference)
{
    np_gain_loss *s = np_totals_gain_loss(totals, book, currency, unit);
    int64_t net = difference->net, employer = difference->employer;
    if (!s) return np_totals_fail(totals, NP_TOTALS_NO_MEMORY);
    int kind = np_pay_difference_kind(difference);
    uint64_t *const counts[] = {[NP_LOSERS] = &s->losers, [NP_WINNERS] = &s->winners, [NP_MOVED] = &s->moved,
                                [NP_OPEN] = &s->open,     [NP_EVEN] = &s->even,       [NP_APART] = &s->apart};
    ++*counts[kind];
    s->coarse = s->coarse || (difference->applies && difference->coarse);
    if (kind == NP_APART || kind == NP_OPEN || difference->coarse) return true;
    if (kind == NP_MOVED)
        return np_exact_sum_add(&s->employer, np_num_small(employer, unit)) ||
               np_totals_fail(totals, NP_TOTALS_NO_MEMORY);
    bool ok = np_exact_sum_add(net < 0 ? &s->lost : &s->won, np_num_small(net, unit)) &&
              np_exact_sum_add(&s->employer, np_num_small(employer, unit)) && np_gain_loss_extreme(s, net, id) &&
              np_gain_loss_put(totals, s, net, 1);
    return ok || np_totals_fail(totals, NP_TOTALS_NO_MEMORY);
}

/* ---- ranks ---- */

/* How many values of a sorted array in memory are at most `value`. */
static uint64_t count_in(const int64_t *values, uint64_t count, int64_t value)
{
    uint64_t low = 0, high = count;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (values[middle] <= value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool count_in_run(const np_totals *totals, const np_sorted_run *run, int64_t value, uint64_t *found)
{
    uint64_t low = 0, high = run->count;
    while (high - low > READ_AHEAD) {
        uint64_t middle = low + (high - low) / 2;
        int64_t here;
        if (!totals->scratch.read(totals->scratch.context, &here, sizeof here, run->at + middle * sizeof here))
            return false;
        if (here <= value)
            low = middle + 1;
        else
            high = middle;
    }
    int64_t rest[READ_AHEAD];
    size_t size = (size_t)(high - low) * sizeof *rest;
    if (size && !totals->scratch.read(totals->scratch.context, rest, size, run->at + low * sizeof *rest)) return false;
    *found = low + count_in(rest, high - low, value);
    return true;
}

static bool count_up_to(const np_totals *totals, const np_gain_loss *s, int64_t value, uint64_t *count)
{
    *count = count_in(s->buffer, s->buffered, value);
    for (size_t i = 0; i < s->run_count; i++) {
        uint64_t here;
        if (!count_in_run(totals, &s->runs[i], value, &here)) return false;
        *count += here;
    }
    return true;
}

/* The smallest value up to which more than `rank` values lie: found by halving the range of values. */
bool np_gain_loss_rank(const np_totals *totals, np_gain_loss *s, uint64_t rank, int64_t *value)
{
    if (s->buffered) qsort(s->buffer, s->buffered, sizeof *s->buffer, by_value);
    int64_t low = s->low, high = s->high;
    while (low < high) {
        int64_t middle = low + (int64_t)(((uint64_t)high - (uint64_t)low) / 2);
        uint64_t count;
        if (!count_up_to(totals, s, middle, &count)) return false;
        if (count > rank)
            high = middle;
        else
            low = middle + 1;
    }
    *value = low;
    return true;
}

bool np_gain_loss_median(const np_totals *totals, np_gain_loss *s, int64_t middle[2])
{
    uint64_t count = s->winners + s->losers + s->even;
    return count > 0 && !s->coarse && np_gain_loss_rank(totals, s, (count - 1) / 2, &middle[0]) &&
           np_gain_loss_rank(totals, s, count / 2, &middle[1]);
}

/* ---- all of them, in order ---- */

enum { HEAD_VALUES = 512 };

/* Where the merging of one run stands. */
typedef struct head {
    const np_sorted_run *run; /* NULL: the buffer in memory */
    const int64_t *values;
    int64_t *room;
    uint64_t read; /* of the run */
    size_t at, count;
} head;

static bool refill(const np_totals *totals, head *h)
{
    if (h->at < h->count || !h->run || h->read == h->run->count) return true;
    uint64_t left = h->run->count - h->read;
    h->count = left < HEAD_VALUES ? (size_t)left : HEAD_VALUES;
    h->at = 0;
    bool ok = totals->scratch.read(totals->scratch.context, h->room, h->count * sizeof *h->room,
                                   h->run->at + h->read * sizeof *h->room);
    h->read += h->count;
    return ok;
}

static bool merge_heads(const np_totals *totals, head *heads, size_t count,
                        bool (*take)(void *context, int64_t value, uint64_t count), void *context)
{
    for (;;) {
        const head *least = NULL;
        for (size_t i = 0; i < count; i++) {
            if (!refill(totals, &heads[i])) return false;
            if (heads[i].at == heads[i].count) continue;
            if (!least || heads[i].values[heads[i].at] < least->values[least->at]) least = &heads[i];
        }
        if (!least) return true;
        int64_t value = least->values[least->at];
        uint64_t same = 0;
        for (size_t i = 0; i < count; i++)
            while (heads[i].at < heads[i].count && heads[i].values[heads[i].at] == value) {
                same++;
                heads[i].at++;
                if (!refill(totals, &heads[i])) return false;
            }
        if (!take(context, value, same)) return false;
    }
}

bool np_gain_loss_each(const np_totals *totals, np_gain_loss *s,
                       bool (*take)(void *context, int64_t value, uint64_t count), void *context)
{
    size_t count = s->run_count + 1;
    head *heads = calloc(count, sizeof *heads);
    int64_t *room = malloc((s->run_count + 1) * HEAD_VALUES * sizeof *room);
    bool ok = heads && room;
    if (s->buffered) qsort(s->buffer, s->buffered, sizeof *s->buffer, by_value);
    if (ok) heads[0] = (head){.values = s->buffer, .count = s->buffered};
    for (size_t i = 0; ok && i < s->run_count; i++)
        heads[i + 1] = (head){.run = &s->runs[i], .values = room + i * HEAD_VALUES, .room = room + i * HEAD_VALUES};
    ok = ok && (s->coarse || merge_heads(totals, heads, count, take, context));
    free(heads);
    free(room);
    return ok;
}
