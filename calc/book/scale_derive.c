/* Deriving the first step of every grade in every section of the scales: part of loading. */
#include "scale_derive.h"

#include <stdlib.h>

static np_num minor_unit(const np_book *book, uint16_t country)
{
    return book->currencies[book->countries[country].currency].minor_unit;
}

static np_num smaller(np_num a, np_num b)
{
    return np_num_compare(a, b) <= 0 ? a : b;
}

static np_num larger(np_num a, np_num b)
{
    return np_num_compare(a, b) >= 0 ? a : b;
}

static np_num low_of(const np_resolved *figure)
{
    return figure->ranged ? figure->low : figure->value;
}

static np_num high_of(const np_resolved *figure)
{
    return figure->ranged ? figure->high : figure->value;
}

static void set_range(np_resolved *figure, np_num low, np_num high)
{
    figure->low = low;
    figure->high = high;
    figure->ranged = np_num_compare(low, high) != 0;
}

/* ---- printed, or carried from a section that prints it by the indexes in between ---- */

static const np_figure *printed(const np_book *book, const np_scale *scale, size_t grade, unsigned step)
{
    return &scale->figures[np_scale_cell(book, grade, step)];
}

static np_resolved as_printed(const np_book *book, const np_scale *scale, size_t grade, unsigned step)
{
    const np_figure *figure = printed(book, scale, grade, step);
    np_resolved result = {.value = figure->value, .status = (uint8_t)figure->status, .how = NP_PRINTED};
    result.from = scale->position;
    if (step == 1 && np_num_valid(scale->low[grade])) set_range(&result, scale->low[grade], scale->high[grade]);
    return result;
}

size_t np_scale_next_on_the_way(size_t from, size_t to)
{
    return from < to ? from + 1 : from - 1;
}

const np_scale *np_scale_crossed(const np_country *country, size_t from, size_t to)
{
    return country->scales[from < to ? from + 1 : from];
}

/* Whether a grade has no salary in a section: it, or the last before it that speaks of the grade, says unknown. */
static bool is_ended(const np_book *book, const np_scale *scale, size_t grade)
{
    const np_country *country = &book->countries[scale->country];
    for (size_t i = scale->position + 1U; i-- > 0;) {
        if (printed(book, country->scales[i], grade, 1)->given) return false;
        if (country->scales[i]->ended[grade]) return true;
    }
    return false;
}

/* The nearest section that prints the figure and that indexes lead to, going `way` (+1 later, -1 earlier); SIZE_MAX:
 * none does, or an index is missing on the way. */
static size_t nearest(const np_book *book, const np_country *country, size_t position, size_t grade, unsigned step,
                      int way)
{
    size_t end = way < 0 ? 0 : country->scale_count - 1;
    for (size_t here = position; here != end;) {
        size_t there = np_scale_next_on_the_way(here, end);
        if (!np_scale_crossed(country, here, end)->index.given) return SIZE_MAX;
        if (printed(book, country->scales[there], grade, step)->given) return there;
        if (country->scales[there]->ended[grade]) return SIZE_MAX;
        here = there;
    }
    return SIZE_MAX;
}

/* Where the index is another country's, the salary may as well have stayed as it was: that is one end of the range. */
static void cross(const np_book *book, np_arena *arena, np_resolved *figure, const np_scale *crossed, bool later)
{
    np_num unit = minor_unit(book, crossed->country), index = crossed->index.value, moved[3];
    const np_num before[3] = {figure->value, low_of(figure), high_of(figure)};
    for (size_t i = 0; i < 3; i++) {
        np_num exact = later ? np_num_mul(arena, before[i], index) : np_num_div(arena, before[i], index);
        moved[i] = np_num_round(arena, exact, unit, book->rounding);
    }
    figure->value = moved[0];
    figure->status = np_weaker(figure->status, crossed->index.status);
    if (crossed->derived)
        set_range(figure, smaller(before[1], moved[1]), larger(before[2], moved[2]));
    else
        set_range(figure, moved[1], moved[2]);
}

