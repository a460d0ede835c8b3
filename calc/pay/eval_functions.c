/* What the functions of the formula language give. */
#include <limits.h>
#include <string.h>

#include "eval_internal.h"
#include "natopay/book/scale.h"

static int compare_amounts(const np_value *a, const np_value *b)
{
    if (a->type == NP_DATE) return (a->as.date > b->as.date) - (a->as.date < b->as.date);
    return np_num_compare(a->as.number, b->as.number);
}

/* Amounts of different currencies cannot be ranked; false after reporting. */
static bool comparable(np_eval *eval, const np_node *node, const np_value *const *args)
{
    uint16_t currency = NP_CURRENCY_ANY;
    for (size_t i = 0; i < node->argc && args[0]->type == NP_MONEY; i++) {
        if (args[i]->currency == NP_CURRENCY_ANY || np_num_sign(args[i]->as.number) == 0) continue;
        if (currency != NP_CURRENCY_ANY && args[i]->currency != currency) {
            np_eval_error(eval, node, NP_CODE_CURRENCY_MISMATCH,
                          "%s compares amounts of two currencies: use local(...)", node->name);
            return false;
        }
        currency = args[i]->currency;
    }
    return true;
}

static uint8_t weakest(const np_value *const *args, size_t count)
{
    uint8_t status = NP_PUBLISHED;
    for (size_t i = 0; i < count; i++) status = np_weaker(status, args[i]->status);
    return status;
}

/* The chosen argument, as sure as the weakest of all that it was chosen among. */
static np_value extreme(np_eval *eval, const np_node *node, const np_value *const *args, int sign)
{
    if (!comparable(eval, node, args)) return np_failed((np_type)node->type);
    np_value best = *args[0];
    for (size_t i = 1; i < node->argc; i++) {
        if (best.type == NP_DATE) np_horizon_of_crossing(eval, node, &best, args[i]);
        if (compare_amounts(args[i], &best) * sign > 0) best = *args[i];
    }
    best.status = weakest(args, node->argc);
    return best;
}

static np_value clamp(np_eval *eval, const np_node *node, const np_value *const *args)
{
    if (!comparable(eval, node, args)) return np_failed((np_type)node->type);
    np_value value = *args[0];
    for (size_t i = 0; i < 3 && value.type == NP_DATE; i++)
        np_horizon_of_crossing(eval, node, args[i], args[(i + 1) % 3]); /* the bounds may cross as well */
    if (compare_amounts(&value, args[2]) > 0) value = *args[2];
    if (compare_amounts(&value, args[1]) < 0) value = *args[1];
    value.status = weakest(args, 3);
    return value;
}

static np_value round_to(np_eval *eval, const np_node *node, const np_value *const *args)
{
    np_rounding mode = NP_ROUND_HALF_UP;
    if (node->argc == 3) np_rounding_parse(args[2]->as.text, &mode);
    if (np_num_sign(args[1]->as.number) <= 0)
        return np_eval_error(eval, node, NP_CODE_OUT_OF_BOUNDS, "round takes a unit above zero");
    bool money = args[1]->type == NP_MONEY && args[0]->currency != NP_CURRENCY_ANY;
    if (money && args[0]->currency != args[1]->currency)
        return np_eval_error(eval, node, NP_CODE_CURRENCY_MISMATCH, "round takes a unit in the amount's currency");
    np_value value = *args[0];
    value.as.number = np_num_round(eval->arena, value.as.number, args[1]->as.number, mode);
    value.status = np_weaker(value.status, args[1]->status);
    return np_eval_checked(eval, node, value);
}

static np_value power(np_eval *eval, const np_node *node, const np_value *const *args)
{
    int64_t exponent;
    if (!np_num_to_int(args[1]->as.number, &exponent) || exponent < 0 || exponent > 100)
        return np_eval_error(eval, node, NP_CODE_OUT_OF_BOUNDS, "power takes a whole exponent from 0 to 100, not %s",
                             np_eval_words(eval, args[1]));
    np_num result = np_num_power(eval->arena, args[0]->as.number, (unsigned)exponent);
    return np_eval_checked(eval, node, np_number_value(result, weakest(args, 2)));
}

/* A child counts for the whole month in which it becomes `from` years old (0: is born) and for the whole month in which
 * it becomes `to` (our assumption; see the note of [input child_births]). */
