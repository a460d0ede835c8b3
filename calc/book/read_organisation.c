/* Reading the organisation: its name, languages, and how far its careers and comparisons go. */
#include <string.h>

#include "build.h"

enum { MONTHS_MOST = 600 }; /* as in a projection */

/* `languages`: what the book's texts are written in. The keys without a language are English. */
static void read_languages(np_build *build, np_definition *organisation)
{
    const np_ini_key *key = np_take(organisation, "languages");
    size_t count = 0;
    np_item *items = key ? np_split(build, key, &count) : NULL;
    build->book->languages = np_arena_array(build->arena, count + 1, sizeof *build->book->languages);
    for (size_t i = 0; i < count; i++) {
        if (np_is_language(items[i].text)) {
            build->book->languages[build->book->language_count++] = items[i].text;
            continue;
        }
        np_diag *diag =
            np_report(build->diags, NP_CODE_BAD_VALUE, np_ini_value_span(key, items[i].index, items[i].length),
                      "'%s' is no language", items[i].text);
        np_diag_hint(build->diags, diag, "use its two letters of ISO 639-1: en, fr");
    }
}

/* An item as a number of months, 1 to MONTHS_MOST; 0 after reporting that it is none. */
static uint16_t months_of(np_build *build, const np_ini_key *key, np_item item)
{
    np_num number;
    int64_t months = 0;
    if (!np_item_number(build, key, item, &number)) return 0;
    if (np_num_to_int(number, &months) && months >= 1 && months <= MONTHS_MOST) return (uint16_t)months;
    np_report(build->diags, NP_CODE_OUT_OF_BOUNDS, np_ini_value_span(key, item.index, item.length),
              "months are a whole number from 1 to %d, not %s", MONTHS_MOST, item.text);
    return 0;
}

/* How far careers and plans look ahead. */
static void read_months(np_build *build, np_definition *definition)
{
    const np_ini_key *key = np_take(definition, "months");
    uint16_t months = key ? months_of(build, key, np_whole(build, key)) : 0;
    if (months) build->book->months = months;
}

/* compared_months = 36, 72: the times over which compare adds pay up, the shorter one first. */
static void read_compared_months(np_build *build, np_definition *definition)
{
    const np_ini_key *key = np_take(definition, "compared_months");
    size_t count = 0;
    np_item *items = key ? np_split(build, key, &count) : NULL;
    if (!key) return;
    uint16_t times[2] = {0, 0};
    for (size_t i = 0; i < count && i < 2; i++)
        if (!(times[i] = months_of(build, key, items[i]))) return;
    if (count == 2 && times[0] < times[1]) {
        memcpy(build->book->compared_months, times, sizeof times);
        return;
    }
    np_diag *diag = np_report(build->diags, NP_CODE_BAD_VALUE, key->value_at,
                              "posts are compared over a shorter time and a longer one, not over %s", key->value);
    np_diag_hint(build->diags, diag, "write two numbers of months, the shorter one first: 36, 72");
}

void np_build_organisation(np_build *build)
{
    np_book *book = build->book;
    book->months = book->compared_months[1] = 72;
    book->compared_months[0] = 36;
    size_t cursor = 0;
    np_definition *definition = np_next_definition(book, "organisation", &cursor);
    book->rounding = NP_ROUND_HALF_UP;
    book->step_value = book->steps = book->reference = book->currency = UINT16_MAX;
    if (!definition) return;
    book->name = "";
    np_read_keys(build, definition, book);
    book->label = np_take_label(build, definition, "label");
    const np_ini_key *rounding = np_take(definition, "rounding");
    if (rounding && !np_rounding_parse(rounding->value, &book->rounding)) {
        np_diag *diag =
            np_report(build->diags, NP_CODE_BAD_VALUE, rounding->value_at, "unknown rounding '%s'", rounding->value);
        np_diag_hint(build->diags, diag, "use half_up, half_even, half_down, up, down, ceiling or floor");
    }
    const np_ini_key *terms_source = np_take(definition, "terms.source");
    if (terms_source) book->terms_source = np_find_source(build, terms_source);
    np_take_list_words(build, definition);
    read_languages(build, definition);
    np_take(definition, "step_value"); /* read with the parameters */
    np_take(definition, "steps");
    np_take(definition, "working_time"); /* read with the inputs */
    np_take(definition, "reference");    /* read with the countries */
    read_months(build, definition);
    read_compared_months(build, definition);
    np_take(definition, "currency"); /* read with the currencies */
    np_take(definition, "scale");    /* read with the countries */
    np_take(definition, "members");  /* read with the countries */
    np_refuse_other_keys(build, definition);
    np_definition *second = np_next_definition(book, "organisation", &cursor);
    if (second) {
        np_diag *diag =
            np_report(build->diags, NP_CODE_DUPLICATE_DEFINITION, second->at, "a rule book describes one organisation");
        np_diag_hint(build->diags, diag, "an overlay changes it under its own name: [organisation %s]",
                     definition->name);
        np_diag_note(build->diags, diag, definition->at, "first described here");
    }
}
