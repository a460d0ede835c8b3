/* What a run reads is never written over, whatever its paths are: all files that are read come through here, all files
 * that are written ask here, and both are known by device and inode. */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"
#include "output_path.h"

typedef struct input {
    struct input *next;
    const char *path;
    uint64_t device, inode;
    bool folder; /* the rule book's: the next run reads what is new there */
} input;

typedef struct output {
    struct output *next;
    np_arg value;       /* its path; text NULL: standard output */
    const char *option; /* NULL: standard output */
    np_target target;
    bool refused;
} output;

struct np_protection {
    input *inputs;
    output *outputs;
    np_reader_watch watch;
};

static struct np_protection *protection_of(np_run *run)
{
    if (!run->protection) run->protection = np_arena_alloc(run->arena, sizeof *run->protection);
    return run->protection;
}

/* ---- comparing ---- */

/* A terminal or /dev/null takes what several write, and may be read besides. */
static bool is_file(const struct stat *info)
{
    return S_ISREG(info->st_mode) || S_ISFIFO(info->st_mode) || S_ISBLK(info->st_mode);
}

static bool is_same(const struct stat *info, const input *in)
{
    return info->st_dev == in->device && info->st_ino == in->inode;
}

/* As the reader lists a folder: see is_listed there. */
static bool would_be_read(const np_target *target, const input *in)
{
    return in->folder && target->has_folder && is_same(&target->folder, in) && target->name && target->name[0] != '.' &&
           np_ends_in(target->name, ".ini");
}

static void refuse(np_run *run, output *out, const input *in)
{
    const char *path = out->value.text ? out->value.text : in->path;
    np_diag *diag;
    bool adds = in->folder && !out->target.exists;
    out->refused = run->refused = true;
    if (adds)
        diag = np_run_usage(run, out->value, "--%s would add '%s' to the rule book, which is read", out->option, path);
    else if (out->option)
        diag = np_run_usage(run, out->value, "--%s would write over '%s', which is read", out->option, path);
    else
        diag = np_run_usage(run, out->value, "standard output would write over '%s', which is read", path);
    if (in->folder)
        np_diag_hint(&run->diags, diag, "name a file in another folder");
    else if (strcmp(path, in->path) != 0)
        np_diag_hint(&run->diags, diag, "it is the same file as '%s': name another file", in->path);
    else
        np_diag_hint(&run->diags, diag, "name another file");
}

static void compare(np_run *run, output *out, const input *in)
{
    const np_target *target = &out->target;
    if (out->refused) return;
    bool same = !in->folder && target->exists && is_file(&target->info) && is_same(&target->info, in);
    if (same || would_be_read(target, in)) refuse(run, out, in);
}

/* Two outputs; of one that is not there yet its folder and its name tell. */
static bool is_same_output(const np_target *a, const np_target *b)
{
    if (a->exists != b->exists) return false;
    if (a->exists) return a->info.st_dev == b->info.st_dev && a->info.st_ino == b->info.st_ino && is_file(&a->info);
    if (!a->has_folder || !b->has_folder) return a->path && b->path && strcmp(a->path, b->path) == 0;
    return a->folder.st_dev == b->folder.st_dev && a->folder.st_ino == b->folder.st_ino &&
           strcmp(a->name, b->name) == 0;
}

static void refuse_same_output(np_run *run, output *first, output *second)
{
    np_diag *diag;
    if (first->refused || second->refused || !is_same_output(&first->target, &second->target)) return;
    second->refused = run->refused = true;
    if (first->option)
        diag = np_run_usage(run, second->value, "--%s and --%s would write the same file '%s'", first->option,
                            second->option, second->value.text);
    else
        diag = np_run_usage(run, second->value, "--%s would write to the same file as standard output: '%s'",
                            second->option, second->value.text);
    np_diag_hint(&run->diags, diag, "name another file");
}

/* ---- what is read ---- */

