/* natopay notice: what vacancy notices state. Each is read in memory that the next one uses again, where formats write
 * them one by one. */
#include <string.h>

#include "natopay/ask/run.h"
#include "natopay/report/notice_report.h"

enum { FLUSH_AT = 1024 * 1024, KEPT_FILES_MAX = 50 };

typedef struct batch {
    np_run *run;
    np_patterns *patterns;
    np_arena *arena; /* of one notice */
    const char *path;
    const np_notice **notices; /* of what is written all at once in the end */
    size_t read, kept;
    bool memory, together;
} batch;

/* Carry a notice's errors over, with the text that they point into, before its memory is used again. */
static void keep_diagnostics(batch *b, const np_diags *diags)
{
    np_run *run = b->run;
    const np_file *from = NULL, *to = NULL;
    for (const np_diag *diag = diags->first; diag; diag = diag->next) {
        np_span at = diag->at;
        if (at.file && at.file != from && b->kept++ < KEPT_FILES_MAX) {
            from = at.file;
            to = np_file_new(run->arena, from->name, np_arena_copy(run->arena, from->text, from->size), from->size);
        }
        at.file = at.file == from ? to : NULL;
        np_diag *copy = np_diag_copy(&run->diags, diag, at, "");
        for (np_note *note = copy->notes; note; note = note->next) note->at.file = note->at.file == from ? to : NULL;
    }
}

/* Text, JSON and post files are written notice by notice. */
static void show(batch *b, const np_notice *notice)
{
    np_run *run = b->run;
    np_readings one = {&notice, 1, run->args.file_count > 1, run->args.lang};
    np_output output = np_readings_output(&one);
    output.columns = np_run_columns(run);
    if (b->together) {
        b->notices[b->read] = notice;
    } else if (run->args.format == NP_FORMAT_INI) {
        np_notice_ini(&run->out, notice);
    } else {
        if (run->args.format == NP_FORMAT_TEXT && b->read) np_text_putc(&run->out, '\n');
        np_render(&run->out, run->args.format, &output, b->arena);
    }
}

static void read_one(void *context)
{
    batch *b = context;
    np_run *run = b->run;
    np_diags diags;
    np_diags_init(&diags, b->arena);
    diags.lang = run->args.lang;
    char *bytes;
    size_t size;
    const char *why = np_run_read(run, b->arena, b->path, &bytes, &size);
    if (why) {
        np_diag *diag = np_report(&run->diags, NP_CODE_CANNOT_READ, np_span_none(), "cannot read '%s': %s", b->path,
                                  np_say(run->args.lang, why));
        if (strncmp(b->path, "http", 4) == 0 && strstr(b->path, "://"))
            np_diag_hint(&run->diags, diag, "save the page and give the file");
        return;
    }
    np_notice *notice = np_notice_read(b->patterns, &diags,
                                       strcmp(b->path, "-") == 0 ? NP_MARK("standard input") : b->path, bytes, size);
    if (!notice && diags.errors == 0) np_arena_give_up(b->arena);
    keep_diagnostics(b, &diags);
    /* a program is told what was read also where it is no notice, or two */
    if (notice && (!diags.errors || run->args.format == NP_FORMAT_JSON)) show(b, notice);
    b->read += notice && !diags.errors;
}

static void flush(np_run *run)
{
    if (run->args.value[NP_OPT_OUTPUT].text || run->out.length < FLUSH_AT || run->out.failed) return;
    run->host->write(run);
    np_text_clear(&run->out);
}

static void read_all(void *context)
{
    batch *b = context;
    np_run *run = b->run;
    for (size_t i = 0; i < run->args.file_count && b->memory; i++) {
        b->path = run->args.files[i].text;
        if (!b->together) np_arena_reset(b->arena);
        b->memory = np_arena_guard(b->arena, read_one, b) && b->memory;
        flush(run);
    }
    np_readings all = {b->notices, b->read, true, run->args.lang};
    if (b->together && b->read) np_run_show(run, np_readings_output(&all));
}

/* Some texts are no notices. What a program is told of those is written whatever the exit code. */
static void finish_rejected(np_run *run, bool others, bool done)
{
    if (others)
        run->exit = 1;
    else if (done && run->out.length)
        run->host->write(run);
}

void np_cmd_notice(np_run *run)
{
    if (!run->args.file_count) {
        np_diag *diag = np_report(&run->diags, NP_CODE_USAGE, run->args.command.at, "no notice is given");
        np_diag_hint(&run->diags, diag, "natopay notice NOTICE.txt; - reads standard input");
        return;
    }
    if (!np_inputs_named(run, run->args.files, run->args.file_count) || !np_run_load(run, NULL, 0)) return;
    np_format format = run->args.format;
    batch b = {.run = run, .memory = true};
    b.together = format != NP_FORMAT_TEXT && format != NP_FORMAT_JSON && format != NP_FORMAT_INI;
    b.notices = np_arena_array(run->arena, run->args.file_count, sizeof *b.notices);
    b.patterns = np_patterns_new(run->book, &run->diags, run->arena);
    b.arena = b.patterns ? np_arena_new((size_t)1 << 28) : NULL;
    bool done = b.arena && np_arena_guard(run->arena, read_all, &b) && b.memory;
    np_arena_free(b.arena);
    np_patterns_free(b.patterns);
    if (!done && run->diags.errors == 0) np_arena_give_up(run->arena);
    if (run->diags.errors) finish_rejected(run, b.read > 0, done);
}
