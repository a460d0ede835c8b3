#include "series.h"

#include <stdlib.h>
#include <string.h>

/* ---- pieces ---- */

/* Of values that are no numbers, known, and alike but for what they say. */
bool np_value_same_rest(const np_value *a, const np_value *b)
{
    switch ((np_type)a->type) {
    case NP_TRUTH:
        return a->as.truth == b->as.truth;
    case NP_TEXT:
        return a->as.text == b->as.text;
    case NP_DATE:
        return a->moving ? a->moving != NP_MOVING : a->as.date == b->as.date;
    case NP_DURATION:
        return a->as.duration.months == b->as.duration.months && a->as.duration.days == b->as.duration.days;
    case NP_GRADE:
        return a->as.grade == b->as.grade;
    case NP_COUNTRY:
        return a->as.country == b->as.country;
    default:
        return false;
    }
}

bool np_series_same(np_series a, np_series b)
{
    bool same = a.count == b.count;
    for (size_t i = 0; same && i < a.count; i++)
        same = a.pieces[i].from == b.pieces[i].from && np_piece_same(&a.pieces[i], &b.pieces[i]);
    return same;
}

/* ---- months ---- */

np_value np_value_in(const np_window *window, const np_value *value, uint16_t month)
{
    np_value here = *value;
    if (value->moving == NP_MONTH_START) here.as.date = window->start[month];
    if (value->moving == NP_MONTH_LAST) here.as.date = window->start[month + 1] - 1;
    return here;
}

void np_loom_turn(np_loom *loom, uint16_t month)
{
    np_value *date = &loom->eval.slots[loom->eval.book->date_slot];
    *date = (np_value){.type = NP_DATE, .moving = NP_MONTH_START};
    date->as.date = loom->window->start[month];
    loom->eval.horizon = INT32_MAX;
}

uint16_t np_loom_stands(const np_loom *loom, const np_value *value, uint16_t month, uint16_t next)
{
    if (value->moving == NP_MOVING) return (uint16_t)(month + 1);
    if (loom->eval.horizon == INT32_MAX) return next;
    uint16_t stands = np_window_month(loom->window, loom->eval.horizon);
    if (stands <= month) stands = (uint16_t)(month + 1);
    return stands < next ? stands : next;
}

/* ---- operations ---- */

/* A sum or difference of small numbers. */
static inline bool add(const np_value *a, const np_value *b, bool minus, np_value *room)
{
    int64_t sum;
    if (a->as.number.den != b->as.number.den || a->as.number.den <= 0) return false;
    if (minus ? __builtin_sub_overflow(a->as.number.of.small, b->as.number.of.small, &sum)
              : __builtin_add_overflow(a->as.number.of.small, b->as.number.of.small, &sum))
        return false;
    *room = (np_value){.type = NP_NUMBER, .status = np_weaker(a->status, b->status)};
    room->as.number = np_num_small(sum, a->as.number.den);
    return true;
}

/* The result of two operands that go with the month, in one month; the month until which it stands. */
static uint16_t operate_moving(np_loom *loom, const np_node *node, const np_value *a, const np_value *b, uint16_t month,
                               uint16_t next, np_value *room)
{
    np_value left = np_value_in(loom->window, a, month), right = np_value_in(loom->window, b, month);
    np_loom_turn(loom, month);
    const np_value *result = np_eval_operate(&loom->eval, node, &left, &right, room);
    if (result != room) *room = *result;
    return np_loom_stands(loom, room, month, next);
}

static inline uint16_t operate(np_loom *loom, const np_node *node, const np_value *a, const np_value *b, uint16_t month,
                               uint16_t next, np_value *room)
{
    if (a->unknown || b->unknown) {
        *room = np_series_unknown(node->type);
        return next;
    }
    if (node->op == NP_OP_MUL && np_value_multiply(a, b, node->type, room)) return next;
    if (node->type == NP_NUMBER && (node->op == NP_OP_ADD || node->op == NP_OP_SUB) &&
        add(a, b, node->op == NP_OP_SUB, room))
        return next;
    if (np_value_compare(node, a, b, room)) return next;
    if (a->moving || b->moving) return operate_moving(loom, node, a, b, month, next, room);
    const np_value *result = np_eval_operate(&loom->eval, node, a, b, room);
    if (result != room) *room = *result;
    return next;
}

