/* Parts of the rule book as tables. */
#include <string.h>

#include "natopay/book/scale.h"
#include "natopay/book/schema.h"
#include "natopay/pay/format_value.h"
#include "natopay/report/book_tables.h"
#include "report_internal.h"

/* ---- cells ---- */

static const char *date_cell(np_doc_table *table, np_date date)
{
    return date == NP_DATE_NONE ? NULL : np_day_words(table->arena, date);
}

static const char *number_cell(np_doc_table *table, np_num number)
{
    np_text text;
    np_text_init(&text, 8192);
    np_num_print_plain(&text, number);
    return np_text_move(&text, table->arena);
}

static const char *value_cell(np_doc_table *table, const np_book *book, const np_value *value)
{
    return np_value_words(table->arena, book, value, NULL);
}

static const char *place_cell(np_doc_table *table, np_span at)
{
    if (!at.file) return NULL;
    return np_arena_format(table->arena, "%s:%u", at.file->name, np_span_position(at).line);
}

static bool wanted(const char *name, const char *own)
{
    return !name || strcmp(name, own) == 0;
}

/* Keys and titles, in turn; a flag for each column: l words, r numbers, w words that wrap, d not in a list on a
 * terminal. */
static void columns(np_doc_table *table, const np_lang *lang, const char *flags, const char *const *pairs)
{
    if (table->column_count) return; /* the table of several names has them already */
    for (size_t i = 0; flags[i]; i++) {
        np_doc_column *column = np_doc_column_add(table, pairs[2 * i], np_say(lang, pairs[2 * i + 1]),
                                                  flags[i] == 'r' ? NP_DOC_NUMBER : NP_DOC_WORDS);
        column->wrap = flags[i] == 'w' || flags[i] == 'd';
        column->extra = flags[i] == 'd';
    }
}

#define COLUMNS(table, flags, ...)                        \
    do {                                                  \
        static const char *const PAIRS[] = {__VA_ARGS__}; \
        columns(table, lang, flags, PAIRS);               \
    } while (0)

static const char *source_name(const np_source *source)
{
    return source ? source->name : NULL;
}

/* ---- what sections may say ---- */

/* How a key's value is written. */
static const char *written(np_arena *arena, const np_lang *lang, const np_key_schema *key)
{
    const char *list = "";
    switch (key->kind) {
    case NP_KEY_OWN:
        return key->values;
    case NP_KEY_TEXT:
    case NP_KEY_LABEL:
        return key->values[0] ? key->values : np_say(lang, "text");
    case NP_KEY_TRUTH:
        return "yes, no";
    case NP_KEY_WORD:
        for (const char *word = key->values; *word; word += strcspn(word, " "), word += *word == ' ')
            list = np_arena_format(arena, "%s%s%.*s", list, *list ? ", " : "", (int)strcspn(word, " "), word);
        return list;
    case NP_KEY_DATE:
        return "YYYY-MM-DD";
    case NP_KEY_FORMULA:
        return key->values[0] ? np_arena_format(arena, np_say(lang, "formula: %s"), key->values)
                              : np_say(lang, "formula");
    case NP_KEY_SOURCE:
        return "SOURCE";
    case NP_KEY_COUNTRY:
        return "COUNTRY";
    }
    return NULL;
}

