/* natopay plan: from a list, from parts, or both; then its totals. */
#include "plan_run.h"

/* ---- parts ---- */

static bool merge_one(np_run *run, np_plan_job *job, uint32_t number)
{
    np_line_file lines;
    np_partial_totals_head head;
    np_arg path = run->args.files[number];
    if (!np_lines_open(run, &lines, path.text, false)) return false;
    np_partial_totals_reader reader = np_lines_reader(&lines);
    const char *why = np_partial_totals_read_head(&reader, run->arena, &head);
    if (!why && number == 0) {
        job->ask.part_head = head;
        if (!np_window_set(&job->ask.plan.window, head.first, head.months) ||
            !np_window_divide(&job->ask.plan.window, head.period, head.year_starts))
            why = NP_MARK("its months are no months");
        np_totals_init(&job->totals, (uint16_t)head.books, job->ask.plan.window.periods, job->ask.plan.scratch);
    }
    if (!why) why = np_partial_totals_differs(&job->ask.part_head, &head);
    if (!why) why = np_partial_totals_read_totals(&reader, &job->totals, &job->keys, number);
    if (np_signals_came())
        np_plan_stopped(job);
    else if (job->totals.failure)
        np_totals_complain(run, &job->totals);
    else if (why && np_lines_whole(run, &lines, path.text))
        np_report(&run->diags, NP_CODE_CONTRADICTION, path.at, "'%s' cannot be added: %s", path.text,
                  np_say(run->args.lang, why));
    np_lines_close(&lines);
    return !why;
}

/* A member of staff in two parts would count twice. */
static bool refuse_shared_keys(np_run *run, const np_plan_job *job)
{
    np_shared_keys shared;
    if (!np_key_lists_shared(&job->keys, &shared)) {
        return np_no_scratch(run);
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
    static const np_option OF_LISTS[] = {NP_OPT_BY,       NP_OPT_HORIZON,        NP_OPT_DATE,       NP_OPT_KEY,
                                         NP_OPT_CARRY,    NP_OPT_COLUMNS,        NP_OPT_DELIMITER,  NP_OPT_NO_HEADER,
                                         NP_OPT_REJECT,   NP_OPT_FAIL_FAST,      NP_OPT_RESUME,     NP_OPT_REFERENCE,
                                         NP_OPT_SCENARIO, NP_OPT_AFTER_CONTRACT, NP_OPT_YEAR_STARTS};
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
    bool ok = np_run_load(run, NULL, 0) && np_plan_has_currency(run, run->book);
    np_scratch_open(&job->scratch);
    job->ask.plan.scratch = np_scratch_of(&job->scratch);
    np_key_lists_init(&job->keys, job->ask.plan.scratch);
    np_signals_watch();
    ok = ok && np_plan_outputs_open(job, true);
    for (uint32_t i = 0; ok && i < run->args.file_count; i++) ok = merge_one(run, job, i);
    if (ok && refuse_shared_keys(run, job)) {
        np_plan_head *head = &job->ask.head;
        const np_partial_totals_head *part = &job->ask.part_head;
        head->books = part->books;
        head->book = run->book;
        head->hash = part->hash;
        head->window = job->ask.plan.window;
        head->stops_at_end = part->stops_at_end;
        head->by_count = part->by_count < NP_BY_MAX ? part->by_count : NP_BY_MAX;
        for (size_t i = 0; i < part->books; i++) head->names[i] = part->names[i], head->titles[i] = part->titles[i];
        for (size_t i = 0; i < part->books; i++) head->rates[i] = part->rates[i];
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
    job->ask.head.lang = job->ask.plan.lang = run->args.lang;
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
    job->ask.head.currency = run->args.value[NP_OPT_CURRENCY].text;
    if (parts) {
        merge(run, job);
        return;
    }
    if (!np_plan_ask(&job->ask, run)) return;
    np_plan_job_run(job);
}
