/* A source of bytes in some encoding as one in UTF-8. */
#ifndef NATOPAY_PLAN_RECODE_H
#define NATOPAY_PLAN_RECODE_H

#include "natopay/base/encoding.h"
#include "natopay/plan/csv.h"

enum { NP_RECODE_BYTES = 1 << 14 };

typedef struct np_recode {
    np_byte_source from;
    np_encoding encoding;
    unsigned char bytes[NP_RECODE_BYTES]; /* read and not yet given out */
    size_t held;
    char pending[4]; /* bytes of a character that were not given out yet */
    size_t pending_size;
    bool begun, ended, failed;
} np_recode;

np_byte_source np_recode_source(np_recode *recode, np_byte_source from, np_encoding encoding);

#endif
