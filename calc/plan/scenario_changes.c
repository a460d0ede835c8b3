/* Sections [change X] of a scenario. */
#include <string.h>

#include "natopay/book/contracts.h"
#include "natopay/book/schema.h"
#include "natopay/pay/situation.h"
#include "natopay/plan/scenario_changes.h"
#include "natopay/plan/scenario.h"

enum { SHARE_MOST = 1000000000 }; /* of its denominator: shares are drawn by 32 bits */

typedef struct reading {
    np_book *book;
    np_diags *diags;
    const np_definition *definition;
    np_situation *scratch; /* takes values to see whether an input would */
    np_staff_change *change;
} reading;

static const np_ini_key *key_of(const reading *r, const char *name)
{
    const np_key *key = np_definition_key(r->definition, name);
    return key ? key->ini : NULL;
}

/* ---- formulas ---- */

static bool names_rules(const np_book *book, const np_node *node)
{
    bool found = node->op == NP_OP_SLOT && book->slots[node->index].kind == NP_SLOT_RULE;
    for (size_t i = 0; i < node->argc && !found; i++) found = names_rules(book, node->args[i]);
    return found;
}

static np_formula formula_of(reading *r, np_diags *diags, const np_ini_key *key, np_type type, const char *what)
{
    np_formula formula = np_formula_compile(r->book, diags, key, type, what);
    if (formula.root) r->change->asks_rules = r->change->asks_rules || names_rules(r->book, formula.root);
    return formula;
}

/* ---- set = NAME = VALUE, ... ---- */

/* Some of the text of `set`, without blanks around it, as a key of its own with its place in the file. */
static np_ini_key item_of(const reading *r, const np_ini_key *set, size_t from, size_t until, const char *name)
{
    while (from < until && set->value[from] == ' ') from++;
    while (until > from && set->value[until - 1] == ' ') until--;
    np_ini_key key = {.name = name, .value = np_arena_copy(r->book->arena, set->value + from, until - from)};
    key.value_at = np_ini_value_span(set, from, until > from ? until - from : 1);
    return key;
}

/* Where an item NAME = VALUE ends: at the next comma outside brackets and quotes. */
static size_t end_of_item(const char *text, size_t at)
{
    int depth = 0;
    char quote = '\0';
    for (; text[at]; at++) {
        char c = text[at];
        if (quote)
            quote = c == quote ? '\0' : quote;
        else if (c == '\'' || c == '"')
            quote = c;
        else if (c == ',' && depth == 0)
            break;
        else
            depth += (c == '(') - (c == ')');
    }
    return at;
}

/* Whether the career goes on anew from the day on which this input is set. */
static bool is_of_career(const np_book *book, uint16_t slot)
{
    const np_career_slots *at = &book->career->slots;
    const np_progress *progress = book->career->progress;
    const np_node *held = progress ? progress->step_held_on.root : NULL;
    const np_node *counted = progress ? progress->steps_from.root : NULL;
    return slot == at->grade || slot == at->twin_grade || slot == at->step ||
           (held && held->op == NP_OP_SLOT && held->index == slot) ||
           (counted && counted->op == NP_OP_SLOT && counted->index == slot);
}

/* A value as lists write it, or else a formula. */
static bool read_becomes(reading *r, const np_ini_key *item, const np_input *input, np_change_input *to)
{
    np_diags of_value, of_formula;
    np_diags_init(&of_value, r->book->arena);
    np_diags_init(&of_formula, r->book->arena);
    of_value.lang = of_formula.lang = r->diags->lang;
    *to = (np_change_input){.slot = input->slot};
    if (np_situation_set_text(r->scratch, &of_value, input->name, item->value, item->value_at, item->value_at)) {
        to->value = r->scratch->values[input->slot];
        return true;
    }
    np_ini_key *key = np_arena_alloc(r->book->arena, sizeof *key);
    *key = *item;
    if (input->type != NP_TEXT) to->formula = formula_of(r, &of_formula, key, input->type, input->name);
    if (to->formula.root && to->formula.root->op != NP_OP_LITERAL) return true;
    to->formula.root = NULL;
    bool computes = input->type != NP_TEXT && strpbrk(item->value, "()+*/<>") != NULL;
    const np_diags *said = computes && of_formula.errors ? &of_formula : &of_value;
    for (const np_diag *d = said->first; d; d = d->next) np_diag_copy(r->diags, d, d->at, "");
    return false;
}

