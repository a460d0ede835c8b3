/* index = scale COUNTRY: between the days for which the book gives a parameter's value, the value moves by the indexes
 * of that country's scale, and is rounded at each. What is carried stands among the entries as if it were given. */
#include <string.h>

#include "build.h"
#include "natopay/book/scale.h"

enum { DECIMALS_MOST = 10 };

static void report_no_scale(np_build *build, const np_ini_key *key)
{
    const np_book *book = build->book;
    np_diag *diag =
        np_report(build->diags, NP_CODE_BAD_VALUE, key->value_at, "'%s' is no scale of the rule book", key->value);
    if (book->scale_of_all)
        np_diag_hint(build->diags, diag, "write index = scale %s: it holds for all countries",
                     book->countries[book->country_count].name);
    else
        np_diag_hint(build->diags, diag, "write for example index = scale BE, with a country that has a scale");
}

/* The country behind "scale "; -1 after reporting. */
static int scale_of(np_build *build, const np_parameter *parameter, const np_ini_key *key)
{
    static const char WORD[] = "scale ";
    bool begins = strncmp(key->value, WORD, sizeof WORD - 1) == 0;
    int country = begins ? np_scale_named(build->book, key->value + sizeof WORD - 1) : -1;
    bool moves = parameter->type == NP_NUMBER || parameter->type == NP_MONEY;
    if (!moves)
        np_diag_hint(build->diags,
                     np_report(build->diags, NP_CODE_TYPE_MISMATCH, key->name_at, "%s has no index: it is no number",
                               parameter->name),
                     "leave it out: numbers and amounts of money move with a scale");
    else if (country < 0)
        report_no_scale(build, key);
    else if (!build->book->countries[country].scale_count)
        np_diag_hint(build->diags,
                     np_report(build->diags, NP_CODE_MISSING_SCALE, key->value_at, "there is no scale for %s",
                               key->value + sizeof WORD - 1),
                     "name a country that has one: natopay show scale");
    else
        return country;
    return -1;
}

/* Amounts are rounded to the currency's smallest unit, numbers to the decimals of the figure that is carried. */
static np_num unit_of(np_build *build, const np_value *value)
{
    if (value->type == NP_MONEY && value->currency < build->book->currency_count)
        return build->book->currencies[value->currency].minor_unit;
    np_num unit = np_num_int(1);
    for (int k = 0; k < DECIMALS_MOST && !np_num_is_integer(np_num_div(build->arena, value->as.number, unit)); k++)
        unit = np_num_div(build->arena, unit, np_num_int(10));
    return unit;
}

/* `given`: the same values as the book gives them, which say to how many decimals. */
static np_value *moved(np_build *build, const np_value *values, const np_value *given, size_t count, np_num index,
                       np_status status)
{
    if (!values) return NULL;
    np_value *to = np_arena_array(build->arena, count + 1, sizeof *to);
    for (size_t i = 0; i < count; i++) {
        to[i] = values[i];
        to[i].as.number = np_num_round(build->arena, np_num_mul(build->arena, values[i].as.number, index),
                                       unit_of(build, &given[i]), build->book->rounding);
        to[i].status = (uint8_t)status;
    }
    return to;
}

static np_entry carried(np_build *build, const np_entry *before, const np_entry *given, const np_scale *scale,
                        const np_source *source)
{
    np_entry entry = *before;
    entry.from = scale->from;
    entry.carried = true;
    entry.note = (np_label){0};
    entry.status = np_weaker(np_weaker(before->status, scale->index.status), NP_CHAINED);
    if (source) entry.source = source;
    entry.values = moved(build, before->values, given->values, given->count, scale->index.value, entry.status);
    entry.low = moved(build, before->low, given->values, given->count, scale->index.value, entry.status);
    entry.high = moved(build, before->high, given->values, given->count, scale->index.value, entry.status);
    return entry;
}

static void report_no_index(np_build *build, const np_parameter *parameter, const np_scale *scale)
{
    np_diag *diag = np_report(build->diags, NP_CODE_MISSING_KEY, scale->at,
                              "%s moves with this scale, which gives no index", parameter->name);
    np_diag_note(build->diags, diag, parameter->at, "its values are given here");
    np_diag_hint(build->diags, diag, "add index = the factor to the scale before, or give its value from this day on");
}

void np_carry_parameter(np_build *build, np_definition *definition, np_parameter *parameter, const np_source *source)
{
    const np_ini_key *key = np_take(definition, "index");
    int found = key ? scale_of(build, parameter, key) : -1;
    if (found < 0) return;
    const np_country *country = &build->book->countries[found];
    size_t most = parameter->entry_count * (country->scale_count + 1), count = 0;
    np_entry *entries = np_arena_array(build->arena, most + 1, sizeof *entries);
    for (size_t i = 0; i < parameter->entry_count; i++) {
        const np_entry *given = &parameter->entries[i];
        bool last = i + 1 == parameter->entry_count || given[1].country != given->country;
        entries[count++] = *given;
        for (size_t s = 0; s < country->scale_count && !given->values->unknown; s++) {
            const np_scale *scale = country->scales[s];
            if (scale->from <= given->from || (!last && scale->from >= given[1].from)) continue;
            if (!scale->index.given) {
                report_no_index(build, parameter, scale);
                break;
            }
            entries[count] = carried(build, &entries[count - 1], given, scale, source);
            count++;
        }
    }
    parameter->entries = entries;
    parameter->entry_count = count;
    parameter->indexed = true;
}
