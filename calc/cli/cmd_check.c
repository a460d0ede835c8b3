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

static void summary(np_run *run)
{
    const np_book *book = run->book;
    np_text_printf(&run->out,
                   "%zu files, %zu definitions: %zu scales, %zu parameters, %zu rules, %zu inputs, %zu sources\n"
                   "%zu errors, %zu warnings\n",
                   book->file_count, book->definition_count, book->scale_count, book->parameter_count, book->rule_count,
                   book->input_count, book->source_count, run->diags.errors, run->diags.warnings);
}

void np_cmd_check(np_run *run)
{
    bool sound = np_run_load(run, run->args.files, run->args.file_count);
    if (sound) {
        np_book_lint(run->book, &run->diags, NULL);
        np_patterns_free(np_patterns_new(run->book, &run->diags, run->arena));
        check_cases(run);
    }
    summary(run);
    if (run->diags.errors) run->exit = 1;
    for (const np_diag *diag = run->diags.first; diag; diag = diag->next)
        if (diag->code == NP_CODE_CANNOT_READ) run->exit = np_code_describe(diag->code)->exit;
}
