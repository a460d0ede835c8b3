/* Rows of a staff list: their cells become inputs, they are computed, and their records are written. */
#include "staff_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "natopay/pay/format_value.h"
#include "person_periods.h"

enum { ROW_MEMORY = 1 << 24, BY_MAX = 4000 };

bool np_worker_init(np_worker *worker, const np_plan *plan)
{
    *worker = (np_worker){.plan = plan};
    np_engine_options options = {.reference = plan->reference, .stops_at_end = plan->stops_at_end};
    worker->engine = np_engine_new(&plan->window, plan->books, plan->book_count, &options);
    worker->arena = np_arena_new(ROW_MEMORY);
    np_totals_init(&worker->totals, (uint16_t)plan->book_count, plan->window.periods, plan->scratch);
    np_text_init(&worker->by, BY_MAX);
    worker->outcomes = calloc(NP_BATCH * plan->book_count, sizeof *worker->outcomes);
    worker->person.totals = np_person_totals_new();
    np_person_find_lasting(worker);
    return worker->engine && worker->arena && worker->outcomes && worker->person.totals;
}

void np_worker_free(np_worker *worker)
{
    np_engine_free(worker->engine);
    np_arena_free(worker->arena);
    np_totals_free(&worker->totals);
    np_text_free(&worker->by);
    np_problems_free(&worker->problems);
    np_person_totals_free(worker->person.totals);
    free(worker->outcomes);
}

/* ---- reasons ---- */

typedef struct reasons {
    const np_worker *worker;
    const char *text;
    const char **column; /* the first of which something is said; "": none */
} reasons;

/* The first column stands apart; others are named before what is said of them. */
static void add_reason(reasons *r, const np_diag *diag, const char *column)
{
    const char *colon = np_say(r->worker->plan->lang, ": ");
    if (!**r->column) *r->column = column;
    bool other = *column && strcmp(column, *r->column) != 0;
    r->text = np_arena_format(r->worker->arena, "%s%s%s%s%s%s%s", r->text, *r->text ? "; " : "", other ? column : "",
                              other ? colon : "", diag->message, diag->hint ? colon : "", diag->hint ? diag->hint : "");
}

/* What is said of a column's input. */
static void add_reasons(reasons *r, const np_diags *diags, int slot, const char *column)
{
    for (const np_diag *d = diags->first; d; d = d->next)
        if (np_code_describe(d->code)->severity == NP_ERROR && np_engine_slot_at(r->worker->engine, d->at) == slot)
            add_reason(r, d, column);
}

/* A diagnostic of an input that no column gives is one of the row. */
static int slot_in_list(const np_worker *worker, const np_diag *diag)
{
    const np_columns *columns = worker->plan->columns;
    int slot = np_engine_slot_at(worker->engine, diag->at);
    for (size_t i = 0; slot >= 0 && i < columns->count; i++)
        if (columns->columns[i].kind == NP_COLUMN_INPUT && columns->columns[i].slot == slot) return slot;
    return -1;
}

static const char *column_at(const np_worker *worker, const np_diag *diag)
{
    const np_columns *columns = worker->plan->columns;
    int slot = np_engine_slot_at(worker->engine, diag->at);
    for (size_t i = 0; slot >= 0 && i < columns->count; i++)
        if (columns->columns[i].kind == NP_COLUMN_INPUT && columns->columns[i].slot == slot)
            return columns->columns[i].name;
    return "";
}

/* Whether the values of a column contradict others. */
static bool blames_column(const np_worker *worker, const np_diags *diags)
{
    bool blames = false;
    for (const np_diag *d = diags->first; d; d = d->next)
        blames = blames || (d->code == NP_CODE_CONTRADICTION && *column_at(worker, d));
    return blames;
}

/* Count what is wrong with a row that was rejected. Contradictions count once where a column is to blame: what is said
 * of the row as a whole may only follow from that. */
static void note_problems(np_worker *worker, const np_staff *staff, unsigned batch_row)
{
    np_problems *problems = &worker->problems;
    const np_diags *diags = &worker->diags[batch_row];
    bool blames = blames_column(worker, diags);
    for (const np_question *q = worker->questions[batch_row]; q; q = q->next)
        np_problems_add(problems, q->column, q->problem, staff->line);
    for (const np_diag *d = diags->first; d; d = d->next) {
        const char *column = column_at(worker, d);
        bool follows = blames && !*column && d->code == NP_CODE_CONTRADICTION;
        if (np_code_describe(d->code)->severity == NP_ERROR && !follows)
            np_problems_add(problems, column, np_problem_kind(d), staff->line);
    }
    if (worker->questions[batch_row] || diags->errors) return;
    np_problems_add(problems, staff->column, staff->reason, staff->line);
}

