/* Definitions of all files: layers laid over one another, keys taken one by one, suggestions. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "build.h"
#include "definitions.h"

/* The keys that each type of section knows, for suggestions; and whether other forms of keys (dates, grades, inputs)
 * are read by the type's own builder. */
static const struct {
    const char *type, *keys;
} TYPES[] = {
    {"organisation", "name members languages rounding reference step_value steps terms"},
    {"source", "title publisher date locator url"},
    {"currency", "symbol minor_unit"},
    {"exchange", "status source low high"},
    {"country", "currency member aliases status source"},
    {"station", "country town body aliases source"},
    {"grade", "rank category legacy aliases twin draws_expatriation status source"},
    {"scale", "index ratio reference floor status source"},
    {"parameter", "type reference status source low high"},
    {"input", "type default min max choices question about whole status range range_low range_high in_formulas"},
    {"rule", "kind when amount date rounding from until order status source"},
    {"check", "when message hint about severity source"},
    {"exclusion", "when source"},
    {"contract", "length probation renewal maximum then status source"},
    {"milestone", "contract when date every since last_day until each after number event falls status source"},
    {"path", "when date status source"},
    {"condition", "when holds missing bars status source"},
    {"career", "steps_from step_held_on known_until step_interval steps salary must_end must_end_when "
               "step_on_advancement step_clock status "
               "source"},
    {"pattern", ""},
    {"post", ""},
    {"person", ""},
    {"scenario", ""},
};

enum { TYPE_COUNT = sizeof TYPES / sizeof TYPES[0] };

static const char *known_keys(const char *type)
{
    for (size_t i = 0; i < TYPE_COUNT; i++)
        if (np_same(TYPES[i].type, type)) return TYPES[i].keys;
    return NULL;
}

/* ---- "did you mean" ---- */

typedef struct nearest {
    const char *word;
    const char *best;
    unsigned distance;
} nearest;

static nearest nearest_start(const char *word)
{
    size_t length = strlen(word);
    return (nearest){word, NULL, length <= 3 ? 2 : length <= 7 ? 3 : 4}; /* allow 1, 2 or 3 edits */
}

/* "residence" for residence_country: the first of its words. */
static bool is_first_word(const char *word, const char *candidate)
{
    size_t length = strlen(word);
    return length >= 4 && strncmp(word, candidate, length) == 0 && candidate[length] == '_';
}

static void nearest_try(nearest *n, const char *candidate)
{
    unsigned distance = is_first_word(n->word, candidate) ? 1 : np_edit_distance(n->word, candidate, n->distance);
    if (distance >= n->distance) return;
    n->distance = distance;
    n->best = candidate;
}

/* "kind, when, amount": the keys of a type */
static const char *key_list(np_arena *arena, const char *type)
{
    const char *keys = known_keys(type), *list = "";
    for (const char *at = keys; at && *at; at += strcspn(at, " "), at += *at == ' ')
        list = np_arena_format(arena, "%s%s%.*s", list, *list ? ", " : "", (int)strcspn(at, " "), at);
    return list;
}

static const char *suggest_key(np_arena *arena, const char *type, const char *word)
{
    const char *attribute = strrchr(word, '.');
    if (attribute) { /* g8.staus */
        static const char *const ATTRIBUTES[] = {"status", "source", "note", "low", "high", "fr"};
        for (size_t i = 0; i < sizeof ATTRIBUTES / sizeof ATTRIBUTES[0]; i++)
            if (np_edit_distance(attribute + 1, ATTRIBUTES[i], 3) < 3)
                return np_arena_format(arena, "%.*s%s", (int)(attribute + 1 - word), word, ATTRIBUTES[i]);
    }
    nearest n = nearest_start(word);
    const char *list[2] = {known_keys(type), "label label.fr note"};
    for (size_t l = 0; l < 2; l++)
        for (const char *at = list[l]; at && *at;) {
            size_t length = strcspn(at, " ");
            nearest_try(&n, np_arena_copy(arena, at, length));
            at += length + strspn(at + length, " ");
        }
    return n.best;
}

