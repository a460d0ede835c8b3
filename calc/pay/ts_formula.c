/* Walking a formula over months: operations, segment by segment. A call's arguments are formulas in turn, so that this
 * file and ts_functions.c call one another. */
#include "natopay/pay/timeseries.h"

#include <stdlib.h>
#include <string.h>

/* ---- operations ---- */

/* A sum or difference of small numbers. */
static inline bool add(const np_value *a, const np_value *b, bool minus, np_value *room)
{
    int64_t sum;
    if (a->as.number.den != b->as.number.den || a->as.number.den <= 0) return false;
    if (minus ? __builtin_sub_overflow(a->as.number.of.small, b->as.number.of.small, &sum)
              : __builtin_add_overflow(a->as.number.of.small, b->as.number.of.small, &sum))
        return false;
    np_value_begin(room, NP_NUMBER, np_weaker(a->status, b->status), 0);
    room->as.number = np_num_small(sum, a->as.number.den);
    return true;
}

/* The result of two operands that go with the month, in one month; the month until which it stands. */
static uint16_t operate_moving(np_ts_eval *ts, const np_node *node, const np_value *a, const np_value *b,
                               uint16_t month, uint16_t next, np_value *room)
{
    np_value left, right;
    const np_value *x = np_value_in(ts->window, a, month, &left), *y = np_value_in(ts->window, b, month, &right);
    np_ts_set_month(ts, month);
    const np_value *result = np_eval_operate(&ts->eval, node, x, y, room);
    if (result != room) *room = *result;
    return np_ts_valid_until(ts, room, month, next);
}

static inline uint16_t operate(np_ts_eval *ts, const np_node *node, const np_value *a, const np_value *b,
                               uint16_t month, uint16_t next, np_value *room)
{
    if (a->unknown || b->unknown) {
        *room = np_ts_unknown(node->type);
        return next;
    }
    if (node->op == NP_OP_MUL && np_value_multiply(a, b, node->type, room)) return next;
    if (node->type == NP_NUMBER && (node->op == NP_OP_ADD || node->op == NP_OP_SUB) &&
        add(a, b, node->op == NP_OP_SUB, room))
        return next;
    if (np_value_compare(node, a, b, room)) return next;
    if (a->moving || b->moving) return operate_moving(ts, node, a, b, month, next, room);
    const np_value *result = np_eval_operate(&ts->eval, node, a, b, room);
    if (result != room) *room = *result;
    return next;
}

/* A product of a constant and a series: one segment for each of the series. False when a segment needs more than
 * that. */
static bool scale_segments(np_ts_eval *ts, const np_node *node, np_series a, const np_value *by, bool swap,
                           uint16_t from)
{
    size_t first = ts->used;
    if (by->unknown || by->as.number.den <= 0 || ts->used + a.count > NP_TS_ROOM) return false;
    np_segment *out = &ts->room[first];
    for (size_t i = 0; i < a.count; i++, out++) {
        const np_value *x = &a.segments[i].value;
        out->from = i ? a.segments[i].from : from;
        out->state = 0;
        if (x->unknown)
            out->value = np_ts_unknown(node->type);
        else if (!(swap ? np_value_multiply(by, x, node->type, &out->value)
                        : np_value_multiply(x, by, node->type, &out->value)))
            return false;
    }
    ts->used += a.count;
    return true;
}

/* A number more or less, which stands. False when a segment needs more than that. */
static bool shift_segments(np_ts_eval *ts, const np_node *node, np_series a, const np_value *by, uint16_t from)
{
    size_t first = ts->used;
    if (by->unknown || ts->used + a.count > NP_TS_ROOM) return false;
    np_segment *out = &ts->room[first];
    for (size_t i = 0; i < a.count; i++, out++) {
        out->from = i ? a.segments[i].from : from;
        out->state = 0;
        if (a.segments[i].value.unknown || !add(&a.segments[i].value, by, node->op == NP_OP_SUB, &out->value))
            return false;
    }
    ts->used += a.count;
    return true;
}

