/* Diagnostics: places, carets, order, bounds, and the JSON form. */
#include "unit/support.h"

#include "natopay/base/diag.h"

typedef struct fixture {
    np_diags diags;
    np_file *file;
} fixture;

static fixture open_text(np_arena *arena, const char *text)
{
    fixture f;
    np_diags_init(&f.diags, arena);
    f.file = np_file_new(arena, "post.ini", text, strlen(text));
    return f;
}

/* Where `what` first stands in the fixture's text. */
static np_span span(const fixture *f, const char *what)
{
    const char *place = strstr(f->file->text, what);
    assert_non_null(place);
    return np_span_of(f->file, (size_t)(place - f->file->text), strlen(what));
}

static void expect_print_at(const np_diags *diags, const char *expected, const char *file, int line)
{
    np_text out;
    np_text_init(&out, 1 << 20);
    np_diags_print(&out, diags, false);
    support_expect(&out, expected, file, line);
}
#define expect_print(diags, expected) expect_print_at(diags, expected, __FILE__, __LINE__)

static void a_diagnostic_shows_its_place(void **state)
{
    fixture f = open_text(*state, "; a post\n[post x]\ngrade = G1O\nstep = 1\n");
    np_diag *d = np_report(&f.diags, NP_CODE_UNKNOWN_GRADE, span(&f, "G1O"), "unknown grade '%s'", "G1O");
    np_diag_hint(&f.diags, d, "did you mean %s?", "G10");
    np_diag_note(&f.diags, d, span(&f, "[post x]"), "in this %s", "post");
    np_diag_note(&f.diags, d, np_span_none(), "grades are listed by natopay show grade");
    expect_print(&f.diags, "post.ini:3:9: error: unknown grade 'G1O' [unknown-grade]\n"
                           "    3 | grade = G1O\n"
                           "      |         ^~~\n"
                           "hint: did you mean G10?\n"
                           "post.ini:2:1: note: in this post\n"
                           "    2 | [post x]\n"
                           "      | ^~~~~~~~\n"
                           "natopay: note: grades are listed by natopay show grade\n");
}

static void no_place_and_warnings(void **state)
{
    fixture f = open_text(*state, "x = 1");
    np_report(&f.diags, NP_CODE_USAGE, np_span_none(), "no command is given");
    np_report(&f.diags, NP_CODE_BYTE_ORDER_MARK, np_span_of(f.file, 0, 1), "100%% sure");
    np_report(&f.diags, NP_CODE_BAD_NUMBER, np_span_of(NULL, 3, 4), "nowhere");
    expect_print(&f.diags, "natopay: error: no command is given [usage]\n"
                           "natopay: error: nowhere [bad-number]\n"
                           "post.ini:1:1: warning: 100% sure [byte-order-mark]\n"
                           "    1 | x = 1\n"
                           "      | ^\n");
    assert_int_equal(f.diags.errors, 2);
    assert_int_equal(f.diags.warnings, 1);
    assert_int_equal(np_diags_exit(&f.diags), 3);
    np_report(&f.diags, NP_CODE_NO_MEMORY, np_span_none(), "no memory");
    np_report(&f.diags, NP_CODE_USAGE, np_span_none(), "usage");
    assert_int_equal(np_diags_exit(&f.diags), 4); /* the highest, not the last */
}

static void colors_are_added(void **state)
{
    fixture f = open_text(*state, "x = 1");
    np_diag *d = np_report(&f.diags, NP_CODE_BAD_NUMBER, np_span_of(f.file, 4, 1), "bad");
    np_diag_hint(&f.diags, d, "better");
    np_text out;
    np_text_init(&out, 1000);
    np_diags_print(&out, &f.diags, true);
    expect_text(&out, "\033[1mpost.ini:1:5:\033[0m \033[1;31merror:\033[0m bad [bad-number]\n"
                      "    1 | x = 1\n"
                      "      |     \033[1;32m^\033[0m\n"
                      "\033[1;36mhint:\033[0m better\n");
}

