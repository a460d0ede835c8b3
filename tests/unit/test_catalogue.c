/* Catalogues of translations: what is in them is found; whatever could not be printed in the place of its text, or does
 * not lie in the file, is refused. */
#include "unit/support.h"

#include <stdio.h>

#include "natopay/base/catalogue.h"

#define HEADER(plural) "Content-Type: text/plain; charset=UTF-8\n" plural
#define FRENCH HEADER("Plural-Forms: nplurals=2; plural=(n > 1);\n")

/* A text with its translation, both with their lengths: a plural's forms have a zero byte between them. */
typedef struct pair {
    const char *original, *translation;
    size_t original_length, translation_length;
} pair;
#define PAIR(original, translation)                                          \
    {                                                                        \
        original, translation, sizeof(original) - 1, sizeof(translation) - 1 \
    }

typedef struct made {
    np_text file;
    bool big_endian;
} made;

static void put_number(made *m, size_t value)
{
    for (int i = 0; i < 4; i++) np_text_putc(&m->file, (char)(value >> 8 * (m->big_endian ? 3 - i : i)));
}

/* A catalogue as msgfmt makes it; the pairs are in their order. */
static made make(const pair *pairs, size_t count, bool big_endian)
{
    made m = {.big_endian = big_endian};
    np_text_init(&m.file, 1 << 20);
    size_t at = 28 + 16 * count;
    put_number(&m, 0x950412de);
    put_number(&m, 0);
    put_number(&m, count);
    put_number(&m, 28);
    put_number(&m, 28 + 8 * count);
    put_number(&m, 0);
    put_number(&m, 28 + 16 * count);
    for (int translations = 0; translations < 2; translations++)
        for (size_t i = 0; i < count; i++) {
            size_t length = translations ? pairs[i].translation_length : pairs[i].original_length;
            put_number(&m, length);
            put_number(&m, at);
            at += length + 1;
        }
    for (int translations = 0; translations < 2; translations++)
        for (size_t i = 0; i < count; i++)
            np_text_add(&m.file, translations ? pairs[i].translation : pairs[i].original,
                        (translations ? pairs[i].translation_length : pairs[i].original_length) + 1);
    assert_false(m.file.failed);
    return m;
}

/* One text behind a header; why it is refused, or NULL. */
static const char *try_pair(np_arena *arena, const char *header, pair one)
{
    pair pairs[] = {{"", header, 0, strlen(header)}, one};
    made m = make(pairs, 2, false);
    const char *why;
    np_catalogue *catalogue = np_catalogue_read(arena, m.file.data, m.file.length, &why);
    assert_int_equal(catalogue == NULL, why != NULL);
    np_text_free(&m.file);
    return why;
}

static void texts_are_found(void **state)
{
    static const pair PAIRS[] = {PAIR("", FRENCH),
                                 PAIR("%d month\0%d months", "%d mois\0%d mois au pluriel"),
                                 PAIR("%s of %s", "%2$s de %1$s"),
                                 PAIR("empty", ""),
                                 PAIR("grade", "\xC3\xA9"
                                               "chelon"),
                                 PAIR("sense\004net", "net (sens)"),
                                 PAIR("step", "pas")};
    for (int big_endian = 0; big_endian < 2; big_endian++) {
        made m = make(PAIRS, sizeof PAIRS / sizeof PAIRS[0], big_endian);
        const char *why;
        np_catalogue *catalogue = np_catalogue_read(*state, m.file.data, m.file.length, &why);
        if (!catalogue) fail_msg("%s", why);
        np_lang lang = np_catalogue_lang(catalogue, "fr");
        assert_string_equal(lang.language, "fr");
        assert_string_equal(np_say(&lang, "grade"), "\xC3\xA9"
                                                    "chelon");
        assert_string_equal(np_say(&lang, "step"), "pas");
        assert_string_equal(np_say(&lang, "%s of %s"), "%2$s de %1$s");
        assert_string_equal(np_say(&lang, "unknown"), "unknown");
        assert_string_equal(np_say(&lang, "empty"), "empty");
        assert_string_equal(np_say(&lang, ""), ""); /* not the header */
        assert_string_equal(np_say_as(&lang, "sense", "net"), "net (sens)");
        assert_string_equal(np_say_as(&lang, "another", "net"), "net");
        assert_string_equal(np_say(&lang, "net"), "net");
        char sense[3000] = "";
        memset(sense, 'x', sizeof sense - 1);
        assert_string_equal(np_say_as(&lang, sense, "net"), "net");
        assert_string_equal(np_say_number(&lang, "%d month", "%d months", 0), "%d mois");
        assert_string_equal(np_say_number(&lang, "%d month", "%d months", 1), "%d mois");
        assert_string_equal(np_say_number(&lang, "%d month", "%d months", 2), "%d mois au pluriel");
        assert_string_equal(np_say_number(&lang, "%d year", "%d years", 2), "%d years");
        assert_string_equal(np_say_number(&lang, "%d month", "%d other", 2), "%d other"); /* another text */
        assert_string_equal(np_say(&lang, "%d month"), "%d mois");
        np_text_free(&m.file);
    }
}

