/* "Did you mean ...?": the nearest of a rule book's types, keys and names. */
#include "suggest.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "build.h"
#include "natopay/book/schema.h"

np_nearest np_nearest_start(const char *word)
{
    size_t length = strlen(word);
    return (np_nearest){word, NULL, length <= 3 ? 2 : length <= 7 ? 3 : 4}; /* allow 1, 2 or 3 edits */
}

/* "residence" for residence_country: the first of its words. */
static bool is_first_word(const char *word, const char *candidate)
{
    size_t length = strlen(word);
    return length >= 4 && strncmp(word, candidate, length) == 0 && candidate[length] == '_';
}

void np_nearest_try(np_nearest *n, const char *candidate)
{
    unsigned distance = is_first_word(n->word, candidate) ? 1 : np_edit_distance(n->word, candidate, n->distance);
    if (distance >= n->distance) return;
    n->distance = distance;
    n->best = candidate;
}

/* ---- names ---- */

#define TRY_ALL(items, count)            \
    for (size_t i = 0; i < (count); i++) \
        if ((items)[i].name) np_nearest_try(&n, (items)[i].name)

/* A country's name or its people in words suggest its code. Of two codes none is nearer than another, but for the case
 * of the letters. */
static void try_countries(const np_book *book, np_nearest *near)
{
    bool code = strlen(near->word) <= 2;
    for (size_t i = 0; i < book->country_count; i++) {
        const np_country *country = &book->countries[i];
        unsigned before = near->distance;
        if (strcasecmp(near->word, country->name) == 0) near->distance = 0;
        if (!code && country->label.text) np_nearest_try(near, country->label.text);
        for (const np_translation *t = country->label.others; t && !code; t = t->next) np_nearest_try(near, t->text);
        for (size_t a = 0; a < country->alias_count; a++)
            if (!code || strcasecmp(near->word, country->aliases[a]) == 0) np_nearest_try(near, country->aliases[a]);
        for (size_t p = 0; p < country->people_count && !code; p++) np_nearest_try(near, country->people[p]);
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
static void try_grades(const np_book *book, np_nearest *near)
{
    for (size_t i = 0; i < book->grade_count && !near->best; i++) {
        const np_grade *grade = &book->grades[i];
        bool number = grade->name[0] && strcmp(near->word, grade->name + 1) == 0;
        bool former = grade->legacy && same_former_grade(near->word, grade->legacy);
        if (number || former || strcasecmp(near->word, grade->name) == 0) near->best = grade->name;
    }
}

static void try_stations(const np_book *book, np_nearest *near)
{
    for (size_t i = 0; i < book->station_count; i++) {
        const np_station *station = &book->stations[i];
        unsigned before = near->distance;
        np_nearest_try(near, station->name);
        np_nearest_try(near, station->town);
        for (size_t a = 0; a < station->alias_count; a++) np_nearest_try(near, station->aliases[a]);
        if (near->distance < before) near->best = station->name;
    }
}

/* Definitions are there before the structures made of them: a function's formula is looked at before inputs are. */
static void try_definitions(const np_book *book, const char *type, np_nearest *near)
{
    for (size_t i = 0; i < book->definition_count; i++)
        if (np_same(book->definitions[i]->type, type)) np_nearest_try(near, book->definitions[i]->name);
}

/* A name by its label, in any language: "married" suggests spouse. */
static void try_label(const np_label *label, const char *name, np_nearest *near)
{
    unsigned before = near->distance;
    if (label->text) np_nearest_try(near, label->text);
    for (const np_translation *t = label->others; t; t = t->next) np_nearest_try(near, t->text);
    if (near->distance < before) near->best = name;
}

static void try_input_labels(const np_book *book, np_nearest *near)
{
    for (size_t i = 0; i < book->input_count; i++) try_label(&book->inputs[i].label, book->inputs[i].name, near);
}

static void try_rule_labels(const np_book *book, np_nearest *near)
{
    for (size_t i = 0; i < book->rule_count; i++) try_label(&book->rules[i].label, book->rules[i].name, near);
}

static void try_functions(const np_book *book, np_nearest *near)
{
    try_definitions(book, "function", near);
    for (int i = 0; i < NP_FUNCTION_COUNT; i++) np_nearest_try(near, np_function_describe((np_function)i)->name);
}

/* "name" stands for whatever a formula may name. */
static bool is_of(const char *kind, const char *one)
{
    return strcmp(kind, one) == 0 || strcmp(kind, "name") == 0;
}

const char *np_book_suggest(const np_book *book, const char *kind, const char *word)
{
    np_nearest n = np_nearest_start(word);
    bool call = strcmp(kind, "call") == 0; /* what a formula may call */
    if (strcmp(kind, "section") == 0) return np_suggest_type(word);
    if (strcmp(kind, "grade") == 0) try_grades(book, &n);
    if (strcmp(kind, "station") == 0) try_stations(book, &n);
    if (strcmp(kind, "country") == 0) try_countries(book, &n);
    if (strcmp(kind, "currency") == 0) TRY_ALL(book->currencies, book->currency_count);
    if (strcmp(kind, "source") == 0) TRY_ALL(book->sources, book->source_count);
    if (is_of(kind, "input")) try_definitions(book, "input", &n);
    if (strcmp(kind, "input") == 0) try_input_labels(book, &n);
    if (is_of(kind, "rule")) try_definitions(book, "rule", &n);
    if (strcmp(kind, "rule") == 0) try_rule_labels(book, &n);
    if (call || is_of(kind, "parameter")) try_definitions(book, "parameter", &n);
    if (call || strcmp(kind, "function") == 0) try_functions(book, &n);
    return n.best;
}

const char *np_grade_range(const np_book *book, np_arena *arena, const np_lang *lang)
{
    if (book->grade_count < 2) return np_say(lang, "[grade NAME] sections define the grades");
    return np_arena_format(arena, np_say(lang, "grades go from %s to %s: natopay show grade lists them"),
                           book->grades[0].name, book->grades[book->grade_count - 1].name);
}

/* ---- types and keys ---- */

const char *np_suggest_type(const char *word)
{
    np_nearest n = np_nearest_start(word);
    for (size_t i = 0; i < NP_SECTION_COUNT; i++) np_nearest_try(&n, NP_SECTIONS[i].type);
    return n.best;
}

const char *np_suggest_key(np_arena *arena, const char *type, const char *word)
{
    const char *attribute = strrchr(word, '.');
    if (attribute) { /* g8.staus */
        static const char *const ATTRIBUTES[] = {"status", "source", "note", "low", "high", "fr"};
        for (size_t i = 0; i < sizeof ATTRIBUTES / sizeof ATTRIBUTES[0]; i++)
            if (np_edit_distance(attribute + 1, ATTRIBUTES[i], 3) < 3)
                return np_arena_format(arena, "%.*s%s", (int)(attribute + 1 - word), word, ATTRIBUTES[i]);
    }
    static const char *const COMMON[] = {"label", "label.fr", "note", "same_as"};
    np_nearest n = np_nearest_start(word);
    const np_section_schema *section = np_section_schema_of(type);
    for (size_t i = 0; section && i < section->key_count; i++) np_nearest_try(&n, section->keys[i].name);
    for (size_t i = 0; i < sizeof COMMON / sizeof COMMON[0]; i++) np_nearest_try(&n, COMMON[i]);
    return n.best;
}

const char *np_list_types(np_arena *arena)
{
    const char *list = NP_SECTIONS[0].type;
    for (size_t i = 1; i < NP_SECTION_COUNT; i++)
        list = np_arena_format(arena, "%s%s%s", list, i + 1 < NP_SECTION_COUNT ? ", " : " and ", NP_SECTIONS[i].type);
    return list;
}

const char *np_list_keys(np_arena *arena, const char *type)
{
    const np_section_schema *section = np_section_schema_of(type);
    const char *list = "";
    for (size_t i = 0; section && i < section->key_count; i++)
        list = np_arena_format(arena, "%s%s%s", list, i ? ", " : "", section->keys[i].name);
    return list;
}
