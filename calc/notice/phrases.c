/* The book's way of writing expressions and lists of phrases. */
#include <stddef.h>
#include <string.h>

#include "notice_internal.h"

static const char NO_PHRASES[] = NP_MARK("these are no phrases: words in (one|another|) brackets and bars between");

/* ---- phrases: "(closing |)date( for applications|)|deadline" ---- */

/* Where the alternative or the group that begins at text ends: at a bar or bracket that is not inside another. */
static const char *alternative_end(const char *text)
{
    for (int depth = 0; *text; text++) {
        if (depth == 0 && (*text == '|' || *text == ')')) break;
        depth += *text == '(' ? 1 : *text == ')' ? -1 : 0;
    }
    return text;
}

static void add_phrase(np_phrases *p, const char *text)
{
    char plain[NP_PHRASE_MAX];
    size_t length = 0;
    for (; *text && length + 1 < sizeof plain; text++)
        if (*text != ' ' || (length && plain[length - 1] != ' ')) plain[length++] = *text;
    while (length && plain[length - 1] == ' ') length--;
    if (length < 2 || *text)
        p->bad = NP_MARK("a phrase has two letters or more, and fewer than 100");
    else if (p->count == NP_PHRASES_MAX)
        p->bad = NP_MARK("these are more than 6000 phrases");
    if (p->bad) return;
    p->items = np_arena_grow(p->arena, p->items, &p->capacity, p->count + 1, sizeof *p->items);
    p->items[p->count++] = np_arena_copy(p->arena, plain, length);
}

/* One alternative without bars outside brackets: the first group is replaced by each of what it holds. */
static void expand(np_phrases *p, const char *text, unsigned depth)
{
    const char *open = strchr(text, '(');
    if (!open) {
        if (strchr(text, ')')) p->bad = NO_PHRASES;
        add_phrase(p, text);
        return;
    }
    const char *end = open + 1;
    while (*(end = alternative_end(end)) == '|') end++;
    if (*end != ')' || depth > 12) p->bad = NO_PHRASES;
    if (p->bad) return;
    for (const char *from = open + 1;;) {
        const char *to = alternative_end(from);
        expand(p, np_arena_format(p->arena, "%.*s%.*s%s", (int)(open - text), text, (int)(to - from), from, end + 1),
               depth + 1);
        if (*to != '|') return;
        from = to + 1;
    }
}

void np_phrases_expand(np_phrases *p, const char *text)
{
    for (;;) {
        const char *to = alternative_end(text);
        if (*to == ')') p->bad = NO_PHRASES;
        expand(p, np_arena_copy(p->arena, text, (size_t)(to - text)), 0);
        if (*to != '|') return;
        text = to + 1;
    }
}

/* ---- regular expressions ---- */

const char *np_pattern_words(const np_patterns *patterns, const char *name, size_t length)
{
    for (size_t i = 0; patterns && i < patterns->count; i++) {
        const np_pattern *p = &patterns->items[i];
        if (p->role == NP_ROLE_WORDS && strlen(p->name) == length && memcmp(p->name, name, length) == 0)
            return p->words;
    }
    return "";
}

/* The book's lists of words that reading itself needs. */
static const struct {
    size_t at;
    const char *name;
} LISTS[] = {
#define NP_LIST(name)                      \
    {                                      \
        offsetof(np_patterns, name), #name \
    }
    NP_LIST(numbers),        NP_LIST(grade_joiners), NP_LIST(grade_words),    NP_LIST(grade_prefixes),
    NP_LIST(no_towns),       NP_LIST(own_names),     NP_LIST(former_columns), NP_LIST(present_columns),
    NP_LIST(month_numerals), NP_LIST(ordinal_days)};
#undef NP_LIST

void np_pattern_lists_read(np_patterns *patterns)
{
    for (size_t i = 0; i < sizeof LISTS / sizeof LISTS[0]; i++)
        *(const char **)((char *)patterns + LISTS[i].at) =
            np_pattern_words(patterns, LISTS[i].name, strlen(LISTS[i].name));
}

bool np_next_word(const char **list, np_word *word)
{
    const char *at = *list;
    if (!*at) return false;
    *word = (np_word){.text = at, .length = 1 + strcspn(at + 1, "=|")};
    word->value = at + word->length + (at[word->length] == '=');
    word->value_length = strcspn(word->value, "|");
    *list = word->value + word->value_length;
    if (**list) ++*list;
    return true;
}

bool np_word_says(const np_word *word, const char *value)
{
    return strlen(value) == word->value_length && memcmp(word->value, value, word->value_length) == 0;
}

