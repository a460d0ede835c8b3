#include "natopay/pay/explain.h"

#include <string.h>

#include "explain_parts.h"
#include "natopay/book/scale.h"
#include "natopay/pay/words.h"

static const char *const KIND_NAMES[] = {"line",      "when",  "amount", "rounding", "input",
                                         "parameter", "scale", "rate",   "missing",  "change"};

const char *np_step_kind_name(np_step_kind kind)
{
    return KIND_NAMES[kind];
}

typedef struct explainer {
    const np_payslip *payslip;
    const np_situation *situation;
    const np_book *book;
    np_arena *arena;
    np_lang lang;
    bool *seen; /* [slot]: explained already, further up or down the tree */
} explainer;

/* ---- steps ---- */

static np_step *new_step(explainer *x, np_step *parent, np_step_kind kind, const char *name)
{
    np_step *step = np_arena_alloc(x->arena, sizeof *step);
    step->kind = kind;
    step->name = name;
    step->effective = NP_DATE_NONE;
    if (!parent) return step;
    if (parent->last)
        parent->last->next = step;
    else
        parent->first = step;
    parent->last = step;
    return step;
}

static void set_status(np_step *step, unsigned status)
{
    step->has_status = true;
    step->status = (np_status)status;
}

static void set_value(np_step *step, const np_value *value)
{
    step->has_value = true;
    step->value = *value;
}

static void add_source(explainer *x, np_step *step, const np_source *source)
{
    if (!source) return;
    const np_source **sources = np_arena_array(x->arena, step->source_count + 1, sizeof *sources);
    if (step->source_count) memcpy(sources, step->sources, step->source_count * sizeof *sources);
    sources[step->source_count++] = source;
    step->sources = sources;
}

static void explain_missing(explainer *x, np_step *parent, const np_missing *missing)
{
    for (uint16_t slot = 0; slot < x->book->slot_count; slot++) {
        if (!(missing->bits[slot / 64] >> (slot % 64) & 1)) continue;
        np_step *step = new_step(x, parent, NP_STEP_MISSING, np_slot_name(x->book, slot));
        step->label = np_slot_label(x->book, slot, x->lang);
        step->detail = np_arena_format(x->arena, "give it with --set %s=...", step->name);
    }
    if (!missing->gap) return;
    np_step *step = new_step(x, parent, NP_STEP_MISSING, "");
    step->detail = missing->gap->hint ? np_arena_format(x->arena, "%s: %s", missing->gap->message, missing->gap->hint)
                                      : missing->gap->message;
    step->at = missing->gap->at;
}

/* ---- what a formula reads ---- */

static void explain_rule(explainer *x, np_step *parent, const np_rule *rule);
static void explain_nodes(explainer *x, np_step *parent, const np_formula *formula, const np_node *node);

static void explain_input(explainer *x, np_step *parent, const np_input *input)
{
    np_step *step = new_step(x, parent, NP_STEP_INPUT, input->name);
    step->label = np_label_text(&input->label, x->lang, NULL);
    set_value(step, &x->payslip->slots[input->slot]);
    if (x->situation->given[input->slot]) {
        step->detail = "given";
        step->at = x->situation->at[input->slot];
        return;
    }
    step->at = input->at;
    if (!input->fallback.root || step->value.unknown) {
        step->detail = "not given";
        return;
    }
    step->detail = "assumed: not given, the default";
    step->formula = input->fallback.key->value;
    explain_nodes(x, step, &input->fallback, input->fallback.root);
}

static void explain_slot(explainer *x, np_step *parent, uint16_t slot)
{
    if (x->seen[slot]) return;
    x->seen[slot] = true;
    const np_slot *s = &x->book->slots[slot];
    if (s->kind == NP_SLOT_INPUT)
        explain_input(x, parent, &x->book->inputs[s->index]);
    else
        explain_rule(x, parent, &x->book->rules[s->index]);
}

static const np_value *argument(const explainer *x, const np_node *node, np_type type, uint16_t slot)
{
    for (size_t i = 0; i < node->argc; i++)
        if (node->args[i]->type == type) return &x->payslip->trace[node->args[i]->id];
    return &x->payslip->slots[slot];
}

