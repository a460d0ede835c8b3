/* Running a plan: blocks of rows are read, computed by one or several threads, and written in order. */
#include "natopay/plan/plan_rows.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "natopay/book/contracts.h"
#include "staff_rows.h"

/* Blocks go round: the running thread fills them in order, each worker takes the next one that nobody has, the running
 * thread writes them out in order. */
enum { BLOCKS_PER_JOB = 4, BLOCKS_MAX = BLOCKS_PER_JOB * NP_JOBS_MAX };

enum { PERSON_TEXT = 1 << 22 }; /* bytes of a block that ends with one person's rows */

static const char TOO_MANY_PERIODS[] =
    NP_MARK("there is no room for so many rows of one person: 64 at most, and 4 MB in all");

typedef struct running {
    const np_plan *plan;
    np_csv *csv;
    bool cut;                /* the person of the last block's last row has more rows than there is room for */
    np_key_hash cut_key;     /* whose key is this */
    np_csv_batch read_ahead; /* one row, the first of the next block; empty at the end of the list */
    np_totals *totals;
    np_keys keys;
    np_worker *workers;
    np_block *blocks;
    uint64_t block_count;            /* in the ring */
    uint64_t filled, taken, written; /* blocks ever: filled by the reader, taken by workers, written out */
    bool ready[BLOCKS_MAX];          /* [place in the ring]: done */
    bool closing;
    pthread_mutex_t lock;
    pthread_cond_t work, progress;
    uint64_t rows;
    np_plan_end end;
    np_plan_fault fault;
    char why[400];
} running;

/* ---- reading ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* "00012 " is 00012, and a letter is the same with its accent apart. */
static void tidy_key(np_csv_batch *batch, np_csv_cell *field)
{
    char *text = batch->text + field->start;
    size_t length = field->length, blanks = 0;
    bool apart = memchr(text, 0xCC, length) || memchr(text, 0xCD, length);
    if (length > 1 && *text == '\'' && np_is_digit(text[1])) { /* which keeps a spreadsheet from reading a number */
        field->start++, field->length--;
        text++, length--;
    }
    if (!length || (!apart && !is_blank(*text) && !is_blank(text[length - 1]))) return;
    while (length && is_blank(text[length - 1])) length--;
    while (blanks < length && is_blank(text[blanks])) blanks++;
    field->start += (uint32_t)blanks;
    field->length = (uint32_t)np_compose_letters(text + blanks, length - blanks);
    text[blanks + field->length] = '\0';
}

/* The key of a row, of a broken one too as far as it has one; NULL: none. */
static const np_csv_cell *key_of(const running *r, np_csv_batch *batch, const np_csv_row *row)
{
    const np_columns *columns = r->plan->columns;
    if (row->field_count <= columns->key) return NULL;
    np_csv_cell *field = &batch->fields[row->first_field + columns->key];
    tidy_key(batch, field);
    return field->length ? field : NULL;
}

static bool is_broken(const running *r, const np_csv_row *row)
{
    return row->reason || row->field_count != r->plan->columns->count;
}

static void refuse_key(const running *r, np_csv_row *row, const np_csv_cell *field, const char *reason)
{
    row->reason = reason;
    row->bad_field = (uint32_t)r->plan->columns->key;
    row->bad_line = field->line;
}

/* Take the key of a row of which the row above has another. False after refusing one that was seen before. */
static bool take_key(running *r, np_csv_row *row, const np_csv_cell *field, np_key_hash hash)
{
    np_key_answer answer = np_keys_take(&r->keys, hash);
    if (answer == NP_KEY_NO_MEMORY) r->end = NP_PLAN_NO_MEMORY;
    if (answer == NP_KEY_FAILED) r->end = NP_PLAN_NO_SCRATCH;
    if (answer == NP_KEY_SEEN) refuse_key(r, row, field, NP_MARK("an earlier row has the same key"));
    return answer == NP_KEY_NEW;
}

/* What has the key of the row above is another period of the same person, unless that was a broken row, or there are
 * too many. */
static void take_period(const running *r, np_csv_row *row, const np_csv_cell *field, size_t period)
{
    row->same_key = period > 0 && period < NP_PERSON_PERIODS_MAX;
    if (period == 0)
        refuse_key(r, row, field, NP_MARK("the row above, which has the same key, was rejected"));
    else if (!row->same_key)
        refuse_key(r, row, field, TOO_MANY_PERIODS);
}

/* A key that was seen makes its row a broken one, unless the row above has it. `cut`: the key of the row above the
 * first one, of a person who has more rows than there is room for; NULL: it is another. */
