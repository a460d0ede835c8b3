/* natopay check STAFF.csv --against NAME=COLUMN: a list with what its payslips say, beside what is computed. */
#include <string.h>
#include <strings.h>

#include "natopay/report/reconcile_report.h"
#include "plan_run.h"

enum { WORK_MEMORY = 1 << 26, KEEP_MEMORY = 1 << 29, ROWS = 500 };

typedef struct comparing {
    np_plan_job *job;
    np_reconcile of;
    np_arena *keep, *work;
    const np_measure *measure;
    np_date date;
    bool too_many;
    np_csv_result end;
} comparing;

/* The amount that the list states; false when it states none. */
static bool read_amount(const comparing *c, const np_staff_column *column, const char *text, size_t length,
                        np_num *amount)
{
    const char *value = text;
    np_ini_key key = {.name = column->name, .value_at = np_span_none()};
    np_value read;
    np_diags discarded;
    np_diags_init(&discarded, c->work);
    if (np_cell_convert(&column->reading, c->work, &value, &length) != NP_CELL_FINE || !length) return false;
    key.value = np_arena_copy(c->work, value, length);
    if (!np_book_read_value(c->of.book, &discarded, &key, NP_MONEY, &read)) return false;
    *amount = read.as.number;
    return true;
}

static bool give(const comparing *c, np_situation *situation, const np_input *input, const char *value)
{
    np_diags discarded;
    np_diags_init(&discarded, c->work);
    return np_situation_set_text(situation, &discarded, input->name, value, np_span_none(), np_span_none());
}

/* The inputs of a row; false when one of them cannot be read. */
static bool read_row(const comparing *c, const np_csv_batch *batch, const np_csv_row *row, np_situation *situation)
{
    const np_columns *columns = &c->job->ask.columns;
    const np_book *book = columns->book;
    for (size_t i = 0; i < columns->constant_count; i++)
        if (!give(c, situation, &book->inputs[book->slots[columns->constants[i].slot].index],
                  columns->constants[i].value))
            return false;
    for (size_t i = 0; i < columns->count; i++) {
        const np_staff_column *column = &columns->columns[i];
        const np_csv_cell *field = &batch->fields[row->first_field + i];
        const char *text = batch->text + field->start;
        size_t length = field->length;
        if (column->kind != NP_COLUMN_INPUT || !length) continue;
        if (np_cell_convert(&column->reading, c->work, &text, &length) != NP_CELL_FINE) return false;
        if (!length) continue;
        if (!give(c, situation, &book->inputs[book->slots[column->slot].index], np_arena_copy(c->work, text, length)))
            return false;
    }
    return true;
}

static void add_row(comparing *c, const np_csv_batch *batch, const np_csv_row *row)
{
    const np_columns *columns = &c->job->ask.columns;
    size_t at = c->job->against;
    np_num actual;
    np_arena_reset(c->work);
    np_situation *situation = np_situation_new(c->of.book, c->work);
    bool whole = !row->reason && row->field_count == columns->count;
    const np_csv_cell *field = whole ? &batch->fields[row->first_field + at] : NULL;
    if (!whole || !read_amount(c, &columns->columns[at], batch->text + field->start, field->length, &actual) ||
        !read_row(c, batch, row, situation))
        c->of.unread++;
    else if (!np_reconcile_add(&c->of, situation, row->line, actual))
        c->too_many = true;
}

static void compare_rows(void *context)
{
    comparing *c = context;
    np_csv_batch batch;
    np_csv_batch_init(&batch);
    np_reconcile_begin(&c->of, c->job->run->book, c->keep, c->work, c->measure, c->date);
    for (c->end = NP_CSV_ROW; c->end == NP_CSV_ROW && !c->too_many;) {
        np_csv_batch_clear(&batch);
        while (c->end == NP_CSV_ROW && batch.row_count < ROWS) c->end = np_csv_read(&c->job->ask.csv, &batch);
        for (size_t i = 0; i < batch.row_count; i++) add_row(c, &batch, &batch.rows[i]);
    }
    np_csv_batch_free(&batch);
    if (!c->too_many) np_reconcile_run(&c->of, c->job->run->args.lang);
}

static void compare_guarded(void *context)
{
    comparing *c = context;
    if (!np_arena_guard(c->work, compare_rows, c)) np_arena_give_up(c->keep);
}

static bool ends_in_ini(const char *name)
{
    size_t length = strlen(name);
    return length > 4 && strcasecmp(name + length - 4, ".ini") == 0;
}

/* The overlay goes where --output names an INI file, the table to standard output. */
static void show(comparing *c, const char *column)
{
    np_run *run = c->job->run;
    np_reconciled result = {&c->of, run->args.files[0].text, column, run->args.lang};
    np_arg output = run->args.value[NP_OPT_OUTPUT];
    if (output.text && ends_in_ini(output.text)) {
        np_text_clear(&run->out);
        if (!np_reconciled_ini(&run->out, &result)) {
            np_report(&run->diags, NP_CODE_NO_EFFECT, output.at,
                      "no figure explains more payslips than it has: '%s' holds none", output.text);
        }
        if (!np_write_output(run)) return;
        np_text_clear(&run->out);
        run->args.value[NP_OPT_OUTPUT].text = NULL;
    }
    np_run_show(run, np_reconciled_output(&result));
    for (size_t i = 0; i < c->of.row_count; i++)
        if (c->of.rows[i].cause != NP_AGREES) run->exit = 1;
}

void np_list_compare(np_plan_job *job, const np_measure *measure, const char *column, np_date date)
{
    comparing c = {.job = job, .measure = measure, .date = date};
    c.keep = np_arena_new(KEEP_MEMORY);
    c.work = np_arena_new(WORK_MEMORY);
    bool ok = c.keep && c.work && np_arena_guard(c.keep, compare_guarded, &c);
    if (!ok || c.end == NP_CSV_NO_MEMORY)
        np_run_no_memory(job->run);
    else if (c.too_many)
        np_report(&job->run->diags, NP_CODE_TOO_MANY, job->run->args.files[0].at, "at most %d payslips are compared",
                  NP_RECONCILE_ROWS);
    else if (c.end != NP_CSV_END)
        np_list_unread(job->run, &job->list);
    else if (np_list_has_rows(job))
        show(&c, column);
    if (c.work) np_arena_free(c.work);
    if (c.keep) np_arena_free(c.keep);
}
