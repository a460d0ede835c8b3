/* The totals of a plan, from a run or from parts. */
#include <string.h>

#include "plan_run.h"

static bool write_summary(np_run *run, const np_plan_head *head, np_totals *totals)
{
    np_table table;
    switch (run->args.format) {
    case NP_FORMAT_JSON:
        return np_plan_json(&run->out, run->arena, head, totals);
    case NP_FORMAT_CSV:
        np_table_init(&table, run->arena);
        np_plan_table_of_groups(&table, head, totals, true);
        np_table_csv(&run->out, &table);
        return true;
    case NP_FORMAT_HTML:
        return np_plan_html(&run->out, run->arena, head, totals, run->args.lang);
    case NP_FORMAT_XLSX:
        return np_plan_xlsx(&run->out, run->arena, head, totals, run->args.lang);
    default:
        return np_plan_text(&run->out, run->arena, head, totals, run->args.lang);
    }
}

bool np_plan_summary(np_run *run, const np_plan_head *head, np_totals *totals)
{
    if (write_summary(run, head, totals)) return true;
    np_diag *diag = np_report(&run->diags, NP_CODE_CANNOT_READ, np_span_none(),
                              "the totals cannot be laid out: temporary files cannot be read or written");
    if (run->args.format == NP_FORMAT_XLSX) np_diag_hint(&run->diags, diag, "a workbook needs libxlsxwriter as well");
    return false;
}