static const char *all_types(np_arena *arena)
{
    const char *list = TYPES[0].type;
    for (size_t i = 1; i < TYPE_COUNT; i++)
        list = np_arena_format(arena, "%s%s%s", list, i + 1 < TYPE_COUNT ? ", " : " and ", TYPES[i].type);
    return list;
}

static bool is_kind_of_rule(const char *word)
{
    for (int i = 0; i < NP_KIND_COUNT; i++)
        if (strcmp(np_kind_name((np_kind)i), word) == 0) return true;
    return false;
}

static const char *suggest_type(const char *word)
{
    nearest n = nearest_start(word);
    for (size_t i = 0; i < TYPE_COUNT; i++) nearest_try(&n, TYPES[i].type);
    return n.best;
}

#define TRY_ALL(items, count)            \
    for (size_t i = 0; i < (count); i++) \
        if ((items)[i].name) nearest_try(&n, (items)[i].name)

/* ".fr", as in label.fr: the code of a language, in two letters. */
static bool names_language(const char *ending)
{
    return ending[0] == '.' && strspn(ending + 1, "abcdefghijklmnopqrstuvwxyz") == 2 && ending[3] == '\0';
}

/* A country's name in words suggests its code. Of two codes none is nearer than another, but for the case of the
 * letters. */
static void try_countries(const np_book *book, nearest *near)
{
    bool code = strlen(near->word) <= 2;
    for (size_t i = 0; i < book->country_count; i++) {
        const np_country *country = &book->countries[i];
        unsigned before = near->distance;
        if (strcasecmp(near->word, country->name) == 0) near->distance = 0;
        if (!code && country->label.text) nearest_try(near, country->label.text);
        for (const np_translation *t = country->label.others; t && !code; t = t->next) nearest_try(near, t->text);
        for (size_t a = 0; a < country->alias_count; a++)
            if (!code || strcasecmp(near->word, country->aliases[a]) == 0) nearest_try(near, country->aliases[a]);
        if (near->distance < before) near->best = country->name;
    }
}

/* "b4" is "B.4" */
static bool same_former_grade(const char *word, const char *legacy)
{
    while (*word || *legacy) {
        if (*legacy == '.' && *word != '.') legacy++;
        if (tolower((unsigned char)*word) != tolower((unsigned char)*legacy)) return false;
        if (*word) word++;
        if (*legacy) legacy++;
    }
    return true;
}

/* A grade's number alone, its name in small letters, or what it was called before; never a neighbour. */
static void try_grades(const np_book *book, nearest *near)
{
    for (size_t i = 0; i < book->grade_count && !near->best; i++) {
        const np_grade *grade = &book->grades[i];
        bool number = grade->name[0] && strcmp(near->word, grade->name + 1) == 0;
        bool former = grade->legacy && same_former_grade(near->word, grade->legacy);
        if (number || former || strcasecmp(near->word, grade->name) == 0) near->best = grade->name;
    }
}

static void try_stations(const np_book *book, nearest *near)
{
    for (size_t i = 0; i < book->station_count; i++) {
        const np_station *station = &book->stations[i];
        unsigned before = near->distance;
        nearest_try(near, station->name);
        nearest_try(near, station->town);
        for (size_t a = 0; a < station->alias_count; a++) nearest_try(near, station->aliases[a]);
        if (near->distance < before) near->best = station->name;
    }
}

const char *np_grade_range(const np_book *book, np_arena *arena, const np_lang *lang)
{
    if (book->grade_count < 2) return np_say(lang, "[grade NAME] sections define the grades");
    return np_arena_format(arena, np_say(lang, "grades go from %s to %s: natopay show grade lists them"),
                           book->grades[0].name, book->grades[book->grade_count - 1].name);
}

