/* What posts pay from month to month, and when one has paid more in all than another. */
#include "parts.h"

np_num np_track_month(const np_comparison *comparison, const np_track *track, size_t month, np_num *net,
                      np_arena *arena)
{
    np_date day = np_date_add_months(comparison->first, (int32_t)month, NP_MONTH_END_LAST);
    const np_projection *p = track->full;
    *net = np_no_number();
    size_t low = 0, high = p->stretch_count;
    while (low < high) { /* the first stretch that begins after the month */
        size_t middle = low + (high - low) / 2;
        if (p->stretches[middle].month > day)
            high = middle;
        else
            low = middle + 1;
    }
    if (low == 0) return np_num_int(0);
    const np_stretch *stretch = &p->stretches[low - 1];
    if (day > p->last || day >= np_date_add_months(stretch->month, stretch->months, NP_MONTH_END_LAST))
        return np_num_int(0);
    *net = stretch->net.amount;
    return np_num_add(arena, stretch->net.amount, stretch->once.amount);
}

static void add_passing(np_comparison *c, size_t column, np_date month, int ahead, np_num lead)
{
    c->passings = np_arena_grow(c->arena, c->passings, &c->passing_capacity, c->passing_count + 1, sizeof *c->passings);
    c->passings[c->passing_count++] = (np_passing){column, month, ahead, lead};
}

static void follow(np_comparison *c, size_t column)
{
    const np_post_column *a = &c->columns[0], *b = &c->columns[column];
    np_num lead = np_num_int(0), net;
    int ahead = 0;
    if (!a->conversion.known || !b->conversion.known) return;
    for (size_t m = 0; m < c->months; m++) {
        np_num of_a = np_track_month(c, &a->tracks[0], m, &net, c->arena);
        np_num of_b = np_track_month(c, &b->tracks[0], m, &net, c->arena);
        of_a = np_convert(a->book, c->arena, &a->conversion, of_a, true);
        of_b = np_convert(b->book, c->arena, &b->conversion, of_b, true);
        lead = np_num_add(c->arena, lead, np_num_sub(c->arena, of_b, of_a));
        int now = np_num_sign(lead);
        if (now != ahead)
            add_passing(c, column, np_date_add_months(c->first, (int32_t)m, NP_MONTH_END_LAST), now, lead);
        ahead = now;
    }
}

void np_compare_passings(np_comparison *comparison)
{
    for (size_t i = 1; i < comparison->count; i++) follow(comparison, i);
}
