/* Why two months differ: which part of which formula said that its result would not stand, and what it is about. */
#include <string.h>

#include "natopay/book/scale.h"
#include "natopay/pay/slot.h"
#include "career_internal.h"

static bool has(const np_slot_set *set, uint16_t slot)
{
    return set->bits[slot / 64] >> (slot % 64) & 1;
}

typedef struct finder {
    np_states *states;
    const np_career_state *run;
    np_stretch *stretch;
    size_t capacity;
    np_slot_set matters;            /* slots that a line of the payslip which changed rests on */
    uint16_t changed[NP_SLOTS_MAX]; /* in the order of evaluation */
    size_t changed_count;
} finder;

static void add(finder *f, np_cause cause)
{
    np_stretch *s = f->stretch;
    for (size_t i = 0; i < s->cause_count; i++)
        if (s->causes[i].kind == cause.kind && s->causes[i].index == cause.index &&
            s->causes[i].number == cause.number && s->causes[i].on == cause.on)
            return;
    s->causes = np_arena_grow(f->run->career->arena, s->causes, &f->capacity, s->cause_count + 1, sizeof *s->causes);
    s->causes[s->cause_count++] = cause;
}

/* ---- one reason ---- */

static bool number_at(finder *f, const np_formula *formula, np_node *node, int64_t *number)
{
    np_career *career = f->run->career;
    np_formula part = {node, formula->key};
    np_eval eval = {.book = career->book,
                    .situation = career->situation,
                    .arena = career->arena,
                    .diags = career->diags,
                    .slots = career->payslip->slots};
    np_value value = np_eval_formula(&eval, &part);
    return !value.unknown && np_num_to_int(value.as.number, number);
}

/* Children whose birth or birthday falls into the months between which the count changed. */
static bool children(finder *f, const np_formula *formula, const np_node *node)
{
    np_date month = f->stretch->month;
    const np_node *list = node->args[0];
    int64_t ages[2];
    if (list->op != NP_OP_SLOT) return false;
    const np_value *births = &f->run->career->payslip->slots[list->index];
    if (births->unknown || births->type != NP_DATES) return false;
    bool found = false;
    for (int end = 0; end < 2; end++) {
        if (!number_at(f, formula, node->args[end + 1], &ages[end])) continue;
        for (size_t i = 0; i < births->as.dates.count; i++) {
            np_date birth = births->as.dates.items[i];
            np_date day = np_date_add_months(birth, (int32_t)ages[end] * 12);
            /* from the month in which one age is reached until the end of that in which the other is */
            bool here = day != NP_DATE_NONE &&
                        (end == 0 ? np_date_month_start(day) == month : np_date_month_end(day) + 1 == month);
            if (!here) continue;
            found = true;
            add(f, (np_cause){ages[end] ? NP_CAUSE_CHILD_AGED : NP_CAUSE_CHILD_BORN, 0, ages[end], birth});
        }
    }
    return found;
}

static bool called(finder *f, uint16_t slot, const np_formula *formula, const np_node *node)
{
    np_career *career = f->run->career;
    const np_book *book = career->book;
    np_date month = f->stretch->month;
    const np_value *value = &career->payslip->slots[slot];
    int64_t number = 0;
    switch ((np_function)node->index) {
    case NP_FN_NUMBER_AGED:
        return children(f, formula, node);
    case NP_FN_YEARS_BETWEEN:
        if (value->unknown || value->type != NP_NUMBER || !np_num_to_int(value->as.number, &number)) return false;
        add(f, (np_cause){NP_CAUSE_YEARS, slot, number, month});
        return true;
    case NP_FN_SCALE:
    case NP_FN_SCALE_DATE: {
        const np_value *country = np_scale_country(book, &career->payslip->slots[book->country_slot]);
        const np_scale *scale = np_scale_on(book, country->as.country, month);
        if (!scale || np_date_month_from(scale->from) != month) return false;
        add(f, (np_cause){NP_CAUSE_SCALE, country->as.country, 0, scale->from});
        return true;
    }
    case NP_FN_SHARE_OF_MONTH: /* the last month speaks for itself */
        if (np_date_month_end(month) <= f->run->projection->last) add(f, (np_cause){NP_CAUSE_FULL_MONTH, 0, 0, month});
        return true;
    default:
        return false;
    }
}

static bool rule_dates(finder *f, uint16_t slot)
{
    const np_book *book = f->run->career->book;
    if (book->slots[slot].kind != NP_SLOT_RULE) return false;
    const np_rule *rule = &book->rules[book->slots[slot].index];
    np_date month = f->stretch->month;
    if (rule->from != NP_DATE_NONE && np_date_month_from(rule->from) == month) {
        add(f, (np_cause){NP_CAUSE_RULE_BEGINS, slot, 0, rule->from});
        return true;
    }
    if (rule->until == NP_DATE_NONE || np_date_month_from(rule->until + 1) != month) return false;
    add(f, (np_cause){NP_CAUSE_RULE_ENDS, slot, 0, rule->until});
    return true;
}

static void add_reason(finder *f, uint16_t slot, const np_validity *validity)
{
    const np_node *node = validity->horizon_node;
    bool found = false;
    if (!node) found = rule_dates(f, slot);
    if (node && node->op == NP_OP_CALL) found = called(f, slot, validity->horizon_formula, node);
    if (node && node->op == NP_OP_PARAMETER) {
        add(f, (np_cause){NP_CAUSE_PARAMETER, node->index, 0, f->stretch->month});
        found = true;
    }
    if (!found) add(f, (np_cause){NP_CAUSE_OTHER, slot, 0, f->stretch->month});
}

