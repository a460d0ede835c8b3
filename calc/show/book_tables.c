#include "natopay/show/book_tables.h"

#include <string.h>

#include "natopay/book/scale.h"
#include "natopay/pay/words.h"

/* ---- cells ---- */

static const char *copy(np_table *table, np_text *text)
{
    return np_text_move(text, table->arena);
}

static const char *date_cell(np_table *table, np_date date)
{
    if (date == NP_DATE_NONE) return NULL;
    np_ymd day = np_date_split(date);
    return np_arena_format(table->arena, "%04d-%02d-%02d", day.year, day.month, day.day);
}

static const char *number_cell(np_table *table, np_num number)
{
    np_text text;
    np_text_init(&text, 8192);
    np_num_print_plain(&text, number);
    return copy(table, &text);
}

static const char *amount_cell(np_table *table, const np_book *book, np_num amount, uint16_t currency)
{
    np_text text;
    np_text_init(&text, 8192);
    np_print_amount(&text, book, amount, currency);
    return copy(table, &text);
}

static const char *value_cell(np_table *table, const np_book *book, const np_value *value)
{
    np_text text;
    np_text_init(&text, 8192);
    np_print_value(&text, book, value, NULL);
    return copy(table, &text);
}

static const char *place_cell(np_table *table, np_span at)
{
    if (!at.file) return NULL;
    return np_arena_format(table->arena, "%s:%u", at.file->name, np_span_position(at).line);
}

static bool wanted(const char *name, const char *own)
{
    return !name || strcmp(name, own) == 0;
}

/* A flag for each column: l left, r right, w wrapped, d not in a list on the terminal. */
static void columns(np_table *table, const char *const *keys, const char *const *titles, size_t count,
                    const char *flags)
{
    for (size_t i = 0; i < count; i++)
        if (flags[i] == 'd')
            np_table_data_column(table, keys[i], titles[i]);
        else
            np_table_column(table, keys[i], titles[i], flags[i] == 'r', flags[i] == 'w');
}

#define COLUMNS(table, flags, ...)                                     \
    do {                                                               \
        static const char *const PAIRS[] = {__VA_ARGS__};              \
        const char *keys[NP_TABLE_COLUMNS], *titles[NP_TABLE_COLUMNS]; \
        size_t count = sizeof PAIRS / sizeof PAIRS[0] / 2;             \
        for (size_t i = 0; i < count; i++) {                           \
            keys[i] = PAIRS[2 * i];                                    \
            titles[i] = np_say(lang, PAIRS[2 * i + 1]);                \
        }                                                              \
        columns(table, keys, titles, count, flags);                    \
    } while (0)

static const char *source_name(const np_source *source)
{
    return source ? source->name : NULL;
}

/* ---- plain lists ---- */

void np_table_of_grades(np_table *table, const np_book *book, const np_lang *lang, const char *name)
{
    COLUMNS(table, "lrllllld", "grade", NP_MARK("GRADE"), "rank", NP_MARK("RANK"), "category", NP_MARK("CATEGORY"),
            "legacy", NP_MARK("WAS"), "legacy_status", NP_MARK("STATUS"), "draws_expatriation", NP_MARK("EXPATRIATION"),
            "source", NP_MARK("SOURCE"), "note", NP_MARK("NOTE"));
    for (size_t i = 0; i < book->grade_count; i++) {
        const np_grade *grade = &book->grades[i];
        if (!wanted(name, grade->name)) continue;
        np_row *row = np_table_row(table);
        row->cells[0] = grade->name;
        row->cells[1] = np_arena_format(table->arena, "%d", grade->rank);
        row->cells[2] = grade->category;
        row->cells[3] = grade->legacy;
        row->cells[4] = np_status_name(grade->status);
        row->cells[5] = grade->draws_expatriation ? "yes" : "no";
        row->cells[6] = source_name(grade->source);
        row->cells[7] = np_label_text(&grade->note, lang, NULL);
    }
}

void np_table_of_sources(np_table *table, const np_book *book, const np_lang *lang, const char *name)
{
    COLUMNS(table, "lwddddl", "source", NP_MARK("SOURCE"), "title", NP_MARK("TITLE"), "publisher", NP_MARK("PUBLISHER"),
            "locator", NP_MARK("WHERE"), "url", NP_MARK("URL"), "note", NP_MARK("NOTE"), "date", NP_MARK("DATE"));
    for (size_t i = 0; i < book->source_count; i++) {
        const np_source *source = &book->sources[i];
        if (!wanted(name, source->name)) continue;
        np_row *row = np_table_row(table);
        row->cells[0] = source->name;
        row->cells[1] = np_label_text(&source->label, lang, source->title);
        row->cells[2] = source->publisher;
        row->cells[3] = np_label_text(&source->locator, lang, NULL);
        row->cells[4] = source->url;
        row->cells[5] = np_label_text(&source->note, lang, NULL);
        row->cells[6] = source->date;
    }
}

