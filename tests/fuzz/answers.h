/* What every answer of the library must be, whatever was asked: JSON that parses, HTML whose elements are closed, valid
 * UTF-8, an exit code that the diagnostics bear out, and the same again when the same is asked again. */
#ifndef NATOPAY_TESTS_FUZZ_ANSWERS_H
#define NATOPAY_TESTS_FUZZ_ANSWERS_H

#include "fuzz.h"

#include "natopay/ask/ask.h"

static inline void check_utf8(const char *text, size_t size)
{
    uint32_t point;
    for (size_t i = 0; i < size;) {
        i += np_utf8_next(text + i, size - i, &point);
        REQUIRE(point != NP_UTF8_BAD);
    }
}

/* ---- JSON ---- */

static inline const char *pass_blanks(const char *at)
{
    while (*at == ' ' || *at == '\n') at++;
    return at;
}

static inline const char *pass_json_string(const char *at)
{
    REQUIRE(*at++ == '"');
    while (*at != '"') {
        REQUIRE((unsigned char)*at >= ' ');
        if (*at++ != '\\') continue;
        REQUIRE(*at && strchr("\"\\/bfnrtu", *at));
        if (*at++ == 'u') REQUIRE(strspn(at, "0123456789abcdefABCDEF") >= 4);
    }
    return at + 1;
}

static inline const char *pass_json(const char *at, unsigned depth);

/* "key": value, ... or value, ... up to the bracket that closes it. */
static inline const char *pass_json_members(const char *at, char end, unsigned depth)
{
    at = pass_blanks(at);
    if (*at == end) return at + 1;
    for (;;) {
        if (end == '}') {
            at = pass_blanks(pass_json_string(pass_blanks(at)));
            REQUIRE(*at++ == ':');
        }
        at = pass_blanks(pass_json(at, depth));
        if (*at == end) return at + 1;
        REQUIRE(*at++ == ',');
    }
}

/* JSON numbers are counts, so digits without a point; amounts are strings. */
static inline const char *pass_json(const char *at, unsigned depth)
{
    static const char *const WORDS[] = {"true", "false", "null"};
    at = pass_blanks(at);
    REQUIRE(depth < 64);
    if (*at == '{' || *at == '[') return pass_json_members(at + 1, *at == '{' ? '}' : ']', depth + 1);
    if (*at == '"') return pass_json_string(at);
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (strncmp(at, WORDS[i], strlen(WORDS[i])) == 0) return at + strlen(WORDS[i]);
    at += *at == '-';
    size_t digits = strspn(at, "0123456789");
    REQUIRE(digits > 0 && (*at != '0' || digits == 1));
    return at + digits;
}

/* One JSON value, or one in each line, as plan writes its records. */
static inline void check_json(const char *text)
{
    for (text = pass_blanks(text); *text; text = pass_blanks(text)) text = pass_json(text, 0);
}

/* ---- HTML ---- */

enum { ELEMENTS_MAX = 64, ELEMENT_NAME = 24 };

static inline bool is_one_of(const char *name, const char *const *names)
{
    while (*names && strcmp(name, *names)) names++;
    return *names != NULL;
}

/* name="value" or a name alone; up to > or />. */
static inline const char *pass_attributes(const char *at)
{
    for (;;) {
        at += strspn(at, " \n");
        if (*at == '>' || *at == '/') return at;
        size_t name = strcspn(at, " \n=<>\"'/");
        REQUIRE(name > 0);
        at += name;
        if (*at != '=') continue;
        REQUIRE(at[1] == '"' && strchr(at + 2, '"'));
        for (at += 2; *at != '"'; at++) REQUIRE(*at != '<');
        at++;
    }
}

static inline void check_reference(const char *at)
{
    size_t length = strspn(at + 1, "#0123456789abcdefghijklmnopqrstuvwxyz");
    REQUIRE(length > 0 && at[1 + length] == ';');
}

static inline void check_html(const char *text)
{
    static const char *const EMPTY[] = {"meta", "link", "br", "hr", "img", "input", "col", "wbr", NULL};
    static const char *const RAW[] = {"script", "style", NULL};
    char open[ELEMENTS_MAX][ELEMENT_NAME];
    size_t depth = 0;
    REQUIRE(strncmp(text, "<!doctype html>", 15) == 0 || strncmp(text, "<!DOCTYPE html>", 15) == 0);
    for (const char *at = text + 15; *at;) {
        if (*at == '&') check_reference(at);
        if (*at++ != '<') continue;
        bool closes = *at == '/';
        at += closes;
        size_t length = strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
        REQUIRE(length > 0 && length < ELEMENT_NAME);
        char name[ELEMENT_NAME] = "";
        memcpy(name, at, length);
        at += length;
        if (closes) {
            REQUIRE(depth > 0 && strcmp(open[--depth], name) == 0 && *at == '>');
            at++;
            continue;
        }
        at = pass_attributes(at);
        bool empty = *at == '/' || is_one_of(name, EMPTY);
        at += *at == '/';
        REQUIRE(*at++ == '>');
        if (empty) continue;
        REQUIRE(depth < ELEMENTS_MAX);
        memcpy(open[depth++], name, sizeof name);
        while (is_one_of(name, RAW) && (at[0] != '<' || at[1] != '/')) REQUIRE(*at++);
    }
    REQUIRE(depth == 0);
}

/* ---- answers ---- */

/* How often `text` stands in `in`. */
static inline size_t times(const char *in, const char *text)
{
    size_t count = 0;
    while ((in = strstr(in, text))) count++, in += strlen(text);
    return count;
}

static inline void check_answer(const np_answer *answer)
{
    REQUIRE(answer->exit >= 0 && answer->exit <= 4);
    REQUIRE(answer->bytes[answer->size] == '\0');
    check_utf8(answer->diagnostics, strlen(answer->diagnostics));
    check_json(answer->diagnostics);
    bool errors = times(answer->diagnostics, "\"severity\":\"error\"") > 0;
    REQUIRE(answer->exit != 0 || !errors);
    REQUIRE(answer->exit < 2 || errors);
    if (strncmp(answer->media_type, "application/vnd", 15) == 0) {
        REQUIRE(answer->size == 0 || memcmp(answer->bytes, "PK", 2) == 0);
        return;
    }
    check_utf8(answer->bytes, answer->size);
    if (strcmp(answer->media_type, "application/json") == 0) check_json(answer->bytes);
    if (strncmp(answer->media_type, "text/html", 9) == 0 && answer->size > 0) check_html(answer->bytes);
}

/* An answer that stays when the session answers another request. */
typedef struct kept_answer {
    int exit;
    char *bytes, *diagnostics;
    size_t size;
} kept_answer;

static inline kept_answer keep(const np_answer *answer)
{
    size_t said = strlen(answer->diagnostics) + 1;
    kept_answer kept = {answer->exit, fuzz_alloc(answer->size), fuzz_alloc(said), answer->size};
    memcpy(kept.bytes, answer->bytes, answer->size);
    memcpy(kept.diagnostics, answer->diagnostics, said);
    return kept;
}

static inline void free_kept(kept_answer *kept)
{
    free(kept->bytes);
    free(kept->diagnostics);
}

static inline void check_same(const kept_answer *first, const np_answer *again)
{
    REQUIRE(first->exit == again->exit && strcmp(first->diagnostics, again->diagnostics) == 0);
    /* a workbook tells when it was made */
    if (strncmp(again->media_type, "application/vnd", 15) == 0) return;
    REQUIRE(first->size == again->size && memcmp(first->bytes, again->bytes, first->size) == 0);
}

#endif
