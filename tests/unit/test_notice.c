/* Notices read as a library does: from memory, by the patterns of the live rule book. */
#include "unit/support.h"

#include <stdio.h>
#include <time.h>

#include "natopay/book/load.h"
#include "natopay/report/notice_report.h"

typedef struct fixture {
    np_arena *arena, *work;
    np_diags diags;
    np_patterns *patterns;
} fixture;

static int open_book(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    f->arena = np_arena_new(0);
    f->work = np_arena_new(0);
    np_diags diags;
    np_diags_init(&diags, f->arena);
    np_book *book = np_book_load(np_reader_disk(), &diags, f->arena, "data/nato", NULL, 0);
    f->patterns = book ? np_patterns_new(book, &diags, f->arena) : NULL;
    *state = f;
    return f->patterns && diags.errors == 0 ? 0 : -1;
}

static int close_book(void **state)
{
    fixture *f = *state;
    np_patterns_free(f->patterns);
    np_arena_free(f->work);
    np_arena_free(f->arena);
    free(f);
    return 0;
}

static np_notice *read_text(fixture *f, const char *text, size_t size)
{
    np_arena_reset(f->work);
    np_diags_init(&f->diags, f->work);
    return np_notice_read(f->patterns, &f->diags, "notice.txt", text, size);
}

static const char *value(const np_notice *notice, np_notice_field field)
{
    return notice && notice->fields[field].found ? notice->fields[field].best.value : "none";
}

/* What a line of text gives for a field, in a notice that is otherwise plain. */
static const char *of_line(fixture *f, const char *line, np_notice_field field)
{
    char text[2000];
    int size = snprintf(text, sizeof text,
                        "Post title: Clerk (invented)\nClosing date: 2 March 2026\n%s\n\n"
                        "Applicants of NATO nations only; a NATO SECRET clearance is needed.\n",
                        line);
    return value(read_text(f, text, (size_t)size), field);
}

static void grades_in_every_spelling(void **state)
{
    fixture *f = *state;
    static const char *const LINES[][3] = {
        {"Grade: G15", "G15", "none"},
        {"Grade: NATO Grade G15", "G15", "none"},
        {"NATO grade: NG15", "G15", "none"},
        {"Grade: A.2", "G15", "none"},
        {"Grade: A-2", "G15", "none"},
        {"Grade: G15 (A2)", "G15", "none"},
        {"Grade: A.2 / NATO Grade G15", "G15", "none"},
        {"Grade: G15-G17", "G15", "G17"},
        {"Grade: G15/G17", "G15", "G17"},
        {"Grade: G17/G15", "G15", "G17"},
        {"Grade: G15/17", "G15", "G17"},
        {"Grade: 15", "G15", "none"},
        {"Grade: B.4", "G10", "none"},
        {"Grade: L.2", "G16", "none"},
        {"Grade : G8 et G10", "G8", "G10"},
        {"Grade: G99", "none", "none"},
    };
    for (size_t i = 0; i < sizeof LINES / sizeof LINES[0]; i++) {
        assert_string_equal(of_line(f, LINES[i][0], NP_NOTICE_GRADE), LINES[i][1]);
        assert_string_equal(of_line(f, LINES[i][0], NP_NOTICE_TWIN_GRADE), LINES[i][2]);
    }
}

static void amounts_in_every_spelling(void **state)
{
    fixture *f = *state;
    static const char *const LINES[][4] = {
        {"Salary: Euro 5335.54 per month", "5335.54", "EUR", "month"},
        {"Salary: 5,234.63 EUR monthly", "5234.63", "EUR", "month"},
        {"Salaire : 5 335,54 euros par mois", "5335.54", "EUR", "month"},
        {"Salary: 5.335,54 € a month", "5335.54", "EUR", "month"},
        {"Salary: $75,000 - $85,000 / YEAR", "none", "none", "none"}, /* a job board's figure */
        {"Salary: USD 9,850.40 - 11,020.10 per month", "9850.40", "USD", "month"},
        {"Salary: 6,120. 50 EUR monthly", "6120.50", "EUR", "month"},
        {"Salary: 10 729,95Euro (EUR)", "10729.95", "EUR", "none"},
        {"Salary: £4,900 per month", "4900", "GBP", "month"},
        {"Salary: NOK 78 450,00 per month", "78450.00", "NOK", "month"},
        {"Salary: US$ 120k per year", "120000", "USD", "year"},
        {"Salary: in the year 2026", "none", "none", "none"},
    };
    for (size_t i = 0; i < sizeof LINES / sizeof LINES[0]; i++) {
        assert_string_equal(of_line(f, LINES[i][0], NP_NOTICE_SALARY_AMOUNT), LINES[i][1]);
        assert_string_equal(of_line(f, LINES[i][0], NP_NOTICE_SALARY_CURRENCY), LINES[i][2]);
        assert_string_equal(of_line(f, LINES[i][0], NP_NOTICE_SALARY_PERIOD), LINES[i][3]);
    }
}

