/* Numbers as people write them. */
#include <string.h>
#include <strings.h>

#include "cell_internal.h"
#include "natopay/base/text.h"

/* How many bytes of a blank that may stand between digits: a blank, a no-break blank, a narrow one. 0: none. */
static size_t blank_at(const char *text, size_t left)
{
    if (left && (*text == ' ' || *text == '\t')) return 1;
    if (left >= 2 && memcmp(text, "\xC2\xA0", 2) == 0) return 2;
    if (left >= 3 && memcmp(text, "\xE2\x80\xAF", 3) == 0) return 3;
    return 0;
}

/* An apostrophe between digits, as Swiss people write it. */
static size_t apostrophe_at(const char *text, size_t left)
{
    if (left && *text == '\'') return 1;
    return left >= 3 && memcmp(text, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
}

static void take_sign(np_written_number *n, char sign)
{
    if (n->last && n->behind != 3) n->misgrouped = true;
    if (sign == '.') n->points++;
    if (sign == ',') n->commas++;
    n->last = sign;
    n->behind = 0;
}

/* A point or a comma before a digit. */
static bool is_sign(const char *text, size_t left)
{
    return left > 1 && (*text == '.' || *text == ',') && np_is_digit(text[1]);
}

/* A blank or an apostrophe between two digits; 0: none. */
static size_t gap_at(const char *text, size_t left)
{
    size_t gap = blank_at(text, left);
    if (!gap) gap = apostrophe_at(text, left);
    return gap && gap < left && np_is_digit(text[gap]) ? gap : 0;
}

/* Digits and what stands between them; where they end. */
static size_t take_digits(np_written_number *n, const char *text, size_t length)
{
    size_t at = length && (*text == '-' || *text == '+'), end = 0, gap;
    const size_t first = at;
    while (at < length) {
        if (np_is_digit(text[at])) {
            n->behind += n->last != 0;
            n->before += n->last == 0;
            end = ++at;
        } else if (is_sign(text + at, length - at)) {
            take_sign(n, text[at++]);
        } else if (at > first && (gap = gap_at(text + at, length - at)) > 0) {
            n->grouped = true;
            at += gap;
        } else {
            break;
        }
    }
    n->zero_before = n->before == 0 || (n->before == 1 && text[first] == '0');
    /* "1.000.00": of two points each parts thousands */
    if ((n->last == '.' ? n->points : n->commas) > 1 && n->behind != 3) n->misgrouped = true;
    n->good = n->before + n->behind > 0 && !n->misgrouped;
    return end;
}

np_written_number np_number_read(const char *text, size_t length)
{
    np_written_number n = {.unit = ""};
    size_t end = take_digits(&n, text, length), gap;
    n.length = end - n.start;
    while ((gap = blank_at(text + end, length - end)) > 0) end += gap;
    if (end < length && text[end] == '%') {
        n.percent = true;
        end++;
        while ((gap = blank_at(text + end, length - end)) > 0) end += gap;
    }
    n.unit = text + end;
    n.unit_length = length - end;
    return n;
}

/* ---- currencies ---- */

static bool is_word_of(const char *word, const char *text, size_t length)
{
    return word && strlen(word) == length && strncasecmp(word, text, length) == 0;
}

/* The currency that a code, a symbol or a name means; NULL: none, or a symbol that several have. */
static const np_currency *currency_called(const np_book *book, const char *text, size_t length)
{
    const np_currency *found = NULL;
    for (size_t i = 0; i < book->currency_count; i++) {
        const np_currency *currency = &book->currencies[i];
        if (is_word_of(currency->name, text, length) ||
            is_word_of(np_label_text(&currency->label, NULL, ""), text, length))
            return currency;
        if (!is_word_of(currency->symbol, text, length)) continue;
        if (found) return NULL;
        found = currency;
    }
    return found;
}

/* The length without blanks at the end. */
static size_t end_of_words(const char *text, size_t length)
{
    for (;;) {
        size_t blank = length > 0 && blank_at(text + length - 1, 1)   ? 1
                       : length > 1 && blank_at(text + length - 2, 2) ? 2
                       : length > 2 && blank_at(text + length - 3, 3) ? 3
                                                                      : 0;
        if (!blank) return length;
        length -= blank;
    }
}

const np_currency *np_number_currency(const np_book *book, const char **text, size_t *length)
{
    size_t digits = 0, end = *length, gap;
    while (digits < *length && !np_is_digit((*text)[digits]) && !strchr("+-", (*text)[digits])) digits++;
    while (end > digits && !np_is_digit((*text)[end - 1])) end--;
    size_t before = end_of_words(*text, digits), behind = end;
    while ((gap = blank_at(*text + behind, *length - behind)) > 0) behind += gap;
    if (end == digits || (before > 0) == (behind < *length)) return NULL;
    const np_currency *found =
        before ? currency_called(book, *text, before) : currency_called(book, *text + behind, *length - behind);
    np_written_number whole = np_number_read(*text + digits, end - digits);
    if (!found || whole.unit_length || whole.percent) return NULL; /* "2 x 500", "900 or 1000" */
    *text += digits;
    *length = end - digits;
    return found;
}
