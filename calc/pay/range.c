#include "natopay/pay/range.h"

#include <stdlib.h>
#include <string.h>

enum { COMBINATIONS_MAX = 1024, VALUES_MAX = 8, PARTS_MAX = 256 };

/* Something that may turn out in several ways: an uncertain figure (low, high) or an unanswered input. */
typedef struct open_point {
    bool is_input;
    uint16_t index; /* of the uncertain figure, or slot of the input */
    bool asked;     /* an input that the payslip itself, without any answer, looks at */
    size_t count;
    np_value values[VALUES_MAX]; /* of an input */
    size_t base;                 /* the value that gives the net of no answer */
    size_t stride;               /* how far apart combinations lie that differ in this part alone */
} open_point;

typedef struct probe {
    const np_book *book;
    np_situation *situation; /* a copy, whose unanswered inputs are answered in turn */
    np_arena *arena;
    np_diags *diags;
    np_payslip *payslip; /* traced: it says which inputs took part */
    np_payslip *plain;
    uint8_t *ends;   /* [uncertain] */
    bool *took_part; /* [uncertain]: it has a range, and something looked at it */
    bool *in_lines;  /* [uncertain]: a line of the net may rest on it */
    bool *seen;      /* [slot]: inputs that took part somewhere */
    bool *unknown;   /* [rule]: its amount was not known somewhere */
    open_point *parts;
    size_t count;
    size_t payslips;
} probe;

static probe new_probe(const np_situation *situation, np_arena *arena, np_diags *diags)
{
    const np_book *book = situation->book;
    probe p = {.book = book, .arena = arena, .diags = diags};
    p.situation = np_situation_copy(situation, arena);
    p.payslip = np_payslip_new(book, arena, true);
    p.plain = np_payslip_new(book, arena, false);
    p.ends = np_arena_array(arena, book->uncertain_count + 1, sizeof *p.ends);
    p.took_part = np_arena_array(arena, book->uncertain_count + 1, sizeof *p.took_part);
    p.in_lines = np_arena_array(arena, book->uncertain_count + 1, sizeof *p.in_lines);
    p.seen = np_arena_array(arena, book->slot_count + 1, sizeof *p.seen);
    p.unknown = np_arena_array(arena, book->rule_count + 1, sizeof *p.unknown);
    p.parts = np_arena_array(arena, PARTS_MAX, sizeof *p.parts);
    return p;
}

static bool net_of(probe *p, np_num *net)
{
    np_pay_options options = {.ends = p->ends, .took_part = p->took_part};
    p->payslips++;
    if (!np_payslip_compute(p->plain, p->situation, p->diags, &options)) return false;
    *net = p->plain->net.amount;
    return true;
}

static bool in_net(const np_rule *rule)
{
    return rule->kind == NP_SALARY || rule->kind == NP_ALLOWANCE || rule->kind == NP_DEDUCTION;
}

/* Compute with a trace, and note which inputs took part in the lines of the net and which amounts are not known. */
static bool look(probe *p, np_num *net)
{
    np_pay_options options = {.ends = p->ends, .took_part = p->took_part};
    p->payslips++;
    if (!np_payslip_compute(p->payslip, p->situation, p->diags, &options)) return false;
    *net = p->payslip->net.amount;
    np_basis *basis = np_basis_new(p->book, p->arena);
    basis->brief = true;
    basis->figures = p->in_lines;
    for (size_t i = 0; i < p->book->rule_count; i++) {
        const np_line *line = &p->payslip->lines[i];
        if (!in_net(&p->book->rules[i])) continue;
        np_basis_add_line(basis, p->payslip, &p->book->rules[i]);
        if (line->state == NP_LINE_OPEN && line->missing->gap) p->unknown[i] = true;
    }
    for (size_t slot = 0; slot < p->book->slot_count; slot++) p->seen[slot] = p->seen[slot] || basis->inputs[slot];
    return true;
}

/* ---- what may be answered ---- */

/* Some country that is not the one of duty: a member, if there is one. */
static uint16_t another_country(const np_book *book, uint16_t duty)
{
    uint16_t found = duty;
    for (uint16_t i = 0; i < book->country_count; i++) {
        if (i == duty) continue;
        if (book->countries[i].member) return i;
        if (found == duty) found = i;
    }
    return found;
}

