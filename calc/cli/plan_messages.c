/* What a plan tells of a list on standard error: how it was read, and why rows were rejected. */
#include <string.h>

#include "plan_run.h"

enum { NAMES_MOST = 300, KINDS_FROM = 4, KINDS_MOST = 20, TEXT_MOST = 1 << 16 };

/* ---- how it was read ---- */

static void put_name(np_text *out, const char *name)
{
    np_text_add_safe(out, name, strlen(name));
}

/* Columns that nobody asked for, as far as there is room for their names. */
static void put_carried(np_text *out, const np_columns *columns, const np_lang *lang)
{
    size_t carried = 0, from = out->length;
    for (size_t i = 0; i < columns->count; i++) {
        const np_staff_column *column = &columns->columns[i];
        if (column->kind != NP_COLUMN_CARRY || column->asked) continue;
        if (++carried > 1 && out->length - from < NAMES_MOST) np_text_puts(out, ", ");
        if (out->length - from >= NAMES_MOST) continue;
        put_name(out, column->name);
        if (column->like) np_text_printf(out, np_say(lang, " (not %s, which another column is)"), column->like->name);
        if (column->near) np_text_printf(out, np_say(lang, " (is it %s?)"), column->near->name);
    }
    if (out->length - from >= NAMES_MOST) np_text_puts(out, " ...");
    if (carried > 1) np_text_printf(out, np_say_number(lang, " (%zu column)", " (%zu columns)", carried), carried);
}

static bool carries_unasked(const np_columns *columns)
{
    bool any = false;
    for (size_t i = 0; i < columns->count; i++)
        any = any || (columns->columns[i].kind == NP_COLUMN_CARRY && !columns->columns[i].asked);
    return any;
}

void np_list_say(np_plan_job *job)
{
    const np_lang *lang = job->run->args.lang;
    const np_columns *columns = &job->ask.columns;
    bool carries = carries_unasked(columns), recoded = job->list.encoding != NP_UTF_8;
    if (job->run->args.diagnostics_json || (!carries && !recoded && !job->list.converted && !job->ask.records_above))
        return;
    np_text out;
    np_text_init(&out, TEXT_MOST);
    if (job->list.converted) np_text_puts(&out, np_say(lang, "read from a workbook"));
    if (recoded) np_text_printf(&out, np_say(lang, "read as %s"), np_encoding_name(job->list.encoding));
    if (job->ask.records_above) {
        unsigned long long line = job->ask.header_line;
        np_text_printf(&out, np_say(lang, "%sthe header is in line %llu"), out.length ? "; " : "", line);
    }
    if (carries) {
        if (out.length) np_text_puts(&out, "; ");
        np_text_puts(&out, np_say(lang, "no inputs, and kept beside the results: "));
        put_carried(&out, columns, lang);
    }
    const char *list = job->run->args.files[0].text;
    if (out.no_memory) {
        np_text_free(&out);
        np_arena_give_up(job->run->arena);
    }
    fprintf(stderr, np_say(lang, "natopay: note: %s: %s"), list, np_text_string(&out));
    fprintf(stderr, np_say(lang, " (natopay check %s shows each column)"), list);
    fputc('\n', stderr);
    np_text_free(&out);
}

/* ---- why rows were rejected ---- */

static void put_problem(np_text *out, const np_problem *problem, const np_lang *lang, bool table)
{
    unsigned long long rows = problem->rows, line = problem->line;
    if (table)
        np_text_printf(out, "%8llu  ", rows);
    else
        np_text_printf(out, np_say_number(lang, "%llu row: ", "%llu rows: ", rows), rows);
    if (*problem->column) {
        put_name(out, problem->column);
        np_text_puts(out, np_say(lang, ": "));
    }
    put_name(out, np_say(lang, problem->text));
    np_text_printf(out, np_say(lang, " (first in line %llu)"), line);
}

/* A table where there are many: one mistake of an export is one of all its rows. */
static void put_problems(np_plan_job *job, np_text *out)
{
    np_run *run = job->run;
    const np_lang *lang = run->args.lang;
    np_problems *problems = &job->problems;
    if (job->totals.rejected < KINDS_FROM || !problems->count) return;
    np_problems_sort(problems);
    if (problems->all[0].rows < 2) return; /* each row has its own */
    if (!run->args.diagnostics_json) np_text_puts(out, np_say(lang, "    rows  why they were rejected\n"));
    for (size_t i = 0; i < problems->count && i < KINDS_MOST; i++) {
        put_problem(out, &problems->all[i], lang, !run->args.diagnostics_json);
        if (!run->args.diagnostics_json) {
            np_text_putc(out, '\n');
            continue;
        }
        np_report(&run->diags, NP_CODE_ROW_REJECTED, np_span_none(), "%s", np_text_string(out));
        np_text_clear(out);
    }
    unsigned long long more = problems->count > KINDS_MOST ? problems->count - KINDS_MOST : 0;
    if (more && !run->args.diagnostics_json)
        np_text_printf(out,
                       np_say_number(lang, "          and %llu other reason: --reject FILE tells of each row\n",
                                     "          and %llu other reasons: --reject FILE tells of each row\n", more),
                       more);
}

/* ---- what became of the rows ---- */

/* In text the account is part of the output. */
static void put_account(const np_plan_job *job, np_text *out)
{
    np_run *run = job->run;
    unsigned long long blank = job->ask.csv.blank_rows;
    if (run->args.diagnostics_json) return;
    if (blank) {
        np_text_printf(
            out, np_say_number(run->args.lang, "%llu blank row passed over", "%llu blank rows passed over", blank),
            blank);
        np_text_putc(out, '\n');
    }
    if (run->args.format == NP_FORMAT_TEXT) return;
    if (job->totals.further)
        np_text_printf(out, "%s\n", np_plan_about_further(&job->totals, run->arena, run->args.lang));
    np_plan_account(out, &job->totals, run->args.lang);
    np_text_putc(out, '\n');
}

bool np_messages_put(np_plan_job *job)
{
    put_problems(job, &job->messages);
    put_account(job, &job->messages);
    if (job->totals.rejected && job->says_why) np_reasons_say(job);
    np_plan_warn_of_scenarios(&job->ask, &job->totals);
    return !job->messages.no_memory || np_run_no_memory(job->run);
}
