/* The files that a plan writes: all are opened before anything is computed, and get their names together in the end,
 * when all of them are on the disk. */
#include <string.h>

#include "plan_run.h"
#include "plan_sqlite.h"

/* ---- opening ---- */

static void write_headers(np_plan_job *job, bool records, bool rejects)
{
    np_text text;
    np_text_init(&text, NP_OUTPUT_LIMIT);
    if (records) {
        np_plan_csv_header(&text, &job->ask.head, &job->ask.columns);
        np_atomic_write_text(&job->out, &text);
        job->out_bytes = text.length;
    }
    np_text_clear(&text);
    if (rejects) {
        np_plan_reject_header(&text);
        np_atomic_write_text(&job->rejects, &text);
        job->reject_bytes = text.length;
    }
    np_text_free(&text);
}

/* How a file is opened of which --resume keeps what is done. */
static np_atomic_how how(const np_plan_job *job, const char *what, uint64_t size)
{
    if (!job->state_path) return (np_atomic_how){0};
    return (np_atomic_how){.kept = np_kept_path(job->run, what), .again = job->goes_on, .size = size};
}

bool np_plan_outputs_open(np_plan_job *job, bool merging)
{
    np_run *run = job->run;
    const np_arg *value = run->args.value;
    const char *output = value[NP_OPT_OUTPUT].text, *reject = merging ? NULL : value[NP_OPT_REJECT].text;
    const char *part = value[NP_OPT_PART].text;
    np_atomic_how whole = {0}, rows = job->writes_records ? how(job, "rows", job->out_bytes) : whole;
    if (!np_atomic_open(run, &job->out, output, rows)) return false;
    if (reject && !np_atomic_open(run, &job->rejects, reject, how(job, "rejects", job->reject_bytes))) return false;
    if (part && !np_atomic_open(run, &job->part, part, whole)) return false;
    if (!np_resume_fits(job)) return false;
    bool header = job->writes_records && run->args.format == NP_FORMAT_CSV && !value[NP_OPT_NO_HEADER].text;
    write_headers(job, header && job->out_bytes == 0, reject && job->reject_bytes == 0);
    return true;
}

/* ---- closing ---- */

void np_plan_outputs_drop(np_plan_job *job)
{
    np_atomic_drop(&job->out);
    np_atomic_drop(&job->rejects);
    np_atomic_drop(&job->part);
}

static bool write_summary(np_plan_job *job)
{
    np_run *run = job->run;
    if (!np_plan_summary(run, &job->ask.head, &job->totals)) return false;
    np_atomic_write_text(&job->out, &run->out);
    return true;
}

/* Of two files that --resume keeps, the other is of no use when the first has its name: then all begins anew. */
static bool commit_all(np_plan_job *job)
{
    np_run *run = job->run;
    bool both = job->rejects.keep;
    if (!np_atomic_commit(run, &job->rejects)) return false;
    if (both) job->out.keep = false;
    if (np_atomic_commit(run, &job->part) && np_atomic_commit(run, &job->out)) return true;
    if (both) np_resume_end(job);
    return false;
}

bool np_plan_outputs_finish(np_plan_job *job)
{
    np_run *run = job->run;
    bool ok = true;
    if (job->part.path) np_partial_totals_put(&job->part, NULL, &job->ask.part_head, &job->totals, &job->keys);
    if (job->sqlite)
        ok = np_sqlite_totals(job->sqlite, &job->totals);
    else if (!job->writes_records)
        ok = write_summary(job);
    if (ok && job->sqlite) {
        ok = np_sqlite_close(job->sqlite, true);
        job->sqlite = NULL;
    }
    ok = ok && np_atomic_sync(run, &job->rejects) && np_atomic_sync(run, &job->part);
    ok = ok && np_atomic_sync(run, &job->out);
    ok = ok && commit_all(job);
    if (!ok) np_plan_outputs_drop(job);
    return ok;
}

/* ---- why rows were rejected ---- */

enum { REASONS_SAID = 3, REASON_SIZE = 1 << 16 };

void np_reasons_note(np_plan_job *job, const char *bytes, size_t size)
{
    bool quoted = false;
    for (size_t i = 0, from = 0; i < size && job->reasons < REASONS_SAID; i++) {
        if (bytes[i] == '"') quoted = !quoted;
        if (quoted || bytes[i] != '\n') continue;
        if (i - from < REASON_SIZE) np_text_add(&job->reason_text, bytes + from, i + 1 - from);
        from = i + 1;
        job->reasons++;
    }
}

static ptrdiff_t read_reasons(void *context, char *bytes, size_t size)
{
    np_plan_job *job = context;
    size_t left = job->reason_text.length - job->reason_read, take = left < size ? left : size;
    if (take) memcpy(bytes, job->reason_text.data + job->reason_read, take);
    job->reason_read += take;
    return (ptrdiff_t)take;
}

/* What a row says may be what a terminal takes for a command. */
static const char *made_safe(np_text *room, const char *text)
{
    np_text_clear(room);
    np_text_add_safe(room, text, strlen(text));
    return np_text_string(room);
}

/* "row 3, line 4, column grade: unknown grade" */
static void put_reason(np_text *out, const np_lang *lang, const np_csv_batch *batch, const np_csv_row *row)
{
    np_text safe;
    np_text_init(&safe, REASON_SIZE);
    const char *column = np_csv_text(batch, row, 2);
    np_text_printf(out, np_say(lang, "rejected: row %s, line %s"), np_csv_text(batch, row, 0),
                   np_csv_text(batch, row, 1));
    if (*column) np_text_printf(out, np_say(lang, ", column %s"), made_safe(&safe, column));
    np_text_puts(out, np_say(lang, ": "));
    np_text_puts(out, made_safe(&safe, np_csv_text(batch, row, 3)));
    np_text_lost(out, &safe);
    np_text_free(&safe);
}

void np_reasons_say(np_plan_job *job)
{
    np_run *run = job->run;
    np_csv csv;
    np_csv_batch batch;
    np_diag *last = NULL;
    np_csv_init(&csv, (np_byte_source){job, read_reasons}, ',');
    np_csv_batch_init(&batch);
    while (np_csv_read(&csv, &batch) == NP_CSV_ROW) {
        const np_csv_row *row = &batch.rows[batch.row_count - 1];
        np_text text;
        if (row->reason || row->field_count != 4) continue;
        np_text_init(&text, 2 * REASON_SIZE);
        put_reason(&text, run->args.lang, &batch, row);
        if (text.no_memory)
            np_run_no_memory(run);
        else
            last = np_report(&run->diags, NP_CODE_ROW_REJECTED, np_span_none(), "%s", np_text_string(&text));
        np_text_free(&text);
    }
    if (last && !run->args.value[NP_OPT_REJECT].text)
        np_diag_hint(&run->diags, last, "--reject FILE takes all rejected rows with their reasons");
    np_csv_batch_free(&batch);
    np_csv_free(&csv);
}
