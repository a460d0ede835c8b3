/* Figures of scales and parameters over months, each found once and kept. */
#include <string.h>

#include "natopay/book/scale.h"
#include "natopay/pay/timeseries.h"

/* Books with more scales or lists than this look each figure up by its key. */
enum { TABLES_MAX = 1 << 20 };

enum { LOOKUP_BITS = 12, LOOKUP_SLOTS = 1 << LOOKUP_BITS, LOOKUP_MOST = LOOKUP_SLOTS / 2, NUMBERED_MAX = 32 };

/* ---- figures that are found once ---- */

typedef enum figure_kind { SCALE = 1, PARAMETER, FUNCTION } figure_kind;

/* `of`: grade or parameter; `place`: country, UINT16_MAX for a parameter that goes by none; `position`: step or place
 * in a list. */
static inline uint64_t key_of(figure_kind kind, uint16_t of, uint16_t place, uint16_t position)
{
    return (uint64_t)kind << 48 | (uint64_t)of << 32 | (uint64_t)place << 16 | position;
}

static size_t scale_tables(const np_book *book)
{
    return (size_t)book->grade_count * np_scale_places_of(book).end;
}

static size_t list_tables(const np_book *book)
{
    return book->parameter_count * ((size_t)book->country_count + 1);
}

static bool has_numbered(const np_book *book)
{
    return scale_tables(book) <= TABLES_MAX && list_tables(book) <= TABLES_MAX;
}

void np_ts_cache_init(np_ts_cache *cache, const np_book *book, np_arena *arena, np_arena *figures)
{
    *cache = (np_ts_cache){.arena = figures};
    cache->entries = np_arena_array(arena, LOOKUP_SLOTS, sizeof *cache->entries);
    if (!has_numbered(book)) return;
    cache->scales = np_arena_array(arena, scale_tables(book) + 1, sizeof *cache->scales);
    cache->lists = np_arena_array(arena, list_tables(book) + 1, sizeof *cache->lists);
    cache->places = np_arena_array(arena, book->country_count + 1, sizeof *cache->places);
}

void np_ts_forget(np_ts_eval *ts)
{
    const np_book *book = ts->eval.book;
    memset(ts->cache.entries, 0, LOOKUP_SLOTS * sizeof *ts->cache.entries);
    if (has_numbered(book)) memset(ts->cache.scales, 0, scale_tables(book) * sizeof *ts->cache.scales);
    if (has_numbered(book)) memset(ts->cache.lists, 0, list_tables(book) * sizeof *ts->cache.lists);
    if (has_numbered(book)) memset(ts->cache.places, 0, book->country_count * sizeof *ts->cache.places);
    ts->cache.count = 0;
    np_arena_reset(ts->cache.arena);
}

void np_ts_trim(np_ts_eval *ts)
{
    if (ts->cache.count >= LOOKUP_MOST) np_ts_forget(ts);
}

static np_ts_figure_entry *find(np_ts_eval *ts, uint64_t key)
{
    np_ts_cache *l = &ts->cache;
    size_t at = (size_t)(key * 0x9E3779B97F4A7C15u >> (64 - LOOKUP_BITS));
    while (l->entries[at].key && l->entries[at].key != key) at = (at + 1) & (LOOKUP_SLOTS - 1);
    return &l->entries[at];
}

/* A function or parameter of constant arguments over the whole window. */
static np_series over_window(np_ts_eval *ts, const np_node *node, const np_value *const *args)
{
    size_t first = ts->used;
    for (uint16_t month = 0; month < ts->window->months;) {
        np_ts_set_month(ts, month);
        np_value value = np_eval_apply(&ts->eval, node, args);
        uint16_t next = np_ts_valid_until(ts, &value, month, ts->window->months);
        /* large fractions live no longer than this member of staff */
        bool number = !value.unknown && (value.type == NP_NUMBER || value.type == NP_MONEY);
        ts->eval.failed = ts->eval.failed || (number && value.as.number.den <= 0);
        *np_ts_place(ts) = value.unknown ? np_ts_unknown(node->type) : value;
        np_ts_keep(ts, first, month);
        month = next;
    }
    return np_ts_since(ts, first);
}

/* Make a series for known arguments; these count as sure as can be, for what is found serves everybody. `made` stays
 * empty after a failure. */
static void make(np_ts_eval *ts, np_series *made, const np_node *node, const np_value *const *seen)
{
    np_value sure[NP_ARGS];
    const np_value *args[NP_ARGS];
    size_t mark = ts->used;
    for (size_t i = 0; i < node->argc; i++) {
        sure[i] = *seen[i];
        sure[i].status = NP_PUBLISHED;
        args[i] = &sure[i];
    }
    np_series series = over_window(ts, node, args);
    ts->used = mark;
    np_segment *segments = ts->eval.failed ? NULL : np_arena_try(ts->cache.arena, series.count * sizeof *segments);
    if (!segments) {
        ts->eval.failed = true;
        return;
    }
    memcpy(segments, series.segments, series.count * sizeof *segments);
    *made = (np_series){segments, series.count};
}

