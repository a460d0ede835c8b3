/* Headcount and full-time equivalents in the record of one member of staff. */
#include "natopay/base/text.h"
#include "plan_digits.h"
#include "plan_internal.h"

enum { FTE_DECIMALS = 4, FTE_POWER = 10000 };

bool np_plan_is_paid(const np_plan_head *head, const np_outcome *outcome, int period)
{
    const np_window *window = &head->window;
    bool all = period == window->periods;
    int first = all || period == 0 ? 0 : window->period_end[period - 1];
    int end = all ? window->months : window->period_end[period];
    return outcome->from < outcome->until && outcome->from < end && outcome->until > first;
}

np_num np_plan_worked(np_arena *arena, const np_plan_head *head, const np_outcome *outcome, int period)
{
    if (period < head->window.periods) return outcome->periods[period].worked;
    np_num worked = outcome->periods[0].worked;
    for (int y = 1; y < head->window.periods; y++) worked = np_num_add(arena, worked, outcome->periods[y].worked);
    return worked;
}

/* In ten thousandths; negative: it is a fraction that does not fit 64 bits. */
static int64_t ten_thousandths(np_num worked, int months)
{
    int64_t part, whole;
    if (worked.den <= 0 || worked.of.small < 0) return -1;
    if (__builtin_mul_overflow(worked.of.small, (int64_t)2 * FTE_POWER, &part)) return -1;
    if (__builtin_mul_overflow(worked.den, (int64_t)months, &whole) || whole > INT64_MAX / 2) return -1;
    if (__builtin_add_overflow(part, whole, &part)) return -1;
    return part / (2 * whole);
}

void np_plan_put_full_time(np_text *out, np_arena *arena, np_num worked, int months)
{
    int64_t units = ten_thousandths(worked, months);
    unsigned decimals = FTE_DECIMALS;
    char digits[AMOUNT_MOST];
    if (units < 0) {
        np_num_print(out, np_num_div(arena, worked, np_num_int(months)), decimals, NP_ROUND_HALF_UP);
        return;
    }
    for (; decimals && units % 10 == 0; decimals--) units /= 10;
    np_text_add(out, digits, (size_t)(put_units(digits, units, decimals) - digits));
}

void np_plan_csv_staff_header(np_text *out, const np_plan_head *head)
{
    for (size_t b = 0; b < head->books; b++)
        for (int y = 0; y <= head->window.periods; y++) {
            char when[NP_PERIOD_NAME] = "total";
            if (y < head->window.periods) np_window_period_name(&head->window, (uint16_t)y, when);
            np_text_printf(out, ",%s_headcount_%s,%s_fte_%s", head->names[b], when, head->names[b], when);
        }
}

/* Nearly everybody is there all the time and works full time, and some are not there at all. */
static bool put_steady(np_text *out, const np_plan_head *head, const np_outcome *outcome)
{
    uint16_t periods = head->window.periods;
    int64_t share = outcome->from == 0 && outcome->until == head->window.months;
    for (uint16_t y = 0; y < periods; y++) {
        np_num worked = outcome->periods[y].worked;
        if (worked.den != 100 || worked.of.small != 100 * share * np_plan_months(head, y)) return false;
    }
    char *room = np_text_room(out, 4 * ((size_t)periods + 1)), *end = room;
    for (uint16_t y = 0; room && y <= periods; y++, end += 4) memcpy(end, share ? ",1,1" : ",0,0", 4);
    if (room) np_text_took(out, (size_t)(end - room));
    return true;
}

void np_plan_csv_staff(np_text *out, np_arena *arena, const np_plan_head *head, const np_outcome *outcome)
{
    if (put_steady(out, head, outcome)) return;
    for (int y = 0; y <= head->window.periods; y++) {
        np_text_add(out, np_plan_is_paid(head, outcome, y) ? ",1," : ",0,", 3);
        np_plan_put_full_time(out, arena, np_plan_worked(arena, head, outcome, y), np_plan_months(head, y));
    }
}
