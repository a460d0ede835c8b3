/* What `natopay check` found. */
#ifndef NATOPAY_REPORT_CHECK_H
#define NATOPAY_REPORT_CHECK_H

#include "natopay/report/timeline.h"

typedef struct np_checked {
    const np_book *book;
    size_t files;                  /* that were named; 0: the rule book alone */
    const np_eligible *conditions; /* NULL: no post and person to judge */
    size_t condition_count;
    const np_diags *diags;
    const np_lang *lang;
} np_checked;

np_output np_checked_output(const np_checked *checked);

#endif
