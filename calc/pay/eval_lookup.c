/* Figures of the book in formulas: scales, parameters, exchange rates. */
#include <string.h>

#include "eval_internal.h"
#include "natopay/book/scale.h"

static np_end end_of(const np_eval *eval, uint16_t uncertain, bool ranged)
{
    if (uncertain == UINT16_MAX || !ranged) return NP_MIDDLE;
    if (eval->took_part) eval->took_part[uncertain] = true;
    return eval->ends ? (np_end)eval->ends[uncertain] : NP_MIDDLE;
}

static const char *date_words(np_eval *eval, np_date date)
{
    np_ymd day = np_date_split(date);
    char *words = np_arena_copy(eval->arena, "0000-00-00", 10);
    for (int i = 3, year = day.year; i >= 0; i--, year /= 10) words[i] = (char)('0' + year % 10);
    words[5] = (char)('0' + day.month / 10);
    words[6] = (char)('0' + day.month % 10);
    words[8] = (char)('0' + day.day / 10);
    words[9] = (char)('0' + day.day % 10);
    return words;
}

/* A text with values put in for its %s, in their order. A missing figure is met in most payslips: this is what
 * formatting would take too long for. */
static const char *filled(np_eval *eval, const char *english, const char *const *values)
{
    const char *pattern = np_say(eval->diags->lang, english), *mark = pattern;
    size_t length = strlen(pattern), count = 0;
    while ((mark = strstr(mark, "%s"))) {
        length += strlen(values[count++]);
        mark += 2;
    }
    char *text = np_arena_alloc(eval->arena, length + 1), *end = text;
    for (size_t i = 0; i < count; i++) {
        mark = strstr(pattern, "%s");
        end = mempcpy(end, pattern, (size_t)(mark - pattern));
        end = stpcpy(end, values[i]);
        pattern = mark + 2;
    }
    memcpy(end, pattern, strlen(pattern) + 1);
    return text;
}

/* ---- horizons: the next date that the figures name ---- */

void np_eval_scale_horizon(np_eval *eval, const np_node *node, uint16_t country, np_date date)
{
    if (!eval->projecting) return;
    const np_country *owner = &eval->book->countries[country];
    for (size_t i = 0; i < owner->scale_count; i++)
        if (owner->scales[i]->from > date) {
            np_horizon_from(eval, node, owner->scales[i]->from);
            return;
        }
}

/* Before its first scale a country goes by its reference's. */
static void scale_horizon(np_eval *eval, const np_node *node, uint16_t country, np_date date)
{
    if (!eval->projecting) return;
    const np_country *owner = &eval->book->countries[country];
    np_eval_scale_horizon(eval, node, country, date);
    if (owner->scale_count == 0 || owner->scales[0]->from <= date) return;
    const np_scale *first = owner->scales[0];
    if (first->reference != UINT16_MAX) np_eval_scale_horizon(eval, node, first->reference, date);
    if (first->floor != UINT16_MAX) np_eval_scale_horizon(eval, node, first->floor, date);
}

static void parameter_horizon(np_eval *eval, const np_node *node, const np_parameter *parameter, np_date date)
{
    if (!eval->projecting) return;
    for (size_t i = 0; i < parameter->entry_count; i++)
        if (parameter->entries[i].from > date) np_horizon_from(eval, node, parameter->entries[i].from);
}

/* ---- parameters ---- */

/* position 0: the whole list */
static np_value entry_value(const np_eval *eval, const np_parameter *parameter, const np_entry *entry, size_t position)
{
    size_t at = position && position <= entry->count ? position - 1 : entry->count - 1; /* the last value holds on */
    np_end end = end_of(eval, parameter->uncertain, entry->low != NULL);
    const np_value *values = end == NP_LOW ? entry->low : end == NP_HIGH ? entry->high : entry->values;
    if (position > 0) return values[at];
    np_value list = {.type = NP_LIST, .status = (uint8_t)entry->status};
    list.as.list = (np_list){values, entry->count};
    return list;
}

