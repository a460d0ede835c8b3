#include <string.h>

#include "cli.h"
#include "natopay/book/lint.h"
#include "natopay/notice/patterns.h"
#include "natopay/pay/payslip.h"

/* Posts and persons are read against the inputs, each for itself. */
static void check_cases(np_run *run)
{
    for (size_t i = 0; i < run->book->definition_count; i++) {
        const np_definition *definition = run->book->definitions[i];
        if (strcmp(definition->type, "post") != 0 && strcmp(definition->type, "person") != 0) continue;
        np_situation *situation = np_situation_new(run->book, run->arena);
        np_situation_take(situation, &run->diags, definition);
    }
}

static bool was_named(const np_run *run, const np_file *file)
{
    bool named = false;
    for (size_t i = 0; i < run->args.file_count && file; i++)
        named = named || strcmp(run->args.files[i].text, file->name) == 0;
    for (size_t i = 0; i < run->args.with_count && file; i++)
        named = named || strcmp(run->args.with[i].text, file->name) == 0;
    return named;
}

/* Who asks about some files is told about those: the rule book's own findings belong to its authors. */
static void lint(np_run *run)
{
    np_diags found;
    np_diags_init(&found, run->arena);
    np_book_lint(run->book, &found, NULL);
    bool all = run->args.file_count + run->args.with_count == 0;
    for (const np_diag *diag = found.first; diag; diag = diag->next) {
        if (!all && !was_named(run, diag->at.file)) continue;
        np_diag *copy = np_report(&run->diags, diag->code, diag->at, "%s", diag->message);
        if (diag->hint) np_diag_hint(&run->diags, copy, "%s", diag->hint);
        for (const np_note *note = diag->notes; note; note = note->next)
            np_diag_note(&run->diags, copy, note->at, "%s", note->text);
    }
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

/* What was looked at: the files named, or else the rule book as a whole. */
static void summary(np_run *run)
{
    const np_book *book = run->book;
    size_t named = run->args.file_count + run->args.with_count, errors = run->diags.errors,
           warnings = run->diags.warnings;
    if (named)
        np_text_printf(&run->out, "%zu file%s checked against the rule book: ", named, plural(named));
    else
        np_text_printf(&run->out,
                       "%zu files, %zu definitions: %zu scales, %zu parameters, %zu rules, %zu inputs, %zu sources\n",
                       book->file_count, book->definition_count, book->scale_count, book->parameter_count,
                       book->rule_count, book->input_count, book->source_count);
    np_text_printf(&run->out, "%zu error%s, %zu warning%s\n", errors, plural(errors), warnings, plural(warnings));
}

/* A rule book may do without: then it reads no notices. */
static bool has_patterns(const np_book *book)
{
    for (size_t i = 0; i < book->definition_count; i++)
        if (strcmp(book->definitions[i]->type, "pattern") == 0) return true;
    return false;
}

void np_cmd_check(np_run *run)
{
    if (np_run_load(run, run->args.files, run->args.file_count)) lint(run);
    if (np_run_is_sound(run)) {
        if (has_patterns(run->book)) np_patterns_free(np_patterns_new(run->book, &run->diags, run->arena));
        check_cases(run);
        np_run_eligibility(run);
    }
    summary(run);
    if (run->diags.errors) run->exit = 1;
    for (const np_diag *diag = run->diags.first; diag; diag = diag->next)
        if (diag->code == NP_CODE_CANNOT_READ) run->exit = np_code_describe(diag->code)->exit;
}
