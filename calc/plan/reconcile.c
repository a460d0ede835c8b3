/* Real payslips beside computed ones: figures that explain them, one after the other, and causes of what is left. */
#include "reconcile_internal.h"

#include <stdlib.h>
#include <string.h>

#include "natopay/book/contracts.h"
#include "natopay/book/spelling.h"

bool np_measure_find(const np_book *book, const char *name, const np_lang *lang, np_measure *measure)
{
    *measure = (np_measure){.rule = np_book_rule(book, name)};
    if (measure->rule || np_total_parse(name, lang, &measure->total)) return true;
    measure->rule = np_spelled_rule(book, name);
    return measure->rule != NULL;
}

bool np_measure_parse(const np_book *book, const char *name, size_t length, const np_lang *lang, np_measure *measure)
{
    char text[160];
    if (length == 0 || length >= sizeof text) return false;
    memcpy(text, name, length);
    text[length] = '\0';
    return np_measure_find(book, text, lang, measure) && !(measure->rule && measure->rule->kind == NP_FACT);
}

/* ---- the figures ---- */

static void add_figure(np_reconcile *r, uint16_t parameter, np_entry *entry)
{
    const np_value *value = entry->values;
    bool amount = value && (value->type == NP_NUMBER || value->type == NP_MONEY);
    if (!amount || entry->count != 1 || !entry->low || !entry->high || r->figure_count == NP_RECONCILE_FIGURES) return;
    if (np_num_compare(entry->low->as.number, entry->high->as.number) >= 0) return;
    np_num number = value->as.number;
    r->figures[r->figure_count++] = (np_reconciled_figure){
        .parameter = parameter, .entry = entry, .before = number, .found = number, .least = number, .most = number};
}

void np_reconcile_begin(np_reconcile *r, np_book *book, np_arena *arena, np_arena *work, const np_measure *measure,
                        np_date date)
{
    *r = (np_reconcile){.book = book, .arena = arena, .work = work, .measure = *measure, .date = date};
    for (size_t i = 0; i < book->parameter_count; i++) {
        np_parameter *parameter = &book->parameters[i];
        for (size_t k = 0; parameter->uncertain != UINT16_MAX && k < parameter->entry_count; k++)
            add_figure(r, (uint16_t)i, &parameter->entries[k]);
    }
}

/* ---- payslips ---- */

bool np_reconcile_add(np_reconcile *r, const np_situation *situation, uint64_t line, np_num actual)
{
    if (r->row_count == NP_RECONCILE_ROWS) return false;
    r->rows = np_arena_grow(r->arena, r->rows, &r->row_capacity, r->row_count + 1, sizeof *r->rows);
    np_payslip_row *row = &r->rows[r->row_count++];
    *row = (np_payslip_row){.line = line, .actual = np_num_copy(r->arena, actual), .changed = -1};
    for (size_t s = 0; s < r->book->slot_count; s++) row->count += situation->given[s];
    row->slots = np_arena_array(r->arena, row->count + 1, sizeof *row->slots);
    row->values = np_arena_array(r->arena, row->count + 1, sizeof *row->values);
    size_t at = 0;
    for (size_t s = 0; s < r->book->slot_count; s++) {
        if (!situation->given[s]) continue;
        np_value value = situation->values[s];
        if (value.type == NP_NUMBER || value.type == NP_MONEY) value.as.number = np_num_copy(r->arena, value.as.number);
        if (value.type == NP_DATES) {
            np_date *items = np_arena_array(r->arena, value.as.dates.count + 1, sizeof *items);
            memcpy(items, value.as.dates.items, value.as.dates.count * sizeof *items);
            value.as.dates.items = items;
        }
        row->slots[at] = (uint16_t)s;
        row->values[at++] = value;
    }
    return true;
}

/* The payslip as the career stands in the month. */
static void compute(np_reconcile *r, const np_payslip_row *row, const np_lang *lang, bool *took_part, np_computed *c)
{
    np_situation *given = np_situation_new(r->book, r->work);
    np_value date = {.type = NP_DATE};
    np_pay_options options = {.took_part = took_part};
    date.as.date = r->date;
    for (size_t i = 0; i < row->count; i++) np_situation_set_value(given, row->slots[i], row->values[i]);
    if (r->date != NP_DATE_NONE) np_situation_set_value(given, r->book->date_slot, date);
    np_diags_init(&c->diags, r->work);
    c->diags.lang = lang;
    c->payslip = np_payslip_new(r->book, r->work, false);
    c->ok = np_month_open(&c->month, given, r->work, &c->diags) &&
            np_payslip_compute(c->payslip, c->month.situation, &c->diags, &options);
    if (c->ok) c->value = np_measured(r, c->payslip);
}

