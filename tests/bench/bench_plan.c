/* Staff a second on one core, in process: synthetic staff over 72 months under the full NATO book and one scenario,
 * beside the same months computed one by one in plain mpq by worker (tests/naive_payslip.h). Processor time. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "naive_payslip.h"
#include "natopay/book/load.h"
#include "natopay/book/reader.h"
#include "natopay/plan/csv.h"
#include "natopay/plan/engine.h"
#include "natopay/plan/sample.h"
#include "natopay/plan/scenario.h"
#include "text_source.h"

enum { STAFF = 50000, BY_HAND = 40, MONTHS = 72, COLUMNS_MAX = 64, TARGET = 20 };

typedef struct bench {
    np_arena *arena, *row;
    np_diags diags;
    np_plan_book books[2];
    np_window window;
    np_sample sample;
    np_csv_batch batch;
    np_engine *engine;
    uint64_t refused;
    bool ready;
} bench;

static void prepare(void *context)
{
    bench *b = context;
    static const char *const OVERLAY[] = {"data/scenarios/scale-rise-2027.ini"};
    np_scenario scenario = {0};
    np_diags_init(&b->diags, b->arena);
    for (size_t i = 0; i < 2; i++) {
        np_book *book = np_book_load(np_reader_disk(), &b->diags, b->arena, "data/nato", OVERLAY, i);
        if (!book || b->diags.errors || (i && !np_scenario_read(book, &b->diags, 0, &scenario))) return;
        b->books[i] = (np_plan_book){book, scenario.when, scenario.changes, scenario.change_count};
    }
    b->ready =
        np_sample_init(&b->sample, b->books[0].book, 1) && np_window_set(&b->window, np_date_of(2026, 1, 1), MONTHS);
}

static void read_staff(bench *b)
{
    np_text text;
    np_csv csv;
    np_text_init(&text, (size_t)1 << 30);
    np_sample_header(&b->sample, &text);
    for (uint64_t i = 1; i <= STAFF; i++) np_sample_row(&b->sample, &text, i);
    text_source source = {np_text_string(&text), text.length};
    np_csv_init(&csv, (np_byte_source){&source, read_text}, ',');
    np_csv_batch_init(&b->batch);
    while (np_csv_read(&csv, &b->batch) == NP_CSV_ROW) continue;
    np_csv_free(&csv);
    np_text_free(&text);
}

static bool begin_row(bench *b, const uint16_t *slots, size_t number, unsigned batch_row, np_diags *diags)
{
    const np_csv_row *row = &b->batch.rows[number];
    bool ok = true;
    np_engine_begin_row(b->engine, batch_row);
    for (size_t i = 0; i < row->field_count && ok; i++) {
        const np_csv_cell *cell = &b->batch.fields[row->first_field + i];
        if (slots[i] != UINT16_MAX && cell->length)
            ok = np_engine_set_input(b->engine, batch_row, slots[i], np_csv_text(&b->batch, row, i), cell->length,
                                     diags);
    }
    return ok;
}

static void by_engine(void *context)
{
    bench *b = context;
    const np_csv_row *header = &b->batch.rows[0];
    uint16_t slots[COLUMNS_MAX];
    for (size_t i = 0; i < header->field_count; i++) {
        const np_input *input = np_book_input(b->books[0].book, np_csv_text(&b->batch, header, i));
        slots[i] = input ? input->slot : UINT16_MAX;
    }
    for (size_t r = 1; r < b->batch.row_count; r += NP_BATCH) {
        static np_outcome outcomes[NP_BATCH][2];
        np_engine_row batch_rows[NP_BATCH];
        np_diags diags[NP_BATCH];
        size_t left = b->batch.row_count - r;
        unsigned count = (unsigned)(left < NP_BATCH ? left : NP_BATCH);
        np_arena_reset(b->row);
        for (unsigned s = 0; s < count; s++) {
            np_diags_init(&diags[s], b->row);
            batch_rows[s] = (np_engine_row){
                .diags = &diags[s], .outcomes = outcomes[s], .done = begin_row(b, slots, r + s, s, &diags[s])};
        }
        np_engine_run(b->engine, batch_rows, count);
        for (unsigned s = 0; s < count; s++) b->refused += !batch_rows[s].done;
    }
}

/* Month by month, twice: a baseline and a scenario. */
static void by_hand(naive_facts *facts, naive_payslip *p, unsigned number)
{
    naive_situation s = {.country = number % 3 ? NAIVE_BE : NAIVE_FR,
                         .grade = number % 3 ? 20 : 10,
                         .grade_at_recruitment = number % 3 ? 20 : 10,
                         .start = 20240301,
                         .recruited = 20240301,
                         .nationality = number % 2 ? "DE" : "FR",
                         .spouse = number % 4 != 0,
                         .children = (int)(number % 3),
                         .part_time_percent = 100,
                         .distance_km = 450,
                         .contract_months = 36};
    for (int book = 0; book < 2; book++)
        for (int month = 0; month < MONTHS; month++) {
            s.date = (2026 + month / 12) * 10000 + (1 + month % 12) * 100 + 1;
            s.step = 1 + month / 12;
            naive_compute(p, facts, &s);
        }
}

static double seconds(clock_t from)
{
    return (double)(clock() - from) / CLOCKS_PER_SEC;
}

static void guarded(void *context)
{
    bench *b = context;
    np_engine_guard(b->engine, by_engine, b);
}

int main(void)
{
    bench b = {.arena = np_arena_new((size_t)1 << 28), .row = np_arena_new(1 << 22)};
    if (!b.arena || !b.row || !np_arena_guard(b.arena, prepare, &b) || !b.ready) {
        fputs("the rule book cannot be read: run this from the top of the project\n", stderr);
        return 1;
    }
    np_engine_options options = {.reference = false};
    read_staff(&b);
    b.engine = np_engine_new(&b.window, b.books, 2, &options);
    clock_t start = clock();
    np_arena_guard(b.row, guarded, &b);
    double fast = STAFF / seconds(start);
    np_engine_count counts = np_engine_counts(b.engine);
    naive_facts facts;
    naive_payslip payslip;
    naive_facts_init(&facts);
    naive_payslip_init(&payslip);
    start = clock();
    for (unsigned i = 0; i < BY_HAND; i++) by_hand(&facts, &payslip, i);
    double plain = BY_HAND / seconds(start);
    naive_payslip_clear(&payslip);
    naive_facts_clear(&facts);
    printf("%-44s %10.0f staff/s on one core (%llu refused)\n", "plan, 72 months, baseline and one scenario", fast,
           (unsigned long long)b.refused);
    printf("%-44s %10.4f %%\n", "computed the plain way", 100.0 * (double)counts.slow / (double)counts.staff);
    printf("%-44s %10.1f staff/s on one core\n", "the same months in plain mpq, one by one", plain);
    printf("%-44s %10.0f times (wanted: %d)\n", "ratio", fast / plain, TARGET);
    np_engine_free(b.engine);
    np_csv_batch_free(&b.batch);
    np_arena_free(b.row);
    np_arena_free(b.arena);
    return 0;
}
