/* Reading [scale COUNTRY DATE] sections. */
#include <stdlib.h>
#include <string.h>

#include "build.h"
#include "scale_derive.h"

static void read_index(np_build *build, np_definition *definition, np_scale *scale, const np_origin *section)
{
    const np_ini_key *key = np_take(definition, "index");
    if (!key) return;
    np_origin origin = np_key_origin(build, definition, "index", section);
    np_num value;
    if (!np_item_number(build, key, np_whole(build, key), &value)) return;
    if (np_num_sign(value) <= 0) {
        np_diag *diag =
            np_report(build->diags, NP_CODE_BAD_INDEX, key->value_at, "an index is above zero, not %s", key->value);
        np_diag_hint(build->diags, diag, "an index is the factor on the previous scale: a rise of 3.8%% is 1.038");
        return;
    }
    scale->index = (np_figure){true, value, origin.status, origin.source, origin.note, key->value_at};
}

/* low and high of a figure: KEY.low and KEY.high, both or none, around it. */
static bool read_ends(np_build *build, np_definition *definition, const char *name, np_num value, np_num *low,
                      np_num *high)
{
    const np_ini_key *keys[2] = {np_take_attribute(definition, name, "low"),
                                 np_take_attribute(definition, name, "high")};
    if (!keys[0] && !keys[1]) return false;
    if (!keys[0] || !keys[1]) {
        const np_ini_key *there = keys[keys[0] ? 0 : 1];
        np_diag *diag =
            np_report(build->diags, NP_CODE_BAD_RANGE, there->name_at, "low and high are given together or not at all");
        np_diag_hint(build->diags, diag, "add the key %s.%s", name, keys[0] ? "high" : "low");
        return false;
    }
    if (!np_item_number(build, keys[0], np_whole(build, keys[0]), low) ||
        !np_item_number(build, keys[1], np_whole(build, keys[1]), high))
        return false;
    if (np_num_sign(*low) > 0 && np_num_compare(*low, value) <= 0 && np_num_compare(value, *high) <= 0) return true;
    np_diag *diag =
        np_report(build->diags, NP_CODE_BAD_RANGE, keys[0]->value_at, "low and high do not enclose the value");
    np_diag_hint(build->diags, diag, "low is at most the value, high at least, and both are above zero");
    return false;
}

/* What the country's salaries are to those of its reference, for countries where no salary was seen. */
static void read_ratio(np_build *build, np_definition *definition, np_scale *scale, const np_origin *section)
{
    const np_ini_key *key = np_take(definition, "ratio");
    if (!key) return;
    np_origin origin = np_key_origin(build, definition, "ratio", section);
    np_num value;
    if (!np_item_number(build, key, np_whole(build, key), &value)) return;
    if (np_num_sign(value) <= 0) {
        np_diag *diag =
            np_report(build->diags, NP_CODE_BAD_INDEX, key->value_at, "a ratio is above zero, not %s", key->value);
        np_diag_hint(build->diags, diag, "a ratio is what salaries there are to those of the reference country: 1.123");
        return;
    }
    if (scale->reference == UINT16_MAX) {
        np_diag *diag = np_report(build->diags, NP_CODE_MISSING_KEY, key->name_at, "a ratio to which country?");
        np_diag_hint(build->diags, diag, "add the key reference = COUNTRY");
        return;
    }
    scale->ratio = (np_figure){true, value, origin.status, origin.source, origin.note, key->value_at};
    if (!read_ends(build, definition, "ratio", value, &scale->ratio_low, &scale->ratio_high))
        scale->ratio_low = scale->ratio_high = value;
}

