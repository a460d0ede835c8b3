/* What to ask next: how far the answer to each question that is still open could move the pay of a month. */
#ifndef NATOPAY_PAY_EFFECTS_H
#define NATOPAY_PAY_EFFECTS_H

#include "natopay/pay/payslip.h"

typedef struct np_effect {
    uint16_t slot;               /* of the input */
    np_num fall, rise;           /* of the net: at most 0; at least 0 */
    np_num reach;                /* the larger of the two, without its sign */
    np_num once_fall, once_rise; /* of what is paid once in that month */
    np_value fall_at, rise_at;   /* the answers tried that do it; of type NP_NONE: none does */
} np_effect;

/* One row for each input with a question that nobody answered, those first that could move the net most, then those
 * that move what is paid once, then the rest in the order of the book. The answers tried are the input's own: yes and
 * no, every choice, every country, one to four children, ages and times of residence, amounts up to a salary; each
 * alone, the others as they stand. False after reporting. */
bool np_effects(const np_situation *situation, np_arena *arena, np_diags *diags, np_effect **rows, size_t *count);

#endif
