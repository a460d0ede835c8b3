/* What an amount forgets: that others are paid in another currency, or work part of the time. */
#include "natopay/book/lint.h"

#define HINT NP_MARK("write local(AMOUNT), which converts it, or name the countries: when = duty_country in (...)")

/* The amounts in a formula. */
typedef struct amounts {
    const np_book *book;
    bool any, flat, local, mixed; /* flat: all are figures; local: some are converted; mixed: not all in one currency */
    uint16_t currency;            /* of the figures that are not converted; NP_CURRENCY_ANY: there are none */
} amounts;

static void take_figure(amounts *a, const np_value *value)
{
    a->any = true;
    if (np_num_sign(value->as.number) == 0) return; /* nothing, in whatever currency */
    if (value->currency == NP_CURRENCY_LOCAL || (a->currency != NP_CURRENCY_ANY && a->currency != value->currency))
        a->mixed = true;
    a->currency = value->currency;
}

static void take_parameter(amounts *a, const np_parameter *parameter)
{
    if (parameter->type != NP_MONEY) return;
    if (parameter->by_country) a->any = a->local = true;
    for (size_t i = 0; i < parameter->entry_count && !parameter->by_country; i++)
        for (size_t k = 0; k < parameter->entries[i].count; k++) take_figure(a, &parameter->entries[i].values[k]);
}

/* What decides between amounts is none of them. */
static void find_amounts(amounts *a, const np_node *node)
{
    uint16_t before = a->currency;
    bool mixed = a->mixed, converts = node->op == NP_OP_CALL && node->index == NP_FN_LOCAL;
    if (node->op == NP_OP_LITERAL && node->literal.type == NP_MONEY) take_figure(a, &node->literal);
    if (node->op == NP_OP_PARAMETER) take_parameter(a, &a->book->parameters[node->index]);
    if (node->op == NP_OP_SLOT && a->book->slots[node->index].type == NP_MONEY) a->any = true, a->flat = false;
    if (node->op == NP_OP_CALL && node->index == NP_FN_SCALE) a->any = true, a->flat = false;
    if (node->op >= NP_OP_EQ && node->op <= NP_OP_IN) return;
    for (size_t i = node->op == NP_OP_IF; i < node->argc; i++) find_amounts(a, node->args[i]);
    if (!converts) return;
    a->local = true;
    a->currency = before;
    a->mixed = mixed;
}

static bool names(const np_node *node, uint16_t slot)
{
    bool found = node && node->op == NP_OP_SLOT && node->index == slot;
    for (size_t i = 0; node && !found && i < node->argc; i++) found = names(node->args[i], slot);
    return found;
}

/* Whether a slot goes by another, through all that its formulas name. */
static bool goes_by(const np_book *book, uint16_t from, uint16_t slot, np_slot_set *seen)
{
    const np_slot_set *depends = &book->depends[from];
    if (seen->bits[from / 64] >> (from % 64) & 1) return false;
    seen->bits[from / 64] |= (uint64_t)1 << (from % 64);
    if (depends->bits[slot / 64] >> (slot % 64) & 1) return true;
    for (uint16_t s = 0; s < book->slot_count; s++)
        if (depends->bits[s / 64] >> (s % 64) & 1 && goes_by(book, s, slot, seen)) return true;
    return false;
}

static bool others_are_paid_otherwise(const np_book *book, uint16_t currency)
{
    bool found = false;
    for (size_t i = 0; i < book->country_count; i++) found = found || book->countries[i].currency != currency;
    return found;
}

/* That it is for some places alone, or reckoned by the place, was thought of: the country or the station is named, or a
 * word that may be anything, such as a town. */
static bool minds_place(const np_book *book, const np_node *node)
{
    bool minds = false;
    if (node && node->op == NP_OP_SLOT) {
        const np_slot *slot = &book->slots[node->index];
        minds = node->index == book->country_slot || node->index == book->station_slot ||
                (slot->kind == NP_SLOT_INPUT && slot->type == NP_TEXT && !book->inputs[slot->index].choice_count);
    }
    for (size_t i = 0; node && !minds && i < node->argc; i++) minds = minds_place(book, node->args[i]);
    return minds;
}

/* What the book's own rules multiply by: a term of it that names the share, or the share itself. */
static const char *factor_of(const np_book *book, uint16_t share)
{
    for (size_t i = 0; i < book->rule_count; i++) {
        const np_rule *rule = &book->rules[i];
        bool number = rule->kind == NP_FACT && book->slots[rule->slot].type == NP_NUMBER;
        if (number && names(rule->amount.root, share)) return rule->name;
    }
    return book->inputs[book->slots[share].index].name;
}

/* ---- amounts of two currencies that meet ---- */

enum { NO_AMOUNT, AS_PAID, UNSURE, FIXED }; /* FIXED + n: in the n-th currency of the book, wherever the post is */

typedef struct meeting {
    const np_book *book;
    const np_node *place; /* where an amount that is FIXED meets one that is AS_PAID; NULL: nowhere */
    int fixed;
} meeting;

