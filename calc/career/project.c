/* The projection: from one month in which something may change to the next. */
#include <string.h>

#include "natopay/career/month.h"
#include "natopay/pay/slot.h"
#include "career_internal.h"

size_t np_first_line(const np_book *book)
{
    size_t first = 0;
    while (first < book->rule_count && book->rules[first].kind == NP_FACT) first++;
    return first;
}

const np_line *np_stretch_line(const np_book *book, const np_stretch *stretch, const np_rule *rule)
{
    return stretch->lines ? &stretch->lines[(size_t)(rule - book->rules) - np_first_line(book)] : NULL;
}

/* ---- what was asked for ---- */

static bool lay_out(np_career *career, const np_project_options *options, np_projection *p)
{
    const np_terms *terms = &career->terms;
    if (options->months < 1 || options->months > NP_MONTHS_MAX) {
        np_diag *diag = np_report(career->diags, NP_CODE_BAD_HORIZON, np_span_none(),
                                  "a projection covers 1 to %d months, not %d", NP_MONTHS_MAX, options->months);
        np_diag_hint(career->diags, diag, "use for example 36 or 72");
        return false;
    }
    p->until = np_date_span_end(terms->start, (np_duration){options->months, 0});
    if (p->until == NP_DATE_NONE) {
        np_report(career->diags, NP_CODE_DATE_RANGE, np_span_none(), "the projection runs past the year %d",
                  NP_YEAR_LAST);
        return false;
    }
    p->months = options->months;
    p->from = terms->start;
    bool ends = terms->service_end != NP_DATE_NONE && terms->service_end < p->until;
    p->last = ends ? terms->service_end : p->until;
    p->path = np_career_chosen_path(career, options->path);
    return true;
}

/* ---- stretches ---- */

static bool has(const np_slot_set *set, uint16_t slot)
{
    return set->bits[slot / 64] >> (slot % 64) & 1;
}

/* Whether this month is paid exactly as the stretch before it. */
static bool goes_on(const np_states *s, const np_stretch *before)
{
    const np_payslip *payslip = s->now;
    if (!before || s->options->monthly || s->career_state.grade != before->grade ||
        s->career_state.step != before->step)
        return false;
    if (before->currency != payslip->currency) return false;
    if (before->once.status != payslip->once.status) return false;
    if (np_num_compare(before->once.amount, payslip->once.amount) != 0) return false;
    return !s->line_changed; /* what comes once is compared above, as far as it is paid */
}

static np_date last_paid_day(const np_projection *p, np_date month_after)
{
    return month_after - 1 < p->last ? month_after - 1 : p->last;
}

/* `months` payslips alike: the first of the month that begins on `month`; `after`: the first day behind the last. */
static void add_stretch(np_states *s, np_date month, np_date after, int32_t months)
{
    np_projection *p = s->career_state.projection;
    const np_payslip *payslip = s->now;
    const np_book *book = payslip->book;
    np_arena *arena = s->career_state.career->arena;
    np_stretch *before = p->stretch_count ? &p->stretches[p->stretch_count - 1] : NULL;
    if (goes_on(s, before)) {
        before->months += months;
        before->to = last_paid_day(p, after);
        return;
    }
    p->stretches = np_arena_grow(arena, p->stretches, &p->stretch_capacity, p->stretch_count + 1, sizeof *p->stretches);
    before = p->stretch_count ? &p->stretches[p->stretch_count - 1] : NULL;
    np_stretch *stretch = &p->stretches[p->stretch_count++];
    *stretch = (np_stretch){.month = month,
                            .from = month > p->from ? month : p->from,
                            .to = last_paid_day(p, after),
                            .months = months,
                            .grade = s->career_state.grade,
                            .currency = payslip->currency,
                            .step = s->career_state.step,
                            .gross = payslip->gross,
                            .deductions = payslip->deductions,
                            .net = payslip->net,
                            .employer = payslip->employer,
                            .once = payslip->once,
                            .open_lines = payslip->open_lines,
                            .bound = payslip->bound};
    if (s->options->lines) {
        size_t first = np_first_line(book), count = book->rule_count - first;
        np_line *lines = np_arena_array(arena, count + 1, sizeof *lines);
        memcpy(lines, payslip->lines + first, count * sizeof *lines);
        stretch->lines = lines;
    }
    if (s->options->causes) np_causes_find(s, stretch, before);
}

/* ---- month by month ---- */

