/* Is it a vacancy notice: a score of what was found; and is it one notice only. */
#include <string.h>

#include "notice_internal.h"

const char *np_notice_verdict_name(np_notice_verdict verdict)
{
    static const char *const NAMES[] = {"none", "unsure", "notice"};
    return (unsigned)verdict < 3 ? NAMES[verdict] : NULL;
}

enum { POSTS_TOLD = 3 };

/* In tenths of a point: what a field that a label heads is worth, one that was found otherwise, a body of NATO. */
enum { HEADED = 30, FOUND = 15, BODY = 10, NOTICE_FROM = 70, UNSURE_FROM = 35 };

static int score(const np_reading *reading)
{
    static const np_notice_field KEYS[] = {NP_NOTICE_TITLE,
                                           NP_NOTICE_GRADE,
                                           NP_NOTICE_CLOSING,
                                           NP_NOTICE_REFERENCE,
                                           NP_NOTICE_TOWN,
                                           NP_NOTICE_SALARY_AMOUNT,
                                           NP_NOTICE_START,
                                           NP_NOTICE_CLEARANCE,
                                           NP_NOTICE_LANGUAGES,
                                           NP_NOTICE_SLP,
                                           NP_NOTICE_CONTRACT,
                                           NP_NOTICE_CONTRACT_MONTHS,
                                           NP_NOTICE_EXPERIENCE_YEARS};
    int sum = reading->evidence;
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++) {
        const np_notice_entry *entry = &reading->notice->fields[KEYS[i]];
        if (!entry->found && !entry->alternative_count) continue;
        const np_finding *best = entry->found ? &entry->best : &entry->alternatives[0];
        sum += best->headed ? HEADED : best->confidence >= NP_FAIRLY_SURE ? FOUND : 0;
    }
    const np_notice_entry *body = &reading->notice->fields[NP_NOTICE_BODY];
    return sum + (body->found ? BODY : 0);
}

typedef struct pair_of_places {
    const np_candidate *first, *second; /* headings of a field with different values */
} pair_of_places;

static bool surely_headed(const np_candidate *c)
{
    return c->headed && c->score >= 70 && !c->kept;
}

static pair_of_places two_headings(const np_reading *reading, np_notice_field field)
{
    pair_of_places pair = {NULL, NULL};
    for (size_t i = 0; i < reading->candidate_count; i++) {
        const np_candidate *c = &reading->candidates[i];
        if (c->field == field && surely_headed(c) && (!pair.first || c->from < pair.first->from)) pair.first = c;
    }
    for (size_t i = 0; i < reading->candidate_count && pair.first; i++) {
        const np_candidate *c = &reading->candidates[i];
        if (c->field != field || !surely_headed(c) || strcmp(c->value, pair.first->value) == 0) continue;
        if (c->from <= pair.first->to || (pair.second && c->from >= pair.second->from)) continue;
        pair.second = c;
    }
    return pair;
}

/* Two fields or more are headed a second time with other values, and all second headings follow all first ones. */
static const np_candidate *second_notice(const np_reading *reading)
{
    static const np_notice_field KEYS[] = {NP_NOTICE_TITLE, NP_NOTICE_REFERENCE, NP_NOTICE_GRADE, NP_NOTICE_CLOSING};
    const np_candidate *latest_first = NULL, *earliest_second = NULL;
    unsigned doubled = 0;
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++) {
        pair_of_places pair = two_headings(reading, KEYS[i]);
        if (!pair.second) continue;
        doubled++;
        if (!latest_first || pair.first->from > latest_first->from) latest_first = pair.first;
        if (!earliest_second || pair.second->from < earliest_second->from) earliest_second = pair.second;
    }
    /* "two vacancies" of one closing date are one notice */
    const char *posts = np_notice_value(reading->notice, NP_NOTICE_POSTS);
    if (posts && strcmp(posts, "1") != 0 && !two_headings(reading, NP_NOTICE_CLOSING).second) return NULL;
    return doubled >= 2 && latest_first->from < earliest_second->from ? earliest_second : NULL;
}