static void places_in_two_languages(void **state)
{
    fixture *f = *state;
    static const char *const LINES[][3] = {
        {"Location: Brussels, Belgium", "Brussels", "BE"},
        {"Lieu d'affectation : La Haye (Pays-Bas)", "The Hague", "NL"},
        {"Duty station: Naples", "Naples", "IT"},
        {"Location: TORREJON, SPAIN", "Torrejón", "ES"},
        {"Primary Location United Kingdom-Northwood", "Northwood", "GB"},
        {"Location: Casteau, Belgium", "Casteau", "BE"},
        {"Location: Casteau/Mons", "Mons", "BE"},
        {"Location: Paris, France", "Paris", "FR"},
    };
    for (size_t i = 0; i < sizeof LINES / sizeof LINES[0]; i++) {
        assert_string_equal(of_line(f, LINES[i][0], NP_NOTICE_TOWN), LINES[i][1]);
        assert_string_equal(of_line(f, LINES[i][0], NP_NOTICE_COUNTRY), LINES[i][2]);
    }
}

static void lines_count_as_in_the_file(void **state)
{
    fixture *f = *state;
    static const char TEXT[] = "\r\n\f\r\n  \xE2\x80\xA2 Post title\xC2\xA0: Clerk\r\n\r\n\r\nGrade: G5\r\nNATO "
                               "applicants, closing date: 2 May 2026";
    np_notice *notice = read_text(f, TEXT, sizeof TEXT - 1);
    assert_non_null(notice);
    assert_int_equal(notice->fields[NP_NOTICE_TITLE].best.line, 3);
    assert_int_equal(notice->fields[NP_NOTICE_TITLE].best.column, 18);
    assert_int_equal(notice->fields[NP_NOTICE_GRADE].best.line, 6);
    assert_int_equal(notice->fields[NP_NOTICE_CLOSING].best.line, 7);
}

static void salary_is_checked(void **state)
{
    fixture *f = *state;
    static const char TEXT[] = "Post title: Clerk\nGrade: G10\nLocation: Neuilly-sur-Seine, France\n"
                               "Closing date: 1 April 2026\nSalary: EUR %s per month\nNATO applicants.\n";
    static const struct {
        const char *amount;
        np_salary_verdict verdict;
        int off; /* cents */
    } AMOUNTS[] = {
        {"5335.54", NP_SALARY_EQUAL, 0}, {"5335.55", NP_SALARY_DIFFERS, 1}, {"5000.00", NP_SALARY_DIFFERS, -33554}};
    for (size_t i = 0; i < 3; i++) {
        char text[400];
        int size = snprintf(text, sizeof text, TEXT, AMOUNTS[i].amount);
        np_notice *notice = read_text(f, text, (size_t)size);
        assert_non_null(notice);
        assert_int_equal(notice->check.verdict, AMOUNTS[i].verdict);
        assert_int_equal(np_num_compare(notice->check.off, np_num_small(AMOUNTS[i].off, 100)), 0);
    }
}

