/* Reading sources, currencies, rates of exchange, countries and stations. */
#include <stdlib.h>
#include <string.h>

#include "build.h"

static void read_source(np_build *build, np_definition *definition, np_source *source)
{
    source->name = definition->name;
    source->at = definition->at;
    np_read_keys(build, definition, source);
    source->title = source->label.text ? source->label.text : "";
    source->note = np_take_label(build, definition, "note");
    np_refuse_other_keys(build, definition);
}

void np_build_sources(np_build *build)
{
    np_book *book = build->book;
    size_t cursor = 0, room = np_count_definitions(book, "source") + NP_LAYERS_MAX; /* with one for each notice */
    np_definition *definition;
    book->sources = np_arena_array(build->arena, room, sizeof *book->sources);
    while ((definition = np_next_definition(book, "source", &cursor)))
        read_source(build, definition, &book->sources[book->source_count++]);
}

void np_build_source_of(np_build *build, const np_file *file)
{
    np_book *book = build->book;
    size_t cursor = 0;
    np_definition *definition;
    while ((definition = np_next_definition(book, "source", &cursor))) {
        if (definition->at.file != file) continue;
        const np_source *known = np_book_source(book, definition->name);
        size_t at = known ? (size_t)(known - book->sources) : book->source_count++;
        read_source(build, definition, &book->sources[at]);
        return;
    }
}

/* A key of the organisation that is read with what it speaks of; NULL: it is not there. */
static const np_ini_key *take_of_organisation(np_build *build, const char *name)
{
    size_t cursor = 0;
    np_definition *organisation = np_next_definition(build->book, "organisation", &cursor);
    return organisation ? np_take(organisation, name) : NULL;
}

/* ---- currencies ---- */

