/* Trying one regular expression on a text, within limits. */
#include "notice_internal.h"

bool np_notice_match(np_reading *reading, const pcre2_code *code, const char *text, size_t end, size_t from)
{
    int result = pcre2_jit_match(code, (PCRE2_SPTR)text, end, from, 0, reading->match, reading->limits);
    if (result == PCRE2_ERROR_JIT_BADOPTION) /* there is no compiler for this machine */
        result = pcre2_match(code, (PCRE2_SPTR)text, end, from, 0, reading->match, reading->limits);
    if (result < PCRE2_ERROR_NOMATCH) reading->gave_up = true;
    reading->groups = result > 0 ? (unsigned)result : 0;
    return result > 0;
}
