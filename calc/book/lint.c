/* What loads but should not stay: what natopay check warns of. */
#include "natopay/book/lint.h"

#include <string.h>

#include "natopay/book/scale.h"
#include "natopay/book/schema.h"

typedef struct linter {
    np_book *book;
    np_diags *diags;
} linter;

/* ---- parameters ---- */

static bool listed(const char *const *names, const char *name)
{
    for (size_t i = 0; names && names[i]; i++)
        if (strcmp(names[i], name) == 0) return true;
    return false;
}

static void no_source(linter *l, np_span at, const char *what)
{
    np_diag *diag = np_report(l->diags, NP_CODE_NO_SOURCE, at, "%s names no source", np_say(l->diags->lang, what));
    np_diag_hint(l->diags, diag, "add source = NAME of a [source NAME]; a figure of your own has status = user");
}

/* Whether one is more than `times` the other, both above zero. */
static bool far_apart(const linter *l, np_num a, np_num b, int64_t times)
{
    np_arena *arena = l->book->arena;
    if (np_num_sign(a) <= 0 || np_num_sign(b) <= 0) return false;
    return np_num_compare(a, np_num_mul(arena, b, np_num_int(times))) > 0 ||
           np_num_compare(b, np_num_mul(arena, a, np_num_int(times))) > 0;
}

/* What a user lays over the book is where slips are made: 8 for 8%, 3% for a rise by 3 %. */
static void lint_jump(linter *l, const np_entry *before, const np_entry *entry)
{
    for (size_t i = 0; i < entry->count && i < before->count; i++) {
        const np_value *now = &entry->values[i], *then = &before->values[i];
        if (now->type != NP_NUMBER || then->type != NP_NUMBER || !far_apart(l, now->as.number, then->as.number, 10))
            continue;
        np_diag *diag = np_report(l->diags, NP_CODE_STRANGE_FIGURE, entry->key->value_at,
                                  "this is more than ten times, or less than a tenth of, what it was before");
        np_diag_note(l->diags, diag, before->key->value_at, "what it was before");
        if (then->percent && !now->percent) np_diag_hint(l->diags, diag, "a percentage is written with its sign: 8%%");
        return;
    }
}

static void lint_index(linter *l, const np_scale *scale)
{
    const np_num index = scale->index.value;
    if (!scale->index.given || !far_apart(l, index, np_num_int(1), 2)) return;
    np_diag *diag = np_report(l->diags, NP_CODE_STRANGE_FIGURE, scale->index.at,
                              "an index is the factor to the scale before: this one more than doubles or halves it");
    np_diag_hint(l->diags, diag, "a rise by 3 percent is written 1.03");
}

static void lint_parameter(linter *l, const np_parameter *parameter, const char *const *used_elsewhere)
{
    if (!parameter->used && !listed(used_elsewhere, parameter->name))
        np_diag_hint(l->diags,
                     np_report(l->diags, NP_CODE_UNUSED_PARAMETER, parameter->at, "nothing uses the parameter %s",
                               parameter->name),
                     "a formula uses it by its name; without one it can go");
    for (size_t i = 0; i < parameter->entry_count; i++) {
        const np_entry *entry = &parameter->entries[i];
        if (!entry->source && entry->status != NP_USER) no_source(l, entry->key->name_at, NP_MARK("this figure"));
        if (i > 0 && entry->country == entry[-1].country && !entry->values->unknown && !entry[-1].values->unknown)
            lint_jump(l, &entry[-1], entry);
    }
}

static void lint_function(linter *l, const np_book_function *function)
{
    if (function->used) return;
    np_diag *diag =
        np_report(l->diags, NP_CODE_UNUSED_FUNCTION, function->at,
                  "nothing calls the function %s, so the types in its formula were not checked", function->name);
    np_diag_hint(l->diags, diag, "a formula calls it by its name, as %s(...); without a call it can go",
                 function->name);
}

static void lint_scale(linter *l, const np_scale *scale)
{
    for (size_t i = 0; i < l->book->grade_count * NP_STEPS_MAX; i++) {
        const np_figure *figure = &scale->figures[i];
        if (figure->given && !figure->source && figure->status != NP_USER)
            no_source(l, figure->at, NP_MARK("this figure"));
    }
    if (scale->index.given && !scale->index.source && scale->index.status != NP_USER)
        no_source(l, scale->index.at, NP_MARK("this index"));
    if (scale->ratio.given && !scale->ratio.source && scale->ratio.status != NP_USER)
        no_source(l, scale->ratio.at, NP_MARK("this ratio"));
    lint_index(l, scale);
}

/* A country whose printed scales are a year or more apart with an index missing in between cannot be carried across.
 * One that refers to another country needs none: the ratio to that country stands in. */
