/* Explanations of what a formula looks up: parameters, scale figures, rates, and the slices of a progressive rate. */
#include <string.h>

#include "eval_internal.h"
#include "explain_internal.h"
#include "natopay/book/scale.h"
#include "natopay/pay/format_value.h"

static __attribute__((format_arg(2))) const char *say(const np_explainer *x, const char *english)
{
    return np_say(x->lang, english);
}

static const np_value *argument(const np_explainer *x, const np_node *node, np_type type, uint16_t slot)
{
    for (size_t i = 0; i < node->argc; i++)
        if (node->args[i]->type == type) return &x->payslip->trace[node->args[i]->id];
    return &x->payslip->slots[slot];
}

static const char *value_about(np_explainer *x, const np_value *value)
{
    np_text text;
    np_text_init(&text, 8192);
    np_print_about(&text, x->book, value, x->lang);
    return np_text_move(&text, x->arena);
}

static bool same_amount(const np_value *a, const np_value *b)
{
    bool numbers = (a->type == NP_NUMBER || a->type == NP_MONEY) && !b->unknown;
    return numbers && np_num_compare(a->as.number, b->as.number) == 0;
}

/* A parameter that a country lacks: the reference country's, times the ratio of the two scales. */
static void explain_parameter_ratio(np_explainer *x, np_step *parent, const np_parameter *parameter,
                                    const np_entry *entry, uint16_t country, np_date date)
{
    const np_book *book = x->book;
    const np_scale *here = np_scale_on(book, country, date), *there = np_scale_on(book, parameter->reference, date);
    if (!here && book->countries[country].scale_count) here = book->countries[country].scales[0];
    if (!there && book->countries[parameter->reference].scale_count)
        there = book->countries[parameter->reference].scales[0];
    const char *name = book->countries[parameter->reference].name;
    np_step *step = np_step_new(x, parent, NP_STEP_PARAMETER, "");
    step->detail = np_arena_format(x->arena, say(x, "%s in %s"), parameter->name, name);
    np_step_value(step, &entry->values[0]);
    np_step_status(step, entry->status);
    step->at = entry->key->value_at;
    if (!here || !there) return;
    np_scale_ratio ratio = np_scale_ratio_of(book, x->arena, here, there);
    const char *grades = "";
    for (size_t g = 0; g < book->grade_count; g++)
        if (ratio.grades >> g & 1)
            grades = np_arena_format(x->arena, "%s%s%s", grades, *grades ? ", " : "", book->grades[g].name);
    step = np_step_new(x, parent, NP_STEP_SCALE, "");
    step->detail = np_arena_format(x->arena, say(x, "times the ratio of the scales %s %s and %s %s on %s"),
                                   book->countries[country].name, np_date_text(x->arena, here->from), name,
                                   np_date_text(x->arena, there->from), grades);
    step->has_value = true;
    step->value = (np_value){.type = NP_NUMBER, .as.number = ratio.value};
    np_step_status(step, ratio.status > NP_ESTIMATED ? ratio.status : NP_ESTIMATED);
}

void np_explain_parameter(np_explainer *x, np_step *parent, const np_formula *formula, const np_node *node)
{
    const np_book *book = x->book;
    const np_parameter *parameter = &book->parameters[node->index];
    np_step *step = np_step_new(x, parent, NP_STEP_PARAMETER, parameter->name);
    step->label = np_label_text(&parameter->label, x->lang, NULL);
    step->formula = np_formula_text(x->arena, formula, node);
    const np_value *value = &x->payslip->trace[node->id];
    np_step_value(step, value);
    step->at = parameter->at;
    if (value->unknown) {
        np_explain_missing(x, step, value->as.missing);
        return;
    }
    const np_value *date = argument(x, node, NP_DATE, book->date_slot);
    const np_value *country = argument(x, node, NP_COUNTRY, book->country_slot);
    uint16_t place = np_parameter_asked(book, node, x->payslip->trace, country->as.country);
    const np_entry *entry = np_parameter_on(parameter, place, date->as.date);
    if (!entry && parameter->reference != UINT16_MAX) {
        entry = np_parameter_on(parameter, parameter->reference, date->as.date);
        if (entry) explain_parameter_ratio(x, step, parameter, entry, country->as.country, date->as.date);
    }
    if (!entry) return;
    step->effective = entry->from;
    if (entry->key) step->at = entry->key->value_at;
    np_step_status(step, value->status);
    np_step_source(x, step, entry->source);
    size_t used = 0; /* of a list, the value that was taken */
    while (used + 1 < entry->count && !same_amount(&entry->values[used], value)) used++;
    if (entry->carried) step->detail = np_arena_format(x->arena, say(x, "carried by index from %s"), entry->key->name);
    if (entry->low && value->type != NP_LIST)
        step->detail = np_arena_format(x->arena, say(x, "between %s and %s"), np_explain_words(x, &entry->low[used]),
                                       np_explain_words(x, &entry->high[used]));
}

