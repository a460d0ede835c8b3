/* The list before its first row: encoding, mapping, header, and how its columns are written. */
#include <stdlib.h>
#include <string.h>

#include "plan_run.h"

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
    job->map = (np_list_map){.columns = NULL};
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
        np_run_no_memory(job->run);
    else if (result != NP_CSV_END)
        np_list_unread(job->run, &job->list);
    return result == NP_CSV_END;
}

/* The same for the rows that were read from the file with the header. */
static bool note_first_rows(np_plan_job *job)
{
    np_csv_bytes ahead;
    np_csv copy;
    np_csv_look_ahead(&job->ask.csv, &ahead, &copy);
    bool ok = note_rows(job, &copy);
    np_csv_free(&copy);
    return ok;
}

bool np_list_begin_again(np_plan_job *job)
{
    if (!np_list_rewind(job->run, &job->list, &job->ask.csv)) return false;
    np_plan_begin_again(&job->ask, np_list_source(&job->list));
    return true;
}

/* A list in natopay's own form is read once. Where a value alone does not tell what it means, all rows are seen
 * first. */
static bool note_cells(np_plan_job *job, bool all)
{
    if (!note_first_rows(job)) return false;
    if (all || np_columns_ask_all(&job->ask.columns)) {
        np_columns_forget(&job->ask.columns);
        if (!np_list_begin_again(job) || !note_rows(job, &job->ask.csv)) return false;
        job->row_count = job->ask.csv.rows;
        if (!np_list_begin_again(job)) return false;
    }
    np_columns_settle(&job->ask.columns);
    return true;
}

/* The column with what payslips say is kept beside the inputs, and holds amounts. */
static bool find_against(np_plan_job *job, const np_columns_asked *asked)
{
    np_run *run = job->run;
    np_columns *columns = &job->ask.columns;
    for (size_t i = 0; job->against_name && i < columns->count; i++) {
        np_staff_column *column = &columns->columns[i];
        if (column->kind != NP_COLUMN_CARRY || !np_same_heading(column->name, job->against_name)) continue;
        job->against = i;
        column->reading = (np_cell_reading){.kind = NP_CELL_MONEY,
                                            .thousands = true,
                                            .decimal = asked->decimal,
                                            .told = asked->decimal != 0,
                                            .book = columns->book};
        return true;
    }
    if (!job->against_name) return true;
    np_diag *diag = np_report(&run->diags, NP_CODE_UNKNOWN_NAME, run->args.value[NP_OPT_AGAINST].at,
                              "no column with amounts is called '%s'", job->against_name);
    np_diag_hint(&run->diags, diag, "name a column that is no input, for example --against net=PAID");
    return false;
}

bool np_list_begin(np_plan_job *job, bool all)
{
    np_columns_asked asked = {.key = NULL};
    job->ask.run = job->run;
    if (!read_mapping(job) || !read_manner(job, &asked)) return false;
    job->ask.map = asked.map;
    if (!np_list_open(job->run, &job->list, job->run->args.files[0])) return false;
    np_csv_init(&job->ask.csv, np_list_source(&job->list), job->ask.delimiter);
    asked.decimal = asked.decimal ? asked.decimal : job->has_map ? job->map.decimal : 0;
    if (!np_plan_ask_names(&job->ask, &job->list.error)) return false;
    if (job->ask.read_anew && !read_mapping(job)) return false; /* it names inputs of the book */
    return np_plan_ask_columns(&job->ask, &asked) && find_against(job, &asked) && note_cells(job, all);
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
