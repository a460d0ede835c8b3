/* What the file of a part begins with. Private to partial_totals.c and partial_totals_read.c. */
#ifndef NATOPAY_PLAN_PARTIAL_TOTALS_INTERNAL_H
#define NATOPAY_PLAN_PARTIAL_TOTALS_INTERNAL_H

#include "natopay/plan/partial_totals.h"

#define NP_PART_KIND "natopay-plan-part "
enum { NP_PART_RATES = 300 }; /* currencies with a rate that a book has at most */

#define NP_PART_MAGIC NP_PART_KIND "6"

enum { NP_PART_PIECE = 1 << 16 }; /* bytes of text that are written at a time */

#endif
