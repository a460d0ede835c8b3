/* natopay sample-staff: a made-up staff list. */
#include <stdlib.h>
#include <string.h>

#include "atomic_file.h"
#include "natopay/plan/sample.h"

enum { ROWS_AT_ONCE = 1000 };

static bool read_number(np_run *run, np_arg arg, bool seed, uint64_t most, uint64_t *value)
{
    char *end;
    size_t digits = strspn(arg.text, "0123456789");
    *value = strtoull(arg.text, &end, 10);
    if (digits > 0 && digits <= 18 && arg.text[digits] == '\0' && *value <= most) return true;
    np_diag *diag =
        np_run_usage(run, arg, seed ? NP_MARK("'%s' is no seed") : NP_MARK("'%s' is no number of staff"), arg.text);
    np_diag_hint(&run->diags, diag, "give a whole number, at most %llu", (unsigned long long)most);
    return false;
}

void np_disk_sample_staff(np_run *run)
{
    uint64_t count = 0, seed = 1;
    run->written = true;
    if (run->args.file_count != 1) {
        np_diag *diag = np_report(&run->diags, NP_CODE_USAGE, run->args.command.at,
                                  "natopay sample-staff takes one number: how many");
        np_diag_hint(&run->diags, diag, "for example natopay sample-staff 1000");
        return;
    }
    np_arg asked = run->args.value[NP_OPT_SEED];
    if (!read_number(run, run->args.files[0], false, 1000000000, &count)) return;
    if (asked.text && !read_number(run, asked, true, UINT64_MAX / 16, &seed)) return;
    if (!np_run_load(run, NULL, 0)) return;
    np_sample sample;
    if (!np_sample_init(&sample, run->book, seed)) {
        np_report(&run->diags, NP_CODE_MISSING_SCALE, np_span_none(), "the rule book has no scale of a member country");
        return;
    }
    np_atomic_file file;
    np_text text;
    np_text_init(&text, NP_OUTPUT_LIMIT);
    if (!np_atomic_open(run, &file, run->args.value[NP_OPT_OUTPUT].text, (np_atomic_how){0})) return;
    np_sample_header(&sample, &text);
    bool ok = true;
    for (uint64_t i = 1; ok && i <= count; i++) {
        np_sample_row(&sample, &text, i);
        if (i % ROWS_AT_ONCE) continue;
        ok = np_atomic_write_text(&file, &text);
        np_text_clear(&text);
    }
    if (ok) np_atomic_write_text(&file, &text);
    np_text_free(&text);
    np_atomic_finish(run, &file);
}
