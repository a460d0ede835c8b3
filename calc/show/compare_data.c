/* A comparison as JSON and CSV. */
#include "natopay/base/json.h"
#include "natopay/pay/words.h"
#include "natopay/show/compare.h"
#include "natopay/show/estimate.h"
#include "natopay/show/table.h"

static const char *const GROUPS[NP_GROUP_COUNT] = {"month", "employer", "once", "totals", "contract"};
static const char *const STATES[] = {"nothing", "open", "amount", "text"};
static const char *const FOUND[] = {"equal", "passes", "kink"};

typedef struct writer {
    np_json json;
    const np_comparison *c;
    const np_shown_comparison *shown;
    np_arena *arena;
} writer;

static void text(writer *w, const char *key, const char *value)
{
    np_json_key(&w->json, key);
    np_json_string(&w->json, value);
}

static void common(writer *w, const char *key, np_num amount)
{
    text(w, key, np_common_amount(w->arena, w->c, amount));
}

static void date(writer *w, const char *key, np_date day)
{
    np_json_key(&w->json, key);
    np_json_date(&w->json, day);
}

static void list(writer *w, const char *key)
{
    np_json_key(&w->json, key);
    np_json_array(&w->json);
}

/* ---- posts ---- */

static void rate(writer *w, const np_post_column *column)
{
    const np_conversion *conversion = &column->conversion;
    np_json_key(&w->json, "conversion");
    if (conversion->same) {
        np_json_null(&w->json);
        return;
    }
    np_json_object(&w->json);
    text(w, "missing", conversion->missing);
    np_json_key(&w->json, "factor");
    if (conversion->known)
        np_json_fraction(&w->json, conversion->factor);
    else
        np_json_null(&w->json);
    text(w, "status", conversion->known ? np_status_name((np_status)conversion->status) : NULL);
    list(w, "rates");
    for (size_t i = 0; i < 2; i++) {
        const np_rate *r = conversion->rates[i];
        if (!r) continue;
        np_json_object(&w->json);
        text(w, "currency", column->book->currencies[conversion->currencies[i]].name);
        np_json_key(&w->json, "per_euro");
        np_json_fraction(&w->json, r->figure.value);
        text(w, "date", r->key);
        text(w, "status", np_status_name(r->figure.status));
        text(w, "source", r->figure.source ? r->figure.source->name : NULL);
        np_json_end_object(&w->json);
    }
    np_json_end_array(&w->json);
    np_json_end_object(&w->json);
}

static void tracks(writer *w, const np_post_column *column)
{
    list(w, "paths");
    for (size_t t = 0; t < column->track_count; t++) {
        const np_track *track = &column->tracks[t];
        np_json_object(&w->json);
        text(w, "name", track->name);
        text(w, "label", track->label);
        list(w, "stretches");
        for (size_t s = 0; s < track->full->stretch_count; s++) {
            const np_stretch *stretch = &track->full->stretches[s];
            np_json_object(&w->json);
            date(w, "from", stretch->from);
            date(w, "to", stretch->to);
            text(w, "grade", column->book->grades[stretch->grade].name);
            np_json_key(&w->json, "step");
            np_json_count(&w->json, stretch->step);
            text(w, "net", np_own_amount(w->arena, column, stretch->net.amount));
            text(w, "once", np_own_amount(w->arena, column, stretch->once.amount));
            text(w, "status", np_status_name((np_status)stretch->net.status));
            np_json_end_object(&w->json);
        }
        np_json_end_array(&w->json);
        np_json_end_object(&w->json);
    }
    np_json_end_array(&w->json);
}

static void post(writer *w, const np_post_column *column)
{
    np_json_object(&w->json);
    text(w, "mark", column->mark);
    text(w, "post", *column->name ? column->name : NULL);
    text(w, "label", column->label);
    text(w, "person", column->situation->person);
    date(w, "date", column->payslip->date);
    text(w, "currency", column->book->currencies[column->payslip->currency].name);
    rate(w, column);
    if (column->same_as != SIZE_MAX) text(w, "same_as", w->c->columns[column->same_as].mark);
    tracks(w, column);
    text(w, "book", np_arena_format(w->arena, "sha256:%s", np_book_hash(column->book, w->arena)));
    np_json_end_object(&w->json);
}

/* ---- rows ---- */

static void cell(writer *w, const np_compared *row, const np_post_column *column, const np_cell *one)
{
    bool amount = one->state == NP_CELL_AMOUNT, any = amount || one->state == NP_CELL_TEXT;
    np_json_object(&w->json);
    text(w, "post", column->mark);
    text(w, "state", STATES[one->state]);
    if (!row->money || one->state == NP_CELL_OPEN) text(w, "text", one->text);
    if (row->money) {
        text(w, "amount", amount && !row->only_common ? np_own_amount(w->arena, column, one->amount) : NULL);
        common(w, "common", amount ? one->common : np_num_small(0, -1));
        common(w, "difference", one->difference);
    }
    text(w, "status", any ? np_status_name((np_status)one->status) : NULL);
    np_json_end_object(&w->json);
}