static void formats_fit_or_not(void **state)
{
    (void)state;
    static const char *const FIT[][2] = {
        {"net", "net"},       {"%s", "%s"},
        {"%s: %d", "%s, %d"}, {"%s: %d", "%2$d (%1$s)"},
        {"%d %%", "%d%%"},    {"%zu rows", "lignes : %zu"},
        {"%5.2s", "%-9s"},    {"%.*s", "%.*s"},
        {"%d", "%i"},         {"%x", "%u"},
        {"10%", "10 %"},      {"10% or less", "au plus 10 %"}, /* no formats */
        {"%-*s|", "%-*s"},    {"%llu %c", "%llu%c"},
    };
    static const char *const NOT[][2] = {
        {"net", "%s"},
        {"net", "%n"},
        {"net", "3 % de"},
        {"net", "100 %"},
        {"%s", "%s%n"},
        {"%s", "%s%s"},
        {"%s", ""},
        {"%s", "%d"},
        {"%d", "%s"},
        {"%d", "%ld"},
        {"%zu", "%u"},
        {"%s: %d", "%d: %s"},
        {"%s: %d", "%1$s: %d"},
        {"%s: %d", "%1$s: %1$s"},
        {"%s: %d", "%2$d"},
        {"%s", "%1$s %2$s"},
        {"%s", "%0$s"},
        {"%s", "%99$s"},
        {"%.*s", "%s"},
        {"%s", "%.*s"},
        {"%d %s", "%1$*2$d"},
        {"%d", "%9999d"},
        {"%d", "%.9999d"},
        {"%s", "%ls"},
        {"%s", "%"},
        {"%s", "%s%"},
        {"%d", "%lc"},
        {"%d", "%f"},
        {"%d", "%hhd"},
        {"%d%d", "%1$*d"},
        {"%d", "%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d"},
    };
    for (size_t i = 0; i < sizeof FIT / sizeof FIT[0]; i++)
        if (!np_format_fits(FIT[i][0], FIT[i][1])) fail_msg("'%s' should fit '%s'", FIT[i][1], FIT[i][0]);
    for (size_t i = 0; i < sizeof NOT / sizeof NOT[0]; i++)
        if (np_format_fits(NOT[i][0], NOT[i][1])) fail_msg("'%s' should not fit '%s'", NOT[i][1], NOT[i][0]);
}

