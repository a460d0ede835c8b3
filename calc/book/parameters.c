/* Reading [parameter X]: values by date and country, with their ranges. */
#include <stdlib.h>
#include <string.h>

#include "build.h"
#include "suggest.h"

static np_type infer_type(const char *value)
{
    size_t length = strlen(value);
    while (length && (value[length - 1] == ' ')) length--;
    if (length >= 3 && value[length - 1] >= 'A' && value[length - 1] <= 'Z') return NP_MONEY;
    size_t digits = strspn(value, "0123456789");
    return digits && strchr("mydMYD", value[digits + strspn(value + digits, " ")]) && value[digits] ? NP_DURATION
                                                                                                    : NP_NUMBER;
}

static np_value *read_values(np_build *build, const np_parameter *parameter, const np_ini_key *key, uint16_t currency,
                             size_t *count)
{
    bool numbers = parameter->type == NP_NUMBER || parameter->type == NP_MONEY;
    np_item *items = np_split(build, key, count);
    np_value *values = np_arena_array(build->arena, *count + 1, sizeof *values);
    if (numbers && !np_list_is_clear(build, key)) *count = 0;
    if (*count == 1 && strcmp(items->text, "unknown") == 0) {
        *values = (np_value){.type = (uint8_t)parameter->type, .unknown = true};
        if (numbers) values->as.number = np_num_int(0); /* whoever goes through the figures finds a number */
        return values;
    }
    for (size_t i = 0; i < *count; i++)
        if (!np_item_value(build, key, items[i], parameter->type, currency, &values[i])) *count = 0;
    return values;
}

static int compare_values(const np_value *a, const np_value *b)
{
    if (a->type == NP_NUMBER || a->type == NP_MONEY) return np_num_compare(a->as.number, b->as.number);
    if (a->type == NP_DURATION) {
        np_duration x = a->as.duration, y = b->as.duration;
        return x.months != y.months ? (x.months > y.months) - (x.months < y.months)
                                    : (x.days > y.days) - (x.days < y.days);
    }
    return 0;
}

static bool encloses(const np_value *below, const np_entry *entry, const np_value *above)
{
    for (size_t i = 0; i < entry->count; i++)
        if (compare_values(&below[i], &entry->values[i]) > 0 || compare_values(&above[i], &entry->values[i]) < 0)
            return false;
    return true;
}

/* low and high of KEY, else of the section; both or none. */
static void read_range(np_build *build, np_parameter *parameter, np_entry *entry, const np_ini_key *low,
                       const np_ini_key *high, uint16_t currency)
{
    if (!low && !high) return;
    if (!low || !high) {
        np_diag *diag = np_report(build->diags, NP_CODE_BAD_RANGE, (low ? low : high)->name_at,
                                  "low and high are given together or not at all");
        np_diag_hint(build->diags, diag, "add the key %s", low ? "high" : "low");
        return;
    }
    size_t lows, highs;
    if (entry->values->unknown) {
        np_report(build->diags, NP_CODE_BAD_RANGE, low->value_at, "what is not known has no low and no high");
        return;
    }
    np_value *below = read_values(build, parameter, low, currency, &lows);
    np_value *above = read_values(build, parameter, high, currency, &highs);
    if (!lows || !highs) return;
    if (lows != entry->count || highs != entry->count) {
        np_report(build->diags, NP_CODE_BAD_RANGE, low->value_at,
                  "low and high need as many values as the list they are about");
        return;
    }
    if (!encloses(below, entry, above)) {
        np_diag *diag =
            np_report(build->diags, NP_CODE_BAD_RANGE, low->value_at, "low and high do not enclose the value");
        np_diag_hint(build->diags, diag, "low is at most the value, high at least: not %s <= %s <= %s", low->value,
                     entry->key->value, high->value);
        return;
    }
    entry->low = below;
    entry->high = above;
    if (parameter->uncertain == UINT16_MAX)
        parameter->uncertain =
            np_build_uncertain(build, (np_uncertain){.kind = NP_UNCERTAIN_PARAMETER,
                                                     .index = (uint16_t)(parameter - build->book->parameters)});
}

