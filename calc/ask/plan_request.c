/* What a plan is asked for: its options, the rule book of each scenario, the columns of its list. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sha2.h>

#include "natopay/book/load.h"
#include "natopay/ask/plan_request.h"
#include "natopay/career/grade_history.h"

enum { JOBS_BY_DEFAULT = 8 };

/* ---- options ---- */

static bool read_count(np_run *run, np_option option, long most, long fallback, long *value)
{
    np_arg arg = run->args.value[option];
    *value = fallback;
    if (!arg.text) return true;
    size_t digits = strspn(arg.text, "0123456789");
    if (digits > 0 && digits < 8 && arg.text[digits] == '\0') *value = strtol(arg.text, NULL, 10);
    if (digits > 0 && digits < 8 && arg.text[digits] == '\0' && *value >= 1 && *value <= most) return true;
    np_run_usage(run, arg, "--%s takes a whole number from 1 to %ld, not '%s'", np_option_describe(option)->name, most,
                 arg.text);
    return false;
}

static bool read_jobs(np_run *run, int *jobs)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN), value;
    long fallback = processors < 1 ? 1 : processors > JOBS_BY_DEFAULT ? JOBS_BY_DEFAULT : processors;
    bool ok = read_count(run, NP_OPT_JOBS, NP_JOBS_MAX, fallback, &value);
    *jobs = (int)value;
    return ok;
}

bool np_plan_has_currency(np_run *run, const np_book *book)
{
    np_arg arg = run->args.value[NP_OPT_CURRENCY];
    if (!arg.text || np_book_currency(book, arg.text) >= 0) return true;
    np_diag *diag = np_report(&run->diags, NP_CODE_UNKNOWN_CURRENCY, arg.at, "unknown currency '%s'", arg.text);
    np_diag_hint(&run->diags, diag, "natopay show currency lists those there are; [currency %s] adds one", arg.text);
    return false;
}

static bool read_delimiter(np_run *run, char *mark)
{
    static const struct {
        const char *name;
        char mark;
    } MARKS[] = {{"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {",", ','},
                 {";", ';'},     {"\t", '\t'},       {"\\t", '\t'}};
    np_arg arg = run->args.value[NP_OPT_DELIMITER];
    *mark = 0;
    if (!arg.text) return true;
    for (size_t i = 0; i < sizeof MARKS / sizeof MARKS[0]; i++)
        if (strcmp(arg.text, MARKS[i].name) == 0) *mark = MARKS[i].mark;
    if (*mark) return true;
    np_diag *diag = np_run_usage(run, arg, "'%s' is no delimiter", arg.text);
    np_diag_hint(&run->diags, diag, "choose one of comma, semicolon, tab");
    return false;
}

static bool read_after_contract(np_run *run, bool *stops)
{
    np_arg arg = run->args.value[NP_OPT_AFTER_CONTRACT];
    *stops = arg.text && strcmp(arg.text, "stop") == 0;
    if (!arg.text || *stops || strcmp(arg.text, "renew") == 0) return true;
    np_diag *diag = np_run_usage(run, arg, "--after-contract takes renew or stop, not '%s'", arg.text);
    np_diag_hint(&run->diags, diag,
                 "renew: contracts that end are taken to be followed by others; stop: nobody is paid after the end");
    return false;
}

/* January of the year in which the newest scale began. */
static np_date first_month(const np_book *book)
{
    np_date newest = np_date_of(2026, 1, 1);
    for (size_t i = 0; i < book->scale_count; i++)
        if (i == 0 || book->scales[i].from > newest) newest = book->scales[i].from;
    return np_date_of(np_date_split(newest).year, 1, 1);
}

/* Where each name stands in an option's list of them. */
static np_span *names_places(np_plan_asked *ask, np_arg arg)
{
    size_t count = 0;
    np_names_split(ask->run->arena, arg.text, &count);
    np_span *places = np_arena_array(ask->run->arena, count + 1, sizeof *places);
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        at += strspn(arg.text + at, " \t");
        size_t length = strcspn(arg.text + at, ",");
        places[i] = np_span_of(arg.at.file, arg.at.offset + at, length);
        at += length + 1;
    }
    return places;
}

