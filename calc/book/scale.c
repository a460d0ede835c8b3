/* Looking up a scale's figures. */
#include "natopay/book/scale.h"

#include <stdlib.h>
#include <string.h>

/* A rung of the scale: a grade's step, counted from 0. */
static const np_figure *printed(const np_scale *scale, size_t rung)
{
    return &scale->figures[rung];
}

const np_scale *np_scale_on(const np_book *book, uint16_t country, np_date date)
{
    const np_country *owner = &book->countries[country];
    for (size_t i = owner->scale_count; i-- > 0;)
        if (owner->scales[i]->from <= date) return owner->scales[i];
    return NULL;
}

static np_num minor_unit(const np_book *book, uint16_t country)
{
    return book->currencies[book->countries[country].currency].minor_unit;
}

static uint8_t weaker(unsigned a, unsigned b)
{
    return (uint8_t)(a > b ? a : b);
}

/* ---- carrying a printed figure by the indexes in between ---- */

/* How many indexes lie between the section and the nearest that prints the grade, going `way` (+1 later, -1 earlier);
 * 0: none does, or an index is missing on the way. */
static size_t distance(const np_country *country, size_t position, size_t rung, int way)
{
    for (size_t steps = 1;; steps++) {
        size_t here = way < 0 ? position - steps + 1 : position + steps; /* the section whose index is crossed */
        if (way < 0 ? steps > position : here >= country->scale_count) return 0;
        if (!country->scales[here]->index.given) return 0;
        size_t there = way < 0 ? position - steps : position + steps;
        if (printed(country->scales[there], rung)->given) return steps;
    }
}

static np_resolved carried(const np_book *book, np_arena *arena, const np_country *country, size_t position,
                           size_t rung, size_t from)
{
    const np_figure *figure = printed(country->scales[from], rung);
    np_resolved result = {figure->value, weaker(NP_CHAINED, figure->status), NP_CARRIED, (uint16_t)from};
    while (from != position) {
        bool up = from < position;
        const np_figure *index = &country->scales[up ? from + 1 : from]->index;
        np_num moved =
            up ? np_num_mul(arena, result.value, index->value) : np_num_div(arena, result.value, index->value);
        result.value = np_num_round(arena, moved, minor_unit(book, country->scales[position]->country), book->rounding);
        result.status = weaker(result.status, index->status);
        from = up ? from + 1 : from - 1;
    }
    return result;
}

/* Printed or carried; NP_NOT_DERIVED when neither. The nearer section wins, of two equally near ones the earlier:
 * carrying forward is how scales are made. */
static np_resolved own_figure(const np_book *book, np_arena *arena, const np_scale *scale, size_t rung)
{
    const np_country *country = &book->countries[scale->country];
    const np_figure *figure = printed(scale, rung);
    if (figure->given) return (np_resolved){figure->value, (uint8_t)figure->status, NP_PRINTED, scale->position};
    size_t back = distance(country, scale->position, rung, -1), on = distance(country, scale->position, rung, +1);
    if (back && (!on || back <= on))
        return carried(book, arena, country, scale->position, rung, scale->position - back);
    if (on) return carried(book, arena, country, scale->position, rung, scale->position + on);
    return (np_resolved){.how = NP_NOT_DERIVED};
}

/* ---- ratio of two scales ---- */

np_scale_ratio np_scale_ratio_of(const np_book *book, np_arena *arena, const np_scale *a, const np_scale *b)
{
    np_scale_ratio ratio = {
        .value = np_num_ratio(1, 0), .over = np_num_int(0), .under = np_num_int(0), .status = NP_STATUS_COUNT};
    for (size_t pass = 0; pass < 2; pass++)
        for (size_t grade = 0; grade < book->grade_count; grade++) {
            const np_resolved *x = &a->step1[grade], *y = &b->step1[grade];
            if (x->how == NP_NOT_DERIVED || y->how == NP_NOT_DERIVED) continue;
            uint8_t status = weaker(x->status, y->status);
            if (pass == 0) {
                if (status < ratio.status) ratio.status = status;
            } else if (status == ratio.status) {
                ratio.over = np_num_add(arena, ratio.over, x->value);
                ratio.under = np_num_add(arena, ratio.under, y->value);
                ratio.grades |= (uint64_t)1 << grade;
            }
        }
    if (ratio.grades) ratio.value = np_num_div(arena, ratio.over, ratio.under);
    return ratio;
}

