/* The program: standard streams, the run, its diagnostics and its exit code. */
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

static _Noreturn void out_of_memory(void)
{
    static const char MESSAGE[] = "natopay: error: memory ran out [no-memory]\n";
    ssize_t ignored = write(STDERR_FILENO, MESSAGE, sizeof MESSAGE - 1);
    (void)ignored;
    _exit(4);
}

typedef struct start {
    np_run *run;
    int argc;
    char **argv;
} start;

static void work(void *context)
{
    start *s = context;
    np_run_do(s->run, s->argc, s->argv);
}

/* Warnings are part of a JSON estimate, and are said here as well. */
static void print_diagnostics(const np_run *run)
{
    np_text text;
    np_text_init(&text, NP_OUTPUT_LIMIT);
    if (!run->diags.first) return;
    if (run->args.diagnostics_json) {
        np_diags_json(&text, &run->diags);
        np_text_putc(&text, '\n');
    } else {
        np_diags_print(&text, &run->diags, run->args.color);
    }
    if (text.failed) out_of_memory();
    fputs(np_text_string(&text), stderr);
    np_text_free(&text);
}

/* One that is closed would be taken by the next file that is opened, and output or a list would go there or come from
 * there. This way using it fails. */
static void hold_standard_descriptors(void)
{
    static const int MODES[] = {O_WRONLY, O_RDONLY, O_RDWR};
    for (int i = STDIN_FILENO; i <= STDERR_FILENO; i++)
        if (fcntl(i, F_GETFD) < 0) open("/dev/null", MODES[i]);
}

static void show(void *context)
{
    np_run *run = context;
    if (np_run_shows(run) && !np_write_output(run))
        run->exit = 0; /* that nothing was written counts more than what it would have said */
}

int main(int argc, char **argv)
{
    /* texts are UTF-8 whatever the locale says */
    if (!setlocale(LC_CTYPE, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
    hold_standard_descriptors();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* writing more than a file may have then fails with EFBIG, and is reported */
    np_arena *arena = np_arena_new((size_t)1 << 30);
    np_run *run = arena ? np_arena_try(arena, sizeof *run) : NULL;
    if (!run) out_of_memory();
    run->arena = arena;
    run->host = &NP_DISK;
    np_diags_init(&run->diags, arena);
    np_text_init(&run->out, NP_OUTPUT_LIMIT);
    start s = {run, argc, argv};
    if (!np_arena_guard(arena, work, &s) || !np_arena_guard(arena, show, run)) out_of_memory();
    print_diagnostics(run);
    int code = np_run_exit(run);
    np_text_free(&run->out);
    np_arena_free(arena);
    return code;
}
