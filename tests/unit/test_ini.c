/* Reading INI: each thing that iniparser 4.1 would misread in silence, and where everything stands. */
#include "unit/book_support.h"

#include <limits.h>
#include <time.h>
#include <unistd.h>

#include "natopay/book/ini.h"

typedef struct read_ini {
    np_diags diags;
    np_ini ini;
    bool ok;
} read_ini;

static read_ini *read_bytes(np_arena *arena, const char *text, size_t size)
{
    read_ini *r = np_arena_alloc(arena, sizeof *r);
    np_diags_init(&r->diags, arena);
    const np_file *file = np_check_text(&r->diags, "f.ini", text, size, NP_INI_FILE_LIMIT);
    r->ok = file && np_ini_read(&r->diags, file, &r->ini);
    return r;
}

static read_ini *read_text(np_arena *arena, const char *text)
{
    return read_bytes(arena, text, strlen(text));
}

/* What iniparser has to say of a text without mistakes, which is written to a file for it. */
typedef struct comparison {
    np_diags diags;
    size_t keys, compared;
} comparison;

static comparison *compare(np_arena *arena, const char *text, size_t size)
{
    comparison *c = np_arena_alloc(arena, sizeof *c);
    char path[] = "/tmp/natopay-test-ini-XXXXXX";
    int file = mkstemp(path);
    np_ini ini;
    np_diags_init(&c->diags, arena);
    assert_true(file >= 0 && write(file, text, size) == (ssize_t)size && close(file) == 0);
    assert_true(np_ini_read(&c->diags, np_file_new(arena, path, text, size), &ini));
    for (size_t i = 0; i < ini.section_count; i++) c->keys += ini.sections[i].key_count;
    c->compared = np_ini_compare(&c->diags, &ini);
    unlink(path);
    return c;
}

static void expect_same_to_iniparser(np_arena *arena, const char *text)
{
    comparison *c = compare(arena, text, strlen(text));
    expect_clean(&c->diags);
    assert_true(c->keys > 0);
    assert_int_equal(c->compared, c->keys);
}

/* Line and column in f.ini. */
static const char *place_of(np_span at)
{
    static char text[60];
    np_position p = np_span_position(at);
    snprintf(text, sizeof text, "%u:%u+%u", p.line, p.column, at.length);
    return text;
}

static const char *value(const read_ini *r, size_t section, size_t key)
{
    assert_true(section < r->ini.section_count);
    assert_true(key < r->ini.sections[section].key_count);
    return r->ini.sections[section].keys[key].value;
}

static void sections_and_keys_have_places(void **state)
{
    read_ini *r = read_text(*state, "; a comment\n[scale  FR   2026-01-01]\n  G10 = 5335.54\n# another\n\nNote.FR=x y\n"
                                    "[post p]\nlast =  7  ");
    expect_clean(&r->diags);
    assert_true(r->ok);
    assert_int_equal(r->ini.section_count, 2);
    const np_ini_section *scale = &r->ini.sections[0];
    assert_string_equal(scale->type, "scale");
    assert_string_equal(scale->name, "FR 2026-01-01");
    assert_string_equal(place_of(scale->at), "2:2+22");
    assert_string_equal(place_of(scale->name_at), "2:9+15");
    assert_int_equal(scale->key_count, 2);
    assert_string_equal(scale->keys[0].name, "g10");
    assert_string_equal(scale->keys[0].value, "5335.54");
    assert_string_equal(place_of(scale->keys[0].name_at), "3:3+3");
    assert_string_equal(place_of(scale->keys[0].value_at), "3:9+7");
    assert_string_equal(scale->keys[1].name, "note.fr");
    assert_string_equal(scale->keys[1].value, "x y");
    assert_string_equal(value(r, 1, 0), "7");
    assert_string_equal(place_of(np_ini_value_span(&scale->keys[0], 2, 3)), "3:11+3");
    assert_string_equal(place_of(np_ini_value_span(&scale->keys[0], 5, 99)), "3:14+2"); /* held to the value */
    assert_string_equal(place_of(np_ini_value_span(&scale->keys[0], 99, 1)), "3:16+0");
}