/* "g10 2026-01-01", of a parameter with `by`: a grade, a category, a choice. */
static bool read_place(np_build *build, np_parameter *parameter, const np_ini_key *key, np_entry *entry)
{
    const char *date = strrchr(key->name, ' ') + 1;
    const char *place = np_arena_copy(build->arena, key->name, (size_t)(date - 1 - key->name));
    const char *why = np_date_parse(date, strlen(date), &entry->from);
    if (why) {
        np_report(build->diags, NP_CODE_BAD_DATE, key->name_at, "'%s' is not a date: %s", date,
                  np_date_why(build->arena, build->diags->lang, date, strlen(date)));
        return false;
    }
    int found = np_place_named(parameter, place);
    if (found < 0) {
        found = (int)parameter->place_count;
        parameter->places[parameter->place_count++] = place;
    }
    entry->country = (uint16_t)found;
    return true;
}

/* The key's date, and its country when it begins with one. */
static bool read_when(np_build *build, np_parameter *parameter, const np_ini_key *key, np_entry *entry)
{
    entry->country = UINT16_MAX;
    if (np_is_digit(key->name[0])) {
        if (!np_date_parse(key->name, strlen(key->name), &entry->from)) return true;
        np_report(build->diags, NP_CODE_BAD_DATE, key->name_at, "'%s' is not a date: %s", key->name,
                  np_date_why(build->arena, build->diags->lang, key->name, strlen(key->name)));
        return false;
    }
    if (parameter->by.key) return read_place(build, parameter, key, entry);
    int country;
    bool ok = np_country_and_date(build, key->name, key->name_at, &country, &entry->from);
    entry->country = (uint16_t)country;
    return ok;
}

/* A list stays one when an overlay gives a single value in its place: formulas go on asking by position. */
static bool was_list(const np_definition *definition, const char *name)
{
    const np_key *key = np_definition_key(definition, name);
    while (key && !strchr(key->ini->value, ',')) key = key->replaced;
    return key != NULL;
}

static void set_status(np_entry *entry)
{
    for (size_t i = 0; i < entry->count; i++) {
        entry->values[i].status = (uint8_t)entry->status;
        if (entry->low) entry->low[i].status = entry->high[i].status = (uint8_t)entry->status;
    }
}

static void read_entry(np_build *build, np_definition *definition, np_parameter *parameter, const np_ini_key *key,
                       const np_origin *section)
{
    np_book *book = build->book;
    np_entry *entry = &parameter->entries[parameter->entry_count];
    memset(entry, 0, sizeof *entry);
    entry->key = key;
    if (!read_when(build, parameter, key, entry)) return;
    uint16_t currency =
        entry->country == UINT16_MAX || parameter->by.key ? UINT16_MAX : book->countries[entry->country].currency;
    entry->values = read_values(build, parameter, key, currency, &entry->count);
    if (!entry->count) {
        if (key->value[0] == '\0') np_report(build->diags, NP_CODE_BAD_VALUE, key->name_at, "this key has no value");
        return;
    }
    np_origin origin = np_key_origin(build, definition, key->name, section);
    entry->status = origin.status;
    entry->source = origin.source;
    entry->note = origin.note;
    const np_ini_key *low = np_take_attribute(definition, key->name, "low");
    const np_ini_key *high = np_take_attribute(definition, key->name, "high");
    if (!low && !high && np_range_is_about(definition, key->name)) {
        low = np_take(definition, "low");
        high = np_take(definition, "high");
    }
    read_range(build, parameter, entry, low, high, currency);
    set_status(entry);
    parameter->list = parameter->list || entry->count > 1 || was_list(definition, key->name);
    parameter->by_country = parameter->by_country || (entry->country != UINT16_MAX && !parameter->by.key);
    parameter->entry_count++;
}

static int by_country_and_date(const void *a, const void *b)
{
    const np_entry *x = a, *y = b;
    if (x->country != y->country) return x->country < y->country ? -1 : 1;
    return (x->from > y->from) - (x->from < y->from);
}

static np_type read_type(np_build *build, np_definition *definition)
{
    const np_ini_key *key = np_take(definition, "type");
    np_type type = NP_NUMBER;
    if (key) {
        if (np_type_parse(key->value, &type) && type != NP_DATES) return type;
        np_diag *diag = np_report(build->diags, NP_CODE_BAD_VALUE, key->value_at, "unknown type '%s'", key->value);
        np_diag_hint(build->diags, diag, "use number, money, truth, text, date, duration, grade or country");
        return type;
    }
    for (size_t i = 0; i < definition->key_count; i++) {
        const char *name = definition->keys[i].ini->name;
        if (!strchr(name, '.') && strchr(name, '-')) return infer_type(definition->keys[i].ini->value);
    }
    return type;
}

