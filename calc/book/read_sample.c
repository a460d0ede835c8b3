/* What made-up staff have: `sample` of inputs and of contracts. */
#include <limits.h>
#include <string.h>

#include "build.h"
#include "natopay/book/contracts.h"
#include "natopay/book/sample_mix.h"
#include "suggest.h"

enum { ALL = 100, NUMBER_MOST = 1000000, MONTHS_MOST = 600 };

/* A part of an item, without blanks around it. */
static np_item part_of(np_build *build, np_item item, size_t from, size_t to)
{
    while (from < to && item.text[from] == ' ') from++;
    while (to > from && item.text[to - 1] == ' ') to--;
    return (np_item){np_arena_copy(build->arena, item.text + from, to - from), item.index + from, to - from};
}

static bool whole_number(np_build *build, const np_ini_key *key, np_item item, int least, int most, int *number)
{
    np_num value;
    int64_t whole = INT64_MIN;
    if (!np_item_number(build, key, item, &value)) return false;
    if (np_num_to_int(value, &whole) && whole >= least && whole <= most) {
        *number = (int)whole;
        return true;
    }
    np_report(build->diags, NP_CODE_OUT_OF_BOUNDS, np_ini_value_span(key, item.index, item.length),
              "this is a whole number from %d to %d, not %s", least, most, item.text);
    return false;
}

/* "0 to 29", "500 to 6400 by 100"; false: it is no range, or after reporting (by < 0). */
static bool read_range(np_build *build, const np_ini_key *key, np_item item, np_sample_value *value)
{
    const char *to = strstr(item.text, " to "), *by = to ? strstr(to, " by ") : NULL;
    if (!to) return false;
    size_t first = (size_t)(to - item.text), second = by ? (size_t)(by - item.text) : item.length;
    np_item parts[2] = {part_of(build, item, 0, first), part_of(build, item, first + 4, second)};
    int step = 1;
    value->by = -1;
    if (by && !whole_number(build, key, part_of(build, item, second + 4, item.length), 1, NUMBER_MOST, &step))
        return false;
    if (!whole_number(build, key, parts[0], 0, NUMBER_MOST, &value->from) ||
        !whole_number(build, key, parts[1], value->from, NUMBER_MOST, &value->to))
        return false;
    value->by = step;
    return true;
}

static bool is_choice(np_build *build, const np_ini_key *key, np_item item, const np_input *input)
{
    np_nearest near = np_nearest_start(item.text);
    for (size_t i = 0; i < input->choice_count; i++) {
        if (strcmp(input->choices[i], item.text) == 0) return true;
        np_nearest_try(&near, input->choices[i]);
    }
    if (!input->choice_count) return true;
    np_diag *diag = np_report(build->diags, NP_CODE_BAD_VALUE, np_ini_value_span(key, item.index, item.length),
                              "'%s' is none of the choices of %s", item.text, input->name);
    if (near.best) np_diag_hint(build->diags, diag, "did you mean %s?", near.best);
    return false;
}

/* Whether the input takes the value; false after reporting. */
static bool is_taken(np_build *build, const np_ini_key *key, np_item item, const np_input *input)
{
    np_value value;
    if (input->type == NP_TEXT) return is_choice(build, key, item, input);
    uint16_t currency = build->book->currency_count ? 0 : UINT16_MAX; /* an amount may stand alone, as in a list */
    if (!np_item_value(build, key, item, input->type, currency, &value)) return false;
    bool below =
        input->has_min && input->type == NP_NUMBER && np_num_compare(value.as.number, input->min.as.number) < 0;
    bool above =
        input->has_max && input->type == NP_NUMBER && np_num_compare(value.as.number, input->max.as.number) > 0;
    if (!below && !above) return true;
    np_report(build->diags, NP_CODE_OUT_OF_BOUNDS, np_ini_value_span(key, item.index, item.length),
              "%s lies outside the bounds of %s", item.text, input->name);
    return false;
}