static bool ends_in_backslash(const char *line, size_t length)
{
    while (length && strchr(" \t\r\f", line[length - 1])) length--;
    return length && line[length - 1] == '\\';
}

static void values_are_what_was_written(void **state)
{
    static const char *const CASES[][2] = {
        {"a = b", "b"},
        {"a=b", "b"},
        {"a =", ""},
        {"a = \"\"", ""},
        {"a = \"b\"", "b"},
        {"a = \" b \"", " b "},
        {"a = \"b ; c # d\"", "b ; c # d"},
        {"a = \"b\" ; c", "b"},
        {"a = \"b\"# c", "b"},
        {"a = b ; c", "b"},
        {"a = b # c", "b"},
        {"a = ; c", ""},
        {"a = #", ""},
        {"a = b = c", "b = c"},
        {"a = 'FR'", "'FR'"},
        {"a = ''", "''"},
        {"a = 'FR' = x and 'BE' = y", "'FR' = x and 'BE' = y"},
        {"a = x = 'FR'", "x = 'FR'"},
        {"a = b \"c\" d", "b \"c\" d"},
        {"a = it's", "it's"},
        {"a = [b]", "[b]"},
        {"a = x\\", "x\\"},
        {"a = \"x\\\"", "x\\"},
        {"a = C:\\x", "C:\\x"},
        {"a = \\x", "\\x"},
        {"a = %s %d %n", "%s %d %n"},
        {"a = \xC3\xA9t\xC3\xA9", "\xC3\xA9t\xC3\xA9"},
        {"A = B", "B"},
        {"a = b\r", "b"},
        {"a = b\f", "b"},
        {"a \t=\t b", "b"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++)
        for (int between = 0; between < 2; between++) { /* as the last line, and with another key after it */
            char text[300];
            snprintf(text, sizeof text, "[s x]\n%s%s", CASES[i][0], between ? "\nz = 9\n" : "");
            if (between && CASES[i][0][strlen(CASES[i][0]) - 1] == '\\') continue; /* that is a joined line */
            read_ini *r = read_text(*state, text);
            if (!r->ok) print_error("%s\n", text);
            expect_clean(&r->diags);
            assert_string_equal(value(r, 0, 0), CASES[i][1]);
            assert_string_equal(r->ini.sections[0].keys[0].name, "a");
            if (between) assert_string_equal(value(r, 0, 1), "9");
            assert_int_equal(r->ini.sections[0].key_count, 1 + between);
            if (!ends_in_backslash(text, strlen(text))) expect_same_to_iniparser(*state, text);
        }
}

static void lines_are_joined(void **state)
{
    static const char *const CASES[][2] = {
        {"a = b \\\nc\n", "b c"},
        {"a = b\\\nc\n", "bc"},
        {"a = b \\\r\nc\r\n", "b c"},
        {"a = b \\  \n  c  \n", "b   c"},
        {"a = b \\\n\\\n c\n", "b  c"},
        {"a = b \\\n\n", "b"},
        {"a = b \\\r\n\r\n", "b"},
        {"a = \\\n  b\n", "b"},
        {"a = \\\n\\\n  b\n", "b"},
        {"a = \\\n\n", ""},
        {"a = 'FR' = x \\\n or 'BE' = y\n", "'FR' = x  or 'BE' = y"},
        {"a = b \\\n c ; comment\n", "b  c"},
        {"a = b \\\n ; comment\n", "b"},
        {"a = b \\\n z = 2\n", "b  z = 2"},
        {"a = b \\\n [c d]\n", "b  [c d]"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        char text[300];
        snprintf(text, sizeof text, "[s x]\n%sz = 9\n", CASES[i][0]);
        read_ini *r = read_text(*state, text);
        if (!r->ok) print_error("%s\n", text);
        expect_clean(&r->diags);
        assert_string_equal(value(r, 0, 0), CASES[i][1]);
        assert_int_equal(r->ini.sections[0].key_count, 2);
        expect_same_to_iniparser(*state, text);
    }
}

static void many_values_of_all_lengths(void **state)
{
    enum { KEYS = 2500 };
    static const unsigned LENGTHS[] = {0, 1, 2, 9, 40, 200, 499, 500, 997, 998, 999, 1000};
    static const size_t LENGTH_COUNT = sizeof LENGTHS / sizeof LENGTHS[0];
    random_source random = random_start();
    np_text text;
    np_text_init(&text, NP_INI_FILE_LIMIT);
    char(*expected)[1001] = np_arena_array(*state, KEYS, sizeof *expected);
    for (size_t i = 0; i < KEYS; i++) {
        unsigned way = random_below(&random, 4); /* short ones above all; plain, quoted, or with a quote in it */
        unsigned length = LENGTHS[random_below(&random, way == 3 ? LENGTH_COUNT : 5)];
        for (unsigned c = 0; c < length; c++) expected[i][c] = (char)('a' + random_below(&random, 26));
        if (length > 8) expected[i][4] = way == 1 ? ';' : way == 2 ? '"' : ' ';
        if (i % 40 == 0) np_text_printf(&text, "[s n%zu]\n", i);
        np_text_printf(&text, way == 1 ? "k%zu = \"%s\"\n" : "k%zu = %s\n", i % 40, expected[i]);
    }
    read_ini *r = read_text(*state, np_text_string(&text));
    expect_clean(&r->diags);
    for (size_t i = 0; i < KEYS; i++) assert_string_equal(value(r, i / 40, i % 40), expected[i]);
    expect_same_to_iniparser(*state, np_text_string(&text));
    np_text_free(&text);
}

/* Every byte of a joined value is found where it stands. */
static void joined_values_have_places(void **state)
{
    static const char *const TEXTS[] = {
        "[s x]\na = one + \\\n   two + \\  \n three\n",
        "[s x]\r\na = one + \\\r\n\ttwo + \\\r\n three\r\n",
        "[s x]\na = \\\n  one + \\\n\\\n \\\n two\\\nthree ; rest\n",
        "[s x]\na = one\\\\\\\ntwo\n",
    };
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        read_ini *r = read_text(*state, TEXTS[i]);
        expect_clean(&r->diags);
        const np_ini_key *key = &r->ini.sections[0].keys[0];
        for (size_t at = 0; at < strlen(key->value); at++) {
            np_span span = np_ini_value_span(key, at, 1);
            if (TEXTS[i][span.offset] != key->value[at])
                fail_msg("byte %zu of '%s' is sought at %u", at, key->value, span.offset);
        }
    }
    read_ini *r = read_text(*state, TEXTS[0]);
    const np_ini_key *key = &r->ini.sections[0].keys[0];
    const char *two = strstr(key->value, "two"), *three = strstr(key->value, "three");
    assert_string_equal(place_of(np_ini_value_span(key, (size_t)(two - key->value), 3)), "3:4+3");
    assert_string_equal(place_of(np_ini_value_span(key, (size_t)(three - key->value), 5)), "4:2+5");
}

/* ---- iniparser, on files as they lie on the disk ---- */

static void expect_otherwise(np_arena *arena, const char *text, const char *message, const char *place)
{
    comparison *c = compare(arena, text, strlen(text));
    assert_int_equal(c->diags.warnings, 1);
    assert_int_equal(c->compared, c->keys);
    assert_int_equal(c->diags.first->code, NP_CODE_INI_DIFFERS);
    assert_non_null(strstr(c->diags.first->message, message));
    assert_string_equal(place_of(c->diags.first->at), place);
}

static void iniparser_reads_otherwise(void **state)
{
    expect_otherwise(*state, "[s x]\na = 1\n; note \\\nb = 2\n", "does not find this key", "4:1+1");
    expect_otherwise(*state, "[s x]\na = 1\\", "does not find this key", "2:1+1");
    expect_otherwise(*state, "[s x]\na = 'b ; c\n", "reads 'b ; c' here", "2:5+2");
    expect_otherwise(*state, "[s x]\na = 1\n[S X]\na = 2\n", "reads '2' here", "2:5+1");
    static const char *const SAME[] = {
        "[s x]\na = 'FR'\nb = 'FR' = x ; c\nc = '' = x\nd = ''\n", /* its own quotes */
        "[scale  FR\t2026-01-01]\nG10  X = 1\n",
        "[s x]\na = \"'b'\"\n",
    };
    for (size_t i = 0; i < sizeof SAME / sizeof SAME[0]; i++) expect_same_to_iniparser(*state, SAME[i]);
}

/* What is INI to natopay, and nothing to iniparser. */
static void iniparser_cannot_read(void **state)
{
    np_arena *arena = *state;
    for (size_t over = 0; over < 2; over++) {
        char *text =
            np_arena_format(arena, "[s x]\na = 1 ; %*s\nb = 2\n", (int)(1022 - strlen("a = 1 ; ") + over), "c");
        comparison *c = compare(arena, text, strlen(text));
        expect_clean(&c->diags);
        assert_int_equal(c->compared, over ? 0 : 2);
    }
    np_diags diags;
    np_ini ini;
    np_diags_init(&diags, arena);
    static const char TEXT[] = "[s x]\na = 1\n";
    assert_true(np_ini_read(&diags, np_file_new(arena, "no such file", TEXT, sizeof TEXT - 1), &ini));
    assert_int_equal(np_ini_compare(&diags, &ini), 0);
}

static void the_rule_book_is_the_same_to_iniparser(void **state)
{
    np_arena *arena = *state;
    np_reader disk = np_reader_disk();
    const char **names;
    size_t count, compared = 0;
    assert_null(disk.list(disk.context, arena, NATO_PACK, ".ini", &names, &count));
    for (size_t i = 0; i < count; i++) {
        np_diags diags;
        np_ini ini;
        np_diags_init(&diags, arena);
        np_file *file =
            np_read_text(disk, &diags, np_arena_format(arena, NATO_PACK "/%s", names[i]), NP_INI_FILE_LIMIT);
        assert_true(file && np_ini_read(&diags, file, &ini));
        size_t keys = np_ini_compare(&diags, &ini);
        expect_clean(&diags);
        assert_true(keys > 0);
        compared += keys;
    }
    assert_true(compared > 1000);
}

/* ---- each trap, with its diagnostic and place ---- */

#define expect_trap(text, code, place, message, hint)          \
    do {                                                       \
        read_ini *trap = read_text(*state, text);              \
        assert_false(trap->ok);                                \
        expect_only(&trap->diags, code, place, message, hint); \
    } while (0)

static void traps_are_named(void **state)
{
    expect_trap("[s x]\na = 1\nb = 2\nA = 3\n", DUPLICATE_KEY, "f.ini:4:1", "given twice", NULL);
    expect_trap("[s x]\na = 1;2\n", COMMENT_CUTS_VALUE, "f.ini:2:6", "cut the value", "double quotes");
    expect_trap("[s x]\na = x#1\n", COMMENT_CUTS_VALUE, "f.ini:2:6", "cut the value", "double quotes");
    expect_trap("[s x]\na = 1 ; note \\\nb = 2\n", COMMENT_CUTS_VALUE, "f.ini:2:7", "swallow the next line",
                "backslash");
    expect_trap("[s x]\na = \"1\nb = 2\n", MISSING_QUOTE, "f.ini:2:5", "never closed", "same line");
    expect_trap("[s x]\na = \"1\" 2\n", MISSING_QUOTE, "f.ini:2:9", "follows the closing quote", NULL);
    expect_trap("[s x]\na = \"1\"2\"\n", MISSING_QUOTE, "f.ini:2:8", "follows the closing quote", NULL);
    expect_trap("[s x]\na = 'FR' = \"x\"\n", MISSING_QUOTE, "f.ini:2:5", "cannot begin with a quote", "bracket");
    expect_trap("[s x]\na = \"b \\\n c\"\n", MISSING_QUOTE, "f.ini:2:5", "cannot begin with a quote", NULL);
    expect_trap("[s x]\na = x\"y\\", BAD_LINE, "f.ini:2:8", "cannot end in a backslash", NULL);
    expect_trap("[]\na = 1\n", BAD_SECTION, "f.ini:1:1", "empty", "[TYPE NAME]");
    expect_trap("[  ]\n", BAD_SECTION, "f.ini:1:1", "empty", NULL);
    expect_trap("[s x\na = 1\n", BAD_SECTION, "f.ini:1:1", "does not end in ]", "[TYPE NAME]");
    expect_trap("[s x] ; comment\na = 1\n", BAD_SECTION, "f.ini:1:7", "follows the section header",
                "line of their own");
    expect_trap("[s x] a = 1\n", BAD_SECTION, "f.ini:1:7", "follows the section header", NULL);
    expect_trap("[s:x]\n", BAD_SECTION, "f.ini:1:3", "only letters", NULL);
    expect_trap("a = 1\nb = 2\n[s x]\nc = 3\n", KEY_OUTSIDE_SECTION, "f.ini:1:1", "before the first section", NULL);
    expect_trap("[s x]\nhello\n", BAD_LINE, "f.ini:2:1", "no section, key or comment", "key = value");
    expect_trap("[s x]\n = 1\n", BAD_LINE, "f.ini:2:2", "no key before =", NULL);
    expect_trap("[s x]\na:b = 1\n", BAD_LINE, "f.ini:2:2", "a key holds only", NULL);
    expect_trap("[s x]\n\xC3\xA9 = 1\n", BAD_LINE, "f.ini:2:1", "a key holds only", NULL);
}

static void a_bad_header_takes_its_keys_along(void **state)
{
    read_ini *r = read_text(*state, "[s x]\na = 1\n[broken\na = 2\nb = 3\n[t y]\na = 4\n");
    expect_only(&r->diags, BAD_SECTION, "f.ini:3:1", "does not end", NULL);
    assert_int_equal(r->ini.section_count, 2);
    assert_int_equal(r->ini.sections[0].key_count, 1); /* unlike iniparser, which keeps adding to [s x] */
    assert_string_equal(value(r, 1, 0), "4");
}

static void every_trap_of_a_file_is_reported(void **state)
{
    read_ini *r = read_text(*state, "[s x]\na = 1;2\nb = \"3\nhello\nc = 4\n[t] u\n[v w]\nd = 5\nd = 6\n");
    assert_int_equal(r->diags.errors, 5);
    assert_string_equal(value(r, 0, 0), "4"); /* and what could be read is there */
}

static void binary_and_byte_order_mark(void **state)
{
    read_ini *r = read_bytes(*state, "[s x]\na = 1\0002\n", 14);
    assert_false(r->ok);
    expect_only(&r->diags, BINARY_FILE, "f.ini:2:6", "zero byte", "plain text");
    r = read_text(*state, "\xEF\xBB\xBF[s x]\na = 1\n");
    assert_true(r->ok);
    expect_only(&r->diags, BYTE_ORDER_MARK, "f.ini:1:1", "skipped", "without");
    assert_string_equal(value(r, 0, 0), "1");
    r = read_text(*state, "[s x]\na = 1\n\xEF\xBB\xBF[t y]\n");
    assert_false(r->ok); /* only at the beginning */
}

static char *repeated(np_arena *arena, const char *before, size_t count, const char *after)
{
    char *text = np_arena_alloc(arena, strlen(before) + count + strlen(after) + 1);
    strcpy(text, before);
    memset(text + strlen(before), 'x', count);
    strcpy(text + strlen(before) + count, after);
    return text;
}

static void long_values_and_lines(void **state)
{
    np_arena *arena = *state;
    static const char *const QUOTES[][2] = {
        {"a = ", "\nb = 2\n"}, {"a = \"", "\"\nb = 2\n"}, {"a = y\"y ", "\nb = 2\n"}};
    for (size_t i = 0; i < 3; i++) {
        char before[40];
        snprintf(before, sizeof before, "[s x]\n%s", QUOTES[i][0]);
        size_t own = i == 2 ? 4 : 0;
        read_ini *r = read_text(arena, repeated(arena, before, NP_INI_VALUE_LIMIT - own, QUOTES[i][1]));
        expect_clean(&r->diags);
        assert_int_equal(strlen(value(r, 0, 0)), NP_INI_VALUE_LIMIT);
        assert_string_equal(value(r, 0, 1), "2");
        r = read_text(arena, repeated(arena, before, NP_INI_VALUE_LIMIT + 1 - own, QUOTES[i][1]));
        expect_only(&r->diags, LONG_LINE, i == 1 ? "f.ini:2:6" : "f.ini:2:5", "longer than 1000", NULL);
        assert_string_equal(value(r, 0, 0), "2");
    }
    read_ini *r = read_text(arena, repeated(arena, "[s x]\na = 1 ; ", 3000, "\n"));
    expect_clean(&r->diags); /* a long comment is none of our concern */
    r = read_text(arena, repeated(arena, "[s x]\na = 1 ; ", 5000, "\nb = 2\n"));
    expect_only(&r->diags, LONG_LINE, "f.ini:2:1", "longer than 4096", NULL);
    /* 10 MB in one line, past the bound of a file and below that of a reader */
    char *huge = repeated(arena, "[s x]\na = ", 10 << 20, "\n");
    r = read_text(arena, huge);
    expect_only(&r->diags, FILE_TOO_LARGE, "", "larger than", NULL);
    np_diags_init(&r->diags, arena);
    const np_file *file = np_check_text(&r->diags, "f.ini", huge, strlen(huge), 11 << 20);
    assert_false(np_ini_read(&r->diags, file, &r->ini));
    expect_only(&r->diags, LONG_LINE, "f.ini:2:1", "longer than 4096", NULL);
    /* joined lines are bounded together */
    np_text text;
    np_text_init(&text, 100000);
    np_text_puts(&text, "[s x]\na = 1");
    for (int i = 0; i < 400; i++) np_text_puts(&text, " + \\\n 1");
    np_text_puts(&text, "\nb = 2\n");
    r = read_text(arena, np_text_string(&text));
    expect_only(&r->diags, LONG_LINE, "f.ini:2:5", "longer than 1000", NULL);
    np_text_free(&text);
}

/* Processor time to read `sections` sections of `keys` keys, in microseconds; the best of three. */
static long time_to_read(np_arena *arena, int sections, int keys)
{
    np_text text;
    np_text_init(&text, 1 << 22);
    for (int s = 0; s < sections; s++) {
        np_text_printf(&text, "[s x%d]\n", s);
        for (int k = 0; k < keys; k++) np_text_printf(&text, "key_of_some_length_%d = %d\n", k, k);
    }
    assert_false(text.failed);
    long best = LONG_MAX;
    for (int i = 0; i < 3; i++) {
        clock_t begin = clock();
        read_ini *r = read_text(arena, np_text_string(&text));
        long taken = (long)((clock() - begin) * 1000000 / CLOCKS_PER_SEC);
        expect_clean(&r->diags);
        assert_int_equal(r->ini.section_count, sections);
        assert_string_equal(value(r, (size_t)sections - 1, 0), "0");
        best = taken < best ? taken : best;
    }
    np_text_free(&text);
    return best;
}

static void many_keys_stay_linear(void **state)
{
    long few = time_to_read(*state, 40, 500), in_one = time_to_read(*state, 4, 5000);
    if (in_one > 5 * few)
        fail_msg("20,000 keys take %ld us in sections of 500, %ld us in sections of 5,000", few, in_one);
    long small = time_to_read(*state, 10, 500), large = time_to_read(*state, 160, 500);
    if (large > 16 * 3 * small) fail_msg("5,000 keys take %ld us, 80,000 take %ld us", small, large);
}

static void too_many(void **state)
{
    np_text text;
    np_text_init(&text, 1 << 20);
    np_text_puts(&text, "[s x]\n");
    for (int i = 0; i <= NP_INI_KEYS_LIMIT; i++) np_text_printf(&text, "k%d =\n", i);
    np_text_puts(&text, "[t y]\na = 1\n");
    read_ini *r = read_text(*state, np_text_string(&text));
    expect_only(&r->diags, TOO_MANY, "f.ini:1:2", "more than 5000 keys", NULL);
    np_text_clear(&text);
    for (int i = 0; i <= NP_INI_SECTIONS_LIMIT; i++) np_text_printf(&text, "[s x%d]\na = 1\n", i);
    r = read_text(*state, np_text_string(&text));
    expect_only(&r->diags, TOO_MANY, "f.ini:10001:2", "more than 5000 sections", NULL);
    np_text_free(&text);
}

/* A comment or the file ends in a backslash, a section is named twice, or a comment may follow a single quote. */
static bool goes_otherwise(const char *text)
{
    int headers = 0;
    for (const char *at = text; (at = strchr(at, '\\')); at++) /* two joined lines may end in another backslash */
        if (at[1 + strspn(at + 1, " \t\r\f")] == '\\') return true;
    while (*text) {
        size_t start = strspn(text, " \t\r\f"), end = strcspn(text, "\n");
        bool last = !text[end] || !text[end + 1], comment = text[start] == ';' || text[start] == '#';
        if (ends_in_backslash(text, end) && (comment || last)) return true;
        if (memchr(text, '\'', end) && strpbrk(text, ";#")) return true;
        headers += text[start] == '[';
        text += end + (text[end] == '\n');
    }
    return headers > 1;
}

/* Bytes at random, of those that INI is made of: read or refused, and what is read can be placed. */
static void any_text_is_read_or_refused(void **state)
{
    np_arena *arena = *state;
    random_source random = random_start();
    static const char *const PIECES[] = {"[", "]", "s x", "=", " ",    "\n", "\n", "\r\n", "\\\n",     "\\",      "\"",
                                         "'", ";", "#",   "a", "b = ", "1",  "\t", ",",    "\xC3\xA9", "[s x]\n", "\f"};
    long read = 0, compared = 0;
    for (long round = random_rounds(20000); round > 0; round--) {
        char text[200] = "";
        if (random_below(&random, 2)) strcat(text, "[s x]\na = ");
        for (unsigned i = random_below(&random, 24); i > 0; i--)
            strcat(text, PIECES[random_below(&random, sizeof PIECES / sizeof PIECES[0])]);
        read_ini *r = read_text(arena, text);
        assert_int_equal(r->ok, r->diags.errors == 0);
        for (size_t s = 0; s < r->ini.section_count; s++)
            for (size_t k = 0; k < r->ini.sections[s].key_count; k++) {
                const np_ini_key *key = &r->ini.sections[s].keys[k];
                assert_non_null(key->value);
                for (size_t at = 0; at < strlen(key->value); at++) {
                    np_span span = np_ini_value_span(key, at, 1);
                    if (text[span.offset + (text[0] == '\xEF' ? 3 : 0)] != key->value[at])
                        fail_msg("byte %zu of '%s' is sought at %u of '%s'", at, key->value, span.offset, text);
                }
                read++;
            }
        if (r->ok && r->ini.section_count && !goes_otherwise(text)) {
            comparison *c = compare(arena, text, strlen(text));
            if (c->diags.warnings) fail_msg("iniparser reads otherwise: '%s'", text);
            compared += (long)c->compared;
        }
        if (round % 100 == 0) np_arena_reset(arena);
    }
    assert_true(read > 1000);
    assert_true(compared > 1000);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        arena_test(sections_and_keys_have_places),
        arena_test(values_are_what_was_written),
        arena_test(lines_are_joined),
        arena_test(many_values_of_all_lengths),
        arena_test(joined_values_have_places),
        arena_test(iniparser_reads_otherwise),
        arena_test(iniparser_cannot_read),
        arena_test(the_rule_book_is_the_same_to_iniparser),
        arena_test(traps_are_named),
        arena_test(a_bad_header_takes_its_keys_along),
        arena_test(every_trap_of_a_file_is_reported),
        arena_test(binary_and_byte_order_mark),
        arena_test(long_values_and_lines),
        arena_test(many_keys_stay_linear),
        arena_test(too_many),
        arena_test(any_text_is_read_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
