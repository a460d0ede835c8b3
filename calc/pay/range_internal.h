/* What a net may depend on, and trying it. Private to calc/pay. */
#ifndef NATOPAY_PAY_RANGE_INTERNAL_H
#define NATOPAY_PAY_RANGE_INTERNAL_H

#include "natopay/pay/range.h"

enum { NP_OPEN_POINTS_MAX = 256 };

typedef np_open_point open_point;

typedef struct probe {
    const np_book *book;
    np_situation *situation; /* a copy, whose unanswered inputs are answered in turn */
    np_arena *arena;
    np_diags *diags;
    np_payslip *payslip; /* traced: it says which inputs took part */
    np_payslip *plain;
    uint8_t *ends;      /* [uncertain] */
    bool *took_part;    /* [uncertain]: it has a range, and something looked at it */
    bool *in_lines;     /* [uncertain]: a line of the net may rest on it */
    bool *seen;         /* [slot]: inputs that took part somewhere */
    bool *unknown;      /* [rule]: its amount was not known somewhere */
    bool *seen_figures; /* [uncertain]: some payslip that was looked at used it */
    bool *seen_lines;   /* [rule]: its line was due in some payslip that was looked at */
    open_point *parts;
    size_t count;
    size_t payslips;
    bool once; /* what comes once counts too */
} probe;

probe np_probe_new(const np_situation *situation, np_arena *arena, np_diags *diags);
/* Fill in the parts; *middle: the net without any answer, all figures in the middle. */
bool np_probe_find(probe *p, np_num *middle);
/* After `plain` was computed: if it used a figure, or has a line due, that no payslip looked at so far had, look at
 * this one too, and add to the parts what it shows. When there are more parts then, no end or answer is chosen any
 * more. False after reporting. */
bool np_probe_look_if_new(probe *p);
/* An end or an answer; and none. */
void np_probe_choose(probe *p, const open_point *part, size_t value);
void np_probe_leave(probe *p, const open_point *part);
/* An input of the person or the post that nobody answered. */
bool np_probe_is_asked(const probe *p, const np_input *input);

#endif
