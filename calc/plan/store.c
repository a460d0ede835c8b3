#include "store.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1024, ARENA_LIMIT = 1 << 26 };

/* The passing courses come first. */
static void begin(np_store *store)
{
    for (uint32_t id = 0; id <= NP_PASSING; id++) {
        store->segments[id] = (np_segment){.cell = id, .state = NP_LINE_DUE};
        store->courses[id] = (np_plan_course){
            .segments = id, .count = 1, .end = store->window->months, .sums = UINT32_MAX, .currency = NP_CURRENCY_ANY};
    }
    store->cell_count = store->course_count = store->segment_count = NP_PASSING + 1; /* 0 is none */
}

bool np_store_init(np_store *store, const np_window *window)
{
    *store = (np_store){.window = window};
    store->arena = np_arena_new(ARENA_LIMIT);
    store->cell_index = calloc(FIRST_SLOTS, sizeof *store->cell_index);
    store->course_index = calloc(FIRST_SLOTS, sizeof *store->course_index);
    store->cell_slots = store->course_slots = FIRST_SLOTS;
    if (!store->arena || !store->cell_index || !store->course_index) return false;
    const uint32_t first = NP_PASSING + 1;
    store->cells = calloc(first, sizeof *store->cells);
    store->cell_course = calloc(first, sizeof *store->cell_course);
    store->courses = calloc(first, sizeof *store->courses);
    store->segments = calloc(first, sizeof *store->segments);
    store->cell_capacity = store->course_capacity = store->segment_capacity = first;
    if (!store->cells || !store->cell_course || !store->courses || !store->segments) return false;
    begin(store);
    return true;
}

void np_store_free(np_store *store)
{
    np_arena_free(store->arena);
    free(store->cells);
    free(store->cell_course);
    free(store->cell_index);
    free(store->courses);
    free(store->course_index);
    free(store->segments);
    free(store->leaves);
    free(store->sums);
    *store = (np_store){0};
}

void np_store_clear(np_store *store)
{
    np_arena_reset(store->arena);
    memset(store->cell_index, 0, store->cell_slots * sizeof *store->cell_index);
    memset(store->course_index, 0, store->course_slots * sizeof *store->course_index);
    store->sum_count = store->leaf_count = 0;
    begin(store);
}

size_t np_store_size(const np_store *store)
{
    return store->cell_count * (sizeof *store->cells + 3 * sizeof(uint32_t)) +
           store->course_count * (sizeof *store->courses + 2 * sizeof(uint32_t)) +
           store->segment_count * sizeof *store->segments + store->leaf_count * sizeof *store->leaves +
           store->sum_count * sizeof *store->sums;
}

/* ---- growing ---- */

static void out_of_memory(np_store *store)
{
    store->failed = true;
    np_arena_give_up(store->arena);
}

static void *grown(np_store *store, void *array, uint32_t *capacity, uint32_t needed, size_t size)
{
    if (needed <= *capacity) return array;
    uint32_t larger = *capacity ? *capacity : 256;
    while (larger < needed && larger < UINT32_MAX / 2) larger += larger / 2;
    void *moved = larger >= needed ? realloc(array, larger * size) : NULL;
    if (!moved) out_of_memory(store);
    *capacity = larger;
    return moved;
}

static void rehash(np_store *store, uint32_t **index, uint32_t *slots, uint32_t count,
                   uint64_t (*hash)(const np_store *, uint32_t))
{
    uint32_t larger = *slots * 2, *fresh = calloc(larger, sizeof *fresh);
    if (!fresh) out_of_memory(store);
    for (uint32_t id = NP_PASSING + 1; id < count; id++) {
        uint32_t at = (uint32_t)hash(store, id) & (larger - 1);
        while (fresh[at]) at = (at + 1) & (larger - 1);
        fresh[at] = id;
    }
    free(*index);
    *index = fresh;
    *slots = larger;
}

/* ---- values ---- */

uint64_t np_hash_bytes(const char *bytes, size_t length)
{
    uint64_t hash = length;
    while (length >= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        hash = np_mix(hash, word);
        bytes += 8;
        length -= 8;
    }
    uint64_t rest = 0;
    memcpy(&rest, bytes, length);
    return np_mix(hash, rest);
}

static np_num lowest_terms(np_num a)
{
    if (a.den <= 1) return a;
    uint64_t x = a.of.small < 0 ? -(uint64_t)a.of.small : (uint64_t)a.of.small, y = (uint64_t)a.den;
    while (y) {
        uint64_t rest = x % y;
        x = y;
        y = rest;
    }
    int64_t common = (int64_t)x;
    return common > 1 ? np_num_small(a.of.small / common, a.den / common) : a;
}