static np_series binary(np_ts_eval *ts, const np_node *node, uint16_t from, uint16_t until)
{
    np_series a = np_ts_node(ts, node->args[0], from, until);
    np_series b = np_ts_node(ts, node->args[1], from, until);
    size_t first = ts->used;
    if (node->type == NP_NUMBER && (node->op == NP_OP_ADD || node->op == NP_OP_SUB) && b.count == 1 &&
        shift_segments(ts, node, a, &b.segments->value, from))
        return np_ts_since(ts, first);
    if (node->op == NP_OP_MUL && ((b.count == 1 && scale_segments(ts, node, a, &b.segments->value, false, from)) ||
                                  (a.count == 1 && scale_segments(ts, node, b, &a.segments->value, true, from))))
        return np_ts_since(ts, first);
    bool equal = node->type == NP_TRUTH; /* likely to stay as it is; amounts hardly do */
    for (uint16_t month = from; month < until;) {
        uint16_t next = np_series_go(&b, month, np_series_go(&a, month, until)), here = month;
        month = operate(ts, node, &a.segments->value, &b.segments->value, month, next, np_ts_place(ts));
        if (equal)
            np_ts_keep(ts, first, here);
        else
            np_ts_add(ts, here);
    }
    return np_ts_since(ts, first);
}

static np_series unary(np_ts_eval *ts, const np_node *node, uint16_t from, uint16_t until)
{
    np_series a = np_ts_node(ts, node->args[0], from, until);
    size_t first = ts->used;
    for (size_t i = 0; i < a.count; i++) {
        np_value *value = np_ts_place(ts);
        *value = a.segments[i].value;
        if (!value->unknown && node->op == NP_OP_NOT) value->as.truth = !value->as.truth;
        if (!value->unknown && node->op == NP_OP_NEG) value->as.number = np_num_neg(ts->eval.arena, value->as.number);
        np_ts_keep(ts, first, i ? a.segments[i].from : from);
    }
    return np_ts_since(ts, first);
}

/* ---- what is looked at only where it matters ---- */

/* An `if` takes one branch in some months and the other in the rest: the pieces of its result, one for each segment of
 * the condition. */
typedef struct parts {
    np_series *of; /* [segment of the condition] */
    np_series condition;
} parts;

static parts begin_parts(np_ts_eval *ts, np_series condition)
{
    return (parts){np_arena_array(ts->eval.arena, condition.count, sizeof(np_series)), condition};
}

static uint16_t end_of(np_series s, size_t segment, uint16_t until)
{
    return segment + 1 < s.count ? s.segments[segment + 1].from : until;
}

static uint16_t start_of(np_series s, size_t segment, uint16_t from)
{
    return s.segments[segment].from > from ? s.segments[segment].from : from;
}

static void copy_part(np_ts_eval *ts, size_t first, np_series part, uint16_t from, uint8_t status)
{
    for (size_t i = 0; i < part.count; i++) {
        np_value *value = np_ts_place(ts);
        *value = part.segments[i].value;
        if (!value->unknown && value->status < status) value->status = status;
        np_ts_keep(ts, first, start_of(part, i, from));
    }
}

static bool is_weakened(np_series s, uint8_t status)
{
    for (size_t i = 0; i < s.count; i++)
        if (!s.segments[i].value.unknown && s.segments[i].value.status < status) return true;
    return false;
}

/* A part that is the whole result: as it is, unless it has to be less sure. */
static np_series alone(np_ts_eval *ts, np_series part, uint16_t from, uint8_t status)
{
    if (!is_weakened(part, status)) return part;
    size_t first = ts->used;
    copy_part(ts, first, part, from, status);
    return np_ts_since(ts, first);
}

static np_series unknown_series(np_ts_eval *ts, uint8_t type, uint16_t from)
{
    size_t first = ts->used;
    *np_ts_place(ts) = np_ts_unknown(type);
    np_ts_keep(ts, first, from);
    return np_ts_since(ts, first);
}

static np_series branch(np_ts_eval *ts, const np_node *node, const np_value *condition, uint16_t from, uint16_t until)
{
    if (condition->unknown) return unknown_series(ts, node->type, from);
    return np_ts_node(ts, node->args[condition->as.truth ? 1 : 2], from, until);
}

static np_series choose(np_ts_eval *ts, const np_node *node, uint16_t from, uint16_t until)
{
    np_series condition = np_ts_node(ts, node->args[0], from, until);
    if (condition.count == 1) {
        const np_value *value = &condition.segments->value;
        return alone(ts, branch(ts, node, value, from, until), from, value->status);
    }
    parts p = begin_parts(ts, condition);
    for (size_t i = 0; i < condition.count; i++)
        p.of[i] =
            branch(ts, node, &condition.segments[i].value, start_of(condition, i, from), end_of(condition, i, until));
    size_t first = ts->used;
    for (size_t i = 0; i < condition.count; i++)
        copy_part(ts, first, p.of[i], start_of(condition, i, from), condition.segments[i].value.status);
    return np_ts_since(ts, first);
}

