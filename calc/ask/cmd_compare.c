/* natopay compare: which arguments are posts, a rule book for each, then the comparison in the format asked for. */
#include <stdlib.h>
#include <string.h>

#include "natopay/book/load.h"
#include "natopay/ask/run.h"
#include "natopay/compare/solve.h"
#include "natopay/report/compare_report.h"

enum { OWN_MAX = 64 };

/* One post as the command line gives it. */
typedef struct entry {
    np_arg file;         /* text NULL: none */
    const char *section; /* [post X] of a file that holds several; NULL: the only one */
    np_arg own[OWN_MAX]; /* NAME=VALUE of its --post */
    size_t own_count;
    np_arg data;   /* the folder of its rule book; text NULL: that of the command */
    np_book *book; /* once it is loaded */
    size_t place;  /* on the command line: columns stand in that order */
} entry;

typedef struct sorted {
    np_run *run;
    entry *entries;
    size_t count, capacity;
    np_arg shared[NP_ARGS_MAX]; /* persons and overlays, for every post */
    bool persons[NP_ARGS_MAX];  /* which of them hold persons alone */
    size_t shared_count;
    const np_book **books; /* of several organisations: each without overlays; NULL: all posts are of one */
    size_t book_count;
    np_arg rates[NP_ARGS_MAX]; /* exchange.CUR=RATE */
    size_t rate_count;
} sorted;

static entry *add_entry(sorted *s, size_t place)
{
    s->entries = np_arena_grow(s->run->arena, s->entries, &s->capacity, s->count + 1, sizeof *s->entries);
    entry *e = &s->entries[s->count++];
    *e = (entry){.place = place};
    return e;
}

/* ---- which argument is what ---- */

/* A file with a post is a column for each; one without belongs to all. What cannot be read is taken as a post: loading
 * says what is wrong with it. */
static void sort_file(sorted *s, np_arg file)
{
    np_diags discarded;
    np_ini ini = {0};
    np_diags_init(&discarded, s->run->arena);
    np_file *text = NULL;
    if (!np_ends_in(file.text, ".txt"))
        text = np_read_text(np_run_reader(s->run), &discarded, file.text, NP_INI_FILE_LIMIT);
    if (!text || !np_ini_read(&discarded, text, &ini)) {
        add_entry(s, file.at.offset)->file = file;
        return;
    }
    size_t posts = 0, others = 0, persons = 0;
    for (size_t i = 0; i < ini.section_count; i++) {
        bool post = strcmp(ini.sections[i].type, "post") == 0;
        posts += post;
        others += !post;
        persons += strcmp(ini.sections[i].type, "person") == 0;
        if (!post) continue;
        entry *e = add_entry(s, file.at.offset);
        e->file = file;
        e->section = ini.sections[i].name;
        e->data = np_post_data(&ini.sections[i]);
    }
    if (posts == 0 && others > 0) {
        s->persons[s->shared_count] = persons == others;
        s->shared[s->shared_count++] = file;
    }
    if (posts == 0 && others == 0) add_entry(s, file.at.offset)->file = file;
}

/* NAME=VALUE's value, with its place. */
static np_arg value_of(np_arg part)
{
    size_t name = strcspn(part.text, "=") + 1;
    return (np_arg){part.text + name, np_span_of(part.at.file, part.at.offset + name, strlen(part.text) - name)};
}

static void sort_group(sorted *s, np_arg group)
{
    entry *e = add_entry(s, group.at.offset);
    np_arg part;
    for (size_t at = 0; np_next_input(s->run->arena, group, &at, &part);) {
        size_t name = strspn(part.text, "abcdefghijklmnopqrstuvwxyz_0123456789");
        if (part.at.offset == group.at.offset && part.text[name] != '=')
            e->file = part;
        else if (strncmp(part.text, "data=", 5) == 0)
            e->data = value_of(part);
        else if (e->own_count < OWN_MAX)
            e->own[e->own_count++] = part;
        else
            np_report(&s->run->diags, NP_CODE_TOO_MANY, part.at, "a post takes at most %d inputs", OWN_MAX);
    }
}

static int by_place(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    return (x->place > y->place) - (x->place < y->place);
}

/* --set exchange.USD=1.0850 is no input, but a rate of the book. */
static void sort_sets(sorted *s)
{
    np_args *args = &s->run->args;
    size_t kept = 0;
    for (size_t i = 0; i < args->set_count; i++) {
        if (strncmp(args->sets[i].text, "exchange.", 9) == 0)
            s->rates[s->rate_count++] = args->sets[i];
        else
            args->sets[kept++] = args->sets[i];
    }
    args->set_count = kept;
}

