#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sha2.h>

#include "natopay/career/grade_history.h"
#include "plan_run.h"

enum { JOBS_BY_DEFAULT = 8 };

/* ---- options ---- */

static bool read_count(np_run *run, np_option option, long most, long fallback, long *value)
{
    np_arg arg = run->args.value[option];
    *value = fallback;
    if (!arg.text) return true;
    size_t digits = strspn(arg.text, "0123456789");
    if (digits > 0 && digits < 8 && arg.text[digits] == '\0') *value = strtol(arg.text, NULL, 10);
    if (digits > 0 && digits < 8 && arg.text[digits] == '\0' && *value >= 1 && *value <= most) return true;
    np_run_usage(run, arg, "--%s takes a whole number from 1 to %ld, not '%s'", np_option_describe(option)->name, most,
                 arg.text);
    return false;
}

static bool read_jobs(np_run *run, int *jobs)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN), value;
    long fallback = processors < 1 ? 1 : processors > JOBS_BY_DEFAULT ? JOBS_BY_DEFAULT : processors;
    bool ok = read_count(run, NP_OPT_JOBS, NP_JOBS_MAX, fallback, &value);
    *jobs = (int)value;
    return ok;
}

/* January of the year in which the newest scale began. */
static np_date first_month(const np_book *book)
{
    np_date newest = np_date_of(2026, 1, 1);
    for (size_t i = 0; i < book->scale_count; i++)
        if (i == 0 || book->scales[i].from > newest) newest = book->scales[i].from;
    return np_date_of(np_date_split(newest).year, 1, 1);
}

static bool read_window(np_run *run, np_window *window)
{
    np_arg arg = run->args.value[NP_OPT_DATE];
    np_date first = first_month(run->book);
    long months;
    bool ok = read_count(run, NP_OPT_HORIZON, NP_PLAN_MONTHS_MAX, 72, &months);
    if (arg.text && np_date_parse(arg.text, strlen(arg.text), &first)) {
        np_diag *diag = np_report(&run->diags, NP_CODE_BAD_DATE, arg.at, "'%s' is not a date: %s", arg.text,
                                  np_date_why(run->arena, run->args.lang, arg.text, strlen(arg.text)));
        np_diag_hint(&run->diags, diag, "write YYYY-MM-DD, for example 2026-01-01");
        return false;
    }
    if (!ok || np_window_set(window, first, (int)months)) return ok;
    np_report(&run->diags, NP_CODE_DATE_RANGE, arg.text ? arg.at : np_span_none(),
              "the plan would run past the year %d", NP_YEAR_LAST);
    return false;
}

/* ---- the books ---- */

static bool take_book(np_run *run, np_plan_job *job, const np_arg *scenario)
{
    np_plan *plan = &job->plan;
    np_scenario read = {.name = NP_BASELINE, .label.text = np_say(run->args.lang, "The rule book as it is")};
    unsigned base = (unsigned)run->args.with_count;
    if (!np_run_load(run, scenario, scenario ? 1 : 0)) return false;
    if (scenario && !np_scenario_read(run->book, &run->diags, base, &read)) return false;
    if (scenario) np_run_lint(run, scenario->text);
    for (size_t i = 0; scenario && i < plan->book_count; i++)
        if (strcmp(job->head.names[i], read.name) == 0) {
            np_diag *diag = np_report(&run->diags, NP_CODE_DUPLICATE_DEFINITION, scenario->at,
                                      "two scenarios are called '%s'", read.name);
            np_diag_hint(&run->diags, diag, "give each its own name: [scenario NAME]");
            return false;
        }
    plan->books[plan->book_count] = (np_plan_book){run->book, read.when};
    job->head.names[plan->book_count] = job->part_head.names[plan->book_count] = read.name;
    job->head.titles[plan->book_count] = job->part_head.titles[plan->book_count] =
        np_label_text(&read.label, run->args.lang, read.name);
    plan->book_count++;
    return true;
}

