/* Pay of a career from month to month under one rule book, by evaluating each formula over all months at once.
 *
 * A projector keeps between persons what is the same for all of them: figures of scales and parameters, and parts of
 * formulas that name nothing but the month. Whoever projects many careers under one book makes one and hands it to
 * np_career_open. It belongs to one thread; the book is shared. */
#ifndef NATOPAY_CAREER_PROJECTOR_H
#define NATOPAY_CAREER_PROJECTOR_H

#include "natopay/career/track.h"
#include "natopay/pay/ts_rule.h"

typedef struct np_projector np_projector;

/* NULL without memory. The book must outlive it. */
np_projector *np_projector_new(const np_book *book);
void np_projector_free(np_projector *projector);

#endif