/* The first side is unknown: the second one may settle the question all the same. */
static np_series settle_unknown(np_ts_eval *ts, bool stop, np_series second, uint16_t from)
{
    size_t first = ts->used;
    for (size_t i = 0; i < second.count; i++) {
        const np_value *value = &second.segments[i].value;
        bool settles = !value->unknown && value->as.truth == stop;
        *np_ts_place(ts) = settles ? *value : np_ts_unknown(NP_TRUTH);
        np_ts_keep(ts, first, start_of(second, i, from));
    }
    return np_ts_since(ts, first);
}

/* One segment of the first side of `and` (settled by a no) or `or` (by a yes), with the second where it is asked. */
static np_series settle_segment(np_ts_eval *ts, const np_node *node, const np_value *a, uint16_t from, uint16_t until)
{
    bool stop = node->op == NP_OP_OR;
    if (!a->unknown && a->as.truth == stop) {
        size_t first = ts->used;
        *np_ts_place(ts) = *a;
        np_ts_keep(ts, first, from);
        return np_ts_since(ts, first);
    }
    np_series b = np_ts_node(ts, node->args[1], from, until);
    return a->unknown ? settle_unknown(ts, stop, b, from) : alone(ts, b, from, a->status);
}

static np_series settle(np_ts_eval *ts, const np_node *node, uint16_t from, uint16_t until)
{
    np_series a = np_ts_node(ts, node->args[0], from, until);
    if (a.count == 1) {
        const np_value *value = &a.segments->value;
        if (!value->unknown && value->as.truth == (node->op == NP_OP_OR)) return a;
        return settle_segment(ts, node, value, from, until);
    }
    parts p = begin_parts(ts, a);
    for (size_t i = 0; i < a.count; i++)
        p.of[i] = settle_segment(ts, node, &a.segments[i].value, start_of(a, i, from), end_of(a, i, until));
    size_t first = ts->used;
    for (size_t i = 0; i < a.count; i++) copy_part(ts, first, p.of[i], start_of(a, i, from), NP_PUBLISHED);
    return np_ts_since(ts, first);
}

/* ---- the walk ---- */

static size_t names_of(const np_node *node, uint16_t *names, size_t count)
{
    bool named = node->op != NP_OP_SLOT;
    for (size_t i = 0; i < count && !named; i++) named = names[i] == node->index;
    if (!named) names[count++] = node->index;
    for (size_t i = 0; i < node->argc; i++) count = names_of(node->args[i], names, count);
    return count;
}

/* Any part at all: the evaluator walks it anew wherever something that it names changes. */
static np_series walk(np_ts_eval *ts, const np_node *node, uint16_t from, uint16_t until)
{
    const np_book *book = ts->eval.book;
    uint16_t names[NP_SLOTS_MAX];
    np_series series[NP_SLOTS_MAX];
    size_t count = names_of(node, names, 0), first = ts->used;
    for (size_t i = 0; i < count; i++) series[i] = np_series_cut(ts->slots[names[i]][ts->row], from, until);
    for (uint16_t month = from; month < until;) {
        uint16_t next = until;
        for (size_t i = 0; i < count; i++) {
            np_value here;
            next = np_series_go(&series[i], month, next);
            if (names[i] != book->date_slot)
                ts->eval.slots[names[i]] = *np_value_in(ts->window, &series[i].segments->value, month, &here);
        }
        np_ts_set_month(ts, month);
        np_value value = np_eval_part(&ts->eval, node);
        if (value.unknown) value = np_ts_unknown(node->type);
        *np_ts_place(ts) = value;
        np_ts_keep(ts, first, month);
        month = np_ts_valid_until(ts, &value, month, next);
    }
    return np_ts_since(ts, first);
}

static inline np_series work(np_ts_eval *ts, const np_node *node, uint16_t from, uint16_t until)
{
    switch ((np_op)node->op) {
    case NP_OP_AND:
    case NP_OP_OR:
        return settle(ts, node, from, until);
    case NP_OP_IF:
        return choose(ts, node, from, until);
    case NP_OP_NEG:
    case NP_OP_NOT:
        return unary(ts, node, from, until);
    case NP_OP_PARAMETER:
    case NP_OP_CALL:
        return np_ts_call(ts, node, from, until);
    case NP_OP_IN:
        return walk(ts, node, from, until);
    default:
        return binary(ts, node, from, until);
    }
}

