/* natopay explain: why a line is what it is, or why it is not there. */
#include <string.h>

#include "natopay/ask/run.h"
#include "natopay/career/month.h"
#include "natopay/report/estimate.h"
#include "natopay/report/reconcile_report.h"

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

static void refuse_name(np_run *run, const char *name, np_span at, bool facts)
{
    const char *near = np_book_suggest(run->book, "rule", name);
    for (int i = 0; i < NP_TOTAL_COUNT; i++)
        if (np_edit_distance(name, np_total_name((np_total_kind)i), 1) <= 1) near = np_total_name((np_total_kind)i);
    np_diag *diag = np_report(
        &run->diags, NP_CODE_UNKNOWN_NAME, at,
        facts ? NP_MARK("no line or fact is called '%s'") : NP_MARK("no line of a payslip is called '%s'"), name);
    if (near)
        np_diag_hint(&run->diags, diag, "did you mean %s?", near);
    else
        np_diag_hint(&run->diags, diag,
                     "natopay show rule lists them; the totals are gross, deductions, net, employer_cost and once");
}

/* What an argument asks about: a line or fact, or a total. */
static bool named(np_run *run, np_arg arg, np_measure *what)
{
    if (np_measure_find(run->book, arg.text, run->args.lang, what)) return true;
    refuse_name(run, arg.text, arg.at, true);
    return false;
}

/* What is asked for; all lines that are due when nothing is named. */
static size_t choose(np_run *run, size_t names, const np_payslip *payslip, np_measure *what)
{
    size_t count = 0;
    for (size_t i = 0; i < names; i++) count += named(run, run->args.files[i], &what[count]);
    for (size_t i = 0; i < run->book->rule_count && names == 0; i++)
        if (run->book->rules[i].kind != NP_FACT && payslip->lines[i].state == NP_LINE_DUE)
            what[count++].rule = &run->book->rules[i];
    return count;
}

enum { EXPLANATIONS_MOST = 80, WORK_MEMORY = 1 << 26 };

const char *np_run_against(np_run *run, np_measure *measure, const char *form, const char *example)
{
    np_arg arg = run->args.value[NP_OPT_AGAINST];
    size_t length = strcspn(arg.text, "=");
    if (!arg.text[length] || !arg.text[length + 1]) {
        np_diag *diag = np_run_usage(run, arg, "--against takes %s, not '%s'", np_say(run->args.lang, form), arg.text);
        np_diag_hint(&run->diags, diag, "for example --against %s; a line of the payslip can be named too", example);
        return NULL;
    }
    if (np_measure_parse(run->book, arg.text, length, run->args.lang, measure)) return arg.text + length + 1;
    np_span at = np_span_of(arg.at.file, arg.at.offset, length);
    refuse_name(run, np_arena_copy(run->arena, arg.text, length), at, false);
    return NULL;
}

/* False after reporting. */
static bool read_against(np_run *run, np_measure *measure, np_value *amount)
{
    np_arg arg = run->args.value[NP_OPT_AGAINST];
    np_ini_key key = {.name = "against"};
    key.value = np_run_against(run, measure, NP_MARK("NAME=AMOUNT"), "net=4711.20");
    if (!key.value) return false;
    key.value_at = np_span_of(arg.at.file, arg.at.offset + (size_t)(key.value - arg.text), strlen(key.value));
    return np_book_read_value(run->book, &run->diags, &key, NP_MONEY, amount);
}

/* What would explain the difference from a payslip. */
typedef struct comparing {
    np_run *run;
    const np_situation *situation;
    np_reconcile of;
    np_arena *work;
    np_measure measure;
    np_value amount;
} comparing;

static void compare(void *context)
{
    comparing *c = context;
    np_run *run = c->run;
    np_one_explanation found[EXPLANATIONS_MOST];
    np_reconcile_begin(&c->of, run->book, run->arena, c->work, &c->measure, NP_DATE_NONE);
    if (!np_reconcile_add(&c->of, c->situation, 0, c->amount.as.number)) return;
    np_one_reconciled one = {&c->of, found, np_reconcile_one(&c->of, run->args.lang, found, EXPLANATIONS_MOST),
                             run->args.lang};
    uint16_t currency = c->of.rows[0].currency, given = c->amount.currency;
    if (!c->of.rows[0].computed)
        np_report(&run->diags, NP_CODE_MISSING_INPUT, np_span_none(), "%s",
                  c->of.reason ? c->of.reason : np_say(run->args.lang, "it cannot be computed"));
    else if (given != NP_CURRENCY_LOCAL && given != NP_CURRENCY_ANY && given != currency)
        np_report(&run->diags, NP_CODE_CURRENCY_MISMATCH, run->args.value[NP_OPT_AGAINST].at,
                  "the payslip is in %s, not in %s", run->book->currencies[currency].name,
                  run->book->currencies[given].name);
    else
        np_run_show(run, np_one_reconciled_output(&one));
}

static void explain_against(np_run *run, const np_situation *situation)
{
    comparing c = {.run = run, .situation = situation};
    if (!read_against(run, &c.measure, &c.amount) || !(c.work = np_arena_new(WORK_MEMORY))) return;
    if (!np_arena_guard(c.work, compare, &c)) np_run_no_memory(run);
    np_arena_free(c.work);
}

void np_cmd_explain(np_run *run)
{
    size_t names = sort_arguments(run);
    if (!np_run_load(run, run->args.files + names, run->args.file_count - names) && !np_run_is_sound(run)) return;
    np_situation *situation = np_run_situation(run);
    if (!situation) return;
    np_run_assume_grade(run, situation, (np_arg){0});
    if (run->args.value[NP_OPT_AGAINST].text) {
        explain_against(run, situation);
        return;
    }
    np_month month;
    np_measure *what = np_arena_array(run->arena, run->book->rule_count + NP_ARGS_MAX, sizeof *what);
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
