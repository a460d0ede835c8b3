/* Plans: whatever a scenario changes of a small book, and whatever stands in the staff list, the fast way gives what
 * month by month gives, to the last digit, and refuses what it refuses.
 *
 * An input is a scenario; what follows a line "== staff" is the staff list, as CSV. */
#include "fuzz.h"
#include "same_outcome.h"
#include "small_book.h"
#include "text_source.h"

#include "natopay/book/load.h"
#include "natopay/plan/csv.h"
#include "natopay/plan/engine.h"
#include "natopay/plan/scenario.h"

const long fuzz_mutations = 4000;

enum { ROWS = 8, MONTHS = 40, BOOKS = 2 };

static const char STAFF[] =
    "id,grade,twin_grade,step,duty_country,start,end,contract,part_time,birth_date,births,spouse,income\n"
    "a,G10,G11,1,FR,2024-02-10,,definite,1,1961-08-30,\"2009-03-01, 2024-05-17\",yes,0\n"
    "b,G11,,2,US,2020-01-01,2028-04-15,,0.5,,,no,\n"
    "c,G10,,1,FR,2026-07-31,,indefinite,,2001-01-31,2026-02-28,yes,900\n";

typedef struct trial {
    np_arena *arena;
    np_memory_file files[2];
    text_source staff;
    np_diags diags;
    np_plan_book books[BOOKS];
    np_window window;
    np_csv_batch rows;
    np_engine *fast, *monthly;
} trial;

static bool give_row(trial *t, np_engine *engine, unsigned row, np_diags *diags)
{
    const np_csv_row *header = &t->rows.rows[0], *r = &t->rows.rows[row + 1];
    const np_book *book = t->books[0].book;
    np_engine_begin_row(engine, row);
    for (size_t i = 0; i < r->field_count && i < header->field_count; i++) {
        const np_input *input = np_book_input(book, np_csv_text(&t->rows, header, i));
        const np_csv_cell *cell = &t->rows.fields[r->first_field + i];
        if (!input || cell->length == 0 || np_engine_is_given(engine, row, input->slot)) continue;
        if (!np_engine_set_input(engine, row, input->slot, np_csv_text(&t->rows, r, i), cell->length, diags))
            return false;
    }
    return true;
}

/* What one way came to, but for the amounts. */
static void say(const np_outcome *o)
{
    fprintf(stderr,
            "applies %d currency %d months %d to %d status %d beyond %d %d step_assumed %d left %d changes %llu unsure "
            "%d converted %d open %llx\n",
            o->applies, o->currency, o->from, o->until, o->status, o->beyond, o->beyond_age, o->step_assumed, o->left,
            (unsigned long long)o->changes, o->unsure, o->converted, (unsigned long long)o->open[0]);
}

static void run_rows(trial *t, np_engine *engine, np_engine_row *rows, unsigned count)
{
    for (unsigned i = 0; i < count; i++) rows[i].done = give_row(t, engine, i, rows[i].diags);
    np_engine_run(engine, rows, count);
}

static void compare_rows(void *context)
{
    static np_outcome fast[ROWS][BOOKS], monthly[ROWS][BOOKS];
    trial *t = context;
    np_diags diags[2 * ROWS];
    np_engine_row a[ROWS], b[ROWS];
    unsigned count = 0;
    memset(fast, 0x11, sizeof fast); /* what was there before must not matter */
    memset(monthly, 0x22, sizeof monthly);
    for (; count < ROWS && count + 1 < t->rows.row_count && !t->rows.rows[count + 1].reason; count++) {
        const char *key = np_csv_text(&t->rows, &t->rows.rows[count + 1], 0);
        np_diags_init(&diags[2 * count], t->arena);
        np_diags_init(&diags[2 * count + 1], t->arena);
        a[count] = (np_engine_row){.diags = &diags[2 * count], .outcomes = fast[count], .key = key};
        b[count] = (np_engine_row){.diags = &diags[2 * count + 1], .outcomes = monthly[count], .key = key};
    }
    run_rows(t, t->fast, a, count);
    run_rows(t, t->monthly, b, count);
    for (unsigned i = 0; i < count; i++) {
        REQUIRE(a[i].done == b[i].done && a[i].diags->errors == b[i].diags->errors);
        REQUIRE(a[i].done == (a[i].diags->errors == 0));
        for (size_t book = 0; a[i].done && book < BOOKS; book++) {
            bool same = same_outcome(&t->window, &fast[i][book], &monthly[i][book]);
            if (!same) fprintf(stderr, "row %u book %zu\n", i, book), say(&fast[i][book]), say(&monthly[i][book]);
            REQUIRE(same);
        }
    }
}

static void compare_guarded(void *context)
{
    trial *t = context;
    (void)np_engine_guard(t->monthly, compare_rows, t); /* false: memory ran out, as it may for a hostile input */
}

static bool load_books(trial *t)
{
    static const char *const OVERLAY[] = {"scenario.ini"};
    np_memory_files files = {t->files, 2};
    np_reader reader = np_reader_memory(&files);
    np_scenario scenario = {0};
    np_book *base = np_book_load(reader, &t->diags, t->arena, "small", NULL, 0);
    REQUIRE(base && t->diags.errors == 0);
    np_book *changed = np_book_load(reader, &t->diags, t->arena, "small", OVERLAY, 1);
    if (!changed || t->diags.errors > 0 || !np_scenario_read(changed, &t->diags, 0, &scenario)) return false;
    t->books[0] = (np_plan_book){.book = base};
    t->books[1] = (np_plan_book){changed, scenario.when, scenario.changes, scenario.change_count};
    return true;
}

static void try_plan(void *context)
{
    trial *t = context;
    np_csv csv;
    np_diags_init(&t->diags, t->arena);
    if (!load_books(t)) return;
    np_csv_init(&csv, (np_byte_source){&t->staff, read_text}, ',');
    while (t->rows.row_count <= ROWS && np_csv_read(&csv, &t->rows) == NP_CSV_ROW) continue;
    np_csv_free(&csv);
    if (t->rows.row_count == 0 || t->rows.rows[0].reason) return;
    REQUIRE(np_window_set(&t->window, np_date_of(2026, 1, 1), MONTHS));
    const np_engine_options monthly = {.reference = true}, fast = {.reference = false};
    t->fast = np_engine_new(&t->window, t->books, BOOKS, &fast);
    t->monthly = np_engine_new(&t->window, t->books, BOOKS, &monthly);
    if (t->fast && t->monthly) (void)np_engine_guard(t->fast, compare_guarded, t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char MARK[] = "== staff\n";
    const char *text = (const char *)data, *mark = size ? memmem(text, size, MARK, sizeof MARK - 1) : NULL;
    trial t = {.arena = np_arena_new(1 << 26), .staff = {STAFF, sizeof STAFF - 1}};
    REQUIRE(t.arena);
    t.files[0] = (np_memory_file){"small/book.ini", SMALL_BOOK, sizeof SMALL_BOOK - 1};
    t.files[1] = (np_memory_file){"scenario.ini", text, mark ? (size_t)(mark - text) : size};
    if (mark) {
        t.staff.text = mark + sizeof MARK - 1;
        t.staff.left = (size_t)(text + size - t.staff.text);
    }
    np_csv_batch_init(&t.rows);
    (void)np_arena_guard(t.arena, try_plan, &t);
    np_engine_free(t.fast);
    np_engine_free(t.monthly);
    np_csv_batch_free(&t.rows);
    np_arena_free(t.arena);
    return 0;
}
