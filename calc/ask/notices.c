/* A vacancy notice wherever a post is taken: what it states are the values of a post, which is laid over the book. */
#include <string.h>

#include "natopay/book/load.h"
#include "natopay/ask/run.h"
#include "natopay/notice/notice.h"

const char *np_run_read(np_run *run, np_arena *arena, const char *path, char **bytes, size_t *size)
{
    const np_host *host = run->host;
    np_reader disk = arena == run->arena ? np_run_reader(run) : host->reader(run); /* of many notices none is kept */
    bool input = strcmp(path, "-") == 0;
    if (input && run->input) {
        *bytes = run->input;
        *size = run->input_size;
        return NULL;
    }
    /* standard input is kept as long as the run: it may be asked for again */
    np_arena *into = input ? run->arena : arena;
    const char *why = input ? host->standard_input(run, into, NP_NOTICE_LIMIT, bytes, size)
                            : disk.read(disk.context, into, path, NP_NOTICE_LIMIT, bytes, size);
    if (why) return why;
    why = host->pdf_to_text ? host->pdf_to_text(into, bytes, size) : NULL;
    if (why) return why;
    if (input) {
        run->input = *bytes;
        run->input_size = *size;
    }
    return NULL;
}

/* ---- what the notice leaves open ---- */

static bool given_by_option(const np_run *run, const char *input)
{
    size_t length = strlen(input);
    for (size_t i = 0; i < run->args.set_count; i++)
        if (strncmp(run->args.sets[i].text, input, length) == 0 && run->args.sets[i].text[length] == '=') return true;
    return false;
}

static bool is_about_post(const np_run *run, const char *input)
{
    const np_input *found = np_book_input(run->book, input);
    return found && found->about == NP_ABOUT_POST;
}

/* Whether notices state it at all: how far away the reader lives is about the post too, and no notice says it. */
static bool notices_state(const np_book *book, const char *input)
{
    for (size_t i = 0; i < book->field_count; i++)
        if (strcmp(book->fields[i].input, input) == 0) return true;
    return false;
}

static void tell_open(np_run *run, const np_notice *notice)
{
    const char *list = NULL;
    for (size_t i = 0; i < notice->open_count; i++) {
        const char *name = notice->open[i];
        if (!is_about_post(run, name) || !notices_state(run->book, name) || given_by_option(run, name)) continue;
        list = list ? np_arena_format(run->arena, "%s, %s", list, name) : name;
    }
    if (!list) return;
    np_diag *diag = np_report(&run->diags, NP_CODE_NOTICE_OPEN, np_span_of(notice->file, 0, 0),
                              "the notice does not state: %s", list);
    if (notice->check.verdict == NP_SALARY_NARROWS)
        np_diag_hint(&run->diags, diag, "%s", notice->check.text);
    else
        np_diag_hint(&run->diags, diag, "give what is missing with --set NAME=VALUE");
}

/* Fields that go into the post and are not sure. */
static void tell_unsure(np_run *run, const np_notice *notice)
{
    for (size_t i = 0; i < run->book->field_count; i++) {
        const np_notice_entry *entry = np_notice_entry_at(notice, i);
        const char *name = run->book->fields[i].input;
        const np_input *input = np_book_input(run->book, name);
        if (!entry->found || entry->best.confidence > NP_UNSURE || !input || input->type == NP_TEXT) continue;
        if (!is_about_post(run, name) || given_by_option(run, name)) continue;
        const char *words = entry->best.other_meaning
                                ? NP_MARK("%s is not taken from here: %s is since when the post is vacant")
                                : NP_MARK("%s is read from here as %s, which is not sure");
        np_diag *diag = np_report(&run->diags, NP_CODE_NOTICE_UNSURE, entry->best.at, words, name, entry->best.value);
        if (entry->alternative_count)
            np_diag_hint(&run->diags, diag, "it could be %s: give it with --set %s=...", entry->alternatives[0].value,
                         name);
        else
            np_diag_hint(&run->diags, diag, "give it with --set %s=... when it is not so", name);
    }
}

/* Whether there is no need to tell of a field: an estimate does not use it, an option gives it, or its date's two
 * readings are told in their own way. */
