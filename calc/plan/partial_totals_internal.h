/* What the file of a part begins with, and the fields of its lines. Private to calc/plan. */
#ifndef NATOPAY_PLAN_PARTIAL_TOTALS_INTERNAL_H
#define NATOPAY_PLAN_PARTIAL_TOTALS_INTERNAL_H

#include "natopay/plan/partial_totals.h"

#define NP_PART_KIND "natopay-plan-part "
enum { NP_PART_RATES = 300 }; /* currencies with a rate that a book has at most */

#define NP_PART_MAGIC NP_PART_KIND "6"

enum { NP_PART_PIECE = 1 << 16 }; /* bytes of text that are written at a time */

/* ---- partial_totals_fields.c ---- */

/* The next field of a line, unescaped in place, with its length (unless NULL); NULL at the end. */
char *np_part_field(char **at, size_t *length);
/* The next field as a number; false when it is none. */
bool np_part_number(char **at, long long *value);
bool np_part_count(char **at, uint64_t *value); /* of no sign */
/* The next field as a fraction, which is added to the sum. False also without memory: see the failure of the totals. */
bool np_part_exact(np_totals *totals, char **at, np_exact_sum *sum);

#endif
