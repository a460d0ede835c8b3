/* Between which totals the pay of a career may lie: every combination of what is open, or the best found one by one. */
#include "natopay/career/total_range.h"

#include <string.h>

#include "natopay/career/month.h"
#include "natopay/career/projector.h"

enum { COMBINATIONS_MAX = 64 };

/* What the payslip of one month turns on. */
typedef struct month_points {
    np_date day;
    np_open_month *month; /* NULL: the day has no payslip */
    np_open_point *points;
    size_t count;
    bool has_extremes;
} month_points;

/* The months looked at for one projection of a career serve the others too. */
typedef struct known_months {
    month_points **of;
    size_t count, capacity;
    np_diags discarded;
} known_months;

typedef struct search {
    const np_projection *middle;
    np_arena *arena;
    np_arena *work; /* for one projection at a time */
    np_projector *projector;
    known_months *known;
    np_situation *situation;
    np_open_point *points;
    size_t count, capacity;
    uint8_t *ends;         /* [uncertain] */
    bool *took_part;       /* [uncertain]: steps and advancement went by it */
    month_points **months; /* of this projection */
    size_t month_count, month_capacity;
    np_total_range *range;
    bool found;
} search;

/* ---- what it may turn on ---- */

static bool same_point(const np_open_point *a, const np_open_point *b)
{
    return a->is_input == b->is_input && a->index == b->index;
}

static bool has_point(const search *s, const np_open_point *point)
{
    for (size_t i = 0; i < s->count; i++)
        if (same_point(&s->points[i], point)) return true;
    return false;
}

static void add_point(search *s, const np_open_point *point)
{
    if (has_point(s, point)) return;
    s->points = np_arena_grow(s->arena, s->points, &s->capacity, s->count + 1, sizeof *s->points);
    s->points[s->count++] = *point;
}

static month_points *points_of_day(search *s, np_date day)
{
    known_months *known = s->known;
    for (size_t i = 0; i < known->count; i++)
        if (known->of[i]->day == day) return known->of[i];
    const np_situation *given = s->middle->career->given;
    np_situation *then = np_situation_copy(given, s->arena);
    np_value value = {.type = NP_DATE};
    value.as.date = day;
    np_situation_set_value(then, given->book->date_slot, value);
    month_points *found = np_arena_alloc(s->arena, sizeof *found);
    *found = (month_points){.day = day};
    np_month month;
    if (np_month_open(&month, then, s->arena, &known->discarded))
        found->month = np_open_points(month.situation, s->arena, &known->discarded, &found->points, &found->count);
    known->of = np_arena_grow(s->arena, known->of, &known->capacity, known->count + 1, sizeof *known->of);
    return known->of[known->count++] = found;
}

static bool add_month(search *s, np_date day)
{
    month_points *found = points_of_day(s, day);
    if (!found->month) return false;
    for (size_t i = 0; i < found->count; i++) add_point(s, &found->points[i]);
    s->months = np_arena_grow(s->arena, s->months, &s->month_capacity, s->month_count + 1, sizeof(month_points *));
    s->months[s->month_count++] = found;
    return true;
}

static const np_open_point *point_in(const month_points *month, const np_open_point *point)
{
    for (size_t i = 0; i < month->count; i++)
        if (same_point(&month->points[i], point)) return &month->points[i];
    return NULL;
}

/* At which values each of the months pays the least and the most; of a point, in the first month that turns on it. */
static bool find_extremes(search *s)
{
    for (size_t i = 0; i < s->month_count; i++) {
        month_points *m = s->months[i];
        if (!m->has_extremes && !np_extreme_points(m->month, &m->count)) return false;
        m->has_extremes = true;
        for (size_t k = 0; k < m->count; k++) add_point(s, &m->points[k]);
    }
    for (size_t i = 0; i < s->count; i++) {
        const np_open_point *first = NULL;
        for (size_t m = 0; m < s->month_count && !first; m++) first = point_in(s->months[m], &s->points[i]);
        if (first) s->points[i] = *first;
    }
    return true;
}

/* The first month, the last, and those in which the grade is another or the step for the first time. */
static bool find_points(search *s)
{
    const np_projection *p = s->middle;
    const np_stretch *before = NULL;
    bool step_changed = false;
    for (size_t i = 0; i < p->stretch_count; i++) {
        const np_stretch *stretch = &p->stretches[i];
        bool first_step = before && stretch->step != before->step && !step_changed;
        bool last = i + 1 == p->stretch_count;
        if (before && stretch->grade == before->grade && !first_step && !last) continue;
        step_changed = step_changed || first_step;
        before = stretch;
        if (!add_month(s, stretch->from)) return false;
    }
    for (uint16_t i = 0; i < p->career->book->uncertain_count; i++)
        if (s->took_part[i]) add_point(s, &(np_open_point){.index = i, .count = 2, .most = 1});
    return true;
}

/* ---- trying ---- */

static void choose(search *s, const np_open_point *point, size_t value)
{
    if (point->is_input)
        np_situation_set_value(s->situation, point->index, point->values[value]);
    else
        s->ends[point->index] = value ? NP_HIGH : NP_LOW;
}

