/* Private to calc/show: workbooks. */
#ifndef NATOPAY_SHOW_XLSX_H
#define NATOPAY_SHOW_XLSX_H

#include <xlsxwriter.h>

#include "natopay/pay/payslip.h"

typedef struct np_xlsx {
    np_arena *arena;
    const np_lang *lang;
    char *path;
    lxw_workbook *book;
    lxw_worksheet *sheet;
    uint32_t row; /* the one being written */
    lxw_format *bold, *wrap;
    lxw_format *amounts[5][2]; /* by decimals, plain and bold */
    bool failed;
} np_xlsx;

/* False when there is no room for it; else np_xlsx_close must follow. */
bool np_xlsx_open(np_xlsx *x, np_arena *arena, const np_lang *lang, np_date date);
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