static void any_bytes_come_to_an_end(void **state)
{
    fixture *f = *state;
    static char text[3000];
    uint32_t seed = 12345;
    for (int round = 0; round < 200; round++) {
        for (size_t i = 0; i < sizeof text; i++) {
            seed = seed * 1664525u + 1013904223u;
            unsigned pick = seed >> 24;
            text[i] = round % 2 ? (char)pick : "Grade: G15/\nsalary EUR 5,000.00 2026 NATO \xE9\xC3"[pick % 44];
        }
        np_notice *notice = read_text(f, text, sizeof text);
        assert_true(notice != NULL || f->diags.errors > 0);
        if (!notice) continue;
        np_text out;
        np_text_init(&out, 1 << 20);
        np_notice_json(&out, notice);
        np_notice_ini(&out, notice);
        assert_false(out.failed);
        np_text_free(&out);
    }
}

/* A piece again and again, 5 MB of it: no notice, and no minute. Each is hard on some expression or loop. */
static void hostile_texts_come_to_an_end(void **state)
{
    fixture *f = *state;
    static const char *const PIECES[] = {"A",
                                         "a",
                                         "1",
                                         "-",
                                         "(",
                                         "\n",
                                         "\t",
                                         "<",
                                         "</",
                                         "<p",
                                         "<!--",
                                         "<script>",
                                         "&",
                                         "\xC2\xA0",
                                         "\xE9",
                                         "a\tb\n",
                                         "1/",
                                         "G1 or ",
                                         "G15-",
                                         "I/",
                                         "EUR 5,",
                                         "5,000",
                                         "12/3/",
                                         "1 May ",
                                         "secret ",
                                         "reports to ",
                                         "seconded for 3 ",
                                         "at least 3 years ",
                                         "English IV ",
                                         "SLP 33",
                                         "Ministry of ",
                                         "The ",
                                         "experience ",
                                         "Title",
                                         "Title: ",
                                         "Grade:\n",
                                         "Brussels, ",
                                         "x                         y\n",
                                         "~~",
                                         "contract of ",
                                         "NATO ",
                                         "Closing date ",
                                         "a-\n"};
    size_t size = 5 * 1024 * 1024;
    char *text = malloc(size);
    for (size_t i = 0; i < sizeof PIECES / sizeof PIECES[0]; i++) {
        size_t length = strlen(PIECES[i]);
        for (size_t k = 0; k < size; k++) text[k] = PIECES[i][k % length];
        clock_t before = clock();
        np_notice *notice = read_text(f, text, size);
        if ((clock() - before) / CLOCKS_PER_SEC >= 30) fail_msg("'%s' takes too long", PIECES[i]);
        assert_true(!notice || notice->verdict != NP_IS_NOTICE);
    }
    free(text);
}

static void without_memory_nothing_is_read(void **state)
{
    fixture *f = *state;
    static const char TEXT[] =
        "Post title: Clerk\nGrade: G5\nLocation: Brussels\nNATO applicants, closing date: 2 May 2026";
    for (long successes = 0; successes < 400; successes += 7) {
        np_arena *poor = np_arena_new(0);
        np_diags diags;
        np_diags_init(&diags, poor);
        np_arena_fail_after(poor, successes);
        np_notice *notice = np_notice_read(f->patterns, &diags, "notice.txt", TEXT, sizeof TEXT - 1);
        if (notice) assert_string_equal(value(notice, NP_NOTICE_GRADE), "G5");
        np_arena_free(poor);
    }
}

static void posts_are_told_from_notices(void **state)
{
    (void)state;
    assert_false(np_may_be_notice("post.ini", "Grade: G5", 9));
    assert_false(np_may_be_notice("post", "; a comment\n\n[post x]\n", 22));
    assert_true(np_may_be_notice("notice.txt", "Grade: G5", 9));
    assert_true(np_may_be_notice("-", "[Sample\nGrade: G5", 17));
}

#define book_test(name) cmocka_unit_test_setup_teardown(name, open_book, close_book)

int main(void)
{
    const struct CMUnitTest tests[] = {
        book_test(grades_in_every_spelling),
        book_test(amounts_in_every_spelling),
        book_test(places_in_two_languages),
        book_test(lines_count_as_in_the_file),
        book_test(salary_is_checked),
        book_test(any_bytes_come_to_an_end),
        book_test(hostile_texts_come_to_an_end),
        book_test(without_memory_nothing_is_read),
        cmocka_unit_test(posts_are_told_from_notices),
    };
    return cmocka_run_group_tests_name("notice", tests, NULL, NULL);
}
