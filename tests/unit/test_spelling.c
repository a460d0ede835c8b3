/* Names as people write them, found in the live rule book. */
#define NATO_PACK "data/nato"
#include "unit/nato_support.h"

#include "natopay/book/spelling.h"

static const char *grade_name(const fixture *w, int grade)
{
    return grade < 0 ? "none" : w->book->grades[grade].name;
}

static void grades(void **state)
{
    fixture *w = *state;
    static const struct {
        const char *text, *grade;
        bool former;
    } LIST[] = {
        {"G10", "G10", false},
        {"g10", "G10", false},
        {" g 10 ", "G10", false},
        {"G-10", "G10", false},
        {"NG10", "G10", false},
        {"Grade 10", "G10", false},
        {"B.4", "G10", true},
        {"b4", "G10", true},
        {"A-2", "G15", true},
        {"\xC3\x80.2", "G15", true},
        {"10", "none", false},
        {"G0", "none", false},
        {"G25", "none", false},
        {"", "none", false},
        {" .-", "none", false},
        {"G1\xFF", "none", false},
        {"G\xC2\xA0"
         "10",
         "G10", false},
    };
    fixture_nato(w, NULL);
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        bool former;
        assert_string_equal(grade_name(w, np_spelled_grade(w->book, LIST[i].text, &former)), LIST[i].grade);
        assert_int_equal(former, LIST[i].former);
    }
}

/* Every grade by its name, its former name and each of its aliases; every country and station by all of theirs. */
static void all_names(void **state)
{
    fixture *w = *state;
    fixture_nato(w, NULL);
    const np_book *book = w->book;
    for (size_t i = 0; i < book->grade_count; i++) {
        const np_grade *grade = &book->grades[i];
        assert_int_equal(np_spelled_grade(book, grade->name, NULL), i);
        if (grade->legacy) assert_int_equal(np_spelled_grade(book, grade->legacy, NULL), i);
        assert_true(grade->alias_count > 0);
        for (size_t a = 0; a < grade->alias_count; a++)
            assert_int_equal(np_spelled_grade(book, grade->aliases[a], NULL), i);
    }
    for (size_t i = 0; i < book->country_count; i++) {
        const np_country *country = &book->countries[i];
        assert_int_equal(np_spelled_country(book, country->name), i);
        assert_int_equal(np_spelled_country(book, country->label.text), i);
        for (const np_translation *t = country->label.others; t; t = t->next)
            assert_int_equal(np_spelled_country(book, t->text), i);
        for (size_t a = 0; a < country->alias_count; a++)
            assert_int_equal(np_spelled_country(book, country->aliases[a]), i);
    }
    for (size_t i = 0; i < book->station_count; i++) {
        const np_station *station = &book->stations[i];
        assert_int_equal(np_spelled_station(book, station->name), i);
        int by_town = np_spelled_station(book, station->town);
        assert_true(by_town >= 0);
        assert_int_equal(book->stations[by_town].country, station->country);
    }
}

static void both_grades(void **state)
{
    fixture *w = *state;
    static const struct {
        const char *text, *lower, *higher;
    } LIST[] = {
        {"G8-G10", "G8", "G10"},
        {"g10 / g8", "G8", "G10"},
        {"G8-10", "G8", "G10"},
        {"G15 to G17", "G15", "G17"},
        {"A.2-A.3", "G15", "G17"},
        {"A-2-A-3", "G15", "G17"},
        {"G8 \xE2\x80\x93 G10", "G8", "G10"},
        {"G8-G8", NULL, NULL},
        {"G8-", NULL, NULL},
        {"-G8", NULL, NULL},
        {"G8-G99", NULL, NULL},
        {"G8-10 or so", NULL, NULL},
    };
    fixture_nato(w, NULL);
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        int pair[2];
        bool found = np_spelled_grades(w->book, LIST[i].text, pair);
        if (found != (LIST[i].lower != NULL)) print_error("%s\n", LIST[i].text);
        assert_int_equal(found, LIST[i].lower != NULL);
        if (!found) continue;
        assert_string_equal(grade_name(w, pair[0]), LIST[i].lower);
        assert_string_equal(grade_name(w, pair[1]), LIST[i].higher);
    }
}

static void choices_and_truths(void **state)
{
    fixture *w = *state;
    fixture_nato(w, NULL);
    const np_input *contract = np_book_input(w->book, "contract");
    static const struct {
        const char *text, *choice;
    } LIST[] = {{"Definite", "definite"},      {"CDI", "indefinite"},        {"d\xC3\xA9tach\xC3\xA9", "seconded"},
                {"on secondment", "seconded"}, {"serving staff", "serving"}, {"definit", NULL}};
    for (size_t i = 0; i < sizeof LIST / sizeof LIST[0]; i++) {
        int choice = np_spelled_choice(w->book, contract, LIST[i].text);
        assert_int_equal(choice >= 0, LIST[i].choice != NULL);
        if (choice >= 0) assert_string_equal(contract->choices[choice], LIST[i].choice);
    }
    assert_int_equal(np_spelled_truth("Yes"), 1);
    assert_int_equal(np_spelled_truth("OUI"), 1);
    assert_int_equal(np_spelled_truth("False"), 0);
    assert_int_equal(np_spelled_truth("y"), -1);
    assert_int_equal(np_spelled_truth(""), -1);
}

/* A name of 158 letters and one of more are none, and nothing is written past its end. */
static void long_names(void **state)
{
    fixture *w = *state;
    char text[400];
    fixture_nato(w, NULL);
    for (size_t length = 140; length < sizeof text - 1; length++) {
        memset(text, 'g', length);
        text[length] = '\0';
        int pair[2];
        assert_int_equal(np_spelled_grade(w->book, text, NULL), -1);
        assert_int_equal(np_spelled_country(w->book, text), -1);
        text[length - 4] = '-';
        assert_false(np_spelled_grades(w->book, text, pair));
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        fixture_test(grades),     fixture_test(all_names), fixture_test(both_grades), fixture_test(choices_and_truths),
        fixture_test(long_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
