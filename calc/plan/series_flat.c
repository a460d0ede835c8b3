/* Formulas that stand, for several members of staff at a time: most conditions and facts are what they are through all
 * months of the plan. Each operation is done for all seats before the next one, by the evaluator's own operations;
 * whatever does not stand, or goes with the month, is left to series. */
#include "series.h"

static void walk(np_loom *loom, const np_node *node, const np_seats *seats, np_value *room, const np_value **out);

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
    *room = np_series_unknown(node->type);
    return room;
}

/* ---- names and what stands for everybody ---- */

static void name(const np_loom *loom, const np_node *node, const np_seats *seats, const np_value **out)
{
    const np_series *row = loom->slots[node->index];
    for (unsigned i = 0; i < seats->count; i++) {
        unsigned s = seats->of[i];
        np_series here = row[s];
        if (here.count > 1) here = np_series_cut(here, loom->from[s], loom->until[s]);
        out[s] = here.count == 1 ? &here.pieces->value : NULL;
    }
}

static void standing(const np_loom *loom, const np_node *node, const np_seats *seats, const np_value **out)
{
    np_series all = loom->standing[node->id];
    for (unsigned i = 0; i < seats->count; i++) {
        unsigned s = seats->of[i];
        np_series here = all.count > 1 ? np_series_cut(all, loom->from[s], loom->until[s]) : all;
        out[s] = here.count == 1 ? &here.pieces->value : NULL;
    }
}

/* ---- operations ---- */

static void binary(np_loom *loom, const np_node *node, const np_seats *seats, np_value *room, const np_value **out)
{
    np_value left[NP_SEATS], right[NP_SEATS];
    const np_value *as[NP_SEATS], *bs[NP_SEATS];
    walk(loom, node->args[0], seats, left, as);
    walk(loom, node->args[1], seats, right, bs);
    for (unsigned i = 0; i < seats->count; i++) {
        unsigned s = seats->of[i];
        const np_value *a = as[s], *b = bs[s];
        out[s] = NULL;
        if (!a || !b || a->moving || b->moving) continue;
        if (a->unknown || b->unknown) {
            out[s] = unknown(node, &room[s]);
        } else if (np_value_compare(node, a, b, &room[s])) {
            out[s] = &room[s];
        } else {
            np_loom_sit(loom, s);
            const np_value *result = np_eval_operate(&loom->eval, node, a, b, &room[s]);
            if (!np_loom_fell(loom, s)) out[s] = result;
        }
    }
}

static void negation(np_loom *loom, const np_node *node, const np_seats *seats, np_value *room, const np_value **out)
{
    walk(loom, node->args[0], seats, room, out);
    for (unsigned i = 0; i < seats->count; i++) {
        unsigned s = seats->of[i];
        const np_value *a = out[s];
        if (!a || a->unknown) continue;
        if (a != &room[s]) room[s] = *a;
        room[s].as.truth = !room[s].as.truth;
        out[s] = &room[s];
    }
}

