/* What a member of staff is, month by month: inputs, service, grade and step. */
#include <stdlib.h>
#include <string.h>

#include "engine_parts.h"

/* ---- inputs ---- */

bool np_worker_is_twin(const np_worker *w)
{
    uint16_t slot = w->lane.book->career->slots.twin_grade;
    return slot != UINT16_MAX && w->situation->given[slot];
}

/* One input and its course. Most are given, or a literal by default. */
static bool read_input(np_engine *e, np_worker *w, np_eval *eval, uint16_t slot)
{
    const np_book *book = w->lane.book;
    const np_input *input = &book->inputs[book->slots[slot].index];
    const np_node *fallback = input->fallback.root;
    np_value *here = &w->payslip->slots[slot];
    bool given = w->situation->given[slot], money = input->type == NP_MONEY;
    if (given && !money) {
        *here = w->situation->values[slot];
        if (w->course[slot] == 0) w->course[slot] = np_store_constant(&e->store, here);
        return true;
    }
    if (!given && fallback && fallback->op == NP_OP_LITERAL) {
        *here = fallback->literal;
        if (!w->fixed[slot]) w->fixed[slot] = np_store_constant(&e->store, here);
        w->course[slot] = w->fixed[slot];
        return true;
    }
    if (!given && fallback && fallback->op == NP_OP_SLOT && !w->payslip->slots[fallback->index].unknown) {
        *here = w->payslip->slots[fallback->index];
        w->course[slot] = w->course[fallback->index];
        return true;
    }
    *here = np_eval_input(eval, input);
    if (!eval->failed) w->course[slot] = np_store_constant(&e->store, here);
    return !eval->failed;
}

bool np_worker_inputs(np_engine *e, np_worker *w)
{
    const np_book *book = w->lane.book;
    const np_career_slots *at = &book->career->slots;
    np_situation *s = w->situation;
    if (!s->given[at->start] || !s->given[at->grade]) return false;
    np_value value = {.type = NP_DATE};
    value.as.date = np_date_month_start(s->values[at->start].as.date);
    np_situation_set_value(s, book->date_slot, value);
    if (at->grade_at_recruitment != UINT16_MAX && !s->given[at->grade_at_recruitment]) {
        np_value grade = {.type = NP_GRADE};
        grade.as.grade = s->values[at->grade].as.grade;
        np_situation_set_value(s, at->grade_at_recruitment, grade);
        w->course[at->grade_at_recruitment] = 0;
    }
    np_eval eval = np_payslip_eval(w->payslip, s, &e->quiet, NULL);
    for (size_t i = 0; i < w->lane.input_count; i++)
        if (!read_input(e, w, &eval, w->lane.inputs[i])) return false;
    return !w->payslip->slots[book->country_slot].unknown;
}

/* ---- the track ---- */

/* The last day that the age rule allows, as a word of a key; 0: it does not bind. */
static uint32_t age_word(np_engine *e, np_worker *w)
{
    const np_progress *p = w->lane.book->career->progress;
    if (!p || !p->must_end_when.root || !p->must_end.root) return 0;
    np_eval eval = np_payslip_eval(w->payslip, w->situation, &e->quiet, NULL);
    np_value when = np_eval_formula(&eval, &p->must_end_when);
    if (when.unknown || !when.as.truth) return 0;
    np_value date = np_eval_formula(&eval, &p->must_end);
    return date.unknown ? 1 : (uint32_t)date.as.date + 1000000000u; /* never 0 or 1 */
}

static uint32_t course_of_date(np_engine *e, np_date date)
{
    np_value value = {.type = NP_DATE};
    value.as.date = date;
    return date == NP_DATE_NONE ? 0 : np_store_constant(&e->store, &value);
}

