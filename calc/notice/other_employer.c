/* Whose notice it is: another employer's grades and clearances are not those of the rule book's organisation. */
#include <string.h>

#include "notice_internal.h"

enum {
    EMPLOYER_FROM = 65, /* named at the head, near a word of recruiting */
    BODY_WEIGHT = 40,   /* of a body of the organisation that the text names */
    LABEL_WEIGHT = 60,  /* the same where a label says that the post is there: another may pass the notice on */
    SURELY_OWN = 40     /* more than the organisation's name alone */
};

bool np_is_another_employers(const np_reading *reading)
{
    return reading->employer >= EMPLOYER_FROM && reading->employer > reading->own_organisation;
}

/* Whether one of the organisation's names stands in the words. */
static bool has_own_name(const np_patterns *patterns, const char *words)
{
    const char *list = patterns->own_names;
    for (np_word word; np_next_word(&list, &word);)
        for (const char *at = words; *at; at++)
            if (strncmp(at, word.text, word.length) == 0) return true;
    return false;
}

static bool bears_own_name(const np_reading *reading, const np_candidate *c)
{
    return has_own_name(reading->patterns,
                        np_arena_copy(reading->arena, reading->text.text + c->from, c->to - c->from));
}

/* "SECRET" in another employer's notice is not the "NATO SECRET" that it is taken for. */
static void drop_clearance(np_reading *reading)
{
    const char *value = np_notice_value(reading->notice, NP_NOTICE_CLEARANCE);
    if (!value || !has_own_name(reading->patterns, value)) return;
    const np_span at = reading->notice->fields[NP_NOTICE_CLEARANCE].best.at;
    const char *words = np_arena_copy(reading->arena, at.file->text + at.offset, at.length);
    if (!has_own_name(reading->patterns, words)) np_notice_set_aside(reading, NP_NOTICE_CLEARANCE);
}

void np_take_other_employer(np_reading *reading)
{
    if (!np_is_another_employers(reading)) return;
    np_notice *notice = reading->notice;
    np_notice_entry *body = &notice->fields[NP_NOTICE_BODY];
    np_candidate c = {.pattern = reading->employer_pattern,
                      .from = reading->employer_at,
                      .to = reading->employer_end,
                      .score = NP_MEDIUM_SCORE};
    *body = (np_notice_entry){.found = true, .best = np_finding_of(reading, &c, reading->employer_name)};
    notice->fields[NP_NOTICE_GRADE] = notice->fields[NP_NOTICE_TWIN_GRADE] = (np_notice_entry){.found = false};
    drop_clearance(reading);
    const np_book *book = reading->book;
    np_notice_warn(reading, NP_NOTICE_BODY, (np_span){.file = NULL},
                   "this is a notice of %s, not of %s: its grades are others", reading->employer_name,
                   np_label_text(&book->label, reading->diags->lang, book->name));
}

/* Whose notice it is by the bodies that it names, in the text and behind a label. */
static int weight_of_bodies(const np_reading *reading)
{
    bool named = false, headed = false;
    for (size_t i = 0; i < reading->candidate_count; i++) {
        const np_candidate *c = &reading->candidates[i];
        if (c->field != NP_NOTICE_BODY) continue;
        named = named || (c->pattern->named && c->score >= NP_MEDIUM_SCORE);
        headed = headed || (c->pattern->headed && bears_own_name(reading, c));
    }
    return (named ? BODY_WEIGHT : 0) + (headed ? LABEL_WEIGHT : 0);
}

void np_drop_foreign_grades(np_reading *reading)
{
    reading->own_organisation += weight_of_bodies(reading);
    bool other = np_is_another_employers(reading);
    for (size_t i = 0; i < reading->candidate_count; i++) {
        np_candidate *c = &reading->candidates[i];
        if (c->field != NP_NOTICE_GRADE || !c->grades || !c->grades->legacy) continue;
        c->used = other || reading->own_organisation <= 0;
        c->unsure = c->unsure || reading->own_organisation < SURELY_OWN;
    }
}
