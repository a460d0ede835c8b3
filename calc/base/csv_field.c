/* One field of CSV. */
#include "natopay/base/csv_field.h"

#include <stdbool.h>
#include <string.h>

/* The length of a sign that begins a formula in spreadsheets, the full-width ones of East Asia included; 0: none. */
static size_t formula_sign(const char *text)
{
    static const char *const SIGNS[] = {"=", "+", "-", "@", "\t", "\r", "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
    for (size_t i = 0; i < sizeof SIGNS / sizeof SIGNS[0]; i++)
        if (strncmp(text, SIGNS[i], strlen(SIGNS[i])) == 0) return strlen(SIGNS[i]);
    return 0;
}

/* Spreadsheets run a cell that begins so, blanks before it or not; a plain negative number is none. A quote mark before
 * it is the guard itself, and gets one more: then no two values look alike. */
static bool needs_guard(const char *value)
{
    const char *text = value + strspn(value, "' ");
    size_t sign = formula_sign(text);
    if (sign == 0) return false;
    bool signed_number = text == value && (text[0] == '+' || text[0] == '-') && text[1] &&
                         strspn(text + 1, "0123456789.") == strlen(text + 1);
    return !signed_number;
}

void np_csv_field(np_text *out, const char *value)
{
    bool guarded = needs_guard(value);
    bool quote = guarded || strpbrk(value, ",\"\r\n") || value[0] == ' ';
    if (!quote) {
        np_text_puts(out, value);
        return;
    }
    np_text_putc(out, '"');
    if (guarded) np_text_putc(out, '\'');
    for (const char *c = value; *c; c++) {
        if (*c == '"') np_text_putc(out, '"');
        np_text_putc(out, *c);
    }
    np_text_putc(out, '"');
}
