/* A run: one command with its arguments, whoever asked (the command line, a page). It reaches files and
 * streams through its np_host alone. */
#ifndef NATOPAY_ASK_RUN_H
#define NATOPAY_ASK_RUN_H

#include "natopay/plan/reconcile.h"
#include "natopay/report/estimate.h"
#include "natopay/pay/situation.h"
#include "natopay/render/render.h"
#include "natopay/report/timeline.h"

enum { NP_ARGS_MAX = 256, NP_FILES_MAX = 4096, NP_OUTPUT_LIMIT = 256 * 1024 * 1024 };

/* The commands that take an option, as bits. */
typedef enum np_command_bit {
    NP_CMD_ESTIMATE = 1,
    NP_CMD_EXPLAIN = 2,
    NP_CMD_CHECK = 4,
    NP_CMD_SHOW = 8,
    NP_CMD_TIMELINE = 16,
    NP_CMD_PROJECT = 32,
    NP_CMD_CAREER = NP_CMD_TIMELINE | NP_CMD_PROJECT,
    NP_CMD_NOTICE = 64,
    NP_CMD_COMPARE = 128,
    NP_CMD_PLAN = 256,
    NP_CMD_SAMPLE_STAFF = 512,
    NP_CMD_PAGE = 1024,
    NP_CMD_ANY = 0xffff
} np_command_bit;