void np_table_of_sections(np_doc_table *table, const np_book *book, const np_lang *lang, const char *name)
{
    (void)book; /* every rule book may say the same */
    COLUMNS(table, "lwwlw", "section", NP_MARK("Section"), "key", NP_MARK("Key"), "value", NP_MARK("Written"), "needed",
            NP_MARK("Needed"), "meaning", NP_MARK("Meaning"));
    for (size_t i = 0; i < NP_SECTION_COUNT; i++) {
        const np_section_schema *section = &NP_SECTIONS[i];
        if (!wanted(name, section->type)) continue;
        np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
        row->cells[0] = np_doc_words(section->type);
        row->cells[2] = np_doc_words(
            np_arena_format(table->arena, "[%s%s%s]", section->type, *section->name ? " " : "", section->name));
        row->cells[4] = np_doc_words(np_say(lang, section->meaning));
        for (size_t k = 0; k < section->key_count; k++) {
            const np_key_schema *key = &section->keys[k];
            row = np_doc_row_add(table, NP_DOC_LINE);
            row->cells[0] = np_doc_words(section->type);
            row->cells[1] = np_doc_words(key->name);
            row->cells[2] = np_doc_words(written(table->arena, lang, key));
            row->cells[3] = np_doc_words(key->needed ? "yes" : "no");
            row->cells[4] = np_doc_words(np_say(lang, key->meaning));
        }
    }
}

/* ---- plain lists ---- */

void np_table_of_grades(np_doc_table *table, const np_book *book, const np_lang *lang, const char *name)
{
    COLUMNS(table, "lrlllld", "grade", NP_MARK("Grade"), "rank", NP_MARK("Rank"), "category", NP_MARK("Category"),
            "legacy", NP_MARK("Was"), "legacy_status", NP_MARK("Status"), "source", NP_MARK("Source"), "note",
            NP_MARK("Note"));
    for (size_t i = 0; i < book->grade_count; i++) {
        const np_grade *grade = &book->grades[i];
        if (!wanted(name, grade->name)) continue;
        np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
        row->cells[0] = np_doc_words(grade->name);
        row->cells[1] = np_doc_words(np_arena_format(table->arena, "%d", grade->rank));
        row->cells[2] = np_doc_words(grade->category);
        row->cells[3] = np_doc_words(grade->legacy);
        row->cells[4] = np_doc_words(np_status_name(grade->status));
        row->cells[5] = np_doc_words(source_name(grade->source));
        row->cells[6] = np_doc_words(np_label_text(&grade->note, lang, NULL));
    }
}

void np_table_of_sources(np_doc_table *table, const np_book *book, const np_lang *lang, const char *name)
{
    COLUMNS(table, "lwddddl", "source", NP_MARK("Source"), "title", NP_MARK("Title"), "publisher", NP_MARK("Publisher"),
            "locator", NP_MARK("Where"), "url", NP_MARK("URL"), "note", NP_MARK("Note"), "date", NP_MARK("Date"));
    for (size_t i = 0; i < book->source_count; i++) {
        const np_source *source = &book->sources[i];
        if (!wanted(name, source->name)) continue;
        np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
        row->cells[0] = np_doc_words(source->name);
        row->cells[1] = np_doc_words(np_label_text(&source->label, lang, source->title));
        row->cells[2] = np_doc_words(source->publisher);
        row->cells[3] = np_doc_words(np_label_text(&source->locator, lang, NULL));
        row->cells[4] = np_doc_words(source->url);
        row->cells[5] = np_doc_words(np_label_text(&source->note, lang, NULL));
        row->cells[6] = np_doc_words(source->date);
    }
}

void np_table_of_countries(np_doc_table *table, const np_book *book, const np_lang *lang, const char *name)
{
    COLUMNS(table, "llllld", "country", NP_MARK("Country"), "label", NP_MARK("Name"), "currency", NP_MARK("Currency"),
            "member", NP_MARK("Member"), "scale_from", NP_MARK("Scale from"), "note", NP_MARK("Note"));
    for (size_t i = 0; i < book->country_count; i++) {
        const np_country *country = &book->countries[i];
        if (!wanted(name, country->name)) continue;
        np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
        row->cells[0] = np_doc_words(country->name);
        row->cells[1] = np_doc_words(np_label_text(&country->label, lang, country->name));
        row->cells[2] = np_doc_words(book->currencies[country->currency].name);
        row->cells[3] = np_doc_words(country->member ? "yes" : "no");
        row->cells[4] = np_doc_words(country->scale_count ? date_cell(table, country->scales[0]->from) : NULL);
        row->cells[5] = np_doc_words(np_label_text(&country->note, lang, NULL));
    }
}

