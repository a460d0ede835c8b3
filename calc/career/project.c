/* The projection: from one month in which something may change to the next. */
#include <string.h>

#include "natopay/career/month.h"
#include "parts.h"

size_t np_first_line(const np_book *book)
{
    size_t first = 0;
    while (first < book->rule_count && book->rules[first].kind == NP_FACT) first++;
    return first;
}

const np_line *np_stretch_line(const np_book *book, const np_stretch *stretch, const np_rule *rule)
{
    return stretch->lines ? &stretch->lines[(size_t)(rule - book->rules) - np_first_line(book)] : NULL;
}

/* ---- what was asked for ---- */

const np_path *np_career_chosen_path(np_career *career, const np_path *asked)
{
    const np_book *book = career->book;
    if (career->twin_grade == UINT16_MAX) return NULL;
    if (asked) return asked;
    uint16_t slot = book->career->slots.twin_advancement;
    const np_value *name = slot == UINT16_MAX ? NULL : &career->first_slots[slot];
    int found = name && !name->unknown ? np_book_path(book, name->as.text) : -1;
    return found < 0 ? NULL : &book->career->paths[found];
}

static bool lay_out(np_career *career, const np_project_options *options, np_projection *p)
{
    const np_terms *terms = &career->terms;
    if (options->months < 1 || options->months > NP_MONTHS_MAX) {
        np_diag *diag = np_report(career->diags, NP_CODE_BAD_HORIZON, np_span_none(),
                                  "a projection covers 1 to %d months, not %d", NP_MONTHS_MAX, options->months);
        np_diag_hint(career->diags, diag, "use for example 36 or 72");
        return false;
    }
    p->until = np_date_span_end(terms->start, (np_duration){options->months, 0});
    if (p->until == NP_DATE_NONE) {
        np_report(career->diags, NP_CODE_DATE_RANGE, np_span_none(), "the projection runs past the year %d",
                  NP_YEAR_LAST);
        return false;
    }
    p->months = options->months;
    p->from = terms->start;
    bool ends = terms->service_end != NP_DATE_NONE && terms->service_end < p->until;
    p->last = ends ? terms->service_end : p->until;
    p->path = np_career_chosen_path(career, options->path);
    return true;
}

/* ---- stretches ---- */

/* Whether this month is paid exactly as the stretch before it. */
static bool goes_on(const np_course *run, const np_stretch *before)
{
    const np_payslip *payslip = run->career->payslip;
    const np_book *book = payslip->book;
    if (!before || run->options->monthly || run->grade != before->grade || run->step != before->step) return false;
    if (before->currency != payslip->currency) return false;
    if (before->once.status != payslip->once.status) return false;
    if (np_num_compare(before->once.amount, payslip->once.amount) != 0) return false;
    for (size_t i = 0; i < book->rule_count; i++) {
        uint16_t slot = book->rules[i].slot;
        bool once = book->once.bits[slot / 64] >> (slot % 64) & 1; /* compared above, as far as it is paid */
        if (book->rules[i].kind != NP_FACT && !once && payslip->stands[slot].changed) return false;
    }
    return true;
}

static np_date last_paid_day(const np_projection *p, np_date month_after)
{
    return month_after - 1 < p->last ? month_after - 1 : p->last;
}

