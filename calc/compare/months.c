/* What posts pay from month to month, and when one has paid more in all than another. */
#include "compare_internal.h"

/* What is paid in the month that begins on a day. */
static np_num paid_in(const np_projection *p, np_date day, np_num *net, np_arena *arena)
{
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
    if (day > p->last || day >= np_date_add_months(stretch->month, stretch->months)) return np_num_int(0);
    *net = stretch->net.amount;
    return np_num_add(arena, stretch->net.amount, stretch->once.amount);
}

np_num np_path_month(const np_comparison *comparison, const np_compared_path *path, size_t month, np_num *net,
                     np_arena *arena)
{
    return paid_in(path->full, np_date_add_months(comparison->first, (int32_t)month), net, arena);
}

/* ---- who has paid more ---- */

static void add_lead_change(np_comparison *c, np_lead_change lead_change)
{
    c->lead_changes = np_arena_grow(c->arena, c->lead_changes, &c->lead_change_capacity, c->lead_change_count + 1,
                                    sizeof *c->lead_changes);
    c->lead_changes[c->lead_change_count++] = lead_change;
}

/* What a post pays in its n-th month of service, from 0 on. */
static np_num paid_in_service(np_comparison *c, const np_post_column *column, int32_t n)
{
    const np_projection *p = column->paths[0].full;
    np_date month = np_date_add_months(np_date_month_start(p->from), n);
    np_num net, paid = paid_in(p, month, &net, c->arena);
    if (n + 1 == c->compared_months[1]) /* a month begun later than on its first leaves some days for one month more */
        paid = np_num_add(c->arena, paid, paid_in(p, np_date_month_end(month) + 1, &net, c->arena));
    return np_convert(c->arena, &column->conversion, paid, true);
}

static void follow(np_comparison *c, size_t column)
{
    const np_post_column *a = &c->columns[0], *b = &c->columns[column];
    np_num lead = np_num_int(0);
    int ahead = 0;
    if (!a->conversion.known || !b->conversion.known) return;
    for (int32_t n = 0; n < c->compared_months[1]; n++) {
        np_num more = np_num_sub(c->arena, paid_in_service(c, b, n), paid_in_service(c, a, n));
        lead = np_num_add(c->arena, lead, more);
        int now = np_num_sign(lead);
        np_date month = np_date_add_months(np_date_month_start(b->terms.start), n);
        if (now != ahead) add_lead_change(c, (np_lead_change){column, n + 1, month, now, lead});
        ahead = now;
    }
}

void np_compare_lead_changes(np_comparison *comparison)
{
    for (size_t i = 1; i < comparison->count; i++) follow(comparison, i);
}
