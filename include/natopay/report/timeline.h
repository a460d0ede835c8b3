/* A career as people, programs and calendars read it. */
#ifndef NATOPAY_REPORT_TIMELINE_H
#define NATOPAY_REPORT_TIMELINE_H

#include "natopay/career/milestones.h"
#include "natopay/career/total_range.h"
#include "natopay/report/output.h"

enum { NP_TIMELINE_PATHS = 16 };

typedef struct np_timeline {
    const np_career *career;
    const np_projection *paths[NP_TIMELINE_PATHS]; /* all paths that are open; the first is the one chosen */
    np_total_range ranges[NP_TIMELINE_PATHS];      /* of what each pays in all */
    size_t path_count;
    const np_dated *milestones;
    size_t milestone_count;
    const np_eligible *conditions; /* NULL: not asked for */
    size_t condition_count;
    const np_projection *low, *high; /* with the adjustment's low and high; NULL: no range */
    np_arena *arena;
    const np_diags *diags;
    const np_lang *lang;
    np_by by; /* of a projection: its periods */
} np_timeline;

/* With an event for each milestone and each change of pay on the chosen path, for calendars. */
np_output np_timeline_output(const np_timeline *timeline);

/* The sums of one projection, a row for each period. */
np_output np_project_output(const np_timeline *timeline);

/* Why pay changes. */
const char *np_cause_words(const np_projection *projection, np_arena *arena, const np_lang *lang,
                           const np_cause *cause);

/* What a post asks of a person, as a section. */
void np_eligibility_section(np_doc *doc, const np_book *book, const np_eligible *conditions, size_t count);
void np_json_eligibility(np_json *json, np_arena *arena, const np_book *book, const np_eligible *conditions,
                         size_t count, const np_lang *lang);

#endif