static void add_stretch(np_course *run, np_date month, np_date after)
{
    np_projection *p = run->projection;
    const np_payslip *payslip = run->career->payslip;
    const np_book *book = payslip->book;
    np_arena *arena = run->career->arena;
    np_stretch *before = p->stretch_count ? &p->stretches[p->stretch_count - 1] : NULL;
    int32_t months = np_date_months_apart(month, after);
    if (goes_on(run, before)) {
        before->months += months;
        before->to = last_paid_day(p, after);
        return;
    }
    p->stretches = np_arena_grow(arena, p->stretches, &p->stretch_capacity, p->stretch_count + 1, sizeof *p->stretches);
    before = p->stretch_count ? &p->stretches[p->stretch_count - 1] : NULL;
    np_stretch *stretch = &p->stretches[p->stretch_count++];
    *stretch = (np_stretch){.month = month,
                            .from = month > p->from ? month : p->from,
                            .to = last_paid_day(p, after),
                            .months = months,
                            .grade = run->grade,
                            .currency = payslip->currency,
                            .step = run->step,
                            .gross = payslip->gross,
                            .deductions = payslip->deductions,
                            .net = payslip->net,
                            .employer = payslip->employer,
                            .once = payslip->once,
                            .open_lines = payslip->open_lines};
    if (run->options->lines) {
        size_t first = np_first_line(book), count = book->rule_count - first;
        np_line *lines = np_arena_array(arena, count + 1, sizeof *lines);
        memcpy(lines, payslip->lines + first, count * sizeof *lines);
        stretch->lines = lines;
    }
    if (run->options->causes) np_causes_find(run, stretch, before);
}

/* ---- the run ---- */

static void begin(np_career *career)
{
    const np_book *book = career->book;
    const np_career_slots *at = &book->career->slots;
    np_payslip *payslip = career->payslip;
    memcpy(payslip->slots, career->first_slots, book->slot_count * sizeof *payslip->slots);
    memcpy(payslip->lines, career->first_lines, book->rule_count * sizeof *payslip->lines);
    memcpy(payslip->stands, career->first_stands, book->slot_count * sizeof *payslip->stands);
    np_set_grade(career->situation, at->grade, career->grade);
    np_set_number(career->situation, at->step, career->step);
    if (career->terms.service_end == NP_DATE_NONE && at->end != UINT16_MAX)
        np_situation_forget(career->situation, at->end);
    np_terms_apply(career);
}

/* What the inputs are in this month. */
static void set_month(np_course *run, np_date month)
{
    np_career *career = run->career;
    const np_career_slots *at = &career->book->career->slots;
    np_situation_at(career->situation, &career->terms, month, run->grade, run->step);
    /* a projection that stops within a month pays its days, as when service ended */
    if (np_date_month_end(month) > run->projection->last)
        np_set_date(career->situation, at->end, run->projection->last);
}

static np_date next_month_to_look(const np_course *run, np_date month)
{
    const np_projection *p = run->projection;
    if (run->options->monthly) return np_date_month_end(month) + 1;
    np_date next = np_date_month_end(p->last) + 1; /* the month after the last */
    np_date cut = np_date_month_start(p->last);
    if (np_date_month_end(cut) > p->last && cut > month && cut < next) next = cut;
    np_date event = np_course_next(run), horizon = run->career->payslip->horizon;
    if (event < next) next = event;
    if (horizon < next) next = horizon;
    return next > month ? next : np_date_month_end(month) + 1;
}

static bool compute(np_course *run)
{
    np_career *career = run->career;
    np_pay_options options = {.projecting = !run->options->monthly, .ends = career->ends};
    if (!run->options->monthly) return np_payslip_next(career->payslip, career->situation, career->diags, &options);
    return np_payslip_compute(career->payslip, career->situation, career->diags, &options);
}

static void add_up(np_projection *p, np_arena *arena)
{
    np_sum_zero(&p->total);
    for (size_t i = 0; i < p->stretch_count; i++)
        np_sum_add(arena, &p->total, &p->stretches[i], p->stretches[i].months);
}

np_projection *np_career_project(np_career *career, const np_project_options *options)
{
    np_projection *p = np_arena_alloc(career->arena, sizeof *p);
    p->career = career;
    if (!lay_out(career, options, p)) return NULL;
    np_course run = {.career = career, .projection = p, .options = options};
    begin(career);
    if (!np_course_start(&run)) return NULL;
    np_date month = np_date_month_start(p->from), end = np_date_month_end(p->last);
    while (month <= end) {
        if (!np_course_month(&run, month)) return NULL;
        set_month(&run, month);
        if (!compute(&run)) return NULL;
        np_date next = next_month_to_look(&run, month);
        add_stretch(&run, month, next);
        month = next;
    }
    add_up(p, career->arena);
    return p;
}
