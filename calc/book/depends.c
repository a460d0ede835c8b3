/* Which slots each slot's formulas name: what must be computed again when one of them changes. */
#include "build.h"

static void add(np_slot_set *set, uint16_t slot)
{
    if (slot != UINT16_MAX) set->bits[slot / 64] |= (uint64_t)1 << (slot % 64);
}

static void walk(const np_book *book, const np_node *node, np_slot_set *set)
{
    if (!node) return;
    if (node->op == NP_OP_SLOT) add(set, node->index);
    bool looks_up = node->op == NP_OP_PARAMETER || node->op == NP_OP_CALL;
    if (looks_up) { /* figures and some functions go by the month and the duty country */
        add(set, book->date_slot);
        add(set, book->country_slot);
    }
    for (size_t i = 0; i < node->argc; i++) walk(book, node->args[i], set);
}

void np_build_dependencies(np_build *build)
{
    np_book *book = build->book;
    book->depends = np_arena_array(build->arena, book->slot_count + 1, sizeof *book->depends);
    book->depends_when = np_arena_array(build->arena, book->slot_count + 1, sizeof *book->depends_when);
    for (size_t i = 0; i < book->slot_count; i++) {
        const np_slot *slot = &book->slots[i];
        np_slot_set *set = &book->depends[i];
        if (slot->kind == NP_SLOT_INPUT) {
            const np_input *input = &book->inputs[slot->index];
            walk(book, input->fallback.root, set);
            if (input->type == NP_MONEY) add(set, book->country_slot); /* an amount without a currency is in its */
        } else {
            const np_rule *rule = &book->rules[slot->index];
            walk(book, rule->when.root, &book->depends_when[i]);
            *set = book->depends_when[i];
            walk(book, rule->amount.root, set);
            walk(book, rule->date.root, set);
        }
    }
}