/* The closing date or reference that is told in the paragraph of a grade; NULL: none. */
static const np_candidate *told_beside(const np_reading *reading, const np_candidate *grade)
{
    size_t paragraph = np_marks_before(&reading->paragraphs, grade->from);
    for (size_t i = 0; i < reading->candidate_count; i++) {
        const np_candidate *c = &reading->candidates[i];
        if ((c->field == NP_NOTICE_CLOSING || c->field == NP_NOTICE_REFERENCE) && !c->kept &&
            np_marks_before(&reading->paragraphs, c->from) == paragraph)
            return c;
    }
    return NULL;
}

/* Whether a label gives the grade, title or reference: then there is one notice, whatever else is told. */
static bool has_headings(const np_reading *reading)
{
    for (size_t i = 0; i < reading->candidate_count; i++) {
        const np_candidate *c = &reading->candidates[i];
        if ((c->field == NP_NOTICE_GRADE || c->field == NP_NOTICE_TITLE || c->field == NP_NOTICE_REFERENCE) &&
            surely_headed(c))
            return true;
    }
    return false;
}

/* A newsletter that tells of one post a paragraph, with a grade of its own and its closing date or reference: where the
 * second begins. */
static const np_candidate *second_of_newsletter(const np_reading *reading)
{
    const np_candidate *second = NULL, *told[POSTS_TOLD], *grades[POSTS_TOLD];
    size_t count = 0;
    if (has_headings(reading)) return NULL;
    for (size_t i = 0; i < reading->candidate_count && count < POSTS_TOLD; i++) {
        const np_candidate *c = &reading->candidates[i], *beside;
        if (c->field != NP_NOTICE_GRADE || c->kept || !(beside = told_beside(reading, c))) continue;
        bool known = false;
        for (size_t k = 0; k < count; k++)
            known = known || strcmp(told[k]->value, beside->value) == 0 || strcmp(grades[k]->value, c->value) == 0;
        if (known) continue;
        if (count == 1) second = c;
        grades[count] = c;
        told[count++] = beside;
    }
    return count == POSTS_TOLD ? second : NULL;
}

static void report_two(np_reading *reading, const np_candidate *second)
{
    const np_candidate *first = two_headings(reading, second->field).first;
    np_diag *diag =
        np_report(reading->diags, NP_CODE_TWO_NOTICES, np_notice_span(&reading->text, second->from, second->to),
                  "a second notice seems to begin near this line");
    if (first)
        np_diag_note(reading->diags, diag, np_notice_span(&reading->text, first->from, first->to),
                     "the first one says here: %s", first->value);
    np_diag_hint(reading->diags, diag, "put each notice into a file of its own");
}

/* With little to go by nothing is sure. */
static void lower_all(const np_reading *reading)
{
    for (np_notice_field field = 0; field < reading->patterns->field_count; field++)
        reading->notice->fields[field].best.confidence = NP_UNSURE;
}

void np_notice_judge(np_reading *reading)
{
    np_notice *notice = reading->notice;
    int points = score(reading);
    const np_candidate *second = second_notice(reading);
    if (!second) second = second_of_newsletter(reading);
    notice->verdict = points >= NOTICE_FROM ? NP_IS_NOTICE : points >= UNSURE_FROM ? NP_MAYBE_NOTICE : NP_NO_NOTICE;
    if (notice->verdict == NP_NO_NOTICE) {
        np_diag *diag = np_report(reading->diags, NP_CODE_NOT_A_NOTICE, np_span_of(notice->file, 0, 0),
                                  "this text does not read like a vacancy notice");
        const np_book *book = reading->book;
        const np_grade *grade = book->grade_count ? &book->grades[book->grade_count / 2] : NULL;
        np_diag_hint(reading->diags, diag,
                     "a notice says for example: Post title: ..., Grade: %s, Location: %s, Closing date: ...",
                     grade ? np_label_text(&grade->label, NULL, grade->name) : "...",
                     book->station_count ? book->stations[0].town : "...");
    }
    if (notice->verdict == NP_MAYBE_NOTICE)
        np_notice_warn(reading, NP_NOTICE_FIELDS_MAX, (np_span){.file = NULL},
                       "there is too little in this text to be sure that it is a vacancy notice");
    if (notice->verdict != NP_IS_NOTICE) lower_all(reading);
    if (second && notice->verdict == NP_IS_NOTICE) report_two(reading, second);
}