static const char *day(explainer *x, np_date date)
{
    np_ymd d = np_date_split(date);
    return np_arena_format(x->arena, "%04d-%02d-%02d", d.year, d.month, d.day);
}

static const char *number(explainer *x, np_num value)
{
    np_text text;
    np_text_init(&text, 4096);
    np_num_print_plain(&text, value);
    const char *copy = np_arena_format(x->arena, "%s", np_text_string(&text));
    np_text_free(&text);
    return copy;
}

static void explain_parameter(explainer *x, np_step *parent, const np_formula *formula, const np_node *node)
{
    const np_book *book = x->book;
    const np_parameter *parameter = &book->parameters[node->index];
    np_step *step = new_step(x, parent, NP_STEP_PARAMETER, parameter->name);
    step->label = np_label_text(&parameter->label, x->lang, NULL);
    step->formula = np_formula_text(x->arena, formula, node);
    const np_value *value = &x->payslip->trace[node->id];
    set_value(step, value);
    step->at = parameter->at;
    if (value->unknown) {
        explain_missing(x, step, value->as.missing);
        return;
    }
    const np_value *date = argument(x, node, NP_DATE, book->date_slot);
    const np_value *country = argument(x, node, NP_COUNTRY, book->country_slot);
    const np_entry *entry = np_parameter_on(parameter, country->as.country, date->as.date);
    const char *by_ratio = "";
    if (!entry && parameter->reference != UINT16_MAX) {
        entry = np_parameter_on(parameter, parameter->reference, date->as.date);
        const np_country *reference = &book->countries[parameter->reference],
                         *here = &book->countries[country->as.country];
        by_ratio =
            np_arena_format(x->arena, "%s's amount %s times the ratio of the scales of %s and %s", reference->name,
                            entry ? number(x, entry->values[0].as.number) : "", here->name, reference->name);
    }
    if (!entry) return;
    step->effective = entry->from;
    if (entry->key) step->at = entry->key->value_at;
    set_status(step, value->status);
    add_source(x, step, entry->source);
    if (entry->low)
        step->detail = np_arena_format(x->arena, "%s%sbetween %s and %s", by_ratio, *by_ratio ? ", " : "",
                                       parameter->type == NP_DURATION ? "low" : number(x, entry->low[0].as.number),
                                       parameter->type == NP_DURATION ? "high" : number(x, entry->high[0].as.number));
    else if (*by_ratio)
        step->detail = by_ratio;
}

static void explain_step_rise(explainer *x, np_step *parent, np_date date, int64_t number_of_step)
{
    if (number_of_step < 2 || x->book->step_value == UINT16_MAX) return;
    const np_parameter *parameter = &x->book->parameters[x->book->step_value];
    const np_entry *entry = np_parameter_on(parameter, UINT16_MAX, date);
    if (!entry) return;
    np_step *step = new_step(x, parent, NP_STEP_PARAMETER, parameter->name);
    step->label = np_label_text(&parameter->label, x->lang, NULL);
    set_value(step, &entry->values[0]);
    set_status(step, entry->status);
    add_source(x, step, entry->source);
    step->effective = entry->from;
    step->at = entry->key->value_at;
    step->detail = np_arena_format(x->arena, "step 1 and %lld times this share of it", (long long)number_of_step - 1);
}

static void explain_scale(explainer *x, np_step *parent, const np_formula *formula, const np_node *node)
{
    const np_book *book = x->book;
    np_step *step = new_step(x, parent, NP_STEP_SCALE, "scale");
    step->formula = np_formula_text(x->arena, formula, node);
    const np_value *value = &x->payslip->trace[node->id];
    set_value(step, value);
    if (value->unknown) {
        explain_missing(x, step, value->as.missing);
        return;
    }
    set_status(step, value->status);
    const np_value *grade = &x->payslip->trace[node->args[0]->id], *asked = &x->payslip->trace[node->args[1]->id];
    const np_value *date = argument(x, node, NP_DATE, book->date_slot);
    const np_value *country = argument(x, node, NP_COUNTRY, book->country_slot);
    int64_t rung = 1;
    np_num_to_int(asked->as.number, &rung);
    step->detail = np_arena_format(x->arena, "%s step %lld, %s, %s", book->grades[grade->as.grade].name,
                                   (long long)rung, book->countries[country->as.country].name, day(x, date->as.date));
    const np_scale *now = np_scale_on(book, country->as.country, date->as.date);
    if (now) step->effective = now->from;
    bool own = now && rung > 1 &&
               np_scale_own_step(book, x->arena, now, grade->as.grade, (unsigned)rung).how != NP_NOT_DERIVED;
    np_scale_trail *trail =
        np_scale_explain(book, x->arena, country->as.country, grade->as.grade, (unsigned)rung, date->as.date);
    for (; trail; trail = trail->next) {
        np_step *part = new_step(x, step, NP_STEP_SCALE, "");
        part->detail = trail->text;
        part->has_value = true;
        part->value = (np_value){.type = NP_NUMBER};
        part->value.as.number = trail->value;
        set_status(part, trail->status);
        add_source(x, part, trail->source);
        part->at = trail->at;
    }
    if (!own) explain_step_rise(x, step, date->as.date, rung);
}

