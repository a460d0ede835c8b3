/* What a plan's totals leave out, and how sure the rest is. */
#include <string.h>

#include "natopay/show/plan.h"

const char *np_plan_legend(const np_lang *lang)
{
    return np_say(lang, "even: no difference; open: none is seen, but a line that the scenario changes is not counted, "
                        "because something is not known; apart: the scenario is not for them");
}

const char *np_plan_gaps_title(const np_lang *lang)
{
    return np_say(lang, "Not counted in some month, because something is not known: members of staff");
}

const char *np_plan_certainty_title(const np_lang *lang)
{
    return np_say(lang, "How sure the totals are: members of staff, by the least sure of their figures");
}

static const char *count_text(np_arena *arena, uint64_t count)
{
    return count ? np_arena_format(arena, "%llu", (unsigned long long)count) : "";
}

/* Gaps are in order by rule, then book: a row for each rule. */
void np_plan_table_of_gaps(np_table *table, const np_plan_head *head, const np_totals *totals)
{
    np_row *row = NULL;
    np_table_column(table, "line", np_say(head->lang, NP_MARK("line")), false, false);
    for (size_t b = 0; b < head->books; b++) np_table_column(table, head->names[b], head->names[b], true, false);
    for (size_t i = 0; i < totals->gap_count; i++) {
        const np_plan_gap *gap = &totals->gaps[i];
        if (!row || strcmp(row->cells[0], gap->rule) != 0) {
            row = np_table_row(table);
            row->cells[0] = gap->rule;
            for (size_t b = 0; b < head->books; b++) row->cells[1 + b] = "";
        }
        row->cells[1 + gap->book] = count_text(table->arena, gap->staff);
    }
}

void np_plan_table_of_certainty(np_table *table, const np_plan_head *head, const np_totals *totals)
{
    np_table_column(table, "book", np_say(head->lang, "book"), false, false);
    for (int i = 0; i < NP_STATUS_COUNT; i++) {
        const char *name = np_status_name((np_status)i);
        np_table_column(table, name, np_say(head->lang, name), true, false);
    }
    for (size_t b = 0; b < head->books; b++) {
        np_row *row = np_table_row(table);
        row->cells[0] = head->names[b];
        for (int i = 0; i < NP_STATUS_COUNT; i++) row->cells[1 + i] = count_text(table->arena, totals->sure[b][i]);
    }
}

size_t np_plan_notes(const np_totals *totals, np_arena *arena, const np_lang *lang, const char *notes[NP_PLAN_NOTES])
{
    size_t count = 0;
    unsigned long long beyond = totals->beyond, absent = totals->absent;
    if (beyond)
        notes[count++] = np_arena_format(
            arena,
            np_say_number(lang,
                          "%llu contract ends before the plan does. That it is renewed or followed by another is "
                          "assumed: its months after that are counted.",
                          "%llu contracts end before the plan does. That they are renewed or followed by others is "
                          "assumed: their months after that are counted.",
                          beyond),
            beyond);
    unsigned long long aged = totals->beyond_age, steps = totals->steps_assumed;
    if (aged)
        notes[count++] = np_arena_format(
            arena,
            np_say_number(
                lang, "%llu is paid at an age of which nothing is known: no text was found that ends service then.",
                "%llu are paid at an age of which nothing is known: no text was found that ends service then.", aged),
            aged);
    if (steps)
        notes[count++] = np_arena_format(
            arena,
            np_say_number(lang, "%llu step is taken as that of the newest scale's day, because step_date is not given.",
                          "%llu steps are taken as those of the newest scale's day, because step_date is not given.",
                          steps),
            steps);
    if (absent)
        notes[count++] = np_arena_format(arena,
                                         np_say_number(lang, "%llu member of staff has no month in this plan.",
                                                       "%llu members of staff have no month in this plan.", absent),
                                         absent);
    return count;
}

void np_plan_json_certainty(np_json *json, const np_plan_head *head, const np_totals *totals)
{
    np_json_key(json, "absent");
    np_json_count(json, (long long)totals->absent);
    np_json_key(json, "beyond_contract");
    np_json_count(json, (long long)totals->beyond);
    np_json_key(json, "beyond_age");
    np_json_count(json, (long long)totals->beyond_age);
    np_json_key(json, "steps_assumed");
    np_json_count(json, (long long)totals->steps_assumed);
    np_json_key(json, "certainty");
    np_json_array(json);
    for (size_t b = 0; b < head->books; b++) {
        np_json_object(json);
        np_json_key(json, "book");
        np_json_string(json, head->names[b]);
        for (int i = 0; i < NP_STATUS_COUNT; i++) {
            np_json_key(json, np_status_name((np_status)i));
            np_json_count(json, (long long)totals->sure[b][i]);
        }
        np_json_end_object(json);
    }
    np_json_end_array(json);
    np_json_key(json, "open");
    np_json_array(json);
    for (size_t i = 0; i < totals->gap_count; i++) {
        np_json_object(json);
        np_json_key(json, "line");
        np_json_string(json, totals->gaps[i].rule);
        np_json_key(json, "book");
        np_json_string(json, head->names[totals->gaps[i].book]);
        np_json_key(json, "staff");
        np_json_count(json, (long long)totals->gaps[i].staff);
        np_json_end_object(json);
    }
    np_json_end_array(json);
}