void np_table_of_stations(np_doc_table *table, const np_book *book, const np_lang *lang, const char *name)
{
    COLUMNS(table, "lllw", "station", NP_MARK("Station"), "town", NP_MARK("Town"), "country", NP_MARK("Country"),
            "body", NP_MARK("Body"));
    for (size_t i = 0; i < book->station_count; i++) {
        const np_station *station = &book->stations[i];
        if (!wanted(name, station->name)) continue;
        np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
        row->cells[0] = np_doc_words(station->name);
        row->cells[1] = np_doc_words(np_label_text(&station->label, lang, station->town));
        row->cells[2] = np_doc_words(book->countries[station->country].name);
        row->cells[3] = np_doc_words(station->body);
    }
}

void np_table_of_currencies(np_doc_table *table, const np_book *book, const np_lang *lang, const char *name)
{
    COLUMNS(table, "llrrlrrld", "currency", NP_MARK("Currency"), "label", NP_MARK("Name"), "minor_unit",
            NP_MARK("Minor unit"), "per_euro", NP_MARK("Per euro"), "from", NP_MARK("From"), "low", NP_MARK("Low"),
            "high", NP_MARK("High"), "status", NP_MARK("Status"), "source", NP_MARK("Source"));
    for (size_t i = 0; i < book->currency_count; i++) {
        const np_currency *currency = &book->currencies[i];
        if (!wanted(name, currency->name)) continue;
        np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
        row->cells[0] = np_doc_words(currency->name);
        row->cells[1] = np_doc_words(np_label_text(&currency->label, lang, currency->name));
        row->cells[2] = np_doc_words(number_cell(table, currency->minor_unit));
        const np_exchange *exchange = np_book_exchange(book, (uint16_t)i);
        if (!exchange || !exchange->rate_count) continue;
        const np_rate *rate = &exchange->rates[exchange->rate_count - 1];
        row->cells[3] = np_doc_words(number_cell(table, rate->figure.value));
        row->cells[4] = np_doc_words(date_cell(table, rate->from));
        row->cells[5] = np_doc_words(rate->ranged ? number_cell(table, rate->low.value) : NULL);
        row->cells[6] = np_doc_words(rate->ranged ? number_cell(table, rate->high.value) : NULL);
        row->cells[7] = np_doc_words(np_status_name(rate->figure.status));
        row->cells[8] = np_doc_words(source_name(rate->figure.source));
    }
}

/* ---- parameters ---- */

static const char *list_cell(np_doc_table *table, const np_book *book, const np_value *values, size_t count)
{
    const char *list = "";
    for (size_t i = 0; values && i < count; i++)
        list = np_arena_format(table->arena, "%s%s%s", list, i ? ", " : "", value_cell(table, book, &values[i]));
    return values ? list : NULL;
}

static void parameter_row(np_doc_table *table, const np_book *book, const np_lang *lang, const np_parameter *parameter,
                          const np_entry *entry)
{
    np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
    row->cells[0] = np_doc_words(parameter->name);
    row->cells[1] = np_doc_words(np_label_text(&parameter->label, lang, NULL));
    row->cells[9] = np_doc_words(np_label_text(&parameter->note, lang, NULL));
    row->cells[10] = np_doc_words(place_cell(table, parameter->at));
    if (!entry) {
        row->cells[4] = np_doc_words("not found");
        return;
    }
    row->cells[2] = np_doc_words(np_entry_place(book, parameter, entry));
    row->cells[3] = np_doc_words(date_cell(table, entry->from));
    row->cells[4] = np_doc_words(list_cell(table, book, entry->values, entry->count));
    row->cells[5] = np_doc_words(list_cell(table, book, entry->low, entry->count));
    row->cells[6] = np_doc_words(list_cell(table, book, entry->high, entry->count));
    row->cells[7] = np_doc_words(np_status_name(entry->status));
    row->cells[8] = np_doc_words(source_name(entry->source));
    if (entry->note.text) row->cells[9] = np_doc_words(np_label_text(&entry->note, lang, NULL));
    if (entry->carried)
        row->cells[9] =
            np_doc_words(np_arena_format(table->arena, np_say(lang, "carried by index from %s"), entry->key->name));
    if (entry->key) row->cells[10] = np_doc_words(place_cell(table, entry->key->name_at));
}