static void lint_country(linter *l, const np_country *country)
{
    for (size_t i = 1; i < country->scale_count; i++) {
        const np_scale *now = country->scales[i];
        if (now->index.given || now->reference != UINT16_MAX) continue;
        np_diag *diag = np_report(l->diags, NP_CODE_DATE_GAP, now->at,
                                  "this scale gives no index: figures cannot be carried to it from the one before");
        np_diag_note(l->diags, diag, country->scales[i - 1]->at, "the one before");
        np_diag_hint(l->diags, diag, "add index = the factor from one to the other");
    }
}

/* ---- conditions that can never hold ---- */

typedef enum truth { NO, YES, MAYBE } truth;

typedef struct bounds {
    bool low_known, high_known;
    np_num low, high;
} bounds;

/* What values a number may take, from literals and the declared bounds of inputs. */
static bounds bounds_of(const linter *l, const np_node *node)
{
    bounds b = {0};
    if (node->op == NP_OP_LITERAL && (node->type == NP_NUMBER || node->type == NP_MONEY))
        return (bounds){true, true, node->literal.as.number, node->literal.as.number};
    if (node->op != NP_OP_SLOT || l->book->slots[node->index].kind != NP_SLOT_INPUT) return b;
    const np_input *input = &l->book->inputs[l->book->slots[node->index].index];
    if (input->type != NP_NUMBER && input->type != NP_MONEY) return b;
    return (bounds){input->has_min, input->has_max, input->min.as.number, input->max.as.number};
}

static truth less(const bounds *a, const bounds *b, bool or_equal)
{
    int slack = or_equal ? 0 : -1;
    if (a->high_known && b->low_known && np_num_compare(a->high, b->low) <= slack) return YES;
    if (a->low_known && b->high_known && np_num_compare(a->low, b->high) > slack) return NO;
    return MAYBE;
}

static truth number_comparison(const linter *l, const np_node *node)
{
    bounds a = bounds_of(l, node->args[0]), b = bounds_of(l, node->args[1]);
    switch ((np_op)node->op) {
    case NP_OP_LT:
        return less(&a, &b, false);
    case NP_OP_LE:
        return less(&a, &b, true);
    case NP_OP_GT:
        return less(&b, &a, false);
    case NP_OP_GE:
        return less(&b, &a, true);
    default: { /* equal only where the ranges meet */
        truth apart = less(&a, &b, false) == YES || less(&b, &a, false) == YES ? YES : MAYBE;
        if (apart == MAYBE) return MAYBE;
        return node->op == NP_OP_EQ ? NO : YES;
    }
    }
}

/* A text input beside a literal that is none of its choices. */
static truth text_comparison(const linter *l, const np_node *node)
{
    const np_node *a = node->args[0], *b = node->args[1];
    const np_node *slot = a->op == NP_OP_SLOT ? a : b, *literal = a->op == NP_OP_SLOT ? b : a;
    if (slot->op != NP_OP_SLOT || literal->op != NP_OP_LITERAL) return MAYBE;
    if (l->book->slots[slot->index].kind != NP_SLOT_INPUT) return MAYBE;
    const np_input *input = &l->book->inputs[l->book->slots[slot->index].index];
    for (size_t i = 0; i < input->choice_count; i++)
        if (strcmp(input->choices[i], literal->literal.as.text) == 0) return MAYBE;
    if (input->choice_count == 0) return MAYBE;
    return node->op == NP_OP_EQ ? NO : YES;
}

static truth decide(const linter *l, const np_node *node);

static truth decide_literals(const np_node *node)
{
    const np_value *a = &node->args[0]->literal, *b = &node->args[1]->literal;
    bool dates = node->args[0]->op == NP_OP_LITERAL && node->args[1]->op == NP_OP_LITERAL && a->type == NP_DATE;
    if (!dates) return MAYBE;
    int order = (a->as.date > b->as.date) - (a->as.date < b->as.date);
    switch ((np_op)node->op) {
    case NP_OP_EQ:
        return order == 0 ? YES : NO;
    case NP_OP_NE:
        return order != 0 ? YES : NO;
    case NP_OP_LT:
        return order < 0 ? YES : NO;
    case NP_OP_LE:
        return order <= 0 ? YES : NO;
    case NP_OP_GT:
        return order > 0 ? YES : NO;
    default:
        return order >= 0 ? YES : NO;
    }
}

static truth decide_comparison(const linter *l, const np_node *node)
{
    uint8_t type = node->args[0]->type;
    if (type == NP_NUMBER || type == NP_MONEY) return number_comparison(l, node);
    if (type == NP_TEXT && (node->op == NP_OP_EQ || node->op == NP_OP_NE)) return text_comparison(l, node);
    return decide_literals(node);
}