static void explain_rate(explainer *x, np_step *parent, const np_formula *formula, const np_node *node)
{
    const np_book *book = x->book;
    const np_value *from = &x->payslip->trace[node->args[0]->id], *to = &x->payslip->trace[node->id];
    if (from->unknown || to->unknown || from->currency == to->currency || from->currency >= book->currency_count)
        return;
    for (size_t i = 0; i < book->exchange_count; i++) {
        const np_exchange *exchange = &book->exchanges[i];
        if ((exchange->currency != from->currency && exchange->currency != to->currency) || !exchange->rate_count)
            continue;
        const np_rate *rate = &exchange->rates[exchange->rate_count - 1];
        np_step *step = new_step(x, parent, NP_STEP_RATE, book->currencies[exchange->currency].name);
        step->formula = np_formula_text(x->arena, formula, node);
        step->detail = np_arena_format(x->arena, "%s per euro", number(x, rate->figure.value));
        step->effective = rate->from;
        set_status(step, rate->figure.status);
        add_source(x, step, rate->figure.source);
        step->at = rate->figure.at;
    }
}

/* Every name that the evaluated part of a formula reads, in the order in which it stands there. */
static void explain_nodes(explainer *x, np_step *parent, const np_formula *formula, const np_node *node)
{
    if (x->payslip->trace[node->id].type == NP_NONE) return;
    if (node->op == NP_OP_SLOT) explain_slot(x, parent, node->index);
    if (node->op == NP_OP_PARAMETER) explain_parameter(x, parent, formula, node);
    bool call = node->op == NP_OP_CALL;
    if (call && node->index == NP_FN_SCALE) explain_scale(x, parent, formula, node);
    if (call && node->index == NP_FN_LOCAL) explain_rate(x, parent, formula, node);
    for (size_t i = 0; i < node->argc; i++) explain_nodes(x, parent, formula, node->args[i]);
    bool dated =
        node->op == NP_OP_PARAMETER || (call && (node->index == NP_FN_SCALE || node->index == NP_FN_NUMBER_AGED ||
                                                 node->index == NP_FN_LOCAL || node->index == NP_FN_SHARE_OF_MONTH));
    if (dated) explain_slot(x, parent, x->book->date_slot);
    if (call && (node->index == NP_FN_SCALE || node->index == NP_FN_LOCAL))
        explain_slot(x, parent, x->book->country_slot);
}

/* ---- a rule ---- */

static np_step *explain_formula(explainer *x, np_step *parent, np_step_kind kind, const np_formula *formula)
{
    np_step *step = new_step(x, parent, kind, "");
    step->formula = formula->key->value;
    step->at = formula->key->value_at;
    const np_value *value = &x->payslip->trace[formula->root->id];
    if (value->type == NP_NONE) return step; /* not evaluated */
    set_value(step, value);
    step->filled = np_formula_filled(x->payslip, formula->root);
    explain_nodes(x, step, formula, formula->root);
    return step;
}

