/* The language of a run: --lang, and the program's texts in it from a catalogue. */
#include <string.h>

#include "natopay/ask/run.h"
#include "natopay/base/catalogue.h"

/* Take the texts of the catalogue that there is; false when there is none. */
static bool read_catalogue(np_run *run, const char *language)
{
    char *bytes = NULL;
    size_t size = 0;
    if (run->host->catalogue(run, language, &bytes, &size)) return false;
    np_catalogue *catalogue = np_catalogue_read(run->arena, bytes, size, &run->language.refused);
    if (catalogue) run->language.lang = np_catalogue_lang(catalogue, language);
    return true;
}

/* ---- --lang ---- */

/* The last --lang before "--": it is needed before anything can be said about the command line. */
static const char *asked(int argc, char *const *argv)
{
    const char *language = "en";
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], "--lang=", 7) == 0) language = argv[i] + 7;
        if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc) language = argv[i + 1];
    }
    return language;
}

/* "FR" is fr. */
static const char *small_letters(np_run *run, const char *text)
{
    char *small = np_arena_copy(run->arena, text, strlen(text));
    for (char *c = small; *c; c++)
        if (*c >= 'A' && *c <= 'Z') *c = (char)(*c + ('a' - 'A'));
    return small;
}

void np_language_choose(np_run *run, int argc, char *const *argv)
{
    const char *language = small_letters(run, asked(argc, argv));
    run->language = (np_language){.spoken = true};
    if (strcmp(language, "en") == 0) return;
    bool code = strspn(language, "abcdefghijklmnopqrstuvwxyz") == 2 && language[2] == '\0';
    run->language.lang = (np_lang){.language = language};
    run->language.spoken = code && read_catalogue(run, language) && !run->language.refused;
    run->args.lang = run->diags.lang = &run->language.lang;
}

void np_language_settle(np_run *run)
{
    np_arg arg = run->args.value[NP_OPT_LANG];
    np_language *language = &run->language;
    if (language->spoken || language->settled || !arg.text) return;
    language->settled = true;
    if (language->refused) {
        np_diag *diag = np_report(&run->diags, NP_CODE_NO_CATALOGUE, arg.at,
                                  "the translation into '%s' cannot be used: %s", arg.text, language->refused);
        np_diag_hint(&run->diags, diag,
                     "install natopay again, or make it by msgfmt --check from data/lang/%s.po; "
                     "till then natopay's own words are English",
                     arg.text);
    } else if (run->book && np_book_speaks(run->book, language->lang.language)) {
        np_diag *diag =
            np_report(&run->diags, NP_CODE_NO_CATALOGUE, arg.at, "natopay is not translated into '%s'", arg.text);
        np_diag_hint(&run->diags, diag,
                     "the rule book's labels are shown in it, natopay's own words are English; there is %s",
                     run->host->languages(run));
    } else {
        np_diag *diag = np_run_usage(run, arg, "'%s' is no choice for --lang", arg.text);
        np_diag_hint(&run->diags, diag, "choose one of %s", run->host->languages(run));
    }
}