/* x > 5 and x < 3: two bounds on one input that leave nothing. */
static bool exclude_each_other(const linter *l, const np_node *a, const np_node *b)
{
    bool upper = a->op == NP_OP_LT || a->op == NP_OP_LE, lower = b->op == NP_OP_GT || b->op == NP_OP_GE;
    if (!upper || !lower || a->args[0]->op != NP_OP_SLOT || b->args[0]->op != NP_OP_SLOT) return false;
    if (a->args[0]->index != b->args[0]->index) return false;
    bounds high = bounds_of(l, a->args[1]), low = bounds_of(l, b->args[1]);
    if (!high.high_known || !low.low_known) return false;
    int order = np_num_compare(high.high, low.low);
    return order < 0 || (order == 0 && (a->op == NP_OP_LT || b->op == NP_OP_GT));
}

static truth opposite(truth a)
{
    return a == MAYBE ? MAYBE : a == YES ? NO : YES;
}

static truth decide_and(const linter *l, const np_node *a, const np_node *b)
{
    if (exclude_each_other(l, a, b) || exclude_each_other(l, b, a)) return NO;
    truth x = decide(l, a), y = decide(l, b);
    return x == NO || y == NO ? NO : x == YES && y == YES ? YES : MAYBE;
}

static truth decide_or(const linter *l, const np_node *a, const np_node *b)
{
    truth x = decide(l, a), y = decide(l, b);
    return x == YES || y == YES ? YES : x == NO && y == NO ? NO : MAYBE;
}

static truth decide(const linter *l, const np_node *node)
{
    switch ((np_op)node->op) {
    case NP_OP_LITERAL:
        return node->type != NP_TRUTH ? MAYBE : node->literal.as.truth ? YES : NO;
    case NP_OP_NOT:
        return opposite(decide(l, node->args[0]));
    case NP_OP_AND:
        return decide_and(l, node->args[0], node->args[1]);
    case NP_OP_OR:
        return decide_or(l, node->args[0], node->args[1]);
    case NP_OP_EQ:
    case NP_OP_NE:
    case NP_OP_LT:
    case NP_OP_LE:
    case NP_OP_GT:
    case NP_OP_GE:
        return decide_comparison(l, node);
    default:
        return MAYBE;
    }
}

/* ---- rules ---- */

static np_status best_of(const np_parameter *parameter)
{
    np_status best = parameter->entry_count ? NP_USER : NP_PUBLISHED;
    for (size_t i = 0; i < parameter->entry_count; i++)
        if (parameter->entries[i].status < best) best = parameter->entries[i].status;
    return best;
}

static np_status floor_of(const linter *l, const np_node *node);

/* Of a rule that holds always. */
static np_status floor_of_slot(const linter *l, const np_slot *slot)
{
    if (slot->kind != NP_SLOT_RULE) return NP_PUBLISHED;
    const np_rule *rule = &l->book->rules[slot->index];
    if (rule->when.root) return NP_PUBLISHED;
    np_status weakest = rule->amount.root ? floor_of(l, rule->amount.root) : NP_PUBLISHED;
    return rule->has_status && rule->status > weakest ? rule->status : weakest;
}

/* The weakest status that a formula is bound to have, whatever the situation: that of the figures it always reads. */
static np_status floor_of(const linter *l, const np_node *node)
{
    np_status weakest = NP_PUBLISHED;
    if (node->op == NP_OP_IF) return floor_of(l, node->args[0]);
    if (node->op == NP_OP_PARAMETER) weakest = best_of(&l->book->parameters[node->index]);
    if (node->op == NP_OP_SLOT) weakest = floor_of_slot(l, &l->book->slots[node->index]);
    size_t count = node->op == NP_OP_AND || node->op == NP_OP_OR ? 1 : node->argc; /* the second may not be looked at */
    for (size_t i = 0; i < count; i++) {
        np_status part = floor_of(l, node->args[i]);
        if (part > weakest) weakest = part;
    }
    return weakest;
}

static void lint_rule(linter *l, const np_rule *rule)
{
    /* a fact defines a term; what it takes from parameters has their sources */
    if (rule->source_count == 0 && rule->kind != NP_FACT)
        no_source(l, rule->at, np_arena_format(l->diags->arena, np_say(l->diags->lang, "the rule %s"), rule->name));
    if (rule->when.root && decide(l, rule->when.root) == NO)
        np_report(l->diags, NP_CODE_NEVER, rule->when.key->value_at, "this condition can never hold");
    if (!rule->has_status || !rule->amount.root) return;
    np_status weakest = floor_of(l, rule->amount.root);
    if (rule->status >= weakest) return;
    np_diag *diag = np_report(l->diags, NP_CODE_STATUS_TOO_STRONG, rule->at,
                              "the rule %s says %s, but what it is made of is at best %s", rule->name,
                              np_status_name(rule->status), np_status_name(weakest));
    np_diag_hint(l->diags, diag, "leave the status out: a line is as sure as the weakest figure in it");
}