void np_table_of_parameters(np_doc_table *table, const np_book *book, const np_lang *lang, const char *name)
{
    COLUMNS(table, "ldllwlllddd", "parameter", NP_MARK("Parameter"), "label", NP_MARK("Label"), "country",
            NP_MARK("In"), "from", NP_MARK("From"), "value", NP_MARK("Value"), "low", NP_MARK("Low"), "high",
            NP_MARK("High"), "status", NP_MARK("Status"), "source", NP_MARK("Source"), "note", NP_MARK("Note"), "place",
            NP_MARK("Where"));
    for (size_t i = 0; i < book->parameter_count; i++) {
        const np_parameter *parameter = &book->parameters[i];
        if (!wanted(name, parameter->name)) continue;
        for (size_t e = 0; e < parameter->entry_count; e++)
            parameter_row(table, book, lang, parameter, &parameter->entries[e]);
        if (parameter->entry_count == 0) parameter_row(table, book, lang, parameter, NULL);
    }
}

/* ---- rules and inputs ---- */

static const char *formula_cell(const np_formula *formula)
{
    return formula->key ? formula->key->value : NULL;
}

static const char *joined(np_doc_table *table, const char *list, const char *more)
{
    return *list ? np_arena_format(table->arena, "%s, %s", list, more) : more;
}

void np_table_of_rules(np_doc_table *table, const np_book *book, const np_lang *lang, const char *name)
{
    COLUMNS(table, "llwdddddddddd", "rule", NP_MARK("Rule"), "kind", NP_MARK("Kind"), "label", NP_MARK("Label"), "when",
            NP_MARK("When"), "amount", NP_MARK("Amount"), "date", NP_MARK("Date"), "rounding", NP_MARK("Rounding"),
            "from", NP_MARK("From"), "until", NP_MARK("Until"), "status", NP_MARK("Status"), "sources",
            NP_MARK("Sources"), "note", NP_MARK("Note"), "place", NP_MARK("Where"));
    for (size_t i = 0; i < book->rule_count; i++) {
        const np_rule *rule = &book->rules[i];
        if (!wanted(name, rule->name)) continue;
        np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
        row->cells[0] = np_doc_words(rule->name);
        row->cells[1] = np_doc_words(np_kind_name(rule->kind));
        row->cells[2] = np_doc_words(np_label_text(&rule->label, lang, NULL));
        row->cells[3] = np_doc_words(formula_cell(&rule->when));
        row->cells[4] = np_doc_words(formula_cell(&rule->amount));
        row->cells[5] = np_doc_words(formula_cell(&rule->date));
        row->cells[6] = np_doc_words(rule->rounds ? np_rounding_name(rule->rounding) : NULL);
        row->cells[7] = np_doc_words(date_cell(table, rule->from));
        row->cells[8] = np_doc_words(date_cell(table, rule->until));
        row->cells[9] = np_doc_words(rule->has_status ? np_status_name(rule->status) : NULL);
        const char *sources = "";
        for (size_t s = 0; s < rule->source_count; s++) sources = joined(table, sources, rule->sources[s]->name);
        row->cells[10] = np_doc_words(*sources ? sources : NULL);
        row->cells[11] = np_doc_words(np_label_text(&rule->note, lang, NULL));
        row->cells[12] = np_doc_words(place_cell(table, rule->at));
    }
}