void np_table_of_countries(np_table *table, const np_book *book, const np_lang *lang, const char *name)
{
    COLUMNS(table, "llllld", "country", NP_MARK("COUNTRY"), "label", NP_MARK("NAME"), "currency", NP_MARK("CURRENCY"),
            "member", NP_MARK("MEMBER"), "scale_from", NP_MARK("SCALE FROM"), "note", NP_MARK("NOTE"));
    for (size_t i = 0; i < book->country_count; i++) {
        const np_country *country = &book->countries[i];
        if (!wanted(name, country->name)) continue;
        np_row *row = np_table_row(table);
        row->cells[0] = country->name;
        row->cells[1] = np_label_text(&country->label, lang, country->name);
        row->cells[2] = book->currencies[country->currency].name;
        row->cells[3] = country->member ? "yes" : "no";
        row->cells[4] = country->scale_count ? date_cell(table, country->scales[0]->from) : NULL;
        row->cells[5] = np_label_text(&country->note, lang, NULL);
    }
}

void np_table_of_stations(np_table *table, const np_book *book, const np_lang *lang, const char *name)
{
    COLUMNS(table, "lllw", "station", NP_MARK("STATION"), "town", NP_MARK("TOWN"), "country", NP_MARK("COUNTRY"),
            "body", NP_MARK("BODY"));
    for (size_t i = 0; i < book->station_count; i++) {
        const np_station *station = &book->stations[i];
        if (!wanted(name, station->name)) continue;
        np_row *row = np_table_row(table);
        row->cells[0] = station->name;
        row->cells[1] = station->town;
        row->cells[2] = book->countries[station->country].name;
        row->cells[3] = station->body;
    }
}

void np_table_of_currencies(np_table *table, const np_book *book, const np_lang *lang, const char *name)
{
    COLUMNS(table, "llrrlrrld", "currency", NP_MARK("CURRENCY"), "label", NP_MARK("NAME"), "minor_unit",
            NP_MARK("MINOR UNIT"), "per_euro", NP_MARK("PER EURO"), "from", NP_MARK("FROM"), "low", NP_MARK("LOW"),
            "high", NP_MARK("HIGH"), "status", NP_MARK("STATUS"), "source", NP_MARK("SOURCE"));
    for (size_t i = 0; i < book->currency_count; i++) {
        const np_currency *currency = &book->currencies[i];
        if (!wanted(name, currency->name)) continue;
        np_row *row = np_table_row(table);
        row->cells[0] = currency->name;
        row->cells[1] = np_label_text(&currency->label, lang, currency->name);
        row->cells[2] = number_cell(table, currency->minor_unit);
        const np_exchange *exchange = np_book_exchange(book, (uint16_t)i);
        if (!exchange || !exchange->rate_count) continue;
        const np_rate *rate = &exchange->rates[exchange->rate_count - 1];
        row->cells[3] = number_cell(table, rate->figure.value);
        row->cells[4] = date_cell(table, rate->from);
        row->cells[5] = rate->ranged ? number_cell(table, rate->low.value) : NULL;
        row->cells[6] = rate->ranged ? number_cell(table, rate->high.value) : NULL;
        row->cells[7] = np_status_name(rate->figure.status);
        row->cells[8] = source_name(rate->figure.source);
    }
}

/* ---- parameters ---- */

static const char *list_cell(np_table *table, const np_book *book, const np_value *values, size_t count)
{
    const char *list = "";
    for (size_t i = 0; values && i < count; i++)
        list = np_arena_format(table->arena, "%s%s%s", list, i ? ", " : "", value_cell(table, book, &values[i]));
    return values ? list : NULL;
}