/* What the inputs are in this month. */
static void set_month(np_states *s, np_date month)
{
    np_career *career = s->career_state.career;
    const np_career_slots *at = &career->book->career->slots;
    np_date last = s->career_state.projection->last;
    np_situation_at(career->situation, &career->terms, month, s->career_state.grade, s->career_state.step);
    /* a projection that stops within a month pays its days, as when service ended */
    if (np_date_month_end(month) > last) np_set_date(career->situation, at->end, last);
}

static void forget_changes(np_states *s)
{
    memset(&s->changed, 0, sizeof s->changed);
    s->line_changed = false;
}

/* Whether a slot is a line of every month's payslip. */
static bool is_monthly(const np_book *book, uint16_t slot)
{
    const np_slot *of = &book->slots[slot];
    return of->kind == NP_SLOT_RULE && book->rules[of->index].kind != NP_FACT && !has(&book->once, slot);
}

static void add_changed(np_states *s, uint16_t slot, bool monthly)
{
    uint16_t place = s->career_state.career->projector->place[slot];
    s->changed.bits[place / 64] |= (uint64_t)1 << (place % 64);
    s->line_changed = s->line_changed || monthly;
}

static void keep_before(np_states *s)
{
    const np_book *book = s->now->book;
    if (!s->before) {
        s->before = np_payslip_new(book, s->now->arena, false);
        s->before->falling = &book->once;
    }
    memcpy(s->before->slots, s->now->slots, book->slot_count * sizeof *s->now->slots);
    memcpy(s->before->lines, s->now->lines, book->rule_count * sizeof *s->now->lines);
}

/* The same where only what is in `changed` differs from what was kept the last time: it alone is copied. */
static void keep_changed(np_states *s)
{
    const np_book *book = s->now->book;
    for (size_t w = 0; w < NP_SLOTS_MAX / 64; w++) {
        for (uint64_t bits = s->changed.bits[w]; bits; bits &= bits - 1) {
            uint16_t slot = book->order[64 * w + (size_t)__builtin_ctzll(bits)], rule = book->slots[slot].index;
            s->before->slots[slot] = s->now->slots[slot];
            if (book->slots[slot].kind == NP_SLOT_RULE) s->before->lines[rule] = s->now->lines[rule];
        }
    }
}

static void compare_all(np_states *s)
{
    const np_book *book = s->now->book;
    for (uint16_t slot = 0; slot < book->slot_count; slot++)
        if (!np_value_same(&s->now->slots[slot], &s->before->slots[slot])) add_changed(s, slot, is_monthly(book, slot));
    for (size_t i = 0; i < book->rule_count; i++)
        if (!np_line_same(&s->now->lines[i], &s->before->lines[i]))
            add_changed(s, book->rules[i].slot, is_monthly(book, book->rules[i].slot));
}

/* One month by itself. */
static bool one_month(np_states *s, np_date month)
{
    np_career *career = s->career_state.career;
    np_pay_options options = {.projecting = !s->options->monthly, .ends = career->ends};
    set_month(s, month);
    keep_before(s);
    forget_changes(s);
    if (!np_payslip_compute(s->now, career->situation, career->diags, &options)) return false;
    compare_all(s);
    add_stretch(s, month, np_date_month_end(month) + 1, 1);
    return true;
}

static bool by_months(np_states *s)
{
    np_projection *p = s->career_state.projection;
    np_date month = np_date_month_start(p->from), end = np_date_month_end(p->last);
    p->stretch_count = p->event_count = 0;
    if (!np_career_state_start(&s->career_state)) return false;
    for (; month <= end; month = np_date_month_end(month) + 1)
        if (!np_career_state_month(&s->career_state, month) || !one_month(s, month)) return false;
    return true;
}

/* ---- from one month in which something may change to the next ---- */

/* Where a rule's series has come to. */
typedef struct cursor {
    np_series left;
    const np_line *lines;
    uint16_t slot, rule;
    bool monthly; /* a line of every month's payslip */
} cursor;

typedef struct sweep {
    np_states *states;
    const np_projector *projector;
    const np_grade_history *history;
    size_t point;    /* of the history */
    cursor *cursors; /* of rules that may change yet */
    size_t count;
    uint16_t *lines; /* rules that are due or open in some month, in the book's order */
    size_t line_count;
    bool all_rules; /* also rules that are never due: payslips computed alone, or single lines, are compared */
    bool fails;     /* computing month by month says why */
} sweep;

static bool comes_to_something(np_series series)
{
    for (size_t i = 0; i < series.count; i++)
        if (series.segments[i].state >= NP_LINE_OPEN) return true;
    return false;
}