static np_resolved carried(const np_book *book, np_arena *arena, const np_country *country, size_t position,
                           size_t grade, unsigned step, size_t from)
{
    np_resolved result = as_printed(book, country->scales[from], grade, step);
    result.status = np_weaker(NP_CHAINED, result.status);
    result.how = NP_CARRIED;
    for (size_t here = from; here != position; here = np_scale_next_on_the_way(here, position))
        cross(book, arena, &result, np_scale_crossed(country, here, position), here < position);
    return result;
}

/* The nearer section wins, of two equally near ones the earlier: carrying forward is how scales are made. */
np_resolved np_scale_own_figure(const np_book *book, np_arena *arena, const np_scale *scale, size_t grade,
                                unsigned step)
{
    const np_country *country = &book->countries[scale->country];
    if (is_ended(book, scale, grade)) return (np_resolved){.how = NP_NOT_DERIVED};
    if (printed(book, scale, grade, step)->given) return as_printed(book, scale, grade, step);
    size_t back = nearest(book, country, scale->position, grade, step, -1);
    size_t on = nearest(book, country, scale->position, grade, step, +1);
    if (back == SIZE_MAX && on == SIZE_MAX) return (np_resolved){.how = NP_NOT_DERIVED};
    bool take_back = back != SIZE_MAX && (on == SIZE_MAX || scale->position - back <= on - scale->position);
    return carried(book, arena, country, scale->position, grade, step, take_back ? back : on);
}

/* ---- by the ratio of two scales ---- */

/* Whether a section's figure came about by the ratio itself. */
static bool is_by_ratio(const np_resolved *figure)
{
    return figure->how == NP_BY_RATIO || figure->how == NP_BY_COUNTRY || figure->how == NP_AT_FLOOR;
}

static bool may_compare(const np_resolved *x, const np_resolved *y)
{
    return x->how != NP_NOT_DERIVED && y->how != NP_NOT_DERIVED && x->how != NP_BETWEEN && y->how != NP_BETWEEN;
}

/* own_only: of section a only what the country prints, or carries by its indexes, takes part. */
static np_scale_ratio ratio_of(const np_book *book, np_arena *arena, const np_scale *a, const np_scale *b,
                               bool own_only)
{
    np_scale_ratio ratio = {
        .value = np_num_ratio(1, 0), .over = np_num_int(0), .under = np_num_int(0), .status = NP_STATUS_COUNT};
    np_num low = np_num_int(0), high = np_num_int(0);
    for (size_t pass = 0; pass < 2; pass++)
        for (size_t grade = 0; grade < book->grade_count; grade++) {
            const np_resolved *x = &a->step1[grade], *y = &b->step1[grade];
            bool own = a->own_grade == grade && y->how == NP_BETWEEN; /* all that is known of the country */
            if ((!may_compare(x, y) && !own) || (own_only && is_by_ratio(x))) continue;
            uint8_t status = np_weaker(x->status, y->status);
            if (pass == 0) {
                if (status < ratio.status) ratio.status = status;
            } else if (status == ratio.status) {
                ratio.over = np_num_add(arena, ratio.over, x->value);
                ratio.under = np_num_add(arena, ratio.under, y->value);
                low = np_num_add(arena, low, low_of(x));
                high = np_num_add(arena, high, high_of(x));
                ratio.grades |= (uint64_t)1 << grade;
            }
        }
    if (!ratio.grades) return ratio;
    ratio.value = np_num_div(arena, ratio.over, ratio.under);
    ratio.low = np_num_div(arena, low, ratio.under);
    ratio.high = np_num_div(arena, high, ratio.under);
    return ratio;
}

np_scale_ratio np_scale_ratio_of(const np_book *book, np_arena *arena, const np_scale *a, const np_scale *b)
{
    return ratio_of(book, arena, a, b, false);
}