static int meet(meeting *m, const np_node *node, int a, int b)
{
    if (a == NO_AMOUNT || a == b) return b;
    if (b == NO_AMOUNT) return a;
    if (node && !m->place && (a == AS_PAID || b == AS_PAID) && (a >= FIXED || b >= FIXED)) {
        m->place = node;
        m->fixed = a >= FIXED ? a : b;
    }
    return UNSURE;
}

static int currency_of_figure(const np_value *value)
{
    if (value->type != NP_MONEY || np_num_sign(value->as.number) == 0) return NO_AMOUNT;
    return value->currency == NP_CURRENCY_LOCAL ? AS_PAID : FIXED + value->currency;
}

static int currency_of_parameter(meeting *m, const np_parameter *parameter)
{
    int all = NO_AMOUNT;
    if (parameter->by_country) return UNSURE;
    for (size_t i = 0; i < parameter->entry_count; i++)
        for (size_t k = 0; k < parameter->entries[i].count; k++)
            all = meet(m, NULL, all, currency_of_figure(&parameter->entries[i].values[k]));
    return all;
}

static int currency_of_slot(const np_book *book, const np_slot *slot)
{
    if (slot->type != NP_MONEY) return NO_AMOUNT;
    return slot->kind == NP_SLOT_RULE && book->rules[slot->index].kind != NP_FACT ? AS_PAID : UNSURE;
}

static int currency_of(meeting *m, const np_node *node)
{
    bool compares = (node->op >= NP_OP_EQ && node->op <= NP_OP_GE) || node->op == NP_OP_IN;
    bool apart = node->op == NP_OP_IF || node->op == NP_OP_AND || node->op == NP_OP_OR, call = node->op == NP_OP_CALL;
    int all = NO_AMOUNT;
    for (size_t i = 0; i < node->argc; i++) all = meet(m, apart ? NULL : node, all, currency_of(m, node->args[i]));
    if (node->op == NP_OP_LITERAL) return currency_of_figure(&node->literal);
    if (node->op == NP_OP_PARAMETER) return currency_of_parameter(m, &m->book->parameters[node->index]);
    if (node->op == NP_OP_SLOT) return currency_of_slot(m->book, &m->book->slots[node->index]);
    if (call && (node->index == NP_FN_LOCAL || node->index == NP_FN_SCALE)) return AS_PAID;
    return compares || node->type != NP_MONEY ? NO_AMOUNT : all;
}

/* An amount in a currency of its own that is added to the salary, or held against it. */
static void find_meeting(const np_book *book, np_diags *diags, const np_rule *rule, const np_formula *formula)
{
    meeting m = {.book = book};
    if (!formula->root) return;
    currency_of(&m, formula->root);
    if (!m.place || !others_are_paid_otherwise(book, (uint16_t)(m.fixed - FIXED))) return;
    np_diag *diag =
        np_report(diags, NP_CODE_FIXED_CURRENCY, formula->key->value_at,
                  "the rule %s puts an amount in %s beside one in the currency of the post: whoever is paid in "
                  "another currency cannot be computed with it",
                  rule->name, book->currencies[m.fixed - FIXED].name);
    np_diag_hint(diags, diag, HINT);
}

static void find_flat(const np_book *book, np_diags *diags, const np_rule *rule, uint16_t currency)
{
    if (!others_are_paid_otherwise(book, currency)) return;
    np_diag *diag =
        np_report(diags, NP_CODE_FIXED_CURRENCY, rule->amount.key->value_at,
                  "the rule %s comes in %s alone: whoever is paid in another currency cannot be computed with it",
                  rule->name, book->currencies[currency].name);
    np_diag_hint(diags, diag, HINT);
}

void np_lint_amounts(const np_book *book, np_diags *diags, const np_rule *rule)
{
    amounts a = {.book = book, .flat = true, .currency = NP_CURRENCY_ANY};
    np_slot_set seen = {{0}};
    if (!rule->amount.root) return;
    bool minds = minds_place(book, rule->when.root) || minds_place(book, rule->amount.root);
    if (!minds) find_meeting(book, diags, rule, &rule->when);
    if (!minds) find_meeting(book, diags, rule, &rule->amount);
    if (rule->kind == NP_FACT) return;
    find_amounts(&a, rule->amount.root);
    if (!a.any || !a.flat) return;
    if (!minds && !a.mixed && !a.local && a.currency != NP_CURRENCY_ANY) find_flat(book, diags, rule, a.currency);
    uint16_t share = book->working_time_slot;
    if (rule->kind != NP_ALLOWANCE || share == UINT16_MAX || goes_by(book, rule->slot, share, &seen)) return;
    np_diag *diag = np_report(diags, NP_CODE_FORGETS_PART_TIME, rule->amount.key->value_at,
                              "the rule %s pays part-time staff the whole amount", rule->name);
    np_diag_hint(diags, diag, "multiply it by %s", factor_of(book, share));
}
