/* The language of a run: --lang, and the program's texts in it from a catalogue. */
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "natopay/base/catalogue.h"

/* The system's messages that are met most: it says them in English. */
__attribute__((unused)) static const char *const SYSTEM[] = {
    NP_MARK("No such file or directory"),
    NP_MARK("Permission denied"),
    NP_MARK("Is a directory"),
    NP_MARK("Not a directory"),
    NP_MARK("No space left on device"),
    NP_MARK("Read-only file system"),
    NP_MARK("Input/output error"),
    NP_MARK("File name too long"),
    NP_MARK("Too many open files"),
    NP_MARK("File too large"),
    NP_MARK("Bad file descriptor"),
    NP_MARK("File exists"),
    NP_MARK("Too many levels of symbolic links"),
};

/* ---- the catalogue ---- */

static const char *catalogue_in(np_run *run, const char *folder, const char *language)
{
    return np_arena_format(run->arena, "%s/%s/LC_MESSAGES/natopay.mo", folder, language);
}

/* Where catalogues are looked for: beside the program as it is built, as installed, or where it was to be installed;
 * NULL after the last. Any of them may be missing. */
enum { PLACES = 4 };

static const char *place(np_run *run, size_t i)
{
    static const char *const UP[PLACES - 1] = {"/locale", "/../locale", "/../share/locale"};
    if (i == PLACES - 1) return NATOPAY_LOCALEDIR;
    const char *beside = np_run_beside(run);
    return beside ? np_arena_format(run->arena, "%s%s", beside, UP[i]) : NULL;
}

static bool has_catalogue(np_run *run, const char *folder, const char *language)
{
    return access(catalogue_in(run, folder, language), R_OK) == 0;
}

/* Take the texts of the first catalogue that can be read; false when there is none. */
static bool read_catalogue(np_run *run, const char *language)
{
    np_reader disk = np_run_reader(run);
    for (size_t i = 0; i < PLACES; i++) {
        const char *folder = place(run, i);
        char *bytes = NULL;
        size_t size = 0;
        if (!folder) continue;
        const char *path = catalogue_in(run, folder, language);
        if (disk.read(disk.context, run->arena, path, NP_CATALOGUE_LIMIT, &bytes, &size)) continue;
        np_catalogue *catalogue = np_catalogue_read(run->arena, bytes, size, &run->language.refused);
        if (catalogue) run->language.lang = np_catalogue_lang(catalogue, language);
        return true;
    }
    return false;
}

/* ---- --lang ---- */

/* The last --lang before "--": it is needed before anything can be said about the command line. */
static const char *asked(int argc, char **argv)
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

void np_language_choose(np_run *run, int argc, char **argv)
{
    const char *language = small_letters(run, asked(argc, argv));
    run->language = (np_language){.spoken = true};
    if (strcmp(language, "en") == 0) return;
    bool code = strspn(language, "abcdefghijklmnopqrstuvwxyz") == 2 && language[2] == '\0';
    run->language.lang = (np_lang){.language = language};
    run->language.spoken = code && read_catalogue(run, language) && !run->language.refused;
    run->args.lang = run->diags.lang = &run->language.lang;
}

/* "en, fr": those that there are catalogues of, in the first place that has any. */
static const char *languages(np_run *run)
{
    const char *list = "en";
    for (size_t i = 0; i < PLACES && strcmp(list, "en") == 0; i++) {
        const char *folder = place(run, i);
        for (char a = 'a'; folder && access(folder, X_OK) == 0 && a <= 'z'; a++)
            for (char b = 'a'; b <= 'z'; b++) {
                const char code[] = {a, b, '\0'};
                if (has_catalogue(run, folder, code)) list = np_arena_format(run->arena, "%s, %s", list, code);
            }
    }
    return list;
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
                     languages(run));
    } else {
        np_diag *diag = np_run_usage(run, arg, "'%s' is no choice for --lang", arg.text);
        np_diag_hint(&run->diags, diag, "choose one of %s", languages(run));
    }
}
