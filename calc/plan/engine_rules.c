/* One rule for all rows: whom it is computed for, conditions and amounts that stand for several rows at a time. */
#include "engine_writing.h"

/* A rule for several rows at a time. */
typedef struct rule_batch {
    np_rule_writing v;
    np_rows rows;  /* for whom it is computed */
    np_rows asked; /* ... whose condition is not known yet; of these it is in force in some month */
    uint16_t from[NP_BATCH], until[NP_BATCH]; /* when it is not in force all along */
    np_value condition[NP_BATCH], amount[NP_BATCH];
    const np_value *holds[NP_BATCH], *amounts[NP_BATCH]; /* where they stand; else NULL */
} rule_batch;

/* A condition as it was kept. */
static const np_value *condition_as_kept(const np_condition_result *conditions, np_value *holds)
{
    *holds =
        (np_value){.type = NP_TRUTH, .status = conditions->status, .unknown = conditions->is == NP_CONDITION_UNKNOWN};
    if (!holds->unknown) holds->as.truth = conditions->is == NP_CONDITION_YES;
    return holds;
}

/* Whether a rule of the baseline is neither due nor open in any month, so that its amount does not matter. */
static bool is_never_due_in_baseline(const np_book_state *baseline, const np_rule_plan *rule_plan, unsigned row)
{
    if (rule_plan->line != NP_NO_LINE) {
        const np_paid *paid = baseline->counted[rule_plan->line][row];
        return !paid->due && !paid->open;
    }
    np_series s = baseline->ts.slots[rule_plan->slot][row];
    for (size_t i = 0; i < s.count; i++)
        if (s.segments[i].state == NP_LINE_DUE || s.segments[i].state == NP_LINE_OPEN) return false;
    return true;
}

/* Where a scenario leaves grades and dates as in the baseline, a rule has to be computed when the scenario changes what
 * it says, or when something that it names came out differently for this member of staff; else the baseline's result
 * is taken. */
static void reuse_or_compute(rule_batch *r, const np_book_state *baseline, unsigned s)
{
    np_book_state *w = r->v.w;
    const np_rule_plan *rule_plan = r->v.rule_plan;
    uint64_t different = w->rows[s].different;
    bool when = rule_plan->other_when || (rule_plan->goes_by_when & different);
    bool amount = when || rule_plan->other_amount || (rule_plan->goes_by & different);
    if (!when && (!amount || is_never_due_in_baseline(baseline, rule_plan, s))) {
        w->ts.slots[rule_plan->slot][s] = baseline->ts.slots[rule_plan->slot][s];
        if (rule_plan->line != NP_NO_LINE) w->counted[rule_plan->line][s] = baseline->counted[rule_plan->line][s];
        return;
    }
    np_rows_add(&r->rows, s);
    const np_condition_result *conditions = &baseline->conditions[rule_plan->slot][s];
    if (when || conditions->is == NP_CONDITION_VARIES)
        np_rows_add(&r->asked, s);
    else
        r->holds[s] = condition_as_kept(conditions, &r->condition[s]);
}

/* What comes once matters in the month alone in which it falls: elsewhere it is as good as not in force. */
static void clip_to_day(np_book_state *w, const np_rule_plan *rule_plan, unsigned s, uint16_t *begin, uint16_t *end)
{
    const np_window *window = w->ts.window;
    const np_node *root = rule_plan->rule->date.root;
    np_ts_take_row(&w->ts, s);
    np_series days = root->op == NP_OP_SLOT ? w->ts.slots[root->index][s]
                                            : np_ts_of(&w->ts, &rule_plan->rule->date, w->from[s], w->until[s]);
    const np_value *day = &days.segments->value;
    w->ts.used = 0;
    if (np_ts_failed(&w->ts, s) || days.count != 1 || day->moving || day->unknown) return;
    bool inside = day->as.date >= window->start[w->from[s]] && day->as.date < window->start[w->until[s]];
    uint16_t month = inside ? np_window_month(window, day->as.date) : 0;
    if (!inside || month >= *end || month < *begin) {
        *end = *begin;
    } else {
        *begin = month;
        *end = (uint16_t)(month + 1);
    }
}