/* `by`: the grade or text that a parameter was asked by; NULL: a country, or nothing. */
static np_value no_entry(np_eval *eval, const np_node *node, const np_parameter *parameter, uint16_t country,
                         const np_value *by, np_date date)
{
    const char *place = parameter->by_country ? eval->book->countries[country].name : "";
    if (by) place = by->type == NP_GRADE ? eval->book->grades[by->as.grade].name : by->as.text;
    const char *day = date_words(eval, date);
    const char *message, *hint;
    if (parameter->entry_count == 0) { /* it exists, and was not found */
        message = filled(eval, NP_MARK("its amount is not published (%s has no figure)"), &parameter->name);
        hint = filled(eval, NP_MARK("add %s = ... to [parameter %s] in an overlay (--with)"),
                      (const char *const[]){day, parameter->name});
    } else if (*place) {
        message = filled(eval, NP_MARK("the parameter %s has no value for %s on %s"),
                         (const char *const[]){parameter->name, place, day});
        hint = filled(eval, NP_MARK("add the key %s %s = ... to [parameter %s] in an overlay (--with)"),
                      (const char *const[]){place, day, parameter->name});
    } else {
        message =
            filled(eval, NP_MARK("the parameter %s has no value for %s"), (const char *const[]){parameter->name, day});
        hint = filled(eval, NP_MARK("add the key %s = ... to [parameter %s] in an overlay (--with)"),
                      (const char *const[]){day, parameter->name});
    }
    return np_unknown_gap(eval, (np_type)node->type, NP_CODE_MISSING_PARAMETER, parameter->at, message, hint);
}

/* Another country's amount, times the ratio of the two scales. */
static np_value by_reference(np_eval *eval, const np_node *node, const np_parameter *parameter, uint16_t country,
                             np_date date, size_t position)
{
    const np_book *book = eval->book;
    const np_entry *entry = np_parameter_on(parameter, parameter->reference, date);
    const np_scale *here = np_scale_on(book, country, date), *there = np_scale_on(book, parameter->reference, date);
    np_eval_scale_horizon(eval, node, country, date);
    np_eval_scale_horizon(eval, node, parameter->reference, date);
    /* before a country's first scale the ratio is that of its first one */
    if (!here && book->countries[country].scale_count) here = book->countries[country].scales[0];
    if (!there && book->countries[parameter->reference].scale_count)
        there = book->countries[parameter->reference].scales[0];
    if (!entry || !here || !there) return no_entry(eval, node, parameter, country, NULL, date);
    np_scale_ratio ratio = np_scale_ratio_of(book, eval->arena, here, there);
    if (!ratio.grades) return no_entry(eval, node, parameter, country, NULL, date);
    np_value value = entry_value(eval, parameter, entry, position);
    value.as.number = np_num_mul(eval->arena, value.as.number, ratio.value);
    value.currency = book->countries[country].currency;
    value.status = np_weaker(np_weaker(value.status, NP_ESTIMATED), ratio.status);
    return np_eval_checked(eval, node, value);
}

/* A parameter's value for a country (UINT16_MAX: it goes by none) on a date. */
static np_value parameter_at(np_eval *eval, const np_node *node, const np_parameter *parameter, uint16_t place,
                             const np_value *by, np_date date, size_t position)
{
    const np_entry *entry = np_parameter_on(parameter, place, date);
    parameter_horizon(eval, node, parameter, date);
    if (entry && entry->values->unknown) return no_entry(eval, node, parameter, place, by, date);
    if (entry) return entry_value(eval, parameter, entry, position);
    if (place == UINT16_MAX || !parameter->by_country || parameter->reference == UINT16_MAX ||
        parameter->type != NP_MONEY)
        return no_entry(eval, node, parameter, place, by, date);
    np_eval_scale_horizon(eval, node, place, date);
    np_eval_scale_horizon(eval, node, parameter->reference, date);
    return by_reference(eval, node, parameter, place, date, position);
}

