#include "natopay/pay/explain.h"

#include <string.h>

#include "explain_parts.h"
#include "natopay/book/scale.h"
#include "natopay/pay/words.h"

static const char *const KIND_NAMES[] = {"line",  "when", "amount",  "rounding", "input", "parameter",
                                         "scale", "rate", "missing", "change",   "total"};

const char *np_step_kind_name(np_step_kind kind)
{
    return KIND_NAMES[kind];
}

typedef struct explainer {
    const np_payslip *payslip;
    const np_situation *situation;
    const np_book *book;
    np_arena *arena;
    const np_lang *lang;
    bool *seen; /* [slot]: explained already, further up or down the tree */
} explainer;

static __attribute__((format_arg(2))) const char *say(const explainer *x, const char *english)
{
    return np_say(x->lang, english);
}

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
        step->detail = np_arena_format(x->arena, say(x, "give it with --set %s=..."), step->name);
    }
    if (!missing->gap) return;
    np_step *step = new_step(x, parent, NP_STEP_MISSING, "");
    step->detail = missing->gap->hint
                       ? np_arena_format(x->arena, say(x, "%s: %s"), missing->gap->message, missing->gap->hint)
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

static const char *number(explainer *x, np_num value)
{
    np_text text;
    np_text_init(&text, 4096);
    np_num_print_plain(&text, value);
    return np_text_move(&text, x->arena);
}

static const char *value_words(explainer *x, const np_value *value)
{
    np_text text;
    np_text_init(&text, 8192);
    np_print_value(&text, x->book, value, x->lang);
    return np_text_move(&text, x->arena);
}

static bool same_amount(const np_value *a, const np_value *b)
{
    bool numbers = (a->type == NP_NUMBER || a->type == NP_MONEY) && !b->unknown;
    return numbers && np_num_compare(a->as.number, b->as.number) == 0;
}

/* A parameter that a country lacks: the reference country's, times the ratio of the two scales. */
static void explain_parameter_ratio(explainer *x, np_step *parent, const np_parameter *parameter, const np_entry *entry,
                                    uint16_t country, np_date date)
{
    const np_book *book = x->book;
    const np_scale *here = np_scale_on(book, country, date), *there = np_scale_on(book, parameter->reference, date);
    if (!here && book->countries[country].scale_count) here = book->countries[country].scales[0];
    if (!there && book->countries[parameter->reference].scale_count)
        there = book->countries[parameter->reference].scales[0];
    const char *name = book->countries[parameter->reference].name;
    np_step *step = new_step(x, parent, NP_STEP_PARAMETER, "");
    step->detail = np_arena_format(x->arena, say(x, "%s in %s"), parameter->name, name);
    set_value(step, &entry->values[0]);
    set_status(step, entry->status);
    step->at = entry->key->value_at;
    if (!here || !there) return;
    np_scale_ratio ratio = np_scale_ratio_of(book, x->arena, here, there);
    const char *grades = "";
    for (size_t g = 0; g < book->grade_count; g++)
        if (ratio.grades >> g & 1)
            grades = np_arena_format(x->arena, "%s%s%s", grades, *grades ? ", " : "", book->grades[g].name);
    step = new_step(x, parent, NP_STEP_SCALE, "");
    step->detail = np_arena_format(x->arena, say(x, "times the ratio of the scales %s %s and %s %s on %s"),
                                   book->countries[country].name, np_date_text(x->arena, here->from), name,
                                   np_date_text(x->arena, there->from), grades);
    step->has_value = true;
    step->value = (np_value){.type = NP_NUMBER, .as.number = ratio.value};
    set_status(step, ratio.status > NP_ESTIMATED ? ratio.status : NP_ESTIMATED);
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
    if (!entry && parameter->reference != UINT16_MAX) {
        entry = np_parameter_on(parameter, parameter->reference, date->as.date);
        if (entry) explain_parameter_ratio(x, step, parameter, entry, country->as.country, date->as.date);
    }
    if (!entry) return;
    step->effective = entry->from;
    if (entry->key) step->at = entry->key->value_at;
    set_status(step, value->status);
    add_source(x, step, entry->source);
    size_t used = 0; /* of a list, the value that was taken */
    while (used + 1 < entry->count && !same_amount(&entry->values[used], value)) used++;
    if (entry->low)
        step->detail = np_arena_format(x->arena, say(x, "between %s and %s"), value_words(x, &entry->low[used]),
                                       value_words(x, &entry->high[used]));
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
    step->detail = np_arena_format(x->arena, say(x, "step 1 and %lld times this share of it, to the minor unit"),
                                   (long long)number_of_step - 1);
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
    step->detail =
        np_arena_format(x->arena, say(x, "%s step %lld, %s, %s"), book->grades[grade->as.grade].name, (long long)rung,
                        book->countries[country->as.country].name, np_date_text(x->arena, date->as.date));
    const np_scale *now = np_scale_on(book, country->as.country, date->as.date);
    if (now) step->effective = now->from;
    bool own = now && rung > 1 &&
               np_scale_own_step(book, x->arena, now, grade->as.grade, (unsigned)rung).how != NP_NOT_DERIVED;
    np_scale_trail *trail =
        np_scale_explain(book, x->arena, country->as.country, grade->as.grade, (unsigned)rung, date->as.date, x->lang);
    for (; trail; trail = trail->next) {
        np_step *part = new_step(x, step, NP_STEP_SCALE, "");
        part->detail = trail->text;
        part->has_value = true;
        bool ratio = trail->currency == NP_CURRENCY_ANY;
        part->value = (np_value){.type = ratio ? NP_NUMBER : NP_MONEY, .currency = trail->currency};
        part->value.as.number = trail->value;
        set_status(part, trail->status);
        add_source(x, part, trail->source);
        part->at = trail->at;
    }
    if (!own) explain_step_rise(x, step, date->as.date, rung);
}