static void read_figures(np_build *build, np_definition *definition, np_scale *scale, size_t grade,
                         const np_origin *section)
{
    np_book *book = build->book;
    const np_ini_key *key = np_take(definition, book->grades[grade].key);
    if (!key) return;
    np_origin origin = np_key_origin(build, definition, key->name, section);
    size_t count = 0;
    if (strcmp(key->value, "unknown") == 0) {
        scale->ended[grade] = true;
        return;
    }
    if (!np_list_is_clear(build, key)) return;
    np_item *items = np_split(build, key, &count);
    if (count > NP_STEPS_MAX) {
        np_report(build->diags, NP_CODE_TOO_MANY, key->value_at, "a grade has at most %d steps", NP_STEPS_MAX);
        return;
    }
    const np_currency *currency = &book->currencies[book->countries[scale->country].currency];
    np_num minor = currency->minor_unit;
    size_t before_step = 0;
    const np_figure *before = NULL; /* the step before that is given */
    for (size_t step = 0; step < count; step++) {
        if (step && strcmp(items[step].text, "-") == 0) continue; /* a step that the text does not print */
        np_span at = np_ini_value_span(key, items[step].index, items[step].length);
        np_figure *figure = &scale->figures[np_scale_cell(book, grade, (unsigned)step + 1)];
        if (!np_item_number(build, key, items[step], &figure->value)) continue;
        if (np_num_sign(figure->value) <= 0)
            np_report(build->diags, NP_CODE_OUT_OF_BOUNDS, at, "a basic salary is above zero, not %s",
                      items[step].text);
        else if (!np_num_is_integer(np_num_div(build->arena, figure->value, minor)))
            np_report(build->diags, NP_CODE_OUT_OF_BOUNDS, at, "a basic salary in %s has at most %u decimals, not %s",
                      currency->name, currency->decimals, items[step].text);
        else if (before && np_num_compare(figure->value, before->value) < 0)
            np_report(build->diags, NP_CODE_OUT_OF_BOUNDS, at, "step %zu (%s) is below step %zu (%s)", step + 1,
                      items[step].text, before_step, items[before_step - 1].text);
        else
            *figure = (np_figure){true, figure->value, origin.status, origin.source, origin.note, at};
        before = figure;
        before_step = step + 1;
    }
    const np_figure *first = &scale->figures[np_scale_cell(book, grade, 1)];
    if (first->given && !read_ends(build, definition, key->name, first->value, &scale->low[grade], &scale->high[grade]))
        scale->low[grade] = scale->high[grade] = np_num_ratio(1, 0);
}

/* Whose scale a section is, and from when. */
static bool read_name(np_build *build, const np_definition *definition, np_scale *scale)
{
    np_book *book = build->book;
    int country = -1;
    np_span at = definition->at;
    size_t before = strlen("scale ");
    if (at.length > before) at = (np_span){at.file, at.offset + (uint32_t)before, at.length - (uint32_t)before};
    const char *only = book->scale_of_all ? book->countries[book->country_count].name : NULL;
    size_t length = strcspn(definition->name, " ");
    if (only && (length != strlen(only) || strncmp(definition->name, only, length) != 0)) {
        at.length = (uint32_t)length;
        np_diag *diag = np_report(build->diags, NP_CODE_BAD_NAME, at, "there is one scale for all countries: %s", only);
        np_diag_hint(build->diags, diag, "write [scale %s%s]; scales by country need an [organisation] without scale",
                     only, definition->name + length);
        return false;
    }
    if (!np_country_and_date(build, definition->name, at, only ? NULL : &country, &scale->from)) return false;
    scale->country = (uint16_t)(only ? book->country_count : (size_t)country);
    return true;
}

/* The scale of all countries follows no other. */
static void refuse_others(np_build *build, np_definition *definition, np_scale *scale)
{
    static const char *const KEYS[] = {"reference", "floor", "ratio"};
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0] && build->book->scale_of_all; i++) {
        const np_ini_key *key = np_take(definition, KEYS[i]);
        if (!key) continue;
        np_diag *diag =
            np_report(build->diags, NP_CODE_UNKNOWN_KEY, key->name_at, "the scale of all countries has no %s", KEYS[i]);
        np_diag_hint(build->diags, diag, "leave it out: there is no other scale");
    }
    if (build->book->scale_of_all) scale->reference = scale->floor = UINT16_MAX;
}

static bool read_scale(np_build *build, np_definition *definition, np_scale *scale)
{
    np_book *book = build->book;
    if (!read_name(build, definition, scale)) return false;
    scale->at = definition->at;
    scale->label = np_take_label(build, definition, "label");
    np_origin origin = np_take_origin(build, definition, NP_USER);
    scale->note = origin.note;
    scale->reference = scale->floor = UINT16_MAX;
    np_read_keys(build, definition, scale);
    refuse_others(build, definition, scale);
    if (scale->reference == scale->country) {
        np_report(build->diags, NP_CODE_CIRCLE, definition->at, "the scale of %s refers to itself",
                  book->countries[scale->country].name);
        scale->reference = UINT16_MAX;
    }
    scale->figures = np_arena_array(build->arena, book->grade_count * NP_STEPS_MAX + 1, sizeof *scale->figures);
    scale->low = np_arena_array(build->arena, book->grade_count + 1, sizeof *scale->low);
    scale->high = np_arena_array(build->arena, book->grade_count + 1, sizeof *scale->high);
    scale->ended = np_arena_array(build->arena, book->grade_count + 1, sizeof *scale->ended);
    for (size_t grade = 0; grade < book->grade_count; grade++)
        scale->low[grade] = scale->high[grade] = np_num_ratio(1, 0);
    read_index(build, definition, scale, &origin);
    if (!book->scale_of_all) read_ratio(build, definition, scale, &origin);
    for (size_t grade = 0; grade < book->grade_count; grade++) read_figures(build, definition, scale, grade, &origin);
    for (size_t i = 0; i < definition->key_count; i++) { /* a key that looks like a grade is one that nobody knows */
        const np_ini_key *key = definition->keys[i].ini;
        if (definition->keys[i].used || key->name[0] != 'g' || key->name[1] < '0' || key->name[1] > '9') continue;
        if (strchr(key->name, '.')) continue;
        definition->keys[i].used = true;
        char *name = np_arena_format(build->arena, "G%s", key->name + 1);
        np_find_grade(build, name, key->name_at);
    }
    np_refuse_other_keys(build, definition);
    return true;
}

