/* The header of a staff list: its columns' names, with their places, below the lines that a report puts above it. */
#include <string.h>

#include "natopay/ask/plan_request.h"
#include "natopay/book/spelling.h"

enum { ABOVE_MOST = 20, COLUMNS_ENOUGH = 3 };

/* The header as it stands in the list, with what came before it, so that lines count as they do there. */
static const np_file *header_text(np_plan_asked *ask, size_t *from)
{
    const np_csv *csv = &ask->csv;
    size_t mark = csv->start >= 3 && memcmp(csv->bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0, size = csv->start - mark;
    const char *text = np_arena_copy(ask->run->arena, csv->bytes + mark, size);
    *from = size - csv->record;
    return np_file_new(ask->run->arena, ask->run->args.files[0].text, text, size);
}

/* Where each column stands in a header without mistakes. */
static np_span *header_places(np_plan_asked *ask, size_t count)
{
    size_t at;
    const np_file *file = header_text(ask, &at);
    np_span *places = np_arena_array(ask->run->arena, count + 1, sizeof *places);
    for (size_t i = 0; i < count; i++) {
        size_t from = at;
        bool quoted = false;
        for (; at < file->size; at++) {
            char c = file->text[at];
            if (c == '"') quoted = !quoted;
            if (!quoted && (c == ask->csv.delimiter || c == '\n' || c == '\r')) break;
        }
        places[i] = np_span_of(file, from, at - from);
        at++;
    }
    return places;
}

/* A heading without blanks around it; one over several lines on one. */
static const char *trimmed(np_arena *arena, const char *text)
{
    text += strspn(text, " \t\r\n");
    size_t length = strlen(text);
    while (length && strchr(" \t\r\n", text[length - 1])) length--;
    char *copy = np_arena_copy(arena, text, length);
    for (char *c = copy; *c; c++)
        if (*c == '\r' || *c == '\n' || *c == '\t') *c = ' ';
    return copy;
}

/* ---- lines above it ---- */

/* Whether a record names columns that are known: the one that tells staff apart and another, or three. */
static bool is_header(const np_plan_asked *ask, const np_csv_batch *batch, const np_csv_row *row)
{
    const np_book *book = ask->head.book;
    const char *key = ask->run->args.value[NP_OPT_KEY].text;
    size_t known = 0;
    bool keyed = false;
    if (row->reason) return false;
    for (size_t i = 0; i < row->field_count; i++) {
        const char *name = trimmed(ask->run->arena, np_csv_text(batch, row, i));
        const np_map_column *mapped = ask->map ? np_list_map_column(ask->map, name, 0) : NULL;
        np_heading heading = np_spelled_heading(book, name);
        keyed = keyed || (key ? strcmp(name, key) == 0 : heading.kind == NP_HEADING_STAFF_ID || !strcmp(name, "id")) ||
                (mapped && mapped->target == NP_MAP_ID);
        known += heading.kind == NP_HEADING_INPUT || np_book_input(book, name) || mapped;
    }
    return known >= COLUMNS_ENOUGH || (keyed && known);
}

/* How many records stand between the first, which is none, and the header; 0: there is no other. */
static size_t records_above(np_plan_asked *ask)
{
    np_csv_bytes ahead;
    np_csv copy;
    np_csv_batch batch;
    size_t found = 0;
    np_csv_look_ahead(&ask->csv, &ahead, &copy);
    np_csv_batch_init(&batch);
    for (size_t i = 1; i <= ABOVE_MOST && !found; i++) {
        np_csv_batch_clear(&batch);
        np_csv_result result = np_csv_read(&copy, &batch);
        if (result == NP_CSV_NO_MEMORY) ask->csv.failed = ask->csv.no_memory = true;
        if (result != NP_CSV_ROW) break;
        if (is_header(ask, &batch, &batch.rows[0])) found = i;
    }
    np_csv_batch_free(&batch);
    np_csv_free(&copy);
    return found;
}

/* A title, the day of the report, the names of groups of columns are passed over. */
static np_csv_result read_to_header(np_plan_asked *ask, np_csv_batch *batch)
{
    ask->csv.header = true;
    np_csv_result result = np_csv_read(&ask->csv, batch);
    ask->csv.header = false;
    if (result != NP_CSV_ROW || !ask->head.book || is_header(ask, batch, &batch->rows[0])) return result;
    ask->records_above = records_above(ask);
    if (ask->csv.no_memory) return NP_CSV_NO_MEMORY;
    for (size_t i = 0; i < ask->records_above && result == NP_CSV_ROW; i++) {
        np_csv_batch_clear(batch);
        result = np_csv_read(&ask->csv, batch);
    }
    return result;
}

/* ---- the names ---- */

const char **np_plan_read_header(np_plan_asked *ask, const int *read_error)
{
    np_run *run = ask->run;
    np_csv_batch batch;
    np_csv_batch_init(&batch);
    const char **names = NULL;
    np_csv_result result = read_to_header(ask, &batch);
    np_span place = run->args.files[0].at;
    if (result == NP_CSV_END) {
        np_report(&run->diags, NP_CODE_EMPTY_FILE, place, "the list '%s' is empty", run->args.files[0].text);
    } else if (result == NP_CSV_NO_MEMORY) {
        np_run_no_memory(run);
    } else if (result != NP_CSV_ROW) {
        np_report(&run->diags, NP_CODE_CANNOT_READ, np_span_none(), "cannot read '%s': %s", run->args.files[0].text,
                  np_say(run->args.lang, strerror(read_error ? *read_error : 0)));
    } else if (batch.rows[0].reason) {
        bool many = batch.rows[0].field_count == NP_CSV_COLUMNS_MAX;
        np_report(&run->diags, many ? NP_CODE_TOO_MANY : NP_CODE_BAD_LINE, place, "'%s' has a broken header: %s",
                  run->args.files[0].text, np_say(run->args.lang, batch.rows[0].reason));
    } else {
        size_t count = ask->name_count = batch.rows[0].field_count;
        names = np_arena_array(run->arena, count, sizeof *names);
        for (size_t i = 0; i < count; i++) names[i] = trimmed(run->arena, np_csv_text(&batch, &batch.rows[0], i));
        ask->header_line = batch.rows[0].line;
        ask->name_places = header_places(ask, count);
    }
    np_csv_batch_free(&batch);
    ask->csv.rows = 0;
    return names;
}