static uint64_t hash_value(const np_value *v)
{
    uint64_t hash = (uint64_t)v->type << 32 | (uint64_t)v->status << 24 | (uint64_t)v->moving << 16 | v->currency;
    if (v->unknown) {
        for (size_t i = 0; i < NP_SLOTS_MAX / 64; i++) hash = np_mix(hash, v->as.missing->bits[i]);
        return np_mix(hash, v->as.missing->gap ? 1 : 2);
    }
    switch ((np_type)v->type) {
    case NP_NUMBER:
    case NP_MONEY:
        return v->as.number.den ? np_mix(np_mix(hash, (uint64_t)v->as.number.of.small), (uint64_t)v->as.number.den)
                                : np_mix(hash, 0);
    case NP_TEXT:
        return np_mix(hash, np_hash_bytes(v->as.text, strlen(v->as.text)));
    case NP_DATE:
        return np_mix(hash, (uint64_t)(uint32_t)v->as.date);
    case NP_DATES:
        return np_mix(hash, np_hash_bytes((const char *)v->as.dates.items, v->as.dates.count * sizeof(np_date)));
    case NP_DURATION:
        return np_mix(hash, (uint64_t)(uint32_t)v->as.duration.months << 32 | (uint32_t)v->as.duration.days);
    case NP_TRUTH:
        return np_mix(hash, v->as.truth);
    default:
        return np_mix(hash, v->type == NP_GRADE ? v->as.grade : v->as.country);
    }
}

static bool same_missing(const np_missing *a, const np_missing *b)
{
    if (memcmp(a->bits, b->bits, sizeof a->bits) != 0 || !a->gap != !b->gap) return false;
    return !a->gap || (a->gap->code == b->gap->code && strcmp(a->gap->message, b->gap->message) == 0);
}

static bool same_value(const np_value *a, const np_value *b)
{
    if (a->type != b->type || a->status != b->status || a->moving != b->moving || a->unknown != b->unknown ||
        a->currency != b->currency)
        return false;
    if (a->unknown) return same_missing(a->as.missing, b->as.missing);
    switch ((np_type)a->type) {
    case NP_NUMBER:
    case NP_MONEY:
        if (a->as.number.den > 0 && b->as.number.den > 0)
            return a->as.number.den == b->as.number.den && a->as.number.of.small == b->as.number.of.small;
        return np_num_compare(a->as.number, b->as.number) == 0;
    case NP_TEXT:
        return strcmp(a->as.text, b->as.text) == 0;
    case NP_DATE:
        return a->as.date == b->as.date;
    case NP_DATES:
        return a->as.dates.count == b->as.dates.count &&
               (a->as.dates.count == 0 ||
                memcmp(a->as.dates.items, b->as.dates.items, a->as.dates.count * sizeof(np_date)) == 0);
    case NP_DURATION:
        return a->as.duration.months == b->as.duration.months && a->as.duration.days == b->as.duration.days;
    case NP_TRUTH:
        return a->as.truth == b->as.truth;
    default:
        return a->type == NP_GRADE ? a->as.grade == b->as.grade : a->as.country == b->as.country;
    }
}

/* What a value points at comes into the store's own memory. */
static np_value kept(np_store *store, np_value value)
{
    if (value.unknown) {
        np_missing *missing = np_arena_alloc(store->arena, sizeof *missing);
        *missing = *value.as.missing;
        if (missing->gap) {
            np_gap *gap = np_arena_alloc(store->arena, sizeof *gap);
            *gap = *missing->gap;
            gap->message = np_arena_format(store->arena, "%s", gap->message);
            if (gap->hint) gap->hint = np_arena_format(store->arena, "%s", gap->hint);
            missing->gap = gap;
        }
        value.as.missing = missing;
    } else if (value.type == NP_TEXT) {
        value.as.text = np_arena_format(store->arena, "%s", value.as.text);
    } else if (value.type == NP_DATES && value.as.dates.count) {
        size_t size = value.as.dates.count * sizeof(np_date);
        value.as.dates.items = memcpy(np_arena_alloc(store->arena, size), value.as.dates.items, size);
    } else if (value.type == NP_NUMBER || value.type == NP_MONEY) {
        value.as.number = np_num_keep(store->arena, value.as.number);
    }
    return value;
}

static uint64_t hash_cell(const np_store *store, uint32_t id)
{
    return hash_value(&store->cells[id]);
}