static int by_date(const void *a, const void *b)
{
    const np_scale *x = *(np_scale *const *)a, *y = *(np_scale *const *)b;
    return (x->from > y->from) - (x->from < y->from);
}

/* Sections are used in the order of their dates whatever order they stand in; a file in which they stand out of
 * order is most often one with a mistyped date. */
static void warn_of_order(np_build *build, const np_country *country)
{
    for (size_t i = 1; i < country->scale_count; i++) {
        const np_scale *now = country->scales[i], *before = country->scales[i - 1];
        if (now->from == before->from) { /* [scale FR ...] and [scale fr ...] */
            np_diag *diag = np_report(build->diags, NP_CODE_DUPLICATE_DEFINITION, now->at,
                                      "the scale of %s for this date is defined twice", country->name);
            np_diag_note(build->diags, diag, before->at, "first defined here");
            np_diag_hint(build->diags, diag,
                         "write the country in capital letters in both, then the later one is laid "
                         "over the other when it stands in an overlay");
            continue;
        }
        if (now->at.file != before->at.file || now->at.offset >= before->at.offset) continue;
        np_diag *diag = np_report(build->diags, NP_CODE_SCALE_ORDER, before->at,
                                  "this scale stands after a later one of %s", country->name);
        np_diag_note(build->diags, diag, now->at, "the later one");
        np_diag_hint(build->diags, diag, "check the dates, then put the sections in their order");
    }
}

static bool has_figures(const np_book *book, const np_country *country)
{
    for (size_t i = 0; i < country->scale_count; i++)
        for (size_t grade = 0; grade < book->grade_count; grade++)
            if (country->scales[i]->figures[np_scale_cell(book, grade, 1)].given) return true;
    return false;
}

/* An estimate by ratio is stated in the country's own currency where the book has a rate for it, else in that of the
 * country it is taken from. */
static void choose_currencies(np_book *book)
{
    for (size_t i = 0; i < book->scale_count; i++) {
        const np_scale *scale = &book->scales[i];
        np_country *country = &book->countries[scale->country];
        if (!scale->ratio.given || has_figures(book, country) || np_book_exchange(book, country->currency)) continue;
        if (strcmp(book->currencies[country->currency].name, "EUR") != 0)
            country->currency = book->countries[scale->reference].currency;
    }
}

void np_build_scales(np_build *build)
{
    np_book *book = build->book;
    if (!book->country_count) return;
    book->scales = np_arena_array(build->arena, np_count_definitions(book, "scale") + 1, sizeof *book->scales);
    size_t cursor = 0;
    np_definition *definition;
    while ((definition = np_next_definition(book, "scale", &cursor))) {
        np_scale *scale = &book->scales[book->scale_count];
        memset(scale, 0, sizeof *scale);
        scale->scaled = np_num_ratio(1, 0);
        scale->own_grade = UINT16_MAX;
        if (read_scale(build, definition, scale))
            book->countries[book->scales[book->scale_count++].country].scale_count++;
    }
    np_scale_places places = np_scale_places_of(book);
    for (size_t i = places.begin; i < places.end; i++) {
        np_country *country = &book->countries[i];
        country->scales = np_arena_array(build->arena, country->scale_count + 1, sizeof *country->scales);
        country->scale_count = 0;
    }
    for (size_t i = 0; i < book->scale_count; i++) {
        np_country *country = &book->countries[book->scales[i].country];
        country->scales[country->scale_count++] = &book->scales[i];
    }
    for (size_t i = places.begin; i < places.end; i++) {
        np_country *country = &book->countries[i];
        if (country->scale_count > 1) qsort(country->scales, country->scale_count, sizeof *country->scales, by_date);
        for (size_t s = 0; s < country->scale_count; s++) country->scales[s]->position = (uint16_t)s;
        warn_of_order(build, country);
    }
    choose_currencies(book);
    for (size_t i = places.begin; i < places.end; i++)
        np_scales_follow_reference(book, book->arena, &book->countries[i]);
    np_scales_resolve(book);
    for (size_t i = places.begin; i < places.end; i++) np_scales_number_ranges(book, book->arena, &book->countries[i]);
    np_scales_share(book);
}
