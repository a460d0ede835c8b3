/* Inputs, rules, checks and exclusions: from their keys, before their formulas are compiled. */
#include <stdlib.h>
#include <string.h>

#include "build.h"

/* Of two definitions with one name the later one is the mistake. */
static void report_taken(np_build *build, const char *name, np_span a, const char *a_is, np_span b, const char *b_is)
{
    bool a_later = false;
    for (size_t i = 0; i < build->book->file_count; i++)
        if (build->book->files[i].file == a.file || build->book->files[i].file == b.file) {
            a_later = a.file == b.file ? a.offset > b.offset : build->book->files[i].file == b.file;
            break;
        }
    np_diag *diag = np_report(build->diags, NP_CODE_NAME_TAKEN, a_later ? a : b, "'%s' is the name of %s already", name,
                              np_say(build->diags->lang, a_later ? b_is : a_is));
    np_diag_note(build->diags, diag, a_later ? b : a, "which is defined here");
    np_diag_hint(build->diags, diag, "choose another name: inputs, rules and parameters share one set of names");
}

static bool new_slot(np_build *build, const char *name, np_span at, np_slot_kind kind, size_t index, np_type type,
                     uint16_t *slot)
{
    np_book *book = build->book;
    np_check_name(build, name, at);
    if (book->slot_count == NP_SLOTS_MAX) {
        np_report(build->diags, NP_CODE_TOO_MANY, at, "there are more than %d inputs and rules", NP_SLOTS_MAX);
        return false;
    }
    const np_input *input = np_book_input(book, name);
    int parameter = np_book_parameter(book, name);
    if (kind == NP_SLOT_RULE && input && !input->outside_formulas)
        report_taken(build, name, at, NP_MARK("a rule"), input->at, NP_MARK("an input"));
    if (parameter >= 0)
        report_taken(build, name, at, kind == NP_SLOT_RULE ? NP_MARK("a rule") : NP_MARK("an input"),
                     book->parameters[parameter].at, NP_MARK("a parameter"));
    *slot = (uint16_t)book->slot_count;
    book->slots[book->slot_count++] = (np_slot){kind, (uint16_t)index, type};
    return true;
}

static void read_bound(np_build *build, np_definition *definition, np_input *input, const char *name, bool *has,
                       np_value *bound)
{
    const np_ini_key *key = np_take(definition, name);
    if (!key) return;
    if (input->type != NP_NUMBER && input->type != NP_DATE && input->type != NP_MONEY) {
        np_report(build->diags, NP_CODE_TYPE_MISMATCH, key->name_at, "an input of type %s has no %s",
                  np_type_name(input->type), name);
        return;
    }
    if (input->type == NP_MONEY) { /* in the currency of the amount, whichever it is */
        *has = np_item_number(build, key, np_whole(build, key), &bound->as.number);
        bound->type = NP_MONEY;
    } else {
        *has = np_item_value(build, key, np_whole(build, key), input->type, UINT16_MAX, bound);
    }
}

static bool read_lasting(np_build *build, np_definition *definition, const np_input *input)
{
    if (!np_take_truth(build, definition, "lasting", false)) return false;
    if (input->type == NP_DATE || input->type == NP_GRADE || input->type == NP_COUNTRY) return true;
    np_diag *diag = np_report(build->diags, NP_CODE_TYPE_MISMATCH, np_take(definition, "lasting")->name_at,
                              "an input of type %s cannot be lasting", np_type_name(input->type));
    np_diag_hint(build->diags, diag, "dates, grades and countries can");
    return false;
}

/* Inputs that the program itself asks for have a type of their own; false: this is none. */
static bool own_type(const char *name, np_type *type)
{
    static const struct {
        const char *name;
        np_type type;
    } OWN[] = {{"date", NP_DATE},        {"start", NP_DATE},           {"grade", NP_GRADE},
               {"twin_grade", NP_GRADE}, {"duty_country", NP_COUNTRY}, {"station", NP_TEXT}};
    for (size_t i = 0; i < sizeof OWN / sizeof OWN[0]; i++) {
        if (strcmp(name, OWN[i].name) != 0) continue;
        *type = OWN[i].type;
        return true;
    }
    return false;
}

/* False: it is not known, which is reported. */
static bool read_type(np_build *build, np_definition *definition, np_input *input)
{
    bool own = own_type(input->name, &input->type);
    const np_ini_key *type = own ? np_take(definition, "type") : np_need(build, definition, "type");
    if (!type) return own;
    if (np_type_parse(type->value, &input->type)) return true;
    np_diag *diag = np_report(build->diags, NP_CODE_BAD_VALUE, type->value_at, "unknown type '%s'", type->value);
    np_diag_hint(build->diags, diag, "use number, money, truth, text, date, dates, duration, grade or country");
    return false;
}

