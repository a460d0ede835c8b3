/* Rule books: places that are told are places of the text; the same text gives the same diagnostics; a book without
 * errors can be linted and computed with. The text is read as a book of its own, and as an overlay of a small one. */
#include "fuzz.h"
#include "small_book.h"

#include "natopay/book/load.h"
#include "natopay/book/lint.h"
#include "natopay/pay/payslip.h"

const long fuzz_mutations = 2500;

typedef struct trial {
    np_arena *arena;
    np_memory_file files[2];
    np_memory_files list;
    np_diags diags;
    np_book *book;
    const char *overlay; /* NULL: none */
    np_text said;
} trial;

static void places_exist(const np_diags *diags)
{
    for (const np_diag *d = diags->first; d; d = d->next) {
        REQUIRE(*d->message && (!d->hint || *d->hint));
        if (d->at.file) REQUIRE(d->at.offset + (size_t)d->at.length <= d->at.file->size);
        for (const np_note *n = d->notes; n; n = n->next)
            if (n->at.file) REQUIRE(n->at.offset + (size_t)n->at.length <= n->at.file->size);
    }
}

static void compute(trial *t)
{
    np_situation *situation = np_situation_new(t->book, t->arena);
    np_payslip *payslip = np_payslip_new(t->book, t->arena, true);
    if (t->book->date_slot == UINT16_MAX || t->book->country_slot == UINT16_MAX) return;
    static const char *const GIVEN[][2] = {
        {"date", "2026-03-01"}, {"duty_country", "FR"}, {"grade", "G10"}, {"births", "2010-01-01"}, {"spouse", "yes"}};
    const np_span none = np_span_none();
    for (size_t i = 0; i < sizeof GIVEN / sizeof *GIVEN; i++)
        if (np_book_input(t->book, GIVEN[i][0]))
            np_situation_set_text(situation, &t->diags, GIVEN[i][0], GIVEN[i][1], none, none);
    bool done = np_payslip_compute(payslip, situation, &t->diags, NULL);
    REQUIRE(done || t->diags.errors > 0);
    for (size_t i = 0; done && i < t->book->rule_count; i++)
        REQUIRE(payslip->lines[i].state != NP_LINE_DUE || np_num_valid(payslip->lines[i].amount));
}

static void try_book(void *context)
{
    trial *t = context;
    np_diags_init(&t->diags, t->arena);
    t->book = np_book_load(np_reader_memory(&t->list), &t->diags, t->arena, "pack", &t->overlay, t->overlay ? 1 : 0);
    if (!t->book) return;
    if (t->diags.errors == 0) {
        np_book_lint(t->book, &t->diags, NULL);
        compute(t);
    }
    places_exist(&t->diags);
    np_diags_print(&t->said, &t->diags, false);
    np_diags_json(&t->said, &t->diags);
}

static void load(trial *t, const char *text, size_t size, bool overlay)
{
    *t = (trial){.arena = np_arena_new(1 << 26), .list = {t->files, 1}};
    t->files[0] = (np_memory_file){"pack/a.ini", text, size};
    if (overlay) {
        t->files[0] = (np_memory_file){"pack/base.ini", SMALL_BOOK, sizeof SMALL_BOOK - 1};
        t->files[1] = (np_memory_file){t->overlay = "over.ini", text, size};
        t->list.count = 2;
    }
    np_text_init(&t->said, 1 << 24);
    REQUIRE(t->arena);
    np_arena_guard(t->arena, try_book, t); /* an input may take too much memory, and is told so */
}

static void both_ways(const char *text, size_t size, bool overlay)
{
    trial a, b;
    load(&a, text, size, overlay);
    load(&b, text, size, overlay);
    REQUIRE(a.said.length == b.said.length && strcmp(np_text_string(&a.said), np_text_string(&b.said)) == 0);
    np_text_free(&a.said);
    np_text_free(&b.said);
    np_arena_free(a.arena);
    np_arena_free(b.arena);
}

/* What overlays are laid over is without a mistake, or none of them would be computed with. */
static void check_small_book(void)
{
    trial t;
    load(&t, SMALL_BOOK, sizeof SMALL_BOOK - 1, false);
    REQUIRE(t.book && t.diags.errors == 0);
    np_text_free(&t.said);
    np_arena_free(t.arena);
}

/* ---- sections and keys ---- */

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : (unsigned char)c;
}

/* Names are told in lower case, with single blanks. */
static bool stands_at(np_span at, const char *text)
{
    const char *there = at.file->text + at.offset, *end = there + at.length;
    for (; *text; text++) {
        if (there == end || (*text == ' ' ? !strchr(" \t\r\f", *there) : lower(*there) != lower(*text))) return false;
        there++;
        while (*text == ' ' && there < end && strchr(" \t\r\f", *there)) there++;
    }
    return there == end;
}

static void check_key(const np_ini_key *key)
{
    size_t length = strlen(key->value);
    REQUIRE(stands_at(key->name_at, key->name) && length <= NP_INI_VALUE_LIMIT);
    for (size_t i = 0; i < length; i++) {
        np_span at = np_ini_value_span(key, i, 1);
        REQUIRE(at.length == 1 && (at.file->text[at.offset] == key->value[i] || strchr(" \t", key->value[i])));
    }
}

typedef struct ini_trial {
    np_arena *arena;
    const char *text;
    size_t size;
} ini_trial;

static void try_ini(void *context)
{
    ini_trial *t = context;
    np_diags diags;
    np_ini ini;
    np_diags_init(&diags, t->arena);
    const np_file *file = np_check_text(&diags, "a.ini", t->text, t->size, NP_INI_FILE_LIMIT);
    REQUIRE((file == NULL) == (diags.errors > 0));
    if (!file) return;
    REQUIRE(np_ini_read(&diags, file, &ini) == (diags.errors == 0));
    for (size_t i = 0; i < ini.section_count; i++) {
        const np_ini_section *section = &ini.sections[i];
        REQUIRE(*section->type && (!*section->name || stands_at(section->name_at, section->name)));
        for (size_t k = 0; k < section->key_count; k++) check_key(&section->keys[k]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    ini_trial t = {np_arena_new(1 << 26), text, size};
    REQUIRE(t.arena);
    np_arena_guard(t.arena, try_ini, &t);
    np_arena_free(t.arena);
    if (size == 0) check_small_book();
    both_ways(text, size, false);
    both_ways(text, size, true);
    return 0;
}