/* A place in a list; false after reporting that it is none. */
static bool is_position(np_eval *eval, const np_node *node, const np_value *value, int64_t *position)
{
    if (value->type != NP_NUMBER || (np_num_to_int(value->as.number, position) && *position > 0)) return true;
    np_eval_error(eval, node, NP_CODE_BAD_POSITION, "%s is asked for position %s: positions are 1, 2, 3 ...",
                  eval->book->parameters[node->index].name, np_eval_words(eval, value));
    return false;
}

np_value np_eval_parameter(np_eval *eval, const np_node *node, const np_value *const *args)
{
    const np_book *book = eval->book;
    const np_parameter *parameter = &book->parameters[node->index];
    const np_value *date = &eval->slots[book->date_slot], *country = &eval->slots[book->country_slot];
    int64_t position = node->type == NP_LIST ? 0 : 1;
    uint8_t status = NP_PUBLISHED;
    const np_value *by = NULL;
    for (size_t i = 0; i < node->argc; i++) {
        status = np_weaker(status, args[i]->status);
        if (args[i]->type == NP_COUNTRY)
            country = args[i];
        else if (parameter->by.key)
            by = args[i];
        else if (!is_position(eval, node, args[i], &position))
            return np_failed((np_type)node->type);
    }
    if (date->unknown) return np_unknown_both(eval, (np_type)node->type, date, date);
    if (parameter->by_country && country->unknown) return np_unknown_both(eval, (np_type)node->type, country, country);
    uint16_t place = parameter->by_country ? country->as.country
                     : by                  ? np_parameter_place(book, parameter, by)
                                           : UINT16_MAX;
    np_value value = parameter_at(eval, node, parameter, place, by, date->as.date, (size_t)position);
    if (!value.unknown) value.status = np_weaker(value.status, status);
    return value;
}

/* ---- scales ---- */

static np_value no_figure(np_eval *eval, uint16_t country, uint16_t grade, np_date date, const np_scale *scale)
{
    const np_lang *lang = eval->diags->lang;
    const np_country *owner = &eval->book->countries[country];
    const np_grade *asked = &eval->book->grades[grade];
    const char *place = np_label_text(&owner->label, lang, owner->name), *day = date_words(eval, date);
    if (!scale) {
        const char *message = np_arena_format(eval->arena, np_say(lang, "no salary is known for posts in %s"), place);
        const char *hint = np_arena_format(
            eval->arena,
            np_say(lang,
                   "give what your notice prints by --set basic_salary=AMOUNT; for all posts there, and in a plan, by "
                   "an overlay (--with) with [scale %s %s], %s = AMOUNT and reference = COUNTRY"),
            owner->name, day, asked->key);
        return np_unknown_gap(eval, NP_MONEY, NP_CODE_MISSING_SCALE, owner->at, message, hint);
    }
    const char *from = date_words(eval, scale->from);
    if (scale->from > date && scale->reference == UINT16_MAX) {
        const char *message = np_arena_format(
            eval->arena, np_say(lang, "no scale of %s is in force on %s: the first begins on %s"), place, day, from);
        const char *hint = np_arena_format(
            eval->arena, np_say(lang, "add [scale %s YYYY-MM-DD] with %s = AMOUNT to an overlay (--with)"), owner->name,
            asked->key);
        return np_unknown_gap(eval, NP_MONEY, NP_CODE_MISSING_SCALE, scale->at, message, hint);
    }
    const char *message = np_arena_format(
        eval->arena, np_say(lang, "no salary is known for grade %s in %s on %s, and none can be derived"), asked->name,
        place, day);
    const char *hint = np_arena_format(
        eval->arena,
        np_say(lang,
               "give what your notice prints by --set basic_salary=AMOUNT; for all posts there, and in a plan, by "
               "%s = AMOUNT in [scale %s %s] of an overlay (--with)"),
        asked->key, owner->name, from);
    return np_unknown_gap(eval, NP_MONEY, NP_CODE_MISSING_FIGURE, scale->at, message, hint);
}