/* Whether a slot changed by itself, because of the month: the state before then said that it would not stand. */
static bool changed_by_itself(finder *f, uint16_t slot)
{
    np_payslip *before = f->states->before;
    if (!np_projector_may_change(f->run->career->projector, slot, f->stretch->month)) return false;
    np_diags quiet;
    np_diags_init(&quiet, before->arena);
    np_pay_options options = {.projecting = true};
    np_eval eval = np_payslip_eval(before, f->run->career->situation, &quiet, &options);
    return np_payslip_slot(&eval, before, slot) && before->validity[slot].horizon <= f->stretch->month;
}

/* ---- all of a month ---- */

static void list_changed(finder *f)
{
    const np_book *book = f->run->career->book;
    for (size_t w = 0; w < NP_SLOTS_MAX / 64; w++)
        for (uint64_t bits = f->states->changed.bits[w]; bits; bits &= bits - 1)
            f->changed[f->changed_count++] = book->order[64 * w + (size_t)__builtin_ctzll(bits)];
}

/* From the lines that changed back to the slots that they rest on, as far as those changed too. */
static void find_what_matters(finder *f)
{
    const np_payslip *payslip = f->run->career->payslip;
    const np_book *book = payslip->book;
    for (size_t i = f->changed_count; i-- > 0;) {
        uint16_t slot = f->changed[i];
        const np_slot *s = &book->slots[slot];
        /* what comes once on a day is told by add_once */
        bool line = s->kind == NP_SLOT_RULE && book->rules[s->index].kind != NP_FACT && !has(&book->once, slot);
        if (!line && !has(&f->matters, slot)) continue;
        f->matters.bits[slot / 64] |= (uint64_t)1 << (slot % 64);
        for (size_t w = 0; w < NP_SLOTS_MAX / 64; w++) f->matters.bits[w] |= book->depends[slot].bits[w];
    }
}

static void add_once(finder *f, const np_stretch *before)
{
    const np_payslip *payslip = f->run->career->payslip;
    const np_book *book = payslip->book;
    bool any = false;
    for (size_t i = 0; i < book->rule_count; i++) {
        const np_line *line = &payslip->lines[i];
        if (book->rules[i].kind != NP_ONCE || line->state != NP_LINE_DUE || line->date == NP_DATE_NONE) continue;
        if (!np_date_same_month(line->date, payslip->date)) continue;
        add(f, (np_cause){NP_CAUSE_ONCE, book->rules[i].slot, 0, line->date});
        any = true;
    }
    bool paid = before && (np_num_sign(before->once.amount) != 0 || before->once.status != NP_PUBLISHED);
    if (paid && !any) add(f, (np_cause){NP_CAUSE_ONCE_OVER, 0, 0, f->stretch->month});
}

/* The grade in which a step is taken on the very day of an advancement out of it; UINT16_MAX: none. */
static uint16_t grade_left(const np_projection *p, size_t step)
{
    bool left = step + 1 < p->event_count && p->events[step + 1].event == NP_EVENT_ADVANCEMENT &&
                p->events[step + 1].on == p->events[step].on;
    return left ? p->events[step].grade : UINT16_MAX;
}

static void add_events(finder *f)
{
    const np_career_state *run = f->run;
    const np_projection *p = run->projection;
    for (size_t i = 0; i < p->event_count; i++) {
        const np_career_event *h = &p->events[i];
        /* most are of another month, which their days say */
        bool by_start = h->on <= p->from;
        if (by_start ? f->stretch->month > p->from : h->on > f->stretch->month || h->on < f->stretch->month - 31)
            continue;
        np_date counts = by_start ? np_date_month_start(p->from) : np_date_month_from(h->on);
        if (counts != f->stretch->month) continue;
        if (h->event == NP_EVENT_ADVANCEMENT) add(f, (np_cause){NP_CAUSE_ADVANCEMENT, h->grade, 0, h->on});
        if (h->event == NP_EVENT_STEP) add(f, (np_cause){NP_CAUSE_STEP, grade_left(p, i), h->step, h->on});
    }
}

void np_causes_find(np_states *states, np_stretch *stretch, const np_stretch *before)
{
    const np_career_state *run = &states->career_state;
    finder f;
    f.states = states;
    f.run = run;
    f.stretch = stretch;
    f.capacity = f.changed_count = 0;
    memset(&f.matters, 0, sizeof f.matters);
    np_date month = stretch->month, end = np_date_month_end(month);
    if (!before) {
        bool whole = stretch->from == month;
        add(&f, (np_cause){NP_CAUSE_START, 0, whole ? 0 : end - stretch->from + 1, stretch->from});
    }
    add_events(&f);
    if (before) {
        list_changed(&f);
        find_what_matters(&f);
        for (size_t i = 0; i < f.changed_count; i++) {
            uint16_t slot = f.changed[i];
            if (has(&f.matters, slot) && changed_by_itself(&f, slot))
                add_reason(&f, slot, &states->before->validity[slot]);
        }
    }
    add_once(&f, before);
    if (end > run->projection->last)
        add(&f, (np_cause){NP_CAUSE_LAST_DAYS, 0, run->projection->last - stretch->from + 1, run->projection->last});
}