/* A product of which one side stands: one piece for each of the other's. False when a piece needs more than that. */
static bool scale_pieces(np_loom *loom, const np_node *node, np_series a, const np_value *by, bool swap, uint16_t from)
{
    size_t first = loom->used;
    if (by->unknown || by->as.number.den <= 0 || loom->used + a.count > NP_ROOM) return false;
    np_piece *out = &loom->room[first];
    for (size_t i = 0; i < a.count; i++, out++) {
        const np_value *x = &a.pieces[i].value;
        out->from = i ? a.pieces[i].from : from;
        out->state = 0;
        if (x->unknown)
            out->value = np_series_unknown(node->type);
        else if (!(swap ? np_value_multiply(by, x, node->type, &out->value)
                        : np_value_multiply(x, by, node->type, &out->value)))
            return false;
    }
    loom->used += a.count;
    return true;
}

/* A number more or less, which stands. False when a piece needs more than that. */
static bool shift_pieces(np_loom *loom, const np_node *node, np_series a, const np_value *by, uint16_t from)
{
    size_t first = loom->used;
    if (by->unknown || loom->used + a.count > NP_ROOM) return false;
    np_piece *out = &loom->room[first];
    for (size_t i = 0; i < a.count; i++, out++) {
        out->from = i ? a.pieces[i].from : from;
        out->state = 0;
        if (a.pieces[i].value.unknown || !add(&a.pieces[i].value, by, node->op == NP_OP_SUB, &out->value)) return false;
    }
    loom->used += a.count;
    return true;
}

static np_series binary(np_loom *loom, const np_node *node, uint16_t from, uint16_t until)
{
    np_series a = np_series_node(loom, node->args[0], from, until);
    np_series b = np_series_node(loom, node->args[1], from, until);
    size_t first = loom->used;
    if (node->type == NP_NUMBER && (node->op == NP_OP_ADD || node->op == NP_OP_SUB) && b.count == 1 &&
        shift_pieces(loom, node, a, &b.pieces->value, from))
        return np_series_since(loom, first);
    if (node->op == NP_OP_MUL && ((b.count == 1 && scale_pieces(loom, node, a, &b.pieces->value, false, from)) ||
                                  (a.count == 1 && scale_pieces(loom, node, b, &a.pieces->value, true, from))))
        return np_series_since(loom, first);
    bool equal = node->type == NP_TRUTH; /* likely to stay as it is; amounts hardly do */
    for (uint16_t month = from; month < until;) {
        uint16_t next = np_series_go(&b, month, np_series_go(&a, month, until)), here = month;
        month = operate(loom, node, &a.pieces->value, &b.pieces->value, month, next, np_series_place(loom));
        if (equal)
            np_series_keep(loom, first, here);
        else
            np_series_add(loom, here);
    }
    return np_series_since(loom, first);
}

static np_series unary(np_loom *loom, const np_node *node, uint16_t from, uint16_t until)
{
    np_series a = np_series_node(loom, node->args[0], from, until);
    size_t first = loom->used;
    for (size_t i = 0; i < a.count; i++) {
        np_value *value = np_series_place(loom);
        *value = a.pieces[i].value;
        if (!value->unknown && node->op == NP_OP_NOT) value->as.truth = !value->as.truth;
        if (!value->unknown && node->op == NP_OP_NEG) value->as.number = np_num_neg(loom->eval.arena, value->as.number);
        np_series_keep(loom, first, i ? a.pieces[i].from : from);
    }
    return np_series_since(loom, first);
}

/* ---- what is looked at only where it matters ---- */

/* Pieces of a result that comes from one part here and another there, put side by side. */
typedef struct parts {
    np_series *of; /* [piece of the condition] */
    np_series condition;
} parts;

static parts begin_parts(np_loom *loom, np_series condition)
{
    return (parts){np_arena_array(loom->eval.arena, condition.count, sizeof(np_series)), condition};
}

static uint16_t end_of(np_series s, size_t piece, uint16_t until)
{
    return piece + 1 < s.count ? s.pieces[piece + 1].from : until;
}

static uint16_t start_of(np_series s, size_t piece, uint16_t from)
{
    return s.pieces[piece].from > from ? s.pieces[piece].from : from;
}

static void copy_part(np_loom *loom, size_t first, np_series part, uint16_t from, uint8_t status)
{
    for (size_t i = 0; i < part.count; i++) {
        np_value *value = np_series_place(loom);
        *value = part.pieces[i].value;
        if (!value->unknown && value->status < status) value->status = status;
        np_series_keep(loom, first, start_of(part, i, from));
    }
}

static bool is_weakened(np_series s, uint8_t status)
{
    for (size_t i = 0; i < s.count; i++)
        if (!s.pieces[i].value.unknown && s.pieces[i].value.status < status) return true;
    return false;
}