static void add_input(np_run *run, const char *path, uint64_t device, uint64_t inode, bool folder)
{
    struct np_protection *p = protection_of(run);
    for (const input *in = p->inputs; in; in = in->next)
        if (in->device == device && in->inode == inode && in->folder == folder) return;
    input *in = np_arena_alloc(run->arena, sizeof *in);
    *in = (input){p->inputs, np_arena_format(run->arena, "%s", path), device, inode, folder};
    p->inputs = in;
    for (output *out = p->outputs; out; out = out->next) compare(run, out, in);
}

static void saw(void *context, const char *path, uint64_t device, uint64_t inode, bool folder)
{
    add_input(context, path, device, inode, folder);
}

np_reader np_disk_reader(np_run *run)
{
    struct np_protection *p = protection_of(run);
    p->watch = (np_reader_watch){run, saw};
    return np_reader_disk_watched(&p->watch);
}

void np_input_opened(np_run *run, int file, const char *path)
{
    struct stat info;
    if (fstat(file, &info) == 0) add_input(run, path, info.st_dev, info.st_ino, S_ISDIR(info.st_mode));
}

bool np_input_named(np_run *run, const char *path)
{
    struct stat info;
    bool known = strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, &info) == 0 : stat(path, &info) == 0;
    if (known && !S_ISDIR(info.st_mode)) add_input(run, path, info.st_dev, info.st_ino, false);
    return !run->refused;
}

bool np_disk_inputs_named(np_run *run, const np_arg *files, size_t count)
{
    for (size_t i = 0; i < count; i++) np_input_named(run, files[i].text);
    return !run->refused;
}

/* ---- what is written ---- */

static void add_output(np_run *run, const char *option, np_arg value, bool exact)
{
    struct np_protection *p = protection_of(run);
    output *out = np_arena_alloc(run->arena, sizeof *out), **end = &p->outputs;
    *out = (output){.value = value, .option = option};
    np_target_find(run->arena, value.text, exact, &out->target);
    for (; *end; end = &(*end)->next) refuse_same_output(run, *end, out);
    *end = out;
    for (const input *in = p->inputs; in; in = in->next) compare(run, out, in);
}

const char *np_kept_path(np_run *run, const char *what)
{
    np_target target;
    np_target_find(run->arena, run->args.value[NP_OPT_OUTPUT].text, false, &target);
    return np_arena_format(run->arena, "%s.%s", target.path, what);
}

void np_outputs_named(np_run *run)
{
    static const char *const KEPT[] = {"rows", "rejects", "resume"};
    const np_arg *value = run->args.value;
    bool named = value[NP_OPT_OUTPUT].text != NULL;
    add_output(run, named ? np_option_describe(NP_OPT_OUTPUT)->name : NULL,
               named ? value[NP_OPT_OUTPUT] : (np_arg){NULL, np_span_none()}, false);
    for (int i = 0; i < NP_OPTION_COUNT; i++) {
        const np_option_info *info = np_option_describe((np_option)i);
        bool written = info->value && strcmp(info->value, "FILE") == 0; /* this word stands for what is written */
        if (written && value[i].text && i != NP_OPT_OUTPUT) add_output(run, info->name, value[i], false);
    }
    for (size_t i = 0; i < 3 && value[NP_OPT_RESUME].text && value[NP_OPT_OUTPUT].text; i++)
        add_output(run, "resume", (np_arg){np_kept_path(run, KEPT[i]), value[NP_OPT_RESUME].at}, true);
}

bool np_output_allowed(np_run *run, const char *path, const np_target *target)
{
    struct np_protection *p = protection_of(run);
    output *out = p->outputs;
    while (out && !(path && out->value.text ? strcmp(path, out->value.text) == 0 : path == out->value.text))
        out = out->next;
    if (!out) {
        add_output(run, path ? "output" : NULL, (np_arg){path, np_span_none()}, true);
        return np_output_allowed(run, path, target);
    }
    out->target = *target;
    for (const input *in = p->inputs; in; in = in->next) compare(run, out, in);
    return !out->refused;
}
