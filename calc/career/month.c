/* The payslip of one month of a career, and what comes once in it on days of its own. */
#include "natopay/career/month.h"

#include <string.h>

#include "natopay/career/grade_history.h"
#include "career_internal.h"

/* ---- one month ---- */

static bool no_contract_fits(const np_diags *diags)
{
    for (const np_diag *diag = diags->first; diag; diag = diag->next)
        if (diag->code == NP_CODE_NO_CONTRACT_FITS) return true;
    return false;
}

/* Grade and step up to a month, of a book whose careers ask rules too. */
static bool follow_whole_career(np_month *m, np_situation *copy, np_arena *arena, np_diags *diags, np_date last,
                                np_grade_history *history)
{
    np_career *career = np_career_new(copy, arena, diags);
    if (!career || !np_grade_history_of_career(career, last, history)) return false;
    m->begins = career->first_slots;
    return true;
}

static bool follow_inputs(np_month *m, np_situation *copy, np_payslip *inputs, np_diags *diags, np_date last,
                          np_grade_history *history)
{
    if (!np_grade_history_inputs(copy, inputs, diags)) return false;
    np_value *begins = np_arena_array(inputs->arena, copy->book->slot_count + 1, sizeof *begins);
    memcpy(begins, inputs->slots, copy->book->slot_count * sizeof *begins);
    m->begins = begins;
    return np_grade_history_follow(copy, inputs, diags, NP_DATE_NONE, last, history);
}

/* The month that is asked for; NP_DATE_NONE when the situation has no career. */
static np_date month_asked(const np_situation *given, np_payslip *inputs)
{
    const np_book *book = given->book;
    const np_career_slots *at = &book->career->slots;
    np_diags discarded;
    np_diags_init(&discarded, inputs->arena);
    bool has = at->start != UINT16_MAX && at->grade != UINT16_MAX && given->given[at->start] && given->given[at->grade];
    if (!has || !np_inputs_read(given, inputs, &discarded, NULL) || inputs->slots[book->date_slot].unknown)
        return NP_DATE_NONE;
    return np_date_month_start(inputs->slots[book->date_slot].as.date);
}

static void give_back(np_month *m, uint16_t slot)
{
    if (slot == UINT16_MAX) return;
    m->situation->values[slot] = m->given->values[slot];
    m->situation->given[slot] = m->given->given[slot];
    m->situation->by_career[slot] = m->given->by_career[slot];
}

/* What the career has not changed stays as it was given, or by default: explanations say so. */
static void give_back_unchanged(np_month *m)
{
    const np_book *book = m->given->book;
    const np_career_slots *at = &book->career->slots;
    const np_value *now = m->situation->values, *then = m->begins;
    bool grade = now[at->grade].as.grade == then[at->grade].as.grade;
    bool step = at->step == UINT16_MAX || then[at->step].unknown ||
                np_num_compare(now[at->step].as.number, then[at->step].as.number) == 0;
    give_back(m, book->date_slot);
    if (grade) give_back(m, at->grade);
    if (grade) give_back(m, at->grade_at_recruitment);
    if (step) give_back(m, at->step);
    if (step) give_back(m, np_step_date_slot(book));
}

bool np_month_open(np_month *m, const np_situation *given, np_arena *arena, np_diags *diags)
{
    const np_book *book = given->book;
    const np_career_slots *at = &book->career->slots;
    *m = (np_month){.given = given, .situation = np_situation_copy(given, arena)};
    if (book->date_slot == UINT16_MAX || book->country_slot == UINT16_MAX) return true; /* the payslip says so */
    np_payslip *inputs = np_payslip_new(book, arena, false);
    np_date month = month_asked(given, inputs);
    if (month == NP_DATE_NONE) return true;
    np_diags found;
    np_diags_init(&found, arena);
    found.lang = diags->lang;
    np_situation *copy = np_situation_copy(given, arena);
    np_grade_history history;
    bool ok = np_grade_history_possible(book) ? follow_inputs(m, copy, inputs, &found, month, &history)
                                              : follow_whole_career(m, copy, arena, &found, month, &history);
    if (!ok) {
        m->begins = NULL;
        if (!found.errors || no_contract_fits(&found)) return true;
        for (const np_diag *diag = found.first; diag; diag = diag->next) np_diag_copy(diags, diag, diag->at, "");
        return false;
    }
    size_t point = 0;
    while (point + 1 < history.count && history.points[point + 1].month <= month) point++;
    m->terms = history.terms;
    uint16_t recruitment = at->grade_at_recruitment;
    if (recruitment != UINT16_MAX && !given->given[recruitment])
        np_set_by_career(m->situation, recruitment, given->values[at->grade]);
    np_situation_at(m->situation, &m->terms, month, history.points[point].grade, history.points[point].step);
    give_back_unchanged(m);
    return true;
}

/* ---- its payslip ---- */