/* `and` is settled by a no, `or` by a yes; the second side is asked where it is not. */
static void settle(np_loom *loom, const np_node *node, const np_seats *seats, np_value *room, const np_value **out)
{
    bool stop = node->op == NP_OP_OR;
    np_value second[NP_SEATS];
    const np_value *bs[NP_SEATS];
    np_seats open = {0};
    walk(loom, node->args[0], seats, room, out);
    for (unsigned i = 0; i < seats->count; i++) {
        const np_value *a = out[seats->of[i]];
        if (a && (a->unknown || a->as.truth != stop)) np_seats_add(&open, seats->of[i]);
    }
    if (open.count == 0) return;
    walk(loom, node->args[1], &open, second, bs);
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

static void choose(np_loom *loom, const np_node *node, const np_seats *seats, np_value *room, const np_value **out)
{
    np_value condition[NP_SEATS];
    const np_value *holds[NP_SEATS];
    np_seats sides[2] = {{0}, {0}};
    walk(loom, node->args[0], seats, condition, holds);
    for (unsigned i = 0; i < seats->count; i++) {
        unsigned s = seats->of[i];
        out[s] = holds[s] ? unknown(node, &room[s]) : NULL;
        if (holds[s] && !holds[s]->unknown) np_seats_add(&sides[!holds[s]->as.truth], s);
    }
    for (unsigned side = 0; side < 2; side++) {
        if (sides[side].count == 0) continue;
        walk(loom, node->args[1 + side], &sides[side], room, out);
        for (unsigned i = 0; i < sides[side].count; i++) {
            unsigned s = sides[side].of[i];
            out[s] = weakened(out[s], holds[s]->status, &room[s]);
        }
    }
}

/* ---- calls ---- */

enum { CALL_ARGS = 3 };

/* What a call comes to for a seat, of known arguments, each of which stands or goes with the month; NULL: it does not
 * stand. */
typedef const np_value *(*result)(np_loom *loom, const np_node *node, unsigned seat, const np_value *const *args,
                                  np_value *room);

static const np_value *figure(np_loom *loom, const np_node *node, unsigned s, const np_value *const *args,
                              np_value *room)
{
    uint8_t status;
    for (size_t k = 0; k < node->argc; k++)
        if (args[k]->moving) return NULL;
    const np_series *found = np_loom_figure(loom, node, args, &status);
    if (!found) return NULL;
    np_series here = np_series_cut(*found, loom->from[s], loom->until[s]);
    return here.count == 1 ? weakened(&here.pieces->value, status, room) : NULL;
}

/* A function whose result stands as long as its arguments do, as it turns out. */
static const np_value *function(np_loom *loom, const np_node *node, unsigned s, const np_value *const *args,
                                np_value *room)
{
    np_piece pieces[CALL_ARGS];
    np_arguments a = {.count = node->argc};
    for (size_t k = 0; k < node->argc; k++) {
        pieces[k] = (np_piece){.value = *args[k]};
        a.of[k] = (np_series){&pieces[k], 1};
    }
    size_t mark = loom->used;
    np_series series = np_series_apply(loom, node, &a, loom->from[s], loom->until[s]);
    loom->used = mark;
    *room = series.pieces->value;
    return series.count == 1 ? room : NULL;
}

static void apply(np_loom *loom, const np_node *node, result of, const np_seats *seats, np_value *room,
                  const np_value **out)
{
    np_value values[CALL_ARGS][NP_SEATS];
    const np_value *given[CALL_ARGS][NP_SEATS];
    for (size_t k = 0; k < node->argc; k++) walk(loom, node->args[k], seats, values[k], given[k]);
    for (unsigned i = 0; i < seats->count; i++) {
        unsigned s = seats->of[i];
        const np_value *args[CALL_ARGS];
        bool stand = true, known = true;
        for (size_t k = 0; k < node->argc; k++) {
            args[k] = given[k][s];
            stand = stand && args[k];
            known = known && stand && !args[k]->unknown;
        }
        out[s] = stand && !known ? unknown(node, &room[s]) : NULL;
        if (!known) continue;
        np_loom_sit(loom, s);
        const np_value *value = of(loom, node, s, args, &room[s]);
        if (!np_loom_fell(loom, s)) out[s] = value;
    }
}

static void presence(const np_loom *loom, const np_node *node, const np_seats *seats, np_value *room,
                     const np_value **out)
{
    bool given = node->index == NP_FN_GIVEN;
    uint16_t slot = node->args[0]->index;
    for (unsigned i = 0; i < seats->count; i++) {
        unsigned s = seats->of[i];
        np_series here = np_series_cut(loom->slots[slot][s], loom->from[s], loom->until[s]);
        room[s] = (np_value){.type = NP_TRUTH};
        room[s].as.truth = given ? loom->situations[s]->given[slot] : !here.pieces->value.unknown;
        out[s] = given || here.count == 1 ? &room[s] : NULL;
    }
}

/* ---- the walk ---- */

static void leave(const np_seats *seats, const np_value **out)
{
    for (unsigned i = 0; i < seats->count; i++) out[seats->of[i]] = NULL;
}

static void call(np_loom *loom, const np_node *node, const np_seats *seats, np_value *room, const np_value **out)
{
    bool parameter = node->op == NP_OP_PARAMETER;
    if (!parameter && (node->index == NP_FN_GIVEN || node->index == NP_FN_KNOWN))
        presence(loom, node, seats, room, out);
    else if (node->argc > CALL_ARGS || (!parameter && node->index == NP_FN_YEARS_BETWEEN)) /* years hardly stand */
        leave(seats, out);
    else
        apply(loom, node, np_is_figure(node) ? figure : function, seats, room, out);
}

static void walk(np_loom *loom, const np_node *node, const np_seats *seats, np_value *room, const np_value **out)
{
    if (node->op != NP_OP_SLOT && loom->standing[node->id].count) {
        standing(loom, node, seats, out);
        return;
    }
    switch ((np_op)node->op) {
    case NP_OP_SLOT:
        name(loom, node, seats, out);
        break;
    case NP_OP_AND:
    case NP_OP_OR:
        settle(loom, node, seats, room, out);
        break;
    case NP_OP_IF:
        choose(loom, node, seats, room, out);
        break;
    case NP_OP_NOT:
        negation(loom, node, seats, room, out);
        break;
    case NP_OP_PARAMETER:
    case NP_OP_CALL:
        call(loom, node, seats, room, out);
        break;
    case NP_OP_NEG:
    case NP_OP_IN:
        leave(seats, out);
        break;
    default:
        binary(loom, node, seats, room, out);
    }
}

void np_series_flat(np_loom *loom, const np_formula *formula, const np_seats *seats, np_value *room,
                    const np_value **out)
{
    loom->eval.formula = formula;
    walk(loom, formula->root, seats, room, out);
}
