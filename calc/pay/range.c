/* Between which nets a payslip may lie: every combination of what is open, or one thing after the other. */
#include "natopay/pay/ts_rule.h"
#include "natopay/pay/range.h"

#include <stdlib.h>
#include <string.h>

#include "natopay/pay/slot.h"
#include "range_internal.h"

enum { COMBINATIONS_MAX = 4096 };

static bool net_of(probe *p, np_num *net)
{
    np_pay_options options = {.ends = p->ends, .took_part = p->took_part};
    p->payslips++;
    if (!np_payslip_compute(p->plain, p->situation, p->diags, &options)) return false;
    *net = p->plain->net.amount;
    if (p->once) *net = np_num_add(p->arena, *net, p->plain->once.amount);
    return true;
}

/* ---- every combination ---- */

static size_t count_combinations(probe *p)
{
    size_t combinations = 1;
    for (size_t i = 0; i < p->count; i++) {
        p->parts[i].stride = combinations;
        combinations *= p->parts[i].count;
        if (combinations > COMBINATIONS_MAX) return combinations;
    }
    return combinations;
}

static void widen(np_num *low, np_num *high, np_num net)
{
    if (np_num_compare(net, *low) < 0) *low = net;
    if (np_num_compare(net, *high) > 0) *high = net;
}

/* Which of a part's values a combination has. */
static size_t value_in(const open_point *part, size_t combination)
{
    return combination / part->stride % part->count;
}

/* Leaving a question unanswered counts as one more answer where none of the answers gives the net that is then told:
 * without an answer a line may be open, which no answer leaves so. */
static void add_no_answer(probe *p)
{
    for (size_t i = 0; i < p->count; i++) {
        open_point *part = &p->parts[i];
        if (!part->is_input || part->based || part->count == NP_OPEN_VALUES) continue;
        part->base = part->count;
        part->based = true;
        part->values[part->count++] = (np_value){.unknown = true};
    }
}

/* Whether every input has an answer: what is open in a net without one is in no range. */
static bool is_answered(const probe *p, size_t combination)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->parts[i].is_input && p->parts[i].values[value_in(&p->parts[i], combination)].unknown) return false;
    return true;
}

/* Where the month is a whole one, a payslip after which answers alone have changed is computed from the one before. */
static bool can_go_on(probe *p)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->parts[i].is_input && p->parts[i].values[p->parts[i].base].unknown) return false;
    uint16_t date = p->book->date_slot;
    if (date == UINT16_MAX || np_date_month_start(p->payslip->date) != p->payslip->date) return false;
    np_value month = {.type = NP_DATE};
    month.as.date = p->payslip->date;
    if (!p->situation->given[date]) np_situation_set_value(p->situation, date, month);
    return p->situation->values[date].as.date == month.as.date;
}

static bool touches(const np_slot_set *a, const np_slot_set *b)
{
    uint64_t both = 0;
    for (size_t i = 0; i < NP_SLOTS_MAX / 64; i++) both |= a->bits[i] & b->bits[i];
    return both != 0;
}

/* Compute the slots that answers or changed slots take part in. */
static bool compute_changed(probe *p, const np_pay_options *options)
{
    const np_book *book = p->book;
    np_eval eval = np_payslip_eval(p->plain, p->situation, p->diags, options);
    np_slot_set changed = {{0}};
    for (size_t i = 0; i < book->order_count; i++) {
        uint16_t slot = book->order[i];
        np_value before = p->plain->slots[slot];
        bool given = book->slots[slot].kind == NP_SLOT_INPUT && p->situation->given[slot];
        bool is_new = given && !np_value_same(&p->situation->values[slot], &before);
        if (!is_new && !touches(&book->depends[slot], &changed)) continue;
        if (!np_payslip_slot(&eval, p->plain, slot)) return false;
        if (!np_value_same(&before, &p->plain->slots[slot])) changed.bits[slot / 64] |= (uint64_t)1 << (slot % 64);
    }
    return np_payslip_add_up(p->plain, NULL, book->rule_count, p->diags);
}

static bool net_after(probe *p, bool figures_changed, np_num *net)
{
    np_pay_options options = {.ends = p->ends, .took_part = p->took_part, .projecting = true};
    bool ok =
        figures_changed ? np_payslip_compute(p->plain, p->situation, p->diags, &options) : compute_changed(p, &options);
    p->payslips++;
    if (!ok) return false;
    *net = p->plain->net.amount;
    if (p->once) *net = np_num_add(p->arena, *net, p->plain->once.amount);
    return true;
}