static void explain_rounding(explainer *x, np_step *parent, const np_rule *rule, const np_line *line)
{
    if (!rule->rounds || line->currency >= x->book->currency_count) return;
    np_step *step = new_step(x, parent, NP_STEP_ROUNDING, np_rounding_name(rule->rounding));
    const np_currency *currency = &x->book->currencies[line->currency];
    np_text text;
    np_text_init(&text, 20000);
    np_num_print_plain(&text, line->exact);
    np_text_puts(&text, " to ");
    np_num_print(&text, line->amount, currency->decimals, NP_ROUND_HALF_UP);
    np_text_printf(&text, " %s, to a multiple of ", currency->name);
    np_num_print_plain(&text, currency->minor_unit);
    step->detail = np_arena_format(x->arena, "%s", np_text_string(&text));
    np_text_free(&text);
    step->has_value = true;
    step->value = (np_value){.type = NP_MONEY, .currency = line->currency, .status = line->status};
    step->value.as.number = line->amount;
}

static const char *state_words(explainer *x, const np_rule *rule, const np_line *line)
{
    if (line->state == NP_LINE_NOT_DUE) return "not due: its condition does not hold";
    if (line->state == NP_LINE_OPEN) return "open: something it needs is not known";
    if (line->state == NP_LINE_DUE) return NULL;
    return np_arena_format(x->arena, "not in force: it holds %s%s%s%s", rule->from == NP_DATE_NONE ? "" : "from ",
                           rule->from == NP_DATE_NONE ? "" : day(x, rule->from),
                           rule->until == NP_DATE_NONE ? "" : " until ",
                           rule->until == NP_DATE_NONE ? "" : day(x, rule->until));
}

static void explain_rule(explainer *x, np_step *parent, const np_rule *rule)
{
    const np_line *line = &x->payslip->lines[rule - x->book->rules];
    np_step *step = new_step(x, parent, NP_STEP_LINE, rule->name);
    step->label = np_label_text(&rule->label, x->lang, NULL);
    step->at = rule->at;
    set_value(step, &x->payslip->slots[rule->slot]);
    if (line->state != NP_LINE_OPEN) set_status(step, line->status);
    step->detail = state_words(x, rule, line);
    step->sources = rule->sources;
    step->source_count = rule->source_count;
    if (line->state == NP_LINE_NOT_IN_FORCE) return;
    if (rule->when.root) explain_formula(x, step, NP_STEP_WHEN, &rule->when);
    if (rule->amount.root && line->state != NP_LINE_NOT_DUE) explain_formula(x, step, NP_STEP_AMOUNT, &rule->amount);
    if (line->state == NP_LINE_DUE) explain_rounding(x, step, rule, line);
}

static const char *value_words(explainer *x, const np_value *value)
{
    np_text text;
    np_text_init(&text, 8192);
    np_print_value(&text, x->book, value);
    const char *copy = np_arena_format(x->arena, "%s", np_text_string(&text));
    np_text_free(&text);
    return copy;
}

static void explain_changes(explainer *x, np_step *root, const np_rule *rule)
{
    np_change *changes;
    size_t count = np_find_changes(x->payslip, x->situation, rule, &changes);
    for (size_t i = 0; i < count; i++) {
        const np_change *change = &changes[i];
        np_step *step = new_step(x, root, NP_STEP_CHANGE, np_slot_name(x->book, change->slot[0]));
        step->label = np_slot_label(x->book, change->slot[0], x->lang);
        set_value(step, &change->value[0]);
        if (change->inputs == 2)
            step->detail = np_arena_format(x->arena, "together with %s = %s", np_slot_name(x->book, change->slot[1]),
                                           value_words(x, &change->value[1]));
        else if (change->alternatives)
            step->detail = np_arena_format(x->arena, "or %zu other value%s", change->alternatives,
                                           change->alternatives == 1 ? "" : "s");
    }
    if (count == 0)
        new_step(x, root, NP_STEP_CHANGE, "")->detail = "no change of one or two inputs was found that would do";
}

np_step *np_explain_rule(const np_payslip *payslip, const np_situation *situation, const np_rule *rule, np_lang lang)
{
    explainer x = {payslip, situation, payslip->book, payslip->arena, lang, NULL};
    x.seen = np_arena_array(x.arena, x.book->slot_count + 1, sizeof *x.seen);
    np_step holder = {0};
    x.seen[rule->slot] = true;
    explain_rule(&x, &holder, rule);
    const np_line *line = &payslip->lines[rule - x.book->rules];
    if (line->state == NP_LINE_OPEN) explain_missing(&x, holder.first, line->missing);
    if (line->state == NP_LINE_NOT_DUE) explain_changes(&x, holder.first, rule);
    return holder.first;
}