static void explain_rate(explainer *x, np_step *parent, const np_node *node)
{
    const np_book *book = x->book;
    const np_value *from = &x->payslip->trace[node->args[0]->id], *to = &x->payslip->trace[node->id];
    if (from->unknown || to->unknown || from->currency == to->currency || from->currency >= book->currency_count)
        return;
    for (size_t i = 0; i < book->exchange_count; i++) {
        const np_exchange *exchange = &book->exchanges[i];
        if ((exchange->currency != from->currency && exchange->currency != to->currency) || !exchange->rate_count)
            continue;
        const np_rate *rate = &exchange->rates[0]; /* before the first rate, the first */
        for (size_t r = 1; r < exchange->rate_count; r++)
            if (exchange->rates[r].from <= x->payslip->date) rate = &exchange->rates[r];
        np_step *step = new_step(x, parent, NP_STEP_RATE, book->currencies[exchange->currency].name);
        step->label = np_label_text(&exchange->label, x->lang, say(x, "units per euro"));
        step->has_value = true;
        step->value = (np_value){.type = NP_NUMBER, .as.number = rate->figure.value};
        if (rate->ranged)
            step->detail = np_arena_format(x->arena, say(x, "between %s and %s"), number(x, rate->low.value),
                                           number(x, rate->high.value));
        step->effective = rate->from;
        set_status(step, rate->figure.status);
        add_source(x, step, rate->figure.source);
        step->at = rate->figure.at;
    }
}

static bool calls(const np_node *node, np_function function)
{
    return node->op == NP_OP_CALL && node->index == function;
}

/* Every name that the evaluated part of a formula reads, in the order in which it stands there. */
static void explain_nodes(explainer *x, np_step *parent, const np_formula *formula, const np_node *node)
{
    if (x->payslip->trace[node->id].type == NP_NONE) return;
    if (node->op == NP_OP_SLOT) explain_slot(x, parent, node->index);
    if (node->op == NP_OP_PARAMETER) explain_parameter(x, parent, formula, node);
    if (calls(node, NP_FN_SCALE)) explain_scale(x, parent, formula, node);
    if (calls(node, NP_FN_LOCAL)) explain_rate(x, parent, node);
    for (size_t i = 0; i < node->argc; i++) explain_nodes(x, parent, formula, node->args[i]);
    bool placed = calls(node, NP_FN_SCALE) || calls(node, NP_FN_LOCAL);
    bool dated =
        placed || node->op == NP_OP_PARAMETER || calls(node, NP_FN_NUMBER_AGED) || calls(node, NP_FN_SHARE_OF_MONTH);
    if (dated) explain_slot(x, parent, x->book->date_slot);
    if (placed) explain_slot(x, parent, x->book->country_slot);
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
    step->filled = np_formula_filled(x->payslip, formula->root, x->lang);
    explain_nodes(x, step, formula, formula->root);
    return step;
}

static void explain_rounding(explainer *x, np_step *parent, const np_rule *rule, const np_line *line)
{
    if (!rule->rounds || line->currency >= x->book->currency_count) return;
    np_step *step = new_step(x, parent, NP_STEP_ROUNDING, np_rounding_name(rule->rounding));
    const np_currency *currency = &x->book->currencies[line->currency];
    np_text about, amount;
    np_text_init(&about, 8192);
    np_text_init(&amount, 8192);
    np_num_print_about(&about, line->exact);
    np_num_print(&amount, line->amount, currency->decimals, NP_ROUND_HALF_UP);
    step->detail = np_arena_format(x->arena, say(x, "%s to %s %s, a multiple of %s"), np_text_move(&about, x->arena),
                                   np_text_move(&amount, x->arena), currency->name, number(x, currency->minor_unit));
    step->has_value = true;
    step->value = (np_value){.type = NP_MONEY, .currency = line->currency, .status = line->status};
    step->value.as.number = line->amount;
}

static const char *state_words(explainer *x, const np_rule *rule, const np_line *line)
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

/* "(now FR; 34 other values would do)" */
static const char *aside(explainer *x, const np_change *change, size_t i)
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
    const char *words = np_arena_format(x->arena, say(x, "now %s"), value_words(x, now));
    return *others ? np_arena_format(x->arena, say(x, "(%s; %s)"), words, others)
                   : np_arena_format(x->arena, "(%s)", words);
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
        const char *first = aside(x, change, 0);
        step->detail = *first ? first : NULL;
        if (change->inputs != 2) continue;
        const char *second = aside(x, change, 1);
        step->detail = np_arena_format(x->arena, say(x, "%s%stogether with %s = %s%s%s"), first, *first ? ", " : "",
                                       np_slot_name(x->book, change->slot[1]), value_words(x, &change->value[1]),
                                       *second ? " " : "", second);
    }
    if (count == 0)
        new_step(x, root, NP_STEP_CHANGE, "")->detail =
            say(x, "no change of one or two inputs was found that would make it due");
}

np_step *np_explain_rule(const np_payslip *payslip, const np_situation *situation, const np_rule *rule,
                         const np_lang *lang)
{
    payslip = np_payslip_of_line(payslip, rule);
    if (payslip->situation) situation = payslip->situation;
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
