/* A person with several periods of service, whose rows stand below one another: what the next row has from the one
 * before, and which rows cannot be of one person. */
#include "person_periods.h"

#include <string.h>

#include "natopay/book/contracts.h"
#include "natopay/pay/format_value.h"

void np_person_find_lasting(np_worker *worker)
{
    const np_book *book = worker->plan->books[0].book;
    for (size_t i = 0; i < book->input_count && worker->lasting_count < NP_LASTING_MAX; i++) {
        const np_input *input = &book->inputs[i];
        if (input->lasting || input->former != UINT16_MAX)
            worker->lasting[worker->lasting_count++] =
                (np_lasting){input->slot, input->lasting ? input->slot : input->former, input->lasting};
    }
}

static const np_staff_column *column_of(const np_columns *columns, uint16_t slot, size_t *number)
{
    for (size_t i = 0; i < columns->count; i++) {
        if (columns->columns[i].kind != NP_COLUMN_INPUT || columns->columns[i].slot != slot) continue;
        *number = i;
        return &columns->columns[i];
    }
    return NULL;
}

/* An input of a row as far as it can be told without reading all of the row. */
static bool read_ahead(const np_worker *worker, const np_csv_batch *batch, const np_csv_row *row, uint16_t slot,
                       np_value *value)
{
    const np_columns *columns = worker->plan->columns;
    const np_book *book = worker->plan->books[0].book;
    size_t number;
    const np_staff_column *column = column_of(columns, slot, &number);
    if (!column || row->reason || row->field_count != columns->count) return false;
    const np_csv_cell *cell = &batch->fields[row->first_field + number];
    const char *text = batch->text + cell->start;
    size_t length = cell->length;
    return length > 0 && np_cell_convert(&column->reading, worker->arena, &text, &length) == NP_CELL_FINE &&
           np_book_read_plain(book, worker->arena, &book->inputs[book->slots[slot].index], text, length, value);
}

static const char *print_value(const np_worker *worker, np_text *text, const np_value *value)
{
    np_text_clear(text);
    if (!value->unknown) np_print_value(text, worker->plan->books[0].book, value, NULL);
    return np_text_string(text);
}

static const char *print_input(const np_worker *worker, np_text *text, unsigned batch_row, uint16_t slot)
{
    np_value value = np_engine_input(worker->engine, batch_row, slot);
    return print_value(worker, text, &value);
}

static void done_with(const np_worker *worker, np_text *text)
{
    bool lost = text->no_memory;
    np_text_free(text);
    if (lost) np_arena_give_up(worker->arena);
}

/* Whether the next row contradicts what cannot change in a person's life: then it is another person's under the same
 * key, will be rejected, and ends nothing. */
static bool is_another(const np_worker *worker, const np_csv_batch *batch, const np_csv_row *next, unsigned batch_row)
{
    np_text here, there;
    bool another = false;
    np_text_init(&here, 4 * NP_LASTING_TEXT);
    np_text_init(&there, 4 * NP_LASTING_TEXT);
    for (size_t i = 0; i < worker->lasting_count && !another; i++) {
        uint16_t slot = worker->lasting[i].slot;
        np_value value;
        if (!worker->lasting[i].same || !np_engine_is_given(worker->engine, batch_row, slot) ||
            !read_ahead(worker, batch, next, slot, &value))
            continue;
        another = strcmp(print_input(worker, &here, batch_row, slot), print_value(worker, &there, &value)) != 0;
    }
    done_with(worker, &here);
    done_with(worker, &there);
    return another;
}

bool np_person_next_start(const np_worker *worker, const np_block *block, size_t number, unsigned batch_row,
                          np_date *next)
{
    uint16_t slot = worker->plan->books[0].book->start_slot;
    if (!np_person_has_more(block, number) || slot == UINT16_MAX ||
        !np_engine_is_given(worker->engine, batch_row, slot))
        return false;
    np_value start;
    size_t at = number + 1;
    while (np_person_has_more(block, at) && is_another(worker, &block->batch, &block->batch.rows[at], batch_row)) at++;
    const np_csv_row *row = &block->batch.rows[at];
    if (!read_ahead(worker, &block->batch, row, slot, &start) ||
        start.as.date <= np_engine_input(worker->engine, batch_row, slot).as.date ||
        is_another(worker, &block->batch, row, batch_row))
        return false;
    *next = start.as.date;
    return true;
}

