/* Sheets and cells of a workbook. Private to calc/render. */
#ifndef NATOPAY_RENDER_XLSX_INTERNAL_H
#define NATOPAY_RENDER_XLSX_INTERNAL_H

#include <xlsxwriter.h>

#include "render_internal.h"

/* Where a text stands: in the first column, in another, as the heading of a column of amounts. */
typedef enum np_xlsx_place {
    NP_XLSX_FIRST,
    NP_XLSX_BESIDE,
    NP_XLSX_OVER_AMOUNTS,
    NP_XLSX_ACROSS, /* in the first, running on over the others */
    NP_XLSX_PLACES
} np_xlsx_place;

struct np_xlsx_written;

/* What is called of libxlsxwriter. It is loaded when a workbook is opened, not when the program starts: with all that
 * it needs itself (libcrypto among others) that takes a third as long as a whole estimate. */
#define NP_XLSX_CALLS(CALL)              \
    CALL(workbook_new)                   \
    CALL(workbook_close)                 \
    CALL(workbook_set_properties)        \
    CALL(workbook_add_format)            \
    CALL(workbook_add_worksheet)         \
    CALL(workbook_get_worksheet_by_name) \
    CALL(format_set_bold)                \
    CALL(format_set_text_wrap)           \
    CALL(format_set_align)               \
    CALL(format_set_indent)              \
    CALL(format_set_num_format)          \
    CALL(worksheet_set_column)           \
    CALL(worksheet_set_row)              \
    CALL(worksheet_freeze_panes)         \
    CALL(worksheet_autofilter)           \
    CALL(worksheet_insert_chart)         \
    CALL(workbook_add_chart)             \
    CALL(chart_add_series)               \
    CALL(chart_series_set_categories)    \
    CALL(chart_series_set_values)        \
    CALL(chart_series_set_name_range)    \
    CALL(chart_title_set_name)           \
    CALL(worksheet_fit_to_pages)         \
    CALL(worksheet_set_landscape)        \
    CALL(worksheet_write_string)         \
    CALL(worksheet_write_number)         \
    CALL(worksheet_write_formula_num)

typedef struct np_xlsx_calls {
#define NP_XLSX_CALL(name) __typeof__(name) *name;
    NP_XLSX_CALLS(NP_XLSX_CALL)
#undef NP_XLSX_CALL
} np_xlsx_calls;

typedef struct np_xlsx {
    np_arena *arena;
    void *library; /* libxlsxwriter, while the workbook is open */
    np_xlsx_calls calls;
    char *path;
    lxw_workbook *book;
    lxw_worksheet *sheet;
    uint32_t row;                         /* the one being written */
    struct np_xlsx_written *written;      /* what the sheet holds so far */
    lxw_format *texts[2][NP_XLSX_PLACES]; /* plain and bold, by place */
    lxw_format *amounts[5][2];            /* by decimals, plain and bold */
    size_t most;                          /* bytes that what is written so far may come to in the workbook's files */
    bool failed;
} np_xlsx;

/* False when there is no room for it, or no libxlsxwriter; else np_xlsx_close must follow. */
bool np_xlsx_open(np_xlsx *x, np_arena *arena, np_date date);
/* Its bytes; false when something failed. */
bool np_xlsx_close(np_xlsx *x, np_text *out);

/* Its name is cut to what the format allows. */
void np_xlsx_sheet(np_xlsx *x, const char *name);
/* Once a sheet is written: columns and rows as wide and high as their cells need; `heading`: the row up to which all
 * stays in sight, with the first column. */
void np_xlsx_fit(np_xlsx *x, uint32_t heading);

void np_xlsx_text(np_xlsx *x, uint16_t column, const char *text, bool strong);
/* A sentence in the first column that runs on over the others. */
void np_xlsx_sentence(np_xlsx *x, const char *text);
/* The heading of a column of amounts. */
void np_xlsx_over(np_xlsx *x, uint16_t column, const char *text);
/* As a number with its format; with a formula that gives it, when there is one. */
void np_xlsx_amount(np_xlsx *x, uint16_t column, np_num amount, unsigned decimals, bool strong, const char *formula);
/* Let a table be filtered by its headings, which stand in `heading`; its last row is the one written last. */
void np_xlsx_filter(np_xlsx *x, uint32_t heading, uint16_t columns);
/* Columns side by side below the row at work, which becomes the one below them: the names of the points stand in the
 * first column from `heading` + 1 on, as many as `points`, and a series in each other column under its name. */
void np_xlsx_chart(np_xlsx *x, const char *title, uint32_t heading, uint32_t points, uint16_t columns);
/* "B7", rows and columns from 0. */
const char *np_xlsx_cell(np_xlsx *x, uint32_t row, uint16_t column);

#endif
