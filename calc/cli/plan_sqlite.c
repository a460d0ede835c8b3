/* Writing a plan as an SQLite file: tables of staff, years, totals and sources. */
#include "plan_sqlite.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include <sqlite3.h>

#include "natopay/base/json.h"

/* Amounts are given as decimals, of which SQLite makes numbers that compare and sort (NUMERIC); beside each stands the
 * exact fraction, as text. */
static const char SCHEMA[] =
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192; PRAGMA cache_size = -4000;"
    "CREATE TABLE scenario (number INTEGER PRIMARY KEY, name TEXT NOT NULL, title TEXT NOT NULL);"
    "CREATE TABLE staff (row INTEGER PRIMARY KEY, id TEXT NOT NULL, line INTEGER NOT NULL, status TEXT NOT NULL,"
    " reason TEXT, currency TEXT, weakest TEXT, open TEXT, carried TEXT NOT NULL);"
    "CREATE TABLE result (row INTEGER NOT NULL REFERENCES staff, scenario INTEGER NOT NULL REFERENCES scenario,"
    " year INTEGER NOT NULL, applies INTEGER NOT NULL, gross NUMERIC NOT NULL, gross_exact TEXT NOT NULL,"
    " net NUMERIC NOT NULL, net_exact TEXT NOT NULL, employer NUMERIC NOT NULL, employer_exact TEXT NOT NULL,"
    " net_difference NUMERIC, net_difference_exact TEXT, employer_difference NUMERIC, employer_difference_exact TEXT,"
    " headcount INTEGER NOT NULL, fte NUMERIC NOT NULL, PRIMARY KEY (row, scenario, year)) WITHOUT ROWID;"
    "CREATE TABLE total (grouped_by TEXT NOT NULL, value TEXT NOT NULL, currency TEXT NOT NULL, staff INTEGER NOT NULL,"
    " scenario INTEGER NOT NULL REFERENCES scenario, year INTEGER NOT NULL, gross NUMERIC NOT NULL,"
    " gross_exact TEXT NOT NULL, net NUMERIC NOT NULL, net_exact TEXT NOT NULL, employer NUMERIC NOT NULL,"
    " employer_exact TEXT NOT NULL, headcount INTEGER NOT NULL, fte NUMERIC NOT NULL);"
    "CREATE TABLE gain_loss (scenario INTEGER NOT NULL REFERENCES scenario, currency TEXT NOT NULL, winners INTEGER NOT"
    " NULL, losers INTEGER NOT NULL, even INTEGER NOT NULL, unknown INTEGER NOT NULL, apart INTEGER NOT NULL,"
    " won NUMERIC NOT NULL, won_exact TEXT NOT NULL, lost NUMERIC NOT NULL, lost_exact TEXT NOT NULL,"
    " moved INTEGER NOT NULL, PRIMARY KEY (scenario, currency));"
    "CREATE TABLE source (name TEXT PRIMARY KEY, title TEXT, publisher TEXT, date TEXT, locator TEXT, url TEXT);"
    "BEGIN";

typedef struct np_sqlite {
    np_run *run;
    const np_plan_head *head;
    const char *path, *opened; /* as it was named, and as SQLite opens it */
    sqlite3 *db;
    sqlite3_stmt *staff, *result, *total;
    bool failed;
    bool no_memory; /* memory ran out for a text of a row: the row must not be written */
} np_sqlite;

static bool complain(np_sqlite *s, const char *why)
{
    if (!s->failed)
        np_report(&s->run->diags, NP_CODE_CANNOT_WRITE, np_span_none(), "cannot write '%s': %s", s->path,
                  np_say(s->run->args.lang, why));
    s->failed = true;
    return false;
}

static bool check(np_sqlite *s, int code)
{
    bool ok = code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW;
    return ok || complain(s, s->db ? sqlite3_errmsg(s->db) : sqlite3_errstr(code));
}

static bool prepare(np_sqlite *s, const char *sql, sqlite3_stmt **statement)
{
    return check(s, sqlite3_prepare_v2(s->db, sql, -1, statement, NULL));
}

/* ---- records, as threads write them (see plan_sqlite_record.c) ---- */

typedef struct reading {
    const char *at;
    size_t left;
} reading;

static bool take(reading *r, const char **bytes, uint32_t *length)
{
    if (r->left < sizeof *length) return false;
    memcpy(length, r->at, sizeof *length);
    if (r->left - sizeof *length < *length) return false;
    *bytes = r->at + sizeof *length;
    r->at += sizeof *length + *length;
    r->left -= sizeof *length + *length;
    return true;
}

