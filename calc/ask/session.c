/* What commands share: loading the rule book, the situation of a post and a person, showing a result. */
#include <string.h>

#include "natopay/book/load.h"
#include "natopay/ask/run.h"
#include "natopay/book/lint.h"
#include "natopay/career/grade_history.h"

/* ---- the rule book ---- */

/* `book`: NULL when memory ran out. */
static void keep_files(np_run *run, const np_book *book)
{
    if (book)
        np_run_keep_sections(run, book->files, book->file_count);
    else
        np_arena_give_up(run->arena);
}

/* --with, then the files. A post by another organisation's rule book has no --with: that is laid over the command's. */
static const char **overlays_of(np_run *run, const np_arg *files, size_t count, size_t *with_count)
{
    const char **overlays = np_arena_array(run->arena, run->args.with_count + count + 1, sizeof *overlays);
    bool other_organisation = run->data.text && *run->data.text;
    *with_count = other_organisation ? 0 : run->args.with_count;
    for (size_t i = 0; i < *with_count; i++) overlays[i] = run->args.with[i].text;
    for (size_t i = 0; i < count; i++) overlays[*with_count + i] = files[i].text;
    return overlays;
}

/* The folder of the rule book; NULL after reporting that it is none. */
static const char *folder_for(np_run *run, const np_arg *files, size_t count, bool *other)
{
    np_arg data = run->data.text ? run->data : np_files_data(run, files, count);
    *other = data.text && *data.text;
    return *other ? np_other_folder(run, data) : run->host->book_folder(run);
}

bool np_run_load(np_run *run, const np_arg *files, size_t count)
{
    size_t with_count;
    bool other;
    const char **overlays = overlays_of(run, files, count, &with_count);
    if (!np_inputs_named(run, files, count)) return false;
    const char *folder = folder_for(run, files, count, &other), **cases = overlays + with_count;
    if (!folder) return false;
    if (with_count + count == 0 && !other && run->host->book && (run->book = run->host->book(run))) {
        np_language_settle(run);
        return run->diags.errors == 0;
    }
    size_t notice_count = np_run_notices_last(run, cases, count);
    run->book =
        np_book_load(np_run_reader(run), &run->diags, run->arena, folder, overlays, with_count + count - notice_count);
    keep_files(run, run->book);
    np_language_settle(run);
    if (run->diags.errors) return false;
    return notice_count == 0 || np_run_notices(run, cases + count - notice_count, notice_count);
}

bool np_run_asks_about(const np_run *run, const char *name)
{
    bool named = run->args.file_count + run->args.with_count == 0;
    for (size_t i = 0; i < run->args.file_count; i++) named = named || strcmp(run->args.files[i].text, name) == 0;
    for (size_t i = 0; i < run->args.with_count; i++) named = named || strcmp(run->args.with[i].text, name) == 0;
    return named;
}

/* Who asks about some files is told about those: the rule book's own findings belong to its authors. */
void np_run_lint(np_run *run, const char *path)
{
    np_diags found;
    np_diags_init(&found, run->arena);
    found.lang = run->args.lang;
    np_book_lint(run->book, &found, NULL);
    np_report_month_by_month(run->book, &found);
    for (const np_diag *diag = found.first; diag; diag = diag->next) {
        const char *name = diag->at.file ? diag->at.file->name : "";
        if (path ? strcmp(path, name) == 0 : np_run_asks_about(run, name))
            np_diag_copy(&run->diags, diag, diag->at, "");
    }
}

/* A file of the user's with nothing but cases in it. */
static bool holds_cases(const np_run *run, const np_file *file)
{
    bool named = false;
    for (size_t i = 0; run->book && i < run->args.file_count; i++)
        named = named || (file && strcmp(run->args.files[i].text, file->name) == 0);
    for (size_t i = 0; named && i < run->book->definition_count; i++) {
        const np_definition *definition = run->book->definitions[i];
        bool is_case = strcmp(definition->type, "post") == 0 || strcmp(definition->type, "person") == 0;
        if (definition->at.file == file && !is_case) return false;
    }
    return named;
}