/* Units of a currency for one of another on a date, with the ends of its range; false when the book has no rate. */
static bool cross_rate(const np_book *book, np_arena *arena, uint16_t to, uint16_t from, np_date date,
                       np_scale_ratio *rate)
{
    np_num of[2][3];
    const uint16_t currencies[2] = {to, from};
    for (size_t i = 0; i < 2; i++) {
        const np_rate *found = np_exchange_on(book, currencies[i], date);
        if (!found && strcmp(book->currencies[currencies[i]].name, "EUR") != 0) return false;
        of[i][0] = of[i][1] = of[i][2] = found ? found->figure.value : np_num_int(1);
        if (found && found->ranged) {
            of[i][1] = found->low.value;
            of[i][2] = found->high.value;
        }
        if (found) rate->status = np_weaker(rate->status, found->figure.status);
    }
    rate->value = np_num_div(arena, of[0][0], of[1][0]);
    rate->low = np_num_div(arena, of[0][1], of[1][2]);
    rate->high = np_num_div(arena, of[0][2], of[1][1]);
    return true;
}

np_scale_ratio np_scale_ratio_to_reference(const np_book *book, np_arena *arena, const np_scale *scale,
                                           const np_scale *reference, np_date date)
{
    np_scale_ratio ratio = ratio_of(book, arena, scale, reference, true);
    if (ratio.grades || !scale->ratio.given) return ratio;
    ratio = (np_scale_ratio){.status = NP_PUBLISHED};
    uint16_t here = book->countries[scale->country].currency, there = book->countries[reference->country].currency;
    if (!cross_rate(book, arena, here, there, date, &ratio)) return (np_scale_ratio){.value = np_num_ratio(1, 0)};
    ratio.status = np_weaker(ratio.status, scale->ratio.status);
    ratio.value = np_num_mul(arena, ratio.value, scale->ratio.value);
    ratio.low = np_num_mul(arena, ratio.low, scale->ratio_low);
    ratio.high = np_num_mul(arena, ratio.high, scale->ratio_high);
    return ratio;
}

np_resolved np_scale_by_ratio(const np_book *book, np_arena *arena, uint16_t country, np_resolved reference,
                              const np_scale_ratio *ratio)
{
    if (reference.how == NP_NOT_DERIVED || !np_num_valid(ratio->value)) return (np_resolved){.how = NP_NOT_DERIVED};
    const np_num figures[3] = {reference.value, low_of(&reference), high_of(&reference)},
                 ratios[3] = {ratio->value, ratio->low, ratio->high};
    np_num moved[3];
    for (size_t i = 0; i < 3; i++)
        moved[i] =
            np_num_round(arena, np_num_mul(arena, figures[i], ratios[i]), minor_unit(book, country), book->rounding);
    np_resolved result = {.value = moved[0], .how = ratio->grades ? NP_BY_RATIO : NP_BY_COUNTRY};
    result.status = np_weaker(NP_ESTIMATED, np_weaker(reference.status, ratio->status));
    set_range(&result, moved[1], moved[2]);
    return result;
}

np_resolved np_scale_at_least(np_resolved figure, np_resolved floor)
{
    if (figure.how == NP_NOT_DERIVED || floor.how == NP_NOT_DERIVED) return figure;
    np_num low = larger(low_of(&figure), low_of(&floor)), high = larger(high_of(&figure), high_of(&floor));
    bool raised = np_num_compare(figure.value, floor.value) < 0;
    np_resolved result = figure;
    if (raised) result.value = floor.value;
    if (raised) result.how = NP_AT_FLOOR;
    if (raised) result.status = np_weaker(figure.status, floor.status);
    set_range(&result, low, high);
    return result;
}

/* ---- between the neighbours ---- */

/* Pay rises with the grade, so a grade that nothing is known of lies between the next lower and the next higher one
 * that have a figure: that is its range. The estimate is linear in the rank. */
