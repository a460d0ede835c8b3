/* A comparison as a table for programs: a row for each cell, so that it can be filtered and pivoted. */
#include "compare_report_internal.h"

static const char *const GROUPS[NP_GROUP_COUNT] = {"month", "employer", "once", "totals", "contract"};
static const char *const FOUND[] = {"equal", "passes", "kink"};

/* Sums over years rest on the newest scale that is known. */
static void csv_money_years(np_doc_table *table, const np_comparison *c)
{
    for (size_t i = 0; i < c->count; i++) {
        int year = np_compared_money_year(&c->columns[i]);
        if (!year) continue;
        np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
        row->cells[0] = np_doc_words("totals");
        row->cells[1] = np_doc_words("money_year");
        row->cells[2] = np_doc_words(np_say(c->lang, "Newest scale that is known: amounts are in money of this year"));
        row->cells[3] = np_doc_words(c->columns[i].mark);
        row->cells[4] = np_count_value(table->arena, year);
    }
}

/* Of which posts the net is not all. */
static void csv_bounds(np_doc_table *table, const np_comparison *c)
{
    for (size_t i = 0; i < c->count; i++) {
        const np_post_column *column = &c->columns[i];
        if (column->present || !column->payslip->bound) continue;
        np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
        row->cells[0] = np_doc_words("month");
        row->cells[1] = np_doc_words("net_bound");
        row->cells[2] = np_doc_words(np_net_bound_words(column->payslip->bound, c->lang));
        row->cells[3] = np_doc_words(column->mark);
        row->cells[4] = np_doc_words(np_net_bound_name(column->payslip->bound));
    }
}

/* That somebody cannot be appointed comes before what the posts would pay. */
static void csv_appointments(np_doc_table *table, const np_comparison *c)
{
    for (size_t i = 0; i < c->count; i++) {
        const char *words = np_column_impossible(table->arena, &c->columns[i], c->lang);
        if (!words) continue;
        np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
        row->cells[0] = row->cells[1] = np_doc_words("appointment");
        row->cells[2] = np_doc_words(words);
        row->cells[3] = np_doc_words(c->columns[i].mark);
        row->cells[4] = np_doc_words(np_appointment_name(NP_APPOINTMENT_IMPOSSIBLE));
    }
}

static void csv_lead_changes(np_doc_table *table, const np_comparison *c, np_arena *arena)
{
    for (size_t i = 0; i < c->lead_change_count; i++) {
        const np_lead_change *lead_change = &c->lead_changes[i];
        np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
        row->cells[0] = np_doc_words("passing");
        row->cells[1] = np_doc_words(lead_change->ahead > 0 ? "ahead" : lead_change->ahead < 0 ? "behind" : "equal");
        row->cells[2] = np_doc_words(np_lead_change_sentence(arena, c, lead_change));
        row->cells[3] = np_doc_words(c->columns[lead_change->column].mark);
        row->cells[4] = np_doc_words(np_month_words(arena, lead_change->month));
        row->cells[8] = np_doc_words(c->common_name);
        row->cells[9] = np_doc_words(np_common_amount(arena, c, lead_change->lead));
    }
}

static void csv_solutions(np_doc_table *table, const np_shown_comparison *shown, np_arena *arena)
{
    const np_comparison *c = shown->comparison;
    for (size_t s = 0; s < shown->solution_count; s++)
        for (size_t i = 0; i < shown->solutions[s].found_count; i++) {
            const np_solution *solved = &shown->solutions[s];
            const np_found *found = &solved->found[i];
            np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
            row->cells[0] = np_doc_words("break_even");
            row->cells[1] = np_doc_words(FOUND[found->kind]);
            row->cells[2] = np_doc_words(np_found_sentence(arena, c, solved, found));
            row->cells[3] = np_doc_words(c->columns[solved->column].mark);
            row->cells[4] = np_doc_words(np_scan_words(arena, c, &solved->scan, found->low));
            row->cells[8] = np_doc_words(c->common_name);
            row->cells[9] = np_doc_words(np_common_amount(arena, c, found->difference_low));
        }
}

static void csv_variation(np_doc_table *table, const np_shown_comparison *shown, np_arena *arena)
{
    const np_variation *v = shown->variation;
    const np_comparison *c = shown->comparison;
    if (!v) return;
    for (size_t p = 0; p < v->points; p++)
        for (size_t i = 0; i < c->count; i++) {
            np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
            row->cells[0] = np_doc_words("vary");
            row->cells[1] = np_doc_words(v->scan.input->name);
            row->cells[3] = np_doc_words(c->columns[i].mark);
            row->cells[4] = np_doc_words(np_scan_words(arena, c, &v->scan, v->at[p]));
            row->cells[7] = np_doc_words(np_common_amount(arena, c, v->totals[p * c->count + i]));
            row->cells[8] = np_doc_words(c->common_name);
        }
}

void np_compare_records(np_doc_table *table, const void *result)
{
    static const char *const COLUMNS[] = {"group",    "row",    "label",           "post",       "text",  "amount",
                                          "currency", "common", "common_currency", "difference", "status"};
    const np_shown_comparison *shown = result;
    const np_comparison *c = shown->comparison;
    np_arena *arena = table->arena;
    np_doc_columns_add(table, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0]);
    csv_appointments(table, c);
    csv_bounds(table, c);
    for (size_t r = 0; r < c->row_count; r++)
        for (size_t i = 0; i < c->count; i++) {
            const np_compared *compared = &c->rows[r];
            const np_cell *one = &compared->cells[i];
            bool amount = one->state == NP_CELL_AMOUNT;
            np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
            row->cells[0] = np_doc_words(GROUPS[compared->group]);
            row->cells[1] = np_doc_words(compared->name);
            row->cells[2] = np_doc_words(compared->label);
            row->cells[3] = np_doc_words(c->columns[i].mark);
            row->cells[4] = np_doc_words(one->state == NP_CELL_OPEN ? np_say(c->lang, "open") : one->text);
            if (compared->money) {
                if (amount && !compared->only_common)
                    row->cells[5] = np_doc_words(np_own_amount(arena, &c->columns[i], one->amount));
                row->cells[6] = np_doc_words(c->columns[i].book->currencies[c->columns[i].payslip->currency].name);
                if (amount) row->cells[7] = np_doc_words(np_common_amount(arena, c, one->common));
                row->cells[8] = np_doc_words(c->common_name);
                row->cells[9] = np_doc_words(np_common_amount(arena, c, one->difference));
            }
            if (amount || one->state == NP_CELL_TEXT)
                row->cells[10] = np_doc_words(np_status_name((np_status)one->status));
        }
    csv_money_years(table, c);
    csv_lead_changes(table, c, arena);
    csv_solutions(table, shown, arena);
    csv_variation(table, shown, arena);
}