static np_value number_aged(np_eval *eval, const np_node *node, const np_value *const *args)
{
    int64_t from, to;
    if (!np_num_to_int(args[1]->as.number, &from) || !np_num_to_int(args[2]->as.number, &to) || from < 0 || to > 200 ||
        from > to)
        return np_eval_error(eval, node, NP_CODE_OUT_OF_BOUNDS,
                             "number_aged takes whole ages, the first not above the second");
    const np_value *date = &eval->slots[eval->book->date_slot];
    if (date->unknown) return np_unknown_both(eval, NP_NUMBER, date, date);
    np_date start = np_date_month_start(date->as.date), end = np_date_month_end(date->as.date);
    int64_t count = 0;
    for (size_t i = 0; i < args[0]->as.dates.count; i++) {
        np_date birth = args[0]->as.dates.items[i];
        np_date reached = np_date_add_months(birth, (int32_t)from * 12);
        np_date left = np_date_add_months(birth, (int32_t)to * 12);
        if (reached != NP_DATE_NONE && reached <= end && (left == NP_DATE_NONE || left >= start)) count++;
        if (reached != NP_DATE_NONE) np_horizon_at(eval, node, np_date_month_start(reached));
        if (left != NP_DATE_NONE) np_horizon_at(eval, node, np_date_month_end(left) + 1);
    }
    return np_int_value(count, weakest(args, 3));
}

static np_value number_before(np_eval *eval, const np_node *node, const np_value *const *args)
{
    int64_t count = 0;
    for (size_t i = 0; i < args[0]->as.dates.count; i++) {
        np_value date = np_date_value(args[0]->as.dates.items[i], args[0]->status);
        count += date.as.date <= args[1]->as.date;
        np_horizon_of_crossing(eval, node, &date, args[1]);
    }
    return np_int_value(count, weakest(args, 2));
}

static np_value station_country(np_eval *eval, const np_node *node, const np_value *arg)
{
    const np_book *book = eval->book;
    for (size_t i = 0; i < book->station_count; i++) {
        if (strcmp(book->stations[i].name, arg->as.text) != 0) continue;
        np_value value = {.type = NP_COUNTRY, .status = arg->status};
        value.as.country = book->stations[i].country;
        return value;
    }
    np_value failed =
        np_eval_error(eval, node->args[0], NP_CODE_UNKNOWN_NAME, "no duty station is called '%s'", arg->as.text);
    const char *near = np_book_suggest(book, "station", arg->as.text);
    np_diag *diag = eval->failure;
    if (diag && near) np_diag_hint(eval->diags, diag, "did you mean %s?", near);
    if (diag) np_diag_hint(eval->diags, diag, "natopay show station lists them");
    return failed;
}

static np_value scale_date(np_eval *eval, const np_node *node, const np_value *const *args)
{
    const np_book *book = eval->book;
    const np_value *country = np_scale_country(book, node->argc > 0 ? args[0] : &eval->slots[book->country_slot]);
    const np_value *date = node->argc > 1 ? args[1] : &eval->slots[book->date_slot];
    if (country->unknown || date->unknown) return np_unknown_both(eval, NP_DATE, country, date);
    const np_country *owner = &book->countries[country->as.country];
    const np_scale *scale = np_scale_on(book, country->as.country, date->as.date);
    if (!scale && owner->scale_count) scale = owner->scales[0];
    if (node->argc > 1) np_horizon_of_moving(eval, node, &args[1], 1);
    if (node->argc < 2) np_eval_scale_horizon(eval, node, country->as.country, date->as.date);
    if (scale) return np_date_value(scale->from, NP_PUBLISHED);
    const np_lang *lang = eval->diags->lang;
    return np_unknown_gap(
        eval, NP_DATE, NP_CODE_MISSING_SCALE, np_node_span(eval->formula, node),
        np_arena_format(eval->arena, np_say(lang, "there is no scale for %s"), owner->name),
        np_arena_format(eval->arena, np_say(lang, "add a section [scale %s YYYY-MM-DD] to an overlay"), owner->name));
}

static np_value newest_scale_date(np_eval *eval, const np_node *node, const np_value *const *args)
{
    const np_value *asked = node->argc > 0 ? args[0] : &eval->slots[eval->book->country_slot];
    const np_value *country = np_scale_country(eval->book, asked);
    if (country->unknown) return np_unknown_both(eval, NP_DATE, country, country);
    np_date newest = eval->book->countries[country->as.country].newest_in_pack;
    return np_date_value(newest == NP_DATE_NONE ? np_date_of(NP_YEAR_FIRST, 1, 1) : newest, country->status);
}

/* ---- the years whose adjustment nobody has announced ---- */

/* The scales that are announced for a country: its own, and those of the country that it refers to. */
typedef struct announced {
    const np_country *of[2];
    int count;
} announced;

static announced scales_for(const np_book *book, uint16_t country)
{
    announced a = {{&book->countries[country]}, 1};
    const np_country *own = a.of[0];
    uint16_t reference = own->scale_count ? own->scales[0]->reference : UINT16_MAX;
    for (size_t i = 0; i < book->scale_count && own->scale_count == 0 && reference == UINT16_MAX; i++)
        reference = book->scales[i].reference;
    if (reference != UINT16_MAX && reference != country) a.of[a.count++] = &book->countries[reference];
    return a;
}