static void take_keys(running *r, np_csv_batch *batch, const np_key_hash *cut)
{
    const np_csv_cell *fields[NP_BLOCK_ROWS + NP_PERSON_PERIODS_MAX];
    np_key_hash hashes[NP_BLOCK_ROWS + NP_PERSON_PERIODS_MAX];
    size_t periods = 0; /* of the person of the row above; 0: it is broken */
    for (size_t i = 0; i < batch->row_count; i++) {
        fields[i] = key_of(r, batch, &batch->rows[i]);
        if (fields[i]) hashes[i] = np_keys_expect(&r->keys, batch->text + fields[i]->start, fields[i]->length);
    }
    for (size_t i = 0; i < batch->row_count && r->end == NP_PLAN_DONE; i++) {
        np_csv_row *row = &batch->rows[i];
        const np_key_hash *above = i == 0 ? cut : fields[i - 1] ? &hashes[i - 1] : NULL;
        row->same_key = false;
        if (!fields[i] || is_broken(r, row)) {
            periods = 0;
        } else if (above && np_key_compare(*above, hashes[i]) == 0) {
            take_period(r, row, fields[i], i ? periods : NP_PERSON_PERIODS_MAX);
            periods = row->same_key ? periods + 1 : 0;
        } else {
            periods = take_key(r, row, fields[i], hashes[i]) ? 1 : 0;
        }
    }
}

/* Rows that were done before are left out. */
static void skip_rows(const running *r, np_csv_batch *batch)
{
    size_t done = 0;
    while (done < batch->row_count && batch->rows[done].number <= r->plan->skip) done++;
    batch->row_count -= done;
    if (done) memmove(batch->rows, batch->rows + done, batch->row_count * sizeof *batch->rows);
}

/* Whether the row that was read ahead has the key of the last one of the batch. */
static bool goes_on(const running *r, np_csv_batch *batch, np_csv_batch *ahead)
{
    const np_csv_cell *last = key_of(r, batch, &batch->rows[batch->row_count - 1]);
    const np_csv_cell *next = key_of(r, ahead, &ahead->rows[0]);
    return last && next && last->length == next->length &&
           memcmp(batch->text + last->start, ahead->text + next->start, last->length) == 0;
}

/* The rows of a person are done by one worker: a block ends before the next person, if there is room for them. */
static np_csv_result read_whole_person(running *r, np_csv_batch *batch)
{
    for (int more = 0;; more++) {
        np_csv_batch_clear(&r->read_ahead);
        np_csv_result result = np_csv_read(r->csv, &r->read_ahead);
        if (result != NP_CSV_ROW || !goes_on(r, batch, &r->read_ahead)) return result;
        if (more == NP_PERSON_PERIODS_MAX || batch->length >= PERSON_TEXT) {
            const np_csv_cell *key = key_of(r, batch, &batch->rows[batch->row_count - 1]);
            r->cut = true;
            r->cut_key = np_key_hash_of(batch->text + key->start, key->length);
            return result;
        }
        if (!np_csv_batch_add(batch, &r->read_ahead, 0)) return NP_CSV_NO_MEMORY;
    }
}

/* False at the end of the rows, or when the run has to end. */
static bool fill(running *r, np_block *block)
{
    np_csv_batch *batch = &block->batch;
    np_csv_result result = NP_CSV_ROW;
    do {
        np_csv_batch_clear(batch);
        if (r->read_ahead.row_count && !np_csv_batch_add(batch, &r->read_ahead, 0)) result = NP_CSV_NO_MEMORY;
        np_csv_batch_clear(&r->read_ahead);
        while (result == NP_CSV_ROW && batch->row_count < NP_BLOCK_ROWS && batch->length < NP_BLOCK_TEXT)
            result = np_csv_read(r->csv, batch);
        np_key_hash cut_key = r->cut_key;
        bool cut = r->cut;
        r->cut = false;
        if (result == NP_CSV_ROW) result = read_whole_person(r, batch);
        take_keys(r, batch, cut ? &cut_key : NULL);
        skip_rows(r, batch);
        if (result == NP_CSV_READ_FAILED) r->end = NP_PLAN_READ_FAILED;
        if (result == NP_CSV_NO_MEMORY) r->end = NP_PLAN_NO_MEMORY;
    } while (batch->row_count == 0 && result == NP_CSV_ROW && r->end == NP_PLAN_DONE);
    return batch->row_count > 0 && r->end == NP_PLAN_DONE;
}

/* ---- writing ---- */