/* A part that is the whole result: as it is, unless it has to be less sure. */
static np_series alone(np_loom *loom, np_series part, uint16_t from, uint8_t status)
{
    if (!is_weakened(part, status)) return part;
    size_t first = loom->used;
    copy_part(loom, first, part, from, status);
    return np_series_since(loom, first);
}

static np_series unknown_series(np_loom *loom, uint8_t type, uint16_t from)
{
    size_t first = loom->used;
    *np_series_place(loom) = np_series_unknown(type);
    np_series_keep(loom, first, from);
    return np_series_since(loom, first);
}

static np_series branch(np_loom *loom, const np_node *node, const np_value *condition, uint16_t from, uint16_t until)
{
    if (condition->unknown) return unknown_series(loom, node->type, from);
    return np_series_node(loom, node->args[condition->as.truth ? 1 : 2], from, until);
}

static np_series choose(np_loom *loom, const np_node *node, uint16_t from, uint16_t until)
{
    np_series condition = np_series_node(loom, node->args[0], from, until);
    if (condition.count == 1) {
        const np_value *value = &condition.pieces->value;
        return alone(loom, branch(loom, node, value, from, until), from, value->status);
    }
    parts p = begin_parts(loom, condition);
    for (size_t i = 0; i < condition.count; i++)
        p.of[i] =
            branch(loom, node, &condition.pieces[i].value, start_of(condition, i, from), end_of(condition, i, until));
    size_t first = loom->used;
    for (size_t i = 0; i < condition.count; i++)
        copy_part(loom, first, p.of[i], start_of(condition, i, from), condition.pieces[i].value.status);
    return np_series_since(loom, first);
}

/* The first side is unknown: the second one may settle the question all the same. */
static np_series settle_unknown(np_loom *loom, bool stop, np_series second, uint16_t from)
{
    size_t first = loom->used;
    for (size_t i = 0; i < second.count; i++) {
        const np_value *value = &second.pieces[i].value;
        bool settles = !value->unknown && value->as.truth == stop;
        *np_series_place(loom) = settles ? *value : np_series_unknown(NP_TRUTH);
        np_series_keep(loom, first, start_of(second, i, from));
    }
    return np_series_since(loom, first);
}

/* One piece of the first side of `and` (settled by a no) or `or` (by a yes), with the second where it is asked. */
static np_series settle_piece(np_loom *loom, const np_node *node, const np_value *a, uint16_t from, uint16_t until)
{
    bool stop = node->op == NP_OP_OR;
    if (!a->unknown && a->as.truth == stop) {
        size_t first = loom->used;
        *np_series_place(loom) = *a;
        np_series_keep(loom, first, from);
        return np_series_since(loom, first);
    }
    np_series b = np_series_node(loom, node->args[1], from, until);
    return a->unknown ? settle_unknown(loom, stop, b, from) : alone(loom, b, from, a->status);
}