/* OPTION(identifier, name, value's name or NULL, commands, help) */
#define NP_OPTIONS(OPTION)                                                                                           \
    OPTION(SET, "set", "NAME=VALUE",                                                                                 \
           NP_CMD_ESTIMATE | NP_CMD_EXPLAIN | NP_CMD_CHECK | NP_CMD_COMPARE | NP_CMD_CAREER | NP_CMD_PAGE,           \
           "give an input, or several with commas (repeatable)")                                                     \
    OPTION(DATE, "date", "YYYY-MM-DD",                                                                               \
           NP_CMD_ESTIMATE | NP_CMD_EXPLAIN | NP_CMD_SHOW | NP_CMD_COMPARE | NP_CMD_PLAN | NP_CMD_CHECK,             \
           "the month, or the day, asked for")                                                                       \
    OPTION(AGAINST, "against", "NAME=AMOUNT|COLUMN", NP_CMD_EXPLAIN | NP_CMD_CHECK,                                  \
           "what a payslip says: what would explain the difference (check: of each row, in a column)")               \
    OPTION(POST, "post", "[FILE,]NAME=VALUE,...", NP_CMD_COMPARE, "one more post, given by inputs (repeatable)")     \
    OPTION(CURRENCY, "currency", "CUR", NP_CMD_COMPARE | NP_CMD_PLAN,                                                \
           "currency of the comparison (the first post's), or of a plan in short (the reference country's)")         \
    OPTION(BREAK_EVEN, "break-even", "INPUT[=FROM..TO]", NP_CMD_COMPARE,                                             \
           "the value of an input at which posts pay the same")                                                      \
    OPTION(VARY, "vary", "INPUT=FROM..TO/STEP", NP_CMD_COMPARE, "the comparison over a range of one input")          \
    OPTION(MONTHS, "months", "N", NP_CMD_COMPARE | NP_CMD_CAREER,                                                    \
           "how far to look, 1 to 600 (72, --break-even and --vary 36, unless the rule book says)")                  \
    OPTION(BY, "by", "PERIOD|COLUMN,...", NP_CMD_PROJECT | NP_CMD_PLAN,                                              \
           "project: a row for each month, year, contract_year or stretch; plan: totals by month, quarter or year "  \
           "(years unless told), and by these columns")                                                              \
    OPTION(YEAR_STARTS, "year-starts", "MONTH", NP_CMD_PLAN, "month with which a fiscal year begins, 1 to 12 (1)")   \
    OPTION(SCENARIO, "scenario", "SCENARIO.ini", NP_CMD_PLAN,                                                        \
           "what if: an overlay, with [scenario]; A.ini+B.ini: both (repeatable)")                                   \
    OPTION(AFTER_CONTRACT, "after-contract", "renew|stop", NP_CMD_PLAN,                                              \
           "whether pay goes on after the end of a contract (renew)")                                                \
    OPTION(HORIZON, "horizon", "N", NP_CMD_PLAN,                                                                     \
           "months that the plan covers, 1 to 600 (72 unless the rule book says)")                                   \
    OPTION(KEY, "key", "COLUMN", NP_CMD_PLAN | NP_CMD_CHECK, "column that tells staff apart (found by its name)")    \
    OPTION(LIST, "list", "MAP.ini", NP_CMD_PLAN | NP_CMD_CHECK,                                                      \
           "how a list of another program is read (natopay check LIST --output MAP.ini writes one)")                 \
    OPTION(DATES, "dates", "dmy|mdy", NP_CMD_PLAN | NP_CMD_CHECK, "04/02/1987: the day or the month first")          \
    OPTION(DECIMAL, "decimal", "point|comma", NP_CMD_PLAN | NP_CMD_CHECK, "12.500: the sign before the decimals")    \
    OPTION(ENCODING, "encoding", "NAME", NP_CMD_PLAN | NP_CMD_CHECK,                                                 \
           "of the list: utf-8, utf-16, windows-1252, latin-1, latin-9 (found out)")                                 \
    OPTION(CARRY, "carry", "COLUMN,...", NP_CMD_PLAN | NP_CMD_CHECK, "columns that are no inputs, kept as they are") \
    OPTION(COLUMNS, "columns", "NAME,...", NP_CMD_PLAN | NP_CMD_CHECK,                                               \
           "names of the columns of a list without a header")                                                        \
    OPTION(DELIMITER, "delimiter", "comma|semicolon|tab", NP_CMD_PLAN | NP_CMD_CHECK,                                \
           "what stands between fields (found out)")                                                                 \
    OPTION(NO_HEADER, "no-header", NULL, NP_CMD_PLAN, "write no header over the records")                            \
    OPTION(REJECT, "reject", "FILE", NP_CMD_PLAN, "write row, line, column and reason of rejected rows")             \
    OPTION(FAIL_FAST, "fail-fast", NULL, NP_CMD_PLAN, "stop at the first row that is rejected")                      \
    OPTION(JOBS, "jobs", "N", NP_CMD_PLAN, "threads (as many as there are processors, at most 8)")                   \
    OPTION(RESUME, "resume", NULL, NP_CMD_PLAN, "go on where an earlier run with --resume was broken off")           \
    OPTION(PART, "part", "FILE", NP_CMD_PLAN, "write the totals for --merge")                                        \
    OPTION(MERGE, "merge", NULL, NP_CMD_PLAN, "add the totals of several --part files")                              \
    OPTION(REFERENCE, "reference", NULL, NP_CMD_PLAN, "compute every month anew: slow, the same result")             \
    OPTION(SEED, "seed", "S", NP_CMD_SAMPLE_STAFF, "another staff for another number (1)")                           \
    OPTION(WITH, "with", "OVERLAY.ini", NP_CMD_ANY, "lay a file over the rule book (repeatable)")                    \
    OPTION(DATA, "data", "DIR", NP_CMD_ANY, "folder of the rule book, or the name of one beside the usual one")      \
    OPTION(FORMAT, "format", "FORMAT",                                                                               \
           NP_CMD_ESTIMATE | NP_CMD_EXPLAIN | NP_CMD_SHOW | NP_CMD_NOTICE | NP_CMD_COMPARE | NP_CMD_CAREER |         \
               NP_CMD_CHECK | NP_CMD_PLAN,                                                                           \
           "form of the output:")                                                                                    \
    OPTION(OUTPUT, "output", "FILE", NP_CMD_ANY, "write to a file, whole or not at all")                             \
    OPTION(EXPLAIN, "explain", NULL, NP_CMD_ESTIMATE, "add how every line came about")                               \
    OPTION(SENSITIVITY, "sensitivity", NULL, NP_CMD_ESTIMATE, "add how far each uncertain figure moves the net")     \
    OPTION(QUESTIONS, "questions", NULL, NP_CMD_ESTIMATE,                                                            \
           "JSON: add what is not answered, and how far each answer could move the net")                             \
    OPTION(STRICT, "strict", NULL, NP_CMD_ESTIMATE, "refuse figures weaker than chained")                            \
    OPTION(LANG, "lang", "en|fr", NP_CMD_ANY, "language of labels and text")                                         \
    OPTION(COLOR, "color", "auto|always|never", NP_CMD_ANY, "colours in diagnostics (NO_COLOR is respected)")        \
    OPTION(DIAGNOSTICS, "diagnostics", "text|json", NP_CMD_ANY, "form of errors and warnings")                       \
    OPTION(HELP, "help", NULL, NP_CMD_ANY, "show help")                                                              \
    OPTION(VERSION, "version", NULL, NP_CMD_ANY, "show the version")