const char *np_book_suggest(const np_book *book, const char *kind, const char *word)
{
    nearest n = nearest_start(word);
    bool any = strcmp(kind, "name") == 0; /* of what a formula may name */
    if (strcmp(kind, "grade") == 0) try_grades(book, &n);
    if (strcmp(kind, "station") == 0) try_stations(book, &n);
    if (strcmp(kind, "country") == 0) try_countries(book, &n);
    if (strcmp(kind, "currency") == 0) TRY_ALL(book->currencies, book->currency_count);
    if (strcmp(kind, "source") == 0) TRY_ALL(book->sources, book->source_count);
    if (any || strcmp(kind, "input") == 0) TRY_ALL(book->inputs, book->input_count);
    if (any || strcmp(kind, "rule") == 0) TRY_ALL(book->rules, book->rule_count);
    if (any || strcmp(kind, "parameter") == 0) TRY_ALL(book->parameters, book->parameter_count);
    return n.best;
}

/* ---- layers ---- */

static np_definition *definition_for(np_build *build, const np_ini_section *section, unsigned layer, bool *fresh)
{
    np_book *book = build->book;
    size_t type_length = strlen(section->type);
    char *full = np_arena_alloc(build->arena, type_length + strlen(section->name) + 2);
    memcpy(full, section->type, type_length);
    full[type_length] = ' ';
    memcpy(full + type_length + 1, section->name, strlen(section->name));
    int at = np_names_get(book->definition_index, full);
    *fresh = at < 0;
    if (at >= 0) return book->definitions[at];
    np_definition *definition = np_arena_alloc(build->arena, sizeof *definition);
    definition->type = section->type;
    definition->name = section->name;
    definition->at = section->at;
    definition->layer = layer;
    definition->order = book->definition_count;
    definition->key_capacity = section->key_count;
    definition->keys = np_arena_array(build->arena, section->key_count, sizeof *definition->keys);
    book->definitions = np_arena_grow(build->arena, book->definitions, &book->definition_capacity,
                                      book->definition_count + 1, sizeof *book->definitions);
    book->definitions[book->definition_count] = definition;
    np_names_put(build->arena, book->definition_index, full, (int)book->definition_count++);
    return definition;
}

/* An overlay's key replaces the whole key beneath it, its attributes (KEY.source, KEY.low, ...) included: they spoke of
 * the figure that is gone. */
static void drop_attributes(np_definition *definition, const char *name, unsigned layer)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < definition->key_count;) {
        const np_key *key = &definition->keys[i];
        if (key->layer < layer && strncmp(key->ini->name, name, length) == 0 && key->ini->name[length] == '.' &&
            !names_language(key->ini->name + length))
            definition->keys[i] = definition->keys[--definition->key_count];
        else
            i++;
    }
}

/* A new figure may well have the old one's source, status or label. */
static bool describes(const char *name)
{
    static const char *const WORDS[] = {"source", "status", "type", "label", "note", "reference"};
    size_t length = strlen(name);
    if (length > 3 && names_language(name + length - 3)) length -= 3;
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (strlen(WORDS[i]) == length && strncmp(WORDS[i], name, length) == 0) return true;
    return false;
}

static void lay_key(np_build *build, np_definition *definition, const np_ini_key *ini, unsigned layer)
{
    drop_attributes(definition, ini->name, layer);
    for (size_t i = 0; i < definition->key_count; i++) {
        np_key *key = &definition->keys[i];
        if (strcmp(key->ini->name, ini->name) != 0) continue;
        np_key *below = np_arena_alloc(build->arena, sizeof *below);
        *below = *key;
        if (layer > 0 && !describes(ini->name) && strcmp(below->ini->value, ini->value) == 0) {
            np_diag *diag = np_report(build->diags, NP_CODE_SHADOWED, ini->name_at,
                                      "this replaces the key '%s' by the value it has already", ini->name);
            np_diag_note(build->diags, diag, below->ini->name_at, "given here");
            np_diag_hint(build->diags, diag, "leave the line out");
        }
        *key = (np_key){ini, below, layer, false};
        return;
    }
    definition->keys = np_arena_grow(build->arena, definition->keys, &definition->key_capacity,
                                     definition->key_count + 1, sizeof *definition->keys);
    definition->keys[definition->key_count++] = (np_key){ini, NULL, layer, false};
}

