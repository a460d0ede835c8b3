/* natopay estimate: the payslip of a month, its range, and what to answer next. */
#include "natopay/ask/run.h"
#include "natopay/career/month.h"
#include "natopay/report/estimate.h"

/* --strict: every line, and the total, must be published or chained. */
static bool strict_enough(np_run *run, const np_payslip *payslip)
{
    if (!run->args.value[NP_OPT_STRICT].text) return true;
    bool ok = true;
    for (size_t i = 0; i < run->book->rule_count; i++) {
        const np_rule *rule = &run->book->rules[i];
        const np_line *line = &payslip->lines[i];
        if (rule->kind == NP_FACT || line->state != NP_LINE_DUE || line->status <= NP_CHAINED) continue;
        np_diag *diag = np_report(&run->diags, NP_CODE_NOT_STRICT, rule->at, "%s is only %s", rule->name,
                                  np_status_word((np_status)line->status, run->args.lang));
        np_diag_hint(&run->diags, diag, "natopay explain %s shows what it rests on", rule->name);
        ok = false;
    }
    return ok;
}

/* A table has no room for a tree, nor for another table. */
static bool fits_format(np_run *run)
{
    static const np_option MORE[] = {NP_OPT_EXPLAIN, NP_OPT_SENSITIVITY};
    bool alone = np_format_has(run->args.format) == NP_ROOM_FOR_A_TABLE;
    for (size_t i = 0; i < 2 && alone; i++) {
        np_arg arg = run->args.value[MORE[i]];
        if (!arg.text) continue;
        np_diag *diag =
            np_run_usage(run, arg, "%s does not go with --format %s", arg.text, np_format_name(run->args.format));
        np_diag_hint(&run->diags, diag, "choose text or json");
    }
    np_arg questions = run->args.value[NP_OPT_QUESTIONS];
    if (questions.text && run->args.format != NP_FORMAT_JSON)
        np_diag_hint(&run->diags, np_run_usage(run, questions, "%s goes with --format json alone", questions.text),
                     "choose json");
    return run->diags.errors == 0;
}

/* A table of all grades, where the notice names none. False: the grade is known, or nothing can be said of any. */
static bool show_by_grade(np_run *run, const np_situation *situation)
{
    np_by_grade by_grade;
    if (!np_run_by_grade(run, situation, &by_grade)) return false;
    np_run_show(run, np_by_grade_output(&by_grade));
    return true;
}

/* How sure the net is: its range, and where asked for what each figure and each open question does to it. */
static bool add_doubts(np_run *run, np_situation *situation, np_estimate *estimate)
{
    np_arg *value = run->args.value;
    np_sensitivity *rows = NULL;
    np_effect *questions = NULL;
    bool by_figure = np_format_has(run->args.format) == NP_ROOM_FOR_CHARTS || value[NP_OPT_SENSITIVITY].text;
    if (!np_net_range(situation, run->arena, &run->diags, &estimate->range)) return false;
    if (by_figure && !np_net_sensitivity(situation, run->arena, &run->diags, &rows, &estimate->sensitivity_count))
        return false;
    if (value[NP_OPT_QUESTIONS].text &&
        !np_effects(situation, run->arena, &run->diags, &questions, &estimate->question_count))
        return false;
    estimate->sensitivity = rows;
    estimate->questions = questions;
    return true;
}

void np_cmd_estimate(np_run *run)
{
    if (!fits_format(run)) return;
    if (!np_run_load(run, run->args.files, run->args.file_count) && !np_run_is_sound(run)) return;
    np_situation *situation = np_run_situation(run);
    if (!situation || show_by_grade(run, situation)) return;
    np_month month;
    if (!np_month_open(&month, situation, run->arena, &run->diags) || !np_month_compute(&month, &run->diags)) return;
    np_payslip *payslip = month.payslip;
    bool consistent = np_month_check(&month, &run->diags);
    if (!strict_enough(run, payslip) || !consistent) return;
    np_estimate estimate = {.book = run->book,
                            .situation = situation,
                            .payslip = payslip,
                            .diags = &run->diags,
                            .lang = run->args.lang,
                            .explain = run->args.value[NP_OPT_EXPLAIN].text != NULL};
    if (run->book->career)
        estimate.conditions = np_eligibility(situation, run->arena, run->args.lang, &estimate.condition_count);
    if (!add_doubts(run, month.situation, &estimate)) return;
    np_run_show(run, np_estimate_output(&estimate));
}
