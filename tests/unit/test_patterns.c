/* [pattern X] sections: the book scans them as it scans all else, and leaves their values to those who read notices. */
#include "unit/book_support.h"

#include <pthread.h>

#include "natopay/book/load.h"
#include "natopay/notice/notice.h"

static const char PACK[] = "[country FR]\ncurrency = EUR\n[currency EUR]\n[station p]\ncountry = FR\ntown = Paris\n"
                           "[grade G1]\nrank = 1\n[organisation o]\nname = O\n[field grade]\n[field title]\n";

static void load(fixture *w, const char *patterns, const char *overlay)
{
    texts_init(&w->texts);
    texts_add(&w->texts, "pack/base.ini", PACK);
    texts_add(&w->texts, "pack/patterns.ini", patterns);
    if (overlay) texts_add(&w->texts, "over.ini", overlay);
    fixture_load(w, "pack");
}

/* What is wrong with the text is found by every command, at its place. */
static void mistakes_are_found_when_the_book_loads(void **state)
{
    fixture *w = *state;
    load(w,
         "[pattern a]\nfield = grade\nhead = grade\nfield = title\n[pattern b]\nregex = \"grade\n[pattern c]\n"
         "head = post;grade\nhead grade\n[pattern a]\n[pattern]\n[patern d]\n",
         "[pattern e]\nfield = grade\nkey? = 1\n[pattern e]\nhead = x\n");
    assert_int_equal(w->diags.errors, 9);
    expect_diag(&w->diags, DUPLICATE_KEY, "pack/patterns.ini:4:1", "given twice", NULL);
    expect_diag(&w->diags, MISSING_QUOTE, "pack/patterns.ini:6:9", "never closed", NULL);
    expect_diag(&w->diags, COMMENT_CUTS_VALUE, "pack/patterns.ini:8:12", "begin a comment", NULL);
    expect_diag(&w->diags, BAD_LINE, "pack/patterns.ini:9:1", "no section, key or comment", NULL);
    expect_diag(&w->diags, DUPLICATE_DEFINITION, "pack/patterns.ini:10:2", "[pattern a]", NULL);
    expect_diag(&w->diags, BAD_SECTION, "pack/patterns.ini:11:2", "names nothing", NULL);
    expect_diag(&w->diags, UNKNOWN_TYPE, "pack/patterns.ini:12:2", "'patern'", "pattern d");
    expect_diag(&w->diags, BAD_LINE, "over.ini:3:4", "a key holds only", NULL);
    expect_diag(&w->diags, DUPLICATE_DEFINITION, "over.ini:4:2", "[pattern e]", NULL);
}

/* What is wrong with a value is found by whoever reads notices, at its place. */
static void mistakes_in_values_are_found_when_they_are_read(void **state)
{
    fixture *w = *state;
    load(w,
         "[pattern a]\nfield = grad\nhead = grade\n[pattern b]\nfield = grade\nregex = \\\n  (grade\n"
         "[pattern c]\nfield = grade\nhead = grade\nweigth = 5\n[pattern d]\nfield = grade\nhead = level\nweight = "
         "999\n",
         "[pattern d]\nweight = 12x\n");
    expect_clean(&w->diags);
    assert_null(np_patterns_new(w->book, &w->diags, w->arena));
    assert_int_equal(w->diags.errors, 4);
    expect_diag(&w->diags, BAD_PATTERN, "pack/patterns.ini:2:9", "no field 'grad'", "grade");
    expect_diag(&w->diags, BAD_PATTERN, "pack/patterns.ini:7:3", "no regular expression", NULL);
    expect_diag(&w->diags, UNKNOWN_KEY, "pack/patterns.ini:11:1", "'weigth'", NULL);
    expect_diag(&w->diags, BAD_PATTERN, "over.ini:2:10", "weight is a whole number", NULL);
}

static void the_same_value_again_is_told(void **state)
{
    fixture *w = *state;
    load(w, "[pattern a]\nfield = grade\nhead = post \\\n  grade\n",
         "[pattern a]\nfield = \"grade\"\nhead = \"post   grade\"\n");
    assert_int_equal(w->diags.errors, 0);
    assert_int_equal(w->diags.warnings, 2); /* joined or not, quoted or not: it is what the value says that counts */
    expect_diag(&w->diags, SHADOWED, "over.ini:2:1", "'field'", "leave the line out");
    load(w, "[pattern a]\nfield = grade\nhead = grade\n", "[pattern a]\nfield = title\nhead = grade.\n");
    expect_clean(&w->diags);
}

