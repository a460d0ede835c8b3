/* What a notice says or leaves open: the basic salary that it prints, and the day of taking up duty. */
#include <string.h>

#include "natopay/book/scale.h"
#include "natopay/pay/eval.h"
#include "natopay/pay/situation.h"
#include "natopay/pay/format_value.h"

/* Inputs and their defaults, as far as they do not hang on rules. */
static np_value *evaluate_inputs(np_situation *situation, np_arena *arena, np_diags *diags)
{
    const np_book *book = situation->book;
    np_eval eval = {.book = book, .situation = situation, .arena = arena, .diags = diags};
    eval.slots = np_arena_array(arena, book->slot_count + 1, sizeof *eval.slots);
    for (size_t i = 0; i < book->order_count && !eval.failed; i++) {
        const np_slot *slot = &book->slots[book->order[i]];
        if (slot->kind == NP_SLOT_INPUT) np_eval_input(&eval, &book->inputs[slot->index], &eval.slots[book->order[i]]);
    }
    return eval.failed ? NULL : eval.slots;
}

static const np_value *known(const np_book *book, const np_value *slots, const char *name, np_type type)
{
    const np_input *input = np_book_input(book, name);
    return input && input->type == type && !slots[input->slot].unknown ? &slots[input->slot] : NULL;
}

void np_situation_assume_start(np_situation *situation, np_arena *arena, np_diags *diags)
{
    uint16_t slot = situation->book->start_slot;
    if (slot == UINT16_MAX || situation->given[slot]) return;
    np_value *slots = evaluate_inputs(situation, arena, diags);
    if (!slots || slots[slot].unknown) return;
    np_situation_set_value(situation, slot, slots[slot]);
    situation->assumed[slot] = true;
}

/* Another published figure of the book is kept, to be told beside the given one. A tenth apart is more than a year's
 * adjustment: then the grade or the country may be another. */
static void hold_against_book(np_situation *situation, np_arena *arena, np_diags *diags, const np_own_salary *salary)
{
    const np_book *book = situation->book;
    const np_scale *scale;
    np_resolved *found = &situation->book_salary;
    *found = np_scale_first_step(book, arena, salary->country, salary->grade, salary->on, &scale);
    bool comparable = found->how != NP_NOT_DERIVED && book->countries[salary->country].currency == salary->currency;
    if (!comparable || found->status > NP_CHAINED || np_num_compare(found->value, salary->amount) == 0) {
        found->how = NP_NOT_DERIVED;
        return;
    }
    np_num difference = np_num_sub(arena, salary->amount, found->value);
    if (np_num_sign(difference) < 0) difference = np_num_neg(arena, difference);
    if (np_num_compare(np_num_mul(arena, difference, np_num_int(10)), found->value) <= 0) return;
    np_text amounts[2];
    const np_num numbers[2] = {salary->amount, found->value};
    for (size_t i = 0; i < 2; i++) {
        np_text_init(&amounts[i], 100);
        np_print_amount(&amounts[i], book, numbers[i], salary->currency);
    }
    const char *given = np_text_move(&amounts[0], arena), *printed = np_text_move(&amounts[1], arena);
    np_diag *diag = np_report(diags, NP_CODE_STRANGE_FIGURE, salary->at,
                              "a basic salary of %s is more than a tenth away from the scale's %s for %s in %s", given,
                              printed, book->grades[salary->grade].name, book->countries[salary->country].name);
    np_diag_hint(diags, diag, "check grade, country and year; the given salary is used");
}

/* The salary that a notice prints is that of the notice's grade and country. Where the user asks for another, it is
 * left out, which is told. */
static bool is_of_another_post(np_situation *situation, np_diags *diags, const np_input *salary)
{
    const np_book *book = situation->book;
    const np_input *input = np_book_input(book, "grade");
    if (!situation->salary_source || !situation->salary_of_post || !input) return false;
    uint16_t grade = situation->values[input->slot].as.grade;
    uint16_t country = situation->values[book->country_slot].as.country;
    if (grade == situation->salary_grade && country == situation->salary_country) return false;
    np_situation_forget(situation, salary->slot);
    np_diag *diag =
        np_report(diags, NP_CODE_ADVICE, situation->at[salary->slot],
                  "the salary that is printed here is that of %s in %s: for %s in %s the scale counts",
                  book->grades[situation->salary_grade].name, book->countries[situation->salary_country].name,
                  book->grades[grade].name, book->countries[country].name);
    np_diag_hint(diags, diag, "where another is known, give it: --set basic_salary=AMOUNT");
    return true;
}

np_book *np_situation_own_salary(np_situation *situation, np_arena *arena, np_diags *diags)
{
    const np_book *book = situation->book;
    const np_input *input = np_book_input(book, "basic_salary");
    situation->book_salary.how = NP_NOT_DERIVED;
    if (!input || input->type != NP_MONEY || !situation->given[input->slot] || book->country_slot == UINT16_MAX)
        return NULL;
    if (is_of_another_post(situation, diags, input)) return NULL;
    np_value *slots = evaluate_inputs(situation, arena, diags);
    if (!slots) return NULL;
    const np_value *given = &situation->values[input->slot],
                   *country = np_scale_country(book, &slots[book->country_slot]);
    const np_value *grade = known(book, slots, "grade", NP_GRADE);
    const np_value *on = known(book, slots, "basic_salary_date", NP_DATE);
    if (!grade || !on || country->unknown) return NULL;
    np_own_salary salary = {.country = country->as.country,
                            .grade = grade->as.grade,
                            .currency = given->currency,
                            .on = on->as.date,
                            .amount = given->as.number,
                            .status = situation->salary_source ? NP_PUBLISHED : NP_USER,
                            .source = situation->salary_source,
                            .at = situation->at[input->slot]};
    if (salary.currency >= book->currency_count) salary.currency = book->countries[salary.country].currency;
    hold_against_book(situation, arena, diags, &salary);
    np_book *own = np_book_with_salary(book, arena, &salary);
    situation->book = own;
    return own;
}