/* What a change must not set, with the reason. */
static const char *barred(const np_book *book, const np_input *input)
{
    if (input->slot == book->date_slot) return NP_MARK("it is the month being paid");
    if (input->slot == book->career->slots.grade_at_recruitment) return NP_MARK("it is what the career began with");
    if (input->type == NP_DATES) return NP_MARK("it is a list of dates");
    return NULL;
}

static void read_item(reading *r, const np_ini_key *set, size_t from, size_t until)
{
    np_staff_change *change = r->change;
    const char *equals = memchr(set->value + from, '=', until - from);
    np_ini_key name = item_of(r, set, from, equals ? (size_t)(equals - set->value) : until, "set");
    if (!equals || !name.value[0]) {
        np_diag *diag = np_report(r->diags, NP_CODE_BAD_VALUE, name.value_at, "'%s' is not NAME = VALUE", name.value);
        np_diag_hint(r->diags, diag, "for example set = duty_country = PL, part_time = 80%%");
        return;
    }
    const np_input *input = np_book_input(r->book, name.value);
    if (!input) {
        np_diag *diag =
            np_report(r->diags, NP_CODE_UNKNOWN_INPUT, name.value_at, "no input is called '%s'", name.value);
        const char *near = np_book_suggest(r->book, "input", name.value);
        if (near) np_diag_hint(r->diags, diag, "did you mean %s?", near);
        return;
    }
    const char *why = barred(r->book, input);
    if (why) {
        np_report(r->diags, NP_CODE_BAD_VALUE, name.value_at, "a change cannot set %s: %s", input->name,
                  np_say(r->diags->lang, why));
        return;
    }
    if (change->input_count == NP_CHANGE_INPUTS_MAX) {
        np_report(r->diags, NP_CODE_TOO_MANY, name.value_at, "a change sets %d inputs at most", NP_CHANGE_INPUTS_MAX);
        return;
    }
    for (size_t i = 0; i < change->input_count; i++)
        if (change->inputs[i].slot == input->slot)
            np_report(r->diags, NP_CODE_DUPLICATE_KEY, name.value_at, "%s is set twice", input->name);
    np_ini_key item = item_of(r, set, (size_t)(equals - set->value) + 1, until, input->name);
    if (!read_becomes(r, &item, input, &change->inputs[change->input_count])) return;
    change->moves_career = change->moves_career || is_of_career(r->book, input->slot);
    change->input_count++;
}

static void read_set(reading *r)
{
    const np_ini_key *set = key_of(r, "set");
    if (!set) return;
    for (size_t from = 0;; from++) {
        size_t until = end_of_item(set->value, from);
        read_item(r, set, from, until);
        from = until;
        if (!set->value[from]) return;
    }
}

/* ---- the other keys ---- */

static bool value_of(const reading *r, const char *name, np_type type, np_value *value)
{
    const np_ini_key *key = key_of(r, name);
    return key && np_book_read_value(r->book, r->diags, key, type, value);
}

static bool truth_of(const reading *r, const char *name, bool fallback)
{
    np_value value;
    return value_of(r, name, NP_TRUTH, &value) ? value.as.truth : fallback;
}

static void read_times(reading *r)
{
    np_value value;
    np_staff_change *change = r->change;
    if (value_of(r, "from", NP_DATE, &value)) change->from = value.as.date;
    if (!value_of(r, "every", NP_DURATION, &value)) return;
    change->repeats = true;
    change->every = value.as.duration;
    if (change->every.months >= 1 && change->every.days == 0) return;
    np_diag *diag =
        np_report(r->diags, NP_CODE_OUT_OF_BOUNDS, key_of(r, "every")->value_at, "'every' takes whole months or years");
    np_diag_hint(r->diags, diag, "for example 12 months");
}

/* Exactly so many: who they are is found before the first of them is planned. */
static void read_count(reading *r, const np_ini_key *key, const np_ini_key *share)
{
    np_value value;
    int64_t wanted;
    const np_ini_key *every = key_of(r, "every");
    if (share)
        np_report(r->diags, NP_CODE_CONTRADICTION, key->name_at,
                  "a change is for a share or for a count, not for both");
    if (every)
        np_report(r->diags, NP_CODE_CONTRADICTION, key->name_at,
                  "a change for a count is made once: leave out 'every', or give a change for each day");
    if (share || every || !value_of(r, "count", NP_NUMBER, &value)) return;
    if (np_num_to_int(value.as.number, &wanted) && wanted >= 1 && wanted <= NP_SELECTION_MAX)
        r->change->selection = np_selection_new(r->book->arena, (size_t)wanted);
    else
        np_report(r->diags, NP_CODE_OUT_OF_BOUNDS, key->value_at, "a count is a whole number from 1 to %d",
                  NP_SELECTION_MAX);
}