/* The hash is of the text: of patterns too, and whether anyone has read them or not. */
static void the_hash_covers_patterns(void **state)
{
    fixture *w = *state;
    char first[65], changed[65];
    load(w, "[pattern a]\nfield = grade\nhead = grade\n", NULL);
    strcpy(first, np_book_hash(w->book));
    np_patterns *patterns = np_patterns_new(w->book, &w->diags, w->arena);
    assert_non_null(patterns);
    assert_string_equal(np_book_hash(w->book), first);
    np_patterns_free(patterns);
    load(w, "[pattern a]\nfield = grade\nhead = Grade\n", NULL);
    strcpy(changed, np_book_hash(w->book));
    assert_string_not_equal(first, changed);
}

/* As many fields as there is room for, beside those that the reader knows. */
static void fields_are_those_of_the_book(void **state)
{
    enum { ROOM = NP_NOTICE_FIELDS_MAX - NP_NOTICE_KNOWN_FIELDS };
    fixture *w = *state;
    for (size_t more = 0; more < 2; more++) {
        np_text text;
        np_text_init(&text, 10000);
        for (size_t i = 0; i < ROOM + more; i++) np_text_printf(&text, "[field f%zu]\nlabel = F\n", i);
        np_text_puts(&text, "[field age]\ninput = years\n[input years]\ntype = number\nabout = post\n"
                            "[pattern a]\nfield = f1\nhead = colour\n");
        const char *patterns = np_text_string(&text);
        load(w, more ? patterns : strstr(patterns, "[field f1]"), NULL);
        expect_clean(&w->diags);
        np_patterns *made = np_patterns_new(w->book, &w->diags, w->arena);
        if (more) {
            assert_null(made);
            expect_diag(&w->diags, TOO_MANY, "pack/patterns.ini:73:2", "at most 64 fields", NULL);
        } else {
            assert_non_null(made);
            static const char TEXT[] = "Post title: Clerk\nGrade: G1\nColour: 7\n";
            np_notice *notice = np_notice_read(made, &w->diags, "n.txt", TEXT, strlen(TEXT));
            assert_non_null(notice);
            assert_string_equal(w->book->fields[2].name, "f1");
            assert_string_equal(np_notice_entry_at(notice, 2)->best.value, "7");
            assert_string_equal(w->book->fields[w->book->field_count - 1].input, "years");
        }
        np_patterns_free(made);
        np_text_free(&text);
    }
}

/* ---- one book, several readers ---- */

typedef struct reader {
    const np_book *book;
    np_arena *arena;
    np_diags diags;
    np_patterns *patterns;
    bool done;
} reader;

static void compile(void *context)
{
    reader *r = context;
    r->patterns = np_patterns_new(r->book, &r->diags, r->arena);
}

static void *compile_on_thread(void *context)
{
    reader *r = context;
    r->done = np_arena_guard(r->arena, compile, r);
    return NULL;
}

static void a_book_is_not_changed_by_its_readers(void **state)
{
    fixture *w = *state;
    fixture_nato(w, NULL);
    reader readers[2];
    pthread_t threads[2];
    for (size_t i = 0; i < 2; i++) {
        readers[i] = (reader){.book = w->book, .arena = np_arena_new(0)};
        np_diags_init(&readers[i].diags, readers[i].arena);
        assert_int_equal(pthread_create(&threads[i], NULL, compile_on_thread, &readers[i]), 0);
    }
    for (size_t i = 0; i < 2; i++) {
        pthread_join(threads[i], NULL);
        assert_true(readers[i].done);
        assert_non_null(readers[i].patterns);
        expect_clean(&readers[i].diags);
        np_patterns_free(readers[i].patterns);
        np_arena_free(readers[i].arena);
    }
}

static void compile_overlay(void *context)
{
    fixture *w = context;
    np_diags_init(&w->diags, w->arena);
    static const char *const OVERLAYS[] = {"over.ini"};
    w->book = np_book_load(texts_reader(&w->texts), &w->diags, w->arena, "pack", OVERLAYS, 1);
    np_patterns *patterns = w->book ? np_patterns_new(w->book, &w->diags, w->arena) : NULL;
    np_patterns_free(patterns);
    if (!patterns) np_arena_give_up(w->arena);
}

static void out_of_memory(void **state)
{
    fixture *w = *state;
    load(w, "[pattern a]\nfield = grade\nhead = grade\n", "[pattern a]\nhead = grade\nweight = 40\n");
    assert_true(run_out_of_memory(w->arena, compile_overlay, w) > 50);
    assert_int_equal(w->diags.errors, 0);
    assert_int_equal(w->diags.warnings, 1);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        fixture_test(mistakes_are_found_when_the_book_loads),
        fixture_test(mistakes_in_values_are_found_when_they_are_read),
        fixture_test(the_same_value_again_is_told),
        fixture_test(the_hash_covers_patterns),
        fixture_test(fields_are_those_of_the_book),
        fixture_test(a_book_is_not_changed_by_its_readers),
        fixture_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
