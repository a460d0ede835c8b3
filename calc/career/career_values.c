/* Reading and setting the inputs of a career: what its formulas come to, and its state in a month. */
#include "career_internal.h"
#include "natopay/career/grade_history.h"
#include "natopay/career/month.h"

void np_set_date(np_situation *situation, uint16_t slot, np_date date)
{
    np_value value = {.type = NP_DATE};
    value.as.date = date;
    if (slot != UINT16_MAX) np_situation_set_value(situation, slot, value);
}

void np_set_number(np_situation *situation, uint16_t slot, int64_t number)
{
    np_value value = {.type = NP_NUMBER};
    value.as.number = np_num_int(number);
    if (slot != UINT16_MAX) np_situation_set_value(situation, slot, value);
}

void np_set_grade(np_situation *situation, uint16_t slot, uint16_t grade)
{
    np_value value = {.type = NP_GRADE};
    value.as.grade = grade;
    if (slot != UINT16_MAX) np_situation_set_value(situation, slot, value);
}

np_value np_career_value(np_career *career, const np_formula *formula)
{
    static const np_missing NOTHING;
    np_value none = {.unknown = true};
    none.as.missing = &NOTHING;
    const np_node *root = formula->root;
    if (!root) return none;
    if (root->op == NP_OP_SLOT) return career->first_slots[root->index];
    np_eval eval = {.book = career->book,
                    .situation = career->situation,
                    .arena = career->arena,
                    .diags = career->diags,
                    .slots = career->first_slots,
                    .ends = career->ends,
                    .took_part = career->took_part};
    return np_eval_formula(&eval, formula);
}

bool np_inputs_read(const np_situation *situation, np_payslip *payslip, np_diags *diags, const uint8_t *ends)
{
    const np_book *book = situation->book;
    np_eval eval = {.book = book,
                    .situation = situation,
                    .arena = payslip->arena,
                    .diags = diags,
                    .slots = payslip->slots,
                    .ends = ends,
                    .projecting = true,
                    .horizon = INT32_MAX};
    for (size_t i = 0; i < book->input_count && !eval.failed; i++) {
        const np_default *is = &book->defaults[i];
        if (is->stands && !situation->given[is->slot])
            payslip->slots[is->slot] = is->value; /* as most are */
        else
            np_eval_input(&eval, &book->inputs[book->slots[is->slot].index], &payslip->slots[is->slot]);
    }
    return !eval.failed;
}

void np_show_terms(np_payslip *payslip, const np_terms *terms, const np_career_slots *at)
{
    np_value value = {.type = NP_DATE};
    value.as.date = terms->contract_end;
    if (at->contract_end != UINT16_MAX && terms->contract_end != NP_DATE_NONE) payslip->slots[at->contract_end] = value;
    value.as.date = terms->service_end;
    if (at->end != UINT16_MAX && terms->service_end != NP_DATE_NONE) payslip->slots[at->end] = value;
}

void np_set_by_career(np_situation *situation, uint16_t slot, np_value value)
{
    if (slot == UINT16_MAX) return;
    np_situation_set_value(situation, slot, value);
    situation->by_career[slot] = true;
}

static void set_day_by_career(np_situation *situation, uint16_t slot, np_date day)
{
    np_value value = {.type = NP_DATE};
    value.as.date = day;
    if (day != NP_DATE_NONE) np_set_by_career(situation, slot, value);
}

uint16_t np_step_date_slot(const np_book *book)
{
    const np_progress *progress = book->career->progress;
    const np_node *day = progress ? progress->step_held_on.root : NULL;
    return day && day->op == NP_OP_SLOT ? day->index : UINT16_MAX;
}

void np_situation_at(np_situation *situation, const np_terms *terms, np_date month, uint16_t grade, int64_t step)
{
    const np_book *book = situation->book;
    const np_career_slots *at = &book->career->slots;
    np_value of_grade = {.type = NP_GRADE}, of_step = {.type = NP_NUMBER};
    of_grade.as.grade = grade;
    of_step.as.number = np_num_int(step);
    np_set_date(situation, book->date_slot, month);
    np_set_by_career(situation, at->grade, of_grade);
    np_set_by_career(situation, at->step, of_step);
    set_day_by_career(situation, np_step_date_slot(book), terms->step_held_on);
    set_day_by_career(situation, at->contract_end, terms->contract_end);
    set_day_by_career(situation, at->end, terms->service_end);
}

bool np_step_date_is_assumed(const np_situation *given, const np_terms *terms)
{
    uint16_t slot = np_step_date_slot(given->book);
    return slot != UINT16_MAX && !given->given[slot] && terms->step_held_on != terms->start;
}
