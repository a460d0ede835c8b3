/* Formulas that stand, for several members of staff at a time: most conditions and facts are what they are through all
 * months of the plan. Each operation is done for all rows of the batch before the next one, by the evaluator's own
 * operations; whatever does not stand, or goes with the month, is left to series. */
#include "natopay/pay/timeseries.h"

static void walk(np_ts_eval *ts, const np_node *node, const np_rows *rows, np_value *room, const np_value **out);

/* The same value, no surer than `status`. */
static inline const np_value *weakened(const np_value *value, uint8_t status, np_value *room)
{
    if (!value || value->unknown || value->status >= status) return value;
    if (value != room) *room = *value;
    room->status = status;
    return room;
}

static const np_value *unknown(const np_node *node, np_value *room)
{
    *room = np_ts_unknown(node->type);
    return room;
}

/* ---- names, and what is the same for everybody ---- */

static void name(const np_ts_eval *ts, const np_node *node, const np_rows *rows, const np_value **out)
{
    const np_series *row = ts->slots[node->index];
    for (unsigned i = 0; i < rows->count; i++) {
        unsigned s = rows->of[i];
        np_series here = row[s];
        if (here.count > 1) here = np_series_cut(here, ts->from[s], ts->until[s]);
        out[s] = here.count == 1 ? &here.segments->value : NULL;
    }
}

static void same_for_all(const np_ts_eval *ts, const np_node *node, const np_rows *rows, const np_value **out)
{
    np_series all = ts->month_only[node->id];
    for (unsigned i = 0; i < rows->count; i++) {
        unsigned s = rows->of[i];
        np_series here = all.count > 1 ? np_series_cut(all, ts->from[s], ts->until[s]) : all;
        out[s] = here.count == 1 ? &here.segments->value : NULL;
    }
}

/* Parts that go by the duty country. */
static void placed(np_ts_eval *ts, const np_node *node, const np_rows *rows, const np_value **out)
{
    for (unsigned i = 0; i < rows->count; i++) {
        unsigned s = rows->of[i];
        np_ts_take_row(ts, s);
        const np_series *all = np_ts_placed(ts, node);
        np_series here = {NULL, 0};
        if (all) here = all->count > 1 ? np_series_cut(*all, ts->from[s], ts->until[s]) : *all;
        out[s] = here.count == 1 ? &here.segments->value : NULL;
    }
}

/* ---- operations ---- */

static void binary(np_ts_eval *ts, const np_node *node, const np_rows *rows, np_value *room, const np_value **out)
{
    np_value left[NP_BATCH], right[NP_BATCH];
    const np_value *as[NP_BATCH], *bs[NP_BATCH];
    walk(ts, node->args[0], rows, left, as);
    walk(ts, node->args[1], rows, right, bs);
    for (unsigned i = 0; i < rows->count; i++) {
        unsigned s = rows->of[i];
        const np_value *a = as[s], *b = bs[s];
        out[s] = NULL;
        if (!a || !b || a->moving || b->moving) continue;
        if (a->unknown || b->unknown) {
            out[s] = unknown(node, &room[s]);
        } else if (np_value_compare(node, a, b, &room[s])) {
            out[s] = &room[s];
        } else {
            np_ts_take_row(ts, s);
            const np_value *result = np_eval_operate(&ts->eval, node, a, b, &room[s]);
            if (!np_ts_failed(ts, s)) out[s] = result;
        }
    }
}

static void negation(np_ts_eval *ts, const np_node *node, const np_rows *rows, np_value *room, const np_value **out)
{
    walk(ts, node->args[0], rows, room, out);
    for (unsigned i = 0; i < rows->count; i++) {
        unsigned s = rows->of[i];
        const np_value *a = out[s];
        if (!a || a->unknown) continue;
        if (a != &room[s]) room[s] = *a;
        room[s].as.truth = !room[s].as.truth;
        out[s] = &room[s];
    }
}

/* `and` is settled by a no, `or` by a yes; the second side is asked where it is not. */
static void settle(np_ts_eval *ts, const np_node *node, const np_rows *rows, np_value *room, const np_value **out)
{
    bool stop = node->op == NP_OP_OR;
    np_value second[NP_BATCH];
    const np_value *bs[NP_BATCH];
    np_rows open = {0};
    walk(ts, node->args[0], rows, room, out);
    for (unsigned i = 0; i < rows->count; i++) {
        const np_value *a = out[rows->of[i]];
        if (a && (a->unknown || a->as.truth != stop)) np_rows_add(&open, rows->of[i]);
    }
    if (open.count == 0) return;
    walk(ts, node->args[1], &open, second, bs);
    for (unsigned i = 0; i < open.count; i++) {
        unsigned s = open.of[i];
        const np_value *a = out[s], *b = bs[s];
        uint8_t status = a->status;
        bool settles = b && (!a->unknown || (!b->unknown && b->as.truth == stop));
        if (b && !settles) {
            out[s] = unknown(node, &room[s]);
            continue;
        }
        bool asked = b && !a->unknown;
        if (b == &second[s]) {
            room[s] = *b;
            b = &room[s];
        }
        out[s] = asked ? weakened(b, status, &room[s]) : b;
    }
}

static void choose(np_ts_eval *ts, const np_node *node, const np_rows *rows, np_value *room, const np_value **out)
{
    np_value condition[NP_BATCH];
    const np_value *holds[NP_BATCH];
    np_rows sides[2] = {{0}, {0}};
    walk(ts, node->args[0], rows, condition, holds);
    for (unsigned i = 0; i < rows->count; i++) {
        unsigned s = rows->of[i];
        out[s] = holds[s] ? unknown(node, &room[s]) : NULL;
        if (holds[s] && !holds[s]->unknown) np_rows_add(&sides[!holds[s]->as.truth], s);
    }
    for (unsigned side = 0; side < 2; side++) {
        if (sides[side].count == 0) continue;
        walk(ts, node->args[1 + side], &sides[side], room, out);
        for (unsigned i = 0; i < sides[side].count; i++) {
            unsigned s = sides[side].of[i];
            out[s] = weakened(out[s], holds[s]->status, &room[s]);
        }
    }
}

