/* The hash of a key: SipHash-2-4, as text and back. */
#include "natopay/plan/shared_keys.h"

#include <string.h>

/* ---- SipHash-2-4, 128 bits ---- */

typedef struct sip {
    uint64_t v0, v1, v2, v3;
} sip;

static uint64_t turn(uint64_t word, unsigned by)
{
    return word << by | word >> (64 - by);
}

static void rounds(sip *s, int count)
{
    for (int i = 0; i < count; i++) {
        s->v0 += s->v1, s->v1 = turn(s->v1, 13) ^ s->v0, s->v0 = turn(s->v0, 32);
        s->v2 += s->v3, s->v3 = turn(s->v3, 16) ^ s->v2;
        s->v0 += s->v3, s->v3 = turn(s->v3, 21) ^ s->v0;
        s->v2 += s->v1, s->v1 = turn(s->v1, 17) ^ s->v2, s->v2 = turn(s->v2, 32);
    }
}

/* Up to eight bytes, the first one lowest, whatever the machine's order. */
static uint64_t word_of(const char *bytes, size_t length)
{
    uint64_t word = 0;
    for (size_t i = 0; i < length; i++) word |= (uint64_t)(unsigned char)bytes[i] << (8 * i);
    return word;
}

static void absorb(sip *s, uint64_t word)
{
    s->v3 ^= word;
    rounds(s, 2);
    s->v0 ^= word;
}

np_key_hash np_key_hash_of(const char *key, size_t length)
{
    const uint64_t k0 = 0x0706050403020100u, k1 = 0x0F0E0D0C0B0A0908u;
    sip s = {0x736F6D6570736575u ^ k0, 0x646F72616E646F6Du ^ k1 ^ 0xEE, 0x6C7967656E657261u ^ k0,
             0x7465646279746573u ^ k1};
    size_t at = 0;
    for (; length - at >= 8; at += 8) absorb(&s, word_of(key + at, 8));
    absorb(&s, word_of(key + at, length - at) | (uint64_t)length << 56);
    s.v2 ^= 0xEE;
    rounds(&s, 4);
    np_key_hash hash = {.high = s.v0 ^ s.v1 ^ s.v2 ^ s.v3};
    s.v1 ^= 0xDD;
    rounds(&s, 4);
    hash.low = s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
    if (!hash.high && !hash.low) hash.low = 1;
    return hash;
}

int np_key_compare(np_key_hash a, np_key_hash b)
{
    if (a.high != b.high) return a.high < b.high ? -1 : 1;
    return a.low < b.low ? -1 : a.low > b.low;
}

/* ---- as text ---- */

static const char DIGITS[] = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

/* The lowest digit comes off. */
static unsigned take_digit(np_key_hash *number)
{
    unsigned digit = number->low & 63;
    number->low = number->low >> 6 | number->high << 58;
    number->high >>= 6;
    return digit;
}

void np_key_print(np_text *out, np_key_hash before, np_key_hash key)
{
    np_key_hash above = {key.high - before.high - (key.low < before.low), key.low - before.low};
    char digits[NP_KEY_DIGITS];
    size_t count = 0;
    while (above.high || above.low) digits[NP_KEY_DIGITS - ++count] = DIGITS[take_digit(&above)];
    np_text_add(out, digits + NP_KEY_DIGITS - count, count);
}

bool np_key_parse(const char *text, np_key_hash before, np_key_hash *key)
{
    np_key_hash above = {0, 0};
    if (*text == '\0' || *text == DIGITS[0]) return false; /* a digit of zero first would be a second way to write it */
    for (; *text; text++) {
        const char *digit = strchr(DIGITS, *text);
        if (!digit || above.high >> 58) return false;
        above.high = above.high << 6 | above.low >> 58;
        above.low = above.low << 6 | (uint64_t)(digit - DIGITS);
    }
    key->low = before.low + above.low;
    key->high = before.high + above.high + (key->low < before.low);
    return np_key_compare(*key, before) > 0;
}
