/* One plan from its list to its records and totals: what np_plan_run asks of the command line. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "plan_run.h"
#include "plan_sqlite.h"

/* ---- the sink ---- */

static bool take_records(void *context, const char *bytes, size_t size)
{
    np_plan_job *job = context;
    if (job->sqlite) return np_sqlite_records(job->sqlite, bytes, size);
    job->out_bytes += size;
    return np_atomic_write(&job->out, bytes, size);
}

static bool take_rejects(void *context, const char *bytes, size_t size)
{
    np_plan_job *job = context;
    if (job->says_why) np_reasons_note(job, bytes, size);
    if (!job->run->args.value[NP_OPT_REJECT].text) return true;
    job->reject_bytes += size;
    return np_atomic_write(&job->rejects, bytes, size);
}

static int progress(void *context, uint64_t rows, bool settled, np_totals *totals)
{
    np_plan_job *job = context;
    np_bar_draw(job, rows);
    if (np_signals_came()) return NP_STOP;
    if (settled) return np_resume_save(job, rows, totals) ? NP_GO_ON : NP_STOP;
    return np_resume_due(job, rows) ? NP_SETTLE : NP_GO_ON;
}

/* ---- how it ended ---- */

bool np_plan_stopped(np_plan_job *job)
{
    np_run *run = job->run;
    if (run->diags.errors) return false; /* said already */
    const np_atomic_file *output = job->rejects.error ? &job->rejects : &job->out;
    if (np_signals_came()) {
        np_diag *diag = np_report(&run->diags, NP_CODE_CANNOT_WRITE, np_span_none(),
                                  "stopped by a signal before the end of the list");
        np_diag_hint(&run->diags, diag,
                     job->state_path ? NP_MARK("give the same command again to go on")
                                     : NP_MARK("nothing was written to files"));
    } else if (output->broken_pipe) { /* the reader has seen enough; files that were asked for are not there */
        if (run->args.value[NP_OPT_PART].text || run->args.value[NP_OPT_REJECT].text)
            np_report(&run->diags, NP_CODE_CANNOT_WRITE, np_span_none(),
                      "standard output was closed before the end of the list: nothing was written to files");
        return false;
    } else if (output->error) {
        np_run_cannot_write(run, output->path, output->error);
    }
    return false;
}

bool np_plan_ended_well(np_plan_job *job, const np_plan_result *result)
{
    np_plan_end end = result->end;
    np_run *run = job->run;
    np_diags *diags = &run->diags;
    const char *list = run->args.files[0].text;
    if (job->list.changed) {
        np_report(diags, NP_CODE_CONTRADICTION, np_span_none(), "the run that '%s' is about cannot be gone on with: %s",
                  job->state_path, np_say(run->args.lang, NP_MARK("the list is not the one that it read")));
        return false;
    }
    if (np_signals_came() && end == NP_PLAN_READ_FAILED) end = NP_PLAN_STOPPED;
    switch (end) {
    case NP_PLAN_DONE:
        break;
    case NP_PLAN_STOPPED:
        return np_plan_stopped(job);
    case NP_PLAN_FAILED_FAST: {
        np_diag *diag = np_report(diags, NP_CODE_BAD_VALUE, np_span_none(),
                                  "%s: a row was rejected, and --fail-fast stops there: %s", list, result->why);
        np_diag_hint(diags, diag,
                     "without --fail-fast the other rows go on, and --reject FILE tells of those rejected");
        return false;
    }
    case NP_PLAN_FAULTY_RULE:
        return np_plan_faulty_rule(run, result);
    case NP_PLAN_READ_FAILED:
        return np_list_unread(run, &job->list);
    case NP_PLAN_TOTALS_FAILED:
        np_totals_complain(run, &job->totals);
        return false;
    case NP_PLAN_NO_SCRATCH:
        return np_no_scratch(run);
    case NP_PLAN_NO_MEMORY:
        return np_run_no_memory(run);
    }
    if (!np_list_has_rows(job)) return false;
    if (job->ask.csv.rows < job->first_row) {
        np_diag *diag = np_report(diags, NP_CODE_CONTRADICTION, np_span_none(),
                                  "'%s' has %llu rows, and the run that was broken off had done %llu", list,
                                  (unsigned long long)job->ask.csv.rows, (unsigned long long)job->first_row);
        np_diag_hint(diags, diag, "remove '%s' to begin anew", job->state_path);
        return false;
    }
    if (job->totals.rows == job->totals.done + job->totals.rejected) return true;
    np_report(diags, NP_CODE_CONTRADICTION, np_span_none(), "rows were lost: this is a mistake of natopay");
    return false;
}

