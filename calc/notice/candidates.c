/* What was found for a field, if it is this post's; and what there is to warn of. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "notice_internal.h"

enum { CANDIDATES_MAX = 4000, WARNINGS_MAX = 50 };

int np_region_weight(const np_reading *reading, np_notice_field field, size_t at)
{
    int weight = 0;
    for (size_t i = 0; i < reading->region_count; i++) {
        const struct np_region *r = &reading->regions[i];
        if (r->pattern->role == NP_ROLE_REGION && at >= r->from && at < r->to && (r->pattern->fields >> field & 1))
            weight += r->pattern->weight;
    }
    return weight;
}

bool np_in_passage(const np_reading *reading, np_notice_field field, size_t at, const char *value)
{
    for (size_t i = 0; i < reading->region_count; i++) {
        const struct np_region *r = &reading->regions[i];
        if (r->pattern->role == NP_ROLE_REGION && r->pattern->value && strcmp(r->pattern->value, value) == 0 &&
            (r->pattern->fields >> field & 1) && at >= r->from && at < r->to)
            return true;
    }
    return false;
}

np_candidate *np_candidate_add(np_reading *reading, const np_pattern *pattern, np_notice_field field, const char *value,
                               size_t from, size_t to, int score)
{
    if (reading->candidate_count >= CANDIDATES_MAX || !value[0]) return NULL;
    reading->candidates = np_arena_grow(reading->arena, reading->candidates, &reading->candidate_capacity,
                                        reading->candidate_count + 1, sizeof *reading->candidates);
    np_candidate *c = &reading->candidates[reading->candidate_count++];
    *c = (np_candidate){.field = field,
                        .pattern = pattern,
                        .value = value,
                        .from = from,
                        .to = to,
                        .score = score + np_region_weight(reading, field, from),
                        .higher = -1,
                        .station = UINT16_MAX,
                        .headed = pattern->headed || pattern->slot >= 0 || pattern->strict};
    return c;
}

bool np_belongs_to_another(const np_reading *reading, np_notice_field field, size_t at, bool headed)
{
    for (size_t i = 0; i < reading->region_count; i++) {
        const struct np_region *r = &reading->regions[i];
        if (r->pattern->role != NP_ROLE_OWNER || !(r->pattern->fields >> field & 1) || at < r->from || at >= r->to)
            continue;
        /* a value with a label in front of it is the post's, unless another owner is named before the label */
        if (headed && r->pattern->scope == NP_SCOPE_CLAUSE && at < r->match) continue;
        return true;
    }
    return false;
}

void np_notice_warn(np_reading *reading, np_notice_field field, np_span at, const char *format, ...)
{
    char text[600];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, np_say(reading->diags->lang, format), arguments);
    va_end(arguments);
    np_notice *notice = reading->notice;
    for (size_t i = 0; i < notice->warning_count; i++)
        if (strcmp(notice->warnings[i].text, text) == 0) return;
    if (notice->warning_count >= WARNINGS_MAX) return;
    notice->warnings = np_arena_grow(reading->arena, notice->warnings, &reading->warning_capacity,
                                     notice->warning_count + 1, sizeof *notice->warnings);
    notice->warnings[notice->warning_count++] =
        (np_notice_warning){np_arena_copy(reading->arena, text, strlen(text)), field, at};
}
