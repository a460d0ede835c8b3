/* libnatopay: what a NATO civilian post pays, exactly and with sources.
 *
 * The library has no global state, prints nothing, never exits, and reads files only through an np_reader, which may
 * also hold texts in memory. A loaded book is read-only: any number of threads may evaluate against it, each with an
 * arena of its own. Ownership: what a function returns belongs to the arena it was given (see natopay/base/arena.h).
 *
 *     np_arena *arena = np_arena_new(0);
 *     np_diags diags;
 *     np_diags_init(&diags, arena);
 *     np_book *book = np_book_load(np_reader_disk(), &diags, arena, "data/nato", NULL, 0);
 *
 * and then, under np_arena_guard so that a lack of memory comes back as a result:
 *
 *     np_situation *situation = np_situation_new(book, arena);
 *     np_situation_set_text(situation, &diags, "grade", "G10", np_span_none(), np_span_none());
 *     ...
 *     np_payslip *payslip = np_payslip_new(book, arena, false);
 *     if (np_payslip_compute(payslip, situation, &diags, NULL)) ... payslip->net.amount ...
 *
 * Everything that was wrong is in `diags`. Texts are English; `diags.lang`, and the np_lang of what is shown, choose
 * another language (see natopay/base/lang.h). */
#ifndef NATOPAY_H
#define NATOPAY_H

#include "natopay/base/arena.h"
#include "natopay/base/catalogue.h"
#include "natopay/base/date.h"
#include "natopay/base/diag.h"
#include "natopay/base/json.h"
#include "natopay/base/lang.h"
#include "natopay/base/num.h"
#include "natopay/base/text.h"
#include "natopay/book/career.h"
#include "natopay/book/lint.h"
#include "natopay/book/model.h"
#include "natopay/book/reader.h"
#include "natopay/book/scale.h"
#include "natopay/career/career.h"
#include "natopay/career/milestones.h"
#include "natopay/compare/compare.h"
#include "natopay/compare/solve.h"
#include "natopay/notice/notice.h"
#include "natopay/notice/patterns.h"
#include "natopay/pay/explain.h"
#include "natopay/pay/payslip.h"
#include "natopay/pay/range.h"
#include "natopay/pay/situation.h"
#include "natopay/pay/words.h"
#include "natopay/render/render.h"
#include "natopay/report/check.h"
#include "natopay/report/estimate.h"
#include "natopay/report/lookup.h"
#include "natopay/report/reading.h"
#include "natopay/report/side_by_side.h"
#include "natopay/report/timeline.h"

#endif
