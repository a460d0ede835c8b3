/* The order of files, sections and keys makes no difference to any payslip. */
#include "unit/book_support.h"

enum { SHUFFLES = 12, SECTIONS = 4000, FILES = 5, LINES = 64 };

typedef struct pack {
    const char *section[SECTIONS]; /* each with its keys */
    size_t length[SECTIONS];
    size_t count;
} pack;

/* The NATO book cut into its sections. */
static void cut(fixture *w, pack *p)
{
    np_reader disk = np_reader_disk();
    const char **names = NULL;
    size_t count = 0;
    np_diags_init(&w->diags, w->arena);
    assert_null(disk.list(NULL, w->arena, NATO_PACK, ".ini", &names, &count));
    for (size_t i = 0; i < count; i++) {
        char path[100];
        snprintf(path, sizeof path, NATO_PACK "/%s", names[i]);
        np_file *file = np_read_text(disk, &w->diags, path, NP_INI_FILE_LIMIT);
        assert_non_null(file);
        const char *at = file->text;
        while (at && (at[0] == '[' || (at = strstr(at, "\n[")))) {
            at += at[0] == '\n';
            const char *next = strstr(at, "\n[");
            assert_true(p->count < SECTIONS);
            p->section[p->count] = at;
            p->length[p->count++] = next ? (size_t)(next - at) + 1 : strlen(at);
            at = next;
        }
    }
    assert_true(p->count > 200);
}

/* A section with its keys in another order (no value of the book goes over several lines). */
static void put_shuffled(np_text *out, random_source *random, const char *section, size_t length)
{
    const char *lines[LINES];
    size_t lengths[LINES], count = 0;
    const char *end = section + length;
    while (section < end) {
        const char *newline = memchr(section, '\n', (size_t)(end - section));
        size_t size = newline ? (size_t)(newline - section) : (size_t)(end - section);
        assert_true(count < LINES);
        lines[count] = section;
        lengths[count++] = size;
        section += size + 1;
    }
    for (size_t i = count; i > 2; i--) { /* the header stays first */
        size_t other = 1 + random_below(random, (unsigned)(i - 1));
        const char *line = lines[i - 1];
        size_t size = lengths[i - 1];
        lines[i - 1] = lines[other];
        lengths[i - 1] = lengths[other];
        lines[other] = line;
        lengths[other] = size;
    }
    for (size_t i = 0; i < count; i++) {
        np_text_add(out, lines[i], lengths[i]);
        np_text_putc(out, '\n');
    }
}

static void load_shuffled(fixture *w, random_source *random, const pack *p)
{
    static const char *const PATHS[FILES] = {"pack/a.ini", "pack/b.ini", "pack/c.ini", "pack/d.ini", "pack/e.ini"};
    size_t order[SECTIONS];
    np_text texts[FILES];
    for (size_t i = 0; i < FILES; i++) np_text_init(&texts[i], 1 << 20);
    for (size_t i = 0; i < p->count; i++) order[i] = i;
    for (size_t i = p->count; i > 1; i--) {
        size_t other = random_below(random, (unsigned)i), kept = order[i - 1];
        order[i - 1] = order[other];
        order[other] = kept;
    }
    for (size_t i = 0; i < p->count; i++)
        put_shuffled(&texts[i < FILES ? i : random_below(random, FILES)], random, p->section[order[i]],
                     p->length[order[i]]);
    texts_init(&w->texts);
    for (size_t i = 0; i < FILES; i++) {
        assert_false(texts[i].failed);
        texts_add(&w->texts, PATHS[i], np_text_move(&texts[i], w->arena));
    }
    fixture_load(w, "pack");
    if (w->diags.errors) print_diags(&w->diags);
    assert_int_equal(w->diags.errors, 0);
    for (const np_diag *d = w->diags.first; d; d = d->next) assert_int_equal(d->code, NP_CODE_SCALE_ORDER);
}

static const char *const SITUATIONS[] = {
    "grade=G10 duty_country=FR start=2026-03-01 nationality=DE spouse=yes children=2 residence_distance_km=400",
    "grade=G15 duty_country=GB start=2025-06-15 date=2025-06-01 nationality=DE similar_allowances=200EUR children=1",
    "grade=G17 duty_country=US start=2024-01-01 date=2027-05-01 step=4 nationality=FR spouse=yes children=3",
    "grade=G22 duty_country=BE start=2022-01-01 recruited=2015-01-01 nationality=FR spouse=yes",
    "grade=G20 duty_country=UA start=2025-01-01 nationality=FR lodging_provided=yes residence_distance_km=4000",
    "grade=G8 duty_country=IT start=2026-01-01 child_births=2010-02-03,2003-05-06 children_in_education=1",
};

/* All lines and totals, in words. */
static void describe(fixture *w, np_text *out)
{
    for (size_t s = 0; s < sizeof SITUATIONS / sizeof SITUATIONS[0]; s++) {
        np_diags_init(&w->diags, w->arena);
        w->situation = np_situation_new(w->book, w->arena);
        w->payslip = np_payslip_new(w->book, w->arena, false);
        set(w, SITUATIONS[s]);
        compute(w);
        for (size_t i = 0; i < w->book->rule_count; i++) {
            const np_line *line = &w->payslip->lines[i];
            np_text_printf(out, "%s %d %d %d ", w->book->rules[i].name, line->state, line->status, line->date);
            np_num_print_fraction(out, line->exact);
            np_text_putc(out, ' ');
            np_num_print_fraction(out, line->amount);
            np_text_putc(out, '\n');
        }
        np_num_print_fraction(out, w->payslip->net.amount);
        np_text_printf(out, " %d\n", w->payslip->net.status);
    }
    assert_false(out->failed);
}

static void order_makes_no_difference(void **state)
{
    fixture *w = *state;
    random_source random = random_start();
    np_arena *outer = w->arena;
    pack p = {.count = 0};
    np_text first, now;
    np_text_init(&first, 1 << 20);
    np_text_init(&now, 1 << 20);
    cut(w, &p);
    fixture_nato(w, NULL);
    describe(w, &first);
    for (long round = random_rounds(SHUFFLES); round > 0; round--) {
        w->arena = np_arena_new(0);
        load_shuffled(w, &random, &p);
        np_text_clear(&now);
        describe(w, &now);
        assert_string_equal(np_text_string(&now), np_text_string(&first));
        np_arena_free(w->arena);
    }
    w->arena = outer;
    np_text_free(&first);
    np_text_free(&now);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {fixture_test(order_makes_no_difference)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