/* What is paid as things are chosen now; false when no career fits. */
static bool project(search *s, np_sum *sum)
{
    np_diags discarded;
    np_arena_reset(s->work);
    np_diags_init(&discarded, s->work);
    np_career *career = np_career_new_at(s->situation, s->work, &discarded, s->ends, s->took_part);
    np_project_options options = {.months = s->middle->months, .path = s->middle->path};
    if (career) career->projector = s->projector;
    np_projection *p = career ? np_career_project(career, &options) : NULL;
    if (!p) return false;
    *sum = p->total;
    sum->net = np_num_copy(s->arena, p->total.net);
    sum->once = np_num_copy(s->arena, p->total.once);
    return true;
}

static np_num paid(search *s, const np_sum *sum)
{
    return np_num_add(s->arena, sum->net, sum->once);
}

static void widen(np_num *low, np_num *high, np_num amount)
{
    if (np_num_compare(amount, *low) < 0) *low = amount;
    if (np_num_compare(amount, *high) > 0) *high = amount;
}

static void widen_by(search *s, const np_sum *sum)
{
    widen(&s->range->net_low, &s->range->net_high, sum->net);
    widen(&s->range->paid_low, &s->range->paid_high, paid(s, sum));
}

static void every_combination(search *s, size_t combinations)
{
    for (size_t c = 0; c < combinations; c++) {
        size_t rest = c;
        for (size_t i = 0; i < s->count; i++) {
            choose(s, &s->points[i], rest % s->points[i].count);
            rest /= s->points[i].count;
        }
        np_sum sum;
        if (project(s, &sum)) widen_by(s, &sum);
    }
}

/* The value of each point in a month's best combination; of points that the month does not turn on, in the first one
 * that does. */
static void take_values(const search *s, const month_points *month, bool most, size_t *values)
{
    for (size_t i = 0; i < s->count; i++) {
        const np_open_point *here = point_in(month, &s->points[i]), *point = here ? here : &s->points[i];
        values[i] = most ? point->most : point->least;
    }
}

static bool pays(search *s, const size_t *values, np_num *amount)
{
    np_sum sum;
    for (size_t i = 0; i < s->count; i++) choose(s, &s->points[i], values[i]);
    if (!project(s, &sum)) return false;
    widen_by(s, &sum);
    *amount = paid(s, &sum);
    return true;
}

/* From the best of what the months say, one point after the other is tried at each of its values. */
static void improve_one_by_one(search *s, bool most)
{
    int wanted = most ? 1 : -1;
    size_t *values = np_arena_array(s->arena, s->count + 1, sizeof *values);
    size_t *best = np_arena_array(s->arena, s->count + 1, sizeof *best);
    np_num amount, reached = np_num_int(0);
    bool any = false;
    for (size_t m = 0; m < s->month_count; m++) {
        take_values(s, s->months[m], most, values);
        if (!pays(s, values, &amount) || (any && np_num_compare(amount, reached) * wanted <= 0)) continue;
        any = true;
        reached = amount;
        memcpy(best, values, s->count * sizeof *best);
    }
    for (size_t i = 0; i < s->count; i++) {
        size_t kept = best[i];
        for (size_t value = 0; value < s->points[i].count; value++) {
            memcpy(values, best, s->count * sizeof *best);
            values[i] = value;
            if (value == kept || !pays(s, values, &amount)) continue;
            if (any && np_num_compare(amount, reached) * wanted <= 0) continue;
            any = true;
            reached = amount;
            best[i] = value;
        }
    }
}

/* ---- the range ---- */

static size_t count_combinations(const search *s)
{
    size_t combinations = 1;
    for (size_t i = 0; i < s->count && combinations <= COMBINATIONS_MAX; i++) combinations *= s->points[i].count;
    return combinations;
}

static bool find_range(search *s)
{
    np_sum sum;
    if (!project(s, &sum) || !find_points(s)) return false;
    size_t combinations = count_combinations(s);
    s->range->exact = combinations <= COMBINATIONS_MAX;
    if (s->range->exact) {
        every_combination(s, combinations);
        return true;
    }
    if (!find_extremes(s)) return false;
    improve_one_by_one(s, false);
    improve_one_by_one(s, true);
    return true;
}

static void search_on(void *context)
{
    search *s = context;
    s->found = find_range(s);
}

static void range_of(search *s)
{
    const np_career *career = s->middle->career;
    const np_sum *total = &s->middle->total;
    s->situation = np_situation_copy(career->given, s->arena);
    s->ends = np_arena_array(s->arena, career->book->uncertain_count + 1, sizeof *s->ends);
    s->took_part = np_arena_array(s->arena, career->book->uncertain_count + 1, sizeof *s->took_part);
    s->range->net_low = s->range->net_high = total->net;
    s->range->paid_low = s->range->paid_high = np_num_add(s->arena, total->net, total->once);
}

void np_total_ranges_of(const np_projection *const *projections, size_t count, np_arena *arena, np_total_range *ranges)
{
    np_arena *work = np_arena_new(0);
    if (!work) np_arena_give_up(arena);
    np_projector *projector = np_projector_new(projections[0]->career->book); /* NULL: each projection makes its own */
    known_months known = {0};
    np_diags_init(&known.discarded, arena);
    bool enough = true;
    for (size_t i = 0; i < count && enough; i++) {
        search s = {.middle = projections[i], .arena = arena, .work = work, .projector = projector, .known = &known};
        s.range = &ranges[i];
        range_of(&s);
        enough = np_arena_guard(work, search_on, &s);
        if (!s.found) s.range->exact = false;
    }
    np_projector_free(projector);
    np_arena_free(work);
    if (!enough) np_arena_give_up(arena);
}
