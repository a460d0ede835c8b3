/* Reporting that the command line is used wrongly. */
#include <stdarg.h>
#include <stdio.h>

#include "natopay/ask/run.h"

np_diag *np_run_usage(np_run *run, np_arg at, const char *format, ...)
{
    char message[512];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, np_say(run->args.lang, format), args);
    va_end(args);
    return np_report(&run->diags, NP_CODE_USAGE, at.at, "%s", message);
}
