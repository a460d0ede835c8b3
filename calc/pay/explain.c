/* Explaining a line: its rule's condition and amount, down to inputs and figures. */
#include "natopay/pay/explain.h"

#include <string.h>

#include "explain_internal.h"
#include "natopay/pay/format_value.h"

static __attribute__((format_arg(2))) const char *say(const np_explainer *x, const char *english)
{
    return np_say(x->lang, english);
}

/* ---- what a formula reads ---- */

static void explain_rule(np_explainer *x, np_step *parent, const np_rule *rule);
static void explain_nodes(np_explainer *x, np_step *parent, const np_formula *formula, const np_node *node);

static void explain_input(np_explainer *x, np_step *parent, const np_input *input)
{
    np_step *step = np_step_new(x, parent, NP_STEP_INPUT, input->name);
    step->label = np_label_text(&input->label, x->lang, NULL);
    np_step_value(step, &x->payslip->slots[input->slot]);
    if (x->situation->by_career[input->slot]) {
        step->detail = say(x, "as the career has it then");
        step->at = x->situation->at[input->slot];
        return;
    }
    if (np_situation_was_given(x->situation, input->slot)) {
        step->detail = say(x, "given");
        step->at = x->situation->at[input->slot];
        return;
    }
    step->at = input->at;
    if (!input->fallback.root || step->value.unknown) {
        step->detail = say(x, "not given");
        return;
    }
    step->detail = say(x, "by default");
    step->formula = input->fallback.key->value;
    explain_nodes(x, step, &input->fallback, input->fallback.root);
}

static void explain_slot(np_explainer *x, np_step *parent, uint16_t slot)
{
    if (x->seen[slot]) return;
    x->seen[slot] = true;
    const np_slot *s = &x->book->slots[slot];
    if (s->kind == NP_SLOT_INPUT)
        explain_input(x, parent, &x->book->inputs[s->index]);
    else
        explain_rule(x, parent, &x->book->rules[s->index]);
}

static bool calls(const np_node *node, np_function function)
{
    return node->op == NP_OP_CALL && node->index == function;
}

/* Whether a call goes by the duty country: where one scale holds for all, its look-up does not. */
static bool is_placed(const np_explainer *x, const np_node *node)
{
    return calls(node, NP_FN_LOCAL) || (calls(node, NP_FN_SCALE) && !x->book->scale_of_all);
}

/* Every name that the evaluated part of a formula reads, in the order in which it stands there. */
static void explain_nodes(np_explainer *x, np_step *parent, const np_formula *formula, const np_node *node)
{
    if (x->payslip->trace[node->id].type == NP_NONE) return;
    if (node->op == NP_OP_SLOT) explain_slot(x, parent, node->index);
    if (node->op == NP_OP_PARAMETER) np_explain_parameter(x, parent, formula, node);
    if (calls(node, NP_FN_SCALE)) np_explain_scale(x, parent, formula, node);
    if (calls(node, NP_FN_LOCAL)) np_explain_rate(x, parent, node);
    if (calls(node, NP_FN_PROGRESSIVE)) np_explain_slices(x, parent, formula, node);
    for (size_t i = 0; i < node->argc; i++) explain_nodes(x, parent, formula, node->args[i]);
    bool dated = calls(node, NP_FN_SCALE) || calls(node, NP_FN_LOCAL) || node->op == NP_OP_PARAMETER ||
                 calls(node, NP_FN_NUMBER_AGED) || calls(node, NP_FN_SHARE_OF_MONTH);
    if (dated) explain_slot(x, parent, x->book->date_slot);
    if (is_placed(x, node)) explain_slot(x, parent, x->book->country_slot);
}

/* ---- a rule ---- */

static np_step *explain_formula(np_explainer *x, np_step *parent, np_step_kind kind, const np_formula *formula)
{
    np_step *step = np_step_new(x, parent, kind, "");
    step->formula = formula->key->value;
    step->at = formula->key->value_at;
    const np_value *value = &x->payslip->trace[formula->root->id];
    if (value->type == NP_NONE) return step; /* not evaluated */
    np_step_value(step, value);
    step->filled = np_formula_filled(x->payslip, formula->root, x->lang);
    explain_nodes(x, step, formula, formula->root);
    return step;
}

static void explain_rounding(np_explainer *x, np_step *parent, const np_rule *rule, const np_line *line)
{
    if (!rule->rounds || line->currency >= x->book->currency_count) return;
    np_step *step = np_step_new(x, parent, NP_STEP_ROUNDING, np_rounding_name(rule->rounding));
    const np_currency *currency = &x->book->currencies[line->currency];
    np_text about, amount;
    np_text_init(&about, 8192);
    np_text_init(&amount, 8192);
    np_num_print_about(&about, line->exact);
    np_num_print(&amount, line->amount, currency->decimals, NP_ROUND_HALF_UP);
    step->detail =
        np_arena_format(x->arena, say(x, "%s to %s %s, a multiple of %s"), np_text_move(&about, x->arena),
                        np_text_move(&amount, x->arena), currency->name, np_explain_number(x, currency->minor_unit));
    step->has_value = true;
    step->value = (np_value){.type = NP_MONEY, .currency = line->currency, .status = line->status};
    step->value.as.number = line->amount;
}