static void carets_stand_under_wide_characters_and_tabs(void **state)
{
    fixture f = open_text(*state, "\tname = \xE7\xB5\xA6\xE4\xB8\x8E"
                                  "e\xCC\x81 bad\xC3\xA9 \xE2\x82\xAC\r\nnext");
    np_report(&f.diags, NP_CODE_BAD_VALUE, span(&f, "bad\xC3\xA9"), "after wide ones");
    np_report(&f.diags, NP_CODE_BAD_VALUE, span(&f, "\xE7\xB5\xA6\xE4\xB8\x8E"), "wide ones");
    expect_print(&f.diags, "post.ini:1:9: error: wide ones [bad-value]\n"
                           "    1 |  name = \xE7\xB5\xA6\xE4\xB8\x8E"
                           "e\xCC\x81 bad\xC3\xA9 \xE2\x82\xAC\n"
                           "      |         ^~~~\n"
                           "post.ini:1:14: error: after wide ones [bad-value]\n"
                           "    1 |  name = \xE7\xB5\xA6\xE4\xB8\x8E"
                           "e\xCC\x81 bad\xC3\xA9 \xE2\x82\xAC\n"
                           "      |               ^~~~\n");
}

static void what_could_harm_a_terminal_is_hidden(void **state)
{
    np_arena *arena = *state;
    static const char text[] = "a\033[31m\x01\x7F\xC2\x9B\xE2\x80\xAE\xFF z";
    np_diags diags;
    np_diags_init(&diags, arena);
    np_file *file = np_file_new(arena, "\033]0;x\a", text, strlen(text));
    np_diag *d = np_report(&diags, NP_CODE_BAD_VALUE, np_span_of(file, strlen(text) - 1, 1), "saw '\033[2J\n'");
    np_diag_hint(&diags, d, "\033c");
    np_diag_note(&diags, d, np_span_none(), "\b");
    expect_print(&diags, "?]0;x?:1:13: error: saw '?[2J?' [bad-value]\n"
                         "    1 | a?[31m????? z\n"
                         "      |             ^\n"
                         "hint: ?c\n"
                         "natopay: note: ?\n");
}

static void places_at_the_ends(void **state)
{
    fixture f = open_text(*state, "one\ntwo\n\nlast");
    np_report(&f.diags, NP_CODE_BAD_LINE, np_span_of(f.file, 0, 7), "over two lines");
    np_report(&f.diags, NP_CODE_BAD_LINE, np_span_of(f.file, 3, 1), "the line's end");
    np_report(&f.diags, NP_CODE_BAD_LINE, np_span_of(f.file, 8, 0), "an empty line");
    np_report(&f.diags, NP_CODE_BAD_LINE, np_span_of(f.file, 13, 0), "the text's end");
    np_report(&f.diags, NP_CODE_BAD_VALUE, np_span_of(f.file, SIZE_MAX, SIZE_MAX), "past it");
    expect_print(&f.diags, "post.ini:1:1: error: over two lines [bad-line]\n    1 | one\n      | ^~~\n"
                           "post.ini:1:4: error: the line's end [bad-line]\n    1 | one\n      |    ^\n"
                           "post.ini:3:1: error: an empty line [bad-line]\n    3 | \n      | ^\n"
                           "post.ini:4:5: error: the text's end [bad-line]\n    4 | last\n      |     ^\n"
                           "post.ini:4:5: error: past it [bad-value]\n    4 | last\n      |     ^\n");
    f = open_text(*state, "");
    np_report(&f.diags, NP_CODE_EMPTY_FILE, np_span_of(f.file, 0, 0), "nothing");
    expect_print(&f.diags, "post.ini:1:1: error: nothing [empty-file]\n    1 | \n      | ^\n");
}

static void positions_count_characters(void **state)
{
    fixture f = open_text(*state, "\xEF\xBB\xBF"
                                  "a\xC3\xA9x\r\n\xE2\x82\xACy");
    np_position at = np_span_position(span(&f, "a"));
    assert_true(at.line == 1 && at.column == 1); /* the byte order mark does not count */
    at = np_span_position(span(&f, "x"));
    assert_true(at.line == 1 && at.column == 3);
    at = np_span_position(span(&f, "y"));
    assert_true(at.line == 2 && at.column == 2);
    at = np_span_position(np_span_of(f.file, 0, 1));
    assert_true(at.line == 1 && at.column == 1);
    at = np_span_position(np_span_none());
    assert_true(at.line == 0 && at.column == 0);
    np_report(&f.diags, NP_CODE_BAD_VALUE, span(&f, "x"), "x");
    expect_print(&f.diags, "post.ini:1:3: error: x [bad-value]\n    1 | a\xC3\xA9x\n      |   ^\n");
}

