/* What a member of staff is, month by month: inputs, service, grade and step. */
#include "engine_internal.h"
#include "natopay/career/month.h"

/* ---- inputs ---- */

bool np_book_state_is_twin(const np_book_state *w, unsigned row)
{
    uint16_t slot = w->book_plan.book->career->slots.twin_grade;
    return slot != UINT16_MAX && w->ts.situations[row]->given[slot];
}

/* What the career begins with. */
static bool begin_career(np_book_state *w, unsigned row)
{
    const np_book *book = w->book_plan.book;
    const np_career_slots *at = &book->career->slots;
    np_situation *s = w->rows[row].situation;
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
static inline void set_constant_series(np_book_state *w, uint16_t slot, unsigned row, const np_value *value)
{
    np_segment *segment = &w->inputs[slot][row];
    segment->value = *value;
    w->ts.slots[slot][row] = (np_series){segment, 1};
}

/* Neither as given nor the literal that it is by default. False when it cannot be had. */
static bool evaluate_default(np_engine *e, np_book_state *w, const np_input *input, unsigned row, np_value *value)
{
    const np_situation *situation = w->ts.situations[row];
    const np_node *fallback = input->fallback.root;
    if (!situation->given[input->slot] && fallback->op == NP_OP_SLOT) {
        *value = w->ts.values[row][fallback->index];
        return true;
    }
    np_eval eval = np_payslip_eval(w->rows[row].payslip, situation, &e->quiet, NULL);
    np_eval_input(&eval, input, value);
    if (value->unknown) *value = np_ts_unknown(value->type);
    return !eval.failed;
}

/* Most inputs are given, or a literal or another input by default. */
static void read_input(np_engine *e, np_book_state *w, uint16_t slot, const np_rows *rows)
{
    const np_book *book = w->book_plan.book;
    const np_input *input = &book->inputs[book->slots[slot].index];
    const np_node *fallback = input->fallback.root;
    const np_value constant = !fallback                       ? np_ts_unknown((uint8_t)input->type)
                              : fallback->op == NP_OP_LITERAL ? fallback->literal
                                                              : (np_value){.type = NP_NONE};
    bool stands = !fallback || fallback->op == NP_OP_LITERAL;
    uint64_t before = w->by_default[slot], after = before;
    for (unsigned i = 0; i < rows->count; i++) {
        unsigned s = rows->of[i];
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
                if (!evaluate_default(e, w, input, s, &asked)) w->ts.failed_rows |= (uint64_t)1 << s;
                value = &asked;
            }
        }
        w->ts.values[s][slot] = *value;
        if (slot != book->date_slot) set_constant_series(w, slot, s, value);
    }
    w->by_default[slot] = after;
}

void np_book_state_read_inputs(np_engine *e, np_book_state *w, np_rows *rows)
{
    np_rows begun = {0};
    w->ts.failed_rows = 0;
    for (unsigned i = 0; i < rows->count; i++)
        if (begin_career(w, rows->of[i])) np_rows_add(&begun, rows->of[i]);
    for (size_t i = 0; i < w->book_plan.input_count; i++) read_input(e, w, w->book_plan.inputs[i], &begun);
    rows->count = 0;
    for (unsigned i = 0; i < begun.count; i++) {
        unsigned s = begun.of[i];
        bool known = !w->ts.values[s][w->book_plan.book->country_slot].unknown;
        if (known && !(w->ts.failed_rows >> s & 1)) np_rows_add(rows, s);
    }
}

void np_book_state_copy_inputs(np_book_state *w, const np_book_state *baseline, const np_rows *rows)
{
    uint64_t mask = 0;
    for (unsigned k = 0; k < rows->count; k++) mask |= (uint64_t)1 << rows->of[k];
    for (size_t i = 0; i < w->book_plan.asked_count; i++) {
        uint16_t slot = w->book_plan.asked[i];
        for (unsigned k = 0; k < rows->count; k++)
            w->ts.slots[slot][rows->of[k]] = baseline->ts.slots[slot][rows->of[k]];
        w->by_default[slot] &= ~mask;
    }
}

/* ---- the history ---- */

/* Grade or step, of which the segments from `first` on say what it is. */
static void set_series(np_book_state *w, uint16_t slot, size_t first)
{
    w->ts.slots[slot][w->ts.row] = np_book_state_series(w, first);
    w->row->situation->given[slot] = true; /* the career gives them, from the first month on */
    w->by_default[slot] &= ~((uint64_t)1 << w->ts.row);
}

