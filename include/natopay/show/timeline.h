/* A career as people, programs and calendars read it. */
#ifndef NATOPAY_SHOW_TIMELINE_H
#define NATOPAY_SHOW_TIMELINE_H

#include "natopay/career/milestones.h"

enum { NP_TIMELINE_PATHS = 16 };

typedef struct np_timeline {
    const np_career *career;
    const np_projection *paths[NP_TIMELINE_PATHS]; /* all paths that are open; the first is the one chosen */
    size_t path_count;
    const np_dated *milestones;
    size_t milestone_count;
    const np_eligible *conditions; /* NULL: not asked for */
    size_t condition_count;
    const np_projection *low, *high; /* with the adjustment's low and high; NULL: no range */
    np_arena *arena;
    const np_diags *diags;
    const np_lang *lang;
} np_timeline;

void np_show_timeline_text(np_text *out, const np_timeline *timeline);
/* {"milestones":[...],"paths":[...]}: see DESIGN.md, "JSON". */
void np_show_timeline_json(np_text *out, const np_timeline *timeline);
void np_show_timeline_csv(np_text *out, const np_timeline *timeline);
/* RFC 5545: an all-day event for each milestone and each change of pay on the chosen path. */
void np_show_timeline_ics(np_text *out, const np_timeline *timeline);
/* One self-contained page. */
void np_show_timeline_html(np_text *out, const np_timeline *timeline);

/* The sums of one projection, a row for each period. */
void np_show_project_text(np_text *out, const np_timeline *timeline, np_by by);
void np_show_project_json(np_text *out, const np_timeline *timeline, np_by by);
void np_show_project_csv(np_text *out, const np_timeline *timeline, np_by by);

void np_show_eligibility_text(np_text *out, const np_timeline *timeline, const np_book *book);

/* ---- words: see career_words.c ---- */

const char *np_cause_words(const np_projection *projection, np_arena *arena, const np_lang *lang,
                           const np_cause *cause);
const char *np_path_words(const np_projection *projection, const np_lang *lang);
const char *np_dated_words(const np_dated *dated, np_arena *arena, const np_lang *lang);
const char *np_sources_words(const np_about *about, np_arena *arena, const char *between);
const char *np_ends_words(const np_terms *terms, np_arena *arena, const np_lang *lang);

#endif
