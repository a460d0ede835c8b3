/* Staff by the fast and by month by month of the engine, compared. */
#ifndef TESTS_PROPERTY_PLAN_SUPPORT_H
#define TESTS_PROPERTY_PLAN_SUPPORT_H

#include <stdio.h>
#include <stdlib.h>

#include <unistd.h>

#include "same_outcome.h"
#include "text_source.h"
#include "unit/support.h"

#include "natopay/book/reader.h"
#include "natopay/plan/csv.h"
#include "natopay/plan/engine.h"
#include "natopay/plan/sample.h"
#include "natopay/plan/scenario.h"

enum { BOOKS_MAX = 8 };

typedef struct fixture {
    np_arena *arena;
    np_diags diags;
    np_plan_book books[BOOKS_MAX];
    size_t count; /* of books */
    np_window window;
    np_sample sample;
    bool stops_at_end;
} fixture;

static void write_overlay(char *path, const char *text)
{
    strcpy(path, "/tmp/prop_plan.XXXXXX");
    int file = mkstemp(path);
    size_t length = strlen(text);
    assert_true(file >= 0 && write(file, text, length) == (ssize_t)length);
    close(file);
}

typedef struct comparison {
    fixture *f;
    np_engine *fast, *plain;
    uint64_t first, count;
    uint64_t refused, differing;
    const char *row;
} comparison;

static bool give_row(np_engine *engine, const fixture *f, const np_csv_batch *batch, size_t row, unsigned batch_row,
                     np_diags *diags)
{
    const np_book *book = f->books[0].book;
    const np_csv_row *r = &batch->rows[row], *header = &batch->rows[0];
    np_engine_begin_row(engine, batch_row);
    for (size_t i = 0; i < r->field_count; i++) {
        const np_input *input = np_book_input(book, np_csv_text(batch, header, i));
        const np_csv_cell *field = &batch->fields[r->first_field + i];
        if (!input || field->length == 0) continue;
        if (!np_engine_set_input(engine, batch_row, input->slot, np_csv_text(batch, r, i), field->length, diags))
            return false;
    }
    return true;
}

static void say(const fixture *f, const np_outcome *a, const np_outcome *b, size_t book, const char *row)
{
    np_text text;
    np_text_init(&text, 1 << 16);
    np_text_printf(&text, "book %zu, %sfrom %d/%d until %d/%d status %d/%d applies %d/%d\n", book, row, a->from,
                   b->from, a->until, b->until, a->status, b->status, a->applies, b->applies);
    for (uint16_t y = 0; y < f->window.periods; y++) {
        np_num_print_fraction(&text, a->periods[y].net);
        np_text_puts(&text, " / ");
        np_num_print_fraction(&text, b->periods[y].net);
        np_text_puts(&text, "   ");
        np_num_print_fraction(&text, a->periods[y].employer);
        np_text_puts(&text, " / ");
        np_num_print_fraction(&text, b->periods[y].employer);
        np_text_puts(&text, "\n");
    }
    fputs(np_text_string(&text), stderr);
    np_text_free(&text);
}

/* Some rows, by one engine. */
static void run_some(np_engine *engine, const fixture *f, const np_csv_batch *batch, size_t row, unsigned count,
                     np_engine_row *batch_rows)
{
    for (unsigned s = 0; s < count; s++) batch_rows[s].key = np_csv_text(batch, &batch->rows[row + s], 0);
    for (unsigned s = 0; s < count; s++)
        batch_rows[s].done = give_row(engine, f, batch, row + s, s, batch_rows[s].diags);
    np_engine_run(engine, batch_rows, count);
}

/* Some rows are one of several periods of a person: another follows, on some day of the plan, or was before. */
static void give_periods(const comparison *c, size_t row, np_date *next, np_engine_period *before, np_engine_row *a,
                         np_engine_row *b)
{
    const np_window *window = &c->f->window;
    *next = window->first + (np_date)(row * 37 % 2200);
    for (size_t book = 0; book < c->f->count; book++) {
        before->until[book] = (uint16_t)((row * 5 + (row % 3 ? 0 : book)) % window->months);
        before->left[book] = book > 0 && (row + book) % 5 == 0;
        before->changes[book] = row % 7;
    }
    if (row % 4 == 0) a->next = b->next = next;
    if (row % 6 == 0) a->before = b->before = before;
}