/* The grade has figures, and none for this step: the most that the section has is said. */
static np_value no_step(np_eval *eval, uint16_t grade, const np_scale *scale, int64_t step)
{
    const np_lang *lang = eval->diags->lang;
    unsigned most = 1;
    for (unsigned s = 2; s <= NP_STEPS_MAX; s++)
        if (np_scale_own_step(eval->book, eval->arena, scale, grade, s).how != NP_NOT_DERIVED) most = s;
    const char *name = eval->book->grades[grade].name, *from = date_words(eval, scale->from);
    const char *message =
        np_arena_format(eval->arena, np_say(lang, "grade %s has no step %lld"), name, (long long)step);
    const char *hint =
        np_arena_format(eval->arena, np_say(lang, "its highest step in the scale of %s is %u"), from, most);
    return np_unknown_gap(eval, NP_MONEY, NP_CODE_MISSING_FIGURE, scale->at, message, hint);
}

/* The value of a step beyond those printed: first step and a share of it for each further one. */
static bool step_rise(np_eval *eval, np_date date, int64_t step, np_num *factor, uint8_t *status)
{
    const np_book *book = eval->book;
    if (book->step_value == UINT16_MAX) return false;
    const np_parameter *parameter = &book->parameters[book->step_value];
    const np_entry *entry = np_parameter_on(parameter, UINT16_MAX, date);
    parameter_horizon(eval, NULL, parameter, date);
    if (!entry || entry->values->unknown) return false;
    np_value share = entry_value(eval, parameter, entry, 1);
    np_num rise = np_num_mul(eval->arena, share.as.number, np_num_int(step - 1));
    *factor = np_num_add(eval->arena, np_num_int(1), rise);
    *status = np_weaker(*status, share.status);
    return true;
}

static bool step_exists(np_eval *eval, const np_node *node, np_date date, const np_value *const *args, int64_t *step)
{
    const np_book *book = eval->book;
    const np_value *asked = args[1];
    int64_t most = NP_STEPS_MAX;
    const np_parameter *steps = book->steps == UINT16_MAX ? NULL : &book->parameters[book->steps];
    uint16_t place = steps && steps->by.key ? np_parameter_place(book, steps, args[0]) : UINT16_MAX;
    const np_entry *entry = steps ? np_parameter_on(steps, place, date) : NULL;
    if (entry && entry->values->unknown) entry = NULL;
    if (entry) np_num_to_int(entry->values[0].as.number, &most);
    if (steps) parameter_horizon(eval, node, steps, date);
    if (np_num_to_int(asked->as.number, step) && *step >= 1 && *step <= most && *step <= NP_STEPS_MAX) return true;
    bool assumed = entry && entry->status == NP_ASSUMED;
    np_eval_error(eval, node->args[1], NP_CODE_BAD_POSITION, NP_NO_SUCH_STEP(assumed), np_eval_words(eval, asked),
                  (long long)most);
    return false;
}

static np_num at_end(const np_eval *eval, const np_resolved *figure, uint16_t uncertain)
{
    np_end end = end_of(eval, uncertain, figure->ranged);
    return end == NP_LOW ? figure->low : end == NP_HIGH ? figure->high : figure->value;
}

