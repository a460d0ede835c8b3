/* Writing what a command shows to its output, and saying why that failed. */
#include <errno.h>
#include <string.h>

#include "atomic_file.h"

np_diag *np_run_cannot_write(np_run *run, const char *path, int error)
{
    const char *why = np_say(run->args.lang, strerror(error));
    if (!path)
        return np_report(&run->diags, NP_CODE_CANNOT_WRITE, np_span_none(), "cannot write to standard output: %s", why);
    np_diag *diag = np_report(&run->diags, NP_CODE_CANNOT_WRITE, np_span_none(), "cannot write '%s': %s", path, why);
    if (error == EISDIR) np_diag_hint(&run->diags, diag, "name a file in it");
    if (error == ENOENT) np_diag_hint(&run->diags, diag, "its folder must be there already");
    return diag;
}

bool np_write_output(np_run *run)
{
    if (run->out.failed) {
        np_report(&run->diags, NP_CODE_NO_MEMORY, np_span_none(), "the output did not fit into memory");
        return false;
    }
    if (run->args.format == NP_FORMAT_TEXT) np_text_make_safe(&run->out); /* titles and labels come from outside */
    np_atomic_file file;
    if (!np_atomic_open(run, &file, run->args.value[NP_OPT_OUTPUT].text, (np_atomic_how){0})) return false;
    np_atomic_write(&file, run->out.data, run->out.length);
    return np_atomic_finish(run, &file);
}