/* The months in which it is in force, of each row. */
static void find_months_in_force(rule_batch *r)
{
    np_book_state *w = r->v.w;
    np_ts_eval *ts = &w->ts;
    const np_rule_plan *rule_plan = r->v.rule_plan;
    ts->from = w->from;
    ts->until = w->until;
    if (rule_plan->always) return;
    np_rows asked = r->asked;
    r->asked.count = 0;
    for (unsigned i = 0; i < r->rows.count; i++) {
        unsigned s = r->rows.of[i];
        r->from[s] = rule_plan->from > w->from[s] ? rule_plan->from : w->from[s];
        r->until[s] = rule_plan->until < w->until[s] ? rule_plan->until : w->until[s];
        if (rule_plan->falls && r->from[s] < r->until[s]) clip_to_day(w, rule_plan, s, &r->from[s], &r->until[s]);
    }
    for (unsigned i = 0; i < asked.count; i++) {
        unsigned s = asked.of[i];
        r->holds[s] = NULL;
        if (r->from[s] < r->until[s]) np_rows_add(&r->asked, s);
    }
    ts->from = r->from;
    ts->until = r->until;
}

static void choose_rows(rule_batch *r, const np_book_state *baseline, unsigned count)
{
    np_book_state *w = r->v.w;
    const np_rule_plan *rule_plan = r->v.rule_plan;
    r->rows = r->asked = w->full_rows;
    if (w != baseline && !rule_plan->other) { /* with the baseline's history it is what it is there */
        memcpy(w->ts.slots[rule_plan->slot], baseline->ts.slots[rule_plan->slot], count * sizeof(np_series));
        if (rule_plan->line != NP_NO_LINE)
            memcpy(w->counted[rule_plan->line], baseline->counted[rule_plan->line], count * sizeof(np_paid *));
    } else {
        for (unsigned i = 0; i < w->reusing_rows.count; i++) reuse_or_compute(r, baseline, w->reusing_rows.of[i]);
    }
    if (r->rows.count == 0) return;
    find_months_in_force(r);
    for (unsigned i = 0; rule_plan->line != NP_NO_LINE && i < r->rows.count; i++) {
        unsigned s = r->rows.of[i];
        np_paid_clear(&w->paid[rule_plan->line][s]);
        w->counted[rule_plan->line][s] = &w->paid[rule_plan->line][s];
    }
}

/* Of whom it is known beforehand that the condition does not hold. */
static void settle_by_default(rule_batch *r)
{
    np_book_state *w = r->v.w;
    const np_rule_plan *rule_plan = r->v.rule_plan;
    np_condition_result *conditions = w->conditions[rule_plan->slot];
    np_rows asked = r->asked;
    r->asked.count = 0;
    for (unsigned i = 0; i < asked.count; i++) {
        unsigned s = asked.of[i];
        if (!(w->by_default[rule_plan->barred_by] >> s & 1)) {
            np_rows_add(&r->asked, s);
            continue;
        }
        conditions[s] = (np_condition_result){NP_CONDITION_NO, rule_plan->barred_status};
        r->holds[s] = condition_as_kept(&conditions[s], &r->condition[s]);
    }
}

static void evaluate_conditions(rule_batch *r)
{
    np_condition_result *conditions = r->v.w->conditions[r->v.rule_plan->slot];
    if (r->v.rule_plan->barred_by != UINT16_MAX) settle_by_default(r);
    if (r->asked.count) np_ts_of_batch(&r->v.w->ts, &r->v.rule_plan->rule->when, &r->asked, r->condition, r->holds);
    for (unsigned i = 0; i < r->asked.count; i++) {
        unsigned s = r->asked.of[i];
        const np_value *holds = r->holds[s];
        conditions[s] = (np_condition_result){NP_CONDITION_VARIES, 0};
        if (!holds) continue;
        conditions[s].is = holds->unknown ? NP_CONDITION_UNKNOWN : holds->as.truth ? NP_CONDITION_YES : NP_CONDITION_NO;
        conditions[s].status = holds->status;
    }
}

/* Amounts, where conditions hold in all months. */
static void evaluate_amounts(rule_batch *r)
{
    const np_rule *rule = r->v.rule_plan->rule;
    const np_rows *due = &r->asked;
    np_rows some = {0};
    memset(r->amounts, 0, sizeof r->amounts);
    if (rule->amount.root->op == NP_OP_MUL) return; /* products are made segment by segment */
    for (unsigned i = 0; rule->when.root && i < r->rows.count; i++) {
        unsigned s = r->rows.of[i];
        const np_value *holds = r->v.w->ts.from[s] < r->v.w->ts.until[s] ? r->holds[s] : NULL;
        if (holds && !holds->unknown && holds->as.truth) np_rows_add(&some, s);
    }
    if (rule->when.root) due = &some;
    if (due->count) np_ts_of_batch(&r->v.w->ts, &rule->amount, due, r->amount, r->amounts);
}

