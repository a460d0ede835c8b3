/* The next payslip of a projection: a slot is computed again only when its own horizon was reached or a slot that its
 * formulas name changed. A date that moves with the month changes every month, but whoever reads it has said by its own
 * horizon how long that leaves the result alone; so it does not count as a change. */
#include <string.h>

#include "eval_parts.h"

static bool same_number(np_num a, np_num b)
{
    return (a.den == b.den && a.den > 0 && a.of.small == b.of.small) || np_num_compare(a, b) == 0;
}

static bool same_value(const np_value *a, const np_value *b)
{
    if (a->unknown || b->unknown) return a->unknown && b->unknown && a->as.missing == b->as.missing;
    if (a->status != b->status || a->moving != b->moving || a->type != b->type) return false;
    switch ((np_type)a->type) {
    case NP_NUMBER:
        return same_number(a->as.number, b->as.number);
    case NP_MONEY:
        return a->currency == b->currency && same_number(a->as.number, b->as.number);
    case NP_TRUTH:
        return a->as.truth == b->as.truth;
    case NP_TEXT:
        return strcmp(a->as.text, b->as.text) == 0;
    case NP_DATE:
        return a->moving || a->as.date == b->as.date;
    case NP_DATES:
        return a->as.dates.items == b->as.dates.items && a->as.dates.count == b->as.dates.count;
    case NP_DURATION:
        return a->as.duration.months == b->as.duration.months && a->as.duration.days == b->as.duration.days;
    case NP_GRADE:
        return a->as.grade == b->as.grade;
    case NP_COUNTRY:
        return a->as.country == b->as.country;
    default:
        return false;
    }
}

static bool same_line(const np_line *a, const np_line *b)
{
    return a->state == b->state && a->status == b->status && a->date == b->date && a->missing == b->missing &&
           a->currency == b->currency && same_number(a->amount, b->amount) && same_number(a->exact, b->exact);
}

static bool touches(const np_slot_set *a, const np_slot_set *b)
{
    uint64_t both = 0;
    for (size_t i = 0; i < NP_SLOTS_MAX / 64; i++) both |= a->bits[i] & b->bits[i];
    return both != 0;
}

static bool renew(np_eval *eval, np_payslip *payslip, uint16_t number, bool reached, np_slot_set *changed)
{
    const np_book *book = eval->book;
    const np_slot *slot = &book->slots[number];
    np_stand *stand = &payslip->stands[number];
    np_line *line = slot->kind == NP_SLOT_RULE ? &payslip->lines[slot->index] : NULL;
    np_value before = payslip->slots[number];
    np_line line_before = line ? *line : (np_line){0};
    const np_node *turned_by = stand->turning;
    const np_formula *turned_in = stand->turning_formula;
    if (!np_payslip_slot(eval, payslip, number)) return false;
    if (same_value(&before, &payslip->slots[number]) && (!line || same_line(&line_before, line))) return true;
    stand->changed = true;
    changed->bits[number / 64] |= (uint64_t)1 << (number % 64);
    stand->turned = reached;
    stand->turned_by = turned_by;
    stand->turned_in = turned_in;
    return true;
}

/* Whether an input was given another value. When in doubt, yes: it is looked at more closely then. */
static bool is_new(const np_payslip *payslip, const np_situation *situation, uint16_t number)
{
    if (payslip->book->slots[number].kind != NP_SLOT_INPUT || !situation->given[number]) return false;
    return memcmp(&situation->values[number], &payslip->slots[number], sizeof(np_value)) != 0;
}

/* The slots on which a slot's value rests: while a rule's condition does not hold, its amount is not looked at. What
 * falls on a day goes by that day all along. */
static const np_slot_set *matters(const np_payslip *payslip, uint16_t number)
{
    const np_book *book = payslip->book;
    const np_slot *slot = &book->slots[number];
    bool falls = payslip->falling && payslip->falling->bits[number / 64] >> (number % 64) & 1;
    bool idle = slot->kind == NP_SLOT_RULE && payslip->lines[slot->index].state == NP_LINE_NOT_DUE && !falls;
    return idle ? &book->depends_when[number] : &book->depends[number];
}

bool np_payslip_next(np_payslip *payslip, const np_situation *situation, np_diags *diags, const np_pay_options *options)
{
    const np_book *book = payslip->book;
    np_eval eval = np_payslip_eval(payslip, situation, diags, options);
    np_slot_set changed = {{0}};
    np_date today = situation->values[book->date_slot].as.date;
    for (size_t i = 0; i < book->order_count; i++) {
        uint16_t number = book->order[i];
        np_stand *stand = &payslip->stands[number];
        bool reached = stand->horizon <= today;
        stand->changed = stand->turned = false;
        bool again = reached || payslip->slots[number].moving || is_new(payslip, situation, number) ||
                     touches(matters(payslip, number), &changed);
        if (again && !renew(&eval, payslip, number, reached, &changed)) return false;
    }
    return np_payslip_finish(&eval, payslip);
}
