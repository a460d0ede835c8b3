/* What vacancy notices state, as people and programs read it. */
#ifndef NATOPAY_REPORT_NOTICE_REPORT_H
#define NATOPAY_REPORT_NOTICE_REPORT_H

#include "natopay/notice/notice.h"
#include "natopay/report/output.h"

typedef struct np_readings {
    const np_notice *const *notices;
    size_t count;
    bool named; /* text: the name of its file before each */
    const np_lang *lang;
} np_readings;

/* JSON is one object for each notice, each on a line of its own. */
np_output np_readings_output(const np_readings *readings);

/* One notice as an object, without a line end. */
void np_notice_json(np_text *out, const np_notice *notice);

/* A post file of one notice, commented: an overlay of the book, as np_notice_post has it. */
void np_notice_ini(np_text *out, const np_notice *notice);

#endif