static void add_question(reasons *r, const np_question *question)
{
    bool first = !**r->column, other = !first && strcmp(question->column, *r->column) != 0;
    const char *colon = np_say(r->worker->plan->lang, ": ");
    if (first) *r->column = question->column;
    r->text = np_arena_format(r->worker->arena, "%s%s%s%s%s", r->text, *r->text ? "; " : "",
                              other ? question->column : "", other ? colon : "", question->text);
}

/* All that was reported about a row, in one line: what is asked, column after column, then of the row as a whole. */
static const char *reason_of(const np_worker *worker, unsigned batch_row, const char **column)
{
    const np_diags *diags = &worker->diags[batch_row];
    reasons r = {worker, "", column};
    const np_columns *columns = worker->plan->columns;
    if (worker->questions[batch_row]) *column = "";
    for (const np_question *q = worker->questions[batch_row]; q; q = q->next) add_question(&r, q);
    for (size_t i = 0; i < columns->count && diags->errors; i++)
        if (columns->columns[i].kind == NP_COLUMN_INPUT)
            add_reasons(&r, diags, columns->columns[i].slot, columns->columns[i].name);
    for (const np_diag *d = diags->first; d; d = d->next)
        if (np_code_describe(d->code)->severity == NP_ERROR && slot_in_list(worker, d) < 0) add_reason(&r, d, "");
    return *r.text ? r.text : np_say(worker->plan->lang, "it cannot be computed");
}

/* ---- one row ---- */

static bool fits(np_worker *worker, np_staff *staff)
{
    const np_csv_row *row = staff->row;
    const np_columns *columns = worker->plan->columns;
    bool whole = row->field_count == columns->count;
    staff->line = row->line + (row->reason ? row->bad_line : 0);
    if (whole || row->field_count > columns->key) staff->key = np_csv_text(staff->batch, row, columns->key);
    if (row->reason) {
        staff->reason = np_say(worker->plan->lang, row->reason);
        if (row->bad_field < columns->count) staff->column = columns->columns[row->bad_field].name;
    } else if (!whole) {
        staff->reason = np_arena_format(worker->arena,
                                        np_say_number(worker->plan->lang, "it has %u field, and there are %zu columns",
                                                      "it has %u fields, and there are %zu columns", row->field_count),
                                        row->field_count, columns->count);
    } else if (!staff->key[0]) {
        staff->reason = np_say(worker->plan->lang, "it has no key");
        staff->column = columns->columns[columns->key].name;
    }
    return !staff->reason;
}

/* A value of which nobody can know what it is: spreadsheets leave columns without a name, but with nothing in them. */
static void refuse_nameless(np_worker *worker, np_staff *staff, size_t column, const np_csv_cell *field)
{
    if (staff->reason) return;
    staff->line = staff->row->line + field->line;
    staff->reason = np_arena_format(
        worker->arena, np_say(worker->plan->lang, "column %zu has no name in the header, but a value here"),
        column + 1);
}

/* Whether a column gives the input in this row. */
static bool is_given(const np_columns *columns, const np_staff *staff, uint16_t slot)
{
    for (size_t i = 0; i < columns->count; i++)
        if (columns->columns[i].kind == NP_COLUMN_INPUT && columns->columns[i].slot == slot)
            return staff->batch->fields[staff->row->first_field + i].length > 0;
    return false;
}

/* A cell as the engine reads it; false after saying why not. */
static bool give_cell(np_worker *worker, unsigned batch_row, const np_staff_column *column, const char *text,
                      size_t length)
{
    const char *written = text;
    np_cell_trouble trouble = np_cell_convert(&column->reading, worker->arena, &text, &length);
    const char *step = NULL;
    np_diags *diags = &worker->diags[batch_row];
    if (column->reading.step && np_cell_split_step(&column->reading, worker->arena, &text, &length, &step) &&
        !np_engine_set_input(worker->engine, batch_row, column->reading.step->slot, step, strlen(step), diags))
        return false;
    if (trouble == NP_CELL_FINE)
        return length == 0 || np_engine_set_input(worker->engine, batch_row, column->slot, text, length, diags);
    np_question *question = np_arena_alloc(worker->arena, sizeof *question);
    *question = (np_question){column->name, np_cell_problem(trouble), NULL, NULL};
    question->text = np_cell_question(worker->arena, worker->plan->lang, trouble, written, text);
    np_question **end = &worker->questions[batch_row];
    while (*end) end = &(*end)->next;
    *end = question;
    return false;
}

static bool give_constants(np_worker *worker, np_staff *staff, unsigned batch_row)
{
    const np_columns *columns = worker->plan->columns;
    bool ok = true;
    for (size_t i = 0; i < columns->constant_count; i++) {
        const np_list_constant *constant = &columns->constants[i];
        if (is_given(columns, staff, constant->slot)) continue;
        ok = np_engine_set_input(worker->engine, batch_row, constant->slot, constant->value, strlen(constant->value),
                                 &worker->diags[batch_row]) &&
             ok;
    }
    return ok;
}