typedef enum np_option {
#define NP_OPTION_ENUM(id, name, value, commands, help) NP_OPT_##id,
    NP_OPTIONS(NP_OPTION_ENUM)
#undef NP_OPTION_ENUM
        NP_OPTION_COUNT
} np_option;

typedef struct np_option_info {
    const char *name, *value;
    unsigned commands;
    const char *help;
} np_option_info;

const np_option_info *np_option_describe(np_option option);
/* What an option does; of --format also what the commands with these bits write. */
void np_put_option_help(np_text *out, np_option option, unsigned commands, const np_lang *lang);

/* One argument, with its place on the command line for diagnostics. */
typedef struct np_arg {
    const char *text;
    np_span at;
} np_arg;

/* The next of "grade=G10,child_births=2018-09-03,2021-02-11" from *at on: a comma parts only where a name and an equals
 * sign follow. *at: behind it. False: there is none left. */
bool np_next_input(np_arena *arena, np_arg list, size_t *at, np_arg *input);

typedef struct np_args {
    const np_file *line; /* the whole command line */
    np_arg command;
    np_arg files[NP_FILES_MAX]; /* what is no option, in order */
    size_t file_count;
    np_arg sets[NP_ARGS_MAX];
    size_t set_count;
    np_arg posts[NP_ARGS_MAX];
    size_t post_count;
    np_arg scenarios[NP_ARGS_MAX];
    size_t scenario_count;
    np_arg with[NP_ARGS_MAX];
    size_t with_count;
    np_arg value[NP_OPTION_COUNT]; /* of the other options; text NULL: not given */
    np_format format;
    const np_lang *lang; /* NULL: English */
    bool diagnostics_json, color, help, version;
} np_args;

/* What --lang asks for: see language.c. */
typedef struct np_language {
    np_lang lang;
    const char *refused; /* why the catalogue that there is cannot be used; NULL: it can, or there is none */
    bool spoken;         /* it is used; or nothing but English is asked for */
    bool settled;        /* it was said that it is not */
} np_language;

struct np_run;

/* Files and streams of a run: those of the command line are the disk's, those of np_ask lie in memory. */
typedef struct np_host {
    void *context;
    /* The one way in which files are read, the rule book's included. */
    np_reader (*reader)(struct np_run *run);
    /* The folder of the rule book. */
    const char *(*book_folder)(struct np_run *run);
    /* The rule book, where it was loaded before; NULL: it is to be loaded. The function may be NULL. */
    np_book *(*book)(struct np_run *run);
    /* Standard input, at most `limit` + 1 bytes of it; NULL, or why not. */
    const char *(*standard_input)(struct np_run *run, np_arena *arena, size_t limit, char **bytes, size_t *size);
    /* The bytes of a PDF file become its text. NULL: PDF files cannot be read. */
    const char *(*pdf_to_text)(np_arena *arena, char **bytes, size_t *size);
    /* What will be read, before anything is computed; false when an output is the same file. NULL: never is. */
    bool (*inputs_named)(struct np_run *run, const np_arg *files, size_t count);
    /* The options that name outputs. NULL: there are no files to write. */
    void (*outputs_named)(struct np_run *run);
    /* Write what stands in run->out, whole or not at all; false after reporting. */
    bool (*write)(struct np_run *run);
    /* The catalogue (.mo) of a language; NULL, or why there is none. */
    const char *(*catalogue)(struct np_run *run, const char *language, char **bytes, size_t *size);
    /* "en, fr": the languages that there are. */
    const char *(*languages)(struct np_run *run);
    /* How many columns the terminal has that standard output is; 0: it is none. NULL: likewise. */
    size_t (*columns)(void);
    /* Whether diagnostics are shown where colours can be seen. NULL: they are not. */
    bool (*shows_color)(void);
    /* Commands that read and write streams of their own. */
    void (*plan)(struct np_run *run);
    void (*sample_staff)(struct np_run *run);
    void (*check_list)(struct np_run *run); /* of check: how a staff list is read. NULL: lists cannot be checked */
    void (*page)(struct np_run *run);
} np_host;

