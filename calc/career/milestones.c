/* The milestones of a projection. */
#include "natopay/career/milestones.h"

#include <stdlib.h>

#include "career_internal.h"

typedef struct milestone_list {
    const np_projection *p;
    np_career *career;
    np_arena *arena;
    np_date first, last; /* days worth listing; what happens once may also fall on the day after, as what may follow */
    np_dated *items;
    size_t count, capacity;
} milestone_list;

static np_dated *add(milestone_list *l, const np_milestone *m, np_date date, uint8_t status)
{
    if (l->count == NP_DATED_MAX) return NULL;
    l->items = np_arena_grow(l->arena, l->items, &l->capacity, l->count + 1, sizeof *l->items);
    np_dated *item = &l->items[l->count++];
    *item = (np_dated){.milestone = m, .date = date, .about = NP_DATE_NONE, .status = status};
    if (m->about.has_status) item->status = np_weakest(status, m->about.status);
    return item;
}

static void add_open(milestone_list *l, const np_milestone *m, const np_value *value)
{
    uint64_t any = 0;
    for (size_t i = 0; i < NP_SLOTS_MAX / 64; i++) any |= value->as.missing->bits[i];
    if (!any && !value->as.missing->gap) return;
    np_dated *item = add(l, m, NP_DATE_NONE, NP_PUBLISHED);
    if (item) item->missing = value->as.missing;
}

static bool in_time(const milestone_list *l, np_date date, bool once)
{
    return date >= l->first && date <= l->last + (once ? 1 : 0);
}

static void number_it(milestone_list *l, np_dated *item, int64_t times)
{
    np_value number = np_career_value(l->career, &item->milestone->number);
    if (number.unknown) return;
    item->numbered = true;
    item->number = np_num_mul(l->arena, number.as.number, np_num_int(times));
    item->status = np_weakest(item->status, number.status);
}

/* ---- the ways to a date ---- */

/* The n-th day, from 1 on: so often since a day that is none of them, or so often from the first one on. */
static np_date nth_day(const np_milestone *m, np_date from, np_duration step, int32_t n)
{
    np_duration whole;
    int32_t times = m->since.root ? n : n - 1;
    if (!np_duration_times(step, times, &whole)) return NP_DATE_NONE;
    return m->last_day ? np_date_span_end(from, whole) : np_date_add(from, whole);
}

static void add_days(milestone_list *l, const np_milestone *m, np_date from, np_duration step, np_date end,
                     uint8_t status)
{
    bool repeats = step.months > 0 || step.days > 0;
    np_date day = nth_day(m, from, step, 1);
    for (int32_t n = 1; day != NP_DATE_NONE && day <= end; day = nth_day(m, from, step, ++n)) {
        if (in_time(l, day, !repeats)) {
            np_dated *item = add(l, m, day, status);
            if (!item) return;
            number_it(l, item, n);
        }
        if (!repeats) return;
    }
}

static void by_date(milestone_list *l, const np_milestone *m, uint8_t status)
{
    np_value date = np_career_value(l->career, m->since.root ? &m->since : &m->date),
             every = np_career_value(l->career, &m->every), until = np_career_value(l->career, &m->until);
    if (date.unknown) {
        add_open(l, m, &date);
        return;
    }
    np_date end = until.unknown || until.as.date > l->last ? l->last + 1 : until.as.date;
    np_duration step = every.unknown ? (np_duration){0, 0} : every.as.duration;
    status = np_weakest(status, date.status);
    if (!every.unknown) status = np_weakest(status, every.status);
    add_days(l, m, date.as.date, step, end, status);
}