/* What the book's own functions are, and what those of the formula language give. */
void np_table_of_functions(np_doc_table *table, const np_book *book, const np_lang *lang, const char *name)
{
    COLUMNS(table, "llwwdd", "function", NP_MARK("Function"), "args", NP_MARK("Called with"), "amount",
            NP_MARK("Amount"), "label", NP_MARK("Label"), "note", NP_MARK("Note"), "place", NP_MARK("Where"));
    for (size_t i = 0; i < book->function_count; i++) {
        const np_book_function *function = &book->functions[i];
        if (!wanted(name, function->name)) continue;
        const char *args = "";
        for (size_t a = 0; a < function->arg_count; a++) args = joined(table, args, function->args[a]);
        np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
        row->cells[0] = np_doc_words(function->name);
        row->cells[1] = np_doc_words(args);
        row->cells[2] = np_doc_words(formula_cell(&function->body));
        row->cells[3] = np_doc_words(np_label_text(&function->label, lang, NULL));
        row->cells[4] = np_doc_words(np_label_text(&function->note, lang, NULL));
        row->cells[5] = np_doc_words(place_cell(table, function->at));
    }
    for (int i = 0; i < NP_FUNCTION_COUNT; i++) {
        const np_function_info *built_in = np_function_describe((np_function)i);
        if (!wanted(name, built_in->name)) continue;
        np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
        row->cells[0] = np_doc_words(built_in->name);
        row->cells[3] = np_doc_words(built_in->text);
    }
}

static const char *bound_cell(np_doc_table *table, const np_book *book, bool has, const np_value *bound)
{
    np_value plain = *bound;
    plain.currency = NP_CURRENCY_ANY;
    return has ? value_cell(table, book, &plain) : NULL;
}

void np_table_of_inputs(np_doc_table *table, const np_book *book, const np_lang *lang, const char *name)
{
    COLUMNS(table, "lllwwdddddd", "input", NP_MARK("Input"), "type", NP_MARK("Type"), "about", NP_MARK("About"),
            "default", NP_MARK("Default"), "label", NP_MARK("Label"), "question", NP_MARK("Question"), "min",
            NP_MARK("Min"), "max", NP_MARK("Max"), "choices", NP_MARK("Choices"), "note", NP_MARK("Note"), "place",
            NP_MARK("Where"));
    for (size_t i = 0; i < book->input_count; i++) {
        const np_input *input = &book->inputs[i];
        if (!wanted(name, input->name)) continue;
        np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
        row->cells[0] = np_doc_words(input->name);
        row->cells[1] = np_doc_words(np_type_name(input->type));
        row->cells[2] = np_doc_words(np_input_about_name(input));
        row->cells[3] = np_doc_words(formula_cell(&input->fallback));
        row->cells[4] = np_doc_words(np_label_text(&input->label, lang, NULL));
        row->cells[5] = np_doc_words(np_label_text(&input->question, lang, NULL));
        row->cells[6] = np_doc_words(bound_cell(table, book, input->has_min, &input->min));
        row->cells[7] = np_doc_words(bound_cell(table, book, input->has_max, &input->max));
        const char *choices = "";
        for (size_t c = 0; c < input->choice_count; c++) choices = joined(table, choices, input->choices[c]);
        row->cells[8] = np_doc_words(*choices ? choices : NULL);
        row->cells[9] = np_doc_words(np_label_text(&input->note, lang, NULL));
        row->cells[10] = np_doc_words(place_cell(table, input->at));
    }
}

/* ---- scales ---- */

