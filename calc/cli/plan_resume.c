/* Going on after a run was broken off. Beside the output FILE, a run with --resume keeps FILE.rows (the records so
 * far), FILE.rejects when --reject is given, and FILE.resume: how many rows are done, how many bytes of both belong
 * to them, and the totals so far. A later run reads the same list again, takes the keys of the rows that are done,
 * and computes from the first row that is not. */
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

static bool read_state(np_plan_job *job, np_line_file *lines)
{
    np_run *run = job->run;
    np_partial_totals_reader reader = np_lines_reader(lines);
    np_partial_totals_head head;
    unsigned long long rows, out, rejects, known, sum, out_sum, reject_sum;
    char *line = reader.line(reader.context);
    if (!line || !is_whole(line) ||
        sscanf(line, MAGIC "\t%llu\t%llu\t%llu\t%llu\t%llx\t%llx\t%llx", &rows, &out, &rejects, &known, &sum, &out_sum,
               &reject_sum) != 7) {
        if (!np_lines_whole(run, lines, job->state_path)) return false;
        np_diag *diag =
            np_report(&run->diags, NP_CODE_BAD_VALUE, np_span_none(), "'%s' is no state of a run", job->state_path);
        np_diag_hint(&run->diags, diag, "remove the file to begin anew");
        return false;
    }
    const char *why = options_differ(job, reader.line(reader.context));
    reader = np_lines_reader(lines);
    if (!why) why = np_partial_totals_read_head(&reader, run->arena, &head);
    if (!why) why = np_partial_totals_differs(&head, &job->ask.part_head);
    if (!why) why = np_partial_totals_read_totals(&reader, &job->totals, NULL, 0);
    if (!why && job->totals.rows != rows) why = NP_MARK("its rows do not add up");
    if (why && !np_lines_whole(run, lines, job->state_path)) return false;
    if (why) {
        np_diag *diag = np_report(&run->diags, NP_CODE_CONTRADICTION, np_span_none(),
                                  "the run that '%s' is about cannot be gone on with: %s", job->state_path,
                                  np_say(run->args.lang, why));
        np_diag_hint(&run->diags, diag, "remove the file to begin anew");
        return false;
    }
    job->first_row = job->ask.plan.skip = rows;
    job->out_bytes = out;
    job->list.known = known;
    job->list.known_sum = sum;
    job->reject_bytes = rejects;
    job->out_sum = out_sum;
    job->reject_sum = reject_sum;
    return true;
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
    if (lstat(job->state_path, &info) != 0) return true;
    if (!S_ISREG(info.st_mode) || info.st_uid != geteuid()) return np_not_ours(run, job->state_path);
    np_line_file lines;
    if (!np_lines_open(run, &lines, job->state_path, true)) return false;
    job->goes_on = read_state(job, &lines);
    np_lines_close(&lines);
    return job->goes_on;
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
    if (!np_atomic_keep(job->run, &job->out) || !np_atomic_keep(job->run, &job->rejects)) return false;
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
    job->out.unsaved = job->rejects.unsaved = false;
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
