/* Opening a career: the first month and the terms. */
#include <string.h>

#include "natopay/career/projector.h"
#include "natopay/career/grade_history.h"
#include "career_internal.h"

/* ---- paths ---- */

bool np_career_path_open(np_career *career, const np_path *path)
{
    if (career->twin_grade == UINT16_MAX) return false;
    np_value open = np_career_value(career, &path->when);
    return open.unknown || open.as.truth;
}

const np_path *np_career_chosen_path(np_career *career, const np_path *asked)
{
    const np_book *book = career->book;
    if (career->twin_grade == UINT16_MAX) return NULL;
    if (asked) return asked;
    uint16_t slot = book->career->slots.twin_advancement;
    const np_value *name = slot == UINT16_MAX ? NULL : &career->first_slots[slot];
    int found = name && !name->unknown ? np_book_path(book, name->as.text) : -1;
    return found < 0 ? NULL : &book->career->paths[found];
}

/* ---- opening ---- */

static bool needs(np_career *career, uint16_t slot, const char *name, bool given)
{
    if (slot != UINT16_MAX && given) return true;
    np_diag *diag = np_report(career->diags, NP_CODE_MISSING_INPUT, np_span_none(), "the input %s is not given", name);
    np_diag_hint(career->diags, diag, "give it with --set %s=..., or as %s = ... in a post or person file", name, name);
    return false;
}

static void keep_first(np_career *career)
{
    memcpy(career->first_slots, career->payslip->slots, career->book->slot_count * sizeof *career->first_slots);
}

/* Steps and grades as they are at the start. */
void np_career_read_state(np_career *career)
{
    const np_career_slots *at = &career->book->career->slots;
    const np_value *slots = career->first_slots;
    const np_progress *progress = career->book->career->progress;
    career->step = 1;
    career->twin_grade = UINT16_MAX;
    career->grade = slots[at->grade].as.grade;
    if (at->step != UINT16_MAX && !slots[at->step].unknown) np_num_to_int(slots[at->step].as.number, &career->step);
    if (at->twin_grade != UINT16_MAX && !slots[at->twin_grade].unknown)
        career->twin_grade = slots[at->twin_grade].as.grade;
    career->steps_from = career->terms.start;
    career->steps = NP_STEPS_MAX;
    if (!progress) return;
    np_value from = np_career_value(career, &progress->steps_from);
    np_value held = np_career_value(career, &progress->step_held_on);
    if (!held.unknown) career->terms.step_held_on = held.as.date;
    np_value interval = np_career_value(career, &progress->step_interval);
    np_value steps = np_career_value(career, &progress->steps);
    if (!from.unknown) career->steps_from = from.as.date;
    if (!interval.unknown) career->interval = interval.as.duration;
    if (!steps.unknown) np_num_to_int(steps.as.number, &career->steps);
    career->steps_assumed = steps.status == NP_ASSUMED;
}

/* Room for a career, in the state of its first month; NULL after reporting. */
static np_career *begin(const np_situation *situation, np_arena *arena, np_diags *diags, const uint8_t *ends,
                        bool *took_part)
{
    const np_book *book = situation->book;
    const np_career_slots *at = &book->career->slots;
    np_career *career = np_arena_alloc(arena, sizeof *career);
    *career = (np_career){.book = book, .arena = arena, .diags = diags, .given = situation};
    career->ends = ends;
    career->took_part = took_part;
    if (!needs(career, at->start, "start", at->start != UINT16_MAX && situation->given[at->start])) return NULL;
    if (!needs(career, at->grade, "grade", at->grade != UINT16_MAX && situation->given[at->grade])) return NULL;
    if (!needs(career, book->date_slot, "date", true)) return NULL;
    career->situation = np_situation_copy(situation, arena);
    career->payslip = np_payslip_new(book, arena, false);
    career->payslip->falling = &book->once;
    career->first_slots = np_arena_array(arena, book->slot_count + 1, sizeof *career->first_slots);
    career->terms.start = situation->values[at->start].as.date;
    np_set_date(career->situation, book->date_slot, career->terms.start);
    /* the grade of recruitment stays when the grade changes */
    if (at->grade_at_recruitment != UINT16_MAX && !situation->given[at->grade_at_recruitment])
        np_set_grade(career->situation, at->grade_at_recruitment, situation->values[at->grade].as.grade);
    return career;
}

np_career *np_career_new(const np_situation *situation, np_arena *arena, np_diags *diags)
{
    return np_career_new_at(situation, arena, diags, NULL, NULL);
}

np_career *np_career_new_at(const np_situation *situation, np_arena *arena, np_diags *diags, const uint8_t *ends,
                            bool *took_part)
{
    np_career *career = begin(situation, arena, diags, ends, took_part);
    np_pay_options options = {.projecting = true, .ends = ends};
    if (!career || !np_payslip_compute(career->payslip, career->situation, diags, &options)) return NULL;
    keep_first(career);
    if (!np_terms_read(career)) return NULL;
    np_terms_apply(career);
    if (!np_payslip_compute(career->payslip, career->situation, diags, &options)) return NULL;
    keep_first(career);
    np_career_read_state(career);
    return career;
}

/* By inputs alone, as far as these can be had. */
static bool open_inputs(np_career *career)
{
    const np_book *book = career->book;
    if (!np_inputs_read(career->situation, career->payslip, career->diags, career->ends)) return false;
    if (career->payslip->slots[book->country_slot].unknown) return false;
    keep_first(career);
    if (!np_terms_read(career)) return false;
    np_terms_apply(career);
    np_show_terms(career->payslip, &career->terms, &book->career->slots);
    keep_first(career);
    np_career_read_state(career);
    return true;
}

np_career *np_career_open(np_projector *projector, const np_situation *situation, np_arena *arena, np_diags *diags,
                          const uint8_t *ends, bool *took_part)
{
    if (projector->possible) {
        np_diags quiet;
        np_diags_init(&quiet, arena);
        np_career *career = begin(situation, arena, &quiet, ends, took_part);
        bool opened = career && open_inputs(career);
        if (opened) {
            career->diags = diags;
            career->projector = projector;
            return career;
        }
    }
    np_career *career = np_career_new_at(situation, arena, diags, ends, took_part);
    if (career) career->projector = projector;
    return career;
}
