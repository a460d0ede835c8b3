/* Which values a format of printf takes: a translation must take the same ones. */
#include <string.h>

#include "natopay/base/catalogue.h"
#include "natopay/base/text.h"

enum { VALUES_MAX = 16, DIGITS_MAX = 3 };

/* The values that a format takes, in the order in which they are passed. */
typedef struct values {
    unsigned char kind[VALUES_MAX]; /* 0: none stands here */
    size_t count;
    bool in_order, numbered; /* how the format refers to them: %s, %1$s */
} values;

enum { STAR = 1, KIND_STEP = 16 }; /* a width that is passed; else conversion + length */

static bool take(values *v, size_t at, unsigned char kind)
{
    if (at >= VALUES_MAX || (v->kind[at] && v->kind[at] != kind)) return false;
    v->kind[at] = kind;
    if (v->count <= at) v->count = at + 1;
    return true;
}

static const char *digits(const char *at, size_t *number)
{
    const char *start = at;
    for (*number = 0; np_is_digit(*at) && at - start < DIGITS_MAX; at++) *number = *number * 10 + (size_t)(*at - '0');
    return at;
}

/* A width or precision: digits, or a star for one that is passed. NULL: more digits than any text needs. */
static const char *measure(const char *at, values *v)
{
    size_t number;
    if (*at == '*') {
        v->in_order = true;
        return take(v, v->count, STAR) ? at + 1 : NULL;
    }
    at = digits(at, &number);
    return np_is_digit(*at) ? NULL : at;
}

/* What is passed for a conversion, as a number above STAR; 0: not one that natopay's texts use. */
static unsigned char kind_of(const char **at)
{
    static const char *const LENGTHS[] = {"", "z", "j", "t", "h", "hh", "l", "ll"}; /* the longer of two is behind */
    static const char *const CONVERSIONS[] = {"di", "ouxX", "s", "c", "p"};
    size_t length = sizeof LENGTHS / sizeof LENGTHS[0] - 1;
    while (strncmp(*at, LENGTHS[length], strlen(LENGTHS[length])) != 0) length--;
    *at += strlen(LENGTHS[length]);
    for (size_t i = 0; i < sizeof CONVERSIONS / sizeof CONVERSIONS[0]; i++) {
        if (!**at || !strchr(CONVERSIONS[i], **at) || (i > 1 && length)) continue;
        ++*at;
        return (unsigned char)(STAR + 1 + i * KIND_STEP + length);
    }
    return 0;
}

/* What follows a % up to the end of the conversion; NULL: none that natopay's texts use. */
static const char *conversion(const char *at, values *v)
{
    size_t number;
    const char *after = digits(at, &number);
    bool numbered = after > at && *after == '$';
    if (numbered) at = after + 1;
    at += strspn(at, "-+#0");
    if (!(at = measure(at, v))) return NULL;
    if (*at == '.' && !(at = measure(at + 1, v))) return NULL;
    unsigned char kind = kind_of(&at);
    if (numbered) v->numbered = true;
    if (!numbered) v->in_order = true;
    if (!kind || (numbered && number == 0)) return NULL;
    return take(v, numbered ? number - 1 : v->count, kind) ? at : NULL;
}

/* False: the text is no format, or not one that natopay's texts use. */
static bool read_values(const char *text, values *v)
{
    *v = (values){0};
    while ((text = strchr(text, '%'))) {
        if (text[1] == '%')
            text += 2;
        else if (!(text = conversion(text + 1, v)))
            return false;
    }
    for (size_t i = 0; i < v->count; i++)
        if (!v->kind[i]) return false;
    return !(v->numbered && v->in_order);
}

bool np_format_fits(const char *original, const char *translation)
{
    values wanted, found;
    if (!read_values(original, &wanted)) return true;
    return read_values(translation, &found) && wanted.count == found.count &&
           memcmp(wanted.kind, found.kind, sizeof wanted.kind) == 0;
}
