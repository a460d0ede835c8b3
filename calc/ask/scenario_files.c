/* The files that one --scenario names, one laid on top of another. */
#include <string.h>

#include "natopay/ask/plan_request.h"

static bool is_file(np_run *run, const char *path)
{
    np_diags discarded;
    np_diags_init(&discarded, run->arena);
    return np_read_text(np_run_reader(run), &discarded, path, NP_INI_FILE_LIMIT) != NULL;
}

/* "a.ini+b.ini" is one scenario on top of another, unless a file is called so. */
np_arg *np_plan_scenario_files(np_run *run, const np_arg *scenario, size_t *count)
{
    np_arg *files = np_arena_array(run->arena, strlen(scenario->text) + 1, sizeof *files);
    files[0] = *scenario;
    *count = 1;
    if (!strchr(scenario->text, '+') || is_file(run, scenario->text)) return files;
    size_t at = 0;
    for (*count = 0;; at++) {
        size_t length = strcspn(scenario->text + at, "+");
        np_span place = np_span_of(scenario->at.file, scenario->at.offset + at, length);
        files[(*count)++] = (np_arg){np_arena_copy(run->arena, scenario->text + at, length), place};
        at += length;
        if (!scenario->text[at]) return files;
    }
}
