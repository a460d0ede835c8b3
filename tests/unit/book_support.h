/* What the tests of calc/book and calc/pay share: books from texts or a folder, situations, expected diagnostics. */
#ifndef NATOPAY_TESTS_UNIT_BOOK_SUPPORT_H
#define NATOPAY_TESTS_UNIT_BOOK_SUPPORT_H

#include "unit/support.h"

#include <stdio.h>

#include "natopay/base/diag.h"
#include "natopay/book/load.h"
#include "natopay/pay/payslip.h"
#include "natopay/pay/format_value.h"

#ifndef NATO_PACK /* a test that is on the live book says so before */
#define NATO_PACK "tests/book/nato"
#endif

/* ---- readers: texts by name, all else from disk ---- */

enum { SUPPORT_FILES = 32 };

typedef struct support_texts {
    np_memory_file files[SUPPORT_FILES];
    np_memory_files list;
    np_reader memory, disk;
} support_texts;

static inline const char *support_read(void *context, np_arena *arena, const char *path, size_t limit, char **bytes,
                                       size_t *size)
{
    support_texts *texts = context;
    for (size_t i = 0; i < texts->list.count; i++)
        if (strcmp(texts->files[i].path, path) == 0)
            return texts->memory.read(texts->memory.context, arena, path, limit, bytes, size);
    return texts->disk.read(texts->disk.context, arena, path, limit, bytes, size);
}

static inline const char *support_list(void *context, np_arena *arena, const char *folder, const char *ending,
                                       const char ***names, size_t *count)
{
    support_texts *texts = context;
    np_reader *reader = strcmp(folder, NATO_PACK) == 0 ? &texts->disk : &texts->memory;
    return reader->list(reader->context, arena, folder, ending, names, count);
}

static inline void texts_init(support_texts *texts)
{
    *texts = (support_texts){.disk = np_reader_disk()};
    texts->list.files = texts->files;
    texts->memory = np_reader_memory(&texts->list);
}

static inline void texts_add(support_texts *texts, const char *path, const char *text)
{
    assert_true(texts->list.count < SUPPORT_FILES);
    texts->files[texts->list.count++] = (np_memory_file){path, text, strlen(text)};
}

static inline np_reader texts_reader(support_texts *texts)
{
    return (np_reader){.context = texts, .read = support_read, .list = support_list};
}

/* ---- what a test works on: texts, a book, a situation, a payslip ---- */

typedef struct fixture {
    np_arena *arena;
    support_texts texts;
    np_diags diags;
    np_book *book;
    np_situation *situation;
    np_payslip *payslip;
    bool computed;
} fixture;

#define fixture_test(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

static inline int fixture_open(void **state)
{
    fixture *w = calloc(1, sizeof *w);
    if (w == NULL) return -1;
    w->arena = np_arena_new(0);
    texts_init(&w->texts);
    *state = w;
    return w->arena == NULL ? -1 : 0;
}

static inline int fixture_close(void **state)
{
    fixture *w = *state;
    np_arena_free(w->arena);
    free(w);
    return 0;
}

/* Load `pack` with every text added so far whose path does not begin with the pack's as an overlay, in their order. */
static inline void fixture_load(fixture *w, const char *pack)
{
    const char *overlays[SUPPORT_FILES];
    size_t count = 0;
    for (size_t i = 0; i < w->texts.list.count; i++) {
        const char *path = w->texts.files[i].path;
        if (strncmp(path, pack, strlen(pack)) != 0 || path[strlen(pack)] != '/') overlays[count++] = path;
    }
    np_diags_init(&w->diags, w->arena);
    w->book = np_book_load(texts_reader(&w->texts), &w->diags, w->arena, pack, overlays, count);
    assert_non_null(w->book);
}

static inline void print_diags(const np_diags *diags)
{
    np_text text;
    np_text_init(&text, 1 << 20);
    np_diags_print(&text, diags, false);
    print_error("%s", np_text_string(&text));
    np_text_free(&text);
}

static inline void expect_clean(const np_diags *diags)
{
    if (diags->errors || diags->warnings) print_diags(diags);
    assert_int_equal(diags->errors, 0);
    assert_int_equal(diags->warnings, 0);
}

/* The NATO book with an overlay (NULL: none), ready for a new situation; nothing may be wrong with it. */
static inline void fixture_nato(fixture *w, const char *overlay)
{
    texts_init(&w->texts);
    if (overlay) texts_add(&w->texts, "overlay.ini", overlay);
    fixture_load(w, NATO_PACK);
    if (w->diags.errors) print_diags(&w->diags);
    assert_int_equal(w->diags.errors, 0);
    np_diags_init(&w->diags, w->arena);
    w->situation = np_situation_new(w->book, w->arena);
    w->payslip = np_payslip_new(w->book, w->arena, true);
}

/* ---- situations ---- */

static inline bool try_set(fixture *w, const char *name, const char *value)
{
    return np_situation_set_text(w->situation, &w->diags, name, value, np_span_none(), np_span_none());
}

