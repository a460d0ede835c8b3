/* How far the uncertain figures move the net. */
#ifndef NATOPAY_PAY_RANGE_H
#define NATOPAY_PAY_RANGE_H

#include "natopay/pay/payslip.h"

typedef struct np_range {
    np_num low, high;    /* of the net */
    size_t corner_count; /* payslips computed */
    bool complete;       /* every combination of ends was evaluated */
} np_range;

typedef struct np_sensitivity {
    uint16_t uncertain;       /* position in np_book.uncertain */
    np_num net_low, net_high; /* net with this one at its low and its high, the others in the middle */
    np_num spread;            /* |net_high - net_low| */
} np_sensitivity;

/* Lowest and highest net over all ends of the uncertain figures that took part: every combination while there are at
 * most 10 of them, else each at the end that moves the net that way. */
bool np_net_range(const np_situation *situation, np_arena *arena, np_diags *diags, np_range *range);

/* One row for each uncertain figure that moves the net, largest spread first. */
bool np_net_sensitivity(const np_situation *situation, np_arena *arena, np_diags *diags, np_sensitivity **rows,
                        size_t *count);

#endif