static bool bind_next(np_sqlite *s, sqlite3_stmt *statement, int place, reading *r)
{
    const char *bytes;
    uint32_t length;
    if (!take(r, &bytes, &length)) return complain(s, NP_MARK("a record was cut off"));
    /* not copied: the record stays until the row is written, and every row binds all places anew */
    return check(s, sqlite3_bind_text(statement, place, bytes, (int)length, SQLITE_STATIC));
}

static bool step(np_sqlite *s, sqlite3_stmt *statement)
{
    if (s->no_memory) {
        s->failed = true;
        return np_run_no_memory(s->run);
    }
    bool ok = check(s, sqlite3_step(statement));
    sqlite3_reset(statement);
    return ok;
}

/* A calendar year becomes a number there; other periods are texts. */
static void bind_period(np_sqlite *s, sqlite3_stmt *statement, int place, uint16_t period)
{
    char name[NP_PERIOD_NAME];
    np_window_period_name(&s->head->window, period, name);
    sqlite3_bind_text(statement, place, name, -1, SQLITE_TRANSIENT);
}

static bool put_results(np_sqlite *s, sqlite3_int64 row, reading *r)
{
    bool ok = true;
    for (size_t b = 0; ok && b < s->head->books; b++) {
        const char *applies;
        uint32_t length;
        if (!take(r, &applies, &length)) return complain(s, NP_MARK("a record was cut off"));
        for (int y = 0; ok && y < s->head->window.periods; y++) {
            sqlite3_bind_int64(s->result, 1, row);
            sqlite3_bind_int(s->result, 2, (int)b);
            bind_period(s, s->result, 3, (uint16_t)y);
            sqlite3_bind_int(s->result, 4, *applies == '1');
            for (int i = 0; ok && i < 12; i++) ok = bind_next(s, s->result, 5 + i, r);
            for (int i = 11; b == 0 && i <= 14; i++) sqlite3_bind_null(s->result, i);
            ok = ok && step(s, s->result);
        }
    }
    return ok;
}

static bool bind_range(np_sqlite *s, reading *r, int from, int to)
{
    for (int i = from; i <= to; i++)
        if (!bind_next(s, s->staff, i, r)) return false;
    return true;
}

static bool put_record(np_sqlite *s, reading *r)
{
    const char *status;
    uint32_t length;
    sqlite3_clear_bindings(s->staff);
    if (!bind_range(s, r, 1, 3)) return false;
    reading here = *r; /* the status says what more belongs to the record */
    bool done = take(&here, &status, &length) && length == 4 && memcmp(status, "done", 4) == 0;
    if (!bind_range(s, r, 4, 5) || !bind_next(s, s->staff, 9, r)) return false;
    if (done && !bind_range(s, r, 6, 8)) return false;
    if (!step(s, s->staff)) return false;
    return !done || put_results(s, sqlite3_last_insert_rowid(s->db), r);
}

bool np_sqlite_records(void *sqlite, const char *bytes, size_t size)
{
    np_sqlite *s = sqlite;
    reading r = {bytes, size};
    while (r.left > 0 && !s->failed)
        if (!put_record(s, &r)) return false;
    return !s->failed;
}

/* ---- what stands for the whole plan ---- */

static bool put_scenarios(np_sqlite *s)
{
    sqlite3_stmt *statement;
    if (!prepare(s, "INSERT INTO scenario VALUES (?, ?, ?)", &statement)) return false;
    bool ok = true;
    for (size_t b = 0; ok && b < s->head->books; b++) {
        sqlite3_bind_int(statement, 1, (int)b);
        sqlite3_bind_text(statement, 2, s->head->names[b], -1, SQLITE_STATIC);
        sqlite3_bind_text(statement, 3, s->head->titles[b], -1, SQLITE_STATIC);
        ok = step(s, statement);
    }
    sqlite3_finalize(statement);
    return ok;
}

static bool put_sources(np_sqlite *s)
{
    sqlite3_stmt *statement;
    const np_book *book = s->head->book;
    if (!prepare(s, "INSERT INTO source VALUES (?, ?, ?, ?, ?, ?)", &statement)) return false;
    bool ok = true;
    for (size_t i = 0; ok && i < book->source_count; i++) {
        const np_source *source = &book->sources[i];
        const char *texts[] = {source->name, source->title,        source->publisher,
                               source->date, source->locator.text, source->url};
        for (int k = 0; k < 6; k++) sqlite3_bind_text(statement, k + 1, texts[k], -1, SQLITE_STATIC);
        ok = step(s, statement);
    }
    sqlite3_finalize(statement);
    return ok;
}

