/* Functions and figures over the months of a plan. */
#include <stdlib.h>
#include <string.h>

#include "series.h"

enum { LOOKUP_SLOTS = 1 << 14, LOOKUP_MOST = LOOKUP_SLOTS / 2, ARGS = 16 };

/* ---- figures that are found once ---- */

typedef enum figure { SCALE = 1, PARAMETER } figure;

/* `of`: grade or parameter; `place`: country, UINT16_MAX for a parameter that goes by none; `position`: step or place
 * in a list. */
static uint64_t key_of(figure kind, uint16_t of, uint16_t place, uint16_t position)
{
    return (uint64_t)kind << 48 | (uint64_t)of << 32 | (uint64_t)place << 16 | position;
}

void np_loom_trim(np_loom *loom)
{
    if (loom->lookups.count < LOOKUP_MOST) return;
    memset(loom->lookups.entries, 0, LOOKUP_SLOTS * sizeof *loom->lookups.entries);
    loom->lookups.count = 0;
    np_arena_reset(loom->lookups.arena);
}

static np_lookup *find(np_loom *loom, uint64_t key)
{
    np_lookups *l = &loom->lookups;
    if (!l->entries) l->entries = calloc(LOOKUP_SLOTS, sizeof *l->entries);
    if (!l->entries) np_arena_give_up(loom->eval.arena);
    size_t at = (size_t)(key * 0x9E3779B97F4A7C15u >> 50) & (LOOKUP_SLOTS - 1);
    while (l->entries[at].key && l->entries[at].key != key) at = (at + 1) & (LOOKUP_SLOTS - 1);
    return &l->entries[at];
}

/* A function or parameter of constant arguments over the whole window. */
static np_series over_window(np_loom *loom, const np_node *node, const np_value *const *args)
{
    size_t first = loom->used;
    for (uint16_t month = 0; month < loom->window->months;) {
        np_loom_turn(loom, month);
        np_value value = np_eval_apply(&loom->eval, node, args);
        uint16_t next = np_loom_stands(loom, &value, month, loom->window->months);
        if (value.unknown) value = np_series_unknown(node->type);
        *np_series_place(loom) = value;
        np_series_keep(loom, first, month);
        month = next;
    }
    return np_series_since(loom, first);
}

/* The series under a key, made when it is asked for first. Amounts too large for small fractions are not kept: they
 * live no longer than this member of staff. */
static np_series look_up(np_loom *loom, uint64_t key, const np_node *node, const np_value *const *args)
{
    np_lookup *entry = find(loom, key);
    if (entry->key) return entry->series;
    np_series made = over_window(loom, node, args);
    bool keep = !loom->failed && !loom->eval.failed && loom->lookups.count < LOOKUP_SLOTS - 1;
    for (size_t i = 0; i < made.count; i++) {
        const np_value *value = &made.pieces[i].value;
        if (value->type == NP_TEXT || value->type == NP_DATES) continue; /* these stand in the book */
        if (!value->unknown && (value->type == NP_NUMBER || value->type == NP_MONEY)) keep = keep && value->as.number.den;
    }
    np_piece *pieces = keep ? np_arena_try(loom->lookups.arena, made.count * sizeof *pieces) : NULL;
    if (!pieces) return made;
    memcpy(pieces, made.pieces, made.count * sizeof *pieces);
    *entry = (np_lookup){key, {pieces, made.count}};
    loom->lookups.count++;
    return entry->series;
}

/* ---- arguments ---- */

typedef struct arguments {
    np_series of[ARGS];
    size_t count;
} arguments;

static arguments read_arguments(np_loom *loom, const np_node *node, uint16_t from, uint16_t until)
{
    arguments a = {.count = node->argc < ARGS ? node->argc : ARGS};
    for (size_t i = 0; i < a.count; i++) a.of[i] = np_series_node(loom, node->args[i], from, until);
    return a;
}

/* The arguments as they are in a month; false when one of them is unknown. *next: until when they stand. */
static bool see_arguments(np_loom *loom, arguments *a, uint16_t month, uint16_t *next, np_value *moved,
                          const np_value **seen)
{
    bool known = true;
    for (size_t i = 0; i < a->count; i++) {
        *next = np_series_go(&a->of[i], month, *next);
        seen[i] = &a->of[i].pieces->value;
        known = known && !seen[i]->unknown;
        if (!seen[i]->moving) continue;
        moved[i] = np_value_in(loom->window, seen[i], month);
        seen[i] = &moved[i];
    }
    return known;
}

/* ---- scales and parameters ---- */

/* A whole number that can be part of a key; false when it is none. */
static bool small_position(const np_value *value, uint16_t *position)
{
    int64_t whole;
    if (!np_num_to_int(value->as.number, &whole) || whole < 1 || whole > UINT16_MAX) return false;
    *position = (uint16_t)whole;
    return true;
}

typedef struct asked {
    uint64_t key;
    uint8_t status; /* of the arguments */
    bool possible;  /* it can be looked up */
} asked;

