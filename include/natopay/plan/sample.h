/* Synthetic staff: made up from a rule book and a seed, for demonstrations, tests and benches. Nobody real is in it. */
#ifndef NATOPAY_PLAN_SAMPLE_H
#define NATOPAY_PLAN_SAMPLE_H

#include "natopay/book/model.h"

typedef struct np_sample {
    const np_book *book;
    uint64_t seed;
    uint16_t countries[NP_COUNTRIES_MAX]; /* with a scale, in the order of the book */
    size_t country_count;
    uint16_t members[NP_COUNTRIES_MAX]; /* of the organisation */
    size_t member_count;
    uint32_t columns; /* a bit for each column that may be written: those that are inputs of the book */
    int year;         /* in which the newest scale began: the staff serve then */
} np_sample;

/* False when the book has no scale of a member country. */
bool np_sample_init(np_sample *sample, const np_book *book, uint64_t seed);

/* A CSV header, and the row of one member of staff (from 1): the same for the same book, seed and number. */
void np_sample_header(const np_sample *sample, np_text *out);
void np_sample_row(const np_sample *sample, np_text *out, uint64_t number);

#endif