uint32_t np_store_cell(np_store *store, const np_value *given)
{
    np_value value = *given;
    bool number = !value.unknown && (value.type == NP_NUMBER || value.type == NP_MONEY);
    if (number) value.as.number = lowest_terms(value.as.number);
    if (value.type != NP_MONEY || value.unknown) value.currency = 0; /* means nothing there */
    if (value.moving == NP_MONTH_START || value.moving == NP_MONTH_LAST) value.as.date = 0;
    uint32_t at = (uint32_t)hash_value(&value) & (store->cell_slots - 1);
    for (; store->cell_index[at]; at = (at + 1) & (store->cell_slots - 1))
        if (same_value(&store->cells[store->cell_index[at]], &value)) return store->cell_index[at];
    uint32_t id = store->cell_count, capacity = store->cell_capacity;
    store->cells = grown(store, store->cells, &store->cell_capacity, id + 1, sizeof *store->cells);
    store->cell_course = grown(store, store->cell_course, &capacity, id + 1, sizeof *store->cell_course);
    store->cells[id] = kept(store, value);
    store->cell_course[id] = 0;
    store->cell_index[at] = id;
    store->cell_count++;
    if (store->cell_count > store->cell_slots / 2)
        rehash(store, &store->cell_index, &store->cell_slots, store->cell_count, hash_cell);
    return id;
}

uint32_t np_store_constant(np_store *store, const np_value *value)
{
    uint32_t cell = np_store_cell(store, value);
    if (store->cell_course[cell]) return store->cell_course[cell];
    np_segment segment = {.cell = cell, .state = value->unknown ? NP_LINE_OPEN : NP_LINE_DUE, .status = value->status};
    uint32_t course = np_store_course(store, &segment, 1, store->window->months, false, NULL);
    return store->cell_course[cell] = course;
}

uint32_t np_store_passing(np_store *store, uint16_t slot, const np_value *value)
{
    store->cells[slot + 1] = *value;
    return slot + 1U;
}

/* ---- courses ---- */

static uint64_t hash_segments(const np_segment *segments, size_t count, uint16_t end, bool line)
{
    uint64_t hash = (uint64_t)end << 1 | line;
    for (size_t i = 0; i < count; i++) {
        uint64_t marks = (uint64_t)segments[i].from << 24 | (uint64_t)segments[i].state << 16 |
                         (uint64_t)segments[i].status << 8 | segments[i].counts;
        hash = np_mix(hash, marks << 32 | segments[i].cell);
        hash = np_mix(hash, marks >> 32);
    }
    return hash;
}

static uint64_t hash_course(const np_store *store, uint32_t id)
{
    const np_plan_course *c = &store->courses[id];
    return hash_segments(store->segments + c->segments, c->count, c->end, c->sums != UINT32_MAX || c->awkward);
}

static bool same_course(const np_store *store, uint32_t id, const np_segment *segments, size_t count, uint16_t end)
{
    const np_plan_course *c = &store->courses[id];
    if (c->count != count || c->end != end) return false;
    for (size_t i = 0; i < count; i++) {
        const np_segment *a = &store->segments[c->segments + i], *b = &segments[i];
        if (a->from != b->from || a->cell != b->cell || a->state != b->state || a->status != b->status ||
            a->counts != b->counts)
            return false;
    }
    return true;
}

bool np_store_units(const np_book *book, const np_value *value, int64_t *units)
{
    np_num unit = book->currencies[value->currency].minor_unit, amount = value->as.number;
    int64_t scaled;
    if (amount.den <= 0 || unit.den <= 0 || unit.of.small <= 0) return false;
    if (__builtin_mul_overflow(amount.of.small, unit.den, &scaled)) return false;
    int64_t under;
    if (__builtin_mul_overflow(amount.den, unit.of.small, &under) || scaled % under != 0) return false;
    *units = scaled / under;
    return true;
}

static bool add_months(const np_window *window, int64_t *sums, int64_t units, uint16_t from, uint16_t to)
{
    for (uint16_t month = from; month < to;) {
        uint8_t year = window->year_of[month];
        uint16_t here = month;
        while (here < to && window->year_of[here] == year) here++;
        int64_t product;
        if (__builtin_mul_overflow(units, here - month, &product) ||
            __builtin_add_overflow(sums[year], product, &sums[year]))
            return false;
        month = here;
    }
    return true;
}