static asked ask(const np_loom *loom, const np_node *node, const np_value *const *seen)
{
    const np_book *book = loom->eval.book;
    uint16_t place = loom->eval.slots[book->country_slot].as.country, position = 1, of = node->index;
    asked a = {.possible = true, .status = NP_PUBLISHED};
    for (size_t i = 0; i < node->argc; i++) {
        if (seen[i]->status > a.status) a.status = seen[i]->status;
        if (seen[i]->type == NP_COUNTRY) place = seen[i]->as.country;
        if (seen[i]->type == NP_NUMBER) a.possible = a.possible && small_position(seen[i], &position);
        if (seen[i]->type == NP_GRADE) of = seen[i]->as.grade;
    }
    if (node->op == NP_OP_PARAMETER && !book->parameters[node->index].by_country) place = UINT16_MAX;
    a.key = key_of(node->op == NP_OP_PARAMETER ? PARAMETER : SCALE, of, place, position);
    return a;
}

/* The series of a figure for known arguments; these are as sure as can be: what is found serves everybody. */
static np_series figure_of(np_loom *loom, const np_node *node, uint64_t key, const np_value *const *seen)
{
    np_value sure[ARGS];
    const np_value *args[ARGS];
    for (size_t i = 0; i < node->argc; i++) {
        sure[i] = *seen[i];
        sure[i].status = NP_PUBLISHED;
        args[i] = &sure[i];
    }
    return look_up(loom, key, node, args);
}

static np_series figures(np_loom *loom, const np_node *node, uint16_t from, uint16_t until)
{
    const np_value *seen[ARGS];
    np_value moved[ARGS];
    if (node->argc == 0) {
        np_series whole = figure_of(loom, node, ask(loom, node, NULL).key, NULL);
        return np_series_cut(whole, from, until);
    }
    arguments a = read_arguments(loom, node, from, until);
    np_series found[NP_PLAN_MONTHS_MAX];
    uint16_t at[NP_PLAN_MONTHS_MAX + 1];
    uint8_t status[NP_PLAN_MONTHS_MAX];
    size_t count = 0;
    for (uint16_t month = from, next; month < until; month = next, count++) {
        next = until;
        at[count] = month;
        status[count] = NP_PUBLISHED;
        found[count].count = 0; /* unknown */
        if (!see_arguments(loom, &a, month, &next, moved, seen)) continue;
        asked question = ask(loom, node, seen);
        status[count] = question.status;
        if (question.possible)
            found[count] = np_series_cut(figure_of(loom, node, question.key, seen), month, next);
        else
            loom->failed = true; /* the plain way says which position it is */
    }
    at[count] = until;
    size_t first = loom->used;
    for (size_t k = 0; k < count; k++) {
        if (!found[k].count) {
            *np_series_place(loom) = np_series_unknown(node->type);
            np_series_keep(loom, first, at[k]);
        }
        for (size_t i = 0; i < found[k].count; i++) {
            np_value *value = np_series_place(loom);
            *value = found[k].pieces[i].value;
            if (!value->unknown && value->status < status[k]) value->status = status[k];
            np_series_keep(loom, first, found[k].pieces[i].from > at[k] ? found[k].pieces[i].from : at[k]);
        }
    }
    return np_series_since(loom, first);
}

/* ---- functions ---- */

static np_series each_stretch(np_loom *loom, const np_node *node, uint16_t from, uint16_t until)
{
    const np_value *seen[ARGS];
    np_value moved[ARGS];
    arguments a = read_arguments(loom, node, from, until);
    size_t first = loom->used;
    for (uint16_t month = from; month < until;) {
        uint16_t next = until;
        np_value value = np_series_unknown(node->type);
        if (see_arguments(loom, &a, month, &next, moved, seen)) {
            np_loom_turn(loom, month);
            value = np_eval_apply(&loom->eval, node, seen);
            next = np_loom_stands(loom, &value, month, next);
            if (value.unknown) value = np_series_unknown(node->type);
        }
        *np_series_place(loom) = value;
        np_series_keep(loom, first, month);
        month = next;
    }
    return np_series_since(loom, first);
}

static np_series presence(np_loom *loom, const np_node *node, uint16_t from, uint16_t until)
{
    uint16_t slot = node->args[0]->index;
    np_series s = np_series_cut(loom->slots[slot], from, until);
    bool given = node->index == NP_FN_GIVEN;
    size_t first = loom->used;
    for (size_t i = 0; i < (given ? 1 : s.count); i++) {
        np_value *value = np_series_place(loom);
        *value = (np_value){.type = NP_TRUTH, .status = NP_PUBLISHED};
        value->as.truth = given ? loom->eval.situation->given[slot] : !s.pieces[i].value.unknown;
        np_series_keep(loom, first, i ? s.pieces[i].from : from);
    }
    return np_series_since(loom, first);
}

np_series np_series_call(np_loom *loom, const np_node *node, uint16_t from, uint16_t until)
{
    if (node->op == NP_OP_PARAMETER) return figures(loom, node, from, until);
    if (node->index == NP_FN_GIVEN || node->index == NP_FN_KNOWN) return presence(loom, node, from, until);
    if (node->index == NP_FN_SCALE && node->argc < 4) return figures(loom, node, from, until);
    return each_stretch(loom, node, from, until);
}