/* The net of every combination. Answers come first among the parts, so that they change before the figures do. Ends
 * early where a combination brought in another part, so that there are more combinations: begin again then. */
static bool every_combination(probe *p, size_t combinations, np_num *nets, np_range *range)
{
    bool goes_on = can_go_on(p);
    size_t answers = 1, known = p->count;
    for (size_t i = 0; i < p->count; i++) answers *= p->parts[i].is_input ? p->parts[i].count : 1;
    for (size_t c = 0; c < combinations; c++) {
        bool answers_as_they_are = true;
        for (size_t i = 0; i < p->count; i++) {
            size_t value = value_in(&p->parts[i], c);
            if (c == 0 || value != value_in(&p->parts[i], c - 1)) np_probe_choose(p, &p->parts[i], value);
            answers_as_they_are = answers_as_they_are && (!p->parts[i].is_input || value == p->parts[i].base);
        }
        if (!(goes_on ? net_after(p, c % answers == 0, &nets[c]) : net_of(p, &nets[c]))) return false;
        if (!np_probe_look_if_new(p)) return false;
        if (p->count > known) return true;
        if (is_answered(p, c)) widen(&range->low, &range->high, nets[c]);
        if (answers_as_they_are) widen(&range->figures_low, &range->figures_high, nets[c]);
    }
    return true;
}

static bool answers_are_as_they_are(const probe *p, size_t combination)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->parts[i].is_input && value_in(&p->parts[i], combination) != p->parts[i].base) return false;
    return true;
}

/* How far an answer moves the net at most, whatever the rest is; a figure, while the answers are as they are. */
static np_unanswered effect(const probe *p, const open_point *part, const np_num *nets, size_t combinations)
{
    np_unanswered found = {.slot = part->index, .rise = np_num_int(0), .fall = np_num_int(0)};
    for (size_t c = 0; c < combinations; c++) {
        if (!part->is_input && !answers_are_as_they_are(p, c)) continue;
        if (part->is_input && !is_answered(p, c)) continue;
        size_t base = c - value_in(part, c) * part->stride + part->base * part->stride;
        np_num moved = np_num_sub(p->arena, nets[c], nets[base]);
        widen(&found.fall, &found.rise, moved);
    }
    return found;
}

static np_num reach(const np_unanswered *row, np_arena *arena)
{
    np_num fall = np_num_neg(arena, row->fall);
    return np_num_compare(row->rise, fall) >= 0 ? row->rise : fall;
}

static void add_unanswered(probe *p, np_range *range, np_unanswered row)
{
    if (np_num_sign(row.rise) == 0 && np_num_sign(row.fall) == 0) return;
    size_t at = range->unanswered_count++;
    for (; at > 0; at--) {
        np_unanswered *before = &range->unanswered[at - 1];
        if (np_num_compare(reach(before, p->arena), reach(&row, p->arena)) >= 0) break;
        range->unanswered[at] = *before;
    }
    range->unanswered[at] = row;
}

/* Uncertain figures are kept in the same order, by how far apart the nets of their ends lie. */
static void add_moving(np_range *range, np_num *reaches, uint16_t figure, np_num reach)
{
    if (np_num_sign(reach) == 0) return;
    size_t at = range->moving_count++;
    for (; at > 0 && np_num_compare(reaches[at - 1], reach) < 0; at--) {
        reaches[at] = reaches[at - 1];
        range->moving[at] = range->moving[at - 1];
    }
    reaches[at] = reach;
    range->moving[at] = figure;
}

static bool all_of_them(probe *p, size_t combinations, np_range *range)
{
    np_num *nets = np_arena_array(p->arena, combinations, sizeof *nets);
    np_num *reaches = np_arena_array(p->arena, p->count + 1, sizeof *reaches);
    size_t known = p->count;
    if (!every_combination(p, combinations, nets, range)) return false;
    if (p->count > known) return true;
    for (size_t i = 0; i < p->count; i++) {
        if (p->parts[i].is_input && !p->parts[i].asked) continue;
        np_unanswered row = effect(p, &p->parts[i], nets, combinations);
        if (p->parts[i].is_input)
            add_unanswered(p, range, row);
        else
            add_moving(range, reaches, p->parts[i].index, reach(&row, p->arena));
    }
    return true;
}