static void explain_step_rise(np_explainer *x, np_step *parent, np_date date, int64_t number_of_step)
{
    if (number_of_step < 2 || x->book->step_value == UINT16_MAX) return;
    const np_parameter *parameter = &x->book->parameters[x->book->step_value];
    const np_entry *entry = np_parameter_on(parameter, UINT16_MAX, date);
    if (!entry) return;
    np_step *step = np_step_new(x, parent, NP_STEP_PARAMETER, parameter->name);
    step->label = np_label_text(&parameter->label, x->lang, NULL);
    np_step_value(step, &entry->values[0]);
    np_step_status(step, entry->status);
    np_step_source(x, step, entry->source);
    step->effective = entry->from;
    step->at = entry->key->value_at;
    step->detail = np_arena_format(x->arena, say(x, "step 1 and %lld times this share of it, to the minor unit"),
                                   (long long)number_of_step - 1);
}

void np_explain_scale(np_explainer *x, np_step *parent, const np_formula *formula, const np_node *node)
{
    const np_book *book = x->book;
    np_step *step = np_step_new(x, parent, NP_STEP_SCALE, "scale");
    step->formula = np_formula_text(x->arena, formula, node);
    const np_value *value = &x->payslip->trace[node->id];
    np_step_value(step, value);
    if (value->unknown) {
        np_explain_missing(x, step, value->as.missing);
        return;
    }
    np_step_status(step, value->status);
    const np_value *grade = &x->payslip->trace[node->args[0]->id], *asked = &x->payslip->trace[node->args[1]->id];
    const np_value *date = argument(x, node, NP_DATE, book->date_slot);
    const np_value *country = np_scale_country(book, argument(x, node, NP_COUNTRY, book->country_slot));
    int64_t number = 1;
    np_num_to_int(asked->as.number, &number);
    step->detail =
        np_arena_format(x->arena, say(x, "%s step %lld, %s, %s"), book->grades[grade->as.grade].name, (long long)number,
                        book->countries[country->as.country].name, np_date_text(x->arena, date->as.date));
    const np_scale *now = np_scale_on(book, country->as.country, date->as.date);
    if (now) step->effective = now->from;
    bool own = now && number > 1 &&
               np_scale_own_step(book, x->arena, now, grade->as.grade, (unsigned)number).how != NP_NOT_DERIVED;
    np_scale_trail *trail = np_scale_explain(book, x->arena, country->as.country, grade->as.grade, (unsigned)number,
                                             date->as.date, x->lang);
    for (; trail; trail = trail->next) {
        np_step *part = np_step_new(x, step, NP_STEP_SCALE, "");
        part->detail = trail->text;
        part->has_value = true;
        bool ratio = trail->currency == NP_CURRENCY_ANY;
        part->value = (np_value){.type = ratio ? NP_NUMBER : NP_MONEY, .currency = trail->currency};
        part->value.as.number = trail->value;
        np_step_status(part, trail->status);
        np_step_source(x, part, trail->source);
        part->at = trail->at;
    }
    if (!own) explain_step_rise(x, step, date->as.date, number);
}

void np_explain_rate(np_explainer *x, np_step *parent, const np_node *node)
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
        np_step *step = np_step_new(x, parent, NP_STEP_RATE, book->currencies[exchange->currency].name);
        step->label = np_label_text(&exchange->label, x->lang, say(x, "units per euro"));
        step->has_value = true;
        step->value = (np_value){.type = NP_NUMBER, .as.number = rate->figure.value};
        if (rate->ranged)
            step->detail = np_arena_format(x->arena, say(x, "between %s and %s"), np_explain_number(x, rate->low.value),
                                           np_explain_number(x, rate->high.value));
        step->effective = rate->from;
        np_step_status(step, rate->figure.status);
        np_step_source(x, step, rate->figure.source);
        step->at = rate->figure.at;
    }
}

/* The slices that the value reaches, one below the other. */
void np_explain_slices(np_explainer *x, np_step *parent, const np_formula *formula, const np_node *node)
{
    const np_value *args[4], *result = &x->payslip->trace[node->id];
    for (size_t i = 0; i < node->argc && i < 4; i++) args[i] = &x->payslip->trace[node->args[i]->id];
    if (result->unknown) return;
    np_step *step = np_step_new(x, parent, NP_STEP_SLICE, "progressive");
    step->formula = np_formula_text(x->arena, formula, node);
    np_step_value(step, result);
    for (size_t i = 0;; i++) {
        np_slice slice = np_slice_of(x->arena, args, node->argc, i);
        if (i >= slice.count || np_num_sign(slice.part) == 0) break;
        np_step *row = np_step_new(x, step, NP_STEP_SLICE, "");
        np_value from = *args[0], part = *args[0], amount = *result;
        from.as.number = slice.from;
        part.as.number = slice.part;
        amount.as.number = slice.amount;
        row->detail = np_arena_format(x->arena, say(x, "above %s: %s at %s"), value_about(x, &from),
                                      value_about(x, &part), np_explain_words(x, slice.rate));
        np_step_value(row, &amount);
    }
}