/* The day of a line that comes once, whether it is due or not; NP_DATE_NONE: not known. */
static np_date day_of(np_month *m, const np_rule *rule)
{
    np_diags discarded;
    np_diags_init(&discarded, m->payslip->arena);
    np_eval eval = {.book = m->payslip->book,
                    .situation = m->situation,
                    .arena = m->payslip->arena,
                    .diags = &discarded,
                    .slots = m->payslip->slots};
    np_value day = np_eval_formula(&eval, &rule->date);
    return eval.failed || day.unknown ? NP_DATE_NONE : day.as.date;
}

/* The payslip of the month that holds a day. */
static const np_payslip *payslip_of_day(np_month *m, np_date day, np_diags *diags)
{
    np_situation *then = np_situation_copy(m->given, m->payslip->arena);
    np_value value = {.type = NP_DATE};
    value.as.date = day;
    np_situation_set_value(then, m->given->book->date_slot, value);
    np_month other;
    if (!np_month_open(&other, then, m->payslip->arena, diags)) return NULL;
    np_payslip *payslip = np_payslip_new(m->given->book, m->payslip->arena, true);
    np_pay_options options = {.lines_alone = true};
    return np_payslip_compute(payslip, other.situation, diags, &options) ? payslip : NULL;
}

/* A line of a month that cannot be computed, for the reason reported first; without one it stays as it is. */
static void leave_open(np_payslip *slip, np_line *line, np_date day, const np_diags *found)
{
    if (!found->first) return;
    np_missing *missing = np_arena_alloc(slip->arena, sizeof *missing);
    np_gap *gap = np_arena_alloc(slip->arena, sizeof *gap);
    *gap = (np_gap){found->first->code, found->first->at, found->first->message, found->first->hint};
    missing->gap = gap;
    slip->open_lines += line->state != NP_LINE_OPEN;
    *line = (np_line){.state = NP_LINE_OPEN, .currency = line->currency, .date = day, .missing = missing};
}

/* What comes once is what it is in the month of its own day; where that has no figure for it, it is not counted. */
static void take_once(np_month *m, const np_diags *diags)
{
    np_payslip *slip = m->payslip;
    const np_book *book = slip->book;
    np_date this_month = np_date_month_start(slip->date);
    slip->line_of = np_arena_array(slip->arena, book->rule_count + 1, sizeof *slip->line_of);
    for (size_t i = 0; i < book->rule_count; i++) {
        const np_rule *rule = &book->rules[i];
        if (rule->kind != NP_ONCE || !rule->date.root) continue;
        np_date day = day_of(m, rule), month = day == NP_DATE_NONE ? this_month : np_date_month_start(day);
        const np_payslip *own = NULL;
        for (size_t k = 0; k < i && !own && month != this_month; k++)
            if (slip->line_of[k] && np_date_month_start(slip->line_of[k]->date) == month) own = slip->line_of[k];
        np_diags discarded;
        np_diags_init(&discarded, slip->arena);
        discarded.lang = diags->lang;
        if (!own && month != this_month) own = payslip_of_day(m, day, &discarded);
        if (!own && month != this_month) leave_open(slip, &slip->lines[i], day, &discarded);
        if (!own) continue;
        slip->line_of[i] = own;
        slip->lines[i] = own->lines[i];
    }
}

bool np_month_compute(np_month *m, np_diags *diags)
{
    const np_book *book = m->given->book;
    m->payslip = np_payslip_new(book, diags->arena, true);
    if (!np_payslip_compute(m->payslip, m->situation, diags, NULL)) return false;
    m->payslip->begins = m->begins;
    if (!m->begins) return true;
    if (np_step_date_is_assumed(m->given, &m->terms)) m->payslip->rests_on = np_step_date_slot(book);
    take_once(m, diags);
    return true;
}

/* ---- advice ---- */

void np_report_age(np_diags *diags, const np_terms *terms, np_date last)
{
    if (terms->known_until == NP_DATE_NONE || last == NP_DATE_NONE || last <= terms->known_until) return;
    np_ymd day = np_date_split(terms->known_until);
    np_diag *diag = np_report(diags, NP_CODE_BEYOND_AGE, np_span_none(),
                              "pay is counted after %04d-%02d-%02d, beyond the age up to which anything is known",
                              day.year, day.month, day.day);
    np_diag_hint(diags, diag, "no text was found that ends service then, or lets it go on: give end = ... if it ends");
}

bool np_month_check(const np_month *m, np_diags *diags)
{
    np_payslip *slip = m->payslip;
    const np_book *book = slip->book;
    if (!m->begins) return np_payslip_check(slip, m->situation, diags);
    /* what was given must not contradict itself: not what the career has made of it since */
    const np_career_slots *at = &book->career->slots;
    np_payslip asked = *slip;
    asked.slots = np_arena_array(slip->arena, book->slot_count + 1, sizeof *asked.slots);
    memcpy(asked.slots, slip->slots, book->slot_count * sizeof *asked.slots);
    asked.slots[at->grade] = m->begins[at->grade];
    if (at->step != UINT16_MAX) asked.slots[at->step] = m->begins[at->step];
    if (!np_payslip_check(&asked, m->situation, diags)) return false;
    np_report_age(diags, &m->terms, np_date_month_end(slip->date));
    return true;
}