/* Everything a run needs. */
typedef struct np_run {
    np_arena *arena;
    const np_host *host;
    np_diags diags;
    np_language language;
    np_args args;
    np_text out; /* what goes to standard output, or --output */
    np_book *book;
    int exit;
    bool written; /* the command wrote its output itself */
    bool refused; /* an output is a file that is read */
    struct np_protection *protection;
    np_arg data; /* of the next book to load: the folder that its post names; "": the host's; text
                                         * NULL: what the files say */
    const struct np_book *const *compared_books; /* the books of all posts, where they are of several organisations */
    size_t compared_count;
    char *input; /* what standard input held, which can be read once only; NULL: not read yet */
    size_t input_size;
    struct np_notice_or_not *notice_or_not; /* files of which it was asked whether they are a notice */
    struct np_read_once *once;              /* what was read from files */
} np_run;

typedef struct np_notice_or_not {
    const char *path;
    char *bytes;
    size_t size;
    bool is_notice;
    struct np_notice_or_not *next;
} np_notice_or_not;

typedef struct np_command {
    const char *name;
    unsigned bit;
    const char *usage;   /* what follows the name */
    const char *purpose; /* in one line */
    const char *help;    /* the rest of the help page */
    void (*run)(np_run *run);
    unsigned formats; /* that it writes, a bit each; see natopay/render/render.h */
} np_command;

extern const np_command NP_COMMANDS[];
extern const size_t NP_COMMAND_TOTAL;

const np_command *np_command_named(const char *name);

/* ---- options.c ---- */
void np_args_parse(np_run *run, int argc, char *const *argv);

/* ---- language.c ---- */
/* Read --lang, and find the translation. */
void np_language_choose(np_run *run, int argc, char *const *argv);
/* Say once that there is none: a language that nobody knows is wrong usage, one of labels alone is a warning. */
void np_language_settle(np_run *run);

/* ---- help_pages.c ---- */
/* No wider than so many columns; 0: as its texts are laid out. */
void np_help_overview(np_text *out, const np_lang *lang, size_t columns);
void np_help_command(np_text *out, const np_command *command, const np_lang *lang, size_t columns);

/* ---- manual.c ---- */
/* What `natopay help manual` and `natopay help completion` print: files that are installed. English alone. */
void np_help_manual(np_text *out);
void np_help_completion(np_text *out);

/* ---- other_book.c ---- */
/* The value of the key `data`, which names the rule book that a post is of; text NULL: none. */
np_arg np_post_data(const np_ini_section *post);
/* The same of the first post in some files. */
np_arg np_files_data(np_run *run, const np_arg *files, size_t count);
/* The folder that a name means: beside that of another book, or itself when it has a slash. */
const char *np_book_beside(np_arena *arena, const char *folder, const char *name);
/* The same for this run's book; NULL after reporting that no rule book is there. */
const char *np_other_folder(np_run *run, np_arg data);

/* ---- session.c ---- */
/* Load the book with --with and these further files; false when it cannot be used. */
bool np_run_load(np_run *run, const np_arg *files, size_t count);
/* Whether a run is about a file of the book: one that the command line names, or any when it names none. */
bool np_run_asks_about(const np_run *run, const char *name);
/* Tell what should not stay in a file of the book, though it loads. NULL: in those that the command line names; all of
 * the book when it names none. */
void np_run_lint(np_run *run, const char *path);
/* Whether the rule book and its overlays are in order, whatever is wrong in files that hold posts and persons alone:
 * these can then be read on, so that one run tells of all mistakes. */