/* A list's words as alternatives: "one=1|fire-fighter|jan/uary" is "one|fire[- ]?fighter|jan\w*". */
static void put_words(np_text *out, const char *words)
{
    for (; *words; words++) {
        if (*words == '/') np_text_puts(out, "\\w*");
        if (*words == '/') words += strcspn(words, "=|");
        if (*words == '=') words += strcspn(words, "|");
        if (*words == '-')
            np_text_puts(out, "[- ]?");
        else if (*words)
            np_text_putc(out, *words);
        else
            return;
    }
}

/* What stands behind a "%"; where the expression goes on. */
static const char *put_macro(np_text *out, const np_patterns *patterns, const char *macro)
{
    size_t length = macro[0] == '{' ? strcspn(macro, "}") : 1;
    if (macro[0] == 'n' || macro[0] == 'm') {
        np_text_printf(out, "(?<%c>\\d{1,3}|", macro[0]);
        put_words(out, np_pattern_words(patterns, "numbers", 7));
        np_text_puts(out, ")(?:[ \\t\\n]{0,2}\\([a-z0-9 -]{1,14}\\))?");
    } else if (macro[0] == 'u') {
        np_text_puts(out, "(?<u>");
        put_words(out, np_pattern_words(patterns, "units", 5));
        np_text_putc(out, ')');
    } else if (macro[0] == '{' && macro[length]) {
        np_text_puts(out, "(?:");
        put_words(out, np_pattern_words(patterns, macro + 1, length - 1));
        np_text_putc(out, ')');
        return macro + length + 1;
    } else {
        np_text_printf(out, "%%%c", macro[0]);
    }
    return macro + 1;
}

static char lowered(char c, bool lower)
{
    return (char)(lower && c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

/* A character class: blanks in it stay what they are. Where it ends. */
static const char *put_class(np_text *out, const char *c, bool lower)
{
    np_text_putc(out, *c++);
    if (*c == '^') np_text_putc(out, *c++);
    if (*c == ']') np_text_putc(out, *c++);
    for (; *c && *c != ']'; c++) {
        bool escape = *c == '\\' && c[1];
        if (escape) np_text_putc(out, *c++);
        np_text_putc(out, lowered(*c, lower && !escape));
    }
    if (*c) np_text_putc(out, *c++);
    return c;
}

/* One character or macro of an expression; where the next begins. */
static const char *put_next(np_text *out, const np_patterns *patterns, const char *c, bool lower)
{
    if (*c == '\\' && c[1]) {
        np_text_add(out, c, 2);
        return c + 2;
    }
    if (*c == '[') return put_class(out, c, lower);
    if (*c == '%' && c[1]) return put_macro(out, patterns, c + 1);
    if (*c == ' ')
        np_text_puts(out, c[1] && strchr("?*{", c[1]) ? "(?:[ \\t\\n]{1,3})" : "[ \\t\\n]{1,3}");
    else
        np_text_putc(out, lowered(*c, lower));
    return c + 1;
}

char *np_pattern_expand(np_arena *arena, const np_patterns *patterns, const char *regex, bool lower)
{
    np_text out;
    np_text_init(&out, 64 * 1024);
    while (*regex) regex = put_next(&out, patterns, regex, lower);
    char *copy = out.failed ? NULL : np_arena_try(arena, out.length + 1);
    if (copy) memcpy(copy, np_text_string(&out), out.length + 1);
    np_text_free(&out);
    if (!copy) np_arena_give_up(arena);
    return copy;
}

pcre2_code *np_pattern_compile(np_diags *diags, np_span at, const char *regex, bool caseless)
{
    int error = 0;
    PCRE2_SIZE offset = 0;
    uint32_t options = (caseless ? PCRE2_CASELESS : 0) | PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)regex, PCRE2_ZERO_TERMINATED, options, &error, &offset, NULL);
    if (!code && (error == PCRE2_ERROR_NOMEMORY || error == PCRE2_ERROR_HEAP_FAILED)) np_arena_give_up(diags->arena);
    if (!code) {
        PCRE2_UCHAR why[200];
        pcre2_get_error_message(error, why, sizeof why);
        np_diag *diag = np_report(diags, NP_CODE_BAD_PATTERN, at, "this is no regular expression: %s", (char *)why);
        np_diag_hint(diags, diag, "it was read as far as: %.*s", (int)(offset > 80 ? 80 : offset),
                     regex + (offset > 80 ? offset - 80 : 0));
        return NULL;
    }
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE); /* without it the interpreter serves */
    return code;
}
