/* The files that a plan writes: all are opened before anything is computed, and get their names together in the end,
 * or none of them does. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plan_run.h"
#include "plan_sqlite.h"

/* ---- no file twice ---- */

typedef struct named_file {
    const char *path;
    const char *option; /* NULL: it is read */
    np_span at;
} named_file;

/* The folder that a path lies in, and its name there. */
static const char *name_in_folder(np_arena *arena, const char *path, struct stat *folder)
{
    const char *slash = strrchr(path, '/');
    const char *before = !slash ? "." : slash == path ? "/" : np_arena_copy(arena, path, (size_t)(slash - path));
    return stat(before, folder) == 0 ? (slash ? slash + 1 : path) : NULL;
}

static bool look(const named_file *file, struct stat *info)
{
    if (!file->option && strcmp(file->path, "-") == 0) return fstat(STDIN_FILENO, info) == 0;
    return stat(file->path, info) == 0;
}

/* A device takes what several write. */
static bool is_same(np_arena *arena, const named_file *a, const named_file *b)
{
    struct stat of_a, of_b;
    bool a_is = look(a, &of_a), b_is = look(b, &of_b);
    if (a_is != b_is) return false;
    if (a_is) return of_a.st_dev == of_b.st_dev && of_a.st_ino == of_b.st_ino && !S_ISCHR(of_a.st_mode);
    const char *a_name = name_in_folder(arena, a->path, &of_a), *b_name = name_in_folder(arena, b->path, &of_b);
    if (!a_name || !b_name) return strcmp(a->path, b->path) == 0;
    return of_a.st_dev == of_b.st_dev && of_a.st_ino == of_b.st_ino && strcmp(a_name, b_name) == 0;
}

static bool refuse_same(np_run *run, const named_file *a, const named_file *b)
{
    if (!is_same(run->arena, a, b)) return true;
    np_arg at = {b->path, b->at};
    np_diag *diag =
        a->option ? np_run_usage(run, at, "--%s and --%s would write the same file '%s'", a->option, b->option, b->path)
                  : np_run_usage(run, at, "--%s would write over '%s', which is read", b->option, b->path);
    np_diag_hint(&run->diags, diag, "name another file");
    return false;
}

enum { WRITTEN_MAX = 6 };

static size_t written_files(np_run *run, named_file *written)
{
    static const np_option OPTIONS[] = {NP_OPT_OUTPUT, NP_OPT_REJECT, NP_OPT_PART};
    static const char *const KEPT[] = {"rows", "rejects", "resume"};
    const np_arg *value = run->args.value;
    size_t count = 0;
    for (size_t i = 0; i < 3; i++)
        if (value[OPTIONS[i]].text)
            written[count++] =
                (named_file){value[OPTIONS[i]].text, np_option_describe(OPTIONS[i])->name, value[OPTIONS[i]].at};
    for (size_t i = 0; i < 3 && value[NP_OPT_RESUME].text && value[NP_OPT_OUTPUT].text; i++)
        written[count++] = (named_file){np_arena_format(run->arena, "%s.%s", value[NP_OPT_OUTPUT].text, KEPT[i]),
                                        "resume", value[NP_OPT_RESUME].at};
    return count;
}

bool np_plan_files_differ(np_run *run)
{
    const np_args *args = &run->args;
    named_file written[WRITTEN_MAX];
    size_t count = written_files(run, written);
    bool ok = true;
    const struct {
        const np_arg *list;
        size_t count;
    } READ[] = {
        {args->files, args->file_count}, {args->scenarios, args->scenario_count}, {args->with, args->with_count}};
    for (size_t w = 0; w < count; w++) {
        for (size_t i = 0; i < w; i++) ok = refuse_same(run, &written[i], &written[w]) && ok;
        for (size_t r = 0; r < 3; r++)
            for (size_t i = 0; i < READ[r].count; i++) {
                named_file read = {READ[r].list[i].text, NULL, READ[r].list[i].at};
                ok = refuse_same(run, &read, &written[w]) && ok;
            }
    }
    return ok;
}

/* ---- opening ---- */

