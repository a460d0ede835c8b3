/* Asking a loaded book: what a name stands for, what is in force on a date, what a label says in a language. */
#include <string.h>

#include "build.h"
#include "natopay/book/scale.h"

#define FIND(items, count)                                 \
    for (size_t i = 0; i < (count); i++)                   \
        if (np_same((items)[i].name, name)) return (int)i; \
    return -1

int np_book_grade(const np_book *book, const char *name)
{
    size_t likely = book->by_grade[np_grade_hash(name)];
    if (likely && np_same(book->grades[likely - 1].name, name)) return (int)likely - 1;
    FIND(book->grades, book->grade_count);
}

int np_book_country(const np_book *book, const char *name)
{
    bool code = name[0] >= 'A' && name[0] <= 'Z' && name[1] >= 'A' && name[1] <= 'Z' && !name[2];
    if (code) return (int)book->by_code[name[0] - 'A'][name[1] - 'A'] - 1;
    FIND(book->countries, book->country_count);
}

int np_book_currency(const np_book *book, const char *name)
{
    FIND(book->currencies, book->currency_count);
}

int np_book_parameter(const np_book *book, const char *name)
{
    FIND(book->parameters, book->parameter_count);
}

static int source_index(const np_book *book, const char *name)
{
    FIND(book->sources, book->source_count);
}

static int input_index(const np_book *book, const char *name)
{
    FIND(book->inputs, book->input_count);
}

static int rule_index(const np_book *book, const char *name)
{
    FIND(book->rules, book->rule_count);
}

const np_source *np_book_source(const np_book *book, const char *name)
{
    int found = source_index(book, name);
    return found < 0 ? NULL : &book->sources[found];
}

void np_book_figure_dates(const np_book *book, void (*visit)(void *context, np_date day), void *context)
{
    for (size_t i = 0; i < book->scale_count; i++) visit(context, book->scales[i].from);
    for (size_t i = 0; i < book->parameter_count; i++)
        for (size_t k = 0; k < book->parameters[i].entry_count; k++)
            visit(context, book->parameters[i].entries[k].from);
    for (size_t i = 0; i < book->exchange_count; i++)
        for (size_t k = 0; k < book->exchanges[i].rate_count; k++) visit(context, book->exchanges[i].rates[k].from);
}

const np_input *np_book_input(const np_book *book, const char *name)
{
    int found = input_index(book, name);
    return found < 0 ? NULL : &book->inputs[found];
}

const np_rule *np_book_rule(const np_book *book, const char *name)
{
    int found = rule_index(book, name);
    return found < 0 ? NULL : &book->rules[found];
}

int np_book_slot(const np_book *book, const char *name)
{
    const np_input *input = np_book_input(book, name);
    if (input && !input->outside_formulas) return input->slot;
    const np_rule *rule = np_book_rule(book, name);
    return rule ? rule->slot : -1;
}

const np_exchange *np_book_exchange(const np_book *book, uint16_t currency)
{
    for (size_t i = 0; i < book->exchange_count; i++)
        if (book->exchanges[i].currency == currency) return &book->exchanges[i];
    return NULL;
}

const np_rate *np_exchange_on(const np_book *book, uint16_t currency, np_date date)
{
    const np_exchange *exchange = np_book_exchange(book, currency);
    if (!exchange || exchange->rate_count == 0) return NULL;
    size_t found = exchange->rate_count - 1;
    while (found > 0 && exchange->rates[found].from > date) found--;
    return &exchange->rates[found];
}

int np_scale_named(const np_book *book, const char *name)
{
    if (!book->scale_of_all) return np_book_country(book, name);
    return np_same(book->countries[book->country_count].name, name) ? (int)book->country_count : -1;
}

const np_scale *np_scale_on(const np_book *book, uint16_t country, np_date date)
{
    const np_country *owner = &book->countries[country];
    for (size_t i = owner->scale_count; i-- > 0;)
        if (owner->scales[i]->from <= date) return owner->scales[i];
    return NULL;
}

const np_entry *np_parameter_on(const np_parameter *parameter, uint16_t country, np_date date)
{
    const np_entry *found = NULL;
    for (size_t i = parameter->entry_count; i-- > 0;) {
        const np_entry *entry = &parameter->entries[i];
        if (entry->from > date) continue;
        if (entry->country == country) return entry;
        if (entry->country == UINT16_MAX && !found)
            found = entry; /* a country's own figure goes before the general one */
    }
    return found;
}

static char in_a_key(char c)
{
    return c == ' ' ? '_' : c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool is_key_of(const char *key, const char *text)
{
    for (; *text; text++, key++)
        if (*key != in_a_key(*text)) return false;
    return *key == '\0';
}

const char *np_key_of(np_arena *arena, const char *text)
{
    char *key = np_arena_copy(arena, text, strlen(text));
    for (char *c = key; *c; c++) *c = in_a_key(*c);
    return key;
}

int np_place_named(const np_parameter *parameter, const char *text)
{
    for (size_t i = 0; text && i < parameter->place_count; i++)
        if (is_key_of(parameter->places[i], text)) return (int)i;
    return -1;
}

uint16_t np_parameter_place(const np_book *book, const np_parameter *parameter, const np_value *value)
{
    bool grade = value->type == NP_GRADE;
    int found = np_place_named(parameter, grade ? book->grades[value->as.grade].name : value->as.text);
    if (grade && found < 0) found = np_place_named(parameter, book->grades[value->as.grade].category);
    return found < 0 ? UINT16_MAX - 1 : (uint16_t)found;
}

uint16_t np_parameter_asked(const np_book *book, const np_node *node, const np_value *values, uint16_t country)
{
    const np_parameter *parameter = &book->parameters[node->index];
    if (!parameter->by.key) return country;
    const np_value *value = node->argc ? &values[node->args[0]->id] : NULL;
    return value && !value->unknown ? np_parameter_place(book, parameter, value) : UINT16_MAX - 1;
}

const char *np_entry_place(const np_book *book, const np_parameter *parameter, const np_entry *entry)
{
    if (entry->country == UINT16_MAX) return NULL;
    return parameter->by.key ? parameter->places[entry->country] : book->countries[entry->country].name;
}

/* ---- words ---- */

static const char *const KINDS[NP_KIND_COUNT] = {"fact",       "salary",   "allowance", "deduction",
                                                 "adjustment", "employer", "once"};

const char *np_kind_name(np_kind kind)
{
    return KINDS[kind];
}

const char *np_input_about_name(const np_input *input)
{
    static const char *const WORDS[] = {NULL, "post", "person", "scenario"};
    return WORDS[input->about];
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
            if (ending && np_names_language(ending) && strcmp(ending + 1, language) == 0) return true;
        }
    return false;
}