static void rows(writer *w)
{
    list(w, "rows");
    for (size_t r = 0; r < w->c->row_count; r++) {
        const np_compared *row = &w->c->rows[r];
        np_json_object(&w->json);
        text(w, "name", row->name);
        text(w, "group", GROUPS[row->group]);
        text(w, "label", row->label);
        list(w, "cells");
        for (size_t i = 0; i < w->c->count; i++) cell(w, row, &w->c->columns[i], &row->cells[i]);
        np_json_end_array(&w->json);
        np_json_end_object(&w->json);
    }
    np_json_end_array(&w->json);
}

/* ---- break-even ---- */

static void passings(writer *w)
{
    list(w, "passings");
    for (size_t i = 0; i < w->c->passing_count; i++) {
        const np_passing *passing = &w->c->passings[i];
        np_json_object(&w->json);
        text(w, "post", w->c->columns[passing->column].mark);
        np_json_key(&w->json, "service_month");
        np_json_count(&w->json, passing->number);
        date(w, "month", passing->month);
        text(w, "ahead",
             passing->ahead > 0   ? w->c->columns[passing->column].mark
             : passing->ahead < 0 ? w->c->columns[0].mark
                                  : NULL);
        np_json_key(&w->json, "lead");
        np_json_fraction(&w->json, passing->lead);
        np_json_end_object(&w->json);
    }
    np_json_end_array(&w->json);
}

static void solution(writer *w, const np_solution *s)
{
    np_json_object(&w->json);
    text(w, "post", w->c->columns[s->column].mark);
    text(w, "input", s->scan.input->name);
    np_json_key(&w->json, "months");
    np_json_count(&w->json, (long long)s->months);
    text(w, "from", np_scan_words(w->arena, w->c, &s->scan, s->scan.low));
    text(w, "to", np_scan_words(w->arena, w->c, &s->scan, s->scan.high));
    np_json_key(&w->json, "comparable");
    np_json_bool(&w->json, s->possible);
    if (s->possible) {
        common(w, "difference_from", s->difference_low);
        common(w, "difference_to", s->difference_high);
    }
    np_json_key(&w->json, "complete");
    np_json_bool(&w->json, s->complete);
    list(w, "found");
    for (size_t i = 0; i < s->found_count; i++) {
        const np_found *found = &s->found[i];
        np_json_object(&w->json);
        text(w, "kind", FOUND[found->kind]);
        text(w, "from", np_scan_words(w->arena, w->c, &s->scan, found->low));
        text(w, "to", np_scan_words(w->arena, w->c, &s->scan, found->high));
        common(w, "difference_from", found->difference_low);
        common(w, "difference_to", found->difference_high);
        np_json_end_object(&w->json);
    }
    np_json_end_array(&w->json);
    np_json_end_object(&w->json);
}

static void variation(writer *w)
{
    const np_variation *v = w->shown->variation;
    if (!v) return;
    np_json_key(&w->json, "vary");
    np_json_object(&w->json);
    text(w, "input", v->scan.input->name);
    np_json_key(&w->json, "months");
    np_json_count(&w->json, (long long)v->months);
    list(w, "points");
    for (size_t p = 0; p < v->points; p++) {
        np_json_object(&w->json);
        text(w, "value", np_scan_words(w->arena, w->c, &v->scan, v->at[p]));
        np_json_key(&w->json, "totals");
        np_json_object(&w->json);
        for (size_t i = 0; i < w->c->count; i++) common(w, w->c->columns[i].mark, v->totals[p * w->c->count + i]);
        np_json_end_object(&w->json);
        np_json_end_object(&w->json);
    }
    np_json_end_array(&w->json);
    np_json_end_object(&w->json);
}

void np_show_comparison_json(np_text *out, const np_shown_comparison *shown, np_arena *arena)
{
    writer w = {.c = shown->comparison, .shown = shown, .arena = arena};
    np_json_start(&w.json, out);
    np_json_object(&w.json);
    text(&w, "currency", w.c->common_name);
    list(&w, "posts");
    for (size_t i = 0; i < w.c->count; i++) post(&w, &w.c->columns[i]);
    np_json_end_array(&w.json);
    rows(&w);
    passings(&w);
    if (shown->solutions) {
        list(&w, "break_even");
        for (size_t i = 0; i < shown->solution_count; i++) solution(&w, &shown->solutions[i]);
        np_json_end_array(&w.json);
    }
    variation(&w);
    list(&w, "warnings");
    for (const np_diag *diag = shown->diags->first; diag; diag = diag->next) np_json_string(&w.json, diag->message);
    np_json_end_array(&w.json);
    np_json_end_object(&w.json);
    np_text_putc(out, '\n');
}