/* Every key that begins with a date, or with a country and a date; false when there is none. */
static bool read_entries(np_build *build, np_definition *definition, np_parameter *parameter, const np_origin *origin)
{
    bool any = false;
    parameter->entries = np_arena_array(build->arena, definition->key_count + 1, sizeof *parameter->entries);
    parameter->places = np_arena_array(build->arena, definition->key_count + 1, sizeof *parameter->places);
    for (size_t i = 0; i < definition->key_count; i++) {
        const np_ini_key *key = definition->keys[i].ini;
        const char *blank = strrchr(key->name, ' ');
        bool dated = np_is_digit(key->name[0]) || (strlen(key->name) > 3 && key->name[2] == ' ') ||
                     (parameter->by.key && blank && np_is_digit(blank[1]));
        if (definition->keys[i].used || strchr(key->name, '.') || !dated) continue;
        definition->keys[i].used = true;
        any = true;
        read_entry(build, definition, parameter, key, origin);
    }
    if (parameter->entry_count > 1)
        qsort(parameter->entries, parameter->entry_count, sizeof *parameter->entries, by_country_and_date);
    return any;
}

static void read_parameter(np_build *build, np_definition *definition, np_parameter *parameter)
{
    *parameter = (np_parameter){
        .name = definition->name, .at = definition->at, .reference = UINT16_MAX, .uncertain = UINT16_MAX};
    parameter->label = np_take_label(build, definition, "label");
    parameter->type = read_type(build, definition);
    np_origin origin = np_take_origin(build, definition, NP_USER);
    parameter->note = origin.note;
    np_read_keys(build, definition, parameter);
    np_take(definition, "low");
    np_take(definition, "high");
    const np_ini_key *by = np_take(definition, "by");
    if (by) parameter->by = np_formula_read(build->book, build->diags, by);
    bool dated = read_entries(build, definition, parameter, &origin);
    np_carry_parameter(build, definition, parameter, origin.source);
    /* a parameter of a stated type without values is one that exists and was not found: what needs it is open */
    if (!dated && !definition->damaged && !np_definition_key(definition, "type")) {
        np_diag *diag = np_report(build->diags, NP_CODE_MISSING_KEY, definition->at, "[parameter %s] has no value",
                                  parameter->name);
        np_diag_hint(build->diags, diag, "add a line YYYY-MM-DD = ..., or type = ... when its value is not known");
    }
    if (parameter->by.key && parameter->list)
        np_report(build->diags, NP_CODE_BAD_VALUE, parameter->by.key->value_at,
                  "what goes by something has single values, and no lists");
    parameter->list = parameter->list && !parameter->by.key;
    parameter->compared = np_take_truth(build, definition, "compared", false);
    np_refuse_other_keys(build, definition);
}

/* A parameter is named in formulas: by a word that no function has. */
static void check_name(np_build *build, const np_parameter *parameter)
{
    np_check_name(build, parameter->name, parameter->at);
    if (np_function_named(parameter->name) >= 0)
        np_report(build->diags, NP_CODE_NAME_TAKEN, parameter->at, "'%s' is also the name of a function",
                  parameter->name);
}

/* ---- what a parameter goes by ---- */

/* Whether a key names a grade or a category, or a choice of the input that the parameter goes by. */
static bool is_place(const np_book *book, const np_parameter *parameter, const np_input *input, size_t place)
{
    np_parameter alone = {.places = parameter->places + place, .place_count = 1};
    bool grades = parameter->by.root->type == NP_GRADE || !input;
    for (size_t i = 0; grades && i < book->grade_count; i++)
        if (np_place_named(&alone, book->grades[i].name) == 0 || np_place_named(&alone, book->grades[i].category) == 0)
            return true;
    for (size_t i = 0; input && i < input->choice_count; i++)
        if (np_place_named(&alone, input->choices[i]) == 0) return true;
    return input && input->choice_count == 0;
}

/* The key that was meant: of a grade, a category or a choice, as keys write them; NULL: none is near. */
static const char *nearest_place(np_build *build, const np_parameter *parameter, const np_input *input,
                                 const char *place)
{
    const np_book *book = build->book;
    bool grades = parameter->by.root->type == NP_GRADE || !input;
    np_nearest near = np_nearest_start(place);
    for (size_t i = 0; grades && i < book->grade_count; i++) {
        np_nearest_try(&near, book->grades[i].key);
        if (book->grades[i].category) np_nearest_try(&near, np_key_of(build->arena, book->grades[i].category));
    }
    for (size_t i = 0; input && i < input->choice_count; i++)
        np_nearest_try(&near, np_key_of(build->arena, input->choices[i]));
    return near.best;
}

