/* Words for a terminal: broken into lines, in capitals. */
#include <string.h>

#include "render_internal.h"

void np_wrap_words(np_text *out, const char *text, size_t at, size_t indent, size_t width)
{
    size_t gap = 0; /* blanks before the word; at a line's end they go */
    while (*text) {
        size_t word = strcspn(text, " "), columns = np_text_columns(text, word);
        if (gap && at + gap + columns > width) {
            np_text_putc(out, '\n');
            np_text_repeat(out, ' ', indent);
            at = indent;
        } else {
            np_text_repeat(out, ' ', gap);
            at += gap;
        }
        np_text_add(out, text, word);
        at += columns;
        text += word;
        gap = strspn(text, " ");
        text += gap;
    }
}

void np_put_capitals(np_text *out, const char *text)
{
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        unsigned char byte = *c;
        bool latin = c > (const unsigned char *)text && c[-1] == 0xC3 && byte >= 0xA0 && byte < 0xBF && byte != 0xB7;
        bool ligature = c > (const unsigned char *)text && c[-1] == 0xC5 && byte == 0x93; /* oe */
        if (byte >= 'a' && byte <= 'z') byte = (unsigned char)(byte - 'a' + 'A');
        if (latin) byte = (unsigned char)(byte - 0x20);
        if (ligature) byte = 0x92;
        np_text_putc(out, (char)byte);
    }
}
