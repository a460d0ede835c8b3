#include "cli.h"

void np_cmd_timeline(np_run *run)
{
    np_timeline timeline;
    if (!np_run_timeline(run, true, &timeline)) return;
    switch (run->args.format) {
    case NP_FORMAT_JSON:
        np_show_timeline_json(&run->out, &timeline);
        break;
    case NP_FORMAT_CSV:
        np_show_timeline_csv(&run->out, &timeline);
        break;
    case NP_FORMAT_ICS:
        np_show_timeline_ics(&run->out, &timeline);
        break;
    case NP_FORMAT_HTML:
        np_show_timeline_html(&run->out, &timeline);
        break;
    default:
        np_show_timeline_text(&run->out, &timeline);
        break;
    }
}
