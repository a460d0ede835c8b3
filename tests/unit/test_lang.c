/* Languages: a translation handed in by a test, labels of languages that the program has never heard of. */
#include "unit/book_support.h"

#include "natopay/base/lang.h"

/* A translation of a handful of texts, as if into Klingon. */
static const char *translate(void *context, const char *sense, const char *english)
{
    static const char *const TEXTS[][3] = {{NULL, "there is more than one %s", "%s: too many"},
                                           {NULL, "error:", "Qagh:"},
                                           {NULL, "yes", "HIja'"},
                                           {"value", "unknown", "Sovbe'"},
                                           {NULL, "'%s' is not a date: %s", "jaj 'oHbe' %s (%s)"},
                                           {NULL, "February %d has 28 days", "28 jaj: %d"}};
    ++*(int *)context;
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        bool same_sense = TEXTS[i][0] == sense || (TEXTS[i][0] && sense && strcmp(TEXTS[i][0], sense) == 0);
        if (same_sense && strcmp(TEXTS[i][1], english) == 0) return TEXTS[i][2];
    }
    return english;
}

static const char *plural(void *context, const char *one, const char *many, unsigned long long number)
{
    (void)context, (void)one, (void)many, (void)number;
    return "%d jar";
}

static void no_language_is_english(void **state)
{
    (void)state;
    np_lang labels_alone = {.language = "de"};
    assert_string_equal(np_say(NULL, "net"), "net");
    assert_string_equal(np_say(&labels_alone, "net"), "net");
    assert_string_equal(np_say_as(NULL, "sense", "net"), "net");
    assert_string_equal(np_say_number(NULL, "%d month", "%d months", 1), "%d month");
    assert_string_equal(np_say_number(&labels_alone, "%d month", "%d months", 0), "%d months");
}

static void diagnostics_are_translated_with_their_words(void **state)
{
    fixture *w = *state;
    int asked = 0;
    np_lang lang = {"tlh", translate, plural, &asked};
    fixture_nato(w, NULL);
    w->diags.lang = &lang;
    np_diag *diag = np_report(&w->diags, NP_CODE_TOO_MANY, np_span_none(), "there is more than one %s", "post");
    assert_string_equal(diag->message, "post: too many");
    assert_false(try_set(w, "start", "2026-02-30"));
    assert_non_null(find_diag(&w->diags, NP_CODE_BAD_DATE, "jaj 'oHbe' 2026-02-30 (28 jaj: 2026)"));
    np_text text;
    np_text_init(&text, 10000);
    np_diags_print(&text, &w->diags, false);
    assert_non_null(strstr(np_text_string(&text), "natopay: Qagh: post: too many [too-many]"));
    np_text_free(&text);
    assert_true(asked > 0);
}

static void values_are_translated_and_data_are_not(void **state)
{
    fixture *w = *state;
    int asked = 0;
    np_lang lang = {"tlh", translate, plural, &asked};
    fixture_nato(w, NULL);
    np_value yes = {.type = NP_TRUTH, .as.truth = true}, months = {.type = NP_DURATION, .as.duration = {6, 0}};
    np_value open = {.type = NP_DATE, .unknown = true};
    np_text text;
    np_text_init(&text, 1000);
    np_print_value(&text, w->book, &yes, &lang);
    np_text_putc(&text, ' ');
    np_print_value(&text, w->book, &yes, NULL);
    np_text_putc(&text, ' ');
    np_print_value(&text, w->book, &months, &lang);
    np_text_putc(&text, ' ');
    np_print_value(&text, w->book, &open, &lang);
    expect_text(&text, "HIja' yes 6 jar Sovbe'");
}

static void labels_of_any_language(void **state)
{
    fixture *w = *state;
    fixture_nato(w, "[rule basic_salary]\nlabel.de = Grundgehalt\nnote.de = Steuerfrei.\n");
    const np_rule *rule = np_book_rule(w->book, "basic_salary");
    np_lang german = {.language = "de"}, french = {.language = "fr"}, dutch = {.language = "nl"};
    assert_string_equal(np_label_text(&rule->label, &german, NULL), "Grundgehalt");
    assert_string_equal(np_label_text(&rule->note, &german, NULL), "Steuerfrei.");
    assert_string_equal(np_label_text(&rule->label, &french, NULL), "Traitement de base");
    assert_string_equal(np_label_text(&rule->label, &dutch, NULL), "Basic salary");
    assert_string_equal(np_label_text(&rule->label, NULL, NULL), "Basic salary");
    assert_true(np_book_speaks(w->book, "de"));
    assert_true(np_book_speaks(w->book, "fr"));
    assert_false(np_book_speaks(w->book, "nl"));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_language_is_english),
        fixture_test(diagnostics_are_translated_with_their_words),
        fixture_test(values_are_translated_and_data_are_not),
        fixture_test(labels_of_any_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