/* The second line of what is printed, and where the caret stands below it. */
static void print_window(np_arena *arena, const char *text, size_t offset, size_t length, char *line, size_t *caret)
{
    fixture f = open_text(arena, text);
    np_report(&f.diags, NP_CODE_LONG_LINE, np_span_of(f.file, offset, length), "long");
    np_text out;
    np_text_init(&out, 10000);
    np_diags_print(&out, &f.diags, false);
    const char *second = strchr(np_text_string(&out), '\n') + 1, *third = strchr(second, '\n') + 1;
    size_t size = (size_t)(third - second) - 1;
    assert_true(size < 500);
    memcpy(line, second, size);
    line[size] = '\0';
    *caret = strcspn(third, "^");
    np_text_free(&out);
}

static void long_lines_are_cut(void **state)
{
    char text[3001], line[500];
    for (size_t i = 0; i < sizeof text - 1; i++) {
        text[i] = (char)('a' + i % 26);
    }
    text[3000] = '\0';
    size_t caret;
    static const size_t places[] = {0, 1, 59, 60, 61, 99, 100, 1500, 2950, 2999};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        print_window(*state, text, places[i], 5, line, &caret);
        assert_in_range(strlen(line), 8 + 50, 8 + 3 + 100 + 3);
        assert_int_equal(line[caret], text[places[i]]); /* the caret is under the right character */
        assert_int_equal(strncmp(line + 8, "...", 3) == 0, places[i] > 60);
        assert_int_equal(strcmp(line + strlen(line) - 3, "...") == 0, places[i] + 40 < 3000);
    }
    print_window(*state, text, 3000, 0, line, &caret);
    assert_int_equal(caret, strlen(line)); /* just behind the last one */
    text[100] = '\0';
    print_window(*state, text, 99, 1, line, &caret);
    assert_int_equal(strlen(line), 8 + 100); /* 100 columns are shown whole */
    text[100] = 'w';
    text[101] = '\0';
    print_window(*state, text, 0, 1, line, &caret);
    assert_int_equal(strlen(line), 8 + 100 + 3);
}

static void long_lines_are_cut_between_characters(void **state)
{
    char text[3 * 400 + 1] = "", line[500];
    for (size_t i = 0; i < 400; i++) {
        memcpy(text + 3 * i, "\xE7\xB5\xA6", 4);
    }
    size_t caret;
    print_window(*state, text, 3 * 200, 3, line, &caret);
    assert_int_equal(strlen(line), 8 + 3 + 3 * 50 + 3); /* 50 characters of two columns */
    assert_int_equal(caret, 8 + 3 + 60);
    assert_int_equal(np_text_columns(line, strlen(line)), 8 + 3 + 100 + 3);
    char broken[501];
    memset(broken, 0xBF, 500);
    broken[500] = '\0';
    print_window(*state, broken, 250, 3, line, &caret);
    assert_int_equal(strlen(line), 8 + 3 + 100 + 3);
    assert_int_equal(caret, 8 + 3 + 60);
}

static void order_is_by_file_and_place(void **state)
{
    np_arena *arena = *state;
    np_diags diags;
    np_diags_init(&diags, arena);
    np_file *b = np_file_new(arena, "b", "0123456789", 10), *a = np_file_new(arena, "a", "0123456789", 10);
    static const int order[] = {5, 3, 9, 3, 0, 7};
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        np_report(&diags, NP_CODE_BAD_VALUE, np_span_of(b, (size_t)order[i], 1), "%d", (int)i);
        np_report(&diags, NP_CODE_BAD_VALUE, np_span_of(a, (size_t)order[i], 1), "%d", (int)i);
    }
    static const char *const expected[] = {"4", "1", "3", "0", "5", "2"};
    const np_diag *d = diags.first;
    for (int half = 0; half < 2; half++) {
        for (size_t i = 0; i < 6; i++, d = d->next) {
            assert_ptr_equal(d->at.file, half == 0 ? b : a);
            assert_string_equal(d->message, expected[i]);
            assert_true((d->next == NULL) == (d == diags.last));
        }
    }
    assert_null(d);
}