/* Periods are taken out of what --by lists: the rest are columns. */
static bool read_periods(np_run *run, np_plan_asked *ask, np_period_kind *kind, long *starts)
{
    static const char *const NAMES[] = {
        [NP_PERIOD_YEAR] = "year", [NP_PERIOD_QUARTER] = "quarter", [NP_PERIOD_MONTH] = "month"};
    np_arg arg = run->args.value[NP_OPT_BY];
    size_t count = 0, periods = 0, columns = 0;
    const char **names = arg.text ? np_names_split(run->arena, arg.text, &count) : NULL;
    const np_span *places = arg.text ? names_places(ask, arg) : NULL;
    ask->by_places = np_arena_array(run->arena, count + 1, sizeof *ask->by_places);
    *kind = NP_PERIOD_YEAR;
    for (size_t i = 0; i < count; i++) {
        bool period = false;
        for (int k = NP_PERIOD_YEAR; k <= NP_PERIOD_MONTH; k++)
            if (strcmp(names[i], NAMES[k]) == 0) *kind = (np_period_kind)k, period = true;
        periods += period;
        if (period) continue;
        ask->by = ask->by ? np_arena_format(run->arena, "%s,%s", ask->by, names[i]) : names[i];
        ask->by_places[columns++] = places[i];
    }
    if (!read_count(run, NP_OPT_YEAR_STARTS, 12, 1, starts)) return false;
    if (periods < 2) return true;
    np_run_usage(run, arg, "--by takes one of month, quarter and year");
    return false;
}

static bool divide_window(np_run *run, np_plan_asked *ask)
{
    np_period_kind kind;
    long starts;
    np_window *window = &ask->plan.window;
    if (!read_periods(run, ask, &kind, &starts)) return false;
    ask->part_head.period = kind;
    ask->part_head.year_starts = (int)starts;
    if (np_window_divide(window, kind, (int)starts)) return true;
    np_diag *diag =
        np_run_usage(run, run->args.value[NP_OPT_BY], "a plan is summed over %d periods at most", NP_PLAN_PERIODS_MAX);
    np_diag_hint(&run->diags, diag, "shorten it by --horizon, or sum by quarter or year");
    return false;
}

static bool read_window(np_run *run, np_window *window)
{
    np_arg arg = run->args.value[NP_OPT_DATE];
    np_date first = first_month(run->book);
    long months;
    bool ok = read_count(run, NP_OPT_HORIZON, NP_PLAN_MONTHS_MAX, run->book->months, &months);
    if (arg.text && np_date_parse(arg.text, strlen(arg.text), &first)) {
        np_diag *diag = np_report(&run->diags, NP_CODE_BAD_DATE, arg.at, "'%s' is not a date: %s", arg.text,
                                  np_date_why(run->arena, run->args.lang, arg.text, strlen(arg.text)));
        np_diag_hint(&run->diags, diag, "write YYYY-MM-DD, for example 2026-01-01");
        return false;
    }
    if (!ok || np_window_set(window, first, (int)months)) return ok;
    np_report(&run->diags, NP_CODE_DATE_RANGE, arg.text ? arg.at : np_span_none(),
              "the plan would run past the year %d", NP_YEAR_LAST);
    return false;
}

/* ---- the books ---- */

/* Scenarios that are listed with commas are no file, and may be meant side by side or on top of one another. */
static bool is_one_scenario(np_run *run, const np_arg *scenario, size_t file_count)
{
    np_diags discarded;
    np_diags_init(&discarded, run->arena);
    if (file_count > 1 || !strchr(scenario->text, ',')) return true;
    if (np_read_text(np_run_reader(run), &discarded, scenario->text, NP_INI_FILE_LIMIT)) return true;
    np_diag *diag = np_run_usage(run, *scenario, "--scenario takes one scenario, not '%s'", scenario->text);
    np_diag_hint(&run->diags, diag,
                 "give --scenario for each to see them side by side; a.ini+b.ini lays one on top of the other");
    return false;
}