/* ---- opening ---- */

/* SQLite follows links itself, and opens none. A file without a name is reached through a link only, in /proc, whose
 * text is the path of no file: here the path stays as it is, and is opened. */
static int open_link(const char *path, int flags, int mode)
{
    return open(path, flags & ~O_NOFOLLOW, mode);
}

static int keep_path(sqlite3_vfs *system, const char *path, int size, char *full)
{
    (void)system;
    int length = snprintf(full, (size_t)size, "%s", path);
    return length >= 0 && length < size ? SQLITE_OK : SQLITE_CANTOPEN;
}

static const char *plain_system(void)
{
    static sqlite3_vfs plain;
    if (plain.zName) return plain.zName;
    sqlite3_vfs *usual = sqlite3_vfs_find("unix-none"); /* without locks: nobody else knows the file yet */
    if (!usual) return NULL;
    union {
        int (*function)(const char *path, int flags, int mode);
        sqlite3_syscall_ptr any;
    } opener = {open_link};
    if (usual->xSetSystemCall(usual, "open", opener.any) != SQLITE_OK) return NULL;
    plain = *usual;
    plain.xFullPathname = keep_path;
    plain.zName = "natopay";
    return sqlite3_vfs_register(&plain, 0) == SQLITE_OK ? plain.zName : NULL;
}

static bool open_database(np_sqlite *s)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* each allocation would take a lock; one thread alone writes */
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, code = sqlite3_initialize();
    if (code != SQLITE_OK) return check(s, code);
    const char *system = plain_system();
    if (!system) return complain(s, NP_MARK("it cannot be opened"));
    return check(s, sqlite3_open_v2(s->opened, &s->db, flags, system)) &&
           check(s, sqlite3_exec(s->db, SCHEMA, NULL, NULL, NULL)) &&
           prepare(s,
                   "INSERT INTO staff (row,id,line,status,reason,currency,weakest,open,carried) "
                   "VALUES (?,?,?,?,?,?,?,?,?)",
                   &s->staff) &&
           prepare(s, "INSERT INTO result VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", &s->result) &&
           prepare(s, "INSERT INTO total VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)", &s->total) && put_scenarios(s) &&
           put_sources(s);
}

bool np_sqlite_fits(np_run *run)
{
    if (run->args.value[NP_OPT_OUTPUT].text) return true;
    np_diag *diag = np_run_usage(run, run->args.value[NP_OPT_FORMAT], "sqlite is a file: it needs --output");
    np_diag_hint(&run->diags, diag, "for example --output plan.sqlite");
    return false;
}

void *np_sqlite_open(np_run *run, const np_plan_head *head, const np_atomic_file *file)
{
    np_sqlite *s = np_arena_alloc(run->arena, sizeof *s);
    *s = (np_sqlite){.run = run, .head = head, .path = file->path};
    if (!file->temporary) {
        complain(s, NP_MARK("it is no regular file"));
        return NULL;
    }
    s->opened = file->nameless ? np_arena_format(run->arena, "/proc/self/fd/%d", file->file) : file->temporary;
    if (open_database(s)) return s;
    np_sqlite_close(s, false);
    return NULL;
}

/* ---- totals ---- */

/* A group's; of all staff, NULL, nothing is in it. */
static void json_key(np_text *out, const np_plan_head *head, const np_group *group)
{
    np_json json;
    const char *at = group ? group->key : "", *end = at + (group ? group->length : 0);
    np_json_start(&json, out);
    np_json_array(&json);
    for (size_t i = 0; i < head->by_count && at < end; i++, at += strlen(at) + 1) np_json_string(&json, at);
    np_json_end_array(&json);
}

/* Whose totals: a group's, or those of all staff of a currency. */
typedef struct whose {
    const np_totals *totals;
    const np_group *group; /* NULL: all */
    const char *currency;
    uint64_t staff;
} whose;

/* The text is freed. */
static void bind_made(np_sqlite *s, sqlite3_stmt *statement, int place, np_text *text)
{
    s->no_memory = s->no_memory || text->no_memory;
    sqlite3_bind_text(statement, place, np_text_string(text), -1, SQLITE_TRANSIENT);
    np_text_free(text);
}

static void bind_amount(np_sqlite *s, sqlite3_stmt *statement, int place, const char *currency, np_num amount)
{
    np_text exact;
    np_text_init(&exact, 1 << 14);
    np_num_print_fraction(&exact, amount);
    const char *decimal = np_plan_amount(s->run->arena, s->head, currency, amount);
    sqlite3_bind_text(statement, place, decimal, -1, SQLITE_TRANSIENT);
    bind_made(s, statement, place + 1, &exact);
}

