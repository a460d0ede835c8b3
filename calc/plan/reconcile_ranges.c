/* What a payslip says of a figure: between which values of it the difference would be explained. */
#include <stdlib.h>

#include "reconcile_internal.h"

np_num np_measured(const np_reconcile *r, const np_payslip *p)
{
    if (r->measure.rule) {
        const np_line *line = &p->lines[r->measure.rule - r->book->rules];
        return line->state == NP_LINE_DUE ? line->amount : np_num_int(0);
    }
    switch (r->measure.total) {
    case NP_TOTAL_GROSS:
        return p->gross.amount;
    case NP_TOTAL_DEDUCTIONS:
        return p->deductions.amount;
    case NP_TOTAL_EMPLOYER:
        return p->employer.amount;
    case NP_TOTAL_ONCE:
        return p->once.amount;
    default:
        return p->net.amount;
    }
}

/* What is computed with a figure at an end of its range; false when it cannot be. */
static bool at_end(np_reconcile *r, np_computed *c, uint16_t uncertain, np_end end, np_num *value)
{
    uint8_t *ends = np_arena_array(r->work, r->book->uncertain_count + 1, sizeof *ends);
    np_payslip *payslip = np_payslip_new(r->book, r->work, false);
    np_pay_options options = {.ends = ends};
    ends[uncertain] = (uint8_t)end;
    if (!np_payslip_compute(payslip, c->month.situation, &c->diags, &options)) return false;
    *value = np_measured(r, payslip);
    return true;
}

/* Where a parameter is looked up for a payslip: UINT16_MAX: the same for all; UINT16_MAX - 1: that is not known. */
static uint16_t place_for(const np_book *book, const np_parameter *parameter, const np_value *slots)
{
    const np_value *country = &slots[book->country_slot];
    if (parameter->by_country) return country->unknown ? UINT16_MAX - 1 : country->as.country;
    const np_node *by = parameter->by.root;
    if (!by) return UINT16_MAX;
    if (by->op == NP_OP_CALL && by->index == NP_FN_CATEGORY) by = by->args[0];
    bool known = by->op == NP_OP_SLOT && !slots[by->index].unknown;
    return known ? np_parameter_place(book, parameter, &slots[by->index]) : UINT16_MAX - 1;
}

/* Whether the entry is the one that counts for a payslip. */
static bool counts(const np_reconcile *r, const np_computed *c, const np_reconciled_figure *figure)
{
    const np_parameter *parameter = &r->book->parameters[figure->parameter];
    uint16_t place = place_for(r->book, parameter, c->payslip->slots);
    return np_parameter_on(parameter, place, c->payslip->slots[r->book->date_slot].as.date) == figure->entry;
}

np_num np_reconcile_unit(const np_reconcile *r, uint16_t currency)
{
    return r->book->currencies[currency].minor_unit;
}

bool np_explaining_range(np_reconcile *r, np_computed *c, const np_reconciled_figure *figure, np_num difference,
                         np_figure_range *range)
{
    np_num low, high;
    uint16_t uncertain = r->book->parameters[figure->parameter].uncertain;
    if (!counts(r, c, figure) || !at_end(r, c, uncertain, NP_LOW, &low) || !at_end(r, c, uncertain, NP_HIGH, &high))
        return false;
    np_num width = np_num_sub(r->work, figure->entry->high->as.number, figure->entry->low->as.number);
    np_num slope = np_num_div(r->work, np_num_sub(r->work, high, low), width);
    if (!np_num_valid(slope) || np_num_sign(slope) == 0) return false;
    np_num unit = np_reconcile_unit(r, c->payslip->currency), value = figure->entry->values->as.number;
    np_num a = np_num_div(r->work, np_num_sub(r->work, difference, unit), slope);
    np_num b = np_num_div(r->work, np_num_add(r->work, difference, unit), slope);
    bool falls = np_num_compare(a, b) > 0;
    range->low = np_num_add(r->work, value, falls ? b : a);
    range->high = np_num_add(r->work, value, falls ? a : b);
    return np_num_valid(range->low) && np_num_valid(range->high);
}

typedef struct range_end {
    np_num at;
    bool is_low;
} range_end;

static int by_place(const void *a, const void *b)
{
    const range_end *x = a, *y = b;
    int order = np_num_compare(x->at, y->at);
    return order ? order : (int)y->is_low - (int)x->is_low;
}

size_t np_most_ranges(np_arena *arena, const np_figure_range *ranges, size_t count, np_figure_range *best)
{
    range_end *ends = np_arena_array(arena, 2 * count + 1, sizeof *ends);
    size_t open = 0, most = 0;
    for (size_t i = 0; i < count; i++) {
        ends[2 * i] = (range_end){ranges[i].low, true};
        ends[2 * i + 1] = (range_end){ranges[i].high, false};
    }
    qsort(ends, 2 * count, sizeof *ends, by_place);
    for (size_t i = 0; i < 2 * count; i++) {
        if (!ends[i].is_low) {
            open--;
            continue;
        }
        if (++open <= most) continue;
        most = open;
        best->low = ends[i].at;
        best->high = ends[i + 1].at; /* where another low end follows, more overlap from there on */
    }
    return most;
}

np_num np_plainest_number(np_arena *arena, const np_figure_range *range)
{
    np_num unit = np_num_int(1);
    for (int decimals = 0; decimals <= 8; decimals++, unit = np_num_div(arena, unit, np_num_int(10))) {
        np_num number = np_num_round(arena, range->low, unit, NP_ROUND_CEILING);
        if (np_num_valid(number) && np_num_compare(number, range->high) <= 0) return number;
    }
    return range->low;
}
