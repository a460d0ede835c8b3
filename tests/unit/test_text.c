/* Texts: bounds, columns, well-formed UTF-8, nearness of words. */
#include "unit/support.h"

#include <limits.h>

#include "natopay/base/text.h"

/* So that a request that malloc refuses is refused under the address sanitizer too. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}

static void pieces_add_up(void **state)
{
    (void)state;
    np_text text;
    np_text_init(&text, 1000);
    assert_string_equal(np_text_string(&text), "");
    np_text_add(&text, "basic salary", 5);
    np_text_add(&text, NULL, 0);
    np_text_putc(&text, ':');
    np_text_repeat(&text, ' ', 3);
    np_text_repeat(&text, '?', 0);
    np_text_puts(&text, "5335");
    np_text_printf(&text, ".%02d %s", 54, "EUR");
    assert_int_equal(text.length, strlen("basic:   5335.54 EUR"));
    assert_string_equal(text.data, "basic:   5335.54 EUR");
    np_text_clear(&text);
    assert_string_equal(np_text_string(&text), "");
    np_text_puts(&text, "again");
    expect_text(&text, "again");
    assert_string_equal(np_text_string(&text), "");
}

static void printing_grows_the_text(void **state)
{
    (void)state;
    np_text text;
    np_text_init(&text, 100000);
    size_t length = 0;
    for (int width = 1; width < 400; width++) {
        np_text_printf(&text, "%0*d", width, width % 10);
        length += (size_t)width;
        assert_int_equal(text.length, length);
        assert_int_equal(strlen(text.data), length);
        assert_int_equal(text.data[length - 1], '0' + width % 10);
    }
    assert_false(text.failed);
    np_text_free(&text);
    for (int width = 1; width < 400; width++) { /* also those that just fill the memory at hand, or just do not */
        np_text_init(&text, 1000);
        np_text_putc(&text, 'x');
        np_text_printf(&text, "%0*d", width, 7);
        assert_int_equal(text.length, width + 1);
        assert_int_equal(strspn(text.data + 1, "0"), width - 1);
        assert_string_equal(text.data + width, "7");
        np_text_free(&text);
    }
}

static void zero_bytes_are_kept(void **state)
{
    (void)state;
    np_text text;
    np_text_init(&text, 10);
    np_text_add(&text, "a\0b", 3);
    assert_int_equal(text.length, 3);
    assert_memory_equal(text.data, "a\0b", 4);
    np_text_free(&text);
}

static void bound_holds(void **state)
{
    (void)state;
    for (size_t limit = 0; limit < 300; limit += 7) {
        np_text text;
        np_text_init(&text, limit);
        np_text_repeat(&text, 'x', limit);
        assert_false(text.failed);
        np_text_putc(&text, 'y');
        assert_true(text.failed);
        assert_int_equal(text.length, limit);
        assert_int_equal(strspn(np_text_string(&text), "x"), limit);
        np_text_free(&text);
    }
}

static void after_a_failure_the_text_stays(void **state)
{
    (void)state;
    np_text text;
    np_text_init(&text, 8);
    np_text_puts(&text, "net pay");
    np_text_printf(&text, "%d", 5335);
    assert_true(text.failed);
    assert_string_equal(np_text_string(&text), "net pay");
    np_text_add(&text, "", 0);
    np_text_putc(&text, '!'); /* would fit, but the text is broken */
    np_text_repeat(&text, '!', 1);
    np_text_printf(&text, "!");
    assert_string_equal(np_text_string(&text), "net pay");
    np_text_clear(&text);
    np_text_puts(&text, "new");
    expect_text(&text, "new");
}

static void no_memory_is_a_failure(void **state)
{
    (void)state;
    static const size_t counts[] = {SIZE_MAX, SIZE_MAX - 1, (size_t)PTRDIFF_MAX, (size_t)1 << 46, (size_t)1 << 60};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        np_text text;
        np_text_init(&text, SIZE_MAX);
        np_text_puts(&text, "kept");
        np_text_repeat(&text, 'x', counts[i]);
        assert_true(text.failed);
        assert_string_equal(np_text_string(&text), "kept");
        np_text_free(&text);
    }
}

/* After memory ran out, clearing is not enough: the caller may have written out part of it. np_text_init is. */
static void what_was_lost_stays_lost(void **state)
{
    (void)state;
    np_text text;
    np_text_init(&text, SIZE_MAX);
    np_text_repeat(&text, 'x', (size_t)1 << 60);
    assert_true(text.no_memory);
    np_text_clear(&text);
    np_text_puts(&text, "more");
    assert_true(text.failed);
    assert_string_equal(np_text_string(&text), "");
    np_text_free(&text);
    np_text_init(&text, SIZE_MAX);
    np_text_puts(&text, "more");
    expect_text(&text, "more");
}

static size_t columns(const char *string)
{
    return np_text_columns(string, strlen(string));
}