/* ---- parts that go by the duty country alone ---- */

static bool is_small(np_series series)
{
    for (size_t i = 0; i < series.count; i++) {
        const np_value *value = &series.segments[i].value;
        bool number = !value->unknown && (value->type == NP_NUMBER || value->type == NP_MONEY);
        if (number && value->as.number.den <= 0) return false; /* a large one lives no longer than this person */
    }
    return true;
}

/* Work it out over the whole window, and keep it; empty when that cannot be. */
static void make_placed(np_ts_eval *ts, np_series *made, const np_node *node)
{
    size_t mark = ts->used;
    ts->placed[node->id] = false; /* its own value is not to be had yet */
    np_series series = np_ts_work(ts, node, 0, ts->window->months);
    ts->placed[node->id] = true;
    ts->used = mark;
    bool failed = ts->eval.failed;
    ts->eval.failed = false; /* it will fail again for who needs these months */
    if (failed || !is_small(series)) return;
    np_segment *segments = np_arena_try(ts->cache.arena, series.count * sizeof *segments);
    if (!segments) return;
    memcpy(segments, series.segments, series.count * sizeof *segments);
    *made = (np_series){segments, series.count};
    ts->cache.count++;
}

const np_series *np_ts_placed(np_ts_eval *ts, const np_node *node)
{
    const np_book *book = ts->eval.book;
    const np_value *country = &ts->eval.slots[book->country_slot];
    if (!ts->cache.places || country->unknown) return NULL;
    np_series **place = &ts->cache.places[country->as.country];
    if (!*place) *place = np_arena_try(ts->cache.arena, (book->node_count + 1) * sizeof **place);
    if (!*place) return NULL;
    np_series *series = &(*place)[node->id];
    if (!series->count && ts->cache.count < LOOKUP_SLOTS - 1) make_placed(ts, series, node);
    return series->count ? series : NULL;
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

static bool is_of_one(const np_node *node)
{
    return node->op == NP_OP_CALL &&
           (node->index == NP_FN_RANK || node->index == NP_FN_CATEGORY || node->index == NP_FN_MEMBER);
}

bool np_is_figure(const np_node *node)
{
    return node->op == NP_OP_PARAMETER || (node->index == NP_FN_SCALE && node->argc < 4) || is_of_one(node);
}

/* The duty country; of a scale, that of all where there is one. */
static uint16_t place_of(const np_ts_eval *ts, bool of_scale)
{
    const np_book *book = ts->eval.book;
    const np_value *country = &ts->eval.slots[book->country_slot];
    return (of_scale ? np_scale_country(book, country) : country)->as.country;
}

/* What known arguments ask for; 0 when it cannot be looked up. */
static uint64_t key_for(const np_ts_eval *ts, const np_node *node, const np_value *const *seen, uint8_t *status)
{
    const np_book *book = ts->eval.book;
    bool parameter = node->op == NP_OP_PARAMETER;
    uint16_t place = place_of(ts, !parameter), position = 1, of = node->index;
    *status = NP_PUBLISHED;
    if (is_of_one(node)) {
        *status = seen[0]->status;
        return key_of(FUNCTION, of, seen[0]->type == NP_GRADE ? seen[0]->as.grade : seen[0]->as.country, 0);
    }
    if (parameter && !book->parameters[node->index].by_country) place = UINT16_MAX;
    for (size_t i = 0; i < node->argc; i++) {
        if (seen[i]->status > *status) *status = seen[i]->status;
        if (parameter && book->parameters[node->index].by.key)
            place = np_parameter_place(book, &book->parameters[node->index], seen[i]);
        else if (seen[i]->type == NP_GRADE)
            of = seen[i]->as.grade;
        if (seen[i]->type == NP_COUNTRY && place != UINT16_MAX) place = seen[i]->as.country;
        if (seen[i]->type == NP_NUMBER && !small_position(seen[i], &position)) return 0;
    }
    return key_of(parameter ? PARAMETER : SCALE, of, place, position);
}

/* The segments of a figure from one month until another, no surer than `status`. */
static inline void copy_figure(np_ts_eval *ts, size_t first, np_series figure, uint16_t from, uint16_t until,
                               uint8_t status)
{
    if (figure.count > 1) figure = np_series_cut(figure, from, until);
    for (size_t i = 0; i < figure.count; i++) {
        np_value *value = np_ts_place(ts);
        *value = figure.segments[i].value;
        if (status > NP_PUBLISHED && value->status < status && !value->unknown) value->status = status;
        np_ts_keep(ts, first, i ? figure.segments[i].from : from);
    }
}

const np_series *np_ts_figure(np_ts_eval *ts, const np_node *node, const np_value *const *known, uint8_t *status)
{
    uint64_t key = key_for(ts, node, known, status);
    np_ts_figure_entry *entry = key ? find(ts, key) : NULL;
    if (entry && !entry->key && ts->cache.count < LOOKUP_SLOTS - 1) {
        make(ts, &entry->series, node, known);
        if (entry->series.count) {
            entry->key = key;
            ts->cache.count++;
        }
    }
    if (entry && entry->key) return &entry->series;
    ts->eval.failed = true;
    return NULL;
}

/* ---- steps of a scale, positions of a list ---- */

/* Figures that go by a number, a scale's by step and a list's by position, lie side by side: a career goes through them
 * one after the other. */
static bool is_numbered(const np_node *node, const np_arguments *a)
{
    bool parameter = node->op == NP_OP_PARAMETER;
    if (a->count != (parameter ? 1 : 2) || a->of[a->count - 1].segments->value.type != NP_NUMBER) return false;
    return parameter || node->index == NP_FN_SCALE;
}

/* `of`: a scale's grade; NULL: a parameter. */
static void make_figure_of(np_ts_eval *ts, np_series *made, const np_node *node, const np_value *of, int64_t number)
{
    np_value figure = {.type = NP_NUMBER};
    figure.as.number = np_num_int(number);
    const np_value *args[] = {of ? of : &figure, &figure};
    make(ts, made, node, args);
}

/* All that there are, so that they lie in their order. */
static void make_all_figures(np_ts_eval *ts, np_series *figures, const np_node *node, const np_value *of)
{
    for (int64_t number = 1; number <= NUMBERED_MAX && !ts->eval.failed; number++) {
        make_figure_of(ts, &figures[number], node, of, number);
        if (figures[number].count) continue;
        ts->eval.failed = false; /* the figure is not there; it is an error only for who asks for it */
        return;
    }
}

/* The figures of a scale or list, [step or position]; NULL when there is no room. Those that were not made yet have no
 * segments. */
static np_series *figures_of(np_ts_eval *ts, const np_node *node, const np_value *of)
{
    const np_book *book = ts->eval.book;
    if (!has_numbered(book)) return NULL;
    uint16_t place = place_of(ts, of != NULL);
    if (!of && !book->parameters[node->index].by_country) place = (uint16_t)book->country_count;
    np_series **at = of ? &ts->cache.scales[(size_t)of->as.grade * np_scale_places_of(book).end + place]
                        : &ts->cache.lists[node->index * ((size_t)book->country_count + 1) + place];
    if (*at) return *at;
    if (ts->cache.count >= LOOKUP_SLOTS - 1) return NULL;
    np_series *figures = np_arena_try(ts->cache.arena, (NUMBERED_MAX + 1) * sizeof *figures);
    if (!figures) return NULL;
    *at = figures;
    ts->cache.count++;
    make_all_figures(ts, figures, node, of);
    return figures;
}

/* A step or position as small as most are; 0: another one. */
static unsigned small_number(const np_value *value)
{
    np_num n = value->as.number;
    bool small = !value->unknown && n.den == 1 && n.of.small >= 1 && n.of.small <= NUMBERED_MAX;
    return small ? (unsigned)n.of.small : 0;
}

/* False when it is not that simple. */
static bool copy_numbered(np_ts_eval *ts, const np_node *node, const np_arguments *a, uint16_t from, uint16_t until)
{
    size_t first = ts->used;
    np_series grades = a->of[0], numbers = a->of[a->count - 1], *figures = NULL;
    const np_value *of = NULL;
    for (uint16_t month = from, next; month < until; month = next) {
        next = np_series_go(&numbers, month, until);
        if (a->count == 2) next = np_series_go(&grades, month, next);
        const np_value *now = a->count == 2 ? &grades.segments->value : NULL, *value = &numbers.segments->value;
        unsigned number = small_number(value);
        if (!number || (now && now->unknown)) return false;
        if (!figures || now != of) figures = figures_of(ts, node, now);
        if (!figures) return false;
        of = now;
        if (!figures[number].count) make_figure_of(ts, &figures[number], node, of, number);
        if (!figures[number].count) return true; /* failed */
        uint8_t status = of && of->status > value->status ? of->status : value->status;
        copy_figure(ts, first, figures[number], month, next, status);
    }
    return true;
}

np_series np_ts_figures(np_ts_eval *ts, const np_node *node, np_arguments *a, uint16_t from, uint16_t until)
{
    const np_value *seen[NP_ARGS];
    np_value moved[NP_ARGS];
    uint8_t status;
    size_t first = ts->used;
    if (node->argc == 0) {
        const np_series *whole = np_ts_figure(ts, node, NULL, &status);
        return whole ? np_series_cut(*whole, from, until) : np_ts_since(ts, first);
    }
    if (is_numbered(node, a) && copy_numbered(ts, node, a, from, until)) return np_ts_since(ts, first);
    ts->used = first;
    for (uint16_t month = from, next; month < until && !ts->eval.failed; month = next) {
        next = until;
        if (np_arguments_see(ts, a, month, &next, moved, seen)) {
            const np_series *found = np_ts_figure(ts, node, seen, &status);
            if (found) copy_figure(ts, first, *found, month, next, status);
        } else {
            *np_ts_place(ts) = np_ts_unknown(node->type);
            np_ts_keep(ts, first, month);
        }
    }
    return np_ts_since(ts, first);
}