static void plural_rules(void **state)
{
    (void)state;
    static const char RUSSIAN[] = "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2";
    static const struct {
        const char *rule;
        unsigned forms;
        unsigned long long n;
        unsigned form;
    } CASES[] = {
        {"n != 1", 2, 0, 1},
        {"n != 1", 2, 1, 0},
        {"n != 1", 2, 2, 1},
        {"(n > 1)", 2, 1, 0},
        {"(n > 1)", 2, 2, 1},
        {"0", 1, 7, 0},
        {RUSSIAN, 3, 1, 0},
        {RUSSIAN, 3, 11, 2},
        {RUSSIAN, 3, 21, 0},
        {RUSSIAN, 3, 22, 1},
        {RUSSIAN, 3, 5, 2},
        {RUSSIAN, 3, 112, 2},
        {"n == 1 ? 0 : 1 ", 2, 1, 0},
        {"!n", 2, 0, 1},
        {"n-1", 2, 2, 1},
        {"n*2/2+0", 3, 2, 2},
        {"1-1-1+1", 2, 0, 0},
        {"8/2/2", 3, 0, 2},
        {"1||0&&0", 2, 0, 1},
        {"n<2||n>=5", 2, 3, 0},
        {"n > 1", 2, 18446744073709551615ull, 1},
        /* refused: at least as many as there are forms */
        {"", 2, 1, 2},
        {"n !=", 2, 1, 2},
        {"(n", 2, 1, 2},
        {"n)", 2, 1, 2},
        {"n ? 1", 2, 1, 2},
        {"n ?: 1", 2, 1, 2},
        {"m", 2, 1, 2},
        {"n n", 2, 1, 2},
        {"1/(n-1)", 2, 1, 2},
        {"n%0", 2, 1, 2},
        {"n", 2, 2, 2},
        {"5", 2, 0, 2},
        {"n = 1", 2, 1, 2},
        {"n & 1", 2, 1, 2},
        {"-1", 2, 1, 2},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        unsigned form = np_plural_form(CASES[i].rule, strlen(CASES[i].rule), CASES[i].forms, CASES[i].n);
        if (form != CASES[i].form)
            fail_msg("'%s' gives %u for %llu, not %u", CASES[i].rule, form, CASES[i].n, CASES[i].form);
    }
    char deep[2000];
    for (size_t i = 0; i < 1000; i++) {
        deep[i] = '(';
        deep[1999 - i] = ')';
    }
    assert_int_equal(np_plural_form(deep, sizeof deep, 2, 1), 2);
    for (size_t i = 0; i < sizeof deep; i++) deep[i] = i % 2 ? '?' : 'n';
    assert_int_equal(np_plural_form(deep, sizeof deep, 2, 1), 2);
}

#define expect_refused(why, words)                                                                            \
    do {                                                                                                      \
        const char *given = why;                                                                              \
        if (!given || !strstr(given, words)) fail_msg("not refused for '%s': %s", words, given ? given : ""); \
    } while (0)

static void hostile_texts_are_refused(void **state)
{
    np_arena *arena = *state;
    assert_null(try_pair(arena, FRENCH, (pair)PAIR("net %s", "net : %s")));
    expect_refused(try_pair(arena, FRENCH, (pair)PAIR("net %s", "%s%n")), "other values");
    expect_refused(try_pair(arena, FRENCH, (pair)PAIR("net", "%n")), "other values");
    expect_refused(try_pair(arena, FRENCH, (pair)PAIR("%d day\0%d days", "%d jour\0%s jours")), "other values");
    assert_null(try_pair(arena, FRENCH, (pair)PAIR("one day\0%d days", "un jour\0%d jours")));
    expect_refused(try_pair(arena, FRENCH, (pair)PAIR("one day\0two days", "un jour\0%d jours")), "other values");
    expect_refused(try_pair(arena, FRENCH, (pair)PAIR("%d day\0%d days", "%d jour")), "number of forms");
    expect_refused(try_pair(arena, FRENCH, (pair)PAIR("%d day\0%d days", "%d\0%d\0%d")), "number of forms");
    expect_refused(try_pair(arena, FRENCH, (pair)PAIR("day", "jour\0jours")), "number of forms");
    expect_refused(try_pair(arena, FRENCH, (pair)PAIR("a\0b\0c", "d\0e")), "number of forms");
    expect_refused(try_pair(arena, FRENCH, (pair)PAIR("net", "\xE9")), "UTF-8");
    expect_refused(try_pair(arena, FRENCH, (pair)PAIR("net", "\033[2J")), "control characters");
    expect_refused(try_pair(arena, FRENCH, (pair)PAIR("net", "\xE2\x80\xAE")),
                   "control characters"); /* right to left */
    expect_refused(try_pair(arena, "Content-Type: text/plain; charset=ISO-8859-1\n", (pair)PAIR("a", "b")), "UTF-8");
    expect_refused(try_pair(arena, "Language: fr\n", (pair)PAIR("a", "b")), "UTF-8");
    assert_null(try_pair(arena, HEADER(""), (pair)PAIR("a", "b"))); /* plurals as in English */
    assert_null(try_pair(arena, "Content-Type: text/plain; charset=utf-8", (pair)PAIR("a", "b")));
    static const char *const RULES[] = {"plural=n;",   "nplurals=2; plural=n;", "nplurals=0; plural=0;",
                                        "nplurals=2;", "nplurals=9; plural=0;", "nplurals=2; plural=1/(n-200);"};
    for (size_t i = 0; i < sizeof RULES / sizeof RULES[0]; i++)
        expect_refused(
            try_pair(arena, np_arena_format(arena, HEADER("Plural-Forms: %s\n"), RULES[i]), (pair)PAIR("a", "b")),
            "plural forms");
    char *rule = np_arena_format(arena, HEADER("Plural-Forms: nplurals=1; plural=%0600d;\n"), 0);
    expect_refused(try_pair(arena, rule, (pair)PAIR("a", "b")), "plural forms");
}

