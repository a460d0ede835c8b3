/* The arguments of progressive(value, limits, rates[, factor]): their types, and whether the two lists fit. */
#include "typecheck.h"

static const np_parameter *parameter_of(const np_checker *c, const np_node *arg)
{
    return &c->book->parameters[arg->index];
}

static bool refuse(np_checker *c, const np_node *node, const char *message, const char *hint)
{
    np_diag *diag = np_report(c->diags, NP_CODE_TYPE_MISMATCH, np_node_span(c->formula, node), "%s",
                              np_say(c->diags->lang, message));
    np_diag_hint(c->diags, diag, "%s", np_say(c->diags->lang, hint));
    return false;
}

static bool check_types(np_checker *c, const np_node *node)
{
    const np_parameter *limits = parameter_of(c, node->args[1]), *rates = parameter_of(c, node->args[2]);
    unsigned value = node->args[0]->type;
    if (value != NP_NUMBER && value != NP_MONEY)
        return refuse(c, node->args[0], NP_MARK("progressive takes a number or an amount"),
                      NP_MARK("write for example progressive(taxable, tax_limits, tax_rates)"));
    if (limits->type != (np_type)value)
        return refuse(c, node->args[1], NP_MARK("the limits are not of the type of the value"),
                      NP_MARK("an amount of money has limits with a currency, a number has numbers"));
    if (rates->type != NP_NUMBER)
        return refuse(c, node->args[2], NP_MARK("the rates are no numbers"), NP_MARK("write them as 8%, 10%, ..."));
    for (size_t i = 1; i <= 2; i++)
        if (parameter_of(c, node->args[i])->reference != UINT16_MAX)
            return refuse(c, node->args[i], NP_MARK("slices cannot follow another country's scale"),
                          NP_MARK("leave out its reference, and give the limits of each country"));
    return true;
}

/* Report a limit that is not above the one before it. */
static bool limits_rise(np_checker *c, const np_parameter *limits)
{
    bool ok = true;
    for (size_t i = 0; i < limits->entry_count; i++) {
        const np_entry *entry = &limits->entries[i];
        for (size_t k = 1; k < entry->count && ok; k++) {
            if (np_num_compare(entry->values[k].as.number, entry->values[k - 1].as.number) > 0) continue;
            np_diag *diag = np_report(c->diags, NP_CODE_BAD_SLICES, entry->key->value_at,
                                      "limit %zu of %s is not above the one before it", k + 1, limits->name);
            np_diag_hint(c->diags, diag, "the limits of slices are given from the lowest up");
            ok = false;
        }
    }
    return ok;
}

/* As many rates as limits, on each day from which one of the two lists changes; false after reporting. */
static bool lists_agree(np_checker *c, const np_parameter *limits, const np_parameter *rates)
{
    const np_parameter *lists[] = {limits, rates};
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < lists[i]->entry_count; k++) {
            const np_entry *entry = &lists[i]->entries[k];
            const np_entry *other = np_parameter_on(lists[1 - i], entry->country, entry->from);
            if (!other || other->count == entry->count || other->values->unknown || entry->values->unknown) continue;
            np_diag *diag = np_report(c->diags, NP_CODE_BAD_SLICES, entry->key->value_at,
                                      "%s has %zu values, and %s has %zu from then on", lists[i]->name, entry->count,
                                      lists[1 - i]->name, other->count);
            np_diag_note(c->diags, diag, other->key->value_at, "which are given here");
            np_diag_hint(c->diags, diag, "each limit has the rate of the slice above it");
            return false;
        }
    return true;
}

bool np_check_progressive(np_checker *c, const np_node *node)
{
    if (!check_types(c, node)) return false;
    const np_parameter *limits = parameter_of(c, node->args[1]);
    return limits_rise(c, limits) && lists_agree(c, limits, parameter_of(c, node->args[2]));
}