/* Rules that are looked at: lines, and facts too when causes are asked for. */
static void begin_cursors(sweep *w)
{
    const np_projector *p = w->projector;
    const np_book *book = p->book;
    np_arena *arena = w->states->now->arena;
    w->cursors = np_arena_array(arena, p->rule_count + 1, sizeof *w->cursors);
    w->lines = np_arena_array(arena, p->rule_count + 1, sizeof *w->lines);
    size_t first = w->states->options->causes ? 0 : np_first_line(book);
    for (size_t i = first; i < book->rule_count; i++) {
        const np_rule *rule = &book->rules[i];
        np_series series = p->ts->slots[rule->slot][0];
        bool counts = rule->kind != NP_FACT && comes_to_something(series);
        if (counts) w->lines[w->line_count++] = (uint16_t)i;
        if (!counts && !w->all_rules) continue;
        const np_line *lines = p->store.lines + (series.segments - p->store.segments);
        w->cursors[w->count++] = (cursor){series, lines, rule->slot, (uint16_t)i, is_monthly(book, rule->slot)};
    }
}

/* Take what a rule comes to from this month on. `differs`: a new segment begins, so it is another value than in the
 * month before, unless it is a date that goes with the month, which must be compared. */
static void take_segment(sweep *w, const cursor *c, uint16_t month, bool differs)
{
    np_states *s = w->states;
    np_value *slot = &s->now->slots[c->slot];
    np_line *line = &s->now->lines[c->rule];
    np_value here;
    const np_value *value = np_value_in(w->projector->ts->window, &c->left.segments->value, month, &here);
    differs = differs && !c->left.segments->value.moving;
    if (differs || !np_value_same(slot, value) || !np_line_same(line, c->lines)) add_changed(s, c->slot, c->monthly);
    *slot = *value;
    *line = *c->lines;
    /* a payslip without salary is none */
    if (line->state == NP_LINE_OPEN && s->now->book->rules[c->rule].kind == NP_SALARY) w->fails = true;
}

/* Move to a month; the next month in which a rule changes. */
static uint16_t move_to(sweep *w, uint16_t month, uint16_t until, bool begins, bool first)
{
    uint16_t next = until;
    for (size_t i = 0; i < w->count;) {
        cursor *c = &w->cursors[i];
        bool changes = begins;
        while (c->left.count > 1 && c->left.segments[1].from <= month) {
            c->left.segments++, c->left.count--, c->lines++;
            changes = true;
        }
        if (changes) take_segment(w, c, month, first || !begins);
        if (c->left.count > 1 && c->left.segments[1].from < next) next = c->left.segments[1].from;
        if (c->left.count == 1 && !c->left.segments->value.moving)
            *c = w->cursors[--w->count];
        else
            i++;
    }
    return next;
}

/* Inputs that go with the career, as they are in a month. */
static void take_inputs(sweep *w, uint16_t month)
{
    np_states *s = w->states;
    const np_projector *p = w->projector;
    const np_career_slots *at = &p->book->career->slots;
    for (size_t i = 0; i < p->moving_count + 2; i++) {
        uint16_t slot = i < p->moving_count ? p->moving[i] : i == p->moving_count ? at->grade : at->step;
        if (slot == UINT16_MAX) continue;
        np_series series = np_series_cut(p->ts->slots[slot][0], month, (uint16_t)(month + 1));
        if (!np_value_same(&s->now->slots[slot], &series.segments->value)) add_changed(s, slot, false);
        s->now->slots[slot] = series.segments->value;
    }
}

/* Dates that go with the month, as they were in the month before. */
static void set_dates_before(sweep *w, uint16_t month)
{
    np_payslip *before = w->states->before;
    const np_window *window = w->projector->ts->window;
    np_value date = {.type = NP_DATE, .moving = NP_MONTH_START}, here;
    before->slots[before->book->date_slot] = *np_value_in(window, &date, month, &here);
    for (size_t i = 0; i < w->count; i++) {
        np_value *slot = &before->slots[w->cursors[i].slot];
        const np_value *then = np_value_in(window, slot, month, &here);
        if (then != slot) *slot = *then;
    }
}

static uint16_t next_point(const sweep *w, uint16_t next)
{
    const np_grade_history *history = w->history;
    if (w->point + 1 >= history->count) return next;
    const np_window *window = w->projector->ts->window;
    np_date begins = history->points[w->point + 1].month;
    return begins < window->start[next] ? np_window_month(window, begins) : next;
}

static void take_point(sweep *w, np_date month)
{
    const np_grade_history *history = w->history;
    while (w->point + 1 < history->count && history->points[w->point + 1].month <= month) w->point++;
    w->states->career_state.grade = history->points[w->point].grade;
    w->states->career_state.step = history->points[w->point].step;
}

