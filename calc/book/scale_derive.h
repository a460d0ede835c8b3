/* How the figures of a scale section come about. Private to calc/book. */
#ifndef NATOPAY_BOOK_SCALE_DERIVE_H
#define NATOPAY_BOOK_SCALE_DERIVE_H

#include "build.h"
#include "natopay/book/scale.h"

/* A figure that the section prints, or that is carried by indexes from one that does; NP_NOT_DERIVED when neither. */
np_resolved np_scale_own_figure(const np_book *book, np_arena *arena, const np_scale *scale, size_t grade,
                                unsigned step);

/* The next section on the way from section `from` to section `to` of a country, and the section whose index lies
 * between the two. */
size_t np_scale_next_on_the_way(size_t from, size_t to);
const np_scale *np_scale_crossed(const np_country *country, size_t from, size_t to);

/* What a country's salaries are to its reference's: the ratio of the two scales on shared grades, else the ratio that
 * the section gives for the country, in the country's currency on `date`. Without grades and value: neither. */
np_scale_ratio np_scale_ratio_to_reference(const np_book *book, np_arena *arena, const np_scale *scale,
                                           const np_scale *reference, np_date date);

/* The reference country's figure times a ratio, rounded to the country's minor unit. */
np_resolved np_scale_by_ratio(const np_book *book, np_arena *arena, uint16_t country, np_resolved reference,
                              const np_scale_ratio *ratio);

/* A country's scale may have another's as its floor. */
np_resolved np_scale_at_least(np_resolved figure, np_resolved floor);

/* Derive the figures of one section. */
void np_scale_resolve(np_book *book, np_arena *arena, np_scale *scale);

/* A section without a figure. */
np_scale *np_scale_empty(const np_book *book, np_arena *arena, uint16_t country, np_date from);

/* Give every grade of a country whose figure has a range its place among the uncertain figures of the book. */
void np_scales_number_ranges(np_book *book, np_arena *arena, np_country *country);

/* Where one scale is that of all countries, they get its sections. */
void np_scales_share(np_book *book);

/* Where its reference country has a newer section than a country, the latter gets a section of that date too, with the
 * same index: no file has it, and its figures are estimates. */
void np_scales_follow_reference(const np_book *book, np_arena *arena, np_country *country);

#endif
