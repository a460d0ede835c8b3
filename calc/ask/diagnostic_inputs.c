/* Which input each message of a run is about, so that a form can show it there. */
#include <string.h>

#include "natopay/ask/run.h"

/* The NAME of the NAME=VALUE around `place` in text[0..size): between line ends, or also commas and blanks. */
static const char *name_around(np_run *run, const char *text, size_t size, size_t place, const char *ends)
{
    size_t from = place < size ? place : size;
    while (from > 0 && !strchr(ends, text[from - 1])) from--;
    from += strspn(text + from, " \t");
    size_t length = strcspn(text + from, "= \t\n");
    size_t after = from + length + strspn(text + from + length, " \t");
    if (length == 0 || after >= size || text[after] != '=') return NULL;
    return np_arena_copy(run->arena, text + from, length);
}

static bool lies_in(np_span at, np_arg arg)
{
    return arg.text && at.file == arg.at.file && at.offset >= arg.at.offset &&
           at.offset < arg.at.offset + arg.at.length + (arg.at.length == 0);
}

static const char *name_in_arguments(np_run *run, np_span at)
{
    const np_args *args = &run->args;
    for (size_t i = 0; i < args->set_count; i++)
        if (lies_in(at, args->sets[i]))
            return np_arena_copy(run->arena, args->sets[i].text, strcspn(args->sets[i].text, "="));
    for (size_t i = 0; i < args->post_count; i++) {
        np_arg post = args->posts[i];
        if (lies_in(at, post)) return name_around(run, post.text, strlen(post.text), at.offset - post.at.offset, ",");
    }
    return lies_in(at, args->value[NP_OPT_DATE]) ? "date" : NULL;
}

void np_run_name_inputs(np_run *run)
{
    for (np_diag *diag = run->diags.first; diag; diag = diag->next) {
        np_span at = diag->at;
        if (!at.file) continue;
        bool argument = at.file == run->args.line;
        const char *name =
            argument ? name_in_arguments(run, at) : name_around(run, at.file->text, at.file->size, at.offset, "\n");
        bool known = name && run->book && np_book_input(run->book, name);
        if (known || (name && argument && diag->code == NP_CODE_UNKNOWN_INPUT)) diag->input = name;
    }
}