static void parameter_row(np_table *table, const np_book *book, const np_lang *lang, const np_parameter *parameter,
                          const np_entry *entry)
{
    np_row *row = np_table_row(table);
    row->cells[0] = parameter->name;
    row->cells[1] = np_label_text(&parameter->label, lang, NULL);
    row->cells[9] = np_label_text(&parameter->note, lang, NULL);
    row->cells[10] = place_cell(table, parameter->at);
    if (!entry) {
        row->cells[4] = "not found";
        return;
    }
    row->cells[2] = entry->country != UINT16_MAX ? book->countries[entry->country].name : NULL;
    row->cells[3] = date_cell(table, entry->from);
    row->cells[4] = list_cell(table, book, entry->values, entry->count);
    row->cells[5] = list_cell(table, book, entry->low, entry->count);
    row->cells[6] = list_cell(table, book, entry->high, entry->count);
    row->cells[7] = np_status_name(entry->status);
    row->cells[8] = source_name(entry->source);
    if (entry->note.text) row->cells[9] = np_label_text(&entry->note, lang, NULL);
    if (entry->key) row->cells[10] = place_cell(table, entry->key->name_at);
}

void np_table_of_parameters(np_table *table, const np_book *book, const np_lang *lang, const char *name)
{
    COLUMNS(table, "ldllwlllddd", "parameter", NP_MARK("PARAMETER"), "label", NP_MARK("LABEL"), "country",
            NP_MARK("IN"), "from", NP_MARK("FROM"), "value", NP_MARK("VALUE"), "low", NP_MARK("LOW"), "high",
            NP_MARK("HIGH"), "status", NP_MARK("STATUS"), "source", NP_MARK("SOURCE"), "note", NP_MARK("NOTE"), "place",
            NP_MARK("WHERE"));
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

static const char *joined(np_table *table, const char *list, const char *more)
{
    return *list ? np_arena_format(table->arena, "%s, %s", list, more) : more;
}

void np_table_of_rules(np_table *table, const np_book *book, const np_lang *lang, const char *name)
{
    COLUMNS(table, "llwdddddddddd", "rule", NP_MARK("RULE"), "kind", NP_MARK("KIND"), "label", NP_MARK("LABEL"), "when",
            NP_MARK("WHEN"), "amount", NP_MARK("AMOUNT"), "date", NP_MARK("DATE"), "rounding", NP_MARK("ROUNDING"),
            "from", NP_MARK("FROM"), "until", NP_MARK("UNTIL"), "status", NP_MARK("STATUS"), "sources",
            NP_MARK("SOURCES"), "note", NP_MARK("NOTE"), "place", NP_MARK("WHERE"));
    for (size_t i = 0; i < book->rule_count; i++) {
        const np_rule *rule = &book->rules[i];
        if (!wanted(name, rule->name)) continue;
        np_row *row = np_table_row(table);
        row->cells[0] = rule->name;
        row->cells[1] = np_kind_name(rule->kind);
        row->cells[2] = np_label_text(&rule->label, lang, NULL);
        row->cells[3] = formula_cell(&rule->when);
        row->cells[4] = formula_cell(&rule->amount);
        row->cells[5] = formula_cell(&rule->date);
        row->cells[6] = rule->rounds ? np_rounding_name(rule->rounding) : NULL;
        row->cells[7] = date_cell(table, rule->from);
        row->cells[8] = date_cell(table, rule->until);
        row->cells[9] = rule->has_status ? np_status_name(rule->status) : NULL;
        const char *sources = "";
        for (size_t s = 0; s < rule->source_count; s++) sources = joined(table, sources, rule->sources[s]->name);
        row->cells[10] = *sources ? sources : NULL;
        row->cells[11] = np_label_text(&rule->note, lang, NULL);
        row->cells[12] = place_cell(table, rule->at);
    }
}

static const char *bound_cell(np_table *table, const np_book *book, bool has, const np_value *bound)
{
    np_value plain = *bound;
    plain.currency = NP_CURRENCY_ANY;
    return has ? value_cell(table, book, &plain) : NULL;
}

void np_table_of_inputs(np_table *table, const np_book *book, const np_lang *lang, const char *name)
{
    COLUMNS(table, "lllwwdddddd", "input", NP_MARK("INPUT"), "type", NP_MARK("TYPE"), "about", NP_MARK("ABOUT"),
            "default", NP_MARK("DEFAULT"), "label", NP_MARK("LABEL"), "question", NP_MARK("QUESTION"), "min",
            NP_MARK("MIN"), "max", NP_MARK("MAX"), "choices", NP_MARK("CHOICES"), "note", NP_MARK("NOTE"), "place",
            NP_MARK("WHERE"));
    for (size_t i = 0; i < book->input_count; i++) {
        const np_input *input = &book->inputs[i];
        if (!wanted(name, input->name)) continue;
        np_row *row = np_table_row(table);
        row->cells[0] = input->name;
        row->cells[1] = np_type_name(input->type);
        row->cells[2] = input->about;
        row->cells[3] = formula_cell(&input->fallback);
        row->cells[4] = np_label_text(&input->label, lang, NULL);
        row->cells[5] = np_label_text(&input->question, lang, NULL);
        row->cells[6] = bound_cell(table, book, input->has_min, &input->min);
        row->cells[7] = bound_cell(table, book, input->has_max, &input->max);
        const char *choices = "";
        for (size_t c = 0; c < input->choice_count; c++) choices = joined(table, choices, input->choices[c]);
        row->cells[8] = *choices ? choices : NULL;
        row->cells[9] = np_label_text(&input->note, lang, NULL);
        row->cells[10] = place_cell(table, input->at);
    }
}

/* ---- scales ---- */

void np_table_of_scales(np_table *table, const np_book *book, const np_lang *lang)
{
    COLUMNS(table, "llllrl", "country", NP_MARK("COUNTRY"), "label", NP_MARK("NAME"), "from", NP_MARK("FROM"),
            "currency", NP_MARK("CURRENCY"), "printed", NP_MARK("PRINTED"), "index", NP_MARK("INDEX"));
    for (size_t c = 0; c < book->country_count; c++)
        for (size_t s = 0; s < book->countries[c].scale_count; s++) {
            const np_country *country = &book->countries[c];
            const np_scale *scale = country->scales[s];
            size_t printed = 0;
            for (size_t g = 0; g < book->grade_count * NP_STEPS_MAX; g++) printed += scale->figures[g].given;
            np_row *row = np_table_row(table);
            row->cells[0] = country->name;
            row->cells[1] = np_label_text(&country->label, lang, country->name);
            row->cells[2] = date_cell(table, scale->from);
            row->cells[3] = book->currencies[country->currency].name;
            row->cells[4] = np_arena_format(table->arena, "%zu", printed);
            row->cells[5] = scale->index.given ? number_cell(table, scale->index.value) : NULL;
        }
}

static const char *derivation_words(np_derivation how)
{
    static const char *const WORDS[] = {[NP_PRINTED] = "printed",
                                        [NP_CARRIED] = "carried by index",
                                        [NP_BY_RATIO] = "by ratio",
                                        [NP_BY_COUNTRY] = "by country ratio",
                                        [NP_BETWEEN] = "between grades",
                                        [NP_AT_FLOOR] = "floor",
                                        [NP_BY_STEP] = "by step",
                                        [NP_NOT_DERIVED] = "not known"};
    return WORDS[how];
}

static const char *trail_sources(np_table *table, const np_scale_trail *trail)
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

void np_table_of_scale(np_table *table, const np_book *book, const np_lang *lang, uint16_t country, np_date date)
{
    const np_country *owner = &book->countries[country];
    COLUMNS(table, "llrrrllllw", "grade", NP_MARK("GRADE"), "from", NP_MARK("SCALE OF"), "amount", NP_MARK("STEP 1"),
            "low", NP_MARK("LOW"), "high", NP_MARK("HIGH"), "currency", NP_MARK("CURRENCY"), "how", NP_MARK("HOW"), "status", NP_MARK("STATUS"), "source",
            NP_MARK("SOURCES"));
    table->column_count = 9;
    table->columns[8].wrap = true;
    if (date == NP_DATE_NONE && owner->scale_count) date = owner->scales[owner->scale_count - 1]->from;
    for (size_t g = 0; g < book->grade_count; g++) {
        const np_scale *scale;
        np_resolved found = np_scale_first_step(book, table->arena, country, (uint16_t)g, date, &scale);
        np_row *row = np_table_row(table);
        row->cells[0] = book->grades[g].name;
        row->cells[1] = scale ? date_cell(table, scale->from) : NULL;
        row->cells[6] = derivation_words((np_derivation)found.how);
        if (found.how == NP_NOT_DERIVED) continue;
        row->cells[2] = amount_cell(table, book, found.value, owner->currency);
        if (found.ranged) row->cells[3] = amount_cell(table, book, found.low, owner->currency);
        if (found.ranged) row->cells[4] = amount_cell(table, book, found.high, owner->currency);
        row->cells[5] = book->currencies[owner->currency].name;
        row->cells[7] = np_status_name((np_status)found.status);
        row->cells[8] = trail_sources(table, np_scale_explain(book, table->arena, country, (uint16_t)g, 1, date, NULL));
    }
}
