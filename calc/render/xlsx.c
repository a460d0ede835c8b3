/* Workbooks. libxlsxwriter writes to a file only: it is given one in the folder for temporary files, which is read back
 * and removed, so that output stays whole or not at all. */
#include "xlsx_internal.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    CELL_MOST = 32000, /* bytes of a text cell: the format allows 32,767 characters */
    CELL_FRAME = 256,  /* bytes around what a cell holds, at most */
    ESCAPED = 6,       /* bytes that one becomes at most: &quot; */
    NARROWEST = 11,    /* columns, in characters */
    WIDEST = 48,
    HEADING_WIDEST = 16,
    AMONG_AMOUNTS_WIDEST = 24, /* a reason where an amount is missing */
    LINE_POINTS = 15,
    CHART_ROWS = 16,
    LINES_MOST = 27, /* a row is at most 409 points high */
};

/* A cell as the measures of its column and its row need it. */
struct np_xlsx_written {
    struct np_xlsx_written *next;
    const char *text; /* NULL: an amount */
    uint32_t row;
    uint16_t column, length; /* in characters */
    np_xlsx_place place;
};

static const char *temporary_folder(void)
{
    const char *given = getenv("TMPDIR");
    return given && *given ? given : "/tmp";
}

/* The version that the headers describe, and no other. False when it is not there. */
static bool load_library(np_xlsx *x)
{
    x->library = dlopen("libxlsxwriter.so." LXW_SOVERSION, RTLD_LAZY | RTLD_LOCAL);
    if (!x->library) return false;
    bool ok = true;
    void *found; /* POSIX: as wide as a pointer to a function */
#define NP_XLSX_LOAD(name)                        \
    found = dlsym(x->library, #name);             \
    memcpy(&x->calls.name, &found, sizeof found); \
    ok = ok && found;
    NP_XLSX_CALLS(NP_XLSX_LOAD)
#undef NP_XLSX_LOAD
    if (!ok) dlclose(x->library);
    return ok;
}

bool np_xlsx_open(np_xlsx *x, np_arena *arena, np_date date)
{
    *x = (np_xlsx){.arena = arena};
    x->path = np_arena_format(arena, "%s/natopay-XXXXXX", temporary_folder());
    if (!load_library(x)) return false;
    int file = mkstemp(x->path);
    if (file >= 0) close(file);
    x->book = file >= 0 ? x->calls.workbook_new(x->path) : NULL;
    if (!x->book) {
        if (file >= 0) unlink(x->path);
        dlclose(x->library);
        return false;
    }
    /* the same input gives the same bytes: the workbook is dated by what it shows */
    lxw_doc_properties properties = {.title = "natopay", .created = (time_t)(date == NP_DATE_NONE ? 0 : date) * 86400};
    x->calls.workbook_set_properties(x->book, &properties);
    for (size_t strong = 0; strong < 2; strong++)
        for (size_t place = 0; place < NP_XLSX_PLACES; place++) {
            lxw_format *format = x->texts[strong][place] = x->calls.workbook_add_format(x->book);
            if (!format) {
                x->failed = true;
                continue;
            }
            if (strong) x->calls.format_set_bold(format);
            if (place != NP_XLSX_ACROSS) x->calls.format_set_text_wrap(format);
            x->calls.format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
            if (place == NP_XLSX_OVER_AMOUNTS) x->calls.format_set_align(format, LXW_ALIGN_RIGHT);
            if (place == NP_XLSX_BESIDE) x->calls.format_set_indent(format, 1); /* clear of the amount on its left */
        }
    return true;
}

/* The library does not look whether its own temporary files could be written: that there is room is seen to before. */
static bool has_room(const np_xlsx *x)
{
    enum { FRAME = 1 << 17, AGAIN = 2 }; /* what is in any workbook; the same once more, packed */
    int file = open(x->path, O_WRONLY | O_CLOEXEC);
    bool ok = file >= 0 && posix_fallocate(file, 0, (off_t)(AGAIN * (x->most + FRAME))) == 0;
    ok = file >= 0 && ftruncate(file, 0) == 0 && ok;
    if (file >= 0) close(file);
    return ok;
}

bool np_xlsx_close(np_xlsx *x, np_text *out)
{
    bool room = has_room(x);
    bool ok = x->calls.workbook_close(x->book) == LXW_NO_ERROR && !x->failed && room;
    dlclose(x->library);
    int file = ok ? open(x->path, O_RDONLY | O_CLOEXEC) : -1;
    char bytes[65536];
    ssize_t got = -1;
    while (file >= 0 && ((got = read(file, bytes, sizeof bytes)) > 0 || (got < 0 && errno == EINTR)))
        if (got > 0) np_text_add(out, bytes, (size_t)got);
    if (file >= 0) close(file);
    unlink(x->path);
    return ok && got == 0 && !out->failed;
}

/* A sheet's name has at most 31 characters, none of []:*?/\ and no apostrophe at its ends; no two are the same. */
static const char *sheet_name(np_xlsx *x, const char *name)
{
    char *clean = np_arena_format(x->arena, "%s", name), *base;
    for (char *c = clean; *c; c++)
        if (strchr("[]:*?/\\'", *c)) *c = ' ';
    base = clean;
    clean = np_arena_format(x->arena, "%s", np_short_label(x->arena, base, 28));
    for (unsigned number = 2; x->calls.workbook_get_worksheet_by_name(x->book, clean); number++)
        clean = np_arena_format(x->arena, "%s %u", np_short_label(x->arena, base, 25), number);
    return clean;
}

void np_xlsx_sheet(np_xlsx *x, const char *name)
{
    x->sheet = x->calls.workbook_add_worksheet(x->book, sheet_name(x, name));
    x->row = 0;
    x->written = NULL;
    if (!x->sheet) x->failed = true;
}

/* ---- measures: spreadsheet programs differ in what they fit by themselves, so nothing is left to them ---- */

static void written(np_xlsx *x, uint16_t column, const char *text, size_t length, np_xlsx_place place)
{
    if (place == NP_XLSX_ACROSS) return; /* it takes no part in the measures */
    struct np_xlsx_written *cell = np_arena_alloc(x->arena, sizeof *cell);
    *cell = (struct np_xlsx_written){x->written, text, x->row, column, (uint16_t)(length < 999 ? length : 999), place};
    x->written = cell;
}

/* How many lines a text takes that is broken between words. */
static unsigned lines_of(const char *text, unsigned width)
{
    unsigned lines = 1, used = 0;
    while (*text && lines < LINES_MOST) {
        unsigned word = 0;
        while (*text == ' ') text++;
        for (; *text && *text != ' '; text++) word += ((unsigned char)*text & 0xC0) != 0x80;
        if (used && used + 1 + word > width) lines++, used = 0;
        used += (used ? 1 : 0) + word;
        for (; used > width && lines < LINES_MOST; used -= width) lines++;
    }
    return lines;
}

/* The width of each column; `count`: how many there are. */
static unsigned *fit_columns(const np_xlsx *x, unsigned *count)
{
    unsigned columns = 0;
    for (const struct np_xlsx_written *cell = x->written; cell; cell = cell->next)
        if (cell->column >= columns) columns = cell->column + 1u;
    unsigned *widths = np_arena_alloc(x->arena, (columns + 1) * sizeof *widths);
    unsigned *most = np_arena_alloc(x->arena, (columns + 1) * sizeof *most);
    for (unsigned i = 0; i < columns; i++) widths[i] = NARROWEST, most[i] = WIDEST;
    for (const struct np_xlsx_written *cell = x->written; cell; cell = cell->next)
        if (cell->place == NP_XLSX_OVER_AMOUNTS) most[cell->column] = AMONG_AMOUNTS_WIDEST;
    for (const struct np_xlsx_written *cell = x->written; cell; cell = cell->next) {
        unsigned cap = cell->place == NP_XLSX_OVER_AMOUNTS ? HEADING_WIDEST : most[cell->column];
        unsigned wanted = cell->length + 2u < cap ? cell->length + 2u : cap;
        if (wanted > widths[cell->column]) widths[cell->column] = wanted;
    }
    *count = columns;
    return widths;
}

/* The lines of each row. */
static unsigned *fit_rows(const np_xlsx *x, const unsigned *widths, uint32_t *count)
{
    uint32_t rows = 0;
    for (const struct np_xlsx_written *cell = x->written; cell; cell = cell->next)
        if (cell->row >= rows) rows = cell->row + 1;
    unsigned *lines = np_arena_alloc(x->arena, (rows + 1) * sizeof *lines);
    for (const struct np_xlsx_written *cell = x->written; cell; cell = cell->next) {
        unsigned taken = cell->text ? lines_of(cell->text, widths[cell->column] - 2) : 1;
        if (taken > lines[cell->row]) lines[cell->row] = taken;
    }
    *count = rows;
    return lines;
}

void np_xlsx_fit(np_xlsx *x, uint32_t heading)
{
    unsigned columns;
    uint32_t rows;
    if (!x->sheet) return;
    const unsigned *widths = fit_columns(x, &columns);
    const unsigned *lines = fit_rows(x, widths, &rows);
    for (unsigned i = 0; i < columns; i++)
        x->calls.worksheet_set_column(x->sheet, (lxw_col_t)i, (lxw_col_t)i, widths[i], NULL);
    for (uint32_t row = 0; row < rows; row++)
        if (lines[row] > 1) x->calls.worksheet_set_row(x->sheet, row, lines[row] * LINE_POINTS, NULL);
    x->calls.worksheet_freeze_panes(x->sheet, heading + 1, 1);
    x->calls.worksheet_fit_to_pages(x->sheet, 1, 0);
    x->calls.worksheet_set_landscape(x->sheet);
}

/* A text is written as a text: what begins with = is never a formula. Bytes that XML cannot hold are replaced. */
static void text_cell(np_xlsx *x, uint16_t column, const char *text, bool strong, np_xlsx_place place)
{
    if (!x->sheet || !text) return;
    size_t length = strlen(text);
    char *clean = np_arena_copy(x->arena, text, length > CELL_MOST ? CELL_MOST : length);
    if (length > CELL_MOST) /* end between two characters */
        for (length = CELL_MOST; length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80;) clean[--length] = '\0';
    size_t characters = 0;
    for (size_t at = 0; at < length; characters++) {
        uint32_t point;
        size_t size = np_utf8_next(clean + at, length - at, &point);
        bool bad =
            point == NP_UTF8_BAD || (point < 0x20 && point != '\n' && point != '\t') || (point & 0xFFFE) == 0xFFFE;
        if (bad) memset(clean + at, '?', size);
        at += size;
    }
    written(x, column, clean, characters, place);
    x->most += CELL_FRAME + ESCAPED * length;
    if (x->calls.worksheet_write_string(x->sheet, x->row, column, clean, x->texts[strong][place]) != LXW_NO_ERROR)
        x->failed = true;
}

void np_xlsx_text(np_xlsx *x, uint16_t column, const char *text, bool strong)
{
    text_cell(x, column, text, strong, column ? NP_XLSX_BESIDE : NP_XLSX_FIRST);
}

void np_xlsx_sentence(np_xlsx *x, const char *text)
{
    text_cell(x, 0, text, false, NP_XLSX_ACROSS);
}

void np_xlsx_over(np_xlsx *x, uint16_t column, const char *text)
{
    text_cell(x, column, text, true, NP_XLSX_OVER_AMOUNTS);
}

static lxw_format *amount_format(np_xlsx *x, unsigned decimals, bool strong)
{
    enum { KINDS = sizeof x->amounts / sizeof x->amounts[0] };
    if (decimals >= KINDS) decimals = KINDS - 1;
    lxw_format **format = &x->amounts[decimals][strong];
    if (*format) return *format;
    static const char *const FORMS[] = {"#,##0", "#,##0.0", "#,##0.00", "#,##0.000", "#,##0.0000"};
    *format = x->calls.workbook_add_format(x->book);
    if (!*format) {
        x->failed = true;
        return NULL;
    }
    x->calls.format_set_num_format(*format, FORMS[decimals]);
    x->calls.format_set_align(*format, LXW_ALIGN_VERTICAL_TOP);
    if (strong) x->calls.format_set_bold(*format);
    return *format;
}

/* Minor units as an integer, divided once: the nearest number a spreadsheet has. */
void np_xlsx_amount(np_xlsx *x, uint16_t column, np_num amount, unsigned decimals, bool strong, const char *formula)
{
    int64_t units, scale = 1;
    lxw_format *format = amount_format(x, decimals, strong);
    for (unsigned i = 0; i < decimals; i++) scale *= 10;
    np_num scaled =
        np_num_round(x->arena, np_num_mul(x->arena, amount, np_num_int(scale)), np_num_int(1), NP_ROUND_HALF_UP);
    if (!x->sheet || !format || !np_num_valid(scaled) || !np_num_to_int(scaled, &units)) return;
    x->most += CELL_FRAME + (formula ? ESCAPED * strlen(formula) : 0);
    written(x, column, NULL, strlen(np_arena_format(x->arena, "%lld", (long long)units)) * 4 / 3 + 1, NP_XLSX_BESIDE);
    double value = (double)units / (double)scale; /* xlsx cell */
    lxw_error error = formula ? x->calls.worksheet_write_formula_num(x->sheet, x->row, column, formula, format, value)
                              : x->calls.worksheet_write_number(x->sheet, x->row, column, value, format);
    if (error != LXW_NO_ERROR) x->failed = true;
}

const char *np_xlsx_cell(np_xlsx *x, uint32_t row, uint16_t column)
{
    if (column < 26) return np_arena_format(x->arena, "%c%u", (char)('A' + column), row + 1);
    return np_arena_format(x->arena, "%c%c%u", (char)('A' + column / 26 - 1), (char)('A' + column % 26), row + 1);
}

void np_xlsx_filter(np_xlsx *x, uint32_t heading, uint16_t columns)
{
    if (!x->sheet || x->row <= heading || !columns) return;
    if (x->calls.worksheet_autofilter(x->sheet, heading, 0, x->row, (lxw_col_t)(columns - 1)) != LXW_NO_ERROR)
        x->failed = true;
}

void np_xlsx_chart(np_xlsx *x, const char *title, uint32_t heading, uint32_t points, uint16_t columns)
{
    lxw_chart *chart = x->sheet && points ? x->calls.workbook_add_chart(x->book, LXW_CHART_COLUMN) : NULL;
    if (!chart) {
        x->failed = x->failed || (x->sheet && points);
        return;
    }
    const char *sheet = x->sheet->name;
    for (uint16_t c = 1; c < columns; c++) {
        lxw_chart_series *series = x->calls.chart_add_series(chart, NULL, NULL);
        if (!series) {
            x->failed = true;
            return;
        }
        x->calls.chart_series_set_name_range(series, sheet, heading, c);
        x->calls.chart_series_set_categories(series, sheet, heading + 1, 0, heading + points, 0);
        x->calls.chart_series_set_values(series, sheet, heading + 1, c, heading + points, c);
    }
    x->calls.chart_title_set_name(chart, title);
    if (x->calls.worksheet_insert_chart(x->sheet, x->row, 0, chart) != LXW_NO_ERROR) x->failed = true;
    x->row += CHART_ROWS;
}