static void read_share(reading *r)
{
    np_value value;
    np_staff_change *change = r->change;
    const np_ini_key *share = key_of(r, "share"), *count = key_of(r, "count"), *seed = key_of(r, "seed");
    change->seed = seed ? seed->value : "";
    if (seed && !share && !count) {
        np_diag *diag = np_report(r->diags, NP_CODE_MISSING_KEY, seed->name_at,
                                  "a seed is for a share or a count, and neither is given");
        np_diag_hint(r->diags, diag, "for example share = 5%%");
    }
    if (count) read_count(r, count, share);
    if (!value_of(r, "share", NP_NUMBER, &value)) return;
    change->drawn = true;
    change->share = value.as.number;
    bool small = change->share.den > 0 && change->share.den <= SHARE_MOST;
    if (small && change->share.of.small >= 0 && change->share.of.small <= change->share.den) return;
    np_diag *diag = np_report(r->diags, NP_CODE_OUT_OF_BOUNDS, share->value_at,
                              "a share goes from 0 to 100 %%, with nine decimals at most");
    if (small && !value.percent && np_num_compare(change->share, np_num_int(100)) <= 0 &&
        np_num_sign(change->share) > 0)
        np_diag_hint(r->diags, diag, "write %s%%", share->value);
}

static void read_change(reading *r)
{
    np_staff_change *change = r->change;
    *change = (np_staff_change){.name = r->definition->name, .at = r->definition->at, .from = NP_DATE_NONE};
    change->count = np_arena_alloc(r->book->arena, sizeof *change->count);
    np_change_count_begin(change->count);
    size_t errors = r->diags->errors;
    np_book_refuse_unknown_keys(r->diags, r->definition);
    const np_ini_key *when = key_of(r, "when");
    if (when) change->when = formula_of(r, r->diags, when, NP_TRUTH, "'when'");
    read_times(r);
    read_share(r);
    change->leave = truth_of(r, "leave", false);
    change->stay_out = !truth_of(r, "join", true);
    read_set(r);
    bool changes = change->input_count || change->leave || change->stay_out;
    if (changes || r->diags->errors > errors) return; /* what is wrong may be what it changes */
    np_diag *diag =
        np_report(r->diags, NP_CODE_MISSING_KEY, r->definition->at, "[change %s] changes nothing", r->definition->name);
    np_diag_hint(r->diags, diag, "add set = NAME = VALUE, leave = yes or join = no");
}

bool np_changes_read(np_book *book, np_diags *diags, unsigned base, const np_staff_change **changes, size_t *count)
{
    size_t errors = diags->errors, found = 0;
    np_staff_change *all = NULL;
    np_situation *scratch = NULL;
    *count = 0;
    *changes = NULL;
    for (size_t i = 0; i < book->definition_count; i++) {
        const np_definition *definition = book->definitions[i];
        if (strcmp(definition->type, "change") != 0 || definition->layer <= base) continue;
        if (found == NP_CHANGES_MAX) {
            np_report(diags, NP_CODE_TOO_MANY, definition->at, "a scenario has %d changes at most", NP_CHANGES_MAX);
            return false;
        }
        if (!book->career || book->country_slot == UINT16_MAX) {
            np_report(diags, NP_CODE_MISSING_KEY, definition->at, "this rule book has no careers, which changes need");
            return false;
        }
        if (!all) all = np_arena_array(book->arena, NP_CHANGES_MAX, sizeof *all);
        if (!scratch) scratch = np_situation_new(book, book->arena);
        reading r = {book, diags, definition, scratch, &all[found++]};
        read_change(&r);
    }
    *changes = all;
    *count = found;
    return diags->errors == errors;
}

bool np_changes_refuse(const np_book *book, np_diags *diags)
{
    size_t errors = diags->errors;
    for (size_t i = 0; i < book->definition_count; i++) {
        const np_definition *definition = book->definitions[i];
        if (strcmp(definition->type, "change") != 0) continue;
        np_diag *diag = np_report(diags, NP_CODE_CHANGE_OUTSIDE, definition->at, "[change %s] is not in a scenario",
                                  definition->name);
        np_diag_hint(diags, diag, "give the file by --scenario");
    }
    return diags->errors == errors;
}