/* ---- one figure after the other ---- */

/* By which values of a figure each payslip that depends on it would agree. */
typedef struct payslip_ranges {
    np_figure_range *ranges;
    size_t count, capacity;
    uint64_t agreeing; /* payslips that depend on the figure and agree as it is */
} payslip_ranges;

/* Compute all payslips with the figures that were found so far, and note by which values of the others each would
 * agree. */
static void compute_all(np_reconcile *r, const np_lang *lang, payslip_ranges *all_ranges, np_arena *arena)
{
    bool *took_part = np_arena_array(arena, r->book->uncertain_count + 1, sizeof *took_part);
    for (size_t i = 0; i < r->row_count; i++) {
        np_payslip_row *row = &r->rows[i];
        np_computed c = {.ok = false};
        np_arena_reset(r->work);
        memset(took_part, 0, r->book->uncertain_count * sizeof *took_part);
        compute(r, row, lang, took_part, &c);
        row->computed = c.ok;
        if (!c.ok) {
            const np_diag *diag = c.diags.first;
            if (!r->reason && diag) r->reason = np_arena_copy(r->arena, diag->message, strlen(diag->message));
            continue;
        }
        row->currency = c.payslip->currency;
        row->difference = np_num_copy(r->arena, np_num_sub(r->work, row->actual, c.value));
        if (r->found_count == 0) row->first_difference = row->difference;
        bool agrees = np_num_sign(row->difference) == 0;
        if (!agrees) row->changed = -1;
        if (agrees && row->changed < 0) row->changed = (int)r->found_count;
        for (size_t f = 0; f < r->figure_count; f++) {
            np_reconciled_figure *figure = &r->figures[f];
            payslip_ranges *of = &all_ranges[f];
            np_figure_range range;
            if (figure->is_found || !took_part[r->book->parameters[figure->parameter].uncertain]) continue;
            if (!np_explaining_range(r, &c, figure, row->difference, &range)) continue;
            if (r->found_count == 0) figure->asked++;
            of->ranges = np_arena_grow(arena, of->ranges, &of->capacity, of->count + 1, sizeof *of->ranges);
            of->ranges[of->count++] = (np_figure_range){np_num_copy(arena, range.low), np_num_copy(arena, range.high)};
            of->agreeing += agrees;
        }
    }
}

/* How many payslips agree with a figure at some value. */
static uint64_t agreeing_with(np_reconcile *r, np_reconciled_figure *figure, np_num value, const np_lang *lang)
{
    uint64_t agreeing = 0;
    np_num before = figure->entry->values->as.number;
    figure->entry->values->as.number = value;
    for (size_t i = 0; i < r->row_count; i++) {
        np_computed c = {.ok = false};
        np_arena_reset(r->work);
        compute(r, &r->rows[i], lang, NULL, &c);
        agreeing += c.ok && np_num_compare(c.value, r->rows[i].actual) == 0;
    }
    figure->entry->values->as.number = before;
    return agreeing;
}

/* Take the plainest number within or around the range `best`: the one by which most payslips agree. All are computed
 * with each, since ranges allow for a cent by which other lines may be rounded. Gives back how many agree. */
static uint64_t value_of(np_reconcile *r, np_reconciled_figure *figure, const np_figure_range *best,
                         const np_figure_range *one, np_arena *arena, const np_lang *lang)
{
    np_num width = np_num_sub(arena, one->high, one->low), half = np_num_div(arena, width, np_num_int(2));
    const np_num around[] = {width, half, np_num_int(0)};
    uint64_t most = 0;
    for (size_t i = 0; i < sizeof around / sizeof around[0]; i++) {
        np_figure_range wide = {np_num_sub(arena, best->low, around[i]), np_num_add(arena, best->high, around[i])};
        np_num value = np_plainest_number(arena, &wide);
        uint64_t agreeing = agreeing_with(r, figure, value, lang);
        if (agreeing <= most) continue;
        most = agreeing;
        figure->found = np_num_copy(r->arena, value);
    }
    return most;
}

