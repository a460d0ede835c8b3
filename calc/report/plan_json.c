/* Totals of a plan as JSON. */
#include "plan_internal.h"

static const char *fte_words(np_arena *arena, np_num fte)
{
    return np_number_value(arena, fte, 4).text;
}

static void certainty(np_json *json, np_arena *arena, const np_plan_head *head, const np_totals *totals)
{
    np_json_member_count(json, "absent", (long long)totals->absent);
    np_json_member_count(json, "beyond_contract", (long long)totals->beyond);
    np_json_member_count(json, "beyond_age", (long long)totals->beyond_age);
    np_json_member_count(json, "steps_assumed", (long long)totals->steps_assumed);
    np_json_member_count(json, "converted", (long long)totals->converted);
    np_json_member_array(json, "certainty");
    for (size_t b = 0; b < head->books; b++) {
        np_json_object(json);
        np_json_member(json, "book", head->names[b]);
        for (int i = 0; i < NP_STATUS_COUNT; i++) {
            np_json_key(json, np_status_name((np_status)i));
            np_json_count(json, (long long)totals->sure[b][i]);
        }
        np_json_end_object(json);
    }
    np_json_end_array(json);
    np_json_member_array(json, "headcount");
    for (size_t b = 0; b < head->books; b++) {
        np_json_object(json);
        np_json_member(json, "book", head->names[b]);
        np_json_member_array(json, "staff");
        for (int y = 0; y < head->window.periods; y++)
            np_json_count(json, (long long)np_plan_heads(totals, NULL, NULL, b, y));
        np_json_end_array(json);
        np_json_member_array(json, "fte");
        for (int y = 0; y < head->window.periods; y++)
            np_json_string(json, fte_words(arena, np_plan_full_time(arena, head, totals, NULL, NULL, b, y)));
        np_json_end_array(json);
        np_json_end_object(json);
    }
    np_json_end_array(json);
    np_json_member_array(json, "open");
    for (size_t i = 0; i < totals->gap_count; i++) {
        np_json_object(json);
        np_json_member(json, "line", totals->gaps[i].rule);
        np_json_member(json, "book", head->names[totals->gaps[i].book]);
        np_json_member_count(json, "staff", (long long)totals->gaps[i].staff);
        np_json_end_object(json);
    }
    np_json_end_array(json);
}

static void json_amount(np_json *json, np_arena *arena, const np_plan_head *head, const char *currency,
                        const char *name, np_num amount)
{
    np_json_member(json, name, np_plan_amount(arena, head, currency, amount));
    np_json_member_fraction(json, np_arena_format(arena, "%s_exact", name), amount);
}

/* How many are paid, and their full-time equivalents: of a group, or of all staff. */
static void json_staff(np_json *json, np_arena *arena, const np_plan_head *head, const np_totals *totals,
                       const np_group *group, size_t book, int period)
{
    np_num fte = np_plan_full_time(arena, head, totals, group, NULL, book, period);
    np_json_member_count(json, "headcount", (long long)np_plan_heads(totals, group, NULL, book, period));
    np_json_member(json, "fte", fte_words(arena, fte));
    np_json_member_fraction(json, "fte_exact", fte);
}

/* "years", "quarters" or "months". */
static const char *periods_key(np_arena *arena, const np_plan_head *head)
{
    return np_arena_format(arena, "%ss", np_plan_period_word(head));
}

/* Headcount and sums by period: of a group in its currency, or, without one, of all staff in the common currency. */
static void json_periods(np_json *json, np_arena *arena, const np_plan_head *head, const np_totals *totals,
                         const np_group *group, const np_plan_common *common, size_t b)
{
    const char *currency = group ? group->currency : common->currency;
    np_json_member_array(json, periods_key(arena, head));
    for (int y = 0; y <= head->window.periods; y++) {
        np_json_object(json);
        np_json_member(json, np_plan_period_word(head), np_plan_period_name(arena, head, y));
        json_staff(json, arena, head, totals, group, b, y);
        for (int m = 0; m < NP_MEASURES; m++) {
            np_num sum = group ? np_plan_sum(arena, head, group, b, y, m) : np_plan_common_sum(common, b, y, m);
            json_amount(json, arena, head, currency, NP_PLAN_MEASURES[m], sum);
        }
        np_json_end_object(json);
    }
    np_json_end_array(json);
}

