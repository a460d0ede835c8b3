/* The totals of a plan, from a run or from parts. */
#include "plan_run.h"

bool np_plan_summary(np_run *run, const np_plan_head *head, np_totals *totals)
{
    np_plan_totals result = {head, totals, run->args.lang};
    np_output output = np_plan_output(&result);
    output.columns = np_run_columns(run);
    if (np_render(&run->out, run->args.format, &output, run->arena)) return true;
    if (run->out.no_memory) return np_run_no_memory(run);
    np_diag *diag = np_report(&run->diags, NP_CODE_CANNOT_WRITE, np_span_none(),
                              "the totals cannot be laid out: temporary files cannot be read or written");
    if (run->args.format == NP_FORMAT_XLSX) np_diag_hint(&run->diags, diag, "a workbook needs libxlsxwriter as well");
    return false;
}
