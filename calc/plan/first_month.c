/* The day by whose state the month in which service begins is paid: a start within a month may find other figures than
 * the first of that month. */
#include "scenario_impact.h"

static void count_day(void *context, np_date day)
{
    size_t *count = context;
    *count += day != NP_DATE_NONE;
}

static void add_day(void *context, np_date day)
{
    np_book_plan *book_plan = context;
    if (day != NP_DATE_NONE && np_date_month_start(day) != day)
        book_plan->mid_month[book_plan->mid_month_count++] = day;
}

static void find_mid_month(np_book_plan *book_plan, np_arena *arena)
{
    const np_book *book = book_plan->book;
    size_t most = 2 * book->rule_count;
    np_book_figure_dates(book, count_day, &most);
    book_plan->mid_month = np_arena_array(arena, most + 1, sizeof *book_plan->mid_month);
    np_book_figure_dates(book, add_day, book_plan);
    for (size_t i = 0; i < book->rule_count; i++) {
        add_day(book_plan, book->rules[i].from);
        if (book->rules[i].until != NP_DATE_NONE) add_day(book_plan, book->rules[i].until + 1);
    }
}

/* Whether a formula names the date itself, and not just its month or year. */
static bool names_day(const np_book *book, const np_node *node)
{
    if (!node) return false;
    if (node->op == NP_OP_SLOT) return node->index == book->date_slot;
    bool whole = node->op == NP_OP_CALL && (node->index == NP_FN_MONTH_START || node->index == NP_FN_MONTH_END ||
                                            node->index == NP_FN_YEAR || node->index == NP_FN_MONTH);
    if (whole && node->args[0]->op == NP_OP_SLOT) return false;
    for (size_t i = 0; i < node->argc; i++)
        if (names_day(book, node->args[i])) return true;
    return false;
}

void np_book_plan_find_days(np_book_plan *book_plan, np_arena *arena)
{
    const np_book *book = book_plan->book;
    find_mid_month(book_plan, arena);
    book_plan->names_day = book_plan->when && names_day(book, book_plan->when->root);
    for (size_t i = 0; i < book->input_count && !book_plan->names_day; i++)
        book_plan->names_day = names_day(book, book->inputs[i].fallback.root);
    for (size_t i = 0; i < book->rule_count && !book_plan->names_day; i++) {
        const np_rule *rule = &book->rules[i];
        book_plan->names_day =
            names_day(book, rule->when.root) || names_day(book, rule->amount.root) || names_day(book, rule->date.root);
    }
}