static bool give_all(np_worker *worker, np_staff *staff, unsigned batch_row)
{
    const np_columns *columns = worker->plan->columns;
    const np_csv_row *row = staff->row;
    bool ok = true;
    for (size_t i = 0; i < columns->count; i++) {
        const np_csv_cell *field = &staff->batch->fields[row->first_field + i];
        const np_staff_column *column = &columns->columns[i];
        if (field->length == 0 || (column->kind != NP_COLUMN_INPUT && column->kind != NP_COLUMN_NAMELESS)) continue;
        if (column->kind == NP_COLUMN_NAMELESS) {
            refuse_nameless(worker, staff, i, field);
            continue;
        }
        char *text = staff->batch->text + field->start;
        if (row->several_lines) /* of a list over lines */
            for (char *end = strpbrk(text, "\r\n"); end; end = strpbrk(end, "\r\n")) *end = ' ';
        if (give_cell(worker, batch_row, column, text, field->length)) continue;
        if (ok) staff->column = column->name;
        if (ok) staff->line = row->line + field->line;
        ok = false;
    }
    return ok && give_constants(worker, staff, batch_row);
}

static void group_key(np_worker *worker, const np_staff *staff, unsigned batch_row)
{
    const np_columns *columns = worker->plan->columns;
    np_text_clear(&worker->by);
    for (size_t i = 0; i < columns->by_count; i++) {
        const np_by_column *by = &columns->by[i];
        if (!by->input) {
            np_text_puts(&worker->by, np_csv_text(staff->batch, staff->row, by->index));
        } else {
            np_value value = np_engine_input(worker->engine, batch_row, by->index);
            if (!value.unknown) np_print_value(&worker->by, columns->book, &value, NULL);
        }
        np_text_putc(&worker->by, '\0');
    }
}

/* Whose group has a name of which nobody could make a column is rejected, lest it be added to another. */
static void find_group(np_worker *worker, np_staff *staff, unsigned batch_row)
{
    group_key(worker, staff, batch_row);
    if (!worker->by.failed) return;
    if (worker->by.no_memory) np_arena_give_up(worker->arena);
    staff->reason = np_arena_format(
        worker->arena, np_say(worker->plan->lang, "what totals are grouped by is longer than %d bytes"), BY_MAX);
}

static void add_to_totals(np_worker *worker, const np_staff *staff, bool alone)
{
    const np_currency *currency = &worker->plan->columns->book->currencies[staff->outcomes[0].currency];
    int64_t unit = currency->minor_unit.den > 0 && currency->minor_unit.of.small == 1 ? currency->minor_unit.den : 1;
    const char *by = np_text_string(&worker->by);
    size_t length = worker->by.length;
    if (alone)
        np_totals_add(&worker->totals, &worker->plan->window, worker->plan->books, by, length, currency->name, unit,
                      staff->key, staff->outcomes);
    else
        np_person_add(&worker->totals, worker->person.totals, &worker->plan->window, worker->plan->books, by, length,
                      currency->name, unit, staff->outcomes);
}

static void note_end(np_worker *worker, np_block *block, const np_staff *staff)
{
    if (staff->reason && block->rejected == 0)
        snprintf(block->why, sizeof block->why, "line %llu: %s%s%s", (unsigned long long)staff->line, staff->column,
                 *staff->column ? np_say(worker->plan->lang, ": ") : "", staff->reason);
    block->rejected += staff->reason != NULL;
    block->done += staff->reason == NULL;
    worker->totals.rows++;
    if (staff->reason)
        worker->totals.rejected++;
    else
        worker->totals.done++;
}

/* A row takes a row; true when it is to be computed. */
static bool begin_row(np_worker *worker, np_block *block, size_t number, unsigned batch_row)
{
    np_staff *staff = &worker->staff[batch_row];
    np_diags_init(&worker->diags[batch_row], worker->arena);
    worker->questions[batch_row] = NULL;
    worker->diags[batch_row].lang = worker->plan->lang;
    *staff = (np_staff){.columns = worker->plan->columns,
                        .batch = &block->batch,
                        .row = &block->batch.rows[number],
                        .key = "",
                        .column = "",
                        .outcomes = worker->outcomes + batch_row * worker->plan->book_count,
                        .arena = worker->arena};
    np_engine_begin_row(worker->engine, batch_row);
    if (!fits(worker, staff)) return false;
    if (give_all(worker, staff, batch_row)) {
        if (staff->reason || !worker->person.goes_on || batch_row > 0) return !staff->reason;
        if (np_person_continue(worker, staff, batch_row)) return true;
        if (staff->reason) return false;
    }
    staff->reason = reason_of(worker, batch_row, &staff->column);
    return false;
}

