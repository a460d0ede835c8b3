#include <string.h>

#include "natopay/ask/run.h"
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

/* What an argument asks about: a line or fact, or a total. */
typedef struct asked {
    const np_rule *rule; /* NULL: a total */
    np_total_kind total;
} asked;

static bool named(np_run *run, np_arg arg, asked *what)
{
    what->rule = np_book_rule(run->book, arg.text);
    if (what->rule || np_total_parse(arg.text, &what->total)) return true;
    np_diag *diag = np_report(&run->diags, NP_CODE_UNKNOWN_NAME, arg.at, "no line or fact is called '%s'", arg.text);
    const char *near = np_book_suggest(run->book, "rule", arg.text);
    for (int i = 0; i < NP_TOTAL_COUNT; i++)
        if (np_edit_distance(arg.text, np_total_name((np_total_kind)i), 1) <= 1) near = np_total_name((np_total_kind)i);
    if (near)
        np_diag_hint(&run->diags, diag, "did you mean %s?", near);
    else
        np_diag_hint(&run->diags, diag,
                     "natopay show rule lists them; the totals are gross, deductions, net, employer_cost and once");
    return false;
}

/* What is asked for; all lines that are due when nothing is named. */
static size_t choose(np_run *run, size_t names, const np_payslip *payslip, asked *what)
{
    size_t count = 0;
    for (size_t i = 0; i < names; i++) count += named(run, run->args.files[i], &what[count]);
    for (size_t i = 0; i < run->book->rule_count && names == 0; i++)
        if (run->book->rules[i].kind != NP_FACT && payslip->lines[i].state == NP_LINE_DUE)
            what[count++].rule = &run->book->rules[i];
    return count;
}

void np_cmd_explain(np_run *run)
{
    size_t names = sort_arguments(run);
    if (!np_run_load(run, run->args.files + names, run->args.file_count - names) && !np_run_is_sound(run)) return;
    np_situation *situation = np_run_situation(run);
    if (!situation) return;
    np_run_assume_grade(run, situation);
    np_month month;
    asked *what = np_arena_array(run->arena, run->book->rule_count + NP_ARGS_MAX, sizeof *what);
    if (!np_month_open(&month, situation, run->arena, &run->diags) || !np_month_compute(&month, &run->diags)) return;
    const np_payslip *payslip = month.payslip;
    np_month_check(&month, &run->diags);
    size_t count = choose(run, names, payslip, what);
    if (run->diags.errors) return;
    const np_step **steps = np_arena_array(run->arena, count + 1, sizeof *steps);
    for (size_t i = 0; i < count; i++)
        steps[i] = what[i].rule ? np_answer_rule(payslip, month.situation, what[i].rule, run->args.lang)
                                : np_explain_total(payslip, month.situation, what[i].total, run->args.lang);
    np_explanations explanations = {
        .book = run->book, .steps = steps, .count = count, .date = payslip->date, .lang = run->args.lang};
    if (run->book->career)
        explanations.conditions = np_eligibility(situation, run->arena, run->args.lang, &explanations.condition_count);
    np_run_show(run, np_explanations_output(&explanations));
}
