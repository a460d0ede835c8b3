/* What a month's net depends on and is not sure: uncertain figures, and inputs that nobody answered. */
#include <string.h>

#include "range_internal.h"

probe np_probe_new(const np_situation *situation, np_arena *arena, np_diags *diags)
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
    p.seen_figures = np_arena_array(arena, book->uncertain_count + 1, sizeof *p.seen_figures);
    p.seen_lines = np_arena_array(arena, book->rule_count + 1, sizeof *p.seen_lines);
    p.parts = np_arena_array(arena, NP_OPEN_POINTS_MAX, sizeof *p.parts);
    return p;
}

static bool counts(const probe *p, const np_rule *rule)
{
    if (rule->kind == NP_ONCE) return p->once;
    return rule->kind >= NP_SALARY && rule->kind <= NP_ADJUSTMENT;
}

/* Compute with a trace, and note which inputs took part in the lines that count and which amounts are not known. */
static bool look(probe *p, np_num *net)
{
    np_pay_options options = {.ends = p->ends, .took_part = p->took_part};
    p->payslips++;
    if (!np_payslip_compute(p->payslip, p->situation, p->diags, &options)) return false;
    *net = p->payslip->net.amount;
    np_provenance *basis = np_provenance_new(p->book, p->arena);
    basis->brief = true;
    basis->figures = p->in_lines;
    for (size_t i = 0; i < p->book->rule_count; i++) {
        const np_line *line = &p->payslip->lines[i];
        p->seen_lines[i] = p->seen_lines[i] || line->state == NP_LINE_DUE;
        if (!counts(p, &p->book->rules[i])) continue;
        np_provenance_add_line(basis, p->payslip, &p->book->rules[i]);
        if (line->state == NP_LINE_OPEN && line->missing->gap) p->unknown[i] = true;
    }
    for (size_t slot = 0; slot < p->book->slot_count; slot++) p->seen[slot] = p->seen[slot] || basis->inputs[slot];
    memcpy(p->seen_figures, p->took_part, p->book->uncertain_count * sizeof *p->took_part);
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
    if (part->count < NP_OPEN_VALUES) part->values[part->count++] = value;
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

bool np_probe_is_asked(const probe *p, const np_input *input)
{
    bool personal = input->about == NP_ABOUT_PERSON || input->about == NP_ABOUT_POST;
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
    for (uint16_t i = 0; i < p->book->uncertain_count && p->count < NP_OPEN_POINTS_MAX; i++)
        if (p->took_part[i] && p->in_lines[i] && !has_part(p, false, i))
            p->parts[p->count++] = (open_point){.index = i, .count = 2};
    for (size_t i = 0; i < p->book->input_count && p->count < NP_OPEN_POINTS_MAX; i++) {
        const np_input *input = &p->book->inputs[i];
        if (!input->in_range || !np_probe_is_asked(p, input) || !p->seen[input->slot] || has_part(p, true, input->slot))
            continue;
        open_point *added = &p->parts[p->count];
        *added = (open_point){.is_input = true, .index = input->slot, .asked = asked};
        if (!list_answers(p, input, added)) return false;
        p->count += added->count > 1;
    }
    return true;
}

/* One end or answer may bring another figure or question into play, which is then among the parts that follow. An
 * answer's base is the one that gives the net of no answer. */
static bool explore(probe *p, size_t from, np_num middle)
{
    for (size_t i = from; i < p->count; i++) {
        bool based = false;
        for (size_t value = 0; value < p->parts[i].count; value++) {
            np_num net;
            np_probe_choose(p, &p->parts[i], value);
            if (!look(p, &net)) return false;
            if (!based && np_num_compare(net, middle) == 0) {
                p->parts[i].base = value;
                p->parts[i].based = based = true;
            }
            if (!add_parts(p, false)) return false;
        }
        np_probe_leave(p, &p->parts[i]);
    }
    return true;
}

static void leave_all(probe *p)
{
    for (size_t i = 0; i < p->count; i++) np_probe_leave(p, &p->parts[i]);
}

/* Inputs before figures, each in the order in which they were found. */
static void put_inputs_first(probe *p)
{
    size_t inputs = 0;
    for (size_t i = 0; i < p->count; i++) {
        if (!p->parts[i].is_input) continue;
        open_point found = p->parts[i];
        memmove(&p->parts[inputs + 1], &p->parts[inputs], (i - inputs) * sizeof found);
        p->parts[inputs++] = found;
    }
}

/* Several ends and answers together may bring in what none of them does alone: a limit of age that lets a child count,
 * an answer that makes its parent an expatriate, and then a share of the school's cost. */
bool np_probe_look_if_new(probe *p)
{
    np_num net;
    size_t known = p->count;
    bool is_new = memcmp(p->seen_figures, p->took_part, p->book->uncertain_count * sizeof *p->took_part) != 0;
    for (size_t i = 0; i < p->book->rule_count && !is_new; i++)
        is_new = p->plain->lines[i].state == NP_LINE_DUE && !p->seen_lines[i];
    if (!is_new) return true;
    if (!look(p, &net) || !add_parts(p, false)) return false;
    if (p->count == known) return true;
    if (!explore(p, known, net)) return false;
    leave_all(p);
    put_inputs_first(p);
    return true;
}

bool np_probe_find(probe *p, np_num *middle)
{
    if (!look(p, middle) || !add_parts(p, true) || !explore(p, 0, *middle)) return false;
    put_inputs_first(p);
    return true;
}

void np_probe_choose(probe *p, const open_point *part, size_t value)
{
    if (part->is_input && part->values[value].unknown)
        np_probe_leave(p, part);
    else if (part->is_input)
        np_situation_set_value(p->situation, part->index, part->values[value]);
    else
        p->ends[part->index] = value ? NP_HIGH : NP_LOW;
}

void np_probe_leave(probe *p, const open_point *part)
{
    if (part->is_input)
        np_situation_forget(p->situation, part->index);
    else
        p->ends[part->index] = NP_MIDDLE;
}
