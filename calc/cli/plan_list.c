/* The list before its first row: encoding, mapping, header, and how its columns are written. */
#include <stdlib.h>
#include <string.h>

#include "plan_run.h"

/* ---- the header ---- */

/* The header as it stands in the list, with what came before it, so that lines count as they do there. */
static const np_file *header_text(np_plan_job *job, size_t *from)
{
    const np_csv *csv = &job->ask.csv;
    size_t mark = csv->start >= 3 && memcmp(csv->bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0, size = csv->start - mark;
    const char *text = np_arena_copy(job->run->arena, csv->bytes + mark, size);
    *from = size - csv->record;
    return np_file_new(job->run->arena, job->run->args.files[0].text, text, size);
}

/* Where each column stands in a header without mistakes. */
static np_span *header_places(np_plan_job *job, size_t count)
{
    size_t at;
    const np_file *file = header_text(job, &at);
    np_span *places = np_arena_array(job->run->arena, count + 1, sizeof *places);
    for (size_t i = 0; i < count; i++) {
        size_t from = at;
        bool quoted = false;
        for (; at < file->size; at++) {
            char c = file->text[at];
            if (c == '"') quoted = !quoted;
            if (!quoted && (c == job->ask.csv.delimiter || c == '\n' || c == '\r')) break;
        }
        places[i] = np_span_of(file, from, at - from);
        at++;
    }
    return places;
}

/* Where each name stands in an option's list of them. */
static np_span *names_places(np_plan_job *job, np_arg arg)
{
    size_t count = 0;
    np_names_split(job->run->arena, arg.text, &count);
    np_span *places = np_arena_array(job->run->arena, count + 1, sizeof *places);
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        at += strspn(arg.text + at, " \t");
        size_t length = strcspn(arg.text + at, ",");
        places[i] = np_span_of(arg.at.file, arg.at.offset + at, length);
        at += length + 1;
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

/* The names of the columns from the first record. */
static const char **read_header(np_plan_job *job, size_t *count, np_span **places)
{
    np_run *run = job->run;
    np_csv_batch batch;
    np_csv_batch_init(&batch);
    const char **names = NULL;
    job->ask.csv.header = true;
    np_csv_result result = np_csv_read(&job->ask.csv, &batch);
    job->ask.csv.header = false;
    np_span place = run->args.files[0].at;
    if (result == NP_CSV_END) {
        np_report(&run->diags, NP_CODE_EMPTY_FILE, place, "the list '%s' is empty", run->args.files[0].text);
    } else if (result == NP_CSV_NO_MEMORY) {
        np_report(&run->diags, NP_CODE_NO_MEMORY, np_span_none(), "memory ran out");
    } else if (result != NP_CSV_ROW) {
        np_report(&run->diags, NP_CODE_CANNOT_READ, np_span_none(), "cannot read '%s': %s", run->args.files[0].text,
                  np_say(run->args.lang, strerror(job->list.error)));
    } else if (batch.rows[0].reason) {
        bool many = batch.rows[0].field_count == NP_CSV_COLUMNS_MAX;
        np_report(&run->diags, many ? NP_CODE_TOO_MANY : NP_CODE_BAD_LINE, place, "'%s' has a broken header: %s",
                  run->args.files[0].text, np_say(run->args.lang, batch.rows[0].reason));
    } else {
        *count = batch.rows[0].field_count;
        names = np_arena_array(run->arena, *count, sizeof *names);
        for (size_t i = 0; i < *count; i++) names[i] = trimmed(run->arena, np_csv_text(&batch, &batch.rows[0], i));
        *places = header_places(job, *count);
    }
    np_csv_batch_free(&batch);
    job->ask.csv.rows = 0;
    return names;
}

/* ---- what is asked for ---- */

static bool read_mapping(np_plan_job *job)
{
    np_run *run = job->run;
    np_arg arg = run->args.value[NP_OPT_LIST];
    np_ini ini;
    if (!arg.text) return true;
    const np_file *file = np_read_text(np_run_reader(run), &run->diags, arg.text, NP_INI_FILE_LIMIT);
    if (!file || !np_ini_read(&run->diags, file, &ini)) return false;
    job->has_map = true;
    return np_list_map_read(&job->map, run->arena, &run->diags, job->ask.head.book, &ini);
}

static bool wrong_choice(np_run *run, np_option option, const char *choices)
{
    np_arg arg = run->args.value[option];
    np_diag *diag = np_run_usage(run, arg, "'%s' is no choice for --%s", arg.text, np_option_describe(option)->name);
    np_diag_hint(&run->diags, diag, "choose one of %s", choices);
    return false;
}

/* The options go before the mapping. */
static bool read_manner(np_plan_job *job, np_columns_asked *asked)
{
    np_run *run = job->run;
    const np_arg *value = run->args.value;
    bool ok = true;
    if (job->has_map) asked->map = &job->map;
    if (value[NP_OPT_DATES].text && !np_date_order_parse(value[NP_OPT_DATES].text, &asked->order))
        ok = wrong_choice(run, NP_OPT_DATES, "dmy, mdy");
    if (value[NP_OPT_DECIMAL].text && !np_decimal_parse(value[NP_OPT_DECIMAL].text, &asked->decimal))
        ok = wrong_choice(run, NP_OPT_DECIMAL, "point, comma");
    job->list.encoding_told = job->has_map && job->map.has_encoding;
    if (job->list.encoding_told) job->list.encoding = job->map.encoding;
    if (value[NP_OPT_ENCODING].text) {
        job->list.encoding_told = np_encoding_parse(value[NP_OPT_ENCODING].text, &job->list.encoding);
        if (!job->list.encoding_told)
            ok = wrong_choice(run, NP_OPT_ENCODING, "utf-8, utf-16, windows-1252, latin-1, latin-9");
    }
    if (value[NP_OPT_DELIMITER].text && !np_delimiter_parse(value[NP_OPT_DELIMITER].text, &job->ask.delimiter))
        ok = wrong_choice(run, NP_OPT_DELIMITER, "comma, semicolon, tab");
    if (!value[NP_OPT_DELIMITER].text && job->has_map) job->ask.delimiter = job->map.delimiter;
    return ok;
}

static bool read_columns(np_plan_job *job, np_columns_asked *asked)
{
    np_run *run = job->run;
    const np_arg *value = run->args.value;
    bool named = value[NP_OPT_COLUMNS].text != NULL;
    size_t count = 0;
    np_span *places = NULL;
    const char **names =
        named ? np_names_split(run->arena, value[NP_OPT_COLUMNS].text, &count) : read_header(job, &count, &places);
    asked->key = value[NP_OPT_KEY].text;
    asked->carry = value[NP_OPT_CARRY].text;
    asked->by = value[NP_OPT_BY].text;
    asked->header = !named;
    if (!names) return false;
    asked->places = named ? names_places(job, value[NP_OPT_COLUMNS]) : places;
    if (asked->by) asked->by_places = names_places(job, value[NP_OPT_BY]);
    np_span place = named ? value[NP_OPT_COLUMNS].at : count ? places[0] : np_span_none();
    if (!named) place.length = 0;
    return np_columns_read(&job->ask.columns, run->arena, &run->diags, job->ask.head.book, asked, names, count, place);
}

/* ---- how cells are written ---- */

/* Note all rows; false after reporting. */
static bool note_rows(np_plan_job *job, np_csv *csv)
{
    enum { ROWS = 500 };
    np_csv_batch batch;
    np_csv_result result = NP_CSV_ROW;
    np_csv_batch_init(&batch);
    while (result == NP_CSV_ROW) {
        np_csv_batch_clear(&batch);
        while (result == NP_CSV_ROW && batch.row_count < ROWS) result = np_csv_read(csv, &batch);
        np_columns_note(&job->ask.columns, &batch);
    }
    np_csv_batch_free(&batch);
    if (result == NP_CSV_NO_MEMORY)
        np_report(&job->run->diags, NP_CODE_NO_MEMORY, np_span_none(), "memory ran out");
    else if (result != NP_CSV_END)
        np_report(&job->run->diags, NP_CODE_CANNOT_READ, np_span_none(), "cannot read '%s' to its end: %s",
                  job->run->args.files[0].text, np_say(job->run->args.lang, strerror(job->list.error)));
    return result == NP_CSV_END;
}

/* The same for the rows that were read from the file with the header. */
static bool note_first_rows(np_plan_job *job)
{
    np_csv_ahead ahead;
    np_csv copy;
    np_csv_look_ahead(&job->ask.csv, &ahead, &copy);
    bool ok = note_rows(job, &copy);
    np_csv_free(&copy);
    return ok;
}

/* Begin anew, behind the header. */
static bool begin_again(np_plan_job *job)
{
    np_csv_batch batch;
    char delimiter = job->ask.csv.delimiter;
    if (!np_list_rewind(job->run, &job->list, &job->ask.csv)) return false;
    np_csv_free(&job->ask.csv);
    np_csv_init(&job->ask.csv, np_list_source(&job->list), delimiter);
    if (job->run->args.value[NP_OPT_COLUMNS].text) return true;
    np_csv_batch_init(&batch);
    np_csv_read(&job->ask.csv, &batch);
    np_csv_batch_free(&batch);
    job->ask.csv.rows = 0;
    return true;
}

/* A list in natopay's own form is read once. Where a value alone does not tell what it means, all rows are seen
 * first. */
static bool note_cells(np_plan_job *job, bool all)
{
    if (!note_first_rows(job)) return false;
    if (all || np_columns_ask_all(&job->ask.columns)) {
        np_columns_forget(&job->ask.columns);
        if (!begin_again(job) || !note_rows(job, &job->ask.csv)) return false;
        job->row_count = job->ask.csv.rows;
        if (!begin_again(job)) return false;
    }
    np_columns_settle(&job->ask.columns);
    return true;
}

bool np_list_begin(np_plan_job *job, bool all)
{
    np_columns_asked asked = {.key = NULL};
    if (!read_mapping(job) || !read_manner(job, &asked)) return false;
    if (!np_list_open(job->run, &job->list, job->run->args.files[0])) return false;
    np_csv_init(&job->ask.csv, np_list_source(&job->list), job->ask.delimiter);
    return read_columns(job, &asked) && note_cells(job, all);
}

/* A list without a row is one that was not exported: nobody plans for nobody. */
bool np_list_has_rows(np_plan_job *job)
{
    np_run *run = job->run;
    if (job->ask.csv.rows || run->args.value[NP_OPT_COLUMNS].text) return true;
    np_diag *diag = np_report(&run->diags, NP_CODE_EMPTY_FILE, run->args.files[0].at,
                              "the list '%s' has a header and no rows", run->args.files[0].text);
    np_diag_hint(&run->diags, diag, "export it again with its rows; a list without a header is read with --columns");
    return false;
}