/* ---- calls ---- */

enum { CALL_ARGS = 3 };

/* What a call comes to for a row, of known arguments, each of which stands or goes with the month; NULL: it does not
 * stand. */
typedef const np_value *(*result)(np_ts_eval *ts, const np_node *node, unsigned row, const np_value *const *args,
                                  np_value *room);

static const np_value *figure(np_ts_eval *ts, const np_node *node, unsigned s, const np_value *const *args,
                              np_value *room)
{
    uint8_t status;
    for (size_t k = 0; k < node->argc; k++)
        if (args[k]->moving) return NULL;
    const np_series *found = np_ts_figure(ts, node, args, &status);
    if (!found) return NULL;
    np_series here = np_series_cut(*found, ts->from[s], ts->until[s]);
    return here.count == 1 ? weakened(&here.segments->value, status, room) : NULL;
}

/* A function whose result stands as long as its arguments do, as it turns out. */
static const np_value *function(np_ts_eval *ts, const np_node *node, unsigned s, const np_value *const *args,
                                np_value *room)
{
    np_segment segments[CALL_ARGS];
    np_arguments a = {.count = node->argc};
    for (size_t k = 0; k < node->argc; k++) {
        segments[k] = (np_segment){.value = *args[k]};
        a.of[k] = (np_series){&segments[k], 1};
    }
    size_t mark = ts->used;
    np_series series = np_ts_apply(ts, node, &a, ts->from[s], ts->until[s]);
    ts->used = mark;
    *room = series.segments->value;
    return series.count == 1 ? room : NULL;
}

static void apply(np_ts_eval *ts, const np_node *node, result of, const np_rows *rows, np_value *room,
                  const np_value **out)
{
    np_value values[CALL_ARGS][NP_BATCH];
    const np_value *given[CALL_ARGS][NP_BATCH];
    for (size_t k = 0; k < node->argc; k++) walk(ts, node->args[k], rows, values[k], given[k]);
    for (unsigned i = 0; i < rows->count; i++) {
        unsigned s = rows->of[i];
        const np_value *args[CALL_ARGS];
        bool stand = true, known = true;
        for (size_t k = 0; k < node->argc; k++) {
            args[k] = given[k][s];
            stand = stand && args[k];
            known = known && stand && !args[k]->unknown;
        }
        out[s] = stand && !known ? unknown(node, &room[s]) : NULL;
        if (!known) continue;
        np_ts_take_row(ts, s);
        const np_value *value = of(ts, node, s, args, &room[s]);
        if (!np_ts_failed(ts, s)) out[s] = value;
    }
}

static void presence(const np_ts_eval *ts, const np_node *node, const np_rows *rows, np_value *room,
                     const np_value **out)
{
    bool given = node->index == NP_FN_GIVEN;
    uint16_t slot = node->args[0]->index;
    for (unsigned i = 0; i < rows->count; i++) {
        unsigned s = rows->of[i];
        np_series here = np_series_cut(ts->slots[slot][s], ts->from[s], ts->until[s]);
        room[s] = (np_value){.type = NP_TRUTH};
        room[s].as.truth = given ? ts->situations[s]->given[slot] : !here.segments->value.unknown;
        out[s] = given || here.count == 1 ? &room[s] : NULL;
    }
}

/* ---- the walk ---- */

static void leave(const np_rows *rows, const np_value **out)
{
    for (unsigned i = 0; i < rows->count; i++) out[rows->of[i]] = NULL;
}

static void call(np_ts_eval *ts, const np_node *node, const np_rows *rows, np_value *room, const np_value **out)
{
    bool parameter = node->op == NP_OP_PARAMETER;
    if (!parameter && (node->index == NP_FN_GIVEN || node->index == NP_FN_KNOWN))
        presence(ts, node, rows, room, out);
    else if (node->argc > CALL_ARGS || (!parameter && node->index == NP_FN_YEARS_BETWEEN)) /* years hardly stand */
        leave(rows, out);
    else
        apply(ts, node, np_is_figure(node) ? figure : function, rows, room, out);
}

static void walk(np_ts_eval *ts, const np_node *node, const np_rows *rows, np_value *room, const np_value **out)
{
    if (node->op != NP_OP_SLOT && ts->month_only[node->id].count) {
        same_for_all(ts, node, rows, out);
        return;
    }
    if (ts->placed[node->id]) {
        placed(ts, node, rows, out);
        return;
    }
    switch ((np_op)node->op) {
    case NP_OP_SLOT:
        name(ts, node, rows, out);
        break;
    case NP_OP_AND:
    case NP_OP_OR:
        settle(ts, node, rows, room, out);
        break;
    case NP_OP_IF:
        choose(ts, node, rows, room, out);
        break;
    case NP_OP_NOT:
        negation(ts, node, rows, room, out);
        break;
    case NP_OP_PARAMETER:
    case NP_OP_CALL:
        call(ts, node, rows, room, out);
        break;
    case NP_OP_NEG:
    case NP_OP_IN:
        leave(rows, out);
        break;
    default:
        binary(ts, node, rows, room, out);
    }
}

void np_ts_of_batch(np_ts_eval *ts, const np_formula *formula, const np_rows *rows, np_value *room,
                    const np_value **out)
{
    ts->eval.formula = formula;
    walk(ts, formula->root, rows, room, out);
}