static void end_row(np_worker *worker, np_block *block, size_t number, unsigned batch_row)
{
    np_staff *staff = &worker->staff[batch_row];
    const np_printer *printer = &worker->plan->printer;
    bool first = batch_row > 0 || !worker->person.goes_on, last = !np_person_has_more(block, number);
    if (!staff->reason) find_group(worker, staff, batch_row);
    note_end(worker, block, staff);
    if (staff->reason) note_problems(worker, staff, batch_row);
    if (first && !last) np_person_begin(worker->person.totals);
    if (!staff->reason) add_to_totals(worker, staff, first && last);
    if (!first && last) np_person_end(&worker->totals, worker->person.totals, staff->key);
    if (printer->record) printer->record(printer->context, &block->records, staff);
    if (staff->reason && printer->reject) printer->reject(printer->context, &block->rejects, staff);
}

/* Amounts of two currencies that meet are a mistake of a rule, and no other row can be better. */
static bool stop_for_rule(const np_worker *worker, np_block *block, unsigned batch_row)
{
    for (const np_diag *d = worker->diags[batch_row].first; d && !block->faulty; d = d->next) {
        if (d->code != NP_CODE_CURRENCY_MISMATCH) continue;
        block->faulty = true;
        block->fault = (np_plan_fault){d->at, worker->staff[batch_row].line};
        snprintf(block->why, sizeof block->why, "%s", d->message);
    }
    return block->faulty;
}

typedef struct doing {
    np_worker *worker;
    np_block *block;
    bool done;
} doing;

/* How many rows are computed together: those of one person come one after the other. */
static unsigned rows_together(const np_block *block, size_t at)
{
    unsigned count = 1;
    while (count < NP_BATCH && at + count < block->batch.row_count && !block->batch.rows[at + count].same_key) count++;
    return count;
}

static void do_rows(void *context)
{
    doing *d = context;
    np_worker *worker = d->worker;
    size_t rows = d->block->batch.row_count;
    for (size_t at = 0, count; at < rows; at += count) {
        np_engine_row batch_rows[NP_BATCH];
        np_date next;
        count = rows_together(d->block, at);
        worker->person.goes_on = at > 0 && d->block->batch.rows[at].same_key;
        np_arena_reset(worker->arena);
        for (unsigned s = 0; s < count; s++) {
            bool done = begin_row(worker, d->block, at + s, s);
            batch_rows[s] = (np_engine_row){.diags = &worker->diags[s],
                                            .outcomes = worker->outcomes + s * worker->plan->book_count,
                                            .done = done,
                                            .key = worker->staff[s].key};
        }
        np_engine_row *last = &batch_rows[count - 1];
        if (worker->person.goes_on) batch_rows[0].before = &worker->person.before;
        if (last->done && np_person_next_start(worker, d->block, at + count - 1, (unsigned)count - 1, &next))
            last->next = &next;
        np_engine_run(worker->engine, batch_rows, (unsigned)count);
        for (unsigned s = 0; s < count; s++) {
            np_staff *staff = &worker->staff[s];
            if (!batch_rows[s].done && !staff->reason) staff->reason = reason_of(worker, s, &staff->column);
            end_row(worker, d->block, at + s, s);
            if (staff->reason && stop_for_rule(worker, d->block, s)) return;
            if (worker->plan->fail_fast && d->block->rejected) return;
        }
        if (np_person_has_more(d->block, at + count - 1))
            np_person_note(worker, &worker->staff[count - 1], (unsigned)count - 1);
    }
}

static void do_guarded(void *context)
{
    doing *d = context;
    d->done = np_engine_guard(d->worker->engine, do_rows, d);
}

void np_worker_do(np_worker *worker, np_block *block)
{
    doing d = {worker, block, false};
    np_text_clear(&block->records);
    np_text_clear(&block->rejects);
    block->why[0] = '\0';
    block->done = block->rejected = 0;
    block->faulty = false;
    bool guarded = np_arena_guard(worker->arena, do_guarded, &d);
    block->failed = !guarded || !d.done || block->records.failed || block->rejects.failed;
}

/* ---- blocks ---- */

void np_block_init(np_block *block)
{
    *block = (np_block){.failed = false};
    np_csv_batch_init(&block->batch);
    np_text_init(&block->records, NP_BLOCK_OUTPUT_MAX);
    np_text_init(&block->rejects, NP_BLOCK_OUTPUT_MAX);
}

void np_block_free(np_block *block)
{
    np_csv_batch_free(&block->batch);
    np_text_free(&block->records);
    np_text_free(&block->rejects);
}