static void add_up(np_store *store, np_plan_course *course, const np_segment *segments, const np_book *book)
{
    int64_t sums[NP_PLAN_YEARS_MAX] = {0};
    bool paid = false;
    for (size_t i = 0; i < course->count && !course->awkward; i++) {
        const np_segment *s = &segments[i];
        uint16_t to = i + 1 < course->count ? segments[i + 1].from : course->end;
        if (!s->counts || s->state != NP_LINE_DUE) continue;
        if (s->status > course->status) course->status = s->status;
        const np_value *value = &store->cells[s->cell];
        if (np_num_sign(value->as.number) == 0) continue;
        int64_t units;
        course->awkward = value->currency >= book->currency_count || (paid && value->currency != course->currency) ||
                          !np_store_units(book, value, &units) || !add_months(store->window, sums, units, s->from, to);
        course->currency = value->currency;
        paid = true;
    }
    if (!paid || course->awkward) return;
    uint16_t years = store->window->years;
    store->sums = grown(store, store->sums, &store->sum_capacity, store->sum_count + years, sizeof *store->sums);
    course->sums = store->sum_count;
    memcpy(store->sums + store->sum_count, sums, years * sizeof *sums);
    store->sum_count += years;
}

static bool never_holds(const np_store *store, const np_segment *segments, size_t count)
{
    bool never = store->cells[segments[0].cell].type == NP_TRUTH;
    for (size_t i = 0; i < count && never; i++) {
        const np_value *value = &store->cells[segments[i].cell];
        never = value->unknown || !value->as.truth;
    }
    return never;
}

uint32_t np_store_course(np_store *store, const np_segment *segments, size_t count, uint16_t end, bool line,
                         const np_book *book)
{
    bool counts = false; /* a line in which nothing counts is as good as a fact */
    for (size_t i = 0; i < count && line; i++)
        counts = counts || (segments[i].counts && segments[i].state == NP_LINE_DUE &&
                            np_num_sign(store->cells[segments[i].cell].as.number) != 0);
    uint32_t at = (uint32_t)hash_segments(segments, count, end, counts) & (store->course_slots - 1);
    for (; store->course_index[at]; at = (at + 1) & (store->course_slots - 1))
        if (same_course(store, store->course_index[at], segments, count, end)) return store->course_index[at];
    uint32_t id = store->course_count;
    store->courses = grown(store, store->courses, &store->course_capacity, id + 1, sizeof *store->courses);
    store->segments = grown(store, store->segments, &store->segment_capacity, store->segment_count + (uint32_t)count,
                            sizeof *store->segments);
    memcpy(store->segments + store->segment_count, segments, count * sizeof *segments);
    np_plan_course *course = &store->courses[id];
    *course = (np_plan_course){.segments = store->segment_count,
                               .count = (uint16_t)count,
                               .end = end,
                               .sums = UINT32_MAX,
                               .currency = NP_CURRENCY_ANY};
    store->segment_count += (uint32_t)count;
    for (size_t i = 0; i < count; i++)
        course->open = course->open || (segments[i].state == NP_LINE_OPEN && (segments[i].counts || !line));
    course->never = never_holds(store, segments, count);
    if (line) add_up(store, course, segments, book);
    store->course_index[at] = id;
    store->course_count++;
    if (store->course_count > store->course_slots / 2)
        rehash(store, &store->course_index, &store->course_slots, store->course_count, hash_course);
    return id;
}

uint32_t np_store_leaf(np_store *store, const np_leaf *leaf, const int64_t *sums)
{
    uint32_t id = store->leaf_count, size = 3U * store->window->years;
    bool paid = false;
    for (uint32_t i = 0; i < size; i++) paid = paid || sums[i] != 0;
    store->leaves = grown(store, store->leaves, &store->leaf_capacity, id + 1, sizeof *store->leaves);
    store->leaves[id] = *leaf;
    store->leaves[id].sums = UINT32_MAX;
    store->leaf_count++;
    if (!paid) return id;
    store->sums = grown(store, store->sums, &store->sum_capacity, store->sum_count + size, sizeof *store->sums);
    store->leaves[id].sums = store->sum_count;
    memcpy(store->sums + store->sum_count, sums, size * sizeof *sums);
    store->sum_count += size;
    return id;
}

/* ---- reading ---- */

const np_segment *np_store_segment(const np_store *store, uint32_t course, uint16_t month)
{
    const np_plan_course *c = &store->courses[course];
    const np_segment *s = store->segments + c->segments;
    size_t i = c->count;
    while (i > 1 && s[i - 1].from > month) i--;
    return &s[i - 1];
}

np_value np_store_value(const np_store *store, uint32_t course, uint16_t month)
{
    np_value value = store->cells[np_store_segment(store, course, month)->cell];
    if (value.moving == NP_MONTH_START) value.as.date = store->window->start[month];
    if (value.moving == NP_MONTH_LAST) value.as.date = store->window->start[month + 1] - 1;
    return value;
}

uint16_t np_store_next(const np_store *store, uint32_t course, uint16_t month)
{
    const np_plan_course *c = &store->courses[course];
    const np_segment *s = np_store_segment(store, course, month) + 1;
    return s < store->segments + c->segments + c->count ? s->from : c->end;
}