/* Every field of the file with other numbers in it, and the file cut at every byte. */
static void damaged_files_are_refused(void **state)
{
    np_arena *arena = *state;
    static const pair PAIRS[] = {PAIR("", FRENCH), PAIR("a", "b"), PAIR("c", "d")};
    static const uint32_t NUMBERS[] = {0, 1, 27, 28, 1000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF};
    made m = make(PAIRS, 3, false);
    const char *why;
    size_t refused = 0;
    assert_non_null(np_catalogue_read(arena, m.file.data, m.file.length, &why));
    for (size_t size = 0; size < m.file.length; size++) { /* malloc: a sanitizer sees what is read behind the end */
        char *cut = malloc(size + 1);
        memcpy(cut, m.file.data, size);
        cut = realloc(cut, size ? size : 1);
        assert_null(np_catalogue_read(arena, cut, size, &why));
        free(cut);
    }
    for (size_t at = 0; at < 28 + 16 * 3; at += 4)
        for (size_t i = 0; i < sizeof NUMBERS / sizeof NUMBERS[0]; i++) {
            char *copy = malloc(m.file.length);
            memcpy(copy, m.file.data, m.file.length);
            for (size_t b = 0; b < 4; b++) copy[at + b] = (char)(NUMBERS[i] >> 8 * b);
            np_catalogue *catalogue = np_catalogue_read(arena, copy, m.file.length, &why);
            refused += catalogue == NULL;
            np_lang lang = catalogue ? np_catalogue_lang(catalogue, "fr") : (np_lang){0};
            if (catalogue) assert_true(strlen(np_say(&lang, "a")) <= m.file.length);
            free(copy);
        }
    assert_true(refused > 60);
    static const pair UNSORTED[] = {PAIR("", FRENCH), PAIR("c", "b"), PAIR("a", "d")};
    static const pair TWICE[] = {PAIR("", FRENCH), PAIR("a", "b"), PAIR("a", "d")};
    made wrong[] = {make(UNSORTED, 3, false), make(TWICE, 3, false)};
    for (size_t i = 0; i < 2; i++) {
        assert_null(np_catalogue_read(arena, wrong[i].file.data, wrong[i].file.length, &why));
        expect_refused(why, "damaged");
        np_text_free(&wrong[i].file);
    }
    np_text_free(&m.file);
}

static void the_shipped_catalogue_is_taken(void **state)
{
    np_arena *arena = *state;
    const char *build = getenv("BUILD");
    char *path = np_arena_format(arena, "%s/locale/fr/LC_MESSAGES/natopay.mo", build ? build : "build");
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = np_arena_alloc(arena, NP_CATALOGUE_LIMIT);
    size_t size = fread(bytes, 1, NP_CATALOGUE_LIMIT, file);
    fclose(file);
    const char *why;
    np_catalogue *catalogue = np_catalogue_read(arena, bytes, size, &why);
    if (!catalogue) fail_msg("%s", why);
    np_lang lang = np_catalogue_lang(catalogue, "fr");
    assert_string_equal(np_say(&lang, "error:"), "erreur\xC2\xA0:");
    assert_string_equal(np_say_number(&lang, "%zu error, ", "%zu errors, ", 1), "%zu erreur, ");
    assert_string_equal(np_say_number(&lang, "%zu error, ", "%zu errors, ", 2), "%zu erreurs, ");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        arena_test(texts_are_found),           cmocka_unit_test(formats_fit_or_not),
        cmocka_unit_test(plural_rules),        arena_test(hostile_texts_are_refused),
        arena_test(damaged_files_are_refused), arena_test(the_shipped_catalogue_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
