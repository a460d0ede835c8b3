/* Real payslips beside computed ones, as people and programs read it. */
#ifndef NATOPAY_REPORT_RECONCILE_REPORT_H
#define NATOPAY_REPORT_RECONCILE_REPORT_H

#include "natopay/plan/reconcile.h"
#include "natopay/report/output.h"

typedef struct np_reconciled {
    const np_reconcile *of;
    const char *list;   /* the name of the list */
    const char *column; /* what it calls the amounts */
    const np_lang *lang;
} np_reconciled;

np_output np_reconciled_output(const np_reconciled *reconciled);

/* The figures that were found, as an overlay; false when none was. */
bool np_reconciled_ini(np_text *out, const np_reconciled *reconciled);

typedef struct np_one_reconciled {
    const np_reconcile *of;
    const np_one_explanation *found;
    size_t count;
    const np_lang *lang;
} np_one_reconciled;

np_output np_one_reconciled_output(const np_one_reconciled *one);

#endif