bool np_run_is_sound(const np_run *run)
{
    if (run->refused) return false;
    for (const np_diag *diag = run->diags.first; diag; diag = diag->next) {
        bool error = np_code_describe(diag->code)->severity == NP_ERROR;
        if (error && !holds_cases(run, diag->at.file)) return false;
    }
    return true;
}

/* ---- the situation ---- */

static bool set_from_argument(np_run *run, np_situation *situation, np_arg arg)
{
    const char *equals = strchr(arg.text, '=');
    if (!equals || equals == arg.text) {
        np_diag *diag = np_run_usage(run, arg, "--set takes NAME=VALUE, not '%s'", arg.text);
        np_diag_hint(&run->diags, diag, "for example --set step=2");
        return false;
    }
    size_t name = (size_t)(equals - arg.text);
    np_span value_at = np_span_of(arg.at.file, arg.at.offset + name + 1, strlen(equals + 1));
    return np_situation_set_text(situation, &run->diags, np_arena_copy(run->arena, arg.text, name), equals + 1,
                                 np_span_of(arg.at.file, arg.at.offset, name), value_at);
}

/* The one definition of a type in the user's files, or the one of that name; NULL when there is none, or after
 * reporting that there are several. */
static const np_definition *only_one(np_run *run, const char *type, const char *name)
{
    const np_definition *found = NULL;
    for (size_t i = 0; i < run->book->definition_count; i++) {
        const np_definition *definition = run->book->definitions[i];
        if (strcmp(definition->type, type) != 0) continue;
        if (name && strcmp(definition->name, name) != 0) continue;
        if (found) {
            np_diag *diag = np_report(&run->diags, NP_CODE_TOO_MANY, definition->at, "there is more than one %s", type);
            np_diag_note(&run->diags, diag, found->at, "the first");
            np_diag_hint(&run->diags, diag,
                         strcmp(type, "post") == 0 ? NP_MARK("give one %s at a time, or use natopay compare")
                                                   : NP_MARK("give one %s at a time"),
                         type);
            return NULL;
        }
        found = definition;
    }
    return found;
}

np_situation *np_run_situation_of(np_run *run, const char *post, const np_arg *own, size_t own_count)
{
    np_situation *situation = np_situation_new(run->book, run->arena);
    const np_definition *taken[] = {only_one(run, "post", post), only_one(run, "person", NULL)};
    if (taken[0]) np_situation_take(situation, &run->diags, taken[0]);
    situation->compared_books = run->compared_books;
    situation->compared_count = run->compared_count;
    if (taken[1]) np_situation_take(situation, &run->diags, taken[1]);
    for (size_t i = 0; i < run->args.set_count; i++) set_from_argument(run, situation, run->args.sets[i]);
    situation->compared_count = 0;
    for (size_t i = 0; i < own_count; i++) set_from_argument(run, situation, own[i]);
    np_arg date = run->args.value[NP_OPT_DATE];
    if (date.text) np_situation_set_text(situation, &run->diags, "date", date.text, date.at, date.at);
    if (run->diags.errors) return NULL;
    np_situation_assume_start(situation, run->arena, &run->diags);
    np_book *book = np_situation_own_salary(situation, run->arena, &run->diags);
    if (book) run->book = book;
    return run->diags.errors ? NULL : situation;
}

np_situation *np_run_situation(np_run *run)
{
    return np_run_situation_of(run, NULL, NULL, 0);
}

bool np_run_no_memory(np_run *run)
{
    np_report(&run->diags, NP_CODE_NO_MEMORY, np_span_none(), "memory ran out");
    return false;
}

static void no_workbook(np_run *run)
{
    np_diag *diag =
        np_report(&run->diags, NP_CODE_CANNOT_WRITE, np_span_none(), "the workbook could not be put together");
    np_diag_hint(&run->diags, diag, "it needs room in the folder for temporary files (TMPDIR), and libxlsxwriter");
}

size_t np_run_columns(const np_run *run)
{
    return run->host->columns && !run->args.value[NP_OPT_OUTPUT].text ? run->host->columns() : 0;
}

void np_run_show(np_run *run, np_output output)
{
    output.columns = np_run_columns(run);
    if (np_render(&run->out, run->args.format, &output, run->arena)) return;
    if (run->out.no_memory)
        np_run_no_memory(run);
    else if (run->args.format == NP_FORMAT_XLSX)
        no_workbook(run);
}
