/* The language of a run: --lang, and the program's texts in it through GNU gettext. Of the locale only LC_MESSAGES is
 * set, and only when another language than English is asked for: numbers stay as they are. */
#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

#define DOMAIN "natopay"

static const char *translate(void *context, const char *sense, const char *english)
{
    (void)context;
    if (!sense) return *english ? dgettext(DOMAIN, english) : english; /* the empty one is the catalogue's header */
    char key[256];
    snprintf(key, sizeof key, "%s\004%s", sense, english); /* as msgctxt is kept in a catalogue */
    const char *found = dgettext(DOMAIN, key);
    return found == key ? english : found;
}

static const char *plural(void *context, const char *one, const char *many, unsigned long long number)
{
    (void)context;
    return dngettext(DOMAIN, one, many, (unsigned long)number);
}

/* The system's messages that are met most: its own translation of them may not be installed. */
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
    return np_arena_format(run->arena, "%s/%s/LC_MESSAGES/" DOMAIN ".mo", folder, language);
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

/* The folder with the catalogue of a language; NULL: there is none. */
static const char *folder_with(np_run *run, const char *language)
{
    for (size_t i = 0; i < PLACES; i++) {
        const char *folder = place(run, i);
        if (folder && has_catalogue(run, folder, language)) return folder;
    }
    return NULL;
}

/* gettext takes LANGUAGE into account only in a locale that is not C: the user's own will do, or any that is there.
 * Whether one does is seen by the catalogue's header. */
static bool gettext_speaks(np_run *run, const char *folder, const char *language)
{
    const char *national =
        np_arena_format(run->arena, "%s_%c%c.UTF-8", language, language[0] - 'a' + 'A', language[1] - 'a' + 'A');
    const char *const locales[] = {"", "C.UTF-8", national, "en_US.UTF-8", "en_GB.UTF-8"};
    const char *own = np_arena_format(run->arena, "Language: %s\n", language);
    setenv("LANGUAGE", language, 1);
    bindtextdomain(DOMAIN, folder);
    bind_textdomain_codeset(DOMAIN, "UTF-8");
    for (size_t i = 0; i < sizeof locales / sizeof locales[0]; i++)
        if (setlocale(LC_MESSAGES, locales[i]) && strstr(dgettext(DOMAIN, ""), own)) return true;
    setlocale(LC_MESSAGES, "C");
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

void np_language_choose(np_run *run, int argc, char **argv)
{
    const char *language = asked(argc, argv);
    run->language = (np_language){.spoken = true};
    if (strcmp(language, "en") == 0) return;
    bool code = strspn(language, "abcdefghijklmnopqrstuvwxyz") == 2 && language[2] == '\0';
    const char *folder = code ? folder_with(run, language) : NULL;
    if (folder) np_input_named(run, catalogue_in(run, folder, language));
    run->language.known = folder != NULL;
    run->language.spoken = folder && gettext_speaks(run, folder, language);
    run->language.lang = (np_lang){.language = language};
    if (run->language.spoken) {
        run->language.lang.translate = translate;
        run->language.lang.plural = plural;
    }
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
    if (language->known) {
        np_diag *diag =
            np_report(&run->diags, NP_CODE_NO_CATALOGUE, arg.at,
                      "the translation into '%s' cannot be used: the system has no locale for it", arg.text);
        np_diag_hint(&run->diags, diag,
                     "install a locale, for example C.UTF-8; till then natopay's own words are English");
    } else if (run->book && np_book_speaks(run->book, arg.text)) {
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