static bool take_book(np_run *run, np_plan_asked *ask, const np_arg *scenario)
{
    np_plan *plan = &ask->plan;
    np_scenario read = {.name = NP_BASELINE};
    unsigned base = (unsigned)run->args.with_count;
    size_t file_count = 0;
    const np_arg *files = scenario ? np_plan_scenario_files(run, scenario, &file_count) : NULL;
    if (scenario && !is_one_scenario(run, scenario, file_count)) return false;
    if (!np_run_load(run, files, file_count)) return false;
    if (!np_scenario_refuse_cases(run->book, &run->diags, base)) return false;
    if (!scenario && !np_changes_refuse(run->book, &run->diags)) return false;
    if (scenario && !np_scenario_read(run->book, &run->diags, base, &read)) return false;
    for (size_t i = 0; i < file_count; i++) np_run_lint(run, files[i].text);
    for (size_t i = 0; scenario && i < plan->book_count; i++)
        if (strcmp(ask->head.names[i], read.name) == 0) {
            np_diag *diag = np_report(&run->diags, NP_CODE_DUPLICATE_DEFINITION, scenario->at,
                                      "two scenarios are called '%s'", read.name);
            np_diag_hint(&run->diags, diag, "give each its own name: [scenario NAME]");
            return false;
        }
    plan->books[plan->book_count] = (np_plan_book){run->book, read.when, read.changes, read.change_count};
    ask->head.names[plan->book_count] = ask->part_head.names[plan->book_count] = read.name;
    ask->head.titles[plan->book_count] = ask->part_head.titles[plan->book_count] =
        scenario ? np_scenario_title(&read, run->arena, run->args.lang)
                 : np_say(run->args.lang, "The rule book as it is");
    plan->book_count++;
    return true;
}

/* Whether something is written that says by which books it was computed. */
static bool tells_book(const np_run *run)
{
    return run->args.format == NP_FORMAT_JSON || run->args.value[NP_OPT_PART].text ||
           run->args.value[NP_OPT_RESUME].text;
}

