/* natopay plan in memory: the list comes with the request, the records are the answer. */
#include <string.h>

#include "memory.h"
#include "natopay/ask/plan_request.h"

typedef struct memory_plan {
    np_plan_asked ask;
    np_session *session;
    np_plan_records records;
    np_totals totals;
    np_text scratch; /* what does not fit into tables of a fixed size */
    np_csv_bytes list;
    bool writes_records;
} memory_plan;

/* ---- where bytes come from and go ---- */

static bool write_scratch(void *context, const void *bytes, size_t size, uint64_t *at)
{
    memory_plan *p = context;
    *at = p->scratch.length;
    np_text_add(&p->scratch, bytes, size);
    return !p->scratch.failed;
}

static bool read_scratch(void *context, void *bytes, size_t size, uint64_t at)
{
    const memory_plan *p = context;
    if (at + size > p->scratch.length) return false;
    memcpy(bytes, p->scratch.data + at, size);
    return true;
}

static bool take_records(void *context, const char *bytes, size_t size)
{
    memory_plan *p = context;
    np_text_add(&p->session->bytes, bytes, size);
    return !p->session->bytes.failed;
}

static bool take_rejects(void *context, const char *bytes, size_t size)
{
    memory_plan *p = context;
    np_text_add(&p->session->rejects, bytes, size);
    return !p->session->rejects.failed;
}

static int tell_rows(void *context, uint64_t rows, bool settled, np_totals *totals)
{
    const memory_plan *p = context;
    (void)settled, (void)totals;
    if (p->session->told) p->session->told(p->session->told_context, rows);
    return NP_GO_ON;
}

/* ---- the run ---- */

static void set_printers(memory_plan *p)
{
    np_run *run = p->ask.run;
    np_format format = run->args.format;
    p->writes_records = np_plan_print_records(&p->ask, &p->records);
    if (run->args.value[NP_OPT_REJECT].text) {
        p->ask.plan.printer.reject = np_plan_reject_record;
        np_plan_reject_header(&p->session->rejects);
    }
    if (format == NP_FORMAT_CSV && !run->args.value[NP_OPT_NO_HEADER].text)
        np_plan_csv_header(&p->session->bytes, &p->ask.head, &p->ask.columns);
    p->ask.plan.sink = (np_sink){p, take_records, take_rejects, tell_rows};
}

static bool judge(memory_plan *p, const np_plan_result *result)
{
    np_run *run = p->ask.run;
    if (result->end == NP_PLAN_DONE) return true;
    if (result->end == NP_PLAN_FAILED_FAST)
        np_report(&run->diags, NP_CODE_BAD_VALUE, np_span_none(),
                  "%s: a row was rejected, and --fail-fast stops there: %s", run->args.files[0].text, result->why);
    else if (result->end == NP_PLAN_FAULTY_RULE)
        return np_plan_faulty_rule(run, result);
    else
        np_run_no_memory(run);
    return false;
}

static void show_totals(memory_plan *p)
{
    np_run *run = p->ask.run;
    np_plan_totals totals = {&p->ask.head, &p->totals, run->args.lang};
    np_totals_sort(&p->totals);
    np_run_show(run, np_plan_output(&totals));
}

static bool run_list(memory_plan *p)
{
    np_plan *plan = &p->ask.plan;
    np_csv_init(&p->ask.csv, np_csv_from_memory(&p->list), p->ask.delimiter);
    np_columns_asked asked = {.key = NULL};
    if (!np_plan_ask_names(&p->ask, NULL) || !np_plan_ask_columns(&p->ask, &asked)) return false;
    plan->columns = &p->ask.columns;
    plan->scratch = (np_scratch){p, write_scratch, read_scratch};
    plan->jobs = 1;
    np_totals_init(&p->totals, (uint16_t)plan->book_count, plan->window.periods, plan->scratch);
    set_printers(p);
    if (np_plan_selects(plan)) {
        np_plan_result before = np_plan_select(plan, &p->ask.csv);
        if (!judge(p, &before)) return false;
        p->list.at = 0;
        np_plan_begin_again(&p->ask, np_csv_from_memory(&p->list));
    }
    np_plan_result result = np_plan_run(plan, &p->ask.csv, &p->totals);
    if (!judge(p, &result)) return false;
    if (!p->writes_records) show_totals(p);
    if (p->totals.rejected) p->ask.run->exit = 1;
    np_plan_warn_of_scenarios(&p->ask, &p->totals);
    return true;
}

/* What needs files of its own is for the command line. */
static bool fits(np_run *run)
{
    static const np_option ON_DISK[] = {NP_OPT_PART, NP_OPT_MERGE, NP_OPT_RESUME};
    for (size_t i = 0; i < sizeof ON_DISK / sizeof ON_DISK[0]; i++)
        if (run->args.value[ON_DISK[i]].text)
            np_run_usage(run, run->args.value[ON_DISK[i]], "--%s is for the command line",
                         np_option_describe(ON_DISK[i])->name);
    if (run->args.format == NP_FORMAT_SQLITE)
        np_run_usage(run, run->args.value[NP_OPT_FORMAT], "natopay %s is for the command line", "plan --format sqlite");
    if (run->args.file_count != 1)
        np_report(&run->diags, NP_CODE_USAGE, run->args.command.at, "natopay plan takes one staff list");
    return run->diags.errors == 0;
}

enum { LIST_MAX = 64 * 1024 * 1024 };

void np_memory_plan(np_run *run)
{
    memory_plan *p = np_arena_alloc(run->arena, sizeof *p);
    p->session = run->host->context;
    if (!fits(run)) return;
    np_reader memory = np_run_reader(run);
    const char *path = run->args.files[0].text;
    char *bytes = NULL;
    const char *why = memory.read(memory.context, run->arena, path, LIST_MAX, &bytes, &p->list.size);
    p->list.bytes = bytes;
    if (why)
        np_report(&run->diags, NP_CODE_CANNOT_READ, np_span_none(), "cannot read '%s': %s", path,
                  np_say(run->args.lang, why));
    if (why || !np_plan_ask(&p->ask, run)) return;
    np_text_init(&p->scratch, NP_OUTPUT_LIMIT);
    bool done = run_list(p);
    run->written = !done || p->writes_records;
    np_csv_free(&p->ask.csv);
    np_totals_free(&p->totals);
    np_text_free(&p->scratch);
}