static void by_list(milestone_list *l, const np_milestone *m, uint8_t status)
{
    np_value each = np_career_value(l->career, &m->each), after = np_career_value(l->career, &m->after);
    if (each.unknown) {
        add_open(l, m, &each);
        return;
    }
    if (!after.unknown) status = np_weakest(status, after.status);
    for (size_t i = 0; i < each.as.dates.count; i++) {
        np_date day = each.as.dates.items[i];
        if (!after.unknown) day = np_date_add(day, after.as.duration);
        np_dated *item = day != NP_DATE_NONE && in_time(l, day, false) ? add(l, m, day, status) : NULL;
        if (item) item->about = each.as.dates.items[i];
    }
}

static void by_event(milestone_list *l, const np_milestone *m, uint8_t status)
{
    for (size_t i = 0; i < l->p->event_count; i++) {
        const np_career_event *h = &l->p->events[i];
        if (h->event != m->event || !in_time(l, h->on, false)) continue;
        np_dated *item = add(l, m, h->on, status);
        if (!item) return;
        item->numbered = true;
        item->number = np_num_int(h->step);
        if (l->career->twin_grade != UINT16_MAX) item->grade = l->career->book->grades[h->grade].name;
    }
}

/* Paid in full: no day of its months is missing. */
static bool whole(const np_projection *p, const np_stretch *s)
{
    bool begins = s->from == s->month, ends = s->to == np_date_month_end(s->to) || s->to != p->last;
    return begins && ends;
}

/* The first month in which a line of the payslip is lower than in the one before. */
static void by_fall(milestone_list *l, const np_milestone *m, uint8_t status)
{
    const np_rule *rule = &l->career->book->rules[m->falls];
    const np_line *before = NULL;
    if (rule->kind == NP_FACT) return;
    for (size_t i = 0; i < l->p->stretch_count; i++) {
        const np_stretch *s = &l->p->stretches[i];
        const np_line *line = np_stretch_line(l->career->book, s, rule);
        if (!line) return;
        if (before && whole(l->p, s) && np_num_compare(line->amount, before->amount) < 0) {
            add(l, m, s->from, np_weakest(status, line->status));
            return;
        }
        before = whole(l->p, s) ? line : before;
    }
}

/* ---- all of them ---- */

static bool is_for(const milestone_list *l, const np_milestone *m)
{
    const np_contract *contract = l->career->terms.contract;
    if (!m->contracts) return true;
    return contract && m->contracts >> (contract - l->career->book->career->contracts) & 1;
}

static void list_one(milestone_list *l, const np_milestone *m)
{
    if (!is_for(l, m)) return;
    uint8_t status = NP_PUBLISHED;
    if (m->when.root) {
        np_value when = np_career_value(l->career, &m->when);
        if (when.unknown) add_open(l, m, &when);
        if (when.unknown || !when.as.truth) return;
        status = when.status;
    }
    if (m->date.root || m->since.root)
        by_date(l, m, status);
    else if (m->each.root)
        by_list(l, m, status);
    else if (m->event != NP_EVENT_NONE)
        by_event(l, m, status);
    else if (m->falls >= 0)
        by_fall(l, m, status);
}

static int by_day(const void *a, const void *b)
{
    const np_dated *x = a, *y = b;
    np_date i = x->date == NP_DATE_NONE ? INT32_MAX : x->date, k = y->date == NP_DATE_NONE ? INT32_MAX : y->date;
    if (i != k) return i < k ? -1 : 1;
    if (x->milestone != y->milestone) return x->milestone < y->milestone ? -1 : 1;
    return (x->about > y->about) - (x->about < y->about);
}

np_dated *np_career_milestones(const np_projection *projection, size_t *count)
{
    np_career *career = (np_career *)(uintptr_t)projection->career; /* its arena and diagnostics are used */
    milestone_list l = {
        .p = projection, .career = career, .arena = career->arena, .first = projection->from, .last = projection->last};
    for (size_t i = 0; i < career->book->career->milestone_count; i++)
        list_one(&l, &career->book->career->milestones[i]);
    if (l.count > 1) qsort(l.items, l.count, sizeof *l.items, by_day);
    *count = l.count;
    return l.items;
}
