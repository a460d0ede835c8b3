/* natopay check of a staff list: how each column is read, and what in it cannot be; scenarios beside it. */
#include <string.h>
#include <strings.h>

#include "natopay/report/list_check_report.h"
#include "plan_run.h"

enum { ROW_MEMORY = 1 << 24, ROWS = 500 };

static bool ends_in(const char *name, const char *ending)
{
    size_t length = strlen(name), size = strlen(ending);
    return length > size && strcasecmp(name + length - size, ending) == 0;
}

typedef struct checking {
    np_plan_job *job;
    np_list_check check;
    np_arena *row;
    np_csv_result end;
} checking;

static void check_rows(void *context)
{
    checking *c = context;
    np_plan_job *job = c->job;
    np_csv_batch batch;
    np_csv_batch_init(&batch);
    c->end = NP_CSV_ROW;
    while (c->end == NP_CSV_ROW) {
        np_csv_batch_clear(&batch);
        while (c->end == NP_CSV_ROW && batch.row_count < ROWS) c->end = np_csv_read(&job->ask.csv, &batch);
        np_list_check_rows(&c->check, job->run->arena, c->row, job->run->args.lang, &batch);
    }
    np_csv_batch_free(&batch);
}

static int go_on(void *context, uint64_t rows, bool settled, np_totals *totals)
{
    (void)context, (void)rows, (void)settled, (void)totals;
    return np_signals_came() ? NP_STOP : NP_GO_ON;
}

/* Runs a plan of the list, with the scenarios beside it, only to learn which rows it rejects; its totals are thrown
 * away. Not done where an input that every row needs has no column: all rows would be rejected. False after
 * reporting. */
static bool try_plan(np_plan_job *job, np_checked_list *checked)
{
    np_plan *plan = &job->ask.plan;
    if (checked->check->missing_count) return true;
    if (!np_list_begin_again(job)) return false;
    plan->columns = &job->ask.columns;
    plan->problems = &job->problems;
    plan->sink.progress = go_on;
    np_scratch_open(&job->scratch);
    plan->scratch = np_scratch_of(&job->scratch);
    np_totals_init(&job->totals, (uint16_t)plan->book_count, plan->window.periods, plan->scratch);
    np_plan_result result = {.end = NP_PLAN_DONE};
    bool ok = true;
    if (np_plan_selects(plan)) {
        result = np_plan_select(plan, &job->ask.csv);
        ok = result.end == NP_PLAN_DONE ? np_list_begin_again(job) : np_plan_ended_well(job, &result);
    }
    if (ok) {
        result = np_plan_run(plan, &job->ask.csv, &job->totals);
        ok = np_plan_ended_well(job, &result);
    }
    if (ok) np_plan_warn_of_scenarios(&job->ask, &job->totals);
    np_problems_sort(&job->problems);
    checked->tried = ok;
    checked->rejected = job->totals.rejected;
    checked->problems = &job->problems;
    np_totals_free(&job->totals);
    np_scratch_close(&job->scratch);
    return ok;
}

static void judge(np_run *run, const np_checked_list *checked)
{
    const np_list_check *check = checked->check;
    for (size_t i = 0; i < check->columns->count; i++)
        if (check->checks[i].bad) run->exit = 1;
    if (check->missing_count || check->broken || checked->rejected) run->exit = 1;
}

/* The mapping goes where --output names an INI file, the table to standard output. */
static void show(np_plan_job *job, const np_list_check *check)
{
    np_run *run = job->run;
    np_checked_list checked = {.check = check, .list = run->args.files[0].text, .lang = run->args.lang};
    if (!try_plan(job, &checked)) return;
    np_arg output = run->args.value[NP_OPT_OUTPUT];
    if (output.text && ends_in(output.text, ".ini")) {
        np_text_clear(&run->out);
        np_list_ini(&run->out, check, checked.list);
        if (!np_write_output(run)) return;
        np_text_clear(&run->out);
        run->args.value[NP_OPT_OUTPUT].text = NULL;
    }
    np_run_show(run, np_checked_list_output(&checked));
    judge(run, &checked);
}

static bool read_month(np_run *run, np_date *date)
{
    np_arg day = run->args.value[NP_OPT_DATE];
    if (!day.text) {
        np_diag *diag =
            np_run_usage(run, run->args.value[NP_OPT_AGAINST], "of which month the payslips are must be told");
        np_diag_hint(&run->diags, diag, "for example --date 2026-03-01");
        return false;
    }
    if (!np_date_parse(day.text, strlen(day.text), date)) return true;
    np_diag *diag = np_report(&run->diags, NP_CODE_BAD_DATE, day.at, "'%s' is not a date: %s", day.text,
                              np_date_why(run->arena, run->args.lang, day.text, strlen(day.text)));
    np_diag_hint(&run->diags, diag, "write YYYY-MM-DD, for example 2026-01-01");
    return false;
}

/* NAME=COLUMN and the month of the payslips; false after reporting. */
static bool read_against(np_run *run, np_plan_job *job, np_measure *measure, np_date *date)
{
    if (!run->args.value[NP_OPT_AGAINST].text) return true;
    if (run->args.scenario_count) {
        np_diag *diag = np_run_usage(run, run->args.scenarios[0],
                                     "payslips are compared with the rule book, not with what a scenario makes of it");
        np_diag_hint(&run->diags, diag, "leave '%s' out, or lay it over the rule book: --with",
                     run->args.scenarios[0].text);
        return false;
    }
    job->against_name = np_run_against(run, measure, NP_MARK("NAME=COLUMN"), "net=PAID");
    return read_month(run, date) && job->against_name;
}

void np_disk_check_list(np_run *run)
{
    np_measure measure;
    np_date date = NP_DATE_NONE;
    np_plan_job *job = np_arena_alloc(run->arena, sizeof *job);
    checking c = {.job = job};
    job->run = run;
    job->list.file = -1;
    if (!np_plan_ask(&job->ask, run)) return;
    if (!read_against(run, job, &measure, &date)) return;
    if (job->against_name) {
        if (np_list_begin(job, true)) np_list_compare(job, &measure, job->against_name, date);
    } else if (np_list_begin(job, true) && ((c.row = np_arena_new(ROW_MEMORY)) || np_run_no_memory(run))) {
        np_list_check_begin(&c.check, run->arena, &job->ask.columns);
        bool whole = np_arena_guard(c.row, check_rows, &c);
        c.check.encoding = job->list.encoding;
        c.check.delimiter = job->ask.csv.delimiter;
        c.check.blank_rows = job->ask.csv.blank_rows;
        if (!whole || c.end == NP_CSV_NO_MEMORY)
            np_run_no_memory(run);
        else if (c.end != NP_CSV_END)
            np_list_unread(run, &job->list);
        else if (np_list_has_rows(job))
            show(job, &c.check);
        np_arena_free(c.row);
    }
    np_problems_free(&job->problems);
    np_csv_free(&job->ask.csv);
    np_list_close(&job->list);
}
