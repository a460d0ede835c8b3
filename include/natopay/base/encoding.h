/* The encodings in which programs save text: which one it is, and its characters. */
#ifndef NATOPAY_BASE_ENCODING_H
#define NATOPAY_BASE_ENCODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum np_encoding {
    NP_UTF_8,
    NP_WINDOWS_1252, /* Latin-1 too, of which it is an extension */
    NP_LATIN_9,
    NP_UTF_16_LITTLE,
    NP_UTF_16_BIG
} np_encoding;

typedef struct np_byte_counts {
    size_t zeros, controls;
    size_t euros;   /* 0xA4: a sign that nobody uses in Latin-1, and the euro's in Latin-9 */
    size_t good;    /* well-formed characters of more than one byte */
    size_t stray;   /* bytes above 0x7F that belong to none */
    size_t windows; /* of them, those that Latin-1 has no letter for */
    size_t first_bad;
} np_byte_counts;

np_byte_counts np_bytes_count(const char *bytes, size_t size);
/* Which encoding of single bytes, or UTF-8, the text is in that was counted. */
np_encoding np_encoding_guess(const np_byte_counts *counts);

/* Whether nearly all bytes at one kind of places are zero, as in UTF-16 without a byte order mark. */
bool np_is_utf16(const char *bytes, size_t size, bool little);
/* UTF-16 by its mark, or without one; false: neither. */
bool np_utf16_find(const char *bytes, size_t size, np_encoding *encoding);

/* The character of a byte. */
uint32_t np_encoding_point(unsigned char byte, np_encoding encoding);
/* The character at bytes[*i], where at least two bytes are; half a pair is U+FFFD. */
uint32_t np_utf16_next(const unsigned char *bytes, size_t size, size_t *i, bool little);

/* "Windows-1252" */
const char *np_encoding_name(np_encoding encoding);
/* By its name as people write it ("utf-8", "latin1", "cp1252", "UTF-16LE"); false: none. */
bool np_encoding_parse(const char *name, np_encoding *encoding);

#endif
