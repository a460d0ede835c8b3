/* Reading [parameter X]: values by date and country, with their ranges. */
#include <stdlib.h>
#include <string.h>

#include "build.h"

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
    np_value *below = read_values(build, parameter, low, currency, &lows);
    np_value *above = read_values(build, parameter, high, currency, &highs);
    if (!lows || !highs) return;
    if (lows != entry->count || highs != entry->count) {
        np_report(build->diags, NP_CODE_BAD_RANGE, low->value_at,
                  "low and high need as many values as the list they are about");
        return;
    }
    for (size_t i = 0; i < entry->count; i++)
        if (compare_values(&below[i], &entry->values[i]) > 0 || compare_values(&above[i], &entry->values[i]) < 0) {
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

/* The key's date, and its country when it begins with one. */
static bool read_when(np_build *build, const np_ini_key *key, np_entry *entry)
{
    entry->country = UINT16_MAX;
    if (np_is_digit(key->name[0])) {
        if (!np_date_parse(key->name, strlen(key->name), &entry->from)) return true;
        np_report(build->diags, NP_CODE_BAD_DATE, key->name_at, "'%s' is not a date: %s", key->name,
                  np_date_why(build->arena, build->diags->lang, key->name, strlen(key->name)));
        return false;
    }
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

static void read_entry(np_build *build, np_definition *definition, np_parameter *parameter, const np_ini_key *key,
                       const np_origin *section)
{
    np_book *book = build->book;
    np_entry *entry = &parameter->entries[parameter->entry_count];
    memset(entry, 0, sizeof *entry);
    entry->key = key;
    if (!read_when(build, key, entry)) return;
    uint16_t currency = entry->country == UINT16_MAX ? UINT16_MAX : book->countries[entry->country].currency;
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
    for (size_t i = 0; i < entry->count; i++) entry->values[i].status = (uint8_t)entry->status;
    for (size_t i = 0; i < entry->count && entry->low; i++)
        entry->low[i].status = entry->high[i].status = (uint8_t)entry->status;
    parameter->list = parameter->list || entry->count > 1 || was_list(definition, key->name);
    parameter->by_country = parameter->by_country || entry->country != UINT16_MAX;
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
    for (size_t i = 0; i < definition->key_count; i++) {
        const np_ini_key *key = definition->keys[i].ini;
        bool dated = (np_is_digit(key->name[0])) || (strlen(key->name) > 3 && key->name[2] == ' ');
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
    bool dated = read_entries(build, definition, parameter, &origin);
    np_carry_parameter(build, definition, parameter, origin.source);
    /* a parameter of a stated type without values is one that exists and was not found: what needs it is open */
    if (!dated && !definition->damaged && !np_definition_key(definition, "type")) {
        np_diag *diag = np_report(build->diags, NP_CODE_MISSING_KEY, definition->at, "[parameter %s] has no value",
                                  parameter->name);
        np_diag_hint(build->diags, diag, "add a line YYYY-MM-DD = ..., or type = ... when its value is not known");
    }
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