/* ---- one at a time, where there are too many combinations ---- */

/* The nets with one part at each of its values, the others as they are; the values that give the least and the most. */
static bool extremes(probe *p, const open_point *part, np_num middle, size_t *least, size_t *most, np_unanswered *row)
{
    np_num low = middle, high = middle;
    bool first = true;
    *row = (np_unanswered){.slot = part->index, .rise = np_num_int(0), .fall = np_num_int(0)};
    for (size_t value = 0; value < part->count; value++) {
        np_num net;
        np_probe_choose(p, part, value);
        if (!net_of(p, &net)) return false;
        if (first || np_num_compare(net, low) < 0) {
            low = net;
            *least = value;
        }
        if (first || np_num_compare(net, high) > 0) {
            high = net;
            *most = value;
        }
        first = false;
        widen(&row->fall, &row->rise, np_num_sub(p->arena, net, middle));
    }
    np_probe_leave(p, part);
    return true;
}

static bool widen_at(probe *p, const size_t *values, bool inputs, np_range *range)
{
    np_num net;
    for (size_t i = 0; i < p->count; i++) {
        if (!p->parts[i].is_input || inputs) np_probe_choose(p, &p->parts[i], values[i]);
    }
    if (!net_of(p, &net)) return false;
    for (size_t i = 0; i < p->count; i++) np_probe_leave(p, &p->parts[i]);
    widen(&range->low, &range->high, net);
    if (!inputs) widen(&range->figures_low, &range->figures_high, net);
    return true;
}

static bool one_at_a_time(probe *p, np_num middle, np_range *range)
{
    size_t *least = np_arena_array(p->arena, p->count, sizeof *least);
    size_t *most = np_arena_array(p->arena, p->count, sizeof *most);
    np_num *reaches = np_arena_array(p->arena, p->count + 1, sizeof *reaches);
    for (size_t i = 0; i < p->count; i++) {
        np_unanswered row;
        if (!extremes(p, &p->parts[i], middle, &least[i], &most[i], &row)) return false;
        if (p->parts[i].is_input && p->parts[i].asked) add_unanswered(p, range, row);
        if (!p->parts[i].is_input) add_moving(range, reaches, p->parts[i].index, reach(&row, p->arena));
    }
    return widen_at(p, least, false, range) && widen_at(p, most, false, range) && widen_at(p, least, true, range) &&
           widen_at(p, most, true, range);
}

/* ---- the range ---- */

/* Inputs that are asked about, have no bounds, and were answered by their default. */
static void list_kept(const probe *p, np_range *range)
{
    range->kept = np_arena_array(p->arena, p->book->input_count + 1, sizeof *range->kept);
    for (size_t i = 0; i < p->book->input_count; i++) {
        const np_input *input = &p->book->inputs[i];
        bool finite = input->in_range || !input->fallback.root || !input->question.text || input->is_figure;
        if (finite || !np_probe_is_asked(p, input) || !p->seen[input->slot]) continue;
        if (input->about == NP_ABOUT_PERSON) range->kept[range->kept_count++] = input->slot;
    }
}

static void list_not_known(const probe *p, np_range *range)
{
    range->not_known = np_arena_array(p->arena, p->book->rule_count + 1, sizeof *range->not_known);
    for (size_t i = 0; i < p->book->rule_count; i++)
        if (p->unknown[i]) range->not_known[range->not_known_count++] = (uint16_t)i;
}

/* The range, begun again whenever a combination brings in another part. */
static bool range_of_parts(probe *p, np_num middle, np_range *range)
{
    size_t known;
    do {
        known = p->count;
        add_no_answer(p);
        size_t combinations = count_combinations(p);
        *range = (np_range){.low = middle, .high = middle, .figures_low = middle, .figures_high = middle};
        range->exact = combinations <= COMBINATIONS_MAX;
        range->unanswered = np_arena_array(p->arena, known + 1, sizeof *range->unanswered);
        range->moving = np_arena_array(p->arena, known + 1, sizeof *range->moving);
        if (!(range->exact ? all_of_them(p, combinations, range) : one_at_a_time(p, middle, range))) return false;
    } while (p->count > known);
    return true;
}

