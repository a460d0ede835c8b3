/* Letters without their accents, so that names are found however they are written. */
#include <string.h>

#include "natopay/base/text.h"

/* U+00C0 to U+017F; '?': no letter, or in SEVERAL. */
static const char LETTERS[] =
    "AAAAAA?CEEEEIIII?NOOOOOxOUUUUY??aaaaaa?ceeeeiiii?nooooo?ouuuuy?y"
    "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi??JjKkkLlLlLlLlLlNnNnNn?NnOoOoOo??RrRrRr"
    "SsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

_Static_assert(sizeof LETTERS - 1 == 0x180 - 0xC0, "a letter for each of U+00C0 to U+017F");

static const struct {
    uint32_t point;
    char text[4];
} SEVERAL[] = {
    {0xC6, "AE"},   {0xD0, "D"},     {0xDE, "Th"},    {0xDF, "ss"},   {0xE6, "ae"},   {0xF0, "d"},
    {0xFE, "th"},   {0x132, "IJ"},   {0x133, "ij"},   {0x149, "n"},   {0x152, "OE"},  {0x153, "oe"},
    {0x218, "S"},   {0x219, "s"},    {0x21A, "T"},    {0x21B, "t"},   {0xFB00, "ff"}, {0xFB01, "fi"},
    {0xFB02, "fl"}, {0xFB03, "ffi"}, {0xFB04, "ffl"}, {0xFB05, "st"}, {0xFB06, "st"},
};

size_t np_plain_letters(uint32_t point, char out[4])
{
    if (point < 0xC0) return 0; /* as most are */
    if (point <= 0x17F && LETTERS[point - 0xC0] != '?') {
        out[0] = LETTERS[point - 0xC0];
        return 1;
    }
    for (size_t i = 0; i < sizeof SEVERAL / sizeof SEVERAL[0]; i++)
        if (SEVERAL[i].point == point) {
            size_t length = strlen(SEVERAL[i].text);
            memcpy(out, SEVERAL[i].text, length);
            return length;
        }
    return 0;
}

/* The accents of U+00C0 to U+017F by the signs in ACCENTS; blank: the letter has none that can stand for itself. */
static const char ACCENT_OF[] =
    "`'^~:o ,`'^:`'^: ~`'^~:  `'^:'  `'^~:o ,`'^:`'^: ~`'^~:  `'^:' :--uu;;''^^..vvvv  --uu..;;vv^^uu"
    "..,,^^  ~~--uu;;.   ^^,, '',,vv    '',,vv   --uu==  '',,vv''^^,,vv,,vv  ~~--uuoo==;;^^^^:''..vv ";

_Static_assert(sizeof ACCENT_OF == sizeof LETTERS, "an accent for each letter");

static const struct {
    char sign;
    uint16_t point;
} ACCENTS[] = {{'`', 0x300}, {'\'', 0x301}, {'^', 0x302}, {'~', 0x303}, {'-', 0x304}, {'u', 0x306}, {'.', 0x307},
               {':', 0x308}, {'o', 0x30A},  {'=', 0x30B}, {'v', 0x30C}, {',', 0x327}, {';', 0x328}};

/* The letter with its accent in one; 0: there is none here. */
static uint32_t composed(char letter, uint32_t accent)
{
    static const char S_AND_T[] = "SsTt"; /* of U+0218 to U+021B, with a comma below */
    for (size_t i = 0; accent == 0x326 && i < 4; i++)
        if (S_AND_T[i] == letter) return (uint32_t)(0x218 + i);
    for (size_t a = 0; a < sizeof ACCENTS / sizeof ACCENTS[0]; a++)
        for (size_t i = 0; ACCENTS[a].point == accent && i + 1 < sizeof LETTERS; i++)
            if (LETTERS[i] == letter && ACCENT_OF[i] == ACCENTS[a].sign) return (uint32_t)(0xC0 + i);
    return 0;
}

size_t np_compose_letters(char *text, size_t length)
{
    size_t to = 0;
    for (size_t i = 0; i < length;) {
        uint32_t point, whole = 0;
        size_t size = np_utf8_next(text + i, length - i, &point);
        if (point >= 0x300 && point < 0x370 && to && (unsigned char)text[to - 1] < 128)
            whole = composed(text[to - 1], point);
        if (whole) {
            to += np_utf8_put(text + to - 1, whole) - 1;
        } else {
            memmove(text + to, text + i, size);
            to += size;
        }
        i += size;
    }
    return to;
}