/* The figure by another value of which most payslips more would agree; figure_count when no two more would. */
static size_t figure_to_change(np_reconcile *r, payslip_ranges *all_ranges, np_arena *arena, np_figure_range *best)
{
    uint64_t most = 1;
    size_t chosen = r->figure_count;
    for (size_t f = 0; f < r->figure_count; f++) {
        np_figure_range v = {0};
        uint64_t all = all_ranges[f].count ? np_most_ranges(arena, all_ranges[f].ranges, all_ranges[f].count, &v) : 0;
        if (r->figures[f].is_tried || all < all_ranges[f].agreeing + most + 1) continue;
        most = all - all_ranges[f].agreeing;
        chosen = f;
        *best = v;
    }
    return chosen;
}

/* Take the figure by which most payslips more agree; false when no two agree on any. */
static bool change_best_figure(np_reconcile *r, payslip_ranges *all_ranges, np_arena *arena, const np_lang *lang)
{
    uint64_t agreeing = 0;
    for (size_t i = 0; i < r->row_count; i++) agreeing += r->rows[i].changed >= 0;
    for (;;) {
        np_figure_range best;
        size_t chosen = figure_to_change(r, all_ranges, arena, &best);
        if (chosen == r->figure_count) return false;
        np_reconciled_figure *figure = &r->figures[chosen];
        figure->is_tried = true;
        if (value_of(r, figure, &best, &all_ranges[chosen].ranges[0], arena, lang) < agreeing + 2) continue;
        figure->is_found = true;
        figure->least = np_num_copy(r->arena, best.low);
        figure->most = np_num_copy(r->arena, best.high);
        figure->entry->values->as.number = figure->found;
        r->order[r->found_count++] = (uint16_t)chosen;
        for (size_t f = 0; f < r->figure_count; f++) r->figures[f].is_tried = r->figures[f].is_found;
        return true;
    }
}

/* ---- what is left ---- */

static bool is_near(const np_reconcile *r, np_num difference, uint16_t currency)
{
    np_num size = np_num_sign(difference) < 0 ? np_num_neg(r->work, difference) : difference;
    return np_num_compare(size, np_reconcile_unit(r, currency)) <= 0;
}

/* A line without which the payslip agrees; UINT16_MAX: none. */
static uint16_t line_not_paid(np_reconcile *r, const np_computed *c, np_num difference)
{
    for (size_t i = 0; i < r->book->rule_count && !r->measure.rule; i++) {
        const np_rule *rule = &r->book->rules[i];
        const np_line *line = &c->payslip->lines[i];
        if (rule->kind < NP_ALLOWANCE || rule->kind > NP_ADJUSTMENT || line->state != NP_LINE_DUE) continue;
        if (np_num_sign(line->amount) == 0) continue;
        bool adds = (rule->kind != NP_DEDUCTION) == (r->measure.total != NP_TOTAL_DEDUCTIONS);
        np_num without =
            adds ? np_num_add(r->work, difference, line->amount) : np_num_sub(r->work, difference, line->amount);
        if (is_near(r, without, c->payslip->currency)) return (uint16_t)i;
    }
    return UINT16_MAX;
}

/* Another step with which the payslip agrees; 0: none. */
static uint16_t other_step(np_reconcile *r, np_computed *c, np_num actual)
{
    uint16_t slot = r->book->career ? r->book->career->slots.step : UINT16_MAX;
    np_payslip *payslip = np_payslip_new(r->book, r->work, false);
    for (int step = 1; slot != UINT16_MAX && step <= NP_STEPS_MAX; step++) {
        np_value value = {.type = NP_NUMBER};
        value.as.number = np_num_int(step);
        np_situation_set_value(c->month.situation, slot, value);
        if (!np_payslip_compute(payslip, c->month.situation, &c->diags, NULL)) return 0;
        if (is_near(r, np_num_sub(r->work, actual, np_measured(r, payslip)), payslip->currency)) return (uint16_t)step;
    }
    return 0;
}

static void find_cause(np_reconcile *r, np_payslip_row *row, const np_lang *lang)
{
    row->index = 0;
    row->cause = NP_NOT_COMPUTED;
    if (!row->computed) return;
    row->cause = row->changed == 0 ? NP_AGREES : NP_FROM_FIGURE;
    if (row->changed > 0) {
        row->index = r->order[row->changed - 1];
        r->figures[row->index].explained++;
    }
    if (row->changed >= 0) return;
    np_computed c = {.ok = false};
    np_arena_reset(r->work);
    compute(r, row, lang, NULL, &c);
    row->cause = NP_NOT_EXPLAINED;
    if (is_near(r, row->difference, row->currency)) {
        row->cause = NP_FROM_ROUNDING;
        return;
    }
    uint16_t line = line_not_paid(r, &c, row->difference);
    uint16_t step = line == UINT16_MAX ? other_step(r, &c, row->actual) : 0;
    if (line != UINT16_MAX) row->cause = NP_FROM_LINE;
    if (step) row->cause = NP_FROM_STEP;
    row->index = line != UINT16_MAX ? line : step;
}