/* One hash for all books, whatever their number. */
static const char *hash_of_books(np_run *run, const np_plan *plan)
{
    SHA2_CTX hash;
    uint8_t digest[SHA256_DIGEST_LENGTH];
    char *hex = np_arena_alloc(run->arena, 2 * sizeof digest + 1);
    SHA256Init(&hash);
    for (size_t i = 0; i < plan->book_count; i++) {
        const char *one = np_book_hash(plan->books[i].book);
        SHA256Update(&hash, (const uint8_t *)one, strlen(one));
    }
    SHA256Final(digest, &hash);
    for (size_t i = 0; i < sizeof digest; i++) {
        hex[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    return hex;
}

bool np_plan_ask(np_plan_asked *ask, np_run *run)
{
    ask->run = run;
    ask->head.lang = ask->plan.lang = run->args.lang;
    ask->plan.fail_fast = run->args.value[NP_OPT_FAIL_FAST].text != NULL;
    ask->plan.reference = run->args.value[NP_OPT_REFERENCE].text != NULL;
    if (run->args.scenario_count >= NP_PLAN_BOOKS_MAX) {
        np_report(&run->diags, NP_CODE_TOO_MANY, run->args.scenarios[NP_PLAN_BOOKS_MAX - 1].at,
                  "a plan has %d scenarios at most", NP_PLAN_BOOKS_MAX - 1);
        return false;
    }
    if (!take_book(run, ask, NULL)) return false;
    bool ok = read_window(run, &ask->plan.window) && divide_window(run, ask);
    ok = read_jobs(run, &ask->plan.jobs) && ok;
    ok = read_after_contract(run, &ask->plan.stops_at_end) && ok;
    ask->head.stops_at_end = ask->part_head.stops_at_end = ask->plan.stops_at_end;
    if (!read_delimiter(run, &ask->delimiter) || !ok) return false;
    if (!np_plan_has_currency(run, run->book)) return false;
    ask->head.currency = run->args.value[NP_OPT_CURRENCY].text;
    ask->head.book = run->book;
    return true;
}

/* ---- columns ---- */

/* The book of each scenario. With columns of the list laid over them, the baseline is read anew. */
static bool take_scenarios(np_plan_asked *ask)
{
    np_run *run = ask->run;
    if (np_plan_lay_columns(ask)) {
        ask->plan.book_count = 0;
        ask->read_anew = true;
        if (!take_book(run, ask, NULL)) return false;
    }
    for (size_t i = 0; i < run->args.scenario_count; i++)
        if (!take_book(run, ask, &run->args.scenarios[i])) return false;
    for (size_t i = 0; i < ask->plan.book_count; i++) np_report_month_by_month(ask->plan.books[i].book, &run->diags);
    np_plan_head *head = &ask->head;
    head->books = ask->part_head.books = ask->plan.book_count;
    head->book = ask->plan.books[0].book;
    if (tells_book(run)) head->hash = ask->part_head.hash = hash_of_books(run, &ask->plan);
    head->window = ask->plan.window;
    for (size_t i = 0; i < ask->plan.book_count; i++)
        head->rates[i] = ask->part_head.rates[i] =
            np_plan_rates_of(run->arena, ask->plan.books[i].book, &ask->plan.window, run->args.lang);
    ask->part_head.first = ask->plan.window.first;
    ask->part_head.months = ask->plan.window.months;
    return true;
}

bool np_plan_ask_names(np_plan_asked *ask, const int *read_error)
{
    np_run *run = ask->run;
    np_arg named = run->args.value[NP_OPT_COLUMNS];
    ask->names =
        named.text ? np_names_split(run->arena, named.text, &ask->name_count) : np_plan_read_header(ask, read_error);
    if (!ask->names) return false;
    if (named.text) ask->name_places = names_places(ask, named);
    return !ask->plan.book_count || take_scenarios(ask);
}

bool np_plan_ask_columns(np_plan_asked *ask, np_columns_asked *asked)
{
    np_run *run = ask->run;
    const np_arg *value = run->args.value;
    asked->key = value[NP_OPT_KEY].text;
    asked->carry = value[NP_OPT_CARRY].text;
    asked->by = ask->by;
    asked->header = !value[NP_OPT_COLUMNS].text;
    asked->places = ask->name_places;
    asked->by_places = ask->by_places;
    np_span place = !asked->header ? value[NP_OPT_COLUMNS].at : ask->name_count ? asked->places[0] : np_span_none();
    if (asked->header) place.length = 0;
    if (!np_columns_read(&ask->columns, run->arena, &run->diags, ask->head.book, asked, ask->names, ask->name_count,
                         place))
        return false;
    ask->head.by_count = ask->part_head.by_count = ask->columns.by_count;
    for (size_t i = 0; i < ask->columns.by_count; i++) ask->head.by[i] = ask->part_head.by[i] = ask->columns.by[i].name;
    return true;
}

/* ---- what came of it ---- */

bool np_plan_faulty_rule(np_run *run, const np_plan_result *result)
{
    np_diag *diag = np_report(&run->diags, NP_CODE_CURRENCY_MISMATCH, result->fault.at, "%s, line %llu: %s",
                              run->args.files[0].text, (unsigned long long)result->fault.line, result->why);
    np_diag_hint(&run->diags, diag,
                 "write local(AMOUNT), which converts it, or name the countries: when = duty_country in (...)");
    return false;
}

static bool changes_something(np_arena *arena, const np_totals *totals, uint16_t book)
{
    bool changes = false;
    for (size_t i = 0; i < totals->gain_loss_count && !changes; i++) {
        const np_gain_loss *s = &totals->gain_losses[i];
        if (s->book != book) continue;
        changes = s->winners || s->losers || s->coarse || np_num_sign(np_exact_sum_value(arena, &s->employer));
    }
    return changes;
}

/* Whether a currency in which somebody is paid has another rate. */
static bool changes_rates(const np_plan_asked *ask, const np_totals *totals, uint16_t book)
{
    const np_plan_rates *rates = ask->head.rates;
    bool changes = false;
    for (size_t i = 0; i < totals->group_count && !changes; i++)
        changes = !np_plan_rates_agree(&rates[0], &rates[book], totals->groups[i].currency, totals->periods);
    return changes;
}

void np_plan_begin_again(np_plan_asked *ask, np_byte_source source)
{
    np_csv_batch batch;
    char delimiter = ask->csv.delimiter;
    np_csv_free(&ask->csv);
    np_csv_init(&ask->csv, source, delimiter);
    if (ask->run->args.value[NP_OPT_COLUMNS].text) return;
    np_csv_batch_init(&batch);
    for (size_t i = 0; i <= ask->records_above; i++) np_csv_read(&ask->csv, &batch);
    np_csv_batch_free(&batch);
    ask->csv.rows = 0;
}

/* Whoever asks for so many members of staff is told when there are not so many. */
static void warn_of_fewer(const np_plan_asked *ask, uint16_t book)
{
    np_run *run = ask->run;
    for (size_t i = 0; i < ask->plan.books[book].change_count; i++) {
        const np_staff_change *change = &ask->plan.books[book].changes[i];
        if (!change->selection || change->selection->held == change->selection->wanted) continue;
        np_report(&run->diags, NP_CODE_NO_EFFECT, run->args.scenarios[book - 1].at,
                  "the change %s asks for %zu, and it can be made for %zu only", change->name,
                  change->selection->wanted, change->selection->held);
    }
}

/* A change that is for nobody, beside others that are. What an earlier run did, which this one goes on with, is not
 * known. */
static void warn_of_changes(const np_plan_asked *ask, uint16_t book)
{
    np_run *run = ask->run;
    for (size_t i = 0; i < ask->plan.books[book].change_count && !ask->plan.skip; i++) {
        const np_staff_change *change = &ask->plan.books[book].changes[i];
        if (change->selection || atomic_load(&change->count->made)) continue;
        np_diag *diag = np_report(&run->diags, NP_CODE_NO_EFFECT, change->at,
                                  "the change %s is made for nobody in this list", change->name);
        np_diag_hint(&run->diags, diag,
                     "see that its 'when' has the words of the list, and that its day lies within the plan");
    }
}

/* Rows are rejected under all books, so that all are of the same staff: it is said which change is the reason. */
static void warn_of_rejected(const np_plan_asked *ask, uint16_t book)
{
    np_run *run = ask->run;
    for (size_t i = 0; i < ask->plan.books[book].change_count; i++) {
        const np_staff_change *change = &ask->plan.books[book].changes[i];
        unsigned long long rejected = atomic_load(&change->count->rejected);
        if (!rejected) continue;
        np_diag *diag = np_report(&run->diags, NP_CODE_ROW_REJECTED, change->at,
                                  "rows that cannot be computed once the change %s is made, and are rejected: %llu",
                                  change->name, rejected);
        np_diag_hint(&run->diags, diag, "set what it contradicts too, or leave these rows out by 'when'");
    }
}

void np_plan_warn_of_scenarios(const np_plan_asked *ask, const np_totals *totals)
{
    np_run *run = ask->run;
    for (uint16_t b = 1; b < ask->plan.book_count; b++) warn_of_rejected(ask, b);
    for (uint16_t b = 1; b < ask->plan.book_count && totals->done > totals->absent; b++) {
        warn_of_fewer(ask, b);
        if (changes_something(run->arena, totals, b) || changes_rates(ask, totals, b)) {
            warn_of_changes(ask, b);
            continue;
        }
        np_diag *diag = np_report(&run->diags, NP_CODE_NO_EFFECT, run->args.scenarios[b - 1].at,
                                  "the scenario %s changes no amount for anybody in this list", ask->head.names[b]);
        np_diag_hint(&run->diags, diag,
                     "see that what it changes has the rule book's names and dates within the plan, and that its lines "
                     "are counted");
    }
}

bool np_plan_print_records(np_plan_asked *ask, np_plan_records *records)
{
    np_format format = ask->run->args.format;
    *records = (np_plan_records){&ask->head, ask->head.book, ask->plan.books};
    ask->plan.printer.context = records;
    if (format == NP_FORMAT_CSV) ask->plan.printer.record = np_plan_csv_record;
    if (format == NP_FORMAT_JSON) ask->plan.printer.record = np_plan_json_record;
    return format == NP_FORMAT_CSV || format == NP_FORMAT_JSON;
}
