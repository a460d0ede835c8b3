/* Commands that the host of a run carries out, as they work with files of its disk: plan, sample-staff and page. The
 * host also says whether the files that a command names may be read. */
#include "natopay/ask/run.h"

bool np_inputs_named(np_run *run, const np_arg *files, size_t count)
{
    return !run->host->inputs_named || run->host->inputs_named(run, files, count);
}

void np_cmd_plan(np_run *run)
{
    run->host->plan(run);
}

void np_cmd_sample_staff(np_run *run)
{
    run->host->sample_staff(run);
}

void np_cmd_page(np_run *run)
{
    run->host->page(run);
}
