/* natopay project: what a career pays month by month, or summed by year. */
#include <string.h>

#include "natopay/ask/run.h"

static bool read_by(np_run *run, np_by *by)
{
    static const char *const NAMES[] = {"month", "year", "contract_year", "stretch"};
    np_arg arg = run->args.value[NP_OPT_BY];
    *by = NP_BY_YEAR;
    if (!arg.text) return true;
    for (int i = 0; i < 4; i++)
        if (strcmp(arg.text, NAMES[i]) == 0) {
            *by = (np_by)i;
            return true;
        }
    np_diag *diag = np_run_usage(run, arg, "'%s' is no choice for --by", arg.text);
    np_diag_hint(&run->diags, diag, "choose one of month, year, contract_year, stretch");
    return false;
}

void np_cmd_project(np_run *run)
{
    np_timeline timeline;
    np_by by;
    bool known = read_by(run, &by);
    if (!np_run_timeline(run, false, &timeline) || !known) return;
    timeline.by = by;
    np_run_show(run, np_project_output(&timeline));
}