static bool write_headers(np_plan_job *job, bool records, bool rejects)
{
    bool whole = true;
    np_text text;
    np_text_init(&text, NP_OUTPUT_LIMIT);
    if (records) {
        np_plan_csv_header(&text, &job->head, &job->columns);
        whole = !text.failed;
        np_outlet_write(&job->out, np_text_string(&text), text.length);
        job->out_bytes = text.length;
    }
    np_text_clear(&text);
    if (rejects) {
        np_plan_reject_header(&text);
        whole = whole && !text.failed;
        np_outlet_write(&job->rejects, np_text_string(&text), text.length);
        job->reject_bytes = text.length;
    }
    np_text_free(&text);
    if (!whole) np_report(&job->run->diags, NP_CODE_NO_MEMORY, np_span_none(), "memory ran out");
    return whole;
}

/* The name of what --resume keeps; NULL without it. */
static const char *kept_file(const np_plan_job *job, const char *what)
{
    if (!job->state_path) return NULL;
    return np_arena_format(job->run->arena, "%s.%s", job->run->args.value[NP_OPT_OUTPUT].text, what);
}

bool np_plan_outlets_open(np_plan_job *job, bool merging)
{
    np_run *run = job->run;
    const np_arg *value = run->args.value;
    const char *output = value[NP_OPT_OUTPUT].text, *reject = merging ? NULL : value[NP_OPT_REJECT].text;
    const char *part = value[NP_OPT_PART].text;
    const char *rows = job->writes_records ? kept_file(job, "rows") : NULL, *rejects = kept_file(job, "rejects");
    if (!job->sqlite && !np_outlet_open(run, &job->out, output, rows, job->out_bytes)) return false;
    if (reject && !np_outlet_open(run, &job->rejects, reject, rejects, job->reject_bytes)) return false;
    if (part && !np_outlet_open(run, &job->part, part, NULL, 0)) return false;
    if (!np_resume_fits(job)) return false;
    bool header = job->writes_records && run->args.format == NP_FORMAT_CSV && !value[NP_OPT_NO_HEADER].text;
    return write_headers(job, header && job->out_bytes == 0, reject && job->reject_bytes == 0);
}

/* ---- closing ---- */

void np_plan_outlets_drop(np_plan_job *job)
{
    np_outlet_drop(&job->out);
    np_outlet_drop(&job->rejects);
    np_outlet_drop(&job->part);
}

static bool write_summary(np_plan_job *job)
{
    np_run *run = job->run;
    if (!np_plan_summary(run, &job->head, &job->totals)) return false;
    if (run->out.failed) {
        np_report(&run->diags, NP_CODE_NO_MEMORY, np_span_none(), "the output did not fit into memory");
        return false;
    }
    np_outlet_write(&job->out, run->out.data, run->out.length);
    return true;
}

bool np_plan_outlets_finish(np_plan_job *job)
{
    np_run *run = job->run;
    bool ok = true;
    if (job->part.path) np_part_put(&job->part, NULL, &job->part_head, &job->totals, &job->keys);
    if (job->sqlite)
        ok = np_sqlite_totals(job->sqlite, &job->totals);
    else if (!job->writes_records)
        ok = write_summary(job);
    ok = ok && np_outlet_settle(run, &job->rejects) && np_outlet_settle(run, &job->part);
    ok = ok && np_outlet_settle(run, &job->out);
    if (ok && job->sqlite) { /* closing it gives it its name */
        ok = np_sqlite_close(job->sqlite, true);
        job->sqlite = NULL;
    }
    ok = ok && np_outlet_place(run, &job->rejects) && np_outlet_place(run, &job->part);
    ok = ok && np_outlet_place(run, &job->out);
    if (!ok) np_plan_outlets_drop(job);
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
        last = np_report(&run->diags, NP_CODE_ROW_REJECTED, np_span_none(), "%s", np_text_string(&text));
        np_text_free(&text);
    }
    if (last && !run->args.value[NP_OPT_REJECT].text)
        np_diag_hint(&run->diags, last, "--reject FILE takes all rejected rows with their reasons");
    np_csv_batch_free(&batch);
    np_csv_free(&csv);
}