/* ---- CSV: a row for each cell, so that it can be filtered and pivoted ---- */

static void csv_passings(np_table *table, const np_comparison *c, np_arena *arena)
{
    for (size_t i = 0; i < c->passing_count; i++) {
        const np_passing *passing = &c->passings[i];
        np_ymd day = np_date_split(passing->month);
        np_row *row = np_table_row(table);
        row->cells[0] = "passing";
        row->cells[1] = passing->ahead > 0 ? "ahead" : passing->ahead < 0 ? "behind" : "equal";
        row->cells[2] = np_passing_sentence(arena, c, passing);
        row->cells[3] = c->columns[passing->column].mark;
        row->cells[4] = np_arena_format(arena, "%04d-%02d", day.year, day.month);
        row->cells[8] = c->common_name;
        row->cells[9] = np_common_amount(arena, c, passing->lead);
    }
}

static void csv_solutions(np_table *table, const np_shown_comparison *shown, np_arena *arena)
{
    const np_comparison *c = shown->comparison;
    for (size_t s = 0; s < shown->solution_count; s++)
        for (size_t i = 0; i < shown->solutions[s].found_count; i++) {
            const np_solution *solved = &shown->solutions[s];
            const np_found *found = &solved->found[i];
            np_row *row = np_table_row(table);
            row->cells[0] = "break_even";
            row->cells[1] = FOUND[found->kind];
            row->cells[2] = np_found_sentence(arena, c, solved, found);
            row->cells[3] = c->columns[solved->column].mark;
            row->cells[4] = np_scan_words(arena, c, &solved->scan, found->low);
            row->cells[8] = c->common_name;
            row->cells[9] = np_common_amount(arena, c, found->difference_low);
        }
}

static void csv_variation(np_table *table, const np_shown_comparison *shown, np_arena *arena)
{
    const np_variation *v = shown->variation;
    const np_comparison *c = shown->comparison;
    if (!v) return;
    for (size_t p = 0; p < v->points; p++)
        for (size_t i = 0; i < c->count; i++) {
            np_row *row = np_table_row(table);
            row->cells[0] = "vary";
            row->cells[1] = v->scan.input->name;
            row->cells[3] = c->columns[i].mark;
            row->cells[4] = np_scan_words(arena, c, &v->scan, v->at[p]);
            row->cells[7] = np_common_amount(arena, c, v->totals[p * c->count + i]);
            row->cells[8] = c->common_name;
        }
}

void np_show_comparison_csv(np_text *out, const np_shown_comparison *shown, np_arena *arena)
{
    static const char *const COLUMNS[] = {"group",    "row",    "label",           "post",       "text",  "amount",
                                          "currency", "common", "common_currency", "difference", "status"};
    const np_comparison *c = shown->comparison;
    np_table table;
    np_table_init(&table, arena);
    for (size_t i = 0; i < sizeof COLUMNS / sizeof COLUMNS[0]; i++)
        np_table_column(&table, COLUMNS[i], COLUMNS[i], false, false);
    for (size_t r = 0; r < c->row_count; r++)
        for (size_t i = 0; i < c->count; i++) {
            const np_compared *compared = &c->rows[r];
            const np_cell *one = &compared->cells[i];
            bool amount = one->state == NP_CELL_AMOUNT;
            np_row *row = np_table_row(&table);
            row->cells[0] = GROUPS[compared->group];
            row->cells[1] = compared->name;
            row->cells[2] = compared->label;
            row->cells[3] = c->columns[i].mark;
            row->cells[4] = one->state == NP_CELL_OPEN ? np_say(c->lang, "open") : one->text;
            if (compared->money) {
                if (amount && !compared->only_common) row->cells[5] = np_own_amount(arena, &c->columns[i], one->amount);
                row->cells[6] = c->columns[i].book->currencies[c->columns[i].payslip->currency].name;
                if (amount) row->cells[7] = np_common_amount(arena, c, one->common);
                row->cells[8] = c->common_name;
                row->cells[9] = np_common_amount(arena, c, one->difference);
            }
            if (amount || one->state == NP_CELL_TEXT) row->cells[10] = np_status_name((np_status)one->status);
        }
    csv_passings(&table, c, arena);
    csv_solutions(&table, shown, arena);
    csv_variation(&table, shown, arena);
    np_table_csv(out, &table);
}