static np_resolved by_ratio(const np_book *book, np_arena *arena, uint16_t country, np_resolved reference,
                            np_scale_ratio ratio)
{
    if (reference.how == NP_NOT_DERIVED || !ratio.grades) return (np_resolved){.how = NP_NOT_DERIVED};
    np_num value = np_num_mul(arena, reference.value, ratio.value);
    value = np_num_round(arena, value, minor_unit(book, country), book->rounding);
    uint8_t status = weaker(NP_ESTIMATED, weaker(reference.status, ratio.status));
    return (np_resolved){value, status, NP_BY_RATIO, 0};
}

/* A country's scale may have another's as its floor. */
static np_resolved at_least(np_resolved figure, np_resolved floor)
{
    if (figure.how == NP_NOT_DERIVED || floor.how == NP_NOT_DERIVED) return figure;
    if (np_num_compare(figure.value, floor.value) >= 0) return figure;
    return (np_resolved){floor.value, weaker(figure.status, floor.status), NP_AT_FLOOR, 0};
}

static void resolve(np_book *book, np_scale *scale);

static void estimate_missing(np_book *book, np_scale *scale)
{
    const np_scale *reference =
        scale->reference == UINT16_MAX ? NULL : np_scale_on(book, scale->reference, scale->from);
    if (!reference) return;
    resolve(book, book->countries[scale->reference].scales[reference->position]);
    np_scale_ratio ratio = np_scale_ratio_of(book, book->arena, scale, reference);
    const np_scale *floor = scale->floor == UINT16_MAX ? NULL : np_scale_on(book, scale->floor, scale->from);
    if (floor) resolve(book, book->countries[scale->floor].scales[floor->position]);
    for (size_t grade = 0; grade < book->grade_count; grade++) {
        np_resolved *figure = &scale->step1[grade];
        if (figure->how != NP_NOT_DERIVED) continue;
        *figure = by_ratio(book, book->arena, scale->country, reference->step1[grade], ratio);
        if (floor) *figure = at_least(*figure, floor->step1[grade]);
    }
}

/* A reference that leads back to the scale itself finds it without estimates, so circles end. */
static void resolve(np_book *book, np_scale *scale)
{
    if (scale->resolving) return;
    scale->resolving = 1;
    scale->step1 = np_arena_array(book->arena, book->grade_count + 1, sizeof *scale->step1);
    for (size_t grade = 0; grade < book->grade_count; grade++)
        scale->step1[grade] = own_figure(book, book->arena, scale, np_scale_rung(book, grade, 1));
    estimate_missing(book, scale);
}

static int by_name(const void *a, const void *b)
{
    return strcmp((*(const np_country *const *)a)->name, (*(const np_country *const *)b)->name);
}

/* Countries in the order of their names: where references go in a circle, the order of the files makes no
 * difference. */
void np_scales_resolve(np_book *book)
{
    const np_country **countries = np_arena_array(book->arena, book->country_count + 1, sizeof *countries);
    for (size_t i = 0; i < book->country_count; i++) countries[i] = &book->countries[i];
    if (book->country_count > 1) qsort(countries, book->country_count, sizeof *countries, by_name);
    for (size_t i = 0; i < book->country_count; i++)
        for (size_t k = 0; k < countries[i]->scale_count; k++) resolve(book, countries[i]->scales[k]);
}

np_resolved np_scale_first_step(const np_book *book, np_arena *arena, uint16_t country, uint16_t grade, np_date date,
                                const np_scale **scale)
{
    const np_country *owner = &book->countries[country];
    const np_scale *now = np_scale_on(book, country, date);
    *scale = now ? now : owner->scale_count ? owner->scales[0] : NULL;
    if (now) return now->step1[grade];
    const np_scale *first = *scale;
    if (!first || first->reference == UINT16_MAX) return (np_resolved){.how = NP_NOT_DERIVED};
    const np_scale *then = np_scale_on(book, first->reference, first->from);
    const np_scale *reference = np_scale_on(book, first->reference, date);
    if (!then || !reference) return (np_resolved){.how = NP_NOT_DERIVED};
    np_resolved figure =
        by_ratio(book, arena, country, reference->step1[grade], np_scale_ratio_of(book, arena, first, then));
    const np_scale *floor = first->floor == UINT16_MAX ? NULL : np_scale_on(book, first->floor, date);
    return floor ? at_least(figure, floor->step1[grade]) : figure;
}

np_resolved np_scale_own_step(const np_book *book, np_arena *arena, const np_scale *scale, uint16_t grade,
                              unsigned step)
{
    return own_figure(book, arena, scale, np_scale_rung(book, grade, step));
}
