/* Encodings of text: finding out which, and single characters. */
#include "natopay/base/encoding.h"

#include <string.h>

#include "natopay/base/text.h"

/* 0x80 to 0x9F of Windows-1252; 0: not assigned. */
static const uint16_t WINDOWS[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                     0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                     0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                     0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

/* Where Latin-9 differs from Latin-1: above all the sign of the euro. */
static const struct {
    unsigned char byte;
    uint16_t point;
} LATIN_9[] = {{0xA4, 0x20AC}, {0xA6, 0x160}, {0xA8, 0x161}, {0xB4, 0x17D},
               {0xB8, 0x17E},  {0xBC, 0x152}, {0xBD, 0x153}, {0xBE, 0x178}};

np_byte_counts np_bytes_count(const char *bytes, size_t size)
{
    np_byte_counts c = {.first_bad = size};
    for (size_t i = 0; i < size;) {
        unsigned char byte = (unsigned char)bytes[i];
        size_t length = 1;
        if (byte >= 0x80) {
            uint32_t point;
            length = np_utf8_next(bytes + i, size - i, &point);
            c.good += point != NP_UTF8_BAD;
            c.stray += point == NP_UTF8_BAD;
            c.windows += point == NP_UTF8_BAD && byte < 0xA0;
            c.euros += point == NP_UTF8_BAD && (byte == 0xA4 || byte == 0xBD);
        } else if (byte < 0x20 && !strchr("\t\n\v\f\r\x1A", byte)) {
            c.controls++;
            if (c.first_bad == size) c.first_bad = i;
        } else if (byte == 0) {
            c.zeros++;
            if (c.first_bad == size) c.first_bad = i;
        }
        i += length;
    }
    return c;
}

uint32_t np_encoding_point(unsigned char byte, np_encoding e)
{
    for (size_t i = 0; e == NP_LATIN_9 && i < sizeof LATIN_9 / sizeof LATIN_9[0]; i++)
        if (LATIN_9[i].byte == byte) return LATIN_9[i].point;
    return byte >= 0x80 && byte < 0xA0 && WINDOWS[byte - 0x80] ? WINDOWS[byte - 0x80] : byte;
}

np_encoding np_encoding_guess(const np_byte_counts *c)
{
    if (c->stray == 0 || c->good > c->stray) return NP_UTF_8;
    return c->euros && !c->windows ? NP_LATIN_9 : NP_WINDOWS_1252;
}

/* ---- UTF-16 ---- */

uint32_t np_utf16_next(const unsigned char *bytes, size_t size, size_t *i, bool little)
{
    uint32_t unit = little ? bytes[*i] | (uint32_t)bytes[*i + 1] << 8 : bytes[*i + 1] | (uint32_t)bytes[*i] << 8;
    *i += 2;
    if (unit >= 0xD800 && unit < 0xDC00 && *i + 1 < size) {
        uint32_t low = little ? bytes[*i] | (uint32_t)bytes[*i + 1] << 8 : bytes[*i + 1] | (uint32_t)bytes[*i] << 8;
        if (low >= 0xDC00 && low < 0xE000) {
            *i += 2;
            return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        }
    }
    return unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : unit;
}

bool np_is_utf16(const char *bytes, size_t size, bool little)
{
    size_t pairs = size < 4096 ? size / 2 : 2048, high = 0, low = 0;
    for (size_t i = 0; i < pairs; i++) {
        high += bytes[2 * i + little] == 0;
        low += bytes[2 * i + !little] == 0;
    }
    return pairs >= 8 && high * 10 >= pairs * 8 && low * 20 < pairs;
}

bool np_utf16_find(const char *bytes, size_t size, np_encoding *encoding)
{
    bool little = size > 3 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || np_is_utf16(bytes, size, true));
    bool big = size > 3 && !little && (memcmp(bytes, "\xFE\xFF", 2) == 0 || np_is_utf16(bytes, size, false));
    if (little) *encoding = NP_UTF_16_LITTLE;
    if (big) *encoding = NP_UTF_16_BIG;
    return little || big;
}

/* ---- names ---- */

static const struct {
    const char *name; /* in small letters, without signs */
    np_encoding encoding;
} NAMES[] = {
    {"utf8", NP_UTF_8},
    {"windows1252", NP_WINDOWS_1252},
    {"cp1252", NP_WINDOWS_1252},
    {"latin1", NP_WINDOWS_1252},
    {"iso88591", NP_WINDOWS_1252},
    {"ansi", NP_WINDOWS_1252},
    {"latin9", NP_LATIN_9},
    {"iso885915", NP_LATIN_9},
    {"utf16", NP_UTF_16_LITTLE},
    {"utf16le", NP_UTF_16_LITTLE},
    {"utf16be", NP_UTF_16_BIG},
};

const char *np_encoding_name(np_encoding encoding)
{
    static const char *const WORDS[] = {"UTF-8", "Windows-1252", "Latin-9", "UTF-16", "UTF-16"};
    return WORDS[encoding];
}

bool np_encoding_parse(const char *name, np_encoding *encoding)
{
    char plain[16];
    size_t length = 0;
    for (const char *c = name; *c; c++) {
        if (!np_is_letter(*c) && !np_is_digit(*c)) continue;
        if (length + 1 >= sizeof plain) return false;
        plain[length++] = (char)(*c >= 'A' && *c <= 'Z' ? *c + ('a' - 'A') : *c);
    }
    plain[length] = '\0';
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++)
        if (strcmp(NAMES[i].name, plain) == 0) {
            *encoding = NAMES[i].encoding;
            return true;
        }
    return false;
}