/* A fact, no amount of money, that is one value in all months, as most are. False when it is not that simple. */
static inline bool append_fact(rule_batch *r, const np_value *holds, unsigned s)
{
    np_book_state *w = r->v.w;
    const np_rule_plan *rule_plan = r->v.rule_plan;
    const np_value *amount = r->amounts[s];
    if (!amount || amount->unknown || amount->type == NP_MONEY || rule_plan->line != NP_NO_LINE || !rule_plan->always ||
        w->ts.failed_rows)
        return false;
    np_segment *segment = np_next_segment(w);
    segment->value = *amount;
    segment->value.status = np_weaker(amount->status, np_rule_status(rule_plan->rule, holds->status));
    segment->from = w->from[s];
    segment->state = NP_LINE_DUE;
    w->segment_count += w->segment_count < NP_SEGMENTS_MAX;
    w->ts.slots[rule_plan->slot][s] = (np_series){segment, 1};
    return !w->ts.eval.failed;
}

/* A condition that stands; NULL: it does not. */
static inline const np_value *constant_condition(const rule_batch *r, unsigned s)
{
    static const np_value ALWAYS = {.type = NP_TRUTH, .status = NP_PUBLISHED, .as.truth = true};
    return r->v.rule_plan->rule->when.root ? r->holds[s] : &ALWAYS;
}

/* A line that nothing names, and that is not due in any month, needs nothing done. */
static inline bool is_never_due(const rule_batch *r, const np_value *holds, unsigned s)
{
    const np_ts_eval *ts = &r->v.w->ts;
    if (!r->v.rule_plan->leaf || ts->failed_rows) return false;
    return ts->from[s] >= ts->until[s] || (holds && !holds->unknown && !holds->as.truth);
}

/* What a rule that is named comes to; whether it is something else than under the baseline. */
static void keep_series(rule_batch *r, const np_book_state *baseline, unsigned s)
{
    np_book_state *w = r->v.w;
    const np_rule_plan *rule_plan = r->v.rule_plan;
    np_series *series = &w->ts.slots[rule_plan->slot][s];
    *series = np_book_state_series(w, r->v.first);
    if (w == baseline || !w->row->same_history) return;
    if (!np_series_same(*series, baseline->ts.slots[rule_plan->slot][s])) w->row->different |= rule_plan->mark;
}

static void write_row(rule_batch *r, const np_book_state *baseline, unsigned s)
{
    np_rule_writing *v = &r->v;
    np_book_state *w = v->w;
    np_ts_eval *ts = &w->ts;
    const np_rule_plan *rule_plan = v->rule_plan;
    const np_value *holds = constant_condition(r, s);
    if (is_never_due(r, holds, s) || (w == baseline && append_fact(r, holds, s))) return;
    np_book_state_set_row(w, s);
    v->first = w->segment_count;
    v->paid = rule_plan->line != NP_NO_LINE ? &w->paid[rule_plan->line][s] : NULL;
    np_rule_write(v, holds, r->amounts[s], ts->from[s], ts->until[s]);
    ts->used = 0;
    if (ts->eval.failed || ts->failed_rows >> s & 1)
        np_book_state_end_step(w, false);
    else if (!rule_plan->leaf)
        keep_series(r, baseline, s);
}

void np_book_state_compute_rule(np_book_state *w, const np_book_state *baseline, const np_rule_plan *rule_plan,
                                unsigned count)
{
    const np_rule *rule = rule_plan->rule;
    bool monthly = rule->kind != NP_ONCE, usual = rule->rounds && rule->rounding == NP_ROUND_HALF_UP;
    rule_batch r;
    r.v = (np_rule_writing){
        .w = w, .rule_plan = rule_plan, .monthly = monthly, .at_once = monthly && rule_plan->leaf && usual};
    w->ts.failed_rows = 0;
    choose_rows(&r, baseline, count);
    if (r.rows.count == 0) return;
    if (rule->when.root) evaluate_conditions(&r);
    evaluate_amounts(&r);
    for (unsigned i = 0; i < r.rows.count; i++) write_row(&r, baseline, r.rows.of[i]);
}

bool np_book_state_applies(np_book_state *w, bool *applies)
{
    const np_formula *when = w->book_plan.when;
    *applies = true;
    if (!when->root || w->row->from >= w->row->until) return true;
    np_series holds = np_ts_of(&w->ts, when, w->row->from, (uint16_t)(w->row->from + 1));
    const np_value *value = &holds.segments->value;
    w->ts.used = 0;
    if (w->ts.eval.failed || value->unknown) return false;
    *applies = value->as.truth;
    return true;
}