static bool prints_figures(const np_book *book, const np_scale *scale)
{
    for (size_t grade = 0; grade < book->grade_count; grade++)
        if (scale->figures[np_scale_cell(book, grade, 1)].given) return true;
    return false;
}

/* The year of the newest section with printed figures that is in force; INT_MAX: none is. */
static int printed_year(const np_book *book, const announced *a, np_date date)
{
    np_date newest = NP_DATE_NONE;
    for (int i = 0; i < a->count; i++)
        for (size_t s = 0; s < a->of[i]->scale_count; s++) {
            const np_scale *scale = a->of[i]->scales[s];
            if (scale->from <= date && scale->from > newest && prints_figures(book, scale)) newest = scale->from;
        }
    return newest == NP_DATE_NONE ? INT_MAX : np_date_split(newest).year;
}

static bool is_announced(const announced *a, int year)
{
    for (int i = 0; i < a->count; i++)
        for (size_t s = 0; s < a->of[i]->scale_count; s++)
            if (np_date_split(a->of[i]->scales[s]->from).year == year) return true;
    return false;
}

/* Calendar years after that of the last printed figures, up to that of the date, in which no scale begins. */
static np_value unadjusted_years(np_eval *eval, const np_node *node, const np_value *const *args)
{
    const np_book *book = eval->book;
    const np_value *country = np_scale_country(book, node->argc > 0 ? args[0] : &eval->slots[book->country_slot]);
    const np_value *date = node->argc > 1 ? args[1] : &eval->slots[book->date_slot];
    if (country->unknown || date->unknown) return np_unknown_both(eval, NP_NUMBER, country, date);
    announced a = scales_for(book, country->as.country);
    int last = np_date_split(date->as.date).year, count = 0;
    int first = printed_year(book, &a, date->as.date);
    for (int year = first; year < last; year++) count += !is_announced(&a, year + 1);
    if (node->argc > 1) np_horizon_of_moving(eval, node, &args[1], 1);
    if (node->argc < 2) {
        np_horizon_at(eval, node, np_date_of(last + 1, 1, 1));
        np_eval_scale_horizon(eval, node, country->as.country, date->as.date);
        if (a.count > 1) np_eval_scale_horizon(eval, node, (uint16_t)(a.of[1] - book->countries), date->as.date);
    }
    return np_int_value(count, np_weaker(country->status, date->status));
}

/* Days of the paid month from one date to another (both included), over all its days. */
static np_value share_of_month(np_eval *eval, const np_node *node, const np_value *const *args)
{
    const np_value *date = &eval->slots[eval->book->date_slot];
    if (date->unknown) return np_unknown_both(eval, NP_NUMBER, date, date);
    np_date start = np_date_month_start(date->as.date), end = np_date_month_end(date->as.date);
    np_date from = args[0]->as.date > start ? args[0]->as.date : start, to = end;
    if (node->argc > 1 && args[1]->as.date < end) to = args[1]->as.date;
    np_horizon_of_moving(eval, node, args, node->argc);
    np_horizon_at(eval, node, np_date_month_start(args[0]->as.date)); /* the first month in service */
    np_horizon_from(eval, node, args[0]->as.date);                    /* the first full one */
    if (node->argc > 1) {
        np_horizon_at(eval, node, np_date_month_start(args[1]->as.date + 1)); /* the last one, when it is not full */
        np_horizon_from(eval, node, args[1]->as.date + 1);                    /* the one after */
    }
    int64_t days = to >= from ? (int64_t)to - from + 1 : 0;
    return np_number_value(np_num_ratio(days, (int64_t)end - start + 1), weakest(args, node->argc));
}

static np_value date_result(const np_node *node, const np_value *const *args)
{
    uint8_t status = weakest(args, node->argc);
    np_date a = args[0]->as.date, b = node->argc > 1 ? args[1]->as.date : a;
    np_ymd day = np_date_split(a);
    switch ((np_function)node->index) {
    case NP_FN_YEARS_BETWEEN:
        return np_int_value(np_date_years_between(a, b), status);
    case NP_FN_MONTHS_BETWEEN:
        return np_int_value(np_date_months_between(a, b), status);
    case NP_FN_DAYS_BETWEEN:
        return np_int_value((int64_t)b - a, status);
    case NP_FN_YEAR:
        return np_int_value(day.year, status);
    case NP_FN_MONTH:
        return np_int_value(day.month, status);
    case NP_FN_DAY:
        return np_int_value(day.day, status);
    case NP_FN_MONTH_START:
        return np_date_value(np_date_month_start(a), status);
    default:
        return np_date_value(np_date_month_end(a), status);
    }
}

