/* What the totals of a plan come to, period by period: amounts and heads of a group, a currency or all. */
#include <string.h>

#include "plan_internal.h"

const char *const NP_PLAN_MEASURES[NP_MEASURES] = {NP_MARK("gross"), NP_MARK("net"), NP_MARK("employer")};

np_num np_plan_sum(np_arena *arena, const np_plan_head *head, const np_group *group, size_t book, int year, int measure)
{
    int first = year < head->window.periods ? year : 0,
        last = year < head->window.periods ? year : head->window.periods - 1;
    np_num sum = np_num_int(0);
    for (int y = first; y <= last; y++) {
        size_t at = (book * head->window.periods + (size_t)y) * NP_SUMS + (size_t)measure;
        sum = np_num_add(arena, sum, np_exact_sum_value(arena, &group->sums[at]));
    }
    return sum;
}

np_num np_plan_sum_all(np_arena *arena, const np_plan_head *head, const np_totals *totals, const char *currency,
                       size_t book, int year, int measure)
{
    np_num sum = np_num_int(0);
    for (size_t i = 0; i < totals->group_count; i++)
        if (strcmp(totals->groups[i].currency, currency) == 0)
            sum = np_num_add(arena, sum, np_plan_sum(arena, head, &totals->groups[i], book, year, measure));
    return sum;
}

const char *np_plan_amount(np_arena *arena, const np_plan_head *head, const char *currency, np_num amount)
{
    np_text text;
    np_text_init(&text, 1 << 14);
    np_num_print(&text, amount, np_plan_decimals(head, currency), NP_ROUND_HALF_UP);
    return np_text_move(&text, arena);
}

const char *np_plan_period_name(np_arena *arena, const np_plan_head *head, int period)
{
    char name[NP_PERIOD_NAME] = NP_MARK("total");
    if (period < head->window.periods) np_window_period_name(&head->window, (uint16_t)period, name);
    return np_arena_format(arena, "%s", name);
}

const char *np_plan_period_word(const np_plan_head *head)
{
    static const char *const WORDS[] = {[NP_PERIOD_YEAR] = NP_MARK("year"),
                                        [NP_PERIOD_QUARTER] = NP_MARK("quarter"),
                                        [NP_PERIOD_MONTH] = NP_MARK("month")};
    return WORDS[head->window.kind];
}

unsigned np_plan_decimals(const np_plan_head *head, const char *currency)
{
    int found = np_book_currency(head->book, currency);
    return found < 0 ? 2 : head->book->currencies[found].decimals;
}

static bool is_of(const np_group *candidate, const np_group *group, const char *currency)
{
    return group ? candidate == group : !currency || strcmp(candidate->currency, currency) == 0;
}

/* How often people of several groups are counted too much when the groups of a currency, or all, are added up. */
static const np_counted_again *counted_again(const np_totals *totals, const np_group *group, const char *currency)
{
    for (size_t i = 0; i < totals->again_count && !group; i++)
        if (strcmp(totals->again[i].currency, currency ? currency : "") == 0) return &totals->again[i];
    return NULL;
}

uint64_t np_plan_staff(const np_totals *totals, const char *currency)
{
    const np_counted_again *again = counted_again(totals, NULL, currency);
    uint64_t staff = 0;
    for (size_t i = 0; i < totals->group_count; i++)
        if (is_of(&totals->groups[i], NULL, currency)) staff += totals->groups[i].staff;
    return again && again->staff <= staff ? staff - again->staff : staff;
}

uint64_t np_plan_heads(const np_totals *totals, const np_group *group, const char *currency, size_t book, int period)
{
    const np_counted_again *again = counted_again(totals, group, currency);
    size_t at = book * (totals->periods + 1u) + (size_t)period;
    uint64_t heads = 0;
    for (size_t i = 0; i < totals->group_count; i++)
        if (is_of(&totals->groups[i], group, currency)) heads += totals->groups[i].heads[at];
    return again && again->heads[at] <= heads ? heads - again->heads[at] : heads;
}

np_num np_plan_full_time(np_arena *arena, const np_plan_head *head, const np_totals *totals, const np_group *group,
                         const char *currency, size_t book, int period)
{
    np_num worked = np_num_int(0);
    for (size_t i = 0; i < totals->group_count; i++)
        if (is_of(&totals->groups[i], group, currency))
            worked = np_num_add(arena, worked, np_plan_sum(arena, head, &totals->groups[i], book, period, NP_WORKED));
    return np_num_div(arena, worked, np_num_int(np_plan_months(head, period)));
}

int np_plan_months(const np_plan_head *head, int period)
{
    const np_window *window = &head->window;
    if (period == window->periods) return window->months;
    return window->period_end[period] - (period ? window->period_end[period - 1] : 0);
}

const char *np_plan_about_staff(const np_plan_head *head, const np_lang *lang)
{
    if (head->book->working_time_slot == UINT16_MAX)
        return np_say(lang, "headcount: staff paid in some month of the period; FTE: the mean over its months of how "
                            "many are paid, each as one, since the rule book names no share of full working time");
    return np_say(lang, "headcount: staff paid in some month of the period; FTE: full-time equivalents, the mean over "
                        "the months of the period of the shares of full working time of those paid");
}

bool np_plan_first_of_currency(const np_totals *totals, size_t group)
{
    return group == 0 || strcmp(totals->groups[group].currency, totals->groups[group - 1].currency) != 0;
}
