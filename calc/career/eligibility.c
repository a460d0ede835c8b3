/* What a post and the Regulations ask, against what is known of a person. */
#include "natopay/career/milestones.h"
#include "career_internal.h"

const char *np_meets_name(np_meets meets)
{
    static const char *const NAMES[] = {"met", "not_met", "unknown"};
    return NAMES[meets];
}

/* The slots in which conditions are evaluated: with the contract's dates when they can be had, else as far as inputs
 * go. */
static const np_value *slots_of(const np_situation *situation, np_arena *arena, np_diags *diags,
                                const np_situation **used)
{
    np_career *career = np_career_new(situation, arena, diags);
    if (career) {
        *used = career->situation;
        return career->first_slots;
    }
    np_payslip *payslip = np_payslip_new(situation->book, arena, false);
    static const np_missing NOTHING;
    for (size_t i = 0; i < situation->book->slot_count; i++) { /* an error leaves the later ones as they were */
        payslip->slots[i].unknown = true;
        payslip->slots[i].as.missing = &NOTHING;
    }
    np_payslip_compute(payslip, situation, diags, NULL);
    *used = situation;
    return payslip->slots;
}

static np_value value_of(np_eval *eval, const np_formula *formula)
{
    eval->failed = false;
    return np_eval_formula(eval, formula);
}

np_eligible *np_eligibility(const np_situation *situation, np_arena *arena, const np_lang *lang, size_t *count)
{
    const np_book *book = situation->book;
    const np_situation *used;
    np_diags diags; /* thrown away, but for what values say is missing */
    np_diags_init(&diags, arena);
    diags.lang = lang;
    const np_value *slots = slots_of(situation, arena, &diags, &used);
    np_eval eval = {.book = book, .situation = used, .arena = arena, .diags = &diags};
    eval.slots = np_arena_array(arena, book->slot_count + 1, sizeof *eval.slots);
    for (size_t i = 0; i < book->slot_count; i++) eval.slots[i] = slots[i];
    np_eligible *rows = np_arena_array(arena, book->career->condition_count + 1, sizeof *rows);
    *count = 0;
    for (size_t i = 0; i < book->career->condition_count; i++) {
        const np_condition *condition = &book->career->conditions[i];
        np_value when = {.type = NP_TRUTH, .as.truth = true};
        if (condition->when.root) when = value_of(&eval, &condition->when);
        if (!when.unknown && !when.as.truth) continue;
        np_value holds = when.unknown ? when : value_of(&eval, &condition->holds);
        np_eligible *row = &rows[(*count)++];
        *row = (np_eligible){condition, NP_MEETS_OPEN, NP_PUBLISHED, NULL};
        if (holds.unknown) {
            row->missing = holds.as.missing;
            continue;
        }
        row->meets = holds.as.truth ? NP_MEETS : NP_MEETS_NOT;
        row->status = np_weakest(when.status, holds.status);
        if (condition->about.has_status) row->status = np_weakest(row->status, condition->about.status);
    }
    return rows;
}