static void columns_are_counted_by_character(void **state)
{
    (void)state;
    assert_int_equal(columns(""), 0);
    assert_int_equal(columns("G10"), 3);
    assert_int_equal(columns("tr\xC3\xA9sor \xE2\x82\xAC"), 8); /* precomposed e acute, the euro sign */
    assert_int_equal(columns("e\xCC\x81"), 1);                  /* combining acute */
    assert_int_equal(columns("\xE7\xB5\xA6\xE4\xB8\x8E"), 4);   /* two ideographs */
    assert_int_equal(columns("\xED\x95\x9C"), 2);               /* a Hangul syllable */
    assert_int_equal(columns("\xEF\xBC\xA1"), 2);               /* full width A */
    assert_int_equal(columns("\xF0\x9F\x92\xB6"), 2);           /* a banknote */
    assert_int_equal(columns("a\xE2\x80\x8B"
                             "b"),
                     2);                                      /* zero width space */
    assert_int_equal(columns("\xCE\xA9\xD0\x96\xD7\x90"), 3); /* Greek, Cyrillic, Hebrew */
    assert_int_equal(columns("\xFF\xC3"), 2);                 /* two malformed bytes */
    assert_int_equal(columns("\x01\t"), 2);                   /* controls, shown as one column each */
    assert_int_equal(np_text_columns("a\0b", 3), 3);
}

typedef struct utf8_case {
    const char *bytes;
    size_t length, size;
    uint32_t point;
} utf8_case;

static void utf8_is_checked(void **state)
{
    (void)state;
    static const utf8_case cases[] = {
        {"A", 1, 1, 'A'},
        {"\x7F", 1, 1, 0x7F},
        {"\0", 1, 1, 0},
        {"\xC2\x80", 2, 2, 0x80},
        {"\xDF\xBF", 2, 2, 0x7FF},
        {"\xE0\xA0\x80", 3, 3, 0x800},
        {"\xED\x9F\xBF", 3, 3, 0xD7FF},
        {"\xEE\x80\x80", 3, 3, 0xE000},
        {"\xEF\xBF\xBF", 3, 3, 0xFFFF},
        {"\xF0\x90\x80\x80", 4, 4, 0x10000},
        {"\xF4\x8F\xBF\xBF", 4, 4, 0x10FFFF},
        {"\x80", 1, 1, NP_UTF8_BAD}, /* a continuation alone */
        {"\xBF", 1, 1, NP_UTF8_BAD},
        {"\xC0\x80", 2, 1, NP_UTF8_BAD}, /* overlong */
        {"\xC1\xBF", 2, 1, NP_UTF8_BAD},
        {"\xE0\x9F\xBF", 3, 1, NP_UTF8_BAD},
        {"\xF0\x8F\xBF\xBF", 4, 1, NP_UTF8_BAD},
        {"\xED\xA0\x80", 3, 1, NP_UTF8_BAD}, /* surrogates */
        {"\xED\xBF\xBF", 3, 1, NP_UTF8_BAD},
        {"\xF4\x90\x80\x80", 4, 1, NP_UTF8_BAD}, /* past the last code point */
        {"\xF5\x80\x80\x80", 4, 1, NP_UTF8_BAD},
        {"\xFF", 1, 1, NP_UTF8_BAD},
        {"\xC3", 1, 1, NP_UTF8_BAD}, /* cut off */
        {"\xC3\xA9", 1, 1, NP_UTF8_BAD},
        {"\xE2\x82", 2, 1, NP_UTF8_BAD},
        {"\xF0\x9F\x92", 3, 1, NP_UTF8_BAD},
        {"\xC3(", 2, 1, NP_UTF8_BAD},
        {"\xE2\x82(", 3, 1, NP_UTF8_BAD},
        {"\xF0\x9F\x92(", 4, 1, NP_UTF8_BAD},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char exact[4]; /* so that the sanitizers see a read past the end */
        char *bytes = exact + sizeof exact - cases[i].length;
        memcpy(bytes, cases[i].bytes, cases[i].length);
        uint32_t point;
        assert_int_equal(np_utf8_next(bytes, cases[i].length, &point), cases[i].size);
        assert_int_equal(point, cases[i].point);
    }
}

static void utf8_is_written(void **state)
{
    (void)state;
    static const uint32_t POINTS[] = {0, 'a', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF};
    for (size_t i = 0; i < sizeof POINTS / sizeof POINTS[0]; i++) {
        char bytes[4];
        uint32_t point;
        size_t size = np_utf8_put(bytes, POINTS[i]);
        assert_int_equal(np_utf8_next(bytes, size, &point), size);
        assert_int_equal(point, POINTS[i]);
    }
}