bool np_run_is_sound(const np_run *run);
/* The situation of the one post and the one person in the files, and of --set and --date; NULL after reporting. */
np_situation *np_run_situation(np_run *run);
/* Every grade's pay, where the notice names none. False: the grade is known, or the book has a figure for none. */
bool np_run_by_grade(np_run *run, const np_situation *situation, np_by_grade *by_grade);
/* Where the grade is not known, take the lowest that fits, as assumed, and say so. `file`: of one post of several; its
 * text is NULL where there is but one, which --set describes. */
void np_run_assume_grade(np_run *run, np_situation *situation, np_arg file);

/* --against NAME=...: which line or total of a payslip is compared. Gives back what stands behind the sign; NULL after
 * reporting. `form` and `example` say what may stand there: "NAME=AMOUNT", "net=4711.20". */
const char *np_run_against(np_run *run, np_measure *measure, const char *form, const char *example);

/* The same of one post among several, by the name of its section (NULL: the only one, if any), with further
 * NAME=VALUEs that go before all others. */
np_situation *np_run_situation_of(np_run *run, const char *post, const np_arg *own, size_t own_count);
/* Report wrong usage at an argument. */
np_diag *np_run_usage(np_run *run, np_arg at, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Report that memory ran out; false. */
bool np_run_no_memory(np_run *run);
/* Write what the command has to show in the format asked for. */
void np_run_show(np_run *run, np_output output);
/* Of the terminal on which the output is shown; 0: it is shown on none. */
size_t np_run_columns(const np_run *run);

/* ---- notices.c ---- */
/* The bytes of a file, or of standard input for "-", at most one more than a notice may have; NULL, or why not. */
const char *np_run_read(np_run *run, np_arena *arena, const char *path, char **bytes, size_t *size);
/* Put the vacancy notices behind the other files: what is no INI file is one. How many there are. */
size_t np_run_notices_last(np_run *run, const char **paths, size_t count);
/* Read notices by the patterns of the run's book, and lay the posts that they state over it. False after reporting. */
bool np_run_notices(np_run *run, const char *const *paths, size_t count);

/* ---- career_run.c ---- */
/* The career of the files and --set, projected over --months: the chosen path, or with `all_paths` every one that is
 * open, the milestones and the conditions. False after reporting. */
bool np_run_timeline(np_run *run, bool all_paths, np_timeline *timeline);
/* What the post asks of the person, when both are given; else NULL. */
const np_eligible *np_run_eligibility(np_run *run, size_t *count);

/* ---- diagnostic_inputs.c ---- */
/* Note in each diagnostic which input it is about, by where it points to: a form shows it beside that field. */
void np_run_name_inputs(np_run *run);

/* ---- read_once.c ---- */

/* The host's files, each of which is read once: what is read into the run's memory is kept there. */
np_reader np_run_reader(np_run *run);
/* A text that is read as if it were a file of that name. */
void np_run_keep_text(np_run *run, const char *path, const char *text);
/* Sections that were read already: who reads these files gets them. */
void np_run_keep_sections(np_run *run, const np_ini *files, size_t count);

/* ---- run.c: what a host need not be able to do ---- */
bool np_inputs_named(np_run *run, const np_arg *files, size_t count);

/* ---- run.c ---- */
/* Read the arguments (argv[0] is the program) and do what they ask. What there is to show is then in run->out, unless
 * run->written, and what is to be said in run->diags. Under np_arena_guard. */
void np_run_do(np_run *run, int argc, char *const *argv);
/* Whether what stands in run->out is to be shown; the exit code of the run. */
bool np_run_shows(const np_run *run);
int np_run_exit(const np_run *run);

/* ---- commands ---- */
void np_cmd_estimate(np_run *run);
void np_cmd_explain(np_run *run);
void np_cmd_plan(np_run *run);         /* the host's */
void np_cmd_sample_staff(np_run *run); /* the host's */
void np_cmd_page(np_run *run);         /* the host's */
void np_cmd_show(np_run *run);
extern const char NP_SHOW_KINDS[]; /* what it can show: "scale, grade, ..." */
void np_cmd_check(np_run *run);
void np_cmd_compare(np_run *run);
void np_cmd_notice(np_run *run);
void np_cmd_timeline(np_run *run);
void np_cmd_project(np_run *run);

#endif
