/* The library where no locale is set, with French labels and texts: it reads, computes and writes UTF-8 as ever. */
#include "unit/book_support.h"

#include <locale.h>
#include <unistd.h>

#include "natopay/base/catalogue.h"
#include "natopay/pay/range.h"
#include "natopay/render/render.h"
#include "natopay/report/estimate.h"

static np_lang french(np_arena *arena)
{
    const char *build = getenv("BUILD"), *why = "it cannot be read";
    char *path = np_arena_format(arena, "%s/locale/fr/LC_MESSAGES/natopay.mo", build ? build : "build"), *bytes;
    np_reader disk = np_reader_disk();
    size_t size;
    assert_null(disk.read(disk.context, arena, path, NP_CATALOGUE_LIMIT, &bytes, &size));
    np_catalogue *catalogue = np_catalogue_read(arena, bytes, size, &why);
    if (!catalogue) fail_msg("%s: %s", path, why);
    return np_catalogue_lang(catalogue, "fr");
}

static void french_in_locale_c(void **state)
{
    static const np_format FORMATS[] = {NP_FORMAT_TEXT, NP_FORMAT_JSON, NP_FORMAT_CSV, NP_FORMAT_HTML,
                                        NP_FORMAT_MARKDOWN};
    fixture *w = *state;
    assert_string_equal(setlocale(LC_ALL, NULL), "C");
    alarm(60); /* a writer that never ends */
    fixture_nato(w, NULL);
    np_lang lang = french(w->arena);
    w->diags.lang = &lang;
    assert_true(try_set(w, "grade", "G10") && try_set(w, "duty_country", "FR") && try_set(w, "start", "2026-03-01"));
    assert_true(np_payslip_compute(w->payslip, w->situation, &w->diags, NULL));
    np_estimate estimate = {
        .book = w->book, .situation = w->situation, .payslip = w->payslip, .diags = &w->diags, .lang = &lang};
    assert_true(np_net_range(w->situation, w->arena, &w->diags, &estimate.range));
    np_output output = np_estimate_output(&estimate);
    for (size_t i = 0; i < sizeof FORMATS / sizeof FORMATS[0]; i++) {
        np_text text;
        np_text_init(&text, 1 << 20);
        assert_true(np_render(&text, FORMATS[i], &output, w->arena));
        assert_non_null(strstr(np_text_string(&text), "Traitement de base"));
        assert_true(FORMATS[i] == NP_FORMAT_CSV || np_text_is_safe(np_text_string(&text), text.length));
        if (FORMATS[i] == NP_FORMAT_TEXT)
            assert_non_null(strstr(np_text_string(&text), "\xC3\xA9"
                                                          "chelon 1"));
        np_text_free(&text);
    }
    assert_false(try_set(w, "start", "2026-02-30"));
    assert_non_null(find_diag(&w->diags, NP_CODE_BAD_DATE, "f\xC3\xA9vrier"));
    alarm(0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {fixture_test(french_in_locale_c)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