/* "grade=G10 duty_country=FR ...": inputs without blanks in their values. */
static inline void set(fixture *w, const char *inputs)
{
    while (*inputs) {
        char word[200];
        size_t length = strcspn(inputs, " ");
        assert_true(length < sizeof word);
        memcpy(word, inputs, length);
        word[length] = '\0';
        char *equals = strchr(word, '=');
        assert_non_null(equals);
        *equals = '\0';
        if (!try_set(w, word, equals + 1)) {
            print_diags(&w->diags);
            fail_msg("cannot set %s", word);
        }
        inputs += length + strspn(inputs + length, " ");
    }
}

static inline void forget(fixture *w, const char *name)
{
    np_situation_forget(w->situation, (uint16_t)np_book_slot(w->book, name));
}

typedef struct support_computing {
    fixture *w;
    const np_pay_options *options;
} support_computing;

static inline void support_compute(void *context)
{
    support_computing *c = context;
    c->w->computed = np_payslip_compute(c->w->payslip, c->w->situation, &c->w->diags, c->options);
}

static inline bool try_compute_with(fixture *w, const np_pay_options *options)
{
    support_computing c = {w, options};
    assert_true(np_arena_guard(w->arena, support_compute, &c));
    return w->computed;
}

static inline bool try_compute(fixture *w)
{
    return try_compute_with(w, NULL);
}

static inline void compute(fixture *w)
{
    if (!try_compute(w)) {
        print_diags(&w->diags);
        fail_msg("the payslip could not be computed");
    }
}

static inline const np_line *line_of(const fixture *w, const char *rule)
{
    const np_rule *found = np_book_rule(w->book, rule);
    if (!found) fail_msg("no rule %s", rule);
    return &w->payslip->lines[found - w->book->rules];
}

static inline const np_value *value_of(const fixture *w, const char *name)
{
    int slot = np_book_slot(w->book, name);
    if (slot < 0) fail_msg("no input or rule %s", name);
    return &w->payslip->slots[slot];
}

#define expect_due(w, rule, amount_text)                                                 \
    do {                                                                                 \
        assert_int_equal(line_of(w, rule)->state, NP_LINE_DUE);                          \
        support_expect_plain(line_of(w, rule)->amount, amount_text, __FILE__, __LINE__); \
    } while (0)
#define expect_state(w, rule, wanted) assert_int_equal(line_of(w, rule)->state, wanted)

static inline void support_expect_plain(np_num a, const char *expected, const char *file, int line)
{
    np_text text;
    np_text_init(&text, 10000);
    np_num_print_plain(&text, a);
    support_expect(&text, expected, file, line);
}
/* A number as a person writes it: "5335.54". */
#define expect_plain(a, expected) support_expect_plain(a, expected, __FILE__, __LINE__)

static inline void support_value_reads(const fixture *w, const char *name, const char *expected, const char *file,
                                       int line)
{
    np_text text;
    np_text_init(&text, 10000);
    const np_value *value = value_of(w, name);
    bool plain = !value->unknown && (value->type == NP_NUMBER || value->type == NP_MONEY);
    if (plain)
        np_num_print_plain(&text, value->as.number); /* exactly, however amounts are shown to people */
    else
        np_print_value(&text, w->book, value, NULL);
    if (plain && value->type == NP_MONEY && value->currency < w->book->currency_count)
        np_text_printf(&text, " %s", w->book->currencies[value->currency].name);
    support_expect(&text, expected, file, line);
}
/* The value of an input or rule in words: "5335.54 EUR", "yes", "unknown". */
#define value_reads(w, name, expected) support_value_reads(w, name, expected, __FILE__, __LINE__)

/* ---- diagnostics ---- */

static inline const np_diag *find_diag(const np_diags *diags, np_code code, const char *message)
{
    for (const np_diag *d = diags->first; d; d = d->next)
        if (d->code == code && strstr(d->message, message)) return d;
    return NULL;
}

/* Exactly one diagnostic so far (counting errors and warnings) of this code, at "FILE:LINE:COL" ("": no place), with
 * this in its message and (unless NULL) this in its hint. */
static inline const np_diag *support_diag(const np_diags *diags, np_code code, const char *place, const char *message,
                                          const char *hint, const char *file, int line)
{
    const np_diag *found = find_diag(diags, code, message);
    if (!found) {
        print_diags(diags);
        print_error("no [%s] with '%s'\n", np_code_describe(code)->name, message);
        _fail(file, line);
    }
    char at[300] = "";
    if (found->at.file) {
        np_position p = np_span_position(found->at);
        snprintf(at, sizeof at, "%s:%u:%u", found->at.file->name, p.line, p.column);
    }
    _assert_string_equal(at, place, file, line);
    if (hint && !(found->hint && strstr(found->hint, hint))) {
        print_error("hint '%s' lacks '%s'\n", found->hint ? found->hint : "(none)", hint);
        _fail(file, line);
    }
    return found;
}
#define expect_diag(diags, code, place, message, hint) \
    support_diag(diags, NP_CODE_##code, place, message, hint, __FILE__, __LINE__)

/* The same, and it is the only one. */
#define expect_only(diags, code, place, message, hint)                    \
    do {                                                                  \
        expect_diag(diags, code, place, message, hint);                   \
        if ((diags)->errors + (diags)->warnings != 1) print_diags(diags); \
        assert_int_equal((diags)->errors + (diags)->warnings, 1);         \
    } while (0)

#endif