void np_lay_section(np_build *build, const np_ini_section *section, unsigned layer)
{
    if (!known_keys(section->type)) {
        np_span at = section->at;
        at.length = (uint32_t)strlen(section->type);
        np_diag *diag =
            np_report(build->diags, NP_CODE_UNKNOWN_TYPE, at, "no type of section is called '%s'", section->type);
        const char *near = suggest_type(section->type);
        if (near)
            np_diag_hint(build->diags, diag, "did you mean [%s %s]?", near, section->name);
        else if (is_kind_of_rule(section->type))
            np_diag_hint(build->diags, diag, "write [rule %s] with kind = %s", section->name, section->type);
        else
            np_diag_hint(build->diags, diag, "the types are %s", all_types(build->arena));
        return;
    }
    if (section->name[0] == '\0' && strcmp(section->type, "scenario") != 0) {
        np_diag *diag = np_report(build->diags, NP_CODE_BAD_SECTION, section->at, "the section header names nothing");
        np_diag_hint(build->diags, diag, "write [%s NAME]", section->type);
        return;
    }
    bool fresh;
    np_definition *definition = definition_for(build, section, layer, &fresh);
    if (!fresh && definition->layers_seen == layer + 1) {
        np_diag *diag = np_report(build->diags, NP_CODE_DUPLICATE_DEFINITION, section->at, "[%s %s] is defined twice",
                                  section->type, section->name);
        np_diag_note(build->diags, diag, definition->at, "first defined here");
        np_diag_hint(build->diags, diag, "keep one, or put the second into an overlay (--with)");
        return;
    }
    definition->layers_seen = layer + 1;
    definition->at = section->at;
    definition->damaged = definition->damaged || section->damaged;
    for (size_t i = 0; i < section->key_count; i++)
        if (fresh) /* of its keys no two have one name */
            definition->keys[definition->key_count++] = (np_key){&section->keys[i], NULL, layer, false};
        else
            lay_key(build, definition, &section->keys[i], layer);
}

/* ---- finding ---- */

size_t np_count_definitions(const np_book *book, const char *type)
{
    size_t cursor = 0, count = 0;
    while (np_next_definition(book, type, &cursor)) count++;
    return count;
}

np_definition *np_next_definition(const np_book *book, const char *type, size_t *cursor)
{
    while (*cursor < book->definition_count) {
        np_definition *definition = book->definitions[(*cursor)++];
        if (np_same(definition->type, type)) return definition;
    }
    return NULL;
}

const np_definition *np_book_definition(const np_book *book, const char *type, const char *name)
{
    for (size_t i = 0; i < book->definition_count; i++)
        if (strcmp(book->definitions[i]->type, type) == 0 && strcmp(book->definitions[i]->name, name) == 0)
            return book->definitions[i];
    return NULL;
}

const np_key *np_definition_key(const np_definition *definition, const char *name)
{
    for (size_t i = 0; i < definition->key_count; i++)
        if (np_same(definition->keys[i].ini->name, name)) return &definition->keys[i];
    return NULL;
}

/* ---- taking keys ---- */

const np_ini_key *np_take(np_definition *definition, const char *name)
{
    for (size_t i = 0; i < definition->key_count; i++)
        if (np_same(definition->keys[i].ini->name, name)) {
            definition->keys[i].used = true;
            return definition->keys[i].ini;
        }
    return NULL;
}