/* Grade and step over the months in service. */
static void append_grade_and_step(const np_engine *e, np_book_state *w, const np_grade_history *history)
{
    const np_career_slots *at = &w->book_plan.book->career->slots;
    np_value grade = {.type = NP_GRADE}, step = {.type = NP_NUMBER};
    uint16_t begin = w->row->from;
    const np_grade_point *points = history->points, *end = points + history->count;
    while (end - points > 1 && points[1].month <= e->window.start[begin]) points++;
    size_t first = w->segment_count;
    for (const np_grade_point *p = points; p < end; p++) {
        uint16_t from = p == points ? begin : np_window_month(&e->window, p->month);
        if (from >= w->row->until) break;
        if (p > points && p->grade == grade.as.grade) continue;
        grade.as.grade = p->grade;
        np_book_state_append(w, first, &grade, from, NP_LINE_DUE);
    }
    set_series(w, at->grade, first);
    first = w->segment_count;
    for (const np_grade_point *p = points; p < end && at->step != UINT16_MAX; p++) {
        uint16_t from = p == points ? begin : np_window_month(&e->window, p->month);
        if (from >= w->row->until) break;
        step.as.number = np_num_int(p->step);
        np_book_state_append(w, first, &step, from, NP_LINE_DUE);
    }
    if (at->step != UINT16_MAX) set_series(w, at->step, first);
}

static void set_end_date(np_book_state *w, uint16_t slot, np_date date)
{
    np_value value = {.type = NP_DATE};
    value.as.date = date;
    if (slot == UINT16_MAX || date == NP_DATE_NONE) return;
    w->row->situation->given[slot] = true; /* its value there stays what the list says */
    w->row->payslip->slots[slot] = value;
    w->by_default[slot] &= ~((uint64_t)1 << w->ts.row);
    set_constant_series(w, slot, w->ts.row, &value);
}

/* Defaults that go with grade or step are what these make of them. */
static void append_moving_defaults(np_book_state *w)
{
    const np_book *book = w->book_plan.book;
    for (size_t i = 0; i < w->book_plan.moving_count; i++) {
        uint16_t slot = w->book_plan.moving[i];
        const np_formula *fallback = &book->inputs[book->slots[slot].index].fallback;
        if (w->row->situation->given[slot]) continue;
        np_series series = np_ts_of(&w->ts, fallback, w->row->from, w->row->until);
        size_t first = w->segment_count;
        for (size_t k = 0; k < series.count; k++)
            np_book_state_append(w, first, &series.segments[k].value, k ? series.segments[k].from : w->row->from,
                                 NP_LINE_DUE);
        w->ts.slots[slot][w->ts.row] = np_book_state_series(w, first);
        w->ts.used = 0;
    }
}

bool np_book_state_starts_mid_month(const np_engine *e, const np_book_state *w)
{
    const np_book_plan *book_plan = &w->book_plan;
    np_date start = w->row->situation->values[book_plan->book->career->slots.start].as.date;
    np_date month = np_date_month_start(start);
    if (start == month || w->row->from >= w->row->until || e->window.start[w->row->from] != month) return false;
    bool apart = book_plan->names_day;
    for (size_t i = 0; i < book_plan->mid_month_count && !apart; i++)
        apart = book_plan->mid_month[i] > month && book_plan->mid_month[i] <= start;
    return apart;
}

bool np_book_state_read_history(np_engine *e, np_book_state *w)
{
    const np_career_slots *at = &w->book_plan.book->career->slots;
    np_date last = e->window.start[e->window.months] - 1;
    np_grade_history history;
    const np_value no_end = at->end != UINT16_MAX ? w->row->payslip->slots[at->end] : (np_value){.type = NP_NONE};
    if (!np_grade_history_follow(w->row->situation, w->row->payslip, &e->quiet, e->window.first, last, &history))
        return false;
    np_plan_span span = np_engine_span(e, w->number, w->ts.row, w->piece[w->ts.row]);
    np_plan_service(&e->window, &history.terms, span, &w->row->from, &w->row->until);
    w->row->end = history.terms.service_end;
    /* following the career wrote its last day there; the person's next period begins before that, so there is none */
    if (at->end != UINT16_MAX && w->row->end == NP_DATE_NONE) w->row->payslip->slots[at->end] = no_end;
    w->row->contract_end = history.terms.contract_end;
    w->row->known_until = history.terms.known_until;
    w->row->step_assumed = np_step_date_is_assumed(w->row->situation, &history.terms);
    set_end_date(w, at->contract_end, w->row->contract_end);
    set_end_date(w, at->end, w->row->end);
    if (w->row->from >= w->row->until) return true;
    if (np_book_state_starts_mid_month(e, w)) return false;
    append_grade_and_step(e, w, &history);
    append_moving_defaults(w);
    return !w->ts.eval.failed;
}

bool np_book_state_has_same_history(const np_book_state *w, const np_book_state *baseline)
{
    const np_career_slots *at = &w->book_plan.book->career->slots;
    unsigned row = w->ts.row;
    const np_batch_row *a = &w->rows[row], *b = &baseline->rows[row];
    if (a->from != b->from || a->until != b->until || a->end != b->end || a->contract_end != b->contract_end)
        return false;
    if (a->from >= a->until) return true;
    bool steps =
        at->step == UINT16_MAX || np_series_same(w->ts.slots[at->step][row], baseline->ts.slots[at->step][row]);
    return steps && np_series_same(w->ts.slots[at->grade][row], baseline->ts.slots[at->grade][row]);
}