/* A parameter that a rule reads from a date on which it has no value yet. */
static void lint_dates(linter *l, const np_rule *rule, const np_node *node)
{
    for (size_t i = 0; i < node->argc; i++) lint_dates(l, rule, node->args[i]);
    if (node->op != NP_OP_PARAMETER || rule->from == NP_DATE_NONE) return;
    const np_parameter *parameter = &l->book->parameters[node->index];
    if (parameter->by_country || parameter->by.key || parameter->entry_count == 0 ||
        parameter->entries[0].from <= rule->from)
        return;
    np_diag *diag = np_report(l->diags, NP_CODE_DATE_GAP, np_node_span(&rule->amount, node),
                              "%s has no value yet when the rule %s begins", parameter->name, rule->name);
    np_diag_note(l->diags, diag, parameter->entries[0].key->name_at, "its first value");
    np_diag_hint(l->diags, diag, "give it an earlier value, or begin the rule later");
}

/* In the pack itself a figure without a status would pass for the user's own. */
static void lint_status(linter *l, const np_definition *definition)
{
    static const char *const FIGURES[] = {"scale", "parameter", "exchange"};
    for (size_t i = 0; i < sizeof FIGURES / sizeof FIGURES[0]; i++)
        if (definition->layer == 0 && strcmp(definition->type, FIGURES[i]) == 0 &&
            !np_definition_key(definition, "status"))
            np_diag_hint(l->diags,
                         np_report(l->diags, NP_CODE_NO_SOURCE, definition->at,
                                   "this section does not say how sure its figures are"),
                         "add status = published, chained, sister, estimated or assumed");
}

/* ---- other languages ---- */

/* Whether a key holds words for people, which each language of the book says in its own. */
static bool has_words(const np_section_schema *section, const char *key)
{
    const char *ending = strrchr(key, '.');
    if (strcmp(ending ? ending : key, ending ? ".note" : "note") == 0 || strcmp(key, "label") == 0) return true;
    for (size_t i = 0; section && i < section->key_count; i++)
        if (section->keys[i].kind == NP_KEY_LABEL && strcmp(section->keys[i].name, key) == 0) return true;
    return false;
}

/* The texts of the pack itself: who lays something over it may write in one language. */
static void lint_translations(linter *l, const np_definition *definition, const char *language)
{
    const np_section_schema *section = np_section_schema_of(definition->type);
    for (size_t i = 0; i < definition->key_count; i++) {
        const np_ini_key *key = definition->keys[i].ini;
        if (definition->keys[i].layer > 0 || !has_words(section, key->name)) continue;
        const char *wanted = np_arena_format(l->diags->arena, "%s.%s", key->name, language);
        if (np_definition_key(definition, wanted)) continue;
        np_diag *diag = np_report(l->diags, NP_CODE_NOT_TRANSLATED, key->name_at, "[%s %s] has no %s", definition->type,
                                  definition->name, wanted);
        np_diag_hint(l->diags, diag, "add %s = ... to [%s %s], here or in %s.ini", wanted, definition->type,
                     definition->name, language);
    }
}

void np_book_lint(np_book *book, np_diags *diags, const char *const *used_elsewhere)
{
    linter l = {book, diags};
    for (size_t i = 0; i < book->definition_count; i++) lint_status(&l, book->definitions[i]);
    for (size_t i = 0; i < book->language_count; i++)
        for (size_t d = 0; d < book->definition_count && strcmp(book->languages[i], "en") != 0; d++)
            lint_translations(&l, book->definitions[d], book->languages[i]);
    for (size_t i = 0; i < book->parameter_count; i++) lint_parameter(&l, &book->parameters[i], used_elsewhere);
    for (size_t i = 0; i < book->function_count; i++) lint_function(&l, &book->functions[i]);
    for (size_t i = 0; i < book->scale_count; i++) lint_scale(&l, &book->scales[i]);
    np_scale_places places = np_scale_places_of(book);
    for (size_t i = places.begin; i < places.end; i++) lint_country(&l, &book->countries[i]);
    for (size_t i = 0; i < book->rule_count; i++) {
        lint_rule(&l, &book->rules[i]);
        np_lint_amounts(book, diags, &book->rules[i]);
        if (book->rules[i].amount.root) lint_dates(&l, &book->rules[i], book->rules[i].amount.root);
    }
    for (size_t i = 0; i < book->check_count; i++)
        if (book->checks[i].when.root && decide(&l, book->checks[i].when.root) == NO)
            np_report(diags, NP_CODE_NEVER, book->checks[i].when.key->value_at, "this condition can never hold");
}
