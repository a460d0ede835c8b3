/* Which slots may change in a month though nothing that they name does: the reasons for a change are looked for there
 * alone. */
#include <string.h>

#include "career_internal.h"

static void find_reasons(np_projector *p, uint16_t slot, const np_node *node)
{
    const np_book *book = p->book;
    if (!node) return;
    if (node->op == NP_OP_SLOT) {
        const np_slot *named = &book->slots[node->index];
        bool moves = node->index == book->date_slot || (named->kind == NP_SLOT_RULE && named->type == NP_DATE);
        p->by_date[slot] = p->by_date[slot] || moves;
    }
    if (node->op == NP_OP_PARAMETER) p->by_figures[slot] = true;
    if (node->op == NP_OP_CALL) {
        np_function f = (np_function)node->index;
        p->by_figures[slot] = p->by_figures[slot] || f == NP_FN_SCALE || f == NP_FN_SCALE_DATE || f == NP_FN_LOCAL;
        p->by_date[slot] =
            p->by_date[slot] || f == NP_FN_NUMBER_AGED || f == NP_FN_SHARE_OF_MONTH || f == NP_FN_UNADJUSTED_YEARS;
    }
    for (size_t i = 0; i < node->argc; i++) find_reasons(p, slot, node->args[i]);
}

void np_projector_read_slots(np_projector *p)
{
    const np_book *book = p->book;
    for (size_t i = 0; i < book->order_count; i++) {
        uint16_t number = book->order[i];
        const np_slot *slot = &book->slots[number];
        p->place[number] = (uint16_t)i;
        if (slot->kind == NP_SLOT_INPUT) {
            find_reasons(p, number, book->inputs[slot->index].fallback.root);
            continue;
        }
        const np_rule *rule = &book->rules[slot->index];
        find_reasons(p, number, rule->when.root);
        find_reasons(p, number, rule->amount.root);
        if (rule->date.root || rule->from != NP_DATE_NONE || rule->until != NP_DATE_NONE) p->by_date[number] = true;
    }
}

static void add_beginning(void *context, np_date day)
{
    np_projector *p = context;
    if (day == NP_DATE_NONE) return;
    np_date month = np_date_month_from(day);
    if (month != NP_DATE_NONE && month >= p->window.first) p->begins[np_window_month(&p->window, month)] = true;
}

void np_projector_find_beginnings(np_projector *p)
{
    memset(p->begins, 0, sizeof p->begins);
    np_book_figure_dates(p->book, add_beginning, p);
}

bool np_projector_may_change(const np_projector *p, uint16_t slot, np_date month)
{
    if (!p->ts || p->by_date[slot]) return true;
    if (!p->by_figures[slot]) return false;
    return month < p->window.first || p->begins[np_window_month(&p->window, month)];
}