static void read_input(np_build *build, np_definition *definition, np_input *input, size_t place)
{
    *input = (np_input){.name = definition->name, .at = definition->at, .type = NP_TEXT, .former = UINT16_MAX};
    np_take(definition, "former"); /* read when all inputs are known */
    bool type_known = read_type(build, definition, input);
    const np_ini_key *status = np_take(definition, "status");
    input->label = np_take_label(build, definition, "label");
    input->note = np_take_label(build, definition, "note");
    np_read_keys(build, definition, input);
    input->outside_formulas = !np_take_truth(build, definition, "in_formulas", true);
    input->whole = np_take_truth(build, definition, "whole", false);
    if (input->whole && input->type != NP_NUMBER) {
        np_report(build->diags, NP_CODE_TYPE_MISMATCH, np_take(definition, "whole")->name_at,
                  "an input of type %s cannot be whole", np_type_name(input->type));
        input->whole = false;
    }
    input->lasting = read_lasting(build, definition, input);
    input->compared = np_take_truth(build, definition, "compared", false);
    input->one_country = np_take_truth(build, definition, "one_country", false);
    read_bound(build, definition, input, "min", &input->has_min, &input->min);
    read_bound(build, definition, input, "max", &input->has_max, &input->max);
    np_take_choices(build, definition, input);
    np_take_headings(build, definition, input, place);
    np_take_sample(build, definition, input);
    bool finite = input->type == NP_TRUTH || input->choice_count > 0 || input->type == NP_COUNTRY;
    bool bounded = input->range_low.root && input->range_high.root;
    input->in_range = np_take_truth(build, definition, "range", finite || bounded);
    if (input->in_range && !finite && !bounded) {
        np_diag *diag = np_report(build->diags, NP_CODE_MISSING_KEY, definition->at,
                                  "the range cannot cover what may be answered to %s", definition->name);
        np_diag_hint(build->diags, diag, "add range_low and range_high, or choices");
        input->in_range = false;
    }
    if (!type_known) input->fallback.root = NULL; /* nothing to check it against */
    input->is_figure = status && np_read_status(build, status, NP_USER) == NP_USER;
    np_refuse_other_keys(build, definition);
}

void np_read_inputs(np_build *build)
{
    np_book *book = build->book;
    size_t cursor = 0;
    book->inputs = np_arena_array(build->arena, np_count_definitions(book, "input") + 1, sizeof *book->inputs);
    np_definition *definition;
    while ((definition = np_next_definition(book, "input", &cursor))) {
        np_input *input = &book->inputs[book->input_count];
        read_input(build, definition, input, book->input_count);
        if (new_slot(build, input->name, input->at, NP_SLOT_INPUT, book->input_count, input->type, &input->slot))
            book->input_count++;
    }
    np_check_samples(build);
}

static void read_rounding(np_build *build, np_definition *definition, np_rule *rule)
{
    const np_ini_key *key = np_take(definition, "rounding");
    rule->rounds = rule->kind != NP_FACT; /* a line of a payslip is rounded once */
    rule->rounding = build->book->rounding;
    if (!key) return;
    if (strcmp(key->value, "none") == 0 && rule->kind == NP_FACT) return;
    rule->rounds = true;
    if (np_rounding_parse(key->value, &rule->rounding)) return;
    np_diag *diag = np_report(build->diags, NP_CODE_BAD_VALUE, key->value_at, "unknown rounding '%s'", key->value);
    np_diag_hint(build->diags, diag, "use half_up, half_even, half_down, up, down, ceiling or floor");
}

static int read_order(np_build *build, const np_ini_key *key)
{
    np_num number;
    int64_t whole = 0;
    if (!np_item_number(build, key, np_whole(build, key), &number)) return 0;
    if (np_num_to_int(number, &whole) && whole >= 0 && whole <= 10000) return (int)whole;
    np_report(build->diags, NP_CODE_OUT_OF_BOUNDS, key->value_at, "an order is a whole number from 0 to 10000");
    return 0;
}

/* An amount that an overlay puts in is the user's own unless that overlay says what it is. */
static bool is_users(const np_definition *definition)
{
    const np_key *amount = np_definition_key(definition, "amount"), *status = np_definition_key(definition, "status");
    return amount && amount->layer > 0 && !(status && status->layer >= amount->layer);
}

static void read_rule_status(np_build *build, const np_definition *definition, np_rule *rule, const np_ini_key *status)
{
    bool users = rule->kind != NP_FACT && is_users(definition); /* a fact defines a term */
    rule->has_status = status || users;
    if (status) rule->status = np_read_status(build, status, NP_PUBLISHED);
    if (users) rule->status = NP_USER;
}

/* What is paid once, or by the employer alone, is no part of the net of a month; without a salary there is none. */
static void read_required(np_build *build, np_definition *definition, np_rule *rule)
{
    const np_key *key = np_definition_key(definition, "required");
    bool takes = rule->kind == NP_DEDUCTION || rule->kind == NP_ADJUSTMENT;
    rule->required = np_take_truth(build, definition, "required", takes);
    if (!key || rule->kind == NP_FACT || rule->kind == NP_ALLOWANCE || takes) return;
    np_diag *diag = np_report(build->diags, NP_CODE_UNKNOWN_KEY, key->ini->name_at,
                              "only a fact, an allowance, a deduction or an adjustment can be required");
    np_diag_hint(build->diags, diag, "leave it out: a rule of kind %s does not change the net, or is needed anyway",
                 np_kind_name(rule->kind));
}