static void refuse_place(np_build *build, const np_parameter *parameter, const np_input *input, const np_entry *entry)
{
    const char *place = parameter->places[entry->country], *near = nearest_place(build, parameter, input, place);
    np_diag *diag = np_report(build->diags, NP_CODE_UNKNOWN_NAME, entry->key->name_at,
                              "'%s' is none of what this parameter goes by", place);
    if (near)
        np_diag_hint(build->diags, diag, "did you mean %s?", near);
    else if (input)
        np_diag_hint(build->diags, diag, "it is one of the choices of %s", input->name);
    else
        np_diag_hint(build->diags, diag, "it is a grade, or a category of grades");
}

static void check_places(np_build *build, const np_parameter *parameter)
{
    const np_book *book = build->book;
    const np_node *root = parameter->by.root;
    bool slot = root->op == NP_OP_SLOT && book->slots[root->index].kind == NP_SLOT_INPUT;
    const np_input *input = slot && root->type == NP_TEXT ? &book->inputs[book->slots[root->index].index] : NULL;
    bool category = root->op == NP_OP_CALL && root->index == NP_FN_CATEGORY;
    for (size_t i = 0; i < parameter->entry_count; i++) {
        const np_entry *entry = &parameter->entries[i];
        if (entry->country == UINT16_MAX || entry->carried || (root->type == NP_TEXT && !input && !category)) continue;
        if (is_place(book, parameter, input, entry->country)) continue;
        refuse_place(build, parameter, input, entry);
    }
}

void np_check_places(np_build *build)
{
    for (size_t i = 0; i < build->book->parameter_count; i++) {
        np_parameter *parameter = &build->book->parameters[i];
        if (!parameter->by.root) continue;
        np_diags told; /* a formula that uses the parameter has told of what is wrong with `by` */
        np_diags_init(&told, build->arena);
        np_diags *diags = parameter->used ? &told : build->diags;
        np_type type = np_compile_type(&(np_build){build->book, diags, build->arena}, &parameter->by);
        if (type == NP_GRADE || type == NP_TEXT)
            check_places(build, parameter);
        else if (type != NP_NONE)
            np_report(build->diags, NP_CODE_TYPE_MISMATCH, parameter->by.key->value_at,
                      "a parameter goes by a grade or a text, and this is %s",
                      np_say(build->diags->lang, np_type_phrase(type)));
    }
}

/* The organisation names the parameters that stand in for unprinted steps. */
static uint16_t read_step_parameter(np_build *build, np_definition *organisation, const char *name)
{
    const np_ini_key *key = organisation ? np_take(organisation, name) : NULL;
    if (!key) return UINT16_MAX;
    int found = np_book_parameter(build->book, key->value);
    if (found >= 0 && build->book->parameters[found].type == NP_NUMBER) {
        build->book->parameters[found].used = true;
        return (uint16_t)found;
    }
    const char *near = found < 0 ? np_book_suggest(build->book, "parameter", key->value) : NULL;
    np_diag *diag = np_report(build->diags, NP_CODE_UNKNOWN_PARAMETER, key->value_at,
                              "'%s' is no parameter of type number", key->value);
    if (near) np_diag_hint(build->diags, diag, "did you mean %s?", near);
    return UINT16_MAX;
}

void np_build_parameters(np_build *build)
{
    np_book *book = build->book;
    book->parameters =
        np_arena_array(build->arena, np_count_definitions(book, "parameter") + 1, sizeof *book->parameters);
    size_t cursor = 0;
    np_definition *definition;
    while ((definition = np_next_definition(book, "parameter", &cursor)) && book->parameter_count < UINT16_MAX)
        read_parameter(build, definition, &book->parameters[book->parameter_count++]);
    for (size_t i = 0; i < book->parameter_count; i++) check_name(build, &book->parameters[i]);
    cursor = 0;
    np_definition *organisation = np_next_definition(book, "organisation", &cursor);
    book->step_value = read_step_parameter(build, organisation, "step_value");
    book->steps = read_step_parameter(build, organisation, "steps");
}
