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
    if (point >= 0xC0 && point <= 0x17F && LETTERS[point - 0xC0] != '?') {
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