static void write_block(running *r, np_block *block)
{
    const np_sink *sink = &r->plan->sink;
    if (block->failed) {
        r->end = NP_PLAN_NO_MEMORY;
        return;
    }
    r->rows += block->done + block->rejected;
    if (block->records.length && !sink->records(sink->context, block->records.data, block->records.length))
        r->end = NP_PLAN_STOPPED;
    if (block->rejects.length && !sink->rejects(sink->context, block->rejects.data, block->rejects.length))
        r->end = NP_PLAN_STOPPED;
    if (r->end != NP_PLAN_DONE || !(block->faulty || (block->rejected && r->plan->fail_fast))) return;
    r->end = block->faulty ? NP_PLAN_FAULTY_RULE : NP_PLAN_FAILED_FAST;
    r->fault = block->fault;
    memcpy(r->why, block->why, sizeof r->why);
}

static void gather(running *r)
{
    for (int i = 0; i < r->plan->jobs; i++) {
        const char *failure = r->workers[i].totals.failure;
        if (!np_totals_merge(r->totals, &r->workers[i].totals) && r->end == NP_PLAN_DONE)
            r->end = failure || r->totals->failure ? NP_PLAN_TOTALS_FAILED : NP_PLAN_NO_MEMORY;
        if (r->totals->failure && r->end == NP_PLAN_DONE) r->end = NP_PLAN_TOTALS_FAILED;
    }
}

/* Tell the sink; when it asks for it and no block is under way, all totals are brought together first. */
static bool report(running *r)
{
    const np_sink *sink = &r->plan->sink;
    if (!sink->progress || r->end != NP_PLAN_DONE) return false;
    int answer = sink->progress(sink->context, r->rows, false, r->totals);
    if (answer == NP_STOP) r->end = NP_PLAN_STOPPED;
    return answer == NP_SETTLE;
}

static void settle(running *r)
{
    gather(r);
    if (r->end == NP_PLAN_DONE && r->plan->sink.progress(r->plan->sink.context, r->rows, true, r->totals) == NP_STOP)
        r->end = NP_PLAN_STOPPED;
}

/* ---- one thread ---- */

static void run_alone(running *r)
{
    np_block *block = &r->blocks[0];
    while (r->end == NP_PLAN_DONE && fill(r, block)) {
        np_worker_do(&r->workers[0], block);
        write_block(r, block);
        if (report(r)) settle(r);
    }
}

/* ---- several ---- */

typedef struct worker_thread {
    running *run;
    np_worker *worker;
} worker_thread;