static void add_value(open_point *part, np_value value)
{
    if (part->count < VALUES_MAX) part->values[part->count++] = value;
}

static bool list_answers(probe *p, const np_input *input, open_point *part)
{
    np_value value = {.type = (uint8_t)input->type};
    if (input->range_low.root && input->range_high.root) {
        np_eval eval = {.book = p->book,
                        .situation = p->situation,
                        .arena = p->arena,
                        .diags = p->diags,
                        .slots = p->payslip->slots};
        const np_formula *ends[2] = {&input->range_low, &input->range_high};
        for (size_t i = 0; i < 2; i++) {
            value = np_eval_formula(&eval, ends[i]);
            if (eval.failed) return false;
            if (!value.unknown) add_value(part, value);
        }
    } else if (input->type == NP_TRUTH) {
        for (int truth = 0; truth < 2; truth++) {
            value.as.truth = truth;
            add_value(part, value);
        }
    } else if (input->type == NP_COUNTRY) {
        const np_value *duty = &p->payslip->slots[p->book->country_slot];
        value.as.country = duty->as.country;
        if (duty->unknown) return true;
        add_value(part, value);
        value.as.country = another_country(p->book, duty->as.country);
        add_value(part, value);
    } else {
        for (size_t i = 0; i < input->choice_count; i++) {
            value.as.text = input->choices[i];
            add_value(part, value);
        }
    }
    return true;
}

static bool is_asked(const probe *p, const np_input *input)
{
    bool personal = input->about && (strcmp(input->about, "person") == 0 || strcmp(input->about, "post") == 0);
    return personal && input->slot != p->book->country_slot && !p->situation->given[input->slot];
}

static bool has_part(const probe *p, bool is_input, uint16_t index)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->parts[i].is_input == is_input && p->parts[i].index == index) return true;
    return false;
}

/* What took part so far and is not among the parts yet. */
static bool add_parts(probe *p, bool asked)
{
    for (uint16_t i = 0; i < p->book->uncertain_count && p->count < PARTS_MAX; i++)
        if (p->took_part[i] && p->in_lines[i] && !has_part(p, false, i))
            p->parts[p->count++] = (open_point){.index = i, .count = 2};
    for (size_t i = 0; i < p->book->input_count && p->count < PARTS_MAX; i++) {
        const np_input *input = &p->book->inputs[i];
        if (!input->in_range || !is_asked(p, input) || !p->seen[input->slot] || has_part(p, true, input->slot))
            continue;
        open_point *added = &p->parts[p->count];
        *added = (open_point){.is_input = true, .index = input->slot, .asked = asked};
        if (!list_answers(p, input, added)) return false;
        p->count += added->count > 1;
    }
    return true;
}

static void choose(probe *p, const open_point *part, size_t value)
{
    if (part->is_input)
        np_situation_set_value(p->situation, part->index, part->values[value]);
    else
        p->ends[part->index] = value ? NP_HIGH : NP_LOW;
}

static void leave(probe *p, const open_point *part)
{
    if (part->is_input)
        np_situation_forget(p->situation, part->index);
    else
        p->ends[part->index] = NP_MIDDLE;
}

enum { DEPTH_MAX = 4 };

/* One end or answer may bring another figure or question into play: go on from there, until none does. An answer's base
 * is the one that gives the net of no answer. */
static bool explore(probe *p, size_t from, np_num middle, unsigned depth)
{
    for (size_t i = from; i < p->count; i++) {
        bool based = false;
        for (size_t value = 0; value < p->parts[i].count; value++) {
            np_num net;
            size_t known = p->count;
            choose(p, &p->parts[i], value);
            if (!look(p, &net)) return false;
            if (!based && np_num_compare(net, middle) == 0) {
                p->parts[i].base = value;
                based = true;
            }
            if (!add_parts(p, false)) return false;
            if (p->count > known && depth < DEPTH_MAX && !explore(p, known, net, depth + 1)) return false;
        }
        leave(p, &p->parts[i]);
    }
    return true;
}

