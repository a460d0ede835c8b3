/* Private to calc/show: workbooks. */
#ifndef NATOPAY_SHOW_XLSX_H
#define NATOPAY_SHOW_XLSX_H

#include <xlsxwriter.h>

#include "natopay/pay/payslip.h"

/* What is called of libxlsxwriter. It is loaded when a workbook is opened, not when the program starts: with all that
 * it needs itself (libcrypto among others) that takes a third as long as a whole estimate. */
#define NP_XLSX_CALLS(CALL)       \
    CALL(workbook_new)            \
    CALL(workbook_close)          \
    CALL(workbook_set_properties) \
    CALL(workbook_add_format)     \
    CALL(workbook_add_worksheet)  \
    CALL(format_set_bold)         \
    CALL(format_set_text_wrap)    \
    CALL(format_set_align)        \
    CALL(format_set_num_format)   \
    CALL(worksheet_set_column)    \
    CALL(worksheet_freeze_panes)  \
    CALL(worksheet_fit_to_pages)  \
    CALL(worksheet_set_landscape) \
    CALL(worksheet_write_string)  \
    CALL(worksheet_write_number)  \
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
    np_lang lang;
    char *path;
    lxw_workbook *book;
    lxw_worksheet *sheet;
    uint32_t row; /* the one being written */
    lxw_format *bold, *wrap;
    lxw_format *amounts[5][2]; /* by decimals, plain and bold */
    bool failed;
} np_xlsx;

/* False when there is no room for it, or no libxlsxwriter; else np_xlsx_close must follow. */
bool np_xlsx_open(np_xlsx *x, np_arena *arena, np_lang lang, np_date date);
/* Its bytes; false when something failed. */
bool np_xlsx_close(np_xlsx *x, np_text *out);

/* `name`: at most 31 characters, none of []:*?/\ */
void np_xlsx_sheet(np_xlsx *x, const char *name);
/* Widths in characters, panes frozen below the first row and beside the first column. */
void np_xlsx_widths(np_xlsx *x, uint16_t first, uint16_t others, uint16_t count);

void np_xlsx_text(np_xlsx *x, uint16_t column, const char *text, bool strong);
/* As a number with its format; with a formula that gives it, when there is one. */
void np_xlsx_amount(np_xlsx *x, uint16_t column, np_num amount, unsigned decimals, bool strong, const char *formula);
/* "B7", rows and columns from 0. */
const char *np_xlsx_cell(np_xlsx *x, uint32_t row, uint16_t column);

void np_xlsx_sources(np_xlsx *x, const np_basis *basis);

#endif