static const char *name_of(const np_worker *worker, uint16_t slot)
{
    const np_book *book = worker->plan->books[0].book;
    size_t number;
    const np_staff_column *column = column_of(worker->plan->columns, slot, &number);
    return column ? column->name : book->inputs[book->slots[slot].index].name;
}

/* Where a row is silent on an input of the whole service, it gets the value of the row above. */
static bool take_lasting(np_worker *worker, np_staff *staff, unsigned batch_row)
{
    np_text text;
    bool ok = true;
    np_text_init(&text, 4 * NP_LASTING_TEXT);
    for (size_t i = 0; i < worker->lasting_count && ok; i++) {
        uint16_t slot = worker->lasting[i].slot;
        const char *before = worker->person.lasting[i];
        if (!*before) continue;
        if (!np_engine_is_given(worker->engine, batch_row, slot)) {
            ok =
                np_engine_set_input(worker->engine, batch_row, slot, before, strlen(before), &worker->diags[batch_row]);
            continue;
        }
        if (!worker->lasting[i].same) continue;
        const char *here = print_input(worker, &text, batch_row, slot);
        ok = strcmp(here, before) == 0;
        if (ok) continue;
        staff->column = name_of(worker, slot);
        staff->reason = np_arena_format(
            worker->arena,
            np_say(worker->plan->lang, "%s here and %s in the row above, which has the same key: it cannot change"),
            here, before);
    }
    done_with(worker, &text);
    return ok;
}

/* Where the period before ended earlier in the month in which this one begins, both are paid in it. */
static void leave_gap(np_worker *worker, np_date start)
{
    np_person *person = &worker->person;
    uint16_t month = np_window_month(&worker->plan->window, start);
    for (size_t b = 0; b < worker->plan->book_count; b++) {
        np_date end = person->service_end[b];
        if (end != NP_DATE_NONE && end < start - 1 && person->before.until[b] > month) person->before.until[b] = month;
    }
}

bool np_person_continue(np_worker *worker, np_staff *staff, unsigned batch_row)
{
    const np_lang *lang = worker->plan->lang;
    uint16_t slot = worker->plan->books[0].book->start_slot;
    if (worker->person.rejected) {
        staff->reason = np_say(lang, "the row above, which has the same key, was rejected");
        return false;
    }
    bool later = slot != UINT16_MAX && np_engine_is_given(worker->engine, batch_row, slot) &&
                 np_engine_input(worker->engine, batch_row, slot).as.date > worker->person.start;
    if (later) {
        leave_gap(worker, np_engine_input(worker->engine, batch_row, slot).as.date);
        return take_lasting(worker, staff, batch_row);
    }
    staff->column = worker->plan->columns->columns[worker->plan->columns->key].name;
    staff->reason =
        np_say(lang, "an earlier row has the same key, and another period of the same person would begin after it");
    return false;
}

void np_person_note(np_worker *worker, const np_staff *staff, unsigned batch_row)
{
    np_person *person = &worker->person;
    size_t books = worker->plan->book_count;
    uint16_t start = worker->plan->books[0].book->start_slot;
    bool first = batch_row > 0 || !person->goes_on;
    person->rejected = staff->reason != NULL;
    if (staff->reason) return;
    if (start != UINT16_MAX) person->start = np_engine_input(worker->engine, batch_row, start).as.date;
    const np_outcome *baseline = &staff->outcomes[0];
    for (size_t b = 0; b < books; b++) {
        const np_outcome *o = &staff->outcomes[b];
        bool left = o->left || (b > 0 && baseline->from < baseline->until && o->until < baseline->until);
        person->before.left[b] = left || (!first && person->before.left[b]);
        person->before.changes[b] = o->changes;
        if (first || o->until > person->before.until[b]) person->before.until[b] = o->until;
        person->service_end[b] = o->service_end;
    }
    np_text text;
    np_text_init(&text, 4 * NP_LASTING_TEXT);
    for (size_t i = 0; i < worker->lasting_count; i++) {
        const char *value = print_input(worker, &text, batch_row, worker->lasting[i].from);
        size_t length = strlen(value);
        if (length >= NP_LASTING_TEXT) length = 0;
        memcpy(person->lasting[i], value, length);
        person->lasting[i][length] = '\0';
    }
    done_with(worker, &text);
}
