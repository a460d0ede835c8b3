/* How far the answer to each open question could move the pay of a month: each is tried. */
#include "natopay/pay/effects.h"

#include <stdlib.h>
#include <string.h>

enum { CHILDREN_TRIED = 4 };

typedef struct trials {
    np_situation *situation; /* a copy, whose open inputs are answered in turn */
    np_arena *arena;
    np_payslip *payslip;
    np_num net, once; /* as they stand */
    np_date start;
    np_effect *row;
} trials;

/* Compute with one answer. What cannot be computed with it is passed over: nobody has answered so. */
static void try_value(trials *t, np_value value)
{
    np_diags discarded;
    np_pay_options options = {0};
    np_diags_init(&discarded, t->arena);
    np_situation_set_value(t->situation, t->row->slot, value);
    if (!np_payslip_compute(t->payslip, t->situation, &discarded, &options)) return;
    np_num moved = np_num_sub(t->arena, t->payslip->net.amount, t->net);
    np_num once = np_num_sub(t->arena, t->payslip->once.amount, t->once);
    np_effect *row = t->row;
    bool quiet = row->fall_at.type == NP_NONE && row->rise_at.type == NP_NONE;
    if (np_num_compare(moved, row->fall) < 0) row->fall = moved, row->fall_at = value;
    if (np_num_compare(moved, row->rise) > 0) row->rise = moved, row->rise_at = value;
    if (np_num_compare(once, row->once_fall) < 0) row->once_fall = once;
    if (np_num_compare(once, row->once_rise) > 0) {
        row->once_rise = once;
        if (quiet && np_num_sign(row->rise) == 0) row->rise_at = value;
    }
}

static void try_numbers(trials *t, const np_input *input)
{
    static const int64_t AMOUNTS[] = {0, 500, 1000, 2000, 3000, 4000, 6000, 10000};
    np_value value = {.type = (uint8_t)input->type, .currency = NP_CURRENCY_LOCAL};
    int64_t least = 0;
    if (input->has_min && !np_num_to_int(input->min.as.number, &least)) least = 0;
    for (size_t i = 0; i < sizeof AMOUNTS / sizeof AMOUNTS[0] && input->type == NP_MONEY; i++) {
        value.as.number = np_num_int(AMOUNTS[i]);
        try_value(t, value);
    }
    for (int64_t n = least; n <= least + CHILDREN_TRIED && input->whole; n++) {
        value.as.number = np_num_int(n);
        if (!input->has_max || np_num_compare(value.as.number, input->max.as.number) <= 0) try_value(t, value);
    }
    if (input->type == NP_MONEY || input->whole) return;
    if (input->has_min) try_value(t, input->min);
    if (input->has_max) try_value(t, input->max);
}

static void try_dates(trials *t, const np_input *input)
{
    static const int YEARS[] = {0, 1, 2, 3, 5, 10, 16, 20, 25, 30, 40, 50, 59, 62};
    np_value value = {.type = (uint8_t)input->type};
    if (input->type == NP_DATES) {
        np_date *births = np_arena_array(t->arena, CHILDREN_TRIED, sizeof *births);
        for (size_t i = 0; i < CHILDREN_TRIED; i++) births[i] = np_date_add_months(t->start, -12 * 6);
        for (size_t count = 0; count <= CHILDREN_TRIED; count++) {
            value.as.dates = (np_dates){births, count};
            try_value(t, value);
        }
        return;
    }
    for (size_t i = 0; i < sizeof YEARS / sizeof YEARS[0]; i++) {
        value.as.date = np_date_add_months(t->start, -12 * YEARS[i]);
        if (value.as.date != NP_DATE_NONE) try_value(t, value);
    }
}

static void try_input(trials *t, const np_input *input)
{
    np_value value = {.type = (uint8_t)input->type};
    const np_book *book = t->situation->book;
    if (input->type == NP_NUMBER || input->type == NP_MONEY) try_numbers(t, input);
    if (input->type == NP_DATE || input->type == NP_DATES) try_dates(t, input);
    for (int truth = 0; truth < 2 && input->type == NP_TRUTH; truth++) {
        value.as.truth = truth;
        try_value(t, value);
    }
    for (uint16_t i = 0; i < book->country_count && input->type == NP_COUNTRY; i++) {
        value.as.country = i;
        try_value(t, value);
    }
    for (size_t i = 0; i < input->choice_count; i++) {
        value.as.text = input->choices[i];
        try_value(t, value);
    }
    np_situation_forget(t->situation, input->slot);
}

/* About the person, or what only the person knows of the post. */
static bool is_open_question(const np_situation *situation, const np_input *input)
{
    if (!input->question.text || !input->about || situation->given[input->slot]) return false;
    if (input->about == NP_ABOUT_PERSON) return true;
    return input->about == NP_ABOUT_POST && input->type == NP_NUMBER && !input->fallback.root;
}

static int by_reach(const void *a, const void *b)
{
    const np_effect *x = a, *y = b;
    int order = np_num_compare(y->reach, x->reach);
    if (!order) order = np_num_compare(y->once_rise, x->once_rise);
    return order ? order : x->slot - y->slot;
}

bool np_effects(const np_situation *situation, np_arena *arena, np_diags *diags, np_effect **rows, size_t *count)
{
    const np_book *book = situation->book;
    trials t = {.situation = np_situation_copy(situation, arena), .arena = arena};
    t.payslip = np_payslip_new(book, arena, false);
    *rows = np_arena_array(arena, book->input_count + 1, sizeof **rows);
    *count = 0;
    np_pay_options options = {0};
    if (!np_payslip_compute(t.payslip, t.situation, diags, &options)) return false;
    t.net = t.payslip->net.amount;
    t.once = t.payslip->once.amount;
    t.start = t.payslip->date;
    for (size_t i = 0; i < book->input_count; i++) {
        const np_input *input = &book->inputs[i];
        if (!is_open_question(situation, input)) continue;
        t.row = &(*rows)[(*count)++];
        *t.row = (np_effect){.slot = input->slot,
                             .fall = np_num_int(0),
                             .rise = np_num_int(0),
                             .once_fall = np_num_int(0),
                             .once_rise = np_num_int(0)};
        try_input(&t, input);
        np_num fall = np_num_neg(arena, t.row->fall);
        t.row->reach = np_num_compare(fall, t.row->rise) > 0 ? fall : t.row->rise;
    }
    if (*count > 1) qsort(*rows, *count, sizeof **rows, by_reach);
    return true;
}
