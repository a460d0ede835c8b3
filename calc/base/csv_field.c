#include "natopay/base/csv_field.h"

#include <string.h>

void np_csv_field(np_text *out, const char *value)
{
    /* spreadsheets run a cell that begins so; a plain negative number is none */
    bool formula = value[0] && strchr("=+-@\t\r", value[0]) && strspn(value + 1, "0123456789.") != strlen(value + 1);
    bool quote = formula || strpbrk(value, ",\"\r\n") || value[0] == ' ';
    if (!quote) {
        np_text_puts(out, value);
        return;
    }
    np_text_putc(out, '"');
    if (formula) np_text_putc(out, '\'');
    for (const char *c = value; *c; c++) {
        if (*c == '"') np_text_putc(out, '"');
        np_text_putc(out, *c);
    }
    np_text_putc(out, '"');
}
