/* A comparison as JSON. */
#include "compare_report_internal.h"

static const char *const GROUPS[NP_GROUP_COUNT] = {"month", "employer", "once", "totals", "contract"};
static const char *const STATES[] = {"nothing", "open", "amount", "text"};
static const char *const FOUND[] = {"equal", "passes", "kink"};

typedef struct writer {
    np_json *json;
    const np_comparison *c;
    const np_shown_comparison *shown;
    np_arena *arena;
} writer;

static void text(writer *w, const char *key, const char *value)
{
    np_json_member(w->json, key, value);
}

static void common(writer *w, const char *key, np_num amount)
{
    text(w, key, np_common_amount(w->arena, w->c, amount));
}

/* ---- posts ---- */

static void rate(writer *w, const np_post_column *column)
{
    const np_conversion *conversion = &column->conversion;
    np_json_key(w->json, "conversion");
    if (conversion->same) {
        np_json_null(w->json);
        return;
    }
    np_json_object(w->json);
    text(w, "missing", conversion->missing);
    np_json_key(w->json, "factor");
    if (conversion->known)
        np_json_fraction(w->json, conversion->factor);
    else
        np_json_null(w->json);
    text(w, "status", conversion->known ? np_status_name((np_status)conversion->status) : NULL);
    np_json_member_array(w->json, "rates");
    for (size_t i = 0; i < 2; i++) {
        const np_rate *r = conversion->rates[i];
        if (!r) continue;
        np_json_object(w->json);
        text(w, "currency", conversion->currencies[i]->name);
        np_json_member_fraction(w->json, "per_euro", r->figure.value);
        text(w, "date", r->key);
        text(w, "status", np_status_name(r->figure.status));
        text(w, "source", r->figure.source ? r->figure.source->name : NULL);
        np_json_end_object(w->json);
    }
    np_json_end_array(w->json);
    np_json_end_object(w->json);
}

static void paths(writer *w, const np_post_column *column)
{
    np_json_member_array(w->json, "paths");
    for (size_t t = 0; t < column->path_count; t++) {
        const np_compared_path *path = &column->paths[t];
        np_json_object(w->json);
        text(w, "name", path->name);
        text(w, "label", path->label);
        np_json_member_array(w->json, "stretches");
        for (size_t s = 0; s < path->full->stretch_count; s++) {
            const np_stretch *stretch = &path->full->stretches[s];
            np_json_object(w->json);
            np_json_member_date(w->json, "from", stretch->from);
            np_json_member_date(w->json, "to", stretch->to);
            if (!column->present) {
                text(w, "grade", column->book->grades[stretch->grade].name);
                np_json_member_count(w->json, "step", stretch->step);
            }
            text(w, "net", np_own_amount(w->arena, column, stretch->net.amount));
            text(w, "once", np_own_amount(w->arena, column, stretch->once.amount));
            text(w, "status", np_status_name((np_status)stretch->net.status));
            np_json_end_object(w->json);
        }
        np_json_end_array(w->json);
        np_json_end_object(w->json);
    }
    np_json_end_array(w->json);
}

static void post(writer *w, const np_post_column *column)
{
    np_json_object(w->json);
    text(w, "mark", column->mark);
    text(w, "post", *column->name ? column->name : NULL);
    text(w, "label", column->label);
    text(w, "person", column->situation->person);
    np_json_member_date(w->json, "date", column->payslip->date);
    np_json_appointment(w->json, column->book, column->conditions, column->condition_count, w->arena, w->c->lang);
    text(w, "currency", column->book->currencies[column->payslip->currency].name);
    text(w, "net_bound", column->present ? NULL : np_net_bound_name(column->payslip->bound));
    rate(w, column);
    int year = np_compared_money_year(column);
    np_json_key(w->json, "money_year");
    if (year)
        np_json_count(w->json, year);
    else
        np_json_null(w->json);
    if (column->same_as != SIZE_MAX) text(w, "same_as", w->c->columns[column->same_as].mark);
    paths(w, column);
    np_json_book(w->json, w->arena, column->book);
    np_json_end_object(w->json);
}

/* ---- rows ---- */

static void cell(writer *w, const np_compared *row, const np_post_column *column, const np_cell *one)
{
    bool amount = one->state == NP_CELL_AMOUNT, any = amount || one->state == NP_CELL_TEXT;
    np_json_object(w->json);
    text(w, "post", column->mark);
    text(w, "state", STATES[one->state]);
    if (!row->money || one->state == NP_CELL_OPEN) text(w, "text", one->text);
    if (row->money) {
        text(w, "amount", amount && !row->only_common ? np_own_amount(w->arena, column, one->amount) : NULL);
        common(w, "common", amount ? one->common : np_num_small(0, -1));
        common(w, "difference", one->difference);
    }
    text(w, "status", any ? np_status_name((np_status)one->status) : NULL);
    np_json_end_object(w->json);
}