/* Grade and step over the months in service. */
static void lay_courses(np_engine *e, const np_worker *w, const np_track *track, np_found_track *found)
{
    np_segment grades[NP_PLAN_MONTHS_MAX], steps[NP_PLAN_MONTHS_MAX];
    size_t grade_count = 0, step_count = 0;
    for (size_t i = 0; i < track->count; i++) {
        const np_track_point *p = &track->points[i];
        bool over = i + 1 < track->count && track->points[i + 1].month <= e->window.start[found->from];
        uint16_t from = i == 0 ? 0 : np_window_month(&e->window, p->month);
        if (over || (from >= found->until && i > 0 && grade_count)) continue;
        if (from < found->from) from = found->from;
        np_value grade = {.type = NP_GRADE}, step = {.type = NP_NUMBER};
        grade.as.grade = p->grade;
        step.as.number = np_num_int(p->step);
        np_segment g = {.from = from, .state = NP_LINE_DUE, .cell = np_store_cell(&e->store, &grade)};
        np_segment s = {.from = from, .state = NP_LINE_DUE, .cell = np_store_cell(&e->store, &step)};
        if (!grade_count || grades[grade_count - 1].cell != g.cell) grades[grade_count++] = g;
        if (!step_count || steps[step_count - 1].cell != s.cell) steps[step_count++] = s;
    }
    found->step = np_store_course(&e->store, steps, step_count, found->until, false, NULL);
    found->grade =
        np_worker_is_twin(w) ? np_store_course(&e->store, grades, grade_count, found->until, false, NULL) : 0;
}

static uint32_t keep_track(np_engine *e, const np_found_track *found)
{
    if (e->found_count == e->found_capacity) {
        uint32_t larger = e->found_capacity ? 2 * e->found_capacity : 256;
        np_found_track *moved = realloc(e->found, larger * sizeof *moved);
        if (!moved) np_arena_give_up(e->store.arena);
        e->found = moved;
        e->found_capacity = larger;
    }
    e->found[e->found_count++] = *found;
    return e->found_count;
}

static bool find_track(np_engine *e, np_worker *w)
{
    const np_lane *lane = &w->lane;
    uint32_t key[2 * NP_SLOTS_MAX + 2], words = 0;
    bool twin = np_worker_is_twin(w);
    np_memo *memo = twin ? &w->twin_tracks : &w->tracks;
    key[words++] = age_word(e, w);
    for (size_t i = 0; i < lane->term_count; i++)
        key[words++] = w->course[lane->terms[i]] << 1 | w->situation->given[lane->terms[i]];
    for (size_t i = 0; i < lane->twin_count && twin; i++)
        key[words++] = w->course[lane->twins[i]] << 1 | w->situation->given[lane->twins[i]];
    bool passing = false;
    for (size_t i = 0; i < lane->term_count; i++) passing = passing || np_is_passing(w->course[lane->terms[i]]);
    for (size_t i = 0; i < lane->twin_count; i++) passing = passing || np_is_passing(w->course[lane->twins[i]]);
    uint32_t known = passing ? 0 : np_memo_get(memo, key, words);
    if (!known) {
        np_track track;
        np_found_track found;
        np_date last = e->window.start[e->window.months] - 1;
        if (!np_track_read(w->situation, w->payslip, &e->quiet, last, &track) || track.count > NP_PLAN_MONTHS_MAX)
            return false;
        np_plan_service(&e->window, &track.terms, &found.from, &found.until);
        found.end = course_of_date(e, track.terms.service_end);
        found.contract_end = course_of_date(e, track.terms.contract_end);
        found.step = found.grade = 0;
        if (found.from < found.until) lay_courses(e, w, &track, &found);
        known = keep_track(e, &found);
        if (!passing) np_memo_put(memo, key, words, known);
    }
    w->track = e->found[known - 1];
    return true;
}

/* What the track says becomes what rules see. */
static void apply_track(np_engine *e, np_worker *w)
{
    const np_career_slots *at = &w->lane.book->career->slots;
    const uint16_t slots[] = {at->end, at->contract_end};
    const uint32_t courses[] = {w->track.end, w->track.contract_end};
    for (size_t i = 0; i < 2; i++) {
        if (slots[i] == UINT16_MAX || !courses[i]) continue;
        w->course[slots[i]] = courses[i];
        np_situation_set_value(w->situation, slots[i], np_store_value(&e->store, courses[i], 0));
    }
    if (at->step != UINT16_MAX && w->track.step) w->course[at->step] = w->track.step;
    if (w->track.grade) {
        w->course[at->grade] = w->track.grade;
    } else { /* as a career sets it */
        np_value grade = {.type = NP_GRADE};
        grade.as.grade = w->situation->values[at->grade].as.grade;
        w->course[at->grade] = np_store_constant(&e->store, &grade);
    }
}

bool np_worker_track(np_engine *e, np_worker *w)
{
    if (!find_track(e, w)) return false;
    apply_track(e, w);
    return true;
}
