/* Projecting many careers under one book: each formula over all months at once. */
#include "natopay/career/projector.h"

#include <stdlib.h>
#include <string.h>

#include "career_internal.h"

enum {
    SEGMENTS_MAX = 1 << 13, /* of all rules of one person; a career that needs more is computed month by month */
    SEGMENTS_ONCE =
        1 << 10,        /* the same where it is made for one career: clearing more memory costs more than it saves */
    MONTHS_BEFORE = 24, /* that the window has before the first career asked for: others may begin earlier */
    ARENA_LIMIT = 1 << 26,
    FIGURES_LIMIT = 1 << 25
};

/* ---- what stands for everybody ---- */

/* What stands for everybody as long as figures do. */
static void prepare(np_projector *p)
{
    const np_book *book = p->book;
    p->ts->eval.ends = p->ends;
    for (size_t i = 0; i < p->rule_count; i++) {
        const np_rule *rule = p->rules[i].rule;
        np_ts_prepare(p->ts, p->arena, &rule->when);
        np_ts_prepare(p->ts, p->arena, &rule->amount);
        np_ts_prepare(p->ts, p->arena, &rule->date);
    }
    for (size_t i = 0; i < p->moving_count; i++)
        np_ts_prepare(p->ts, p->arena, &book->inputs[book->slots[p->moving[i]].index].fallback);
}

/* Everything for a window of months. The guard of the arena must be in force. */
static void lay_out(np_projector *p)
{
    const np_book *book = p->book;
    p->ts = np_arena_alloc(p->arena, sizeof *p->ts);
    np_ts_init(p->ts, &p->window, book, p->arena, p->figures);
    np_diags_init(&p->quiet, p->arena);
    p->slots = np_arena_array(p->arena, book->slot_count + 1, sizeof *p->slots);
    p->inputs = np_arena_array(p->arena, book->slot_count + 1, sizeof *p->inputs);
    memset(p->by_default, 0, sizeof p->by_default);
    p->rules = np_arena_array(p->arena, book->rule_count + 1, sizeof *p->rules);
    p->ts->values[0] = p->slots;
    p->ts->eval.diags = &p->quiet;
    p->ts->eval.arena = p->arena;
    np_ts_take_row(p->ts, 0);
    p->moving_count = np_moving_inputs(book, p->moving);
    p->rule_count = 0;
    for (size_t i = 0; i < book->order_count; i++) {
        const np_slot *slot = &book->slots[book->order[i]];
        if (slot->kind == NP_SLOT_INPUT) {
            p->ts->slots[book->order[i]][0] = (np_series){&p->inputs[book->order[i]], 1};
            continue;
        }
        const np_rule *rule = &book->rules[slot->index];
        p->rules[p->rule_count++] = np_rule_months_of(rule, &p->window, &book->once);
    }
    prepare(p);
    np_rule_store_init(&p->store, p->arena, p->owns ? SEGMENTS_MAX : SEGMENTS_ONCE);
    np_projector_find_beginnings(p);
}

static void lay_out_guarded(void *context)
{
    lay_out(context);
}

static void prepare_again(void *context)
{
    np_projector *p = context;
    np_ts_forget(p->ts);
    p->ts->eval.arena = p->arena;
    prepare(p);
}

/* Uncertain figures at these ends, [uncertain], which may be others than those of the career before; NULL: all in the
 * middle. */
static void take_ends(np_projector *p, const uint8_t *ends)
{
    size_t count = p->book->uncertain_count;
    if (!ends) ends = p->middle;
    if (!p->owns || memcmp(ends, p->own_ends, count) == 0) return;
    memcpy(p->own_ends, ends, count);
    p->ends = memcmp(ends, p->middle, count) == 0 ? NULL : p->own_ends;
    if (p->ts && !np_arena_guard(p->arena, prepare_again, p)) p->ts = NULL;
}

/* ---- making one ---- */

np_projector *np_projector_new(const np_book *book)
{
    np_projector *p = calloc(1, sizeof *p);
    if (!p) return NULL;
    p->book = book;
    p->owns = true;
    p->possible = np_grade_history_possible(book);
    np_projector_read_slots(p);
    p->arena = np_arena_new(ARENA_LIMIT);
    p->figures = np_arena_new(FIGURES_LIMIT);
    p->own_ends = calloc(book->uncertain_count + 1, 1);
    p->middle = calloc(book->uncertain_count + 1, 1);
    if (p->arena && p->figures && p->own_ends && p->middle) return p;
    np_projector_free(p);
    return NULL;
}

void np_projector_free(np_projector *p)
{
    if (!p) return;
    np_arena_free(p->arena);
    np_arena_free(p->figures);
    free(p->own_ends);
    free(p->middle);
    free(p);
}

np_projector *np_projector_in(np_arena *arena, const np_book *book, const uint8_t *ends)
{
    np_projector *p = np_arena_alloc(arena, sizeof *p);
    p->book = book;
    p->arena = p->figures = arena;
    p->ends = ends;
    p->possible = np_grade_history_possible(book);
    np_projector_read_slots(p);
    return p;
}

static bool holds(const np_projector *p, np_date first, np_date last)
{
    return p->ts && first >= p->window.first && last < p->window.start[p->window.months];
}

