/* Going on after a run was broken off. Beside the output FILE, a run with --resume keeps FILE.rows (the records so
 * far), FILE.rejects when --reject is given, and FILE.resume: how many rows are done, how many bytes of both belong
 * to them, and the totals so far. A later run reads the same list again, takes the keys of the rows that are done,
 * and computes from the first row that is not. FILE.resume is there before the others have their names and goes after
 * they have lost them, so that whenever a run is killed, the next one knows them for natopay's. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plan_run.h"
#include "output_path.h"

#define MAGIC "natopay-plan-resume 3"

enum { FIRST_SAVE_ROWS = 10000, SAVE_SHARE = 20 };

static long long now_ms(const struct timespec *from)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)(now.tv_sec - from->tv_sec) * 1000 + (now.tv_nsec - from->tv_nsec) / 1000000;
}

/* The options that shape what is written, and what was given for each: a line of checksums. */
static const np_option SHAPING[] = {NP_OPT_FORMAT,    NP_OPT_KEY,       NP_OPT_CARRY,  NP_OPT_COLUMNS,
                                    NP_OPT_DELIMITER, NP_OPT_NO_HEADER, NP_OPT_REJECT, NP_OPT_LANG};
enum { SHAPING_COUNT = sizeof SHAPING / sizeof SHAPING[0] };

static uint64_t option_sum(const np_plan_job *job, np_option option)
{
    const char *text = job->run->args.value[option].text;
    if (text && (option == NP_OPT_REJECT || option == NP_OPT_NO_HEADER)) text = "given";
    if (!text) text = option == NP_OPT_KEY ? "id" : option == NP_OPT_FORMAT ? "text" : "";
    return np_partial_totals_sum(NP_PART_SUM_OF_NOTHING, text, strlen(text));
}

/* NULL, or which options differ from those of the earlier run. */
static const char *options_differ(const np_plan_job *job, char *line)
{
    np_arena *arena = job->run->arena;
    const char *names = NULL;
    char *at = line ? line : "";
    for (size_t i = 0; i < SHAPING_COUNT; i++) {
        uint64_t sum = strtoull(at, &at, 16);
        if (sum == option_sum(job, SHAPING[i])) continue;
        names = np_arena_format(arena, "%s%s--%s", names ? names : "", names ? ", " : "",
                                np_option_describe(SHAPING[i])->name);
    }
    if (!names) return NULL;
    return np_arena_format(arena, np_say(job->run->args.lang, "it was given other options: %s"), names);
}

/* Whether a line ends with the checksum of what stands before it. */
static bool is_whole(const char *line)
{
    const char *last = strrchr(line, '\t');
    char *end = NULL;
    if (!last) return false;
    uint64_t sum = strtoull(last + 1, &end, 16);
    return end > last + 1 && *end == '\0' &&
           sum == np_partial_totals_sum(NP_PART_SUM_OF_NOTHING, line, (size_t)(last - line));
}

static bool is_there(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0 || errno != ENOENT;
}

/* FILE.resume is whole, but FILE.rows or FILE.rejects is gone: the run was killed while its files were renamed. */
static bool is_lost(const np_plan_job *job)
{
    return (job->out_bytes > 0 && !is_there(np_kept_path(job->run, "rows"))) ||
           (job->reject_bytes > 0 && !is_there(np_kept_path(job->run, "rejects")));
}

/* Rows done, bytes of both files, what is known of the list, and the sums of all that. */
static bool read_counts(np_plan_job *job, const char *line, uint64_t *rows)
{
    unsigned long long n[7];
    if (!line || !is_whole(line) ||
        sscanf(line, MAGIC "\t%llu\t%llu\t%llu\t%llu\t%llx\t%llx\t%llx", &n[0], &n[1], &n[2], &n[3], &n[4], &n[5],
               &n[6]) != 7)
        return false;
    *rows = n[0];
    job->out_bytes = n[1];
    job->reject_bytes = n[2];
    job->list.known = n[3];
    job->list.known_sum = n[4];
    job->out_sum = n[5];
    job->reject_sum = n[6];
    return true;
}

static bool read_state(np_plan_job *job, np_line_file *lines)
{
    np_run *run = job->run;
    np_partial_totals_reader reader = np_lines_reader(lines);
    np_partial_totals_head head;
    uint64_t rows;
    if (!read_counts(job, reader.line(reader.context), &rows)) {
        if (!np_lines_whole(run, lines, job->state_path)) return false;
        np_diag *diag =
            np_report(&run->diags, NP_CODE_BAD_VALUE, np_span_none(), "'%s' is no state of a run", job->state_path);
        np_diag_hint(&run->diags, diag, "remove the file to begin anew");
        return false;
    }
    if (is_lost(job)) return true;
    const char *why = options_differ(job, reader.line(reader.context));
    reader = np_lines_reader(lines);
    if (!why) why = np_partial_totals_read_head(&reader, run->arena, &head);
    if (!why) why = np_partial_totals_differs(&head, &job->ask.part_head);
    if (!why) why = np_partial_totals_read_totals(&reader, &job->totals, NULL, 0);
    if (!why && job->totals.rows != rows) why = NP_MARK("its rows do not add up");
    if (why && !np_lines_whole(run, lines, job->state_path)) return false;
    if (job->totals.failure) {
        np_totals_complain(run, &job->totals);
        return false;
    }
    if (why) {
        np_diag *diag = np_report(&run->diags, NP_CODE_CONTRADICTION, np_span_none(),
                                  "the run that '%s' is about cannot be gone on with: %s", job->state_path,
                                  np_say(run->args.lang, why));
        np_diag_hint(&run->diags, diag, "remove the file to begin anew");
        return false;
    }
    job->first_row = job->ask.plan.skip = rows;
    return true;
}

