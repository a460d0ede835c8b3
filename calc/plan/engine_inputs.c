/* What a member of staff is, month by month: inputs, service, grade and step. */
#include "engine_parts.h"
#include "natopay/career/month.h"

/* ---- inputs ---- */

bool np_worker_is_twin(const np_worker *w, unsigned seat)
{
    uint16_t slot = w->lane.book->career->slots.twin_grade;
    return slot != UINT16_MAX && w->ts.situations[seat]->given[slot];
}

/* What the career begins with. */
static bool begin_career(np_worker *w, unsigned seat)
{
    const np_book *book = w->lane.book;
    const np_career_slots *at = &book->career->slots;
    np_situation *s = w->seats[seat].situation;
    if (!s->given[at->start] || !s->given[at->grade]) return false;
    np_value value = {.type = NP_DATE};
    value.as.date = s->values[at->start].as.date;
    np_situation_set_value(s, book->date_slot, value);
    if (at->grade_at_recruitment != UINT16_MAX && !s->given[at->grade_at_recruitment]) {
        np_value grade = {.type = NP_GRADE};
        grade.as.grade = s->values[at->grade].as.grade;
        np_situation_set_value(s, at->grade_at_recruitment, grade);
    }
    return true;
}

/* An input that is what it is in all months. */
static inline void stand_still(np_worker *w, uint16_t slot, unsigned seat, const np_value *value)
{
    np_segment *segment = &w->inputs[slot][seat];
    segment->value = *value;
    w->ts.slots[slot][seat] = (np_series){segment, 1};
}

/* Neither as given nor the literal that it is by default. False when it cannot be had. */
static bool ask_input(np_engine *e, np_worker *w, const np_input *input, unsigned seat, np_value *value)
{
    const np_situation *situation = w->ts.situations[seat];
    const np_node *fallback = input->fallback.root;
    if (!situation->given[input->slot] && fallback->op == NP_OP_SLOT) {
        *value = w->ts.values[seat][fallback->index];
        return true;
    }
    np_eval eval = np_payslip_eval(w->seats[seat].payslip, situation, &e->quiet, NULL);
    *value = np_eval_input(&eval, input);
    if (value->unknown) *value = np_ts_unknown(value->type);
    return !eval.failed;
}

/* Most inputs are given, or a literal or another input by default. */
static void read_inputs(np_engine *e, np_worker *w, uint16_t slot, const np_rows *seats)
{
    const np_book *book = w->lane.book;
    const np_input *input = &book->inputs[book->slots[slot].index];
    const np_node *fallback = input->fallback.root;
    const np_value constant = !fallback                       ? np_ts_unknown((uint8_t)input->type)
                              : fallback->op == NP_OP_LITERAL ? fallback->literal
                                                              : (np_value){.type = NP_NONE};
    bool stands = !fallback || fallback->op == NP_OP_LITERAL;
    uint64_t before = w->by_default[slot], after = before;
    for (unsigned i = 0; i < seats->count; i++) {
        unsigned s = seats->of[i];
        const np_situation *situation = w->ts.situations[s];
        const np_value *value = &situation->values[slot];
        np_value asked;
        if (stands && !situation->given[slot]) {
            if (before >> s & 1) continue;
            value = &constant;
            after |= (uint64_t)1 << s;
        } else {
            after &= ~((uint64_t)1 << s);
            if (!situation->given[slot] || (value->type == NP_MONEY && value->currency == NP_CURRENCY_LOCAL)) {
                if (!ask_input(e, w, input, s, &asked)) w->ts.fallen |= (uint64_t)1 << s;
                value = &asked;
            }
        }
        w->ts.values[s][slot] = *value;
        if (slot != book->date_slot) stand_still(w, slot, s, value);
    }
    w->by_default[slot] = after;
}

void np_worker_inputs(np_engine *e, np_worker *w, np_rows *seats)
{
    np_rows begun = {0};
    w->ts.fallen = 0;
    for (unsigned i = 0; i < seats->count; i++)
        if (begin_career(w, seats->of[i])) np_rows_add(&begun, seats->of[i]);
    for (size_t i = 0; i < w->lane.input_count; i++) read_inputs(e, w, w->lane.inputs[i], &begun);
    seats->count = 0;
    for (unsigned i = 0; i < begun.count; i++) {
        unsigned s = begun.of[i];
        bool known = !w->ts.values[s][w->lane.book->country_slot].unknown;
        if (known && !(w->ts.fallen >> s & 1)) np_rows_add(seats, s);
    }
}

void np_worker_inputs_of(np_worker *w, const np_worker *baseline, const np_rows *seats)
{
    uint64_t mask = 0;
    for (unsigned k = 0; k < seats->count; k++) mask |= (uint64_t)1 << seats->of[k];
    for (size_t i = 0; i < w->lane.asked_count; i++) {
        uint16_t slot = w->lane.asked[i];
        for (unsigned k = 0; k < seats->count; k++)
            w->ts.slots[slot][seats->of[k]] = baseline->ts.slots[slot][seats->of[k]];
        w->by_default[slot] &= ~mask;
    }
}