/* The window that holds these months: as it was, else a new one. */
static bool take_window(np_projector *p, np_date first, np_date last)
{
    int32_t months = np_date_months_apart(first, last) + 1, before = MONTHS_BEFORE;
    if (holds(p, first, last)) return true;
    if (!p->owns || months + before > NP_PLAN_MONTHS_MAX) before = 0;
    p->ts = NULL;
    np_date begin = np_date_add_months(first, -before);
    if (p->owns && months + 2 * before <= NP_PLAN_MONTHS_MAX) months += 2 * before;
    if (begin == NP_DATE_NONE || !np_window_set(&p->window, begin, months)) {
        months = np_date_months_apart(first, last) + 1;
        if (!np_window_set(&p->window, first, months)) return false;
    }
    if (!p->owns) {
        lay_out(p);
        return true;
    }
    np_arena_reset(p->arena);
    np_arena_reset(p->figures);
    if (np_arena_guard(p->arena, lay_out_guarded, p)) return true;
    p->ts = NULL;
    return false;
}

/* ---- one career ---- */

/* An input that has its default, as it had for the career before, is in place already. */
static void take_inputs(np_projector *p, const np_career *career)
{
    const np_book *book = p->book;
    np_ts_eval *ts = p->ts;
    memcpy(p->slots, career->first_slots, book->slot_count * sizeof *p->slots);
    for (size_t i = 0; i < book->input_count; i++) {
        uint16_t slot = book->defaults[i].slot;
        bool by_default = book->defaults[i].stands && !career->situation->given[slot];
        if (by_default && p->by_default[slot]) continue;
        p->by_default[slot] = by_default;
        p->inputs[slot].value = career->first_slots[slot];
        ts->slots[slot][0] = (np_series){&p->inputs[slot], 1};
    }
    p->inputs[book->date_slot].value = (np_value){.type = NP_DATE, .moving = NP_MONTH_START};
}

/* Grade or step, of which the segments from `first` on say what it is. */
static void take_kept(np_projector *p, uint16_t slot, size_t first)
{
    p->ts->slots[slot][0] = (np_series){p->store.segments + first, p->store.count - first};
    p->by_default[slot] = false;
}

static bool take_state(np_projector *p, const np_grade_history *history, uint16_t from)
{
    const np_career_slots *at = &p->book->career->slots;
    np_value grade = {.type = NP_GRADE}, step = {.type = NP_NUMBER};
    size_t first = p->store.count;
    bool ok = true;
    for (size_t i = 0; i < history->count; i++) {
        if (i && history->points[i].grade == history->points[i - 1].grade) continue;
        grade.as.grade = history->points[i].grade;
        uint16_t month = np_window_month(&p->window, history->points[i].month);
        ok = ok && np_rule_store_value(&p->store, first, &grade, i && month > from ? month : from);
    }
    take_kept(p, at->grade, first);
    first = p->store.count;
    for (size_t i = 0; i < history->count && at->step != UINT16_MAX; i++) {
        if (i && history->points[i].step == history->points[i - 1].step) continue;
        step.as.number = np_num_int(history->points[i].step);
        uint16_t month = np_window_month(&p->window, history->points[i].month);
        ok = ok && np_rule_store_value(&p->store, first, &step, i && month > from ? month : from);
    }
    if (at->step != UINT16_MAX) take_kept(p, at->step, first);
    return ok;
}

static bool take_moving(np_projector *p, const np_situation *situation, uint16_t from, uint16_t until)
{
    bool ok = true;
    for (size_t i = 0; i < p->moving_count; i++) {
        uint16_t slot = p->moving[i];
        if (situation->given[slot]) continue;
        const np_formula *fallback = &p->book->inputs[p->book->slots[slot].index].fallback;
        np_series series = np_ts_of(p->ts, fallback, from, until);
        size_t first = p->store.count;
        for (size_t k = 0; k < series.count && ok; k++)
            ok = np_rule_store_value(&p->store, first, &series.segments[k].value, k ? series.segments[k].from : from);
        take_kept(p, slot, first);
        p->ts->used = 0;
    }
    return ok && !p->ts->eval.failed;
}

bool np_projector_run(np_projector *p, const np_career *career, const np_grade_history *history, np_date first,
                      np_date last)
{
    take_ends(p, career->ends);
    if (!p->possible || !take_window(p, np_date_month_start(career->terms.start), last)) return false;
    np_ts_eval *ts = p->ts;
    uint16_t from = np_window_month(&p->window, first), until = (uint16_t)(np_window_month(&p->window, last) + 1);
    p->store.count = 0;
    ts->eval.failed = false;
    ts->eval.arena = career->arena;
    np_diags_init(&p->quiet, career->arena);
    ts->situations[0] = career->situation;
    if (p->owns) np_ts_trim(ts);
    np_ts_take_row(ts, 0);
    take_inputs(p, career);
    bool ok = take_state(p, history, from) && take_moving(p, career->situation, from, until);
    for (size_t i = 0; i < p->rule_count && ok; i++) {
        np_ts_rule(ts, &p->store, &p->rules[i], from, until);
        ok = !ts->eval.failed;
    }
    return ok;
}