static const char *state_words(np_explainer *x, const np_rule *rule, const np_line *line)
{
    if (line->state == NP_LINE_NOT_DUE) return say(x, "not due: its condition does not hold");
    if (line->state == NP_LINE_OPEN) return say(x, "open: something it needs is not known");
    if (line->state == NP_LINE_DUE) return NULL;
    if (rule->from == NP_DATE_NONE)
        return np_arena_format(x->arena, say(x, "not in force: it holds until %s"),
                               np_date_text(x->arena, rule->until));
    if (rule->until == NP_DATE_NONE)
        return np_arena_format(x->arena, say(x, "not in force: it holds from %s"), np_date_text(x->arena, rule->from));
    return np_arena_format(x->arena, say(x, "not in force: it holds from %s until %s"),
                           np_date_text(x->arena, rule->from), np_date_text(x->arena, rule->until));
}

static void explain_rule(np_explainer *x, np_step *parent, const np_rule *rule)
{
    const np_line *line = &x->payslip->lines[rule - x->book->rules];
    np_step *step = np_step_new(x, parent, NP_STEP_LINE, rule->name);
    step->label = np_label_text(&rule->label, x->lang, NULL);
    step->at = rule->at;
    np_step_value(step, &x->payslip->slots[rule->slot]);
    /* a line that is not paid is only as sure as the rule by which it is not */
    bool unpaid = line->state == NP_LINE_NOT_IN_FORCE || line->state == NP_LINE_NOT_DUE;
    unsigned status = unpaid && rule->has_status ? np_weaker(line->status, (unsigned)rule->status) : line->status;
    if (line->state != NP_LINE_OPEN) np_step_status(step, status);
    step->detail = state_words(x, rule, line);
    step->sources = rule->sources;
    step->source_count = rule->source_count;
    if (line->state == NP_LINE_NOT_IN_FORCE) return;
    if (rule->when.root) explain_formula(x, step, NP_STEP_WHEN, &rule->when);
    if (rule->amount.root && line->state != NP_LINE_NOT_DUE) explain_formula(x, step, NP_STEP_AMOUNT, &rule->amount);
    if (line->state == NP_LINE_DUE) explain_rounding(x, step, rule, line);
}

/* "(now FR; 34 other values would do)" */
static const char *aside(np_explainer *x, const np_change *change, size_t i)
{
    const np_value *now = &x->payslip->slots[change->slot[i]];
    const char *others = "";
    np_type type = (np_type)change->value[i].type;
    bool counted = i == 0 && (type == NP_COUNTRY || type == NP_GRADE || type == NP_TEXT); /* all were tried */
    if (counted && change->alternatives)
        others = np_arena_format(
            x->arena,
            np_say_number(x->lang, "%zu other value would do", "%zu other values would do", change->alternatives),
            change->alternatives);
    if (now->unknown) return *others ? np_arena_format(x->arena, "(%s)", others) : "";
    const char *words = np_arena_format(x->arena, say(x, "now %s"), np_explain_words(x, now));
    return *others ? np_arena_format(x->arena, say(x, "(%s; %s)"), words, others)
                   : np_arena_format(x->arena, "(%s)", words);
}

static void explain_changes(np_explainer *x, np_step *root, const np_rule *rule)
{
    np_change *changes;
    size_t count = np_find_changes(x->payslip, x->situation, rule, &changes);
    for (size_t i = 0; i < count; i++) {
        const np_change *change = &changes[i];
        np_step *step = np_step_new(x, root, NP_STEP_CHANGE, np_slot_name(x->book, change->slot[0]));
        step->label = np_slot_label(x->book, change->slot[0], x->lang);
        np_step_value(step, &change->value[0]);
        const char *first = aside(x, change, 0);
        step->detail = *first ? first : NULL;
        if (change->inputs != 2) continue;
        const char *second = aside(x, change, 1);
        step->detail = np_arena_format(x->arena, say(x, "%s%stogether with %s = %s%s%s"), first, *first ? ", " : "",
                                       np_slot_name(x->book, change->slot[1]), np_explain_words(x, &change->value[1]),
                                       *second ? " " : "", second);
    }
    if (count == 0)
        np_step_new(x, root, NP_STEP_CHANGE, "")->detail =
            say(x, "no change of one or two inputs was found that would make it due");
}

np_step *np_explain_rule(const np_payslip *payslip, const np_situation *situation, const np_rule *rule,
                         const np_lang *lang)
{
    payslip = np_payslip_of_line(payslip, rule);
    if (payslip->situation) situation = payslip->situation;
    np_explainer x = {payslip, situation, payslip->book, payslip->arena, lang, NULL};
    x.seen = np_arena_array(x.arena, x.book->slot_count + 1, sizeof *x.seen);
    np_step holder = {0};
    x.seen[rule->slot] = true;
    explain_rule(&x, &holder, rule);
    const np_line *line = &payslip->lines[rule - x.book->rules];
    if (line->state == NP_LINE_OPEN) np_explain_missing(&x, holder.first, line->missing);
    if (line->state == NP_LINE_NOT_DUE) explain_changes(&x, holder.first, rule);
    return holder.first;
}