static void *run_worker_thread(void *context)
{
    worker_thread *h = context;
    running *r = h->run;
    pthread_mutex_lock(&r->lock);
    for (;;) {
        while (r->taken == r->filled && !r->closing) pthread_cond_wait(&r->work, &r->lock);
        if (r->taken == r->filled) break;
        uint64_t place = r->taken++ % r->block_count;
        pthread_mutex_unlock(&r->lock);
        np_worker_do(h->worker, &r->blocks[place]);
        pthread_mutex_lock(&r->lock);
        r->ready[place] = true;
        if (place == r->written % r->block_count) pthread_cond_signal(&r->progress);
    }
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* Write out what is done, in order. `all`: wait for every block under way; else only until one place is free. */
static void write_ready(running *r, bool all)
{
    pthread_mutex_lock(&r->lock);
    while (r->written < r->filled &&
           (all || r->filled - r->written == r->block_count || r->ready[r->written % r->block_count])) {
        uint64_t place = r->written % r->block_count;
        while (!r->ready[place]) pthread_cond_wait(&r->progress, &r->lock);
        r->ready[place] = false;
        pthread_mutex_unlock(&r->lock);
        if (r->end == NP_PLAN_DONE) write_block(r, &r->blocks[place]);
        pthread_mutex_lock(&r->lock);
        r->written++;
    }
    pthread_mutex_unlock(&r->lock);
}

static void fill_blocks(running *r)
{
    for (;;) {
        np_block *block = &r->blocks[r->filled % r->block_count];
        if (r->end != NP_PLAN_DONE || !fill(r, block)) break;
        pthread_mutex_lock(&r->lock);
        r->filled++;
        pthread_cond_signal(&r->work);
        pthread_mutex_unlock(&r->lock);
        uint64_t before = r->written;
        write_ready(r, false);
        if (r->written == before || !report(r)) continue;
        write_ready(r, true);
        if (r->end == NP_PLAN_DONE) settle(r);
    }
    write_ready(r, true);
}

static void run_together(running *r)
{
    pthread_t threads[NP_JOBS_MAX];
    worker_thread arguments[NP_JOBS_MAX];
    int started = 0;
    for (; started < r->plan->jobs; started++) {
        arguments[started] = (worker_thread){r, &r->workers[started]};
        if (pthread_create(&threads[started], NULL, run_worker_thread, &arguments[started]) != 0) break;
    }
    if (started == 0)
        r->end = NP_PLAN_NO_MEMORY;
    else
        fill_blocks(r); /* fewer workers than asked for do the same work */
    pthread_mutex_lock(&r->lock);
    r->closing = true;
    pthread_cond_broadcast(&r->work);
    pthread_mutex_unlock(&r->lock);
    for (int i = 0; i < started; i++) pthread_join(threads[i], NULL);
}

/* ---- all of it ---- */

static bool prepare(running *r)
{
    const np_plan *plan = r->plan;
    r->block_count = plan->jobs > 1 ? (uint64_t)plan->jobs * BLOCKS_PER_JOB : 1;
    r->workers = calloc((size_t)plan->jobs, sizeof *r->workers);
    r->blocks = calloc(r->block_count, sizeof *r->blocks);
    if (!r->workers || !r->blocks) return false;
    bool ok = true;
    for (uint64_t i = 0; i < r->block_count; i++) np_block_init(&r->blocks[i]);
    for (int i = 0; i < plan->jobs; i++) ok = np_worker_init(&r->workers[i], plan) && ok;
    return ok;
}

static void clean_up(running *r)
{
    for (int i = 0; r->workers && i < r->plan->jobs; i++) np_worker_free(&r->workers[i]);
    for (uint64_t i = 0; r->blocks && i < r->block_count; i++) np_block_free(&r->blocks[i]);
    free(r->workers);
    free(r->blocks);
    np_keys_free(&r->keys);
    np_csv_batch_free(&r->read_ahead);
    pthread_mutex_destroy(&r->lock);
    pthread_cond_destroy(&r->work);
    pthread_cond_destroy(&r->progress);
}

static void gather_problems(const running *r)
{
    for (int i = 0; r->workers && i < r->plan->jobs && r->plan->problems; i++)
        np_problems_merge(r->plan->problems, &r->workers[i].problems);
}

static void begin_counts(const np_plan *plan)
{
    for (size_t b = 1; b < plan->book_count; b++)
        for (size_t i = 0; i < plan->books[b].change_count; i++) np_change_count_begin(plan->books[b].changes[i].count);
}

np_plan_result np_plan_run(const np_plan *plan, np_csv *csv, np_totals *totals)
{
    np_plan_result result = {.end = NP_PLAN_NO_MEMORY};
    running *r = plan->jobs >= 1 && plan->jobs <= NP_JOBS_MAX ? calloc(1, sizeof *r) : NULL;
    if (!r) return result;
    r->plan = plan;
    r->csv = csv;
    r->totals = totals;
    begin_counts(plan);
    np_keys_init(&r->keys, plan->scratch);
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->work, NULL);
    pthread_cond_init(&r->progress, NULL);
    if (!prepare(r))
        r->end = NP_PLAN_NO_MEMORY;
    else if (plan->jobs == 1)
        run_alone(r);
    else
        run_together(r);
    if (r->end != NP_PLAN_NO_MEMORY) gather(r);
    if (r->end == NP_PLAN_DONE && plan->keys && !np_keys_hand_over(&r->keys, plan->keys)) r->end = NP_PLAN_NO_SCRATCH;
    for (int i = 0; r->workers && i < plan->jobs && r->workers[i].engine; i++) {
        np_engine_count counts = np_engine_counts(r->workers[i].engine);
        result.counts.staff += counts.staff;
        result.counts.slow += counts.slow;
    }
    gather_problems(r);
    result.end = r->end;
    result.fault = r->fault;
    memcpy(result.why, r->why, sizeof result.why);
    clean_up(r);
    free(r);
    return result;
}

/* ---- changes for exactly so many ---- */

static void each_selection(const np_plan *plan, void (*what)(np_selection *selection))
{
    for (size_t b = 1; b < plan->book_count; b++)
        for (size_t i = 0; i < plan->books[b].change_count; i++)
            if (plan->books[b].changes[i].selection) what(plan->books[b].changes[i].selection);
}

bool np_plan_selects(const np_plan *plan)
{
    bool selects = false;
    for (size_t b = 1; b < plan->book_count; b++)
        for (size_t i = 0; i < plan->books[b].change_count; i++)
            selects = selects || plan->books[b].changes[i].selection;
    return selects;
}

np_plan_result np_plan_select(const np_plan *plan, np_csv *csv)
{
    np_plan before = *plan;
    before.printer = (np_printer){.context = NULL};
    before.sink = (np_sink){.context = NULL};
    before.keys = NULL;
    before.problems = NULL;
    before.skip = 0;
    np_totals totals;
    np_totals_init(&totals, (uint16_t)plan->book_count, plan->window.periods, plan->scratch);
    each_selection(plan, np_selection_begin);
    np_plan_result result = np_plan_run(&before, csv, &totals);
    each_selection(plan, np_selection_end);
    np_totals_free(&totals);
    return result;
}