/* The months from <= month < until of the window. */
static bool by_segments(sweep *w, uint16_t from, uint16_t until)
{
    np_states *s = w->states;
    const np_window *window = w->projector->ts->window;
    np_diags quiet;
    np_diags_init(&quiet, s->now->arena);
    bool first = s->career_state.projection->stretch_count == 0, causes = s->options->causes, kept = false;
    const np_book *book = s->now->book;
    s->now->currency = book->countries[s->now->slots[book->country_slot].as.country].currency;
    begin_cursors(w);
    for (uint16_t month = from, next; month < until; month = next) {
        bool begins = month == from;
        take_point(w, window->start[month]);
        if (causes && !(first && begins)) {
            (kept ? keep_changed : keep_before)(s);
            kept = true;
            if (!begins) set_dates_before(w, (uint16_t)(month - 1));
        }
        forget_changes(s);
        if (causes) take_inputs(w, month);
        next = next_point(w, move_to(w, month, until, begins, first && begins));
        s->now->date = s->now->slots[book->date_slot].as.date = window->start[month];
        if (w->fails || !np_payslip_add_up(s->now, w->lines, w->line_count, &quiet)) return false;
        add_stretch(s, s->now->date, window->start[next], next - month);
    }
    return true;
}

/* The first and the last month are computed by themselves where they are paid in part. */
static bool sweep_months(np_states *s, np_projector *projector, const np_grade_history *history)
{
    const np_career *career = s->career_state.career;
    np_projection *p = s->career_state.projection;
    np_date first = np_date_month_start(p->from), last = np_date_month_start(p->last);
    bool begins_within = first != p->from;
    bool stops_within = np_date_month_end(last) != p->last && p->last != career->terms.service_end;
    sweep w = {.states = s, .projector = projector, .history = history};
    w.all_rules = begins_within || stops_within || s->options->causes || s->options->lines;
    if (begins_within) {
        take_point(&w, first);
        if (!one_month(s, first)) return false;
        first = np_date_month_end(first) + 1;
    }
    if (first < last || (first == last && !stops_within)) {
        if (!np_projector_run(projector, career, history, first, stops_within ? last - 1 : last)) return false;
        const np_window *window = projector->ts->window;
        uint16_t until = (uint16_t)(np_window_month(window, last) + !stops_within);
        if (!by_segments(&w, np_window_month(window, first), until)) return false;
    }
    if (first <= last && stops_within) {
        take_point(&w, last);
        return one_month(s, last);
    }
    return true;
}

/* ---- the run ---- */

static void begin(np_career *career)
{
    const np_book *book = career->book;
    const np_career_slots *at = &book->career->slots;
    np_payslip *payslip = career->payslip;
    memcpy(payslip->slots, career->first_slots, book->slot_count * sizeof *payslip->slots);
    np_set_grade(career->situation, at->grade, career->grade);
    np_set_number(career->situation, at->step, career->step);
    if (career->terms.service_end == NP_DATE_NONE && at->end != UINT16_MAX)
        np_situation_forget(career->situation, at->end);
    np_terms_apply(career);
}

/* False when it must be computed month by month, which says what is wrong. */
static bool fast(np_states *s)
{
    np_career *career = s->career_state.career;
    np_projection *p = s->career_state.projection;
    np_diags *heard = career->diags, quiet;
    np_grade_history history = {0};
    if (s->options->monthly) return false;
    np_diags_init(&quiet, career->arena);
    career->diags = &quiet;
    bool ok = career->projector->possible && np_career_state_start(&s->career_state) &&
              np_career_state_points(&s->career_state, np_date_month_end(p->last), &history);
    if (ok) {
        set_month(s, np_date_month_start(p->from));
        ok = sweep_months(s, career->projector, &history);
    }
    career->diags = heard;
    return ok;
}

static void add_up(np_projection *p, np_arena *arena)
{
    np_sum_zero(&p->total);
    for (size_t i = 0; i < p->stretch_count; i++)
        np_sum_add(arena, &p->total, &p->stretches[i], p->stretches[i].months);
}

np_projection *np_career_project(np_career *career, const np_project_options *options)
{
    np_projection *p = np_arena_alloc(career->arena, sizeof *p);
    p->career = career;
    if (!lay_out(career, options, p)) return NULL;
    if (!career->projector) career->projector = np_projector_in(career->arena, career->book, career->ends);
    np_states states = {
        .career_state = {.career = career, .projection = p}, .options = options, .now = career->payslip};
    begin(career);
    if (!fast(&states)) {
        begin(career);
        if (!by_months(&states)) return NULL;
    }
    add_up(p, career->arena);
    return p;
}