static np_resolved between(const np_book *book, np_arena *arena, const np_scale *scale, size_t grade, size_t below,
                           size_t above)
{
    const np_resolved *low = &scale->step1[below], *high = &scale->step1[above];
    int64_t from = book->grades[below].rank, rank = book->grades[grade].rank, to = book->grades[above].rank;
    if (to <= from || np_num_compare(low->value, high->value) > 0) return (np_resolved){.how = NP_NOT_DERIVED};
    np_num rise = np_num_mul(arena, np_num_sub(arena, high->value, low->value), np_num_ratio(rank - from, to - from));
    np_num value = np_num_add(arena, low->value, rise);
    np_resolved result = {.how = NP_BETWEEN, .below = (uint16_t)below, .above = (uint16_t)above};
    result.value = np_num_round(arena, value, minor_unit(book, scale->country), book->rounding);
    result.status = np_weaker(NP_ESTIMATED, np_weaker(low->status, high->status));
    set_range(&result, low_of(low), high_of(high));
    return result;
}

static void fill_between(const np_book *book, np_arena *arena, np_scale *scale)
{
    size_t below = SIZE_MAX;
    for (size_t grade = 0; grade < book->grade_count; grade++) {
        if (scale->step1[grade].how != NP_NOT_DERIVED) {
            if (scale->step1[grade].how != NP_BETWEEN) below = grade;
            continue;
        }
        size_t above = grade;
        while (above < book->grade_count && scale->step1[above].how == NP_NOT_DERIVED) above++;
        if (below != SIZE_MAX && above < book->grade_count && !is_ended(book, scale, grade))
            scale->step1[grade] = between(book, arena, scale, grade, below, above);
    }
}

/* ---- all of them ---- */

static void estimate_by_reference(np_book *book, np_arena *arena, np_scale *scale)
{
    const np_scale *reference =
        scale->reference == UINT16_MAX ? NULL : np_scale_on(book, scale->reference, scale->from);
    if (!reference) return;
    np_scale_resolve(book, arena, book->countries[scale->reference].scales[reference->position]);
    np_scale_ratio ratio = np_scale_ratio_to_reference(book, arena, scale, reference, scale->from);
    const np_scale *floor = scale->floor == UINT16_MAX ? NULL : np_scale_on(book, scale->floor, scale->from);
    if (floor) np_scale_resolve(book, arena, book->countries[scale->floor].scales[floor->position]);
    for (size_t grade = 0; grade < book->grade_count; grade++) {
        np_resolved *figure = &scale->step1[grade];
        if (figure->how != NP_NOT_DERIVED || is_ended(book, scale, grade)) continue;
        *figure = np_scale_by_ratio(book, arena, scale->country, reference->step1[grade], &ratio);
        if (floor) *figure = np_scale_at_least(*figure, floor->step1[grade]);
    }
}

/* A reference that leads back to the scale itself finds it without estimates, so circles end. */
void np_scale_resolve(np_book *book, np_arena *arena, np_scale *scale)
{
    if (scale->resolving) return;
    scale->resolving = 1;
    scale->step1 = np_arena_array(arena, book->grade_count + 1, sizeof *scale->step1);
    for (size_t grade = 0; grade < book->grade_count; grade++)
        scale->step1[grade] = np_scale_own_figure(book, arena, scale, grade, 1);
    estimate_by_reference(book, arena, scale);
    fill_between(book, arena, scale);
}

static int by_name(const void *a, const void *b)
{
    return strcmp((*(const np_country *const *)a)->name, (*(const np_country *const *)b)->name);
}

/* Countries in the order of their names: where references go in a circle, the order of the files makes no
 * difference. */
void np_scales_resolve(np_book *book)
{
    np_scale_places places = np_scale_places_of(book);
    size_t count = places.end - places.begin;
    const np_country **countries = np_arena_array(book->arena, count + 1, sizeof *countries);
    for (size_t i = 0; i < count; i++) countries[i] = &book->countries[places.begin + i];
    if (count > 1) qsort(countries, count, sizeof *countries, by_name);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < countries[i]->scale_count; k++)
            np_scale_resolve(book, book->arena, countries[i]->scales[k]);
}

static uint16_t number(np_book *book, np_arena *arena, np_uncertain what)
{
    np_build build = {.book = book, .arena = arena};
    return np_build_uncertain(&build, what);
}