static void compare_some(comparison *c, const np_csv_batch *batch, size_t row, unsigned count)
{
    static np_outcome fast[NP_BATCH][BOOKS_MAX], plain[NP_BATCH][BOOKS_MAX];
    np_engine_row a[NP_BATCH], b[NP_BATCH];
    np_date next[NP_BATCH];
    np_engine_period before[NP_BATCH];
    np_diags diags[2 * NP_BATCH];
    np_arena *arena = np_arena_new(1 << 22);
    for (unsigned s = 0; s < count; s++) {
        np_diags_init(&diags[s], arena);
        np_diags_init(&diags[NP_BATCH + s], arena);
        a[s] = (np_engine_row){.diags = &diags[s], .outcomes = fast[s]};
        b[s] = (np_engine_row){.diags = &diags[NP_BATCH + s], .outcomes = plain[s]};
        give_periods(c, row + s, &next[s], &before[s], &a[s], &b[s]);
    }
    run_some(c->fast, c->f, batch, row, count, a);
    run_some(c->plain, c->f, batch, row, count, b);
    for (unsigned s = 0; s < count; s++) {
        assert_int_equal(a[s].done, b[s].done);
        assert_int_equal(diags[s].errors, diags[NP_BATCH + s].errors);
        if (!a[s].done) c->refused++;
        for (size_t book = 0; a[s].done && book < c->f->count; book++) {
            if (same_outcome(&c->f->window, &fast[s][book], &plain[s][book])) continue;
            if (c->differing++ < 3)
                say(c->f, &fast[s][book], &plain[s][book], book, np_csv_text(batch, &batch->rows[row + s], 0));
        }
    }
    np_arena_free(arena);
}

static void compare_rows(void *context)
{
    comparison *c = context;
    fixture *f = c->f;
    np_text text;
    np_text_init(&text, 1 << 24);
    np_sample_header(&f->sample, &text);
    for (uint64_t i = 0; i < c->count; i++) np_sample_row(&f->sample, &text, c->first + i);
    text_source source = {np_text_string(&text), text.length};
    np_csv csv;
    np_csv_batch batch;
    np_csv_init(&csv, (np_byte_source){&source, read_text}, ',');
    np_csv_batch_init(&batch);
    while (np_csv_read(&csv, &batch) == NP_CSV_ROW) continue;
    assert_int_equal(batch.row_count, c->count + 1);
    /* from one member of staff at a time to as many as there are rows: who sits beside whom must not matter */
    for (size_t row = 1; row < batch.row_count;) {
        size_t left = batch.row_count - row, wanted = 1 + row % NP_BATCH;
        unsigned count = (unsigned)(left < wanted ? left : wanted);
        compare_some(c, &batch, row, count);
        row += count;
    }
    np_csv_batch_free(&batch);
    np_csv_free(&csv);
    np_text_free(&text);
}

static void compare_guarded(void *context)
{
    comparison *c = context;
    assert_true(np_engine_guard(c->plain, compare_rows, c));
}

/* Rows first ... first + count - 1 of the sample by both engines, a thousand at a time at the most. */
static void compare_all(comparison *c, uint64_t first, uint64_t count)
{
    np_engine_options fast = {.reference = false, .stops_at_end = c->f->stops_at_end};
    np_engine_options plain = {.reference = true, .stops_at_end = c->f->stops_at_end};
    c->fast = np_engine_new(&c->f->window, c->f->books, c->f->count, &fast);
    c->plain = np_engine_new(&c->f->window, c->f->books, c->f->count, &plain);
    for (c->first = first; c->first < first + count; c->first += c->count) {
        uint64_t left = first + count - c->first;
        c->count = left < 1000 ? left : 1000;
        assert_true(np_engine_guard(c->fast, compare_guarded, c));
    }
}

static void end_comparison(comparison *c)
{
    np_engine_free(c->fast);
    np_engine_free(c->plain);
}

#endif
