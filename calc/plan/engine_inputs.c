/* What a member of staff is, month by month: inputs, service, grade and step. */
#include "engine_parts.h"

/* ---- inputs ---- */

bool np_worker_is_twin(const np_worker *w)
{
    uint16_t slot = w->lane.book->career->slots.twin_grade;
    return slot != UINT16_MAX && w->seat->situation->given[slot];
}

static void stand_still(np_worker *w, uint16_t slot)
{
    w->inputs[slot][w->loom.seat] = (np_piece){.value = w->seat->payslip->slots[slot]};
    w->loom.slots[slot][w->loom.seat] = (np_series){&w->inputs[slot][w->loom.seat], 1};
}

/* Most inputs are given, or a literal or another input by default. */
static bool read_input(np_worker *w, np_eval *eval, uint16_t slot)
{
    const np_book *book = w->lane.book;
    const np_input *input = &book->inputs[book->slots[slot].index];
    const np_node *fallback = input->fallback.root;
    np_value *here = &w->seat->payslip->slots[slot];
    bool literal = !w->seat->situation->given[slot] && fallback && fallback->op == NP_OP_LITERAL;
    if (literal && w->seat->by_default[slot]) return true;
    w->seat->by_default[slot] = literal;
    if (w->seat->situation->given[slot] && input->type != NP_MONEY)
        *here = w->seat->situation->values[slot];
    else if (literal)
        *here = fallback->literal;
    else if (!w->seat->situation->given[slot] && fallback && fallback->op == NP_OP_SLOT)
        *here = w->seat->payslip->slots[fallback->index];
    else
        *here = np_eval_input(eval, input);
    if (eval->failed) return false;
    if (here->unknown) *here = np_series_unknown(here->type);
    if (slot != book->date_slot) stand_still(w, slot);
    return true;
}

bool np_worker_inputs(np_engine *e, np_worker *w)
{
    const np_book *book = w->lane.book;
    const np_career_slots *at = &book->career->slots;
    np_situation *s = w->seat->situation;
    if (!s->given[at->start] || !s->given[at->grade]) return false;
    np_value value = {.type = NP_DATE};
    value.as.date = np_date_month_start(s->values[at->start].as.date);
    np_situation_set_value(s, book->date_slot, value);
    if (at->grade_at_recruitment != UINT16_MAX && !s->given[at->grade_at_recruitment]) {
        np_value grade = {.type = NP_GRADE};
        grade.as.grade = s->values[at->grade].as.grade;
        np_situation_set_value(s, at->grade_at_recruitment, grade);
    }
    np_eval eval = np_payslip_eval(w->seat->payslip, s, &e->quiet, NULL);
    for (size_t i = 0; i < w->lane.input_count; i++)
        if (!read_input(w, &eval, w->lane.inputs[i])) return false;
    return !w->seat->payslip->slots[book->country_slot].unknown;
}

/* ---- the track ---- */

/* Grade and step over the months in service. */
static void lay_state(const np_engine *e, np_worker *w, const np_track *track)
{
    const np_career_slots *at = &w->lane.book->career->slots;
    np_value grade = {.type = NP_GRADE}, step = {.type = NP_NUMBER};
    const uint16_t slots[] = {at->grade, at->step};
    np_value *values[] = {&grade, &step};
    for (size_t k = 0; k < 2; k++) {
        size_t first = w->woven_count;
        if (slots[k] == UINT16_MAX) continue;
        for (size_t i = 0; i < track->count; i++) {
            const np_track_point *p = &track->points[i];
            if (i + 1 < track->count && track->points[i + 1].month <= e->window.start[w->seat->from]) continue;
            uint16_t from = np_window_month(&e->window, p->month);
            if (from >= w->seat->until) break;
            grade.as.grade = p->grade;
            step.as.number = np_num_int(p->step);
            np_worker_weave(w, first, values[k], from > w->seat->from ? from : w->seat->from, NP_LINE_DUE);
        }
        w->loom.slots[slots[k]][w->loom.seat] = np_worker_woven(w, first);
        w->seat->situation->given[slots[k]] = true; /* the career gives them, from the first month on */
        w->seat->by_default[slots[k]] = false;
    }
}

static void set_end(np_worker *w, uint16_t slot, np_date date)
{
    np_value value = {.type = NP_DATE};
    value.as.date = date;
    if (slot == UINT16_MAX || date == NP_DATE_NONE) return;
    w->seat->situation->given[slot] = true; /* its value there stays what the list says */
    w->seat->payslip->slots[slot] = value;
    stand_still(w, slot);
}

/* Defaults that go with grade or step are what these make of them. */
static void lay_moving(np_worker *w)
{
    const np_book *book = w->lane.book;
    for (size_t i = 0; i < w->lane.input_count; i++) {
        uint16_t slot = w->lane.inputs[i];
        const np_formula *fallback = &book->inputs[book->slots[slot].index].fallback;
        if (!w->lane.moves[slot] || w->seat->situation->given[slot]) continue;
        np_series series = np_series_of(&w->loom, fallback, w->seat->from, w->seat->until);
        size_t first = w->woven_count;
        for (size_t k = 0; k < series.count; k++)
            np_worker_weave(w, first, &series.pieces[k].value, k ? series.pieces[k].from : w->seat->from, NP_LINE_DUE);
        w->loom.slots[slot][w->loom.seat] = np_worker_woven(w, first);
        w->loom.used = 0;
    }
}

bool np_worker_track(np_engine *e, np_worker *w)
{
    const np_career_slots *at = &w->lane.book->career->slots;
    np_date last = e->window.start[e->window.months] - 1;
    np_track track;
    if (!np_track_follow(w->seat->situation, w->seat->payslip, &e->quiet, e->window.first, last, &track)) return false;
    np_plan_service(&e->window, &track.terms, &w->seat->from, &w->seat->until);
    w->seat->end = track.terms.service_end;
    w->seat->contract_end = track.terms.contract_end;
    set_end(w, at->contract_end, w->seat->contract_end);
    set_end(w, at->end, w->seat->end);
    if (w->seat->from >= w->seat->until) return true;
    lay_state(e, w, &track);
    lay_moving(w);
    return !w->loom.failed;
}

bool np_worker_same_track(const np_worker *w, const np_worker *baseline)
{
    const np_career_slots *at = &w->lane.book->career->slots;
    unsigned seat = w->loom.seat;
    const np_seat *a = &w->seats[seat], *b = &baseline->seats[seat];
    if (a->from != b->from || a->until != b->until || a->end != b->end || a->contract_end != b->contract_end)
        return false;
    if (a->from >= a->until) return true;
    bool steps =
        at->step == UINT16_MAX || np_series_same(w->loom.slots[at->step][seat], baseline->loom.slots[at->step][seat]);
    return steps && np_series_same(w->loom.slots[at->grade][seat], baseline->loom.slots[at->grade][seat]);
}