static np_value date_function(np_eval *eval, const np_node *node, const np_value *const *args)
{
    np_value result = date_result(node, args);
    np_horizon_of_date_function(eval, node, args, &result);
    return result;
}

static np_value about_grade_or_country(const np_eval *eval, const np_node *node, const np_value *arg)
{
    const np_grade *grade = arg->type == NP_GRADE ? &eval->book->grades[arg->as.grade] : NULL;
    if (node->index == NP_FN_RANK) return np_int_value(grade->rank, arg->status);
    if (node->index == NP_FN_MEMBER) return np_truth_value(eval->book->countries[arg->as.country].member, arg->status);
    np_value value = {.type = NP_TEXT, .status = arg->status};
    value.as.text = grade->category ? grade->category : "";
    return value;
}

static np_value duration_of(np_eval *eval, const np_node *node, const np_value *count)
{
    int64_t whole;
    if (!np_num_to_int(count->as.number, &whole) || whole < -10000 || whole > 10000)
        return np_eval_error(eval, node, NP_CODE_OUT_OF_BOUNDS, "%s takes a whole number up to 10000, not %s",
                             node->name, np_eval_words(eval, count));
    np_value value = {.type = NP_DURATION, .status = count->status};
    value.as.duration.months = (int32_t)whole * (node->index == NP_FN_YEARS ? 12 : 1);
    return value;
}

static np_value last_day(np_eval *eval, const np_node *node, const np_value *const *args)
{
    np_date last = np_date_span_end(args[0]->as.date, args[1]->as.duration);
    np_horizon_of_moving(eval, node, args, 1);
    if (last == NP_DATE_NONE)
        return np_eval_error(eval, node, NP_CODE_DATE_RANGE, "this date lies outside 1900 to 2200");
    return np_date_value(last, weakest(args, 2));
}

/* The place of an input's value among its choices. */
static np_value choice_of(const np_eval *eval, const np_node *node, const np_value *value)
{
    const np_input *input = &eval->book->inputs[eval->book->slots[node->args[0]->index].index];
    for (size_t i = 0; i < input->choice_count; i++)
        if (strcmp(input->choices[i], value->as.text) == 0) return np_int_value((int64_t)i + 1, value->status);
    return np_int_value(0, value->status);
}

np_value np_eval_call(np_eval *eval, const np_node *node, const np_value *const *args)
{
    switch ((np_function)node->index) {
    case NP_FN_MIN:
        return extreme(eval, node, args, -1);
    case NP_FN_MAX:
        return extreme(eval, node, args, +1);
    case NP_FN_CLAMP:
        return clamp(eval, node, args);
    case NP_FN_ROUND:
        return round_to(eval, node, args);
    case NP_FN_FLOOR:
        return np_number_value(np_num_round(eval->arena, args[0]->as.number, np_num_int(1), NP_ROUND_FLOOR),
                               args[0]->status);
    case NP_FN_POWER:
        return power(eval, node, args);
    case NP_FN_PROGRESSIVE:
        return np_eval_progressive(eval, node, args);
    case NP_FN_SCALE:
        return np_eval_scale(eval, node, args);
    case NP_FN_SCALE_DATE:
        return scale_date(eval, node, args);
    case NP_FN_NEWEST_SCALE_DATE:
        return newest_scale_date(eval, node, args);
    case NP_FN_UNADJUSTED_YEARS:
        return unadjusted_years(eval, node, args);
    case NP_FN_LOCAL:
        return np_eval_local(eval, node, args[0]);
    case NP_FN_NUMBER_AGED:
        return number_aged(eval, node, args);
    case NP_FN_SHARE_OF_MONTH:
        return share_of_month(eval, node, args);
    case NP_FN_COUNT:
        return np_int_value((int64_t)args[0]->as.dates.count, args[0]->status);
    case NP_FN_NUMBER_BEFORE:
        return number_before(eval, node, args);
    case NP_FN_YEARS:
    case NP_FN_MONTHS:
        return duration_of(eval, node, args[0]);
    case NP_FN_LAST_DAY:
        return last_day(eval, node, args);
    case NP_FN_CHOICE:
        return choice_of(eval, node, args[0]);
    case NP_FN_LEVELS_MET:
        return np_eval_levels(eval, node, args);
    case NP_FN_STATION_COUNTRY:
        return station_country(eval, node, args[0]);
    case NP_FN_RANK:
    case NP_FN_CATEGORY:
    case NP_FN_MEMBER:
        return about_grade_or_country(eval, node, args[0]);
    default:
        return date_function(eval, node, args);
    }
}
