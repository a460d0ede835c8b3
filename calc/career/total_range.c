/* Between which totals the pay of a career may lie: every combination of what is open, or the best found one by one. */
#include "natopay/career/total_range.h"

#include <string.h>

#include "natopay/career/month.h"
#include "natopay/career/projector.h"
#include "career_internal.h"

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
    const np_projection *const *middles; /* alike but for their months, the longer one last */
    size_t horizons;                     /* how many: 1 or 2 */
    const np_career *career;
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
    np_total_range *ranges; /* [horizon] */
    bool found, too_many;   /* too_many: more combinations than are tried; each horizon is then searched alone */
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
    const np_situation *given = s->career->given;
    np_situation *then = np_situation_copy(given, s->arena);
    np_set_date(then, given->book->date_slot, day);
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
static bool add_months(search *s, const np_projection *p)
{
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
    return true;
}

static bool find_points(search *s)
{
    for (size_t i = 0; i < s->horizons; i++)
        if (!add_months(s, s->middles[i])) return false;
    for (uint16_t i = 0; i < s->career->book->uncertain_count; i++)
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

/* What is paid in all, over each of the times, as things are chosen now. */
typedef struct amounts {
    np_num net[2], all[2]; /* [horizon]; with what comes once */
} amounts;

/* False when no career fits. */
static bool project(search *s, amounts *paid)
{
    np_diags discarded;
    np_arena_reset(s->work);
    np_diags_init(&discarded, s->work);
    np_career *career = s->projector
                            ? np_career_open(s->projector, s->situation, s->work, &discarded, s->ends, s->took_part)
                            : np_career_new_at(s->situation, s->work, &discarded, s->ends, s->took_part);
    const np_projection *longest = s->middles[s->horizons - 1];
    np_project_options options = {.months = longest->months, .path = longest->path};
    np_projection *p = career ? np_career_project(career, &options) : NULL;
    if (!p) return false;
    for (size_t i = 0; i < s->horizons; i++) {
        np_sum sum = i + 1 == s->horizons ? p->total : np_sum_until(s->work, p, s->middles[i]->until);
        paid->net[i] = np_num_copy(s->arena, sum.net);
        paid->all[i] = np_num_add(s->arena, paid->net[i], np_num_copy(s->arena, sum.once));
    }
    return true;
}

static void widen(np_num *low, np_num *high, np_num amount)
{
    if (np_num_compare(amount, *low) < 0) *low = amount;
    if (np_num_compare(amount, *high) > 0) *high = amount;
}

static void widen_by(search *s, const amounts *paid)
{
    for (size_t i = 0; i < s->horizons; i++) {
        widen(&s->ranges[i].net_low, &s->ranges[i].net_high, paid->net[i]);
        widen(&s->ranges[i].paid_low, &s->ranges[i].paid_high, paid->all[i]);
    }
}

static void every_combination(search *s, size_t combinations)
{
    for (size_t c = 0; c < combinations; c++) {
        size_t rest = c;
        for (size_t i = 0; i < s->count; i++) {
            choose(s, &s->points[i], rest % s->points[i].count);
            rest /= s->points[i].count;
        }
        amounts paid;
        if (project(s, &paid)) widen_by(s, &paid);
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
    amounts paid;
    for (size_t i = 0; i < s->count; i++) choose(s, &s->points[i], values[i]);
    if (!project(s, &paid)) return false;
    widen_by(s, &paid);
    *amount = paid.all[0];
    return true;
}

/* For one horizon only. Starts from the best combination of a single month, then tries each value of each point in turn
 * and keeps what pays less (or more). */
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
    amounts middle;
    if (!project(s, &middle) || !find_points(s)) return false;
    size_t combinations = count_combinations(s);
    bool exact = combinations <= COMBINATIONS_MAX;
    s->too_many = !exact && s->horizons > 1;
    if (s->too_many) return true;
    for (size_t i = 0; i < s->horizons; i++) s->ranges[i].exact = exact;
    if (exact) {
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

/* False without memory. */
static bool search_ranges(search s, bool *too_many)
{
    size_t figures = s.career->book->uncertain_count;
    s.situation = np_situation_copy(s.career->given, s.arena);
    s.ends = np_arena_array(s.arena, figures + 1, sizeof *s.ends);
    s.took_part = np_arena_array(s.arena, figures + 1, sizeof *s.took_part);
    for (size_t i = 0; i < s.horizons; i++) {
        const np_sum *total = &s.middles[i]->total;
        np_num all = np_num_add(s.arena, total->net, total->once);
        s.ranges[i] = (np_total_range){total->net, total->net, all, all, false};
    }
    if (!np_arena_guard(s.work, search_on, &s)) return false;
    for (size_t i = 0; i < s.horizons && !s.found; i++) s.ranges[i].exact = false;
    *too_many = s.too_many;
    return true;
}

/* Whether the months of the shorter one are the first months of the longer one, to the day. */
static bool begins_with(const np_projection *longer, const np_projection *shorter)
{
    return longer->path == shorter->path && longer->until > shorter->until &&
           shorter->until == np_date_month_end(shorter->until);
}

/* Of one career, by a projector for its book; NULL: each projection makes its own. False without memory. */
static bool ranges_of_career(const np_projection *const *projections, size_t count, np_projector *projector,
                             np_arena *arena, np_arena *work, np_total_range *ranges)
{
    known_months known = {0};
    bool enough = true, apart = false;
    np_diags_init(&known.discarded, arena);
    for (size_t i = 0; i < count && enough;) {
        search s = {.middles = projections + i, .horizons = 1, .career = projections[i]->career};
        s.arena = arena, s.work = work, s.projector = projector, s.known = &known, s.ranges = ranges + i;
        if (!apart && i + 1 < count && begins_with(projections[i + 1], projections[i])) s.horizons = 2;
        enough = search_ranges(s, &apart);
        i += apart ? 0 : s.horizons;
    }
    return enough;
}

void np_total_ranges_of(const np_projection *const *projections, size_t count, np_arena *arena, np_total_range *ranges)
{
    np_arena *work = np_arena_new(0);
    np_projector *projector = NULL;
    const np_book *book = NULL;
    bool enough = work != NULL;
    for (size_t i = 0, next; i < count && enough; i = next) {
        const np_career *career = projections[i]->career;
        for (next = i + 1; next < count && projections[next]->career == career; next++) continue;
        if (career->projector && career->projector->owns) {
            enough = ranges_of_career(projections + i, next - i, career->projector, arena, work, ranges + i);
            continue;
        }
        if (career->book != book) {
            np_projector_free(projector);
            book = career->book;
            projector = np_projector_new(book);
        }
        enough = ranges_of_career(projections + i, next - i, projector, arena, work, ranges + i);
    }
    np_projector_free(projector);
    np_arena_free(work);
    if (!enough) np_arena_give_up(arena);
}