static bool is_code(const char *name)
{
    return strlen(name) == 3 && strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

/* The currency of countries that name none. A book that has no other needs no section for it. */
static void read_usual_currency(np_build *build)
{
    np_book *book = build->book;
    const np_ini_key *key = take_of_organisation(build, "currency");
    if (!key) return;
    if (!book->currency_count && is_code(key->value)) {
        np_currency *currency = &book->currencies[book->currency_count++];
        *currency = (np_currency){.name = key->value, .at = key->value_at, .minor_unit = np_num_ratio(1, 100)};
        currency->decimals = 2;
    }
    int found = np_find_currency(build, key->value, key->value_at);
    if (found >= 0 || book->currency_count) book->currency = (uint16_t)(found < 0 ? 0 : found);
}

void np_build_currencies(np_build *build)
{
    np_book *book = build->book;
    book->currencies =
        np_arena_array(build->arena, np_count_definitions(book, "currency") + 2, sizeof *book->currencies);
    size_t cursor = 0;
    np_definition *definition;
    while ((definition = np_next_definition(book, "currency", &cursor))) {
        np_currency *currency = &book->currencies[book->currency_count++];
        currency->name = definition->name;
        currency->at = definition->at;
        currency->label = np_take_label(build, definition, "label");
        np_read_keys(build, definition, currency);
        currency->minor_unit = np_num_ratio(1, 100);
        const np_ini_key *unit = np_take(definition, "minor_unit");
        if (!is_code(currency->name))
            np_report(build->diags, NP_CODE_BAD_NAME, definition->at, "a currency is named by three capital letters");
        if (unit) np_item_number(build, unit, np_whole(build, unit), &currency->minor_unit);
        np_num scaled = currency->minor_unit;
        while (currency->decimals < 6 && !np_num_is_integer(scaled)) {
            scaled = np_num_mul(build->arena, scaled, np_num_int(10));
            currency->decimals++;
        }
        if (np_num_compare(scaled, np_num_int(1)) != 0) {
            np_report(build->diags, NP_CODE_OUT_OF_BOUNDS, unit->value_at, "a minor unit is 1, 0.1, 0.01 ... 0.000001");
            currency->minor_unit = np_num_ratio(1, 100);
            currency->decimals = 2;
        }
        np_refuse_other_keys(build, definition);
    }
    read_usual_currency(build);
}

static np_figure bound_figure(np_build *build, np_definition *definition, const char *name)
{
    const np_ini_key *key = np_take(definition, name);
    np_figure figure = {0};
    if (!key || !np_item_number(build, key, np_whole(build, key), &figure.value)) return figure;
    figure.given = true;
    figure.at = key->value_at;
    return figure;
}

static void read_rate(np_build *build, np_definition *definition, np_exchange *exchange, const np_ini_key *key,
                      const np_origin *section)
{
    np_rate *rate = &exchange->rates[exchange->rate_count];
    if (np_date_parse(key->name, strlen(key->name), &rate->from)) {
        np_report(build->diags, NP_CODE_BAD_DATE, key->name_at, "'%s' is not a date: %s", key->name,
                  np_date_why(build->arena, build->diags->lang, key->name, strlen(key->name)));
        return;
    }
    if (!np_item_number(build, key, np_whole(build, key), &rate->figure.value)) return;
    if (np_num_sign(rate->figure.value) <= 0) {
        np_report(build->diags, NP_CODE_OUT_OF_BOUNDS, key->value_at, "a rate is above zero, not %s", key->value);
        return;
    }
    np_origin origin = np_key_origin(build, definition, key->name, section);
    rate->figure = (np_figure){true, rate->figure.value, origin.status, origin.source, origin.note, key->value_at};
    rate->key = key->name;
    exchange->rate_count++;
}

/* low and high of the section hold for the newest rate: older ones are history. */
static void read_rate_range(np_build *build, np_definition *definition, np_exchange *exchange, size_t index)
{
    const char *newest = exchange->rate_count ? exchange->rates[exchange->rate_count - 1].key : NULL;
    np_figure low = bound_figure(build, definition, "low"), high = bound_figure(build, definition, "high");
    if (!low.given || !high.given || !newest || !np_range_is_about(definition, newest)) return;
    np_rate *rate = &exchange->rates[exchange->rate_count - 1];
    if (np_num_compare(low.value, rate->figure.value) > 0 || np_num_compare(high.value, rate->figure.value) < 0) {
        np_diag *diag = np_report(build->diags, NP_CODE_BAD_RANGE, low.at, "low and high do not enclose the rate");
        np_diag_hint(build->diags, diag, "low is at most the rate of %s, high at least", newest);
        return;
    }
    rate->low = low;
    rate->high = high;
    rate->ranged = true;
    exchange->uncertain =
        np_build_uncertain(build, (np_uncertain){.kind = NP_UNCERTAIN_RATE, .index = (uint16_t)index});
}

static int by_rate_date(const void *a, const void *b)
{
    const np_rate *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

void np_build_exchanges(np_build *build)
{
    np_book *book = build->book;
    book->exchanges = np_arena_array(build->arena, np_count_definitions(book, "exchange") + 1, sizeof *book->exchanges);
    size_t cursor = 0;
    np_definition *definition;
    while ((definition = np_next_definition(book, "exchange", &cursor))) {
        int currency = np_find_currency(build, definition->name, definition->at);
        np_exchange *exchange = &book->exchanges[book->exchange_count];
        exchange->at = definition->at;
        exchange->currency = (uint16_t)currency;
        exchange->uncertain = UINT16_MAX;
        exchange->label = np_take_label(build, definition, "label");
        exchange->rates = np_arena_array(build->arena, definition->key_count + 1, sizeof *exchange->rates);
        np_origin origin = np_take_origin(build, definition, NP_USER);
        for (size_t i = 0; i < definition->key_count; i++) {
            const np_ini_key *key = definition->keys[i].ini;
            if (key->name[0] < '0' || key->name[0] > '9' || strchr(key->name, '.')) continue;
            definition->keys[i].used = true;
            read_rate(build, definition, exchange, key, &origin);
        }
        if (exchange->rate_count > 1)
            qsort(exchange->rates, exchange->rate_count, sizeof *exchange->rates, by_rate_date);
        read_rate_range(build, definition, exchange, book->exchange_count);
        np_refuse_other_keys(build, definition);
        if (currency >= 0) book->exchange_count++;
    }
}

/* ---- countries, stations ---- */

/* Names come before labels, and labels before aliases: a code stays what it is. */
static void spell_countries(np_build *build)
{
    np_country *countries = build->book->countries;
    int count = (int)build->book->country_count;
    for (int i = 0; i < count; i++) np_spelling_add(build, "country", countries[i].name, i);
    for (int i = 0; i < count; i++) np_spelling_add_label(build, "country", &countries[i].label, i);
    for (int i = 0; i < count; i++)
        np_spelling_add_aliases(build, "country", countries[i].aliases, countries[i].alias_count, i, countries[i].at);
    for (int i = 0; i < count; i++)
        np_spelling_add_aliases(build, "people", countries[i].people, countries[i].people_count, i, countries[i].at);
}

/* Several stations may be in one town: its name stands for the first. */
static void spell_stations(np_build *build)
{
    np_station *stations = build->book->stations;
    int count = (int)build->book->station_count;
    for (int i = 0; i < count; i++) np_spelling_add(build, "station", stations[i].name, i);
    for (int i = 0; i < count; i++) {
        np_spelling_add(build, "station", stations[i].town, i);
        np_spelling_add_label(build, "station", &stations[i].label, i);
    }
    for (int i = 0; i < count; i++)
        for (size_t a = 0; a < stations[i].alias_count; a++)
            np_spelling_add(build, "station", stations[i].aliases[a], i);
}

/* The organisation's list of members and the countries' own word must agree. */
static void check_members(np_build *build)
{
    np_book *book = build->book;
    size_t count = 0;
    const np_ini_key *key = take_of_organisation(build, "members");
    if (!key) return;
    np_item *items = np_split(build, key, &count);
    bool *listed = np_arena_array(build->arena, book->country_count + 1, sizeof *listed);
    for (size_t i = 0; i < count; i++) {
        np_span at = np_ini_value_span(key, items[i].index, items[i].length);
        int country = np_find_country(build, items[i].text, at);
        if (country < 0) continue;
        listed[country] = true;
        const np_definition *section = np_book_definition(book, "country", book->countries[country].name);
        if (section && !np_definition_key(section, "member")) book->countries[country].member = true;
        if (book->countries[country].member) continue;
        np_diag *diag =
            np_report(build->diags, NP_CODE_BAD_VALUE, at, "%s is listed as a member, but [country %s] says otherwise",
                      items[i].text, items[i].text);
        np_diag_note(build->diags, diag, book->countries[country].at, "it has member = no");
    }
    const char *forgotten = "";
    np_span at = np_span_none();
    for (size_t i = 0; i < book->country_count; i++) {
        if (!book->countries[i].member || listed[i]) continue;
        at = book->countries[i].at;
        forgotten = np_arena_format(build->arena, "%s%s%s", forgotten, *forgotten ? ", " : "", book->countries[i].name);
    }
    if (!*forgotten) return;
    np_diag *diag = np_report(build->diags, NP_CODE_BAD_VALUE, key->value_at,
                              "the list of members leaves out %s, with member = yes", forgotten);
    np_diag_hint(build->diags, diag, "add to the list, or write member = no in the [country ...]");
    np_diag_note(build->diags, diag, at, strchr(forgotten, ',') ? NP_MARK("the last of them") : NP_MARK("here"));
}

/* In which posts in a country are paid. Where one scale is that of all countries, nobody is paid in another. */
static uint16_t read_currency(np_build *build, np_definition *definition)
{
    uint16_t usual = build->book->currency;
    const np_ini_key *key =
        usual == UINT16_MAX ? np_need(build, definition, "currency") : np_take(definition, "currency");
    int found = key ? np_find_currency(build, key->value, key->value_at) : -1;
    if (found < 0) return usual == UINT16_MAX ? 0 : usual;
    if (usual != UINT16_MAX && found != usual && take_of_organisation(build, "scale")) {
        np_diag *diag =
            np_report(build->diags, NP_CODE_CURRENCY_MISMATCH, key->value_at,
                      "one scale holds for all countries, and it is in %s", build->book->currencies[usual].name);
        np_diag_hint(build->diags, diag, "leave the currency out, or give each country a scale of its own");
    }
    return (uint16_t)found;
}

/* scale = NAME: one scale for all countries, which stands behind them under its name. */
static void read_scale_of_all(np_build *build)
{
    np_book *book = build->book;
    const np_ini_key *key = take_of_organisation(build, "scale");
    if (!key || !book->country_count) return;
    if (book->currency == UINT16_MAX) {
        np_diag *diag = np_report(build->diags, NP_CODE_MISSING_KEY, key->name_at,
                                  "in which currency is the scale of all countries?");
        np_diag_hint(build->diags, diag, "add the key currency to [organisation]");
        book->currency = 0; /* so that its sections are not refused for that */
    }
    if (!key->value[0] || strchr(key->value, ' ')) {
        np_report(build->diags, NP_CODE_BAD_NAME, key->value_at, "the name of a scale is one word, not '%s'",
                  key->value);
        return;
    }
    np_country *all = &book->countries[book->country_count];
    *all = (np_country){.name = key->value, .currency = book->currency, .national_currency = book->currency};
    all->label = book->label;
    all->at = key->value_at;
    np_value *place = np_arena_alloc(build->arena, sizeof *place);
    *place = (np_value){.type = NP_COUNTRY, .status = NP_PUBLISHED};
    place->as.country = (uint16_t)book->country_count;
    book->scale_of_all = place;
}

void np_build_countries(np_build *build)
{
    np_book *book = build->book;
    size_t cursor = 0, count = np_count_definitions(book, "country");
    if (count > NP_COUNTRIES_MAX) {
        np_report(build->diags, NP_CODE_TOO_MANY, np_next_definition(book, "country", &cursor)->at,
                  "there are more than %d countries", NP_COUNTRIES_MAX);
        return;
    }
    book->countries = np_arena_array(build->arena, count + 1, sizeof *book->countries);
    np_definition *definition;
    while ((definition = np_next_definition(book, "country", &cursor))) {
        np_country *country = &book->countries[book->country_count];
        country->name = definition->name;
        country->at = definition->at;
        country->label = np_take_label(build, definition, "label");
        country->note = np_take_label(build, definition, "note");
        np_read_keys(build, definition, country);
        country->aliases = np_take_aliases(build, definition, "", &country->alias_count);
        country->people = np_take_aliases(build, definition, "people", &country->people_count);
        country->source = np_take_origin(build, definition, NP_PUBLISHED).source;
        country->currency = country->national_currency = read_currency(build, definition);
        np_refuse_other_keys(build, definition);
        if (!book->currency_count) continue;
        book->country_count++;
        const char *code = country->name;
        if (code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z' && !code[2])
            book->by_code[code[0] - 'A'][code[1] - 'A'] = (uint16_t)book->country_count;
    }
    spell_countries(build);
    check_members(build);
    read_scale_of_all(build);
    const np_ini_key *reference = take_of_organisation(build, "reference");
    int found = reference ? np_find_country(build, reference->value, reference->value_at) : -1;
    if (found >= 0) book->reference = (uint16_t)found;
}

void np_build_stations(np_build *build)
{
    np_book *book = build->book;
    book->stations = np_arena_array(build->arena, np_count_definitions(book, "station") + 1, sizeof *book->stations);
    size_t cursor = 0;
    np_definition *definition;
    while ((definition = np_next_definition(book, "station", &cursor))) {
        np_station *station = &book->stations[book->station_count];
        station->name = definition->name;
        station->at = definition->at;
        station->label = np_take_label(build, definition, "label");
        station->town = "";
        np_read_keys(build, definition, station);
        station->aliases = np_take_aliases(build, definition, "", &station->alias_count);
        np_take_origin(build, definition, NP_PUBLISHED);
        const np_ini_key *key = np_need(build, definition, "country");
        int found = key ? np_find_country(build, key->value, key->value_at) : -1;
        station->country = (uint16_t)(found < 0 ? 0 : found);
        np_refuse_other_keys(build, definition);
        if (found >= 0) book->station_count++;
    }
    spell_stations(build);
}