static void read_costs(np_build *build, np_definition *definition, np_rule *rule)
{
    const np_key *key = np_definition_key(definition, "employer");
    rule->costs = np_take_truth(build, definition, "employer", rule->kind == NP_ADJUSTMENT);
    if (!key || rule->kind == NP_ADJUSTMENT) return;
    np_diag *diag = np_report(build->diags, NP_CODE_UNKNOWN_KEY, key->ini->name_at,
                              "only an adjustment is in or out of the employer's cost");
    np_diag_hint(build->diags, diag, "leave it out: salary and allowances are in it, deductions do not change it");
}

static void read_rule(np_build *build, np_definition *definition, np_rule *rule)
{
    *rule = (np_rule){
        .name = definition->name, .at = definition->at, .kind = NP_FACT, .from = NP_DATE_NONE, .until = NP_DATE_NONE};
    const np_ini_key *status = np_take(definition, "status"), *order = np_take(definition, "order");
    np_read_keys(build, definition, rule);
    rule->label = np_take_label(build, definition, "label");
    rule->note = np_take_label(build, definition, "note");
    if (rule->date.key && rule->kind != NP_ONCE)
        np_diag_hint(build->diags,
                     np_report(build->diags, NP_CODE_UNKNOWN_KEY, rule->date.key->name_at,
                               "only a rule of kind once has a date"),
                     "leave it out, or write kind = once; from and until say when a rule is in force");
    read_rounding(build, definition, rule);
    read_required(build, definition, rule);
    read_costs(build, definition, rule);
    if (rule->from != NP_DATE_NONE && rule->until != NP_DATE_NONE && rule->until < rule->from)
        np_report(build->diags, NP_CODE_BAD_RANGE, np_take(definition, "until")->value_at,
                  "this rule ends before it begins");
    read_rule_status(build, definition, rule, status);
    if (order) rule->order = read_order(build, order);
    np_take(definition, "counts_in"); /* a key that rules may have; calc/book/counts_in.c reads what it says */
    const np_ini_key *source = np_take(definition, "source");
    rule->sources = np_read_sources(build, source, &rule->source_count);
    np_refuse_other_keys(build, definition);
}

/* As a payslip lists them, whatever file they stand in. */
static int by_line(const void *a, const void *b)
{
    const np_rule *x = a, *y = b;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    return x->order != y->order ? x->order - y->order : strcmp(x->name, y->name);
}

bool np_read_rules(np_build *build)
{
    np_book *book = build->book;
    size_t cursor = 0;
    book->rules = np_arena_array(build->arena, np_count_definitions(book, "rule") + 1, sizeof *book->rules);
    np_definition *definition;
    while ((definition = np_next_definition(book, "rule", &cursor)))
        read_rule(build, definition, &book->rules[book->rule_count++]);
    if (book->rule_count > 1) qsort(book->rules, book->rule_count, sizeof *book->rules, by_line);
    size_t count = book->rule_count;
    for (book->rule_count = 0; book->rule_count < count; book->rule_count++) {
        np_rule *rule = &book->rules[book->rule_count];
        if (!new_slot(build, rule->name, rule->at, NP_SLOT_RULE, book->rule_count, NP_NONE, &rule->slot)) return false;
    }
    return true;
}

void np_read_checks(np_build *build)
{
    np_book *book = build->book;
    size_t cursor = 0;
    book->checks = np_arena_array(build->arena, np_count_definitions(book, "check") + 1, sizeof *book->checks);
    np_definition *definition;
    while ((definition = np_next_definition(book, "check", &cursor))) {
        np_check *check = &book->checks[book->check_count++];
        *check = (np_check){.name = definition->name, .at = definition->at, .about = UINT16_MAX};
        const np_ini_key *about = np_take(definition, "about");
        check->stops = np_take_word(build, definition, "severity", 0) == 0;
        np_read_keys(build, definition, check);
        const np_input *input = about ? np_find_input(build, about) : NULL;
        if (input) check->about = input->slot;
        np_refuse_other_keys(build, definition);
    }
}

/* What no rule pays or takes, but somebody should know of. */
void np_read_exclusions(np_build *build)
{
    np_book *book = build->book;
    size_t cursor = 0;
    book->exclusions =
        np_arena_array(build->arena, np_count_definitions(book, "exclusion") + 1, sizeof *book->exclusions);
    np_definition *definition;
    while ((definition = np_next_definition(book, "exclusion", &cursor))) {
        np_check *exclusion = &book->exclusions[book->exclusion_count++];
        *exclusion = (np_check){.name = definition->name, .at = definition->at, .about = UINT16_MAX};
        exclusion->message = np_take_label(build, definition, "label");
        exclusion->not_due = np_take_word(build, definition, "kind", 0) == 1;
        np_need(build, definition, "label");
        np_read_keys(build, definition, exclusion);
        np_take_label(build, definition, "note");
        np_refuse_other_keys(build, definition);
    }
}