static void sort_arguments(sorted *s)
{
    np_run *run = s->run;
    for (size_t i = 0; i < run->args.file_count && i < NP_ARGS_MAX; i++) sort_file(s, run->args.files[i]);
    for (size_t i = 0; i < run->args.post_count; i++) sort_group(s, run->args.posts[i]);
    if (s->count > 1) qsort(s->entries, s->count, sizeof *s->entries, by_place);
    sort_sets(s);
}

/* ---- one book for each post ---- */

static void set_rate(sorted *s, np_arg rate)
{
    np_run *run = s->run;
    const char *name = rate.text + 9, *equals = strchr(name, '=');
    np_num value;
    size_t at;
    if (!equals || np_num_parse(run->arena, equals + 1, strlen(equals + 1), &value, &at) || np_num_sign(value) <= 0) {
        np_diag *diag = np_report(&run->diags, NP_CODE_BAD_NUMBER, rate.at, "'%s' is no exchange rate", rate.text);
        np_diag_hint(&run->diags, diag, "write exchange.USD=1.0850: units per euro");
        return;
    }
    const char *code = np_arena_copy(run->arena, name, (size_t)(equals - name));
    if (np_book_set_rate(run->book, code, value)) return;
    for (size_t i = 0; i < s->book_count; i++)
        if (np_book_currency(s->books[i], code) >= 0 && strcmp(code, "EUR") != 0) return; /* another post's */
    np_diag *diag = np_report(&run->diags, NP_CODE_UNKNOWN_CURRENCY, rate.at, "no currency is called '%s'", code);
    const char *near = np_book_suggest(run->book, "currency", code);
    np_diag_hint(&run->diags, diag, near ? NP_MARK("did you mean %s?") : NP_MARK("natopay show currency lists them"),
                 near);
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* The book that an earlier post on the command line loaded from the same files; posts without a file share one too. */
static np_book *loaded_before(const sorted *s, const entry *e)
{
    for (const entry *before = s->entries; before < e; before++)
        if (before->book && same_text(before->file.text, e->file.text) && same_text(before->data.text, e->data.text))
            return before->book;
    return NULL;
}

static bool load_book(sorted *s, entry *e)
{
    np_run *run = s->run;
    e->book = loaded_before(s, e);
    if (e->book) {
        run->book = e->book;
        return true;
    }
    np_arg *files = np_arena_array(run->arena, s->shared_count + 1, sizeof *files);
    size_t count = 0;
    if (e->file.text) files[count++] = e->file;
    bool other = e->data.text != NULL;
    for (size_t i = 0; i < s->shared_count; i++)
        if (!other || s->persons[i]) files[count++] = s->shared[i];
    run->data = other ? e->data : (np_arg){"", np_span_none()};
    if (!np_run_load(run, files, count)) return false;
    for (size_t i = 0; i < s->rate_count; i++) set_rate(s, s->rates[i]);
    e->book = run->book;
    return true;
}

static bool load(sorted *s, entry *e, np_compare_post *post)
{
    np_run *run = s->run;
    if (!load_book(s, e)) return false;
    np_situation *situation = np_run_situation_of(run, e->section, e->own, e->own_count);
    if (!situation) return false;
    np_run_assume_grade(run, situation, e->file);
    *post = (np_compare_post){.name = situation->post, .situation = situation};
    for (size_t i = 0; i < run->book->definition_count; i++) {
        const np_definition *definition = run->book->definitions[i];
        if (strcmp(definition->type, "post") != 0 || !situation->post || strcmp(definition->name, situation->post) != 0)
            continue;
        np_label label = np_definition_label(run->arena, definition, "label");
        post->label = np_label_text(&label, run->args.lang, NULL);
    }
    return true;
}

/* ---- the job that somebody has: net=4200,currency=EUR,label=Today ---- */

static bool is_present_job(const entry *e)
{
    for (size_t i = 0; i < e->own_count && !e->file.text; i++)
        if (strncmp(e->own[i].text, "net=", 4) == 0) return true;
    return false;
}

static bool read_net(np_run *run, np_arg value, np_num *net)
{
    static const int64_t MOST = 1000000000;
    size_t at;
    np_ini_key key = {.value = value.text, .value_at = value.at};
    if (np_book_refuse_unclear(&run->diags, &key)) return false;
    if (np_num_parse(run->arena, value.text, strlen(value.text), net, &at)) {
        np_diag *diag = np_report(&run->diags, NP_CODE_BAD_NUMBER, value.at, "'%s' is not a number", value.text);
        np_diag_hint(&run->diags, diag, "write the net of a month and its currency: net=4200,currency=EUR");
        return false;
    }
    if (np_num_sign(*net) > 0 && np_num_compare(*net, np_num_int(MOST)) < 0) return true;
    np_report(&run->diags, NP_CODE_OUT_OF_BOUNDS, value.at,
              "the net of a month is above 0 and below 1000000000, not %s", value.text);
    return false;
}

static bool read_currency(np_run *run, np_arg value, uint16_t *currency)
{
    char *code = np_arena_copy(run->arena, value.text, strlen(value.text));
    for (char *c = code; *c; c++)
        if (*c >= 'a' && *c <= 'z') *c = (char)(*c - ('a' - 'A'));
    int found = np_book_currency(run->book, code);
    *currency = (uint16_t)found;
    if (found >= 0) return true;
    np_diag *diag =
        np_report(&run->diags, NP_CODE_UNKNOWN_CURRENCY, value.at, "no currency is called '%s'", value.text);
    const char *near = np_book_suggest(run->book, "currency", code);
    np_diag_hint(&run->diags, diag, near ? NP_MARK("did you mean %s?") : NP_MARK("natopay show currency lists them"),
                 near);
    return false;
}

static bool load_present_job(sorted *s, entry *e, np_compare_post *post)
{
    np_run *run = s->run;
    run->data = (np_arg){"", np_span_none()};
    if (!np_run_load(run, s->shared, s->shared_count)) return false;
    for (size_t i = 0; i < s->rate_count; i++) set_rate(s, s->rates[i]);
    *post = (np_compare_post){.present = true, .situation = np_situation_new(run->book, run->arena)};
    bool ok = true, has_currency = false;
    for (size_t i = 0; i < e->own_count; i++) {
        np_arg part = e->own[i], value = value_of(part);
        if (strncmp(part.text, "net=", 4) == 0) {
            ok = read_net(run, value, &post->net) && ok;
        } else if (strncmp(part.text, "currency=", 9) == 0) {
            has_currency = true;
            ok = read_currency(run, value, &post->currency) && ok;
        } else if (strncmp(part.text, "label=", 6) == 0) {
            post->label = *value.text ? value.text : NULL;
        } else {
            np_diag *diag = np_report(&run->diags, NP_CODE_UNKNOWN_INPUT, part.at,
                                      "a job given by its net takes net, currency and label, not '%.*s'",
                                      (int)strcspn(part.text, "="), part.text);
            np_diag_hint(&run->diags, diag, "leave it out; or leave net out, and the post is computed");
            ok = false;
        }
    }
    if (has_currency) return ok;
    np_diag *diag = np_report(&run->diags, NP_CODE_MISSING_INPUT, e->own[0].at, "the net has no currency");
    np_diag_hint(&run->diags, diag, "write for example net=4200,currency=EUR");
    return false;
}

/* Of posts of several organisations: each one's rules, to know what each alone asks of a person. */
static bool load_books(sorted *s)
{
    np_run *run = s->run;
    const char *own = run->host->book_folder(run);
    const char **folders = np_arena_array(run->arena, s->count + 1, sizeof *folders);
    s->books = np_arena_array(run->arena, s->count + 1, sizeof(np_book *));
    for (size_t i = 0; i < s->count; i++) {
        entry *e = &s->entries[i];
        if (e->data.text && !*e->data.text) e->data.text = NULL;
        const char *folder = e->data.text ? np_other_folder(run, e->data) : own;
        if (!folder) continue;
        if (e->data.text && strcmp(folder, own) == 0) e->data.text = NULL; /* it is that of the command */
        bool there = false;
        for (size_t k = 0; k < s->book_count && !there; k++) there = strcmp(folders[k], folder) == 0;
        if (there) continue;
        np_diags discarded;
        np_diags_init(&discarded, run->arena);
        np_book *book = np_book_load(np_run_reader(run), &discarded, run->arena, folder, NULL, 0);
        if (!book) np_arena_give_up(run->arena);
        folders[s->book_count] = folder;
        s->books[s->book_count++] = book;
    }
    run->compared_books = s->books;
    run->compared_count = s->book_count > 1 ? s->book_count : 0;
    return run->diags.errors == 0;
}

static bool of_several_books(const sorted *s)
{
    bool several = false;
    for (size_t i = 0; i < s->count; i++) several = several || s->entries[i].data.text;
    return several;
}

/* All posts are read, so that one run tells of every mistake; but not the same book's mistakes for each. */
static bool load_all(sorted *s, np_compare_post *posts)
{
    bool ok = true;
    size_t most = s->count > NP_COMPARE_MOST + 1 ? NP_COMPARE_MOST + 1 : s->count;
    for (size_t i = 0; i < most; i++) {
        bool job = is_present_job(&s->entries[i]);
        ok = (job ? load_present_job : load)(s, &s->entries[i], &posts[i]) && ok;
    }
    return ok;
}

/* ---- break-even and ranges ---- */

/* --months; *months 0: the option is not given. */
static bool read_months(np_run *run, size_t *months)
{
    np_arg arg = run->args.value[NP_OPT_MONTHS];
    np_num value;
    size_t at;
    int64_t whole;
    *months = 0;
    if (!arg.text) return true;
    if (!np_num_parse(run->arena, arg.text, strlen(arg.text), &value, &at) && np_num_to_int(value, &whole) &&
        whole >= 1 && whole <= NP_MONTHS_MAX) {
        *months = (size_t)whole;
        return true;
    }
    np_diag *diag = np_run_usage(run, arg, "'%s' is no number of months", arg.text);
    np_diag_hint(&run->diags, diag, "from 1 to %d", NP_MONTHS_MAX);
    return false;
}

static bool solve(np_run *run, np_comparison *c, np_shown_comparison *shown, size_t months)
{
    np_arg even = run->args.value[NP_OPT_BREAK_EVEN], vary = run->args.value[NP_OPT_VARY];
    np_scan scan;
    if (even.text) {
        if (!np_scan_read(&scan, c, &run->diags, even.text, even.at, false, months)) return false;
        np_solution *solutions = np_arena_array(run->arena, c->count, sizeof *solutions);
        for (size_t i = 1; i < c->count; i++)
            if (!np_solve(&solutions[i - 1], c, &scan, i, months, NP_SOLVE_EXHAUSTIVE, &run->diags)) return false;
        shown->solutions = solutions;
        shown->solution_count = c->count - 1;
    }
    if (vary.text) {
        if (!np_scan_read(&scan, c, &run->diags, vary.text, vary.at, true, months)) return false;
        np_variation *variation = np_arena_alloc(run->arena, sizeof *variation);
        np_vary(variation, c, &scan, months);
        shown->variation = variation;
    }
    return true;
}

/* Warn of an input that is true of one duty country only, as years lived there, in a person's file: it is counted for
 * posts in every country. */
static void warn_of_figures_of_one_country(np_run *run, const np_comparison *c)
{
    const np_value *first = &c->columns[0].payslip->slots[c->columns[0].book->country_slot];
    bool several = false;
    for (size_t i = 1; i < c->count; i++) {
        const np_post_column *column = &c->columns[i];
        if (!column->payslip) continue;
        const np_value *country = &column->payslip->slots[column->book->country_slot];
        several = several || (!first->unknown && !country->unknown && country->as.country != first->as.country);
    }
    const np_definition *person = NULL;
    for (size_t i = 0; i < run->book->definition_count; i++)
        if (strcmp(run->book->definitions[i]->type, "person") == 0) person = run->book->definitions[i];
    for (size_t i = 0; several && person && i < run->book->input_count; i++) {
        const np_input *input = &run->book->inputs[i];
        const np_key *key = input->one_country ? np_definition_key(person, input->name) : NULL;
        if (!key) continue;
        np_diag *diag = np_report(&run->diags, NP_CODE_ADVICE, key->ini->name_at,
                                  "%s is counted for every post, and they are in several countries", input->name);
        np_diag_hint(&run->diags, diag, "give it with each post: --post FILE,%s=...", input->name);
    }
}

void np_cmd_compare(np_run *run)
{
    sorted *s = np_arena_alloc(run->arena, sizeof *s);
    size_t months;
    s->run = run;
    if (!read_months(run, &months)) return;
    sort_arguments(s);
    np_compare_post *posts = np_arena_array(run->arena, NP_COMPARE_MOST + 2, sizeof *posts);
    if (run->diags.errors) return;
    bool fits = s->count >= NP_COMPARE_LEAST && s->count <= NP_COMPARE_MOST;
    if (fits && of_several_books(s) && !load_books(s)) return;
    if (fits && !load_all(s, posts)) return;
    np_compare_options options = {.posts = posts,
                                  .count = s->count,
                                  .currency = run->args.value[NP_OPT_CURRENCY].text,
                                  .currency_at = run->args.value[NP_OPT_CURRENCY].at,
                                  .lang = run->args.lang};
    np_comparison *c = np_comparison_new(&options, run->arena, &run->diags);
    if (!c) return;
    warn_of_figures_of_one_country(run, c);
    np_shown_comparison shown = {.comparison = c, .diags = &run->diags};
    if (!solve(run, c, &shown, months ? months : (size_t)c->compared_months[0])) return;
    np_run_show(run, np_comparison_output(&shown));
}