bool np_net_range(const np_situation *situation, np_arena *arena, np_diags *diags, np_range *range)
{
    probe p = np_probe_new(situation, arena, diags);
    np_num middle;
    if (!np_probe_find(&p, &middle) || !range_of_parts(&p, middle, range)) return false;
    range->figures = p.took_part;
    for (size_t i = 0; i < p.book->uncertain_count; i++) range->figures[i] = p.took_part[i] && p.in_lines[i];
    range->payslips = p.payslips;
    list_kept(&p, range);
    list_not_known(&p, range);
    range->complete = range->exact && range->kept_count == 0 && range->not_known_count == 0;
    return true;
}

/* ---- the values of the least and the most ---- */

static void keep_values(probe *p, size_t combination, bool most)
{
    for (size_t i = 0; i < p->count; i++) {
        size_t value = value_in(&p->parts[i], combination);
        *(most ? &p->parts[i].most : &p->parts[i].least) = value;
    }
}

static bool best_combinations(probe *p, size_t combinations)
{
    np_num *nets = np_arena_array(p->arena, combinations, sizeof *nets);
    np_range range = {.low = np_num_int(0), .high = np_num_int(0)};
    size_t least = 0, most = 0, known = p->count;
    range.figures_low = range.figures_high = range.low;
    if (!every_combination(p, combinations, nets, &range)) return false;
    if (p->count > known) return true;
    for (size_t c = 1; c < combinations; c++) {
        if (np_num_compare(nets[c], nets[least]) < 0) least = c;
        if (np_num_compare(nets[c], nets[most]) > 0) most = c;
    }
    keep_values(p, least, false);
    keep_values(p, most, true);
    return true;
}

static bool best_one_at_a_time(probe *p, np_num middle)
{
    for (size_t i = 0; i < p->count; i++) {
        np_unanswered row;
        if (!extremes(p, &p->parts[i], middle, &p->parts[i].least, &p->parts[i].most, &row)) return false;
    }
    return true;
}

struct np_open_month {
    probe probe;
    np_num middle;
};

np_open_month *np_open_points(const np_situation *situation, np_arena *arena, np_diags *diags, np_open_point **points,
                              size_t *count)
{
    np_open_month *month = np_arena_alloc(arena, sizeof *month);
    month->probe = np_probe_new(situation, arena, diags);
    month->probe.once = true;
    if (!np_probe_find(&month->probe, &month->middle)) return NULL;
    *points = month->probe.parts;
    *count = month->probe.count;
    return month;
}

bool np_extreme_points(np_open_month *month, size_t *count)
{
    probe *p = &month->probe;
    do {
        *count = p->count;
        size_t combinations = count_combinations(p);
        bool ok = combinations <= COMBINATIONS_MAX ? best_combinations(p, combinations)
                                                   : best_one_at_a_time(p, month->middle);
        if (!ok) return false;
    } while (p->count > *count);
    return true;
}

/* ---- what moves the net most ---- */

static int by_spread(const void *a, const void *b)
{
    const np_sensitivity *x = a, *y = b;
    int order = np_num_compare(y->spread, x->spread);
    return order ? order : x->uncertain - y->uncertain;
}

bool np_net_sensitivity(const np_situation *situation, np_arena *arena, np_diags *diags, np_sensitivity **rows,
                        size_t *count)
{
    probe p = np_probe_new(situation, arena, diags);
    np_num middle;
    if (!np_probe_find(&p, &middle)) return false;
    np_sensitivity *found = np_arena_array(arena, p.count + 1, sizeof *found);
    *count = 0;
    for (size_t i = 0; i < p.count; i++) {
        np_sensitivity *row = &found[*count];
        if (p.parts[i].is_input) continue;
        row->uncertain = p.parts[i].index;
        np_probe_choose(&p, &p.parts[i], 0);
        if (!net_of(&p, &row->net_low)) return false;
        np_probe_choose(&p, &p.parts[i], 1);
        if (!net_of(&p, &row->net_high)) return false;
        np_probe_leave(&p, &p.parts[i]);
        np_num spread = np_num_sub(arena, row->net_high, row->net_low);
        row->spread = np_num_sign(spread) < 0 ? np_num_neg(arena, spread) : spread;
        *count += np_num_sign(spread) != 0; /* else it took part, and decided nothing */
    }
    if (*count > 1) qsort(found, *count, sizeof *found, by_spread);
    *rows = found;
    return true;
}