np_value np_eval_scale(np_eval *eval, const np_node *node, const np_value *const *args)
{
    const np_book *book = eval->book;
    const np_value *country = np_scale_country(book, node->argc > 2 ? args[2] : &eval->slots[book->country_slot]);
    const np_value *date = node->argc > 3 ? args[3] : &eval->slots[book->date_slot];
    if (country->unknown || date->unknown) return np_unknown_both(eval, NP_MONEY, country, date);
    int64_t step;
    if (!step_exists(eval, node, date->as.date, args, &step)) return np_failed(NP_MONEY);
    uint16_t place = country->as.country, grade = args[0]->as.grade;
    if (node->argc > 3) np_horizon_of_moving(eval, node, &date, 1);
    scale_horizon(eval, node, place, date->as.date);
    const np_scale *scale;
    np_resolved found = np_scale_first_step(book, eval->arena, place, grade, date->as.date, &scale);
    bool in_force = scale && scale->from <= date->as.date;
    if (step > 1 && in_force) {
        np_resolved own = np_scale_own_step(book, eval->arena, scale, grade, (unsigned)step);
        if (own.how != NP_NOT_DERIVED) {
            found = own;
            step = 1; /* nothing to add */
        }
    }
    if (found.how == NP_NOT_DERIVED) return no_figure(eval, place, grade, date->as.date, scale);
    np_value value = {.type = NP_MONEY, .currency = book->countries[place].currency};
    value.status = np_weaker(found.status, np_weaker(args[0]->status, args[1]->status));
    value.as.number = at_end(eval, &found, book->countries[place].uncertain[grade]);
    if (step == 1) return np_eval_checked(eval, node, value);
    np_num factor;
    if (!step_rise(eval, date->as.date, step, &factor, &value.status))
        return in_force ? no_step(eval, grade, scale, step) : no_figure(eval, place, grade, date->as.date, scale);
    np_num unit = book->currencies[value.currency].minor_unit;
    value.as.number = np_num_round(eval->arena, np_num_mul(eval->arena, value.as.number, factor), unit, book->rounding);
    return np_eval_checked(eval, node, value);
}

/* ---- exchange ---- */

/* Units of a currency per euro; false when the book has no rate. */
static bool rate_of(np_eval *eval, uint16_t currency, np_date date, np_num *rate, uint8_t *status)
{
    const np_exchange *exchange = np_book_exchange(eval->book, currency);
    const np_rate *found = np_exchange_on(eval->book, currency, date);
    if (strcmp(eval->book->currencies[currency].name, "EUR") == 0) {
        *rate = np_num_int(1);
        return true;
    }
    if (!found) return false;
    for (size_t i = 0; i < exchange->rate_count; i++)
        if (exchange->rates[i].from > date) np_horizon_from(eval, NULL, exchange->rates[i].from);
    np_end end = end_of(eval, exchange->uncertain, found->ranged);
    *rate = end == NP_LOW ? found->low.value : end == NP_HIGH ? found->high.value : found->figure.value;
    *status = np_weaker(*status, found->figure.status);
    return true;
}

np_value np_eval_local(np_eval *eval, const np_node *node, const np_value *amount)
{
    const np_book *book = eval->book;
    const np_value *country = &eval->slots[book->country_slot], *date = &eval->slots[book->date_slot];
    if (country->unknown || date->unknown) return np_unknown_both(eval, NP_MONEY, country, date);
    np_value value = *amount;
    uint16_t to = book->countries[country->as.country].currency;
    if (amount->currency == to || amount->currency == NP_CURRENCY_ANY) return value;
    np_num from_rate, to_rate;
    bool from_known = rate_of(eval, amount->currency, date->as.date, &from_rate, &value.status);
    if (!from_known || !rate_of(eval, to, date->as.date, &to_rate, &value.status)) {
        const np_lang *lang = eval->diags->lang;
        const char *missing = book->currencies[from_known ? to : amount->currency].name;
        return np_unknown_gap(
            eval, NP_MONEY, NP_CODE_MISSING_RATE, np_node_span(eval->formula, node),
            np_arena_format(eval->arena, np_say(lang, "there is no exchange rate for %s"), missing),
            np_arena_format(eval->arena,
                            np_say(lang, "add [exchange %s] with a line YYYY-MM-DD = units per euro to an overlay"),
                            missing));
    }
    value.currency = to;
    value.as.number = np_num_div(eval->arena, np_num_mul(eval->arena, amount->as.number, to_rate), from_rate);
    return np_eval_checked(eval, node, value);
}
