/* Writing a field of CSV, quoted where it must be. */
#ifndef NATOPAY_BASE_CSV_FIELD_H
#define NATOPAY_BASE_CSV_FIELD_H

#include "natopay/base/text.h"

/* One field, quoted where RFC 4180 asks for it; what a spreadsheet would take for a formula gets a quote mark before
 * it. */
void np_csv_field(np_text *out, const char *value);

#endif