/* One hash for all books, whatever their number. */
static const char *hash_of_books(np_run *run, const np_plan *plan)
{
    SHA2_CTX hash;
    uint8_t digest[SHA256_DIGEST_LENGTH];
    char *hex = np_arena_alloc(run->arena, 2 * sizeof digest + 1);
    SHA256Init(&hash);
    for (size_t i = 0; i < plan->book_count; i++) {
        const char *one = plan->books[i].book->hash;
        SHA256Update(&hash, (const uint8_t *)one, strlen(one));
    }
    SHA256Final(digest, &hash);
    for (size_t i = 0; i < sizeof digest; i++) {
        hex[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    return hex;
}

/* That of the overview. */
static bool has_currency(np_run *run, const np_book *book)
{
    np_arg arg = run->args.value[NP_OPT_CURRENCY];
    if (!arg.text || np_book_currency(book, arg.text) >= 0) return true;
    np_diag *diag = np_report(&run->diags, NP_CODE_UNKNOWN_CURRENCY, arg.at, "unknown currency '%s'", arg.text);
    np_diag_hint(&run->diags, diag, "natopay show currency lists those there are; [currency %s] adds one", arg.text);
    return false;
}

static bool load_books(np_run *run, np_plan_job *job)
{
    if (run->args.scenario_count >= NP_PLAN_BOOKS_MAX) {
        np_report(&run->diags, NP_CODE_TOO_MANY, run->args.scenarios[NP_PLAN_BOOKS_MAX - 1].at,
                  "a plan has %d scenarios at most", NP_PLAN_BOOKS_MAX - 1);
        return false;
    }
    if (!take_book(run, job, NULL)) return false;
    bool ok = read_window(run, &job->plan.window);
    ok = read_jobs(run, &job->plan.jobs) && ok;
    if (!np_plan_delimiter(run, &job->delimiter) || !ok) return false;
    for (size_t i = 0; i < run->args.scenario_count; i++)
        if (!take_book(run, job, &run->args.scenarios[i])) return false;
    for (size_t i = 0; i < job->plan.book_count; i++) np_report_month_by_month(job->plan.books[i].book, &run->diags);
    if (!has_currency(run, job->plan.books[0].book)) return false;
    np_plan_head *head = &job->head;
    head->books = job->part_head.books = job->plan.book_count;
    head->book = job->plan.books[0].book;
    head->hash = job->part_head.hash = hash_of_books(run, &job->plan);
    head->window = job->plan.window;
    job->part_head.first = job->plan.window.first;
    job->part_head.months = job->plan.window.months;
    return true;
}

/* ---- parts ---- */

static bool merge_one(np_run *run, np_plan_job *job, uint32_t number)
{
    np_line_file lines;
    np_part_head head;
    np_arg path = run->args.files[number];
    if (!np_lines_open(run, &lines, path.text, false)) return false;
    np_part_reader reader = np_lines_reader(&lines);
    const char *why = np_part_read_head(&reader, run->arena, &head);
    if (!why && number == 0) {
        job->part_head = head;
        if (!np_window_set(&job->plan.window, head.first, head.months)) why = NP_MARK("its months are no months");
        np_totals_init(&job->totals, (uint16_t)head.books, job->plan.window.years, job->plan.scratch);
    }
    if (!why) why = np_part_differs(&job->part_head, &head);
    if (!why) why = np_part_read_totals(&reader, &job->totals, &job->keys, number);
    np_lines_close(&lines);
    if (np_signals_came())
        np_plan_stopped(job);
    else if (job->totals.failure)
        np_totals_complain(run, &job->totals);
    else if (why)
        np_report(&run->diags, NP_CODE_CONTRADICTION, path.at, "'%s' cannot be added: %s", path.text,
                  np_say(run->args.lang, why));
    return !why;
}

/* A member of staff in two parts would count twice. */
static bool refuse_shared_keys(np_run *run, const np_plan_job *job)
{
    np_shared_keys shared;
    if (!np_key_lists_shared(&job->keys, &shared)) {
        np_report(&run->diags, NP_CODE_CANNOT_WRITE, np_span_none(),
                  "the keys of the parts cannot be compared: memory or temporary files failed");
        return false;
    }
    if (shared.keys == 0) return true;
    const np_arg *files = run->args.files;
    unsigned long long keys = shared.keys;
    np_diag *diag = np_report(
        &run->diags, NP_CODE_DUPLICATE_KEY, files[shared.pairs[0].b].at, "%s",
        np_arena_format(run->arena,
                        np_say_number(run->args.lang, "%llu key is in more than one part: nobody may count twice",
                                      "%llu keys are in more than one part: nobody may count twice", keys),
                        keys));
    for (size_t i = 0; i < shared.pair_count; i++)
        np_diag_note(&run->diags, diag, files[shared.pairs[i].b].at, "%llu in '%s' and '%s'",
                     (unsigned long long)shared.pairs[i].keys, files[shared.pairs[i].a].text,
                     files[shared.pairs[i].b].text);
    np_diag_hint(&run->diags, diag,
                 "parts do not hold the keys themselves: one plan of all rows with --reject FILE names each row whose "
                 "key came before");
    return false;
}

/* What parts say themselves cannot be said anew. */
static bool refuse_options_of_lists(np_run *run)
{
    static const np_option OF_LISTS[] = {NP_OPT_BY,      NP_OPT_HORIZON,   NP_OPT_DATE,      NP_OPT_KEY,
                                         NP_OPT_CARRY,   NP_OPT_COLUMNS,   NP_OPT_DELIMITER, NP_OPT_NO_HEADER,
                                         NP_OPT_REJECT,  NP_OPT_FAIL_FAST, NP_OPT_RESUME,    NP_OPT_REFERENCE,
                                         NP_OPT_SCENARIO};
    bool ok = true;
    for (size_t i = 0; i < sizeof OF_LISTS / sizeof OF_LISTS[0]; i++) {
        np_arg arg = OF_LISTS[i] == NP_OPT_SCENARIO && run->args.scenario_count ? run->args.scenarios[0]
                                                                                : run->args.value[OF_LISTS[i]];
        if (!arg.text) continue;
        np_diag *diag = np_run_usage(run, arg, "--merge takes no --%s", np_option_describe(OF_LISTS[i])->name);
        np_diag_hint(&run->diags, diag, "it is for plans of a list; their parts hold what it said then");
        ok = false;
    }
    return ok;
}

static void merge(np_run *run, np_plan_job *job)
{
    bool ok = np_run_load(run, NULL, 0) && has_currency(run, run->book);
    np_scratch_open(&job->scratch);
    job->plan.scratch = np_scratch_of(&job->scratch);
    np_key_lists_init(&job->keys, job->plan.scratch);
    np_signals_watch();
    ok = ok && np_plan_outputs_open(job, true);
    for (uint32_t i = 0; ok && i < run->args.file_count; i++) ok = merge_one(run, job, i);
    if (ok && refuse_shared_keys(run, job)) {
        np_plan_head *head = &job->head;
        const np_part_head *part = &job->part_head;
        head->books = part->books;
        head->book = run->book;
        head->hash = part->hash;
        head->window = job->plan.window;
        head->by_count = part->by_count < NP_BY_MAX ? part->by_count : NP_BY_MAX;
        for (size_t i = 0; i < part->books; i++) head->names[i] = part->names[i], head->titles[i] = part->titles[i];
        for (size_t i = 0; i < head->by_count; i++) head->by[i] = part->by[i];
        np_totals_sort(&job->totals);
        if (np_plan_outputs_finish(job) && job->totals.rejected) run->exit = 1;
    } else {
        np_plan_outputs_drop(job);
    }
    np_key_lists_free(&job->keys);
    np_totals_free(&job->totals);
    np_scratch_close(&job->scratch);
}

/* ---- the command ---- */

void np_disk_plan(np_run *run)
{
    np_plan_job *job = np_arena_alloc(run->arena, sizeof *job);
    bool parts = run->args.value[NP_OPT_MERGE].text != NULL;
    job->run = run;
    job->head.lang = job->plan.lang = run->args.lang;
    job->list.file = -1;
    job->out.file = job->rejects.file = job->part.file = -1;
    run->written = true;
    if (run->args.file_count == 0 || (!parts && run->args.file_count > 1)) {
        np_diag *diag = np_report(&run->diags, NP_CODE_USAGE, run->args.command.at,
                                  parts ? NP_MARK("natopay plan takes the parts to merge")
                                        : NP_MARK("natopay plan takes one staff list"));
        np_diag_hint(&run->diags, diag,
                     parts ? NP_MARK("name the files that --part wrote")
                           : NP_MARK("name a CSV file, or - for standard input; natopay sample-staff makes one up"));
        return;
    }
    if (parts && run->args.format == NP_FORMAT_SQLITE) {
        np_run_usage(run, run->args.value[NP_OPT_FORMAT], "parts hold no records of staff, which sqlite needs");
        return;
    }
    if ((parts && !refuse_options_of_lists(run)) || !np_inputs_named(run, run->args.files, run->args.file_count))
        return;
    job->head.currency = run->args.value[NP_OPT_CURRENCY].text;
    if (parts) {
        merge(run, job);
        return;
    }
    if (!load_books(run, job)) return;
    job->plan.fail_fast = run->args.value[NP_OPT_FAIL_FAST].text != NULL;
    job->plan.reference = run->args.value[NP_OPT_REFERENCE].text != NULL;
    np_plan_job_run(job);
}
