/* Looking through a staff list: what each column is read as, and which cells cannot be read. */
#include "natopay/plan/list_check.h"

#include <string.h>

#include "natopay/book/contracts.h"
#include "natopay/pay/situation.h"
#include "natopay/plan/rejection_reasons.h"

enum { SAMPLE_MOST = 60 };

static const char *input_name(const np_book *book, uint16_t slot)
{
    return book->inputs[book->slots[slot].index].name;
}

void np_list_check_begin(np_list_check *check, np_arena *arena, const np_columns *columns)
{
    const np_book *book = columns->book;
    *check = (np_list_check){.columns = columns};
    check->checks = np_arena_array(arena, columns->count + 1, sizeof *check->checks);
    const uint16_t needed[] = {book->grade_slot, book->career->slots.start, book->country_slot};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        bool station = needed[i] == book->country_slot && book->station_slot != UINT16_MAX;
        if (needed[i] == UINT16_MAX || np_columns_give(columns, needed[i])) continue;
        if (station && np_columns_give(columns, book->station_slot)) continue;
        check->missing[check->missing_count++] = input_name(book, needed[i]);
    }
}

/* A text that was read, short enough for a table; whole characters. */
static const char *kept(np_arena *arena, const char *text, size_t length)
{
    if (length > SAMPLE_MOST)
        for (length = SAMPLE_MOST; length && ((unsigned char)text[length] & 0xC0) == 0x80;) length--;
    return np_arena_copy(arena, text, length);
}

static void note_word(np_column_check *c, np_arena *arena, const char *text, size_t length)
{
    const char *word = kept(arena, text, length);
    for (size_t i = 0; i < c->word_count; i++)
        if (strcmp(c->words[i], word) == 0) return;
    if (c->word_count < NP_CHECK_WORDS) c->words[c->word_count++] = word;
}

typedef struct checking {
    np_list_check *check;
    np_arena *arena, *row;
    const np_lang *lang;
    np_situation *situation;
    uint64_t line;
} checking;

/* Why a cell cannot be read, and of which kind that is; NULL: it can. */
static const char *trouble_of(checking *c, const np_staff_column *column, const char *text, size_t length,
                              const char **kind)
{
    const np_book *book = c->check->columns->book;
    const np_input *input = &book->inputs[book->slots[column->slot].index];
    const char *value = text;
    np_value plain;
    np_cell_trouble trouble = np_cell_convert(&column->reading, c->row, &value, &length);
    if (trouble) *kind = np_cell_problem(trouble);
    if (trouble) return np_cell_question(c->row, c->lang, trouble, text, value);
    const char *step;
    np_cell_split_step(&column->reading, c->row, &value, &length,
                       &step); /* a step is told of when it is planned with */
    if (!length || np_book_read_plain(book, c->row, input, value, length, &plain)) return NULL;
    np_diags diags;
    np_diags_init(&diags, c->row);
    diags.lang = c->lang;
    if (np_situation_set_text(c->situation, &diags, input->name, value, np_span_none(), np_span_none())) return NULL;
    const np_diag *diag = diags.first;
    *kind = np_problem_kind(diag);
    return np_arena_format(c->row, "%s%s%s", diag->message, diag->hint ? np_say(c->lang, ": ") : "",
                           diag->hint ? diag->hint : "");
}

static void note_reason(checking *c, np_column_check *check, const char *kind, const char *why)
{
    size_t at = 0;
    while (at < check->reason_count && strcmp(check->reasons[at].kind, kind) != 0) at++;
    if (at == NP_CHECK_REASONS) at--;
    np_unread_cells *reason = &check->reasons[at];
    if (at == check->reason_count) {
        check->reason_count++;
        *reason = (np_unread_cells){.line = c->line};
        reason->kind = np_arena_copy(c->arena, kind, strlen(kind));
        reason->why = np_arena_copy(c->arena, why, strlen(why));
    }
    reason->cells++;
}

static void check_cell(checking *c, size_t at, const char *text, size_t length)
{
    np_column_check *check = &c->check->checks[at];
    const np_staff_column *column = &c->check->columns->columns[at];
    if (!length) return;
    check->filled++;
    if (!check->sample) check->sample = kept(c->arena, text, length);
    const char *kind = "";
    const char *why = column->kind == NP_COLUMN_INPUT ? trouble_of(c, column, text, length, &kind) : NULL;
    if (!why) return;
    if (column->reading.kind == NP_CELL_WORD) note_word(check, c->arena, text, length);
    check->bad++;
    note_reason(c, check, kind, why);
}

void np_list_check_rows(np_list_check *check, np_arena *arena, np_arena *row, const np_lang *lang,
                        const np_csv_batch *batch)
{
    const np_columns *columns = check->columns;
    checking c = {.check = check, .arena = arena, .row = row, .lang = lang};
    for (size_t i = 0; i < batch->row_count; i++) {
        const np_csv_row *record = &batch->rows[i];
        check->rows++;
        if (record->reason || record->field_count != columns->count) {
            check->broken++;
            continue;
        }
        np_arena_reset(row);
        c.situation = np_situation_new(columns->book, row);
        for (size_t k = 0; k < columns->count; k++) {
            const np_csv_cell *field = &batch->fields[record->first_field + k];
            c.line = record->line + field->line;
            check_cell(&c, k, batch->text + field->start, field->length);
        }
    }
}