static bool find_parts(probe *p, np_num *middle)
{
    return look(p, middle) && add_parts(p, true) && explore(p, 0, *middle, 0);
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

static bool every_combination(probe *p, size_t combinations, np_num *nets, np_range *range)
{
    for (size_t c = 0; c < combinations; c++) {
        bool answers_as_they_are = true;
        for (size_t i = 0; i < p->count; i++) {
            size_t value = value_in(&p->parts[i], c);
            choose(p, &p->parts[i], value);
            answers_as_they_are = answers_as_they_are && (!p->parts[i].is_input || value == p->parts[i].base);
        }
        if (!net_of(p, &nets[c])) return false;
        widen(&range->low, &range->high, nets[c]);
        if (answers_as_they_are) widen(&range->figures_low, &range->figures_high, nets[c]);
    }
    return true;
}

/* How far an answer moves the net at most, whatever the rest is. */
static np_unanswered effect(const probe *p, const open_point *part, const np_num *nets, size_t combinations)
{
    np_unanswered found = {.slot = part->index, .rise = np_num_int(0), .fall = np_num_int(0)};
    for (size_t c = 0; c < combinations; c++) {
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
    if (!every_combination(p, combinations, nets, range)) return false;
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
        choose(p, part, value);
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
    leave(p, part);
    return true;
}

static bool widen_at(probe *p, const size_t *values, bool inputs, np_range *range)
{
    np_num net;
    for (size_t i = 0; i < p->count; i++) {
        if (!p->parts[i].is_input || inputs) choose(p, &p->parts[i], values[i]);
    }
    if (!net_of(p, &net)) return false;
    for (size_t i = 0; i < p->count; i++) leave(p, &p->parts[i]);
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
        if (finite || !is_asked(p, input) || !p->seen[input->slot]) continue;
        if (strcmp(input->about, "person") == 0) range->kept[range->kept_count++] = input->slot;
    }
}

static void list_not_known(const probe *p, np_range *range)
{
    range->not_known = np_arena_array(p->arena, p->book->rule_count + 1, sizeof *range->not_known);
    for (size_t i = 0; i < p->book->rule_count; i++)
        if (p->unknown[i]) range->not_known[range->not_known_count++] = (uint16_t)i;
}

bool np_net_range(const np_situation *situation, np_arena *arena, np_diags *diags, np_range *range)
{
    probe p = new_probe(situation, arena, diags);
    np_num middle;
    if (!find_parts(&p, &middle)) return false;
    size_t combinations = count_combinations(&p);
    *range = (np_range){.low = middle, .high = middle, .figures_low = middle, .figures_high = middle};
    range->exact = combinations <= COMBINATIONS_MAX;
    range->unanswered = np_arena_array(arena, p.count + 1, sizeof *range->unanswered);
    range->moving = np_arena_array(arena, p.count + 1, sizeof *range->moving);
    bool ok = range->exact ? all_of_them(&p, combinations, range) : one_at_a_time(&p, middle, range);
    if (!ok) return false;
    range->figures = p.took_part;
    for (size_t i = 0; i < p.book->uncertain_count; i++) range->figures[i] = p.took_part[i] && p.in_lines[i];
    range->payslips = p.payslips;
    list_kept(&p, range);
    list_not_known(&p, range);
    range->complete = range->exact && range->kept_count == 0 && range->not_known_count == 0;
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
    probe p = new_probe(situation, arena, diags);
    np_num middle;
    if (!find_parts(&p, &middle)) return false;
    np_sensitivity *found = np_arena_array(arena, p.count + 1, sizeof *found);
    *count = 0;
    for (size_t i = 0; i < p.count; i++) {
        np_sensitivity *row = &found[*count];
        if (p.parts[i].is_input) continue;
        row->uncertain = p.parts[i].index;
        choose(&p, &p.parts[i], 0);
        if (!net_of(&p, &row->net_low)) return false;
        choose(&p, &p.parts[i], 1);
        if (!net_of(&p, &row->net_high)) return false;
        leave(&p, &p.parts[i]);
        np_num spread = np_num_sub(arena, row->net_high, row->net_low);
        row->spread = np_num_sign(spread) < 0 ? np_num_neg(arena, spread) : spread;
        *count += np_num_sign(spread) != 0; /* else it took part, and decided nothing */
    }
    if (*count > 1) qsort(found, *count, sizeof *found, by_spread);
    *rows = found;
    return true;
}
