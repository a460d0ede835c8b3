/* One slot of a payslip at a time: for projections and plans that know what may have changed. */
#ifndef NATOPAY_PAY_SLOT_H
#define NATOPAY_PAY_SLOT_H

#include "natopay/pay/payslip.h"

np_eval np_payslip_eval(np_payslip *payslip, const np_situation *situation, np_diags *diags,
                        const np_pay_options *options);

/* Compute one slot, given those that it names (and `date`), and how long it stands; false after an error was
 * reported. */
bool np_payslip_slot(np_eval *eval, np_payslip *payslip, uint16_t slot);

/* The totals of lines that stand, of the payslip's date and currency. False after reporting. */
bool np_payslip_add_up(np_payslip *payslip, np_diags *diags);

#endif
