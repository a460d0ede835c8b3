/* Totals of a projection, by month, year or stretch. */
#include "career_internal.h"

void np_sum_zero(np_sum *sum)
{
    np_num zero = np_num_int(0);
    *sum = (np_sum){zero, zero, zero, zero, zero, NP_PUBLISHED, 0};
}

static np_num plus(np_arena *arena, np_num sum, const np_total *total, int32_t months)
{
    if (total->amount.of.small == 0 && total->amount.den > 0) return sum;
    return np_num_add(arena, sum, np_num_mul(arena, total->amount, np_num_int(months)));
}

void np_sum_add(np_arena *arena, np_sum *sum, const np_stretch *stretch, int32_t months)
{
    sum->gross = plus(arena, sum->gross, &stretch->gross, months);
    sum->deductions = plus(arena, sum->deductions, &stretch->deductions, months);
    sum->net = plus(arena, sum->net, &stretch->net, months);
    sum->employer = plus(arena, sum->employer, &stretch->employer, months);
    sum->once = plus(arena, sum->once, &stretch->once, months);
    sum->status = np_weakest(sum->status, np_weakest(stretch->net.status, stretch->once.status));
    sum->months += months;
}

np_sum np_sum_until(np_arena *arena, const np_projection *p, np_date last)
{
    np_sum sum;
    np_sum_zero(&sum);
    for (size_t i = 0; i < p->stretch_count && p->stretches[i].month <= last; i++) {
        const np_stretch *stretch = &p->stretches[i];
        int32_t months = np_date_months_apart(stretch->month, last + 1);
        np_sum_add(arena, &sum, stretch, months < stretch->months ? months : stretch->months);
    }
    return sum;
}

np_num np_sum_adjustments(np_arena *arena, const np_sum *sum)
{
    return np_num_add(arena, np_num_sub(arena, sum->net, sum->gross), sum->deductions);
}

/* ---- periods ---- */

/* The first month after the period that holds `month`. */
static np_date period_after(const np_projection *p, np_by by, np_date month, const np_stretch *stretch, int *number)
{
    np_date stretch_after = np_date_month_start(np_date_add_months(stretch->month, stretch->months));
    *number = 0;
    switch (by) {
    case NP_BY_MONTH:
        return np_date_month_end(month) + 1;
    case NP_BY_YEAR:
        *number = np_date_split(month).year;
        return np_date_of(*number + 1, 1, 1);
    case NP_BY_CONTRACT_YEAR: {
        np_date day = month > p->from ? month : p->from;
        *number = np_date_years_between(p->from, day) + 1;
        return np_date_month_from(np_date_add_months(p->from, *number * 12));
    }
    default:
        return stretch_after;
    }
}

np_period *np_projection_periods(const np_projection *p, np_by by, np_arena *arena, size_t *count)
{
    np_period *periods = NULL;
    size_t capacity = 0;
    np_date after = NP_DATE_NONE; /* of the period being filled */
    *count = 0;
    for (size_t i = 0; i < p->stretch_count; i++) {
        const np_stretch *stretch = &p->stretches[i];
        int32_t left = stretch->months;
        for (np_date month = stretch->month; left > 0;) {
            if (after == NP_DATE_NONE || month >= after) {
                periods = np_arena_grow(arena, periods, &capacity, *count + 1, sizeof *periods);
                np_period *fresh = &periods[(*count)++];
                fresh->from = month > p->from ? month : p->from;
                fresh->stretch = i;
                np_sum_zero(&fresh->sum);
                after = period_after(p, by, month, stretch, &fresh->number);
            }
            np_period *period = &periods[*count - 1];
            int32_t here = np_date_months_apart(month, after);
            if (here > left) here = left;
            np_sum_add(arena, &period->sum, stretch, here);
            month = np_date_add_months(month, here);
            period->to = month - 1 < p->last ? month - 1 : p->last;
            left -= here;
        }
    }
    return periods;
}
