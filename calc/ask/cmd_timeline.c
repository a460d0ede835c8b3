/* natopay timeline: a career with its milestones, and what each stretch of it pays. */
#include "natopay/ask/run.h"

void np_cmd_timeline(np_run *run)
{
    np_timeline timeline;
    if (!np_run_timeline(run, true, &timeline)) return;
    np_run_show(run, np_timeline_output(&timeline));
}
