#include "staff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "natopay/pay/words.h"

enum { ROW_MEMORY = 1 << 22, BY_MAX = 1 << 16 };

bool np_hand_init(np_hand *hand, const np_plan *plan, int number, size_t memory)
{
    *hand = (np_hand){.plan = plan, .number = number};
    np_engine_options options = {.memory = memory, .reference = plan->reference};
    hand->engine = np_engine_new(&plan->window, plan->books, plan->book_count, &options);
    hand->arena = np_arena_new(ROW_MEMORY);
    np_totals_init(&hand->totals, (uint16_t)plan->book_count, plan->window.years, plan->scratch);
    np_text_init(&hand->by, BY_MAX);
    return hand->engine && hand->arena;
}

void np_hand_free(np_hand *hand)
{
    np_engine_free(hand->engine);
    np_arena_free(hand->arena);
    np_totals_free(&hand->totals);
    np_text_free(&hand->by);
}

/* ---- reasons ---- */

/* All that was reported about a row, in one line. */
static const char *reason_of(const np_hand *hand, const np_diags *diags, const char **column)
{
    const char *text = "";
    const np_columns *columns = hand->plan->columns;
    for (const np_diag *d = diags->first; d; d = d->next) {
        if (np_code_describe(d->code)->severity != NP_ERROR) continue;
        int slot = np_engine_slot_at(hand->engine, d->at);
        for (size_t i = 0; slot >= 0 && !**column && i < columns->count; i++)
            if (columns->columns[i].kind == NP_COLUMN_INPUT && columns->columns[i].slot == slot)
                *column = columns->columns[i].name;
        text = np_arena_format(hand->arena, "%s%s%s%s%s", text, *text ? "; " : "", d->message, d->hint ? ": " : "",
                               d->hint ? d->hint : "");
    }
    return *text ? text : "it cannot be computed";
}

/* ---- one row ---- */

static bool fits(np_hand *hand, np_staff *staff)
{
    const np_csv_row *row = staff->row;
    const np_columns *columns = hand->plan->columns;
    bool whole = row->field_count == columns->count;
    staff->line = row->line + (row->reason ? row->bad_line : 0);
    if (whole || row->field_count > columns->key) staff->key = np_csv_text(staff->batch, row, columns->key);
    if (row->reason) {
        staff->reason = row->reason;
        if (row->bad_field < columns->count) staff->column = columns->columns[row->bad_field].name;
    } else if (!whole) {
        staff->reason = np_arena_format(hand->arena, "it has %u field%s, and there are %zu columns", row->field_count,
                                        row->field_count == 1 ? "" : "s", columns->count);
    } else if (!staff->key[0]) {
        staff->reason = "it has no key";
        staff->column = columns->columns[columns->key].name;
    }
    return !staff->reason;
}

static bool give_all(np_hand *hand, np_staff *staff, np_diags *diags)
{
    const np_columns *columns = hand->plan->columns;
    const np_csv_row *row = staff->row;
    bool ok = true;
    np_engine_begin(hand->engine);
    for (size_t i = 0; i < columns->count; i++) {
        const np_csv_cell *field = &staff->batch->fields[row->first_field + i];
        const np_staff_column *column = &columns->columns[i];
        if (column->kind != NP_COLUMN_INPUT || field->length == 0) continue;
        char *text = staff->batch->text + field->start;
        for (char *end = strpbrk(text, "\r\n"); end; end = strpbrk(end, "\r\n")) *end = ' '; /* of a list over lines */
        if (np_engine_give(hand->engine, column->slot, text, field->length, diags)) continue;
        if (ok) staff->column = column->name;
        if (ok) staff->line = row->line + field->line;
        ok = false;
    }
    return ok;
}

static void group_key(np_hand *hand, const np_staff *staff)
{
    const np_columns *columns = hand->plan->columns;
    np_text_clear(&hand->by);
    for (size_t i = 0; i < columns->by_count; i++) {
        const np_by_column *by = &columns->by[i];
        if (!by->input) {
            np_text_puts(&hand->by, np_csv_text(staff->batch, staff->row, by->index));
        } else {
            np_value value = np_engine_input(hand->engine, by->index);
            if (!value.unknown) np_print_value(&hand->by, columns->book, &value, NULL);
        }
        np_text_putc(&hand->by, '\0');
    }
}

static void add_to_totals(np_hand *hand, const np_staff *staff)
{
    const np_currency *currency = &hand->plan->columns->book->currencies[hand->outcomes[0].currency];
    int64_t unit = currency->minor_unit.den > 0 && currency->minor_unit.of.small == 1 ? currency->minor_unit.den : 1;
    group_key(hand, staff);
    np_totals_add(&hand->totals, np_text_string(&hand->by), hand->by.length, currency->name, unit, staff->key,
                  hand->outcomes);
}