void np_table_of_scales(np_doc_table *table, const np_book *book, const np_lang *lang)
{
    COLUMNS(table, "llllrll", "country", NP_MARK("Country"), "label", NP_MARK("Name"), "from", NP_MARK("From"),
            "currency", NP_MARK("Currency"), "printed", NP_MARK("Printed"), "index", NP_MARK("Index"), "reference",
            NP_MARK("Follows"));
    if (book->scale_of_all) table->columns[0].title = np_say(lang, "Scale");
    np_scale_places places = np_scale_places_of(book);
    for (size_t c = places.begin; c < places.end; c++)
        for (size_t s = 0; s < book->countries[c].scale_count; s++) {
            const np_country *country = &book->countries[c];
            const np_scale *scale = country->scales[s];
            size_t printed = 0;
            for (size_t g = 0; g < book->grade_count * NP_STEPS_MAX; g++) printed += scale->figures[g].given;
            np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
            row->cells[0] = np_doc_words(country->name);
            row->cells[1] = np_doc_words(np_label_text(&country->label, lang, country->name));
            row->cells[2] = np_doc_words(date_cell(table, scale->from));
            row->cells[3] = np_doc_words(book->currencies[country->currency].name);
            row->cells[4] = np_doc_words(np_arena_format(table->arena, "%zu", printed));
            row->cells[5] = np_doc_words(scale->index.given ? number_cell(table, scale->index.value) : NULL);
            row->cells[6] =
                np_doc_words(scale->reference == UINT16_MAX ? NULL : book->countries[scale->reference].name);
        }
}

static const char *derivation_words(np_derivation how)
{
    static const char *const WORDS[] = {[NP_PRINTED] = "printed",        [NP_CARRIED] = "carried by index",
                                        [NP_BY_RATIO] = "by ratio",      [NP_BY_COUNTRY] = "by country ratio",
                                        [NP_BETWEEN] = "between grades", [NP_AT_FLOOR] = "floor",
                                        [NP_BY_STEP] = "by step",        [NP_NOT_DERIVED] = "not known"};
    return WORDS[how];
}

static const char *trail_sources(np_doc_table *table, const np_scale_trail *trail)
{
    const char *list = "";
    const np_source *last = NULL;
    for (; trail; trail = trail->next) {
        if (!trail->source || trail->source == last) continue;
        list = np_arena_format(table->arena, "%s%s%s", list, *list ? ", " : "", trail->source->name);
        last = trail->source;
    }
    return *list ? list : NULL;
}

void np_table_of_scale(np_doc_table *table, const np_book *book, const np_lang *lang, uint16_t country, np_date date)
{
    const np_country *owner = &book->countries[country];
    COLUMNS(table, "llrrrlllw", "grade", NP_MARK("Grade"), "from", NP_MARK("Scale of"), "amount", NP_MARK("Step 1"),
            "low", NP_MARK("Low"), "high", NP_MARK("High"), "currency", NP_MARK("Currency"), "how", NP_MARK("How"),
            "status", NP_MARK("Status"), "source", NP_MARK("Sources"));
    if (date == NP_DATE_NONE && owner->scale_count) date = owner->scales[owner->scale_count - 1]->from;
    for (size_t g = 0; g < book->grade_count; g++) {
        const np_scale *scale;
        np_resolved found = np_scale_first_step(book, table->arena, country, (uint16_t)g, date, &scale);
        np_doc_row *row = np_doc_row_add(table, NP_DOC_LINE);
        row->cells[0] = np_doc_words(book->grades[g].name);
        row->cells[1] = np_doc_words(scale ? date_cell(table, scale->from) : NULL);
        row->cells[6] = np_doc_words(derivation_words((np_derivation)found.how));
        if (found.how == NP_NOT_DERIVED) continue;
        row->cells[2] = np_doc_words(np_money_words(table->arena, book, found.value, owner->currency));
        if (found.ranged) {
            row->cells[3] = np_doc_words(np_money_words(table->arena, book, found.low, owner->currency));
            row->cells[4] = np_doc_words(np_money_words(table->arena, book, found.high, owner->currency));
        }
        row->cells[5] = np_doc_words(book->currencies[owner->currency].name);
        row->cells[7] = np_doc_words(np_status_name((np_status)found.status));
        row->cells[8] = np_doc_words(
            trail_sources(table, np_scale_explain(book, table->arena, country, (uint16_t)g, 1, date, NULL)));
    }
}