static void the_same_is_added_once(void **state)
{
    fixture f = open_text(*state, "x = 1\ny = 1\n");
    np_diag *first = np_report(&f.diags, NP_CODE_BAD_VALUE, span(&f, "x"), "bad %d", 1);
    assert_ptr_equal(np_report(&f.diags, NP_CODE_BAD_VALUE, span(&f, "x"), "bad 1"), first);
    assert_ptr_not_equal(np_report(&f.diags, NP_CODE_BAD_VALUE, span(&f, "x"), "bad 2"), first);
    assert_ptr_not_equal(np_report(&f.diags, NP_CODE_BAD_VALUE, span(&f, "y"), "bad 1"), first);
    assert_ptr_not_equal(np_report(&f.diags, NP_CODE_BAD_NUMBER, span(&f, "x"), "bad 1"), first);
    assert_ptr_not_equal(np_report(&f.diags, NP_CODE_BAD_VALUE, span(&f, "x ="), "bad 1"), first);
    assert_int_equal(f.diags.errors, 5);
    np_diag_hint(&f.diags, first, "one");
    np_diag_hint(&f.diags, first, "two"); /* the first one stays */
    assert_string_equal(first->hint, "one");
    np_diag_note(&f.diags, first, span(&f, "y"), "here");
    np_diag_note(&f.diags, first, span(&f, "y"), "here");
    assert_null(first->notes->next);
    for (int i = 0; i < 100; i++) {
        np_diag_note(&f.diags, first, span(&f, "y"), "%d", i);
    }
    int notes = 0;
    for (const np_note *note = first->notes; note != NULL; note = note->next) {
        notes++;
    }
    assert_int_equal(notes, 8);
}

static void number_is_bounded(void **state)
{
    fixture f = open_text(*state, "x = 1\n");
    for (int i = 0; i < NP_DIAGS_MAX; i++) {
        np_report(&f.diags, NP_CODE_BYTE_ORDER_MARK, np_span_none(), "%d", i);
    }
    assert_int_equal(f.diags.warnings, NP_DIAGS_MAX);
    assert_int_equal(f.diags.dropped, 0);
    assert_int_equal(np_diags_exit(&f.diags), 0);
    for (int i = 0; i < 500; i++) {
        np_diag *d = np_report(&f.diags, NP_CODE_CANNOT_WRITE, np_span_none(), "%d", i);
        assert_non_null(d);
        np_diag_hint(&f.diags, d, "h");
        np_diag_note(&f.diags, d, np_span_none(), "n");
        assert_null(d->notes);
        assert_null(d->hint);
    }
    assert_int_equal(f.diags.dropped, 500);
    assert_int_equal(f.diags.errors, 500);
    assert_int_equal(np_diags_exit(&f.diags), 4); /* a dropped error counts */
    np_text out;
    np_text_init(&out, 1 << 20);
    np_diags_print(&out, &f.diags, false);
    assert_string_equal(strstr(np_text_string(&out), "natopay: 500 more"), "natopay: 500 more, not shown\n");
    np_text_free(&out);
}

static void texts_are_bounded(void **state)
{
    fixture f = open_text(*state, "x = 1\n");
    char text[2001];
    for (size_t shift = 0; shift < 3; shift++) { /* cut within and between characters */
        memset(text, 'x', shift);
        for (size_t i = shift; i + 3 < sizeof text; i += 3) {
            memcpy(text + i, "\xE2\x82\xAC", 4);
        }
        np_diag *d = np_report(&f.diags, NP_CODE_BAD_VALUE, np_span_none(), "%s", text);
        size_t length = strlen(d->message);
        assert_in_range(length, 990, 1003);
        assert_string_equal(d->message + length - 3, "...");
        for (size_t i = 0; i < length;) {
            uint32_t point;
            i += np_utf8_next(d->message + i, length - i, &point);
            assert_true(point != NP_UTF8_BAD);
        }
    }
    memset(text, 'y', 1000);
    text[1000] = '\0';
    assert_string_equal(np_report(&f.diags, NP_CODE_BAD_VALUE, np_span_none(), "%s", text)->message, text);
}