static bool begin_anew(np_plan_job *job)
{
    np_run *run = job->run;
    fprintf(stderr, np_say(run->args.lang, "what an earlier run kept beside '%s' is not whole: its rows are done anew"),
            run->args.value[NP_OPT_OUTPUT].text);
    fputc('\n', stderr);
    if (!np_atomic_forget_kept(run, np_kept_path(run, "rows")) ||
        !np_atomic_forget_kept(run, np_kept_path(run, "rejects")))
        return false;
    unlink(job->state_path);
    job->out_bytes = job->reject_bytes = job->list.known = 0;
    return true;
}

/* Read what an earlier run left; false after reporting. */
static bool go_on(np_plan_job *job)
{
    np_line_file lines;
    if (!np_lines_open(job->run, &lines, job->state_path, true)) return false;
    bool read = read_state(job, &lines), lost = read && is_lost(job);
    np_lines_close(&lines);
    job->goes_on = read && !lost;
    return lost ? begin_anew(job) : read;
}

bool np_resume_begin(np_plan_job *job)
{
    np_run *run = job->run;
    np_arg output = run->args.value[NP_OPT_OUTPUT];
    if (!run->args.value[NP_OPT_RESUME].text) return true;
    if (!output.text || job->sqlite || strcmp(run->args.files[0].text, "-") == 0) {
        np_diag *diag = np_run_usage(run, run->args.value[NP_OPT_RESUME],
                                     "--resume needs a list that can be read again, and --output");
        np_diag_hint(&run->diags, diag, "it works with every format but sqlite");
        return false;
    }
    np_target target;
    np_target_find(run->arena, output.text, false, &target);
    if (target.descriptor >= 0 || target.special || (target.exists && !S_ISREG(target.info.st_mode))) {
        np_run_usage(run, output, "--resume needs a regular file as --output, not '%s'", output.text);
        return false;
    }
    job->state_path = np_kept_path(run, "resume");
    clock_gettime(CLOCK_MONOTONIC, &job->saved_at);
    struct stat info;
    if (!is_there(job->state_path)) return true;
    if (lstat(job->state_path, &info) == 0 && (!S_ISREG(info.st_mode) || info.st_uid != geteuid()))
        return np_not_ours(run, job->state_path);
    return go_on(job);
}

/* The first time soon; then so seldom that saving takes a twentieth of the time at most. */
bool np_resume_due(const np_plan_job *job, uint64_t rows)
{
    if (!job->state_path || job->list.read < job->list.known || rows - job->saved_rows < FIRST_SAVE_ROWS) return false;
    if (job->saved_rows == 0) return true;
    long long pause = 1000 + job->save_cost_ms * SAVE_SHARE;
    return now_ms(&job->saved_at) >= pause;
}

bool np_resume_save(np_plan_job *job, uint64_t rows, np_totals *totals)
{
    struct timespec begun;
    clock_gettime(CLOCK_MONOTONIC, &begun);
    bool first_time = job->saved_rows == 0 && !job->goes_on;
    if (first_time && is_there(job->state_path)) return np_not_ours(job->run, job->state_path);
    if (!np_atomic_save(job->run, &job->out) || !np_atomic_save(job->run, &job->rejects)) return false;
    const char *first = np_arena_format(job->run->arena, MAGIC "\t%llu\t%llu\t%llu\t%llu\t%llx\t%llx\t%llx",
                                        (unsigned long long)(job->first_row + rows), (unsigned long long)job->out_bytes,
                                        (unsigned long long)job->reject_bytes, (unsigned long long)job->list.read,
                                        (unsigned long long)job->list.sum, (unsigned long long)job->out.sum,
                                        (unsigned long long)job->rejects.sum);
    first = np_arena_format(job->run->arena, "%s\t%llx\n", first,
                            (unsigned long long)np_partial_totals_sum(NP_PART_SUM_OF_NOTHING, first, strlen(first)));
    for (size_t i = 0; i < SHAPING_COUNT; i++)
        first = np_arena_format(job->run->arena, "%s%llx%c", first, (unsigned long long)option_sum(job, SHAPING[i]),
                                i + 1 < SHAPING_COUNT ? ' ' : '\n');
    np_atomic_file state;
    if (!np_atomic_open(job->run, &state, job->state_path, (np_atomic_how){.private = true})) return false;
    np_partial_totals_put(&state, first, &job->ask.part_head, totals, NULL);
    if (!np_atomic_finish(job->run, &state)) return false;
    if (!np_atomic_keep(job->run, &job->out) || !np_atomic_keep(job->run, &job->rejects)) {
        job->out.keep = job->rejects.keep = false; /* the next run cannot go on: let both be removed */
        unlink(job->state_path);
        return false;
    }
    job->saved_rows = rows;
    job->save_cost_ms = now_ms(&begun);
    clock_gettime(CLOCK_MONOTONIC, &job->saved_at);
    return true;
}

static bool is_as_left(np_run *run, const np_atomic_file *file, uint64_t sum)
{
    if (file->sum == sum) return true;
    np_diag *diag = np_report(&run->diags, NP_CODE_CONTRADICTION, np_span_none(),
                              "'%s' is not as the run that was broken off left it", file->temporary);
    np_diag_hint(&run->diags, diag, "remove the .resume file beside it to begin anew");
    return false;
}

bool np_resume_fits(const np_plan_job *job)
{
    bool ok = !job->out_bytes || !job->out.temporary || is_as_left(job->run, &job->out, job->out_sum);
    return (!job->reject_bytes || !job->rejects.temporary || is_as_left(job->run, &job->rejects, job->reject_sum)) &&
           ok;
}

void np_resume_end(np_plan_job *job)
{
    if (job->state_path) unlink(job->state_path);
}
