/* Bytes in some encoding as UTF-8, piece by piece. */
#include "natopay/plan/recode.h"

#include <string.h>

#include "natopay/base/text.h"

enum { LONGEST = 4 }; /* bytes of a character in UTF-8, and in UTF-16 */

static void read_on(np_recode *r)
{
    while (!r->ended && r->held < LONGEST) {
        ptrdiff_t got = r->from.read(r->from.context, (char *)r->bytes + r->held, sizeof r->bytes - r->held);
        r->ended = got <= 0;
        r->failed = got < 0;
        if (got > 0) r->held += (size_t)got;
    }
}

/* The next character, or none where too few bytes are there. */
static bool next(np_recode *r, size_t *at, uint32_t *point)
{
    bool wide = r->encoding == NP_UTF_16_LITTLE || r->encoding == NP_UTF_16_BIG;
    size_t left = r->held - *at;
    if (!wide) {
        if (!left) return false;
        *point = np_encoding_point(r->bytes[(*at)++], r->encoding);
        return true;
    }
    if (left < (r->ended ? 2 : LONGEST)) return false;
    *point = np_utf16_next(r->bytes, r->held, at, r->encoding == NP_UTF_16_LITTLE);
    return true;
}

/* Part of a character for which there was no room the last time, or as much of a new one as there is room for. */
static size_t put_pending(np_recode *r, char *bytes, size_t size)
{
    size_t take = r->pending_size < size ? r->pending_size : size;
    memcpy(bytes, r->pending, take);
    r->pending_size -= take;
    memmove(r->pending, r->pending + take, r->pending_size);
    return take;
}

static ptrdiff_t recode_read(void *context, char *bytes, size_t size)
{
    np_recode *r = context;
    uint32_t point;
    size_t at = 0, to = put_pending(r, bytes, size);
    if (r->held < LONGEST) read_on(r);
    if (r->failed) return -1;
    while (to < size) {
        if (r->encoding == NP_WINDOWS_1252 || r->encoding == NP_LATIN_9)
            while (to < size && at < r->held && r->bytes[at] < 0x80) bytes[to++] = (char)r->bytes[at++];
        if (to == size || !next(r, &at, &point)) break;
        bool mark = !r->begun && point == 0xFEFF;
        r->begun = true;
        if (mark) continue;
        r->pending_size = np_utf8_put(r->pending, point);
        to += put_pending(r, bytes + to, size - to);
    }
    r->held -= at;
    memmove(r->bytes, r->bytes + at, r->held);
    return (ptrdiff_t)to;
}

np_byte_source np_recode_source(np_recode *recode, np_byte_source from, np_encoding encoding)
{
    recode->from = from;
    recode->encoding = encoding;
    recode->held = recode->pending_size = 0;
    recode->begun = recode->ended = recode->failed = false;
    return (np_byte_source){recode, recode_read};
}
