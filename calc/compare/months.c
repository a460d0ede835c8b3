/* What posts pay from month to month, and when one has paid more in all than another. */
#include "parts.h"

static np_num paid_in(const np_comparison *comparison, const np_projection *p, size_t month, np_num *net,
                      np_arena *arena)
{
    np_date day = np_date_add_months(comparison->first, (int32_t)month, NP_MONTH_END_LAST);
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

np_num np_track_month(const np_comparison *comparison, const np_track *track, size_t month, np_num *net,
                      np_arena *arena)
{
    return paid_in(comparison, track->full, month, net, arena);
}

/* ---- who has paid more ---- */

static size_t months_between(np_date from, np_date to)
{
    np_ymd a = np_date_split(from), b = np_date_split(to);
    return (size_t)((b.year - a.year) * 12 + b.month - a.month);
}

/* The months of the comparison in which the projection says all that is paid: it pays nothing after the end of service,
 * but its own end within service says nothing of what would come after. */
static size_t months_known(const np_comparison *c, const np_projection *p)
{
    return p->last < p->until ? c->months : months_between(c->first, np_date_month_start(p->until + 1));
}

/* The path taken, to the end of the comparison's months: a post that begins early is paid on after its own horizon.
 * What there is to say of the post has been said; where it cannot go on, it stays as it is. */
static const np_projection *reach_end(np_comparison *c, const np_post_column *column)
{
    const np_projection *full = column->tracks[0].full, *further = NULL;
    if (months_known(c, full) >= c->months) return full;
    if (column->present) return np_present_job_projection(c, column, (int32_t)c->months);
    np_diags unheard;
    np_diags_init(&unheard, c->arena);
    np_career *career = np_career_new(column->situation, c->arena, &unheard);
    int32_t needed = np_window_needs(c->first, c->months, column->terms.start);
    np_project_options options = {.months = needed < NP_MONTHS_MAX ? needed : NP_MONTHS_MAX, .path = full->path};
    if (career) further = np_career_project(career, &options);
    return further ? further : full;
}

static void add_passing(np_comparison *c, size_t column, np_date month, int ahead, np_num lead)
{
    c->passings = np_arena_grow(c->arena, c->passings, &c->passing_capacity, c->passing_count + 1, sizeof *c->passings);
    c->passings[c->passing_count++] = (np_passing){column, month, ahead, lead};
}

static void follow(np_comparison *c, size_t column, const np_projection *first, const np_projection *second)
{
    const np_post_column *a = &c->columns[0], *b = &c->columns[column];
    size_t of_first = months_known(c, first), of_second = months_known(c, second);
    size_t months = of_first < of_second ? of_first : of_second;
    np_num lead = np_num_int(0), net;
    int ahead = 0;
    if (!a->conversion.known || !b->conversion.known) return;
    for (size_t m = 0; m < months && m < c->months; m++) {
        np_num of_a = paid_in(c, first, m, &net, c->arena);
        np_num of_b = paid_in(c, second, m, &net, c->arena);
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
    const np_projection *first = reach_end(comparison, &comparison->columns[0]);
    for (size_t i = 1; i < comparison->count; i++)
        follow(comparison, i, first, reach_end(comparison, &comparison->columns[i]));
}
