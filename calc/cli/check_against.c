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

/* Keep why the first of all cells that cannot be read is not. `line`: on which it stands. */
static void note_unread(comparing *c, const char *column, uint64_t line, const char *why)
{
    if (c->of.unread_why) return;
    c->of.unread_why = np_arena_format(c->keep, "%s%s%s", column, np_say(c->job->run->args.lang, ": "), why);
    c->of.unread_line = line;
}

static const char *first_said(const comparing *c, const np_diags *diags)
{
    const np_diag *diag = diags->first;
    return np_arena_format(c->work, "%s%s%s", diag->message, diag->hint ? np_say(diags->lang, ": ") : "",
                           diag->hint ? diag->hint : "");
}

/* A cell as the rule book would write it; false after noting why it cannot be. */
static bool convert(comparing *c, const np_staff_column *column, uint64_t line, const char **text, size_t *length)
{
    const char *written = *text;
    np_cell_trouble trouble = np_cell_convert(&column->reading, c->work, text, length);
    if (trouble == NP_CELL_FINE) return true;
    note_unread(c, column->name, line, np_cell_question(c->work, c->job->run->args.lang, trouble, written, *text));
    return false;
}

/* The amount that the list states; false when it states none, or after noting why it cannot be read. */
static bool read_amount(comparing *c, const np_staff_column *column, uint64_t line, const char *text, size_t length,
                        np_num *amount)
{
    np_ini_key key = {.name = column->name, .value_at = np_span_none()};
    np_value read;
    np_diags found;
    np_diags_init(&found, c->work);
    found.lang = c->job->run->args.lang;
    if (!length || !convert(c, column, line, &text, &length) || !length) return false;
    key.value = np_arena_copy(c->work, text, length);
    if (!np_book_read_value(c->of.book, &found, &key, NP_MONEY, &read)) {
        note_unread(c, column->name, line, first_said(c, &found));
        return false;
    }
    *amount = read.as.number;
    return true;
}

/* `column`: its name, or the input's of a mapping. */
static bool give(comparing *c, np_situation *situation, const np_input *input, const char *column, uint64_t line,
                 const char *value)
{
    np_diags found;
    np_diags_init(&found, c->work);
    found.lang = c->job->run->args.lang;
    if (np_situation_set_text(situation, &found, input->name, value, np_span_none(), np_span_none())) return true;
    note_unread(c, column, line, first_said(c, &found));
    return false;
}

/* The inputs of a row; false when one of them cannot be read. */
static bool read_row(comparing *c, const np_csv_batch *batch, const np_csv_row *row, np_situation *situation)
{
    const np_columns *columns = &c->job->ask.columns;
    const np_book *book = columns->book;
    for (size_t i = 0; i < columns->constant_count; i++) {
        const np_input *input = &book->inputs[book->slots[columns->constants[i].slot].index];
        if (!give(c, situation, input, input->name, row->line, columns->constants[i].value)) return false;
    }
    for (size_t i = 0; i < columns->count; i++) {
        const np_staff_column *column = &columns->columns[i];
        const np_csv_cell *field = &batch->fields[row->first_field + i];
        const char *text = batch->text + field->start;
        size_t length = field->length;
        uint64_t line = row->line + field->line;
        if (column->kind != NP_COLUMN_INPUT || !length) continue;
        if (!convert(c, column, line, &text, &length)) return false;
        if (!length) continue;
        if (!give(c, situation, &book->inputs[book->slots[column->slot].index], column->name, line,
                  np_arena_copy(c->work, text, length)))
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
    if (!whole ||
        !read_amount(c, &columns->columns[at], row->line + field->line, batch->text + field->start, field->length,
                     &actual) ||
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