static void rows(writer *w)
{
    np_json_member_array(w->json, "rows");
    for (size_t r = 0; r < w->c->row_count; r++) {
        const np_compared *row = &w->c->rows[r];
        np_json_object(w->json);
        text(w, "name", row->name);
        text(w, "group", GROUPS[row->group]);
        text(w, "label", row->label);
        np_json_member_array(w->json, "cells");
        for (size_t i = 0; i < w->c->count; i++) cell(w, row, &w->c->columns[i], &row->cells[i]);
        np_json_end_array(w->json);
        np_json_end_object(w->json);
    }
    np_json_end_array(w->json);
}

/* ---- break-even ---- */

static void lead_changes(writer *w)
{
    np_json_member_array(w->json, "passings");
    for (size_t i = 0; i < w->c->lead_change_count; i++) {
        const np_lead_change *lead_change = &w->c->lead_changes[i];
        np_json_object(w->json);
        text(w, "post", w->c->columns[lead_change->column].mark);
        np_json_member_count(w->json, "service_month", lead_change->number);
        np_json_member_date(w->json, "month", lead_change->month);
        text(w, "ahead",
             lead_change->ahead > 0   ? w->c->columns[lead_change->column].mark
             : lead_change->ahead < 0 ? w->c->columns[0].mark
                                      : NULL);
        np_json_member_fraction(w->json, "lead", lead_change->lead);
        np_json_end_object(w->json);
    }
    np_json_end_array(w->json);
}

static void solution(writer *w, const np_solution *s)
{
    np_json_object(w->json);
    text(w, "post", w->c->columns[s->column].mark);
    text(w, "input", s->scan.input->name);
    np_json_member_count(w->json, "months", (long long)s->months);
    text(w, "from", np_scan_words(w->arena, w->c, &s->scan, s->scan.low));
    text(w, "to", np_scan_words(w->arena, w->c, &s->scan, s->scan.high));
    np_json_member_bool(w->json, "comparable", s->possible);
    if (s->possible) {
        common(w, "difference_from", s->difference_low);
        common(w, "difference_to", s->difference_high);
    }
    np_json_member_bool(w->json, "complete", s->complete);
    np_json_member_array(w->json, "found");
    for (size_t i = 0; i < s->found_count; i++) {
        const np_found *found = &s->found[i];
        np_json_object(w->json);
        text(w, "kind", FOUND[found->kind]);
        text(w, "from", np_scan_words(w->arena, w->c, &s->scan, found->low));
        text(w, "to", np_scan_words(w->arena, w->c, &s->scan, found->high));
        common(w, "difference_from", found->difference_low);
        common(w, "difference_to", found->difference_high);
        np_json_end_object(w->json);
    }
    np_json_end_array(w->json);
    np_json_end_object(w->json);
}

static void variation(writer *w)
{
    const np_variation *v = w->shown->variation;
    if (!v) return;
    np_json_member_object(w->json, "vary");
    text(w, "input", v->scan.input->name);
    np_json_member_count(w->json, "months", (long long)v->months);
    np_json_member_array(w->json, "points");
    for (size_t p = 0; p < v->points; p++) {
        np_json_object(w->json);
        text(w, "value", np_scan_words(w->arena, w->c, &v->scan, v->at[p]));
        np_json_member_object(w->json, "totals");
        for (size_t i = 0; i < w->c->count; i++) common(w, w->c->columns[i].mark, v->totals[p * w->c->count + i]);
        np_json_end_object(w->json);
        np_json_end_object(w->json);
    }
    np_json_end_array(w->json);
    np_json_end_object(w->json);
}

bool np_compare_json(np_json *json, np_arena *arena, const void *result)
{
    const np_shown_comparison *shown = result;
    writer w = {.json = json, .c = shown->comparison, .shown = shown, .arena = arena};
    np_json_object(w.json);
    text(&w, "currency", w.c->common_name);
    np_json_member_array(w.json, "compared_months");
    for (size_t i = 0; i < 2; i++) np_json_count(w.json, w.c->compared_months[i]);
    np_json_end_array(w.json);
    np_json_member_array(w.json, "posts");
    for (size_t i = 0; i < w.c->count; i++) post(&w, &w.c->columns[i]);
    np_json_end_array(w.json);
    rows(&w);
    lead_changes(&w);
    if (shown->solutions) {
        np_json_member_array(w.json, "break_even");
        for (size_t i = 0; i < shown->solution_count; i++) solution(&w, &shown->solutions[i]);
        np_json_end_array(w.json);
    }
    variation(&w);
    np_json_warnings(json, shown->diags);
    np_json_end_object(w.json);
    return true;
}