/* What failed may have left anything at all where its result belongs: whoever goes by it finds something unknown, which
 * every operation can take. After a failure nothing more is computed: what is found once for all, such as figures,
 * would take the failure for its own. */
np_series np_ts_work(np_ts_eval *ts, const np_node *node, uint16_t from, uint16_t until)
{
    np_series series = {NULL, 0};
    if (!ts->eval.failed) {
        const np_series *placed = ts->placed[node->id] ? np_ts_placed(ts, node) : NULL;
        if (placed) return np_series_cut(*placed, from, until);
        series = work(ts, node, from, until);
    }
    if (!ts->eval.failed) return series;
    ts->lost = (np_segment){.value = np_ts_unknown(node->type), .from = from};
    return (np_series){&ts->lost, 1};
}

/* ---- parts that name only the month ---- */

/* Whether what a part comes to depends on the duty country though it does not name it, as a scale does. */
static bool goes_by_place(const np_book *book, const np_node *node)
{
    if (node->op == NP_OP_PARAMETER) return book->parameters[node->index].by_country;
    return node->op == NP_OP_CALL && (node->index == NP_FN_SCALE || node->index == NP_FN_SCALE_DATE ||
                                      node->index == NP_FN_LOCAL || node->index == NP_FN_UNADJUSTED_YEARS);
}

static bool names_month_only(const np_book *book, const np_node *node, bool *placed)
{
    if (node->op == NP_OP_SLOT) return node->index == book->date_slot;
    if (node->op == NP_OP_CALL &&
        (node->index == NP_FN_GIVEN || node->index == NP_FN_KNOWN || node->index == NP_FN_CHOICE))
        return false;
    *placed = *placed || goes_by_place(book, node);
    for (size_t i = 0; i < node->argc; i++)
        if (!names_month_only(book, node->args[i], placed)) return false;
    return true;
}

static void prepare(np_ts_eval *ts, np_arena *arena, const np_node *node)
{
    for (size_t i = 0; i < node->argc; i++) prepare(ts, arena, node->args[i]);
    if (node->op == NP_OP_LITERAL) {
        if (ts->month_only[node->id].count) return;
        np_segment *segment = np_arena_alloc(arena, sizeof *segment);
        segment->value = node->literal;
        ts->month_only[node->id] = (np_series){segment, 1};
        return;
    }
    bool placed = false;
    if (node->op == NP_OP_SLOT || !names_month_only(ts->eval.book, node, &placed)) return;
    if (placed) {
        ts->placed[node->id] = node->argc > 0; /* a figure without arguments is found as quickly by itself */
        return;
    }
    ts->used = 0;
    ts->month_only[node->id].count = 0;
    np_series series = np_ts_node(ts, node, 0, ts->window->months);
    bool failed = ts->eval.failed; /* it will fail again, and be told, when it is needed */
    ts->eval.failed = false;
    if (failed) return;
    np_segment *segments = np_arena_array(arena, series.count, sizeof *segments);
    memcpy(segments, series.segments, series.count * sizeof *segments);
    ts->month_only[node->id] = (np_series){segments, series.count};
}

void np_ts_prepare(np_ts_eval *ts, np_arena *arena, const np_formula *formula)
{
    size_t nodes = ts->eval.book->node_count + 1;
    if (!ts->month_only) ts->month_only = np_arena_array(arena, nodes, sizeof *ts->month_only);
    if (!ts->placed) ts->placed = np_arena_array(arena, nodes, sizeof *ts->placed);
    if (!formula->root) return;
    np_segment *month = np_arena_alloc(arena, sizeof *month);
    month->value = (np_value){.type = NP_DATE, .moving = NP_MONTH_START};
    for (size_t row = 0; row < NP_BATCH; row++) ts->slots[ts->eval.book->date_slot][row] = (np_series){month, 1};
    ts->eval.formula = formula;
    prepare(ts, arena, formula->root);
    ts->used = 0;
}

void np_ts_init(np_ts_eval *ts, const np_window *window, const np_book *book, np_arena *arena, np_arena *figures)
{
    ts->window = window;
    ts->eval = (np_eval){.book = book, .projecting = true, .horizon = INT32_MAX};
    ts->room = np_arena_array(arena, NP_TS_ROOM + 1, sizeof *ts->room);
    np_ts_cache_init(&ts->cache, book, arena, figures);
}