static np_series settle(np_loom *loom, const np_node *node, uint16_t from, uint16_t until)
{
    np_series a = np_series_node(loom, node->args[0], from, until);
    if (a.count == 1) {
        const np_value *value = &a.pieces->value;
        if (!value->unknown && value->as.truth == (node->op == NP_OP_OR)) return a;
        return settle_piece(loom, node, value, from, until);
    }
    parts p = begin_parts(loom, a);
    for (size_t i = 0; i < a.count; i++)
        p.of[i] = settle_piece(loom, node, &a.pieces[i].value, start_of(a, i, from), end_of(a, i, until));
    size_t first = loom->used;
    for (size_t i = 0; i < a.count; i++) copy_part(loom, first, p.of[i], start_of(a, i, from), NP_PUBLISHED);
    return np_series_since(loom, first);
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
static np_series walk(np_loom *loom, const np_node *node, uint16_t from, uint16_t until)
{
    const np_book *book = loom->eval.book;
    uint16_t names[NP_SLOTS_MAX];
    np_series series[NP_SLOTS_MAX];
    size_t count = names_of(node, names, 0), first = loom->used;
    for (size_t i = 0; i < count; i++) series[i] = np_series_cut(loom->slots[names[i]][loom->seat], from, until);
    for (uint16_t month = from; month < until;) {
        uint16_t next = until;
        for (size_t i = 0; i < count; i++) {
            next = np_series_go(&series[i], month, next);
            if (names[i] != book->date_slot)
                loom->eval.slots[names[i]] = np_value_in(loom->window, &series[i].pieces->value, month);
        }
        np_loom_turn(loom, month);
        np_value value = np_eval_part(&loom->eval, node);
        if (value.unknown) value = np_series_unknown(node->type);
        *np_series_place(loom) = value;
        np_series_keep(loom, first, month);
        month = np_loom_stands(loom, &value, month, next);
    }
    return np_series_since(loom, first);
}

static inline np_series work(np_loom *loom, const np_node *node, uint16_t from, uint16_t until)
{
    switch ((np_op)node->op) {
    case NP_OP_AND:
    case NP_OP_OR:
        return settle(loom, node, from, until);
    case NP_OP_IF:
        return choose(loom, node, from, until);
    case NP_OP_NEG:
    case NP_OP_NOT:
        return unary(loom, node, from, until);
    case NP_OP_PARAMETER:
    case NP_OP_CALL:
        return np_series_call(loom, node, from, until);
    case NP_OP_IN:
        return walk(loom, node, from, until);
    default:
        return binary(loom, node, from, until);
    }
}

/* What failed may have left anything at all where its result belongs: whoever goes by it finds something unknown, which
 * every operation can take. After a failure nothing more is computed: what is found once for all, such as figures,
 * would take the failure for its own. */
np_series np_series_work(np_loom *loom, const np_node *node, uint16_t from, uint16_t until)
{
    np_series series = {NULL, 0};
    if (!loom->failed && !loom->eval.failed) series = work(loom, node, from, until);
    if (!loom->failed && !loom->eval.failed) return series;
    loom->lost = (np_piece){.value = np_series_unknown(node->type), .from = from};
    return (np_series){&loom->lost, 1};
}

np_series np_series_of(np_loom *loom, const np_formula *formula, uint16_t from, uint16_t until)
{
    loom->eval.formula = formula;
    np_series series = np_series_node(loom, formula->root, from, until);
    loom->failed = loom->failed || loom->eval.failed;
    return series;
}

/* ---- parts that stand ---- */

static bool stands(const np_book *book, const np_node *node)
{
    if (node->op == NP_OP_SLOT) return node->index == book->date_slot;
    if (node->op == NP_OP_PARAMETER && book->parameters[node->index].by_country) return false;
    if (node->op == NP_OP_CALL &&
        (node->index == NP_FN_SCALE || node->index == NP_FN_SCALE_DATE || node->index == NP_FN_LOCAL ||
         node->index == NP_FN_UNADJUSTED_YEARS || node->index == NP_FN_GIVEN || node->index == NP_FN_KNOWN ||
         node->index == NP_FN_CHOICE))
        return false;
    for (size_t i = 0; i < node->argc; i++)
        if (!stands(book, node->args[i])) return false;
    return true;
}

static void prepare(np_loom *loom, np_arena *arena, const np_node *node)
{
    for (size_t i = 0; i < node->argc; i++) prepare(loom, arena, node->args[i]);
    if (node->op == NP_OP_LITERAL) {
        np_piece *piece = np_arena_alloc(arena, sizeof *piece);
        piece->value = node->literal;
        loom->standing[node->id] = (np_series){piece, 1};
        return;
    }
    if (node->op == NP_OP_SLOT || !stands(loom->eval.book, node)) return;
    loom->used = 0;
    np_series series = np_series_node(loom, node, 0, loom->window->months);
    bool failed = loom->failed || loom->eval.failed; /* it will fail again, and be told, when it is needed */
    loom->failed = loom->eval.failed = false;
    if (failed) return;
    np_piece *pieces = np_arena_array(arena, series.count, sizeof *pieces);
    memcpy(pieces, series.pieces, series.count * sizeof *pieces);
    loom->standing[node->id] = (np_series){pieces, series.count};
}

void np_loom_prepare(np_loom *loom, np_arena *arena, const np_formula *formula)
{
    size_t nodes = loom->eval.book->node_count + 1;
    if (!loom->standing) loom->standing = np_arena_array(arena, nodes, sizeof *loom->standing);
    if (!formula->root) return;
    np_piece *month = np_arena_alloc(arena, sizeof *month);
    month->value = (np_value){.type = NP_DATE, .moving = NP_MONTH_START};
    for (size_t seat = 0; seat < NP_SEATS; seat++)
        loom->slots[loom->eval.book->date_slot][seat] = (np_series){month, 1};
    loom->eval.formula = formula;
    prepare(loom, arena, formula->root);
    loom->used = 0;
}

bool np_loom_init(np_loom *loom, const np_window *window, const np_book *book)
{
    loom->window = window;
    loom->eval = (np_eval){.book = book, .projecting = true, .horizon = INT32_MAX};
    loom->room = calloc(NP_ROOM + 1, sizeof *loom->room);
    return np_lookups_init(&loom->lookups, book) && loom->room;
}

void np_loom_free(np_loom *loom)
{
    free(loom->room);
    np_lookups_free(&loom->lookups);
}
