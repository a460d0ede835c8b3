/* What the files of natopay plan share: the job, its list, its outputs. Private to calc/cli. */
#ifndef NATOPAY_CLI_PLAN_RUN_H
#define NATOPAY_CLI_PLAN_RUN_H

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>

#include "atomic_file.h"
#include "natopay/ask/plan_request.h"
#include "natopay/plan/recode.h"
#include "natopay/plan/reconcile.h"

/* ---- plan_files.c ---- */

/* A file without a name, for what does not fit into memory. */
typedef struct np_scratch_file {
    pthread_mutex_t lock;
    int file; /* -1: none yet */
    uint64_t size;
} np_scratch_file;

void np_scratch_open(np_scratch_file *scratch);
void np_scratch_close(np_scratch_file *scratch);
np_scratch np_scratch_of(np_scratch_file *scratch);
/* A new file without a name; -1: there can be none. */
int np_scratch_file_new(void);
bool np_write_all(int file, const char *bytes, size_t size);
/* Report that such a file could not be written or read; false. */
bool np_no_scratch(np_run *run);

typedef struct np_list_file {
    int file;
    uint64_t read, size; /* size 0: not known */
    int error;
    uint64_t sum; /* of the bytes read; only with --resume */
    bool summed;
    uint64_t known, known_sum; /* bytes that an earlier run had read, and their sum; 0: none */
    bool changed;              /* they are not the same now */
    char *head;                /* its first bytes, by which its encoding was found out */
    size_t head_size, head_used;
    np_encoding encoding;
    bool encoding_told; /* by an option or a mapping */
    bool converted;     /* from a workbook */
    np_recode recode;
} np_list_file;

/* The staff list, "-" for standard input: a text in whichever encoding, or a workbook where xlsx2csv is installed.
 * False after reporting. */
bool np_list_open(np_run *run, np_list_file *list, np_arg path);
void np_list_close(np_list_file *list);
np_byte_source np_list_source(np_list_file *list);
/* Read it from its start again; what cannot be is kept in a file without a name, from `csv`, which has read it so far.
 * False after reporting. */
bool np_list_rewind(np_run *run, np_list_file *list, const np_csv *csv);
/* Report that reading broke off; false. */
bool np_list_unread(np_run *run, const np_list_file *list);

/* ---- xlsx_list.c ---- */

/* The first sheet of a workbook as CSV in a file without a name; -1 after reporting. */
int np_workbook_to_csv(np_run *run, int file, const char *head, size_t size, np_arg path);

/* Lines of a part or of a resume file. */
typedef struct np_line_file {
    int file;
    char *bytes; /* bytes[start..end) is read and not yet taken */
    size_t start, end, capacity;
    int error; /* it could not be read to its end */
} np_line_file;

/* `own`: a run with --resume made it. It may be written again, and links to it are not followed. */
bool np_lines_open(np_run *run, np_line_file *lines, const char *path, bool own);
void np_lines_close(np_line_file *lines);
np_partial_totals_reader np_lines_reader(np_line_file *lines);
/* Whether all that was asked for could be read; false after reporting. */
bool np_lines_whole(np_run *run, const np_line_file *lines, const char *path);

/* Write totals as a part, under first lines when there are any. What fails is the file's error. */
void np_partial_totals_put(np_atomic_file *file, const char *first_lines, const np_partial_totals_head *head,
                           np_totals *totals, const np_key_lists *keys);

/* Report what stopped the totals. */
void np_totals_complain(np_run *run, const np_totals *totals);

/* SIGINT, SIGTERM and SIGHUP ask the run to stop in order. */
void np_signals_watch(void);
bool np_signals_came(void);