static void texts_are_made_harmless(void **state)
{
    (void)state;
    static const struct {
        const char *given, *made;
    } CASES[] = {
        {"", ""},
        {"two\nlines, \xC3\xA9 and \xE2\x82\xAC\n", "two\nlines, \xC3\xA9 and \xE2\x82\xAC\n"},
        {"a\tb\rc\x1B[31md\x7F", "a b?c?[31md?"},
        {"\xE2\x80\xAEreversed\xE2\x81\xA9 \xC2\x9B", "?reversed? ?"},
        {"cut \xE2\x82", "cut ??"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        np_text text;
        np_text_init(&text, 100);
        np_text_puts(&text, CASES[i].given);
        bool safe = np_text_is_safe(CASES[i].given, strlen(CASES[i].given));
        np_text_make_safe(&text);
        assert_string_equal(np_text_string(&text), CASES[i].made);
        assert_int_equal(text.length, strlen(CASES[i].made));
        assert_int_equal(safe, strcmp(CASES[i].given, CASES[i].made) == 0);
        np_text_free(&text);
    }
}

static void endings_are_found(void **state)
{
    (void)state;
    assert_true(np_ends_in("a.ini", ".ini"));
    assert_true(np_ends_in("folder/a.ini", ".ini"));
    assert_false(np_ends_in(".ini", ".ini")); /* nothing but the ending */
    assert_false(np_ends_in("ini", ".ini"));
    assert_false(np_ends_in("", ".ini"));
    assert_false(np_ends_in("a.INI", ".ini"));
    assert_false(np_ends_in("a.ini.txt", ".ini"));
}

static void near_words_are_found(void **state)
{
    (void)state;
    assert_int_equal(np_edit_distance("grade", "grade", 3), 0);
    assert_int_equal(np_edit_distance("Grade", "gRADE", 3), 0); /* case folded */
    assert_int_equal(np_edit_distance("", "", 3), 0);
    assert_int_equal(np_edit_distance("", "abc", 3), 3);
    assert_int_equal(np_edit_distance("abc", "", 3), 3);
    assert_int_equal(np_edit_distance("grad", "grade", 3), 1);
    assert_int_equal(np_edit_distance("grrade", "grade", 3), 1);
    assert_int_equal(np_edit_distance("G1O", "G10", 3), 1);
    assert_int_equal(np_edit_distance("gradE", "gradx", 3), 1);
    assert_int_equal(np_edit_distance("garde", "grade", 3), 1); /* neighbours swapped */
    assert_int_equal(np_edit_distance("ab", "ba", 3), 1);
    assert_int_equal(np_edit_distance("abcd", "badc", 3), 2);
    assert_int_equal(np_edit_distance("kitten", "sitting", 5), 3);
    assert_int_equal(np_edit_distance("children", "grade", 2), 3); /* limit + 1 */
    assert_int_equal(np_edit_distance("grade", "step", 0), 1);
    assert_int_equal(np_edit_distance("salary", "salary", 0), 0);
}

static void long_words_are_never_near(void **state)
{
    (void)state;
    char a[70], b[70];
    memset(a, 'a', sizeof a);
    memset(b, 'a', sizeof b);
    a[64] = b[64] = '\0';
    b[63] = 'b';
    assert_int_equal(np_edit_distance(a, b, 3), 1);
    a[64] = 'a';
    a[65] = '\0';
    assert_int_equal(np_edit_distance(a, a, 3), 4);
    assert_int_equal(np_edit_distance(a, b, UINT_MAX), UINT_MAX);
    assert_int_equal(np_edit_distance("abc", "x", UINT_MAX), 3);
}

static void bytes_are_of_ascii(void **state)
{
    (void)state;
    size_t digits = 0, letters = 0, small = 0;
    for (int byte = 0; byte < 256; byte++) {
        digits += np_is_digit((char)byte);
        letters += np_is_letter((char)byte);
        small += np_is_lower((char)byte);
    }
    assert_int_equal(digits, 10);
    assert_int_equal(letters, 52);
    assert_int_equal(small, 26);
    assert_true(np_is_digit('0') && np_is_digit('9') && np_is_lower('a') && np_is_lower('z') && np_is_letter('A') &&
                np_is_letter('Z'));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_add_up),
        cmocka_unit_test(printing_grows_the_text),
        cmocka_unit_test(zero_bytes_are_kept),
        cmocka_unit_test(bound_holds),
        cmocka_unit_test(after_a_failure_the_text_stays),
        cmocka_unit_test(no_memory_is_a_failure),
        cmocka_unit_test(what_was_lost_stays_lost),
        cmocka_unit_test(columns_are_counted_by_character),
        cmocka_unit_test(utf8_is_checked),
        cmocka_unit_test(utf8_is_written),
        cmocka_unit_test(texts_are_made_harmless),
        cmocka_unit_test(endings_are_found),
        cmocka_unit_test(near_words_are_found),
        cmocka_unit_test(long_words_are_never_near),
        cmocka_unit_test(bytes_are_of_ascii),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
