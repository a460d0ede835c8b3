/* What the reports of a timeline share: its words, records and JSON. Private to calc/report. */
#ifndef NATOPAY_REPORT_TIMELINE_REPORT_INTERNAL_H
#define NATOPAY_REPORT_TIMELINE_REPORT_INTERNAL_H

#include "natopay/report/timeline.h"
#include "report_internal.h"

/* "G8-G10, Brussels, Belgium"; with the post's title before it. */
const char *np_career_post_words(np_doc *doc, const np_career *career);
const char *np_career_title(np_doc *doc, const np_career *career);
/* The causes of a stretch, with "; " between. */
const char *np_causes_words(const np_projection *projection, np_arena *arena, const np_lang *lang,
                            const np_stretch *stretch);
const char *np_path_words(const np_projection *projection, const np_lang *lang);
const char *np_path_name(const np_projection *projection); /* for programs; "only" when there is one way alone */
/* Of several paths the milestones of steps are those of the first: the title says which. */
const char *np_milestones_title(np_doc *doc, const np_timeline *t);
const char *np_dated_words(const np_dated *dated, np_arena *arena, const np_lang *lang);
const char *np_ends_words(const np_terms *terms, np_arena *arena, const np_lang *lang); /* NULL: nothing to say */
/* The range of all net pay with the yearly adjustment at its low and high; NULL: there is none. */
const char *np_adjustment_words(np_doc *doc, const np_timeline *timeline);

/* How far what a path pays in all may lie from its total; NULL: nothing is uncertain. */
const char *np_total_range_words(np_doc *doc, const np_timeline *timeline, const np_total_range *range);

/* The table for programs; the days for a calendar. */
void np_timeline_records(np_doc_table *table, const void *result);
void np_timeline_events(np_doc *doc, const np_timeline *timeline);
bool np_timeline_json(np_json *json, np_arena *arena, const void *timeline);
bool np_project_json(np_json *json, np_arena *arena, const void *timeline);

#endif
