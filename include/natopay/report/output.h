/* What a command has to show: its result, and how that becomes JSON, one table for programs, or a document for people.
 * JSON is the result itself and makes no document. */
#ifndef NATOPAY_REPORT_OUTPUT_H
#define NATOPAY_REPORT_OUTPUT_H

#include "natopay/base/json.h"
#include "natopay/report/document.h"

typedef struct np_output {
    const void *result;
    const np_lang *lang;
    /* False: something that it needs cannot be read. */
    bool (*json)(np_json *json, np_arena *arena, const void *result);
    void (*records)(np_doc_table *table, const void *result);
    void (*document)(np_doc *doc, const void *result);
    size_t columns; /* of the terminal on which text is shown: no line is longer; 0: it is shown on none */
} np_output;

#endif