/* ---- the track ---- */

/* Grade or step, of which the segments from `first` on say what it is. */
static void lay(np_worker *w, uint16_t slot, size_t first)
{
    w->ts.slots[slot][w->ts.row] = np_worker_woven(w, first);
    w->seat->situation->given[slot] = true; /* the career gives them, from the first month on */
    w->by_default[slot] &= ~((uint64_t)1 << w->ts.row);
}

/* Grade and step over the months in service. */
static void lay_state(const np_engine *e, np_worker *w, const np_track *track)
{
    const np_career_slots *at = &w->lane.book->career->slots;
    np_value grade = {.type = NP_GRADE}, step = {.type = NP_NUMBER};
    uint16_t begin = w->seat->from;
    const np_track_point *points = track->points, *end = points + track->count;
    while (end - points > 1 && points[1].month <= e->window.start[begin]) points++;
    size_t first = w->woven_count;
    for (const np_track_point *p = points; p < end; p++) {
        uint16_t from = p == points ? begin : np_window_month(&e->window, p->month);
        if (from >= w->seat->until) break;
        if (p > points && p->grade == grade.as.grade) continue;
        grade.as.grade = p->grade;
        np_worker_weave(w, first, &grade, from, NP_LINE_DUE);
    }
    lay(w, at->grade, first);
    first = w->woven_count;
    for (const np_track_point *p = points; p < end && at->step != UINT16_MAX; p++) {
        uint16_t from = p == points ? begin : np_window_month(&e->window, p->month);
        if (from >= w->seat->until) break;
        step.as.number = np_num_int(p->step);
        np_worker_weave(w, first, &step, from, NP_LINE_DUE);
    }
    if (at->step != UINT16_MAX) lay(w, at->step, first);
}

static void set_end(np_worker *w, uint16_t slot, np_date date)
{
    np_value value = {.type = NP_DATE};
    value.as.date = date;
    if (slot == UINT16_MAX || date == NP_DATE_NONE) return;
    w->seat->situation->given[slot] = true; /* its value there stays what the list says */
    w->seat->payslip->slots[slot] = value;
    w->by_default[slot] &= ~((uint64_t)1 << w->ts.row);
    stand_still(w, slot, w->ts.row, &value);
}

/* Defaults that go with grade or step are what these make of them. */
static void lay_moving(np_worker *w)
{
    const np_book *book = w->lane.book;
    for (size_t i = 0; i < w->lane.moving_count; i++) {
        uint16_t slot = w->lane.moving[i];
        const np_formula *fallback = &book->inputs[book->slots[slot].index].fallback;
        if (w->seat->situation->given[slot]) continue;
        np_series series = np_ts_of(&w->ts, fallback, w->seat->from, w->seat->until);
        size_t first = w->woven_count;
        for (size_t k = 0; k < series.count; k++)
            np_worker_weave(w, first, &series.segments[k].value, k ? series.segments[k].from : w->seat->from,
                            NP_LINE_DUE);
        w->ts.slots[slot][w->ts.row] = np_worker_woven(w, first);
        w->ts.used = 0;
    }
}

bool np_worker_begins_apart(const np_engine *e, const np_worker *w)
{
    const np_lane *lane = &w->lane;
    np_date start = w->seat->situation->values[lane->book->career->slots.start].as.date;
    np_date month = np_date_month_start(start);
    if (start == month || w->seat->from >= w->seat->until || e->window.start[w->seat->from] != month) return false;
    bool apart = lane->names_day;
    for (size_t i = 0; i < lane->mid_month_count && !apart; i++)
        apart = lane->mid_month[i] > month && lane->mid_month[i] <= start;
    return apart;
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
    w->seat->known_until = track.terms.known_until;
    w->seat->step_assumed = np_step_date_is_assumed(w->seat->situation, &track.terms);
    set_end(w, at->contract_end, w->seat->contract_end);
    set_end(w, at->end, w->seat->end);
    if (w->seat->from >= w->seat->until) return true;
    if (np_worker_begins_apart(e, w)) return false;
    lay_state(e, w, &track);
    lay_moving(w);
    return !w->ts.failed;
}

bool np_worker_same_track(const np_worker *w, const np_worker *baseline)
{
    const np_career_slots *at = &w->lane.book->career->slots;
    unsigned seat = w->ts.row;
    const np_seat *a = &w->seats[seat], *b = &baseline->seats[seat];
    if (a->from != b->from || a->until != b->until || a->end != b->end || a->contract_end != b->contract_end)
        return false;
    if (a->from >= a->until) return true;
    bool steps =
        at->step == UINT16_MAX || np_series_same(w->ts.slots[at->step][seat], baseline->ts.slots[at->step][seat]);
    return steps && np_series_same(w->ts.slots[at->grade][seat], baseline->ts.slots[at->grade][seat]);
}
