/* Scale figures: what is printed, and what can be derived from it. */
#ifndef NATOPAY_BOOK_SCALE_H
#define NATOPAY_BOOK_SCALE_H

#include "natopay/book/model.h"

/* Where scales stand among the countries: in a book with one scale for all countries behind them, under its name; the
 * countries themselves then have the same sections. */
typedef struct np_scale_places {
    size_t begin, end;
} np_scale_places;

static inline np_scale_places np_scale_places_of(const np_book *book)
{
    size_t count = book->country_count;
    return book->scale_of_all ? (np_scale_places){count, count + 1} : (np_scale_places){0, count};
}

/* The country whose scale is looked up: the one asked for, unless one scale is that of all. */
static inline const np_value *np_scale_country(const np_book *book, const np_value *asked)
{
    return book->scale_of_all ? book->scale_of_all : asked;
}

/* The place of the scales under a name, as sections have it: "BE", or "EU" where that one holds for all; -1: none. */
int np_scale_named(const np_book *book, const char *name);

/* Derive the first step of every grade in every section (see DESIGN.md, "A scale figure is looked up so"):
 * printed; else the nearest section's that prints it, carried by each index in between and rounded to the minor unit
 * at each; else the reference country's times the ratio of the two scales, or times the ratio that the section gives
 * for the country; else between the next lower and the next higher grade that have one. Part of loading. */
void np_scales_resolve(np_book *book);

/* The first step of a grade on a date. Before a country's first section the reference country's figure of that date,
 * times the ratio of the two scales when that section began. how = NP_NOT_DERIVED when there is none. *scale: the
 * section used, or NULL when the country has none. */
np_resolved np_scale_first_step(const np_book *book, np_arena *arena, uint16_t country, uint16_t grade, np_date date,
                                const np_scale **scale);

/* A step (1 to NP_STEPS_MAX) that a section of the country prints, or that is carried from one that does;
 * NP_NOT_DERIVED when none prints it. */
np_resolved np_scale_own_step(const np_book *book, np_arena *arena, const np_scale *scale, uint16_t grade,
                              unsigned step);

typedef struct np_scale_ratio {
    np_num value;       /* invalid: the scales share no grade */
    np_num low, high;   /* with the figures of `a` at the ends of their ranges */
    np_num over, under; /* sums over the shared grades: value = over / under */
    uint8_t status;
    uint64_t grades; /* bit set: which grades it was taken from */
} np_scale_ratio;

/* Ratio of scale a to scale b: the sum of a's figures over the sum of b's, on those grades that both have at the
 * strongest status at which they share any. Figures that lie between those of other grades do not count. */
np_scale_ratio np_scale_ratio_of(const np_book *book, np_arena *arena, const np_scale *a, const np_scale *b);

/* What a notice, or its reader, says that the first step of a grade is paid a month, full time. */
typedef struct np_own_salary {
    uint16_t country, grade, currency;
    np_date on; /* a day of the scale that it is taken from */
    np_num amount;
    uint8_t status;          /* np_status: published, or user */
    const np_source *source; /* NULL: none */
    np_span at;
} np_own_salary;

/* The same book with that salary in it: the grade's figure is the given one in the section in force on the day, carried
 * by the indexes from there; other grades of the country follow by the ratio to what the book had. Where the country
 * has no scale in this currency, other grades are those of its reference country, or of the organisation's, by the
 * ratio of this one grade. The book itself stays as it is; the new one lives in the arena and shares the rest. */
np_book *np_book_with_salary(const np_book *book, np_arena *arena, const np_own_salary *salary);

/* The words in which a figure was derived, a step each, for explanations. */
typedef struct np_scale_trail {
    const char *text;
    np_num value;
    np_status status;
    const np_source *source;
    np_span at;
    struct np_scale_trail *next;
    uint16_t currency; /* of value; NP_CURRENCY_ANY: a ratio */
} np_scale_trail;

/* In the words of a language. NULL: there is no such figure. A step above 1 that nobody prints gives the trail of
 * step 1. */
np_scale_trail *np_scale_explain(const np_book *book, np_arena *arena, uint16_t country, uint16_t grade, unsigned step,
                                 np_date date, const np_lang *lang);

#endif