static void json_says_the_same(void **state)
{
    fixture f = open_text(*state, "n = \xE2\x82\xAC\xE2\x82\xAC\n");
    np_diag *d = np_report(&f.diags, NP_CODE_BAD_VALUE, np_span_of(f.file, 4, 6), "not \"%s\"\n", "this");
    np_diag_hint(&f.diags, d, "that");
    np_diag_note(&f.diags, d, np_span_of(f.file, 0, 1), "here");
    np_diag_note(&f.diags, d, np_span_none(), "nowhere");
    np_report(&f.diags, NP_CODE_BYTE_ORDER_MARK, np_span_none(), "mark");
    np_text out;
    np_text_init(&out, 10000);
    np_diags_json(&out, &f.diags);
    expect_text(&out, "{\"diagnostics\":["
                      "{\"severity\":\"error\",\"code\":\"bad-value\",\"input\":null,\"file\":\"post.ini\",\"line\":1,"
                      "\"column\":5,\"length\":2,"
                      "\"message\":\"not \\\"this\\\"\\n\",\"hint\":\"that\",\"notes\":["
                      "{\"file\":\"post.ini\",\"line\":1,\"column\":1,\"message\":\"here\"},"
                      "{\"file\":null,\"line\":null,\"column\":null,\"message\":\"nowhere\"}]},"
                      "{\"severity\":\"warning\",\"code\":\"byte-order-mark\",\"input\":null,\"file\":null,\"line\":"
                      "null,\"column\":null,"
                      "\"length\":null,\"message\":\"mark\",\"hint\":null,\"notes\":[]}],"
                      "\"errors\":1,\"warnings\":1}");
    np_diags_init(&f.diags, *state);
    np_text_init(&out, 100);
    np_diags_json(&out, &f.diags);
    expect_text(&out, "{\"diagnostics\":[],\"errors\":0,\"warnings\":0}");
    expect_print(&f.diags, "");
}

static void codes_are_described(void **state)
{
    (void)state;
    for (int code = 0; code < NP_CODE_COUNT; code++) {
        const np_code_info *info = np_code_describe((np_code)code);
        assert_non_null(info);
        assert_true(strlen(info->name) > 0 &&
                    strspn(info->name, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(info->name));
        assert_true(strlen(info->meaning) > 0);
        assert_in_range(info->exit, info->severity == NP_WARNING ? 0 : 1, info->severity == NP_WARNING ? 0 : 4);
        for (int other = 0; other < code; other++) {
            assert_string_not_equal(info->name, np_code_describe((np_code)other)->name);
        }
    }
    assert_null(np_code_describe(NP_CODE_COUNT));
}

typedef struct work {
    np_arena *arena;
    np_diags diags;
} work;

static void collect(void *context)
{
    work *w = context;
    np_diags_init(&w->diags, w->arena);
    np_file *file = np_file_new(w->arena, "post.ini", "x = 1", 5);
    np_diag *d = np_report(&w->diags, NP_CODE_BAD_VALUE, np_span_of(file, 4, 1), "bad");
    np_diag_hint(&w->diags, d, "hint");
    np_diag_note(&w->diags, d, np_span_of(file, 0, 1), "note");
}

static void memory_that_runs_out_is_reported(void **state)
{
    work w = {.arena = *state};
    assert_true(run_out_of_memory(*state, collect, &w) >= 6);
    expect_print(&w.diags, "post.ini:1:5: error: bad [bad-value]\n    1 | x = 1\n      |     ^\nhint: hint\n"
                           "post.ini:1:1: note: note\n    1 | x = 1\n      | ^\n");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        arena_test(a_diagnostic_shows_its_place),
        arena_test(no_place_and_warnings),
        arena_test(colors_are_added),
        arena_test(carets_stand_under_wide_characters_and_tabs),
        arena_test(what_could_harm_a_terminal_is_hidden),
        arena_test(places_at_the_ends),
        arena_test(positions_count_characters),
        arena_test(long_lines_are_cut),
        arena_test(long_lines_are_cut_between_characters),
        arena_test(order_is_by_file_and_place),
        arena_test(the_same_is_added_once),
        arena_test(number_is_bounded),
        arena_test(texts_are_bounded),
        arena_test(json_says_the_same),
        cmocka_unit_test(codes_are_described),
        arena_test(memory_that_runs_out_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
