/* Formulas: from text to words, numbers and signs. */
#include "tokens.h"

#include <string.h>

#include "build.h"

static bool begins_name(char c)
{
    return np_is_letter(c) || c == '_';
}

/* 2012-01-01 without a break is a date; 2012 - 1 is a difference. */
static bool is_date(const char *text, size_t left)
{
    static const char FORM[] = "dddd-dd-dd";
    if (left < 10) return false;
    for (size_t i = 0; i < 10; i++)
        if (FORM[i] == 'd' ? !np_is_digit(text[i]) : text[i] != '-') return false;
    return left == 10 || !np_is_digit(text[10]);
}

/* A sign of one or two characters. */
static void sign_token(np_token *t, const char *text, size_t left)
{
    t->kind = strchr("+-*/()<>=!,", text[0]) ? NP_TOKEN_SIGN : NP_TOKEN_BAD;
    t->sign[0] = text[0];
    if (t->kind == NP_TOKEN_BAD || left < 2) return;
    bool pair = (strchr("<>=!", text[0]) && text[1] == '=') || (text[0] == '<' && text[1] == '>');
    if (!pair) return;
    t->sign[1] = text[1];
    t->end++;
}

static size_t run_of(const char *text, size_t length, size_t at, bool (*belongs)(char c))
{
    while (at < length && belongs(text[at])) at++;
    return at;
}

static bool in_number(char c)
{
    return np_is_digit(c) || c == '.';
}

static bool in_name(char c)
{
    return begins_name(c) || np_is_digit(c);
}

static bool in_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

np_token np_next_token(const char *text, size_t length, size_t at)
{
    at = run_of(text, length, at, in_blank);
    np_token t = {.start = at, .end = at + 1};
    if (at >= length) return (np_token){.kind = NP_TOKEN_END, .start = length, .end = length};
    char c = text[at];
    if (is_date(text + at, length - at)) {
        t.kind = NP_TOKEN_DATE;
        t.end = at + 10;
    } else if (np_is_digit(c)) {
        t.kind = NP_TOKEN_NUMBER;
        t.end = run_of(text, length, at, in_number);
        if (t.end < length && text[t.end] == '%') t.end++;
    } else if (begins_name(c)) {
        t.kind = NP_TOKEN_NAME;
        t.end = run_of(text, length, at, in_name);
    } else if (c == '\'') {
        const char *close = memchr(text + at + 1, '\'', length - at - 1);
        t.kind = close ? NP_TOKEN_TEXT : NP_TOKEN_BAD;
        t.end = close ? (size_t)(close - text) + 1 : length;
    } else {
        sign_token(&t, text + at, length - at);
    }
    return t;
}
