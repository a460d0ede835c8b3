/* Looking up a scale's figures: on a date, and by step. How a section's figures come about: scale_derive.c. */
#include <string.h>

#include "natopay/book/scale.h"
#include "scale_derive.h"

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
    np_scale_ratio ratio = np_scale_ratio_to_reference(book, arena, first, then, date);
    np_resolved figure = np_scale_by_ratio(book, arena, country, reference->step1[grade], &ratio);
    const np_scale *floor = first->floor == UINT16_MAX ? NULL : np_scale_on(book, first->floor, date);
    return floor ? np_scale_at_least(figure, floor->step1[grade]) : figure;
}

np_resolved np_scale_own_step(const np_book *book, np_arena *arena, const np_scale *scale, uint16_t grade,
                              unsigned step)
{
    return np_scale_own_figure(book, arena, scale, grade, step);
}
