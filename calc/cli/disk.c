/* Reading files and standard streams for a run of the command line, and where the rule book lies. */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* NATOPAY_DATA, beside the program as it is built (build/natopay, build/VARIANT/natopay), as installed. */
static const char *usual_book(np_run *run)
{
    const char *given = getenv("NATOPAY_DATA");
    if (given && *given) return given;
    static const char *const UP[] = {"/../data/nato", "/../../data/nato", "/../share/natopay/nato"};
    const char *beside = np_executable_dir(run);
    for (size_t i = 0; beside && i < sizeof UP / sizeof UP[0]; i++) {
        char *path = np_arena_format(run->arena, "%s%s", beside, UP[i]);
        char *resolved = is_folder(path) ? realpath(path, NULL) : NULL;
        if (!resolved) continue;
        char *copy = np_arena_format(run->arena, "%s", resolved);
        free(resolved);
        return copy;
    }
    return NATOPAY_DATADIR "/nato";
}

/* --data names a folder; where there is none of that name, one beside the usual rule book, as data = NAME of a post. */
static const char *find_book(np_run *run)
{
    const char *asked = run->args.value[NP_OPT_DATA].text;
    if (!asked) return usual_book(run);
    if (!*asked || is_folder(asked)) return asked;
    const char *beside = np_book_beside(run->arena, usual_book(run), asked);
    return is_folder(beside) ? beside : asked;
}

/* Seen from here: a path below the working folder is named from there, so that messages are short. */
static const char *shortened(np_run *run, const char *path)
{
    char here[4096];
    if (!getcwd(here, sizeof here)) return path;
    size_t length = strlen(here);
    if (strncmp(path, here, length) != 0 || path[length] != '/') return path;
    return np_arena_format(run->arena, "%s", path + length + 1);
}

static const char *book_folder(np_run *run)
{
    return shortened(run, find_book(run));
}

static const char *standard_input(np_run *run, np_arena *arena, size_t limit, char **bytes, size_t *size)
{
    np_reader disk = np_disk_reader(run);
    return disk.read(disk.context, arena, "/dev/stdin", limit, bytes, size);
}

static bool shows_color(void)
{
    const char *no_color = getenv("NO_COLOR");
    return !(no_color && *no_color) && isatty(STDERR_FILENO);
}

static size_t columns(void)
{
    struct winsize size;
    return isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

const np_host NP_DISK = {
    .reader = np_disk_reader,
    .book_folder = book_folder,
    .standard_input = standard_input,
    .pdf_to_text = np_pdf_to_text,
    .inputs_named = np_disk_inputs_named,
    .outputs_named = np_outputs_named,
    .write = np_write_output,
    .catalogue = np_disk_catalogue,
    .languages = np_disk_languages,
    .columns = columns,
    .shows_color = shows_color,
    .plan = np_disk_plan,
    .sample_staff = np_disk_sample_staff,
    .check_list = np_disk_check_list,
    .page = np_disk_page,
};