/* All staff in one currency. */
static void json_common(np_json *json, np_arena *arena, const np_plan_head *head, const np_totals *totals)
{
    const np_plan_common *common = np_plan_common_of(arena, head, totals);
    if (!totals->group_count || !common->known) return;
    np_json_key(json, "in_one_currency");
    np_json_object(json);
    np_json_member(json, "currency", common->currency);
    np_json_member_array(json, "books");
    for (size_t b = 0; b < head->books; b++) {
        np_json_object(json);
        np_json_member(json, "name", head->names[b]);
        np_json_member_array(json, "rates");
        for (size_t i = 0; i < head->rates[b].count; i++) {
            const np_plan_rate *rate = &head->rates[b].list[i];
            np_json_object(json);
            np_json_member(json, "currency", rate->currency);
            np_json_member(json, "day", rate->day);
            np_json_member(json, "status", rate->status);
            np_json_member(json, "source", rate->source);
            np_json_member_array(json, "per_euro");
            for (int y = 0; y < head->window.periods; y++)
                np_json_string(json, np_fraction_words(arena, rate->per_euro[y]));
            np_json_end_array(json);
            np_json_end_object(json);
        }
        np_json_end_array(json);
        json_periods(json, arena, head, totals, NULL, common, b);
        np_json_end_object(json);
    }
    np_json_end_array(json);
    np_json_end_object(json);
}

static void json_group(np_json *json, np_arena *arena, const np_plan_head *head, const np_totals *totals,
                       const np_group *group)
{
    np_json_object(json);
    np_json_member_array(json, "key");
    for (size_t i = 0; i < head->by_count; i++) np_json_string(json, np_plan_by_value(group, i));
    np_json_end_array(json);
    np_json_member(json, "currency", group->currency);
    np_json_member_count(json, "staff", (long long)group->staff);
    np_json_member_array(json, "books");
    for (size_t b = 0; b < head->books; b++) {
        np_json_object(json);
        np_json_member(json, "name", head->names[b]);
        json_periods(json, arena, head, totals, group, NULL, b);
        np_json_end_object(json);
    }
    np_json_end_array(json);
    np_json_end_object(json);
}

bool np_plan_json(np_json *json, np_arena *arena, const void *result)
{
    const np_plan_totals *plan = result;
    const np_plan_head *head = plan->head;
    np_totals *totals = plan->totals;
    np_doc_table *table = np_doc_table_alone(arena);
    np_json_object(json);
    np_json_member(json, "book", head->hash);
    np_json_member_date(json, "from", head->window.first);
    np_json_member_count(json, "months", head->window.months);
    np_json_member(json, "after_contract", head->stops_at_end ? "stop" : "renew");
    np_json_member_count(json, "rows", (long long)totals->rows);
    np_json_member_count(json, "done", (long long)totals->done);
    np_json_member_count(json, "rejected", (long long)totals->rejected);
    np_json_member_count(json, "further_periods", (long long)totals->further);
    certainty(json, arena, head, totals);
    np_json_member(json, "about_headcount_and_fte", np_plan_about_staff(head, plan->lang));
    json_common(json, arena, head, totals);
    np_json_member_array(json, "groups");
    for (size_t g = 0; g < totals->group_count; g++) json_group(json, arena, head, totals, &totals->groups[g]);
    np_json_end_array(json);
    if (!np_plan_table_of_gain_losses(table, head, totals, NP_GAIN_LOSS_ALL)) return false;
    np_json_member_array(json, "scenarios");
    for (size_t r = 0; r < table->row_count; r++) {
        np_json_object(json);
        for (size_t c = 0; c < table->column_count; c++) {
            np_json_member(json, table->columns[c].key, np_value_for_programs(arena, &table->rows[r].cells[c]));
        }
        np_json_end_object(json);
    }
    np_json_end_array(json);
    np_json_end_object(json);
    return true;
}
