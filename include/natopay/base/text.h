/* A growing text with a bound. Appending past the bound, or without memory, sets `failed`, and from then on the
 * text stays as it is: one check at the end is enough. */
#ifndef NATOPAY_BASE_TEXT_H
#define NATOPAY_BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "natopay/base/arena.h"

typedef struct np_text {
    char *data;    /* always ends in a zero byte once something was added; may be NULL before */
    size_t length; /* without the zero byte */
    size_t capacity;
    size_t limit; /* most bytes it may hold */
    bool failed;
    bool no_memory; /* failed for want of memory, not at its limit */
} np_text;

/* ---- bytes of ASCII; no locale has a say ---- */

static inline bool np_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool np_is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static inline bool np_is_letter(char c)
{
    return np_is_lower(c) || (c >= 'A' && c <= 'Z');
}

/* ---- the text ---- */

/* Each use names its own bound. */
void np_text_init(np_text *text, size_t limit);
void np_text_free(np_text *text);
/* Make the text empty, so that it can be used again. One that failed at its bound may be; one that failed for want of
 * memory stays `failed`, because the caller may have written out part of it without looking. */
void np_text_clear(np_text *text);

void np_text_add(np_text *text, const char *bytes, size_t length);
void np_text_puts(np_text *text, const char *string);
void np_text_putc(np_text *text, char byte);
void np_text_repeat(np_text *text, char byte, size_t count);
void np_text_printf(np_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void np_text_vprintf(np_text *text, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));

/* Room for `most` bytes at the end of the text, to be written by hand; NULL (and failed) when there is none. Then
 * say how many were. */
char *np_text_room(np_text *text, size_t most);
void np_text_took(np_text *text, size_t length);

/* The text as a string of the arena; the text itself is freed, also when control leaves for want of memory, that of the
 * text before included. */
char *np_text_move(np_text *text, np_arena *arena);

/* That memory ran out for a part of the text is said of the text. */
void np_text_lost(np_text *text, const np_text *part);

/* The text as a C string, "" when empty. */
const char *np_text_string(const np_text *text);

/* The character at bytes[0] (length > 0): its code point into *point, and how many bytes it takes. A byte that is not
 * well-formed UTF-8 (overlong, a surrogate, cut off, past U+10FFFF) gives NP_UTF8_BAD and takes one byte. */
#define NP_UTF8_BAD UINT32_MAX
size_t np_utf8_next(const char *bytes, size_t length, uint32_t *point);

/* Write the character into at most 4 bytes of `out`; returns how many it took. 0 <= point <= 0x10FFFF. */
size_t np_utf8_put(char *out, uint32_t point);

/* Latin letters whose accents stand for themselves, as some systems store them, become one character each, in place;
 * gives back the new length. */
size_t np_compose_letters(char *text, size_t length);

/* An accented Latin letter or a ligature in plain letters ("e", "ae", "ss"), and how many of the 4 bytes they take; 0
 * for any other character, plain letters included. */
size_t np_plain_letters(uint32_t point, char out[4]);

/* Add text of which every byte that is not UTF-8 becomes U+FFFD. */
void np_text_add_utf8(np_text *text, const char *bytes, size_t length);

/* Whether a character would move the terminal's cursor, change its state or reorder text; a malformed byte too. */
bool np_utf8_is_unsafe(uint32_t point);

/* Add text from outside, made harmless: each tab one blank, other unsafe characters '?'. Returns its columns. */
size_t np_text_add_safe(np_text *text, const char *bytes, size_t length);

/* The same for a text of several lines: whether it is harmless; to make all that it holds so. Line ends stay. */
bool np_text_is_safe(const char *bytes, size_t length);
void np_text_make_safe(np_text *text);

/* Terminal columns that UTF-8 text takes: 2 for East Asian wide characters, 0 for combining ones, else 1 (a control or
 * malformed byte too). The same in every locale. */
size_t np_text_columns(const char *bytes, size_t length);

/* Whether a file's name ends so (".ini"), with something before it; upper and lower case differ. */
bool np_ends_in(const char *name, const char *ending);

/* Edits between two words (insert, delete, replace, swap of neighbours), case folded; at most `limit` + 1 is
 * returned. Words longer than 64 bytes are never near. For "did you mean". */
unsigned np_edit_distance(const char *a, const char *b, unsigned limit);

#endif