/* ---- all of it ---- */

static void set_printers(np_plan_job *job)
{
    np_format format = job->run->args.format;
    job->writes_records = np_plan_print_records(&job->ask, &job->records);
    if (format == NP_FORMAT_SQLITE) job->ask.plan.printer.record = np_sqlite_record;
    job->says_why = !job->writes_records && format != NP_FORMAT_SQLITE;
    if (job->says_why || job->run->args.value[NP_OPT_REJECT].text) job->ask.plan.printer.reject = np_plan_reject_record;
    job->ask.plan.sink = (np_sink){job, take_records, take_rejects, progress};
}

static bool run_list(np_plan_job *job)
{
    np_run *run = job->run;
    if (!np_list_begin(job, false)) return false;
    job->ask.head.by_count = job->ask.part_head.by_count = job->ask.columns.by_count;
    for (size_t i = 0; i < job->ask.columns.by_count; i++)
        job->ask.head.by[i] = job->ask.part_head.by[i] = job->ask.columns.by[i].name;
    np_list_say(job);
    job->ask.plan.columns = &job->ask.columns;
    job->ask.plan.problems = &job->problems;
    if (run->args.value[NP_OPT_PART].text) job->ask.plan.keys = &job->keys;
    np_totals_init(&job->totals, (uint16_t)job->ask.plan.book_count, job->ask.plan.window.periods,
                   job->ask.plan.scratch);
    if (!np_resume_begin(job)) return false;
    set_printers(job);
    np_signals_watch();
    if (run->args.format == NP_FORMAT_SQLITE && !np_sqlite_fits(run)) return false;
    if (!np_plan_outputs_open(job, false)) return false;
    if (run->args.format == NP_FORMAT_SQLITE && !(job->sqlite = np_sqlite_open(run, &job->ask.head, &job->out)))
        return false;
    np_plan_result result;
    if (np_plan_selects(&job->ask.plan)) {
        result = np_plan_select(&job->ask.plan, &job->ask.csv);
        if (result.end != NP_PLAN_DONE) return np_plan_ended_well(job, &result);
        if (!np_list_begin_again(job)) return false;
    }
    np_bar_begin(job);
    result = np_plan_run(&job->ask.plan, &job->ask.csv, &job->totals);
    np_bar_end(job);
    if (!np_plan_ended_well(job, &result)) return false;
    np_totals_sort(&job->totals);
    return np_messages_put(job) && np_plan_outputs_finish(job);
}

bool np_plan_job_run(np_plan_job *job)
{
    np_run *run = job->run;
    np_scratch_open(&job->scratch);
    np_text_init(&job->reason_text, 1 << 20);
    np_text_init(&job->messages, 1 << 16);
    job->ask.plan.scratch = np_scratch_of(&job->scratch);
    bool ok = run_list(job);
    if (job->sqlite) np_sqlite_close(job->sqlite, false);
    if (!ok) np_plan_outputs_drop(job);
    if (ok) {
        np_resume_end(job);
        if (job->totals.rejected) run->exit = 1;
        fputs(np_text_string(&job->messages), stderr);
    }
    np_text_free(&job->messages);
    np_text_free(&job->reason_text);
    np_problems_free(&job->problems);
    np_csv_free(&job->ask.csv);
    np_list_close(&job->list);
    np_totals_free(&job->totals);
    np_key_lists_free(&job->keys);
    np_scratch_close(&job->scratch);
    return ok;
}