/* "60: yes": a share and a value. */
static bool read_one(np_build *build, const np_ini_key *key, np_item item, const np_input *input,
                     np_sample_value *value)
{
    const char *colon = strchr(item.text, ':');
    if (!colon) {
        np_diag *diag = np_report(build->diags, NP_CODE_BAD_VALUE, np_ini_value_span(key, item.index, item.length),
                                  "'%s' gives no share", item.text);
        np_diag_hint(build->diags, diag, "write how many of 100 have it, and what: 60: yes, 40: no");
        return false;
    }
    size_t at = (size_t)(colon - item.text);
    np_item what = part_of(build, item, at + 1, item.length);
    if (!whole_number(build, key, part_of(build, item, 0, at), 1, ALL, &value->share)) return false;
    value->text = what.text;
    bool number = input->type == NP_NUMBER || input->type == NP_MONEY;
    if (!number || !read_range(build, key, what, value)) return value->by == 0 && is_taken(build, key, what, input);
    const int ends[2] = {value->from, value->to};
    for (size_t i = 0; i < 2; i++) {
        np_item end = {np_arena_format(build->arena, "%d", ends[i]), what.index, 0};
        end.length = strlen(end.text);
        if (!is_taken(build, key, end, input)) return false;
    }
    return true;
}

static void report_sum(np_build *build, np_span at, int sum)
{
    np_diag *diag = np_report(build->diags, NP_CODE_OUT_OF_BOUNDS, at, "the shares make %d, and not 100", sum);
    np_diag_hint(build->diags, diag, "each says how many of 100 it is");
}

void np_take_sample(np_build *build, np_definition *definition, np_input *input)
{
    const np_ini_key *key = np_take(definition, "sample"), *only_if = np_take(definition, "sample_if");
    size_t count = 0;
    if (!key && only_if) np_need(build, definition, "sample");
    if (!key) return;
    np_item *items = np_split(build, key, &count);
    np_sample_mix *mix = np_arena_alloc(build->arena, sizeof *mix);
    *mix = (np_sample_mix){.values = np_arena_array(build->arena, count + 1, sizeof *mix->values), .only_if = only_if};
    int sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (!read_one(build, key, items[i], input, &mix->values[i])) return;
        sum += mix->values[i].share;
    }
    mix->count = count;
    if (sum != ALL) report_sum(build, key->value_at, sum);
    if (sum == ALL) input->sample = mix;
}

void np_check_samples(np_build *build)
{
    for (size_t i = 0; i < build->book->input_count; i++) {
        const np_sample_mix *mix = build->book->inputs[i].sample;
        const np_input *other = mix && mix->only_if ? np_find_input(build, mix->only_if) : NULL;
        if (!other || (other->type == NP_TRUTH && other->sample && !other->sample->only_if)) continue;
        np_diag *diag = np_report(build->diags, NP_CODE_TYPE_MISMATCH, mix->only_if->value_at,
                                  "%s is no truth that all made-up staff have", other->name);
        np_diag_hint(build->diags, diag, "name an input of type truth with a sample, and without sample_if");
    }
}

/* ---- contracts ---- */

void np_take_contract_sample(np_build *build, np_definition *definition, np_contract *contract)
{
    const np_ini_key *key = np_take(definition, "sample"), *months = np_take(definition, "sample_months");
    if (key && !whole_number(build, key, np_whole(build, key), 1, ALL, &contract->sample)) contract->sample = 0;
    size_t count = 0;
    np_item *items = months ? np_split(build, months, &count) : NULL;
    contract->sample_months = np_arena_array(build->arena, count + 1, sizeof *contract->sample_months);
    for (size_t i = 0; i < count; i++)
        if (whole_number(build, months, items[i], 1, MONTHS_MOST, &contract->sample_months[i]))
            contract->sample_month_count = i + 1;
        else
            return;
}

void np_check_contract_samples(np_build *build)
{
    const np_career_book *career = build->book->career;
    int sum = 0;
    for (size_t i = 0; i < career->contract_count; i++) sum += career->contracts[i].sample;
    if (sum && sum != ALL) report_sum(build, career->contracts[0].about.at, sum);
}