static bool needs_no_warning(const np_run *run, const np_notice *notice, size_t number)
{
    const np_field *field = &run->book->fields[number];
    const np_notice_entry *entry = np_notice_entry_at(notice, number);
    const np_input *input = np_book_input(run->book, field->input);
    if (notice->stated[number] == NP_NOTICE_SALARY_AMOUNT) return given_by_option(run, "basic_salary");
    if (!field->expected || given_by_option(run, field->input)) return true;
    return entry->found && input && input->type == NP_DATE && entry->best.confidence <= NP_UNSURE;
}

/* What `notice` notes about the reading; that the salary differs from the scale is said by whoever uses it. */
static void tell_warnings(np_run *run, const np_notice *notice)
{
    for (size_t i = 0; i < notice->warning_count; i++) {
        const np_notice_warning *warning = &notice->warnings[i];
        bool told = notice->check.text && strcmp(warning->text, notice->check.text) == 0;
        for (size_t f = 0; f < run->book->field_count && !told; f++)
            told = notice->stated[f] == warning->field && needs_no_warning(run, notice, f);
        np_span at = warning->at.file ? warning->at : np_span_of(notice->file, 0, 0);
        if (!told) np_report(&run->diags, NP_CODE_NOTICE_UNSURE, at, "%s", warning->text);
    }
}

/* ---- reading ---- */

typedef struct notices {
    np_run *run;
    np_patterns *patterns;
    const char *path; /* of the one to read */
    char *bytes;
    size_t size;
    np_ini post; /* no sections: it could not be read */
} notices;

static void read_one(notices *n)
{
    np_run *run = n->run;
    np_notice *notice = np_notice_read(n->patterns, &run->diags, n->path, n->bytes, n->size);
    n->post = (np_ini){.section_count = 0};
    if (!notice) {
        if (run->diags.errors == 0) np_arena_give_up(run->arena);
        return;
    }
    if (run->diags.errors) return;
    tell_open(run, notice);
    tell_warnings(run, notice);
    tell_unsure(run, notice);
    n->post = np_notice_post(run->arena, notice);
}

/* Whether a file is a notice; what it holds is kept for whoever reads it next. */
static bool is_notice(np_run *run, const char *path, char **bytes, size_t *size)
{
    if (np_ends_in(path, ".ini")) return false;
    np_notice_or_not *s = run->notice_or_not;
    while (s && strcmp(s->path, path) != 0) s = s->next;
    if (!s) {
        s = np_arena_alloc(run->arena, sizeof *s);
        *s = (np_notice_or_not){.path = path, .next = run->notice_or_not};
        bool read = np_run_read(run, run->arena, path, &s->bytes, &s->size) == NULL;
        s->is_notice = read && np_may_be_notice(path, s->bytes, s->size);
        run->notice_or_not = s;
    }
    *bytes = s->bytes;
    *size = s->size;
    return s->is_notice;
}

static void guarded_read(void *context)
{
    read_one(context);
}

bool np_run_notices(np_run *run, const char *const *paths, size_t count)
{
    np_ini *posts = np_arena_array(run->arena, count + 1, sizeof *posts);
    size_t found = 0;
    notices n = {.run = run, .patterns = np_patterns_new(run->book, &run->diags, run->arena)};
    bool memory = n.patterns || run->diags.errors;
    for (size_t i = 0; i < count && n.patterns && memory; i++) {
        n.path = paths[i];
        is_notice(run, n.path, &n.bytes, &n.size);
        memory = np_arena_guard(run->arena, guarded_read, &n);
        if (n.post.section_count) posts[found++] = n.post;
    }
    np_patterns_free(n.patterns);
    np_run_keep_sections(run, posts, found);
    if (memory && run->diags.errors) return false;
    if (!memory || !np_book_lay_posts(run->book, &run->diags, paths, count)) np_arena_give_up(run->arena);
    return run->diags.errors == 0;
}

size_t np_run_notices_last(np_run *run, const char **paths, size_t count)
{
    const char **notice_paths = np_arena_array(run->arena, count + 1, sizeof *notice_paths);
    size_t others = 0, found = 0;
    char *bytes;
    size_t size;
    for (size_t i = 0; i < count; i++) {
        if (is_notice(run, paths[i], &bytes, &size))
            notice_paths[found++] = paths[i];
        else
            paths[others++] = paths[i];
    }
    memcpy(paths + others, notice_paths, found * sizeof *paths);
    return found;
}
