/* A book in which a post's grade is paid what its notice prints. */
#include "scale_derive.h"

typedef struct adding {
    np_book *book; /* the new one */
    np_arena *arena;
    const np_own_salary *salary;
    np_country *country; /* in the new book */
    np_num factor;       /* the given salary over the book's */
} adding;

static np_num scaled(const adding *a, np_num value)
{
    np_num unit = a->book->currencies[a->country->currency].minor_unit;
    return np_num_round(a->arena, np_num_mul(a->arena, value, a->factor), unit, a->book->rounding);
}

/* Whether indexes lead from one section to another. */
static bool is_linked(const np_country *country, size_t from, size_t to)
{
    for (; from != to; from = np_scale_next_on_the_way(from, to))
        if (!np_scale_crossed(country, from, to)->index.given) return false;
    return true;
}

/* A figure times the ratio of the given salary to the book's. */
static np_figure following(const adding *a, const np_figure *old)
{
    np_figure figure = *old;
    figure.value = scaled(a, old->value);
    figure.status = (np_status)np_weaker(np_weaker((uint8_t)old->status, NP_ESTIMATED), a->salary->status);
    return figure;
}

/* Whether a figure is found by another way than its own section's: where indexes lead to the given salary, the grade's
 * first step is carried from that; its further steps are reckoned from the first where the book says by how much. */
static bool is_left_out(const adding *a, size_t cell)
{
    size_t grades = a->book->grade_count;
    return cell % grades == a->salary->grade && (cell < grades || a->book->step_value != UINT16_MAX);
}

/* A copy of a section whose figures follow the given one. */
static np_scale *follow(const adding *a, const np_scale *old, bool same, bool linked)
{
    const np_book *book = a->book;
    bool goes = linked && !same;
    np_scale *scale = np_scale_empty(book, a->arena, old->country, old->from);
    np_figure *figures = scale->figures;
    np_num *low = scale->low, *high = scale->high;
    *scale = *old;
    scale->figures = figures;
    scale->low = low;
    scale->high = high;
    scale->resolving = 0;
    scale->own_grade = UINT16_MAX;
    scale->scaled = same ? np_num_ratio(1, 0) : a->factor;
    for (size_t i = 0; i < book->grade_count * NP_STEPS_MAX; i++)
        if (old->figures[i].given && !(goes && is_left_out(a, i)))
            figures[i] = same ? old->figures[i] : following(a, &old->figures[i]);
    for (size_t grade = 0; grade < book->grade_count; grade++) {
        if (!np_num_valid(old->low[grade]) || (goes && grade == a->salary->grade)) continue;
        low[grade] = same ? old->low[grade] : scaled(a, old->low[grade]);
        high[grade] = same ? old->high[grade] : scaled(a, old->high[grade]);
    }
    return scale;
}

static void put_salary(const adding *a, np_scale *scale)
{
    size_t grade = a->salary->grade;
    scale->own_grade = a->salary->grade;
    scale->figures[np_scale_cell(a->book, grade, 1)] = (np_figure){.given = true,
                                                                   .value = a->salary->amount,
                                                                   .status = (np_status)a->salary->status,
                                                                   .source = a->salary->source,
                                                                   .at = a->salary->at};
    scale->low[grade] = scale->high[grade] = np_num_ratio(1, 0);
}

/* The section of a year that the book does not know yet, in which all figures follow the given salary. */
static np_scale *section_of_its_year(const adding *a, const np_scale *there)
{
    np_scale *scale = follow(a, there, false, true);
    scale->from = np_date_of(np_date_split(a->salary->on).year, 1, 1);
    scale->position = (uint16_t)(there->position + 1);
    scale->index = (np_figure){.given = false};
    scale->at = a->salary->at;
    return scale;
}

/* A salary of a later year than the newest section's says nothing of that one: it begins its own. */
static void add_section(adding *a, const np_scale *there)
{
    const np_country *old = a->country;
    np_scale **scales = np_arena_array(a->arena, old->scale_count + 1, sizeof *scales);
    for (size_t i = 0; i < old->scale_count; i++) scales[i] = follow(a, old->scales[i], true, true);
    scales[old->scale_count] = section_of_its_year(a, there);
    put_salary(a, scales[old->scale_count]);
    a->country->scales = scales;
    a->country->scale_count++;
}

/* The country's sections with the given salary in the one in force on its day. False: the book has no figure there that
 * it could be held against. */
static bool follow_sections(adding *a)
{
    const np_country *old = a->country;
    const np_scale *there = np_scale_on(a->book, a->salary->country, a->salary->on);
    if (!there || there->step1[a->salary->grade].how == NP_NOT_DERIVED) return false;
    a->factor = np_num_div(a->arena, a->salary->amount, there->step1[a->salary->grade].value);
    bool newer = np_date_split(a->salary->on).year > np_date_split(there->from).year;
    if (newer && there->position + 1U == old->scale_count) {
        add_section(a, there);
        return true;
    }
    bool same = np_num_compare(a->factor, np_num_int(1)) == 0;
    np_scale **scales = np_arena_array(a->arena, old->scale_count + 1, sizeof *scales);
    for (size_t i = 0; i < old->scale_count; i++)
        scales[i] = follow(a, old->scales[i], same, is_linked(old, i, there->position));
    put_salary(a, scales[there->position]);
    a->country->scales = scales;
    return true;
}

/* A single section, for a country without a scale that it could be held against. */
static void begin_scale(adding *a)
{
    np_book *book = a->book;
    uint16_t reference = a->country->scale_count ? a->country->scales[0]->reference : UINT16_MAX;
    if (reference == UINT16_MAX) reference = book->reference == a->salary->country ? UINT16_MAX : book->reference;
    if (book->scale_of_all) reference = UINT16_MAX;
    const np_scale *there = reference == UINT16_MAX ? NULL : np_scale_on(book, reference, a->salary->on);
    np_scale *scale =
        np_scale_empty(book, a->arena, a->salary->country, there ? there->from : np_date_month_start(a->salary->on));
    scale->reference = reference;
    scale->at = a->salary->at;
    put_salary(a, scale);
    a->country->currency = a->salary->currency;
    a->country->scales = np_arena_array(a->arena, 1, sizeof *a->country->scales);
    a->country->scales[0] = scale;
    a->country->scale_count = 1;
    np_scales_follow_reference(book, a->arena, a->country);
}

np_book *np_book_with_salary(const np_book *book, np_arena *arena, const np_own_salary *salary)
{
    np_book *copy = np_arena_alloc(arena, sizeof *copy);
    *copy = *book;
    copy->countries = np_arena_array(arena, book->country_count + 1, sizeof *copy->countries);
    memcpy(copy->countries, book->countries, np_scale_places_of(book).end * sizeof *copy->countries);
    copy->uncertain = np_arena_array(arena, book->uncertain_count + 1, sizeof *copy->uncertain);
    if (book->uncertain_count)
        memcpy(copy->uncertain, book->uncertain, book->uncertain_count * sizeof *copy->uncertain);
    copy->uncertain_capacity = book->uncertain_count;
    adding a = {.book = copy, .arena = arena, .salary = salary, .country = &copy->countries[salary->country]};
    if (a.country->currency != salary->currency || !follow_sections(&a)) begin_scale(&a);
    for (size_t i = 0; i < a.country->scale_count; i++) np_scale_resolve(copy, arena, a.country->scales[i]);
    np_scales_number_ranges(copy, arena, a.country);
    np_scales_share(copy);
    return copy;
}
