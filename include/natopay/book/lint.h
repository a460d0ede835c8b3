/* What loads but should not stay: findings about a book that was loaded without errors. */
#ifndef NATOPAY_BOOK_LINT_H
#define NATOPAY_BOOK_LINT_H

#include "natopay/book/model.h"

/* Report: parameters and functions that nothing uses, rules and figures without a source, conditions that can never
 * hold (decided by constants, bounds and choices), gaps in effective dates, statuses stronger than what they are made
 * of, texts of the pack that one of its languages lacks, indices and values of parameters far from those before, which
 * are slips in all likelihood. Parameters named in `used_elsewhere` (NULL-terminated; may be NULL) are read by other
 * folders. */
void np_book_lint(np_book *book, np_diags *diags, const char *const *used_elsewhere);

/* Warn of an amount that forgets that others are paid in another currency, or work part of the time. */
void np_lint_amounts(const np_book *book, np_diags *diags, const np_rule *rule);

#endif
