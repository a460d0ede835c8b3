/* Which plural form goes with a number: the rule of a catalogue is an expression of C in n. */
#include <string.h>

#include "natopay/base/catalogue.h"
#include "natopay/base/text.h"

enum { DEPTH_MAX = 50 };

typedef struct rule {
    const char *at, *end;
    unsigned long long n;
    int depth;
    bool bad;
} rule;

/* The operators, those that bind least first; one that begins another stands after it. */
static const char *const OPERATORS[][5] = {{"||"},     {"&&"},         {"==", "!="}, {"<=", ">=", "<", ">"},
                                           {"+", "-"}, {"*", "/", "%"}};
enum { LEVELS = sizeof OPERATORS / sizeof OPERATORS[0] };

static bool accept(rule *r, const char *word)
{
    size_t length = strlen(word);
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\t')) r->at++;
    if ((size_t)(r->end - r->at) < length || memcmp(r->at, word, length) != 0) return false;
    r->at += length;
    return true;
}

static unsigned long long choice(rule *r);

static unsigned long long operand(rule *r)
{
    unsigned long long value = 0;
    if (++r->depth > DEPTH_MAX) {
        r->bad = true;
    } else if (accept(r, "!")) {
        value = !operand(r);
    } else if (accept(r, "(")) {
        value = choice(r);
        if (!accept(r, ")")) r->bad = true;
    } else if (accept(r, "n")) {
        value = r->n;
    } else {
        const char *start = r->at;
        for (; r->at < r->end && np_is_digit(*r->at); r->at++) value = value * 10 + (unsigned long long)(*r->at - '0');
        if (r->at == start) r->bad = true;
    }
    r->depth--;
    return value;
}

static unsigned long long apply(rule *r, const char *operator, unsigned long long a, unsigned long long b)
{
    switch (operator[0]) {
    case '|':
        return a || b;
    case '&':
        return a && b;
    case '=':
        return a == b;
    case '!':
        return a != b;
    case '<':
        return operator[1] ? a <= b : a<b;
    case '>':
        return operator[1] ? a >= b : a> b;
    case '+':
        return a + b;
    case '-':
        return a - b;
    case '*':
        return a * b;
    default:
        if (b == 0) r->bad = true;
        return b == 0 ? 0 : operator[0] == '/' ? a / b : a % b;
    }
}

static unsigned long long operation(rule *r, int level)
{
    if (level == LEVELS) return operand(r);
    unsigned long long value = operation(r, level + 1);
    for (const char *const *operator= OPERATORS[level]; *operator&& !r->bad;) {
        if (!accept(r, *operator)) {
            operator++;
            continue;
        }
        value = apply(r, *operator, value, operation(r, level + 1));
        operator= OPERATORS[level];
    }
    return value;
}

/* a ? b : c, or what stands before. Both ends are computed: neither changes anything. */
static unsigned long long choice(rule *r)
{
    unsigned long long value = operation(r, 0);
    if (r->bad || !accept(r, "?")) return value;
    if (++r->depth > DEPTH_MAX) r->bad = true;
    unsigned long long yes = r->bad ? 0 : choice(r);
    if (!accept(r, ":")) r->bad = true;
    unsigned long long no = r->bad ? 0 : choice(r);
    r->depth--;
    return value ? yes : no;
}

unsigned np_plural_form(const char *text, size_t length, unsigned forms, unsigned long long n)
{
    rule r = {.at = text, .end = text + length, .n = n};
    unsigned long long form = choice(&r);
    accept(&r, ""); /* blanks at the end */
    return r.bad || r.at != r.end || form >= forms ? forms : (unsigned)form;
}