static bool put_total(np_sqlite *s, const whose *of, const char *by, size_t b, int year)
{
    np_text key;
    np_text_init(&key, 1 << 20);
    json_key(&key, s->head, of->group);
    sqlite3_bind_text(s->total, 1, by, -1, SQLITE_TRANSIENT);
    bind_made(s, s->total, 2, &key);
    sqlite3_bind_text(s->total, 3, of->currency, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(s->total, 4, (sqlite3_int64)of->staff);
    sqlite3_bind_int(s->total, 5, (int)b);
    bind_period(s, s->total, 6, (uint16_t)year);
    for (int m = 0; m < NP_MEASURES; m++) {
        np_num sum = of->group ? np_plan_sum(s->run->arena, s->head, of->group, b, year, m)
                               : np_plan_sum_all(s->run->arena, s->head, of->totals, of->currency, b, year, m);
        bind_amount(s, s->total, 7 + 2 * m, of->currency, sum);
    }
    const char *currency = of->group ? NULL : of->currency;
    sqlite3_bind_int64(s->total, 13, (sqlite3_int64)np_plan_heads(of->totals, of->group, currency, b, year));
    np_num_print(&key, np_plan_full_time(s->run->arena, s->head, of->totals, of->group, currency, b, year), 4,
                 NP_ROUND_HALF_UP);
    bind_made(s, s->total, 14, &key);
    return step(s, s->total);
}

static bool put_totals(np_sqlite *s, const whose *of, const char *by)
{
    bool ok = true;
    for (size_t b = 0; ok && b < s->head->books; b++)
        for (int y = 0; ok && y < s->head->window.periods; y++) ok = put_total(s, of, by, b, y);
    return ok;
}

/* Who gains and who loses by each scenario, over the whole plan. */
static bool put_gain_losses(np_sqlite *s, const np_totals *totals)
{
    sqlite3_stmt *statement;
    if (!prepare(s, "INSERT INTO gain_loss VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", &statement)) return false;
    bool ok = true;
    for (size_t i = 0; ok && i < totals->gain_loss_count; i++) {
        const np_gain_loss *gain_loss = &totals->gain_losses[i];
        const uint64_t counts[] = {gain_loss->winners, gain_loss->losers, gain_loss->even, gain_loss->open,
                                   gain_loss->apart};
        sqlite3_bind_int(statement, 1, gain_loss->book);
        sqlite3_bind_text(statement, 2, gain_loss->currency, -1, SQLITE_STATIC);
        for (int k = 0; k < 5; k++) sqlite3_bind_int64(statement, 3 + k, (sqlite3_int64)counts[k]);
        bind_amount(s, statement, 8, gain_loss->currency, np_exact_sum_value(s->run->arena, &gain_loss->won));
        bind_amount(s, statement, 10, gain_loss->currency, np_exact_sum_value(s->run->arena, &gain_loss->lost));
        sqlite3_bind_int64(statement, 12, (sqlite3_int64)gain_loss->moved);
        ok = step(s, statement);
    }
    sqlite3_finalize(statement);
    return ok;
}

/* By group, currency after currency; then all groups of the currency together, grouped by nothing. */
bool np_sqlite_totals(void *sqlite, const np_totals *totals)
{
    np_sqlite *s = sqlite;
    const char *by = "";
    for (size_t i = 0; i < s->head->by_count; i++)
        by = np_arena_format(s->run->arena, "%s%s%s", by, i ? "," : "", s->head->by[i]);
    bool ok = put_gain_losses(s, totals);
    whose all = {.totals = totals};
    for (size_t g = 0; ok && g < totals->group_count; g++) {
        const np_group *group = &totals->groups[g], *next = group + 1;
        whose its = {totals, group, group->currency, group->staff};
        ok = put_totals(s, &its, by);
        all.currency = group->currency;
        bool last = g + 1 == totals->group_count || strcmp(next->currency, group->currency) != 0;
        if (!last || s->head->by_count == 0) continue;
        all.staff = np_plan_staff(totals, group->currency);
        ok = ok && put_totals(s, &all, "");
    }
    return ok;
}

/* ---- closing ---- */

bool np_sqlite_close(void *sqlite, bool good)
{
    np_sqlite *s = sqlite;
    sqlite3_finalize(s->staff);
    sqlite3_finalize(s->result);
    sqlite3_finalize(s->total);
    if (good && s->db) good = check(s, sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL));
    if (s->db && sqlite3_close(s->db) != SQLITE_OK && good) good = complain(s, NP_MARK("it cannot be closed"));
    return good;
}
