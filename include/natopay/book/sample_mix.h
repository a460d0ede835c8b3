/* What made-up staff have, by the book: the values of an input, each with its share. */
#ifndef NATOPAY_BOOK_SAMPLE_MIX_H
#define NATOPAY_BOOK_SAMPLE_MIX_H

#include "natopay/book/ini.h"

typedef struct np_sample_value {
    int share;        /* of 100 */
    const char *text; /* as written */
    int from, to, by; /* by > 0: instead of the text a whole number between the two */
} np_sample_value;

typedef struct np_sample_mix {
    np_sample_value *values;
    size_t count;              /* > 0 */
    const np_ini_key *only_if; /* names a truth; only those of whom it holds have the input; NULL: all have it */
} np_sample_mix;

#endif
