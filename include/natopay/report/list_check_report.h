/* What `natopay check` tells of a staff list, and the mapping that says the same. */
#ifndef NATOPAY_REPORT_LIST_CHECK_REPORT_H
#define NATOPAY_REPORT_LIST_CHECK_REPORT_H

#include "natopay/plan/list_check.h"
#include "natopay/plan/rejection_reasons.h"
#include "natopay/report/output.h"

typedef struct np_checked_list {
    const np_list_check *check;
    const char *list; /* its name */
    const np_lang *lang;
    bool tried;                  /* a plan was run on trial; else rejected and problems say nothing */
    uint64_t rejected;           /* rows that it rejects */
    const np_problems *problems; /* why, the most frequent first */
} np_checked_list;

np_output np_checked_list_output(const np_checked_list *checked);

/* As text to edit and to give to --list. */
void np_list_ini(np_text *out, const np_list_check *check, const char *list);

#endif