static void note_end(np_hand *hand, np_block *block, size_t number, const np_staff *staff)
{
    np_share *share = &block->shares[hand->number];
    bool first = staff->reason && share->why[0] == '\0';
    block->end[number] = staff->reason ? NP_ROW_REJECTED : NP_ROW_DONE;
    if (first)
        snprintf(share->why, sizeof share->why, "line %llu: %s%s%s", (unsigned long long)staff->line, staff->column,
                 *staff->column ? ": " : "", staff->reason);
    hand->totals.rows++;
    if (staff->reason)
        hand->totals.rejected++;
    else
        hand->totals.done++;
}

static void do_row(np_hand *hand, np_block *block, size_t number)
{
    np_diags diags;
    np_share *share = &block->shares[hand->number];
    np_arena_reset(hand->arena);
    np_diags_init(&diags, hand->arena);
    np_staff staff = {.columns = hand->plan->columns,
                      .batch = &block->batch,
                      .row = &block->batch.rows[number],
                      .key = "",
                      .column = "",
                      .outcomes = hand->outcomes};
    if (fits(hand, &staff)) {
        bool given = give_all(hand, &staff, &diags);
        if (!given || !np_engine_run(hand->engine, hand->outcomes, &diags))
            staff.reason = reason_of(hand, &diags, &staff.column);
    }
    note_end(hand, block, number, &staff);
    if (!staff.reason) add_to_totals(hand, &staff);
    const np_printer *printer = &hand->plan->printer;
    size_t records = share->records.length, rejects = share->rejects.length;
    if (printer->record) printer->record(printer->context, &share->records, &staff);
    if (staff.reason && printer->reject) printer->reject(printer->context, &share->rejects, &staff);
    block->record_length[number] = (uint32_t)(share->records.length - records);
    block->reject_length[number] = (uint32_t)(share->rejects.length - rejects);
}

typedef struct doing {
    np_hand *hand;
    np_block *block;
    bool done;
} doing;

static void do_rows(void *context)
{
    doing *d = context;
    for (size_t i = 0; i < d->block->batch.row_count; i++) {
        if (d->block->owner[i] != d->hand->number) continue;
        do_row(d->hand, d->block, i);
        if (d->hand->plan->fail_fast && d->block->end[i] == NP_ROW_REJECTED) return;
    }
}

static void do_guarded(void *context)
{
    doing *d = context;
    d->done = np_engine_guard(d->hand->engine, do_rows, d);
}

void np_hand_do(np_hand *hand, np_block *block)
{
    doing d = {hand, block, false};
    np_share *share = &block->shares[hand->number];
    np_text_clear(&share->records);
    np_text_clear(&share->rejects);
    share->why[0] = '\0';
    bool guarded = np_arena_guard(hand->arena, do_guarded, &d);
    share->failed = !guarded || !d.done || share->records.failed || share->rejects.failed;
}

/* ---- blocks ---- */

bool np_block_init(np_block *block, int hands)
{
    *block = (np_block){.why = ""};
    np_csv_batch_init(&block->batch);
    np_text_init(&block->records, NP_BLOCK_OUTPUT_MAX);
    np_text_init(&block->rejects, NP_BLOCK_OUTPUT_MAX);
    block->shares = calloc((size_t)hands, sizeof *block->shares);
    for (int i = 0; block->shares && i < hands; i++) {
        np_text_init(&block->shares[i].records, NP_BLOCK_OUTPUT_MAX);
        np_text_init(&block->shares[i].rejects, NP_BLOCK_OUTPUT_MAX);
    }
    return block->shares != NULL;
}

void np_block_free(np_block *block, int hands)
{
    np_csv_batch_free(&block->batch);
    np_text_free(&block->records);
    np_text_free(&block->rejects);
    for (int i = 0; block->shares && i < hands; i++) {
        np_text_free(&block->shares[i].records);
        np_text_free(&block->shares[i].rejects);
    }
    free(block->shares);
}

void np_block_gather(np_block *block, int hands, bool fail_fast)
{
    size_t records[NP_JOBS_MAX] = {0}, rejects[NP_JOBS_MAX] = {0};
    block->done = block->rejected = 0;
    block->failed = false;
    np_text_clear(&block->records);
    np_text_clear(&block->rejects);
    for (int i = 0; i < hands; i++) block->failed = block->failed || block->shares[i].failed;
    for (size_t i = 0; i < block->batch.row_count && !block->failed; i++) {
        uint8_t hand = block->owner[i];
        const np_share *share = &block->shares[hand];
        np_text_add(&block->records, np_text_string(&share->records) + records[hand], block->record_length[i]);
        np_text_add(&block->rejects, np_text_string(&share->rejects) + rejects[hand], block->reject_length[i]);
        records[hand] += block->record_length[i];
        rejects[hand] += block->reject_length[i];
        block->done += block->end[i] == NP_ROW_DONE;
        if (block->end[i] != NP_ROW_REJECTED) continue;
        if (block->rejected++ == 0) block->why = share->why;
        if (fail_fast) break;
    }
    block->failed = block->failed || block->records.failed || block->rejects.failed;
}