typedef struct np_plan_job {
    np_run *run;
    np_plan_asked ask;
    np_plan_records records;
    np_scratch_file scratch;
    np_list_file list;
    np_list_map map;
    bool has_map;
    const char *against_name; /* the column with what payslips say; NULL: none is asked for */
    size_t against;           /* which it is */
    uint64_t row_count;       /* where all rows were noted */
    np_problems problems;
    np_totals totals;
    np_key_lists keys; /* for a part */
    np_atomic_file out, rejects, part;
    bool writes_records; /* to out; else it takes the summary, unless the format is sqlite */
    bool says_why;       /* records do not tell why rows were rejected: the first reasons are kept */
    np_text reason_text; /* as --reject writes them */
    np_text messages;    /* for standard error, once all outputs are written */
    size_t reasons, reason_read;
    void *sqlite; /* see plan_sqlite.c; NULL: another format */
    /* what --resume keeps */
    const char *state_path;
    bool goes_on;                     /* an earlier run has left it */
    uint64_t out_bytes, reject_bytes; /* written so far */
    uint64_t out_sum, reject_sum;     /* of what an earlier run wrote */
    uint64_t first_row;               /* rows that the earlier run has done */
    uint64_t saved_rows;
    struct timespec saved_at;
    long long save_cost_ms;
    /* the bar */
    bool bar;
    struct timespec started, drawn;
} np_plan_job;

/* ---- plan_list.c ---- */

/* Open the list and read it up to its first row: job->csv, job->columns. `all`: note every row, also where the columns
 * are clear without. False after reporting. */
bool np_list_begin(np_plan_job *job, bool all);
/* Read it anew, from the first row behind its header; false after reporting. */
bool np_list_begin_again(np_plan_job *job);
/* After the last row: whether there was any under the header; false after reporting. */
bool np_list_has_rows(np_plan_job *job);

/* ---- check_against.c ---- */

/* Compare what the column job->against says with what is computed for a month, and show it. */
void np_list_compare(np_plan_job *job, const np_measure *measure, const char *column, np_date date);

/* ---- plan_run.c: a list, from the first row to the last ---- */

/* Say why the run stopped before its end, if anybody has to know; false. */
bool np_plan_stopped(np_plan_job *job);
/* Run it; false after reporting. */
bool np_plan_job_run(np_plan_job *job);
/* Whether np_plan_run read the list to its end and lost no row; false after reporting why not. */
bool np_plan_ended_well(np_plan_job *job, const np_plan_result *result);

/* ---- plan_outputs.c ---- */

/* Open all files of a run, or of --merge, under temporary names. False after reporting. */
bool np_plan_outputs_open(np_plan_job *job, bool merging);
/* Write what remains, and give all files their names; or drop all, false after reporting. */
bool np_plan_outputs_finish(np_plan_job *job);
void np_plan_outputs_drop(np_plan_job *job);
/* Keep the first reasons of what goes to --reject; say them, and what --reject is for. */
void np_reasons_note(np_plan_job *job, const char *bytes, size_t size);
void np_reasons_say(np_plan_job *job);

/* ---- plan_resume.c ---- */

bool np_resume_begin(np_plan_job *job);
/* When it is time to save: true asks for the totals to be brought together. */
bool np_resume_due(const np_plan_job *job, uint64_t rows);
bool np_resume_save(np_plan_job *job, uint64_t rows, np_totals *totals);
/* What the earlier run wrote is as it left it; false after reporting. */
bool np_resume_fits(const np_plan_job *job);
void np_resume_end(np_plan_job *job);

/* ---- plan_progress_bar.c ---- */

void np_bar_begin(np_plan_job *job);
void np_bar_draw(np_plan_job *job, uint64_t rows);
void np_bar_end(np_plan_job *job);

/* ---- plan_messages.c: on standard error ---- */

/* How the list was read, where that is more than plain. */
void np_list_say(np_plan_job *job);
/* Prepare job->messages: why rows were rejected, by kind, and how many rows were done. Before the outputs get their
 * names, so that a plan without memory for them leaves no output. False after reporting that memory ran out. */
bool np_messages_put(np_plan_job *job);

/* ---- plan_summary.c ---- */

/* The totals in the format asked for, into run->out; false after reporting. */
bool np_plan_summary(np_run *run, const np_plan_head *head, np_totals *totals);

#endif
