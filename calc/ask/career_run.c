/* What timeline and project share: the career, its paths, its milestones. */
#include <string.h>

#include "natopay/ask/run.h"
#include "natopay/career/month.h"

/* --months N; 0 after reporting. */
static int32_t months_asked(np_run *run, int32_t fallback)
{
    np_arg arg = run->args.value[NP_OPT_MONTHS];
    if (!arg.text) return fallback;
    int32_t months = 0;
    const char *c = arg.text;
    for (; np_is_digit(*c) && months <= NP_MONTHS_MAX; c++) months = months * 10 + (*c - '0');
    if (c != arg.text && *c == '\0' && months >= 1 && months <= NP_MONTHS_MAX) return months;
    np_diag *diag = np_report(&run->diags, NP_CODE_BAD_HORIZON, arg.at, "--months takes 1 to %d, not '%s'",
                              NP_MONTHS_MAX, arg.text);
    np_diag_hint(&run->diags, diag, "use for example 36 or 72");
    return 0;
}

static const np_projection *with_adjustment(np_run *run, const np_situation *situation, const char *end,
                                            const np_project_options *options)
{
    int from = np_book_slot(run->book, end), to = np_book_slot(run->book, "annual_adjustment");
    if (from < 0 || to < 0 || !situation->given[from]) return NULL;
    np_situation *copy = np_situation_copy(situation, run->arena);
    np_situation_set_value(copy, (uint16_t)to, situation->values[from]);
    np_career *career = np_career_new(copy, run->arena, &run->diags);
    return career ? np_career_project(career, options) : NULL;
}

/* The chosen path first, then the others that are open. */
static bool add_paths(np_run *run, np_career *career, np_project_options options, bool all, np_timeline *t)
{
    const np_projection *chosen = np_career_project(career, &options);
    if (!chosen) return false;
    t->paths[t->path_count++] = chosen;
    if (!all || !chosen->path) return true;
    for (size_t i = 0; i < run->book->career->path_count && t->path_count < NP_TIMELINE_PATHS; i++) {
        options.path = &run->book->career->paths[i];
        if (options.path == chosen->path || !np_career_path_open(career, options.path)) continue;
        const np_projection *other = np_career_project(career, &options);
        if (!other) return false;
        t->paths[t->path_count++] = other;
    }
    return true;
}

bool np_run_timeline(np_run *run, bool all_paths, np_timeline *t)
{
    if (!np_run_load(run, run->args.files, run->args.file_count)) return false;
    np_situation *situation = np_run_situation(run);
    np_project_options options = {.months = months_asked(run, run->book->months), .lines = true, .causes = true};
    if (!situation || !options.months) return false;
    np_run_assume_grade(run, situation, (np_arg){0});
    np_career *career = np_career_new(situation, run->arena, &run->diags);
    if (!career || !np_career_check(career)) return false;
    *t = (np_timeline){.career = career, .arena = run->arena, .diags = &run->diags, .lang = run->args.lang};
    if (!add_paths(run, career, options, all_paths, t)) return false;
    np_total_ranges_of(t->paths, t->path_count, run->arena, t->ranges);
    np_report_age(&run->diags, &career->terms, t->paths[0]->last);
    options.path = t->paths[0]->path;
    t->low = with_adjustment(run, situation, "annual_adjustment_low", &options);
    t->high = with_adjustment(run, situation, "annual_adjustment_high", &options);
    t->conditions = np_eligibility(situation, run->arena, run->args.lang, &t->condition_count);
    if (!all_paths) return run->diags.errors == 0;
    t->milestones = np_career_milestones(t->paths[0], &t->milestone_count);
    return run->diags.errors == 0;
}

const np_eligible *np_run_eligibility(np_run *run, size_t *count)
{
    size_t posts = 0, persons = 0;
    for (size_t i = 0; i < run->book->definition_count; i++) {
        posts += strcmp(run->book->definitions[i]->type, "post") == 0;
        persons += strcmp(run->book->definitions[i]->type, "person") == 0;
    }
    bool one_of_each = posts == 1 && persons == 1, by_hand = run->args.set_count > 0 && posts <= 1 && persons <= 1;
    if ((!one_of_each && !by_hand) || run->diags.errors) return NULL;
    np_situation *situation = np_run_situation(run);
    if (!situation) return NULL;
    return np_eligibility(situation, run->arena, run->args.lang, count);
}
