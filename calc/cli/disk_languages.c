/* Where the translations lie on this machine. */
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
    const char *beside = np_executable_dir(run);
    return beside ? np_arena_format(run->arena, "%s%s", beside, UP[i]) : NULL;
}

static bool has_catalogue(np_run *run, const char *folder, const char *language)
{
    return access(catalogue_in(run, folder, language), R_OK) == 0;
}

/* That of the first place that has one. */
const char *np_disk_catalogue(np_run *run, const char *language, char **bytes, size_t *size)
{
    np_reader disk = np_disk_reader(run);
    const char *why = NP_MARK("No such file or directory");
    for (size_t i = 0; i < PLACES && why; i++) {
        const char *folder = place(run, i);
        if (!folder) continue;
        why = disk.read(disk.context, run->arena, catalogue_in(run, folder, language), NP_CATALOGUE_LIMIT, bytes, size);
    }
    return why;
}

/* "en, fr": those that there are catalogues of, in the first place that has any. */
const char *np_disk_languages(np_run *run)
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
