/* Writing what a command shows to its output. */
#include "atomic_file.h"

bool np_write_output(np_run *run)
{
    if (run->out.failed) {
        np_report(&run->diags, NP_CODE_NO_MEMORY, np_span_none(), "the output did not fit into memory");
        return false;
    }
    if (run->args.format == NP_FORMAT_TEXT) np_text_make_safe(&run->out); /* titles and labels come from outside */
    np_atomic_file file;
    if (!np_atomic_open(run, &file, run->args.value[NP_OPT_OUTPUT].text, (np_atomic_how){0})) return false;
    np_atomic_write_text(&file, &run->out);
    return np_atomic_finish(run, &file);
}
