/* How far what a career pays in all may lie from what its projection says: by figures that are uncertain, and by what
 * was not answered, as for the net of a month (natopay/pay/range.h). */
#ifndef NATOPAY_CAREER_TOTAL_RANGE_H
#define NATOPAY_CAREER_TOTAL_RANGE_H

#include "natopay/career/career.h"
#include "natopay/pay/range.h"

typedef struct np_total_range {
    np_num net_low, net_high;   /* of projection.total.net */
    np_num paid_low, paid_high; /* with what comes once */
    /* Every combination of ends and answers was projected. Else the ends are about these: what pays the least and the
     * most in single months was projected, then each part of it changed. */
    bool exact;
} np_total_range;

/* Each of its path, over its months. What is the same for projections of one career, and for careers of one book, is
 * found once when they stand beside each other. Must run under np_arena_guard of the arena. */
void np_total_ranges_of(const np_projection *const *projections, size_t count, np_arena *arena, np_total_range *ranges);

#endif