static void add_up(np_reconcile *r, const np_payslip_row *row)
{
    np_reconciled_cause *cause = NULL;
    for (size_t i = 0; i < r->cause_count && !cause; i++) {
        np_reconciled_cause *c = &r->causes[i];
        if (c->cause == row->cause && c->index == row->index && c->currency == row->currency) cause = c;
    }
    np_num difference = row->computed ? row->first_difference : np_num_int(0);
    if (!cause) {
        cause = &r->causes[r->cause_count++];
        *cause = (np_reconciled_cause){row->cause, row->index,    row->currency, 0,
                                       row->line,  np_num_int(0), difference,    difference};
    }
    cause->rows++;
    cause->sum = np_num_add(r->arena, cause->sum, difference);
    if (np_num_compare(difference, cause->least) < 0) cause->least = difference;
    if (np_num_compare(difference, cause->most) > 0) cause->most = difference;
}

static int by_cause(const void *a, const void *b)
{
    const np_reconciled_cause *x = a, *y = b;
    if (x->cause != y->cause) return (int)x->cause - (int)y->cause;
    if (x->rows != y->rows) return x->rows > y->rows ? -1 : 1;
    return x->index != y->index ? x->index - y->index : x->currency - y->currency;
}

void np_reconcile_run(np_reconcile *r, const np_lang *lang)
{
    bool more = true;
    while (more) {
        payslip_ranges *all_ranges = np_arena_array(r->arena, r->figure_count + 1, sizeof *all_ranges);
        compute_all(r, lang, all_ranges, r->arena);
        more = change_best_figure(r, all_ranges, r->arena, lang);
    }
    r->causes = np_arena_array(r->arena, r->row_count + 1, sizeof *r->causes);
    for (size_t i = 0; i < r->row_count; i++) {
        find_cause(r, &r->rows[i], lang);
        add_up(r, &r->rows[i]);
    }
    qsort(r->causes, r->cause_count, sizeof *r->causes, by_cause);
}

size_t np_reconcile_one(np_reconcile *r, const np_lang *lang, np_one_explanation *found, size_t most)
{
    np_payslip_row *row = &r->rows[0];
    bool *took_part = np_arena_array(r->arena, r->book->uncertain_count + 1, sizeof *took_part);
    np_computed c = {.ok = false};
    size_t count = 0;
    compute(r, row, lang, took_part, &c);
    row->computed = c.ok;
    if (!c.ok) {
        r->reason = c.diags.first ? c.diags.first->message : NULL;
        return 0;
    }
    row->currency = c.payslip->currency;
    row->first_difference = row->difference = np_num_sub(r->arena, row->actual, c.value);
    if (np_num_sign(row->difference) == 0) return 0;
    for (size_t f = 0; f < r->figure_count && count < most; f++) {
        const np_reconciled_figure *figure = &r->figures[f];
        np_figure_range v;
        if (!took_part[r->book->parameters[figure->parameter].uncertain]) continue;
        if (!np_explaining_range(r, &c, figure, row->difference, &v)) continue;
        np_num value = np_plainest_number(r->arena, &v);
        bool within = np_num_compare(value, figure->entry->low->as.number) >= 0 &&
                      np_num_compare(value, figure->entry->high->as.number) <= 0;
        found[count++] = (np_one_explanation){NP_FROM_FIGURE, (uint16_t)f, value, figure->before, within};
    }
    uint16_t line = line_not_paid(r, &c, row->difference);
    if (line != UINT16_MAX && count < most)
        found[count++] = (np_one_explanation){NP_FROM_LINE, line, np_num_int(0), c.payslip->lines[line].amount, true};
    np_num step = r->book->career->slots.step == UINT16_MAX || c.payslip->slots[r->book->career->slots.step].unknown
                      ? np_num_int(1)
                      : c.payslip->slots[r->book->career->slots.step].as.number;
    uint16_t other = other_step(r, &c, row->actual);
    if (other && count < most)
        found[count++] = (np_one_explanation){NP_FROM_STEP, other, np_num_int(other), step, true};
    return count;
}
