#include <string.h>

#include "cli.h"
#include "natopay/career/month.h"
#include "natopay/report/estimate.h"

/* What has a dot or a slash is a file, in whatever order lines and files stand. */
static bool is_file(const char *text)
{
    return strpbrk(text, "./") != NULL;
}

/* Lines first, files after; gives back how many lines there are. */
static size_t sort_arguments(np_run *run)
{
    np_args *args = &run->args;
    np_arg *sorted = np_arena_array(run->arena, args->file_count + 1, sizeof *sorted);
    size_t named = 0, count = 0;
    for (int files = 0; files < 2; files++) {
        for (size_t i = 0; i < args->file_count; i++)
            if (is_file(args->files[i].text) == (files == 1)) sorted[count++] = args->files[i];
        if (files == 0) named = count;
    }
    if (count) memcpy(args->files, sorted, count * sizeof *sorted);
    return named;
}

static const np_rule *rule_named(np_run *run, np_arg arg)
{
    const np_rule *rule = np_book_rule(run->book, arg.text);
    if (rule) return rule;
    np_diag *diag = np_report(&run->diags, NP_CODE_UNKNOWN_NAME, arg.at, "no line or fact is called '%s'", arg.text);
    const char *near = np_book_suggest(run->book, "rule", arg.text);
    if (near)
        np_diag_hint(&run->diags, diag, "did you mean %s?", near);
    else
        np_diag_hint(&run->diags, diag, "natopay show rule lists them");
    return NULL;
}

/* The rules asked for; all lines that are due when none is named. */
static size_t choose(np_run *run, size_t named, const np_payslip *payslip, const np_rule **rules)
{
    size_t count = 0;
    for (size_t i = 0; i < named; i++) {
        const np_rule *rule = rule_named(run, run->args.files[i]);
        if (rule) rules[count++] = rule;
    }
    for (size_t i = 0; i < run->book->rule_count && named == 0; i++)
        if (run->book->rules[i].kind != NP_FACT && payslip->lines[i].state == NP_LINE_DUE)
            rules[count++] = &run->book->rules[i];
    return count;
}

void np_cmd_explain(np_run *run)
{
    size_t named = sort_arguments(run);
    if (!np_run_load(run, run->args.files + named, run->args.file_count - named) && !np_run_is_sound(run)) return;
    np_situation *situation = np_run_situation(run);
    if (!situation) return;
    np_run_assume_grade(run, situation);
    np_month month;
    const np_rule **rules = np_arena_array(run->arena, run->book->rule_count + NP_ARGS_MAX, sizeof *rules);
    if (!np_month_open(&month, situation, run->arena, &run->diags) || !np_month_compute(&month, &run->diags)) return;
    const np_payslip *payslip = month.payslip;
    np_month_check(&month, &run->diags);
    size_t count = choose(run, named, payslip, rules);
    if (run->diags.errors) return;
    const np_step **steps = np_arena_array(run->arena, count + 1, sizeof *steps);
    for (size_t i = 0; i < count; i++) steps[i] = np_explain_rule(payslip, month.situation, rules[i], run->args.lang);
    np_explanations explanations = {run->book, steps, count, payslip->date, run->args.lang};
    np_run_show(run, np_explanations_output(&explanations));
}