void np_scales_number_ranges(np_book *book, np_arena *arena, np_country *country)
{
    country->uncertain = np_arena_array(arena, book->grade_count + 1, sizeof *country->uncertain);
    for (size_t grade = 0; grade < book->grade_count; grade++) {
        bool ranged = false;
        for (size_t i = 0; i < country->scale_count && !ranged; i++) ranged = country->scales[i]->step1[grade].ranged;
        np_uncertain what = {.kind = NP_UNCERTAIN_SALARY, .grade = (uint16_t)grade};
        what.index = (uint16_t)(country - book->countries);
        country->uncertain[grade] = ranged ? number(book, arena, what) : UINT16_MAX;
    }
}

void np_scales_share(np_book *book)
{
    const np_country *all = &book->countries[book->country_count];
    for (size_t i = 0; i < book->country_count && book->scale_of_all; i++) {
        np_country *country = &book->countries[i];
        country->scales = all->scales;
        country->scale_count = all->scale_count;
        country->uncertain = all->uncertain;
        country->newest_in_pack = all->newest_in_pack;
        country->currency = all->currency;
    }
}

/* ---- sections that no file has ---- */

np_scale *np_scale_empty(const np_book *book, np_arena *arena, uint16_t country, np_date from)
{
    np_scale *scale = np_arena_alloc(arena, sizeof *scale);
    *scale = (np_scale){.country = country, .from = from, .reference = UINT16_MAX, .floor = UINT16_MAX};
    scale->at = book->countries[country].at;
    scale->scaled = np_num_ratio(1, 0);
    scale->own_grade = UINT16_MAX;
    scale->figures = np_arena_array(arena, book->grade_count * NP_STEPS_MAX + 1, sizeof *scale->figures);
    scale->ended = np_arena_array(arena, book->grade_count + 1, sizeof *scale->ended);
    scale->low = np_arena_array(arena, book->grade_count + 1, sizeof *scale->low);
    scale->high = np_arena_array(arena, book->grade_count + 1, sizeof *scale->high);
    for (size_t grade = 0; grade < book->grade_count; grade++)
        scale->low[grade] = scale->high[grade] = np_num_ratio(1, 0);
    return scale;
}

static np_scale *derived_section(const np_book *book, np_arena *arena, const np_scale *before, const np_scale *newer)
{
    np_scale *scale = np_scale_empty(book, arena, before->country, newer->from);
    scale->derived = true;
    scale->label = before->label;
    scale->note = before->note;
    scale->at = before->at;
    scale->reference = before->reference;
    scale->floor = before->floor;
    scale->ratio = before->ratio;
    scale->ratio_low = before->ratio_low;
    scale->ratio_high = before->ratio_high;
    scale->index = newer->index;
    if (scale->index.status < NP_ESTIMATED) scale->index.status = NP_ESTIMATED;
    return scale;
}

/* The sections of a country and those that it takes over, by date. */
void np_scales_follow_reference(const np_book *book, np_arena *arena, np_country *country)
{
    if (country->scale_count == 0 || country->scales[0]->reference == UINT16_MAX) return;
    uint16_t from = country->scales[0]->reference;
    const np_country *reference = &book->countries[from];
    size_t count = 0, own = 0, most = country->scale_count + reference->scale_count;
    np_scale **all = np_arena_array(arena, most + 1, sizeof *all);
    for (size_t i = 0; i <= reference->scale_count; i++) {
        const np_scale *newer = i < reference->scale_count ? reference->scales[i] : NULL;
        while (own < country->scale_count && (!newer || country->scales[own]->from <= newer->from))
            all[count++] = country->scales[own++];
        if (!newer || newer->derived || !newer->index.given || count == 0) continue;
        const np_scale *before = all[count - 1];
        if (before->from != newer->from && before->reference == from)
            all[count++] = derived_section(book, arena, before, newer);
    }
    country->scales = all;
    country->scale_count = count;
    for (size_t i = 0; i < count; i++) all[i]->position = (uint16_t)i;
}
