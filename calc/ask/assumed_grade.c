/* A post whose notice names no grade: what each would be paid, and which is assumed where one has to be. */
#include <string.h>

#include "natopay/ask/run.h"
#include "natopay/career/month.h"
#include "natopay/pay/range.h"

static bool is_twin_graded(const np_situation *situation)
{
    const np_input *input = np_book_input(situation->book, "twin_graded");
    return input && input->type == NP_TRUTH && situation->given[input->slot] && situation->values[input->slot].as.truth;
}

/* The category that the notice names, "technical"; NULL: none. */
static const char *category_given(const np_situation *situation)
{
    const np_input *input = np_book_input(situation->book, "grade_category");
    bool given = input && input->type == NP_TEXT && situation->given[input->slot];
    return given ? situation->values[input->slot].as.text : NULL;
}

/* Whether a grade goes with what is known of the post: the lower one of a pair where it is twin-graded, and the
 * category. Nothing was found that ties schooling or experience to a grade. */
static bool fits(const np_situation *situation, const np_grade *grade)
{
    const char *category = category_given(situation);
    if (is_twin_graded(situation) && grade->twin == UINT16_MAX) return false;
    return !category || (grade->category && strcmp(category, grade->category) == 0);
}

/* What a grade would be paid; false when the book has no figure for it. What there is to say of it is said when it is
 * chosen. */
static bool compute_grade(np_run *run, const np_situation *situation, uint16_t grade, np_grade_row *row, bool *due,
                          np_by_grade *by_grade)
{
    uint16_t slot = np_book_input(situation->book, "grade")->slot;
    np_diags discarded;
    np_month month;
    np_range range;
    np_value value = {.type = NP_GRADE, .as.grade = grade};
    np_diags_init(&discarded, run->arena);
    discarded.lang = run->args.lang;
    np_situation *copy = np_situation_copy(situation, run->arena);
    np_situation_set_value(copy, slot, value);
    if (!np_month_open(&month, copy, run->arena, &discarded) || !np_month_compute(&month, &discarded)) return false;
    if (!np_net_range(month.situation, run->arena, &discarded, &range)) return false;
    const np_rule *salary = np_book_rule(run->book, "basic_salary");
    *row = (np_grade_row){.grade = grade,
                          .basic_salary = salary ? month.payslip->lines[salary - run->book->rules].amount
                                                 : month.payslip->gross.amount,
                          .net = month.payslip->net.amount,
                          .bound = month.payslip->bound,
                          .low = range.low,
                          .high = range.high,
                          .status = month.payslip->net.status,
                          .fits = fits(situation, &run->book->grades[grade])};
    for (size_t i = 0; i < run->book->rule_count; i++) due[i] = month.payslip->lines[i].state == NP_LINE_DUE;
    by_grade->date = month.payslip->date;
    by_grade->currency = month.payslip->currency;
    return true;
}

static void add_hints(np_run *run, np_by_grade *by_grade)
{
    const np_situation *situation = by_grade->situation;
    uint16_t *hints = np_arena_array(run->arena, 2, sizeof *hints);
    if (is_twin_graded(situation)) hints[by_grade->hint_count++] = np_book_input(run->book, "twin_graded")->slot;
    if (category_given(situation)) hints[by_grade->hint_count++] = np_book_input(run->book, "grade_category")->slot;
    by_grade->hints = hints;
}

bool np_run_by_grade(np_run *run, const np_situation *situation, np_by_grade *by_grade)
{
    const np_book *book = run->book;
    const np_input *input = np_book_input(book, "grade");
    if (!input || input->type != NP_GRADE || situation->given[input->slot] || input->fallback.root) return false;
    np_grade_row *rows = np_arena_array(run->arena, book->grade_count + 1, sizeof *rows);
    bool *due = np_arena_array(run->arena, book->grade_count * book->rule_count + 1, sizeof *due);
    *by_grade = (np_by_grade){
        .book = book, .situation = situation, .rows = rows, .due = due, .diags = &run->diags, .lang = run->args.lang};
    for (size_t i = 0; i < book->grade_count; i++)
        by_grade->count += compute_grade(run, situation, (uint16_t)i, &rows[by_grade->count],
                                         &due[by_grade->count * book->rule_count], by_grade);
    if (by_grade->count == 0) return false;
    add_hints(run, by_grade);
    /* the dates of a contract, by which ages are judged, need a grade; which one makes no difference */
    np_situation *any = np_situation_copy(situation, run->arena);
    np_situation_set_value(any, input->slot, (np_value){.type = NP_GRADE, .as.grade = rows[0].grade});
    by_grade->conditions = np_eligibility(any, run->arena, run->args.lang, &by_grade->condition_count);
    return true;
}

static void assume(np_situation *situation, const char *name, uint16_t grade)
{
    const np_input *input = np_book_input(situation->book, name);
    if (!input || input->type != NP_GRADE || situation->given[input->slot]) return;
    np_situation_set_value(situation, input->slot, (np_value){.type = NP_GRADE, .as.grade = grade});
    situation->assumed[input->slot] = true;
}

void np_run_assume_grade(np_run *run, np_situation *situation, np_arg file)
{
    np_by_grade by_grade;
    const np_grade_row *lowest = NULL;
    size_t fitting = 0;
    if (!situation->post_definition) return; /* who gives inputs one by one is asked for it */
    if (!np_run_by_grade(run, situation, &by_grade)) return;
    for (size_t i = 0; i < by_grade.count; i++) {
        if (!by_grade.rows[i].fits) continue;
        if (!lowest) lowest = &by_grade.rows[i];
        fitting++;
    }
    if (!lowest) return;
    assume(situation, "grade", lowest->grade);
    uint16_t twin = run->book->grades[lowest->grade].twin;
    if (is_twin_graded(situation) && twin != UINT16_MAX) assume(situation, "twin_grade", twin);
    np_diag *diag = np_report(&run->diags, NP_CODE_ADVICE, file.text ? file.at : np_span_none(),
                              "the grade is not known: %s is assumed, the lowest of %zu that fit",
                              run->book->grades[lowest->grade].name, fitting);
    if (file.text)
        np_diag_hint(&run->diags, diag,
                     "natopay estimate shows them all; choose one for this post with --post %s,grade=NAME in its place",
                     file.text);
    else
        np_diag_hint(&run->diags, diag, "natopay estimate shows them all; choose one with --set grade=NAME");
}