const np_ini_key *np_take_attribute(np_definition *definition, const char *key, const char *attribute)
{
    size_t length = strlen(key);
    for (size_t i = 0; i < definition->key_count; i++) {
        const char *name = definition->keys[i].ini->name;
        if (strncmp(name, key, length) != 0 || name[length] != '.' || strcmp(name + length + 1, attribute) != 0)
            continue;
        definition->keys[i].used = true;
        return definition->keys[i].ini;
    }
    return NULL;
}

const char *np_take_text(np_definition *definition, const char *name)
{
    const np_ini_key *key = np_take(definition, name);
    return key ? key->value : NULL;
}

const char *np_need_text(np_build *build, np_definition *definition, const char *name)
{
    const np_ini_key *key = np_take(definition, name);
    if (key && key->value[0]) return key->value;
    if (definition->damaged) return ""; /* its line may be one that was refused */
    np_diag *diag = np_report(build->diags, NP_CODE_MISSING_KEY, definition->at, "[%s %s] has no %s", definition->type,
                              definition->name, name);
    np_diag_hint(build->diags, diag, "add a line %s = ...", name);
    return "";
}

np_label np_definition_label(np_arena *arena, const np_definition *definition, const char *name)
{
    const np_key *english = np_definition_key(definition, name);
    np_label label = {english ? english->ini->value : NULL, NULL};
    size_t length = strlen(name);
    for (size_t i = 0; i < definition->key_count; i++) {
        const np_ini_key *key = definition->keys[i].ini;
        if (strncmp(key->name, name, length) != 0 || !names_language(key->name + length)) continue;
        np_translation *translation = np_arena_alloc(arena, sizeof *translation);
        *translation = (np_translation){key->name + length + 1, key->value, label.others};
        label.others = translation;
    }
    return label;
}

np_label np_take_label(np_build *build, np_definition *definition, const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < definition->key_count; i++) {
        const char *key = definition->keys[i].ini->name;
        bool own = strncmp(key, name, length) == 0 && (key[length] == '\0' || names_language(key + length));
        if (own) definition->keys[i].used = true;
    }
    return np_definition_label(build->arena, definition, name);
}

bool np_take_truth(np_build *build, np_definition *definition, const char *name, bool fallback)
{
    const np_ini_key *key = np_take(definition, name);
    bool truth = fallback;
    if (key) np_item_truth(build, key, np_whole(build, key), &truth);
    return truth;
}

void np_refuse_other_keys(np_build *build, np_definition *definition)
{
    np_take_label(build, definition, "label");
    np_take_label(build, definition, "note");
    for (size_t i = 0; i < definition->key_count; i++) {
        if (definition->keys[i].used) continue;
        const np_ini_key *key = definition->keys[i].ini;
        np_diag *diag = np_report(build->diags, NP_CODE_UNKNOWN_KEY, key->name_at, "'%s' is no key of [%s %s]",
                                  key->name, definition->type, definition->name);
        const char *near = suggest_key(build->arena, definition->type, key->name);
        if (near)
            np_diag_hint(build->diags, diag, "did you mean %s?", near);
        else
            np_diag_hint(build->diags, diag, "the keys of a %s are label, note, %s", definition->type,
                         key_list(build->arena, definition->type));
    }
}

const char *np_label_text(const np_label *label, const np_lang *lang, const char *name)
{
    for (const np_translation *t = label->others; t && lang; t = t->next)
        if (strcmp(t->language, lang->language) == 0) return t->text;
    return label->text ? label->text : name;
}

bool np_book_speaks(const np_book *book, const char *language)
{
    for (size_t i = 0; i < book->definition_count; i++)
        for (size_t k = 0; k < book->definitions[i]->key_count; k++) {
            const char *ending = strrchr(book->definitions[i]->keys[k].ini->name, '.');
            if (ending && names_language(ending) && strcmp(ending + 1, language) == 0) return true;
        }
    return false;
}
